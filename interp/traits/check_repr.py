"""Checks of an ADT's representation: hints that contradict each other, discriminants, fields of unions and of
transparent types.

To add one: a function, called from `check_repr`.
"""

from __future__ import annotations

from typing import Any

from ..base.diagnostics import error
from ..base.span import Span
from ..base.target import INT_TYPES
from ..hir.collect_adt import meta_items
from ..resolve.defs import DefData
from ..syntax.token import Group
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import AdtDef
from ..ty.ty import Ty
from .queries import implements


def check_repr(tcx: TyCtxt, data: DefData) -> None:
    adt = tcx.adt_def(data.id)
    _hints(tcx, data, adt)
    if adt.kind == "enum":
        _discriminants(tcx, data, adt)
    elif adt.kind == "union":
        _union_fields(tcx, data, adt)
    if adt.repr.transparent:
        _transparent(tcx, data, adt)


def _repr_spans(data: DefData) -> list[Span]:
    """Of the first hint of each attribute."""
    found = []
    for attr in data.attrs:
        if attr.path == "repr":
            inner = next((tree.stream for tree in attr.tokens if isinstance(tree, Group)), [])
            found.append(inner[0].span if inner and hasattr(inner[0], "span") else attr.span)
    return found


def _hints(tcx: TyCtxt, data: DefData, adt: AdtDef) -> None:
    """E0084, E0566, E0587, E0589, E0692."""
    spans, r = _repr_spans(data), adt.repr
    if not spans:
        return
    head = tcx.def_span(data.id)
    names = [name for attr in data.attrs if attr.path == "repr" for name, _ in meta_items(attr.tokens)]
    for attr in data.attrs:
        for name, argument in meta_items(attr.tokens) if attr.path == "repr" else ():
            value = int(argument) if argument.isdigit() else 0
            odd = bool(value & (value - 1)) or (name == "align" and not value)
            if name in ("align", "packed") and argument and odd:
                message = f"invalid `repr({name})` attribute: not a power of two"
                tcx.diag.emit(error(attr.span, message, "E0589"))
    if adt.kind == "enum" and not adt.variants:
        found = error(spans[0], "unsupported representation for zero-variant enum", "E0084")
        tcx.diag.emit(found.label(head, "zero-variant enum"))
    if r.transparent and len(names) > 1:
        tcx.diag.emit(error(spans[0], f"transparent {adt.kind} cannot have other repr hints", "E0692"))
    if r.pack and r.align:
        message = "type has conflicting packed and align representation hints"
        tcx.diag.emit(error(head, message, "E0587"))
    if len({n for n in names if n in INT_TYPES}) > 1:
        tcx.diag.emit(error(spans[0], "conflicting representation hints", "E0566"))


def _discriminants(tcx: TyCtxt, data: DefData, adt: AdtDef) -> None:
    """E0081 and E0370: each variant has a value of its own that its type can hold."""
    if all(v.explicit_discr is None for v in adt.variants):
        return
    discrs = tcx.query("adt_discriminants", data.id)
    bits, signed = INT_TYPES[adt.repr.int or "isize"]
    top = (1 << (bits - 1)) - 1 if signed else (1 << bits) - 1
    first: dict[int, int] = {}
    reported: dict[int, Any] = {}
    for i, value in enumerate(discrs):
        variant = adt.variants[i]
        if value > top and variant.explicit_discr is None:
            label = f"overflowed on value after {top}"
            found = error(tcx.def_data(variant.def_id).span, "enum discriminant overflowed", "E0370", label)
            wrapped = -top - 1 if signed else 0
            tcx.diag.emit(found.note(f"explicitly set `{variant.name} = {wrapped}` if that is desired outcome"))
            return
        if value not in first:
            first[value] = i
            continue
        if value not in reported:
            message = f"discriminant value `{value}` assigned more than once"
            reported[value] = error(tcx.def_span(data.id), message, "E0081")
            reported[value].label(_discr_span(tcx, adt, first[value]), f"`{value}` assigned here")
        reported[value].label(_discr_span(tcx, adt, i), f"`{value}` assigned here")
    for found in reported.values():
        tcx.diag.emit(found)


