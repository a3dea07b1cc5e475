"""The left side of a macro_rules rule, flattened to a row of locations; and the reading of whole definitions.

A matcher is a list of `Loc`s, after rustc's `macro_parser`: a token to match, an opening or closing
delimiter, a fragment to parse, and the joints of a repetition.  Doc comments are `#[doc = ".."]`, as in the input.

To add a fragment kind: `FRAGMENTS` here, `may_start` and `parse` in `fragments.py`.
"""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

from ..base.diagnostics import CompileError, error
from ..base.span import Span
from ..syntax.token import RAW, Group, Token, TokenStream, TokenTree

FRAGMENTS = frozenset((
    "block", "expr", "expr_2021", "ident", "item", "lifetime", "literal", "meta", "pat", "pat_param", "path", "stmt",
    "tt", "ty", "vis",
))  # fmt: skip
CLOSER = {"(": ")", "[": "]", "{": "}"}


class Tok(NamedTuple):
    token: Token


class Open(NamedTuple):
    delim: str


class Close(NamedTuple):
    delim: str


class Frag(NamedTuple):
    name: str
    kind: str
    depth: int


class Seq(NamedTuple):
    """Start of `$( .. ) sep op`: its body follows; `after` is the location behind it."""

    op: str
    names: tuple[str, ...]
    depth: int
    after: int


class SeqEnd(NamedTuple):
    """End of a repetition's body: `first` is where the body begins; `sep` None when there is none."""

    op: str
    sep: Optional[Token]
    first: int


class End(NamedTuple):
    pass


Loc = Union[Tok, Open, Close, Frag, Seq, SeqEnd, End]


class MetaVar(NamedTuple):
    """`$name` in a right side (or `$name:kind` in a left one, then with its kind)."""

    name: str
    span: Span
    kind: str = ""


class Repeat(NamedTuple):
    """`$( .. ) sep op`."""

    body: list[Tree]
    sep: Optional[Token]
    op: str
    span: Span


class Delimited(NamedTuple):
    delim: str
    body: list[Tree]
    open: Span
    close: Span


class DollarCrate(NamedTuple):
    span: Span


class MetaExpr(NamedTuple):
    """`${count(x)}`, `${index()}`, `${len()}`, `${ignore(x)}`."""

    name: str
    arg: str
    span: Span


Tree = Union[Token, MetaVar, Repeat, Delimited, DollarCrate, MetaExpr]


class Rule(NamedTuple):
    locs: list[Loc]
    rhs: list[Tree]
    span: Span
    names: tuple[str, ...]


def undoc(stream: TokenStream) -> TokenStream:
    """Doc comments as the attributes they stand for, all the way down."""
    if not any(isinstance(t, Group) or t.kind == "doc" for t in stream):
        return stream
    out: TokenStream = []
    for tree in stream:
        if isinstance(tree, Group):
            out.append(Group(tree.delim, undoc(tree.stream), tree.open, tree.close))
        elif tree.kind == "doc":
            out.extend(_doc_attribute(tree))
        else:
            out.append(tree)
    return out


def _doc_attribute(doc: Token) -> TokenStream:
    hashes = "#" * (max((len(run) for run in doc.text.split('"')[1:]), default=0) + 1)
    text = Token("literal", f'r{hashes}"{doc.text}"{hashes}', doc.span)
    inner: TokenStream = [Token("ident", "doc", doc.span), Token("punct", "=", doc.span), text]
    bang = [Token("punct", "!", doc.span)] if doc.spacing == 4 else []
    return [Token("punct", "#", doc.span), *bang, Group("[", inner, doc.span, doc.span)]


def parse_trees(stream: TokenStream, is_lhs: bool) -> list[Tree]:
    """Quote: `$`-forms of one side of a rule as trees."""
    out: list[Tree] = []
    at = 0
    while at < len(stream):
        tree = stream[at]
        at += 1
        if isinstance(tree, Group):
            out.append(Delimited(tree.delim, parse_trees(tree.stream, is_lhs), tree.open, tree.close))
        elif tree.kind == "punct" and tree.text == "$":
            at = _dollar(stream, at, tree, is_lhs, out)
        else:
            out.append(tree)
    return out


def _dollar(stream: TokenStream, at: int, dollar: Token, is_lhs: bool, out: list[Tree]) -> int:
    if at == len(stream):
        raise CompileError(error(dollar.span, "expected identifier, found end of macro rule"))
    tree = stream[at]
    if isinstance(tree, Group):
        if tree.delim == "{":
            out.append(_meta_expr(tree))
            return at + 1
        sep, op, at = _repetition(stream, at + 1, tree)
        out.append(Repeat(parse_trees(tree.stream, is_lhs), sep, op, tree.open))
        return at
    if tree.kind == "ident" and tree.text == "crate" and tree.spacing != RAW:
        out.append(DollarCrate(tree.span))
        return at + 1
    if tree.kind == "punct" and tree.text == "$":
        out.append(tree)
        return at + 1
    if tree.kind != "ident":
        raise CompileError(error(tree.span, f"expected identifier, found `{tree.text}`"))
    kind, at = _fragment_kind(stream, at + 1) if is_lhs else ("", at + 1)
    out.append(MetaVar(tree.text, tree.span, kind))
    return at


