"""Every error code that the front end can report is explained."""

from __future__ import annotations

import re

from interp.base.codes import UB_KINDS, explanation, known_codes

from .conftest import ROOT


def reported_codes() -> set[str]:
    files = (p for p in (ROOT / "interp").rglob("*.py") if p.name != "codes.py")
    return {code for path in files for code in re.findall(r'"(E0\d{3})"', path.read_text())}


def test_every_reported_code_is_explained() -> None:
    codes = reported_codes()
    assert len(codes) > 100
    assert not codes - set(known_codes())


def test_the_codes_stand_in_order() -> None:
    assert list(known_codes()) == sorted(known_codes())


def test_explanations() -> None:
    assert (explanation("e0308") or "").startswith("E0308: ")
    assert (explanation("leak") or "").startswith("leak: ") and UB_KINDS
    assert explanation("E9999") is None
