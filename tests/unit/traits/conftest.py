"""`check()`: Rust items whose where clauses are the questions.

`fn holds..() where ..` : each clause must be provable in the environment of `fn holds..`'s generics alone (clauses
on types that mention no assumption).  `fn fails..() where ..`: none may be.  `type Name = ..;` is normalised.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from interp.hir import session
from interp.traits import queries

sys.setrecursionlimit(50000)
PRELUDE = (Path(__file__).parent / "minicore.rs").read_text()


class World:
    """A session with a small library and the given items."""

    def __init__(self, text: str) -> None:
        self.tcx = session.new_session()
        queries.register(self.tcx)
        session.load_crate(self.tcx, text=PRELUDE + text, name="main")

    def find(self, name: str, kind: str = "") -> Any:
        for data in self.tcx.defs.table:
            if data.name == name and (not kind or data.kind == kind):
                return data
        raise AssertionError(f"no {name}")

    def named(self, prefix: str, kind: str) -> list[Any]:
        return [d for d in list(self.tcx.defs.table) if d.name.startswith(prefix) and d.kind == kind]

    def errors(self) -> list[str]:
        return [f"{d.code} {d.message}" for d in self.tcx.diag.emitted]


@pytest.fixture
def world() -> Any:
    return World
