"""The provenance collector: finds the entries of the address cache that no pointer in the machine carries any more.

It runs every R_GC_EVERY steps, at a block boundary, at the same step on both engines and whether or not the run was
interrupted.  It does not trace: whatever live memory or a frame refers to counts, reachable or not (as in Miri).

Where a pointer can stand, and how that is read:
    live memory (stack, heap, globals, thread locals)   exactly: provenance words and pieces of pointers, by page
    slots of frames, words of special frames            conservatively: any word that would be such a provenance
    vtables, in memory and slots                        conservatively: any initialised word that is such an address
    payloads of panics, destructors of threads          conservatively
An exposed entry is never let go, so integers need no search.  Dead memory holds no marks (the engine clears them).

What was read is remembered by page and by frame, as sets of rows with a count for each row; the next time only pages
with a DIRTY_COLLECTOR bit, and frames that ran since (K_SEEN marks those that were there), are read again.  So the work
is proportional to what changed; looking for dirty pages costs a byte each, and the interval grows with the arena so
that this stays small.

Invariant: nothing here is state.  A new collector reads everything once and comes to the same decisions.
To add a place where pointers can stand: its reading in `_mark`, its line above, a program in tests/unit/machine.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from heapq import heappop, heappush, heapreplace
from typing import TYPE_CHECKING

from . import words as w
from .state import Thread, zeros

if TYPE_CHECKING:
    from .core import Core

Rows = tuple[int, ...]
_SLOT = w.MAX_SLOT.bit_length()
CHUNK = 1024  # slots read at a time
_PIECE = re.compile(b"[" + b"".join(re.escape(bytes((i,))) for i in range(256) if i & w.FRAGMENT) + b"]")
_ENTRY = re.compile(b"[" + bytes((w.M_FN, w.M_VTABLE)) + b"]")


class Idle:
    """Rows of functions and vtables that nothing refers to, as far as was read, the least recently cast first.

    A heap of (step of the last cast << _SLOT | slot).  A cast does not tell: a row whose last cast is later than the
    heap says goes back to its place when it comes to the top, one that is in use by then is dropped; so a
    collection looks at what is due, however much there is.
    """

    def __init__(self, core: Core, refs: array[int]) -> None:
        self.core, self.refs = core, refs
        self.heap: list[int] = []
        self.queued = bytearray()  # by slot: whether it is in the heap

    def add(self, row: int) -> None:
        slot = row >> 3
        if not self.queued[slot]:
            self.queued[slot] = 1
            heappush(self.heap, self.core.state.cold[row + w.E_LAST] << _SLOT | slot)

    def oldest(self) -> int:
        """The row that was cast least recently, of those not in use; 0: there is none."""
        heap, cold, tab = self.heap, self.core.state.cold, self.core.state.tab
        while heap:
            slot = heap[0] & w.MAX_SLOT
            row = slot * w.ROW
            last = cold[row + w.E_LAST]
            if self.refs[slot] or tab[row + w.A_INFO] & w.FLAG_EXPOSED:
                self.queued[slot] = 0
                heappop(heap)
            elif last != heap[0] >> _SLOT:
                heapreplace(heap, last << _SLOT | slot)
            else:
                return row
        return 0

    def take(self) -> int:
        """The oldest, which is idle no longer."""
        row = self.oldest()
        self.queued[row >> 3] = 0
        heappop(self.heap)
        return row


class Collector:
    """Works for the machine of `core`."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.found = zeros(16 * CHUNK)  # where the engine puts what it finds: a page holds 4096 / 8 words of two kinds
        self.reset()

    def reset(self) -> None:
        """Forgets all that was read."""
        self.whole = True  # nothing was read yet
        self.refs = array("i")  # by slot of the table: how many pages and frames refer to it
        self.idle = Idle(self.core, self.refs)
        self.pages: dict[int, Rows] = {}
        self.known = bytearray()  # which pages are in `pages`
        self.frames: dict[int, list[Rows]] = {}  # by thread, by depth
        self.extras: dict[int, Rows] = {}  # by thread: payload and destructors
        self.last = -1  # step of the last reading

    # --- when ----------------------------------------------------------------------------------------

    def run(self) -> None:
        """A collection is due: lets go what the policy chooses, and says when the next one is."""
        core = self.core
        regs = core.state.regs
        policy = core.addresses.policy
        if policy.due(regs):
            regs[w.R_COLLECTIONS] += 1
            self._mark()
            for row in policy.victims(regs, core.state.cold, self.idle):
                core.addresses.evict(row, policy.reason)
        policy.after_collection(regs)
        regs[w.R_NEW] = regs[w.R_BACK] = 0
        regs[w.R_KEPT], regs[w.R_GC_LAST] = regs[w.R_ENTRIES], regs[w.R_STEPS]
        pages = regs[w.R_ARENA_TOP] >> w.PAGE_BITS
        regs[w.R_GC_NEXT] = regs[w.R_STEPS] + max(regs[w.R_GC_EVERY], pages >> 4)

    def made(self, row: int) -> None:
        """A function or vtable has a new address."""
        if not self.whole:
            self._grow()
            self.idle.add(row)

    # --- what is reachable -----------------------------------------------------------------------------

    def unreachable(self) -> list[int]:
        """Rows of entries that no pointer carries and that are not exposed."""
        self._mark()
        tab, refs = self.core.state.tab, self.refs
        rows = (entry.row for entry in self.core.addresses.entries())
        return [row for row in rows if not refs[row >> 3] and not tab[row + w.A_INFO] & w.FLAG_EXPOSED]

    def is_reachable(self, row: int) -> bool:
        """As of the last reading."""
        return self.refs[row >> 3] > 0

    def _grow(self) -> None:
        n = self.core.state.regs[w.R_NALLOCS]
        if len(self.refs) < n:
            more = n - len(self.refs) + n // 8
            self.refs.frombytes(bytes(self.refs.itemsize * more))
            self.idle.queued.extend(bytes(more))

    def _mark(self) -> None:
        """Reads all that changed since the last time."""
        state = self.core.state
        self._grow()
        if self.whole:
            self._begin()
        self._read_pages()
        present = set()
        for thread in state.threads:
            present.add(thread.id)
            if thread is state.thread or thread.left >= self.last or thread.id not in self.frames:
                self._read_thread(thread)
        for gone in [id for id in self.frames if id not in present]:
            self._forget(gone)
        self.last = state.regs[w.R_STEPS]

    def _begin(self) -> None:
        state = self.core.state
        state.dirty[:] = state.dirty.translate(bytes(b | w.DIRTY_COLLECTOR for b in range(256)))
        kinds = state.tab[w.A_INFO : state.regs[w.R_NALLOCS] * w.ROW : w.ROW]
        for found in _ENTRY.finditer(kinds.tobytes()[::8]):
            self.idle.add(found.start() * w.ROW)
        self.whole = False

    def _replace(self, old: Rows, new: Rows) -> None:
        refs = self.refs
        for row in new:
            refs[row >> 3] += 1
        for row in old:
            refs[row >> 3] -= 1
            if not refs[row >> 3]:
                self.idle.add(row)

    # --- memory ----------------------------------------------------------------------------------------

    def _read_pages(self) -> None:
        state, scan = self.core.state, self.core.engine.next_page
        pages = len(state.data) >> w.PAGE_BITS
        if len(self.known) < pages:
            self.known.extend(bytes(pages - len(self.known) + pages // 8))
        top = state.regs[w.R_ARENA_TOP] >> w.PAGE_BITS
        number = -1
        while True:
            number, n = scan(state, number + 1, self.known, self.found)
            if number < 0:
                break
            rows = set(self.found[: n if n >= 0 else -1 - n])
            if n < 0:
                rows.update(self._pieces(number))
            self._page(number, tuple(rows))
        for number in [number for number in self.pages if number > top]:  # the arena has shrunk
            self._page(number, ())

    def _page(self, number: int, rows: Rows) -> None:
        self._replace(self.pages.pop(number, ()), rows)
        self.known[number] = bool(rows)
        if rows:
            self.pages[number] = rows

    def _pieces(self, number: int) -> Iterable[int]:
        """Rows that pieces of pointers on a page refer to."""
        state = self.core.state
        words: set[int] = set()
        for found in _PIECE.finditer(state.meta, number << w.PAGE_BITS, (number + 1) << w.PAGE_BITS):
            piece = state.fragments.get(found.start())
            if piece is not None:
                words.add(piece[0])
        for word in words:
            yield from self._row_of(word)

    def _row_of(self, word: int) -> Rows:
        """The row that a word would refer to as the provenance of a function, or as the address of a vtable."""
        words = array("q", (word,))
        n = self.core.engine.scan_slots(self.core.state, words, 0, 1, self.found)
        return tuple(self.found[:n])

    # --- threads ---------------------------------------------------------------------------------------

    def _read_thread(self, thread: Thread) -> None:
        state = self.core.state
        if thread is state.thread:
            thread.pc, thread.fp, thread.depth = state.regs[w.R_PC], state.regs[w.R_FP], state.regs[w.R_DEPTH]
        frames, rows = self.frames.setdefault(thread.id, []), thread.frames
        depth = thread.depth if thread.status != "finished" else -1
        first = min(depth, len(frames) - 1)
        while first >= 0 and not rows[first * w.ROW + w.F_KIND] & w.K_SEEN:
            first -= 1
        first = max(first, 0)  # frames below have not run since: the one above them was there all the time
        while len(frames) > first:
            self._replace(frames.pop(), ())
        for at in range(first, depth + 1):
            frames.append(self._frame(thread, at, depth))
            self._replace((), frames[-1])
            rows[at * w.ROW + w.F_KIND] |= w.K_SEEN
        words = (*thread.payload, *(x for dtor in thread.dtors for x in dtor))
        extra = tuple({row for word in words for row in self._row_of(word)})
        self._replace(self.extras.get(thread.id, ()), extra)
        self.extras[thread.id] = extra

    def _frame(self, thread: Thread, at: int, depth: int) -> Rows:
        """Rows that a frame's slots, and the words of its kind, refer to."""
        state, rows, scan = self.core.state, thread.frames, self.core.engine.scan_slots
        row = at * w.ROW
        start = rows[row + w.F_FP]
        if at < depth:
            end = rows[row + w.ROW + w.F_FP]
        else:
            end = start + state.info[rows[row + w.F_FN] * w.ROW + w.I_NSLOTS]
        out: set[int] = set()
        for first in range(start, end, CHUNK):
            n = scan(state, thread.slots, first, min(first + CHUNK, end), self.found)
            out.update(self.found[:n])
        if rows[row + w.F_KIND] & w.K_MASK:
            n = scan(state, rows, row + w.F_A, row + w.ROW, self.found)
            out.update(self.found[:n])
        return tuple(out)

    def _forget(self, id: int) -> None:
        for rows in self.frames.pop(id):
            self._replace(rows, ())
        self._replace(self.extras.pop(id, ()), ())
