"""Enums: the discriminant of a place, and writing the tag of a variant."""

from __future__ import annotations

from itertools import pairwise

from ..mir import body as m
from ..ty.layout_data import Layout, Tag
from ..ty.ty import Ty
from .classes import part_of
from .operands import Operands
from .place_ref import NOWHERE, SLOTS, WIDE, PlaceRef, signed64


class Enums(Operands):
    """The part of `FnAsm` about enums."""

    def rv_discriminant(self, rv: m.Discriminant, dst: PlaceRef) -> None:
        self.discriminant(self.place(rv.place), dst)

    def discriminant(self, ref: PlaceRef, dst: PlaceRef) -> None:
        layout = self.layout_of(ref.ty)
        if layout.tag is None:
            value = layout.discriminants[layout.index] if layout.discriminants else 0
            self.put_const(dst, value)
            return
        if self.class_of_ty(dst.ty).kind == "wide":
            raise self.unsupported("a 128-bit discriminant")
        tag = self.tag_slot(ref, layout)
        if layout.tag.encoding == "direct":
            self.store(dst, tag)
            return
        slot = self.target(dst, 1)
        self.niche(slot, tag, layout)
        self.put(dst, slot)

    def tag_slot(self, ref: PlaceRef, layout: Layout) -> int:
        """The enum's tag, checked if it comes from memory."""
        assert layout.tag is not None
        if ref.mode == SLOTS:
            return next(slot for slot, part in ref.parts if part.offset == layout.tag.offset)
        part = part_of(layout.tag.scalar, layout.tag.offset, 0)
        slot = self.temp(part.slots)
        self.load_part(ref, part, slot)
        if part.kind != "ptr" and part.size <= 8:
            self.check_tag(ref.ty, layout, slot)
        return slot

    def check_tag(self, ty: Ty, layout: Layout, slot: int) -> None:
        """Of an enum in memory whose discriminant is read: the tag must be one of a variant."""
        tag = layout.tag
        assert tag is not None
        s, shift = tag.scalar, 64 - 8 * tag.scalar.size
        lo, hi = s.start, s.end
        extra = self.add_extra(self.cx.symbols.shown(ty), "", "", True)
        if not s.is_full:
            self.emit("V_RANGE", slot, signed64(lo), signed64(hi), shift, extra)
        for first, last in gaps_of_tags(layout):
            self.emit("V_RANGE", slot, signed64(last + 1), signed64(first - 1), shift, extra)

    def niche(self, dst: int, tag: int, layout: Layout) -> None:
        """The variant's index from a niche tag."""
        info = layout.tag
        assert info is not None
        size = info.scalar.size
        count = info.last - info.first + 1
        if size > 8:
            self.wide_niche(dst, tag, info, count)
            return
        self.emit("NICHE", dst, tag, signed64(info.niche_start), count, info.first, info.untagged, 64 - 8 * size)

    def wide_niche(self, dst: int, tag: int, info: Tag, count: int) -> None:
        start, relative = self.temp(2), self.temp(2)
        self.emit("CONST2", start, signed64(info.niche_start), signed64(info.niche_start >> 64))
        self.emit("WIDE", WIDE["sub"], relative, tag, start)
        high, low, variant, other = self.temp(), self.temp(), self.temp(), self.temp()
        self.emit("EQ_I", high, relative + 1, 0)
        self.emit("LT_U_I", low, relative, count)
        self.emit("AND", low, low, high)
        self.emit("ADD_U_I", variant, relative, info.first, 0)
        self.emit("CONST", other, info.untagged)
        self.emit("SELECT", dst, low, variant, other)

    def write_tag(self, ref: PlaceRef, variant: int) -> None:
        layout = self.layout_of(ref.ty)
        tag = layout.tag
        if tag is None or ref.mode == NOWHERE:
            return
        if tag.encoding == "direct":
            bits = layout.discriminants[variant]
        elif variant == tag.untagged:
            return
        else:
            bits = tag.niche_start + variant - tag.first
        part = part_of(tag.scalar, tag.offset, 0)
        bits &= (1 << 8 * part.size) - 1
        if part.signed and bits >> (8 * part.size - 1):
            bits -= 1 << 8 * part.size
        if ref.mode == SLOTS:
            slot, have = next(x for x in ref.parts if x[1].offset == tag.offset)
            self.tag_const(slot, have.slots, bits)
        else:
            slot = self.temp(part.slots)
            self.tag_const(slot, part.slots, bits)
            self.store_part(ref, part._replace(maybe=False), slot)

    def tag_const(self, slot: int, slots: int, bits: int) -> None:
        if slots == 1:
            self.emit("CONST", slot, signed64(bits))
        else:
            self.emit("CONST2", slot, signed64(bits), 0 if bits < 1 << 64 else signed64(bits >> 64))


def gaps_of_tags(layout: Layout) -> list[tuple[int, int]]:
    """The runs (first, last) of tags within the tag's range that are no variant's."""
    tag = layout.tag
    assert tag is not None
    s = tag.scalar
    if tag.encoding == "niche":
        of = {i: tag.niche_start + i - tag.first & s.max for i in range(tag.first, tag.last + 1)}
        dead = [i for i in of if i == tag.untagged or layout.variants[i].uninhabited]
        return [(of[i], of[i]) for i in dead if s.contains(of[i])]
    variants = zip(layout.discriminants, layout.variants)
    known = sorted((d - s.start) & s.max for d, variant in variants if not variant.uninhabited)
    edges = [-1, *known, ((s.end - s.start) & s.max) + 1]
    return [(s.start + a + 1 & s.max, s.start + b - 1 & s.max) for a, b in pairwise(edges) if b > a + 1]
