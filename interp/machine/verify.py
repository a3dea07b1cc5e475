"""Whether the records of a complete snapshot are sound: whatever they say, a machine made of them stays in its memory.

The engine runs without bounds checks and trusts what the machine's own code would never get wrong: rows of the
allocation table that lie in the arena, free lists that end, blocks that do not overlap.  All that is checked here, and
that the parts agree with each other; the allocation table in `verify_table.py`, frames and slots against the code in
`verify_code.py`.

Invariant: a snapshot that `recorder` made, or `merge`, passes.  To add a check: a function called by `verify`, which
raises `Invalid` with the record and what is wrong.
"""

from __future__ import annotations

import operator
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any, Final, get_args, get_type_hints

from . import words as w
from .outcome import Kind
from .pages import PAGE
from .records import (
    CHUNK_WORDS,
    VERSION,
    AllocationRecord,
    Allocations,
    ChunkRecord,
    CodePosition,
    FnAddressRecord,
    FrameRecord,
    FunctionRecord,
    GlobalRecord,
    InputRecord,
    Invalid,
    MachineRecord,
    PageRecord,
    Pages,
    SiteRecord,
    Snapshot,
    ThreadRecord,
    VtableRecord,
)
from .state import MAIN_SLOTS, START_SLOTS, THREAD_SLOTS, CacheEvent, Status
from .verify_table import LIMIT, OF_GLOBALS, require, verify_allocations, verify_free_lists, words_of

_RECORDS: Final[dict[str, type[Any]]] = {
    "functions": FunctionRecord, "vtables": VtableRecord, "sites": SiteRecord,
    "allocations": AllocationRecord, "pages": PageRecord, "chunks": ChunkRecord, "globals": GlobalRecord,
    "addresses": FnAddressRecord, "frames": FrameRecord, "inputs": InputRecord,
}  # fmt: skip
_FIXED: Final = {
    "heads": w.NCLASSES, "reuse": w.POOL_ROW * w.NPOOLS, "dead_stack": w.RING_STACK * w.ROW,
    "dead_other": w.RING_OTHER * w.ROW,
}  # fmt: skip
_GROUPS: Final = {"exposed": 3, "holes": 2, "fragments": 3}
_ROWS_AT_FIRST: Final = 1 << 10
_COUNTERS: Final = (
    w.R_NEXT_ID, w.R_NEXT_ADDR, w.R_LIVE, w.R_LIVE_BYTES, w.R_DEAD_STACK, w.R_DEAD_OTHER, w.R_CASTS, w.R_MISSES,
    w.R_HEAP, w.R_PEAK_BYTES, w.R_MAX_BYTES, w.R_STEPS, w.R_DRAWN, w.R_CAPACITY, w.R_KEPT, w.R_EVICTED,
    w.R_COLLECTIONS, w.R_GC_LAST,
)  # fmt: skip
_STEPS: Final = 1 << 62 - w.SALT_BITS  # nor steps
_TEXTS: Final = {"policy": str, "leaks": bool, "started": bool}
_LISTS: Final = {
    "args": bytes, "env": bytes, "init_order": str, "threads": int, "emitted": int, "regs": int, "rng": int,
    "evicted": list,
}  # fmt: skip


def verify(snapshot: Snapshot) -> None:
    """Raises `Invalid` for records that no machine can have made."""
    if snapshot.version != VERSION:
        raise Invalid(f"the snapshot has version {snapshot.version}, this interpreter reads version {VERSION}")
    if not snapshot.complete:
        raise Invalid("these are only the changes since another snapshot")
    try:
        _types(snapshot)
        _machine(snapshot)
        _numbered(snapshot)
        _shapes(snapshot)
        rows = Allocations.of(snapshot.allocations)
        snapshot = replace(snapshot, allocations=rows)
        verify_allocations(snapshot, rows)
        verify_free_lists(snapshot, rows)
        _tables(snapshot)
        _pages(snapshot)
        _symbols(snapshot)
        _threads(snapshot)
        _streams(snapshot)
    except (TypeError, ValueError, OverflowError, AttributeError, IndexError, KeyError) as error:
        raise Invalid(f"a record has a value that it cannot have ({error})") from None


