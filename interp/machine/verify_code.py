"""Whether restored frames fit the code they stand in: places, windows, and the slots that the engine takes on trust.

A frame goes on at the beginning of an instruction; the one below it behind the call that made it, whose operands say
where its window is and where its result goes.  The third word of a memory local is an offset in the arena that loads
and stores use unchecked: it must be that of the local's own allocation, or the local be dead.

Every other slot may hold anything: what it is used for is checked where it is used.

To add a kind of frame: its case in `_above`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..code.code import Code
from ..code.opcodes import NUMBER, length
from . import words as w
from .records import Invalid
from .state import Thread
from .validity import function_at

if TYPE_CHECKING:
    from .core import Core

# Calls: where their operands for the window and the result are, counted from the instruction.
_CALLS = {NUMBER[name]: at for name, at in {"CALL": 2, "CALL_PTR": 2, "CALL_VIRT": 3, "INTR": 2}.items()}
_CALL, _INTR, _LIVE, _RETPLACE = NUMBER["CALL"], NUMBER["INTR"], NUMBER["LIVE"], NUMBER["RETPLACE"]
_BY_INTRINSIC = (w.K_TRY, w.K_CATCH)
_KEEPS_RESULT = (w.K_CALL, w.K_TRY, w.K_CATCH)
_OF_STACK = (w.M_STACK, w.M_STATIC, w.M_CONST, w.M_TLS)  # where the place of a result may be


class _Shape:
    """What one function's code tells: where instructions begin, what ends where, sizes of memory locals and places."""

    def __init__(self, code: Code) -> None:
        self.starts: set[int] = set()
        self.ends: dict[int, int] = {}  # call by the word behind it
        self.sizes: dict[int, set[int]] = {}
        self.places: dict[int, int] = {}
        words, pc = code.words, 0
        while pc < len(words):
            op = words[pc]
            self.starts.add(pc)
            if op == _LIVE:
                self.sizes.setdefault(words[pc + 1], set()).add(words[pc + 2])
            elif op == _RETPLACE:
                self.places[words[pc + 1]] = max(words[pc + 3], self.places.get(words[pc + 1], 0))
            start = pc
            pc += length(words, pc)
            if op in _CALLS:
                self.ends[pc] = start


class _Frame:
    """A frame of a thread, read from its row."""

    def __init__(self, core: Core, thread: Thread, depth: int) -> None:
        row = thread.frames[depth * w.ROW : (depth + 1) * w.ROW]
        self.thread, self.depth = thread, depth
        self.instance, self.fp, self.pc, self.dst, self.kind, self.a, self.b, self.c = row
        self.code = core.codes[self.instance]
        info = core.state.info[self.instance * w.ROW : (self.instance + 1) * w.ROW]
        self.nslots = info[w.I_NSLOTS]
        self.mem, self.nmem = info[w.I_MEM], info[w.I_NMEM]
        self.index = self.pc - info[w.I_START] if self.pc else -1

    def require(self, condition: object, what: str) -> None:
        if not condition:
            raise Invalid(f"frame {self.depth} of thread {self.thread.id} (`{self.code.symbol}`): {what}")


