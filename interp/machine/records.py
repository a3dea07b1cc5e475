"""The records of a snapshot, versioned: what a store writes and reads, without knowing the machine.

Code positions are (symbol, block, statement, word): function, MIR block and statement, and how many words of that
statement's code lie before.  Functions, vtables and globals go by symbol, so that numbers may differ after a restore.
A snapshot is complete: `restore(program, snapshot)` needs nothing else but the program.

To add a record or field: here with a default, in `snapshot.py` both ways, and raise VERSION if old ones cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from .state import CacheEvent, Status

VERSION: Final = 1


class CodePosition(NamedTuple):
    symbol: str
    block: int
    statement: int
    word: int


NOWHERE: Final = CodePosition("", 0, 0, 0)


@dataclass(slots=True)
class AllocationRecord:
    """A row of the allocation table, live or free (kind 0).  `refers` is the symbol of a function, vtable or global."""

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
    birth: CodePosition = NOWHERE
    refers: str = ""


@dataclass(slots=True)
class PageRecord:
    """A page of the arena: bytes, their metadata, provenance words."""

    number: int
    data: bytes
    meta: bytes
    prov: bytes


@dataclass(slots=True)
class FnAddressRecord:
    """An address of a function (`kind` "fn") or vtable: `place` is its allocation's slot or its index in the region."""

    kind: str
    symbol: str
    salt: int
    place: int
    address: int
    exposed: bool = False


@dataclass(slots=True)
class FrameRecord:
    """A frame: where it goes on, its slots from its own first to the next frame's, what its kind keeps."""

    position: CodePosition
    digest: str
    fp: int
    dst: int
    kind: int
    a: int
    b: int
    c: int
    slots: bytes
    refers: str = ""


@dataclass(slots=True)
class ThreadRecord:
    """A thread and its frames, lowest first."""

    id: int
    name: str
    max_slots: int
    status: Status
    target: int
    wait_addr: int
    deadline: int
    result_slot: int
    detached: bool
    payload: tuple[int, ...]
    panics: int
    dtors: list[tuple[int, int, int, int]]
    tls: dict[str, tuple[int, int]]
    frames: list[FrameRecord]


@dataclass(slots=True)
class DeadRecord:
    """One of the last dead allocations, for reports: words D_SLOT.. to D_INFO, and where it was born and died."""

    stack: bool
    words: tuple[int, ...]
    birth: CodePosition
    death: CodePosition


@dataclass(slots=True)
class Snapshot:
    """The whole machine.  `linked` are the functions in the order they were linked; `globals` (symbol -> pointer)."""

    version: int = VERSION
    regs: list[int] = field(default_factory=list)
    rng: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    reuse: list[int] = field(default_factory=list)
    fragments: dict[int, tuple[int, int]] = field(default_factory=dict)
    holes: list[tuple[int, int]] = field(default_factory=list)
    exposed: list[tuple[int, int, int]] = field(default_factory=list)
    arena: int = 0
    rows: int = 0
    linked: list[str] = field(default_factory=list)
    globals: dict[str, tuple[int, int]] = field(default_factory=dict)
    init_order: list[str] = field(default_factory=list)
    vtables: list[str] = field(default_factory=list)  # in the order of `vt_text`
    blocks: list[tuple[str, str]] = field(default_factory=list)  # ("fn"|"vtable", symbol) of each block of `salts`
    allocations: list[AllocationRecord] = field(default_factory=list)
    pages: list[PageRecord] = field(default_factory=list)
    addresses: list[FnAddressRecord] = field(default_factory=list)
    events: list[CacheEvent] = field(default_factory=list)
    dead: list[DeadRecord] = field(default_factory=list)
    threads: list[ThreadRecord] = field(default_factory=list)
    current: int = 1
    args: list[bytes] = field(default_factory=list)
    env: list[bytes] = field(default_factory=list)
    policy: str = "keep"
    next_thread: int = 2
    clock: int = 0
    slice_end: int = 0
    exit_code: int = -1
    started: bool = False
    seed: int = 0
