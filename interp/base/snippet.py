"""Source lines with carets: rustc's layout of labelled spans.

The labels of one file become annotations on lines; each line is drawn with its underlines, and a label that does not
fit behind its own underline hangs below on a `|`.  A span over several lines is drawn at the left, outermost first.

Invariant: `Canvas` cells are written by (row, column), later ones over earlier ones; nothing is measured afterwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .margin import TERMINAL, Extent, Margin
from .span import SourceFile

Style = Literal["", "primary", "secondary", "line", "bold", "quote"]
Kind = Literal["single", "start", "end", "line"]


class Canvas:
    """Rows of styled characters."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, Style]]] = []

    def put(self, row: int, col: int, text: str, style: Style) -> None:
        if col < 0:  # cut off at the left
            col, text = 0, text[-col:]
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        while len(cells) < col + len(text):
            cells.append((" ", ""))
        cells[col : col + len(text)] = [(char, style) for char in text]


@dataclass(slots=True)
class Mark:
    """What a label wants: lines are 1-based, columns are display columns from 0."""

    first_line: int
    first_col: int
    last_line: int
    last_col: int
    label: str
    primary: bool
    depth: int = 1
    twin: bool = False  # another one covers exactly the same lines and columns

    @property
    def style(self) -> Style:
        return "primary" if self.primary else "secondary"

    def same_span(self, other: Mark) -> bool:
        mine = (self.first_line, self.first_col, self.last_line, self.last_col)
        return mine == (other.first_line, other.first_col, other.last_line, other.last_col)


@dataclass(slots=True)
class Note:
    """One annotation on one line."""

    start: int
    end: int
    label: str
    kind: Kind
    depth: int
    style: Style

    @property
    def takes_space(self) -> bool:
        return self.kind in ("start", "end")


@dataclass(slots=True)
class Snippet:
    """The annotated lines of one file."""

    file: SourceFile
    lines: dict[int, list[Note]] = field(default_factory=dict)
    depth: int = 0
    margin: Margin = field(default_factory=Margin)

    def add(self, line: int, note: Note) -> None:
        self.lines.setdefault(line, []).append(note)


def width(text: str) -> int:
    """Columns on a terminal."""
    return sum(_char_width(char) for char in text) if not text.isascii() or "\t" in text else len(text)


def _char_width(char: str) -> int:
    if char == "\t":
        return 4
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def mark(file: SourceFile, lo: int, hi: int, label: str, primary: bool) -> Mark:
    """The mark of the bytes `lo..hi`; an empty one is a column wide."""
    lo, hi = min(lo, len(file.text)), min(max(lo, hi), len(file.text))
    first_line, first_col = _position(file, lo)
    last_line, last_col = _position(file, hi)
    if first_line == last_line and first_col == last_col:
        last_col += 1
    return Mark(first_line, first_col, last_line, last_col, label, primary)


def _position(file: SourceFile, offset: int) -> tuple[int, int]:
    line, _ = file.line_col(offset)
    start = file.line_starts[line - 1]
    return line, width(file.text[start:offset].decode("utf-8", "replace").rstrip("\r\n"))


def build(file: SourceFile, marks: Iterable[Mark]) -> Snippet:
    found = Snippet(file)
    several: list[Mark] = []
    for one in marks:
        if one.first_line == one.last_line:
            found.add(one.first_line, Note(one.first_col, one.last_col, one.label, "single", 0, one.style))
        else:
            several.append(one)
    _assign_depths(several)
    found.depth = max((one.depth for one in several), default=0)
    for one in several:
        _add_multiline(found, one)
    return found


def _assign_depths(several: list[Mark]) -> None:
    """Spans that overlap get columns of their own, the outermost leftmost."""
    several.sort(key=lambda one: (one.first_line, -one.last_line))
    for one in list(several):
        for other in several:
            if not one.same_span(other) and _overlap(
                one.first_line, one.last_line + 1, other.first_line, other.last_line + 1
            ):
                other.depth += 1
            elif one.same_span(other) and one is not other:
                other.twin = True
            else:
                break
    deepest = max((one.depth for one in several), default=0)
    for one in several:
        one.depth = deepest - one.depth + 1


