"""Symbols as numbers: functions, vtables and globals of a program, interned in `instance`.

A function's row gets its printed name, and where its locals live: JSON of [name, class, slot, slots, size, type] by MIR
local, which is what `interp backtrace` reads their values by.

Invariant: numbers given out in a transaction that failed are forgotten with it (`rollback`).
To add a fact about a function: in `_facts`.
"""

from __future__ import annotations

import json
from typing import Any, Optional

from .database import Database

COLUMNS = "program_id kind symbol name is_local locals"


class Names:
    """Of one program; knows what the store knows."""

    def __init__(self, db: Database, program_id: int) -> None:
        self.db, self.program_id = db, program_id
        rows = db.all("SELECT kind, symbol, id FROM instance WHERE program_id = :p", p=program_id)
        self.known: dict[tuple[str, str], int] = {(kind, symbol): number for kind, symbol, number in rows}
        self.fresh: list[tuple[str, str]] = []

    def number(self, kind: str, symbol: str, code: Any = None) -> int:
        """Of a symbol; inside a transaction."""
        found = self.known.get((kind, symbol))
        if found is None:
            row = (self.program_id, kind, symbol, *_facts(symbol, code))
            found = self.known[kind, symbol] = self.db.insert_one("instance", COLUMNS, row)
            self.fresh.append((kind, symbol))
        return found

    def optional(self, kind: str, symbol: str) -> Optional[int]:
        return self.number(kind, symbol) if symbol else None

    def commit(self) -> None:
        self.fresh.clear()

    def rollback(self) -> None:
        for key in self.fresh:
            self.known.pop(key, None)
        self.fresh.clear()


def _facts(symbol: str, code: Any) -> tuple[str, int, Optional[str]]:
    if code is None:
        return symbol, 0, None
    places = [[x.name, x.kind, x.slot, x.slots, x.size, x.ty] for x in code.locals]
    return code.name, int(code.is_local), json.dumps(places, separators=(",", ":"))
