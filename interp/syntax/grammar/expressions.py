"""Expressions: operators by precedence, prefixes, and what may follow an operand.

`Cursor.no_struct` forbids struct literals (conditions, scrutinees); `Cursor.stmt_mode` says that the expression begins
a statement, so that a block-like one ends it (`match x {} - 1` is two statements).  `parse_expr` clears both.

To add a binary operator: `_PRECEDENCE`.  To add a form of operand: `atoms.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NoReturn

from ...base.diagnostics import CompileError, Unsupported, error
from ...base.span import Span, span_hi, span_lo
from .. import literals
from ..ast import (
    Expr,
    ExprAddrOf,
    ExprAssign,
    ExprAssignOp,
    ExprAwait,
    ExprBinary,
    ExprBlock,
    ExprCall,
    ExprCast,
    ExprField,
    ExprFor,
    ExprIf,
    ExprIndex,
    ExprLoop,
    ExprMatch,
    ExprMethodCall,
    ExprPath,
    ExprRange,
    ExprTry,
    ExprUnary,
    ExprWhile,
    Ident,
    Lit,
    TyPath,
)  # fmt: skip
from ..cursor import Cursor
from ..keywords import EXPR_PUNCT, EXPR_WORDS
from ..token import RAW, TokenTree
from . import atoms, attributes, paths, types

_ASSIGN_OPS: Final = frozenset(["+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<=", ">>="])
_COMPARE: Final = frozenset(["==", "!=", "<", ">", "<=", ">="])
_RANGE_KEYS: Final = frozenset(["..", "..=", "..."])
_ASSIGN, _RANGE, _OR, _AND, _CMP, _CAST = 1, 2, 3, 4, 5, 12
_PRECEDENCE: Final[dict[str, int]] = {
    "=": _ASSIGN, **dict.fromkeys(_ASSIGN_OPS, _ASSIGN), **dict.fromkeys(_RANGE_KEYS, _RANGE),
    "||": _OR, "&&": _AND, **dict.fromkeys(_COMPARE, _CMP), "|": 6, "^": 7, "&": 8, "<<": 9, ">>": 9, "+": 10,
    "-": 10, "*": 11, "/": 11, "%": 11, "as": _CAST,
}  # fmt: skip
ABOVE_LAZY: Final = _AND + 1  # binds tighter than `&&`
_BLOCK_LIKE: Final = frozenset([ExprIf, ExprMatch, ExprWhile, ExprFor, ExprLoop, ExprBlock])
_HI = 0xFFFFFF


def parse_expr(p: Cursor) -> Expr:
    """A whole expression, free of the restrictions round it."""
    no_struct, stmt_mode = p.no_struct, p.stmt_mode
    if not no_struct and not stmt_mode:
        return parse_assoc(p, 0)
    p.no_struct = p.stmt_mode = False
    expr = parse_assoc(p, 0)
    p.no_struct, p.stmt_mode = no_struct, stmt_mode
    return expr


def parse_expr_no_struct(p: Cursor) -> Expr:
    """A condition or scrutinee: a `{` ends it."""
    no_struct, stmt_mode = p.no_struct, p.stmt_mode
    p.no_struct, p.stmt_mode = True, False
    expr = parse_assoc(p, 0)
    p.no_struct, p.stmt_mode = no_struct, stmt_mode
    return expr


def parse_expr_inherit(p: Cursor, min_prec: int = 0) -> Expr:
    """An operand's inside (a closure's body, a right-hand side): struct literals as round it, no statement rule."""
    stmt_mode = p.stmt_mode
    p.stmt_mode = False
    expr = parse_assoc(p, min_prec)
    p.stmt_mode = stmt_mode
    return expr


def parse_stmt_expr(p: Cursor) -> Expr:
    """An expression where a statement begins (also a match arm's body)."""
    no_struct, stmt_mode = p.no_struct, p.stmt_mode
    p.no_struct, p.stmt_mode = False, True
    expr = parse_assoc(p, 0)
    p.no_struct, p.stmt_mode = no_struct, stmt_mode
    return expr


def is_block_like(expr: Expr) -> bool:
    """Whether the expression needs no `;` to be a statement."""
    return type(expr) in _BLOCK_LIKE and not (isinstance(expr, ExprBlock) and expr.kind.startswith("async"))


def can_begin_expr(p: Cursor) -> bool:
    tok = p.tok
    kind = tok.kind
    if kind == "ident":
        return tok.spacing == RAW or tok.text not in p.words or tok.text in EXPR_WORDS
    if kind == "interp":
        return tok.text in ("expr", "literal", "path", "block", "ty")
    return kind == "literal" or kind == "lifetime" or p.key in EXPR_PUNCT


def join(first: Span, last: Span) -> Span:
    return Span(first & ~_HI | last & _HI) if first >> 48 == last >> 48 else first


# --- binary operators


def parse_assoc(p: Cursor, min_prec: int) -> Expr:
    if p.key in _RANGE_KEYS:
        return _parse_range_to(p)
    return parse_rest(p, parse_prefix(p), min_prec)


def parse_rest(p: Cursor, lhs: Expr, min_prec: int) -> Expr:
    """Operators of at least `min_prec` behind `lhs`."""
    while True:
        prec = _PRECEDENCE.get(p.key)
        if prec is None or prec < min_prec or (p.stmt_mode and is_block_like(lhs)):
            return lhs
        if prec == _CAST:
            lhs = _parse_cast(p, lhs)
        elif prec == _RANGE:
            return _parse_range(p, lhs)
        elif prec == _ASSIGN:
            lhs = _parse_assign(p, lhs)
        else:
            op = p.bump()
            if p.key in _AFTER_OPERATOR:
                _check_operator(p, op)
            rhs = parse_expr_inherit(p, prec + 1)
            lhs = ExprBinary(op.text, lhs, rhs, op.span, join(lhs.span, rhs.span))
            if prec == _CMP and p.key in _COMPARE:
                _chained(p, op.span, lhs)


_AFTER_OPERATOR = frozenset(["+", "-", ">", "=", "=="])


def _check_operator(p: Cursor, op: TokenTree) -> None:
    """Complain of operators that other languages have, and Rust has not."""
    both = op.text + p.key
    if op.span & _HI != (p.tok.span >> 24) & _HI:
        return
    span = Span(op.span & ~_HI | p.tok.span & _HI)
    if both in ("<>", "===", "!=="):
        p.fail(span, f"invalid comparison operator `{both}`")
    if both == "<-":
        report = error(span, "unexpected token: `<-`")
        why = "if you meant to write a comparison against a negative value, add a space in between `<` and `-`"
        raise CompileError(report.help(why))
    if both == "++" or (both == "--" and not _begins_at(p, 1)):
        what = "increment" if both == "++" else "decrement"
        report = error(span, f"Rust has no postfix {what} operator", "", "not a valid postfix operator")
        raise CompileError(report.help(f"use `{op.text}= 1` instead"))


def _begins_at(p: Cursor, n: int) -> bool:
    """Whether an expression may begin `n` tokens on."""
    place = p.save()
    p.seek(min(p.pos + n, len(p.toks)))
    found = can_begin_expr(p)
    p.restore(place)
    return found


_WORDS = {"and": "&&", "or": "||"}


def check_foreign_operator(p: Cursor) -> None:
    """Complain of `and` and `or` where an operator might stand."""
    if p.tok.kind == "ident" and p.key in _WORDS:
        report = error(p.here, f"`{p.key}` is not a logical operator")
        raise CompileError(report.note("unlike in e.g., Python and PHP, `&&` and `||` are used for logical operators"))


def _chained(p: Cursor, first_op: Span, lhs: ExprBinary) -> None:
    report = error(first_op, "comparison operators cannot be chained")
    report.labels[0].primary = True
    report.label(p.tok.span, "")
    report.labels[1].primary = True
    if lhs.op == "<" and p.key in (">", ">>") and isinstance(lhs.lhs, ExprPath):
        if p.peek_key() in ("::", "("):
            report.help("use `::<...>` instead of `<...>` to specify lifetime, type, or const arguments")
            if p.peek_key() == "(":
                report.help("or use `(...)` if you meant to specify fn arguments")
    elif lhs.op not in ("==", "!=") and p.key not in ("==", "!="):
        report.help("split the comparison into two")
    else:
        report.help("parenthesize the comparison")
    raise CompileError(report)


def _parse_assign(p: Cursor, lhs: Expr) -> Expr:
    op = p.bump()
    rhs = parse_expr_inherit(p, _ASSIGN)
    span = join(lhs.span, rhs.span)
    if op.text == "=":
        return ExprAssign(lhs, rhs, span)
    return ExprAssignOp(op.text[:-1], lhs, rhs, op.span, span)


def _parse_cast(p: Cursor, lhs: Expr) -> Expr:
    p.bump()
    at = p.pos
    try:
        ty = types.parse_ty_no_plus(p)
    except CompileError:
        if p.toks[at + 1 : at + 2] and p.toks[at + 1].text in ("<", "<<"):
            _generic_cast(p, at)
        raise
    if p.key in ("<", "<<") and isinstance(ty, TyPath) and ty.path.segments[-1].args is not None:
        _generic_cast(p, at)
    return ExprCast(lhs, ty, p.since(lhs.span))


def _generic_cast(p: Cursor, at: int) -> None:
    """`x as usize < y`: the `<` was taken for generic arguments."""
    name, op = p.toks[at].text, p.toks[at + 1]
    if p.toks[at].kind != "ident":
        return
    what = "comparison" if op.text == "<" else "shift"
    report = error(op.span, f"`{op.text}` is interpreted as a start of generic arguments for `{name}`, not a {what}")
    report.labels[0].text = f"not interpreted as {what}"
    if p.toks[at + 2 : at + 3]:
        report.label(p.toks[at + 2].span, "interpreted as generic arguments")
    raise CompileError(report.help(f"try {'comparing' if what == 'comparison' else 'shifting'} the cast value"))


def _parse_range(p: Cursor, lhs: Expr) -> Expr:
    op = p.bump()
    _check_dots(p, op.text, op.span)
    hi = parse_expr_inherit(p, _RANGE + 1) if _at_range_end(p) else None
    _check_closed(p, op.text, op.span, hi)
    return ExprRange(lhs, hi, op.text != "..", p.since(lhs.span))


def _parse_range_to(p: Cursor) -> Expr:
    op = p.bump()
    _check_dots(p, op.text, op.span)
    hi = parse_expr_inherit(p, _RANGE + 1) if _at_range_end(p) else None
    _check_closed(p, op.text, op.span, hi)
    return ExprRange(None, hi, op.text != "..", p.since(op.span))


def _at_range_end(p: Cursor) -> bool:
    return can_begin_expr(p) and not (p.no_struct and p.key == "{")


def _check_dots(p: Cursor, op: str, span: Span) -> None:
    if op == "...":
        report = error(span, "unexpected token: `...`")
        raise CompileError(report.help("use `..` for an exclusive range").help("or `..=` for an inclusive range"))


def _check_closed(p: Cursor, op: str, span: Span, hi: Expr | None) -> None:
    if hi is None and op == "..=":
        report = error(span, "inclusive range with no end", "E0586")
        raise CompileError(report.note("inclusive ranges must be bounded at the end (`..=b` or `a..=b`)"))


# --- prefix operators


def parse_prefix(p: Cursor) -> Expr:
    handler = _PREFIX.get(p.key)
    if handler is not None:
        return handler(p)
    return parse_postfix(p, atoms.parse_atom(p))


def _parse_unary(p: Cursor) -> Expr:
    op = p.bump()
    expr = parse_prefix(p)
    return ExprUnary(op.text, expr, join(op.span, expr.span))  # type: ignore[arg-type]


def _parse_borrow(p: Cursor) -> Expr:
    start = p.tok.span
    if p.key == "&&":
        p.split("&")
        inner = _parse_borrow(p)
        return ExprAddrOf(False, False, inner, join(start, inner.span))
    p.bump()
    if p.key == "raw" and p.peek_key() in ("const", "mut"):
        p.bump()
        mutbl = p.bump().text == "mut"
        expr = parse_prefix(p)
        return ExprAddrOf(True, mutbl, expr, join(start, expr.span))
    mutbl = p.eat("mut")
    if p.tok.kind == "lifetime" and p.peek_key() != ":":
        p.fail(p.here, "borrow expressions cannot be annotated with lifetimes", "", "annotated with lifetime here")
    expr = parse_prefix(p)
    return ExprAddrOf(False, mutbl, expr, join(start, expr.span))


def _parse_attributed(p: Cursor) -> Expr:
    for attribute in attributes.parse_outer(p):
        if attribute.path in ("cfg", "cfg_attr"):
            raise Unsupported(attribute.span, f"`#[{attribute.path}]` on an expression inside another")
    return parse_prefix(p)


def _parse_box(p: Cursor) -> Expr:
    p.fail(p.bump().span, "`box_syntax` has been removed")


def _parse_plus(p: Cursor) -> Expr:
    if p.peek_key() == "+" and p.tok.span & _HI == (p.peek().span >> 24) & _HI:
        span = Span(p.tok.span & ~_HI | p.peek().span & _HI)
        report = error(span, "Rust has no prefix increment operator", "", "not a valid prefix operator")
        raise CompileError(report.help("use `+= 1` instead"))
    report = error(p.here, "leading `+` is not supported", "", "unexpected `+`")
    raise CompileError(report.help("try removing the `+`"))


_PREFIX: Final[dict[str, Callable[[Cursor], Expr]]] = {
    "-": _parse_unary, "!": _parse_unary, "*": _parse_unary, "&": _parse_borrow, "&&": _parse_borrow,
    "#": _parse_attributed, "///": _parse_attributed, "box": _parse_box, "+": _parse_plus,
}  # fmt: skip


# --- what follows an operand


def parse_postfix(p: Cursor, expr: Expr) -> Expr:
    """`?`, `.field`, `.method()`, `(args)`, `[index]` behind `expr`."""
    while True:
        key = p.key
        if key == ".":
            p.bump()
            expr = _parse_dot(p, expr)
        elif key == "->":
            _arrow(p)
        elif key == "?":
            p.bump()
            expr = ExprTry(expr, p.since(expr.span))
        elif key == "(":
            if p.stmt_mode and is_block_like(expr):
                return expr
            args = parse_args(p)
            expr = ExprCall(expr, args, p.since(expr.span))
        elif key == "[":
            if p.stmt_mode and is_block_like(expr):
                return expr
            p.enter()
            index = parse_expr(p)
            p.leave(*after_expr_expected(index))
            expr = ExprIndex(expr, index, p.since(expr.span))
        else:
            return expr


def _arrow(p: Cursor) -> NoReturn:
    report = error(p.here, "`->` is not valid syntax for field accesses and method calls")
    how = "the `.` operator will automatically dereference the value, except if the value is a raw pointer"
    raise CompileError(report.help(how))


def parse_args(p: Cursor) -> list[Expr]:
    """`(a, b)`, at the group."""
    args: list[Expr] = []
    p.enter()
    while p.tok is not p.end:
        args.append(parse_expr(p))
        if not p.eat(","):
            break
    if p.tok is not p.end:
        p.unexpected("`)`", "`,`", *after_expr_expected(args[-1]))
    p.leave()
    return args


def _parse_dot(p: Cursor, receiver: Expr) -> Expr:
    """Behind the `.`."""
    tok = p.tok
    if tok.kind == "literal":
        return _parse_tuple_field(p, receiver)
    if p.key == "await" and p.edition >= 2018:
        p.bump()
        return ExprAwait(receiver, p.since(receiver.span))
    if tok.kind != "ident":
        p.unexpected()
    segment = paths.parse_segment(p, "expr")
    if p.key == "(":
        args = parse_args(p)
        return ExprMethodCall(receiver, segment, args, p.since(receiver.span))
    if segment.args is not None:
        p.fail(segment.args.span, "field expressions cannot have generic arguments")
    return ExprField(receiver, segment.ident, p.since(receiver.span))


_INDEX_WITH_SUFFIX = re.compile(r"(?!0[xob])[0-9]+([a-zA-Z]\w*)\Z")


def _parse_tuple_field(p: Cursor, receiver: Expr) -> Expr:
    """`.0`, and `.0.1`, which the lexer takes for a float."""
    tok = p.tok
    text, lo, base = tok.text, span_lo(tok.span), tok.span >> 48 << 48
    if text.isdigit():
        p.bump()
        return ExprField(receiver, Ident(text, tok.span), p.since(receiver.span))
    suffixed = _INDEX_WITH_SUFFIX.match(text)
    if suffixed is not None:
        p.fail(tok.span, "suffixes on a tuple index are invalid", "", f"invalid suffix `{suffixed.group(1)}`")
    first, dot, second = text.partition(".")
    if not (dot and first.isdigit() and (second.isdigit() or not second)):
        p.unexpected()
    p.bump()
    middle = lo + len(first)
    start = receiver.span & ~_HI
    inner = ExprField(receiver, Ident(first, Span(base | lo << 24 | middle)), Span(start | middle))
    if not second:
        return _parse_dot(p, inner)
    end = span_hi(tok.span)
    return ExprField(inner, Ident(second, Span(base | middle + 1 << 24 | end)), Span(start | end))


def after_expr_expected(expr: Expr) -> tuple[str, ...]:
    """What may go on after an expression, for complaints."""
    found = ("`.`", "`?`", "an operator")
    while isinstance(expr, (ExprBinary, ExprAssign, ExprAssignOp)):
        expr = expr.rhs
    if isinstance(expr, ExprRange) and expr.hi is not None:
        return after_expr_expected(expr.hi)
    while isinstance(expr, (ExprUnary, ExprAddrOf)):
        expr = expr.expr
    if isinstance(expr, ExprField) and not expr.ident.name.isdigit():
        return "`(`", "`::`", *found
    if isinstance(expr, ExprCast):
        return *paths.after_ty_expected(expr.ty), *found
    if isinstance(expr, ExprPath) and expr.path.segments[-1].args is None:
        return "`!`", "`::`", "`{`", *found
    return found


# --- literals


def parse_literal_maybe_minus(p: Cursor) -> Expr:
    """`1`, `-1`, `"a"`, `true`: what `$l:literal` takes, and patterns and const arguments."""
    tok = p.tok
    if tok.kind == "interp" and tok.text in ("expr", "literal", "block"):
        p.bump()
        expr: Expr = tok.node if tok.text != "block" else ExprBlock(tok.node, None, "", tok.span)
        return expr
    if p.key == "-":
        p.bump()
        lit = parse_literal(p)
        if lit.kind not in ("int", "float"):
            p.fail(lit.span, "expected a numeric literal after `-`")
        return ExprUnary("-", lit, join(tok.span, lit.span))
    if p.key == "{}":
        p.enter()
        expr = parse_literal_maybe_minus(p)
        p.leave()
        return expr
    return parse_literal(p)


def parse_literal(p: Cursor) -> Lit:
    tok = p.tok
    if tok.kind == "literal":
        p.bump()
        return literals.decode(tok)
    if p.key in ("true", "false"):
        p.bump()
        return Lit("bool", tok.text == "true", "", tok.span)
    if tok.kind == "interp" and isinstance(tok.node, Lit):
        p.bump()
        return tok.node
    p.unexpected_what("literal")
