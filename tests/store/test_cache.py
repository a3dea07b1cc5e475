"""The address cache in the store: questions, the audit of a sound history, and each kind of damage found by its row."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from store.cache import Cache
from store.cache_audit import INVARIANTS, audit
from store.database import open_database
from store.engine import locate

from ..conftest import ROOT

DEMO = Path(__file__).with_name("cache_demo.rs")


def interp(*args: str, cwd: Path, code: int = 0) -> str:
    env = {**os.environ, "NO_COLOR": "1", "INTERP_TRACEBACK": "1"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *args], cwd=cwd, env=env, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sessions of one run, each under another policy, with several checkpoints."""
    folder = tmp_path_factory.mktemp("cache")
    shutil.copy(DEMO, folder)
    keep = ("--store", "s.db", "--checkpoint-every", "1500steps")
    options = ("--fn-address-policy", "unreachable", "--provenance-gc", "300", "--fn-address-limit", "8")
    interp("run", *keep, *options, "--max-steps", "4000", DEMO.name, cwd=folder, code=13)
    lru = ("--fn-address-policy", "lru", "--fn-address-capacity", "12")
    interp("run", *keep, "--resume", *lru, "--max-steps", "9000", cwd=folder, code=13)
    assert interp("run", *keep, "--resume", "--fn-address-policy", "keep", cwd=folder) != ""
    return folder / "s.db"


def copied(store: Path, folder: Path) -> Path:
    """A copy to be damaged."""
    with sqlite3.connect(store) as whole, sqlite3.connect(folder / "s.db") as copy:
        whole.backup(copy)
    return folder / "s.db"


def ask(store: Path) -> Cache:
    return Cache(open_database(locate(str(store)), readonly=True))


def verdict(store: Path, replay: bool = False) -> tuple[bool, list[dict[str, Any]]]:
    db = open_database(locate(str(store)), readonly=True)
    try:
        found = audit(db, None, replay, io.StringIO())
    finally:
        db.close()
    return found.broken, [row for row in found.table.records() if row["verdict"] == "broken"]


def test_a_sound_history_holds(store: Path) -> None:
    assert verdict(store, replay=True) == (False, [])


def test_the_questions(store: Path) -> None:
    cache = ask(store)
    listed = {row["function"]: row for row in cache.list().records()}
    a = listed["cache_demo::a"]
    assert a["casts"] == a["hits"] + a["misses"] == 101 and a["session"] == 1
    assert a["first_cast"].startswith("cache_demo.rs:") and a["addresses"] <= 8
    b, life = cache.function("cache_demo::b").values()
    assert any(row["exposed"] for row in b.records())
    assert {"created", "exposed", "evicted", "restored"} <= {row["kind"] for row in life.records()}
    stats = cache.stats().records()
    assert [row["policy"] for row in stats] == ["unreachable", "lru", "keep"]
    assert all(row["casts"] == row["hits"] + row["misses"] for row in stats)
    assert "unreachable" in stats[0]["evicted_why"] and "over capacity" in stats[1]["evicted_why"]
    assert stats[2]["evicted_why"] is None and all(row["bytes_per_entry"] <= 200 for row in stats)
    policies = cache.policies().records()
    assert [row["from_step"] for row in policies] == [0, 4000, 9000] and policies[1]["capacity"] == 12
    assert "unreachable" in policies[1]["change"] and "lru" in policies[1]["change"]
    assert {row["function"] for row in cache.diff(1, 3).records()} >= {"cache_demo::a"}
    assert list(cache.events(session=2, kind="restored")) and not list(cache.events(session=1, kind="restored"))
    assert all(e.step >= 9000 for e in cache.events(since=9000)) and not list(cache.events(function="no such"))


def test_whose_an_address_was(store: Path) -> None:
    cache = ask(store)
    gone = next(e for e in cache.events(kind="evicted"))
    rows = [row for row in cache.address(gone.address).records() if row["to_step"] == gone.step]
    assert [row["function"] for row in rows] == [gone.function] and "after" in rows[0]["why"]
    assert cache.address(gone.address, step=gone.step - 1).records() and not cache.address(12345).records()


def test_the_commands(store: Path) -> None:
    at = ("--store", "s.db")
    folder = store.parent
    assert "cache_demo::a" in interp("cache", "list", *at, cwd=folder)
    assert json.loads(interp("cache", "stats", *at, "--json", cwd=folder))[1]["policy"] == "lru"
    assert "restored" in interp("cache", "events", *at, "--follow", "--session", "2", cwd=folder)
    assert "broken" not in interp("cache", "audit", *at, cwd=folder)
    interp("cache", "show", "nothing", *at, cwd=folder, code=14)


