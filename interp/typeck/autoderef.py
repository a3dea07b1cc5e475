"""Autoderef: the chain of types that `*` leads to from a type, built-in derefs first, then `Deref`.

`steps()` yields (type, how many derefs so far).  The obligations of overloaded steps are collected, and
registered only when the caller commits to a step.
To let another built-in pointer be dereferenced: `builtin_deref`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator, Optional

from ..base.span import Span
from ..traits.obligation import Obligation, ObligationCause
from ..ty import ty as t
from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import Ty
from .tables import Adjust

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

RECURSION_LIMIT = 128


def builtin_deref(fcx: FnCtxt, ty: Ty, explicit: bool) -> Optional[Ty]:
    """`explicit`: written `*`, which raw pointers allow too."""
    kind = type(ty)
    if kind is t.Ref:
        return ty.ty  # type: ignore[attr-defined, no-any-return]
    if kind is t.Adt:
        if ty.def_id == fcx.tcx.lang_items.get("owned_box"):  # type: ignore[attr-defined]
            return ty.args[0]  # type: ignore[attr-defined, no-any-return]
        return None
    if kind is t.RawPtr and explicit:
        return ty.ty  # type: ignore[attr-defined, no-any-return]
    return None


_NEVER_OVERLOADED = (
    t.Int, t.Float, t.Bool, t.Char, t.Str, t.Never, t.Array, t.Slice, t.Tuple, t.FnDef, t.FnPtr, t.Closure,
    t.RawPtr, t.Infer, t.Error,
)  # fmt: skip


class Autoderef:
    def __init__(self, fcx: FnCtxt, ty: Ty, span: Span, raw: bool = False) -> None:
        self.fcx = fcx
        self.span = span
        self.raw = raw
        self.start = ty
        self.path: list[tuple[Ty, bool]] = []  # (type before the step, overloaded)
        self.obligations: list[Obligation] = []
        self.final_ty = ty
        self.through_raw = False

    def steps(self) -> Iterator[tuple[Ty, int]]:
        fcx = self.fcx
        ty = fcx.structurally_resolve_if_possible(self.start)
        self.final_ty = ty
        count = 0
        yield ty, count
        while count < RECURSION_LIMIT:
            if type(ty) is t.Infer:
                return
            target = builtin_deref(fcx, ty, self.raw)
            overloaded = target is None
            if type(ty) is t.RawPtr:
                self.through_raw = True
            if target is None:
                target = self.overloaded(ty)
                if target is None:
                    return
            self.path.append((ty, overloaded))
            ty = fcx.structurally_resolve_if_possible(target)
            self.final_ty = ty
            count += 1
            yield ty, count
        fcx.error(
            self.span,
            f"reached the recursion limit while auto-dereferencing `{fcx.show(self.start)}`",
            "E0055",
            "deref recursion limit reached",
        )

    def overloaded(self, ty: Ty) -> Optional[Ty]:
        if type(ty) in _NEVER_OVERLOADED:
            return None
        fcx = self.fcx
        trait = fcx.tcx.lang_items.get("deref")
        target = fcx.tcx.lang_items.get("deref_target")
        if trait is None or target is None:
            return None
        cause = ObligationCause(self.span)
        ty = fcx.resolve(ty)
        obligation = Obligation(cause, fcx.param_env, TraitPredicate(TraitRef(trait, (ty,))))
        if not fcx.infcx.predicate_may_hold(obligation):
            return None
        result, obligations = fcx.infcx.normalize(cause, fcx.param_env, t.mk_alias(target, (ty,)))
        self.obligations += obligations
        return fcx.resolve(result)

    def commit(self) -> None:
        """Take over what the overloaded steps require."""
        if self.obligations:
            self.fcx.fulfill.register_all(self.obligations)
            self.obligations = []

    def adjust_steps(self, count: Optional[int] = None) -> list[Adjust]:
        """Adjustments for the first `count` steps (all by default); overloaded ones by `Deref` for now."""
        path = self.path if count is None else self.path[:count]
        out: list[Adjust] = []
        for i, (_, overloaded) in enumerate(path):
            target = self.path[i + 1][0] if i + 1 < len(self.path) else self.final_ty
            out.append(Adjust("deref", target, "Deref" if overloaded else None))
        return out
