"""Packs of which only a part is still in use: dropped when nothing is, written anew when most is not.

When a checkpoint goes, contents go that were replaced before the next kept one; they leave their pack's rows at once,
and the pack when more than half of its bytes are out of use (so that what is written anew is never more than what
becomes free).  Small packs that stand between the same two kept checkpoints are put together, so that there are not
more packs than checkpoints that are kept and megabytes that are stored.

Invariant: what any kept checkpoint of any run has does not change here.  To change when a pack is written anew:
`_sparse`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, Final

from .database import Database
from .errors import StoreCorrupt
from .packs import Packer, pages_blob, pages_of, read, sizes

SMALL: Final = 1 << 16  # bytes of the contents of a pack that is put together with others
_AT_ONCE: Final = 500  # packs in a query
Window = tuple[int, int, int]
"""A run, and two checkpoints of it that are kept, with none between: what began after the first begins at the second
as well."""


def thinned(db: Database, run: int, number: int, before: int, after: int, arena_pages: int) -> tuple[int, int]:
    """Checkpoint `number` went, its neighbours are `before` and `after` (which has so many pages).  Gives packs and
    bytes that went."""
    rows = db.all(
        "SELECT from_checkpoint, pack_id, pages FROM allocation_page WHERE run_id = :r AND from_checkpoint > :b "
        "AND from_checkpoint <= :a ORDER BY from_checkpoint DESC",
        r=run, b=before, a=after,
    )  # fmt: skip
    replaced: set[int] = set()
    touched: set[int] = set()
    for since, pack, blob in rows:
        numbers, places = pages_of(blob)
        if since > number:
            replaced.update(numbers)
            continue
        left = [(n, p) for n, p in zip(numbers, places) if n < arena_pages and n not in replaced]
        if len(left) < len(numbers):
            touched.add(pack)
            _set_pages(db, (run, since, pack), left)
    small = _small(db, (pack for _, pack, _ in rows)) - touched
    return collect(db, touched, (run, before, after), small)


def _set_pages(db: Database, key: tuple[int, int, int], pages: list[tuple[int, int]]) -> None:
    where = "WHERE run_id = :r AND from_checkpoint = :c AND pack_id = :p"
    values: dict[str, Any] = dict(zip("rcp", key))
    if not pages:
        db.all(f"DELETE FROM allocation_page {where}", **values)
        return
    numbers = [number for number, _ in pages]
    db.all(
        f"UPDATE allocation_page SET pages = :b, count = :n, first_page = :f, last_page = :l {where}",
        b=pages_blob(numbers, [place for _, place in pages]), n=len(pages), f=numbers[0], l=numbers[-1], **values,
    )  # fmt: skip


def _batches(packs: Iterable[int]) -> Iterator[tuple[str, dict[str, int]]]:
    """Lists for `IN (...)`, with their values."""
    ids = sorted(packs)
    for at in range(0, len(ids), _AT_ONCE):
        names = {f"p{i}": pack for i, pack in enumerate(ids[at : at + _AT_ONCE])}
        yield ", ".join(f":{name}" for name in names), names


def _small(db: Database, packs: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for listed, names in _batches(set(packs)):
        rows = db.all(f"SELECT id FROM page_pack WHERE id IN ({listed}) AND size < {SMALL}", **names)
        found.update(pack for (pack,) in rows)
    return found


def collect(
    db: Database, packs: Iterable[int], window: Window = (0, 0, 0), small: Iterable[int] = ()
) -> tuple[int, int]:
    """Look at packs that may have lost contents: drop them, or write anew what is left of them; and put those of
    `small` together that are of the `window` only.  Gives packs and bytes that went."""
    users = _users(db, {*packs, *small})
    unused = [pack for pack in packs if pack not in users]
    dropped, size = _drop(db, unused)
    together = [pack for pack in [*packs, *small] if pack in users and _within(users[pack], window)]
    chosen = {*_sparse(db, [pack for pack in packs if pack in users], users)}
    together = sorted(_small(db, {*together}))
    if len(together) > 1:
        chosen.update(together)
    if chosen:
        before = size
        written = _repack(db, sorted(chosen), users, window)
        more, size = _drop(db, sorted(chosen))
        dropped, size = dropped + more, before + size - written
    return dropped, size


def _users(db: Database, packs: set[int]) -> dict[int, list[tuple[int, int, array[int], array[int]]]]:
    """By pack: (run, checkpoint, numbers, places) of the rows that refer to it."""
    found: dict[int, list[tuple[int, int, array[int], array[int]]]] = {}
    for listed, names in _batches(packs):
        for run, since, pack, blob in db.all(
            f"SELECT run_id, from_checkpoint, pack_id, pages FROM allocation_page WHERE pack_id IN ({listed})", **names
        ):
            found.setdefault(pack, []).append((run, since, *pages_of(blob)))
    return found


def _within(users: list[tuple[int, int, array[int], array[int]]], window: Window) -> bool:
    run, before, after = window
    return all(of == run and before < since <= after for of, since, _, _ in users)


def _sparse(db: Database, packs: list[int], users: dict[int, Any]) -> Iterator[int]:
    """Those of which less than half is in use."""
    for listed, names in _batches(packs):
        for pack, size, blob in db.all(f"SELECT id, size, ends FROM page_pack WHERE id IN ({listed})", **names):
            listed_sizes = sizes(blob)
            used = {place for *_, places in users[pack] for place in places}
            if max(used) >= len(listed_sizes):
                raise StoreCorrupt(f"a page has content {max(used)} of pack {pack}, which has {len(listed_sizes)}")
            if 2 * sum(map(listed_sizes.__getitem__, used)) < size:
                yield pack


def _repack(db: Database, packs: list[int], users: dict[int, Any], window: Window) -> int:
    """What is in use of these packs goes into others; bytes that were written for it."""
    run, before, after = window
    packer = Packer(db)
    for pack in packs:
        old = read(db, pack)
        db.all("DELETE FROM allocation_page WHERE pack_id = :p", p=pack)
        pages: dict[int, list[tuple[tuple[int, int], int]]] = {}
        for of, since, numbers, places in users[pack]:
            key = (of, after if of == run and before < since <= after else since)
            for number, place in zip(numbers, places):
                pages.setdefault(place, []).append((key, number))
        for place, listed in sorted(pages.items()):
            packer.add(old.content(place), *listed)
    packer.close()
    return packer.size


def _drop(db: Database, packs: list[int]) -> tuple[int, int]:
    """Those of the packs that nobody refers to; how many, and their bytes."""
    count = size = 0
    for listed, names in _batches(packs):
        gone = db.all(
            f"DELETE FROM page_pack WHERE id IN ({listed}) AND NOT EXISTS "
            "(SELECT 1 FROM allocation_page a WHERE a.pack_id = page_pack.id) RETURNING length(data)",
            **names,
        )
        count += len(gone)
        size += sum(length for (length,) in gone)
    return count, size


def forget(db: Database, which: str, **values: Any) -> tuple[int, int]:
    """Rows of `allocation_page` go; packs and bytes that went with them."""
    gone = db.all(f"DELETE FROM allocation_page WHERE {which} RETURNING pack_id", **values)
    return collect(db, {pack for (pack,) in gone})


def sweep(db: Database) -> tuple[int, int]:
    """All packs; how many went, and their bytes."""
    return collect(db, [pack for (pack,) in db.all("SELECT id FROM page_pack")])
