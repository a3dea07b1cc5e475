"""Source positions as plain integers.

A `Span` is one int: `ctxt << 64 | file << 48 | lo << 24 | hi`; `lo`/`hi` are byte offsets into the
UTF-8 text of the file, half open.  `ctxt` is a `SyntaxContext`: 0 for text that a person wrote, else
an index into `SourceMap.expansions` (hygiene marks, and the way back to the macro call).

Invariant: a span is hashable plain data, and the same input yields the same spans in every session.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NewType

Span = NewType("Span", int)
FileId = NewType("FileId", int)
SyntaxContext = NewType("SyntaxContext", int)

ROOT_CTXT = SyntaxContext(0)
DUMMY_SP = Span(0)  # file 0 is reserved for "nowhere"
_MASK24 = 0xFFFFFF
_POS_MASK = (1 << 64) - 1


def mk_span(file: int, lo: int, hi: int, ctxt: int = 0) -> Span:
    return Span(ctxt << 64 | file << 48 | lo << 24 | hi)


def span_file(span: int) -> int:
    return (span >> 48) & 0xFFFF


def span_lo(span: int) -> int:
    return (span >> 24) & _MASK24


def span_hi(span: int) -> int:
    return span & _MASK24


def span_ctxt(span: int) -> SyntaxContext:
    return SyntaxContext(span >> 64)


def with_ctxt(span: int, ctxt: int) -> Span:
    return Span(ctxt << 64 | (span & _POS_MASK))


def span_to(first: int, last: int) -> Span:
    """The smallest span over both; spans of different files or contexts yield `first` (`last` if that is nowhere)."""
    if first >> 48 != last >> 48:
        return Span(first if span_file(first) else last)
    lo = min(span_lo(first), span_lo(last))
    hi = max(span_hi(first), span_hi(last))
    return Span((first >> 48) << 48 | lo << 24 | hi)


@dataclass(slots=True)
class SourceFile:
    """One file; `name` is what a report shows, `text` its content as UTF-8 bytes."""

    file: FileId
    name: str
    text: bytes
    is_library: bool = False
    line_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        starts, at = [0], self.text.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find(b"\n", at + 1)
        if len(starts) > 1 and starts[-1] == len(self.text):
            starts.pop()  # what follows the last newline is no line
        self.line_starts = starts

    def line_col(self, offset: int) -> tuple[int, int]:
        """1-based line and 1-based column in characters."""
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        return line, len(self.text[start:offset].decode("utf-8", "replace")) + 1

    def line_text(self, line: int) -> str:
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].decode("utf-8", "replace").rstrip("\r\n")


@dataclass(slots=True)
class Expansion:
    """One macro expansion: the context its tokens carried before, who was called, and where."""

    parent: SyntaxContext
    call_site: Span
    macro_name: str
    macro_id: int  # identity of the macro definition, for hygiene (`MacroDef.macro_id`)


class SourceMap:
    """All files and macro expansions of one session."""

    def __init__(self) -> None:
        self.files: list[SourceFile] = [SourceFile(FileId(0), "<nowhere>", b"")]
        self.expansions: list[Expansion] = [Expansion(ROOT_CTXT, DUMMY_SP, "", -1)]
        self._marks: dict[tuple[int, int], SyntaxContext] = {}

    def add(self, name: str, text: bytes, is_library: bool = False) -> SourceFile:
        file = SourceFile(FileId(len(self.files)), name, text, is_library)
        self.files.append(file)
        return file

    def fresh_expansion(self, call_site: Span, macro_name: str, macro_id: int) -> int:
        """A new expansion; the returned id is given to `apply_mark` for each token of the macro's body."""
        self.expansions.append(Expansion(ROOT_CTXT, call_site, macro_name, macro_id))
        return len(self.expansions) - 1

    def apply_mark(self, ctxt: int, expansion: int) -> SyntaxContext:
        """The context `ctxt` with `expansion` as its outermost mark (one context per pair)."""
        if ctxt == 0:
            return SyntaxContext(expansion)
        key = (ctxt, expansion)
        found = self._marks.get(key)
        if found is None:
            base = self.expansions[expansion]
            found = SyntaxContext(len(self.expansions))
            self.expansions.append(
                Expansion(SyntaxContext(ctxt), base.call_site, base.macro_name, base.macro_id)
            )
            self._marks[key] = found
        return found

    def remove_mark(self, ctxt: int) -> SyntaxContext:
        return self.expansions[ctxt].parent

    def outermost_call_site(self, span: Span) -> Span:
        """Where a person wrote what became `span`: macro calls are followed outwards to context 0."""
        while span >> 64:
            span = self.expansions[span >> 64].call_site
        return span

    def file_of(self, span: Span) -> SourceFile:
        return self.files[span_file(span)]

    def snippet(self, span: Span) -> str:
        file = self.file_of(span)
        return file.text[span_lo(span) : span_hi(span)].decode("utf-8", "replace")

    def location(self, span: Span) -> tuple[str, int, int]:
        """(file name, line, column) of the start of `span`, both 1-based."""
        file = self.file_of(span)
        line, col = file.line_col(span_lo(span))
        return file.name, line, col
