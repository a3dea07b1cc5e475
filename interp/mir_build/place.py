"""Place expressions: variables, captured variables, derefs, fields, indexing.

A `PlaceBuilder` is a place whose base may be a variable captured by the closure being built; which captured place
(capture is by place since 2021) it goes through is known only when enough projections are on it, so it becomes a
MIR `Place` as late as possible.
"""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, Local, Place
from ..ty import ty as t
from ..typeck import thir
from . import expr as lower
from .builder import Builder


class Upvar(NamedTuple):
    """The captured variable `var` of the enclosing body."""

    var: int


class PlaceBuilder(NamedTuple):
    base: Union[Local, Upvar]
    projection: tuple[mir.ProjectionElem, ...] = ()

    def project(self, elem: mir.ProjectionElem) -> PlaceBuilder:
        return PlaceBuilder(self.base, (*self.projection, elem))

    def field(self, index: int, ty: t.Ty) -> PlaceBuilder:
        return self.project(mir.Field(index, ty))

    def deref(self) -> PlaceBuilder:
        return self.project(mir.DEREF)


def from_place(place: Place) -> PlaceBuilder:
    return PlaceBuilder(place.local, place.projection)


def try_place(b: Builder, builder: PlaceBuilder) -> Optional[Place]:
    """The MIR place, or None when a captured variable needs more projections to tell which capture it is."""
    if not isinstance(builder.base, Upvar):
        return Place(builder.base, builder.projection)
    return _captured(b, builder.base.var, builder.projection)


def to_place(b: Builder, builder: PlaceBuilder) -> Place:
    place = try_place(b, builder)
    assert place is not None, f"no capture for {builder}"
    return place


def _captured(b: Builder, var: int, projection: tuple[mir.ProjectionElem, ...]) -> Optional[Place]:
    closure = b.closure
    assert closure is not None
    # downcasts are no part of a capture's path when the enum has one variant
    steps = [(i, e) for i, e in enumerate(projection) if not isinstance(e, mir.Downcast)]
    for index, captured in enumerate(closure.captures):
        if captured.var != var or len(captured.projections) > len(steps):
            continue
        if all(_same_step(p, e) for p, (_, e) in zip(captured.projections, steps)):
            used = steps[len(captured.projections) - 1][0] + 1 if captured.projections else 0
            return _capture_place(b, closure, index, projection[used:])
    return None


def _same_step(step: thir.CaptureProj, elem: mir.ProjectionElem) -> bool:
    if step.kind == "deref":
        return isinstance(elem, mir.Deref)
    return isinstance(elem, mir.Field) and elem.index == step.index


def _capture_place(
    b: Builder, closure: thir.ClosureBody, index: int, rest: tuple[mir.ProjectionElem, ...]
) -> Place:
    """The closure's field `index`, through the closure's own reference and the capture's."""
    self_deref = () if closure.info.kind == "FnOnce" or closure.is_coroutine else (mir.DEREF,)
    place = (*self_deref, mir.Field(index, closure.info.upvars[index].ty))
    if closure.captures[index].by != "value":
        place = (*place, mir.DEREF)
    return Place(Local(1), (*place, *rest))


# -- lowering ----------------------------------------------------------------------------------------------


def as_place(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, Place]:
    """`expr` as a place; a value expression becomes a temporary."""
    block, builder = as_place_builder(b, block, expr)
    return block, to_place(b, builder)


def is_place_expr(expr: thir.Expr) -> bool:
    while isinstance(expr, (thir.Scope, thir.Use)):
        if isinstance(expr, thir.Use):
            return False
        expr = expr.expr
    return isinstance(expr, (thir.VarRef, thir.UpvarRef, thir.Deref, thir.Field, thir.Index, thir.StaticRef))


def as_place_builder(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, PlaceBuilder]:
    kind = type(expr)
    if kind is thir.Scope:
        return _scoped_place(b, block, expr)  # type: ignore[arg-type]
    if kind is thir.VarRef:
        return block, var_place(b, expr.var)  # type: ignore[union-attr]
    if kind is thir.UpvarRef:
        return block, upvar_place(b, expr)  # type: ignore[arg-type]
    if kind is thir.Field:
        block, base = as_place_builder(b, block, expr.expr)  # type: ignore[union-attr, arg-type]
        return block, base.field(expr.index, expr.ty)  # type: ignore[union-attr, arg-type]
    if kind is thir.Deref:
        block, base = as_place_builder(b, block, expr.expr)  # type: ignore[union-attr, arg-type]
        return block, base.deref()
    if kind is thir.Index:
        return _index(b, block, expr)  # type: ignore[arg-type]
    if kind is thir.StaticRef:
        return _static(b, block, expr)  # type: ignore[arg-type]
    block, local = lower.as_temp(b, block, expr)
    return block, PlaceBuilder(local)


def var_place(b: Builder, var: int) -> PlaceBuilder:
    ref = b.guard_refs.get(var)
    return PlaceBuilder(ref, (mir.DEREF,)) if ref is not None else PlaceBuilder(b.vars[var])


def upvar_place(b: Builder, expr: thir.UpvarRef) -> PlaceBuilder:
    return PlaceBuilder(Upvar(expr.var))


def _scoped_place(b: Builder, block: BasicBlock, expr: thir.Scope) -> tuple[BasicBlock, PlaceBuilder]:
    from . import scope

    if is_place_expr(expr):  # a place outlives the scope round its expression: temporaries inside it must, too
        return as_place_builder(b, block, expr.expr)
    scope.push_scope(b, expr.id, temps=True)
    b.temp_scopes.pop()
    block, place = as_place_builder(b, block, expr.expr)
    b.temp_scopes.append(expr.id)
    return scope.pop_scope(b, block, expr.span, temps=True), place


def _static(b: Builder, block: BasicBlock, expr: thir.StaticRef) -> tuple[BasicBlock, PlaceBuilder]:
    """A static is reached through its address."""
    address = t.mk_ptr(expr.ty, True) if expr.mutbl else t.mk_ref(expr.ty, False)
    local = b.new_local(address, expr.span)
    constant = mir.Constant(address, mir.StaticRef(expr.def_id), b.sp(expr.span))
    b.assign(block, Place(local), mir.Use(constant), expr.span)
    return block, PlaceBuilder(local, (mir.DEREF,))


def _index(b: Builder, block: BasicBlock, expr: thir.Index) -> tuple[BasicBlock, PlaceBuilder]:
    """`base[index]` with its bounds check."""
    block, base = as_place_builder(b, block, expr.expr)
    block, index = lower.as_temp(b, block, expr.index)
    place = to_place(b, base)
    block = check_bounds(b, block, place, index, expr.span)
    return block, from_place(place).project(mir.Index(index))


def check_bounds(b: Builder, block: BasicBlock, place: Place, index: Local, span: Span) -> BasicBlock:
    length = b.new_local(t.USIZE, span)
    inside = b.new_local(t.BOOL, span)
    b.assign(block, Place(length), mir.Len(place), span)
    less = mir.BinaryOp("Lt", mir.Copy(Place(index)), mir.Copy(Place(length)))
    b.assign(block, Place(inside), less, span)
    message = mir.AssertMessage("BoundsCheck", (mir.Copy(Place(length)), mir.Copy(Place(index))))
    return lower.emit_assert(b, block, Place(inside), True, message, span)
