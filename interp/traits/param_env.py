"""`param_env(def_id)`: what may be assumed inside an item: its where clauses, elaborated and normalised."""

from __future__ import annotations

from typing import Any

from ..hir.generics import identity_args
from ..ty.context import TyCtxt
from ..ty.items import Predicate, ProjectionPredicate
from ..ty.ty import HAS_ALIAS, HAS_INFER, DefId
from .elaborate import elaborate
from .infer import InferCtxt
from .obligation import EMPTY_ENV, ObligationCause, ParamEnv, predicate_flags

_TRANSPARENT = ("closure", "anon_const", "inline_const", "field", "variant", "ctor", "ty_param", "const_param")


def param_env(tcx: TyCtxt, def_id: DefId) -> ParamEnv:
    data = tcx.def_data(def_id)
    if data.kind in _TRANSPARENT and data.parent is not None:
        return tcx.query("param_env", data.parent)  # type: ignore[no-any-return]
    preds = [p for p, _ in tcx.predicates_of(def_id)]
    if data.kind == "assoc_fn" and data.parent is not None and tcx.def_data(data.parent).kind == "trait":
        preds += _own_opaques(tcx, def_id)
    return env_of_predicates(tcx, preds)


def _own_opaques(tcx: TyCtxt, method: DefId) -> list[Predicate]:
    """Inside its default body, a trait method's `impl Trait` is the opaque that this body defines."""
    return [
        ProjectionPredicate(assoc, identity_args(tcx, method), tcx.type_of(assoc))
        for assoc in tcx.query("rpitits_of", method)
    ]


def env_of_predicates(tcx: TyCtxt, preds: list[Predicate]) -> ParamEnv:
    if not preds:
        return EMPTY_ENV
    elaborated = elaborate(tcx, preds)
    if not any(predicate_flags(p) & HAS_ALIAS for p in elaborated):
        return ParamEnv.of(elaborated)
    return ParamEnv.of(_normalized(tcx, elaborated))


def _normalized(tcx: TyCtxt, preds: list[Predicate]) -> list[Predicate]:
    """Each clause normalised under all of them; trait bounds first, so that equalities can use them."""
    env = ParamEnv.of(preds)
    cause = ObligationCause()
    done: list[Any] = []
    for pred in preds:
        if not predicate_flags(pred) & HAS_ALIAS:
            done.append(pred)
            continue
        infcx = InferCtxt(tcx)
        new, _ = infcx.normalize_predicate(cause, env, pred)
        new = infcx.resolve_predicate(new)
        done.append(pred if predicate_flags(new) & HAS_INFER else new)
    return done
