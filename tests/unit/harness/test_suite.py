"""Suites without a compiler: selection, order, seeds, formats, and processes that die."""

from __future__ import annotations

import io
import os
import re
import signal
from typing import Any

from interp.harness.case import Case, Result
from interp.harness.pool import Died, run_jobs
from interp.harness.suite import SuiteOptions, run_suite, select

PLACE = ("lib.rs", 1, 1)
NOTHING_ELSE = "0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n"


def check(cases: list[Case], run: Any, **options: Any) -> tuple[int, str]:
    """Run a suite; its exit code and output."""
    out = io.StringIO()
    code = run_suite(cases, run, SuiteOptions(**options), out, io.StringIO())
    return code, re.sub(r"in \d+\.\d\ds", "in 0.00s", out.getvalue())


def cases(*names: str) -> list[Case]:
    return [Case(name, PLACE) for name in names]


def test_filters_are_parts_of_names() -> None:
    found = cases("a::one", "a::two", "b::one")
    assert [c.name for c in select(found, SuiteOptions(filters=["one"]))] == ["a::one", "b::one"]
    assert [c.name for c in select(found, SuiteOptions(filters=["one"], skip=["b"]))] == ["a::one"]
    assert [c.name for c in select(found, SuiteOptions(filters=["one"], exact=True))] == []
    assert [c.name for c in select(found, SuiteOptions(filters=["a::one", "two"], exact=True))] == ["a::one"]


def test_results_come_in_the_order_of_names() -> None:
    def run(case: Case, seed: int) -> Result:
        return Result("failed", f"in {os.getpid()}\n".encode()) if case.name == "b" else Result("ok")

    code, text = check(cases("a", "b", "c"), run, threads=2)
    assert code == 101
    assert text.startswith("\nrunning 3 tests\ntest a ... ok\ntest b ... FAILED\ntest c ... ok\n\nfailures:\n\n---- b ")
    assert f"in {os.getpid()}\n" not in text
    assert text.endswith(f"\n\n\nfailures:\n    b\n\ntest result: FAILED. 2 passed; 1 failed; {NOTHING_ELSE}")


def test_a_process_that_dies_fails_its_test_only() -> None:
    def run(case: Case, seed: int) -> Result:
        if case.name == "b":
            os.kill(os.getpid(), signal.SIGKILL)
        return Result("ok")

    code, text = check(cases("a", "b", "c", "d"), run, threads=1)
    assert code == 101
    assert "note: the process that ran the test ended with signal SIGKILL" in text
    assert "3 passed; 1 failed" in text


def test_the_lowest_seed_that_fails_counts() -> None:
    def run(case: Case, seed: int) -> Result:
        return Result("failed" if case.name == "b" and seed % 5 == 3 else "ok", f"seed {seed}".encode())

    for threads in (0, 2):
        code, text = check(cases("a", "b"), run, threads=threads, seeds=range(20))
        assert code == 101
        assert "test a ... ok\ntest b ... FAILED\n" in text
        assert "\nseed 3note: seed 3 is the first of 0..20 that fails; `--seed 3` runs it alone\n" in text


def test_fail_fast_starts_no_more() -> None:
    done: list[str] = []

    def run(case: Case, seed: int) -> Result:
        done.append(case.name)
        return Result("failed" if case.name == "b" else "ok")

    assert check(cases("a", "b", "c", "d"), run, threads=0, fail_fast=True)[0] == 101
    assert done == ["a", "b"]


def test_terse_has_88_columns_and_lines_for_failures() -> None:
    names = [f"t{i:03}" for i in range(100)]

    def run(case: Case, seed: int) -> Result:
        return Result("failed" if case.name == "t095" else "ok")

    code, text = check(cases(*names), run, threads=0, format="terse")
    assert text.splitlines()[2:6] == ["." * 87 + " 87/100", "........ 95/100", "t095 --- FAILED", "...."]
    assert code == 101


def test_nothing_to_run() -> None:
    code, text = check(cases("a"), lambda c, s: Result("ok"), filters=["z"])
    ending = NOTHING_ELSE.replace("0 filtered", "1 filtered")
    assert (code, text) == (0, f"\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; {ending}")


def test_jobs_are_spread_over_processes() -> None:
    jobs = iter([(i,) for i in range(8)])
    found = dict(run_jobs(lambda: next(jobs, None), lambda job: job[0] ** 2, 3))
    assert found == {(i,): i * i for i in range(8)}
    assert not any(isinstance(r, Died) for r in found.values())
