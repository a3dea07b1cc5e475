"""Patterns."""

from __future__ import annotations

import pytest

from .check import check, check_error, parser, picture

PATTERNS = [
    ('_', '_'),
    ('x', 'x'),
    ('ref x', 'ref x'),
    ('ref mut x', 'ref mut x'),
    ('mut x', 'mut x'),
    ('x @ 1..=5', 'x @ PatRange(lo=1, hi=5, inclusive)'),
    ('x @ Some(_)', 'x @ Some(_)'),
    ('1', '1'),
    ('-1', '(-1)'),
    ("'a'..='z'", "PatRange(lo=char 'a', hi=char 'z', inclusive)"),
    ('"s"', "'s'"),
    ('true', 'True'),
    ('1..', 'PatRange(lo=1)'),
    ('..=5', 'PatRange(hi=5, inclusive)'),
    ('..5', 'PatRange(hi=5)'),
    ('-3..0', 'PatRange(lo=(-3), hi=0)'),
    ('A::MIN..=A::MAX', 'PatRange(lo=A::MIN, hi=A::MAX, inclusive)'),
    ('A | B | C', '(A | B | C)'),
    ('| A | B', '(A | B)'),
    ('(A | B, c)', 'tuple((A | B), c)'),
    ('(a)', 'a'),
    ('(a,)', 'tuple(a)'),
    ('(a, .., b)', 'tuple(a, .., b)'),
    ('()', 'tuple()'),
    ('[a, .., b]', '[a, .., b]'),
    ('[a, rest @ ..]', '[a, rest @ ..]'),
    ('&x', '&x'),
    ('&mut x', '&mut x'),
    ('&&x', '&&x'),
    (
        'S { a, ref b, mut c, d: 1, 0: e, .. }',
        'PatStruct(path=S, fields=[PatField(ident=a, pat=a, shorthand), PatField(ident=b, pat=ref b, shor'
        'thand), PatField(ident=c, pat=mut c, shorthand), PatField(ident=d, pat=1), PatField(ident=0, pat'
        '=e)], rest)',
    ),
    ('S {}', 'PatStruct(path=S)'),
    ('S { .. }', 'PatStruct(path=S, rest)'),
    ('Some(x)', 'Some(x)'),
    ('a::B(x, ..)', 'a::B(x, ..)'),
    ('a::B', 'path a::B'),
    ('<T as X>::C', 'path <T@1>X::C'),
    ('m!(x)', 'PatMac(mac=m!(ident:x)'),
    ('const { 1 }', "ExprBlock(block={1}, kind='const')"),
    ('box x', 'PatBox(pat=x)'),
    ('b"x"', "b'x'"),
    ('Some(1 | 2)', 'Some((1 | 2))'),
    ('&(ref a, b)', '&tuple(ref a, b)'),
    ('None::<u8>', 'path None<u8>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PATTERNS)
def test_patterns(text: str, expected: str) -> None:
    check("pat", text, expected)


def test_no_top_alternative() -> None:
    p = parser("A | B")
    assert picture(p.parse_pat_no_top_alt()) == "A"
    assert p.key == "|"


@pytest.mark.parametrize(
    ("text", "message", "at", "code"),
    [
        ("mut self", "`mut` must be followed by a named binding", "self", ""),
        ("1..=", "inclusive range with no end", "1", "E0586"),
        ("(a b)", "expected one of `)`, `,`, `@`, `if`, or `|`, found `b`", "b", ""),
        ("S { a b }", "expected `,`", "b", ""),
        ("+", "expected pattern, found `+`", "+", ""),
        ("A |", "a trailing `|` is not allowed in an or-pattern", "|", ""),
        ("struct", "expected identifier, found keyword `struct`", "struct", ""),
        ("|| B", "unexpected token `||` in pattern", "||", ""),
        ("S { .., a }", "expected `}`, found `a`", ",", ""),
    ],
)
def test_errors(text: str, message: str, at: str, code: str) -> None:
    check_error("pat", text, message, at, code)
