"""How a run ended, as data; and the exceptions by which the slow path stops it.

`Ub` is the program's fault, found by a check; `Stop` carries an outcome that is no fault of memory (exit, limits,
deadlock).  A fault of ours is an assertion, never one of these.

To add a way to end: a kind here, its exit code and text in the face.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "exit", "abort", "ub", "unsupported", "compile_error", "step_limit", "memory_limit", "stack_overflow", "deadlock",
    "leak", "paused",
]  # fmt: skip


@dataclass(slots=True)
class FrameInfo:
    """One line of a backtrace: function, where it is, whether that is the user's code."""

    name: str
    span: int
    is_local: bool


@dataclass(slots=True)
class Note:
    """A further place of a report ("alloc1 was allocated here", "alloc1 was deallocated here"); span 0: text only."""

    text: str
    span: int = 0


@dataclass(slots=True)
class Outcome:
    """`code` is the program's exit code (kind "exit"); `span` where to point (innermost frame of the user's crate);
    `backtrace` from the innermost frame on, of thread `thread`; `diagnostics` of a compile error."""

    kind: Kind
    code: int = 0
    message: str = ""
    span: int = 0
    help: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    backtrace: list[FrameInfo] = field(default_factory=list)
    thread: str = "main"
    diagnostics: list[object] = field(default_factory=list)


class Ub(Exception):
    """Undefined behaviour: Miri's sentence, and what to show beside it.  `alloc` (row of a live allocation) or `dead`
    (row of a dead ring, with the ring) are turned into "allocated here" notes by `report.py`."""

    def __init__(self, message: str, *, notes: list[Note] | None = None, span: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.notes = notes or []
        self.span = span


class OutputError(Exception):
    """The host does not take the program's output; the message says why."""


class Stop(Exception):
    """The run ends with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.kind)
        self.outcome = outcome
