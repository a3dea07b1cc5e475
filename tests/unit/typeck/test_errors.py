"""Errors of bodies: rustc's codes, each from a line of Rust."""

from __future__ import annotations

import pytest

from .check import check

CASES = {
    "E0308": "let x: i32 = \"a\";",
    "E0308 arms": "let x = match 1 { 1 => 1, _ => \"a\" };",
    "E0308 array": "let a: [u8; 2] = [1, 2, 3];",
    "E0282": "let x = None;",
    "E0282 method": "let x = |y| y.len();",
    "E0283": "let y = Default::default();",
    "E0284": "let x = \"1\".parse().unwrap();",
    "E0061": "fn f(a: u8) {} f();",
    "E0057": "let f = |a: u8| a; f();",
    "E0559": "enum E { V { a: u8 } } E::V { b: 1 };",
    "E0560": "struct S { a: u8 } S { a: 1, b: 2 };",
    "E0063": "struct S { a: u8 } S {};",
    "E0062": "struct S { a: u8 } S { a: 1, a: 2 };",
    "E0609": "struct S { a: u8 } fn f(s: S) { s.b; }",
    "E0610": "let x = 1u8; x.a;",
    "E0615": "\"a\".len;",
    "E0616": "mod m { pub struct S { a: u8 } } fn f(s: m::S) { s.a; }",
    "E0624": "mod m { pub struct S; impl S { fn f(&self) {} } } fn f(s: m::S) { s.f(); }",
    "E0614": "*5u8;",
    "E0618": "5();",
    "E0600": "!\"a\";",
    "E0369": "struct S; S + S;",
    "E0368": "let mut s = true; s += 1u8;",
    "E0277 operator": "1u8 + \"a\";",
    "E0277 bound": "fn f<T: Copy>(t: T) {} f(String::new());",
    "E0277 index": "vec![1][0u8];",
    "E0277 question mark": "Some(1)?;",
    "E0277 repeat": "[String::new(); 2];",
    "E0599": "5u8.foo();",
    "E0599 variant": "enum E { A } E::B;",
    "E0689": "2.0.sqrt();",
    "E0034": "trait A { fn a(&self) {} } trait B { fn a(&self) {} } impl A for u8 {} impl B for u8 {} 1u8.a();",
    "E0040": "struct S; impl Drop for S { fn drop(&mut self) {} } S.drop();",
    "E0023": "struct S(u8, u8); let S(a) = S(1, 2);",
    "E0026": "struct S { a: u8 } let S { b, .. } = S { a: 1 };",
    "E0027": "struct S { a: u8 } let S {} = S { a: 1 };",
    "E0029": "match \"a\" { \"a\"..=\"b\" => {} _ => {} }",
    "E0030": "match 1 { 5..=1 => {} _ => {} }",
    "E0527": "let [a] = [1, 2];",
    "E0528": "let [a, b, ..] = [1];",
    "E0529": "let [a] = 5u8;",
    "E0070": "1 = 2;",
    "E0067": "1 += 2;",
    "E0571": "while true { break 1; }",
    "E0069": "fn f() -> u8 { return; }",
    "E0317": "let x: u8 = if true { 1 };",
    "E0604": "5u32 as char;",
    "E0605": "struct S; S as u8;",
    "E0606": "&1u8 as u8;",
    "E0607": "0 as *const u8 as *const [u8];",
    "E0054": "5u8 as bool;",
    "E0620": "&[1] as [u8];",
    "E0608": "5u8[0];",
    "E0133": "let p = &1u8 as *const u8; *p;",
    "E0593": "fn f(g: impl Fn(u8)) {} f(|| ());",
    "E0631": "fn f(g: impl Fn(u8)) {} f(|x: u16| ());",
    "E0271": "fn f(g: impl Fn(u8) -> u8) {} let c = |x: u8| 'a'; f(c);",
    "E0617": "extern \"C\" { fn p(f: *const u8, ...); } unsafe { p(0 as *const u8, 1.0f32) }",
}


@pytest.mark.parametrize("name", CASES)
def test_error(name: str) -> None:
    codes = check(f"fn main() {{ {CASES[name]} }}").codes
    assert name.split()[0] in codes, codes


def test_errors_do_not_cascade() -> None:
    found = check("fn f(x: Missing) -> u8 { x.a.b(1) + x } fn main() { let y = f(3); let z: u8 = nope(); z.len() }")
    assert sorted(found.codes) == ["E0425", "E0425", "E0599"]


def test_several_in_one_go() -> None:
    found = check("fn main() { let a: u8 = \"\"; let b: char = 1u8; foo(); 1u8.bar(); }")
    assert sorted(found.codes) == ["E0308", "E0308", "E0425", "E0599"]


def test_unsafe_is_fine_where_marked() -> None:
    text = """
        union U { a: u8, b: i8 }
        static mut N: u8 = 0;
        unsafe fn f() {}
        fn main() { let mut u = U { a: 1 }; u.b = 2; unsafe { f(); N += u.a; } let p = &raw const N; }
    """
    assert not check(text).errors
