"""Programs with their expected behaviour, run through the command line.

Beside `NAME.rs` lie `NAME.stdout` (what it prints; absent means nothing), `NAME.stdin`, `NAME.stderr` (for panics and
compile errors, blessed).  In the source:

    //~ ERROR text       an error or report on this line whose text contains that (`//~^` the line above, `//~v` below)
    //@ exit: 3          its exit code (0, or 101 in `panic`, 10 in `ub`, 12 in `compile_fail`)
    //@ args: a b        its arguments
    //@ flags: --seed 3  options of `interp run`
    //@ heavy: why       it takes minutes on the uncompiled engine, where it is skipped

To add a test: put a file into the folder that says how it ends, and run `./dev bless -k NAME`; read what was written.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import COMPILED, ROOT

UI = Path(__file__).parent / "ui"
EXITS = {"pass": 0, "panic": 101, "ub": 10, "compile_fail": 12}
_DIRECTIVE = re.compile(r"^//@ (\w+): *(.*)$", re.M)
_ERROR = re.compile(r"//~([\^v]*) ERROR (.*)$", re.M)
PROGRAMS = sorted(UI.rglob("*.rs"))


class Ended(NamedTuple):
    code: int
    stdout: bytes
    stderr: str


def run(program: Path, flags: list[str], args: list[str]) -> Ended:
    stdin = program.with_suffix(".stdin")
    command = [sys.executable, str(ROOT / "cli.py"), "run", *flags, program.name, *args]
    env = {**os.environ, "NO_COLOR": "1", "INTERP_TRACEBACK": "1"}
    with open(stdin if stdin.exists() else os.devnull, "rb") as given:
        done = subprocess.run(command, stdin=given, capture_output=True, cwd=program.parent, env=env, timeout=300)
    return Ended(done.returncode, done.stdout, done.stderr.decode())


def expectations(source: str) -> list[tuple[int, str]]:
    """(line, text) of every `//~ ERROR`."""
    found = []
    for number, line in enumerate(source.splitlines(), 1):
        for arrows, text in _ERROR.findall(line):
            found.append((number - arrows.count("^") + arrows.count("v"), text.strip()))
    return found


def reported(stderr: str, name: str) -> list[tuple[int, str]]:
    """(line, message) of every error with its place."""
    pattern = rf"^error(?:\[E\d+\])?: (.*(?:\n(?! +-->).*)*?)\n +--> {re.escape(name)}:(\d+):\d+"
    return [(int(line), text) for text, line in re.findall(pattern, stderr, re.M)]


def check_file(path: Path, actual: str, bless: bool) -> None:
    if bless:
        if actual:
            path.write_text(actual)
        else:
            path.unlink(missing_ok=True)
    expected = path.read_text() if path.exists() else ""
    assert actual == expected


def kind_of(program: Path) -> str:
    return program.relative_to(UI).parts[0]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: str(p.relative_to(UI).with_suffix("")))
def test_ui(program: Path, bless: bool) -> None:
    source = program.read_text()
    directives = dict(_DIRECTIVE.findall(source))
    if "heavy" in directives and not COMPILED:
        pytest.skip(f"the engine is not compiled: {directives['heavy']}")
    kind = kind_of(program)
    ended = run(program, directives.get("flags", "").split(), directives.get("args", "").split())
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.code == int(directives.get("exit", EXITS[kind])), ended.stderr
    check_file(program.with_suffix(".stdout"), ended.stdout.decode(), bless)
    if kind in ("panic", "compile_fail"):
        check_file(program.with_suffix(".stderr"), ended.stderr, bless)
    wanted = expectations(source)
    if kind in ("ub", "compile_fail"):
        assert wanted, "a failing program says where: `//~ ERROR text`"
    found = reported(ended.stderr, program.name)
    for line, text in wanted:
        assert any(line == at and text in message for at, message in found), (
            f"no `{text}` on line {line}:\n{ended.stderr}"
        )
    if kind == "compile_fail":
        assert len(found) == len(wanted), ended.stderr


PLAIN = [program for program in PROGRAMS if kind_of(program) == "pass" and program.parent.name == "pass"]


@pytest.mark.slow
@pytest.mark.parametrize("program", PLAIN, ids=lambda p: p.stem)
def test_uncompiled_engine(program: Path) -> None:
    """The language's programs on the engine as it runs without a C compiler: the same output and exit code."""
    directives = dict(_DIRECTIVE.findall(program.read_text()))
    flags = [*directives.get("flags", "").split(), "--engine", "pure"]
    ended = run(program, flags, directives.get("args", "").split())
    stdout = program.with_suffix(".stdout")
    assert ended.stdout == (stdout.read_bytes() if stdout.exists() else b"")
    assert ended.code == int(directives.get("exit", 0)), ended.stderr
