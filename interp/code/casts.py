"""Casts: numbers, pointers, reification of functions, unsizing, transmutation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Final

from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Ty
from .operators import Operators, is_signed, width_of
from .place_ref import NOWHERE, SLOTS, WIDE, PlaceRef, signed64, slot_parts
from .validity import trait_word


class Casts(Operators):
    """The part of `FnAsm` about casts."""

    def cast(self, rv: m.Cast, dst: PlaceRef) -> None:
        ty = self.mono(rv.ty)
        source = self.operand_ty(rv.operand)
        _CAST[rv.kind](self, rv.operand, source, ty, dst)

    # -- numbers -----------------------------------------------------------------------------------

    def int_to_int(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        if type(src) is t.Adt:
            self.enum_to_int(op, src, ty, dst)
            return
        slot = self.target(dst, self.class_of_ty(ty).slots)
        self.convert_int(slot, self.operand_slot(op), src, ty)
        self.put(dst, slot)

    def enum_to_int(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        """`E as u8`: the discriminant, then as integers."""
        discr_ty = self.cx.discriminant_ty(src)
        slot = self.temp()
        layout = self.layout_of(discr_ty)
        discr = PlaceRef(SLOTS, discr_ty, layout, slot, parts=slot_parts(self.class_of(layout), slot))
        self.discriminant(self.operand_ref(op), discr)
        to = self.target(dst, self.class_of_ty(ty).slots)
        self.convert_int(to, slot, discr_ty, ty)
        self.put(dst, to)

    def convert_int(self, d: int, a: int, src: Ty, ty: Ty) -> None:
        width, have = width_of(ty), width_of(src)
        if width == 128:
            if have == 128:
                self.move(d, a, 2)
            else:
                self.emit("WIDE_EXT", d, a, int(is_signed(src)))
        elif width == 64 or (have < width and not is_signed(src)) or (have, is_signed(src)) == (width, is_signed(ty)):
            self.move(d, a, 1)
        else:
            self.emit("EXT_S" if is_signed(ty) else "EXT_U", d, a, 64 - width)

    def float_to_int(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        slot = self.target(dst, self.class_of_ty(ty).slots)
        a, w = self.operand_slot(op), width_of(src)
        if width_of(ty) == 128:
            self.emit("WIDE", WIDE[f"{'s' if is_signed(ty) else 'u'}_of_f{w}"], slot, a, a)
        else:
            self.emit("F_TO_S" if is_signed(ty) else "F_TO_U", slot, a, w, 64 - width_of(ty))
        self.put(dst, slot)

    def int_to_float(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        slot = self.target(dst, 1)
        a, w = self.operand_slot(op), width_of(ty)
        if width_of(src) == 128:
            self.emit("WIDE", WIDE[f"f{w}_of_{'s' if is_signed(src) else 'u'}"], slot, a, a)
        else:
            self.emit("S_TO_F" if is_signed(src) else "U_TO_F", slot, a, w)
        self.put(dst, slot)

    def float_to_float(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        slot = self.target(dst, 1)
        a = self.operand_slot(op)
        if src is ty:
            self.move(slot, a, 1)
        else:
            self.emit("F_TO_F", slot, a, width_of(src))
        self.put(dst, slot)

    # -- pointers ----------------------------------------------------------------------------------

    def ptr_to_ptr(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        """A fat pointer loses its metadata if the target is thin."""
        if dst.mode == NOWHERE:
            return
        self.store(dst, self.operand_slot(op))

    def expose(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        address = self.temp()
        self.emit("EXPOSE", address, self.operand_slot(op))
        slot = self.target(dst, self.class_of_ty(ty).slots)
        self.convert_int(slot, address, t.USIZE, ty)
        self.put(dst, slot)

    def from_exposed(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        slot = self.target(dst, 2)
        self.emit("FROM_EXPOSED", slot, self.operand_slot(op))
        self.put(dst, slot)

    def reify(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        slot = self.target(dst, 2)
        self.emit("REIFY", slot, self.linker.instance(self.cx.fn_pointer_target(src)))
        self.put(dst, slot)

    # -- unsizing ----------------------------------------------------------------------------------

    def unsize(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        cls, want = self.class_of_ty(src), self.class_of_ty(ty)
        if src is ty:
            self.operand_into(op, dst)
        elif cls.kind in ("ptr", "fat") and want.kind == "fat":
            slot = self.target(dst, 3)
            a = self.operand_slot(op)
            source, target = self.coerced_pointees(src, ty)
            self.metadata_to(slot, a, source, target)
            self.put(dst, slot)
        else:
            self.unsize_fields(self.operand_ref(op), dst)

    def metadata_to(self, d: int, a: int, source: Ty, target: Ty) -> None:
        """The pointer at `a` as a fat one at `d`; the new metadata first, for `d` may be `a`."""
        from_tail, to_tail = self.unsized_tails(source, target)
        if type(to_tail) is t.Slice:
            assert type(from_tail) is t.Array
            self.move(d, a, 2)
            self.emit("CONST", d + 2, signed64(self.cx.array_len(from_tail)))
        elif type(from_tail) is t.Dynamic:
            assert type(to_tail) is t.Dynamic
            index = self.linker.vtables.upcast_index(from_tail, to_tail)
            meta = self.temp()
            if index is None:
                self.move(meta, a + 2, 1)
            else:
                expected = self.add_extra(self.linker.trait_shown(from_tail))
                self.emit("UPCAST", meta, a + 2, index, trait_word(self.cx, from_tail), expected)
            self.move(d, a, 2)
            self.move(d + 2, meta, 1)
        else:
            assert type(to_tail) is t.Dynamic, (source, target)
            self.move(d, a, 2)
            self.emit("VTABLE", d + 2, self.linker.vtable(from_tail, to_tail))

    def unsized_tails(self, source: Ty, target: Ty) -> tuple[Ty, Ty]:
        """Down the last fields as long as both are the same struct."""
        while type(source) is t.Adt and type(target) is t.Adt and source.def_id == target.def_id:
            source, target = self.layout_of(source).fields[-1], self.layout_of(target).fields[-1]
        return source, target

    def coerced_pointees(self, src: Ty, ty: Ty) -> tuple[Ty, Ty]:
        """Through smart pointers' fields to the pointers that differ."""
        while type(src) is t.Adt and type(ty) is t.Adt and not self.tcx.adt_def(src.def_id).is_box:
            pairs = zip(self.layout_of(src).fields, self.layout_of(ty).fields)
            src, ty = next((a, b) for a, b in pairs if a is not b and not self.layout_of(a).is_zst)
        return self.pointee(src), self.pointee(ty)

    def unsize_fields(self, src: PlaceRef, dst: PlaceRef) -> None:
        """A struct of several fields of which one is coerced."""
        for i, (a, b) in enumerate(zip(src.layout.fields, dst.layout.fields)):
            one, other = self.field(src, i), self.field(dst, i)
            if a is b or self.layout_of(a).is_zst:
                self.copy(other, one)
            elif self.class_of_ty(a).kind in ("ptr", "fat"):
                slot = self.temp(3)
                self.metadata_to(slot, self.load(one), *self.coerced_pointees(a, b))
                self.store(other, slot)
            else:
                self.unsize_fields(one, other)

    # -- transmutation -----------------------------------------------------------------------------

    def transmute(self, op: m.Operand, src: Ty, ty: Ty, dst: PlaceRef) -> None:
        if dst.layout.is_zst:
            self.check_inhabited(dst)
        elif dst.mode != NOWHERE:
            self.reinterpret(self.operand_ref(op), dst)

    def reinterpret(self, src: PlaceRef, dst: PlaceRef) -> None:
        """The bytes of `src` as a value of `dst`'s type; both have one size."""
        have, want = self.class_of_ty(src.ty), self.class_of_ty(dst.ty)
        same = [(p.kind, p.offset, p.maybe) for p in have.parts] == [(p.kind, p.offset, p.maybe) for p in want.parts]
        if have.in_slots and want.in_slots and same and self.linker.is_said_by_slots(dst.ty):
            slot = self.load(src)
            if dst.ty is t.BOOL and src.ty is not t.BOOL:
                self.emit("V_BOOL", slot)
            self.check_loaded(replace(dst, valid=False), want, slot)
            self.store(dst, slot)
        elif not want.in_slots:
            if have.in_slots:
                self.store(PlaceRef(dst.mode, src.ty, src.layout, dst.slot, dst.off, dst.am), self.load(src))
            else:
                self.copy_bytes(dst, src, dst.layout.size)
            self.check_memory(dst)
        else:
            self.through_memory(src, dst)

    def through_memory(self, src: PlaceRef, dst: PlaceRef) -> None:
        scratch = None
        if self.class_of_ty(src.ty).in_slots:
            scratch = self.scratch_memory(src.layout)
            self.store(scratch, self.load(src))
            src = scratch
        view = PlaceRef(src.mode, dst.ty, self.layout_of(dst.ty), src.slot, src.off, src.am)
        self.store(dst, self.load(view))
        if scratch is not None:
            self.kill(scratch)


_CAST: Final[dict[str, Callable[[Any, m.Operand, Ty, Ty, PlaceRef], None]]] = {
    "IntToInt": Casts.int_to_int,
    "FloatToInt": Casts.float_to_int,
    "FloatToFloat": Casts.float_to_float,
    "IntToFloat": Casts.int_to_float,
    "PtrToPtr": Casts.ptr_to_ptr,
    "FnPtrToPtr": Casts.ptr_to_ptr,
    "UnsafeFnPointer": Casts.ptr_to_ptr,
    "MutToConstPointer": Casts.ptr_to_ptr,
    "ArrayToPointer": Casts.ptr_to_ptr,
    "PointerExposeProvenance": Casts.expose,
    "PointerWithExposedProvenance": Casts.from_exposed,
    "ReifyFnPointer": Casts.reify,
    "ClosureFnPointer": Casts.reify,
    "Unsize": Casts.unsize,
    "Transmute": Casts.transmute,
}
