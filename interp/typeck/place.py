"""Place expressions, and turning the overloaded derefs and indexings in one to their `mut` form.

A place is checked before it is known whether it will be written to; when it is, `convert_place_derefs_to_mutable`
walks down to its base and replaces `Deref`/`Index` by `DerefMut`/`IndexMut`, `&` autorefs by `&mut`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..hir import hir
from ..resolve.defs import ResDef, ResErr, ResLocal
from ..ty import ty as t
from .tables import Adjust

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


def is_syntactic_place(expr: Any) -> bool:
    kind = type(expr)
    if kind is hir.ExprPath:
        res = expr.path.res
        if expr.path.resolved < len(expr.path.segments):
            return False
        return type(res) in (ResLocal, ResErr) or (type(res) is ResDef and res.kind == "static")
    if kind is hir.Unary:
        return expr.op == "*"  # type: ignore[no-any-return]
    return kind in (hir.Field, hir.Index, hir.Err)


def convert_place_derefs_to_mutable(fcx: FnCtxt, expr: Any) -> None:
    exprs = [expr]
    while True:
        last = exprs[-1]
        if type(last) in (hir.Field, hir.Index) or (type(last) is hir.Unary and last.op == "*"):
            exprs.append(last.expr)
        else:
            break
    for at in reversed(exprs):
        convert_adjusted_derefs(fcx, at)
        if type(at) is hir.Index:
            convert_operator(fcx, at, "index_mut")
        elif type(at) is hir.Unary and at.op == "*":
            convert_operator(fcx, at, "deref_mut")


def convert_adjusted_derefs(fcx: FnCtxt, expr: Any) -> None:
    """Overloaded autoderefs on `expr` become mutable (`DerefMut` is required of their types)."""
    adjustments = fcx.tables.adjustments.get(expr.id)
    if not adjustments or not any(a.kind == "deref" and a.extra == "Deref" for a in adjustments):
        return
    source = fcx.node_ty(expr)
    out: list[Adjust] = []
    deref_mut = fcx.tcx.lang_items.get("deref_mut")
    for adjust in adjustments:
        if adjust.kind == "deref" and adjust.extra == "Deref" and deref_mut is not None:
            obligation = fcx.trait_obligation(deref_mut, (fcx.resolve(source),), expr.span)
            if fcx.infcx.predicate_may_hold(obligation):
                adjust = adjust._replace(extra="DerefMut")
        out.append(adjust)
        source = adjust.target
    fcx.tables.adjustments[expr.id] = out


def convert_operator(fcx: FnCtxt, expr: Any, lang: str) -> None:
    """An overloaded `*base` or `base[i]`, if it is one, calls the `mut` method."""
    callee = fcx.tables.callees.get(expr.id)
    if callee is None:
        return
    from .method.lookup import lookup_lang_method

    self_ty = fcx.resolve(callee.args[0])  # type: ignore[arg-type]
    new = lookup_lang_method(fcx, expr.span, self_ty, lang, callee.args[1:])
    if new is None:
        return  # the borrow checker's E0596
    fcx.write_method(expr.id, new)
    base = expr.expr
    adjustments = fcx.tables.adjustments.get(base.id)
    if not adjustments:
        return
    out = list(adjustments)
    for i, adjust in enumerate(out):
        if adjust.kind == "borrow" and type(adjust.target) is t.Ref and not adjust.target.mutbl:
            out[i] = Adjust("borrow", t.mk_ref(adjust.target.ty, True), "mut")
            convert_unsize_after(out, i)
    fcx.tables.adjustments[base.id] = out


def convert_unsize_after(adjustments: list[Adjust], at: int) -> None:
    """An array's autoref that is unsized to a slice: the slice reference becomes mutable with it."""
    if at + 1 < len(adjustments):
        after = adjustments[at + 1]
        if after.kind == "pointer" and type(after.target) is t.Ref:
            adjustments[at + 1] = after._replace(target=t.mk_ref(after.target.ty, True))
