"""Common suggestions for mismatched types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..base.diagnostics import Diagnostic
from ..ty import ty as t
from ..ty.ty import Ty

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


def suggest_for_mismatch(fcx: FnCtxt, found: Diagnostic, expected: Ty, actual: Ty, expr: Any) -> None:
    """At most one hint: the first that fits."""
    expected, actual = fcx.resolve(expected), fcx.resolve(actual)
    for rule in _RULES:
        text = rule(fcx, expected, actual, expr)
        if text:
            found.help(text)
            return


def borrow(fcx: FnCtxt, expected: Ty, actual: Ty, expr: Any) -> str:
    if type(expected) is not t.Ref or expr is None:
        return ""
    source = t.mk_ref(actual, expected.mutbl)
    from .coercion import can_coerce

    if not can_coerce(fcx, source, expected, expr.span):
        return ""
    return f"consider {'mutably ' if expected.mutbl else ''}borrowing here: `&{'mut ' if expected.mutbl else ''}`"


def deref(fcx: FnCtxt, expected: Ty, actual: Ty, expr: Any) -> str:
    if type(actual) is t.Ref and fcx.infcx.can_eq(actual.ty, expected) and fcx.type_is_copy(expected):
        return "consider dereferencing the borrow: `*`"
    return ""


def to_string(fcx: FnCtxt, expected: Ty, actual: Ty, expr: Any) -> str:
    string = fcx.tcx.lang_items.get("String")
    if isinstance(expected, t.Adt) and type(actual) is t.Ref and actual.ty is t.STR:
        if expected.def_id == string or fcx.tcx.def_data(expected.def_id).name == "String":
            return "try using a conversion method: `.to_string()`"
    return ""


def wrap_in_variant(fcx: FnCtxt, expected: Ty, actual: Ty, expr: Any) -> str:
    if not isinstance(expected, t.Adt) or not expected.args:
        return ""
    name = fcx.tcx.def_data(expected.def_id).name
    inner = expected.args[0]
    if not isinstance(inner, Ty) or not fcx.infcx.can_eq(inner, actual):
        return ""
    if name == "Option":
        return "try wrapping the expression in `Some`"
    if name == "Result":
        return "try wrapping the expression in `Ok`"
    if name == "Box":
        return "store this in the heap by calling `Box::new`"
    return ""


def numeric(fcx: FnCtxt, expected: Ty, actual: Ty, expr: Any) -> str:
    if isinstance(expected, t.Int) and isinstance(actual, t.Int):
        lossless = expected.bits > actual.bits and (expected.signed or not actual.signed)
        if lossless:
            return f"you can convert `{actual}` to `{expected}`: `.into()`"
        return (
            f"you can convert `{actual}` to `{expected}` and panic if the converted value doesn't fit: "
            "`.try_into().unwrap()`"
        )
    if isinstance(expected, t.Float) and type(actual) is t.Infer and actual.kind == "int":
        return "use a float literal: `.0`"
    return ""


def call_it(fcx: FnCtxt, expected: Ty, actual: Ty, expr: Any) -> str:
    if type(actual) is t.FnDef:
        sig = fcx.instantiate_sig(actual.def_id, actual.args)
        if not sig.inputs and fcx.infcx.can_eq(sig.output, expected):
            return "use parentheses to call this function: `()`"
    return ""


_RULES = (deref, borrow, to_string, wrap_in_variant, numeric, call_it)
