"""Literal tokens, decoded into `ast.Lit`.

Errors are rustc's, and point into the literal.  To add a suffix: `_INT_SUFFIXES` or `_FLOAT_SUFFIXES`.
"""

from __future__ import annotations

import re
from typing import Callable, Literal, NoReturn

from ..base.diagnostics import CompileError, error
from ..base.span import Span, span_lo
from ..base.target import INT_TYPES
from .ast import Lit
from .token import TokenTree

_FLOAT_SUFFIXES = frozenset(["f32", "f64", "f16", "f128"])
_NUMBER = re.compile(r"0x[0-9a-fA-F_]+|0[ob][0-9_]+|[0-9][0-9_]*(?:\.(?:[0-9][0-9_]*)?)?(?:[eE][+-]?_*[0-9][0-9_]*)?")
_QUOTED = re.compile(r"(b|c|)(?:(['\"])(.*)\2|r(#*)\"(.*)\"\4)(\w*)\Z", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u\{([^}]*)\}|(\r?\n[ \t\n\r]*)|(.))|\r\n", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "0": "\0", "'": "'", '"': '"'}
_BASES = {"0x": 16, "0o": 8, "0b": 2}
_BASE_NAMES = {8: "octal", 2: "binary"}
Quoted = Literal["str", "bytestr", "cstr", "char", "byte"]
_KINDS: dict[tuple[str, bool], Quoted] = {
    ("", False): "str", ("b", False): "bytestr", ("c", False): "cstr", ("", True): "char", ("b", True): "byte",
}  # fmt: skip


def decode(tok: TokenTree) -> Lit:
    """The literal that a "literal" token stands for."""
    text = tok.text
    lit = _number(text, tok.span) if "0" <= text[0] <= "9" else _quoted(text, tok.span)
    lit.text = text
    return lit


def _fail(span: Span, message: str, code: str = "", label: str = "", *helps: str) -> NoReturn:
    report = error(span, message, code, label)
    for text in helps:
        report.help(text)
    raise CompileError(report)


def _within(span: Span, text: str, start: int, end: int) -> Span:
    """The span of `text[start:end]`, a part of the literal at `span`."""
    lo = span_lo(span) + len(text[:start].encode())
    return Span(span >> 48 << 48 | lo << 24 | lo + len(text[start:end].encode()))


def places_in(text: str, span: Span) -> Callable[[int, int], Span]:
    """Where the characters of a string literal's value stand in its text."""
    raw = text.lstrip("bc").startswith("r")
    at, end = text.index('"') + 1, text.rindex('"')
    starts: list[int] = []
    while at < end:
        escape = None if raw else _ESCAPE.match(text, at)
        if escape is None:
            starts.append(at)
            at += 1
            continue
        if escape[3] is None:  # a line that goes on leaves nothing behind
            starts.append(at)
        at = escape.end()
    starts.append(end)

    def place(first: int, last: int) -> Span:
        size = len(starts) - 1
        return _within(span, text, starts[min(first, size)], starts[min(last, size)])

    return place


# --- numbers


def _number(text: str, span: Span) -> Lit:
    match = _NUMBER.match(text)
    assert match is not None
    digits, suffix = match.group(), text[match.end() :]
    base = _BASES.get(digits[:2])
    if base is None and ("." in digits or "e" in digits or "E" in digits):
        return _float(digits, suffix, span)
    if base is None and suffix in _FLOAT_SUFFIXES:
        return _float(digits, suffix, span)
    return _integer(text, digits, suffix, base or 10, span)


def _float(digits: str, suffix: str, span: Span) -> Lit:
    if suffix and suffix not in _FLOAT_SUFFIXES:
        _bad_suffix(suffix, span, "float")
    return Lit("float", digits.replace("_", ""), suffix, span)


def _integer(text: str, digits: str, suffix: str, base: int, span: Span) -> Lit:
    body = (digits if base == 10 else digits[2:]).replace("_", "")
    if not body:
        _fail(span, "no valid digits found for number", "E0768")
    for at, digit in enumerate(digits[2:] if base < 10 else ""):
        if digit != "_" and int(digit) >= base:
            _fail(_within(span, text, at + 2, at + 3), f"invalid digit for a base {base} literal")
    if suffix and suffix not in INT_TYPES:
        if base < 10 and suffix in _FLOAT_SUFFIXES:
            _fail(span, f"{_BASE_NAMES[base]} float literal is not supported", "", "not supported")
        _bad_suffix(suffix, span, "number")
    value = int(body, base) if len(body) < 4000 else 1 << 128
    if value >= 1 << 128:
        limit = "value exceeds limit of `u128::MAX`"
        report = error(span, "integer literal is too large")
        raise CompileError(report.note(limit))
    return Lit("int", value, suffix, span)


def _bad_suffix(suffix: str, span: Span, what: str) -> NoReturn:
    kind = "number" if what == "number" else "float"
    if suffix[0] in "iu" and suffix[1:].isdigit():
        message = f"invalid width `{suffix[1:]}` for integer literal"
        report = error(span, message if kind == "number" else f"invalid suffix `{suffix}` for float literal")
        raise CompileError(report.help("valid widths are 8, 16, 32, 64 and 128"))
    if suffix[0] == "f" and suffix[1:].isdigit():
        report = error(span, f"invalid width `{suffix[1:]}` for float literal")
        raise CompileError(report.help("valid widths are 32 and 64"))
    if kind == "float":
        label = f"invalid suffix `{suffix}`"
        _fail(span, f"invalid suffix `{suffix}` for float literal", "", label, "valid suffixes are `f32` and `f64`")
    _fail(
        span, f"invalid suffix `{suffix}` for number literal", "", f"invalid suffix `{suffix}`",
        "the suffix must be one of the numeric types (`u32`, `isize`, `f32`, etc.)",
    )  # fmt: skip


