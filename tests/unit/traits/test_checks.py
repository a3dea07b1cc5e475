"""What is wrong with items: rustc's codes, each from a few lines of Rust."""

from __future__ import annotations

from typing import Any

import pytest

from interp.traits.check import check_crate

CASES = {
    "E0046": "trait A { fn f(&self); fn g(&self) {} } struct S; impl A for S {}",
    "E0407": "trait A {} struct S; impl A for S { fn f(&self) {} }",
    "E0437": "trait A {} struct S; impl A for S { type T = u8; }",
    "E0438": "trait A {} struct S; impl A for S { const C: u8 = 1; }",
    "E0323": "trait A { fn f(&self) {} } struct S; impl A for S { const f: u8 = 1; }",
    "E0050": "trait A { fn f(&self, x: u8); } struct S; impl A for S { fn f(&self) {} }",
    "E0053": "trait A { fn f(&self, x: u8); } struct S; impl A for S { fn f(&self, x: u16) {} }",
    "E0185": "trait A { fn f(); } struct S; impl A for S { fn f(&self) {} }",
    "E0186": "trait A { fn f(&self); } struct S; impl A for S { fn f() {} }",
    "E0049": "trait A { fn f<T>(t: T); } struct S; impl A for S { fn f(t: u8) {} }",
    "E0276": "trait A { fn f<T>(t: T); } struct S; impl A for S { fn f<T: Clone>(t: T) {} }",
    "E0277 supertrait": "trait B {} trait A: B {} struct S; impl A for S {}",
    "E0277 bound of an associated type": "trait A { type T: Copy; } struct S; impl A for S { type T = String; }",
    "E0277 field": "struct P<T: Copy>(T); struct Q { p: P<String> }",
    "E0277 unsized": "struct S { a: str, b: u8 }",
    "E0277 static": "static P: *const u8 = 0 as *const u8;",
    "E0119": "trait A {} impl<T> A for T {} impl A for u8 {}",
    "E0592": "struct S; impl S { fn f() {} } impl S { fn f() {} }",
    "E0201": "trait A { fn f(); } struct S; impl A for S { fn f() {} fn f() {} }",
    "E0118": "impl<T> T { fn f() {} }",
    "E0204": "struct S(String); impl Clone for S { fn clone(&self) -> S { loop {} } } impl Copy for S {}",
    "E0120": "impl Drop for dyn Debug { fn drop(&mut self) {} }",
    "E0366": "struct S<T>(T); impl Drop for S<u8> { fn drop(&mut self) {} }",
    "E0207": "trait A {} impl<T> A for u8 {}",
    "E0038": "trait A { fn f<T>(&self, t: T); } fn g(a: &dyn A) {}",
    "E0072": "struct L { next: Option<L> }",
    "E0392": "struct S<T> { x: u8 }",
    "E0107": "struct S<T>(T); fn f(s: S) {}",
    "E0220": "fn f<T: Iterator>(x: T::Itm) {}",
    "E0221": "trait A { type X; } trait B { type X; } fn f<T: A + B>(x: T::X) {}",
    "E0223": "fn f(x: Vec<u8>::Item) {}",
    "E0191": "fn f(x: &dyn Iterator) {}",
    "E0225": "trait A {} trait B {} fn f(x: &(dyn A + B)) {}",
    "E0121": "fn f(x: _) {}",
    "E0562": "struct S { x: impl Clone }",
    "E0200": "unsafe trait A {} struct S; impl A for S {}",
    "E0106 field": "struct S { x: &u8 }",
    "E0106 result": "fn f(x: &u8, y: &u8) -> &u8 { x }",
    "E0261": "fn f(x: &'a u8) {}",
    "E0262": "fn f<'static>(x: u8) {}",
    "E0496": "struct S; trait A<'a> { fn f<'a>(x: &'a u8); }",
    "E0199": "trait A {} struct S; unsafe impl A for S {}",
}

FINE = """
    trait A { type T; const C: usize; fn f(&self) -> Self::T; fn g<X: Clone>(&self, x: X) -> impl Clone; }
    struct S<X>(X);
    impl<X: Clone> A for S<X> {
        type T = X; const C: usize = 3;
        fn f(&self) -> X { loop {} }
        fn g<Y: Clone>(&self, y: Y) -> impl Clone { 1u8 }
    }
    impl A for u8 { type T = Vec<u8>; const C: usize = 1; fn f(&self) -> Vec<u8> { loop {} }
        fn g<Y>(&self, y: Y) -> u8 { 1 } }
    struct List<T> { v: T, next: Option<Box<List<T>>> }
    trait D { fn a(&self) -> u8; fn b<T>(t: T) where Self: Sized; } fn d(x: &dyn D, y: Box<dyn Fn(u8) -> u8>) {}
    struct R<'a, T: 'a>(&'a T); impl<'a, T> R<'a, T> {
        fn r(&self, o: &u8) -> &T { self.0 }
        fn s(self: &Self) -> R<T> { loop {} } }
    fn one(x: &u8, y: u8) -> Option<&u8> { loop {} } fn hof<F>(f: F) where F: for<'x> Fn(&'x u8) -> &'x u8 {}
    trait Mark {} impl<T: Clone> Mark for Vec<T> {} impl Mark for Vec<str2> {} struct str2;
"""


def check(world: Any, text: str) -> list[str]:
    w = world(text)
    check_crate(w.tcx, "main")
    return w.errors()  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", CASES)
def test_error(world: Any, name: str) -> None:
    found = check(world, CASES[name])
    assert found and {e.split()[0] for e in found} == {name.split()[0]}


def test_fine(world: Any) -> None:
    assert check(world, FINE) == []
