"""Checkpoint at random steps, take the run up in a new process: the end is the uninterrupted run's."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interp.machine.engines import description
from interp.machine.machine import Machine, MachineConfig
from interp.machine.merge import merge
from interp.machine.snapshot import Snapshot, changes, commit

from ..conftest import ROOT
from .running import Host, Leg, Log, Request, leg, recorded

UI = ROOT / "tests" / "ui"
SHARED = ROOT.parent / "shared" / "programs"
ENGINES = ["pure"] + (["compiled"] if description() == "compiled" else [])


def elsewhere(request: Request, folder: Path) -> Leg:
    """The answer of another process."""
    asked, replied = folder / "request", folder / "reply"
    asked.write_bytes(pickle.dumps(request))
    command = [sys.executable, "-m", "tests.snapshots.running", str(asked), str(replied)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    made: Leg = pickle.loads(replied.read_bytes())
    return made


class Run:
    """The uninterrupted run of a program, and others to compare with it."""

    def __init__(self, path: Path, seed: int = 0) -> None:
        self.path = path
        self.seed = seed
        given = path.with_suffix(".stdin")
        self.stdin = given.read_bytes() if given.exists() else b""
        self.program = recorded(path)
        self.whole = leg(*self.machine(), None)

    def machine(self, engine: str = "auto") -> tuple[Machine, Host]:
        host = Host(self.stdin)
        config = MachineConfig(seed=self.seed, engine=engine)  # type: ignore[arg-type]
        return Machine(self.program, config, host), host  # type: ignore[arg-type]

    @property
    def log(self) -> Log:
        return list(self.program.log)

    def request(self, snapshot: Snapshot, host: Host, engine: str = "auto", **kw: Any) -> Request:
        return Request(self.path, snapshot, engine, kw.pop("until", None), host.stdin, **kw)

    def compare(self, before: dict[int, bytes], after: Leg) -> None:
        assert after.end() == self.whole.end()
        assert {fd: before[fd] + after.out[fd] for fd in before} == self.whole.out


def check_program(path: Path, folder: Path, points: int, rng: random.Random) -> None:
    """Incremental checkpoints at `points` steps, some of which fail; a new process goes on from each."""
    run = Run(path, seed=rng.randrange(100))
    machine, host = run.machine()
    base: Snapshot | None = None
    for at in sorted(rng.randrange(1, run.whole.steps) for _ in range(points)):
        machine.run(at)
        assert machine.steps == at
        made = changes(machine)
        merged = made if made.complete else merge(base, made)  # type: ignore[arg-type]
        if rng.random() < 0.7:
            commit(machine)
            base = merged
        log = rng.choice([None, run.log])
        run.compare(dict(host.out), elsewhere(run.request(merged, host, log=log), folder))
    run.compare({1: b"", 2: b""}, leg(machine, host, None))


def check_chain(path: Path, folder: Path, times: int, rng: random.Random) -> None:
    """Restored and saved again by one process after the other, on the engines in turn."""
    run = Run(path, seed=rng.randrange(100))
    machine, host = run.machine()
    stops = sorted(rng.sample(range(1, run.whole.steps), min(times, run.whole.steps - 1)))
    machine.run(stops[0])
    snapshot, out, stdin, log = changes(machine), dict(host.out), host.stdin, run.log
    for i, until in enumerate([*stops[1:], None]):
        request = Request(path, snapshot, "compiled" if ENGINES[-1] == "compiled" else "pure", until, stdin, log)
        if until is not None and until - stops[i] < 3000:
            request = replace(request, engine=ENGINES[i % len(ENGINES)])
        made = elsewhere(request, folder)
        assert made.snapshot is not None and (until is None or made.steps == until)
        stdin = stdin[made.snapshot.machine.consumed - snapshot.machine.consumed :]
        if until is None:
            run.compare(out, made)
        out = {fd: out[fd] + made.out[fd] for fd in out}
        snapshot, log = made.snapshot, made.log


EVERYTHING = Path(__file__).parent / "programs" / "everything.rs"


def test_resumed_elsewhere(tmp_path: Path) -> None:
    check_program(EVERYTHING, tmp_path, 3, random.Random(1))


def test_from_one_to_the_other(tmp_path: Path) -> None:
    check_chain(EVERYTHING, tmp_path, 3, random.Random(2))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_everything_at_many_steps(seed: int, tmp_path: Path) -> None:
    check_program(EVERYTHING, tmp_path, 20, random.Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((UI / "pass").rglob("*.rs")), ids=lambda p: p.stem)
def test_ui_programs(path: Path, tmp_path: Path) -> None:
    check_program(path, tmp_path, 4, random.Random(path.stem))


SHARED_PROGRAMS = [p for level in ("1_core", "3_real") for p in sorted((SHARED / level).glob("*.rs"))]


@pytest.mark.slow
@pytest.mark.skipif(not SHARED_PROGRAMS, reason="the acceptance programs are not beside this checkout")
@pytest.mark.parametrize("path", SHARED_PROGRAMS, ids=lambda p: p.stem)
def test_acceptance_programs(path: Path, tmp_path: Path) -> None:
    check_program(path, tmp_path, 4, random.Random(path.stem))


@pytest.mark.slow
@pytest.mark.skipif(not SHARED_PROGRAMS, reason="the acceptance programs are not beside this checkout")
@pytest.mark.parametrize("path", SHARED_PROGRAMS[::3], ids=lambda p: p.stem)
def test_ten_times_in_a_row(path: Path, tmp_path: Path) -> None:
    check_chain(path, tmp_path, 10, random.Random(path.stem))
