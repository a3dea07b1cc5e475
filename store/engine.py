"""Where a store is and how it is opened: paths and URLs, SQLite's settings, SQLAlchemy engines, a new store.

SQLite files are set up once, at creation (page size, auto-vacuum, application id, WAL), and per connection (foreign
keys, busy timeout, `synchronous=FULL`, no mmap).  Transactions begin as they are told, never by the driver.

Invariants: a store is created whole or not at all (made beside its place, then linked there); an existing one is never
changed by `create_all`.  To add a setting: a line in `_CREATION` or `_CONNECTION`, with its reason.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Optional
from urllib.parse import quote

if TYPE_CHECKING:
    from sqlalchemy import Engine

DEFAULT: Final = os.path.join(".interp", "store.db")
REVISION: Final = "0004"  # of today's schema: the last of `alembic/versions`
APPLICATION_ID: Final = 0x696E7470  # "intp", at byte 68 of the file
BUSY_SECONDS: Final = 30.0
LOG_SECONDS: Final = 5.0
LEFT_SECONDS: Final = 600.0  # after which nobody makes a store any more that is not there yet

_CREATION: Final = (
    "PRAGMA page_size=8192",  # a small checkpoint touches some thirty pages; packs are read and written as fast
    "PRAGMA auto_vacuum=INCREMENTAL",  # what retention frees can be given back step by step
    f"PRAGMA application_id={APPLICATION_ID}",
    "PRAGMA journal_mode=WAL",  # readers never wait for the writer
)
_CONNECTION: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",  # a committed checkpoint survives power loss
    "PRAGMA mmap_size=0",  # an I/O error is an error code, not a signal
    "PRAGMA cache_size=-65536",  # KiB
    "PRAGMA temp_store=MEMORY",
)


@dataclass(frozen=True, slots=True)
class Location:
    """A store's place: `path` of a SQLite file, or `url` of another database (exactly one is set)."""

    path: Optional[Path]
    url: Optional[str] = None

    def __str__(self) -> str:
        return str(self.path) if self.path is not None else str(self.url)

    def exists(self) -> bool:
        """Whether there is something to open (a URL: it is tried when it is opened)."""
        return self.path is None or self.path.exists()


def locate(text: Optional[str]) -> Location:
    """The store that `--store TEXT` means: a path, `sqlite:///PATH`, or another database's URL; None: the default."""
    if text is None:
        return Location(Path(DEFAULT))
    if text.startswith("sqlite:///"):
        return Location(Path(text.removeprefix("sqlite:///")))
    if "://" in text:
        return Location(None, text)
    return Location(Path(text))


def connect(path: Path, readonly: bool = False) -> sqlite3.Connection:
    """A connection to an existing SQLite store, in autocommit mode: transactions are explicit.

    Raises `sqlite3.Error` as it comes: see `store/errors.py` for its meaning to a user.
    """
    mode = "ro" if readonly else "rw"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        for setting in _CONNECTION:
            connection.execute(setting)
    except UnicodeDecodeError:  # SQLite's message quotes what it found
        raise sqlite3.DatabaseError("malformed database schema") from None
    return connection


def engine(where: Location, readonly: bool = False) -> Engine:
    """A SQLAlchemy engine on an existing store."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    if where.path is None:
        assert where.url is not None
        return create_engine(where.url, poolclass=NullPool)
    path = where.path
    made = create_engine("sqlite://", creator=lambda: connect(path, readonly), poolclass=NullPool)

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return made


def create(where: Location) -> None:
    """A new, empty store with today's schema; does nothing if another process was faster."""
    if where.path is None:
        create_schema(engine(where))
        return
    folder = where.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    if where.path == Path(DEFAULT):
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    _forget_attempts(folder, where.path.name)
    beside = folder / f".{where.path.name}.{os.getpid()}.new"
    beside.unlink(missing_ok=True)
    try:
        _create_file(beside)
        os.link(beside, where.path)  # unlike a rename, never over a store that came into being meanwhile
    except FileExistsError:
        if where.path.stat().st_size == 0:
            os.replace(beside, where.path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{beside}{suffix}").unlink(missing_ok=True)


def _forget_attempts(folder: Path, name: str) -> None:
    """What processes left that were killed while they made a store; and the log of a store that somebody removed, which
    SQLite would take for the new one's."""
    left = [(path, LEFT_SECONDS) for path in folder.glob(f".{name}.*.new*")]
    if not (folder / name).exists():
        left += [(folder / f"{name}{suffix}", LOG_SECONDS) for suffix in ("-wal", "-shm", "-journal")]
    for path, age in left:
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > age:  # a younger one may be somebody's who is faster
                path.unlink()


@dataclass(slots=True)
class _Empty:
    """A new store's bytes, in the cache on disk: to make one takes SQLAlchemy and Alembic, whose import takes longer
    than many a run."""

    sources: dict[str, Optional[bytes]]
    content: bytes


def _create_file(path: Path) -> None:
    from interp import cache

    from .clock import now

    kept = _place_of_empty()
    known = cache.load(kept, _Empty)
    if known is None:
        _create_anew(path)
        cache.save(kept, _Empty({}, path.read_bytes()))
        return
    with path.open("xb") as out:
        out.write(known.content)
        out.flush()
        os.fsync(out.fileno())
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute("UPDATE store_info SET value = ? WHERE name = 'created_at'", (now(),))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _place_of_empty() -> Path:
    """By all that a new store depends on."""
    from interp import cache

    made = hashlib.sha256(repr((cache.state(), REVISION, _CREATION, sqlite3.sqlite_version)).encode())
    for source in sorted(Path(__file__).parent.glob("schema/*.py")):
        made.update(source.read_bytes())
    return cache.directory() / f"{cache.state()}-{made.hexdigest()[:32]}.store"


def _create_anew(path: Path) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in _CREATION:
            raw.execute(setting)
    finally:
        raw.close()
    create_schema(engine(Location(path)))
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def create_schema(made: Engine) -> None:
    """All tables, views, the revision and the first facts, in one transaction, in an empty database."""
    from sqlalchemy import insert

    from interp.version import VERSION

    from . import migrate
    from .clock import now
    from .schema import StoreInfo

    with made.begin() as connection:
        migrate.create(connection)
        facts = {"created_by": VERSION, "written_by": VERSION, "created_at": now()}
        connection.execute(insert(StoreInfo), [{"name": name, "value": value} for name, value in facts.items()])
