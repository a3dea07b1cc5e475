"""contents of pages in packs

Contents of pages stand together in packs of about a megabyte, and a row says which pages of a run have theirs in a
pack: no row, hash and index entry for each page any more.  How many pages the arena had stands with the checkpoint.

Revision 0003, after 0002.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
import zstandard
from alembic import context, op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
BATCH = 256
PACK_BYTES = 1 << 20
PACK_PAGES = 1 << 15
MOST = 3 * 4096  # bytes of a page's content
MOST_OF_PACK = 2 * PACK_BYTES
PLAIN, ZSTD, ZLIB = 0, 1, 2
Rows = Any


def upgrade() -> None:
    op.add_column("checkpoint", sa.Column("arena_pages", Big, nullable=True))
    op.execute(
        "UPDATE checkpoint SET arena_pages = (SELECT coalesce(max(a.number), -1) + 1 FROM allocation_page a "
        "WHERE a.run_id = checkpoint.run_id AND a.from_checkpoint <= checkpoint.number "
        "AND (a.to_checkpoint IS NULL OR a.to_checkpoint > checkpoint.number))"
    )
    with _without_views(), op.batch_alter_table("checkpoint") as batch:
        batch.alter_column("arena_pages", existing_type=Big, nullable=False)
    _aside("old_allocation_page")
    _create_packs()
    _place_table()
    _pack_contents()
    _pack_rows()
    for table in ("place_of_page", "old_allocation_page", "page"):
        op.drop_table(table)


def downgrade() -> None:
    _aside("new_allocation_page")
    _create_pages()
    _place_table()
    _unpack_contents()
    _unpack_rows()
    for table in ("place_of_page", "new_allocation_page", "page_pack"):
        op.drop_table(table)
    with _without_views(), op.batch_alter_table("checkpoint") as batch:
        batch.drop_column("arena_pages")


# -- tables ----------------------------------------------------------------------------------------------------


def _create_packs() -> None:
    op.create_table(
        "page_pack",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("count", Big, nullable=False),
        sa.Column("codec", Big, nullable=False),
        sa.Column("size", Big, nullable=False),
        sa.Column("ends", sa.LargeBinary, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("codec in (0, 1, 2)", name="ck_page_pack_codec"),
        sa.PrimaryKeyConstraint("id", name="pk_page_pack"),
        sa.UniqueConstraint("hash", name="uq_page_pack_hash"),
    )
    op.create_table(
        "allocation_page",
        sa.Column("run_id", Big, nullable=False),
        sa.Column("from_checkpoint", Big, autoincrement=False, nullable=False),
        sa.Column("pack_id", Big, nullable=False),
        sa.Column("count", Big, nullable=False),
        sa.Column("first_page", Big, nullable=False),
        sa.Column("last_page", Big, nullable=False),
        sa.Column("pages", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_allocation_page_run_id_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pack_id"], ["page_pack.id"], name="fk_allocation_page_pack_id_page_pack"),
        sa.PrimaryKeyConstraint("run_id", "from_checkpoint", "pack_id", name="pk_allocation_page"),
    )
    op.create_index("ix_allocation_page_pack_id", "allocation_page", ["pack_id"])


def _create_pages() -> None:
    op.create_table(
        "page",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("codec", Big, nullable=False),
        sa.Column("size", Big, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("codec in (0, 1, 2)", name="ck_page_codec"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("hash", name="uq_page_hash"),
    )
    op.create_table(
        "allocation_page",
        sa.Column("run_id", Big, nullable=False),
        sa.Column("number", Big, autoincrement=False, nullable=False),
        sa.Column("page_id", Big, nullable=False),
        sa.Column("from_checkpoint", Big, autoincrement=False, nullable=False),
        sa.Column("to_checkpoint", Big, nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_allocation_page_run_id_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_allocation_page_page_id_page"),
        sa.PrimaryKeyConstraint("run_id", "number", "from_checkpoint", name="pk_allocation_page"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_allocation_page_page_id", "allocation_page", ["page_id"])
    ended = sa.text("to_checkpoint IS NOT NULL")
    op.create_index(
        "ix_allocation_page_run_id_to_checkpoint", "allocation_page", ["run_id", "to_checkpoint"],
        sqlite_where=ended, postgresql_where=ended,
    )  # fmt: skip


def _aside(table: str) -> None:
    """The table of today's form makes room for the one of the other form, under another name."""
    op.rename_table("allocation_page", table)
    if op.get_bind().dialect.name == "postgresql":  # a key's index has a name of its own there
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT pk_allocation_page TO pk_{table}")


