"""The order in which a body is checked.

First its expressions; then fallback of what stayed unknown; casts; closures; and only then what is still pending
must hold.  Last, writeback.
"""

from __future__ import annotations

from typing import Any

from ..hir import hir
from ..resolve.defs import DefId
from ..traits.obligation import subst_predicate
from ..ty import ty as t
from ..ty.fold import Folder, walk
from ..ty.ty import Ty
from . import (  # noqa: F401  (enter their checkers)
    callee,
    closure as closures,
    control,
    expr as _expr,
    op,
    structs,
    thir,
)
from .cast import check_casts
from .coerce_many import CoerceMany
from .fallback import fall_back
from .fn_ctxt import FnCtxt, FnState
from .method import call as _call  # noqa: F401
from .pat import check_pat_top
from .upvar import analyze_closures
from .writeback import write_back


def check_body(fcx: FnCtxt) -> thir.TypeckResults:
    tcx, body = fcx.tcx, fcx.body
    is_fn = tcx.def_data(fcx.owner).kind in ("fn", "assoc_fn")
    inputs: tuple[Ty, ...] = ()
    if is_fn:
        sig = fcx.normalize_sig(tcx.fn_sig(fcx.owner), body.span)
        inputs = sig.inputs
        output = sig.output
        if fcx.owner in tcx._memo.get("missing_lifetimes", ()):
            output = t.ERROR  # it is not known what the body should give
        if any(ty.flags & t.HAS_ERROR for ty in (*inputs, output)):
            fcx.tainted = True
        ret_ty = infer_opaques(fcx, output)
        check_fn(fcx, inputs, ret_ty)
    else:
        ret_ty = infer_opaques(fcx, fcx.normalize(tcx.type_of(fcx.owner), body.span))
        fcx.require_sized(ret_ty, body.span, "constants")
        fcx.check_coercible(body.value, ret_ty)
    finish(fcx)
    results = write_back(fcx, ret_ty, inputs)
    if not results.tainted and not fcx.tcx.source_map.file_of(body.span).is_library:
        results.extra["auto_bounds"] = auto_bounds(fcx)
    for def_id, var in fcx.infcx.universe_opaques.items():
        results.opaques[def_id] = fcx.resolve(var)
    return results


def auto_bounds(fcx: FnCtxt) -> list[Any]:
    """What was required of futures that depends on all they keep: asked again when that is known."""
    from .errors import point_at_argument

    asked = {fcx.tcx.lang_item("unsize"), fcx.tcx.lang_item("coerce_unsized")}
    found = []
    for obligation in fcx.fulfill.roots:
        predicate: Any = fcx.infcx.resolve_predicate(obligation.predicate)
        trait, args = predicate.trait_ref
        if not (trait in asked or fcx.tcx.trait_def(trait).auto) or t.args_flags(args) & (t.HAS_ERROR | t.HAS_INFER):
            continue
        parts: list[Ty] = []
        for arg in args:
            if isinstance(arg, Ty):
                walk(arg, parts.append)
        if any(type(part) in (t.Coroutine, t.Opaque) for part in parts):
            point_at_argument(fcx, obligation.cause, obligation.predicate)
            found.append(obligation.with_predicate(predicate))
    return found


def check_fn(fcx: FnCtxt, inputs: tuple[Ty, ...], ret_ty: Ty) -> None:
    fcx.fn = FnState(CoerceMany(ret_ty, "return"), ret_ty)
    fcx.require_sized(ret_ty, fcx.body.span, "the return type of a function")
    for param, ty in zip(fcx.body.params, inputs):
        check_pat_top(fcx, param.pat, ty)
        fcx.require_sized(ty, param.pat.span, "all function arguments")
    closures.finish_fn_body(fcx, fcx.body.value)


def finish(fcx: FnCtxt) -> None:
    fcx.select_where_possible()
    fall_back(fcx)
    check_casts(fcx)
    fcx.select_where_possible()
    analyze_closures(fcx)
    check_sized(fcx)
    errors = fcx.fulfill.select_all_or_error()
    if errors:
        fcx.report_fulfillment_errors(errors)
    check_repeats(fcx)
    if not fcx.tainted and not fcx.tcx.source_map.file_of(fcx.body.span).is_library:
        from .unsafety import check_unsafety

        check_unsafety(fcx)


