"""Paths in bodies: from `ast.Path` to `hir.Path`, resolved as far as names alone go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..resolve import paths
from ..resolve.defs import ResDef, ResErr, ResLocal
from ..syntax import ast
from . import hir

if TYPE_CHECKING:
    from .lower import BodyLowerer


def path(cx: BodyLowerer, node: ast.Path, source: str) -> hir.Path:
    """`node` as `source` ("value", "call", "pat", "tuple_struct", "struct") wants it; ResErr was reported."""
    scope = cx.scope
    if node.qself is not None:
        return qpath(cx, node, source)
    found = paths.resolve_path(cx.r, scope, node, source)
    defs = found.defs
    segments = [
        hir.PathSegment(s.ident.name, s.args, s.ident.span, defs[i] if i < len(defs) else None)
        for i, s in enumerate(node.segments)
    ]
    return hir.Path(found.res, segments, found.resolved, None, scope, node.span)


def qpath(cx: BodyLowerer, node: ast.Path, source: str) -> hir.Path:
    """`<T>::name` or `<T as Trait>::name`."""
    assert node.qself is not None
    self_ty = cx.ty(node.qself.ty)
    found = cx.r.resolve_qpath(cx.scope, node, source)
    defs = found.defs
    segments = [
        hir.PathSegment(s.ident.name, s.args, s.ident.span, defs[i] if i < len(defs) else None)
        for i, s in enumerate(node.segments)
    ]
    return hir.Path(found.res, segments, found.resolved, self_ty, cx.scope, node.span)


def expr_path(cx: BodyLowerer, node: ast.ExprPath, source: str = "value") -> hir.Expr:
    made = path(cx, node.path, source)
    if (type(made.res) is ResErr and made.qself is None) or (type(made.res) is ResErr and node.path.qself.position):  # type: ignore[union-attr]
        return hir.Err(cx.id(), node.span)
    return hir.ExprPath(cx.id(), made, node.span)


def is_local(made: hir.Path) -> bool:
    return type(made.res) is ResLocal


def is_kind(made: hir.Path, *kinds: str) -> bool:
    return type(made.res) is ResDef and made.resolved == len(made.segments) and made.res.kind in kinds
