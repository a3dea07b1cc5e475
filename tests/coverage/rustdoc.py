"""Reads std's stable public names out of its HTML documentation (rustup's component `rust-docs`).

Names only: `std_items.txt` has a line for each item, `KIND PATH: MEMBER MEMBER ...`, members being methods, associated
constants and variants that are stable.  To add a kind of page: its prefix in `KINDS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

KINDS = ("struct", "enum", "union", "trait", "fn", "macro", "constant", "type", "primitive", "mod")
# Not portable or not std's to a program: hardware, operating systems, the compiler's own.
LEFT_OUT = {"arch", "os", "simd", "intrinsics", "autodiff", "async_iter", "assert_matches", "random", "unsafe_binder"}
_END = re.compile(
    r' id="(deref-methods-[^"]*|(trait|synthetic|blanket)-implementations|implementors)" class="section-header"'
)
_SECTION = re.compile(r'<section id="(method|tymethod|associatedconstant|associatedtype|variant)\.([A-Za-z0-9_]+)')
_UNSTABLE = 'class="stab unstable"'
_BODY = ('class="docblock', "<section ")


@dataclass(slots=True)
class Item:
    """`path` without `std::`; a primitive's is its name."""

    kind: str
    path: str
    members: list[str] = field(default_factory=list)

    def line(self) -> str:
        return f"{self.kind} {self.path}:" + "".join(f" {m}" for m in self.members)

    @staticmethod
    def of(line: str) -> Item:
        head, _, rest = line.partition(":" if line.startswith("mod") else ": ")
        head = head.rstrip(":\n")
        kind, _, path = head.partition(" ")
        return Item(kind, path, rest.split())


def read(std: Path) -> list[Item]:
    """All stable items of the documentation folder `.../html/std`."""
    items = []
    for page in sorted(std.rglob("*.html")):
        kind, _, name = page.stem.partition(".")
        modules = page.parent.relative_to(std).parts
        if kind not in KINDS or not name or name.endswith("!") or LEFT_OUT & set(modules) or "0" in name:
            continue
        text = page.read_text()
        head = text.find('class="main-heading"')  # a page without one leads to another
        if head >= 0 and not any(map(_unstable_module, _folders(std, page))) and not _is_unstable(text, head):
            items.append(Item(kind, "::".join((*modules, name)), _members(text)))
    return items


def _folders(std: Path, page: Path) -> list[Path]:
    return [folder for folder in page.parents if folder.is_relative_to(std) and folder != std]


@cache
def _unstable_module(folder: Path) -> bool:
    text = (folder / "index.html").read_text()
    return _is_unstable(text, text.find('class="main-heading"'))


def _members(text: str) -> list[str]:
    end = _END.search(text)
    text = text[: end.start()] if end else text
    names = [m.group(2) for m in _SECTION.finditer(text) if not _is_unstable(text, m.end())]
    return sorted(dict.fromkeys(names))


def _is_unstable(text: str, start: int) -> bool:
    """Whether the badge stands before the item's own documentation begins."""
    ends = [at for at in (text.find(mark, start) for mark in _BODY) if at >= 0]
    return _UNSTABLE in text[start : min(ends, default=len(text))]
