"""`./dev bench snapshot`: what a checkpoint of a 256 MiB heap costs, all of it and the hundredth that changed.

Ratios of medians of processor time, in one process: changes to take, bytes recorded to bytes changed, restoring to
hashing the same bytes (SHA-256).  To add a figure: a line in `measure`.
"""

from __future__ import annotations

import gc
import hashlib
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from interp.code.linked import LinkedProgram
from interp.compilation import Compilation
from interp.machine.machine import Machine, MachineConfig
from interp.machine.snapshot import Snapshot, changes, commit, restore, take

PROGRAM = Path(__file__).resolve().parent / "programs" / "heap.rs"
ROUNDS = 5


class _Rounds:
    """A host that counts the program's rounds."""

    def __init__(self) -> None:
        self.count = 0

    def write(self, fd: int, data: bytes) -> None:
        self.count += data.count(b"\n")

    def read(self, n: int) -> bytes:
        return b""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()  # a machine is a cycle, and holds three times its heap
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def size(snapshot: Snapshot) -> int:
    """Bytes of pages and chunks, and eight for each word of a row."""
    rows = 8 * sum(map(len, snapshot.allocations))
    return rows + sum(len(p.blob) for p in snapshot.pages) + sum(len(c.data) for c in snapshot.chunks)


def hashed(snapshot: Snapshot) -> str:
    made = hashlib.sha256()
    for page in snapshot.pages:
        made.update(page.blob)
    return made.hexdigest()


def measure() -> None:
    compilation = Compilation(str(PROGRAM), 2021)
    assert compilation.check()
    program: Any = LinkedProgram(compilation.tcx, compilation.main())
    host = _Rounds()
    machine = Machine(program, MachineConfig(), host)

    def until(count: int) -> None:
        while host.count < count:
            machine.run(machine.steps + 500)

    until(1)
    full = [timed(lambda: take(machine)) for _ in range(ROUNDS)]
    whole = full[-1][1]
    changes(machine)
    commit(machine)
    part, ratios = [], []
    for _ in range(ROUNDS):
        until(host.count + 1)
        dirty = 4096 * sum(byte & 1 for byte in machine.state.dirty)
        spent, made = timed(lambda: changes(machine))
        part.append(spent)
        ratios.append(size(made) / dirty)
        commit(machine)
    hashing = [timed(lambda: hashed(whole))[0] for _ in range(ROUNDS)]
    restoring = [timed(lambda: restore(program, whole))[0] for _ in range(ROUNDS)]
    middle = statistics.median
    took = middle([spent for spent, _ in full])
    for label, value, shown in (
        ("snapshot: changes of 1 % / the whole machine", middle(part) / took, f"{middle(part) * 1e3:.1f} ms"),
        ("snapshot: the whole machine / hashing it", took / middle(hashing), f"{took * 1e3:.0f} ms"),
        ("snapshot: bytes recorded / bytes of changed pages", middle(ratios), f"{middle(ratios):.2f}"),
        ("snapshot: restoring / hashing the same bytes", middle(restoring) / middle(hashing),
         f"{middle(restoring) * 1e3:.0f} ms"),
    ):  # fmt: skip
        print(f"{label:52} {value:8.3f}  ({shown})", flush=True)
