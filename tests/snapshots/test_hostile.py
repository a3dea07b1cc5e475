"""Damaged snapshots, in processes of their own: refused with `Invalid` or `Changed`, or harmless to the engine."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from interp.machine.machine import Machine, MachineConfig
from interp.machine.snapshot import take

from ..conftest import ROOT
from ..unit.machine.test_snapshot import program
from .running import Host, linked

UI = ROOT / "tests" / "ui" / "pass" / "library"


def survives(folder: Path, source: Path | None, machine: Machine, seed: str, count: int) -> None:
    path = folder / "snapshot"
    path.write_bytes(pickle.dumps((source, take(machine))))
    command = [sys.executable, "-m", "tests.snapshots.hostile", str(path), seed, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=1200)
    assert done.returncode == 0, (done.returncode, done.stderr.decode()[-2000:])
    assert b"Invalid" in done.stdout


def test_damage_to_a_small_machine(tmp_path: Path) -> None:
    machine = Machine(program(), MachineConfig(seed=5))
    machine.run(120)
    survives(tmp_path, None, machine, "suite", 1000)


@pytest.mark.slow
@pytest.mark.parametrize("steps", range(40, 400, 40))
def test_much_damage_to_a_small_machine(steps: int, tmp_path: Path) -> None:
    machine = Machine(program(), MachineConfig(seed=steps))
    machine.run(steps)
    survives(tmp_path, None, machine, f"small {steps}", 5000)


@pytest.mark.slow
@pytest.mark.parametrize("name, steps", [("threads", 9000), ("panics", 20000), ("mpsc", 12000)])
def test_much_damage_to_a_program(name: str, steps: int, tmp_path: Path) -> None:
    path = UI / f"{name}.rs"
    machine = Machine(linked(path), MachineConfig(seed=5), Host())
    machine.run(steps)
    survives(tmp_path, path, machine, name, 1000)


def survives_code(source: Path, steps: int, seed: str, count: int) -> None:
    """The same with damaged code: what the verifier admits cannot harm the engine."""
    command = [sys.executable, "-m", "tests.snapshots.hostile_code", str(source), str(steps), seed, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=2400)
    assert done.returncode == 0, (done.returncode, done.stderr.decode()[-2000:])
    assert b"BadCode" in done.stdout and b"ran: " in done.stdout


def test_damage_to_code() -> None:
    survives_code(UI / "panics.rs", 9000, "suite", 150)


@pytest.mark.slow
@pytest.mark.parametrize("name, steps", [("threads", 9000), ("panics", 9000), ("mpsc", 12000), ("panics", 20)])
def test_much_damage_to_code(name: str, steps: int) -> None:
    survives_code(UI / f"{name}.rs", steps, f"much {name} {steps}", 5000)
