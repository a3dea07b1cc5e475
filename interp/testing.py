"""`interp test`: the tests of a file or of a package's targets; each is compiled once and run in processes of its own.

To add an option: where `interp test` is declared in `cli.py`, and a field of what it sets (`SuiteOptions`, `Limits`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TextIO

from .cargo.manifest import CargoError, Manifest, Target
from .cargo.plan import Plan, run_env
from .cargo.workspace import Workspace
from .face import RunOptions, Source, compile_source, environment, run_source
from .harness.case import Case, Result
from .harness.doctest import DocTests, discover_docs
from .harness.runner import Limits, run_case
from .harness.suite import SuiteOptions, run_suite
from .kept_tests import KeptTests
from .pack import Pack
from .packages import EXIT_USAGE, PackageOptions, is_package, report_error, source_of, split_target
from .resolve.crates import CrateSource, file_source


def test(words: list[str], options: dict[str, Any], package: PackageOptions, out: TextIO, err: TextIO) -> int:
    """`interp test`: the tests of a file or a package; the exit code."""
    target, filters = split_target(words)
    stray = next((text for text in filters if text.startswith("-")), None)
    if stray is not None:
        err.write(f"error: `{stray}` is an option, not a filter: it stands before any `--`\n")
        return EXIT_USAGE
    suite = suite_options(filters, options)
    if is_package(target):
        return test_package(target, suite, limits(options), options, package, out, err)
    source = Source(file_source(target, int(options["edition"]), options["cfgs"]))
    if package.doc:
        return test_docs(source, source.krate, suite, limits(options), out, err)
    return test_crate(source, suite, limits(options), out, err, warnings=options["warnings"])


def test_package(
    directory: str, options: SuiteOptions, machine: Limits, said: dict[str, Any], package: PackageOptions, out: TextIO,
    err: TextIO,
) -> int:  # fmt: skip
    """The tests of a package's targets, in Cargo's order; after a target that failed only with `--no-fail-fast`."""
    try:
        workspace = Workspace(directory, package.vendor)
        chosen = workspace.select(package.packages, package.workspace)
        plan = Plan(workspace, chosen, package.wanted, dev=True)
        found = [(m, t) for m in chosen for t in tested(m, package)]
        if not found and _named(package):
            raise CargoError("no target of that name or kind has tests")
        code, cfgs = 0, list(said["cfgs"])
        for made, target in found:
            env = [os.fsencode(f"{name}={value}") for name, value in run_env(made).items()]
            here = replace(machine, env=[*env, *machine.env])
            what = "unittests" if target.kind != "test" else "tests"
            err.write(f"     Running {what} {os.path.relpath(target.path, made.directory)} ({made.name})\n")
            err.flush()
            source = source_of(plan, made, target, cfgs)
            ended = test_crate(source, options, here, out, err, target.harness, said["warnings"])
            code = code or ended
            if ended and not package.no_fail_fast:
                return code
        for made in chosen if package.doc or not _named(package) else ():
            if made.lib is not None and made.lib.doctest and not made.lib.proc_macro:
                err.write(f"   Doc-tests {made.lib.crate}\n")
                err.flush()
                lib = plan.lib(plan.graph.node(made))
                ended = test_docs(source_of(plan, made, made.lib, cfgs), lib, options, machine, out, err)
                code = code or ended
        return code
    except CargoError as problem:
        return report_error(problem, err)


def tested(made: Manifest, package: PackageOptions) -> list[Target]:
    """The targets of a package whose tests are wanted."""
    targets = sorted(made.targets, key=lambda t: (t.kind != "lib", t.kind != "bin", t.kind != "test", t.name))
    if package.doc:
        return []
    if not _named(package):
        return [t for t in targets if t.test and t.kind != "bench"]
    wanted = {"bin": (package.bin,), "example": (package.example,), "test": package.tests}
    return [t for t in targets if (t.kind == "lib" and package.lib) or t.name in wanted.get(t.kind, ())]


def _named(package: PackageOptions) -> bool:
    """Whether the command line says which targets."""
    return bool(package.lib or package.tests or package.bin or package.example)


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


def test_crate(
    source: Source, options: SuiteOptions, machine: Limits, out: TextIO, err: TextIO, harness: bool = True,
    warnings: bool = False,
) -> int:  # fmt: skip
    """Compile a crate with its tests and run them; without a `harness` it is a program that tests by itself."""
    if not harness:
        return _run_alone(source, machine, err)
    krate = replace(source.krate, cfgs=(*source.krate.cfgs, "test"))
    tests = KeptTests(replace(source, krate=krate), err, warnings)
    if tests.failed is not None:
        return tests.failed
    machine = replace(machine, args=[os.fsencode(source.program)])

    def run(case: Case, seed: int) -> Result:
        result = run_case(case, tests.program(case), seed, machine, tests.source_map)
        tests.ran(case)
        return result

    code = run_suite(tests.cases, run, options, out, err, tests.save_code, tests.prepare)
    tests.save()
    return code


def test_docs(
    source: Source, lib: CrateSource, options: SuiteOptions, machine: Limits, out: TextIO, err: TextIO
) -> int:
    """The tests in the documentation of the crate `source`; those link it as `lib`."""
    krate = replace(source.krate, cfgs=(*source.krate.cfgs, "doctest"))
    compilation = compile_source(replace(source, krate=krate), err)
    if isinstance(compilation, int):
        return compilation
    found = discover_docs(compilation.tcx, compilation.krate.name)
    machine = replace(machine, args=[b"rust_out"])
    pack = Pack.usual()
    docs = DocTests(found, lib, source.krate.links, source.directory, machine, pack)
    return run_suite(docs.cases, docs.run, options, out, err, pack.save)


def _run_alone(source: Source, machine: Limits, err: TextIO) -> int:
    krate = replace(source.krate, cfgs=(*source.krate.cfgs, "test"))
    run = RunOptions(max_steps=machine.max_steps, max_memory=machine.max_memory, engine=machine.engine)
    run.ignore_leaks, run.envs = not machine.leaks, [os.fsdecode(text) for text in machine.env]
    return run_source(replace(source, krate=krate), [], run, err)
