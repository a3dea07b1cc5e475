"""`interp store upgrade` and `downgrade`: the store is the old one or the new one, whatever happens on the way."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from store import lock, migrate, upgrade
from store.engine import Location, connect, create
from store.errors import StoreCorrupt, StoreError, StoreLocked, StoreTooNew
from store.identity import identify, require
from store.upgrade import move_store

from ..conftest import ROOT
from .rows import contents, fill, made_up

HEAD = migrate.head()


def rows(where: Location) -> dict[str, list[tuple[Any, ...]]]:
    url = str(where.url) if where.path is None else f"sqlite:///{where.path}"
    with migrate.transaction(url) as connection:
        return contents(connection)


@pytest.fixture
def old(tmp_path: Path) -> Location:
    return made_up(tmp_path / "store.db", "0001")


def beside(where: Location) -> list[str]:
    """Files in the store's folder, but for SQLite's own."""
    assert where.path is not None
    return sorted(p.name for p in where.path.parent.iterdir() if not p.name.endswith(("-wal", "-shm")))


def test_up_and_down(old: Location) -> None:
    before = rows(old)
    done = move_store(old)
    later = [revision.number for revision in migrate.revisions()][1:]
    assert (done.before, done.after, [s.number for s in done.steps]) == ("0001", HEAD, later)
    assert require(old).state == "current" and rows(old) != before
    assert done.backup is not None and identify(Location(done.backup)).revision == "0001"
    assert rows(Location(done.backup)) == before
    assert move_store(old).steps == ()
    move_store(old, "0001")
    assert rows(old) == before and len(beside(old)) == 3


def test_the_file_stays_the_same_one(old: Location) -> None:
    """Readers keep their connection; permissions, links and the owner stay."""
    assert old.path is not None
    os.chmod(old.path, 0o640)
    link = old.path.with_name("link.db")
    link.symlink_to(old.path.name)
    reader = connect(old.path, readonly=True)
    number = reader.execute("SELECT version_num FROM alembic_version")
    move_store(Location(link))
    assert number.fetchone() == ("0001",)
    assert reader.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    reader.close()
    assert link.is_symlink() and old.path.stat().st_mode & 0o777 == 0o640


def test_dry_run_changes_nothing(old: Location) -> None:
    assert old.path is not None
    before, data = rows(old), old.path.read_bytes()
    done = move_store(old, dry_run=True)
    assert done.steps and done.backup is None and beside(old) == ["store.db"]
    assert rows(old) == before and len(old.path.read_bytes()) == len(data)


def test_says_how_far_it_is(old: Location) -> None:
    told: list[tuple[str, int, int]] = []
    move_store(old, report=lambda *x: told.append(x))
    phases = list(dict.fromkeys(phase for phase, _, _ in told))
    steps = ["page rows", "revision 0002", "pages", "revision 0003", "revision 0004"]
    assert phases == ["backup", "verify", *steps, "check", "put in place"]
    assert all(0 <= done <= total for _, done, total in told)


def test_not_while_somebody_writes(old: Location) -> None:
    with lock.writer(old, "run busy"), pytest.raises(StoreLocked, match="`interp run busy`"):
        move_store(old)
    assert identify(old).revision == "0001" and beside(old) == ["store.db"]


def test_not_without_room(old: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(StoreError, match="not enough room"):
        move_store(old)


def test_not_a_newer_one(old: Location) -> None:
    assert old.path is not None
    with sqlite3.connect(old.path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
    raw.close()
    with pytest.raises(StoreTooNew, match="revision 0999"):
        move_store(old)


def test_damage_stops_it_and_leaves_the_store(old: Location) -> None:
    """A hash that is none: the conversion fails, the copy is thrown away."""
    assert old.path is not None
    with sqlite3.connect(old.path) as raw:
        raw.execute("UPDATE page SET hash = 'no hash' WHERE id = 1")
    raw.close()
    before = rows(old)
    with pytest.raises(StoreCorrupt, match="do not fit its schema"):
        move_store(old)
    assert rows(old) == before and beside(old) == ["store.db"] and identify(old).revision == "0001"


KILLED = """
import os, shutil, signal, sys
from store.engine import Location
from store.upgrade import move_store
import store.schema, alembic.command
path = sys.argv[1]
point = 0
while True:
    point += 1
    shutil.copyfile("0001.db", f"{path}.{point}")
    child = os.fork()
    if not child:
        left = point
        def report(phase, done, total):
            global left
            left -= done in (0, total)
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        move_store(Location(__import__("pathlib").Path(f"{path}.{point}")), report=report)
        os._exit(0)
    if os.WIFEXITED(os.waitpid(child, 0)[1]):
        break
print(point)
"""


def test_killed_anywhere_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    made_up(tmp_path / "0001.db", "0001")
    expected = made_up(tmp_path / "new.db")
    move_store(expected, "0001")
    move_store(expected)
    command, env = [sys.executable, "-c", KILLED, str(tmp_path / "store.db")], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 6
    ends = set()
    compared = {name: found for name, found in rows(expected).items() if name not in ("store_info", "writer_lock")}
    for point in range(1, int(done.stdout) + 1):
        killed = Location(tmp_path / f"store.db.{point}")
        found = identify(killed).revision
        ends.add(found)
        assert found in ("0001", HEAD)
        move_store(killed)
        moved = rows(killed)
        assert {name: moved[name] for name in compared} == compared
        raw = connect(tmp_path / f"store.db.{point}")
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        raw.close()
    assert ends == {"0001", HEAD}
    assert not list(tmp_path.glob(".*.upgrade"))


def test_a_server_is_moved_in_one_transaction(postgres_url: str) -> None:
    where = Location(None, postgres_url)
    create(where)
    with migrate.transaction(postgres_url) as connection:
        fill(connection)
        connection.execute(text("DELETE FROM writer_lock"))
    before = rows(where)
    move_store(where, "0001", dry_run=True)
    assert rows(where) == before
    assert move_store(where, "0001").backup is None
    assert identify(where).state == "old"
    old = rows(where)
    with migrate.transaction(postgres_url) as connection:
        sound = connection.scalar(text("SELECT hash FROM page WHERE id = 1"))
        connection.execute(text("UPDATE page SET hash = 'no hash' WHERE id = 1"))
    with pytest.raises(StoreError, match="hexadecimal"):
        move_store(where)
    assert identify(where).state == "old"
    with migrate.transaction(postgres_url) as connection:
        connection.execute(text("UPDATE page SET hash = :h WHERE id = 1"), {"h": sound})
    assert rows(where) == old
    move_store(where)
    assert rows(where) == {name: before[name] if name in old or name == "page_pack" else [] for name in before}


@pytest.mark.parametrize(
    ("given", "found"), [(None, HEAD), ("head", HEAD), ("1", "0001"), ("0001", "0001"), ("-3", "0001")]
)
def test_names_of_revisions(given: str | None, found: str) -> None:
    assert upgrade.target_revision(given) == found


@pytest.mark.parametrize("given", ["", "0", "base", "3x", "-9", "99"])
def test_no_such_revision(given: str) -> None:
    with pytest.raises(StoreError, match="there is no revision"):
        upgrade.target_revision(given)
