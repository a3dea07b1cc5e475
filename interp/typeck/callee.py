"""Calls: of fn items and pointers, of closures, and of whatever implements a `Fn` trait; their arguments.

Arguments are checked in two passes, those that are no closures first, so that closures know more of the types
around them.  A call of a closure of this body waits for the closure's kind (`DeferredCall`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.span import Span, span_hi, span_to
from ..hir import hir
from ..ty import ty as t
from ..ty.items import FnSig
from ..ty.ty import Ty
from .autoderef import Autoderef
from .expectation import Expected, has_type, only_has, rvalue_hint
from .fn_ctxt import checks
from .method.lookup import lookup_lang_method
from .tables import Adjust, DeferredCall, MethodCallee

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

FN_TRAITS = (("fn", "shared"), ("fn_mut", "mut"), ("fn_once", ""))
ASYNC_FN_TRAITS = (("async_fn", "shared"), ("async_fn_mut", "mut"), ("async_fn_once", ""))
KIND_LANG = {"Fn": "fn", "FnMut": "fn_mut", "FnOnce": "fn_once"}


@checks(hir.Call)
def check_call(fcx: FnCtxt, expr: hir.Call, expected: Expected) -> Ty:
    callee_ty = fcx.check_expr(expr.func)
    if type(callee_ty) is t.FnDef or type(callee_ty) is t.FnPtr:
        callee_ty = fcx.resolve_with_obligations(callee_ty)  # what its bounds say helps to coerce the arguments
        return confirm_builtin(fcx, expr, callee_ty, expected)
    callee_ty = fcx.structurally_resolve(callee_ty, expr.func.span)
    autoderef = Autoderef(fcx, callee_ty, expr.func.span)
    for ty, count in autoderef.steps():
        found = try_step(fcx, expr, ty, autoderef, count, expected)
        if found is not None:
            return found
    return report_not_callable(fcx, expr, callee_ty)


def try_step(fcx: FnCtxt, expr: hir.Call, ty: Ty, autoderef: Autoderef, count: int, expected: Expected) -> Optional[Ty]:
    if type(ty) is t.Error:
        check_args_erroneous(fcx, expr.args)
        return t.ERROR
    if type(ty) is t.FnDef or type(ty) is t.FnPtr:
        autoderef.commit()
        fcx.apply_adjustments(expr.func, autoderef.adjust_steps(count))
        return confirm_builtin(fcx, expr, ty, expected)
    if type(ty) is t.Closure and ty.def_id in fcx.infcx.closures:
        return confirm_deferred(fcx, expr, ty, autoderef, count, expected)
    if type(ty) is t.Infer or (type(ty) is t.Ref and count == 0):
        return None  # `f()` with `f: &mut F` is `(*f)()`, so that `f` need not be `mut`
    found = overloaded_callee(fcx, expr, ty, len(expr.args))
    if found is None:
        return None
    method, borrow = found
    autoderef.commit()
    adjustments = autoderef.adjust_steps(count)
    if borrow:
        adjustments.append(Adjust("borrow", t.mk_ref(ty, borrow == "mut"), borrow))
    fcx.apply_adjustments(expr.func, adjustments)
    if borrow == "mut":
        fcx.convert_place_derefs_to_mutable(expr.func)
    return confirm_overloaded(fcx, expr, method, expected)


def overloaded_callee(fcx: FnCtxt, expr: hir.Call, ty: Ty, count: int) -> Optional[tuple[MethodCallee, str]]:
    if type(ty) in (t.Int, t.Float, t.Bool, t.Char, t.Str, t.Slice, t.Array, t.Tuple, t.RawPtr):
        return None
    args = t.mk_tuple(tuple(fcx.next_ty_var(a.span) for a in expr.args))
    for lang, borrow in (*FN_TRAITS, *ASYNC_FN_TRAITS):
        method = lookup_lang_method(fcx, expr.span, ty, lang, (args,))
        if method is not None:
            return method, borrow
    for lang, borrow in FN_TRAITS:  # with another number of arguments: an E0057 later
        method = lookup_lang_method(fcx, expr.span, ty, lang, (fcx.next_ty_var(expr.span),))
        if method is not None:
            return method, borrow
    return None


def confirm_builtin(fcx: FnCtxt, expr: hir.Call, ty: Any, expected: Expected) -> Ty:
    if type(ty) is t.FnDef:
        sig = fcx.normalize_sig(fcx.instantiate_sig(ty.def_id, ty.args), expr.span)
    else:
        sig = FnSig(ty.inputs, ty.output, ty.unsafe, ty.abi, ty.c_variadic)
    if sig.abi == "rust-call" and sig.inputs and type(ty) is t.FnDef:
        pass  # `Fn::call(&f, (a, b))` written out: arguments stand as they are
    inputs = expected_inputs(fcx, expected, sig.output, sig.inputs)
    def_id = ty.def_id if type(ty) is t.FnDef else None
    if def_id is not None:
        fcx.calls[expr.func.span] = def_id, expr.args
    check_arguments(fcx, expr, expr.args, sig.inputs, inputs, sig.c_variadic, def_id)
    fcx.require_sized(sig.output, expr.span, "the return type of a function")
    return sig.output


def confirm_deferred(
    fcx: FnCtxt, expr: hir.Call, ty: t.Closure, autoderef: Autoderef, count: int, expected: Expected
) -> Ty:
    state = fcx.infcx.closures[ty.def_id]
    autoderef.commit()
    inputs = expected_inputs(fcx, expected, state.output, state.inputs)
    check_arguments(fcx, expr, expr.args, state.inputs, inputs, False, None, closure=True)
    adjustments = autoderef.adjust_steps(count)
    call = DeferredCall(expr, expr.func, ty, adjustments, state.inputs, state.output)
    fcx.tables.closures[ty.def_id].callers.append(call)
    return state.output


def resolve_deferred_call(fcx: FnCtxt, call: DeferredCall, kind: str) -> None:
    """The closure's kind is known: choose the method and the autoref."""
    from .method.lookup import lookup_in_trait

    trait = fcx.tcx.require_lang_item(KIND_LANG[kind])
    method = lookup_in_trait(fcx, call.call.span, call.adjusted_ty, trait, (t.mk_tuple(call.inputs),))
    if method is None:
        fcx.error(call.call.span, "unsupported: this call of a closure")
        return
    borrow = dict(FN_TRAITS)[KIND_LANG[kind]]
    adjustments = list(call.adjustments)
    if borrow:
        adjustments.append(Adjust("borrow", t.mk_ref(call.adjusted_ty, borrow == "mut"), borrow))
    fcx.apply_adjustments(call.callee, adjustments)
    if borrow == "mut":
        fcx.convert_place_derefs_to_mutable(call.callee)
    fcx.write_method(call.call.id, method)


