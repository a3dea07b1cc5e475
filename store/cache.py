"""Questions about the function-pointer address cache of a run: what it holds, what became of what it held.

Everything is read from the tables `fn_address` (the entries at each kept checkpoint), `cache_event` (every change,
since the run began), `cache_policy` and `session`; a run that is at work can be asked too, and answers as of its last
checkpoint.  Sessions are numbered within their run, from 1.

To add a question: a function of a `Cache` that returns a `Table`, its command in `cli.py`.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Optional

from . import runs
from .database import Database
from .engine import Location
from .errors import StoreError
from .loader import held
from .look import looking
from .table import Table

ROW_BYTES = 128  # of an entry in the allocation table
_EVICTED = re.compile(r"(.+), after (\d+) casts?, last at step (\d+)")


class Entry(NamedTuple):
    """An entry of the cache as a checkpoint has it; `first` and `last` are where it was cast, `file:line`."""

    kind: str
    place: int
    function: str
    salt: int
    address: int
    exposed: bool
    reachable: bool
    casts: int
    first_step: int
    last_step: int
    first: Optional[str]
    last: Optional[str]


class Event(NamedTuple):
    """A row of `cache_event`; `session` is the number within the run."""

    id: int
    session: int
    checkpoint: int
    kind: str
    step: int
    function: str
    salt: int
    address: int
    reason: str

    def owner(self) -> tuple[str, int]:
        """Whose address it is about."""
        return self.function, self.salt

    def eviction(self) -> tuple[str, int, int]:
        """Of an evicted entry: why, how many casts had given it, at which step the last one."""
        found = _EVICTED.fullmatch(self.reason)
        return (found[1], int(found[2]), int(found[3])) if found else (self.reason, 0, 0)


@dataclass(slots=True)
class Session:
    """A session of the run, by its number in it."""

    number: int
    id: int
    from_checkpoint: int
    first_step: int
    last_step: int
    casts: int
    hits: int
    misses: int
    policy: str
    settings: dict[str, int]
    host: str
    pid: int
    started_at: str
    ended_by: Optional[str]


class Cache:
    """The cache of one run; `what` as in `runs.find`."""

    def __init__(self, db: Database, what: Optional[str] = None) -> None:
        self.db = db
        self.run = runs.find(db, what, finished=True)

    def run_is_fork(self) -> bool:
        """Whether it began at another run's checkpoint."""
        return bool(self.db.all("SELECT 1 FROM run WHERE id = :r AND parent_checkpoint IS NOT NULL", r=self.run.id))

    # -- reading -------------------------------------------------------------------------------------------------

    def sessions(self) -> list[Session]:
        rows = self.db.all(
            "SELECT s.id, s.from_checkpoint, s.first_step, s.last_step, s.casts, s.hits, s.misses, s.policy, "
            "p.settings, s.host, s.pid, s.started_at, s.ended_by FROM session s "
            "LEFT JOIN cache_policy p ON p.session_id = s.id WHERE s.run_id = :r ORDER BY s.id",
            r=self.run.id,
        )
        return [
            Session(number, *row[:8], json.loads(row[8] or "{}"), *row[9:])  # type: ignore[call-arg]
            for number, row in enumerate(rows, 1)
        ]

    def entries(self, checkpoint: Optional[int] = None) -> list[Entry]:
        """As of a checkpoint (default: the last one)."""
        rows = self.db.all(
            "SELECT f.kind, f.place, i.symbol, f.salt, f.address, f.exposed, f.extra, f.casts, f.first_cast, "
            "f.last_cast, b.file, b.line FROM fn_address f JOIN instance i ON i.id = f.instance_id "
            f"LEFT JOIN allocation a ON a.run_id = f.run_id AND a.slot = f.place AND {held('a')} "
            "LEFT JOIN site b ON b.run_id = a.run_id AND b.number = a.birth "
            f"WHERE {held('f')} ORDER BY i.symbol, f.salt",
            r=self.run.id, c=self.run.last if checkpoint is None else checkpoint,
        )  # fmt: skip
        sites = self._sites()
        out = []
        for kind, place, function, salt, address, exposed, extra, casts, first, last, file, line in rows:
            more = json.loads(extra or "{}")
            at = sites.get(more.get("last_site", 0))
            out.append(
                Entry(
                    kind, place, function, salt, address, bool(exposed), bool(more.get("reachable", True)), casts or 0,
                    first or 0, last or 0, f"{file}:{line}" if file else None, at,
                )
            )  # fmt: skip
        return out

    def _sites(self) -> dict[int, str]:
        rows = self.db.all(
            "SELECT number, file, line FROM site WHERE run_id = :r AND file IS NOT NULL", r=self.run.id
        )
        return {number: f"{file}:{line}" for number, file, line in rows}

    def events(
        self, session: Optional[int] = None, function: Optional[str] = None, since: int = 0,
        kind: Optional[str] = None, after: int = 0,
    ) -> Iterator[Event]:  # fmt: skip
        """In order.  `since` a step; `after` the id of an event."""
        numbers = {s.id: s.number for s in self.sessions()}
        wanted = {number: id for id, number in numbers.items()}
        if session is not None and session not in wanted:
            raise StoreError(f"run {self.run.id} has no session {session}", f"it has {len(wanted)}, numbered from 1")
        where, values = "run_id = :r AND id > :a AND step >= :s", {"r": self.run.id, "a": after, "s": since}
        if session is not None:
            where, values["i"] = where + " AND session_id = :i", wanted[session]
        if kind is not None:
            where, values["k"] = where + " AND kind = :k", kind  # type: ignore[assignment]
        if function is not None:
            where, values["f"] = where + " AND function LIKE :f", f"%{function}%"  # type: ignore[assignment]
        for row in self.db.all(
            "SELECT id, session_id, checkpoint, kind, step, function, salt, address, reason FROM cache_event "
            f"WHERE {where} ORDER BY id",
            **values,
        ):
            yield Event(row[0], numbers.get(row[1], 0), *row[2:])

    # -- answers -------------------------------------------------------------------------------------------------

    def list(self, checkpoint: Optional[int] = None) -> Table:
        """One row for each function or vtable that has or had an address."""
        created: Counter[str] = Counter()
        gone: Counter[str] = Counter()
        born: dict[str, int] = {}
        for event in self.events():
            if checkpoint is not None and event.checkpoint > checkpoint:
                break
            if event.kind == "created":
                created[event.function] += 1
                born.setdefault(event.function, event.session)
            elif event.kind == "evicted":
                gone[event.function] += event.eviction()[1]
        present: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries(checkpoint):
            present[entry.function].append(entry)
        rows = []
        for function in sorted({*present, *created}):
            its = present[function]
            casts = gone[function] + sum(e.casts for e in its)
            misses = max(created[function], 0)
            first = min(its, key=lambda e: e.first_step, default=None)
            last = max(its, key=lambda e: e.last_step, default=None)
            rows.append(
                (
                    function, len(its), casts, casts - misses, misses, sum(e.exposed for e in its),
                    sum(e.reachable for e in its), first and first.first, last and last.last, last and last.last_step,
                    born.get(function),
                )
            )  # fmt: skip
        columns = ["function", "addresses", "casts", "hits", "misses", "exposed", "reachable", "first_cast",
                   "last_cast", "last_step", "session"]  # fmt: skip
        return Table(columns, rows, empty=f"run {self.run.id} has cast no function to a pointer")

    def function(self, name: str, checkpoint: Optional[int] = None) -> tuple[Table, Table]:
        """The addresses of the functions whose name contains `name`, and the events of their lives."""
        rows = [
            (
                e.function, e.kind, e.salt, e.address, e.casts, e.exposed, e.reachable, e.first, e.first_step, e.last,
                e.last_step,
            )
            for e in self.entries(checkpoint)
            if name in e.function
        ]  # fmt: skip
        columns = ["function", "kind", "salt", "address", "casts", "exposed", "reachable", "first_cast", "first_step",
                   "last_cast", "last_step"]  # fmt: skip
        life = event_table(list(self.events(function=name)))
        if not rows and not life.rows:
            raise StoreError(f"run {self.run.id} has cast no function called {name}", "`interp cache list` names them")
        return Table(columns, rows, "no address now"), life

    def stats(self) -> Table:
        """One row a session."""
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        reasons: dict[int, Counter[str]] = defaultdict(Counter)
        for event in self.events():
            counts[event.session][event.kind] += 1
            if event.kind == "evicted":
                reasons[event.session][event.eviction()[0]] += 1
        at_end = self._last_checkpoints()
        rows = []
        for s in self.sessions():
            entries = len(self.entries(at_end[s.id])) if s.id in at_end else 0
            why = ", ".join(f"{n:,} {reason}" for reason, n in sorted(reasons[s.number].items()))
            rows.append(
                (
                    s.number, s.policy, s.last_step - s.first_step, s.casts, s.hits, s.misses,
                    100 * s.hits / s.casts if s.casts else None, entries, counts[s.number]["created"],
                    counts[s.number]["evicted"], why or None, bytes_per_entry(entries) if entries else None,
                    s.hits * ROW_BYTES,
                )
            )  # fmt: skip
        columns = ["session", "policy", "steps", "casts", "hits", "misses", "hit_rate", "entries", "created", "evicted",
                   "evicted_why", "bytes_per_entry", "bytes_saved_against_fresh"]  # fmt: skip
        return Table(columns, rows, empty=f"run {self.run.id} has no session")

    def _last_checkpoints(self) -> dict[int, int]:
        """By session: the last checkpoint of it that is kept."""
        rows = self.db.all(
            "SELECT session_id, max(number) FROM checkpoint WHERE run_id = :r GROUP BY session_id", r=self.run.id
        )
        return dict(rows)

    def policies(self) -> Table:
        """What was in force from when on, and which process said so."""
        rows = []
        changed = {e.session: e.reason for e in self.events(kind="policy")}
        for s in self.sessions():
            rows.append(
                (
                    s.number, s.first_step, s.policy, s.settings.get("limit"), s.settings.get("capacity") or None,
                    s.settings.get("gc_every"), changed.get(s.number, "as before" if s.number > 1 else "default"),
                    f"{s.host}, process {s.pid}", s.started_at,
                )
            )  # fmt: skip
        columns = ["session", "from_step", "policy", "limit", "capacity", "gc_every", "change", "by", "at"]
        return Table(columns, rows, empty=f"run {self.run.id} has no session")

    def address(self, address: int, step: Optional[int] = None) -> Table:
        """Whose an address is and was, from which step to which; only those at `step` if it is given."""
        rows: list[list[Any]] = []
        for event in self.events():
            if event.address != address or event.kind == "policy":
                continue
            if event.kind == "created" or (event.kind == "restored" and not rows):
                rows.append([event.function, event.salt, event.step, event.session, None, None, event.kind, None])
            elif event.kind == "exposed" and rows:
                rows[-1][6] = f"exposed at step {event.step:,}"
            elif event.kind == "evicted" and rows:
                rows[-1][4:6] = [event.step, event.session]
                rows[-1][7] = event.reason
        if step is not None:
            rows = [row for row in rows if row[2] <= step and (row[4] is None or step <= row[4])]
        columns = ["function", "salt", "from_step", "from_session", "to_step", "to_session", "state", "let_go"]
        empty = f"{address:#x} was no function's or vtable's address" + ("" if step is None else f" at step {step}")
        return Table(columns, [tuple(row) for row in rows], empty=empty)

    def diff(self, one: int, other: int) -> Table:
        """What differs between two sessions, function by function: what was created, let go, and left at their ends."""
        counts: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        for number in (one, other):
            for event in self.events(session=number):
                counts[event.function][number, event.kind] += 1
        last, by_number = self._last_checkpoints(), {s.number: s.id for s in self.sessions()}
        for number in (one, other):
            checkpoint = last.get(by_number[number])
            for entry in self.entries(checkpoint) if checkpoint is not None else ():
                counts[entry.function][number, "left"] += 1
        kinds = ("created", "evicted", "exposed", "left")
        rows = [
            (function, *(its[number, kind] for kind in kinds for number in (one, other)))
            for function, its in sorted(counts.items())
            if function and any(its[one, kind] != its[other, kind] for kind in kinds)
        ]
        columns = ["function", *(f"{kind}_{number}" for kind in kinds for number in (one, other))]
        return Table(columns, rows, empty=f"sessions {one} and {other} did the same to every function")


