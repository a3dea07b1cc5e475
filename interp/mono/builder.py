"""`MirBuilder`: writes small MIR bodies (shims) block by block."""

from __future__ import annotations

from typing import Optional

from ..base.span import DUMMY_SP, Span
from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Args, Ty


class MirBuilder:
    """Arguments first, then temporaries; blocks are made with `block()` and ended with `end()`."""

    def __init__(self, name: int, inputs: tuple[Ty, ...], output: Ty, span: Span = DUMMY_SP) -> None:
        self.span = span
        self.body = m.Body(t.DefId(name), "shim", [], len(inputs), [], span, phase="elaborated")
        for ty in (output, *inputs):
            self.local(ty)

    def local(self, ty: Ty) -> m.Local:
        self.body.locals.append(m.LocalDecl(ty, self.span))
        return m.Local(len(self.body.locals) - 1)

    def block(self, cleanup: bool = False) -> m.BasicBlock:
        self.body.blocks.append(m.BlockData(is_cleanup=cleanup))
        return m.BasicBlock(len(self.body.blocks) - 1)

    def assign(self, block: int, place: m.Place, rvalue: m.Rvalue) -> None:
        self.body.blocks[block].statements.append(m.Assign(place, rvalue, self.span))

    def end(self, block: int, terminator: m.Terminator) -> None:
        assert self.body.blocks[block].terminator is None
        self.body.blocks[block].terminator = terminator

    def goto(self, block: int, target: m.BasicBlock) -> None:
        self.end(block, m.Goto(target, self.span))

    def ret(self, block: int) -> None:
        self.end(block, m.Return(self.span))

    def drop(self, block: int, place: m.Place, target: m.BasicBlock, unwind: m.UnwindAction) -> None:
        self.end(block, m.Drop(place, target, unwind, self.span))

    def call(
        self, block: int, func: m.Operand, args: tuple[m.Operand, ...], dest: m.Place,
        target: Optional[m.BasicBlock], unwind: m.UnwindAction = m.CONTINUE,
    ) -> None:  # fmt: skip
        self.end(block, m.Call(func, args, dest, target, unwind, self.span, self.span))

    def fn(self, def_id: int, args: Args) -> m.Constant:
        """The function item itself, as an operand."""
        return m.Constant(t.mk_fn_def(t.DefId(def_id), args), m.ZeroSized(), self.span)

    def usize(self, value: int) -> m.Constant:
        return m.Constant(t.USIZE, m.Scalar(value), self.span)


def local(index: int) -> m.Place:
    return m.Place(m.Local(index))


def deref(index: int) -> m.Place:
    return m.Place(m.Local(index), (m.DEREF,))


def field(place: m.Place, index: int, ty: Ty) -> m.Place:
    return m.Place(place.local, (*place.projection, m.Field(index, ty)))
