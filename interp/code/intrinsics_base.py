"""What the functions that emit intrinsics use: call-outs to the machine, sizes of values behind pointers."""

from __future__ import annotations

from typing import Any, Callable

from ..mir import body as m
from ..ty.layout_data import Layout
from ..ty.ty import Args, Ty
from .calls import Calls
from .emit import WINDOW
from .place_ref import NOWHERE, PlaceRef


class IntrinsicBase(Calls):
    """The part of `FnAsm` that intrinsics are emitted with."""

    def call_out(self, name: str, term: m.Call, dst: PlaceRef, *plain: Any) -> None:
        """An INTR: arguments in the window as for a call, result slots back."""
        self.arguments(term.args, False, 0)
        cls = self.class_of_ty(dst.ty)
        slot = self.temp(cls.slots) if cls.in_slots else 0
        if not cls.in_slots:
            raise self.unsupported(f"intrinsic `{name}` with a result in memory")
        index = self.emit("INTR", self.add_extra(name, *plain), WINDOW, slot)
        self.pad(index, term.unwind)
        if cls.slots and term.target is not None:
            self.store(dst, slot)

    def give(self, dst: PlaceRef, name: str, *operands: int) -> None:
        """One instruction whose first operand is the result."""
        if dst.mode == NOWHERE:
            return
        slot = self.target(dst, self.class_of_ty(dst.ty).slots)
        self.emit(name, slot, *operands)
        self.put(dst, slot)

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
        own = self.temp()
        smaller = self.temp()
        self.emit("CONST", own, layout.align)
        self.emit("LT_U", smaller, own, tail_align)
        self.emit("SELECT", align, smaller, tail_align, own)
        self.emit("CONST", size, layout.offsets[-1])
        self.round_up(size, tail_align)
        self.emit("ADD_U", size, size, tail_size, 0)
        self.round_up(size, align)

    def round_up(self, slot: int, align: int) -> None:
        mask = self.temp()
        self.emit("ADD_U", slot, slot, align, 0)
        self.emit("SUB_U_I", slot, slot, 1, 0)
        self.emit("NEG_U", mask, align, 0)
        self.emit("AND", slot, slot, mask)

    def pointee_place(self, op: m.Operand, ty: Ty) -> PlaceRef:
        slots = self.class_of_ty(self.operand_ty(op)).slots
        return self.behind(self.operand_slot(op), ty, slots == 3)


Handler = Callable[[IntrinsicBase, m.Call, Args, PlaceRef], None]
