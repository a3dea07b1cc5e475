"""Projection: what `<T as Trait>::Name` is, and normalisation of everything that has one inside.

In order: where clauses of the environment, bounds declared on an associated or opaque type, the `dyn` type
itself, then the impl or builtin rule that selection finds.  A projection that only a where clause proves stays
as it is (it is rigid).  If selection must wait, a fresh variable takes its place together with an obligation.

Invariant: `normalize_ty` of a type without variables is cached for the session, by environment.
"""

from __future__ import annotations

from typing import Any, Callable, Final, Optional, Union

from ..ty import ty as t
from ..ty.fold import Folder, subst
from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import HAS_ALIAS, HAS_INFER, HAS_OPAQUE, HAS_PARAM, HAS_UNEVALUATED, Args, Const, DefId, Ty, args_flags
from .elaborate import implied_by_trait
from .infer import InferCtxt
from .obligation import Obligation, ObligationCause, ParamEnv, predicate_flags, subst_predicate
from .relate import eval_const
from .source import AMBIGUOUS, ImplSource

NORMALIZABLE: Final = HAS_ALIAS | HAS_OPAQUE | HAS_UNEVALUATED
RIGID: Final = "rigid"
FAILED: Final = "failed"
MAX_DEPTH: Final = 128

# (type, nested obligations); None: ambiguous; RIGID; FAILED: the trait is not implemented
Projected = Union[tuple[Any, list[Obligation]], None, str]


class Normalizer(Folder):
    def __init__(
        self, cx: InferCtxt, cause: ObligationCause, env: ParamEnv, depth: int, out: list[Obligation]
    ) -> None:
        self.cx = cx
        self.cause = cause
        self.env = env
        self.depth = depth
        self.out = out
        self.mask = NORMALIZABLE if env.reveal_all else HAS_ALIAS | HAS_UNEVALUATED
        self.seen: dict[Ty, Ty] = {}

    def fold_ty(self, ty: Ty) -> Ty:
        if not ty.flags & self.mask:
            return ty
        kind = type(ty)
        if kind is not t.Alias and kind is not t.Opaque:
            return self.super_fold_ty(ty)
        found = self.seen.get(ty)
        if found is None:
            if kind is t.Alias:
                args = self.fold_args(ty.args)  # type: ignore[attr-defined]
                found = normalize_alias(self, ty.def_id, args)  # type: ignore[attr-defined]
            else:
                found = self._opaque(ty)  # type: ignore[arg-type]
            self.seen[ty] = found
        return found

    def _opaque(self, ty: t.Opaque) -> Ty:
        if not self.env.reveal_all:
            return self.super_fold_ty(ty)
        hidden = subst(self.cx.tcx.query("opaque_type", ty.def_id), ty.args)
        return self.fold_ty(hidden)

    def fold_const(self, const: Const) -> Const:
        const = self.super_fold_const(const)
        if type(const) is t.ConstUnevaluated and not const.flags & (HAS_INFER | HAS_PARAM):
            return eval_const(self.cx.tcx, const)
        return const


def normalize_ty(
    cx: InferCtxt, cause: ObligationCause, env: ParamEnv, ty: Ty, depth: int, out: list[Obligation]
) -> Ty:
    """`ty` normalised; what has to be proved for it is appended to `out`."""
    mask = NORMALIZABLE if env.reveal_all else HAS_ALIAS | HAS_UNEVALUATED
    if not ty.flags & mask:
        return ty
    return Normalizer(cx, cause, env, depth, out).fold_ty(cx.resolve(ty))


def normalize_args(
    cx: InferCtxt, cause: ObligationCause, env: ParamEnv, args: Args, depth: int, out: list[Obligation]
) -> Args:
    if not args_flags(args) & NORMALIZABLE:
        return args
    return Normalizer(cx, cause, env, depth, out).fold_args(cx.resolve_args(args))


