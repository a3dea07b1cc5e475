"""The queries of this floor that other floors ask through `TyCtxt`: see `ty/context.py`.

To add a query: a function of `(tcx, *key)` and a line in `register`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Optional

from ..hir.generics import identity_args
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst
from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import HAS_INFER, Args, Const, DefId, Ty, args_flags
from .builtin import sized_constraint
from .evaluate import OK
from .fulfill import FulfillmentContext
from .impls import ImplIndex
from .infer import InferCtxt
from .obligation import EMPTY_ENV, MISC, Obligation, ParamEnv, predicate_flags
from .param_env import param_env
from .project import NORMALIZABLE, Normalizer, assoc_value, trait_ref_of
from .source import ImplSource


def register(tcx: TyCtxt) -> None:
    """Put this floor's providers into `tcx`."""
    for name, provider in _PROVIDERS.items():
        tcx.providers[name] = partial(provider, tcx)


def solver(tcx: TyCtxt) -> InferCtxt:
    """An `InferCtxt` for questions without variables; it is reused, and empty between questions."""
    memo = tcx._memo.setdefault("query_infcx", {})
    found = memo.get(())
    if found is None:
        found = memo[()] = InferCtxt(tcx)
    return found


def normalize_erasing(tcx: TyCtxt, env: ParamEnv, value: Any) -> Any:
    """A type, constant or tuple of arguments without variables: normalised, opaques revealed."""
    if isinstance(value, tuple):
        return tuple(tcx.query("normalize_erasing", env, v) for v in value)
    if not value.flags & NORMALIZABLE:
        return value
    infcx = solver(tcx)
    snapshot = infcx.snapshot()
    try:
        normalizer = Normalizer(infcx, MISC, env.with_reveal_all(), 0, [])
        value = normalizer.fold_const(value) if isinstance(value, Const) else normalizer.fold_ty(value)
        if value.flags & HAS_INFER:
            fulfill = FulfillmentContext(infcx)
            fulfill.register_all(normalizer.out)
            fulfill.select_where_possible()
            value = infcx.resolve_arg(value)
        return value
    finally:
        infcx.rollback_to(snapshot)


def resolve_assoc(tcx: TyCtxt, env: ParamEnv, trait_item: DefId, args: Args) -> Optional[tuple[Any, ...]]:
    """What provides `trait_item` for `args` (the trait's, then the item's own), for code generation:

    ("item", def_id, args): an impl's item with its arguments, or the trait's own default (arguments unchanged);
    ("object",): dynamic dispatch; ("builtin",): by the self type (closures, fn items and pointers, clone of
    tuples ...); ("param",): generic still; None: not implemented."""
    infcx = InferCtxt(tcx)
    trait_ref = trait_ref_of(infcx, trait_item, args)
    source = infcx.selcx.select(Obligation(MISC, env, TraitPredicate(trait_ref)))
    if not isinstance(source, ImplSource):
        return None
    if source.impl is None:
        kind = source.kind
        return ("object",) if kind == "object" else ("param",) if kind in ("param", "projection") else ("builtin",)
    impl_args = _settled_args(infcx, source)
    if impl_args is None:
        return None
    item = assoc_value(infcx, source.impl.def_id, trait_item)
    if item is None:
        return ("item", trait_item, args) if tcx.assoc_item(trait_item).has_value else None
    return ("item", item, (*impl_args, *args[len(trait_ref.args) :]))


def resolve_impl(tcx: TyCtxt, env: ParamEnv, trait_ref: TraitRef) -> Optional[tuple[DefId, Args]]:
    """The impl that implements `trait_ref` and its arguments; None for builtin and for not implemented."""
    infcx = InferCtxt(tcx)
    source = infcx.selcx.select(Obligation(MISC, env, TraitPredicate(trait_ref)))
    if not isinstance(source, ImplSource) or source.impl is None:
        return None
    args = _settled_args(infcx, source)
    return None if args is None else (source.impl.def_id, args)


def _settled_args(infcx: InferCtxt, source: Any) -> Optional[Args]:
    """The impl's arguments, those which only its where clauses determine included; None if these fail."""
    args: Args = infcx.resolve_args(source.args)
    fulfill = FulfillmentContext(infcx)
    useful = source.nested
    if not args_flags(args) & HAS_INFER:
        useful = [o for o in useful if predicate_flags(o.predicate) & HAS_INFER == 0]
    fulfill.register_all(useful)
    if fulfill.select_where_possible():
        return None
    return infcx.fully_resolve_args(args)


def implements(tcx: TyCtxt, env: ParamEnv, trait: DefId, args: Args) -> bool:
    """Whether `args[0]: trait<args[1..]>` certainly holds."""
    infcx = solver(tcx)
    return infcx.evaluate(Obligation(MISC, env, TraitPredicate(TraitRef(trait, args)))) == OK