@contextmanager
def _without_views() -> Iterator[None]:
    """SQLite makes a table anew to change it, and views that ask it stand in the way."""
    connection, views = op.get_bind(), list[Any]()
    if connection.dialect.name == "sqlite":
        views += connection.execute(sa.text("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")).all()
    for name, _ in views:
        op.execute(f"DROP VIEW {name}")
    yield
    for _, query in views:
        connection.exec_driver_sql(query)


def _place_table() -> None:
    """Where each content of a page is in a pack, while the rows are rewritten."""
    op.create_table(
        "place_of_page",
        sa.Column("pack_id", Big, nullable=False),
        sa.Column("place", Big, nullable=False),
        sa.Column("page_id", Big, nullable=False),
    )
    op.create_index("ix_place_of_page", "place_of_page", ["pack_id", "place", "page_id"])
    op.create_index("ix_place_of_page_id", "place_of_page", ["page_id"])


# -- to packs --------------------------------------------------------------------------------------------------


def _each(query: str, total: int, phase: str, key: str = "id") -> Iterator[Rows]:
    """Rows of a table by their ids, some at a time; says how far it is."""
    connection, report = op.get_bind(), context.config.attributes.get("report")
    done, last = 0, -(1 << 63)
    text = sa.text(f"{query} {key} > :last ORDER BY {key} LIMIT {BATCH}")
    while rows := connection.execute(text, {"last": last}).all():
        yield from rows
        done, last = done + len(rows), rows[-1].id
        if report:
            report(phase, done, total)


def _decoded(codec: int, packed: Any, most: int) -> bytes:
    """Raises `ValueError` for what is damaged."""
    data = bytes(packed)
    try:
        if codec == ZSTD:
            if zstandard.frame_content_size(data) > most:
                raise ValueError("a page's content is too big")
            data = bytes(zstandard.ZstdDecompressor().decompress(data, max_output_size=most))
        elif codec == ZLIB:
            data = zlib.decompressobj().decompress(data, most + 1)
    except (zstandard.ZstdError, zlib.error) as problem:
        raise ValueError(f"a page's content is damaged: {problem}") from None
    if len(data) > most:
        raise ValueError("a page's content is too big")
    return data


def _encoded(data: bytes) -> tuple[int, bytes]:
    packed = zstandard.ZstdCompressor(level=1).compress(data)
    return (ZSTD, packed) if len(packed) < len(data) - len(data) // 16 else (PLAIN, data)


def _count(table: str) -> int:
    return int(op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)


def _pack_contents() -> None:
    """Contents in the order of their numbers; those that nobody has are left out."""
    query = (
        "SELECT id, codec, data FROM page p WHERE EXISTS "
        "(SELECT 1 FROM old_allocation_page a WHERE a.page_id = p.id) AND"
    )
    listed: list[tuple[int, bytes]] = []
    size = 0
    for row in _each(query, _count("page"), "pages"):
        listed.append((row.id, _decoded(row.codec, row.data, MOST)))
        size += len(listed[-1][1])
        if size >= PACK_BYTES or len(listed) >= PACK_PAGES:
            _write_pack(listed)
            listed, size = [], 0
    if listed:
        _write_pack(listed)


def _write_pack(listed: list[tuple[int, bytes]]) -> None:
    ends = array("I", accumulate(len(data) for _, data in listed)).tobytes()
    data = b"".join(data for _, data in listed)
    made = hashlib.blake2b(ends, digest_size=16)
    made.update(data)
    codec, packed = _encoded(data)
    connection = op.get_bind()
    number = connection.scalar(
        sa.text(
            "INSERT INTO page_pack (hash, count, codec, size, ends, data) "
            "VALUES (:hash, :count, :codec, :size, :ends, :data) RETURNING id"
        ),
        {"hash": made.digest(), "count": len(listed), "codec": codec, "size": len(data), "ends": ends, "data": packed},
    )
    connection.execute(
        sa.text("INSERT INTO place_of_page (pack_id, place, page_id) VALUES (:pack, :place, :page)"),
        [{"pack": number, "place": place, "page": page} for place, (page, _) in enumerate(listed)],
    )


