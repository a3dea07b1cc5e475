"""`interp test`: the tests of a file, compiled once and run in processes of their own.

To add an option: where `interp test` is declared in `cli.py`, and a field of what it sets (`SuiteOptions`, `Limits`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Optional, TextIO

from .face import Source, compile_source, environment, report
from .harness.case import Case, Result
from .harness.discover import discover
from .harness.runner import Limits, run_case
from .harness.suite import SuiteOptions, run_suite
from .resolve.crates import file_source


def test(target: Optional[str], filters: Sequence[str], options: dict[str, Any], out: TextIO, err: TextIO) -> int:
    """Run the tests of `target`; the exit code."""
    if target is None:
        err.write("error: what is to be tested? Give a Rust file\n")
        return 2
    stray = next((text for text in filters if text.startswith("-")), None)
    if stray is not None:
        err.write(f"error: `{stray}` is an option, not a filter: it stands before any `--`\n")
        return 2
    suite = suite_options(filters, options)
    source = Source(file_source(target, int(options["edition"]), options["cfgs"]))
    return test_crate(source, suite, limits(options), out, err)


def suite_options(filters: Sequence[str], options: dict[str, Any]) -> SuiteOptions:
    """What the command line says about the suite."""
    seed = options["seed"]
    return SuiteOptions(
        list(filters), options["exact"], list(options["skip"]), options["ignored"], options["include_ignored"],
        options["list"], not options["nocapture"], options["show_output"], options["fail_fast"],
        options["test_threads"], "terse" if options["quiet"] else options["format"],
        options["seeds"] or range(seed, seed + 1),
    )  # fmt: skip


def limits(options: dict[str, Any]) -> Limits:
    """What the command line says about each machine."""
    return Limits(
        [], environment(list(options["envs"])), options["max_steps"], options["max_memory"], options["engine"],
        not options["ignore_leaks"], not options["nocapture"],
    )  # fmt: skip


def test_crate(source: Source, options: SuiteOptions, machine: Limits, out: TextIO, err: TextIO) -> int:
    """Compile a crate with its tests and run them."""
    from .code.linked import LinkedProgram

    krate = replace(source.krate, cfgs=(*source.krate.cfgs, "test"))
    compilation = compile_source(replace(source, krate=krate), err)
    if isinstance(compilation, int):
        return compilation
    tcx = compilation.tcx
    cases = discover(tcx, compilation.krate.name)
    if tcx.diag.error_count:
        return report(tcx, compilation.diagnostics, err)
    machine = replace(machine, args=[os.fsencode(source.shown)])

    def run(case: Case, seed: int) -> Result:
        return run_case(case, LinkedProgram(tcx, case.def_id, "test"), seed, machine, lambda: tcx.source_map)

    return run_suite(cases, run, options, out, err)
