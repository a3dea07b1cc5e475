"""Diagnostics as data, and the two ways out of a floor: an error of the program, or a fault of ours.

A floor reports through `DiagCtxt.emit` and goes on where it can.  `CompileError` leaves a body or an
item at once; whoever asked for it catches it at an item's boundary.  `Unsupported` is the same with the
message prefix `unsupported: `.  A fault of the interpreter is an `AssertionError`, never one of these.

To add an error: use rustc's own code and wording; codes that `interp explain` knows stand in `codes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .span import DUMMY_SP, Span

Level = Literal["error", "warning", "note", "help"]


@dataclass(slots=True)
class Label:
    """A span and what to write under its underline (may be empty)."""

    span: Span
    text: str = ""
    primary: bool = False


@dataclass(slots=True)
class Child:
    """A note or help with a place of its own: labelled spans, or `edits`, (span, text to put there) of a suggestion."""

    level: Level
    message: str
    labels: list[Label] = field(default_factory=list)
    edits: list[tuple[Span, str]] = field(default_factory=list)


@dataclass(slots=True)
class Diagnostic:
    """What rustc prints: level, code, message, labelled spans, then notes and helps, then those with places."""

    level: Level
    message: str
    code: str = ""
    labels: list[Label] = field(default_factory=list)
    notes: list[tuple[Level, str]] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    @property
    def span(self) -> Span:
        for label in self.labels:
            if label.primary:
                return label.span
        return self.labels[0].span if self.labels else DUMMY_SP

    def label(self, span: Span, text: str) -> Diagnostic:
        self.labels.append(Label(span, text))
        return self

    def note(self, text: str) -> Diagnostic:
        self.notes.append(("note", text))
        return self

    def help(self, text: str) -> Diagnostic:
        self.notes.append(("help", text))
        return self

    def span_note(self, span: Span, text: str, *labels: tuple[Span, str]) -> Diagnostic:
        """A note about `span`; `labels` mark other places in it."""
        shown = [Label(span, "", True), *(Label(at, said) for at, said in labels)]
        self.children.append(Child("note", text, shown))
        return self

    def suggest(self, text: str, *edits: tuple[Span, str]) -> Diagnostic:
        """A help that shows the source as it would be with `edits` made."""
        self.children.append(Child("help", text, [], list(edits)))
        return self


def error(span: Span, message: str, code: str = "", label: str = "") -> Diagnostic:
    return Diagnostic("error", message, code, [Label(span, label, True)])


def warning(span: Span, message: str, code: str = "", label: str = "") -> Diagnostic:
    return Diagnostic("warning", message, code, [Label(span, label, True)])


class CompileError(Exception):
    """The program is wrong; `diagnostics` says how.  They are not yet emitted."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message if diagnostics else "")
        self.diagnostics = list(diagnostics)


class Unsupported(CompileError):
    """Rust has it and this interpreter does not yet: never a wrong answer, always a place."""

    def __init__(self, span: Span, what: str) -> None:
        super().__init__(error(span, f"unsupported: {what}"))


class DiagCtxt:
    """Collects what was emitted, in order, without repeating one."""

    def __init__(self) -> None:
        self.emitted: list[Diagnostic] = []
        self._seen: set[tuple[str, str, Span]] = set()

    def emit(self, diagnostic: Diagnostic) -> None:
        key = (diagnostic.level, diagnostic.message, diagnostic.span)
        if key not in self._seen:
            self._seen.add(key)
            self.emitted.append(diagnostic)

    def emit_all(self, failure: CompileError) -> None:
        for diagnostic in failure.diagnostics:
            self.emit(diagnostic)

    @property
    def error_count(self) -> int:
        return sum(d.level == "error" for d in self.emitted)
