"""Conditions: `if`'s and guards', with `let` and `&&`, `||`, `!` as control flow.

A condition is lowered so that success falls through with its bindings in place, and every failure leaves the
scopes opened by the condition on its way to the `else` block.
"""

from __future__ import annotations

from typing import Callable

from ..mir import body as mir
from ..mir.body import BasicBlock
from ..ty import ty as t
from ..typeck import thir
from . import expr as lower, matches, scope
from .builder import Builder, IfThenScope


def lower_condition(
    b: Builder, block: BasicBlock, cond: thir.Expr, then: Callable[[BasicBlock], BasicBlock], inner_scopes: int = 0
) -> tuple[BasicBlock, BasicBlock]:
    """(where `then` ended, where failure goes on).  The innermost `inner_scopes` scopes belong to the condition:
    `then` closes them, failure leaves them."""
    entry = IfThenScope(len(b.scopes) - inner_scopes)
    b.if_then.append(entry)
    success = then_else_break(b, block, cond)
    b.if_then.pop()
    then_end = then(success)
    return then_end, _join(b, entry.exits, cond)


def _join(b: Builder, exits: list[BasicBlock], cond: thir.Expr) -> BasicBlock:
    if len(exits) == 1:
        return exits[0]
    joined = b.new_block()
    for exit_ in exits:
        b.goto(exit_, joined, cond.span)
    return joined


def then_else_break(b: Builder, block: BasicBlock, expr: thir.Expr) -> BasicBlock:
    """Go on when `expr` holds; break to the `else` of the innermost `IfThenScope` when it does not."""
    if isinstance(expr, thir.LogicalOp):
        if expr.op == "&&":
            block = then_else_break(b, block, expr.lhs)
            return then_else_break(b, block, expr.rhs)
        return _or(b, block, expr)
    if isinstance(expr, thir.Scope):
        return _scoped(b, block, expr)
    if isinstance(expr, thir.Use):
        return then_else_break(b, block, expr.expr)
    if isinstance(expr, thir.Unary) and expr.op == "!" and expr.ty is t.BOOL:
        held, failed = lower_condition(b, block, expr.expr, lambda block: block)
        scope.break_for_else(b, held, expr.span)
        return failed
    if isinstance(expr, thir.Let):
        return matches.lower_let(b, block, expr)
    return _test(b, block, expr)


def _or(b: Builder, block: BasicBlock, expr: thir.LogicalOp) -> BasicBlock:
    held, failed = lower_condition(b, block, expr.lhs, lambda block: block)
    also = then_else_break(b, failed, expr.rhs)
    joined = b.new_block()
    b.goto(held, joined, expr.span)
    b.goto(also, joined, expr.span)
    return joined


def _scoped(b: Builder, block: BasicBlock, expr: thir.Scope) -> BasicBlock:
    """A terminating scope inside a condition: temporaries die here, on both ways out; bindings live on."""
    if has_let(expr.expr):
        return then_else_break(b, block, expr.expr)
    scope.push_scope(b, expr.id, temps=True)
    block = then_else_break(b, block, expr.expr)
    return scope.pop_scope(b, block, expr.span, temps=True)


def _test(b: Builder, block: BasicBlock, expr: thir.Expr) -> BasicBlock:
    block, operand = lower.as_operand(b, block, expr)
    yes, no = b.new_block(), b.new_block()
    switch = mir.SwitchInt(operand, t.BOOL, ((0, no),), yes, b.sp(expr.span))
    b.terminate(block, switch)
    scope.break_for_else(b, no, expr.span)
    return yes


def has_let(expr: thir.Expr) -> bool:
    """Whether the condition binds variables."""
    if isinstance(expr, (thir.Scope, thir.Use)):
        return has_let(expr.expr)
    if isinstance(expr, thir.LogicalOp):
        return has_let(expr.lhs) or has_let(expr.rhs)
    return isinstance(expr, thir.Let)
