"""The boundary of `interp.syntax` in tests: text in, a short picture of tokens or AST out."""

from __future__ import annotations

import dataclasses
from typing import Any

from interp.base.diagnostics import CompileError
from interp.base.span import SourceMap, mk_span
from interp.syntax import ast
from interp.syntax.lexer import lex_str
from interp.syntax.parser import Parser
from interp.syntax.token import Group, TokenStream

_SKIPPED = frozenset(["text", "span", "op_span", "decl_span", "sig_span"])


def parser(text: str, edition: int = 2021, lazy_bodies: bool = False) -> Parser:
    sm = SourceMap()
    stream = lex_str(sm, text, "test.rs", edition)
    file = sm.files[-1]
    end = len(file.text)
    return Parser(stream, edition, mk_span(file.file, end, end), lazy_bodies, file=file)


def check(kind: str, text: str, expected: str, edition: int = 2021) -> None:
    """Parse `text` whole by `Parser.parse_<kind>`, and compare its picture."""
    p = parser(text, edition)
    node = getattr(p, f"parse_{kind}")()
    assert p.at_end, f"stopped at {p.tok}"
    assert picture(node) == expected


def check_error(kind: str, text: str, message: str, at: str | None = None, code: str = "", edition: int = 2021) -> None:
    """Parsing must fail with `message`, at the first occurrence of `at`."""
    try:
        p = parser(text, edition)
        getattr(p, f"parse_{kind}")()
        assert p.at_end, f"stopped at {p.tok}"
    except CompileError as failure:
        first = failure.diagnostics[0]
        assert first.message == message
        assert first.code == code
        if at is not None:
            assert (first.span >> 24) & 0xFFFFFF == len(text[: text.index(at)].encode())
        return
    raise AssertionError(f"no error in {text!r}")


def tokens(text: str, edition: int = 2021) -> str:
    return token_picture(lex_str(SourceMap(), text, "test.rs", edition))


def token_picture(stream: TokenStream) -> str:
    """`kind:text`, with `^` for joint punctuation, and groups in their delimiters."""
    close = {"(": ")", "[": "]", "{": "}", "": ""}
    out = []
    for tree in stream:
        if isinstance(tree, Group):
            out.append(f"{tree.delim}{token_picture(tree.stream)}{close[tree.delim]}")
        else:
            mark = {0: "", 1: "^", 2: "#", 3: "/", 4: "!"}[tree.spacing]
            out.append(f"{tree.kind}{mark}:{tree.text}")
    return " ".join(out)


def picture(node: Any) -> str:
    """A node as `Name(field ...)`, leaving out what is empty, and its spans."""
    short = _SHORT.get(type(node))
    if short is not None:
        return short(node)
    if isinstance(node, list):
        return "[" + ", ".join(map(picture, node)) + "]"
    if isinstance(node, ast.Ident):
        return node.name
    if isinstance(node, tuple):
        return "<" + ", ".join(map(picture, node)) + ">"
    if dataclasses.is_dataclass(node):
        return _record(node)
    return repr(node)


def _record(node: Any) -> str:
    fields = [(f.name, getattr(node, f.name)) for f in dataclasses.fields(node) if f.name not in _SKIPPED]
    shown = [
        name if value is True else f"{name}={picture(value)}"
        for name, value in fields
        if value is not None and value is not False and value != [] and value != ""
    ]
    return f"{type(node).__name__}({', '.join(shown)})"


def _path(path: ast.Path) -> str:
    text = "::".join(map(picture, path.segments)).replace("{{root}}", "")
    return f"<{picture(path.qself.ty)}@{path.qself.position}>{text}" if path.qself else text


def _args(args: ast.GenericArgs) -> str:
    if args.parenthesized:
        output = f" -> {picture(args.output)}" if args.output else ""
        return "(" + ", ".join(map(picture, args.inputs)) + ")" + output
    return "<" + ", ".join(map(picture, [*args.args, *args.constraints])) + ">"


def _constraint(one: ast.AssocConstraint) -> str:
    head = one.ident.name + (picture(one.args) if one.args else "")
    return f"{head} = {picture(one.term)}" if one.term else f"{head}: {picture(one.bounds)}"


def _vis(vis: ast.Visibility) -> str:
    return vis.kind + (f"({_path(vis.path)})" if vis.path else "")


def _generics(generics: ast.Generics) -> str:
    where = f" where {picture(generics.where)}" if generics.where else ""
    return picture(generics.params) + where


def _item(item: ast.Item) -> str:
    head = "" if item.vis.kind == "inherited" else _vis(item.vis) + " "
    attrs = "".join(picture(one) + " " for one in item.attrs)
    return f"{attrs}{head}{item.ident.name} {picture(item.kind)}".strip()


