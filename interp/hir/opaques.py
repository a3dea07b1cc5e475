"""`impl Trait`: a parameter in arguments, an opaque type in results, an anonymous associated type in traits.

`-> impl Trait` in a trait becomes an associated type with the method's generics.  An impl's value for it is found
by comparing the two signatures; the trait's own default body gives an opaque (`type_of` the associated type),
which the method's `param_env` equates with it.  An `async fn` returns an opaque `Future<Output = T>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from ..resolve.defs import DefData
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst
from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import Args, DefId, Ty
from . import bounds
from .generics import identity_args, param_arg, synthetic_param


@dataclass(slots=True, eq=False)
class OpaqueInfo:
    """`method` is the function in whose signature it stands; `node` None for an async function's future, whose
    result is `output`.  `default`: the opaque of a trait method's own body."""

    def_id: DefId
    method: DefId
    node: Optional[ast.TyImplTrait]
    output: Optional[ast.Ty] = None
    default: Optional[DefId] = None


def argument_param(tcx: TyCtxt, func: DefId, node: ast.TyImplTrait) -> Ty:
    data = synthetic_param(tcx, tcx.def_data(func), node)
    for param in tcx.generics_of(func).params:
        if param.def_id == data.id:
            return param_arg(param)  # type: ignore[return-value]
    from ..base.diagnostics import error

    tcx.diag.emit(error(node.span, "`impl Trait` is not allowed in bounds", "E0562"))
    return t.ERROR


def return_opaque(tcx: TyCtxt, func: DefId, node: ast.TyImplTrait) -> Ty:
    return _opaque(tcx, func, node, id(node), None)


def async_opaque(tcx: TyCtxt, func: DefId, output: Optional[ast.Ty]) -> Ty:
    """What calling an `async fn` gives."""
    return _opaque(tcx, func, None, ("async", func), output)


def _opaque(tcx: TyCtxt, func: DefId, node: Optional[ast.TyImplTrait], key: Any, output: Optional[ast.Ty]) -> Ty:
    made = tcx._memo.setdefault("opaque_by_node", {})
    info = made.get(key)
    owner = tcx.def_data(func)
    in_trait = owner.parent is not None and tcx.def_data(owner.parent).kind == "trait"
    if info is None:
        data = _define(tcx, owner, "assoc_ty" if in_trait else "opaque", owner.parent if in_trait else func, node)
        info = made[key] = OpaqueInfo(data.id, func, node, output)
        tcx._memo.setdefault("opaques", {})[data.id] = info
        if in_trait:
            tcx._memo.setdefault("rpitit", {})[data.id] = info
    args = identity_args(tcx, func)
    return t.mk_alias(info.def_id, args) if in_trait else t.mk_opaque(info.def_id, args)


def _define(tcx: TyCtxt, owner: DefData, kind: Any, parent: Optional[DefId], node: Any) -> DefData:
    span = node.span if node is not None else owner.span
    name = ""  # anonymous associated types are known by having none
    if kind == "opaque":
        name = tcx.source_map.snippet(span).removeprefix("impl ") if node is not None else "Future"
    data = tcx.defs.add(kind, name, parent, owner.krate, span, node)
    data.scope, data.edition = owner.scope, owner.edition
    return data


def opaque_info(tcx: TyCtxt, def_id: DefId) -> Optional[OpaqueInfo]:
    return tcx._memo.setdefault("opaques", {}).get(def_id)


def is_rpitit(tcx: TyCtxt, def_id: DefId) -> bool:
    return def_id in tcx._memo.setdefault("rpitit", {})


def rpitit_default(tcx: TyCtxt, def_id: DefId) -> Ty:
    """The opaque that the trait method's default body defines."""
    info = tcx._memo["rpitit"][def_id]
    if info.default is None:
        data = _define(tcx, tcx.def_data(info.method), "opaque", info.method, info.node)
        info.default = data.id
        tcx._memo["opaques"][data.id] = OpaqueInfo(data.id, info.method, info.node, info.output)
    return t.mk_opaque(info.default, identity_args(tcx, info.method))


