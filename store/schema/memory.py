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


class AllocationPage(Interval, Base):
    """Which content a page of the arena had.  Page n holds the arena's bytes from n * 4096 on."""

    __tablename__ = "allocation_page"
    __table_args__ = (
        Index("ix_allocation_page_page_id", "page_id"), closed("allocation_page"), {"sqlite_with_rowid": False},
    )  # fmt: skip

    run_id: Mapped[RunKey]
    number: Mapped[Key]
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))


class Page(Base):
    """The content of a page, once whoever has it: bytes, metadata of each byte and provenance, packed as
    `interp/machine/pages.py` says.  `hash`: BLAKE2b of that, 16 bytes; `codec` of `data`: 0 plain, 1 zstd, 2 zlib."""

    __tablename__ = "page"
    __table_args__ = (CheckConstraint("codec in (0, 1, 2)", name="codec"),)

    id: Mapped[RowId]
    hash: Mapped[bytes] = mapped_column(unique=True)
    codec: Mapped[int]
    size: Mapped[int]  # of the content, decoded
    data: Mapped[bytes]
