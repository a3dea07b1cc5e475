"""Attributes, doc comments and visibilities.

To add a wrapper round an attribute like `unsafe(...)`: `parse_meta_item`.
"""

from __future__ import annotations

from ...base.diagnostics import CompileError, error
from ...base.span import Span, mk_span, span_file, span_lo
from .. import literals
from ..ast import Attribute, Lit, Visibility
from ..cursor import Cursor
from ..token import Group, Token, TokenStream
from . import paths


def parse_outer(p: Cursor) -> list[Attribute]:
    """`#[...]` and `///` in front of something."""
    found: list[Attribute] = []
    while True:
        if p.key == "///":
            found.append(_doc(p, False))
        elif p.key == "#" and p.peek_key() == "[":
            found.append(_parse_attribute(p, False))
        elif p.key == "#" and p.peek_key() == "!" and p.peek_key(2) == "[":
            start = p.tok.span
            p.bump(), p.bump(), p.bump()
            p.fail(p.since(start), "an inner attribute is not permitted in this context")
        elif p.key == "//!":
            p.fail(p.here, "expected outer doc comment", "E0753")
        else:
            return found


def check_documents(attrs: list[Attribute]) -> None:
    """Complain of a doc comment with nothing behind it."""
    if attrs and attrs[-1].path == "doc" and not attrs[-1].tokens:
        report = error(attrs[-1].span, "found a documentation comment that doesn't document anything", "E0585")
        advice = "doc comments must come before what they document, if a comment was intended use `//`"
        raise CompileError(report.help(advice))


def parse_inner(p: Cursor) -> list[Attribute]:
    """`#![...]` and `//!` at the start of something."""
    found: list[Attribute] = []
    while True:
        if p.key == "//!":
            found.append(_doc(p, True))
        elif p.key == "#" and p.peek_key() == "!" and p.peek_key(2) == "[":
            found.append(_parse_attribute(p, True))
        else:
            return found


def _doc(p: Cursor, inner: bool) -> Attribute:
    tok = p.bump()
    return Attribute("doc", [], inner, tok.span, tok.text)


def _parse_attribute(p: Cursor, inner: bool) -> Attribute:
    start = p.bump().span
    if inner:
        p.bump()
    p.enter()
    attribute = parse_meta_item(p)
    p.leave()
    return Attribute(attribute.path, attribute.tokens, inner, p.since(start), attribute.value)


def parse_meta_item(p: Cursor) -> Attribute:
    """`path`, `path(...)`, `path = value`; `unsafe(...)` round it is taken off."""
    tok = p.tok
    if tok.kind == "interp" and isinstance(tok.node, Attribute):
        p.bump()
        return tok.node
    if p.key == "unsafe" and p.peek_key() == "(":
        p.bump()
        p.enter()
        found = parse_meta_item(p)
        p.leave()
        return found
    start = tok.span
    path = "::".join(segment.ident.name for segment in paths.parse_path(p, "mod").segments)
    tokens: TokenStream = []
    value: str | None = None
    if isinstance(p.tok, Group) and p.tok.delim:
        group = p.bump()
        assert isinstance(group, Group)
        tokens = [Group(group.delim, written(group.stream), group.open, group.close)]
    elif p.key == "=":
        tokens.append(p.bump())
        value = _parse_value(p, tokens)
    return Attribute(path, tokens, False, p.since(start), value)


def written(stream: TokenStream) -> TokenStream:
    """`stream` with the tokens that macro fragments (`$width:literal`) were parsed from in their places: who reads the
    arguments of an attribute looks for names and literals."""
    if all(tree.kind not in ("group", "interp") for tree in stream):
        return stream
    out: TokenStream = []
    for tree in stream:
        if isinstance(tree, Group):
            inner = written(tree.stream)
            out.extend([Group(tree.delim, inner, tree.open, tree.close)] if tree.delim else inner)
        elif tree.kind == "interp" and tree.src is not None:
            out.extend(written(tree.src))
        else:
            out.append(tree)
    return out


def _parse_value(p: Cursor, tokens: TokenStream) -> str | None:
    """What follows `path =`: any tokens; its string if it is a string literal."""
    at = len(tokens)
    if p.at_end or p.key == ",":
        p.unexpected_expr()
    while not p.at_end and p.key != ",":
        tokens.append(p.bump())
    first = tokens[at]
    if len(tokens) != at + 1:
        return None
    lit = literals.decode(first) if isinstance(first, Token) and first.kind == "literal" else first.node
    return lit.value if isinstance(lit, Lit) and isinstance(lit.value, str) and lit.kind == "str" else None


def inherited(p: Cursor) -> Visibility:
    at = span_lo(p.tok.span)
    return Visibility("inherited", None, mk_span(span_file(p.tok.span), at, at, p.tok.span >> 64))


def parse_vis(p: Cursor, tuple_field: bool = False) -> Visibility:
    """`pub`, `pub(crate)`, `pub(in a::b)`, or nothing."""
    tok = p.tok
    if tok.kind == "interp" and tok.text == "vis":
        p.bump()
        assert isinstance(tok.node, Visibility)
        return tok.node
    if p.key != "pub":
        return inherited(p)
    start = p.bump().span
    if p.key == "(" and (not tuple_field or _is_restriction(p)):
        return _parse_restricted(p, start)
    return Visibility("pub", None, start)


def _inside(p: Cursor) -> TokenStream:
    return p.tok.stream if isinstance(p.tok, Group) else []


def _is_restriction(p: Cursor) -> bool:
    stream = _inside(p)
    if not stream or stream[0].kind != "ident":
        return False
    return stream[0].text == "in" or (len(stream) == 1 and stream[0].text in ("crate", "self", "super"))


def _parse_restricted(p: Cursor, start: Span) -> Visibility:
    if not _is_restriction(p):
        stream = _inside(p)
        if stream and stream[0].kind == "ident" and p.peek().kind == "ident":
            report = "incorrect visibility restriction"
            p.fail(stream[0].span, report, "E0704")
        return Visibility("pub", None, start)
    p.enter()
    is_in = p.eat("in")
    path = paths.parse_path(p, "mod")
    p.leave()
    if not is_in and path.segments[0].ident.name == "crate":
        return Visibility("crate", None, p.since(start))
    return Visibility("restricted", path, p.since(start))
