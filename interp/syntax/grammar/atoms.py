"""Operands: literals, paths, delimiters, and everything that begins with a keyword of its own.

To add a form: a function, and an entry in `_BY_KEY` under the token that begins it; `control.py` has the loops and
branches.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...base.diagnostics import CompileError, Unsupported, error
from ...base.span import Span
from .. import literals
from ..ast import (
    AnonConst,
    Attribute,
    ClosureParam,
    Expr,
    ExprArray,
    ExprBlock,
    ExprBreak,
    ExprClosure,
    ExprContinue,
    ExprFieldInit,
    ExprLet,
    ExprMac,
    ExprParen,
    ExprPath,
    ExprRepeat,
    ExprReturn,
    ExprStruct,
    ExprTuple,
    ExprUnderscore,
    Ident,
    Lit,
    Path,
    PathSegment,
    TyPath,
)  # fmt: skip
from ..cursor import Cursor
from ..keywords import PATH_KEYWORDS
from ..token import RAW, TokenTree
from . import attributes, control, expressions, generics, macros, paths, patterns, statements, types


def parse_atom(p: Cursor) -> Expr:
    tok = p.tok
    kind = tok.kind
    if kind == "literal":
        p.bump()
        return literals.decode(tok)
    if kind == "ident":
        if tok.spacing == RAW or tok.text not in p.words:
            return _parse_ident_expr(p, tok)
        if tok.text in PATH_KEYWORDS:
            return parse_path_expr(p)
    handler = _BY_KEY.get(p.key)
    if handler is not None:
        return handler(p)
    if kind == "lifetime":
        return control.parse_labeled(p)
    if kind == "interp":
        return _parse_interp(p, tok)
    if p.key == "." and p.peek().kind == "literal":
        p.fail(p.here, "float literals must have an integer part")
    p.unexpected_expr()


def _parse_interp(p: Cursor, tok: TokenTree) -> Expr:
    """A fragment that a macro matched: one operand, whatever it was."""
    if tok.text in ("expr", "literal"):
        p.bump()
        expr: Expr = tok.node
        return expr
    if tok.text == "block":
        p.bump()
        return ExprBlock(tok.node, None, "", tok.span)
    if tok.text == "path" or (tok.text == "ty" and isinstance(tok.node, TyPath)):
        return parse_path_expr(p)
    p.unexpected_expr()


def _parse_invisible(p: Cursor) -> Expr:
    """An invisible group: one operand, as if in parentheses; it may turn out to begin a path."""
    place = p.save()
    p.enter()
    expr = expressions.parse_expr(p)
    p.leave()
    if isinstance(expr, ExprPath) and p.key in ("::", "!", "{"):
        p.restore(place)
        return parse_path_expr(p)
    return expr


# --- paths, struct literals, macro calls


def _parse_ident_expr(p: Cursor, tok: TokenTree) -> Expr:
    """An identifier that is no keyword; most of the time it is all there is."""
    if tok.spacing != RAW and tok.text in _CONTEXTUAL and (found := _parse_contextual(p, tok.text)) is not None:
        return found
    after = p.peek_key()
    if after in ("::", "!", "{"):
        return parse_path_expr(p)
    p.bump()
    return ExprPath(Path([PathSegment(Ident(tok.text, tok.span), None)], tok.span), tok.span)


def parse_path_expr(p: Cursor) -> Expr:
    start = p.tok.span
    path = paths.parse_qpath(p, "expr") if p.key in ("<", "<<") else paths.parse_path(p, "expr")
    return after_path(p, path, start)


def after_path(p: Cursor, path: Path, start: Span) -> Expr:
    """A macro call, a struct literal, or the path itself."""
    if p.key == "!" and path.qself is None and macros.at_delim(p, 1):
        call = macros.parse_mac_call(p, path, start)
        return ExprMac(call, call.span)
    if p.key == "{" and not p.no_struct:
        return _parse_struct(p, path, start)
    return ExprPath(path, path.span)


def _parse_struct(p: Cursor, path: Path, start: Span) -> Expr:
    found = ExprStruct(path, [], None, start)
    try:
        _parse_struct_body(p, found)
    except CompileError as failure:
        if failure.diagnostics[0].message.startswith("expected one of"):
            failure.diagnostics[0].label(path.span, "while parsing this struct")
        raise
    found.span = p.since(start)
    return found


def _parse_struct_body(p: Cursor, found: ExprStruct) -> None:
    p.enter()
    while not p.at_end:
        attrs = attributes.parse_outer(p)
        if p.key == "..":
            _parse_base(p, found)
            break
        found.fields.append(_parse_field_init(p, attrs))
        if not p.eat(","):
            break
    last = found.fields[-1] if found.fields else None
    if last is None:
        p.leave("identifier")
    else:
        p.leave("`,`", *(("`:`",) if last.shorthand else expressions.after_expr_expected(last.expr)))


def _parse_base(p: Cursor, found: ExprStruct) -> None:
    start = p.bump().span
    if p.at_end:
        found.rest = True
        return
    found.base = expressions.parse_expr(p)
    if p.key == ",":
        report = error(p.since(start), "cannot use a comma after the base struct")
        raise CompileError(report.note("the base struct must always be the last field"))


def _parse_field_init(p: Cursor, attrs: list[Attribute]) -> ExprFieldInit:
    tok = p.tok
    if tok.kind == "literal" and tok.text.isdigit():
        p.bump()
        ident = Ident(tok.text, tok.span)
        p.expect(":")
    else:
        ident = p.parse_ident("`}`") if p.is_ident() else p.unexpected("identifier", "`}`")
        if p.key != ":":
            if p.key == "=":
                p.fail(p.here, "expected `:`, found `=`")
            path = ExprPath(Path([PathSegment(ident, None)], ident.span), ident.span)
            return ExprFieldInit(ident, path, True, attrs, ident.span)
        p.bump()
    expr = expressions.parse_expr(p)
    return ExprFieldInit(ident, expr, False, attrs, p.since(tok.span))


# --- delimiters


def _parse_paren(p: Cursor) -> Expr:
    start = p.tok.span
    exprs: list[Expr] = []
    comma = False
    p.enter()
    while p.tok is not p.end:
        exprs.append(expressions.parse_expr(p))
        comma = p.eat(",")
        if not comma:
            break
    p.leave("`,`", *(expressions.after_expr_expected(exprs[-1]) if exprs else ()))
    if len(exprs) == 1 and not comma:
        return ExprParen(exprs[0], p.since(start))
    return ExprTuple(exprs, p.since(start))


def _parse_bracket(p: Cursor) -> Expr:
    """`[a, b]` or `[a; n]`."""
    start = p.tok.span
    exprs: list[Expr] = []
    p.enter()
    while p.tok is not p.end:
        exprs.append(expressions.parse_expr(p))
        if p.key == ";" and len(exprs) == 1:
            return _parse_repeat(p, exprs[0], start)
        if not p.eat(","):
            break
    more = ("`,`", *(("`;`",) if len(exprs) == 1 else ()))
    p.leave(*(more + expressions.after_expr_expected(exprs[-1]) if exprs else ()))
    return ExprArray(exprs, p.since(start))


def _parse_repeat(p: Cursor, expr: Expr, start: Span) -> Expr:
    p.bump()
    length = types.parse_anon_const(p)
    p.leave(*expressions.after_expr_expected(length.expr))
    return ExprRepeat(expr, AnonConst(length.expr, length.span), p.since(start))


# --- blocks


def parse_block_expr(p: Cursor) -> Expr:
    block = statements.parse_block(p)
    return ExprBlock(block, None, "", block.span)


def _parse_unsafe(p: Cursor) -> Expr:
    start = p.bump().span
    return ExprBlock(statements.parse_block(p), None, "unsafe", p.since(start))


def parse_const_block(p: Cursor) -> Expr:
    start = p.bump().span
    return ExprBlock(statements.parse_block(p), None, "const", p.since(start))


def _parse_const(p: Cursor) -> Expr:
    if p.peek_key() == "{":
        return parse_const_block(p)
    if p.peek_key() in ("|", "||", "move"):
        p.fail(p.here, "const closures are experimental", "E0658")
    p.unexpected_expr()


def _parse_async(p: Cursor) -> Expr:
    """`async {}`, `async move {}`, `async |x| ..`, `async move |x| ..`."""
    start = p.tok.span
    move = p.peek_key() == "move"
    if p.peek_key(2 if move else 1) in ("|", "||"):
        return _parse_closure(p)
    p.bump()
    p.eat("move")
    if p.key != "{" and p.tok.kind != "interp":
        p.unexpected("`{`", "`|`", "`||`", *(() if move else ("`move`", "`use`")))
    return ExprBlock(statements.parse_block(p), None, "async move" if move else "async", p.since(start))


def _parse_try(p: Cursor) -> Expr:
    start = p.bump().span
    if p.key == "!":
        p.fail(p.since(start), "use of deprecated `try` macro")
    return ExprBlock(statements.parse_block(p), None, "try", p.since(start))


# --- closures


def _parse_closure(p: Cursor) -> Expr:
    start = p.tok.span
    generics.parse_for_lifetimes(p)
    is_static = p.eat("static")
    is_async = p.key == "async" and p.edition >= 2018 and p.eat("async")
    move = p.eat("move")
    params = _parse_closure_params(p)
    arrow = p.tok.span
    output = types.parse_ret_ty(p)
    decl_span = p.since(start)
    if output is None:
        body = expressions.parse_expr_inherit(p)
    else:
        if p.key != "{" and p.tok.text != "block":
            report = error(p.here, f"expected `{{`, found {p.describe()}")
            why = "explicit return type requires closure body to be enclosed in braces"
            raise CompileError(report.label(arrow, why))
        body = parse_block_expr(p)
    return ExprClosure(params, output, body, move, is_async, is_static, decl_span, p.since(start))


def _parse_closure_params(p: Cursor) -> list[ClosureParam]:
    if p.eat("||"):
        return []
    p.expect("|")
    params: list[ClosureParam] = []
    while not p.key.startswith("|"):
        attrs = attributes.parse_outer(p)
        pat = patterns.parse_pat_no_top_alt(p)
        ty = types.parse_ty(p) if p.eat(":") else None
        params.append(ClosureParam(pat, ty, attrs))
        if not p.eat(","):
            break
    if not p.eat_start("|"):
        last = params[-1] if params else None
        after = () if last is None else ("`:`", *patterns.after_pat_expected(last.pat)) if last.ty is None else ()
        p.unexpected("`,`", "`|`", *after)
    return params


def _parse_for(p: Cursor) -> Expr:
    if p.peek_key() == "<":
        place = p.save()
        generics.parse_for_lifetimes(p)
        closure = p.key in ("|", "||", "move", "async", "static")
        p.restore(place)
        if closure:
            return _parse_closure(p)
    return control.parse_for(p, None)


def _parse_static(p: Cursor) -> Expr:
    if p.peek_key() in ("|", "||", "move", "async"):
        return _parse_closure(p)
    p.unexpected_expr()


# --- jumps


def _parse_return(p: Cursor) -> Expr:
    start = p.bump().span
    expr = _parse_opt_expr(p)
    return ExprReturn(expr, p.since(start))


def _parse_opt_expr(p: Cursor) -> Expr | None:
    """A value, if one stands here: in the head of an `if`, too, it may be a block or a struct."""
    return expressions.parse_expr(p) if expressions.can_begin_expr(p) else None


def _parse_label(p: Cursor) -> Ident | None:
    if p.tok.kind != "lifetime" and not (p.tok.kind == "interp" and p.tok.text == "lifetime"):
        return None
    return types.parse_lifetime(p).ident


def _parse_break(p: Cursor) -> Expr:
    start = p.bump().span
    label = None if p.peek_key() == ":" else _parse_label(p)
    expr = None if p.no_struct and p.key == "{" else _parse_opt_expr(p)
    return ExprBreak(label, expr, p.since(start))


def _parse_continue(p: Cursor) -> Expr:
    start = p.bump().span
    return ExprContinue(_parse_label(p), p.since(start))


# --- the rest


def _parse_let(p: Cursor) -> Expr:
    """`let PAT = EXPR` in a condition; the expression ends before `&&` and `||`."""
    start = p.bump().span
    pat = patterns.parse_pat(p)
    if p.key == ":":
        p.fail(p.here, "unexpected `:` in `let` condition")
    p.expect("=", *patterns.after_pat_expected(pat))
    expr = expressions.parse_expr_inherit(p, expressions.ABOVE_LAZY)
    return ExprLet(pat, expr, p.since(start))


def _parse_underscore(p: Cursor) -> Expr:
    return ExprUnderscore(p.bump().span)


def _parse_bool(p: Cursor) -> Expr:
    tok = p.bump()
    return Lit("bool", tok.text == "true", "", tok.span)


def _parse_unstable(p: Cursor) -> Expr:
    raise Unsupported(p.tok.span, f"`{p.tok.text}` expressions")


def _parse_contextual(p: Cursor, word: str) -> Expr | None:
    """Words that are keywords only by what follows them, or since some edition."""
    after = p.peek_key()
    if word == "gen" and after in ("{", "move") and p.edition >= 2024:
        raise Unsupported(p.tok.span, "`gen` blocks")
    if word == "builtin" and after == "#":
        raise Unsupported(p.tok.span, "`builtin #` syntax")
    return None


_CONTEXTUAL: Final = frozenset(["gen", "builtin"])
_BY_KEY: Final[dict[str, Callable[[Cursor], Expr]]] = {
    "(": _parse_paren, "[": _parse_bracket, "{": parse_block_expr, "{}": _parse_invisible, "<": parse_path_expr,
    "<<": parse_path_expr, "::": parse_path_expr, "|": _parse_closure, "||": _parse_closure, "move": _parse_closure,
    "if": control.parse_if, "match": control.parse_match, "while": control.parse_while, "loop": control.parse_loop,
    "for": _parse_for, "unsafe": _parse_unsafe, "const": _parse_const, "async": _parse_async, "try": _parse_try,
    "static": _parse_static, "return": _parse_return, "break": _parse_break, "continue": _parse_continue,
    "let": _parse_let, "_": _parse_underscore, "true": _parse_bool, "false": _parse_bool, "yield": _parse_unstable,
    "become": _parse_unstable, "gen": _parse_unstable,
}  # fmt: skip
