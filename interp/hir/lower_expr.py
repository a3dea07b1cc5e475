"""Expressions that stay what they are: operators, calls, fields, literals, closures, paths.

To add an expression without sugar: a function here, a line at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.diagnostics import CompileError, error
from ..base.span import span_ctxt
from ..resolve.scope import CONST
from ..syntax import ast
from . import hir, lower_block, lower_pat, lower_path, lower_sugar
from .lower import EXPR, Target, enter_closure, leave_closure

if TYPE_CHECKING:
    from .lower import BodyLowerer


def _lit(cx: BodyLowerer, e: ast.Lit) -> hir.Expr:
    return hir.Lit(cx.id(), e.kind, e.value, e.suffix, e.span)


def _path(cx: BodyLowerer, e: ast.ExprPath) -> hir.Expr:
    return lower_path.expr_path(cx, e)


def _unary(cx: BodyLowerer, e: ast.ExprUnary) -> hir.Expr:
    return hir.Unary(cx.id(), e.op, cx.expr(e.expr), e.span)


def _binary(cx: BodyLowerer, e: ast.ExprBinary) -> hir.Expr:
    """A chain of operators leans to the left: walked without recursion."""
    chain = [e]
    while isinstance(chain[-1].lhs, ast.ExprBinary):
        chain.append(chain[-1].lhs)
    made = cx.expr(chain[-1].lhs)
    for node in reversed(chain):
        made = hir.Binary(cx.id(), node.op, made, cx.expr(node.rhs), node.op_span, node.span)
    return made


def _assign_op(cx: BodyLowerer, e: ast.ExprAssignOp) -> hir.Expr:
    lhs = cx.expr(e.lhs)
    return hir.AssignOp(cx.id(), e.op, lhs, cx.expr(e.rhs), e.op_span, e.span)


def _addr_of(cx: BodyLowerer, e: ast.ExprAddrOf) -> hir.Expr:
    return hir.AddrOf(cx.id(), e.raw, e.mutbl, cx.expr(e.expr), e.span)


def _call(cx: BodyLowerer, e: ast.ExprCall) -> hir.Expr:
    func = e.func
    callee = lower_path.expr_path(cx, func, "call") if type(func) is ast.ExprPath else cx.expr(func)
    return hir.Call(cx.id(), callee, cx.exprs(e.args), e.span)


def _method_call(cx: BodyLowerer, e: ast.ExprMethodCall) -> hir.Expr:
    receiver = cx.expr(e.receiver)
    segment = hir.PathSegment(e.segment.ident.name, e.segment.args, e.segment.ident.span)
    return hir.MethodCall(cx.id(), receiver, segment, cx.exprs(e.args), cx.scope, e.span)


def _field(cx: BodyLowerer, e: ast.ExprField) -> hir.Expr:
    return hir.Field(cx.id(), cx.expr(e.expr), e.ident.name, e.ident.span, e.span)


def _index(cx: BodyLowerer, e: ast.ExprIndex) -> hir.Expr:
    base = cx.expr(e.expr)
    return hir.Index(cx.id(), base, cx.expr(e.index), e.span)


def _tuple(cx: BodyLowerer, e: ast.ExprTuple) -> hir.Expr:
    return hir.Tuple(cx.id(), cx.exprs(e.exprs), e.span)


def _array(cx: BodyLowerer, e: ast.ExprArray) -> hir.Expr:
    return hir.Array(cx.id(), cx.exprs(e.exprs), e.span)


def _repeat(cx: BodyLowerer, e: ast.ExprRepeat) -> hir.Expr:
    return hir.Repeat(cx.id(), cx.expr(e.expr), e.len, cx.scope, e.span)


def _struct(cx: BodyLowerer, e: ast.ExprStruct) -> hir.Expr:
    path = lower_path.path(cx, e.path, "struct")
    fields = [(f.ident.name, cx.expr(f.expr), f.span) for f in e.fields if cx.enabled(f.attrs, f.span)]
    if e.rest and e.base is None:
        message = "base expression required after `..`"
        raise CompileError(error(e.span, message, "E0797", "add a base expression here"))
    base = cx.expr(e.base) if e.base is not None else None
    return hir.Struct(cx.id(), path, fields, base, e.span)


def _cast(cx: BodyLowerer, e: ast.ExprCast) -> hir.Expr:
    return hir.Cast(cx.id(), cx.expr(e.expr), cx.ty(e.ty), e.span)


def _closure(cx: BodyLowerer, e: ast.ExprClosure) -> hir.Expr:
    if e.is_async:
        return lower_sugar.async_closure(cx, e)
    made_id = cx.id()
    data, state = enter_closure(cx, "closure", e, e.span)
    params, names = lower_pat.closure_params(cx, e)
    output = cx.opt_ty(e.output)
    cx.bind(names)
    cx.task_context = -1
    body = cx.expr(e.body)
    leave_closure(cx, state)
    return hir.Closure(made_id, data.id, params, output, body, e.move, "closure", e.decl_span, e.span)


def _paren(cx: BodyLowerer, e: ast.ExprParen) -> hir.Expr:
    """What is in parentheses, which count as part of it in reports."""
    made = cx.expr(e.expr)
    if span_ctxt(made.span) == span_ctxt(e.span):
        made.span = e.span
    return made


def _mac(cx: BodyLowerer, e: ast.ExprMac) -> hir.Expr:
    return cx.expr(cx.r.expand_here(e.mac, "expr", cx.scope))


def _let(cx: BodyLowerer, e: ast.ExprLet) -> hir.Expr:
    """In a condition: its bindings stay in scope until who lowers the condition ends it."""
    if not e.in_condition:
        wrong = error(e.span, "expected expression, found `let` statement")
        raise CompileError(wrong.note("only supported directly in conditions of `if` and `while` expressions"))
    made = cx.id()
    init = cx.expr(e.expr)
    pat, names = lower_pat.top(cx, e.pat, "let")
    cx.bind(names)
    return hir.Let(made, pat, init, e.span)


def _underscore(cx: BodyLowerer, e: ast.ExprUnderscore) -> hir.Expr:
    message = "in expressions, `_` can only be used on the left-hand side of an assignment"
    raise CompileError(error(e.span, message, "", "`_` not allowed here"))


def const_block(cx: BodyLowerer, e: ast.ExprBlock) -> hir.Expr:
    made = cx.id()
    data = cx.tcx.defs.add("inline_const", "", cx.def_id, cx.owner.krate, e.span, e)
    data.edition = cx.edition
    saved, targets = cx.scope, cx.targets
    cx.scope = data.scope = cx.scope.child(CONST)
    cx.targets = [*targets, Target("const", -1, e.span)]
    body = lower_block.block(cx, e.block)
    cx.scope, cx.targets = saved, targets
    return hir.ConstBlock(made, data.id, body, e.span)


EXPR.update({
    ast.Lit: _lit,
    ast.ExprPath: _path,
    ast.ExprUnary: _unary,
    ast.ExprBinary: _binary,
    ast.ExprAssignOp: _assign_op,
    ast.ExprAddrOf: _addr_of,
    ast.ExprCall: _call,
    ast.ExprMethodCall: _method_call,
    ast.ExprField: _field,
    ast.ExprIndex: _index,
    ast.ExprTuple: _tuple,
    ast.ExprArray: _array,
    ast.ExprRepeat: _repeat,
    ast.ExprStruct: _struct,
    ast.ExprCast: _cast,
    ast.ExprClosure: _closure,
    ast.ExprParen: _paren,
    ast.ExprMac: _mac,
    ast.ExprLet: _let,
    ast.ExprUnderscore: _underscore,
})  # fmt: skip
