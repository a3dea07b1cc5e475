"""All lints over a checked crate: what was noted on the way and what is found here, levelled and emitted in order."""

from __future__ import annotations

from typing import Any

from ..base.lints import Lints, lints_of
from ..base.span import span_file, span_lo
from ..resolve.module import Import, Krate
from ..ty.context import TyCtxt
from ..typeck import thir
from . import dead, imports, must_use, names, variables
from .levels import Levels, wants


def begin(tcx: TyCtxt, krate: Krate, warn: bool) -> None:
    """Have the floors take notes, if warnings are wanted or the crate makes errors of some."""
    if warn or wants(krate.attrs) or any(d.attrs and wants(d.attrs) for d in tcx.defs.of(krate.name)):
        tcx._memo["lints"] = Lints()  # type: ignore[assignment]


def lint_crate(
    tcx: TyCtxt, krate: Krate, owners: list[int], imported: list[Import], warn: bool, is_program: bool
) -> None:
    """Emit what is questionable in a crate whose bodies, `owners`, were checked without an error."""
    lints = lints_of(tcx._memo)  # type: ignore[arg-type]
    if lints is None:
        return
    del tcx._memo["lints"]
    levels = Levels(tcx, lints)
    for owner in owners:
        results: thir.TypeckResults = tcx.query("typeck", owner)
        must_use.check(tcx, lints, owner, results)
        variables.check(tcx, lints, owner, results)
        names.check_bindings(lints, owner, results)
    for data in list(tcx.defs.of(krate.name)):
        names.check_item(tcx, lints, data)
        if data.attrs:
            levels.refuse_overrides(data.id)
    imports.check(tcx, lints, imported)
    for span, owner in lints.mutable.items():
        if span not in lints.changed:
            lints.note("unused_mut", owner, span, "variable does not need to be mutable", "help: remove this `mut`")
    if is_program:
        dead.check(tcx, lints, krate.name, levels)
    for found in sorted(lints.found, key=_place):
        shown = levels.apply(found.lint, found.owner, found.diagnostic, warn)
        if shown is not None and not tcx.source_map.file_of(found.diagnostic.span).is_library:
            tcx.diag.emit(shown)


def _place(found: Any) -> tuple[int, int]:
    span = found.diagnostic.span
    return span_file(span), span_lo(span)
