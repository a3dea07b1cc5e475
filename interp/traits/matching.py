"""Matching an impl's header against a trait reference, without making variables where none are needed.

A parameter of the impl that meets a type for the first time is bound to it directly; what stands opposite an
inference variable is instantiated with fresh variables and unified.  Projections in the header are normalised
after everything else was matched.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..ty import ty as t
from ..ty.fold import Folder, children, subst, subst_const
from ..ty.ty import HAS_ALIAS, HAS_INFER, HAS_PARAM, HAS_UNEVALUATED, Args, Const, GenericArg, Ty
from .impls import ImplData
from .infer import InferCtxt
from .obligation import Obligation, ObligationCause, ParamEnv
from .relate import unify, unify_arg, unify_const

Binds = list[Optional[GenericArg]]


class Matcher:
    """One attempt; `binds[i]` is what parameter `i` of the impl became."""

    __slots__ = ("binds", "cx", "deferred", "impl")

    def __init__(self, cx: InferCtxt, impl: ImplData) -> None:
        self.cx = cx
        self.impl = impl
        self.binds: Binds = [None] * impl.count
        self.deferred: list[tuple[Ty, Ty]] = []

    def args(self, pats: Args, args: Args) -> bool:
        for pat, arg in zip(pats, args):  # noqa: SIM110 (no generator: this is hot)
            if not self.arg(pat, arg):  # `pat is arg` means nothing: the parameters of both may be called T
                return False
        return True

    def arg(self, pat: GenericArg, arg: GenericArg) -> bool:
        if isinstance(pat, Ty):
            return isinstance(arg, Ty) and self.ty(pat, arg)
        return isinstance(arg, Const) and self.const(pat, arg)

    def ty(self, pat: Ty, ty: Ty) -> bool:
        kind = type(pat)
        if kind is t.Param:
            bound = self.binds[pat.index]  # type: ignore[attr-defined]
            if bound is None:
                self.binds[pat.index] = ty  # type: ignore[attr-defined]
                return True
            return bound is ty or unify_arg(self.cx, bound, ty)
        if not pat.flags & (HAS_PARAM | HAS_ALIAS):
            if not (pat.flags | ty.flags) & (HAS_INFER | HAS_UNEVALUATED | t.HAS_ERROR):
                return pat is ty
            return unify(self.cx, pat, ty)
        if kind is t.Alias:
            self.deferred.append((pat, ty))
            return True
        ty = self.cx.shallow_resolve(ty)
        if type(ty) is t.Infer:
            if ty.kind != "ty":
                return False
            return unify(self.cx, ty, self.instantiate(pat))
        if type(ty) is t.Error:
            return True
        return kind is type(ty) and _same_head(pat, ty) and self.args(children(pat), children(ty))

    def const(self, pat: Const, const: Const) -> bool:
        if type(pat) is t.ConstParam:
            bound = self.binds[pat.index]
            if bound is None:
                self.binds[pat.index] = const
                return True
            return bound is const or unify_arg(self.cx, bound, const)
        if pat.flags & HAS_PARAM:
            self.fill(pat)
            pat = subst_const(pat, tuple(self.binds))  # type: ignore[arg-type]
        return unify_const(self.cx, pat, const)

    def instantiate(self, pat: Ty) -> Ty:
        """`pat` with fresh variables for its parameters that are not bound yet; inner projections wait too."""
        self.fill(pat)
        if pat.flags & HAS_ALIAS:
            pat = _Aliases(self).fold_ty(pat)
        return subst(pat, tuple(self.binds))  # type: ignore[arg-type]

    def fill(self, pat: GenericArg) -> None:
        if isinstance(pat, (t.Param, t.ConstParam)):
            if self.binds[pat.index] is None:
                self.binds[pat.index] = self.fresh(pat.index)
        elif pat.flags & HAS_PARAM:
            for part in children(pat) if isinstance(pat, Ty) else getattr(pat, "args", ()):
                self.fill(part)

    def fresh(self, index: int) -> GenericArg:
        impl = self.impl
        return self.cx.fresh_arg(impl.tcx.generics_of(impl.def_id).params[index])

    def finish(self) -> Args:
        binds = self.binds
        for i, bound in enumerate(binds):
            if bound is None:
                binds[i] = self.fresh(i)
        return tuple(binds)  # type: ignore[arg-type]


class _Aliases(Folder):
    """Replaces projections by variables, to be compared after normalisation."""

    mask = HAS_ALIAS

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def fold_ty(self, ty: Ty) -> Ty:
        if type(ty) is not t.Alias:
            return self.super_fold_ty(ty)
        var = self.matcher.cx.next_ty_var()
        self.matcher.deferred.append((ty, var))
        return var


def _same_dyn(a: t.Dynamic, b: t.Dynamic) -> bool:
    if a.auto_traits != b.auto_traits or (a.principal is None) != (b.principal is None):
        return False
    if a.principal and b.principal and a.principal[0] != b.principal[0]:
        return False
    return [p[0] for p in a.projections] == [p[0] for p in b.projections]


_HEADS: dict[type, Callable[[Any, Any], bool]] = {
    t.Adt: lambda a, b: a.def_id == b.def_id,
    t.Ref: lambda a, b: a.mutbl == b.mutbl,
    t.RawPtr: lambda a, b: a.mutbl == b.mutbl,
    t.Tuple: lambda a, b: len(a.tys) == len(b.tys),
    t.FnDef: lambda a, b: a.def_id == b.def_id,
    t.Closure: lambda a, b: a.def_id == b.def_id,
    t.Coroutine: lambda a, b: a.def_id == b.def_id,
    t.Opaque: lambda a, b: a.def_id == b.def_id,
    t.Dynamic: _same_dyn,
    t.Array: lambda a, b: True,
    t.Slice: lambda a, b: True,
    t.FnPtr: lambda a, b: (len(a.inputs), a.unsafe, a.abi, a.c_variadic)
    == (len(b.inputs), b.unsafe, b.abi, b.c_variadic),
}


def _same_head(a: Ty, b: Ty) -> bool:
    return _HEADS[type(a)](a, b)


def match_impl(
    cx: InferCtxt, impl: ImplData, args: Args, cause: ObligationCause, env: ParamEnv, depth: int
) -> Optional[tuple[Args, list[Obligation]]]:
    """The impl's arguments with which its header is `args`, and what normalising the header needs; None if it
    does not match (then bindings may be left behind: the caller undoes them)."""
    matcher = Matcher(cx, impl)
    if not matcher.args(impl.trait_ref.args, args):
        return None
    impl_args = matcher.finish()
    out: list[Obligation] = []
    for pat, ty in matcher.deferred:
        from .project import normalize_ty

        value = normalize_ty(cx, cause, env, subst(pat, impl_args), depth, out)
        if not unify(cx, value, ty):
            return None
    return impl_args, out
