"""events by session, output by offset, hashes as bytes, times as text

Cache events say which session they belong to; a piece of output has its place in its stream, so that a part of it can
be found without reading all before; page hashes take half the room in their index; a checkpoint's time is ISO 8601 as
everywhere else.  Indexes of the rows that ended, for retention; views for allocations, frames and function addresses.

Revision 0002, after 0001.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 1000
INTERVALS = (
    "allocation", "allocation_page", "chunk", "fn_address", "frame", "global_address", "machine_state", "thread",
)  # fmt: skip


def upgrade() -> None:
    _views(OLD_VIEWS, {})
    _replace_hashes(sa.LargeBinary(), "decode(hash, 'hex')", bytes.fromhex)
    _checkpoint_times_as_text()
    _events_by_session()
    _output_by_offset()
    for table in INTERVALS:
        ended = sa.text("to_checkpoint IS NOT NULL")
        columns = ["run_id", "to_checkpoint"]
        op.create_index(_ended(table), table, columns, sqlite_where=ended, postgresql_where=ended)
    _views({}, VIEWS)


def downgrade() -> None:
    _views(VIEWS, {})
    for table in INTERVALS:
        op.drop_index(_ended(table), table)
    _output_by_checkpoint()
    _events_without_session()
    _checkpoint_times_as_number()
    _replace_hashes(sa.Text(), "encode(hash, 'hex')", bytes.hex)
    _views({}, OLD_VIEWS)


def _ended(table: str) -> str:
    """The index of the rows that ended."""
    return f"ix_{table}_run_id_to_checkpoint"


def _views(old: dict[str, str], new: dict[str, str]) -> None:
    for name in old:
        op.execute(f"DROP VIEW IF EXISTS {name}")
    for name, query in new.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


# -- page.hash -------------------------------------------------------------------------------------------------


def _replace_hashes(column: sa.types.TypeEngine[Any], cast: str, convert: Callable[[Any], Any]) -> None:
    """Every page's hash in another form.  SQLite: into a new table, so that the contents are copied once, by it."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("page", "hash", type_=column, postgresql_using=cast)
        return
    op.create_table(
        "page_new",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("hash", column, nullable=False),
        sa.Column("codec", Big, nullable=False),
        sa.Column("size", Big, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("codec in (0, 1, 2)", name="ck_page_codec"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("hash", name="uq_page_hash"),
    )
    copy = sa.text("INSERT INTO page_new SELECT id, :hash, codec, size, data FROM page WHERE id = :id")
    for rows in _batches("page", "hash"):
        op.get_bind().execute(copy, [{"id": row.id, "hash": convert(row.hash)} for row in rows])
    op.drop_table("page")
    op.rename_table("page_new", "page")


def _batches(table: str, column: str) -> Any:
    """The rows (id, column) of a table in the order of their ids, some at a time; says how far it is."""
    connection, report = op.get_bind(), context.config.attributes.get("report")
    total = connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))
    done, last = 0, -(1 << 63)
    query = sa.text(f"SELECT id, {column} FROM {table} WHERE id > :last ORDER BY id LIMIT {BATCH}")
    while rows := connection.execute(query, {"last": last}).all():
        yield rows
        done, last = done + len(rows), rows[-1].id
        if report:
            report(f"{table} rows", done, total)


# -- checkpoint.created_at -------------------------------------------------------------------------------------


def _checkpoint_times_as_text() -> None:
    with op.batch_alter_table("checkpoint") as batch:
        batch.alter_column(
            "created_at", type_=sa.String(32), existing_type=Big, existing_nullable=False,
            postgresql_using="created_at::varchar",
        )  # fmt: skip
    _rewrite_times(lambda text: _iso(EPOCH + timedelta(milliseconds=int(text))))


def _checkpoint_times_as_number() -> None:
    _rewrite_times(lambda text: str((datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1)))
    with op.batch_alter_table("checkpoint") as batch:
        batch.alter_column(
            "created_at", type_=Big, existing_type=sa.String(32), existing_nullable=False,
            postgresql_using="created_at::bigint",
        )  # fmt: skip


