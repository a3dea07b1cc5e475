"""Fragments (`$e:expr`): which token may begin one, and parsing one off a stream.

`may_start` follows rustc's `Parser::nonterminal_may_be_*`; it decides only whether the parser is asked.
"""

from __future__ import annotations

from typing import Callable, Union

from ..base.span import Span
from ..syntax import ast
from ..syntax.keywords import BY_EDITION, EXPR_PUNCT, EXPR_WORDS, PATH_KEYWORDS
from ..syntax.parser import Parser
from ..syntax.token import RAW, Group, Token, TokenTree

_TYPE_PUNCT = frozenset(["!", "*", "&", "&&", "?", "<", "<<", "::"])
_TYPE_WORDS = frozenset(
    ["_", "for", "impl", "fn", "unsafe", "extern", "typeof", "dyn", "self", "Self", "super", "crate", "$crate"]
)
_PAT_PUNCT = frozenset(["&", "&&", "-", "..", "...", "..=", "::", "<", "<<"])
_PAT_WORDS = frozenset(["_", "ref", "mut", "box", "true", "false", "const", "self", "Self", "super", "crate", "$crate"])

Match = Union[TokenTree, Token]


def _word(token: Token, edition: int) -> str:
    """The keyword an ident token is, or ""."""
    return token.text if token.spacing != RAW and token.text in BY_EDITION[edition] else ""


def _expr(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return True
    if tree.kind == "ident":
        word = _word(tree, edition)
        if word == "_":
            return edition >= 2024
        return not word or (word in EXPR_WORDS and word != "let") or tree.text == "$crate"
    if tree.kind == "punct":
        return tree.text in EXPR_PUNCT
    return tree.kind in ("literal", "lifetime") or (
        tree.kind == "interp" and tree.text in ("expr", "literal", "path", "block")
    )


def _ty(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return tree.delim in ("(", "[", "")
    if tree.kind == "ident":
        word = _word(tree, edition)
        return not word or word in _TYPE_WORDS
    if tree.kind == "punct":
        return tree.text in _TYPE_PUNCT
    return tree.kind == "lifetime" or (tree.kind == "interp" and tree.text in ("ty", "path"))


def _pat(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return tree.delim in ("(", "[", "")
    if tree.kind == "ident":
        word = _word(tree, edition)
        return not word or word in _PAT_WORDS
    if tree.kind == "punct":
        return tree.text in _PAT_PUNCT or tree.text in ("|", "||")
    return tree.kind == "literal" or (
        tree.kind == "interp" and tree.text in ("pat", "literal", "expr", "path", "block")
    )


def _pat_param(tree: TokenTree, edition: int) -> bool:
    return _pat(tree, edition) and not (isinstance(tree, Token) and tree.text in ("|", "||"))


def _path(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return False
    if tree.kind == "ident":
        word = _word(tree, edition)
        return not word or word in PATH_KEYWORDS
    return (tree.kind == "punct" and tree.text in ("::", "<", "<<")) or (tree.kind == "interp" and tree.text == "path")


def _vis(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return tree.delim in ("(", "[")
    if tree.kind == "ident":
        return not (tree.text == "priv" and tree.spacing != RAW)
    return tree.text == "," or tree.kind in ("interp", "eof") or _ty(tree, edition)


def _meta(tree: TokenTree, edition: int) -> bool:
    return _path(tree, edition) or (tree.kind == "interp" and tree.text == "meta")


def _literal(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return False
    if tree.kind == "ident":
        return tree.text in ("true", "false") and tree.spacing != RAW
    return tree.kind == "literal" or tree.text == "-" or (tree.kind == "interp" and tree.text == "literal")


def _block(tree: TokenTree, edition: int) -> bool:
    if isinstance(tree, Group):
        return tree.delim == "{"
    return tree.kind == "interp" and tree.text in ("block", "stmt", "expr")


def _ident(tree: TokenTree, edition: int) -> bool:
    return isinstance(tree, Token) and tree.kind == "ident" and (tree.text != "_" or tree.spacing == RAW)


def _lifetime(tree: TokenTree, edition: int) -> bool:
    return isinstance(tree, Token) and tree.kind == "lifetime"


def _any(tree: TokenTree, edition: int) -> bool:
    return not (isinstance(tree, Token) and tree.kind == "eof")


_MAY_START: dict[str, Callable[[TokenTree, int], bool]] = {
    "expr": _expr, "expr_2021": _expr, "ty": _ty, "pat": _pat, "pat_param": _pat_param, "path": _path, "meta": _meta,
    "vis": _vis, "literal": _literal, "block": _block, "ident": _ident, "lifetime": _lifetime, "tt": _any, "item": _any,
    "stmt": _any,
}  # fmt: skip


def may_start(kind: str, tree: TokenTree, edition: int) -> bool:
    """Whether a fragment of `kind` may begin with `tree` (an "eof" token at the end of a group)."""
    if kind == "pat" and edition < 2021:
        kind = "pat_param"
    return _MAY_START[kind](tree, edition)


def _wrap(kind: str, node: object, span: Span, source: list[TokenTree]) -> Token:
    return Token("interp", kind, span, 0, node, source)


def _parse_item(p: Parser) -> ast.Item:
    item = p.parse_item()
    if item is None:
        p.unexpected_what("an item keyword")
    return item


_PARSE: dict[str, Callable[[Parser], object]] = {
    "expr": lambda p: p.parse_expr(),
    "expr_2021": lambda p: p.parse_expr(),
    "ty": lambda p: p.parse_ty(),
    "pat": lambda p: p.parse_pat(),
    "pat_param": lambda p: p.parse_pat_no_top_alt(),
    "path": lambda p: p.parse_path("type"),
    "meta": lambda p: p.parse_meta_item(),
    "vis": lambda p: p.parse_vis(),
    "literal": lambda p: p.parse_literal_maybe_minus(),
    "block": lambda p: p.parse_block(),
    "item": _parse_item,
    "stmt": lambda p: p.parse_stmt(),
}


_GROWING = frozenset(("expr", "expr_2021", "pat", "stmt"))


def _alone(kind: str, stream: list[TokenTree], after: int) -> bool:
    """Whether a fragment at hand is the whole of the new one: `$e` is, before `.f()` it is only its beginning."""
    if kind not in _GROWING or after >= len(stream):
        return True
    follower = stream[after]
    return isinstance(follower, Token) and follower.text in (",", ";", "=>")


def parse(kind: str, stream: list[TokenTree], pos: int, edition: int, end: Span) -> tuple[TokenTree, int]:
    """Parse a fragment at `pos` of `stream`: what stands for it in the output, and the position behind it."""
    tree = stream[pos] if pos < len(stream) else None
    if kind in ("tt", "ident", "lifetime"):
        assert tree is not None
        return tree, pos + 1
    if isinstance(tree, Token) and tree.kind == "interp" and tree.text == kind and _alone(kind, stream, pos + 1):
        return tree, pos + 1
    if kind == "pat" and edition < 2021:
        kind = "pat_param"
    parser = Parser(stream, edition, end)
    parser.seek(pos)
    start = parser.tok.span
    node = _PARSE[kind](parser)
    name = {"expr_2021": "expr", "pat_param": "pat"}.get(kind, kind)
    span = parser.since(start) if parser.pos > pos else start
    return _wrap(name, node, span, stream[pos : parser.pos]), parser.pos
