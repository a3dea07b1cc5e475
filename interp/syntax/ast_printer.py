"""AST back to text, in rustc's layout: expressions, types, paths and patterns (items never need it).

Parentheses are written where `ExprParen` stands, and where a macro's fragment needs them for its precedence.
To add a node: a method `_NodeName` here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .ast import (
    AnonConst,
    Arm,
    AssocConstraint,
    Block,
    Bound,
    Expr,
    ExprBinary,
    ExprBlock,
    ExprField,
    ExprIf,
    ExprMatch,
    ExprPath,
    GenericArgs,
    Ident,
    Lifetime,
    Lit,
    MacCall,
    Pat,
    Path,
    PathSegment,
    PatIdent,
    Stmt,
    Ty,
)  # fmt: skip
from .pp import INDENT, Printer
from .token import TokenStream

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


class AstPrinter:
    """Writes nodes into a document."""

    def __init__(self, out: Printer, tokens: Callable[[Printer, TokenStream], None]) -> None:
        self.out = out
        self.tokens = tokens

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

    # --- names and paths

    def ident(self, ident: Ident) -> None:
        self.out.word(ident.name)

    def path(self, path: Path) -> None:
        segments = path.segments
        if path.qself is not None:
            self.out.word("<")
            self.ty(path.qself.ty)
            if path.qself.position:
                self.out.word(" as ")
                self._segments(segments[: path.qself.position])
            self.out.word(">::")
            segments = segments[path.qself.position :]
        self._segments(segments)

    def _segments(self, segments: Sequence[PathSegment]) -> None:
        for at, segment in enumerate(segments):
            if at:
                self.out.word("::")
            if segment.ident.name != "{{root}}":
                self.out.word(segment.ident.name)
            if segment.args is not None:
                self.args(segment.args, False)

    def expr_path(self, path: Path) -> None:
        for segment in path.segments:
            if segment.args is not None and not segment.args.parenthesized:
                return self._turbofish(path)
        self.path(path)

    def _turbofish(self, path: Path) -> None:
        start = path.qself.position if path.qself is not None else 0
        self.path(Path(path.segments[:start], path.span, path.qself)) if path.qself is not None else None
        for at, segment in enumerate(path.segments[start:]):
            if at:
                self.out.word("::")
            self.out.word("" if segment.ident.name == "{{root}}" else segment.ident.name)
            if segment.args is not None:
                self.args(segment.args, True)

    def args(self, args: GenericArgs, colons: bool) -> None:
        if args.parenthesized:
            self.out.word("(")
            self.commas(args.inputs, self.ty)
            self.out.word(")")
            self._output(args.output)
            return
        self.out.word("::<" if colons else "<")
        self.commas([*args.args, *args.constraints], self._generic_arg)
        self.out.word(">")

    def _generic_arg(self, arg: Any) -> None:
        if isinstance(arg, AssocConstraint):
            self._constraint(arg)
        elif isinstance(arg, AnonConst):
            self.expr(arg.expr)
        elif isinstance(arg, Lifetime):
            self.out.word(arg.ident.name)
        else:
            self.ty(arg)

    def _constraint(self, arg: AssocConstraint) -> None:
        self.ident(arg.ident)
        if arg.args is not None:
            self.args(arg.args, False)
        if arg.term is None:
            self.out.word(": ")
            self.bounds(arg.bounds)
        else:
            self.out.word(" = ")
            self._generic_arg(arg.term)

    def commas(self, nodes: Sequence[Any], write: Callable[[Any], None]) -> None:
        self.out.ibox()
        for at, node in enumerate(nodes):
            if at:
                self.out.word_space(",")
            write(node)
        self.out.end()

    def bounds(self, bounds: Sequence[Bound]) -> None:
        for at, bound in enumerate(bounds):
            if at:
                self.out.word(" + ")
            self._bound(bound)

    def _bound(self, bound: Any) -> None:
        if isinstance(bound, Lifetime):
            self.out.word(bound.ident.name)
        elif type(bound).__name__ == "UseBound":
            self.out.word("use<" + ", ".join(arg.name for arg in bound.args) + ">")
        else:
            self._for(bound.bound_lifetimes)
            self.out.word({"": "", "?": "?", "~const": "~const ", "async": "async "}[bound.modifier])
            self.path(bound.path)

    def _for(self, lifetimes: Sequence[Lifetime]) -> None:
        if lifetimes:
            self.out.word("for<" + ", ".join(l.ident.name for l in lifetimes) + "> ")

    # --- types

    def ty(self, ty: Ty) -> None:
        getattr(self, "_" + type(ty).__name__)(ty)

    def _output(self, ty: Ty | None) -> None:
        if ty is not None:
            self.out.word(" -> ")
            self.ty(ty)

    def _TyPath(self, ty: Any) -> None:
        self.path(ty.path)

    def _TyRef(self, ty: Any) -> None:
        self.out.word("&")
        if ty.lifetime is not None:
            self.out.word(ty.lifetime.ident.name + " ")
        self.out.word("mut " if ty.mutbl else "")
        self._inner_ty(ty.ty)

    def _TyPtr(self, ty: Any) -> None:
        self.out.word("*mut " if ty.mutbl else "*const ")
        self._inner_ty(ty.ty)

    def _inner_ty(self, ty: Any) -> None:
        several = type(ty).__name__ in ("TyTraitObject", "TyImplTrait") and len(ty.bounds) > 1
        self.out.word("(" if several else "")
        self.ty(ty)
        self.out.word(")" if several else "")

    def _TySlice(self, ty: Any) -> None:
        self.out.word("[")
        self.ty(ty.ty)
        self.out.word("]")

    def _TyArray(self, ty: Any) -> None:
        self.out.word("[")
        self.ty(ty.ty)
        self.out.word("; ")
        self.expr(ty.len.expr)
        self.out.word("]")

    def _TyTup(self, ty: Any) -> None:
        self.out.word("(")
        self.commas(ty.tys, self.ty)
        self.out.word(",)" if len(ty.tys) == 1 else ")")

    def _TyNever(self, ty: Any) -> None:
        self.out.word("!")

    def _TyInfer(self, ty: Any) -> None:
        self.out.word("_")

    def _TyBareFn(self, ty: Any) -> None:
        self._for(ty.bound_lifetimes)
        self.out.word("unsafe " if ty.unsafe else "")
        if ty.abi is not None:
            self.out.word(f'extern "{ty.abi}" ' if ty.abi else "extern ")
        self.out.word("fn(")
        self.commas(ty.params, self._bare_param)
        if ty.c_variadic:
            self.out.word(", ..." if ty.params else "...")
        self.out.word(")")
        self._output(ty.output)

    def _bare_param(self, param: tuple[Ident | None, Ty]) -> None:
        if param[0] is not None:
            self.out.word(param[0].name + ": ")
        self.ty(param[1])

    def _TyTraitObject(self, ty: Any) -> None:
        self.out.word("dyn " if ty.dyn else "")
        self.bounds(ty.bounds)

    def _TyImplTrait(self, ty: Any) -> None:
        self.out.word("impl ")
        self.bounds(ty.bounds)

    def _TyMac(self, ty: Any) -> None:
        self.mac(ty.mac)

    def _TyTypeof(self, ty: Any) -> None:
        self.out.word("typeof(")
        self.expr(ty.expr.expr)
        self.out.word(")")

    # --- patterns

    def pat(self, pat: Pat) -> None:
        getattr(self, "_" + type(pat).__name__)(pat)

    def _PatWild(self, pat: Any) -> None:
        self.out.word("_")

    def _PatRest(self, pat: Any) -> None:
        self.out.word("..")

    def _PatIdent(self, pat: PatIdent) -> None:
        self.out.word("ref mut " if pat.ref_mut else "ref " if pat.by_ref else "")
        self.out.word("mut " if pat.mutbl else "")
        self.ident(pat.ident)
        if pat.sub is not None:
            self.out.space()
            self.out.word_space("@")
            self.pat(pat.sub)

    def _PatLit(self, pat: Any) -> None:
        self.expr(pat.expr)

    def _PatRange(self, pat: Any) -> None:
        if pat.lo is not None:
            self.expr(pat.lo)
        self.out.word("..=" if pat.inclusive else "..")
        if pat.hi is not None:
            self.expr(pat.hi)

    def _PatRef(self, pat: Any) -> None:
        self.out.word("&mut " if pat.mutbl else "&")
        self.pat(pat.pat)

    def _PatTuple(self, pat: Any) -> None:
        self.out.word("(")
        self.commas(pat.pats, self.pat)
        self.out.word(",)" if len(pat.pats) == 1 else ")")

    def _PatSlice(self, pat: Any) -> None:
        self.out.word("[")
        self.commas(pat.pats, self.pat)
        self.out.word("]")

    def _PatPath(self, pat: Any) -> None:
        self.expr_path(pat.path)

    def _PatTupleStruct(self, pat: Any) -> None:
        self.expr_path(pat.path)
        self.out.word("(")
        self.commas(pat.pats, self.pat)
        self.out.word(")")

    def _PatStruct(self, pat: Any) -> None:
        self.expr_path(pat.path)
        self.out.word(" {")
        if not pat.fields and not pat.rest:
            self.out.word("}")
            return
        self.out.space()
        self.commas(pat.fields, self._pat_field)
        if pat.rest:
            self.out.word(", .." if pat.fields else "..")
        self.out.space()
        self.out.word("}")

    def _pat_field(self, field: Any) -> None:
        if not field.shorthand:
            self.out.word(field.ident.name + ": ")
        self.pat(field.pat)

    def _PatOr(self, pat: Any) -> None:
        for at, one in enumerate(pat.pats):
            self.out.word(" | " if at else "")
            self.pat(one)

    def _PatBox(self, pat: Any) -> None:
        self.out.word("box ")
        self.pat(pat.pat)

    def _PatMac(self, pat: Any) -> None:
        self.mac(pat.mac)

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
    return "".join(
        "\\" + char if char == quote else _ESCAPES.get(char) or (char if char.isprintable() else f"\\u{{{ord(char):x}}}")
        for char in text
    )


def _escape_bytes(data: bytes, quote: str) -> str:
    return "".join(
        _escape(chr(byte), quote) if byte in (9, 10, 13, 92, 0) or 32 <= byte < 127 else f"\\x{byte:02x}" for byte in data
    )


def lit_text(lit: Lit) -> str:
    """A literal, written anew from its value."""
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
        return f'b"{_escape_bytes(value, chr(34))}"' if kind == "bytestr" else f'c"{_escape_bytes(value[:-1], chr(34))}"'
    return f"{value}{lit.suffix}"
