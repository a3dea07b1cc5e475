"""A session: a process that runs a program and keeps the run in a store, from its start or from a checkpoint.

    run_source    a new run
    resume_run    an unfinished run goes on, or a new one begins at a checkpoint (`fork`)

The store is opened when the first checkpoint is due or the run ends, not before: what ends in a tenth of a second pays
for one checkpoint and no more.  Checkpoints are due by time (at the default, never so often that they take more than a
twentieth of it), by steps, when much output has come together, and at every clean stop.  A checkpoint that fails loses
nothing: the run goes on, the next one covers the same again, and the last committed one stays what it was.

Invariants: the machine is only looked at between two calls of `Machine.run`; a run whose store was asked for by the
user (`Keep.asked`) is never run without it.  To add a reason for a checkpoint: in `_due`.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional, TextIO

from interp import face
from interp.code.stored import Missing
from interp.machine import words as w
from interp.machine.engines import description
from interp.machine.fingerprint import interpreter_fingerprint
from interp.machine.machine import EVENTS, Machine
from interp.machine.outcome import Outcome

from . import programs, runs
from .database import Database, failures, problem_of
from .engine import Location
from .errors import ProgramChanged, StoreError
from .opening import open_for_writing, refuse_if_busy
from .signals import Signals
from .streams import PENDING, Interrupted, Streams
from .writer import Writer

if TYPE_CHECKING:
    from .lock import Lock

DEFAULT_SECONDS = 10.0
SHARE = 25  # at the default, a checkpoint is due after SHARE times what the last one took, at least
BEAT = 20.0  # seconds between two signs of life
RESUMABLE = ("paused", "step_limit", "memory_limit")


@dataclass(slots=True)
class Keep:
    """How a run is kept: where, whether the user asked for that, and how often (`None`: the default)."""

    where: Location
    asked: bool = False
    seconds: Optional[float] = None
    steps: Optional[int] = None


@dataclass(slots=True)
class Origin:
    """Where a session's run comes from: `run` and `checkpoint` if it is in the store already; of a fork `parent`, and
    the number of the session that made its checkpoint: the fork's own are counted from there."""

    run: int = 0
    checkpoint: int = 0
    parent: Optional[tuple[int, int]] = None
    sessions_before: int = 0


