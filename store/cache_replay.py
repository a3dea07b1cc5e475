"""Replay: sessions of a run gone through again from a checkpoint, to compare the address cache's events.

Each session is begun again where it began, or at the first of its own checkpoints that is kept, and run to its end on
what was read then; what it writes goes nowhere.  Nothing in the store changes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from interp import face
from interp.machine import snapshot as snapshots
from interp.machine.machine import Machine, MachineConfig
from interp.machine.policies import CacheOptions

from . import loader, programs
from .cache import Cache, Session
from .errors import StoreError

if TYPE_CHECKING:
    from .cache_audit import Finding

Happened = tuple[str, int, str, int, int, str]


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
    out: list[Finding] = []
    own: dict[int, int] = dict(
        db.all("SELECT session_id, min(number) FROM checkpoint WHERE run_id = :r GROUP BY session_id", r=run.id)
    )
    kept = {number for (number,) in db.all("SELECT number FROM checkpoint WHERE run_id = :r", r=run.id)}
    for s in cache.sessions():
        if s.from_checkpoint in kept or (s.number == 1 and not cache.run_is_fork()):
            out += _session(cache, s, s.from_checkpoint, prepared)
        elif s.id in own:
            out += _session(cache, s, own[s.id], prepared)
    return out


def _machine(cache: Cache, session: Session, checkpoint: int, prepared: face.Prepared) -> Machine:
    """As it was at the checkpoint; 0: as it was at the start."""
    db, run, s = cache.db, cache.run, session
    cached = CacheOptions(s.policy, s.settings.get("limit"), s.settings.get("capacity"), s.settings.get("gc_every"))
    pieces = [bytes(data) for (data,) in db.all("SELECT data FROM input WHERE run_id = :r ORDER BY number", r=run.id)]
    if not checkpoint:
        config = MachineConfig(
            run.seed, [os.fsencode(arg) for arg in (run.path, *run.args)], [os.fsencode(it) for it in run.env],
            cache=cached, leaks=run.options["leaks"], max_memory=run.options["max_memory"],
        )  # fmt: skip
        return Machine(prepared.program, config, _Recorded(pieces, 0, 0))  # type: ignore[arg-type]
    at = loader.position(db, run.id, checkpoint)
    host = _Recorded(pieces, at.stdin_pieces, at.stdin_bytes)
    snapshot = loader.load(db, run.id, checkpoint)
    return snapshots.restore(prepared.program, snapshot, MachineConfig(cache=cached), host)  # type: ignore[arg-type]


def _session(cache: Cache, s: Session, checkpoint: int, prepared: face.Prepared) -> list[Finding]:
    from .cache_audit import Finding

    session, machine = s.number, _machine(cache, s, checkpoint, prepared)
    machine.events_wanted = True
    machine.run(s.last_step)
    wanted = ("created", "exposed", "evicted")
    again: list[Happened] = [
        (e.kind, e.step, e.function, e.salt, e.address, e.reason) for e in machine.state.events if e.kind in wanted
    ]
    then = [e for e in cache.events(session=session) if e.kind in wanted and e.checkpoint > checkpoint]
    for event, other in zip(then, again):
        if (event.kind, event.step, event.function, event.salt, event.address, event.reason) != other:
            kind, step, function, salt, address, _ = other
            what = f"the replay has {kind} {address:#x} of `{function}` (salt {salt}) at step {step:,}"
            return [Finding("replay", f"cache_event {event.id}", what)]
    if len(then) > len(again):
        return [Finding("replay", f"cache_event {then[len(again)].id}", "the replay has no such event")]
    if len(then) < len(again):
        kind, step, function, *_ = again[len(then)]
        what = f"an event is missing: {kind} of `{function}` at step {step:,}"
        return [Finding("replay", f"session {session} of the run", what)]
    return []