def _is(value: object, kind: type, what: str) -> None:
    require(type(value) is kind, f"{what} is not {kind.__name__}")


def _types(snapshot: Snapshot) -> None:
    """Every tuple has the parts its class names, of their types, and numbers are words."""
    for f in fields(Snapshot):
        records = getattr(snapshot, f.name)
        kind = _RECORDS.get(f.name)
        if kind is None or isinstance(records, (Allocations, Pages)):
            continue
        _is(records, list, f"the list of {f.name}")
        require({*map(type, records)} <= {kind}, f"one of the {f.name} is no {kind.__name__}")
        for i, (name, hint) in enumerate(get_type_hints(kind).items()):
            if hint is int and kind is AllocationRecord:
                continue  # there may be a million: `Allocations.of` makes words of them
            column = list(map(operator.itemgetter(i), records))
            found = {*map(type, column)}
            require(found <= {hint}, f"a {kind.__name__} has a {name} that is not {hint.__name__}")
            if hint is int:
                array("q", column)


# --- the machine's own values ----------------------------------------------------------------------


def _machine(snapshot: Snapshot) -> None:
    m = snapshot.machine
    for f in fields(MachineRecord):
        value = getattr(m, f.name)
        if f.name in _LISTS:
            _is(value, list, f"the machine's {f.name}")
            require({*map(type, value)} <= {_LISTS[f.name]}, f"the machine's {f.name} hold something else")
        elif f.name not in ("tables", "ending"):
            _is(value, _TEXTS.get(f.name, int), f"the machine's {f.name}")
            require(type(value) is not int or -LIMIT < value < LIMIT, f"the machine's {f.name} is out of range")
    require(len(m.regs) == w.NREGS and len(m.rng) == 4 and any(m.rng), "the machine's counters are not complete")
    array("Q", m.rng)
    regs = array("q", m.regs)
    require(all(0 <= regs[i] < LIMIT for i in _COUNTERS), "a counter of the machine is out of range")
    require(regs[w.R_STEPS] == snapshot.step, "the machine is at another step than its snapshot")
    require(m.arena % PAGE == 0 and m.arena >= PAGE, "the arena is not made of pages")
    require(64 <= regs[w.R_ARENA_TOP] <= m.arena and regs[w.R_ARENA_TOP] % 16 == 0, "the arena ends beyond itself")
    require(1 <= regs[w.R_NALLOCS] <= m.rows, "there are more allocations than rows")
    most = max(_ROWS_AT_FIRST, 2 * (regs[w.R_NALLOCS] + 2))
    require(m.rows & (m.rows - 1) == 0 and _ROWS_AT_FIRST <= m.rows <= most, f"a table has no {m.rows} rows")
    require(type(m.cache_bytes) is int, "the address cache's bytes are no number")
    require(len(m.emitted) == 3 and min(m.emitted) >= 0 and m.reads >= 0 and m.consumed >= 0, "a stream ends before 0")
    require(regs[w.R_MISSES] <= regs[w.R_CASTS], "more casts missed the cache than there were")
    require(m.policy in _policies(), f"there is no cache policy `{m.policy}`")
    if m.ending is not None:
        _ending(m.ending)


def _policies() -> Iterable[str]:
    from .policies import POLICIES

    return POLICIES


def _ending(ending: dict[str, Any]) -> None:
    kinds = {"kind": str, "code": int, "message": str, "span": int, "help": list, "notes": list, "backtrace": list}
    kinds["thread"] = str
    require(type(ending) is dict and set(ending) == set(kinds), "the outcome has other parts than an outcome")
    require(all(type(ending[name]) is kind for name, kind in kinds.items()), "the outcome has a value of another type")
    require(ending["kind"] in get_args(Kind), "the run ended in an unknown way")
    require({*map(type, ending["help"])} <= {str}, "the outcome's help is not text")
    for name, shape in (("notes", (str, int)), ("backtrace", (str, int, bool))):
        require(all(tuple(map(type, x)) == shape for x in ending[name]), f"the outcome's {name} are wrong")


