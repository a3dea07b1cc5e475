"""Branches and loops: `if`, `match`, `while`, `loop`, `for`, and labels.

To add a kind of labelled expression: `parse_labeled`.
"""

from __future__ import annotations

from ...base.span import Span
from ..ast import Arm, Expr, ExprBlock, ExprFor, ExprIf, ExprLoop, ExprMatch, ExprWhile, Ident
from ..cursor import Cursor
from . import attributes, expressions, patterns, statements


def parse_if(p: Cursor) -> Expr:
    start = p.bump().span
    if p.key == "{" and _lacks_condition(p):
        p.fail(p.prev_span, "missing condition for `if` expression", "", "expected condition here")
    cond = expressions.parse_expr_no_struct(p)
    then = statements.parse_body_block(p)
    else_: Expr | None = None
    if p.eat("else"):
        else_ = _parse_else(p)
    return ExprIf(cond, then, else_, p.since(start))


def _lacks_condition(p: Cursor) -> bool:
    """`if {} ...` with nothing that could be the body behind the block."""
    after = p.peek_key()
    return after != "{" and after not in (".", "?", "==", "!=", "&&", "||", "<", ">", "<=", ">=")


def _parse_else(p: Cursor) -> Expr:
    if p.key == "if":
        return parse_if(p)
    if p.key != "{" and p.tok.kind != "interp":
        p.unexpected("`{`")
    block = statements.parse_block(p)
    return ExprBlock(block, None, "", block.span)


def parse_match(p: Cursor) -> Expr:
    start = p.bump().span
    scrutinee = expressions.parse_expr_no_struct(p)
    if p.key != "{":
        p.unexpected("`{`", *_without_brace(expressions.after_expr_expected(scrutinee)))
    arms: list[Arm] = []
    p.enter()
    attributes.parse_inner(p)
    while p.tok is not p.end:
        arms.append(_parse_arm(p))
    p.leave()
    return ExprMatch(scrutinee, arms, p.since(start))


def _without_brace(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name != "`{`")


def _parse_arm(p: Cursor) -> Arm:
    attrs = attributes.parse_outer(p)
    start = p.tok.span
    no_struct = p.no_struct
    p.no_struct = False
    pat = patterns.parse_pat(p)
    guard = expressions.parse_expr(p) if p.eat("if") else None
    if p.key != "=>":
        after = patterns.after_pat_expected(pat) if guard is None else expressions.after_expr_expected(guard)
        p.unexpected("`=>`", *after, *(("`if`",) if guard is None else ()))
    p.bump()
    body = expressions.parse_stmt_expr(p)
    p.no_struct = no_struct
    arm = Arm(pat, guard, body, attrs, p.since(start))
    if not p.eat(",") and p.tok is not p.end and not expressions.is_block_like(body):
        p.unexpected("`,`", "`}`", *expressions.after_expr_expected(body))
    return arm


def parse_while(p: Cursor, label: Ident | None = None, start: Span | None = None) -> Expr:
    begin = p.bump().span
    cond = expressions.parse_expr_no_struct(p)
    body = statements.parse_body_block(p)
    return ExprWhile(cond, body, label, p.since(start or begin))


def parse_loop(p: Cursor, label: Ident | None = None, start: Span | None = None) -> Expr:
    begin = p.bump().span
    body = statements.parse_block(p)
    return ExprLoop(body, label, p.since(start or begin))


def parse_for(p: Cursor, label: Ident | None, start: Span | None = None) -> Expr:
    begin = p.bump().span
    pat = patterns.parse_pat(p)
    if p.key != "in":
        if p.key == "=":
            p.fail(p.tok.span, "missing `in` in `for` loop", "", "help: try using `in` here instead")
        p.fail(p.prev_span, "missing `in` in `for` loop")
    p.bump()
    iterable = expressions.parse_expr_no_struct(p)
    body = statements.parse_body_block(p)
    return ExprFor(pat, iterable, body, label, p.since(start or begin))


def parse_labeled(p: Cursor) -> Expr:
    """`'a: loop {}` and the other loops and blocks."""
    tok = p.bump()
    label = Ident(tok.text, tok.span)
    if p.key != ":":
        p.fail(tok.span, "expected `while`, `for`, `loop` or `{` after a label")
    p.bump()
    key = p.key
    if key == "while":
        return parse_while(p, label, tok.span)
    if key == "loop":
        return parse_loop(p, label, tok.span)
    if key == "for":
        return parse_for(p, label, tok.span)
    if key == "{" or (p.tok.kind == "interp" and p.tok.text == "block"):
        return ExprBlock(statements.parse_block(p), label, "", p.since(tok.span))
    message = "expected `while`, `for`, `loop` or `{` after a label"
    p.fail(p.tok.span, message, "", message)
