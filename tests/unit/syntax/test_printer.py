"""Tokens and AST back to text, as `stringify!` and `assert!` of rustc 1.95 show them."""

from __future__ import annotations

import pytest

from interp.base.span import SourceMap, with_ctxt
from interp.syntax.lexer import lex_str
from interp.syntax.printer import expr_to_string, pat_to_string, tokens_to_string, ty_to_string
from interp.syntax.token import Group, Token, TokenStream

from .check import parser

STREAMS = [
    ("a+b", "a+b"),
    ("a  +  b", "a + b"),
    ("a::<b>::c(x,y) [1 ,2] {a;b}", "a::<b>::c(x,y) [1,2] {a;b}"),
    ("{a} { } () [] {a:b}  $ x", "{a} {} () [] {a:b} $x"),
    ("fn f<'a>(x: &'a u8) -> u8 { x.foo()?; y!=z }", "fn f<'a>(x: &'a u8) -> u8 { x.foo()?; y!=z }"),
    ("a /* c */ b // x\n c\n /// doc\n d", 'a b c #[doc = r" doc"] d'),
    ("r#fn r#\"x\"# 'a' 1.0e3 #[foo] #![bar]", "r#fn r#\"x\"# 'a' 1.0e3 #[foo] #![bar]"),
    ("a ;b;c , d,e . f .g : h:i ! j!k", "a;b;c, d,e.f.g : h:i! j!k"),
    ("{1 } { 1} ( 1) [ 1 ]  { a  ; }  {\n a\n }", "{1} { 1 } (1) [1] { a; } { a }"),
    ("f () if (x) let (a) Self (x) pub (x) r#if (x) _ (x)", "f() if (x) let (a) Self(x) pub(x) r#if(x) _ (x)"),
    ("fn !  if !x self !x  foo !x", "fn ! if !x self !x foo!x"),
    (
        "aaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbb ccccccccccccccccccccccccc { ddddddddddddddddd eeeeeeeeeeeeee, "
        "ffffffffffffffff, gggggggggggggggggg, hhhhhhhhhhhh } iiiiiiiiiiiiii",
        "aaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbb ccccccccccccccccccccccccc\n{\n"
        "    ddddddddddddddddd eeeeeeeeeeeeee, ffffffffffffffff, gggggggggggggggggg,\n"
        "    hhhhhhhhhhhh\n} iiiiiiiiiiiiii",
    ),
]


@pytest.mark.parametrize(("text", "expected"), STREAMS)
def test_tokens(text: str, expected: str) -> None:
    assert tokens_to_string(lex_str(SourceMap(), text)) == expected


def _marked(stream: TokenStream) -> TokenStream:
    """As if a macro's body had made the tokens."""
    return [
        Group(one.delim, _marked(one.stream), with_ctxt(one.open, 1), with_ctxt(one.close, 1))
        if isinstance(one, Group)
        else one._replace(span=with_ctxt(one.span, 1))
        for one in stream
    ]


def test_tokens_of_a_macro_body_stand_apart() -> None:
    assert tokens_to_string(_marked(lex_str(SourceMap(), "a+b.c(d)"))) == "a + b.c(d)"


def test_fragments_print_the_tokens_they_were_matched_from() -> None:
    src = lex_str(SourceMap(), "1+2")
    node = parser("1+2").parse_expr()
    assert tokens_to_string([Token("interp", "expr", src[0].span, 0, node, src)]) == "1+2"
    assert tokens_to_string([Token("interp", "expr", src[0].span, 0, node)]) == "1 + 2"


EXPRS = [
    ("a+b*c", "a + b * c"),
    ("(a+b)*c", "(a + b) * c"),
    ("x.foo(1,2)[3]?.y", "x.foo(1, 2)[3]?.y"),
    ("&mut  x==&raw const y", "&mut x == &raw const y"),
    ("-1+!x", "-1 + !x"),
    ("vec![1,2,3].len()==3", "vec![1,2,3].len() == 3"),
    ("if a {b} else {c}", "if a { b } else { c }"),
    ("match x { 1=>2, _=>{3} }", "match x { 1 => 2, _ => { 3 } }"),
    ("|x| x+1", "|x| x + 1"),
    ("move |x: u8| -> u8 { x }", "move |x: u8| -> u8 { x }"),
    ("Foo{a:1,b,..c}", "Foo { a: 1, b, ..c }"),
    ("[1,2]", "[1, 2]"),
    ("[0;3]", "[0; 3]"),
    ("(1,)", "(1,)"),
    ("a..b", "a..b"),
    ("..=c", "..=c"),
    ("{ let x=1;x }", "{ let x = 1; x }"),
    ("unsafe {f()}", "unsafe { f() }"),
    ("'a: while x {continue 'a;}", "'a: while x { continue 'a; }"),
    ("Vec::<u8>::new()", "Vec::<u8>::new()"),
    ("<T as X>::y()", "<T as X>::y()"),
    ("let Some(x)=y", "let Some(x) = y"),
    ("a=b", "a = b"),
    ("a+=b", "a += b"),
    ('f("a\\n",b"x",\'c\',0xffu8)', 'f("a\\n", b"x", \'c\', 0xffu8)'),
]


@pytest.mark.parametrize(("text", "expected"), EXPRS)
def test_expressions(text: str, expected: str) -> None:
    assert expr_to_string(parser(text).parse_expr()) == expected


def test_fragments_get_the_parentheses_they_need() -> None:
    p = parser("2 * x")
    node = parser("a + b").parse_expr()
    p.toks = [*p.toks[:2], Token("interp", "expr", p.toks[2].span, 0, node)]
    p.seek(0)
    assert expr_to_string(p.parse_expr()) == "2 * (a + b)"


@pytest.mark.parametrize(
    "text",
    [
        "&'a mut T", "Vec<Vec<u8>>", "[u8; 3]", "[u8]", "(A, B)", "(A,)", "*const T", "!", "_", "dyn A + B + 'a",
        "impl Fn(u8) -> u8", 'unsafe extern "C" fn(x: u8) -> A', "<T as X>::Y", "&dyn for<'a> Fn(&'a u8)",
        "Foo<Item = u8, 3>", "Foo<'a, T, Item: A + B>",
    ],
)  # fmt: skip
def test_types(text: str) -> None:
    expected = "Foo<3, Item = u8>" if text == "Foo<Item = u8, 3>" else text
    assert ty_to_string(parser(text).parse_ty()) == expected


@pytest.mark.parametrize(
    "text",
    ["Some(x)", "Foo { a, b: 1, .. }", "a | b", "1..=2", "ref mut x", "x @ 1..", "[a, .., b]", "(a,)", "&mut x"],
)
def test_patterns(text: str) -> None:
    assert pat_to_string(parser(text).parse_pat()) == text
