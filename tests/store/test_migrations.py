"""The schema's history: one line of revisions, no difference from the models, no row lost on the way down and up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, text

from store import engine, migrate
from store.schema import VIEWS, Base

from .rows import contents, fill


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """An empty database in a transaction."""
    if request.param == "sqlite":
        with migrate.transaction(f"sqlite:///{tmp_path}/store.db") as made:
            yield made
        return
    with migrate.transaction(request.getfixturevalue("postgres_url")) as made:
        yield made


def test_there_is_one_head_and_each_revision_says_what_it_does() -> None:
    assert len(ScriptDirectory.from_config(migrate.config()).get_heads()) == 1
    assert [r.number for r in migrate.revisions()] == [f"{n:04}" for n in range(1, len(migrate.revisions()) + 1)]
    assert all(r.title for r in migrate.revisions())
    assert migrate.head() == engine.REVISION  # by which a store is known as today's without Alembic


def test_no_migration_imports_the_package() -> None:
    for path in migrate.location().glob("**/*.py"):
        assert not re.search(r"^\s*(from|import) (store|interp)\b", path.read_text(), re.M), path


def test_migrated_equals_the_models(connection: Connection) -> None:
    migrate.move(connection, migrate.head())
    command.check(migrate.config(connection, metadata=Base.metadata))
    views = inspect(connection).get_view_names()
    assert sorted(views) == sorted(VIEWS)
    for name in views:
        connection.execute(text(f"SELECT * FROM {name}"))


def test_a_new_store_equals_a_migrated_one(tmp_path: Path) -> None:
    def schema(path: Path) -> dict[str, str]:
        raw = engine.connect(path, readonly=True)
        rows = raw.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        raw.close()
        # the order of a table's columns and constraints may differ
        return {name: " ".join(sorted(re.findall(r"\w+|'[^']*'", sql))) for name, sql in rows}

    engine.create(engine.Location(tmp_path / "new.db"))
    with migrate.transaction(f"sqlite:///{tmp_path}/migrated.db") as connection:
        migrate.move(connection, migrate.head())
    assert schema(tmp_path / "migrated.db") == schema(tmp_path / "new.db")


def fill_again(connection: Connection, before: dict[str, list[Any]], lost: set[str]) -> None:
    """The rows of tables that an older revision does not have."""
    for table in Base.metadata.sorted_tables:
        if table.name in lost:
            names = sorted(column.name for column in table.columns)
            connection.execute(insert(table), [dict(zip(names, row)) for row in before[table.name]])


def test_down_and_up_again_loses_nothing(connection: Connection) -> None:
    migrate.move(connection, migrate.head())
    fill(connection)
    before = contents(connection)
    assert all(before.values()) and len(before) == len(Base.metadata.tables)
    for revision in [r.number for r in migrate.revisions()][::-1]:
        migrate.move(connection, revision)
        old = contents(connection)
        for name, rows in old.items():
            if name not in ("page", "allocation_page"):  # as many as there are pages
                assert len(rows) == len(before[name]), name
        migrate.move(connection, migrate.head())
        lost = {"code", "run_code"} - old.keys()  # a run without its code is resumed by compiling its program
        assert contents(connection) == {name: [] if name in lost else rows for name, rows in before.items()}
        fill_again(connection, before, lost)
        assert contents(connection) == before
        migrate.move(connection, revision)
        assert contents(connection) == old
    migrate.move(connection, migrate.head())
    command.check(migrate.config(connection, metadata=Base.metadata))


def test_new_rows_after_down_and_up(connection: Connection) -> None:
    """Numbers that the database gives go on where they were."""
    migrate.move(connection, "0001")
    migrate.move(connection, migrate.head())
    migrate.move(connection, "0001")
    program = "fingerprint, path, directory, edition, options, created_at"
    connection.execute(text(f"INSERT INTO program ({program}) VALUES ('f', 'p', 'd', 2021, '{{}}', 't')"))
    run = "program_id, status, seed, args, env, options, last_checkpoint, next_checkpoint, steps, stdout_file"
    values = "1, 'finished', 0, '', '', '', 0, 1, 0, '', '', ''"
    connection.execute(text(f"INSERT INTO run ({run}, created_at, updated_at) VALUES ({values})"))
    for piece in (b"a", b"bc"):
        connection.execute(text("INSERT INTO output (run_id, checkpoint, fd, data) VALUES (1, 1, 1, :d)"), {"d": piece})
    migrate.move(connection, migrate.head())
    rows = connection.execute(text('SELECT number, "offset", data FROM output ORDER BY number')).all()
    assert [(n, o, bytes(d)) for n, o, d in rows] == [(0, 0, b"a"), (1, 1, b"bc")]


def test_rows_that_refer_to_nothing_stop_a_migration(tmp_path: Path) -> None:
    from store.errors import StoreCorrupt

    url = f"sqlite:///{tmp_path}/store.db"
    with migrate.transaction(url) as connection:
        migrate.move(connection, "0001")
        connection.execute(text("INSERT INTO source (program_id, path, codec) VALUES (9, 'p', 0)"))
    with pytest.raises(StoreCorrupt, match="source row 1"), migrate.transaction(url) as connection:
        migrate.move(connection, migrate.head())
    with migrate.transaction(url) as connection:
        assert migrate.current(connection) == "0001"
        assert "_alembic_tmp_output" not in inspect(connection).get_table_names()


def test_dev_migrate(capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate.main(["check"]) == 0
    assert "No new upgrade operations detected" in capsys.readouterr().out
    assert migrate.main(["heads"]) == 0
    assert f"{migrate.head()} (head)" in capsys.readouterr().out
    assert migrate.main([]) == 2
