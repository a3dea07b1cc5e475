"""Traits as diagnostics print them."""

from __future__ import annotations

from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import TraitRef
from ..ty.print import args_to_string
from ..ty.ty import DefId
from .builtin import fn_trait_kind

_AMBIGUOUS = frozenset(("Display", "Write", "Error"))  # rustc prints a path where one name means several things


def trait_path(tcx: TyCtxt, trait: DefId) -> str:
    """The name, or `std::fmt::Display` where the library has the name twice."""
    data = tcx.def_data(trait)
    if data.krate not in ("core", "alloc", "std") or data.name not in _AMBIGUOUS:
        return data.name
    head, _, rest = tcx.path_str(trait).partition("::")
    return f"std::{rest}" if head in ("core", "alloc", "std") else data.name


def show_trait(tcx: TyCtxt, trait_ref: TraitRef) -> str:
    """`Trait<A>` without its Self; `Fn(A, B)` for the callables; what is the parameter's default is left out."""
    name, args = tcx.def_data(trait_ref.def_id).name, trait_ref.args[1:]
    if fn_trait_kind(tcx, trait_ref.def_id) is not None and args and type(args[0]) is t.Tuple:
        return f"{name}({', '.join(map(str, args[0].tys))})"
    if args:
        params = tcx.generics_of(trait_ref.def_id).params[1:]
        while args and params[len(args) - 1].has_default and args[-1] is _default(tcx, trait_ref, len(args)):
            args = args[:-1]
    return name + args_to_string(args)


def _default(tcx: TyCtxt, trait_ref: TraitRef, index: int) -> object:
    from ..ty.fold import subst

    param = tcx.generics_of(trait_ref.def_id).params[index]
    if param.kind == "const":
        return None
    return subst(tcx.type_of(param.def_id), trait_ref.args)
