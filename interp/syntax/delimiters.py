"""What to say when delimiters do not match: rustc's way of guessing which one is at fault.

The lexer hands over all delimiters of the file in order.  A wrong closing one is held against the innermost open one;
if it would close an outer one, the inner one is given up, else it is skipped.
Invariant: called only for a file whose delimiters do not match, so at least one diagnostic comes out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..base.diagnostics import Diagnostic, Label, error
from ..base.span import SourceFile, Span, mk_span

_OPENER = {")": "(", "]": "[", "}": "{"}
_SHOWN = 5
Delim = tuple[str, int]  # the character and where it stands


@dataclass(slots=True)
class _Mismatch:
    found: Delim
    unclosed: Delim
    candidate: Delim | None


@dataclass(slots=True)
class _Walk:
    """The state of the walk over a file's delimiters."""

    file: SourceFile
    open: list[Delim] = field(default_factory=list)
    mismatches: list[_Mismatch] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)  # matched braces
    empty_blocks: list[tuple[int, int]] = field(default_factory=list)
    last_found: int = -1

    def span(self, at: int) -> Span:
        return mk_span(self.file.file, at, at + 1)

    def line(self, at: int) -> int:
        return self.file.line_col(at)[0]

    def indent(self, at: int) -> int:
        text = self.file.line_text(self.line(at))
        return len(text) - len(text.lstrip())

    def same_indent(self, one: int, other: int) -> bool:
        return self.indent(one) == self.indent(other)


def report(file: SourceFile, delims: list[Delim]) -> list[Diagnostic]:
    walk = _Walk(file)
    for at, delim in enumerate(delims):
        if delim[0] in "([{":
            walk.open.append(delim)
        elif not _close(walk, delim, at > 0 and delims[at - 1] == (walk.open or [("", -1)])[-1]):
            final = _unexpected(walk, delim)
            return [_mismatched(walk, one) for one in walk.mismatches] + [final]
    found = [_mismatched(walk, one) for one in walk.mismatches]
    return [*found, _unclosed(walk)] if walk.open else found


def _close(walk: _Walk, delim: Delim, empty: bool) -> bool:
    """Take one closing delimiter; False if nothing is open."""
    while True:
        if not walk.open:
            return False
        opened = walk.open[-1]
        if opened[0] == _OPENER[delim[0]]:
            walk.open.pop()
            if opened[0] == "{":
                _remember_block(walk, opened[1], delim[1], empty)
            return True
        _mismatch(walk, delim)
        if not any(other[0] == _OPENER[delim[0]] for other in walk.open):
            return True


def _remember_block(walk: _Walk, start: int, end: int, empty: bool) -> None:
    walk.blocks.append((start, end))
    if empty and walk.line(start) == walk.line(end):
        walk.empty_blocks.append((start, end))


def _mismatch(walk: _Walk, delim: Delim) -> None:
    opened = walk.open[-1]
    if walk.last_found != delim[1]:
        walk.last_found = delim[1]
        candidate = None
        for other in walk.open:
            if other[0] == _OPENER[delim[0]] and walk.same_indent(delim[1], other[1]):
                candidate = other
        walk.mismatches.append(_Mismatch(delim, opened, candidate))
    walk.open.pop()


def _mismatched(walk: _Walk, one: _Mismatch) -> Diagnostic:
    found, unclosed = walk.span(one.found[1]), walk.span(one.unclosed[1])
    diagnostic = error(found, f"mismatched closing delimiter: `{one.found[0]}`", "", "mismatched closing delimiter")
    diagnostic.labels.insert(0, Label(unclosed, "unclosed delimiter", True))
    if one.candidate is not None:
        diagnostic.label(walk.span(one.candidate[1]), "closing delimiter possibly meant for this")
    return diagnostic


def _unexpected(walk: _Walk, delim: Delim) -> Diagnostic:
    """A closing delimiter when none is open; an earlier `)` or `]` may have closed too much."""
    what = "unexpected closing delimiter"
    diagnostic = error(walk.span(delim[1]), f"{what}: `{delim[0]}`", "", what)
    missing = [one for one in walk.mismatches if one.found[0] != "}"]
    for one in missing:
        diagnostic.label(walk.span(one.unclosed[1]), "the nearest open delimiter")
        diagnostic.label(walk.span(one.found[1]), f"missing open `{_OPENER[one.found[0]]}` for this delimiter")
    if missing:
        walk.mismatches = [one for one in walk.mismatches if one.found[0] == "}"]
    else:
        _suspect(walk, diagnostic)
    return diagnostic


def _unclosed(walk: _Walk) -> Diagnostic:
    text = walk.file.text
    here = mk_span(walk.file.file, len(text), len(text))
    diagnostic = error(here, "this file contains an unclosed delimiter")
    for _, at in walk.open[:_SHOWN]:
        diagnostic.label(walk.span(at), "unclosed delimiter")
    if len(walk.open) >= _SHOWN + 2:
        text_more = f"another {len(walk.open) - _SHOWN} unclosed delimiters begin from here"
        diagnostic.label(walk.span(walk.open[_SHOWN][1]), text_more)
    _suspect(walk, diagnostic)
    return diagnostic


def _suspect(walk: _Walk, diagnostic: Diagnostic) -> None:
    """Point at the innermost block whose braces are indented differently."""
    blocks = sorted((start, end, walk.same_indent(start, end)) for start, end in walk.blocks)
    covered_to = -1  # blocks inside a well indented one count as well indented
    suspects = []
    for start, end, same in blocks:
        if same:
            covered_to = max(covered_to, end)
        elif end > covered_to:
            suspects.append((start, end))
    if suspects:
        start, end = suspects[-1]
        diagnostic.label(walk.span(start), "this delimiter might not be properly closed...")
        diagnostic.label(walk.span(end), "...as it matches this but it has different indentation")
        for empty in walk.empty_blocks:
            if start <= empty[0] and empty[1] <= end:
                span = mk_span(walk.file.file, empty[0], empty[1] + 1)
                diagnostic.label(span, "block is empty, you might have not meant to close it")
                break
    elif walk.blocks and not walk.open:
        start, end = walk.blocks[-1]
        if (start, end) not in walk.empty_blocks:
            diagnostic.label(walk.span(start), "this opening brace...")
            diagnostic.label(walk.span(end), "...matches this closing brace")
