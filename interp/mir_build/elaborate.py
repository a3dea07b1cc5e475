"""Drop elaboration: every `Drop` becomes unconditional, conditional on a drop flag, opened into its parts, or nothing.

As rustc's `elaborate_drops`.  A path that is surely initialised is dropped as it is; surely uninitialised, not at all;
in between, a bool local (its drop flag) follows it; a path of which parts were moved out is dropped part by part.
Query provided: `mir_of(def_id)`.
"""

from __future__ import annotations

from typing import Optional

from ..base.diagnostics import CompileError
from ..base.lints import lints_of
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, BlockData, Body, Local, LocalDecl, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.ty import Ty
from . import const_check, coroutine, escapes, liveness, mutability, packed
from .init_flow import State, analyse, apply
from .move_check import check_moves
from .move_paths import MoveData, MovePath, raise_errors
from .simplify import simplify


def register(tcx: TyCtxt) -> None:
    tcx.providers["mir_of"] = lambda def_id: mir_of(tcx, def_id)


def mir_of(tcx: TyCtxt, def_id: int) -> Body:
    """The MIR of `def_id`, its promoteds included, ready for `mono`."""
    body: Body = tcx.query("mir_built", def_id)
    _elaborate(tcx, body)
    for promoted in body.promoted:
        _elaborate(tcx, promoted)
    if body.kind == "coroutine":
        return coroutine.transform(tcx, body)
    return body


def _elaborate(tcx: TyCtxt, body: Body) -> None:
    simplify(body)
    data = MoveData(tcx, body)
    raise_errors(data)
    states = analyse(body, data)
    if not tcx.source_map.file_of(body.span).is_library:
        _check(tcx, body, data, states)
    _Elaborator(tcx, body, data, states).run()
    packed.move_before_drops(tcx, body)
    body.phase = "elaborated"
    simplify(body)
    if not tcx.source_map.file_of(body.span).is_library:
        undroppable = list(const_check.check_drops(tcx, body))
        if undroppable:
            raise CompileError(*undroppable)


def _check(tcx: TyCtxt, body: Body, data: MoveData, states: list[Optional[State]]) -> None:
    """What a user's body must not do: use what was moved, change what is not mutable, and so on."""
    lints = lints_of(tcx._memo)  # type: ignore[arg-type]
    if lints is not None and body.kind != "promoted":
        liveness.check(tcx, lints, body)
    found = [*mutability.check(tcx, body), *packed.check(tcx, body), *const_check.check_calls(tcx, body)]
    found += escapes.check(tcx, body)
    try:
        check_moves(body, data, states)
    except CompileError as failure:
        found = [*failure.diagnostics, *found]
    if found:
        raise CompileError(*found)


