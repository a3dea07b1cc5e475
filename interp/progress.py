"""`--report-progress`: steps, steps per second, live allocations, memory, and where the program is.

On a terminal it is one live line (rich); elsewhere a plain line every ten seconds.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Optional, TextIO

from .base.span import SourceMap, Span

if TYPE_CHECKING:
    from .machine.machine import Machine

_LIVE_EVERY, _PLAIN_EVERY = 0.2, 10.0  # seconds


class Progress:
    """Called by the machine now and then; prints at most a few times a second."""

    def __init__(self, source_map: SourceMap, err: TextIO) -> None:
        self.source_map = source_map
        self.err = err
        self.live: Optional[Any] = None
        self.last_time, self.last_steps = time.monotonic(), 0
        if err.isatty():
            from rich.console import Console
            from rich.live import Live

            self.live = Live(console=Console(file=err), transient=True, auto_refresh=False)
            self.live.start()

    def __call__(self, machine: Machine) -> None:
        now = time.monotonic()
        spent = now - self.last_time
        if spent < (_LIVE_EVERY if self.live else _PLAIN_EVERY):
            return
        line = self.line(machine, (machine.steps - self.last_steps) / spent)
        self.last_time, self.last_steps = now, machine.steps
        if self.live is None:
            self.err.write(line + "\n")
        else:
            self.live.update(line, refresh=True)

    def line(self, machine: Machine, rate: float) -> str:
        where = machine.where()
        place = "{}:{}:{}".format(*self.source_map.location(Span(where))) if where else "?"
        return (
            f"{machine.steps:,} steps, {rate:,.0f} a second, {machine.live_allocations:,} allocations, "
            f"{machine.memory_bytes / 2**20:,.1f} MiB, at {place}"
        )

    def close(self) -> None:
        if self.live is not None:
            self.live.stop()
