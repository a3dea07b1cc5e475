"""`format_args!`: from `ast.FormatArgs` to calls of the library's `fmt` items.

First the template is made flat: nested `format_args!` and literal arguments go into the text.  Then

    Arguments::new_const(&["text"])
    Arguments::new_v1(&["a ", " b"], &[Argument::new_display(&x)])
    Arguments::new_v1_formatted(&[..], &[..], &[Placeholder::new(..)])

Every argument is evaluated once, in order: where one is used twice or out of order, the array is made inside a
`match (&a, &b) { args => [new_display(args.0), ..] }`.
Invariant: text and placeholders alternate, text first; an empty text stands between two placeholders.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional, Union

from ..base.diagnostics import CompileError
from ..base.span import Span
from ..syntax import ast
from . import hir
from .lower import EXPR

if TYPE_CHECKING:
    from .lower import BodyLowerer

Piece = Union[str, ast.FormatSpec]
Count = Optional[Union[int, tuple[str, int]]]
# what an element of the argument array is made of: (index of the expression, trait or "usize")
Use = tuple[int, str]

_CTORS = {
    "Display": "new_display", "Debug": "new_debug", "LowerHex": "new_lower_hex", "UpperHex": "new_upper_hex",
    "Octal": "new_octal", "Binary": "new_binary", "LowerExp": "new_lower_exp", "UpperExp": "new_upper_exp",
    "Pointer": "new_pointer", "usize": "from_usize",
}  # fmt: skip
_ALIGN = {"<": "Left", ">": "Right", "^": "Center", "": "Unknown"}


def _format_args(cx: BodyLowerer, node: ast.FormatArgs) -> hir.Expr:
    pieces, args = flatten(cx, node)
    texts = _texts(pieces)
    if not any(isinstance(p, ast.FormatSpec) for p in pieces):
        return cx.lang_call("format_arguments", node.span, [_strs(cx, texts, node.span)], "new_const")
    uses, plain = _uses(pieces)
    parts = [_strs(cx, texts, node.span), _arguments(cx, args, uses, node.span)]
    if plain:
        return _call(cx, "format_arguments", node.span, parts, "new_v1")
    index = {use: i for i, use in enumerate(uses)}
    specs = [_placeholder(cx, p, index) for p in pieces if isinstance(p, ast.FormatSpec)]
    array = hir.Array(cx.id(), specs, node.span)
    parts.append(hir.AddrOf(cx.id(), False, False, array, node.span))
    return _call(cx, "format_arguments", node.span, parts, "new_v1_formatted")


def _call(cx: BodyLowerer, name: str, span: Span, args: list[hir.Expr], constructor: str) -> hir.Expr:
    call = cx.lang_call(name, span, args, constructor)
    assert isinstance(call, hir.Call)
    call.extends = True
    return call


# -- the template ---------------------------------------------------------------------------------------------


def flatten(cx: BodyLowerer, node: ast.FormatArgs) -> tuple[list[Piece], list[ast.Expr]]:
    """Literals and nested templates taken into the text; arguments that are left without use are dropped."""
    args = list(node.args)
    expanded: dict[int, ast.Expr] = {}
    for piece in node.pieces:
        if isinstance(piece, ast.FormatSpec) and piece.arg not in expanded:
            expanded[piece.arg] = _expanded(cx, args[piece.arg])
    for index, expr in expanded.items():
        args[index] = expr
    pieces: list[Piece] = []
    inlined: set[int] = set()
    uses = _use_counts(node.pieces)
    for piece in node.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        text = _literal_text(piece, args[piece.arg])
        inner = args[piece.arg]
        if text is not None:
            inlined.add(piece.arg)
            pieces.append(text)
        elif isinstance(inner, ast.FormatArgs) and _bare(piece) and uses[piece.arg] == 1:
            inlined.add(piece.arg)
            base = len(args)
            inner_pieces, inner_args = flatten(cx, inner)
            args.extend(inner_args)
            pieces.extend(_shift(p, base) for p in inner_pieces)
        else:
            pieces.append(piece)
    return _renumber(pieces, args, inlined)


def _expanded(cx: BodyLowerer, expr: ast.Expr) -> ast.Expr:
    """An argument with a macro call at its top expanded, so that a literal or nested template shows."""
    while isinstance(expr, ast.ExprMac):
        try:
            expr = cx.r.expand_here(expr.mac, "expr", cx.scope)
        except CompileError as failure:
            cx.tcx.diag.emit_all(failure)
            return ast.ExprTuple([], expr.span)
    return expr


def _use_counts(pieces: list[Piece]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for piece in pieces:
        if isinstance(piece, ast.FormatSpec):
            for index in (piece.arg, *(c[1] for c in (piece.width, piece.precision) if isinstance(c, tuple))):
                counts[index] = counts.get(index, 0) + 1
    return counts


def _bare(spec: ast.FormatSpec) -> bool:
    """`{}` without any option."""
    return spec.trait_ == "Display" and _plain(spec)


def _plain(spec: ast.FormatSpec) -> bool:
    return not (
        spec.align or spec.sign or spec.alternate or spec.zero_pad or spec.debug_hex or spec.fill != " "
        or spec.width is not None or spec.precision is not None
    )  # fmt: skip


def _literal_text(spec: ast.FormatSpec, expr: ast.Expr) -> Optional[str]:
    """What a literal argument of a bare `{}` prints, if that is known here."""
    if not _bare(spec) or not isinstance(expr, ast.Lit):
        return None
    if expr.kind == "str":
        return str(expr.value)
    if expr.kind == "int" and expr.suffix in ("", "i32") and int(expr.value) < 1 << 31:
        return str(expr.value)
    return None


def _shift(piece: Piece, base: int) -> Piece:
    if isinstance(piece, str):
        return piece
    width = ("arg", piece.width[1] + base) if isinstance(piece.width, tuple) else piece.width
    precision = ("arg", piece.precision[1] + base) if isinstance(piece.precision, tuple) else piece.precision
    return replace(piece, arg=piece.arg + base, width=width, precision=precision)


def _renumber(pieces: list[Piece], args: list[ast.Expr], inlined: set[int]) -> tuple[list[Piece], list[ast.Expr]]:
    """Drop the arguments that went into the text, unless something else uses them; order is kept by first position."""
    used = _use_counts(pieces)
    order = _in_source_order(args, inlined, used)
    new = {old: i for i, old in enumerate(order)}
    if len(order) == len(args) and all(new[i] == i for i in range(len(args))):
        return pieces, args
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, ast.FormatSpec):
            width = ("arg", new[piece.width[1]]) if isinstance(piece.width, tuple) else piece.width
            precision = ("arg", new[piece.precision[1]]) if isinstance(piece.precision, tuple) else piece.precision
            piece = replace(piece, arg=new[piece.arg], width=width, precision=precision)
        out.append(piece)
    return out, [args[i] for i in order]


def _in_source_order(args: list[ast.Expr], inlined: set[int], used: dict[int, int]) -> list[int]:
    return [i for i in range(len(args)) if i in used or i not in inlined]


# -- the calls ------------------------------------------------------------------------------------------------


def _texts(pieces: list[Piece]) -> list[str]:
    """The literal texts: neighbours joined, one before every placeholder."""
    texts: list[str] = []
    current: Optional[str] = None
    for piece in pieces:
        if isinstance(piece, str):
            current = piece if current is None else current + piece
        else:
            texts.append(current or "")
            current = None
    if current:
        texts.append(current)
    return texts


def _uses(pieces: list[Piece]) -> tuple[list[Use], bool]:
    """The distinct uses in order, and whether `new_v1` says it all: each placeholder plain and the next use."""
    uses: dict[Use, None] = {}
    plain, at = True, 0
    for piece in pieces:
        if isinstance(piece, str):
            continue
        use = (piece.arg, piece.trait_)
        uses.setdefault(use)
        if not _plain(piece) or list(uses).index(use) != at:
            plain = False
        at += 1
    for piece in pieces:
        if isinstance(piece, ast.FormatSpec):
            for count in (piece.precision, piece.width):
                if isinstance(count, tuple):
                    uses.setdefault((count[1], "usize"))
    return list(uses), plain


def _strs(cx: BodyLowerer, texts: list[str], span: Span) -> hir.Expr:
    items: list[hir.Expr] = [hir.Lit(cx.id(), "str", text, "", span) for text in texts]
    return hir.AddrOf(cx.id(), False, False, hir.Array(cx.id(), items, span), span)


def _arguments(cx: BodyLowerer, args: list[ast.Expr], uses: list[Use], span: Span) -> hir.Expr:
    if [index for index, _ in uses] == list(range(len(args))):
        items = [_argument(cx, trait_, _borrow(cx, args[i]), args[i].span) for i, trait_ in uses]
        return hir.AddrOf(cx.id(), False, False, hir.Array(cx.id(), items, span), span)
    values = hir.Tuple(cx.id(), [_borrow(cx, arg) for arg in args], span)
    binding = cx.binding("args", span)
    items = []
    for index, trait_ in uses:
        at = args[index].span
        field = hir.Field(cx.id(), cx.local(binding.id, "args", span), str(index), at, at)
        items.append(_argument(cx, trait_, field, at))
    arm = hir.Arm(cx.id(), binding, None, hir.Array(cx.id(), items, span), span)
    match = hir.Match(cx.id(), values, [arm], "format", span)
    return hir.AddrOf(cx.id(), False, False, match, span)


def _borrow(cx: BodyLowerer, arg: ast.Expr) -> hir.Expr:
    return hir.AddrOf(cx.id(), False, False, cx.expr(arg), arg.span, True)


def _argument(cx: BodyLowerer, trait_: str, value: hir.Expr, span: Span) -> hir.Expr:
    return _call(cx, "format_argument", span, [value], _CTORS[trait_])


def _placeholder(cx: BodyLowerer, spec: ast.FormatSpec, index: dict[Use, int]) -> hir.Expr:
    span = spec.span
    flags = (
        (1 if spec.sign == "+" else 2 if spec.sign == "-" else 0) | 4 * spec.alternate | 8 * spec.zero_pad
        | {"": 0, "x": 16, "X": 32}[spec.debug_hex]
    )  # fmt: skip
    args: list[hir.Expr] = [
        _usize(cx, index[spec.arg, spec.trait_], span),
        hir.Lit(cx.id(), "char", ord(spec.fill), "", span),
        cx.lang_expr("format_alignment", span, _ALIGN[spec.align]),
        hir.Lit(cx.id(), "int", flags, "u32", span),
        _count(cx, spec.precision, index, span),
        _count(cx, spec.width, index, span),
    ]
    return cx.lang_call("format_placeholder", span, args, "new")


def _count(cx: BodyLowerer, count: Count, index: dict[Use, int], span: Span) -> hir.Expr:
    if count is None:
        return cx.lang_expr("format_count", span, "Implied")
    if isinstance(count, tuple):
        return cx.lang_call("format_count", span, [_usize(cx, index[count[1], "usize"], span)], "Param")
    return cx.lang_call("format_count", span, [_usize(cx, count, span)], "Is")


def _usize(cx: BodyLowerer, value: int, span: Span) -> hir.Expr:
    return hir.Lit(cx.id(), "int", value, "usize", span)


EXPR[ast.FormatArgs] = _format_args
