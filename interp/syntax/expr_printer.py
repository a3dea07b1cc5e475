"""Expressions, statements and literals back to text, in rustc's layout (items never need it).

Parentheses are written where `ExprParen` stands, and where a macro's fragment needs them for its precedence.
To add a node: a method `_NodeName` here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .ast import (
    Arm,
    Block,
    Expr,
    ExprBinary,
    ExprBlock,
    ExprField,
    ExprIf,
    ExprMatch,
    ExprPath,
    Ident,
    Lifetime,
    Lit,
    MacCall,
    Path,
    Stmt,
)  # fmt: skip
from .ast_printer import TyPrinter
from .pp import INDENT

_LEVELS = {
    "||": 3, "&&": 4, "==": 5, "!=": 5, "<": 5, ">": 5, "<=": 5, ">=": 5, "|": 6, "^": 7, "&": 8, "<<": 9, ">>": 9,
    "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
}  # fmt: skip
_JUMP, _ASSIGN, _RANGE, _CAST, _PREFIX, _POSTFIX = 0, 1, 2, 12, 13, 14
_NODE_LEVELS = {
    "ExprClosure": _JUMP, "ExprBreak": _JUMP, "ExprReturn": _JUMP, "ExprAssign": _ASSIGN, "ExprAssignOp": _ASSIGN,
    "ExprRange": _RANGE, "ExprLet": 3, "ExprCast": _CAST, "ExprUnary": _PREFIX, "ExprAddrOf": _PREFIX,
}  # fmt: skip


def level(expr: Expr) -> int:
    """How tightly an expression holds together."""
    if isinstance(expr, ExprBinary):
        return _LEVELS[expr.op]
    return _NODE_LEVELS.get(type(expr).__name__, _POSTFIX)


class AstPrinter(TyPrinter):
    """Writes nodes into a document."""

    def node(self, node: Any) -> None:
        """Whatever a fragment may hold."""
        if isinstance(node, Path):
            self.path(node)
        elif isinstance(node, Block):
            self.block(node)
        elif isinstance(node, Lifetime):
            self.out.word(node.ident.name)
        elif type(node).__name__.startswith("Stmt"):
            self.stmt(node)
        else:
            method = getattr(self, "_" + type(node).__name__, None)
            if method is not None:
                method(node)

    # --- expressions

    def expr(self, expr: Expr, min_level: int = 0) -> None:
        """An expression, in parentheses if it holds together less than `min_level`."""
        if level(expr) < min_level:
            self.out.word("(")
            self.expr(expr)
            self.out.word(")")
            return
        self.out.ibox(INDENT)
        getattr(self, "_" + type(expr).__name__)(expr)
        self.out.end()

    def _exprs(self, exprs: Sequence[Expr]) -> None:
        self.commas(exprs, self.expr)

    def _Lit(self, lit: Lit) -> None:
        self.out.word(lit_text(lit))

    def _ExprPath(self, expr: ExprPath) -> None:
        self.expr_path(expr.path)

    def _ExprUnary(self, expr: Any) -> None:
        self.out.word(expr.op)
        self.expr(expr.expr, _PREFIX)

    def _ExprBinary(self, expr: ExprBinary) -> None:
        at = _LEVELS[expr.op]
        self.expr(expr.lhs, at + 1 if at == 5 else at)
        self.out.space()
        self.out.word_space(expr.op)
        self.expr(expr.rhs, at + 1)

    def _ExprAssign(self, expr: Any) -> None:
        self.expr(expr.lhs, _ASSIGN + 1)
        self.out.space()
        self.out.word_space("=")
        self.expr(expr.rhs, _ASSIGN)

    def _ExprAssignOp(self, expr: Any) -> None:
        self.expr(expr.lhs, _ASSIGN + 1)
        self.out.space()
        self.out.word_space(expr.op + "=")
        self.expr(expr.rhs, _ASSIGN)

    def _ExprAddrOf(self, expr: Any) -> None:
        self.out.word("&raw " if expr.raw else "&")
        self.out.word("mut " if expr.mutbl else "const " if expr.raw else "")
        self.expr(expr.expr, _PREFIX)

    def _ExprCall(self, expr: Any) -> None:
        self.expr(expr.func, _POSTFIX if not isinstance(expr.func, ExprField) else 99)
        self._call_args(expr.args)

    def _call_args(self, args: Sequence[Expr]) -> None:
        self.out.word("(")
        self._exprs(args)
        self.out.word(")")

    def _ExprMethodCall(self, expr: Any) -> None:
        self.expr(expr.receiver, _POSTFIX)
        self.out.word("." + expr.segment.ident.name)
        if expr.segment.args is not None:
            self.args(expr.segment.args, True)
        self._call_args(expr.args)

    def _ExprField(self, expr: Any) -> None:
        self.expr(expr.expr, _POSTFIX)
        self.out.word("." + expr.ident.name)

    def _ExprIndex(self, expr: Any) -> None:
        self.expr(expr.expr, _POSTFIX)
        self.out.word("[")
        self.expr(expr.index)
        self.out.word("]")

    def _ExprRange(self, expr: Any) -> None:
        if expr.lo is not None:
            self.expr(expr.lo, _RANGE + 1)
        self.out.word("..=" if expr.inclusive else "..")
        if expr.hi is not None:
            self.expr(expr.hi, _RANGE + 1)

    def _ExprTuple(self, expr: Any) -> None:
        self.out.word("(")
        self._exprs(expr.exprs)
        self.out.word(",)" if len(expr.exprs) == 1 else ")")

    def _ExprArray(self, expr: Any) -> None:
        self.out.word("[")
        self._exprs(expr.exprs)
        self.out.word("]")

    def _ExprRepeat(self, expr: Any) -> None:
        self.out.word("[")
        self.expr(expr.expr)
        self.out.word_space(";")
        self.expr(expr.len.expr)
        self.out.word("]")

    def _ExprStruct(self, expr: Any) -> None:
        self.expr_path(expr.path)
        self.out.word(" {")
        if not expr.fields and expr.base is None and not expr.rest:
            self.out.word("}")
            return
        self.out.cbox()
        self.out.space()
        self._fields(expr)
        self.out.break_offset(1, -INDENT)
        self.out.end()
        self.out.word("}")

    def _fields(self, expr: Any) -> None:
        has_rest = expr.base is not None or expr.rest
        for at, field in enumerate(expr.fields):
            if not field.shorthand:
                self.out.word(field.ident.name + ": ")
            self.expr(field.expr)
            if at + 1 < len(expr.fields) or has_rest:
                self.out.word_space(",")
        self.out.word(".." if has_rest else "")
        if expr.base is not None:
            self.expr(expr.base)

    def _ExprCast(self, expr: Any) -> None:
        self.expr(expr.expr, _CAST)
        self.out.space()
        self.out.word_space("as")
        self.ty(expr.ty)

    def _ExprLet(self, expr: Any) -> None:
        self.out.word("let ")
        self.pat(expr.pat)
        self.out.space()
        self.out.word_space("=")
        self.expr(expr.expr, 5)

    def _ExprIf(self, expr: ExprIf) -> None:
        self.out.cbox()
        self.out.word("if ")
        self.expr(expr.cond)
        self.out.word(" ")
        self.block(expr.then)
        if expr.else_ is not None:
            self.out.word(" else ")
            if isinstance(expr.else_, ExprIf):
                self._ExprIf(expr.else_)
            else:
                self.expr(expr.else_)
        self.out.end()

    def _label(self, label: Ident | None) -> None:
        if label is not None:
            self.out.word(label.name + ": ")

    def _ExprWhile(self, expr: Any) -> None:
        self._label(expr.label)
        self.out.word("while ")
        self.expr(expr.cond)
        self.out.word(" ")
        self.block(expr.body)

    def _ExprFor(self, expr: Any) -> None:
        self._label(expr.label)
        self.out.word("for ")
        self.pat(expr.pat)
        self.out.word(" in ")
        self.expr(expr.iter)
        self.out.word(" ")
        self.block(expr.body)

    def _ExprLoop(self, expr: Any) -> None:
        self._label(expr.label)
        self.out.word("loop ")
        self.block(expr.body)

    def _ExprMatch(self, expr: ExprMatch) -> None:
        self.out.cbox(INDENT)
        self.out.word("match ")
        self.expr(expr.scrutinee)
        self.out.word(" {")
        for arm in expr.arms:
            self.out.space()
            self._arm(arm)
        if expr.arms:
            self.out.break_offset(1, -INDENT)
        self.out.word("}")
        self.out.end()

    def _arm(self, arm: Arm) -> None:
        self.out.ibox(INDENT)
        self.pat(arm.pat)
        if arm.guard is not None:
            self.out.word(" if ")
            self.expr(arm.guard)
        self.out.word(" => ")
        self.expr(arm.body)
        if not (isinstance(arm.body, ExprBlock) and not arm.body.kind):
            self.out.word(",")
        self.out.end()

    def _ExprClosure(self, expr: Any) -> None:
        self.out.word("static " if expr.is_static else "")
        self.out.word("async " if expr.is_async else "")
        self.out.word("move " if expr.move else "")
        self.out.word("|")
        self.commas(expr.params, self._closure_param)
        self.out.word("|")
        self._output(expr.output)
        self.out.space()
        self.expr(expr.body)

    def _closure_param(self, param: Any) -> None:
        self.pat(param.pat)
        if param.ty is not None:
            self.out.word(": ")
            self.ty(param.ty)

    def _ExprBlock(self, expr: ExprBlock) -> None:
        self._label(expr.label)
        self.out.word(expr.kind + " " if expr.kind else "")
        self.block(expr.block)

    def _ExprBreak(self, expr: Any) -> None:
        self._jump("break", expr.label, expr.expr)

    def _ExprContinue(self, expr: Any) -> None:
        self._jump("continue", expr.label, None)

    def _ExprReturn(self, expr: Any) -> None:
        self._jump("return", None, expr.expr)

    def _jump(self, word: str, label: Ident | None, expr: Expr | None) -> None:
        self.out.word(word)
        if label is not None:
            self.out.word(" " + label.name)
        if expr is not None:
            self.out.word(" ")
            self.expr(expr)

    def _ExprTry(self, expr: Any) -> None:
        self.expr(expr.expr, _POSTFIX)
        self.out.word("?")

    def _ExprAwait(self, expr: Any) -> None:
        self.expr(expr.expr, _POSTFIX)
        self.out.word(".await")

    def _ExprUnderscore(self, expr: Any) -> None:
        self.out.word("_")

    def _ExprParen(self, expr: Any) -> None:
        self.out.word("(")
        self.expr(expr.expr)
        self.out.word(")")

    def _ExprMac(self, expr: Any) -> None:
        self.mac(expr.mac)

    def _FormatArgs(self, expr: Any) -> None:
        self.out.word("format_args!(..)")

    def mac(self, mac: MacCall) -> None:
        self.path(mac.path)
        self.out.word("!" if mac.delim != "{" else "! {")
        self.out.word(mac.delim if mac.delim != "{" else "")
        if mac.delim == "{" and mac.tokens:
            self.out.space()
        self.out.ibox()
        self.tokens(self.out, mac.tokens)
        self.out.end()
        self.out.word({"(": ")", "[": "]", "{": " }" if mac.tokens else "}"}[mac.delim])

    # --- blocks

    def block(self, block: Block) -> None:
        if not block.stmts:
            self.out.word("{}")
            return
        self.out.cbox(INDENT)
        self.out.word("{")
        for stmt in block.stmts:
            self.out.space()
            self.stmt(stmt)
        self.out.break_offset(1, -INDENT)
        self.out.word("}")
        self.out.end()

    def stmt(self, stmt: Stmt) -> None:
        getattr(self, "_" + type(stmt).__name__)(stmt)

    def _StmtLet(self, stmt: Any) -> None:
        self.out.ibox(INDENT)
        self.out.word("let ")
        self.pat(stmt.pat)
        if stmt.ty is not None:
            self.out.word(": ")
            self.ty(stmt.ty)
        if stmt.init is not None:
            self.out.word(" ")
            self.out.word_space("=")
            self.expr(stmt.init)
        if stmt.els is not None:
            self.out.word(" else ")
            self.block(stmt.els)
        self.out.word(";")
        self.out.end()

    def _StmtExpr(self, stmt: Any) -> None:
        self.expr(stmt.expr)
        self.out.word(";" if stmt.semi else "")

    def _StmtMac(self, stmt: Any) -> None:
        self.mac(stmt.mac)
        self.out.word(";" if stmt.semi and not stmt.braced else "")

    def _StmtItem(self, stmt: Any) -> None:
        self.out.word(f"{stmt.item.ident.name or '..'}")


_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "\0": "\\0"}


def _escape(text: str, quote: str) -> str:
    """`char::escape_debug` in spirit: what a literal needs."""
    return "".join("\\" + char if char == quote else _ESCAPES.get(char) or _printable(char) for char in text)


def _printable(char: str) -> str:
    return char if char.isprintable() else f"\\u{{{ord(char):x}}}"


def _escape_bytes(data: bytes, quote: str) -> str:
    return "".join(
        _escape(chr(byte), quote) if chr(byte) in _ESCAPES or 32 <= byte < 127 else f"\\x{byte:02x}" for byte in data
    )


def lit_text(lit: Lit) -> str:
    """A literal as it was written, or else anew from its value."""
    if lit.text:
        return lit.text
    value, kind = lit.value, lit.kind
    if kind == "bool":
        return "true" if value else "false"
    if kind == "str":
        return f'"{_escape(str(value), chr(34))}"'
    if kind == "char":
        return f"'{_escape(chr(int(value)), chr(39))}'"
    if kind == "byte":
        return f"b'{_escape_bytes(bytes([int(value)]), chr(39))}'"
    if isinstance(value, bytes):
        prefix, data = ("b", value) if kind == "bytestr" else ("c", value[:-1])
        return f'{prefix}"{_escape_bytes(data, chr(34))}"'
    return f"{value}{lit.suffix}"
