"""Bounds: from `T: Trait<A, Item = U> + ?Sized` to predicates, and the search for the meaning of `T::Item`.

The search looks at the bounds as written and lowers only the one that can define the name (supertraits included),
so that `T: Iterator<Item = T::X>` and `trait A: B<Self::C>` are no cycles where rustc has none.
To add a form of bound: `lower_bound`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Optional

from ..base.diagnostics import error
from ..base.span import Span
from ..resolve.defs import DefData, Res, ResSelfTy
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst, subst_args, subst_const
from ..ty.items import GenericParamDef, Predicate, ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.print import ty_to_string
from ..ty.ty import Args, Const, DefId, GenericArg, Ty
from . import const_args
from .generics import ast_generics, generics_parent, identity_args

if TYPE_CHECKING:
    from .astconv import AstConv

Predicates = list[tuple[Predicate, Span]]


def resolve_bound(conv: AstConv, bound: ast.TraitBound, scope: Any) -> Optional[DefId]:
    """The trait (or trait alias) a bound names; memoised, an error is reported once."""
    memo = conv.tcx._memo.setdefault("bound_trait", {})
    found = memo.get(id(bound))
    if found is None:
        found = memo[id(bound)] = (conv.resolver.resolve_trait(scope, bound.path), bound)
    return found[0]  # type: ignore[no-any-return]


def trait_bounds(bounds: list[ast.Bound]) -> Iterator[ast.TraitBound]:
    return (b for b in bounds if isinstance(b, ast.TraitBound))


def is_maybe_sized(conv: AstConv, bounds: list[ast.Bound], scope: Any) -> bool:
    """Whether `?Sized` is among the bounds."""
    return any(b.modifier == "?" for b in trait_bounds(bounds))


def lower_bounds(conv: AstConv, self_ty: Ty, bounds: list[ast.Bound], scope: Any) -> Predicates:
    found: Predicates = []
    for bound in trait_bounds(bounds):
        if bound.modifier != "?":
            found.extend(lower_bound(conv, self_ty, bound, scope))
    return found


def lower_bound(conv: AstConv, self_ty: Ty, bound: ast.TraitBound, scope: Any) -> Predicates:
    """`self_ty: bound` as predicates: the trait, then the equalities and bounds of its associated types."""
    trait = resolve_bound(conv, bound, scope)
    if trait is None:
        return []
    segment = bound.path.segments[-1]
    args = conv.lower_args(trait, segment.args, scope, segment.ident.span, (self_ty,))
    if conv.tcx.def_data(trait).kind == "trait_alias":
        return [(_subst_predicate(p, args), bound.span) for p, _ in alias_predicates(conv.tcx, trait)]
    trait_ref = TraitRef(trait, args)
    found: Predicates = [(TraitPredicate(trait_ref), bound.span)]
    if segment.args is not None:
        found.extend(_constraints(conv, trait_ref, segment.args, scope, bound.span))
    return found


def alias_predicates(tcx: TyCtxt, alias: DefId) -> Predicates:
    """What a trait alias stands for, on its `Self` and parameters."""
    data = tcx.def_data(alias)
    conv = item_conv(tcx, alias)
    found = lower_bounds(conv, t.mk_param(0, "Self"), data.node.kind.bounds, data.scope)
    return found + _where_predicates(conv, data)


def _constraints(conv: AstConv, trait_ref: TraitRef, args: ast.GenericArgs, scope: Any, span: Span) -> Predicates:
    if args.parenthesized:
        written = [] if args.output is None else [args.output]
        output = (*conv.without_impl_trait("the return type of `Fn` trait bounds", written, scope), t.UNIT)[0]
        return _equal(conv, trait_ref, "Output", output, span)
    found: Predicates = []
    for constraint in args.constraints:
        found.extend(_constraint(conv, trait_ref, constraint, scope))
    return found


def _equal(conv: AstConv, trait_ref: TraitRef, name: str, term: GenericArg, span: Span) -> Predicates:
    of = trait_ref_defining(conv.tcx, trait_ref, name, "type")
    if of is None:
        return []
    item = trait_assoc(conv.tcx, of.def_id, name, "type")
    return [(ProjectionPredicate(item, of.args, term), span)]  # type: ignore[arg-type]


def _constraint(conv: AstConv, trait_ref: TraitRef, node: ast.AssocConstraint, scope: Any) -> Predicates:
    name = node.ident.name
    kind = "const" if isinstance(node.term, ast.AnonConst) else "type"
    of = trait_ref_defining(conv.tcx, trait_ref, name, kind)
    if of is None:
        trait = conv.tcx.def_data(trait_ref.def_id).name
        message = f"associated {kind} `{name}` not found for `{trait}`"
        conv.fail(error(node.ident.span, message, "E0220", f"associated {kind} `{name}` not found"))
        return []
    item = trait_assoc(conv.tcx, of.def_id, name, kind)
    assert item is not None
    args = conv.lower_args(item, node.args, scope, node.span, of.args)
    if isinstance(node.term, ast.AnonConst):
        value = const_args.lower_const_arg(conv, node.term, scope, subst(conv.tcx.type_of(item), args))
        return [(ProjectionPredicate(item, args, value), node.span)]
    if node.term is not None:
        return [(ProjectionPredicate(item, args, conv.lower_ty(node.term, scope)), node.span)]
    return lower_bounds(conv, t.mk_alias(item, args), node.bounds, scope)


# -- predicates of an item --------------------------------------------------------------------------


def item_conv(tcx: TyCtxt, def_id: DefId) -> AstConv:
    from .astconv import ItemCtxt

    return ItemCtxt(tcx, def_id, "param", "bounds")


def own_predicates(tcx: TyCtxt, def_id: DefId) -> Predicates:
    """What the item's own generics say: `Self: Trait` of a trait, bounds of parameters, where clauses."""
    data = tcx.def_data(def_id)
    generics = ast_generics(data)
    found: Predicates = []
    if data.kind == "trait":
        found.append((TraitPredicate(TraitRef(def_id, identity_args(tcx, def_id))), data.span))
    if generics is None:
        return found
    conv = item_conv(tcx, def_id)
    for param in tcx.generics_of(def_id).params:
        node = tcx.def_data(param.def_id).node
        if param.kind == "type" and tcx.def_data(param.def_id).parent == def_id and param.def_id != def_id:
            if isinstance(node, (ast.GenericParam, ast.TyImplTrait)):
                found.extend(_param_predicates(conv, data, param, node, generics))
    return found + _where_predicates(conv, data)