def check_sized(fcx: FnCtxt) -> None:
    if fcx.tcx.lang_items.get("sized") is None:
        return
    if fcx.tcx.source_map.file_of(fcx.body.span).is_library:
        return  # it may pass unsized arguments (`Box<dyn FnOnce()>`)
    seen: set[Ty] = set()
    for ty, span, what in fcx.deferred_sized:
        ty = fcx.resolve(ty)
        if ty in seen or ty.flags & t.HAS_ERROR or ty.flags & t.HAS_INFER:
            continue
        seen.add(ty)
        if not fcx.type_is_sized(ty):
            report_unsized(fcx, ty, span, what)


def report_unsized(fcx: FnCtxt, ty: Ty, span: Any, what: str) -> None:
    message = f"the size for values of type `{fcx.show(ty)}` cannot be known at compilation time"
    found = fcx.error(span, message, "E0277", "doesn't have a size known at compile-time")
    found.help(f"the trait `Sized` is not implemented for `{fcx.show(ty)}`")
    if what in ("all local variables", "all function arguments"):
        found.note(f"{what} must have a statically known size")


def check_repeats(fcx: FnCtxt) -> None:
    """`[x; N]` copies `x`, unless it is a constant or N is at most 1."""
    for _, (expr, count, elem_ty) in fcx.deferred_patterns:
        count = fcx.infcx.resolve_const(count)
        if isinstance(count, t.ConstUnevaluated) and not count.flags & (t.HAS_PARAM | t.HAS_INFER):
            count = fcx.tcx.query("eval_const", count)
        if isinstance(count, t.ConstValue) and count.value <= 1:
            continue
        elem_ty = fcx.resolve(elem_ty)
        if elem_ty.flags & t.HAS_ERROR or is_constant(fcx, expr.expr) or fcx.type_is_copy(elem_ty):
            continue
        shown = fcx.show(elem_ty)
        message = f"the trait bound `{shown}: Copy` is not satisfied"
        label = f"the trait `Copy` is not implemented for `{shown}`"
        fcx.error(expr.expr.span, message, "E0277", label).note(
            "the `Copy` trait is required because this value will be copied for each element of the array"
        )


def is_constant(fcx: FnCtxt, expr: Any) -> bool:
    if type(expr) is hir.ConstBlock:
        return True
    value = fcx.tables.paths.get(expr.id) if type(expr) is hir.ExprPath else None
    return value is not None and value.kind == "const"


# -- opaque types -------------------------------------------------------------------------------------------


class _InferOpaques(Folder):
    """In the function that defines them, opaque types are variables with the declared bounds."""

    mask = t.HAS_OPAQUE

    def __init__(self, fcx: FnCtxt) -> None:
        self.fcx = fcx

    def fold_ty(self, ty: Ty) -> Ty:
        if type(ty) is t.Opaque and defines(self.fcx, ty.def_id):
            return opaque_var(self.fcx, ty)
        return self.super_fold_ty(ty)


def defines(fcx: FnCtxt, opaque: DefId) -> bool:
    at = fcx.tcx.def_data(opaque)
    while at.parent is not None and at.kind == "opaque":
        at = fcx.tcx.def_data(at.parent)
    return at.id == fcx.owner


def opaque_var(fcx: FnCtxt, ty: t.Opaque) -> Ty:
    found = fcx.infcx.universe_opaques.get(ty.def_id)
    if found is None:
        found = fcx.next_ty_var(fcx.body.span)
        fcx.infcx.universe_opaques[ty.def_id] = found
        folder = _InferOpaques(fcx)
        for predicate in fcx.tcx.query("item_bounds", ty.def_id):
            # first normalised: in a trait's default body an inner `impl Trait` is a projection until then
            cause = fcx.cause(fcx.tcx.def_data(ty.def_id).span)
            predicate, more = fcx.infcx.normalize_predicate(cause, fcx.param_env, subst_predicate(predicate, ty.args))
            fcx.fulfill.register_all(more)
            fcx.register_normalized(fold_predicate(folder, predicate), cause)
    return found


def fold_predicate(folder: Folder, predicate: Any) -> Any:
    from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef

    if type(predicate) is TraitPredicate:
        trait_ref = predicate.trait_ref
        return TraitPredicate(TraitRef(trait_ref.def_id, folder.fold_args(trait_ref.args)))
    if type(predicate) is ProjectionPredicate:
        return ProjectionPredicate(predicate.def_id, folder.fold_args(predicate.args), folder.fold_arg(predicate.term))
    return predicate


def infer_opaques(fcx: FnCtxt, ty: Ty) -> Ty:
    return _InferOpaques(fcx).fold_ty(ty) if ty.flags & t.HAS_OPAQUE else ty
