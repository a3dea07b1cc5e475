"""Questions about the function-pointer address cache of a run: what it holds, what became of what it held.

A run that is at work can be asked too, and answers as of its last checkpoint; so can one that was stopped or killed.

To add a question: a method of `Cache` that gives a `Table`, its command in `commands/cache.py`.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Optional

from interp.machine import words as w

from . import loader
from .cache_history import Entry, Event, History, Session
from .engine import Location
from .errors import StoreError
from .lock import owner
from .look import looking
from .table import Table

ROW_BYTES = 128  # of an address in the allocation table


class Cache(History):
    """The history of one run's cache, and what is asked of it."""

    def list(self, checkpoint: Optional[int] = None) -> Table:
        """One row for each function or vtable that has or had an address."""
        present: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries(checkpoint):
            present[entry.function].append(entry)
        lives: dict[str, _Life] = defaultdict(_Life)
        for event in self.events():
            if checkpoint is not None and event.checkpoint > checkpoint:
                break
            if event.function:
                lives[event.function].add(event)
        rows = [lives[function].row(function, present[function]) for function in sorted({*present, *lives})]
        columns = ["function", "kind", "addresses", "casts", "hits", "misses", "exposed", "reachable", "first_cast",
                   "last_cast", "last_step", "session"]  # fmt: skip
        return Table(columns, rows, empty=self._none(f"run {self.run.id} has cast no function to a pointer"))

    def function(self, name: str, checkpoint: Optional[int] = None) -> dict[str, Table]:
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
        life = [e for e in self.events(function=name) if checkpoint is None or e.checkpoint <= checkpoint]
        if not rows and not life:
            nobody = f"run {self.run.id} has cast no function whose name contains `{name}`"
            raise StoreError(self._none(nobody), "`interp cache list` names them")
        return {"addresses": Table(columns, rows, "no address now"), "events": event_table(life)}

    def _none(self, text: str) -> str:
        """Why nothing is known."""
        fresh = sum(s.misses for s in self.all_sessions() if s.policy == "fresh")
        return f"{text}, or did under `fresh` only, which remembers none of its {fresh:,} addresses" if fresh else text

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
            entries = size = None
            if s.id in at_end:
                entries = len(self.entries(at_end[s.id]))
                size = loader.machine(self.db, self.run.id, at_end[s.id]).cache_bytes or None
            why = ", ".join(f"{n:,} {reason}" for reason, n in sorted(reasons[s.number].items()))
            rows.append(
                (
                    s.number, s.policy, s.last_step - s.first_step, s.casts, s.hits, s.misses,
                    100 * s.hits / s.casts if s.casts else None, entries, counts[s.number]["created"],
                    counts[s.number]["evicted"], why or None, size,
                    size / entries if size and entries else None, s.hits * ROW_BYTES,
                )
            )  # fmt: skip
        columns = ["session", "policy", "steps", "casts", "hits", "misses", "hit_rate", "entries", "created", "evicted",
                   "evicted_why", "bytes", "bytes_per_entry", "bytes_saved"]  # fmt: skip
        return Table(columns, rows, empty=f"run {self.run.id} has no session")

    def _last_checkpoints(self) -> dict[int, int]:
        """By session: the last checkpoint of it that is kept."""
        rows = self.db.all(
            "SELECT session_id, max(number) FROM checkpoint WHERE run_id = :r GROUP BY session_id", r=self.run.id
        )
        return dict(rows)

    def policies(self) -> Table:
        """What was in force from when on, and which process said so."""
        changed = {e.session: e.reason for e in self.events(kind="policy")}
        rows = []
        for s in self.sessions():
            change = changed.get(s.number)
            if s.number == 1:
                change = "chosen at the start" if change else "the default"
            rows.append(
                (
                    s.number, s.first_step, s.policy, s.settings.get("limit"), s.settings.get("capacity") or None,
                    s.settings.get("gc_every") if s.policy in ("unreachable", "lru") else None,
                    change or "as before", f"{s.host}, process {s.pid}", s.started_at,
                )
            )  # fmt: skip
        columns = ["session", "from_step", "policy", "limit", "capacity", "gc_every", "change", "by", "at"]
        return Table(columns, rows, empty=f"run {self.run.id} has no session")

    def address(self, address: int, step: Optional[int] = None) -> Table:
        """Whose an address is and was, from which step to which; only those at `step` if it is given."""
        owners: list[_Owner] = []
        for event in self.events():
            if event.address != address or event.kind == "policy":
                continue
            if not owners or event.kind == "created":
                owners.append(_Owner(event))
            owners[-1].add(event)
        rows = [it.row() for it in owners if step is None or it.held(step)]
        columns = ["function", "salt", "made_at", "from_step", "from_session", "to_step", "to_session", "state", "why"]
        empty = f"{address:#x} was no function's or vtable's address" + ("" if step is None else f" at step {step:,}")
        return Table(columns, rows, empty=self._none(empty))

    def diff(self, one: int, other: int) -> Table:
        """What differs between two sessions, function by function: what was created, let go, and left at their ends."""
        counts: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        last = self._last_checkpoints()
        for number in (one, other):
            checkpoint = last.get(self.session(number).id)
            for event in self.events(session=number):
                counts[event.function][number, event.kind] += 1
            for entry in self.entries(checkpoint) if checkpoint is not None else ():
                counts[entry.function][number, "left"] += 1
        kinds = ("created", "evicted", "exposed", "left")
        rows = [
            (function, *(its[number, kind] for kind in kinds for number in (one, other)))
            for function, its in sorted(counts.items())
            if function and any(its[one, kind] != its[other, kind] for kind in kinds)
        ]
        columns = ["function", *(f"{kind}_in_{number}" for kind in kinds for number in (one, other))]
        return Table(columns, rows, empty=f"sessions {one} and {other} did the same to every function")


