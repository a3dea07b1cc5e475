"""Coercing several expressions to one type: arms of a match, branches, elements, `break`s, `return`s.

The first expression is coerced to the expected type; each next one to what was merged so far, or else those
before it to its type (the least upper bound).  Distinct fn items and closures meet in a fn pointer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.span import Span
from ..ty import ty as t
from ..ty.ty import Ty
from .coercion import Coerce, captures_something, closure_fn_ptr
from .tables import Adjust

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


class CoerceMany:
    def __init__(self, expected_ty: Ty, what: str = "") -> None:
        self.expected_ty = expected_ty
        self.final_ty: Optional[Ty] = None
        self.exprs: list[Any] = []
        self.pushed = 0
        self.what = what  # for messages: "if", "match", "array", "return", "break", ""

    @property
    def merged_ty(self) -> Ty:
        return self.expected_ty if self.final_ty is None else self.final_ty

    def coerce(self, fcx: FnCtxt, expr: Any, ty: Ty, span: Optional[Span] = None) -> None:
        """One more expression, already checked."""
        ty = fcx.shallow(ty)
        if type(ty) is t.Error or type(fcx.shallow(self.merged_ty)) is t.Error:
            self.final_ty = t.ERROR
            return
        if self.pushed == 0:
            merged = fcx.coerce(expr, ty, self.expected_ty)
        else:
            merged = find_lub(fcx, self.exprs, self.merged_ty, expr, ty)
        if merged is None:
            self.report(fcx, expr, ty, span)
            self.final_ty = t.ERROR
            return
        self.final_ty = merged
        self.exprs.append(expr)
        self.pushed += 1

    def coerce_unit(self, fcx: FnCtxt, span: Span, report: Any = None) -> None:
        """A way out without an expression: the type is `()`."""
        if not fcx.infcx.eq(self.merged_ty, t.UNIT):
            merged = fcx.shallow(self.merged_ty)
            if merged is t.NEVER and self.pushed:
                self.retarget_never(fcx)
                self.final_ty = t.UNIT
                self.pushed += 1
                return
            if type(merged) is not t.Error:
                if report is not None:
                    report()
                else:
                    from .errors import report_mismatch

                    report_mismatch(fcx, span, self.merged_ty, t.UNIT, None, self.what)
            self.final_ty = t.ERROR
            return
        self.final_ty = t.UNIT
        self.pushed += 1

    def retarget_never(self, fcx: FnCtxt) -> None:
        for expr in self.exprs:
            if not fcx.tables.adjustments.get(expr.id):
                fcx.apply_adjustments(expr, [Adjust("never", t.UNIT)])

    def report(self, fcx: FnCtxt, expr: Any, ty: Ty, span: Optional[Span]) -> None:
        from .errors import report_arm_mismatch

        report_arm_mismatch(fcx, self.what, self.exprs, expr, self.merged_ty, ty, span)

    def complete(self, fcx: FnCtxt) -> Ty:
        if self.final_ty is not None:
            return self.final_ty
        return t.NEVER  # nothing was pushed: no way leads here


def find_lub(fcx: FnCtxt, exprs: list[Any], prev_ty: Ty, new: Any, new_ty: Ty) -> Optional[Ty]:
    prev_ty = fcx.structurally_resolve_if_possible(prev_ty)
    new_ty = fcx.structurally_resolve_if_possible(new_ty)
    if prev_ty is new_ty and not isinstance(prev_ty, t.Ref):
        return prev_ty
    if prev_ty is t.NEVER:
        return adjust_all(fcx, exprs, new_ty)
    pointer = fn_ptr_lub(fcx, exprs, prev_ty, new, new_ty)
    if pointer is not None:
        return pointer
    if not fcx.tables.adjustments.get(new.id):
        target = fcx.coerce(new, new_ty, prev_ty)
        if target is not None:
            return target
    return coerce_previous(fcx, exprs, prev_ty, new, new_ty)


def adjust_all(fcx: FnCtxt, exprs: list[Any], target: Ty) -> Ty:
    for expr in exprs:
        if not fcx.tables.adjustments.get(expr.id):
            fcx.apply_adjustments(expr, [Adjust("never", target)])
    return target


def coerce_previous(fcx: FnCtxt, exprs: list[Any], prev_ty: Ty, new: Any, new_ty: Ty) -> Optional[Ty]:
    """Coerce all the earlier expressions to the type of the new one; only no-op reborrows may be on them."""
    for expr in exprs:
        adjustments = fcx.tables.adjustments.get(expr.id) or []
        if adjustments and not (is_reborrow(fcx, expr, adjustments) or adjustments[0].kind == "never"):
            return new_ty if fcx.infcx.eq(prev_ty, new_ty) else None
    attempt = Coerce(fcx, new.span, False)
    found = attempt.try_coerce(prev_ty, new_ty)
    if found is None:
        return None
    attempt.commit()
    adjustments, target = found
    for expr in exprs:
        have = fcx.tables.adjustments.get(expr.id)
        if have and have[0].kind == "never":
            fcx.tables.adjustments[expr.id] = [Adjust("never", target)]
        else:
            fcx.apply_adjustments(expr, adjustments)
    return target


def is_reborrow(fcx: FnCtxt, expr: Any, adjustments: list[Adjust]) -> bool:
    if len(adjustments) != 2 or adjustments[0].kind != "deref" or adjustments[0].extra is not None:
        return False
    source, target = fcx.shallow(fcx.node_ty(expr)), adjustments[1].target
    return type(source) is t.Ref and type(target) is t.Ref and source.mutbl == target.mutbl


def fn_ptr_lub(fcx: FnCtxt, exprs: list[Any], prev_ty: Ty, new: Any, new_ty: Ty) -> Optional[Ty]:
    """Two different fn items or captureless closures become one fn pointer type."""
    kinds = (t.FnDef, t.Closure)
    if type(prev_ty) not in kinds or type(new_ty) not in kinds or fcx.infcx.eq(prev_ty, new_ty):
        return None
    for ty in (prev_ty, new_ty):
        if type(ty) is t.Closure and captures_something(fcx, ty.def_id):
            return None
    attempt = Coerce(fcx, new.span, False)
    pointers = [fn_pointer(fcx, attempt, ty) for ty in (prev_ty, new_ty)]
    unsafe = any(p.unsafe for p in pointers)
    first, second = (t.mk_fn_ptr(p.inputs, p.output, unsafe, p.abi, p.c_variadic) for p in pointers)
    if not fcx.infcx.eq(first, second):
        return None
    attempt.commit()
    for expr, ty, pointer in [*((e, prev_ty, pointers[0]) for e in exprs), (new, new_ty, pointers[1])]:
        fcx.apply_adjustments(expr, to_pointer(fcx, expr, ty, pointer, first))
    return first


def fn_pointer(fcx: FnCtxt, attempt: Coerce, ty: Ty) -> t.FnPtr:
    if type(ty) is t.FnDef:
        return attempt.fn_ptr_of(ty)
    assert type(ty) is t.Closure
    return closure_fn_ptr(fcx, ty)


def to_pointer(fcx: FnCtxt, expr: Any, ty: Ty, pointer: t.FnPtr, target: t.FnPtr) -> list[Adjust]:
    if fcx.tables.adjustments.get(expr.id):
        return []  # never
    if type(ty) is t.Closure:
        return [Adjust("pointer", target, "ClosureFnPointer")]
    steps = [Adjust("pointer", pointer, "ReifyFnPointer")]
    if target.unsafe and not pointer.unsafe:
        steps.append(Adjust("pointer", target, "UnsafeFnPointer"))
    return steps
