"""The use-cases of `interp store ...`: each prints, and returns the exit code.

To add one: a function here, its command in `cli.py`, a line in the README.
"""

from __future__ import annotations

import shlex
from time import monotonic
from typing import Optional, TextIO

from .engine import locate
from .errors import StoreError
from .identity import identify


def move(
    place: Optional[str], target: Optional[str], up: bool, dry_run: bool, out: TextIO, err: TextIO
) -> int:
    """`interp store upgrade` and `downgrade`."""
    from .migrate import position
    from .upgrade import move_store, target_revision

    where = locate(place)
    wanted, found = target_revision(target), identify(where)
    here, there = position(found.revision), position(wanted)
    if here is not None and there is not None and (there < here if up else there > here):
        other = "downgrade" if up else "upgrade"
        what = f"revision {wanted} is {'older' if up else 'newer'} than the store's, {found.revision}"
        raise StoreError(what, f"`interp store {other} --to {wanted}{_option(place)}`")
    if where.path is None and not dry_run:
        err.write("interp: a server's store is moved in one transaction and not backed up: `pg_dump -Fc` does that\n")
    progress = Progress(err)
    try:
        done = move_store(where, wanted, dry_run, progress)
    finally:
        progress.close()
    if not done.steps:
        out.write(f"the store `{where}` has revision {done.after} already\n")
        return 0
    for step in done.steps:
        out.write(f"{'+' if up else '-'} {step.number}  {step.title}\n")
    if dry_run:
        out.write(f"a copy went from revision {done.before} to {done.after} and is whole; the store is as it was\n")
        return 0
    out.write(f"the store `{where}` went from revision {done.before} to {done.after}")
    out.write(f" ({done.size_before:,} to {done.size_after:,} bytes)\n" if done.backup else "\n")
    if done.backup:
        out.write(f"backup, verified: {done.backup}\n")
    return 0


def _option(place: Optional[str]) -> str:
    return f" --store {shlex.quote(place)}" if place else ""


class Progress:
    """A line a phase on stderr: on a terminal one that changes, elsewhere every few seconds of a long phase."""

    def __init__(self, err: TextIO) -> None:
        self.err, self.phase, self.shown = err, "", False
        self.live = err.isatty()
        self.pause = 0.1 if self.live else 5.0
        self.next = monotonic() + self.pause

    def __call__(self, phase: str, done: int, total: int) -> None:
        if phase != self.phase:
            self.close()
            self.phase, self.next = phase, monotonic() + self.pause
        if self.live or monotonic() >= self.next:
            share = f" {100 * done // total} %" if total > 1 else ""
            self.err.write(f"\r\x1b[K{phase}{share}" if self.live else f"{phase}{share}\n")
            self.err.flush()
            self.shown, self.next = True, monotonic() + self.pause

    def close(self) -> None:
        """The line is over."""
        if self.live and self.shown:
            self.err.write("\r\x1b[K")
            self.err.flush()
        self.shown = False


def current(place: Optional[str], out: TextIO) -> int:
    """`interp store current`; the exit code says whether this interp can use the store."""
    from .errors import StoreTooNew, StoreTooOld

    where = locate(place)
    found = identify(where)
    if found.state in ("missing", "empty"):
        raise StoreError(f"there is no store at `{where}`", "`interp run FILE` makes one")
    out.write(f"revision    {found.revision}\nneeded      {found.needed}\nwritten by  interp {found.written_by}\n")
    return {"old": StoreTooOld.code, "new": StoreTooNew.code}.get(found.state, 0)


def history(out: TextIO) -> int:
    """`interp store history`."""
    from .migrate import revisions

    for number, revision in enumerate(reversed(revisions())):
        out.write(f"{revision.number}  {revision.title}{'' if number else ' (this interp)'}\n")
    return 0


def doctor(place: Optional[str], out: TextIO) -> int:
    """`interp store doctor`; the exit code is the one that opening the store would give."""
    from .doctor import examine

    findings, problem = examine(locate(place))
    width = max(len(f.name) for f in findings)
    for finding in findings:
        mark = {"ok": " ", "note": "!", "problem": "x"}[finding.level]
        out.write(f"{mark} {finding.name:{width}}  {finding.value}\n")
        if finding.level != "ok" and finding.help:
            out.write(f"  {'':{width}}  = {finding.help}\n")
    return problem.code if problem else 0


def check(place: Optional[str], quick: bool, out: TextIO, err: TextIO) -> int:
    """`interp store check`; a store of an older revision is checked as a migrated copy."""
    from .check import Checker
    from .errors import StoreCorrupt
    from .viewing import looked_at

    where = locate(place)
    progress = Progress(err)
    try:
        with looked_at(where, err) as db:
            wrong = Checker(db, quick, progress).run()
    finally:
        progress.close()
    for sentence in wrong:
        out.write(f"{sentence}\n")
    if wrong:
        raise StoreCorrupt(f"the store `{where}` is not whole, as said above", "runs that are sound can be resumed")
    out.write(f"the store `{where}` is whole\n")
    return 0
