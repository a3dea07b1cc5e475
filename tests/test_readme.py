"""Every command of the README runs, and every path it and ARCHITECTURE.md name exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line]
ENDS = {"--max-steps": 13}


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 6


SCRIPTS = [block for block in BLOCKS if "--resume" in block]  # lines that build on each other
ALONE = [c for c in COMMANDS if not c.startswith("./dev test") and not any(c in s for s in SCRIPTS)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_script(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERP_STORE", str(tmp_path / "store.db"))
    for line in script.splitlines():
        test_command(line)


@pytest.mark.parametrize("command", ALONE)
def test_command(command: str) -> None:
    words = shlex.split(command)
    script = [sys.executable, str(ROOT / "cli.py")]
    words = [*script, *words[1:]]  # `./dev run` and `interp` are the same script in this environment
    env = {**os.environ, "INTERP_TRACEBACK": "1"}
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=env, timeout=300)
    expected = next((code for option, code in ENDS.items() if option in words), 0)
    assert done.returncode == expected, done.stderr
    assert "Traceback" not in done.stderr


def test_the_shown_report_is_real() -> None:
    shown = re.search(r"```console\n\$ \./dev run (\S+)\n(.*?)\.\.\.\n```", README, re.S)
    assert shown is not None
    script = [sys.executable, str(ROOT / "cli.py"), "run", shown[1]]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 10
    assert done.stderr.startswith(shown[2])


def documented_paths() -> list[str]:
    found = []
    for name in ("README.md", "ARCHITECTURE.md"):
        text = (ROOT / name).read_text()
        found += re.findall(r"`((?:interp|store|tests|examples|bench|docs)/[\w./]+)`", text)
    return sorted(set(found))


@pytest.mark.parametrize("path", documented_paths())
def test_path_exists(path: str) -> None:
    assert (ROOT / path).exists() or list(Path(ROOT).glob(path))
