"""What lies at a store's place: nothing, a store of this release, an older or newer one, something else, a ruin.

`identify` looks without changing anything and says what it found; `require` turns all but a usable store into the error
that says what to do.

Invariants: three facts are never mixed up: the revision of the store's schema, the revision that this release needs,
and the version of interp that wrote the store last.  Nothing of a store is believed here but these.

To add a way of not being usable: its class in `errors.py`, where it shows in `_identify_file` or `judge`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Optional
from urllib.parse import quote

from .engine import APPLICATION_ID, Location
from .errors import NotAStore, StoreCorrupt, StoreError, StoreLocked, StoreTooNew, StoreTooOld

MAGIC: Final = b"SQLite format 3\0"

State = Literal["missing", "empty", "current", "old", "new"]


@dataclass(frozen=True, slots=True)
class Identity:
    """`revision` of the schema, `needed` by this release; `written_by`: the version of interp that wrote it last."""

    place: str
    state: State
    revision: str = ""
    needed: str = ""
    written_by: str = ""


def identify(where: Location) -> Identity:
    """What is there.  Raises `NotAStore`, `StoreCorrupt`, `StoreLocked`, `StoreError` for what cannot be a store."""
    return _identify_server(str(where.url)) if where.path is None else _identify_file(where.path)


def require(where: Location) -> Identity:
    """A store that this release can use; else the error that says what it is and which command helps."""
    found, place = identify(where), str(where)
    if found.state in ("missing", "empty"):
        raise StoreError(
            f"there is no store at `{place}`", "`interp run FILE` makes one; `--store PATH` says where another one is"
        )
    facts = f"its schema has revision {found.revision}, written by interp {found.written_by or 'unknown'}"
    if found.state == "old":
        raise StoreTooOld(
            f"the store `{place}` is too old: {facts}; this interp needs revision {found.needed}",
            f"`interp store upgrade --store {place}` brings it up to date, after a verified backup",
        )
    if found.state == "new":
        raise StoreTooNew(
            f"the store `{place}` is too new: {facts}; this interp knows revisions up to {found.needed}",
            "use the interp that wrote it, or a later one; that one's `interp store downgrade` can take it back",
        )
    return found


def judge(place: str, revision: str, written_by: str) -> Identity:
    from .migrate import head, position

    at = position(revision)
    state: State = "new" if at is None else "current" if revision == head() else "old"
    return Identity(place, state, revision, head(), written_by)


# -- SQLite ----------------------------------------------------------------------------------------------------


@contextmanager
def translated(place: object) -> Iterator[None]:
    """SQLite's errors about a file as ours."""
    try:
        yield
    except sqlite3.Error as problem:
        raise error_of(place, problem) from None


