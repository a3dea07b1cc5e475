"""The library's outline: items are read on demand, and are then what they would have been at once."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

from pathlib import Path

import pytest

from interp.hir import session
from interp.resolve.defs import DefId, ResDef
from interp.resolve.imports import lookup
from interp.resolve.module import TYPE, LazyName, Module
from interp.ty.context import TyCtxt

from .check import complaints

CORE = {
    "lib.rs": """
        #![no_core]
        extern crate self as core;
        #[prelude_import] use prelude::rust_2021::*;
        #[macro_use] mod macros;
        pub mod prelude; pub mod marker; pub mod clone; pub mod num; pub mod deep;
    """,
    "macros.rs": """
        #[rustc_builtin_macro] #[macro_export] macro_rules! stringify { () => {} }
        macro_rules! int { ($($t:ident $m:ident)*) => { $( impl $t { pub fn $m(self) {} } impl Twice for $t {} pub mod $m { pub const BITS: u32 = 8; } )* } }
        #[macro_export] macro_rules! exported { ($t:ident) => { #[derive(Clone)] pub struct $t; use $crate::marker::Twice as Renamed; impl Renamed for $t {} } }
        macro_rules! maker { ($name:ident) => { macro_rules! $name { () => { pub fn made() {} } } } }
    """,
    "prelude.rs": "pub mod rust_2021 { pub use crate::marker::{Clone, Copy, Twice}; pub use crate::num::Wrapped; }",
    "marker.rs": """
        #[lang = "copy"] pub trait Copy {}
        pub use crate::clone::Clone;
        pub trait Twice { fn twice(&self) {} }
        impl<T> Twice for &T { fn twice(&self) {} }
        impl Copy for u8 {}
    """,
    "clone.rs": '#[lang = "clone"] pub trait Clone { fn clone(&self) -> Self; fn clone_from(&mut self) {} }',
    "num.rs": """
        int! { u8 eight u16 sixteen }
        #[derive(Clone)] pub struct Wrapped<T>(pub T);
        pub type Alias = Wrapped<u8>;
        impl Alias { pub fn only_u8(&self) {} }
        impl<T> Wrapped<T> { pub fn get(self) {} }
        maker!(second); second!();
        exported!(Unit);
    """,
    "deep/mod.rs": "pub mod inner { pub fn f() {} pub(super) fn hidden() {} } pub use self::inner::*; pub use crate::num::*;",
}
ALLOC = {"lib.rs": "#![no_std] pub struct Vec; exported!(Made); impl Twice for Vec {}"}
STD = {"lib.rs": "#![no_std] extern crate alloc; pub use core::*; pub use alloc::Vec;"}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, files in (("core", CORE), ("alloc", ALLOC), ("std", STD)):
        for file, text in files.items():
            path = tmp_path / "library" / name / "src" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    monkeypatch.setenv("INTERP_CACHE_DIR", str(tmp_path / "cache"))
    return str(tmp_path / "library")


def load(library: str, text: str) -> tuple[TyCtxt, Module]:
    tcx = session.new_session(library_dir=library)
    root = session.load_crate(tcx, text=text, name="main")
    session.lower_bodies(tcx, root.krate)
    assert complaints(tcx) == []
    return tcx, root


def find(tcx: TyCtxt, root: Module, name: str) -> DefId:
    found = lookup(tcx.resolver, root, name, TYPE)
    assert found is not None and isinstance(found.res, ResDef)
    return found.res.def_id


def test_nothing_is_read_before_it_is_needed(library: str) -> None:
    for _ in range(2):  # from a fresh outline, then from the disk
        tcx, root = load(library, "use core::num::Wrapped as W; fn main() {}")
        core = tcx.resolver.krates["core"].root
        assert {d.kind for d in tcx.defs.table if d.krate == "core"} == {"mod"}
        wrapped = find(tcx, root, "W")
        assert tcx.path_str(wrapped) == "core::num::Wrapped"
        kinds = [d.kind for d in tcx.defs.table if d.krate == "core" and d.kind != "mod"]
        assert kinds == ["struct", "ty_param", "field", "ctor"]
        assert isinstance(tcx.resolver.modules[core.def_id].tables[2]["stringify"], LazyName)


def test_names_through_macros_globs_and_renames(library: str) -> None:
    load(
        library,
        "use std::deep::{f, made, Unit, Alias}; use std::deep::sixteen::BITS as B; use alloc_crate::Made; extern crate alloc as alloc_crate;"
        "fn main() { f(); made(); let _: (Unit, Alias, Wrapped<u8>, Made); B; std::num::eight::BITS; stringify!(a); exported!(X); }",
    )


def test_impls_by_trait_and_self_type(library: str) -> None:
    tcx, root = load(library, "use std::marker::{Twice, Clone}; use std::num::Wrapped; fn main() {}")
    r = tcx.resolver
    twice, clone, wrapped = (find(tcx, root, n) for n in ("Twice", "Clone", "Wrapped"))
    assert len(r.trait_impls(twice, "u8")) == 1
    assert len(r.trait_impls(twice, "u16")) == 1
    assert len(r.trait_impls(twice, "&")) == 1
    assert r.trait_impls(twice, "bool") == []
    assert len(r.trait_impls(twice)) == 6
    [derived] = r.trait_impls(clone, ("adt", wrapped))
    assert tcx.defs[derived].node.kind.self_ty.path.segments[0].ident.name == "Wrapped"
    both = r.inherent_impls(("adt", wrapped))
    assert len(both) == 2
    assert r.inherent_impls(("adt", wrapped), "get") == both[1:]
    assert len(r.inherent_impls("u8", "eight")) == 1
    assert r.inherent_impls("u8", "sixteen") == []


def test_lang_items(library: str) -> None:
    tcx, _ = load(library, "fn main() {}")
    copy = tcx.require_lang_item("copy")
    assert tcx.path_str(copy) == "core::marker::Copy"
    assert tcx.resolver.lang_name(copy) == "copy"
    assert tcx.lang_item("nothing") is None


def test_traits_in_scope_by_item(library: str) -> None:
    tcx, root = load(library, "mod m { pub trait Own { fn twice(&self); } } use m::Own as _; fn main() {}")
    r = tcx.resolver
    assert [tcx.path_str(t) for t in r.traits_in_scope(root.scope, "twice")] == ["main::m::Own", "core::marker::Twice"]
    assert [tcx.path_str(t) for t in r.traits_in_scope(root.scope, "clone_from")] == ["core::clone::Clone"]
    assert not any(d.name == "Copy" and d.krate == "core" for d in tcx.defs.table)
    assert len(r.traits_in_scope(root.scope)) == 4


def test_a_broken_library_says_so(library: str) -> None:
    Path(library, "core/src/deep/mod.rs").write_text("fn f( {}")
    tcx = session.new_session(library_dir=library)
    session.load_crate(tcx, text="fn main() {}", name="main")
    assert tcx.diag.emitted[0].message.startswith("library/core/src/deep/mod.rs:1: ")
