"""Checking `receiver.method(args)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...hir import hir
from ...ty import ty as t
from ...ty.ty import Ty
from ..callee import check_args_erroneous, check_arguments, expected_inputs
from ..expectation import Expected
from ..fn_ctxt import checks
from .confirm import confirm_method
from .probe import Probe

if TYPE_CHECKING:
    from ..fn_ctxt import FnCtxt


@checks(hir.MethodCall)
def check_method_call(fcx: FnCtxt, expr: hir.MethodCall, expected: Expected) -> Ty:
    receiver_ty = fcx.structurally_resolve_if_possible(fcx.check_expr(expr.receiver))
    if type(receiver_ty) is t.Error:
        check_args_erroneous(fcx, expr.args)
        return receiver_ty
    probe = Probe(fcx, expr.segment.span, receiver_ty, expr.segment.name, expr.scope, method=True)
    pick = probe.pick()
    if any(type(step.ty) is t.Error for step in probe.steps):  # there might be the method that is meant
        check_args_erroneous(fcx, expr.args)
        return t.ERROR
    if pick is None:
        from .suggest import report_no_method

        report_no_method(fcx, expr, receiver_ty, probe)
        check_args_erroneous(fcx, expr.args)
        return t.ERROR
    method = confirm_method(fcx, expr, receiver_ty, probe.autoderef, pick)
    if method is None:
        check_args_erroneous(fcx, expr.args)
        return t.ERROR
    fcx.write_method(expr.id, method)
    fcx.calls[expr.segment.span] = method.def_id, [expr.receiver, *expr.args]
    formal = method.sig.inputs[1:]
    inputs = expected_inputs(fcx, expected, method.sig.output, formal)
    check_arguments(fcx, expr, expr.args, formal, inputs, method.sig.c_variadic, method.def_id)
    return method.sig.output
