"""Constants as patterns: scalars and strings are compared; structures become nested patterns.

The value comes from the machine's const evaluation (`tcx.query("eval_const", const)`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..base.diagnostics import Unsupported
from ..base.span import Span
from ..ty import ty as t
from ..ty.ty import Const, Ty
from . import thir

if TYPE_CHECKING:
    from .writeback import Mirror

_SCALAR = (t.Int, t.Bool, t.Char, t.Float, t.RawPtr, t.FnPtr)


def const_to_pat(m: Mirror, const: Const, ty: Ty, span: Span) -> thir.Pat:
    if isinstance(ty, _SCALAR):
        return thir.PatConst(ty, span, scalar(m, const, ty))
    if isinstance(ty, t.Ref) and ty.ty is t.STR:
        return thir.PatConst(ty, span, const)
    if const.flags & t.HAS_PARAM:
        m.fcx.error(
            span,
            "constant pattern cannot depend on generic parameters",
            "E0158",
            "`const` depends on a generic parameter",
        )
        return thir.PatWild(ty, span)
    check_structural(m, ty, span)
    if m.tcx.type_of(const.def_id).flags & t.HAS_ERROR:  # type: ignore[attr-defined]
        m.fcx.tainted = True
        return thir.PatWild(ty, span)
    value = m.tcx.query("const_valtree", const)
    return from_value(m, value, ty, span, const)


def scalar(m: Mirror, const: Const, ty: Ty) -> Any:
    if const.flags & t.HAS_PARAM:
        m.fcx.error(
            Span(m.span),
            "constant pattern cannot depend on generic parameters",
            "E0158",
            "`const` depends on a generic parameter",
        )
        return const
    if not isinstance(ty, (t.Int, t.Bool, t.Char)):
        return const
    found = m.tcx.query("eval_const", const)
    if isinstance(found, t.ConstValue) and isinstance(found.value, int):
        return found.value & ((1 << ty.bits) - 1) if isinstance(ty, t.Int) else found.value
    return const


def check_structural(m: Mirror, ty: Ty, span: Span) -> None:
    if not isinstance(ty, t.Adt):
        return
    trait = m.tcx.lang_items.get("structural_peq")
    if trait is not None and not m.fcx.infcx.type_implements_trait(trait, (ty,), m.fcx.param_env):
        shown = str(ty)
        m.fcx.error(
            span, f"constant of non-structural type `{shown}` in a pattern", "", "constant of non-structural type"
        )


def from_value(m: Mirror, value: Any, ty: Ty, span: Span, const: Const) -> thir.Pat:
    """`value`: an int (bits), str or bytes, or a list: of fields; of an enum the variant's index, then its fields."""
    if isinstance(value, (int, str, bytes)):
        return thir.PatConst(ty, span, value)
    if isinstance(value, (list, tuple)):
        return from_parts(m, list(value), ty, span, const)
    raise Unsupported(span, f"a constant of type `{ty}` as a pattern")


def from_parts(m: Mirror, parts: list[Any], ty: Ty, span: Span, const: Const) -> thir.Pat:
    if isinstance(ty, t.Ref):
        if isinstance(ty.ty, t.Slice):
            return thir.PatDeref(ty, span, from_parts(m, parts, ty.ty, span, const))
        return thir.PatDeref(ty, span, from_value(m, parts[0], ty.ty, span, const))
    if isinstance(ty, t.Tuple):
        subs = [(i, from_value(m, v, ty.tys[i], span, const)) for i, v in enumerate(parts)]
        return thir.PatLeaf(ty, span, subs)
    if isinstance(ty, (t.Array, t.Slice)):
        return thir.PatSlice(ty, span, [from_value(m, v, ty.elem, span, const) for v in parts], None, [], False)
    if isinstance(ty, t.Adt):
        return from_adt(m, parts, ty, span, const)
    raise Unsupported(span, f"a constant of type `{ty}` as a pattern")


def from_adt(m: Mirror, parts: list[Any], ty: t.Adt, span: Span, const: Const) -> thir.Pat:
    adt = m.tcx.adt_def(ty.def_id)
    index = parts[0] if adt.kind == "enum" else 0
    values = parts[1:] if adt.kind == "enum" else parts
    variant = adt.variants[index]
    tys = [m.fcx.field_ty(f, ty.args, span) for f in variant.fields]
    subs = [(i, from_value(m, v, tys[i], span, const)) for i, v in enumerate(values)]
    if adt.kind == "enum":
        return thir.PatVariant(ty, span, ty.def_id, ty.args, index, subs)
    return thir.PatLeaf(ty, span, subs)
