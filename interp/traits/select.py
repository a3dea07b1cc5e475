"""Selection: which impl, where clause or rule of the language proves a trait predicate (rustc's classic solver).

`select(obligation)` is an `ImplSource` with what must hold further, `AMBIGUOUS` (more must be inferred first) or
`UNIMPLEMENTED`.  First candidates are assembled from where clauses, impls, bounds of projections and opaques,
trait objects and builtin rules; if several remain, those whose nested obligations fail are dropped, and then
rustc's order of preference decides.

Invariants: assembling and evaluating leave no trace in the `InferCtxt`; confirming does.  What is cached for the
session has neither inference variables nor closures under inference in it.
To add a builtin rule: a function in `builtin.py` and its line in `BUILTIN`.
"""

from __future__ import annotations

from typing import Any

from ..ty import ty as t
from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import HAS_INFER, HAS_PARAM, Args, DefId, Ty, args_flags
from . import builtin, evaluate
from .elaborate import elaborate, supertraits
from .impls import ImplIndex
from .infer import InferCtxt
from .matching import match_impl
from .obligation import Obligation, ParamEnv, subst_predicate
from .source import AMBIGUOUS, UNIMPLEMENTED, Candidate, ImplSource, Selected, Verdict


class SelectionContext:
    """One per `InferCtxt`.  `stack` holds the trait predicates that are being evaluated, to notice cycles."""

    def __init__(self, cx: InferCtxt) -> None:
        self.cx = cx
        self.tcx = cx.tcx
        self.impls = ImplIndex.of(cx.tcx)
        self.rules = builtin.rules(cx.tcx)
        self.sized = cx.tcx.lang_item("sized")
        memo = cx.tcx._memo
        self.eval_cache: dict[Any, int] = memo.setdefault("evaluation", {})
        self.cand_cache: dict[Any, Any] = memo.setdefault("selection", {})
        self.auto_cache: dict[DefId, bool] = memo.setdefault("is_auto_trait", {})
        self.stack: dict[Any, int] = {}
        self.reach = evaluate.NO_CYCLE

    # -- the front ---------------------------------------------------------------------------------

    def select(self, ob: Obligation) -> Selected:
        trait_ref = self.cx.resolve_trait_ref(ob.predicate.trait_ref)  # type: ignore[union-attr]
        candidate = self.candidate(ob, trait_ref)
        if type(candidate) is not Candidate:
            return candidate  # type: ignore[return-value]
        return self.confirm(ob, trait_ref, candidate)

    def select_nested(self, ob: Obligation) -> list[Obligation] | bool | None:
        """For coercions: what the chosen candidate needs further; None: ambiguous, False: not implemented."""
        source = self.select(ob)
        if isinstance(source, ImplSource):
            return source.nested
        return None if source is AMBIGUOUS else False

    def confirm(self, ob: Obligation, trait_ref: TraitRef, candidate: Candidate) -> Selected:
        from .confirm import CONFIRM

        return CONFIRM[candidate.kind](self, ob, trait_ref, candidate)

    def is_auto(self, trait: DefId) -> bool:
        found = self.auto_cache.get(trait)
        if found is None:
            found = self.auto_cache[trait] = self.tcx.trait_def(trait).auto
        return found

    def candidate(self, ob: Obligation, trait_ref: TraitRef) -> Candidate | Verdict:
        """The winning candidate for a (deeply resolved) trait reference."""
        if args_flags(trait_ref.args) & HAS_INFER:
            return self._find(ob, trait_ref, True)
        key = (ob.param_env, trait_ref)
        found = self.cand_cache.get(key)
        if found is None:
            reach, reads = self.reach, self.cx.closure_reads
            self.reach = evaluate.NO_CYCLE
            found = self._find(ob, trait_ref, False)
            if self.reach == evaluate.NO_CYCLE and reads == self.cx.closure_reads:
                self.cand_cache[key] = found
            self.reach = min(reach, self.reach)
        return found

    def _find(self, ob: Obligation, trait_ref: TraitRef, infer: bool) -> Candidate | Verdict:
        self_ty = trait_ref.args[0]
        if type(self_ty) is t.Infer and self_ty.kind == "ty":
            return AMBIGUOUS
        if not infer:
            for bound in ob.param_env.traits.get(trait_ref.def_id, ()):
                if bound.args == trait_ref.args and args_flags(bound.args) & HAS_PARAM:
                    return Candidate("param", bound)
        candidates: list[Candidate] = []
        if self._assemble(ob, trait_ref, self_ty, candidates):  # type: ignore[arg-type]
            return AMBIGUOUS
        if len(candidates) > 1:
            winner = self._winnow(ob, trait_ref, candidates, infer)
        else:
            winner = candidates[0] if candidates else UNIMPLEMENTED
        if type(winner) is Candidate and winner.kind == "impl" and winner.data[0].negative:
            return UNIMPLEMENTED
        return winner

    # -- assembly -----------------------------------------------------------------------------------

    def _assemble(self, ob: Obligation, trait_ref: TraitRef, self_ty: Ty, out: list[Candidate]) -> bool:
        """Collect candidates in `out`; True if it is too early to tell."""
        rule = self.rules.get(trait_ref.def_id)
        if rule is not None:
            found = rule.assemble(self, ob, trait_ref, self_ty)
            if found is AMBIGUOUS:
                return True
            if found is not None:
                out.append(found)
        if rule is None or rule.user_impls:
            self._from_impls(ob, trait_ref, self_ty, out)
        kind = type(self_ty)
        if kind is t.Dynamic:
            self._from_object(trait_ref, self_ty, out)  # type: ignore[arg-type]
        elif kind is t.Alias or kind is t.Opaque:
            self._from_item_bounds(ob, trait_ref, self_ty, out)
        self._from_param_env(ob.param_env, trait_ref, out)
        if not out and self.is_auto(trait_ref.def_id):
            types = builtin.constituent_types(self, self_ty)
            if types is None:
                return False
            out.append(Candidate("auto", types))
        return False

    def _from_impls(self, ob: Obligation, trait_ref: TraitRef, self_ty: Ty, out: list[Candidate]) -> None:
        cx = self.cx
        for impl in self.impls.candidates(trait_ref.def_id, self_ty):
            snapshot = cx.snapshot()
            matched = match_impl(cx, impl, trait_ref.args, ob.cause, ob.param_env, ob.depth)
            pure = matched is not None and len(cx.log) == snapshot.log and len(cx.values) == snapshot.vars
            pure = pure and len(cx.const_values) == snapshot.consts and not matched[1]  # type: ignore[index]
            cx.rollback_to(snapshot)
            if matched is not None:
                out.append(Candidate("impl", (impl, matched[0] if pure else None)))

    def _from_object(self, trait_ref: TraitRef, self_ty: t.Dynamic, out: list[Candidate]) -> None:
        if trait_ref.def_id in self_ty.auto_traits:
            out.append(Candidate("builtin", ()))
            return
        for bound in object_trait_refs(self, self_ty):
            if bound.def_id == trait_ref.def_id and self._unifies(bound.args, trait_ref.args):
                out.append(Candidate("object", bound))

    def _from_item_bounds(self, ob: Obligation, trait_ref: TraitRef, self_ty: Ty, out: list[Candidate]) -> None:
        from .project import normalize_args

        for pred in alias_bounds(self, self_ty):
            if type(pred) is TraitPredicate and pred.trait_ref.def_id == trait_ref.def_id:
                snapshot = self.cx.snapshot()
                args = normalize_args(self.cx, ob.cause, ob.param_env, pred.trait_ref.args, ob.depth + 1, [])
                same = self.cx.eq_args(args, trait_ref.args)
                self.cx.rollback_to(snapshot)
                if same:
                    out.append(Candidate("projection", pred.trait_ref))

    def _from_param_env(self, env: ParamEnv, trait_ref: TraitRef, out: list[Candidate]) -> None:
        for bound in env.traits.get(trait_ref.def_id, ()):
            if bound.args == trait_ref.args or self._unifies(bound.args, trait_ref.args):
                out.append(Candidate("param", bound))

    def _unifies(self, a: Args, b: Args) -> bool:
        snapshot = self.cx.snapshot()
        same = self.cx.eq_args(a, b)
        self.cx.rollback_to(snapshot)
        return same

    # -- winnowing ----------------------------------------------------------------------------------

    def _winnow(
        self, ob: Obligation, trait_ref: TraitRef, candidates: list[Candidate], infer: bool
    ) -> Candidate | Verdict:
        by_kind: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            if evaluate.evaluate_candidate(self, ob, trait_ref, candidate) < evaluate.ERR:
                by_kind.setdefault(candidate.kind, []).append(candidate)
        if not by_kind:
            return UNIMPLEMENTED
        return _prefer(by_kind, infer, self.tcx.trait_def(trait_ref.def_id).is_marker)


