"""Statements fused with the terminator after them: comparisons with branches, checked arithmetic with asserts."""

from __future__ import annotations

from typing import Optional

from ..mir import body as m
from ..ty import ty as t
from .operands import operand_local
from .operators import ARITH, COMPARE, NEGATED, SWAPPED, is_signed, width_of
from .place_ref import signed64
from .terminators import Terminators


class Fused(Terminators):
    """The part of `FnAsm` about pairs of statement and terminator."""

    def fused(self, stmt: m.Statement, term: Optional[m.Terminator]) -> bool:
        """A checked operation with its assert, a comparison with its branch: one instruction."""
        if term is None or type(stmt) is not m.Assign:
            return False
        if type(stmt.rvalue) is m.Discriminant:
            return type(term) is m.SwitchInt and self.fuse_niche(stmt, term)
        if type(stmt.rvalue) is not m.BinaryOp:
            return False
        if type(term) is m.Assert:
            return self.fuse_assert(stmt, term)
        return type(term) is m.SwitchInt and self.fuse_branch(stmt, term)

    def fuse_branch(self, stmt: m.Assign, term: m.SwitchInt) -> bool:
        """`_3 = Lt(a, b); switchInt(move _3)`."""
        rv = stmt.rvalue
        assert type(rv) is m.BinaryOp
        place = None if type(term.discr) is m.Constant else term.discr.place  # type: ignore[union-attr]
        if rv.op not in COMPARE or place != stmt.place or not self.may_alias(stmt.place.local):
            return False
        ty = self.operand_ty(rv.lhs)
        if type(ty) is t.Float or self.class_of_ty(ty).kind not in ("scalar", "ptr") or len(term.targets) != 1:
            return False
        value, target = term.targets[0]
        self.settle_all(frozenset(x for x in map(operand_local, (rv.lhs, rv.rhs)) if x is not None))
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        op, a, b, imm = self.compare_operands(rv.op, rv.lhs, rv.rhs)
        self.settle_all()
        self.jump_if(op if value else NEGATED[op], a, b, imm, is_signed(ty), self.labels[target])
        return True

    def fuse_niche(self, stmt: m.Assign, term: m.SwitchInt) -> bool:
        """`_3 = discriminant(x); switchInt(_3)` of an enum where one tag stands for one variant: is it that tag?"""
        rv = stmt.rvalue
        assert type(rv) is m.Discriminant
        local = stmt.place.local
        if operand_local(term.discr) != local or not self.may_alias(local) or len(term.targets) != 1:
            return False
        layout = self.layout_of(self.place_ty(rv.place))
        tag = layout.tag
        if tag is None or tag.encoding != "niche" or tag.first != tag.last or tag.scalar.size > 8:
            return False
        value, target = term.targets[0]
        self.settle_all(frozenset((rv.place.local,)))
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        slot = self.tag_slot(self.place(rv.place), layout)
        self.settle_all()
        bits = tag.niche_start
        if tag.scalar.signed and bits >> (8 * tag.scalar.size - 1):
            bits -= 1 << 8 * tag.scalar.size
        self.jump_if("Eq" if value == tag.first else "Ne", slot, signed64(bits), True, False, self.labels[target])
        return True

    def jump_if(self, op: str, a: int, b: int, imm: bool, signed: bool, label: int) -> None:
        if not imm and op in ("Gt", "Ge"):
            op, a, b = SWAPPED[op], b, a
        if imm and b == 0 and op in ("Eq", "Ne"):
            self.emit("JZ" if op == "Eq" else "JNZ", a, label)
            return
        name = "J" + COMPARE[op]
        if op not in ("Eq", "Ne"):
            name += "_S" if signed else "_U"
        self.emit(name + ("_I" if imm else ""), a, b, label)

    def fuse_assert(self, stmt: m.Assign, term: m.Assert) -> bool:
        """`_3 = AddWithOverflow(a, b); assert(!_3.1)`."""
        rv = stmt.rvalue
        assert type(rv) is m.BinaryOp
        if rv.op == "Lt":
            return self.fuse_bounds(stmt, term)
        if not rv.op.endswith("WithOverflow") or stmt.place.projection or term.expected:
            return False
        local = stmt.place.local
        loc = self.locs[local]
        if operand_local(term.cond) != local or loc.kind != "slots" or self.uses.reads.get(local) != 2:
            return False
        ty = self.operand_ty(rv.lhs)
        if width_of(ty) == 128:
            return False
        a, b, imm = self.with_immediate(rv.op, rv.lhs, rv.rhs)
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        label = self.assert_failure(term)
        name = f"{ARITH[rv.op]}C_{'S' if is_signed(ty) else 'U'}{'_I' if imm else ''}"
        d = self.forwarded(local, term.target)
        self.emit(name, loc.slot if d is None else d, a, b, 64 - width_of(ty), label)
        return True

    def forwarded(self, local: int, target: int) -> Optional[int]:
        """The slot of `_x` if the target block begins with `_x = move (_3.0)`; that statement is then skipped."""
        statements = self.body.blocks[target].statements
        first = statements[0] if statements and self.preds[target] == 1 else None
        if type(first) is not m.Assign or type(first.rvalue) is not m.Use or first.place.projection:
            return None
        place = getattr(first.rvalue.operand, "place", None)
        if place is None or place.local != local or [getattr(e, "index", -1) for e in place.projection] != [0]:
            return None
        loc = self.locs[first.place.local]
        if loc.kind != "slots":
            return None
        self.changes(first.place.local)
        self.skip[target] = 1
        return loc.slot

    def fuse_bounds(self, stmt: m.Assign, term: m.Assert) -> bool:
        """`_5 = Lt(index, len); assert(move _5)`."""
        rv = stmt.rvalue
        assert type(rv) is m.BinaryOp
        local = stmt.place.local
        if rv.op != "Lt" or stmt.place.projection or not term.expected or operand_local(term.cond) != local:
            return False
        if not self.may_alias(local) or self.operand_ty(rv.lhs) is not t.USIZE:
            return False
        op, a, b, imm = self.compare_operands("Ge", rv.lhs, rv.rhs)
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        self.jump_if(op, a, b, imm, False, self.assert_failure(term))
        return True
