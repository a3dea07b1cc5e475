"""A store that was damaged, or made to do harm: every command ends with a documented exit code and a clear message."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from store.codec import ZSTD
from store.engine import connect
from store.schema import Base

from .commands import Ended, interp

PROGRAM = """
fn step(list: &mut Vec<Box<u64>>, f: fn(u64) -> u64, i: u64) { list.push(Box::new(f(i))); }
fn square(i: u64) -> u64 { i * i }
fn main() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let worker = std::thread::spawn(|| (0..300u64).map(|i| i ^ 5).sum::<u64>());
    let mut list = Vec::new();
    for i in 0..400 {
        step(&mut list, square, i);
        if i % 50 == 0 { println!("{line:?} {i}"); }
    }
    println!("{} {}", list.iter().map(|b| **b).sum::<u64>(), worker.join().unwrap());
}
"""
DOCUMENTED = {0, 2, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 101, 134}
AUDIT = ["cache", "audit"]
LOOKING = [["store", "current"], ["store", "doctor"], ["store", "check"], ["store", "downgrade", "--dry-run"]]
SHOWING = [
    ["runs", "show", "1"], ["allocations", "1"], ["backtrace", "1"], ["cache", "list"], ["cache", "stats"], AUDIT,
]  # fmt: skip
RESUMING = ["run", "--max-steps", "9000", "--resume"]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an unfinished run of several checkpoints."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "program.rs").write_text(PROGRAM)
    store = folder / "store.db"
    command = ["run", "--store", store, "--checkpoint-every", "1500steps", "--max-steps", "8000", "program.rs"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert interp(*command, stdin="hello\n").code == 13
    with closing(connect(store)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
    assert interp("store", "check", "--store", store).code == 0
    return store


@pytest.fixture(autouse=True)
def beside_the_program(real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the code that was assembled once is used again."""
    monkeypatch.chdir(real.parent)


