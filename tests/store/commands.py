"""The command line in this process: a store's commands start in milliseconds, and are tried by the hundred."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

import cli


class Ended(NamedTuple):
    """`text` is what went to both streams, `out` to the first."""

    code: int
    text: str
    out: bytes


def interp(*arguments: str | Path, stdin: str = "") -> Ended:
    """A command; an exception that it lets through is raised."""
    found = CliRunner().invoke(cli.main, [str(a) for a in arguments], input=stdin)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return Ended(found.exit_code, found.output, found.stdout_bytes)