def _param_predicates(
    conv: AstConv, data: DefData, param: GenericParamDef, node: Any, generics: ast.Generics
) -> Predicates:
    ty = t.mk_param(param.index, param.name)
    found: Predicates = []
    written = list(node.bounds)
    for pred in generics.where:
        if pred.ty is not None and single_name(pred.ty) == param.name:
            written += pred.bounds
    if not is_maybe_sized(conv, written, data.scope):
        found += sized_predicate(conv.tcx, ty, node.span)
    return found + lower_bounds(conv, ty, node.bounds, data.scope)


def sized_predicate(tcx: TyCtxt, ty: Ty, span: Span) -> Predicates:
    sized = tcx.lang_item("sized")
    return [] if sized is None else [(TraitPredicate(TraitRef(sized, (ty,))), span)]


def _where_predicates(conv: AstConv, data: DefData) -> Predicates:
    found: Predicates = []
    generics = ast_generics(data)
    for pred in generics.where if generics is not None else ():
        if pred.ty is None or (data.kind in ("trait", "trait_alias") and single_name(pred.ty) == "Self"):
            continue  # lifetimes; supertraits
        if any(True for b in trait_bounds(pred.bounds) if b.modifier != "?"):
            found.extend(lower_bounds(conv, conv.lower_ty(pred.ty, data.scope), pred.bounds, data.scope))
    return found


def single_name(node: ast.Ty) -> Optional[str]:
    """The name of a type that is a path of one segment without arguments."""
    if isinstance(node, ast.TyPath) and node.path.qself is None and len(node.path.segments) == 1:
        return node.path.segments[0].ident.name
    return None


