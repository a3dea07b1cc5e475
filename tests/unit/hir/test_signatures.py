"""Signatures: what the queries of `collect.py` say of items, as rustc would print it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from interp.hir import session
from interp.traits import queries
from interp.traits.obligation import predicate_to_string
from interp.ty.print import fn_sig_to_string

sys.setrecursionlimit(50000)
PRELUDE = (Path(__file__).parent.parent / "traits" / "minicore.rs").read_text()


def check(text: str, **expected: str) -> Any:
    """Each `name="fn(..) -> .. | predicate | ..": a function's signature and its own predicates; or a type."""
    tcx = session.new_session()
    queries.register(tcx)
    session.load_crate(tcx, text=PRELUDE + text, name="main")
    assert tcx.diag.emitted == []
    for name, want in expected.items():
        data = [d for d in tcx.defs.table if d.name == name and d.kind not in ("use", "ctor")][-1]
        assert _show(tcx, data) == want
    assert tcx.diag.emitted == []
    return tcx


def _show(tcx: Any, data: Any) -> str:
    if data.kind not in ("fn", "assoc_fn"):
        return str(tcx.type_of(data.id))
    sig = tcx.fn_sig(data.id)
    above = tcx.predicates_of(data.parent) if data.kind == "assoc_fn" else []
    own = [predicate_to_string(p) for p, _ in tcx.predicates_of(data.id)[len(above) :]]
    return " | ".join([fn_sig_to_string(sig.inputs, sig.output), *(p for p in own if not p.endswith(": Sized"))])


def test_types() -> None:
    check(
        """
        type A = (u8, &'static [Option<char>], *const [u16; 4], fn(u8, ...) -> !); type B<T> = Option<(T, T)>;
        type C = B<B<u8>>;
        type D = dyn Iterator<Item = u8> + Send; type E = Box<dyn Fn(u8, &str) -> bool>; type F = [u8; { 3 }];
        struct G<T, U = Option<T>>(T, U); type H = G<u8>;
        struct K<const N: usize = 2, const M: bool = true>([u8; N]); type L = K; type M = K<7, false>;
        """.replace(", ...", ""),
        A="(u8, &[Option<char>], *const [u16; 4], fn(u8) -> !)",
        C="Option<(Option<(u8, u8)>, Option<(u8, u8)>)>",
        D="dyn Iterator<Item = u8> + Send",
        E="Box<dyn Fn(u8, &str) -> bool>",
        F="[u8; 3]",
        H="G<u8, Option<u8>>",
        L="K<2, true>",
        M="K<7, false>",
    )


def test_functions() -> None:
    check(
        """
        fn plain(a: u8, b: &mut [u8]) -> bool { loop {} }
        fn generic<T: Clone + Debug, const N: usize>(t: [T; N]) where Vec<T>: Clone { }
        fn sugar(f: impl Fn(u8) -> u16, g: &dyn FnMut()) {}
        fn assoc<I>(i: I, x: I::Item) -> Option<I::Item> where I: Iterator<Item = u8> { loop {} }
        trait Tr { type T; fn method(&self, t: Self::T) -> Self where Self: Sized; }
        impl<X> Tr for Vec<X> { type T = X; fn method(&self, t: Self::T) -> Self { loop {} } }
        """,
        plain="fn(u8, &mut [u8]) -> bool",
        generic="fn([T; N]) | T: Clone | T: Debug | Vec<T>: Clone",
        assoc="fn(I, <I as Iterator>::Item) -> Option<<I as Iterator>::Item> | I: Iterator | <I>::Item == u8",
        method="fn(&Vec<X>, <Vec<X> as Tr>::T) -> Vec<X>",
    )


def test_supertraits_give_associated_types() -> None:
    check(
        """
        trait Base { type Out; } trait Mid: Base {} trait Top: Mid { fn m(&self) -> Self::Out; }
        fn f<T: Top>(t: T::Out) {}
        trait Loop: Iterator<Item = Self::Own> { type Own; }
        fn g<T: Loop>(a: T::Item, b: T::Own) {}
        """,
        f="fn(<T as Base>::Out) | T: Top",
        g="fn(<T as Iterator>::Item, <T as Loop>::Own) | T: Loop",
    )


def test_opaques_and_their_bounds() -> None:
    tcx = check("fn f() -> impl Iterator<Item = impl Debug> { loop {} } trait Tr { fn g(&self) -> impl Clone; }")
    func = next(d.id for d in tcx.defs.table if d.name == "f" and d.kind == "fn")
    opaque = tcx.fn_sig(func).output
    bounds = [predicate_to_string(p) for p in tcx.query("item_bounds", opaque.def_id)]
    shown = "impl Iterator<Item = impl Debug>"
    assert bounds == [f"{shown}: Iterator", f"<{shown}>::Item == impl Debug", f"{shown}: Sized"]


def test_repr() -> None:
    tcx = check("#[repr(C, align(8))] struct A(u8); #[repr(u16)] enum B { X = 3, Y } #[repr(packed(2))] struct C(u32);")
    found = {d.name: tcx.adt_def(d.id) for d in tcx.defs.table if d.name in "ABC" and d.kind in ("struct", "enum")}
    assert (found["A"].repr.c, found["A"].repr.align) == (True, 8)
    assert found["B"].repr.int == "u16" and [v.name for v in found["B"].variants] == ["X", "Y"]
    assert found["B"].variants[0].explicit_discr is not None and found["B"].variants[1].explicit_discr is None
    assert found["C"].repr.pack == 2
