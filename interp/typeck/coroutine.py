"""Async blocks and functions: coroutines, whose one argument is the context they are resumed with.

The type of what the future yields in the end is taken from the expectation where that says it (the bound
`Future<Output = T>` of an `async fn`'s opaque type, or `dyn Future<Output = T>`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..hir import hir
from ..ty import ty as t
from ..ty.items import ProjectionPredicate
from ..ty.ty import Ty
from .expectation import Expected, to_option
from .fn_ctxt import checks
from .tables import ClosureCheck

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


def check_async(fcx: FnCtxt, expr: hir.Closure, expected: Expected) -> Ty:
    from .closure import check_body
    from .paths import lower_hir_ty

    wanted = to_option(fcx, expected)
    output = expected_output(fcx, wanted) if wanted is not None else None
    if expr.output is not None:
        output = lower_hir_ty(fcx, expr.output)
    if output is None:
        output = fcx.next_ty_var(expr.decl_span)
    inputs = (resume_ty(fcx),)
    parent = fcx.fn.closure.def_id if fcx.fn.closure is not None else None
    check = ClosureCheck(expr.def_id, expr, fcx.identity_args, inputs, output, parent=parent)
    fcx.tables.closures[expr.def_id] = check
    fcx.infcx.add_closure(expr.def_id, inputs, output)
    fcx.infcx.set_closure_kind(expr.def_id, "FnOnce")
    check_body(fcx, expr, check)
    return t.mk_coroutine(expr.def_id, fcx.identity_args)


def resume_ty(fcx: FnCtxt) -> Ty:
    return t.mk_adt(fcx.tcx.require_lang_item("ResumeTy"), ())


def expected_output(fcx: FnCtxt, wanted: Ty) -> Optional[Ty]:
    output = fcx.tcx.lang_items.get("future_output")
    wanted = fcx.shallow(wanted)
    if isinstance(wanted, t.Dynamic):
        return next((term for def_id, _, term in wanted.projections if def_id == output), None)
    if not isinstance(wanted, t.Infer):
        return None
    for obligation in fcx.fulfill.pending():
        predicate: Any = obligation.predicate
        if type(predicate) is ProjectionPredicate and predicate.def_id == output:
            if fcx.infcx.sub_root(predicate.args[0]) == wanted.vid:  # type: ignore[arg-type]
                return fcx.resolve(predicate.term)  # type: ignore[arg-type]
    return None


@checks(hir.Yield)
def check_yield(fcx: FnCtxt, expr: hir.Yield, expected: Expected) -> Ty:
    """Its value is the context of the next resumption."""
    fcx.check_has_type(expr.expr, t.UNIT)
    return resume_ty(fcx)
