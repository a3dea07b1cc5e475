"""Selection, evaluation and projection on real Rust items."""

from __future__ import annotations

from typing import Any

from interp.base.span import span_lo
from interp.traits.infer import InferCtxt
from interp.traits.obligation import EMPTY_ENV, MISC, Obligation, ParamEnv, predicate_to_string
from interp.traits.param_env import env_of_predicates


def check(world: Any, text: str, normal: dict[str, str] | None = None) -> Any:
    """See `conftest.py`.  An assumption is a clause of `mod`-level `fn env..` of the same suffix."""
    w = world(text)
    tcx = w.tcx
    for verdict, want in (("holds", True), ("fails", False)):
        for func in w.named(verdict, "fn"):
            assumed = [p for p, _ in tcx.predicates_of(func.id)]
            env, goals = _split(tcx, func, assumed)
            for goal in goals:
                infcx = InferCtxt(tcx)
                goal, more = infcx.normalize_predicate(MISC, env, goal)
                goals_now = [goal, *(o.predicate for o in more)]
                results = [infcx.predicate_must_hold(Obligation(MISC, env, p)) for p in goals_now]
                assert all(results) == want, f"{func.name}: {predicate_to_string(goal)}"
    for name, shown in (normal or {}).items():
        ty = tcx.type_of(w.find(name, "ty_alias").id)
        assert str(tcx.query("normalize_erasing", EMPTY_ENV, ty)) == shown
    assert w.errors() == []
    return w


def _split(tcx: Any, func: Any, preds: list[Any]) -> tuple[ParamEnv, list[Any]]:
    """The bounds written on parameters (`<T: A>`) are assumed, the where clauses are the goals."""
    clauses = func.node.kind.generics.where
    first = min((span_lo(w.span) for w in clauses), default=1 << 30)
    goals = [p for p, span in tcx.predicates_of(func.id) if span_lo(span) >= first]
    assert goals
    return env_of_predicates(tcx, [p for p, span in tcx.predicates_of(func.id) if span_lo(span) < first]), goals


def test_impls(world: Any) -> None:
    check(world, """
        struct NotClone;
        fn holds() where u8: Clone, Vec<u8>: Clone, Option<Vec<Option<u8>>>: Clone, &'static str: Copy,
            (u8, Vec<u8>): Clone, (u8, &'static u8): Copy, [u8; 3]: Copy, Vec<u32>: Debug, u32: Into<u32> {}
        fn fails() where NotClone: Clone, Vec<NotClone>: Clone, Vec<u8>: Copy, (Vec<u8>, u8): Copy, str: Sized,
            String: Copy, Option<String>: Copy, [Vec<u8>; 2]: Copy, u8: Into<u32> {}
        fn holds2() where String: From<&'static str>, &'static str: Into<String>, Vec<u32>: PartialEq,
            &'static str: PartialEq {}
    """)


def test_param_env(world: Any) -> None:
    check(world, """
        trait A: B {} trait B: C {} trait C {}
        fn holds1<T: A>() where T: A, T: B, T: C, T: Sized, Vec<T>: Sized {}
        fn fails1<T: C>() where T: A, T: B, T: Clone {}
        fn holds2<T: Copy>() where T: Clone, Option<T>: Copy, (T, u8): Clone {}
        fn fails2<T: Clone>() where T: Copy, Option<T>: Copy {}
        fn fails3<T: ?Sized>() where T: Sized {}
        fn holds4<I: Iterator<Item = u32>>() where I: Iterator<Item = u32>, I::Item: Copy,
            &'static mut I: Iterator<Item = u32> {}
        fn fails4<I: Iterator>() where I::Item: Copy, Vec<I::Item>: Debug {}
    """)


