"""What `interp store check` looks for: everything that must be true of a store, each broken rule said with its place.

In this order, since each rests on the ones before: the database itself; the schema; the types of values; references;
the intervals of rows; runs, checkpoints and streams; the contents of pages; the machines that can be made of the
checkpoints.  A check that finds something ends its part; later parts are not tried on what is known to be broken.

Invariants: nothing is changed; a value is never trusted before the check of its type; every query is bounded in what it
brings into memory.  To add a rule: a generator of sentences in the part it belongs to (`PARTS`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any, Final

from sqlalchemy import Column, Table

from interp import face
from interp.code.stored import Missing
from interp.machine.snapshot import Changed, Invalid, restore, verify
from interp.stored_run import StoredRun

from . import codes, packs, programs, records
from .database import Database
from .errors import ProgramChanged, StoreCorrupt, StoreError
from .identity import distrusted
from .loader import load
from .migrate import Report
from .runs import get
from .schema import VIEWS, Base

LIMIT: Final = 20  # sentences of a part that are said
Part = Callable[["Checker"], Iterator[str]]


class Checker:
    """A check of an open store with today's schema."""

    def __init__(self, db: Database, quick: bool, report: Report) -> None:
        self.db, self.quick, self.report = db, quick, report
        self.sqlite = hasattr(db, "readonly")

    def run(self) -> list[str]:
        """The broken rules of the first part that has any; empty: the store is sound."""
        for name, part in PARTS.items():
            self.report(name, 0, 1)
            found: list[str] = []
            with distrusted(self.db.place):
                for sentence in part(self):
                    found.append(sentence)
                    if len(found) > LIMIT:
                        return [*found[:LIMIT], "... and more"]
            if found:
                return found
            self.report(name, 1, 1)
        return []

    def first(self, sql: str) -> list[tuple[Any, ...]]:
        return self.db.all(f"{sql} LIMIT {LIMIT + 1}")


def tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


# -- the database ----------------------------------------------------------------------------------------------


def integrity(c: Checker) -> Iterator[str]:
    if c.sqlite:
        for (text,) in c.db.all(f"PRAGMA integrity_check({LIMIT + 1})"):
            if text != "ok":
                yield f"the database: {text}"


def schema(c: Checker) -> Iterator[str]:
    """Nothing but our tables, indexes and views; the columns that the models have."""
    if not c.sqlite:
        return
    known = {"table": {t.name for t in tables()} | {"alembic_version"}, "view": set(VIEWS), "index": set()}
    known["index"] = {str(index.name) for t in tables() for index in t.indexes}
    for kind, name, table, sql in c.db.all("SELECT type, name, tbl_name, sql FROM sqlite_schema"):
        if kind == "view" and name in VIEWS and sql.split() != f"CREATE VIEW {name} AS {VIEWS[name]}".split():
            yield f"the schema: view `{name}` asks something else than interp's"
        automatic = kind == "index" and str(name).startswith("sqlite_autoindex_")
        statistics = kind == "table" and name in ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
        if name not in known.get(kind, ()) and not automatic and not statistics:
            yield f"the schema: {kind} `{name}` (on `{table}`) is none of interp's"
    for t in tables():
        found = {row[0]: row[1] for row in c.db.all(f"SELECT name, hidden FROM pragma_table_xinfo('{t.name}')")}
        for name in sorted(set(found) ^ {column.name for column in t.columns}):
            yield f"the schema: column `{t.name}.{name}` is {'not known' if name in found else 'missing'}"
        for name, hidden in found.items():
            if hidden:
                yield f"the schema: column `{t.name}.{name}` is computed"


def _type_of(column: Column[Any]) -> str:
    return {int: "integer", bytes: "blob", str: "text"}[column.type.python_type]