def _iso(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z"


def _rewrite_times(convert: Callable[[str], str]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT run_id, number, created_at FROM checkpoint")).all()
    new = [{"run": row.run_id, "number": row.number, "time": convert(row.created_at)} for row in rows]
    if new:
        change = sa.text("UPDATE checkpoint SET created_at = :time WHERE run_id = :run AND number = :number")
        connection.execute(change, new)


# -- cache_event.session_id ------------------------------------------------------------------------------------


def _events_by_session() -> None:
    """The session of the event's checkpoint, or of the next one that is kept; else the last one to begin before it."""
    op.add_column("cache_event", sa.Column("session_id", Big, nullable=True))
    op.execute(
        """UPDATE cache_event SET session_id = coalesce(
  (SELECT c.session_id FROM checkpoint c
   WHERE c.run_id = cache_event.run_id AND c.number >= cache_event.checkpoint ORDER BY c.number LIMIT 1),
  (SELECT max(s.id) FROM session s WHERE s.run_id = cache_event.run_id AND s.first_step <= cache_event.step),
  (SELECT min(s.id) FROM session s WHERE s.run_id = cache_event.run_id))"""
    )
    with op.batch_alter_table("cache_event") as batch:
        batch.alter_column("session_id", existing_type=Big, nullable=False)
        batch.create_foreign_key(
            "fk_cache_event_session_id_session", "session", ["session_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index("ix_cache_event_session_id", ["session_id"])


def _events_without_session() -> None:
    with op.batch_alter_table("cache_event") as batch:
        batch.drop_index("ix_cache_event_session_id")
        batch.drop_constraint("fk_cache_event_session_id_session", type_="foreignkey")
        batch.drop_column("session_id")


# -- output ----------------------------------------------------------------------------------------------------


def _output_by_offset() -> None:
    for name in ("number", "offset"):
        op.add_column("output", sa.Column(name, Big, nullable=True))
    op.execute(
        """UPDATE output SET number = p.number, "offset" = p.start FROM (
  SELECT id, row_number() OVER (PARTITION BY run_id ORDER BY id) - 1 AS number,
    sum(length(data)) OVER (PARTITION BY run_id, fd ORDER BY id) - length(data) AS start FROM output) AS p
WHERE p.id = output.id"""
    )
    with op.batch_alter_table("output") as batch:
        batch.drop_constraint("pk_output", type_="primary")
        batch.drop_column("id")
        batch.alter_column("number", existing_type=Big, nullable=False)
        batch.alter_column("offset", existing_type=Big, nullable=False)
        batch.create_primary_key("pk_output", ["run_id", "number"])


def _output_by_checkpoint() -> None:
    op.add_column("output", sa.Column("id", Big, nullable=True))
    op.execute(
        """UPDATE output SET id = p.id FROM (
  SELECT run_id, number, row_number() OVER (ORDER BY run_id, number) AS id FROM output) AS p
WHERE p.run_id = output.run_id AND p.number = output.number"""
    )
    with op.batch_alter_table("output") as batch:
        batch.drop_constraint("pk_output", type_="primary")
        batch.drop_column("number")
        batch.drop_column("offset")
        batch.alter_column("id", existing_type=Big, nullable=False)
        batch.create_primary_key("pk_output", ["id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE output_id_seq OWNED BY output.id")
        op.execute("ALTER TABLE output ALTER COLUMN id SET DEFAULT nextval('output_id_seq')")
        op.execute("SELECT setval('output_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM output), false)")


# -- views -----------------------------------------------------------------------------------------------------

CHECKPOINTS = """SELECT c.run_id, c.number, c.reason, c.created_at, c.steps, c.clock, c.live_allocations,
  c.live_bytes, c.stdout_bytes, c.pages_written, c.rows_written, c.bytes_written, c.microseconds, s.pid, s.engine
FROM checkpoint c JOIN session s ON s.id = c.session_id"""
OLD_VIEWS = {
    "run_list": """SELECT r.id, p.path AS program, r.status, r.outcome, r.exit_code, r.steps, r.seed
FROM run r JOIN program p ON p.id = r.program_id""",
    "checkpoint_list": CHECKPOINTS,
}

HELD = "{0}.from_checkpoint <= c.number AND ({0}.to_checkpoint IS NULL OR {0}.to_checkpoint > c.number)"
KIND = """CASE a.kind WHEN 0 THEN 'free' WHEN 1 THEN 'stack' WHEN 2 THEN 'heap' WHEN 3 THEN 'static'
  WHEN 4 THEN 'const' WHEN 5 THEN 'fn' WHEN 6 THEN 'vtable' WHEN 7 THEN 'machine' WHEN 8 THEN 'thread-local' END"""
ALLOCATION = f"""SELECT a.run_id, c.number AS checkpoint, a.alloc_id, {KIND} AS kind, a.base AS address, a.size,
  a.align, a.mutable, a.exposed, a.thread, p.file AS born_file, p.line AS born_line, i.symbol AS refers
FROM checkpoint c JOIN allocation a ON a.run_id = c.run_id AND {HELD.format("a")} AND a.kind <> 0
LEFT JOIN site p ON p.run_id = a.run_id AND p.number = a.birth LEFT JOIN instance i ON i.id = a.refers_id"""
VIEWS = {
    "run_list": """SELECT r.id, p.path AS program, r.status, r.outcome, r.exit_code, r.steps, r.seed,
  r.parent_run_id, r.parent_checkpoint, r.created_at, r.updated_at,
  (SELECT count(*) FROM checkpoint c WHERE c.run_id = r.id) AS checkpoints,
  (SELECT count(*) FROM session s WHERE s.run_id = r.id) AS sessions
FROM run r JOIN program p ON p.id = r.program_id""",
    "checkpoint_list": CHECKPOINTS,
    "allocation_at": ALLOCATION,
    "allocation_now": f"{ALLOCATION} JOIN run r ON r.id = c.run_id AND r.last_checkpoint = c.number",
    "frame_at": f"""SELECT f.run_id, c.number AS checkpoint, f.thread_id, t.name AS thread, f.depth,
  i.name AS function, f.file, f.line, f.block, f.statement
FROM checkpoint c JOIN frame f ON f.run_id = c.run_id AND {HELD.format("f")}
JOIN thread t ON t.run_id = c.run_id AND t.thread_id = f.thread_id AND {HELD.format("t")}
JOIN instance i ON i.id = f.instance_id""",
    "fn_address_at": f"""SELECT a.run_id, c.number AS checkpoint, a.kind, i.symbol AS function, a.salt, a.address,
  a.exposed, a.casts, a.first_cast, a.last_cast
FROM checkpoint c JOIN fn_address a ON a.run_id = c.run_id AND {HELD.format("a")}
JOIN instance i ON i.id = a.instance_id""",
}
