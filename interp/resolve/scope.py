"""Scopes: what a path written somewhere can see, as a chain of ribs from the inside out.

A `Scope` is immutable once its item or block is complete; definitions (`DefData.scope`), HIR types and paths keep
it to be resolved later.  Kinds:

  MODULE  items and imports of a module (`module`); a block's anonymous module has an outer scope, a `mod` has none;
          `names` then has the block's locals, only to say that its items may not use them
  ITEM    an item: `names` are its generic parameters, `self_def` what `Self` means; beyond it neither locals nor
          generic parameters may be used (E0434, E0401)
  ASSOC   an item of a trait or impl, or of anything that sees the parameters around it
  LOCALS  bindings: `names` maps `local_key` of an identifier to the HIR id of its binding
  CONST   the body of a constant: locals beyond it may not be used (E0435)
  CLOSURE a closure's or async block's body: labels and `break` do not cross it
  MACRO   behind a `macro_rules!` in a block: going out past it removes the marks of macro `owner`
  LABEL   a loop's or block's label: `names` maps its key to the HIR id of its target

Invariant: hygiene is `(name, SyntaxContext)` for locals and labels only, as for `macro_rules`; all other names are
looked up by their text.  To add a kind: here and in `lexical.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Iterator, Optional, Union

from .defs import DefId

if TYPE_CHECKING:
    from .module import Module

MODULE: Final = 0
ITEM: Final = 1
ASSOC: Final = 2
LOCALS: Final = 3
CONST: Final = 4
CLOSURE: Final = 5
MACRO: Final = 6
LABEL: Final = 7

LocalKey = Union[str, tuple[str, int]]


def local_key(name: str, ctxt: int) -> LocalKey:
    return (name, ctxt) if ctxt else name


class MacroScope:
    """One `macro_rules!` in textual order; `outer` is what came before it.

    A call at item level that could not be expanded at once has a node too (`name` None); what it defined in the
    end hangs in `inner`.  `def_id` is -1 while the library's item (`unit`) was not read: ask `Units.macro_id`.
    """

    __slots__ = ("def_id", "index", "inner", "name", "outer", "unit")

    def __init__(self, outer: Optional[MacroScope], name: Optional[str], def_id: int = -1) -> None:
        self.outer = outer
        self.name = name
        self.def_id = def_id
        self.inner: Optional[MacroScope] = None
        self.unit: Any = None
        self.index = -1  # in the crate's outline

    def find(self, name: str, stop: Optional[MacroScope] = None) -> Optional[MacroScope]:
        at: Optional[MacroScope] = self
        while at is not None and at is not stop:
            if at.name == name:
                return at
            if at.inner is not None:
                found = at.inner.find(name, at)
                if found is not None:
                    return found
            at = at.outer
        return None


class Scope:
    """One rib; see the module's head for what each kind uses."""

    __slots__ = ("kind", "macros", "module", "names", "owner", "parent", "self_def", "traits")

    def __init__(
        self,
        kind: int,
        parent: Optional[Scope],
        owner: DefId,
        module: Module,
        names: Optional[dict[Any, int]] = None,
        macros: Optional[MacroScope] = None,
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.owner = owner  # the item whose signature or body this is; of MACRO the macro
        self.module = module  # the innermost module, anonymous ones included
        self.names = names
        self.macros: Optional[MacroScope] = macros if macros is not None or parent is None else parent.macros
        self.self_def: Optional[DefId] = None  # ITEM: the trait, impl or ADT that `Self` is
        self.traits: Any = None  # memo of `traits.entries`

    def child(self, kind: int, names: Optional[dict[Any, int]] = None) -> Scope:
        return Scope(kind, self, self.owner, self.module, names)

    def outwards(self) -> Iterator[Scope]:
        at: Optional[Scope] = self
        while at is not None:
            yield at
            at = at.parent
