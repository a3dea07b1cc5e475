"""The layout of each type: which fields it has, handed to the algorithm of `layout_calc.py`.

`LayoutCx(tcx).layout_of(ty)` takes a monomorphic, normalised type and remembers the answer.
Invariant: equal to rustc's for x86_64 (`tests/unit/ty/test_layout.py` compares with tables made by rustc).
To add a kind of type: its function here and its line in `_LAYOUT`.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..base.diagnostics import CompileError, Unsupported, error
from ..base.span import DUMMY_SP
from ..base.target import INT_TYPES
from . import layout_calc as calc, layout_coroutine, ty as t
from .context import TyCtxt
from .discriminants import discriminants
from .fold import subst
from .items import AdtDef
from .layout_data import Layout, Niche, Scalar, int_scalar, pair_layout, scalar_layout
from .ty import RECURSION_LIMIT, Ty

PTR_MAX = (1 << 64) - 1
PTR = Scalar("ptr", 8, False, 0, PTR_MAX)
NONNULL = Scalar("ptr", 8, False, 1, PTR_MAX)
VTABLE = Scalar("vtable", 8, False, 1, PTR_MAX)
USIZE = int_scalar(8, False)
_NO_REPR = calc.Repr()
_NEEDS_NORM = t.HAS_ALIAS | t.HAS_OPAQUE | t.HAS_UNEVALUATED


class LayoutCx:
    """Memoised layouts of one session."""

    def __init__(self, tcx: TyCtxt) -> None:
        self.tcx = tcx
        self.memo: dict[Ty, Layout] = {}
        self._running: set[Ty] = set()

    def layout_of(self, ty: Ty) -> Layout:
        found = self.memo.get(ty)
        if found is None:
            assert not ty.flags & (t.HAS_PARAM | t.HAS_INFER | t.HAS_ERROR), f"layout of {ty}"
            found = self._compute(ty)
            found.ty = ty
            self.memo[ty] = found
        return found

    def _compute(self, ty: Ty) -> Layout:
        if ty.flags & _NEEDS_NORM:
            normal = self.normalize(ty)
            if normal is not ty:
                return self.layout_of(normal).copy()
        if ty in self._running:
            raise CompileError(error(DUMMY_SP, f"cycle when computing the layout of `{ty}`", "E0391"))
        self._running.add(ty)
        try:
            return _LAYOUT[type(ty)](self, ty)
        finally:
            self._running.discard(ty)

    def normalize(self, ty: Ty) -> Ty:
        return self.tcx.query("normalize_mono", ty) if ty.flags & _NEEDS_NORM else ty

    # -- unsized tails -----------------------------------------------------------------------------

    def struct_tail(self, ty: Ty) -> Ty:
        """The type at the end of last fields: what the metadata of a pointer to `ty` is about."""
        for _ in range(RECURSION_LIMIT):  # a struct that holds itself was reported, and has no layout
            kind = type(ty)
            if kind is t.Adt:
                adt = self.tcx.adt_def(ty.def_id)  # type: ignore[attr-defined]
                if adt.kind != "struct" or not adt.variants[0].fields:
                    return ty
                last = adt.variants[0].fields[-1]
                ty = self.field_ty(last.def_id, ty.args)  # type: ignore[attr-defined]
            elif kind is t.Tuple and ty.tys:  # type: ignore[attr-defined]
                ty = self.normalize(ty.tys[-1])  # type: ignore[attr-defined]
            else:
                return ty
        return ty

    def metadata(self, pointee: Ty) -> Optional[Scalar]:
        """The second half of a pointer to `pointee`, if it has one."""
        if type(pointee) in _ALWAYS_SIZED:
            return None
        tail = self.struct_tail(pointee)
        kind = type(tail)
        if kind is t.Slice or kind is t.Str:
            return USIZE
        return VTABLE if kind is t.Dynamic else None

    def field_ty(self, field: int, args: t.Args) -> Ty:
        return self.normalize(subst(self.tcx.type_of(field), args))

    def pointer(self, pointee: Ty, data: Scalar) -> Layout:
        meta = self.metadata(self.normalize(pointee))
        return scalar_layout(data) if meta is None else pair_layout(data, meta)

    # -- compound types ----------------------------------------------------------------------------

    def tuple_like(self, tys: tuple[Ty, ...], maybe_unsized: bool = False) -> Layout:
        tys = tuple(self.normalize(x) for x in tys)
        out = calc.univariant([self.layout_of(x) for x in tys], _NO_REPR, maybe_unsized)
        out.fields = tys
        return out

    def adt(self, ty: t.Adt) -> Layout:
        adt = self.tcx.adt_def(ty.def_id)
        tys = [tuple(self.field_ty(f.def_id, ty.args) for f in v.fields) for v in adt.variants]
        parts = [[self.layout_of(x) for x in v] for v in tys]
        repr_ = _repr_of(adt)
        if adt.kind == "enum":
            return self._enum(ty, adt, tys, parts, repr_)
        if adt.kind == "union":
            out = calc.union(parts[0], repr_)
        else:
            maybe_unsized = self._maybe_unsized(adt)
            valid = _valid_range(adt)
            out = calc.struct(
                parts[0], repr_, maybe_unsized=maybe_unsized, no_niche=adt.is_unsafe_cell, valid_range=valid
            )
        out.fields = tys[0]
        return out

    def _enum(
        self, ty: t.Adt, adt: AdtDef, tys: list[tuple[Ty, ...]], parts: list[list[Layout]], repr_: calc.Repr
    ) -> Layout:
        discrs = discriminants(self.tcx, adt)
        explicit = any(v.explicit_discr is not None for v in adt.variants)
        out = calc.enum(parts, repr_, discrs, explicit)
        out.kind = "enum"
        out.discriminants = discrs
        if out.variants:
            for v, fields in zip(out.variants, tys):
                v.fields, v.ty = fields, ty
        elif tys:
            out.fields = tys[out.index]
            for i in range(len(tys)):
                if i != out.index:
                    out.others[i] = calc.univariant(parts[i], repr_)
                    out.others[i].fields = tys[i]
        return out

    def _maybe_unsized(self, adt: AdtDef) -> bool:
        fields = adt.variants[0].fields
        if not fields:
            return False
        last = self.tcx.type_of(fields[-1].def_id)
        if type(last) in _ALWAYS_SIZED:
            return False
        return not self.tcx.query("is_sized", self.tcx.query("param_env", adt.def_id), last)

    def array(self, ty: t.Array) -> Layout:
        length = ty.len
        if not isinstance(length, t.ConstValue):
            length = self.tcx.query("eval_const", length)
        elem = self.layout_of(self.normalize(ty.elem))
        out = _elements(elem, length.value)
        if out.size >= 1 << 61:
            raise CompileError(
                error(DUMMY_SP, f"values of the type `{ty}` are too big for the target architecture")
            )
        return out

    def coroutine(self, ty: t.Coroutine) -> Layout:
        witness = self.tcx.query("coroutine_witness", ty.def_id)
        upvars = self.tcx.closure_info(ty.def_id).upvars
        captured, kept = (
            tuple(self.normalize(subst(x, ty.args)) for x in tys) for tys in ([u.ty for u in upvars], witness.tys)
        )
        return layout_coroutine.layout(self.layout_of, captured, kept, witness)


def _elements(elem: Layout, count: int) -> Layout:
    out = Layout(elem.size * count, elem.align, kind="array", elem=elem, count=count)
    if count:
        out.niche, out.uninhabited = elem.niche, elem.uninhabited
    out.max_repr_align = elem.max_repr_align
    return out


def _unsized_elements(elem: Layout) -> Layout:
    out = _elements(elem, 0)
    out.sized = False
    return out


def _valid_range(adt: AdtDef) -> tuple[Optional[int], Optional[int]]:
    """(first, last) of the attribute; None, or -1 for an end that is not given, means the scalar's own."""
    found = adt.repr.scalar_valid_range
    return (found[0], found[1] if found[1] >= 0 else None) if found else (None, None)


