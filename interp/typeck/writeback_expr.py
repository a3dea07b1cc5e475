"""Writeback of expressions, one function a kind; statements and blocks are in `writeback_block.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from ..base.span import Span, mk_span, span_ctxt, span_file, span_hi
from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from . import thir
from .op import COMPARISON, builtin_category, is_scalar
from .pat import variant_of_ctor
from .writeback_pat import lit_bits

if TYPE_CHECKING:
    from .writeback import Mirror


def lit(m: Mirror, e: hir.Lit) -> Any:
    ty = m.node_ty(e)
    return thir.Lit(ty, e.span, lit_bits(m, e, ty, False))


def path(m: Mirror, e: hir.ExprPath) -> Any:
    value, ty = m.tables.paths[e.id], m.node_ty(e)
    kind = value.kind
    if kind == "local":
        return m.variable(value.def_id, ty, e.span)
    if kind == "fn":
        return thir.ZstLit(ty, e.span)
    if kind == "ctor":
        if not isinstance(ty, t.Adt):
            return thir.ZstLit(ty, e.span)
        _, _, index = variant_of_ctor(m.fcx, value.def_id)
        return thir.Adt(ty, e.span, ty.def_id, ty.args, index, [])
    if kind == "const":
        return thir.NamedConst(ty, e.span, value.def_id, m.args(value.args))  # type: ignore[arg-type]
    if kind == "static":
        return static(m, e, ty, value.def_id)
    from ..hir.generics import param_of

    return thir.ConstParam(ty, e.span, param_of(m.tcx, value.def_id))  # type: ignore[arg-type]


def static(m: Mirror, e: Any, ty: Ty, def_id: Any) -> Any:
    item: Any = m.tcx.def_data(def_id).node
    mutbl = bool(getattr(item.kind, "mutbl", False))
    return thir.StaticRef(ty, e.span, def_id, mutbl)


def unary(m: Mirror, e: hir.Unary) -> Any:
    ty = m.node_ty(e)
    if e.op == "*":
        return deref(m, e, ty)
    callee = m.tables.callees.get(e.id)
    if callee is not None and not is_scalar(m.node_ty(e.expr)):
        return thir.Call(ty, e.span, m.method(callee, e.span), [m.expr(e.expr)], e.span, True)
    if e.op == "-" and type(e.expr) is hir.Lit and not m.tables.adjustments.get(e.expr.id):
        return thir.Lit(ty, e.span, lit_bits(m, e.expr, ty, True))
    op: Any = e.op
    return thir.Unary(ty, e.span, op, m.expr(e.expr))


def deref(m: Mirror, e: hir.Unary, ty: Ty) -> Any:
    callee = m.tables.callees.get(e.id)
    base = m.expr(e.expr)
    if callee is None:
        return thir.Deref(ty, e.span, base)
    mutbl = type(base.ty) is t.Ref and base.ty.mutbl
    call = thir.Call(t.mk_ref(ty, mutbl), e.span, m.method(callee, e.span), [base], e.span, True)
    m.carry(base, call)
    return thir.Deref(ty, e.span, call)


def binary(m: Mirror, e: hir.Binary) -> Any:
    ty = m.node_ty(e)
    if e.op in ("&&", "||"):
        op: Any = e.op
        return thir.LogicalOp(ty, e.span, op, lazy_operand(m, e.lhs, e.op), lazy_operand(m, e.rhs, e.op))
    callee = m.tables.callees.get(e.id)
    if callee is None:
        return thir.Binary(ty, e.span, e.op, m.expr(e.lhs), m.expr(e.rhs))
    lhs_ty, rhs_ty = m.node_ty(e.lhs), m.node_ty(e.rhs)
    if builtin_category(lhs_ty, rhs_ty, e.op):
        drop = 1 if e.op in COMPARISON else 0
        return thir.Binary(ty, e.span, e.op, m.expr(e.lhs, drop), m.expr(e.rhs, drop))
    args = [m.expr(e.lhs), m.expr(e.rhs)]
    return thir.Call(ty, e.span, m.method(callee, e.op_span), args, e.span, True)


def lazy_operand(m: Mirror, e: Any, op: str) -> Any:
    """Its temporaries die at once, but for a chain of the same operator, whose parts see to that."""
    return m.expr(e) if type(e) is hir.Binary and e.op == op and not m.tables.adjustments.get(e.id) else m.scoped(e)


def assign(m: Mirror, e: hir.Assign) -> Any:
    return thir.Assign(t.UNIT, e.span, m.expr(e.lhs), m.expr(e.rhs))


def assign_op(m: Mirror, e: hir.AssignOp) -> Any:
    callee = m.tables.callees.get(e.id)
    if callee is None:
        return thir.AssignOp(t.UNIT, e.span, e.op, m.expr(e.lhs), m.expr(e.rhs))
    lhs_ty, rhs_ty = m.node_ty(e.lhs), m.node_ty(e.rhs)
    if builtin_category(lhs_ty, rhs_ty, e.op):
        return thir.AssignOp(t.UNIT, e.span, e.op, m.expr(e.lhs, 1), m.expr(e.rhs))
    args = [m.expr(e.lhs), m.expr(e.rhs)]
    return thir.Call(t.UNIT, e.span, m.method(callee, e.op_span), args, e.span, True)


def addr_of(m: Mirror, e: hir.AddrOf) -> Any:
    ty, inner = m.node_ty(e), m.expr(e.expr)
    if e.raw:
        return thir.RawBorrow(ty, e.span, e.mutbl, inner)
    span = e.expr.path.span if e.implicit and type(e.expr) is hir.ExprPath else e.span
    return thir.Borrow(ty, span, "mut" if e.mutbl else "shared", inner)


def call(m: Mirror, e: hir.Call) -> Any:
    ty = m.node_ty(e)
    callee = m.tables.callees.get(e.id)
    if callee is not None:
        func = m.expr(e.func)
        args = m.exprs(e.args)
        tupled = thir.Tuple(t.mk_tuple(tuple(a.ty for a in args)), e.span, args)
        return thir.Call(ty, e.span, m.method(callee, e.span), [func, tupled], e.span)
    value = m.tables.paths.get(e.func.id) if type(e.func) is hir.ExprPath else None
    if value is not None and value.kind == "ctor" and isinstance(ty, t.Adt):
        _, _, index = variant_of_ctor(m.fcx, value.def_id)
        return thir.Adt(ty, e.span, ty.def_id, ty.args, index, list(enumerate(m.exprs(e.args))))
    return thir.Call(ty, e.span, m.expr(e.func), m.exprs(e.args), e.span)


def method_call(m: Mirror, e: hir.MethodCall) -> Any:
    callee = m.tables.callees[e.id]
    args = [m.expr(e.receiver), *m.exprs(e.args)]
    return thir.Call(m.node_ty(e), e.span, m.method(callee, e.segment.span), args, e.segment.span)


def field(m: Mirror, e: hir.Field) -> Any:
    return thir.Field(m.node_ty(e), e.span, m.expr(e.expr), m.tables.fields[e.id])


def index(m: Mirror, e: hir.Index) -> Any:
    ty = m.node_ty(e)
    callee = m.tables.callees.get(e.id)
    if callee is None:
        return thir.Index(ty, e.span, m.expr(e.expr), m.expr(e.index))
    if m.node_ty(e.index) is t.USIZE and not m.tables.adjustments.get(e.index.id):
        drop = builtin_indexing(m, e)
        if drop:
            return thir.Index(ty, e.span, m.expr(e.expr, drop), m.expr(e.index))
    base = m.expr(e.expr)
    mutbl = type(base.ty) is t.Ref and base.ty.mutbl
    func, args = m.method(callee, e.span), [base, m.expr(e.index)]
    made = thir.Call(t.mk_ref(ty, mutbl), e.span, func, args, brackets(m, e), True)
    m.carry(base, made)
    return thir.Deref(ty, e.span, made)


def brackets(m: Mirror, e: hir.Index) -> Span:
    """The span of `[index]`, where a caller's location points."""
    if e.span >> 48 != e.expr.span >> 48:
        return e.span
    at = m.tcx.source_map.file_of(e.span).text.find(b"[", span_hi(e.expr.span), span_hi(e.span))
    return mk_span(span_file(e.span), at, span_hi(e.span), span_ctxt(e.span)) if at >= 0 else e.span


