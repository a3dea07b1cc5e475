"""What a snapshot was made with: the interpreter's fingerprint, and a digest of each linked function's code.

The interpreter's is of its version and its sources, the library's included: with the same one, a program is assembled
to the same code.  With another, a run goes on only if every function it has linked has the same code.

Invariant: a digest does not depend on the numbers that a program gave to instances, globals, vtables and signatures,
nor on those of the opcodes.
To add an operand kind that is such a number: its case in `_symbol`.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..code.code import Code
from ..code.opcodes import OPS, length
from ..version import VERSION

if TYPE_CHECKING:
    from ..code.program import Program

PACKAGE = Path(__file__).resolve().parent.parent


_STABLE = [int.from_bytes(hashlib.sha256(op.identity.encode()).digest()[:7], "big") for op in OPS]


@cache
def interpreter_fingerprint() -> str:
    """Hexadecimal, of everything that decides what code a program is assembled to and what that code means."""
    made = hashlib.sha256(f"interp {VERSION}\n".encode())
    root = str(PACKAGE)
    found = (os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)
    for path in sorted(path for path in found if path.endswith((".rs", ".py", ".h"))):
        with open(path, "rb") as file:
            made.update(f"{path[len(root) :].replace(os.sep, '/')}\n".encode() + hashlib.sha256(file.read()).digest())
    return made.hexdigest()[:32]


def code_digest(code: Code, program: Program) -> str:
    """Hexadecimal, of one function: its words with symbols in place of numbers, its tables and frame."""
    made = hashlib.sha256()
    words, pc = code.words, 0
    names, starts = [], []
    while pc < len(words):
        op = OPS[words[pc]]
        starts.append(pc)
        for i, operand in enumerate(op.operands, 1):
            if operand.kind in "fgv" or operand.name == "sig":
                names.append((pc + i, _symbol(program, operand.kind, words[pc + i])))
        pc += length(words, pc)
    shown = words[:]
    for at in starts:
        shown[at] = _STABLE[shown[at]]
    for at, name in names:
        shown[at] = 0
        made.update(f"{at} {name}\n".encode())
    made.update(shown.tobytes())
    frame = (code.nslots, code.arg_slots, code.ret_slots, code.mem_first, code.mem_count, code.track_caller)
    made.update(repr((frame, sorted(code.landing.items()), code.extra, code.validity)).encode())
    return made.hexdigest()[:32]


def _symbol(program: Program, kind: str, number: int) -> str:
    if kind == "f":
        return program.symbol(number)
    if kind == "g":
        return program.get_global(number).symbol
    return program.get_vtable(number).symbol if kind == "v" else ""
