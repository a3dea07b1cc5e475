"""Snapshots: the state as records (`take`), only what changed (`dirty_pages`), a machine from records (`restore`).

A snapshot may be taken whenever `run` has returned.  `commit` clears the dirty marks, once the records are safe.
Restoring links the same functions in the same order; a function that a frame stands in must have the same code
(its digest is in the record), any other may have changed.

Invariant: restore(take(m)) goes on exactly as m does, on either engine.
"""

from __future__ import annotations

import hashlib
from array import array
from typing import TYPE_CHECKING

from ..code.code import Code
from . import words as w
from .core import Core
from .link import grow, link
from .records import (
    NOWHERE,
    VERSION,
    AllocationRecord,
    CodePosition,
    DeadRecord,
    FnAddressRecord,
    FrameRecord,
    PageRecord,
    Snapshot,
    ThreadRecord,
)  # fmt: skip
from .state import State, Thread, new_state, zeros

if TYPE_CHECKING:
    from ..code.program import Program
    from .core import HostIo
    from .machine import Machine, MachineConfig

PAGE = 1 << w.PAGE_BITS


class Changed(Exception):
    """The program is not the one the snapshot was made of."""


def digest(code: Code) -> str:
    return hashlib.sha256(code.words.tobytes()).hexdigest()[:16]


# --- taking --------------------------------------------------------------------------------------


def position(core: Core, pc: int) -> CodePosition:
    found = core.code_at(pc)
    if not found:
        return NOWHERE
    code, index = found
    at = code.position(index)
    if at is None:
        return NOWHERE
    first = code.pc_of(at.block, at.statement)  # a statement may have several pieces of code
    assert first is not None
    return CodePosition(code.symbol, at.block, at.statement, index - first)


def dirty_pages(state: State) -> list[int]:
    """Pages written since the last commit."""
    last = (state.regs[w.R_ARENA_TOP] >> w.PAGE_BITS) + 1
    return [i for i in range(min(last, len(state.data) >> w.PAGE_BITS)) if state.dirty[i]]


def commit(state: State) -> None:
    """The last snapshot is safe: from now on, what is written is dirty."""
    state.dirty[:] = bytes(len(state.dirty))
    state.events.clear()


def page(state: State, number: int) -> PageRecord:
    at = number * PAGE
    prov = state.prov[at >> 3 : (at + PAGE) >> 3].tobytes()
    return PageRecord(number, bytes(state.data[at : at + PAGE]), bytes(state.meta[at : at + PAGE]), prov)


