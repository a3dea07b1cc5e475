"""Named points of the code that writes checkpoints, for tests that end the process or fail at one of them.

`INTERP_FAULT=POINT[:N]` kills the process when it comes to POINT for the Nth time; `INTERP_FAULT=POINT[:N]=enospc` (or
`eio`) makes the disk fail there instead, from then on or, with `once`, that time only (`=enospc,once`).  Without the
variable a point costs a comparison.  `INTERP_MAX_PAGES` is the size at which the disk of a SQLite file is full.

To add a point: a call of `at` and its name in `POINTS`; a test walks them all.
"""

from __future__ import annotations

import errno
import os
import signal
from typing import Final

POINTS: Final = (
    "begin", "snapshot", "transaction", "pages", "rows", "code", "output", "thinned", "before-commit", "after-commit",
    "committed", "input",
)  # fmt: skip

MAX_PAGES: Final = int(os.environ.get("INTERP_MAX_PAGES") or 0)  # of the SQLite file: a disk that is full; 0: no limit

_point, _, _how = os.environ.get("INTERP_FAULT", "").partition("=")
_point, _, _count = _point.partition(":")
_left = int(_count or 1)
_kind, _, _times = _how.partition(",")


def at(point: str) -> None:
    """A point of the code; does nothing unless the variable names it."""
    global _left
    if point != _point or _left > 1:
        _left -= point == _point
        return
    if not _how:
        os.kill(os.getpid(), signal.SIGKILL)
    if _left == 1 or _times != "once":
        _left = 0
        number = errno.ENOSPC if _kind == "enospc" else errno.EIO
        raise OSError(number, os.strerror(number))
