"""What a body loses when its types are known: drops of nothing, flags and branches that were for them, empty blocks.

Blocks and statements keep their numbers (positions are said in them): what goes becomes a `Nop`, or is not reached.
The generic body is shared and never changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout

if TYPE_CHECKING:
    from .state import FnState

_STORAGE = frozenset({m.StorageDead, m.StorageLive, m.Nop})


def simplify(fa: FnState) -> m.Body:
    """The body to assemble in place of `fa.body`."""
    body = fa.body
    work = _Simplify(fa, [m.BlockData(b.statements, b.terminator, b.is_cleanup) for b in body.blocks])
    if work.without_drops():
        work.without_flags()
        work.thread()
        work.plain_unwinds()
    work.exhaustive_switches()
    return replace(body, blocks=work.blocks)


class _Simplify:
    def __init__(self, fa: FnState, blocks: list[m.BlockData]) -> None:
        self.fa = fa
        self.blocks = blocks
        self.flags = self._flag_candidates()

    def _flag_candidates(self) -> set[int]:
        """Drop flags are unnamed locals of type bool."""
        decls = self.fa.body.locals
        return {i for i, d in enumerate(decls) if d.ty is t.BOOL and d.name is None and i > self.fa.body.arg_count}

    def without_drops(self) -> bool:
        """Drops of types without drop glue become gotos; False if nothing about drops or gotos can change."""
        changed = False
        for block in self.blocks:
            term = block.terminator
            if type(term) is m.Drop:
                if not self.fa.needs_drop(self.fa.place_ty(term.place)):
                    block.terminator = m.Goto(term.target, term.span)
                changed = True
            elif type(term) is m.Goto and not block.statements:
                changed = True
        return changed

    def without_flags(self) -> None:
        """Flags on which nothing depends any more, and the switches on them.

        Optimistically none is needed; one is as soon as a switch on it has ways that do not meet again when the
        assignments to those not needed are left out of sight.
        """
        needed = self._read_otherwise()
        switches = [(b.terminator, _flag_of(b.terminator, self.flags)) for b in self.blocks]
        while True:
            forward = self._forwards(self.flags - needed)
            more = {f for term, f in switches if f is not None and f not in needed and not _meet(term, forward)}
            if not more:
                break
            needed |= more
        dead = self.flags - needed
        if dead:
            self._remove(dead, forward)

    def _read_otherwise(self) -> set[int]:
        """Flags that are used by more than switches and assignments of constants."""
        out: set[int] = set()
        for i in self._reachable():
            _reads(self.blocks[i], self.flags, out)
        return out & self.flags

    def _remove(self, dead: set[int], forward: list[int]) -> None:
        for block in self.blocks:
            if any(_sets(s, dead) for s in block.statements):
                block.statements = [m.Nop(s.span) if _sets(s, dead) else s for s in block.statements]
            term = block.terminator
            if _flag_of(term, dead) is not None:
                block.terminator = m.Goto(forward[term.otherwise], term.span)  # type: ignore[union-attr, arg-type]

    def thread(self) -> None:
        """Jumps go past empty blocks; a switch whose ways are one becomes a goto."""
        forward = self._forwards(set())
        for block in self.blocks:
            term = block.terminator
            retarget = _RETARGET.get(type(term))
            if retarget is not None:
                block.terminator = retarget(term, forward)

    def _forwards(self, ignored: set[int]) -> list[int]:
        """Where each block leads if it does nothing (but set flags of `ignored`, or switch on one)."""
        out = list(range(len(self.blocks)))
        for i, block in enumerate(self.blocks):
            if type(block.terminator) is m.Goto and _does_nothing(block, ignored):
                out[i] = block.terminator.target
        changed = True
        while changed:
            _close(out)
            changed = False
            for i, block in enumerate(self.blocks):
                term = block.terminator
                if out[i] == i and ignored and _flag_of(term, ignored) is not None and _meet(term, out):
                    if _does_nothing(block, ignored):
                        to = out[term.otherwise]  # type: ignore[union-attr]
                        changed = changed or to != i
                        out[i] = to
        return out

    def _reachable(self) -> set[int]:
        seen: set[int] = set()
        todo = [0]
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo.extend(successors(self.blocks[at].terminator))
        return seen

    def plain_unwinds(self) -> None:
        """Cleanup that does nothing is no cleanup."""
        forward = self._forwards(set())
        plain = {
            i
            for i, block in enumerate(self.blocks)
            if type(block.terminator) is m.UnwindResume and all(type(s) in _STORAGE for s in block.statements)
        }
        for block in self.blocks:
            term: Any = block.terminator
            unwind = getattr(term, "unwind", None)
            if isinstance(unwind, int) and forward[unwind] in plain:
                block.terminator = term._replace(unwind=m.CONTINUE)

    # -- switches ----------------------------------------------------------------------------------

    def exhaustive_switches(self) -> None:
        """A match on an enum whose arms are all its tags: the last one needs no test."""
        for block in self.blocks:
            term = block.terminator
            if type(term) is m.SwitchInt and len(term.targets) > 1 and self._is_unreachable(term.otherwise):
                place = _discriminant_of(block, term)
                if place is not None and self._covers(self.fa.layout_of(self.fa.place_ty(place)), term):
                    *targets, last = term.targets
                    block.terminator = term._replace(targets=tuple(targets), otherwise=last[1])

    def _is_unreachable(self, index: int) -> bool:
        block = self.blocks[index]
        return type(block.terminator) is m.Unreachable and not block.statements

    def _covers(self, layout: Layout, term: m.SwitchInt) -> bool:
        """Whether every tag that passes for valid has its arm."""
        tag = layout.tag
        arms = {bits for bits, _ in term.targets}
        if tag is None:
            return False
        if tag.encoding == "niche":
            return arms == {tag.untagged, *range(tag.first, tag.last + 1)}
        lo, hi = tag.scalar.start, tag.scalar.end
        return lo <= hi and len(arms) == hi - lo + 1 and arms == set(range(lo, hi + 1))


def _discriminant_of(block: m.BlockData, term: m.SwitchInt) -> Optional[m.Place]:
    """The place whose discriminant, read at the end of this block, is switched on."""
    if type(term.discr) is m.Constant or term.discr.place.projection or not block.statements:  # type: ignore[union-attr]
        return None
    last = block.statements[-1]
    if type(last) is m.Assign and last.place == term.discr.place and type(last.rvalue) is m.Discriminant:  # type: ignore[union-attr]
        return last.rvalue.place
    return None


def _close(out: list[int]) -> None:
    """Each block to the end of its chain; a cycle ends where it was entered."""
    for i in range(len(out)):
        seen = {i}
        at = out[i]
        while out[at] != at and at not in seen:
            seen.add(at)
            at = out[at]
        out[i] = at


def _does_nothing(block: m.BlockData, ignored: set[int]) -> bool:
    return all(type(s) is m.Nop or _sets(s, ignored) for s in block.statements)


def _sets(stmt: m.Statement, flags: set[int]) -> bool:
    """An assignment of a constant to one of the flags."""
    if type(stmt) is not m.Assign or stmt.place.local not in flags or stmt.place.projection:
        return False
    return type(stmt.rvalue) is m.Use and type(stmt.rvalue.operand) is m.Constant


def _flag_of(term: Optional[m.Terminator], flags: set[int]) -> Optional[int]:
    """The flag that a terminator switches on."""
    if type(term) is not m.SwitchInt or type(term.discr) is m.Constant:
        return None
    place: m.Place = term.discr.place  # type: ignore[union-attr]
    return place.local if not place.projection and place.local in flags else None


def _meet(term: Any, forward: list[int]) -> bool:
    end = forward[term.otherwise]
    return all(forward[target] == end for _, target in term.targets)


def _reads(block: m.BlockData, flags: set[int], out: set[int]) -> None:
    """Adds the flags used here other than by a switch or an assignment of a constant."""
    for stmt in block.statements:
        if type(stmt) is m.Assign and not _sets(stmt, flags):
            _operand_reads(stmt, out)
    if _flag_of(block.terminator, flags) is None:
        _operand_reads(block.terminator, out)


def _operand_reads(node: Any, out: set[int]) -> None:
    """Every local mentioned in a statement, rvalue or terminator."""
    for part in node:
        kind = type(part)
        if kind is m.Place:
            out.add(part.local)
            out.update(e.local for e in part.projection if type(e) is m.Index)
        elif isinstance(part, tuple) and kind is not m.Constant:
            _operand_reads(part, out)


def successors(term: Optional[m.Terminator]) -> list[int]:
    """The blocks control may go to, the one that falls through last; cleanup included."""
    kind = type(term)
    out: list[int] = []
    unwind = getattr(term, "unwind", None)
    if isinstance(unwind, int):
        out.append(unwind)
    if kind is m.SwitchInt:
        out += [target for _, target in term.targets]  # type: ignore[union-attr]
        out.append(term.otherwise)  # type: ignore[union-attr]
    elif kind in (m.Goto, m.Drop, m.Assert) or (kind is m.Call and term.target is not None):  # type: ignore[union-attr]
        out.append(term.target)  # type: ignore[union-attr, arg-type]
    return out


def _switch(term: m.SwitchInt, forward: list[int]) -> m.Terminator:
    targets = tuple((bits, forward[target]) for bits, target in term.targets)
    otherwise = forward[term.otherwise]
    if all(target == otherwise for _, target in targets):
        return m.Goto(otherwise, term.span)  # type: ignore[arg-type]
    return term._replace(targets=targets, otherwise=otherwise)  # type: ignore[arg-type]


def _unwinding(term: Any, forward: list[int]) -> Any:
    unwind = forward[term.unwind] if isinstance(term.unwind, int) else term.unwind
    target = None if term.target is None else forward[term.target]
    return term._replace(target=target, unwind=unwind)


_RETARGET: dict[type, Any] = {
    m.Goto: lambda term, forward: term._replace(target=forward[term.target]),
    m.SwitchInt: _switch,
    m.Drop: _unwinding,
    m.Call: _unwinding,
    m.Assert: _unwinding,
}
