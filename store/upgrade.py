"""Taking a store to another revision without ever risking it.

A SQLite store: under the writer's lock, a backup through SQLite's own backup API, verified row by row; the revisions
run on a working copy of it, which is then checked; only then the copy's content replaces the store's, in one
transaction.  Killed at any instant, the store is the old one or the new one, and the backup is kept.

The last step is a backup into the store's file rather than a rename over it: a `-wal` file and the connections of
readers go by the file's name, and a rename beneath them mixes two databases; the transaction replaces the content for
all of them at once, and keeps the file's owner, permissions and links.

A PostgreSQL store: one transaction on the server, under the same lock; making a dump first is the user's.

To add a check of a migrated copy: `_check_copy`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Optional

from sqlalchemy import Connection, text

from interp.version import VERSION

from . import migrate
from .clock import now
from .engine import Location, connect
from .errors import StoreCorrupt, StoreError, StoreLocked, StoreTooNew
from .identity import corrupt, identify, translated, translated_sql
from .migrate import Report

PATIENCE = 30.0  # seconds that another connection may hold up the last step


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done: revisions before and after, the backup, bytes of the store before and after."""

    before: str
    after: str
    steps: tuple[migrate.Revision, ...]
    backup: Optional[Path] = None
    size_before: int = 0
    size_after: int = 0


class DryRun(Exception):
    """Rolls a PostgreSQL migration back at its end."""


def plan(before: str, target: str) -> tuple[migrate.Revision, ...]:
    """The revisions to go through, in order; those that are undone when the way leads back."""
    start, end = migrate.position(before), migrate.position(target)
    assert start is not None and end is not None
    line = migrate.revisions()
    return line[start + 1 : end + 1] if end >= start else line[end + 1 : start + 1][::-1]


