"""Builtin rules: what the language itself implements (`Sized`, `Copy` of tuples, `Fn` of closures, `Unsize` ...).

A rule says whether a type has the trait: None (no), `AMBIGUOUS`, or a candidate.  `Candidate("builtin", types)`:
yes, if all of `types` have the trait as well.
To add a rule: a function here and a line in `_RULES` (by lang item name).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Optional

from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst
from ..ty.items import TraitRef
from ..ty.ty import DefId, Ty
from .obligation import Obligation
from .source import AMBIGUOUS, Candidate

if TYPE_CHECKING:
    from .select import SelectionContext

Assemble = Callable[["SelectionContext", Obligation, TraitRef, Ty], Any]


class Rule(NamedTuple):
    """`user_impls`: impls written in Rust count too."""

    assemble: Assemble
    user_impls: bool


def _yes(types: tuple[Ty, ...] = ()) -> Any:
    return Candidate("builtin", types)


# -- Sized ------------------------------------------------------------------------------------------

UNSIZED = frozenset({t.Str, t.Slice, t.Dynamic, t.Foreign})
MAYBE_SIZED = frozenset({t.Param, t.Alias, t.Opaque})


def sized_constraint(tcx: TyCtxt, def_id: DefId) -> tuple[Ty, ...]:
    """The types (generic in the ADT's parameters) that must be sized for the ADT to be."""
    memo = tcx._memo.setdefault("sized_constraint", {})
    found = memo.get(def_id)
    if found is None:
        memo[def_id] = ()  # a recursive type: its size is the layout's business
        types: dict[Ty, None] = {}
        for variant in tcx.adt_def(def_id).variants:
            if variant.fields:
                for ty in _constraint_of(tcx, tcx.type_of(variant.fields[-1].def_id)):
                    types[ty] = None
        found = memo[def_id] = tuple(types)
    return found


def _constraint_of(tcx: TyCtxt, ty: Ty) -> tuple[Ty, ...]:
    kind = type(ty)
    if kind in UNSIZED or kind in MAYBE_SIZED:
        return (ty,)
    if kind is t.Tuple:
        return _constraint_of(tcx, ty.tys[-1]) if ty.tys else ()  # type: ignore[attr-defined]
    if kind is t.Adt:
        parts = (subst(c, ty.args) for c in sized_constraint(tcx, ty.def_id))  # type: ignore[attr-defined]
        return tuple(x for part in parts for x in _constraint_of(tcx, part))
    return ()


def trivially_sized(tcx: TyCtxt, ty: Ty) -> bool:
    kind = type(ty)
    if kind is t.Adt:
        return not sized_constraint(tcx, ty.def_id)  # type: ignore[attr-defined]
    if kind is t.Infer:
        return ty.kind != "ty"  # type: ignore[attr-defined, no-any-return]
    return kind is not t.Tuple and kind not in UNSIZED and kind not in MAYBE_SIZED


def _sized(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    kind = type(ty)
    if kind in UNSIZED or kind in MAYBE_SIZED:
        return None
    if kind is t.Tuple:
        return _yes(ty.tys[-1:])  # type: ignore[attr-defined]
    if kind is t.Adt:
        return _yes(tuple(subst(c, ty.args) for c in sized_constraint(selcx.tcx, ty.def_id)))  # type: ignore[attr-defined]
    return _yes()


# -- Copy, Clone, markers ---------------------------------------------------------------------------


def _copy_clone(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    kind = type(ty)
    if kind is t.Tuple:
        return _yes(ty.tys)  # type: ignore[attr-defined]
    if kind is t.FnDef or kind is t.FnPtr:
        return _yes()
    if kind is t.Closure:
        upvars = upvar_tys(selcx, ty)  # type: ignore[arg-type]
        return AMBIGUOUS if upvars is None else _yes(upvars)
    return None


def upvar_tys(selcx: SelectionContext, ty: t.Closure | t.Coroutine) -> Optional[tuple[Ty, ...]]:
    """Types of the captured fields, or None while they are being inferred."""
    state = selcx.cx.closures.get(ty.def_id)
    if state is not None:
        selcx.cx.closure_reads += 1
        upvars = selcx.cx.shallow_resolve(state.upvars_var)
        return upvars.tys if type(upvars) is t.Tuple else None
    info = selcx.tcx.closure_info(ty.def_id)
    return tuple(subst(u.ty, ty.args) for u in info.upvars)


def _always(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    return _yes()


def _tuple_trait(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    return _yes() if type(ty) is t.Tuple else None


def _fn_ptr_trait(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    return _yes() if type(ty) is t.FnPtr else None


# -- callables --------------------------------------------------------------------------------------


def _callable(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    kind = type(ty)
    if kind is t.Closure:
        return _closure(selcx, trait_ref, ty)  # type: ignore[arg-type]
    if kind is t.FnPtr:
        return None if ty.unsafe or ty.c_variadic else Candidate("fn", ty)  # type: ignore[attr-defined]
    if kind is t.FnDef:
        sig = selcx.tcx.fn_sig(ty.def_id)  # type: ignore[attr-defined]
        return None if sig.unsafe or sig.c_variadic else Candidate("fn", ty)
    return None


KIND_RANK = {"Fn": 0, "FnMut": 1, "FnOnce": 2}


def fn_trait_kind(tcx: TyCtxt, trait: DefId) -> Optional[str]:
    """ "Fn", "FnMut" or "FnOnce" if `trait` is that lang item."""
    memo = tcx._memo.setdefault("fn_trait_kind", {})
    if not memo:
        for lang, kind in (("fn", "Fn"), ("fn_mut", "FnMut"), ("fn_once", "FnOnce")):
            memo[tcx.lang_item(lang)] = kind
    return memo.get(trait)


def _closure(selcx: SelectionContext, trait_ref: TraitRef, ty: t.Closure) -> Any:
    wanted = fn_trait_kind(selcx.tcx, trait_ref.def_id)
    kind = selcx.cx.closure_kind(ty.def_id)
    if kind is not None and KIND_RANK[kind] > KIND_RANK[wanted]:  # type: ignore[index]
        return None
    return Candidate("closure", (ty, wanted if kind is None and wanted != "FnOnce" else None))


def _future(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, ty: Ty) -> Any:
    return Candidate("coroutine", ty) if type(ty) is t.Coroutine else None


# -- Unsize -----------------------------------------------------------------------------------------


def _unsize(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, source: Ty) -> Any:
    """`source: Unsize<target>`; the candidate's data is the way: "upcast", "object", "array", "struct"."""
    target = selcx.cx.shallow_resolve(trait_ref.args[1])  # type: ignore[arg-type]
    kind = type(target)
    if kind is t.Infer:
        return AMBIGUOUS
    if kind is t.Dynamic:
        if type(source) is t.Dynamic:
            return Candidate("unsize", "upcast") if _may_upcast(selcx, source, target) else None  # type: ignore[arg-type]
        return AMBIGUOUS if type(source) is t.Infer and source.kind == "ty" else Candidate("unsize", "object")
    if kind is t.Slice and type(source) is t.Array:
        return Candidate("unsize", "array")
    if kind is t.Adt and type(source) is t.Adt and source.def_id == target.def_id:  # type: ignore[attr-defined]
        if selcx.tcx.adt_def(source.def_id).kind == "struct":
            return Candidate("unsize", "struct")
    return None


def _may_upcast(selcx: SelectionContext, source: t.Dynamic, target: t.Dynamic) -> bool:
    autos = implied_autos(selcx, source)
    if not set(target.auto_traits) <= autos:
        return False
    if target.principal is None or source.principal is None:
        return target.principal is None
    from .select import object_trait_refs

    wanted = target.principal[0]
    return any(r.def_id == wanted for r in object_trait_refs(selcx, source))


def implied_autos(selcx: SelectionContext, ty: t.Dynamic) -> set[DefId]:
    from .select import object_trait_refs

    return {*ty.auto_traits, *(r.def_id for r in object_trait_refs(selcx, ty) if selcx.is_auto(r.def_id))}


# -- auto traits ------------------------------------------------------------------------------------


def constituent_types(selcx: SelectionContext, ty: Ty) -> Optional[tuple[Ty, ...]]:
    """The parts that must have an auto trait for `ty` to have it; None: `ty` has it by impls only."""
    case = _PARTS.get(type(ty))
    return () if case is None else case(selcx, ty)


def _adt_parts(selcx: SelectionContext, ty: t.Adt) -> tuple[Ty, ...]:
    tcx = selcx.tcx
    adt = tcx.adt_def(ty.def_id)
    if adt.is_phantom_data:
        return tuple(a for a in ty.args if isinstance(a, Ty))
    fields = (tcx.type_of(f.def_id) for v in adt.variants for f in v.fields)
    return tuple(dict.fromkeys(subst(f, ty.args) for f in fields))


def _closure_parts(selcx: SelectionContext, ty: Any) -> tuple[Ty, ...]:
    """Its captures; the variable for them while they are unknown, so that the question waits."""
    upvars = upvar_tys(selcx, ty)
    return (selcx.cx.closures[ty.def_id].upvars_var,) if upvars is None else upvars


def _coroutine_parts(selcx: SelectionContext, ty: t.Coroutine) -> tuple[Ty, ...]:
    """Its captures, and once all bodies are built (`mir_build/futures.py`) what it keeps while it waits."""
    captured = _closure_parts(selcx, ty)
    if "futures_known" not in selcx.tcx._memo:
        return captured
    return (*captured, *(subst(kept, ty.args) for kept in selcx.tcx.query("coroutine_witness", ty.def_id).tys))


def _opaque_parts(selcx: SelectionContext, ty: t.Opaque) -> tuple[Ty, ...]:
    return (subst(selcx.tcx.query("opaque_type", ty.def_id), ty.args),)


_PARTS: dict[type, Callable[[Any, Any], Optional[tuple[Ty, ...]]]] = {
    t.Adt: _adt_parts,
    t.Array: lambda selcx, ty: (ty.elem,),
    t.Slice: lambda selcx, ty: (ty.elem,),
    t.RawPtr: lambda selcx, ty: (ty.ty,),
    t.Ref: lambda selcx, ty: (ty.ty,),
    t.Tuple: lambda selcx, ty: ty.tys,
    t.Closure: _closure_parts,
    t.Coroutine: _coroutine_parts,
    t.Opaque: _opaque_parts,
    t.Dynamic: lambda selcx, ty: None,
    t.Foreign: lambda selcx, ty: None,
    t.Param: lambda selcx, ty: None,
    t.Alias: lambda selcx, ty: None,
}

_RULES: dict[str, Rule] = {
    "sized": Rule(_sized, False),
    "copy": Rule(_copy_clone, True),
    "clone": Rule(_copy_clone, True),
    "destruct": Rule(_always, False),
    "pointee_trait": Rule(_always, False),
    "discriminant_kind": Rule(_always, False),
    "tuple_trait": Rule(_tuple_trait, False),
    "fn_ptr_trait": Rule(_fn_ptr_trait, False),
    "fn": Rule(_callable, True),
    "fn_mut": Rule(_callable, True),
    "fn_once": Rule(_callable, True),
    "future_trait": Rule(_future, True),
    "unsize": Rule(_unsize, False),
}


def rules(tcx: TyCtxt) -> dict[DefId, Rule]:
    """The rules by trait, as far as the library has these lang items."""
    memo = tcx._memo.setdefault("builtin_rules", {})
    if len(memo) != len(_RULES):
        for name, rule in _RULES.items():
            def_id = tcx.lang_item(name)
            if def_id is not None:
                memo[def_id] = rule
    return memo
