"""Decimal text to the nearest `f32`, rounded once (half to even)."""

from __future__ import annotations

import struct
from fractions import Fraction


def nearest_f32(text: str, approx: float) -> float:
    """`approx` is the nearest double; going through it may round twice, so its neighbours are compared exactly."""
    if approx in (float("inf"), float("-inf")) or approx != approx:
        return approx
    exact = Fraction(text)
    try:
        first = int.from_bytes(struct.pack("<f", approx), "little")
    except OverflowError:
        return float("inf") if approx > 0 else float("-inf")
    best = min(_around(first), key=lambda bits: (abs(_value(bits) - exact), bits & 1))
    return struct.unpack("<f", best.to_bytes(4, "little"))[0]  # type: ignore[no-any-return]


def _around(bits: int) -> list[int]:
    return [b for b in (bits - 1, bits, bits + 1) if 0 <= b < 1 << 32 and (b >> 23) & 0xFF != 0xFF] or [bits]


def _value(bits: int) -> Fraction:
    return Fraction(struct.unpack("<f", bits.to_bytes(4, "little"))[0])
