"""Contents of pages, many in a pack, and which page of a run has which of them.

A checkpoint's pages go into packs of about `PACK_BYTES`, and a row of `allocation_page` for each pack says, as two flat
arrays, which pages of the arena have which of its contents.  So a page costs a dozen bytes beside its content, and
reading, hashing and compressing are done a pack at a time.  A pack with the same contents as one that is there already
is not stored again (a program that is run again, a run that was rewound); single contents are shared within a pack if
they are small (pages of zeros).

Invariants: at checkpoint c a page has what the row with the highest `from_checkpoint <= c` says that names it; a pack
is never changed, and is there as long as a row refers to it; nothing read here is used before its hash and bounds were
checked.  To add a form of pack: a codec in `codec.py`; what happens to packs that are used in part: `compaction.py`.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, repeat
from typing import Any, Final, Optional

from interp.machine.records import Pages

from . import codec, records
from .database import Database, one
from .errors import StoreCorrupt

PACK_BYTES: Final = 1 << 20  # of contents, after which a pack is closed
PACK_PAGES: Final = 1 << 15  # pages that refer to one, after which it is closed
_LIMIT: Final = 2 * PACK_BYTES  # bytes of a pack's contents, at most
_MANY: Final = 8  # packs that are worth a thread
_SHARED: Final = 64  # bytes of a content up to which it is looked up in its pack

Key = tuple[int, int]
"""Of rows of `allocation_page`: run, checkpoint."""


def pack_hash(ends: bytes, data: bytes) -> bytes:
    """The name of a pack: 16 bytes."""
    made = hashlib.blake2b(ends, digest_size=16)
    made.update(data)
    return made.digest()


def pages_blob(numbers: Sequence[int], places: Sequence[int]) -> bytes:
    """`allocation_page.pages`: page numbers, ascending, then for each the place of its content in the pack."""
    return array("I", numbers).tobytes() + array("I", places).tobytes()


def pages_of(blob: object) -> tuple[array[int], array[int]]:
    """(numbers, places) of a row's `pages`; raises `StoreCorrupt`."""
    if not isinstance(blob, bytes) or len(blob) % 8 or not blob:
        raise StoreCorrupt("a row of allocation_page has no list of pages")
    half = len(blob) // 2
    numbers = array("I", blob[:half])
    if any(a >= b for a, b in pairwise(numbers)):
        raise StoreCorrupt("a row of allocation_page has a page twice")
    return numbers, array("I", blob[half:])


def sizes(ends: object) -> list[int]:
    """Bytes of each content, by the `ends` of a pack's row; raises `StoreCorrupt`."""
    if not isinstance(ends, bytes) or len(ends) % 4 or not ends:
        raise StoreCorrupt("a pack has no list of its contents")
    listed = array("I", ends)
    return [b - a for a, b in zip(array("I", (0,)) + listed, listed)]


@dataclass(slots=True)
class Pack:
    """A pack that was read and is what its hash says."""

    ends: array[int]
    data: bytes

    def content(self, place: int) -> bytes:
        """Raises `StoreCorrupt` for a place that it does not have."""
        if not 0 <= place < len(self.ends):
            raise StoreCorrupt(f"a page has content {place} of a pack of {len(self.ends)}")
        return self.data[self.ends[place - 1] if place else 0 : self.ends[place]]


def unpacked(number: int, row: tuple[Any, ...]) -> Pack:
    """The pack of a row (hash, count, codec, size, ends, data); raises `StoreCorrupt`."""
    key, count, kind, size, ends, data = row
    try:
        data = codec.decode(kind, data, _LIMIT)
    except StoreCorrupt as problem:
        raise StoreCorrupt(f"pack {number}: {problem.message}") from None
    if not isinstance(ends, bytes) or len(data) != size or pack_hash(ends, data) != key:
        raise StoreCorrupt(f"pack {number} is not what its hash says")
    listed = array("I", ends) if len(ends) % 4 == 0 else array("I")
    if len(listed) != count or not listed or listed[-1] != size or any(a > b for a, b in pairwise(listed)):
        raise StoreCorrupt(f"pack {number} has no sound list of its contents")
    return Pack(listed, data)


def read(db: Database, number: int) -> Pack:
    """A pack by its number; raises `StoreCorrupt`."""
    return unpacked(number, _row(db, number))


def _row(db: Database, number: int) -> tuple[Any, ...]:
    rows = db.all("SELECT hash, count, codec, size, ends, data FROM page_pack WHERE id = :i", i=number)
    if not rows:
        raise StoreCorrupt(f"pack {number} is not there")
    return rows[0]


def page_map(db: Database, run: int, checkpoint: int) -> dict[int, tuple[int, int]]:
    """For each page of a run that a checkpoint up to this one recorded: its pack and the place there."""
    found: dict[int, tuple[int, int]] = {}
    for pack, blob in db.all(
        "SELECT pack_id, pages FROM allocation_page WHERE run_id = :r AND from_checkpoint <= :c "
        "ORDER BY from_checkpoint, pack_id",
        r=run, c=checkpoint,
    ):  # fmt: skip
        numbers, places = pages_of(blob)
        found.update(zip(numbers, zip(repeat(pack), places)))
    return found


