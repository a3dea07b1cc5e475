"""Confirming a method: the receiver is adjusted, generic arguments are made, where clauses registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ...base.span import Span
from ...hir import hir
from ...resolve.defs import DefId
from ...traits.elaborate import supertraits
from ...ty import ty as t
from ...ty.items import TraitPredicate, TraitRef
from ...ty.ty import Args, Ty
from ..autoderef import Autoderef
from ..coercion import make_deref_mut
from ..tables import Adjust, MethodCallee
from .probe import Pick

if TYPE_CHECKING:
    from ..fn_ctxt import FnCtxt


def confirm_method(
    fcx: FnCtxt, expr: hir.MethodCall, self_ty: Ty, autoderef: Autoderef, pick: Pick
) -> Optional[MethodCallee]:
    adjustments, adjusted = adjust_receiver(fcx, expr.receiver, self_ty, autoderef, pick)
    parent_args = receiver_args(fcx, expr, adjusted, pick)
    args = method_args(fcx, expr, pick, parent_args)
    sig = fcx.instantiate_sig(pick.item.def_id, args)
    wanted = fcx.normalize(sig.inputs[0], expr.span)
    if not fcx.infcx.eq(adjusted, wanted):
        fcx.demand_eq(expr.receiver.span, wanted, adjusted, None)
    sig = fcx.normalize_sig(sig._replace(inputs=(wanted, *sig.inputs[1:])), expr.span)
    fcx.apply_adjustments(expr.receiver, adjustments)
    check_sized_self(fcx, expr, pick, args)
    fcx.add_item_obligations(pick.item.def_id, args, expr.segment.span)
    forbid_explicit_drop(fcx, expr, pick)
    if pick.autoref == "mut":
        fcx.convert_place_derefs_to_mutable(expr.receiver)
    return MethodCallee(pick.item.def_id, args, sig)


def adjust_receiver(
    fcx: FnCtxt, receiver: Any, self_ty: Ty, autoderef: Autoderef, pick: Pick
) -> tuple[list[Adjust], Ty]:
    if pick.autoderefs > len(autoderef.path):  # one more deref than the probe's steps: of a reference
        autoderef.path.append((autoderef.final_ty, False))
        autoderef.final_ty = fcx.shallow(autoderef.final_ty).ty  # type: ignore[attr-defined]
    autoderef.commit()
    adjustments = autoderef.adjust_steps(pick.autoderefs)
    target = adjustments[-1].target if adjustments else fcx.shallow(self_ty)
    if pick.autoref == "const_ptr":
        assert type(target) is t.RawPtr
        target = t.mk_ptr(target.ty, False)
        return [*adjustments, Adjust("pointer", target, "MutToConstPointer")], target
    if pick.autoref is None:
        return adjustments, target
    mutbl = pick.autoref == "mut"
    target = fcx.resolve(target)
    reference = t.mk_ref(target, mutbl)
    if mutbl:
        adjustments = [make_deref_mut(step) for step in adjustments]
    adjustments.append(Adjust("borrow", reference, "two_phase" if mutbl else "shared"))
    if pick.unsize:
        assert type(target) is t.Array
        reference = t.mk_ref(t.mk_slice(target.elem), mutbl)
        adjustments.append(Adjust("pointer", reference, "Unsize"))
    return adjustments, reference


def receiver_args(fcx: FnCtxt, expr: hir.MethodCall, self_ty: Ty, pick: Pick) -> Args:
    """Arguments of the impl or trait the method is in."""
    if pick.kind == "impl":
        return fcx.infcx.fresh_args_for_item(pick.source, expr.segment.span)
    if pick.kind == "trait":
        return fcx.infcx.fresh_args_for_item(pick.item.container, expr.segment.span)
    if pick.kind == "where":
        return pick.source.args  # type: ignore[no-any-return]
    return object_args(fcx, self_ty, pick.item.container)


def object_args(fcx: FnCtxt, self_ty: Ty, trait: DefId) -> Args:
    """The trait's arguments as the `dyn` type behind `self_ty` has them (upcast if need be)."""
    for ty, _ in Autoderef(fcx, self_ty, Span(0), raw=True).steps():
        if type(ty) is t.Dynamic and ty.principal is not None:
            for trait_ref in supertraits(fcx.tcx, TraitRef(ty.principal[0], (ty, *ty.principal[1]))):
                if trait_ref.def_id == trait:
                    args, obligations = fcx.infcx.normalize_args(fcx.cause(Span(0)), fcx.param_env, trait_ref.args)
                    fcx.fulfill.register_all(obligations)
                    return args
    raise AssertionError("an object candidate without its object")


def method_args(fcx: FnCtxt, expr: hir.MethodCall, pick: Pick, parent_args: Args) -> Args:
    from ..paths import lower_own_args

    return lower_own_args(fcx, pick.item.def_id, parent_args, expr.segment, expr.scope)


def check_sized_self(fcx: FnCtxt, expr: hir.MethodCall, pick: Pick, args: Args) -> None:
    """A method `where Self: Sized` cannot be called on a trait object."""
    if pick.kind != "object":
        return
    sized = fcx.tcx.lang_items.get("sized")
    for predicate, _ in fcx.tcx.predicates_of(pick.item.def_id):
        if type(predicate) is TraitPredicate and predicate.trait_ref.def_id == sized:
            subject = predicate.trait_ref.args[0]
            if type(subject) is t.Param and subject.index == 0:
                fcx.error(
                    expr.segment.span,
                    f"the `{pick.item.name}` method cannot be invoked on a trait object",
                    "",
                    "",
                ).note("this has a `Sized` requirement")
                return


def forbid_explicit_drop(fcx: FnCtxt, expr: hir.MethodCall, pick: Pick) -> None:
    if pick.item.name == "drop" and pick.item.container == fcx.tcx.lang_items.get("drop"):
        fcx.error(
            expr.segment.span, "explicit use of destructor method", "E0040", "explicit destructor calls not allowed"
        )
