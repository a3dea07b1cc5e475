"""One writer a store: a row in the store itself says who it is.

A writer that is alive keeps everyone else out.  On the same host a process is alive if it is there (its number and when
it started); of another host only the heartbeat is known: after `STALE` seconds without one the lock is taken over.
Each owner draws a token: one that lost its lock while it slept finds another's (`Lock.beat`) and must stop writing.

Invariants: the row is read and written in one write transaction; the table `writer_lock` is the same in every revision
of the schema, because upgrades lock old stores.

To add a fact about the owner: not a column (see above), but part of `command`.
"""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Optional, Union

from .clock import now
from .engine import Location, engine
from .errors import StoreLocked

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from .database import Database

STALE: Final = 120.0  # seconds without a heartbeat after which a writer on another host counts as dead
BEAT: Final = 20.0  # seconds between two heartbeats, at most

Connected = Union["Database", "Connection"]
"""A writer's connection, or SQLAlchemy's, in a transaction."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds the lock; times as in the store."""

    token: str
    host: str
    pid: int
    process_started: str
    command: str
    acquired_at: str
    heartbeat_at: str

    def alive(self) -> bool:
        if self.host == platform.node():
            return process_started(self.pid) == self.process_started
        return age(self.heartbeat_at) < STALE

    def __str__(self) -> str:
        beat = f"last heartbeat {age(self.heartbeat_at):.0f} s ago"
        return f"process {self.pid} on {self.host} (`interp {self.command}`, since {self.acquired_at}, {beat})"


def age(time: str) -> float:
    """Seconds since a time of the store; infinite for one that is no time."""
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(time)).total_seconds()
    except (ValueError, TypeError):
        return float("inf")


def process_started(pid: int) -> Optional[str]:
    """Tells a process from any other that ever had its number; None: there is no such process."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return None
    except OSError:
        pass
    else:
        return None if fields[0] in "ZX" else f"{boot}/{fields[19]}"
    try:  # no /proc: the number alone
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except OSError:
        pass
    return "running"


def _all(connection: Connected, sql: str, **values: Any) -> list[Any]:
    if hasattr(connection, "all"):
        return connection.all(sql, **values)
    from sqlalchemy import text

    found = connection.execute(text(sql), values)
    return list(found) if found.returns_rows else []


def owner(connection: Connected) -> Optional[Owner]:
    """Who holds the lock of the store, dead or alive."""
    rows = _all(connection, f"SELECT {', '.join(Owner.__slots__)} FROM writer_lock")
    return Owner(*rows[0]) if rows else None


class Lock:
    """The lock, held by this process."""

    def __init__(self, token: str) -> None:
        self.token = token

    def beat(self, connection: Connected) -> None:
        """Say that this process is alive, in the caller's transaction.  Raises `StoreLocked` if the lock is lost."""
        sql = "UPDATE writer_lock SET heartbeat_at = :now WHERE token = :token RETURNING id"
        if not _all(connection, sql, now=now(), token=self.token):
            found = owner(connection)
            raise StoreLocked(
                f"this process lost the store's lock to {found or 'another'}: nothing more is stored",
                "only one process may write to a store; give each its own with `--store PATH`",
            )

    def release(self, connection: Connected) -> None:
        _all(connection, "DELETE FROM writer_lock WHERE token = :token", token=self.token)


def acquire(connection: Connected, command: str) -> Lock:
    """Take the lock in the caller's transaction, from nobody or a dead writer; `StoreLocked` says who has it."""
    found = owner(connection)
    if found is not None and found.alive():
        helps = "wait until it is done, stop it, or use another store: `--store PATH`"
        raise StoreLocked(f"the store is being written by {found}", helps)
    token, time = secrets.token_hex(16), now()
    if found is not None:
        _all(connection, "DELETE FROM writer_lock WHERE token = :token", token=found.token)
    taken = _all(
        connection,
        "INSERT INTO writer_lock (id, token, host, pid, process_started, command, acquired_at, heartbeat_at) "
        "VALUES (1, :token, :host, :pid, :started, :command, :now, :now) ON CONFLICT DO NOTHING RETURNING id",
        token=token, host=platform.node(), pid=os.getpid(), started=process_started(os.getpid()) or "",
        command=command, now=time,
    )  # fmt: skip
    if not taken:
        raise StoreLocked("another process took the store's lock in this moment", "try again")
    return Lock(token)


@contextmanager
def writer(where: Location, command: str) -> Iterator[Lock]:
    """Hold the lock of a store; each step is a transaction of its own."""
    made = engine(where)
    with made.begin() as connection:
        lock = acquire(connection, command)
    try:
        yield lock
    finally:
        with made.begin() as connection:
            lock.release(connection)
