"""SIGKILL at random instants of a checkpointing process: every resume goes on from the last committed checkpoint."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

from .test_resume import INPUT, Place

KILLS = int(os.environ.get("INTERP_KILLS", "300"))
LAST = "SELECT last_checkpoint FROM run WHERE last_checkpoint > 0"
SEED = int(os.environ.get("INTERP_KILLS_SEED", "7"))


@pytest.mark.slow
def test_killed_at_random_instants(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    whole = Place(tmp_path / "whole") if (tmp_path / "whole").mkdir() is None else None
    assert whole is not None
    begun = time.monotonic()
    expected = whole.run("--no-store", "--no-cache", "work.rs", "60000", data=INPUT), whole.out.read_bytes()
    usual = time.monotonic() - begun
    kills = runs = 0
    while kills < KILLS:
        runs += 1
        folder = tmp_path / f"run{runs}"
        folder.mkdir()
        place = Place(folder)
        (folder / "in.txt").write_bytes(INPUT)
        ended, patience = None, 1.0
        while ended is None:
            resumes = (folder / ".interp/store.db").exists() and place.sql(LAST)
            if not resumes:
                place.out.write_bytes(b"")
            what = ["--resume"] if resumes else ["work.rs", "60000"]
            with open(place.out, "ab") as out, open(folder / "in.txt", "rb") as given:
                child = subprocess.Popen(
                    [sys.executable, str(ROOT / "cli.py"), "run", "--checkpoint-every=20ms", *what], cwd=folder,
                    stdout=out, stderr=subprocess.DEVNULL, stdin=given, env=place.env(),
                )  # fmt: skip
            time.sleep(chance.random() * patience * usual)
            if child.poll() is None:
                child.kill()
                kills += 1
            code = child.wait()
            if code == 20 and resumes:  # the one before was killed after its last checkpoint
                code = place.sql("SELECT exit_code FROM run WHERE status = 'finished'")[0][0]
            assert code in (-9, expected[0]), (code, kills, runs)
            ended = code if code >= 0 else None
            patience *= 1.3  # or a busy machine never comes to its next checkpoint
            if resumes:
                assert place.sql("PRAGMA quick_check") == [("ok",)]
                now = place.sql(LAST)
                patience = patience if now == resumes else 1.0
        assert (ended, place.out.read_bytes()) == expected
        assert place.sql("PRAGMA foreign_key_check") == []
