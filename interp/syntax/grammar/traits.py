"""Traits and impls.

To add a qualifier: `parse_trait` or `parse_impl`, and `items.py`, which finds the word that tells them apart.
"""

from __future__ import annotations

from ..ast import Ident, Impl, ItemKind, Path, Trait, TraitAlias, Ty, TyPath
from ..cursor import Cursor
from . import generics, items, paths, types


def parse_trait(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    items.refuse(p, context, "trait")
    unsafe = p.eat("unsafe")
    auto = p.eat("auto")
    p.expect("trait")
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    bounds = generics.parse_bounds(p) if p.eat(":") else []
    if p.eat("="):
        bounds = generics.parse_bounds(p)
        generics.parse_where(p, params)
        p.expect(";")
        return ident, TraitAlias(params, bounds)
    generics.parse_where(p, params)
    found, inner = items.parse_body(p, items.TRAIT)
    p.inner.extend(inner)
    return ident, Trait(params, bounds, found, unsafe, auto)


def parse_impl(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    items.refuse(p, context, "implementation")
    default = p.key == "default" and p.eat("default")
    unsafe = p.eat("unsafe")
    start = p.expect("impl")
    params = generics.parse_generics(p) if _impl_has_generics(p) else generics.no_generics(p)
    if p.key == "const":
        p.fail(p.here, "const trait impls are experimental", "E0658")
    negative = p.key == "!" and types.can_begin_type(p) and p.eat("!")
    self_ty = types.parse_ty(p)
    trait_: Path | None = None
    if p.eat("for"):
        trait_ = _trait_of_impl(p, self_ty)
        self_ty = types.parse_ty(p)
    generics.parse_where(p, params)
    if p.key != "{":
        after = ("`where`", *paths.after_ty_expected(self_ty)) if not params.where else ()
        p.unexpected("`{`", *(("`for`",) if trait_ is None and after else ()), *after)
    found, inner = items.parse_body(p, items.IMPL)
    p.inner.extend(inner)
    return items.no_ident(start), Impl(params, trait_, bool(negative), self_ty, found, unsafe, bool(default))


def _trait_of_impl(p: Cursor, ty: Ty) -> Path:
    if not isinstance(ty, TyPath) or ty.path.qself is not None:
        p.fail(ty.span, "expected a trait, found type")
    return ty.path


def _impl_has_generics(p: Cursor) -> bool:
    """Whether `<` begins parameters and not `<T as Trait>::Type`."""
    if p.key != "<":
        return False
    first, second = p.peek(1), p.peek_key(2)
    if first.kind == "lifetime" or first.text in ("#", ">", "const") or first.kind == "doc":
        return True
    return first.kind in ("ident", "interp") and second in (">", ",", ":", "=")