def page(db: Database, run: int, checkpoint: int, number: int) -> Optional[bytes]:
    """The content of one page; None: there is no such page."""
    for pack, blob in db.all(
        "SELECT pack_id, pages FROM allocation_page WHERE run_id = :r AND from_checkpoint <= :c AND first_page <= :n "
        "AND last_page >= :n ORDER BY from_checkpoint DESC",
        r=run, c=checkpoint, n=number,
    ):  # fmt: skip
        numbers, places = pages_of(blob)
        at = bisect_left(numbers, number)
        if at < len(numbers) and numbers[at] == number:
            return read(db, pack).content(places[at])
    return None


class PackedPages(Pages):
    """The pages of a `page_map`; a pack is read, and compared with its hash, when its turn has come."""

    def __init__(self, db: Database, where: dict[int, tuple[int, int]]) -> None:
        self.db, self.where = db, where
        self.numbers = sorted(where)

    def blobs(self) -> Iterator[tuple[int, memoryview]]:
        """A pack at a time; raises `StoreCorrupt`."""
        wanted: dict[int, list[tuple[int, int]]] = {}
        for number, (pack, place) in self.where.items():
            wanted.setdefault(pack, []).append((number, place))
        for number, found in self._packs(sorted(wanted)):
            data, ends = memoryview(found.data), found.ends.tolist()
            starts = [0, *ends]
            for page, place in wanted[number]:
                if place >= len(ends):
                    raise StoreCorrupt(f"page {page} has content {place} of a pack of {len(ends)}")
                yield page, data[starts[place] : ends[place]]

    def _packs(self, numbers: list[int]) -> Iterator[tuple[int, Pack]]:
        """Another thread hashes and decompresses the next one while the caller is at work on this one."""
        if len(numbers) < _MANY:
            for number in numbers:
                yield number, read(self.db, number)
            return
        from concurrent.futures import Future, ThreadPoolExecutor

        with ThreadPoolExecutor(1) as pool:
            ahead: Optional[tuple[int, Future[Pack]]] = None
            for number in numbers:
                row = _row(self.db, number)
                following = number, pool.submit(unpacked, number, row)
                if ahead is not None:
                    yield ahead[0], ahead[1].result()
                ahead = following
            if ahead is not None:
                yield ahead[0], ahead[1].result()


@dataclass(slots=True)
class Packer:
    """Puts contents into packs, and pages' rows where they belong; inside a transaction.

    `add` all, then `close`.  `packs`, `contents` and `size` (bytes) count what was stored and was not there before.
    """

    db: Database
    packs: int = 0
    contents: int = 0
    size: int = 0
    _blobs: list[bytes] = field(default_factory=list)
    _size: int = 0
    _small: dict[bytes, int] = field(default_factory=dict)
    _pages: dict[Key, list[tuple[int, int]]] = field(default_factory=dict)
    _count: int = 0

    def add(self, blob: bytes, *pages: tuple[Key, int]) -> None:
        """The content of these pages, each of a run since a checkpoint."""
        place = self._place(blob)
        for key, number in pages:
            self._pages.setdefault(key, []).append((number, place))
        self._count += len(pages)
        if self._size >= PACK_BYTES or self._count >= PACK_PAGES:
            self.close()

    def _place(self, blob: bytes) -> int:
        """Where a content is in the pack that is being made."""
        place = self._small.get(blob) if len(blob) <= _SHARED else None
        if place is None:
            place = len(self._blobs)
            if len(blob) <= _SHARED:
                self._small[blob] = place
            self._blobs.append(blob)
            self._size += len(blob)
        return place

    def close(self) -> None:
        """Store the pack and its pages' rows."""
        if not self._blobs:
            return
        pack, fresh = self._pack()
        for (run, checkpoint), pages in self._pages.items():
            refer(self.db, run, checkpoint, pack, pages, fresh)
        self._blobs, self._size, self._small, self._pages, self._count = [], 0, {}, {}, 0

    def _pack(self) -> tuple[int, bool]:
        ends, data = array("I", accumulate(map(len, self._blobs))).tobytes(), b"".join(self._blobs)
        key = pack_hash(ends, data)
        known = one(self.db.all("SELECT id FROM page_pack WHERE hash = :h", h=key))
        if known is not None:
            return int(known), False
        kind, packed = codec.encode(data)
        self.packs += 1
        self.contents += len(self._blobs)
        self.size += len(packed)
        row = (key, len(self._blobs), kind, len(data), ends, packed)
        return self.db.insert_one("page_pack", records.PACK, row), True


def refer(
    db: Database, run: int, checkpoint: int, pack: int, pages: list[tuple[int, int]], fresh: bool = False
) -> None:  # fmt: skip
    """Since `checkpoint`, these pages (number, place) have contents of a pack; `fresh`: no row says so of it yet."""
    if not fresh:
        row = {"r": run, "c": checkpoint, "p": pack}
        key = "run_id = :r AND from_checkpoint = :c AND pack_id = :p"
        for (blob,) in db.all(f"SELECT pages FROM allocation_page WHERE {key}", **row):
            pages = [*zip(*pages_of(blob)), *pages]
            db.all(f"DELETE FROM allocation_page WHERE {key}", **row)
    pages = sorted(pages)
    numbers = [number for number, _ in pages]
    blob = pages_blob(numbers, [place for _, place in pages])
    row_ = (run, checkpoint, pack, len(pages), numbers[0], numbers[-1], blob)
    db.insert("allocation_page", records.PAGES, [row_])
