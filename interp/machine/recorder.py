"""What makes records of a running machine: all of it, or what changed since the last committed snapshot.

A `Recorder` belongs to one machine and is not part of its state: a new one begins with a complete snapshot.  Pages
have a dirty bit; everything else is compared with a shadow, a copy made when it was last recorded.  What was recorded
but not committed is recorded again with the next changes (`pending`), so a failed commit loses nothing, and a commit
may come later than the machine's next steps.

To add a part: a method called by `_record`, with its shadow; its way back in `restorer.py`.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

from . import bulk, words as w
from .fingerprint import interpreter_fingerprint
from .pages import PAGE, encode
from .positions import position_in
from .records import (
    CHUNK_WORDS,
    Allocations,
    ChunkRecord,
    FnAddressRecord,
    FrameRecord,
    FunctionRecord,
    GlobalRecord,
    InputRecord,
    MachineRecord,
    PageRecord,
    Snapshot,
    ThreadRecord,
    VtableRecord,
)
from .state import Thread, zeros

if TYPE_CHECKING:
    from .core import Core

_DIRTY = re.compile(b"[" + b"".join(re.escape(bytes((i,))) for i in range(256) if i & w.DIRTY_CHECKPOINT) + b"]")
_SEEN = bytes(i & ~w.DIRTY_CHECKPOINT for i in range(256))
_ENTRIES = (w.M_FN, w.M_VTABLE)
_FREE = re.compile(b"[%c]" % w.M_FREE)
_NAMED = re.compile(b"[" + bytes((*_ENTRIES, w.M_STATIC, w.M_CONST, w.M_TLS)) + b"]")
# words of the tables in the order of an AllocationRecord's fields
_TAB = (w.A_ID, w.A_BASE, w.A_SIZE, w.A_WSIZE, w.A_DELTA, w.A_INFO, w.A_FIRST, w.A_NEXT)
_COLD = (w.B_BLOCK, w.B_CAP, w.B_CLASS, w.B_LINK, w.B_USED, w.B_THREAD, w.B_BIRTH)
VALUES = (
    "args", "env", "policy", "leaks", "next_thread", "clock", "slice_end", "exit_code", "started", "seed", "emitted",
    "reads", "consumed", "session",
)  # fmt: skip
THREAD_VALUES = (
    "id", "name", "max_slots", "depth", "status", "target", "wait_addr", "deadline", "result_slot", "detached",
    "panics",
)  # fmt: skip


class _Shadow:
    """A flat table as last recorded, and by row whether it has changed since the commit."""

    def __init__(self, marks: bytearray | None = None) -> None:
        self.then: array[int] = array("q")
        self.marks = bytearray() if marks is None else marks

    def mark(self, now: array[int], row: int, length: int) -> None:
        """Marks rows (of `row` words) that differ from `length` words of `now`, which are recorded from here on."""
        then, marks, count = self.then, self.marks, -(-length // row)
        then.extend(zeros(length - len(then)))
        del then[length:]
        marks.extend(bytes(max(count - len(marks), 0)))
        del marks[count:]
        whole = length // row
        bulk.mark_changed(now, then, marks, row, whole)
        if whole < count and now[whole * row : length] != then[whole * row :]:
            then[whole * row :] = now[whole * row : length]
            marks[whole] = 1

    def marked(self) -> list[int]:
        return list(compress(range(len(self.marks)), self.marks))

    def changes(self, now: array[int], row: int) -> list[int]:
        self.mark(now, row, len(now))
        return self.marked()

    def commit(self) -> None:
        self.marks[:] = bytes(len(self.marks))


class Recorder:
    """Makes snapshots of the machine of `core`; see the module."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.sites = core.sites
        self.has_base = False  # whether a snapshot was committed
        self.shadows: dict[str, _Shadow] = {}
        self.pages: set[int] = set()  # recorded, not committed
        self.small: dict[str, dict[Any, Any]] = {}  # committed records by key: threads, addresses
        self.recorded: dict[str, dict[Any, Any]] = {}  # the same as last recorded
        self.counts: dict[str, int] = {}  # committed lengths of what only grows
        self.counted: dict[str, int] = {}
        self.tops: dict[int, set[int]] = {}  # by thread: frames on top in the committed records and those made since
        self.top: dict[int, int] = {}  # by thread: the frame on top when last recorded

    # --- the three uses ------------------------------------------------------------------------------

    def take(self, ending: dict[str, Any] | None) -> Snapshot:
        """Everything; leaves no mark."""
        return Recorder(self.core)._record(ending, complete=True)

    def changes(self, ending: dict[str, Any] | None) -> Snapshot:
        if not self.has_base:
            self.__init__(self.core)  # type: ignore[misc]
        snapshot = self._record(ending, complete=not self.has_base)
        dirty = self.core.state.dirty
        dirty[:] = dirty.translate(_SEEN)
        return snapshot

    def commit(self) -> None:
        self.has_base = True
        for shadow in self.shadows.values():
            shadow.commit()
        self.pages.clear()
        self.tops = {thread: {top} for thread, top in self.top.items()}
        self.small = {name: dict(records) for name, records in self.recorded.items()}
        self.counts = dict(self.counted)
        state = self.core.state
        del state.events[: self.counted.get("events", 0)]
        del state.inputs[: self.counted.get("inputs", 0)]
        self.counted["events"] = self.counted["inputs"] = self.counts["events"] = self.counts["inputs"] = 0

    def adopt(self, addresses: list[FnAddressRecord]) -> None:
        """The machine was just restored: what its records say is committed."""
        state = self.core.state
        end = state.regs[w.R_NALLOCS] * w.ROW
        words = {"tab": state.tab[:end], "cold": state.cold[:end], "globs": state.globs[:], **self._flat()}
        self._small("addresses", {(record.kind, record.place): record for record in addresses})
        for thread, record in ((thread, self._thread(thread)) for thread in state.threads):
            words[f"frames.{thread.id}"] = thread.frames[: (record.depth + 1) * w.ROW]
            self.top[thread.id] = record.depth
        self._small("threads", {thread.id: self._thread(thread) for thread in state.threads})
        for name, now in words.items():
            self._shadow(name).then = now[:]
        self.counted.update(functions=len(state.linked), vtables=len(state.vtables), sites=len(self.sites.records))
        events, inputs = state.events[:], state.inputs[:]
        self.counted.update(events=0, inputs=0)
        self.commit()
        assert (events, inputs) == (state.events, state.inputs)

    # --- parts -----------------------------------------------------------------------------------------

    def _record(self, ending: dict[str, Any] | None, complete: bool) -> Snapshot:
        core, state = self.core, self.core.state
        current = state.thread
        current.pc, current.fp, current.depth = state.regs[w.R_PC], state.regs[w.R_FP], state.regs[w.R_DEPTH]
        out = Snapshot(complete=complete, interpreter=interpreter_fingerprint(), step=state.regs[w.R_STEPS])
        out.machine = self._machine(ending)
        linked, program = state.linked, core.program
        for number in self._grown("functions", len(linked)):
            instance = linked[number][1]
            out.functions.append(FunctionRecord(number, program.symbol(instance), core.digest(instance)))
        vtables = list(state.vtables)
        for number in self._grown("vtables", len(vtables)):
            out.vtables.append(VtableRecord(number, program.get_vtable(vtables[number]).symbol))
        self._addresses(out)
        self._allocations(out)
        self._pages(out, complete)
        self._globals(out)
        self._tables(out)
        self._threads(out)
        site_of = self.sites.numbers
        out.events = [replace(event, site=site_of[event.site]) for event in state.events]
        out.inputs = [InputRecord(*record) for record in state.inputs]
        if complete:
            out.inputs += self._inputs_ahead()
        self.counted["events"], self.counted["inputs"] = len(state.events), len(state.inputs)
        out.sites = self.sites.records[self.counts.get("sites", 0) :]
        self.counted["sites"] = len(self.sites.records)
        return out

    def _inputs_ahead(self) -> list[InputRecord]:
        """What was recorded by a former session and is not read yet."""
        out, offset = [], self.core.state.consumed
        for number, data in enumerate(self.core.state.ahead, self.core.state.reads):
            out.append(InputRecord(number, offset, data))
            offset += len(data)
        return out

    def _grown(self, name: str, count: int) -> range:
        self.counted[name] = count
        return range(self.counts.get(name, 0), count)

    def _machine(self, ending: dict[str, Any] | None) -> MachineRecord:
        core, state, program = self.core, self.core.state, self.core.program
        out = MachineRecord(
            state.regs.tolist(), state.rng.tolist(), len(state.data), len(state.tab) // w.ROW,
            len(state.data) >> w.PAGE_BITS, threads=[t.id for t in state.threads], current=state.thread.id,
            init_order=[program.get_global(index).symbol for index in state.init_order], ending=ending,
        )  # fmt: skip
        for name in VALUES:
            value = getattr(state, name)
            setattr(out, name, list(value) if isinstance(value, list) else value)
        out.cache_bytes = core.addresses.bytes()
        for address, it in state.evicted.items():
            out.evicted.append([address, it.function, it.salt, it.step, it.session, it.reason])
        return out

    def _small(self, name: str, records: dict[Any, Any]) -> list[Any]:
        """Those of a small table's records that are new or changed since the commit."""
        before = self.small.get(name, {})
        self.recorded[name] = records
        return [record for key, record in records.items() if before.get(key) != record]

    def _shadow(self, name: str) -> _Shadow:
        found = self.shadows.get(name)
        if found is None:
            found = self.shadows[name] = _Shadow()
        return found

    # --- memory ----------------------------------------------------------------------------------------

    def _pages(self, out: Snapshot, complete: bool) -> None:
        state = self.core.state
        count = len(state.data) >> w.PAGE_BITS
        if complete:
            self.pages = set(range(count))
        else:
            self.pages.update(found.start() for found in _DIRTY.finditer(state.dirty, 0, count))
        prov, pages = memoryview(state.prov), list[PageRecord]()
        for number in sorted(self.pages):
            at = number << w.PAGE_BITS
            if number < count:
                end = at + PAGE
                blob = encode(state.data[at:end], state.meta[at:end], prov[at >> 3 : end >> 3])
                pages.append(PageRecord(number, blob))
        out.pages = pages

    def _allocations(self, out: Snapshot) -> None:
        state = self.core.state
        end = state.regs[w.R_NALLOCS] * w.ROW
        tab = self._shadow("tab")
        cold = self.shadows.setdefault("cold", _Shadow(tab.marks))  # a row of either is a row of both
        tab.mark(state.tab, w.ROW, end)
        cold.mark(state.cold, w.ROW, end)
        slots = tab.marked()
        if slots and slots[0] == 0:
            del slots[0]
        found = {word: _column(state.tab, word, slots, end) for word in _TAB}
        of_cold = {word: _column(state.cold, word, slots, end) for word in _COLD}
        kinds = found[w.A_INFO].tobytes()[::8]
        births = of_cold[w.B_BIRTH]
        for place in _FREE.finditer(kinds):
            births[place.start()] = 0
        of_cold[w.B_BIRTH] = array("q", map(self.sites.numbers.__getitem__, births))
        refers = {}
        for place in _NAMED.finditer(kinds):
            at = place.start()
            kind = kinds[at]
            refers[slots[at]] = self._symbol_of(kind, state.cold[slots[at] * w.ROW + w.B_DATA])
            if kind in _ENTRIES:  # what the address cache knows is in its own records
                for word in (w.B_BLOCK, w.B_CAP, w.B_LINK, w.B_USED):
                    of_cold[word][at] = 0
        columns = [array("q", slots), *found.values(), *of_cold.values()]
        out.allocations = Allocations(columns, refers)

    def _symbol_of(self, kind: int, data: int) -> str:
        program = self.core.program
        if kind == w.M_FN:
            return program.symbol(data)
        return program.get_vtable(data).symbol if kind == w.M_VTABLE else program.get_global(data).symbol

    def _globals(self, out: Snapshot) -> None:
        globs, program = self.core.state.globs, self.core.program
        for index in self._shadow("globs").changes(globs, 2):
            if globs[2 * index + 1]:
                out.globals.append(
                    GlobalRecord(program.get_global(index).symbol, globs[2 * index], globs[2 * index + 1])
                )

    def _flat(self) -> dict[str, array[int]]:
        """The flat tables that are recorded in chunks."""
        state = self.core.state
        return {
            "heads": state.heads, "reuse": state.reuse, "dead_stack": state.dead_stack, "dead_other": state.dead_other,
            "exposed": array("q", chain.from_iterable(state.exposed)),
            "holes": array("q", chain.from_iterable(state.holes)),
            "fragments": array("q", [x for at in sorted(state.fragments) for x in (at, *state.fragments[at])]),
            **{f"slots.{thread.id}": thread.slots for thread in state.threads},
        }  # fmt: skip

    def _tables(self, out: Snapshot) -> None:
        """The flat tables; positions in the code become sites."""
        flat = self._flat()
        for name in [name for name in self.shadows if name.startswith("slots.") and name not in flat]:
            del self.shadows[name]
        for name, words in flat.items():
            out.machine.tables[name] = len(words)
            for number in self._shadow(name).changes(words, CHUNK_WORDS):
                chunk = words[number * CHUNK_WORDS : (number + 1) * CHUNK_WORDS]
                if name.startswith("dead_"):
                    for part in (w.D_BIRTH, w.D_DEATH):
                        chunk[part :: w.ROW] = array("q", map(self.sites.numbers.__getitem__, chunk[part :: w.ROW]))
                if chunk:
                    out.chunks.append(ChunkRecord(name, number, _stripped(chunk.tobytes())))

    # --- addresses and threads ---------------------------------------------------------------------------

    def _addresses(self, out: Snapshot) -> None:
        """The entries of the address cache, in the order of their slots."""
        core, state = self.core, self.core.state
        unreachable, cold, sites = set(core.collector.unreachable()), state.cold, self.sites.numbers
        found: dict[tuple[str, int], FnAddressRecord] = {}
        for entry in sorted(core.addresses.entries(), key=lambda e: e.row):
            row, slot = entry.row, entry.row // w.ROW
            found[entry.kind, slot] = FnAddressRecord(
                entry.kind, core.addresses.symbol(row), entry.salt, slot, state.tab[row + w.A_BASE],
                bool(state.tab[row + w.A_INFO] & w.FLAG_EXPOSED), row not in unreachable, cold[row + w.E_CASTS],
                cold[row + w.E_FIRST] >> w.SALT_BITS, cold[row + w.E_LAST], sites[cold[row + w.E_LAST_PC]],
            )  # fmt: skip
        out.addresses = self._small("addresses", found)
        out.gone = [key for key in self.small.get("addresses", {}) if key not in found]

    def _threads(self, out: Snapshot) -> None:
        state = self.core.state
        records = {thread.id: self._thread(thread) for thread in state.threads}
        out.threads = self._small("threads", records)
        for name in [name for name in self.shadows if name.startswith("frames.") and int(name[7:]) not in records]:
            del self.shadows[name]
        for thread in state.threads:
            shadow = self._shadow(f"frames.{thread.id}")
            end = (records[thread.id].depth + 1) * w.ROW
            rows = shadow.changes(thread.frames[:end], w.ROW)
            top = end // w.ROW - 1
            for depth in sorted({*rows, *self.tops.get(thread.id, ()), top}):
                if 0 <= depth <= top:
                    out.frames.append(self._frame(thread, depth))
            self.tops.setdefault(thread.id, set()).add(top)
            self.top[thread.id] = top

    def _thread(self, thread: Thread) -> ThreadRecord:
        program = self.core.program
        out = ThreadRecord(
            thread.id, slots=len(thread.slots), frames=len(thread.frames), payload=list(thread.payload),
            dtors=[list(d) for d in thread.dtors],
            tls=[(program.get_global(index).symbol, *pointer) for index, pointer in thread.tls.items()],
        )  # fmt: skip
        for name in THREAD_VALUES:
            setattr(out, name, getattr(thread, name))
        if thread.status == "finished":
            out.depth = -1
        return out

    def _frame(self, thread: Thread, depth: int) -> FrameRecord:
        instance, fp, pc, dst, kind, a, b, c = thread.frames[depth * w.ROW : (depth + 1) * w.ROW]
        if depth == thread.depth:
            pc = thread.pc
        kind &= w.K_MASK
        refers = self.core.program.get_global(a).symbol if kind == w.K_INIT else ""
        if kind != w.K_TRY:  # words that no other kind uses hold anything
            a = b = c = 0
        return FrameRecord(thread.id, depth, *position_in(self.core, instance, pc), fp, dst, kind, a, b, c, refers)


def _column(table: array[int], word: int, slots: list[int], end: int) -> array[int]:
    """A word of each of these rows; `end`: of the table."""
    if len(slots) == end // w.ROW - 1:
        return table[w.ROW + word : end : w.ROW]
    return array("q", [table[slot * w.ROW + word] for slot in slots])


def _stripped(data: bytes) -> bytes:
    """Less the zero words at its end."""
    return data[: (len(data.rstrip(b"\0")) + 7) & -8]
