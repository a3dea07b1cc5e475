"""Coherence: no two impls overlap (E0119, E0592), and impls stand where they may (E0116, E0117, E0120, E0210,
E0390); what `Copy` and `Drop` ask of a type (E0184, E0204, E0367)."""

from __future__ import annotations

from typing import Any, Optional

from ..base.diagnostics import error
from ..base.span import Span, span_ctxt
from ..resolve.defs import DefData
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import children, subst, subst_args
from ..ty.items import ImplHeader, TraitRef
from ..ty.ty import HAS_ERROR, DefId, Ty, args_flags
from .evaluate import ERR
from .impls import ImplIndex
from .infer import InferCtxt
from .names import show_trait
from .obligation import EMPTY_ENV, MISC, Obligation, subst_predicate
from .project import normalize_args, normalize_predicate
from .queries import implements


def check_overlaps(tcx: TyCtxt, impls: list[DefId]) -> None:
    """E0119 for each of the user's trait impls and one before it that overlaps; derived ones come last."""
    index = ImplIndex.of(tcx)
    impls = sorted(impls, key=lambda d: (span_ctxt(tcx.def_data(d).span) != 0, d))
    position = {def_id: i for i, def_id in enumerate(impls)}
    for def_id in impls:
        mine = index.impl_data(def_id)
        if mine is None or args_flags(mine.trait_ref.args) & HAS_ERROR:
            continue
        trait = tcx.trait_def(mine.trait_ref.def_id)
        self_ty: Any = mine.trait_ref.args[0]
        if trait.is_marker:
            continue
        others = index.all_impls(trait.def_id) if mine.self_key is None else index.candidates(trait.def_id, self_ty)
        for other in others:
            if other is mine or (other.def_id in position and position[other.def_id] > position[def_id]):
                continue
            shared = _overlap(tcx, mine.def_id, mine.trait_ref, other.def_id, other.trait_ref)
            if shared is not None:
                _report_overlap(tcx, mine.def_id, shared, other.def_id)
                break


def _overlap(tcx: TyCtxt, a: DefId, a_ref: TraitRef, b: DefId, b_ref: TraitRef) -> Optional[TraitRef]:
    """What both implement, or None."""
    cx = InferCtxt(tcx)
    a_args, b_args = cx.fresh_args_for_item(a), cx.fresh_args_for_item(b)
    out: list[Obligation] = []
    left = normalize_args(cx, MISC, EMPTY_ENV, subst_args(a_ref.args, a_args), 0, out)
    right = normalize_args(cx, MISC, EMPTY_ENV, subst_args(b_ref.args, b_args), 0, out)
    if not cx.eq_args(left, right):
        return None
    for item, args in ((a, a_args), (b, b_args)):
        for pred, _ in tcx.predicates_of(item):
            goal = normalize_predicate(cx, MISC, EMPTY_ENV, subst_predicate(pred, args), 0, out)
            out.append(Obligation(MISC, EMPTY_ENV, goal))
    if any(cx.evaluate(ob) >= ERR for ob in out):
        return None
    return TraitRef(a_ref.def_id, cx.resolve_args(left))


def _report_overlap(tcx: TyCtxt, mine: DefId, trait_ref: TraitRef, other: DefId) -> None:
    trait, shown = show_trait(tcx, trait_ref), str(trait_ref.args[0])
    tail = "" if shown == "_" else f" for type `{shown}`"
    label = "conflicting implementation" + ("" if shown == "_" else f" for `{shown}`")
    found = error(head_span(tcx, mine), f"conflicting implementations of trait `{trait}`{tail}", "E0119", label)
    data = tcx.def_data(other)
    if data.krate in ("core", "alloc", "std"):
        found.note(f"conflicting implementation in crate `{data.krate}`")
    else:
        found.label(head_span(tcx, other), "first implementation here")
    tcx.diag.emit(found)


def head_span(tcx: TyCtxt, impl: DefId) -> Span:
    data = tcx.def_data(impl)
    end = data.node.kind.self_ty.span
    return Span(data.span & ~0xFFFFFF | end & 0xFFFFFF) if end >> 48 == data.span >> 48 else data.span


