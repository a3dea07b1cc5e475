"""Struct, variant and union literals; fields of values."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Optional

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.items import AdtDef, FieldDef, VariantDef
from ..ty.ty import Ty
from .autoderef import Autoderef
from .expectation import Expected, only_has
from .fn_ctxt import checks
from .paths import lower_struct_path

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

StructPath = tuple[AdtDef, int, t.Adt]


def resolve_struct_path(fcx: FnCtxt, path: hir.Path, hir_id: int) -> Optional[StructPath]:
    """The ADT, the variant's index and the type that a literal's or pattern's path names."""
    found = lower_struct_path(fcx, path)
    if found is None:
        fcx.tainted = True
        return None
    ty, index = found
    fcx.tables.variants[hir_id] = index
    return fcx.tcx.adt_def(ty.def_id), index, ty


def accessible_field(fcx: FnCtxt, adt: AdtDef, field: FieldDef, scope: Any, span: Span) -> bool:
    if field.vis is None or fcx.tcx.resolver.is_accessible(field.vis, scope):
        return True
    shown = f"{adt.kind} `{fcx.tcx.def_data(adt.def_id).name}`"
    fcx.error(span, f"field `{field.name}` of {shown} is private", "E0451", "private field")
    return False


@checks(hir.Struct)
def check_struct(fcx: FnCtxt, expr: hir.Struct, expected: Expected) -> Ty:
    found = resolve_struct_path(fcx, expr.path, expr.id)
    if found is None:
        for _, value, _ in expr.fields:
            fcx.check_expr(value)
        if expr.base is not None:
            fcx.check_expr(expr.base)
        return t.ERROR
    adt, index, ty = found
    fcx.add_item_obligations(adt.def_id, ty.args, expr.path.span)
    field_ty = expected_struct(fcx, ty, expected)
    check_fields(fcx, expr, adt, adt.variants[index], ty, field_ty)
    if expr.base is not None:
        if adt.kind != "struct":
            fcx.check_expr(expr.base)
            message = "functional record update syntax requires a struct"
            fcx.error(expr.base.span, message, "E0436")
        else:
            fcx.check_coercible(expr.base, ty)
    fcx.require_sized(ty, expr.span, "struct literals")
    return ty


def expected_struct(fcx: FnCtxt, ty: t.Adt, expected: Expected) -> t.Adt:
    """`ty` with its arguments as the expectation has them, as a hint for the fields."""
    wanted = only_has(fcx, expected)
    if wanted is None or type(wanted) is not t.Adt or not ty.args or wanted.def_id != ty.def_id:
        return ty

    def run() -> Optional[Ty]:
        return fcx.resolve(ty) if fcx.infcx.eq(ty, wanted) else None

    hinted = fcx.probe(run)
    return hinted if isinstance(hinted, t.Adt) else ty


def check_fields(fcx: FnCtxt, expr: hir.Struct, adt: AdtDef, variant: VariantDef, ty: t.Adt, hint: t.Adt) -> None:
    seen: dict[int, Span] = {}
    inits: list[int] = []
    failed = False
    for name, value, span in expr.fields:
        at = variant.field_index(name)
        inits.append(-1 if at is None else at)
        if at is None:
            report_unknown_field(fcx, adt, variant, name, span)
            fcx.check_expr(value)
            failed = True
            continue
        if at in seen:
            found = fcx.error(span, f"field `{name}` specified more than once", "E0062", "used more than once")
            found.label(seen[at], f"first use of `{name}`")
        seen[at] = span
        failed |= not accessible_field(fcx, adt, variant.fields[at], expr.path.scope, span)
        check_field_value(fcx, variant.fields[at], value, ty, hint)
    fcx.tables.field_inits[expr.id] = inits
    if adt.kind == "union":
        if len(expr.fields) != 1 or expr.base is not None:
            fcx.error(expr.span, "union expressions should have exactly one field", "E0784")
    elif expr.base is None and len(seen) < len(variant.fields) and not failed:
        report_missing_fields(fcx, expr, variant, seen, fcx.tcx.def_data(adt.def_id).name, adt)


def check_field_value(fcx: FnCtxt, field: FieldDef, value: Any, ty: t.Adt, hint: t.Adt) -> None:
    from .expectation import has_type

    declared = fcx.field_ty(field, ty.args, value.span)
    hinted = declared if hint is ty else fcx.field_ty(field, hint.args, value.span)
    actual = fcx.check_expr(value, has_type(hinted))
    if hinted is not declared and fcx.coerce(value, actual, hinted) is not None and fcx.eq(declared, hinted):
        return
    fcx.demand_coerce(value, actual, declared)


def report_unknown_field(fcx: FnCtxt, adt: AdtDef, variant: VariantDef, name: str, span: Span) -> None:
    from .pat import describe_variant

    shown = describe_variant(fcx, adt, variant)
    if adt.kind == "enum":
        message, label = f"variant `{shown}` has no field named `{name}`", f"`{shown}` does not have this field"
        code = "E0559"
    else:
        message, label = f"{adt.kind} `{shown}` has no field named `{name}`", f"`{shown}` does not have this field"
        code = "E0560"
    names = [f.name for f in variant.fields]
    close = get_close_matches(name, names, 1, 0.6)
    found = fcx.error(span, message, code, "unknown field" if close else label)
    if close:
        found.help(f"a field with a similar name exists: `{close[0]}`")
    elif names:
        found.note("available fields are: " + ", ".join(f"`{n}`" for n in names[:5]))
    else:
        found.note("all struct fields are already assigned")