# --- strings and characters


def _quoted(text: str, span: Span) -> Lit:
    match = _QUOTED.match(text)
    assert match is not None, text
    prefix, quote, cooked, _, raw, suffix = match.groups()
    kind = _KINDS[prefix, quote == "'"]
    if suffix:
        what = {"str": "string", "bytestr": "byte string", "cstr": "C string", "byte": "byte"}.get(kind, kind)
        _fail(span, f"suffixes on {what} literals are invalid", "", f"invalid suffix `{suffix}`")
    if raw is not None:
        return _raw(kind, raw, text, match.start(5), span)
    body = cooked
    units = _unescape(body, kind, text, match.start(3), span)
    if kind == "str":
        return Lit("str", "".join(map(chr, units)) if units is not None else body, "", span)
    if units is None:
        units = [ord(char) for char in body]
    if kind in ("char", "byte"):
        return Lit(kind, units[0], "", span)
    if kind == "cstr":
        return _c_string(body, text, match.start(3), span)
    return Lit(kind, bytes(units), "", span)


def _raw(kind: Quoted, raw: str, text: str, at: int, span: Span) -> Lit:
    raw = raw.replace("\r\n", "\n")
    if kind == "str":
        return Lit("str", raw, "", span)
    if kind == "bytestr":
        _check_ascii(raw, text, at, span, "raw byte string")
        return Lit("bytestr", raw.encode("latin-1"), "", span)
    if "\0" in raw:
        _fail(span, "null characters in C string literals are not supported")
    return Lit("cstr", raw.encode() + b"\0", "", span)


def _check_ascii(body: str, text: str, at: int, span: Span, what: str) -> None:
    if body.isascii():
        return
    for offset, char in enumerate(body):
        if ord(char) > 127:
            where = _within(span, text, at + offset, at + offset + 1)
            _fail(where, f"non-ASCII character in {what} literal", "", "must be ASCII")


def _unescape(body: str, kind: Quoted, text: str, at: int, span: Span) -> list[int] | None:
    """The code points (or bytes) of a literal's inside; None: it is what stands there."""
    if kind in ("bytestr", "byte"):
        _check_ascii(body, text, at, span, "byte string" if kind == "bytestr" else "byte")
    if "\\" not in body and "\r" not in body:
        return None
    units: list[int] = []
    last = 0
    for match in _ESCAPE.finditer(body):
        units.extend(map(ord, body[last : match.start()]))
        value = _escape(match, kind, _within(span, text, at + match.start(), at + match.end()))
        if value is not None:
            units.append(value)
        last = match.end()
    units.extend(map(ord, body[last:]))
    return units


def _escape(match: re.Match[str], kind: Quoted, here: Span) -> int | None:
    """What one escape stands for; None for a line continuation."""
    hexa, uni, line, char = match.groups()
    if hexa is not None:
        value = int(hexa, 16)
        if value > 127 and kind in ("str", "char"):
            _fail(here, "out of range hex escape", "", "must be a character in the range [\\x00-\\x7f]")
        return value
    if uni is not None:
        if kind in ("byte", "bytestr"):
            _fail(here, "unicode escape in byte string", "", "unicode escape in byte string")
        return _unicode(uni, here)
    if line is not None:
        return None
    if char is None:
        return 10
    if char in _SIMPLE:
        return ord(_SIMPLE[char])
    if char in "xu":
        what = "invalid character in numeric character escape" if char == "x" else "incorrect unicode escape sequence"
        _fail(here, what)
    which = "byte" if kind in ("byte", "bytestr") else "character"
    lo = span_lo(here) + 1
    at = Span(here >> 48 << 48 | lo << 24 | lo + len(char.encode()))
    _fail(at, f"unknown {which} escape: `{char}`", "", f"unknown {which} escape")


def _unicode(digits: str, here: Span) -> int:
    body = digits.replace("_", "")
    if not body:
        _fail(here, "empty unicode escape", "", "this escape must have at least 1 hex digit")
    if not all(digit in "0123456789abcdefABCDEF" for digit in body):
        _fail(here, "invalid character in unicode escape")
    if digits[0] == "_":
        _fail(here, "invalid start of unicode escape: `_`")
    if len(body) > 6:
        _fail(here, "overlong unicode escape", "", "must have at most 6 hex digits")
    value = int(body, 16)
    if 0xD800 <= value <= 0xDFFF:
        _fail(here, "invalid unicode character escape", "", "unicode escape must not be a surrogate")
    if value > 0x10FFFF:
        _fail(here, "invalid unicode character escape", "", "unicode escape must be at most 10FFFF")
    return value


def _c_string(body: str, text: str, at: int, span: Span) -> Lit:
    """Bytes: `\\xff` is one byte, everything else its UTF-8."""
    out = bytearray()
    last = 0
    for match in _ESCAPE.finditer(body):
        out += body[last : match.start()].encode()
        value = _escape(match, "cstr", _within(span, text, at + match.start(), at + match.end()))
        if value is not None:
            out += bytes([value]) if match.group(1) is not None else chr(value).encode()
        last = match.end()
    out += body[last:].encode()
    if 0 in out:
        _fail(span, "null characters in C string literals are not supported")
    return Lit("cstr", bytes(out) + b"\0", "", span)