@contextmanager
def translated_sql(where: object) -> Iterator[None]:
    """SQLAlchemy's errors about a store as ours."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as problem:
        if isinstance(problem.orig, sqlite3.Error):
            raise error_of(where, problem.orig) from None
        raise StoreError(f"the database said: {str(problem.orig).splitlines()[0]}") from None
    except SQLAlchemyError as problem:
        raise corrupt(where, str(problem).splitlines()[0]) from None


@contextmanager
def distrusted(place: object) -> Iterator[None]:
    """Round whatever makes something of a store's rows: values that do not fit together are the store's fault."""
    try:
        yield
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as problem:
        raise corrupt(place, f"its rows do not fit together ({type(problem).__name__}: {problem})"[:500]) from problem


def error_of(place: object, problem: Exception) -> StoreError:
    """What an error of SQLite means for the store at `place`."""
    name = getattr(problem, "sqlite_errorname", "") or ""
    text = str(problem)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "is locked" in text:
        return StoreLocked(
            f"the store `{place}` is locked by another process",
            f"`interp store doctor --store {place}` says who; try again when it is done",
        )
    if name.startswith("SQLITE_NOTADB") or "not a database" in text:
        return NotAStore(f"`{place}` is not a store of interp: it is not a SQLite database", *_ELSEWHERE)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_FORMAT", "SQLITE_TOOBIG", "SQLITE_MISMATCH")) or "malformed" in text:
        return corrupt(place, text)
    if name.startswith("SQLITE_FULL"):
        return StoreError(f"the disk is full: the store `{place}` cannot be written", "free some space and try again")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError(f"the store `{place}` cannot be opened: {text}", "check its and its directory's permissions")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"the store `{place}` cannot be read or written: {text} ({name})", "check the disk")
    return corrupt(place, text)


def corrupt(place: object, what: str) -> StoreCorrupt:
    return StoreCorrupt(
        f"the store `{place}` is corrupt: {what}",
        f"`interp store check --store {place}` says what is wrong",
        f"backups that upgrades made lie beside it: `{Path(str(place)).name}.backup-*`",
    )


_ELSEWHERE: Final = ("`--store PATH` says where the store is; an existing file is never overwritten",)


def look(path: Path, timeout: float = 5.0) -> sqlite3.Connection:
    """A connection that changes nothing, also where the directory cannot be written."""
    uri = f"file:{quote(str(path.resolve()))}"
    try:
        made = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=timeout, isolation_level=None)
        try:
            made.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError as problem:
            made.close()
            if "unable to open" not in str(problem) and "readonly" not in str(problem):
                raise
            made = sqlite3.connect(f"{uri}?immutable=1", uri=True, timeout=timeout, isolation_level=None)
    except sqlite3.Error as problem:
        raise error_of(path, problem) from None
    distrust(made)
    return made


def distrust(connection: sqlite3.Connection) -> None:
    """What SQLite has against a hostile file: nothing in its schema may call unsafe functions or write the schema."""
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    if hasattr(connection, "setconfig"):  # Python 3.12
        connection.setconfig(1010, True)  # SQLITE_DBCONFIG_DEFENSIVE
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 29)  # bytes of a value or row
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def _identify_file(path: Path) -> Identity:
    try:
        with open(path, "rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        return Identity(str(path), "missing")
    except IsADirectoryError:
        raise NotAStore(f"`{path}` is a directory, not a store of interp", *_ELSEWHERE) from None
    except OSError as problem:
        raise StoreError(f"the store `{path}` cannot be read: {problem.strerror} (os error {problem.errno})") from None
    if not start:
        return Identity(str(path), "empty")
    if start != MAGIC:
        raise NotAStore(f"`{path}` is not a store of interp: it is not a SQLite database", *_ELSEWHERE)
    with closing(look(path)) as connection, translated(path), distrusted(path):
        return _identify_database(path, connection)


def _identify_database(path: Path, connection: sqlite3.Connection) -> Identity:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if application != APPLICATION_ID:
        if not tables and not application:
            return Identity(str(path), "empty")
        raise NotAStore(
            f"`{path}` is not a store of interp: it is another program's SQLite database "
            f"(application id {application & 0xFFFFFFFF:#x})",
            *_ELSEWHERE,
        )
    if "alembic_version" not in tables:
        raise corrupt(path, "it does not say its revision")
    numbers = connection.execute("SELECT version_num FROM alembic_version LIMIT 3").fetchall()
    if len(numbers) != 1 or not isinstance(numbers[0][0], str):
        raise corrupt(path, f"it should have one revision, and has {len(numbers)}")
    written: Optional[tuple[object]] = None
    if "store_info" in tables:
        written = connection.execute("SELECT value FROM store_info WHERE name = 'written_by'").fetchone()
    return judge(str(path), numbers[0][0][:40], str(written[0])[:40] if written else "")


# -- servers ---------------------------------------------------------------------------------------------------


def _identify_server(url: str) -> Identity:
    from sqlalchemy import create_engine, inspect, text
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
    from sqlalchemy.pool import NullPool

    try:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return Identity(url, "empty")
            if not {"alembic_version", "store_info"} <= tables:
                what = f"the database `{engine.url!r}` is not a store of interp: it holds other tables"
                raise NotAStore(what, *_ELSEWHERE)
            numbers = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
            query = text("SELECT value FROM store_info WHERE name = 'written_by'")
            written = connection.execute(query).scalar()
    except (ArgumentError, NoSuchModuleError):
        raise StoreError(
            f"`{url}` is no database that a store can be in", "write a path, or postgresql+psycopg://USER@HOST/DATABASE"
        ) from None
    except ModuleNotFoundError as problem:
        raise StoreError(f"the driver `{problem.name}` is not installed", "pip install 'interp[postgresql]'") from None
    except SQLAlchemyError as problem:
        reason = str(getattr(problem, "orig", problem)).splitlines()[0]
        raise StoreError(f"the database cannot be reached: {reason}") from None
    if len(numbers) != 1:
        raise StoreCorrupt(f"the store `{engine.url!r}` should have one revision, and has {len(numbers)}")
    return judge(engine.url.render_as_string(), str(numbers[0]), str(written or ""))
