"""Terminators: jumps, switches, calls, drops, asserts, returns."""

from __future__ import annotations

from typing import Any, Callable, Final, Optional

from ..mir import body as m
from ..mono.instance import Instance, drop_glue
from ..ty import ty as t
from .emit import MEM, WINDOW
from .intrinsics import Intrinsics
from .operands import canonical, operand_local
from .place_ref import LOCAL, NOWHERE, WIDE, PlaceRef, signed64

_PANICS: Final = {
    "BoundsCheck": "panic_bounds_check",
    "DivisionByZero": "panic_const_div_by_zero",
    "RemainderByZero": "panic_const_rem_by_zero",
    "ResumedAfterReturn": "panic_const_async_fn_resumed",
    "ResumedAfterPanic": "panic_const_async_fn_resumed_panic",
    "NullPointerDereference": "panic_null_pointer_dereference",
}
_LANG_UNWIND: Final = {"terminate_abi": "panic_cannot_unwind", "terminate_cleanup": "panic_in_cleanup"}


class Terminators(Intrinsics):
    """The part of `FnAsm` about terminators."""

    def goto(self, term: m.Goto) -> None:
        """Falls through; `blocks` jumps if the target stands elsewhere."""

    def switch_int(self, term: m.SwitchInt) -> None:
        local = operand_local(term.discr)
        self.settle_all(frozenset() if local is None else frozenset((local,)))
        ty = self.mono(term.ty)
        cls = self.class_of_ty(ty)
        value = self.immediate(term.discr) if cls.kind == "scalar" else None
        if value is not None:
            self.settle_all()  # the switch may not be the last to read the constant
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

    def switch(self, slot: int, arms: list[tuple[int, int]], other: int) -> None:
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

    def switch_wide(self, slot: int, term: m.SwitchInt) -> None:
        value, same = self.temp(2), self.temp()
        for bits, target in term.targets:
            self.emit("CONST2", value, signed64(bits), signed64(bits >> 64))
            self.emit("WIDE", WIDE["eq"], same, slot, value)
            self.emit("JNZ", same, self.labels[target])

    def unwind_resume(self, term: m.UnwindResume) -> None:
        self.emit("RESUME")

    def unwind_terminate(self, term: m.UnwindTerminate) -> None:
        self.call_lang(_LANG_UNWIND[term.reason], m.UNREACHABLE)

    def unreachable(self, term: m.Unreachable) -> None:
        self.emit("UNREACHABLE")

    def leave(self) -> None:
        if self.instance.kind not in ("const", "static"):
            self.leaves.append(self.emit("LEAVE", MEM, 0))
        elif self.instance.kind == "const" or not self.cx.is_static_mut(self.instance.def_id):
            # what a constant points to outlives its evaluation
            for loc in self.locs[1:]:
                if loc.kind == "memory" and loc.addressed and self.linker.is_freeze(loc.ty):
                    self.emit("FREEZE", loc.slot)

    def do_return(self, term: m.Return) -> None:
        loc = self.locs[0]
        if self.result_slot == 0 or loc.cls.kind == "zst":
            if loc.addressed and loc.kind == "memory" and self.instance.kind not in ("const", "static"):
                self.check_memory(self.local_ref(loc))
            self.leave()
            self.emit("RET")
            return
        slot = self.load(self.local_ref(loc)) if loc.kind != "unused" else self.temp(loc.cls.slots)
        self.leave()
        if loc.cls.slots <= 3:
            self.emit(f"RET{loc.cls.slots}", slot)
        else:
            self.emit("RETN", slot, loc.cls.slots)

    def call(self, term: m.Call) -> None:
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
            if instance.kind == "item" and instance.def_id != ty.def_id:
                self.check_declaration(ty, instance)
            spread = self.tcx.fn_sig(ty.def_id).abi == "rust-call"
            self.call_instance(term, instance, spread)

    def check_declaration(self, declared: t.FnDef, defined: Instance) -> None:
        """A foreign function that is defined in another place must be what its declaration says."""
        parent = self.tcx.def_data(declared.def_id).parent
        if parent is None or self.tcx.def_data(parent).kind != "foreign_mod":
            return
        abi = self.linker.abi
        called = Instance("item", declared.def_id, declared.args)
        wrong = abi.mismatch(abi.of_instance(called), abi.of_instance(defined))
        if wrong is not None:
            one = self.temp()
            self.emit("CONST", one, 1)
            self.emit("UB_IF", one, self.add_extra(wrong))

    def call_lang(self, name: str, unwind: m.UnwindAction, args: tuple[int, ...] = ()) -> None:
        """Calls a lang item that diverges; `args` stand in slots."""
        def_id = self.tcx.require_lang_item(name)
        for i, slot in enumerate(args):
            self.move(WINDOW + i, slot, 1)
        instance = self.cx.resolve(def_id, ())
        if self.cx.is_track_caller(instance.def_id):
            self.location_to(WINDOW + len(args), self.span)
        self.pad(self.emit("CALL", self.linker.instance(instance), WINDOW, 0), unwind)
        self.emit("UNREACHABLE")

    def drop(self, term: m.Drop) -> None:
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

    def new_live(self, ref: PlaceRef) -> int:
        return self.scratch_memory(ref.layout).slot

    def do_assert(self, term: m.Assert) -> None:
        value = self.immediate(term.cond)
        if value is not None:
            if bool(value) != term.expected:
                self.emit("JMP", self.assert_failure(term))
            return
        slot = self.operand_slot(term.cond)
        self.emit("JZ" if term.expected else "JNZ", slot, self.assert_failure(term))

    def assert_failure(self, term: m.Assert) -> int:
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

    def panic_operands(self, msg: m.AssertMessage) -> list[m.Operand]:
        if msg.kind != "BoundsCheck":
            return []
        length, index = msg.operands
        return [index, length]

    def panic_argument(self, op: m.Operand) -> tuple[Optional[int], int]:
        """(known value, slot that keeps it)."""
        value = self.immediate(op)
        return (value, 0) if value is not None else (None, self.operand_slot(op))

    def call_panic(self, term: m.Assert, count: int) -> None:
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


FALL: Final[dict[type, Callable[[Any], Optional[int]]]] = {
    m.Goto: lambda term: term.target,
    m.Drop: lambda term: term.target,
    m.Assert: lambda term: term.target,
    m.Call: lambda term: term.target,
    m.SwitchInt: lambda term: term.otherwise,
}
TERMINATOR: Final[dict[type, Callable[[Terminators, Any], None]]] = {
    m.Goto: Terminators.goto,
    m.SwitchInt: Terminators.switch_int,
    m.UnwindResume: Terminators.unwind_resume,
    m.UnwindTerminate: Terminators.unwind_terminate,
    m.Return: Terminators.do_return,
    m.Unreachable: Terminators.unreachable,
    m.Drop: Terminators.drop,
    m.Call: Terminators.call,
    m.Assert: Terminators.do_assert,
}
