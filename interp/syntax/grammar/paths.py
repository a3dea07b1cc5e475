"""Paths and generic arguments.

Three styles: "expr" (generic arguments need `::<`; patterns too), "type" (`<` at once, `Fn(A) -> B`), "mod" (none).
To add a kind of generic argument: `_parse_generic_arg`.
"""

from __future__ import annotations

from typing import Literal, NoReturn

from ...base.span import Span
from ..ast import (
    AnonConst,
    AssocConstraint,
    Expr,
    GenericArgs,
    Ident,
    Path,
    PathSegment,
    QSelf,
    Ty,
    TyPath,
    TyPtr,
    TyRef,
)  # fmt: skip
from ..cursor import Cursor
from ..keywords import PATH_KEYWORDS
from ..token import RAW, TokenTree
from . import atoms, expressions, generics, types

Style = Literal["expr", "type", "mod"]
_ANGLE = ("<", "<<")


def parse_path(p: Cursor, style: Style) -> Path:
    whole = whole_path(p)
    if whole is not None:
        return continue_path(p, whole, style)
    start = p.tok.span
    segments: list[PathSegment] = []
    if p.key == "::":
        p.bump()
        segments.append(PathSegment(Ident("{{root}}", p.prev_span), None))
    _parse_segments(p, segments, style)
    return Path(segments, p.since(start))


def whole_path(p: Cursor) -> Path | None:
    """A path that a macro matched as `$p:path`, or as `$t:ty` that is nothing but a path."""
    tok = p.tok
    if tok.kind == "interp":
        node = tok.node
        if tok.text == "path":
            p.bump()
            assert isinstance(node, Path)
            return node
        if isinstance(node, TyPath) and node.path.qself is None:
            p.bump()
            return node.path
    elif tok.kind == "group" and tok.text == "{}":
        p.enter()
        path = parse_path(p, "type")
        p.leave()
        return path
    return None


def continue_path(p: Cursor, path: Path, style: Style) -> Path:
    """`$p::more`, which macros of old editions wrote."""
    if p.key != "::" or (style == "mod" and p.peek_key() in ("{", "*")):
        return path
    p.bump()
    segments = list(path.segments)
    _parse_segments(p, segments, style)
    return Path(segments, p.since(path.span), path.qself)


def _parse_segments(p: Cursor, segments: list[PathSegment], style: Style) -> None:
    while True:
        segments.append(parse_segment(p, style))
        if p.key != "::" or (style == "mod" and p.peek_key() in ("{", "*")):
            return
        p.bump()


def parse_segment(p: Cursor, style: Style) -> PathSegment:
    tok = p.tok
    if tok.kind != "ident" or (tok.spacing != RAW and tok.text in p.words and tok.text not in PATH_KEYWORDS):
        p.unexpected("identifier")
    p.bump()
    ident = Ident(tok.text, tok.span)
    key = p.key
    if style == "type":
        if key in _ANGLE:
            return PathSegment(ident, parse_angle_args(p))
        if key == "(":
            return PathSegment(ident, _parse_paren_args(p))
        if key == "::" and (p.peek_key() in _ANGLE or p.peek_key() == "("):
            p.bump()
            return PathSegment(ident, parse_angle_args(p) if p.key in _ANGLE else _parse_paren_args(p))
    elif key == "::" and style == "expr" and p.peek_key() in _ANGLE:
        p.bump()
        return PathSegment(ident, parse_angle_args(p))
    return PathSegment(ident, None)


def parse_qpath(p: Cursor, style: Style) -> Path:
    """`<T as Trait>::name`, `<T>::name`."""
    start = p.tok.span
    p.eat_start("<")
    ty = types.parse_ty(p)
    segments: list[PathSegment] = []
    if p.eat("as"):
        segments.extend(parse_path(p, "type").segments)
    p.expect_gt(*(("`as`", *after_ty_expected(ty)) if not segments else ("`::`",)))
    position = len(segments)
    p.expect("::")
    _parse_segments(p, segments, style)
    return Path(segments, p.since(start), QSelf(ty, position))


