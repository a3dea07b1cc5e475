"""Opening a store to look at it, also one of an older revision, and also while another process writes.

An older SQLite store is looked at as a migrated copy in a temporary folder: it is as it was afterwards, and every
question works on it that works on today's.  A server's older store is `StoreTooOld`.

Invariant: whatever the database or its contents do wrong while it is looked at is a `StoreError`.
To add a question: call this, in the module that answers it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from .database import Database, failures, open_database, problem_of
from .engine import Location
from .identity import corrupt, distrusted, identify, require


@contextmanager
def looked_at(where: Location, err: TextIO) -> Iterator[Database]:
    """The store, to be read from; says on `err` when it is a migrated copy."""
    found = identify(where)
    if found.state == "old" and where.path is not None:
        err.write(f"interp: `{where}` has revision {found.revision}; this is what it is after `interp store upgrade`\n")
        with tempfile.TemporaryDirectory(prefix="interp-") as folder:
            from .upgrade import migrated_copy

            copy = Path(folder) / where.path.name
            migrated_copy(where.path, copy)
            with _opened(Location(copy)) as db:
                yield db
        return
    require(where)
    with _opened(where) as db:
        yield db


@contextmanager
def _opened(where: Location) -> Iterator[Database]:
    try:
        db = open_database(where, readonly=True)
        try:
            _is_ours(where, db)
            yield db
        finally:
            db.close()
    except failures() as problem:
        raise problem_of(where, problem) from None


def _is_ours(where: Location, db: Database) -> None:
    """A view that somebody put in its place might never end: the schema is looked at before any question."""
    from .check import Checker, schema

    with distrusted(where):
        wrong = next(schema(Checker(db, True, lambda name, done, count: None)), None)
    if wrong is not None:
        raise corrupt(where, wrong)
