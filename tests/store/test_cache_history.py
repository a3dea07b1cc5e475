"""The address cache's history over forks, rewinds, kills and processes at work."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from store.cache_audit import audit
from store.engine import locate
from store.look import looking

from ..conftest import ROOT
from .commands import interp

DEMO = Path(__file__).with_name("cache_demo.rs")
KEEP = ("--store", "s.db", "--checkpoint-every", "1500steps")
UNREACHABLE = ("--fn-address-policy", "unreachable", "--provenance-gc", "300", "--fn-address-limit", "8")
LRU = ("--fn-address-policy", "lru", "--fn-address-capacity", "12")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(DEMO, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def broken(run: str, replay: bool = True) -> list[dict[str, Any]]:
    with looking(locate("s.db")) as db:
        found = audit(db, run, replay, io.StringIO())
    return [row for row in found.table.records() if row["verdict"] == "broken"]


def table(*arguments: str) -> Any:
    ended = interp("cache", *arguments, "--store", "s.db", "--json")
    assert ended.code == 0, ended
    return json.loads(ended.out)


def test_a_fork_goes_on_with_its_parents_history(here: Path) -> None:
    assert interp("run", *KEEP, *UNREACHABLE, "--max-steps", "4000", DEMO.name).code == 13
    assert interp("run", *KEEP, "--resume", *LRU, "--max-steps", "9000").code == 13
    assert interp("run", *KEEP, "--resume", "--at", "5", "--fork", "--fn-address-policy", "keep", "1").code == 0
    assert broken("2") == []
    assert [row["session"] for row in table("stats", "--run", "2")] == [3]
    exposed = table("events", "--run", "2", "--kind", "exposed")
    assert [event["session"] for event in exposed] == [1], "the parent exposed it"
    listed = {row["function"]: row for row in table("list", "--run", "2")}
    assert listed["cache_demo::a"]["session"] == 1 and listed["cache_demo::a"]["casts"] == 101
    assert listed["cache_demo::b"]["exposed"] == 1
    ended = interp("cache", "diff", "1", "3", "--run", "2", "--store", "s.db")
    assert ended.code == 14 and "no session 1 of its own" in ended.text
    # the parent goes another way, then it is gone: what is known begins where the fork did, and still holds
    assert interp("run", *KEEP, "--resume", "--at", "2", *LRU, "--max-steps", "5000", "1").code == 13
    assert broken("1") == [] and broken("2") == []
    assert interp("runs", "rm", "1", "--store", "s.db").code == 0
    assert broken("2") == [] and [row["session"] for row in table("stats", "--run", "2")] == [3]


def test_a_fork_with_another_seed_is_replayed(here: Path) -> None:
    assert interp("run", *KEEP, *UNREACHABLE, "--max-steps", "4000", DEMO.name).code == 13
    assert interp("run", *KEEP, "--resume", "--fork", "--seed", "9", "--max-steps", "7000").code == 13
    assert broken("2") == []


def test_a_rewind_takes_back_the_sessions_too(here: Path) -> None:
    assert interp("run", *KEEP, *UNREACHABLE, "--max-steps", "4000", DEMO.name).code == 13
    assert interp("run", *KEEP, "--resume", *LRU, "--max-steps", "9000").code == 13
    assert interp("run", *KEEP, "--resume", "--at", "2", "1", "--fn-address-policy", "keep").code == 0
    stats = table("stats")
    assert next((row["session"], row["policy"], row["steps"]) for row in stats) == (1, "unreachable", 3000)
    assert [row["policy"] for row in stats] == ["unreachable", "keep"]
    assert sum(row["casts"] for row in stats) == sum(row["casts"] for row in table("list"))
    assert broken("1") == []


def test_a_report_names_the_session_as_the_store_does(here: Path) -> None:
    """What undefined behaviour says of a former owner fits `cache addresses`, also in a fork of a fork."""
    Path("stale.rs").write_text(
        "fn answer<T>() -> u32 { 42 }\n"
        "fn address() -> usize { (answer::<u8> as fn() -> u32 as *const ()).addr() }\n"
        "fn main() {\n    let address = address();\n"
        "    let mut i = 0;\n    while i < 3000 { i += 1; }\n"
        "    let stale: fn() -> u32 = unsafe { std::mem::transmute(address) };\n    println!(\"{}\", stale());\n}\n"
    )
    policy = ("--fn-address-policy", "unreachable", "--provenance-gc", "100000")
    assert interp("run", "--store", "s.db", *policy, "--max-steps", "500", "stale.rs").code == 13
    assert interp("run", "--store", "s.db", "--resume", "--max-steps", "700").code == 13
    assert interp("run", "--store", "s.db", "--resume", "--at", "1", "--fork", "--max-steps", "900", "1").code == 13
    ended = interp("run", "--store", "s.db", "--resume", "--provenance-gc", "200", "2")
    assert ended.code == 10 and "of session 3, when the address cache let it go" in ended.text, ended
    address = ended.text.split("interp cache addresses ")[1].split()[0]
    (owner,) = table("addresses", address, "--run", "2")
    assert owner["to_session"] == 3 and owner["from_session"] == 1 and owner["function"].startswith("stale::answer")
    assert owner["made_at"] == "stale.rs:2" and owner["state"] == "let go"
    assert broken("2") == []


def test_looking_beside_a_writer_that_is_killed(here: Path) -> None:
    """Every question while another process writes; then it is killed, and its run still answers, and goes on."""
    text = DEMO.read_text().replace("0..400", "0..4_000_000")
    Path("long.rs").write_text(text.replace("wrapping_add(s.area())", "wrapping_add(s.area() & i)"))
    policy = ("--fn-address-policy", "unreachable", "--fn-address-limit", "2", "--provenance-gc", "500000")
    program = [sys.executable, str(ROOT / "cli.py")]
    command = [*program, "run", *policy, "--store", "s.db", "--checkpoint-every", "50ms", "long.rs"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and interp("cache", "list", "--store", "s.db").code:
            time.sleep(0.05)
        following = subprocess.Popen(
            [*program, "cache", "events", "--follow", "--kind", "exposed", "--store", "s.db"],
            env={**os.environ, "INTERP_TRACEBACK": "1"}, stdout=subprocess.PIPE,
        )  # fmt: skip
        before = 0
        for _ in range(3):
            for question in ("list", "stats", "policies", "events", "show long::a", "addresses 0x10000", "diff 1 1"):
                ended = interp("cache", *question.split(), "--store", "s.db")
                assert ended.code == 0, (question, ended)
            assert broken("1", replay=False) == []
            casts = table("stats")[0]["casts"]
            assert casts >= before > -1
            before = casts
        assert child.poll() is None, child.communicate()
        assert following.poll() is None, "the run goes on, so does --follow"
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    out, _ = following.communicate(timeout=60)
    assert following.returncode == 0 and out.count(b"exposed  long::b") == 1
    assert broken("1") == []
    steps = table("stats")[0]["steps"] + 40_000
    assert interp("run", "--resume", "--store", "s.db", *LRU, "--max-steps", str(steps)).code == 13
    assert [row["policy"] for row in table("policies")] == ["unreachable", "lru"]
    assert broken("1") == []
