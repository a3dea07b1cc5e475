"""`Table`: an answer as rows; `show.py` prints its records.

Invariant: a cell is a number, text or None (nothing is known).
To add a property of a whole answer: a field here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Table:
    """`columns` name what stands in each row; `empty` is what is said when there are none."""

    columns: list[str]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    empty: str = "nothing"

    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row)) for row in self.rows]
