"""What the functions that emit intrinsics use: call-outs to the machine, sizes of values behind pointers."""

from __future__ import annotations

from typing import Any, Callable

from ..mir import body as m
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

    def pointee_place(self, op: m.Operand, ty: Ty) -> PlaceRef:
        slots = self.class_of_ty(self.operand_ty(op)).slots
        return self.behind(self.operand_slot(op), ty, slots == 3)


Handler = Callable[[IntrinsicBase, m.Call, Args, PlaceRef], None]
