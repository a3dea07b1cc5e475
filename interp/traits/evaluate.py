"""Evaluation: does a predicate hold?  Nothing is inferred by asking.

Results are ordered: OK < AMBIG < ERR < OVERFLOW.  A predicate that needs itself holds if the cycle consists of
auto traits and `Sized` only (coinduction) and fails otherwise; what was found inside a cycle is not cached until
the cycle's head is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Final

from ..ty import ty as t
from ..ty.fold import Folder
from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import HAS_ERROR, HAS_INFER, RECURSION_LIMIT, Const, Ty, args_flags
from .builtin import KIND_RANK, trivially_sized
from .obligation import ClosureKindPredicate, CoercePredicate, Obligation
from .source import AMBIGUOUS, Candidate, ImplSource

if TYPE_CHECKING:
    from .infer import InferCtxt
    from .select import SelectionContext

OK: Final = 0
AMBIG: Final = 1
ERR: Final = 2
OVERFLOW: Final = 3
NO_CYCLE: Final = 1 << 30


def evaluate_root(cx: InferCtxt, ob: Obligation) -> int:
    snapshot = cx.snapshot()
    try:
        return evaluate(cx.selcx, ob)
    finally:
        cx.rollback_to(snapshot)


def evaluate(selcx: SelectionContext, ob: Obligation) -> int:
    """May leave bindings behind (from projections): callers are inside a snapshot."""
    case = _EVALUATE.get(type(ob.predicate))
    return OK if case is None else case(selcx, ob)


def _trait(selcx: SelectionContext, ob: Obligation) -> int:
    trait_ref = selcx.cx.resolve_trait_ref(ob.predicate.trait_ref)  # type: ignore[union-attr]
    flags = args_flags(trait_ref.args)
    if flags & HAS_ERROR:
        return OK
    if trait_ref.def_id == selcx.sized and trivially_sized(selcx.tcx, trait_ref.args[0]):  # type: ignore[arg-type]
        return OK
    if ob.depth > RECURSION_LIMIT:
        return OVERFLOW
    if not flags & HAS_INFER:
        key = (ob.param_env, trait_ref)
        found = selcx.eval_cache.get(key)
        return _on_stack(selcx, ob, trait_ref, key, True) if found is None else found
    self_ty = trait_ref.args[0]
    if type(self_ty) is t.Infer and self_ty.kind == "ty":
        return AMBIG
    return _on_stack(selcx, ob, trait_ref, (ob.param_env, freshen(trait_ref)), False)


def _on_stack(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, key: Any, cacheable: bool) -> int:
    stack = selcx.stack
    at = stack.get(key)
    if at is not None:
        selcx.reach = min(selcx.reach, at)
        return OK if _coinductive(selcx, at) else ERR
    depth = len(stack)
    outer, reads = selcx.reach, selcx.cx.closure_reads
    selcx.reach = NO_CYCLE
    stack[key] = depth
    candidate = selcx.candidate(ob, trait_ref)
    if isinstance(candidate, Candidate):
        result = evaluate_candidate(selcx, ob, trait_ref, candidate)
    else:
        result = AMBIG if candidate is AMBIGUOUS else ERR
    del stack[key]
    if selcx.reach >= depth:
        selcx.reach = outer
        if cacheable and reads == selcx.cx.closure_reads and result != OVERFLOW:
            selcx.eval_cache[key] = result
    else:
        selcx.reach = min(outer, selcx.reach)
    return result


def _coinductive(selcx: SelectionContext, since: int) -> bool:
    for (_, trait_ref), depth in selcx.stack.items():
        if depth >= since and trait_ref.def_id != selcx.sized and not selcx.is_auto(trait_ref.def_id):
            return False
    return True


def evaluate_candidate(selcx: SelectionContext, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> int:
    """Whether `candidate` proves it, nested obligations included."""
    if candidate.kind == "impl" and candidate.data[0].negative:
        return ERR if args_flags(trait_ref.args) & HAS_INFER == 0 else AMBIG
    snapshot = selcx.cx.snapshot()
    source = selcx.confirm(ob, trait_ref, candidate)
    result = evaluate_all(selcx, source.nested) if isinstance(source, ImplSource) else ERR
    selcx.cx.rollback_to(snapshot)
    return result


def evaluate_all(selcx: SelectionContext, nested: list[Obligation]) -> int:
    """The worst of `nested`; ambiguous ones are tried again as long as projections teach us something."""
    work = nested
    while work:
        binds = len(selcx.cx.log)
        unclear = []
        for ob in work:
            result = evaluate(selcx, ob)
            if result >= ERR:
                return result
            if result == AMBIG:
                unclear.append(ob)
        if not unclear:
            return OK
        if len(unclear) == len(work) or binds == len(selcx.cx.log):
            return AMBIG
        work = unclear
    return OK


def _projection(selcx: SelectionContext, ob: Obligation) -> int:
    from .project import project_and_unify

    if ob.depth > RECURSION_LIMIT:
        return OVERFLOW
    outcome = project_and_unify(selcx.cx, ob)
    if outcome is None:
        return AMBIG
    if outcome is False:
        return ERR
    return evaluate_all(selcx, outcome)  # type: ignore[arg-type]


def _closure_kind(selcx: SelectionContext, ob: Obligation) -> int:
    pred = ob.predicate
    kind = selcx.cx.closure_kind(pred.closure.def_id)  # type: ignore[union-attr]
    if kind is None:
        return AMBIG
    return OK if KIND_RANK[kind] <= KIND_RANK[pred.kind] else ERR  # type: ignore[union-attr]


def _coerce(selcx: SelectionContext, ob: Obligation) -> int:
    return OK if selcx.cx.eq(ob.predicate.a, ob.predicate.b) else ERR  # type: ignore[union-attr]


_EVALUATE: dict[type, Callable[[SelectionContext, Obligation], int]] = {
    TraitPredicate: _trait,
    ProjectionPredicate: _projection,
    ClosureKindPredicate: _closure_kind,
    CoercePredicate: _coerce,
}


class _Freshener(Folder):
    """Numbers variables by first occurrence, so that two predicates alike but for their variables are one."""

    mask = HAS_INFER

    def __init__(self) -> None:
        self.seen: dict[Any, Any] = {}

    def fold_ty(self, ty: Ty) -> Ty:
        if type(ty) is t.Infer:
            if ty not in self.seen:
                self.seen[ty] = t.mk_infer(ty.kind, -1 - len(self.seen))
            return self.seen[ty]  # type: ignore[no-any-return]
        return self.super_fold_ty(ty)

    def fold_const(self, const: Const) -> Const:
        if type(const) is t.ConstInfer:
            if const not in self.seen:
                self.seen[const] = t.mk_const_infer(-1 - len(self.seen))
            return self.seen[const]  # type: ignore[no-any-return]
        return self.super_fold_const(const)


def freshen(trait_ref: TraitRef) -> TraitRef:
    return TraitRef(trait_ref.def_id, _Freshener().fold_args(trait_ref.args))
