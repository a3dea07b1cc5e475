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
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, TextIO

from . import cache
from .code.recorded import RecordedProgram
from .compilation import Compilation
from .pack import Pack
from .resolve.crates import CrateSource, file_source

if TYPE_CHECKING:
    from .base.diagnostics import Diagnostic
    from .base.span import SourceFile, SourceMap, Span
    from .machine.machine import Machine, MachineConfig
    from .machine.outcome import Outcome
    from .machine.policies import CacheOptions
    from .ty.context import TyCtxt

LIBRARY_PARENT = str(Path(__file__).resolve().parent) + os.sep
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
    warnings: bool = False
    fn_address_policy: Optional[str] = None
    fn_address_limit: Optional[int] = None
    fn_address_capacity: Optional[int] = None
    provenance_gc: Optional[int] = None

    def cache(self) -> CacheOptions:
        """What was asked of the address cache."""
        from .machine.policies import CacheOptions

        return CacheOptions(
            self.fn_address_policy, self.fn_address_limit, self.fn_address_capacity, self.provenance_gc
        )

    def cache_problem(self) -> tuple[bool, str]:
        """Whether a new run cannot have that, and why."""
        if (self.fn_address_policy, self.fn_address_limit, self.provenance_gc) == (None, None, None):
            return False, ""
        from .machine.policies import BadSettings, CacheSettings

        try:
            self.cache().over(CacheSettings())
        except BadSettings as problem:
            return True, str(problem)
        return False, ""

    @staticmethod
    def of(options: dict[str, Any]) -> RunOptions:
        made = RunOptions(**{**options, "edition": int(options["edition"])})
        made.cfgs, made.envs = list(options["cfgs"]), list(options["envs"])
        return made


@dataclass(slots=True)
class Source:
    """What is compiled: the program's own crate, and where its relative paths start ("" is here)."""

    krate: CrateSource
    directory: str = ""
    name: str = ""  # as the program sees itself; "" is its root file's name

    @property
    def shown(self) -> str:
        return self.name or self.krate.path

    @property
    def program(self) -> str:
        """The first of the program's arguments: as an executable made of the file would be called."""
        return self.name or Path(self.krate.path).stem


# -- use-cases -------------------------------------------------------------------------------------------------


def run_file(path: str, args: list[str], options: RunOptions, err: TextIO) -> int:
    """Run the program at `path`; its exit code, or ours."""
    return run_source(Source(file_source(path, options.edition, options.cfgs)), args, options, err)


def run_source(source: Source, args: list[str], options: RunOptions, err: TextIO) -> int:
    """Run a program of one crate or several and keep nothing of it; its exit code, or ours."""
    prepared = prepare(source, options, err)
    if isinstance(prepared, int):
        return prepared
    try:
        return execute(prepared, args, options, err)
    finally:
        prepared.save()


def prepare(
    source: Source, options: RunOptions, err: TextIO, texts: Optional[dict[str, Optional[bytes]]] = None
) -> Prepared | int:
    """A program from the cache or compiled; the exit code after its errors were printed.  `texts`: its sources by
    path, instead of the files (then the cache is left alone)."""
    keeps = not options.no_cache and not options.warnings and texts is None
    where = cache.path_of(source.shown, source.directory, source.krate.key())
    entry = cache.load(where, cache.Entry) if keeps else None
    session = _Session(source, err, options.no_cache, texts, options.warnings)
    if entry is None:
        code = session.compile()
        if code is not None:
            return code
        entry = session.new_entry()
    program = RecordedProgram(session.linked, entry.entry, entry.log)
    program.real = session.program
    return Prepared(source, program, session, entry, where if keeps else None)


