"""Diagnostics as rustc prints them.

`render` makes the text of one, `render_all` of a session's, with the closing count.  A span that a macro made is
shown where a person called the macro.  The source lines themselves are `snippet.py`'s work.
To add a part of a report: `_Report`.
"""

from __future__ import annotations

from collections.abc import Sequence

from .diagnostics import Diagnostic, Label
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


class _Report:
    """One diagnostic on its way to text."""

    def __init__(self, diagnostic: Diagnostic, sm: SourceMap, color: bool) -> None:
        self.diagnostic = diagnostic
        self.sm = sm
        self.color = color
        self.labels = self.shown_labels()
        self.snippets = self.build_snippets()
        last = max((line for one in self.snippets for line in one.lines), default=0)
        self.gutter = len(str(last)) if last else 0
        set_margin(self.snippets, self.gutter)

    def shown_labels(self) -> list[Label]:
        """The labels where a person can see them, without those that say nothing new."""
        found: list[Label] = []
        for label in self.diagnostic.labels:
            span = self.sm.outermost_call_site(label.span)
            if not span_file(span) or span_file(span) >= len(self.sm.files):
                continue
            if not any(_covers(other, span, label) for other in found):
                found.append(Label(span, label.text, label.primary))
        return found

    def build_snippets(self) -> list[Snippet]:
        """One per file, the primary span's first."""
        by_file: dict[int, list[Label]] = {}
        for label in sorted(self.labels, key=lambda label: not label.primary):
            by_file.setdefault(span_file(label.span), [])
        for label in self.labels:
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
            self.draw_file(canvas, snippet, at)
        parts.extend(self.paint(row) for row in canvas.rows)
        parts.extend(self.notes())
        return "\n".join(parts) + "\n"

    def draw_file(self, canvas: Canvas, snippet: Snippet, at: int) -> None:
        if at:
            canvas.put(len(canvas.rows), self.gutter + 1, "|", "line")
        row = len(canvas.rows)
        canvas.put(row, self.gutter, "--> " if at == 0 else "::: ", "line")
        canvas.put(row, self.gutter + 4, self.where(snippet), "")
        canvas.put(row + 1, self.gutter + 1, "|", "line")
        draw(canvas, snippet, self.gutter)

    def where(self, snippet: Snippet) -> str:
        """`file:line:column` of the span that counts in this file."""
        here = [label for label in self.labels if span_file(label.span) == snippet.file.file]
        starts = [span_lo(label.span) for label in here if label.primary]
        at = min(starts) if starts else span_lo(here[0].span)
        line, col = snippet.file.line_col(min(at, len(snippet.file.text)))
        return f"{snippet.file.name}:{line}:{col}"

    def notes(self) -> list[str]:
        notes: list[tuple[str, str]] = list(self.diagnostic.notes)
        origin = self.origin()
        if origin:
            notes.append(("note", origin))
        bar: list[tuple[str, Style]] = [(" ", "")] * (self.gutter + 1)
        lines = [self.paint([*bar, ("|", "line")])] if notes and self.snippets else []
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
