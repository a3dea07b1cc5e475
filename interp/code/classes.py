"""Value classes: how a type's values stand in slots, from its layout alone (see `code.py`).

A class is a row of parts, each one scalar with its offset in memory; a part that may be uninitialised (the payload of
`Option<u32>`) is followed by one slot that says whether it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Optional

from ..ty.layout_data import Layout, Scalar

ClassKind = Literal["zst", "scalar", "ptr", "wide", "fat", "pair", "memory"]
_KIND = {
    ("int", 1, False): "u8", ("int", 1, True): "i8", ("int", 2, False): "u16", ("int", 2, True): "i16",
    ("int", 4, False): "u32", ("int", 4, True): "i32", ("int", 8, False): "w64", ("int", 8, True): "w64",
    ("int", 16, False): "w128", ("int", 16, True): "w128", ("float", 4, False): "u32", ("float", 8, False): "w64",
    ("ptr", 8, False): "ptr", ("vtable", 8, False): "w64",
}  # fmt: skip


class Part(NamedTuple):
    """`slot` counts from the value's first slot; `maybe`: the slot after it says whether it is initialised."""

    offset: int
    kind: str
    slot: int
    size: int
    signed: bool
    maybe: bool
    scalar: Scalar

    @property
    def slots(self) -> int:
        return 2 if self.kind in ("ptr", "w128") else 1


@dataclass(slots=True, eq=False)
class ValueClass:
    kind: ClassKind
    parts: tuple[Part, ...] = ()
    slots: int = 0

    @property
    def in_slots(self) -> bool:
        return self.kind != "memory"


ZST = ValueClass("zst")
MEMORY = ValueClass("memory")


def part_of(scalar: Scalar, offset: int, slot: int) -> Part:
    kind = _KIND[scalar.kind, scalar.size, scalar.signed]
    return Part(offset, kind, slot, scalar.size, scalar.signed, scalar.is_union, scalar)


def _parts(layout: Layout) -> Optional[tuple[Part, ...]]:
    assert layout.a is not None
    if layout.a.raw or (layout.b is not None and layout.b.raw):
        return None
    first = part_of(layout.a, 0, 0)
    if layout.abi == "scalar" or layout.b is None:
        return None if first.maybe else (first,)
    return first, part_of(layout.b, layout.b_offset, first.slots + first.maybe)


def class_of(layout: Layout) -> ValueClass:
    """Memoised by the caller, per type."""
    if not layout.sized:
        return MEMORY
    if layout.size == 0:
        return ZST
    if layout.abi == "memory" or layout.uninhabited:
        return MEMORY
    parts = _parts(layout)
    if parts is None:
        return MEMORY
    last = parts[-1]
    return ValueClass(_class_kind(parts), parts, last.slot + last.slots + last.maybe)


def _class_kind(parts: tuple[Part, ...]) -> ClassKind:
    if len(parts) == 1:
        return {"ptr": "ptr", "w128": "wide"}.get(parts[0].kind, "scalar")  # type: ignore[return-value]
    fat = parts[0].kind == "ptr" and parts[1].kind == "w64" and not any(p.maybe for p in parts)
    return "fat" if fat and parts[1].scalar.kind != "float" else "pair"
