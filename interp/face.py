"""The face: from a Rust file to a finished run, in one call; and the pieces of it.

`Compilation` holds a checked program, `run_file` and `print_mir` are the command line's use-cases.  Imports of the
floors happen where they are needed, so that a start from the code cache loads little.

To add a use-case: a function here that returns an exit code, and its command in `cli.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional, TextIO

if TYPE_CHECKING:
    from .base.diagnostics import Diagnostic
    from .machine.machine import Machine
    from .machine.outcome import Outcome
    from .ty.context import TyCtxt

EXIT_UB, EXIT_UNSUPPORTED, EXIT_COMPILE, EXIT_LIMIT = 10, 11, 12, 13
_EXITS = {
    "ub": EXIT_UB, "deadlock": EXIT_UB, "leak": EXIT_UB, "unsupported": EXIT_UNSUPPORTED, "compile_error": EXIT_COMPILE,
    "step_limit": EXIT_LIMIT, "memory_limit": EXIT_LIMIT, "stack_overflow": 134, "abort": 134,
}  # fmt: skip


@dataclass(slots=True)
class RunOptions:
    """What `interp run` was told."""

    seed: int = 0
    edition: int = 2021
    max_steps: Optional[int] = None
    max_memory: Optional[int] = None
    report_progress: bool = False
    cfgs: list[str] = field(default_factory=list)
    envs: list[str] = field(default_factory=list)
    engine: str = "auto"
    ignore_leaks: bool = False
    no_cache: bool = False

    @staticmethod
    def of(options: dict[str, Any]) -> RunOptions:
        made = RunOptions(**{**options, "edition": int(options["edition"])})
        made.cfgs, made.envs = list(options["cfgs"]), list(options["envs"])
        return made


class Compilation:
    """A user's crate with the library it needs: loaded, checked, ready to be linked."""

    def __init__(self, path: str, edition: int, text: Optional[str] = None, cfgs: tuple[str, ...] = ()) -> None:
        from .hir import session
        from .machine.const_eval import register as register_consts
        from .mir_build import register as register_mir
        from .traits.queries import register as register_traits
        from .typeck.queries import register as register_typeck

        self.tcx: TyCtxt = session.new_session(edition)
        for name in cfgs:
            _add_cfg(self.tcx, name)
        for register in (register_traits, register_typeck, register_mir, register_consts):
            register(self.tcx)
        self.root = session.load_crate(self.tcx, path, text)
        self.krate = self.root.krate

    def check(self) -> bool:
        """Type-check every body of the user's crate; False if errors were found (they are in `diagnostics`)."""
        from .base.diagnostics import CompileError
        from .hir import session

        if not self.tcx.diag.error_count:
            session.lower_bodies(self.tcx, self.krate)
        if self.tcx.diag.error_count:
            return False
        for def_id in self.bodies():
            try:
                self.tcx.query("typeck", def_id)
                if not self.tcx.diag.error_count:
                    self.tcx.query("mir_of", def_id)
            except CompileError as failure:
                self.tcx.diag.emit_all(failure)
        return not self.tcx.diag.error_count

    def bodies(self) -> list[int]:
        """Everything of the user's crate that has a body of its own."""
        from .hir.lower import has_body

        kinds = ("fn", "assoc_fn", "const", "assoc_const", "static")
        table = self.tcx.defs.table
        return [d.id for d in table if d.krate == self.krate.name and d.kind in kinds and has_body(d)]

    def main(self) -> int:
        """The DefId of `main`; E0601 if there is none."""
        from .base.diagnostics import CompileError, error
        from .resolve.imports import lookup
        from .resolve.module import VALUE

        found = lookup(self.tcx.resolver, self.root, "main", VALUE)
        def_id = getattr(found.res, "def_id", None) if found else None
        if def_id is None:
            where = self.tcx.def_data(self.root.def_id).span
            name = os.path.basename(self.tcx.source_map.file_of(where).name)
            message = f"`main` function not found in crate `{self.krate.name}`"
            raise CompileError(error(where, message, "E0601", f"consider adding a `main` function to `{name}`"))
        return int(def_id)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return self.tcx.diag.emitted


def _add_cfg(tcx: TyCtxt, text: str) -> None:
    name, eq, value = text.partition("=")
    config = tcx.resolver.expander.cfg
    if eq:
        config.values.add((name, value.strip('"')))
    else:
        config.names.add(name)


# -- use-cases -------------------------------------------------------------------------------------------------


def run_file(path: str, args: list[str], options: RunOptions, err: TextIO) -> int:
    """Run the program at `path`; its exit code, or ours."""
    compilation = _compile(path, options.edition, err, tuple(options.cfgs))
    if isinstance(compilation, int):
        return compilation
    return _execute(compilation, path, args, options, err)


