"""Who may write, and who made the store.

To add a fact about the store as a whole: a key of `StoreInfo`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Key, Time


class WriterLock(Base):
    """The one process that may write, if any: one row at most.  `token` is drawn anew by each owner, so that one that
    lost the lock while it slept finds out at its next checkpoint."""

    __tablename__ = "writer_lock"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[Key]
    token: Mapped[str]
    host: Mapped[str]
    pid: Mapped[int]
    process_started: Mapped[str]  # tells a process from a later one with the same number
    command: Mapped[str]
    acquired_at: Mapped[Time]
    heartbeat_at: Mapped[Time]


class StoreInfo(Base):
    """Facts by name: `created_by` and `written_by` (versions of interp), `created_at`."""

    __tablename__ = "store_info"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