class Session:
    """One process's part of a run."""

    def __init__(
        self, keep: Keep, prepared: face.Prepared, machine: Machine, streams: Streams, options: face.RunOptions,
        args: list[str], origin: Origin, err: TextIO,
    ) -> None:  # fmt: skip
        self.keep, self.prepared, self.machine, self.streams = keep, prepared, machine, streams
        self.options, self.args, self.origin, self.err = options, args, origin, err
        self.env = [os.fsdecode(text) for text in machine.state.env]
        self.texts = {path: programs.read(path) for path in prepared.sources} if not origin.run else {}
        if self.texts and prepared.session.texts is None:
            prepared.session.texts = self.texts  # an edit of a file does not reach a run that began
        self.db: Optional[Database] = None
        self.lock: Optional[Lock] = None
        self.writer: Optional[Writer] = None
        self.given_up = False
        self.signals = Signals(streams.input)
        self.first_steps = machine.steps
        self.first_casts = (machine.state.regs[w.R_CASTS], machine.state.regs[w.R_MISSES])
        machine.events_wanted = True
        self.begun = self.last_checkpoint = self.last_beat = time.monotonic()
        self.pause = keep.seconds or DEFAULT_SECONDS

    # -- running -------------------------------------------------------------------------------------------------

    def run(self) -> int:
        """To the end, a limit or a signal; the exit code."""
        try:
            with self.signals, face.progress(self.prepared.source_map, self.options.report_progress, self.err) as watch:
                outcome = self._run(watch)
            return self._finish(outcome)
        except Missing as problem:
            last = self.writer.last if self.writer is not None else self.origin.checkpoint
            raise ProgramChanged(
                f"run {self.origin.run} cannot go on: {problem}; its last checkpoint is {last}",
                "resume it with the interp it was begun with (`interp runs show` names it), or start it anew",
            ) from None
        finally:
            self._close()

    def _run(self, watch: Any) -> Outcome:
        def poll(machine: Machine) -> bool:
            if watch is not None:
                watch(machine)
            return self._due() is not None

        while True:
            limit, stop = self.options.max_steps, self._next_steps()
            until = stop if limit is None else limit if stop is None else min(limit, stop)
            try:
                outcome = self.machine.run(until, poll)
            except Interrupted:
                return Outcome("paused")
            if self.signals.number or outcome.kind not in ("paused", "step_limit"):
                return outcome
            if outcome.kind == "step_limit" and limit is not None and self.machine.steps >= limit:
                return outcome
            self._between()

    def _next_steps(self) -> Optional[int]:
        every = self.keep.steps
        return None if every is None or self.given_up else (self.machine.steps // every + 1) * every

    def _due(self) -> Optional[str]:
        """Why the machine should pause now."""
        if self.signals.number:
            return "signal"
        if self.given_up:
            self.streams.forget()
            self.machine.state.inputs.clear()
            self.machine.events_wanted = False
            return None
        now = time.monotonic()
        if self.streams.pending_bytes > PENDING:
            return "output"
        if len(self.machine.state.events) >= EVENTS and now - self.last_checkpoint >= 1:
            return "events"
        if self.keep.steps is None and now - self.last_checkpoint >= self.pause:
            return "interval"
        return "beat" if self.lock is not None and now - self.last_beat >= BEAT else None

    def _between(self) -> None:
        reason = self._due()
        if reason == "beat":
            self._beat()
        elif not self.given_up:
            self._try_checkpoint("interval" if reason else "steps")

    def _beat(self) -> None:
        assert self.db is not None and self.lock is not None
        self.last_beat = time.monotonic()
        try:
            with self.db.transaction():
                self.lock.beat(self.db)
        except failures() as problem:
            self.say(f"{problem_of(self.keep.where, problem).message}; the run goes on")

    # -- checkpoints ---------------------------------------------------------------------------------------------

    def _try_checkpoint(self, reason: str) -> bool:
        """A checkpoint while the run goes on; a failure is said, and the next one tries again."""
        begun = time.monotonic()
        try:
            self.checkpoint(reason)
            return True
        except failures() as problem:
            error = problem_of(self.keep.where, problem)
            if self.writer is None:
                if self.keep.asked:
                    raise error from None
                self._give_up(error)
            else:
                last = self.writer.last
                kept = f"checkpoint {last} is the last one" if last else "there is no checkpoint yet"
                self.say(f"a checkpoint failed: {error.message}; the run goes on, {kept}")
            return False
        finally:
            self.last_checkpoint = self.last_beat = time.monotonic()
            if self.keep.seconds is None:
                self.pause = max(DEFAULT_SECONDS, SHARE * (self.last_checkpoint - begun))

    def checkpoint(self, reason: str, ending: Any = None) -> None:
        """Store the machine; `ending` is done in the same transaction.  Raises what `database.failures` names."""
        if self.writer is None:
            self.open()
        assert self.writer is not None and self.db is not None and self.lock is not None
        db, lock, session = self.db, self.lock, self.writer.session_id
        regs, (casts, misses) = self.machine.state.regs, self.first_casts

        def progress() -> None:
            lock.beat(db)
            runs.progress(db, session, self.machine.steps, regs[w.R_CASTS] - casts, regs[w.R_MISSES] - misses)

        self.writer.write(self.machine, self.streams, reason, [progress, *([ending] if ending else [])])
        self.streams.input.keep = self.writer.read

    def open(self) -> None:
        """Open or make the store, take its lock, and say what runs here."""
        db, lock = open_for_writing(self.keep.where, "run " + self.prepared.source.shown)
        try:
            with db.transaction():
                run, program = self._run_row(db)
                session = runs.begin_session(
                    db, run, self.origin.checkpoint, description(self.options.engine),  # type: ignore[arg-type]
                    self.machine.core.addresses.settings, self.first_steps, interpreter_fingerprint(),
                )  # fmt: skip
        except BaseException:
            with db.transaction():
                lock.release(db)
            db.close()
            raise
        self.db, self.lock = db, lock
        self.origin.run = run
        self.writer = Writer(db, run, session, program, self._location, self.prepared.file_of)
        self.writer.inherited = self.origin.parent
        if self.writer.last:
            self.streams.input.keep = self.writer.read

    def _run_row(self, db: Database) -> tuple[int, int]:
        if self.origin.run:
            found = runs.get(db, self.origin.run)
            return found.id, found.program_id
        state = self.machine.state
        program = programs.save(db, self.prepared.source, self.texts)
        options = {"max_memory": state.regs[w.R_MAX_BYTES], "leaks": state.leaks, "policy": state.policy}
        if self.origin.sessions_before:
            options["sessions_before"] = self.origin.sessions_before
        run = runs.begin(
            db, program, state.seed, self.args, self.env, options, self.streams.files(), self.origin.parent
        )
        if self.origin.parent is not None:
            runs.inherit(db, run, *self.origin.parent)
        return run, program

    def _location(self, span: int) -> Optional[tuple[str, int, int]]:
        from interp.base.span import Span

        return self.prepared.location(Span(span))

    # -- the end -------------------------------------------------------------------------------------------------

    def _finish(self, outcome: Outcome) -> int:
        """Say and store how it ended."""
        finished = outcome.kind not in RESUMABLE
        if outcome.kind == "memory_limit":
            self.machine.outcome = None  # with a higher limit it goes on
        number = self.signals.number
        code = 128 + number if number else face.finish(self.prepared.source_map, outcome, self.err)
        if self.given_up:
            return code
        kind = f"signal {number}" if number else outcome.kind

        def ending() -> None:
            assert self.db is not None and self.writer is not None
            runs.finish(self.db, self.origin.run, finished, kind, outcome.message, code)
            runs.end_session(self.db, self.writer.session_id, kind)

        try:
            self.checkpoint("end" if finished else "stop", ending)
        except failures() as problem:
            return self._not_stored(problem_of(self.keep.where, problem), finished, code)
        if not finished:
            self.say_resume()
        return code

    def _not_stored(self, error: StoreError, finished: bool, code: int) -> int:
        if self.writer is None and not self.keep.asked:
            self._give_up(error)
            return code
        self.err.write(error.render())
        last = self.writer.last if self.writer is not None else 0
        if last and not finished:
            self.say(f"the last checkpoint of run {self.origin.run} is {last}")
        return code if finished else error.code

    def say_resume(self) -> None:
        assert self.writer is not None
        store = "" if not self.keep.asked else f" --store {self.keep.where}"
        self.say(
            f"stopped after {self.machine.steps:,} steps; `interp run --resume{store} {self.origin.run}` goes on from "
            f"checkpoint {self.writer.last}"
        )

    def say(self, text: str) -> None:
        self.err.write(f"interp: {text}\n")

    def _give_up(self, error: StoreError) -> None:
        self.given_up = True
        self.streams.forget()
        self.say(f"this run is not kept: {error.message} (`--store PATH` keeps it elsewhere, `--no-store` nowhere)")

    def _close(self) -> None:
        if self.db is None or self.lock is None:
            return
        try:
            with self.db.transaction():
                self.lock.release(self.db)
        except failures():
            pass  # whoever comes next sees that this process is gone
        self.db.close()
        self.db = None


# -- use-cases -----------------------------------------------------------------------------------------------------


def run_source(source: face.Source, args: list[str], options: face.RunOptions, keep: Keep, err: TextIO) -> int:
    """Run a program and keep the run; its exit code, or ours."""
    prepared = face.prepare(source, options, err)
    if isinstance(prepared, int):
        return prepared
    try:
        try:
            refuse_if_busy(keep.where)
        except StoreError as error:
            if keep.asked:
                raise
            err.write(f"interp: this run is not kept: {error.message} (`--store PATH` keeps it elsewhere)\n")
            return face.execute(prepared, args, options, err)
        streams = Streams()
        config = face.machine_config(source.program, args, options, err)
        try:
            machine = Machine(prepared.program, config, streams)  # type: ignore[arg-type]
        except ValueError as problem:
            err.write(f"error: {problem}\n")
            return 2
        return Session(keep, prepared, machine, streams, options, args, Origin(), err).run()
    finally:
        prepared.save()
