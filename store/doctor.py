"""What `interp store doctor` says: the software in use, the store's identity, its file, who writes it.

It looks and changes nothing; it works on a store of any revision, as far as the store can be read at all.

To add a line: a `Finding` in the function of its section.
"""

from __future__ import annotations

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Optional

from interp.version import VERSION

from .engine import Location
from .errors import StoreError, StoreTooNew, StoreTooOld
from .identity import Identity, identify, look, require, translated, translated_sql

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A line: what, its value, how good that is, and what to do if it is not."""

    name: str
    value: str
    level: Level = "ok"
    help: str = ""


def wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can corrupt a WAL store that several connections use while the log starts over.

    In 3.7.0 to 3.51.2; mended in 3.51.3, and in 3.44.6 and 3.50.7 (https://sqlite.org/wal.html#walresetbug).
    """
    if version[:2] == (3, 44):
        return version < (3, 44, 6)
    if version[:2] == (3, 50):
        return version < (3, 50, 7)
    return (3, 7, 0) <= version < (3, 51, 3)


def examine(where: Location) -> tuple[list[Finding], Optional[StoreError]]:
    """All findings, and the error that opening the store would give."""
    findings = list(_software(where))
    try:
        found = identify(where)
        if found.state in ("missing", "empty"):
            findings.append(Finding("store", f"{where}: none yet", "note", "`interp run FILE` makes it"))
            return findings, None
        findings += _identity(where, found)
        findings += _file(where.path) if where.path is not None else _server(str(where.url))
        require(where)
    except StoreError as problem:
        if not isinstance(problem, StoreTooOld | StoreTooNew):
            findings.append(Finding("store", problem.message, "problem", "; ".join(problem.helps)))
        return findings, problem
    return findings, None


def _software(where: Location) -> Iterator[Finding]:
    import alembic
    import sqlalchemy

    yield Finding("interp", VERSION)
    yield Finding("python", platform.python_version())
    yield Finding("sqlalchemy", sqlalchemy.__version__)
    yield Finding("alembic", alembic.__version__)
    if where.path is None:
        return
    version = sqlite3.sqlite_version
    if wal_reset_bug(sqlite3.sqlite_version_info):
        yield Finding(
            "sqlite", f"{version}: has the WAL-reset bug (3.7.0 to 3.51.2, but for 3.44.6 and 3.50.7)", "note",
            "interp is not hit by it: one process writes, and it alone starts the log over; let no other program write "
            "to the store, or use a Python with SQLite 3.51.3 or newer",
        )  # fmt: skip
    else:
        yield Finding("sqlite", version)


def _identity(where: Location, found: Identity) -> Iterator[Finding]:
    yield Finding("store", str(where))
    level: Level = "ok" if found.state == "current" else "problem"
    helps = {"old": f"`interp store upgrade --store {where}`", "new": "use the interp that wrote it, or a later one"}
    yield Finding("revision", found.revision, level, helps.get(found.state, ""))
    yield Finding("revision needed", found.needed)
    yield Finding("written by", f"interp {found.written_by or 'unknown'}")


def _file(path: Path) -> Iterator[Finding]:
    with closing(look(path)) as connection, translated(path):

        def pragma(name: str) -> Any:
            return connection.execute(f"PRAGMA {name}").fetchone()[0]

        page, pages, unused = pragma("page_size"), pragma("page_count"), pragma("freelist_count")
        log = Path(f"{path}-wal")
        size = f"{page * pages:,} bytes, {page * unused:,} of them free to use again"
        level: Level = "note" if unused > pages // 2 > 64 else "ok"
        yield Finding("size", size, level, "`interp store vacuum` gives them back")
        yield Finding("write-ahead log", f"{log.stat().st_size if log.exists() else 0:,} bytes")
        mode = pragma("journal_mode")
        yield Finding("journal mode", mode, "ok" if mode == "wal" else "note", "readers wait for the writer")
        yield Finding("page size", f"{page:,} bytes")
        free = shutil.disk_usage(path.resolve().parent).free
        full = free < page * pages
        yield Finding("disk", f"{free:,} bytes free", "note" if full else "ok", "an upgrade needs three times the size")
        yield from _contents(lambda query: connection.execute(query).fetchone())
    yield _owner(Location(path))


def _server(url: str) -> Iterator[Finding]:
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    with translated_sql(url), create_engine(url, poolclass=NullPool).connect() as connection:
        yield Finding("server", str(connection.scalar(text("SELECT version()"))).split(" on ")[0])
        size = connection.scalar(text("SELECT pg_database_size(current_database())"))
        yield Finding("size", f"{size:,} bytes")
        yield from _contents(lambda query: connection.execute(text(query)).fetchone())
    yield _owner(Location(None, url))


def _contents(ask: Any) -> Iterator[Finding]:
    for name, query in (
        ("runs", "SELECT count(*), coalesce(sum(CASE WHEN status = 'unfinished' THEN 1 ELSE 0 END), 0) FROM run"),
        ("checkpoints", "SELECT count(*), 0 FROM checkpoint"),
    ):
        total, unfinished = ask(query)
        yield Finding(name, f"{total:,}" + (f", {unfinished:,} unfinished" if unfinished else ""))


def _owner(where: Location) -> Finding:
    from .engine import engine
    from .lock import owner

    with translated_sql(where), engine(where, readonly=True).connect() as connection:
        found = owner(connection)
    if found is None:
        return Finding("writer", "none")
    if found.alive():
        return Finding("writer", str(found), "note", "only it can write until it is done")
    return Finding("writer", f"{found}, which is dead", "note", "the next writer takes its place")
