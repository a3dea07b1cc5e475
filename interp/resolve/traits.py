"""Traits in scope, for method probing: of blocks, the module, its imports and globs, the preludes, and the trait
that is being defined or implemented.

Invariant: a module's answer is kept once its crate is complete; a trait of the library is read only if it has an
item of the name that is looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from .defs import DefId, ResDef
from .imports import force, glob_target, import_binding
from .module import TYPE, Binding, LazyName, Module, Named
from .scope import ITEM, MODULE, Scope

if TYPE_CHECKING:
    from .resolver import Resolver

_TRAITS = ("trait", "trait_alias")


def in_scope(r: Resolver, scope: Scope, name: Optional[str]) -> tuple[DefId, ...]:
    """The traits whose methods `scope` may call, innermost first; with `name` only those that have such an item."""
    found: dict[DefId, None] = {}
    for entry in entries(r, scope):
        if name is not None and not _may_have(r, entry, name):
            continue
        binding = force(r, entry)
        if binding is not None and type(binding.res) is ResDef:
            found[binding.res.def_id] = None
    return tuple(found)


def _may_have(r: Resolver, entry: Named, name: str) -> bool:
    if isinstance(entry, LazyName):
        return entry.kind == "trait_alias" or name in entry.unit.items.get(entry.name, ())
    assert type(entry.res) is ResDef
    return entry.res.kind == "trait_alias" or name in item_names(r, entry.res.def_id)


def item_names(r: Resolver, trait_: DefId) -> frozenset[str]:
    """The names of a trait's items."""
    found = r.trait_items.get(trait_)
    if found is None:
        found = r.trait_items[trait_] = frozenset(r.defs[c].name for c in r.defs[trait_].children)
    return found


def entries(r: Resolver, scope: Scope) -> tuple[Named, ...]:
    passed: list[Scope] = []
    found: tuple[Named, ...] = ()
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


def _union(inner: tuple[Named, ...], outer: tuple[Named, ...]) -> tuple[Named, ...]:
    return inner + tuple(t for t in outer if t not in inner) if inner else outer


def _own(r: Resolver, scope: Scope) -> tuple[Named, ...]:
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
        return (Binding(ResDef(data.kind, data.id), None),)
    if data.kind == "impl" and data.node.kind.trait_ is not None:
        trait_ = r.resolve_trait(scope, data.node.kind.trait_)
        return (Binding(ResDef(r.defs[trait_].kind, trait_), None),) if trait_ is not None else ()
    return ()


def of_module(r: Resolver, module: Module, seen_from: Module) -> tuple[Named, ...]:
    """The traits that are named in `module`, or imported into it, as far as `seen_from` may use them."""
    if module.traits is not None and module is seen_from:
        return module.traits
    found: dict[Named, None] = {}
    _gather(r, module, seen_from, found, set())
    result = tuple(found)
    if module is seen_from and module.krate.complete:
        module.traits = result
    return result


def _gather(r: Resolver, module: Module, seen_from: Module, found: dict[Named, None], busy: set[DefId]) -> None:
    busy.add(module.def_id)
    for binding in module.tables[TYPE].values():
        _take(r, binding, seen_from, found)
    for imps in (*module.imports.values(), module.unnamed):
        for imp in imps:
            binding = import_binding(r, imp, TYPE)
            if binding is not None:
                _take(r, binding, seen_from, found)
    for imp in module.globs:
        target = glob_target(r, imp)
        if target is not None and target.kind != "enum" and target.def_id not in busy:
            _gather(r, target, seen_from, found, busy)


def _take(r: Resolver, binding: Named, seen_from: Module, found: dict[Named, None]) -> None:
    if type(binding) is Binding:
        kind = binding.res.kind if type(binding.res) is ResDef else ""
    else:
        kind = binding.kind  # type: ignore[union-attr]
    if kind in _TRAITS and r.is_accessible_from(binding.vis, seen_from):
        found[binding] = None
