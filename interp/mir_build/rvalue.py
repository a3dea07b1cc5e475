"""Expressions that are one rvalue: arithmetic with its checks, casts, aggregates, closures, repeats."""

from __future__ import annotations

from typing import Any

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, Place
from ..ty import ty as t
from ..typeck import thir
from . import expr as lower, place as places
from .builder import Builder

_OPS = {
    "+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "%": "Rem", "^": "BitXor", "&": "BitAnd", "|": "BitOr",
    "<<": "Shl", ">>": "Shr", "==": "Eq", "<": "Lt", "<=": "Le", "!=": "Ne", ">=": "Ge", ">": "Gt",
}  # fmt: skip


def is_rvalue(expr: thir.Expr) -> bool:
    return type(expr) in _RVALUES


def as_rvalue(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, mir.Rvalue]:
    """`expr` as an rvalue; whatever has no form of its own is used as an operand."""
    case = _RVALUES.get(type(expr))
    if case is not None:
        return case(b, block, expr)  # type: ignore[no-any-return]
    block, operand = lower.as_operand(b, block, expr)
    return block, mir.Use(operand)


# -- arithmetic ----------------------------------------------------------------------------------------------


def _binary(b: Builder, block: BasicBlock, expr: thir.Binary) -> tuple[BasicBlock, mir.Rvalue]:
    block, lhs = lower.as_operand(b, block, expr.lhs)
    block, rhs = lower.as_operand(b, block, expr.rhs)
    return build_binary(b, block, expr.op, expr.lhs.ty, lhs, rhs, expr.span, expr.ty)


def build_binary(
    b: Builder, block: BasicBlock, op: str, ty: t.Ty, lhs: mir.Operand, rhs: mir.Operand, span: Span, out: t.Ty
) -> tuple[BasicBlock, mir.Rvalue]:
    """The rvalue of a builtin operator, after the checks that rustc emits (overflow, division)."""
    name: Any = _OPS[op]
    if isinstance(ty, t.Int):
        if op in "+-*":
            if b.checks_overflow:
                return _overflow_checked(b, block, name, ty, lhs, rhs, span)
        elif op in ("<<", ">>"):
            if b.checks_overflow:
                block = _shift_check(b, block, name, ty, lhs, rhs, span)
        elif op in "/%":
            block = _division_checks(b, block, name, ty, lhs, rhs, span)
    return block, mir.BinaryOp(name, lhs, rhs)


def _again(operand: mir.Operand) -> mir.Operand:
    """The operand for a second use."""
    return mir.Copy(operand.place) if isinstance(operand, mir.Move) else operand


def _overflow_checked(
    b: Builder, block: BasicBlock, name: str, ty: t.Ty, lhs: mir.Operand, rhs: mir.Operand, span: Span
) -> tuple[BasicBlock, mir.Rvalue]:
    pair_ty = t.mk_tuple((ty, t.BOOL))
    pair = b.new_local(pair_ty, span)
    operation: Any = name + "WithOverflow"
    b.assign(block, Place(pair), mir.BinaryOp(operation, _again(lhs), _again(rhs)), span)
    message = mir.AssertMessage(f"Overflow_{name}", (_again(lhs), _again(rhs)))
    block = lower.emit_assert(b, block, Place(pair, (mir.Field(1, t.BOOL),)), False, message, span)
    return block, mir.Use(mir.Copy(Place(pair, (mir.Field(0, ty),))))


def _operand_ty(b: Builder, operand: mir.Operand) -> t.Ty:
    return operand.ty if isinstance(operand, mir.Constant) else b.place_ty(operand.place)


def _shift_check(
    b: Builder, block: BasicBlock, name: str, ty: t.Int, lhs: mir.Operand, rhs: mir.Operand, span: Span
) -> BasicBlock:
    """The amount, as an unsigned number, must be below the width."""
    amount_ty = _operand_ty(b, rhs)
    assert isinstance(amount_ty, t.Int)
    unsigned = t.PRIMITIVES["u" + amount_ty.name[1:]]
    amount: mir.Operand = _again(rhs)
    if amount_ty.signed:
        cast = b.new_local(unsigned, span)
        b.assign(block, Place(cast), mir.Cast("IntToInt", amount, unsigned), span)
        amount = mir.Copy(Place(cast))
    inside = b.new_local(t.BOOL, span)
    width = b.scalar(unsigned, ty.bits, span)
    b.assign(block, Place(inside), mir.BinaryOp("Lt", amount, width), span)
    message = mir.AssertMessage(f"Overflow_{name}", (_again(lhs), _again(rhs)))
    return lower.emit_assert(b, block, Place(inside), True, message, span)


def _division_checks(
    b: Builder, block: BasicBlock, name: str, ty: t.Int, lhs: mir.Operand, rhs: mir.Operand, span: Span
) -> BasicBlock:
    zero = b.new_local(t.BOOL, span)
    b.assign(block, Place(zero), mir.BinaryOp("Eq", _again(rhs), b.scalar(ty, 0, span)), span)
    kind = "DivisionByZero" if name == "Div" else "RemainderByZero"
    block = lower.emit_assert(b, block, Place(zero), False, mir.AssertMessage(kind, (_again(lhs),)), span)
    if not ty.signed:
        return block
    minus_one, lowest = (1 << ty.bits) - 1, 1 << (ty.bits - 1)
    is_neg, is_min, both = (b.new_local(t.BOOL, span) for _ in range(3))
    b.assign(block, Place(is_neg), mir.BinaryOp("Eq", _again(rhs), b.scalar(ty, minus_one, span)), span)
    b.assign(block, Place(is_min), mir.BinaryOp("Eq", _again(lhs), b.scalar(ty, lowest, span)), span)
    pair = mir.BinaryOp("BitAnd", mir.Copy(Place(is_neg)), mir.Copy(Place(is_min)))
    b.assign(block, Place(both), pair, span)
    message = mir.AssertMessage(f"Overflow_{name}", (_again(lhs), _again(rhs)))
    return lower.emit_assert(b, block, Place(both), False, message, span)


