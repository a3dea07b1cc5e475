"""Checks of a crate's items beyond their bodies: impls, coherence, well-formedness of signatures.

`check_crate(tcx, krate)` reports in `tcx.diag`.  To add a check: a function here or in `check_impls.py`,
`coherence.py`, `check_types.py`, called from `_check_item`.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..base.diagnostics import CompileError, error
from ..hir.lifetimes import check_lifetimes
from ..resolve.defs import DefData
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import TraitPredicate
from ..ty.ty import HAS_ERROR, DefId, Ty
from . import check_repr, check_types, coherence, dyn_compat
from .check_impls import check_members, check_trait_impl, unconstrained_params
from .error_reporting import report_errors
from .fulfill import FulfillmentContext
from .infer import InferCtxt
from .obligation import ObligationCause
from .wf import Wf


def check_crate(tcx: TyCtxt, krate: str) -> None:
    """Check every item of `krate`."""
    items = list(tcx.defs.of(krate))
    for data in items:
        check_item(tcx, data)
    orphans = tcx._memo.setdefault("orphans", {})
    impls = [d.id for d in items if d.kind == "impl" and d.id not in orphans and data_ok(tcx, d)]
    of_traits = [i for i in impls if tcx.impl_header(i).trait_ref is not None]
    _guarded(tcx, lambda: coherence.check_overlaps(tcx, of_traits))
    inherent = [i for i in impls if tcx.impl_header(i).trait_ref is None and tcx.def_data(i).node.kind.trait_ is None]
    _guarded(tcx, lambda: coherence.check_inherent_overlaps(tcx, inherent))


def data_ok(tcx: TyCtxt, data: DefData) -> bool:
    try:
        return not tcx.impl_header(data.id).self_ty.flags & HAS_ERROR
    except CompileError:
        return False


def check_item(tcx: TyCtxt, data: DefData) -> None:
    _guarded(tcx, lambda: check_lifetimes(tcx, data))
    case = _CHECK.get(data.kind)
    if case is not None:
        _guarded(tcx, lambda: case(tcx, data))


def _guarded(tcx: TyCtxt, run: Callable[[], Any]) -> None:
    try:
        run()
    except CompileError as failure:
        tcx.diag.emit_all(failure)


# -- one item ---------------------------------------------------------------------------------------


def _impl(tcx: TyCtxt, data: DefData) -> None:
    tcx.predicates_of(data.id)
    header = tcx.impl_header(data.id)
    if header.self_ty.flags & HAS_ERROR:
        return
    if not coherence.check_orphan(tcx, data, header):
        tcx._memo.setdefault("orphans", {})[data.id] = True
    for kind, name, def_id in unconstrained_params(tcx, data, header):
        message = f"the {kind} parameter `{name}` is not constrained by the impl trait, self type, or predicates"
        tcx.diag.emit(error(tcx.def_data(def_id).span, message, "E0207", f"unconstrained {kind} parameter"))
    if header.trait_ref is None:
        if data.node.kind.trait_ is None:
            _well_formed(tcx, data, [(header.self_ty, data.node.kind.self_ty.span)])
        return
    lang = tcx.resolver.lang_name(header.trait_ref.def_id)
    if lang in ("sized", "pointee_trait", "discriminant_kind", "unsize"):
        name = tcx.def_data(header.trait_ref.def_id).name
        message = f"explicit impls for the `{name}` trait are not permitted"
        code = "E0328" if lang == "unsize" else "E0322"
        tcx.diag.emit(error(tcx.def_span(data.id), message, code, f"impl of `{name}` not allowed"))
        return
    check_members(tcx, data, header.trait_ref)
    if header.trait_ref.def_id == tcx.lang_item("copy") and not header.negative:
        before = tcx.diag.error_count
        coherence.check_copy(tcx, data, header)
        if tcx.diag.error_count > before:
            return
    check_trait_impl(tcx, data, header)
    _well_formed(tcx, data, [(header.self_ty, data.node.kind.self_ty.span)])
    if header.trait_ref.def_id == tcx.lang_item("drop"):
        coherence.check_drop(tcx, data, header)


def _well_formed(tcx: TyCtxt, data: DefData, types: list[tuple[Ty, Any]], sized: Optional[str] = None) -> None:
    """Each type is meaningful in the item's environment, and no `dyn` in it is impossible."""
    env = tcx.query("param_env", data.id)
    cx = InferCtxt(tcx)
    fulfill = FulfillmentContext(cx)
    for ty, span in types:
        _check_dyn(tcx, ty, span)
        wf = Wf(cx, env, span).ty(ty)
        if sized is not None and not ty.flags & HAS_ERROR:
            wf.sized(ty, sized)
        fulfill.register_all(wf.out)
    report_errors(cx, [e for e in fulfill.select_all_or_error() if e.kind != "ambiguity"])


