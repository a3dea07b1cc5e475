"""The rest of the machine: threads, frames, flat tables in chunks, what was linked, single values.

To add a flat table or a value of the machine: nothing here, they go by name.
"""

from __future__ import annotations

from typing import Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Interval, Key, RunKey, Word, closed


class Thread(Interval, Base):
    """A thread of the program.  `status`: runnable, join, futex, sleep, finished; `state` is the record, as JSON."""

    __tablename__ = "thread"
    __table_args__ = (closed("thread"),)

    run_id: Mapped[RunKey]
    thread_id: Mapped[Key]
    name: Mapped[str]
    status: Mapped[Word]
    depth: Mapped[int]  # of the frame on top
    state: Mapped[str]


class Frame(Interval, Base):
    """A frame of a thread, `depth` 0 is the lowest: where it goes on, in MIR's terms and as a source line; `fp` its
    first slot (its slots are in `chunk`, table `slots.THREAD`); `kind` what happens when it returns."""

    __tablename__ = "frame"
    __table_args__ = (closed("frame"),)

    run_id: Mapped[RunKey]
    thread_id: Mapped[Key]
    depth: Mapped[Key]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    block: Mapped[int]
    statement: Mapped[int]
    word: Mapped[int]
    file: Mapped[Optional[str]]
    line: Mapped[Optional[int]]
    column: Mapped[Optional[int]]
    fp: Mapped[int]
    dst: Mapped[int]
    kind: Mapped[int]
    a: Mapped[int]
    b: Mapped[int]
    c: Mapped[int]
    refers_id: Mapped[Optional[int]] = mapped_column(ForeignKey("instance.id"))


class Chunk(Interval, Base):
    """512 words (64 bits, little-endian, without the zeros at the end) of a flat table of the machine: slots of
    threads, rings of dead allocations, free lists; `codec` as in `page_pack`."""

    __tablename__ = "chunk"
    __table_args__ = (closed("chunk"),)

    run_id: Mapped[RunKey]
    table_name: Mapped[Word] = mapped_column(primary_key=True)
    number: Mapped[Key]
    codec: Mapped[int]
    data: Mapped[bytes]


class Linked(Base):
    """What the machine linked or listed, in order: `list` is functions (with the digest of the code), vtables, or
    blocks (of salts of the address cache; `detail` is fn or vtable).  Numbers only grow."""

    __tablename__ = "linked"

    run_id: Mapped[RunKey]
    list: Mapped[Word] = mapped_column(primary_key=True)
    number: Mapped[Key]
    from_checkpoint: Mapped[int]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    detail: Mapped[str]


class GlobalAddress(Interval, Base):
    """Where a global (static, constant, literal) lies."""

    __tablename__ = "global_address"
    __table_args__ = (closed("global_address"),)

    run_id: Mapped[RunKey]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    address: Mapped[int]
    provenance: Mapped[int]


class MachineState(Interval, Base):
    """The small values of the machine (registers, random generator, clock ...), as JSON in UTF-8; `part` is `machine`;
    `codec` as in `page_pack`."""

    __tablename__ = "machine_state"
    __table_args__ = (closed("machine_state"),)

    run_id: Mapped[RunKey]
    part: Mapped[Word] = mapped_column(primary_key=True)
    codec: Mapped[int]
    value: Mapped[bytes]
