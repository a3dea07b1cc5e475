"""Types.

To add a form: a function, and an entry in `_BY_KEY` under the token that begins it.
"""

from __future__ import annotations

from collections.abc import Callable

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from ..ast import (
    AnonConst,
    Bound,
    Ident,
    Lifetime,
    Path,
    TraitBound,
    Ty,
    TyArray,
    TyBareFn,
    TyImplTrait,
    TyInfer,
    TyMac,
    TyNever,
    TyPath,
    TyPtr,
    TyRef,
    TySlice,
    TyTraitObject,
    TyTup,
    TyTypeof,
)  # fmt: skip
from ..cursor import Cursor
from ..keywords import PATH_KEYWORDS
from ..token import RAW
from . import attributes, expressions, functions, generics, macros, paths


def parse_ty(p: Cursor) -> Ty:
    """A type; `A + B` is a bare trait object."""
    return _parse_ty(p, True)


def parse_ty_no_plus(p: Cursor) -> Ty:
    """A type after `&`, `*const`, `as` and the like, where `+` is not the type's."""
    return _parse_ty(p, False)


def _parse_ty(p: Cursor, allow_plus: bool) -> Ty:
    tok = p.tok
    if tok.kind == "interp":
        return _parse_interp(p, allow_plus)
    handler = _BY_KEY.get(p.key)
    if handler is not None:
        return handler(p, allow_plus)
    if tok.kind == "ident" and (
        tok.spacing == RAW or tok.text not in p.words or tok.text in PATH_KEYWORDS
    ):
        return _parse_path_ty(p, allow_plus)
    if tok.kind == "lifetime":
        return _parse_bare_bounds(p)
    p.unexpected_type()


def can_begin_type(p: Cursor) -> bool:
    tok = p.tok
    if tok.kind == "ident":
        return p.is_path_segment() or p.key in _BY_KEY
    return tok.kind == "lifetime" or p.key in _BY_KEY or (tok.kind == "interp" and tok.text in ("ty", "path"))


def parse_ret_ty(p: Cursor, allow_plus: bool = True) -> Ty | None:
    """`-> T`, if it is there."""
    return _parse_ty(p, allow_plus) if p.eat("->") else None


def parse_lifetime(p: Cursor) -> Lifetime:
    tok = p.tok
    if tok.kind == "interp" and tok.text == "lifetime":
        p.bump()
        assert isinstance(tok.node, Lifetime)
        return tok.node
    if tok.kind != "lifetime":
        p.unexpected("lifetime")
    p.bump()
    return Lifetime(Ident(tok.text, tok.span), tok.span)


def _parse_interp(p: Cursor, allow_plus: bool) -> Ty:
    tok = p.tok
    if tok.text == "ty":
        if not (isinstance(tok.node, TyPath) and p.peek_key() in ("::", "!")):
            p.bump()
            ty: Ty = tok.node
            return _with_plus(p, ty, allow_plus)
        return _parse_path_ty(p, allow_plus)
    if tok.text == "path":
        return _parse_path_ty(p, allow_plus)
    if tok.text == "lifetime":
        return _parse_bare_bounds(p)
    p.unexpected_type()


def _with_plus(p: Cursor, ty: Ty, allow_plus: bool) -> Ty:
    if allow_plus and p.key == "+" and isinstance(ty, TyPath) and ty.path.qself is None:
        return _bare_object(p, ty.path)
    return ty


def _parse_path_ty(p: Cursor, allow_plus: bool) -> Ty:
    start = p.tok.span
    path = paths.parse_path(p, "type")
    key = p.key
    if key == "!" and path.qself is None and macros.at_delim(p, 1):
        return TyMac(macros.parse_mac_call(p, path, start), p.since(start))
    if key == "+" and allow_plus:
        return _bare_object(p, path)
    return TyPath(path, path.span)


def _bare_object(p: Cursor, first: Path) -> Ty:
    """`Trait + Send` without `dyn`."""
    bounds: list[Bound] = [TraitBound(first, "", [], first.span)]
    p.expect("+")
    bounds.extend(generics.parse_bounds(p))
    return TyTraitObject(bounds, False, p.since(first.span))


