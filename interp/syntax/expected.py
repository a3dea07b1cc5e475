"""The wording of "expected ..., found ...".

Productions hand over what could have stood here, each as rustc shows it; order and repetition do not matter.
To add a way a token is shown: `describe`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span
from .keywords import RESERVED, STRICT
from .token import RAW, TokenTree

_NEVER_RAW = frozenset(["self", "Self", "super", "crate", "_"])


def describe(tok: TokenTree, closer: str = "<eof>", words: frozenset[str] = STRICT) -> str:
    """A token as rustc names it in a complaint."""
    if tok.kind == "eof":
        return f"`{closer}`"
    if tok.kind == "ident":
        if tok.spacing == RAW:
            return f"`r#{tok.text}`"
        if tok.text == "_":
            return "reserved identifier `_`"
        if tok.text in words and tok.text not in RESERVED:
            return f"keyword `{tok.text}`"
        return f"reserved keyword `{tok.text}`" if tok.text in RESERVED else f"`{tok.text}`"
    if tok.kind == "doc":
        mark = "///" if tok.spacing == 3 else "//!"
        return f"doc comment `{mark}{tok.text}`"
    if tok.kind == "interp":
        return f"`{tok.text}` metavariable"
    return f"`{tok.text}`"


def one_of(wanted: Iterable[str]) -> tuple[str, str]:
    """What was expected: for the message, and for the label."""
    names = sorted(set(wanted))
    if not names:
        return "", ""
    if len(names) == 1:
        return f"expected {names[0]}", f"expected {names[0]}"
    joined = f"{names[0]} or {names[1]}" if len(names) == 2 else ", ".join(names[:-1]) + ", or " + names[-1]
    message = f"expected one of {joined}"
    return message, message if len(names) <= 6 else f"expected one of {len(names)} possible tokens"


def report(tok: TokenTree, found: str, here: Span, wanted: Iterable[str]) -> Diagnostic:
    """The complaint that `found` stands `here`; `tok` is what it describes."""
    message, label = one_of(wanted)
    if not message:
        return error(here, f"unexpected token: {found}")
    diagnostic = error(here, f"{message}, found {found}", "", label)
    if message == "expected identifier" and found.startswith(("keyword", "reserved keyword")):
        diagnostic.labels[0].text = "expected identifier, found " + found.partition(" `")[0]
        if tok.text not in _NEVER_RAW:
            diagnostic.help(f"escape `{tok.text}` to use it as an identifier: `r#{tok.text}`")
    return diagnostic
