"""`unused_imports`: private imports through which no name and no method was found.

What was looked up through an import is noted by the resolver (`Import.used`); methods of a trait by the type checker
(`Resolver.used_traits`), because all traits in scope are candidates.
"""

from __future__ import annotations

from ..base.lints import Lints
from ..base.span import Span
from ..resolve.defs import ResDef
from ..resolve.imports import force, glob_target, import_binding, span_of
from ..resolve.module import TYPE, Import, Module
from ..resolve.traits import of_module
from ..ty.context import TyCtxt


def check(tcx: TyCtxt, lints: Lints, imports: list[Import]) -> None:
    by_item: dict[Span, list[Import]] = {}
    for imp in imports:
        if _is_private(imp) and not imp.prelude and not imp.used and not _has_used_trait(tcx, imp):
            by_item.setdefault(imp.span, []).append(imp)
    for unused in by_item.values():
        whole = [imp for imp in imports if imp.span == unused[0].span]
        _report(tcx, lints, unused, len(whole) > 1)


def _is_private(imp: Import) -> bool:
    return imp.vis is not None and imp.vis == imp.module.normal.def_id and imp.module.kind in ("mod", "block")


def _has_used_trait(tcx: TyCtxt, imp: Import) -> bool:
    used = {trait for module, trait in tcx.resolver.used_traits if _sees(module, imp.module)}
    if not used:
        return False
    if imp.glob:
        target = glob_target(tcx.resolver, imp)
        entries = of_module(tcx.resolver, target, imp.module) if target is not None else ()
    else:
        entries = tuple(found for found in [import_binding(tcx.resolver, imp, TYPE)] if found is not None)
    for entry in entries:
        binding = force(tcx.resolver, entry)
        if binding is not None and isinstance(binding.res, ResDef) and binding.res.def_id in used:
            return True
    return False


def _sees(inner: Module, outer: Module) -> bool:
    """Whether the imports of `outer` are in scope in `inner`: itself, or a block inside it."""
    at: Module | None = inner
    while at is not None:
        if at is outer:
            return True
        if at.kind == "mod":
            return False
        at = at.parent
    return False


def _report(tcx: TyCtxt, lints: Lints, unused: list[Import], several: bool) -> None:
    def shown(imp: Import) -> str:
        if several and imp.used_span:
            return tcx.source_map.snippet(imp.used_span)
        path = "::".join(s.name for s in imp.segments if s.name != "{{root}}")
        if imp.glob:
            return f"{path}::*"
        return path if imp.name == imp.segments[-1].name else f"{path} as {imp.name}"

    unused = sorted(unused, key=span_of)
    names = sorted(f"`{shown(imp)}`" for imp in unused)
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} and {names[-1]}"
    message = f"unused import{'' if len(names) == 1 else 's'}: {listed}"
    made = lints.note("unused_imports", unused[0].module.normal.def_id, span_of(unused[0]), message)
    for imp in unused[1:]:
        made.label(span_of(imp), "")
    if unused[0].attrs:
        lints.attrs.append((unused[0].span, list(unused[0].attrs)))

