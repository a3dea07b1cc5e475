"""`FnCtxt`: the state of checking one owner's body, and the small steps every part of the checker takes.

Checkers of expressions are functions `(fcx, expr, expected) -> Ty` in `expr*.py` and others, entered in
`CHECK_EXPR` by `@checks(node type)`; calls go through `fcx.check_expr*`, so no checker imports another.
Invariant: every expression's type is recorded under its id, before adjustments; a reported error taints the
body and yields the error type, which silences what follows from it.
To add an expression: a checker with `@checks`, its case in `writeback_expr.py` and `upvar_walk.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterable, Optional, TypeVar

from ..base.diagnostics import Diagnostic, error
from ..base.lints import lints_of
from ..base.span import DUMMY_SP, Span
from ..hir import hir
from ..hir.generics import identity_args
from ..resolve.defs import DefId
from ..traits.fulfill import FulfillmentContext, FulfillmentError
from ..traits.infer import InferCtxt
from ..traits.obligation import Obligation, ObligationCause, subst_predicate
from ..ty import items, ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst, subst_args
from ..ty.ty import Args, Ty
from .expectation import Expected, has_type
from .tables import Adjust, ClosureCheck, MethodCallee, Tables

R = TypeVar("R")
CheckExpr = Callable[["FnCtxt", Any, Expected], Ty]
CHECK_EXPR: dict[type, CheckExpr] = {}
_SIZED_KINDS = (
    t.Int, t.Float, t.Bool, t.Char, t.Ref, t.RawPtr, t.FnPtr, t.FnDef, t.Closure, t.Never, t.Array, t.Infer,
    t.Error, t.Coroutine,
)  # fmt: skip


def _after_parts(expr: Any) -> tuple[Span, str]:
    """What is not done of an expression because one of its parts does not end; "" if it goes on by itself."""
    kind = type(expr)
    if kind in (hir.Block, hir.If, hir.Let, hir.Loop, hir.Match, hir.DropTemps, hir.Return, hir.Break, hir.Closure):
        return expr.span, ""
    if kind is hir.Call:
        return expr.func.span, "call"
    if kind is hir.MethodCall:
        return expr.segment.span, "call"
    return expr.span, "expression"


def checks(*nodes: type) -> Callable[[CheckExpr], CheckExpr]:
    def register(checker: CheckExpr) -> CheckExpr:
        for node in nodes:
            CHECK_EXPR[node] = checker
        return checker

    return register


@dataclass(slots=True, eq=False)
class Breakable:
    """A loop or labelled block being checked; `coerce` None: `break` carries no value."""

    coerce: Any
    may_break: bool = False
    source: str = "loop"


@dataclass(slots=True, eq=False)
class FnState:
    """What changes when a closure's body is entered."""

    ret_coercion: Any = None
    ret_ty: Optional[Ty] = None
    closure: Optional[ClosureCheck] = None
    is_async: bool = False


