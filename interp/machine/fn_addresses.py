"""The address cache: which addresses functions and vtables have, and for how long.

An entry is an address: a row of the allocation table, found by its key (instance or vtable, and salt) in `State.table`.
An instance without generics that is `#[inline(never)]` has one address, any other, and any vtable, up to R_LIMIT (32);
each cast draws the salt from the run's generator, so a cast that finds its entry costs a draw and a look-up in the
engine, and only one that does not comes here.  Words of an entry: `E_*` in `words.py`.

Life of an entry: created, live, exposed (its address became an integer), unreachable (no pointer in the machine
carries it: `collector.py` finds that), evicted.  Every change is a `CacheEvent`; casts are counted only.

Invariants: an address belongs to one function at a time; no salt is R_LIMIT or above when it is drawn; an exposed or
reachable entry is never evicted; R_CASTS = hits + R_MISSES = the casts of all entries, present and evicted.

A vtable's address is a plain word, without provenance, in a range of its vtable's own: so it is never given to another
vtable, and one that was evicted still names its vtable.  What `fresh` makes is in no table: it has no entries.

To add a policy: a subclass of `Policy`, its name in `POLICIES`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from . import words as w
from .link import grow
from .outcome import Note
from .policies import POLICIES, CacheSettings, Policy
from .primitives import hash_slot
from .state import HISTORY, MIN_TABLE, NEVER, CacheEvent, Evicted, zeros

if TYPE_CHECKING:
    from .core import Core


class Entry(NamedTuple):
    """An entry as the table has it; `of` is the instance, or the vtable's number."""

    key: int
    row: int
    kind: str
    of: int
    salt: int


