"""From THIR to the built MIR of one definition: functions, closures, constants, statics.

Queries provided: `mir_built(def_id)`, and the small ones that lowering itself asks (`field_ty`, `adt_discriminants`).
`mir_of` (drops elaborated) is `elaborate.py`'s.
"""

from __future__ import annotations

from typing import Any, Optional

from ..base.diagnostics import CompileError
from ..base.span import Span
from ..hir.generics import identity_args
from ..mir import body as mir
from ..mir.body import Body, Local, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.discriminants import discriminants
from ..ty.fold import subst
from ..ty.ty import DefId, Ty
from ..typeck import thir
from . import expr as lower, matches, scope
from .builder import Breakable, Builder
from .candidates import is_irrefutable_binding
from .mutability_errors import Captured
from .place import PlaceBuilder

FN_SCOPE, ARG_SCOPE = -1, -2


def register(tcx: TyCtxt) -> None:
    tcx.providers["mir_built"] = lambda def_id: mir_built(tcx, def_id)
    tcx.providers["field_ty"] = lambda env, field, args: field_ty(tcx, env, field, args)
    tcx.providers["adt_discriminants"] = lambda adt: discriminants(tcx, tcx.adt_def(adt))


def field_ty(tcx: TyCtxt, env: Any, field: int, args: t.Args) -> Ty:
    ty = subst(tcx.type_of(field), args)
    return tcx.query("normalize_erasing", env, ty)  # type: ignore[no-any-return]


# -- bodies ----------------------------------------------------------------------------------------------------


def typeck_owner(tcx: TyCtxt, def_id: int) -> DefId:
    """The item whose type check covers `def_id` (closures and inline consts belong to it)."""
    data = tcx.def_data(def_id)
    while data.kind in ("closure", "inline_const"):
        assert data.parent is not None
        data = tcx.def_data(data.parent)
    return data.id


def mir_built(tcx: TyCtxt, def_id: int) -> Body:
    """MIR before drop elaboration."""
    owner = typeck_owner(tcx, def_id)
    results: thir.TypeckResults = tcx.query("typeck", owner)
    if results.tainted:
        raise CompileError(*(d for d in tcx.diag.emitted if d.level == "error"))  # of a crate checked while it runs
    data = tcx.def_data(def_id)
    if data.kind == "closure":
        return _closure(tcx, results, DefId(def_id))
    if data.kind == "inline_const":
        return _value(tcx, results, DefId(def_id), results.inline_consts[DefId(def_id)], "const")
    assert results.value is not None
    if data.kind in ("fn", "assoc_fn"):
        return _fn(tcx, results, DefId(def_id))
    return _value(tcx, results, DefId(def_id), results.value, "static" if data.kind == "static" else "const")


def _fn(tcx: TyCtxt, results: thir.TypeckResults, def_id: DefId) -> Body:
    span = tcx.def_data(def_id).span
    b = Builder(tcx, results, def_id, results.ret_ty, span)
    assert results.value is not None
    args = [b.new_local(p.ty, p.span) for p in results.params]
    _body(b, list(zip(args, results.params)), results.value, span)
    rust_call = tcx.fn_sig(def_id).abi == "rust-call"
    spread = Local(len(args)) if rust_call and args else None
    body = b.finish("fn", len(args), spread)
    _nounwind_abi(tcx, body, def_id)
    return body


def _nounwind_abi(tcx: TyCtxt, body: Body, def_id: DefId) -> None:
    """A panic must not leave an `extern "C"` function."""
    if tcx.fn_sig(def_id).abi in ("Rust", "rust-call", "C-unwind", "rust-intrinsic", "system-unwind"):
        return
    for block in body.blocks:
        end: Any = block.terminator
        if getattr(end, "unwind", None) == mir.CONTINUE:
            block.terminator = end._replace(unwind=mir.TERMINATE_ABI)
        elif isinstance(end, mir.UnwindResume):
            block.terminator = mir.UnwindTerminate("terminate_abi", end.span)


def _closure(tcx: TyCtxt, results: thir.TypeckResults, def_id: DefId) -> Body:
    closure = results.closures[def_id]
    info = closure.info
    b = Builder(tcx, results, def_id, info.output, info.span)
    b.closure = closure
    args = identity_args(tcx, results.owner)
    self_ty: Ty = t.mk_coroutine(def_id, args) if closure.is_coroutine else t.mk_closure(def_id, args)
    if not closure.is_coroutine and info.kind != "FnOnce":
        self_ty = t.mk_ref(self_ty, info.kind != "Fn")
    self_local = b.new_local(self_ty, info.span)
    locals_ = [b.new_local(p.ty, p.span) for p in closure.params]
    _capture_debug_info(b, closure)
    _body(b, list(zip(locals_, closure.params)), closure.value, info.span, self_local)
    return b.finish("coroutine" if closure.is_coroutine else "closure", 1 + len(locals_))


