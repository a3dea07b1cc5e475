"""Shared by all tests: options, and where things are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["INTERP_STORE"] = "none"  # what is about stores names one
ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write the expected output of tests/ui anew")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))
