"""runs and checkpoints: the whole machine in tables

Revision 0001, after nothing.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def number(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, Big, nullable=null) for name in names]


def key(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, Big, autoincrement=False, nullable=False) for name in names]


def row_id() -> sa.Column[Any]:
    return sa.Column("id", Big, autoincrement=True, nullable=False)


def flag(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def text(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=null) for name in names]


def word(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(32), nullable=False) for name in names]


def blob(name: str, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=null)


def interval() -> list[sa.Column[Any]]:
    return [*key("from_checkpoint"), *number("to_checkpoint", null=True)]


def refers(table: str, column: str, to: str, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)


def table(name: str, primary: str, *parts: Any, **options: Any) -> None:
    flat = [item for part in parts for item in (part if isinstance(part, list) else [part])]
    op.create_table(name, *flat, sa.PrimaryKeyConstraint(*primary.split(), name=f"pk_{name}"), **options)


def unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{name}_{'_'.join(columns)}")


def index(name: str, *columns: str) -> None:
    op.create_index(f"ix_{name}_{'_'.join(columns)}", name, list(columns))


def upgrade() -> None:
    _store()
    _programs()
    _runs()
    _streams()
    _memory()
    _machine()
    _functions()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def _store() -> None:
    table("store_info", "name", text("name", "value"))
    table(
        "writer_lock", "id", key("id"), text("token", "host"), number("pid"), text("process_started", "command"),
        word("acquired_at", "heartbeat_at"), sa.CheckConstraint("id = 1", name="ck_writer_lock_single"),
    )  # fmt: skip
    table(
        "retention_event", "id", row_id(), number("run_id", "checkpoint", null=True), word("kind", "at"),
        number("rows_removed", "pages_removed", "bytes_removed"), text("reason"),
    )  # fmt: skip
    index("retention_event", "run_id")


def _programs() -> None:
    table(
        "program", "id", row_id(), text("fingerprint", "path", "directory"), number("edition"), text("options"),
        word("created_at"), unique("program", "fingerprint"),
    )  # fmt: skip
    table(
        "source", "id", row_id(), number("program_id"), text("path"), text("hash", null=True), number("codec"),
        blob("content", null=True), refers("source", "program_id", "program"), unique("source", "program_id", "path"),
    )  # fmt: skip
    table(
        "instance", "id", row_id(), number("program_id"), word("kind"), text("symbol", "name"), flag("is_local"),
        text("locals", null=True), refers("instance", "program_id", "program"),
        unique("instance", "program_id", "kind", "symbol"),
    )  # fmt: skip


def _runs() -> None:
    table(
        "run", "id", row_id(), number("program_id"), number("parent_run_id", "parent_checkpoint", null=True),
        word("status"), text("outcome", "message", null=True), number("exit_code", null=True), number("seed"),
        text("args", "env", "options"), number("last_checkpoint", "next_checkpoint", "steps"), text("stdout_file"),
        word("created_at", "updated_at"), refers("run", "program_id", "program", None),
        refers("run", "parent_run_id", "run", "SET NULL"),
        sa.CheckConstraint("status in ('unfinished', 'finished')", name="ck_run_status"),
    )  # fmt: skip
    index("run", "program_id")
    table(
        "session", "id", row_id(), number("run_id", "from_checkpoint"), text("host"), number("pid"),
        text("interpreter", "interpreter_hash"), word("engine", "policy", "started_at"),
        text("ended_at", "ended_by", null=True), number("first_step", "last_step", "casts", "hits", "misses"),
        refers("session", "run_id", "run"),
    )  # fmt: skip
    index("session", "run_id")
    table(
        "checkpoint", "run_id number", number("run_id"), key("number"), number("session_id"), word("reason"),
        number("created_at"), number("record_version", "steps", "clock", "live_allocations", "live_bytes", "casts"),
        number("misses", "stdin_chunks", "stdin_bytes", "stdout_bytes", "stderr_bytes", "pages_written"),
        number("rows_written", "bytes_written", "microseconds"), text("state_hash"),
        refers("checkpoint", "run_id", "run"), refers("checkpoint", "session_id", "session"),
    )  # fmt: skip
    index("checkpoint", "session_id")


def _streams() -> None:
    table(
        "input", "run_id number", number("run_id"), key("number"), number("offset"), blob("data"),
        refers("input", "run_id", "run"),
    )  # fmt: skip
    table(
        "output", "id", row_id(), number("run_id", "checkpoint", "fd"), blob("data"), refers("output", "run_id", "run")
    )
    index("output", "run_id", "checkpoint")


def _memory() -> None:
    table(
        "page", "id", row_id(), text("hash"), number("codec", "size"), blob("data"), unique("page", "hash"),
        sa.CheckConstraint("codec in (0, 1, 2)", name="ck_page_codec"),
    )  # fmt: skip
    table(
        "allocation_page", "run_id number from_checkpoint", number("run_id"), key("number"), number("page_id"),
        interval(), refers("allocation_page", "run_id", "run"), refers("allocation_page", "page_id", "page", None),
        sqlite_with_rowid=False,
    )  # fmt: skip
    index("allocation_page", "page_id")
    table(
        "allocation", "run_id slot from_checkpoint", number("run_id"), key("slot"),
        number("alloc_id", "kind", "base", "size", "align"), flag("mutable", "exposed"),
        number("info", "writable", "delta", "first_tag", "next_tag", "block", "capacity", "size_class", "link"),
        number("used", "thread", "birth"), number("refers_id", null=True), text("extra", null=True), interval(),
        refers("allocation", "run_id", "run"), refers("allocation", "refers_id", "instance", None),
    )  # fmt: skip
    index("allocation", "run_id", "alloc_id")
    table(
        "site", "run_id number", number("run_id"), key("number"), number("from_checkpoint"),
        number("instance_id", null=True), number("block", "statement", "word"), text("file", null=True),
        number("line", "column", null=True), refers("site", "run_id", "run"),
        refers("site", "instance_id", "instance", None),
    )  # fmt: skip


def _machine() -> None:
    table(
        "thread", "run_id thread_id from_checkpoint", number("run_id"), key("thread_id"), text("name"), word("status"),
        number("depth"), text("state"), interval(), refers("thread", "run_id", "run"),
    )  # fmt: skip
    table(
        "frame", "run_id thread_id depth from_checkpoint", number("run_id"), key("thread_id", "depth"),
        number("instance_id", "block", "statement", "word"), text("file", null=True),
        number("line", "column", null=True), number("fp", "dst", "kind", "a", "b", "c"),
        number("refers_id", null=True), interval(), refers("frame", "run_id", "run"),
        refers("frame", "instance_id", "instance", None), refers("frame", "refers_id", "instance", None),
    )  # fmt: skip
    table(
        "chunk", "run_id table_name number from_checkpoint", number("run_id"), word("table_name"), key("number"),
        number("codec"), blob("data"), interval(), refers("chunk", "run_id", "run"),
    )  # fmt: skip
    table(
        "linked", "run_id list number", number("run_id"), word("list"), key("number"),
        number("from_checkpoint", "instance_id"), text("detail"), refers("linked", "run_id", "run"),
        refers("linked", "instance_id", "instance", None),
    )  # fmt: skip
    table(
        "global_address", "run_id instance_id from_checkpoint", number("run_id", "instance_id"),
        number("address", "provenance"), interval(), refers("global_address", "run_id", "run"),
        refers("global_address", "instance_id", "instance", None),
    )  # fmt: skip
    table(
        "machine_state", "run_id part from_checkpoint", number("run_id"), word("part"), number("codec"),
        blob("value"), interval(), refers("machine_state", "run_id", "run"),
    )  # fmt: skip


def _functions() -> None:
    table(
        "fn_address", "run_id kind place from_checkpoint", number("run_id"), word("kind"), key("place"),
        number("instance_id", "salt", "address"), flag("exposed"),
        number("casts", "first_cast", "last_cast", null=True), text("extra", null=True), interval(),
        refers("fn_address", "run_id", "run"), refers("fn_address", "instance_id", "instance", None),
    )  # fmt: skip
    index("fn_address", "run_id", "address")
    index("fn_address", "instance_id")
    table(
        "cache_event", "id", row_id(), number("run_id", "checkpoint"), word("kind"), number("step"), text("function"),
        number("salt", "address"), text("reason"), refers("cache_event", "run_id", "run"),
    )  # fmt: skip
    index("cache_event", "run_id")
    index("cache_event", "run_id", "checkpoint")
    table(
        "cache_policy", "id", row_id(), number("run_id", "session_id", "step"), word("policy"), text("settings"),
        word("at"), refers("cache_policy", "run_id", "run"), refers("cache_policy", "session_id", "session"),
    )  # fmt: skip
    index("cache_policy", "run_id")
    index("cache_policy", "session_id")


VIEWS = {
    "run_list": """SELECT r.id, p.path AS program, r.status, r.outcome, r.exit_code, r.steps, r.seed
FROM run r JOIN program p ON p.id = r.program_id""",
    "checkpoint_list": """SELECT c.run_id, c.number, c.reason, c.created_at, c.steps, c.clock, c.live_allocations,
  c.live_bytes, c.stdout_bytes, c.pages_written, c.rows_written, c.bytes_written, c.microseconds, s.pid, s.engine
FROM checkpoint c JOIN session s ON s.id = c.session_id""",
}


TABLES = (
    "store_info", "writer_lock", "retention_event", "program", "source", "instance", "run", "session", "checkpoint",
    "input", "output", "page", "allocation_page", "allocation", "site", "thread", "frame", "chunk", "linked",
    "global_address", "machine_state", "fn_address", "cache_event", "cache_policy",
)  # fmt: skip


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    for name in reversed(TABLES):
        op.drop_table(name)
