"""Functions, constants, statics and type aliases, in whatever holds items.

To add what may stand before their `;`: `_semicolon`.
"""

from __future__ import annotations

from ...base.diagnostics import CompileError, error
from ..ast import Const, Expr, Ident, ItemKind, Static, Ty, TyAlias
from ..cursor import Cursor
from . import expressions, functions, generics, items, paths, types


def parse_fn(p: Cursor, context: str) -> tuple[Ident, ItemKind] | None:
    return functions.parse_fn(p, context) if functions.at_fn(p) else None


def parse_const(p: Cursor, context: str) -> tuple[Ident, ItemKind] | None:
    if functions.at_fn(p):
        return functions.parse_fn(p, context)
    after = p.peek()
    if not (p.is_ident_at(1) or (after.text in ("_", "mut") and after.kind == "ident")):
        return None
    p.bump()
    if p.key == "mut":
        report = error(p.here, "const globals cannot be mutable", "", "cannot be mutable")
        raise CompileError(report.help("you might want to declare a static instead"))
    ident = items.ident_or_underscore(p)
    params = generics.parse_generics(p)
    ty: Ty | None = None
    if p.eat(":"):
        ty = types.parse_ty(p)
    elif p.key in ("=", ";"):
        if context != items.TRAIT or p.key == "=":
            p.fail(p.prev_end(), "missing type for `const` item", "", "help: provide a type for the item: `: <type>`")
    else:
        p.unexpected("`:`", "`;`", "`=`", "`where`", *(("`<`",) if not params.params else ()))
    expr = expressions.parse_expr(p) if p.eat("=") else None
    generics.parse_where(p, params)
    _semicolon(p, expr, ty)
    return ident, Const(params, ty, expr)


def _semicolon(p: Cursor, expr: Expr | None, ty: Ty | None) -> None:
    if p.key == ";":
        p.bump()
        return
    if expr is not None:
        p.unexpected("`;`", *expressions.after_expr_expected(expr))
    p.unexpected("`;`", "`=`", "`where`", *paths.after_ty_expected(ty))


def parse_static(p: Cursor, context: str) -> tuple[Ident, ItemKind] | None:
    if p.peek_key() in ("|", "||", "move", "async"):
        return None
    return parse_static_item(p, False)


def parse_static_item(p: Cursor, unsafe: bool, safe: bool = False) -> tuple[Ident, ItemKind]:
    p.expect("static")
    mutbl = p.eat("mut")
    ident = items.ident_or_underscore(p)
    if p.key != ":":
        if p.key in ("=", ";"):
            what = "static mut" if mutbl else "static"
            p.fail(p.prev_end(), f"missing type for `{what}` item", "", "help: provide a type for the item: `: <type>`")
        p.unexpected("`:`")
    p.bump()
    ty = types.parse_ty(p)
    expr = expressions.parse_expr(p) if p.eat("=") else None
    _semicolon(p, expr, ty)
    return ident, Static(mutbl, ty, expr, unsafe, safe)


def parse_type(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    p.bump()
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    bounds = generics.parse_bounds(p) if p.eat(":") else []
    generics.parse_where(p, params)
    ty = types.parse_ty(p) if p.eat("=") else None
    generics.parse_where(p, params)
    if not p.eat(";"):
        plain = ("`:`",) if not bounds else ()
        start = ("`=`", *plain, *(("`<`",) if not params.params and not bounds else ()))
        p.unexpected("`;`", "`where`", *(start if ty is None else paths.after_ty_expected(ty)))
    return ident, TyAlias(params, bounds, ty)


