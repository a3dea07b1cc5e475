"""One digest of a complete snapshot, to compare runs with.

Left out: what tells how the state came to be recorded (events and inputs not yet stored, the interpreter's
fingerprint, the numbers of sites and of sessions, the cache's bytes).  To add a kind of record: its line in `digest`.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import astuple, replace

from . import words as w
from .records import Snapshot, dump


def digest(snapshot: Snapshot) -> str:
    """Of a complete snapshot, as `recorder` or `merge` make it."""
    made = hashlib.sha256()
    evicted = [[*it[:4], 0, it[5]] for it in snapshot.machine.evicted]
    made.update(dump(replace(snapshot.machine, session=0, evicted=evicted, cache_bytes=0)).encode())
    sites = [repr(site[1:]) for site in snapshot.sites]
    for record in snapshot.allocations:
        made.update(repr((record[:-2], sites[record.birth], record.refers)).encode())
    for page in snapshot.pages:
        if any(page.blob[1:]):
            made.update(b"%d " % page.number + page.blob)
    for chunk in sorted(snapshot.chunks):
        if chunk.data:
            made.update(f"{chunk.table} {chunk.number} ".encode() + _named(chunk.table, chunk.data, sites))
    for name in ("functions", "vtables", "frames"):
        made.update(repr([tuple(record) for record in getattr(snapshot, name)]).encode())
    made.update(repr(sorted(tuple(record) for record in snapshot.globals)).encode())
    made.update(repr(sorted((*record[:-1], sites[record.last]) for record in snapshot.addresses)).encode())
    made.update(repr([astuple(thread) for thread in snapshot.threads]).encode())
    return made.hexdigest()


def _named(table: str, data: bytes, sites: list[str]) -> bytes:
    if not table.startswith("dead_"):
        return data
    words = array("q", data)
    named = [sites[word] for part in (w.D_BIRTH, w.D_DEATH) for word in words[part :: w.ROW]]
    for part in (w.D_BIRTH, w.D_DEATH):
        words[part :: w.ROW] = array("q", bytes(8 * len(words[part :: w.ROW])))
    return words.tobytes() + repr(named).encode()

