"""All nodes of a THIR body, parents first, generically over their slots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..typeck import thir

_SKIP = frozenset({"ty", "span", "args", "fn_span", "scrutinee_ty", "count", "const", "id"})
_fields: dict[type, tuple[str, ...]] = {}


def _child_fields(kind: type) -> tuple[str, ...]:
    found = _fields.get(kind)
    if found is None:
        skip = _SKIP - {"args"} if kind is thir.Call else _SKIP
        found = _fields[kind] = tuple(name for name in getattr(kind, "__slots__", ()) if name not in skip)
    return found


def children(node: Any) -> Iterator[Any]:
    for name in _child_fields(type(node)):
        yield from _nodes(getattr(node, name))


def _nodes(value: Any) -> Iterator[Any]:
    if type(value) is list or type(value) is tuple:
        for item in value:
            yield from _nodes(item)
    elif type(value).__module__ == thir.__name__:
        yield value


def walk(node: Any) -> Iterator[Any]:
    todo = [node]
    while todo:
        at = todo.pop()
        yield at
        todo.extend(reversed(list(children(at))))


def bodies(results: thir.TypeckResults) -> Iterator[tuple[list[thir.Param], thir.Expr]]:
    """Of an owner and what is inside it: parameters and value."""
    if results.value is not None:
        yield results.params, results.value
    for closure in results.closures.values():
        yield closure.params, closure.value
    for value in results.inline_consts.values():
        yield [], value


def nodes(results: thir.TypeckResults) -> Iterator[Any]:
    for params, value in bodies(results):
        for param in params:
            yield from walk(param.pat)
        yield from walk(value)


def strip(expr: Any) -> Any:
    """Without what has no effect of its own."""
    while type(expr) in (thir.Scope, thir.Use, thir.NeverToAny):
        expr = expr.expr
    return expr
