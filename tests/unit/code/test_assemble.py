"""What the assembler makes of each construct, by what it computes (`functions.rs`, values as the native compiler's)."""

from __future__ import annotations

from pathlib import Path

import pytest

from .functions import Functions, expected_names

SOURCE = Path(__file__).with_name("functions.rs")


@pytest.fixture(scope="module")
def functions() -> Functions:
    return Functions(SOURCE)


@pytest.mark.parametrize("name", expected_names(SOURCE))
def test_function(functions: Functions, name: str) -> None:
    outcome = functions.run(name)
    assert (outcome.kind, outcome.message) == ("exit", "")
    assert outcome.code == functions.expected[name] & 0xFF


def test_there_are_functions() -> None:
    assert len(expected_names(SOURCE)) >= 30
