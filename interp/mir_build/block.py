"""Blocks: statements in order, each `let` opening the scope of what it binds; `let .. else`."""

from __future__ import annotations

from ..mir import body as mir
from ..mir.body import BasicBlock, Place
from ..ty import ty as t
from ..typeck import thir
from . import expr as lower, matches, place as places, scope
from .builder import Builder, IfThenScope
from .candidates import variables


def lower_block(b: Builder, block: BasicBlock, dest: Place, expr: thir.Block) -> BasicBlock:
    scope.push_scope(b, expr.scope)
    opened = 0
    for stmt in expr.stmts:
        if isinstance(stmt, thir.LetStmt):
            scope.push_scope(b, stmt.remainder_scope)
            opened += 1
            block = _let(b, block, stmt)
        else:
            scope.push_scope(b, stmt.scope, temps=True)
            block = lower.stmt(b, block, stmt.expr)
            block = scope.pop_scope(b, block, stmt.span, temps=True)
    if expr.expr is not None:
        block = lower.into(b, block, dest, expr.expr)
    elif expr.ty is t.UNIT:
        b.unit(block, dest, expr.span)
    for _ in range(opened):
        block = scope.pop_scope(b, block, expr.span)
    return scope.pop_scope(b, block, expr.span)


def _let(b: Builder, block: BasicBlock, stmt: thir.LetStmt) -> BasicBlock:
    if stmt.els is not None:
        return _let_else(b, block, stmt)
    matches.declare_bindings(b, stmt.pat)
    if stmt.init is None:
        for var, pat in variables(stmt.pat, {}).items():
            local = matches.storage_live(b, block, var, pat.span, stmt.remainder_scope)
            b.extra.setdefault("no_initialiser", set()).add(local)
            scope.schedule_drop(b, stmt.remainder_scope, local, pat.span, True)
        return block
    scope.push_scope(b, stmt.init_scope, temps=True)
    block = matches.expr_into_pattern(b, block, stmt.pat, stmt.init, stmt.remainder_scope)
    return scope.pop_scope(b, block, stmt.span, temps=True)


def _let_else(b: Builder, block: BasicBlock, stmt: thir.LetStmt) -> BasicBlock:
    """The initialiser's temporaries die before the `else` block runs."""
    assert stmt.init is not None and stmt.els is not None
    depth = len(b.scopes)
    scope.push_scope(b, stmt.init_scope, temps=True)
    entry = IfThenScope(depth)
    b.if_then.append(entry)
    block, place = places.as_place_builder(b, block, stmt.init)
    block = matches.refutable(b, block, stmt.pat, place, stmt.remainder_scope, stmt.span, stmt.init.span)
    b.if_then.pop()
    block = scope.pop_scope(b, block, stmt.span, temps=True)
    failed = b.new_block()
    for exit_ in entry.exits:
        b.goto(exit_, failed, stmt.span)
    never = b.new_local(t.NEVER, stmt.span)
    saved = [(s, list(s.drops)) for s in b.scopes]
    for s in b.scopes:  # the bindings do not exist on this path
        s.drops = [d for d in s.drops if d.local not in {b.vars[v] for v in variables(stmt.pat, {})}]
    failed = lower.into(b, failed, Place(never), stmt.els)
    b.terminate(failed, mir.Unreachable(b.sp(stmt.span)))
    for s, drops in saved:
        s.drops = drops
    return block