def normalize_predicate(
    cx: InferCtxt, cause: ObligationCause, env: ParamEnv, pred: Any, depth: int, out: list[Obligation]
) -> Any:
    if not predicate_flags(pred) & NORMALIZABLE:
        return pred
    normalizer = Normalizer(cx, cause, env, depth, out)
    if type(pred) is TraitPredicate:
        trait, args = pred.trait_ref
        return TraitPredicate(TraitRef(trait, normalizer.fold_args(cx.resolve_args(args))))
    if type(pred) is ProjectionPredicate:
        args = normalizer.fold_args(cx.resolve_args(pred.args))
        return ProjectionPredicate(pred.def_id, args, normalizer.fold_arg(cx.resolve_arg(pred.term)))
    return pred


# -- one alias --------------------------------------------------------------------------------------


def normalize_alias(n: Normalizer, def_id: DefId, args: Args) -> Ty:
    if args_flags(args) & HAS_INFER:
        return _normalize_inferring(n, def_id, args)
    cache = n.cx.tcx._memo.setdefault("projection", {})
    key = (n.env, def_id, args)
    found = cache.get(key)
    if found is None:
        found = _normalize_known(n, def_id, args, cache, key)
    return found


_running = object()


def _normalize_known(n: Normalizer, def_id: DefId, args: Args, cache: dict[Any, Any], key: Any) -> Ty:
    """Without variables: solved at once, in private; the result has no variables if it is unique."""
    active = n.cx.tcx._memo.setdefault("projecting", {})
    if key in active or n.depth > MAX_DEPTH:
        return t.mk_alias(def_id, args)
    reads = n.cx.closure_reads
    snapshot = n.cx.snapshot()
    active[key] = True
    try:
        projected = project(n.cx, n.cause, n.env, def_id, args, n.depth + 1)
        result: Optional[Ty] = t.mk_alias(def_id, args) if projected is RIGID else None
        if type(projected) is tuple:
            result = _settle(n.cx, *projected)
    finally:
        del active[key]
        n.cx.rollback_to(snapshot)
    if result is not None:
        if reads == n.cx.closure_reads:
            cache[key] = result
        if not result.flags & HAS_INFER:
            return result
    return _normalize_inferring(n, def_id, args)


def _settle(cx: InferCtxt, ty: Ty, nested: list[Obligation]) -> Optional[Ty]:
    """`ty` with what `nested` tells about its variables; None if some stay unknown (or it failed)."""
    ty = cx.resolve(ty)
    if ty.flags & HAS_INFER and nested:
        from .fulfill import FulfillmentContext

        fulfill = FulfillmentContext(cx)
        fulfill.register_all(nested)
        if fulfill.select_where_possible():
            return None
        ty = cx.resolve(ty)
    return None if ty.flags & HAS_INFER else ty


def _normalize_inferring(n: Normalizer, def_id: DefId, args: Args) -> Ty:
    projected = project(n.cx, n.cause, n.env, def_id, args, n.depth + 1)
    if type(projected) is tuple:
        ty, nested = projected
        n.out.extend(nested)
        return ty  # type: ignore[no-any-return]
    if projected is RIGID:
        return t.mk_alias(def_id, args)
    if projected is FAILED:
        n.out.append(Obligation(n.cause, n.env, TraitPredicate(trait_ref_of(n.cx, def_id, args)), n.depth))
        return t.ERROR
    var = n.cx.next_ty_var(n.cause.span)
    n.out.append(Obligation(n.cause, n.env, ProjectionPredicate(def_id, args, var), n.depth))
    return var


def trait_ref_of(cx: InferCtxt, assoc: DefId, args: Args) -> TraitRef:
    """The trait reference inside a projection of the associated item `assoc`."""
    memo = cx.tcx._memo.setdefault("trait_of_assoc", {})
    found = memo.get(assoc)
    if found is None:
        trait = cx.tcx.assoc_item(assoc).container
        found = memo[assoc] = (trait, cx.tcx.generics_of(trait).count)
    return TraitRef(found[0], args[: found[1]])


