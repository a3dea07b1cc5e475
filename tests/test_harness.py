"""`interp test` on whole files, against blessed output that is libtest's own (times and addresses aside).

`tests/harness/NAME.rs` with `NAME.stdout`; `verdicts.rs` is also compared with a native run where there is a rustc.
To add a program: there, its line in `BLESSED`, and `--bless`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT
from .test_ui import check_file

PROGRAMS = Path(__file__).parent / "harness"
BLESSED = {"verdicts": [], "stopped": [], "seeds": ["--seeds", "0..6"]}


def test_program(name: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), "test", f"{name}.rs", *args]
    env = {**os.environ, "NO_COLOR": "1", "INTERP_TRACEBACK": "1"}
    return subprocess.run(command, cwd=PROGRAMS, env=env, capture_output=True, text=True, timeout=300)


test_program.__test__ = False  # type: ignore[attr-defined]


def settled(text: str) -> str:
    """Without what differs from run to run."""
    text = re.sub(r"finished in \d+\.\d\ds", "finished in 0.00s", text)
    text = re.sub(r"TypeId\(0x[0-9a-f]+\)", "TypeId(..)", text)
    text = re.sub(r"' \(\d+\) panicked", "' panicked", text)
    text = re.sub(r"alloc\d+", "alloc0", re.sub(r"(library/\S+):\d+:\d+", r"\1", text))
    return text.replace("note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n", "")


@pytest.mark.parametrize("name", BLESSED)
def test_output_is_the_blessed_one(name: str, bless: bool) -> None:
    ended = test_program(name, *BLESSED[name])
    assert ended.returncode == 101
    assert ended.stderr == ""
    check_file(PROGRAMS / f"{name}.stdout", settled(ended.stdout), bless)


@pytest.mark.skipif(shutil.which("rustc") is None, reason="compares with a native run, and there is no rustc here")
@pytest.mark.parametrize("flags", [[], ["-q", "inner", "panics"], ["--list"]])
def test_lines_are_libtests(flags: list[str], tmp_path: Path) -> None:
    binary = str(tmp_path / "verdicts")
    rustc = ["rustc", "--edition", "2021", "--test", "verdicts.rs", "-o", binary]
    subprocess.run(rustc, cwd=PROGRAMS, check=True, capture_output=True)
    env = {name: value for name, value in os.environ.items() if name != "RUST_BACKTRACE"}
    command = [binary, *flags, "--test-threads=1"]
    native = subprocess.run(command, cwd=PROGRAMS, env=env, capture_output=True, text=True)
    ours = test_program("verdicts", *flags)
    assert settled(ours.stdout) == settled(native.stdout).replace("thread 'main'", "thread ''")
    assert ours.returncode == native.returncode


def test_json_is_one_object_a_line() -> None:
    ended = test_program("verdicts", "returns", "ignored", "--format", "json")
    events = [json.loads(line) for line in ended.stdout.splitlines()]
    assert events[0] == {"type": "suite", "event": "started", "test_count": 4}
    ignored, failed = events[4], events[6]
    assert (ignored["name"], ignored["event"]) == ("tests::ignored_for_a_reason", "ignored")
    assert ignored["message"] == "takes too long"
    assert failed == {"type": "test", "name": "tests::returns_err", "event": "failed", "stdout": 'Error: "bad thing"\n'}
    counts = {name: events[-1][name] for name in ("event", "passed", "failed", "ignored", "filtered_out")}
    assert counts == {"event": "failed", "passed": 1, "failed": 1, "ignored": 2, "filtered_out": 12}


def test_a_malformed_test_is_a_compile_error(tmp_path: Path) -> None:
    program = tmp_path / "bad.rs"
    text = "#[test] fn a(x: i32) { drop(x) }\n#[test] fn b() -> i32 { 3 }\n#[test] #[should_panic(x)] fn c() {}\n"
    program.write_text(text)
    ended = test_program(str(program.with_suffix("")))
    assert ended.returncode == 12
    assert "functions used as tests can not have any arguments" in ended.stderr
    assert "the trait bound `i32: Termination` is not satisfied" in ended.stderr
    assert "malformed `should_panic` attribute input" in ended.stderr
