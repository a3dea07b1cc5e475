"""What a coroutine must keep while it is suspended: the locals to save at each `Yield`, and which of them ever need
their storage at the same time.

As rustc's `locals_live_across_suspend_points`: a local is saved if its value is read later, or if it is borrowed (the
borrow may be used later), and if its storage is needed at all: it was assigned, and has not been moved out of or ended.
Sets of locals are ints used as bit sets.
"""

from __future__ import annotations

import operator
from typing import Any, Callable, Iterator, NamedTuple, Optional

from ..mir import body as mir
from ..mir.body import Body, Place
from .dataflow import forward
from .move_paths import successors

SELF = 1 << 1


class Suspension(NamedTuple):
    """At one `Yield` (in block `block`): the locals saved, and those whose storage must be there when it resumes."""

    block: int
    saved: int
    storage: int


class Saved(NamedTuple):
    """`locals` in order of their numbers; `conflicts[l]`: the locals that need storage while `l` does."""

    suspensions: list[Suspension]
    locals: list[int]
    conflicts: dict[int, int]


def analyse(body: Body) -> Saved:
    blocks = body.blocks
    live = _backward(body)
    borrowed = _forward(body, 0, _borrow_step)
    storage = _forward(body, _always_live(body), _storage_step)
    required = _Required(body, borrowed)
    found: list[Suspension] = []
    everything = 0
    for index, block in enumerate(blocks):
        if isinstance(block.terminator, mir.Yield) and required.entry[index] is not None:
            end = len(block.statements)
            out = _live_out(body, live, index)
            at_end = out | _step_to(_borrow_step, borrowed[index], block, end)
            saved = at_end & required.before_terminator(index) & ~SELF
            found.append(Suspension(index, saved, _step_to(_storage_step, storage[index], block, end)))
            everything |= saved
    return Saved(found, list(bits(everything)), required.conflicts(everything))


def bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


# -- liveness of values ------------------------------------------------------------------------------------------


def _backward(body: Body) -> list[int]:
    """The locals whose value may be read later, at each block's start."""
    live = [0] * len(body.blocks)
    predecessors: list[list[int]] = [[] for _ in body.blocks]
    for index, block in enumerate(body.blocks):
        for target, _ in successors(block.terminator):
            predecessors[target].append(index)
    work = set(range(len(body.blocks)))
    while work:
        index = work.pop()
        block = body.blocks[index]
        state = _uses_before(block.terminator, _live_out(body, live, index))
        for statement in reversed(block.statements):
            state = _uses_before(statement, state)
        if state != live[index]:
            live[index] = state
            work.update(predecessors[index])
    return live


def _live_out(body: Body, live: list[int], index: int) -> int:
    """After the terminator's reads; what it writes on an edge is not live there."""
    end = body.blocks[index].terminator
    state = 0
    for target, edge in successors(end):
        out = live[target]
        if edge and isinstance(end, mir.Call):
            out &= ~_whole(end.destination)
        elif isinstance(end, mir.Yield):
            out &= ~_whole(end.resume_arg)
        state |= out
    return state


def _whole(place: Place) -> int:
    return 0 if place.projection else 1 << place.local


def _uses_before(node: Any, state: int) -> int:
    if isinstance(node, (mir.StorageLive, mir.StorageDead)):
        return state & ~(1 << node.local)
    if isinstance(node, mir.Assign):
        state &= ~_whole(node.place)
        if node.place.projection:
            state |= _reads(node.place)
        return state | _reads(node.rvalue)
    return state | _reads(node)


def _reads(node: Any) -> int:
    """Every local that a node mentions, but for a destination written whole."""
    if isinstance(node, Place):
        state = 1 << node.local
        for elem in node.projection:
            if isinstance(elem, mir.Index):
                state |= 1 << elem.local
        return state
    if isinstance(node, mir.Constant):
        return 0
    if isinstance(node, mir.Return):
        return 1
    state = 0
    if isinstance(node, tuple):
        written = _written(node)
        for part in node:
            if written is None or part is not written:
                state |= _reads(part)
    return state


def _written(node: Any) -> Optional[Place]:
    """The local that a terminator writes whole."""
    place = node.destination if isinstance(node, mir.Call) else getattr(node, "resume_arg", None)
    return None if place is None or place.projection else place


# -- forward: borrows, storage ----------------------------------------------------------------------------------------

Step = Callable[[Any, int], int]