def project(cx: InferCtxt, cause: ObligationCause, env: ParamEnv, def_id: DefId, args: Args, depth: int) -> Projected:
    """One step (and the result normalised).  `args` are normalised."""
    args = cx.resolve_args(args)
    self_ty = args[0]
    kind = type(self_ty)
    if kind is t.Infer and self_ty.kind == "ty":  # type: ignore[union-attr]
        return None
    if kind is t.Error:
        return t.ERROR, []
    found = _from_bounds(cx, cause, env, def_id, args, depth, env.projections.get(def_id, ()))
    if found is not None:
        return found
    bounds = _declared_bounds(cx, def_id, self_ty)  # type: ignore[arg-type]
    if bounds:
        found = _from_bounds(cx, cause, env, def_id, args, depth, bounds)
        if found is not None:
            return found
    ob = Obligation(cause, env, TraitPredicate(trait_ref_of(cx, def_id, args)), depth)
    source = cx.selcx.select(ob)
    if not isinstance(source, ImplSource):
        return None if source is AMBIGUOUS else FAILED
    return _FROM_SOURCE[source.kind](cx, cause, env, def_id, args, depth, source)  # type: ignore[no-any-return]


def _from_bounds(
    cx: InferCtxt, cause: ObligationCause, env: ParamEnv, def_id: DefId, args: Args, depth: int, bounds: Any
) -> Projected:
    """The term of the one projection predicate for this alias; None if there is none or several."""
    found = None
    for pred in bounds:
        if pred.args == args:
            found = pred
            break
        snapshot = cx.snapshot()
        same = cx.eq_args(pred.args, args)
        cx.rollback_to(snapshot)
        if same:
            if found is not None and found != pred:
                return None
            found = pred
    if found is None:
        return None
    nested: list[Obligation] = []
    cx.eq_args(found.args, args)
    term = found.term
    if isinstance(term, Ty) and not (type(term) is t.Alias and term.def_id == def_id and term.args == args):
        term = normalize_ty(cx, cause, env, term, depth, nested)
    return term, nested


def _declared_bounds(cx: InferCtxt, def_id: DefId, self_ty: Ty) -> list[ProjectionPredicate]:
    """Projection predicates for `def_id` that the self type itself declares."""
    kind = type(self_ty)
    if kind is t.Dynamic:
        return _object_bounds(cx, def_id, self_ty)  # type: ignore[arg-type]
    if kind is not t.Alias and kind is not t.Opaque:
        return []
    from .select import alias_bounds

    bounds = alias_bounds(cx.selcx, self_ty)
    return [p for p in bounds if type(p) is ProjectionPredicate and p.def_id == def_id]


def _object_bounds(cx: InferCtxt, def_id: DefId, ty: t.Dynamic) -> list[ProjectionPredicate]:
    found = [ProjectionPredicate(d, (ty, *args), term) for d, args, term in ty.projections if d == def_id]
    if not found and ty.principal is not None:
        for pred in implied_by_trait(cx.tcx, ty.principal[0]):
            if type(pred) is ProjectionPredicate and pred.def_id == def_id:
                found.append(subst_predicate(pred, (ty, *ty.principal[1])))  # type: ignore[arg-type]
    return found


def project_and_unify(cx: InferCtxt, ob: Obligation) -> Optional[list[Obligation] | bool]:
    """For a projection predicate: what is left to prove, None if it must wait, False if it does not hold."""
    pred = ob.predicate
    def_id, args, term = pred.def_id, pred.args, pred.term  # type: ignore[union-attr]
    if isinstance(term, Const):
        const_outcome: Optional[list[Obligation] | bool] = _unify_const(cx, ob, def_id, cx.resolve_args(args), term)
        return const_outcome
    nested: list[Obligation] = []
    args = normalize_args(cx, ob.cause, ob.param_env, args, ob.depth + 1, nested)
    if args_flags(args) & HAS_INFER:
        projected = project(cx, ob.cause, ob.param_env, def_id, args, ob.depth + 1)
    else:
        cached = cx.tcx._memo.setdefault("projection", {}).get((ob.param_env, def_id, args))
        if cached is None:
            projected = project(cx, ob.cause, ob.param_env, def_id, args, ob.depth + 1)
        else:
            projected = cached, []
    if projected is None:
        return None
    if projected is FAILED:
        return False
    ty: Any = t.mk_alias(def_id, args) if projected is RIGID else projected[0]
    if projected is not RIGID:
        nested.extend(projected[1])  # type: ignore[arg-type]
    return nested if cx.eq(ty, term) else False


