"""The program's memory: the allocation table, the pages of the arena and their contents.

To add a word of the allocation table: a column here, both ways in `store/records.py`, and a revision.
"""

from __future__ import annotations

from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Interval, Key, RowId, RunKey, closed


class Allocation(Interval, Base):
    """A slot of the allocation table, live or free.  `kind`: 0 free, 1 stack, 2 heap, 3 static, 4 const, 5 fn,
    6 vtable, 7 machine, 8 thread-local.  `alloc_id` is never used twice in a run; a slot is."""

    __tablename__ = "allocation"
    __table_args__ = (Index("ix_allocation_run_id_alloc_id", "run_id", "alloc_id"), closed("allocation"))

    run_id: Mapped[RunKey]
    slot: Mapped[Key]
    alloc_id: Mapped[int]
    kind: Mapped[int]
    base: Mapped[int]  # address
    size: Mapped[int]  # bytes
    align: Mapped[int]
    mutable: Mapped[bool]
    exposed: Mapped[bool]  # its address became an integer
    info: Mapped[int]  # kind, flags and alignment as the machine packs them
    writable: Mapped[int]  # bytes that can be written
    delta: Mapped[int]  # offset of its first byte in the arena, less the address
    first_tag: Mapped[int]
    next_tag: Mapped[int]
    block: Mapped[int]
    capacity: Mapped[int]
    size_class: Mapped[int]
    link: Mapped[int]
    used: Mapped[int]
    thread: Mapped[int]  # that made it
    birth: Mapped[int]  # number of a `site`
    refers_id: Mapped[Optional[int]] = mapped_column(ForeignKey("instance.id"))
    extra: Mapped[Optional[str]]  # JSON: what later records add (borrow state, race state)


class Site(Base):
    """A place in the code that allocations were born at, and frees happened at, in MIR's terms, with the source line a
    person would look at (null: none).  Numbers only grow; number 0 is nowhere."""

    __tablename__ = "site"

    run_id: Mapped[RunKey]
    number: Mapped[Key]
    from_checkpoint: Mapped[int]
    instance_id: Mapped[Optional[int]] = mapped_column(ForeignKey("instance.id"))
    block: Mapped[int]
    statement: Mapped[int]
    word: Mapped[int]  # of the statement's code
    file: Mapped[Optional[str]]
    line: Mapped[Optional[int]]
    column: Mapped[Optional[int]]


class AllocationPage(Base):
    """Which pages of the arena have their contents in a pack, since a checkpoint and until a later row of the run names
    them again (the arena has `checkpoint.arena_pages` of them).  Page n holds the arena's bytes from n * 4096 on."""

    __tablename__ = "allocation_page"
    __table_args__ = (Index("ix_allocation_page_pack_id", "pack_id"),)

    run_id: Mapped[RunKey]
    from_checkpoint: Mapped[Key]
    pack_id: Mapped[int] = mapped_column(ForeignKey("page_pack.id"), primary_key=True)
    count: Mapped[int]
    first_page: Mapped[int]
    last_page: Mapped[int]
    pages: Mapped[bytes]  # 32-bit little-endian: numbers of the pages, ascending, then the place of each in the pack


class PagePack(Base):
    """Contents of pages, once whoever has them: each is bytes, metadata of each byte and provenance, as
    `interp/machine/pages.py` says.  `hash`: BLAKE2b of `ends` and the contents, 16 bytes."""

    __tablename__ = "page_pack"
    __table_args__ = (CheckConstraint("codec in (0, 1, 2)", name="codec"),)

    id: Mapped[RowId]
    hash: Mapped[bytes] = mapped_column(unique=True)
    count: Mapped[int]  # contents
    codec: Mapped[int]  # of `data`: 0 plain, 1 zstd, 2 zlib
    size: Mapped[int]  # bytes of the contents, decoded
    ends: Mapped[bytes]  # 32-bit little-endian: where each content ends in the decoded `data`
    data: Mapped[bytes]
