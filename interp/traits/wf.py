"""Well-formedness: what a type requires to be meaningful (`HashSet<T>` needs what its definition demands).

`obligations(cx, env, ty, cause)` lists the predicates; `check_items` in `check.py` and type checking register them.
"""

from __future__ import annotations

from typing import Any, Callable

from ..base.span import Span
from ..ty import ty as t
from ..ty.fold import children
from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import HAS_ERROR, Args, DefId, Ty
from .builtin import trivially_sized
from .infer import InferCtxt
from .obligation import Obligation, ObligationCause, ParamEnv, subst_predicate
from .project import normalize_predicate, trait_ref_of


class Wf:
    """Collects the obligations of one or more types."""

    def __init__(self, cx: InferCtxt, env: ParamEnv, span: Span) -> None:
        self.cx = cx
        self.env = env
        self.span = span
        self.out: list[Obligation] = []
        self.seen: set[Ty] = set()

    def ty(self, ty: Ty) -> Wf:
        if ty in self.seen or ty.flags & HAS_ERROR:
            return self
        self.seen.add(ty)
        case = _CASES.get(type(ty))
        if case is not None:
            case(self, ty)
        for part in children(ty):
            if isinstance(part, Ty):
                self.ty(part)
        return self

    def item(self, def_id: DefId, args: Args) -> None:
        """The where clauses of an item with `args`."""
        sized = self.cx.tcx.lang_item("sized")
        for pred, bound_span in self.cx.tcx.predicates_of(def_id):
            pred = subst_predicate(pred, args)
            if type(pred) is TraitPredicate and pred.trait_ref.def_id == sized:
                if trivially_sized(self.cx.tcx, pred.trait_ref.args[0]):  # type: ignore[arg-type]
                    continue
            cause = ObligationCause(self.span, "where_clause", def_id, Span(bound_span))
            pred = normalize_predicate(self.cx, cause, self.env, pred, 0, self.out)
            self.out.append(Obligation(cause, self.env, pred))

    def sized(self, ty: Ty, what: str) -> None:
        sized = self.cx.tcx.lang_item("sized")
        if sized is None or trivially_sized(self.cx.tcx, ty):
            return
        cause = ObligationCause(self.span, "sized", what=what)
        pred = normalize_predicate(self.cx, cause, self.env, TraitPredicate(TraitRef(sized, (ty,))), 0, self.out)
        self.out.append(Obligation(cause, self.env, pred))


def _slice(wf: Wf, ty: Any) -> None:
    wf.sized(ty.elem, "slice and array elements must have `Sized` type")


def _tuple(wf: Wf, ty: t.Tuple) -> None:
    for elem in ty.tys[:-1]:
        wf.sized(elem, "only the last element of a tuple may have a dynamically sized type")


def _alias(wf: Wf, ty: t.Alias) -> None:
    trait_ref = trait_ref_of(wf.cx, ty.def_id, ty.args)
    cause = ObligationCause(wf.span)
    pred = normalize_predicate(wf.cx, cause, wf.env, TraitPredicate(trait_ref), 0, wf.out)
    wf.out.append(Obligation(cause, wf.env, pred))


_CASES: dict[type, Callable[[Wf, Any], None]] = {
    t.Adt: lambda wf, ty: wf.item(ty.def_id, ty.args),
    t.Slice: _slice,
    t.Array: _slice,
    t.Tuple: _tuple,
    t.Alias: _alias,
}


def obligations(cx: InferCtxt, env: ParamEnv, ty: Ty, span: Span) -> list[Obligation]:
    """What must hold for `ty` to be well-formed in `env`; to be reported at `span`."""
    return Wf(cx, env, span).ty(ty).out