def _unify_const(cx: InferCtxt, ob: Obligation, def_id: DefId, args: Args, term: Const) -> Any:
    if args_flags(args) & HAS_INFER:
        return None
    return [] if cx.eq_arg(t.mk_const_unevaluated(def_id, args), term) else False


# -- what the selected source says ------------------------------------------------------------------


def assoc_value(cx: InferCtxt, impl: DefId, trait_item: DefId) -> Optional[DefId]:
    """The item of `impl` that gives `trait_item` (of any kind), or None (the trait's default, or missing)."""
    memo = cx.tcx._memo.setdefault("impl_items_by_trait_item", {})
    items = memo.get(impl)
    if items is None:
        items = memo[impl] = {i.trait_item: i.def_id for i in cx.tcx.associated_items(impl)}
    return items.get(trait_item)


def _impl_value(cx: InferCtxt, impl: DefId, def_id: DefId) -> Optional[Ty]:
    """What the impl says the associated type is, in terms of the impl's item."""
    if not cx.tcx.def_data(def_id).name:  # `-> impl Trait` in a trait
        return cx.tcx.query("rpitit_value", impl, def_id)  # type: ignore[no-any-return]
    item = assoc_value(cx, impl, def_id)
    return None if item is None else cx.tcx.type_of(item)


def _from_impl(cx: InferCtxt, cause: Any, env: ParamEnv, def_id: DefId, args: Args, depth: int, source: Any) -> Any:
    generic = _impl_value(cx, source.impl.def_id, def_id)
    if generic is not None:
        count = cx.tcx.generics_of(trait_ref_of(cx, def_id, args).def_id).count
        value = subst(generic, (*source.args, *args[count:]))
    elif cx.tcx.assoc_item(def_id).has_value:
        value = subst(cx.tcx.type_of(def_id), args)
    else:
        return t.ERROR, []
    nested: list[Obligation] = []
    value = normalize_ty(cx, cause, env, value, depth, nested)
    useful = [o for o in source.nested if predicate_flags(o.predicate) & HAS_INFER]
    return value, [*nested, *useful]


def _rigid(cx: InferCtxt, cause: Any, env: ParamEnv, def_id: DefId, args: Args, depth: int, source: Any) -> Any:
    return RIGID


def _from_callable(
    cx: InferCtxt, cause: Any, env: ParamEnv, def_id: DefId, args: Args, depth: int, source: Any
) -> Any:
    from .confirm import callable_sig

    _, output = callable_sig(cx.selcx, source.data)
    nested: list[Obligation] = []
    output = normalize_ty(cx, cause, env, output, depth, nested)
    return output, [*nested, *source.nested]


def _from_builtin(cx: InferCtxt, cause: Any, env: ParamEnv, def_id: DefId, args: Args, depth: int, source: Any) -> Any:
    from .builtin_project import discriminant_ty, pointee_metadata

    if def_id == cx.tcx.lang_item("metadata_type"):
        return pointee_metadata(cx, cause, env, args[0], depth)
    if def_id == cx.tcx.lang_item("discriminant_type"):
        return discriminant_ty(cx, args[0])
    return RIGID


_FROM_SOURCE: dict[str, Callable[..., Any]] = {
    "impl": _from_impl,
    "param": _rigid,
    "projection": _rigid,
    "object": _rigid,
    "builtin": _from_builtin,
    "auto": _rigid,
    "fn": _from_callable,
    "closure": _from_callable,
    "coroutine": _from_callable,
    "unsize": _rigid,
}
