"""A machine out of the records of a complete snapshot.

The functions are linked again in the same order; their digests must be the recorded ones, so that every place in the
code, and every slot of a frame, means what it meant.  Words go into the flat arrays column by column, pages in slices.

To add a part: a method called by `_Restorer.run`, and its checks in `verify.py` (records alone) or `verify_code.py`
(records and code).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from . import words as w
from .fingerprint import interpreter_fingerprint
from .link import grow, link
from .outcome import FrameInfo, Note, Outcome
from .pages import PAGE, Arena
from .positions import index_in
from .recorder import THREAD_VALUES, VALUES
from .records import CHUNK_WORDS, Allocations, Invalid, Pages, Snapshot, ThreadRecord, no_collections
from .state import Evicted, Thread, new_state, zeros
from .verify import verify
from .verify_code import verify_frames

if TYPE_CHECKING:
    from ..code.program import Program
    from .core import Core, HostIo
    from .machine import Machine, MachineConfig

# Columns of an AllocationRecord and where they go: words of `tab`, words of `cold`.
_TAB = {7: w.A_FIRST, 2: w.A_BASE, 3: w.A_SIZE, 4: w.A_WSIZE, 5: w.A_DELTA, 1: w.A_ID, 6: w.A_INFO, 8: w.A_NEXT}
_COLD = {9: w.B_BLOCK, 10: w.B_CAP, 11: w.B_CLASS, 12: w.B_LINK, 13: w.B_USED, 14: w.B_THREAD}
_BIRTH = 15


class Changed(Exception):
    """The program, as this interpreter compiles it, is not the one the snapshot was made of."""


def restore(
    program: Program, snapshot: Snapshot, config: MachineConfig | None = None, host: HostIo | None = None
) -> Machine:
    """A machine that goes on where the complete snapshot was taken.

    Of `config` only the engine, the session's number and what it asks of the address cache count: the rest is the
    snapshot's.  Inputs with
    numbers from `machine.reads` on are what the next reads give, before the host is asked; earlier ones count as not
    stored yet, as do its events.
    Raises `Invalid` for damaged records and `Changed` if the program does not fit them.
    """
    from .machine import Machine

    with no_collections():
        verify(snapshot)
        state = new_state(snapshot.machine.seed, 0, PAGE, snapshot.machine.rows)
        machine = Machine(program, config, host, state)
        _Restorer(machine.core, snapshot).run()
        machine.recorder.adopt(snapshot.addresses)
    if snapshot.machine.ending is not None:
        machine.outcome = _outcome(snapshot)
    addresses = machine.core.addresses
    addresses.resumed(machine.config.session)
    addresses.configure(machine.config.cache.over(addresses.settings))
    return machine


def _outcome(snapshot: Snapshot) -> Outcome:
    ending = dict(snapshot.machine.ending or {})
    ending["notes"] = [Note(*note) for note in ending.get("notes", [])]
    ending["backtrace"] = [FrameInfo(*frame) for frame in ending.get("backtrace", [])]
    return Outcome(**ending)


def _changed(snapshot: Snapshot, names: list[str]) -> Changed:
    shown = ", ".join(f"`{name}`" for name in names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    same = snapshot.interpreter == interpreter_fingerprint()
    why = "the program" if same else "the interpreter or its library"
    other = f"the interpreter it was started with (fingerprint {snapshot.interpreter}), or start it anew"
    advice = f"resume it with {'the source it was started with' if same else other}"
    return Changed(f"{why} has changed: functions the run has called are compiled differently now: {shown}; {advice}")


class _Restorer:
    """Puts the records of one verified snapshot into a new machine."""

    def __init__(self, core: Core, snapshot: Snapshot) -> None:
        self.core, self.state, self.snapshot = core, core.state, snapshot
        self.instances: dict[str, int] = {}
        self.globals: dict[str, int] = {}
        self.vtables: dict[str, int] = {}
        self.pcs: list[int] = []

    def run(self) -> None:
        self.functions()
        self.places()
        self.memory()
        self.allocations()
        self.addresses()
        self.tables()
        self.values()
        self.threads()
        verify_frames(self.core)

    # --- numbers of this session -----------------------------------------------------------------------

    def _number(self, known: dict[str, int], find: Callable[[str], int | None], symbol: str) -> int:
        number = known.get(symbol)
        if number is None:
            found = find(symbol)
            if found is None:
                raise _changed(self.snapshot, [symbol])
            number = known[symbol] = found
        return number

    def instance(self, symbol: str) -> int:
        return self._number(self.instances, self.core.program.find_instance, symbol)

    def global_(self, symbol: str) -> int:
        return self._number(self.globals, self.core.program.find_global, symbol)

    def vtable(self, symbol: str) -> int:
        return self._number(self.vtables, self.core.program.find_vtable, symbol)

    def functions(self) -> None:
        core, different = self.core, []
        for record in self.snapshot.functions:
            instance = self.instance(record.symbol)
            link(core, instance)
            if core.digest(instance) != record.digest:
                different.append(record.symbol)
        if different:
            raise _changed(self.snapshot, different)
        for vtable in self.snapshot.vtables:
            core.addresses.vtable_text(self.vtable(vtable.symbol))

    def places(self) -> None:
        """The words of the text that the sites are."""
        for site in self.snapshot.sites:
            if not site.symbol:
                self.pcs.append(0)
                continue
            instance = self.instance(site.symbol)
            code = self.core.codes.get(instance)
            index = index_in(code, site.block, site.statement, site.word) if code else -1
            if index < 0:
                raise Invalid(f"site {site.number} is at a place that `{site.symbol}` does not have")
            self.pcs.append(self.state.info[instance * w.ROW + w.I_START] + index)
        self.core.sites.load(self.snapshot.sites, self.pcs)

    # --- memory ----------------------------------------------------------------------------------------

    def memory(self) -> None:
        """The arena, which nobody holds a pointer into yet, is put together from its pages."""
        state, pages, regs = self.state, self.snapshot.pages, self.snapshot.machine.regs
        arena = Arena(regs[w.R_NALLOCS] << w.TAG_BITS)
        for number, blob in pages.blobs() if isinstance(pages, Pages) else pages:
            arena.put(number, blob)
        state.data, state.meta, state.prov = arena.data, arena.meta, arena.prov()
        state.dirty = bytearray((w.DIRTY_COLLECTOR,)) * (len(pages) + 4)

    def allocations(self) -> None:
        rows = Allocations.of(self.snapshot.allocations)
        end, cold = (len(rows) + 1) * w.ROW, self.state.cold
        for table, columns in ((self.state.tab, _TAB), (cold, _COLD)):
            for column, word in columns.items():
                table[w.ROW + word : end : w.ROW] = rows.columns[column]
        births = array("q", map(self.pcs.__getitem__, rows.columns[_BIRTH]))
        cold[w.ROW + w.B_BIRTH : end : w.ROW] = births
        kinds = rows.kinds
        for slot, symbol in rows.refers.items():
            find = _FINDERS.get(kinds[slot - 1], _Restorer.global_)
            if kinds[slot - 1] == w.M_FN:
                grow(self.state.info, (self.instance(symbol) + 1) * w.ROW)
            cold[slot * w.ROW + w.B_DATA] = find(self, symbol)

    def addresses(self) -> None:
        """The table of the address cache, and what it knows of its entries."""
        cold, cache = self.state.cold, self.core.addresses
        for r in self.snapshot.addresses:
            row = r.place * w.ROW
            cold[row + w.E_CASTS], cold[row + w.E_FIRST] = r.casts, r.first_step << w.SALT_BITS | r.salt
            cold[row + w.E_LAST], cold[row + w.E_LAST_PC] = r.last_step, self.pcs[r.last]
            cache.insert(cache.key_of(row), row)

    def tables(self) -> None:
        state, sizes = self.state, self.snapshot.machine.tables
        made = {"heads": state.heads, "reuse": state.reuse, "dead_stack": state.dead_stack}
        made["dead_other"] = state.dead_other
        for name, size in sizes.items():
            if name not in made:
                made[name] = zeros(size)
        for table, number, data in self.snapshot.chunks:
            words = array("q", data)
            if table.startswith("dead_"):
                for part in (w.D_BIRTH, w.D_DEATH):
                    words[part :: w.ROW] = array("q", map(self.pcs.__getitem__, words[part :: w.ROW]))
            start = number * CHUNK_WORDS
            made[table][start : start + len(words)] = words
        self.flat = made
        state.exposed = _triples(made["exposed"])
        state.fragments = {at: (prov, byte) for at, prov, byte in _triples(made["fragments"])}
        holes = made["holes"]
        state.holes = list(zip(holes[::2], holes[1::2]))

    # --- the rest ----------------------------------------------------------------------------------------

    def values(self) -> None:
        record, state = self.snapshot.machine, self.state
        state.regs[:] = array("q", record.regs)
        state.rng[:] = array("Q", record.rng)
        for name in VALUES:
            value = getattr(record, name)
            setattr(state, name, list(value) if isinstance(value, list) else value)
        for symbol, address, provenance in self.snapshot.globals:
            index = self.global_(symbol)
            grow(state.globs, 2 * index + 2)
            state.globs[2 * index], state.globs[2 * index + 1] = address, provenance
        for address, *rest in record.evicted:
            state.evicted[address] = Evicted(*rest)
        state.init_order = [self.global_(symbol) for symbol in record.init_order]
        state.events = [replace(event, site=self.pcs[event.site]) for event in self.snapshot.events]
        for number, offset, data in self.snapshot.inputs:
            if number < record.reads:
                state.inputs.append((number, offset, data))
            else:
                state.ahead.append(data)

    def threads(self) -> None:
        record, state = self.snapshot.machine, self.state
        by_id = {thread.id: self.thread(thread) for thread in self.snapshot.threads}
        for frame in self.snapshot.frames:
            instance = self.instance(frame.symbol)
            code = self.core.codes.get(instance)
            index = index_in(code, frame.block, frame.statement, frame.word) if code else -1
            if index < 0 and frame.block != -1:
                raise Invalid(f"frame {frame.depth} of thread {frame.thread} is at a place that does not exist")
            pc = state.info[instance * w.ROW + w.I_START] + index if index >= 0 else 0
            a = self.global_(frame.refers) if frame.refers else frame.a
            thread, row = by_id[frame.thread], frame.depth * w.ROW
            words = (instance, frame.fp, pc, frame.dst, frame.kind, a, frame.b, frame.c)
            thread.frames[row : row + w.ROW] = array("q", words)
            if frame.depth == thread.depth:
                thread.pc, thread.fp = pc, frame.fp
        state.threads = [by_id[id] for id in record.threads]
        state.thread = current = by_id[record.current]
        state.regs[w.R_PC], state.regs[w.R_FP], state.regs[w.R_DEPTH] = current.pc, current.fp, max(current.depth, 0)

    def thread(self, r: ThreadRecord) -> Thread:
        thread = Thread(r.id, r.name, self.flat[f"slots.{r.id}"], zeros(r.frames), r.max_slots)
        for name in THREAD_VALUES:
            setattr(thread, name, getattr(r, name))
        thread.payload = tuple(r.payload)
        thread.dtors = [(d[0], d[1], d[2], d[3]) for d in r.dtors]
        thread.tls = {self.global_(symbol): (address, prov) for symbol, address, prov in r.tls}
        return thread


_FINDERS = {w.M_FN: _Restorer.instance, w.M_VTABLE: _Restorer.vtable}


def _triples(words: Sequence[int]) -> list[tuple[int, int, int]]:
    return list(zip(words[::3], words[1::3], words[2::3]))
