"""Places: where a value is (slots, frame memory, behind a pointer), and how it is read, written and addressed there.

`PlaceRef` is a MIR place as far as it is known at assembly.  mode SLOTS: `parts` (slot, part) of a value in slots;
LOCAL: `off` bytes into the memory local at `slot`; PTR: `off` bytes from the pointer pair at `slot`, whose alignment
mask is `am` and, for an unsized place, whose metadata is in slot `meta`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout, Scalar
from ..ty.ty import Ty
from .classes import Part, ValueClass
from .frame import Loc
from .opcodes import WIDE_OPS

if TYPE_CHECKING:
    from .assemble import FnAsm

SLOTS: Final = 0
LOCAL: Final = 1
PTR: Final = 2
NOWHERE: Final = 3  # a zero-sized value without address

SlotParts = tuple[tuple[int, Part], ...]
_STORE: Final = {
    "u8": "8", "i8": "8", "bool": "8", "u16": "16", "i16": "16", "u32": "32", "i32": "32", "w64": "64", "ptr": "PTR",
    "w128": "128",
}  # fmt: skip
_LOAD: Final = {
    "u8": "U8", "i8": "I8", "bool": "BOOL", "u16": "U16", "i16": "I16", "u32": "U32", "i32": "I32", "w64": "64",
    "ptr": "PTR", "w128": "128",
}  # fmt: skip
WIDE: Final = {name: i for i, name in enumerate(WIDE_OPS)}
KIND_NUMBER: Final = {
    "u8": 0, "i8": 1, "u16": 2, "i16": 3, "u32": 4, "i32": 5, "w64": 6, "bool": 7, "ptr": 8, "w128": 9,
}  # fmt: skip


@dataclass(slots=True)
class PlaceRef:
    mode: int
    ty: Ty
    layout: Layout
    slot: int = -1
    off: int = 0
    am: int = 0
    meta: int = -1
    parts: SlotParts = ()
    in_union: bool = False


class Places:
    """The part of `FnAsm` about places."""

    # -- finding -----------------------------------------------------------------------------------

    def place(self: FnAsm, place: m.Place) -> PlaceRef:  # type: ignore[misc]
        local, projection = place.local, place.projection
        loc = self.locs[local]
        if loc.kind == "split":
            first = projection[0]
            assert type(first) is m.Field
            local, projection = loc.fields[first.index], projection[1:]
            loc = self.locs[local]
        ref = self.take_alias(local) or self.local_ref(loc)
        for elem in projection:
            ref = _PROJECT[type(elem)](self, ref, elem)
        return ref

    def local_ref(self: FnAsm, loc: Loc) -> PlaceRef:  # type: ignore[misc]
        if loc.kind == "slots":
            return PlaceRef(SLOTS, loc.ty, loc.layout, loc.slot, parts=slot_parts(loc.cls, loc.slot))
        if loc.kind == "memory":
            return PlaceRef(LOCAL, loc.ty, loc.layout, loc.slot)
        return PlaceRef(NOWHERE, loc.ty, loc.layout)

    def behind(self: FnAsm, pointer: int, pointee: Ty, fat: bool) -> PlaceRef:  # type: ignore[misc]
        """The place that the pointer in slots `pointer` leads to."""
        layout = self.layout_of(pointee)
        return PlaceRef(PTR, pointee, layout, pointer, 0, layout.align - 1, pointer + 2 if fat else -1)

    def project_deref(self: FnAsm, ref: PlaceRef, elem: m.Deref) -> PlaceRef:  # type: ignore[misc]
        pointee = self.pointee(ref.ty)
        return self.behind(self.load(ref), pointee, self.class_of(ref.layout).slots == 3)

    def project_field(self: FnAsm, ref: PlaceRef, elem: m.Field) -> PlaceRef:  # type: ignore[misc]
        return self.field(ref, elem.index)

    def field(self: FnAsm, ref: PlaceRef, index: int) -> PlaceRef:  # type: ignore[misc]
        ty, off = ref.layout.fields[index], ref.layout.offsets[index]
        layout = self.layout_of(ty)
        out = replace(ref, ty=ty, layout=layout, off=ref.off + off)
        out.in_union = ref.in_union or ref.layout.kind == "union"
        if ref.mode == SLOTS:
            return _sub_slots(out, ref, off, layout)
        if ref.mode == PTR:
            if layout.sized:
                out.meta = -1
            elif type(self.layouts.struct_tail(ty)) is t.Dynamic:
                return self.dyn_field(out, ref)
        return out

    def dyn_field(self: FnAsm, out: PlaceRef, ref: PlaceRef) -> PlaceRef:  # type: ignore[misc]
        """A last field whose alignment only the vtable knows."""
        align, mask, at, pointer = self.temp(), self.temp(), self.temp(), self.temp(2)
        self.emit("VT_GET", align, ref.meta, -2)
        self.emit("ADD_U_I", at, align, out.off - 1, 0)
        self.emit("NEG_U", mask, align, 0)
        self.emit("AND", at, at, mask)
        self.emit("PIDX", pointer, ref.slot, at, 1, 0)
        out.slot, out.off, out.am = pointer, 0, 0
        return out

    def project_downcast(self: FnAsm, ref: PlaceRef, elem: m.Downcast) -> PlaceRef:  # type: ignore[misc]
        return replace(ref, layout=ref.layout.variant(elem.index))

    def project_index(self: FnAsm, ref: PlaceRef, elem: m.Index) -> PlaceRef:  # type: ignore[misc]
        known = self.take_const(elem.local)
        ty, layout = self.element(ref)
        if known is not None and ref.mode != NOWHERE:
            return replace(ref, ty=ty, layout=layout, off=ref.off + known * layout.size, meta=-1)
        index = self.index_slot(elem.local, known)
        return self.indexed(ref, ty, layout, index)

    def index_slot(self: FnAsm, local: m.Local, known: Optional[int]) -> int:  # type: ignore[misc]
        if known is None:
            return self.load(self.place(m.Place(local)))
        slot = self.temp()
        self.emit("CONST", slot, known)
        return slot

    def element(self: FnAsm, ref: PlaceRef) -> tuple[Ty, Layout]:  # type: ignore[misc]
        ty: Ty = self.normalize(ref.ty.elem)  # type: ignore[attr-defined]
        return ty, self.layout_of(ty)

    def indexed(self: FnAsm, ref: PlaceRef, ty: Ty, layout: Layout, index: int) -> PlaceRef:  # type: ignore[misc]
        if ref.mode == NOWHERE:
            return PlaceRef(NOWHERE, ty, layout)
        pointer = self.temp(2)
        self.emit("PIDX", pointer, ref.slot, index, layout.size, ref.off)
        am = layout.align - 1 if ref.mode == LOCAL else min(ref.am, layout.align - 1)
        return PlaceRef(PTR, ty, layout, pointer, 0, 0 if ref.mode == LOCAL else am)

    def project_constant_index(self: FnAsm, ref: PlaceRef, elem: m.ConstantIndex) -> PlaceRef:  # type: ignore[misc]
        ty, layout = self.element(ref)
        if ref.meta < 0 or not elem.from_end:
            at = self.layout_of(ref.ty).count - elem.offset if elem.from_end else elem.offset
            return replace(ref, ty=ty, layout=layout, off=ref.off + at * layout.size, meta=-1)
        index = self.temp()
        self.emit("SUB_U_I", index, ref.meta, elem.offset, 0)
        return self.indexed(ref, ty, layout, index)

    def project_subslice(self: FnAsm, ref: PlaceRef, elem: m.Subslice) -> PlaceRef:  # type: ignore[misc]
        ty, layout = self.element(ref)
        off = ref.off + elem.lo * layout.size
        if ref.meta < 0:
            count = self.layout_of(ref.ty).count
            end = count - elem.hi if elem.from_end else elem.hi
            array = t.mk_array(ty, t.mk_const_usize(end - elem.lo))
            return replace(ref, ty=array, layout=self.layout_of(array), off=off)
        assert elem.from_end
        meta = self.temp()
        self.emit("SUB_U_I", meta, ref.meta, elem.lo + elem.hi, 0)
        return replace(ref, off=off, meta=meta)

    # -- reading -----------------------------------------------------------------------------------

    def load(self: FnAsm, ref: PlaceRef, dst: Optional[int] = None) -> int:  # type: ignore[misc]
        """The value in consecutive slots of its class: where it is, or `dst`."""
        cls = self.class_of_ty(ref.ty)
        if ref.mode == NOWHERE or cls.kind == "zst":
            return 0 if dst is None else dst
        assert cls.in_slots, ref.ty
        if ref.mode == SLOTS:
            return self.load_slots(ref, cls, dst)
        if dst is None:
            dst = self.temp(cls.slots)
        for part in cls.parts:
            self.load_part(ref, part, dst + part.slot)
        self.check_loaded(ref, cls, dst)
        return dst

    def load_part(self: FnAsm, ref: PlaceRef, part: Part, dst: int) -> None:  # type: ignore[misc]
        off = ref.off + part.offset
        if part.maybe:
            kind = KIND_NUMBER[part.kind]
            if ref.mode == LOCAL:
                self.emit("LDL_MAYBE", dst, dst + part.slots, ref.slot, off, kind)
            else:
                self.emit("LD_MAYBE", dst, dst + part.slots, ref.slot, off, kind, ref.am)
            return
        kind_name = "BOOL" if ref.ty is t.BOOL else _LOAD[part.kind]
        if ref.mode == LOCAL:
            self.emit("LDL_" + kind_name, dst, ref.slot, off)
        else:
            self.emit("LD_" + kind_name, dst, ref.slot, off, ref.am)

    def load_slots(self: FnAsm, ref: PlaceRef, cls: ValueClass, dst: Optional[int]) -> int:  # type: ignore[misc]
        """Parts of a value in slots as a value of its own: moved only where they stand elsewhere."""
        at = ref.parts[0][0]
        in_place = all(
            slot == at + want.slot and have.kind == want.kind and have.maybe == want.maybe
            for (slot, have), want in zip(ref.parts, cls.parts)
        )
        if in_place:
            if dst is not None and dst != at:
                self.move(dst, at, cls.slots)
            return at if dst is None else dst
        if dst is None:
            dst = self.temp(cls.slots)
        for (slot, have), want in zip(ref.parts, cls.parts):
            self.convert_part(dst + want.slot, slot, have, want)
        return dst

    def convert_part(self: FnAsm, dst: int, src: int, have: Part, want: Part) -> None:  # type: ignore[misc]
        if have.kind == want.kind:
            self.move(dst, src, have.slots)
        else:  # integers of one size and different sign
            self.emit("EXT_S" if want.signed else "EXT_U", dst, src, 64 - 8 * want.size)
        if want.maybe:
            if have.maybe:
                self.move(dst + want.slots, src + have.slots, 1)
            else:
                self.emit("CONST", dst + want.slots, 1)

    def check_loaded(self: FnAsm, ref: PlaceRef, cls: ValueClass, slot: int) -> None:  # type: ignore[misc]
        """Validity of what came from memory: characters, enums' tags, niches of integers, null where none may be."""
        if ref.ty is t.BOOL:
            return
        for part in cls.parts:
            scalar = part.scalar
            if not part.maybe and scalar.kind == "int" and not scalar.is_full:
                if ref.ty is t.CHAR:
                    self.emit("V_CHAR", slot + part.slot)
                else:
                    self.check_range(ref.ty, slot + part.slot, part)

    def check_range(self: FnAsm, ty: Ty, slot: int, part: Part) -> None:  # type: ignore[misc]
        s = part.scalar
        if part.size > 8:
            self.check_wide_range(ty, slot, s)
            return
        lo, hi = (x - (1 << 64) if x >> 63 else x for x in (s.start, s.end))
        self.emit("V_RANGE", slot, lo, hi, max(0, 64 - 8 * part.size), self.range_extra(ty, s))

    def check_wide_range(self: FnAsm, ty: Ty, slot: int, s: Scalar) -> None:  # type: ignore[misc]
        if s.start > s.end:
            return
        bound, below, above = self.temp(2), self.temp(), self.temp()
        self.emit("CONST2", bound, *words128(s.start))
        self.emit("WIDE", WIDE["lt_u"], below, slot, bound)
        self.emit("CONST2", bound, *words128(s.end))
        self.emit("WIDE", WIDE["lt_u"], above, bound, slot)
        self.emit("OR", below, below, above)
        name, expected = self.cx.symbols.ty(ty), self.expected(ty, s)
        text = f"constructing invalid value of type {name}: encountered {{0}}, but expected {expected}"
        self.emit("UB_IF", below, self.add_extra(text, slot))

    # -- writing -----------------------------------------------------------------------------------

    def store(self: FnAsm, ref: PlaceRef, slot: int) -> None:  # type: ignore[misc]
        """Writes the value in slots `slot` (of the class of `ref`'s type)."""
        if ref.mode == NOWHERE:
            return
        cls = self.class_of_ty(ref.ty)
        if ref.mode == SLOTS:
            for (to, want), have in zip(ref.parts, cls.parts):
                self.convert_part(to, slot + have.slot, have, want)
            return
        for part in cls.parts:
            self.store_part(ref, part, slot + part.slot)

    def store_part(self: FnAsm, ref: PlaceRef, part: Part, src: int) -> None:  # type: ignore[misc]
        off = ref.off + part.offset
        if part.maybe:
            kind = KIND_NUMBER[part.kind]
            if ref.mode == LOCAL:
                self.emit("STL_MAYBE", ref.slot, off, src, src + part.slots, kind)
            else:
                self.emit("ST_MAYBE", ref.slot, off, src, src + part.slots, kind, ref.am)
        elif ref.mode == LOCAL:
            self.emit("STL_" + _STORE[part.kind], ref.slot, off, src)
        else:
            self.emit("ST_" + _STORE[part.kind], ref.slot, off, src, ref.am)

    def copy(self: FnAsm, dst: PlaceRef, src: PlaceRef) -> None:  # type: ignore[misc]
        """A typed copy between places, of any class."""
        if src.layout.is_zst or src.mode == NOWHERE:
            return
        if self.class_of_ty(src.ty).in_slots:
            if dst.mode == SLOTS and len(dst.parts) and self.is_whole(dst):
                self.load(src, dst.slot)
            else:
                self.store(dst, self.load(src))
            return
        self.copy_bytes(dst, src, src.layout.size)

    def copy_bytes(self: FnAsm, dst: PlaceRef, src: PlaceRef, size: int) -> None:  # type: ignore[misc]
        if dst.mode == LOCAL and src.mode == LOCAL:
            self.emit("COPYL", dst.slot, dst.off, src.slot, src.off, size)
        else:
            self.emit("COPY", dst.slot, dst.off, src.slot, src.off, size, dst.am, src.am)

    def is_whole(self: FnAsm, ref: PlaceRef) -> bool:  # type: ignore[misc]
        """The parts stand as a value of the place's own type would."""
        cls = self.class_of_ty(ref.ty)
        return all(
            slot == ref.slot + want.slot and have.kind == want.kind and have.maybe == want.maybe
            for (slot, have), want in zip(ref.parts, cls.parts)
        )

    def uninit(self: FnAsm, ref: PlaceRef, off: int, size: int) -> None:  # type: ignore[misc]
        if ref.mode == LOCAL:
            self.emit("UNINITL", ref.slot, ref.off + off, size)
        elif ref.mode == PTR:
            self.emit("UNINIT", ref.slot, ref.off + off, size, ref.am)

    # -- addresses ---------------------------------------------------------------------------------

    def address(self: FnAsm, ref: PlaceRef, dst: Optional[int] = None, checked: bool = False) -> int:  # type: ignore[misc]
        """A pointer to the place (and its metadata, if it has), in slots."""
        assert ref.mode in (LOCAL, PTR), ref.ty
        slots = 2 if ref.meta < 0 else 3
        if dst is None:
            if ref.off == 0 and (ref.meta < 0 or ref.meta == ref.slot + 2):
                return ref.slot
            dst = self.temp(slots)
        if ref.meta >= 0 and ref.off == 0 and ref.meta == ref.slot + 2:
            self.move(dst, ref.slot, 3)
            return dst
        if ref.off:
            self.emit("PADDC" if checked and ref.mode == PTR else "PADD", dst, ref.slot, ref.off)
        else:
            self.move(dst, ref.slot, 2)
        if ref.meta >= 0:
            self.move(dst + 2, ref.meta, 1)
        return dst


def words128(bits: int) -> tuple[int, int]:
    """The two words of a 128-bit pattern, signed as instructions hold them."""
    lo, hi = bits & (1 << 64) - 1, bits >> 64 & (1 << 64) - 1
    return lo - (1 << 64) if lo >> 63 else lo, hi - (1 << 64) if hi >> 63 else hi


def slot_parts(cls: ValueClass, slot: int) -> SlotParts:
    return tuple((slot + p.slot, p) for p in cls.parts)


def _sub_slots(out: PlaceRef, ref: PlaceRef, off: int, layout: Layout) -> PlaceRef:
    """The parts of a field of a value in slots."""
    if layout.size == 0:
        return PlaceRef(NOWHERE, out.ty, layout)
    parts = tuple((s, p._replace(offset=p.offset - off)) for s, p in ref.parts if off <= p.offset < off + layout.size)
    out.parts, out.off = parts, 0
    out.slot = parts[0][0]
    return out


_PROJECT = {
    m.Deref: Places.project_deref,
    m.Field: Places.project_field,
    m.Index: Places.project_index,
    m.ConstantIndex: Places.project_constant_index,
    m.Subslice: Places.project_subslice,
    m.Downcast: Places.project_downcast,
}
