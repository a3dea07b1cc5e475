"""Places: where a value is, and how it is read, written and addressed there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Final, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout, Scalar
from ..ty.ty import Ty
from .classes import Part, ValueClass
from .code import LocalLoc
from .frame import Loc
from .place_ref import KIND_NUMBER, LOCAL, NOWHERE, PTR, SLOTS, WIDE, PlaceRef, signed64, slot_parts, words128
from .state import FnState
from .validity import Leaf, leaves, scalar_at, tail_of, trait_name, trait_word

_STORE: Final = {
    "u8": "8", "i8": "8", "bool": "8", "u16": "16", "i16": "16", "u32": "32", "i32": "32", "w64": "64", "ptr": "PTR",
    "w128": "128",
}  # fmt: skip
_LOAD: Final = {
    "u8": "U8", "i8": "I8", "bool": "BOOL", "u16": "U16", "i16": "I16", "u32": "U32", "i32": "I32", "w64": "64",
    "ptr": "PTR", "w128": "128",
}  # fmt: skip


class Places(FnState):
    """The part of `FnAsm` about places."""

    # -- finding -----------------------------------------------------------------------------------

    def place(self, place: m.Place) -> PlaceRef:
        local, projection = place.local, place.projection
        loc = self.locs[local]
        if loc.kind == "split":
            first = projection[0]
            assert type(first) is m.Field
            local, projection = m.Local(loc.fields[first.index]), projection[1:]
            loc = self.locs[local]
        ref = self.take_alias(local) or self.local_ref(loc)
        for elem in projection:
            ref = _PROJECT[type(elem)](self, ref, elem)
        return ref

    def local_ref(self, loc: Loc) -> PlaceRef:
        if loc.kind == "slots":
            return PlaceRef(SLOTS, loc.ty, loc.layout, loc.slot, parts=slot_parts(loc.cls, loc.slot))
        if loc.kind == "memory":
            return PlaceRef(LOCAL, loc.ty, loc.layout, loc.slot, valid=not loc.addressed)
        return PlaceRef(NOWHERE, loc.ty, loc.layout)

    def behind(self, pointer: int, pointee: Ty, fat: bool) -> PlaceRef:
        """The place that the pointer in slots `pointer` leads to."""
        layout = self.layout_of(pointee)
        return PlaceRef(PTR, pointee, layout, pointer, 0, layout.align - 1, pointer + 2 if fat else -1)

    def project_deref(self, ref: PlaceRef, elem: m.Deref) -> PlaceRef:
        pointee = self.pointee(ref.ty)
        return self.behind(self.load(ref), pointee, self.class_of(ref.layout).slots == 3)

    def project_field(self, ref: PlaceRef, elem: m.Field) -> PlaceRef:
        return self.field(ref, elem.index)

    def field(self, ref: PlaceRef, index: int) -> PlaceRef:
        ty, off = ref.layout.fields[index], ref.layout.offsets[index]
        layout = self.layout_of(ty)
        out = replace(ref, ty=ty, layout=layout, off=ref.off + off)
        if ref.layout.kind == "union":
            out.valid = False
        if ref.mode == SLOTS:
            return _sub_slots(out, ref, off, layout)
        if ref.mode == PTR:
            if layout.sized:
                out.meta = -1
            elif type(self.layouts.struct_tail(ty)) is t.Dynamic:
                return self.dyn_field(out, ref)
        return out

    def dyn_field(self, out: PlaceRef, ref: PlaceRef) -> PlaceRef:
        """A last field whose alignment only the vtable knows."""
        mask, at, pointer = self.temp(), self.temp(), self.temp(2)
        align = self.size_align_of_val(out.ty, ref.meta - 2)[1]
        self.at_most(align, ref.layout.pack)
        self.emit("ADD_U_I", at, align, out.off - 1, 0)
        self.emit("NEG_U", mask, align, 0)
        self.emit("AND", at, at, mask)
        self.emit("PIDX", pointer, ref.slot, at, 1, 0)
        out.slot, out.off, out.am = pointer, 0, 0
        return out

    # -- sizes of values ---------------------------------------------------------------------------

    def size_align_of_val(self, ty: Ty, pointer: int) -> tuple[int, int]:
        """Slots with size and alignment of what the pointer at `pointer` leads to."""
        layout = self.layout_of(ty)
        size, align = self.temp(), self.temp()
        if layout.sized:
            self.emit("CONST", size, layout.size)
            self.emit("CONST", align, layout.align)
        elif layout.kind == "array":
            assert layout.elem is not None
            self.emit("MUL_U_I", size, pointer + 2, layout.elem.size, 0)
            self.emit("CONST", align, layout.align)
        elif layout.kind == "dyn":
            self.emit("VT_GET", size, pointer + 2, -3)
            self.emit("VT_GET", align, pointer + 2, -2)
        else:
            self.tail_size(layout, pointer, size, align)
        return size, align

    def tail_size(self, layout: Layout, pointer: int, size: int, align: int) -> None:
        """A struct with an unsized last field: its offset, the field, and padding to the common alignment."""
        tail_size, tail_align = self.size_align_of_val(layout.fields[-1], pointer)
        self.at_most(tail_align, layout.pack)
        own = self.temp()
        smaller = self.temp()
        self.emit("CONST", own, layout.align)
        self.emit("LT_U", smaller, own, tail_align)
        self.emit("SELECT", align, smaller, tail_align, own)
        self.emit("CONST", size, layout.offsets[-1])
        self.round_up(size, tail_align)
        self.emit("ADD_U", size, size, tail_size, 0)
        self.round_up(size, align)

    def at_most(self, align: int, pack: int) -> None:
        """A packed struct lowers the alignment of its fields to `pack` (0: it is not packed)."""
        if pack:
            limit, smaller = self.temp(), self.temp()
            self.emit("CONST", limit, pack)
            self.emit("LT_U", smaller, align, limit)
            self.emit("SELECT", align, smaller, align, limit)

    def round_up(self, slot: int, align: int) -> None:
        mask = self.temp()
        self.emit("ADD_U", slot, slot, align, 0)
        self.emit("SUB_U_I", slot, slot, 1, 0)
        self.emit("NEG_U", mask, align, 0)
        self.emit("AND", slot, slot, mask)

    # -- the other projections ---------------------------------------------------------------------

    def project_downcast(self, ref: PlaceRef, elem: m.Downcast) -> PlaceRef:
        return replace(ref, layout=ref.layout.variant(elem.index))

    def project_index(self, ref: PlaceRef, elem: m.Index) -> PlaceRef:
        known = self.take_const(elem.local)
        ty, layout = self.element(ref)
        if known is not None and ref.mode != NOWHERE:
            return replace(ref, ty=ty, layout=layout, off=ref.off + known * layout.size, meta=-1)
        index = self.index_slot(elem.local, known)
        return self.indexed(ref, ty, layout, index)

    def index_slot(self, local: m.Local, known: Optional[int]) -> int:
        if known is None:
            return self.load(self.place(m.Place(local)))
        slot = self.temp()
        self.emit("CONST", slot, known)
        return slot

    def element(self, ref: PlaceRef) -> tuple[Ty, Layout]:
        ty: Ty = self.normalize(ref.ty.elem)  # type: ignore[attr-defined]
        return ty, self.layout_of(ty)

    def indexed(self, ref: PlaceRef, ty: Ty, layout: Layout, index: int) -> PlaceRef:
        if ref.mode == NOWHERE:
            return PlaceRef(NOWHERE, ty, layout)
        pointer = self.temp(2)
        self.emit("PIDX", pointer, ref.slot, index, layout.size, ref.off)
        am = layout.align - 1 if ref.mode == LOCAL else min(ref.am, layout.align - 1)
        return PlaceRef(PTR, ty, layout, pointer, 0, 0 if ref.mode == LOCAL else am, valid=ref.valid)

    def project_constant_index(self, ref: PlaceRef, elem: m.ConstantIndex) -> PlaceRef:
        ty, layout = self.element(ref)
        if ref.meta < 0 or not elem.from_end:
            at = self.layout_of(ref.ty).count - elem.offset if elem.from_end else elem.offset
            return replace(ref, ty=ty, layout=layout, off=ref.off + at * layout.size, meta=-1)
        index = self.temp()
        self.emit("SUB_U_I", index, ref.meta, elem.offset, 0)
        return self.indexed(ref, ty, layout, index)

    def project_subslice(self, ref: PlaceRef, elem: m.Subslice) -> PlaceRef:
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

    def load(self, ref: PlaceRef, dst: Optional[int] = None) -> int:
        """The value in consecutive slots of its class: where it is, or `dst`."""
        cls = self.class_of_ty(ref.ty)
        if ref.mode == NOWHERE or cls.kind == "zst":
            return 0 if dst is None else dst
        assert cls.in_slots, ref.ty
        if ref.mode == SLOTS:
            return self.load_slots(ref, cls, dst)
        if not ref.valid and not self.linker.is_said_by_slots(ref.ty):
            return self.load_checked(ref, cls, dst)
        if dst is None:
            dst = self.temp(cls.slots)
        for part in cls.parts:
            self.load_part(ref, part, dst + part.slot)
        self.check_loaded(ref, cls, dst)
        return dst

    def load_checked(self, ref: PlaceRef, cls: ValueClass, dst: Optional[int]) -> int:
        """A value that is checked where it stands: its slots do not say which parts of it mean anything."""
        clobbers = dst is not None and dst < ref.slot + 3 and ref.slot < dst + cls.slots
        to = self.temp(cls.slots) if dst is None or clobbers else dst
        for part in cls.parts:
            self.load_part(ref, part, to + part.slot)
        program = self.validity_program(ref.ty)
        if program is not None:
            self.emit("V_LOAD", ref.slot, ref.off, program)
        if dst is not None:
            self.move(dst, to, cls.slots)
        return to if dst is None else dst

    def load_part(self, ref: PlaceRef, part: Part, dst: int) -> None:
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

    def load_slots(self, ref: PlaceRef, cls: ValueClass, dst: Optional[int]) -> int:
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

    def convert_part(self, dst: int, src: int, have: Part, want: Part) -> None:
        if have.kind == want.kind:
            self.move(dst, src, have.slots)
        else:  # integers of one size and different sign
            self.emit("EXT_S" if want.signed else "EXT_U", dst, src, 64 - 8 * want.size)
        if want.maybe:
            if have.maybe:
                self.move(dst + want.slots, src + have.slots, 1)
            else:
                self.emit("CONST", dst + want.slots, 1)

    def check_loaded(self, ref: PlaceRef, cls: ValueClass, slot: int) -> None:
        """Validity of what came from memory: characters, enums' tags, niches of integers, null where none may be."""
        if ref.ty is t.BOOL:
            return
        if not ref.valid:
            self.check_leaves(ref.ty, cls, slot)
        self.check_scalars(ref.ty, cls, slot)

    def check_scalars(self, ty: Ty, cls: ValueClass, slot: int) -> None:
        """The ranges of the scalars of a value in slots; of pointers, those that are no `leaves` (`NonNull`)."""
        pointers = {leaf.offset for leaf in leaves(self.cx, ty)}
        for part in cls.parts:
            scalar = part.scalar
            if part.maybe or scalar.is_full or scalar.kind not in ("int", "ptr") or part.offset in pointers:
                continue
            if ty is t.CHAR:
                self.emit("V_CHAR", slot + part.slot)
            else:
                self.check_range(ty, slot + part.slot, part)

    def check_range(self, ty: Ty, slot: int, part: Part) -> None:
        s = part.scalar
        if part.size > 8:
            self.check_wide_range(ty, slot, part.offset, s)
            return
        extra = self.add_extra(self.cx.symbols.shown(ty), *scalar_at(self.cx, ty, part.offset, s))
        self.emit("V_RANGE", slot, signed64(s.start), signed64(s.end), max(0, 64 - 8 * part.size), extra)

    def check_wide_range(self, ty: Ty, slot: int, offset: int, s: Scalar) -> None:
        if s.start > s.end:
            return
        bound, below, above = self.temp(2), self.temp(), self.temp()
        self.emit("CONST2", bound, *words128(s.start))
        self.emit("WIDE", WIDE["lt_u"], below, slot, bound)
        self.emit("CONST2", bound, *words128(s.end))
        self.emit("WIDE", WIDE["lt_u"], above, bound, slot)
        self.emit("OR", below, below, above)
        self.emit("UB_IF", below, self.add_extra(self.invalid_text(ty, offset, s), slot))

    # -- validity of pointers, and of values in memory -----------------------------------------------

    def check_leaves(self, ty: Ty, cls: ValueClass, slot: int) -> None:
        """References and function pointers in a value that came from memory or from other bits."""
        for leaf in leaves(self.cx, ty):
            at = next((slot + p.slot for p in cls.parts if p.offset == leaf.offset), None)
            if at is None:
                continue
            if type(leaf.ty) is t.FnPtr:
                self.emit("V_FN", at, self.add_extra(self.cx.symbols.shown(ty), leaf.path))
            else:
                self.check_reference(leaf, at, ty)

    def check_reference(self, leaf: Leaf, slot: int, whole: Ty) -> None:
        """Not null, aligned, dereferenceable."""
        pointee = self.pointee(leaf.ty)
        layout = self.layout_of(pointee)
        what = "reference" if type(leaf.ty) is t.Ref else "box"
        extra = self.add_extra(self.cx.symbols.shown(whole), leaf.path, what)
        if layout.sized:
            self.emit("V_REF", slot, 0 if leaf.may_dangle else layout.size, layout.align - 1, extra)
            if layout.uninhabited:
                target = f"a {what} pointing to uninhabited type `{self.cx.symbols.shown(pointee)}`"
                self.never_valid(whole, leaf.path, target)
            return
        tail = tail_of(self.cx, pointee)
        if tail is None:
            return
        head = 0 if leaf.may_dangle else tail.head
        if tail.dyn is None:
            self.emit("V_SLICE", slot, 0 if leaf.may_dangle else tail.elem, tail.align - 1, head, extra)
        else:
            name = trait_name(self.cx, tail.dyn)
            extra = self.add_extra(self.cx.symbols.shown(whole), leaf.path, what, name)
            self.emit("V_DYN", slot, tail.align - 1, head, trait_word(self.cx, tail.dyn), extra)

    def never_valid(self, ty: Ty, path: str, what: str) -> None:
        one = self.temp()
        self.emit("CONST", one, 1)
        at = f"at {path}, " if path else ""
        text = f"constructing invalid value of type {self.cx.symbols.shown(ty)}: {at}encountered {what}"
        self.emit("UB_IF", one, self.add_extra(text))

    def check_memory(self, ref: PlaceRef) -> None:
        """A value that was just copied to memory is valid; its padding goes."""
        program = self.validity_program(ref.ty)
        if program is not None:
            self.emit("V_MEM", ref.slot, ref.off, program)

    def check_inhabited(self, ref: PlaceRef) -> None:
        """Of a zero-sized value, which is nowhere."""
        if ref.layout.uninhabited:
            what = "a value of an uninhabited type"
            if type(ref.ty) is t.Never:
                what = "a value of the never type `!`"
            elif type(ref.ty) is t.Adt and self.tcx.adt_def(ref.ty.def_id).kind == "enum":
                what = f"a value of zero-variant enum `{self.cx.symbols.shown(ref.ty)}`"
            self.never_valid(ref.ty, "", what)

    # -- writing -----------------------------------------------------------------------------------

    def store(self, ref: PlaceRef, slot: int) -> None:
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

    def store_part(self, ref: PlaceRef, part: Part, src: int) -> None:
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

    def copy(self, dst: PlaceRef, src: PlaceRef) -> None:
        """A typed copy between places, of any class."""
        if src.layout.is_zst or src.mode == NOWHERE:
            if not src.valid and src.mode == PTR:
                self.check_inhabited(src)
            return
        if self.class_of_ty(src.ty).in_slots:
            if dst.mode == SLOTS and len(dst.parts) and self.is_whole(dst):
                self.load(src, dst.slot)
            else:
                self.store(dst, self.load(src))
            return
        self.copy_bytes(dst, src, src.layout.size)
        if not src.valid:
            self.check_memory(dst)

    def copy_bytes(self, dst: PlaceRef, src: PlaceRef, size: int) -> None:
        if dst.mode == LOCAL and src.mode == LOCAL:
            self.emit("COPYL", dst.slot, dst.off, src.slot, src.off, size)
        else:
            self.emit("COPY", dst.slot, dst.off, src.slot, src.off, size, dst.am, src.am)

    def is_whole(self, ref: PlaceRef) -> bool:
        """The parts stand as a value of the place's own type would."""
        cls = self.class_of_ty(ref.ty)
        return all(
            slot == ref.slot + want.slot and have.kind == want.kind and have.maybe == want.maybe
            for (slot, have), want in zip(ref.parts, cls.parts)
        )

    def uninit(self, ref: PlaceRef, off: int, size: int) -> None:
        if ref.mode == LOCAL:
            self.emit("UNINITL", ref.slot, ref.off + off, size)
        elif ref.mode == PTR:
            self.emit("UNINIT", ref.slot, ref.off + off, size, ref.am)

    # -- addresses ---------------------------------------------------------------------------------

    def address(self, ref: PlaceRef, dst: Optional[int] = None, checked: bool = False) -> int:
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

    # -- memory for one statement --------------------------------------------------------------------

    def scratch_memory(self, layout: Layout) -> PlaceRef:
        """A memory local for one statement; `kill` it after use."""
        ty = layout.ty
        assert ty is not None
        slot = self.new_triple()
        self.scratch.append(LocalLoc("memory", slot, 3, layout.size, layout.align))
        self.emit("LIVE", slot, layout.size, layout.align)
        return PlaceRef(LOCAL, ty, layout, slot, valid=True)

    def kill(self, ref: PlaceRef) -> None:
        self.emit("DEAD", ref.slot)


def _sub_slots(out: PlaceRef, ref: PlaceRef, off: int, layout: Layout) -> PlaceRef:
    """The parts of a field of a value in slots."""
    if layout.size == 0:
        return PlaceRef(NOWHERE, out.ty, layout)
    parts = tuple((s, p._replace(offset=p.offset - off)) for s, p in ref.parts if off <= p.offset < off + layout.size)
    out.parts, out.off = parts, 0
    out.slot = parts[0][0]
    return out


_PROJECT: Final[dict[type, Callable[[Any, PlaceRef, Any], PlaceRef]]] = {
    m.Deref: Places.project_deref,
    m.Field: Places.project_field,
    m.Index: Places.project_index,
    m.ConstantIndex: Places.project_constant_index,
    m.Subslice: Places.project_subslice,
    m.Downcast: Places.project_downcast,
}