def check_inherent_overlaps(tcx: TyCtxt, impls: list[DefId]) -> None:
    """E0592: two inherent items of one name for the same type."""
    by_name: dict[tuple[Any, str, bool], list[tuple[DefId, DefId]]] = {}
    from .simplify import key_of

    for impl in impls:
        key = key_of(tcx.impl_header(impl).self_ty)
        for item in tcx.associated_items(impl):
            by_name.setdefault((key, item.name, item.kind == "type"), []).append((impl, item.def_id))
    for (_, name, _), same in by_name.items():
        for i, (impl, found_item) in enumerate(same):
            for other_impl, other in same[:i]:
                if impl == other_impl or _same_self(tcx, impl, other_impl):
                    found = error(tcx.def_data(other).span, f"duplicate definitions with name `{name}`", "E0592",
                                  f"duplicate definitions for `{name}`")  # fmt: skip
                    tcx.diag.emit(found.label(tcx.def_data(found_item).span, f"other definition for `{name}`"))
                    break


def _same_self(tcx: TyCtxt, a: DefId, b: DefId) -> bool:
    cx = InferCtxt(tcx)
    left, right = cx.fresh_args_for_item(a), cx.fresh_args_for_item(b)
    if not cx.eq(subst(tcx.impl_header(a).self_ty, left), subst(tcx.impl_header(b).self_ty, right)):
        return False
    for item, args in ((a, left), (b, right)):
        for pred, _ in tcx.predicates_of(item):
            if cx.evaluate(Obligation(MISC, EMPTY_ENV, subst_predicate(pred, args))) >= ERR:
                return False
    return True


# -- where an impl may stand ------------------------------------------------------------------------


def check_orphan(tcx: TyCtxt, data: DefData, header: ImplHeader) -> bool:
    """Whether the impl may stand in its crate; if not, that was reported."""
    unresolved = header.trait_ref is None and data.node.kind.trait_ is not None
    if header.self_ty.flags & HAS_ERROR or unresolved:
        return True
    if header.trait_ref is None:
        _check_inherent(tcx, data, header.self_ty)
    elif tcx.def_data(header.trait_ref.def_id).krate != data.krate:
        return _check_foreign_trait(tcx, data, header.trait_ref)
    return True


def _check_inherent(tcx: TyCtxt, data: DefData, ty: Ty) -> None:
    span = data.node.kind.self_ty.span
    if isinstance(ty, (t.Adt, t.Foreign)):
        if tcx.def_data(ty.def_id).krate != data.krate:
            message = "cannot define inherent `impl` for a type outside of the crate where the type is defined"
            tcx.diag.emit(error(span, message, "E0116", "impl for type defined outside of crate"))
    elif isinstance(ty, t.Dynamic):
        if ty.principal is None or tcx.def_data(ty.principal[0]).krate != data.krate:
            message = "cannot define inherent `impl` for a type outside of the crate where the type is defined"
            tcx.diag.emit(error(span, message, "E0116", "impl for type defined outside of crate"))
    elif isinstance(ty, (t.Param, t.Alias, t.Opaque)):
        message = "no nominal type found for inherent implementation"
        tcx.diag.emit(error(span, message, "E0118", "impl requires a nominal type"))
    else:
        found = error(span, "cannot define inherent `impl` for primitive types", "E0390")
        tcx.diag.emit(found.help("consider using an extension trait instead"))


_FUNDAMENTAL = ("Box", "Pin")


def _is_local(tcx: TyCtxt, ty: Any, krate: str) -> bool:
    if isinstance(ty, t.Ref):
        return _is_local(tcx, ty.ty, krate)
    if isinstance(ty, (t.Adt, t.Foreign)):
        data = tcx.def_data(ty.def_id)
        if data.krate == krate:
            return True
        return data.name in _FUNDAMENTAL and bool(ty.args) and _is_local(tcx, ty.args[0], krate)  # type: ignore[union-attr]
    if isinstance(ty, t.Dynamic):
        return ty.principal is not None and tcx.def_data(ty.principal[0]).krate == krate
    return False


def _uncovered(tcx: TyCtxt, ty: Any) -> Optional[t.Param]:
    if isinstance(ty, t.Param):
        return ty
    if isinstance(ty, t.Ref) or (isinstance(ty, t.Adt) and tcx.def_data(ty.def_id).name in _FUNDAMENTAL):
        return next((p for p in (_uncovered(tcx, c) for c in children(ty)) if p is not None), None)
    return None


def _check_foreign_trait(tcx: TyCtxt, data: DefData, trait_ref: TraitRef) -> bool:
    span = head_span(tcx, data.id)
    for arg in trait_ref.args:
        if _is_local(tcx, arg, data.krate):
            return True
        param = _uncovered(tcx, arg)
        if param is not None:
            text = f"type parameter `{param.name}` must be used as the type parameter for some local type"
            message = f"{text} (e.g., `MyStruct<{param.name}>`)"
            tcx.diag.emit(error(_param_span(tcx, data, param), message, "E0210", text))
            return False
    message = f"only traits defined in the current crate can be implemented for {_foreign_kind(trait_ref.args[0])}"
    tcx.diag.emit(error(span, message, "E0117", "impl doesn't use only types from inside the current crate"))
    return False


