"""Makes the stores of `tests/store/assets`: one of each revision, with an unfinished run of `long_sum.rs`.

`python -m tests.store.make_assets` writes those that are missing.  A store that is there is kept as it is: it stands
for the stores that users have.  One may only be made anew when no released interp can have made it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import zstandard

from store import migrate
from store.engine import Location
from store.upgrade import move_store

from .commands import interp

ASSETS = Path(__file__).resolve().parent / "assets"
PROGRAM = ASSETS / "long_sum.rs"
STDIN = "Ada\n"


def asset(revision: str) -> Path:
    return ASSETS / f"revision_{revision}.db.zst"


def make(revision: str, folder: Path) -> bytes:
    """The bytes of a store of that revision."""
    (folder / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    os.chdir(folder)
    every = ["--store", "store.db", "--checkpoint-every", "1000steps"]
    ended = interp("run", *every, PROGRAM.name, stdin=STDIN)
    assert ended.code == 30, ended  # so that it has the code of the whole run ..
    ended = interp("run", "--resume", *every, "--at", "8", "--max-steps", "8500", "1")
    assert ended.code == 13, ended  # .. which was taken back to its middle
    path = folder / "store.db"
    move_store(Location(path), revision)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("VACUUM")
        raw.execute("PRAGMA journal_mode=DELETE")
    return path.read_bytes()


def main() -> None:
    for revision, _ in migrate.revisions():
        if not asset(revision).exists():
            with tempfile.TemporaryDirectory() as folder:
                asset(revision).write_bytes(zstandard.compress(make(revision, Path(folder)), 19))


if __name__ == "__main__":
    main()
