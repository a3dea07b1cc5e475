"""Oppen's pretty printer, as rustc uses it: words, breaks and boxes in, lines of at most 78 columns out.

A box is consistent (all of its breaks are lines or none is) or inconsistent (as many words a line as fit).
Invariant: sizes are computed over the whole document before a character is written, so `Printer` is used once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MARGIN: Final = 78
_MIN_SPACE: Final = 60
_INFINITY: Final = 0xFFFF
INDENT: Final = 4


@dataclass(slots=True)
class _Break:
    offset: int
    blank: int
    size: int = 0


@dataclass(slots=True)
class _Begin:
    offset: int
    consistent: bool
    size: int = 0


_END = None
_Piece = str | _Break | _Begin | None


class Printer:
    """Collects a document; `finish` lays it out."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []

    # --- the document

    def word(self, text: str) -> None:
        self.pieces.append(text)

    def space(self) -> None:
        self.pieces.append(_Break(0, 1))

    def zerobreak(self) -> None:
        self.pieces.append(_Break(0, 0))

    def break_offset(self, blank: int, offset: int) -> None:
        self.pieces.append(_Break(offset, blank))

    def word_space(self, text: str) -> None:
        self.word(text)
        self.space()

    def nbsp(self) -> None:
        self.word(" ")

    def ibox(self, offset: int = 0) -> None:
        self.pieces.append(_Begin(offset, False))

    def cbox(self, offset: int = 0) -> None:
        self.pieces.append(_Begin(offset, True))

    def end(self) -> None:
        self.pieces.append(_END)

    # --- the layout

    def finish(self) -> str:
        self._measure()
        return self._write()

    def _measure(self) -> None:
        """The size of a break: to the next one that is not deeper; of a box: to the break behind it."""
        width = 0
        open_: list[_Break | _Begin] = []  # breaks and boxes whose size is not known, boxes nested
        boxes: list[int] = []  # where in `open_` the open boxes stand
        for piece in self.pieces:
            if piece is _END:
                if boxes:
                    boxes.pop()
            elif isinstance(piece, str):
                width += len(piece.encode())
            elif isinstance(piece, _Break):
                keep = boxes[-1] + 1 if boxes else 0
                for waiting in open_[keep:]:
                    waiting.size += width
                del open_[keep:]
                piece.size = -width
                open_.append(piece)
                width += piece.blank
            else:
                piece.size = -width
                boxes.append(len(open_))
                open_.append(piece)
        for waiting in open_:
            waiting.size += width

    def _write(self) -> str:
        out: list[str] = []
        frames: list[tuple[bool, bool, int]] = []  # (fits, consistent, indent outside)
        space, indent, pending = MARGIN, 0, 0
        for piece in self.pieces:
            if isinstance(piece, str):
                out.append(" " * pending + piece)
                pending = 0
                space -= len(piece.encode())
            elif piece is _END:
                if frames:
                    fits, _, outside = frames.pop()
                    indent = indent if fits else outside
            elif isinstance(piece, _Begin):
                frames.append((piece.size <= space, piece.consistent, indent))
                indent += piece.offset if piece.size > space else 0
            else:
                fits, consistent, _ = frames[-1] if frames else (False, False, 0)
                if fits or (not consistent and piece.size <= space):
                    pending += piece.blank
                    space -= piece.blank
                else:
                    out.append("\n")
                    pending = indent + piece.offset
                    space = max(MARGIN - pending, _MIN_SPACE)
        return "".join(out)
