"""The state transform: the body of an async block becomes `poll`, a state machine, and a body that drops it.

As rustc's `StateTransform`.  The coroutine is like an enum: variants Unresumed (0), Returned (1), Panicked (2), and one
for each suspension; the fields of a variant are the locals saved there, those of Unresumed what was captured, which
keeps its place in every state (`ty/layout_coroutine.py`).  After drop elaboration

    local saved        becomes   a field of the coroutine, at one address as long as it is there
    r = yield v        becomes   state = Suspend; return Poll::Pending; on resumption r = the context
    return x           becomes   state = Returned; return Poll::Ready(x)
    resume unwinding   becomes   state = Panicked; resume unwinding

Queries provided: `coroutine_witness(def_id)`: what it keeps; `coroutine_drop(def_id)`: the body of its drop glue, in
terms of the coroutine's generics.  `mir_of` a coroutine is `poll`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Optional

from ..mir import body as mir
from ..mir.body import BasicBlock, BlockData, Body, Local, LocalDecl, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import CoroutineWitness
from ..ty.ty import Ty
from .simplify import simplify
from .suspension import Saved, Suspension, analyse, bits

UNRESUMED, RETURNED, PANICKED, SUSPENDED = range(4)
SELF = Local(1)


def register(tcx: TyCtxt) -> None:
    tcx.providers["coroutine_witness"] = lambda def_id: tcx.query("mir_of", def_id).extra["witness"]
    tcx.providers["coroutine_drop"] = lambda def_id: tcx.query("mir_of", def_id).extra["drop"]


def transform(tcx: TyCtxt, body: Body) -> Body:
    """`poll` from an elaborated body; its `extra` has the witness and the drop body."""
    saved = analyse(body)
    witness = _witness(body, saved)
    ty = body.locals[SELF].ty
    drop = _Transform(tcx, body, saved, witness, (mir.DEREF,))
    drop.make_drop(t.mk_ptr(ty, True))
    pointer = t.mk_ref(ty, True)
    poll = _Transform(tcx, body, saved, witness, (mir.Field(0, pointer), mir.DEREF))
    poll.make_poll(t.mk_adt(tcx.require_lang_item("pin"), (pointer,)))
    poll.body.extra["witness"], poll.body.extra["drop"] = witness, drop.body
    return poll.body


def _witness(body: Body, saved: Saved) -> CoroutineWitness:
    number = {local: i for i, local in enumerate(saved.locals)}
    variants = tuple(tuple(number[local] for local in bits(s.saved)) for s in saved.suspensions)
    conflicts = frozenset(
        (number[a], number[b]) for a, mask in saved.conflicts.items() for b in bits(mask) if b in number
    )
    decls = [body.locals[local] for local in saved.locals]
    spans = tuple(body.blocks[s.block].terminator.span for s in saved.suspensions)  # type: ignore[union-attr]
    names = tuple((d.name, d.span) for d in decls)
    return CoroutineWitness(tuple(d.ty for d in decls), variants, conflicts, names, spans)


class _Transform:
    """One of the two bodies; `base` leads from local 1 to the coroutine."""

    def __init__(
        self, tcx: TyCtxt, body: Body, saved: Saved, witness: CoroutineWitness, base: tuple[mir.ProjectionElem, ...]
    ) -> None:
        self.tcx = tcx
        self.saved = saved
        self.base = base
        self.span = body.span
        blocks = [BlockData(list(b.statements), b.terminator, b.is_cleanup) for b in body.blocks]
        self.body = Body(
            body.def_id, "coroutine", list(body.locals), body.arg_count, blocks, body.span, None, body.promoted,
            body.var_debug_info, "elaborated", dict(body.extra),
        )  # fmt: skip
        self.fields: dict[int, Place] = {}
        for at, variant in enumerate(witness.variants):
            for field, number in enumerate(variant):
                elems = (*base, mir.Downcast(SUSPENDED + at), mir.Field(field, witness.tys[number]))
                self.fields.setdefault(saved.locals[number], Place(SELF, elems))

    # -- the two bodies -----------------------------------------------------------------------------------------

    def make_poll(self, self_ty: Ty) -> None:
        body = self.body
        output = body.locals[0].ty
        resume_ty = body.locals[2].ty
        self.poll_ty = t.mk_adt(self.tcx.require_lang_item("Poll"), (output,))
        self.result = self._rename(Local(0), LocalDecl(self.poll_ty, self.span, True))
        context = t.mk_adt(self.tcx.require_lang_item("Context"), ())
        self.resume_arg = self._rename(Local(2), LocalDecl(t.mk_ref(context, True), self.span))
        body.locals[SELF] = LocalDecl(self_ty, self.span)
        for block in body.blocks:
            if isinstance(block.terminator, mir.Return):
                self._finish(block)
        cases: list[tuple[int, BasicBlock]] = []
        first = BlockData([], mir.Goto(BasicBlock(0), self.span))
        self._take_context(first, Place(self.resume_arg), resume_ty)
        cases.append((UNRESUMED, self._add(first)))
        for kind, state in (("ResumedAfterReturn", RETURNED), ("ResumedAfterPanic", PANICKED)):
            cases.append((state, self._add(BlockData([], self._panic(kind)))))
        for at, point in enumerate(self.saved.suspensions):
            cases.append((SUSPENDED + at, self._suspend(at, point, resume_ty)))
        self._poison()
        self._enter(cases, mir.Unreachable(self.span))

    def make_drop(self, self_ty: Ty) -> None:
        """What was captured while it was never polled; what is kept at the suspension; else nothing."""
        body = self.body
        body.kind, body.arg_count = "shim", 1
        body.locals[SELF] = LocalDecl(self_ty, self.span)
        self._rename(Local(0), LocalDecl(t.UNIT, self.span, True))
        cases: list[tuple[int, BasicBlock]] = []
        for at, point in enumerate(self.saved.suspensions):
            end = body.blocks[point.block].terminator
            assert isinstance(end, mir.Yield) and end.drop is not None
            cases.append((SUSPENDED + at, self._add(BlockData(self._storage(point), mir.Goto(end.drop, end.span)))))
        for block in body.blocks:
            if isinstance(block.terminator, mir.CoroutineDrop):
                block.terminator = mir.Return(block.terminator.span)
            elif isinstance(block.terminator, (mir.Yield, mir.Return)):
                block.terminator = mir.Unreachable(self.span)
        cases.append((UNRESUMED, self._captures()))
        self._enter(cases, mir.Return(self.span))

    def _captures(self) -> BasicBlock:
        """A ladder over the captured values."""
        unwind = self._add(BlockData([], mir.UnwindResume(self.span), True))
        target = self._add(BlockData([], mir.Return(self.span)))
        upvars = self.tcx.closure_info(self.body.def_id).upvars
        env = self.tcx.query("param_env", self._owner())
        for index in range(len(upvars) - 1, -1, -1):
            ty = upvars[index].ty
            if not self.tcx.query("needs_drop", env, ty):
                continue
            place = Place(SELF, (mir.Field(index, ty),))
            target = self._add(BlockData([], mir.Drop(place, target, unwind, self.span)))
            unwind = self._add(BlockData([], mir.Drop(place, unwind, mir.TERMINATE_CLEANUP, self.span), True))
        return target

    def _owner(self) -> int:
        from .build import typeck_owner

        return typeck_owner(self.tcx, self.body.def_id)

    # -- the parts of poll -------------------------------------------------------------------------------------------

    def _suspend(self, at: int, point: Suspension, resume_ty: Ty) -> BasicBlock:
        """The `Yield` becomes a return; the block that its resumption enters."""
        block = self.body.blocks[point.block]
        end = block.terminator
        assert isinstance(end, mir.Yield)
        span = end.span
        pending = mir.Aggregate(mir.AggregateKind("adt", self.poll_ty, 1), ())
        block.statements += [mir.Assign(Place(Local(0)), pending, span), self._set_state(SUSPENDED + at, span)]
        block.terminator = mir.Return(span)
        resume = BlockData(self._storage(point), mir.Goto(end.resume, span))
        self._take_context(resume, end.resume_arg, resume_ty)
        return self._add(resume)

    def _storage(self, point: Suspension) -> list[mir.Statement]:
        """Locals that had storage when it was suspended and are not kept in the coroutine."""
        marked = {
            s.local for b in self.body.blocks for s in b.statements if isinstance(s, (mir.StorageLive, mir.StorageDead))
        }
        return [
            mir.StorageLive(Local(local), self.span)
            for local in bits(point.storage)
            if local in marked and local not in self.fields
        ]

    def _take_context(self, block: BlockData, into: Place, ty: Ty) -> None:
        cast = mir.Cast("Transmute", mir.Copy(Place(Local(2))), ty)
        block.statements.append(mir.Assign(into, cast, self.span))

    def _finish(self, block: BlockData) -> None:
        assert block.terminator is not None
        span = block.terminator.span
        ready = mir.Aggregate(mir.AggregateKind("adt", self.poll_ty, 0), (mir.Move(Place(self.result)),))
        block.statements += [mir.Assign(Place(Local(0)), ready, span), self._set_state(RETURNED, span)]
        block.terminator = mir.Return(span)

    def _panic(self, kind: str) -> mir.Terminator:
        never = mir.Constant(t.BOOL, mir.Scalar(0), self.span)
        unreachable = self._add(BlockData([], mir.Unreachable(self.span)))
        return mir.Assert(never, True, mir.AssertMessage(kind), unreachable, mir.CONTINUE, self.span)

    def _poison(self) -> None:
        """Whatever unwinds out of the body leaves it Panicked; the panics about resuming it do not."""
        poison: Optional[BasicBlock] = None
        for block in list(self.body.blocks):
            end: Any = block.terminator
            if isinstance(end, mir.UnwindResume):
                block.statements.append(self._set_state(PANICKED, end.span))
            elif getattr(end, "unwind", None) == mir.CONTINUE and not block.is_cleanup and not _is_resumption(end):
                if poison is None:
                    state = self._set_state(PANICKED, self.span)
                    poison = self._add(BlockData([state], mir.UnwindResume(self.span), True))
                block.terminator = end._replace(unwind=poison)

    def _set_state(self, state: int, span: Any) -> mir.Statement:
        return mir.SetDiscriminant(Place(SELF), state, span)  # `_remap` leads it through `base`

    # -- putting it together ----------------------------------------------------------------------------------------

    def _rename(self, local: Local, decl: LocalDecl) -> Local:
        """The user's `local` gets a new number; its own is `decl`'s from now on."""
        self.body.locals.append(self.body.locals[local])
        fresh = Local(len(self.body.locals) - 1)
        self.body.locals[local] = decl

        def renamed(place: Place) -> Place:
            of_local = (type(e) is mir.Index and e.local == local for e in place.projection)
            elems = tuple(mir.Index(fresh) if found else e for found, e in zip(of_local, place.projection))
            return Place(fresh if place.local == local else place.local, elems)

        for block in self.body.blocks:
            block.statements = [_map(s, renamed) for s in block.statements]
            block.terminator = _map(block.terminator, renamed)
        if local in self.fields:
            self.fields[fresh] = self.fields.pop(local)
        return fresh

    def _add(self, block: BlockData) -> BasicBlock:
        self.body.blocks.append(block)
        return BasicBlock(len(self.body.blocks) - 1)

    def _enter(self, cases: list[tuple[int, BasicBlock]], otherwise: mir.Terminator) -> None:
        """The switch on the state stands first; then all places are led into the coroutine."""
        body = self.body
        other = self._add(BlockData([], otherwise))
        start = self._add(body.blocks[0])  # what was first moves to the end
        to = {0: start}
        for block in body.blocks:
            block.terminator = _retarget(block.terminator, to)
        cases = [(value, to.get(target, target)) for value, target in cases]
        body.locals.append(LocalDecl(t.U32, self.span))
        state = Place(Local(len(body.locals) - 1))
        switch = mir.SwitchInt(mir.Move(state), t.U32, tuple(cases), other, self.span)
        body.blocks[0] = BlockData([mir.Assign(state, mir.Discriminant(Place(SELF)), self.span)], switch)
        for block in body.blocks:
            self._remap_block(block)
        body.var_debug_info = [replace(v, place=self._remap(v.place, [])) for v in body.var_debug_info]
        simplify(body)

    def _remap_block(self, block: BlockData) -> None:
        out: list[mir.Statement] = []
        for statement in block.statements:
            if isinstance(statement, (mir.StorageLive, mir.StorageDead)):
                if statement.local in self.fields:
                    continue
                out.append(statement)
            else:
                out.append(_map(statement, lambda place: self._remap(place, out)))
        block.terminator = _map(block.terminator, lambda place: self._remap(place, out))
        block.statements = out

    def _remap(self, place: Place, before: list[mir.Statement]) -> Place:
        if any(isinstance(e, mir.Index) and e.local in self.fields for e in place.projection):
            place = self._with_plain_index(place, before)
        kept = self.fields.get(place.local)
        if kept is not None:
            return Place(SELF, (*kept.projection, *place.projection))
        return Place(SELF, (*self.base, *place.projection)) if place.local == SELF else place

    def _with_plain_index(self, place: Place, before: list[mir.Statement]) -> Place:
        """An index must be a local of its own."""
        elems: list[mir.ProjectionElem] = []
        for elem in place.projection:
            if isinstance(elem, mir.Index) and elem.local in self.fields:
                self.body.locals.append(LocalDecl(t.USIZE, self.span))
                index = Local(len(self.body.locals) - 1)
                before.append(mir.Assign(Place(index), mir.Use(mir.Copy(self.fields[elem.local])), self.span))
                elem = mir.Index(index)
            elems.append(elem)
        return Place(place.local, tuple(elems))


def _is_resumption(end: Any) -> bool:
    return isinstance(end, mir.Assert) and end.msg.kind.startswith("Resumed")


def _map(node: Any, to: Callable[[Place], Place]) -> Any:
    """`node` with every place in it replaced."""
    if isinstance(node, Place):
        return to(node)
    if isinstance(node, mir.Constant) or not isinstance(node, tuple):
        return node
    parts = [_map(part, to) for part in node]
    if all(new is old for new, old in zip(parts, node)):
        return node
    return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)


def _retarget(end: Any, to: dict[int, BasicBlock]) -> Any:
    from .simplify import _retarget as retarget

    return retarget(end, lambda target: to.get(target, target))