def _parse_bare_bounds(p: Cursor, allow_plus: bool = True) -> Ty:
    start = p.tok.span
    bounds = generics.parse_bounds(p)
    if not any(isinstance(bound, TraitBound) for bound in bounds):
        p.fail(p.since(start), "at least one trait is required for an object type", "E0224")
    return TyTraitObject(bounds, False, p.since(start))


def _parse_paren(p: Cursor, allow_plus: bool) -> Ty:
    """`()`, `(A,)`, `(A, B)`, or `(A)`, which is `A`."""
    start = p.tok.span
    tys: list[Ty] = []
    comma = False
    p.enter()
    while not p.at_end:
        tys.append(parse_ty(p))
        comma = p.eat(",")
        if not comma:
            break
    p.leave("`,`", *(paths.after_ty_expected(tys[-1]) if tys else ()))
    if len(tys) != 1 or comma:
        return TyTup(tys, p.since(start))
    return _with_plus(p, tys[0], allow_plus)


def _parse_bracket(p: Cursor, allow_plus: bool) -> Ty:
    start = p.tok.span
    p.enter()
    ty = parse_ty(p)
    if not p.eat(";"):
        p.leave("`;`", *(paths.after_ty_expected(ty) if p.tok.kind != "literal" else ()))
        return TySlice(ty, p.since(start))
    length = parse_anon_const(p)
    p.leave()
    return TyArray(ty, length, p.since(start))


def parse_anon_const(p: Cursor) -> AnonConst:
    expr = expressions.parse_expr(p)
    return AnonConst(expr, expr.span)


def _parse_ref(p: Cursor, allow_plus: bool) -> Ty:
    start = p.tok.span
    if p.key == "&&":
        p.split("&")
        inner = _parse_ref(p, False)
        return TyRef(None, False, inner, p.since(start))
    p.bump()
    lifetime = parse_lifetime(p) if p.tok.kind == "lifetime" or p.key == "lifetime" else None
    mutbl = p.eat("mut")
    if p.key == "dyn" and p.edition < 2018 and not _is_dyn(p):
        ty = _parse_path_ty(p, False)
    else:
        ty = parse_ty_no_plus(p)
    if p.key == "+" and allow_plus and isinstance(ty, TyPath):
        p.fail(p.since(start), "expected a path on the left-hand side of `+`", "E0178")
    return TyRef(lifetime, mutbl, ty, p.since(start))


def _parse_ptr(p: Cursor, allow_plus: bool) -> Ty:
    start = p.tok.span
    p.bump()
    if p.key not in ("const", "mut"):
        p.fail(p.prev_span, "expected `mut` or `const` keyword in raw pointer type")
    mutbl = p.bump().text == "mut"
    return TyPtr(mutbl, parse_ty_no_plus(p), p.since(start))


def _parse_never(p: Cursor, allow_plus: bool) -> Ty:
    p.bump()
    return TyNever(p.prev_span)


def _parse_infer(p: Cursor, allow_plus: bool) -> Ty:
    p.bump()
    return TyInfer(p.prev_span)


def _parse_impl(p: Cursor, allow_plus: bool) -> Ty:
    start = p.bump().span
    bounds = generics.parse_bounds(p)
    _check_plus(p, bounds, allow_plus, start)
    if not any(isinstance(bound, TraitBound) for bound in bounds):
        p.fail(p.since(start), "at least one trait must be specified")
    return TyImplTrait(bounds, p.since(start))


def _is_dyn(p: Cursor) -> bool:
    """Before edition 2018 `dyn` is a keyword only where a bound follows."""
    if p.edition >= 2018:
        return True
    after = p.peek()
    if after.kind == "ident":
        return after.text not in p.words or after.text in PATH_KEYWORDS or after.text == "for"
    return after.kind == "lifetime" or after.text in ("?", "(", "*") or after.kind == "interp"


