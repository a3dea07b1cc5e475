"""What is let go: the rule, and that a store grows with what the machine holds, not with its checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from store.retention import RECENT, kept

from .test_resume import INPUT, Place


@given(st.integers(1, 100_000))
def test_few_are_kept_and_the_last_ones_all(last: int) -> None:
    numbers = [n for n in range(1, last + 1) if kept(n, last)]
    assert numbers[-RECENT:] == list(range(max(1, last - RECENT + 1), last + 1))
    assert len(numbers) <= RECENT * (last.bit_length() + 1)


@given(st.integers(1, 3000), st.integers(0, 3000))
def test_what_was_removed_is_not_missed_later(number: int, later: int) -> None:
    if not kept(number, number + later):
        assert not kept(number, number + later + 1)


def sizes(place: Place) -> tuple[int, int, int]:
    (pages,), (rows,), (count,) = (
        place.sql(f"SELECT count(*) FROM {table}")[0] for table in ("page_pack", "allocation", "checkpoint")
    )
    return int(str(pages)), int(str(rows)), int(str(count))


def test_a_store_does_not_grow_with_its_checkpoints(tmp_path: Path) -> None:
    place = Place(tmp_path)
    assert place.run("--checkpoint-every=2000steps", "work.rs", data=INPUT) > 0
    packs, _, count = sizes(place)
    (last,) = place.sql("SELECT last_checkpoint FROM run")[0]
    assert int(str(last)) > 100 and count <= RECENT * 8
    orphans = "SELECT count(*) FROM page_pack WHERE id NOT IN (SELECT pack_id FROM allocation_page)"
    assert place.sql(orphans) == [(0,)] and packs <= 2 * count
    removed = place.sql("SELECT count(*), sum(pages_removed) > 0 FROM retention_event WHERE kind = 'thinned'")
    assert removed == [(int(str(last)) - count, 1)]
    for table in ("allocation", "frame", "chunk", "thread", "machine_state"):
        useless = (
            f"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.number >= "
            "t.from_checkpoint AND (t.to_checkpoint IS NULL OR c.number < t.to_checkpoint))"
        )
        assert place.sql(useless) == [(0,)], table


@pytest.mark.slow
def test_a_thousand_checkpoints(tmp_path: Path) -> None:
    found = []
    for number, steps in (("100", 20_000), ("1000", 2_000)):
        place = Place(tmp_path / number if (tmp_path / number).mkdir() is None else tmp_path)
        assert place.run(f"--checkpoint-every={steps}steps", "work.rs", "20000", data=INPUT) > 0
        found.append((place.folder / ".interp/store.db").stat().st_size)
        (last,) = place.sql("SELECT last_checkpoint FROM run")[0]
        assert int(str(last)) >= int(number)
    assert found[1] < 2 * found[0]
