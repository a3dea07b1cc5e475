"""Rows for every table, made up: what migrations and damage are tried on where no run is needed."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, insert, select

from store import engine, migrate
from store.packs import pack_hash, pages_blob
from store.schema import Base

ENDS = array("I", (3, 6)).tobytes()
TIME = "2026-01-31T12:00:00.123Z"
# what the rows of a table must look like so that they mean something; anything else is a number or a short text
ROWS: dict[str, list[dict[str, Any]]] = {
    "writer_lock": [{"id": 1}],
    "run": [
        {"id": 1, "status": "unfinished", "parent_run_id": None},
        {"id": 2, "status": "finished", "parent_run_id": 1},
    ],
    "checkpoint": [
        {"run_id": 1, "number": 1, "session_id": 1, "arena_pages": 2},
        {"run_id": 1, "number": 2, "session_id": 2, "arena_pages": 2},
    ],
    "output": [
        {"run_id": 1, "number": 0, "checkpoint": 1, "fd": 1, "offset": 0, "data": b"one\n"},
        {"run_id": 1, "number": 1, "checkpoint": 1, "fd": 2, "offset": 0, "data": b"two\xff"},
        {"run_id": 1, "number": 2, "checkpoint": 2, "fd": 1, "offset": 4, "data": b"three"},
        {"run_id": 2, "number": 0, "checkpoint": 1, "fd": 1, "offset": 0, "data": b""},
    ],
    "cache_event": [
        {"id": 1, "run_id": 1, "session_id": 1, "checkpoint": 1},
        {"id": 2, "run_id": 1, "session_id": 2, "checkpoint": 2},
    ],
    "page_pack": [
        {
            "id": 1, "hash": pack_hash(ENDS, b"onetwo"), "count": 2, "codec": 0, "size": 6, "ends": ENDS,
            "data": b"onetwo",
        },
    ],
    "allocation_page": [
        {
            "run_id": run, "from_checkpoint": since, "pack_id": 1, "count": len(numbers), "first_page": numbers[0],
            "last_page": numbers[-1], "pages": pages_blob(numbers, places),
        }
        for run, since, numbers, places in ((1, 1, [0, 1], [0, 1]), (1, 2, [0], [1]), (2, 1, [0], [0]))
    ],
}


def fill(connection: Connection) -> None:
    """Two rows or more in every table."""
    for table in Base.metadata.sorted_tables:
        given = ROWS.get(table.name, [{}, {}])
        rows = []
        for n, known in enumerate(given, 1):
            row = {}
            for column in table.columns:
                kind = column.type.python_type
                made: Any = n if kind is int else b"%d" % n if kind is bytes else f"{column.name} {n}"
                if column.name.endswith("_at") or column.name == "at":
                    made = TIME
                row[column.name] = made
            rows.append({**row, **known})
        connection.execute(insert(table), rows)


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the database's present schema has them; columns by name."""
    found = MetaData()
    found.reflect(connection)
    out = {}
    for table in found.sorted_tables:
        columns = sorted(table.columns, key=lambda column: column.name)
        out[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    out.pop("alembic_version")
    return out


def made_up(path: Path, revision: str | None = None) -> engine.Location:
    """A store at `path` with rows in every table, taken to `revision`; nobody writes it."""
    where = engine.Location(path)
    engine.create(where)
    with migrate.transaction(f"sqlite:///{path}") as connection:
        fill(connection)
        connection.exec_driver_sql("DELETE FROM writer_lock")
        migrate.move(connection, revision or migrate.head())
    return where
