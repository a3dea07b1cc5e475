"""The source as a suggestion would have it: what is put in underlined with `+`, what is replaced as `-` and `+` lines.

As rustc's `DisplaySuggestion`.  Edits are (file, from byte, to byte, text); those of one line are shown together.
"""

from __future__ import annotations

from collections.abc import Sequence

from .snippet import Canvas, width
from .span import SourceFile, SourceMap, Span, span_file, span_hi, span_lo

Edit = tuple[int, int, str]


def shown_edits(sm: SourceMap, edits: Sequence[tuple[Span, str]]) -> tuple[SourceFile, list[Edit]] | None:
    """The edits where a person wrote the source, without what they leave as it is; None if a macro made a place."""
    file: SourceFile | None = None
    found: list[Edit] = []
    for span, text in edits:
        if span >> 64 or not span_file(span):
            return None
        file = sm.files[span_file(span)]
        lo, hi, text = _trimmed(file, span_lo(span), span_hi(span), text)
        found.append((lo, hi, text))
    return (file, sorted(found)) if file is not None else None


def _trimmed(file: SourceFile, lo: int, hi: int, text: str) -> Edit:
    """What begins or ends with the old text is shown as an insertion."""
    old = file.text[lo:hi].decode("utf-8", "replace")
    if old and text.startswith(old):
        return hi, hi, text[len(old) :]
    if old and text.endswith(old):
        return lo, lo, text[: len(text) - len(old)]
    return lo, hi, text


def last_line(file: SourceFile, edits: Sequence[Edit]) -> int:
    """The greatest line number that is shown."""
    return max(file.line_col(hi)[0] for _, hi, _ in edits)


def draw(canvas: Canvas, file: SourceFile, edits: Sequence[Edit], gutter: int) -> None:
    """Below the line with the suggestion's words."""
    canvas.put(len(canvas.rows), gutter + 1, "|", "line")
    by_line: dict[int, list[Edit]] = {}
    for edit in edits:
        by_line.setdefault(file.line_col(edit[0])[0], []).append(edit)
    for line, own in by_line.items():
        if len(own) == 1 and own[0][2].endswith("\n") and own[0][0] == own[0][1]:
            _draw_new_lines(canvas, line, own[0][2], gutter)
        elif all(lo == hi for lo, hi, _ in own):
            _draw_inserted(canvas, file, line, own, gutter)
        else:
            _draw_replaced(canvas, file, line, own, gutter)


def _put_line(canvas: Canvas, line: int, sign: str, style: str, text: str, gutter: int) -> int:
    row = len(canvas.rows)
    canvas.put(row, 0, str(line).rjust(gutter), "line")
    canvas.put(row, gutter + 1, sign, style)  # type: ignore[arg-type]
    if text:
        canvas.put(row, gutter + 3, text.replace("\t", "    "), "")
    return row


def _draw_new_lines(canvas: Canvas, line: int, text: str, gutter: int) -> None:
    for number, added in enumerate(text.rstrip("\n").split("\n"), line):
        _put_line(canvas, number, "+", "note", added, gutter)
    canvas.put(len(canvas.rows), gutter + 1, "|", "line")


def _edited(file: SourceFile, line: int, edits: Sequence[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The new line, and the columns of what was put in."""
    start = file.line_starts[line - 1]
    raw = file.line_text(line).encode()
    out, at, marks = "", 0, []
    for lo, hi, text in edits:
        out += raw[at : lo - start].decode("utf-8", "replace")
        marks.append((width(out), width(out + text.rstrip())))
        out += text
        at = hi - start
    return out + raw[at:].decode("utf-8", "replace"), marks


def _draw_inserted(canvas: Canvas, file: SourceFile, line: int, edits: Sequence[Edit], gutter: int) -> None:
    text, marks = _edited(file, line, edits)
    row = _put_line(canvas, line, "|", "line", text, gutter)
    canvas.put(row + 1, gutter + 1, "|", "line")
    for start, end in marks:
        canvas.put(row + 1, gutter + 3 + start, "+" * (end - start), "note")  # type: ignore[arg-type]


def _draw_replaced(canvas: Canvas, file: SourceFile, line: int, edits: Sequence[Edit], gutter: int) -> None:
    text, _ = _edited(file, line, edits)
    _put_line(canvas, line, "-", "error", file.line_text(line), gutter)
    _put_line(canvas, line, "+", "note", text, gutter)
    canvas.put(len(canvas.rows), gutter + 1, "|", "line")
