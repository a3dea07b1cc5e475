"""A run of a store as something to run: its stored code, and what the present interpreter adds to it when it must.

    StoredRun(source, images, texts, library, ...)    a `Prepared` that needs no front end
    library_texts()                                   the library as it is now, to be stored beside the code

Invariant: of the present library nothing is mixed with code of another: a program that has to be compiled after all is
compiled with the library that the run was begun with.  To add what a prepared program is asked: a method in both.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from io import StringIO
from typing import TYPE_CHECKING, Any, Optional, TextIO

from . import cache
from .code.image import FileOf, Image
from .code.stored import Missing, StoredProgram
from .compilation import LIBRARY_DIR
from .face import LIBRARY_PARENT, Prepared, RunOptions, Source, _content, _Session

if TYPE_CHECKING:
    from .base.span import SourceMap, Span
    from .code.portable import PortableProgram

Texts = dict[str, Optional[bytes]]


def library_texts() -> dict[str, bytes]:
    """Every file of the library by its name in the library's folder."""
    from .resolve.outline import library_files

    return {os.path.relpath(path, LIBRARY_DIR): _content(path) for path in library_files(LIBRARY_DIR)}


class StoredRun(Prepared):
    """A prepared program whose code comes from a store.  `texts`: its sources by path; `library` gives the texts of the
    library that the run was begun with, or None if the store has none."""

    def __init__(
        self, source: Source, images: Iterable[Image], texts: Texts, library: Callable[[], Optional[dict[str, bytes]]],
        options: RunOptions, err: TextIO,
    ) -> None:  # fmt: skip
        from .machine.intrinsics import known_intrinsics

        session = _Session(source, err, options.no_cache, texts)
        self.stored = StoredProgram(images, self._compile, known_intrinsics())
        program: Any = self.stored
        super().__init__(source, program, session, cache.Entry(), None)
        self.texts, self._stored_library = texts, library
        self._library: Optional[dict[str, bytes]] = None
        self._library_known = False
        self._mapped = 0  # files that `_map` knows

    def _compile(self) -> tuple[PortableProgram, FileOf]:
        """The program as the present interpreter makes it."""
        errors = self.session.err = StringIO()
        self.session.library_texts = self.library
        code = self.session.compile()
        if code is not None:
            what = next((line for line in errors.getvalue().splitlines() if line.startswith("error")), "")
            raise Missing(f"its program, from which it needs more now, does not compile with this interp ({what})")
        compilation, program = self.session.compilation, self.session.program
        assert compilation is not None and program is not None
        files = compilation.tcx.source_map.files
        return program, lambda number: (files[number].name, files[number].is_library)

    @property
    def library(self) -> Optional[dict[str, bytes]]:
        """The run's library; None: the present one."""
        if not self._library_known:
            stored = self._stored_library()
            self._library = None if stored is None or stored == library_texts() else stored
            self._library_known = True
        return self._library

    # -- places ------------------------------------------------------------------------------------------

    def files_at(self, number: int) -> tuple[str, bytes, bool]:
        name, is_library = self.stored.files[number]
        if not is_library:
            return name, self.texts.get(os.path.join(self.source.directory, name)) or b"", False
        if self.library is None:
            return name, _content(os.path.join(LIBRARY_PARENT, name)), True
        return name, self.library.get(os.path.relpath(name, os.path.basename(LIBRARY_DIR)), b""), True

    def file_of(self, number: int) -> tuple[str, bool]:
        return self.stored.files[number]

    def location(self, span: Span) -> tuple[str, int, int]:
        from .base.span import FileId, SourceFile, span_file, span_lo

        number = span_file(span)
        file = self._files.get(number)
        if file is None:
            file = self._files[number] = SourceFile(FileId(number), *self.files_at(number))
        return (file.name, *file.line_col(span_lo(span)))

    def source_map(self) -> SourceMap:
        from .base.span import SourceMap

        if self.stored.failed and self.session.compilation is not None:
            return self.session.compilation.tcx.source_map
        if self._map is None or self._mapped != len(self.stored.files):
            self._map, self._mapped = SourceMap(), len(self.stored.files)
            for number in range(1, self._mapped):
                self._map.add(*self.files_at(number))
        return self._map

    @property
    def sources(self) -> dict[str, Optional[bytes]]:
        return {}

    def save(self) -> None:
        if self.session.pack is not None:
            self.session.pack.save()
