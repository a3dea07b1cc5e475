"""Sessions: a `TyCtxt` with its resolver and the queries of this floor, and the loading of a crate into it.

`load_crate` is what the face and every test of a later floor calls.  Errors end up in `tcx.diag`.
"""

from __future__ import annotations

from typing import Optional

from ..base.diagnostics import DiagCtxt
from ..base.span import SourceMap, mk_span, span_file, span_hi
from ..resolve.crates import CrateSource, file_source
from ..resolve.defs import DefData, Definitions
from ..resolve.loader import FileReader, Loader, read_file
from ..resolve.module import Krate, Module
from ..resolve.resolver import Resolver
from ..resolve.units import LangItems
from ..ty.context import TyCtxt
from ..ty.print import set_lifetimes, set_namer
from . import collect, lower
from .generics import ast_generics


def new_session(edition: int = 2021, reader: FileReader = read_file, library_dir: Optional[str] = None) -> TyCtxt:
    """An empty session."""
    source_map, diag, defs = SourceMap(), DiagCtxt(), Definitions()
    tcx = TyCtxt(source_map, diag, defs, edition)
    tcx.lang_items = LangItems()
    loader = Loader(reader, library_dir) if library_dir is not None else Loader(reader)
    tcx.resolver = Resolver(source_map, diag, defs, tcx.lang_items, loader)
    lower.register(tcx)
    collect.register(tcx)
    set_namer(lambda def_id: _name(tcx, def_id))
    set_lifetimes(lambda def_id: _lifetimes(tcx, def_id))
    return tcx


def _name(tcx: TyCtxt, def_id: int) -> str:
    """How types print an item; a negative number asks for the parent's name (the trait of an associated type)."""
    data = tcx.def_data(abs(def_id))
    if data.kind == "closure":
        return _closure_place(tcx, data)
    return data.name if def_id >= 0 or data.parent is None else tcx.def_data(data.parent).name


def _lifetimes(tcx: TyCtxt, def_id: int) -> int:
    generics = ast_generics(tcx.def_data(def_id))
    return sum(p.kind == "lifetime" for p in generics.params) if generics is not None else 0


def _closure_place(tcx: TyCtxt, data: DefData) -> str:
    """`src/main.rs:3:5: 3:8`, of what stands before a closure's body."""
    decl = getattr(data.node, "decl_span", data.span) or data.span
    span = tcx.source_map.outermost_call_site(decl)
    name, line, col = tcx.source_map.location(span)
    _, last, end = tcx.source_map.location(mk_span(span_file(span), span_hi(span), span_hi(span)))
    return f"{name}:{line}:{col}: {last}:{end}"


def load_crate(
    tcx: TyCtxt,
    path: str = "main.rs",
    text: Optional[str] = None,
    name: Optional[str] = None,
    edition: Optional[int] = None,
) -> Module:
    """Parse and collect a user's crate of one root file; returns its root module."""
    source = file_source(path, edition or tcx.edition)
    source.name = name or source.name
    return load_source(tcx, source, text)


def load_source(tcx: TyCtxt, source: CrateSource, text: Optional[str] = None) -> Module:
    """Parse and collect a user's crate; those it links are loaded when it names them.  Returns its root module."""
    r: Resolver = tcx.resolver
    data = text.encode() if text is not None else r.loader.reader(source.path)
    if data is None:
        raise FileNotFoundError(source.path)
    krate = r.loader.load(source, data)
    if not r.loader.failed:
        r.check_crate(krate)
        r.check_main(krate)
    return krate.root


def lower_bodies(tcx: TyCtxt, krate: Krate) -> None:
    """Lower every body of a user's crate, so that its errors and its impls in blocks are known."""
    if not tcx.resolver.loader.failed:
        lower.lower_crate(tcx, krate)