def _numbered(snapshot: Snapshot) -> None:
    """What only grows: dense numbers, every symbol once, sites in functions that are linked."""
    for name in ("functions", "vtables", "sites"):
        records: Sequence[Any] = getattr(snapshot, name)
        require([r.number for r in records] == list(range(len(records))), f"the {name} are not numbered from 0")
    for name in ("functions", "vtables"):
        symbols = [r.symbol for r in getattr(snapshot, name)]
        require(len(set(symbols)) == len(symbols), f"one of the {name} is there twice")
    linked = {r.symbol for r in snapshot.functions} | {""}
    require(snapshot.sites and snapshot.sites[0] == (0, *CodePosition("", 0, 0, 0)), "site 0 is somewhere")
    require(all(site.symbol in linked for site in snapshot.sites), "a site is in a function that is not linked")


# --- lists, tables, pages --------------------------------------------------------------------------


def _shapes(snapshot: Snapshot) -> None:
    """The flat tables' sizes; chunks that fit into them."""
    sizes = snapshot.machine.tables
    require(type(sizes) is dict and {*map(type, sizes.values())} <= {int}, "the tables have no sizes")
    wanted = {*_FIXED, *_GROUPS, *(f"slots.{t.id}" for t in snapshot.threads)}
    require(set(sizes) == wanted, "a flat table is missing or unknown")
    keys = [(c.table, c.number) for c in snapshot.chunks]
    require(len(set(keys)) == len(keys) and {table for table, _ in keys} <= wanted, "a chunk is there twice")
    for name, size in _FIXED.items():
        require(sizes[name] == size, f"`{name}` has {sizes[name]} words")
    chunks = sum(len(c.data) for c in snapshot.chunks) // 8
    for name, group in _GROUPS.items():
        require(0 <= sizes[name] <= chunks + group and sizes[name] % group == 0, f"`{name}` has {sizes[name]} words")
    for thread in snapshot.threads:
        _thread(thread, snapshot)
    for chunk in snapshot.chunks:
        end = chunk.number * CHUNK_WORDS * 8 + len(chunk.data)
        fits = chunk.number >= 0 and end <= 8 * sizes[chunk.table] and len(chunk.data) <= 8 * CHUNK_WORDS
        require(fits, f"a chunk of `{chunk.table}` is too long")
        require(len(chunk.data) % 8 == 0, f"a chunk of `{chunk.table}` ends in the middle of a word")


def _tables(snapshot: Snapshot) -> None:
    m, regs = snapshot.machine, snapshot.machine.regs
    _fragments(words_of(snapshot, "fragments"), m.arena, regs)
    exposed = words_of(snapshot, "exposed")
    require(list(exposed[::3]) == sorted(exposed[::3]), "the exposed addresses are not sorted")
    rows = exposed[1::3]
    require(all(row % w.ROW == 0 and 0 < row < regs[w.R_NALLOCS] * w.ROW for row in rows), "an exposed row is none")
    _reuse(words_of(snapshot, "reuse"))
    for ring in ("dead_stack", "dead_other"):
        words = words_of(snapshot, ring)
        for part in (w.D_BIRTH, w.D_DEATH):
            require(all(0 <= site < len(snapshot.sites) for site in words[part :: w.ROW]), f"`{ring}` has no such site")


