"""Fixtures of the store's tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .postgres import new_database, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server's URL.  Its folder has a path short enough for a socket, and another user may enter it."""
    folder = Path(tempfile.mkdtemp(prefix="interp-", dir="/tmp"))
    try:
        with server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The URL of a new, empty database."""
    return new_database(postgres)