def _parse_dyn(p: Cursor, allow_plus: bool) -> Ty:
    if not _is_dyn(p):
        return _parse_path_ty(p, allow_plus)
    start = p.bump().span
    bounds = generics.parse_bounds(p)
    if not any(isinstance(bound, TraitBound) for bound in bounds):
        p.fail(p.since(start), "at least one trait is required for an object type", "E0224")
    _check_plus(p, bounds, allow_plus, start)
    return TyTraitObject(bounds, True, p.since(start))


def _check_plus(p: Cursor, bounds: list[Bound], allow_plus: bool, start: Span) -> None:
    if len(bounds) > 1 and not allow_plus:
        report = error(p.since(start), "ambiguous `+` in a type")
        raise CompileError(report.help("use parentheses to disambiguate"))


def _parse_qself(p: Cursor, allow_plus: bool) -> Ty:
    path = paths.parse_qpath(p, "type")
    return TyPath(path, path.span)


def _parse_for(p: Cursor, allow_plus: bool) -> Ty:
    """`for<'a> fn(&'a T)`, or bare `for<'a> Trait<'a>`."""
    start = p.tok.span
    place = p.save()
    lifetimes = generics.parse_for_lifetimes(p)
    if p.key in ("fn", "unsafe", "extern"):
        ty = parse_bare_fn(p, allow_plus)
        ty.bound_lifetimes, ty.span = lifetimes, p.since(start)
        return ty
    p.restore(place)
    return _parse_bare_bounds(p)


def parse_bare_fn(p: Cursor, allow_plus: bool) -> TyBareFn:
    start = p.tok.span
    unsafe = p.eat("unsafe")
    abi = functions.parse_extern_abi(p)
    p.expect("fn")
    params: list[tuple[Ident | None, Ty]] = []
    variadic = False
    if p.key != "(":
        p.unexpected("`(`")
    p.enter()
    while not p.at_end:
        attributes.parse_outer(p)
        name = _parse_param_name(p)
        if p.eat("..."):
            variadic = True
        else:
            params.append((name, parse_ty(p)))
        if not p.eat(","):
            break
    p.leave("`,`", *(paths.after_ty_expected(params[-1][1]) if params else ()))
    output = parse_ret_ty(p, allow_plus=False)
    return TyBareFn(params, output, unsafe, abi, variadic, [], p.since(start))


def _parse_param_name(p: Cursor) -> Ident | None:
    """`name:` or `_:` before a fn pointer's parameter type."""
    if p.tok.kind == "ident" and p.peek_key() == ":" and (p.key == "_" or p.is_ident()):
        tok = p.bump()
        p.bump()
        return Ident(tok.text, tok.span)
    return None


def _parse_typeof(p: Cursor, allow_plus: bool) -> Ty:
    start = p.bump().span
    if p.key != "(":
        p.unexpected("`(`")
    p.enter()
    expr = parse_anon_const(p)
    p.leave()
    return TyTypeof(expr, p.since(start))


def _parse_invisible(p: Cursor, allow_plus: bool) -> Ty:
    start = p.tok.span
    p.enter()
    ty = parse_ty(p)
    p.leave()
    if p.key == "::" and isinstance(ty, TyPath):
        return TyPath(paths.continue_path(p, ty.path, "type"), p.since(start))
    return _with_plus(p, ty, allow_plus)


_BY_KEY: dict[str, Callable[[Cursor, bool], Ty]] = {
    "(": _parse_paren, "[": _parse_bracket, "&": _parse_ref, "&&": _parse_ref, "*": _parse_ptr, "!": _parse_never,
    "_": _parse_infer, "fn": parse_bare_fn, "unsafe": parse_bare_fn, "extern": parse_bare_fn, "for": _parse_for,
    "impl": _parse_impl, "dyn": _parse_dyn, "<": _parse_qself, "<<": _parse_qself, "typeof": _parse_typeof,
    "?": _parse_bare_bounds, "::": _parse_path_ty, "{}": _parse_invisible,
}  # fmt: skip
