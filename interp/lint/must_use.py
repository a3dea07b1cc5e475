"""`unused_must_use` and `path_statements`: values that a statement drops although that is hardly meant.

To add a kind of value: a case in `reason`.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

from ..base.lints import Lints
from ..base.span import Span
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import TraitPredicate
from ..typeck import thir
from .walk import nodes, strip

_OPERATIONS: dict[type, str] = {
    thir.LogicalOp: "logical operation", thir.Unary: "unary operation", thir.Borrow: "borrow",
    thir.Deref: "dereference", thir.RawBorrow: "borrow",
}  # fmt: skip
_BITS = ("&", "|", "^", "<<", ">>")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


class Reason(NamedTuple):
    what: str  # "`Result`", "boxed `Token`"
    note: str


def check(tcx: TyCtxt, lints: Lints, owner: int, results: thir.TypeckResults) -> None:
    for node in nodes(results):
        if type(node) is thir.ExprStmt:
            _statement(tcx, lints, owner, strip(node.expr))


def _statement(tcx: TyCtxt, lints: Lints, owner: int, expr: Any) -> None:
    kind = type(expr)
    if kind is thir.Block or kind is thir.If or kind is thir.Match:
        return  # blocks drop what is inside them
    if _written_by_a_macro(tcx, expr.span):
        return
    if kind in (thir.VarRef, thir.UpvarRef, thir.StaticRef, thir.NamedConst, thir.Field):
        drops = tcx.query("needs_drop", tcx.query("param_env", owner), expr.ty)
        message = "path statement drops value" if drops else "path statement with no effect"
        if kind is not thir.Field:
            lints.note("path_statements", owner, expr.span, message)
        return
    found = reason(tcx, owner, expr.ty) or _called(tcx, expr)
    if found is not None:
        made = lints.note("unused_must_use", owner, expr.span, f"unused {found.what} that must be used")
        if found.note:
            made.note(found.note)
        made.suggest("use `let _ = ...` to ignore the resulting value", (_before(expr.span), "let _ = "))
        return
    what = _operation(expr)
    if what:
        label = f"the {what} produces a value"
        lints.note("unused_must_use", owner, expr.span, f"unused {what} that must be used", label)


def _before(span: Span) -> Span:
    return Span(span & ~(0xFFFFFF) | (span >> 24 & 0xFFFFFF))


def _written_by_a_macro(tcx: TyCtxt, span: Span) -> bool:
    """A macro of the library made it: nobody wrote that."""
    return tcx.source_map.file_of(span).is_library


def reason(tcx: TyCtxt, owner: int, ty: t.Ty) -> Optional[Reason]:
    """Why a value of that type must be used."""
    if isinstance(ty, t.Adt):
        if tcx.adt_def(ty.def_id).is_box and isinstance(ty.args[0], t.Ty):
            inner = reason(tcx, owner, ty.args[0])
            return inner and Reason(f"boxed {inner.what}", inner.note)
        return _marked(tcx, ty.def_id, f"`{tcx.def_data(ty.def_id).name}`")
    if isinstance(ty, t.Tuple):
        found = (reason(tcx, owner, part) for part in ty.tys)
        return next(((f._replace(what=f"{f.what} in tuple element {i}")) for i, f in enumerate(found) if f), None)
    if isinstance(ty, t.Array):
        inner = reason(tcx, owner, ty.elem)
        return inner and Reason(f"array of {inner.what}", inner.note)
    if isinstance(ty, t.Closure):
        return Reason("closure", "closures are lazy and do nothing unless called")
    if isinstance(ty, t.Coroutine):
        future = "futures do nothing unless you `.await` or poll them"
        return Reason("implementer of `Future`", future)
    if isinstance(ty, t.Opaque):
        for predicate in tcx.query("item_bounds", ty.def_id):
            if type(predicate) is TraitPredicate:
                trait = predicate.trait_ref.def_id
                found_ = _marked(tcx, trait, f"implementer of `{tcx.def_data(trait).name}`")
                if found_ is not None:
                    return found_
    if isinstance(ty, t.Dynamic) and ty.principal is not None:
        name = tcx.def_data(ty.principal[0]).name
        return _marked(tcx, ty.principal[0], f"trait object of `{name}`")
    return None


def _marked(tcx: TyCtxt, def_id: int, what: str) -> Optional[Reason]:
    attr = tcx.def_data(def_id).attr("must_use")
    return None if attr is None else Reason(what, attr.value or "")


def _called(tcx: TyCtxt, expr: Any) -> Optional[Reason]:
    if type(expr) is not thir.Call or not isinstance(expr.func.ty, t.FnDef):
        return None
    data = tcx.def_data(expr.func.ty.def_id)
    if expr.from_op and data.attr("must_use") is not None:
        return None  # an operator: `_operation` words it
    found = _marked(tcx, data.id, f"return value of `{_short_path(tcx, data.id)}`")
    if found is not None and expr.ty is t.UNIT:
        return None
    return found


def _short_path(tcx: TyCtxt, def_id: int) -> str:
    data = tcx.def_data(def_id)
    parent = tcx.def_data(data.parent) if data.parent is not None else None
    if parent is not None and parent.kind == "impl":
        return f"{tcx.impl_header(parent.id).self_ty}::{data.name}"
    if parent is not None and parent.kind == "trait":
        return f"{parent.name}::{data.name}"
    return tcx.path_str(def_id).partition("::")[2] or data.name


def _operation(expr: Any) -> str:
    kind = type(expr)
    if kind is thir.Binary:
        if expr.op in _COMPARISONS:
            return "comparison"
        return "bitwise operation" if expr.op in _BITS else "arithmetic operation"
    return _OPERATIONS.get(kind, "")
