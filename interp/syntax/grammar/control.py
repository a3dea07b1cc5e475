"""Branches and loops: `if`, `match`, `while`, `loop`, `for`, and labels.

To add a kind of labelled expression: `parse_labeled`.
"""

from __future__ import annotations

from typing import NoReturn

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from ..ast import Arm, Expr, ExprBinary, ExprBlock, ExprFor, ExprIf, ExprLet, ExprLoop, ExprMatch, ExprWhile, Ident
from ..cursor import Cursor
from . import attributes, expressions, patterns, statements


def parse_if(p: Cursor) -> Expr:
    start = p.bump().span
    if p.key == "{" and _lacks_condition(p):
        report = error(p.prev_end(), "missing condition for `if` expression", "", "expected condition here")
        block = "if this block is the condition of the `if` expression, then it must be followed by another block"
        raise CompileError(report.label(p.here, block))
    cond = parse_condition(p)
    then = statements.parse_block(p)
    else_: Expr | None = None
    if p.eat("else"):
        else_ = _parse_else(p)
    return ExprIf(cond, then, else_, p.since(start))


def parse_condition(p: Cursor) -> Expr:
    """Of an `if` or `while`: `let`s may stand in it, joined by `&&`."""
    return _allow_let(expressions.parse_expr_no_struct(p))


def _allow_let(cond: Expr) -> Expr:
    rest = [cond]
    while rest:
        part = rest.pop()
        if isinstance(part, ExprLet):
            part.in_condition = True
        elif isinstance(part, ExprBinary) and part.op == "&&":
            rest += (part.lhs, part.rhs)
    return cond


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
        with p.while_parsing(start, "while parsing this `match` expression"):
            p.unexpected("`{`", *expressions.after_expr_expected(scrutinee))
    arms: list[Arm] = []
    p.enter()
    toks, end, depth = p.toks, p.end, len(p.stack)
    no_struct = p.no_struct
    p.no_struct = False
    try:
        attributes.parse_inner(p)
        while p.tok is not end:
            arms.append(_parse_arm(p))
    except CompileError as failure:
        p.give_up(failure, toks, end, depth)
    p.no_struct = no_struct
    p.leave()
    return ExprMatch(scrutinee, arms, p.since(start))


def _parse_arm(p: Cursor) -> Arm:
    attrs = attributes.parse_outer(p)
    start = p.tok.span
    pat = patterns.parse_top_pat(p)
    guard = _allow_let(expressions.parse_expr(p)) if p.eat("if") else None
    if p.key != "=>":
        after = patterns.after_pat_expected(pat) if guard is None else expressions.after_expr_expected(guard)
        p.unexpected("`=>`", *after, *(("`if`",) if guard is None else ()))
    arrow = p.bump().span
    with_label = "while parsing the `match` arm starting here"
    try:
        body = expressions.parse_stmt_expr(p)
    except CompileError as failure:
        failure.diagnostics[0].label(arrow, with_label)
        raise
    arm = Arm(pat, guard, body, attrs, p.since(start))
    if not p.eat(",") and p.tok is not p.end and not expressions.is_block_like(body):
        _no_comma(p, body, arrow)
    return arm


def _no_comma(p: Cursor, body: Expr, arrow: Span) -> NoReturn:
    """An arm that ends in neither `,` nor `}`."""
    if p.key == ";":
        report = error(p.since(body.span), "`match` arm body without braces")
        report.labels[0].text = "this statement is not surrounded by a body"
        raise CompileError(report.label(arrow, "while parsing the `match` arm starting here"))
    here, wanted = p.prev_end(), ("`,`", "`}`", *expressions.after_expr_expected(body))
    place = p.save()
    try:
        patterns.parse_pat(p)
    except CompileError:
        p.restore(place)
        p.unexpected(*wanted)
    if p.key == "=>":
        p.fail(here, "expected `,` following `match` arm")
    p.restore(place)
    p.unexpected(*wanted)


def parse_while(p: Cursor, label: Ident | None = None, start: Span | None = None) -> Expr:
    begin = p.bump().span
    cond = parse_condition(p)
    with p.while_parsing(begin, "while parsing the body of this `while` expression"):
        with p.while_parsing(cond.span, "this `while` condition successfully parsed"):
            body = statements.parse_block(p)
    return ExprWhile(cond, body, label, p.since(start or begin))


def parse_loop(p: Cursor, label: Ident | None = None, start: Span | None = None) -> Expr:
    begin = p.bump().span
    with p.while_parsing(begin, "while parsing this `loop` expression"):
        body = statements.parse_block(p)
    return ExprLoop(body, label, p.since(start or begin))


def parse_for(p: Cursor, label: Ident | None, start: Span | None = None) -> Expr:
    begin = p.bump().span
    pat = patterns.parse_top_pat(p)
    if p.key != "in":
        if p.key == "=":
            p.fail(p.here, "missing `in` in `for` loop", "", "help: try using `in` here instead")
        p.fail(p.prev_end(), "missing `in` in `for` loop")
    p.bump()
    iterable = expressions.parse_expr_no_struct(p)
    if p.key != "{" and isinstance(iterable, ExprBlock):
        at = Span(iterable.span & ~0xFFFFFF | (iterable.span >> 24) & 0xFFFFFF)
        p.fail(at, "missing expression to iterate on in `for` loop")
    body = statements.parse_block(p)
    return ExprFor(pat, iterable, body, label, p.since(start or begin))


def parse_labeled(p: Cursor) -> Expr:
    """`'a: loop {}` and the other loops and blocks."""
    tok = p.bump()
    label = Ident(tok.text, tok.span)
    if p.key != ":":
        _no_colon(p, label)
    p.bump()
    return _parse_behind_label(p, label)


def _no_colon(p: Cursor, label: Ident) -> NoReturn:
    if p.key in ("while", "loop", "for", "{"):
        expr = _parse_behind_label(p, label)
        report = error(expr.span, "labeled expression must be followed by `:`")
        report.label(label.span, "the label")
        use = "labels are used before loops and blocks, allowing e.g., `break 'label` to them"
        raise CompileError(report.note(use))
    p.fail(p.here, "expected `while`, `for`, `loop` or `{` after a label")


def _parse_behind_label(p: Cursor, label: Ident) -> Expr:
    key = p.key
    if key == "while":
        return parse_while(p, label, label.span)
    if key == "loop":
        return parse_loop(p, label, label.span)
    if key == "for":
        return parse_for(p, label, label.span)
    if key == "{" or (p.tok.kind == "interp" and p.tok.text == "block"):
        return ExprBlock(statements.parse_block(p), label, "", p.since(label.span))
    message = "expected `while`, `for`, `loop` or `{` after a label"
    p.fail(p.here, message, "", message)
