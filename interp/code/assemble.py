"""The assembler: the MIR of one instance, with its types filled in, becomes a `Code`.

`FnAsm` is one function under assembly, a chain of classes of which each may use those before it: `state.py` (types,
slots, temporaries), `places.py`, `operands.py` (constants), `enums.py`, `operators.py`, `casts.py`, `rvalues.py`,
`aliases.py`, `calls.py`, `intrinsics*.py`, `terminators.py`, `fused.py`, `blocks.py` (statements).  Before it come
`simplify.py` (what the types make superfluous) and `frame.py` (where locals live); `linked.py` numbers what code
refers to.

To add a statement, rvalue or terminator: its case in the dispatch dict of the part it belongs to.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from ..mono.instance import Instance
from . import frame
from .blocks import Blocks
from .code import RESULT_ROOM, Code, LocalLoc, Position
from .emit import MEM
from .frame import Loc
from .place_ref import NOWHERE, PTR, SLOTS, PlaceRef, slot_parts
from .simplify import simplify

if TYPE_CHECKING:
    from .linked import Linker


class FnAsm(Blocks):
    """One function under assembly."""

    def run(self) -> Code:
        self.body = simplify(self)
        self.locs = frame.plan(self)
        self.prologue()
        self.blocks()
        for index in (self.enter_at, *self.leaves):
            self.out.code[index] = [*self.out.code[index][:2], self.triples] if self.triples else []
        if self.triples:
            self.max_temps += RESULT_ROOM - 1  # a call's result cannot reach a memory local, whoever is called
        words, positions, landing = self.out.encode(self.nlocals, self.max_temps, self.triples)
        self.extra = self.out.place_extra(self.extra)
        return self.finish(words, positions, landing)

    def prologue(self) -> None:
        """Parameters' and locals' slots, then what must live from the start."""
        at = 0
        ret = self.locs[0]
        if ret.cls.kind == "memory" or self.instance.kind in ("const", "static"):
            self.result_slot, at = 0, 2
        params: list[tuple[Loc, int]] = []
        for index in range(1, self.body.arg_count + 1):
            for loc in self.param_parts(index):
                params.append((loc, at))
                at += 2 if loc.cls.kind == "memory" else loc.cls.slots
        if self.takes_location():
            self.location_slot = at
            at += 2
        self.arg_slots = at
        taken = {id(loc) for loc, slot in params if self._stays(loc, slot)}
        for loc in self.locs:
            if loc.kind == "slots" and id(loc) not in taken:
                loc.slot = at
                at += loc.cls.slots
        if self.result_slot == 0:
            at += RESULT_ROOM - 1
            ret.slot = at
            at += 3
        self.nlocals = at
        self._enter(params, ret)

    def _stays(self, loc: Loc, slot: int) -> bool:
        if loc.kind == "slots":
            loc.slot = slot
            return True
        return False

    def param_parts(self, index: int) -> list[Loc]:
        """The locals that parameter `index` arrives as."""
        loc = self.locs[index]
        if loc.kind == "split":
            return [self.locs[i] for i in loc.fields]
        if index != self.body.spread_arg:
            return [loc]
        parts = [Loc(ty, self.layout_of(ty), self.class_of_ty(ty)) for ty in loc.layout.fields]
        self.spread_parts = parts
        return parts

    def _enter(self, params: list[tuple[Loc, int]], ret: Loc) -> None:
        self.mark(0, 0, self.body.span)
        memory = [loc for loc in self.locs if loc.kind == "memory" and (loc is not ret or self.result_slot < 0)]
        for loc in memory:
            loc.slot = self.new_triple()
        self.enter_at = self.emit("ENTER", MEM, 0)
        if self.result_slot == 0:
            self.emit("RETPLACE", ret.slot, 0, ret.layout.size, ret.layout.align - 1)
        for loc in memory:
            if not loc.has_storage:
                self.emit("LIVE", loc.slot, loc.layout.size, loc.layout.align)
        spread = self.body.spread_arg
        collected = spread is not None and self.locs[spread].kind != "split"
        for loc, slot in params:
            if loc.kind == "memory":
                self.copy(self.local_ref(loc), self.arrived(loc, slot))
        if collected:
            assert spread is not None
            self.collect(spread, {id(loc): slot for loc, slot in params})

    def arrived(self, loc: Loc, slot: int) -> PlaceRef:
        """A parameter as it stands in the incoming slots."""
        if loc.cls.kind == "memory":
            return PlaceRef(PTR, loc.ty, loc.layout, slot)
        if loc.cls.kind == "zst":
            return PlaceRef(NOWHERE, loc.ty, loc.layout)
        return PlaceRef(SLOTS, loc.ty, loc.layout, slot, parts=slot_parts(loc.cls, slot))

    def collect(self, spread: int, slots: dict[int, int]) -> None:
        """Several parameters become the one tuple the body knows."""
        loc = self.locs[spread]
        if loc.kind == "slots":
            loc.slot = self.nlocals
            self.nlocals += loc.cls.slots
        whole = self.local_ref(loc)
        for i, part in enumerate(self.spread_parts):
            self.copy(self.field(whole, i), self.arrived(part, slots[id(part)]))

    # -- the result --------------------------------------------------------------------------------

    def finish(self, words: array[int], positions: list[Position], landing: dict[int, int]) -> Code:
        ret = self.locs[0].cls
        code = Code(self.number, self.linker.symbol(self.number), self.linker.instance_name(self.number), words, 0)
        code.nslots = self.nlocals + self.max_temps + 3 * self.triples
        code.arg_slots = self.arg_slots
        code.ret_slots = 0 if ret.kind == "memory" else ret.slots
        code.sig = self.linker.signature(self.number)
        code.mem_first = self.nlocals + self.max_temps
        code.mem_count = self.triples
        code.locals = [self.local_loc(loc) for loc in self.locs]
        code.locals += [x._replace(slot=self.out.slot(x.slot)) for x in self.scratch]
        code.positions, code.landing = positions, landing
        code.extra, code.validity, code.span = self.extra, self.validity, self.body.span
        code.is_local = self.linker.is_local(self.instance)
        code.track_caller = self.takes_location()
        code.unique_address = self.linker.unique_address(self.number)
        return code

    def local_loc(self, loc: Loc) -> LocalLoc:
        ty = self.linker.type_name(loc.ty) if loc.name else ""
        if loc.kind == "slots":
            return LocalLoc(loc.cls.kind, loc.slot, loc.cls.slots, loc.layout.size, loc.layout.align, loc.name, ty)
        if loc.kind == "memory":
            place = loc is self.locs[0] and self.result_slot == 0
            slot = self.out.slot(loc.slot)
            return LocalLoc("place" if place else "memory", slot, 3, loc.layout.size, loc.layout.align, loc.name, ty)
        return LocalLoc("zst" if loc.kind == "zst" else "unused", name=loc.name)


def assemble(linker: Linker, number: int, instance: Instance) -> Code:
    return FnAsm(linker, number, instance).run()
