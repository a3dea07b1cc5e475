"""Dyn compatibility (E0038): whether a trait may be the principal of a `dyn` type, and if not, why."""

from __future__ import annotations

from typing import Any, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import children
from ..ty.items import AssocItem, TraitPredicate
from ..ty.ty import DefId, Ty
from .elaborate import implied_by_trait, supertrait_ids

Violation = tuple[Span, str]


def violations(tcx: TyCtxt, trait: DefId) -> list[Violation]:
    """Where and why; empty for a dyn-compatible trait."""
    memo = tcx._memo.setdefault("dyn_violations", {})
    found = memo.get(trait)
    if found is None:
        found = memo[trait] = [v for up in supertrait_ids(tcx, trait) for v in _of_trait(tcx, up)]
    return found


def _of_trait(tcx: TyCtxt, trait: DefId) -> list[Violation]:
    found: list[Violation] = []
    sized = tcx.lang_item("sized")
    for pred in implied_by_trait(tcx, trait):
        if type(pred) is TraitPredicate:
            if pred.trait_ref.def_id == sized:
                found.append((tcx.def_data(trait).span, "...because it requires `Self: Sized`"))
            elif any(_mentions_self(a) for a in pred.trait_ref.args[1:]):
                found.append((tcx.def_data(trait).span, "...because it uses `Self` as a type parameter"))
    for item in tcx.associated_items(trait):
        found.extend(_of_item(tcx, trait, item))
    return found


def _of_item(tcx: TyCtxt, trait: DefId, item: AssocItem) -> list[Violation]:
    if needs_sized_self(tcx, item.def_id):
        return []
    data = tcx.def_data(item.def_id)
    if item.kind == "const":
        return [(data.span, f"...because it contains the associated `const` `{item.name}`")]
    if item.kind == "type":
        own = tcx.generics_of(item.def_id)
        lifetimes = any(p.kind == "lifetime" for p in data.node.kind.generics.params)
        if own.count > own.parent_count or lifetimes:
            return [(data.span, f"...because it contains the generic associated type `{item.name}`")]
        return []
    return [] if (why := method_violation(tcx, item)) is None else [(data.span, why)]


def needs_sized_self(tcx: TyCtxt, def_id: DefId) -> bool:
    """`where Self: Sized` on the item keeps it out of the vtable."""
    generics = getattr(tcx.def_data(def_id).node.kind, "generics", None)
    if generics is None or not generics.where:
        return False
    sized, self_ty = tcx.lang_item("sized"), t.mk_param(0, "Self")
    preds = (p for p, _ in tcx.predicates_of(def_id))
    return any(
        type(p) is TraitPredicate and p.trait_ref.def_id == sized and p.trait_ref.args[0] is self_ty for p in preds
    )


def method_violation(tcx: TyCtxt, item: AssocItem) -> Optional[str]:
    """Why a trait's method cannot be called on a `dyn`; None if it can."""
    name = item.name
    if not item.has_self:
        return f"...because associated function `{name}` has no `self` parameter"
    generics = tcx.generics_of(item.def_id)
    if generics.count > generics.parent_count:
        return f"...because method `{name}` has generic type parameters"
    func: ast.Fn = tcx.def_data(item.def_id).node.kind
    if func.is_async:
        return f"...because method `{name}` is `async`"
    sig = tcx.fn_sig(item.def_id)
    if any(_mentions_self(ty) for ty in sig.inputs[1:]):
        return f"...because method `{name}` references the `Self` type in its parameters"
    if _mentions_self(sig.output):
        return f"...because method `{name}` references the `Self` type in its return type"
    return f"...because method `{name}` returns `impl Trait`" if _has_rpitit(tcx, sig.output) else None


def _mentions_self(arg: Any) -> bool:
    """`Self` outside projections of the trait itself."""
    if type(arg) is t.Param:
        return bool(arg.index == 0 and arg.name == "Self")
    if type(arg) is t.Alias:
        return any(_mentions_self(a) for a in arg.args[1:])
    return isinstance(arg, Ty) and bool(arg.flags & t.HAS_PARAM) and any(_mentions_self(p) for p in children(arg))


def _has_rpitit(tcx: TyCtxt, ty: Ty) -> bool:
    if type(ty) is t.Alias and not tcx.def_data(ty.def_id).name:
        return True
    return any(isinstance(p, Ty) and _has_rpitit(tcx, p) for p in children(ty))


def dyn_error(tcx: TyCtxt, span: Span, trait: DefId) -> Optional[Diagnostic]:
    """E0038 for using `dyn trait` at `span`, if the trait is not dyn compatible."""
    found = violations(tcx, trait)
    if not found:
        return None
    name = tcx.def_data(trait).name
    diagnostic = error(span, f"the trait `{name}` is not dyn compatible", "E0038", f"`{name}` is not dyn compatible")
    diagnostic.note(
        "for a trait to be dyn compatible it needs to allow building a vtable\nfor more information, visit "
        "<https://doc.rust-lang.org/reference/items/traits.html#dyn-compatibility>"
    )
    for at, why in found:
        diagnostic.label(at, why)
    return diagnostic
