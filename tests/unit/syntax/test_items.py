"""Items and attributes."""

from __future__ import annotations

import pytest

from interp.base.diagnostics import CompileError
from interp.syntax import ast
from interp.syntax.parser import parse_lazy_body

from .check import check, check_error, parser, picture

FUNCTIONS = [
    ('fn f() {}', 'f Fn(generics=[], body={})'),
    (
        'pub(crate) const unsafe extern "C" fn f<\'a, T: A>(x: &\'a T, mut y: u8) -> u8 where T: B, { x }',
        "crate f Fn(generics=[GenericParam(ident='a, kind='lifetime'), GenericParam(ident=T, kind='type',"
        " bounds=[A])] where [WherePredicate(ty=T, bounds=[B])], params=[Param(pat=x, ty=&'a T), Param(pa"
        "t=mut y, ty=u8)], output=u8, body={x}, const, unsafe, abi='C')",
    ),
    ('async fn f() {}', 'f Fn(generics=[], body={}, is_async)'),
    (
        'fn f(#[a] x: u8, (a, b): (u8, u8)) {}',
        'f Fn(generics=[], params=[Param(pat=x, ty=u8, attrs=[#[a]]), Param(pat=tuple(a, b), ty=tuple(u8,'
        ' u8))], body={})',
    ),
    ('extern fn f() {}', 'f Fn(generics=[], body={})'),
    ('fn f() -> impl A + B {}', 'f Fn(generics=[], output=TyImplTrait(bounds=[A, B]), body={})'),
    (
        'fn f(x: u8) -> ! { loop {} }',
        'f Fn(generics=[], params=[Param(pat=x, ty=u8)], output=!, body={ExprLoop(body={})})',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FUNCTIONS)
def test_functions(text: str, expected: str) -> None:
    check("item", text, expected)


DATA = [
    ('struct S;', "S Struct(generics=[], data=VariantData(kind='unit'))"),
    (
        'struct S(u8, pub u8, pub(crate) A);',
        "S Struct(generics=[], data=VariantData(kind='tuple', fields=[FieldDef(ident=0, vis=inherited, ty"
        '=u8), FieldDef(ident=1, vis=pub, ty=u8), FieldDef(ident=2, vis=crate, ty=A)]))',
    ),
    (
        'struct S<T: A = u8> where T: B { pub a: T, #[x] b: u8 }',
        "S Struct(generics=[GenericParam(ident=T, kind='type', bounds=[A], default=u8)] where [WherePredi"
        "cate(ty=T, bounds=[B])], data=VariantData(kind='struct', fields=[FieldDef(ident=a, vis=pub, ty=T"
        '), FieldDef(ident=b, vis=inherited, ty=u8, attrs=[#[x]])]))',
    ),
    (
        'struct S<T>(T) where T: A;',
        "S Struct(generics=[GenericParam(ident=T, kind='type')] where [WherePredicate(ty=T, bounds=[A])],"
        " data=VariantData(kind='tuple', fields=[FieldDef(ident=0, vis=inherited, ty=T)]))",
    ),
    (
        'pub enum E { A, B(u8), C { x: u8 } = 3, #[x] D = 1 + 2 }',
        "pub E Enum(generics=[], variants=[Variant(ident=A, data=VariantData(kind='unit')), Variant(ident"
        "=B, data=VariantData(kind='tuple', fields=[FieldDef(ident=0, vis=inherited, ty=u8)])), Variant(i"
        "dent=C, data=VariantData(kind='struct', fields=[FieldDef(ident=x, vis=inherited, ty=u8)]), discr"
        "iminant=const 3), Variant(ident=D, data=VariantData(kind='unit'), discriminant=const (1 + 2), at"
        'trs=[#[x]])])',
    ),
    (
        'union U { a: u8, b: f32 }',
        "U UnionItem(generics=[], data=VariantData(kind='struct', fields=[FieldDef(ident=a, vis=inherited"
        ', ty=u8), FieldDef(ident=b, vis=inherited, ty=f32)]))',
    ),
    (
        'struct S(pub (u8, u8), pub (in a::b) u8);',
        "S Struct(generics=[], data=VariantData(kind='tuple', fields=[FieldDef(ident=0, vis=pub, ty=tuple"
        '(u8, u8)), FieldDef(ident=1, vis=restricted(a::b), ty=u8)]))',
    ),
    ('enum E {}', 'E Enum(generics=[])'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATA)
def test_data(text: str, expected: str) -> None:
    check("item", text, expected)


TRAITS = [
    (
        "pub unsafe auto trait T<A>: B + 'static where A: C { type X<'a>: D = u8 where Self: 'a; const Y:"
        ' u8; const Z: u8 = 1; fn f(&self); fn g(self: Box<Self>) {} m!(); }',
        "pub T Trait(generics=[GenericParam(ident=A, kind='type')] where [WherePredicate(ty=A, bounds=[C]"
        ")], supertraits=[B, 'static], items=[X TyAlias(generics=[GenericParam(ident='a, kind='lifetime')"
        "] where [WherePredicate(ty=Self, bounds=['a])], bounds=[D], ty=u8), Y Const(generics=[], ty=u8),"
        ' Z Const(generics=[], ty=u8, expr=1), f Fn(generics=[], self_param=SelfParam(by_ref, ident=self)'
        '), g Fn(generics=[], self_param=SelfParam(ty=Box<Self>, ident=self), body={}), ItemMac(mac=m!()]'
        ', unsafe, auto)',
    ),
    ('trait A = B + C;', 'A TraitAlias(generics=[], bounds=[B, C])'),
    (
        "impl<T> A<T> for B<T> where T: C { type X = u8; const Y: u8 = 1; pub fn f(&'a mut self, x: u8) {} }",
        "Impl(generics=[GenericParam(ident=T, kind='type')] where [WherePredicate(ty=T, bounds=[C])], tra"
        'it_=A<T>, self_ty=B<T>, items=[X TyAlias(generics=[], ty=u8), Y Const(generics=[], ty=u8, expr=1'
        "), pub f Fn(generics=[], self_param=SelfParam(by_ref, mutbl, lifetime='a, ident=self), params=[P"
        'aram(pat=x, ty=u8)], body={})])',
    ),
    (
        'unsafe impl<T> !Send for X {}',
        "Impl(generics=[GenericParam(ident=T, kind='type')], trait_=Send, negative, self_ty=X, unsafe)",
    ),
    ('impl <T as A>::B {}', 'Impl(generics=[], self_ty=<T@1>A::B)'),
    (
        'impl<const N: usize> X for [u8; N] {}',
        "Impl(generics=[GenericParam(ident=N, kind='const', const_ty=usize)], trait_=X, self_ty=[u8; N])",
    ),
    ('impl A for dyn B + Send {}', 'Impl(generics=[], trait_=A, self_ty=TyTraitObject(bounds=[B, Send], dyn))'),
    (
        'impl X { #![a] fn f(mut self) {} default fn g() {} }',
        '#![a]  Impl(generics=[], self_ty=X, items=[f Fn(generics=[], self_param=SelfParam(mutbl, ident=s'
        'elf), body={}), g Fn(generics=[], body={}, default)])',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TRAITS)
def test_traits_and_impls(text: str, expected: str) -> None:
    check("item", text, expected)


MODULES = [
    ('mod m;', 'm Mod()'),
    ('mod m { #![x] //! d\n fn f() {} }', "#![x] #![doc = ' d'] m Mod(items=[f Fn(generics=[], body={})])"),
    ('use a::b as _;', "Use(tree=UseTree(prefix=a::b, kind='simple', rename=_))"),
    (
        'pub use ::a::{self, b::*, c::{d as e}};',
        "pub  Use(tree=UseTree(prefix=::a, kind='nested', nested=[UseTree(prefix=self, kind='simple'), Us"
        "eTree(prefix=b, kind='glob'), UseTree(prefix=c, kind='nested', nested=[UseTree(prefix=d, kind='s"
        "imple', rename=e)])]))",
    ),
    (
        'use {a, b};',
        "Use(tree=UseTree(prefix=, kind='nested', nested=[UseTree(prefix=a, kind='simple'), UseTree(prefi"
        "x=b, kind='simple')]))",
    ),
    ('use *;', "Use(tree=UseTree(prefix=, kind='glob'))"),
    ('extern crate a as b;', 'b ExternCrate(original=a)'),
    ('extern crate self as me;', 'me ExternCrate(original=self)'),
    (
        'unsafe extern "C" { fn f(x: u8, ...) -> u8; static X: u8; safe fn g(); type T; }',
        "ForeignMod(abi='C', items=[f Fn(generics=[], params=[Param(pat=x, ty=u8)], output=u8, c_variadic"
        '), X Static(ty=u8), g Fn(generics=[], safe), T TyAlias(generics=[])], unsafe)',
    ),
    ('extern {}', 'ForeignMod()'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MODULES)
def test_modules(text: str, expected: str) -> None:
    check("item", text, expected)


VALUES = [
    ('const X: u8 = 1;', 'X Const(generics=[], ty=u8, expr=1)'),
    ('const _: () = {};', '_ Const(generics=[], ty=tuple(), expr=ExprBlock(block={}))'),
    ('static mut X: u8 = 1;', 'X Static(mutbl, ty=u8, expr=1)'),
    ('type X<T> = Vec<T>;', "X TyAlias(generics=[GenericParam(ident=T, kind='type')], ty=Vec<T>)"),
    ('type X where A: B = C;', 'X TyAlias(generics=[] where [WherePredicate(ty=A, bounds=[B])], ty=C)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text: str, expected: str) -> None:
    check("item", text, expected)


MACROS = [
    (
        'macro_rules! m { () => {} }',
        "m MacroRulesDef(tokens=[Group(delim='(', open=281475261923346, close=281475278700563), <'punct',"
        " '=>', 281475312254998, 0, None, None>, Group(delim='{', open=281475362586648, close=28147537936"
        '3865)])',
    ),
    (
        'macro_rules! m(() => {});',
        "m MacroRulesDef(tokens=[Group(delim='(', open=281475228368912, close=281475245146129), <'punct',"
        " '=>', 281475278700564, 0, None, None>, Group(delim='{', open=281475329032214, close=28147534580"
        '9431)])',
    ),
    ('m! { a }', 'ItemMac(mac=m!{ident:a)'),
    ('a::b!(c);', 'ItemMac(mac=a::b!(ident:c)'),
    (
        'macro m($x:expr) { $x }',
        "m MacroRulesDef(tokens=[Group(delim='(', stream=[<'punct', '$', 281475110928393, 0, None, None>,"
        " <'ident', 'x', 281475127705610, 0, None, None>, <'punct', ':', 281475144482827, 0, None, None>,"
        " <'ident', 'expr', 281475161260047, 0, None, None>], open=281475094151176, close=281475228368912"
        "), <'punct', '=>', 281475228368912, 0, None, None>, Group(delim='{', stream=[<'punct', '$', 2814"
        "75295477780, 0, None, None>, <'ident', 'x', 281475312254997, 0, None, None>], open=2814752619233"
        '46, close=281475345809431)], decl)',
    ),
    (
        'thread_local! { static X: u8 = 1 }',
        'ItemMac(mac=thread_local!{ident:static ident:X punct:: ident:u8 punct:= literal:1)',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MACROS)
def test_macros(text: str, expected: str) -> None:
    check("item", text, expected)


ATTRIBUTES = [
    (
        '/// doc\n#[derive(A, B)] #[path = "x.rs"] #[unsafe(no_mangle)] #[a::b] fn f() {}',
        "#[doc = ' doc'] #[derive] #[path = 'x.rs'] #[no_mangle] #[a::b] f Fn(generics=[], body={})",
    ),
    ('#[doc = concat!("a")] fn f() {}', '#[doc] f Fn(generics=[], body={})'),
    ('/** block */ struct S;', "#[doc = ' block '] S Struct(generics=[], data=VariantData(kind='unit'))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTES)
def test_attributes(text: str, expected: str) -> None:
    check("item", text, expected)


def test_crate_attributes_come_first() -> None:
    krate = parser("#![a]\n//! doc\nfn f() {}").parse_crate()
    assert picture(krate.attrs) == "[#![a], #![doc = ' doc']]"
    assert picture(krate.items) == "[f Fn(generics=[], body={})]"


def test_lazy_bodies_are_not_looked_at() -> None:
    items = parser("fn f() { this is ( not ) Rust } impl A { fn g() { + } }", lazy_bodies=True).parse_crate().items
    body = items[0].kind.body  # type: ignore[union-attr]
    assert isinstance(body, ast.LazyBody)
    assert len(body.group.stream) == 4
    with pytest.raises(CompileError):
        parse_lazy_body(body, 2021)


def test_lazy_body_parses_later() -> None:
    item = parser("fn f() { #![a] 1 }", lazy_bodies=True).parse_item()
    assert item is not None
    assert picture(parse_lazy_body(item.kind.body, 2021)) == "{1}"  # type: ignore[union-attr, arg-type]


def test_parameters_without_names_in_2015() -> None:
    text = "trait T { fn f(u8, &str, x: u8); fn g(&self, Vec<u8>); }"
    item = parser(text, 2015).parse_item()
    assert "params=[Param(pat=_, ty=u8), Param(pat=_, ty=&str), Param(pat=x, ty=u8)]" in picture(item)
    check_error("item", text, "expected one of `:`, `@`, or `|`, found `,`", ",")


def test_async_is_a_name_in_2015() -> None:
    check("item", "fn async() { async }", "async Fn(generics=[], body={async})", 2015)


def test_all_items_with_errors_are_reported() -> None:
    text = "fn f( { }\nstruct A { x u8 }\nfn ok() {}\nfn g() { let = 1; }\nimpl X { fn h() { 1 2 } fn i() { 3 4 } }"
    with pytest.raises(CompileError) as failure:
        parser(text.replace("f( {", "f(x) {")).parse_crate()
    assert len(failure.value.diagnostics) == 5


def test_errors_in_a_body_leave_the_rest_alone() -> None:
    text = "impl A { fn f() { let = 1; x y } fn g() { { 1 2 } 3 4 } fn h fn i() { 5 6 } }\n"
    with pytest.raises(CompileError) as failure:
        parser(text + "fn j() { match x { 1 2 => } 3 4 }").parse_crate()
    assert [one.message.partition(" found ")[2] or one.message for one in failure.value.diagnostics] == [
        "`=`", "`2`", "`4`", "missing parameters for function definition", "keyword `fn`", "`2`", "`4`",
    ]  # fmt: skip


def test_labels_say_what_was_being_parsed() -> None:
    with pytest.raises(CompileError) as failure:
        parser("trait T { x: u8 }\nstruct S { a u8 }\nfn f() { loop 1 }\nfn g() { let x: = 1; }").parse_crate()
    assert [one.labels[1].text for one in failure.value.diagnostics] == [
        "while parsing this item list starting here", "while parsing this struct",
        "while parsing this `loop` expression", "while parsing the type for `x`",
    ]  # fmt: skip


def test_nothing_there_is_no_item() -> None:
    p = parser("x = 1")
    with pytest.raises(CompileError):
        p.parse_item()
    p = parser("")
    assert p.parse_item() is None


@pytest.mark.parametrize(
    ("text", "message", "at", "code"),
    [
        ("struct S { a u8 }", "expected `:`, found `u8`", "u8", ""),
        ("struct S { a: u8; b: u8 }", "struct fields are separated by `,`", ";", ""),
        ("struct S { a: u8 b: u8 }", "expected `,`, or `}`, found `b`", " b", ""),
        ("enum E { A B }", "expected one of `(`, `,`, `=`, `{`, or `}`, found `B`", "B", ""),
        ("fn f(x) {}", "expected one of `:`, `@`, or `|`, found `)`", ")", ""),
        ("fn f {}", "missing parameters for function definition", " {", ""),
        ("fn f() -> {}", "expected type, found `{`", "{", ""),
        ("const X = 1;", "missing type for `const` item", " =", ""),
        ("static X = 1;", "missing type for `static` item", " =", ""),
        ("const mut X: u8 = 1;", "const globals cannot be mutable", "mut", ""),
        ("use a::b c;", "expected one of `::`, `;`, or `as`, found `c`", "c", ""),
        ("impl X { struct S; }", "struct is not supported in `trait`s or `impl`s", "struct", ""),
        ("impl const A for B {}", "const trait impls are experimental", "const", "E0658"),
        ("pub x", "visibility `pub` is not followed by an item", "pub", ""),
        ("pub f() {}", "missing `fn` for function definition", "pub", ""),
        ("pub S { a: u8 }", "missing `struct` for struct definition", "pub", ""),
        ("let x = 1;", "expected item, found keyword `let`", "let", ""),
        ("fn struct() {}", "expected identifier, found keyword `struct`", "struct", ""),
        ("#[a]", "expected item after attributes", "#", ""),
        ("m!()", "macros that expand to items must be delimited with braces or followed by a semicolon", "(", ""),
        ("enum E { A: u8 }", "expected one of `(`, `,`, `=`, `{`, or `}`, found `:`", ":", ""),
        ("struct S { pub fn f() {} }", "functions are not allowed in struct definitions", "pub", ""),
        ("type X u8;", "expected one of `:`, `;`, `<`, `=`, or `where`, found `u8`", "u8", ""),
        ("fn f(x: u8, self) {}", "unexpected `self` parameter in function", "self", ""),
        ("struct S { /// d\n }", "found a documentation comment that doesn't document anything", "///", "E0585"),
        ("fn f() { ", "this file contains an unclosed delimiter", None, ""),
        ("fn f() { }}", "unexpected closing delimiter: `}`", "}}", ""),
        ("fn f(] {}", "mismatched closing delimiter: `]`", "(", ""),
        ("foo bar", "expected one of `!` or `::`, found `bar`", "bar", ""),
    ],
)
def test_errors(text: str, message: str, at: str | None, code: str) -> None:
    if at == "}}":
        at, text = "}x", text + "x"
    check_error("crate", text, message, at, code)
