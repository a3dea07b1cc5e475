"""Expressions with control flow, evaluated into a destination; and expressions as statements.

To add an expression: `_INTO` (and `_STMTS` when it has no value of its own).
"""

from __future__ import annotations

from typing import Any

from ..mir import body as mir
from ..mir.body import BasicBlock, Place
from ..ty import ty as t
from ..typeck import thir
from . import block as blocks, cond, expr as lower, matches, place as places, promote, rvalue, scope
from .builder import Breakable, Builder


def into(b: Builder, block: BasicBlock, dest: Place, expr: thir.Expr) -> BasicBlock:
    case = _INTO.get(type(expr))
    if case is not None:
        return case(b, block, dest, expr)  # type: ignore[no-any-return]
    constant = lower.as_constant(b, expr)
    if constant is not None:
        b.assign(block, dest, mir.Use(constant), expr.span)
        return block
    if places.is_place_expr(expr):
        block, source = places.as_place(b, block, expr)
        b.assign(block, dest, mir.Use(lower.consume(b, source, expr.ty)), expr.span)
        return block
    if type(expr) in _STMTS:
        block = stmt(b, block, expr)
        if expr.ty is not t.NEVER:
            b.unit(block, dest, expr.span)
        return block
    block, value = rvalue.as_rvalue(b, block, expr)
    b.assign(block, dest, value, expr.span)
    return block


def stmt(b: Builder, block: BasicBlock, expr: thir.Expr) -> BasicBlock:
    if type(expr) is thir.Scope:
        scope.push_scope(b, expr.id, temps=True)
        block = stmt(b, block, expr.expr)
        return scope.pop_scope(b, block, expr.span, temps=True)
    case = _STMTS.get(type(expr))
    if case is not None:
        return case(b, block, expr)  # type: ignore[no-any-return]
    if places.is_place_expr(expr) and not isinstance(expr, thir.StaticRef):
        block, place = places.as_place_builder(b, block, expr)
        found = places.try_place(b, place)
        if found is not None and (b.is_copy(expr.ty) or not isinstance(expr, (thir.VarRef, thir.UpvarRef))):
            b.push(block, mir.PlaceMention(found, b.sp(expr.span)))
            if b.is_copy(expr.ty):
                return block
        if found is not None:
            _temp_from(b, block, found, expr)
        return block
    block, _ = lower.as_temp(b, block, expr)
    return block


def _temp_from(b: Builder, block: BasicBlock, place: Place, expr: thir.Expr) -> tuple[BasicBlock, mir.Local]:
    """Move a place's value out into a temporary, which drops it."""
    local = b.new_local(expr.ty, expr.span)
    b.push(block, mir.StorageLive(local, b.sp(expr.span)))
    scope.schedule_drop(b, b.temp_scopes[-1], local, expr.span, False)
    b.assign(block, Place(local), mir.Use(lower.consume(b, place, expr.ty)), expr.span)
    scope.schedule_drop(b, b.temp_scopes[-1], local, expr.span, True)
    return block, local


# -- into ------------------------------------------------------------------------------------------------------


def _scope(b: Builder, block: BasicBlock, dest: Place, expr: thir.Scope) -> BasicBlock:
    scope.push_scope(b, expr.id, temps=True)
    block = into(b, block, dest, expr.expr)
    return scope.pop_scope(b, block, expr.span, temps=True)


def _never_to_any(b: Builder, block: BasicBlock, dest: Place, expr: thir.NeverToAny) -> BasicBlock:
    block, _ = lower.as_temp(b, block, expr.expr)
    b.terminate(block, mir.Unreachable(b.sp(expr.span)))
    return b.new_block()


def _use(b: Builder, block: BasicBlock, dest: Place, expr: thir.Use) -> BasicBlock:
    return into(b, block, dest, expr.expr)


def _borrow(b: Builder, block: BasicBlock, dest: Place, expr: thir.Borrow) -> BasicBlock:
    constant = promote.try_promote(b, expr)
    if constant is not None:
        b.assign(block, dest, mir.Use(constant), expr.span)
        return block
    block, place = places.as_place(b, block, promote.part_of_promoted(b, expr))
    b.assign(block, dest, mir.Ref(expr.kind, place), expr.span)
    return block


def _raw_borrow(b: Builder, block: BasicBlock, dest: Place, expr: thir.RawBorrow) -> BasicBlock:
    block, place = places.as_place(b, block, expr.expr)
    b.assign(block, dest, mir.RawPtr(expr.mutbl, place), expr.span)
    return block


