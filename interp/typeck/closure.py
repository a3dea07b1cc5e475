"""Closure expressions: their signature from what is expected of them, then their body.

The expectation may be a closure-like type itself (fn pointer, `dyn Fn`, opaque), or a variable about which
pending obligations say `?T: Fn(A) -> B`.  Kind and captures are decided after the whole body (`upvar.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, NamedTuple, Optional

from ..hir import hir
from ..traits.elaborate import elaborate
from ..ty import ty as t
from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import Ty
from .coerce_many import CoerceMany
from .expectation import Expected, to_option
from .fn_ctxt import FnState, checks
from .pat import check_pat_top
from .tables import ClosureCheck

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

KINDS = ("Fn", "FnMut", "FnOnce")


class ExpectedSig(NamedTuple):
    """`output` None: only the arguments are known."""

    inputs: tuple[Ty, ...]
    output: Optional[Ty]


@checks(hir.Closure)
def check_closure(fcx: FnCtxt, expr: hir.Closure, expected: Expected) -> Ty:
    if expr.kind == "async":
        from .coroutine import check_async

        return check_async(fcx, expr, expected)
    wanted = to_option(fcx, expected)
    if wanted is not None:
        wanted = fcx.structurally_resolve_if_possible(wanted)
    sig, kind = deduce(fcx, wanted) if wanted is not None else (None, None)
    inputs, output = closure_sig(fcx, expr, sig)
    ty = t.mk_closure(expr.def_id, fcx.identity_args)
    parent = fcx.fn.closure.def_id if fcx.fn.closure is not None else None
    check = ClosureCheck(expr.def_id, expr, fcx.identity_args, inputs, output, kind, parent=parent)
    fcx.tables.closures[expr.def_id] = check
    fcx.infcx.add_closure(expr.def_id, inputs, output)
    if kind is not None:
        fcx.infcx.set_closure_kind(expr.def_id, kind)
    check_body(fcx, expr, check)
    return ty


def check_body(fcx: FnCtxt, expr: hir.Closure, check: ClosureCheck) -> None:
    outer, diverges = fcx.fn, fcx.diverges
    fcx.fn = FnState(CoerceMany(check.output, "return"), check.output, check)
    fcx.diverges = False
    padded = (*check.inputs, *(t.ERROR for _ in expr.params))
    for param, ty in zip(expr.params, padded):
        check_pat_top(fcx, param.pat, ty)
        fcx.require_sized(ty, param.pat.span, "all function arguments")
    finish_fn_body(fcx, expr.body)
    fcx.fn, fcx.diverges = outer, diverges


def finish_fn_body(fcx: FnCtxt, value: Any) -> None:
    """Check the value of a fn or closure body against its return type."""
    from .expectation import has_type

    coerce = fcx.fn.ret_coercion
    ret_ty = fcx.fn.ret_ty
    assert ret_ty is not None
    ty = fcx.check_expr(value, has_type(ret_ty))
    coerce.coerce(fcx, value, ty)
    merged = coerce.complete(fcx)
    if fcx.shallow(merged) is t.NEVER and fcx.is_ty_var(ret_ty):
        fcx.diverging_vars.append(ret_ty)
    else:
        fcx.demand_eq(value.span, ret_ty, merged)


# -- signature ----------------------------------------------------------------------------------------


def closure_sig(fcx: FnCtxt, expr: hir.Closure, sig: Optional[ExpectedSig]) -> tuple[tuple[Ty, ...], Ty]:
    from .paths import lower_hir_ty

    if sig is not None and len(sig.inputs) != len(expr.params):
        report_arity(fcx, expr, sig)
        return (t.ERROR,) * len(sig.inputs), t.ERROR
    inputs: list[Ty] = []
    for i, param in enumerate(expr.params):
        written = lower_hir_ty(fcx, param.ty) if param.ty is not None else None
        hinted = sig.inputs[i] if sig is not None else None
        if written is None:
            inputs.append(hinted if hinted is not None else fcx.next_ty_var(param.pat.span))
            continue
        if hinted is not None:
            fcx.eq(hinted, written)  # if not, the bound that gave the hint is not met: E0631
        inputs.append(written)
    if expr.output is not None:
        output = lower_hir_ty(fcx, expr.output)
        if sig is not None and sig.output is not None:
            fcx.eq(sig.output, output)
    elif sig is not None and sig.output is not None:
        output = sig.output
    else:
        output = fcx.next_ty_var(expr.decl_span)
    return tuple(inputs), output


def report_arity(fcx: FnCtxt, expr: hir.Closure, sig: ExpectedSig) -> None:
    want, have = len(sig.inputs), len(expr.params)
    takes = f"takes {have} argument{'' if have == 1 else 's'}"
    message = f"closure is expected to take {want} argument{'' if want == 1 else 's'}, but it {takes}"
    label = f"expected closure that takes {want} argument{'' if want == 1 else 's'}"
    fcx.error(expr.decl_span, message, "E0593", label)


def deduce(fcx: FnCtxt, ty: Ty) -> tuple[Optional[ExpectedSig], Optional[str]]:
    """The signature and kind that the expected type asks of a closure."""
    kind = type(ty)
    if kind is t.Infer:
        return deduce_from_obligations(fcx, ty)
    if kind is t.FnPtr:
        return ExpectedSig(ty.inputs, ty.output), None  # type: ignore[attr-defined]
    if kind is t.Dynamic:
        return deduce_from_dyn(fcx, ty)  # type: ignore[arg-type]
    if kind is t.Opaque:
        bounds = [substituted(fcx, p, ty) for p in fcx.tcx.query("item_bounds", ty.def_id)]  # type: ignore[attr-defined]
        return deduce_from_predicates(fcx, bounds)
    if kind is t.Closure:
        return None, None
    return None, None


def substituted(fcx: FnCtxt, predicate: Any, ty: Any) -> Any:
    from ..traits.obligation import subst_predicate

    return subst_predicate(predicate, ty.args)


def deduce_from_dyn(fcx: FnCtxt, ty: t.Dynamic) -> tuple[Optional[ExpectedSig], Optional[str]]:
    if ty.principal is None:
        return None, None
    predicates: list[Any] = [TraitPredicate(TraitRef(ty.principal[0], (ty, *ty.principal[1])))]
    for def_id, args, term in ty.projections:
        predicates.append(ProjectionPredicate(def_id, (ty, *args), term))
    return deduce_from_predicates(fcx, predicates)


def deduce_from_obligations(fcx: FnCtxt, var: Ty) -> tuple[Optional[ExpectedSig], Optional[str]]:
    """Obligations that wait for `var`: `var: Fn(A)`, `<var as FnOnce<A>>::Output == B`, or what implies it."""
    root = fcx.infcx.sub_root(var)
    found: list[Any] = []
    for obligation in fcx.fulfill.pending():
        predicate = obligation.predicate
        subject: Any = None
        if type(predicate) is TraitPredicate:
            subject = predicate.trait_ref.args[0]
        elif type(predicate) is ProjectionPredicate:
            subject = predicate.args[0]
        if subject is not None and type(subject) is t.Infer and fcx.infcx.sub_root(subject) == root:
            found.append(fcx.infcx.resolve_predicate(predicate))
    return deduce_from_predicates(fcx, found)


def deduce_from_predicates(fcx: FnCtxt, predicates: Iterable[Any]) -> tuple[Optional[ExpectedSig], Optional[str]]:
    tcx = fcx.tcx
    output_id = tcx.lang_items.get("fn_once_output")
    langs = ("fn", "fn_mut", "fn_once", "async_fn", "async_fn_mut", "async_fn_once")
    traits = {tcx.lang_items.get(lang): kind for lang, kind in zip(langs, KINDS * 2)}
    sig: Optional[ExpectedSig] = None
    kind: Optional[str] = None
    for predicate in elaborate(tcx, predicates):
        if type(predicate) is ProjectionPredicate and predicate.def_id == output_id:
            inputs = fcx.shallow(predicate.args[1])  # type: ignore[arg-type]
            if type(inputs) is t.Tuple:
                sig = ExpectedSig(resolved(fcx, inputs), fcx.resolve(predicate.term))  # type: ignore[arg-type]
        elif type(predicate) is TraitPredicate and predicate.trait_ref.def_id in traits:
            found = traits[predicate.trait_ref.def_id]
            if kind is None or KINDS.index(found) < KINDS.index(kind):
                kind = found
            inputs = fcx.shallow(predicate.trait_ref.args[1])  # type: ignore[arg-type]
            if sig is None and type(inputs) is t.Tuple:
                sig = ExpectedSig(resolved(fcx, inputs), None)
    return sig, kind


def resolved(fcx: FnCtxt, inputs: t.Tuple) -> tuple[Ty, ...]:
    return tuple(fcx.normalize(fcx.resolve(ty), fcx.body.span) for ty in inputs.tys)
