"""Generic parameters: `generics_of`, and the type or constant each parameter is.

Own parameters follow the parent's (`Self` of a trait first); then the synthetic ones of `impl Trait` in argument
position.  Closures, anonymous constants, fields, variants and opaques have those of what they stand in.
"""

from __future__ import annotations

from typing import Any, Iterator, Optional

from ..resolve.defs import DefData
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import GenericParamDef, Generics
from ..ty.ty import Args, DefId, GenericArg

_TRANSPARENT = frozenset((
    "closure", "anon_const", "inline_const", "field", "variant", "ctor", "ty_param", "const_param", "opaque",
))  # fmt: skip


def ast_generics(data: DefData) -> Optional[ast.Generics]:
    """The generics as written, of an item or associated item."""
    kind = getattr(data.node, "kind", None)
    return getattr(kind, "generics", None)


def generics_parent(tcx: TyCtxt, def_id: DefId) -> Optional[DefId]:
    """The item whose generics are in scope of `def_id` as well: an associated item's trait or impl ..."""
    data = tcx.def_data(def_id)
    if data.parent is None:
        return None
    if data.kind in _TRANSPARENT:
        return data.parent
    if data.kind in ("assoc_fn", "assoc_ty", "assoc_const"):
        return data.parent
    return None


def generics_of(tcx: TyCtxt, def_id: DefId) -> Generics:
    data = tcx.def_data(def_id)
    parent = generics_parent(tcx, def_id)
    if data.kind in _TRANSPARENT and parent is not None:
        of = tcx.generics_of(parent)
        return Generics(parent, len(of.params), of.params, of.has_self)
    rpitit = tcx._memo.setdefault("rpitit", {}).get(def_id)
    if rpitit is not None:  # `-> impl Trait` in a trait: generic as its method
        of = tcx.generics_of(rpitit.method)
        return Generics(data.parent, tcx.generics_of(data.parent).count, of.params, True)  # type: ignore[arg-type]
    params: list[GenericParamDef] = []
    has_self = False
    if parent is not None:
        up = tcx.generics_of(parent)
        params.extend(up.params)
        has_self = up.has_self
    parent_count = len(params)
    if data.kind in ("trait", "trait_alias"):
        params.append(GenericParamDef("Self", 0, def_id, "type", False))
        has_self = True
    for own in data.generic_params:
        params.append(_own_param(tcx, own, len(params)))
    params.extend(_synthetic(tcx, data, len(params)))
    return Generics(parent, parent_count, params, has_self)


def _own_param(tcx: TyCtxt, def_id: DefId, index: int) -> GenericParamDef:
    data = tcx.def_data(def_id)
    node: ast.GenericParam = data.node
    kind: Any = "const" if data.kind == "const_param" else "type"
    return GenericParamDef(data.name, index, def_id, kind, node.default is not None)


def _synthetic(tcx: TyCtxt, data: DefData, index: int) -> list[GenericParamDef]:
    func = getattr(data.node, "kind", None)
    if not isinstance(func, ast.Fn):
        return []
    found: list[GenericParamDef] = []
    for node in argument_impl_traits(func):
        made = synthetic_param(tcx, data, node)
        found.append(GenericParamDef(made.name, index + len(found), made.id, "type", False, True))
    return found


def synthetic_param(tcx: TyCtxt, data: DefData, node: ast.TyImplTrait) -> DefData:
    """The definition of the parameter that `impl Trait` in argument position stands for."""
    memo = tcx._memo.setdefault("impl_trait_params", {})
    found = memo.get(id(node))
    if found is None:
        text = tcx.source_map.snippet(node.span) if node.span else "impl Trait"
        found = memo[id(node)] = tcx.defs.add("ty_param", text, data.id, data.krate, node.span, node)
        found.scope, found.edition = data.scope, data.edition
    return found


def argument_impl_traits(func: ast.Fn) -> list[ast.TyImplTrait]:
    """Every `impl Trait` inside the types of a function's arguments, in order, nested ones after theirs."""
    found: list[ast.TyImplTrait] = []
    for param in func.params:
        _find_impl_traits(param.ty, found)
    return found


def _find_impl_traits(node: Any, found: list[ast.TyImplTrait]) -> None:
    if type(node) is ast.TyImplTrait:
        found.append(node)
    for part in type_parts(node):
        _find_impl_traits(part, found)


def type_parts(node: Any) -> Iterator[Any]:
    """The types directly inside an AST type, those in its generic arguments and bounds included."""
    kind = type(node)
    if kind is ast.TyPath:
        if node.path.qself is not None:
            yield node.path.qself.ty
        yield from _path_parts(node.path)
    elif kind is ast.TyTup:
        yield from node.tys
    elif kind in (ast.TyRef, ast.TyPtr, ast.TySlice, ast.TyArray):
        yield node.ty
    elif kind in (ast.TyTraitObject, ast.TyImplTrait):
        for bound in node.bounds:
            if isinstance(bound, ast.TraitBound):
                yield from _path_parts(bound.path)


def _path_parts(path: ast.Path) -> Iterator[Any]:
    for segment in path.segments:
        args = segment.args
        if args is None:
            continue
        yield from (a for a in args.args if not isinstance(a, (ast.Lifetime, ast.AnonConst)))
        # not those of `Fn(A) -> B`: no `impl Trait` may stand there
        for constraint in args.constraints:
            if constraint.term is not None and not isinstance(constraint.term, ast.AnonConst):
                yield constraint.term
            for bound in constraint.bounds:
                if isinstance(bound, ast.TraitBound):
                    yield from _path_parts(bound.path)


def identity_args(tcx: TyCtxt, def_id: DefId) -> Args:
    """Each parameter of `def_id` as its own argument."""
    memo = tcx._memo.setdefault("identity_args", {})
    found = memo.get(def_id)
    if found is None:
        found = memo[def_id] = tuple(param_arg(p) for p in tcx.generics_of(def_id).params)
    return found


def param_arg(param: GenericParamDef) -> GenericArg:
    if param.kind == "const":
        return t.mk_const_param(param.index, param.name)
    return t.mk_param(param.index, param.name)


def param_of(tcx: TyCtxt, def_id: DefId) -> GenericArg:
    """What the parameter's definition (kind ty_param or const_param) is as a type or constant."""
    memo = tcx._memo.setdefault("param_of", {})
    found = memo.get(def_id)
    if found is None:
        parent = tcx.def_data(def_id).parent
        assert parent is not None
        for param in tcx.generics_of(parent).params:
            memo[param.def_id] = param_arg(param)
        found = memo[def_id]
    return found  # type: ignore[no-any-return]
