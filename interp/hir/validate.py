"""A check of `hir.Body`'s invariants, for tests: ids are unique, uses and jumps have targets around them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Iterator

from ..resolve.defs import ResLocal
from . import hir


def children(node: Any) -> Iterator[Any]:
    """The HIR nodes directly inside `node`, in the order of its fields."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, (list, tuple)) and not isinstance(value, str):
            for item in value:
                yield from (x for x in (item if isinstance(item, tuple) else (item,)) if _is_node(x))
        elif _is_node(value):
            yield value


def _is_node(value: Any) -> bool:
    return type(value).__module__ == hir.__name__ and not isinstance(value, (hir.HirTy, hir.PathSegment))


def problems(body: hir.Body) -> list[str]:
    """What is wrong with `body`; nothing, if lowering is right."""
    check = _Check(body)
    for param in body.params:
        check.visit(param)
    check.visit(body.value)
    return check.wrong


class _Check:
    def __init__(self, body: hir.Body) -> None:
        self.body = body
        self.ids: set[int] = set()
        self.vars: set[int] = set()
        self.targets: list[int] = []
        self.wrong: list[str] = []

    def visit(self, node: Any) -> None:
        kind = type(node)
        id_ = getattr(node, "id", None)
        if id_ is not None:
            if id_ in self.ids:
                self.wrong.append(f"{kind.__name__} has an id that is taken: {id_}")
            if not 0 <= id_ < self.body.count:
                self.wrong.append(f"{kind.__name__} has an id beyond the body's count: {id_}")
            self.ids.add(id_)
        if kind is hir.PatBinding:
            self.vars.add(node.var)
        elif kind is hir.Path:
            if type(node.res) is ResLocal and node.res.hir_id not in self.vars:
                self.wrong.append(f"`{node.segments[0].name}` is used before its binding")
            if node.resolved > len(node.segments):
                self.wrong.append("a path is resolved beyond its end")
            return
        elif kind in (hir.Break, hir.Continue) and node.target not in self.targets:
            self.wrong.append(f"{kind.__name__} leads nowhere")
        self._inside(node)

    def _inside(self, node: Any) -> None:
        is_target = type(node) is hir.Loop or (type(node) is hir.Block and node.targeted)
        if is_target:
            self.targets.append(node.id)
        saved = self.targets
        if type(node) is hir.Closure:
            self.targets = []
        for child in self._in_scope_order(node):
            self.visit(child)
        self.targets = saved
        if is_target:
            self.targets.pop()

    def _in_scope_order(self, node: Any) -> Iterator[Any]:
        """Initialisers before the patterns they fill."""
        if type(node) is hir.LetStmt:
            yield from (x for x in (node.init, node.els, node.pat) if x is not None)
        elif type(node) is hir.Let:
            yield from (node.init, node.pat)
        else:
            yield from children(node)
