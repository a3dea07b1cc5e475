"""A PostgreSQL server of the tests' own: Debian's programs, a cluster in a temporary folder, a socket, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """Where `initdb` and `pg_ctl` are; Debian keeps them out of PATH."""
    found = shutil.which("pg_ctl")
    candidates = [Path(found).parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _as_user(folder: Path) -> list[str]:
    """The server refuses to run as root; Debian's package brings the user `postgres`."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        pytest.skip("PostgreSQL cannot be started by root, and there is no `runuser`")
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server's URL (database `postgres`); `folder` must be short: a socket's path has at most 107 bytes."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed (pip install 'interp[postgresql]')")
    user = _as_user(folder)
    data = folder / "data"
    subprocess.run(
        [*user, bin_ / "initdb", "-D", data, "-A", "trust", "-U", "interp", "--no-sync", "-E", "UTF8"],
        check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    control = [*user, bin_ / "pg_ctl", "-D", data, "-w", "-l", data / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgresql+psycopg://interp@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")


def new_database(url: str) -> str:
    """A new, empty database on the server at `url`; its URL."""
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url.replace("/postgres?", f"/{name}?")
