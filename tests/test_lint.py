"""`./dev lint` finds nothing; mypy, which takes a minute without its cache, is for the slow suite."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .conftest import ROOT


@pytest.mark.parametrize(
    "tool", [("ruff", "check", "--no-cache", "."), pytest.param(("mypy",), marks=pytest.mark.slow)], ids=lambda t: t[0]
)
def test_lint(tool: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
