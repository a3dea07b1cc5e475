"""Associated types that the language itself gives: a pointer's metadata, an enum's discriminant type."""

from __future__ import annotations

from typing import Any

from ..ty import ty as t
from ..ty.fold import subst
from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import Ty
from .infer import InferCtxt
from .obligation import Obligation, ObligationCause, ParamEnv


def pointee_metadata(cx: InferCtxt, cause: ObligationCause, env: ParamEnv, ty: Any, depth: int) -> Any:
    from .project import RIGID, normalize_ty

    tail = struct_tail(cx, cause, env, ty)
    kind = type(tail)
    if kind is t.Infer and tail.kind == "ty":  # type: ignore[attr-defined]
        return None
    if kind is t.Str or kind is t.Slice:
        return t.USIZE, []
    if kind is t.Dynamic:
        metadata = cx.tcx.require_lang_item("dyn_metadata")
        return normalize_ty(cx, cause, env, t.mk_adt(metadata, (tail,)), depth, []), []
    if kind in (t.Param, t.Alias, t.Opaque):
        pred = TraitPredicate(TraitRef(cx.tcx.require_lang_item("sized"), (tail,)))
        return (t.UNIT, []) if cx.predicate_must_hold(Obligation(cause, env, pred, depth)) else RIGID
    return t.UNIT, []


def struct_tail(cx: InferCtxt, cause: ObligationCause, env: ParamEnv, ty: Ty) -> Ty:
    """The last field of structs and tuples, followed inwards."""
    from .project import normalize_ty

    for _ in range(t.RECURSION_LIMIT):
        ty = cx.shallow_resolve(ty)
        if type(ty) is t.Tuple and ty.tys:
            ty = ty.tys[-1]
            continue
        if type(ty) is not t.Adt:
            break
        adt = cx.tcx.adt_def(ty.def_id)
        if adt.kind != "struct" or not adt.variants[0].fields:
            break
        field = cx.tcx.type_of(adt.variants[0].fields[-1].def_id)
        ty = normalize_ty(cx, cause, env, subst(field, ty.args), 0, [])
    return ty


def discriminant_ty(cx: InferCtxt, ty: Any) -> Any:
    from .project import RIGID

    ty = cx.shallow_resolve(ty)
    kind = type(ty)
    if kind is t.Infer:
        return None if ty.kind == "ty" else (t.U8, [])
    if kind in (t.Param, t.Alias, t.Opaque):
        return RIGID
    if kind is t.Adt:
        adt = cx.tcx.adt_def(ty.def_id)
        if adt.kind == "enum":
            return t.PRIMITIVES[adt.repr.int or "isize"], []
    return (t.U32 if kind is t.Coroutine else t.U8), []
