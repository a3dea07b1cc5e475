"""`dyn Trait<A, Item = T> + Auto`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import error
from ..base.span import Span
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst_args, walk
from ..ty.items import Predicate, ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import Args, DefId, Ty
from . import bounds

if TYPE_CHECKING:
    from .astconv import AstConv

# stands for the type behind the object while its bounds are lowered; never leaves this module
DUMMY_SELF = t.mk_foreign(DefId(-1))


def lower_object(conv: AstConv, written: list[ast.Bound], scope: Any, span: Span) -> Ty:
    preds: list[tuple[Predicate, Span]] = bounds.lower_bounds(conv, DUMMY_SELF, written, scope)
    traits = [(p.trait_ref, at) for p, at in preds if isinstance(p, TraitPredicate)]
    autos = [r.def_id for r, _ in traits if _is_auto(conv.tcx, r.def_id)]
    regular = [(r, at) for r, at in traits if not _is_auto(conv.tcx, r.def_id)]
    if not traits:
        if any(bounds.resolve_bound(conv, b, scope) is None for b in bounds.trait_bounds(written)):
            return t.ERROR
        return conv.fail(error(span, "at least one trait is required for an object type", "E0224"))
    if len(regular) > 1 and regular[0][0] != regular[1][0]:
        failure = error(regular[1][1], "only auto traits can be used as additional traits in a trait object", "E0225",
                        "additional non-auto trait")  # fmt: skip
        return conv.fail(failure.label(regular[0][1], "first non-auto trait"))
    if not regular:
        return t.mk_dynamic(None, (), tuple(autos))
    principal = regular[0][0]
    if _mentions_dummy(principal.args[1:]):
        name = conv.tcx.def_data(principal.def_id).name
        param = conv.tcx.generics_of(principal.def_id).params[-1].name
        message = f"the type parameter `{param}` must be explicitly specified"
        failure = error(span, message, "E0393", f"missing reference to `{param}`")
        return conv.fail(
            failure.note(
                f"because the parameter `{param}` default references `Self`, the parameter must be specified on the "
                f"trait object type `{name}`"
            )
        )
    projections = [p for p, _ in preds if isinstance(p, ProjectionPredicate)]
    _check_missing(conv, principal, projections, span)
    triples = tuple({p.def_id: (p.def_id, p.args[1:], p.term) for p in projections}.values())
    return t.mk_dynamic((principal.def_id, principal.args[1:]), triples, tuple(autos))  # type: ignore[arg-type]


def _is_auto(tcx: TyCtxt, trait: DefId) -> bool:
    node = tcx.def_data(trait).node.kind
    return isinstance(node, ast.Trait) and node.auto


def _mentions_dummy(args: Args) -> bool:
    found: list[Ty] = []
    for arg in args:
        if isinstance(arg, Ty):
            walk(arg, lambda ty: found.append(ty) if ty is DUMMY_SELF else None)
    return bool(found)


def _check_missing(conv: AstConv, principal: TraitRef, given: list[ProjectionPredicate], span: Span) -> None:
    """E0191: every associated type must be fixed, by the type or by a supertrait's bound."""
    known: set[Optional[DefId]] = {p.def_id for p in given}
    missing: list[tuple[str, DefId]] = []
    seen: set[DefId] = set()
    work = [principal]
    while work:
        trait_ref = work.pop()
        if trait_ref.def_id in seen:
            continue
        seen.add(trait_ref.def_id)
        for child in conv.tcx.def_data(trait_ref.def_id).children:
            data = conv.tcx.def_data(child)
            if data.kind == "assoc_ty" and not _needs_sized(data.node.kind):
                missing.append((data.name, trait_ref.def_id))
        for pred in conv.tcx.query("super_predicates_of", trait_ref.def_id):
            if isinstance(pred, TraitPredicate):
                work.append(TraitRef(pred.trait_ref.def_id, subst_args(pred.trait_ref.args, trait_ref.args)))
            elif isinstance(pred, ProjectionPredicate):
                known.add(pred.def_id)
    for name, trait in missing:
        if bounds.trait_assoc(conv.tcx, trait, name, "type") not in known:
            shown = conv.tcx.def_data(trait).name
            message = f"the value of the associated type `{name}` in `{shown}` must be specified"
            conv.fail(error(span, message, "E0191", f"help: specify the associated type: `{shown}<{name} = Type>`"))


def _needs_sized(node: ast.TyAlias) -> bool:
    """`where Self: Sized` on an associated type keeps it out of objects."""
    for pred in node.generics.where:
        if pred.ty is not None and bounds.single_name(pred.ty) == "Self":
            names = [b.path.segments[-1].ident.name for b in bounds.trait_bounds(pred.bounds)]
            if "Sized" in names:
                return True
    return False
