"""Places in the code: from a word of the text to (symbol, block, statement, word) and back; sites are numbered places.

To add a way to name a place: a function here, both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..code.code import Code
from . import words as w
from .records import CodePosition, SiteRecord

if TYPE_CHECKING:
    from .core import Core

NOWHERE = CodePosition("", 0, 0, 0)


def position(core: Core, pc: int) -> CodePosition:
    """Of a word of the text."""
    found = core.code_at(pc)
    return _in_code(*found) if found else NOWHERE


def position_in(core: Core, instance: int, pc: int) -> CodePosition:
    """Of where a frame of `instance` goes on: perhaps behind its last instruction, a call that does not return.

    Block -1 if it never does (a thread's first frame while destructors run)."""
    if pc == 0:
        return CodePosition(core.codes[instance].symbol, -1, 0, 0)
    return _in_code(core.codes[instance], pc - core.state.info[instance * w.ROW + w.I_START])


def _in_code(code: Code, index: int) -> CodePosition:
    at = code.position(index)
    if at is None:
        return NOWHERE
    first = code.pc_of(at.block, at.statement)  # a statement may have several pieces of code
    assert first is not None
    return CodePosition(code.symbol, at.block, at.statement, index - first)


def index_in(code: Code, block: int, statement: int, word: int) -> int:
    """The word of the function's code at a position, or -1 if it has no such place."""
    first = code.pc_of(block, statement)
    if first is None or not 0 <= word <= len(code.words) - first:
        return -1
    return first + word


class _Numbers(dict[int, int]):
    """Site by word of the text; asks once."""

    def __init__(self, core: Core) -> None:
        super().__init__({0: 0})
        self.core = core
        self.records = [SiteRecord(0, *NOWHERE)]
        self.known = {NOWHERE: 0}

    def __missing__(self, pc: int) -> int:
        at = position(self.core, pc)
        number = self.known.get(at)
        if number is None:
            number = self.known[at] = len(self.records)
            self.records.append(SiteRecord(number, *at))
        self[pc] = number
        return number


class Sites:
    """The sites of one machine, numbered in order of first use."""

    def __init__(self, core: Core) -> None:
        self.numbers = _Numbers(core)

    @property
    def records(self) -> list[SiteRecord]:
        return self.numbers.records

    def load(self, records: list[SiteRecord], pcs: list[int]) -> None:
        """The sites of a snapshot, and the words of the text they are."""
        numbers = self.numbers
        numbers.records = list(records)
        numbers.known = {CodePosition(*record[1:]): record.number for record in records}
        numbers.update({pc: record.number for pc, record in zip(pcs, records)})