# -- supertraits ------------------------------------------------------------------------------------


def super_bounds(tcx: TyCtxt, trait: DefId) -> list[ast.TraitBound]:
    """The bounds on `Self` as written: after the trait's name and in `where Self: ..`."""
    data = tcx.def_data(trait)
    node = data.node.kind
    written = list(trait_bounds(node.supertraits if isinstance(node, ast.Trait) else node.bounds))
    for pred in node.generics.where:
        if pred.ty is not None and single_name(pred.ty) == "Self":
            written += trait_bounds(pred.bounds)
    return [b for b in written if b.modifier != "?"]


def super_predicates_of(tcx: TyCtxt, trait: DefId) -> list[Predicate]:
    data = tcx.def_data(trait)
    conv = item_conv(tcx, trait)
    self_ty = t.mk_param(0, "Self")
    found: Predicates = []
    for bound in super_bounds(tcx, trait):
        found.extend(lower_bound(conv, self_ty, bound, data.scope))
    return [p for p, _ in found]


def trait_assoc(tcx: TyCtxt, trait: DefId, name: str, kind: str) -> Optional[DefId]:
    """The associated item `name` of `trait` itself; `kind` "type", "const" or "fn"."""
    memo = tcx._memo.setdefault("trait_assoc", {})
    table = memo.get(trait)
    if table is None:
        datas = [tcx.def_data(c) for c in tcx.def_data(trait).children]
        table = memo[trait] = {(d.name, _ASSOC.get(d.kind)): d.id for d in datas}
    return table.get((name, kind))


_ASSOC = {"assoc_ty": "type", "assoc_const": "const", "assoc_fn": "fn"}


def may_define(tcx: TyCtxt, trait: DefId, name: str, kind: str, seen: Optional[set[DefId]] = None) -> bool:
    """Whether `trait` or a supertrait has the associated item; nothing is lowered to find out."""
    if trait_assoc(tcx, trait, name, kind) is not None:
        return True
    seen = set() if seen is None else seen
    if trait in seen:
        return False
    seen.add(trait)
    conv, scope = item_conv(tcx, trait), tcx.def_data(trait).scope
    for bound in super_bounds(tcx, trait):
        above = resolve_bound(conv, bound, scope)
        if above is not None and may_define(tcx, above, name, kind, seen):
            return True
    return False


def trait_ref_defining(tcx: TyCtxt, trait_ref: TraitRef, name: str, kind: str) -> Optional[TraitRef]:
    """`trait_ref` or the supertrait of it that has the associated item `name`."""
    trait = trait_ref.def_id
    if trait_assoc(tcx, trait, name, kind) is not None:
        return trait_ref
    conv, scope = item_conv(tcx, trait), tcx.def_data(trait).scope
    for bound in super_bounds(tcx, trait):
        above = resolve_bound(conv, bound, scope)
        if above is None or not may_define(tcx, above, name, kind, {trait}):
            continue
        for up in bound_trait_refs(conv, t.mk_param(0, "Self"), bound, above, scope):
            found = trait_ref_defining(tcx, TraitRef(up.def_id, subst_args(up.args, trait_ref.args)), name, kind)
            if found is not None:
                return found
    return None


def bound_trait_refs(
    conv: AstConv, self_ty: Ty, bound: ast.TraitBound, trait: DefId, scope: Any
) -> list[TraitRef]:
    """The trait references of a bound, without its constraints; several for a trait alias."""
    segment = bound.path.segments[-1]
    args = conv.lower_args(trait, segment.args, scope, segment.ident.span, (self_ty,))
    if conv.tcx.def_data(trait).kind != "trait_alias":
        return [TraitRef(trait, args)]
    preds = (_subst_predicate(p, args) for p, _ in alias_predicates(conv.tcx, trait))
    return [p.trait_ref for p in preds if isinstance(p, TraitPredicate)]


# -- `T::Item` --------------------------------------------------------------------------------------


