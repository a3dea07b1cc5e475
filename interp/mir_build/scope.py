"""Drop scopes: what is scheduled to be dropped, leaving scopes normally, by `break`/`return`, and by unwinding.

A scope's drops run in reverse order of scheduling.  Exits lay the drops out inline; the unwinding path is a
chain of cleanup blocks shared by all calls that see the same drops (each entry remembers its block, and entries
of inner scopes forget theirs when an outer scope gets a new drop).
Drops are unconditional here as far as scopes know; drop elaboration removes or guards them afterwards.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator, Optional

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, Local, Place
from .builder import Breakable, Builder, DropEntry, ScopeData


def push_scope(b: Builder, scope_id: int, temps: bool = False) -> None:
    b.scopes.append(ScopeData(scope_id))
    if temps:
        b.temp_scopes.append(scope_id)


def pop_scope(b: Builder, block: BasicBlock, span: Span, temps: bool = False) -> BasicBlock:
    """Leave the innermost scope: its drops, in reverse."""
    block = _run_drops(b, block, len(b.scopes) - 1, span)
    b.scopes.pop()
    if temps:
        b.temp_scopes.pop()
    return block


@contextmanager
def breakable(b: Builder, entry: Breakable) -> Iterator[None]:
    b.breakables.append(entry)
    yield
    b.breakables.pop()


def schedule_drop(b: Builder, scope_id: int, local: Local, span: Span, value: bool) -> None:
    """At the end of scope `scope_id` drop `local`'s value (if its type needs that) or end its storage."""
    if value and not b.needs_drop(b.locals[local].ty):
        return
    index = _find(b, scope_id)
    b.scopes[index].drops.append(DropEntry(local, value, b.sp(span)))
    if value or _is_coroutine(b):
        for scope in b.scopes[index + 1 :]:
            for entry in scope.drops:
                entry.cleanup = None


def schedule_storage_and_value(b: Builder, scope_id: int, local: Local, span: Span) -> None:
    schedule_drop(b, scope_id, local, span, False)
    schedule_drop(b, scope_id, local, span, True)


def _find(b: Builder, scope_id: int) -> int:
    for index in range(len(b.scopes) - 1, -1, -1):
        if b.scopes[index].id == scope_id:
            return index
    raise AssertionError(f"scope {scope_id} is not open")


def _run_drops(b: Builder, block: BasicBlock, depth: int, span: Span) -> BasicBlock:
    """The drops of scope number `depth`, in reverse; the scope stays."""
    drops = b.scopes[depth].drops
    for index in range(len(drops) - 1, -1, -1):
        entry = drops[index]
        if entry.is_value:
            target = b.new_block()
            unwind = _cleanup_before(b, depth, index)
            b.terminate(block, mir.Drop(Place(entry.local), target, unwind, entry.span))
            block = target
        else:
            b.push(block, mir.StorageDead(entry.local, entry.span))
    return block


def exit_scopes(b: Builder, block: BasicBlock, depth: int, span: Span) -> BasicBlock:
    """Leave all scopes deeper than `depth` without closing them (for jumps)."""
    for index in range(len(b.scopes) - 1, depth - 1, -1):
        block = _run_drops(b, block, index, span)
    return block


def _cleanup_before(b: Builder, depth: int, index: int) -> mir.UnwindAction:
    """Where unwinding goes on when the value drops below entry `index` of scope `depth` are still to be run."""
    chain: list[tuple[int, DropEntry]] = []
    for d in range(depth, -1, -1):
        drops = b.scopes[d].drops
        last = index if d == depth else len(drops)
        for i in range(last - 1, -1, -1):
            if drops[i].is_value or _is_coroutine(b):
                chain.append((d, drops[i]))
                if drops[i].cleanup is not None:
                    return _link(b, chain)
    return _link(b, chain) if chain else mir.CONTINUE


def _is_coroutine(b: Builder) -> bool:
    """Then storage ends on the unwinding path too: what is kept across a suspension depends on it."""
    return b.closure is not None and b.closure.is_coroutine


def _link(b: Builder, chain: list[tuple[int, DropEntry]]) -> BasicBlock:
    """Make the cleanup blocks of `chain` (innermost first; the last may have its block already)."""
    target: Optional[BasicBlock] = None
    for _, entry in reversed(chain):
        if entry.cleanup is None:
            block = b.new_block(is_cleanup=True)
            onwards = target if target is not None else _resume(b, entry.span)
            if entry.is_value:
                b.terminate(block, mir.Drop(Place(entry.local), onwards, mir.TERMINATE_CLEANUP, entry.span))
            else:
                b.push(block, mir.StorageDead(entry.local, entry.span))
                b.goto(block, onwards, entry.span)
            entry.cleanup = block
        target = entry.cleanup
    assert target is not None
    return target


def _resume(b: Builder, span: Span) -> BasicBlock:
    if b.resume_block is None:
        b.resume_block = b.new_block(is_cleanup=True)
        b.terminate(b.resume_block, mir.UnwindResume(b.span))
    return b.resume_block


def diverge(b: Builder) -> mir.UnwindAction:
    """The unwind action of a call made here."""
    return _cleanup_before(b, len(b.scopes) - 1, len(b.scopes[-1].drops)) if b.scopes else mir.CONTINUE


def cleanup_block(b: Builder, span: Span) -> BasicBlock:
    """`diverge` as a block, even when there is nothing to drop."""
    found = diverge(b)
    return _resume(b, span) if isinstance(found, str) else found


def break_to(b: Builder, block: BasicBlock, target: BasicBlock, depth: int, span: Span) -> None:
    """Leave scopes down to `depth` and jump."""
    block = exit_scopes(b, block, depth, span)
    b.goto(block, target, span)


def break_for_else(b: Builder, block: BasicBlock, span: Span) -> None:
    """A condition failed: leave the scopes of the innermost `if`'s condition, on the way to its `else`."""
    scope = b.if_then[-1]
    scope.exits.append(exit_scopes(b, block, scope.depth, span))


def find_breakable(b: Builder, target: int) -> Breakable:
    for entry in reversed(b.breakables):
        if entry.id == target:
            return entry
    raise AssertionError(f"nothing to break out of: {target}")
