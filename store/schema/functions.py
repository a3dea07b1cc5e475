"""The function-pointer address cache: addresses, every event of their lives, the policy of each session.

Casts are counted (per session, per checkpoint), not logged.  To add a kind of event: its name in the text of
`CacheEvent`, nothing else.
"""

from __future__ import annotations

from typing import Optional

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Interval, Key, RowId, RunKey, RunRef, Time, Word, closed


class FnAddress(Interval, Base):
    """An entry of the address cache, of a function (`kind` fn) or vtable; `place` is its allocation's slot.  `casts` is
    how often it was given out, `first_cast` and `last_cast` at which steps; `extra`: `reachable`, `last_site`."""

    __tablename__ = "fn_address"
    __table_args__ = (Index("ix_fn_address_run_id_address", "run_id", "address"), closed("fn_address"))

    run_id: Mapped[RunKey]
    kind: Mapped[Word] = mapped_column(primary_key=True)
    place: Mapped[Key]
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    salt: Mapped[int]
    address: Mapped[int]
    exposed: Mapped[bool]
    casts: Mapped[Optional[int]]
    first_cast: Mapped[Optional[int]]
    last_cast: Mapped[Optional[int]]
    extra: Mapped[Optional[str]]  # JSON


class CacheEvent(Base):
    """A change in an address's life.  `kind`: created, exposed, evicted, restored, policy."""

    __tablename__ = "cache_event"
    __table_args__ = (Index("ix_cache_event_run_id_checkpoint", "run_id", "checkpoint"),)

    id: Mapped[RowId]
    run_id: Mapped[RunRef]
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    checkpoint: Mapped[int]  # that it was recorded with
    kind: Mapped[Word]
    step: Mapped[int]
    function: Mapped[str]  # symbol; empty for a policy
    salt: Mapped[int]
    address: Mapped[int]
    reason: Mapped[str]


class CachePolicy(Base):
    """Which policy held from a session's `step` on; `settings` as JSON (capacity, limit)."""

    __tablename__ = "cache_policy"

    id: Mapped[RowId]
    run_id: Mapped[RunRef]
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    step: Mapped[int]
    policy: Mapped[Word]
    settings: Mapped[str]
    at: Mapped[Time]
