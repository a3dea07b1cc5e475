"""A run goes on where a checkpoint left it, or another run begins there.

It goes on with the code it was begun with, which is in the store (`codes.py`), if its files are what they were or the
user says that they do not matter.  The program of a run without stored code, which an older interp began, is compiled,
and its code must be the same as then.  A run resumed before its last checkpoint is rewound: what came after it is
removed, and comes again the same.

Invariant: nothing in the store changes before the machine was restored.  To add an option of a resume: a field of
`Resume`, checked in `_check_options`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Optional, TextIO

from interp import face
from interp.code.image import Image
from interp.code.stored import Missing
from interp.machine import snapshot as snapshots, words as w
from interp.machine.machine import Machine
from interp.machine.policies import BadSettings
from interp.stored_run import StoredRun

from . import codes, loader, programs, retention, runs
from .database import Database, failures, open_database, problem_of
from .errors import ProgramChanged, StoreCorrupt, StoreError
from .identity import distrusted, require
from .opening import is_empty, open_for_writing, refuse_if_busy
from .session import Keep, Origin, Session
from .streams import Streams


@dataclass(slots=True)
class Resume:
    """What to resume: `what` is a run's number, a file or None (the latest unfinished run); `at` a checkpoint (None:
    the last); `fork`: a new run begins there, with `seed` if given; `stored_source`: even if the files have changed."""

    what: Optional[str] = None
    at: Optional[int] = None
    fork: bool = False
    stored_source: bool = False
    seed: Optional[int] = None
    max_memory: Optional[int] = None
    ignore_leaks: bool = False


def resume_run(wish: Resume, options: face.RunOptions, keep: Keep, err: TextIO) -> int:
    """Go on with a run of the store; its exit code, or ours."""
    refuse_if_busy(keep.where)
    if is_empty(keep.where):
        require(keep.where)
    db = open_database(keep.where, readonly=True)
    try:
        return _resume(db, wish, options, keep, err)
    except failures() as problem:
        raise problem_of(keep.where, problem) from None
    finally:
        db.close()


def _resume(db: Database, wish: Resume, options: face.RunOptions, keep: Keep, err: TextIO) -> int:
    with distrusted(db.place):
        run = runs.find(db, wish.what, finished=wish.fork or wish.at is not None)
        checkpoint = _checkpoint(db, run, wish.at)
        _check_options(wish, run)
        stored = programs.load(db, run.program_id)
        options = replace(options, seed=run.seed)
        texts = _texts(stored, run, wish)
        images = codes.load(db, run.id)
    prepared = _prepared(db, run, stored, images, texts, options, err)
    if isinstance(prepared, int):
        return prepared
    try:
        prepared.session.texts = prepared.session.texts or stored.texts
        streams = Streams()
        with distrusted(db.place):
            number = runs.last_session(db, run, checkpoint if wish.fork else None) + 1
            machine = _machine(db, run, checkpoint, prepared, options, streams, number, err)
            _apply(machine, wish, run)
            _streams(db, run, checkpoint, streams)
        origin = Origin(run.id, checkpoint)
        if wish.fork:
            origin = Origin(0, checkpoint, (run.id, checkpoint), number - 1)
        elif checkpoint < run.last:
            _rewind(keep, run, checkpoint)
        session = Session(replace(keep, asked=True), prepared, machine, streams, options, run.args, origin, err)
        session.texts = stored.texts
        return session.run()
    finally:
        prepared.save()


def _prepared(
    db: Database, run: runs.Run, stored: programs.StoredProgram, images: list[Image],
    texts: Optional[dict[str, Optional[bytes]]], options: face.RunOptions, err: TextIO,
) -> face.Prepared | int:  # fmt: skip
    if not images:
        return face.prepare(stored.source, options, err, texts)
    try:
        return StoredRun(stored.source, images, stored.texts, codes.library(db, run.id), options, err)
    except Missing as problem:
        raise StoreCorrupt(f"run {run.id} in `{db.place}` cannot go on: {problem}") from None


def _checkpoint(db: Database, run: runs.Run, at: Optional[int]) -> int:
    if not run.last:
        raise StoreError(f"run {run.id} of `{run.path}` has no checkpoint", f"`interp run {run.path}` starts it anew")
    if at is None:
        return run.last
    numbers = [n for (n,) in db.all("SELECT number FROM checkpoint WHERE run_id = :r ORDER BY number", r=run.id)]
    if at not in numbers:
        nearest = min(numbers, key=lambda n: abs(n - at))
        raise StoreError(
            f"run {run.id} has no checkpoint {at}; the nearest that was kept is {nearest}",
            f"`interp checkpoints {run.id}` lists them",
        )
    return at


def _check_options(wish: Resume, run: runs.Run) -> None:
    if wish.seed is not None and wish.seed != run.seed and not wish.fork:
        raise StoreError(f"run {run.id} has seed {run.seed}", "`--fork` starts a new run with another seed from there")


def _texts(stored: programs.StoredProgram, run: runs.Run, wish: Resume) -> Optional[dict[str, Optional[bytes]]]:
    """The sources to compile from; None: the files themselves."""
    if wish.stored_source:
        return stored.texts
    changed = stored.changed()
    if changed:
        shown = "; ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        raise ProgramChanged(
            f"the program of run {run.id} is not what it was: {shown}",
            f"`interp run --resume --use-stored-source {run.id}` goes on with the source it was started with",
            f"`interp run {stored.source.directory or run.path}` starts a new run of the changed program",
        )
    return None if os.path.abspath(stored.directory) == os.getcwd() else stored.texts


def _machine(
    db: Database, run: runs.Run, checkpoint: int, prepared: face.Prepared, options: face.RunOptions, streams: Streams,
    session: int, err: TextIO,
) -> Machine:  # fmt: skip
    config = face.machine_config(prepared.source.program, run.args, options, err)
    config.session = session
    try:
        snapshot = loader.load(db, run.id, checkpoint)
        return snapshots.restore(prepared.program, snapshot, config, streams)  # type: ignore[arg-type]
    except BadSettings as problem:
        raise StoreError(f"run {run.id} cannot go on like that: {problem}") from None
    except Missing as problem:
        raise ProgramChanged(f"run {run.id} cannot go on: {problem}") from None
    except (snapshots.Changed, snapshots.Invalid) as problem:
        if isinstance(problem, snapshots.Changed) and not isinstance(prepared, StoredRun):
            raise ProgramChanged(f"run {run.id} cannot go on: {problem}") from None
        raise StoreCorrupt(
            f"checkpoint {checkpoint} of run {run.id} in `{db.place}` is damaged: {problem}",
            f"`interp store check --store {db.place}` says what is wrong",
            f"`interp checkpoints {run.id}` lists others: `--at` resumes one of them",
        ) from None


def _apply(machine: Machine, wish: Resume, run: runs.Run) -> None:
    """What this session changes."""
    leaks = False if wish.ignore_leaks else None
    if wish.fork:
        snapshots.fork(machine, wish.seed, wish.max_memory, leaks)
        return
    if wish.max_memory is not None:
        machine.state.regs[w.R_MAX_BYTES] = wish.max_memory
    if leaks is not None:
        machine.state.leaks = leaks


def _streams(db: Database, run: runs.Run, checkpoint: int, streams: Streams) -> None:
    """Input that was recorded, output to where the checkpoint is."""
    at = loader.position(db, run.id, checkpoint)
    pieces = [bytes(data) for (data,) in db.all("SELECT data FROM input WHERE run_id = :r ORDER BY number", r=run.id)]
    streams.input.resume(pieces, at.stdin_pieces, at.stdin_bytes)
    streams.positions = {1: at.stdout_bytes, 2: at.stderr_bytes}
    streams.next_output = 1 + (db.all(
        "SELECT coalesce(max(number), -1) FROM output WHERE run_id = :r AND checkpoint <= :c", r=run.id, c=checkpoint
    )[0][0])  # fmt: skip

    def recorded(fds: tuple[int, ...]) -> Iterable[bytes]:
        return output(db, run.id, fds, checkpoint)

    streams.resume(run.files, recorded)


def output(db: Database, run: int, fds: tuple[int, ...], checkpoint: int) -> Iterable[bytes]:
    """What the run wrote to some of its streams up to a checkpoint, in order, a piece at a time."""
    listed = ", ".join(str(int(fd)) for fd in fds)
    sql = f"SELECT number FROM output WHERE run_id = :r AND fd IN ({listed}) AND checkpoint <= :c ORDER BY number"
    for (number,) in db.all(sql, r=run, c=checkpoint):
        yield bytes(db.all("SELECT data FROM output WHERE run_id = :r AND number = :n", r=run, n=number)[0][0])


def _rewind(keep: Keep, run: runs.Run, checkpoint: int) -> None:
    db, lock = open_for_writing(keep.where, f"run --resume --at {checkpoint} {run.id}")
    try:
        with db.transaction():
            retention.rewind(db, run.id, checkpoint)
            lock.release(db)
    finally:
        db.close()
