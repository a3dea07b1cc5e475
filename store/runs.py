"""Runs and sessions as rows: begin, find, end.

`run.options` is JSON: `max_memory` (bytes or null), `leaks` (whether to look for them), `policy`, of a fork
`sessions_before`.  Sessions are numbered within their run, from 1, a fork's on from those of its parent.  Texts that
are no UTF-8 (arguments, environment) are kept with surrogates.

Invariant: a run that can go on is `unfinished`; one that ended by itself is `finished` and never changes again, unless
it is resumed at an earlier checkpoint.  To add a way to find a run: in `find`.
"""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass
from typing import Any, Optional

from interp.machine.policies import CacheSettings

from . import codes
from .clock import now
from .database import Database
from .errors import RunFinished, StoreCorrupt, StoreError

_RUN = (
    "program_id parent_run_id parent_checkpoint status seed args env options last_checkpoint next_checkpoint steps "
    "stdout_file created_at updated_at"
)
_SESSION = (
    "run_id from_checkpoint host pid interpreter interpreter_hash engine policy started_at first_step last_step casts "
    "hits misses"
)


@dataclass(slots=True)
class Run:
    """A row of `run`, with its JSON read."""

    id: int
    program_id: int
    path: str
    status: str
    outcome: Optional[str]
    exit_code: Optional[int]
    seed: int
    args: list[str]
    env: list[str]
    options: dict[str, Any]
    last: int
    steps: int
    files: list[list[Any]]

    @property
    def sessions_before(self) -> int:
        """Sessions of its parent that a fork goes on from."""
        before = self.options.get("sessions_before", 0)
        return before if isinstance(before, int) and before >= 0 else 0


def get(db: Database, number: int) -> Run:
    rows = db.all(
        "SELECT r.id, r.program_id, p.path, r.status, r.outcome, r.exit_code, r.seed, r.args, r.env, r.options, "
        "r.last_checkpoint, r.steps, r.stdout_file FROM run r JOIN program p ON p.id = r.program_id WHERE r.id = :r",
        r=number,
    )
    if not rows:
        raise StoreError(f"there is no run {number} in `{db.place}`", "`interp runs list` shows the runs there are")
    *plain, args, env, options, last, steps, files = rows[0]
    texts = [json.loads(text) for text in (args, env, options)]
    run = Run(*plain, *texts, last, steps, json.loads(files))  # type: ignore[call-arg]
    strings = [run.path, run.status, *run.args, *run.env]
    if not all(isinstance(text, str) for text in strings) or not isinstance(run.options, dict):
        raise StoreCorrupt(f"run {number} in `{db.place}` is described by values of the wrong kind")
    if not all(isinstance(value, int) for value in (run.program_id, run.seed, run.last, run.steps)):
        raise StoreCorrupt(f"run {number} in `{db.place}` is described by values of the wrong kind")
    return run


def find(db: Database, what: Optional[str], finished: bool = False) -> Run:
    """The run that `what` means: its number, or a file whose latest unfinished run is meant, or None: the latest
    unfinished one of all.  `finished`: a finished one will do."""
    if what is not None and what.isdigit() and not os.path.exists(what):
        found = get(db, int(what))
        if found.status == "finished" and not finished:
            raise ended(found)
        return found
    rows = db.all(
        "SELECT r.id, p.path, p.directory, r.status, r.last_checkpoint FROM run r "
        "JOIN program p ON p.id = r.program_id ORDER BY r.id DESC"
    )
    if what is not None:
        wanted = os.path.abspath(what)
        folder = os.path.join(wanted, "") if os.path.isdir(wanted) else None  # a package
        paths = [(row, os.path.abspath(os.path.join(row[2], row[1]))) for row in rows]
        rows = [row for row, path in paths if path == wanted or (folder and path.startswith(folder))]
    rows = [row for row in rows if row[4]]  # one that was killed before its first checkpoint never began
    unfinished = [row for row in rows if row[3] == "unfinished"] or (rows if finished else [])
    if unfinished:
        return get(db, unfinished[0][0])
    if rows:
        raise ended(get(db, rows[0][0]))
    of = f" of `{what}`" if what is not None else ""
    raise StoreError(f"there is no run{of} in `{db.place}`", "`interp run FILE` starts one")


def to_look_at(db: Database, what: Optional[str]) -> Run:
    """The run that `what` means to somebody who looks: its number, or the latest of a file, or of all."""
    if what is None:
        rows = db.all("SELECT max(id) FROM run WHERE last_checkpoint > 0")
        if rows and rows[0][0] is not None:
            return get(db, rows[0][0])
    return find(db, what, finished=True)


