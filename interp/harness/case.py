"""A test as data: what it is called, what is expected of it, and how it ended.

To add a way to end: a `Status`, and its words in `formats.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Optional

Status = Literal["ok", "failed", "ignored"]


@dataclass(slots=True)
class Case:
    """One test.  `ignored`: None, or the reason ("" if none is given); `expected`: what the panic's text must contain;
    `place`: file, line and column of its name; `mode`: of a documentation test, what is done with it."""

    name: str
    place: tuple[str, int, int]
    def_id: int = -1
    ignored: Optional[str] = None
    should_panic: bool = False
    expected: Optional[str] = None
    mode: Literal["run", "compile", "compile fail"] = "run"

    @property
    def shown(self) -> str:
        """The name in a line of output."""
        if self.should_panic:
            return f"{self.name} - should panic"
        return self.name if self.mode == "run" else f"{self.name} - {self.mode}"


@dataclass(slots=True)
class Result:
    """How a test ended: what it printed (with the machine's report, if that stopped it), and why it failed.

    `seed` is set by the suite."""

    status: Status
    output: bytes = b""
    message: str = ""
    seconds: float = 0.0
    seed: int = 0
