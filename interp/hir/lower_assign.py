"""Assignment, and destructuring assignment: `(a, b.c) = e` is `{ let (lhs, lhs) = e; a = lhs; b.c = lhs; }`.

The left side is read as a pattern; each place in it becomes a fresh binding, assigned from left to right afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ..base.diagnostics import CompileError, error
from ..base.span import Span
from ..resolve import paths
from ..resolve.defs import ResDef, ResSelfCtor
from ..syntax import ast
from . import hir, lower_path
from .lower import EXPR

if TYPE_CHECKING:
    from .lower import BodyLowerer

_STRUCTURED = (ast.ExprArray, ast.ExprStruct, ast.ExprTuple, ast.ExprUnderscore)


def _assign(cx: BodyLowerer, e: ast.ExprAssign) -> hir.Expr:
    if _is_place(cx, e.lhs):
        rhs_first_id = cx.id()
        lhs = cx.expr(e.lhs)
        return hir.Assign(rhs_first_id, lhs, cx.expr(e.rhs), e.span)
    made = cx.id()
    assignments: list[hir.Stmt] = []
    pat = _pattern(cx, e.lhs, assignments)
    init = cx.expr(e.rhs)
    let = hir.LetStmt(cx.id(), pat, None, init, None, e.span, "assign")
    return hir.Block(made, [let, *assignments], None, False, False, e.span)


def _is_place(cx: BodyLowerer, e: ast.Expr) -> bool:
    """Whether this is an ordinary assignment's left side."""
    if isinstance(e, _STRUCTURED):
        return False
    if isinstance(e, ast.ExprParen):
        return not _is_rest(e.expr) and _is_place(cx, e.expr)
    if isinstance(e, ast.ExprCall):
        return not _is_ctor(cx, e.func, "tuple")
    if isinstance(e, ast.ExprPath):
        return not _is_ctor(cx, e, "unit")
    return not _is_rest(e)


def _is_rest(e: ast.Expr) -> bool:
    return isinstance(e, ast.ExprRange) and e.lo is None and e.hi is None and not e.inclusive


def _is_ctor(cx: BodyLowerer, e: ast.Expr, kind: str) -> bool:
    """A path that names a tuple (or unit) struct or variant, or a type-relative one that may."""
    if not isinstance(e, ast.ExprPath) or e.path.qself is not None:
        return False
    found = paths.resolve_path(cx.r, cx.scope, e.path, "value", True)
    res = found.res
    if found.resolved < len(e.path.segments):
        return kind == "tuple" and found.resolved > 0
    if kind == "unit":
        return type(res) is ResSelfCtor or (type(res) is ResDef and res.kind == "ctor")
    return type(res) is ResSelfCtor or (type(res) is ResDef and res.kind == "ctor")


def _pattern(cx: BodyLowerer, e: ast.Expr, out: list[hir.Stmt]) -> hir.Pat:
    span = e.span
    if isinstance(e, ast.ExprParen):
        return _pattern(cx, e.expr, out)
    if isinstance(e, ast.ExprUnderscore):
        return hir.PatWild(cx.id(), span)
    if isinstance(e, ast.ExprTuple):
        pats, dotdot = _sequence(cx, e.exprs, out, "tuple")
        return hir.PatTuple(cx.id(), pats, dotdot, span)
    if isinstance(e, ast.ExprArray):
        pats, dotdot = _sequence(cx, e.exprs, out, "slice")
        if dotdot is None:
            return hir.PatSlice(cx.id(), pats, None, [], span)
        return hir.PatSlice(cx.id(), pats[:dotdot], hir.PatWild(cx.id(), span), pats[dotdot:], span)
    if isinstance(e, ast.ExprCall) and _is_ctor(cx, e.func, "tuple"):
        assert isinstance(e.func, ast.ExprPath)
        path = lower_path.path(cx, e.func.path, "tuple_struct")
        pats, dotdot = _sequence(cx, e.args, out, "tuple struct")
        return hir.PatTupleStruct(cx.id(), path, pats, dotdot, span)
    if isinstance(e, ast.ExprPath) and _is_ctor(cx, e, "unit"):
        return hir.PatPath(cx.id(), lower_path.path(cx, e.path, "pat"), span)
    if isinstance(e, ast.ExprStruct):
        return _struct(cx, e, out)
    binding = cx.binding("lhs", span)
    assign = hir.Assign(cx.id(), cx.expr(e), cx.local(binding.id, "lhs", span), span)
    out.append(hir.ExprStmt(assign, True, span))
    return binding


def _struct(cx: BodyLowerer, e: ast.ExprStruct, out: list[hir.Stmt]) -> hir.Pat:
    path = lower_path.path(cx, e.path, "struct")
    fields: list[tuple[str, hir.Pat, Span]] = []
    for field in e.fields:
        if cx.enabled(field.attrs, field.span):
            fields.append((field.ident.name, _pattern(cx, field.expr, out), field.span))
    if e.base is not None:
        message = "functional record updates are not allowed in destructuring assignments"
        raise CompileError(error(e.base.span, message))
    return hir.PatStruct(cx.id(), path, fields, e.rest, e.span)


def _sequence(
    cx: BodyLowerer, nodes: list[ast.Expr], out: list[hir.Stmt], what: str
) -> tuple[list[hir.Pat], Optional[int]]:
    pats: list[hir.Pat] = []
    dotdot: Optional[int] = None
    for node in nodes:
        if _is_rest(node):
            if dotdot is not None:
                message = f"`..` can only be used once per {what} pattern"
                raise CompileError(error(node.span, message, "", f"can only be used once per {what} pattern"))
            dotdot = len(pats)
        else:
            pats.append(_pattern(cx, node, out))
    return pats, dotdot


EXPR[ast.ExprAssign] = _assign
