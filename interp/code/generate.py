"""Writes `opcodes.pxd` (the C enum the engine switches over) from the table: `python -m interp.code.generate`.

A test checks that the file on disk is what this makes.
"""

from __future__ import annotations

from pathlib import Path

from .opcodes import OPS

TARGET = Path(__file__).with_name("opcodes.pxd")


def render() -> str:
    lines = ["# Generated from opcodes.py by `python -m interp.code.generate`; do not edit.", "", "cdef enum:"]
    lines += [f"    OP_{op.name} = {op.number}" for op in OPS]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render())
