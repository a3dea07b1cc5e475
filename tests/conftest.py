"""Shared by all tests: options, and where things are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from interp.machine.engines import description

COMPILED = description() == "compiled"
if not COMPILED:
    os.environ["INTERP_ENGINE"] = "pure"  # asked for: then no run warns that it will be slow
needs_compiled = pytest.mark.skipif(not COMPILED, reason="the engine is not compiled")
os.environ["INTERP_STORE"] = "none"  # what is about stores names one
ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write the expected output of tests/ui anew")


def pytest_report_header() -> str:
    return "engine: compiled" if COMPILED else "engine: not compiled, so that all this takes longer"


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))