@dataclass(slots=True)
class Prepared:
    """A program that is ready to run; `save` keeps what was assembled for the next start."""

    source: Source
    program: RecordedProgram
    session: _Session
    entry: cache.Entry
    cached_at: Optional[Path]
    _map: Optional[SourceMap] = None
    _files: dict[int, SourceFile] = field(default_factory=dict)

    def files_at(self, number: int) -> tuple[str, bytes, bool]:
        """Name and content of a file of the session that is not compiled, and whether it is the library's."""
        name, path, is_library = self.entry.files[number]
        return name, _content(path), is_library

    def source_map(self) -> SourceMap:
        if self.session.compilation is None and self._map is not None:
            return self._map
        self._map = self.session.source_map(self.entry)
        return self._map

    def location(self, span: Span) -> tuple[str, int, int]:
        """(file name, line, column) of a span; reads no other file than that."""
        from .base.span import FileId, SourceFile, span_file, span_lo

        if self.session.compilation is not None:
            return self.source_map().location(span)
        number = span_file(span)
        file = self._files.get(number)
        if file is None:
            file = self._files[number] = SourceFile(FileId(number), *self.files_at(number))
        return (file.name, *file.line_col(span_lo(span)))

    @property
    def sources(self) -> dict[str, Optional[bytes]]:
        """Path -> SHA-256 of every source that was read; None: it was looked for in vain."""
        compilation = self.session.compilation
        return self.entry.sources if compilation is None else compilation.sources

    def file_of(self, number: int) -> tuple[str, bool]:
        """The name of one of the session's files, and whether it is the library's."""
        if self.session.compilation is not None:
            file = self.session.compilation.tcx.source_map.files[number]
            return file.name, file.is_library
        name, _, is_library = self.entry.files[number]
        return name, is_library

    def save(self) -> None:
        if self.program.grown and self.cached_at is not None:
            self.session.describe(self.entry)
            cache.save(self.cached_at, self.entry)
        if self.session.pack is not None:
            self.session.pack.save()


class _Session:
    """A compilation that is made when it is needed: at once without a cache entry, else perhaps never."""

    def __init__(
        self, source: Source, err: TextIO, no_cache: bool = False, texts: Optional[dict[str, Optional[bytes]]] = None,
        warnings: bool = False, library_texts: Optional[dict[str, bytes]] = None,
    ) -> None:  # fmt: skip
        self.warnings = warnings
        self.source, self.err, self.no_cache, self.texts = source, err, no_cache, texts
        self.library_texts = library_texts  # of the release that began a stored run, if it is another one
        self.pack: Optional[Pack] = None
        self.compilation: Optional[Compilation] = None
        self.program: Optional[Any] = None

    def compile(self) -> Optional[int]:
        """Check and link; the exit code after errors were printed."""
        from .base.diagnostics import CompileError
        from .code.linked import LinkedProgram
        from .code.portable import PortableProgram

        found = compile_source(self.source, self.err, self.texts, self.warnings, self.library_texts)
        if isinstance(found, int):
            return found
        self.compilation = found
        try:
            self.program = PortableProgram(LinkedProgram(found.tcx, found.main()), self.library())
        except CompileError as failure:
            return report(found.tcx, failure.diagnostics, self.err)
        return None

    def library(self) -> Optional[Pack]:
        """The code of the library that is kept across programs."""
        if not self.no_cache and self.library_texts is None:
            self.pack = Pack.usual()
        return self.pack

    def linked(self) -> Any:
        """The real program, for a recorded one that cannot answer."""
        code = self.compile()
        assert code is None, "a program that compiled before does not any more"
        return self.program

    def new_entry(self) -> cache.Entry:
        assert self.program is not None
        return cache.Entry(entry=self.program.entry)

    def describe(self, entry: cache.Entry) -> None:
        """Into a cache entry: what it depends on, and the files that its spans speak of."""
        assert self.compilation is not None
        entry.sources = self.compilation.sources
        entry.files = named_files(self.compilation, self.source)

    def source_map(self, entry: cache.Entry) -> SourceMap:
        """For reports: the session's own, or one made of the files that the entry names."""
        return self.compilation.tcx.source_map if self.compilation is not None else source_map_of(entry.files)


def named_files(compilation: Compilation, source: Source) -> list[tuple[str, str, bool]]:
    """The files that a compilation's spans speak of, as a cache entry has them."""
    return [
        (f.name, os.path.join(LIBRARY_PARENT if f.is_library else source.directory, f.name), f.is_library)
        for f in compilation.tcx.source_map.files
    ]


def source_map_of(files: list[tuple[str, str, bool]]) -> SourceMap:
    """Of files as they were named, with the numbers that they had in the compilation."""
    from .base.span import SourceMap

    made = SourceMap()
    for name, path, is_library in files[1:]:
        made.add(name, _content(path), is_library)
    return made


