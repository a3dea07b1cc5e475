"""Expectations: what the surroundings of an expression know of its type before it is checked.

`None` is no expectation; else a pair of a kind and a type:
"has" (it will be coerced to this type), "cast" (it will be cast to it), "rvalue" (an unsized type behind a
pointer: of a hint only).  To add a kind: decide its answer in each function below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Optional

from ..base.span import Span
from ..ty import ty as t
from ..ty.ty import RECURSION_LIMIT, Ty

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


class Expectation(NamedTuple):
    kind: str
    ty: Ty


Expected = Optional[Expectation]
_UNSIZED = (t.Slice, t.Str, t.Dynamic)


def has_type(ty: Ty) -> Expectation:
    return Expectation("has", ty)


def castable(ty: Ty) -> Expectation:
    return Expectation("cast", ty)


def rvalue_hint(fcx: FnCtxt, ty: Ty) -> Expectation:
    """For the operand of `&` or an argument: an unsized type is only a hint."""
    tail = fcx.shallow(ty)
    for _ in range(RECURSION_LIMIT):
        if type(tail) is not t.Adt:
            break
        adt = fcx.tcx.adt_def(tail.def_id)
        if adt.kind != "struct" or not adt.variants[0].fields:
            break
        tail = fcx.field_ty(adt.variants[0].fields[-1], tail.args)
        tail = fcx.shallow(tail)
    return Expectation("rvalue" if type(tail) in _UNSIZED else "has", ty)


def only_has(fcx: FnCtxt, expected: Expected) -> Optional[Ty]:
    """The type it must have (by coercion), if that is known."""
    return fcx.resolve(expected.ty) if expected is not None and expected.kind == "has" else None


def to_option(fcx: FnCtxt, expected: Expected) -> Optional[Ty]:
    return fcx.resolve(expected.ty) if expected is not None else None


def adjust_for_branches(fcx: FnCtxt, expected: Expected) -> Expected:
    """What each arm of a conditional may assume: nothing while the type is a variable still."""
    if expected is None:
        return None
    if expected.kind == "rvalue":
        return expected
    if expected.kind == "has":
        ty = fcx.structurally_resolve_if_possible(expected.ty)
        return None if type(ty) is t.Infer and ty.kind == "ty" else Expectation("has", ty)
    return None


def coercion_target(fcx: FnCtxt, expected: Expected, span: Span) -> Ty:
    return only_has(fcx, expected) or fcx.next_ty_var(span)
