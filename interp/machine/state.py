"""Every part of a running machine, as plain data: ints, bytes, strings, lists, dicts, arrays and slotted records.

Nothing outside these records decides what the program does next; the program's code (`Program`), the engine's pointers
and the host's streams are not part of it and can be made anew.  A test walks a whole state and accepts no other type.
Flat arrays are rows of eight words, named in `words.py`; they grow in place and are never
replaced by others (engines hold on to them).

To add a part: a field here with its sentence, and its place in `snapshot.py`.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Final, Literal

from . import words as w

Status = Literal["runnable", "join", "futex", "sleep", "finished"]

MAIN_SLOTS: Final = 1 << 20  # 8 MiB, as the native main thread's stack
THREAD_SLOTS: Final = 1 << 18  # 2 MiB, as std's threads
START_SLOTS: Final = 1 << 14
MIN_TABLE: Final = 64  # places of the smallest table of the address cache
LIMIT: Final = 32  # addresses a function may have, as in Miri
GC_EVERY: Final = 10_000  # steps between two collections, as in Miri
NEVER: Final = 1 << 62  # a step that does not come
HISTORY: Final = 4096  # entries let go that the machine remembers; a store has all


def zeros(n: int, typecode: str = "q") -> array[int]:
    return array(typecode, (0,)) * n


@dataclass(slots=True, eq=False)
class Thread:
    """A thread of the program.

    `slots` and `frames` are its stacks (frame rows, top at `depth`); `pc`, `fp`, `depth` hold while it is not current
    (the current thread's are in `regs`).  `max_slots` is its stack limit.  A blocked thread waits for a thread
    (`target`), an address (`wait_addr`), or virtual time (`deadline`, nanoseconds; -1 never); `result_slot` gets the
    futex call's answer.  `payload` is what it unwinds with (a pointer's two
    words; an unwinding inside a cleanup appends its own), `panics` counts its panics in flight.  `dtors` are
    (function address, provenance, data address, provenance), called last first when it ends.  `tls` maps a thread-local
    global to its (address, provenance).
    """

    id: int
    name: str
    slots: array[int]
    frames: array[int]
    max_slots: int
    pc: int = 0
    fp: int = 0
    depth: int = 0
    status: Status = "runnable"
    target: int = 0
    wait_addr: int = 0
    deadline: int = -1
    result_slot: int = -1
    detached: bool = False
    payload: tuple[int, ...] = ()
    panics: int = 0
    left: int = 0  # step at which it was last no longer the current one
    dtors: list[tuple[int, int, int, int]] = field(default_factory=list)
    tls: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class CacheEvent:
    """A change in the life of a function or vtable address: kind, at which step, whose, which address, why; `site` is
    the pc of the cast that made it (created), exposed it, or gave it last (evicted); in a snapshot the pc's site."""

    kind: Literal["created", "exposed", "evicted", "restored", "policy"]
    step: int
    function: str
    salt: int
    address: int
    reason: str = ""
    site: int = 0


@dataclass(slots=True, eq=False)
class Evicted:
    """Whose an address was, until which step of which session, and why it was let go."""

    function: str
    salt: int
    step: int
    session: int
    reason: str


