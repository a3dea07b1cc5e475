"""Policies of the address cache: whether it remembers, and what is let go when nobody refers to it.

    keep         never lets go (Miri's way): at most `limit` addresses a function, for as long as the run lasts
    unreachable  at each collection, lets go what no pointer in the machine carries and no cast gave for a while
    lru          the same, but only above `capacity` entries, the least recently cast first, down to 15/16 of it
    fresh        no cache: every cast makes a new address; the leak, kept for demonstration and measurement

Invariant: a policy chooses among entries that are neither exposed nor reachable; it never sees others.
To add one: a subclass of `Policy`, its line in `POLICIES`, in this text and in docs/function-addresses.md.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from . import words as w
from .state import GC_EVERY, LIMIT

if TYPE_CHECKING:
    from .collector import Idle

PATIENCE: Final = 255  # intervals that `unreachable` waits at most, less one
FEW: Final = 64  # new entries in an interval that are no reason to wait less
SLACK: Final = 32  # entries above the capacity that do not hasten the next collection


class BadSettings(ValueError):
    """What is wrong with settings, and what to do."""


class CacheSettings(NamedTuple):
    """`limit`: addresses a function may have; `capacity`: entries that `lru` keeps; `gc_every`: steps from one
    collection to the next."""

    policy: str = "keep"
    limit: int = LIMIT
    capacity: int = 0
    gc_every: int = GC_EVERY

    def check(self) -> None:
        """Raises BadSettings with what is wrong and what to do."""
        if self.policy not in POLICIES:
            raise BadSettings(f"there is no policy {self.policy!r}; choose from {', '.join(POLICIES)}")
        if not 1 <= self.limit <= w.MAX_LIMIT:
            raise BadSettings(f"the limit of addresses a function must be from 1 to {w.MAX_LIMIT}, not {self.limit}")
        if self.policy == "lru" and self.capacity < 1:
            raise BadSettings("the policy lru needs a capacity of at least 1 (--fn-address-capacity N)")
        if self.gc_every < 1:
            raise BadSettings("the provenance collector runs every 1 or more steps (--provenance-gc N)")

    def __str__(self) -> str:
        parts = [f"limit {self.limit}"]
        if self.policy == "lru":
            parts.append(f"capacity {self.capacity}")
        if self.policy in POLICIES and POLICIES[self.policy].collects:
            parts.append(f"collection every {self.gc_every} steps")
        return f"{self.policy} ({', '.join(parts)})"


class CacheOptions(NamedTuple):
    """What a start or resume asks for; None: as it is."""

    policy: str | None = None
    limit: int | None = None
    capacity: int | None = None
    gc_every: int | None = None

    def over(self, before: CacheSettings) -> CacheSettings:
        """The settings that come of it.  Raises BadSettings with what is wrong and what to do."""
        settings = before._replace(**{name: value for name, value in self._asdict().items() if value is not None})
        settings.check()
        return settings


AS_IT_IS: Final = CacheOptions()


class Policy:
    """`keep`: never lets go."""

    caches = True  # whether an address is found again
    collects = False  # whether the collector runs
    reason = ""  # of evictions

    def due(self, regs: array[int]) -> bool:
        """Whether a collection now may let something go."""
        return False

    def victims(self, regs: array[int], cold: array[int], idle: Idle) -> list[int]:
        """Which of the rows that are unreachable and unexposed to let go, in that order; it takes them from `idle`."""
        return []

    def after_miss(self, regs: array[int]) -> None:
        """An entry was made: may hasten the next collection (`R_GC_NEXT`, at the earliest the next step)."""

    def after_collection(self, regs: array[int]) -> None:
        """What was made since the last one (`R_NEW`, `R_BACK`) may change what the next one lets go."""


class Fresh(Policy):
    """Remembers nothing."""

    caches = False


class Unreachable(Policy):
    """Lets go what is unreachable and was not cast for a while, so that a loop that casts and forgets finds its
    addresses again.  How long that is follows from what comes: at first since the last collection; twice as long
    whenever most of what was made is of functions that had been let go (they were in use, only not all the time), half
    as long whenever many others were made."""

    collects = True
    reason = "unreachable"

    def due(self, regs: array[int]) -> bool:
        return True

    def victims(self, regs: array[int], cold: array[int], idle: Idle) -> list[int]:
        since = regs[w.R_GC_LAST] - regs[w.R_PATIENCE] * regs[w.R_GC_EVERY]
        out = []
        while (row := idle.oldest()) and cold[row + w.E_LAST] < since:
            out.append(idle.take())
        return out

    def after_miss(self, regs: array[int]) -> None:
        if regs[w.R_ENTRIES] > regs[w.R_KEPT] + max(1024, regs[w.R_KEPT] // 4):
            regs[w.R_GC_NEXT] = min(regs[w.R_GC_NEXT], regs[w.R_STEPS] + 1)

    def after_collection(self, regs: array[int]) -> None:
        others, back = regs[w.R_NEW], regs[w.R_BACK]
        if back > others:
            regs[w.R_PATIENCE] = min(2 * regs[w.R_PATIENCE] + 1, PATIENCE)
        elif others > 4 * back and others > max(FEW, regs[w.R_ENTRIES] // 8):
            regs[w.R_PATIENCE] //= 2


class Lru(Policy):
    """Lets go what is unreachable, least recently cast first, above the capacity."""

    collects = True
    reason = "over capacity"

    def due(self, regs: array[int]) -> bool:
        return regs[w.R_ENTRIES] > regs[w.R_CAPACITY]

    def victims(self, regs: array[int], cold: array[int], idle: Idle) -> list[int]:
        capacity = regs[w.R_CAPACITY]  # a little below it, so that not every miss asks for a collection
        excess = regs[w.R_ENTRIES] - (capacity - capacity // 16)
        out: list[int] = []
        while len(out) < excess and idle.oldest():
            out.append(idle.take())
        return out

    def after_miss(self, regs: array[int]) -> None:
        kept = max(regs[w.R_CAPACITY], regs[w.R_KEPT])
        if regs[w.R_ENTRIES] > kept + max(SLACK, kept // 4):
            regs[w.R_GC_NEXT] = min(regs[w.R_GC_NEXT], regs[w.R_STEPS] + 1)


POLICIES: Final[dict[str, Policy]] = {
    "keep": Policy(), "unreachable": Unreachable(), "lru": Lru(), "fresh": Fresh(),
}  # fmt: skip
