"""E0015 and E0493: what a constant, a static or a `const fn` computes must be computable while compiling.

As rustc's `check_consts`, on MIR.  A call must be of a `const fn` or a constructor; of trait methods none is.
Functions of the library are taken to be as const as std's.  Destructors cannot run, as far as drop elaboration finds
them needed.
"""

from __future__ import annotations

from typing import Iterator, Optional

from ..base.diagnostics import Diagnostic, error
from ..mir import body as mir
from ..mir.body import Body
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.ty import Ty
from .move_errors import elem_ty

_WHERE = {"const": "constants", "static": "statics", "fn": "constant functions"}
_LANG_FNS = ("fn", "fn_mut", "fn_once")


def context(tcx: TyCtxt, body: Body) -> Optional[str]:
    """The key of `_WHERE` that `body` is; None if it runs like any other."""
    if body.kind in ("const", "static"):
        return str(body.kind)
    data = tcx.def_data(body.def_id)
    return "fn" if data.kind in ("fn", "assoc_fn") and data.node.kind.const else None


def check_calls(tcx: TyCtxt, body: Body) -> Iterator[Diagnostic]:
    """E0015, on a body before drop elaboration."""
    kind = context(tcx, body)
    if kind is None:
        return
    for block in body.blocks:
        end = block.terminator
        if block.is_cleanup or not isinstance(end, mir.Call):
            continue
        ty = end.func.ty if isinstance(end.func, mir.Constant) else _ty(body, end.func.place)
        if isinstance(ty, t.FnPtr):
            yield error(end.span, f"function pointer calls are not allowed in {_WHERE[kind]}")
        what = _not_const(tcx, ty)
        if what is not None:
            note = "calls in {} are limited to constant functions, tuple structs and tuple variants"
            message = f"cannot call non-const {what} in {_WHERE[kind]}"
            yield error(end.span, message, "E0015").note(note.format(_WHERE[kind]))


def _not_const(tcx: TyCtxt, ty: Ty) -> Optional[str]:
    """What is called, in words, if that cannot be called in a constant."""
    if not isinstance(ty, t.FnDef):
        return None
    data = tcx.def_data(ty.def_id)
    if data.kind == "ctor" or data.parent is None:
        return None
    parent = tcx.def_data(data.parent)
    if parent.kind == "trait":
        if tcx.resolver.lang_name(parent.id) in _LANG_FNS and isinstance(ty.args[0], t.Closure):
            return "closure"
        noun = "method" if tcx.assoc_item(data.id).has_self else "associated function"
        return f"{noun} `<{ty.args[0]!r} as {parent.name}>::{data.name}`"
    if data.krate in ("core", "alloc", "std") or data.node.kind.const:
        return None
    if parent.kind == "impl":
        item = tcx.assoc_item(data.id)
        noun = "method" if item.has_self else "associated function"
        return f"{noun} `{tcx.impl_header(parent.id).self_ty!r}::{data.name}`"
    return f"function `{data.name}`"


def check_drops(tcx: TyCtxt, body: Body) -> Iterator[Diagnostic]:
    """E0493, on an elaborated body."""
    kind = context(tcx, body)
    if kind is None:
        return
    seen: set[int] = set()
    for block in body.blocks:
        end = block.terminator
        if block.is_cleanup or not isinstance(end, mir.Drop) or end.place.local in seen:
            continue
        seen.add(end.place.local)
        decl = body.locals[end.place.local]
        message = f"destructor of `{_ty(body, end.place)!r}` cannot be evaluated at compile-time"
        label = f"the destructor for this type cannot be evaluated in {_WHERE[kind]}"
        yield error(decl.span, message, "E0493", label).label(end.span, "value is dropped here")


def _ty(body: Body, place: mir.Place) -> Ty:
    ty = body.locals[place.local].ty
    for elem in place.projection:
        ty = elem_ty(ty, elem)
    return ty