def _fragment_kind(stream: TokenStream, at: int) -> tuple[str, int]:
    colon = stream[at] if at < len(stream) else None
    name = stream[at + 1] if at + 1 < len(stream) else None
    if isinstance(colon, Token) and colon.text == ":" and isinstance(name, Token) and name.kind == "ident":
        if name.text not in FRAGMENTS:
            raise CompileError(error(name.span, f"invalid fragment specifier `{name.text}`"))
        return name.text, at + 2
    where = stream[at - 1]
    raise CompileError(error(where.span, "missing fragment specifier"))


def _meta_expr(group: Group) -> MetaExpr:
    words = list(group.stream)
    if len(words) == 2 and isinstance(words[0], Token) and isinstance(words[1], Group):
        inner = [t.text for t in words[1].stream if isinstance(t, Token) and t.text != "$"]
        if words[0].text in ("count", "index", "len", "ignore"):
            return MetaExpr(words[0].text, inner[0] if inner else "", group.open)
    raise CompileError(error(group.open, "unrecognized meta-variable expression"))


def _repetition(stream: TokenStream, at: int, group: Group) -> tuple[Optional[Token], str, int]:
    """What follows `$(..)`: (separator, operator, index behind)."""
    first = stream[at] if at < len(stream) else None
    if isinstance(first, Token) and first.text in ("*", "+", "?") and first.kind == "punct":
        return None, first.text, at + 1
    second = stream[at + 1] if at + 1 < len(stream) else None
    if isinstance(first, Token) and isinstance(second, Token) and second.text in ("*", "+", "?"):
        return first, second.text, at + 2
    if isinstance(first, Token) and first.kind == "punct" and first.text in ("*=", "+=", "=>"):
        # `$(..)*=`: the lexer glued the operator to what follows
        rest = Token("punct", first.text[1:], first.span)
        if first.text[0] in "*+":
            stream[at] = rest
            return None, first.text[0], at
    raise CompileError(error(group.close, "expected one of: `*`, `+`, or `?`"))


def flatten(trees: list[Tree], depth: int = 0) -> tuple[list[Loc], tuple[str, ...]]:
    """The locations of a left side's trees (without the final `End`) and the names bound in them."""
    locs: list[Loc] = []
    names: list[str] = []
    _flatten(trees, depth, locs, names)
    return locs, tuple(names)


def _flatten(trees: list[Tree], depth: int, locs: list[Loc], names: list[str]) -> None:
    for tree in trees:
        if isinstance(tree, Token):
            locs.append(Tok(tree))
        elif isinstance(tree, MetaVar):
            if tree.name in names:
                raise CompileError(error(tree.span, "duplicate matcher binding"))
            names.append(tree.name)
            locs.append(Frag(tree.name, tree.kind, depth))
        elif isinstance(tree, Delimited):
            locs.append(Open(tree.delim))
            _flatten(tree.body, depth, locs, names)
            locs.append(Close(tree.delim))
        elif isinstance(tree, Repeat):
            _flatten_repeat(tree, depth, locs, names)
        elif isinstance(tree, DollarCrate):
            locs.append(Tok(Token("ident", "$crate", tree.span)))


def _flatten_repeat(tree: Repeat, depth: int, locs: list[Loc], names: list[str]) -> None:
    start, known = len(locs), len(names)
    locs.append(End())  # replaced below
    _flatten(tree.body, depth + 1, locs, names)
    if len(locs) == start + 1:
        raise CompileError(error(tree.span, "repetition matches empty token tree"))
    locs.append(SeqEnd(tree.op, tree.sep, start + 1))
    locs[start] = Seq(tree.op, tuple(names[known:]), depth, len(locs))


def parse_rules(tokens: TokenStream, name: str, span: Span) -> list[Rule]:
    """The rules of `macro_rules! name { tokens }`."""
    rules: list[Rule] = []
    at = 0
    while at < len(tokens):
        lhs, arrow, rhs = (tokens[at + i] if at + i < len(tokens) else None for i in range(3))
        if not isinstance(lhs, Group):
            where = lhs.span if lhs is not None else span
            raise CompileError(error(where, "invalid macro matcher; matchers must be contained in balanced delimiters"))
        if not (isinstance(arrow, Token) and arrow.text == "=>"):
            raise CompileError(error(arrow_span(arrow, lhs), "expected `=>`, found end of macro rule"))
        if not isinstance(rhs, Group):
            raise CompileError(error(arrow_span(rhs, lhs), "macro rhs must be delimited"))
        locs, names = flatten(parse_trees(undoc(lhs.stream), True))
        locs.append(End())
        rules.append(Rule(locs, parse_trees(rhs.stream, False), lhs.open, names))
        at += 3
        if at < len(tokens):
            semi = tokens[at]
            if not (isinstance(semi, Token) and semi.text == ";"):
                raise CompileError(error(arrow_span(semi, lhs), "expected `;` between macro rules"))
            at += 1
    if not rules:
        raise CompileError(error(span, "macros must contain at least one rule"))
    return rules


def arrow_span(tree: Optional[TokenTree], lhs: Group) -> Span:
    if tree is None:
        return lhs.close
    return tree.open if isinstance(tree, Group) else tree.span
