"""Captures by place, closure kinds."""

from __future__ import annotations

import pytest

from .check import check

PRELUDE = """
struct D(String); impl Drop for D { fn drop(&mut self) {} }
struct P { a: String, b: (u8, String), r: &'static (u8, u8) }
#[repr(packed)] struct Packed { x: u8, y: u32 }
fn p() -> P { loop {} }
"""

# statements -> kind and captures, as `name:by`
CASES = [
    ("let p = p(); let c = || { let x = &p.a; };", "Fn p__a:ref"),
    ("let p = p(); let c = || p.a;", "FnOnce p__a:value"),
    ("let mut p = p(); let c = || { p.b.0 += 1; drop(p.a) };", "FnOnce p__a:value p__b__0:mut"),
    ("let p = p(); let c = move || p.b.1.len();", "Fn p__b__1:value"),
    ("let mut n = 0; let c = || n += 1;", "FnMut n:mut"),
    ("let r = &mut 5; let c = || *r += 1;", "FnMut _ref__r:mut"),
    ("let p = &p(); let c = || p.a.len();", "Fn _ref__p:ref"),
    ("let s = String::new(); let c = || { let _ = s; };", "Fn"),
    ("let d = (D(String::new()), 1); let c = || { let x = d.0.0.len(); };", "Fn d__0__0:ref"),
    ("let x = 5; let c = || { let y = x; };", "Fn x:ref"),
    ("let x = String::new(); let c = || { let d = || drop(x); d() };", "FnOnce x:value"),
    ("let k = Packed { x: 1, y: 2 }; let c = || { let y = k.y; };", "Fn k:ref"),
    ("let o = Some(String::new()); let c = || match o { Some(_) => 1, None => 2 };", "Fn o:ref"),
    ("let b = Box::new((String::new(), 1)); let c = move || b.0.len();", "Fn b:value"),
    ("let t = (1, String::new()); let c = || { let (a, _) = &t; };", "Fn t:ref"),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_captures(text: str, expected: str) -> None:
    found = check(f"{PRELUDE} fn main() {{ {text} }}")
    assert not found.errors
    closures = found.results["main"].closures
    outer = next(iter(sorted(closures)))
    info = closures[outer].info
    shown = [info.kind, *sorted(f"{u.name}:{u.by}" for u in info.upvars)]
    assert " ".join(shown) == expected


def test_before_2021_whole_variables() -> None:
    found = check(f"{PRELUDE} fn main() {{ let p = p(); let c = || p.a.len(); }}", 2018)
    (closure,) = found.results["main"].closures.values()
    assert [(u.name, u.by) for u in closure.info.upvars] == [("p", "ref")]


def test_expected_kind_decides() -> None:
    found = check("fn once<F: FnOnce()>(f: F) {} fn main() { once(|| ()); }")
    (closure,) = found.results["main"].closures.values()
    assert closure.info.kind == "FnOnce"


def test_signature_from_bound() -> None:
    found = check("fn f<F>(f: F) where F: Fn(&str, u8) -> bool {} fn main() { f(|a, b| a.len() > b as usize); }")
    (closure,) = found.results["main"].closures.values()
    assert [str(i) for i in closure.info.inputs] == ["&str", "u8"]
    assert str(closure.info.output) == "bool"
