"""Folding: rebuild a type with some of its parts replaced; what cannot contain such a part is skipped by flags.

To substitute generic parameters call `subst`.  A new kind of fold is a subclass of `Folder` that overrides
`fold_ty`/`fold_const` and calls `super_fold_ty`/`super_fold_const` for the rest.
"""

from __future__ import annotations

from typing import Any, Callable

from . import ty as t
from .ty import Args, Const, GenericArg, Ty


class Folder:
    """`mask`: the flags of parts that this folder may change; others are returned as they are."""

    mask = ~0

    def fold_ty(self, ty: Ty) -> Ty:
        return self.super_fold_ty(ty)

    def fold_const(self, const: Const) -> Const:
        return self.super_fold_const(const)

    def fold_args(self, args: Args) -> Args:
        mask = self.mask
        for arg in args:
            if arg.flags & mask:
                return tuple(self.fold_arg(a) for a in args)
        return args

    def fold_arg(self, arg: GenericArg) -> GenericArg:
        if not arg.flags & self.mask:
            return arg
        return self.fold_ty(arg) if isinstance(arg, Ty) else self.fold_const(arg)

    def fold_tys(self, tys: tuple[Ty, ...]) -> tuple[Ty, ...]:
        return self.fold_args(tys)  # type: ignore[return-value]

    def super_fold_ty(self, ty: Ty) -> Ty:
        if not ty.flags & self.mask:
            return ty
        case = _SUPER.get(type(ty))
        return ty if case is None else case(self, ty)

    def super_fold_const(self, const: Const) -> Const:
        if not const.flags & self.mask:
            return const
        if type(const) is t.ConstUnevaluated:
            return t.mk_const_unevaluated(const.def_id, self.fold_args(const.args))
        return const


def _fold_dynamic(f: Folder, ty: t.Dynamic) -> Ty:
    principal = (ty.principal[0], f.fold_args(ty.principal[1])) if ty.principal else None
    projections = tuple((d, f.fold_args(a), f.fold_arg(x)) for d, a, x in ty.projections)
    return t.mk_dynamic(principal, projections, ty.auto_traits)  # type: ignore[arg-type]


_SUPER: dict[type, Callable[[Folder, Any], Ty]] = {
    t.Adt: lambda f, ty: t.mk_adt(ty.def_id, f.fold_args(ty.args)),
    t.Array: lambda f, ty: t.mk_array(f.fold_ty(ty.elem), f.fold_const(ty.len)),
    t.Slice: lambda f, ty: t.mk_slice(f.fold_ty(ty.elem)),
    t.RawPtr: lambda f, ty: t.mk_ptr(f.fold_ty(ty.ty), ty.mutbl),
    t.Ref: lambda f, ty: t.mk_ref(f.fold_ty(ty.ty), ty.mutbl),
    t.Tuple: lambda f, ty: t.mk_tuple(f.fold_tys(ty.tys)),
    t.FnDef: lambda f, ty: t.mk_fn_def(ty.def_id, f.fold_args(ty.args)),
    t.FnPtr: lambda f, ty: t.mk_fn_ptr(f.fold_tys(ty.inputs), f.fold_ty(ty.output), ty.unsafe, ty.abi, ty.c_variadic),
    t.Closure: lambda f, ty: t.mk_closure(ty.def_id, f.fold_args(ty.args)),
    t.Coroutine: lambda f, ty: t.mk_coroutine(ty.def_id, f.fold_args(ty.args)),
    t.Dynamic: _fold_dynamic,
    t.Alias: lambda f, ty: t.mk_alias(ty.def_id, f.fold_args(ty.args)),
    t.Opaque: lambda f, ty: t.mk_opaque(ty.def_id, f.fold_args(ty.args)),
}


class _Subst(Folder):
    mask = t.HAS_PARAM

    def __init__(self, args: Args) -> None:
        self.args = args
        self.memo: dict[Ty, Ty] = {}

    def fold_ty(self, ty: Ty) -> Ty:
        if not ty.flags & t.HAS_PARAM:
            return ty
        if type(ty) is t.Param:
            return self.args[ty.index]  # type: ignore[return-value]
        found = self.memo.get(ty)
        if found is None:
            found = self.memo[ty] = self.super_fold_ty(ty)
        return found

    def fold_const(self, const: Const) -> Const:
        if type(const) is t.ConstParam:
            return self.args[const.index]  # type: ignore[return-value]
        return self.super_fold_const(const)


def subst(ty: Ty, args: Args) -> Ty:
    """`ty` with each generic parameter replaced by the argument at its index."""
    return _Subst(args).fold_ty(ty) if args and ty.flags & t.HAS_PARAM else ty


def subst_const(const: Const, args: Args) -> Const:
    return _Subst(args).fold_const(const) if args and const.flags & t.HAS_PARAM else const


def subst_args(of: Args, args: Args) -> Args:
    return _Subst(args).fold_args(of) if args else of


def _dyn_parts(ty: t.Dynamic) -> Args:
    parts: list[GenericArg] = list(ty.principal[1]) if ty.principal else []
    for _, args, term in ty.projections:
        parts.extend(args)
        parts.append(term)
    return tuple(parts)


_CHILDREN: dict[type, Callable[[Any], Args]] = {
    t.Adt: lambda ty: ty.args,
    t.Array: lambda ty: (ty.elem, ty.len),
    t.Slice: lambda ty: (ty.elem,),
    t.RawPtr: lambda ty: (ty.ty,),
    t.Ref: lambda ty: (ty.ty,),
    t.Tuple: lambda ty: ty.tys,
    t.FnDef: lambda ty: ty.args,
    t.FnPtr: lambda ty: (*ty.inputs, ty.output),
    t.Closure: lambda ty: ty.args,
    t.Coroutine: lambda ty: ty.args,
    t.Dynamic: _dyn_parts,
    t.Alias: lambda ty: ty.args,
    t.Opaque: lambda ty: ty.args,
}


def children(ty: Ty) -> Args:
    """The types and constants directly inside `ty`."""
    case = _CHILDREN.get(type(ty))
    return case(ty) if case else ()


def walk(ty: Ty, visit: Callable[[Ty], None]) -> None:
    """Call `visit` on `ty` and on every type inside it, outermost first."""
    visit(ty)
    for part in children(ty):
        if isinstance(part, Ty):
            walk(part, visit)
