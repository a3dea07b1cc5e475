"""Drop glue: the MIR of `drop_in_place::<T>(*mut T)` for every type that needs it.

As rustc's drop elaboration: `Drop::drop` first (for a Box its content before that), then the fields in order; a panic
in one of them still drops the others, on a ladder of cleanup blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Sequence

from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Ty
from .builder import MirBuilder, deref, field, local

if TYPE_CHECKING:
    from .context import MonoCx

Parts = Sequence[tuple[m.Place, Ty]]


def build(cx: MonoCx, ty: Ty) -> m.Body:
    b = MirBuilder(cx.tcx.require_lang_item("drop_in_place"), (t.mk_ptr(ty, True),), t.UNIT)
    start = b.block()
    done = b.block()
    b.ret(done)
    resume = b.block(cleanup=True)
    b.end(resume, m.UnwindResume(b.span))
    case = _GLUE.get(type(ty))
    if case is None or not cx.needs_drop(ty):
        b.goto(start, done)
    else:
        case(_Glue(cx, b, done, resume), ty, start)
    return b.body


class _Glue:
    """One body under construction; `done` and `resume` are where the two paths end."""

    def __init__(self, cx: MonoCx, b: MirBuilder, done: m.BasicBlock, resume: m.BasicBlock) -> None:
        self.cx, self.b, self.done, self.resume = cx, b, done, resume

    def ladder(
        self, parts: Parts, done: m.BasicBlock, resume: m.BasicBlock, pack: int = 0
    ) -> tuple[m.BasicBlock, m.BasicBlock]:
        """Blocks that drop all `parts` in order: (on the normal path, while unwinding).  Of a packed struct (`pack`)
        what is not aligned there is moved to a place of its own first."""
        normal, unwind = done, resume
        for place, ty in reversed(parts):
            if self.cx.needs_drop(ty):
                block, cleanup = self.b.block(), self.b.block(cleanup=True)
                self.b.drop(block, self.aligned(block, place, ty, pack), normal, unwind)
                self.b.drop(cleanup, self.aligned(cleanup, place, ty, pack), unwind, m.TERMINATE_CLEANUP)
                normal, unwind = block, cleanup
        return normal, unwind

    def aligned(self, block: int, place: m.Place, ty: Ty, pack: int) -> m.Place:
        layout = self.cx.layout_of(ty)
        if not pack or not layout.sized or layout.align <= pack:
            return place
        moved = local(self.b.local(ty))
        self.b.assign(block, moved, m.Use(m.Move(place)))
        return moved

    def fields(self, base: m.Place, tys: tuple[Ty, ...]) -> Parts:
        return [(field(base, i, ty), ty) for i, ty in enumerate(tys)]

    def simple(self, start: m.BasicBlock, tys: tuple[Ty, ...]) -> None:
        normal, _ = self.ladder(self.fields(deref(1), tys), self.done, self.resume)
        self.b.goto(start, normal)

    def adt(self, ty: t.Adt, start: m.BasicBlock) -> None:
        adt = self.cx.tcx.adt_def(ty.def_id)
        if adt.kind == "enum":
            normal, unwind = self.variants(ty)
        elif adt.kind == "union" or adt.is_manually_drop:
            normal, unwind = self.done, self.resume
        else:
            tys = self.cx.layout_of(ty).fields
            normal, unwind = self.ladder(self.fields(deref(1), tys), self.done, self.resume, adt.repr.pack or 0)
        if self.cx.has_drop_impl(ty):
            normal, unwind = self.call_drop(ty, normal, unwind)
        if adt.is_box:
            content = (m.Place(m.Local(1), (m.DEREF, m.DEREF)), ty.args[0])
            normal, unwind = self.ladder([content], normal, unwind)  # type: ignore[list-item]
        self.b.goto(start, normal)

    def call_drop(self, ty: Ty, normal: m.BasicBlock, unwind: m.BasicBlock) -> tuple[m.BasicBlock, m.BasicBlock]:
        blocks = []
        for cleanup, after, on_unwind in ((False, normal, unwind), (True, unwind, m.TERMINATE_CLEANUP)):
            block = self.b.block(cleanup)
            arg, unit = self.b.local(t.mk_ref(ty, True)), self.b.local(t.UNIT)
            self.b.assign(block, local(arg), m.Ref("mut", deref(1)))
            func = self.b.fn(self.cx.drop_method, (ty,))
            self.b.call(block, func, (m.Move(local(arg)),), local(unit), after, on_unwind)
            blocks.append(block)
        return blocks[0], blocks[1]

    def variants(self, ty: t.Adt) -> tuple[m.BasicBlock, m.BasicBlock]:
        """A switch on the discriminant, a ladder for each variant that has something to drop."""
        layout = self.cx.layout_of(ty)
        adt = self.cx.tcx.adt_def(ty.def_id)
        discr_ty = self.cx.discriminant_ty(ty)
        arms: list[tuple[int, m.BasicBlock, m.BasicBlock]] = []
        for i in range(len(adt.variants)):
            base = m.Place(m.Local(1), (m.DEREF, m.Downcast(i)))
            tys = layout.variant(i).fields
            if any(self.cx.needs_drop(x) for x in tys):
                bits = layout.discriminants[i] & ((1 << discr_ty.bits) - 1)
                arms.append((bits, *self.ladder(self.fields(base, tys), self.done, self.resume)))
        normal, unwind = self.b.block(), self.b.block(cleanup=True)
        for block, at, other in ((normal, 1, self.done), (unwind, 2, self.resume)):
            discr = self.b.local(discr_ty)
            self.b.assign(block, local(discr), m.Discriminant(deref(1)))
            targets = tuple((arm[0], arm[at]) for arm in arms)
            self.b.end(block, m.SwitchInt(m.Copy(local(discr)), discr_ty, targets, other, self.b.span))  # type: ignore[arg-type]
        return normal, unwind

    def elements(self, start: m.BasicBlock) -> None:
        """One loop over an array or slice, and its twin on the cleanup path; both share the counter."""
        b = self.b
        index, length = b.local(t.USIZE), b.local(t.USIZE)
        b.assign(start, local(index), m.Use(b.usize(0)))
        b.assign(start, local(length), m.Len(deref(1)))
        cleanup = self.loop(index, length, True, self.resume, m.TERMINATE_CLEANUP)
        b.goto(start, self.loop(index, length, False, self.done, cleanup))

    def loop(
        self, index: m.Local, length: m.Local, cleanup: bool, done: m.BasicBlock, unwind: m.UnwindAction
    ) -> m.BasicBlock:
        b = self.b
        head, body = b.block(cleanup), b.block(cleanup)
        at_end, current = b.local(t.BOOL), b.local(t.USIZE)
        b.assign(head, local(at_end), m.BinaryOp("Eq", m.Copy(local(index)), m.Copy(local(length))))
        b.end(head, m.SwitchInt(m.Copy(local(at_end)), t.BOOL, ((0, body),), done, b.span))
        b.assign(body, local(current), m.Use(m.Copy(local(index))))
        b.assign(body, local(index), m.BinaryOp("Add", m.Copy(local(current)), b.usize(1)))
        b.drop(body, m.Place(m.Local(1), (m.DEREF, m.Index(current))), head, unwind)
        return head


def _dyn(g: _Glue, ty: Ty, start: m.BasicBlock) -> None:
    g.b.drop(start, deref(1), g.done, m.CONTINUE)


_GLUE: dict[type, Callable[[_Glue, Any, m.BasicBlock], None]] = {
    t.Adt: _Glue.adt,
    t.Tuple: lambda g, ty, start: g.simple(start, ty.tys),
    t.Closure: lambda g, ty, start: g.simple(start, g.cx.layout_of(ty).fields),
    t.Array: lambda g, ty, start: g.elements(start),
    t.Slice: lambda g, ty, start: g.elements(start),
    t.Dynamic: _dyn,
}