def test_projection(world: Any) -> None:
    check(world, """
        trait Tr { type Out<T>; type Def; }
        impl Tr for u8 { type Out<T> = Option<T>; type Def = u32; }
        impl<X: Tr> Tr for Vec<X> { type Out<T> = Vec<X::Out<T>>; type Def = X::Def; }
        type A = <Vec<u32> as IntoIterator>::Item;
        type B = <<Vec<u32> as IntoIterator>::IntoIter as Iterator>::Item;
        type C = <Vec<Vec<u8>> as Tr>::Out<bool>;
        type D = <Vec<Vec<u8>> as Tr>::Def;
        type E = <Map<Range<u32>, fn(u32) -> u8> as Iterator>::Item;
        type F = <u32 as Add>::Output;
        type G = <fn(u8, u8) -> bool as FnOnce<(u8, u8)>>::Output;
        type H = <Map<Range<u32>, fn(u32) -> u8> as IntoIterator>::IntoIter;
        type I = <dyn Iterator<Item = bool> as Iterator>::Item;
        type J = <Box<dyn Iterator<Item = bool>> as Iterator>::Item;
        type K = <str as Pointee>::Metadata;
        type L = <u8 as Pointee>::Metadata;
        type M = <Option<u8> as DiscriminantKind>::Discriminant;
    """, {
        "A": "u32", "B": "u32", "C": "Vec<Vec<Option<bool>>>", "D": "u32", "E": "u8", "F": "u32", "G": "bool",
        "H": "Map<Range<u32>, fn(u32) -> u8>", "I": "bool", "J": "bool", "K": "usize", "L": "()", "M": "isize",
    })


def test_objects(world: Any) -> None:
    check(world, """
        trait Base { } trait Derived: Base { }
        trait Named: Iterator<Item = u8> {}
        fn holds() where dyn Derived: Derived, dyn Derived: Base, (dyn Derived + Send): Send,
            dyn Iterator<Item = u8>: Iterator<Item = u8>,
            u32: Unsize<dyn Debug>, [u8; 4]: Unsize<[u8]>, dyn Derived: Unsize<dyn Base>,
            Box<u32>: CoerceUnsized<Box<dyn Debug>>,
            (dyn Derived + Send): Unsize<dyn Derived>, dyn Named: Iterator<Item = u8>, Box<dyn Fn(u8) -> u8>: Sized {}
        fn fails() where dyn Base: Derived, dyn Derived: Send, dyn Debug: Sized, u8: Unsize<dyn Debug>,
            [u8; 4]: Unsize<[u16]>,
            dyn Base: Unsize<dyn Derived>, dyn Derived: Unsize<dyn Derived + Send>,
            Vec<u8>: CoerceUnsized<Vec<dyn Debug>> {}
        struct W<T: ?Sized> { n: u8, t: T }
        fn holds2() where W<[u8; 3]>: Unsize<W<[u8]>>, W<u32>: Unsize<W<dyn Debug>>, W<u8>: Sized {}
        fn fails2() where W<[u8]>: Sized, W<str>: Clone {}
    """)


def test_auto_traits(world: Any) -> None:
    check(world, """
        struct Plain { a: u8, b: Vec<String> }
        struct Holds { p: Rc<u8> }
        struct List { v: u8, next: Option<Box<List>> }
        enum Tree<T> { Leaf, Node(Box<Tree<T>>, T, Box<Tree<T>>) }
        fn holds() where Plain: Send, Plain: Sync, List: Send, Tree<u8>: Send, &'static Plain: Send,
            PhantomData<u8>: Send,
            fn(): Send {}
        fn fails() where Holds: Send, Rc<u8>: Sync, Tree<Rc<u8>>: Send, &'static Holds: Send, PhantomData<Rc<u8>>: Send,
            *mut u8: Send {}
        fn holds2<T: Send>() where Vec<T>: Send, Tree<T>: Send {}
        fn fails2<T>() where Vec<T>: Send, Tree<T>: Send {}
    """)


def test_callables(world: Any) -> None:
    check(world, """
        fn holds() where fn(u8) -> u8: Fn(u8) -> u8, fn(): FnOnce(), dyn Fn(u8) -> u32: FnOnce(u8) -> u32,
            fn(u8): Copy {}
        fn fails() where fn(u8) -> u8: Fn(u16) -> u8, unsafe fn(): Fn(), fn(): Fn(u8), u8: FnOnce() {}
        fn holds2<F: Fn(u8) -> u32>() where F: FnMut(u8) -> u32, F: FnOnce<(u8,), Output = u32>, F::Output: Debug {}
    """)


