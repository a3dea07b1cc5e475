"""Writeback: the checked HIR of a body becomes THIR, with all types resolved and everything implicit written out.

Also rustc's region resolution, by structure: `Scope` nodes where temporaries die, `extended_temps` for those that
`let x = &temp` and the like keep alive (see `Mirror.extend`).

`Mirror` holds the state; expressions are in `writeback_expr.py`, patterns in `writeback_pat.py`.
To add an expression: a case in `writeback_expr.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.fold import Folder
from ..ty.items import ClosureInfo
from ..ty.ty import Args, Const, DefId, Ty
from . import thir
from .tables import Adjust, ClosureCheck, MethodCallee
from .upvar import upvars_of
from .upvars_mentioned import upvars_mentioned

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

_ABSENT = object()


class _Final(Folder):
    """Replaces variables by what they are bound to; what is left is an error."""

    mask = t.HAS_INFER

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.memo: dict[Ty, Ty] = {}

    def fold_ty(self, ty: Ty) -> Ty:
        if not ty.flags & t.HAS_INFER:
            return ty
        found = self.memo.get(ty)
        if found is None:
            if type(ty) is t.Infer:
                found = self.mirror.fcx.shallow(ty)
                found = self.mirror.unresolved(found) if type(found) is t.Infer else self.fold_ty(found)
            else:
                found = self.super_fold_ty(ty)
            self.memo[ty] = found
        return found

    def fold_const(self, const: Const) -> Const:
        if type(const) is t.ConstInfer:
            const = self.mirror.fcx.infcx.shallow_resolve_const(const)
            if type(const) is t.ConstInfer:
                self.mirror.unresolved(None)
                return t.CONST_ERROR
        return self.super_fold_const(const)


class Mirror:
    def __init__(self, fcx: FnCtxt) -> None:
        self.fcx = fcx
        self.tcx = fcx.tcx
        self.tables = fcx.tables
        self.results = thir.TypeckResults(fcx.owner, [], None, t.ERROR)
        self.final = _Final(self)
        self.scopes = fcx.body.count
        self.extended: dict[int, Optional[int]] = {}  # hir id -> scope
        self.temp_override: Any = _ABSENT
        self.closure: Optional[DefId] = None
        self.upvars: frozenset[int] = frozenset()
        self.span = fcx.body.span
        self.edition = fcx.body.edition
        from .writeback_expr import EXPR

        self.cases = EXPR

    # -- types --------------------------------------------------------------------------------------

    def ty(self, ty: Ty) -> Ty:
        return self.final.fold_ty(ty) if ty.flags & t.HAS_INFER else ty

    def args(self, args: Args) -> Args:
        return self.final.fold_args(args)

    def const(self, const: Const) -> Const:
        return self.final.fold_const(const) if const.flags & t.HAS_INFER else const

    def node_ty(self, node: Any) -> Ty:
        return self.ty(self.tables.node_tys[node.id])

    def unresolved(self, ty: Optional[Ty]) -> Ty:
        fcx = self.fcx
        if not fcx.tainted:
            if ty is None:
                fcx.error(self.span, "type annotations needed", "E0282", "cannot infer the value of a const parameter")
            else:
                from .errors import report_needs_annotation

                report_needs_annotation(fcx, ty, self.span)
        fcx.tainted = True
        return t.ERROR

    def scope_id(self) -> int:
        self.scopes += 1
        return self.scopes

    # -- expressions ----------------------------------------------------------------------------------

    def expr(self, node: Any, drop_last: int = 0) -> Any:
        """`node` with its adjustments (but for the last `drop_last`) written out."""
        self.span = node.span
        made = self.cases[type(node)](self, node)
        adjustments = self.tables.adjustments.get(node.id)
        noted = self.extended.get(node.id, self.temp_override)
        if adjustments:
            if noted is not _ABSENT:
                self.results.extended_temps[id(made)] = noted
            for adjust in adjustments[: len(adjustments) - drop_last]:
                made = self.adjust(made, adjust, node.span)
                if noted is not _ABSENT:
                    self.results.extended_temps[id(made)] = noted
        elif noted is not _ABSENT:
            self.results.extended_temps[id(made)] = noted
        return made

    def exprs(self, nodes: list[Any]) -> list[Any]:
        return [self.expr(node) for node in nodes]

    def scoped(self, node: Any) -> thir.Scope:
        """`node` as a terminating scope."""
        override, self.temp_override = self.temp_override, _ABSENT
        scope = self.scope_id()
        inner = self.expr(node)
        self.temp_override = override
        return thir.Scope(inner.ty, node.span, scope, inner)

    def adjust(self, made: Any, adjust: Adjust, span: Span) -> Any:
        kind, target = adjust.kind, self.ty(adjust.target)
        if kind == "never":
            return thir.NeverToAny(target, span, made)
        if kind == "deref":
            if adjust.extra is None:
                return thir.Deref(target, span, made)
            return self.overloaded_deref(made, adjust.extra, target, span)
        if kind == "borrow":
            return thir.Borrow(target, span, adjust.extra, made)
        if kind == "raw":
            return thir.RawBorrow(target, span, adjust.extra, made)
        return thir.PointerCoercion(target, span, adjust.extra, made)

    def overloaded_deref(self, made: Any, name: str, target: Ty, span: Span) -> Any:
        mutbl = name == "DerefMut"
        trait = self.tcx.require_lang_item("deref_mut" if mutbl else "deref")
        from .method.lookup import trait_fn

        method = trait_fn(self.fcx, trait, "")
        func = thir.ZstLit(t.mk_fn_def(method.def_id, (made.ty,)), span)
        reference = thir.Borrow(t.mk_ref(made.ty, mutbl), span, "mut" if mutbl else "shared", made)
        self.carry(made, reference)
        call = thir.Call(t.mk_ref(target, mutbl), span, func, [reference], span)
        self.carry(made, call)
        return thir.Deref(target, span, call)

    def carry(self, source: Any, made: Any) -> None:
        """A temporary made on the way has the lifetime of the one it is made from."""
        found = self.results.extended_temps.get(id(source), _ABSENT)
        if found is not _ABSENT:
            self.results.extended_temps[id(made)] = found  # type: ignore[assignment]

    def method(self, callee: MethodCallee, span: Span) -> thir.ZstLit:
        return thir.ZstLit(t.mk_fn_def(callee.def_id, self.args(callee.args)), span)

    # -- temporaries' lifetimes -------------------------------------------------------------------------

    def extend(self, node: Any, scope: Optional[int]) -> None:
        """`node` initialises something that lives as long as `scope`: so do the temporaries it borrows."""
        kind = type(node)
        if kind is hir.AddrOf:
            self.extend(node.expr, scope)
            self.extend_operand(node.expr, scope)
        elif kind is hir.Struct:
            for _, value, _ in node.fields:
                self.extend(value, scope)
        elif kind in (hir.Array, hir.Tuple):
            for item in node.exprs:
                self.extend(item, scope)
        elif kind in (hir.Cast,):
            self.extend(node.expr, scope)
        elif kind is hir.Block:
            if node.expr is not None:
                self.extend(node.expr, scope)
        elif kind is hir.If:
            self.extend(node.then, scope)
            if node.else_ is not None:
                self.extend(node.else_, scope)
        elif kind is hir.Match:
            if node.source == "format":
                self.extend(node.scrutinee, scope)
            for arm in node.arms:
                self.extend(arm.body, scope)
        elif kind is hir.Call and (node.extends or self.is_ctor(node.func)):
            for arg in node.args:
                self.extend(arg, scope)

    def is_ctor(self, func: Any) -> bool:
        value = self.tables.paths.get(func.id)
        return value is not None and value.kind == "ctor"

    def extend_operand(self, node: Any, scope: Optional[int]) -> None:
        while True:
            self.extended[node.id] = scope
            kind = type(node)
            if kind in (hir.AddrOf, hir.Field, hir.Index) or (kind is hir.Unary and node.op == "*"):
                node = node.expr
            else:
                return

    def let_init(self, pat: Any, init: Any, scope: int) -> None:
        self.extend(init, scope)
        if binds_by_reference(pat):
            self.extend_operand(init, scope)

    # -- closures -----------------------------------------------------------------------------------------

    def closure_body(self, check: ClosureCheck) -> None:
        outer = (self.closure, self.upvars, self.temp_override)
        self.closure, self.temp_override = check.def_id, _ABSENT
        self.upvars = frozenset(upvars_mentioned(check.expr))
        from .writeback_pat import mirror_pat

        inputs = tuple(self.ty(i) for i in check.inputs)
        params = [
            thir.Param(mirror_pat(self, param.pat), ty, param.pat.span) for param, ty in zip(check.expr.params, inputs)
        ]
        value = self.scoped(check.expr.body)
        self.closure, self.upvars, self.temp_override = outer
        upvars = [u._replace(ty=self.ty(u.ty)) for u in upvars_of(check)]
        kind: Any = check.kind or "Fn"
        span = check.expr.decl_span
        info = ClosureInfo(check.def_id, kind, inputs, self.ty(check.output), upvars, span, check.lends)
        captures = [self.captured(c) for c in check.captures]
        is_coroutine = check.expr.kind == "async"
        self.results.closures[check.def_id] = thir.ClosureBody(info, captures, params, value, is_coroutine)

    def captured(self, place: thir.CapturedPlace) -> thir.CapturedPlace:
        projections = tuple(p._replace(ty=self.ty(p.ty)) for p in place.projections)
        return place._replace(var_ty=self.ty(place.var_ty), projections=projections)

    def variable(self, var: int, ty: Ty, span: Span) -> Any:
        if self.closure is not None and var in self.upvars:
            return thir.UpvarRef(ty, span, self.closure, var)
        return thir.VarRef(ty, span, var)

    def capture_expr(self, place: thir.CapturedPlace, span: Span) -> Any:
        """The place as seen where the closure is made, borrowed if it is captured by reference."""
        made = self.variable(place.var, self.ty(place.var_ty), span)
        for step in place.projections:
            ty = self.ty(step.ty)
            made = thir.Deref(ty, span, made) if step.kind == "deref" else thir.Field(ty, span, made, step.index)
        if place.by == "value":
            return made
        mutbl = place.by == "mut"
        return thir.Borrow(t.mk_ref(made.ty, mutbl), span, "mut" if mutbl else "shared", made)


def binds_by_reference(pat: Any) -> bool:
    """Whether a `ref` in the pattern, outside `&`, borrows from the initialiser."""
    kind = type(pat)
    if kind is hir.PatBinding:
        return pat.ref_ is not None
    if kind is hir.PatStruct:
        return any(binds_by_reference(sub) for _, sub, _ in pat.fields)
    if kind is hir.PatSlice:
        subs = [*pat.before, *pat.after, *([pat.slice] if pat.slice is not None else [])]
        return any(binds_by_reference(sub) for sub in subs)
    if kind in (hir.PatOr, hir.PatTuple, hir.PatTupleStruct):
        return any(binds_by_reference(sub) for sub in pat.pats)
    return kind is hir.PatBox and binds_by_reference(pat.pat)


def write_back(fcx: FnCtxt, ret_ty: Ty, param_tys: tuple[Ty, ...]) -> thir.TypeckResults:
    """The results of a checked body; tainted ones have no value."""
    from .writeback_pat import mirror_pat

    mirror = Mirror(fcx)
    results = mirror.results
    results.ret_ty = mirror.ty(ret_ty)
    if fcx.tainted:
        results.tainted = True
        return results
    data = fcx.tcx.def_data(fcx.owner)
    results.params = [
        thir.Param(mirror_pat(mirror, p.pat), mirror.ty(ty), p.span) for p, ty in zip(fcx.body.params, param_tys)
    ]
    if data.kind not in ("fn", "assoc_fn"):
        mirror.extend(fcx.body.value, None)
    results.value = mirror.scoped(fcx.body.value)
    results.tainted = fcx.tainted
    results.extra["scopes"] = mirror.scopes + 1
    return results
