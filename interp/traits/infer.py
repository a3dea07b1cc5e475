"""`InferCtxt`: the inference variables of one body, unification, snapshots; the door to the trait solver.

How typeck uses it (one `InferCtxt` and one `FulfillmentContext` a body):

    infcx = InferCtxt(tcx)
    fcx = FulfillmentContext(infcx)                      # fulfill.py
    v = infcx.next_ty_var(span)                          # also next_int_var, next_float_var, next_const_var
    args = infcx.fresh_args_for_item(def_id, span)       # one fresh variable for each generic parameter
    if infcx.eq(a, b): ...                               # unify; on failure nothing changed
    ty = infcx.shallow_resolve(ty)                       # head only; resolve_vars_if_possible: everywhere
    ty, obligations = infcx.normalize(cause, param_env, ty)   # projections away; register the obligations
    fcx.register_all(obligations); fcx.select_where_possible()
    infcx.probe(lambda: infcx.eq(a, b))                  # then undone
    infcx.predicate_may_hold(obligation)                 # no side effects
    full = infcx.fully_resolve(ty)                       # None if a variable is left

Closures under inference: `infcx.add_closure(def_id, inputs, output)` when the closure expression is met;
`set_closure_kind` and `set_closure_upvars` when they are known.  Fn-bounds and Copy/Clone/auto traits of
the closure wait for these by themselves.

Invariants: a variable is bound at its root, once, and only unbound by a rollback; `bind_count` grows with
every binding, so "nothing changed" is one comparison.  Without regions subtyping is equality.
To add a kind of variable: a table here, its case in `relate.py` and in `_Resolver`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Optional, TypeVar

from ..base.span import DUMMY_SP, Span
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import Folder
from ..ty.items import GenericParamDef, ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import HAS_INFER, Args, Const, DefId, GenericArg, Ty
from . import relate
from .obligation import AnyPredicate, ClosureKindPredicate, CoercePredicate, Obligation, ObligationCause, ParamEnv

if TYPE_CHECKING:
    from .select import SelectionContext

R = TypeVar("R")
CLOSURE_KINDS = {"Fn": t.I8, "FnMut": t.I16, "FnOnce": t.I32}
KIND_OF_TY: dict[Any, str] = {ty: kind for kind, ty in CLOSURE_KINDS.items()}


class VarOrigin(NamedTuple):
    """Where a variable came from, for E0282/E0283: `name` is the generic parameter's, of item `def_id`."""

    span: Span
    name: str = ""
    def_id: Optional[DefId] = None


class Snapshot(NamedTuple):
    log: int
    vars: int
    consts: int


@dataclass(slots=True, eq=False)
class ClosureState:
    """What is known so far of a closure in the body being checked.  `kind_var` gets bound to I8, I16 or I32
    (Fn, FnMut, FnOnce), `upvars_var` to the tuple of captured fields' types."""

    def_id: DefId
    inputs: tuple[Ty, ...]
    output: Ty
    kind_var: Ty
    upvars_var: Ty


