"""E0133: what needs an `unsafe` block or function.  A walk over the checked HIR of a user's body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.lints import lints_of
from ..base.span import Span, mk_span, span_file, span_hi, span_lo
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


class Context:
    """What allows unsafe operations at a place: a block, or the function; `used`: some was met."""

    __slots__ = ("outer", "used")

    def __init__(self, outer: Optional[Context] = None) -> None:
        self.outer, self.used = outer, False


def check_unsafety(fcx: FnCtxt) -> None:
    data = fcx.tcx.def_data(fcx.owner)
    unsafe = data.kind in ("fn", "assoc_fn") and fcx.tcx.fn_sig(fcx.owner).unsafe and fcx.body.edition < 2024
    visit(fcx, fcx.body.value, Context() if unsafe else None)


def visit_block(fcx: FnCtxt, node: hir.Block, unsafe: Optional[Context]) -> None:
    """An `unsafe` block; the lints hear of one that nothing needs."""
    inner = Context(unsafe)
    visit(fcx, [node.stmts, node.expr], inner)
    lints = lints_of(fcx.tcx._memo)  # type: ignore[arg-type]
    if lints is None or fcx.tcx.resolver.call_site(node.span) != node.span:
        return
    file, lo = fcx.tcx.source_map.file_of(node.span), span_lo(node.span)
    lo = file.text.rindex(b"unsafe", 0, lo)
    at = mk_span(span_file(node.span), lo, span_hi(node.span))
    if not inner.used:
        head = mk_span(span_file(at), lo, lo + len("unsafe"))
        lints.note("unused_unsafe", fcx.owner, head, "unnecessary `unsafe` block", "unnecessary `unsafe` block")
    lints.note("unsafe_code", fcx.owner, at, "usage of an `unsafe` block")


def visit(fcx: FnCtxt, node: Any, unsafe: Optional[Context]) -> None:
    if type(node) is list or type(node) is tuple:
        for item in node:
            visit(fcx, item, unsafe)
        return None
    if type(node).__module__ != hir.__name__:
        return None
    if type(node) is hir.Block and node.unsafe:
        return visit_block(fcx, node, unsafe)
    check(fcx, node, unsafe)
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


def visit_place(fcx: FnCtxt, node: Any, unsafe: Optional[Context]) -> None:
    """A place that is written or pointed to, not read: fields of unions are harmless."""
    while type(node) is hir.Field and not fcx.tables.adjustments.get(node.expr.id):
        node = node.expr
    visit(fcx, node, unsafe)


def skips_deref(fcx: FnCtxt, expr: Any) -> bool:
    """`&raw const *ptr` and `&raw const STATIC` touch nothing."""
    if type(expr) is hir.Unary and expr.op == "*":
        return True
    return type(expr) is hir.ExprPath


def report(fcx: FnCtxt, unsafe: Optional[Context], span: Span, what: str, shown: str = "") -> None:
    if unsafe is not None:
        unsafe.used = True
        return
    message = f"{what} is unsafe and requires unsafe function or block"
    key = what if not shown else "call to unsafe function"
    fcx.error(span, message, "E0133", what if not shown else "call to unsafe function").note(_NOTES[key])


def check(fcx: FnCtxt, node: Any, unsafe: Optional[Context]) -> None:
    kind = type(node)
    if kind is hir.Unary:
        if node.op == "*" and type(node_ty(fcx, node.expr)) is t.RawPtr:
            report(fcx, unsafe, node.span, "dereference of raw pointer")
    elif kind is hir.Call:
        check_call(fcx, node, unsafe)
    elif kind is hir.MethodCall:
        callee = fcx.tables.callees.get(node.id)
        if callee is not None and callee.sig.unsafe:
            report_call(fcx, unsafe, node.span, callee.def_id)
    elif kind is hir.ExprPath:
        check_path(fcx, node, unsafe)
    elif kind is hir.Field:
        base = fcx.expr_ty_adjusted(node.expr)
        if isinstance(base, t.Adt) and fcx.tcx.adt_def(base.def_id).kind == "union":
            report(fcx, unsafe, node.span, "access to union field")


def node_ty(fcx: FnCtxt, expr: Any) -> Ty:
    return fcx.expr_ty_adjusted(expr)


def check_call(fcx: FnCtxt, node: hir.Call, unsafe: Optional[Context]) -> None:
    ty = fcx.expr_ty_adjusted(node.func)
    if isinstance(ty, t.FnDef) and fcx.tcx.fn_sig(ty.def_id).unsafe:
        report_call(fcx, unsafe, node.span, ty.def_id)
    elif isinstance(ty, t.FnPtr) and ty.unsafe:
        report(fcx, unsafe, node.span, "call to unsafe function")


def report_call(fcx: FnCtxt, unsafe: Optional[Context], span: Span, def_id: Any) -> None:
    data = fcx.tcx.def_data(def_id)
    if unsafe is not None:
        unsafe.used = True
        return
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
    report(fcx, unsafe, span, f"call to unsafe function `{path}`", path)


def check_path(fcx: FnCtxt, node: hir.ExprPath, unsafe: Optional[Context]) -> None:
    value = fcx.tables.paths.get(node.id)
    if value is None or value.kind != "static":
        return
    data = fcx.tcx.def_data(value.def_id)
    if getattr(data.node.kind, "mutbl", False):
        report(fcx, unsafe, node.span, "use of mutable static")
    elif data.parent is not None and fcx.tcx.def_data(data.parent).kind == "foreign_mod":
        if not getattr(data.node.kind, "safe", False):
            report(fcx, unsafe, node.span, "use of extern static")
