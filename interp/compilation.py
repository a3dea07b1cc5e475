"""`Compilation`: a user's crate with the library it needs, loaded, checked, ready to be linked."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

if TYPE_CHECKING:
    from .base.diagnostics import Diagnostic
    from .ty.context import TyCtxt

LIBRARY_DIR = str(Path(__file__).resolve().parent / "library")


class Compilation:
    """A user's crate with the library it needs: loaded, checked, ready to be linked."""

    def __init__(self, path: str, edition: int, text: Optional[str] = None, cfgs: tuple[str, ...] = ()) -> None:
        self.sources: dict[str, Optional[bytes]] = {}
        from .hir import session
        from .machine.const_eval import register as register_consts
        from .mir_build import register as register_mir
        from .traits.queries import register as register_traits
        from .typeck.queries import register as register_typeck

        self.tcx: TyCtxt = session.new_session(edition, self.read)
        for name in cfgs:
            _add_cfg(self.tcx, name)
        for register in (register_traits, register_typeck, register_mir, register_consts):
            register(self.tcx)
        self.root = session.load_crate(self.tcx, path, text)
        self.krate = self.root.krate

    def read(self, path: str) -> Optional[bytes]:
        """A file's content; what was read (and looked for in vain) is kept as hashes, for the cache."""
        from .resolve.loader import read_file

        data = read_file(path)
        if not path.startswith(LIBRARY_DIR):
            self.sources[path] = hashlib.sha256(data).digest() if data is not None else None
        return data

    def check(self) -> bool:
        """Type-check every body of the user's crate; False if errors were found (they are in `diagnostics`)."""
        from .hir import session
        from .traits.check import check_crate

        if self.tcx.resolver.loader.failed:
            return False
        session.lower_bodies(self.tcx, self.krate)
        check_crate(self.tcx, self.krate.name)
        self._each_body(lambda def_id: self.tcx.query("typeck", def_id))
        if not self.tcx.diag.error_count:
            self._each_body(self._build)
        return not self.tcx.diag.error_count

    def _each_body(self, check: Callable[[int], Any]) -> None:
        from .base.diagnostics import CompileError

        for def_id in self.bodies():
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
