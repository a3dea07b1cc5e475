"""Without a C compiler the package installs all the same; the engine then runs uncompiled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT


def test_no_compiler_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "setup.py", "-q", "build_ext", "--force", f"--build-lib={tmp_path}",
               f"--build-temp={tmp_path}"]  # fmt: skip
    env = {**os.environ, "CC": "no-such-compiler"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("engine.*"))
