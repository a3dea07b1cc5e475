"""The index of impls: by trait and by the head of the self type.

In a user's crate both are known as written: by the last name of the trait and of the type, where renamed imports and
type aliases are looked through by name; the trait is then made exact by resolving its path.  In the library's outline
they were resolved when it was made (`exact`): entries have the paths of the definitions.
The self type's arguments are the asker's to check.
To add a kind of self type: `head_of` here, and the asker's keys (`Resolver.trait_impls`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Iterator, Optional

from ..syntax import ast
from .defs import DefData, DefId, ResDef, ResPrimTy
from .imports import PRIM_TYPES
from .paths import resolve_path

if TYPE_CHECKING:
    from .resolver import Resolver

# None: anything; a text ("&", "i32", ..); as written ("path", last name), ("dyn", last name);
# resolved ("=adt", path), ("=dyn", path)
Head = Any


@dataclass(slots=True, eq=False)
class ImplEntry:
    """One impl: `trait_name` None for an inherent one; `trait_` is the resolved trait once it was asked for.

    `def_id` is None while the library's item (`unit`) that makes it was not read; `derived`: by a derive on that item.
    `items` are the names of its items.
    """

    trait_name: Optional[str]  # the path of the trait, if `exact`
    head: Head
    items: frozenset[str]
    def_id: Optional[DefId] = None
    unit: Any = None
    derived: bool = False
    exact: bool = False
    trait_: Any = None  # None: not resolved yet; False: it did not resolve

    @staticmethod
    def of(r: Resolver, data: DefData, node: ast.Impl) -> ImplEntry:
        params = {p.ident.name for p in node.generics.params}
        trait_name = node.trait_.segments[-1].ident.name if node.trait_ is not None else None
        names = frozenset(r.defs[child].name for child in data.children)
        return ImplEntry(trait_name, head_of(node.self_ty, params), names, data.id)


def head_of(ty: ast.Ty, params: set[str]) -> Head:
    """The outermost constructor of a type as written; None if only resolution can tell."""
    kind = type(ty)
    if kind is ast.TyPath:
        return _path_head(ty.path, params)  # type: ignore[union-attr]
    if kind is ast.TyRef:
        return "&mut" if ty.mutbl else "&"  # type: ignore[union-attr]
    if kind is ast.TyPtr:
        return "*mut" if ty.mutbl else "*const"  # type: ignore[union-attr]
    if kind is ast.TyTraitObject:
        for bound in ty.bounds:  # type: ignore[union-attr]
            if isinstance(bound, ast.TraitBound):
                return ("dyn", bound.path.segments[-1].ident.name)
    return _SIMPLE.get(kind)


_SIMPLE: dict[type, str] = {
    ast.TySlice: "[]", ast.TyArray: "[;]", ast.TyTup: "()", ast.TyNever: "!", ast.TyBareFn: "fn",
}  # fmt: skip


def _path_head(path: ast.Path, params: set[str]) -> Head:
    if path.qself is not None:
        return None
    first, last = path.segments[0].ident.name, path.segments[-1].ident.name
    if first in params or last == "Self":
        return None
    if len(path.segments) == 1 and last in PRIM_TYPES:
        return last
    return ("path", last)


class Bucket:
    """Entries by head: those that only one key can match, and the others, which are asked one by one."""

    __slots__ = ("entries", "loose", "of_head")

    def __init__(self) -> None:
        self.entries: list[ImplEntry] = []
        self.of_head: dict[Head, list[int]] = {}
        self.loose: list[int] = []

    def add(self, entry: ImplEntry) -> None:
        head = entry.head
        only = head is not None and (type(head) is str or head[0][0] == "=")
        (self.of_head.setdefault(head, []) if only else self.loose).append(len(self.entries))
        self.entries.append(entry)

    def find(self, r: Resolver, key: Any) -> list[ImplEntry]:
        """What may match `key` (None: all), in the order of addition."""
        entries = self.entries
        if key is None:
            return list(entries)
        head = ("=" + key[0], r.path_of(key[1])) if type(key) is tuple and key[1] is not None else key
        found = [*self.of_head.get(head, ()), *(at for at in self.loose if may_match(r, entries[at].head, key))]
        return [entries[at] for at in sorted(found)]


@dataclass(slots=True, eq=False)
class ImplIndex:
    """The impls of one crate; inherent ones also by the names of their items."""

    by_trait: dict[str, Bucket] = field(default_factory=dict)
    inherent: Bucket = field(default_factory=Bucket)
    by_item: dict[str, Bucket] = field(default_factory=dict)

    def add(self, entry: ImplEntry) -> None:
        if entry.trait_name is not None:
            self.by_trait.setdefault(entry.trait_name, Bucket()).add(entry)
            return
        self.inherent.add(entry)
        for name in entry.items:
            self.by_item.setdefault(name, Bucket()).add(entry)


_NONE = Bucket()


def trait_impls(r: Resolver, trait_: DefId, key: Any) -> Iterator[DefId]:
    """Impls of exactly `trait_` whose self type may have the head `key` (None: any)."""
    name = r.defs[trait_].name
    names = sorted({r.path_of(trait_), name} | r.renames.get(name, set()))
    for krate in list(r.krates.values()):
        for written in names:
            for entry in krate.impls.by_trait.get(written, _NONE).find(r, key):
                if entry.exact or _trait_of(r, entry) == trait_:
                    yield r.units.impl_id(entry)


def inherent_impls(r: Resolver, key: Any, name: Optional[str]) -> Iterator[DefId]:
    for krate in list(r.krates.values()):
        index = krate.impls
        for entry in (index.inherent if name is None else index.by_item.get(name, _NONE)).find(r, key):
            yield r.units.impl_id(entry)


def _trait_of(r: Resolver, entry: ImplEntry) -> Any:
    if entry.trait_ is None:
        data = r.defs[r.units.impl_id(entry)]
        found = r.resolve_trait(data.scope, data.node.kind.trait_)
        entry.trait_ = False if found is None else found
    return entry.trait_


def may_match(r: Resolver, head: Head, key: Any) -> bool:
    if head is None or key is None or head == key:
        return True
    if type(head) is not tuple:
        return False
    what, written = head
    if what[0] == "=":
        return type(key) is tuple and key[0] == what[1:] and key[1] is not None and r.path_of(key[1]) == written
    if what == "dyn" and (type(key) is not tuple or key[0] != "dyn"):
        return False
    if type(key) is tuple:  # a bare trait object is written as a path
        return key[1] is None or _named(r, written, r.defs[key[1]].name)
    return written in r.alias_names or (written in PRIM_TYPES and written == key)


def _named(r: Resolver, written: str, name: str) -> bool:
    return written == name or written in r.alias_names or written in r.renames.get(name, ())


def exact_entry(r: Resolver, entry: ImplEntry) -> ImplEntry:
    """`entry` with its trait and head resolved, for an outline; what does not resolve may match anything."""
    assert entry.def_id is not None
    data = r.defs[entry.def_id]
    trait_name = entry.trait_name
    if trait_name is not None:
        trait_ = _trait_of(r, entry)
        if trait_ is False:
            return entry
        trait_name = r.path_of(trait_)
    return ImplEntry(trait_name, _exact_head(r, entry.head, data), entry.items, entry.def_id, entry.unit, exact=True)


def _exact_head(r: Resolver, head: Head, data: DefData) -> Head:
    if type(head) is not tuple:
        return head
    ty = data.node.kind.self_ty
    if isinstance(ty, ast.TyTraitObject):
        bound = next(b for b in ty.bounds if isinstance(b, ast.TraitBound))
        trait_ = r.resolve_trait(data.scope, bound.path)
        return ("=dyn", r.path_of(trait_)) if trait_ is not None else None
    found = resolve_path(r, data.scope, ty.path, "type", True)
    if found.resolved == len(ty.path.segments) and type(found.res) is ResDef:
        if found.res.kind in ("struct", "enum", "union", "foreign_ty"):
            return ("=adt", r.path_of(found.res.def_id))
    return found.res.name if type(found.res) is ResPrimTy else None
