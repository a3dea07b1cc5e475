"""E0133: what needs an `unsafe` block or function.  A walk over the checked HIR of a user's body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from .upvars_mentioned import child_fields

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

_NOTES = {
    "call to unsafe function": "consult the function's documentation for information on how to avoid undefined "
    "behavior",
    "dereference of raw pointer": "raw pointers may be null, dangling or unaligned; they can violate aliasing rules "
    "and cause data races: all of these are undefined behavior",
    "use of mutable static": "mutable statics can be mutated by multiple threads: aliasing violations or data races "
    "will cause undefined behavior",
    "use of extern static": "extern statics are not controlled by the Rust type system: invalid data, aliasing "
    "violations or data races will cause undefined behavior",
    "access to union field": "the field may not be properly initialized: using uninitialized data will cause undefined "
    "behavior",
}  # fmt: skip


def check_unsafety(fcx: FnCtxt) -> None:
    data = fcx.tcx.def_data(fcx.owner)
    unsafe = data.kind in ("fn", "assoc_fn") and fcx.tcx.fn_sig(fcx.owner).unsafe and fcx.body.edition < 2024
    visit(fcx, fcx.body.value, unsafe)


def visit(fcx: FnCtxt, node: Any, unsafe: bool) -> None:
    if type(node) is list or type(node) is tuple:
        for item in node:
            visit(fcx, item, unsafe)
        return None
    if type(node).__module__ != hir.__name__:
        return None
    if type(node) is hir.Block and node.unsafe:
        unsafe = True
    if not unsafe:
        check(fcx, node)
    if type(node) is hir.AddrOf and node.raw:
        if skips_deref(fcx, node.expr):
            node = node.expr
        else:
            return visit_place(fcx, node.expr, unsafe)
    if type(node) is hir.Assign:
        visit_place(fcx, node.lhs, unsafe)
        return visit(fcx, node.rhs, unsafe)
    for name in child_fields(node):
        child = getattr(node, name)
        if child is not None and not isinstance(child, (str, int, bool, bytes)):
            visit(fcx, child, unsafe)


def visit_place(fcx: FnCtxt, node: Any, unsafe: bool) -> None:
    """A place that is written or pointed to, not read: fields of unions are harmless."""
    while type(node) is hir.Field and not fcx.tables.adjustments.get(node.expr.id):
        node = node.expr
    visit(fcx, node, unsafe)


def skips_deref(fcx: FnCtxt, expr: Any) -> bool:
    """`&raw const *ptr` and `&raw const STATIC` touch nothing."""
    if type(expr) is hir.Unary and expr.op == "*":
        return True
    return type(expr) is hir.ExprPath


def report(fcx: FnCtxt, span: Span, what: str, shown: str = "") -> None:
    message = f"{what} is unsafe and requires unsafe function or block"
    key = what if not shown else "call to unsafe function"
    fcx.error(span, message, "E0133", what if not shown else "call to unsafe function").note(_NOTES[key])


def check(fcx: FnCtxt, node: Any) -> None:
    kind = type(node)
    if kind is hir.Unary:
        if node.op == "*" and type(node_ty(fcx, node.expr)) is t.RawPtr:
            report(fcx, node.span, "dereference of raw pointer")
    elif kind is hir.Call:
        check_call(fcx, node)
    elif kind is hir.MethodCall:
        callee = fcx.tables.callees.get(node.id)
        if callee is not None and callee.sig.unsafe:
            report_call(fcx, node.span, callee.def_id)
    elif kind is hir.ExprPath:
        check_path(fcx, node)
    elif kind is hir.Field:
        base = fcx.expr_ty_adjusted(node.expr)
        if isinstance(base, t.Adt) and fcx.tcx.adt_def(base.def_id).kind == "union":
            report(fcx, node.span, "access to union field")


def node_ty(fcx: FnCtxt, expr: Any) -> Ty:
    return fcx.expr_ty_adjusted(expr)


def check_call(fcx: FnCtxt, node: hir.Call) -> None:
    ty = fcx.expr_ty_adjusted(node.func)
    if isinstance(ty, t.FnDef) and fcx.tcx.fn_sig(ty.def_id).unsafe:
        report_call(fcx, node.span, ty.def_id)
    elif isinstance(ty, t.FnPtr) and ty.unsafe:
        report(fcx, node.span, "call to unsafe function")


def report_call(fcx: FnCtxt, span: Span, def_id: Any) -> None:
    data = fcx.tcx.def_data(def_id)
    if fcx.body.edition < 2024 and data.attr("rustc_deprecated_safe_2024") is not None:
        return
    path = data.name
    if data.kind == "assoc_fn" and data.parent is not None:
        parent = fcx.tcx.def_data(data.parent)
        path = (
            f"{parent.name}::{path}" if parent.kind == "trait" else f"{fcx.tcx.impl_header(parent.id).self_ty}::{path}"
        )
    elif data.krate != fcx.tcx.def_data(fcx.owner).krate:
        path = fcx.tcx.path_str(def_id)
        path = "std" + path[len(data.krate) :] if data.krate in ("core", "alloc") else path
    report(fcx, span, f"call to unsafe function `{path}`", path)


def check_path(fcx: FnCtxt, node: hir.ExprPath) -> None:
    value = fcx.tables.paths.get(node.id)
    if value is None or value.kind != "static":
        return
    data = fcx.tcx.def_data(value.def_id)
    if getattr(data.node.kind, "mutbl", False):
        report(fcx, node.span, "use of mutable static")
    elif data.parent is not None and fcx.tcx.def_data(data.parent).kind == "foreign_mod":
        if not getattr(data.node.kind, "safe", False):
            report(fcx, node.span, "use of extern static")