def bound_for_assoc_ty(conv: AstConv, base: Ty, res: Optional[Res], name: str, span: Span) -> Optional[TraitRef]:
    """The trait reference in whose terms `base::name` is a projection; None was reported."""
    found: list[TraitRef] = []
    if type(res) is ResSelfTy and not res.is_trait and conv.tcx.def_data(res.def_id).kind == "impl":
        trait_ref = conv.tcx.impl_header(res.def_id).trait_ref
        if trait_ref is not None:
            of = trait_ref_defining(conv.tcx, trait_ref, name, "type")
            found = [] if of is None else [of]
    if not found and type(base) is t.Param:
        found = list(dict.fromkeys(_param_candidates(conv, base, name)))
    if len(found) == 1:
        return found[0]
    if found:
        message = f"ambiguous associated type `{name}` in bounds of `{base}`"
        conv.fail(error(span, message, "E0221", f"ambiguous associated type `{name}`"))
    elif type(base) is t.Param:
        message = f"associated type `{name}` not found for `{base}`"
        conv.fail(error(span, message, "E0220", f"associated type `{name}` not found"))
    else:
        failure = error(span, "ambiguous associated type", "E0223")
        shown = ty_to_string(base)
        conv.fail(
            failure.help(
                f"if there were a trait named `Example` with associated type `{name}` implemented for `{shown}`, you "
                f"could use the fully-qualified path: `<{shown} as Example>::{name}`"
            )
        )
    return None


def _param_candidates(conv: AstConv, param: t.Param, name: str) -> Iterator[TraitRef]:
    tcx = conv.tcx
    at: Optional[DefId] = conv.owner
    while at is not None:
        data = tcx.def_data(at)
        if data.kind in ("trait", "trait_alias") and param.index == 0 and param.name == "Self":
            of = trait_ref_defining(tcx, TraitRef(at, identity_args(tcx, at)), name, "type")
            if of is not None:
                yield of
        else:
            here = item_conv(tcx, at)
            for bound in _written_bounds(tcx, data, param):
                yield from _defined_by(here, param, bound, data.scope, name)
        at = generics_parent(tcx, at)


def _written_bounds(tcx: TyCtxt, data: DefData, param: t.Param) -> Iterator[ast.TraitBound]:
    """The bounds on `param` in the generics and where clauses of one item."""
    for own in data.generic_params:
        if tcx.def_data(own).name == param.name:
            yield from trait_bounds(tcx.def_data(own).node.bounds)
    generics = ast_generics(data)
    for pred in generics.where if generics is not None else ():
        if pred.ty is not None and single_name(pred.ty) == param.name:
            yield from trait_bounds(pred.bounds)


def _defined_by(conv: AstConv, param: Ty, bound: ast.TraitBound, scope: Any, name: str) -> Iterator[TraitRef]:
    if bound.modifier == "?":
        return
    trait = resolve_bound(conv, bound, scope)
    if trait is None or not may_define(conv.tcx, trait, name, "type"):
        return
    for trait_ref in bound_trait_refs(conv, param, bound, trait, scope):
        of = trait_ref_defining(conv.tcx, trait_ref, name, "type")
        if of is not None:
            yield of


# -- helpers ----------------------------------------------------------------------------------------


def param_default(tcx: TyCtxt, param: GenericParamDef, before: Args) -> GenericArg:
    if param.kind == "const":
        return subst_const(tcx.query("const_param_default", param.def_id), before)
    return subst(tcx.type_of(param.def_id), before)


def _subst_predicate(pred: Predicate, args: Args) -> Predicate:
    if isinstance(pred, TraitPredicate):
        return TraitPredicate(TraitRef(pred.trait_ref.def_id, subst_args(pred.trait_ref.args, args)))
    if isinstance(pred, ProjectionPredicate):
        term = subst_const(pred.term, args) if isinstance(pred.term, Const) else subst(pred.term, args)
        return ProjectionPredicate(pred.def_id, subst_args(pred.args, args), term)
    return pred


subst_predicate = _subst_predicate

