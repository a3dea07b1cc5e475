"""Confirmation: the chosen candidate is unified with the obligation, and what it needs further is listed."""

from __future__ import annotations

from typing import Any, Callable, Iterable

from ..ty import ty as t
from ..ty.fold import children, subst, subst_args
from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import HAS_INFER, Args, DefId, Ty
from . import builtin
from .matching import match_impl
from .obligation import ClosureKindPredicate, Obligation, ObligationCause, predicate_flags, subst_predicate
from .project import NORMALIZABLE, normalize_args, normalize_predicate, normalize_ty
from .select import SelectionContext, object_trait_refs
from .source import UNIMPLEMENTED, Candidate, ImplSource, Selected


def impl_obligations(
    selcx: SelectionContext, cause: ObligationCause, ob: Obligation, preds: Iterable[Any], args: Args
) -> list[Obligation]:
    """The where clauses `preds` with `args`, normalised; those that hold at a glance are left out."""
    out: list[Obligation] = []
    tcx, env, depth = selcx.tcx, ob.param_env, ob.depth + 1
    sized: Any = selcx.sized
    for pred in preds:
        kind = type(pred)
        if kind is TraitPredicate and pred.trait_ref.def_id == sized:
            arg = selcx.cx.shallow_resolve(subst(pred.trait_ref.args[0], args))
            if builtin.trivially_sized(tcx, arg):
                continue
            pred = TraitPredicate(TraitRef(sized, (arg,)))
        elif kind is TraitPredicate or kind is ProjectionPredicate:
            pred = subst_predicate(pred, args)
        else:
            continue
        if predicate_flags(pred) & NORMALIZABLE:
            pred = normalize_predicate(selcx.cx, cause, env, pred, depth, out)
        out.append(Obligation(cause, env, pred, depth))
    return out


def derived(ob: Obligation, impl: DefId | None = None) -> ObligationCause:
    cause = ob.cause
    return ObligationCause(cause.span, "impl", impl, what=cause.what, parent=ob)


