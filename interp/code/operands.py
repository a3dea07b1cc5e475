"""Operands: copies, moves and constants as slots, immediates or places.

A constant of a scalar class is an immediate; one that is memory, or holds pointers, is a global made by `link.py`
(literals at once, const items and promoteds by running their initialisers).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .classes import ValueClass
from .places import NOWHERE, PTR, SLOTS, PlaceRef, slot_parts

if TYPE_CHECKING:
    from .assemble import FnAsm

MASK64 = (1 << 64) - 1


def signed64(value: int) -> int:
    """A 64-bit pattern as the signed word it is in an instruction."""
    value &= MASK64
    return value - (1 << 64) if value >> 63 else value


class Operands:
    """The part of `FnAsm` about operands."""

    def immediate(self: FnAsm, op: m.Operand) -> Optional[int]:  # type: ignore[misc]
        """The canonical slot of a one-slot constant known now."""
        if type(op) is not m.Constant:
            place = op.place  # type: ignore[union-attr]
            return None if place.projection or not self.aliases else self.take_const(place.local)
        bits = self.const_bits(op)
        if bits is None:
            return None
        cls = self.class_of_ty(self.mono(op.ty))
        return canonical(bits, cls) if cls.kind == "scalar" else None

    def const_bits(self: FnAsm, const: m.Constant) -> Optional[int]:  # type: ignore[misc]
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

    def mono_const(self: FnAsm, const: t.Const) -> t.Const:  # type: ignore[misc]
        return self.cx.mono_args((const,), self.args)[0]  # type: ignore[return-value]

    def operand_slot(self: FnAsm, op: m.Operand) -> int:  # type: ignore[misc]
        """The operand's value in slots; its class is not memory."""
        value = self.immediate(op)
        if value is not None:
            slot = self.temp()
            self.emit("CONST", slot, value)
            return slot
        return self.load(self.operand_ref(op))

    def operand_to(self: FnAsm, op: m.Operand, dst: int) -> None:  # type: ignore[misc]
        """The operand's value into the slots from `dst` on."""
        value = self.immediate(op)
        if value is not None:
            self.emit("CONST", dst, value)
        else:
            self.load(self.operand_ref(op, dst), dst)

    def operand_into(self: FnAsm, op: m.Operand, dst: PlaceRef) -> None:  # type: ignore[misc]
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

    def operand_ref(self: FnAsm, op: m.Operand, dst: Optional[int] = None) -> PlaceRef:  # type: ignore[misc]
        """Where the operand is; a constant in slots is put into `dst` or a temporary."""
        if type(op) is not m.Constant:
            return self.place(op.place)  # type: ignore[union-attr]
        ty = self.mono(op.ty)
        layout = self.layout_of(ty)
        cls = self.class_of(layout)
        if cls.kind == "zst":
            return PlaceRef(NOWHERE, ty, layout)
        bits = self.const_bits(op)
        if bits is not None and cls.in_slots:
            return self.bits_ref(bits, ty, layout, cls, dst)
        return self.const_ref(op, ty, layout, cls, dst)

    def bits_ref(  # type: ignore[misc]
        self: FnAsm, bits: int, ty: Ty, layout: Layout, cls: ValueClass, dst: Optional[int]
    ) -> PlaceRef:
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

    def const_ref(  # type: ignore[misc]
        self: FnAsm, const: m.Constant, ty: Ty, layout: Layout, cls: ValueClass, dst: Optional[int]
    ) -> PlaceRef:
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

    def static_address(self: FnAsm, kind: m.StaticRef, slot: int) -> None:  # type: ignore[misc]
        number = self.linker.static_global(kind.def_id)
        name = "TLS" if self.linker.get_global(number).kind == "thread_local" else "GLOBAL"
        self.emit(name, slot, number)

    def global_place(self: FnAsm, number: int, ty: Ty, layout: Layout) -> PlaceRef:  # type: ignore[misc]
        pointer = self.temp(2)
        self.emit("GLOBAL", pointer, number)
        return PlaceRef(PTR, ty, layout, pointer)

    def const_instance(self: FnAsm, kind: m.Unevaluated):  # type: ignore[misc, no-untyped-def]
        args = self.cx.mono_args(kind.args, self.args)
        return self.cx.const_instance(kind.def_id, args, -1 if kind.promoted is None else kind.promoted)


def canonical(bits: int, cls: ValueClass) -> int:
    """A bit pattern as a slot holds it: sign-extended for signed types, else zero-extended."""
    part = cls.parts[0]
    width = 8 * part.size
    bits &= (1 << width) - 1
    if part.signed and bits >> (width - 1):
        bits -= 1 << width
    return signed64(bits)
