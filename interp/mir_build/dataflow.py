"""The one work-list of the forward analyses of a body: states at the blocks' starts, joined where ways meet.

Invariants: a block that nothing reaches has no state; `join` is that of a lattice of finite height, so that it ends.
To add an analysis: its state, what a block's statements and each way out of its terminator do to it, and `forward`.
"""

from __future__ import annotations

from typing import Callable, Optional, TypeVar

from ..mir.body import Body
from .move_paths import successors

S = TypeVar("S")


def forward(
    body: Body, start: S, block: Callable[[int, S], S], leave: Callable[[int, S, bool], S], join: Callable[[S, S], S]
) -> list[Optional[S]]:
    """The state at each block's start.  `block(index, state)`: after its statements; `leave(index, state, returned)`:
    after its terminator, where `returned` says whether a call came to its end."""
    states: list[Optional[S]] = [None] * len(body.blocks)
    states[0] = start
    work = [0]
    while work:
        index = work.pop()
        state = states[index]
        assert state is not None
        state = block(index, state)
        for target, returned in successors(body.blocks[index].terminator):
            out = leave(index, state, returned)
            old = states[target]
            new = out if old is None else join(old, out)
            if new != old:
                states[target] = new
                work.append(target)
    return states
