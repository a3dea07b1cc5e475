"""Replay: sessions of a run gone through again from a checkpoint, to compare the address cache's events.

Each session is begun again where it began (a fork's first one at its parent's checkpoint), or at the first of its own
checkpoints that is kept, and run to its end on what was read then; what it writes goes nowhere.  Nothing in the
store changes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple, Optional, TextIO

from interp import face
from interp.machine import snapshot as snapshots
from interp.machine.machine import Machine, MachineConfig
from interp.machine.policies import CacheOptions

from . import loader, programs, runs
from .cache import Cache
from .cache_history import Event, Session
from .errors import StoreError

if TYPE_CHECKING:
    from .cache_audit import Finding

_REPLAYED: Final = ("created", "exposed", "evicted")


class _Recorded:
    """A host whose input is what was recorded, and whose output goes nowhere."""

    def __init__(self, pieces: list[bytes], begun: int, consumed: int) -> None:
        self.pieces, self.begun = pieces, begun
        self.offset = consumed - sum(map(len, pieces[: max(begun - 1, 0)]))

    def write(self, fd: int, data: bytes) -> None:
        """Nothing."""

    def read(self, n: int) -> bytes:
        if not self.begun or self.offset >= len(self.pieces[self.begun - 1]):
            if self.begun == len(self.pieces):
                return b""
            self.begun, self.offset = self.begun + 1, 0
        data = self.pieces[self.begun - 1][self.offset : self.offset + n]
        self.offset += len(data)
        return data


def replayed(cache: Cache, err: TextIO) -> list[Finding]:
    """What differs when the run is gone through again."""
    db, run = cache.db, cache.run
    stored = programs.load(db, run.program_id)
    prepared = face.prepare(stored.source, face.RunOptions(seed=run.seed), err, stored.texts)
    if isinstance(prepared, int):
        raise StoreError(f"the program of run {run.id} cannot be compiled from the source in the store")
    own: dict[int, int] = dict(
        db.all("SELECT session_id, min(number) FROM checkpoint WHERE run_id = :r GROUP BY session_id", r=run.id)
    )
    kept = {number for (number,) in db.all("SELECT number FROM checkpoint WHERE run_id = :r", r=run.id)}
    out: list[Finding] = []
    for number, s in enumerate(cache.sessions()):
        if number == 0 and cache.is_fork:
            begin = _where_forked(cache)
        else:
            begin = Beginning(run, s.from_checkpoint) if number == 0 or s.from_checkpoint in kept else None
        if begin is None and s.id in own:
            begin = Beginning(run, own[s.id])
        if begin is not None:
            out += _session(cache, s, begin, prepared)
    return out


class Beginning(NamedTuple):
    """A checkpoint of a run to begin at; 0: its start."""

    run: runs.Run
    checkpoint: int


def _where_forked(cache: Cache) -> Optional[Beginning]:
    """The parent's checkpoint, if it is still there."""
    if not cache.ancestors:
        return None
    run, checkpoint = cache.ancestors[-1]
    sql = "SELECT 1 FROM checkpoint WHERE run_id = :r AND number = :n"
    return Beginning(run, checkpoint) if cache.db.all(sql, r=run.id, n=checkpoint) else None


def _machine(cache: Cache, session: Session, begin: Beginning, prepared: face.Prepared) -> Machine:
    """As it was at the checkpoint, or at the start."""
    db, run, s = cache.db, cache.run, session
    cached = CacheOptions(s.policy, s.settings.get("limit"), s.settings.get("capacity"), s.settings.get("gc_every"))
    pieces = [bytes(data) for (data,) in db.all("SELECT data FROM input WHERE run_id = :r ORDER BY number", r=run.id)]
    if not begin.checkpoint:
        config = MachineConfig(
            run.seed, [os.fsencode(arg) for arg in (run.path, *run.args)], [os.fsencode(it) for it in run.env],
            cache=cached, leaks=run.options["leaks"], max_memory=run.options["max_memory"],
        )  # fmt: skip
        return Machine(prepared.program, config, _Recorded(pieces, 0, 0))  # type: ignore[arg-type]
    at = loader.position(db, begin.run.id, begin.checkpoint)
    host = _Recorded(pieces, at.stdin_pieces, at.stdin_bytes)
    snapshot = loader.load(db, begin.run.id, begin.checkpoint)
    machine = snapshots.restore(prepared.program, snapshot, MachineConfig(cache=cached, session=s.number), host)  # type: ignore[arg-type]
    if begin.run.seed != run.seed:
        snapshots.fork(machine, run.seed)
    return machine


def _session(cache: Cache, s: Session, begin: Beginning, prepared: face.Prepared) -> list[Finding]:
    from .cache_audit import Finding

    machine = _machine(cache, s, begin, prepared)
    machine.events_wanted = True
    machine.run(s.last_step)
    again = [
        Event(0, s.number, 0, e.kind, e.step, e.function, e.salt, e.address, e.reason)
        for e in machine.state.events
        if e.kind in _REPLAYED
    ]
    first = begin.checkpoint if begin.run.id == cache.run.id else 0
    then = [e for e in cache.events(session=s.number) if e.kind in _REPLAYED and e.checkpoint > first]
    for event, other in zip(then, again):
        if _essence(event) != _essence(other):
            what = f"{other.kind} {other.address:#x} of `{other.function}` (salt {other.salt}) at step {other.step:,}"
            return [Finding("replay", f"cache_event {event.id}", f"the replay has {what}")]
    if len(then) > len(again):
        return [Finding("replay", f"cache_event {then[len(again)].id}", "the replay has no such event")]
    if len(then) < len(again):
        missing = again[len(then)]
        what = f"an event is missing: {missing.kind} of `{missing.function}` at step {missing.step:,}"
        return [Finding("replay", f"session {s.number} of the run", what)]
    return []


def _essence(event: Event) -> tuple[object, ...]:
    """What must be the same; not the line of the source, which a store adds."""
    return (event.kind, event.step, *event.owner(), event.address, event.kind == "evicted" and event.eviction())
