"""The records of a snapshot, versioned: what a store writes and reads, without knowing the machine.

Positions are (symbol, block, statement, word): function, MIR block and statement, and how many words of that
statement's code lie before.  Functions, vtables and globals go by symbol, so that a program's numbers may differ after
a restore.  Records that only grow (functions, vtables, sites) have dense numbers from 0; an allocation's place
of birth is the number of its site.

A complete snapshot needs nothing else but the program; one of changes is read on top of an earlier one (`merge.py`).
Every record is a tuple of ints, strings and bytes; `dump` and `load` turn the two compound ones into text and back.

To add a record or field: here with a default, in `recorder.py`, `restorer.py`, `verify.py` and `merge.py`; raise
VERSION if old ones cannot be read.
"""

from __future__ import annotations

import gc
import json
from abc import abstractmethod
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from operator import itemgetter
from typing import Any, Final, NamedTuple

from .state import CacheEvent

VERSION: Final = 2
CHUNK_WORDS: Final = 512  # words of a ChunkRecord


class Invalid(Exception):
    """The records are damaged or were made to do harm; the message says which and what is wrong."""


class CodePosition(NamedTuple):
    symbol: str
    block: int
    statement: int
    word: int


class FunctionRecord(NamedTuple):
    """A linked function, in the order of linking; `digest` of its code, independent of the program's numbers."""

    number: int
    symbol: str
    digest: str


class VtableRecord(NamedTuple):
    """A vtable in use, in the order of `vt_text`."""

    number: int
    symbol: str


class SiteRecord(NamedTuple):
    """A place in the code that an allocation or a death is blamed on; site 0 is nowhere (symbol "")."""

    number: int
    symbol: str
    block: int
    statement: int
    word: int


class AllocationRecord(NamedTuple):
    """A row of the allocation table: live, or free (`info & 255 == 0`, only its block and tags mean anything).

    `info`: kind (`words.M_*`) | flags << 8 | align << 16.  `writable`: bytes that may be written.  `delta`: offset in
    the arena less the address.  `birth`: a site.  `refers`: symbol of the function or global it is of.
    """

    slot: int
    id: int
    base: int
    size: int
    writable: int
    delta: int
    info: int
    first_tag: int
    next_tag: int
    block: int
    cap: int
    size_class: int
    link: int
    used: int
    thread: int
    birth: int
    refers: str


class Allocations(Sequence[AllocationRecord]):
    """Rows of an allocation table as columns, since there may be millions: an array for each field of
    `AllocationRecord` but the last, in their order; `refers` by slot, where there is any."""

    __slots__ = ("columns", "refers")

    def __init__(self, columns: list[array[int]], refers: dict[int, str]) -> None:
        self.columns, self.refers = columns, refers

    @classmethod
    def of(cls, records: Sequence[AllocationRecord]) -> Allocations:
        """Raises `TypeError` or `OverflowError` for numbers that are none, or no words."""
        if isinstance(records, Allocations):
            return records
        columns = [array("q", map(itemgetter(i), records)) for i in range(len(AllocationRecord._fields) - 1)]
        return cls(columns, {record.slot: record.refers for record in records if record.refers})

    @property
    def kinds(self) -> bytes:
        """The kind of each row."""
        return self.columns[6].tobytes()[::8]

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[AllocationRecord]:
        make, refers = AllocationRecord._make, self.refers
        return (make((*row, refers.get(row[0], ""))) for row in zip(*self.columns))

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return list(self)[at]
        row = [column[at] for column in self.columns]
        return AllocationRecord._make((*row, self.refers.get(row[0], "")))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


class PageRecord(NamedTuple):
    """A page of the arena; `blob` (see `pages.py`) is the same for the same bytes, metadata and provenance."""

    number: int
    blob: bytes