def _fragments(words: array[int], arena: int, regs: Sequence[int]) -> None:
    require(regs[w.R_FRAGMENTS] == len(words) // 3, "the number of pieces of pointers is wrong")
    require(all(0 <= at < arena for at in words[::3]), "a piece of a pointer lies outside of the arena")
    require(all(a < b for a, b in pairwise(words[::3])), "the pieces of pointers are not sorted")
    _provenance(words[1::3], regs)
    require(all(0 <= byte < 8 for byte in words[2::3]), "a piece of a pointer is none of its bytes")


def _provenance(words: Iterable[int], regs: Sequence[int]) -> None:
    end = regs[w.R_NALLOCS] << w.TAG_BITS
    require(all(0 <= word < end for word in words), "a pointer's provenance is no row of the allocation table")


def _reuse(words: array[int]) -> None:
    for pool in range(0, len(words), w.POOL_ROW):
        count = words[pool]
        require(0 <= count <= w.POOL, "a pool of addresses is too big")
        pairs = words[pool + 1 : pool + 1 + 2 * count]
        require(all(0 < x < LIMIT for x in pairs), "an address that may be given out again is out of range")


def _pages(snapshot: Snapshot) -> None:
    """All of them, so that an arena is never bigger than what is stored (what is in them is checked when read)."""
    count = snapshot.machine.arena // PAGE
    require(snapshot.machine.pages == count == len(snapshot.pages), "pages of the arena are missing")
    pages = snapshot.pages
    numbers = pages.numbers if isinstance(pages, Pages) else [page.number for page in pages]
    require(list(numbers) == list(range(count)), "pages are missing or there twice")


# --- what goes by symbol ---------------------------------------------------------------------------


def _symbols(snapshot: Snapshot) -> None:
    regs, m, rows = snapshot.machine.regs, snapshot.machine, snapshot.allocations
    names = [g.symbol for g in snapshot.globals]
    require(len(set(names)) == len(names), "a global is there twice")
    for g in snapshot.globals:
        require(_of_global(rows, g.symbol, g.address, g.provenance), f"the global `{g.symbol}` is elsewhere")
    require(set(m.init_order) <= {*Allocations.of(rows).refers.values()}, "an initialiser of no global is running")
    require(regs[w.R_VTABLES] == len(snapshot.vtables) + 1, "the number of vtables in use is wrong")
    _entries(snapshot)


def _entries(snapshot: Snapshot) -> None:
    """The address cache."""
    regs, rows = snapshot.machine.regs, snapshot.allocations
    vtables = {v.symbol: v.number + 1 for v in snapshot.vtables}
    places, salts = set(), set()
    for a in snapshot.addresses:
        what = f"the address of `{a.symbol}`"
        numbers = (a.salt, a.place, a.address, a.casts, a.first_step, a.last_step, a.last)
        require({*map(type, numbers)} == {int} and 0 <= a.salt < w.MAX_LIMIT, f"{what} has no salt")
        require(a.place not in places and (a.kind, a.symbol, a.salt) not in salts, f"{what} is there twice")
        places.add(a.place)
        salts.add((a.kind, a.symbol, a.salt))
        require(0 < a.place <= len(rows) and a.kind in ("fn", "vtable"), f"{what} has no row")
        row, kind = rows[a.place - 1], w.M_FN if a.kind == "fn" else w.M_VTABLE
        fits = row.info & 255 == kind and row.refers == a.symbol and row.base == a.address
        require(fits, f"{what} is not what its row says")
        if kind == w.M_VTABLE:
            require(a.symbol in vtables, f"{what} is of no vtable")
            base = w.VT_BASE + (vtables[a.symbol] << w.VT_SHIFT)
            require(a.address == base + a.salt * w.VT_STRIDE, f"{what} is not at its place")
        require(0 < a.casts < LIMIT and 0 <= a.first_step <= a.last_step <= _STEPS, f"{what} has impossible casts")
        require(0 <= a.last < len(snapshot.sites), f"{what} was cast at no site")
    require(regs[w.R_ENTRIES] == len(places), "the number of entries of the address cache is wrong")
    require(1 <= regs[w.R_LIMIT] <= w.MAX_LIMIT and 0 < regs[w.R_GC_EVERY] < LIMIT, "the cache's limits are wrong")
    require(0 <= regs[w.R_GC_NEXT] <= LIMIT, "the next collection is out of range")
    for it in snapshot.machine.evicted:
        require([*map(type, it)] == [int, str, int, int, int, str], "an address that was let go has other values")


def _of_global(rows: Sequence[AllocationRecord], symbol: str, address: int, provenance: int) -> bool:
    slot, tag = provenance >> w.TAG_BITS, provenance & w.TAG_MASK
    if not 0 < slot <= len(rows):
        return False
    row = rows[slot - 1]
    return (row.refers, row.base, row.first_tag) == (symbol, address, tag) and row.info & 255 in OF_GLOBALS


# --- threads ---------------------------------------------------------------------------------------


def _threads(snapshot: Snapshot) -> None:
    m, regs = snapshot.machine, snapshot.machine.regs
    ids = [t.id for t in snapshot.threads]
    require(ids == m.threads and len(set(ids)) == len(ids) and m.current in ids, "a thread is missing or there twice")
    require(all(0 < id < m.next_thread for id in ids) and 1 in ids, "a thread has a number that was not given out")
    require(regs[w.R_MULTI] in (0, 1) and (regs[w.R_MULTI] or len(ids) == 1), "the number of threads is wrong")
    require(regs[w.R_THREAD] == m.current, "the current thread is another one")
    for thread in snapshot.threads:
        _pointers(thread, snapshot)
    found = sorted((f.thread, f.depth) for f in snapshot.frames)
    require(found == sorted((t.id, d) for t in snapshot.threads for d in range(t.depth + 1)), "frames are missing")
    linked = {f.symbol for f in snapshot.functions}
    for f in snapshot.frames:
        require(f.symbol in linked, "a frame is of a function that is not linked")
        require((f.kind == w.K_INIT) == bool(f.refers), "an initialiser is of no global")


def _thread(t: ThreadRecord, snapshot: Snapshot) -> None:
    what = f"thread {t.id}"
    for f in fields(ThreadRecord):
        value, wanted = getattr(t, f.name), {"name": str, "status": str, "detached": bool}
        if f.name not in ("payload", "dtors", "tls"):
            _is(value, wanted.get(f.name, int), f"{what}: its {f.name}")
            require(type(value) is not int or -LIMIT < value < LIMIT, f"{what}: its {f.name} is out of range")
    require(t.status in get_args(Status), f"{what} is in a state that there is not")
    require((t.depth == -1) == (t.status == "finished"), f"{what} has no frames, or too many")
    require(t.max_slots == (MAIN_SLOTS if t.id == 1 else THREAD_SLOTS), f"{what} has another stack limit")
    require(t.slots == snapshot.machine.tables[f"slots.{t.id}"], f"{what} has other slots than it says")
    require(START_SLOTS <= t.slots <= 2 * (t.max_slots + w.MARGIN) + START_SLOTS, f"{what} has {t.slots} slots")
    require(t.frames % w.ROW == 0 and t.frames <= t.max_slots * w.ROW, f"{what} has too much space for frames")
    require(-1 <= t.depth < t.frames // w.ROW - 2, f"{what} has more frames than space for them")
    require(-1 <= t.result_slot < t.slots and t.panics >= 0, f"{what}: a value is out of range")


def _pointers(t: ThreadRecord, snapshot: Snapshot) -> None:
    what, regs = f"thread {t.id}", snapshot.machine.regs
    for numbers in (t.payload, *t.dtors, *((a, p) for _, a, p in t.tls)):
        require({*map(type, numbers)} <= {int} and len(numbers) % 2 == 0, f"{what} has a pointer that is none")
        array("q", numbers)
        _provenance(numbers[1::2], regs)
    require(all(len(d) == 4 for d in t.dtors), f"{what} has a destructor that is none")
    for symbol, address, provenance in t.tls:
        fits = _of_global(snapshot.allocations, symbol, address, provenance)
        require(fits, f"{what}: its `{symbol}` is not where it should be")


# --- input and events ------------------------------------------------------------------------------


def _streams(snapshot: Snapshot) -> None:
    numbers, offset = [], None
    for record in snapshot.inputs:
        require(offset is None or record.offset == offset, "the inputs have a gap")
        offset = record.offset + len(record.data)
        numbers.append(record.number)
        fits = record.number != snapshot.machine.reads or record.offset == snapshot.machine.consumed
        require(fits, "the inputs do not go on where the machine is")
    require(all(b == a + 1 for a, b in pairwise(numbers)), "an input is missing")
    require(not numbers or numbers[0] <= snapshot.machine.reads, "an input is missing")
    wanted = {"kind": str, "function": str, "reason": str}
    for event in snapshot.events:
        for f in fields(CacheEvent):
            _is(getattr(event, f.name), wanted.get(f.name, int), f"an event's {f.name}")
        require(0 <= event.site < len(snapshot.sites), "an event is of no site")
