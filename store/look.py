"""Looking at a store: runs, checkpoints, allocations, as plain rows, also while another process writes.

Every function gives dictionaries for `show.py`, from one read transaction, so that the rows fit together.  The views of
`schema/views.py` answer the same questions in any other tool.

Invariant: nothing is written here.  To add a question: a function that gives rows, and its command in `cli.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Optional

from interp.machine import words as w

from . import packs, runs
from .database import Database
from .engine import Location
from .errors import StoreError
from .identity import distrusted
from .loader import held
from .viewing import looked_at

Fact = dict[str, Any]
KINDS: Final = ("free", "stack", "heap", "static", "const", "fn", "vtable", "machine", "thread-local")


@contextmanager
def looking(where: Location) -> Iterator[Database]:
    """The store, for reading, in one transaction; an older one as `viewing.py` shows it.  What is
    made of the rows, printing them included, belongs inside: values that do not fit are the store's fault."""
    with looked_at(where, sys.stderr) as db, distrusted(where), db.transaction():
        yield db


def facts(db: Database, columns: str, rest: str, **values: Any) -> list[Fact]:
    """Rows as dictionaries; `columns` are names with spaces between."""
    names = columns.split()
    quoted = ", ".join(f'"{name}"' for name in names)
    return [dict(zip(names, row)) for row in db.all(f"SELECT {quoted} {rest}", **values)]


# -- runs and checkpoints ------------------------------------------------------------------------------------------


def run_list(db: Database) -> list[Fact]:
    columns = "id program status outcome exit_code steps checkpoints sessions seed created_at updated_at"
    return facts(db, columns, "FROM run_list ORDER BY id")


def run_facts(db: Database, run: int) -> tuple[Fact, list[Fact]]:
    """What is known of a run, and its sessions."""
    runs.get(db, run)
    columns = (
        "id program status outcome exit_code steps seed parent_run_id parent_checkpoint checkpoints sessions "
        "created_at updated_at"
    )
    found = facts(db, columns, "FROM run_list WHERE id = :r", r=run)[0]
    found["message"], found["args"] = db.all("SELECT message, args FROM run WHERE id = :r", r=run)[0]
    for fd, name in ((1, "stdout_bytes"), (2, "stderr_bytes")):
        found[name] = db.all(
            "SELECT coalesce(sum(length(data)), 0) FROM output WHERE run_id = :r AND fd = :f", r=run, f=fd
        )[0][0]
    found["page_bytes"] = db.all(
        "SELECT coalesce(sum(length(p.data)), 0) FROM page_pack p WHERE p.id IN "
        "(SELECT a.pack_id FROM allocation_page a WHERE a.run_id = :r)",
        r=run,
    )[0][0]  # fmt: skip
    columns = (
        "id from_checkpoint pid engine policy interpreter first_step last_step casts hits misses started_at ended_at "
        "ended_by"
    )
    return found, facts(db, columns, "FROM session WHERE run_id = :r ORDER BY id", r=run)


def checkpoints(db: Database, run: int) -> list[Fact]:
    runs.get(db, run)
    columns = (
        "number reason steps live_allocations live_bytes stdout_bytes pages_written rows_written bytes_written "
        "microseconds engine pid created_at"
    )
    return facts(db, columns, "FROM checkpoint_list WHERE run_id = :r ORDER BY number", r=run)


def at_checkpoint(db: Database, run: int, at: Optional[int]) -> int:
    """The checkpoint that is meant: the given one, or the run's last."""
    found = runs.get(db, run)
    if not found.last:
        raise StoreError(f"run {run} has no checkpoint yet")
    if at is not None and not db.all("SELECT 1 FROM checkpoint WHERE run_id = :r AND number = :n", r=run, n=at):
        raise StoreError(f"run {run} has no checkpoint {at} (any more)", f"`interp checkpoints {run}` lists them")
    return found.last if at is None else at


# -- allocations ---------------------------------------------------------------------------------------------------

_ALLOCATION: Final = (
    "SELECT a.alloc_id, a.kind, a.base, a.size, a.align, a.mutable, a.exposed, a.thread, s.file, s.line, i.symbol, "
    "CASE WHEN a.to_checkpoint IS NULL OR a.to_checkpoint > :c THEN 1 ELSE 0 END "
    "FROM allocation a LEFT JOIN site s ON s.run_id = a.run_id AND s.number = a.birth "
    "LEFT JOIN instance i ON i.id = a.refers_id WHERE a.run_id = :r AND a.from_checkpoint <= :c AND a.kind <> 0 "
)
_KEYS: Final = ("id", "kind", "address", "size", "align", "mutable", "exposed", "thread", "file", "line", "of", "live")


