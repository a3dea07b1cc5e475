"""`Core`: the state with what works on it, and how slow-path handlers see the instruction at hand.

A handler is a function of a `Core` that executes the one instruction at `R_PC` completely and moves on, or raises
(`Ub`, `Stop`), or makes the instruction executable (links, makes room) and leaves `R_PC` alone: it is done again.
Handlers stand in the modules `slow_*.py`, `calls.py`, `intrinsics*.py`, each with a table.

Invariant: nothing here is state; a `Core` can be made from a `State` and a `Program` at any time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from ..code.code import Code
from ..code.opcodes import OPS
from . import words as w
from .state import State

if TYPE_CHECKING:
    from ..code.program import Program
    from .collector import Collector
    from .fn_addresses import FnAddresses
    from .memory import Memory
    from .positions import Sites


_STEPS = [int(op.is_terminator) for op in OPS]
_LENGTHS = [1 + len(op.operands) for op in OPS]  # no instruction with a variable part leaves the loop


class HostIo(Protocol):
    """The outside world; never part of the state."""

    def write(self, fd: int, data: bytes) -> None: ...

    def read(self, n: int) -> bytes:
        """At most n bytes of standard input; empty at its end."""


class Core:
    """Shared by all handlers.  `codes` keeps the `Code` of each linked instance (for positions and spans)."""

    def __init__(self, state: State, program: Program, engine: Any, host: HostIo) -> None:
        from .collector import Collector
        from .fn_addresses import FnAddresses
        from .memory import Memory
        from .positions import Sites

        self.state = state
        self.program = program
        self.engine = engine
        self.host = host
        self.codes: dict[int, Code] = {}
        self.memory: Memory = Memory(self)
        self.collector: Collector = Collector(self)
        self.addresses: FnAddresses = FnAddresses(self)
        self.sites: Sites = Sites(self)
        self.digests: dict[int, str] = {}

    # --- the instruction at hand ---------------------------------------------------------------------

    @property
    def pc(self) -> int:
        return self.state.regs[w.R_PC]

    @pc.setter
    def pc(self, value: int) -> None:
        self.state.regs[w.R_PC] = value

    def word(self, i: int) -> int:
        """Operand i (from 1) of the instruction at hand."""
        return self.state.text[self.state.regs[w.R_PC] + i]

    def at(self, i: int) -> int:
        """Absolute slot named by operand i."""
        regs = self.state.regs
        return regs[w.R_FP] + self.state.text[regs[w.R_PC] + i]

    def get(self, i: int) -> int:
        return self.state.thread.slots[self.at(i)]

    def get2(self, i: int) -> tuple[int, int]:
        at = self.at(i)
        slots = self.state.thread.slots
        return slots[at], slots[at + 1]

    def put(self, i: int, *values: int) -> None:
        """Writes signed 64-bit values to the slots from operand i on."""
        at = self.at(i)
        slots = self.state.thread.slots
        for n, value in enumerate(values):
            slots[at + n] = value

    def advance(self) -> None:
        """To the next instruction; a terminator counts its step."""
        regs = self.state.regs
        pc = regs[w.R_PC]
        op = self.state.text[pc]
        regs[w.R_STEPS] += _STEPS[op]
        regs[w.R_PC] = pc + _LENGTHS[op]

    # --- code ----------------------------------------------------------------------------------------

    def code_at(self, pc: int) -> tuple[Code, int] | None:
        """The function that contains word `pc` of the text, and the word's index in it."""
        linked = self.state.linked
        i = bisect_right(linked, pc, key=lambda entry: entry[0]) - 1
        if i < 0 or pc <= 0:
            return None
        start, instance, _, _ = linked[i]
        return self.codes[instance], pc - start

    def digest(self, instance: int) -> str:
        """Of the code of a linked function."""
        from .fingerprint import code_digest

        found = self.digests.get(instance)
        if found is None:
            found = self.digests[instance] = code_digest(self.codes[instance], self.program)
        return found

    def span_at(self, pc: int) -> int:
        found = self.code_at(pc)
        position = found and found[0].position(found[1])
        return position.span if position else 0


Handler = Callable[[Core], None]
