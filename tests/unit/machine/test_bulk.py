"""The loops of snapshots are the same compiled and uncompiled."""

from __future__ import annotations

import importlib.util
import random
from array import array
from typing import Any

import pytest

from interp.machine import bulk, words as w
from interp.machine.pages import PAGE, Arena, decode, encode
from interp.machine.records import Invalid
from interp.machine.verify_table import LIMIT, class_size

WORDS = PAGE // 8


def uncompiled() -> Any:
    source = (bulk.__file__ or "").rsplit("/", 1)[0] + "/bulk.py"
    spec = importlib.util.spec_from_file_location("interp.machine.bulk_uncompiled", source)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAIN = uncompiled()
BOTH = pytest.mark.parametrize("loops", [bulk, PLAIN], ids=["built", "uncompiled"])


def page(r: random.Random, by_word: bool) -> tuple[bytes, bytes, array[int]]:
    """Bytes, metadata and provenance; metadata alike in each word, or not."""
    if by_word:
        meta = b"".join(bytes([r.choice([0, 1, 3])]) * 8 for _ in range(WORDS))
    else:
        meta = bytes(r.choice([0, 1, 5]) for _ in range(PAGE))
    prov = array("q", (r.randrange(1 << 45) if 2 & meta[8 * i] else 0 for i in range(WORDS)))
    return r.randbytes(PAGE), meta, prov


@BOTH
@pytest.mark.parametrize("by_word", [True, False])
def test_pages_there_and_back(loops: Any, by_word: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interp.machine.pages.bulk", loops)
    r = random.Random(5)
    data, meta, prov = page(r, by_word)
    blob = encode(data, meta, prov)
    arena = Arena(1 << 45)
    arena.put(1, blob)
    arena.put(0, memoryview(encode(bytes(PAGE), bytes(PAGE), array("q", bytes(PAGE)))))
    assert (arena.data[PAGE:], arena.meta[PAGE:], arena.prov()[WORDS:]) == (data, meta, prov)
    assert not any(arena.data[:PAGE]) and not any(arena.meta[:PAGE]) and not any(arena.prov()[:WORDS])
    with pytest.raises(Invalid):
        decode(blob[:-1])
    if by_word:
        with pytest.raises(Invalid, match="provenance is no row"):
            Arena(max(prov)).put(0, blob)


@BOTH
def test_changed_rows_are_marked(loops: Any) -> None:
    r = random.Random(7)
    then = array("q", (r.randrange(9) for _ in range(8 * 50)))
    now, marks = then[:], bytearray(50)
    for row in (3, 17, 49):
        now[8 * row + r.randrange(8)] += 1
    assert loops.mark_changed(now, then, marks, 8, 50) == 3
    assert [i for i, mark in enumerate(marks) if mark] == [3, 17, 49] and then == now
    assert loops.mark_changed(now, then, marks, 8, 50) == 0


def table() -> list[array[int]]:
    """Columns of three rows: two blocks in use, one free."""
    heap = w.M_HEAP | 16 << 16
    rows = [
        (1, 1, 4096, 16, 16, 64 - 4096, heap, 1, 2, 64, 16, 1, 0, 0, 1, 0),
        (2, 2, 8192, 32, 0, 80 - 8192, heap, 5, 7, 80, 32, 2, 0, 0, 1, 1),
        (3, 3, 0, 0, 0, 0, w.M_FREE, 4, 4, 112, 16, 1, 0, 0, 1, 0),
    ]
    return [array("q", column) for column in zip(*rows)]


@BOTH
def test_rules_of_a_row(loops: Any) -> None:
    classes = array("q", map(class_size, range(w.NCLASSES)))

    def rule(column: int, row: int, value: int) -> tuple[int, int]:
        columns = table()
        columns[column][row] = value
        return tuple(loops.wrong_row(columns, 128, 2, 4, LIMIT, classes))  # type: ignore[return-value]

    assert rule(0, 0, 1) == (3, 0)
    assert rule(6, 1, 99) == (1, 1) and rule(15, 0, 2) == (0, 1) and rule(10, 2, 1 << 62) == (2, 1)
    assert rule(3, 2, 8) == (2, 2) and rule(8, 2, 5) == (2, 2) and rule(2, 0, 4097) == (0, 3)
    assert rule(5, 1, (1 << 62) - 1) == (1, 3) and rule(10, 1, 16) == (1, 4)
    assert rule(8, 0, 1) == (0, 5) and rule(1, 1, 4) == (1, 5) and rule(9, 0, 72) == (0, 6)


def test_both_say_the_same_of_damaged_rows() -> None:
    classes, r = array("q", map(class_size, range(w.NCLASSES))), random.Random(11)
    edges = [0, 1, -1, 8, 16, 64, 1 << 40, LIMIT, -LIMIT, (1 << 63) - 1, -(1 << 63)]
    seen = set()
    for _ in range(2000):
        columns = table()
        columns[r.randrange(1, 16)][r.randrange(3)] = r.choice(edges)
        found = [tuple(loops.wrong_row(columns, 128, 2, 4, LIMIT, classes)) for loops in (bulk, PLAIN)]
        assert found[0] == found[1], columns
        seen.add(found[0][1])
    assert seen >= {0, 1, 2, 3, 4, 5}
