"""Functions: qualifiers, parameters, `self`, bodies.

Invariant: with `Cursor.lazy_bodies` a body's tokens are not looked at.  To add a qualifier: `parse_header`.
"""

from __future__ import annotations

from typing import NamedTuple

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from .. import literals
from ..ast import Attribute, Block, Fn, Ident, LazyBody, Lifetime, Param, PatIdent, PatWild, SelfParam, Ty
from ..cursor import Cursor
from ..token import Group
from . import attributes, generics, paths, patterns, statements, types


class Header(NamedTuple):
    """`const async unsafe extern "C"`; `safe` of a foreign function."""

    const: bool
    is_async: bool
    unsafe: bool
    abi: str | None
    safe: bool


def at_fn(p: Cursor) -> bool:
    """Whether qualifiers of a fn and `fn` stand here."""
    n, key = 0, p.key
    if key == "fn":
        return True
    while key in ("const", "async", "unsafe", "safe", "extern", "gen"):
        n += 1
        if key == "extern" and p.peek(n).kind == "literal":
            n += 1
        key = p.peek_key(n)
        if key == "fn":
            return True
    return False


def parse_header(p: Cursor) -> Header:
    const = p.eat("const")
    is_async = p.eat("async")
    if is_async and p.edition < 2018:
        report = "`async fn` is not permitted in Rust 2015"
        p.fail(p.prev_span, report, "E0670", "to use `async fn`, switch to Rust 2018 or later")
    unsafe = p.eat("unsafe")
    safe = not unsafe and p.key == "safe"
    if safe:
        p.bump()
    abi = parse_extern_abi(p)
    if p.key != "fn":
        _misordered(p)
    return Header(const, is_async, unsafe, abi, safe)


def _misordered(p: Cursor) -> None:
    wanted = {"const": 0, "async": 1, "unsafe": 2, "extern": 3}
    if p.key in wanted:
        p.unexpected(*(f"`{word}`" for word in wanted if wanted[word] > wanted[p.key]), "`fn`")
    p.unexpected("`fn`")


def parse_extern_abi(p: Cursor) -> str | None:
    """`extern "C"`; "" for a bare `extern`, None for nothing."""
    if not p.eat("extern"):
        return None
    if p.tok.kind != "literal" and not (p.tok.kind == "interp" and p.tok.text == "literal"):
        return ""
    tok = p.bump()
    lit = literals.decode(tok) if tok.kind == "literal" else tok.node
    if lit.kind != "str":
        p.fail(tok.span, "non-string ABI literal")
    assert isinstance(lit.value, str)
    return lit.value


def parse_fn(p: Cursor, context: str) -> tuple[Ident, Fn]:
    """From the qualifiers to the end of the body."""
    start = p.tok.span
    header = parse_header(p)
    p.expect("fn")
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    anonymous = context == "trait" and p.edition < 2018
    if p.key == "(":
        self_param, inputs, variadic = _parse_params(p, anonymous)
    else:
        self_param, inputs, variadic = _no_params(p)
    output = types.parse_ret_ty(p)
    generics.parse_where(p, params)
    sig_span = p.since(start)
    semi = ("`;`",) if context in ("trait", "extern") else ()
    after = ("`->`",) if output is None else paths.after_ty_expected(output)
    after = semi if params.where else ("`where`", *semi, *after)
    body = _parse_body(p, after, ident)
    const, is_async, unsafe, abi, safe = header
    made = Fn(params, self_param, inputs, output, body, const, is_async, unsafe, abi, variadic, sig_span, safe=safe)
    return ident, made


def _no_params(p: Cursor) -> tuple[None, list[Param], bool]:
    report = error(p.prev_end(), "missing parameters for function definition")
    p.errors.append(CompileError(report.help("add a parameter list")))
    return None, [], False


