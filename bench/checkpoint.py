"""`./dev bench checkpoint`: what checkpoints of a big heap cost, full and of 1 %, what they write, what resuming takes.

The heap is 256 MiB that do not compress.  Changed bytes are the arena's pages that were written to.  A checkpoint's
bytes are counted twice: what its transaction appended to SQLite's log, and what the database file had grown by when the
log was folded into it (so the disk gets every byte twice, as with any WAL).
To add a measurement: a function, called by `measure`.
"""

from __future__ import annotations

import gc
import io
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from interp import face
from interp.machine import snapshot as snapshots
from interp.machine.machine import Machine
from interp.resolve.crates import file_source
from store import loader, packs
from store.engine import Location
from store.session import Keep, Origin, Session
from store.streams import Sink, Streams

HERE = Path(__file__).resolve().parent
HEAP = 256 << 20
CHUNK = 500  # steps between two looks at the output
PAGE = 4096
ROUNDS = 3


class Quiet(Streams):
    """Streams that keep the output for us."""

    def __init__(self) -> None:
        super().__init__()
        self.sinks = {1: _Nowhere(1), 2: _Nowhere(2)}
        self.lines: list[bytes] = []

    def write(self, fd: int, data: bytes) -> None:
        super().write(fd, data)
        self.lines += data.splitlines()


class _Nowhere(Sink):
    def write(self, data: bytes) -> None:
        """Nothing: the journal has it."""


def session(path: Path, store: Path) -> Session:
    options, source = face.RunOptions(), face.Source(file_source(str(path)))
    prepared = face.prepare(source, options, sys.stderr)
    assert not isinstance(prepared, int)
    streams = Quiet()
    config = face.machine_config(str(path), [], options, sys.stderr)
    machine = Machine(prepared.program, config, streams)  # type: ignore[arg-type]
    return Session(Keep(Location(store), True), prepared, machine, streams, options, [], Origin(), io.StringIO())


def until(made: Session, lines: int) -> str:
    """Run until the program has written so many lines; the last one."""
    streams = made.streams
    assert isinstance(streams, Quiet)
    while len(streams.lines) < lines:
        made.machine.run(made.machine.steps + CHUNK)
    return streams.lines[lines - 1].decode()


@dataclass(slots=True)
class Cost:
    """Of a checkpoint: seconds, bytes of pages that changed, bytes that the log and then the database grew by."""

    seconds: float
    changed: int
    log: int
    file: int


def checkpoint(made: Session, store: Path) -> Cost:
    """The log is empty before and after."""
    if made.db is None:
        made.open()
    assert made.db is not None
    made.db.all("PRAGMA wal_checkpoint(TRUNCATE)")
    made.db.all("PRAGMA wal_autocheckpoint=0")
    changed = PAGE * sum(byte & 1 for byte in made.machine.state.dirty)
    before, begun = store.stat().st_size, time.perf_counter()
    made.checkpoint("interval")
    seconds = time.perf_counter() - begun
    log = store.with_name(store.name + "-wal").stat().st_size
    made.db.all("PRAGMA wal_checkpoint(TRUNCATE)")
    return Cost(seconds, changed, log, store.stat().st_size - before)


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        made = session(HERE / "programs/heap.rs", store)
        until(made, 1)
        full = checkpoint(made, store)
        print(f"{'checkpoint: all of 256 MiB':48} {full.seconds:8.2f} s", flush=True)
        for lines in range(2, 6):
            line = until(made, lines)
            cost = checkpoint(made, store)
            share = 100 * cost.changed / HEAP
            label = f"checkpoint: {share:.2f} % changed, {line}: full / this"
            ratios = f"log {cost.log / cost.changed:.2f} x, file {cost.file / cost.changed:.2f} x the changed bytes"
            print(f"{label:48} {full.seconds / cost.seconds:8.1f}    ({cost.seconds:.3f} s; {ratios})", flush=True)
        resume(made)
        made._close()
    overhead()


def resume(made: Session) -> None:
    """Loading and restoring, beside reading the same contents and hashing them; processor time, a thread's included."""
    assert made.db is not None and made.writer is not None
    db, run, last = made.db, made.origin.run, made.writer.last

    def plain() -> None:
        for (number,) in db.all("SELECT DISTINCT pack_id FROM allocation_page WHERE run_id = :r", r=run):
            packs.read(db, number)

    def whole() -> None:
        snapshots.restore(made.prepared.program, loader.load(db, run, last), None, Quiet())  # type: ignore[arg-type]

    ratios, spent = [], 0.0
    for _ in range(ROUNDS):
        begun = time.process_time()
        plain()
        between = time.process_time()
        whole()
        spent = time.process_time() - between
        ratios.append(spent / (between - begun))
        gc.collect()  # a machine is a cycle
    label = "resume / reading and hashing the same bytes"
    print(f"{label:48} {statistics.median(ratios):8.2f}    ({spent:.2f} s)", flush=True)


def overhead() -> None:
    """A run of more than a default interval, with and without a store."""
    script = [sys.executable, str(HERE.parent / "cli.py"), "run"]
    program = [str(HERE / "programs/churn.rs")]
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            times = []
            for option in (["--no-store"], ["--store", f"{folder}/store.db"]):
                begun = time.perf_counter()
                done = subprocess.run([*script, *option, *program], stdout=subprocess.DEVNULL)
                assert done.returncode == 0
                times.append(time.perf_counter() - begun)
            ratios.append(times[1] / times[0])
    label = "default interval: with a store / without"
    print(f"{label:48} {statistics.median(ratios):8.3f}    ({min(ratios):.3f} to {max(ratios):.3f})", flush=True)