def _param_span(tcx: TyCtxt, data: DefData, param: t.Param) -> Span:
    return tcx.def_data(tcx.generics_of(data.id).params[param.index].def_id).span


def _foreign_kind(ty: Any) -> str:
    if isinstance(ty, (t.Adt, t.Foreign)):
        return "types defined outside of the crate"
    if isinstance(ty, (t.Int, t.Float, t.Bool, t.Char, t.Str)):
        return "primitive types"
    return "arbitrary types"


# -- Copy, Drop -------------------------------------------------------------------------------------


_PRIMITIVE = (t.Int, t.Float, t.Bool, t.Char, t.Never, t.RawPtr, t.Array)


def check_copy(tcx: TyCtxt, data: DefData, header: ImplHeader) -> None:
    """E0204, E0184, E0206."""
    impl: ast.Impl = data.node.kind
    ty = header.self_ty
    assert impl.trait_ is not None
    span = impl.trait_.span
    if span_ctxt(span) and isinstance(ty, t.Adt):  # derived
        span = tcx.def_data(ty.def_id).node.ident.span
    if isinstance(ty, _PRIMITIVE) or (isinstance(ty, t.Ref) and not ty.mutbl):
        return  # the library's own impls
    if not isinstance(ty, t.Adt):
        message = "the trait `Copy` cannot be implemented for this type"
        tcx.diag.emit(error(impl.self_ty.span, message, "E0206", "type is not a structure or enumeration"))
        return
    env = tcx.query("param_env", data.id)
    for variant in tcx.adt_def(ty.def_id).variants:
        for field in variant.fields:
            field_ty = InferCtxt(tcx).normalize(MISC, env, subst(tcx.type_of(field.def_id), ty.args))[0]
            if not field_ty.flags & HAS_ERROR and not implements(tcx, env, tcx.require_lang_item("copy"), (field_ty,)):
                found = error(span, "the trait `Copy` cannot be implemented for this type", "E0204")
                at = tcx.def_data(field.def_id)
                tcx.diag.emit(found.label(at.node.ty.span, "this field does not implement `Copy`"))
                return
    if tcx.query("adt_destructor", ty.def_id) is not None:
        message = "the trait `Copy` cannot be implemented for this type; the type has a destructor"
        tcx.diag.emit(error(span, message, "E0184", "`Copy` not allowed on types with destructors"))


def check_drop(tcx: TyCtxt, data: DefData, header: ImplHeader) -> None:
    """E0120, E0366: a `Drop` impl is for a type of the crate, and for every instance of it."""
    ty = header.self_ty
    if not isinstance(ty, t.Adt) or tcx.def_data(ty.def_id).krate != data.krate:
        message = "the `Drop` trait may only be implemented for local structs, enums, and unions"
        label = "must be a struct, enum, or union in the current crate"
        tcx.diag.emit(error(data.node.kind.self_ty.span, message, "E0120", label))
        return
    params = [a for a in ty.args if isinstance(a, (t.Param, t.ConstParam))]
    if len(params) != len(ty.args) or len(set(params)) != len(params):
        adt = tcx.adt_def(ty.def_id).kind
        message = "`Drop` impls cannot be specialized"
        found = error(head_span(tcx, data.id), message, "E0366")
        tcx.diag.emit(found.note(f"use the same sequence of generic type and const parameters as the {adt} definition"))
        return
    _check_drop_bounds(tcx, data, ty)


def _check_drop_bounds(tcx: TyCtxt, data: DefData, ty: t.Adt) -> None:
    """E0367: a `Drop` impl asks for no more than the type itself does."""
    from .obligation import predicate_to_string
    from .param_env import env_of_predicates

    own = [subst_predicate(p, ty.args) for p, _ in tcx.predicates_of(ty.def_id)]
    env = env_of_predicates(tcx, own)
    for pred, span in tcx.predicates_of(data.id):
        if not InferCtxt(tcx).predicate_must_hold(Obligation(MISC, env, pred)):
            kind = tcx.adt_def(ty.def_id).kind
            shown = predicate_to_string(pred)
            message = f"`Drop` impl requires `{shown}` but the {kind} it is implemented for does not"
            found = error(Span(span), message, "E0367")
            tcx.diag.emit(found.span_note(tcx.def_span(ty.def_id), "the implementor must specify the same requirement"))
            return
