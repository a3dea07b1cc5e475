"""Promotion: a shared borrow of a constant expression becomes a constant of its own, which lives for ever.

What may be promoted is rustc's rule for code outside constants: literals, constants and arithmetic that cannot fail,
aggregates and borrows of those; no calls, no `Drop`, no interior mutability.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any, Callable, Final, Literal, Optional, Union

from ..hir.generics import identity_args
from ..mir import body as mir
from ..mir.body import BasicBlock, BlockData, Body, Place
from ..ty import ty as t
from ..typeck import thir
from . import expr as lower
from .builder import Builder


class _Known(Enum):
    OVERFLOW = 0


OVERFLOW: Final = _Known.OVERFLOW
_Overflow = Literal[_Known.OVERFLOW]


def try_promote(b: Builder, expr: thir.Borrow) -> Optional[mir.Constant]:
    """`&expr` as a promoted constant, if it may be one."""
    inner = _strip(expr.expr)
    if isinstance(inner, thir.Deref):  # a reborrow: what is borrowed there is promoted, not a copy of it
        base = _strip(inner.expr)
        return (
            try_promote(b, base)
            if expr.kind == "shared" and isinstance(base, thir.Borrow) and base.ty is expr.ty
            else None
        )
    if expr.kind != "shared":
        empty = isinstance(expr.expr, thir.Array) and not expr.expr.exprs  # `&mut []` is allowed, too
        if not empty:
            return None
    elif not _promotable(b, expr.expr):
        return None
    number = len(b.promoted)
    b.promoted.append(Body(b.def_id, "promoted", [], 0, [], b.span))  # keeps its number while inner ones are made
    b.promoted[number] = _build(b, expr)
    args = identity_args(b.tcx, b.results.owner)
    return mir.Constant(expr.ty, mir.Unevaluated(b.def_id, args, number), b.sp(expr.span))


def part_of_promoted(b: Builder, expr: thir.Borrow) -> thir.Expr:
    """What is borrowed; in a shared borrow of a part of a value that may be promoted, the whole of it is, and the path
    (`CONSTANT[i]` with an `i` of the run) leads through the promoted."""
    if expr.kind != "shared":
        return expr.expr
    found = _strip(expr.expr)
    path: list[thir.Field | thir.Index] = []
    while isinstance(found, (thir.Field, thir.Index)):
        path.append(found)
        found = _strip(found.expr)
    if not path or isinstance(found, thir.Deref) or not _promotable(b, found):
        return expr.expr
    ref = thir.Borrow(t.mk_ref(found.ty, False), found.span, "shared", found)
    whole: thir.Expr = thir.Deref(found.ty, found.span, ref)
    for step in reversed(path):
        whole = replace(step, expr=whole)
    return whole


def _build(b: Builder, expr: thir.Borrow) -> Body:
    """A body that computes the value and returns its address."""
    inner = Builder(b.tcx, b.results, b.def_id, expr.ty, expr.span)
    inner.promoted = b.promoted
    inner.fn_scope = -1
    inner.extended = {}  # all that it makes lives in its one scope
    start = inner.new_block()
    value = inner.new_local(expr.expr.ty, expr.span)
    from . import scope

    scope.push_scope(inner, -1, temps=True)
    block: BasicBlock = lower.into(inner, start, Place(value), expr.expr)
    inner.assign(block, Place(mir.RETURN_PLACE), mir.Ref("shared", Place(value)), expr.span)
    inner.terminate(block, mir.Return(inner.span))
    body = inner.finish("promoted", 0)
    body.promoted = []
    _keep_storage(body.blocks)
    return body


def _keep_storage(blocks: list[BlockData]) -> None:
    """Nothing of a promoted ends: what it makes lives on as part of the constant."""
    for block in blocks:
        block.statements = [s for s in block.statements if not isinstance(s, mir.StorageDead)]


def _promotable(b: Builder, expr: thir.Expr) -> bool:
    case = _RULES.get(type(expr))
    return case is not None and bool(case(b, expr))


def _constant(b: Builder, expr: thir.NamedConst) -> bool:
    return not b.needs_drop(expr.ty) and bool(b.tcx.query("is_freeze", b.param_env, expr.ty))


def _binary(b: Builder, expr: thir.Binary) -> bool:
    """Arithmetic that could panic at run time is promoted when its value is known to be fine by literals."""
    if not (_promotable(b, expr.lhs) and _promotable(b, expr.rhs)):
        return False
    if isinstance(expr.lhs.ty, t.Float) and expr.op in "+-*/%":
        return True
    if expr.op in ("/", "%") and isinstance(expr.lhs.ty, t.Int):
        rhs = _strip(expr.rhs)
        return (
            isinstance(rhs, thir.Lit)
            and isinstance(rhs.value, int)
            and rhs.value not in (0, (1 << expr.lhs.ty.bits) - 1)
        )
    return not _overflows(b, expr)


def _overflows(b: Builder, expr: thir.Binary | thir.Unary) -> bool:
    """Known to panic when it is reached: that is for the run to find, not for a constant."""
    return isinstance(expr.ty, t.Int) and _number(b, expr) is OVERFLOW


def _unary(b: Builder, expr: thir.Unary) -> bool:
    return _promotable(b, expr.expr) and not _overflows(b, expr)


def _number(b: Builder, expr: thir.Expr) -> Union[int, _Overflow, None]:
    """The value of an expression of integer literals and constants; None if that cannot be told here."""
    expr = _strip(expr)
    ty = expr.ty
    if not isinstance(ty, t.Int):
        return None
    if isinstance(expr, thir.Lit) and isinstance(expr.value, int):
        return _fit(expr.value, ty)
    if isinstance(expr, thir.NamedConst) and not t.args_flags(expr.args) & t.HAS_PARAM:
        value = b.tcx.query("eval_const", t.mk_const_unevaluated(expr.def_id, expr.args)).value
        return _fit(value, ty) if isinstance(value, int) else None
    if isinstance(expr, thir.Unary):
        value = _number(b, expr.expr)
        if isinstance(value, int):
            return _checked(-value, ty) if expr.op == "-" else _fit(~value, ty)
        return value
    if isinstance(expr, thir.Cast) and expr.kind == "IntToInt":
        value = _number(b, expr.expr)
        return _fit(value, ty) if isinstance(value, int) else value
    if isinstance(expr, thir.Binary):
        lhs, rhs = _number(b, expr.lhs), _number(b, expr.rhs)
        if isinstance(lhs, int) and isinstance(rhs, int):
            return _folded(expr.op, lhs, rhs, ty)
        return OVERFLOW if OVERFLOW in (lhs, rhs) else None
    return None


def _folded(op: str, a: int, b: int, ty: t.Int) -> Union[int, _Overflow, None]:
    if op in ("<<", ">>"):
        return None if 0 <= b < ty.bits else OVERFLOW
    value = {"+": a + b, "-": a - b, "*": a * b, "&": a & b, "|": a | b, "^": a ^ b}.get(op)
    return None if value is None else _checked(value, ty)


def _fit(value: int, ty: t.Int) -> int:
    """A bit pattern as a number of the type."""
    value &= (1 << ty.bits) - 1
    return value - (1 << ty.bits) if ty.signed and value >> (ty.bits - 1) else value


def _checked(value: int, ty: t.Int) -> Union[int, _Overflow]:
    return value if _fit(value, ty) == value else OVERFLOW


def _strip(expr: thir.Expr) -> thir.Expr:
    while isinstance(expr, (thir.Scope, thir.Use)):
        expr = expr.expr
    return expr


def _adt(b: Builder, expr: thir.Adt) -> bool:
    """A value without interior mutability and drop glue of its own; a variant's absent parts do not matter."""
    adt = b.tcx.adt_def(expr.adt)
    if expr.base is not None or adt.kind == "union" or adt.is_unsafe_cell or _has_drop_impl(b, expr.ty):
        return False
    return all(_promotable(b, value) for _, value in expr.fields)