class FnAddresses:
    """Works on the state of one machine; holds nothing itself but an index of it."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.gone: Counter[str] = Counter()  # of how many addresses of a function `State.evicted` tells

    # --- policy --------------------------------------------------------------------------------------

    @property
    def policy(self) -> Policy:
        return POLICIES[self.core.state.policy]

    @property
    def settings(self) -> CacheSettings:
        state = self.core.state
        regs = state.regs
        return CacheSettings(state.policy, regs[w.R_LIMIT], regs[w.R_CAPACITY], regs[w.R_GC_EVERY])

    def configure(self, settings: CacheSettings) -> None:
        """From now on, the cache works by these settings; a change is an event."""
        state, before = self.core.state, self.settings
        regs = state.regs
        state.policy = settings.policy
        regs[w.R_LIMIT], regs[w.R_CAPACITY] = settings.limit, settings.capacity
        regs[w.R_GC_EVERY] = settings.gc_every
        if settings != before:
            self.event("policy", "", 0, 0, f"{before} -> {settings}" if state.started else str(settings))
            self.core.collector.reset()
        if not self.policy.caches and regs[w.R_ENTRIES]:
            state.table[:] = zeros(len(state.table))  # its addresses stay, as those do that `fresh` makes
            regs[w.R_ENTRIES] = 0
        if not self.policy.collects:
            regs[w.R_GC_NEXT] = NEVER
        elif regs[w.R_GC_NEXT] >= NEVER or settings.gc_every != before.gc_every:
            regs[w.R_GC_NEXT] = regs[w.R_STEPS] + settings.gc_every

    # --- the table -----------------------------------------------------------------------------------

    def find(self, key: int) -> int:
        """The entry's row, or 0."""
        return self.core.state.table[self._place(key) + 1]

    def _place(self, key: int) -> int:
        """Where the key stands in the table, or would."""
        table = self.core.state.table
        size = len(table) // 2
        at = hash_slot(key, 65 - size.bit_length())
        while table[2 * at] not in (0, key):
            at = (at + 1) % size
        return 2 * at

    def insert(self, key: int, row: int) -> None:
        state = self.core.state
        if state.regs[w.R_ENTRIES] * 10 >= len(state.table) // 2 * 8:
            pairs = [(e.key, e.row) for e in self.entries()]
            state.table.extend(zeros(len(state.table)))
            state.table[:] = zeros(len(state.table))
            for pair in pairs:
                self._put(*pair)
        self._put(key, row)
        state.regs[w.R_ENTRIES] += 1

    def _put(self, key: int, row: int) -> None:
        at = self._place(key)
        self.core.state.table[at], self.core.state.table[at + 1] = key, row

    def remove(self, key: int) -> None:
        """Takes an entry out, and moves those behind it that a search would no longer find."""
        state = self.core.state
        table, hole = state.table, self._place(key)
        assert table[hole] == key
        size = len(table) // 2
        state.regs[w.R_ENTRIES] -= 1
        at = hole
        while True:
            table[hole] = table[hole + 1] = 0
            while True:
                at = (at + 2) % (2 * size)
                if not table[at]:
                    return self._shrink()
                home = 2 * hash_slot(table[at], 65 - size.bit_length())
                if (at - home) % (2 * size) >= (at - hole) % (2 * size):
                    break
            table[hole], table[hole + 1] = table[at], table[at + 1]
            hole = at

    def _shrink(self) -> None:
        """Gives memory back when most of the table is empty: an entry has four places at most."""
        state = self.core.state
        if len(state.table) // 2 > MIN_TABLE and state.regs[w.R_ENTRIES] * 4 < len(state.table) // 2:
            pairs = [(e.key, e.row) for e in self.entries()]
            del state.table[len(state.table) // 2 :]
            state.table[:] = zeros(len(state.table))
            for pair in pairs:
                self._put(*pair)

    def entries(self) -> Iterator[Entry]:
        """All entries, in no order that means anything."""
        table, cold = self.core.state.table, self.core.state.cold
        for at in range(0, len(table), 2):
            key, row = table[at], table[at + 1]
            if key:
                kind = "fn" if key & 3 == w.KEY_FN else "vtable"
                yield Entry(key, row, kind, cold[row + w.E_OF], (key >> 2) & (w.MAX_LIMIT - 1))

    def key_of(self, row: int) -> int:
        """The key under which the function or vtable at `row` is or would be in the table."""
        state = self.core.state
        salt = state.cold[row + w.E_FIRST] & (w.MAX_LIMIT - 1)
        number, kind = state.cold[row + w.E_OF], w.KEY_FN
        if state.tab[row + w.A_INFO] & 255 == w.M_VTABLE:
            number, kind = state.vt_places[number], w.KEY_VTABLE
        return (number << w.SALT_BITS | salt) << 2 | kind

    # --- casts ---------------------------------------------------------------------------------------

    def prepare(self, instance: int) -> None:
        """Learns whether the function has one address only; the cast is then executed again."""
        flags = w.IF_ASKED | (w.IF_UNIQUE if self.core.program.unique_address(instance) else 0)
        self.core.state.info[instance * w.ROW + w.I_FLAGS] |= flags

    def create(self, kind: int, of: int, key: int) -> int:
        """A miss: a new address for the instance or vtable `of`; its row."""
        core = self.core
        state, regs = core.state, core.state.regs
        salt = (key >> 2) & (w.MAX_LIMIT - 1)
        row = core.memory.new_row()
        state.cold[row + w.B_BLOCK] = 0  # it has no block
        core.engine.place(state, row, 0, 16, w.M_FN if kind == w.KEY_FN else w.M_VTABLE, core.pc)
        core.memory.freeze(row)
        regs[w.R_CASTS] += 1
        regs[w.R_MISSES] += 1
        if kind == w.KEY_VTABLE:
            number = salt if self.policy.caches else regs[w.R_CASTS] & 0xFFFFF
            base = w.VT_BASE + (state.vt_places[of] << w.VT_SHIFT) + number * w.VT_STRIDE
            state.tab[row + w.A_DELTA] += state.tab[row + w.A_BASE] - base
            state.tab[row + w.A_BASE] = base
        cold = state.cold
        cold[row + w.E_FIRST_PC] = cold[row + w.E_LAST_PC] = core.pc
        cold[row + w.E_CASTS] = 1
        cold[row + w.E_FIRST] = regs[w.R_STEPS] << w.SALT_BITS | salt
        cold[row + w.E_OF] = of
        cold[row + w.E_LAST] = regs[w.R_STEPS]
        if self.policy.caches:
            self.insert(key, row)
            symbol = self.symbol(row)
            self.event("created", symbol, salt, state.tab[row + w.A_BASE], site=core.pc)
            regs[w.R_BACK if symbol in self.gone else w.R_NEW] += 1
        self.policy.after_miss(regs)
        core.collector.made(row)
        return row

    def _given(self, kind: int, of: int, number: int) -> int:
        """The row of an address for a pointer that stands in memory: the one with the first salt."""
        key = number << w.SALT_BITS << 2 | kind
        row = self.find(key)
        if not row:
            return self.create(kind, of, key)
        state = self.core.state
        state.regs[w.R_CASTS] += 1
        state.cold[row + w.E_CASTS] += 1
        state.cold[row + w.E_LAST], state.cold[row + w.E_LAST_PC] = state.regs[w.R_STEPS], self.core.pc
        return row

    def address_of(self, instance: int) -> tuple[int, int]:
        """Address and provenance of a function, for a pointer that stands in a global."""
        grow(self.core.state.info, (instance + 1) * w.ROW)
        row = self._given(w.KEY_FN, instance, instance)
        return self.core.state.tab[row + w.A_BASE], self.core.memory.base_prov(row)

    def vtable_address(self, vtable: int) -> int:
        """An address of a vtable, for a pointer that stands in a global, or an upcast."""
        self.vtable_text(vtable)
        row = self._given(w.KEY_VTABLE, vtable, self.core.state.vt_places[vtable])
        return self.core.state.tab[row + w.A_BASE]

    def vtable_text(self, vtable: int) -> int:
        """Offset of the vtable in `vt_text`, where it is put at first use, with a place among the addresses."""
        state = self.core.state
        if vtable not in state.vtables:
            it = self.core.program.get_vtable(vtable)
            state.vt_text.extend([it.trait_word, len(it.entries)])
            start = state.vtables[vtable] = len(state.vt_text)
            state.vt_text.extend([it.size, it.align, it.drop, *it.entries])
            for entry in (it.drop, *it.entries):
                grow(state.info, (entry + 1) * w.ROW)
                grow(state.vt_places, entry + 1)
            place = len(state.vtables)
            grow(state.vt_at, place + 1)
            grow(state.vt_places, vtable + 1)
            state.vt_at[place], state.vt_places[vtable] = start, place
            state.regs[w.R_VTABLES] = place + 1
        return state.vtables[vtable]

    # --- the rest of a life --------------------------------------------------------------------------

    def exposed(self, row: int) -> None:
        """A function's address became an integer."""
        state = self.core.state
        if state.tab[row + w.A_INFO] & 255 == w.M_FN and self.find(self.key_of(row)) == row:
            salt = state.cold[row + w.E_FIRST] & (w.MAX_LIMIT - 1)
            self.event("exposed", self.symbol(row), salt, state.tab[row + w.A_BASE], "cast to an integer", self.core.pc)

    def evict(self, row: int, reason: str) -> None:
        """Lets an address go that no pointer carries: it may be given out again."""
        core, state = self.core, self.core.state
        info, key = state.tab[row + w.A_INFO], self.key_of(row)
        assert not info & w.FLAG_EXPOSED and info & 255 in (w.M_FN, w.M_VTABLE)
        if self.find(key) == row:
            self.remove(key)
            casts, last = state.cold[row + w.E_CASTS], state.cold[row + w.E_LAST]
            salt, address = (key >> 2) & (w.MAX_LIMIT - 1), state.tab[row + w.A_BASE]
            state.regs[w.R_EVICTED] += 1
            why = f"{reason}, after {casts} cast{'s' * (casts != 1)}, last at step {last}"
            symbol = self.symbol(row)
            self.event("evicted", symbol, salt, address, why, state.cold[row + w.E_LAST_PC])
            self._remember(address, Evicted(symbol, salt, state.regs[w.R_STEPS], state.session, reason))
        state.cold[row + w.B_BLOCK] = state.cold[row + w.B_CAP] = 0
        core.memory.free(core.memory.base_prov(row))

    def _remember(self, address: int, it: Evicted) -> None:
        evicted, gone = self.core.state.evicted, self.gone
        before = evicted.pop(address, None)
        if before is None and len(evicted) >= HISTORY:
            before = evicted.pop(next(iter(evicted)))
        evicted[address] = it
        gone[it.function] += 1
        if before is not None:
            gone[before.function] -= 1
            if not gone[before.function]:
                del gone[before.function]

    def former_owner(self, address: int) -> list[Note]:
        """For a report about an address that calls nothing: whose it was."""
        it = self.core.state.evicted.get(address)
        owner = next((e for e in self.entries() if self.core.state.tab[e.row + w.A_BASE] == address), None)
        if owner is not None:
            how = "an integer becomes a pointer to it only after a cast like `as usize` has exposed it"
            return [Note(f"{address:#x} is an address of `{self.symbol(owner.row)}`; {how}")]
        if it is None:
            return []
        return [
            Note(
                f"{address:#x} was an address of `{it.function}` until step {it.step} of session {it.session}, when "
                f"the address cache let it go: {it.reason} (policy `{self.core.state.policy}`)"
            ),
            Note(f"find out more with: interp cache addresses {address:#x}"),
        ]

    def resumed(self, session: int = 0) -> None:
        """A new session begins, with the entries that the last one left; 0: its number is the next one."""
        state = self.core.state
        state.session = session or state.session + 1
        self.gone = Counter(it.function for it in state.evicted.values())
        for entry in sorted(self.entries(), key=lambda e: e.row):
            address, info = state.tab[entry.row + w.A_BASE], state.tab[entry.row + w.A_INFO]
            why = f"session {state.session} began" + (", exposed" if info & w.FLAG_EXPOSED else "")
            self.event("restored", self.symbol(entry.row), entry.salt, address, why)

    # --- what is said about it -----------------------------------------------------------------------

    def symbol(self, row: int) -> str:
        program, of = self.core.program, self.core.state.cold[row + w.E_OF]
        is_fn = self.core.state.tab[row + w.A_INFO] & 255 == w.M_FN
        return program.symbol(of) if is_fn else program.get_vtable(of).symbol

    def event(self, kind: str, function: str, salt: int, address: int, reason: str = "", site: int = 0) -> None:
        state = self.core.state
        state.events.append(CacheEvent(kind, state.regs[w.R_STEPS], function, salt, address, reason, site))  # type: ignore[arg-type]

    def bytes(self) -> int:
        """Of the machine's memory that the entries take: their rows of the allocation table, and the hash table."""
        state = self.core.state
        rows = state.regs[w.R_ENTRIES] * w.ROW * (state.tab.itemsize + state.cold.itemsize)
        return rows + len(state.table) * state.table.itemsize

    def counters(self) -> dict[str, int]:
        regs = self.core.state.regs
        casts, misses = regs[w.R_CASTS], regs[w.R_MISSES]
        return {"casts": casts, "hits": casts - misses, "misses": misses}
