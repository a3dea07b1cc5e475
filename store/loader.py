"""A machine's records as they were at a checkpoint: what `writer.write` put there, read back.

Nothing a row says is believed: types and sizes are checked here, packs of pages against their hashes when they are
read (`Snapshot.pages` reads them when they are wanted, so the database must be open as long), and the whole by
`interp.machine.verify` when the machine is restored.  Damage is `StoreCorrupt`.

Invariant: load(n) equals the snapshot that `merge` makes of all changes up to checkpoint n.  To add a kind of record:
as in `writer.py`.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from interp.machine.records import (
    CHUNK_WORDS,
    Allocations,
    ChunkRecord,
    FrameRecord,
    FunctionRecord,
    GlobalRecord,
    Invalid,
    MachineRecord,
    SiteRecord,
    Snapshot,
    VtableRecord,
    load_machine,
    load_thread,
)

from . import codec, packs
from .database import Database
from .errors import StoreCorrupt
from .records import address_record

_STATE: Final = 256 << 20  # bytes of the machine's small values, at most
_HELD: Final = "{0}.run_id = :r AND {0}.from_checkpoint <= :c AND ({0}.to_checkpoint IS NULL OR {0}.to_checkpoint > :c)"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a checkpoint stands in the run's streams."""

    stdin_pieces: int
    stdin_bytes: int
    stdout_bytes: int
    stderr_bytes: int


def held(alias: str) -> str:
    """The condition for rows of `alias` that hold at checkpoint :c of run :r."""
    return _HELD.format(alias)


def position(db: Database, run: int, checkpoint: int) -> Position:
    columns = "stdin_chunks, stdin_bytes, stdout_bytes, stderr_bytes"
    rows = db.all(f"SELECT {columns} FROM checkpoint WHERE run_id = :r AND number = :c", r=run, c=checkpoint)
    return Position(*rows[0])


def load(db: Database, run: int, checkpoint: int) -> Snapshot:
    """The complete snapshot of a kept checkpoint."""
    try:
        return _Loader(db, run, checkpoint).load()
    except (Invalid, TypeError, ValueError, OverflowError) as problem:
        raise StoreCorrupt(f"checkpoint {checkpoint} of run {run} in `{db.place}` is damaged: {problem}") from None


def machine(db: Database, run: int, checkpoint: int) -> MachineRecord:
    """The small values of a kept checkpoint alone."""
    try:
        return load_machine(_Loader(db, run, checkpoint).state().decode("utf-8"))
    except (Invalid, TypeError, ValueError) as problem:
        raise StoreCorrupt(f"checkpoint {checkpoint} of run {run} in `{db.place}` is damaged: {problem}") from None


class _Loader:
    def __init__(self, db: Database, run: int, checkpoint: int) -> None:
        self.db, self.run, self.checkpoint = db, run, checkpoint
        self.symbols: dict[int, str] = {}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.db.all(sql, r=self.run, c=self.checkpoint)

    def symbol(self, number: object) -> str:
        if number is None:
            return ""
        found = self.symbols.get(number)  # type: ignore[call-overload]
        if found is None:
            raise StoreCorrupt(f"a row speaks of function, vtable or global {number!r}, which the program has not")
        return str(found)

    def load(self) -> Snapshot:
        version, step = self.rows(
            "SELECT record_version, steps FROM checkpoint WHERE run_id = :r AND number = :c"
        )[0]  # fmt: skip
        self.symbols = dict(
            self.db.all(
                "SELECT i.id, i.symbol FROM instance i JOIN run r ON r.program_id = i.program_id WHERE r.id = :r",
                r=self.run,
            )
        )  # fmt: skip
        out = Snapshot(version, True, self._interpreter(), step)
        out.machine = load_machine(self.state().decode("utf-8"))
        self._lists(out)
        self._memory(out)
        self._tables(out)
        self._threads(out)
        return out

    def _interpreter(self) -> str:
        rows = self.rows(
            "SELECT s.interpreter_hash FROM session s JOIN checkpoint c ON c.session_id = s.id "
            "WHERE c.run_id = :r AND c.number = :c"
        )
        return str(rows[0][0])

    def state(self) -> bytes:
        rows = self.rows(f"SELECT codec, value FROM machine_state m WHERE {held('m')} AND part = 'machine'")
        if len(rows) != 1:
            raise StoreCorrupt(f"checkpoint {self.checkpoint} of run {self.run} has {len(rows)} states of the machine")
        kind, value = rows[0]
        return codec.decode(kind, value, _STATE)

    def _lists(self, out: Snapshot) -> None:
        base = "WHERE run_id = :r AND from_checkpoint <= :c"
        for name, number, instance, detail in self.rows(
            f"SELECT list, number, instance_id, detail FROM linked {base} ORDER BY list, number"
        ):
            symbol = self.symbol(instance)
            if name == "functions":
                out.functions.append(FunctionRecord(number, symbol, detail))
            elif name == "vtables":
                out.vtables.append(VtableRecord(number, symbol))
        for number, instance, *place in self.rows(
            f"SELECT number, instance_id, block, statement, word FROM site {base} ORDER BY number"
        ):
            out.sites.append(SiteRecord(number, self.symbol(instance), *place))

    def _memory(self, out: Snapshot) -> None:
        columns = (
            "slot, alloc_id, base, size, writable, delta, info, first_tag, next_tag, block, capacity, size_class, "
            "link, used, thread, birth, refers_id"
        )
        rows = self.rows(f"SELECT {columns} FROM allocation a WHERE {held('a')} ORDER BY slot")
        words = [array("q", map(itemgetter(i), rows)) for i in range(16)]
        refers = {row[0]: self.symbol(row[16]) for row in rows if row[16] is not None}
        out.allocations = Allocations(words, refers)
        out.pages = self._pages(out.machine.pages)

    def _pages(self, pages: int) -> packs.PackedPages:
        where = packs.page_map(self.db, self.run, self.checkpoint)
        for number in [number for number in where if number >= pages]:
            del where[number]  # the arena was bigger once
        return packs.PackedPages(self.db, where)

    def _tables(self, out: Snapshot) -> None:
        for table, number, kind, data in self.rows(
            f"SELECT table_name, number, codec, data FROM chunk h WHERE {held('h')} ORDER BY table_name, number"
        ):
            if data:
                out.chunks.append(ChunkRecord(table, number, codec.decode(kind, data, 8 * CHUNK_WORDS)))
        for instance, address, provenance in self.rows(
            f"SELECT instance_id, address, provenance FROM global_address g WHERE {held('g')} ORDER BY instance_id"
        ):
            out.globals.append(GlobalRecord(self.symbol(instance), address, provenance))
        for instance, *row in self.rows(
            "SELECT instance_id, kind, place, salt, address, exposed, casts, first_cast, last_cast, extra "
            f"FROM fn_address f WHERE {held('f')} ORDER BY kind, place"
        ):
            out.addresses.append(address_record(self.symbol(instance), tuple(row)))

    def _threads(self, out: Snapshot) -> None:
        found = dict(self.rows(f"SELECT thread_id, state FROM thread t WHERE {held('t')}"))
        out.threads = [load_thread(found[id]) for id in out.machine.threads if id in found]
        for thread, depth, instance, *rest, refers in self.rows(
            "SELECT thread_id, depth, instance_id, block, statement, word, fp, dst, kind, a, b, c, refers_id "
            f"FROM frame f WHERE {held('f')} ORDER BY thread_id, depth"
        ):
            out.frames.append(FrameRecord._make((thread, depth, self.symbol(instance), *rest, self.symbol(refers))))