def _content(path: str) -> bytes:
    """Of a file that was there when the program was compiled."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def compile_source(
    source: Source, err: TextIO, texts: Optional[dict[str, Optional[bytes]]] = None, warnings: bool = False,
    library: Optional[dict[str, bytes]] = None,
) -> Compilation | int:  # fmt: skip
    """A checked compilation, or the exit code after its errors were printed; `warnings` are printed if wanted."""
    problem = _readable(source.directory, source.krate.path) if texts is None else None
    if problem is not None:
        err.write(f"error: {problem}\n")
        return 2
    compilation = Compilation(
        source.krate, directory=source.directory, texts=texts, warnings=warnings, library=library
    )
    if not compilation.check():
        return report(compilation.tcx, compilation.diagnostics, err)
    if warnings:
        report(compilation.tcx, compilation.diagnostics, err)
    return compilation


def _readable(directory: str, path: str) -> Optional[str]:
    try:
        with open(os.path.join(directory, path), "rb") as file:
            file.read().decode("utf-8")
    except UnicodeDecodeError as problem:
        return f"couldn't read `{path}`: it is not UTF-8 text (byte {problem.start})"
    except OSError as problem:
        return f"couldn't read `{path}`: {problem.strerror} (os error {problem.errno})"
    return None


def report(tcx: TyCtxt, diagnostics: list[Diagnostic], err: TextIO) -> int:
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
        return sys.stdin.buffer.read1(n)  # type: ignore[no-any-return, union-attr]


def execute(prepared: Prepared, args: list[str], options: RunOptions, err: TextIO) -> int:
    """Run it and keep nothing; its exit code, or ours."""
    from .machine.machine import Machine

    config = machine_config(prepared.source.program, args, options, err)
    try:
        machine = Machine(prepared.program, config, StreamHost())  # type: ignore[arg-type]
    except ValueError as problem:
        err.write(f"error: {problem}\n")
        return 2
    with progress(prepared.source_map, options.report_progress, err) as watch:
        outcome = machine.run(options.max_steps, watch)
    return finish(prepared.source_map, outcome, err)


def machine_config(program: str, args: list[str], options: RunOptions, err: TextIO) -> MachineConfig:
    """What the options mean to a machine; says so when it will be slow."""
    from .machine.engines import description
    from .machine.machine import MachineConfig

    if options.engine == "auto" and not os.environ.get("INTERP_ENGINE") and description() == "pure":
        err.write("interp: the engine is not compiled (no C compiler at set-up?): this is about 100 times slower\n")
    config = MachineConfig(
        seed=options.seed, args=[os.fsencode(a) for a in (program, *args)], env=environment(options.envs),
        leaks=not options.ignore_leaks, engine=options.engine, cache=options.cache(),  # type: ignore[arg-type]
    )  # fmt: skip
    if options.max_memory is not None:
        config.max_memory = options.max_memory
    return config


def environment(envs: list[str]) -> list[bytes]:
    """`NAME=VALUE` as given, `NAME` from our own environment."""
    out = []
    for text in envs:
        name, eq, _ = text.partition("=")
        if eq or name in os.environ:
            out.append(os.fsencode(text if eq else f"{name}={os.environ[name]}"))
    return out


@contextmanager
def progress(
    source_map: Callable[[], SourceMap], wanted: bool, err: TextIO
) -> Iterator[Optional[Callable[[Machine], None]]]:
    """What to call now and then while a machine runs: a live line on a terminal, else a line every ten seconds."""
    if not wanted:
        yield None
        return
    from .progress import Progress

    shown = Progress(source_map(), err)
    try:
        yield shown
    finally:
        shown.close()


def finish(source_map: Callable[[], SourceMap], outcome: Outcome, err: TextIO) -> int:
    """Print what a run ended with, and give its exit code."""
    if outcome.kind == "exit":
        return outcome.code
    from .report import report_outcome

    err.write(report_outcome(outcome, source_map(), _wants_color(err)))
    return _EXITS.get(outcome.kind, 70)


def print_mir(path: str, instance: Optional[str], edition: int, built: bool, out: TextIO, err: TextIO) -> int:
    """The MIR of a program's own bodies, closures after the function they stand in."""
    compilation = compile_source(Source(file_source(path, edition)), err)
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
        what = f"`{path}` has no function" if instance is None else f"no body of `{path}` is called {instance}"
        err.write(f"error: {what}\n")
    return 0 if shown else 2


def _with_closures(compilation: Compilation) -> list[int]:
    tcx = compilation.tcx
    out: list[int] = []
    for def_id in compilation.bodies():
        out.append(def_id)
        out.extend(tcx.query("typeck", def_id).closures)
    return out
