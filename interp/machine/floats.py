"""Floats as text and back, exactly: what `host::fmt_f64` and `host::parse_f64` promise.

To add a mode of formatting: its function in `MODES`.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

from .primitives import as_f32, of_f32, of_f64
from .slow_values import bits_of_fraction

NUMBER = re.compile(r"(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def shortest(bits: int, value: float, width: int) -> tuple[str, int]:
    """(digits, exponent): the fewest digits d1d2d3... such that 0.d1d2d3... * 10^exponent reads back as the value."""
    if value == 0:
        return "0", 1
    if width == 64:
        return split(f"{value!r}")
    for precision in range(9):
        text = f"{value:.{precision}e}"
        mantissa, exponent = text.split("e")
        unit = int(mantissa.replace(".", ""))
        for candidate in (unit, unit + 1, unit - 1):
            digits = f"{candidate}e{int(exponent) - precision}"
            if f32_bits(digits) == bits:
                return split(digits)
    raise AssertionError("nine digits always read back")


def split(text: str) -> tuple[str, int]:
    _, digits, exponent = Decimal(text).as_tuple()
    plain = "".join(map(str, digits))
    return plain.rstrip("0") or "0", len(plain) + int(exponent)


def f32_bits(text: str) -> int:
    rough = float(text)
    if math.isinf(rough) or rough == 0:
        return of_f32(rough)
    return bits_of_fraction(Fraction(Decimal(text)), 32)


def plain(digits: str, exponent: int) -> str:
    """Without an exponent: `0.001`, `12.5`, `100`."""
    if exponent <= 0:
        return "0." + "0" * -exponent + digits
    if exponent >= len(digits):
        return digits + "0" * (exponent - len(digits))
    return f"{digits[:exponent]}.{digits[exponent:]}"


def scientific(digits: str, exponent: int) -> str:
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{exponent - 1 if digits != '0' else 0}"


def format_float(bits: int, value: float, width: int, mode: int, precision: int) -> str:
    """Text of a finite value that is not negative; modes as in `intrinsics.rs`."""
    if mode == 0:
        return plain(*shortest(bits, value, width)) if value else "0"
    if mode == 1:
        return f"{value:.{precision}f}"
    if mode == 2:
        return scientific(*shortest(bits, value, width))
    mantissa, exponent = f"{value:.{precision}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def parse(text: str, width: int) -> int | None:
    """Bits of the nearest float, or None if it is no number."""
    if not NUMBER.fullmatch(text):
        return None
    return of_f64(float(text)) if width == 64 else f32_bits(text)


def f32(bits: int) -> float:
    return as_f32(bits)