def silent(phase: str, done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def move_store(
    where: Location, target: Optional[str] = None, dry_run: bool = False, report: Report = silent
) -> Moved:
    """Bring the store to the revision `target` (default: the newest).

    Raises a `StoreError` for what cannot be moved; nothing has changed then.
    """
    found = identify(where)
    if found.state in ("missing", "empty"):
        raise StoreError(f"there is no store at `{where}`", "`--store PATH` says where it is")
    if found.state == "new":
        raise StoreTooNew(
            f"the store `{where}` has revision {found.revision}, which this interp does not know "
            f"(written by interp {found.written_by or 'unknown'})",
            "use that interp, or a later one, to take it back",
        )
    if where.path is not None:
        _sweep(where.path)
    target = target_revision(target)
    steps = plan(found.revision, target)
    if not steps:
        return Moved(found.revision, target, steps)
    if where.path is None:
        _move_server(where, target, dry_run, report)
        return Moved(found.revision, target, steps)
    return _move_file(where.path, found.revision, target, steps, dry_run, report)


def target_revision(text: Optional[str]) -> str:
    """A revision by its number, or `head`; `-N` counts back from the newest."""
    numbers = [r.number for r in migrate.revisions()]
    if text in (None, "head"):
        return numbers[-1]
    assert text is not None
    if text.startswith("-") and text[1:].isdigit() and int(text[1:]) < len(numbers):
        return numbers[-1 - int(text[1:])]
    if text.isdigit() and f"{int(text):04}" in numbers:
        return f"{int(text):04}"
    raise StoreError(f"there is no revision `{text}`", f"there are {', '.join(numbers)}; see `interp store history`")


# -- a server --------------------------------------------------------------------------------------------------


def _move_server(where: Location, target: str, dry_run: bool, report: Report) -> None:
    from .lock import writer

    with writer(where, "store upgrade"):
        try:
            with translated_sql(where), migrate.transaction(str(where.url)) as connection:
                migrate.move(connection, target, report)
                _sign(connection)
                if dry_run:
                    raise DryRun
        except DryRun:
            pass


# -- a file ----------------------------------------------------------------------------------------------------


def _move_file(
    path: Path, before: str, target: str, steps: tuple[migrate.Revision, ...], dry_run: bool, report: Report
) -> Moved:
    from .lock import writer

    size = _size(path)
    _need_room(path, size, 1 if dry_run else 3)
    copy = path.with_name(f".{path.name}.{os.getpid()}.upgrade")
    backup = None if dry_run else path.with_name(f"{path.name}.backup-{before}-{now().replace(':', '')[:17]}Z")
    try:
        with writer(Location(path), "store upgrade"), translated(path):
            if backup is None:
                _copy(path, copy, "copy", report)
            else:
                _copy(path, backup, "backup", report)
                _verify(path, backup, report)
                shutil.copyfile(backup, copy)
            migrated = _migrate_copy(copy, target, report)
            if backup is not None:
                _put_in_place(copy, path, report)
    except BaseException:
        if backup is not None and identify(Location(path)).revision == before:
            backup.unlink(missing_ok=True)
        raise
    finally:
        _remove(copy)
    return Moved(before, target, steps, backup, size, migrated)


def migrated_copy(path: Path, copy: Path) -> None:
    """A copy of a store at the newest revision; the store is only read."""
    with translated(path):
        _copy(path, copy, "copy", silent)
    _migrate_copy(copy, target_revision(None), silent)


def _size(path: Path) -> int:
    return sum(p.stat().st_size for p in (path, Path(f"{path}-wal")) if p.exists())


def _need_room(path: Path, size: int, copies: int) -> None:
    free = shutil.disk_usage(path.parent).free
    if free < copies * size + (1 << 20):
        raise StoreError(
            f"not enough room beside `{path}`: {copies * size >> 20} MiB are needed, {free >> 20} MiB are free",
            "free some space; nothing was changed",
        )


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Working copies of upgrades that were killed."""
    for left in path.parent.glob(f".{path.name}.*.upgrade"):
        owner = left.name.split(".")[-2]
        if not (owner.isdigit() and Path(f"/proc/{owner}").exists()):
            _remove(left)


def _copy(source: Path, target: Path, phase: str, report: Report) -> None:
    """A consistent copy through SQLite's backup API, on disk when this returns; without the writer's lock row."""
    with closing(connect(source, readonly=True)) as old, closing(sqlite3.connect(target, isolation_level=None)) as new:
        old.backup(new, pages=1024, progress=lambda _, left, total: report(phase, total - left, total))
        new.execute("DELETE FROM writer_lock")
    _sync(target)


def _sync(path: Path) -> None:
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _verify(path: Path, backup: Path, report: Report) -> None:
    """The backup is sound and has every row of the store."""
    with closing(connect(path, readonly=True)) as store, closing(connect(backup)) as made:
        _integrity(made, backup)
        query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        tables = [name for (name,) in store.execute(query)]
        for done, table in enumerate(tables):
            report("verify", done, len(tables))
            if table != "writer_lock" and _digest(store, table) != _digest(made, table):
                raise StoreError(f"the backup of `{path}` is not like the store: table `{table}` differs", "try again")
        report("verify", len(tables), len(tables))


def _integrity(connection: sqlite3.Connection, path: Path) -> None:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
    if found != ["ok"]:
        raise corrupt(path, "; ".join(found)[:500])


def _digest(connection: sqlite3.Connection, table: str) -> bytes:
    """Of all rows of a table, in the order of its key."""
    digest = hashlib.blake2b()
    quoted = table.replace('"', '""')
    keys = [row[1] for row in connection.execute(f'PRAGMA table_info("{quoted}")') if row[5]]
    order = ", ".join(f'"{key}"' for key in keys) or "1"
    for row in connection.execute(f'SELECT * FROM "{quoted}" ORDER BY {order}'):
        for value in row:
            data = value if isinstance(value, bytes) else repr(value).encode()
            digest.update(b"%c%d:" % (type(value).__name__[0].encode(), len(data)) + data)
        digest.update(b"\n")
    return digest.digest()


def _migrate_copy(copy: Path, target: str, report: Report) -> int:
    """The revisions on the working copy, and whether what came out is whole; its size."""
    try:
        with translated_sql(copy), migrate.transaction(f"sqlite:///{copy}") as connection:
            migrate.move(connection, target, report)
            _sign(connection)
    except (ValueError, TypeError, LookupError, ArithmeticError) as problem:
        raise StoreCorrupt(f"the store's contents do not fit its schema: {problem}", "the store is as it was") from None
    _check_copy(copy, report)
    return copy.stat().st_size


def _sign(connection: Connection) -> None:
    connection.execute(text("UPDATE store_info SET value = :us WHERE name = 'written_by'"), {"us": VERSION})


def _check_copy(copy: Path, report: Report) -> None:
    report("check", 0, 1)
    with closing(connect(copy)) as made:
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _integrity(made, copy)
        left = made.execute("SELECT name FROM sqlite_schema WHERE name LIKE '_alembic_tmp_%'").fetchall()
        if left or made.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreCorrupt(f"the migrated copy is not whole ({left or 'foreign keys'}); the store is as it was")
    report("check", 1, 1)


def _put_in_place(copy: Path, path: Path, report: Report) -> None:
    """The copy's content becomes the store's in one transaction; whoever reads sees the old one or the new one."""
    deadline = monotonic() + PATIENCE

    def progress(status: int, left: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > deadline:
            raise StoreLocked(f"the store `{path}` is held by another program's connection", "close it and try again")
        report("put in place", total - left, total)

    with closing(connect(copy)) as new, closing(connect(path)) as old:
        row = old.execute("SELECT * FROM writer_lock").fetchone()
        _take_lock_along(new, row)
        new.backup(old, pages=-1, progress=progress)
        old.execute("PRAGMA busy_timeout=0")  # a reader that is still there may keep the log
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _integrity(old, path)
    _sync(path)


def _take_lock_along(new: sqlite3.Connection, row: Optional[tuple[Any, ...]]) -> None:
    """The writer still has its lock when the store is the new one."""
    if row is not None:
        new.execute(f"INSERT INTO writer_lock VALUES ({', '.join('?' * len(row))})", row)