def test_recursive_impls_do_not_hang(world: Any) -> None:
    check(world, """
        trait Tr {}
        impl<T> Tr for Option<T> where Vec<T>: Tr {}
        impl<T> Tr for Vec<T> where Option<T>: Tr {}
        trait Grow {}
        impl<T> Grow for Vec<T> where Vec<Option<T>>: Grow {}
        fn fails() where Option<u8>: Tr, Vec<u8>: Grow {}
    """)


def test_item_bounds(world: Any) -> None:
    check(world, """
        trait Graph { type Node: Copy; type Edges: Iterator<Item = Self::Node>; }
        fn holds<G: Graph>() where G::Node: Clone, G::Edges: IntoIterator<Item = G::Node>,
            <G::Edges as Iterator>::Item: Copy {}
        trait Fam { type Of<'a>: Iterator where Self: 'a; }
        fn holds2<F: Fam>() where F::Of<'static>: Iterator {}
        trait Nested where Self::A: Copy { type A; }
        fn holds3<N: Nested>() where N::A: Clone {}
    """)


def test_impl_trait(world: Any) -> None:
    w = check(world, """
        fn it(n: u8) -> impl Iterator<Item = u32> + Send { Range { start: 0u32, end: 1u32 } }
        trait Shape { fn parts(&self) -> impl Iterator<Item = u8>; fn other(&self) -> impl Clone { 3u8 } }
        struct S;
        impl Shape for S { fn parts(&self) -> VecIter<u8> { loop {} } }
    """)
    tcx = w.tcx
    opaque = tcx.fn_sig(w.find("it").id).output
    infcx = InferCtxt(tcx)
    iterator, item = w.find("Iterator").id, w.find("Item", "assoc_ty").id
    assert infcx.type_implements_trait(iterator, (opaque,), EMPTY_ENV)
    from interp.ty import ty as t

    ty, out = infcx.normalize(MISC, EMPTY_ENV, t.mk_alias(item, (opaque,)))
    assert str(ty) == "u32" and not out
    sig = tcx.fn_sig(w.find("parts").id)
    s_ty = tcx.type_of(w.find("S").id)
    from interp.ty.fold import subst

    out_ty = subst(sig.output, (s_ty,))
    assert str(infcx.normalize(MISC, EMPTY_ENV, out_ty)[0]) == "VecIter<u8>"


def test_inference(world: Any) -> None:
    w = check(world, """
        trait Only {} impl Only for Vec<u8> {}
        trait Two<T> {} impl Two<u8> for u8 {} impl Two<u16> for u8 {}
    """)
    from interp.traits.fulfill import FulfillmentContext
    from interp.traits.obligation import trait_obligation
    from interp.ty import ty as t

    infcx = InferCtxt(w.tcx)
    fcx = FulfillmentContext(infcx)
    var = infcx.next_ty_var()
    vec = t.mk_adt(w.find("Vec").id, (var,))
    fcx.register(trait_obligation(MISC, EMPTY_ENV, w.find("Only").id, (vec,)))
    assert fcx.select_where_possible() == [] and infcx.resolve(var) is t.U8
    other = infcx.next_ty_var()
    fcx.register(trait_obligation(MISC, EMPTY_ENV, w.find("Two").id, (t.U8, other)))
    assert fcx.select_where_possible() == [] and len(fcx.pending()) == 1
    assert infcx.eq(other, t.U16) and fcx.select_all_or_error() == []
    item = infcx.next_ty_var()
    alias = t.mk_alias(w.find("Item", "assoc_ty").id, (item,))
    ty, out = infcx.normalize(MISC, EMPTY_ENV, alias)
    fcx.register_all(out)
    assert fcx.select_where_possible() == []
    infcx.eq(item, t.mk_adt(w.find("VecIter").id, (t.BOOL,)))
    assert fcx.select_all_or_error() == [] and infcx.resolve(ty) is t.BOOL
