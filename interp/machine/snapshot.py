"""Snapshots: a machine as records, only what changed, and a machine made of records again.

    snapshot = changes(machine)         # the first one is complete
    ...write it in one transaction...   # the machine may go on meanwhile
    commit(machine)                     # after the transaction's COMMIT, never before
    machine = restore(program, snapshot_at_some_checkpoint, config, host)

A snapshot may be taken whenever `run` has returned, or in `on_progress`.  It never alters what the program does.
Stores write the records of `records.py` as they are; how changes add up is said, and done, by `merge.merge`.

What is portable: a snapshot restores on either engine, in any later process, and under another release of the
interpreter as long as every function that was linked has the same code there (`Changed` says which have not).  Slots
of running frames are not translated to new code: a value in the middle of a statement has no name in MIR.

Invariant: restore(take(m)) goes on exactly as m does.  To add a part of the state: see `records.py`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from .outcome import Outcome
from .records import Invalid, Snapshot, no_collections
from .restorer import Changed, restore
from .state import seeded
from .verify import verify

if TYPE_CHECKING:
    from .machine import Machine

__all__ = ["Changed", "Invalid", "Snapshot", "changes", "commit", "fork", "restore", "state_digest", "take", "verify"]


def take(machine: Machine) -> Snapshot:
    """The whole machine as records.  Leaves no mark: what `changes` gives next is not affected."""
    with no_collections():
        return machine.recorder.take(_ending(machine.outcome))


def changes(machine: Machine) -> Snapshot:
    """What changed since the last `commit` of this machine (everything if there was none, or its numbers are new)."""
    with no_collections():
        return machine.recorder.changes(_ending(machine.outcome))


def commit(machine: Machine) -> None:
    """What `changes` gave last is safe.  Without it, the next changes cover the same again."""
    machine.recorder.commit()


def fork(machine: Machine, seed: int | None = None, max_memory: int | None = None, leaks: bool | None = None) -> None:
    """Turns a restored machine into the beginning of another run: what is given is changed, the next changes are
    complete.  `max_memory` in bytes of live allocations."""
    from . import words as w
    from .recorder import Recorder

    state = machine.state
    if seed is not None:
        state.seed = seed
        state.rng[:] = seeded(seed)
    if max_memory is not None:
        state.regs[w.R_MAX_BYTES] = max_memory
    if leaks is not None:
        state.leaks = leaks
    machine.recorder = Recorder(machine.core)


def state_digest(machine: Machine) -> str:
    """Hexadecimal; equal for machines that are in the same state, whatever the engine, the session's numbers of
    instances and how often the run was interrupted."""
    from .digest import digest

    return digest(take(machine))


def _ending(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    made = {f.name: getattr(outcome, f.name) for f in fields(outcome) if f.name != "diagnostics"}
    made["help"] = list(outcome.help)
    made["notes"] = [[note.text, note.span] for note in outcome.notes]
    made["backtrace"] = [[frame.name, frame.span, frame.is_local] for frame in outcome.backtrace]
    return made
