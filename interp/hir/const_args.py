"""Constants in types: array lengths and const generic arguments.

A literal is its value at once; `N` is the parameter; everything else is an anonymous constant to be evaluated
when it is needed.  It has the generics of its owner only if it mentions one.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Optional

from ..syntax import ast
from ..syntax.token import Group, TokenStream
from ..ty import ty as t
from ..ty.ty import Const, Ty
from .generics import identity_args, param_of

if TYPE_CHECKING:
    from .astconv import AstConv


def as_const(conv: AstConv, node: Any) -> ast.AnonConst:
    """A generic argument that was parsed as a type, for a const parameter: a path."""
    if isinstance(node, ast.AnonConst):
        return node
    memo = conv.tcx._memo.setdefault("ty_as_const", {})
    found = memo.get(id(node))
    if found is None:
        if isinstance(node, ast.TyPath):
            expr: Any = ast.ExprPath(node.path, node.span)
        else:
            from ..base.diagnostics import error

            conv.fail(error(node.span, "type provided when a constant was expected", "E0747"))
            expr = ast.Lit("int", 0, "", node.span)
        found = memo[id(node)] = (ast.AnonConst(expr, node.span), node)
    return found[0]


def lower_const_arg(conv: AstConv, node: ast.AnonConst, scope: Any, ty: Ty) -> Const:
    expr = _unwrapped(node.expr)
    if isinstance(expr, ast.ExprUnderscore) or (isinstance(expr, ast.ExprPath) and _is_underscore(expr)):
        return conv.infer_const(node.span)
    value = _literal(expr, ty)
    if value is not None:
        return value
    param = conv.resolver.const_param_of(node, scope)
    if param is not None:
        return param_of(conv.tcx, param)  # type: ignore[return-value]
    return anon_const(conv, node, scope, ty)


def anon_const(conv: AstConv, node: ast.AnonConst, scope: Any, ty: Ty) -> Const:
    """The anonymous constant for `node`, whose type is `ty`."""
    def_id = conv.resolver.anon_const(node, scope)
    conv.tcx._memo.setdefault("anon_const_ty", {}).setdefault(def_id, ty)
    names = {p.name for p in conv.tcx.generics_of(def_id).params}
    generic = bool(names) and _mentions(node.expr, names | {"Self"})
    return t.mk_const_unevaluated(def_id, identity_args(conv.tcx, def_id) if generic else ())


def _is_underscore(expr: ast.ExprPath) -> bool:
    return len(expr.path.segments) == 1 and expr.path.segments[0].ident.name == "_"


def _unwrapped(expr: Any) -> Any:
    """`{ e }` and `(e)` are `e`."""
    while True:
        if isinstance(expr, ast.ExprParen):
            expr = expr.expr
        elif isinstance(expr, ast.ExprBlock) and not expr.kind and expr.label is None and len(expr.block.stmts) == 1:
            only = expr.block.stmts[0]
            if not isinstance(only, ast.StmtExpr) or only.semi:
                return expr
            expr = only.expr
        else:
            return expr


def _literal(expr: Any, ty: Ty) -> Optional[Const]:
    """A literal that fits `ty` (what does not is left to type checking, which says why)."""
    negative = isinstance(expr, ast.ExprUnary) and expr.op == "-"
    lit = expr.expr if negative else expr
    if not isinstance(lit, ast.Lit):
        return None
    if lit.kind in ("int", "byte") and type(ty) is t.Int:
        value = -int(lit.value) if negative else int(lit.value)
        suffix = lit.suffix or ("u8" if lit.kind == "byte" else ty.name)
        low, high = (-(1 << ty.bits - 1), (1 << ty.bits - 1) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
        return t.mk_const(ty, value) if suffix == ty.name and low <= value <= high else None
    if not negative and ((lit.kind == "bool" and ty is t.BOOL) or (lit.kind == "char" and ty is t.CHAR)):
        return t.mk_const(ty, lit.value)
    return None


def _tokens_mention(stream: TokenStream, names: set[str]) -> bool:
    for tree in stream:
        inner = tree.stream if isinstance(tree, Group) else tree.src
        if _tokens_mention(inner, names) if inner is not None else tree.text in names:
            return True
    return False


def _mentions(node: Any, names: set[str]) -> bool:
    """Whether a path in the expression begins with one of `names`."""
    if isinstance(node, ast.Path):
        if node.segments[0].ident.name in names:
            return True
    elif isinstance(node, ast.MacCall):  # its own names are not ours: a macro's locals are hygienic
        return _tokens_mention(node.tokens, names)
    if isinstance(node, (list, tuple)):
        return any(_mentions(part, names) for part in node)
    if is_dataclass(node):
        return any(_mentions(getattr(node, f.name), names) for f in fields(node))
    return False
