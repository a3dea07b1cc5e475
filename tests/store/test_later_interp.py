"""A run outlives the interp that began it: another one, with other opcodes, code and library, goes on with its code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interp.machine.digest import digest
from store.database import open_database
from store.engine import Location
from store.loader import load
from tests.conftest import ROOT

from .commands import interp
from .make_assets import PROGRAM, STDIN
from .test_assets import facts

EVERY = ["--checkpoint-every", "1000steps"]


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new))


@pytest.fixture(scope="session")
def renumbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interp, not compiled, whose opcodes have other numbers."""
    folder = tmp_path_factory.mktemp("later") / "renumbered"
    folder.mkdir()
    for name in ("interp", "store", "commands", "alembic"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.so", "*.c", "__pycache__"))
    shutil.copy(ROOT / "cli.py", folder)
    change(folder, "interp/code/opcodes.py", "_ROWS.strip().splitlines()", "reversed(_ROWS.strip().splitlines())")
    return folder


@pytest.fixture(scope="session")
def reworked(renumbered: Path) -> Path:
    """The same with other code for every function, and another library."""
    folder = renumbered.with_name("reworked")
    shutil.copytree(renumbered, folder)
    enter = 'self.enter_at = self.emit("ENTER", MEM, 0)'
    change(folder, "interp/code/assemble.py", enter, f'{enter}\n        self.emit("NOP")')
    for path in (folder / "interp/library").rglob("*.rs"):
        path.write_text("// Another release.\n" + path.read_text())
    return folder


def with_other(folder: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A command of that interp."""
    env = {**os.environ, "PYTHONPATH": str(folder), "INTERP_CACHE_DIR": str(cwd / "cache")}
    command = [sys.executable, str(folder / "cli.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, input=b"", timeout=1500)


def begun(folder: Path, to_the_end: bool) -> Path:
    """A store with the program's run: to its end, or into its middle."""
    (folder / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    os.chdir(folder)
    limit = [] if to_the_end else ["--max-steps", "5500"]
    ended = interp("run", "--store", "s.db", *EVERY, *limit, PROGRAM.name, stdin=STDIN)
    assert ended.code == (30 if to_the_end else 13), ended
    return folder / "s.db"


def end_of(path: Path) -> tuple[object, ...]:
    """What the run wrote and ended with, its steps, and a digest of all that the machine was then."""
    db = open_database(Location(path), readonly=True)
    last = db.all("SELECT last_checkpoint FROM run WHERE id = 1")[0][0]
    made = digest(load(db, 1, last))
    db.close()
    return (*facts(path), made)


def test_with_other_opcodes(tmp_path: Path, renumbered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is the same to the last bit: the stored code is executed, though its opcodes have other numbers."""
    monkeypatch.chdir(tmp_path)
    path = begun(tmp_path, to_the_end=True)
    expected = end_of(path)
    ended = with_other(renumbered, tmp_path, "run", "--resume", "--engine", "pure", "--store", "s.db", "--at", "8", "1")
    assert ended.returncode == 30, ended.stderr.decode()
    assert end_of(path) == expected
    check = with_other(renumbered, tmp_path, "store", "check", "--store", "s.db")
    assert check.returncode == 0, check.stdout.decode() + check.stderr.decode()
    assert interp("store", "check", "--store", path).code == 0


@pytest.mark.slow
def test_with_other_code_and_library(tmp_path: Path, reworked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the run needs for the first time comes from the sources that it was begun with, the library's included."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "whole").mkdir()
    expected = facts(begun(tmp_path / "whole", to_the_end=True))
    path = begun(tmp_path, to_the_end=False)
    ended = with_other(reworked, tmp_path, "run", "--resume", "--engine", "pure", "--store", "s.db")
    assert ended.returncode == 30, ended.stderr.decode()
    assert facts(path) == expected
    assert interp("store", "check", "--store", path).code == 0


def test_without_an_opcode(tmp_path: Path, renumbered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that means something else is as good as none: the run is refused, and says by what."""
    monkeypatch.chdir(tmp_path)
    begun(tmp_path, to_the_end=False)
    other = tmp_path / "other"
    shutil.copytree(renumbered, other)
    change(other, "interp/code/opcodes.py", "REVISIONS: Final[dict[str, int]] = {}", 'REVISIONS: Final = {"CALL": 1}')
    change(other, "interp/machine/intrinsics.py", "REVISIONS: dict[str, int] = {}", 'REVISIONS = {"thread_spawn": 2}')
    ended = with_other(other, tmp_path, "run", "--resume", "--store", "s.db")
    named = b"does not have: intrinsic thread_spawn, opcode CALL\n"
    assert ended.returncode == 21 and named in ended.stderr, ended.stderr
    check = with_other(other, tmp_path, "store", "check", "--store", "s.db")
    assert check.returncode == 0, check.stdout
