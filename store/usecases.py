"""What `interp runs`, `checkpoints`, `allocations`, `backtrace` and `output` do; each gives an exit code.

To add a use-case: a function here, its command in `cli.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Optional, TextIO

from . import backtrace, codes, compaction, look, retention, runs, show
from .database import failures, problem_of
from .engine import Location
from .errors import StoreError
from .opening import open_for_writing


def list_runs(where: Location, as_json: bool, out: TextIO) -> int:
    with look.looking(where) as db:
        return show.rows(look.run_list(db), as_json, out, f"there is no run in `{where}`")


def show_run(where: Location, run: int, as_json: bool, out: TextIO) -> int:
    with look.looking(where) as db:
        found, sessions = look.run_facts(db, run)
        if as_json:
            return show.as_text({**found, "sessions": sessions}, out)
        show.pairs(found, out)
        out.write("\n")
        return show.rows(sessions, False, out, "no session")


def remove_runs(where: Location, numbers: list[int], out: TextIO, reason: str = "removed") -> int:
    """Remove runs; nothing is removed if one of them is not there."""
    db, lock = open_for_writing(where, "runs rm")
    try:
        with db.transaction():
            for number in numbers:
                runs.get(db, number)
                retention.remove_run(db, number, reason)
        out.write(f"{len(numbers)} run{'' if len(numbers) == 1 else 's'} removed\n")
        return 0
    except failures() as problem:
        raise problem_of(where, problem) from None
    finally:
        with db.transaction():
            lock.release(db)
        db.close()


def prune_runs(where: Location, keep: int, out: TextIO) -> int:
    with look.looking(where) as db:
        finished = [n for (n,) in db.all("SELECT id FROM run WHERE status = 'finished' ORDER BY id DESC")]
    return remove_runs(where, finished[max(keep, 0) :], out, "pruned")


def list_checkpoints(where: Location, run: int, as_json: bool, out: TextIO) -> int:
    with look.looking(where) as db:
        return show.rows(look.checkpoints(db, run), as_json, out, f"run {run} has no checkpoint yet")


@dataclass(slots=True)
class AllocationWish:
    """Which allocations; `diff`: two checkpoints to compare, instead of one to look at."""

    at: Optional[int] = None
    live: bool = False
    kind: Optional[str] = None
    min_size: Optional[int] = None
    born_in: Optional[str] = None
    diff: Optional[tuple[int, int]] = None


def list_allocations(where: Location, run: int, wish: AllocationWish, as_json: bool, out: TextIO) -> int:
    want = look.filtered(wish.kind, wish.min_size, wish.born_in)
    with look.looking(where) as db:
        if wish.diff is not None:
            first, second = (look.at_checkpoint(db, run, n) for n in wish.diff)
            found = look.difference(db, run, first, second, want)
        else:
            found = look.allocations(db, run, look.at_checkpoint(db, run, wish.at), wish.live, want)
        return show.rows(found, as_json, out, "no such allocation")


def show_backtrace(where: Location, run: int, at: Optional[int], as_json: bool, out: TextIO) -> int:
    with look.looking(where) as db:
        found = backtrace.threads(db, run, look.at_checkpoint(db, run, at))
        if as_json:
            return show.as_text(found, out)
        return show.rows(backtrace.plain(found), False, out, f"run {run} has no frame any more")


def print_output(where: Location, run: int, fd: int, out: BinaryIO) -> int:
    from .resume import output

    with look.looking(where) as db:
        found = runs.get(db, run)
        for piece in output(db, run, (fd,), found.last):
            out.write(piece)
        out.flush()
    return 0


def vacuum(where: Location, out: TextIO) -> int:
    """Drop what nobody refers to and give the room back to the file system."""
    if where.path is None:
        raise StoreError("a server takes care of its own files: use its VACUUM")
    before = _size(where.path)
    db, lock = open_for_writing(where, "store vacuum")
    try:
        with db.transaction():
            pages, size = compaction.sweep(db)
            code, code_size = codes.drop_orphans(db)
            if pages or code:
                retention.record(db, "pages", "vacuum", pages=pages, size=size + code_size)
            lock.release(db)
        db.all("VACUUM")
        db.all("PRAGMA wal_checkpoint(TRUNCATE)")
    except failures() as problem:
        raise problem_of(where, problem) from None
    finally:
        db.close()
    after = _size(where.path)
    dropped = f"{pages} packs of pages and {code} pieces of code dropped"
    out.write(f"{dropped}; {before:,} bytes before, {after:,} after\n")
    return 0


def _size(path: Path) -> int:
    """Of the store with its log, in bytes."""
    return sum(p.stat().st_size for p in (path, path.with_name(path.name + "-wal")) if p.exists())