@dataclass(slots=True, eq=False)
class State:
    """The whole machine.  Where a comment says (linked), the program has it too, by instance number."""

    regs: array[int]  # R_*: counters and the current thread's position
    rng: array[int]  # the one random generator: xoshiro256**'s four words (typecode "Q")
    text: array[int]  # (linked) bytecode of all linked functions, jump targets absolute; word 0 is never executed
    info: array[int]  # (linked) I_* rows by instance
    validity: array[int]  # (linked) validity programs
    table: array[int]  # entries of the address cache, hashed by key: pairs (key, row in `tab`); key 0 = none
    vt_text: array[int]  # (linked) trait, number of entries, then (there points `vtables`) size, align, drop, entries
    vt_places: array[int]  # (linked) by vtable number: its place in `vt_at`, 0 = none yet
    vt_at: array[int]  # (linked) which vtable (offset in vt_text) has addresses from VT_BASE + (place << VT_SHIFT) on
    globs: array[int]  # address and provenance by global
    tab: array[int]  # A_* rows by allocation slot
    cold: array[int]  # B_* rows by allocation slot
    heads: array[int]  # free lists of slots by size class
    dead_stack: array[int]  # D_* ring: the last dead stack locals
    dead_other: array[int]  # D_* ring: the last other dead allocations
    reuse: array[int]  # freed heap addresses that may be given out again
    data: bytearray  # the arena: bytes of all allocations
    meta: bytearray  # INIT, WHOLE, FRAGMENT of each byte
    prov: array[int]  # provenance of whole, aligned pointers, one word per 8 bytes
    dirty: bytearray  # DIRTY_* bits of each page of the arena: who has not seen its last write yet
    fragments: dict[int, tuple[int, int]]  # arena offset -> (provenance, which byte) of pointers in pieces or unaligned
    holes: list[tuple[int, int]]  # free big blocks of the arena (offset, size), sorted, never adjacent
    exposed: list[tuple[int, int, int]]  # (base, row, first tag) of allocations whose address became an integer, sorted
    threads: list[Thread]  # in order of creation, finished ones that may be joined included
    thread: Thread  # the current one
    extra: list[tuple[object, ...]]  # (linked) tables of the instructions, in order of linking
    linked: list[tuple[int, int, int, int]]  # (start in text, instance, start in extra, start in validity), sorted
    vtables: dict[int, int]  # (linked) vtable number -> offset in vt_text
    init_order: list[int]  # globals whose initialiser is running, innermost last
    events: list[CacheEvent]  # of the address cache, not yet handed to the store
    args: list[bytes] = field(default_factory=list)
    env: list[bytes] = field(default_factory=list)
    policy: str = "keep"
    leaks: bool = True  # whether to look for leaks at the end
    emitted: list[int] = field(default_factory=lambda: [0, 0, 0])  # bytes written so far, by file descriptor
    reads: int = 0  # of the standard input so far
    consumed: int = 0  # bytes they gave
    inputs: list[tuple[int, int, bytes]] = field(default_factory=list)  # (number, offset, data) of reads not yet stored
    ahead: list[bytes] = field(default_factory=list)  # what the next reads give, as a former session recorded it
    evicted: dict[int, Evicted] = field(default_factory=dict)  # by address: the last HISTORY entries let go
    session: int = 1  # how many processes have worked on this run
    next_thread: int = 2
    clock: int = 0  # virtual nanoseconds that passed other than by steps
    slice_end: int = 0  # step at which the current thread is preempted
    exit_code: int = -1  # of the program, once main has returned; destructors may still run
    started: bool = False
    seed: int = 0


def seeded(seed: int) -> array[int]:
    """xoshiro256**'s state from a seed, by splitmix64 as its authors advise."""
    mask, x, out = (1 << 64) - 1, seed, []
    for _ in range(4):
        x = (x + 0x9E3779B97F4A7C15) & mask
        z = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        out.append(z ^ z >> 31)
    return array("Q", out)


def new_thread(id: int, name: str, max_slots: int) -> Thread:
    return Thread(id, name, zeros(min(START_SLOTS, max_slots)), zeros(256 * w.ROW), max_slots)


def new_state(seed: int, max_bytes: int, arena: int = 1 << 16, rows: int = 1 << 10) -> State:
    main = new_thread(1, "main", MAIN_SLOTS)
    state = State(
        regs=zeros(w.NREGS), rng=seeded(seed), text=zeros(1), info=zeros(w.ROW), validity=zeros(1),
        table=zeros(2 * MIN_TABLE), vt_text=zeros(1), vt_places=zeros(1), vt_at=zeros(1), globs=zeros(2),
        tab=zeros(rows * w.ROW), cold=zeros(rows * w.ROW),
        heads=zeros(w.NCLASSES), dead_stack=zeros(w.RING_STACK * w.ROW), dead_other=zeros(w.RING_OTHER * w.ROW),
        reuse=zeros(w.POOL_ROW * w.NPOOLS), data=bytearray(arena), meta=bytearray(arena), prov=zeros(arena >> 3),
        dirty=bytearray((arena >> w.PAGE_BITS) + 4), fragments={}, holes=[], exposed=[], threads=[main], thread=main,
        extra=[], linked=[], vtables={}, init_order=[], events=[], seed=seed,
    )  # fmt: skip
    regs = state.regs
    regs[w.R_NEXT_ID] = 1
    regs[w.R_NEXT_ADDR] = w.ADDR_START + (state.rng[0] & 0xFFF)
    regs[w.R_ARENA_TOP] = 64
    regs[w.R_NALLOCS] = 1
    regs[w.R_VTABLES] = 1
    regs[w.R_LIMIT], regs[w.R_GC_EVERY], regs[w.R_GC_NEXT] = LIMIT, GC_EVERY, NEVER
    regs[w.R_MAX_BYTES] = max_bytes
    regs[w.R_THREAD] = 1
    state.tab[w.A_FIRST] = 1 << w.TAG_BITS  # slot 0: no pointer is in bounds of "no allocation"
    return state