def _check_dyn(tcx: TyCtxt, ty: Ty, span: Any) -> None:
    from ..ty.fold import walk

    def visit(part: Ty) -> None:
        if isinstance(part, t.Dynamic) and part.principal is not None:
            failure = dyn_compat.dyn_error(tcx, span, part.principal[0])
            if failure is not None:
                tcx.diag.emit(failure)

    walk(ty, visit)


def _adt(tcx: TyCtxt, data: DefData) -> None:
    adt = tcx.adt_def(data.id)
    tcx.predicates_of(data.id)
    for variant in adt.variants:
        for i, field in enumerate(variant.fields):
            node = tcx.def_data(field.def_id).node
            last = i == len(variant.fields) - 1 and adt.kind == "struct"
            what = {"struct": "only the last field of a struct may have a dynamically sized type",
                    "enum": "no field of an enum variant may have a dynamically sized type",
                    "union": "no field of a union may have a dynamically sized type"}[adt.kind]  # fmt: skip
            _well_formed(tcx, data, [(tcx.type_of(field.def_id), node.ty.span)], None if last else what)
    check_types.check_recursive(tcx, data)
    check_repr.check_repr(tcx, data)
    check_types.check_unused_params(tcx, data)


def _function(tcx: TyCtxt, data: DefData) -> None:
    func = data.node.kind
    tcx.predicates_of(data.id)
    sig = tcx.fn_sig(data.id)
    spans = [func.self_param.span] if func.self_param is not None else []
    spans += [p.ty.span for p in func.params]
    types: list[tuple[Ty, Any]] = list(zip(sig.inputs, spans))
    if func.output is not None and not func.is_async:
        types.append((sig.output, func.output.span))
    _well_formed(tcx, data, types)


def _value(tcx: TyCtxt, data: DefData) -> None:
    node = data.node.kind
    if node.ty is None:
        return
    what = None if data.kind == "assoc_const" else "statics and constants must have a statically known size"
    _well_formed(tcx, data, [(tcx.type_of(data.id), node.ty.span)], what)
    if data.kind == "static" and not node.mutbl and data.attr("thread_local") is None:
        _check_sync(tcx, data, tcx.type_of(data.id), node.ty.span)


def _check_sync(tcx: TyCtxt, data: DefData, ty: Ty, span: Any) -> None:
    """Every thread sees a static."""
    sync = tcx.lang_item("sync")
    if sync is None or ty.flags & HAS_ERROR or tcx.def_data(data.parent).kind == "foreign_mod":  # type: ignore[arg-type]
        return
    cx = InferCtxt(tcx)
    fulfill = FulfillmentContext(cx)
    cause = ObligationCause(span, what="shared static variables must have a type that implements `Sync`")
    fulfill.register_bound(ty, sync, cause, tcx.query("param_env", data.id))
    report_errors(cx, fulfill.select_all_or_error())


def _trait(tcx: TyCtxt, data: DefData) -> None:
    tcx.predicates_of(data.id)
    tcx.query("super_predicates_of", data.id)
    _check_supertrait_cycle(tcx, data)


def _check_supertrait_cycle(tcx: TyCtxt, data: DefData) -> None:
    """E0391: a trait that is its own supertrait; reported at the one of the cycle that was defined first."""
    seen: set[DefId] = set()
    todo = [data.id]
    while todo:
        for pred in tcx.query("super_predicates_of", todo.pop()):
            if not isinstance(pred, TraitPredicate):
                continue
            above = pred.trait_ref.def_id
            if above == data.id and all(d >= data.id for d in seen):
                message = f"cycle detected when computing the super predicates of `{data.name}`"
                tcx.diag.emit(error(tcx.def_span(data.id), message, "E0391"))
                return
            if above not in seen:
                seen.add(above)
                todo.append(above)


def _assoc_ty(tcx: TyCtxt, data: DefData) -> None:
    if data.parent is None or not data.name:
        return
    if tcx.def_data(data.parent).kind == "trait":
        tcx.query("item_bounds", data.id)
    elif data.node.kind.ty is not None:
        _well_formed(tcx, data, [(tcx.type_of(data.id), data.node.kind.ty.span)])


def _alias(tcx: TyCtxt, data: DefData) -> None:
    tcx.type_of(data.id)


_CHECK: dict[str, Callable[[TyCtxt, DefData], None]] = {
    "impl": _impl,
    "struct": _adt,
    "enum": _adt,
    "union": _adt,
    "fn": _function,
    "assoc_fn": _function,
    "const": _value,
    "static": _value,
    "assoc_const": _value,
    "trait": _trait,
    "assoc_ty": _assoc_ty,
    "ty_alias": _alias,
}

__all__ = ["DefId", "check_crate"]
