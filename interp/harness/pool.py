"""Host processes that do jobs: forked after everything was compiled, so that all of them have it.

A job and a result are plain data; a worker gets one job at a time and keeps what it assembled for the next.  A worker
that dies (out of memory, a fault of the engine) fails its job only: another takes its place.
Invariant: no thread of the parent is alive at a fork, and a worker never returns from `_serve`.
"""

from __future__ import annotations

import gc
import marshal
import os
import selectors
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, Optional

_HEAD = struct.Struct("<Q")
Job = tuple[int, ...]
Work = Callable[[Job], Any]


class Died(Exception):
    """A worker ended in the middle of a job; `how` says by what."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


@dataclass(slots=True)
class _Worker:
    pid: int
    jobs: int  # the descriptor on which it gets jobs
    results: int
    job: Optional[Job] = None


def run_jobs(
    next_job: Callable[[], Optional[Job]], work: Work, count: int, idle: Callable[[], None] = lambda: None,
    at_exit: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Job, Any]]:  # fmt: skip
    """(job, its result or a `Died`), as they get done by `count` processes; `idle` is called every 0.2 s of waiting.

    `next_job` is asked whenever a process is free; None means that there are no more.  Without `fork`, or if `count` is
    0, the work is done here.  `at_exit` is called where work was done, when there is no more."""
    if count and hasattr(os, "fork"):
        yield from _Pool(work, at_exit).run(next_job, count, idle)
        return
    job = next_job()
    while job is not None:
        yield job, work(job)
        job = next_job()
    at_exit()


class _Pool:
    def __init__(self, work: Work, at_exit: Callable[[], None]) -> None:
        self.work, self.at_exit = work, at_exit
        self.workers: list[_Worker] = []
        self.selector = selectors.DefaultSelector()

    def run(
        self, next_job: Callable[[], Optional[Job]], count: int, idle: Callable[[], None]
    ) -> Iterator[tuple[Job, Any]]:
        gc.collect()
        gc.freeze()  # what was compiled stays shared between the processes
        try:
            while len(self.workers) < count and (job := next_job()) is not None:
                self.give(self.spawn(), job)
            while self.workers:
                ready = self.selector.select(0.2)
                if not ready:
                    idle()
                for key, _ in ready:
                    worker: _Worker = key.data
                    job, result = worker.job, self.receive(worker)
                    assert job is not None
                    following = next_job()
                    if following is None:
                        self.dismiss(worker)
                    else:
                        self.give(worker if worker in self.workers else self.spawn(), following)
                    yield job, result
        finally:
            for worker in list(self.workers):
                os.kill(worker.pid, signal.SIGKILL)
                self.dismiss(worker)
            gc.unfreeze()

    def spawn(self) -> _Worker:
        sys.stdout.flush()
        sys.stderr.flush()
        jobs_out, jobs_in = os.pipe()
        results_out, results_in = os.pipe()
        pid = os.fork()
        if not pid:
            for other in self.workers:
                os.close(other.jobs)
                os.close(other.results)
            os.close(jobs_in)
            os.close(results_out)
            _serve(self.work, self.at_exit, jobs_out, results_in)
        os.close(jobs_out)
        os.close(results_in)
        worker = _Worker(pid, jobs_in, results_out)
        self.workers.append(worker)
        self.selector.register(results_out, selectors.EVENT_READ, worker)
        return worker

    def give(self, worker: _Worker, job: Job) -> None:
        worker.job = job
        _send(worker.jobs, job)

    def receive(self, worker: _Worker) -> Any:
        data = _receive(worker.results)
        if data is not None:
            return marshal.loads(data)
        status = self.dismiss(worker)
        code = os.waitstatus_to_exitcode(status)
        return Died(f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}")

    def dismiss(self, worker: _Worker) -> int:
        """End a worker that is idle or dead; its status."""
        if worker not in self.workers:
            return 0
        self.workers.remove(worker)
        self.selector.unregister(worker.results)
        os.close(worker.jobs)
        os.close(worker.results)
        return os.waitpid(worker.pid, 0)[1]


def _serve(work: Work, at_exit: Callable[[], None], jobs: int, results: int) -> NoReturn:
    """The life of a worker."""
    code = 0
    try:
        while (data := _receive(jobs)) is not None:
            _send(results, work(marshal.loads(data)))
        at_exit()
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        traceback.print_exc()
        code = 70
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _send(fd: int, data: Any) -> None:
    text = marshal.dumps(data)
    text = _HEAD.pack(len(text)) + text
    while text:
        text = text[os.write(fd, text) :]


def _receive(fd: int) -> Optional[bytes]:
    """One message; None when the other side is gone."""
    head = _read(fd, _HEAD.size)
    return _read(fd, _HEAD.unpack(head)[0]) if head is not None else None


def _read(fd: int, size: int) -> Optional[bytes]:
    out = bytearray()
    while len(out) < size:
        part = os.read(fd, size - len(out))
        if not part:
            return None
        out += part
    return bytes(out)