def _unary(b: Builder, block: BasicBlock, expr: thir.Unary) -> tuple[BasicBlock, mir.Rvalue]:
    block, operand = lower.as_operand(b, block, expr.expr)
    if expr.op == "-" and isinstance(expr.ty, t.Int) and expr.ty.signed and b.checks_overflow:
        lowest = b.new_local(t.BOOL, expr.span)
        low = b.scalar(expr.ty, 1 << (expr.ty.bits - 1), expr.span)
        b.assign(block, Place(lowest), mir.BinaryOp("Eq", _again(operand), low), expr.span)
        message = mir.AssertMessage("Overflow_Neg", (_again(operand),))
        block = lower.emit_assert(b, block, Place(lowest), False, message, expr.span)
    return block, mir.UnaryOp("Neg" if expr.op == "-" else "Not", operand)


# -- casts, aggregates ----------------------------------------------------------------------------------------


def _cast(b: Builder, block: BasicBlock, expr: thir.Cast) -> tuple[BasicBlock, mir.Rvalue]:
    """An enum is cast through its discriminant."""
    source = expr.expr
    kind: Any = expr.kind
    if isinstance(source.ty, t.Adt) and kind == "IntToInt":
        block, place = places.as_place(b, block, source)
        discr_ty = discriminant_ty(b, source.ty)
        discr = b.new_local(discr_ty, expr.span)
        b.assign(block, Place(discr), mir.Discriminant(place), expr.span)
        if not b.is_copy(source.ty):  # the value itself is consumed
            gone = b.new_local(source.ty, expr.span)
            b.assign(block, Place(gone), mir.Use(mir.Move(place)), expr.span)
        return block, mir.Cast("IntToInt", mir.Copy(Place(discr)), expr.ty)
    block, operand = lower.as_operand(b, block, source)
    return block, mir.Cast(kind, operand, expr.ty)


def discriminant_ty(b: Builder, ty: t.Adt) -> t.Ty:
    """The type of `Discriminant`: the `repr` integer, else isize."""
    repr_int = b.tcx.adt_def(ty.def_id).repr.int
    return t.PRIMITIVES[repr_int] if repr_int else t.ISIZE


def _coercion(b: Builder, block: BasicBlock, expr: thir.PointerCoercion) -> tuple[BasicBlock, mir.Rvalue]:
    block, operand = lower.as_operand(b, block, expr.expr)
    kind: Any = expr.kind
    return block, mir.Cast(kind, operand, expr.ty)


def _operands(b: Builder, block: BasicBlock, exprs: list[thir.Expr]) -> tuple[BasicBlock, tuple[mir.Operand, ...]]:
    operands = []
    for expr in exprs:
        block, operand = lower.as_operand(b, block, expr)
        operands.append(operand)
    return block, tuple(operands)


def _tuple(b: Builder, block: BasicBlock, expr: thir.Tuple) -> tuple[BasicBlock, mir.Rvalue]:
    block, operands = _operands(b, block, expr.exprs)
    return block, mir.Aggregate(mir.AggregateKind("tuple", expr.ty), operands)


def _array(b: Builder, block: BasicBlock, expr: thir.Array) -> tuple[BasicBlock, mir.Rvalue]:
    block, operands = _operands(b, block, expr.exprs)
    return block, mir.Aggregate(mir.AggregateKind("array", expr.ty), operands)


def _repeat(b: Builder, block: BasicBlock, expr: thir.Repeat) -> tuple[BasicBlock, mir.Rvalue]:
    """`[x; 0]` evaluates and drops `x`; other lengths copy it."""
    if isinstance(expr.count, t.ConstValue) and expr.count.value == 0:
        if lower.as_constant(b, expr.expr) is None:
            block, _ = lower.as_temp(b, block, expr.expr)
        return block, mir.Aggregate(mir.AggregateKind("array", expr.ty), ())
    block, operand = lower.as_operand(b, block, expr.expr)
    return block, mir.Repeat(operand, expr.count)


def _closure(b: Builder, block: BasicBlock, expr: thir.Closure) -> tuple[BasicBlock, mir.Rvalue]:
    operands = []
    for captured in expr.captures:
        if places.is_place_expr(captured):
            block, place = places.as_place(b, block, captured)
            operands.append(lower.consume(b, place, captured.ty))
        else:
            block, operand = lower.as_operand(b, block, captured)
            operands.append(operand)
    kind: Any = "coroutine" if isinstance(expr.ty, t.Coroutine) else "closure"
    return block, mir.Aggregate(mir.AggregateKind(kind, expr.ty), tuple(operands))


_RVALUES: dict[type, Any] = {
    thir.Binary: _binary, thir.Unary: _unary, thir.Cast: _cast, thir.PointerCoercion: _coercion, thir.Tuple: _tuple,
    thir.Array: _array, thir.Repeat: _repeat, thir.Closure: _closure,
}  # fmt: skip
