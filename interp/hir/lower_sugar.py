"""Sugar: `for`, `?`, ranges, `async` and `.await`, as rustc says them.

for p in e { b }    match IntoIterator::into_iter(e) { mut iter => loop {
                        match Iterator::next(&mut iter) { None => break, Some(p) => b } } }
e?                  match Try::branch(e) { Continue(val) => val,
                        Break(residual) => return FromResidual::from_residual(residual) }
e.await             match IntoFuture::into_future(e) { mut awaitee => loop {
                        match unsafe { Future::poll(Pin::new_unchecked(&mut awaitee), get_context(task_context)) } {
                            Ready(result) => break result, Pending => {} }
                        task_context = yield () } }

An async block is a `Closure` of kind "async" with one parameter, the context it is resumed with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.diagnostics import CompileError, error
from ..base.span import Span
from ..syntax import ast
from . import hir, lower_block, lower_control, lower_pat
from .lower import EXPR, enter_closure, leave_closure

if TYPE_CHECKING:
    from .lower import BodyLowerer


def variant_pat(cx: BodyLowerer, name: str, pats: list[hir.Pat], span: Span) -> hir.Pat:
    path = cx.lang_path(name, span)
    if not pats:
        return hir.PatPath(cx.id(), path, span)
    return hir.PatTupleStruct(cx.id(), path, pats, None, span)


def arm(cx: BodyLowerer, pat: hir.Pat, body: hir.Expr, span: Span) -> hir.Arm:
    return hir.Arm(cx.id(), pat, None, body, span)


# -- for ----------------------------------------------------------------------------------------------------


def _for(cx: BodyLowerer, e: ast.ExprFor) -> hir.Expr:
    made = cx.id()
    head_span = e.iter.span
    head = cx.lang_call("into_iter", head_span, [cx.expr(e.iter)])
    iter_ = cx.binding("iter", head_span, True)
    saved = lower_control.enter(cx, "loop", made, e.label, e)
    pat, names = lower_pat.top(cx, e.pat, "for")
    cx.bind(names)
    body = lower_block.block(cx, e.body)
    lower_control.leave(cx, saved)
    borrow = hir.AddrOf(cx.id(), False, True, cx.local(iter_.id, "iter", head_span), head_span)
    next_ = cx.lang_call("next", head_span, [borrow])
    stop = hir.Break(cx.id(), made, None, e.span)
    none = arm(cx, variant_pat(cx, "None", [], e.span), stop, e.span)
    some = arm(cx, variant_pat(cx, "Some", [pat], e.pat.span), body, e.span)
    step = hir.Match(cx.id(), next_, [none, some], "for", e.span)
    block = cx.block_of(e.span, [hir.ExprStmt(step, False, e.span)], None)
    loop = hir.Loop(made, block, e.label.name if e.label else None, "for", e.span)
    match = hir.Match(cx.id(), head, [arm(cx, iter_, loop, e.span)], "for", e.span)
    return hir.DropTemps(cx.id(), match, e.span)  # a `for` at a block's end drops the temporaries of its head too


# -- ? --------------------------------------------------------------------------------------------------------


def _try(cx: BodyLowerer, e: ast.ExprTry) -> hir.Expr:
    branch = cx.lang_call("branch", e.span, [cx.expr(e.expr)])
    val = cx.binding("val", e.span)
    go_on = arm(cx, variant_pat(cx, "Continue", [val], e.span), cx.local(val.id, "val", e.span), e.span)
    residual = cx.binding("residual", e.span)
    made = cx.lang_call("from_residual", e.span, [cx.local(residual.id, "residual", e.span)])
    if cx.targets and cx.targets[-1].kind == "const":
        raise CompileError(error(e.span, "the `?` operator can only be used in a function", "E0277"))
    back = hir.Return(cx.id(), made, e.span)
    stop = arm(cx, variant_pat(cx, "Break", [residual], e.span), back, e.span)
    return hir.Match(cx.id(), branch, [go_on, stop], "try", e.span)


# -- ranges -----------------------------------------------------------------------------------------------------


def _range(cx: BodyLowerer, e: ast.ExprRange) -> hir.Expr:
    if e.inclusive and e.lo is not None:
        if e.hi is None:
            raise CompileError(error(e.span, "inclusive range with no end", "E0586"))
        return cx.lang_call("range_inclusive_new", e.span, [cx.expr(e.lo), cx.expr(e.hi)])
    fields: list[tuple[str, hir.Expr, Span]] = []
    if e.lo is not None:
        fields.append(("start", cx.expr(e.lo), e.lo.span))
    if e.hi is not None:
        fields.append(("end", cx.expr(e.hi), e.hi.span))
    name = _RANGES[e.lo is not None, e.hi is not None, e.inclusive]
    if not fields:
        return cx.lang_expr(name, e.span)
    return hir.Struct(cx.id(), cx.lang_path(name, e.span, value=False), fields, None, e.span)


_RANGES = {
    (True, True, False): "Range",
    (True, False, False): "RangeFrom",
    (False, True, False): "RangeTo",
    (False, False, False): "RangeFull",
    (False, True, True): "RangeToInclusive",
}


# -- async --------------------------------------------------------------------------------------------------------


def async_fn(
    cx: BodyLowerer, params: list[hir.Param], names: lower_pat.Names, block: ast.Block
) -> tuple[hir.Expr, list[hir.Param]]:
    """`async fn f(p: T) { b }` is `fn f(arg: T) -> impl Future { async move { let p = arg; { b } } }`: a pattern's
    value lives as long as the future, whatever the pattern takes of it."""
    made = cx.id()
    data, state = enter_closure(cx, "async", None, block.span)
    context = _begin_async(cx, block.span)
    outer, stmts = _moved_in(cx, [(param.pat, param.span) for param in params])
    cx.bind(names)
    inner = lower_block.block(cx, block)
    body = cx.block_of(block.span, stmts, hir.DropTemps(cx.id(), inner, block.span))
    leave_closure(cx, state)
    whole_body = hir.Closure(made, data.id, [context], None, body, True, "async", block.span, block.span)
    return whole_body, [hir.Param(arg, param.span) for arg, param in zip(outer, params)]


def _moved_in(cx: BodyLowerer, pats: list[tuple[hir.Pat, Span]]) -> tuple[list[hir.PatBinding], list[hir.Stmt]]:
    """For each pattern of a parameter a plain one, and the statements that take it apart inside the future."""
    outer: list[hir.PatBinding] = []
    stmts: list[hir.Stmt] = []
    for pat, span in pats:
        arg = cx.binding("__arg", span)
        outer.append(arg)
        init = cx.local(arg.id, "__arg", span)
        if not isinstance(pat, hir.PatBinding):
            whole = cx.binding("__arg", span)
            stmts.append(hir.LetStmt(cx.id(), whole, None, init, None, span))
            init = cx.local(whole.id, "__arg", span)
        stmts.append(hir.LetStmt(cx.id(), pat, None, init, None, span))
    return outer, stmts


def async_closure(cx: BodyLowerer, e: ast.ExprClosure) -> hir.Expr:
    """`async |p| b` is `|arg| async { let p = arg; b }`, whose future borrows what the closure captured."""
    made, inner_id = cx.id(), cx.id()
    data, state = enter_closure(cx, "closure", e, e.span)
    params, names = lower_pat.closure_params(cx, e)
    output = cx.opt_ty(e.output)
    inner_data, inner_state = enter_closure(cx, "async", e, e.span)
    context = _begin_async(cx, e.span)
    args, stmts = _moved_in(cx, [(param.pat, param.pat.span) for param in params])
    cx.bind(names)
    value = hir.DropTemps(cx.id(), cx.expr(e.body), e.body.span)
    body = cx.block_of(e.body.span, stmts, value)
    leave_closure(cx, inner_state)
    leave_closure(cx, state)
    owned = frozenset(arg.id for arg in args)
    future = hir.Closure(
        inner_id, inner_data.id, [context], output, body, False, "async", e.decl_span, e.span, owned, e.move
    )
    outer = [hir.ClosureParam(arg, param.ty) for arg, param in zip(args, params)]
    return hir.Closure(made, data.id, outer, None, future, e.move, "closure", e.decl_span, e.span)


def async_block(cx: BodyLowerer, e: ast.ExprBlock) -> hir.Expr:
    made = cx.id()
    data, state = enter_closure(cx, "async", e, e.span)
    context = _begin_async(cx, e.span)
    body = lower_block.block(cx, e.block)
    leave_closure(cx, state)
    return hir.Closure(made, data.id, [context], None, body, e.kind == "async move", "async", e.span, e.span)


def _begin_async(cx: BodyLowerer, span: Span) -> hir.ClosureParam:
    context = cx.binding("_task_context", span, True)
    cx.task_context = context.id
    return hir.ClosureParam(context, None)


def _await(cx: BodyLowerer, e: ast.ExprAwait) -> hir.Expr:
    if cx.task_context < 0:
        message = "`await` is only allowed inside `async` functions and blocks"
        raise CompileError(error(e.span, message, "E0728", "only allowed inside `async` functions and blocks"))
    span = e.span
    head = cx.lang_call("into_future", span, [cx.expr(e.expr)])
    awaitee = cx.binding("__awaitee", span, True)
    loop_id = cx.id()
    borrow = hir.AddrOf(cx.id(), False, True, cx.local(awaitee.id, "__awaitee", span), span)
    pinned = cx.lang_call("new_unchecked", span, [borrow])
    context = cx.lang_call("get_context", span, [cx.local(cx.task_context, "_task_context", span)])
    poll = cx.block_of(span, [], cx.lang_call("poll", span, [pinned, context]), True)
    result = cx.binding("result", span)
    done = hir.Break(cx.id(), loop_id, cx.local(result.id, "result", span), span)
    ready = arm(cx, variant_pat(cx, "Ready", [result], span), done, span)
    pending = arm(cx, variant_pat(cx, "Pending", [], span), cx.block_of(span, [], None), span)
    look = hir.Match(cx.id(), poll, [ready, pending], "await", span)
    wait = hir.Yield(cx.id(), cx.unit(span), span)
    again = hir.Assign(cx.id(), cx.local(cx.task_context, "_task_context", span), wait, span)
    body = cx.block_of(span, [hir.ExprStmt(look, False, span), hir.ExprStmt(again, True, span)], None)
    loop = hir.Loop(loop_id, body, None, "loop", span)
    return hir.Match(cx.id(), head, [arm(cx, awaitee, loop, span)], "await", span)


EXPR.update({
    ast.ExprFor: _for,
    ast.ExprTry: _try,
    ast.ExprRange: _range,
    ast.ExprAwait: _await,
})  # fmt: skip
