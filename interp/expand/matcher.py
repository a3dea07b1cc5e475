"""Matching a macro call against a rule: rustc's `TtParser`, a set of threads over the flattened matcher.

All threads advance together, one input token at a time; a fragment is parsed only when it is the one way on.
What a thread has bound is a linked list of events that forks share; it becomes nested lists at the end.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Union

from ..base.diagnostics import CompileError, error
from ..base.span import Span
from ..syntax.token import RAW, Group, Token, TokenStream, TokenTree
from . import fragments
from .pattern import CLOSER, Close, Frag, Loc, Open, Seq, SeqEnd, Tok

Binding = Union[TokenTree, list[Any]]  # a fragment, or for each repetition one Binding
Bindings = dict[str, Binding]


class Failure(NamedTuple):
    """No rule could go on at `at` (how far it got, then the token's span and text)."""

    at: int
    span: Span
    found: str


class _Input:
    """The call's tokens, flattened with their delimiters, and where each stands in its stream."""

    def __init__(self, stream: TokenStream, end: Span) -> None:
        self.flat: list[TokenTree] = []
        self.stream_of: list[tuple[TokenStream, int, Span]] = []
        self.starts: dict[int, list[int]] = {}
        self._add(stream, end)
        self.flat.append(Token("eof", "", end))
        self.stream_of.append((stream, len(stream), end))

    def _add(self, stream: TokenStream, end: Span) -> None:
        starts = self.starts[id(stream)] = []
        flat, where = self.flat, self.stream_of
        for index, tree in enumerate(stream):
            starts.append(len(flat))
            flat.append(tree)
            where.append((stream, index, end))
            if isinstance(tree, Group) and tree.delim:
                self._add(tree.stream, tree.close)
                flat.append(Token("close", CLOSER[tree.delim], tree.close))
                where.append((tree.stream, len(tree.stream), tree.close))
        starts.append(len(flat))


def _same(wanted: Token, tree: TokenTree) -> bool:
    if isinstance(tree, Group) or tree.kind == "interp":
        return False
    if tree.text != wanted.text or tree.kind != wanted.kind:
        return False
    return tree.kind != "ident" or (tree.spacing == RAW) == (wanted.spacing == RAW)


class _Thread(NamedTuple):
    loc: int
    events: Any  # (previous, kind, payload) or None


class _Run:
    """One matching of one rule."""

    def __init__(self, locs: list[Loc], data: _Input, edition: int) -> None:
        self.locs = locs
        self.data = data
        self.edition = edition

    def match(self) -> Union[Any, Failure]:
        """The events of the one successful thread, or where it failed."""
        at, threads = 0, [_Thread(0, None)]
        flat = self.data.flat
        while True:
            tree = flat[at]
            going, parsing, done = self._step(threads, tree)
            if isinstance(tree, Token) and tree.kind == "eof":
                if done:
                    return done[0].events or ()
                return Failure(at, tree.span, "end of macro invocation") if not parsing else self._at_end(parsing, at)
            if parsing and not going and len(parsing) == 1:
                at, thread = self._parse(parsing[0], at)
                threads = [thread]
            elif going and not parsing:
                at, threads = at + 1, going
            elif not going:
                return self._failed(parsing, at, tree)
            else:
                raise self._ambiguous(parsing, tree)

    def _at_end(self, parsing: list[_Thread], at: int) -> Union[Any, Failure]:
        """Only an empty `vis` can match the end."""
        for thread in parsing:
            loc = self.locs[thread.loc]
            if isinstance(loc, Frag) and loc.kind == "vis":
                at, moved = self._parse(thread, at)
                _, more, done = self._step([moved], self.data.flat[at])
                if done:
                    return done[0].events
                if more:
                    return self._at_end(more, at)
        return Failure(at, self.data.flat[at].span, "end of macro invocation")

    def _failed(self, parsing: list[_Thread], at: int, tree: TokenTree) -> Failure:
        if parsing:
            raise self._ambiguous(parsing, tree)
        return Failure(at, tree.open if isinstance(tree, Group) else tree.span, f"`{tree.text}`")

    def _ambiguous(self, parsing: list[_Thread], tree: TokenTree) -> CompileError:
        names = " or ".join(
            f"{loc.kind} ('{loc.name}')" for loc in (self.locs[t.loc] for t in parsing) if isinstance(loc, Frag)
        )
        return CompileError(
            error(tree.span, f"local ambiguity when calling macro: multiple parsing options: built-in NTs {names}.")
        )

    def _step(
        self, threads: list[_Thread], tree: TokenTree
    ) -> tuple[list[_Thread], list[_Thread], list[_Thread]]:
        """Threads past `tree`, threads that want a fragment here, and threads at the end."""
        going: list[_Thread] = []
        parsing: list[_Thread] = []
        done: list[_Thread] = []
        locs = self.locs
        current = threads
        while current:
            thread = current.pop()
            index, events = thread
            loc = locs[index]
            if isinstance(loc, Tok):
                if _same(loc.token, tree):
                    going.append(_Thread(index + 1, events))
            elif isinstance(loc, Frag):
                if fragments.may_start(loc.kind, tree, self.edition) and not self._closes(loc, tree):
                    parsing.append(thread)
            elif isinstance(loc, Open):
                if isinstance(tree, Group) and tree.delim == loc.delim:
                    going.append(_Thread(index + 1, events))
            elif isinstance(loc, Close):
                if isinstance(tree, Token) and tree.kind == "close" and tree.text == CLOSER[loc.delim]:
                    going.append(_Thread(index + 1, events))
            elif isinstance(loc, Seq):
                begun = (events, "begin", loc)
                if loc.op != "+":
                    current.append(_Thread(loc.after, begun))
                current.append(_Thread(index + 1, begun))
            elif isinstance(loc, SeqEnd):
                current.append(_Thread(index + 1, events))
                if loc.op != "?":
                    if loc.sep is None:
                        current.append(_Thread(loc.first, events))
                    elif _same(loc.sep, tree):
                        going.append(_Thread(loc.first, events))
            elif isinstance(tree, Token) and tree.kind == "eof":
                done.append(thread)
        return going, parsing, done

    @staticmethod
    def _closes(loc: Frag, tree: TokenTree) -> bool:
        return isinstance(tree, Token) and tree.kind == "close" and loc.kind != "vis"

    def _parse(self, thread: _Thread, at: int) -> tuple[int, _Thread]:
        loc = self.locs[thread.loc]
        assert isinstance(loc, Frag)
        stream, pos, end = self.data.stream_of[at]
        node, pos = fragments.parse(loc.kind, stream, pos, self.edition, end)
        at = self.data.starts[id(stream)][pos]
        return at, _Thread(thread.loc + 1, (thread.events, "bind", (loc, node)))


def _replay(events: Any) -> Bindings:
    """The linked events as bindings, in order."""
    order = []
    while events:
        order.append(events)
        events = events[0]
    bindings: Bindings = {}
    for _, kind, payload in reversed(order):
        if kind == "bind":
            loc, node = payload
            if loc.depth == 0:
                bindings[loc.name] = node
            else:
                _last(bindings, loc.name, loc.depth).append(node)
        else:
            for name in payload.names:
                _begin(bindings, name, payload.depth)
    return bindings


def _last(bindings: Bindings, name: str, depth: int) -> list[Any]:
    found: Any = bindings[name]
    for _ in range(depth - 1):
        found = found[-1]
    return found  # type: ignore[no-any-return]


def _begin(bindings: Bindings, name: str, depth: int) -> None:
    if depth == 0:
        bindings[name] = []
    else:
        _last(bindings, name, depth).append([])


def match_rule(locs: list[Loc], data: Any, edition: int) -> Union[Bindings, Failure]:
    """Match prepared input (`prepare`) against one rule."""
    result = _Run(locs, data, edition).match()
    return result if isinstance(result, Failure) else _replay(result)


def prepare(stream: TokenStream, end: Span) -> Any:
    """The call's tokens (doc comments already turned into attributes), ready for `match_rule`."""
    return _Input(stream, end)


