"""Memory seen from Python: checked access with Miri's messages, pointers in pieces, growth, big blocks, globals.

The engine has the fast versions; these are complete: wildcard provenance, unaligned pointers, and the sentence of what
is wrong.  A pointer is (address, provenance).  Arena blocks above BIG bytes are taken from `holes` (best fit) or the
top and given back at once; smaller ones stay with their slot.

Invariant: a failing check raises `Ub` before anything changed.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

from . import words as w
from .outcome import Note, Outcome, Stop, Ub

if TYPE_CHECKING:
    from .core import Core

ACCESS = "memory access failed"
ARITHMETIC = "in-bounds pointer arithmetic failed"
DEREF = "pointer not dereferenceable"


def sweep_due(n: int) -> bool:
    """Whether a table that grew to n entries should be rid of what is no longer valid: at 1024, 2048, 4096, ..."""
    return n >= 1024 and n & (n - 1) == 0


def plural(n: int, what: str = "byte") -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


class Memory:
    """The arena and allocation table of one machine."""

    def __init__(self, core: Core) -> None:
        self.core = core

    # --- provenance ----------------------------------------------------------------------------------

    def row_of(self, prov: int) -> int:
        """Row of the live allocation, or 0."""
        tab = self.core.state.tab
        row = (prov >> w.TAG_BITS) * w.ROW
        if row <= 0 or row >= len(tab) or (prov & w.TAG_MASK) < tab[row + w.A_FIRST]:
            return 0
        return row if tab[row + w.A_INFO] & 255 else 0

    def base_prov(self, row: int) -> int:
        return (row // w.ROW) << w.TAG_BITS | self.core.state.tab[row + w.A_FIRST]

    def expose(self, prov: int) -> None:
        state = self.core.state
        row = self.row_of(prov)
        if row and not state.tab[row + w.A_INFO] & w.FLAG_EXPOSED:
            state.tab[row + w.A_INFO] |= w.FLAG_EXPOSED
            insort(state.exposed, (state.tab[row + w.A_BASE], row, state.tab[row + w.A_FIRST]))
            if sweep_due(len(state.exposed)):
                state.exposed[:] = [entry for entry in state.exposed if self.still_exposed(entry)]
            self.core.addresses.exposed(row)

    def still_exposed(self, entry: tuple[int, int, int]) -> bool:
        tab = self.core.state.tab
        return tab[entry[1] + w.A_FIRST] == entry[2] and tab[entry[1] + w.A_INFO] & 255 != w.M_FREE

    def resolve(self, addr: int, size: int) -> int:
        """The exposed live allocation that a wildcard pointer to `addr` means: its row, or 0.

        With a negative `size` the memory before `addr` is meant: the end of one allocation may be the start of another.
        """
        exposed, tab = self.core.state.exposed, self.core.state.tab
        addr -= size < 0
        at = bisect_right(exposed, (addr, 1 << 62, 0)) - 1
        while at >= 0 and not self.still_exposed(exposed[at]):
            del exposed[at]
            at -= 1
        if at < 0:
            return 0
        row = exposed[at][1]
        off, total = addr - tab[row + w.A_BASE], tab[row + w.A_SIZE]
        return row if off <= total else 0

    # --- how things are called -----------------------------------------------------------------------

    def alloc_name(self, row: int) -> str:
        return f"alloc{self.core.state.tab[row + w.A_ID]}"

    def show(self, addr: int, prov: int) -> str:
        """A pointer as Miri prints it."""
        if addr == 0 and prov <= w.WILDCARD:
            return "null pointer"
        if prov <= w.WILDCARD:
            return f"{addr & w_mask:#x}[{'wildcard' if prov else 'noalloc'}]"
        row = self.row_of(prov)
        tab = self.core.state.tab
        if row:
            off = addr - tab[row + w.A_BASE]
            return self.alloc_name(row) + (f"+{off:#x}" if off > 0 else f"-{-off:#x}" if off else "")
        return f"{addr & w_mask:#x}[dangling]"

    def dead_record(self, prov: int) -> tuple[int, int, int, int] | None:
        """(id, birth, death, info) of a dead allocation whose record is still kept."""
        state = self.core.state
        slot, tag = prov >> w.TAG_BITS, prov & w.TAG_MASK
        for ring in (state.dead_stack, state.dead_other):
            for at in range(0, len(ring), w.ROW):
                if ring[at] == slot and ring[at + w.D_FIRST] <= tag < ring[at + w.D_LAST]:
                    return ring[at + w.D_ID], ring[at + w.D_BIRTH], ring[at + w.D_DEATH], ring[at + w.D_INFO]
        return None

    def birth_notes(self, row: int) -> list[Note]:
        state = self.core.state
        span = self.core.span_at(state.cold[row + w.B_BIRTH])
        return [Note(f"{self.alloc_name(row)} was allocated here:", span)] if span else []

    def dangling(self, what: str, prov: int) -> Ub:
        record = self.dead_record(prov)
        if record is None:
            return Ub(f"{what}: allocation has been freed, so this pointer is dangling")
        name = f"alloc{record[0]}"
        span = self.core.span_at
        born, died = span(record[1]), span(record[2])
        notes = [Note(f"{name} was allocated here:", born), Note(f"{name} was deallocated here:", died)]
        return Ub(f"{what}: {name} has been freed, so this pointer is dangling", notes=notes)

    # --- checked access ------------------------------------------------------------------------------

    def access(self, addr: int, prov: int, size: int, what: str = ACCESS, write: bool = False, align: int = 1) -> int:
        """Arena offset of `size` bytes at the pointer; raises `Ub`.  Zero bytes may be anywhere."""
        row = self.locate(addr, prov, size, what)
        if align > 1 and addr & (align - 1):
            found = addr & -addr
            raise Ub(f"accessing memory based on pointer with alignment {found}, but alignment {align} is required")
        if row == 0:
            return 0
        tab = self.core.state.tab
        if write and size and tab[row + w.A_WSIZE] == 0:
            raise Ub(f"writing to {self.alloc_name(row)} which is read-only", notes=self.birth_notes(row))
        return addr + tab[row + w.A_DELTA]

    def locate(self, addr: int, prov: int, size: int, what: str = ACCESS) -> int:
        """Row of the live allocation that holds `size` bytes at the pointer (0 if size is 0); else `Ub`."""
        if size == 0:
            return 0
        row = self.resolve(addr, size) if prov == w.WILDCARD else self.row_of(prov)
        if row == 0 and prov > w.WILDCARD:
            raise self.dangling(what, prov)
        if row == 0:
            raise Ub(f"{what}: {self.wanted(what, size)}, but got {self.no_provenance(addr)}")
        tab = self.core.state.tab
        at = addr - tab[row + w.A_BASE]
        total = tab[row + w.A_SIZE]
        lo, hi = (at, at + size) if size > 0 else (at + size, at)
        if lo >= 0 and hi <= total:
            return row
        where = self.show(addr, self.base_prov(row))
        held = {w.M_FN: "a function", w.M_VTABLE: "a vtable"}.get(tab[row + w.A_INFO] & 255)
        if held is not None and what is ACCESS:
            raise Ub(f"accessing {self.alloc_name(row)} which contains {held}")
        if at < 0:
            how = "points to before the beginning of the allocation"
        elif size < 0:
            how = f"is only {plural(at)} from the beginning of the allocation"
            how = how if at else "is at the beginning of the allocation"
        elif total - at <= 0:
            how = f"is at or beyond the end of the allocation of size {plural(total)}"
        else:
            how = f"is only {plural(total - at)} from the end of the allocation"
        raise Ub(f"{what}: {self.wanted(what, size)}, but got {where} which {how}", notes=self.birth_notes(row))

    @staticmethod
    def wanted(what: str, size: int) -> str:
        if what == ARITHMETIC:
            return f"attempting to offset pointer by {plural(size)}"
        if what == DEREF:
            return f"pointer must be dereferenceable for {plural(size)}"
        return f"attempting to access {plural(size)}"

    @staticmethod
    def no_provenance(addr: int) -> str:
        if addr == 0:
            return "null pointer"
        return f"{addr & w_mask:#x}[noalloc] which is a dangling pointer (it has no provenance)"

    def require_init(self, at: int, size: int, addr: int, prov: int) -> None:
        meta = self.core.state.meta
        bad = [i for i in range(size) if not meta[at + i] & w.INIT]
        if not bad:
            return
        last = bad[0]
        while last + 1 < size and not meta[at + last + 1] & w.INIT:
            last += 1
        row = self.row_of(prov) or self.resolve(addr, size)
        off = at - self.core.state.tab[row + w.A_BASE] - self.core.state.tab[row + w.A_DELTA]
        raise Ub(
            f"reading memory at {self.alloc_name(row)}[{off:#x}..{off + size:#x}], but memory is uninitialized at "
            f"[{off + bad[0]:#x}..{off + last + 1:#x}], and this operation requires initialized memory",
            notes=self.birth_notes(row),
        )

    def read(self, addr: int, prov: int, size: int, align: int = 1) -> bytes:
        """Initialised bytes."""
        at = self.access(addr, prov, size, align=align)
        if size == 0:
            return b""
        self.require_init(at, size, addr, prov)
        return bytes(self.core.state.data[at : at + size])

    def write(self, addr: int, prov: int, data: bytes, align: int = 1) -> None:
        at = self.access(addr, prov, len(data), write=True, align=align)
        if data:
            self.store(at, data)

    def store(self, at: int, data: bytes) -> None:
        """Plain initialised bytes at an arena offset."""
        state = self.core.state
        n = len(data)
        state.data[at : at + n] = data
        state.meta[at : at + n] = b"\1" * n
        self.touch(at, n)

    def uninit(self, at: int, size: int) -> None:
        """Those bytes of the arena become uninitialised."""
        self.core.state.meta[at : at + size] = bytes(size)
        self.touch(at, size)

    def touch(self, at: int, n: int) -> None:
        first, last = at >> w.PAGE_BITS, (at + max(n, 1) - 1) >> w.PAGE_BITS
        self.core.state.dirty[first : last + 1] = b"\xff" * (last + 1 - first)

    # --- pointers in memory --------------------------------------------------------------------------

    def piece(self, at: int) -> tuple[int, int] | None:
        """(provenance, which byte) if the byte at arena offset `at` is part of a pointer."""
        state = self.core.state
        if state.meta[at] & w.WHOLE:
            return state.prov[at >> 3], at & 7
        return state.fragments.get(at) if state.meta[at] & w.FRAGMENT else None

    def load_pointer(self, addr: int, prov: int, align: int = 1) -> tuple[int, int]:
        at = self.access(addr, prov, 8, align=align)
        self.require_init(at, 8, addr, prov)
        value = int.from_bytes(self.core.state.data[at : at + 8], "little", signed=True)
        return value, self.provenance_at(at)

    def provenance_at(self, at: int) -> int:
        """Of the pointer at arena offset `at`: only if all its bytes are one pointer's, in order."""
        pieces = [self.piece(at + i) for i in range(8)]
        first = pieces[0]
        if first is None or any(p is None or p[0] != first[0] or p[1] != i for i, p in enumerate(pieces)):
            return 0
        return first[0]

    def store_pointer(self, at: int, addr: int, prov: int) -> None:
        self.store(at, (addr & w_mask).to_bytes(8, "little"))
        if prov:
            self.put_pieces(at, [(prov, i) for i in range(8)])

    def put_pieces(self, at: int, pieces: list[tuple[int, int] | None]) -> None:
        """Marks initialised bytes as parts of pointers; whole aligned ones become so again."""
        state = self.core.state
        for i, piece in enumerate(pieces):
            state.meta[at + i] &= w.INIT
            if piece is not None:
                state.meta[at + i] |= w.FRAGMENT
                state.fragments[at + i] = piece
        for word in range((at + 7) >> 3, (at + len(pieces)) >> 3):
            run = pieces[word * 8 - at : word * 8 - at + 8]
            first = run[0]
            if first is not None and all(p is not None and p == (first[0], i) for i, p in enumerate(run)):
                state.prov[word] = first[0]
                for i in range(word * 8, word * 8 + 8):
                    state.meta[i] = state.meta[i] & w.INIT | w.WHOLE
                    del state.fragments[i]
        if sweep_due(len(state.fragments)):
            stale = [i for i in state.fragments if i >= len(state.meta) or not state.meta[i] & w.FRAGMENT]
            for i in stale:
                del state.fragments[i]
        state.regs[w.R_FRAGMENTS] = len(state.fragments)

    def copy(self, d: int, a: int, n: int) -> None:
        """Copies in the arena, with metadata and every piece of a pointer."""
        core = self.core
        if n == 0 or core.engine.copy_range(core.state, d, a, n):
            return
        state = core.state
        pieces = [self.piece(a + i) for i in range(n)]
        data, meta = bytes(state.data[a : a + n]), bytes(m & w.INIT for m in state.meta[a : a + n])
        state.data[d : d + n] = data
        state.meta[d : d + n] = meta
        self.touch(d, n)
        self.put_pieces(d, pieces)

    # --- allocation ----------------------------------------------------------------------------------

    def new(self, size: int, align: int, kind: int) -> int:
        """A new allocation of any size: its row.  Stops the run if memory is out."""
        core = self.core
        regs = core.state.regs
        if regs[w.R_LIVE_BYTES] + size > regs[w.R_MAX_BYTES]:
            message = f"the program needs more than {plural(regs[w.R_MAX_BYTES])} of memory"
            raise Stop(Outcome("memory_limit", message=message))
        if size + 7 > w.BIG:
            return self.new_big(size, align, kind)
        row = core.engine.allocate(core.state, size, align, kind, core.pc)
        if not row:
            self.make_room(2 * w.BIG)
            row = core.engine.allocate(core.state, size, align, kind, core.pc)
        assert row, "allocation failed after making room"
        return int(row)

    def make_room(self, need: int) -> None:
        """Grows table and arena so that a small allocation, or `need` bytes at the top, will fit."""
        state = self.core.state
        regs = state.regs
        if regs[w.R_NALLOCS] + 2 >= len(state.tab) // w.ROW:
            more = len(state.tab)
            assert len(state.tab) // w.ROW <= w.MAX_SLOT, "more allocations than provenance can name"
            state.tab.frombytes(bytes(8 * more))
            state.cold.frombytes(bytes(8 * more))
        short = regs[w.R_ARENA_TOP] + need - len(state.data)
        if short > 0:
            grow = (max(short, len(state.data) // 3) + 4095) & -4096
            first = len(state.data) >> w.PAGE_BITS
            state.data.extend(bytes(grow))
            state.meta.extend(bytes(grow))
            state.prov.frombytes(bytes(grow))
            state.dirty.extend(bytes(grow >> w.PAGE_BITS))
            count = len(state.data) >> w.PAGE_BITS
            state.dirty[first:count] = b"\xff" * (count - first)  # there was no such page, or another before `shrink`

    def new_row(self) -> int:
        """A slot of the table without a block."""
        state = self.core.state
        row = state.heads[w.CLASS_BIG]
        if row:
            state.heads[w.CLASS_BIG] = state.cold[row + w.B_LINK]
            return row
        self.make_room(0)
        row = state.regs[w.R_NALLOCS] * w.ROW
        state.regs[w.R_NALLOCS] += 1
        state.tab[row + w.A_NEXT] = 1
        state.cold[row + w.B_CLASS] = w.CLASS_BIG
        return row

    def new_big(self, size: int, align: int, kind: int) -> int:
        core = self.core
        row = self.new_row()
        need = (size + 7 + 15) & -16
        at = self.take_hole(need)
        core.state.cold[row + w.B_BLOCK] = at
        core.state.cold[row + w.B_CAP] = need
        core.engine.place(core.state, row, size, align, kind, core.pc)
        return row

    def take_hole(self, need: int) -> int:
        state = self.core.state
        fits = [(size, at) for at, size in state.holes if size >= need]
        if fits:
            size, at = min(fits)
            state.holes.remove((at, size))
            if size > need:
                insort(state.holes, (at + need, size - need))
            return at
        self.make_room(need)
        at = state.regs[w.R_ARENA_TOP]
        state.regs[w.R_ARENA_TOP] += need
        return at

    def free(self, prov: int) -> None:
        """Ends a live allocation of any size."""
        core = self.core
        if core.engine.free(core.state, prov, core.pc):
            return
        state = core.state
        row = ((prov >> w.TAG_BITS) & (len(state.tab) // w.ROW - 1)) * w.ROW
        core.engine.bury_row(state, row, core.pc)
        state.cold[row + w.B_LINK] = state.heads[w.CLASS_BIG]
        state.heads[w.CLASS_BIG] = row
        if state.cold[row + w.B_CAP]:
            self.add_hole(state.cold[row + w.B_BLOCK], state.cold[row + w.B_CAP])
            state.cold[row + w.B_CAP] = 0

    def add_hole(self, at: int, size: int) -> None:
        """Gives a block back, joined with its neighbours; at the end of the arena it vanishes."""
        state = self.core.state
        for other in list(state.holes):
            if other[0] + other[1] == at or at + size == other[0]:
                state.holes.remove(other)
                at, size = min(at, other[0]), size + other[1]
        if at + size != state.regs[w.R_ARENA_TOP]:
            insort(state.holes, (at, size))
            return
        state.regs[w.R_ARENA_TOP] = at
        self.shrink()

    def shrink(self) -> None:
        """Gives memory back to the host when most of the arena is unused."""
        from .verify_code import forget_dead_locals

        state = self.core.state
        keep = (state.regs[w.R_ARENA_TOP] * 5 // 4 + (1 << 20)) & -4096
        if len(state.data) > 2 * keep:
            forget_dead_locals(self.core)
            del state.data[keep:], state.meta[keep:], state.prov[keep >> 3 :]
            del state.dirty[(keep >> w.PAGE_BITS) + 4 :]

    def freeze(self, row: int) -> None:
        """From now on read-only."""
        self.core.state.tab[row + w.A_WSIZE] = 0
        self.core.state.tab[row + w.A_INFO] &= ~w.FLAG_MUT


w_mask = (1 << 64) - 1
