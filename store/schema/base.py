"""What all tables share: metadata with named constraints, column types, the interval of checkpoints.

Times are ISO 8601 text in UTC with milliseconds (`2026-01-31T12:00:00.000Z`): they sort, and read well in any tool.

Invariant: a state row holds from checkpoint `from_checkpoint` (inclusive) to `to_checkpoint` (exclusive; null: it
still holds).  The state at checkpoint c is every row with `from_checkpoint <= c and (to_checkpoint is null or
to_checkpoint > c)`.  Numbers count per run, from 1.  To add a column type: an alias here, used by every table.
"""

from __future__ import annotations

from typing import Annotated, Optional

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# 64 bits on every database; SQLite numbers rows by itself only in a column that is called INTEGER
Big = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables of the store."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {int: Big, str: Text, bytes: LargeBinary, bool: Integer}


RowId = Annotated[int, mapped_column(Big, primary_key=True, autoincrement=True)]
Time = Annotated[str, mapped_column(String(32))]
Word = Annotated[str, mapped_column(String(32))]  # one of a few names, said in the table's text
RunKey = Annotated[int, mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)]
RunRef = Annotated[int, mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)]
Key = Annotated[int, mapped_column(Big, primary_key=True, autoincrement=False)]


def closed(table: str) -> Index:
    """The index by which retention finds rows that ended: only these are in it."""
    ended = text("to_checkpoint IS NOT NULL")
    name = f"ix_{table}_run_id_to_checkpoint"
    return Index(name, "run_id", "to_checkpoint", sqlite_where=ended, postgresql_where=ended)


class Interval:
    """The checkpoints at which a row holds; `from_checkpoint` is the last part of the row's key."""

    from_checkpoint: Mapped[Key]
    to_checkpoint: Mapped[Optional[int]]