_SHORT: dict[type, Any] = {
    ast.ExprPath: lambda n: _path(n.path),
    ast.TyPath: lambda n: _path(n.path),
    ast.PatPath: lambda n: f"path {_path(n.path)}",
    ast.Path: _path,
    ast.PathSegment: lambda n: n.ident.name + (picture(n.args) if n.args else ""),
    ast.GenericArgs: _args,
    ast.AssocConstraint: _constraint,
    ast.AnonConst: lambda n: f"const {picture(n.expr)}",
    ast.Lifetime: lambda n: n.ident.name,
    ast.Lit: lambda n: f"{n.value!r}{n.suffix}" if n.kind not in ("char", "byte") else f"{n.kind} {chr(n.value)!r}",
    ast.ExprBinary: lambda n: f"({picture(n.lhs)} {n.op} {picture(n.rhs)})",
    ast.ExprUnary: lambda n: f"({n.op}{picture(n.expr)})",
    ast.ExprAssign: lambda n: f"({picture(n.lhs)} = {picture(n.rhs)})",
    ast.ExprAssignOp: lambda n: f"({picture(n.lhs)} {n.op}= {picture(n.rhs)})",
    ast.ExprCast: lambda n: f"({picture(n.expr)} as {picture(n.ty)})",
    ast.ExprParen: lambda n: f"paren({picture(n.expr)})",
    ast.ExprTry: lambda n: f"{picture(n.expr)}?",
    ast.ExprField: lambda n: f"{picture(n.expr)}.{n.ident.name}",
    ast.ExprIndex: lambda n: f"{picture(n.expr)}[{picture(n.index)}]",
    ast.ExprCall: lambda n: f"{picture(n.func)}({', '.join(map(picture, n.args))})",
    ast.ExprMethodCall: lambda n: f"{picture(n.receiver)}.{picture(n.segment)}({', '.join(map(picture, n.args))})",
    ast.ExprTuple: lambda n: f"tuple({', '.join(map(picture, n.exprs))})",
    ast.ExprLet: lambda n: f"let({picture(n.pat)} = {picture(n.expr)})",
    ast.Block: lambda n: "{" + "; ".join(map(picture, n.stmts)) + "}",
    ast.StmtExpr: lambda n: "".join(picture(one) + " " for one in n.attrs) + picture(n.expr) + (";" if n.semi else ""),
    ast.StmtItem: lambda n: picture(n.item),
    ast.MacCall: lambda n: f"{_path(n.path)}!{n.delim}{token_picture(n.tokens)}",
    ast.ExprMac: lambda n: picture(n.mac),
    ast.PatIdent: lambda n: (
        ("ref mut " if n.ref_mut else "ref " if n.by_ref else "")
        + ("mut " if n.mutbl else "")
        + n.ident.name
        + (f" @ {picture(n.sub)}" if n.sub else "")
    ),
    ast.PatWild: lambda n: "_",
    ast.PatRest: lambda n: "..",
    ast.PatLit: lambda n: picture(n.expr),
    ast.PatOr: lambda n: "(" + " | ".join(map(picture, n.pats)) + ")",
    ast.PatTuple: lambda n: f"tuple({', '.join(map(picture, n.pats))})",
    ast.PatTupleStruct: lambda n: f"{_path(n.path)}({', '.join(map(picture, n.pats))})",
    ast.PatSlice: lambda n: picture(n.pats),
    ast.PatRef: lambda n: ("&mut " if n.mutbl else "&") + picture(n.pat),
    ast.TyRef: lambda n: (
        "&" + (n.lifetime.ident.name + " " if n.lifetime else "") + ("mut " if n.mutbl else "") + picture(n.ty)
    ),
    ast.TyPtr: lambda n: ("*mut " if n.mutbl else "*const ") + picture(n.ty),
    ast.TyTup: lambda n: f"tuple({', '.join(map(picture, n.tys))})",
    ast.TySlice: lambda n: f"[{picture(n.ty)}]",
    ast.TyArray: lambda n: f"[{picture(n.ty)}; {picture(n.len.expr)}]",
    ast.TyNever: lambda n: "!",
    ast.TyInfer: lambda n: "_",
    ast.TraitBound: lambda n: (
        (f"for<{', '.join(map(picture, n.bound_lifetimes))}> " if n.bound_lifetimes else "")
        + n.modifier
        + _path(n.path)
    ),
    ast.Visibility: _vis,
    ast.Generics: _generics,
    ast.Item: _item,
    ast.Attribute: lambda n: f"#{'!' * n.inner}[{n.path}{' = ' + repr(n.value) if n.value is not None else ''}]",
}
