"""What the compiled engine does in C gives the same uncompiled: 128-bit operations (wide.h), float functions."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import example, given, settings, strategies as st

from interp.code.opcodes import FMATH_OPS, WIDE_OPS

from .programs import ENGINES, check

EDGES = [0, 1, 2, 63, 64, 127, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, 1 << 64, (1 << 127) - 1, 1 << 127, (1 << 128) - 1]
DOUBLES = [0.0, -0.0, 1.5, -1.5, 1e19, -1e30, 2.0**127, -(2.0**127), 2.0**128, 3e38, math.inf, -math.inf, math.nan]
operand = st.one_of(
    st.sampled_from(EDGES),
    st.integers(0, (1 << 128) - 1),
    st.integers(0, 1 << 20),
    st.integers(1, 1 << 20).map(lambda x: (1 << 128) - x),
)
PARTIAL = ("div_s", "div_u", "rem_s", "rem_u")


def half(x: int) -> int:
    x &= (1 << 64) - 1
    return x - (1 << 64) if x >> 63 else x


def bits(number: float, width: int) -> int:
    if width == 64:
        return int(struct.unpack("<q", struct.pack("<d", number))[0])
    small = number if abs(number) < 3.4e38 else math.copysign(math.inf, number)
    return int(struct.unpack("<I", struct.pack("<f", small))[0])


def program(*parts: list[str]) -> str:
    """Every part leaves its result in slots 5 to 7, which are written out."""
    lines = ["fn main slots=20", "ENTER 17 1", "LIVE 17 24 8"]
    for part in parts:
        lines += [
            "CONST2 5 0 0", "CONST 7 0", *part, "STL_64 17 0 5", "STL_64 17 8 6", "STL_64 17 16 7", "CONST 30 1",
            "MOV2 31 17", "CONST 33 24", "INTR #('write',) 30 16",
        ]  # fmt: skip
    return "\n".join([*lines, "LEAVE 17 1", "RET"])


def agree(text: str) -> None:
    results = [check(text, engine) for engine in ENGINES]
    assert [r.outcome.kind for r in results] == ["exit"] * len(ENGINES)
    assert len({bytes(r.host.out[1]) for r in results}) == 1


def wide(op: int, u: int, v: int, number: float) -> list[str]:
    first = half(u), half(u >> 64)
    if WIDE_OPS[op].endswith(("of_f64", "of_f32")):
        first = bits(number, 64 if WIDE_OPS[op].endswith("64") else 32), 0
    return [f"CONST2 1 {first[0]} {first[1]}", f"CONST2 3 {half(v)} {half(v >> 64)}", f"WIDE {op} 5 1 3"]


two_engines = pytest.mark.skipif(len(ENGINES) < 2, reason="no compiled engine here: there is nothing to compare")


@two_engines
@given(operand, operand, st.sampled_from(DOUBLES))
@example(1 << 127, (1 << 128) - 1, 2.0**128)
@example(0, 0, 0.0)
@settings(max_examples=60, deadline=None)
def test_wide(u: int, v: int, number: float) -> None:
    undefined = v == 0 or (v == (1 << 128) - 1 and u == 1 << 127)
    ops = [op for op, name in enumerate(WIDE_OPS) if not (undefined and name in PARTIAL)]
    agree(program(*(wide(op, u, v, number) for op in ops)))


numbers = st.one_of(st.sampled_from([*DOUBLES, 0.5, 2.5, -0.5, 4503599627370497.5]), st.floats())


@two_engines
@given(numbers, numbers)
@settings(max_examples=60, deadline=None)
def test_float_functions(x: float, y: float) -> None:
    parts = []
    for width in (64, 32):
        operands = f"CONST2 1 {bits(x, width)} {bits(y, width)}"
        parts += [[operands, f"FMATH {op} 5 1 {width}"] for op in range(len(FMATH_OPS))]
        parts.append([operands, f"FREM 5 1 2 {width}"])
    agree(program(*parts))
