"""Decoding literals."""

from __future__ import annotations

import pytest

from interp.base.diagnostics import CompileError
from interp.base.span import SourceMap, span_lo
from interp.syntax.lexer import lex_str
from interp.syntax.literals import decode

VALUES = [
    ("1_000u8", "int", 1000, "u8"),
    ("0xFF_u64", "int", 255, "u64"),
    ("0b1010", "int", 10, ""),
    ("0o17i8", "int", 15, "i8"),
    ("340282366920938463463374607431768211455", "int", (1 << 128) - 1, ""),
    ("1f32", "float", "1", "f32"),
    ("1_0.5e-1_0", "float", "10.5e-10", ""),
    ("1.", "float", "1.", ""),
    ("2E3f64", "float", "2E3", "f64"),
    ("'a'", "char", 97, ""),
    ("'\\n'", "char", 10, ""),
    ("'\\''", "char", 39, ""),
    ("'\\x7f'", "char", 127, ""),
    ("'\\u{1_F600}'", "char", 0x1F600, ""),
    ("'é'", "char", 0xE9, ""),
    ("b'a'", "byte", 97, ""),
    ("b'\\xff'", "byte", 255, ""),
    ('"a\\tb\\\\\\0\\"é"', "str", 'a\tb\\\0"é', ""),
    ('"a\\\n   b\\\n\n  c"', "str", "abc", ""),
    ('"a\r\nb"', "str", "a\nb", ""),
    ('r#"a\\n"b"#', "str", 'a\\n"b', ""),
    ('b"a\\xff\\n"', "bytestr", b"a\xff\n", ""),
    ('br"\\x"', "bytestr", b"\\x", ""),
    ('c"a\\xff\\u{e9}é"', "cstr", b"a\xff\xc3\xa9\xc3\xa9\0", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value", "suffix"), VALUES)
def test_values(text: str, kind: str, value: object, suffix: str) -> None:
    lit = decode(lex_str(SourceMap(), text)[0])
    assert (lit.kind, lit.value, lit.suffix) == (kind, value, suffix)


ERRORS = [
    ("1u7", "invalid width `7` for integer literal", 0),
    ("1f16x", "invalid suffix `f16x` for number literal", 0),
    ("1.0u8", "invalid suffix `u8` for float literal", 0),
    ("1.0foo", "invalid suffix `foo` for float literal", 0),
    ("1foo", "invalid suffix `foo` for number literal", 0),
    ("0b12", "invalid digit for a base 2 literal", 3),
    ("0o8", "invalid digit for a base 8 literal", 2),
    ("0x_", "no valid digits found for number", 0),
    ("340282366920938463463374607431768211456", "integer literal is too large", 0),
    ('"\\q"', "unknown character escape: `q`", 2),
    ('b"\\q"', "unknown byte escape: `q`", 3),
    ('"\\xff"', "out of range hex escape", 1),
    ('"a\\u{110000}"', "invalid unicode character escape", 2),
    ('"\\u{d800}"', "invalid unicode character escape", 1),
    ('"\\u{}"', "empty unicode escape", 1),
    ('"\\u{1234567}"', "overlong unicode escape", 1),
    ('b"é"', "non-ASCII character in byte string literal", 2),
    ('"a"x', "suffixes on string literals are invalid", 0),
]


@pytest.mark.parametrize(("text", "message", "at"), ERRORS)
def test_errors(text: str, message: str, at: int) -> None:
    tok = lex_str(SourceMap(), text)[0]
    with pytest.raises(CompileError) as failure:
        decode(tok)
    first = failure.value.diagnostics[0]
    assert (first.message, span_lo(first.span)) == (message, at)