_ORDER = ("builtin", "projection", "object", "closure", "fn", "coroutine", "unsize")


def _prefer(by_kind: dict[str, list[Candidate]], infer: bool, marker: bool) -> Candidate | Verdict:
    trivial = [c for c in by_kind.get("builtin", ()) if not c.data]
    if trivial:
        return trivial[0]
    params = by_kind.get("param", [])
    local = [c for c in params if args_flags(c.data.args) & (HAS_PARAM | HAS_INFER)]
    if local:
        return local[0] if len({c.data for c in local}) == 1 else AMBIGUOUS
    for kind in ("projection", "object"):
        found = by_kind.get(kind)
        if found:
            return found[0] if not infer or len({c.data for c in found}) == 1 else AMBIGUOUS
    impls = by_kind.get("impl", [])
    if impls:
        return impls[0] if len(impls) == 1 or marker else AMBIGUOUS
    if params:
        return params[0] if not infer or len({c.data for c in params}) == 1 else AMBIGUOUS
    rest = [c for kind in (*_ORDER, "auto") for c in by_kind.get(kind, ())]
    return rest[0] if len(rest) == 1 else AMBIGUOUS


def object_trait_refs(selcx: SelectionContext, ty: t.Dynamic) -> list[TraitRef]:
    """The principal trait of a `dyn` type and its supertraits, with the type itself as Self."""
    if ty.principal is None:
        return []
    memo = selcx.tcx._memo.setdefault("object_trait_refs", {})
    found = memo.get(ty)
    if found is None:
        principal = TraitRef(ty.principal[0], (ty, *ty.principal[1]))
        found = memo[ty] = supertraits(selcx.tcx, principal)
    return found


def elaborated_bounds(selcx: SelectionContext, def_id: DefId) -> list[Any]:
    memo = selcx.tcx._memo.setdefault("elaborated_item_bounds", {})
    found = memo.get(def_id)
    if found is None:
        found = memo[def_id] = elaborate(selcx.tcx, selcx.tcx.query("item_bounds", def_id))
    return found


def alias_bounds(selcx: SelectionContext, ty: Ty) -> list[Any]:
    """Bounds declared on the associated type or opaque `ty`, and those its own parent's bounds state of it."""
    found: list[Any] = []
    at: Any = ty
    while type(at) is t.Alias or type(at) is t.Opaque:
        for pred in elaborated_bounds(selcx, at.def_id):
            pred = subst_predicate(pred, at.args)
            args = pred.trait_ref.args if type(pred) is TraitPredicate else getattr(pred, "args", ())
            if at is ty or (args and args[0] is ty):
                found.append(pred)
        if type(at) is t.Opaque or not at.args:
            break
        at = at.args[0]
    return found
