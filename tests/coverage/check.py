"""Looks std's items up in the library, by the same name resolution that programs get.

To add a kind of item: how its members are found, in `Library.members`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Optional

from interp.compilation import Compilation
from interp.resolve.defs import ResDef
from interp.resolve.imports import lookup
from interp.resolve.module import NAMESPACES, TYPE, Module

from .rustdoc import Item

_PRIMITIVES: dict[str, tuple[str, ...]] = {"slice": ("[]",), "array": ("[;]",), "pointer": ("*const", "*mut"),
    "tuple": ("()",), "unit": ("()",), "reference": ("&", "&mut"), "never": ("!",)}  # fmt: skip
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class Found:
    """`absent`: names of members that are not there; `tests`: how many programs name each member that is there."""

    item: Item
    present: bool
    absent: list[str] = field(default_factory=list)
    tests: dict[str, int] = field(default_factory=dict)


class Library:
    def __init__(self) -> None:
        self.tcx = Compilation("coverage.rs", 2021, "fn main() {}").tcx
        self.resolver = self.tcx.resolver

    def resolve(self, path: str) -> Optional[ResDef]:
        """What `std::path` leads to."""
        module: Optional[Module] = self.resolver.krates["std"].root
        *outer, name = path.split("::")
        for segment in outer:
            binding = module and lookup(self.resolver, module, segment, TYPE)
            module = self.resolver.module_of(binding.res) if binding else None
        if module is None:
            return None
        found = [lookup(self.resolver, module, name, ns) for ns in NAMESPACES]
        return next((b.res for b in found if b is not None and b.vis is None), None)

    def members(self, item: Item, res: Optional[ResDef]) -> set[str]:
        names: set[str] = set()
        if item.kind == "primitive":
            keys: Iterable[object] = _PRIMITIVES.get(item.path, (item.path,))
        elif isinstance(res, ResDef):
            data = self.tcx.def_data(res.def_id)
            names |= {self.tcx.def_data(child).name for child in data.children}
            keys = [("dyn" if data.kind == "trait" else "adt", res.def_id)]
        else:
            keys = []
        for key in keys:
            for impl in self.resolver.inherent_impls(key):
                names |= {self.tcx.def_data(child).name for child in self.tcx.def_data(impl).children}
        return names

    def check(self, item: Item, words: dict[str, int]) -> Found:
        res = None if item.kind == "primitive" else self.resolve(item.path)
        present = item.kind == "primitive" or res is not None
        if item.kind == "type":  # an alias has its target's members
            return Found(item, present)
        have = self.members(item, res) if present else set()
        absent = [m for m in item.members if m not in have]
        tests = {m: words.get(m, 0) for m in item.members if m in have}
        return Found(item, present, absent, tests)


def words_of(programs: Iterable[Path]) -> dict[str, int]:
    """In how many programs each word stands."""
    counts: dict[str, int] = {}
    for program in programs:
        for word in set(_WORD.findall(program.read_text())):
            counts[word] = counts.get(word, 0) + 1
    return counts
