"""Units: the items of the library that are not read before something of them is needed.

A unit is one item of a source file: where it stands, in which module and after which macros, and from the crate's
outline (`outline.py`) the names, impls, lang items and macros it defines.  Reading it means lexing, parsing and
collecting that piece of text; a macro call is expanded then.  Impls by `derive` are made in a second step.

Invariant: reading fills exactly what the outline announced, in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Optional

from ..base.span import SourceFile, Span, mk_span
from ..syntax import ast, lexer
from ..syntax.parser import Parser
from .defs import DefId
from .impls import ImplEntry
from .module import Module
from .scope import MacroScope

if TYPE_CHECKING:
    from .resolver import Resolver


@dataclass(slots=True, eq=False)
class Unit:
    module: Module
    file: Optional[SourceFile]
    lo: int
    hi: int
    macros: Optional[MacroScope]
    names: list[tuple[int, int, str, str, int]] = field(default_factory=list)  # module, namespace, name, kind, vis
    items: dict[str, frozenset[str]] = field(default_factory=dict)  # trait -> names of its items
    entries: list[ImplEntry] = field(default_factory=list)
    derived: list[ImplEntry] = field(default_factory=list)
    nodes: list[MacroScope] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)
    derives: list[tuple[ast.Item, Module]] = field(default_factory=list)  # items whose derives were put off
    state: int = 0  # 1 being read, 2 read, 3 its derives too


class LangItems(dict[str, Any]):
    """Lang items by name; a unit stands for one that was not read yet."""

    read: Callable[[Unit], None]

    def get(self, name: str, default: Any = None) -> Any:
        found = dict.get(self, name, default)
        if type(found) is Unit:
            self.read(found)
            found = dict.get(self, name)
        return found

    def __getitem__(self, name: str) -> Any:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found


class Units:
    """Reads units into the session."""

    def __init__(self, r: Resolver) -> None:
        self.r = r

    def read(self, unit: Unit) -> None:
        if unit.state:
            return
        unit.state = 1
        file = unit.file
        assert file is not None
        krate = unit.module.krate
        stream = lexer.lex_part(file, unit.lo, unit.hi, krate.edition)
        end: Span = mk_span(file.file, unit.hi, unit.hi)
        items = Parser(stream, krate.edition, end, lazy_bodies=True).parse_items()
        outside = self.r.enter(krate)
        self._collector(unit).run(items, unit.module)
        self.r.leave(outside)
        unit.state = 2

    def _collector(self, unit: Unit) -> Any:
        from .collect import Collector

        made = Collector(self.r, unit.module.krate)
        made.unit, made.reading, made.macros = unit, True, unit.macros
        return made

    def read_derives(self, unit: Unit) -> None:
        self.read(unit)
        if unit.state == 2:
            unit.state = 3
            outside = self.r.enter(unit.module.krate)
            collector = self._collector(unit)
            collector.deriving = True
            for item, module in unit.derives:
                collector.run(self.r.expander.derive(item), module)
            unit.derives = []
            self.r.leave(outside)

    def impl_id(self, entry: ImplEntry) -> DefId:
        if entry.def_id is None:
            if entry.derived:
                self.read_derives(entry.unit)
            else:
                self.read(entry.unit)
        assert entry.def_id is not None, f"no impl of {entry.trait_name} in its unit"
        return entry.def_id

    def macro_id(self, node: MacroScope) -> DefId:
        if node.def_id < 0:
            self.read(node.unit)
        return DefId(node.def_id)