def confirm_overloaded(fcx: FnCtxt, expr: hir.Call, method: MethodCallee, expected: Expected) -> Ty:
    fcx.write_method(expr.id, method)
    tupled = fcx.structurally_resolve_if_possible(method.sig.inputs[1])
    if type(tupled) is not t.Tuple:
        check_args_erroneous(fcx, expr.args)
        if type(tupled) is not t.Error:
            message = (
                "cannot use call notation; the first type parameter for the function trait is neither a tuple nor unit"
            )
            fcx.error(expr.span, message, "E0059")
        return t.ERROR
    inputs = expected_inputs(fcx, expected, method.sig.output, tupled.tys)
    check_arguments(fcx, expr, expr.args, tupled.tys, inputs, False, None, closure=True)
    return method.sig.output


def expected_inputs(fcx: FnCtxt, expected: Expected, output: Ty, inputs: tuple[Ty, ...]) -> Optional[tuple[Ty, ...]]:
    """What the arguments should be for the call to have the expected type; None if nothing is learnt.

    An argument of which nothing is learnt keeps its formal type: pending obligations speak of that."""
    ret_ty = only_has(fcx, expected)
    if ret_ty is None or not inputs or not output.flags & t.HAS_INFER or type(ret_ty) is t.Infer:
        return None
    resolve = fcx.resolve

    def run() -> Optional[tuple[Ty, ...]]:
        if not fcx.infcx.eq(ret_ty, output):
            return None
        found = tuple(resolve(ty) for ty in inputs)
        return tuple(formal if type(ty) is t.Infer else ty for ty, formal in zip(found, inputs))

    before = len(fcx.infcx.values)
    found = fcx.probe(run)
    assert len(fcx.infcx.values) == before
    return found


