"""Runs, the sessions that worked on them, their checkpoints, their streams, and what was let go.

To add an option of a run that a resume must know: a key of `Run.options` (JSON), documented in `store/runs.py`.
"""

from __future__ import annotations

from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Key, RowId, RunKey, RunRef, Time, Word


class Run(Base):
    """A run of a program.  `status`: unfinished (it can be resumed), finished.  `outcome` is the machine's word (exit,
    ub, panic has exit code 101, leak, step_limit ...) at its last stop, `exit_code` what `interp` exited with then."""

    __tablename__ = "run"
    __table_args__ = (CheckConstraint("status in ('unfinished', 'finished')", name="status"),)

    id: Mapped[RowId]
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    parent_run_id: Mapped[Optional[int]] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    parent_checkpoint: Mapped[Optional[int]]
    status: Mapped[Word]
    outcome: Mapped[Optional[str]]
    message: Mapped[Optional[str]]
    exit_code: Mapped[Optional[int]]
    seed: Mapped[int]
    args: Mapped[str]  # JSON: list of text (bytes that are no UTF-8 as surrogates)
    env: Mapped[str]  # JSON, the same
    options: Mapped[str]  # JSON
    last_checkpoint: Mapped[int]  # number; 0: none
    next_checkpoint: Mapped[int]  # the number that comes next; numbers are never used twice
    steps: Mapped[int]
    stdout_file: Mapped[str]  # JSON: per regular file, [device, inode, offset where the run's bytes begin, streams]
    created_at: Mapped[Time]
    updated_at: Mapped[Time]


class Session(Base):
    """A process that ran a part of a run.  `ended_at` null: it is at work, or it was killed.  Casts of functions to
    pointers are this session's own; `steps` from `first_step` to `last_step`."""

    __tablename__ = "session"

    id: Mapped[RowId]
    run_id: Mapped[RunRef]
    from_checkpoint: Mapped[int]  # it began with the state of that one; 0: from the start
    host: Mapped[str]
    pid: Mapped[int]
    interpreter: Mapped[str]  # version
    interpreter_hash: Mapped[str]  # of interp's own files
    engine: Mapped[Word]  # compiled, pure
    policy: Mapped[Word]  # of the function address cache
    started_at: Mapped[Time]
    ended_at: Mapped[Optional[str]]
    ended_by: Mapped[Optional[str]]  # outcome, signal
    first_step: Mapped[int]
    last_step: Mapped[int]
    casts: Mapped[int]
    hits: Mapped[int]
    misses: Mapped[int]


class Checkpoint(Base):
    """A state that can be resumed.  `reason`: interval, steps, stop (of the session), end (of the run), fork.  Counters
    are the machine's since the run began; `stdin_bytes`, `stdout_bytes`, `stderr_bytes` are positions in its
    streams."""

    __tablename__ = "checkpoint"

    run_id: Mapped[RunKey]
    number: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    reason: Mapped[Word]
    created_at: Mapped[Time]
    record_version: Mapped[int]  # of the machine's records
    steps: Mapped[int]
    clock: Mapped[int]  # virtual nanoseconds
    live_allocations: Mapped[int]
    live_bytes: Mapped[int]
    arena_pages: Mapped[int]  # of 4096 bytes
    casts: Mapped[int]
    misses: Mapped[int]
    stdin_chunks: Mapped[int]  # chunks of `input` the program has begun to read
    stdin_bytes: Mapped[int]
    stdout_bytes: Mapped[int]
    stderr_bytes: Mapped[int]
    pages_written: Mapped[int]  # new contents; what was known is only referred to
    rows_written: Mapped[int]
    bytes_written: Mapped[int]  # of new contents, as stored
    microseconds: Mapped[int]  # from the snapshot to the COMMIT, exclusive
    state_hash: Mapped[str]  # of the whole machine


class Input(Base):
    """A piece of standard input as the host gave it; empty: its end.  Reads of the program never cross pieces."""

    __tablename__ = "input"

    run_id: Mapped[RunKey]
    number: Mapped[Key]
    offset: Mapped[int]
    data: Mapped[bytes]


class Output(Base):
    """A piece of what the program wrote: stream `fd` (1, 2), bytes from `offset` of that stream on, in the order of
    writing over both streams (`number`).  Belongs to the checkpoint that it was recorded with."""

    __tablename__ = "output"
    __table_args__ = (Index("ix_output_run_id_checkpoint", "run_id", "checkpoint"),)

    run_id: Mapped[RunKey]
    number: Mapped[Key]
    checkpoint: Mapped[int]
    fd: Mapped[int]
    offset: Mapped[int]
    data: Mapped[bytes]


class RetentionEvent(Base):
    """Something of the store was let go.  `kind`: thinned (checkpoint between others), rewound (after a checkpoint that
    was resumed), pages (contents nobody refers to), run (a whole one; `run_id` is the former number)."""

    __tablename__ = "retention_event"

    id: Mapped[RowId]
    run_id: Mapped[Optional[int]] = mapped_column(index=True)  # no foreign key: the run may be gone
    checkpoint: Mapped[Optional[int]]
    kind: Mapped[Word]
    at: Mapped[Time]
    rows_removed: Mapped[int]
    pages_removed: Mapped[int]
    bytes_removed: Mapped[int]
    reason: Mapped[str]