def _forward(body: Body, start: int, step: Step) -> list[int]:
    """The union over all ways in, at each block's start."""

    def block(index: int, state: int) -> int:
        return _step_to(step, state, body.blocks[index], len(body.blocks[index].statements))

    def leave(index: int, state: int, returned: bool) -> int:
        return step(body.blocks[index].terminator, state)

    return [0 if s is None else s for s in forward(body, start, block, leave, operator.or_)]


def _step_to(step: Step, state: int, block: mir.BlockData, at: int) -> int:
    for statement in block.statements[:at]:
        state = step(statement, state)
    return state


def _borrow_step(node: Any, state: int) -> int:
    """Borrowed, or seen by code that drops it, and not ended."""
    if isinstance(node, mir.StorageDead):
        return state & ~(1 << node.local)
    if isinstance(node, mir.Assign):
        value = node.rvalue
        if isinstance(value, (mir.Ref, mir.RawPtr)) and _is_own(value.place):
            return state | 1 << value.place.local
    elif isinstance(node, mir.Drop) and _is_own(node.place):
        return state | 1 << node.place.local
    return state


def _is_own(place: Place) -> bool:
    """In the local's own storage, not behind a pointer."""
    return not any(isinstance(e, mir.Deref) for e in place.projection)


def _always_live(body: Body) -> int:
    """Locals without storage statements."""
    marked = 0
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, (mir.StorageLive, mir.StorageDead)):
                marked |= 1 << statement.local
    return (1 << len(body.locals)) - 1 & ~marked


def _storage_step(node: Any, state: int) -> int:
    if isinstance(node, mir.StorageLive):
        return state | 1 << node.local
    return state & ~(1 << node.local) if isinstance(node, mir.StorageDead) else state


class _Required:
    """The locals whose storage is needed: assigned, and neither ended nor moved out of unborrowed."""

    def __init__(self, body: Body, borrowed: list[int]) -> None:
        self.body = body
        self.borrowed = borrowed
        self.entry: list[Optional[int]] = [None] * len(body.blocks)
        self.entry[0] = sum(1 << i for i in range(2, body.arg_count + 1))
        work = [0]
        while work:
            index = work.pop()
            state = self._walk(index, None)
            end = body.blocks[index].terminator
            for target, edge in successors(end):
                out = state
                if isinstance(end, mir.Call) and not edge:
                    out &= ~_whole(end.destination)
                if isinstance(end, mir.Yield):
                    out = out | 1 << end.resume_arg.local if edge else out & ~_whole(end.resume_arg)
                old = self.entry[target]
                new = out if old is None else old | out
                if new != old:
                    self.entry[target] = new
                    work.append(target)

    def _walk(self, index: int, see: Optional[Callable[[int], None]], terminator: bool = True) -> int:
        """The state after block `index`; `see` is shown each state in which a node does its work."""
        state, borrowed = self.entry[index], self.borrowed[index]
        assert state is not None
        block = self.body.blocks[index]
        nodes: list[Any] = [*block.statements, block.terminator] if terminator else list(block.statements)
        for node in nodes:
            borrowed = _borrow_step(node, borrowed)
            state = _gains(node, state)
            if see is not None:
                see(state)
            for local in _moved(node):
                if not borrowed >> local & 1:
                    state &= ~(1 << local)
        return state

    def before_terminator(self, index: int) -> int:
        return self._walk(index, None, False)

    def conflicts(self, saved: int) -> dict[int, int]:
        found = dict.fromkeys(bits(saved), 0)
        seen: set[int] = set()
        for index, block in enumerate(self.body.blocks):
            if self.entry[index] is not None and not isinstance(block.terminator, mir.Unreachable):
                self._walk(index, seen.add)
        for state in {state & saved for state in seen}:
            for local in bits(state):
                found[local] |= state
        return {local: mask & ~(1 << local) for local, mask in found.items()}


def _gains(node: Any, state: int) -> int:
    if isinstance(node, mir.StorageDead):
        return state & ~(1 << node.local)
    if isinstance(node, (mir.Assign, mir.SetDiscriminant)):
        return state | 1 << node.place.local
    return state | 1 << node.destination.local if isinstance(node, mir.Call) else state


def _moved(node: Any) -> Iterator[int]:
    """Locals moved out of whole."""
    if isinstance(node, mir.Move):
        if not node.place.projection:
            yield node.place.local
    elif isinstance(node, tuple) and not isinstance(node, (mir.Constant, Place)):
        for part in node:
            yield from _moved(part)