def _discr_span(tcx: TyCtxt, adt: AdtDef, index: int) -> Span:
    node = tcx.def_data(adt.variants[index].def_id).node
    return node.discriminant.span if node.discriminant is not None else node.span  # type: ignore[no-any-return]


def _union_fields(tcx: TyCtxt, data: DefData, adt: AdtDef) -> None:
    """E0740: nobody knows which field of a union to drop."""
    env = tcx.query("param_env", data.id)
    for field in adt.variants[0].fields:
        ty = tcx.type_of(field.def_id)
        if not _allowed_in_union(tcx, env, ty):
            node = tcx.def_data(field.def_id)
            message = "field must implement `Copy` or be wrapped in `ManuallyDrop<...>` to be used in a union"
            found = error(node.span, message, "E0740")
            note = "union fields must not have drop side-effects, which is currently enforced via either `Copy` or "
            tcx.diag.emit(found.note(note + "`ManuallyDrop<...>`"))


def _allowed_in_union(tcx: TyCtxt, env: Any, ty: Ty) -> bool:
    if ty.flags & t.HAS_ERROR or isinstance(ty, t.Ref):
        return True
    if isinstance(ty, t.Tuple):
        return all(_allowed_in_union(tcx, env, x) for x in ty.tys)
    if isinstance(ty, t.Array):
        return _allowed_in_union(tcx, env, ty.elem)
    if isinstance(ty, t.Adt) and tcx.adt_def(ty.def_id).is_manually_drop:
        return True
    return bool(implements(tcx, env, tcx.require_lang_item("copy"), (ty,)))


def _transparent(tcx: TyCtxt, data: DefData, adt: AdtDef) -> None:
    """E0690 and E0731: as its one field that is not empty."""
    head = tcx.def_span(data.id)
    if len(adt.variants) != 1:
        message = f"transparent enum needs exactly one variant, but has {len(adt.variants)}"
        label = f"needs exactly one variant, but has {len(adt.variants)}"
        tcx.diag.emit(error(head, message, "E0731", label))
        return
    tys = [tcx.type_of(f.def_id) for f in adt.variants[0].fields]
    if any(ty.flags & (t.HAS_ERROR | t.HAS_ALIAS) for ty in tys):
        return
    real = [ty for ty in tys if not _is_zst(tcx, ty, 0)]
    if len(real) > 1:
        need = "needs at most one field with non-trivial size or alignment"
        found = error(head, f"transparent {adt.kind} {need}, but has {len(real)}", "E0690")
        found.labels[0].text = f"{need}, but has {len(real)}"
        for field, ty in zip(adt.variants[0].fields, tys):
            if ty in real:
                found.label(tcx.def_data(field.def_id).span, "this field has non-zero size or requires alignment")
        tcx.diag.emit(found)


def _is_zst(tcx: TyCtxt, ty: Ty, depth: int) -> bool:
    if isinstance(ty, t.Tuple):
        return all(_is_zst(tcx, x, depth) for x in ty.tys)
    if isinstance(ty, t.Array):
        return (isinstance(ty.len, t.ConstValue) and ty.len.value == 0) or _is_zst(tcx, ty.elem, depth)
    if isinstance(ty, t.Adt) and depth < 10:
        adt = tcx.adt_def(ty.def_id)
        fields = [f for v in adt.variants for f in v.fields]
        single = adt.is_phantom_data or (adt.kind == "struct" and not (adt.repr.align or 0) > 1)
        return single and all(_is_zst(tcx, tcx.type_of(f.def_id), depth + 1) for f in fields)
    return isinstance(ty, t.FnDef)