def _impl(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    impl, args = candidate.data
    nested: list[Obligation] = []
    cause = derived(ob, impl.def_id)
    if args is None:
        matched = match_impl(selcx.cx, impl, trait_ref.args, cause, ob.param_env, ob.depth)
        if matched is None:
            return UNIMPLEMENTED
        args, nested = matched
    nested.extend(impl_obligations(selcx, cause, ob, impl.predicates, args))
    return ImplSource("impl", nested, impl, args)


def _param(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    if not selcx.cx.eq_args(candidate.data.args, trait_ref.args):
        return UNIMPLEMENTED
    return ImplSource(candidate.kind, [], data=candidate.data)


def _item_bound(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    nested: list[Obligation] = []
    args = normalize_args(selcx.cx, ob.cause, ob.param_env, candidate.data.args, ob.depth + 1, nested)
    if not selcx.cx.eq_args(args, trait_ref.args):
        return UNIMPLEMENTED
    return ImplSource(candidate.kind, nested, data=candidate.data)


def _each_type(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    nested: list[Obligation] = []
    types = candidate.data
    if types:
        cause = derived(ob)
        depth = ob.depth + 1
        for ty in types:
            ty = normalize_ty(selcx.cx, cause, ob.param_env, ty, depth, nested)
            pred = TraitPredicate(TraitRef(trait_ref.def_id, (ty,)))
            nested.append(Obligation(cause, ob.param_env, pred, depth))
    return ImplSource(candidate.kind, nested, data=types)


# -- callables --------------------------------------------------------------------------------------


def callable_sig(selcx: SelectionContext, ty: Ty) -> tuple[tuple[Ty, ...], Ty]:
    """Inputs and output of a closure, fn item or fn pointer; not normalised."""
    if type(ty) is t.FnPtr:
        return ty.inputs, ty.output
    if type(ty) is t.FnDef:
        sig = selcx.tcx.fn_sig(ty.def_id)
        return subst_args(sig.inputs, ty.args), subst(sig.output, ty.args)  # type: ignore[return-value]
    assert type(ty) is t.Closure or type(ty) is t.Coroutine
    state = selcx.cx.closures.get(ty.def_id)
    if state is not None:
        selcx.cx.closure_reads += 1
        return state.inputs, state.output
    info = selcx.tcx.closure_info(ty.def_id)
    return subst_args(info.inputs, ty.args), subst(info.output, ty.args)  # type: ignore[return-value]


def _fn(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    nested: list[Obligation] = []
    inputs, _ = callable_sig(selcx, candidate.data)
    args = normalize_ty(selcx.cx, ob.cause, ob.param_env, t.mk_tuple(inputs), ob.depth + 1, nested)
    if not selcx.cx.eq(args, trait_ref.args[1]):  # type: ignore[arg-type]
        return UNIMPLEMENTED
    return ImplSource("fn", nested, data=candidate.data)


def _closure(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    ty, wanted = candidate.data
    nested: list[Obligation] = []
    inputs, _ = callable_sig(selcx, ty)
    args = normalize_ty(selcx.cx, ob.cause, ob.param_env, t.mk_tuple(inputs), ob.depth + 1, nested)
    if not selcx.cx.eq(args, trait_ref.args[1]):  # type: ignore[arg-type]
        return UNIMPLEMENTED
    if wanted is not None:
        nested.append(Obligation(ob.cause, ob.param_env, ClosureKindPredicate(ty, wanted), ob.depth + 1))
    return ImplSource("closure", nested, data=ty)


def _coroutine(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    return ImplSource("coroutine", [], data=candidate.data)


# -- Unsize -----------------------------------------------------------------------------------------


def _unsize(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
    source = selcx.cx.shallow_resolve(trait_ref.args[0])  # type: ignore[arg-type]
    target = selcx.cx.shallow_resolve(trait_ref.args[1])  # type: ignore[arg-type]
    nested = _UNSIZE[candidate.data](selcx, ob, source, target)
    return UNIMPLEMENTED if nested is None else ImplSource("unsize", nested, data=candidate.data)


def _unsize_object(selcx: SelectionContext, ob: Obligation, source: Ty, target: t.Dynamic) -> Any:
    """T -> dyn Trait: T is sized and implements all of it, with the same associated types."""
    cause = derived(ob)
    preds: list[Any] = [TraitPredicate(TraitRef(selcx.tcx.require_lang_item("sized"), (source,)))]
    if target.principal is not None:
        preds.append(TraitPredicate(TraitRef(target.principal[0], (source, *target.principal[1]))))
    preds += [ProjectionPredicate(d, (source, *args), term) for d, args, term in target.projections]
    preds += [TraitPredicate(TraitRef(auto, (source,))) for auto in target.auto_traits]
    return [Obligation(cause, ob.param_env, p, ob.depth + 1) for p in preds]


def _upcast(selcx: SelectionContext, ob: Obligation, source: t.Dynamic, target: t.Dynamic) -> Any:
    if target.principal is None:
        return []
    cause, depth = derived(ob), ob.depth + 1
    for bound in object_trait_refs(selcx, source):
        if bound.def_id != target.principal[0]:
            continue
        nested: list[Obligation] = []
        snapshot = selcx.cx.snapshot()
        args = normalize_args(selcx.cx, cause, ob.param_env, bound.args[1:], depth, nested)
        if selcx.cx.eq_args(args, target.principal[1]):
            selcx.cx.commit(snapshot)
            for def_id, own, term in target.projections:
                pred = ProjectionPredicate(def_id, (source, *own), term)
                nested.append(Obligation(cause, ob.param_env, pred, depth))
            return nested
        selcx.cx.rollback_to(snapshot)
    return None


def _unsize_array(selcx: SelectionContext, ob: Obligation, source: t.Array, target: t.Slice) -> Any:
    return [] if selcx.cx.eq(source.elem, target.elem) else None


def _unsize_struct(selcx: SelectionContext, ob: Obligation, source: t.Adt, target: t.Adt) -> Any:
    """Struct<T> -> Struct<U>: only parameters of the last field change, and that field unsizes."""
    fields = selcx.tcx.adt_def(source.def_id).non_enum_variant.fields
    if not fields:
        return None
    types = [selcx.tcx.type_of(f.def_id) for f in fields]
    changing = _params_in(types[-1]) - set().union(*(_params_in(ty) for ty in types[:-1]))
    if not changing:
        return None
    mixed = tuple(b if i in changing else a for i, (a, b) in enumerate(zip(source.args, target.args)))
    if not selcx.cx.eq_args(mixed, target.args):
        return None
    out: list[Obligation] = []
    cause, depth = derived(ob), ob.depth + 1
    a = normalize_ty(selcx.cx, cause, ob.param_env, subst(types[-1], source.args), depth, out)
    b = normalize_ty(selcx.cx, cause, ob.param_env, subst(types[-1], mixed), depth, out)
    pred = TraitPredicate(TraitRef(selcx.tcx.require_lang_item("unsize"), (a, b)))
    return [*out, Obligation(cause, ob.param_env, pred, depth)]


def _params_in(ty: Ty) -> set[int]:
    if isinstance(ty, (t.Param, t.ConstParam)):
        return {ty.index}
    if not ty.flags & t.HAS_PARAM:
        return set()
    parts = children(ty) if isinstance(ty, Ty) else getattr(ty, "args", ())
    return set().union(*(_params_in(p) for p in parts))  # type: ignore[arg-type]


_UNSIZE: dict[str, Callable[..., Any]] = {
    "object": _unsize_object,
    "upcast": _upcast,
    "array": _unsize_array,
    "struct": _unsize_struct,
}

CONFIRM: dict[str, Callable[[SelectionContext, Obligation, TraitRef, Candidate], Selected]] = {
    "impl": _impl,
    "param": _param,
    "object": _item_bound,
    "projection": _item_bound,
    "builtin": _each_type,
    "auto": _each_type,
    "fn": _fn,
    "closure": _closure,
    "coroutine": _coroutine,
    "unsize": _unsize,
}


def has_infer(ob: Obligation) -> bool:
    return bool(predicate_flags(ob.predicate) & HAS_INFER)