class InferCtxt:
    def __init__(self, tcx: TyCtxt) -> None:
        self.tcx = tcx
        self.values: list[Optional[Ty]] = []
        self.origins: list[VarOrigin] = []
        self.kinds: list[str] = []
        self.const_values: list[Optional[Const]] = []
        self.log: list[int] = []  # vid of a type variable, or ~vid of a constant one
        self.bind_count = 0
        self.snapshots = 0
        self.closures: dict[DefId, ClosureState] = {}
        self.closure_reads = 0  # how often selection looked into `closures`: such results are not cached
        self.universe_opaques: dict[DefId, Ty] = {}  # opaques of this body -> their inference variable
        self.reported: set[Any] = set()  # (span, predicate): what `error_reporting` said already
        self._resolver = _Resolver(self)
        self._selcx: Optional[SelectionContext] = None

    # -- variables --------------------------------------------------------------------------------

    def next_ty_var(self, span: Span = DUMMY_SP, name: str = "", def_id: Optional[DefId] = None) -> Ty:
        return self._next("ty", span, name, def_id)

    def next_int_var(self, span: Span = DUMMY_SP) -> Ty:
        return self._next("int", span)

    def next_float_var(self, span: Span = DUMMY_SP) -> Ty:
        return self._next("float", span)

    def _next(self, kind: str, span: Span, name: str = "", def_id: Optional[DefId] = None) -> Ty:
        vid = len(self.values)
        self.values.append(None)
        self.kinds.append(kind)
        self.origins.append(VarOrigin(span, name, def_id))
        return t.mk_infer(kind, vid)

    def next_const_var(self, span: Span = DUMMY_SP) -> Const:
        self.const_values.append(None)
        return t.mk_const_infer(len(self.const_values) - 1)

    def fresh_arg(self, param: GenericParamDef, span: Span = DUMMY_SP) -> GenericArg:
        if param.kind == "const":
            return self.next_const_var(span)
        return self._next("ty", span, param.name, param.def_id)

    def fresh_args_for_item(self, def_id: DefId, span: Span = DUMMY_SP, prefix: Args = ()) -> Args:
        """`prefix` and then a fresh variable for each further generic parameter of `def_id`."""
        params = self.tcx.generics_of(def_id).params
        return (*prefix, *(self.fresh_arg(p, span) for p in params[len(prefix) :]))

    def unsolved(self) -> list[Ty]:
        """The variables that are still unbound roots, oldest first."""
        return [t.mk_infer(self.kinds[v], v) for v, value in enumerate(self.values) if value is None]

    def origin(self, var: Ty) -> VarOrigin:
        return self.origins[self.root(var.vid)]  # type: ignore[attr-defined]

    def root(self, vid: int) -> int:
        values = self.values
        while True:
            value = values[vid]
            if type(value) is not t.Infer:
                return vid
            vid = value.vid

    def sub_root(self, ty: Ty) -> Optional[int]:
        """The root of `ty` if it is an unbound variable of any kind, else None."""
        ty = self.shallow_resolve(ty)
        return ty.vid if type(ty) is t.Infer else None

    # -- snapshots --------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        self.snapshots += 1
        return Snapshot(len(self.log), len(self.values), len(self.const_values))

    def rollback_to(self, snapshot: Snapshot) -> None:
        self.snapshots -= 1
        self._undo(snapshot.log)
        if len(self.values) > snapshot.vars:
            del self.values[snapshot.vars :], self.kinds[snapshot.vars :], self.origins[snapshot.vars :]
        if len(self.const_values) > snapshot.consts:
            del self.const_values[snapshot.consts :]

    def commit(self, snapshot: Snapshot) -> None:
        self.snapshots -= 1
        if self.snapshots == 0:
            self.log.clear()

    def _undo(self, mark: int) -> None:
        log, values = self.log, self.values
        while len(log) > mark:
            vid = log.pop()
            if vid >= 0:
                values[vid] = None
            else:
                self.const_values[~vid] = None

    def probe(self, run: Callable[[], R]) -> R:
        """`run()`, and then everything it did to the variables undone."""
        snapshot = self.snapshot()
        try:
            return run()
        finally:
            self.rollback_to(snapshot)

    def commit_if_ok(self, run: Callable[[], R]) -> R:
        """`run()`; undone if the result is false (or an exception)."""
        snapshot = self.snapshot()
        try:
            result = run()
        except BaseException:
            self.rollback_to(snapshot)
            raise
        self.commit(snapshot) if result else self.rollback_to(snapshot)
        return result

    # -- unification ------------------------------------------------------------------------------

    def eq(self, a: Ty, b: Ty) -> bool:
        """Make `a` and `b` equal; False, and nothing changed, if they cannot be."""
        if a is b:
            return True
        mark = self._mark()
        if relate.unify(self, a, b):
            return True
        self._undo(mark)
        return False

    def eq_arg(self, a: GenericArg, b: GenericArg) -> bool:
        if a is b:
            return True
        mark = self._mark()
        if relate.unify_arg(self, a, b):
            return True
        self._undo(mark)
        return False

    def eq_args(self, a: Args, b: Args) -> bool:
        if a is b:
            return True
        mark = self._mark()
        if relate.unify_args(self, a, b):
            return True
        self._undo(mark)
        return False

    sub = eq

    def _mark(self) -> int:
        if self.snapshots == 0:
            self.log.clear()
        return len(self.log)

    def can_eq(self, a: Ty, b: Ty) -> bool:
        snapshot = self.snapshot()
        result = relate.unify(self, a, b)
        self.rollback_to(snapshot)
        return result

    def bind(self, vid: int, value: Ty) -> None:
        """Bind the root `vid`.  For `relate.py`."""
        self.values[vid] = value
        self.log.append(vid)
        self.bind_count += 1

    def bind_const(self, vid: int, value: Const) -> None:
        self.const_values[vid] = value
        self.log.append(~vid)
        self.bind_count += 1

    # -- resolution -------------------------------------------------------------------------------

    def shallow_resolve(self, ty: Ty) -> Ty:
        """`ty`, or what its variable is bound to (the root variable if unbound)."""
        values = self.values
        while type(ty) is t.Infer:
            value = values[ty.vid]
            if value is None:
                return ty
            ty = value
        return ty

    def shallow_resolve_const(self, const: Const) -> Const:
        while type(const) is t.ConstInfer:
            value = self.const_values[const.vid]
            if value is None:
                return const
            const = value
        return const

    def resolve_vars_if_possible(self, ty: Ty) -> Ty:
        return self._resolver.fold_ty(ty) if ty.flags & HAS_INFER else ty

    resolve = resolve_vars_if_possible

    def resolve_const(self, const: Const) -> Const:
        return self._resolver.fold_const(const) if const.flags & HAS_INFER else const

    def resolve_arg(self, arg: GenericArg) -> GenericArg:
        return self._resolver.fold_arg(arg)

    def resolve_args(self, args: Args) -> Args:
        return self._resolver.fold_args(args)

    def resolve_trait_ref(self, trait_ref: TraitRef) -> TraitRef:
        args = self._resolver.fold_args(trait_ref.args)
        return trait_ref if args is trait_ref.args else TraitRef(trait_ref.def_id, args)

    def resolve_predicate(self, pred: AnyPredicate) -> AnyPredicate:
        kind = type(pred)
        if kind is TraitPredicate:
            trait_ref = pred.trait_ref  # type: ignore[union-attr]
            args = self._resolver.fold_args(trait_ref.args)
            return pred if args is trait_ref.args else TraitPredicate(TraitRef(trait_ref.def_id, args))
        if kind is ProjectionPredicate:
            args = self._resolver.fold_args(pred.args)  # type: ignore[union-attr]
            return ProjectionPredicate(pred.def_id, args, self.resolve_arg(pred.term))  # type: ignore[union-attr]
        if kind is ClosureKindPredicate:
            return ClosureKindPredicate(self.resolve(pred.closure), pred.kind)  # type: ignore[union-attr]
        if kind is CoercePredicate:
            return CoercePredicate(self.resolve(pred.a), self.resolve(pred.b))  # type: ignore[union-attr]
        return pred

    def fully_resolve(self, ty: Ty) -> Optional[Ty]:
        """`ty` without variables, or None if one is unbound."""
        ty = self.resolve_vars_if_possible(ty)
        return None if ty.flags & HAS_INFER else ty

    def fully_resolve_args(self, args: Args) -> Optional[Args]:
        args = self.resolve_args(args)
        return None if t.args_flags(args) & HAS_INFER else args

    def unresolved_vars(self, args: Args) -> list[int]:
        """Roots of the type variables in (deeply resolved) `args`; ~vid for constants."""
        found: list[int] = []
        for arg in args:
            if arg.flags & HAS_INFER:
                relate.collect_vars(self, arg, found)
        return found

    # -- closures of this body --------------------------------------------------------------------

    def add_closure(self, def_id: DefId, inputs: tuple[Ty, ...], output: Ty) -> ClosureState:
        state = ClosureState(def_id, inputs, output, self.next_ty_var(), self.next_ty_var())
        self.closures[def_id] = state
        return state

    def set_closure_kind(self, def_id: DefId, kind: str) -> None:
        assert self.eq(self.closures[def_id].kind_var, CLOSURE_KINDS[kind])

    def set_closure_upvars(self, def_id: DefId, tys: tuple[Ty, ...]) -> None:
        assert self.eq(self.closures[def_id].upvars_var, t.mk_tuple(tys))

    def closure_kind(self, def_id: DefId) -> Optional[str]:
        """ "Fn", "FnMut" or "FnOnce" once known, for closures of this body and of finished ones."""
        state = self.closures.get(def_id)
        if state is None:
            return self.tcx.closure_info(def_id).kind
        self.closure_reads += 1
        return KIND_OF_TY.get(self.shallow_resolve(state.kind_var))

    # -- the solver -------------------------------------------------------------------------------

    @property
    def selcx(self) -> SelectionContext:
        if self._selcx is None:
            from .select import SelectionContext

            self._selcx = SelectionContext(self)
        return self._selcx

    def normalize(self, cause: ObligationCause, env: ParamEnv, ty: Ty, depth: int = 0) -> tuple[Ty, list[Obligation]]:
        """`ty` with projections replaced; what is ambiguous yet becomes a variable and an obligation."""
        if not ty.flags & t.HAS_ALIAS and not (env.reveal_all and ty.flags & t.HAS_OPAQUE):
            return ty, []
        from .project import normalize_ty

        out: list[Obligation] = []
        return normalize_ty(self, cause, env, ty, depth, out), out

    def normalize_args(
        self, cause: ObligationCause, env: ParamEnv, args: Args, depth: int = 0
    ) -> tuple[Args, list[Obligation]]:
        from .project import normalize_args

        out: list[Obligation] = []
        return normalize_args(self, cause, env, args, depth, out), out

    def normalize_predicate(
        self, cause: ObligationCause, env: ParamEnv, pred: Any, depth: int = 0
    ) -> tuple[Any, list[Obligation]]:
        from .project import normalize_predicate

        out: list[Obligation] = []
        return normalize_predicate(self, cause, env, pred, depth, out), out

    def evaluate(self, obligation: Obligation) -> int:
        """OK, AMBIGUOUS, ERROR or OVERFLOW of `evaluate.py`; no side effects."""
        from .evaluate import evaluate_root

        return evaluate_root(self, obligation)

    def predicate_may_hold(self, obligation: Obligation) -> bool:
        return self.evaluate(obligation) < 2

    def predicate_must_hold(self, obligation: Obligation) -> bool:
        return self.evaluate(obligation) == 0

    def type_implements_trait(self, trait: DefId, args: Args, env: ParamEnv) -> bool:
        """Whether `args[0]: trait<args[1..]>` may hold."""
        pred = TraitPredicate(TraitRef(trait, args))
        return self.evaluate(Obligation(ObligationCause(), env, pred)) < 2

    def type_is_copy(self, env: ParamEnv, ty: Ty) -> bool:
        """Whether `ty: Copy` certainly holds (a variable is not Copy)."""
        return self._holds(env, ty, "copy")

    def type_is_sized(self, env: ParamEnv, ty: Ty) -> bool:
        return self._holds(env, ty, "sized")

    def _holds(self, env: ParamEnv, ty: Ty, lang: str) -> bool:
        pred = TraitPredicate(TraitRef(self.tcx.require_lang_item(lang), (self.resolve(ty),)))
        return self.evaluate(Obligation(ObligationCause(), env, pred)) == 0


class _Resolver(Folder):
    mask = HAS_INFER

    def __init__(self, infcx: InferCtxt) -> None:
        self.infcx = infcx

    def fold_ty(self, ty: Ty) -> Ty:
        if not ty.flags & HAS_INFER:
            return ty
        if type(ty) is t.Infer:
            ty = self.infcx.shallow_resolve(ty)
            if type(ty) is t.Infer or not ty.flags & HAS_INFER:
                return ty
        return self.super_fold_ty(ty)

    def fold_const(self, const: Const) -> Const:
        if type(const) is t.ConstInfer:
            const = self.infcx.shallow_resolve_const(const)
            if type(const) is t.ConstInfer:
                return const
        return self.super_fold_const(const)