class _Life:
    """What the events say of one function or vtable."""

    def __init__(self) -> None:
        self.created = self.gone_casts = 0
        self.kind = ""
        self.session: Optional[int] = None
        self.first: Optional[tuple[int, Optional[str]]] = None  # step and place of a cast
        self.last: tuple[int, Optional[str]] = (-1, None)

    def add(self, event: Event) -> None:
        place = event.line()
        self.kind = "vtable" if event.address >= w.VT_BASE else "fn"
        if event.kind == "created":
            self.created += 1
            self.session = self.session or event.session
            self.first = self.first or (event.step, place)
        elif event.kind == "evicted":
            _, casts, last = event.eviction()
            self.gone_casts += casts
            self.last = max(self.last, (last, place), key=lambda it: it[0])

    def row(self, function: str, its: list[Entry]) -> tuple[Any, ...]:
        casts = self.gone_casts + sum(e.casts for e in its)
        first = min(its, key=lambda e: e.first_step, default=None)
        first_place = self.first[1] if self.first else first.first if first else None
        last = max([self.last, *((e.last_step, e.last) for e in its)], key=lambda it: it[0])
        return (
            function, self.kind or its[0].kind, len(its), casts, max(casts - self.created, 0), self.created,
            sum(e.exposed for e in its), sum(e.reachable for e in its), first_place, last[1],
            last[0] if last[0] >= 0 else None, self.session,
        )  # fmt: skip


class _Owner:
    """An address while it was one function's; begins with the first event known of it."""

    def __init__(self, event: Event) -> None:
        self.begin, self.end, self.exposed = event, None, None  # type: Event, Optional[Event], Optional[Event]

    def add(self, event: Event) -> None:
        if event.kind == "evicted":
            self.end = event
        elif event.kind == "exposed":
            self.exposed = event

    def held(self, step: int) -> bool:
        return self.begin.step <= step and (self.end is None or step < self.end.step)

    def row(self) -> tuple[Any, ...]:
        begin, end = self.begin, self.end
        if end is not None:
            state = "let go"
        elif self.exposed is not None:
            state = f"exposed at step {self.exposed.step:,}"
        else:
            state = "live"
        made = begin.line() if begin.kind == "created" else None
        return (
            begin.function, begin.salt, made, begin.step, begin.session, end and end.step, end and end.session, state,
            end and end.reason,
        )  # fmt: skip


def follow(
    where: Location, what: Optional[str], session: Optional[int], function: Optional[str], since: int,
    kind: Optional[str],
) -> Iterator[Event]:  # fmt: skip
    """Each event, as checkpoints bring them, until the run is finished or nobody works on it."""
    last = 0
    while True:
        with looking(where) as db:
            cache = Cache(db, what)
            found = list(cache.events(session, function, since, kind, last))
            what = str(cache.run.id)
            ended = _rests(cache)
        for event in found:
            last = max(last, event.id)
            yield event
        if ended:
            return
        time.sleep(0.5)


def _rests(cache: Cache) -> bool:
    """Whether no process works on the run: it is finished, or whoever had the store last is gone."""
    writer = owner(cache.db)
    return cache.run.status == "finished" or writer is None or not writer.alive() or _ended(cache.sessions())


def _ended(sessions: list[Session]) -> bool:
    return bool(sessions) and sessions[-1].ended_by is not None


def event_table(events: list[Event]) -> Table:
    columns = ["id", "session", "step", "kind", "function", "salt", "address", "reason"]
    rows = [
        (e.id, e.session, e.step, e.kind, *((e.function, e.salt, e.address) if e.function else (None,) * 3), e.reason)
        for e in events
    ]
    return Table(columns, rows, "no such event")


def event_line(event: Event) -> str:
    """An event as a line of text."""
    address = hex(event.address) if event.address else ""
    said = (f"session {event.session}", f"step {event.step:,}", event.kind, event.function, address, event.reason)
    return "  ".join(filter(None, said))
