"""Leaks at exit: heap blocks that no static reaches, and a walk over pointers that the collector shares."""

from __future__ import annotations

from collections.abc import Iterable

from . import words as w
from .core import Core
from .outcome import Note, Outcome


def live_rows(core: Core) -> list[int]:
    tab = core.state.tab
    return [r for r in range(w.ROW, core.state.regs[w.R_NALLOCS] * w.ROW, w.ROW) if tab[r + w.A_INFO] & 255]


def pointers_in(core: Core, row: int) -> set[int]:
    """Rows of live allocations that pointers in this allocation's memory refer to."""
    state = core.state
    start = state.tab[row + w.A_BASE] + state.tab[row + w.A_DELTA]
    end = start + state.tab[row + w.A_SIZE]
    meta = state.meta[start:end]
    found: set[int] = set()
    if meta.count(w.INIT) + meta.count(0) == len(meta):
        return found
    for i, m in enumerate(meta):
        if m & w.WHOLE and ((start + i) & 7 == 0 or i == 0 or not meta[i - 1] & w.WHOLE):
            found.add(core.memory.row_of(state.prov[(start + i) >> 3]))
        elif m & w.FRAGMENT:
            piece = state.fragments.get(start + i)
            if piece:
                found.add(core.memory.row_of(piece[0]))
    return found - {0}


def reachable(core: Core, roots: Iterable[int]) -> set[int]:
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        row = todo.pop()
        if row not in seen:
            seen.add(row)
            todo.extend(pointers_in(core, row))
    return seen


def check_leaks(core: Core) -> Outcome | None:
    """The outcome of a program that leaked, or None."""
    state = core.state
    rows = live_rows(core)
    heap = [r for r in rows if state.tab[r + w.A_INFO] & 255 == w.M_HEAP]
    if not heap:
        return None
    roots = [r for r in rows if state.tab[r + w.A_INFO] & 255 in (w.M_STATIC, w.M_CONST, w.M_TLS)]
    kept = reachable(core, roots)
    leaked = sorted((r for r in heap if r not in kept), key=lambda r: state.tab[r + w.A_ID])
    if not leaked:
        return None
    notes = [_describe(core, row) for row in leaked]
    extra = [Note(f"{len(leaked) - 1} more allocations leaked")] if len(leaked) > 1 else []
    return Outcome("leak", 1, notes[0].text, notes[0].span, notes=notes[1:8] + extra)


def _describe(core: Core, row: int) -> Note:
    state = core.state
    size, align = state.tab[row + w.A_SIZE], state.tab[row + w.A_INFO] >> 16
    text = f"memory leaked: {core.memory.alloc_name(row)} (Rust heap, size: {size}, align: {align}), allocated here:"
    return Note(text, core.span_at(state.cold[row + w.B_BIRTH]))
