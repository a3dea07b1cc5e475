"""The rest of the machine: threads, frames, and single parts by name.

To add a part of the machine that is one value: nothing here, a name in `store/records.py` (`PARTS`).
"""

from __future__ import annotations

from typing import Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Interval, Key, RunKey, Word


class Thread(Interval, Base):
    """A thread of the program.  `status`: runnable, join, futex, sleep, finished; `state` is the rest, as JSON."""

    __tablename__ = "thread"

    run_id: Mapped[RunKey]
    thread_id: Mapped[Key]
    position: Mapped[int]  # in the machine's list of threads
    name: Mapped[str]
    status: Mapped[Word]
    depth: Mapped[int]  # frames
    state: Mapped[str]


class Frame(Interval, Base):
    """A frame of a thread, `depth` 0 is the lowest.  `slots` are its 64-bit slots, little-endian (`codec` as in
    `page`)."""

    __tablename__ = "frame"

    run_id: Mapped[RunKey]
    thread_id: Mapped[Key]
    depth: Mapped[Key]
    place_id: Mapped[int] = mapped_column(ForeignKey("code_place.id"))  # where it goes on
    digest: Mapped[str]  # of its function's code
    state: Mapped[str]  # JSON: first slot, kind of return, ...
    refers_id: Mapped[Optional[int]] = mapped_column(ForeignKey("instance.id"))
    codec: Mapped[int]
    slots: Mapped[bytes]


class MachineState(Interval, Base):
    """A part of the machine that is one value (registers, random generator, free lists ...), as JSON in UTF-8;
    `codec` as in `page`."""

    __tablename__ = "machine_state"

    run_id: Mapped[RunKey]
    part: Mapped[Word] = mapped_column(primary_key=True)
    codec: Mapped[int]
    value: Mapped[bytes]
