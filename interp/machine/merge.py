"""Changes on top of an earlier snapshot: what a store's queries must give, as plain Python.

`merge(base, changes)` is the reference: a store that keeps each record from the checkpoint that brought it until the
one that replaced it must read back, at any checkpoint, what this gives.

To add a kind of record: its line in `merge`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from .records import CHUNK_WORDS, Allocations, Invalid, Snapshot

T = TypeVar("T")


def _replaced(old: Iterable[T], new: Iterable[T], key: Callable[[T], Any]) -> dict[Any, T]:
    records = {key(record): record for record in old}
    records.update((key(record), record) for record in new)
    return records


def merge(base: Snapshot, changes: Snapshot) -> Snapshot:
    """The complete snapshot that `changes` make of `base`; neither is altered.  Raises `Invalid` if they do not fit."""
    if changes.complete:
        return changes
    if not base.complete or base.version != changes.version or base.step > changes.step:
        raise Invalid("the changes do not follow the snapshot they are put on")
    machine = changes.machine
    out = Snapshot(changes.version, True, changes.interpreter, changes.step, machine)
    for name in ("functions", "vtables", "sites"):
        before, added = getattr(base, name), getattr(changes, name)
        if added and added[0].number != len(before):
            raise Invalid(f"the changes' {name} do not follow those of the snapshot before")
        setattr(out, name, before + added)
    pages = _replaced(base.pages, changes.pages, lambda r: r.number)
    out.pages = [pages[number] for number in sorted(pages) if number < machine.pages]
    allocations = _replaced(base.allocations, changes.allocations, lambda r: r.slot)
    out.allocations = Allocations.of([allocations[slot] for slot in sorted(allocations)])
    chunks = _replaced(base.chunks, changes.chunks, lambda r: (r.table, r.number))
    out.chunks = [
        chunk
        for (table, number), chunk in sorted(chunks.items())
        if number * CHUNK_WORDS < machine.tables.get(table, 0) and chunk.data
    ]
    out.globals = list(_replaced(base.globals, changes.globals, lambda r: r.symbol).values())
    addresses = _replaced(base.addresses, changes.addresses, lambda r: (r.kind, r.place))
    for key in changes.gone:
        addresses.pop(key, None)
    out.addresses = [addresses[key] for key in sorted(addresses)]
    threads = _replaced(base.threads, changes.threads, lambda r: r.id)
    out.threads = [threads[id] for id in machine.threads if id in threads]
    depth = {thread.id: thread.depth for thread in out.threads}
    frames = _replaced(base.frames, changes.frames, lambda r: (r.thread, r.depth))
    out.frames = [frames[key] for key in sorted(frames) if key[1] <= depth.get(key[0], -1)]
    out.events = base.events + changes.events
    out.inputs = base.inputs + changes.inputs
    return out
