"""Blocks and statements.

To add a statement form: `_parse_stmt_kind`.  What may be missing at a statement's end is complained of in `_end`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from ...base.diagnostics import CompileError, error
from ..ast import (
    Attribute,
    Block,
    Expr,
    ExprMac,
    Pat,
    Stmt,
    StmtExpr,
    StmtItem,
    StmtLet,
    StmtMac,
    Ty,
)  # fmt: skip
from ..cursor import Cursor
from ..keywords import ITEM_WORDS, PATH_KEYWORDS
from ..printer import pat_to_string
from ..token import RAW
from . import atoms, attributes, expressions, items, macros, paths, patterns, types


def parse_block(p: Cursor) -> Block:
    tok = p.tok
    if p.key != "{":
        if tok.kind == "interp" and tok.text == "block":
            p.bump()
            assert isinstance(tok.node, Block)
            return tok.node
        if p.key == "{}":
            return _parse_invisible(p)
        p.unexpected("`{`")
    no_struct, stmt_mode = p.no_struct, p.stmt_mode
    p.no_struct = p.stmt_mode = False
    p.enter()
    attributes.parse_inner(p)
    stmts = parse_stmts(p)
    p.leave()
    p.no_struct, p.stmt_mode = no_struct, stmt_mode
    return Block(stmts, tok.span)


def _parse_invisible(p: Cursor) -> Block:
    p.enter()
    block = parse_block(p)
    p.leave()
    return block


def parse_stmts(p: Cursor) -> list[Stmt]:
    """All statements to the end of the stream."""
    stmts: list[Stmt] = []
    toks, end, depth = p.toks, p.end, len(p.stack)
    try:
        while p.tok is not end:
            if p.key == ";":
                p.bump()
                continue
            stmts.append(_parse_full_stmt(p))
    except CompileError as failure:
        p.give_up(failure, toks, end, depth)
    return stmts


def _parse_full_stmt(p: Cursor) -> Stmt:
    """A statement with the `;` it needs."""
    stmt = parse_stmt(p)
    if isinstance(stmt, StmtLet):
        if not p.eat(";"):
            _end(p, _after_let(stmt))
        stmt.span = p.since(stmt.span)
        return stmt
    if isinstance(stmt, StmtExpr):
        return _end_expr(p, stmt)
    if isinstance(stmt, StmtMac) and p.key == ";":
        p.bump()
        return StmtMac(stmt.mac, True, stmt.attrs, p.since(stmt.span))
    return stmt


def _end_expr(p: Cursor, stmt: StmtExpr) -> Stmt:
    expr = stmt.expr
    if p.key == ";":
        p.bump()
        if isinstance(expr, ExprMac):
            return StmtMac(expr.mac, True, stmt.attrs, p.since(stmt.span))
        return StmtExpr(expr, True, stmt.attrs, p.since(stmt.span))
    if p.tok is not p.end and not expressions.is_block_like(expr):
        _end(p, ("`}`", *expressions.after_expr_expected(expr)))
    return stmt


def _after_let(stmt: StmtLet) -> tuple[str, ...]:
    if stmt.els is not None:
        return ()
    if stmt.init is not None:
        return ("`else`", *expressions.after_expr_expected(stmt.init))
    if stmt.ty is not None:
        return ("`=`", *paths.after_ty_expected(stmt.ty))
    after = patterns.after_pat_expected(stmt.pat)
    return ("`:`", "`=`", *after)


def _end(p: Cursor, wanted: tuple[str, ...]) -> NoReturn:
    """Complain that a statement does not end here; a line's end says that it is the `;` that lacks."""
    prev = p.prev_span
    if p.tok.span >> 48 == prev >> 48 and _begins_anew(p):
        report = error(p.prev_end(), f"expected `;`, found {p.describe()}", "", "help: add `;` here")
        if p.tok is not p.end:
            report.label(p.tok.span, "unexpected token")
        raise CompileError(report)
    expressions.check_foreign_operator(p)
    p.unexpected("`;`", *wanted)


def _begins_anew(p: Cursor) -> bool:
    """Whether a new statement begins here, so that it is a `;` that lacks."""
    if p.file is None:
        return p.tok is p.end or (p.tok.kind == "ident" and p.key in _ANEW)
    if not p.new_line_here():
        return False
    return p.tok is p.end or (p.key not in (";", "#") and (expressions.can_begin_expr(p) or p.key in ITEM_WORDS))