def _repr_of(adt: AdtDef) -> calc.Repr:
    r = adt.repr
    if not any(r[:6]):
        return _NO_REPR
    bits, signed = INT_TYPES[r.int] if r.int else (0, False)
    if r.simd:
        raise Unsupported(DUMMY_SP, "repr(simd)")
    return calc.Repr(r.c, r.transparent, r.int, bits // 8, signed, r.pack or 0, r.align or 0)


def _closure(cx: LayoutCx, ty: t.Closure) -> Layout:
    info = cx.tcx.closure_info(ty.def_id)
    return cx.tuple_like(tuple(subst(u.ty, ty.args) for u in info.upvars))


def _unit() -> Layout:
    return Layout(0, 1)


def _unsized(kind: Any) -> Layout:
    return Layout(0, 1, sized=False, kind=kind)


_LAYOUT: dict[type, Callable[[LayoutCx, Any], Layout]] = {
    t.Bool: lambda cx, ty: scalar_layout(Scalar("int", 1, False, 0, 1)),
    t.Char: lambda cx, ty: scalar_layout(Scalar("int", 4, False, 0, 0x10FFFF)),
    t.Int: lambda cx, ty: scalar_layout(int_scalar(ty.bits // 8, ty.signed)),
    t.Float: lambda cx, ty: scalar_layout(Scalar("float", ty.bits // 8, False, 0, (1 << ty.bits) - 1)),
    t.Never: lambda cx, ty: Layout(0, 1, uninhabited=True),
    t.Str: lambda cx, ty: _unsized_elements(cx.layout_of(t.U8)),
    t.Slice: lambda cx, ty: _unsized_elements(cx.layout_of(cx.normalize(ty.elem))),
    t.Dynamic: lambda cx, ty: _unsized("dyn"),
    t.Foreign: lambda cx, ty: _unsized("struct"),
    t.RawPtr: lambda cx, ty: cx.pointer(ty.ty, PTR),
    t.Ref: lambda cx, ty: cx.pointer(ty.ty, NONNULL),
    t.FnPtr: lambda cx, ty: scalar_layout(NONNULL),
    t.FnDef: lambda cx, ty: _unit(),
    t.Tuple: lambda cx, ty: cx.tuple_like(ty.tys, bool(ty.tys)),
    t.Adt: LayoutCx.adt,
    t.Array: LayoutCx.array,
    t.Closure: _closure,
    t.Coroutine: LayoutCx.coroutine,
}
_ALWAYS_SIZED = frozenset({
    t.Bool, t.Char, t.Int, t.Float, t.Never, t.RawPtr, t.Ref, t.FnPtr, t.FnDef, t.Array, t.Closure, t.Coroutine,
})  # fmt: skip


def layout_provider(tcx: TyCtxt) -> Callable[[Ty], Layout]:
    """Registers and returns the query `layout_of`."""
    cx = LayoutCx(tcx)
    tcx.providers["layout_of"] = cx.layout_of
    return cx.layout_of


__all__ = ["NONNULL", "PTR", "LayoutCx", "Niche", "layout_provider"]