def _lang_bound(lang: str) -> Any:
    def ask(tcx: TyCtxt, env: ParamEnv, ty: Ty) -> bool:
        return implements(tcx, env, tcx.require_lang_item(lang), (ty,))

    return ask


# -- needs_drop -------------------------------------------------------------------------------------

_NEVER_DROP = frozenset({
    t.Bool, t.Char, t.Int, t.Float, t.Str, t.Never, t.RawPtr, t.Ref, t.FnDef, t.FnPtr, t.Foreign, t.Error,
})  # fmt: skip


def needs_drop(tcx: TyCtxt, env: ParamEnv, ty: Ty) -> bool:
    """Whether dropping a value of `ty` may run code."""
    kind = type(ty)
    if kind in _NEVER_DROP:
        return False
    if kind is t.Adt:
        return _adt_needs_drop(tcx, env, ty)  # type: ignore[arg-type]
    if kind in (t.Param, t.Alias, t.Opaque):
        return _unknown_needs_drop(tcx, env, ty)
    return any(tcx.query("needs_drop", env, part) for part in _drop_parts(tcx, ty))


def _drop_parts(tcx: TyCtxt, ty: Ty) -> tuple[Ty, ...]:
    kind = type(ty)
    if kind is t.Array and type(ty.len) is t.ConstValue and ty.len.value == 0:  # type: ignore[attr-defined]
        return ()
    if kind is t.Array or kind is t.Slice:
        return (ty.elem,)  # type: ignore[attr-defined]
    if kind is t.Tuple:
        return ty.tys  # type: ignore[attr-defined, no-any-return]
    if kind is t.Closure:
        info = tcx.closure_info(ty.def_id)  # type: ignore[attr-defined]
        return tuple(subst(u.ty, ty.args) for u in info.upvars)  # type: ignore[attr-defined]
    return (t.mk_param(0, "?"),) if kind is t.Dynamic or kind is t.Coroutine else ()


def _unknown_needs_drop(tcx: TyCtxt, env: ParamEnv, ty: Ty) -> bool:
    if type(ty) is t.Param and ty.name == "?":
        return True
    revealed = _normal(tcx, env, ty)
    if revealed is not ty:
        return tcx.query("needs_drop", env, revealed)  # type: ignore[no-any-return]
    copy = tcx.lang_item("copy")
    return copy is None or not implements(tcx, env, copy, (ty,))


def _adt_needs_drop(tcx: TyCtxt, env: ParamEnv, ty: t.Adt) -> bool:
    adt = tcx.adt_def(ty.def_id)
    if adt.is_manually_drop or adt.is_phantom_data or adt.kind == "union":
        return has_drop_impl(tcx, ty.def_id)
    if adt.is_box or has_drop_impl(tcx, ty.def_id):
        return True
    active = tcx._memo.setdefault("needs_drop_active", {})
    key = (env, ty)
    if key in active:
        return False  # a recursive type: what it holds else decides
    active[key] = True
    try:
        fields = (tcx.type_of(f.def_id) for v in adt.variants for f in v.fields)
        types = (_normal(tcx, env, subst(field, ty.args)) for field in fields)
        return any(needs_drop(tcx, env, x) if (env, x) in active else tcx.query("needs_drop", env, x) for x in types)
    finally:
        del active[key]


def _normal(tcx: TyCtxt, env: ParamEnv, ty: Ty) -> Ty:
    """`ty` without projections; opaque types stay, unless `env` reveals them: their bodies may be in the making."""
    if not env.reveal_all and ty.flags & t.HAS_OPAQUE:
        return ty
    return tcx.query("normalize_erasing", env, ty)  # type: ignore[no-any-return]


def adt_destructor(tcx: TyCtxt, adt: DefId) -> Optional[DefId]:
    """The `Drop` impl of an ADT."""
    drop = tcx.lang_item("drop")
    if drop is None:
        return None
    for impl in ImplIndex.of(tcx).candidates(drop, t.mk_adt(adt, identity_args(tcx, adt))):
        if type(impl.trait_ref.args[0]) is t.Adt:
            return impl.def_id
    return None


def has_drop_impl(tcx: TyCtxt, adt: DefId) -> bool:
    return tcx.query("adt_destructor", adt) is not None


_PROVIDERS: dict[str, Any] = {
    "param_env": param_env,
    "normalize_erasing": normalize_erasing,
    "resolve_assoc": resolve_assoc,
    "resolve_impl": resolve_impl,
    "implements": implements,
    "needs_drop": needs_drop,
    "adt_destructor": adt_destructor,
    "is_copy": _lang_bound("copy"),
    "is_sized": _lang_bound("sized"),
    "is_freeze": _lang_bound("freeze"),
    "sized_constraint": sized_constraint,
    "inherent_impls": lambda tcx, ty: ImplIndex.of(tcx).inherent_impls(ty),
}

__all__ = ["EMPTY_ENV", "register"]
