"""`./dev bench checkpoint`: what checkpoints of a big heap cost, full and of 1 %, what they write, what resuming takes.

The heap is 256 MiB that do not compress; bytes written are what the database and its log grew by.
To add a measurement: a function, called by `measure`.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from interp import face
from interp.machine import snapshot as snapshots
from interp.machine.machine import Machine
from interp.resolve.crates import file_source
from store import codec, loader
from store.engine import Location
from store.session import Keep, Origin, Session
from store.streams import Sink, Streams

HERE = Path(__file__).resolve().parent
HEAP = 256 << 20
CHUNK = 2_000_000  # steps


class Quiet(Streams):
    """Streams that keep the output for us."""

    def __init__(self) -> None:
        super().__init__()
        self.sinks = {1: _Nowhere(1), 2: _Nowhere(2)}


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


def until(made: Session, lines: int) -> bytes:
    """Run until the program has written so many lines; the last one."""
    while made.machine.state.emitted[1] < 1 or text(made).count(b"\n") < lines:
        made.machine.run(made.machine.steps + CHUNK)
    return text(made).splitlines()[lines - 1]


def text(made: Session) -> bytes:
    pending = b"".join(bytes(data) for fd, _, data in made.streams.pending if fd == 1)
    kept = made.db.all("SELECT data FROM output WHERE fd = 1 ORDER BY number") if made.db else []
    return b"".join(bytes(data) for (data,) in kept) + pending


def size(store: Path) -> int:
    return sum(p.stat().st_size for p in store.parent.iterdir())


def checkpoint(made: Session, store: Path) -> tuple[float, int]:
    """Seconds, and bytes that the files grew by."""
    if made.db is not None:
        made.db.all("PRAGMA wal_checkpoint(TRUNCATE)")
    before, begun = (size(store) if store.exists() else 0), time.perf_counter()
    made.checkpoint("interval")
    return time.perf_counter() - begun, size(store) - before


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        made = session(HERE / "programs/heap.rs", store)
        made.open()
        until(made, 1)
        full, written = checkpoint(made, store)
        print(f"{'checkpoint: all of 256 MiB':48} {full:8.2f} s  ({written / 2**20:,.0f} MiB written)", flush=True)
        changed = HEAP // 100
        for lines in range(2, 6):
            line = until(made, lines).decode()
            spent, written = checkpoint(made, store)
            label = f"checkpoint: 1 % changed, {line}: full / this"
            content = made.db.all("SELECT bytes_written FROM checkpoint ORDER BY number DESC LIMIT 1")
            ratios = f"files {written / changed:.2f} x, contents {content[0][0] / changed:.2f} x the changed bytes"
            print(f"{label:48} {full / spent:8.1f}    ({spent:.3f} s; {ratios})", flush=True)
        resume(made)
        made._close()
    overhead()


def resume(made: Session) -> None:
    """Loading and restoring, beside reading the same contents and hashing them."""
    assert made.db is not None and made.writer is not None
    run, last = made.origin.run, made.writer.last
    begun = time.perf_counter()
    for kind, data in made.db.all("SELECT codec, data FROM page"):
        codec.hash_of(codec.decode(kind, data, 1 << 20))
    plain = time.perf_counter() - begun
    begun = time.perf_counter()
    found = loader.load(made.db, run, last)
    loaded = time.perf_counter() - begun
    snapshots.restore(made.prepared.program, found, None, Quiet())  # type: ignore[arg-type]
    spent = time.perf_counter() - begun
    label = "resume / reading and hashing the same bytes"
    print(f"{label:48} {spent / plain:8.2f}    ({spent:.2f} s, {loaded:.2f} of it loading)", flush=True)


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
