"""Signatures of items: the queries about types, functions, impls, traits and associated items.

Everything is lowered from the AST when it is first asked for.  What is wrong in a signature is reported once and
stands as `ERROR`.  To add a query: a function of `(tcx, def_id)` and its line in `PROVIDERS`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Optional

from ..base.diagnostics import Unsupported
from ..resolve.defs import DefData
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import AssocItem, FnSig, ImplHeader, Predicate, TraitDef, TraitRef
from ..ty.ty import Const, DefId, Ty
from . import bounds, collect_adt, const_args, opaques
from .astconv import ABIS, ItemCtxt
from .generics import ast_generics, generics_of, generics_parent, identity_args

_ASSOC_KIND: dict[str, Any] = {"assoc_fn": "fn", "assoc_ty": "type", "assoc_const": "const"}


def register(tcx: TyCtxt) -> None:
    """Put this module's providers into `tcx`."""
    for name, provider in PROVIDERS.items():
        tcx.providers[name] = partial(provider, tcx)


# -- types ------------------------------------------------------------------------------------------


def type_of(tcx: TyCtxt, def_id: DefId) -> Ty:
    data = tcx.def_data(def_id)
    return _TYPE_OF[data.kind](tcx, data)


def _adt_ty(tcx: TyCtxt, data: DefData) -> Ty:
    return t.mk_adt(data.id, identity_args(tcx, data.id))


def _variant_ty(tcx: TyCtxt, data: DefData) -> Ty:
    return tcx.type_of(data.parent)  # type: ignore[arg-type]


def _ctor_ty(tcx: TyCtxt, data: DefData) -> Ty:
    of = tcx.def_data(data.ctor_of)  # type: ignore[arg-type]
    if _variant_data(of).kind == "unit":
        return _ctor_result(tcx, of)
    return t.mk_fn_def(data.id, identity_args(tcx, data.id))


def _ctor_result(tcx: TyCtxt, of: DefData) -> Ty:
    return tcx.type_of(of.parent if of.kind == "variant" else of.id)  # type: ignore[arg-type]


def _variant_data(of: DefData) -> ast.VariantData:
    return of.node.data if of.kind == "variant" else of.node.kind.data  # type: ignore[no-any-return]


def _field_ty(tcx: TyCtxt, data: DefData) -> Ty:
    return _conv(tcx, data, "field types").lower_ty(data.node.ty, data.scope)


def _conv(tcx: TyCtxt, data: DefData, position: str) -> ItemCtxt:
    return ItemCtxt(tcx, data.id, "", position)


def _alias_ty(tcx: TyCtxt, data: DefData) -> Ty:
    node: ast.TyAlias = data.node.kind
    if node.ty is None:
        return t.ERROR
    return _conv(tcx, data, "type aliases").lower_ty(node.ty, data.scope)


def _assoc_ty(tcx: TyCtxt, data: DefData) -> Ty:
    if opaques.is_rpitit(tcx, data.id):
        return opaques.rpitit_default(tcx, data.id)
    return _alias_ty(tcx, data)


def _value_ty(tcx: TyCtxt, data: DefData) -> Ty:
    node = data.node.kind
    if node.ty is None:
        from ..base.diagnostics import error

        message = f"missing type for `{'static' if isinstance(node, ast.Static) else 'const'}` item"
        tcx.diag.emit(error(data.span, message))
        return t.ERROR
    return _conv(tcx, data, "const and static types").lower_ty(node.ty, data.scope)


def _param_ty(tcx: TyCtxt, data: DefData) -> Ty:
    """The default of a type parameter."""
    node = data.node
    if not isinstance(node, ast.GenericParam) or node.default is None or isinstance(node.default, ast.AnonConst):
        return t.ERROR
    return ItemCtxt(tcx, data.parent, "", "generic parameter defaults").lower_ty(node.default, _param_scope(tcx, data))  # type: ignore[arg-type]


def _param_scope(tcx: TyCtxt, data: DefData) -> Any:
    return data.scope if data.scope is not None else tcx.def_data(data.parent).scope  # type: ignore[arg-type]


def _const_param_ty(tcx: TyCtxt, data: DefData) -> Ty:
    if data.node.const_ty is None:
        return t.ERROR
    return ItemCtxt(tcx, data.parent).lower_ty(data.node.const_ty, _param_scope(tcx, data))  # type: ignore[arg-type]


def _impl_self_ty(tcx: TyCtxt, data: DefData) -> Ty:
    return _conv(tcx, data, "impl headers").lower_ty(data.node.kind.self_ty, data.scope)


def _anon_const_ty(tcx: TyCtxt, data: DefData) -> Ty:
    found = tcx._memo.setdefault("anon_const_ty", {}).get(data.id)
    if found is not None:
        return found  # type: ignore[no-any-return]
    parent = tcx.def_data(data.parent)  # type: ignore[arg-type]
    if parent.kind in ("variant", "enum"):
        enum = parent.id if parent.kind == "enum" else parent.parent
        return t.PRIMITIVES[tcx.adt_def(enum).repr.int or "isize"]  # type: ignore[arg-type]
    return t.USIZE