class Pages(Sequence[PageRecord]):
    """Records of pages that lie elsewhere, in the order of their numbers; read when they are wanted."""

    numbers: Sequence[int]  # ascending

    @abstractmethod
    def blobs(self) -> Iterator[tuple[int, bytes | memoryview]]:
        """Number and blob of each page, in whatever order they are read fastest in."""

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[PageRecord]:
        found = {number: bytes(blob) for number, blob in self.blobs()}
        return (PageRecord(number, found[number]) for number in self.numbers)

    def __getitem__(self, at: Any) -> Any:
        return list(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


class ChunkRecord(NamedTuple):
    """CHUNK_WORDS words of a flat table (`MachineRecord.tables`), less the zeros at its end."""

    table: str
    number: int
    data: bytes


class FnAddressRecord(NamedTuple):
    """An entry of the address cache, of a function (`kind` "fn") or vtable.  `place` is its allocation's slot.  `casts`
    gave it so far, the first at `first_step` (and at its birth's site), the last at `last_step` and site `last`."""

    kind: str
    symbol: str
    salt: int
    place: int
    address: int
    exposed: bool = False
    reachable: bool = True
    casts: int = 0
    first_step: int = 0
    last_step: int = 0
    last: int = 0


class GlobalRecord(NamedTuple):
    """Where a global lies."""

    symbol: str
    address: int
    provenance: int


class FrameRecord(NamedTuple):
    """Frame `depth` (0 is the lowest) of a thread: where it goes on, its first slot, what its kind (`words.K_*`) keeps;
    `refers` is the global that an initialiser is of."""

    thread: int
    depth: int
    symbol: str
    block: int
    statement: int
    word: int
    fp: int
    dst: int
    kind: int
    a: int
    b: int
    c: int
    refers: str


class InputRecord(NamedTuple):
    """What read number `number` of the standard input gave; empty at its end."""

    number: int
    offset: int
    data: bytes


@dataclass(slots=True)
class ThreadRecord:
    """A thread, without frames and slots; the fields are `state.Thread`'s."""

    id: int
    name: str = "main"
    max_slots: int = 0
    slots: int = 0  # words of its slots and frames, in use or not
    frames: int = 0
    depth: int = 0
    status: str = "runnable"
    target: int = 0
    wait_addr: int = 0
    deadline: int = -1
    result_slot: int = -1
    detached: bool = False
    payload: list[int] = field(default_factory=list)
    panics: int = 0
    dtors: list[list[int]] = field(default_factory=list)
    tls: list[tuple[str, int, int]] = field(default_factory=list)  # global, address, provenance


@dataclass(slots=True)
class MachineRecord:
    """The small values of the whole machine; fields without a sentence are `state.State`'s.

    `tables`: the flat tables that ChunkRecords hold, and their words.  `ending`: the outcome of a finished run.
    """

    regs: list[int] = field(default_factory=list)
    rng: list[int] = field(default_factory=list)
    arena: int = 0  # bytes
    rows: int = 0  # of the allocation table, in use or not
    pages: int = 0  # pages of the arena
    tables: dict[str, int] = field(default_factory=dict)
    threads: list[int] = field(default_factory=list)  # ids, in order
    current: int = 1
    init_order: list[str] = field(default_factory=list)
    args: list[bytes] = field(default_factory=list)
    env: list[bytes] = field(default_factory=list)
    policy: str = "keep"
    leaks: bool = True
    next_thread: int = 2
    clock: int = 0
    slice_end: int = 0
    exit_code: int = -1
    started: bool = False
    seed: int = 0
    emitted: list[int] = field(default_factory=lambda: [0, 0, 0])
    reads: int = 0
    consumed: int = 0
    session: int = 1
    evicted: list[list[Any]] = field(default_factory=list)  # address, function, salt, step, session, reason
    cache_bytes: int = 0  # of the address cache when this was recorded; says nothing about what is restored
    ending: dict[str, Any] | None = None


@dataclass(slots=True)
class Snapshot:
    """A machine (`complete`), or what changed in it since the last committed snapshot.

    In changes, `pages`, `allocations`, `chunks`, `threads`, `frames`, `globals` and `addresses` replace earlier ones of
    the same key; `gone` are addresses that are no more; functions, vtables, sites, events and inputs are
    added to those before; `machine` is always whole.  `interpreter` is the fingerprint of the interpreter that made it.
    """

    version: int = VERSION
    complete: bool = True
    interpreter: str = ""
    step: int = 0
    machine: MachineRecord = field(default_factory=MachineRecord)
    functions: list[FunctionRecord] = field(default_factory=list)
    vtables: list[VtableRecord] = field(default_factory=list)
    sites: list[SiteRecord] = field(default_factory=list)
    allocations: Sequence[AllocationRecord] = field(default_factory=list)  # key: slot
    pages: Sequence[PageRecord] = field(default_factory=list)  # key: number
    chunks: list[ChunkRecord] = field(default_factory=list)  # key: table, number
    globals: list[GlobalRecord] = field(default_factory=list)  # key: symbol
    addresses: list[FnAddressRecord] = field(default_factory=list)  # key: kind, place
    gone: list[tuple[str, int]] = field(default_factory=list)
    threads: list[ThreadRecord] = field(default_factory=list)  # key: id
    frames: list[FrameRecord] = field(default_factory=list)  # key: thread, depth
    events: list[CacheEvent] = field(default_factory=list)
    inputs: list[InputRecord] = field(default_factory=list)


@contextmanager
def no_collections() -> Iterator[None]:
    """Records come in masses and none is garbage: looking for cycles among them would take as long as making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# --- the compound records as text ------------------------------------------------------------------


def dump(record: MachineRecord | ThreadRecord) -> str:
    """Canonical JSON; bytes as Latin-1."""
    return json.dumps(
        asdict(record), sort_keys=True, separators=(",", ":"), default=lambda b: bytes(b).decode("latin-1")
    )


def _plain(text: str, kind: type[Any]) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"a {kind.__name__} is not JSON: {error}") from None
    names = {f.name for f in fields(kind)}
    if not isinstance(data, dict) or not names >= set(data):
        raise Invalid(f"a {kind.__name__} has other fields than this version knows")
    return data


def load_thread(text: str) -> ThreadRecord:
    """The thread of `dump`; raises `Invalid`.  Values are checked by `verify`."""
    data = _plain(text, ThreadRecord)
    if "id" not in data or not isinstance(data.get("tls", []), list):
        raise Invalid("a thread has no number or no thread locals")
    data["tls"] = [tuple(x) if isinstance(x, list) else x for x in data.get("tls", [])]
    return ThreadRecord(**data)


def load_machine(text: str) -> MachineRecord:
    """The machine of `dump`; raises `Invalid`.  Values are checked by `verify`."""
    data = _plain(text, MachineRecord)
    for name in ("args", "env"):
        values = data.get(name, [])
        try:
            data[name] = [value.encode("latin-1") for value in values]
        except (AttributeError, TypeError, UnicodeEncodeError):
            raise Invalid(f"the machine's {name} are not bytes") from None
    return MachineRecord(**data)