def _pack_rows() -> None:
    """A row for each run, checkpoint and pack."""
    connection = op.get_bind()
    text = (
        "SELECT a.run_id, a.from_checkpoint, p.pack_id, a.number, p.place FROM old_allocation_page a "
        "JOIN place_of_page p ON p.page_id = a.page_id WHERE a.run_id = :run AND a.from_checkpoint = :checkpoint "
        "ORDER BY p.pack_id, a.number"
    )
    keys = connection.execute(sa.text("SELECT DISTINCT run_id, from_checkpoint FROM old_allocation_page")).all()
    for run, checkpoint in keys:
        packs: dict[int, tuple[list[int], list[int]]] = {}
        for _, _, pack, number, place in connection.execute(sa.text(text), {"run": run, "checkpoint": checkpoint}):
            numbers, places = packs.setdefault(pack, ([], []))
            numbers.append(number)
            places.append(place)
        rows = [
            {
                "run": run, "since": checkpoint, "pack": pack, "count": len(numbers), "first": numbers[0],
                "last": numbers[-1], "pages": array("I", numbers).tobytes() + array("I", places).tobytes(),
            }
            for pack, (numbers, places) in packs.items()
        ]  # fmt: skip
        connection.execute(
            sa.text(
                "INSERT INTO allocation_page (run_id, from_checkpoint, pack_id, count, first_page, last_page, pages) "
                "VALUES (:run, :since, :pack, :count, :first, :last, :pages)"
            ),
            rows,
        )


# -- to pages --------------------------------------------------------------------------------------------------


def _unpack_contents() -> None:
    """Each content once, whoever has it."""
    connection = op.get_bind()
    for row in _each("SELECT id, codec, size, ends, data FROM page_pack WHERE", _count("page_pack"), "packs"):
        data, ends = _decoded(row.codec, row.data, MOST_OF_PACK), array("I", bytes(row.ends))
        places = []
        for place, (start, end) in enumerate(zip(array("I", (0,)) + ends, ends)):
            page = _page(data[start:end])
            places.append({"pack": row.id, "place": place, "page": page})
        connection.execute(
            sa.text("INSERT INTO place_of_page (pack_id, place, page_id) VALUES (:pack, :place, :page)"), places
        )


def _page(content: bytes) -> int:
    connection = op.get_bind()
    key = hashlib.blake2b(content, digest_size=16).digest()
    known = connection.scalar(sa.text("SELECT id FROM page WHERE hash = :hash"), {"hash": key})
    if known is not None:
        return int(known)
    codec, packed = _encoded(content) if len(content) >= 64 else (PLAIN, content)
    return int(
        connection.scalar(
            sa.text(
                "INSERT INTO page (hash, codec, size, data) VALUES (:hash, :codec, :size, :data) RETURNING id"
            ),
            {"hash": key, "codec": codec, "size": len(content), "data": packed},
        )
        or 0
    )


def _unpack_rows() -> None:
    """A page's row holds until the next one of the page, or the first checkpoint at which the arena was smaller."""
    connection = op.get_bind()
    for run in connection.scalars(sa.text("SELECT DISTINCT run_id FROM new_allocation_page")).all():
        arenas = connection.execute(
            sa.text("SELECT number, arena_pages FROM checkpoint WHERE run_id = :run ORDER BY number"), {"run": run}
        ).all()
        open_: dict[int, tuple[int, int, int]] = {}  # since, pack, place
        rows: list[dict[str, Any]] = []
        listed = connection.execute(
            sa.text(
                "SELECT from_checkpoint, pack_id, pages FROM new_allocation_page WHERE run_id = :run "
                "ORDER BY from_checkpoint, pack_id"
            ),
            {"run": run},
        )
        for since, pack, blob in listed:
            half = len(blob) // 2
            for number, place in zip(array("I", bytes(blob)[:half]), array("I", bytes(blob)[half:])):
                if number in open_:
                    rows.append(_closed(number, open_[number], since, arenas))
                open_[number] = (since, pack, place)
        rows += [_closed(number, held, None, arenas) for number, held in open_.items()]
        connection.execute(
            sa.text(
                "INSERT INTO allocation_page (run_id, number, page_id, from_checkpoint, to_checkpoint) "
                "SELECT :run, :number, page_id, :since, :end FROM place_of_page "
                "WHERE pack_id = :pack AND place = :place"
            ),
            [{"run": run, **row} for row in rows],
        )


def _closed(number: int, held: tuple[int, int, int], end: int | None, arenas: Rows) -> dict[str, Any]:
    since, pack, place = held
    smaller = next((c for c, pages in arenas if c > since and pages <= number), None)
    if smaller is not None and (end is None or smaller < end):
        end = smaller
    return {"number": number, "since": since, "end": end, "pack": pack, "place": place}
