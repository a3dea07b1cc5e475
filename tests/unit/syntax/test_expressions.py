"""Expressions, production by production."""

from __future__ import annotations

import pytest

from .check import check, check_error, parser, picture

OPERATORS = [
    ('1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'),
    ('a = b = c', '(a = (b = c))'),
    ('a += 1 << 2 & 3', '(a += ((1 << 2) & 3))'),
    ('a || b && c == d', '(a || (b && (c == d)))'),
    ('!a.b()? as u8 as i32 + 1', '((((!a.b()?) as u8) as i32) + 1)'),
    ('-x.y[1](2)', '(-x.y[1](2))'),
    ('a | b ^ c & d', '(a | (b ^ (c & d)))'),
    ('x < y as u8', '(x < (y as u8))'),
    ('a as *const u8 as usize', '((a as *const u8) as usize)'),
    ('a == b && !c', '((a == b) && (!c))'),
    ('*x = *y', '((*x) = (*y))'),
    ('a - -b', '(a - (-b))'),
    ('1 << 2 >> 3', '((1 << 2) >> 3)'),
    ('a % b / c', '((a % b) / c)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OPERATORS)
def test_operators(text: str, expected: str) -> None:
    check("expr", text, expected)


RANGES = [
    ('a..b + 1', 'ExprRange(lo=a, hi=(b + 1))'),
    ('..=b', 'ExprRange(hi=b, inclusive)'),
    ('a..', 'ExprRange(lo=a)'),
    ('..', 'ExprRange()'),
    ('a..=b', 'ExprRange(lo=a, hi=b, inclusive)'),
    ('(a..b).rev()', 'paren(ExprRange(lo=a, hi=b)).rev()'),
    ('x[..n]', 'x[ExprRange(hi=n)]'),
    ('x[1..]', 'x[ExprRange(lo=1)]'),
    ('f(..)', 'f(ExprRange())'),
    ('a..b == c', 'ExprRange(lo=a, hi=(b == c))'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges(text: str, expected: str) -> None:
    check("expr", text, expected)


BORROWS = [
    ('&&mut *x', 'ExprAddrOf(expr=ExprAddrOf(mutbl, expr=(*x)))'),
    ('&raw const x.y', 'ExprAddrOf(raw, expr=x.y)'),
    ('&raw mut *p', 'ExprAddrOf(raw, mutbl, expr=(*p))'),
    ('&raw', 'ExprAddrOf(expr=raw)'),
    ('&raw.x', 'ExprAddrOf(expr=raw.x)'),
    ('&mut a[0]', 'ExprAddrOf(mutbl, expr=a[0])'),
    ('&&&x', 'ExprAddrOf(expr=ExprAddrOf(expr=ExprAddrOf(expr=x)))'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BORROWS)
def test_borrows(text: str, expected: str) -> None:
    check("expr", text, expected)


POSTFIX = [
    ('x.0.1.2.f::<u8>(1)', 'x.0.1.2.f<u8>(1)'),
    ('x.0 .1', 'x.0.1'),
    ('x.0.1', 'x.0.1'),
    ('x.await', 'ExprAwait(expr=x)'),
    ('f(1)(2)[3].g()?', 'f(1)(2)[3].g()?'),
    ('x.y::<u8>()', 'x.y<u8>()'),
    ('1.max(2)', '1.max(2)'),
    ('2.0.sqrt()', "'2.0'.sqrt()"),
    ('1..2', 'ExprRange(lo=1, hi=2)'),
    ('t.0.0.0', 't.0.0.0'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), POSTFIX)
def test_postfix(text: str, expected: str) -> None:
    check("expr", text, expected)


PATHS = [
    ('Vec::<Vec<u8>>::new()', 'Vec<Vec<u8>>::new()'),
    ('<Vec<u8> as IntoIterator>::into_iter(v)', '<Vec<u8>@1>IntoIterator::into_iter(v)'),
    ('<T>::default()', '<T@0>default()'),
    ('::std::mem::swap(a, b)', '::std::mem::swap(a, b)'),
    ('<<A as B>::C as D>::e', '<<A@1>B::C@1>D::e'),
    ('Self::X', 'Self::X'),
    ('crate::f::<3, { N }, -1>', 'crate::f<const 3, const ExprBlock(block={N}), const (-1)>'),
    ('a::<<T as X>::Y>()', 'a<<T@1>X::Y>()'),
    ('r#fn + r#x', '(fn + x)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PATHS)
def test_paths(text: str, expected: str) -> None:
    check("expr", text, expected)


LISTS = [
    (
        'S { a, b: 1, 0: 2, ..c }',
        'ExprStruct(path=S, fields=[ExprFieldInit(ident=a, expr=a, shorthand), ExprFieldInit(ident=b, exp'
        'r=1), ExprFieldInit(ident=0, expr=2)], base=c)',
    ),
    ('S { .. }', 'ExprStruct(path=S, rest)'),
    ('S {}', 'ExprStruct(path=S)'),
    ('[1, 2, 3]', 'ExprArray(exprs=[1, 2, 3])'),
    ('[0u8; 4]', 'ExprRepeat(expr=0u8, len=const 4)'),
    ('[]', 'ExprArray()'),
    ('(1,)', 'tuple(1)'),
    ('((1))', 'paren(paren(1))'),
    ('()', 'tuple()'),
    ('a::B::<u8> { x }', 'ExprStruct(path=a::B<u8>, fields=[ExprFieldInit(ident=x, expr=x, shorthand)])'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_literals_of_structs_and_lists(text: str, expected: str) -> None:
    check("expr", text, expected)


CLOSURES = [
    (
        '|a, &b: &u8, (c, _)| -> u8 { 1 }',
        'ExprClosure(params=[ClosureParam(pat=a), ClosureParam(pat=&b, ty=&u8), ClosureParam(pat=tuple(c,'
        ' _))], output=u8, body=ExprBlock(block={1}))',
    ),
    ('move || x..y', 'ExprClosure(body=ExprRange(lo=x, hi=y), move)'),
    ('|x: u8| x + 1', 'ExprClosure(params=[ClosureParam(pat=x, ty=u8)], body=(x + 1))'),
    ('f(|| a, || b)', 'f(ExprClosure(body=a), ExprClosure(body=b))'),
    ('|_| ()', 'ExprClosure(params=[ClosureParam(pat=_)], body=tuple())'),
    ('async |x| x', 'ExprClosure(params=[ClosureParam(pat=x)], body=x, is_async)'),
    (
        '|x| |y| x',
        'ExprClosure(params=[ClosureParam(pat=x)], body=ExprClosure(params=[ClosureParam(pat=y)], body=x))',
    ),
    (
        "for<'a> |x: &'a u8| -> u8 { *x }",
        "ExprClosure(params=[ClosureParam(pat=x, ty=&'a u8)], output=u8, body=ExprBlock(block={(*x)}))",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CLOSURES)
def test_closures(text: str, expected: str) -> None:
    check("expr", text, expected)


CONTROL = [
    (
        'if a { 1 } else if let Some(x) = b && c { 2 } else { 3 }',
        'ExprIf(cond=a, then={1}, else_=ExprIf(cond=(let(Some(x) = b) && c), then={2}, else_=ExprBlock(block={3})))',
    ),
    (
        'match x { A | B if c => 1, C => {} D => return, }',
        'ExprMatch(scrutinee=x, arms=[Arm(pat=(A | B), guard=c, body=1), Arm(pat=C, body=ExprBlock(block='
        '{})), Arm(pat=D, body=ExprReturn())])',
    ),
    ("'a: loop { break 'a 1 + 2; }", "ExprLoop(body={ExprBreak(label='a, expr=(1 + 2));}, label='a)"),
    ("'b: { break 'b }", "ExprBlock(block={ExprBreak(label='b)}, label='b)"),
    (
        'while let Some(x) = it.next() { continue; }',
        'ExprWhile(cond=let(Some(x) = it.next()), body={ExprContinue();})',
    ),
    ('for (i, x) in v.iter().enumerate() { }', 'ExprFor(pat=tuple(i, x), iter=v.iter().enumerate(), body={})'),
    ('unsafe { f() }', "ExprBlock(block={f()}, kind='unsafe')"),
    ('const { 1 }', "ExprBlock(block={1}, kind='const')"),
    ('async move { x.await? }', "ExprBlock(block={ExprAwait(expr=x)?}, kind='async move')"),
    ('return', 'ExprReturn()'),
    ("break 'a", "ExprBreak(label='a)"),
    (
        'match () { _ if let Some(x) = y && x => {} }',
        'ExprMatch(scrutinee=tuple(), arms=[Arm(pat=_, guard=(let(Some(x) = y) && x), body=ExprBlock(block={}))])',
    ),
    ("'a: while x { }", "ExprWhile(cond=x, body={}, label='a)"),
    (
        "'a: for x in 0..n { continue 'a }",
        "ExprFor(pat=x, iter=ExprRange(lo=0, hi=n), body={ExprContinue(label='a)}, label='a)",
    ),
    ('match x {}', 'ExprMatch(scrutinee=x)'),
    ('return return x', 'ExprReturn(expr=ExprReturn(expr=x))'),
    ('loop { break }', 'ExprLoop(body={ExprBreak()})'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONTROL)
def test_control(text: str, expected: str) -> None:
    check("expr", text, expected)


HEADS = [
    (
        'if x == (S { a: 1 }) {}',
        'ExprIf(cond=(x == paren(ExprStruct(path=S, fields=[ExprFieldInit(ident=a, expr=1)]))), then={})',
    ),
    (
        'if S::f(S { a: 1 }) {}',
        'ExprIf(cond=S::f(ExprStruct(path=S, fields=[ExprFieldInit(ident=a, expr=1)])), then={})',
    ),
    (
        'match x { y => S { a: 1 } }',
        'ExprMatch(scrutinee=x, arms=[Arm(pat=y, body=ExprStruct(path=S, fields=[ExprFieldInit(ident=a, e'
        'xpr=1)]))])',
    ),
    ('while x {}', 'ExprWhile(cond=x, body={})'),
    ('for x in y {}', 'ExprFor(pat=x, iter=y, body={})'),
    (
        'if x { S { a } } else { b }',
        'ExprIf(cond=x, then={ExprStruct(path=S, fields=[ExprFieldInit(ident=a, expr=a, shorthand)])}, el'
        'se_=ExprBlock(block={b}))',
    ),
    (
        'if let S { a } = x {}',
        'ExprIf(cond=let(PatStruct(path=S, fields=[PatField(ident=a, pat=a, shorthand)]) = x), then={})',
    ),
    (
        'if [S { a: 1 }] == x {}',
        'ExprIf(cond=(ExprArray(exprs=[ExprStruct(path=S, fields=[ExprFieldInit(ident=a, expr=1)])]) == x'
        '), then={})',
    ),
    ('match |x| x {}', 'ExprMatch(scrutinee=ExprClosure(params=[ClosureParam(pat=x)], body=x))'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_no_struct_literal_in_heads(text: str, expected: str) -> None:
    check("expr", text, expected)


MACROS = [
    ('format!("{}", x).len()', 'format!(literal:"{}" punct:, ident:x.len()'),
    ('m! { a }.b', 'm!{ident:a.b'),
    ('a::b![1, 2] + 1', '(a::b![literal:1 punct:, literal:2 + 1)'),
    ('!m!(x)', '(!m!(ident:x)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MACROS)
def test_macros(text: str, expected: str) -> None:
    check("expr", text, expected)


DESTRUCTURING = [
    ('(a, .., b) = c', '(tuple(a, ExprRange(), b) = c)'),
    ('[a, _] = c', '(ExprArray(exprs=[a, ExprUnderscore()]) = c)'),
    ('S { a, .. } = c', '(ExprStruct(path=S, fields=[ExprFieldInit(ident=a, expr=a, shorthand)], rest) = c)'),
    ('_ = x', '(ExprUnderscore() = x)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DESTRUCTURING)
def test_destructuring(text: str, expected: str) -> None:
    check("expr", text, expected)


CHAINS = [
    ('a && let Some(x) = y && z', '((a && let(Some(x) = y)) && z)'),
    ('let A = b && let B = c || d', '((let(A = b) && let(B = c)) || d)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_let_chains(text: str, expected: str) -> None:
    check("expr", text, expected)


def test_tuple_fields_have_their_own_spans() -> None:
    outer = parser("x.10.2").parse_expr()
    assert picture(outer) == "x.10.2"
    spans = [((one.ident.span >> 24) & 0xFFFFFF, one.ident.span & 0xFFFFFF) for one in (outer, outer.expr)]  # type: ignore[union-attr]
    assert spans == [(5, 6), (2, 4)]


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("a < b < c", "comparison operators cannot be chained", "<"),
        ("a ... b", "unexpected token: `...`", "..."),
        ("a..=", "inclusive range with no end", "..="),
        ("+1", "leading `+` is not supported", "+"),
        ("x as usize < y", "`<` is interpreted as a start of generic arguments for `usize`, not a comparison", "<"),
        ("f(a b)", "expected one of `!`, `)`, `,`, `.`, `::`, `?`, `{`, or an operator, found `b`", "b"),
        ("f(1 2)", "expected one of `)`, `,`, `.`, `?`, or an operator, found `2`", "2"),
        ("[1 2]", "expected one of `,`, `.`, `;`, `?`, `]`, or an operator, found `2`", "2"),
        ("x.", "unexpected token: `<eof>`", None),
        ("if x", "expected `{`, found `<eof>`", None),
        ("match x { A }", "expected one of `=>`, `@`, `if`, or `|`, found `}`", "}"),
        ("match x { A => 1 B => 2 }", "expected `,` following `match` arm", " B"),
        ("match x { A => 1 2 }", "expected one of `,`, `.`, `?`, `}`, or an operator, found `2`", "2"),
        ("match x { A => 1; B => 2 }", "`match` arm body without braces", "1"),
        ("match x 1", "expected one of `!`, `.`, `::`, `?`, `{`, or an operator, found `1`", "1"),
        ("if {}", "missing condition for `if` expression", " {"),
        ("x++", "Rust has no postfix increment operator", "++"),
        ("++x", "Rust has no prefix increment operator", "++"),
        ("a <> b", "invalid comparison operator `<>`", "<>"),
        ("a === b", "invalid comparison operator `===`", "==="),
        ("a <- b", "unexpected token: `<-`", "<-"),
        ("a->b", "`->` is not valid syntax for field accesses and method calls", "->"),
        ("|x| -> u8 x", "expected `{`, found `x`", None),
        ("'a loop {}", "labeled expression must be followed by `:`", "'a"),
        ("struct", "expected expression, found keyword `struct`", "struct"),
        ("'a: x", "expected `while`, `for`, `loop` or `{` after a label", "x"),
        ("x.1u8", "suffixes on a tuple index are invalid", "1"),
        (".5", "float literals must have an integer part", "."),
        ("S { a = 1 }", "expected `:`, found `=`", "="),
        ("for x 1 {}", "missing `in` in `for` loop", " 1"),
        ("for x in {}", "missing expression to iterate on in `for` loop", "{"),
    ],
)
def test_errors(text: str, message: str, at: str | None) -> None:
    check_error("expr", text, message, at, "E0586" if text.endswith("..=") else "")
