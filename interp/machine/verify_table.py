"""Whether the allocation table of a snapshot is sound: rows, blocks and addresses apart, free lists that end.

There may be millions of rows, so all is done a column at a time, or by the compiled loops of `bulk.py`.

To add a rule of a single row: in `bulk.wrong_row`, its sentence in `_RULES`; of the table: a function called by
`verify_allocations`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import compress, pairwise
from operator import add, gt
from typing import Final

from . import bulk, words as w
from .records import CHUNK_WORDS, Allocations, Invalid, Snapshot

LIMIT: Final = 1 << 62  # no number comes near
ENTRIES: Final = (w.M_FN, w.M_VTABLE)
OF_GLOBALS: Final = (w.M_STATIC, w.M_CONST, w.M_TLS)
_NAMED: Final = re.compile(b"[" + bytes((*ENTRIES, *OF_GLOBALS)) + b"]")
_RULES: Final = {
    1: "a value is out of range",
    2: "it is free but has a size or a tag",
    3: "it does not lie in its block",
    4: "its block is not as big as its class says",
    5: "its tag, number or alignment is wrong",
    6: "its block is not aligned",
}


def require(condition: object, message: str) -> None:
    if not condition:
        raise Invalid(message)


def words_of(snapshot: Snapshot, table: str) -> array[int]:
    """A whole flat table out of its chunks."""
    out = array("q", bytes(8 * snapshot.machine.tables[table]))
    for name, number, data in snapshot.chunks:
        if name == table:
            start = number * CHUNK_WORDS
            out[start : start + len(data) // 8] = array("q", data)
    return out


def verify_allocations(snapshot: Snapshot, rows: Allocations) -> None:
    """Every row, and all of them together; raises `Invalid`."""
    regs, columns = snapshot.machine.regs, rows.columns
    count, top = regs[w.R_NALLOCS], regs[w.R_ARENA_TOP]
    require(len(rows) == count - 1, "rows of the allocation table are missing")
    require(columns[0] == array("q", range(1, count)), "rows of the allocation table are missing or there twice")
    classes = array("q", map(class_size, range(w.NCLASSES)))
    at, rule = bulk.wrong_row(columns, top, len(snapshot.sites), regs[w.R_NEXT_ID], LIMIT, classes)
    if rule:
        raise _bad(at + 1, _RULES[rule])
    base, size, block, cap = columns[2], columns[3], columns[9], columns[10]
    _blocks_apart(snapshot, array("q", compress(block, cap)), array("q", filter(None, cap)))
    kinds = rows.kinds
    live = array("q", compress(size, kinds))
    at = _overlap(array("q", compress(base, kinds)), [bytes_ or 1 for bytes_ in live])
    require(at < 0, f"two allocations overlap at address {at:#x}")
    require(regs[w.R_LIVE] == len(live), "the number of live allocations is wrong")
    require(regs[w.R_LIVE_BYTES] == sum(live), "the bytes of live allocations are wrong")
    _named(rows, kinds)


def _bad(slot: int, what: str) -> Invalid:
    return Invalid(f"row {slot} of the allocation table: {what}")


def _named(rows: Allocations, kinds: bytes) -> None:
    """What functions, vtables and globals rows are of is known, and of no other row."""
    named = {found.start() + 1 for found in _NAMED.finditer(kinds)}
    for slot in named ^ rows.refers.keys():
        if slot in named or not 0 < slot <= len(rows) or kinds[slot - 1]:
            raise _bad(slot, "nothing is known of what it is of")
    for slot in named:
        row = rows[slot - 1]
        if kinds[slot - 1] in ENTRIES and (row.size or row.base & 15 or row.cap):
            raise _bad(slot, "nothing is known of what it is of")


def _blocks_apart(snapshot: Snapshot, starts: array[int], sizes: array[int]) -> None:
    """Blocks and holes lie apart, in the arena."""
    holes, top = words_of(snapshot, "holes"), snapshot.machine.regs[w.R_ARENA_TOP]
    pairs = list(zip(holes[::2], holes[1::2]))
    require(all(at % 16 == 0 < size < LIMIT and size % 16 == 0 for at, size in pairs), "a block is not aligned")
    require(all(64 <= at <= top - size for at, size in pairs), "a block lies outside of the arena")
    at = _overlap(starts + holes[::2], sizes + holes[1::2])
    require(at < 0, f"two blocks of the arena overlap at {at:#x}")


def _overlap(starts: Sequence[int], sizes: Iterable[int]) -> int:
    """Where a span begins in which another has not ended, or -1.  Spans lie apart if each end, in order, is not above
    the following start, in order."""
    ends, begins = sorted(map(add, starts, sizes)), sorted(starts)
    if any(map(gt, ends, begins[1:])):
        return next(b for e, (_, b) in zip(ends, pairwise(begins)) if e > b)
    return -1


def class_size(cls: int) -> int:
    """Bytes of a block of a small class, as `Engine.alloc` gives them; 0: there is no such class."""
    if cls <= 32:
        return cls << 4
    k, q = 9 + (cls - 33) // 4, (cls - 33) % 4 + 1
    size = (1 << k) + q * (1 << k - 2)
    return size if size <= w.BIG else 0


def verify_free_lists(snapshot: Snapshot, rows: Allocations) -> None:
    """Every free row is in the list of its class, once."""
    kinds, classes, links = rows.kinds, rows.columns[11], rows.columns[12]
    seen = bytearray(len(rows) + 1)
    for cls, head in enumerate(words_of(snapshot, "heads")):
        at = head
        while at:
            slot, odd = divmod(at, w.ROW)
            require(not odd and 0 < slot <= len(rows), f"the free list of class {cls} leaves the table")
            require(not seen[slot], f"the free list of class {cls} has a cycle")
            seen[slot] = 1
            fits = kinds[slot - 1] == w.M_FREE and classes[slot - 1] == cls
            require(fits, f"a row in free list {cls} is not free")
            at = links[slot - 1]
    require(sum(seen) == kinds.count(w.M_FREE), "a free row is in no free list")
