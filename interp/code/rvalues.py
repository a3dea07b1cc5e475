"""Rvalues: each computed into a place."""

from __future__ import annotations

from typing import Any, Callable, Final

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .casts import Casts
from .place_ref import NOWHERE, SLOTS, PlaceRef, slot_parts
from .validity import Leaf


class Rvalues(Casts):
    """The part of `FnAsm` about rvalues."""

    def rvalue_into(self, rv: m.Rvalue, dst: PlaceRef) -> None:
        _RVALUE[type(rv)](self, rv, dst)

    def rv_use(self, rv: m.Use, dst: PlaceRef) -> None:
        if dst.mode != NOWHERE:
            self.operand_into(rv.operand, dst)
        elif type(rv.operand) is m.Constant:
            self.operand_ref(rv.operand)

    def rv_ref(self, rv: Any, dst: PlaceRef) -> None:
        ref = self.place(rv.place)
        if dst.mode == SLOTS and self.is_whole(dst):
            self.address(ref, dst.slot, checked=True)
        else:
            self.store(dst, self.address(ref, checked=True))

    def rv_ref_checked(self, rv: m.Ref, dst: PlaceRef) -> None:
        """`&*p` or `&(*p).field` of a raw pointer makes a reference that must be valid."""
        self.rv_ref(rv, dst)
        if self.is_behind_raw(rv.place):
            slot = dst.slot if dst.mode == SLOTS else self.load(dst)
            self.check_reference(Leaf(0, dst.ty, "", False), slot, dst.ty)

    def is_behind_raw(self, place: m.Place) -> bool:
        """The last pointer on the way to the place is a raw one."""
        derefs = [i for i, elem in enumerate(place.projection) if type(elem) is m.Deref]
        return bool(derefs) and type(self.place_ty(m.Place(place.local, place.projection[: derefs[-1]]))) is t.RawPtr

    def rv_len(self, rv: m.Len, dst: PlaceRef) -> None:
        ref = self.place(rv.place)
        if ref.meta >= 0:
            self.store(dst, ref.meta)
        else:
            self.put_const(dst, self.layout_of(ref.ty).count)

    def rv_repeat(self, rv: m.Repeat, dst: PlaceRef) -> None:
        layout = dst.layout
        assert layout.elem is not None
        if layout.count == 0 or layout.size == 0:
            return
        ty, elem = self.element(dst)
        zero = self.immediate(rv.operand) if self.class_of(elem).kind == "scalar" else None
        if zero == 0 or (zero is not None and elem.size == 1):
            value, count = self.temp(), self.temp()
            self.emit("CONST", value, zero & 0xFF)
            self.emit("CONST", count, layout.size)
            self.emit("MEMSET", self.address(dst), value, count, 1, 0)
            return
        first = PlaceRef(dst.mode, ty, elem, dst.slot, dst.off, dst.am)
        if zero is not None:
            slot = self.temp()
            self.emit("CONST", slot, zero)
            self.store(first, slot)
        else:
            self.operand_into(rv.operand, first)
        if layout.count > 1:
            self.emit("FILL", dst.slot, dst.off, elem.size, layout.count)

    def rv_nullary(self, rv: m.NullaryOp, dst: PlaceRef) -> None:
        layout = self.layout_of(self.mono(rv.ty))
        self.put_const(dst, {"SizeOf": layout.size, "AlignOf": layout.align, "UbChecks": 0}[rv.op])

    # -- aggregates --------------------------------------------------------------------------------

    def rv_aggregate(self, rv: m.Aggregate, dst: PlaceRef) -> None:
        kind = rv.kind
        if kind.kind == "raw_ptr":
            self.raw_ptr(rv.operands, dst)
        elif kind.kind == "array":
            self.array(rv.operands, dst)
        else:
            self.fields_into(rv, dst)

    def raw_ptr(self, operands: tuple[m.Operand, ...], dst: PlaceRef) -> None:
        slots = self.class_of_ty(dst.ty).slots
        slot = self.temp(3)
        self.operand_to(operands[0], slot)
        if slots == 3:
            self.operand_to(operands[1], slot + 2)
        self.store(dst, slot)

    def array(self, operands: tuple[m.Operand, ...], dst: PlaceRef) -> None:
        if not operands:
            return
        ty, elem = self.element(dst)
        for i, op in enumerate(operands):
            self.operand_into(op, PlaceRef(dst.mode, ty, elem, dst.slot, dst.off + i * elem.size, dst.am))

    def fields_into(self, rv: m.Aggregate, dst: PlaceRef) -> None:
        kind = rv.kind
        if self.has_declared_range(dst):
            self.ranged_into(rv, dst)
            return
        layout = self.layout_of(dst.ty)
        variant = layout.variant(kind.variant)
        base = PlaceRef(dst.mode, dst.ty, variant, dst.slot, dst.off, dst.am, -1, dst.parts)
        if dst.mode == SLOTS:
            self.fields_to_slots(rv, base, kind)
        else:
            if dst.mode != NOWHERE and has_gaps(self, layout, variant):
                self.uninit(dst, 0, layout.size)
            for i, op in enumerate(rv.operands):
                index = i if kind.active_field is None else kind.active_field
                self.operand_into(op, self.field(base, index))
        self.write_tag(dst, kind.variant)

    def has_declared_range(self, dst: PlaceRef) -> bool:
        """A struct whose attribute restricts its scalar (`NonNull`, `NonZero`)."""
        ty = dst.ty
        return (
            type(ty) is t.Adt and dst.mode != NOWHERE and bool(self.tcx.adt_def(ty.def_id).repr.scalar_valid_range)
            and self.class_of_ty(ty).in_slots
        )  # fmt: skip

    def ranged_into(self, rv: m.Aggregate, dst: PlaceRef) -> None:
        """Making one is a typed copy of its scalar: that must be in range."""
        cls = self.class_of_ty(dst.ty)
        slot = self.target(dst, cls.slots)
        value = PlaceRef(SLOTS, dst.ty, dst.layout, slot, parts=slot_parts(cls, slot))
        self.fields_to_slots(rv, value, rv.kind)
        self.check_scalars(dst.ty, cls, slot)
        self.put(dst, slot)

    def fields_to_slots(self, rv: m.Aggregate, base: PlaceRef, kind: m.AggregateKind) -> None:
        """Several fields into slots that an operand may also read: through temporaries then."""
        indexes = range(len(rv.operands)) if kind.active_field is None else [kind.active_field]
        fields = [self.field(base, i) for i in indexes]
        real = [(f, op) for f, op in zip(fields, rv.operands) if f.mode == SLOTS]
        covered = {slot for f, _ in real for slot, _ in f.parts}
        for slot, part in base.parts:
            if part.maybe and slot not in covered:
                self.emit("CONST", slot + part.slots, 0)
        if len(real) > 1 and any(self.reads_slots(op, base) for _, op in real):
            values = [self.operand_copy(op, f.ty) for f, op in real]
            for (f, _), value in zip(real, values):
                self.store(f, value)
            return
        for f, op in real:
            self.operand_into(op, f)

    def operand_copy(self, op: m.Operand, ty: Ty) -> int:
        slot = self.temp(self.class_of_ty(ty).slots)
        self.operand_to(op, slot)
        return slot

    def reads_slots(self, op: m.Operand, base: PlaceRef) -> bool:
        if type(op) is m.Constant:
            return False
        place = op.place  # type: ignore[union-attr]
        loc = self.locs[place.local]
        return loc.kind == "slots" and any(loc.slot <= slot < loc.slot + loc.cls.slots for slot, _ in base.parts)


def has_gaps(fa: Rvalues, whole: Layout, variant: Layout) -> bool:
    """Whether bytes of the value are covered by no field of the variant."""
    filled = sum(fa.layout_of(x).size for x in variant.fields)
    if whole.tag is not None and (whole.tag.encoding == "direct" or variant.index != whole.tag.untagged):
        filled += whole.tag.scalar.size
    return filled < whole.size


_RVALUE: Final[dict[type, Callable[[Any, Any, PlaceRef], None]]] = {
    m.Use: Rvalues.rv_use,
    m.Repeat: Rvalues.rv_repeat,
    m.Ref: Rvalues.rv_ref_checked,
    m.RawPtr: Rvalues.rv_ref,
    m.Len: Rvalues.rv_len,
    m.Cast: Rvalues.cast,
    m.BinaryOp: Rvalues.rv_binary,
    m.UnaryOp: Rvalues.rv_unary,
    m.NullaryOp: Rvalues.rv_nullary,
    m.Discriminant: Rvalues.rv_discriminant,
    m.Aggregate: Rvalues.rv_aggregate,
}
