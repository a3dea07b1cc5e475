"""`./dev corpus FOLDER...`: the programs of a folder, natively and here.

Prints a line for each program that does not do the same, and a table of counts.  `--mode native` (the default) compares
with rustc; `--mode pass` does so, too, but knows that the programs end well even where rustc does not take them;
`--mode report` compares with the annotations `//~ ERROR: ...` in the programs.  The last two set `cfg(miri)`, as such
programs are written for an interpreter.  Programs that rustc refuses are counted apart: they run nowhere.  The exit
code is 1 if a program in scope was answered wrongly (different, fault), else 0.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections import Counter
from dataclasses import asdict
from functools import partial
from pathlib import Path

from .case import Case, find
from .execute import here, native, warm_up
from .report import write
from .verdict import GOOD, ORDER, Verdict, judge, judge_pass, judge_report

Result = tuple[Case, Verdict]


def check(case: Case, mode: str, seconds: float) -> Result:
    """Run one case; whatever goes wrong in the runner itself is a verdict too."""
    try:
        if mode == "report":
            return case, judge_report(case, here(case, seconds))
        theirs = native(case)
        ours = here(case, seconds if theirs.code is not None else min(seconds, 10))
        return case, (judge_pass if mode == "pass" else judge)(case, theirs, ours)
    except Exception as problem:
        return case, Verdict("no oracle", f"{type(problem).__name__}: {problem}")


def main() -> int:
    args = _arguments()
    cases = [case for folder in args.folders for case in find(Path(folder).resolve())]
    wanted = [
        case for case in cases
        if (args.filter in case.name) and not any(text in case.name for text in args.skip)
        and (args.all or case.scope is None)
    ]  # fmt: skip
    kept: list[Result] = []
    if args.again:
        kept, wanted = _split(wanted, json.loads(Path(args.json).read_text()))
    if args.mode != "native":
        for case in wanted:
            case.own_cfgs.append("miri")
    os.nice(args.nice)
    warm_up()
    results: list[Result] = kept
    with multiprocessing.get_context("fork").Pool(args.jobs) as pool:
        for result in pool.imap_unordered(partial(check, mode=args.mode, seconds=args.seconds), wanted):
            results.append(result)
            if result[1].word not in GOOD or args.verbose:
                print(f"{result[1].word:14} {result[0].name}: {result[1].detail}", flush=True)
    results.sort(key=lambda result: result[0].name)
    inside = [r for r in results if r[0].scope is None]
    _summary("in scope", [r for r in inside if not r[1].refused])
    if any(verdict.refused for _, verdict in inside):
        _summary("refused by rustc", [r for r in inside if r[1].refused])
    if args.all:
        _summary("out of scope", [r for r in results if r[0].scope is not None])
    if args.json:
        rows = [{"name": c.name, "scope": c.scope, **asdict(v)} for c, v in results]
        Path(args.json).write_text(json.dumps(rows, indent=1))
    if args.markdown:
        write(Path(args.markdown), args.title or Path(args.folders[0]).name, results)
    return int(any(verdict.word in ("different", "fault") for _, verdict in inside))


def _split(cases: list[Case], rows: list[dict[str, str]]) -> tuple[list[Result], list[Case]]:
    """The good results of an earlier run, and the cases that have none."""
    good = {
        row["name"]: Verdict(row["word"], row["detail"], bool(row.get("refused")))
        for row in rows if row["word"] in GOOD
    }  # fmt: skip
    kept = [(case, good[case.name]) for case in cases if case.name in good]
    return kept, [case for case in cases if case.name not in good]


def _summary(title: str, results: list[Result]) -> None:
    counts = Counter(verdict.word for _, verdict in results)
    good = sum(counts[word] for word in GOOD)
    share = 100 * good / len(results) if results else 100
    print(f"{title}: {good} of {len(results)} ({share:.1f} %)")
    for word in ORDER:
        if counts[word]:
            print(f"  {word:14} {counts[word]}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev corpus", description="Programs of a folder, natively and here.")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--mode", choices=["native", "pass", "report"], default="native")
    parser.add_argument("--filter", default="", metavar="TEXT", help="only programs whose name contains TEXT")
    parser.add_argument("--skip", action="append", default=[], metavar="TEXT", help="not those whose name has it")
    parser.add_argument("--all", action="store_true", help="run what is out of scope, too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60, help="limit for a run here")
    parser.add_argument("--json", metavar="FILE", help="write every verdict there")
    parser.add_argument("--again", action="store_true", help="only what is not good in the file of --json")
    parser.add_argument("--nice", type=int, default=10, help="how far behind other work (default 10)")
    parser.add_argument("--markdown", metavar="FILE", help="write a section with what remains into that document")
    parser.add_argument("--title", help="of that section")
    parser.add_argument("--verbose", action="store_true", help="a line for every program")
    return parser.parse_args()


sys.exit(main())
