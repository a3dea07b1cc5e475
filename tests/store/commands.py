"""The command line in this process: a store's commands start in milliseconds, and are tried by the hundred."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

import cli


class Ended(NamedTuple):
    """`text` is what went to both streams, `out` to the first."""

    code: int
    text: str
    out: bytes


@contextmanager
def _standard_input(text: str) -> Iterator[None]:
    """A run that is kept reads from the process's own standard input, not from Python's."""
    saved = os.dup(0)
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        os.dup2(file.fileno(), 0)
        try:
            yield
        finally:
            os.dup2(saved, 0)
            os.close(saved)


def interp(*arguments: str | Path, stdin: str = "") -> Ended:
    """A command; an exception that it lets through is raised."""
    with _standard_input(stdin):
        found = CliRunner().invoke(cli.main, [str(a) for a in arguments], input=stdin)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return Ended(found.exit_code, found.output, found.stdout_bytes)
