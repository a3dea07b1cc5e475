"""Which paths may be initialised and which may be uninitialised at the start of each block (forward data flow)."""

from __future__ import annotations

from typing import NamedTuple, Optional

from ..mir.body import Body
from .dataflow import forward
from .move_paths import Effect, MoveData


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
    everything = (1 << len(data.paths)) - 1
    args = 0
    for local in range(1, body.arg_count + 1):
        args |= data.locals[local].mask

    def block(index: int, state: State) -> State:
        for at in range(len(body.blocks[index].statements)):
            effects = data.effects.get((index, at))
            if effects:
                state = apply(state, effects, False)
        return state

    def leave(index: int, state: State, edge: bool) -> State:
        effects = data.effects.get((index, len(body.blocks[index].statements)))
        return apply(state, effects, edge) if effects else state

    return forward(body, State(args, everything & ~args), block, leave, _join)


def _join(a: State, b: State) -> State:
    return State(a.init | b.init, a.uninit | b.uninit)
