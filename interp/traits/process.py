"""One step of the fulfilment loop for each kind of predicate.

A step returns None (proved), a list (proved if these are), a tuple of variables to wait for, or an error.
"""

from __future__ import annotations

from typing import Any, Callable, Union

from ..ty import ty as t
from ..ty.items import ProjectionPredicate, TraitPredicate
from ..ty.ty import HAS_ERROR, HAS_INFER, RECURSION_LIMIT, args_flags
from .builtin import KIND_RANK, trivially_sized
from .evaluate import ERR, OK, OVERFLOW, evaluate_root
from .fulfill import FulfillmentError
from .infer import InferCtxt
from .obligation import ClosureKindPredicate, CoercePredicate, Obligation
from .project import project_and_unify
from .source import UNIMPLEMENTED, ImplSource

Outcome = Union[None, list[Obligation], tuple[int, ...], FulfillmentError]


def process(cx: InferCtxt, ob: Obligation) -> Outcome:
    case = _PROCESS.get(type(ob.predicate))
    return None if case is None else case(cx, ob)


def _error(ob: Obligation, kind: Any, expected: Any = None, found: Any = None) -> FulfillmentError:
    return FulfillmentError(ob, ob, kind, expected, found)


def _trait(cx: InferCtxt, ob: Obligation) -> Outcome:
    trait_ref = cx.resolve_trait_ref(ob.predicate.trait_ref)  # type: ignore[union-attr]
    flags = args_flags(trait_ref.args)
    if flags & HAS_ERROR:
        return None
    self_ty = trait_ref.args[0]
    if type(self_ty) is t.Infer and self_ty.kind == "ty":
        return (self_ty.vid,)
    selcx = cx.selcx
    if trait_ref.def_id == selcx.sized and trivially_sized(cx.tcx, self_ty):  # type: ignore[arg-type]
        return None
    if ob.depth > RECURSION_LIMIT:
        return _error(ob, "overflow")
    if not flags & HAS_INFER:
        found = selcx.eval_cache.get((ob.param_env, trait_ref))
        if found is None:
            found = evaluate_root(cx, ob)
        if found == OK:
            return None
        if found == OVERFLOW:
            return _error(ob, "overflow")
    ob = ob.with_predicate(TraitPredicate(trait_ref))
    source = selcx.select(ob)
    if isinstance(source, ImplSource):
        return source.nested
    if source is UNIMPLEMENTED:
        return _error(ob, "unimplemented")
    return _stalled_on(cx, trait_ref.args)


def _stalled_on(cx: InferCtxt, args: Any) -> tuple[int, ...]:
    found = cx.unresolved_vars(args)
    for state in cx.closures.values():
        for var in (state.kind_var, state.upvars_var):
            root = cx.sub_root(var)
            if root is not None:
                found.append(root)
    return tuple(found)


def _projection(cx: InferCtxt, ob: Obligation) -> Outcome:
    pred = ob.predicate
    args = cx.resolve_args(pred.args)  # type: ignore[union-attr]
    if args_flags(args) & HAS_ERROR or pred.term.flags & HAS_ERROR:  # type: ignore[union-attr]
        return None
    if type(args[0]) is t.Infer and args[0].kind == "ty":
        return (args[0].vid,)
    if ob.depth > RECURSION_LIMIT:
        return _error(ob, "overflow")
    ob = ob.with_predicate(ProjectionPredicate(pred.def_id, args, pred.term))  # type: ignore[union-attr]
    outcome = project_and_unify(cx, ob)
    if outcome is None:
        return _stalled_on(cx, args)
    if outcome is False:
        return _projection_error(cx, ob)
    return outcome or None  # type: ignore[return-value]


def _projection_error(cx: InferCtxt, ob: Obligation) -> FulfillmentError:
    """Either the trait is missing, or the type is another one."""
    from .project import FAILED, RIGID, project, trait_ref_of

    pred: Any = ob.predicate
    projected = project(cx, ob.cause, ob.param_env, pred.def_id, pred.args, ob.depth + 1)
    if projected is FAILED:
        return _error(ob.with_predicate(TraitPredicate(trait_ref_of(cx, pred.def_id, pred.args))), "unimplemented")
    found = t.mk_alias(pred.def_id, pred.args) if projected is RIGID or projected is None else projected[0]
    return _error(ob, "mismatch", pred.term, found)


def _closure_kind(cx: InferCtxt, ob: Obligation) -> Outcome:
    pred: Any = ob.predicate
    kind = cx.closure_kind(pred.closure.def_id)
    if kind is None:
        return _stalled_on(cx, ())
    return None if KIND_RANK[kind] <= KIND_RANK[pred.kind] else _error(ob, "closure_kind")


def _coerce(cx: InferCtxt, ob: Obligation) -> Outcome:
    pred: Any = ob.predicate
    a, b = cx.shallow_resolve(pred.a), cx.shallow_resolve(pred.b)
    if type(a) is t.Infer and type(b) is t.Infer:
        return (a.vid, b.vid)
    return None if cx.eq(a, b) else _error(ob, "mismatch", b, a)


_PROCESS: dict[type, Callable[[InferCtxt, Obligation], Outcome]] = {
    TraitPredicate: _trait,
    ProjectionPredicate: _projection,
    ClosureKindPredicate: _closure_kind,
    CoercePredicate: _coerce,
}

__all__ = ["ERR", "process"]