def follow(
    where: Location, what: Optional[str], session: Optional[int], function: Optional[str], since: int,
    kind: Optional[str],
) -> Iterator[str]:  # fmt: skip
    """A line for each event, as checkpoints bring them, until the run is finished or nobody works on it."""
    last = 0
    while True:
        with looking(where) as db:
            cache = Cache(db, what)
            found = list(cache.events(session, function, since, kind, last))
            what = str(cache.run.id)
            ended = cache.run.status == "finished" or all(s.ended_by for s in cache.sessions())
        for event in found:
            last = event.id
            address = hex(event.address) if event.address else ""
            yield " ".join(filter(None, (
                f"session {event.session}", f"step {event.step:,}", event.kind, event.function, address, event.reason,
            )))  # fmt: skip
        if ended:
            return
        time.sleep(0.5)


def event_table(events: list[Event]) -> Table:
    columns = ["id", "session", "step", "kind", "function", "salt", "address", "reason"]
    rows = [(e.id, e.session, e.step, e.kind, e.function, e.salt, e.address, e.reason) for e in events]
    return Table(columns, rows, "no such event")


def bytes_per_entry(entries: int) -> int:
    """What the machine uses for each: the entry's row, and its share of the hash table."""
    places = 64
    while entries * 10 >= places * 8:
        places *= 2
    return ROW_BYTES + 16 * places // entries
