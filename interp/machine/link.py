"""Linking: a function's `Code` becomes part of the text, at its first call.

Jump targets become absolute, `x` and `c` operands indices into the machine's tables.  Every number an instruction names
(instance, global, vtable) gets its row, so the loop needs no bounds checks.

To add an operand kind that needs relocation: a branch in `_relocate`.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from ..code import code as c
from ..code.opcodes import NUMBER, OPS, length
from . import words as w
from .state import zeros

if TYPE_CHECKING:
    from .core import Core

_UNREACHABLE = NUMBER["UNREACHABLE"]
_X_AT = {
    c.VAL_INIT: 3, c.VAL_RANGE: 5, c.VAL_REF: 4, c.VAL_SLICE: 5, c.VAL_DYN: 5, c.VAL_FN: 2, c.VAL_SWITCH: 4,
    c.VAL_RAW: 3, c.VAL_UNINHABITED: 1, c.VAL_VTABLE: 3, c.VAL_CHAR: 2,
}  # fmt: skip


def grow(table: array[int], n: int) -> None:
    """Makes `table` at least `n` words long."""
    if len(table) < n:
        table.extend(zeros(max(n - len(table), len(table) // 2)))


def link(core: Core, instance: int) -> None:
    """Assembles and links `instance`, unless that was done."""
    state = core.state
    grow(state.info, (instance + 1) * w.ROW)
    if state.info[instance * w.ROW]:
        return
    code = core.program.assemble(instance)
    core.codes[instance] = code
    start, extra, validity = len(state.text), len(state.extra), len(state.validity)
    starts = _add_validity(core, code, extra)
    state.extra.extend(code.extra)
    state.text.extend(code.words)
    state.text.append(_UNREACHABLE)  # no function runs on into the next
    state.linked.append((start, instance, extra, validity))
    widest = _relocate(core, start, len(code.words), extra, starts)
    row = instance * w.ROW
    info = state.info
    info[row + w.I_START] = start
    info[row + w.I_NSLOTS] = max(code.nslots, widest)
    info[row + w.I_SIG] = code.sig
    info[row + w.I_MEM] = code.mem_first
    info[row + w.I_NMEM] = code.mem_count
    info[row + w.I_ARGS] = code.arg_slots
    flags = (code.is_local and w.IF_LOCAL) | (code.track_caller and w.IF_TRACK)
    info[row + w.I_FLAGS] |= flags | (code.unique_address and w.IF_UNIQUE)


def _relocate(core: Core, start: int, size: int, extra: int, validity: list[int]) -> int:
    """Returns the highest slot where a callee's window begins."""
    text, widest, pc = core.state.text, 0, start
    while pc < start + size:
        op = OPS[text[pc]]
        n = length(text, pc)
        for i, operand in enumerate(op.operands, 1):
            kind, value = operand.kind, text[pc + i] if i < n else 0
            if kind == "t":
                text[pc + i] = value + start
            elif kind == "x":
                text[pc + i] = value + extra
            elif kind == "c":
                text[pc + i] = validity[value]
            elif kind == "w":
                widest = max(widest, value)
            elif kind == "f":
                grow(core.state.info, (value + 1) * w.ROW)
            elif kind == "g":
                grow(core.state.globs, 2 * value + 2)
            elif kind == "v":
                grow(core.state.vt_places, value + 1)
            elif kind == "*":
                step = 1 if op.name == "SWITCH" else 2
                for at in range(pc + i + step - 1, pc + n, step):
                    text[at] += start
        pc += n
    assert pc == start + size, "an instruction runs over the end of its function"
    return widest


def _add_validity(core: Core, code: c.Code, extra: int) -> list[int]:
    """Appends the validity programs; returns where each begins."""
    table, starts = core.state.validity, []
    for program in code.validity:
        starts.append(len(table))
        words = list(program)
        at = 1
        while at < len(words):
            kind = words[at]
            if kind in _X_AT:
                words[at + _X_AT[kind]] += extra
            at += c.VAL_LENGTHS[kind] + (2 * words[at + 3] if kind == c.VAL_SWITCH else 0)
        table.extend(words)
    return starts

