"""Definitions: everything that has a name or a body gets a `DefId` and a `DefData` here.

A DefId is an index into `Definitions.table`; ids are given in the order of collection and are not stable
between sessions: what is stored uses `Definitions.path_of` (a def path string), which is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, NewType, Optional, Union

from ..base.span import Span
from ..syntax import ast

DefId = NewType("DefId", int)

DefKind = Literal[
    "mod", "struct", "union", "enum", "variant", "ctor", "field", "trait", "trait_alias", "ty_alias", "foreign_ty",
    "assoc_ty", "ty_param", "const_param", "fn", "assoc_fn", "const", "assoc_const", "static", "macro", "impl",
    "use", "foreign_mod", "anon_const", "inline_const", "closure", "opaque", "block_mod",
]  # fmt: skip


@dataclass(slots=True, eq=False)
class DefData:
    """`node` is the AST that defines it: an `ast.Item` (mod, struct, fn, impl, assoc items), `ast.Variant`,
    `ast.FieldDef`, `ast.GenericParam`, `ast.AnonConst`, `ast.ExprClosure`, `ast.TyImplTrait` ...

    `vis`: None for public, else the module inside which it may be named.
    `children` are the definitions directly inside, in order (fields, variants, assoc items, params excluded:
    those of generics are in `generic_params`).  `scope` is what the resolver needs to resolve a path written here.
    """

    id: DefId
    kind: DefKind
    name: str
    parent: Optional[DefId]
    krate: str  # "core", "alloc", "std", or the name of a user's crate
    span: Span
    node: Any
    attrs: list[ast.Attribute] = field(default_factory=list)
    vis: Optional[DefId] = None
    children: list[DefId] = field(default_factory=list)
    ctor_of: Optional[DefId] = None  # kind "ctor": the struct or variant it makes; its parent is the same
    ctor: Optional[DefId] = None  # kind "struct"/"variant": its constructor, for tuple and unit ones
    scope: Any = None
    edition: int = 2021
    generic_params: list[DefId] = field(default_factory=list)  # its own type and const parameters, in order

    def attr(self, path: str) -> Optional[ast.Attribute]:
        return next((a for a in self.attrs if a.path == path), None)


class ResDef(NamedTuple):
    """A path led to an item.  For a tuple struct's name in value position `kind` is "ctor"."""

    kind: DefKind
    def_id: DefId


class ResPrimTy(NamedTuple):
    name: str


class ResSelfTy(NamedTuple):
    """`Self`: of a trait (`is_trait`) or of the impl `def_id`."""

    def_id: DefId
    is_trait: bool


class ResSelfCtor(NamedTuple):
    """`Self(..)` or `Self` as a value, in the impl `def_id`."""

    def_id: DefId


class ResLocal(NamedTuple):
    """A local variable: the HIR id of its binding."""

    hir_id: int


class ResErr(NamedTuple):
    """Resolution failed and was reported."""


Res = Union[ResDef, ResPrimTy, ResSelfTy, ResSelfCtor, ResLocal, ResErr]


class Definitions:
    """The table of all definitions of a session; `by_krate`: those of each crate, in the same order."""

    def __init__(self) -> None:
        self.table: list[DefData] = []
        self.by_krate: dict[str, list[DefData]] = {}

    def add(
        self, kind: DefKind, name: str, parent: Optional[DefId], krate: str, span: Span, node: Any
    ) -> DefData:
        data = DefData(DefId(len(self.table)), kind, name, parent, krate, span, node)
        self.table.append(data)
        self.by_krate.setdefault(krate, []).append(data)
        return data

    def of(self, krate: str) -> list[DefData]:
        """A crate's definitions so far; the list grows when more are made."""
        return self.by_krate.get(krate, [])

    def __getitem__(self, def_id: int) -> DefData:
        return self.table[def_id]
