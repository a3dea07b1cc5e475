"""`PlaceRef`: a MIR place as far as it is known at assembly: in slots, in frame memory, behind a pointer, or nowhere.

mode SLOTS: `parts` (slot, part) of a value in slots; LOCAL: `off` bytes into the memory local at `slot`; PTR: `off`
bytes from the pointer pair at `slot`, whose alignment mask is `am` and, for an unsized place, whose metadata is in slot
`meta`; NOWHERE: a zero-sized value without address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .classes import Part, ValueClass
from .opcodes import WIDE_OPS

MASK64: Final = (1 << 64) - 1
SLOTS: Final = 0
LOCAL: Final = 1
PTR: Final = 2
NOWHERE: Final = 3  # a zero-sized value without address

SlotParts = tuple[tuple[int, Part], ...]
WIDE: Final = {name: i for i, name in enumerate(WIDE_OPS)}
KIND_NUMBER: Final = {
    "u8": 0, "i8": 1, "u16": 2, "i16": 3, "u32": 4, "i32": 5, "w64": 6, "bool": 7, "ptr": 8, "w128": 9,
}  # fmt: skip


@dataclass(slots=True)
class PlaceRef:
    mode: int
    ty: Ty
    layout: Layout
    slot: int = -1
    off: int = 0
    am: int = 0
    meta: int = -1
    parts: SlotParts = ()
    valid: bool = False  # only typed writes reach it: its value needs no check


def signed64(value: int) -> int:
    """A 64-bit pattern as the signed word it is in an instruction."""
    value &= MASK64
    return value - (1 << 64) if value >> 63 else value


def words128(bits: int) -> tuple[int, int]:
    """The two words of a 128-bit pattern, signed as instructions hold them."""
    return signed64(bits), signed64(bits >> 64)


def slot_parts(cls: ValueClass, slot: int) -> SlotParts:
    return tuple((slot + p.slot, p) for p in cls.parts)
