"""Macros: textual and path scope, `$crate`, hygiene, items made by macros."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

from .check import check, load


def test_textual_order() -> None:
    check("macro_rules! m { () => { 1 } } const A: i32 = m!(); mod inner { const B: i32 = m!(); }")
    check("const A: i32 = m!(); macro_rules! m { () => { 1 } }", "cannot find macro `m` in this scope")
    check("mod a { macro_rules! m { () => { 1 } } } const A: i32 = m!();", "cannot find macro `m` in this scope")
    check("#[macro_use] mod a { macro_rules! m { () => { 1 } } } const A: i32 = m!();")


def test_shadowing() -> None:
    check("macro_rules! m { () => { fn one() {} } } m!(); macro_rules! m { () => { fn two() {} } } m!(); fn main() { one(); two(); }")


def test_exported_and_imported() -> None:
    check(
        "mod a { #[macro_export] macro_rules! m { () => { $crate::a::f() } } pub fn f() {} macro_rules! p { () => {} } pub(crate) use p; }"
        "fn main() { crate::m!(); m!(); a::p!(); { use a::p as q; q!(); } }"
    )


def test_items_by_path_before_their_macro() -> None:
    check("crate::make!(f); fn main() { f(); } mod a { #[macro_export] macro_rules! make { ($n:ident) => { fn $n() {} } } }")


def test_macro_making_macros_and_modules() -> None:
    check(
        "macro_rules! outer { ($n:ident) => { macro_rules! $n { ($f:ident) => { pub mod inner { pub fn $f() {} } } } } }"
        "outer!(made); made!(f); fn main() { inner::f(); }"
    )


def test_hygiene() -> None:
    check("macro_rules! m { ($e:expr) => {{ let a = 1; $e }} } fn main() { m!(a); }", "E0425 cannot find value `a` in this scope")
    check("macro_rules! m { ($i:ident) => { let $i = 1; } } fn main() { m!(a); a; }")
    check("macro_rules! m { () => { a } } fn main() { let a = 1; m!(); }", "E0425 cannot find value `a` in this scope")
    check("fn main() { let a = 1; macro_rules! m { () => { a } } m!(); let a = 2; m!(); }")
    check("macro_rules! m { () => { break 'a } } fn main() { 'a: loop { m!(); } }", "E0426 use of undeclared label `'a`")
    check("fn main() { 'a: loop { macro_rules! m { () => { break 'a } } m!(); } }")
    check("macro_rules! m { ($t:ident) => { impl<$t> S<$t> { fn f(x: $t) {} } } } struct S<T>(T); m!(Q);")


def test_statement_macros() -> None:
    check(
        "macro_rules! m { ($f:ident) => { fn $f() {} $f(); } } fn main() { m!(g); m! { h } g(); h(); }"
    )


def test_recursion_limit() -> None:
    tcx, _ = load("macro_rules! m { ($($t:tt)*) => { m!($($t)* x) } } fn main() { m!(); }")
    assert "recursion limit reached while expanding" in tcx.diag.emitted[0].message
