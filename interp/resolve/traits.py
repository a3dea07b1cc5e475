"""Traits in scope, for method probing: of blocks, the module, its imports and globs, the preludes, and the trait
that is being defined or implemented.

Invariant: a module's answer is kept once its crate is complete; block modules are complete when they are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .defs import DefId, ResDef
from .imports import glob_target, import_binding
from .module import TYPE, Module
from .scope import ITEM, MODULE, Scope

if TYPE_CHECKING:
    from .resolver import Resolver

_TRAITS = ("trait", "trait_alias")


def in_scope(r: Resolver, scope: Scope) -> tuple[DefId, ...]:
    """The traits whose methods `scope` may call, innermost first."""
    passed: list[Scope] = []
    found: tuple[DefId, ...] = ()
    for at in scope.outwards():
        if at.traits is not None:
            found = at.traits
            break
        if at.kind in (MODULE, ITEM):
            passed.append(at)
    for at in reversed(passed):
        found = _union(_own(r, at), found)
        at.traits = found if at.module.krate.complete else None
    return found


def _union(inner: tuple[DefId, ...], outer: tuple[DefId, ...]) -> tuple[DefId, ...]:
    return inner + tuple(t for t in outer if t not in inner) if inner else outer


def _own(r: Resolver, scope: Scope) -> tuple[DefId, ...]:
    if scope.kind == MODULE:
        found = of_module(r, scope.module, scope.module)
        if scope.parent is None:
            prelude = r.prelude_of(scope.module.krate)
            if prelude is not None:
                found = _union(found, of_module(r, prelude, scope.module))
        return found
    if scope.self_def is None:
        return ()
    data = r.defs[scope.self_def]
    if data.kind in _TRAITS:
        return (data.id,)
    if data.kind == "impl" and data.node.kind.trait_ is not None:
        trait_ = r.resolve_trait(scope, data.node.kind.trait_)
        return (trait_,) if trait_ is not None else ()
    return ()


def of_module(r: Resolver, module: Module, seen_from: Module) -> tuple[DefId, ...]:
    """The traits that are named in `module`, or imported into it, as far as `seen_from` may use them."""
    if module.traits is not None and module is seen_from:
        return module.traits
    found: dict[DefId, None] = {}
    _gather(r, module, seen_from, found, set())
    result = tuple(found)
    if module is seen_from and module.krate.complete:
        module.traits = result
    return result


def _gather(r: Resolver, module: Module, seen_from: Module, found: dict[DefId, None], busy: set[DefId]) -> None:
    busy.add(module.def_id)
    for binding in module.tables[TYPE].values():
        _take(r, binding, seen_from, found)
    for imps in (*module.imports.values(), module.unnamed):
        for imp in imps:
            _take(r, import_binding(r, imp, TYPE), seen_from, found)
    for imp in module.globs:
        target = glob_target(r, imp)
        if target is not None and target.kind != "enum" and target.def_id not in busy:
            _gather(r, target, seen_from, found, busy)


def _take(r: Resolver, binding: object, seen_from: Module, found: dict[DefId, None]) -> None:
    if binding is None:
        return
    res = binding.res  # type: ignore[attr-defined]
    if type(res) is ResDef and res.kind in _TRAITS and r.is_accessible_from(binding.vis, seen_from):  # type: ignore[attr-defined]
        found[res.def_id] = None
