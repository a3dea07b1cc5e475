"""Value expressions: as an operand, as a temporary, as an rvalue, or into a given place.

Which way an expression likes best: constants are operands; places are copied or moved; `rvalue.py` has those that
are one rvalue; everything with control flow is lowered into a place by `into.py`.
To add an expression: `_RVALUES` in `rvalue.py` or `_INTO` in `into.py`.
"""

from __future__ import annotations

from typing import Any, Callable, Final, Optional

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, Local, Place
from ..ty import ty as t
from ..typeck import thir
from . import scope
from .builder import Builder


def as_constant(b: Builder, expr: thir.Expr) -> mir.Constant | None:
    """`expr` as a constant operand, if it is one."""
    case = _CONSTANTS.get(type(expr))
    return case(b, expr) if case else None


def _lit(b: Builder, expr: thir.Lit) -> mir.Constant:
    value = expr.value
    span = b.sp(expr.span)
    if isinstance(value, str):
        return mir.Constant(expr.ty, mir.StrLit(value), span)
    if isinstance(value, bytes):
        return mir.Constant(expr.ty, mir.BytesLit(value), span)
    return mir.Constant(expr.ty, mir.Scalar(value), span)


_CONSTANTS: Final[dict[type, Callable[[Builder, Any], Optional[mir.Constant]]]] = {
    thir.Lit: _lit,
    thir.ZstLit: lambda b, e: b.zst(e.ty, e.span),
    thir.NamedConst: lambda b, e: mir.Constant(e.ty, mir.Unevaluated(e.def_id, e.args), b.sp(e.span)),
    thir.ConstParam: lambda b, e: mir.Constant(e.ty, mir.TyConst(e.const), b.sp(e.span)),
}


def consume(b: Builder, place: Place, ty: t.Ty) -> mir.Operand:
    """Read `place` as a value: a copy or a move after its type."""
    return mir.Copy(place) if b.is_copy(ty) else mir.Move(place)


def as_operand(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, mir.Operand]:
    """`expr` as an operand that nothing between here and its use can change."""
    constant = as_constant(b, expr)
    if constant is not None:
        return block, constant
    if type(expr) is thir.Scope:
        scope.push_scope(b, expr.id, temps=True)
        outer = b.temp_scopes.pop()  # the operand itself must outlive the scope
        block, operand = _scoped_operand(b, block, expr.expr, outer)
        b.temp_scopes.append(outer)
        return scope.pop_scope(b, block, expr.span, temps=True), operand
    block, local = as_temp(b, block, expr)
    return block, mir.Move(Place(local)) if not b.is_copy(expr.ty) else mir.Copy(Place(local))


def _scoped_operand(b: Builder, block: BasicBlock, expr: thir.Expr, inner: int) -> tuple[BasicBlock, mir.Operand]:
    """As a temporary of the enclosing scope, while temporaries inside `expr` die with scope `inner`."""
    local = b.new_local(expr.ty, expr.span)
    _storage(b, block, local, expr, expr.span)
    b.temp_scopes.append(inner)
    block = into(b, block, Place(local), expr)
    b.temp_scopes.pop()
    _schedule_value(b, local, expr, expr.span)
    return block, mir.Move(Place(local)) if not b.is_copy(expr.ty) else mir.Copy(Place(local))


def _storage(b: Builder, block: BasicBlock, local: Local, expr: thir.Expr, span: Span) -> None:
    b.push(block, mir.StorageLive(local, b.sp(span)))
    scope.schedule_drop(b, b.temp_scope(expr), local, span, False)


def _schedule_value(b: Builder, local: Local, expr: thir.Expr, span: Span) -> None:
    scope.schedule_drop(b, b.temp_scope(expr), local, span, True)


def as_temp(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, Local]:
    """`expr` evaluated into a fresh temporary, dropped at the end of its temporary scope."""
    if type(expr) is thir.Scope:
        scope.push_scope(b, expr.id, temps=True)
        inner = b.temp_scopes.pop()
        local = b.new_local(expr.ty, expr.span)
        _storage(b, block, local, expr.expr, expr.span)
        b.temp_scopes.append(inner)
        block = into(b, block, Place(local), expr.expr)
        block = scope.pop_scope(b, block, expr.span, temps=True)
        scope.schedule_drop(b, b.temp_scope(expr.expr), local, expr.span, True)
        return block, local
    local = b.new_local(expr.ty, expr.span)
    if isinstance(expr, (thir.Break, thir.Continue, thir.Return)):
        return into(b, block, Place(local), expr), local
    _storage(b, block, local, expr, expr.span)
    block = into(b, block, Place(local), expr)
    _schedule_value(b, local, expr, expr.span)
    return block, local


def as_call_operand(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, mir.Operand]:
    """An argument of a call; a place of unsized type (`Box<dyn FnOnce()>` called) is passed as the place it is."""
    if b.tcx.query("is_sized", b.param_env, expr.ty):
        return as_operand(b, block, expr)
    from . import place

    block, where = place.as_place(b, block, expr)
    return block, mir.Move(where)


def as_rvalue(b: Builder, block: BasicBlock, expr: thir.Expr) -> tuple[BasicBlock, mir.Rvalue]:
    from . import rvalue

    return rvalue.as_rvalue(b, block, expr)


def into(b: Builder, block: BasicBlock, dest: Place, expr: thir.Expr) -> BasicBlock:
    """Evaluate `expr` into `dest`, which is uninitialised."""
    from . import into as into_

    return into_.into(b, block, dest, expr)


def stmt(b: Builder, block: BasicBlock, expr: thir.Expr) -> BasicBlock:
    """Evaluate `expr` for its effect; its value is dropped."""
    from . import into as into_

    return into_.stmt(b, block, expr)


def emit_assert(
    b: Builder, block: BasicBlock, cond: Place, expected: bool, message: mir.AssertMessage, span: Span
) -> BasicBlock:
    target = b.new_block()
    b.terminate(block, mir.Assert(mir.Copy(cond), expected, message, target, scope.diverge(b), b.sp(span)))
    return target