def last_session(db: Database, run: Run, checkpoint: Optional[int] = None) -> int:
    """The number of the run's last session, or of the one that made a checkpoint."""
    rows = db.all("SELECT id FROM session WHERE run_id = :r ORDER BY id", r=run.id)
    count = len(rows)
    if checkpoint is not None:
        made = db.all("SELECT session_id FROM checkpoint WHERE run_id = :r AND number = :n", r=run.id, n=checkpoint)
        count = sum(id <= made[0][0] for (id,) in rows) if made else 0
    return run.sessions_before + count


def places(db: Database, run: int) -> dict[int, str]:
    """`file:line` of the run's sites that have one."""
    rows = db.all("SELECT number, file, line FROM site WHERE run_id = :r AND file IS NOT NULL", r=run)
    return {number: f"{file}:{line}" for number, file, line in rows}


def ended(run: Run) -> RunFinished:
    how = f"exit code {run.exit_code}" if run.outcome == "exit" else f"{run.outcome}, exit code {run.exit_code}"
    return RunFinished(
        f"run {run.id} of `{run.path}` has finished: {how} after {run.steps:,} steps",
        f"`interp output {run.id}` prints what it wrote; `interp run {run.path}` starts a new run",
        f"`interp run --resume --at CHECKPOINT {run.id}` goes back to one of `interp checkpoints {run.id}`",
    )


def begin(
    db: Database, program: int, seed: int, args: list[str], env: list[str], options: dict[str, Any],
    files: list[list[Any]], parent: Optional[tuple[int, int]] = None,
) -> int:  # fmt: skip
    """A new run without checkpoints; its number."""
    text = (json.dumps(args), json.dumps(env), json.dumps(options))
    row = (program, *(parent or (None, None)), "unfinished", seed, *text, 0, 1, 0, json.dumps(files), now(), now())
    return db.insert_one("run", _RUN, row)


def inherit(db: Database, run: int, parent: int, checkpoint: int) -> None:
    """A fork has its parent's code and input, and its output up to where it began: that of its own first checkpoint."""
    codes.inherit(db, run, parent)
    db.all(
        'INSERT INTO input (run_id, number, "offset", data) '
        'SELECT :n, number, "offset", data FROM input WHERE run_id = :p',
        n=run, p=parent,
    )  # fmt: skip
    db.all(
        'INSERT INTO output (run_id, number, checkpoint, fd, "offset", data) '
        'SELECT :n, number, 1, fd, "offset", data FROM output WHERE run_id = :p AND checkpoint <= :c',
        n=run, p=parent, c=checkpoint,
    )  # fmt: skip


def begin_session(
    db: Database, run: int, checkpoint: int, engine: str, cache: CacheSettings, steps: int, interpreter_hash: str
) -> int:
    """A new session; its number.  `cache` is what the address cache works by."""
    from interp.version import VERSION

    row = (
        run, checkpoint, platform.node(), os.getpid(), VERSION, interpreter_hash, engine, cache.policy, now(), steps,
        steps, 0, 0, 0,
    )  # fmt: skip
    number = db.insert_one("session", _SESSION, row)
    settings = json.dumps({"limit": cache.limit, "capacity": cache.capacity, "gc_every": cache.gc_every})
    policy = (run, number, steps, cache.policy, settings, now())
    db.insert("cache_policy", "run_id session_id step policy settings at", [policy])
    return number


def progress(db: Database, session: int, steps: int, casts: int, misses: int) -> None:
    """What a session has done so far."""
    db.all(
        "UPDATE session SET last_step = :s, casts = :c, hits = :h, misses = :m WHERE id = :i",
        s=steps, c=casts, h=casts - misses, m=misses, i=session,
    )  # fmt: skip


def end_session(db: Database, session: int, by: str) -> None:
    db.all("UPDATE session SET ended_at = :t, ended_by = :b WHERE id = :i", t=now(), b=by, i=session)


def finish(db: Database, run: int, finished: bool, outcome: str, message: str, exit_code: int) -> None:
    db.all(
        "UPDATE run SET status = :s, outcome = :o, message = :m, exit_code = :e, updated_at = :t WHERE id = :r",
        s="finished" if finished else "unfinished", o=outcome, m=message, e=exit_code, t=now(), r=run,
    )  # fmt: skip
