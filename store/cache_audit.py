"""Audit of the address cache: everything that must hold of it, over the whole history that a store has of a run.

The events are played forward, in order, into a model of the cache; at each kept checkpoint the model must be what the
checkpoint's rows say.  Each thing that must hold is an invariant with a name and a sentence (`INVARIANTS`); what breaks
it is a `Finding` that names the row.

    owner        an address belongs to one function at a time
    limit        no function has more addresses than the limit, no salt is the limit or above
    evicted      only what was in the cache, unexposed, was evicted, and after its last cast
    policy       evictions and creations are such as the policy in force makes them
    restored     what a resumed session starts with is what the previous one committed
    rows         at each checkpoint, its entries are those that the events lead to
    allocation   an entry's row of the allocation table has its address, kind, function and exposure
    casts        casts = hits + misses, in sessions, checkpoints and over all entries
    order        events are in the order of steps, within their session and checkpoint
    intervals    no two rows say different things of the same entry at the same time
    replay       (--replay) the run, gone through again, has the same events

To add an invariant: its line here and in `INVARIANTS`, a function that finds what breaks it, damage in its test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Optional, TextIO

from interp.machine import words as w
from interp.machine.policies import POLICIES

from .cache import Cache
from .cache_history import Entry, Event, Session
from .database import Database
from .table import Table

INVARIANTS: Final = {
    "owner": "an address belongs to one function at a time",
    "limit": "at most `limit` addresses a function, each with a salt below it",
    "evicted": "an evicted address was in the cache, unexposed, and not cast later",
    "policy": "what was created and evicted is what the policy in force creates and evicts",
    "restored": "a resumed session starts with what the previous one committed",
    "rows": "at each checkpoint the entries are those that the events lead to",
    "allocation": "an entry is what its row of the allocation table says",
    "casts": "casts = hits + misses",
    "order": "events are in order, within their session and checkpoint",
    "intervals": "no two rows hold of one entry at the same time",
    "replay": "gone through again, the run has the same events",
}
KINDS: Final = ("created", "exposed", "evicted", "restored", "policy")
Key = tuple[str, int]  # function, salt


class Finding(NamedTuple):
    """What breaks an invariant: the row, as `table id`, and how."""

    invariant: str
    row: str
    message: str


@dataclass(slots=True)
class Verdict:
    """`broken`: whether there are findings."""

    table: Table
    broken: bool


@dataclass(slots=True)
class Model:
    """The cache as the events make it."""

    owners: dict[int, Key] = field(default_factory=dict)  # by address
    exposed: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    created: int = 0
    gone_casts: int = 0  # of evicted entries
    restored: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # by session: addresses

    def add(self, event: Event) -> None:
        self.owners[event.address] = event.owner()
        self.counts[event.function] += 1

    def drop(self, address: int) -> None:
        owner = self.owners.pop(address)
        self.counts[owner[0]] -= 1
        self.exposed.discard(address)


def audit(db: Database, what: Optional[str], replay: bool, err: TextIO) -> Verdict:
    """Check a run; `replay` goes through it again, as far as there are checkpoints to start from."""
    cache = Cache(db, what)
    findings = list(Audit(cache).findings())
    if replay:
        from .cache_replay import replayed

        findings += replayed(cache, err)
    by_name = defaultdict(list)
    for finding in findings:
        by_name[finding.invariant].append(finding)
    rows: list[tuple[Any, ...]] = []
    for name, sentence in INVARIANTS.items():
        found = by_name[name]
        if not found and (name != "replay" or replay):
            rows.append((name, "holds", None, sentence))
        rows += [(name, "broken", finding.row, finding.message) for finding in found]
    return Verdict(Table(["invariant", "verdict", "row", "text"], rows), bool(findings))


class Audit:
    """The checks of one run."""

    def __init__(self, cache: Cache) -> None:
        self.cache, self.db, self.run = cache, cache.db, cache.run
        self.own = cache.sessions()
        self.sessions = {s.number: s for s in cache.all_sessions()}
        self.first = min(self.sessions, default=1)  # number of the first one that is known
        self.checkpoints = self.db.all(
            "SELECT number, session_id, steps, casts, misses FROM checkpoint WHERE run_id = :r ORDER BY number",
            r=self.run.id,
        )
        self.model = Model()
        self.fresh = any(s.policy == "fresh" for s in self.sessions.values())
        self.begun: dict[int, set[int]] = {}  # by session: addresses when it began
        # casts and misses of entries that were let go before what is known begins (a fork of what is gone)
        self.lost: Optional[int] = None
        self.missed: Optional[int] = None

    def findings(self) -> Iterator[Finding]:
        yield from self.intervals()
        yield from self.of_sessions()
        waiting = list(self.checkpoints)
        last = (0, 0)
        for event in self.cache.events():
            while waiting and event.checkpoint > waiting[0][0]:
                yield from self.at_checkpoint(*waiting.pop(0))
            self.begin(event.session)
            yield from self.in_order(event, last)
            last = (event.session, event.step)
            yield from self.play(event)
        for row in waiting:
            yield from self.at_checkpoint(*row)
        yield from self.restorations()

    def begin(self, session: int) -> None:
        """What the session and those before it begin with is what the cache holds now."""
        for number in range(self.first + len(self.begun), session + 1):
            self.begun[number] = set(self.model.owners)

    # -- events --------------------------------------------------------------------------------------------------

    def in_order(self, event: Event, last: tuple[int, int]) -> Iterator[Finding]:
        row, session = f"cache_event {event.id}", self.sessions.get(event.session)
        if event.kind not in KINDS:
            yield Finding("order", row, f"its kind is {event.kind!r}")
        if session is None:
            yield Finding("order", row, "it belongs to no session of the run")
        elif not session.first_step <= event.step <= session.last_step:
            span = f"steps {session.first_step:,} to {session.last_step:,}"
            yield Finding("order", row, f"step {event.step:,} is outside of its session ({span})")
        if (event.session, event.step) < last:
            yield Finding("order", row, f"it is at step {event.step:,} of session {event.session}, after {last[1]:,}")

    def play(self, event: Event) -> Iterator[Finding]:
        row, owner = f"cache_event {event.id}", self.model.owners.get(event.address)
        if event.kind == "created":
            yield from self.created(event, row, owner)
        elif event.kind == "restored":
            self.model.restored[event.session].add(event.address)
            if owner is None and event.session == self.first and not self.cache.complete:
                self.model.add(event)
                if event.reason.endswith(", exposed"):
                    self.model.exposed.add(event.address)
            elif owner != event.owner():
                yield Finding("restored", row, f"{event.address:#x} was {_of(owner)}, not {_of(event.owner())}")
        elif event.kind == "exposed":
            if owner is None or owner[0] != event.function:
                yield Finding("owner", row, f"{event.address:#x} was {_of(owner)} when `{event.function}` exposed it")
            self.model.exposed.add(event.address)
        elif event.kind == "evicted":
            yield from self.evicted(event, row, owner)
        elif event.kind == "policy" and "-> fresh" in event.reason:
            self.model.owners.clear()
            self.model.counts.clear()

    def created(self, event: Event, row: str, owner: Optional[Key]) -> Iterator[Finding]:
        session = self.sessions.get(event.session)
        if owner is not None:
            yield Finding("owner", row, f"{event.address:#x} is given to `{event.function}` while it is {_of(owner)}")
            self.model.drop(event.address)
        self.model.add(event)
        self.model.created += 1
        if session is None:
            return
        limit = session.settings.get("limit", 32)
        if event.salt >= limit or event.salt < 0:
            yield Finding("limit", row, f"salt {event.salt} of `{event.function}` is not below the limit of {limit}")
        most = max(s.settings.get("limit", 32) for s in self.sessions.values() if s.number <= event.session)
        if self.model.counts[event.function] > most:
            count = self.model.counts[event.function]
            yield Finding("limit", row, f"`{event.function}` has {count} addresses, more than {most}")
        if session.policy == "fresh":
            yield Finding("policy", row, "the policy `fresh` makes no entries")

    def evicted(self, event: Event, row: str, owner: Optional[Key]) -> Iterator[Finding]:
        session, (reason, casts, last) = self.sessions.get(event.session), event.eviction()
        self.model.gone_casts += casts
        if owner != event.owner():
            yield Finding("evicted", row, f"{event.address:#x} was {_of(owner)}, not {_of(event.owner())}")
        if event.address in self.model.exposed:
            yield Finding("evicted", row, f"{event.address:#x} of `{event.function}` was exposed and is evicted")
        if casts < 1 or last > event.step:
            yield Finding("evicted", row, f"it was cast {casts} times, the last one at step {last:,}: {event.reason!r}")
        if owner is not None:
            self.model.drop(event.address)
        if session is not None and reason != (POLICIES[session.policy].reason if session.policy in POLICIES else ""):
            yield Finding("policy", row, f"the policy `{session.policy}` evicts nothing because it is {reason!r}")

    # -- checkpoints ---------------------------------------------------------------------------------------------

    def at_checkpoint(self, number: int, session_id: int, steps: int, casts: int, misses: int) -> Iterator[Finding]:
        entries = self.cache.entries(number)
        self.begin(next((s.number for s in self.sessions.values() if s.id == session_id), 0))
        yield from self.rows(number, entries)
        yield from self.allocations(number, entries)
        if self.fresh:
            return
        row = f"checkpoint {number}"
        if misses > casts:
            yield Finding("casts", row, f"{misses:,} misses of {casts:,} casts")
        lost = casts - sum(e.casts for e in entries) - self.model.gone_casts
        missed = misses - self.model.created
        if self.lost is None:
            self.lost, self.missed = (0, 0) if self.cache.complete else (lost, missed)
        if lost != self.lost:
            yield Finding("casts", row, f"it counts {casts:,} casts, its entries and the evicted ones {casts - lost:,}")
        if missed != self.missed:
            yield Finding("casts", row, f"it counts {misses:,} misses, the events {self.model.created:,} creations")

    def rows(self, number: int, entries: list[Entry]) -> Iterator[Finding]:
        seen = set()
        for e in entries:
            row = f"fn_address {e.kind} {e.place} at checkpoint {number}"
            seen.add(e.address)
            owner = self.model.owners.get(e.address)
            if owner != (e.function, e.salt):
                what = _of((e.function, e.salt))
                yield Finding("rows", row, f"{e.address:#x} is {what}; after the events it is {_of(owner)}")
            if e.exposed != (e.address in self.model.exposed) and e.kind == "fn":
                said = "exposed" if e.exposed else "not exposed"
                yield Finding("rows", row, f"{e.address:#x} is {said}; the events say otherwise")
            if e.casts < 1 or not 0 <= e.first_step <= e.last_step:
                yield Finding("casts", row, f"{e.casts} casts from step {e.first_step:,} to {e.last_step:,}")
        for address in sorted(self.model.owners.keys() - seen):
            what = _of(self.model.owners[address])
            yield Finding("rows", f"checkpoint {number}", f"{address:#x}, which is {what}, has no row of fn_address")

    def allocations(self, number: int, entries: list[Entry]) -> Iterator[Finding]:
        found = {
            slot: (base, kind, bool(exposed), symbol)
            for slot, base, kind, exposed, symbol in self.db.all(
                "SELECT a.slot, a.base, a.kind, a.exposed, i.symbol FROM allocation a LEFT JOIN instance i "
                "ON i.id = a.refers_id WHERE a.run_id = :r AND a.from_checkpoint <= :c AND "
                "(a.to_checkpoint IS NULL OR a.to_checkpoint > :c) AND a.kind IN (5, 6)",
                r=self.run.id, c=number,
            )
        }  # fmt: skip
        for e in entries:
            wanted = (e.address, w.M_FN if e.kind == "fn" else w.M_VTABLE, e.exposed, e.function)
            has = found.get(e.place)
            if has != wanted:
                row = f"fn_address {e.kind} {e.place} at checkpoint {number}"
                what = "there is none" if has is None else f"{has[0]:#x} of `{has[3]}`, kind {has[1]}, exposed {has[2]}"
                yield Finding("allocation", row, f"it does not fit row {e.place} of the allocation table: {what}")

    # -- sessions ------------------------------------------------------------------------------------------------

    def of_sessions(self) -> Iterator[Finding]:
        for s in self.own:
            row = f"session {s.id}"
            if s.casts != s.hits + s.misses or min(s.casts, s.hits, s.misses) < 0:
                yield Finding("casts", row, f"{s.casts:,} casts, but {s.hits:,} hits and {s.misses:,} misses")
            if s.policy not in POLICIES:
                yield Finding("policy", row, f"there is no policy `{s.policy}`")
        held = {s.id: s for s in self.own}
        for id, session, policy in self.db.all(
            "SELECT id, session_id, policy FROM cache_policy WHERE run_id = :r ORDER BY id", r=self.run.id
        ):
            if session not in held or held[session].policy != policy:
                said = f"its session says `{held[session].policy}`" if session in held else "it has no session"
                yield Finding("policy", f"cache_policy {id}", f"it says `{policy}`, {said}")

    def restorations(self) -> Iterator[Finding]:
        for s in self.sessions.values():
            if s.number == self.first or s.number not in self.begun:
                continue  # it was started, or ended before it stored anything
            before, after = self.begun[s.number], self.model.restored[s.number]
            for address in sorted(before ^ after):
                what = "was not restored" if address in before else "was restored but not there"
                yield Finding("restored", f"session {s.id}", f"{address:#x} of checkpoint {s.from_checkpoint} {what}")

    def intervals(self) -> Iterator[Finding]:
        last: dict[tuple[str, int], tuple[int, Optional[int]]] = {}
        for kind, place, start, end in self.db.all(
            "SELECT kind, place, from_checkpoint, to_checkpoint FROM fn_address WHERE run_id = :r "
            "ORDER BY kind, place, from_checkpoint",
            r=self.run.id,
        ):
            row = f"fn_address {kind} {place} from checkpoint {start}"
            if end is not None and end <= start:
                yield Finding("intervals", row, f"it ends at checkpoint {end}")
            before = last.get((kind, place))
            if before is not None and (before[1] is None or before[1] > start):
                yield Finding("intervals", row, f"the row from checkpoint {before[0]} still holds")
            last[kind, place] = (start, end)


def _of(owner: Optional[Key]) -> str:
    return "nobody's" if owner is None else f"`{owner[0]}`'s (salt {owner[1]})"


__all__ = ["INVARIANTS", "Audit", "Finding", "Session", "Verdict", "audit"]
