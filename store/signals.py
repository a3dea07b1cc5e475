"""Signals that ask a run to stop: Ctrl-C, SIGTERM, SIGHUP.  The first is heeded at the next pause of the machine, at
once where the program waits for input; a second Ctrl-C ends the process without a checkpoint.

To add one: its name in `ASKED`.
"""

from __future__ import annotations

import signal
from typing import Any, Final

from .streams import Input, Interrupted

ASKED: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # fmt: skip


class Signals:
    """A context in which the signals set `number`; the former handlers are back after it."""

    def __init__(self, input_: Input) -> None:
        self.input = input_
        self.number = 0
        self.before: dict[int, Any] = {}

    def __enter__(self) -> Signals:
        for number in ASKED:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.before[number] = signal.signal(number, self._came)
        return self

    def __exit__(self, *failure: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def _came(self, number: int, frame: Any) -> None:
        if self.number == signal.SIGINT == number:
            raise KeyboardInterrupt
        self.number = self.number or number
        if self.input.waiting:
            raise Interrupted
