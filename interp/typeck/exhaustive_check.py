"""Refutable patterns where none may stand (E0005), matches that miss a case (E0004)."""

from __future__ import annotations

from typing import Any


def check_let(m: Any, stmt: Any, node: Any) -> None:
    return None


def check_match(m: Any, match: Any, node: Any) -> None:
    return None