def _call(b: Builder, block: BasicBlock, dest: Place, expr: thir.Call) -> BasicBlock:
    block, func = lower.as_operand(b, block, expr.func)
    args = []
    for arg in expr.args:
        block, operand = lower.as_call_operand(b, block, arg)
        args.append(operand)
    diverges = expr.ty is t.NEVER
    target = None if diverges else b.new_block()
    unwind = scope.diverge(b)
    b.terminate(
        block, mir.Call(func, tuple(args), dest, target, unwind, b.sp(expr.span), b.sp(expr.fn_span))
    )
    return b.new_block() if target is None else target


def _adt(b: Builder, block: BasicBlock, dest: Place, expr: thir.Adt) -> BasicBlock:
    """Fields in the order written, then what `..base` gives; assembled in declaration order."""
    adt = b.tcx.adt_def(expr.adt)
    operands: dict[int, mir.Operand] = {}
    for index, value in expr.fields:
        block, operands[index] = lower.as_operand(b, block, value)
    if adt.kind == "union":
        ((index, operand),) = operands.items()
        kind = mir.AggregateKind("adt", expr.ty, 0, index)
        b.assign(block, dest, mir.Aggregate(kind, (operand,)), expr.span)
        return block
    fields = adt.variants[expr.variant].fields
    if expr.base is not None:
        block = _base_fields(b, block, expr, operands)
    values = tuple(operands[i] for i in range(len(fields)))
    b.assign(block, dest, mir.Aggregate(mir.AggregateKind("adt", expr.ty, expr.variant), values), expr.span)
    return block


def _base_fields(b: Builder, block: BasicBlock, expr: thir.Adt, operands: dict[int, mir.Operand]) -> BasicBlock:
    assert expr.base is not None
    block, base = places.as_place(b, block, expr.base)
    base_ty = expr.base.ty
    assert isinstance(base_ty, t.Adt)
    for index in range(len(b.tcx.adt_def(expr.adt).variants[0].fields)):
        if index not in operands:
            ty = field_ty(b, base_ty, 0, index)
            place = Place(base.local, (*base.projection, mir.Field(index, ty)))
            operands[index] = lower.consume(b, place, ty)
    return block


def field_ty(b: Builder, ty: t.Adt, variant: int, index: int) -> t.Ty:
    """The type of a field of `ty`, normalised."""
    field = b.tcx.adt_def(ty.def_id).variants[variant].fields[index]
    return b.tcx.query("field_ty", b.param_env, field.def_id, ty.args)  # type: ignore[no-any-return]


def _logical(b: Builder, block: BasicBlock, dest: Place, expr: thir.LogicalOp) -> BasicBlock:
    """As a condition with two outcomes."""
    then, else_ = cond.lower_condition(b, block, expr, lambda block: block)
    joined = b.new_block()
    for value, end in ((1, then), (0, else_)):
        b.assign(end, dest, mir.Use(b.scalar(t.BOOL, value, expr.span)), expr.span)
        b.goto(end, joined, expr.span)
    return joined


def _if(b: Builder, block: BasicBlock, dest: Place, expr: thir.If) -> BasicBlock:
    scope.push_scope(b, expr.then_scope)

    def then(block: BasicBlock) -> BasicBlock:
        block = into(b, block, dest, expr.then)
        return scope.pop_scope(b, block, expr.span)

    then_end, else_ = cond.lower_condition(b, block, expr.cond, then, inner_scopes=1)
    if expr.else_ is not None:
        else_ = into(b, else_, dest, expr.else_)
    else:
        b.unit(else_, dest, expr.span)
    joined = b.new_block()
    b.goto(then_end, joined, expr.span)
    b.goto(else_, joined, expr.span)
    return joined


def _loop(b: Builder, block: BasicBlock, dest: Place, expr: thir.Loop) -> BasicBlock:
    head, exit_ = b.new_block(), b.new_block()
    b.goto(block, head, expr.span)
    with scope.breakable(b, Breakable(expr.id, exit_, head, dest, len(b.scopes))):
        unit = b.new_local(t.UNIT, expr.span)
        end = into(b, head, Place(unit), expr.body)
        b.goto(end, head, expr.span)
    return exit_


def _block(b: Builder, block: BasicBlock, dest: Place, expr: thir.Block) -> BasicBlock:
    if expr.break_id is None:
        return blocks.lower_block(b, block, dest, expr)
    exit_ = b.new_block()
    with scope.breakable(b, Breakable(expr.break_id, exit_, None, dest, len(b.scopes))):
        end = blocks.lower_block(b, block, dest, expr)
        b.goto(end, exit_, expr.span)
    return exit_


