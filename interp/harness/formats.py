"""What a run of tests looks like: libtest's `pretty`, `terse` and `json`, line by line.

To add a format: a class with the methods of `Format`, and its line in `FORMATS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from .case import Case, Result

_COLUMNS = 88  # of results on a line of the terse format
_COLORS = {"ok": "32", "failed": "31", "ignored": "33"}


class Format(Protocol):
    """Each method gives the text to print."""

    def start(self, count: int) -> str: ...
    def result(self, case: Case, result: Result) -> str: ...
    def end(self, total: Totals) -> str: ...
    def listing(self, cases: list[Case]) -> str: ...


class Totals:
    """What was counted; `measured` is for benchmarks, which there are none of."""

    def __init__(self, filtered: int) -> None:
        self.passed = self.failed = self.ignored = 0
        self.filtered = filtered
        self.seconds = 0.0
        self.failures: list[tuple[Case, Result]] = []
        self.successes: list[tuple[Case, Result]] = []

    def add(self, case: Case, result: Result) -> None:
        if result.status == "ok":
            self.passed += 1
            self.successes.append((case, result))
        elif result.status == "failed":
            self.failed += 1
            self.failures.append((case, result))
        else:
            self.ignored += 1


class Pretty:
    """A line a test."""

    def __init__(self, color: bool, show_output: bool) -> None:
        self.color, self.show_output = color, show_output

    def paint(self, text: str, status: str) -> str:
        return f"\x1b[{_COLORS[status]}m{text}\x1b[0m" if self.color else text

    def start(self, count: int) -> str:
        return f"\nrunning {count} test{'' if count == 1 else 's'}\n"

    def result(self, case: Case, result: Result) -> str:
        word = self.paint("FAILED" if result.status == "failed" else result.status, result.status)
        reason = f", {case.ignored}" if result.status == "ignored" and case.ignored else ""
        return f"test {case.shown} ... {word}{reason}\n"

    def end(self, total: Totals) -> str:
        parts = []
        if self.show_output:
            parts.append(_section("successes", total.successes))
        if total.failures:
            parts.append(_section("failures", total.failures))
        word = self.paint("FAILED", "failed") if total.failed else self.paint("ok", "ok")
        parts.append(
            f"\ntest result: {word}. {total.passed} passed; {total.failed} failed; {total.ignored} ignored; "
            f"0 measured; {total.filtered} filtered out; finished in {total.seconds:.2f}s\n\n"
        )
        return "".join(parts)

    def listing(self, cases: list[Case]) -> str:
        count = f"{len(cases)} test{'' if len(cases) == 1 else 's'}, 0 benchmarks\n"
        return "".join(f"{case.name}: test\n" for case in cases) + ("\n" if cases else "") + count


def _section(title: str, ended: list[tuple[Case, Result]]) -> str:
    shown = [f"---- {case.name} stdout ----\n{text}\n" for case, result in ended if (text := _said(result))]
    names = "".join(f"    {name}\n" for name in sorted(case.name for case, _ in ended))
    return f"\n{title}:\n" + ("\n" if shown else "") + "".join(shown) + f"\n{title}:\n{names}"


def _said(result: Result) -> str:
    """What the test printed, and why it failed."""
    return result.output.decode("utf-8", "replace") + (f"note: {result.message}" if result.message else "")


class Terse(Pretty):
    """A character a test; one that failed has a line."""

    def __init__(self, color: bool, show_output: bool) -> None:
        super().__init__(color, show_output)
        self.column = self.count = self.total = 0

    def start(self, count: int) -> str:
        self.total = count
        return super().start(count)

    def result(self, case: Case, result: Result) -> str:
        if result.status == "failed":
            before = self.progress() if self.column else ""
            self.count += 1
            return f"{before}{case.name} --- {self.paint('FAILED', 'failed')}\n"
        self.count, self.column = self.count + 1, self.column + 1
        text = self.paint("." if result.status == "ok" else "i", result.status)
        return text + (self.progress() if self.column == _COLUMNS - 1 else "")

    def progress(self) -> str:
        self.column = 0
        return f" {self.count}/{self.total}\n"

    def listing(self, cases: list[Case]) -> str:
        return "".join(f"{case.name}: test\n" for case in cases)


class Json:
    """An object a line."""

    def __init__(self, color: bool, show_output: bool) -> None:
        self.show_output = show_output

    def start(self, count: int) -> str:
        return _line(type="suite", event="started", test_count=count)

    def result(self, case: Case, result: Result) -> str:
        more: dict[str, Any] = {}
        output = result.output.decode("utf-8", "replace")
        if output and (result.status == "failed" or self.show_output):
            more["stdout"] = output
        message = case.ignored if result.status == "ignored" else result.message
        if message:
            more["message"] = message
        started = _line(type="test", event="started", name=case.shown)
        return started + _line(type="test", name=case.shown, event=result.status, **more)

    def end(self, total: Totals) -> str:
        return _line(
            type="suite", event="failed" if total.failed else "ok", passed=total.passed, failed=total.failed,
            ignored=total.ignored, measured=0, filtered_out=total.filtered, exec_time=round(total.seconds, 9),
        )  # fmt: skip

    def listing(self, cases: list[Case]) -> str:
        lines = [_line(type="suite", event="discovery")]
        for case in cases:
            file, line, col = case.place
            why = {"ignore": case.ignored is not None, "ignore_message": case.ignored or ""}
            where = {"source_path": file, "start_line": line, "start_col": col}
            lines.append(_line(type="test", event="discovered", name=case.name, **why, **where))
        counts = {"tests": len(cases), "benchmarks": 0, "total": len(cases)}
        ignored = sum(case.ignored is not None for case in cases)
        return "".join(lines) + _line(type="suite", event="completed", **counts, ignored=ignored)


def _line(**what: Any) -> str:
    inner = ", ".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in what.items())
    return f"{{ {inner} }}\n"


FORMATS: dict[str, Callable[[bool, bool], Format]] = {"pretty": Pretty, "terse": Terse, "json": Json}