def types(c: Checker) -> Iterator[str]:
    """SQLite keeps any value in any column; a server does not."""
    if not c.sqlite:
        return
    for t in tables():
        names = [column.name for column in t.columns]
        wrong = [
            f"""sum(typeof("{column.name}") NOT IN ('{_type_of(column)}'{", 'null'" if column.nullable else ""}))"""
            for column in t.columns
        ]
        counts = c.db.all(f"SELECT {', '.join(wrong)} FROM {t.name}")[0]
        for name, count in zip(names, counts):
            if count:
                yield f"table {t.name}: {count} rows have something else than {_type_of(t.columns[name])} as `{name}`"


def references(c: Checker) -> Iterator[str]:
    if c.sqlite:
        for table, row, to, _ in c.db.all("SELECT * FROM pragma_foreign_key_check LIMIT 21"):
            yield f"table {table}: row {row} refers to a row of {to} that is not there"


# -- rows over time --------------------------------------------------------------------------------------------


def intervals(c: Checker) -> Iterator[str]:
    """The rows of one key hold one after the other, at checkpoints that the run has or had."""
    for t in tables():
        if "from_checkpoint" not in t.columns or t.name == "session":
            continue
        keys = [column.name for column in t.primary_key if column.name != "from_checkpoint"]
        listed = ", ".join(f"x.{key}" for key in keys)
        ends = "to_checkpoint" in t.columns
        end = "to_checkpoint" if ends else "NULL"
        for row in c.first(
            f"SELECT {listed}, x.from_checkpoint, {end} FROM {t.name} x JOIN run r ON r.id = x.run_id "
            f"WHERE x.from_checkpoint < 1 OR x.from_checkpoint >= r.next_checkpoint"
            + (" OR x.to_checkpoint <= x.from_checkpoint OR x.to_checkpoint >= r.next_checkpoint" if ends else "")
        ):
            yield f"table {t.name}: {_row(keys, row)} holds from checkpoint {row[-2]} to {row[-1]}, which cannot be"
        if not ends:
            continue
        for row in c.first(
            f"SELECT * FROM (SELECT {listed}, from_checkpoint, to_checkpoint, lead(from_checkpoint) OVER "
            f"(PARTITION BY {listed} ORDER BY from_checkpoint) AS following FROM {t.name} x) y "
            "WHERE following IS NOT NULL AND (to_checkpoint IS NULL OR to_checkpoint > following)"
        ):
            yield f"table {t.name}: {_row(keys, row)} holds twice at checkpoint {row[-1]}"


def _row(keys: list[str], row: tuple[Any, ...]) -> str:
    return ", ".join(f"{key} {value}" for key, value in zip(keys, row))


# -- runs ------------------------------------------------------------------------------------------------------


def runs(c: Checker) -> Iterator[str]:
    yield from _numbers(c)
    yield from _parents(c)
    yield from _texts(c)
    yield from _streams(c)


def _numbers(c: Checker) -> Iterator[str]:
    for run, last, following in c.first(
        "SELECT r.id, r.last_checkpoint, r.next_checkpoint FROM run r WHERE r.last_checkpoint <> "
        "(SELECT coalesce(max(number), 0) FROM checkpoint k WHERE k.run_id = r.id) OR r.next_checkpoint <= "
        "r.last_checkpoint OR r.next_checkpoint < 1"
    ):
        yield f"run {run}: its last checkpoint is said to be {last}, its next {following}; they are not"
    for run, number in c.first(
        "SELECT k.run_id, k.number FROM checkpoint k JOIN session s ON s.id = k.session_id WHERE s.run_id <> k.run_id "
        "OR k.number < 1"
    ):
        yield f"run {run}: checkpoint {number} is of another run's session"
    for run, number, steps, after in c.first(
        "SELECT * FROM (SELECT run_id, number, steps, lead(steps) OVER (PARTITION BY run_id ORDER BY number) AS after "
        "FROM checkpoint) x WHERE steps < 0 OR after < steps"
    ):
        yield f"run {run}: checkpoint {number} has {steps} steps, the next one {after}"


def _parents(c: Checker) -> Iterator[str]:
    parents: dict[int, int] = dict(c.db.all("SELECT id, parent_run_id FROM run WHERE parent_run_id IS NOT NULL"))
    for run, parent in parents.items():
        if parent >= run:
            yield f"run {run} was forked from run {parent}, which began later"


