"""`check(text, "E0425 cannot find ..", ..)`: the complaints of collecting and lowering a crate, in order of position."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

from typing import Optional

from interp.base.span import span_lo
from interp.hir import session
from interp.resolve.module import Module
from interp.ty.context import TyCtxt

NO_CORE = "#![no_core] "


def load(text: str, edition: int = 2021, files: Optional[dict[str, str]] = None, core: bool = False) -> tuple[TyCtxt, Module]:
    """A crate without any library (unless `core`), from memory."""
    from interp.resolve.loader import read_file

    memory = {name: content.encode() for name, content in (files or {}).items()}
    tcx = session.new_session(edition, reader=lambda path: memory.get(path) or (read_file(path) if core else None))
    root = session.load_crate(tcx, "dir/main.rs", text if core else NO_CORE + text, "main", edition)
    session.lower_bodies(tcx, root.krate)
    return tcx, root


def complaints(tcx: TyCtxt) -> list[str]:
    found = sorted(tcx.diag.emitted, key=lambda d: span_lo(tcx.resolver.call_site(d.span)))
    return [f"{d.code} {d.message}".strip() for d in found]


def check(text: str, *wanted: str, edition: int = 2021, files: Optional[dict[str, str]] = None) -> TyCtxt:
    tcx, _ = load(text, edition, files)
    assert complaints(tcx) == list(wanted), complaints(tcx)
    return tcx


def check_help(text: str, help_: str) -> None:
    tcx, _ = load(text)
    assert [text for d in tcx.diag.emitted for level, text in d.notes if level == "help"] == [help_]
