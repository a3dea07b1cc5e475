"""Blocks in the order of the code, and their statements.

Blocks are laid out so that most gotos fall through; cleanup blocks and failing asserts stand at the end.
Invariant: a block starts with no alias unless it is entered only by falling out of the block before it.
"""

from __future__ import annotations

from typing import Any, Callable, Final, Optional

from ..mir import body as m
from .frame import Loc, is_computed
from .fused import Fused
from .simplify import successors
from .terminators import FALL, TERMINATOR


class Blocks(Fused):
    """The part of `FnAsm` about blocks and statements."""

    def blocks(self) -> None:
        body = self.body
        self.labels = [self.out.label() for _ in body.blocks]
        self.preds = predecessors(body)
        self.done = [False] * len(body.blocks)
        self.skip: dict[int, int] = {}
        todo = [0]
        self.cleanups: list[int] = []
        while todo or self.cleanups:
            at: Optional[int] = todo.pop() if todo else self.cleanups.pop()
            if self.done[at]:  # type: ignore[index]
                continue
            while at is not None:
                at = self.one_block(at, todo)
                if at is not None and self.done[at]:
                    self.join(at)
                    at = None
            while self.cold:
                self.cold.pop()()

    def join(self, target: int) -> None:
        """Goes to a block that stands elsewhere; a mere return is repeated here."""
        data = self.body.blocks[target]
        if type(data.terminator) is m.Return and not data.statements:
            self.mark(target, 0, data.terminator.span)
            self.temps = 0
            self.do_return(data.terminator)
        else:
            self.emit("JMP", self.labels[target])

    def one_block(self, index: int, todo: list[int]) -> Optional[int]:
        """Assembles a block; the block to go on with if it falls through."""
        self.done[index] = True
        self.block = index
        if self.preds[index] != 1 or index == 0:
            self.settle_all()
        self.out.bind(self.labels[index])
        data = self.body.blocks[index]
        skip = self.skip.get(index, 0)
        for number, stmt in enumerate(data.statements):
            if number < skip:
                continue
            self.temps = 0
            self.mark(index, number, stmt.span)
            following = data.terminator if number == len(data.statements) - 1 else None
            if self.fused(stmt, following):
                self.queue(data.terminator, todo)
                return self.next_block(data.terminator)
            case = _STATEMENT.get(type(stmt))
            if case is not None:
                case(self, stmt)
        self.temps = 0
        terminator = data.terminator
        assert terminator is not None
        self.mark(index, len(data.statements), terminator.span)
        TERMINATOR[type(terminator)](self, terminator)
        self.queue(terminator, todo)
        return self.next_block(terminator)

    def next_block(self, term: Optional[m.Terminator]) -> Optional[int]:
        """Where a terminator's code falls out at its end."""
        target = FALL.get(type(term), lambda term: None)(term)
        if target is None:
            self.aliases.clear()
            return None
        if self.preds[target] != 1:
            self.settle_all()
        return target

    def queue(self, term: Optional[m.Terminator], todo: list[int]) -> None:
        for target in successors(term):
            if not self.done[target]:
                (self.cleanups if self.body.blocks[target].is_cleanup else todo).append(target)

    # -- statements --------------------------------------------------------------------------------

    def assign(self, stmt: m.Assign) -> None:
        place = stmt.place
        if not place.projection:
            self.assign_local(place.local, stmt.rvalue)
            return
        if not any(type(e) is m.Deref for e in place.projection):
            self.changes_place(place)
        self.rvalue_into(stmt.rvalue, self.place(place))

    def assign_local(self, local: int, rv: m.Rvalue) -> None:
        loc = self.locs[local]
        if loc.kind == "split":
            self.assign_split(loc, rv)
            return
        if loc.kind == "slots" and self.is_temp(local) and self.try_alias(local, rv):
            return
        if local in self.alias_sources:
            self.changes(local)
        self.rvalue_into(rv, self.local_ref(loc))

    def assign_split(self, loc: Loc, rv: m.Rvalue) -> None:
        assert type(rv) is m.Aggregate
        if len(rv.operands) == 1:
            self.changes(loc.fields[0])
            self.operand_into(rv.operands[0], self.local_ref(self.locs[loc.fields[0]]))
            return
        for field, op in zip(loc.fields, rv.operands):
            self.changes(field)
            self.operand_into(op, self.local_ref(self.locs[field]))

    def storage_live(self, stmt: m.StorageLive) -> None:
        self.changes(stmt.local)
        for loc in self.parts_of(stmt.local):
            if loc.kind == "memory":
                self.emit("LIVE", loc.slot, loc.layout.size, loc.layout.align)

    def storage_dead(self, stmt: m.StorageDead) -> None:
        if self.locs[stmt.local].kind == "memory":
            self.changes(stmt.local)
        for loc in self.parts_of(stmt.local):
            if loc.kind == "memory":
                self.emit("DEAD", loc.slot)

    def parts_of(self, local: int) -> list[Loc]:
        loc = self.locs[local]
        return [self.locs[i] for i in loc.fields] if loc.kind == "split" else [loc]

    def set_discriminant(self, stmt: m.SetDiscriminant) -> None:
        self.changes_place(stmt.place)
        self.write_tag(self.place(stmt.place), stmt.variant)

    def place_mention(self, stmt: m.PlaceMention) -> None:
        if is_computed(stmt):
            self.place(stmt.place)


def predecessors(body: m.Body) -> list[int]:
    """How many edges from blocks that are reached lead to each block."""
    counts = [0] * len(body.blocks)
    counts[0] = 1
    seen: set[int] = set()
    todo = [0]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            for target in successors(body.blocks[at].terminator):
                counts[target] += 1
                todo.append(target)
    return counts


_STATEMENT: Final[dict[type, Callable[[Blocks, Any], None]]] = {
    m.Assign: Blocks.assign,
    m.StorageLive: Blocks.storage_live,
    m.StorageDead: Blocks.storage_dead,
    m.SetDiscriminant: Blocks.set_discriminant,
    m.PlaceMention: Blocks.place_mention,
}
