"""Which variables of its surroundings a closure mentions: free variables of its HIR, in order of mention.

`walk_exprs` visits every expression and pattern below a node, generically over the slots of HIR records.
"""

from __future__ import annotations

from typing import Any, Callable

from ..hir import hir
from ..resolve.defs import ResLocal

_SKIP = frozenset({"id", "span", "ty", "path", "scope", "segment", "op_span", "name_span", "decl_span", "output"})
_fields: dict[type, tuple[str, ...]] = {}
_memo: dict[int, tuple[Any, tuple[int, ...]]] = {}


def child_fields(node: Any) -> tuple[str, ...]:
    kind = type(node)
    found = _fields.get(kind)
    if found is None:
        found = _fields[kind] = tuple(s for s in getattr(kind, "__slots__", ()) if s not in _SKIP)
    return found


def walk(node: Any, visit: Callable[[Any], None]) -> None:
    """Call `visit` on `node` and each HIR record below it, parents first."""
    if type(node) is list or type(node) is tuple:
        for item in node:
            walk(item, visit)
        return
    if type(node).__module__ != hir.__name__:
        return
    visit(node)
    for name in child_fields(node):
        child = getattr(node, name)
        if child is not None and not isinstance(child, (str, int, bool, bytes)):
            walk(child, visit)


def upvars_mentioned(closure: hir.Closure) -> tuple[int, ...]:
    """Ids of the bindings used but not bound inside `closure`."""
    found = _memo.get(id(closure))
    if found is not None and found[0] is closure:
        return found[1]
    bound: set[int] = set()
    used: dict[int, None] = {}

    def visit(node: Any) -> None:
        if type(node) is hir.PatBinding:
            bound.add(node.id)
        elif type(node) is hir.ExprPath and type(node.path.res) is ResLocal:
            used.setdefault(node.path.res.hir_id)

    walk(closure.params, visit)
    walk(closure.body, visit)
    result = tuple(v for v in used if v not in bound)
    _memo[id(closure)] = (closure, result)
    return result