class _Elaborator:
    def __init__(self, tcx: TyCtxt, body: Body, data: MoveData, states: list[Optional[State]]) -> None:
        self.tcx = tcx
        self.body = body
        self.data = data
        self.states = states
        self.flags: dict[MovePath, Local] = {}
        self.env = tcx.query("param_env", _owner(tcx, body.def_id))
        self.state = State(0, 0)
        self.cleanup = False
        self.span: Span = body.span
        self._needs: dict[Ty, bool] = {}

    def run(self) -> None:
        count = len(self.body.blocks)
        for index in range(count):
            end = self.body.blocks[index].terminator
            state = self.states[index]
            if isinstance(end, mir.Drop):
                if state is None:
                    self.body.blocks[index].terminator = mir.Goto(end.target, end.span)
                else:
                    self._drop(index, end, state)
        if self.flags:
            self._maintain_flags(count)

    def needs_drop(self, ty: Ty) -> bool:
        found = self._needs.get(ty)
        if found is None:
            found = self._needs[ty] = bool(self.tcx.query("needs_drop", self.env, ty))
        return found

    # -- drops ----------------------------------------------------------------------------------------

    def _drop(self, index: int, end: mir.Drop, state: State) -> None:
        block = self.body.blocks[index]
        for at in range(len(block.statements)):
            effects = self.data.effects.get((index, at))
            if effects:
                state = apply(state, effects, False)
        path, exact = self.data.lookup(end.place)
        if not exact:
            return  # behind a pointer or index: surely initialised
        self.state, self.cleanup, self.span = state, block.is_cleanup, end.span
        entry = self._emit(end.place, path.ty, path, path, end.target, end.unwind)
        first = self.body.blocks[entry]
        if entry != end.target and not first.statements and isinstance(first.terminator, mir.Drop):
            block.terminator = first.terminator._replace(replace=end.replace)
        else:
            block.terminator = mir.Goto(BasicBlock(entry), end.span)

    def _emit(
        self,
        place: Place,
        ty: Ty,
        path: Optional[MovePath],
        owner: MovePath,
        target: BasicBlock,
        unwind: mir.UnwindAction,
    ) -> BasicBlock:
        """A block that drops what is initialised of `place` and goes on to `target`; without a path of its own the
        place shares the fate of `owner`."""
        if not self.needs_drop(ty):
            return target
        if path is None:
            return self._flagged(place, owner, target, unwind)
        live, dead = self.state.init & path.mask, self.state.uninit & path.mask
        if not live:
            return target
        running = self.body.kind == "coroutine" and place == Place(Local(1))  # of itself it drops what it captured
        if not dead and not running:
            return self._plain(place, target, unwind)
        opened = running or path.children
        return self._open(place, ty, path, target, unwind) if opened else self._flagged(place, path, target, unwind)

    def _block(self, terminator: mir.Terminator) -> BasicBlock:
        self.body.blocks.append(BlockData([], terminator, self.cleanup))
        return BasicBlock(len(self.body.blocks) - 1)

    def _plain(self, place: Place, target: BasicBlock, unwind: mir.UnwindAction) -> BasicBlock:
        return self._block(mir.Drop(place, target, unwind, self.span))

    def _flagged(self, place: Place, path: MovePath, target: BasicBlock, unwind: mir.UnwindAction) -> BasicBlock:
        bit = 1 << path.index
        if not self.state.init & bit:
            return target
        drop = self._plain(place, target, unwind)
        if not self.state.uninit & bit:
            return drop
        flag = self._flag(path)
        false = mir.Constant(t.BOOL, mir.Scalar(0), self.span)
        if path.place == place:
            self.body.blocks[drop].statements.append(mir.Assign(Place(flag), mir.Use(false), self.span))
        return self._block(mir.SwitchInt(mir.Copy(Place(flag)), t.BOOL, ((0, target),), drop, self.span))

    def _if_live(self, path: MovePath, live: BasicBlock, target: BasicBlock) -> BasicBlock:
        """A block that goes on to `live` if `path` itself is initialised."""
        if not self.state.uninit >> path.index & 1:
            return live
        flag = mir.Copy(Place(self._flag(path)))
        return self._block(mir.SwitchInt(flag, t.BOOL, ((0, target),), live, self.span))

    def _flag(self, path: MovePath) -> Local:
        flag = self.flags.get(path)
        if flag is None:
            self.body.locals.append(LocalDecl(t.BOOL, self.body.span, True))
            flag = self.flags[path] = Local(len(self.body.locals) - 1)
        return flag

    # -- open drops -----------------------------------------------------------------------------------

    def _open(self, place: Place, ty: Ty, path: MovePath, target: BasicBlock, unwind: mir.UnwindAction) -> BasicBlock:
        if isinstance(ty, t.Adt):
            if ty.def_id == self.tcx.lang_items.get("owned_box"):
                return self._open_box(place, ty, path, target, unwind)
            adt = self.tcx.adt_def(ty.def_id)
            if adt.kind == "enum":
                return self._open_enum(place, ty, path, target, unwind)
            return self._ladder(self._fields(place, ty, 0, path), path, target, unwind)
        if isinstance(ty, t.Tuple):
            parts = [(mir.Field(i, x), x) for i, x in enumerate(ty.tys)]
        elif isinstance(ty, (t.Closure, t.Coroutine)):
            parts = [(mir.Field(i, u.ty), u.ty) for i, u in enumerate(self.tcx.closure_info(ty.def_id).upvars)]
        else:
            assert isinstance(ty, t.Array) and isinstance(ty.len, t.ConstValue), ty
            return self._ladder(_elements(place, ty.elem, ty.len.value, path), path, target, unwind)
        fields = [(_add(place, e), x, path.children.get(("field", e.index))) for e, x in parts]
        return self._ladder(fields, path, target, unwind)

    def _unwind_to(self, unwind: mir.UnwindAction) -> mir.UnwindAction:
        """A block to go on unwinding in, behind which drops can be put."""
        if self.cleanup or unwind != mir.CONTINUE:
            return unwind
        self.body.blocks.append(BlockData([], mir.UnwindResume(self.span), True))
        return BasicBlock(len(self.body.blocks) - 1)

    def _fields(
        self, place: Place, ty: t.Adt, variant: int, path: MovePath
    ) -> list[tuple[Place, Ty, Optional[MovePath]]]:
        out = []
        for i, field in enumerate(self.tcx.adt_def(ty.def_id).variants[variant].fields):
            field_ty = self.tcx.query("field_ty", self.env, field.def_id, ty.args)
            out.append((_add(place, mir.Field(i, field_ty)), field_ty, path.children.get(("field", i))))
        return out

    def _ladder(
        self, parts: list[tuple[Place, Ty, Optional[MovePath]]], owner: MovePath, target: BasicBlock,
        unwind: mir.UnwindAction,
    ) -> BasicBlock:  # fmt: skip
        """Drop the parts in order; if one panics, the others are still dropped."""
        unwind = self._unwind_to(unwind)
        unwinds: list[mir.UnwindAction] = [unwind] * (len(parts) + 1)
        if not self.cleanup and isinstance(unwind, int):
            self.cleanup = True
            for i in range(len(parts) - 1, 0, -1):
                place, ty, path = parts[i]
                after = unwinds[i + 1]
                assert isinstance(after, int)
                unwinds[i] = self._emit(place, ty, path, owner, after, mir.TERMINATE_CLEANUP)
            self.cleanup = False
        for i in range(len(parts) - 1, -1, -1):
            place, ty, path = parts[i]
            target = self._emit(place, ty, path, owner, target, unwinds[i + 1])
        return target

    def _open_enum(
        self, place: Place, ty: t.Adt, path: MovePath, target: BasicBlock, unwind: mir.UnwindAction
    ) -> BasicBlock:
        """By variant: one with moved parts is opened, the others are dropped whole."""
        adt = self.tcx.adt_def(ty.def_id)
        discrs = self.tcx.query("adt_discriminants", ty.def_id)
        discr_ty = t.PRIMITIVES[adt.repr.int] if adt.repr.int else t.ISIZE
        assert isinstance(discr_ty, t.Int)
        arms = []
        for key, child in path.children.items():
            assert isinstance(key, mir.Downcast)
            inner = _add(place, key)
            block = self._ladder(self._fields(inner, ty, key.index, child), child, target, unwind)
            arms.append((discrs[key.index] & ((1 << discr_ty.bits) - 1), block))
        whole = self._flagged(place, path, target, unwind)
        self.body.locals.append(LocalDecl(discr_ty, self.span))
        discr = Place(Local(len(self.body.locals) - 1))
        entry = self._block(mir.SwitchInt(mir.Move(discr), discr_ty, tuple(arms), whole, self.span))
        self.body.blocks[entry].statements.append(mir.Assign(discr, mir.Discriminant(place), self.span))
        return self._if_live(path, entry, target)  # an enum that is not there has no discriminant to read

    def _open_box(
        self, place: Place, ty: t.Adt, path: MovePath, target: BasicBlock, unwind: mir.UnwindAction
    ) -> BasicBlock:
        """The content if it is still there, then the allocation."""
        content_ty = ty.args[0]
        assert isinstance(content_ty, Ty)
        content = path.children.get(mir.DEREF)
        free_unwinding = unwind = self._unwind_to(unwind)
        if not self.cleanup and isinstance(unwind, int):
            self.cleanup = True
            free_unwinding = self._box_free(place, ty, path, unwind, mir.TERMINATE_CLEANUP)
            self.cleanup = False
        free = self._box_free(place, ty, path, target, unwind)
        return self._emit(_add(place, mir.DEREF), content_ty, content, path, free, free_unwinding)

    def _box_free(
        self, place: Place, ty: t.Adt, path: MovePath, target: BasicBlock, unwind: mir.UnwindAction
    ) -> BasicBlock:
        """`Drop::drop(&mut box)`, which frees; only while the box itself was not moved away."""
        bit = 1 << path.index
        if not self.state.init & bit:
            return target
        drop = next(i.def_id for i in self.tcx.associated_items(self.tcx.require_lang_item("drop")) if i.name == "drop")
        ref_ty = t.mk_ref(ty, True)
        self.body.locals += [LocalDecl(ref_ty, self.span), LocalDecl(t.UNIT, self.span)]
        ref, unit = Place(Local(len(self.body.locals) - 2)), Place(Local(len(self.body.locals) - 1))
        func = mir.Constant(t.mk_fn_def(drop, (ty,)), mir.ZeroSized(), self.span)
        block = self._block(mir.Call(func, (mir.Move(ref),), unit, target, unwind, self.span, self.span))
        self.body.blocks[block].statements.append(mir.Assign(ref, mir.Ref("mut", place), self.span))
        return self._if_live(path, block, target)

    # -- flags ----------------------------------------------------------------------------------------

    def _maintain_flags(self, count: int) -> None:
        """Set the flags where their paths are initialised or moved out, and at the function's entry."""
        blocks = self.body.blocks
        predecessors = _count_predecessors(blocks)
        prefixes: dict[int, list[mir.Statement]] = {}
        for index in range(count):
            block = blocks[index]
            out: list[mir.Statement] = []
            old = len(block.statements)
            for at, statement in enumerate(block.statements):
                out.append(statement)
                for effect in self.data.effects.get((index, at), ()):
                    self._set(out, effect.path, effect.init, effect.span)
            for effect in self.data.effects.get((index, old), ()):
                if effect.after_call:
                    self._set_on_edge(block, effect.path, effect.span, predecessors, prefixes)
                elif not effect.storage:
                    self._set(out, effect.path, False, effect.span)
            block.statements = out
        for target, prefix in prefixes.items():
            blocks[target].statements[:0] = prefix
        entry: list[mir.Statement] = []
        for path, flag in self.flags.items():
            value = int(path.place.local in range(1, self.body.arg_count + 1))
            constant = mir.Constant(t.BOOL, mir.Scalar(value), self.body.span)
            entry.append(mir.Assign(Place(flag), mir.Use(constant), self.body.span))
        blocks[0].statements[:0] = entry

    def _set(self, out: list[mir.Statement], path: MovePath, value: bool, span: Span) -> None:
        mask = path.mask
        for flagged, flag in self.flags.items():
            if mask >> flagged.index & 1:
                constant = mir.Constant(t.BOOL, mir.Scalar(int(value)), span)
                out.append(mir.Assign(Place(flag), mir.Use(constant), span))

    def _set_on_edge(
        self, block: BlockData, path: MovePath, span: Span, predecessors: list[int],
        prefixes: dict[int, list[mir.Statement]],
    ) -> None:  # fmt: skip
        """A call's result is initialised on its return edge."""
        end = block.terminator
        assert isinstance(end, (mir.Call, mir.Yield))
        target = end.target if isinstance(end, mir.Call) else end.resume
        if target is None:
            return
        out: list[mir.Statement] = []
        self._set(out, path, True, span)
        if not out:
            return
        if predecessors[target] == 1:
            prefixes.setdefault(target, []).extend(out)
            return
        self.body.blocks.append(BlockData(out, mir.Goto(target, span), self.body.blocks[target].is_cleanup))
        edge = BasicBlock(len(self.body.blocks) - 1)
        block.terminator = end._replace(target=edge) if isinstance(end, mir.Call) else end._replace(resume=edge)


def _add(place: Place, elem: mir.ProjectionElem) -> Place:
    return Place(place.local, (*place.projection, elem))


def _elements(place: Place, elem: Ty, count: int, path: MovePath) -> list[tuple[Place, Ty, Optional[MovePath]]]:
    """An opened array's parts, last first; elements side by side that no move tells apart are one part, in order."""
    runs: list[list[tuple[Place, Ty, Optional[MovePath]]]] = []
    apart = True
    for i in range(count):
        index = mir.ConstantIndex(i, count, False)
        child = path.children.get(index)
        if apart or child is not None:
            runs.append([])
        runs[-1].append((_add(place, index), elem, child))
        apart = child is not None
    return [part for run in reversed(runs) for part in run]


def _count_predecessors(blocks: list[BlockData]) -> list[int]:
    from .move_paths import successors

    counts = [0] * len(blocks)
    for block in blocks:
        for target, _ in successors(block.terminator):
            counts[target] += 1
    return counts


def _owner(tcx: TyCtxt, def_id: int) -> int:
    from .build import typeck_owner

    return typeck_owner(tcx, def_id)