class FnCtxt:
    def __init__(self, tcx: TyCtxt, body: hir.Body, owner: DefId) -> None:
        self.tcx = tcx
        self.body = body
        self.owner = owner
        self.infcx = InferCtxt(tcx)
        self.fulfill = FulfillmentContext(self.infcx)
        self.param_env = tcx.query("param_env", owner)
        self.tables = Tables([None] * body.count)
        self.diverges = False
        self.diverged_at = Span(0)  # the expression after which nothing is reached, until that was said
        self.breakables: dict[int, Breakable] = {}
        self.fn = FnState()
        self.tainted = False
        self.due_to: dict[int, Span] = {}  # initialisers, by their HIR id: the written type that they must have
        self.deferred_casts: list[Any] = []
        self.deferred_sized: list[tuple[Ty, Span, str]] = []
        self.deferred_patterns: list[tuple[Any, Any]] = []
        self.diverging_vars: list[Ty] = []
        self.calls: dict[Span, tuple[Any, list[Any]]] = {}  # span of the callee's name -> item, arguments
        self.identity_args = identity_args(tcx, owner)
        self.scope = tcx.def_data(owner).scope
        self.resolve = self.infcx.resolve_vars_if_possible
        self.shallow = self.infcx.shallow_resolve
        self.next_ty_var = self.infcx.next_ty_var
        self.probe = self.infcx.probe
        self.commit_if_ok = self.infcx.commit_if_ok

    # -- types ------------------------------------------------------------------------------------

    def cause(self, span: Span, code: str = "misc") -> ObligationCause:
        return ObligationCause(span, code)

    def eq(self, a: Ty, b: Ty) -> bool:
        return self.infcx.eq(a, b)

    def node_ty(self, node: Any) -> Ty:
        found = self.tables.node_tys[node.id]
        assert found is not None, f"no type for {type(node).__name__}"
        return found  # type: ignore[no-any-return]

    def write_ty(self, hir_id: int, ty: Ty) -> None:
        self.tables.node_tys[hir_id] = ty

    def expr_ty_adjusted(self, expr: Any) -> Ty:
        adjustments = self.tables.adjustments.get(expr.id)
        return self.resolve(adjustments[-1].target if adjustments else self.node_ty(expr))

    def normalize(self, ty: Ty, span: Span) -> Ty:
        if not ty.flags & t.HAS_ALIAS:
            return ty
        ty, obligations = self.infcx.normalize(ObligationCause(span), self.param_env, self.resolve(ty))
        self.fulfill.register_all(obligations)
        return ty

    def normalize_sig(self, sig: items.FnSig, span: Span) -> items.FnSig:
        flags = t.args_flags(sig.inputs) | sig.output.flags
        if not flags & t.HAS_ALIAS:
            return sig
        inputs = tuple(self.normalize(ty, span) for ty in sig.inputs)
        return sig._replace(inputs=inputs, output=self.normalize(sig.output, span))

    def instantiate_sig(self, def_id: DefId, args: Args) -> items.FnSig:
        sig = self.tcx.fn_sig(def_id)
        inputs = tuple(subst(ty, args) for ty in sig.inputs)
        return sig._replace(inputs=inputs, output=subst(sig.output, args))

    def field_ty(self, field: items.FieldDef, args: Args, span: Span = DUMMY_SP) -> Ty:
        return self.normalize(subst(self.tcx.type_of(field.def_id), args), span)

    def structurally_resolve_if_possible(self, ty: Ty) -> Ty:
        """The head of `ty`, after trying pending obligations if it is a variable still."""
        ty = self.shallow(ty)
        if type(ty) is t.Infer and not self.infcx.snapshots:  # that of a number too: a pending obligation may tell it
            self.select_where_possible()
            ty = self.shallow(ty)
        return ty

    def resolve_with_obligations(self, ty: Ty) -> Ty:
        """`ty` with what is known, pending obligations tried if any of it is a variable still."""
        ty = self.resolve(ty)
        if ty.flags & t.HAS_INFER and not self.infcx.snapshots:
            self.select_where_possible()
            ty = self.resolve(ty)
        return ty

    def structurally_resolve(self, ty: Ty, span: Span) -> Ty:
        """As above; it is an error (E0282) if the head cannot be known here."""
        ty = self.structurally_resolve_if_possible(ty)
        if type(ty) is t.Infer and ty.kind == "ty":
            if not self.tainted:
                from .errors import report_needs_annotation

                report_needs_annotation(self, ty, span)
            self.eq(ty, t.ERROR)
            return t.ERROR
        return ty

    def is_ty_var(self, ty: Ty) -> bool:
        ty = self.shallow(ty)
        return type(ty) is t.Infer and ty.kind == "ty"

    def type_is_copy(self, ty: Ty) -> bool:
        return self.infcx.type_is_copy(self.param_env, ty)

    def type_is_sized(self, ty: Ty) -> bool:
        ty = self.shallow(ty)
        return type(ty) in _SIZED_KINDS or self.infcx.type_is_sized(self.param_env, ty)

    # -- obligations ------------------------------------------------------------------------------

    def register(self, predicate: Any, cause: ObligationCause) -> None:
        self.fulfill.register(Obligation(cause, self.param_env, predicate))

    def trait_obligation(self, trait: DefId, args: Args, span: Span) -> Obligation:
        predicate = items.TraitPredicate(items.TraitRef(trait, args))
        return Obligation(ObligationCause(span), self.param_env, predicate)

    def register_bound(self, ty: Ty, trait: DefId, span: Span, code: str = "misc") -> None:
        self.fulfill.register_bound(ty, trait, ObligationCause(span, code), self.param_env)

    def require_sized(self, ty: Ty, span: Span, what: str) -> None:
        """`what` completes "all local variables must have a statically known size" and the like."""
        if type(ty) not in _SIZED_KINDS or (type(ty) is t.Infer and ty.kind == "ty"):
            self.deferred_sized.append((ty, span, what))

    def add_item_obligations(self, def_id: DefId, args: Args, span: Span) -> None:
        """The where clauses of `def_id` (its parents' too) for `args` must hold."""
        sized = self.tcx.lang_items.get("sized")
        shallow = self.shallow
        for predicate, bound_span in self.tcx.predicates_of(def_id):
            if type(predicate) is items.TraitPredicate and predicate.trait_ref.def_id == sized:
                ty = subst(predicate.trait_ref.args[0], args)  # type: ignore[arg-type]
                if (type(ty) is not t.Infer and type(ty) in _SIZED_KINDS) or type(shallow(ty)) in _SIZED_KINDS[:-3]:
                    continue
            cause = ObligationCause(span, "where_clause", def_id, Span(bound_span))
            self.register_normalized(subst_predicate(predicate, args), cause)

    def register_normalized(self, predicate: Any, cause: ObligationCause) -> None:
        predicate, obligations = self.infcx.normalize_predicate(cause, self.param_env, predicate)
        self.fulfill.register_all(obligations)
        self.register(predicate, cause)

    def select_where_possible(self) -> None:
        errors = self.fulfill.select_where_possible()
        if errors:
            self.report_fulfillment_errors(errors)

    def report_fulfillment_errors(self, errors: Iterable[FulfillmentError]) -> None:
        from .errors import report_fulfillment

        report_fulfillment(self, list(errors))

    # -- errors -----------------------------------------------------------------------------------

    def emit(self, diagnostic: Diagnostic) -> None:
        self.tainted = True
        self.tcx.diag.emit(diagnostic)

    def error(self, span: Span, message: str, code: str = "", label: str = "") -> Diagnostic:
        """Report, and return the diagnostic for more labels and notes."""
        diagnostic = error(span, message, code, label)
        self.emit(diagnostic)
        return diagnostic

    def show(self, ty: Ty) -> str:
        return str(self.resolve(ty))

    def show_expr_ty(self, expr: Any, ty: Ty) -> str:
        """The type of a receiver or operand; the lifetime of a string literal is known."""
        return "&'static str" if type(expr) is hir.Lit and expr.kind == "str" else self.show(ty)

    # -- adjustments ------------------------------------------------------------------------------

    def apply_adjustments(self, expr: Any, adjustments: list[Adjust]) -> None:
        if not adjustments:
            return
        for adjust in adjustments:
            if adjust.kind == "never" and self.is_ty_var(adjust.target):
                self.diverging_vars.append(adjust.target)
        have = self.tables.adjustments.get(expr.id)
        if have is None:
            self.tables.adjustments[expr.id] = list(adjustments)
        elif len(have) == 1 and have[0].kind == "never":
            return  # a diverging expression has any type already
        else:
            self._compose(expr, have, adjustments)

    def _compose(self, expr: Any, have: list[Adjust], new: list[Adjust]) -> None:
        """A second coercion of the same expression: only a no-op reborrow may be replaced or built upon."""
        reborrow = len(have) == 2 and have[0].kind == "deref" and have[0].extra is None and have[1].kind == "borrow"
        if reborrow and new[0].kind == "deref":
            self.tables.adjustments[expr.id] = list(new)
        else:
            self.tables.adjustments[expr.id] = have + list(new)

    def write_method(self, hir_id: int, callee: MethodCallee) -> None:
        self.tables.callees[hir_id] = callee

    # -- expressions ------------------------------------------------------------------------------

    def check_expr(self, expr: Any, expected: Expected = None) -> Ty:
        """The type of `expr`, unadjusted; `expected` is a hint only."""
        outer = self.diverges
        if outer:
            self.unreachable(expr.span, "expression")
        self.diverges = False
        ty = CHECK_EXPR[type(expr)](self, expr, expected)
        if self.diverges:
            self.unreachable(*_after_parts(expr))
        if type(ty) is t.Never or (type(ty) is t.Infer and self.shallow(ty) is t.NEVER):
            if not self.diverges and not outer:
                self.diverged_at = expr.span
            self.diverges = True
        elif ty is t.ERROR:
            self.tainted = True
        self.tables.node_tys[expr.id] = ty
        self.diverges = self.diverges or outer
        return ty

    def unreachable(self, span: Span, what: str) -> None:
        """For the lint: control does not get there.  Only the first of what follows is named."""
        lints = lints_of(self.tcx._memo)  # type: ignore[arg-type]
        if lints is None or not what or not self.diverged_at:
            return
        at, because = self.tcx.resolver.call_site(span), self.tcx.resolver.call_site(self.diverged_at)
        self.diverged_at = Span(0)
        if not self.tcx.source_map.file_of(because).is_library and at != because:
            found = lints.note("unreachable_code", self.owner, at, f"unreachable {what}", f"unreachable {what}")
            found.label(because, "any code following this expression is unreachable")

    def check_expr_mut_place(self, expr: Any, expected: Expected, mutbl: bool) -> Ty:
        ty = self.check_expr(expr, expected)
        if mutbl:
            self.convert_place_derefs_to_mutable(expr)
        return ty

    def check_has_type(self, expr: Any, expected_ty: Ty) -> Ty:
        """Check `expr`; its type must equal `expected_ty` (or never)."""
        ty = self.check_expr(expr, has_type(expected_ty))
        if self.shallow(ty) is t.NEVER:
            target = self.next_ty_var(expr.span)
            self.diverging_vars.append(target)
            self.apply_adjustments(expr, [Adjust("never", target)])
            ty = target
        self.demand_eq(expr.span, expected_ty, ty, expr)
        return ty

    def check_coercible(self, expr: Any, expected_ty: Ty) -> Ty:
        """Check `expr` and coerce it to `expected_ty`."""
        ty = self.check_expr(expr, has_type(expected_ty))
        return self.demand_coerce(expr, ty, expected_ty)

    def demand_eq(self, span: Span, expected: Ty, actual: Ty, expr: Any = None) -> bool:
        if self.infcx.eq(expected, actual):
            return True
        from .errors import report_mismatch

        report_mismatch(self, span, expected, actual, expr)
        return False

    def demand_coerce(self, expr: Any, ty: Ty, expected: Ty, two_phase: bool = False) -> Ty:
        coerced = self.coerce(expr, ty, expected, two_phase)
        if coerced is not None:
            return coerced
        from .errors import report_mismatch

        report_mismatch(self, expr.span, expected, ty, expr)
        return t.ERROR if (self.resolve(expected).flags & t.HAS_ERROR) else expected

    # -- doors to the other modules (set by `check.py`) ---------------------------------------------

    def coerce(self, expr: Any, ty: Ty, target: Ty, two_phase: bool = False) -> Optional[Ty]:
        from .coercion import coerce

        return coerce(self, expr, ty, target, two_phase)

    def convert_place_derefs_to_mutable(self, expr: Any) -> None:
        from .place import convert_place_derefs_to_mutable

        convert_place_derefs_to_mutable(self, expr)

    def subst_args(self, of: Args, args: Args) -> Args:
        return subst_args(of, args)
