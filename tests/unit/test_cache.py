"""The bound of the cache on disk: what goes, and in which order."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from interp import cache

MIB = 1 << 20


def put(folder: Path, name: str, size: int, age: float) -> Path:
    path = folder / name
    path.write_bytes(b"x" * size)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_what_was_used_longest_ago_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERP_CACHE_LIMIT", "3")
    old, used, new = (put(tmp_path, f"s-{name}.code", MIB, age) for name, age in (("a", 30), ("b", 20), ("c", 10)))
    outline = put(tmp_path, "library-1.json", MIB, 5)
    cache.touch(old)
    cache.trim(tmp_path)
    assert not used.exists()
    assert old.exists() and new.exists() and outline.exists()


def test_files_of_the_latest_states_are_left(tmp_path: Path) -> None:
    kinds = ("std.pack", "std.lock", "p.code")
    made = [put(tmp_path, f"state{n}-{kind}", 10, 100 - n) for n in range(6) for kind in kinds]
    cache.trim(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(made[6:])


def test_what_nobody_goes_on_writing_goes(tmp_path: Path) -> None:
    left = put(tmp_path, f"{cache.UNFINISHED}a", 10, 2 * 24 * 3600)
    written = put(tmp_path, f"{cache.UNFINISHED}b", 10, 60)
    foreign = put(tmp_path, "notes.txt", 10, 9 * 24 * 3600)
    cache.trim(tmp_path)
    assert not left.exists() and written.exists() and foreign.exists()


def test_an_entry_whose_source_changed_is_none(tmp_path: Path) -> None:
    source, path = tmp_path / "a.rs", tmp_path / "s-a.code"
    source.write_text("fn main() {}")
    entry = cache.Entry({str(source): cache.hash_of(str(source)), str(tmp_path / "b.rs"): None}, [], 7, [])
    cache.save(path, entry)
    assert cache.load(path, cache.Entry) == entry
    (tmp_path / "b.rs").write_text("")
    assert cache.load(path, cache.Entry) is None
    (tmp_path / "b.rs").unlink()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert cache.load(path, cache.Entry) is None