_ANEW = ITEM_WORDS | {"let", "return", "if", "for", "while", "match", "loop"}


def parse_stmt(p: Cursor) -> Stmt:
    """One statement without its `;`, as `$s:stmt` takes it."""
    tok = p.tok
    if tok.kind == "interp" and tok.text == "stmt":
        p.bump()
        node: Stmt = tok.node
        return replace(node, span=node.span)
    attrs: list[Attribute] = attributes.parse_outer(p) if p.key in ("#", "///", "//!") else []
    return _parse_stmt_kind(p, attrs)


def _parse_stmt_kind(p: Cursor, attrs: list[Attribute]) -> Stmt:
    tok = p.tok
    start, key = tok.span, p.key
    if key == "let":
        return _parse_let(p, attrs)
    if tok.kind == "ident":
        if key in ITEM_WORDS or key in ("auto", "macro", "crate"):
            item = items.parse_item_with(p, attrs, items.STMT)
            if item is not None:
                return StmtItem(item, item.span)
        if tok.spacing == RAW or tok.text not in p.words or tok.text in PATH_KEYWORDS:
            if p.peek_key() in ("::", "!"):
                return _parse_path_stmt(p, attrs)
    elif tok.kind == "interp":
        if tok.text in ("item", "vis"):
            item = items.parse_item_with(p, attrs, items.STMT)
            if item is not None:
                return StmtItem(item, item.span)
        if tok.text == "path":
            return _parse_path_stmt(p, attrs)
    elif key == "::":
        return _parse_path_stmt(p, attrs)
    if p.tok is p.end:
        _nothing_behind(p, attrs)
    if key in ("mut", "var", "auto") and p.is_ident_at(1):
        p.fail(tok.span, "invalid variable declaration")
    expr = expressions.parse_stmt_expr(p)
    return StmtExpr(expr, False, attrs, p.since(start))


def _nothing_behind(p: Cursor, attrs: list[Attribute]) -> NoReturn:
    attributes.check_documents(attrs)
    if attrs:
        p.fail(attrs[-1].span, "expected statement after outer attribute")
    p.unexpected_expr()


def _parse_let(p: Cursor, attrs: list[Attribute]) -> Stmt:
    start = p.bump().span
    pat = patterns.parse_top_pat(p)
    ty = _parse_let_ty(p, pat) if p.key == ":" else None
    init: Expr | None = None
    els: Block | None = None
    if p.eat("="):
        init = expressions.parse_expr(p)
        if p.eat("else"):
            _check_let_else(p, init)
            els = parse_block(p)
    elif p.key in ("+=", "-=", "*=", "/=", "|=", "&=", "^=", "%=", "<<=", ">>="):
        p.fail(p.here, "can't reassign an uninitialized variable")
    return StmtLet(pat, ty, init, els, attrs, p.since(start))


def _parse_let_ty(p: Cursor, pat: Pat) -> Ty:
    colon = p.bump().span
    try:
        return types.parse_ty(p)
    except CompileError as failure:
        failure.diagnostics[0].label(colon, f"while parsing the type for `{pat_to_string(pat)}`")
        raise


def _check_let_else(p: Cursor, init: Expr) -> None:
    if expressions.is_block_like(init):
        p.fail(init.span, "right curly brace `}` before `else` in a `let...else` statement not allowed")


def _parse_path_stmt(p: Cursor, attrs: list[Attribute]) -> Stmt:
    """A statement that begins with a path: a macro call, or an expression."""
    start = p.tok.span
    path = paths.parse_path(p, "expr")
    if p.key == "!" and macros.at_delim(p, 1):
        call = macros.parse_mac_call(p, path, start)
        if call.delim == "{" and p.key not in (".", "?"):
            return StmtMac(call, True, attrs, call.span, braced=True)
        expr: Expr = ExprMac(call, call.span)
    else:
        expr = atoms.after_path(p, path, start)
    return StmtExpr(_continue(p, expr), False, attrs, p.since(start))


def _continue(p: Cursor, operand: Expr) -> Expr:
    """What goes on behind the operand that began a statement."""
    p.stmt_mode = True
    expr = expressions.parse_rest(p, expressions.parse_postfix(p, operand), 0)
    p.stmt_mode = False
    return expr


