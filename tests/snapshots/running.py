"""Programs for these tests, and the process that takes a run up: `python -m tests.snapshots.running REQUEST REPLY`.

Snapshots go from process to process as pickles, which is for tests alone.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interp.code.linked import LinkedProgram
from interp.code.recorded import RecordedProgram
from interp.compilation import Compilation
from interp.machine.machine import Machine, MachineConfig
from interp.machine.snapshot import Snapshot, restore, state_digest, take

Log = list[Any]


def linked(path: Path) -> LinkedProgram:
    """Compiled now."""
    compilation = Compilation(str(path), 2021)
    assert compilation.check(), compilation.diagnostics
    return LinkedProgram(compilation.tcx, compilation.main())


def recorded(path: Path, log: Log | None = None) -> RecordedProgram:
    """Compiled now, or, with the log of an earlier session, when it is asked for something new."""
    if log is not None:
        return RecordedProgram(lambda: linked(path), 0, log)  # type: ignore[arg-type, return-value]
    program = linked(path)
    made = RecordedProgram(lambda: program, program.entry, [])  # type: ignore[arg-type, return-value]
    made.real = program  # type: ignore[assignment]
    return made


class Host:
    """Given input, collected output."""

    def __init__(self, stdin: bytes = b"") -> None:
        self.out = {1: b"", 2: b""}
        self.stdin = stdin

    def write(self, fd: int, data: bytes) -> None:
        self.out[fd] += data

    def read(self, n: int) -> bytes:
        data, self.stdin = self.stdin[:n], self.stdin[n:]
        return data


@dataclass
class Leg:
    """How far a run went: `kind` and `code` of the outcome, output since it was taken up, state."""

    kind: str
    code: int
    steps: int
    out: dict[int, bytes]
    digest: str
    snapshot: Snapshot | None = None
    log: Log = field(default_factory=list)

    def end(self) -> tuple[Any, ...]:
        """What must be the same, however often the run was interrupted (the output apart)."""
        return self.kind, self.code, self.steps, self.digest


def leg(machine: Machine, host: Host, until: int | None) -> Leg:
    outcome = machine.run(until)
    return Leg(outcome.kind, outcome.code, machine.steps, host.out, state_digest(machine))


@dataclass
class Request:
    path: Path
    snapshot: Snapshot
    engine: str
    until: int | None
    stdin: bytes = b""
    log: Log | None = None


def answer(request: Request) -> Leg:
    program: Any = linked(request.path) if request.log is None else recorded(request.path, request.log)
    host = Host(request.stdin)
    machine = restore(program, request.snapshot, MachineConfig(engine=request.engine), host)  # type: ignore[arg-type]
    made = leg(machine, host, request.until)
    made.snapshot = take(machine)
    if request.log is not None:
        made.log = program.log
    return made


def main(request: str, reply: str) -> None:
    asked = pickle.loads(Path(request).read_bytes())
    Path(reply).write_bytes(pickle.dumps(answer(asked)))


if __name__ == "__main__":
    from tests.snapshots import running  # so that pickles name the module as their writer does

    running.main(sys.argv[1], sys.argv[2])
