"""Tokens: every literal form, delimiters, comments, and what is refused."""

from __future__ import annotations

import pytest

from interp.base.diagnostics import CompileError
from interp.base.span import SourceMap, span_hi, span_lo
from interp.syntax.lexer import lex, lex_part, lex_str
from interp.syntax.token import Group

from .check import tokens

TOKENS = [
    ("a _ r#fn αβ _x1", "ident:a ident:_ ident#:fn ident:αβ ident:_x1"),
    ("'a 'static '_ 'r#fn", "lifetime:'a lifetime:'static lifetime:'_ lifetime#:'fn"),
    ("'a' '\\'' '\\u{1F600}' '日'", "literal:'a' literal:'\\'' literal:'\\u{1F600}' literal:'日'"),
    ("1..2", "literal:1 punct:.. literal:2"),
    ("1.foo()", "literal:1 punct:. ident:foo ()"),
    ("t.0.1 1. 1.0e-3f32", "ident:t punct:. literal:0.1 literal:1. literal:1.0e-3f32"),
    ("2e5 0x1e+1", "literal:2e5 literal:0x1e punct:+ literal:1"),
    ("0xffu8 0b1_0 0o7 1_000usize", "literal:0xffu8 literal:0b1_0 literal:0o7 literal:1_000usize"),
    ('"a\\"b" b"x" c"y" r"z" r#"a"b"# br##"c"#"## r###"d"###',
     'literal:"a\\"b" literal:b"x" literal:c"y" literal:r"z" literal:r#"a"b"# literal:br##"c"#"## literal:r###"d"###'),
    ("b'x' b'\\n'", "literal:b'x' literal:b'\\n'"),
    (">>= >> > = ..= ... .. . :: : -> => && || <<=",
     "punct:>>= punct:>> punct:> punct:= punct:..= punct:... punct:.. punct:. punct::: punct:: punct:-> punct:=> "
     "punct:&& punct:|| punct:<<="),
    ("a::<b>>c", "ident:a punct^::: punct:< ident:b punct:>> ident:c"),
    ("$x:expr @ # ! ? ~", "punct:$ ident:x punct:: ident:expr punct:@ punct:# punct:! punct:? punct:~"),
    ("(a [b] {c})", "(ident:a [ident:b] {ident:c})"),
    ("/// a\n//! b\n/** c */ /*! d */ //// e\n/*** f */ /**/ // g\n/* h */ x",
     "doc/: a doc!: b doc/: c  doc!: d  ident:x"),
    ("/* a /* b /* c /* d */ */ */ */ x", "ident:x"),
    ("#!/bin/sh\nx", "ident:x"),
    ("#![a] x", "punct^:# punct:! [ident:a] ident:x"),
    ("\ufeffx\r\ny\u2028z", "ident:x ident:y ident:z"),
    ("'a: loop", "lifetime:'a punct:: ident:loop"),
    ("'x: 'y", "lifetime:'x punct:: lifetime:'y"),
    ("1f32.x", "literal:1f32 punct:. ident:x"),
    ("1.e3", "literal:1 punct:. ident:e3"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected


def test_prefixes_are_two_tokens_before_2021() -> None:
    assert tokens('a"b" c#d', 2018) == 'ident:a literal:"b" ident:c punct:# ident:d'


def test_spans_are_bytes_of_the_file() -> None:
    stream = lex_str(SourceMap(), "é (日) \"ü\" // ö\nx")
    assert [(span_lo(one.span), span_hi(one.span)) for one in stream] == [(0, 2), (3, 8), (9, 13), (20, 21)]
    group = stream[1]
    assert isinstance(group, Group)
    assert (span_lo(group.open), span_lo(group.close)) == (3, 7)
    assert (span_lo(group.stream[0].span), span_hi(group.stream[0].span)) == (4, 7)


def test_a_part_of_a_file_has_the_same_spans() -> None:
    text = "#!x\nfn é() { r####\"a\"#### }\nfn b(x: u8) { /* /* /* /* */ */ */ */ [1, 2] }\n"
    file = SourceMap().add("x.rs", text.encode())
    whole = lex(file)
    lo = span_lo(whole[4].span)
    assert repr(lex_part(file, lo, len(file.text))) == repr(whole[4:])
    with pytest.raises(CompileError) as failure:
        lex_part(file, lo, len(file.text) - 2)
    assert span_lo(failure.value.diagnostics[0].labels[1].span) == file.text.index(b"{ /*")


ERRORS = [
    ("fn f() {", "this file contains an unclosed delimiter", "", 8),
    ("(]", "mismatched closing delimiter: `]`", "", 0),
    (")", "unexpected closing delimiter: `)`", "", 0),
    ('"abc', "unterminated double quote string", "E0765", 0),
    ('b"abc', "unterminated double quote byte string", "E0766", 1),
    ('r#"abc"', "unterminated raw string", "E0748", 0),
    ("/* /* */", "unterminated block comment", "E0758", 0),
    ("'", "unterminated character literal", "E0762", 0),
    ("b'a", "unterminated byte constant", "E0763", 1),
    ("''", "empty character literal", "", 1),
    ("'ab'", "character literal may only contain one codepoint", "", 0),
    ("a \u00a0 b", "unknown start of token: \\u{a0}", "", 2),
    ("a ` b", "unknown start of token: `", "", 2),
    ("x\u2192y", "unknown start of token: \\u{2192}", "", 1),
    ('a"b"', "prefix `a` is unknown", "", 0),
    ('"é"\u2681', "unknown start of token: \\u{2681}", "", 4),
    ("1\u2681", "unknown start of token: \\u{2681}", "", 1),
    ('r#"a"#\u2681', "unknown start of token: \\u{2681}", "", 6),
    ("r#self", "`self` cannot be a raw identifier", "", 0),
]


@pytest.mark.parametrize(("text", "message", "code", "at"), ERRORS)
def test_errors(text: str, message: str, code: str, at: int) -> None:
    with pytest.raises(CompileError) as failure:
        tokens(text)
    first = failure.value.diagnostics[0]
    assert (first.message, first.code, span_lo(first.span)) == (message, code, at)


def test_bytes_that_are_no_text() -> None:
    sm = SourceMap()
    with pytest.raises(CompileError, match="did not contain valid UTF-8"):
        lex(sm.add("bad.rs", b"fn \xff"))


def test_a_missing_opening_delimiter_is_pointed_at() -> None:
    with pytest.raises(CompileError) as failure:
        tokens("fn f() {\n    a] = 1;\n}\n")
    (only,) = failure.value.diagnostics
    assert only.message == "unexpected closing delimiter: `}`"
    assert [label.text for label in only.labels] == [
        "unexpected closing delimiter", "the nearest open delimiter", "missing open `[` for this delimiter",
    ]  # fmt: skip


def test_a_suspicious_indentation_is_pointed_at() -> None:
    with pytest.raises(CompileError) as failure:
        tokens("fn f() {\n    if a {\n        b\n}\n")
    labels = [label.text for label in failure.value.diagnostics[0].labels]
    assert labels == [
        "", "unclosed delimiter", "this delimiter might not be properly closed...",
        "...as it matches this but it has different indentation",
    ]  # fmt: skip
