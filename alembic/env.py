"""How Alembic reaches a store: by the connection that `store/migrate.py` hands over, inside its transaction.

Nothing of the package is imported here: the models that autogenerate compares with come in `attributes["metadata"]`.
A migration sees the tables as they were at its revision, never the live models.
"""

from __future__ import annotations

from typing import Any

from alembic import context


def numbered(migration: Any, revision: Any, directives: list[Any]) -> None:
    """New revisions are 0001, 0002, ... (there is one line of them); one that changes nothing is not written."""
    script = context.script
    assert migration is not None
    if not directives:
        return
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        return
    directives[0].rev_id = f"{len(list(script.walk_revisions())) + 1:04d}"


def include(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """SQLite makes an index of its own for a WITHOUT ROWID or UNIQUE table; only named ones are ours."""
    return not (kind == "index" and (name or "").startswith("sqlite_autoindex_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
    compare_server_default=True,
    include_object=include,
    process_revision_directives=numbered,
    on_version_apply=context.config.attributes.get("on_version_apply", ()),
)
with context.begin_transaction():
    context.run_migrations()
