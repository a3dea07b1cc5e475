"""Every 128-bit operation gives the same on both engines (wide.h and slow_values.py)."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import example, given, settings, strategies as st

from interp.code.opcodes import WIDE_OPS

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


def program(u: int, v: int, number: float) -> str:
    """All operations in turn, each result's three slots written out."""
    lines = ["fn main slots=20", "ENTER 17 1", "LIVE 17 24 8"]
    for op, name in enumerate(WIDE_OPS):
        if name in PARTIAL and (v == 0 or (v == (1 << 128) - 1 and u == 1 << 127)):
            continue
        first = (half(u), half(u >> 64))
        if name.endswith("of_f64"):
            first = struct.unpack("<q", struct.pack("<d", number))[0], 0
        elif name.endswith("of_f32"):
            small = number if abs(number) < 3.4e38 else math.copysign(math.inf, number)
            first = struct.unpack("<I", struct.pack("<f", small))[0], 0
        lines += [
            f"CONST2 1 {first[0]} {first[1]}", f"CONST2 3 {half(v)} {half(v >> 64)}", "CONST2 5 0 0", "CONST 7 0",
            f"WIDE {op} 5 1 3", "STL_64 17 0 5", "STL_64 17 8 6", "STL_64 17 16 7", "CONST 30 1", "MOV2 31 17",
            "CONST 33 24", "INTR #('write',) 30 16",
        ]  # fmt: skip
    return "\n".join([*lines, "LEAVE 17 1", "RET"])


@pytest.mark.skipif(len(ENGINES) < 2, reason="no compiled engine here: there is nothing to compare")
@given(operand, operand, st.sampled_from(DOUBLES))
@example(1 << 127, (1 << 128) - 1, 2.0**128)
@example(0, 0, 0.0)
@settings(max_examples=60, deadline=None)
def test_engines_agree(u: int, v: int, number: float) -> None:
    text = program(u, v, number)
    results = [check(text, engine) for engine in ENGINES]
    assert [r.outcome.kind for r in results] == ["exit"] * len(ENGINES)
    assert len({bytes(r.host.out[1]) for r in results}) == 1