_EVICTED = "SELECT min(id) FROM cache_event WHERE kind = 'evicted'"
_CREATED = "SELECT min(id) FROM cache_event WHERE kind = 'created'"
_RESTORED = "SELECT min(id) FROM cache_event WHERE kind = 'restored'"
_LAST = "SELECT max(number) FROM checkpoint"
DAMAGE: dict[str, tuple[str, str, str]] = {  # statement, invariant, the row that must be named
    "an eviction forgotten": (f"DELETE FROM cache_event WHERE id = ({_EVICTED})", "owner", "cache_event"),
    "a creation forgotten": (f"DELETE FROM cache_event WHERE id = ({_CREATED})", "rows", "fn_address"),
    "an address given to two": (
        f"UPDATE cache_event SET address = (SELECT address FROM cache_event WHERE id = ({_CREATED})) "
        f"WHERE id = ({_CREATED}) + 1", "owner", "cache_event",
    ),
    "a salt beyond the limit": (f"UPDATE cache_event SET salt = 8 WHERE id = ({_CREATED})", "limit", "cache_event"),
    "an exposed address evicted": (
        "UPDATE cache_event SET kind = 'evicted', reason = 'unreachable, after 1 cast, last at step 11' "
        "WHERE kind = 'exposed'", "rows", "fn_address",
    ),
    "an eviction that was an exposure": (
        f"UPDATE cache_event SET kind = 'exposed' WHERE id = ({_EVICTED})", "owner", "cache_event",
    ),
    "an eviction of what was cast later": (
        f"UPDATE cache_event SET reason = 'unreachable, after 1 cast, last at step 999999' WHERE id = ({_EVICTED})",
        "evicted", "cache_event",
    ),
    "an eviction under keep": (
        "INSERT INTO cache_event (run_id, session_id, checkpoint, kind, step, function, salt, address, reason) "
        f"SELECT run_id, (SELECT max(id) FROM session), ({_LAST}), 'evicted', (SELECT max(last_step) FROM session), "
        "function, salt, address, 'unreachable, after 1 cast, last at step 1' FROM cache_event "
        "WHERE kind = 'restored' AND session_id = (SELECT max(id) FROM session) LIMIT 1", "policy", "cache_event",
    ),
    "a restoration forgotten": (
        f"DELETE FROM cache_event WHERE id = ({_RESTORED})", "restored", "session",
    ),
    "a restoration of somebody else": (
        f"UPDATE cache_event SET function = 'other' WHERE id = ({_RESTORED})",
        "restored", "cache_event",
    ),
    "a cast lost": ("UPDATE session SET hits = hits - 1 WHERE id = 2", "casts", "session 2"),
    "a checkpoint's casts": (
        f"UPDATE checkpoint SET casts = casts + 1 WHERE number = ({_LAST})", "casts", "checkpoint",
    ),
    "an entry's casts": ("UPDATE fn_address SET casts = casts + 1 WHERE rowid = 3", "casts", "checkpoint"),
    "an entry's address": ("UPDATE fn_address SET address = address + 16 WHERE rowid = 3", "allocation", "fn_address"),
    "an entry's exposure": ("UPDATE fn_address SET exposed = 1 - exposed WHERE rowid = 3", "rows", "fn_address"),
    "an entry that never was": (
        "UPDATE fn_address SET to_checkpoint = NULL WHERE rowid = (SELECT min(rowid) FROM fn_address "
        "WHERE to_checkpoint IS NOT NULL)", "intervals", "fn_address",
    ),
    "an event out of its session": (
        f"UPDATE cache_event SET step = 8999 WHERE id = ({_CREATED})", "order", "cache_event",
    ),
    "an unknown event": (f"UPDATE cache_event SET kind = 'moved' WHERE id = ({_EVICTED})", "order", "cache_event"),
    "another policy": ("UPDATE cache_policy SET policy = 'keep' WHERE id = 1", "policy", "cache_policy 1"),
    "an allocation's owner": (
        "UPDATE allocation SET base = base + 16 WHERE kind = 5 AND to_checkpoint IS NULL", "allocation", "fn_address",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_found(what: str, store: Path, tmp_path: Path) -> None:
    statement, invariant, row = DAMAGE[what]
    copy = copied(store, tmp_path)
    with sqlite3.connect(copy) as raw:
        assert raw.execute(statement).rowcount >= 1
    raw.close()
    broken, findings = verdict(copy)
    assert broken and invariant in INVARIANTS
    assert any(f["invariant"] == invariant and f["row"].startswith(row) for f in findings), findings


def test_a_replay_finds_what_no_invariant_can(store: Path, tmp_path: Path) -> None:
    """An exposure a step later than it was: consistent, but not what happened."""
    copy = copied(store, tmp_path)
    with sqlite3.connect(copy) as raw:
        raw.execute("UPDATE cache_event SET step = step + 1 WHERE kind = 'exposed'")
        changed = raw.execute("SELECT id FROM cache_event WHERE kind = 'exposed'").fetchone()[0]
    raw.close()
    broken, findings = verdict(copy, replay=True)
    assert broken and [(f["invariant"], f["row"]) for f in findings] == [("replay", f"cache_event {changed}")]


def test_the_report_is_one_page(store: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the report's pictures are matplotlib's, and it is not installed")
    page = tmp_path / "report.html"
    interp("cache", "report", "--store", "s.db", "-o", str(page), cwd=store.parent)
    text = page.read_text()
    assert text.count("<svg") == 4 and "session 2: lru" in text and "cache_demo::a" in text
    made = r"0x[0-9a-f]+ \(salt \d+\)\nmade at step [\d,]+ by cache_demo.rs:\d+"
    assert re.search(rf"<title>cache_demo::b\n{made}\nexposed", text)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)), "an id is there twice"
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text), "it refers to something outside of itself"


def test_a_browser_shows_the_report(store: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the report's pictures are matplotlib's, and it is not installed")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    page = tmp_path / "report.html"
    interp("cache", "report", "--store", "s.db", "-o", str(page), cwd=store.parent)
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--dump-dom")
    done = subprocess.run([browser, *options, page.as_uri()], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout.count("<svg") == 4 and "<h1>The address cache of run 1" in done.stdout
