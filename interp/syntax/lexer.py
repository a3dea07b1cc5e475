"""The lexer: text to token trees, with one master pattern.

The text is read as Latin-1, so that positions are byte offsets and every byte is one character; pieces that
hold non-ASCII are decoded on their own.  `_MASTER.findall` cuts the text into pieces that leave no gap, and a
memo (`_Pieces`) says what each piece is; only what a pattern cannot say (deeply nested comments, raw strings
with many `#`, errors) is scanned by hand, in `_Lexer.slow`.

Invariants: delimiters come out matched, as `Group`s; whatever the input, nothing but `CompileError` is raised.
To add an operator: `_PUNCT`.  To add a literal form: a line in `_MASTER`, a case in `_classify`, and `literals.py`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NoReturn, Optional

from ..base.diagnostics import CompileError, error
from ..base.span import SourceFile, SourceMap, Span
from . import delimiters
from .token import ALONE, INNER, JOINT, OUTER, RAW, Group, Token, TokenStream

_WS = r"[ \t\n\r\x0b\x0c]"
_UWS = r"(?:\xc2\x85|\xe2\x80[\x8e\x8f\xa8\xa9])"
_ID = r"[A-Za-z_][A-Za-z0-9_]*+"
# a character beyond ASCII that is no white space, without look-ahead: Python before 3.11.5 goes wrong with one in `*+`
_WIDE = (
    r"\xc2[\x80-\x84\x86-\xbf]|[\xc3-\xdf][\x80-\xbf]|\xe2\x80[\x80-\x8d\x90-\xa7\xaa-\xbf]|\xe2[\x81-\xbf][\x80-\xbf]"
    r"|[\xe0\xe1\xe3-\xef][\x80-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf][\x80-\xbf][\x80-\xbf]"
)
_UID = rf"(?:[A-Za-z_]|{_WIDE})(?:[A-Za-z0-9_]|{_WIDE})*+"
_SUFFIX = rf"(?:{_UID})?"
_STR = r'"[^"\\]*+(?:\\[\x00-\xff][^"\\]*+)*+"'
_ESC = r"\\(?:u\{[^}'\n]*\}|x[^'\n]{1,2}|[^ux\n])"
_CHAR = rf"'(?:[^\\'\n\r\t\x80-\xff]|[\xc2-\xf4][\x80-\xbf]+|{_ESC})'"
_COMMENT = r"/\*(?:[^*/]++|\*(?!/)|/(?!\*))*+\*/"
_COMMENT = rf"/\*(?:[^*/]++|\*(?!/)|/(?!\*)|{_COMMENT})*+\*/"
_PUNCT = (
    "<<=", ">>=", "...", "..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=",
    "^=", "&=", "|=", "<<", ">>", "..",
)  # fmt: skip
_SINGLE = ";,.@#~?:$=!<>-&|+*/^%"
_ALTERNATIVES = (
    rf"{_WS}+",
    rf"{_ID}(?![\"'#\x80-\xff])",
    r"[(){}\[\],;]",
    r"//[^\n]*",
    "|".join(map(re.escape, _PUNCT)),
    _COMMENT,
    r"/\*",
    rf"[{re.escape(_SINGLE)}]",
    rf"{_STR}{_SUFFIX}",
    rf"0x[0-9a-fA-F_]++{_SUFFIX}",
    rf"0[ob][0-9_]++{_SUFFIX}",
    r"[0-9][0-9_]*+(?:\.(?:[0-9][0-9_]*+|(?![._A-Za-z\x80-\xff])))?(?:[eE][+-]?_*[0-9][0-9_]*+)?" + _SUFFIX,
    rf"{_CHAR}{_SUFFIX}",
    rf"'(?:r\#)?(?:{_UID})(?!')",
    rf"(?:b|c|){_STR}{_SUFFIX}",
    rf"b{_CHAR}{_SUFFIX}",
    rf"(?:b|c|)r\"[^\"]*+\"{_SUFFIX}",
    rf"(?:b|c|)r\#\"(?:[^\"]++|\"(?!\#))*+\"\#{_SUFFIX}",
    rf"(?:b|c|)r\#\#\"(?:[^\"]++|\"(?!\#\#))*+\"\#\#{_SUFFIX}",
    r"(?:b|c|)r\#++\"",
    rf"r\#{_UID}",
    rf"(?:{_UID})[\"'#]?",
    rf"{_UWS}+",
    r"[\x00-\xff]",
)
_MASTER = re.compile("|".join(_ALTERNATIVES))
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_UNICODE_SPACE = frozenset("\u0085\u200e\u200f\u2028\u2029")

_TRIVIA, _TOKEN, _PUNCTUATION, _OPEN, _CLOSE, _SLOW = range(6)
_CLOSER = {"(": ")", "[": "]", "{": "}"}
_OPENER = {close: open_ for open_, close in _CLOSER.items()}
_PUNCT_SET = frozenset(_PUNCT) | frozenset(_SINGLE)
_Class = tuple[int, str, str, int]  # what to do, then kind, text and spacing of the token


class _Pieces(dict[str, _Class]):
    """What a piece of text is; short pieces are remembered."""

    def __missing__(self, piece: str) -> _Class:
        found = _classify(piece)
        if len(piece) <= 40:
            if len(self) > 200_000:
                self.clear()
            self[piece] = found
        return found


def _classify(piece: str) -> _Class:
    if _WORD.match(piece):
        return (_TOKEN, "ident", piece, ALONE)
    first = piece[0]
    if first in " \t\n\r\x0b\x0c":
        return (_TRIVIA, "", "", 0)
    if piece in _PUNCT_SET:
        return (_PUNCTUATION, "punct", piece, ALONE)
    if piece in _CLOSER:
        return (_OPEN, "", piece, 0)
    if piece in _OPENER:
        return (_CLOSE, "", piece, 0)
    if piece[:2] in ("//", "/*"):
        return _classify_comment(piece)
    return _classify_rest(piece, first)


def _classify_rest(piece: str, first: str) -> _Class:
    text = piece if piece.isascii() else piece.encode("latin-1").decode("utf-8", "replace")
    if first in "0123456789" or (len(piece) > 1 and first == '"') or _is_quoted(piece):
        suffix = _bad_suffix(text)
        return (_SLOW, "", text, 0) if suffix else (_TOKEN, "literal", text, ALONE)
    if first == "'":
        if len(piece) < 2:
            return (_SLOW, "", piece, 0)
        raw = piece.startswith("'r#")
        name = "'" + unicodedata.normalize("NFC", text[3 if raw else 1 :])
        return (_TOKEN, "lifetime", name, RAW if raw else ALONE) if name[1:].isidentifier() else (_SLOW, "", text, 0)
    if piece.startswith("r#") and len(piece) > 2:
        name = unicodedata.normalize("NFC", text[2:])
        bad = not name.isidentifier() or name in ("crate", "self", "super", "Self", "_")
        return (_SLOW, "", text, 0) if bad else (_TOKEN, "ident", name, RAW)
    if text and text[0] in _UNICODE_SPACE:
        return (_TRIVIA, "", "", 0)
    name = unicodedata.normalize("NFC", text)
    return (_TOKEN, "ident", name, ALONE) if name.isidentifier() else (_SLOW, "", text, 0)


_DIGITS = re.compile(r"[0-9.][0-9a-fA-F_.]*")


def _bad_suffix(text: str) -> int:
    """Where the suffix of a literal begins, if it is no identifier; else 0."""
    if text.isascii():
        return 0
    quote = "'" if text[:2] == "b'" or text[0] == "'" else '"'
    at = text.rfind(quote) + 1
    while text[at : at + 1] == "#":
        at += 1
    digits = _DIGITS.match(text)
    at = digits.end() if digits else at
    suffix = unicodedata.normalize("NFC", text[at:])
    return at if suffix and not ("a" + suffix).isidentifier() else 0


_QUOTED = re.compile(r"(?:'.+'|b'.+'|[bc]?r?#*\".*\"#*)[^\"']*\Z", re.DOTALL)
_RAW_START = re.compile(r"[bc]?r(#+)\"")


def _is_quoted(piece: str) -> bool:
    return len(piece) >= 3 and _QUOTED.match(piece) is not None


def _classify_comment(piece: str) -> _Class:
    line = piece[1] == "/"
    if not line and len(piece) == 2:
        return (_SLOW, "", piece, 0)
    third = piece[2:3]
    if third == "!":
        spacing = INNER
    elif third == piece[1] and piece[3:4] != piece[1] and len(piece) > (3 if not line else 2) and piece != "/**/":
        spacing = OUTER
    else:
        return (_TRIVIA, "", "", 0)
    text = piece[3:] if line else piece[3:-2]
    text = text.rstrip("\r") if line else text.replace("\r\n", "\n")
    return (_TOKEN, "doc", text.encode("latin-1").decode("utf-8", "replace"), spacing)


_PIECES = _Pieces()


class _Lexer:
    """The lexing of a file, or of the part of it from `first` on: positions count from there."""

    def __init__(self, file: SourceFile, edition: int, first: int = 0, end: Optional[int] = None) -> None:
        self.file = file
        self.edition = edition
        self.first = first
        self.base = (file.file << 48) + (first << 24) + first
        self.text = file.text[first:end].decode("latin-1")
        self.open: list[tuple[TokenStream, str, int]] = []
        self.out: TokenStream = []

    def span(self, lo: int, hi: int) -> Span:
        return Span(self.base + (lo << 24) + hi)

    def fail(self, lo: int, hi: int, message: str, code: str = "", label: str = "") -> NoReturn:
        raise CompileError(error(self.span(lo, hi), message, code, label))

    def run(self) -> TokenStream:
        if len(self.text) >= 1 << 24:
            self.fail(0, 0, f"file `{self.file.name}` is too large")
        self.check_utf8()
        pos = self.start()
        while pos < len(self.text):
            pos = self.lex_from(pos)
        if self.open:
            self.unbalanced()
        return self.out

    def check_utf8(self) -> None:
        try:
            self.file.text.decode("utf-8")
        except UnicodeDecodeError as bad:
            self.fail(bad.start, bad.start, f"couldn't read `{self.file.name}`: stream did not contain valid UTF-8")

    def start(self) -> int:
        """After a byte order mark and a shebang line."""
        if self.first:
            return 0
        pos = 3 if self.text.startswith("\xef\xbb\xbf") else 0
        if self.text.startswith("#!", pos) and not _INNER_ATTR.match(self.text, pos + 2):
            end = self.text.find("\n", pos)
            return len(self.text) if end < 0 else end
        return pos

    def lex_from(self, pos: int) -> int:
        """Lex to the end, or until the pattern has to be started anew; returns where."""
        pieces, base, new, token = _PIECES, self.base, tuple.__new__, Token
        out, punct_end = self.out, -1
        for piece in _MASTER.findall(self.text, pos):
            what, kind, text, spacing = pieces[piece]
            end = pos + len(piece)
            if what == _TRIVIA:
                pos = end
                continue
            if what == _TOKEN:
                out.append(new(token, (kind, text, base + (pos << 24) + end, spacing, None, None)))
            elif what == _PUNCTUATION:
                if punct_end == pos:
                    out[-1] = out[-1]._replace(spacing=JOINT)  # type: ignore[union-attr]
                out.append(new(token, (kind, text, base + (pos << 24) + end, spacing, None, None)))
                punct_end = end
            elif what == _OPEN:
                self.open.append((out, text, base + (pos << 24) + end))
                self.out = out = []
            elif what == _CLOSE:
                self.out = out = self.close(text, pos)
            else:
                return self.slow(pos, piece)
            pos = end
        return pos

    def close(self, delim: str, pos: int) -> TokenStream:
        if not self.open or _OPENER[delim] != self.open[-1][1]:
            self.unbalanced()
        outer, opened, span = self.open.pop()
        outer.append(Group(opened, self.out, Span(span), self.span(pos, pos + 1)))
        return outer

    def unbalanced(self) -> NoReturn:
        """Complain of delimiters, unless the rest of the file does not even lex."""
        delims: list[delimiters.Delim] = []
        pos = self.start()
        while pos < len(self.text):
            for piece in _MASTER.findall(self.text, pos):
                what = _PIECES[piece][0]
                if what == _SLOW:
                    pos = self.slow(pos, piece)
                    break
                if what in (_OPEN, _CLOSE):
                    delims.append((piece, self.first + pos))
                pos += len(piece)
        raise CompileError(*delimiters.report(self.file, delims))

    def slow(self, pos: int, piece: str) -> int:
        """A piece that the pattern cannot decide: go on behind it, or fail."""
        if piece == "/*":
            return self.nested_comment(pos)
        raw = _RAW_START.fullmatch(piece)
        if raw:
            return self.raw_string(pos, piece, raw.group(1))
        if piece == '"' or (piece.endswith('"') and piece[:-1] in ("b", "c", "r", "br", "cr")):
            self.unterminated_string(pos, piece)
        if piece in ("'", "b'"):
            self.bad_char(pos, piece)
        if piece[-1] in "\"'#" and len(piece) > 1 and not piece.startswith("r#"):
            return self.prefix(pos, piece)
        self.unknown(pos, piece)

    def nested_comment(self, pos: int) -> int:
        depth, at = 0, pos
        for mark in _COMMENT_MARK.finditer(self.text, pos):
            depth += 1 if mark.group() == "/*" else -1
            at = mark.end()
            if depth == 0:
                break
        if depth:
            kind = "block doc-comment" if _DOC_START.match(self.text, pos) else "block comment"
            self.fail(pos, len(self.text), f"unterminated {kind}", "E0758")
        what, word, text, spacing = _classify_comment(self.text[pos:at])
        if what == _TOKEN:
            self.out.append(Token(word, text, self.span(pos, at), spacing))
        return at

    def raw_string(self, pos: int, piece: str, hashes: str) -> int:
        end = self.text.find('"' + hashes, pos + len(piece))
        if end < 0:
            note = f"this raw string should be terminated with `\"{hashes}`"
            report = error(self.span(pos, pos + 1), "unterminated raw string", "E0748", "unterminated raw string")
            raise CompileError(report.note(note))
        end += 1 + len(hashes)
        text = self.text[pos:end].encode("latin-1").decode("utf-8", "replace")
        self.out.append(Token("literal", text, self.span(pos, end)))
        return end

    def unterminated_string(self, pos: int, piece: str) -> NoReturn:
        what = {"b": "double quote byte string", "c": "C string"}.get(piece[0], "double quote string")
        code = {"b": "E0766", "c": "E0767"}.get(piece[0], "E0765")
        if "r" in piece[:-1]:
            self.fail(pos, pos + 1, "unterminated raw string", "E0748", "unterminated raw string")
        self.fail(pos + len(piece) - 1, len(self.text), f"unterminated {what}", code)

    def bad_char(self, pos: int, piece: str) -> NoReturn:
        byte = piece.startswith("b")
        start = pos + len(piece)
        found = _CHAR_END.match(self.text, start)
        if found is None:
            code, what = ("E0763", "byte constant") if byte else ("E0762", "character literal")
            end = self.text.find("\n", pos)
            self.fail(start - 1, len(self.text) if end < 0 else end, f"unterminated {what}", code)
        body = found.group(1)
        if body in ("", "'"):
            what = f"empty {'byte' if byte else 'character'} literal"
            self.fail(start, start, what, "", what)
        if body in ("\n", "\r", "\t"):
            self.fail(start, start + 1, f"{'byte' if byte else 'character'} constant must be escaped: `{body!r}`")
        self.fail(pos, found.end(), "character literal may only contain one codepoint")

    def prefix(self, pos: int, piece: str) -> int:
        """An identifier with a quote or `#` right behind it: reserved since edition 2021."""
        name = piece[:-1].encode("latin-1").decode("utf-8", "replace")
        end = pos + len(piece) - 1
        if not unicodedata.normalize("NFC", name).isidentifier():
            self.unknown(pos, piece)
        if self.edition >= 2021:
            report = error(self.span(pos, end), f"prefix `{name}` is unknown", "", "unknown prefix")
            raise CompileError(report.note("prefixed identifiers and literals are reserved since Rust 2021"))
        self.out.append(Token("ident", unicodedata.normalize("NFC", name), self.span(pos, end)))
        return end

    def unknown(self, pos: int, piece: str) -> NoReturn:
        text = piece.encode("latin-1").decode("utf-8", "replace")
        if piece == "r#":
            after = re.compile("#*").match(self.text, pos + 2)
            bad = self.text[after.end() : after.end() + 1] if after is not None else ""
            if bad:
                only = "found invalid character; only `#` is allowed in raw string delimitation"
                self.fail(pos, pos + 1, f"{only}: {bad}")
        if piece.startswith("r#") and len(piece) > 2 and not _is_quoted(piece):
            self.fail(pos, pos + len(piece), f"`{text[2:]}` cannot be a raw identifier")
        first = at = _bad_suffix(text) if piece[0] in "0123456789" or _is_quoted(piece) else 0
        while at < len(text) and ("a" * bool(first) + text[first : at + 1]).isidentifier():
            at += 1
        at = min(at, len(text) - 1)
        lo = pos + len(text[:at].encode())
        char = text[at]
        shown = char if " " <= char <= "~" else f"\\u{{{ord(char):x}}}"
        self.fail(lo, lo + len(char.encode()), f"unknown start of token: {shown}")


_INNER_ATTR = re.compile(r"(?:[ \t\n\r\x0b\x0c]+|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*\[")
_COMMENT_MARK = re.compile(r"/\*|\*/")
_DOC_START = re.compile(r"/\*(?:!|\*(?![*/]))")
_CHAR_END = re.compile(r"([^'\n\\]*(?:\\.[^'\n\\]*)*|[\n\r\t])'")


def lex(file: SourceFile, edition: int = 2021) -> TokenStream:
    """The token trees of a file."""
    return _Lexer(file, edition).run()


def lex_part(file: SourceFile, lo: int, hi: int, edition: int = 2021) -> TokenStream:
    """The token trees of the piece `[lo, hi)` of a file, which must hold whole ones."""
    lexer = _Lexer(file, edition, lo, hi)
    pos = 0
    while pos < hi - lo:
        pos = lexer.lex_from(pos)
    if lexer.open:
        lexer.unbalanced()
    return lexer.out


def lex_str(sm: SourceMap, text: str, name: str = "<anon>", edition: int = 2021) -> TokenStream:
    """Lex a text that comes from nowhere in particular, as a new file of `sm`."""
    return lex(sm.add(name, text.encode("utf-8", "surrogatepass")), edition)
