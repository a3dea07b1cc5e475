"""Statements and blocks."""

from __future__ import annotations

import pytest

from .check import check, check_error, parser, picture

STATEMENTS = [
    (
        'let x = 1; let y: u8; let (a, b) = c;',
        '[StmtLet(pat=x, init=1), StmtLet(pat=y, ty=u8), StmtLet(pat=tuple(a, b), init=c)]',
    ),
    ('let Some(x) = y else { return };', '[StmtLet(pat=Some(x), init=y, els={ExprReturn()})]'),
    ('#[a] let x = 1; #[b] f();', '[StmtLet(pat=x, init=1, attrs=[#[a]]), #[b] f();]'),
    ('a; ; b', '[a;, b]'),
    (
        'fn f() {} struct S; use a::b; f()',
        "[f Fn(generics=[], body={}), S Struct(generics=[], data=VariantData(kind='unit')), Use(tree=UseT"
        "ree(prefix=a::b, kind='simple')), f()]",
    ),
    (
        'const X: u8 = 1; const { 1 }; const fn f() {}',
        "[X Const(generics=[], ty=u8, expr=1), ExprBlock(block={1}, kind='const');, f Fn(generics=[], bod"
        'y={}, const)]',
    ),
    (
        'unsafe { 1 }; unsafe fn f() {}',
        "[ExprBlock(block={1}, kind='unsafe');, f Fn(generics=[], body={}, unsafe)]",
    ),
    (
        'static X: u8 = 1; async {}; async fn g() {}',
        "[X Static(ty=u8, expr=1), ExprBlock(block={}, kind='async');, g Fn(generics=[], body={}, is_async)]",
    ),
    (
        'macro_rules! m { () => {} } m!();',
        "[m MacroRulesDef(tokens=[Group(delim='(', open=281475261923346, close=281475278700563), <'punct'"
        ", '=>', 281475312254998, 0, None, None>, Group(delim='{', open=281475362586648, close=2814753793"
        '63865)]), StmtMac(mac=m!(, semi)]',
    ),
    (
        'union = 3; auto(x); default.y = 1; union U { a: u8 }',
        "[(union = 3);, auto(x);, (default.y = 1);, U UnionItem(generics=[], data=VariantData(kind='struc"
        "t', fields=[FieldDef(ident=a, vis=inherited, ty=u8)]))]",
    ),
    ('let raw = 1; &raw; safe + 1;', '[StmtLet(pat=raw, init=1), ExprAddrOf(expr=raw);, (safe + 1);]'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_statements(text: str, expected: str) -> None:
    check("stmts", text, expected)


BLOCK_LIKE = [
    ('match x {} - 1', '[ExprMatch(scrutinee=x), (-1)]'),
    ('{ a }.f(); { b }[0]', '[ExprBlock(block={a}).f();, ExprBlock(block={b}), ExprArray(exprs=[0])]'),
    ('if a {} else { b } .c()', '[ExprIf(cond=a, then={}, else_=ExprBlock(block={b})).c()]'),
    ('{ a }? ; { b } ()', '[ExprBlock(block={a})?;, ExprBlock(block={b}), tuple()]'),
    ('loop {} * x', '[ExprLoop(body={}), (*x)]'),
    ('unsafe { a } & b', "[ExprBlock(block={a}, kind='unsafe'), ExprAddrOf(expr=b)]"),
    ('match a {}.b() + 1', '[(ExprMatch(scrutinee=a).b() + 1)]'),
    ('*{ p } = 1;', '[((*ExprBlock(block={p})) = 1);]'),
    ('if a {} || b', '[ExprIf(cond=a, then={}), ExprClosure(body=b)]'),
    ('x = match a {} + 1', '[(x = (ExprMatch(scrutinee=a) + 1))]'),
    ('let x = match a {} - 1;', '[StmtLet(pat=x, init=(ExprMatch(scrutinee=a) - 1))]'),
    (
        'match a { _ => {} - 1 => {} }',
        '[ExprMatch(scrutinee=a, arms=[Arm(pat=_, body=ExprBlock(block={})), Arm(pat=(-1), body=ExprBlock'
        '(block={}))])]',
    ),
    ('{ a } ; 1', '[ExprBlock(block={a});, 1]'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCK_LIKE)
def test_block_like_expressions_end_a_statement(text: str, expected: str) -> None:
    check("stmts", text, expected)


CALLS = [
    (
        'm!(); m! {} m![] ; m! {}; x',
        '[StmtMac(mac=m!(, semi), StmtMac(mac=m!{, semi, braced), StmtMac(mac=m![, semi), StmtMac(mac=m!{'
        ', semi), x]',
    ),
    ('m! {}.f(); m! {}?; m!() + 1', '[m!{.f();, m!{?;, (m!( + 1)]'),
    ('m! {} - 1', '[StmtMac(mac=m!{, semi, braced), (-1)]'),
    ('a::b!(c)', '[a::b!(ident:c]'),
    ('let x = m! {};', '[StmtLet(pat=x, init=m!{)]'),
    ('m!(x)', '[m!(ident:x]'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CALLS)
def test_macro_calls(text: str, expected: str) -> None:
    check("stmts", text, expected)

_BRACE = "right curly brace `}` before `else` in a `let...else` statement not allowed"


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("let x = 1 foo;", "expected one of `.`, `;`, `?`, `else`, or an operator, found `foo`", "foo"),
        ("let x y", "expected one of `:`, `;`, `=`, `@`, or `|`, found `y`", "y"),
        ("x foo", "expected one of `!`, `.`, `::`, `;`, `?`, `{`, `}`, or an operator, found `foo`", "foo"),
        ("1 foo", "expected one of `.`, `;`, `?`, `}`, or an operator, found `foo`", "foo"),
        ("let x = 1\nlet y = 2;", "expected `;`, found keyword `let`", "\n"),
        ("x.f()\ny", "expected `;`, found `y`", "\n"),
        ("let x = if a {} else {} else {};", _BRACE, "if"),
        ("mut x = 1", "invalid variable declaration", "mut"),
        ("let x, y = 1", "unexpected `,` in pattern", ","),
        ("x and y", "`and` is not a logical operator", "and"),
        ("let x: = 1", "expected type, found `=`", "="),
        ("a..b..c", "expected one of `!`, `.`, `::`, `;`, `?`, `{`, `}`, or an operator, found `..`", "..c"),
        ("#[a]", "expected statement after outer attribute", "#"),
    ],
)
def test_errors(text: str, message: str, at: str) -> None:
    check_error("stmts", text, message, at)


def test_a_statement_without_its_semicolon() -> None:
    p = parser("let x = 1; y")
    assert picture(p.parse_stmt()) == "StmtLet(pat=x, init=1)"
    assert p.key == ";"


def test_doc_comment_alone() -> None:
    message = "found a documentation comment that doesn't document anything"
    check_error("block", "{ /// x\n }", message, "///", "E0585")
