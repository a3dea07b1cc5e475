"""Rows on a terminal or for a program: a table (rich), or JSON.

To add a way to show rows: a function here.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from .look import Fact


def rows(found: list[Fact], as_json: bool, out: TextIO, empty: str) -> int:
    """Rows with the same keys; `empty` is said on a terminal when there are none."""
    if as_json:
        return as_text(found, out)
    if not found:
        out.write(empty + "\n")
        return 0
    from rich.console import Console
    from rich.table import Table

    names = [name for name in found[0] if any(fact[name] is not None for fact in found)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    numbers = [all(isinstance(fact[name], (int, float, type(None))) for fact in found) for name in names]
    for name, number in zip(names, numbers):
        table.add_column(name.replace("_", " "), justify="right" if number else "left", overflow="fold")
    for fact in found:
        table.add_row(*(cell(name, fact[name]) for name in names))
    console = Console(file=out, highlight=False, markup=False, width=None if out.isatty() else 200)
    console.print(table)
    return 0


def pairs(found: Fact, out: TextIO) -> None:
    """One thing, a fact a line."""
    width = max(map(len, found))
    for name, value in found.items():
        if value is not None and value != "":
            out.write(f"{name:{width}}  {cell(name, value)}\n")


def as_text(found: Any, out: TextIO) -> int:
    """JSON, for a person too."""
    out.write(json.dumps(found, indent=2) + "\n")
    return 0


def cell(name: str, value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if name == "address":
        return f"{value & ((1 << 64) - 1):#x}"
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) and name not in ("id", "pid", "line", "number") else str(value)
