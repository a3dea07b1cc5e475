"""The writer of checkpoints: a machine's changes as rows, in one transaction.

A record that is new or changed ends the row it replaces (`to_checkpoint`) and begins one (`from_checkpoint`); a record
that went ends its row.  Contents of pages go into packs (`packs.py`); of pages that are written to again and again the
writer knows the last content's hash, and leaves those out that came back to it.  The
machine is told that its changes are safe after COMMIT only, so that whatever fails here loses nothing.

Invariants: what `loader.load` gives at checkpoint n equals what the machine was at it; a checkpoint is whole or not
there.  To add a kind of record: its columns in `records.py`, its lines here and in `loader.py`.
"""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

from interp.machine import snapshot as snapshots, words as w
from interp.machine.records import CHUNK_WORDS, Allocations, Snapshot, dump

from . import codec, faults, packs, records, retention, runs
from .clock import now
from .codes import Codes
from .database import Database, one
from .errors import StoreCorrupt
from .names import Names

if TYPE_CHECKING:
    from interp.code.image import FileOf
    from interp.machine.machine import Machine

    from .streams import Streams

Locate = Callable[[int], Optional[tuple[str, int, int]]]
"""(file, line, column) of a span."""
_KINDS = {w.M_FN: "fn", w.M_VTABLE: "vtable"}


@dataclass(slots=True)
class Written:
    """What a checkpoint cost."""

    number: int = 0
    pages: int = 0
    rows: int = 0
    bytes: int = 0
    seconds: float = 0.0


