"""Writeback of patterns, and of the literals in them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from ..expand.cfg import group_of
from ..hir import hir
from ..syntax.token import Token
from ..ty import ty as t
from ..ty.ty import Const, Ty
from . import thir
from .pat import variant_of_ctor, with_positions

if TYPE_CHECKING:
    from .writeback import Mirror


def mirror_pat(m: Mirror, pat: Any) -> thir.Pat:
    made = _PAT[type(pat)](m, pat, m.node_ty(pat))
    for ty in reversed(m.tables.pat_adjusts.get(pat.id, ())):
        made = thir.PatDeref(m.ty(ty), pat.span, made)
    return made


def binding(m: Mirror, pat: hir.PatBinding, ty: Ty) -> thir.Pat:
    sub = mirror_pat(m, pat.sub) if pat.sub is not None else None
    mode: Any = m.tables.pat_modes[pat.id]
    if sub is None and mode == "value":
        check_variant_name(m, pat, ty)
    var_ty = ty if mode == "value" else t.mk_ref(ty, mode == "ref mut")
    made = thir.PatBinding(ty, pat.span, pat.name, pat.var, pat.mutbl, mode, var_ty, sub)
    m.results.bindings.setdefault(pat.var, made)
    return made


def check_variant_name(m: Mirror, pat: hir.PatBinding, ty: Ty) -> None:
    """E0170: a binding that looks like a variant of what it binds, and so matches everything."""
    while isinstance(ty, t.Ref):
        ty = ty.ty
    if not isinstance(ty, t.Adt) or m.tcx.adt_def(ty.def_id).kind != "enum":
        return
    unit = any(v.name == pat.name and v.ctor_kind == "unit" for v in m.tcx.adt_def(ty.def_id).variants)
    if unit and not _is_allowed(m, "bindings_with_variant_name"):
        name = m.tcx.path_str(ty.def_id).partition("::")[2]  # as it is said inside the crate
        message = f"pattern binding `{pat.name}` is named the same as one of the variants of the type `{name}`"
        label = f"help: to match on the variant, qualify the path: `{name}::{pat.name}`"
        found = m.fcx.error(pat.span, message, "E0170", label)
        found.note("`#[deny(bindings_with_variant_name)]` on by default")


def fields(m: Mirror, ty: Ty, pat: Any, variant: int, subs: list[tuple[int, Any]]) -> thir.Pat:
    made = [(i, mirror_pat(m, sub)) for i, sub in subs]
    if isinstance(ty, t.Adt) and m.tcx.adt_def(ty.def_id).kind == "enum":
        return thir.PatVariant(ty, pat.span, ty.def_id, ty.args, variant, made)
    return thir.PatLeaf(ty, pat.span, made)


def path(m: Mirror, pat: hir.PatPath, ty: Ty) -> thir.Pat:
    value = m.tables.paths[pat.id]
    if value.kind == "ctor":
        return fields(m, ty, pat, variant_of_ctor(m.fcx, value.def_id)[2], [])
    return const_pat(m, t.mk_const_unevaluated(value.def_id, m.args(value.args)), ty, pat)  # type: ignore[arg-type]


def const_pat(m: Mirror, const: Const, ty: Ty, pat: Any) -> thir.Pat:
    from .const_pat import const_to_pat

    return const_to_pat(m, const, ty, pat.span)


def tuple_struct(m: Mirror, pat: hir.PatTupleStruct, ty: Ty) -> thir.Pat:
    _, variant, index = variant_of_ctor(m.fcx, m.tables.paths[pat.id].def_id)
    return fields(m, ty, pat, index, with_positions(pat.pats, pat.dotdot, len(variant.fields)))


def strukt(m: Mirror, pat: hir.PatStruct, ty: Ty) -> thir.Pat:
    subs = [(i, sub) for i, (_, sub, _) in zip(m.tables.field_inits[pat.id], pat.fields)]
    return fields(m, ty, pat, m.tables.variants[pat.id], subs)


def tuple_(m: Mirror, pat: hir.PatTuple, ty: Ty) -> thir.Pat:
    count = len(ty.tys) if isinstance(ty, t.Tuple) else len(pat.pats)
    subs = with_positions(pat.pats, pat.dotdot, count)
    return thir.PatLeaf(ty, pat.span, [(i, mirror_pat(m, sub)) for i, sub in subs])


def slice_(m: Mirror, pat: hir.PatSlice, ty: Ty) -> thir.Pat:
    middle = None
    if pat.slice is not None and type(pat.slice) is not hir.PatWild:
        middle = mirror_pat(m, pat.slice)
    before = [mirror_pat(m, sub) for sub in pat.before]
    after = [mirror_pat(m, sub) for sub in pat.after]
    return thir.PatSlice(ty, pat.span, before, middle, after, pat.slice is not None)


def deref(m: Mirror, pat: Any, ty: Ty) -> thir.Pat:
    return thir.PatDeref(ty, pat.span, mirror_pat(m, pat.pat))


def lit(m: Mirror, pat: hir.PatLit, ty: Ty) -> thir.Pat:
    value = const_value(m, pat.expr)
    if isinstance(value, Const):
        return const_pat(m, value, ty, pat)
    return thir.PatConst(ty, pat.span, value)


def range_(m: Mirror, pat: hir.PatRange, ty: Ty) -> thir.Pat:
    ends: list[Any] = [const_value(m, end) if end is not None else None for end in (pat.lo, pat.hi)]
    ends = [evaluate(m, end) if isinstance(end, Const) else end for end in ends]
    lo, hi = ends
    if isinstance(lo, int) and isinstance(hi, int):
        low, high = ordered(lo, ty), ordered(hi, ty)
        if low > high or (low == high and not pat.inclusive):
            if pat.inclusive:
                message, code = "lower range bound must be less than or equal to upper", "E0030"
            else:
                message, code = "lower range bound must be less than upper", "E0579"
            m.fcx.error(pat.span, message, code)
    return thir.PatRange(ty, pat.span, lo, hi, pat.inclusive)


def evaluate(m: Mirror, const: Const) -> Any:
    """The bits of a constant that is an end of a range, if nothing generic is in it."""
    if const.flags & t.HAS_PARAM:
        return const
    found = m.tcx.query("eval_const", const)
    if isinstance(found, t.ConstValue) and isinstance(found.value, int):
        ty = found.ty
        return found.value & ((1 << ty.bits) - 1) if isinstance(ty, t.Int) else found.value
    return const


def ordered(bits: int, ty: Ty) -> Any:
    """A bit pattern as a value that compares as the type does."""
    if isinstance(ty, t.Int) and ty.signed and bits >> (ty.bits - 1):
        return bits - (1 << ty.bits)
    if isinstance(ty, t.Float):
        code = "<f" if ty.bits == 32 else "<d"
        return struct.unpack(code, bits.to_bytes(ty.bits // 8, "little"))[0]
    return bits


def const_value(m: Mirror, expr: Any) -> Union[int, str, bytes, Const]:
    """The value of a literal, negated literal, path or inline const in a pattern."""
    kind = type(expr)
    if kind is hir.Lit:
        return lit_bits(m, expr, m.node_ty(expr), False)  # type: ignore[no-any-return]
    if kind is hir.Unary:
        return lit_bits(m, expr.expr, m.node_ty(expr), True)  # type: ignore[no-any-return]
    if kind is hir.ConstBlock:
        m.expr(expr)
        return t.mk_const_unevaluated(expr.def_id, m.fcx.identity_args)
    value = m.tables.paths[expr.id]
    return t.mk_const_unevaluated(value.def_id, m.args(value.args))  # type: ignore[arg-type]


def lit_bits(m: Mirror, expr: hir.Lit, ty: Ty, negative: bool) -> Any:
    """The bit pattern of a literal of type `ty`; strings as they are."""
    value: Any = expr.value
    if isinstance(ty, t.Int):
        number = int(value)
        check_range(m, expr, ty, -number if negative else number)
        return (-number if negative else number) & ((1 << ty.bits) - 1)
    if isinstance(ty, t.Float):
        return float_bits(str(value).replace("_", ""), ty, negative)
    if isinstance(value, bool):
        return int(value)
    return value


def _is_allowed(m: Mirror, lint: str) -> bool:
    """Whether an item around, or the crate, has an attribute that makes less than an error of the lint."""
    at: Optional[int] = m.fcx.owner
    while at is not None:
        data = m.tcx.def_data(at)
        attrs = [*data.attrs, *(m.tcx.resolver.krates[data.krate].attrs if data.parent is None else ())]
        words = (tok for a in attrs if a.path in ("allow", "warn", "expect") for tok in group_of(a))
        if any(isinstance(tok, Token) and tok.text == lint for tok in words):
            return True
        at = data.parent
    return False


def check_range(m: Mirror, expr: hir.Lit, ty: t.Int, number: int) -> None:
    low, high = (-(1 << ty.bits - 1), (1 << ty.bits - 1) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    if low <= number <= high or m.fcx.tcx.source_map.file_of(expr.span).is_library:
        return
    if _is_allowed(m, "overflowing_literals"):
        return
    found = m.fcx.error(expr.span, f"literal out of range for `{ty.name}`")
    found.note(
        f"the literal `{m.tcx.source_map.snippet(expr.span)}` does not fit into the type `{ty.name}` whose range is "
        f"`{low}..={high}`"
    )


def float_bits(text: str, ty: t.Float, negative: bool) -> int:
    number = parse_float(text, ty.bits)
    raw = struct.pack("<f" if ty.bits == 32 else "<d", number)
    bits = int.from_bytes(raw, "little")
    return bits ^ (1 << ty.bits - 1) if negative else bits


def parse_float(text: str, bits: int) -> float:
    """The nearest value of that width: `f32` is rounded once, from the decimal itself."""
    number = float(text)
    if bits == 64:
        return number
    from .float32 import nearest_f32

    return nearest_f32(text, number)


_PAT: dict[type, Callable[[Any, Any, Ty], thir.Pat]] = {
    hir.PatWild: lambda m, pat, ty: thir.PatWild(ty, pat.span),
    hir.PatBinding: binding,
    hir.PatPath: path,
    hir.PatTupleStruct: tuple_struct,
    hir.PatStruct: strukt,
    hir.PatTuple: tuple_,
    hir.PatSlice: slice_,
    hir.PatRef: deref,
    hir.PatBox: deref,
    hir.PatLit: lit,
    hir.PatRange: range_,
    hir.PatOr: lambda m, pat, ty: thir.PatOr(ty, pat.span, [mirror_pat(m, sub) for sub in pat.pats]),
}
