"""One test on one machine, and the verdict on how it ended.

The test's own thread, the catching of its panic and the words for it are the library's (`std::rt::test_start`); what it
reports arrives on the descriptor `TEST_REPORT`.  A test that the machine stops has failed, whatever was expected of it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional

from ..machine.intrinsics import TEST_REPORT
from ..machine.machine import Machine, MachineConfig
from ..report import report_outcome
from .case import Case, Result

if TYPE_CHECKING:
    from ..base.span import SourceMap
    from ..machine.outcome import Outcome


@dataclass(slots=True)
class Limits:
    """What every machine of a run has in common."""

    args: list[bytes] = field(default_factory=list)
    env: list[bytes] = field(default_factory=list)
    max_steps: Optional[int] = None
    max_memory: Optional[int] = None
    engine: Any = "auto"
    leaks: bool = True
    capture: bool = True

    def config(self, seed: int) -> MachineConfig:
        made = MachineConfig(seed=seed, args=self.args, env=self.env, engine=self.engine, leaks=self.leaks)
        if self.max_memory is not None:
            made.max_memory = self.max_memory
        return made


class CaptureHost:
    """Keeps what a test writes, in order, and what it reports; there is no input."""

    def __init__(self, capture: bool) -> None:
        self.capture = capture
        self.written: list[tuple[int, bytes]] = []
        self.report: Optional[str] = None

    def output(self, *fds: int) -> bytes:
        """What was written to these descriptors."""
        return b"".join(data for fd, data in self.written if fd in fds)

    def write(self, fd: int, data: bytes) -> None:
        if fd == TEST_REPORT:
            self.report = data.decode("utf-8", "replace")
        elif self.capture:
            self.written.append((fd, data))
        else:
            os.write(fd, data)

    def read(self, n: int) -> bytes:
        return b""


def execute(
    program: Any, seed: int, limits: Limits, source_map: Callable[[], SourceMap]
) -> tuple[Outcome, CaptureHost]:
    """Run `program` on a machine of its own; the report of one that was stopped is part of what it wrote."""
    host = CaptureHost(limits.capture)
    outcome = Machine(program, limits.config(seed), host).run(limits.max_steps)
    if outcome.kind != "exit":
        host.write(2, report_outcome(outcome, source_map()).encode())
    return outcome, host


def run_case(case: Case, program: Any, seed: int, limits: Limits, source_map: Callable[[], SourceMap]) -> Result:
    """Run the test that `program` starts at."""
    start = time.monotonic()
    outcome, host = execute(program, seed, limits, source_map)
    made = verdict(case, outcome, host.report)
    made.output, made.seconds = host.output(1, 2), time.monotonic() - start
    return made


def verdict(case: Case, outcome: Outcome, report: Optional[str]) -> Result:
    """Whether that is how the test should end; the messages are libtest's."""
    if outcome.kind != "exit":
        return Result("failed")
    if report is None:
        return Result("failed", message=f"the test ended the process with exit code {outcome.code}")
    how, _, text = report.partition(" ")
    if how == "code":
        return Result("failed")
    if how == "ok":
        if not case.should_panic:
            return Result("ok")
        return Result("failed", message="test did not panic as expected at {}:{}:{}".format(*case.place))
    if not case.should_panic:
        return Result("failed")
    if case.expected is None or (how == "panic" and case.expected in text):
        return Result("ok")
    expected = f'expected substring: "{_debug(case.expected)}"'
    if how == "panic":
        said = f'panic did not contain expected string\n      panic message: "{_debug(text)}"\n {expected}'
        return Result("failed", message=said)
    said = f"expected panic with string value,\n found non-string value: `{text}`\n     {expected}"
    return Result("failed", message=said)


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def _debug(text: str) -> str:
    """As `{:?}` shows the inside of a string."""
    return "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\u{{{ord(c):x}}}") for c in text)
