"""A store on a PostgreSQL server: the same commands, the same run."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from store import migrate
from store.engine import Location, engine
from store.lock import writer
from store.schema import VIEWS

from .commands import interp
from .make_assets import PROGRAM, STDIN


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_run_is_kept_resumed_and_checked(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    whole = interp("run", "--no-store", PROGRAM.name, stdin=STDIN)
    keep = ["--store", postgres_url, "--checkpoint-every", "1000steps"]
    assert interp("run", *keep, "--max-steps", "5500", PROGRAM.name, stdin=STDIN).code == 13
    with writer(Location(None, postgres_url), "run elsewhere"):
        ended = interp("run", "--resume", *keep)
        assert ended.code == 19 and "run elsewhere" in ended.text
    assert interp("store", "downgrade", "--store", postgres_url).code == 0
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


def test_a_hostile_row_is_refused(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    assert interp("run", "--store", postgres_url, "--max-steps", "3000", PROGRAM.name, stdin=STDIN).code == 13
    with engine(Location(None, postgres_url)).begin() as connection:
        connection.execute(text("UPDATE page SET data = '\\x00', codec = 0"))
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
