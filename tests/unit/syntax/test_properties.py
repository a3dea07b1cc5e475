"""Whatever the text, lexer and parser answer with tokens, AST or a `CompileError`."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings, strategies as st

from interp.base.diagnostics import CompileError
from interp.base.span import SourceMap, span_hi, span_lo
from interp.syntax.lexer import lex, lex_str
from interp.syntax.printer import tokens_to_string
from interp.syntax.token import Group, TokenStream
from tests.fuzz.frontend import pieces, run

from .check import parser, token_picture

_BITS = st.sampled_from([
    'fn', 'let', 'if', 'match', '{', '}', '(', ')', '[', ']', '<', '>', ',', ';', ':', '::', '.', '..', '..=', '->',
    '=>', '=', '==', '&', '&&', '|', '||', '+', '-', '*', '/', '!', '?', '#', '$', "'", '"', 'a', 'b', "'a", "'b'",
    '1', '2.0', '0x1', '"s"', 'r#', 'r#"', "b'", '//', '/*', '*/', '///', '\n', 'mut', 'ref', 'self', 'Self', 'dyn',
    'impl', 'for', 'in', 'where', 'as', '_', 'struct', 'enum', 'use', 'pub', 'unsafe', '\\', 'é',
])  # fmt: skip
_LISTS = st.lists(_BITS, max_size=40)
_TEXT = st.one_of(st.text(max_size=60), _LISTS.map(" ".join), _LISTS.map("".join))


@given(_TEXT)
@settings(max_examples=400, deadline=None)
def test_lexing_never_fails_otherwise(text: str) -> None:
    try:
        stream = lex_str(SourceMap(), text)
    except CompileError:
        return
    _check_spans(stream, 0, len(text.encode("utf-8", "surrogatepass")))


def _check_spans(stream: TokenStream, lo: int, hi: int) -> None:
    """Tokens stand in order, inside what holds them."""
    for tree in stream:
        assert lo <= span_lo(tree.span) < span_hi(tree.span) <= hi
        lo = span_hi(tree.span)
        if isinstance(tree, Group):
            _check_spans(tree.stream, span_hi(tree.open), span_lo(tree.close))


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_bytes_never_fail_otherwise(data: bytes) -> None:
    sm = SourceMap()
    try:
        lex(sm.add("x.rs", data))
    except CompileError:
        return


@given(_TEXT, st.sampled_from(["crate", "expr", "ty", "pat", "stmts", "path", "vis", "meta_item", "generics"]))
@settings(max_examples=600, deadline=None)
def test_parsing_never_fails_otherwise(text: str, kind: str) -> None:
    try:
        p = parser(text)
        getattr(p, f"parse_{kind}")()
    except CompileError:
        return
    assert 0 <= p.pos <= len(p.toks)


@given(_TEXT)
@settings(max_examples=200, deadline=None)
def test_printing_and_lexing_again_changes_nothing(text: str) -> None:
    try:
        stream = lex_str(SourceMap(), text)
    except CompileError:
        return
    if "doc" in token_picture(stream) or "\n" in text:
        return
    again = lex_str(SourceMap(), tokens_to_string(stream))
    assert token_picture(again).replace("^", "") == token_picture(stream).replace("^", "")


_SHAPES = ["({})", "[{}]", "-{}", "&{}", "if a {{ {} }}", "a({})", "|x| {}", "a + ({})", "{{ {} }}"]


@pytest.mark.parametrize("shape", _SHAPES)
def test_deep_nesting_is_an_error_and_no_crash(shape: str) -> None:
    before, after = shape.replace("{{", "\0").replace("}}", "\1").split("{}")
    depth = 50_000
    before, after = before.replace("\0", "{").replace("\1", "}"), after.replace("\0", "{").replace("\1", "}")
    text = "fn f() { " + before * depth + "1" + after * depth + " }"
    with pytest.raises(CompileError, match="nested too deeply"):
        parser(text).parse_crate()


_TYPES = ["&" * 40_000 + "u8", "Vec<" * 20_000 + "u8" + ">" * 20_000, "fn(" * 9_000 + ")" * 9_000]


@pytest.mark.parametrize("text", _TYPES, ids=["&", "Vec", "fn"])
def test_deep_types_are_an_error(text: str) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(2000)  # other tests of this process may have raised it
    try:
        _check_deep(text)
    finally:
        sys.setrecursionlimit(limit)


def _check_deep(text: str) -> None:
    with pytest.raises(CompileError, match="nested too deeply"):
        parser(text).parse_ty()


def test_long_chains_are_no_nesting() -> None:
    assert parser("+".join("1" * 3000)).parse_expr() is not None
    assert parser("x" + ".f()" * 3000).parse_expr() is not None


PROGRAMS = [
    "fn main() { let x: Vec<u8> = vec![1, 2]; for i in 0..x.len() { println!(\"{}\", x[i]); } }",
    "struct A<'a, T: Clone>(&'a T);\nimpl<'a, T: Clone> A<'a, T> where T: Copy { fn f(&self) -> T { *self.0 } }",
    "macro_rules! m { ($($x:expr),*) => { [$($x),*] } }\nenum E { A = 1, B(u8), C { x: u8 } }",
    "fn f(x: A<u8>) -> u8 { match x { Some(1..=5) | None => 0, Some(n) if n > 7 => n as u8, _ => unsafe { g() } }}",
]


def test_damaged_programs() -> None:
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5000))
    assert run(range(1500), [pieces(text) for text in PROGRAMS]) == []
