"""What a store has of the address cache of a run: sessions, entries at kept checkpoints, every event since it began.

Read from the tables `fn_address`, `cache_event`, `cache_policy` and `session`, also while the run is at work.  A fork
goes on with the history of the run it was forked from, up to the checkpoint it began at; so its own sessions are
numbered from there, as the machine numbers them.

Invariant: `events` are in the order in which they happened, ancestors' first.
To add a fact: a field of `Entry`, `Event` or `Session`, read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Optional

from . import runs
from .database import Database
from .errors import StoreError
from .loader import held
from .look import at_checkpoint

_CAST: Final = re.compile(r"(.+?) at (.+:\d+)")
_EVICTED: Final = re.compile(r"(.+?), after (\d+) casts?, last at step (\d+)(?:, (.+:\d+))?")
_AT_ONCE: Final = 10_000  # events in memory
_ALL: Final = 1 << 62  # more than any checkpoint's number


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
    """A row of `cache_event`; `session` is its number, `checkpoint` 0 if it happened in a run that this one was forked
    from."""

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

    def line(self) -> Optional[str]:
        """Which line of the source made, exposed or last cast it, `file:line`."""
        found = (_EVICTED if self.kind == "evicted" else _CAST).fullmatch(self.reason)
        return found[found.re.groups] if found else None

    def eviction(self) -> tuple[str, int, int]:
        """Of an evicted entry: why, how many casts had given it, at which step the last one."""
        found = _EVICTED.fullmatch(self.reason)
        return (found[1], int(found[2]), int(found[3])) if found else (self.reason, 0, 0)


@dataclass(slots=True)
class Session:
    """A session of a run, by its number in it."""

    number: int
    id: int
    from_checkpoint: int
    first_step: int
    last_step: int
    casts: int
    hits: int
    misses: int
    policy: str
    settings: dict[str, Any]
    host: str
    pid: int
    started_at: str
    ended_by: Optional[str]


class Ancestor(NamedTuple):
    """A run whose history up to a checkpoint is the beginning of this run's."""

    run: runs.Run
    checkpoint: int


