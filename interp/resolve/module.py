"""Modules and what they name, and crates.

A `Module` stands for a `mod`, an enum (its variants), a trait (its items) or a block with items.  Names are kept in
three tables (`TYPE`, `VALUE`, `MACRO`); imports stay unresolved until somebody looks a name up (`imports.py`).

Invariant: a table holds what is defined in the module itself (in the library: or a `LazyName` for it); what an import
leads to is in `memo`, never in a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Optional, Union

from ..base.span import DUMMY_SP, Span
from ..expand.cfg import Config
from ..syntax import ast
from .defs import DefId, DefKind, Res
from .scope import MacroScope, Scope

if TYPE_CHECKING:
    from .crates import CrateSource
    from .impls import ImplIndex
    from .units import Unit

TYPE: Final = 0
VALUE: Final = 1
MACRO: Final = 2
NAMESPACES: Final = (TYPE, VALUE, MACRO)
Tables = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]  # of Binding or LazyName


class Binding(NamedTuple):
    """What a name means in a module: `vis` None is public, else the module inside which it may be used."""

    res: Res
    vis: Optional[DefId]
    imported: bool = False


class LazyName(NamedTuple):
    """A name of an item that was not read yet: `unit` can be made to define it, in `home`'s table."""

    unit: Unit
    home: Module
    ns: int
    name: str
    kind: DefKind
    vis: Optional[DefId]
    imported: bool = False


Named = Union[Binding, LazyName]


@dataclass(slots=True, eq=False)
class Import:
    """One leaf of a `use` tree: `segments` lead to what is imported (to a module, for a glob)."""

    module: Module
    segments: list[ast.Ident]
    name: str  # under which it is imported; "_" for none, "*" for a glob
    vis: Optional[DefId]
    span: Span
    macros: Optional[MacroScope]
    edition: int
    type_only: bool = False  # `{self}`
    glob: bool = False
    prelude: bool = False  # `#[prelude_import]`
    target: Any = None  # memo of a glob's module: Module or False
    found: Optional[list[Any]] = None  # memo of a simple import: a Named or None for each namespace, False: not asked
    busy: bool = False
    used_span: Span = DUMMY_SP  # of the leaf
    used: bool = False  # some name was found through it
    attrs: Sequence[ast.Attribute] = ()  # of the whole `use`


@dataclass(slots=True, eq=False)
class Module:
    def_id: DefId
    kind: Literal["mod", "enum", "trait", "block"]
    krate: Krate
    parent: Optional[Module]
    tables: Tables
    imports: dict[str, list[Import]] = field(default_factory=dict)
    globs: list[Import] = field(default_factory=list)
    unnamed: list[Import] = field(default_factory=list)  # `use Trait as _`
    memo: dict[tuple[int, str], Any] = field(default_factory=dict)
    busy: set[tuple[int, str]] = field(default_factory=set)
    scope: Scope = None  # type: ignore[assignment]  # set right after it was made
    traits: Optional[tuple[Named, ...]] = None  # memo: the traits it brings into scope
    index: int = -1  # in the crate's outline
    directory: str = ""  # where `mod name;` of this module are looked for
    file_dir: str = ""  # where a `#[path]` of this module starts

    @property
    def normal(self) -> Module:
        """The nearest module that a person wrote as `mod` (or the crate's root)."""
        at = self
        while at.kind != "mod":
            assert at.parent is not None
            at = at.parent
        return at

    @property
    def above(self) -> Optional[Module]:
        """What `super` means here; None in the crate's root.  A `mod` in a block has the module round the block."""
        parent = self.normal.parent
        return parent.normal if parent is not None else None


@dataclass(slots=True, eq=False)
class Krate:
    """A crate.  `name` is unique in the session: a second crate `foo` is `foo#1` (its root's definition is `foo`).

    `externs` are the crates that may be named by it; those of `links` were not needed yet, and are loaded when they
    are.  `is_local`: reports point into it, and all of it is checked; other crates are believed until they are used.
    """

    name: str
    edition: int
    is_library: bool
    root: Module = None  # type: ignore[assignment]
    externs: dict[str, Module] = field(default_factory=dict)
    prelude: Optional[Module] = None
    prelude_import: Optional[Import] = None
    macro_use: list[Module] = field(default_factory=list)  # roots of crates taken with `#[macro_use]`
    attrs: list[ast.Attribute] = field(default_factory=list)
    impls: ImplIndex = None  # type: ignore[assignment]
    cfg: Config = field(default_factory=Config)
    env: dict[str, str] = field(default_factory=dict)  # what `env!` sees
    links: dict[str, CrateSource] = field(default_factory=dict)
    is_local: bool = False
    complete: bool = False  # all of its items were collected


def new_tables() -> Tables:
    return {}, {}, {}
