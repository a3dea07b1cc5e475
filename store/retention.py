"""What is let go: old checkpoints by exponential thinning, and how that is recorded; contents of pages that nobody has
any more go by `compaction.py`.

Of a run's checkpoints the last `RECENT` are kept, and before them fewer the older they are: at distance d from the last
those whose number is a multiple of a power of two that grows with d.  A run of length L keeps O(RECENT log L) of them.

Invariants: a checkpoint is removed with exactly the rows that no kept one needs; every removal is a row of
`retention_event`; all of it is part of the transaction it happens in.  To change what is kept: `kept`.
"""

from __future__ import annotations

from typing import Final

from . import codes, compaction
from .clock import now
from .database import Database

RECENT: Final = 8
INTERVALS: Final = (
    "allocation", "chunk", "global_address", "fn_address", "thread", "frame", "machine_state",
)  # fmt: skip
_OF_RUN: Final = (
    *INTERVALS, "run_code", "linked", "site", "cache_event", "cache_policy", "output", "input", "checkpoint", "session",
)  # fmt: skip
_EVENT: Final = "run_id checkpoint kind at rows_removed pages_removed bytes_removed reason"


def kept(number: int, last: int) -> bool:
    """Whether checkpoint `number` is kept when `last` is the newest."""
    distance = last - number
    if distance < RECENT:
        return True
    return number % (1 << (distance // RECENT).bit_length()) == 0


def record(
    db: Database, kind: str, reason: str, run: int | None = None, checkpoint: int | None = None,
    rows: int = 0, pages: int = 0, size: int = 0,
) -> None:  # fmt: skip
    db.insert("retention_event", _EVENT, [(run, checkpoint, kind, now(), rows, pages, size, reason)])


def thin(db: Database, run: int, last: int) -> None:
    """Remove the checkpoints that are due when `last` is written, in its transaction."""
    numbers = [n for (n,) in db.all("SELECT number FROM checkpoint WHERE run_id = :r ORDER BY number", r=run)]
    for number in [n for n in numbers if not kept(n, last)]:
        remove_checkpoint(db, run, number, numbers, "thinned", f"{last - number} checkpoints later")
        numbers.remove(number)


def remove_checkpoint(db: Database, run: int, number: int, numbers: list[int], kind: str, reason: str) -> None:
    """One checkpoint of `numbers`, with the rows that hold at no other of them."""
    before = max((n for n in numbers if n < number), default=0)
    after = min((n for n in numbers if n > number), default=0)
    ended = f"to_checkpoint > :n AND to_checkpoint <= {':a' if after else 'to_checkpoint'}"
    rows = 0
    for table in INTERVALS:
        gone = db.all(
            f"DELETE FROM {table} WHERE run_id = :r AND to_checkpoint IS NOT NULL AND {ended} "
            "AND from_checkpoint > :b RETURNING 1",
            r=run, n=number, b=before, **({"a": after} if after else {}),
        )  # fmt: skip
        rows += len(gone)
    db.all("DELETE FROM checkpoint WHERE run_id = :r AND number = :n", r=run, n=number)
    pages = size = 0
    if after:
        held = db.all("SELECT arena_pages FROM checkpoint WHERE run_id = :r AND number = :a", r=run, a=after)[0][0]
        pages, size = compaction.thinned(db, run, number, before, after, held)
    record(db, kind, reason, run, number, rows, pages, size)


def rewind(db: Database, run: int, checkpoint: int) -> None:
    """Make `checkpoint` the run's last one: what came after it never was.  Recorded input stays."""
    later = [n for (n,) in db.all(
        "SELECT number FROM checkpoint WHERE run_id = :r AND number > :n ORDER BY number", r=run, n=checkpoint
    )]  # fmt: skip
    _rewind_sessions(db, run, checkpoint)
    rows = 0
    for table in INTERVALS:
        later_rows = f"DELETE FROM {table} WHERE run_id = :r AND from_checkpoint > :n RETURNING 1"
        gone = db.all(later_rows, r=run, n=checkpoint)
        rows += len(gone)
        db.all(
            f"UPDATE {table} SET to_checkpoint = NULL WHERE run_id = :r AND to_checkpoint > :n", r=run, n=checkpoint
        )
    for table, column in (
        ("linked", "from_checkpoint"), ("site", "from_checkpoint"), ("cache_event", "checkpoint"),
        ("output", "checkpoint"), ("checkpoint", "number"),
    ):  # fmt: skip
        db.all(f"DELETE FROM {table} WHERE run_id = :r AND {column} > :n", r=run, n=checkpoint)
    pages, size = compaction.forget(db, "run_id = :r AND from_checkpoint > :n", r=run, n=checkpoint)
    db.all("UPDATE run SET last_checkpoint = :n, status = 'unfinished' WHERE id = :r", r=run, n=checkpoint)
    for number in later:
        record(db, "rewound", f"the run was resumed at checkpoint {checkpoint}", run, number)
    record(db, "pages", f"rewound to checkpoint {checkpoint}", run, checkpoint, rows, pages, size)


def _rewind_sessions(db: Database, run: int, checkpoint: int) -> None:
    """The session that made `checkpoint` ended with it, later ones never were.  A checkpoint counts casts since the run
    began, a session those since its own beginning: so what the last checkpoint counts less what the sessions from
    this one on have is what this one began with."""
    (made, steps, casts, misses), = db.all(
        "SELECT session_id, steps, casts, misses FROM checkpoint WHERE run_id = :r AND number = :n", r=run, n=checkpoint
    )  # fmt: skip
    (last_casts, last_misses), = db.all(
        "SELECT casts, misses FROM checkpoint WHERE run_id = :r ORDER BY number DESC LIMIT 1", r=run
    )  # fmt: skip
    (since_casts, since_misses), = db.all(
        "SELECT sum(casts), sum(misses) FROM session WHERE run_id = :r AND id >= :s", r=run, s=made
    )  # fmt: skip
    casts -= last_casts - int(since_casts)
    misses -= last_misses - int(since_misses)
    db.all(
        "UPDATE session SET last_step = :t, casts = :c, hits = :h, misses = :m WHERE id = :s",
        t=steps, c=casts, h=casts - misses, m=misses, s=made,
    )  # fmt: skip
    later = "checkpoint.session_id", "cache_event.session_id", "cache_policy.session_id", "session.id"
    for table, column in (name.split(".") for name in later):
        db.all(f"DELETE FROM {table} WHERE run_id = :r AND {column} > :s", r=run, s=made)


def remove_run(db: Database, run: int, reason: str) -> None:
    """A run with everything it has, and the program if no other run has it."""
    pages, size = compaction.forget(db, "run_id = :r", r=run)
    program = db.all("SELECT program_id FROM run WHERE id = :r", r=run)[0][0]
    for table in _OF_RUN:
        db.all(f"DELETE FROM {table} WHERE run_id = :r", r=run)
    db.all("DELETE FROM run WHERE id = :r", r=run)
    size += codes.drop_orphans(db)[1]
    if not db.all("SELECT 1 FROM run WHERE program_id = :p LIMIT 1", p=program):
        db.all("DELETE FROM program WHERE id = :p", p=program)
    record(db, "run", reason, run, None, 0, pages, size)
