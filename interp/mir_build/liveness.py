"""Assignments whose value nobody reads, and what a `mut` was needed for: noted for the lints, on built MIR.

As rustc's `unused_assignments` and `unused_mut`.  A variable is live where some path reads it before it is assigned
as a whole; dropping is no reading, a borrow is one: while it lasts nothing can be assigned.  That does not hold for raw
pointers, so where those are made nothing is said of what is borrowed as mutable.
To add a way to read: `_reads`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from ..base.lints import Lints
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import Body, Place
from ..ty.context import TyCtxt
from .move_paths import successors


def check(tcx: TyCtxt, lints: Lints, body: Body) -> None:
    _note_reached(lints, body)
    variables = 0
    for local, decl in enumerate(body.locals):
        if decl.name is not None and local > body.arg_count and not decl.name.startswith("_"):
            variables |= 1 << local
    variables &= ~_addressed(body)
    if variables:
        _dead_assignments(tcx, lints, body, variables)


def _note_reached(lints: Lints, body: Body) -> None:
    locals_ = set(range(body.arg_count + 1))
    for block in body.blocks:
        for node in block.statements:
            local = node.local if isinstance(node, mir.StorageLive) else _assigned(node)
            if local is not None:
                locals_.add(local)
        local = _assigned(block.terminator)
        if local is not None:
            locals_.add(local)
    lints.reached.update(body.locals[local].span for local in locals_)


def _addressed(body: Body) -> int:
    """What may be read through a raw pointer."""
    found = raw = 0
    for block in body.blocks:
        for node in block.statements:
            if not isinstance(node, mir.Assign):
                continue
            value = node.rvalue
            if isinstance(value, mir.RawPtr):
                raw = ~0
                found |= 1 << value.place.local
            elif isinstance(value, mir.Ref) and value.kind != "shared":
                found |= 1 << value.place.local
    return found & raw


def _dead_assignments(tcx: TyCtxt, lints: Lints, body: Body, variables: int) -> None:
    after = _live_after(body)
    read = 0
    for block in body.blocks:
        for node in (*block.statements, block.terminator):
            read |= _reads(node)
    seen: set[Span] = set()
    for index, block in enumerate(body.blocks):
        live = after[index]
        if block.is_cleanup or live is None:
            continue
        for node in (block.terminator, *reversed(block.statements)):
            local = _assigned(node)
            if local is not None and variables >> local & 1 and not live >> local & 1:
                assert node is not None
                first = local not in body.extra.get("no_initialiser", ()) and _is_first(body, node, local)
                if node.span not in seen and (not first or read >> local & 1):
                    seen.add(node.span)
                    message = f"value assigned to `{body.locals[local].name}` is never read"
                    made = lints.note("unused_assignments", body.def_id, node.span, message)
                    made.help("maybe it is overwritten before being read?")
            live = _before(node, live)


def _is_first(body: Body, node: Any, local: int) -> bool:
    """Whether the assignment is the variable's initialiser: the first one that the body has."""
    for block in body.blocks:
        for other in (*block.statements, block.terminator):
            if _assigned(other) == local:
                return other is node
    return False


def _live_after(body: Body) -> list[Optional[int]]:
    """The variables that are live behind each block's terminator; None for blocks that nothing reaches."""
    reached = {0}
    work = [0]
    preds: dict[int, list[int]] = {}
    while work:
        index = work.pop()
        for target, _ in successors(body.blocks[index].terminator):
            preds.setdefault(target, []).append(index)
            if target not in reached:
                reached.add(target)
                work.append(target)
    after: list[Optional[int]] = [0 if i in reached else None for i in range(len(body.blocks))]
    work = list(reached)
    while work:
        index = work.pop()
        live = after[index]
        assert live is not None
        block = body.blocks[index]
        for node in (block.terminator, *reversed(block.statements)):
            live = _before(node, live)
        for pred in preds.get(index, ()):
            old = after[pred]
            assert old is not None
            if old | live != old:
                after[pred] = old | live
                work.append(pred)
    return after


def _before(node: Any, live: int) -> int:
    local = _assigned(node)
    if local is not None:
        live &= ~(1 << local)
    return live | _reads(node)


def _assigned(node: Any) -> Optional[int]:
    place = node.place if isinstance(node, mir.Assign) else node.destination if isinstance(node, mir.Call) else None
    return place.local if place is not None and not place.projection else None


def _reads(node: Any) -> int:
    """Variables that a statement or terminator reads."""
    if isinstance(node, (mir.StorageLive, mir.StorageDead, mir.Drop)):
        return 0
    found = 0
    for place in _places(node):
        written = isinstance(node, (mir.Assign, mir.Call)) and place is _target(node)
        if not written or place.projection:
            found |= 1 << place.local
        for elem in place.projection:
            if isinstance(elem, mir.Index):
                found |= 1 << elem.local
    return found


def _target(node: Any) -> Place:
    return node.place if isinstance(node, mir.Assign) else node.destination


def _places(value: Any) -> Iterator[Place]:
    """Every place inside a statement, terminator, rvalue or operand."""
    if isinstance(value, Place):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _places(part)
    elif isinstance(value, mir.AssertMessage):
        yield from _places(value.operands)
