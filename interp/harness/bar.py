"""The progress bar of a run of tests: on a terminal only, and only while one waits.

Invariant: it is not there when something else is printed (`hide` first), so that the output is the same without it.
"""

from __future__ import annotations

from typing import Any, Optional, TextIO


class Bar:
    """`total` jobs; drawn on `err` when `show` is called."""

    def __init__(self, total: int, err: TextIO) -> None:
        self.total, self.done = total, 0
        self.console: Optional[Any] = None
        self.live: Optional[Any] = None
        if err.isatty():
            from rich.console import Console

            self.console = Console(file=err)

    def show(self, waiting_for: str) -> None:
        """Draw it; `waiting_for` is a test that is running."""
        if self.console is None:
            return
        from rich.live import Live
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        if self.live is None:
            self.live = Live(console=self.console, transient=True, auto_refresh=False)
            self.live.start()
        line = Table.grid(padding=(0, 1))
        line.add_row(ProgressBar(self.total, self.done, width=30), f"{self.done}/{self.total}", waiting_for)
        self.live.update(line, refresh=True)

    def hide(self) -> None:
        if self.live is not None:
            self.live.stop()
            self.live = None