def opaque_bounds(tcx: TyCtxt, def_id: DefId) -> list[Any]:
    """`item_bounds` of an opaque or of its associated type in a trait."""
    from .astconv import ItemCtxt

    info = opaque_info(tcx, def_id)
    assert info is not None
    conv = ItemCtxt(tcx, info.method, "opaque")
    scope = tcx.def_data(info.method).scope
    args = identity_args(tcx, info.method)
    self_ty: Ty = t.mk_alias(def_id, args) if is_rpitit(tcx, def_id) else t.mk_opaque(def_id, args)
    if info.node is None:
        preds: list[Any] = _future_bounds(tcx, conv, self_ty, info.output, scope)
        return preds + [p for p, _ in bounds.sized_predicate(tcx, self_ty, tcx.def_data(def_id).span)]
    found = bounds.lower_bounds(conv, self_ty, info.node.bounds, scope)
    if not bounds.is_maybe_sized(conv, info.node.bounds, scope):
        found += bounds.sized_predicate(tcx, self_ty, info.node.span)
    return [p for p, _ in found]


def _future_bounds(tcx: TyCtxt, conv: Any, self_ty: Ty, output: Optional[ast.Ty], scope: Any) -> list[Any]:
    ty = t.UNIT if output is None else conv.lower_ty(output, scope)
    return [
        TraitPredicate(TraitRef(tcx.require_lang_item("future_trait"), (self_ty,))),
        ProjectionPredicate(tcx.require_lang_item("future_output"), (self_ty,), ty),
    ]


def opaques_of_trait_method(tcx: TyCtxt, method: DefId) -> list[DefId]:
    """The anonymous associated types of a trait's method (its signature and their bounds are lowered first)."""
    found: list[DefId] = []

    def visit(ty: Ty) -> None:
        if type(ty) is t.Alias and ty.def_id not in found and is_rpitit(tcx, ty.def_id):
            found.append(ty.def_id)
            for pred in tcx.query("item_bounds", ty.def_id):
                if isinstance(pred, ProjectionPredicate) and isinstance(pred.term, Ty):
                    _walk(pred.term, visit)

    _walk(tcx.fn_sig(method).output, visit)
    return found


def _walk(ty: Ty, visit: Any) -> None:
    from ..ty.fold import walk

    walk(ty, visit)


def rpitit_value(tcx: TyCtxt, impl: DefId, assoc: DefId) -> Optional[Ty]:
    """What `impl` gives for the anonymous associated type `assoc`, generic as the impl's method; None: by the
    trait's default body."""
    info = tcx._memo["rpitit"][assoc]
    for item in tcx.associated_items(impl):
        if item.trait_item == info.method:
            return _from_signatures(tcx, impl, item.def_id, info.method, assoc)
    return None


def _from_signatures(tcx: TyCtxt, impl: DefId, impl_fn: DefId, trait_fn: DefId, assoc: DefId) -> Ty:
    found = _matching(tcx, tcx.fn_sig(trait_fn).output, tcx.fn_sig(impl_fn).output, assoc)
    if found is not None:
        return found
    for outer in opaques_of_trait_method(tcx, trait_fn):  # nested: a projection of the outer one's value
        for pred in tcx.query("item_bounds", outer):
            if isinstance(pred, ProjectionPredicate) and _is_alias(pred.term, assoc):
                value = _from_signatures(tcx, impl, impl_fn, trait_fn, outer)
                args = _in_impl(tcx, impl, trait_fn, impl_fn, pred.args[1:])
                return t.mk_alias(pred.def_id, (value, *args))
    return t.ERROR


def _in_impl(tcx: TyCtxt, impl: DefId, trait_fn: DefId, impl_fn: DefId, args: Args) -> Args:
    trait_ref = tcx.impl_header(impl).trait_ref
    assert trait_ref is not None
    own = identity_args(tcx, impl_fn)[tcx.generics_of(impl).count :]
    whole = (*trait_ref.args, *own)
    return tuple(subst(a, whole) if isinstance(a, Ty) else a for a in args)


def _is_alias(term: Any, assoc: DefId) -> bool:
    return type(term) is t.Alias and term.def_id == assoc


def _matching(tcx: TyCtxt, pattern: Any, ty: Any, assoc: DefId) -> Optional[Ty]:
    """The part of `ty` that stands where `pattern` has the associated type."""
    if _is_alias(pattern, assoc):
        return ty  # type: ignore[no-any-return]
    if type(pattern) is not type(ty):
        return None
    for a, b in zip(_parts(pattern), _parts(ty)):
        found = _matching(tcx, a, b, assoc)
        if found is not None:
            return found
    return None


def _parts(ty: Any) -> tuple[Any, ...]:
    if isinstance(ty, t.FnPtr):
        return (*ty.inputs, ty.output)
    if isinstance(ty, (t.Ref, t.RawPtr)):
        return (ty.ty,)
    if isinstance(ty, (t.Slice, t.Array)):
        return (ty.elem,)
    return getattr(ty, "args", None) or getattr(ty, "tys", None) or ()
