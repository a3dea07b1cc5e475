"""Witnesses of matches that miss a case."""

from __future__ import annotations

import pytest

from .check import check

PRELUDE = "enum E { A, B(bool), C { x: u8 } } enum Void {} #[derive(Clone, Copy)] struct S { a: bool, b: bool }"

CASES = [
    ("b: bool", "true => {}", "`false`"),
    ("e: E", "E::A => {}", "`E::B(_)` and `E::C { .. }`"),
    ("e: &E", "E::A | E::B(true) | E::C { .. } => {}", "`&E::B(false)`"),
    ("n: u8", "0..=9 => {} 11.. => {}", "`10_u8`"),
    ("n: i8", "i8::MIN..=-1 => {} 1..=126 => {}", "`0_i8` and `i8::MAX`"),
    ("o: Option<Option<bool>>", "None | Some(None) | Some(Some(false)) => {}", "`Some(Some(true))`"),
    ("t: (bool, bool)", "(true, _) => {} (_, true) => {}", "`(false, false)`"),
    ("s: &[bool]", "[] => {} [true, ..] => {} [.., true] => {}", "`&[false]` and `&[false, .., false]`"),
    ("s: &str", '"a" => {}', "`&_`"),
    ("r: Result<u8, Void>", "Ok(0) => {}", "`Ok(1_u8..=u8::MAX)`"),
    ("s: S", "S { a: true, .. } => {} S { b: true, .. } => {}", "`S { a: false, b: false }`"),
    ("c: char", "'\\0'..='a' => {} 'c'.. => {}", "`'b'`"),
    ("b: bool", "x if x => {} true => {}", "`false`"),
]


@pytest.mark.parametrize("param, arms, witness", CASES)
def test_missing(param: str, arms: str, witness: str) -> None:
    name = param.split(":")[0]
    (error,) = check(f"{PRELUDE} fn f({param}) {{ match {name} {{ {arms} }} }}").errors
    assert (error.code, error.message) == ("E0004", f"non-exhaustive patterns: {witness} not covered")


FINE = [
    ("r: Result<u8, Void>", "Ok(_) => {}"),
    ("v: Void", ""),
    ("n: u64", "0 => {} 1..=u64::MAX => {}"),
    ("a: [bool; 2]", "[true, _] => {} [false, ..] => {}"),
    ("t: (E, bool)", "(E::A, _) => {} (E::B(x), y) if x == y => {} (E::B(_) | E::C { .. }, _) => {}"),
    ("c: char", "'\\0'..='\\u{D7FF}' => {} '\\u{E000}'..='\\u{10FFFF}' => {}"),
    ("o: &Option<Box<u8>>", "Some(b) => {} None => {}"),
]


@pytest.mark.parametrize("param, arms", FINE)
def test_whole(param: str, arms: str) -> None:
    name = param.split(":")[0]
    assert not check(f"{PRELUDE} fn f({param}) {{ match {name} {{ {arms} }} }}").errors


def test_refutable_let() -> None:
    (error,) = check("fn f(o: Option<u8>) { let Some(x) = o; }").errors
    assert (error.code, error.message) == ("E0005", "refutable pattern in local binding")
    assert not check("fn f(o: Option<u8>) { let Some(x) = o else { return }; }").errors