def _texts(c: Checker) -> Iterator[str]:
    """Columns that are JSON: a list, or names with values."""
    for table, name, kind in (
        ("run", "args", list), ("run", "env", list), ("run", "stdout_file", list), ("run", "options", dict),
        ("program", "options", dict), ("cache_policy", "settings", dict),
    ):  # fmt: skip
        for number, text in c.db.all(f"SELECT id, {name} FROM {table}"):
            try:
                right = isinstance(json.loads(text), kind)
            except (ValueError, RecursionError):
                right = False
            if not right:
                yield f"table {table}: `{name}` of row {number} is not the JSON it should be"


def _streams(c: Checker) -> Iterator[str]:
    for table, stream in (("output", "run_id, fd"), ("input", "run_id")):
        for run, number, offset, expected in c.first(
            f'SELECT * FROM (SELECT run_id, number, "offset", sum(length(data)) OVER (PARTITION BY {stream} '
            f'ORDER BY number) - length(data) AS expected FROM {table}) x WHERE "offset" <> expected'
        ):
            yield f"run {run}: piece {number} of its {table} is at byte {offset} instead of {expected}"
    for run, number in c.first(
        "SELECT r.id, k.number FROM checkpoint k JOIN run r ON r.id = k.run_id AND r.last_checkpoint = k.number "
        "WHERE k.stdout_bytes > (SELECT coalesce(sum(length(data)), 0) FROM output o WHERE o.run_id = r.id AND fd = 1)"
        " OR k.stderr_bytes > (SELECT coalesce(sum(length(data)), 0) FROM output o WHERE o.run_id = r.id AND fd = 2)"
    ):
        yield f"run {run}: checkpoint {number} wrote more than is kept of its output"


# -- contents --------------------------------------------------------------------------------------------------


def pages(c: Checker) -> Iterator[str]:
    """Every pack is what its hash says, and has the contents that pages are said to have; someone has it."""
    numbers = [number for (number,) in c.db.all("SELECT id FROM page_pack ORDER BY id")]
    for done, number in enumerate(numbers):
        c.report("pages", done, len(numbers))
        try:
            pack = packs.read(c.db, number)
        except StoreError as problem:
            yield problem.message
            continue
        rows = c.db.all(f"SELECT {records.PAGES.replace(' ', ', ')} FROM allocation_page WHERE pack_id = :p", p=number)
        if not rows:
            yield f"pack {number} is nobody's"
        for run, since, _, *said, blob in rows:
            try:
                pages_, places = packs.pages_of(blob)
            except StoreError as problem:
                yield f"run {run}, checkpoint {since}: {problem.message}"
                continue
            if [len(pages_), pages_[0], pages_[-1]] != said or max(places) >= len(pack.ends):
                yield f"run {run}, checkpoint {since}: pages are said to be in pack {number} that are not"


def page_rows(c: Checker) -> Iterator[str]:
    """No two rows give the same page of a run a content since the same checkpoint."""
    run, since, seen = None, None, set[int]()
    for of, begun, pack in c.db.all(
        "SELECT run_id, from_checkpoint, pack_id FROM allocation_page ORDER BY run_id, from_checkpoint, pack_id"
    ):
        if (of, begun) != (run, since):
            run, since, seen = of, begun, set()
        blob = c.db.all(
            "SELECT pages FROM allocation_page WHERE run_id = :r AND from_checkpoint = :c AND pack_id = :p",
            r=of, c=begun, p=pack,
        )[0][0]  # fmt: skip
        numbers = packs.pages_of(blob)[0]
        if not seen.isdisjoint(numbers):
            yield f"run {run}: a page has two contents since checkpoint {since}"
        seen.update(numbers)


def code(c: Checker) -> Iterator[str]:
    """Every piece of code is what its hash says."""
    last = -(1 << 63)
    while rows := c.db.all("SELECT id, hash, codec, size, data FROM code WHERE id > :l ORDER BY id LIMIT 64", l=last):
        for row in rows:
            try:
                codes.content(c.db, *row)
            except StoreError as problem:
                yield problem.message
        last = rows[-1][0]


