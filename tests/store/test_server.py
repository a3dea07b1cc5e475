"""A store on a PostgreSQL server: the same commands, the same run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from store import migrate
from store.engine import Location, engine
from store.lock import writer
from store.schema import VIEWS

from .commands import interp
from .make_assets import PROGRAM, STDIN


def test_a_run_is_kept_resumed_and_checked(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    whole = interp("run", "--no-store", PROGRAM.name, stdin=STDIN)
    keep = ["--store", postgres_url, "--checkpoint-every", "1000steps"]
    assert interp("run", *keep, "--max-steps", "5500", PROGRAM.name, stdin=STDIN).code == 13
    with writer(Location(None, postgres_url), "run elsewhere"):
        ended = interp("run", "--resume", *keep)
        assert ended.code == 19 and "run elsewhere" in ended.text
    ended = interp("store", "downgrade", "--store", postgres_url)
    assert ended.code == 0 and "not backed up: `pg_dump -Fc`" in ended.text
    ended = interp("run", "--resume", *keep)
    assert ended.code == 15 and "interp store upgrade" in ended.text
    assert interp("store", "upgrade", "--store", postgres_url).code == 0
    resumed = interp("run", "--resume", *keep)
    assert resumed.code == whole.code == 30
    with engine(Location(None, postgres_url)).connect() as connection:
        pieces = connection.execute(text("SELECT data FROM output WHERE fd = 1 ORDER BY number")).scalars()
        assert b"".join(bytes(piece) for piece in pieces) == whole.out
        for view in VIEWS:
            connection.execute(text(f"SELECT * FROM {view}")).fetchall()
        assert migrate.current(connection) == migrate.head()
        kept = connection.execute(text("SELECT count(*) FROM checkpoint")).scalar_one()
    assert 1 < kept < 20  # thinned
    ended = interp("store", "check", "--store", postgres_url)
    assert ended.code == 0, ended
    ended = interp("store", "doctor", "--store", postgres_url)
    assert ended.code == 0 and "PostgreSQL" in ended.text
    assert interp("run", "--resume", *keep).code == 20


def test_the_address_cache_is_asked_and_audited(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every question gives the same rows as of a run of the same program in a SQLite file."""
    monkeypatch.chdir(tmp_path)
    demo = Path(__file__).with_name("cache_demo.rs")
    (tmp_path / demo.name).write_bytes(demo.read_bytes())
    found = []
    for store in (postgres_url, "s.db"):
        keep = ["--store", store, "--checkpoint-every", "1500steps"]
        policy = ["--fn-address-policy", "unreachable", "--provenance-gc", "300", "--fn-address-limit", "8"]
        assert interp("run", *keep, *policy, "--max-steps", "4000", demo.name).code == 13
        lru = ["--fn-address-policy", "lru", "--fn-address-capacity", "12"]
        assert interp("run", "--resume", *keep, *lru, "--max-steps", "7000").code == 13
        assert interp("run", "--resume", "--at", "4", *keep, *lru, "--max-steps", "6000", "1").code == 13
        assert interp("run", "--resume", "--fork", "--fn-address-policy", "keep", *keep, "1").code == 0
        answers = []
        for run in ("1", "2"):
            for question in ("list", "stats", "policies", "events", "show cache_demo::b", "addresses 0x7e0001000010"):
                ended = interp("cache", *question.split(), "--run", run, "--store", store, "--json")
                assert ended.code == 0, (question, ended)
                answers.append((run, question, _rows(ended.out)))
            ended = interp("cache", "audit", "--replay", run, "--store", store)
            assert ended.code == 0 and "broken" not in ended.text, ended
        found.append(answers)
        assert "exposed" in interp("cache", "events", "--follow", "--kind", "exposed", "--store", store).text
    for here, there in zip(*found):
        assert here == there


def _rows(out: bytes) -> list[dict[str, object]]:
    """Without what differs from process to process."""
    rows = json.loads(out)
    rows = [row for table in rows.values() for row in table] if isinstance(rows, dict) else rows
    return [{name: value for name, value in row.items() if name not in ("id", "by", "at")} for row in rows]


def test_a_hostile_row_is_refused(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    assert interp("run", "--store", postgres_url, "--max-steps", "3000", PROGRAM.name, stdin=STDIN).code == 13
    with engine(Location(None, postgres_url)).begin() as connection:
        connection.execute(text("UPDATE page_pack SET data = '\\x00', codec = 0"))
    for command in (["store", "check"], ["run", "--resume"]):
        ended = interp(*command, "--store", postgres_url)
        assert ended.code == 18, ended


def test_no_server_and_no_store(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed (pip install 'interp[postgresql]')")
    url = f"postgresql+psycopg://nobody@/none?host={tmp_path}"
    for command in (["store", "current"], ["store", "doctor"], ["run", "--resume"]):
        ended = interp(*command, "--store", url)
        assert ended.code == 14 and "cannot be reached" in ended.text, ended
    ended = interp("store", "current", "--store", "nosuch://x")
    assert ended.code == 14 and "no database that a store can be in" in ended.text


def test_another_programs_tables(postgres_url: str) -> None:
    with engine(Location(None, postgres_url)).begin() as connection:
        connection.execute(text("CREATE TABLE theirs (x int)"))
    for command in (["store", "current"], ["store", "upgrade"], ["run", "--resume"]):
        ended = interp(*command, "--store", postgres_url)
        assert ended.code == 17 and "holds other tables" in ended.text, (command, ended)
