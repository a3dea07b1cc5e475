"""What a report says about the current thread: its frames, and the span to point at.

The span is that of the innermost frame of the user's crate, so that an error inside the library points at the call.
"""

from __future__ import annotations

from . import words as w
from .core import Core
from .outcome import FrameInfo, Outcome, Ub

MAX_FRAMES = 200


def backtrace(core: Core) -> list[FrameInfo]:
    """Frames of the current thread, innermost first (at most MAX_FRAMES)."""
    state = core.state
    frames, infos = state.thread.frames, []
    pc = state.regs[w.R_PC]
    for depth in range(state.regs[w.R_DEPTH], max(state.regs[w.R_DEPTH] - MAX_FRAMES, -1), -1):
        found = core.code_at(pc)
        if found:
            position = found[0].position(found[1])
            infos.append(FrameInfo(found[0].name, position.span if position else 0, found[0].is_local))
        if depth:
            pc = frames[(depth - 1) * w.ROW + w.F_PC] - 1
    return infos


def local_span(frames: list[FrameInfo]) -> int:
    """Where to point."""
    for frame in frames:
        if frame.is_local and frame.span:
            return frame.span
    return frames[0].span if frames else 0


def of_ub(core: Core, error: Ub) -> Outcome:
    frames = backtrace(core)
    return Outcome(
        "ub", 1, error.message, error.span or local_span(frames), notes=error.notes, backtrace=frames,
        thread=core.state.thread.name,
    )  # fmt: skip


def locate(core: Core, outcome: Outcome) -> Outcome:
    """Adds the place to an outcome that has none."""
    if not outcome.backtrace and outcome.kind not in ("exit", "leak"):
        outcome.backtrace = backtrace(core)
        outcome.span = outcome.span or local_span(outcome.backtrace)
        outcome.thread = core.state.thread.name
    return outcome