def machines(c: Checker) -> Iterator[str]:
    """A machine can be made of every checkpoint (`quick`: of each run's last)."""
    condition = "JOIN run r ON r.id = k.run_id AND r.last_checkpoint = k.number" if c.quick else ""
    listed = c.db.all(f"SELECT k.run_id, k.number FROM checkpoint k {condition} ORDER BY k.run_id, k.number")
    for done, (run, number) in enumerate(listed):
        c.report("machines", done, len(listed))
        try:
            verified(c.db, run, number)
        except StoreError as problem:
            yield problem.message


def verified(db: Database, run: int, checkpoint: int) -> None:
    """Load a checkpoint's records and let the machine look at them.  Raises `StoreCorrupt`."""
    try:
        with distrusted(db.place):
            verify(load(db, run, checkpoint))
    except Invalid as problem:
        raise StoreCorrupt(f"checkpoint {checkpoint} of run {run} in `{db.place}` is damaged: {problem}") from None


def restored(c: Checker) -> Iterator[str]:
    """The last checkpoint of every run fits its code: the stored one, or the program compiled from the stored sources.
    Not if `quick`."""
    if c.quick:
        return
    programs_ = [number for (number,) in c.db.all("SELECT DISTINCT program_id FROM run ORDER BY program_id")]
    for done, number in enumerate(programs_):
        c.report("programs", done, len(programs_))
        try:
            with distrusted(c.db.place):
                stored = programs.load(c.db, number)
        except StoreError as problem:
            yield f"program {number}: {problem.message}"
            continue
        yield from _of_program(c, stored)


def _of_program(c: Checker, stored: programs.StoredProgram) -> Iterator[str]:
    options, uncoded = face.RunOptions(ignore_leaks=True), []
    listed = c.db.all("SELECT id FROM run WHERE program_id = :p AND last_checkpoint > 0 ORDER BY id", p=stored.id)
    for (run,) in listed:
        try:
            with distrusted(c.db.place):
                images = codes.load(c.db, run)
            if not images:
                uncoded.append(run)
                continue
            texts = codes.library(c.db, run)
            yield from _restored(c, run, StoredRun(stored.source, images, stored.texts, texts, options, StringIO()))
        except ProgramChanged:
            pass  # sound, but of another interp: a resume says what to do
        except (Missing, StoreError) as problem:
            yield f"run {run}, its code: {problem}"
    if not uncoded:
        return
    errors = StringIO()
    here = os.path.abspath(stored.directory) == os.getcwd() and not stored.changed()  # then its code is cached
    prepared = face.prepare(stored.source, options, errors, None if here else stored.texts)
    if isinstance(prepared, int):
        said = errors.getvalue().splitlines()[0]
        yield f"program {stored.id} (`{stored.source.shown}`): its sources do not compile: {said}"
        return
    for run in uncoded:
        yield from _restored(c, run, prepared)


def _restored(c: Checker, number: int, prepared: face.Prepared) -> Iterator[str]:
    options = face.RunOptions(ignore_leaks=True)
    try:
        with distrusted(c.db.place):
            run = get(c.db, number)
            config = face.machine_config(prepared.source.program, run.args, options, StringIO())
            restore(prepared.program, load(c.db, run.id, run.last), config)  # type: ignore[arg-type]
    except Changed as problem:
        if isinstance(prepared, StoredRun):  # else it was made by another interp: a resume says what to do
            yield f"run {number}, its code: {problem}"
    except (Invalid, StoreError) as problem:
        yield f"run {number}, its last checkpoint: {problem}"


PARTS: Final[dict[str, Part]] = {
    "database": integrity, "schema": schema, "types": types, "references": references, "intervals": intervals,
    "runs": runs, "pages": pages, "page rows": page_rows, "code": code, "machines": machines, "programs": restored,
}  # fmt: skip
