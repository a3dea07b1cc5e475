"""The cursor every production works on: where the parser is in a token stream, and its complaints.

`tok` is the current token tree and `key` what to compare it by: the text of a punctuation, keyword, identifier or
literal, the delimiter of a group, "" at the end.  A raw identifier and a doc comment have keys nothing else has, so
`p.key == "fn"` is exact.  Entering a group (`enter`) moves the cursor into its stream; `leave` insists on its end.

Invariant: streams are never changed.  Splitting `>>` only replaces `tok`, so `pos` counts tokens of the given stream.
To add a kind of complaint: `expected.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, NoReturn

from ..base.diagnostics import CompileError, error
from ..base.span import DUMMY_SP, SourceFile, Span, mk_span, span_file, span_hi, span_lo
from . import expected
from .ast import Attribute, Ident
from .keywords import BY_EDITION, PATH_KEYWORDS
from .token import RAW, Group, Token, TokenStream, TokenTree

_HI = 0xFFFFFF
_KEY_OF_SPACING = {2: "r#", 3: "///", 4: "//!"}
_CLOSER = {"(": ")", "[": "]", "{": "}", "": ""}


class Place(NamedTuple):
    """Where a cursor was: give it back to `restore`."""

    toks: TokenStream
    pos: int
    tok: TokenTree
    key: str
    prev_span: Span
    end: Token
    depth: int


class Cursor:
    """The primitives of the parser."""

    __slots__ = (
        "toks", "pos", "tok", "key", "prev_span", "end", "stack", "edition", "lazy_bodies", "words",
        "no_struct", "stmt_mode", "errors", "file", "inner",
    )  # fmt: skip

    toks: TokenStream
    pos: int
    tok: TokenTree
    key: str

    def __init__(
        self,
        stream: TokenStream,
        edition: int = 2021,
        end_span: Span = DUMMY_SP,
        lazy_bodies: bool = False,
        pos: int = 0,
        file: SourceFile | None = None,
    ) -> None:
        self.end = Token("eof", "", end_span)
        self.stack: list[tuple[TokenStream, int, Token]] = []
        self.edition = edition
        self.words = BY_EDITION[edition]
        self.lazy_bodies = lazy_bodies
        self.no_struct = False  # in a condition or scrutinee: `{` ends the expression
        self.stmt_mode = False  # at the start of a statement: a block-like expression ends it
        self.file = file  # where the tokens come from, if complaints are to know about its lines
        self.errors: list[CompileError] = []
        self.inner: list[Attribute] = []  # of the item whose braces were just left
        self.toks = stream
        self.prev_span = Span(0)
        self.seek(pos)

    # --- where we are

    def seek(self, pos: int) -> None:
        """Go to the token tree number `pos` of the current stream."""
        self.pos = pos
        self.tok = self.toks[pos] if pos < len(self.toks) else self.end
        tok = self.tok
        self.key = tok.text if tok.spacing < RAW else _KEY_OF_SPACING[tok.spacing]

    def bump(self) -> TokenTree:
        """Go past the current token tree; returns it."""
        was = self.tok
        self.prev_span = was.span
        self.pos = pos = self.pos + 1
        try:
            tok = self.toks[pos]
        except IndexError:
            tok = self.end
        self.tok = tok
        self.key = tok.text if tok.spacing < RAW else _KEY_OF_SPACING[tok.spacing]
        return was

    def save(self) -> Place:
        return Place(self.toks, self.pos, self.tok, self.key, self.prev_span, self.end, len(self.stack))

    def restore(self, place: Place) -> None:
        self.toks, self.pos, self.tok, self.key, self.prev_span, self.end, depth = place
        del self.stack[depth:]

    @property
    def at_end(self) -> bool:
        return self.tok is self.end

    @property
    def is_split(self) -> bool:
        """Whether the current token is the second half of one that was split (`>>`)."""
        return self.pos < len(self.toks) and self.tok is not self.toks[self.pos]

    def remaining(self) -> TokenStream:
        """What was not consumed of the current stream."""
        return [self.tok, *self.toks[self.pos + 1 :]] if self.tok is not self.end else []

    @property
    def span(self) -> Span:
        return self.tok.span

    @property
    def here(self) -> Span:
        """Where to complain of the current token: a group's opening delimiter, at the end what came last."""
        tok = self.tok
        if isinstance(tok, Group):
            return tok.open
        return self.prev_span if tok is self.end and not self.stack and self.prev_span else tok.span

    def peek(self, n: int = 1) -> TokenTree:
        """The `n`th token tree behind the current one (0 is the current one)."""
        if n == 0:
            return self.tok
        pos = self.pos + n
        return self.toks[pos] if pos < len(self.toks) else self.end

    def peek_key(self, n: int = 1) -> str:
        tok = self.peek(n)
        return tok.text if tok.spacing < RAW else _KEY_OF_SPACING[tok.spacing]

    def give_up(self, failure: CompileError, toks: TokenStream, end: Token, depth: int) -> None:
        """Keep an error for later and go to the end of the stream `toks`, in which it happened."""
        self.errors.append(failure)
        del self.stack[depth:]
        self.toks, self.end = toks, end
        self.no_struct = self.stmt_mode = False
        self.seek(len(toks))

    # --- groups

    def enter(self) -> Group:
        """Go into the group at the cursor."""
        group = self.tok
        assert isinstance(group, Group)
        self.prev_span = group.open
        self.stack.append((self.toks, self.pos, self.end))
        self.toks = group.stream
        self.end = Token("eof", "", group.close)
        self.seek(0)
        return group

    def leave(self, *wanted: str) -> None:
        """Behind the group we are in; `wanted` is what else could have stood here, for the complaint."""
        if self.tok is not self.end:
            self.unexpected(*wanted, f"`{self.close_text()}`")
        close = self.end.span
        self.toks, pos, self.end = self.stack.pop()
        self.seek(pos + 1)
        self.prev_span = close

    def close_text(self) -> str:
        """The delimiter that ends the stream we are in."""
        if not self.stack:
            return "<eof>"
        toks, pos, _ = self.stack[-1]
        tok = toks[pos]
        return _CLOSER[tok.delim] if isinstance(tok, Group) else "<eof>"

    # --- eating

    def eat(self, key: str) -> bool:
        if self.key != key:
            return False
        self.bump()
        return True

    def expect(self, key: str, *others: str) -> Span:
        """Go past `key`, which must be there; `others` could have stood there as well."""
        if self.key != key:
            self.unexpected(f"`{key}`", *others)
        self.bump()
        return self.prev_span

    def split(self, first: str) -> None:
        """Go past `first`, the beginning of the current punctuation (`>` of `>>=`)."""
        tok = self.tok
        rest, lo, ctxt = tok.text[len(first) :], span_lo(tok.span) + len(first), tok.span >> 48 << 48
        self.prev_span = Span(ctxt | span_lo(tok.span) << 24 | lo)
        self.tok = Token("punct", rest, Span(ctxt | lo << 24 | span_hi(tok.span)), tok.spacing)
        self.key = rest

    def eat_start(self, first: str) -> bool:
        """Eat `first`, taking it off a longer punctuation if need be."""
        key = self.key
        if key == first:
            self.bump()
            return True
        if key.startswith(first) and self.tok.kind == "punct":
            self.split(first)
            return True
        return False

    def expect_gt(self, *others: str) -> None:
        if not self.eat_start(">"):
            self.unexpected(*others, "`>`")

    # --- identifiers

    def is_ident(self) -> bool:
        """Whether an identifier that is no keyword stands here."""
        tok = self.tok
        return tok.kind == "ident" and (tok.spacing == RAW or (tok.text not in self.words and tok.text != "$crate"))

    def is_ident_at(self, n: int) -> bool:
        tok = self.peek(n)
        return tok.kind == "ident" and (tok.spacing == RAW or (tok.text not in self.words and tok.text != "$crate"))

    def parse_ident(self, *others: str) -> Ident:
        tok = self.tok
        if tok.kind == "ident" and (tok.spacing == RAW or tok.text not in self.words):
            self.bump()
            return Ident(tok.text, tok.span)
        self.unexpected("identifier", *others)

    def is_path_segment(self) -> bool:
        tok = self.tok
        return tok.kind == "ident" and (tok.spacing == RAW or tok.text not in self.words or tok.text in PATH_KEYWORDS)

    # --- spans and complaints

    def since(self, start: Span) -> Span:
        """From `start` to the end of the last token eaten; that token's own span if `start` is nowhere (`$crate`)."""
        last = self.prev_span
        if start >> 48 == last >> 48:
            return Span(start & ~_HI | last & _HI)
        return start if span_file(start) else last

    def new_line_here(self) -> bool:
        """Whether the current token stands on another line than the last one eaten; False if nobody can tell."""
        prev, here, file = self.prev_span, self.tok.span, self.file
        if file is None or not span_file(here) == span_file(prev) == file.file or here >> 64 or prev >> 64:
            return False
        return b"\n" in file.text[span_hi(prev) : span_lo(here)]

    def prev_end(self) -> Span:
        """The empty span behind the last token eaten."""
        prev = self.prev_span
        return mk_span(span_file(prev), span_hi(prev), span_hi(prev), prev >> 64)

    @contextmanager
    def while_parsing(self, span: Span, what: str) -> Iterator[None]:
        """An error inside gets the label `what` at `span`."""
        try:
            yield
        except CompileError as failure:
            failure.diagnostics[0].label(span, what)
            raise

    def fail(self, span: Span, message: str, code: str = "", label: str = "") -> NoReturn:
        raise CompileError(error(span, message, code, label))

    def unexpected(self, *wanted: str) -> NoReturn:
        """Raise "expected one of ..., found ..."; each of `wanted` as rustc shows it: "`;`", "identifier"."""
        raise CompileError(expected.report(self.tok, self.describe(), self.here, wanted))

    def describe(self) -> str:
        """The current token as a complaint names it."""
        return expected.describe(self.tok, self.close_text(), self.words)

    def unexpected_what(self, what: str) -> NoReturn:
        """Raise "expected expression, found ..." and the like, which stand alone."""
        found = self.describe()
        self.fail(self.here, f"expected {what}, found {found}", "", f"expected {what}")

    def unexpected_expr(self) -> NoReturn:
        self.unexpected_what("expression")

    def unexpected_type(self) -> NoReturn:
        self.unexpected_what("type")
