"""What has to be proved, why, and under which assumptions.

A `ParamEnv` is interned: the same assumptions are the same object, so caches are keyed by identity.
`reveal_all` is set for code generation: opaque types are looked through.

To add a kind of predicate: a record here (or in `ty/items.py`), its case in `fulfill.py` and `evaluate.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, NamedTuple, Optional, Union

from ..base.span import DUMMY_SP, Span
from ..ty.fold import subst, subst_args, subst_const
from ..ty.items import ConstArgHasType, Predicate, ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import Const, DefId, Ty, args_flags


class ClosureKindPredicate(NamedTuple):
    """The closure can be called through `kind`; waits until its kind is inferred."""

    closure: Ty
    kind: str


class CoercePredicate(NamedTuple):
    """`a` and `b` are the same type; waits while both are unknown (used by deferred coercions)."""

    a: Ty
    b: Ty


AnyPredicate = Union[Predicate, ClosureKindPredicate, CoercePredicate]


@dataclass(slots=True, eq=False)
class ObligationCause:
    """Why: `span` is where to report.  `code`: "misc", "where_clause" (bound of item `def_id`, written at
    `bound_span`), "sized" (then `what` says of what), "impl" (nested: needed by `parent`).  """

    span: Span = DUMMY_SP
    code: str = "misc"
    def_id: Optional[DefId] = None
    bound_span: Span = DUMMY_SP
    what: str = ""
    parent: Optional[Obligation] = None
    call_span: Span = DUMMY_SP  # the callee, where `span` is an argument of its call


MISC = ObligationCause()


class ParamEnv:
    """The where clauses that may be assumed, elaborated and normalised (see `param_env.py`)."""

    __slots__ = ("bounds", "projections", "reveal_all", "traits")
    _all: dict[tuple[Any, bool], ParamEnv] = {}

    bounds: tuple[Predicate, ...]
    reveal_all: bool
    traits: dict[DefId, list[TraitRef]]
    projections: dict[DefId, list[ProjectionPredicate]]

    @staticmethod
    def of(bounds: Iterable[Predicate], reveal_all: bool = False) -> ParamEnv:
        key = (tuple(dict.fromkeys(bounds)), reveal_all)
        env = ParamEnv._all.get(key)
        if env is None:
            env = ParamEnv._all[key] = ParamEnv.__new__(ParamEnv)
            env.bounds, env.reveal_all = key
            env.traits, env.projections = {}, {}
            for pred in env.bounds:
                env._index(pred)
        return env

    def _index(self, pred: Predicate) -> None:
        if type(pred) is TraitPredicate:
            self.traits.setdefault(pred.trait_ref.def_id, []).append(pred.trait_ref)
        elif type(pred) is ProjectionPredicate:
            self.projections.setdefault(pred.def_id, []).append(pred)

    def with_reveal_all(self) -> ParamEnv:
        return self if self.reveal_all else ParamEnv.of(self.bounds, True)

    def __repr__(self) -> str:
        return f"ParamEnv({', '.join(map(predicate_to_string, self.bounds))})"


EMPTY_ENV = ParamEnv.of(())
REVEAL_ALL = ParamEnv.of((), True)


@dataclass(slots=True, eq=False)
class Obligation:
    """`depth` counts how many impls were entered on the way; over the recursion limit it overflows (E0275)."""

    cause: ObligationCause
    param_env: ParamEnv
    predicate: AnyPredicate
    depth: int = 0

    def with_predicate(self, predicate: AnyPredicate) -> Obligation:
        return Obligation(self.cause, self.param_env, predicate, self.depth)


def trait_obligation(cause: ObligationCause, env: ParamEnv, trait: DefId, args: Any, depth: int = 0) -> Obligation:
    return Obligation(cause, env, TraitPredicate(TraitRef(trait, args)), depth)


def predicate_flags(pred: AnyPredicate) -> int:
    kind = type(pred)
    if kind is TraitPredicate:
        return args_flags(pred.trait_ref.args)  # type: ignore[union-attr]
    if kind is ProjectionPredicate:
        return args_flags(pred.args) | pred.term.flags  # type: ignore[union-attr]
    flags = 0
    for part in pred:
        flags |= getattr(part, "flags", 0)
    return flags


def subst_predicate(pred: Predicate, args: Any) -> Predicate:
    kind = type(pred)
    if kind is TraitPredicate:
        trait_ref = pred.trait_ref  # type: ignore[union-attr]
        return TraitPredicate(TraitRef(trait_ref.def_id, subst_args(trait_ref.args, args)))
    if kind is ProjectionPredicate:
        term = pred.term  # type: ignore[union-attr]
        new = subst_const(term, args) if isinstance(term, Const) else subst(term, args)
        return ProjectionPredicate(pred.def_id, subst_args(pred.args, args), new)  # type: ignore[union-attr]
    return ConstArgHasType(subst_const(pred.const, args), subst(pred.ty, args))  # type: ignore[union-attr]


def subst_trait_ref(trait_ref: TraitRef, args: Any) -> TraitRef:
    return TraitRef(trait_ref.def_id, subst_args(trait_ref.args, args))


def predicate_to_string(pred: AnyPredicate) -> str:
    from ..ty.print import arg_to_string, args_to_string, item_name

    if isinstance(pred, TraitPredicate):
        trait, args = pred.trait_ref
        return f"{arg_to_string(args[0])}: {item_name(trait)}{args_to_string(args[1:])}"
    if isinstance(pred, ProjectionPredicate):
        return f"<{arg_to_string(pred.args[0])}>::{item_name(pred.def_id)} == {arg_to_string(pred.term)}"
    return f"{type(pred).__name__}({', '.join(map(str, pred))})"
