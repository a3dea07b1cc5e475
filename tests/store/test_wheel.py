"""The migrations are installed with the package: a wheel in an environment of its own upgrades a store."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import zstandard

from ..conftest import ROOT
from .make_assets import asset


@pytest.mark.slow
def test_an_installed_wheel_upgrades_a_store(tmp_path: Path) -> None:
    def call(*command: str | Path, cwd: Path = tmp_path) -> str:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run([str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    call(python, "-m", "pip", "install", "-q", wheel)
    where = call(python, "-c", "from store import migrate; print(migrate.location())").strip()
    assert Path(where).is_relative_to(tmp_path / "env") and (Path(where) / "script.py.mako").exists()
    store = tmp_path / "store.db"
    store.write_bytes(zstandard.decompress(asset("0001").read_bytes()))
    interp = tmp_path / "env/bin/interp"
    assert "backup, verified" in call(interp, "store", "upgrade", "--store", store)
    assert "is whole" in call(interp, "store", "check", "--quick", "--store", store)
    assert call(interp, "store", "history").count("\n") >= 2