def _overlap(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    return b_start <= a_start < b_end or a_start <= b_start < a_end


def _add_multiline(snippet: Snippet, one: Mark) -> None:
    end = Note(max(one.last_col - 1, 0), max(one.last_col, 1), one.label, "end", one.depth, one.style)
    if one.twin:
        end.kind = "single"
    else:
        snippet.add(one.first_line, Note(one.first_col, one.first_col + 1, "", "start", one.depth, one.style))
        for line in _shown_between(snippet.file, one):
            snippet.add(line, Note(0, 0, "", "line", one.depth, one.style))
    snippet.add(one.last_line, end)


def _shown_between(file: SourceFile, one: Mark) -> list[int]:
    """Lines inside a long span that are shown: up to four at its start, and the last but one."""
    middle = min(one.first_line + 4, one.last_line)
    until = one.first_line
    for line in range(middle - 1, one.first_line - 1, -1):
        if _says_something(file.line_text(line)):
            until = line + 1
            break
    shown = list(range(one.first_line + 1, until))
    last = one.last_line - 1
    if middle < last and _says_something(file.line_text(last)):
        shown.append(last)
    return shown


def _says_something(text: str) -> bool:
    text = text.strip()
    comment = text.startswith("//") and not text.startswith(("///", "//!"))
    return not comment and text not in ("", "{", "}", "(", ")", "[", "]")


def set_margin(snippets: Sequence[Snippet], gutter: int) -> None:
    """Decide which columns are shown, for all files of one diagnostic together."""
    extent = Extent()
    for snippet in snippets:
        for line, notes in snippet.lines.items():
            extent.add_line(_shown_text(snippet.file, line))
            for note in notes:
                extent.add_span(note.start, note.end, note.label)
    for snippet in snippets:
        snippet.margin = extent.margin(TERMINAL - _code_offset(snippet, gutter))


def _code_offset(snippet: Snippet, gutter: int) -> int:
    """The column where source text begins."""
    return gutter + 3 + (snippet.depth + 1 if snippet.depth else 0)


def _shown_text(file: SourceFile, line: int) -> str:
    return file.line_text(line).replace("\t", "    ")


# --- drawing


def draw(canvas: Canvas, snippet: Snippet, gutter: int) -> None:
    """All lines of `snippet` at the end of `canvas`; `gutter` is the width of line numbers."""
    offset = gutter + 3
    running: dict[int, Style] = {}
    lines = sorted(snippet.lines)
    for at, line in enumerate(lines):
        top = len(canvas.rows)
        depths = _draw_line(canvas, snippet, line, gutter)
        added: dict[int, Style] = {}
        for depth, style in depths:
            if running.pop(depth, None) is None:
                added[depth] = style
        _draw_running(canvas, running, range(top, len(canvas.rows)), offset)
        if at + 1 < len(lines):
            starts = {note.depth: note.style for note in snippet.lines[line] if note.kind == "start"}
            _draw_gap(canvas, snippet, line, lines[at + 1], gutter, {**running, **starts})
        running.update(added)


def _draw_running(canvas: Canvas, running: dict[int, Style], rows: range, offset: int) -> None:
    for depth, style in running.items():
        for row in rows:
            canvas.put(row, offset + depth - 1, "|", style)


def _draw_gap(
    canvas: Canvas, snippet: Snippet, line: int, next_line: int, gutter: int, running: dict[int, Style]
) -> None:
    """Between two annotated lines: nothing, the one line that lies there, or `...`."""
    row = len(canvas.rows)
    if next_line - line > 2:
        canvas.put(row, 0, "...", "line")
    elif next_line - line == 2:
        _draw_source(canvas, snippet, line + 1, gutter)
    else:
        return
    _draw_running(canvas, running, range(row, row + 1), gutter + 3)


def _draw_source(canvas: Canvas, snippet: Snippet, line: int, gutter: int) -> None:
    row = len(canvas.rows)
    text = snippet.margin.cut(_shown_text(snippet.file, line))
    canvas.put(row, 0, str(line).rjust(gutter), "line")
    canvas.put(row, gutter + 1, "|", "line")
    if text:
        canvas.put(row, _code_offset(snippet, gutter), text, "quote")


def _draw_line(canvas: Canvas, snippet: Snippet, line: int, gutter: int) -> list[tuple[int, Style]]:
    """A source line and what hangs below; returns the multi-line spans that begin or end here."""
    row = len(canvas.rows)
    _draw_source(canvas, snippet, line, gutter)
    notes = snippet.lines[line]
    offset = gutter + 3
    short = _short_starts(snippet, line, notes)
    if short is not None:
        for note in short:
            canvas.put(row, offset + note.depth - 1, "/", note.style)
        return [(note.depth, note.style) for note in short]
    code = _code_offset(snippet, gutter) - snippet.margin.left
    placed, height = _place(sorted(notes, key=lambda note: -note.start))
    for below in range(height + 1):
        canvas.put(row + below + 1, gutter + 1, "|", "line")
    _draw_horizontals(canvas, placed, row, offset, code)
    _draw_verticals(canvas, placed, row, offset, code, height)
    _draw_labels(canvas, placed, row, code)
    _draw_underlines(canvas, placed, row, code)
    return [(note.depth, note.style) for _, note in placed if note.takes_space]


def _short_starts(snippet: Snippet, line: int, notes: list[Note]) -> list[Note] | None:
    """The starts of spans that begin with their line, if nothing else is on it: drawn as `/`."""
    text = _shown_text(snippet.file, line)
    found = []
    for note in notes:
        if note.kind == "line":
            continue
        if note.kind != "start" or text[: note.start].strip():
            return None
        found.append(note)
    return found


def _touches(one: Note, other: Note, padding: int) -> bool:
    return _overlap(one.start, one.end + padding, other.start, other.end)


def _place(notes: list[Note]) -> tuple[list[tuple[int, Note]], int]:
    """On which row below the underlines each label goes, rightmost first, and how many rows there are."""
    placed: list[tuple[int, Note]] = []
    row = 0
    for at, note in enumerate(notes):
        rest = notes[at + 1 :]
        if row == 0 and note.label and any(_pushes_first(note, other) for other in rest):
            row += 1
        placed.append((row, note))
        if any(_pushes_next(note, other, row) for other in rest):
            row += 1
    height = max((row for row, _ in placed), default=0)
    height = max(height, row)
    return placed, height + 1 if height else 0


def _pushes_first(note: Note, other: Note) -> bool:
    same = (note.start, note.end) == (other.start, other.end)
    return _touches(other, note, 0) and not (same and not other.label)


def _pushes_next(note: Note, other: Note, row: int) -> bool:
    near = _touches(other, note, len(other.label) + 2 if other.label else 0)
    return (
        (near and bool(note.label) and bool(other.label))
        or (note.takes_space and bool(other.label))
        or (bool(note.label) and other.takes_space)
        or (note.takes_space and other.takes_space)
        or (near and other.end <= note.end and bool(other.label) and row == 0)
    )  # fmt: skip


def _draw_horizontals(canvas: Canvas, placed: list[tuple[int, Note]], row: int, offset: int, code: int) -> None:
    for below, note in placed:
        if note.takes_space:
            start = offset + note.depth
            canvas.put(row + below + 1, start, "_" * (code + note.start - start), note.style)


def _draw_verticals(
    canvas: Canvas, placed: list[tuple[int, Note]], row: int, offset: int, code: int, height: int
) -> None:
    for below, note in placed:
        below += 1
        if below > 1 and (note.label or note.takes_space):
            for at in range(row + 1, row + below + 1):
                canvas.put(at, code + note.start, "|", note.style)
        if note.kind == "start":
            for at in range(row + below + 1, row + height + 2):
                canvas.put(at, offset + note.depth - 1, "|", note.style)
        elif note.kind == "end":
            for at in range(row, row + below + 1):
                canvas.put(at, offset + note.depth - 1, "|", note.style)


def _draw_labels(canvas: Canvas, placed: list[tuple[int, Note]], row: int, code: int) -> None:
    for below, note in placed:
        if note.label:
            at, col = (1, note.end + 1) if below == 0 else (below + 2, note.start)
            canvas.put(row + at, code + col, note.label, note.style)


def _draw_underlines(canvas: Canvas, placed: list[tuple[int, Note]], row: int, code: int) -> None:
    for _, note in sorted(placed, key=lambda each: (-(each[1].end - each[1].start), each[1].style == "primary")):
        if note.kind != "line":
            char = "^" if note.style == "primary" else "-"
            canvas.put(row + 1, code + note.start, char * (note.end - note.start), note.style)
