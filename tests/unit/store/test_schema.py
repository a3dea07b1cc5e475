"""The schema by itself: names of constraints, views, a new store's settings, creation that is whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import inspect

from store.engine import APPLICATION_ID, Location, connect, create, engine, locate
from store.schema import VIEWS, Base


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "store.db"
    create(Location(path))
    return path


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in [*table.constraints, *table.indexes]:
            assert constraint.name, f"{table.name}: {constraint!r}"


def test_a_new_store_is_set_up(path: Path) -> None:
    wanted = {
        "application_id": APPLICATION_ID, "page_size": 8192, "auto_vacuum": 2, "journal_mode": "wal",
        "foreign_keys": 1, "synchronous": 2, "mmap_size": 0,
    }  # fmt: skip
    raw = connect(path)
    assert {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_tables_and_views_are_there(path: Path) -> None:
    made = inspect(engine(Location(path)))
    assert set(made.get_table_names()) >= set(Base.metadata.tables)
    assert set(made.get_view_names()) == set(VIEWS)
    raw = connect(path, readonly=True)
    for name in VIEWS:
        assert raw.execute(f"SELECT * FROM {name}").fetchall() == []


def test_creation_never_replaces_a_store(path: Path) -> None:
    connect(path).execute("INSERT INTO store_info VALUES ('mark', 'kept')")
    create(Location(path))
    assert connect(path).execute("SELECT value FROM store_info WHERE name = 'mark'").fetchone() == ("kept",)


def test_a_store_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises((OSError, sqlite3.Error)):
        create(Location(tmp_path / "store.db"))
    tmp_path.chmod(stat.S_IRWXU)
    assert list(tmp_path.iterdir()) == []


def test_places() -> None:
    assert locate(None).path == Path(".interp/store.db")
    assert locate("a/b.db").path == Path("a/b.db")
    assert locate("sqlite:////tmp/x.db").path == Path("/tmp/x.db")
    assert locate("postgresql://host/db").url == "postgresql://host/db"
