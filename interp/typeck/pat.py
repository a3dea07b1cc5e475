"""Patterns: their types, default binding modes, and the implicit derefs these insert.

`check_pat(fcx, pat, expected, mode)` where `mode` is the default binding mode: "value", "ref" or "ref mut".
To add a pattern: a function entered in `_CHECK`, its case in `writeback_pat.py` and `exhaustive*.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Optional

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.items import AdtDef, VariantDef
from ..ty.ty import Ty
from .expectation import has_type
from .tables import ValueRes

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

Mode = str
_TRANSPARENT = (hir.PatBinding, hir.PatWild, hir.PatOr, hir.PatRef)


def check_pat_top(fcx: FnCtxt, pat: Any, expected: Ty) -> None:
    check_pat(fcx, pat, expected, "value")


def check_pat(fcx: FnCtxt, pat: Any, expected: Ty, mode: Mode) -> None:
    kind = type(pat)
    if kind not in _TRANSPARENT and peels(fcx, pat):
        expected, mode = peel_refs(fcx, pat, expected, mode)
    elif kind is hir.PatRef:
        mode = pattern_under_ref(fcx, pat, mode)
    ty = _CHECK[kind](fcx, pat, expected, mode)
    fcx.tables.node_tys[pat.id] = ty


def peels(fcx: FnCtxt, pat: Any) -> bool:
    """Whether references around the value are looked through: not for string literals nor constants of such type."""
    if type(pat) is hir.PatLit:
        lit = pat.expr
        return not (type(lit) is hir.Lit and lit.kind in ("str", "bytestr", "cstr"))
    if type(pat) is hir.PatPath:
        value = resolve_path(fcx, pat)
        return value.kind == "ctor" or value.kind == "err"
    return True


def peel_refs(fcx: FnCtxt, pat: Any, expected: Ty, mode: Mode) -> tuple[Ty, Mode]:
    ty = fcx.structurally_resolve_if_possible(expected)
    derefs: list[Ty] = []
    while type(ty) is t.Ref:
        derefs.append(ty)
        mode = "ref mut" if ty.mutbl and mode != "ref" else "ref"
        ty = fcx.structurally_resolve_if_possible(ty.ty)
    if derefs:
        fcx.tables.pat_adjusts[pat.id] = derefs
    return ty, mode


def pattern_under_ref(fcx: FnCtxt, pat: Any, mode: Mode) -> Mode:
    return "value"


# -- leaves -----------------------------------------------------------------------------------------


def check_wild(fcx: FnCtxt, pat: hir.PatWild, expected: Ty, mode: Mode) -> Ty:
    return expected


def check_binding(fcx: FnCtxt, pat: hir.PatBinding, expected: Ty, mode: Mode) -> Ty:
    outer = mode
    if pat.ref_ is not None:
        mode = pat.ref_
    elif pat.mutbl:
        mode = mode if fcx.body.edition >= 2024 else "value"
    fcx.tables.pat_modes[pat.id] = mode
    var_ty = expected if mode == "value" else t.mk_ref(expected, mode == "ref mut")
    local = fcx.tables.locals.get(pat.var)
    if local is None:
        fcx.tables.locals[pat.var] = var_ty
    else:
        fcx.demand_eq(pat.span, local, var_ty)
    if pat.id != pat.var:
        fcx.tables.locals[pat.id] = var_ty
    fcx.require_sized(var_ty, pat.span, "all local variables")
    if pat.sub is not None:
        check_pat(fcx, pat.sub, expected, outer)
    return expected


def check_lit(fcx: FnCtxt, pat: hir.PatLit, expected: Ty, mode: Mode) -> Ty:
    lit = pat.expr
    ty = fcx.check_expr(lit, has_type(expected))
    if type(lit) is hir.Lit and lit.kind == "bytestr":
        resolved = fcx.structurally_resolve_if_possible(expected)
        if type(resolved) is t.Ref and type(fcx.shallow(resolved.ty)) is t.Slice:
            ty = t.mk_ref(t.mk_slice(t.U8), False)
            fcx.write_ty(lit.id, ty)
    demand_pat_eq(fcx, pat.span, expected, ty)
    return ty


def demand_pat_eq(fcx: FnCtxt, span: Span, expected: Ty, actual: Ty) -> bool:
    if fcx.infcx.eq(expected, actual):
        return True
    from .errors import report_pat_mismatch

    report_pat_mismatch(fcx, span, expected, actual)
    return False


def check_range(fcx: FnCtxt, pat: hir.PatRange, expected: Ty, mode: Mode) -> Ty:
    for end in (pat.lo, pat.hi):
        if end is None:
            continue
        ty = fcx.structurally_resolve_if_possible(fcx.check_expr(end, has_type(expected)))
        if not (type(ty) in (t.Int, t.Float, t.Char, t.Error) or (type(ty) is t.Infer and ty.kind != "ty")):
            label = f"this is of type `{fcx.show(ty)}` but it should be `char` or numeric"
            fcx.error(pat.span, "only `char` and numeric types are allowed in range patterns", "E0029").label(
                end.span, label
            )
            return t.ERROR
        demand_pat_eq(fcx, pat.span, expected, ty)
    return expected


# -- paths ------------------------------------------------------------------------------------------


def resolve_path(fcx: FnCtxt, pat: Any) -> ValueRes:
    found = fcx.tables.paths.get(pat.id)
    if found is None:
        from .paths import resolve_value_path

        found = resolve_value_path(fcx, pat.path, pat.span)
        fcx.tables.paths[pat.id] = found
    return found


def check_path(fcx: FnCtxt, pat: hir.PatPath, expected: Ty, mode: Mode) -> Ty:
    value = resolve_path(fcx, pat)
    from .paths import value_ty

    if value.kind == "err":
        return t.ERROR
    ty = value_ty(fcx, value, pat.span)
    if value.kind == "ctor":
        variant = variant_of_ctor(fcx, value.def_id)[1]
        if variant.ctor_kind != "unit":
            what = "tuple variant" if fcx.tcx.def_data(value.def_id).ctor_of else "tuple struct"
            name = fcx.tcx.source_map.snippet(pat.path.span)
            fcx.error(pat.span, f"expected unit struct, unit variant or constant, found {what} `{name}`", "E0532")
            return t.ERROR
    elif value.kind not in ("const", "const_param"):
        name = fcx.tcx.source_map.snippet(pat.path.span)
        fcx.error(pat.span, f"expected unit struct, unit variant or constant, found `{name}`", "E0533")
        return t.ERROR
    demand_pat_eq(fcx, pat.span, expected, ty)
    return ty


def variant_of_ctor(fcx: FnCtxt, ctor: int) -> tuple[AdtDef, VariantDef, int]:
    tcx = fcx.tcx
    data = tcx.def_data(ctor)
    owner = tcx.def_data(data.ctor_of)  # type: ignore[arg-type]
    adt_id = owner.parent if owner.kind == "variant" else owner.id
    adt = tcx.adt_def(adt_id)  # type: ignore[arg-type]
    for i, variant in enumerate(adt.variants):
        if variant.ctor == ctor:
            return adt, variant, i
    raise AssertionError("a constructor without its variant")


def check_tuple_struct(fcx: FnCtxt, pat: hir.PatTupleStruct, expected: Ty, mode: Mode) -> Ty:
    value = resolve_path(fcx, pat)
    name = fcx.tcx.source_map.snippet(pat.path.span)
    if value.kind != "ctor":
        if value.kind != "err":
            what = {"fn": "function", "const": "constant"}.get(value.kind, value.kind)
            code = "E0164" if value.kind == "fn" else "E0532"
            fcx.error(pat.span, f"expected tuple struct or tuple variant, found {what} `{name}`", code)
        return check_erroneous(fcx, pat.pats)
    adt, variant, index = variant_of_ctor(fcx, value.def_id)
    if variant.ctor_kind != "tuple":
        fcx.error(pat.span, f"expected tuple struct or tuple variant, found unit variant `{name}`", "E0532")
        return check_erroneous(fcx, pat.pats)
    fcx.tables.variants[pat.id] = index
    ty = t.mk_adt(adt.def_id, value.args)
    demand_pat_eq(fcx, pat.span, expected, ty)
    resolved = fcx.shallow(expected)
    if isinstance(resolved, t.Adt):
        ty = resolved
    count = len(variant.fields)
    if len(pat.pats) > count or (pat.dotdot is None and len(pat.pats) < count):
        report_field_count(fcx, pat, name, variant, adt)
        check_erroneous(fcx, pat.pats)
        return ty
    for i, sub in with_positions(pat.pats, pat.dotdot, count):
        check_pat(fcx, sub, fcx.field_ty(variant.fields[i], ty.args, sub.span), mode)
    return ty


def with_positions(pats: list[Any], dotdot: Optional[int], count: int) -> list[tuple[int, Any]]:
    """Each sub-pattern with the index of its field, `..` skipped."""
    if dotdot is None:
        return list(enumerate(pats))
    gap = count - len(pats)
    return [(i if i < dotdot else i + gap, sub) for i, sub in enumerate(pats)]


def report_field_count(fcx: FnCtxt, pat: hir.PatTupleStruct, name: str, variant: VariantDef, adt: AdtDef) -> None:
    have, want = len(pat.pats), len(variant.fields)
    what = "tuple variant" if adt.kind == "enum" else "tuple struct"
    fields, pats = "" if want == 1 else "s", "" if have == 1 else "s"
    message = f"this pattern has {have} field{pats}, but the corresponding {what} has {want} field{fields}"
    fcx.error(pat.span, message, "E0023", f"expected {want} field{fields}, found {have}")


def check_erroneous(fcx: FnCtxt, pats: list[Any]) -> Ty:
    fcx.tainted = True
    for sub in pats:
        check_pat(fcx, sub, t.ERROR, "value")
    return t.ERROR


def check_struct(fcx: FnCtxt, pat: hir.PatStruct, expected: Ty, mode: Mode) -> Ty:
    from .structs import resolve_struct_path

    found = resolve_struct_path(fcx, pat.path, pat.id)
    if found is None:
        return check_erroneous(fcx, [sub for _, sub, _ in pat.fields])
    adt, index, ty = found
    demand_pat_eq(fcx, pat.span, expected, ty)
    resolved = fcx.shallow(expected)
    if type(resolved) is t.Adt and resolved.def_id == ty.def_id:
        ty = resolved
    check_struct_fields(fcx, pat, adt, index, ty, mode)
    return ty


def check_struct_fields(fcx: FnCtxt, pat: hir.PatStruct, adt: AdtDef, index: int, ty: t.Adt, mode: Mode) -> None:
    from .structs import accessible_field

    variant = adt.variants[index]
    if variant.ctor_kind == "tuple" and any(not name.isdigit() for name, _, _ in pat.fields):
        name = fcx.tcx.source_map.snippet(pat.path.span)
        fcx.error(pat.span, f"tuple variant `{name}` written as struct variant", "E0769")
        check_erroneous(fcx, [sub for _, sub, _ in pat.fields])
        return
    seen: dict[int, Span] = {}
    inits: list[int] = []
    what = f"{'variant' if adt.kind == 'enum' else adt.kind} `{describe_variant(fcx, adt, variant)}`"
    for name, sub, span in pat.fields:
        at = variant.field_index(name)
        inits.append(-1 if at is None else at)
        if at is None:
            message = f"{what} does not have a field named `{name}`"
            fcx.error(
                span,
                message,
                "E0026",
                f"{what.split()[0]} `{describe_variant(fcx, adt, variant)}` does not have this field",
            )
            check_pat(fcx, sub, t.ERROR, mode)
            continue
        if at in seen:
            message = f"field `{name}` bound multiple times in the pattern"
            fcx.error(span, message, "E0025", f"multiple uses of `{name}` in pattern")
        seen[at] = span
        accessible_field(fcx, adt, variant.fields[at], pat.path.scope, span)
        check_pat(fcx, sub, fcx.field_ty(variant.fields[at], ty.args, span), mode)
    fcx.tables.field_inits[pat.id] = inits
    missing = [f.name for i, f in enumerate(variant.fields) if i not in seen]
    if adt.kind == "union":
        check_union_pat(fcx, pat)
    elif missing and not pat.rest and -1 not in inits:
        names = ", ".join(f"`{n}`" for n in missing)
        plural = "s" if len(missing) > 1 else ""
        fcx.error(
            pat.span, f"pattern does not mention field{plural} {names}", "E0027", f"missing field{plural} {names}"
        )


def check_union_pat(fcx: FnCtxt, pat: hir.PatStruct) -> None:
    if len(pat.fields) != 1:
        fcx.error(pat.span, "union patterns should have exactly one field", "")
    if pat.rest:
        fcx.error(pat.span, "`..` cannot be used in union patterns", "")


def describe_variant(fcx: FnCtxt, adt: AdtDef, variant: VariantDef) -> str:
    name = fcx.tcx.def_data(adt.def_id).name
    return f"{name}::{variant.name}" if adt.kind == "enum" else name


# -- compound ---------------------------------------------------------------------------------------


def check_tuple(fcx: FnCtxt, pat: hir.PatTuple, expected: Ty, mode: Mode) -> Ty:
    resolved = fcx.structurally_resolve_if_possible(expected)
    count = len(pat.pats)
    if pat.dotdot is not None:
        if type(resolved) is t.Infer:
            resolved = fcx.structurally_resolve(expected, pat.span)
        count = max(len(resolved.tys), count) if type(resolved) is t.Tuple else count
    if type(resolved) is t.Tuple and len(resolved.tys) == count:
        ty = resolved
    else:
        ty = t.mk_tuple(tuple(fcx.next_ty_var(pat.span) for _ in range(count)))
        if not demand_pat_eq(fcx, pat.span, expected, ty):
            return check_erroneous(fcx, pat.pats)
    for i, sub in with_positions(pat.pats, pat.dotdot, count):
        check_pat(fcx, sub, ty.tys[i], mode)
    return ty


def check_ref(fcx: FnCtxt, pat: hir.PatRef, expected: Ty, mode: Mode) -> Ty:
    resolved = fcx.structurally_resolve_if_possible(expected)
    if type(resolved) is t.Ref and resolved.mutbl == pat.mutbl:
        check_pat(fcx, pat.pat, resolved.ty, "value")
        return resolved
    inner = fcx.next_ty_var(pat.span)
    ty = t.mk_ref(inner, pat.mutbl)
    if not demand_pat_eq(fcx, pat.span, expected, ty):
        inner = t.ERROR
    check_pat(fcx, pat.pat, inner, "value")
    return ty


def check_box(fcx: FnCtxt, pat: hir.PatBox, expected: Ty, mode: Mode) -> Ty:
    inner = fcx.next_ty_var(pat.span)
    owned_box = fcx.tcx.require_lang_item("owned_box")
    args = fcx.infcx.fresh_args_for_item(owned_box, pat.span, (inner,))
    ty = t.mk_adt(owned_box, args)
    demand_pat_eq(fcx, pat.span, expected, ty)
    check_pat(fcx, pat.pat, inner, mode)
    return ty


def check_or(fcx: FnCtxt, pat: hir.PatOr, expected: Ty, mode: Mode) -> Ty:
    for sub in pat.pats:
        check_pat(fcx, sub, expected, mode)
    return expected


def check_slice(fcx: FnCtxt, pat: hir.PatSlice, expected: Ty, mode: Mode) -> Ty:
    resolved = fcx.structurally_resolve(expected, pat.span)
    rest: Ty
    if type(resolved) is t.Array:
        elem = resolved.elem
        rest = check_array_len(fcx, pat, resolved)
        slice_ty: Ty = resolved
        if pat.slice is None and type(fcx.infcx.resolve_const(resolved.len)) is t.ConstInfer:
            slice_ty = t.mk_array(elem, t.mk_const_usize(len(pat.before) + len(pat.after)))
            fcx.eq(resolved, slice_ty)
    elif type(resolved) is t.Slice:
        elem, rest, slice_ty = resolved.elem, resolved, resolved
    else:
        if type(resolved) is not t.Error:
            shown = fcx.show(resolved)
            label = f"pattern cannot match with input type `{shown}`"
            fcx.error(pat.span, f"expected an array or slice, found `{shown}`", "E0529", label)
        elem = rest = slice_ty = t.ERROR
    for sub in (*pat.before, *pat.after):
        check_pat(fcx, sub, elem, mode)
    if pat.slice is not None:
        check_pat(fcx, pat.slice, rest, mode)
    return slice_ty


def check_array_len(fcx: FnCtxt, pat: hir.PatSlice, ty: t.Array) -> Ty:
    """The type of what `..` binds in an array of known length."""
    least = len(pat.before) + len(pat.after)
    length = fcx.infcx.resolve_const(ty.len)
    if type(length) is t.ConstUnevaluated and not length.flags & (t.HAS_PARAM | t.HAS_INFER):
        length = fcx.tcx.query("eval_const", length)
    if type(length) is not t.ConstValue:
        if pat.slice is not None and type(length) is not t.ConstInfer:
            fcx.error(pat.span, "cannot pattern-match on an array without a fixed length", "E0730")
        return t.ERROR if pat.slice is not None else ty
    size = length.value
    if pat.slice is None and size != least:
        message = f"pattern requires {least} element{'' if least == 1 else 's'} but array has {size}"
        fcx.error(pat.span, message, "E0527", f"expected {size} element{'' if size == 1 else 's'}")
    elif size < least:
        message = f"pattern requires at least {least} element{'' if least == 1 else 's'} but array has {size}"
        fcx.error(pat.span, message, "E0528", f"pattern cannot match array of {size} element{'' if size == 1 else 's'}")
        return t.ERROR
    return t.mk_array(ty.elem, t.mk_const_usize(max(size - least, 0)))


_CHECK: dict[type, Callable[[Any, Any, Ty, Mode], Ty]] = {
    hir.PatWild: check_wild,
    hir.PatBinding: check_binding,
    hir.PatLit: check_lit,
    hir.PatRange: check_range,
    hir.PatPath: check_path,
    hir.PatTupleStruct: check_tuple_struct,
    hir.PatStruct: check_struct,
    hir.PatTuple: check_tuple,
    hir.PatRef: check_ref,
    hir.PatBox: check_box,
    hir.PatOr: check_or,
    hir.PatSlice: check_slice,
}
