"""What a trait bound implies: its supertraits, transitively, with their associated type equalities."""

from __future__ import annotations

from typing import Iterable

from ..ty.context import TyCtxt
from ..ty.items import Predicate, TraitPredicate, TraitRef
from ..ty.ty import DefId
from .obligation import subst_predicate


def implied_by_trait(tcx: TyCtxt, trait: DefId) -> list[Predicate]:
    """All that `Self: trait<..>` implies, itself excluded, in terms of the trait's own parameters."""
    memo = tcx._memo.setdefault("implied_by_trait", {})
    found = memo.get(trait)
    if found is None:
        memo[trait] = []  # a cycle of supertraits is reported by `super_predicates_of`
        found = memo[trait] = _implied(tcx, trait)
    return found


def _implied(tcx: TyCtxt, trait: DefId) -> list[Predicate]:
    direct = tcx.query("super_predicates_of", trait)
    found: dict[Predicate, None] = {}
    for pred in direct:
        found[pred] = None
        if type(pred) is TraitPredicate:
            for more in implied_by_trait(tcx, pred.trait_ref.def_id):
                found[subst_predicate(more, pred.trait_ref.args)] = None
    return list(found)


def elaborate(tcx: TyCtxt, preds: Iterable[Predicate]) -> list[Predicate]:
    """`preds` with all that they imply, without repeats."""
    found: dict[Predicate, None] = {}
    for pred in preds:
        found[pred] = None
        if type(pred) is TraitPredicate:
            for more in implied_by_trait(tcx, pred.trait_ref.def_id):
                found[subst_predicate(more, pred.trait_ref.args)] = None
    return list(found)


def supertraits(tcx: TyCtxt, trait_ref: TraitRef) -> list[TraitRef]:
    """`trait_ref` and all its supertraits, itself first."""
    return [
        trait_ref,
        *(
            subst_predicate(p, trait_ref.args).trait_ref  # type: ignore[union-attr]
            for p in implied_by_trait(tcx, trait_ref.def_id)
            if type(p) is TraitPredicate
        ),
    ]


def supertrait_ids(tcx: TyCtxt, trait: DefId) -> list[DefId]:
    """The trait and its supertraits, each once."""
    implied = implied_by_trait(tcx, trait)
    return list(dict.fromkeys([trait, *(p.trait_ref.def_id for p in implied if type(p) is TraitPredicate)]))
