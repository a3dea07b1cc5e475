"""A real store of every revision that there ever was: upgraded, resumed, and taken back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from store import migrate
from store.engine import Location, connect
from store.identity import identify
from store.upgrade import move_store

from .commands import interp
from .make_assets import PROGRAM, STDIN, asset, make

REVISIONS = [revision.number for revision in migrate.revisions()]


def facts(path: Path) -> tuple[object, ...]:
    """Status, outcome, exit code, steps of the only run; what it wrote, by stream."""
    raw = connect(path, readonly=True)
    run = raw.execute("SELECT status, outcome, exit_code, steps FROM run").fetchall()
    pieces = raw.execute('SELECT fd, data FROM output ORDER BY number').fetchall()
    raw.close()
    return (*run, *(b"".join(data for fd, data in pieces if fd == wanted) for wanted in (1, 2)))


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    store = tmp_path_factory.mktemp("whole") / "store.db"
    assert interp("run", "--store", store, PROGRAM, stdin=STDIN).code == 30
    return facts(store)


def finish(path: Path, uninterrupted: tuple[object, ...]) -> None:
    """Resume the run to its end.  One whose code is not in the store goes on if this interp makes the same code."""
    with closing(connect(path, readonly=True)) as raw:
        has_code = raw.execute("SELECT 1 FROM run_code LIMIT 1").fetchone()
    ended = interp("run", "--resume", "--use-stored-source", "--store", path)
    if ended.code == 21 and not has_code:
        assert "functions the run has called are compiled differently now" in ended.text
        return
    assert ended.code == 30, ended
    (status, outcome, code, steps), *output = facts(path)  # type: ignore[misc]
    assert ((status, outcome, code), output) == (uninterrupted[0][:3], [*uninterrupted[1:]])  # type: ignore[index]
    assert steps > 8500  # how many is the library's it was begun with
    assert interp("store", "check", "--quick", "--store", path).code == 0


def test_every_revision_has_its_store() -> None:
    assert all(asset(revision).exists() for revision in REVISIONS), "python -m tests.store.make_assets"


@pytest.mark.parametrize("revision", REVISIONS)
def test_kept_store(tmp_path: Path, revision: str, uninterrupted: tuple[object, ...]) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(zstandard.decompress(asset(revision).read_bytes()))
    assert identify(Location(path)).revision == revision
    move_store(Location(path))
    assert interp("store", "check", "--quick", "--store", path).code == 0
    upgraded = tmp_path / "upgraded.db"
    upgraded.write_bytes(path.read_bytes())
    finish(upgraded, uninterrupted)
    for other in REVISIONS:
        move_store(Location(path), other)
        move_store(Location(path))
    assert interp("store", "check", "--quick", "--store", path).code == 0
    finish(path, uninterrupted)
    move_store(Location(path), REVISIONS[0])
    assert identify(Location(path)).revision == REVISIONS[0]


def test_a_run_goes_on_after_the_way_down_and_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uninterrupted: tuple[object, ...]
) -> None:
    """The same with a store that this interp made."""
    monkeypatch.chdir(tmp_path)
    make(REVISIONS[0], tmp_path)
    path = tmp_path / "store.db"
    refused = interp("run", "--resume", "--store", path)
    assert refused.code == 15 and "interp store upgrade" in refused.text
    assert interp("store", "upgrade", "--store", path).code == 0
    assert interp("run", "--resume", "--store", path).code == 30
    assert facts(path) == uninterrupted
    assert interp("store", "check", "--store", path).code == 0


def test_an_old_store_can_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(zstandard.decompress(asset(REVISIONS[0]).read_bytes()))
    ended = interp("store", "check", "--quick", "--store", path)
    assert ended.code == 0 and "after `interp store upgrade`" in ended.text
    assert interp("store", "current", "--store", path).code == 15
    assert interp("store", "doctor", "--store", path).code == 15
    assert identify(Location(path)).revision == REVISIONS[0]
