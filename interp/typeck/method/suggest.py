"""E0599 and its relatives: no such method, and what might have been meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Optional

from ...base.span import Span, mk_span, span_file
from ...hir import hir
from ...traits.impls import ImplIndex
from ...traits.obligation import predicate_to_string
from ...ty import ty as t
from ...ty.ty import Ty
from .probe import Candidate, Probe, items_by_name

if TYPE_CHECKING:
    from ..fn_ctxt import FnCtxt


def report_no_method(fcx: FnCtxt, expr: hir.MethodCall, self_ty: Ty, probe: Probe) -> None:
    if fcx.resolve(self_ty).flags & t.HAS_ERROR:
        fcx.tainted = True
        return
    name, span = expr.segment.name, expr.segment.span
    no_match = probe.no_match
    if no_match.ambiguous:
        report_ambiguous(fcx, span, no_match.ambiguous)
        return
    if no_match.bad_ty is not None:
        from ..errors import report_needs_annotation

        if not fcx.tainted:  # an earlier error may be why it is not known
            report_needs_annotation(fcx, no_match.bad_ty, expr.receiver.span)
        return
    if no_match.private is not None:
        fcx.error(span, f"method `{name}` is private", "E0624", "private method")
        return
    if type(self_ty) is t.Infer and self_ty.kind != "ty" and numeric_has(fcx, self_ty, name):
        report_ambiguous_numeric(fcx, expr, self_ty)
        return
    report_unknown_method(fcx, expr, self_ty, probe)


def report_ambiguous(fcx: FnCtxt, span: Any, candidates: list[Candidate]) -> None:
    found = fcx.error(
        span, "multiple applicable items in scope", "E0034", f"multiple `{candidates[0].item.name}` found"
    )
    for i, candidate in enumerate(candidates, 1):
        found.note(f"candidate #{i} is defined in `{fcx.tcx.path_str(candidate.item.container)}`")


def numeric_has(fcx: FnCtxt, ty: Any, name: str) -> bool:
    """Whether some number or some trait has such a method: it is the type that is not known."""
    from .probe import inherent_items

    if inherent_items(fcx.tcx, t.I32 if ty.kind == "int" else t.F64, name):
        return True
    return any(items_by_name(fcx.tcx, d.id).get(name) for d in list(fcx.tcx.defs.table) if d.kind == "trait" and d.name)


def report_ambiguous_numeric(fcx: FnCtxt, expr: hir.MethodCall, ty: Ty) -> None:
    name, shown = expr.segment.name, fcx.show(ty)
    found = fcx.error(expr.segment.span, f"can't call method `{name}` on ambiguous numeric type `{shown}`", "E0689")
    concrete = "i32" if shown == "{integer}" else "f32"
    found.help(f"you must specify a concrete type for this numeric value, like `{concrete}`")


def report_unknown_method(fcx: FnCtxt, expr: hir.MethodCall, self_ty: Ty, probe: Probe) -> None:
    name, shown = expr.segment.name, fcx.show_expr_ty(expr.receiver, self_ty)
    what, label = describe(fcx, self_ty), f"method not found in `{shown}`"
    unsatisfied = probe.no_match.unsatisfied
    if unsatisfied:
        message = f"the method `{name}` exists for {what} `{shown}`, but its trait bounds were not satisfied"
        label = f"method cannot be called on `{shown}` due to unsatisfied trait bounds"
        found = fcx.error(expr.segment.span, message, "E0599", label)
        lines = list(dict.fromkeys(f"`{predicate_to_string(p)}`" for _, p in unsatisfied))
        found.note("the following trait bounds were not satisfied:\n" + "\n".join(lines))
        return
    found = fcx.error(
        expr.segment.span, f"no method named `{name}` found for {what} `{shown}` in the current scope", "E0599", label
    )
    if probe.no_match.static:
        found.label(expr.segment.span, "this is an associated function, not a method")
        found.note(
            "found the following associated functions; to be used as methods, functions must have a `self` parameter"
        )
        return
    if has_field(fcx, self_ty, name):
        found.help(f"to call the closure stored in `{name}`, surround the field access with parentheses")
        return
    similar = similar_method(fcx, probe, name)
    if similar:
        found.help(f"there is a method `{similar}` with a similar name")
    else:
        suggest_trait(fcx, found, probe, name)


def describe(fcx: FnCtxt, ty: Ty) -> str:
    kind = type(ty)
    if kind is t.Adt:
        return fcx.tcx.adt_def(ty.def_id).kind  # type: ignore[attr-defined]
    names: dict[type, str] = {
        t.Ref: "reference", t.Param: "type parameter", t.Tuple: "tuple", t.Array: "array", t.Closure: "closure",
        t.FnDef: "fn item", t.FnPtr: "fn pointer", t.RawPtr: "raw pointer", t.Alias: "associated type",
        t.Opaque: "opaque type", t.Slice: "slice",
    }  # fmt: skip
    return names.get(kind, "type")


def has_field(fcx: FnCtxt, ty: Ty, name: str) -> bool:
    if type(ty) is not t.Adt:
        return False
    adt = fcx.tcx.adt_def(ty.def_id)
    return adt.kind != "enum" and adt.variants[0].field_index(name) is not None


def similar_method(fcx: FnCtxt, probe: Probe, name: str) -> str:
    names: dict[str, None] = {}
    for step in probe.steps:
        for impl in ImplIndex.of(fcx.tcx).inherent_impls(step.ty):
            for item in fcx.tcx.associated_items(impl):
                if item.has_self:
                    names[item.name] = None
        if type(step.ty) is t.Param:
            for trait_refs in fcx.param_env.traits.values():
                for trait_ref in trait_refs:
                    if trait_ref.args[0] is step.ty:
                        names.update(dict.fromkeys(items_by_name(fcx.tcx, trait_ref.def_id)))
    close = get_close_matches(name, names, 1, 0.7)
    return close[0] if close else ""


def suggest_trait(fcx: FnCtxt, found: Any, probe: Probe, name: str) -> None:
    """A trait that is implemented for the type but not in scope."""
    tcx = fcx.tcx
    candidates = []
    for data in [d for d in tcx.defs.table if d.kind == "trait" and d.name]:
        if not items_by_name(tcx, data.id).get(name) or not tcx.resolver.is_accessible_from(data.vis, fcx.scope.module):
            continue
        args = fcx.infcx.fresh_args_for_item(data.id)
        if any(
            type(step.ty) is not t.Infer
            and fcx.infcx.type_implements_trait(data.id, (step.ty, *args[1:]), fcx.param_env)
            for step in probe.steps
        ):
            candidates.append(data)
    if candidates:
        found.help("items from traits can only be used if the trait is in scope")
    for data in candidates:
        krate, _, rest = tcx.path_str(data.id).partition("::")
        path = f"{'std' if krate in ('core', 'alloc', 'std') else 'crate'}::{rest}"
        text = f"trait `{data.name}` which provides `{name}` is implemented but not in scope; perhaps you want to "
        text += "import it"
        at = _first_item(fcx)
        if at is None:
            found.help(f"{text}: `use {path};`")
        else:
            found.suggest(text, (at, f"use {path};\n"))


def _first_item(fcx: FnCtxt) -> Optional[Span]:
    """Where the crate's items begin, if the body stands in its root: a `use` goes there."""
    if fcx.tcx.def_data(fcx.scope.module.normal.def_id).parent is not None:
        return None
    span = fcx.body.span
    text = fcx.tcx.source_map.file_of(span).text
    found = re.match(rb"(?:\s+|//[^\n]*\n|#!\[[^\n]*\n)*", text)
    at = found.end() if found is not None else 0
    return mk_span(span_file(span), at, at)
