"""Calls: arguments into the window, results to their destination, locations of callers, landing pads."""

from __future__ import annotations

from typing import Final

from ..mir import body as m
from ..mono.instance import Instance
from ..ty import ty as t
from ..ty.ty import Ty
from .aliases import Aliases
from .code import PAD_TERMINATE_ABI, PAD_TERMINATE_CLEANUP, PAD_UNREACHABLE, LocalLoc
from .emit import WINDOW
from .operands import operand_local
from .place_ref import LOCAL, NOWHERE, SLOTS, PlaceRef, slot_parts

_PADS: Final = {
    m.UNREACHABLE: PAD_UNREACHABLE, m.TERMINATE_ABI: PAD_TERMINATE_ABI, m.TERMINATE_CLEANUP: PAD_TERMINATE_CLEANUP,
}  # fmt: skip


class Calls(Aliases):
    """The part of `FnAsm` about calls."""

    # -- unwinding and locations -------------------------------------------------------------------

    def pad(self, index: int, unwind: m.UnwindAction) -> None:
        """Instruction `index` unwinds to there."""
        if isinstance(unwind, int):
            self.out.landing[index] = self.labels[unwind]
        elif unwind in _PADS:
            self.out.landing[index] = _PADS[unwind]

    def takes_location(self) -> bool:
        return self.instance.kind == "item" and self.cx.is_track_caller(self.instance.def_id)

    def location_to(self, dst: int, span: int) -> None:
        """`&Location` of the call at `span`: this function's own caller's if it is `#[track_caller]`."""
        if self.location_slot >= 0:
            self.move(dst, self.location_slot, 2)
        else:
            self.emit("GLOBAL", dst, self.linker.location(span))

    # -- calls -------------------------------------------------------------------------------------

    def call_ctor(self, term: m.Call, instance: Instance) -> None:
        kind = m.AggregateKind("adt", self.place_ty(term.destination), self.cx.variant_of_ctor(instance.def_id))
        self.changes_place(term.destination)
        self.rvalue_into(m.Aggregate(kind, term.args), self.place(term.destination))

    def call_instance(self, term: m.Call, instance: Instance, spread: bool) -> None:
        result = self.result_of(term)
        at = self.arguments(term.args, spread, self.result_pointer(result))
        if instance.kind == "item" and self.cx.is_track_caller(instance.def_id):
            self.location_to(WINDOW + at, term.fn_span or term.span)
        index = self.emit("CALL", self.linker.instance(instance), WINDOW, self.result_slots(result))
        self.pad(index, term.unwind)
        self.take_result(term, result)

    def call_pointer(self, term: m.Call, ty: Ty) -> None:
        pointer = self.operand_slot(term.func)
        result = self.result_of(term)
        self.arguments(term.args, False, self.result_pointer(result))
        sig = self.linker.signature_of(ty)
        index = self.emit("CALL_PTR", pointer, WINDOW, self.result_slots(result), sig)
        self.pad(index, term.unwind)
        self.take_result(term, result)

    def call_virtual(self, term: m.Call, instance: Instance) -> None:
        dyn = instance.args[0]
        assert isinstance(dyn, t.Dynamic)
        index = self.linker.vtables.method_index(dyn, instance.def_id, instance.args[1:])
        result = self.result_of(term)
        at = self.result_pointer(result)
        receiver = self.operand_ref(term.args[0])
        fat = self.load(receiver) if self.class_of_ty(receiver.ty).in_slots else self.address(receiver)
        self.move(WINDOW + at, fat, 2)
        spread = self.tcx.fn_sig(instance.def_id).abi == "rust-call"
        self.arguments(term.args[1:], spread, at + 2)
        call = self.emit("CALL_VIRT", fat + 2, index, WINDOW, self.result_slots(result))
        self.pad(call, term.unwind)
        self.take_result(term, result)

    def arguments(self, args: tuple[m.Operand, ...], spread: bool, at: int) -> int:
        """Writes the arguments into the window from its slot `at` on; the slot after them."""
        for number, op in enumerate(args):
            if spread and number == len(args) - 1:
                return self.spread(op, at)
            value = self.immediate(op)
            if value is not None:
                self.emit("CONST", WINDOW + at, value)
                at += 1
            else:
                at = self.argument(self.operand_ref(op, WINDOW + at), at)
        return at

    def argument(self, ref: PlaceRef, at: int) -> int:
        cls = self.class_of_ty(ref.ty)
        if cls.kind == "memory":
            slots = 2 if ref.meta < 0 else 3
            self.address(ref, WINDOW + at)
            return at + slots
        if cls.kind != "zst":
            self.load(ref, WINDOW + at)
        return at + cls.slots

    def spread(self, op: m.Operand, at: int) -> int:
        """The last argument of a rust-call is a tuple, passed as its fields."""
        local = operand_local(op)
        if local is not None and self.locs[local].kind == "split":
            for field in self.locs[local].fields:
                at = self.argument(self.local_ref(self.locs[field]), at)
            return at
        whole = self.operand_ref(op)
        for i in range(len(whole.layout.fields)):
            at = self.argument(self.field(whole, i), at)
        return at

    # -- results -----------------------------------------------------------------------------------

    def result_of(self, term: m.Call) -> PlaceRef:
        """Where the callee's result goes first: the destination itself, or something fresh."""
        place = term.destination
        ty = self.place_ty(place)
        cls = self.class_of_ty(ty)
        layout = self.layout_of(ty)
        if cls.kind == "zst":
            return PlaceRef(NOWHERE, ty, layout)
        self.changes_place(place)
        loc = self.locs[place.local]
        if cls.kind == "memory":
            used = any(operand_local(op) == place.local for op in term.args)
            if not place.projection and not used and loc.kind == "memory":
                return self.local_ref(loc)
            return self.scratch_memory(layout)
        if loc.kind == "slots" and not place.projection:
            return self.local_ref(loc)
        slot = self.temp(cls.slots)
        self.scratch.append(LocalLoc(cls.kind, slot, cls.slots, layout.size, layout.align))
        return PlaceRef(SLOTS, ty, layout, slot, parts=slot_parts(cls, slot))

    def result_pointer(self, result: PlaceRef) -> int:
        """Passes the place of a memory result; how many slots of the window that took."""
        if result.mode != LOCAL:
            return 0
        self.move(WINDOW, result.slot, 2)
        return 2

    def result_slots(self, result: PlaceRef) -> int:
        return result.slot if result.mode == SLOTS else 0

    def take_result(self, term: m.Call, result: PlaceRef) -> None:
        """After the call: the result from where it is to the destination."""
        if term.target is None:
            self.emit("UNREACHABLE")
            return
        if result.mode == NOWHERE:
            return
        place = term.destination
        loc = self.locs[place.local]
        if not place.projection and loc.slot == result.slot and loc.kind in ("slots", "memory"):
            return
        self.copy(self.place(place), result)
        if result.mode == LOCAL:
            self.kill(result)