class History:
    """The address cache of one run; `what` as in `runs.to_look_at`."""

    def __init__(self, db: Database, what: Optional[str] = None) -> None:
        self.db = db
        self.run = runs.to_look_at(db, what)
        self.ancestors: list[Ancestor] = []  # the oldest first
        self.complete = True  # whether the history is there from the program's start on
        self._find_ancestors()

    @property
    def is_fork(self) -> bool:
        return self._parent(self.run.id) is not None

    def _parent(self, run: int) -> Optional[tuple[Optional[int], int, str]]:
        rows = self.db.all("SELECT parent_run_id, parent_checkpoint, created_at FROM run WHERE id = :r", r=run)
        return rows[0] if rows and rows[0][1] is not None else None

    def _find_ancestors(self) -> None:
        at = self.run.id
        seen = {at}
        while (parent := self._parent(at)) is not None:
            run, checkpoint, forked = parent
            if run is None or run in seen or self._changed_since(run, checkpoint, forked):
                self.complete = False
                return
            seen.add(run)
            self.ancestors.insert(0, Ancestor(runs.get(self.db, run), checkpoint))
            at = run

    def _changed_since(self, run: int, checkpoint: int, forked: str) -> bool:
        """Whether the run is gone, or was taken back beyond the checkpoint after the fork."""
        rows = self.db.all("SELECT last_checkpoint FROM run WHERE id = :r", r=run)
        return not rows or rows[0][0] < checkpoint or bool(self.db.all(
            "SELECT 1 FROM retention_event WHERE run_id = :r AND kind = 'pages' AND reason LIKE 'rewound%' "
            "AND checkpoint < :c AND at >= :t LIMIT 1",
            r=run, c=checkpoint, t=forked,
        ))  # fmt: skip

    # -- sessions ------------------------------------------------------------------------------------------------

    def sessions(self) -> list[Session]:
        """The run's own, in order."""
        return self._sessions_of(self.run)

    def all_sessions(self) -> list[Session]:
        """Its own, after those of its ancestors that it goes on from."""
        out: list[Session] = []
        for run, checkpoint in self.ancestors:
            last = runs.last_session(self.db, run, checkpoint)
            out += [s for s in self._sessions_of(run) if s.number <= last]
        return out + self.sessions()

    def _sessions_of(self, run: runs.Run) -> list[Session]:
        rows = self.db.all(
            "SELECT s.id, s.from_checkpoint, s.first_step, s.last_step, s.casts, s.hits, s.misses, s.policy, "
            "p.settings, s.host, s.pid, s.started_at, s.ended_by FROM session s "
            "LEFT JOIN cache_policy p ON p.session_id = s.id WHERE s.run_id = :r ORDER BY s.id",
            r=run.id,
        )
        return [
            Session(number, *row[:8], _settings(row[8]), *row[9:])  # type: ignore[call-arg]
            for number, row in enumerate(rows, run.sessions_before + 1)
        ]

    def session(self, number: int) -> Session:
        """One of the run's own; raises `StoreError` that says which there are."""
        found = {s.number: s for s in self.sessions()}
        if number not in found:
            raise StoreError(f"run {self.run.id} has no session {number} of its own", _numbered(list(found)))
        return found[number]

    # -- entries and events --------------------------------------------------------------------------------------

    def entries(self, checkpoint: Optional[int] = None) -> list[Entry]:
        """As of a kept checkpoint of the run (default: its last one)."""
        checkpoint = at_checkpoint(self.db, self.run.id, checkpoint)
        rows = self.db.all(
            "SELECT f.kind, f.place, i.symbol, f.salt, f.address, f.exposed, f.extra, f.casts, f.first_cast, "
            "f.last_cast, b.file, b.line FROM fn_address f JOIN instance i ON i.id = f.instance_id "
            f"LEFT JOIN allocation a ON a.run_id = f.run_id AND a.slot = f.place AND {held('a')} "
            "LEFT JOIN site b ON b.run_id = a.run_id AND b.number = a.birth "
            f"WHERE {held('f')} ORDER BY i.symbol, f.salt",
            r=self.run.id, c=checkpoint,
        )  # fmt: skip
        places = runs.places(self.db, self.run.id)
        out = []
        for kind, place, function, salt, address, exposed, extra, casts, first, last, file, line in rows:
            more = json.loads(extra or "{}")
            at = places.get(more.get("last_site", 0))
            out.append(
                Entry(
                    kind, place, function, salt, address, bool(exposed), bool(more.get("reachable", True)), casts or 0,
                    first or 0, last or 0, f"{file}:{line}" if file else None, at,
                )
            )  # fmt: skip
        return out

    def events(
        self, session: Optional[int] = None, function: Optional[str] = None, since: int = 0,
        kind: Optional[str] = None, after: int = 0,
    ) -> Iterator[Event]:  # fmt: skip
        """In order.  `since` a step; `after` the id of an event; a function by a part of its name."""
        sessions = self.all_sessions()
        wanted = next((s.id for s in sessions if s.number == session), None)
        if session is not None and wanted is None:
            raise StoreError(f"run {self.run.id} has no session {session}", _numbered([s.number for s in sessions]))
        where, values = "run_id = :r AND id > :a AND step >= :s AND checkpoint <= :c", {"s": since}
        if wanted is not None:
            where, values["i"] = where + " AND session_id = :i", wanted
        if kind is not None:
            where, values["k"] = where + " AND kind = :k", kind  # type: ignore[assignment]
        numbers = {s.id: s.number for s in sessions}
        for run, checkpoint in (*self.ancestors, Ancestor(self.run, _ALL)):
            values.update(r=run.id, c=checkpoint, a=after)
            while rows := self.db.all(
                "SELECT id, session_id, checkpoint, kind, step, function, salt, address, reason FROM cache_event "
                f"WHERE {where} ORDER BY id LIMIT {_AT_ONCE}",
                **values,
            ):  # fmt: skip
                for id, session_id, at, *row in rows:
                    if function is None or function in row[2]:
                        yield Event(id, numbers.get(session_id, 0), at if run is self.run else 0, *row)
                values["a"] = rows[-1][0]


def _settings(text: Optional[str]) -> dict[str, Any]:
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}


def _numbered(numbers: list[int]) -> str:
    if not numbers:
        return "it has none"
    if len(numbers) == 1:
        return f"its only one is session {numbers[0]}"
    return f"it has sessions {numbers[0]} to {numbers[-1]}"
