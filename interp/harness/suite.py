"""A suite of tests from its list to its exit code: filters, seeds, the order of results, what is printed.

`run_suite` does not know what a test is made of: it is handed a function that runs one under a seed.
To add an option of `interp test`: a field of `SuiteOptions`, and its place here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Optional, TextIO

from .bar import Bar
from .case import Case, Result
from .formats import FORMATS, Format, Totals
from .pool import Died, Job, run_jobs

PASSED, FAILED = 0, 101  # exit codes of libtest
RunOne = Callable[[Case, int], Result]


@dataclass(slots=True)
class SuiteOptions:
    """As libtest's; `seeds`: those that every test is run under; `threads`: host processes, None as many as fit."""

    filters: list[str] = field(default_factory=list)
    exact: bool = False
    skip: list[str] = field(default_factory=list)
    ignored: bool = False
    include_ignored: bool = False
    list: bool = False
    capture: bool = True
    show_output: bool = False
    fail_fast: bool = False
    threads: Optional[int] = None
    format: str = "pretty"
    seeds: range = range(1)


def select(cases: list[Case], options: SuiteOptions) -> list[Case]:
    """The tests that the filters leave."""

    def matches(name: str, text: str) -> bool:
        return name == text if options.exact else text in name

    found = [c for c in cases if not options.filters or any(matches(c.name, text) for text in options.filters)]
    found = [c for c in found if not any(matches(c.name, text) for text in options.skip)]
    return [c for c in found if c.ignored is not None] if options.ignored else found


def run_suite(
    cases: list[Case], run_one: RunOne, options: SuiteOptions, out: TextIO, err: TextIO,
    at_exit: Callable[[], None] = lambda: None, prepare: Callable[[list[Case]], None] = lambda chosen: None,
) -> int:  # fmt: skip
    """Run what the filters leave of `cases` and print it; 0 if all passed, else 101.

    `at_exit` is called in each process that ran tests, at its end; `prepare` before there are any, with those that will
    be run."""
    chosen = select(cases, options)
    shown: Format = FORMATS[options.format](out.isatty() and "NO_COLOR" not in os.environ, options.show_output)
    if options.list:
        out.write(shown.listing(chosen))
        return PASSED
    run = _Run(chosen, run_one, options, shown, out, err)
    prepare([case for case in chosen if run.wanted(case)])
    return run.all(len(cases) - len(chosen), at_exit)


class _Run:
    def __init__(
        self, cases: list[Case], run_one: RunOne, options: SuiteOptions, shown: Format, out: TextIO, err: TextIO
    ) -> None:
        self.cases, self.run_one, self.options, self.shown, self.out = cases, run_one, options, shown, out
        self.waiting = [len(options.seeds)] * len(cases)  # seeds that are still to be done
        self.results: list[Optional[Result]] = [None] * len(cases)
        self.printed = 0
        self.stopped = False
        self.jobs = iter([(i, seed) for i, c in enumerate(cases) if self.wanted(c) for seed in options.seeds])
        self.bar = Bar(sum(map(self.wanted, cases)), err)

    def wanted(self, case: Case) -> bool:
        return case.ignored is None or self.options.ignored or self.options.include_ignored

    def all(self, filtered: int, at_exit: Callable[[], None]) -> int:
        start, total = time.monotonic(), Totals(filtered)
        for i, case in enumerate(self.cases):
            if not self.wanted(case):
                self.results[i], self.waiting[i] = Result("ignored"), 0
        self.out.write(self.shown.start(len(self.cases)))
        self.out.flush()
        threads = self.options.threads if self.options.threads is not None else os.cpu_count() or 1
        self.print_ready(total)
        for job, answer in run_jobs(self.next_job, self.work, threads, self.show_bar, at_exit):
            self.take(job, answer)
            self.print_ready(total)
        self.print_ready(total)
        self.bar.hide()
        total.seconds = time.monotonic() - start
        self.out.write(self.shown.end(total))
        self.out.flush()
        return FAILED if total.failed else PASSED

    def work(self, job: Job) -> tuple[object, ...]:
        """In a host process: what it hands back is plain data."""
        made = self.run_one(self.cases[job[0]], job[1])
        return (made.status, made.output, made.message, made.seconds)

    def next_job(self) -> Optional[Job]:
        """The next test and seed; not one that can tell nothing new."""
        for i, seed in self.jobs:
            known = self.results[i]
            if self.stopped or (known is not None and known.status == "failed" and known.seed < seed):
                self.settle(i)
                continue
            return i, seed
        return None

    def settle(self, i: int) -> None:
        self.waiting[i] -= 1
        if not self.waiting[i]:
            self.bar.done += 1

    def take(self, job: Job, answer: object) -> None:
        """Of the seeds under which a test fails the lowest counts."""
        i, seed = job
        if isinstance(answer, Died):
            made = Result("failed", message=f"the process that ran the test ended with {answer.how}")
        else:
            made = Result(*answer)  # type: ignore[misc]
        made.seed = seed
        known = self.results[i]
        if known is None or (made.status == "failed" and (known.status == "ok" or made.seed < known.seed)):
            self.results[i] = made
        self.stopped = self.stopped or (made.status == "failed" and self.options.fail_fast)
        self.settle(i)

    def print_ready(self, total: Totals) -> None:
        """Results in the tests' order, as far as they are known."""
        while self.printed < len(self.cases) and not self.waiting[self.printed]:
            case, result = self.cases[self.printed], self.results[self.printed]
            self.printed += 1
            if result is None:  # not run after all
                continue
            self.name_seed(result)
            total.add(case, result)
            self.bar.hide()
            self.out.write(self.shown.result(case, result))
            self.out.flush()

    def name_seed(self, result: Result) -> None:
        seeds = self.options.seeds
        if result.status == "failed" and len(seeds) > 1:
            text = f"seed {result.seed} is the first of {seeds.start}..{seeds.stop} that fails"
            text += f"; `--seed {result.seed}` runs it alone"
            result.message = f"{result.message}\nnote: {text}" if result.message else text

    def show_bar(self) -> None:
        if self.printed < len(self.cases):
            self.bar.show(self.cases[self.printed].name)
