"""The address cache: which addresses functions and vtables have, and for how long.

Key: instance (or vtable) and salt.  An instance without generics that is `#[inline(never)]` has one address, any
other up to SALTS (32); each cast draws the salt from the run's generator, so a cast that finds its address costs a draw
and a table look-up in the engine, and only the first with a salt comes here.  `salts` has a block of 32 words per
function; a word is the row of the address's allocation in `tab` (functions) or its place in `vt_at` (vtables), 0 =
none.

Life of an address: created, live, exposed (it became an integer), unreachable, evicted.  Every change is a
`CacheEvent`; casts are counted only: R_CASTS = hits + R_MISSES.

Invariants: an address belongs to one function at a time; at most 32 a function; an exposed or reachable address is
never evicted.  To add a policy: a subclass of `Policy`, its name in `POLICIES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import words as w
from .link import grow
from .state import CacheEvent, zeros

if TYPE_CHECKING:
    from .core import Core


class Policy:
    """`keep`: never evicts, as Miri.  The others override `after_miss` (an address was just made)."""

    name = "keep"
    caches = True  # whether an address is found again

    def after_miss(self, cache: FnAddresses) -> None:
        """Where a policy may evict."""


class Fresh(Policy):
    """No cache at all: every cast makes a new address.  The leak, kept for demonstration and measurement."""

    name = "fresh"
    caches = False


POLICIES: dict[str, type[Policy]] = {policy.name: policy for policy in (Policy, Fresh)}


class FnAddresses:
    """Works on the state of one machine; holds nothing itself."""

    def __init__(self, core: Core) -> None:
        self.core = core

    @property
    def policy(self) -> Policy:
        return POLICIES[self.core.state.policy]()

    def new_block(self) -> int:
        """SALTS empty words; returns the first's index."""
        salts = self.core.state.salts
        start = len(salts)
        salts.extend(zeros(w.SALTS))
        return start

    # --- functions -----------------------------------------------------------------------------------

    def prepare(self, instance: int) -> None:
        """Makes room for the function's addresses; the cast is then executed again."""
        info = self.core.state.info
        row = instance * w.ROW
        if self.core.program.unique_address(instance):
            info[row + w.I_FLAGS] |= w.IF_UNIQUE
        info[row + w.I_SALTS] = self.new_block()

    def create(self, instance: int, word: int) -> tuple[int, int]:
        """A miss: a new address for `instance`, remembered at `word` of `salts` (0: not at all)."""
        core = self.core
        state = core.state
        row = core.memory.new(0, 16, w.M_FN)
        core.memory.freeze(row)
        state.cold[row + w.B_DATA] = instance
        state.regs[w.R_CASTS] += 1
        state.regs[w.R_MISSES] += 1
        state.cold[row + w.B_USED] = state.regs[w.R_CASTS]
        address = state.tab[row + w.A_BASE]
        salt = 0
        if word:
            state.salts[word] = row
            salt = word - state.info[instance * w.ROW + w.I_SALTS]
        self.event("created", core.program.symbol(instance), salt, address)
        self.policy.after_miss(self)
        return address, core.memory.base_prov(row)

    def address_of(self, instance: int) -> tuple[int, int]:
        """An address for a pointer that stands in a global: the first one."""
        grow(self.core.state.info, (instance + 1) * w.ROW)
        at = instance * w.ROW + w.I_SALTS
        if not self.core.state.info[at]:
            self.prepare(instance)
        word = self.core.state.info[at]
        row = self.core.state.salts[word]
        if row:
            return self.core.state.tab[row + w.A_BASE], self.core.memory.base_prov(row)
        return self.create(instance, word)

    def exposed(self, row: int) -> None:
        state = self.core.state
        if state.tab[row + w.A_INFO] & 255 == w.M_FN:
            symbol = self.core.program.symbol(state.cold[row + w.B_DATA])
            self.event("exposed", symbol, 0, state.tab[row + w.A_BASE], "cast to an integer")

    # --- vtables -------------------------------------------------------------------------------------

    def vtable_text(self, vtable: int) -> int:
        """Offset of the vtable in `vt_text`, where it is put at first use."""
        state = self.core.state
        if vtable not in state.vtables:
            it = self.core.program.get_vtable(vtable)
            state.vt_text.append(len(it.entries))
            state.vtables[vtable] = len(state.vt_text)
            state.vt_text.extend([it.size, it.align, it.drop, *it.entries])
            for entry in (it.drop, *it.entries):
                grow(state.info, (entry + 1) * w.ROW)
                grow(state.vt_salts, entry + 1)
        return state.vtables[vtable]

    def prepare_vtable(self, vtable: int) -> None:
        self.core.state.vt_salts[vtable] = self.new_block()

    def create_vtable(self, vtable: int, word: int) -> int:
        """A miss: a new address for the vtable."""
        state = self.core.state
        regs = state.regs
        index = regs[w.R_VTABLES]
        grow(state.vt_at, index + 1)
        state.vt_at[index] = self.vtable_text(vtable)
        regs[w.R_VTABLES] += 1
        regs[w.R_CASTS] += 1
        regs[w.R_MISSES] += 1
        if word:
            state.salts[word] = index
        address = w.VT_BASE + index * w.VT_STRIDE
        self.event("created", self.core.program.get_vtable(vtable).symbol, 0, address)
        return address

    def vtable_address(self, vtable: int) -> int:
        """An address for a pointer that stands in a global: the first one."""
        state = self.core.state
        grow(state.vt_salts, vtable + 1)
        if not state.vt_salts[vtable]:
            self.prepare_vtable(vtable)
        word = state.vt_salts[vtable]
        index = state.salts[word]
        return w.VT_BASE + index * w.VT_STRIDE if index else self.create_vtable(vtable, word)

    # --- audit ---------------------------------------------------------------------------------------

    def event(self, kind: str, function: str, salt: int, address: int, reason: str = "") -> None:
        state = self.core.state
        state.events.append(CacheEvent(kind, state.regs[w.R_STEPS], function, salt, address, reason))  # type: ignore[arg-type]

    def counters(self) -> dict[str, int]:
        regs = self.core.state.regs
        casts, misses = regs[w.R_CASTS], regs[w.R_MISSES]
        return {"casts": casts, "hits": casts - misses, "misses": misses}