def check_arguments(
    fcx: FnCtxt,
    call: Any,
    args: list[Any],
    formal: tuple[Ty, ...],
    expected: Optional[tuple[Ty, ...]],
    c_variadic: bool,
    def_id: Optional[int],
    closure: bool = False,
) -> None:
    if len(args) != len(formal) and not (c_variadic and len(args) > len(formal)):
        report_arg_count(fcx, call, args, formal, def_id, closure)
        check_args_erroneous(fcx, args)
        return
    has_closure = False
    failed: list[tuple[Any, Ty, Ty]] = []
    for i, arg in enumerate(args):
        if type(arg) is hir.Closure:
            has_closure = True
            continue
        if i >= len(formal):
            check_variadic(fcx, arg)
            continue
        check_argument(fcx, arg, formal[i], expected[i] if expected else None, failed)
    if has_closure:
        fcx.select_where_possible()
        for i, arg in enumerate(args):
            if type(arg) is hir.Closure and i < len(formal):
                check_argument(fcx, arg, formal[i], expected[i] if expected else None, failed)
    if failed:
        from .errors import report_arguments

        report_arguments(fcx, call, failed)
    for ty, arg in zip(formal, args):
        fcx.require_sized(ty, arg.span, "all function arguments")


def check_argument(
    fcx: FnCtxt, arg: Any, formal: Ty, expected_ty: Optional[Ty], failed: list[tuple[Any, Ty, Ty]]
) -> None:
    hint = rvalue_hint(fcx, formal if expected_ty is None else expected_ty)
    ty = fcx.check_expr(arg, hint)
    target = fcx.resolve_with_obligations(hint.ty if hint.kind == "has" else formal)
    coerced = fcx.coerce(arg, ty, target, two_phase=True)
    if coerced is not None and (target is formal or fcx.infcx.eq(formal, target)):
        return
    if target is not formal and fcx.coerce(arg, ty, formal, two_phase=True) is not None:
        return
    failed.append((arg, formal, ty))


def check_variadic(fcx: FnCtxt, arg: Any) -> None:
    """C's default promotions are an error to leave out (E0617)."""
    ty = fcx.structurally_resolve_if_possible(fcx.check_expr(arg))
    wanted = ""
    if ty is t.F32:
        wanted = "c_double"
    elif ty in (t.I8, t.I16, t.BOOL):
        wanted = "c_int"
    elif ty in (t.U8, t.U16):
        wanted = "c_uint"
    if wanted:
        fcx.error(arg.span, f"can't pass `{fcx.show(ty)}` to variadic function", "E0617").help(
            f"cast the value to `{wanted}`"
        )


def check_args_erroneous(fcx: FnCtxt, args: list[Any]) -> None:
    for arg in args:
        fcx.check_expr(arg, has_type(t.ERROR))


def report_not_callable(fcx: FnCtxt, expr: hir.Call, ty: Ty) -> Ty:
    check_args_erroneous(fcx, expr.args)
    ty = fcx.resolve(ty)
    if ty.flags & t.HAS_ERROR:
        return t.ERROR
    shown = fcx.tcx.source_map.snippet(expr.func.span)
    if type(ty) is t.Adt and type(expr.func) is hir.ExprPath and not ty.args:
        message = f"expected function, found `{fcx.show(ty)}`"
    else:
        message = f"expected function, found `{fcx.show(ty)}`"
    found = fcx.error(expr.func.span, message, "E0618")
    found.label(expr.span, "call expression requires function")
    if type(expr.func) is hir.ExprPath:
        found.note(f"`{shown}` has type `{fcx.show(ty)}`")
    return t.ERROR


def report_arg_count(
    fcx: FnCtxt, call: Any, args: list[Any], formal: tuple[Ty, ...], def_id: Optional[int], closure: bool
) -> None:
    want, have = len(formal), len(args)
    what, code = "function", "E0061"
    if closure:
        what, code = "function", "E0057"
    elif def_id is not None:
        data = fcx.tcx.def_data(def_id)
        if data.kind == "ctor":
            assert data.ctor_of is not None
            what = "enum variant" if fcx.tcx.def_data(data.ctor_of).kind == "variant" else "struct"
        elif type(call) is hir.MethodCall:
            what = "method"
    plural = "" if want == 1 else "s"
    were = "was" if have == 1 else "were"
    least = ""
    if code == "E0061" and what == "function" and def_id is not None and fcx.tcx.fn_sig(def_id).c_variadic:
        code, least = "E0060", "at least "
    supplied = f"{have} argument{'' if have == 1 else 's'} {were} supplied"
    message = f"this {what} takes {least}{want} argument{plural} but {supplied}"
    span = call.segment.span if type(call) is hir.MethodCall else call.func.span
    found = fcx.error(span, message, code)
    if have > want:
        found.label(args[want].span, f"unexpected argument #{want + 1}")
    elif want:
        end = Span(call.span) if span_hi(call.span) else span
        found.label(span_to(span, end), f"argument #{have + 1} of type `{fcx.show(formal[have])}` is missing")
