"""The head of a definition, as errors point at it: a function up to its signature's end, a struct to its generics.

As rustc's `def_span`.  To add a kind of item: a case in `_END`.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

from ..base.span import SourceFile, Span, mk_span, span_ctxt, span_file, span_hi, span_lo
from ..syntax import ast
from .defs import DefData

_SPACE = re.compile(rb"(?:\s+|//[^\n]*)*")


def head_span(data: DefData, file: SourceFile) -> Span:
    """Where `data` begins up to the end of its head; its whole span when it has none (a field, a parameter).

    `file` is the one that `data` stands in.
    """
    node = data.node
    kind = node.kind if isinstance(node, ast.Item) else None
    case = _END.get(type(kind))
    end = case(node, kind) if case is not None else None
    if end is None or end >> 48 != data.span >> 48 or span_hi(end) < span_lo(data.span):
        return data.span
    return mk_span(span_file(data.span), _start(data, file), span_hi(end), span_ctxt(data.span))


def _start(data: DefData, file: SourceFile) -> int:
    """Behind the attributes and comments in front."""
    ends = [span_hi(a.span) for a in data.attrs if a.span >> 48 == data.span >> 48 and not a.inner]
    lo = max([span_lo(data.span), *ends])
    found = _SPACE.match(file.text, lo)
    return found.end() if found is not None else lo


def _generics(item: ast.Item, kind: Any) -> Optional[Span]:
    """After the generics; after the name if there are none."""
    span: Span = kind.generics.span
    return span if kind.generics.params and span else item.ident.span


def _impl(item: ast.Item, kind: ast.Impl) -> Optional[Span]:
    return kind.self_ty.span


_END: dict[type, Callable[[ast.Item, Any], Optional[Span]]] = {
    ast.Fn: lambda item, kind: kind.sig_span,
    ast.Struct: _generics,
    ast.Enum: _generics,
    ast.UnionItem: _generics,
    ast.Trait: _generics,
    ast.TyAlias: _generics,
    ast.Impl: _impl,
    ast.Static: lambda item, kind: kind.ty.span,
    ast.Const: lambda item, kind: kind.ty.span if kind.ty is not None else None,
    ast.Mod: lambda item, kind: item.ident.span,
}
