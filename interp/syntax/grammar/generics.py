"""Generic parameters, bounds and where clauses.

To add a kind of bound: `_parse_bound`.  To add a kind of parameter: `_parse_param`.
"""

from __future__ import annotations

from typing import Literal

from ...base.diagnostics import Unsupported
from ...base.span import Span, mk_span, span_file, span_hi
from ..ast import (
    AnonConst,
    Attribute,
    Bound,
    GenericParam,
    Generics,
    Ident,
    Lifetime,
    TraitBound,
    Ty,
    UseBound,
    WherePredicate,
)  # fmt: skip
from ..cursor import Cursor
from . import attributes, paths, types


def no_generics(p: Cursor) -> Generics:
    here = mk_span(span_file(p.prev_span), span_hi(p.prev_span), span_hi(p.prev_span), p.prev_span >> 64)
    return Generics([], [], here)


def parse_generics(p: Cursor) -> Generics:
    """`<'a, T: Bound, const N: usize>`, or nothing."""
    if p.key != "<":
        return no_generics(p)
    start = p.bump().span
    params: list[GenericParam] = []
    while not p.key.startswith(">"):
        params.append(_parse_param(p))
        if not p.eat(","):
            break
    p.expect_gt("`,`", *_after_param(params))
    return Generics(params, [], p.since(start))


def _after_param(params: list[GenericParam]) -> tuple[str, ...]:
    if not params or params[-1].default is not None:
        return ()
    return ("`:`", "`=`") if not params[-1].bounds and params[-1].kind == "type" else ("`+`", "`=`")


def _parse_param(p: Cursor) -> GenericParam:
    attrs = attributes.parse_outer(p)
    start = p.tok.span
    if p.tok.kind == "lifetime" or p.key == "lifetime":
        lifetime = types.parse_lifetime(p)
        bounds = parse_bounds(p) if p.eat(":") else []
        return GenericParam(lifetime.ident, "lifetime", bounds, None, None, attrs, p.since(start))
    if p.eat("const"):
        return _parse_const_param(p, attrs, start)
    ident = p.parse_ident("`>`", "`const`", "`#`", "lifetime")
    bounds = parse_bounds(p) if p.eat(":") else []
    default = types.parse_ty(p) if p.eat("=") else None
    return GenericParam(ident, "type", bounds, default, None, attrs, p.since(start))


def _parse_const_param(p: Cursor, attrs: list[Attribute], start: Span) -> GenericParam:
    ident = p.parse_ident()
    p.expect(":")
    ty = types.parse_ty(p)
    default: Ty | AnonConst | None = None
    if p.eat("="):
        if paths.is_const_arg(p.tok, p.key):
            default = paths.parse_const_arg(p)
        else:
            default = types.parse_ty(p)
    return GenericParam(ident, "const", [], default, ty, attrs, p.since(start))


def parse_for_lifetimes(p: Cursor) -> list[Lifetime]:
    """`for<'a, 'b>`, or nothing."""
    if p.key != "for":
        return []
    p.bump()
    if p.key != "<":
        p.unexpected("`<`")
    found = parse_generics(p)
    for param in found.params:
        if param.kind != "lifetime":
            raise Unsupported(param.span, "only lifetime parameters can be used in this context")
    return [Lifetime(param.ident, param.span) for param in found.params]


def can_begin_bound(p: Cursor) -> bool:
    tok = p.tok
    if tok.kind == "ident":
        return p.is_path_segment() or p.key in ("for", "use", "async", "const")
    if tok.kind == "interp":
        return tok.text in ("path", "ty", "lifetime")
    return tok.kind == "lifetime" or p.key in ("?", "~", "(", "::", "!", "{}", "[")


def parse_bounds(p: Cursor) -> list[Bound]:
    """`A + 'b + ?Sized`; may be empty."""
    found: list[Bound] = []
    while can_begin_bound(p):
        if p.key == "[" and p.peek_key(1) != "const":
            if not _is_const_bracket(p):
                break
        found.append(_parse_bound(p))
        if p.key != "+":
            break
        p.bump()
    return found


def _is_const_bracket(p: Cursor) -> bool:
    """`[const] Trait`."""
    stream = getattr(p.tok, "stream", [])
    return len(stream) == 1 and stream[0].text == "const"


def _parse_bound(p: Cursor) -> Bound:
    tok = p.tok
    if tok.kind == "lifetime" or (tok.kind == "interp" and tok.text == "lifetime"):
        return types.parse_lifetime(p)
    if p.key == "(":
        p.enter()
        bound = _parse_bound(p)
        p.leave()
        return bound
    if p.key == "use":
        return _parse_use(p)
    return _parse_trait_bound(p)


def _parse_use(p: Cursor) -> UseBound:
    """`use<'a, T>`."""
    start = p.bump().span
    args: list[Ident] = []
    p.expect("<")
    while not p.key.startswith(">"):
        tok = p.tok
        if tok.kind != "lifetime" and not p.is_path_segment():
            p.unexpected("identifier", "lifetime", "`>`")
        p.bump()
        args.append(Ident(tok.text, tok.span))
        if not p.eat(","):
            break
    p.expect_gt("`,`")
    return UseBound(args, p.since(start))


def _parse_trait_bound(p: Cursor) -> TraitBound:
    start = p.tok.span
    lifetimes = parse_for_lifetimes(p)
    modifier = _parse_modifier(p)
    if not lifetimes:
        lifetimes = parse_for_lifetimes(p)
    path = paths.parse_path(p, "type")
    return TraitBound(path, modifier, lifetimes, p.since(start))


def _parse_modifier(p: Cursor) -> Literal["", "?", "~const", "async"]:
    key = p.key
    if key == "?":
        p.bump()
        if p.key == "const":
            p.fail(p.here, "expected identifier, found keyword `const`", "", "expected identifier, found keyword")
        return "?"
    if key == "~" or key == "[":
        p.bump()
        if key == "~":
            p.expect("const")
        return "~const"
    if key == "const":
        p.fail(p.here, "const trait impls are experimental", "E0658")
    if key == "!":
        p.fail(p.here, "negative bounds are not supported")
    if key == "async" and p.edition >= 2018:
        p.bump()
        return "async"
    return ""


def parse_where(p: Cursor, generics: Generics) -> None:
    """`where ...`, if it is there, into `generics`."""
    if not p.eat("where"):
        return
    while True:
        attributes.parse_outer(p)
        if not (p.key == "for" or types.can_begin_type(p)):
            return
        generics.where.append(_parse_predicate(p))
        if not p.eat(","):
            return


def _parse_predicate(p: Cursor) -> WherePredicate:
    start = p.tok.span
    if p.tok.kind == "lifetime" and p.peek_key() != "+":
        lifetime = types.parse_lifetime(p)
        p.expect(":")
        return WherePredicate(None, lifetime, parse_bounds(p), [], p.since(start))
    lifetimes = _parse_where_for(p)
    ty = types.parse_ty_no_plus(p)
    if p.key in ("=", "=="):
        p.fail(p.since(start), "equality constraints are not yet supported in `where` clauses", "", "not supported")
    p.expect(":", "`=`", "`==`", *paths.after_ty_expected(ty))
    return WherePredicate(ty, None, parse_bounds(p), lifetimes, p.since(start))


def _parse_where_for(p: Cursor) -> list[Lifetime]:
    """`for<'a>` of the predicate; before `fn` it belongs to the type."""
    if p.key != "for":
        return []
    place = p.save()
    lifetimes = parse_for_lifetimes(p)
    if p.key in ("fn", "unsafe", "extern"):
        p.restore(place)
        return []
    return lifetimes