def _compile(path: str, edition: int, err: TextIO, cfgs: tuple[str, ...] = ()) -> Compilation | int:
    """A checked compilation, or the exit code after its errors were printed."""
    problem = _readable(path)
    if problem is not None:
        err.write(f"error: {problem}\n")
        return 2
    compilation = Compilation(path, edition, cfgs=cfgs)
    if not compilation.check():
        return _report(compilation.tcx, compilation.diagnostics, err)
    return compilation


def _readable(path: str) -> Optional[str]:
    try:
        with open(path, "rb") as file:
            file.read().decode("utf-8")
    except UnicodeDecodeError as problem:
        return f"couldn't read `{path}`: it is not UTF-8 text (byte {problem.start})"
    except OSError as problem:
        return f"couldn't read `{path}`: {problem.strerror} (os error {problem.errno})"
    return None


def _report(tcx: TyCtxt, diagnostics: list[Diagnostic], err: TextIO) -> int:
    from .base.render import render_all

    err.write(render_all(diagnostics, tcx.source_map, color=_wants_color(err)))
    errors = [d for d in diagnostics if d.level == "error"]
    return EXIT_UNSUPPORTED if errors and all(d.message.startswith("unsupported: ") for d in errors) else EXIT_COMPILE


def _wants_color(err: TextIO) -> bool:
    return err.isatty() and "NO_COLOR" not in os.environ


class StreamHost:
    """The program's standard streams are ours."""

    def write(self, fd: int, data: bytes) -> None:
        stream = sys.stdout.buffer if fd == 1 else sys.stderr.buffer
        stream.write(data)
        stream.flush()

    def read(self, n: int) -> bytes:
        return sys.stdin.buffer.read1(n)


def _execute(compilation: Compilation, path: str, args: list[str], options: RunOptions, err: TextIO) -> int:
    from .base.diagnostics import CompileError
    from .code.linked import LinkedProgram
    from .machine.machine import Machine, MachineConfig

    tcx = compilation.tcx
    try:
        program = LinkedProgram(tcx, compilation.main())
    except CompileError as failure:
        return _report(tcx, failure.diagnostics, err)
    config = MachineConfig(
        seed=options.seed, args=[os.fsencode(a) for a in (path, *args)], env=_environment(options.envs),
        leaks=not options.ignore_leaks, engine=options.engine,  # type: ignore[arg-type]
    )  # fmt: skip
    if options.max_memory is not None:
        config.max_memory = options.max_memory
    machine = Machine(program, config, StreamHost())
    with progress(tcx, options.report_progress, err) as watch:
        outcome = machine.run(options.max_steps, watch)
    return finish(tcx, outcome, err)


def _environment(envs: list[str]) -> list[bytes]:
    """`NAME=VALUE` as given, `NAME` from our own environment."""
    out = []
    for text in envs:
        name, eq, _ = text.partition("=")
        if eq or name in os.environ:
            out.append(os.fsencode(text if eq else f"{name}={os.environ[name]}"))
    return out


@contextmanager
def progress(tcx: TyCtxt, wanted: bool, err: TextIO) -> Iterator[Optional[Callable[[Machine], None]]]:
    """What to call now and then while a machine runs: a live line on a terminal, else a line every ten seconds."""
    if not wanted:
        yield None
        return
    from .progress import Progress

    shown = Progress(tcx.source_map, err)
    try:
        yield shown
    finally:
        shown.close()


def finish(tcx: TyCtxt, outcome: Outcome, err: TextIO) -> int:
    """Print what a run ended with, and give its exit code."""
    if outcome.kind == "exit":
        return outcome.code
    from .report import report_outcome

    err.write(report_outcome(outcome, tcx.source_map, _wants_color(err)))
    return _EXITS.get(outcome.kind, 70)


def print_mir(path: str, instance: Optional[str], edition: int, built: bool, out: TextIO, err: TextIO) -> int:
    """The MIR of a program's own bodies, closures after the function they stand in."""
    compilation = _compile(path, edition, err)
    if isinstance(compilation, int):
        return compilation
    from .mir.print import Printer

    tcx = compilation.tcx
    printer = Printer(tcx.path_str)
    shown = 0
    for def_id in _with_closures(compilation):
        if instance is None or instance in tcx.path_str(def_id):
            out.write(printer.body(tcx.query("mir_built" if built else "mir_of", def_id)) + "\n")
            shown += 1
    if not shown:
        err.write(f"error: no body of `{path}` is called {instance}\n")
    return 0 if shown else 2


def _with_closures(compilation: Compilation) -> list[int]:
    tcx = compilation.tcx
    out: list[int] = []
    for def_id in compilation.bodies():
        out.append(def_id)
        out.extend(tcx.query("typeck", def_id).closures)
    return out
