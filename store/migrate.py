"""The schema's history, driven by code: Alembic's revisions, the one a store has, moving it along them.

`./dev migrate ARGS` (`python -m store.migrate`) is Alembic's own command line, on a scratch store of today's schema.

Invariants: a store is either made whole from the models and stamped, or changed by revisions, never both; a migration
is one transaction with foreign keys off, and they are checked before its COMMIT; nothing is read from an ini file.

To add a revision: change the models, `./dev migrate revision --autogenerate -m "what changes"`, complete the file in
`alembic/versions` (data too, both ways), keep a store of the revision before it (`tests/store/assets`).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Optional

from alembic import command
from alembic.config import CommandLine, Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from .errors import StoreCorrupt

Report = Callable[[str, int, int], None]
"""Told now and then what goes on: (phase, done, of how many)."""


class Revision(NamedTuple):
    """A state of the schema, by Alembic's number, with the first line of what changed."""

    number: str
    title: str


def location() -> Path:
    """Where the migrations lie: in the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "alembic", here.parent / "alembic"):
        if (folder / "env.py").is_file():
            return folder
    raise AssertionError("the migrations are not installed with the package")


def config(connection: Optional[Connection] = None, **attributes: Any) -> Config:
    made = Config(stdout=sys.stdout)
    made.set_main_option("script_location", str(location()).replace("%", "%%"))
    made.set_main_option("path_separator", "newline")
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.attributes.update(attributes, connection=connection)
    return made


@lru_cache(maxsize=1)
def revisions() -> tuple[Revision, ...]:
    """All of them, oldest first."""
    found = ScriptDirectory.from_config(config()).walk_revisions()
    return tuple(Revision(r.revision, (r.doc or "").split("\n")[0]) for r in found)[::-1]


def head() -> str:
    """The revision that this release works with."""
    return revisions()[-1].number


def position(revision: str) -> Optional[int]:
    """Of a revision in the line of all; None for one that a later release made."""
    numbers = [r.number for r in revisions()]
    return numbers.index(revision) if revision in numbers else None


def current(connection: Connection) -> Optional[str]:
    """The revision a store has; None without any (it is empty, or no store)."""
    heads = MigrationContext.configure(connection).get_current_heads()
    if len(heads) > 1:
        raise StoreCorrupt(f"the store says that it has {len(heads)} revisions at once: {', '.join(heads)}")
    return heads[0] if heads else None


# -- moving a store --------------------------------------------------------------------------------------------


def create(connection: Connection) -> None:
    """Into an empty database: the models' tables and views, and the stamp of the newest revision."""
    from .schema import Base

    Base.metadata.create_all(connection)
    command.stamp(config(connection), "head")


def move(connection: Connection, target: str, report: Optional[Report] = None) -> None:
    """Bring the store of an open transaction to the revision `target`, one at a time.

    The caller commits; `transaction` is how to get the connection.  Raises `StoreCorrupt` when the data does not fit.
    """
    here, there = position(current(connection) or ""), position(target)
    assert there is not None
    start = -1 if here is None else here
    total = abs(there - start)
    done = 0

    def applied(step: Any, **_: Any) -> None:
        nonlocal done
        done += 1
        if report:
            report(f"revision {step.up_revision_id}", done, total)

    settings = config(connection, on_version_apply=(applied,), report=report)
    (command.upgrade if there >= start else command.downgrade)(settings, target)
    check_foreign_keys(connection)


def check_foreign_keys(connection: Connection) -> None:
    """SQLite only: PostgreSQL never lets them be off."""
    if connection.dialect.name != "sqlite":
        return
    wrong = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(5)
    if wrong:
        shown = ", ".join(f"{row[0]} row {row[1]} -> {row[2]}" for row in wrong)
        raise StoreCorrupt(f"rows refer to rows that are not there: {shown}", "`interp store check` lists all of them")


def engine_for(url: str) -> Engine:
    """An engine for migrations: no pool, explicit BEGIN (so that DDL is transactional), foreign keys off on SQLite."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _connect(raw: Any, _: Any) -> None:
            raw.isolation_level = None
            for pragma in ("foreign_keys=OFF", "trusted_schema=OFF", "cell_size_check=ON", "busy_timeout=30000"):
                raw.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """A connection in one transaction; committed at the end, rolled back by any exception."""
    engine = engine_for(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


# -- Alembic's own command line --------------------------------------------------------------------------------


def main(arguments: Optional[list[str]] = None) -> int:
    """Alembic's commands (revision, check, history, heads, show ...) on a scratch store at the newest revision."""
    from .schema import Base

    line = CommandLine(prog="./dev migrate")
    options = line.parser.parse_args(arguments)
    if not hasattr(options, "cmd"):
        line.parser.print_help()
        return 2
    with tempfile.TemporaryDirectory() as folder, transaction(f"sqlite:///{folder}/scratch.db") as connection:
        if revisions():
            move(connection, head())
        settings = config(connection, metadata=Base.metadata)
        settings.cmd_opts = options
        line.run_cmd(settings, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
