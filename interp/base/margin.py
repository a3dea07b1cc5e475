"""Which columns of long or deeply indented lines are shown, so that a report stays within `TERMINAL` columns.

Invariant: every line of one file in one diagnostic is cut at the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TERMINAL: Final = 140
CUT: Final = "..."
_PADDING = 6  # room for `...` on either side


@dataclass(slots=True)
class Margin:
    """Lines are shown from column `left`; those that are too long end at `right`."""

    left: int = 0
    right: int = TERMINAL
    width: int = TERMINAL

    def cut(self, text: str) -> str:
        """What is shown of a line."""
        end = len(text) if len(text) - self.left <= self.width else min(len(text), self.right)
        shown = text[self.left : end]
        if self.left and shown:
            shown = CUT + shown[len(CUT) :]
        if text[end:].strip():
            shown = shown[: -len(CUT)] + CUT
        return shown


@dataclass(slots=True)
class Extent:
    """What a diagnostic covers: columns of its indentation, spans and labels, and its longest line."""

    whitespace: int | None = None
    span_left: int | None = None
    span_right: int = 0
    label_right: int = 0
    longest: int = 0

    def add_line(self, text: str) -> None:
        stripped = text.lstrip()
        if stripped:
            blank = len(text) - len(stripped)
            self.whitespace = blank if self.whitespace is None else min(self.whitespace, blank)
        self.longest = max(self.longest, len(text))

    def add_span(self, start: int, end: int, label: str) -> None:
        self.span_left = start if self.span_left is None else min(self.span_left, start)
        self.span_right = max(self.span_right, start, end)
        self.label_right = max(self.label_right, end + (len(label) + 1 if label else 0))

    def margin(self, width: int) -> Margin:
        """The columns to show, at most `width` of them."""
        left, right = self._columns(width)
        return Margin(left, right, width)

    def _columns(self, width: int) -> tuple[int, int]:
        blank = max((self.whitespace or 0) - _PADDING, 0)
        start = max((self.span_left or 0) - _PADDING, 0)
        end, label_end = self.span_right + _PADDING, self.label_right + _PADDING
        left = blank - 16 if blank > 20 else 0
        right = max(self.longest, left)
        if right - left <= width:
            return left, right
        if label_end - blank <= width:
            return blank, blank + width
        if label_end - start <= width:
            left = max(start - (width - (label_end - start)) // 2, 0)
            return left, left + width
        if end - start <= width:
            left = max(start - (width - (end - start)) // 5 * 2, 0)
            return left, left + width
        return start, end
