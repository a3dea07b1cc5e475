"""Modules, imports, visibility."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

from interp.resolve.defs import ResDef
from interp.resolve.imports import lookup
from interp.resolve.module import TYPE, VALUE

from .check import check, complaints, load


def test_globs_and_shadowing() -> None:
    text = """
        mod a { pub fn f() {} pub fn g() {} pub struct S; }
        mod b { pub use crate::a::*; pub fn f() {} }
        use b::*; use a::g as h;
        fn main() { f(); g(); h(); let _ = S; let _ = b::f; }
    """
    tcx = check(text)
    b = tcx.resolver.krates["main"].root
    found = lookup(tcx.resolver, b, "f", VALUE)
    assert found is not None and isinstance(found.res, ResDef)
    assert tcx.path_str(found.res.def_id) == "main::b::f"


def test_cyclic_globs() -> None:
    check("mod a { pub use crate::b::*; pub fn x() {} } mod b { pub use crate::a::*; pub fn y() {} } use a::y; use b::x; fn main() { x(); y(); }")


def test_unresolved() -> None:
    check(
        "use m::nothing; use nope::thing; mod m {}",
        "E0432 unresolved import `m::nothing`",
        "E0432 unresolved import `nope`",
    )


def test_private() -> None:
    check(
        "mod m { fn f() {} pub mod n { pub(super) fn g() {} pub(crate) fn h() {} pub(in crate::m) fn i() {} } fn k() { n::g(); n::i(); } }"
        "use m::f; fn main() { m::f(); m::n::h(); m::n::g(); }",
        "E0603 function `f` is private",
        "E0603 function `f` is private",
        "E0603 function `g` is private",
    )


def test_private_constructor() -> None:
    check(
        "mod m { pub struct T(i32); pub struct U(pub i32); } fn main() { m::U(1); m::T(1); }",
        "E0603 tuple struct constructor `T` is private",
    )


def test_reexport_of_private() -> None:
    check("mod m { pub use f as g; fn f() {} }", "E0364 `f` is private, and cannot be re-exported")


def test_ambiguous_globs() -> None:
    check(
        "mod a { pub fn f() {} } mod b { pub fn f() {} } use a::*; use b::*; fn main() { f(); }",
        "E0659 `f` is ambiguous",
    )


def test_same_item_twice_is_not_ambiguous() -> None:
    check("mod a { pub fn f() {} } mod b { pub use crate::a::f; } use a::*; use b::*; fn main() { f(); }")


def test_enum_variants_and_self() -> None:
    check("mod m { pub enum E { A, B(i32) } } use m::{self as n, E::{self, *}}; fn main() { let _ = (A, B(1), E::A, m::E::B(2)); }")


def test_edition_2015_paths() -> None:
    check("mod a { pub fn f() {} } mod b { use a::f; pub fn g() { f(); ::a::f(); } }", edition=2015)


def test_duplicate() -> None:
    check(
        "struct A; fn f() {} enum A {} fn f() {}",
        "E0428 the name `A` is defined multiple times",
        "E0428 the name `f` is defined multiple times",
    )


def test_module_files() -> None:
    files = {
        "dir/a.rs": "pub mod b; pub fn in_a() { crate::c::in_c(); }",
        "dir/a/b.rs": "pub fn in_b() { super::in_a(); }",
        "dir/c/mod.rs": "pub mod d; pub fn in_c() {}",
        "dir/c/d.rs": "pub fn in_d() {}",
        "dir/elsewhere.rs": "pub fn e() {}",
        "dir/inline/x.rs": "pub fn x() {}",
    }
    check(
        'mod a; mod c; #[path = "elsewhere.rs"] mod e; mod inline { pub mod x; }'
        "fn main() { a::b::in_b(); c::d::in_d(); e::e(); inline::x::x(); }",
        files=files,
    )
    check("mod gone;", "E0583 file not found for module `gone`")


def test_block_items_and_imports() -> None:
    check("mod m { pub fn f() {} } fn main() { g(); fn g() { use m::f as k; k(); } use m::f; f(); { f(); } }")


def test_library_on_demand() -> None:
    tcx, root = load("use std::vec::Vec as V; fn main() {}", core=True)
    before = len(tcx.defs.table)
    found = lookup(tcx.resolver, root, "V", TYPE)
    assert found is not None and isinstance(found.res, ResDef)
    assert tcx.path_str(found.res.def_id) == "alloc::vec::Vec"
    assert before <= len(tcx.defs.table) < before + 50


def test_ambiguity_with_another_crate_first_is_allowed() -> None:
    tcx, _ = load("mod a { pub fn max() {} } use std::cmp::*; use a::*; fn main() { max(1, 2); }", core=True)
    assert tcx.diag.emitted == []
    tcx, _ = load("mod a { pub fn max() {} } use a::*; use std::cmp::*; fn main() { max(); }", core=True)
    assert complaints(tcx) == ["E0659 `max` is ambiguous"]
