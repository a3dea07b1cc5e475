"""Checks of a struct, enum or union as a whole: infinite size (E0072), parameters that are never used (E0392)."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields, is_dataclass
from typing import Any

from ..base.diagnostics import error
from ..resolve.defs import DefData
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst, walk
from ..ty.ty import DefId, Ty
from .check_impls import add_constrained


def check_recursive(tcx: TyCtxt, data: DefData) -> None:
    """E0072: a type that contains itself without indirection."""
    for variant in tcx.adt_def(data.id).variants:
        for field in variant.fields:
            if _contains(tcx, tcx.type_of(field.def_id), data.id, set()):
                message = f"recursive type `{data.name}` has infinite size"
                found = error(_name_span(data), message, "E0072")
                found.label(tcx.def_data(field.def_id).node.ty.span, "recursive without indirection")
                tcx.diag.emit(found.help("insert some indirection (e.g., a `Box`, `Rc`, or `&`) to break the cycle"))
                return


def _name_span(data: DefData) -> Any:
    ident = getattr(data.node, "ident", None)
    return ident.span if ident is not None else data.span


def _contains(tcx: TyCtxt, ty: Ty, target: DefId, seen: set[Ty]) -> bool:
    """Whether a value of `ty` holds one of the ADT `target` inline."""
    if ty in seen:
        return False
    seen.add(ty)
    if isinstance(ty, t.Tuple):
        return any(_contains(tcx, x, target, seen) for x in ty.tys)
    if isinstance(ty, t.Array):
        return _contains(tcx, ty.elem, target, seen)
    if not isinstance(ty, t.Adt):
        return False
    if ty.def_id == target:
        return True
    if len(seen) > 200 or tcx.adt_def(ty.def_id).is_phantom_data:
        return False
    fields = (f for v in tcx.adt_def(ty.def_id).variants for f in v.fields)
    return any(_contains(tcx, subst(tcx.type_of(f.def_id), ty.args), target, seen) for f in fields)


_HELP = "consider removing `{}`, referring to it in a field, or using a marker such as `PhantomData`"


def check_unused_params(tcx: TyCtxt, data: DefData) -> None:
    """E0392 for type parameters and lifetimes that no field mentions or determines."""
    if tcx.adt_def(data.id).is_phantom_data:
        return
    types = [tcx.type_of(f.def_id) for v in tcx.adt_def(data.id).variants for f in v.fields]
    used: set[int] = set()
    for ty in types:
        walk(ty, lambda part: used.add(part.index) if isinstance(part, t.Param) else None)
    add_constrained(tcx, data, used)
    for param in tcx.generics_of(data.id).params:
        if param.kind == "type" and param.index not in used and not any(ty.flags & t.HAS_ERROR for ty in types):
            found = error(tcx.def_data(param.def_id).span, f"type parameter `{param.name}` is never used", "E0392",
                          "unused type parameter")  # fmt: skip
            tcx.diag.emit(found.help(_HELP.format(param.name)))
    _unused_lifetimes(tcx, data)


def _unused_lifetimes(tcx: TyCtxt, data: DefData) -> None:
    node = data.node.kind
    body = node.variants if isinstance(node, ast.Enum) else node.data
    for param in node.generics.params:
        if param.kind == "lifetime" and not _mentions(body, param.ident.name):
            name = param.ident.name
            message = f"lifetime parameter `{name}` is never used"
            found = error(param.ident.span, message, "E0392", "unused lifetime parameter")
            tcx.diag.emit(found.help(_HELP.format(name)))


def _mentions(node: Any, lifetime: str) -> bool:
    if isinstance(node, ast.Lifetime):
        return node.ident.name == lifetime
    if isinstance(node, ast.MacCall):
        return True
    if isinstance(node, (list, tuple)):
        return any(_mentions(part, lifetime) for part in node)
    if is_dataclass(node) and not isinstance(node, (ast.Attribute, ast.Visibility)):
        return any(_mentions(getattr(node, f.name), lifetime) for f in dataclass_fields(node))
    return False