def _fn_ty(tcx: TyCtxt, data: DefData) -> Ty:
    return t.mk_fn_def(data.id, identity_args(tcx, data.id))


def _opaque_ty(tcx: TyCtxt, data: DefData) -> Ty:
    return tcx.query("opaque_type", data.id)  # type: ignore[no-any-return]


_TYPE_OF: dict[str, Callable[[TyCtxt, DefData], Ty]] = {
    "struct": _adt_ty,
    "enum": _adt_ty,
    "union": _adt_ty,
    "variant": _variant_ty,
    "ctor": _ctor_ty,
    "field": _field_ty,
    "ty_alias": _alias_ty,
    "assoc_ty": _assoc_ty,
    "const": _value_ty,
    "assoc_const": _value_ty,
    "static": _value_ty,
    "ty_param": _param_ty,
    "const_param": _const_param_ty,
    "impl": _impl_self_ty,
    "anon_const": _anon_const_ty,
    "fn": _fn_ty,
    "assoc_fn": _fn_ty,
    "foreign_ty": lambda tcx, data: t.mk_foreign(data.id),
    "opaque": _opaque_ty,
}


def const_param_default(tcx: TyCtxt, def_id: DefId) -> Const:
    data = tcx.def_data(def_id)
    conv = ItemCtxt(tcx, data.parent)  # type: ignore[arg-type]
    node = const_args.as_const(conv, data.node.default)
    return const_args.lower_const_arg(conv, node, _param_scope(tcx, data), tcx.type_of(def_id))


# -- functions --------------------------------------------------------------------------------------


def fn_sig(tcx: TyCtxt, def_id: DefId) -> FnSig:
    data = tcx.def_data(def_id)
    if data.kind == "ctor":
        return _ctor_sig(tcx, data)
    func: ast.Fn = data.node.kind
    if func.is_async and tcx.lang_item("future_trait") is None:
        raise Unsupported(data.span, "`async fn`")
    scope = data.scope
    conv = ItemCtxt(tcx, def_id, "param", "argument types")
    inputs = [] if func.self_param is None else [_self_param_ty(conv, func.self_param, scope)]
    inputs += conv.lower_tys([p.ty for p in func.params], scope)
    abi, unsafe = ABIS.get(func.abi, func.abi), func.unsafe
    parent = tcx.def_data(data.parent) if data.parent is not None else None
    if parent is not None and parent.kind == "foreign_mod":
        foreign: Any = parent.node.kind if isinstance(parent.node, ast.Item) else parent.node
        abi = foreign.abi or "C"
        unsafe = func.unsafe or not (data.attr("rustc_intrinsic") or func.safe)
    return FnSig(tuple(inputs), _output(tcx, def_id, func, scope), unsafe, abi, func.c_variadic)  # type: ignore[arg-type]


def _output(tcx: TyCtxt, def_id: DefId, func: ast.Fn, scope: Any) -> Ty:
    if func.is_async:
        return opaques.async_opaque(tcx, def_id, func.output)
    if func.output is None:
        return t.UNIT
    return ItemCtxt(tcx, def_id, "opaque", "return types").lower_ty(func.output, scope)


def _self_param_ty(conv: ItemCtxt, node: ast.SelfParam, scope: Any) -> Ty:
    if node.ty is not None:
        return conv.lower_ty(node.ty, scope)
    parent = conv.tcx.def_data(conv.owner).parent
    assert parent is not None
    kind = conv.tcx.def_data(parent).kind
    if kind not in ("trait", "impl"):
        return t.ERROR
    ty: Ty = t.mk_param(0, "Self") if kind == "trait" else conv.tcx.type_of(parent)
    return t.mk_ref(ty, node.mutbl) if node.by_ref else ty


def _ctor_sig(tcx: TyCtxt, data: DefData) -> FnSig:
    of = tcx.def_data(data.ctor_of)  # type: ignore[arg-type]
    fields = [c for c in of.children if tcx.def_data(c).kind == "field"]
    return FnSig(tuple(tcx.type_of(f) for f in fields), _ctor_result(tcx, of))


# -- predicates -------------------------------------------------------------------------------------


def predicates_of(tcx: TyCtxt, def_id: DefId) -> list[tuple[Predicate, Any]]:
    rpitit = tcx._memo.setdefault("rpitit", {}).get(def_id)
    if rpitit is not None:
        return tcx.predicates_of(rpitit.method)
    parent = generics_parent(tcx, def_id)
    found = list(tcx.predicates_of(parent)) if parent is not None else []
    if ast_generics(tcx.def_data(def_id)) is not None:
        found += bounds.own_predicates(tcx, def_id)
    return found