class _Checker:
    def __init__(self, core: Core) -> None:
        self.core = core
        self.shapes: dict[int, _Shape] = {}
        self.owned: set[int] = set()  # rows of stack allocations that a frame's local is

    def shape(self, frame: _Frame) -> _Shape:
        found = self.shapes.get(frame.instance)
        if found is None:
            found = self.shapes[frame.instance] = _Shape(frame.code)
        return found

    def thread(self, thread: Thread) -> None:
        frames = [_Frame(self.core, thread, depth) for depth in range(thread.depth + 1)]
        above: _Frame | None = None
        for frame in reversed(frames):
            fits = frame.fp >= 0 and frame.fp + frame.nslots <= len(thread.slots) - w.MARGIN
            frame.require(fits, "its window lies outside of the stack")
            frame.require((frame.kind == w.K_BOTTOM) == (frame.depth == 0), "it is of another kind than its place says")
            if above is None:
                frame.require(frame.index in self.shape(frame).starts, "it does not go on at an instruction")
            else:
                self.below(frame, above)
            above = frame
        for frame in frames:
            if frame.index > 0:  # else its slots are not in use yet
                self.locals(frame)
                self.places(frame)
        for function, prov, _, _ in thread.dtors:
            if function_at(self.core, function, prov) < 0:
                raise Invalid(f"thread {thread.id} has a destructor that is no function")

    def below(self, frame: _Frame, above: _Frame) -> None:
        """`frame` waits for `above`: behind a call, or, for an initialiser, where it will do the instruction again."""
        shape, kind = self.shape(frame), above.kind
        above.require(frame.fp <= above.fp, "its window lies below its caller's")
        if kind == w.K_DTOR:
            return frame.require(frame.index == -1, "it waits at a place for a destructor")
        if kind == w.K_INIT:
            return frame.require(frame.index in shape.starts, "it does not go on at an instruction")
        if kind == w.K_ABORT:
            fits = frame.index in shape.starts or frame.index == len(frame.code.words)
            return frame.require(fits, "it does not go on at an instruction")
        above.require(kind in _KEEPS_RESULT, "there is no such kind")
        call = shape.ends.get(frame.index, -1)
        frame.require(call >= 0, "it does not go on behind a call")
        op, operand = frame.code.words[call], _CALLS[frame.code.words[call]] + call
        window, result = frame.fp + frame.code.words[operand], frame.fp + frame.code.words[operand + 1]
        above.require((op == _INTR) == (kind in _BY_INTRINSIC), "it was not called by the call below")
        above.require(above.dst == result, "its result goes elsewhere than its caller says")
        if kind == w.K_CALL:
            above.require(above.fp == window, "its window is not where its caller says")
            called = frame.code.words[call + 1] if op == _CALL else above.instance
            above.require(above.instance == called, "its caller calls another function")
        elif kind == w.K_TRY:
            above.require(above.c == window, "its arguments are not where its caller says")
            above.require(function_at(self.core, above.a, above.b) >= 0, "it has no function to call for a panic")
        return None

    # --- slots -----------------------------------------------------------------------------------------

    def row(self, prov: int) -> int:
        """Of the live allocation whose present tag the pointer has, or 0."""
        row = self.core.memory.row_of(prov)
        return row if row and prov & w.TAG_MASK < self.core.state.tab[row + w.A_NEXT] else 0

    def locals(self, frame: _Frame) -> None:
        slots, tab, sizes = frame.thread.slots, self.core.state.tab, self.shape(frame).sizes
        top = self.core.state.regs[w.R_ARENA_TOP]
        for n in range(frame.nmem):
            local = frame.mem + 3 * n
            what = f"its local in slot {local}"
            address, prov, offset = slots[frame.fp + local : frame.fp + local + 3]
            if prov == 0:
                fits = 0 <= offset <= top - max(sizes.get(local, {0}))
                frame.require(offset == 0 or fits, f"{what} is dead, and was outside of the arena")
                continue
            row = self.row(prov)
            live = row and tab[row + w.A_INFO] & 255 == w.M_STACK and row not in self.owned
            frame.require(live, f"{what} is no allocation of the stack")
            self.owned.add(row)
            fits = address == tab[row + w.A_BASE] and offset == address + tab[row + w.A_DELTA]
            frame.require(fits, f"{what} is not where its allocation is")
            frame.require(tab[row + w.A_SIZE] in sizes.get(local, ()), f"{what} has another size")

    def places(self, frame: _Frame) -> None:
        """Names of returned values' places: of memory that lives as long as the call."""
        slots, tab = frame.thread.slots, self.core.state.tab
        for local, size in self.shape(frame).places.items():
            what = f"the place of its result, slot {local},"
            address, prov, offset = slots[frame.fp + local : frame.fp + local + 3]
            row = self.row(prov)
            frame.require(row and tab[row + w.A_INFO] & 255 in _OF_STACK, f"{what} is no allocation")
            fits = 0 <= address - tab[row + w.A_BASE] <= tab[row + w.A_SIZE] - size
            frame.require(fits and offset == address + tab[row + w.A_DELTA], f"{what} is not where its allocation is")


def forget_dead_locals(core: Core) -> None:
    """Before the arena shrinks: no slot of a local that is not live says where in it the local was."""
    state = core.state
    current = state.thread
    current.pc, current.fp, current.depth = state.regs[w.R_PC], state.regs[w.R_FP], state.regs[w.R_DEPTH]
    for thread in state.threads:
        slots = thread.slots
        for depth in range(thread.depth + 1 if thread.status != "finished" else 0):
            frame = _Frame(core, thread, depth)
            for at in range(frame.fp + frame.mem, frame.fp + frame.mem + 3 * frame.nmem, 3):
                if slots[at + 1] == 0:
                    slots[at + 2] = 0


def verify_frames(core: Core) -> None:
    """Checks all threads of a machine whose memory and frames are restored; raises `Invalid`."""
    checker = _Checker(core)
    for thread in core.state.threads:
        if thread.depth >= 0:
            checker.thread(thread)

