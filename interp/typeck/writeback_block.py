"""Writeback of blocks, statements, conditionals, matches and loops, with the scopes they open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..hir import hir
from ..ty import ty as t
from ..ty.fold import children, walk
from . import thir
from .writeback_expr import EXPR
from .writeback_pat import mirror_pat

if TYPE_CHECKING:
    from .writeback import Mirror


def block(m: Mirror, e: hir.Block) -> thir.Block:
    scope = m.scope_id()
    stmts = [statement(m, stmt) for stmt in e.stmts]
    value = None
    if e.expr is not None:
        value = m.scoped(e.expr) if m.edition >= 2024 else m.expr(e.expr)
    return thir.Block(m.node_ty(e), e.span, stmts, value, e.id if e.targeted else None, scope)


def statement(m: Mirror, stmt: Any) -> thir.Stmt:
    from .writeback import _ABSENT

    override, m.temp_override = m.temp_override, _ABSENT
    made = let_stmt(m, stmt) if type(stmt) is hir.LetStmt else expr_stmt(m, stmt)
    m.temp_override = override
    return made


def expr_stmt(m: Mirror, stmt: hir.ExprStmt) -> thir.Stmt:
    scope = m.scope_id()
    return thir.ExprStmt(m.expr(stmt.expr), scope, stmt.span)


def _evaluate(m: Mirror, ty: t.Ty) -> None:
    for part in children(ty):
        if isinstance(part, t.ConstUnevaluated):
            m.tcx.query("eval_const", part)


def let_stmt(m: Mirror, stmt: hir.LetStmt) -> thir.Stmt:
    remainder, init_scope = m.scope_id(), m.scope_id()
    init = None
    if stmt.init is not None:
        m.let_init(stmt.pat, stmt.init, remainder)
        init = m.expr(stmt.init)
    pat = mirror_pat(m, stmt.pat)
    els = block(m, stmt.els) if stmt.els is not None else None
    if pat.ty.flags & t.HAS_UNEVALUATED and not pat.ty.flags & t.HAS_PARAM:
        walk(pat.ty, lambda part: _evaluate(m, part))  # a length that cannot be computed is an error here
    made = thir.LetStmt(pat, init, els, remainder, init_scope, stmt.span)
    from .exhaustive_check import check_let

    check_let(m, made, stmt)
    return made


def if_(m: Mirror, e: hir.If) -> Any:
    then_scope = m.scope_id()
    cond = condition(m, e.cond, then_scope)
    then = m.scoped(e.then)
    else_ = m.scoped(e.else_) if e.else_ is not None else None
    return thir.If(m.node_ty(e), e.span, cond, then, else_, then_scope)


def has_let(e: Any) -> bool:
    return type(e) is hir.Let or (type(e) is hir.Binary and e.op == "&&" and (has_let(e.lhs) or has_let(e.rhs)))


def condition(m: Mirror, e: Any, then_scope: int) -> Any:
    """Each plain part is a terminating scope; the temporaries of a `let` live on, by edition."""
    if type(e) is hir.Let:
        return let(m, e, then_scope)
    if has_let(e):
        lhs, rhs = condition(m, e.lhs, then_scope), condition(m, e.rhs, then_scope)
        return thir.LogicalOp(t.BOOL, e.span, "&&", lhs, rhs)
    return m.scoped(e)


def let(m: Mirror, e: hir.Let, then_scope: int) -> Any:
    override = m.temp_override
    if m.edition >= 2024:
        m.temp_override = then_scope
    init = m.expr(e.init)
    m.temp_override = override
    return thir.Let(t.BOOL, e.span, mirror_pat(m, e.pat), init)


def let_alone(m: Mirror, e: hir.Let) -> Any:
    return thir.Let(t.BOOL, e.span, mirror_pat(m, e.pat), m.expr(e.init))


def match(m: Mirror, e: hir.Match) -> Any:
    scrutinee = m.expr(e.scrutinee)
    arms = [arm(m, a) for a in e.arms]
    made = thir.Match(m.node_ty(e), e.span, scrutinee, arms, scrutinee.ty)
    from .exhaustive_check import check_match

    check_match(m, made, e)
    return made


def arm(m: Mirror, a: hir.Arm) -> thir.Arm:
    scope = m.scope_id()
    pat = mirror_pat(m, a.pat)
    guard = condition(m, a.guard, scope) if a.guard is not None else None
    return thir.Arm(pat, guard, m.scoped(a.body), scope, a.span)


def loop(m: Mirror, e: hir.Loop) -> Any:
    return thir.Loop(m.node_ty(e), e.span, e.id, m.scoped(e.body))


EXPR[hir.Block] = block
EXPR[hir.If] = if_
EXPR[hir.Let] = let_alone
EXPR[hir.Match] = match
EXPR[hir.Loop] = loop
