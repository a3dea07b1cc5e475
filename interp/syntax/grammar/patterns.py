"""Patterns.

To add a form: a function, and an entry in `_BY_KEY` under the token that begins it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from ..ast import (
    Attribute,
    Expr,
    ExprPath,
    Ident,
    MacCall,
    Pat,
    PatBox,
    PatField,
    Path,
    PatIdent,
    PatLit,
    PatMac,
    PatOr,
    PatPath,
    PatRange,
    PatRef,
    PatRest,
    PatSlice,
    PatStruct,
    PatTuple,
    PatTupleStruct,
    PatWild,
)  # fmt: skip
from ..cursor import Cursor
from ..keywords import PATH_KEYWORDS
from ..token import RAW
from . import atoms, attributes, expressions, macros, paths

_RANGES = ("..=", "...", "..")
_AFTER_IDENT = ("!", "(", "::", "{", "..", "..=", "...", "<")


def parse_pat(p: Cursor, what: str = "pattern") -> Pat:
    """A pattern with alternatives: `| A | B`; `what` is what a complaint calls it."""
    start = p.tok.span
    if not p.eat("|") and p.key == "||":
        p.fail(p.here, "unexpected token `||` in pattern")
    first = parse_pat_no_top_alt(p, what)
    if p.key != "|":
        return first
    pats = [first]
    while p.eat("|"):
        if p.key in _NO_PATTERN or p.tok is p.end:
            _trailing_bar(p, start)
        pats.append(parse_pat_no_top_alt(p))
    return PatOr(pats, p.since(start))


_NO_PATTERN = frozenset(["=>", "if", "=", ",", ":", ";", "|"])


def _trailing_bar(p: Cursor, start: Span) -> NoReturn:
    report = error(p.prev_span, "a trailing `|` is not allowed in an or-pattern")
    raise CompileError(report.label(start, "while parsing this or-pattern starting here"))


def parse_top_pat(p: Cursor) -> Pat:
    """The pattern of a `let`, a `for` or an arm."""
    pat = parse_pat(p)
    if p.key == ",":
        p.fail(p.here, "unexpected `,` in pattern")
    return pat


def parse_pat_no_top_alt(p: Cursor, what: str = "pattern") -> Pat:
    handler = _BY_KEY.get(p.key)
    if handler is not None:
        return handler(p) if handler is not _parse_reference else _parse_reference(p, what)
    tok = p.tok
    if tok.kind == "ident":
        if tok.spacing == RAW or tok.text not in p.words:
            after = p.peek_key()
            return _parse_path_pat(p) if after in _AFTER_IDENT else _parse_binding(p)
        if tok.text in PATH_KEYWORDS:
            return _parse_path_pat(p)
    if tok.kind == "literal" or p.key in ("-", "true", "false"):
        return _parse_literal_pat(p)
    if tok.kind == "interp":
        return _parse_interp(p, what)
    if tok.kind == "ident" and what != "parameter name":
        p.unexpected("identifier")
    p.unexpected_what(what)


def _parse_interp(p: Cursor, what: str) -> Pat:
    tok = p.tok
    if tok.text in ("pat", "pat_param"):
        p.bump()
        pat: Pat = tok.node
        return pat
    if tok.text in ("path", "ty"):
        return _parse_path_pat(p)
    if tok.text in ("expr", "literal"):
        return _parse_literal_pat(p)
    p.unexpected_what(what)


def _parse_invisible(p: Cursor) -> Pat:
    p.enter()
    pat = parse_pat(p)
    p.leave()
    return pat


# --- bindings, wildcards, references


def _parse_wild(p: Cursor) -> Pat:
    return PatWild(p.bump().span)


def _parse_binding(p: Cursor, by_ref: bool = False, mutbl: bool = False, ref_mut: bool = False) -> Pat:
    start = p.tok.span
    ident = p.parse_ident()
    sub = parse_pat_no_top_alt(p) if p.eat("@") else None
    return PatIdent(by_ref, mutbl, ident, sub, p.since(start), ref_mut)


def _parse_mut(p: Cursor) -> Pat:
    start = p.bump().span
    if p.key == "self":
        p.fail(p.here, "`mut` must be followed by a named binding")
    if not p.is_ident() or p.peek_key() in _AFTER_IDENT:
        parse_pat_no_top_alt(p, "identifier")
        report = "`mut` must be followed by a named binding"
        p.fail(start, report)
    pat = _parse_binding(p, mutbl=True)
    pat.span = p.since(start)
    return pat


def _parse_ref_binding(p: Cursor) -> Pat:
    start = p.bump().span
    pat = _parse_binding(p, by_ref=True, ref_mut=p.eat("mut"))
    pat.span = p.since(start)
    return pat


def _parse_box(p: Cursor) -> Pat:
    start = p.bump().span
    return PatBox(parse_pat_no_top_alt(p), p.since(start))


def _parse_reference(p: Cursor, what: str = "pattern") -> Pat:
    start = p.tok.span
    if p.key == "&&":
        p.split("&")
        return PatRef(False, _parse_reference(p, what), p.since(start))
    p.bump()
    if p.tok.kind == "lifetime":
        p.fail(p.here, f"unexpected lifetime `{p.tok.text}` in pattern")
    mutbl = p.eat("mut")
    return PatRef(mutbl, parse_pat_no_top_alt(p, what), p.since(start))


# --- several patterns


def _parse_list(p: Cursor) -> tuple[list[Pat], bool]:
    """The patterns in the group at the cursor, and whether a comma ended them."""
    pats: list[Pat] = []
    comma = False
    p.enter()
    while not p.at_end:
        attributes.parse_outer(p)
        pats.append(parse_pat(p))
        comma = p.eat(",")
        if not comma:
            break
    p.leave("`,`", *(("`if`", *after_pat_expected(pats[-1])) if pats else ()))
    return pats, comma


def after_pat_expected(pat: Pat) -> tuple[str, ...]:
    """What may go on after a pattern, for complaints."""
    if isinstance(pat, PatIdent) and pat.sub is None:
        return "`@`", "`|`"
    if isinstance(pat, PatLit):
        return "`...`", "`..=`", "`..`", "`|`"
    return ("`|`",)


def _parse_tuple(p: Cursor) -> Pat:
    """`(a, b)`, or `(a)`, which is `a`."""
    start = p.tok.span
    pats, comma = _parse_list(p)
    if len(pats) == 1 and not comma and not isinstance(pats[0], PatRest):
        return pats[0]
    return PatTuple(pats, p.since(start))


def _parse_slice(p: Cursor) -> Pat:
    start = p.tok.span
    pats, _ = _parse_list(p)
    return PatSlice(pats, p.since(start))


# --- literals and ranges


def _parse_literal_pat(p: Cursor) -> Pat:
    start = p.tok.span
    expr = expressions.parse_literal_maybe_minus(p)
    if p.key in _RANGES:
        return _parse_range_from(p, expr, start)
    if isinstance(expr, ExprPath):
        return PatPath(expr.path, expr.span)
    return PatLit(expr, p.since(start))


def _parse_range_from(p: Cursor, lo: Expr | None, start: Span) -> Pat:
    """From `..`, `..=` or `...`."""
    op = p.bump().text
    hi = _parse_range_end(p) if _at_range_end(p) else None
    if hi is None and op != "..":
        p.fail(p.since(start), "inclusive range with no end", "E0586")
    if lo is None and hi is None:
        return PatRest(p.since(start))
    if lo is None and op == "...":
        p.fail(p.since(start), "range-to patterns with `...` are not allowed")
    return PatRange(lo, hi, op != "..", p.since(start))


def _at_range_end(p: Cursor) -> bool:
    tok = p.tok
    if tok.kind == "ident":
        return p.is_path_segment() or p.key in ("true", "false", "const")
    if tok.kind == "interp":
        return tok.text in ("expr", "literal", "path", "ty")
    return tok.kind == "literal" or p.key in ("-", "::", "<", "<<", "{}")


def _parse_range_end(p: Cursor) -> Expr:
    if p.key == "{}":
        p.enter()
        expr = _parse_range_end(p)
        p.leave()
        return expr
    if p.key == "const":
        return atoms.parse_const_block(p)
    if p.key in ("<", "<<"):
        path = paths.parse_qpath(p, "expr")
        return ExprPath(path, path.span)
    if p.is_path_segment() or p.key == "::" or (p.tok.text in ("path", "ty") and p.tok.kind == "interp"):
        path = paths.parse_path(p, "expr")
        return ExprPath(path, path.span)
    return expressions.parse_literal_maybe_minus(p)


def _parse_dots(p: Cursor) -> Pat:
    return _parse_range_from(p, None, p.tok.span)


def _parse_const(p: Cursor) -> Pat:
    start = p.tok.span
    expr = atoms.parse_const_block(p)
    return _parse_range_from(p, expr, start) if p.key in _RANGES else PatLit(expr, p.since(start))


# --- paths, structs, macros


def _parse_path_pat(p: Cursor) -> Pat:
    start = p.tok.span
    path = paths.parse_qpath(p, "expr") if p.key in ("<", "<<") else paths.parse_path(p, "expr")
    key = p.key
    if key == "(":
        pats, _ = _parse_list(p)
        return PatTupleStruct(path, pats, p.since(start))
    if key == "{":
        return _parse_struct(p, path, start)
    if key in _RANGES:
        return _parse_range_from(p, ExprPath(path, path.span), start)
    if key == "!" and path.qself is None and macros.at_delim(p, 1):
        call: MacCall = macros.parse_mac_call(p, path, start)
        return PatMac(call, p.since(start))
    if key == "@":
        p.fail(p.since(start), "left-hand side of `@` must be a binding")
    return PatPath(path, path.span)


def _parse_struct(p: Cursor, path: Path, start: Span) -> Pat:
    fields: list[PatField] = []
    rest = False
    p.enter()
    while not p.at_end:
        attrs = attributes.parse_outer(p)
        if p.key == "..":
            p.bump()
            rest = True
            p.eat(",")
            if not p.at_end:
                label = "`..` must be at the end and cannot have a trailing comma"
                p.fail(p.prev_span, f"expected `}}`, found `{p.tok.text}`", "", label)
            break
        fields.append(_parse_field(p, attrs))
        if not p.eat(","):
            break
    if not p.at_end and fields:
        report = error(p.here, "expected `,`")
        raise CompileError(report.label(path.span, "while parsing the fields for this pattern"))
    p.leave()
    return PatStruct(path, fields, rest, p.since(start))


def _parse_field(p: Cursor, attrs: list[Attribute]) -> PatField:
    start = p.tok.span
    if p.peek_key() == ":" and (p.tok.kind == "literal" or p.is_ident()):
        tok = p.bump()
        p.bump()
        return PatField(Ident(tok.text, tok.span), parse_pat(p), False, attrs, p.since(start))
    boxed = p.eat("box")
    by_ref = p.eat("ref")
    mutbl = p.eat("mut")
    if not p.is_ident():
        p.unexpected("identifier", *(() if by_ref or mutbl else ("`}`",)))
    pat = _parse_binding(p, by_ref, mutbl and not by_ref, by_ref and mutbl)
    assert isinstance(pat, PatIdent)
    pat.span = p.since(start)
    return PatField(pat.ident, PatBox(pat, pat.span) if boxed else pat, True, attrs, p.since(start))


_BY_KEY: dict[str, Callable[[Cursor], Pat]] = {
    "_": _parse_wild, "(": _parse_tuple, "[": _parse_slice, "&": _parse_reference, "&&": _parse_reference,
    "mut": _parse_mut, "ref": _parse_ref_binding, "box": _parse_box, "..": _parse_dots, "..=": _parse_dots,
    "...": _parse_dots, "const": _parse_const, "<": _parse_path_pat, "<<": _parse_path_pat, "::": _parse_path_pat,
    "{}": _parse_invisible,
}  # fmt: skip
