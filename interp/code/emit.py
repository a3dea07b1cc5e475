"""`Emitter`: instructions as lists, labels, positions and landing pads; encoded into the words of a `Code` at the end.

A frame is: locals, temporaries, triples of memory locals, then the outgoing window.  How many there are of each is
known only at the end, so slots are numbered from `TEMP`, `MEM` and `WINDOW` until `encode`; jump targets are labels.
"""

from __future__ import annotations

from array import array
from typing import Any, Final

from .code import Position
from .opcodes import NUMBER, OPS

TEMP: Final = 1 << 40
MEM: Final = 1 << 41
WINDOW: Final = 1 << 42

# For each opcode: which words of an instruction are slots (relocated from the window), which are jump targets.
_SLOT_KINDS = frozenset("dDsPLwr")
_FIXED = [len(op.operands) - op.variable for op in OPS]
_SLOTS: Final = [tuple(i + 1 for i, o in enumerate(op.operands) if o.kind in _SLOT_KINDS) for op in OPS]
_TARGETS: Final = [tuple(i + 1 for i, o in enumerate(op.operands) if o.kind == "t") for op in OPS]
_TERMINATOR: Final = [op.is_terminator for op in OPS]
for _name in ("ENTER", "LEAVE"):
    _SLOTS[NUMBER[_name]] = (1,)
_SWITCH, _SWITCH_V, _UB_IF = NUMBER["SWITCH"], NUMBER["SWITCH_V"], NUMBER["UB_IF"]

Instr = list[int]


class Emitter:
    def __init__(self) -> None:
        self.code: list[Instr] = []
        self.labels: list[int] = []
        self.marks: list[tuple[int, int, int, int]] = []  # (instruction, block, statement, span)
        self.landing: dict[int, int] = {}  # instruction -> label, or PAD_* (negative)
        self.temp = self.mem = self.window = 0

    def emit(self, name: str, *operands: int) -> int:
        """Appends one instruction; its index."""
        self.code.append([NUMBER[name], *operands])
        return len(self.code) - 1

    def label(self) -> int:
        self.labels.append(-1)
        return len(self.labels) - 1

    def bind(self, label: int) -> None:
        self.labels[label] = len(self.code)

    def mark(self, block: int, statement: int, span: int) -> None:
        """What follows belongs to that statement."""
        at = len(self.code)
        if self.marks and self.marks[-1][0] == at:
            self.marks[-1] = (at, block, statement, span)
        elif not self.marks or self.marks[-1][1:] != (block, statement, span):
            self.marks.append((at, block, statement, span))

    # -- encoding ----------------------------------------------------------------------------------

    def encode(self, locals_: int, temps: int, triples: int) -> tuple[array[int], list[Position], dict[int, int]]:
        pcs, pc = [], 0
        for instr in self.code:
            pcs.append(pc)
            pc += len(instr)
        pcs.append(pc)
        words: list[int] = []
        self.temp, self.mem = locals_ - TEMP, locals_ + temps - MEM
        self.window = locals_ + temps + 3 * triples - WINDOW
        for instr in self.code:
            if not instr:
                continue
            op = instr[0]
            for i in _SLOTS[op]:
                if instr[i] >= TEMP:
                    instr[i] = self.slot(instr[i])
            for i in _TARGETS[op]:
                instr[i] = pcs[self.labels[instr[i]]]
            if op in (_SWITCH, _SWITCH_V):
                self._encode_switch(instr, pcs)
            words += instr
        landing = {pcs[i]: pcs[self.labels[pad]] if pad >= 0 else pad for i, pad in self.landing.items()}
        return array("q", words), self._positions(pcs), landing

    def place_extra(self, extra: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The slots that messages of `UB_IF` show, by their final numbers."""
        shown = {instr[2] for instr in self.code if instr and instr[0] == _UB_IF}
        return [
            tuple(self.slot(x) if type(x) is int and x >= TEMP else x for x in values) if i in shown else values
            for i, values in enumerate(extra)
        ]

    def slot(self, slot: int) -> int:
        """The final number of a slot."""
        if slot >= WINDOW:
            return slot + self.window
        if slot >= MEM:
            return slot + self.mem
        return slot + self.temp if slot >= TEMP else slot

    def _encode_switch(self, instr: Instr, pcs: list[int]) -> None:
        start, step = (5, 1) if instr[0] == _SWITCH else (5, 2)
        for i in range(start, len(instr), step):
            instr[i] = pcs[self.labels[instr[i]]]

    def _positions(self, pcs: list[int]) -> list[Position]:
        """One entry for each mark, and one wherever execution may enter: after calls and conditional jumps."""
        entered = set(self.labels)
        entered.update(i + 1 for i, instr in enumerate(self.code) if instr and _TERMINATOR[instr[0]])
        out: list[Position] = []
        marks, at, current = self.marks, 0, (0, 0, 0, 0)
        points = sorted(entered.union(m[0] for m in marks))
        for point in points:
            while at < len(marks) and marks[at][0] <= point:
                current = marks[at]
                at += 1
            if 0 <= point < len(self.code):
                out.append(Position(pcs[point], *current[1:]))
        return out
