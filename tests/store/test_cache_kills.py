"""Pointers to functions survive SIGKILL: programs made by Hypothesis, every policy, other policies at the resume."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import cli
from store import faults
from store.cache_audit import audit
from store.engine import locate
from store.faults import POINTS
from store.look import looking

from . import casting

POLICIES = st.one_of(
    st.just(["--fn-address-policy", "keep"]),
    st.builds(
        lambda every, limit: ["--fn-address-policy", "unreachable", "--provenance-gc", str(every), *limit],
        st.integers(20, 2000), st.sampled_from([[], ["--fn-address-limit", "3"], ["--fn-address-limit", "32"]]),
    ),
    st.builds(
        lambda every, capacity: [
            "--fn-address-policy", "lru", "--fn-address-capacity", str(capacity), "--provenance-gc", str(every)
        ],
        st.integers(20, 2000), st.integers(1, 60),
    ),
    st.just(["--fn-address-policy", "fresh"]),
)  # fmt: skip
KILLS = st.lists(
    st.tuples(st.sampled_from([p for p in POINTS if p != "input"]), st.integers(1, 5), POLICIES), min_size=1, max_size=3
)
FINISHED = 20  # it was killed after its last checkpoint
Kills = list[tuple[str, int, list[str]]]


def interp(folder: Path, *arguments: str, fault: tuple[str, int] = ("", 1)) -> int:
    """A command in a process of its own (a fork of this one), its output appended to `out`; negative: killed."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.chdir(folder)
            os.environ.update(INTERP_TRACEBACK="1", INTERP_STORE="")
            faults._point, faults._left = fault
            for fd, name in ((0, os.devnull), (1, "out"), (2, "err")):
                os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND), fd)
            sys.stdout, sys.stderr = (open(fd, "w", closefd=False) for fd in (1, 2))  # noqa: SIM115
            cli.main([*arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def try_once(folder: Path, text: str, seed: int, every: int, policy: list[str], kills: Kills) -> int:
    """Run to the end through all the kills; the output is that of an undisturbed run, the history holds.  Gives how
    often it was killed."""
    for name in ("out", "err", "s.db", "s.db-wal", "s.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "p.rs").write_text(text)
    assert interp(folder, "run", "--no-store", "--seed", str(seed), "p.rs") == 0, (folder / "err").read_text()
    expected = (folder / "out").read_bytes()
    assert b"checked" in expected
    (folder / "out").write_bytes(b"")
    keep = ["--store", "s.db", "--checkpoint-every", f"{every}steps"]
    start = ["run", *keep, *policy, "--seed", str(seed), "p.rs"]
    command, killed = start, 0
    for point, count, other in [*kills, ("", 1, policy)]:
        code = interp(folder, *command, fault=(point, count))
        said = (folder / "err").read_text()
        assert code in (0, FINISHED, -signal.SIGKILL), said
        killed += code < 0
        if code >= 0:
            break
        begun = (folder / "s.db").exists() and _checkpoints(folder)
        command = ["run", "--resume", *keep, *other] if begun else start
        if not begun:
            (folder / "out").write_bytes(b"")  # nothing of that run is known
    assert code >= 0 and (folder / "out").read_bytes() == expected
    with looking(locate(str(folder / "s.db"))) as db:
        found = audit(db, None, True, io.StringIO())
    assert not found.broken, found.table.rows
    return killed


def _checkpoints(folder: Path) -> int:
    import sqlite3

    raw = sqlite3.connect(f"file:{folder / 's.db'}?mode=rw", uri=True)
    try:
        return int(raw.execute("SELECT count(*) FROM checkpoint").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        raw.close()


EXAMPLES = {
    "text": casting.programs(), "seed": st.integers(0, 1 << 20), "every": st.integers(300, 20_000), "policy": POLICIES,
    "kills": KILLS,
}  # fmt: skip


@pytest.mark.parametrize("count", [4, pytest.param(int(os.environ.get("INTERP_KILLS", "200")), marks=pytest.mark.slow)])
def test_pointers_survive_kills(tmp_path: Path, count: int) -> None:
    killed = 0

    @settings(
        max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), derandomize=count < 10,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example takes seconds: none to make it smaller
    )
    @given(**EXAMPLES)  # type: ignore[arg-type]
    def example(text: str, seed: int, every: int, policy: list[str], kills: Kills) -> None:
        nonlocal killed
        killed += try_once(tmp_path, text, seed, every, policy, kills)

    example()
    assert killed >= count // 2