def _capture_debug_info(b: Builder, closure: thir.ClosureBody) -> None:
    deref = () if closure.info.kind == "FnOnce" or closure.is_coroutine else (mir.DEREF,)
    for index, (upvar, captured) in enumerate(zip(closure.info.upvars, closure.captures)):
        projection = (*deref, mir.Field(index, upvar.ty))
        if captured.by != "value":
            projection = (*projection, mir.DEREF)
        b.debug_info.append(mir.VarDebugInfo(upvar.name, Place(Local(1), projection), b.sp(captured.span)))
    names = [_capture_name(u.name, c) for u, c in zip(closure.info.upvars, closure.captures)]
    b.extra["capture_names"] = names
    b.extra["captured"] = [_captured(b, name, c) for name, c in zip(names, closure.captures)]


def _captured(b: Builder, name: str, captured: thir.CapturedPlace) -> Captured:
    """Behind a reference it is as mutable as that says, else as its variable."""
    declared = b.results.bindings[captured.var]
    mutbl, ty = declared.mutbl, captured.var_ty
    for step in captured.projections:
        if step.kind == "deref" and isinstance(ty, (t.Ref, t.RawPtr)):
            mutbl = ty.mutbl
        ty = step.ty
    return Captured(name, b.sp(declared.span), mutbl, captured.by != "value")


def _capture_name(name: str, captured: thir.CapturedPlace) -> str:
    """As the user wrote it, from the name that debuggers see: `s.0` for `s__0`."""
    fields = sum(step.kind == "field" for step in captured.projections)
    return ".".join(name.removeprefix("_ref__").rsplit("__", fields))


def _body(
    b: Builder, params: list[tuple[Local, thir.Param]], value: thir.Expr, span: Span, self_local: Optional[Local] = None
) -> None:
    """Arguments into their patterns, the value into the return place, `return` as a break out of everything."""
    start, exit_ = b.new_block(), b.new_block()
    b.fn_scope = FN_SCOPE
    scope.push_scope(b, FN_SCOPE, temps=True)
    b.breakables.append(Breakable(FN_SCOPE, exit_, None, Place(mir.RETURN_PLACE), 0))
    scope.push_scope(b, ARG_SCOPE, temps=True)
    if self_local is not None:
        scope.schedule_drop(b, ARG_SCOPE, self_local, span, True)
    block = _params(b, start, params)
    block = lower.into(b, block, Place(mir.RETURN_PLACE), value)
    block = scope.pop_scope(b, block, span, temps=True)
    block = scope.pop_scope(b, block, span, temps=True)
    b.goto(block, exit_, span)
    b.terminate(exit_, mir.Return(b.sp(span)))


def _params(b: Builder, block: mir.BasicBlock, params: list[tuple[Local, thir.Param]]) -> mir.BasicBlock:
    """Arguments are dropped after what their patterns bound; a plain `x` is the argument itself."""
    for local, param in params:
        simple = is_irrefutable_binding(param.pat)
        if simple is not None:
            decl = b.locals[local]
            decl.name, decl.mutbl, decl.span = simple.name, simple.mutbl, b.sp(simple.span)
            b.vars[simple.var] = local
            b.debug_info.append(mir.VarDebugInfo(simple.name, Place(local), decl.span))
        scope.schedule_drop(b, ARG_SCOPE, local, param.span, True)
        if simple is None and not isinstance(param.pat, thir.PatWild):
            matches.declare_bindings(b, param.pat)
            block = matches.place_into_pattern(b, block, param.pat, PlaceBuilder(local), ARG_SCOPE)
    return block


def _value(tcx: TyCtxt, results: thir.TypeckResults, def_id: DefId, value: thir.Expr, kind: str) -> Body:
    """The initialiser of a constant or static."""
    span = tcx.def_data(def_id).span
    b = Builder(tcx, results, def_id, value.ty, span)
    start = b.new_block()
    b.fn_scope = FN_SCOPE
    exit_ = b.new_block()
    b.breakables.append(Breakable(FN_SCOPE, exit_, None, Place(mir.RETURN_PLACE), 0))
    scope.push_scope(b, FN_SCOPE, temps=True)
    block = lower.into(b, start, Place(mir.RETURN_PLACE), value)
    # what an outermost `&temporary` of a constant borrows lives as long as the constant
    b.scopes[-1].drops = [d for d in b.scopes[-1].drops if d.local not in _extended(b)]
    block = scope.pop_scope(b, block, span, temps=True)
    b.goto(block, exit_, span)
    b.terminate(exit_, mir.Return(b.sp(span)))
    return b.finish(kind, 0)


def _extended(b: Builder) -> set[int]:
    """Locals that were scheduled in the outermost scope because their temporaries are extended to it."""
    return {d.local for d in b.scopes[0].drops} if None in b.results.extended_temps.values() else set()
