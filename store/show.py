"""Rows on a terminal or for a program: a table (rich), or JSON.

To add a way to show rows: a function here.
"""

from __future__ import annotations

import json
from typing import Any, Final, TextIO

from .look import Fact
from .table import Table

_NARROW: Final = 20  # characters that a column of text keeps


def rows(found: list[Fact], as_json: bool, out: TextIO, empty: str) -> int:
    """Rows with the same keys; `empty` is said on a terminal when there are none."""
    if as_json:
        return as_text(found, out)
    if not found:
        out.write(empty + "\n")
        return 0
    names = [name for name in found[0] if any(fact[name] is not None for fact in found)]
    numbers = {name: all(isinstance(fact[name], (int, float, type(None))) for fact in found) for name in names}
    cells = [[cell(name, fact[name]) for name in names] for fact in found]
    out.write(_columns([name.replace("_", " ") for name in names], cells, list(numbers.values()), out))
    return 0


def _columns(head: list[str], cells: list[list[str]], right: list[bool], out: TextIO) -> str:
    """Aligned; on a terminal that is too narrow texts are folded, but not to shreds; elsewhere a row is a line."""
    from rich.console import Console
    from rich.table import Table as Grid

    table, least = Grid(box=None, pad_edge=False, header_style="bold"), 0
    for i, name in enumerate(head):
        natural = max(len(name) if right[i] else 0, *(len(row[i]) for row in cells))
        narrow = natural if right[i] else min(natural, _NARROW)
        least += narrow + 2
        table.add_column(name, justify="right" if right[i] else "left", overflow="fold", min_width=narrow)
    for row in cells:
        table.add_row(*row)
    console = Console(file=out, highlight=False, markup=False)
    console.width = max(console.width, least) if out.isatty() else 100_000
    with console.capture() as text:
        console.print(table)
    return "\n".join(line.rstrip() for line in text.get().splitlines()) + "\n"


def tables(found: Table | dict[str, Table], as_json: bool, out: TextIO) -> int:
    """An answer: a table, or several one after another; as JSON a list of rows, or an object of such lists."""
    if isinstance(found, Table):
        return rows(found.records(), as_json, out, found.empty)
    if as_json:
        return as_text({name: table.records() for name, table in found.items()}, out)
    for number, table in enumerate(found.values()):
        out.write("\n" if number else "")
        rows(table.records(), False, out, table.empty)
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
    if name == "hit_rate":
        return f"{value:.1f} %"
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) and name not in ("id", "pid", "line", "number") else str(value)
