"""`Compilation`: a user's crate with the crates and the library it needs, loaded, checked, ready to be linked.

Invariant: a path in a session is the one that reports show; relative ones start at `directory`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

if TYPE_CHECKING:
    from .base.diagnostics import Diagnostic
    from .resolve.crates import CrateSource
    from .resolve.module import Krate
    from .ty.context import TyCtxt

LIBRARY_DIR = str(Path(__file__).resolve().parent / "library")


class Compilation:
    """A user's crate, a file with an edition or a `CrateSource`, and what it links.  `texts`: its sources by path,
    instead of the files; `library`: another release's, by names in its folder, instead of ours."""

    def __init__(
        self, path: str | CrateSource, edition: int = 2021, text: Optional[str] = None, directory: str = "",
        texts: Optional[dict[str, Optional[bytes]]] = None, warnings: bool = False,
        library: Optional[dict[str, bytes]] = None,
    ) -> None:  # fmt: skip
        self.warnings = warnings
        self.sources: dict[str, Optional[bytes]] = {}
        self.directory, self.texts, self.library = directory, texts, library
        from .hir import session
        from .machine.const_eval import register as register_consts
        from .mir_build import register as register_mir
        from .resolve.crates import file_source
        from .traits.queries import register as register_traits
        from .typeck.queries import register as register_typeck

        source = file_source(path, edition) if isinstance(path, str) else path
        self.tcx: TyCtxt = session.new_session(source.edition, self.read)
        for register in (register_traits, register_typeck, register_mir, register_consts):
            register(self.tcx)
        if library is not None:
            self.tcx.resolver.loader.library_paths = [os.path.join(LIBRARY_DIR, name) for name in library]
        self.root = session.load_source(self.tcx, source, text)
        self.krate = self.root.krate

    def read(self, path: str) -> Optional[bytes]:
        """A file's content, from `texts` if they were given; what was read (and looked for in vain) is kept as hashes,
        for the cache."""
        from .resolve.loader import read_file

        where = os.path.join(self.directory, path)
        library = path.startswith(LIBRARY_DIR)
        if library and self.library is not None:
            data = self.library.get(os.path.relpath(path, LIBRARY_DIR))
        else:
            data = read_file(where) if library or self.texts is None else self.texts.get(where)
        if not library:
            self.sources[where] = hashlib.sha256(data).digest() if data is not None else None
        return data

    def check(self, root_only: bool = False) -> bool:
        """Type-check every body of the user's crates; False if errors were found (they are in `diagnostics`).

        `root_only`: the crates it links were checked before."""
        resolver = self.tcx.resolver
        done: list[Krate] = []
        while not resolver.loader.failed:
            krates = [self.krate] if root_only else resolver.local_krates()
            todo = [k for k in krates if k not in done]  # checking one may load others
            for krate in todo:
                self._check_crate(krate)
            done += todo
            if not todo:
                return not self.tcx.diag.error_count
        return False

    def _check_crate(self, krate: Krate) -> None:
        from .hir import session
        from .lint.run import begin, lint_crate
        from .mir_build import futures
        from .traits.check import check_crate

        begin(self.tcx, krate, self.warnings)
        self.tcx.resolver.check_crate(krate)
        session.lower_bodies(self.tcx, krate)
        check_crate(self.tcx, krate.name)
        self._each_body(krate, lambda def_id: self.tcx.query("typeck", def_id))
        if not self.tcx.diag.error_count:
            self._each_body(krate, self._build)
        if not self.tcx.diag.error_count:
            futures.check(self.tcx, self.bodies(krate))
        if not self.tcx.diag.error_count:
            imported = [imp for imp in self.tcx.resolver.checked_imports if imp.module.krate is krate]
            is_program = krate is self.krate and self._is_program()
            lint_crate(self.tcx, krate, self.bodies(krate), imported, self.warnings, is_program)

    def _each_body(self, krate: Krate, check: Callable[[int], Any]) -> None:
        from .base.diagnostics import CompileError

        for def_id in self.bodies(krate):
            try:
                check(def_id)
            except CompileError as failure:
                self.tcx.diag.emit_all(failure)

    def _build(self, def_id: int) -> None:
        """MIR of a body and the closures in it; that is where moves are checked."""
        from .base.diagnostics import CompileError

        for closure in self.tcx.query("typeck", def_id).closures:
            try:
                self.tcx.query("mir_of", closure)
            except CompileError as failure:
                self.tcx.diag.emit_all(failure)
        self.tcx.query("mir_of", def_id)

    def _is_program(self) -> bool:
        """Whether nobody but the crate itself can name what is in it."""
        from .resolve.imports import lookup
        from .resolve.module import VALUE

        return lookup(self.tcx.resolver, self.root, "main", VALUE) is not None

    def bodies(self, krate: Optional[Krate] = None) -> list[int]:
        """Everything of a crate (the program's own) that has a body of its own."""
        from .hir.lower import has_body

        kinds = ("fn", "assoc_fn", "const", "assoc_const", "static")
        own = self.tcx.defs.of((krate or self.krate).name)
        return [d.id for d in own if d.kind in kinds and has_body(d)]

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
        return self.tcx.resolver.loader.refusals or self.tcx.diag.emitted