def builtin_indexing(m: Mirror, e: hir.Index) -> int:
    """How many adjustments to drop if, now that the index is known to be usize, this is built-in indexing."""
    adjustments = m.tables.adjustments.get(e.expr.id)
    if not adjustments:
        return 0
    drop = 2 if adjustments[-1].kind == "pointer" and len(adjustments) > 1 else 1
    borrow = adjustments[-drop]
    if borrow.kind != "borrow":
        return 0
    place = m.ty(borrow.target)
    return drop if isinstance(place, t.Ref) and isinstance(place.ty, (t.Array, t.Slice)) else 0


def tuple_(m: Mirror, e: hir.Tuple) -> Any:
    return thir.Tuple(m.node_ty(e), e.span, m.exprs(e.exprs))


def array(m: Mirror, e: hir.Array) -> Any:
    return thir.Array(m.node_ty(e), e.span, m.exprs(e.exprs))


def repeat(m: Mirror, e: hir.Repeat) -> Any:
    return thir.Repeat(m.node_ty(e), e.span, m.expr(e.expr), m.const(m.tables.repeat_lens[e.id]))


def struct(m: Mirror, e: hir.Struct) -> Any:
    ty = m.node_ty(e)
    assert isinstance(ty, t.Adt)
    fields = [(i, m.expr(value)) for i, (_, value, _) in zip(m.tables.field_inits[e.id], e.fields)]
    base = m.expr(e.base) if e.base is not None else None
    return thir.Adt(ty, e.span, ty.def_id, ty.args, m.tables.variants[e.id], fields, base)


