"""Opening a store to write: made if it is not there, of this release, and nobody else's.

A writer that comes while another is at work on its last checkpoint waits a little; one that is at work for longer is
said, with who it is.  To add a check that a writer must pass: in `open_for_writing`.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Final, Optional

from .database import Database, SqliteDatabase, open_database, problem_of
from .engine import REVISION, Location, create
from .errors import StoreError, StoreLocked
from .lock import Lock, Owner, acquire, age, owner

PATIENCE: Final = 10.0  # seconds that another writer's last checkpoint may take
YOUNG: Final = 1.0  # seconds that a writer has the lock who is perhaps about to end


def require_current(where: Location) -> None:
    """The store has today's schema, or the error that says what it is; cheap where it has."""
    if where.path is not None:
        try:
            database = SqliteDatabase(where.path, readonly=True)
            try:
                if database.all("SELECT version_num FROM alembic_version") == [(REVISION,)]:
                    return
            finally:
                database.close()
        except sqlite3.Error:
            pass  # `require` says what it means
    from .identity import require

    require(where)


def refuse_if_busy(where: Location) -> None:
    """At a run's start: if there is a store, this release can use it and no other writer is at work."""
    if is_empty(where):
        return
    require_current(where)
    while (found := _owner(where)) is not None and found.alive():
        if age(found.acquired_at) > YOUNG:
            raise StoreLocked(
                f"the store `{where}` is being written by {found}",
                "wait until it is done, stop it, or use another store: `--store PATH`",
            )
        time.sleep(0.02)


def _owner(where: Location) -> Optional[Owner]:
    try:
        database = open_database(where, readonly=True)
        try:
            return owner(database)
        finally:
            database.close()
    except sqlite3.Error as problem:
        raise problem_of(where, problem) from None


def open_for_writing(where: Location, command: str, patience: float = PATIENCE) -> tuple[Database, Lock]:
    """The store, made if need be, and its lock.  Raises `StoreError` or what the database raises."""
    if is_empty(where):
        _create(where)
    else:
        require_current(where)
    database = open_database(where)
    until = time.monotonic() + patience
    try:
        while True:
            try:
                with database.transaction():
                    return database, acquire(database, command)
            except StoreLocked:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.05)
    except BaseException:
        database.close()
        raise


def is_empty(where: Location) -> bool:
    """There is no store yet."""
    if where.path is not None:
        return not where.path.exists() or where.path.stat().st_size == 0
    from .identity import identify

    return identify(where).state == "empty"


def _create(where: Location) -> None:
    try:
        create(where)
    except OSError as problem:
        raise StoreError(
            f"the store `{where}` cannot be made: {problem.strerror} (os error {problem.errno})",
            "`--store PATH` puts it elsewhere, `--no-store` does without",
        ) from None
