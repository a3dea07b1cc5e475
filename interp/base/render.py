"""Diagnostics as rustc prints them.

`render` makes the text of one, `render_all` of a session's, with the closing count.  A span that a macro made is
shown where a person called the macro.  The source lines themselves are `snippet.py`'s work.
To add a part of a report: `_Report`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import suggestion
from .diagnostics import Child, Diagnostic, Label
from .snippet import Canvas, Snippet, Style, build, draw, mark, set_margin
from .span import SourceFile, SourceMap, Span, span_file, span_hi, span_lo

_ANSI: dict[str, str] = {
    "error": "\x1b[1m\x1b[91m", "warning": "\x1b[1m\x1b[33m", "note": "\x1b[1m\x1b[92m", "help": "\x1b[1m\x1b[96m",
    "secondary": "\x1b[1m\x1b[94m", "line": "\x1b[1m\x1b[94m", "bold": "\x1b[1m",
}  # fmt: skip
_RESET = "\x1b[0m"


def render(diagnostic: Diagnostic, sm: SourceMap, color: bool = False) -> str:
    """One diagnostic, ending in a newline and without the blank line behind it."""
    return _Report(diagnostic, sm, color).text()


def render_all(
    diagnostics: Sequence[Diagnostic], sm: SourceMap, color: bool = False, explain: str = "interp explain"
) -> str:
    """All of them with the closing lines; empty if there are none."""
    if not diagnostics:
        return ""
    parts = [render(diagnostic, sm, color) + "\n" for diagnostic in diagnostics]
    parts.append(_summary(diagnostics, color))
    codes = sorted({d.code for d in diagnostics if d.code and d.level == "error"})
    if codes:
        parts.append("\n" + _explanations(codes, explain))
    return "".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _summary(diagnostics: Sequence[Diagnostic], color: bool) -> str:
    errors = sum(d.level == "error" for d in diagnostics)
    warnings = sum(d.level == "warning" for d in diagnostics)
    if not errors:
        return _headline("warning", "", f"{_count(warnings, 'warning')} emitted", color) + "\n" if warnings else ""
    text = f"aborting due to {_count(errors, 'previous error')}"
    if warnings:
        text += f"; {_count(warnings, 'warning')} emitted"
    return _headline("error", "", text, color) + "\n"


def _explanations(codes: list[str], explain: str) -> str:
    if len(codes) == 1:
        return f"For more information about this error, try `{explain} {codes[0]}`.\n"
    listed = ", ".join(codes[:9]) + ("..." if len(codes) > 9 else ".")
    return (
        f"Some errors have detailed explanations: {listed}\n"
        f"For more information about an error, try `{explain} {codes[0]}`.\n"
    )


def _headline(level: str, code: str, message: str, color: bool) -> str:
    head = f"{level}[{code}]" if code else level
    if not color:
        return f"{head}: {message}"
    return f"{_ANSI[level]}{head}{_RESET}{_ANSI['bold']}: {message}{_RESET}"


class _ChildParts(NamedTuple):
    child: Child
    labels: list[Label]
    snippets: list[Snippet]
    edits: tuple[SourceFile, list[suggestion.Edit]] | None


class _Report:
    """One diagnostic on its way to text."""

    def __init__(self, diagnostic: Diagnostic, sm: SourceMap, color: bool) -> None:
        self.diagnostic = diagnostic
        self.sm = sm
        self.color = color
        self.labels = self.shown_labels(diagnostic.labels)
        self.snippets = self.build_snippets(self.labels)
        self.children = [self.child_parts(child) for child in diagnostic.children]
        several = [self.snippets, *(parts.snippets for parts in self.children)]
        lines = [line for snippets in several for one in snippets for line in one.lines]
        lines += [suggestion.last_line(*parts.edits) for parts in self.children if parts.edits]
        last = max(lines, default=0)
        self.gutter = len(str(last)) if last else 0
        for snippets in several:
            set_margin(snippets, self.gutter)

    def child_parts(self, child: Child) -> _ChildParts:
        labels = self.shown_labels(child.labels)
        edits = suggestion.shown_edits(self.sm, child.edits)
        return _ChildParts(child, labels, self.build_snippets(labels), edits)

    def shown_labels(self, labels: Sequence[Label]) -> list[Label]:
        """The labels where a person can see them, without those that say nothing new."""
        found: list[Label] = []
        for label in labels:
            span = self.sm.outermost_call_site(label.span)
            if not span_file(span) or span_file(span) >= len(self.sm.files):
                continue
            if not any(_covers(other, span, label) for other in found):
                found.append(Label(span, label.text, label.primary))
        return found

    def build_snippets(self, shown: Sequence[Label]) -> list[Snippet]:
        """One per file, the primary span's first."""
        by_file: dict[int, list[Label]] = {}
        for label in sorted(shown, key=lambda label: not label.primary):
            by_file.setdefault(span_file(label.span), [])
        for label in shown:
            by_file[span_file(label.span)].append(label)
        return [self.snippet(self.sm.files[file], labels) for file, labels in by_file.items()]

    def snippet(self, file: SourceFile, labels: list[Label]) -> Snippet:
        ordered = [one for one in labels if one.text] + [one for one in labels if not one.text]
        return build(file, (mark(file, span_lo(one.span), span_hi(one.span), one.text, one.primary) for one in ordered))

    def text(self) -> str:
        d = self.diagnostic
        message = d.message.replace("\n", "\n" + " " * (len(d.level) + (len(d.code) + 2 if d.code else 0) + 2))
        parts = [_headline(d.level, d.code, message, self.color)]
        canvas = Canvas()
        for at, snippet in enumerate(self.snippets):
            self.draw_file(canvas, snippet, at, self.labels)
        parts.extend(self.paint(row) for row in canvas.rows)
        notes = self.notes()
        parts.extend(notes)
        if self.children and self.snippets and not notes:
            parts.append(self.bar())
        for child in self.children:
            parts.extend(self.draw_child(child))
        return "\n".join(parts) + "\n"

    def draw_child(self, parts: _ChildParts) -> list[str]:
        """A note or help with its own piece of source; only its words where that cannot be shown."""
        child = parts.child
        canvas = Canvas()
        for at, snippet in enumerate(parts.snippets):
            self.draw_file(canvas, snippet, at, parts.labels)
        if parts.edits is not None:
            suggestion.draw(canvas, *parts.edits, self.gutter)
        if not canvas.rows:
            return [self.note(child.level, child.message)]
        return [_headline(child.level, "", child.message, self.color), *(self.paint(row) for row in canvas.rows)]

    def bar(self) -> str:
        bar: list[tuple[str, Style]] = [(" ", "")] * (self.gutter + 1)
        return self.paint([*bar, ("|", "line")])

    def draw_file(self, canvas: Canvas, snippet: Snippet, at: int, labels: Sequence[Label]) -> None:
        if at:
            canvas.put(len(canvas.rows), self.gutter + 1, "|", "line")
        row = len(canvas.rows)
        canvas.put(row, self.gutter, "--> " if at == 0 else "::: ", "line")
        canvas.put(row, self.gutter + 4, self.where(snippet, labels), "")
        canvas.put(row + 1, self.gutter + 1, "|", "line")
        draw(canvas, snippet, self.gutter)

    def where(self, snippet: Snippet, labels: Sequence[Label]) -> str:
        """`file:line:column` of the span that counts in this file."""
        here = [label for label in labels if span_file(label.span) == snippet.file.file]
        starts = [span_lo(label.span) for label in here if label.primary]
        at = min(starts) if starts else span_lo(here[0].span)
        line, col = snippet.file.line_col(min(at, len(snippet.file.text)))
        return f"{snippet.file.name}:{line}:{col}"

    def notes(self) -> list[str]:
        notes: list[tuple[str, str]] = list(self.diagnostic.notes)
        origin = self.origin()
        if origin:
            notes.append(("note", origin))
        lines = [self.bar()] if notes and self.snippets else []
        for level, text in notes:
            lines.append(self.note(level, text))
        return lines

    def note(self, level: str, text: str) -> str:
        if not self.snippets:
            return _headline(level, "", text, self.color)
        text = text.replace("\n", "\n" + " " * (self.gutter + len(level) + 5))
        sign = f"{_ANSI['line']}={_RESET}" if self.color else "="
        head = f"{_ANSI['bold']}{level}{_RESET}" if self.color else level
        return f"{' ' * self.gutter} {sign} {head}: {text}"

    def origin(self) -> str:
        """Which macro made the place of the error, if one did."""
        span = self.diagnostic.span
        name = ""
        while span >> 64:
            expansion = self.sm.expansions[span >> 64]
            name, span = expansion.macro_name, expansion.call_site
        if not name:
            return ""
        tail = "(in Nightly builds, run with -Z macro-backtrace for more info)"
        return f"this {self.diagnostic.level} originates in the macro `{name}` {tail}"

    def paint(self, row: Sequence[tuple[str, Style]]) -> str:
        if not self.color:
            return "".join(char for char, _ in row).rstrip()
        out: list[str] = []
        now: str = ""
        for char, style in row:
            if style != now:
                out.append((_RESET if now else "") + self.ansi(style))
                now = style
            out.append(char)
        return "".join(out) + (_RESET if now else "")

    def ansi(self, style: str) -> str:
        return _ANSI[self.diagnostic.level] if style == "primary" else _ANSI.get(style, "")


def _covers(shown: Label, span: Span, label: Label) -> bool:
    """Whether `shown` already says what `label` would at `span`."""
    return shown.span == span and shown.primary >= label.primary and (shown.text == label.text or not label.text)
