"""The verifier's part for the programs of V_MEM and the texts that they and instructions refer to (format: `code.py`).

A program runs from its second word on; a loop's body is a block of its own.  Admitted are blocks of whole instructions
that end with VAL_END, whose jumps go forward within the block, and which touch nothing outside of the value.

To add an instruction: what it touches in `_NEEDS`, how long its entry of the table of texts is in `_TEXTS`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from . import code as c

MAX_BYTES: Final = 1 << 47
_FIXED: Final = {
    c.VAL_REF: 8, c.VAL_SLICE: 16, c.VAL_DYN: 16, c.VAL_FN: 8, c.VAL_VTABLE: 8, c.VAL_CHAR: 4, c.VAL_UNINHABITED: 0,
    c.VAL_GOTO: 0, c.VAL_END: 0,
}  # fmt: skip
_SIZED: Final = {c.VAL_INIT, c.VAL_RAW, c.VAL_PAD, c.VAL_RANGE, c.VAL_SWITCH}  # `size` comes after `off`
_SCALARS: Final = {c.VAL_RANGE, c.VAL_SWITCH}  # .. of a number of at most 8 bytes
_TEXT_AT: Final = {
    c.VAL_INIT: 3, c.VAL_RANGE: 5, c.VAL_REF: 4, c.VAL_SLICE: 5, c.VAL_DYN: 5, c.VAL_FN: 2, c.VAL_SWITCH: 4,
    c.VAL_RAW: 3, c.VAL_UNINHABITED: 1, c.VAL_VTABLE: 3, c.VAL_CHAR: 2,
}  # fmt: skip
_TEXTS: Final = {
    c.VAL_RANGE: 4, c.VAL_REF: 3, c.VAL_SLICE: 3, c.VAL_DYN: 3, c.VAL_UNINHABITED: 3, c.VAL_INIT: 1,
}  # fmt: skip
_POINTERS: Final = {c.VAL_REF: (3, 2), c.VAL_SLICE: (3, 2, 4), c.VAL_DYN: (2, 3)}  # where alignment and sizes stand
_PLACE: Final = re.compile(r"\{\}|\{\{|\}\}")


def check_validity(programs: Sequence[tuple[int, ...]], extra: Sequence[tuple[Any, ...]]) -> None:
    """Raises `BadCode` for a program that is none."""
    for number, program in enumerate(programs):
        if len(program) < 2 or not 0 <= program[0] <= MAX_BYTES:
            raise _bad(number, 0, "it is empty, or of a value of no size")
        end = _Block(number, program, extra).run(1, len(program))
        if end > program[0]:
            raise _bad(number, 0, f"it looks at {end} bytes of a value of {program[0]}")


def _bad(number: int, at: int, what: str) -> ValueError:
    from .verify import BadCode

    return BadCode(f"validity program {number}, word {at}: {what}")


class _Block:
    def __init__(self, number: int, words: tuple[int, ...], extra: Sequence[tuple[Any, ...]]) -> None:
        self.number, self.words, self.extra = number, words, extra

    def require(self, condition: bool, at: int, what: str) -> None:
        if not condition:
            raise _bad(self.number, at, what)

    def run(self, start: int, end: int, depth: int = 0) -> int:
        """Checks the block of words `start` to `end`; how far into the value it looks."""
        words, at, reach = self.words, start, 0
        self.require(depth < 32, start, "loops in too many loops")
        starts, targets, last = set(), [], -1
        while at < end:
            kind = last = words[at]
            starts.add(at)
            size = c.VAL_LENGTHS.get(kind, end)
            self.require(at + size <= end, at, "it is no instruction")
            if kind == c.VAL_SWITCH:
                self.require(0 <= words[at + 3] <= end, at, "it has no sound number of cases")
                size += 2 * words[at + 3]
            elif kind == c.VAL_LOOP:
                self.require(0 < words[at + 4] <= end, at, "it has no body")
                size += words[at + 4]
            self.require(at + size <= end, at, "it runs over the end")
            targets += [(at, target) for target in self.targets(at, kind)]
            reach = max(reach, self.reach(at, kind, depth))
            at += size
        self.require(last == c.VAL_END, start, "it has no end")
        for at, target in targets:
            self.require(target in starts and target > at, at, f"it goes to word {target}")
        return reach

    def targets(self, at: int, kind: int) -> list[int]:
        words = self.words
        if kind == c.VAL_GOTO:
            return [words[at + 1]]
        if kind != c.VAL_SWITCH:
            return []
        cases = list(words[at + 7 : at + 6 + 2 * words[at + 3] : 2])
        return cases if words[at + 5] == -1 else [*cases, words[at + 5]]

    def reach(self, at: int, kind: int, depth: int) -> int:
        """How far into the value one instruction looks."""
        words = self.words
        if kind in _TEXT_AT:
            self.text(at, kind, words[at + _TEXT_AT[kind]])
        if kind in (c.VAL_END, c.VAL_GOTO, c.VAL_UNINHABITED):
            return 0
        offset = words[at + 1]
        self.require(0 <= offset <= MAX_BYTES, at, "it looks before the value")
        if kind == c.VAL_LOOP:
            stride, count, body = words[at + 2 : at + 5]
            inner = self.run(at + 5, at + 5 + body, depth + 1)
            self.require(0 < stride <= MAX_BYTES and 0 <= count <= MAX_BYTES // stride, at, "it goes around too often")
            return offset + (count - 1) * stride + inner if count else 0
        size = words[at + 2] if kind in _SIZED else _FIXED[kind]
        fits = size in (1, 2, 4, 8) if kind in _SCALARS else 0 <= size <= MAX_BYTES
        self.require(fits, at, f"a part of {size} bytes")
        if kind in _POINTERS:
            align, *sizes = (words[at + n] for n in _POINTERS[kind])
            sound = align > 0 and not align & (align - 1) and all(0 <= size <= MAX_BYTES for size in sizes)
            self.require(sound, at, "a pointer to nothing")
        return offset + size

    def text(self, at: int, kind: int, x: int) -> None:
        self.require(0 <= x < len(self.extra), at, "what it would say is missing")
        entry = self.extra[x]
        if kind == c.VAL_INIT:
            parts = entry[1:]
            sound = bool(parts) and all(
                isinstance(p, tuple) and len(p) == 5 and type(p[0]) is int and isinstance(p[2], tuple) and _path(p[3])
                and all(type(stride) is int and stride > 0 for stride in p[2])
                for p in parts
            )  # fmt: skip
        else:
            sound = len(entry) >= _TEXTS.get(kind, 2) and _path(entry[1])
        self.require(sound, at, "what it would say is missing")


def _path(text: object) -> bool:
    """A path in a value, with `{}` for the index of each loop."""
    return isinstance(text, str) and not set("{}") & set(_PLACE.sub("", text))