def item_bounds(tcx: TyCtxt, def_id: DefId) -> list[Predicate]:
    """What is declared of an associated type (or opaque), with the type itself as `Self`."""
    if opaques.opaque_info(tcx, def_id) is not None:
        return opaques.opaque_bounds(tcx, def_id)
    data = tcx.def_data(def_id)
    node: ast.TyAlias = data.node.kind
    conv = bounds.item_conv(tcx, def_id)
    self_ty = t.mk_alias(def_id, identity_args(tcx, def_id))
    found = bounds.lower_bounds(conv, self_ty, node.bounds, data.scope)
    if not bounds.is_maybe_sized(conv, node.bounds, data.scope):
        found += bounds.sized_predicate(tcx, self_ty, data.span)
    return [p for p, _ in found] + _bounds_in_where(tcx, data, self_ty)


def _bounds_in_where(tcx: TyCtxt, data: DefData, self_ty: Ty) -> list[Predicate]:
    """Bounds on the associated type in its trait's where clauses: `where Self::Item: Debug`."""
    assert data.parent is not None
    trait = tcx.def_data(data.parent)
    generics = ast_generics(trait)
    found: list[Predicate] = []
    for pred in generics.where if generics is not None else ():
        if isinstance(pred.ty, ast.TyPath) and pred.ty.path.segments[-1].ident.name == data.name:
            conv = bounds.item_conv(tcx, trait.id)
            if conv.lower_ty(pred.ty, trait.scope) is self_ty:
                found += [p for p, _ in bounds.lower_bounds(conv, self_ty, pred.bounds, trait.scope)]
    return found


# -- traits and impls -------------------------------------------------------------------------------


def trait_def(tcx: TyCtxt, def_id: DefId) -> TraitDef:
    data = tcx.def_data(def_id)
    node = data.node.kind
    if not isinstance(node, ast.Trait):
        return TraitDef(def_id, False, False)
    marker = data.attr("marker") is not None
    return TraitDef(def_id, node.unsafe, node.auto, marker, data.attr("rustc_paren_sugar") is not None)


def impl_header(tcx: TyCtxt, def_id: DefId) -> ImplHeader:
    data = tcx.def_data(def_id)
    impl: ast.Impl = data.node.kind
    self_ty = tcx.type_of(def_id)
    if impl.trait_ is None:
        return ImplHeader(def_id, self_ty, None)
    conv = _conv(tcx, data, "impl headers")
    trait = conv.resolver.resolve_trait(data.scope, impl.trait_)
    if trait is None:
        return ImplHeader(def_id, self_ty, None)
    segment = impl.trait_.segments[-1]
    args = conv.lower_args(trait, segment.args, data.scope, segment.ident.span, (self_ty,))
    return ImplHeader(def_id, self_ty, TraitRef(trait, args), impl.negative)


def associated_items(tcx: TyCtxt, def_id: DefId) -> list[AssocItem]:
    return [tcx.assoc_item(c) for c in tcx.def_data(def_id).children if tcx.def_data(c).kind in _ASSOC_KIND]


def assoc_item(tcx: TyCtxt, def_id: DefId) -> AssocItem:
    data = tcx.def_data(def_id)
    assert data.parent is not None
    parent = tcx.def_data(data.parent)
    kind = _ASSOC_KIND[data.kind]
    if opaques.is_rpitit(tcx, def_id):
        method = tcx.def_data(tcx._memo["rpitit"][def_id].method)
        return AssocItem(def_id, "", "type", parent.id, True, None, method.node.kind.body is not None, False)
    is_trait = parent.kind == "trait"
    node = data.node.kind
    has_self = isinstance(node, ast.Fn) and node.self_param is not None
    trait_item = None if is_trait else _implemented(tcx, parent, data, kind)
    return AssocItem(def_id, data.name, kind, parent.id, is_trait, trait_item, _has_value(node), has_self)


def _has_value(node: Any) -> bool:
    if isinstance(node, ast.Fn):
        return node.body is not None
    return (node.ty if isinstance(node, ast.TyAlias) else node.expr) is not None


def _implemented(tcx: TyCtxt, impl: DefData, data: DefData, kind: str) -> Optional[DefId]:
    node: ast.Impl = impl.node.kind
    if node.trait_ is None:
        return None
    trait_ref = tcx.impl_header(impl.id).trait_ref
    return None if trait_ref is None else bounds.trait_assoc(tcx, trait_ref.def_id, data.name, kind)


PROVIDERS: dict[str, Callable[..., Any]] = {
    "type_of": type_of,
    "generics_of": generics_of,
    "predicates_of": predicates_of,
    "super_predicates_of": bounds.super_predicates_of,
    "item_bounds": item_bounds,
    "const_param_default": const_param_default,
    "fn_sig": fn_sig,
    "adt_def": collect_adt.adt_def,
    "trait_def": trait_def,
    "impl_header": impl_header,
    "associated_items": associated_items,
    "assoc_item": assoc_item,
    "rpitit_value": opaques.rpitit_value,
    "rpitits_of": opaques.opaques_of_trait_method,
}
