"""The code that runs execute, once whoever executes it.

To add a kind of content: a word of `RunCode.kind`, written and read in `store/codes.py`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, RowId, RunKey, Word


class Code(Base):
    """An image of code (`interp/code/image.py`: a function, global, vtable or fact, as JSON) or the text of a library.
    `hash`: BLAKE2b of the content, 16 bytes; `codec` as in `page`."""

    __tablename__ = "code"
    __table_args__ = (CheckConstraint("codec in (0, 1, 2)", name="codec"),)

    id: Mapped[RowId]
    hash: Mapped[bytes] = mapped_column(unique=True)
    codec: Mapped[int]
    size: Mapped[int]  # of the content, decoded
    data: Mapped[bytes]


class RunCode(Base):
    """Which code a run executes.  `kind`: image; library (the text it was compiled with, for what it needs later)."""

    __tablename__ = "run_code"
    __table_args__ = (Index("ix_run_code_code_id", "code_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[RunKey]
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), primary_key=True)
    kind: Mapped[Word]
