"""HIR as text, one line a statement: for tests and for looking at what sugar became.

A local is printed as `name#id`, a resolved path by its definition's name; types and generic arguments are left out.
"""

from __future__ import annotations

from typing import Any, Callable

from ..resolve.defs import ResLocal
from . import hir


def body_to_string(body: hir.Body) -> str:
    params = ", ".join(pat(p.pat) for p in body.params)
    return f"fn({params}) {expr(body.value)}"


def path(p: hir.Path) -> str:
    if type(p.res) is ResLocal:
        return f"{p.segments[0].name}#{p.res.hir_id}"
    text = "::".join("" if s.name == "{{root}}" else s.name for s in p.segments)
    return f"<_>::{text}" if p.qself is not None else text


def block(b: hir.Block) -> str:
    inside = [stmt(s) for s in b.stmts]
    if b.expr is not None:
        inside.append(expr(b.expr))
    head = ("unsafe " if b.unsafe else "") + (f"'{b.id}: " if b.targeted else "")
    return head + "{ " + " ".join(inside) + " }" if inside else head + "{}"


def stmt(s: hir.Stmt) -> str:
    if isinstance(s, hir.ExprStmt):
        return expr(s.expr) + (";" if s.semi else "")
    init = f" = {expr(s.init)}" if s.init is not None else ""
    els = f" else {block(s.els)}" if s.els is not None else ""
    return f"let {pat(s.pat)}{init}{els};"


def _list(items: list[Any], each: Callable[[Any], str]) -> str:
    return ", ".join(each(i) for i in items)


def expr(e: hir.Expr) -> str:
    return _EXPR[type(e)](e)


def _lit(e: hir.Lit) -> str:
    value = chr(int(e.value)) if e.kind == "char" else e.value
    return (repr(value) if e.kind in ("str", "char", "bytestr") else str(value).lower()) + e.suffix


def _opt(e: Any) -> str:
    return f" {expr(e)}" if e is not None else ""


def _if(e: hir.If) -> str:
    return f"if {expr(e.cond)} {expr(e.then)}" + (f" else {expr(e.else_)}" if e.else_ is not None else "")


def _arm(arm: hir.Arm) -> str:
    guard = f" if {expr(arm.guard)}" if arm.guard is not None else ""
    return f"{pat(arm.pat)}{guard} => {expr(arm.body)}"


def _closure(e: hir.Closure) -> str:
    params = _list([p.pat for p in e.params], pat)
    return f"{'move ' if e.move else ''}{'async ' if e.kind == 'async' else ''}|{params}| {expr(e.body)}"


def _struct(e: hir.Struct) -> str:
    parts = [f"{name}: {expr(value)}" for name, value, _ in e.fields]
    if e.base is not None:
        parts.append(f"..{expr(e.base)}")
    return f"{path(e.path)} {{ {', '.join(parts)} }}"


_EXPR: dict[type, Callable[[Any], str]] = {
    hir.Lit: _lit,
    hir.ExprPath: lambda e: path(e.path),
    hir.Unary: lambda e: f"{e.op}{expr(e.expr)}",
    hir.Binary: lambda e: f"({expr(e.lhs)} {e.op} {expr(e.rhs)})",
    hir.Assign: lambda e: f"{expr(e.lhs)} = {expr(e.rhs)}",
    hir.AssignOp: lambda e: f"{expr(e.lhs)} {e.op}= {expr(e.rhs)}",
    hir.AddrOf: lambda e: f"&{'raw ' if e.raw else ''}{'mut ' if e.mutbl else ''}{expr(e.expr)}",
    hir.Call: lambda e: f"{expr(e.func)}({_list(e.args, expr)})",
    hir.MethodCall: lambda e: f"{expr(e.receiver)}.{e.segment.name}({_list(e.args, expr)})",
    hir.Field: lambda e: f"{expr(e.expr)}.{e.name}",
    hir.Index: lambda e: f"{expr(e.expr)}[{expr(e.index)}]",
    hir.Tuple: lambda e: f"({_list(e.exprs, expr)}{',' if len(e.exprs) == 1 else ''})",
    hir.Array: lambda e: f"[{_list(e.exprs, expr)}]",
    hir.Repeat: lambda e: f"[{expr(e.expr)}; _]",
    hir.Struct: _struct,
    hir.Cast: lambda e: f"{expr(e.expr)} as _",
    hir.Let: lambda e: f"let {pat(e.pat)} = {expr(e.init)}",
    hir.If: _if,
    hir.Loop: lambda e: f"'{e.id}: loop {block(e.body)}",
    hir.Match: lambda e: f"match {expr(e.scrutinee)} {{ {_list(e.arms, _arm)} }}",
    hir.Closure: _closure,
    hir.Block: block,
    hir.ConstBlock: lambda e: f"const {expr(e.body)}",
    hir.Break: lambda e: f"break '{e.target}{_opt(e.expr)}",
    hir.Continue: lambda e: f"continue '{e.target}",
    hir.Return: lambda e: f"return{_opt(e.expr)}",
    hir.DropTemps: lambda e: f"drop_temps({expr(e.expr)})",
    hir.Yield: lambda e: f"yield {expr(e.expr)}",
    hir.Err: lambda e: "{error}",
}


def pat(p: hir.Pat) -> str:
    return _PAT[type(p)](p)


def _binding(p: hir.PatBinding) -> str:
    mode = (f"{p.ref_} " if p.ref_ else "") + ("mut " if p.mutbl else "")
    return f"{mode}{p.name}#{p.var}" + (f" @ {pat(p.sub)}" if p.sub is not None else "")


def _with_rest(pats: list[hir.Pat], dotdot: int | None) -> str:
    parts = [pat(p) for p in pats]
    if dotdot is not None:
        parts.insert(dotdot, "..")
    return ", ".join(parts)


def _slice(p: hir.PatSlice) -> str:
    middle = [] if p.slice is None else [".." if isinstance(p.slice, hir.PatWild) else f"{pat(p.slice)} @ .."]
    return f"[{', '.join([*map(pat, p.before), *middle, *map(pat, p.after)])}]"


def _range(p: hir.PatRange) -> str:
    lo, hi = (expr(x) if x is not None else "" for x in (p.lo, p.hi))
    return f"{lo}..{'=' if p.inclusive else ''}{hi}"


def _pat_struct(p: hir.PatStruct) -> str:
    parts = [f"{name}: {pat(inner)}" for name, inner, _ in p.fields] + ([".."] if p.rest else [])
    return f"{path(p.path)} {{ {', '.join(parts)} }}"


_PAT: dict[type, Callable[[Any], str]] = {
    hir.PatWild: lambda p: "_",
    hir.PatBinding: _binding,
    hir.PatPath: lambda p: path(p.path),
    hir.PatTupleStruct: lambda p: f"{path(p.path)}({_with_rest(p.pats, p.dotdot)})",
    hir.PatStruct: _pat_struct,
    hir.PatTuple: lambda p: f"({_with_rest(p.pats, p.dotdot)})",
    hir.PatSlice: _slice,
    hir.PatRef: lambda p: f"&{'mut ' if p.mutbl else ''}{pat(p.pat)}",
    hir.PatBox: lambda p: f"box {pat(p.pat)}",
    hir.PatLit: lambda p: expr(p.expr),
    hir.PatRange: _range,
    hir.PatOr: lambda p: " | ".join(map(pat, p.pats)),
}