class Writer:
    """Writes the checkpoints of one session of a run."""

    def __init__(
        self, db: Database, run_id: int, session_id: int, program_id: int, locate: Locate, file_of: FileOf
    ) -> None:
        self.db, self.run_id, self.session_id, self.locate = db, run_id, session_id, locate
        self.names = Names(db, program_id)
        self.codes = Codes(db, run_id, file_of)
        self.hashes: dict[int, bytes] = {}  # of contents of pages that were recorded as changed, as committed
        self.inherited: Optional[tuple[int, int]] = None  # run and checkpoint whose pages a fork began with
        found = db.all("SELECT next_checkpoint, last_checkpoint FROM run WHERE id = :r", r=run_id)
        self.next, self.last = found[0]
        if not all(isinstance(number, int) and number >= 0 for number in found[0]):
            raise StoreCorrupt(f"run {run_id} in `{db.place}` has no sound numbers of checkpoints")
        self.places = runs.places(db, run_id)  # `file:line` by site

    # -- one checkpoint ------------------------------------------------------------------------------------------

    def write(
        self, machine: Machine, streams: Streams, reason: str, in_transaction: Iterable[Callable[[], None]] = ()
    ) -> Written:
        """Store the machine as checkpoint `self.next`; `in_transaction` is done with it.  Raises what the database
        raises (`database.failures`); then nothing has happened."""
        begun = time.perf_counter()
        faults.at("begin")
        changes = snapshots.changes(machine)
        faults.at("snapshot")
        out = Written(self.next)
        hashes: dict[int, bytes] = {}
        try:
            with self.db.transaction():
                faults.at("transaction")
                self._pages(changes, hashes, out)
                faults.at("pages")
                self._rows(machine, changes, out)
                faults.at("rows")
                if self.last or reason != "end":  # nothing goes on at the end of a run
                    out.rows += self.codes.write(machine.core.program, changes.interpreter)
                faults.at("code")
                streams.store(self.db, self.run_id, out.number)
                faults.at("output")
                out.seconds = time.perf_counter() - begun
                self._checkpoint(machine, changes, streams, reason, out)
                for work in in_transaction:
                    work()
                retention.thin(self.db, self.run_id, out.number)
                faults.at("thinned")
                faults.at("before-commit")
        except BaseException:
            self.names.rollback()
            raise
        faults.at("after-commit")
        snapshots.commit(machine)
        self.names.commit()
        self.codes.commit()
        streams.committed()
        self.hashes.update(hashes)
        self.inherited = None
        self.last, self.next = out.number, out.number + 1
        out.seconds = time.perf_counter() - begun
        faults.at("committed")
        return out

    def _checkpoint(self, machine: Machine, changes: Snapshot, streams: Streams, reason: str, out: Written) -> None:
        regs = machine.state.regs
        small = dump(changes.machine)
        row = (
            self.run_id, out.number, self.session_id, reason, now(), changes.version, changes.step,
            changes.machine.clock, regs[w.R_LIVE], regs[w.R_LIVE_BYTES], changes.machine.pages, regs[w.R_CASTS],
            regs[w.R_MISSES], streams.input.begun, changes.machine.consumed, changes.machine.emitted[1],
            changes.machine.emitted[2], out.pages, out.rows, out.bytes, int(out.seconds * 1e6),
            hashlib.blake2b(small.encode(), digest_size=16).hexdigest(),
        )  # fmt: skip
        self.db.insert("checkpoint", records.CHECKPOINT, [row])
        self.db.all(
            "UPDATE run SET last_checkpoint = :n, next_checkpoint = :m, steps = :s, updated_at = :t WHERE id = :r",
            n=out.number, m=out.number + 1, s=changes.step, t=now(), r=self.run_id,
        )  # fmt: skip

    # -- pages ---------------------------------------------------------------------------------------------------

    def _pages(self, changes: Snapshot, hashes: dict[int, bytes], out: Written) -> None:
        """What changed of the arena; `hashes` become those of its contents."""
        packer, key, known = packs.Packer(self.db), (self.run_id, self.next), self.hashes
        listed = [(record.number, record.blob) for record in changes.pages]
        if changes.complete:
            listed = self._not_inherited(listed)
        else:
            hashes.update((number, hashlib.blake2b(blob, digest_size=16).digest()) for number, blob in listed)
            listed = [page for page in listed if known.get(page[0]) != hashes[page[0]]]
        for number, blob in listed:
            packer.add(blob, (key, number))
        packer.close()
        out.pages, out.bytes = packer.contents, packer.size
        out.rows += packer.packs

    def _not_inherited(self, listed: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
        """A fork has its parent's contents where they are still the same; what is not."""
        if self.inherited is None:
            return listed
        left, shared = dict(listed), dict[int, list[tuple[int, int]]]()
        where = packs.page_map(self.db, *self.inherited)
        for number, blob in packs.PackedPages(self.db, where).blobs():
            if number in left and blob == left[number]:
                del left[number]
                pack, place = where[number]
                shared.setdefault(pack, []).append((number, place))
        for pack, pages in shared.items():
            packs.refer(self.db, self.run_id, self.next, pack, pages)
        return list(left.items())

    # -- rows ----------------------------------------------------------------------------------------------------

    def _end(self, table: str, key: str, keys: Iterable[tuple[Any, ...]]) -> None:
        """The rows with these keys hold no longer."""
        names = key.split()
        where = " AND ".join(f"{name} = :{name}" for name in names)
        sql = f"UPDATE {table} SET to_checkpoint = :c WHERE run_id = :r AND {where} AND to_checkpoint IS NULL"
        base = {"c": self.next, "r": self.run_id}
        self.db.each(sql, [{**base, **dict(zip(names, values))} for values in keys])

    def _replace(self, table: str, key: str, columns: str, rows: list[tuple[Any, ...]], out: Written) -> None:
        """New rows in place of those with the same key; the key's columns come first."""
        if self.last:
            width = len(key.split())
            self._end(table, key, [row[:width] for row in rows])
        self.db.insert(table, f"{columns} run_id from_checkpoint", [(*row, self.run_id, self.next) for row in rows])
        out.rows += len(rows)

    def _rows(self, machine: Machine, changes: Snapshot, out: Written) -> None:
        codes = {code.symbol: code for code in machine.core.codes.values()}
        self._linked(changes, codes, out)
        self._sites(changes, codes, out)
        names, small = self.names, changes.machine
        self._allocations(Allocations.of(changes.allocations), out)
        chunks = [(r.table, r.number, *codec.encode(r.data)) for r in changes.chunks]
        self._replace("chunk", "table_name number", records.CHUNK, chunks, out)
        places = [(names.number("global", r.symbol), r.address, r.provenance) for r in changes.globals]
        self._replace("global_address", "instance_id", records.GLOBAL, places, out)
        addresses = [records.address_row(r, names.number(r.kind, r.symbol)) for r in changes.addresses]
        self._replace("fn_address", "kind place", records.ADDRESS, addresses, out)
        self._end("fn_address", "kind place", changes.gone)
        threads = [(r.id, r.name, r.status, r.depth, dump(r)) for r in changes.threads]
        self._replace("thread", "thread_id", records.THREAD, threads, out)
        tops = {thread.id: thread.depth for thread in machine.state.threads}
        frames = [self._frame(r, codes, r.depth == tops.get(r.thread)) for r in changes.frames]
        self._replace("frame", "thread_id depth", records.FRAME, frames, out)
        self._replace("machine_state", "part", records.STATE, [("machine", *codec.encode(dump(small).encode()))], out)
        self._end_what_shrank(changes)
        self._events(changes, out)

    def _events(self, changes: Snapshot, out: Written) -> None:
        """What happened in the address cache, and by which line of the source."""
        here = (self.run_id, self.session_id, self.next)
        rows = [
            (*here, e.kind, e.step, e.function, e.salt, e.address, records.reason_of(e, self.places.get(e.site)))
            for e in changes.events
        ]
        self.db.insert("cache_event", records.EVENT, rows)
        out.rows += len(rows)

    def _allocations(self, rows: Allocations, out: Written) -> None:
        slots, kinds = rows.columns[0], rows.kinds
        refers: dict[int, Optional[int]] = {}
        for slot, symbol in rows.refers.items():
            kind = _KINDS.get(kinds[bisect_left(slots, slot)], "global")
            refers[slot] = self.names.number(kind, symbol)
        if self.last:
            self._end("allocation", "slot", zip(slots))
        made = records.allocation_rows(rows, refers, self.run_id, self.next)
        self.db.insert("allocation", records.ALLOCATION, made)
        out.rows += len(rows)

    def _end_what_shrank(self, changes: Snapshot) -> None:
        """Frames above the top, threads that ended, chunks beyond the end of their table."""
        if not self.last:
            return
        base = {"c": self.next, "r": self.run_id}
        held = "SET to_checkpoint = :c WHERE run_id = :r AND to_checkpoint IS NULL AND from_checkpoint < :c"
        live = changes.machine.threads
        for (thread,) in self.db.all(
            "SELECT thread_id FROM thread WHERE run_id = :r AND to_checkpoint IS NULL", r=self.run_id
        ):
            if thread not in live:
                for table in ("thread", "frame"):
                    self.db.each(f"UPDATE {table} {held} AND thread_id = :t", [{**base, "t": thread}])
        tops = [{**base, "t": r.id, "d": r.depth if r.status != "finished" else -1} for r in changes.threads]
        self.db.each(f"UPDATE frame {held} AND thread_id = :t AND depth > :d", tops)
        for (table,) in self.db.all(
            "SELECT DISTINCT table_name FROM chunk WHERE run_id = :r AND to_checkpoint IS NULL", r=self.run_id
        ):
            end = -(-changes.machine.tables.get(table, 0) // CHUNK_WORDS)
            self.db.each(f"UPDATE chunk {held} AND table_name = :n AND number >= :e", [{**base, "n": table, "e": end}])

    def _linked(self, changes: Snapshot, codes: dict[str, Any], out: Written) -> None:
        number, here = self.names.number, (self.run_id, self.next)
        rows: list[tuple[Any, ...]] = []
        for f in changes.functions:
            rows.append(("functions", f.number, number("fn", f.symbol, codes.get(f.symbol)), f.digest, *here))
        rows += [("vtables", v.number, number("vtable", v.symbol), "", *here) for v in changes.vtables]
        self.db.insert("linked", records.LINKED, rows)
        out.rows += len(rows)

    def _sites(self, changes: Snapshot, codes: dict[str, Any], out: Written) -> None:
        rows = []
        for r in changes.sites:
            code = codes.get(r.symbol)
            instance = self.names.number("fn", r.symbol, code) if r.symbol else None
            row = (r.number, instance, r.block, r.statement, r.word, *self._line(code, r.block, r.statement, r.word))
            rows.append((*row, self.run_id, self.next))
            file, line = row[5:7]
            if file:
                self.places[r.number] = f"{file}:{line}"
        self.db.insert("site", records.SITE, rows)
        out.rows += len(rows)

    def _frame(self, r: Any, codes: dict[str, Any], top: bool) -> tuple[Any, ...]:
        code = codes.get(r.symbol)
        place = (self.names.number("fn", r.symbol, code), r.block, r.statement, r.word)
        line = self._line(code, r.block, r.statement, r.word - (not top))  # below the top: where it called
        refers = self.names.optional("global", r.refers)
        return (r.thread, r.depth, *place, *line, r.fp, r.dst, r.kind, r.a, r.b, r.c, refers)

    def _line(self, code: Any, block: int, statement: int, word: int) -> tuple[Any, ...]:
        pc = code.pc_of(block, statement) if code is not None else None
        at = code.position(pc + word) if pc is not None else None
        return (self.locate(at.span) if at is not None and at.span else None) or (None, None, None)

    # -- between checkpoints -------------------------------------------------------------------------------------

    def read(self, number: int, offset: int, data: bytes) -> None:
        """A piece of input is safe before the program sees it."""
        with self.db.transaction():
            self.db.insert("input", records.INPUT, [(self.run_id, number, offset, data)])
            faults.at("input")

    def exists(self) -> bool:
        """Whether the run is still in the store."""
        return one(self.db.all("SELECT 1 FROM run WHERE id = :r", r=self.run_id)) is not None
