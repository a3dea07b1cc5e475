"""Methods of a known trait on a known type: operators, `Deref`, `Index`, `Fn*`.

Nothing is probed by name: the obligation `self_ty: Trait<args>` is asked, and the method's where clauses are
registered if it may hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ...base.span import Span
from ...resolve.defs import DefId
from ...traits.obligation import Obligation, ObligationCause
from ...ty import ty as t
from ...ty.items import AssocItem, TraitPredicate, TraitRef
from ...ty.ty import Args, Ty
from ..tables import MethodCallee

if TYPE_CHECKING:
    from ..fn_ctxt import FnCtxt


def lookup_lang_method(
    fcx: FnCtxt, span: Span, self_ty: Ty, lang: str, args: Args, name: str = ""
) -> Optional[MethodCallee]:
    """The method of the lang trait (its only one, unless named) on `self_ty`; None if it is not implemented."""
    trait = fcx.tcx.lang_items.get(lang)
    if trait is None:
        return None
    return lookup_in_trait(fcx, span, self_ty, trait, args, name)


def lookup_in_trait(
    fcx: FnCtxt, span: Span, self_ty: Ty, trait: DefId, args: Args, name: str = ""
) -> Optional[MethodCallee]:
    item = trait_fn(fcx, trait, name)
    trait_args: Args = (self_ty, *args)
    missing = fcx.tcx.generics_of(trait).count - len(trait_args)
    if missing > 0:
        trait_args = fcx.infcx.fresh_args_for_item(trait, span, trait_args)
    cause = ObligationCause(span)
    predicate = TraitPredicate(TraitRef(trait, trait_args))
    obligation = Obligation(cause, fcx.param_env, fcx.infcx.resolve_predicate(predicate))
    if not fcx.infcx.predicate_may_hold(obligation):
        return None
    fcx.fulfill.register(obligation)
    sig = fcx.instantiate_sig(item.def_id, trait_args)
    sig = fcx.normalize_sig(sig, span)
    return MethodCallee(item.def_id, trait_args, sig)


def trait_fn(fcx: FnCtxt, trait: DefId, name: str) -> AssocItem:
    for item in fcx.tcx.associated_items(trait):
        if item.kind == "fn" and (not name or item.name == name):
            return item
    raise AssertionError(f"the lang trait has no method {name}")


def method_name_of(fcx: FnCtxt, callee: MethodCallee) -> str:
    return fcx.tcx.def_data(callee.def_id).name


def is_trait_error(ty: Ty) -> bool:
    return bool(ty.flags & t.HAS_ERROR)