@pytest.fixture
def copy(real: Path, tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    shutil.copyfile(real, path)
    return path


def try_all(path: Path, seed: int = 0) -> list[Ended]:
    """Every command on a damaged store; of those that show a run the one that `seed` chooses."""
    out = []
    for command in (*LOOKING, SHOWING[seed % len(SHOWING)], RESUMING):
        ended = interp(command[0], *command[1:], "--store", path)
        if os.environ.get("SHOW_DAMAGE"):
            print(command, ended.code, ended.text[:300])
        if command == AUDIT and ended.code == 1:  # it names the rows
            continue
        assert ended.code in DOCUMENTED and "Traceback" not in ended.text, (command, ended.code, ended.text[-2000:])
        assert ended.code == 0 or "error: " in ended.text or command[1] in ("current", "doctor"), (command, ended)
        out.append(ended)
    return out


def change(path: Path, *statements: str, **values: Any) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            raw.execute(statement, values)
        raw.commit()


# -- at random -------------------------------------------------------------------------------------------------


def damage_bytes(path: Path, r: random.Random) -> str:
    data = bytearray(path.read_bytes())
    kind = r.choice(["flip", "zero", "noise", "cut", "header"])
    at = r.randrange(100 if kind == "header" else len(data))
    if kind == "cut":
        del data[at:]
    elif kind == "zero":
        data[at : at + 4096] = bytes(len(data[at : at + 4096]))
    else:
        for i in range(at, min(len(data), at + r.choice([1, 1, 8, 64]))):
            data[i] = data[i] ^ 1 << r.randrange(8) if kind == "flip" else r.randrange(256)
    path.write_bytes(data)
    return f"{kind} at {at}"


VALUES: list[Any] = [
    None, 0, 1, -1, 2, 3, 4096, 1 << 31, (1 << 63) - 1, -(1 << 63), 1.5, float("inf"), "", "x", "0", "[]", "{}", "null",
    "[[[[[[[[", '{"a": 1}', "\x00", b"", b"\x00", b"\xff" * 100, b"x" * 20000, "9" * 5000,
    "unfinished", "heap", "functions",
]  # fmt: skip


def damage_value(path: Path, r: random.Random) -> str:
    """One value of one row becomes something else, or a row goes or is there twice."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        tables = [t for t in Base.metadata.sorted_tables if raw.execute(f"SELECT 1 FROM {t.name}").fetchone()]
        table = r.choice(tables)
        column = r.choice(list(table.columns)).name
        keys = [c.name for c in table.primary_key]
        rows = raw.execute(f'SELECT {", ".join(keys)}, "{column}" FROM {table.name}').fetchall()
        row = r.choice(rows)
        where = " AND ".join(f'"{key}" IS ?' for key in keys)
        kind = r.choice(["value", "value", "other", "near", "delete"])
        if kind == "delete":
            raw.execute(f"DELETE FROM {table.name} WHERE {where}", row[:-1])
        else:
            value = row[-1]
            value = r.choice(VALUES) if kind == "value" else r.choice(rows)[-1]
            if kind == "near" and isinstance(row[-1], int):
                value = max(-(1 << 63), min((1 << 63) - 1, row[-1] + r.choice([-1, 1, 8, -8, 1 << 20])))
            with suppress(sqlite3.IntegrityError):  # a row's number must be one
                raw.execute(f'UPDATE OR IGNORE {table.name} SET "{column}" = ? WHERE {where}', (value, *row[:-1]))
        raw.commit()
        return f"{kind} {table.name}.{column} of {row[:-1]}"


def damaged(real: Path, folder: Path, seed: int, damage: Callable[[Path, random.Random], str]) -> None:
    path = folder / f"{damage.__name__}.db"
    for left in folder.glob(f"*{path.name}*"):
        left.unlink()
    shutil.copyfile(real, path)
    r = random.Random(seed)
    what = [damage(path, r) for _ in range(r.choice([1, 1, 2, 4]))]
    try:
        try_all(path, seed)
    except BaseException as problem:
        problem.add_note(f"seed {seed}: {what}")
        raise


SETTINGS = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None,
)  # fmt: skip


@given(seed=st.integers(0, 1 << 32))
@settings(SETTINGS, max_examples=15)
def test_random_bytes(real: Path, tmp_path: Path, seed: int) -> None:
    damaged(real, tmp_path, seed, damage_bytes)


@given(seed=st.integers(0, 1 << 32))
@settings(SETTINGS, max_examples=30)
def test_random_values(real: Path, tmp_path: Path, seed: int) -> None:
    damaged(real, tmp_path, seed, damage_value)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_many_random_damages(real: Path, tmp_path: Path, part: int) -> None:
    for seed in range(part * 500, part * 500 + 500):
        damaged(real, tmp_path, seed, damage_value if seed % 3 else damage_bytes)


# -- on purpose ------------------------------------------------------------------------------------------------


def refused(path: Path, words: str) -> None:
    """`check` says what is wrong and ends with 18; nothing else falls over it."""
    ended = try_all(path)[2]
    assert ended.code == 18 and words in ended.text, ended


def test_decompression_bomb(copy: Path) -> None:
    import zstandard

    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(1 << 30))
    change(copy, f"UPDATE page_pack SET codec = {ZSTD}, data = :bomb", bomb=bomb)
    refused(copy, "pack ")
    unsized = zstandard.ZstdCompressor(level=19, write_content_size=False).compress(bytes(1 << 26))
    change(copy, f"UPDATE machine_state SET codec = {ZSTD}, value = :bomb", bomb=unsized)
    refused(copy, "")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE page_pack SET hash = zeroblob(16) WHERE id = 1", "not what its hash says"),
        ("UPDATE page_pack SET data = zeroblob(length(data)), codec = 0 WHERE id = 1", "pack 1"),
        ("UPDATE page_pack SET codec = 9 WHERE id = 1", "pack 1"),
        ("UPDATE page_pack SET size = 1 << 60 WHERE id = 1", "pack 1"),
        ("UPDATE page_pack SET ends = zeroblob(length(ends)) WHERE id = 1", "pack 1"),
        ("UPDATE allocation_page SET pages = zeroblob(length(pages))", "a page twice"),
        ("UPDATE allocation_page SET pages = x'0000000001000000', count = 1", "pages are said to be in pack"),
        ("UPDATE allocation_page SET from_checkpoint = 1", "two contents since checkpoint 1"),
        ("DELETE FROM allocation_page WHERE pack_id = 2", "pack 2 is nobody's"),
        ("UPDATE run SET parent_run_id = id", "began later"),
        ("UPDATE run SET last_checkpoint = 99, next_checkpoint = 100", "last checkpoint is said to be 99"),
        ("UPDATE run SET args = '['", "`args` of row 1 is not the JSON it should be"),
        ("UPDATE run SET args = x'07'", "something else than text as `args`"),
        ("UPDATE checkpoint SET steps = 'many' WHERE number = 1", "something else than integer as `steps`"),
        ("UPDATE checkpoint SET steps = 1 WHERE number = 2", "steps, the next one 1"),
        ("UPDATE allocation SET to_checkpoint = NULL WHERE to_checkpoint IS NOT NULL", "holds twice"),
        ("UPDATE allocation SET to_checkpoint = from_checkpoint WHERE to_checkpoint IS NOT NULL", "which cannot be"),
        ("UPDATE allocation_page SET pack_id = 77777 WHERE pack_id = 1", "row of page_pack that is not there"),
        ("UPDATE frame SET block = 1 << 40", "checkpoint"),
        ("UPDATE frame SET statement = -5", "checkpoint"),
        ("DELETE FROM machine_state", "checkpoint"),
        ("DELETE FROM thread", "checkpoint"),
        ('UPDATE output SET "offset" = "offset" + 1', "instead of"),
        ("DELETE FROM output WHERE number > 0", "more than is kept of its output"),
        ("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM page_pack; END", "trigger `t`"),
        ("CREATE TABLE extra (x)", "table `extra`"),
        ("ALTER TABLE page_pack ADD COLUMN extra", "column `page_pack.extra` is not known"),
        ("DROP VIEW run_list", ""),
    ],
)
def test_broken_rules_are_said(copy: Path, statement: str, words: str) -> None:
    change(copy, statement)
    if words:
        refused(copy, words)
    else:
        try_all(copy)


def test_a_view_that_never_ends_is_not_run(copy: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"
    change(copy, "DROP VIEW run_list", f"CREATE VIEW run_list AS {endless}")
    refused(copy, "view `run_list`")


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"not a database at all, but long enough to look", 17, "not a SQLite database"),
        (b"SQLite format 3\0" + bytes(84), 17, "not a SQLite database"),
        (b"SQLite format 3\0", 17, "not a SQLite database"),
    ],
)
def test_files_that_are_no_store(tmp_path: Path, content: bytes, code: int, words: str) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    (tmp_path / "p.rs").write_text("fn main() {}")
    for command in (["store", "current"], ["store", "doctor"], ["store", "check"], ["store", "upgrade"], RESUMING):
        ended = interp(command[0], *command[1:], "--store", path)
        assert (ended.code, words in ended.text) == (code, True), (command, ended)
    ended = interp("run", "--store", path, tmp_path / "p.rs")
    assert (ended.code, words in ended.text) == (code, True), ended
    assert path.read_bytes() == content


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    change(path, "PRAGMA application_id = 42", "CREATE TABLE t (x)")
    before = path.read_bytes()
    for command in (*LOOKING, ["store", "upgrade"], RESUMING):
        ended = interp(command[0], *command[1:], "--store", path)
        assert ended.code == 17 and "application id 0x2a" in ended.text, (command, ended)
    assert path.read_bytes() == before


def test_too_new_and_without_a_revision(copy: Path) -> None:
    change(copy, "UPDATE alembic_version SET version_num = '0999'")
    for ended in try_all(copy)[1:]:
        assert ended.code == 16 and "0999" in ended.text
    change(copy, "DELETE FROM alembic_version")
    assert {ended.code for ended in try_all(copy)} == {18}


def test_no_store_and_a_directory(tmp_path: Path) -> None:
    for command in (*LOOKING[2:], ["store", "upgrade"], ["store", "current"], RESUMING):
        ended = interp(command[0], *command[1:], "--store", tmp_path / "none.db")
        assert ended.code == 14 and "there is no store" in ended.text, (command, ended)
        assert interp(command[0], *command[1:], "--store", tmp_path).code == 17
    assert not (tmp_path / "none.db").exists()
