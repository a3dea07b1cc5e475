"""Memory as a value: what evaluating a constant yields, and what memory reachable from it looks like.

A pointer inside becomes a relocation: to a global, function or vtable of the program by number, or to further memory
that the evaluation made (kind "memory": the record itself, the same object if two pointers share it).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Union

from . import words as w
from .core import Core
from .validity import vtable_offset


class ValueReloc(NamedTuple):
    """A pointer at `offset` of the value."""

    offset: int
    kind: Literal["memory", "global", "fn", "vtable"]
    target: Union[Memory, int]
    addend: int


@dataclass(slots=True, eq=False)
class Memory:
    """One allocation: bytes, which of them are initialised (one byte each), pointers."""

    size: int
    align: int
    data: bytes = b""
    init: bytes = b""
    relocs: list[ValueReloc] = field(default_factory=list)
    mutable: bool = False


def read_memory(core: Core, row: int, seen: dict[int, Memory] | None = None) -> Memory:
    """The allocation at `row` and all it refers to."""
    seen = {} if seen is None else seen
    if row in seen:
        return seen[row]
    state = core.state
    size = state.tab[row + w.A_SIZE]
    at = state.tab[row + w.A_BASE] + state.tab[row + w.A_DELTA]
    info = state.tab[row + w.A_INFO]
    value = seen[row] = Memory(size, info >> 16, bytes(state.data[at : at + size]))
    value.init = bytes(m & w.INIT for m in state.meta[at : at + size])
    value.mutable = bool(info & w.FLAG_MUT)
    for offset in range(size - 7):
        reloc = _reloc(core, at + offset, offset, seen)
        if reloc:
            value.relocs.append(reloc)
    return value


def _reloc(core: Core, at: int, offset: int, seen: dict[int, Memory]) -> ValueReloc | None:
    state = core.state
    address = int.from_bytes(state.data[at : at + 8], "little", signed=True)
    if state.meta[at] & (w.WHOLE | w.FRAGMENT):
        prov = core.memory.provenance_at(at)
        row = core.memory.row_of(prov)
        return _to(core, row, address - state.tab[row + w.A_BASE], offset, seen) if row else None
    text = vtable_offset(core, address)  # a vtable's address is a plain word
    if text:
        vtable = next(v for v, start in state.vtables.items() if start == text)
        return ValueReloc(offset, "vtable", vtable, 0)
    return None


def _to(core: Core, row: int, addend: int, offset: int, seen: dict[int, Memory]) -> ValueReloc:
    kind, data = core.state.tab[row + w.A_INFO] & 255, core.state.cold[row + w.B_DATA]
    if kind == w.M_FN:
        return ValueReloc(offset, "fn", data, addend)
    if kind in (w.M_STATIC, w.M_CONST):
        return ValueReloc(offset, "global", data, addend)
    return ValueReloc(offset, "memory", read_memory(core, row, seen), addend)