def allocations(
    db: Database, run: int, at: int, live: bool = False, want: Optional[Callable[[Fact], bool]] = None
) -> list[Fact]:
    """Allocations that a kept checkpoint up to `at` has seen, by id; `live`: those of them that were live at it."""
    found: dict[int, Fact] = {}
    ended = "AND (a.to_checkpoint IS NULL OR a.to_checkpoint > :c) " if live else ""
    for row in db.all(f"{_ALLOCATION}{ended}ORDER BY a.from_checkpoint", r=run, c=at):
        fact = dict(zip(_KEYS, row))
        fact["kind"] = KINDS[fact["kind"]] if 0 <= fact["kind"] < len(KINDS) else "?"
        for name in ("mutable", "exposed", "live"):
            fact[name] = bool(fact[name])
        found[fact["id"]] = fact
    return [found[id] for id in sorted(found) if want is None or want(found[id])]


def filtered(kind: Optional[str], min_size: Optional[int], born_in: Optional[str]) -> Callable[[Fact], bool]:
    """`born_in`: FILE, FILE:LINE or FILE:LINE-LINE; FILE may be the end of a path."""
    file, first, last = _span(born_in) if born_in else ("", 0, 0)

    def want(fact: Fact) -> bool:
        if (kind and fact["kind"] != kind) or (min_size is not None and fact["size"] < min_size):
            return False
        if not file:
            return True
        path = fact["file"] or ""
        return (path == file or path.endswith("/" + file)) and (not first or first <= (fact["line"] or 0) <= last)

    return want


def _span(text: str) -> tuple[str, int, int]:
    file, colon, lines = text.rpartition(":")
    first, dash, last = lines.partition("-")
    if not colon or not first.isdigit() or (dash and not last.isdigit()):
        return text, 0, 0
    return file, int(first), int(last or first)


def difference(db: Database, run: int, first: int, second: int, want: Callable[[Fact], bool]) -> list[Fact]:
    """What was born, what died and what changed between two checkpoints."""
    before = {fact["id"]: fact for fact in allocations(db, run, first, live=True, want=want)}
    after = {fact["id"]: fact for fact in allocations(db, run, second, live=True, want=want)}
    out = []
    for id in sorted(before.keys() | after.keys()):
        old, new = before.get(id), after.get(id)
        if old != new:
            what = "born" if old is None else "died" if new is None else "changed"
            out.append({"change": what, **(new or old or {})})
    return out


# -- memory, for values ----------------------------------------------------------------------------------------------


class Memory:
    """The arena and the slots of a checkpoint, a page or chunk at a time."""

    def __init__(self, db: Database, run: int, checkpoint: int) -> None:
        self.db, self.run, self.checkpoint = db, run, checkpoint
        self.pages: dict[int, tuple[bytes, bytes]] = {}
        self.chunks: dict[tuple[int, int], bytes] = {}
        self.ids: dict[int, int] = {}

    def _page(self, number: int) -> tuple[bytes, bytes]:
        from interp.machine.pages import PAGE, decode

        if number not in self.pages:
            self.pages[number] = (bytes(PAGE), bytes(PAGE))
            blob = packs.page(self.db, self.run, self.checkpoint, number)
            if blob is not None:
                data, meta, _ = decode(blob)
                self.pages[number] = (bytes(data), bytes(meta))
        return self.pages[number]

    def read(self, offset: int, size: int) -> list[Optional[int]]:
        """Bytes of the arena; None: not initialised."""
        out: list[Optional[int]] = []
        for at in range(offset, offset + size):
            data, meta = self._page(at >> w.PAGE_BITS)
            i = at & ((1 << w.PAGE_BITS) - 1)
            out.append(data[i] if meta[i] & w.INIT else None)
        return out

    def slot(self, thread: int, number: int) -> int:
        """A 64-bit slot of a thread, signed."""
        from interp.machine.records import CHUNK_WORDS

        from .codec import decode as unpack

        key = (thread, number // CHUNK_WORDS)
        if key not in self.chunks:
            rows = self.db.all(
                f"SELECT codec, data FROM chunk h WHERE {held('h')} AND table_name = :t AND number = :n",
                r=self.run, c=self.checkpoint, t=f"slots.{thread}", n=key[1],
            )  # fmt: skip
            data = b"".join(unpack(kind, packed, 8 * CHUNK_WORDS) for kind, packed in rows)
            self.chunks[key] = data.ljust(8 * CHUNK_WORDS, b"\0")
        at = number % CHUNK_WORDS * 8
        return int.from_bytes(self.chunks[key][at : at + 8], "little", signed=True)

    def allocation(self, slot: int) -> Optional[int]:
        """Id of the allocation that a slot of the table had."""
        if slot not in self.ids:
            rows = self.db.all(
                f"SELECT alloc_id FROM allocation a WHERE {held('a')} AND slot = :s AND kind <> 0",
                r=self.run, c=self.checkpoint, s=slot,
            )  # fmt: skip
            self.ids[slot] = rows[0][0] if rows else 0
        return self.ids[slot] or None
