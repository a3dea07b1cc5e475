"""Types, generics, bounds and paths."""

from __future__ import annotations

import pytest

from .check import check, check_error, parser, picture

TYPES = [
    ('u8', 'u8'),
    ('Vec<Vec<u8>>', 'Vec<Vec<u8>>'),
    ('&u8', '&u8'),
    ("&'a mut T", "&'a mut T"),
    ('&&T', '&&T'),
    ('*const T', '*const T'),
    ('*mut [u8]', '*mut [u8]'),
    ('[u8; 3 + 1]', '[u8; (3 + 1)]'),
    ('[u8]', '[u8]'),
    ('()', 'tuple()'),
    ('(A,)', 'tuple(A)'),
    ('(A, B)', 'tuple(A, B)'),
    ('(A)', 'A'),
    ('!', '!'),
    ('_', '_'),
    ('fn(u8, name: A) -> B', 'TyBareFn(params=[<None, u8>, <name, A>], output=B)'),
    ('unsafe extern "C" fn(*const u8, ...)', "TyBareFn(params=[<None, *const u8>], unsafe, abi='C', c_variadic)"),
    ('extern fn()', 'TyBareFn()'),
    ("for<'a> fn(&'a u8) -> &'a u8", "TyBareFn(params=[<None, &'a u8>], output=&'a u8, bound_lifetimes=['a])"),
    ("dyn A + Send + 'a", "TyTraitObject(bounds=[A, Send, 'a], dyn)"),
    ("impl Fn(A, B) -> C + '_", "TyImplTrait(bounds=[Fn(A, B) -> C, '_])"),
    ("Box<dyn for<'a> Fn(&'a u8)>", "Box<TyTraitObject(bounds=[for<'a> Fn(&'a u8)], dyn)>"),
    ('<T as Tr<U>>::X<V>', '<T@1>Tr<U>::X<V>'),
    ('<Vec<Vec<u8>>>::X', '<Vec<Vec<u8>>@0>X'),
    ('m!(u8)', 'TyMac(mac=m!(ident:u8)'),
    ('A + B', 'TyTraitObject(bounds=[A, B])'),
    ('std::collections::HashMap<K, V, S>', 'std::collections::HashMap<K, V, S>'),
    (
        "Foo<'a, T, 3, -1, { N }, true, Item = U>",
        "Foo<'a, T, const 3, const (-1), const ExprBlock(block={N}), const True, Item = U>",
    ),
    ('Iterator<Item: Debug + Clone>', 'Iterator<Item: [Debug, Clone]>'),
    ('G<Item<u8> = A>', 'G<Item<u8> = A>'),
    ('F<N = 3>', 'F<N = const 3>'),
    ("impl use<'a, T> + Sized", "TyImplTrait(bounds=[UseBound(args=['a, T]), Sized])"),
    ('dyn (Fn(u8)) + Send', 'TyTraitObject(bounds=[Fn(u8), Send], dyn)'),
    ('impl ?Sized + Tr', 'TyImplTrait(bounds=[?Sized, Tr])'),
    ('::std::x::Y', '::std::x::Y'),
    ('Fn() -> (A, B)', 'Fn() -> tuple(A, B)'),
    ('&(dyn A + B)', '&TyTraitObject(bounds=[A, B], dyn)'),
    ('[[u8; 2]; 3]', '[[u8; 2]; 3]'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TYPES)
def test_types(text: str, expected: str) -> None:
    check("ty", text, expected)


GENERICS = [
    (
        "<'a, 'b: 'a, T: Clone + 'a, U = u8, const N: usize = 3>",
        "[GenericParam(ident='a, kind='lifetime'), GenericParam(ident='b, kind='lifetime', bounds=['a]), "
        "GenericParam(ident=T, kind='type', bounds=[Clone, 'a]), GenericParam(ident=U, kind='type', defau"
        "lt=u8), GenericParam(ident=N, kind='const', default=const 3, const_ty=usize)]",
    ),
    (
        '<T: ?Sized, F: Fn(T) -> T>',
        "[GenericParam(ident=T, kind='type', bounds=[?Sized]), GenericParam(ident=F, kind='type', bounds="
        '[Fn(T) -> T])]',
    ),
    ('<#[cfg(x)] T>', "[GenericParam(ident=T, kind='type', attrs=[#[cfg]])]"),
    ('<>', '[]'),
    ("<T: for<'a> Fn(&'a u8)>", "[GenericParam(ident=T, kind='type', bounds=[for<'a> Fn(&'a u8)])]"),
    (
        '<const N: usize = { 1 + 2 }, const B: bool = true>',
        "[GenericParam(ident=N, kind='const', default=const ExprBlock(block={(1 + 2)}), const_ty=usize), "
        "GenericParam(ident=B, kind='const', default=const True, const_ty=bool)]",
    ),
    ('<T: Iterator<Item = Vec<u8>>>', "[GenericParam(ident=T, kind='type', bounds=[Iterator<Item = Vec<u8>>])]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GENERICS)
def test_generics(text: str, expected: str) -> None:
    check("generics", text, expected)


PATHS = [
    ('a::b::c', 'a::b::c'),
    ('Vec<u8>', 'Vec<u8>'),
    ('::a::b', '::a::b'),
    ('self::x', 'self::x'),
    ('crate::x', 'crate::x'),
    ('<T as A>::b', '<T@1>A::b'),
    ('Vec::<u8>', 'Vec<u8>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PATHS)
def test_paths(text: str, expected: str) -> None:
    check("path", text, expected)


@pytest.mark.parametrize(
    ("text", "message", "at", "code"),
    [
        ("*u8", "expected `mut` or `const` keyword in raw pointer type", "*", ""),
        ("&dyn A + B", "ambiguous `+` in a type", "dyn", ""),
        ("&A + B", "expected a path on the left-hand side of `+`", "&", "E0178"),
        ("Vec<u8", "expected one of `!`, `(`, `+`, `,`, `::`, `<`, or `>`, found `<eof>`", "u8", ""),
        ("fn(", "this file contains an unclosed delimiter", None, ""),
        ("[u8; ]", "expected expression, found `]`", "]", ""),
        ("dyn 'a", "at least one trait is required for an object type", "dyn", "E0224"),
        ("1", "expected type, found `1`", "1", ""),
    ],
)
def test_errors(text: str, message: str, at: str | None, code: str) -> None:
    check_error("ty", text, message, at, code)


def test_dyn_is_a_name_in_2015() -> None:
    check("ty", "dyn::X", "dyn::X", 2015)
    check("ty", "dyn Tr", "TyTraitObject(bounds=[Tr], dyn)", 2015)
    check("ty", "&dyn", "&dyn", 2015)
    check("ty", "dyn::X", "TyTraitObject(bounds=[::X], dyn)")


def test_splitting_leaves_the_stream_alone() -> None:
    p = parser("Vec<u8>>= 1")
    assert picture(p.parse_ty()) == "Vec<u8>"
    assert p.is_split
    assert [tree.text for tree in p.remaining()] == [">=", "1"]
    assert p.toks[p.pos].text == ">>="
