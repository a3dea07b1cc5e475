"""Lowering: from the AST of a body to `hir.Body`; the query `hir_body` and the state of one body's lowering.

Macros are expanded, names resolved and sugar removed as they are met, in the source's order.  The cases of
expressions, patterns, blocks and so on are in `lower_*.py`; each takes the `BodyLowerer`.

Invariant: an error of the program in some expression is emitted and leaves `hir.Err` there; lowering goes on.
To add a construct: a case in the right `lower_*.py`, and its line in that file's table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Final, NamedTuple, Optional

from ..base.diagnostics import CompileError, error
from ..base.lints import lints_of
from ..base.span import Span
from ..resolve.defs import DefData, DefId, ResDef, ResLocal
from ..resolve.module import Krate
from ..resolve.scope import CLOSURE, CONST, LOCALS, Scope
from ..syntax import ast
from ..syntax.parser import parse_lazy_body
from . import hir

if TYPE_CHECKING:
    from ..resolve.resolver import Resolver
    from ..ty.context import TyCtxt

BODY_KINDS: Final = frozenset(("fn", "assoc_fn", "const", "assoc_const", "static", "anon_const"))


class Target(NamedTuple):
    """Something that `break`, `continue` or `return` may meet on the way out."""

    kind: str  # "loop", "block" (labelled), "cond" (of a while), "closure", "async", "const"
    id: int
    span: Span


class BodyLowerer:
    """The state of one body: ids given out, the current scope, what may be broken out of."""

    __slots__ = (
        "closures", "count", "def_id", "edition", "krate", "owner", "r", "scope", "targets", "task_context", "tcx",
    )  # fmt: skip

    def __init__(self, tcx: TyCtxt, owner: DefData, scope: Scope) -> None:
        self.tcx = tcx
        self.r: Resolver = tcx.resolver
        self.owner = owner
        self.def_id = owner.id  # the definition that new ones are inside: the owner or a closure
        self.krate: Krate = self.r.krates[owner.krate]
        self.edition = owner.edition
        self.scope = scope
        self.count = 0
        self.closures: list[DefId] = []
        self.targets: list[Target] = []
        self.task_context = -1  # inside an async body: the variable that holds the task's context

    # -- ids, scopes ------------------------------------------------------------------------------------

    def id(self) -> int:
        self.count = made = self.count + 1
        return made - 1

    def bind(self, names: dict[Any, int]) -> None:
        """From here on the bindings `names` are in scope."""
        if names:
            self.scope = self.scope.child(LOCALS, names)

    def emit(self, span: Span, message: str, code: str = "", label: str = "") -> None:
        self.tcx.diag.emit(error(span, message, code, label))

    # -- parts --------------------------------------------------------------------------------------------

    def expr(self, node: ast.Expr) -> hir.Expr:
        try:
            made: hir.Expr = EXPR[type(node)](self, node)
            return made
        except CompileError as failure:
            self.tcx.diag.emit_all(failure)
            return hir.Err(self.id(), node.span)

    def exprs(self, nodes: list[ast.Expr]) -> list[hir.Expr]:
        return [self.expr(node) for node in nodes]

    def ty(self, node: ast.Ty) -> hir.HirTy:
        return hir.HirTy(node, self.scope, node.span)

    def opt_ty(self, node: Optional[ast.Ty]) -> Optional[hir.HirTy]:
        return hir.HirTy(node, self.scope, node.span) if node is not None else None

    def enabled(self, attrs: list[ast.Attribute], span: Span) -> bool:
        """Whether `cfg` leaves a statement, arm or field in."""
        if not attrs:
            return True
        configured = self.r.expander.configure_attrs(attrs)
        lints = lints_of(self.tcx._memo)  # type: ignore[arg-type]
        if lints is not None and configured:
            lints.attrs.append((span, list(configured)))
        return configured is not None

    # -- made-up parts --------------------------------------------------------------------------------------

    def unit(self, span: Span) -> hir.Expr:
        return hir.Tuple(self.id(), [], span)

    def local(self, var: int, name: str, span: Span) -> hir.ExprPath:
        """A use of the local `var`."""
        segments = [hir.PathSegment(name, None, span)]
        return hir.ExprPath(self.id(), hir.Path(ResLocal(var), segments, 1, None, self.scope, span), span)

    def binding(self, name: str, span: Span, mutbl: bool = False) -> hir.PatBinding:
        made = self.id()
        return hir.PatBinding(made, made, name, mutbl, None, None, span)

    def lang_path(self, name: str, span: Span, *rest: str, value: bool = True) -> hir.Path:
        """The path to a lang item (of a tuple or unit variant: to its constructor), then type-relative names."""
        item = self.tcx.lang_item(name)
        if item is None:
            raise CompileError(error(span, f"requires `{name}` lang_item"))
        data = self.tcx.defs[item]
        if value and data.ctor is not None and not rest:
            data = self.tcx.defs[data.ctor]
        segments = [hir.PathSegment(data.name, None, span, data.id)]
        segments += [hir.PathSegment(text, None, span) for text in rest]
        return hir.Path(ResDef(data.kind, data.id), segments, 1, None, self.scope, span)

    def lang_expr(self, name: str, span: Span, *rest: str) -> hir.Expr:
        return hir.ExprPath(self.id(), self.lang_path(name, span, *rest), span)

    def lang_call(self, name: str, span: Span, args: list[hir.Expr], *rest: str) -> hir.Expr:
        return hir.Call(self.id(), self.lang_expr(name, span, *rest), args, span)

    def block_of(self, span: Span, stmts: list[hir.Stmt], value: Optional[hir.Expr], unsafe: bool = False) -> hir.Block:
        return hir.Block(self.id(), stmts, value, unsafe, False, span)


_Case = Callable[[BodyLowerer, Any], Any]
EXPR: dict[type, _Case] = {}  # filled by `lower_*.py`


# -- the query ------------------------------------------------------------------------------------------


def register(tcx: TyCtxt) -> None:
    tcx.providers["hir_body"] = lambda def_id: lower_body(tcx, def_id)


def lower_crate(tcx: TyCtxt, krate: Krate) -> None:
    """Lower all bodies of a user's crate; definitions that turn up on the way are taken along."""
    for data in tcx.defs.of(krate.name):
        if data.kind in BODY_KINDS and has_body(data):
            tcx.query("hir_body", data.id)


