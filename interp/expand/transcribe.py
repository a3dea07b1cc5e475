"""The right side of a rule with its bindings put in, each token of the macro's own marked for hygiene.

Tokens that come from the call keep their contexts.  `$crate` becomes the ident `$crate` whose context is the
expansion's own: `Expander.krate_of` tells the crate.
"""

from __future__ import annotations

from typing import Any

from ..base.diagnostics import CompileError, error
from ..base.span import SourceMap, Span, span_ctxt, with_ctxt
from ..syntax.token import Group, Token, TokenStream, TokenTree
from .matcher import Bindings
from .pattern import Delimited, DollarCrate, MetaExpr, MetaVar, Repeat, Tree

_POSITION = (1 << 64) - 1


class LazyGroup(Group):
    """A group whose stream is transcribed when it is first asked for."""

    __slots__ = ("lengths", "made", "path", "transcriber", "tree")

    def __init__(self, transcriber: Transcriber, tree: Delimited, opened: Span, closed: Span) -> None:
        self.delim = tree.delim
        self.open = opened
        self.close = closed
        self.transcriber = transcriber
        self.tree = tree
        self.path = list(transcriber.path)
        self.lengths = list(transcriber.lengths)
        self.made: TokenStream | None = None

    @property
    def stream(self) -> TokenStream:  # type: ignore[override]
        if self.made is None:
            self.made = self.transcriber.late(self.tree, self.path, self.lengths)
        return self.made


class Transcriber:
    """One transcription: `expansion` is the mark for this call."""

    def __init__(self, source_map: SourceMap, bindings: Bindings, expansion: int) -> None:
        self.source_map = source_map
        self.bindings = bindings
        self.expansion = expansion
        self.path: list[int] = []  # the index in each repetition we are in
        self.lengths: list[int] = []
        self._marked: dict[int, int] = {}

    def mark(self, span: Span) -> Span:
        ctxt = span_ctxt(span)
        marked = self._marked.get(ctxt)
        if marked is None:
            marked = self._marked[ctxt] = self.source_map.apply_mark(ctxt, self.expansion)
        return with_ctxt(span, marked)

    def run(self, trees: list[Tree]) -> TokenStream:
        out: TokenStream = []
        new, marked = tuple.__new__, self._marked
        for tree in trees:
            if type(tree) is Token:
                kind, text, span, spacing, node, src = tree
                if text == "$crate":
                    out.append(self._token(tree))
                    continue
                ctxt = span >> 64
                if ctxt not in marked:
                    self.mark(span)
                out.append(new(Token, (kind, text, marked[ctxt] << 64 | span & _POSITION, spacing, node, src)))
            elif isinstance(tree, MetaVar):
                self._variable(tree, out)
            elif isinstance(tree, Delimited):
                out.append(self._group(tree))
            elif isinstance(tree, Repeat):
                self._repeat(tree, out)
            elif isinstance(tree, DollarCrate):
                out.append(Token("ident", "$crate", with_ctxt(tree.span, self.expansion)))
            elif isinstance(tree, MetaExpr):
                self._meta_expr(tree, out)
        return out

    def _group(self, tree: Delimited) -> Group:
        """Braces may hold a function's body, which may never be looked at: its tokens are made when they are."""
        opened, closed = self.mark(tree.open), self.mark(tree.close)
        if tree.delim == "{" and tree.body:
            return LazyGroup(self, tree, opened, closed)
        return Group(tree.delim, self.run(tree.body), opened, closed)

    def late(self, tree: Delimited, path: list[int], lengths: list[int]) -> TokenStream:
        """The inside of a group that was put off, as it was inside the repetitions `path`."""
        saved = self.path, self.lengths
        self.path, self.lengths = path, lengths
        try:
            return self.run(tree.body)
        finally:
            self.path, self.lengths = saved

    def _token(self, token: Token) -> Token:
        if token.text == "$crate" and token.kind == "ident":
            return token
        return token._replace(span=self.mark(token.span))

    def _lookup(self, name: str) -> Any:
        """What `$name` stands for at this place: a tree, a list (still repeating) or None (not bound)."""
        found: Any = self.bindings.get(name)
        for index in self.path:
            if not isinstance(found, list):
                break
            found = found[index]
        return found

    def _variable(self, tree: MetaVar, out: TokenStream) -> None:
        found = self._lookup(tree.name)
        if found is None:
            out.append(Token("punct", "$", self.mark(tree.span)))
            out.append(Token("ident", tree.name, self.mark(tree.span)))
        elif isinstance(found, list):
            raise CompileError(error(tree.span, f"variable `{tree.name}` is still repeating at this depth"))
        else:
            out.append(found)

    def _repeat(self, tree: Repeat, out: TokenStream) -> None:
        length = self._length(tree)
        if length == 0 and tree.op == "+":
            raise CompileError(error(tree.span, "this must repeat at least once"))
        self.lengths.append(length)
        for index in range(length):
            if index and tree.sep is not None:
                out.append(self._token(tree.sep))
            self.path.append(index)
            out.extend(self.run(tree.body))
            self.path.pop()
        self.lengths.pop()

    def _length(self, tree: Repeat) -> int:
        lengths: dict[str, int] = {}
        self._collect_lengths(tree.body, lengths)
        if not lengths:
            raise CompileError(
                error(
                    tree.span,
                    "attempted to repeat an expression containing no syntax variables "
                    "matched as repeating at this depth",
                )
            )
        if len(set(lengths.values())) > 1:
            (a, n), (b, m) = (
                sorted(lengths.items(), key=lambda kv: kv[1])[0],
                max(lengths.items(), key=lambda kv: kv[1]),
            )
            raise CompileError(
                error(
                    tree.span,
                    f"meta-variable `{a}` repeats {n} time{'s' * (n != 1)}, but `{b}` repeats {m} time{'s' * (m != 1)}",
                )
            )
        return next(iter(lengths.values()))

    def _collect_lengths(self, trees: list[Tree], lengths: dict[str, int]) -> None:
        for tree in trees:
            if isinstance(tree, (MetaVar, MetaExpr)):
                name = tree.name if isinstance(tree, MetaVar) else tree.arg
                found = self._lookup(name)
                if isinstance(found, list):
                    lengths[name] = len(found)
            elif isinstance(tree, (Delimited, Repeat)):
                self._collect_lengths(tree.body, lengths)

    def _meta_expr(self, tree: MetaExpr, out: TokenStream) -> None:
        if tree.name == "ignore":
            return
        if tree.name == "count":
            value = _count(self._lookup(tree.arg))
        elif not self.path:
            raise CompileError(error(tree.span, f"meta-variable expression `{tree.name}` outside of a repetition"))
        else:
            value = self.path[-1] if tree.name == "index" else self.lengths[-1]
        out.append(Token("literal", str(value), self.mark(tree.span)))


def _count(found: Any) -> int:
    return sum(map(_count, found)) if isinstance(found, list) else 1


def respan(stream: TokenStream, span: Span) -> TokenStream:
    """`stream` with every token at `span` (generated code has no place of its own)."""
    return [_respan(tree, span) for tree in stream]


def _respan(tree: TokenTree, span: Span) -> TokenTree:
    if isinstance(tree, Group):
        return Group(tree.delim, respan(tree.stream, span), span, span)
    return tree if tree.kind == "interp" else tree._replace(span=span)
