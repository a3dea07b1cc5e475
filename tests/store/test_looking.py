"""What the looking commands answer, as tables and as JSON, and that the documented views say the same."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

PROGRAM = """
fn fill(n: u64) -> Vec<u64> {
    let kept: Vec<u64> = (0..n).collect();
    kept
}
fn main() {
    let first = fill(100);
    let mut total = 0;
    for i in 0..20_000u64 {
        let boxed = Box::new(i);
        total += *boxed + first[(i % 100) as usize];
    }
    println!("{total}");
    let dangling: *const u64 = { let inner = Box::new(5); &*inner };
    let count = 42u8;
    println!("{} {count}", unsafe { *dangling });
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looking")
    (folder / "ub.rs").write_text(PROGRAM)
    done = interp(folder, "run", "--checkpoint-every=200000steps", "ub.rs")
    assert done.returncode == 10, done.stderr
    return folder


def interp(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "INTERP_STORE": "", "NO_COLOR": "1"}
    command = [sys.executable, str(ROOT / "cli.py"), *args]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, env=env)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def rows(folder: Path, *args: str) -> Any:
    done = interp(folder, *args, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def sql(folder: Path, text: str) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(f"file:{folder}/.interp/store.db?mode=ro", uri=True)
    try:
        return raw.execute(text).fetchall()
    finally:
        raw.close()


def test_runs(folder: Path) -> None:
    (run,) = rows(folder, "runs", "list")
    assert (run["program"], run["status"], run["outcome"], run["exit_code"]) == ("ub.rs", "finished", "ub", 10)
    shown = rows(folder, "runs", "show", "1")
    assert shown["steps"] == run["steps"] == shown["sessions"][0]["last_step"]
    assert "ub.rs" in interp(folder, "runs").stdout


def test_checkpoints(folder: Path) -> None:
    found = rows(folder, "checkpoints", "1")
    assert found[-1]["reason"] == "end" and len(found) >= 3
    assert [c["steps"] for c in found[:-1]] == [c["number"] * 200_000 for c in found[:-1]]
    assert sql(folder, "SELECT number FROM checkpoint_list WHERE run_id = 1") == [(c["number"],) for c in found]


def test_allocations(folder: Path) -> None:
    live = rows(folder, "allocations", "1", "--live", "--kind", "heap", "--min-size", "512")
    assert any(a["size"] == 800 and a["file"] == "ub.rs" and a["line"] in (2, 3) for a in live)
    born = rows(folder, "allocations", "1", "--born-in", "ub.rs:2-4", "--kind", "heap")
    assert born and all(2 <= a["line"] <= 4 for a in born)
    assert rows(folder, "allocations", "1", "--born-in", "other.rs") == []
    last = rows(folder, "checkpoints", "1")[-1]["number"]
    of_run = f"WHERE run_id = 1 AND checkpoint = {last}"
    views = sql(folder, f"SELECT alloc_id FROM allocation_at {of_run} ORDER BY alloc_id")
    assert [(a["id"],) for a in rows(folder, "allocations", "1", "--live")] == views
    assert sql(folder, "SELECT count(*) FROM allocation_now WHERE run_id = 1") == [(len(views),)]
    changes = rows(folder, "allocations", "1", "--diff", "1", str(last))
    assert {"born", "died"} <= {c["change"] for c in changes}
    assert interp(folder, "allocations", "1", "--at", "99").returncode == 14


def test_backtrace_after_undefined_behaviour(folder: Path) -> None:
    (thread,) = rows(folder, "backtrace", "1")
    assert thread["name"] == "main" and thread["status"] == "runnable"
    main = next(f for f in thread["frames"] if f["function"] == "ub::main")
    assert main["line"] == 16 and "unsafe { *dangling }" in main["text"]
    values = {x["name"]: x["value"] for x in main["locals"]}
    assert all(x["type"] and x["live"] == (x["value"] is not None) for x in main["locals"]), main["locals"]
    assert values["count"].startswith(("42", "[2a]")) and "total" in values
    early = rows(folder, "backtrace", "1", "--at", "1")[0]["frames"]
    assert any(f["function"] == "ub::main" and 7 <= f["line"] <= 11 for f in early)
    assert "ub::main" in interp(folder, "backtrace", "1").stdout


def test_output(folder: Path) -> None:
    assert interp(folder, "output", "1").stdout == "200980000\n"
    assert interp(folder, "output", "--stderr", "1").stdout == ""
    assert interp(folder, "output", "2").returncode == 14


def test_looking_while_another_process_writes(folder: Path) -> None:
    raw = sqlite3.connect(folder / ".interp/store.db", isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    try:
        raw.execute("DELETE FROM checkpoint")
        assert len(rows(folder, "checkpoints", "1")) >= 3
    finally:
        raw.execute("ROLLBACK")
        raw.close()


def test_rm_and_prune(tmp_path: Path) -> None:
    (tmp_path / "a.rs").write_text("fn main() { println!(\"{}\", (0..100u32).sum::<u32>()); }")
    for _ in range(3):
        assert interp(tmp_path, "run", "a.rs").returncode == 0
    assert interp(tmp_path, "runs", "rm", "9").returncode == 14
    assert interp(tmp_path, "runs", "rm", "2").stdout == "1 run removed\n"
    assert interp(tmp_path, "runs", "prune", "--keep", "1").stdout == "1 run removed\n"
    assert [r["id"] for r in rows(tmp_path, "runs", "list")] == [3]
    assert interp(tmp_path, "runs", "rm", "3").returncode == 0
    tables = "page_pack allocation_page allocation frame chunk program source instance session writer_lock"
    for table in tables.split():
        assert sql(tmp_path, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert sql(tmp_path, "SELECT count(*) FROM retention_event WHERE kind = 'run'") == [(3,)]
    before = sum(p.stat().st_size for p in (tmp_path / ".interp").iterdir())
    done = interp(tmp_path, "store", "vacuum")
    assert done.returncode == 0 and "0 packs of pages and 0 pieces of code dropped" in done.stdout, done.stderr
    assert sum(p.stat().st_size for p in (tmp_path / ".interp").iterdir()) < before