def _parse_body(p: Cursor, after: tuple[str, ...], ident: Ident) -> Block | LazyBody | None:
    if p.eat(";"):
        return None
    group = p.tok
    if p.key == "{" and p.lazy_bodies:
        assert isinstance(group, Group)
        p.bump()
        return LazyBody(group, group.span)
    if p.key != "{" and not (group.kind == "interp" and group.text == "block"):
        try:
            p.unexpected("`{`", *after)
        except CompileError as failure:
            if p.tok is not p.end or not p.stack:
                raise
            failure.diagnostics[0].label(ident.span, "while parsing this `fn`")
            p.errors.append(failure)
            return None
    return statements.parse_block(p)


# --- parameters


def _parse_params(p: Cursor, anonymous: bool) -> tuple[SelfParam | None, list[Param], bool]:
    self_param: SelfParam | None = None
    params: list[Param] = []
    variadic, first = False, True
    p.enter()
    while not p.at_end:
        attrs = attributes.parse_outer(p)
        found = _parse_self(p) if first else None
        first = False
        if found is not None:
            self_param = found
        elif p.eat("..."):
            variadic = True
        elif p.key == "self" and p.peek_key() in (",", "", ":"):
            label = "must be the first parameter of an associated function"
            p.fail(p.here, "unexpected `self` parameter in function", "", label)
        else:
            param = _parse_param(p, attrs, anonymous)
            variadic = param is None
            params.extend([param] if param is not None else [])
        if not p.eat(","):
            break
    p.leave("`,`", *(paths.after_ty_expected(params[-1].ty) if params else ()))
    return self_param, params, variadic


def _parse_param(p: Cursor, attrs: list[Attribute], anonymous: bool) -> Param | None:
    """`pattern: type`; None for `name: ...`."""
    start = p.tok.span
    if anonymous and not _is_named(p):
        ty = types.parse_ty(p)
        return Param(PatWild(start), ty, attrs, p.since(start))
    pat = patterns.parse_pat(p, "parameter name")
    if p.key != ":":
        _missing_type(p, pat)
    p.bump()
    if p.eat("..."):
        return None
    ty = types.parse_ty(p)
    return Param(pat, ty, attrs, p.since(start))


def _missing_type(p: Cursor, pat: object) -> None:
    after = ("`@`", "`|`") if isinstance(pat, PatIdent) else ("`|`",)
    p.unexpected("`:`", *after)


def _is_named(p: Cursor) -> bool:
    """Whether `pattern:` and not just a type stands here (traits of edition 2015)."""
    offset = 0
    if p.key in ("&", "&&", "mut"):
        offset = 1
    tok = p.peek(offset)
    return (tok.kind == "ident" and p.peek_key(offset + 1) == ":") or (p.key in ("(", "[") and p.peek_key() == ":")


def _parse_self(p: Cursor) -> SelfParam | None:
    """`self` in all its forms, or None and nothing eaten."""
    start = p.tok.span
    key = p.key
    if key == "self" or (key == "mut" and p.peek_key() == "self"):
        if p.peek_key(1 if key == "self" else 2) == "::":
            return None
        mutbl = p.eat("mut")
        ident = _self_ident(p)
        ty: Ty | None = types.parse_ty(p) if p.eat(":") else None
        return SelfParam(False, mutbl, None, ty, ident, p.since(start))
    if key == "&":
        return _parse_ref_self(p, start)
    return None


def _parse_ref_self(p: Cursor, start: Span) -> SelfParam | None:
    """`&self`, `&'a mut self`."""
    n = 2 if p.peek().kind == "lifetime" or (p.peek().kind == "interp" and p.peek().text == "lifetime") else 1
    has_lifetime = n == 2
    mutbl = p.peek_key(n) == "mut"
    n += mutbl
    if p.peek_key(n) != "self" or p.peek_key(n + 1) == "::":
        return None
    p.bump()
    lifetime: Lifetime | None = types.parse_lifetime(p) if has_lifetime else None
    p.eat("mut")
    ident = _self_ident(p)
    if p.key == ":":
        p.fail(p.here, "expected one of `)` or `,`, found `:`", "", "expected one of `)` or `,`")
    return SelfParam(True, mutbl, lifetime, None, ident, p.since(start))


def _self_ident(p: Cursor) -> Ident:
    tok = p.bump()
    return Ident(tok.text, tok.span)


