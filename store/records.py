"""Columns of the tables that the machine's records go to, and how a record is a row; `loader.py` reads them back.

The names are the models' (a test compares them).  To add a field of a record: here, in the model, in a revision.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import repeat
from typing import Any, Final, Optional

from interp.machine import words as w
from interp.machine.records import Allocations, FnAddressRecord
from interp.machine.state import CacheEvent

CHECKPOINT: Final = (
    "run_id number session_id reason created_at record_version steps clock live_allocations live_bytes arena_pages "
    "casts misses stdin_chunks stdin_bytes stdout_bytes stderr_bytes pages_written rows_written bytes_written "
    "microseconds state_hash"
)
PACK: Final = "hash count codec size ends data"
PAGES: Final = "run_id from_checkpoint pack_id count first_page last_page pages"
ALLOCATION: Final = (  # and the run and checkpoint
    "slot alloc_id kind base size align mutable exposed info writable delta first_tag next_tag block capacity "
    "size_class link used thread birth refers_id extra run_id from_checkpoint"
)
CHUNK: Final = "table_name number codec data"
GLOBAL: Final = "instance_id address provenance"
ADDRESS: Final = "kind place instance_id salt address exposed casts first_cast last_cast extra"
THREAD: Final = "thread_id name status depth state"
FRAME: Final = "thread_id depth instance_id block statement word file line column fp dst kind a b c refers_id"
STATE: Final = "part codec value"
LINKED: Final = "list number instance_id detail run_id from_checkpoint"
SITE: Final = "number instance_id block statement word file line column run_id from_checkpoint"
EVENT: Final = "run_id session_id checkpoint kind step function salt address reason"
INPUT: Final = "run_id number offset data"
OUTPUT: Final = "run_id number checkpoint fd offset data"

_MUTABLE: Final = bytes(int(bool(flags << 8 & w.FLAG_MUT)) for flags in range(256))
_EXPOSED: Final = bytes(int(bool(flags << 8 & w.FLAG_EXPOSED)) for flags in range(256))

def allocation_rows(
    rows: Allocations, refers: dict[int, Optional[int]], run: int, checkpoint: int
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """Of a table's rows; `refers`: number of the instance by slot."""
    slots, ids, base, size, writable, delta, info, *rest, thread, birth = rows.columns
    flags = info.tobytes()[1::8]
    return zip(
        slots, ids, rows.kinds, base, size, [word >> 16 for word in info], flags.translate(_MUTABLE),
        flags.translate(_EXPOSED), info, writable, delta, *rest, thread, birth, map(refers.get, slots), repeat(None),
        repeat(run), repeat(checkpoint),
    )  # fmt: skip


def address_row(r: FnAddressRecord, instance: int) -> tuple[Any, ...]:
    extra = json.dumps({"reachable": r.reachable, "last_site": r.last})
    return (
        r.kind, r.place, instance, r.salt, r.address, int(r.exposed), r.casts, r.first_step, r.last_step, extra,
    )  # fmt: skip


def reason_of(event: CacheEvent, place: Optional[str]) -> str:
    """What a row says: why, and by which line of the source; `cache_history.Event` reads it back."""
    if place is None:
        return event.reason
    if event.kind == "evicted":
        return f"{event.reason}, {place}"
    return f"{event.reason or 'cast'} at {place}"


def address_record(symbol: str, row: tuple[Any, ...]) -> FnAddressRecord:
    """Of a row's kind, place, salt, address, exposed, casts, first_cast, last_cast, extra."""
    kind, place, salt, address, exposed, casts, first, last, extra = row
    more = json.loads(extra or "{}")
    return FnAddressRecord(
        kind, symbol, salt, place, address, bool(exposed), bool(more.get("reachable", True)), casts or 0, first or 0,
        last or 0, more.get("last_site", 0),
    )  # fmt: skip
