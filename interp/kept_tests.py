"""A crate's tests as they are kept between runs: their list, and the code that was assembled for them.

A crate whose sources did not change is not compiled again: its tests begin from records (`code/portable.py`) in a file
of their own, beside those of the library.  Only what no record tells makes the compilation, in the process that needs
it.

Invariant: results do not depend on what is kept.
To keep more of a test: a field of `Case`; it is written as it stands.
"""

from __future__ import annotations

import hashlib
import marshal
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any, Optional, TextIO

from . import cache
from .face import Source, compile_source, named_files, report, source_map_of
from .harness.case import Case
from .pack import Pack

if TYPE_CHECKING:
    from .base.span import SourceMap
    from .code.linked import LinkedProgram
    from .code.portable import PortableProgram
    from .compilation import Compilation


@dataclass(slots=True)
class Suite:
    """What is written: `sources` and `files` as in `cache.Entry`; a symbol for each case."""

    sources: dict[str, Optional[bytes]] = field(default_factory=dict)
    files: list[tuple[str, str, bool]] = field(default_factory=list)
    own_heap: bool = False
    cases: list[tuple[Any, ...]] = field(default_factory=list)
    symbols: list[str] = field(default_factory=list)


class KeptTests:
    """The tests of `source`; `failed` is the exit code if it does not compile (that is reported to `err`)."""

    def __init__(self, source: Source, err: TextIO, warnings: bool = False) -> None:
        self.source, self.err, self.warnings = source, err, warnings
        self.path = cache.path_of(source.shown, source.directory, source.krate.key(), "test")
        self.compilation: Optional[Compilation] = None
        self.failed: Optional[int] = None
        self.cases: list[Case] = []
        self._files: Optional[SourceMap] = None
        self.suite = cache.load(self.path, Suite) if not warnings else None
        if self.suite is None:
            self._compile()
        else:
            self.cases = [Case(*case) for case in self.suite.cases]
        self.library = Pack.usual()
        self.own = Pack(self.path.with_suffix(".pack"), self._stamp())

    def _compile(self) -> None:
        """Check the crate and find its tests."""
        from .harness.discover import discover

        found = compile_source(self.source, self.err, warnings=self.warnings)
        if isinstance(found, int):
            self.failed = found
            return
        self.compilation = found
        tcx = found.tcx
        self.cases = discover(tcx, found.krate.name)
        if tcx.diag.error_count:
            self.failed = report(tcx, found.diagnostics, self.err)

    def _stamp(self) -> str:
        """Of the sources: records of others are worth nothing."""
        sources = self.suite.sources if self.suite is not None else self.compilation.sources if self.compilation else {}
        return hashlib.sha256(marshal.dumps(sorted(sources.items(), key=lambda item: item[0]))).hexdigest()

    def prepare(self, chosen: list[Case]) -> None:
        """Compile here and once, before there are several processes, unless all of these tests ran before."""
        if self.compilation is None and not all(self.own.get("ran", case.name) for case in chosen):
            self._compile()
            assert self.failed is None, "tests that compiled before do not any more"

    def _linked(self, case: Case) -> LinkedProgram:
        from .code.linked import LinkedProgram

        if self.compilation is None:
            self._compile()
        assert self.compilation is not None
        def_id = next(known.def_id for known in self.cases if known.name == case.name)
        return LinkedProgram(self.compilation.tcx, def_id, "test")

    def program(self, case: Case) -> PortableProgram:
        """The program that runs one test."""
        from .code.portable import Beginning, PortableProgram
        from .code.record import FileName

        if self.compilation is not None:
            return PortableProgram(self._linked(case), self.library, self.own)
        assert self.suite is not None
        symbol = self.suite.symbols[self.suite.cases.index(astuple(case))]
        files = [FileName(name, is_library) for name, _, is_library in self.suite.files]
        begin = Beginning(symbol, self.suite.own_heap, files, lambda: self._linked(case))
        return PortableProgram(begin, self.library, self.own)

    def source_map(self) -> SourceMap:
        if self.compilation is not None:
            return self.compilation.tcx.source_map
        assert self.suite is not None
        if self._files is None:
            self._files = source_map_of(self.suite.files)
        return self._files

    def ran(self, case: Case) -> None:
        """All that this test needs is known now."""
        if not self.own.get("ran", case.name):
            self.own.put("ran", case.name, True)

    def save_code(self) -> None:
        """In each process that ran tests."""
        self.library.save()
        self.own.save()

    def save(self) -> None:
        """In the first process: the list, if it is new."""
        if self.suite is None and self.compilation is not None:
            files = named_files(self.compilation, self.source)
            own_heap = self.compilation.tcx.lang_item("global_alloc") is not None
            symbols = [self.program(case).symbol_of_entry for case in self.cases]
            suite = Suite(self.compilation.sources, files, own_heap, [astuple(case) for case in self.cases], symbols)
            cache.save(self.path, suite)
