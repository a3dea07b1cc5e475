"""SIGKILL at random instants of a checkpointing process: every resume goes on from the last committed checkpoint."""

from __future__ import annotations

import os
import random
import sqlite3
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


def sessions(place: Place) -> int:
    """How many sessions the run in `place` has begun."""
    try:
        return int(place.sql("SELECT count(*) FROM session")[0][0])  # type: ignore[call-overload]
    except sqlite3.Error:  # no store yet, or no table in it
        return 0


def killed(place: Place, what: list[str], delay: float) -> tuple[int, bool]:
    """The exit code of a process that is killed `delay` seconds after it began its session, and whether that hit it."""
    before = sessions(place)
    with (
        open(place.out, "ab") as out,
        open(place.folder / "in.txt", "rb") as given,
        open(place.folder / "err.txt", "wb") as err,
    ):
        child = subprocess.Popen(
            [sys.executable, str(ROOT / "cli.py"), "run", "--checkpoint-every=5ms", *what], cwd=place.folder,
            stdout=out, stderr=err, stdin=given, env=place.env(),
        )  # fmt: skip
        while child.poll() is None and sessions(place) == before:
            time.sleep(0.002)
        time.sleep(delay)
        hit = child.poll() is None
        child.kill()
        return child.wait(), hit


@pytest.mark.slow
def test_killed_at_random_instants(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    (tmp_path / "whole").mkdir()
    whole = Place(tmp_path / "whole")
    expected = whole.run("--no-store", "--no-cache", "work.rs", "60000", data=INPUT), whole.out.read_bytes()
    kills = runs = 0
    while kills < KILLS:
        runs += 1
        folder = tmp_path / f"run{runs}"
        folder.mkdir()
        place = Place(folder)
        (folder / "in.txt").write_bytes(INPUT)
        ended, spread = None, 0.05
        while ended is None:
            resumes = place.sql(LAST) if sessions(place) else []
            if not resumes:
                place.out.write_bytes(b"")
            code, hit = killed(place, ["--resume"] if resumes else ["work.rs", "60000"], chance.random() * spread)
            kills += hit
            if code == 20 and resumes:  # the one before was killed after its last checkpoint
                code = int(place.sql("SELECT exit_code FROM run WHERE status = 'finished'")[0][0])  # type: ignore[call-overload]
            assert code in (-9, expected[0]), (code, kills, runs, (folder / "err.txt").read_text())
            ended = code if code >= 0 else None
            if sessions(place):
                assert place.sql("PRAGMA quick_check") == [("ok",)]
                spread = spread * 1.3 if place.sql(LAST) == resumes else 0.05  # a busy machine gets on, too
        assert (ended, place.out.read_bytes()) == expected
        assert place.sql("PRAGMA foreign_key_check") == []
    print(f"{kills} kills of {runs} runs")
