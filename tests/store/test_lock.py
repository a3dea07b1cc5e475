"""One writer a store: a living one keeps others out, a dead one's lock is taken over, a lost one is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from store.engine import Location, create, engine
from store.errors import StoreLocked
from store.lock import Lock, acquire, owner, process_started, writer


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    if request.param == "sqlite":
        made = Location(tmp_path / "store.db")
    else:
        made = Location(None, request.getfixturevalue("postgres_url"))
    create(made)
    return made


def change(where: Location, **values: object) -> None:
    with engine(where).begin() as connection:
        for name, value in values.items():
            connection.execute(text(f"UPDATE writer_lock SET {name} = :value"), {"value": value})


def test_a_second_writer_is_refused(where: Location) -> None:
    with writer(where, "run first.rs"):
        with pytest.raises(StoreLocked, match=rf"process {os.getpid()} on .*`interp run first.rs`"), writer(where, "x"):
            pytest.fail("two writers")
        with engine(where).connect() as connection:
            found = owner(connection)
        assert found is not None and found.alive()
    with engine(where).connect() as connection:
        assert owner(connection) is None


def test_a_dead_writer_on_this_host_is_replaced(where: Location) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        with engine(where).begin() as connection:
            lost = acquire(connection, "run")
        change(where, pid=other.pid, process_started=process_started(other.pid))
        with pytest.raises(StoreLocked), writer(where, "run"):
            pytest.fail("two writers")
        other.kill()
        other.wait()
    with writer(where, "run again") as lock:
        assert lock.token != lost.token
        with pytest.raises(StoreLocked, match="lost the store's lock to process"), engine(where).begin() as connection:
            lost.beat(connection)


def test_a_number_that_another_process_has_now_is_no_writer(where: Location) -> None:
    with engine(where).begin() as connection:
        acquire(connection, "run")
    change(where, process_started="another boot/1")
    with writer(where, "run again"):
        pass


def test_a_writer_on_another_host_is_known_by_its_heartbeat(where: Location) -> None:
    with engine(where).begin() as connection:
        lock = acquire(connection, "run")
    change(where, host="elsewhere", pid=1)
    with pytest.raises(StoreLocked, match="on elsewhere"), writer(where, "run"):
        pytest.fail("two writers")
    change(where, heartbeat_at="2026-01-01T00:00:00.000Z")
    with engine(where).begin() as connection:
        lock.beat(connection)
    with pytest.raises(StoreLocked), writer(where, "run"):
        pytest.fail("two writers")
    change(where, heartbeat_at="2026-01-01T00:00:00.000Z")
    with writer(where, "run"):
        pass


def test_release_leaves_another_ones_lock(where: Location) -> None:
    with writer(where, "run"):
        with engine(where).begin() as connection:
            Lock("another token").release(connection)
        with engine(where).connect() as connection:
            assert owner(connection) is not None


@pytest.mark.parametrize("value", ["no time", "", "9999"])
def test_a_hostile_time_is_no_heartbeat(tmp_path: Path, value: str) -> None:
    where = Location(tmp_path / "store.db")
    create(where)
    with engine(where).begin() as connection:
        acquire(connection, "run")
    change(where, host="elsewhere", heartbeat_at=value)
    with writer(where, "run"):
        pass