def cast(m: Mirror, e: hir.Cast) -> Any:
    kind, ty, inner = m.tables.cast_kinds[e.id], m.node_ty(e), m.expr(e.expr)
    if not kind:
        return thir.Use(ty, e.span, inner)
    if kind == "ArrayToPointer":
        return thir.PointerCoercion(ty, e.span, kind, inner)
    return thir.Cast(ty, e.span, kind, inner)


def closure(m: Mirror, e: hir.Closure) -> Any:
    check = m.tables.closures[e.def_id]
    captures = [m.capture_expr(c, e.span) for c in check.captures]
    m.closure_body(check)
    return thir.Closure(m.node_ty(e), e.span, e.def_id, captures)


def const_block(m: Mirror, e: hir.ConstBlock) -> Any:
    outer = (m.closure, m.upvars, m.temp_override, m.extended)
    m.closure, m.upvars = None, frozenset()
    m.extended = {}
    m.extend(e.body, None)
    m.results.inline_consts[e.def_id] = m.scoped(e.body)
    m.closure, m.upvars, m.temp_override, m.extended = outer
    return thir.NamedConst(m.node_ty(e), e.span, e.def_id, m.fcx.identity_args)


def break_(m: Mirror, e: hir.Break) -> Any:
    return thir.Break(t.NEVER, e.span, e.target, m.expr(e.expr) if e.expr is not None else None)


def return_(m: Mirror, e: hir.Return) -> Any:
    return thir.Return(t.NEVER, e.span, m.expr(e.expr) if e.expr is not None else None)


def err(m: Mirror, e: hir.Err) -> Any:
    raise AssertionError("an error expression in an untainted body")


EXPR: dict[type, Callable[[Any, Any], Any]] = {
    hir.Lit: lit,
    hir.ExprPath: path,
    hir.Unary: unary,
    hir.Binary: binary,
    hir.Assign: assign,
    hir.AssignOp: assign_op,
    hir.AddrOf: addr_of,
    hir.Call: call,
    hir.MethodCall: method_call,
    hir.Field: field,
    hir.Index: index,
    hir.Tuple: tuple_,
    hir.Array: array,
    hir.Repeat: repeat,
    hir.Struct: struct,
    hir.Cast: cast,
    hir.Closure: closure,
    hir.ConstBlock: const_block,
    hir.Break: break_,
    hir.Continue: lambda m, e: thir.Continue(t.NEVER, e.span, e.target),
    hir.Return: return_,
    hir.DropTemps: lambda m, e: m.scoped(e.expr),
    hir.Yield: lambda m, e: thir.Yield(m.node_ty(e), e.span, m.expr(e.expr)),
    hir.Err: err,
}

from . import writeback_block  # noqa: E402, F401  (enters its cases)
