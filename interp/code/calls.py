"""Terminators: jumps, calls, drops, asserts, returns, and where each unwinds to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Optional

from ..mir import body as m
from ..mono.instance import Instance, drop_glue
from ..ty import ty as t
from ..ty.ty import Ty
from .code import PAD_TERMINATE_ABI, PAD_TERMINATE_CLEANUP, PAD_UNREACHABLE, LocalLoc
from .emit import MEM, WINDOW
from .operands import canonical, signed64
from .places import LOCAL, NOWHERE, SLOTS, WIDE, PlaceRef, slot_parts
from .rvalues import operand_local

if TYPE_CHECKING:
    from .assemble import FnAsm

_PADS: Final = {
    m.UNREACHABLE: PAD_UNREACHABLE, m.TERMINATE_ABI: PAD_TERMINATE_ABI, m.TERMINATE_CLEANUP: PAD_TERMINATE_CLEANUP,
}  # fmt: skip
_PANICS: Final = {
    "BoundsCheck": "panic_bounds_check",
    "DivisionByZero": "panic_const_div_by_zero",
    "RemainderByZero": "panic_const_rem_by_zero",
    "ResumedAfterReturn": "panic_const_async_fn_resumed",
    "ResumedAfterPanic": "panic_const_async_fn_resumed_panic",
    "NullPointerDereference": "panic_null_pointer_dereference",
}
_LANG_UNWIND: Final = {"terminate_abi": "panic_cannot_unwind", "terminate_cleanup": "panic_in_cleanup"}


class Calls:
    """The part of `FnAsm` about terminators."""

    # -- jumps -------------------------------------------------------------------------------------

    def goto(self: FnAsm, term: m.Goto) -> None:  # type: ignore[misc]
        """Falls through; `blocks` jumps if the target stands elsewhere."""

    def switch_int(self: FnAsm, term: m.SwitchInt) -> None:  # type: ignore[misc]
        local = operand_local(term.discr)
        self.settle_all(frozenset() if local is None else frozenset((local,)))
        ty = self.mono(term.ty)
        cls = self.class_of_ty(ty)
        value = self.immediate(term.discr) if cls.kind == "scalar" else None
        if value is not None:
            chosen = [target for bits, target in term.targets if canonical(bits, cls) == value]
            if chosen:
                self.emit("JMP", self.labels[chosen[0]])
            return
        slot = self.operand_slot(term.discr)
        self.settle_all()
        if cls.kind == "wide":
            self.switch_wide(slot, term)
        elif cls.kind == "ptr":
            for bits, target in term.targets:
                self.emit("JEQ_I", slot, signed64(bits), self.labels[target])
        else:
            arms = [(canonical(bits, cls), self.labels[target]) for bits, target in term.targets]
            self.switch(slot, arms, self.labels[term.otherwise])

    def switch(self: FnAsm, slot: int, arms: list[tuple[int, int]], other: int) -> None:  # type: ignore[misc]
        if len(arms) <= 2:
            for value, label in arms:
                if value == 0:
                    self.emit("JZ", slot, label)
                else:
                    self.emit("JEQ_I", slot, value, label)
            return
        arms.sort()
        lo, hi = arms[0][0], arms[-1][0]
        if hi - lo < 4 * len(arms) + 8:
            table = dict(arms)
            targets = [table.get(v, other) for v in range(lo, hi + 1)]
            self.emit("SWITCH", slot, lo, len(targets), other, *targets)
        else:
            self.emit("SWITCH_V", slot, len(arms), other, *(x for arm in arms for x in arm))

    def switch_wide(self: FnAsm, slot: int, term: m.SwitchInt) -> None:  # type: ignore[misc]
        value, same = self.temp(2), self.temp()
        for bits, target in term.targets:
            self.emit("CONST2", value, signed64(bits), signed64(bits >> 64))
            self.emit("WIDE", WIDE["eq"], same, slot, value)
            self.emit("JNZ", same, self.labels[target])

    def unwind_resume(self: FnAsm, term: m.UnwindResume) -> None:  # type: ignore[misc]
        self.emit("RESUME")

    def unwind_terminate(self: FnAsm, term: m.UnwindTerminate) -> None:  # type: ignore[misc]
        self.call_lang(_LANG_UNWIND[term.reason], m.UNREACHABLE)

    def unreachable(self: FnAsm, term: m.Unreachable) -> None:  # type: ignore[misc]
        self.emit("UNREACHABLE")

    def leave(self: FnAsm) -> None:  # type: ignore[misc]
        if self.instance.kind not in ("const", "static"):  # what a constant points to outlives its evaluation
            self.leaves.append(self.emit("LEAVE", MEM, 0))

    def do_return(self: FnAsm, term: m.Return) -> None:  # type: ignore[misc]
        loc = self.locs[0]
        if self.result_slot == 0 or loc.cls.kind == "zst":
            self.leave()
            self.emit("RET")
            return
        slot = self.load(self.local_ref(loc)) if loc.kind != "unused" else self.temp(loc.cls.slots)
        self.leave()
        if loc.cls.slots <= 3:
            self.emit(f"RET{loc.cls.slots}", slot)
        else:
            self.emit("RETN", slot, loc.cls.slots)

    # -- unwinding and locations -------------------------------------------------------------------

    def pad(self: FnAsm, index: int, unwind: m.UnwindAction) -> None:  # type: ignore[misc]
        """Instruction `index` unwinds to there."""
        if isinstance(unwind, int):
            self.out.landing[index] = self.labels[unwind]
        elif unwind in _PADS:
            self.out.landing[index] = _PADS[unwind]

    def takes_location(self: FnAsm) -> bool:  # type: ignore[misc]
        return self.instance.kind == "item" and self.cx.is_track_caller(self.instance.def_id)

    def location_to(self: FnAsm, dst: int, span: int) -> None:  # type: ignore[misc]
        """`&Location` of the call at `span`: this function's own caller's if it is `#[track_caller]`."""
        if self.location_slot >= 0:
            self.move(dst, self.location_slot, 2)
        else:
            self.emit("GLOBAL", dst, self.linker.location(span))

    # -- calls -------------------------------------------------------------------------------------

    def call(self: FnAsm, term: m.Call) -> None:  # type: ignore[misc]
        ty = self.operand_ty(term.func)
        if type(ty) is not t.FnDef:
            self.call_pointer(term, ty)
            return
        instance = self.cx.resolve(ty.def_id, ty.args)
        if instance.kind == "intrinsic":
            self.intrinsic(term, instance)
        elif instance.kind == "virtual":
            self.call_virtual(term, instance)
        elif instance.kind == "ctor" and instance.def_id == ty.def_id:
            self.call_ctor(term, instance)
        elif instance.kind == "drop_glue" and instance.ty is not None and not self.needs_drop(instance.ty):
            pass
        else:
            spread = self.tcx.fn_sig(ty.def_id).abi == "rust-call"
            self.call_instance(term, instance, spread)

    def call_ctor(self: FnAsm, term: m.Call, instance: Instance) -> None:  # type: ignore[misc]
        kind = m.AggregateKind("adt", self.place_ty(term.destination), self.cx.variant_of_ctor(instance.def_id))
        self.changes_place(term.destination)
        self.rvalue_into(m.Aggregate(kind, term.args), self.place(term.destination))

    def call_instance(self: FnAsm, term: m.Call, instance: Instance, spread: bool) -> None:  # type: ignore[misc]
        result = self.result_of(term)
        at = self.arguments(term.args, spread, self.result_pointer(result))
        if instance.kind == "item" and self.cx.is_track_caller(instance.def_id):
            self.location_to(WINDOW + at, term.fn_span or term.span)
        index = self.emit("CALL", self.linker.instance(instance), WINDOW, self.result_slots(result))
        self.pad(index, term.unwind)
        self.take_result(term, result)

    def call_pointer(self: FnAsm, term: m.Call, ty: Ty) -> None:  # type: ignore[misc]
        pointer = self.operand_slot(term.func)
        result = self.result_of(term)
        self.arguments(term.args, False, self.result_pointer(result))
        sig = self.linker.signature_of(ty)
        index = self.emit("CALL_PTR", pointer, WINDOW, self.result_slots(result), sig)
        self.pad(index, term.unwind)
        self.take_result(term, result)

    def call_virtual(self: FnAsm, term: m.Call, instance: Instance) -> None:  # type: ignore[misc]
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

    def arguments(self: FnAsm, args: tuple[m.Operand, ...], spread: bool, at: int) -> int:  # type: ignore[misc]
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

    def argument(self: FnAsm, ref: PlaceRef, at: int) -> int:  # type: ignore[misc]
        cls = self.class_of_ty(ref.ty)
        if cls.kind == "memory":
            slots = 2 if ref.meta < 0 else 3
            self.address(ref, WINDOW + at)
            return at + slots
        if cls.kind != "zst":
            self.load(ref, WINDOW + at)
        return at + cls.slots

    def spread(self: FnAsm, op: m.Operand, at: int) -> int:  # type: ignore[misc]
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

    def result_of(self: FnAsm, term: m.Call) -> PlaceRef:  # type: ignore[misc]
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

    def result_pointer(self: FnAsm, result: PlaceRef) -> int:  # type: ignore[misc]
        """Passes the place of a memory result; how many slots of the window that took."""
        if result.mode != LOCAL:
            return 0
        self.move(WINDOW, result.slot, 2)
        return 2

    def result_slots(self: FnAsm, result: PlaceRef) -> int:  # type: ignore[misc]
        return result.slot if result.mode == SLOTS else 0

    def take_result(self: FnAsm, term: m.Call, result: PlaceRef) -> None:  # type: ignore[misc]
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

    def call_lang(self: FnAsm, name: str, unwind: m.UnwindAction, args: tuple[int, ...] = ()) -> None:  # type: ignore[misc]
        """Calls a lang item that diverges; `args` stand in slots."""
        def_id = self.tcx.require_lang_item(name)
        for i, slot in enumerate(args):
            self.move(WINDOW + i, slot, 1)
        instance = self.cx.resolve(def_id, ())
        if self.cx.is_track_caller(instance.def_id):
            self.location_to(WINDOW + len(args), self.span)
        self.pad(self.emit("CALL", self.linker.instance(instance), WINDOW, 0), unwind)
        self.emit("UNREACHABLE")

    # -- drops -------------------------------------------------------------------------------------

    def drop(self: FnAsm, term: m.Drop) -> None:  # type: ignore[misc]
        ty = self.place_ty(term.place)
        if not self.needs_drop(ty):
            return
        ref = self.place(term.place)
        if ref.mode == NOWHERE:
            ref = PlaceRef(LOCAL, ty, ref.layout, self.new_live(ref))
        if type(ty) is t.Dynamic:
            self.address(PlaceRef(ref.mode, ty, ref.layout, ref.slot, ref.off, ref.am), WINDOW)
            index = self.emit("CALL_VIRT", ref.meta, -1, WINDOW, 0)
        else:
            self.address(ref, WINDOW)
            index = self.emit("CALL", self.linker.instance(drop_glue(ty)), WINDOW, 0)
        self.pad(index, term.unwind)

    def new_live(self: FnAsm, ref: PlaceRef) -> int:  # type: ignore[misc]
        return self.scratch_memory(ref.layout).slot

    # -- asserts -----------------------------------------------------------------------------------

    def do_assert(self: FnAsm, term: m.Assert) -> None:  # type: ignore[misc]
        value = self.immediate(term.cond)
        if value is not None:
            if bool(value) != term.expected:
                self.emit("JMP", self.assert_failure(term))
            return
        slot = self.operand_slot(term.cond)
        self.emit("JZ" if term.expected else "JNZ", slot, self.assert_failure(term))

    def assert_failure(self: FnAsm, term: m.Assert) -> int:  # type: ignore[misc]
        """The label of the code, out of the way, that panics."""
        label = self.out.label()
        block, statement = self.block, len(self.body.blocks[self.block].statements)
        values = [self.panic_argument(op) for op in self.panic_operands(term.msg)]

        def cold() -> None:
            self.out.bind(label)
            self.mark(block, statement, term.span)
            self.temps = 0
            for i, (known, slot) in enumerate(values):
                if known is not None:
                    self.emit("CONST", WINDOW + i, known)
                else:
                    self.move(WINDOW + i, slot, 1)
            self.call_panic(term, len(values))

        self.cold.append(cold)
        return label

    def panic_operands(self: FnAsm, msg: m.AssertMessage) -> list[m.Operand]:  # type: ignore[misc]
        if msg.kind != "BoundsCheck":
            return []
        length, index = msg.operands
        return [index, length]

    def panic_argument(self: FnAsm, op: m.Operand) -> tuple[Optional[int], int]:  # type: ignore[misc]
        """(known value, slot that keeps it)."""
        value = self.immediate(op)
        return (value, 0) if value is not None else (None, self.operand_slot(op))

    def call_panic(self: FnAsm, term: m.Assert, count: int) -> None:  # type: ignore[misc]
        kind = term.msg.kind
        name = _PANICS.get(kind) or f"panic_const_{kind.removeprefix('Overflow_').lower()}_overflow"
        def_id = self.tcx.lang_item(name)
        if def_id is None:
            self.emit("UNSUPPORTED", self.add_extra(f"a panic without the lang item `{name}`"))
            return
        instance = self.cx.resolve(def_id, ())
        if self.cx.is_track_caller(instance.def_id):
            self.location_to(WINDOW + count, term.span)
        self.pad(self.emit("CALL", self.linker.instance(instance), WINDOW, 0), term.unwind)
        self.emit("UNREACHABLE")

    def fuse_bounds(self: FnAsm, stmt: m.Assign, term: m.Assert) -> bool:  # type: ignore[misc]
        """`_5 = Lt(index, len); assert(move _5)`."""
        rv = stmt.rvalue
        assert type(rv) is m.BinaryOp
        local = stmt.place.local
        if rv.op != "Lt" or stmt.place.projection or not term.expected or operand_local(term.cond) != local:
            return False
        if not self.may_alias(local) or self.operand_ty(rv.lhs) is not t.USIZE:
            return False
        op, a, b, imm = self.compare_operands("Ge", rv.lhs, rv.rhs)
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        self.jump_if(op, a, b, imm, False, self.assert_failure(term))
        return True
