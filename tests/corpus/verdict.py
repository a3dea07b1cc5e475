"""Compares what a program did natively and here, and puts a word to it.

The gravest comes first in `ORDER`: an answer that differs, a fault of ours, then what is refused.  `GOOD` are the words
that count as success.

To add a word: its row in `ORDER`, and where `judge` or `judge_report` finds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .case import Case, Expected
from .execute import Ended

ORDER = (
    "different", "fault", "accepted", "not detected", "other error", "ub", "compile error", "unsupported", "limit",
    "timeout", "other code", "other line", "other words", "no oracle", "same",
)  # fmt: skip
GOOD = frozenset({"same"})
_PANIC = re.compile(r"^thread .* panicked at (?!library|/rustc)(.*):\n(.*\n(?:  left: .*\n right: .*\n)?)", re.M)
_CODE = re.compile(r"^error\[(E\d+)\]", re.M)
_REPORT = re.compile(r"^error(?:\[E\d+\])?: (.*(?:\n(?! +-->|\n|error).*)*)(?:\n +--> (.*?):(\d+):\d+)?", re.M)
_TEST = re.compile(r"^test .*", re.M)
_DONE = re.compile(r"; finished in .*")


@dataclass(frozen=True)
class Verdict:
    """`refused`: rustc does not take the program, so that it runs nowhere."""

    word: str
    detail: str = ""
    refused: bool = False


def judge_pass(case: Case, native: Ended, here: Ended) -> Verdict:
    """Of a program that is known to end well: where rustc does not take it (or it panics there), its recorded output
    counts, if it has one."""
    failure = _failed(here)
    if failure is not None:
        return failure
    if native.compiled and native.code == 0:
        return _compare(case, native, here)
    if case.stdout is None:
        native = Ended(0, here.stdout, here.stderr)
    return _compare(case, Ended(0, native.stdout, here.stderr), here)


def judge(case: Case, native: Ended, here: Ended) -> Verdict:
    """Of a program that should do here what it does natively."""
    failure = _failed(here)
    if failure is not None and failure.word == "fault":
        return replace(failure, refused=not native.compiled)
    if not native.compiled:
        return _judge_compile_error(case, native, here, failure)
    if failure is not None and not (native.code is None and failure.word == "timeout"):
        return failure
    return _compare(case, native, here)


def _failed(here: Ended) -> Verdict | None:
    """A run that ended with one of our own exit codes."""
    message = first_error(here.stderr)
    if "Traceback (most recent call last)" in here.stderr or here.code == 70:
        lines = [line for line in here.stderr.strip().splitlines() if line and not line.startswith(" ")]
        return Verdict("fault", lines[-1][:300] if lines else "exit code 70")
    if here.code is None:
        return Verdict("timeout")
    words = {10: "ub", 11: "unsupported", 12: "compile error", 13: "limit"}
    if here.code in words and message:
        return Verdict(words[here.code], message)
    if here.code == 2 and message:
        return Verdict("unsupported", message)
    return None


def first_error(stderr: str) -> str:
    found = re.search(r"^error.*: .*$(?:\n +--> .*$)?", stderr, re.M)
    return re.sub(r"\s*\n\s*", " ", found.group(0))[:300] if found else ""


def _judge_compile_error(case: Case, native: Ended, here: Ended, failure: Verdict | None) -> Verdict:
    codes, ours = _CODE.findall(native.stderr), _CODE.findall(here.stderr)
    if failure is None:
        return Verdict("accepted", f"natively: {first_error(native.stderr)}", refused=True)
    if failure.word != "compile error":
        return replace(failure, refused=True)
    named = codes[0] if codes else "no code"
    if named in ours or (not codes and not ours):
        return Verdict("same", f"compile error: {named}", refused=True)
    return Verdict("other code", f"natively {named}: {failure.detail}", refused=True)


def _compare(case: Case, native: Ended, here: Ended) -> Verdict:
    wanted = case.stdout if case.stdout is not None else native.stdout
    if native.code is None or here.code is None:
        short = min(len(wanted), len(here.stdout))
        if native.code is here.code is None and wanted[:short] == here.stdout[:short]:
            return Verdict("same", "neither ends")
        return Verdict("different", f"one ends: exit code natively {native.code}, here {here.code}")
    if native.code != here.code:
        codes = f"exit code natively {native.code}, here {here.code}"
        return Verdict("different", f"{codes}: {' '.join(here.stderr.split())[-200:]}")
    left, right = (_DONE.sub("", text.decode("utf-8", "replace")) for text in (wanted, here.stdout))
    if case.tests:
        left, right = ("\n".join(sorted(_TEST.findall(text))) for text in (left, right))
    if left != right:
        if native.varies and sorted(left) == sorted(right):
            return Verdict("same", "in another order, as natively")
        if native.varies and set(right.splitlines()) <= set(left.splitlines()):
            return Verdict("same", "as many of its lines as natively now and then")
        return Verdict("different", _first_difference(left, right))
    if case.tests:
        return Verdict("same")
    panics, ours = sorted(_PANIC.findall(native.stderr)), sorted(_PANIC.findall(here.stderr))
    if panics != ours:
        return Verdict("different", f"panics: natively {panics[:2]}, here {ours[:2]}")
    return Verdict("same")


def _first_difference(left: str, right: str) -> str:
    a, b = left.splitlines(), right.splitlines()
    for number, (x, y) in enumerate(zip(a, b), 1):
        if x != y:
            return f"line {number}: natively `{x[:150]}`, here `{y[:150]}`"
    return f"lines: natively {len(a)}, here {len(b)}"


# -- programs that must be reported ----------------------------------------------------------------------------


def judge_report(case: Case, here: Ended) -> Verdict:
    """Of a program whose annotations say which report it must end with."""
    failure = _failed(here)
    if failure is not None and failure.word in ("fault", "timeout", "limit"):
        return failure
    reports = [(text, int(line or 0)) for text, _, line in _REPORT.findall(here.stderr)]
    reports = [r for r in reports if not r[0].startswith("aborting due to")]
    missing = [e for e in case.expected if not any(_meets(e, text, line) for text, line in reports)]
    if not missing:
        return Verdict("same")
    wanted = f"wanted line {missing[0].line} `{missing[0].text}`"
    if not reports:
        return Verdict("not detected", f"{wanted}; exit code {here.code}, {here.stderr.strip()[-150:]}")
    got = f"{wanted}; got line {reports[0][1]} `{reports[0][0][:200]}`"
    if failure is not None and failure.word == "unsupported" and "unsupported" not in missing[0].text:
        return Verdict("unsupported", got)
    if failure is not None and failure.word == "compile error":
        return Verdict("compile error", got)
    if any(missing[0].matches(text) for text, _ in reports):
        return Verdict("other line", got)
    if any(line == missing[0].line for _, line in reports):
        return Verdict("other words", got)
    return Verdict("other error", got)


def _meets(expected: Expected, text: str, line: int) -> bool:
    return expected.matches(text) and expected.line in (0, line)