def report_missing_fields(
    fcx: FnCtxt, expr: hir.Struct, variant: VariantDef, seen: dict[int, Span], name: str, adt: AdtDef
) -> None:
    missing = [f"`{f.name}`" for i, f in enumerate(variant.fields) if i not in seen]
    if len(missing) <= 3:
        shown = missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + f" and {missing[-1]}"
    else:
        shown = ", ".join(missing[:3]) + f" and {len(missing) - 3} other field{'s' if len(missing) > 4 else ''}"
    plural = "s" if len(missing) > 1 else ""
    if adt.kind == "enum":
        name = f"{name}::{variant.name}"
    message = f"missing field{plural} {shown} in initializer of `{fcx.tcx.def_data(adt.def_id).name}`"
    fcx.error(expr.path.span, message, "E0063", f"missing {shown}")


# -- field access -----------------------------------------------------------------------------------


@checks(hir.Field)
def check_field(fcx: FnCtxt, expr: hir.Field, expected: Expected) -> Ty:
    base_ty = fcx.structurally_resolve(fcx.check_expr(expr.expr), expr.expr.span)
    private: Optional[tuple[AdtDef, FieldDef]] = None
    autoderef = Autoderef(fcx, base_ty, expr.span)
    for ty, count in autoderef.steps():
        kind = type(ty)
        if kind is t.Error:
            return t.ERROR
        found = None
        if kind is t.Adt:
            adt = fcx.tcx.adt_def(ty.def_id)  # type: ignore[attr-defined]
            at = adt.variants[0].field_index(expr.name) if adt.kind != "enum" and adt.variants else None
            if at is not None:
                field = adt.variants[0].fields[at]
                if field_visible(fcx, field):
                    found = at, fcx.field_ty(field, ty.args, expr.span)  # type: ignore[attr-defined]
                else:
                    private = private or (adt, field)
        elif kind is t.Tuple:
            at = int(expr.name) if expr.name.isdigit() else -1
            if 0 <= at < len(ty.tys):  # type: ignore[attr-defined]
                found = at, ty.tys[at]  # type: ignore[attr-defined]
        if found is not None:
            autoderef.commit()
            fcx.apply_adjustments(expr.expr, autoderef.adjust_steps(count))
            fcx.tables.fields[expr.id] = found[0]
            return found[1]
    return report_no_field(fcx, expr, base_ty, private)


def field_visible(fcx: FnCtxt, field: FieldDef) -> bool:
    return field.vis is None or bool(fcx.tcx.resolver.is_accessible(field.vis, fcx.scope))


def report_no_field(fcx: FnCtxt, expr: hir.Field, ty: Ty, private: Optional[tuple[AdtDef, FieldDef]]) -> Ty:
    ty = fcx.resolve(ty)
    shown, name = fcx.show_expr_ty(expr.expr, ty), expr.name
    if ty.flags & t.HAS_ERROR:
        fcx.tainted = True
        return t.ERROR
    if private is not None:
        owner = fcx.tcx.def_data(private[0].def_id).name
        fcx.error(expr.name_span, f"field `{name}` of {private[0].kind} `{owner}` is private", "E0616", "private field")
        return t.ERROR
    if has_method(fcx, expr, ty):
        found = fcx.error(
            expr.name_span,
            f"attempted to take value of method `{name}` on type `{shown}`",
            "E0615",
            "method, not a field",
        )
        found.help("use parentheses to call the method: `()`")
        return t.ERROR
    if type(ty) in (t.Int, t.Float, t.Bool, t.Char, t.Infer):
        fcx.error(expr.name_span, f"`{shown}` is a primitive type and therefore doesn't have fields", "E0610")
        return t.ERROR
    report_unknown(fcx, expr, ty, shown)
    return t.ERROR


def report_unknown(fcx: FnCtxt, expr: hir.Field, ty: Ty, shown: str) -> None:
    found = fcx.error(expr.name_span, f"no field `{expr.name}` on type `{shown}`", "E0609", "unknown field")
    names: list[str] = []
    for step, _ in Autoderef(fcx, ty, expr.span).steps():
        if type(step) is t.Adt:
            adt = fcx.tcx.adt_def(step.def_id)
            if adt.kind != "enum":
                names += [f.name for f in adt.variants[0].fields if field_visible(fcx, f)]
    close = get_close_matches(expr.name, names, 1, 0.6)
    if close:
        found.help(f"a field with a similar name exists: `{close[0]}`")
    elif names:
        plural = "s are" if len(names) > 1 else " is"
        found.note(f"available field{plural}: " + ", ".join(f"`{n}`" for n in names[:5]))


def has_method(fcx: FnCtxt, expr: hir.Field, ty: Ty) -> bool:
    from .method.probe import Probe

    if expr.name.isdigit():
        return False
    return Probe(fcx, expr.name_span, ty, expr.name, fcx.scope, method=True).pick() is not None