def _has_drop_impl(b: Builder, ty: t.Ty) -> bool:
    return bool(b.tcx.query("adt_destructor", ty.def_id)) if isinstance(ty, t.Adt) else False


def _cast(b: Builder, expr: thir.Cast) -> bool:
    return expr.kind in ("IntToInt", "IntToFloat", "FloatToInt", "FloatToFloat", "PtrToPtr") and _promotable(
        b, expr.expr
    )


def _borrow(b: Builder, expr: thir.Borrow) -> bool:
    return expr.kind == "shared" and _promotable(b, expr.expr)


def _deref(b: Builder, expr: thir.Deref) -> bool:
    """Only a reborrow of what is promoted itself."""
    inner = _strip(expr.expr)
    return isinstance(inner.ty, t.Ref) and isinstance(inner, (thir.Borrow, thir.Lit)) and _promotable(b, inner)


def _field(b: Builder, expr: thir.Field) -> bool:
    union = isinstance(expr.expr.ty, t.Adt) and b.tcx.adt_def(expr.expr.ty.def_id).kind == "union"
    return not union and b.is_copy(expr.ty) and _promotable(b, expr.expr)


def _index(b: Builder, expr: thir.Index) -> bool:
    """An element of a constant array, by a literal that is in bounds."""
    array, index = expr.expr.ty, _strip(expr.index)
    if not (isinstance(array, t.Array) and isinstance(array.len, t.ConstValue) and isinstance(index, thir.Lit)):
        return False
    inside = isinstance(index.value, int) and index.value < array.len.value
    return inside and b.is_copy(expr.ty) and _promotable(b, expr.expr)


_RULES: Final[dict[type, Callable[[Builder, Any], bool]]] = {
    thir.Field: _field,
    thir.Index: _index,
    thir.Lit: lambda b, e: True,
    thir.ZstLit: lambda b, e: True,
    thir.ConstParam: lambda b, e: True,
    thir.NamedConst: _constant,
    thir.Scope: lambda b, e: _promotable(b, e.expr),
    thir.Use: lambda b, e: _promotable(b, e.expr),
    thir.Binary: _binary,
    thir.Unary: _unary,
    thir.Cast: _cast,
    thir.PointerCoercion: lambda b, e: _promotable(b, e.expr),
    thir.Borrow: _borrow,
    thir.Deref: _deref,
    thir.Tuple: lambda b, e: all(_promotable(b, x) for x in e.exprs),
    thir.Array: lambda b, e: all(_promotable(b, x) for x in e.exprs),
    thir.Repeat: lambda b, e: _promotable(b, e.expr),
    thir.Adt: _adt,
}