def _yield(b: Builder, block: BasicBlock, dest: Place, expr: thir.Yield) -> BasicBlock:
    """Suspends; dropped while suspended, it leaves all scopes."""
    block, value = lower.as_operand(b, block, expr.value)
    resume, drop = b.new_block(), b.new_block()
    b.terminate(block, mir.Yield(value, resume, dest, drop, b.sp(expr.span)))
    end = scope.exit_scopes(b, drop, 0, expr.span)
    b.terminate(end, mir.CoroutineDrop(b.sp(expr.span)))
    return resume


def _match(b: Builder, block: BasicBlock, dest: Place, expr: thir.Match) -> BasicBlock:
    return matches.lower_match(b, block, dest, expr)


# -- statements ------------------------------------------------------------------------------------------------


def _assign(b: Builder, block: BasicBlock, expr: thir.Assign) -> BasicBlock:
    """A value with drop glue is made first, then the old one is dropped and replaced."""
    lhs_ty = expr.lhs.ty
    if b.needs_drop(lhs_ty):
        block, value = lower.as_operand(b, block, expr.rhs)
        block, place = places.as_place(b, block, expr.lhs)
        return drop_and_replace(b, block, place, value, expr)
    if b.is_copy(lhs_ty) and isinstance(lhs_ty, (t.Int, t.Bool, t.Char, t.Float, t.RawPtr, t.Ref)):
        block, value = lower.as_operand(b, block, expr.rhs)
        block, place = places.as_place(b, block, expr.lhs)
        b.assign(block, place, mir.Use(value), expr.span)
        return block
    block, rvalue_ = rvalue.as_rvalue(b, block, expr.rhs)
    block, place = places.as_place(b, block, expr.lhs)
    b.assign(block, place, rvalue_, expr.span)
    return block


def drop_and_replace(b: Builder, block: BasicBlock, place: Place, value: mir.Operand, expr: thir.Assign) -> BasicBlock:
    """`place = value` where the old value is dropped; if that unwinds, the new value is stored all the same."""
    target = b.new_block()
    unwinding = b.new_block(is_cleanup=True)
    onwards = scope.cleanup_block(b, expr.span)
    b.terminate(block, mir.Drop(place, target, unwinding, b.sp(expr.span), True))
    b.assign(unwinding, place, mir.Use(value), expr.span)
    b.goto(unwinding, onwards, expr.span)
    b.assign(target, place, mir.Use(value), expr.span)
    return target


def _assign_op(b: Builder, block: BasicBlock, expr: thir.AssignOp) -> BasicBlock:
    block, rhs = lower.as_operand(b, block, expr.rhs)
    block, place = places.as_place(b, block, expr.lhs)
    lhs = mir.Copy(place)
    ty = expr.lhs.ty
    block, value = rvalue.build_binary(b, block, expr.op, ty, lhs, rhs, expr.span, ty)
    b.assign(block, place, value, expr.span)
    return block


def _break(b: Builder, block: BasicBlock, expr: thir.Break) -> BasicBlock:
    entry = scope.find_breakable(b, expr.target)
    if expr.value is not None:
        block = into(b, block, entry.destination, expr.value)
    else:
        b.unit(block, entry.destination, expr.span)
    scope.break_to(b, block, entry.break_block, entry.depth, expr.span)
    return b.new_block()


def _continue(b: Builder, block: BasicBlock, expr: thir.Continue) -> BasicBlock:
    entry = scope.find_breakable(b, expr.target)
    assert entry.continue_block is not None
    scope.break_to(b, block, entry.continue_block, entry.depth, expr.span)
    return b.new_block()


def _return(b: Builder, block: BasicBlock, expr: thir.Return) -> BasicBlock:
    entry = b.breakables[0]
    if expr.value is not None:
        block = into(b, block, entry.destination, expr.value)
    else:
        b.unit(block, entry.destination, expr.span)
    scope.break_to(b, block, entry.break_block, entry.depth, expr.span)
    return b.new_block()


_INTO: dict[type, Any] = {
    thir.Scope: _scope, thir.NeverToAny: _never_to_any, thir.Use: _use, thir.Borrow: _borrow,
    thir.RawBorrow: _raw_borrow, thir.Call: _call, thir.Adt: _adt, thir.LogicalOp: _logical, thir.Let: _logical,
    thir.If: _if, thir.Loop: _loop, thir.Block: _block, thir.Match: _match,
    thir.Yield: _yield,
}  # fmt: skip
_STMTS: dict[type, Any] = {
    thir.Assign: _assign, thir.AssignOp: _assign_op, thir.Break: _break, thir.Continue: _continue,
    thir.Return: _return,
}  # fmt: skip
