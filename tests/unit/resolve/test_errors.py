"""What cannot be found, or is of the wrong kind; scopes and their borders."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

import pytest

from .check import check, check_help


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("nope;", "E0425 cannot find value `nope` in this scope"),
        ("nope();", "E0425 cannot find function `nope` in this scope"),
        ("m::nope();", "E0425 cannot find function `nope` in module `m`"),
        ("Nope::new();", "E0433 cannot find type `Nope` in this scope"),
        ("nope::new();", "E0433 cannot find module or crate `nope` in this scope"),
        ("m::n::f();", "E0433 cannot find `n` in `m`"),
        ("Nope { x: 1 };", "E0422 cannot find struct, variant or union type `Nope` in this scope"),
        ("m::E { x: 1 };", "E0574 expected struct, variant or union type, found enum `m::E`"),
        ("let _ = P;", "E0423 expected value, found struct `P`"),
        ("P(1);", "E0423 expected function, tuple struct or tuple variant, found struct `P`"),
        ("m::E::C;", "E0533 expected value, found struct variant `m::E::C`"),
        ("i32;", "E0423 expected value, found builtin type `i32`"),
        ("self;", "E0424 expected value, found module `self`"),
        ("match 1 { Nope(x) => {} }", "E0531 cannot find tuple struct or tuple variant `Nope` in this scope"),
        ("match 1 { m::f(x) => {} }", "E0532 expected a pattern, found a function call"),
        ("match 1 { (a, a) => {} }", "E0416 identifier `a` is bound more than once in the same pattern"),
        ("match 1 { 1 | x => {} }", "E0408 variable `x` is not bound in all patterns"),
        ("match 1 { (y, 1 | x) => {} }", "E0408 variable `x` is not bound in all patterns"),
        ("let ST = 1;", "E0530 let bindings cannot shadow statics"),
        ("let TS = 1;", "E0530 let bindings cannot shadow tuple structs"),
        ("break 'a;", "E0426 use of undeclared label `'a`"),
        ("'a: loop { || break 'a; }", "E0767 use of unreachable label `'a`"),
        ("break;", "E0268 `break` outside of a loop or labeled block"),
        ("loop { || { continue; }; }", "E0267 `continue` inside of a closure"),
        ("loop { 'a: { break; } }", "E0695 unlabeled `break` inside of a labeled block"),
        ("while break {}", "E0590 `break` or `continue` with no label in the condition of a `while` loop"),
        ("let q = 1; fn f() { q; }", "E0434 can't capture dynamic environment in a fn item"),
        ("let q = 1; const C: i32 = q;", "E0435 attempt to use a non-constant value in a constant"),
        ("let q = 1; const { q };", "E0435 attempt to use a non-constant value in a constant"),
        ("async { 1 }.await;", "E0728 `await` is only allowed inside `async` functions and blocks"),
        ("nope!();", "cannot find macro `nope` in this scope"),
        ("<P as Tr>::nope;", "E0576 cannot find method or associated constant `nope` in trait `Tr`"),
        ("<P as Nope>::f;", "E0405 cannot find trait `Nope` in this scope"),
        ("<P as P>::f;", "E0404 expected trait, found struct `P`"),
        ("const C: () = { return; };", "E0572 return statement outside of function body"),
        ("_ ;", "in expressions, `_` can only be used on the left-hand side of an assignment"),
    ],
)
def test_in_a_body(body: str, wanted: str) -> None:
    check(
        "mod m { pub fn f() {} pub enum E { A, C { x: i32 } } } struct P { x: i32 } struct TS(i32); static ST: i32 = 1;"
        "trait Tr { fn f(); } fn main() { " + body + " }",
        wanted,
    )


def test_parameters() -> None:
    check("fn f(a: i32, a: i32) {}", "E0415 identifier `a` is bound more than once in this parameter list")
    check("fn f<T, T>() {}", "E0403 the name `T` is already used for a generic parameter in this item's generic parameters")


def test_suggestions() -> None:
    check_help("fn main() { let count = 1; coun; }", "a local variable with a similar name exists: `count`")
    check_help("mod m { pub struct Thing; } fn main() { Thing::new(); }", "consider importing this struct: `use crate::m::Thing;`")
    check_help("macro_rules! print { () => {} } fn main() { prin!(); }", "a macro with a similar name exists: `print`")
