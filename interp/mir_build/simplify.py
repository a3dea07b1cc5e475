"""Tidying the control flow graph: unreachable blocks go, empty jumps are followed, single successors are merged.

Does not change what a body does, nor the order of its statements.
"""

from __future__ import annotations

from typing import Any

from ..mir import body as mir
from ..mir.body import BasicBlock, BlockData, Body
from .move_paths import successors


def simplify(body: Body) -> None:
    blocks = body.blocks
    for block in blocks:
        if block.terminator is not None:
            block.terminator = _retarget(block.terminator, lambda target: _follow(blocks, target))
    _merge(blocks)
    _renumber(body)


def _follow(blocks: list[BlockData], target: int) -> int:
    """Past empty blocks that only jump."""
    seen = {target}
    while True:
        block = blocks[target]
        if block.statements or not isinstance(block.terminator, mir.Goto):
            return target
        following = block.terminator.target
        if following in seen:
            return target
        seen.add(following)
        target = following


def _retarget(end: Any, to: Any) -> Any:
    kind = type(end)
    if kind is mir.Goto:
        return end._replace(target=BasicBlock(to(end.target)))
    if kind is mir.SwitchInt:
        targets = tuple((value, BasicBlock(to(target))) for value, target in end.targets)
        return end._replace(targets=targets, otherwise=BasicBlock(to(end.otherwise)))
    if kind in (mir.Call, mir.Drop, mir.Assert):
        if isinstance(end.unwind, int):
            end = end._replace(unwind=BasicBlock(to(end.unwind)))
        return end if end.target is None else end._replace(target=BasicBlock(to(end.target)))
    if kind is mir.Yield:
        drop = None if end.drop is None else BasicBlock(to(end.drop))
        return end._replace(resume=BasicBlock(to(end.resume)), drop=drop)
    return end


def _reachable(blocks: list[BlockData]) -> list[int]:
    """Blocks in the order of a depth-first walk from the start."""
    seen: set[int] = set()
    order: list[int] = []
    work = [0]
    while work:
        index = work.pop()
        if index in seen:
            continue
        seen.add(index)
        order.append(index)
        work.extend(reversed([target for target, _ in successors(blocks[index].terminator)]))
    return order


def _merge(blocks: list[BlockData]) -> None:
    """A block whose only way on is a jump to a block that nothing else enters takes it in."""
    order = _reachable(blocks)
    counts: dict[int, int] = {0: 1}
    for index in order:
        for target, _ in successors(blocks[index].terminator):
            counts[target] = counts.get(target, 0) + 1
    gone: set[int] = set()
    for index in order:
        block = blocks[index]
        while index not in gone and isinstance(block.terminator, mir.Goto):
            target = block.terminator.target
            following = blocks[target]
            if counts.get(target) != 1 or target == index or following.is_cleanup != block.is_cleanup:
                break
            block.statements = [*block.statements, *following.statements]
            block.terminator = following.terminator
            gone.add(target)


def _renumber(body: Body) -> None:
    order = sorted(_reachable(body.blocks))
    number = {old: new for new, old in enumerate(order)}
    body.blocks = [body.blocks[old] for old in order]
    for block in body.blocks:
        block.terminator = _retarget(block.terminator, lambda target: number[target])
