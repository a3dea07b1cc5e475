"""The fulfilment loop: pending obligations are proved, fail, or wait for a variable.

    fcx.register(obligation); fcx.register_bound(ty, trait, cause, param_env)
    errors = fcx.select_where_possible()      # new errors since the last call
    errors = fcx.select_all_or_error()        # at the end of a body: what still waits is an error too
    report_errors(infcx, errors)              # error_reporting.py: emits E0277, E0271, E0275, E0283 ...

Invariant: an obligation that waits is looked at again only when one of the variables in `stalled_on` was
bound.  Nested obligations replace the one they prove.
To add a kind of predicate: a function in `_PROCESS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Literal, Optional

from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import DefId, Ty
from .infer import InferCtxt
from .obligation import Obligation, ObligationCause, ParamEnv


@dataclass(slots=True, eq=False)
class FulfillmentError:
    """`root` is the obligation that was registered, `obligation` the nested one that failed.
    `kind`: "unimplemented" (E0277), "mismatch" (E0271: `expected`/`found`), "overflow" (E0275), "ambiguity"."""

    obligation: Obligation
    root: Obligation
    kind: Literal["unimplemented", "mismatch", "overflow", "ambiguity", "closure_kind"]
    expected: Any = None
    found: Any = None


class _Pending:
    __slots__ = ("obligation", "root", "stalled_on")

    def __init__(self, obligation: Obligation, root: Obligation) -> None:
        self.obligation = obligation
        self.root = root
        self.stalled_on: Optional[list[int]] = None


class FulfillmentContext:
    def __init__(self, infcx: InferCtxt) -> None:
        self.infcx = infcx
        self.roots: list[Obligation] = []  # all that was registered about a trait
        self._pending: list[_Pending] = []
        self._fresh = False
        self._seen_binds = -1

    def register(self, obligation: Obligation) -> None:
        self._pending.append(_Pending(obligation, obligation))
        if type(obligation.predicate) is TraitPredicate:
            self.roots.append(obligation)
        self._fresh = True

    def register_all(self, obligations: Iterable[Obligation]) -> None:
        for obligation in obligations:
            self.register(obligation)

    def register_bound(self, ty: Ty, trait: DefId, cause: ObligationCause, env: ParamEnv) -> None:
        """Require `ty: trait` (a trait without further parameters)."""
        self.register(Obligation(cause, env, TraitPredicate(TraitRef(trait, (ty,)))))

    def pending(self) -> list[Obligation]:
        """What waits, with predicates as they were registered (resolve them before a look)."""
        return [p.obligation for p in self._pending]

    def select_where_possible(self) -> list[FulfillmentError]:
        if not self._fresh and self._seen_binds == self.infcx.bind_count:
            return []
        from .process import process

        errors: list[FulfillmentError] = []
        infcx = self.infcx
        progress = True
        while progress:
            progress = False
            self._fresh = False
            self._seen_binds = infcx.bind_count
            work, self._pending = self._pending, []
            for pending in work:
                if pending.stalled_on is not None and not self._changed(pending.stalled_on):
                    self._pending.append(pending)
                    continue
                outcome = process(infcx, pending.obligation)
                if outcome is None:
                    progress = True
                elif isinstance(outcome, FulfillmentError):
                    outcome.root = pending.root
                    errors.append(outcome)
                    progress = True
                elif isinstance(outcome, tuple):  # waits for these variables
                    pending.stalled_on = list(outcome)
                    self._pending.append(pending)
                else:
                    progress = True
                    self._pending.extend(_Pending(o, pending.root) for o in outcome)
        return errors

    def _changed(self, stalled_on: list[int]) -> bool:
        values, consts = self.infcx.values, self.infcx.const_values
        return any((values[vid] if vid >= 0 else consts[~vid]) is not None for vid in stalled_on)

    def select_all_or_error(self) -> list[FulfillmentError]:
        errors = self.select_where_possible()
        if errors:
            return errors
        errors = [FulfillmentError(p.obligation, p.root, "ambiguity") for p in self._pending]
        self._pending = []
        return errors
