"""Programs: what was run, its source text, and the functions, vtables and globals that other rows speak of.

To add a fact about a program's code: a column here, filled where `store/names.py` interns it.
"""

from __future__ import annotations

from typing import Optional

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, RowId, Time, Word


class Program(Base):
    """A program: the same sources, options and entry file have the same `fingerprint` (SHA-256, hexadecimal)."""

    __tablename__ = "program"

    id: Mapped[RowId]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    path: Mapped[str]  # as it was given
    directory: Mapped[str]  # the current one then
    edition: Mapped[int]
    options: Mapped[str]  # JSON: cfgs
    created_at: Mapped[Time]


class Source(Base):
    """A file that the program was made of, with its whole text; `content` null: looked for and not there."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("program_id", "path"),)

    id: Mapped[RowId]
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    path: Mapped[str]
    hash: Mapped[Optional[str]]  # SHA-256, hexadecimal
    codec: Mapped[int]  # of `content`, as in `page_pack`
    content: Mapped[Optional[bytes]]


class Instance(Base):
    """A function, vtable or global by its symbol; `kind` is fn, vtable or global."""

    __tablename__ = "instance"
    __table_args__ = (UniqueConstraint("program_id", "kind", "symbol"),)

    id: Mapped[RowId]
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    kind: Mapped[Word]
    symbol: Mapped[str]  # unique and stable over sessions
    name: Mapped[str]  # as a backtrace prints it
    is_local: Mapped[bool]  # of the user's own crate
    locals: Mapped[Optional[str]]  # JSON, for functions that were linked: see `store/names.py`
