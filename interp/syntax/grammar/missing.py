"""What somebody may have meant where an item's keyword is missing: `pub Foo { a: u8 }`, `main() {}`.

Invariant: every function here either raises or eats nothing.  To add a guess: `_guess`.
"""

from __future__ import annotations

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from ..ast import Visibility
from ..cursor import Cursor
from ..token import Group


def complain(p: Cursor, vis: Visibility) -> None:
    """At an identifier that no macro call begins: raise if it looks like an item without its keyword."""
    if not p.is_ident() or p.peek_key() not in ("<", "{", "("):
        return
    start = vis.span if vis.kind != "inherited" else p.tok.span
    span = Span(start & ~0xFFFFFF | p.tok.span & 0xFFFFFF)
    n = _behind_generics(p)
    missing = _guess(p, n, vis.kind == "pub")
    if not missing and n > 1:
        missing = "`fn` or `struct`", "function or struct"
    if missing:
        word, what = missing
        report = error(span, f"missing {word} for {what} definition")
        raise CompileError(report.help(f"add {word} here to parse `{p.tok.text}` as a {what}"))


def _behind_generics(p: Cursor) -> int:
    n = 1
    if p.peek_key(n) == "<":
        while p.peek(n).kind != "eof" and p.peek_key(n) != ">":
            n += 1
        n += 1
    return n


def _guess(p: Cursor, n: int, is_pub: bool) -> tuple[str, str] | tuple[()]:
    """The keyword that lacks, and what it would make; nothing if there is no telling."""
    group = p.peek(n)
    if not isinstance(group, Group):
        return ()
    if group.delim == "{":
        return _braces(group)
    if group.delim != "(":
        return ()
    if p.peek_key(n + 1) in ("->", "{"):
        return "`fn`", "method" if _has_self(group) else "function"
    if is_pub and p.peek_key(n + 1) == ";":
        return "`struct`", "struct"
    return "`fn` or `struct`", "function or struct"


def _braces(group: Group) -> tuple[str, str]:
    inner = [tree.text for tree in group.stream[:3]]
    if not inner:
        return "`enum` or `struct`", "enum or struct"
    return ("`struct`", "struct") if ":" in inner[1:3] else ("`enum`", "enum")


def _has_self(group: Group) -> bool:
    words = [tree.text for tree in group.stream[:4]]
    return "self" in words[:1] or (words[:1] == ["&"] and "self" in words) or words[:2] == ["mut", "self"]
