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

FAILURE = 101  # the exit code of a program whose main thread panicked


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
        self.output = bytearray()
        self.report: Optional[str] = None

    def write(self, fd: int, data: bytes) -> None:
        if fd == TEST_REPORT:
            self.report = data.decode("utf-8", "replace")
        elif self.capture:
            self.output += data
        else:
            os.write(fd, data)

    def read(self, n: int) -> bytes:
        return b""


def run_case(case: Case, program: Any, seed: int, limits: Limits, source_map: Callable[[], SourceMap]) -> Result:
    """Run the test that `program` starts at."""
    host = CaptureHost(limits.capture)
    start = time.monotonic()
    outcome = Machine(program, limits.config(seed), host).run(limits.max_steps)
    made = verdict(case, outcome, host.report)
    if outcome.kind != "exit":
        host.write(2, report_outcome(outcome, source_map()).encode())
    made.output, made.seconds = bytes(host.output), time.monotonic() - start
    return made


def verdict(case: Case, outcome: Outcome, report: Optional[str]) -> Result:
    """Whether that is how the test should end; the messages are libtest's."""
    if outcome.kind != "exit":
        return Result("failed")
    if report is None:
        if case.def_id < 0:  # a program of its own, not a function
            return _ended(case, outcome.code)
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


def _ended(case: Case, code: int) -> Result:
    if bool(code) == case.should_panic:
        return Result("ok")
    failed = f"Test executable failed (exit status: {code})."
    return Result("failed", message=failed if code else "Test executable succeeded, but it's marked `should_panic`.")


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def _debug(text: str) -> str:
    """As `{:?}` shows the inside of a string."""
    return "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\u{{{ord(c):x}}}") for c in text)
