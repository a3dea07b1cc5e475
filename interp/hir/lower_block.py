"""Blocks and statements: macros in statement position expanded first, then the items collected, then the rest lowered.

A block with items has an anonymous module, whose names all of the block sees; a `macro_rules!` among the statements
is seen by what follows it, and leaves a rib there for hygiene.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Optional, Union

from ..base.diagnostics import CompileError
from ..base.span import Span
from ..resolve import check
from ..resolve.collect import Collector
from ..resolve.scope import MACRO, MacroScope, Scope
from ..syntax import ast
from . import hir, lower_pat

if TYPE_CHECKING:
    from ..expand.expander import MacroDef
    from .lower import BodyLowerer


class MacroRib(NamedTuple):
    """Stands where a `macro_rules!` was."""

    macros: MacroScope


Flat = Union[ast.StmtLet, ast.StmtExpr, MacroRib]


def block(cx: BodyLowerer, node: ast.Block, unsafe: bool = False, id_: Optional[int] = None) -> hir.Block:
    """`id_` is given for a labelled block, which may be broken out of."""
    saved = cx.scope
    made_id = cx.id() if id_ is None else id_
    stmts: list[hir.Stmt] = []
    value: Optional[hir.Expr] = None
    flat = flatten(cx, node.stmts)
    last = len(flat) - 1
    for at, stmt in enumerate(flat):
        kind = type(stmt)
        if kind is ast.StmtExpr:
            expr = cx.expr(stmt.expr)  # type: ignore[union-attr]
            if at == last and not stmt.semi:  # type: ignore[union-attr]
                value = expr
            else:
                stmts.append(hir.ExprStmt(expr, stmt.semi, stmt.span))  # type: ignore[union-attr]
        elif kind is ast.StmtLet:
            stmts.append(_let(cx, stmt))  # type: ignore[arg-type]
        else:
            cx.scope = macro_rib(cx, stmt.macros)  # type: ignore[union-attr]
    cx.scope = saved
    return hir.Block(made_id, stmts, value, unsafe, id_ is not None, node.span)


def macro_rib(cx: BodyLowerer, macros: MacroScope) -> Scope:
    made = cx.scope.child(MACRO)
    made.owner = macros.def_id  # type: ignore[assignment]
    made.macros = macros
    return made


def _let(cx: BodyLowerer, node: ast.StmtLet) -> hir.Stmt:
    made = cx.id()
    ty = cx.opt_ty(node.ty)
    init = cx.expr(node.init) if node.init is not None else None
    els = block(cx, node.els) if node.els is not None else None
    pat, names = lower_pat.top(cx, node.pat, "let")
    module = cx.scope.module
    if module.kind == "block" and names:
        module.scope.names = {**(module.scope.names or {}), **names}
    cx.bind(names)
    return hir.LetStmt(made, pat, ty, init, els, node.span)


# -- statements that are not yet what they stand for ------------------------------------------------------


def flatten(cx: BodyLowerer, stmts: list[ast.Stmt]) -> list[Flat]:
    """Statements with macros expanded, configured, and without items: those are in scope afterwards."""
    for stmt in stmts:
        kind = type(stmt)
        if kind is ast.StmtItem or kind is ast.StmtMac or stmt.attrs:  # type: ignore[union-attr]
            return _Flattener(cx).run(stmts)
    return stmts  # type: ignore[return-value]


class _Flattener:
    """Walks the statements of one block in order."""

    def __init__(self, cx: BodyLowerer) -> None:
        self.cx = cx
        self.outer = cx.scope
        self.macros = cx.scope.macros
        self.out: list[Flat] = []
        self.collector: Optional[Collector] = None
        self.waiting: list[tuple[MacroRib, ast.StmtMac, Optional[MacroScope]]] = []

    def run(self, stmts: list[ast.Stmt]) -> list[Flat]:
        self.walk(stmts)
        while self.waiting:  # by now all items of the block are known
            waiting, self.waiting = self.waiting, []
            for mark, stmt, macros in waiting:
                self.expand_late(mark, stmt, macros)
        if self.collector is not None:
            self.collector.finish()
            if not self.cx.krate.is_library:
                check.check_imports(self.cx.r, self.cx.krate)
        return self.out

    def walk(self, stmts: list[ast.Stmt]) -> None:
        for stmt in stmts:
            try:
                _STMT[type(stmt)](self, stmt)
            except CompileError as failure:
                self.cx.tcx.diag.emit_all(failure)

    def keep(self, stmt: Any) -> None:
        if self.cx.enabled(stmt.attrs, stmt.span):
            self.out.append(stmt)

    def mac(self, stmt: ast.StmtMac) -> None:
        if not self.cx.enabled(stmt.attrs, stmt.span):
            return
        macro = self.cx.r.resolve_macro(stmt.mac.path, self.cx.scope, self.macros, quiet=True)
        if macro is None:
            mark = MacroRib(self.macros or MacroScope(None, None))
            self.out.append(mark)
            self.waiting.append((mark, stmt, self.macros))
            return
        self.walk(self.expand(macro, stmt, self.macros))

    def expand(self, macro: MacroDef, stmt: ast.StmtMac, macros: Optional[MacroScope]) -> list[ast.Stmt]:
        made: list[ast.Stmt] = self.cx.r.expand_with(macro, stmt.mac, "stmts", self.cx.scope, macros)
        if made and stmt.semi and not stmt.braced:
            last = made[-1]
            if isinstance(last, ast.StmtExpr) and not last.semi:
                made[-1] = replace(last, semi=True)
            elif isinstance(last, ast.StmtMac) and (not last.semi or last.braced):
                made[-1] = replace(last, semi=True, braced=False)
        return made

    def expand_late(self, mark: MacroRib, stmt: ast.StmtMac, macros: Optional[MacroScope]) -> None:
        """A macro that an item further down brought in."""
        out, self.out = self.out, []
        try:
            found = self.cx.r.resolve_macro(stmt.mac.path, self.cx.scope, macros, quiet=False)
            if found is not None:
                self.walk(self.expand(found, stmt, macros))
            else:
                forever = ast.ExprLoop(ast.Block([], stmt.span), None, stmt.span)
                self.out.append(ast.StmtExpr(forever, False, [], stmt.span))
        except CompileError as failure:
            self.cx.tcx.diag.emit_all(failure)
        at = next(i for i, other in enumerate(out) if other is mark)
        out[at : at + 1] = self.out
        self.out = out

    def item(self, stmt: ast.StmtItem) -> None:
        if self.collector is None:
            self.enter_module(stmt.span)
        collector = self.collector
        assert collector is not None
        collector.macros = before = self.macros
        collector.item(stmt.item, self.cx.scope.module)
        self.macros = collector.macros
        if self.macros is not before and self.macros is not None:
            self.out.append(MacroRib(self.macros))

    def enter_module(self, span: Span) -> None:
        """The anonymous module of the block, around everything in it."""
        cx = self.cx
        data = cx.tcx.defs.add("block_mod", "", cx.def_id, cx.owner.krate, span, None)
        data.edition = cx.edition
        module = cx.r.new_module(data, "block", self.outer.module, self.outer)
        module.scope.owner = self.outer.owner
        self.collector = Collector(cx.r, cx.krate)
        cx.scope = module.scope


_STMT: dict[type, Callable[[_Flattener, Any], None]] = {
    ast.StmtLet: _Flattener.keep,
    ast.StmtExpr: _Flattener.keep,
    ast.StmtItem: _Flattener.item,
    ast.StmtMac: _Flattener.mac,
}
