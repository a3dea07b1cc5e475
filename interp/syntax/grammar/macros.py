"""Macro calls: `path!(...)`, in whatever position.

Invariant: what stands between the delimiters is kept as tokens, untouched.
"""

from __future__ import annotations

from ...base.span import Span
from ..ast import MacCall, Path
from ..cursor import Cursor
from ..token import Group


def at_delim(p: Cursor, n: int) -> bool:
    """Whether the token tree `n` on is a group that may hold a macro's arguments."""
    tok = p.peek(n)
    return isinstance(tok, Group) and tok.delim != ""


def parse_mac_call(p: Cursor, path: Path, start: Span) -> MacCall:
    """From the `!`."""
    p.expect("!")
    group = p.tok
    if not isinstance(group, Group) or not group.delim:
        p.unexpected("`(`", "`[`", "`{`")
    p.bump()
    return MacCall(path, group.delim, group.stream, p.since(start))