def take(machine: Machine, pages: list[int] | None = None) -> Snapshot:
    """The machine as records; `pages` (default: all that were ever used) says which pages of the arena to include."""
    core, state = machine.core, machine.state
    snapshot = Snapshot(
        VERSION, state.regs.tolist(), state.rng.tolist(), state.heads.tolist(), state.reuse.tolist(),
        dict(state.fragments), list(state.holes), list(state.exposed), len(state.data), len(state.tab) // w.ROW,
    )  # fmt: skip
    program = core.program
    snapshot.linked = [program.symbol(instance) for _, instance, _, _ in state.linked]
    for index in range(len(state.globs) // 2):
        if state.globs[2 * index + 1]:
            snapshot.globals[program.get_global(index).symbol] = (state.globs[2 * index], state.globs[2 * index + 1])
    snapshot.init_order = [program.get_global(index).symbol for index in state.init_order]
    snapshot.vtables = [program.get_vtable(v).symbol for v in state.vtables]
    _take_addresses(core, snapshot)
    count = state.regs[w.R_NALLOCS]
    snapshot.allocations = [_take_allocation(core, row) for row in range(w.ROW, count * w.ROW, w.ROW)]
    used = range((state.regs[w.R_ARENA_TOP] >> w.PAGE_BITS) + 1)
    wanted = list(used) if pages is None else pages
    snapshot.pages = [page(state, n) for n in wanted if n * PAGE < len(state.data)]
    snapshot.events = list(state.events)
    snapshot.dead = _take_dead(core)
    current = state.thread
    current.pc, current.fp, current.depth = state.regs[w.R_PC], state.regs[w.R_FP], state.regs[w.R_DEPTH]
    snapshot.threads = [_take_thread(core, thread) for thread in state.threads]
    snapshot.current = current.id
    for name in ("policy", "next_thread", "clock", "slice_end", "exit_code", "started", "seed"):
        setattr(snapshot, name, getattr(state, name))
    snapshot.args, snapshot.env = list(state.args), list(state.env)
    return snapshot


def _refers(core: Core, row: int) -> str:
    """Symbol of what an allocation belongs to."""
    kind, data = core.state.tab[row + w.A_INFO] & 255, core.state.cold[row + w.B_DATA]
    if kind == w.M_FN:
        return core.program.symbol(data)
    return core.program.get_global(data).symbol if kind in (w.M_STATIC, w.M_CONST, w.M_TLS) else ""


def _take_allocation(core: Core, row: int) -> AllocationRecord:
    t, c = core.state.tab[row : row + w.ROW], core.state.cold[row : row + w.ROW]
    live = t[w.A_INFO] & 255 != w.M_FREE
    return AllocationRecord(
        row // w.ROW, t[w.A_ID], t[w.A_BASE], t[w.A_SIZE], t[w.A_WSIZE], t[w.A_DELTA], t[w.A_INFO], t[w.A_FIRST],
        t[w.A_NEXT], c[w.B_BLOCK], c[w.B_CAP], c[w.B_CLASS], c[w.B_LINK], c[w.B_USED], c[w.B_THREAD],
        position(core, c[w.B_BIRTH]) if live else NOWHERE, _refers(core, row),
    )  # fmt: skip


def _take_addresses(core: Core, snapshot: Snapshot) -> None:
    """Blocks of `salts` in order, and the addresses in them."""
    state, program = core.state, core.program
    blocks: dict[int, tuple[str, str]] = {}
    for instance in range(len(state.info) // w.ROW):
        start = state.info[instance * w.ROW + w.I_SALTS]
        if start:
            blocks[start] = ("fn", program.symbol(instance))
    for vtable, start in enumerate(state.vt_salts):
        if start:
            blocks[start] = ("vtable", program.get_vtable(vtable).symbol)
    for start in sorted(blocks):
        kind, symbol = blocks[start]
        snapshot.blocks.append((kind, symbol))
        for salt in range(w.SALTS):
            place = state.salts[start + salt]
            if place and kind == "fn":
                exposed = bool(state.tab[place + w.A_INFO] & w.FLAG_EXPOSED)
                record = FnAddressRecord(kind, symbol, salt, place, state.tab[place + w.A_BASE], exposed)
                snapshot.addresses.append(record)
            elif place:
                address = w.VT_BASE + place * w.VT_STRIDE
                snapshot.addresses.append(FnAddressRecord(kind, symbol, salt, place, address))


def _take_dead(core: Core) -> list[DeadRecord]:
    out = []
    for stack, ring in ((True, core.state.dead_stack), (False, core.state.dead_other)):
        for at in range(0, len(ring), w.ROW):
            if ring[at + w.D_SLOT] == 0:
                break
            birth, death = (position(core, ring[at + i]) for i in (w.D_BIRTH, w.D_DEATH))
            out.append(DeadRecord(stack, tuple(ring[at : at + w.D_BIRTH]), birth, death))
    return out


def _take_thread(core: Core, thread: Thread) -> ThreadRecord:
    frames = []
    for depth in range(thread.depth + 1) if thread.status != "finished" else ():
        row = thread.frames[depth * w.ROW : (depth + 1) * w.ROW]
        top = depth == thread.depth
        pc = thread.pc if top else row[w.F_PC]
        instance = row[w.F_FN]
        end = row[w.F_FP] + core.state.info[instance * w.ROW + w.I_NSLOTS] + 64
        if not top:
            end = max(thread.frames[(depth + 1) * w.ROW + w.F_FP], row[w.F_FP])
        slots = thread.slots[row[w.F_FP] : end].tobytes()
        refers = core.program.get_global(row[w.F_A]).symbol if row[w.F_KIND] == w.K_INIT else ""
        frames.append(
            FrameRecord(
                position(core, pc), digest(core.codes[instance]), row[w.F_FP], row[w.F_DST], row[w.F_KIND], row[w.F_A],
                row[w.F_B], row[w.F_C], slots, refers,
            )
        )  # fmt: skip
    tls = {core.program.get_global(g).symbol: pointer for g, pointer in thread.tls.items()}
    return ThreadRecord(
        thread.id, thread.name, thread.max_slots, thread.status, thread.target, thread.wait_addr, thread.deadline,
        thread.result_slot, thread.detached, thread.payload, thread.panics, list(thread.dtors), tls, frames,
    )  # fmt: skip


# --- restoring -----------------------------------------------------------------------------------


def _missing(what: str, symbol: str) -> Changed:
    return Changed(f"the program has no {what} `{symbol}` any more")


class _Restorer:
    """Puts the records of one snapshot into a new machine."""

    def __init__(self, core: Core, snapshot: Snapshot) -> None:
        self.core, self.state, self.snapshot = core, core.state, snapshot

    def instance(self, symbol: str) -> int:
        number = self.core.program.find_instance(symbol)
        if number is None:
            raise _missing("function", symbol)
        return number

    def global_(self, symbol: str) -> int:
        number = self.core.program.find_global(symbol)
        if number is None:
            raise _missing("global", symbol)
        return number

    def vtable(self, symbol: str) -> int:
        number = self.core.program.find_vtable(symbol)
        if number is None:
            raise _missing("vtable", symbol)
        return number

    def pc(self, position: CodePosition) -> int:
        """0 for a place that is not there any more."""
        if not position.symbol:
            return 0
        instance = self.instance(position.symbol)
        code = self.core.codes.get(instance)
        start = code.pc_of(position.block, position.statement) if code else None
        if start is None:
            return 0
        return self.state.info[instance * w.ROW + w.I_START] + start + position.word

    def run(self) -> None:
        snapshot, state = self.snapshot, self.state
        self.memory()
        for symbol in snapshot.linked:
            link(self.core, self.instance(symbol))
        self.numbers()
        for record in snapshot.allocations:
            self.allocation(record)
        self.dead()
        state.threads = [self.thread(record) for record in snapshot.threads]
        state.thread = next(t for t in state.threads if t.id == snapshot.current)
        current = state.thread
        state.regs[w.R_PC], state.regs[w.R_FP], state.regs[w.R_DEPTH] = current.pc, current.fp, current.depth

    def memory(self) -> None:
        snapshot, state = self.snapshot, self.state
        state.regs[:] = array("q", snapshot.regs)
        state.rng[:] = array("Q", snapshot.rng)
        state.heads[:] = array("q", snapshot.heads)
        state.reuse[:] = array("q", snapshot.reuse)
        state.fragments, state.holes = dict(snapshot.fragments), list(snapshot.holes)
        state.exposed = list(snapshot.exposed)
        for record in snapshot.pages:
            at = record.number * PAGE
            state.data[at : at + PAGE] = record.data
            state.meta[at : at + PAGE] = record.meta
            state.prov[at >> 3 : (at + PAGE) >> 3] = array("q", record.prov)
        for name in ("policy", "next_thread", "clock", "slice_end", "exit_code", "started", "seed"):
            setattr(state, name, getattr(snapshot, name))
        state.args, state.env = list(snapshot.args), list(snapshot.env)
        state.events = list(snapshot.events)

    def numbers(self) -> None:
        """What is kept by the program's numbers: globals, vtables, addresses."""
        snapshot, state = self.snapshot, self.state
        for symbol, pointer in snapshot.globals.items():
            index = self.global_(symbol)
            grow(state.globs, 2 * index + 2)
            state.globs[2 * index], state.globs[2 * index + 1] = pointer
        state.init_order = [self.global_(symbol) for symbol in snapshot.init_order]
        for symbol in snapshot.vtables:
            self.core.addresses.vtable_text(self.vtable(symbol))
        starts = {}
        for kind, symbol in snapshot.blocks:
            starts[kind, symbol] = self.block(kind, symbol)
        for record in snapshot.addresses:
            state.salts[starts[record.kind, record.symbol] + record.salt] = record.place
            if record.kind == "vtable":
                grow(state.vt_at, record.place + 1)
                state.vt_at[record.place] = state.vtables[self.vtable(record.symbol)]

    def block(self, kind: str, symbol: str) -> int:
        state = self.state
        if kind == "vtable":
            vtable = self.vtable(symbol)
            grow(state.vt_salts, vtable + 1)
            self.core.addresses.prepare_vtable(vtable)
            return state.vt_salts[vtable]
        instance = self.instance(symbol)
        grow(state.info, (instance + 1) * w.ROW)
        self.core.addresses.prepare(instance)
        return state.info[instance * w.ROW + w.I_SALTS]

    def allocation(self, r: AllocationRecord) -> None:
        kind, row = r.info & 255, r.slot * w.ROW
        data = self.instance(r.refers) if kind == w.M_FN else self.global_(r.refers) if r.refers else 0
        self.state.tab[row : row + w.ROW] = array(
            "q", [r.first_tag, r.base, r.size, r.writable, r.delta, r.id, r.info, r.next_tag]
        )
        self.state.cold[row : row + w.ROW] = array(
            "q", [self.pc(r.birth), r.block, r.cap, r.size_class, r.link, data, r.used, r.thread]
        )

    def dead(self) -> None:
        at = {True: 0, False: 0}
        for record in self.snapshot.dead:
            ring = self.state.dead_stack if record.stack else self.state.dead_other
            row = [*record.words, self.pc(record.birth), self.pc(record.death)]
            ring[at[record.stack] : at[record.stack] + w.ROW] = array("q", row)
            at[record.stack] += w.ROW

    def thread(self, r: ThreadRecord) -> Thread:
        need = (max((f.fp + len(f.slots) // 8 for f in r.frames), default=0)) + 2 * w.MARGIN
        slots, frames = zeros(max(need, 1 << 14)), zeros((len(r.frames) + 256) * w.ROW)
        thread = Thread(r.id, r.name, slots, frames, r.max_slots)
        for depth, frame in enumerate(r.frames):
            self.frame(thread, depth, frame)
        for name in ("status", "target", "wait_addr", "deadline", "result_slot", "detached", "payload", "panics"):
            setattr(thread, name, getattr(r, name))
        thread.dtors = list(r.dtors)
        thread.tls = {self.global_(symbol): pointer for symbol, pointer in r.tls.items()}
        return thread

    def frame(self, thread: Thread, depth: int, frame: FrameRecord) -> None:
        instance = self.instance(frame.position.symbol)
        if digest(self.core.codes[instance]) != frame.digest:
            raise Changed(f"the function `{frame.position.symbol}`, which is running, has changed")
        a = self.global_(frame.refers) if frame.refers else frame.a
        pc = self.pc(frame.position)
        thread.frames[depth * w.ROW : (depth + 1) * w.ROW] = array(
            "q", [instance, frame.fp, pc, frame.dst, frame.kind, a, frame.b, frame.c]
        )
        values = array("q", frame.slots)
        thread.slots[frame.fp : frame.fp + len(values)] = values
        thread.pc, thread.fp, thread.depth = pc, frame.fp, depth


def restore(
    program: Program, snapshot: Snapshot, config: MachineConfig | None = None, host: HostIo | None = None
) -> Machine:
    """A machine that goes on where the snapshot was taken.  Raises `Changed` if the program does not fit."""
    from .machine import Machine

    if snapshot.version != VERSION:
        raise Changed(f"the snapshot has version {snapshot.version}, this is version {VERSION}")
    state = new_state(snapshot.seed, 0, snapshot.arena, snapshot.rows)
    machine = Machine(program, config, host, state)
    _Restorer(machine.core, snapshot).run()
    return machine
