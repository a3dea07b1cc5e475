"""Operands: copies, moves and constants as slots, immediates or places.

A constant of a scalar class is an immediate; one that is memory, or holds pointers, is a global made by `link.py`
(literals at once, const items and promoteds by running their initialisers).
"""

from __future__ import annotations

from typing import Optional

from ..mir import body as m
from ..mono.instance import Instance
from ..ty import ty as t
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .classes import ValueClass
from .place_ref import NOWHERE, PTR, SLOTS, PlaceRef, signed64, slot_parts
from .places import Places


class Operands(Places):
    """The part of `FnAsm` about operands."""

    def immediate(self, op: m.Operand) -> Optional[int]:
        """The canonical slot of a one-slot constant known now."""
        if type(op) is not m.Constant:
            place = op.place  # type: ignore[union-attr]
            return None if place.projection or not self.aliases else self.take_const(place.local)
        bits = self.const_bits(op)
        if bits is None:
            return None
        cls = self.class_of_ty(self.mono(op.ty))
        return canonical(bits, cls) if cls.kind == "scalar" else None

    def const_bits(self, const: m.Constant) -> Optional[int]:
        """The bit pattern of a constant, if it is a plain number."""
        kind = const.kind
        if type(kind) is m.Scalar:
            return kind.bits
        if type(kind) is m.TyConst:
            value = self.cx.const(self.mono_const(kind.const))
            return value.value if isinstance(value, t.ConstValue) and isinstance(value.value, int) else None
        if type(kind) is m.Unevaluated:
            return self.linker.const_bits(self.const_instance(kind), self.mono(const.ty))
        return None

    def mono_const(self, const: t.Const) -> t.Const:
        return self.cx.mono_args((const,), self.args)[0]  # type: ignore[return-value]

    def operand_slot(self, op: m.Operand) -> int:
        """The operand's value in slots; its class is not memory."""
        value = self.immediate(op)
        if value is not None:
            slot = self.temp()
            self.emit("CONST", slot, value)
            return slot
        return self.load(self.operand_ref(op))

    def operand_to(self, op: m.Operand, dst: int) -> None:
        """The operand's value into the slots from `dst` on."""
        value = self.immediate(op)
        if value is not None:
            self.emit("CONST", dst, value)
        else:
            self.load(self.operand_ref(op, dst), dst)

    def operand_into(self, op: m.Operand, dst: PlaceRef) -> None:
        if dst.mode == SLOTS and self.is_whole(dst):
            self.operand_to(op, dst.slot)
            return
        value = self.immediate(op)
        if value is None:
            self.copy(dst, self.operand_ref(op))
            return
        slot = self.temp()
        self.emit("CONST", slot, value)
        self.store(dst, slot)

    def operand_ref(self, op: m.Operand, dst: Optional[int] = None) -> PlaceRef:
        """Where the operand is; a constant in slots is put into `dst` or a temporary."""
        if type(op) is not m.Constant:
            return self.place(op.place)  # type: ignore[union-attr]
        ty = self.mono(op.ty)
        layout = self.layout_of(ty)
        cls = self.class_of(layout)
        if cls.kind == "zst":
            if type(op.kind) is m.Unevaluated:
                self.linker.require_const(self.const_instance(op.kind), layout)
            return PlaceRef(NOWHERE, ty, layout)
        bits = self.const_bits(op)
        if bits is not None and cls.in_slots:
            return self.bits_ref(bits, ty, layout, cls, dst)
        return self.const_ref(op, ty, layout, cls, dst)

    def bits_ref(self, bits: int, ty: Ty, layout: Layout, cls: ValueClass, dst: Optional[int]) -> PlaceRef:
        """A number (or a pointer without provenance) in slots."""
        slot = self.temp(cls.slots) if dst is None else dst
        if cls.kind == "scalar":
            self.emit("CONST", slot, canonical(bits, cls))
        elif cls.kind == "ptr":
            self.emit("CONST2", slot, signed64(bits), 0)
        else:
            assert cls.kind == "wide", ty
            self.emit("CONST2", slot, signed64(bits), signed64(bits >> 64))
        return PlaceRef(SLOTS, ty, layout, slot, parts=slot_parts(cls, slot))

    def const_ref(self, const: m.Constant, ty: Ty, layout: Layout, cls: ValueClass, dst: Optional[int]) -> PlaceRef:
        kind = const.kind
        if type(kind) is m.Unevaluated:
            number = self.linker.const_global(self.const_instance(kind), layout)
            return self.global_place(number, ty, layout)
        slot = self.temp(cls.slots) if dst is None else dst
        if type(kind) is m.StrLit:
            data = kind.value.encode("utf-8", "surrogatepass")
            self.emit("GLOBAL", slot, self.linker.literal(data))
            self.emit("CONST", slot + 2, len(data))
        elif type(kind) is m.BytesLit:
            self.emit("GLOBAL", slot, self.linker.literal(kind.value))
            if cls.slots == 3:
                self.emit("CONST", slot + 2, len(kind.value))
        elif type(kind) is m.StaticRef:
            self.static_address(kind, slot)
        else:
            raise self.unsupported(f"a constant of type `{ty}`")
        return PlaceRef(SLOTS, ty, layout, slot, parts=slot_parts(cls, slot))

    def static_address(self, kind: m.StaticRef, slot: int) -> None:
        number = self.linker.static_global(kind.def_id)
        name = "TLS" if self.linker.get_global(number).kind == "thread_local" else "GLOBAL"
        self.emit(name, slot, number)

    def global_place(self, number: int, ty: Ty, layout: Layout) -> PlaceRef:
        pointer = self.temp(2)
        self.emit("GLOBAL", pointer, number)
        return PlaceRef(PTR, ty, layout, pointer, valid=True)

    def const_instance(self, kind: m.Unevaluated) -> Instance:
        args = self.cx.mono_args(kind.args, self.args)
        return self.cx.const_instance(kind.def_id, args, -1 if kind.promoted is None else kind.promoted)

    # -- results of a computation ------------------------------------------------------------------

    def target(self, dst: PlaceRef, slots: int) -> int:
        """Slots in which to compute a value for `dst`; `put` it there after."""
        if dst.mode == SLOTS and self.is_whole(dst):
            return dst.slot
        return self.temp(slots)

    def put(self, dst: PlaceRef, slot: int) -> None:
        if dst.mode != SLOTS or slot != dst.slot or not self.is_whole(dst):
            self.store(dst, slot)

    def put_const(self, dst: PlaceRef, value: int) -> None:
        """A one-slot constant."""
        slot = self.target(dst, 1)
        self.emit("CONST", slot, signed64(value))
        self.put(dst, slot)


def canonical(bits: int, cls: ValueClass) -> int:
    """A bit pattern as a slot holds it: sign-extended for signed types, else zero-extended."""
    part = cls.parts[0]
    width = 8 * part.size
    bits &= (1 << width) - 1
    if part.signed and bits >> (width - 1):
        bits -= 1 << width
    return signed64(bits)


def operand_local(op: m.Operand) -> Optional[int]:
    return None if type(op) is m.Constant else op.place.local  # type: ignore[union-attr]