def _parse_paren_args(p: Cursor) -> GenericArgs:
    """`(A, B) -> C`."""
    start = p.tok.span
    inputs: list[Ty] = []
    p.enter()
    while not p.at_end:
        inputs.append(types.parse_ty(p))
        if not p.eat(","):
            break
    p.leave("`,`")
    output = types.parse_ret_ty(p, allow_plus=False)
    return GenericArgs([], [], p.since(start), True, inputs, output)


def parse_angle_args(p: Cursor) -> GenericArgs:
    """`<'a, T, 3, Item = U>`, from the `<`."""
    start = p.tok.span
    found = GenericArgs([], [], start)
    p.eat_start("<")
    while not p.key.startswith(">"):
        _parse_generic_arg(p, found)
        if not p.eat(","):
            break
    if not p.eat_start(">"):
        _unclosed_args(p, found)
    found.span = p.since(start)
    return found


def _unclosed_args(p: Cursor, found: GenericArgs) -> NoReturn:
    last = found.args[-1] if found.args and p.key != "," else None
    plain = isinstance(last, TyPath) and len(last.path.segments) == 1 and types.can_begin_type(p)
    p.unexpected("`,`", "`>`", *(("`:`", "`=`") if plain else ()), *after_ty_expected(last))


def after_ty_expected(ty: object) -> tuple[str, ...]:
    """What may go on after a type, for complaints."""
    if isinstance(ty, (TyRef, TyPtr)):
        return tuple(name for name in after_ty_expected(ty.ty) if name != "`+`")
    if not isinstance(ty, TyPath):
        return ()
    args = ty.path.segments[-1].args
    if args is None:
        return "`!`", "`(`", "`+`", "`::`", "`<`"
    arrow = ("`->`",) if args.parenthesized and args.output is None else ()
    return "`!`", "`+`", "`::`", *arrow


def _parse_generic_arg(p: Cursor, found: GenericArgs) -> None:
    tok, key = p.tok, p.key
    if tok.kind == "lifetime" and p.peek_key() != "+":
        found.args.append(types.parse_lifetime(p))
    elif tok.kind == "ident" and p.peek_key() in ("=", ":") and p.is_ident():
        found.constraints.append(_parse_constraint(p, p.parse_ident(), None, tok.span))
    elif is_const_arg(tok, key):
        found.args.append(parse_const_arg(p))
    elif not types.can_begin_type(p):
        p.unexpected("`>`", "a const expression", "lifetime", "type")
    else:
        ty = types.parse_ty(p)
        if p.key in ("=", ":") and isinstance(ty, TyPath) and len(ty.path.segments) == 1:
            segment = ty.path.segments[0]
            found.constraints.append(_parse_constraint(p, segment.ident, segment.args, tok.span))
        else:
            found.args.append(ty)


def _parse_constraint(p: Cursor, ident: Ident, args: GenericArgs | None, start: Span) -> AssocConstraint:
    term: Ty | AnonConst | None = None
    if p.eat(":"):
        bounds = generics.parse_bounds(p)
        return AssocConstraint(ident, args, None, bounds, p.since(start))
    p.expect("=")
    term = parse_const_arg(p) if is_const_arg(p.tok, p.key) else types.parse_ty(p)
    return AssocConstraint(ident, args, term, [], p.since(start))


def is_const_arg(tok: TokenTree, key: str) -> bool:
    if key in ("{", "-", "true", "false"):
        return True
    return tok.kind == "literal" or (tok.kind == "interp" and tok.text in ("expr", "literal", "block"))


def parse_const_arg(p: Cursor) -> AnonConst:
    """A const generic argument: a block, a literal, a negative literal."""
    start = p.tok.span
    expr: Expr = atoms.parse_block_expr(p) if p.key == "{" else expressions.parse_literal_maybe_minus(p)
    return AnonConst(expr, p.since(start))
