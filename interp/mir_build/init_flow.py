"""Which paths may be initialised and which may be uninitialised at the start of each block (forward data flow)."""

from __future__ import annotations

from typing import NamedTuple, Optional

from ..mir.body import Body
from .move_paths import Effect, MoveData, successors


class State(NamedTuple):
    """Bit sets over move paths."""

    init: int
    uninit: int


def apply(state: State, effects: list[Effect], edge: bool) -> State:
    """`effects` of one location; those of a call's return only when `edge`."""
    init, uninit = state
    for effect in effects:
        mask = effect.path.mask
        if effect.after_call and not edge:
            continue
        if effect.init:
            init |= mask
            uninit &= ~mask
        else:
            init &= ~mask
            uninit |= mask
    return State(init, uninit)


def analyse(body: Body, data: MoveData) -> list[Optional[State]]:
    """The state at each block's start; None for blocks that nothing reaches."""
    states: list[Optional[State]] = [None] * len(body.blocks)
    everything = (1 << len(data.paths)) - 1
    args = 0
    for local in range(1, body.arg_count + 1):
        args |= data.locals[local].mask
    states[0] = State(args, everything & ~args)
    work = [0]
    while work:
        index = work.pop()
        state = states[index]
        assert state is not None
        block = body.blocks[index]
        for at in range(len(block.statements)):
            effects = data.effects.get((index, at))
            if effects:
                state = apply(state, effects, False)
        effects = data.effects.get((index, len(block.statements)), [])
        for target, edge in successors(block.terminator):
            out = apply(state, effects, edge) if effects else state
            old = states[target]
            new = out if old is None else State(old.init | out.init, old.uninit | out.uninit)
            if new != old:
                states[target] = new
                work.append(target)
    return states