def has_body(data: DefData) -> bool:
    """Whether `hir_body` may be asked for."""
    if data.kind == "anon_const":
        return True
    if data.kind not in BODY_KINDS:
        return False
    kind = data.node.kind
    return (kind.body if isinstance(kind, ast.Fn) else kind.expr) is not None


def lower_body(tcx: TyCtxt, def_id: DefId) -> hir.Body:
    data = tcx.defs[def_id]
    assert has_body(data), f"`{tcx.path_str(def_id)}` has no body"
    kind = data.node if data.kind == "anon_const" else data.node.kind
    r: Resolver = tcx.resolver
    outside = r.enter(r.krates[data.krate])
    if isinstance(kind, ast.Fn):
        body = _fn_body(BodyLowerer(tcx, data, data.scope), kind)
    else:
        body = _const_body(BodyLowerer(tcx, data, data.scope.child(CONST)), kind.expr)
    r.leave(outside)
    return body


def _const_body(cx: BodyLowerer, expr: ast.Expr) -> hir.Body:
    cx.targets.append(Target("const", -1, cx.owner.span))
    value = cx.expr(expr)
    return hir.Body(cx.owner.id, [], value, cx.count, expr.span, cx.edition, cx.closures)


def fn_block(cx: BodyLowerer, func: ast.Fn) -> ast.Block:
    """The body's block, parsed now if that was put off."""
    body = func.body
    assert body is not None
    if isinstance(body, ast.LazyBody):
        try:
            body = parse_lazy_body(body, cx.edition)
        except CompileError as failure:
            cx.tcx.diag.emit_all(failure)
            forever = ast.ExprLoop(ast.Block([], body.span), None, body.span)
            body = ast.Block([ast.StmtExpr(forever, False, [], body.span)], body.span)
        func.body = body
    return body


def _fn_body(cx: BodyLowerer, func: ast.Fn) -> hir.Body:
    from . import lower_pat

    block = fn_block(cx, func)
    params, names = lower_pat.params(cx, func)
    if func.is_async:
        value, params = lower_sugar.async_fn(cx, params, names, block)
    else:
        cx.bind(names)
        value = lower_block.block(cx, block)
    return hir.Body(cx.owner.id, params, value, cx.count, block.span, cx.edition, cx.closures, func.is_async)


def enter_closure(cx: BodyLowerer, kind: str, node: Any, span: Span) -> tuple[DefData, Any]:
    """Begin a closure's or async block's body; the second result is for `leave_closure`."""
    data = cx.tcx.defs.add("closure", "", cx.def_id, cx.owner.krate, span, node)
    data.edition = cx.edition
    cx.closures.append(data.id)
    state = (cx.scope, cx.def_id, cx.targets, cx.task_context)
    cx.scope = cx.scope.child(CLOSURE)
    data.scope = cx.scope
    cx.def_id = data.id
    cx.targets = [*cx.targets, Target(kind, -1, span)]
    return data, state


def leave_closure(cx: BodyLowerer, state: Any) -> None:
    cx.scope, cx.def_id, cx.targets, cx.task_context = state


from . import lower_assign, lower_block, lower_control, lower_expr, lower_format, lower_sugar  # noqa: E402, F401
