"""SQL by name on an open store: SQLite through its own module, anything else through SQLAlchemy.

A program that runs for a tenth of a second is kept too, and importing SQLAlchemy would take longer than that; so the
writer says its few statements as text that every database understands, with the models' own names (a test compares).
What is created and migrated goes through SQLAlchemy (`engine.py`, `migrate.py`).

Invariants: parameters are bound, never put into the text; a transaction that was begun is committed or rolled back,
whatever happens; rows are tuples in the order of the columns.  To add a database: a class with these methods.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from . import faults
from .engine import Location, connect, engine
from .errors import StoreError

Row = tuple[Any, ...]


class Database(Protocol):
    """An open store."""

    place: str

    def all(self, sql: str, **values: Any) -> list[Row]:
        """The rows of a statement with `:name` parameters."""

    def each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """The statement once for each row of parameters."""

    def insert(self, table: str, columns: str, rows: Iterable[Row], known: str = "") -> None:
        """Rows into a table; `columns` by name, with spaces between; `known` "ignore": a row that is there stays."""

    def insert_one(self, table: str, columns: str, row: Row) -> int:
        """One row; its `id`."""

    def transaction(self) -> Any:
        """A context: BEGIN IMMEDIATE, COMMIT at its end, ROLLBACK if it is left by an exception."""

    def close(self) -> None: ...


def one(rows: list[Row]) -> Any:
    """The only value of the only row, or None."""
    return rows[0][0] if rows else None


@lru_cache(maxsize=256)
def _insert(table: str, columns: str, mark: str, known: str) -> str:
    names = columns.split()
    quoted = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" if mark == "?" else f":{name}" for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({marks})" + (" ON CONFLICT DO NOTHING" if known else "")


class SqliteDatabase:
    """A SQLite file through the standard module."""

    def __init__(self, path: Path, readonly: bool = False) -> None:
        self.place = str(path)
        self.readonly = readonly
        self.raw = connect(path, readonly)
        if faults.MAX_PAGES:
            self.raw.execute(f"PRAGMA max_page_count={faults.MAX_PAGES}")

    def all(self, sql: str, **values: Any) -> list[Row]:
        return self.raw.execute(sql, values).fetchall()

    def each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        self.raw.executemany(sql, rows)

    def insert(self, table: str, columns: str, rows: Iterable[Row], known: str = "") -> None:
        if rows:
            self.raw.executemany(_insert(table, columns, "?", known), rows)

    def insert_one(self, table: str, columns: str, row: Row) -> int:
        found = self.raw.execute(_insert(table, columns, "?", "") + " RETURNING id", row).fetchone()
        return int(found[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.raw.execute("BEGIN" if self.readonly else "BEGIN IMMEDIATE")
        try:
            yield
            self.raw.execute("COMMIT")
        except BaseException:
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self.raw.close()


class UrlDatabase:
    """Any database that SQLAlchemy knows by URL."""

    def __init__(self, where: Location) -> None:
        from sqlalchemy import text

        self.place = str(where)
        self.engine = engine(where)
        self.text = lru_cache(maxsize=256)(text)
        self.raw = self.engine.connect()

    def all(self, sql: str, **values: Any) -> list[Row]:
        found = self.raw.execute(self.text(sql), values)
        rows = [_plain(row) for row in found] if found.returns_rows else []
        if not self._in_transaction:
            self.raw.rollback()
        return rows

    _in_transaction = False

    def each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = list(rows)
        if listed:
            self.raw.execute(self.text(sql), listed)

    def insert(self, table: str, columns: str, rows: Iterable[Row], known: str = "") -> None:
        names = columns.split()
        listed = [dict(zip(names, row)) for row in rows]
        if listed:
            self.raw.execute(self.text(_insert(table, columns, ":", known)), listed)

    def insert_one(self, table: str, columns: str, row: Row) -> int:
        sql = _insert(table, columns, ":", "") + " RETURNING id"
        return int(self.all(sql, **dict(zip(columns.split(), row)))[0][0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self.raw.in_transaction():
            self.raw.rollback()
        with self.raw.begin():
            self._in_transaction = True
            try:
                yield
            finally:
                self._in_transaction = False

    def close(self) -> None:
        self.raw.close()


def _plain(row: Any) -> Row:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def open_database(where: Location, readonly: bool = False) -> Database:
    """The store at `where`, which is there and has today's schema (`identity.require` says so, or what is wrong)."""
    if where.path is None:
        return UrlDatabase(where)
    try:
        return SqliteDatabase(where.path, readonly)
    except sqlite3.Error as problem:
        raise problem_of(where, problem) from None


def problem_of(where: object, problem: BaseException) -> StoreError:
    """What an error of the database or the disk means to a user."""
    if isinstance(problem, StoreError):
        return problem
    if isinstance(problem, OSError) and not isinstance(problem, sqlite3.Error):
        return StoreError(f"the store `{where}` cannot be written: {problem.strerror} (os error {problem.errno})")
    if not isinstance(problem, sqlite3.Error):
        problem = getattr(problem, "orig", None) or problem
    if isinstance(problem, UnicodeDecodeError):
        problem = sqlite3.DatabaseError("malformed: a text is no text")
    from .identity import error_of

    return error_of(where, problem)  # type: ignore[arg-type]


def failures() -> tuple[type[BaseException], ...]:
    """What a database raises when it or its disk fails; SQLAlchemy's only where it is in use."""
    import sys

    loaded = sys.modules.get("sqlalchemy.exc")
    return (sqlite3.Error, OSError, UnicodeDecodeError, StoreError, *([loaded.SQLAlchemyError] if loaded else []))
