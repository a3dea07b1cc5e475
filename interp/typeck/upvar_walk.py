"""How a closure's body uses the places of its surroundings: moved, copied, borrowed or written.

As rustc's `ExprUseVisitor`: `consume` evaluates an expression for its value, `walk` visits what it evaluates
without using its own place, `cat` says which place it is.  Uses of places that start at an upvar are recorded.
To add an expression: `_WALK` if it has operands, `_CAT` if it is a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Literal, NamedTuple, Optional

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from .pat import variant_of_ctor, with_positions
from .tables import Adjust
from .thir import CaptureProj

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

By = Literal["value", "ref", "mut"]


class Place(NamedTuple):
    """`var` None: not a place of the surroundings (a temporary, a local of the closure, a static)."""

    var: Optional[int]
    base_ty: Ty
    projs: tuple[CaptureProj, ...] = ()

    @property
    def ty(self) -> Ty:
        return self.projs[-1].ty if self.projs else self.base_ty

    def ty_before(self, i: int) -> Ty:
        return self.base_ty if i == 0 else self.projs[i - 1].ty


class Use(NamedTuple):
    place: Place
    by: By
    span: Span


class UseWalker:
    def __init__(self, fcx: FnCtxt, upvars: frozenset[int]) -> None:
        self.fcx = fcx
        self.tables = fcx.tables
        self.upvars = upvars
        self.uses: list[Use] = []
        self.span = Span(0)

    # -- recording --------------------------------------------------------------------------------

    def record(self, place: Place, by: By) -> None:
        if place.var is not None:
            if by == "mut" and any(
                type(place.ty_before(i)) is t.RawPtr for i, p in enumerate(place.projs) if p.kind == "deref"
            ):
                by = "ref"
            self.uses.append(Use(place, by, self.span))

    def consume_or_copy(self, place: Place) -> None:
        if place.var is None:
            return
        self.record(place, "ref" if self.fcx.type_is_copy(place.ty) else "value")

    # -- places -----------------------------------------------------------------------------------

    def rvalue(self, ty: Ty) -> Place:
        return Place(None, ty)

    def deref(self, place: Place) -> Place:
        ty = self.fcx.resolve(place.ty)
        if isinstance(ty, (t.Ref, t.RawPtr)):
            inner: Ty = ty.ty
        elif isinstance(ty, t.Adt) and ty.args and isinstance(ty.args[0], Ty):
            inner = ty.args[0]
        else:
            inner = t.ERROR
        return Place(place.var, place.base_ty, (*place.projs, CaptureProj("deref", 0, inner)))

    def field(self, place: Place, index: int, ty: Ty) -> Place:
        ty = self.fcx.resolve(ty)
        return Place(place.var, place.base_ty, (*place.projs, CaptureProj("field", index, ty)))

    def opaque_step(self, place: Place, ty: Ty) -> Place:
        """An index or subslice, a field of a variant of several: captures end before it."""
        step = CaptureProj("index", 0, self.fcx.resolve(ty))  # type: ignore[arg-type]
        return Place(place.var, place.base_ty, (*place.projs, step))

    def cat(self, expr: Any) -> Place:
        place = self.cat_unadjusted(expr)
        for adjust in self.tables.adjustments.get(expr.id, ()):
            place = self.cat_adjust(place, adjust)
        return place

    def cat_adjust(self, place: Place, adjust: Adjust) -> Place:
        if adjust.kind == "deref":
            if adjust.extra is not None:
                return Place(None, self.fcx.resolve(adjust.target))
            return self.deref(place)
        return self.rvalue(self.fcx.resolve(adjust.target))

    def cat_unadjusted(self, expr: Any) -> Place:
        case = _CAT.get(type(expr))
        ty = self.fcx.resolve(self.tables.node_tys[expr.id] or t.ERROR)
        return self.rvalue(ty) if case is None else case(self, expr, ty)

    def cat_var(self, var: int, ty: Ty) -> Place:
        return Place(var if var in self.upvars else None, ty)

    # -- expressions ------------------------------------------------------------------------------

    def consume(self, expr: Any) -> None:
        self.span = expr.span
        self.consume_or_copy(self.cat(expr))
        self.walk(expr)

    def consume_all(self, exprs: list[Any]) -> None:
        for expr in exprs:
            self.consume(expr)

    def borrow(self, expr: Any, by: By) -> None:
        self.span = expr.span
        self.record(self.cat(expr), by)
        self.walk(expr)

    def walk(self, expr: Any) -> None:
        adjustments = self.tables.adjustments.get(expr.id)
        if adjustments:
            self.walk_adjustments(expr, adjustments)
        case = _WALK.get(type(expr))
        if case is not None:
            case(self, expr)

    def walk_adjustments(self, expr: Any, adjustments: list[Adjust]) -> None:
        place = self.cat_unadjusted(expr)
        self.span = expr.span
        for adjust in adjustments:
            if adjust.kind in ("never", "pointer"):
                self.consume_or_copy(place)
            elif adjust.kind == "deref":
                if adjust.extra is not None:
                    self.record(place, "mut" if adjust.extra == "DerefMut" else "ref")
            elif adjust.kind == "borrow":
                self.record(place, "ref" if adjust.extra == "shared" else "mut")
            else:
                self.record(place, "mut" if adjust.extra else "ref")
            place = self.cat_adjust(place, adjust)

    # -- statements and patterns --------------------------------------------------------------------

    def walk_block(self, block: hir.Block) -> None:
        for stmt in block.stmts:
            if type(stmt) is hir.LetStmt:
                if stmt.init is not None:
                    self.walk_scrutinee(stmt.init, [stmt.pat])
                if stmt.els is not None:
                    self.walk_block(stmt.els)
            else:
                self.consume(stmt.expr)  # type: ignore[union-attr]
        if block.expr is not None:
            self.consume(block.expr)

    def walk_scrutinee(self, init: Any, pats: list[Any]) -> None:
        self.walk(init)
        place = self.cat(init)
        for pat in pats:
            self.walk_pat(place, pat)

    def walk_pat(self, place: Place, pat: Any) -> None:
        for _ in self.tables.pat_adjusts.get(pat.id, ()):
            place = self.deref(place)
        self.span = pat.span
        _PAT[type(pat)](self, place, pat)

    def walk_fields(self, place: Place, pats: list[tuple[int, Any]]) -> None:
        """Fields of a struct, tuple or variant pattern; a variant among several is a read of the place."""
        ty = self.fcx.resolve(place.ty)
        several = False
        if isinstance(ty, t.Adt):
            several = len(self.fcx.tcx.adt_def(ty.def_id).variants) > 1
            if several:
                self.record(place, "ref")
        for index, sub in pats:
            sub_ty = self.pat_ty_outside(sub)
            inner = self.opaque_step(place, sub_ty) if several else self.field(place, index, sub_ty)
            self.walk_pat(inner, sub)

    def pat_ty_outside(self, pat: Any) -> Ty:
        derefs = self.tables.pat_adjusts.get(pat.id)
        return self.fcx.resolve(derefs[0] if derefs else self.tables.node_tys[pat.id])


# -- expressions that are places ------------------------------------------------------------------------


def cat_path(w: UseWalker, expr: hir.ExprPath, ty: Ty) -> Place:
    value = w.tables.paths.get(expr.id)
    if value is not None and value.kind == "local":
        return w.cat_var(value.def_id, ty)
    return w.rvalue(ty)


def cat_unary(w: UseWalker, expr: hir.Unary, ty: Ty) -> Place:
    if expr.op != "*" or expr.id in w.tables.callees:
        return w.rvalue(ty)
    return w.deref(w.cat(expr.expr))


def cat_field(w: UseWalker, expr: hir.Field, ty: Ty) -> Place:
    index = w.tables.fields.get(expr.id)
    return w.rvalue(ty) if index is None else w.field(w.cat(expr.expr), index, ty)


def cat_index(w: UseWalker, expr: hir.Index, ty: Ty) -> Place:
    if expr.id in w.tables.callees:
        return w.rvalue(ty)
    return w.opaque_step(w.cat(expr.expr), ty)


_CAT: dict[type, Callable[[UseWalker, Any, Ty], Place]] = {
    hir.ExprPath: cat_path,
    hir.Unary: cat_unary,
    hir.Field: cat_field,
    hir.Index: cat_index,
}


# -- what expressions evaluate ----------------------------------------------------------------------------


def walk_unary(w: UseWalker, e: hir.Unary) -> None:
    w.walk(e.expr) if e.op == "*" else w.consume(e.expr)


def walk_index(w: UseWalker, e: hir.Index) -> None:
    w.walk(e.expr)
    w.consume(e.index)


def walk_call(w: UseWalker, e: hir.Call) -> None:
    w.consume(e.func)
    w.consume_all(e.args)


def walk_method(w: UseWalker, e: hir.MethodCall) -> None:
    w.consume(e.receiver)
    w.consume_all(e.args)


def walk_struct(w: UseWalker, e: hir.Struct) -> None:
    for _, value, _ in e.fields:
        w.consume(value)
    if e.base is None:
        return
    place = w.cat(e.base)
    ty = w.fcx.resolve(place.ty)
    if isinstance(ty, t.Adt):
        mentioned = set(w.tables.field_inits.get(e.id, ()))
        for i, field in enumerate(w.fcx.tcx.adt_def(ty.def_id).variants[0].fields):
            if i not in mentioned:
                w.span = e.base.span
                w.consume_or_copy(w.field(place, i, w.fcx.field_ty(field, ty.args)))
    w.walk(e.base)


def walk_if(w: UseWalker, e: hir.If) -> None:
    w.consume(e.cond)
    w.consume(e.then)
    if e.else_ is not None:
        w.consume(e.else_)


def walk_let(w: UseWalker, e: hir.Let) -> None:
    w.walk_scrutinee(e.init, [e.pat])


def walk_match(w: UseWalker, e: hir.Match) -> None:
    w.walk_scrutinee(e.scrutinee, [arm.pat for arm in e.arms])
    for arm in e.arms:
        if arm.guard is not None:
            w.consume(arm.guard)
        w.consume(arm.body)


def walk_addr_of(w: UseWalker, e: hir.AddrOf) -> None:
    w.borrow(e.expr, "mut" if e.mutbl else "ref")


def walk_assign(w: UseWalker, e: hir.Assign) -> None:
    w.borrow(e.lhs, "mut")
    w.consume(e.rhs)


def walk_assign_op(w: UseWalker, e: hir.AssignOp) -> None:
    if e.id in w.tables.callees:
        w.consume(e.lhs)
    else:
        w.borrow(e.lhs, "mut")
    w.consume(e.rhs)


def walk_binary(w: UseWalker, e: hir.Binary) -> None:
    w.consume(e.lhs)
    w.consume(e.rhs)


def walk_opt(w: UseWalker, e: Any) -> None:
    if e.expr is not None:
        w.consume(e.expr)


def walk_closure(w: UseWalker, e: hir.Closure) -> None:
    """A closure inside: what it captures is used here."""
    check = w.tables.closures.get(e.def_id)
    if check is None:
        return
    for captured in check.captures:
        if captured.var in w.upvars:
            w.span = captured.span
            place = Place(captured.var, captured.var_ty, captured.projections)
            if captured.by == "value":
                w.consume_or_copy(place)
            else:
                w.record(place, captured.by)


def walk_inner(w: UseWalker, e: Any) -> None:
    w.walk(e.expr)


_WALK: dict[type, Callable[[UseWalker, Any], None]] = {
    hir.Unary: walk_unary,
    hir.Field: walk_inner,
    hir.Index: walk_index,
    hir.Call: walk_call,
    hir.MethodCall: walk_method,
    hir.Struct: walk_struct,
    hir.Tuple: lambda w, e: w.consume_all(e.exprs),
    hir.Array: lambda w, e: w.consume_all(e.exprs),
    hir.If: walk_if,
    hir.Let: walk_let,
    hir.Match: walk_match,
    hir.AddrOf: walk_addr_of,
    hir.Break: walk_opt,
    hir.Return: walk_opt,
    hir.Repeat: walk_opt,
    hir.Cast: walk_opt,
    hir.DropTemps: walk_opt,
    hir.Yield: walk_opt,
    hir.Assign: walk_assign,
    hir.AssignOp: walk_assign_op,
    hir.Binary: walk_binary,
    hir.Block: lambda w, e: w.walk_block(e),
    hir.Loop: lambda w, e: w.walk_block(e.body),
    hir.Closure: walk_closure,
}

# -- patterns ---------------------------------------------------------------------------------------------


def pat_binding(w: UseWalker, place: Place, pat: hir.PatBinding) -> None:
    mode = w.tables.pat_modes.get(pat.id, "value")
    if mode == "value":
        w.consume_or_copy(place)
    else:
        w.record(place, "mut" if mode == "ref mut" else "ref")
    if pat.sub is not None:
        w.walk_pat(place, pat.sub)


def pat_tuple(w: UseWalker, place: Place, pat: hir.PatTuple) -> None:
    ty = w.fcx.resolve(w.tables.node_tys[pat.id])
    count = len(ty.tys) if isinstance(ty, t.Tuple) else len(pat.pats)
    w.walk_fields(place, with_positions(pat.pats, pat.dotdot, count))


def pat_tuple_struct(w: UseWalker, place: Place, pat: hir.PatTupleStruct) -> None:
    value = w.tables.paths[pat.id]
    if value.kind != "ctor":
        return
    variant = variant_of_ctor(w.fcx, value.def_id)[1]
    w.walk_fields(place, with_positions(pat.pats, pat.dotdot, len(variant.fields)))


def pat_struct(w: UseWalker, place: Place, pat: hir.PatStruct) -> None:
    inits = w.tables.field_inits.get(pat.id, [])
    w.walk_fields(place, [(i, sub) for i, (_, sub, _) in zip(inits, pat.fields) if i >= 0])


def pat_path(w: UseWalker, place: Place, pat: hir.PatPath) -> None:
    value = w.tables.paths.get(pat.id)
    if value is not None and value.kind == "ctor":
        w.walk_fields(place, [])
    else:
        w.record(place, "ref")


def pat_slice(w: UseWalker, place: Place, pat: hir.PatSlice) -> None:
    ty = w.fcx.resolve(place.ty)
    if type(ty) is t.Slice and (pat.before or pat.after or pat.slice is None):
        w.record(place, "ref")
    for sub in (*pat.before, *pat.after, *([pat.slice] if pat.slice is not None else [])):
        w.walk_pat(w.opaque_step(place, w.pat_ty_outside(sub)), sub)


def pat_or(w: UseWalker, place: Place, pat: hir.PatOr) -> None:
    for sub in pat.pats:
        w.walk_pat(place, sub)


_PAT: dict[type, Callable[[UseWalker, Place, Any], None]] = {
    hir.PatWild: lambda w, place, pat: None,
    hir.PatBinding: pat_binding,
    hir.PatPath: pat_path,
    hir.PatTupleStruct: pat_tuple_struct,
    hir.PatStruct: pat_struct,
    hir.PatTuple: pat_tuple,
    hir.PatSlice: pat_slice,
    hir.PatRef: lambda w, place, pat: w.walk_pat(w.deref(place), pat.pat),
    hir.PatBox: lambda w, place, pat: w.walk_pat(w.deref(place), pat.pat),
    hir.PatLit: lambda w, place, pat: w.record(place, "ref"),
    hir.PatRange: lambda w, place, pat: w.record(place, "ref"),
    hir.PatOr: pat_or,
}
