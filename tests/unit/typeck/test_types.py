"""What types expressions get: inference, coercions, methods, operators, fallback."""

from __future__ import annotations

import pytest

from .check import check, types

CASES = [
    ("let x = 1; let y = 1.5; let z = 1u8 + 2;", "x: i32, y: f64, z: u8"),
    ("let mut v = Vec::new(); v.push(1u16); let l = v.len();", "v: Vec<u16>, l: usize"),
    ("let v: Vec<_> = [1, 2].iter().map(|x| x + 1).collect();", "v: Vec<i32>, x: &i32"),
    ("let a = [1i64; 3]; let s = &a[1..]; let [f, .., l] = a;", "a: [i64; 3], s: &[i64], f: i64, l: i64"),
    ("let o = Some(&5); if let Some(x) = o {} if let Some(&y) = o {}", "o: Option<&i32>, x: &i32, y: i32"),
    ("let t = &Some((1, 'c')); if let Some((a, b)) = t {}", "t: &Option<(i32, char)>, a: &i32, b: &char"),
    ("let f = if true { |x: i32| x } else { |y: i32| y + 1 };", "f: fn(i32) -> i32, x: i32, y: i32"),
    ("let n = 'a: { if true { break 'a 1u8 } 2 }; let m = loop { break 'c' };", "n: u8, m: char"),
    ("let x = \"5\".parse::<f32>().unwrap(); let y = x.powi(2) as u8;", "x: f32, y: u8"),
    ("let b: Box<dyn Fn(u8) -> u8> = Box::new(|x| x + 1); let y = b(3);", "b: Box<dyn Fn(u8) -> u8>, x: u8, y: u8"),
    ("let x = return; let y = x;", "x: (), y: ()"),
    ("let p = &mut 5 as *mut i32; let q = p as *const i32 as usize;", "p: *mut i32, q: usize"),
    ("let r = &&&String::new(); let l = r.len(); let c = r.clone();", "r: &&&String, l: usize, c: &&String"),
    ("let x = -1i8 as u8 as char; let s = 1u8 << 3u32; let e = 1 == 2;", "x: char, s: u8, e: bool"),
    ("let mut it = 0..10u8; let x = it.next(); for i in it {}", "it: Range<u8>, x: Option<u8>, i: u8"),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_types(text: str, expected: str) -> None:
    found = types(text)
    wanted = dict(part.split(": ", 1) for part in expected.split(", ") if ": " in part)
    for name, ty in wanted.items():
        assert found[name].startswith(ty.split(",")[0]), (name, found)


def test_generic_code() -> None:
    found = check(
        """
        trait Shape { const N: u8; type Out; fn out(&self) -> Self::Out; }
        fn f<T: Shape>(t: &T) -> T::Out { let n = T::N; let o = t.out(); o }
        fn g<I>(i: I) -> Vec<I::Item> where I: Iterator, I::Item: Clone {
            let mut v = vec![]; for x in i { v.push(x.clone()); } v
        }
        """
    )
    assert not found.errors
    assert found.variables("f") == {"t": "&T", "n": "u8", "o": "<T as Shape>::Out"}
    assert found.variables("g")["v"] == "Vec<<I as Iterator>::Item>"


def test_never_is_unit_before_2024() -> None:
    text = "fn f<T: Default>() -> T { T::default() } fn main() { if true { return } else { f() }; }"
    assert not check(text).errors


def test_edition_2024_never() -> None:
    text = "fn f<T: Default>() -> T { T::default() } fn main() { let x = match 1 { 1 => f(), _ => return }; }"
    assert "E0277" in check(text, 2024).codes
