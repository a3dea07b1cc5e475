"""Move paths: the places whose initialisation is tracked, and what each location does to them.

As rustc's `rustc_mir_dataflow::move_paths`.  A path is a local, or a field, enum variant, array element or Box content
of a path.  Sets of paths are ints used as bit sets; a path's `mask` is itself and everything inside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterator, Optional

from ..base.diagnostics import CompileError, Diagnostic, Unsupported
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import Body, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.ty import Ty
from .move_errors import elem_ty, illegal_move, is_box

START = -1  # the statement index of what holds at a function's entry


@dataclass(slots=True, eq=False)
class MovePath:
    index: int
    place: Place
    ty: Ty
    parent: Optional[MovePath]
    children: dict[Any, MovePath] = field(default_factory=dict)
    mask: int = 0


@dataclass(slots=True)
class Effect:
    """`init` True: everything in `path` becomes initialised here; False: moved out (or its storage ended).
    `after_call`: it holds on the edge to the target only."""

    path: MovePath
    init: bool
    span: Span
    after_call: bool = False
    storage: bool = False


class MoveData:
    """The paths of a body and the effects of each (block, statement); a terminator's index is the statement count."""

    def __init__(self, tcx: TyCtxt, body: Body) -> None:
        self.tcx = tcx
        self.body = body
        self.paths: list[MovePath] = []
        self.locals: list[MovePath] = [
            self._new(Place(mir.Local(i)), decl.ty, None) for i, decl in enumerate(body.locals)
        ]
        self.effects: dict[tuple[int, int], list[Effect]] = {}
        self.errors: list[Diagnostic] = []
        self._bound_from: dict[int, Span] = body.extra.get("bound_from", {})
        for index, block in enumerate(body.blocks):
            self._gather_block(index, block)
        for path in reversed(self.paths):
            path.mask |= 1 << path.index
            if path.parent is not None:
                path.parent.mask |= path.mask

    def _new(self, place: Place, ty: Ty, parent: Optional[MovePath]) -> MovePath:
        path = MovePath(len(self.paths), place, ty, parent)
        self.paths.append(path)
        return path

    # -- places to paths ------------------------------------------------------------------------------

    def lookup(self, place: Place) -> tuple[MovePath, bool]:
        """The longest path that is a prefix of `place`, and whether it is all of it."""
        path = self.locals[place.local]
        for elem in place.projection:
            child = path.children.get(_key(elem))
            if child is None:
                return path, False
            path = child
        return path, True

    def _path_for(self, place: Place) -> Optional[MovePath]:
        """The path of `place`, made if it can be tracked; None behind a pointer or an index, and inside a type with a
        destructor, which is dropped whole or not at all."""
        path = self.locals[place.local]
        for at, elem in enumerate(place.projection):
            ty = path.ty
            if isinstance(elem, mir.Deref) and not is_box(self.tcx, ty):
                return None
            if isinstance(elem, (mir.Index, mir.Subslice)) or (
                isinstance(elem, mir.ConstantIndex) and not isinstance(ty, t.Array)
            ):
                return None
            if isinstance(elem, mir.Field) and self._is_union(ty):
                return path
            if isinstance(elem, (mir.Field, mir.Downcast)) and self._has_destructor(ty):
                return None
            path = self._child(path, elem, place.projection[: at + 1])
        return path

    def _child(self, path: MovePath, elem: mir.ProjectionElem, projection: tuple[mir.ProjectionElem, ...]) -> MovePath:
        key = _key(elem)
        found = path.children.get(key)
        if found is None:
            found = path.children[key] = self._new(Place(path.place.local, projection), elem_ty(path.ty, elem), path)
        return found

    def _is_union(self, ty: Ty) -> bool:
        return isinstance(ty, t.Adt) and self.tcx.adt_def(ty.def_id).kind == "union"

    def _has_destructor(self, ty: Ty) -> bool:
        if not isinstance(ty, t.Adt) or is_box(self.tcx, ty):
            return False
        return self.tcx.query("adt_destructor", ty.def_id) is not None

    # -- gathering ------------------------------------------------------------------------------------

    def _gather_block(self, index: int, block: mir.BlockData) -> None:
        for at, statement in enumerate(block.statements):
            kind = type(statement)
            if kind is mir.Assign:
                span = self._bound_from.get(statement.place.local, statement.span)  # type: ignore[union-attr]
                self._moves(index, at, _rvalue_operands(statement.rvalue), statement.span, span)  # type: ignore[union-attr]
                self._init(index, at, statement.place, statement.span)  # type: ignore[union-attr]
            elif kind is mir.StorageDead:
                path = self.locals[statement.local]  # type: ignore[union-attr]
                self._add(index, at, Effect(path, False, statement.span, storage=True))
        end = block.terminator
        at = len(block.statements)
        if isinstance(end, mir.Call):
            self._moves(index, at, [end.func, *end.args], end.span)
            self._init(index, at, end.destination, end.span, after_call=True)
        elif isinstance(end, mir.Drop):
            found = self._path_for(end.place)
            if found is not None and found.place == end.place:
                self._add(index, at, Effect(found, False, end.span, storage=True))
        elif isinstance(end, mir.Yield):
            self._moves(index, at, [end.value], end.span)
            self._init(index, at, end.resume_arg, end.span, after_call=True)

    def _add(self, block: int, at: int, effect: Effect) -> None:
        self.effects.setdefault((block, at), []).append(effect)

    def _init(self, block: int, at: int, place: Place, span: Span, after_call: bool = False) -> None:
        path = self._path_for(place)
        if path is not None and (path.place == place or not path.children):
            self._add(block, at, Effect(path, True, span, after_call))

    def _moves(
        self, block: int, at: int, operands: list[mir.Operand], span: Span, blamed: Optional[Span] = None
    ) -> None:  # fmt: skip
        for operand in operands:
            if isinstance(operand, mir.Move):
                problem = illegal_move(self.tcx, self.body, operand.place, blamed or span)
                if problem is None:
                    self._move(block, at, operand.place, span)
                elif all((e.message, e.span) != (problem.message, problem.span) for e in self.errors):
                    self.errors.append(problem)

    def _move(self, block: int, at: int, place: Place, span: Span) -> None:
        last = place.projection[-1] if place.projection else None
        if isinstance(last, mir.Subslice):
            self._move_subslice(block, at, place, last, span)
            return
        path = self._path_for(place)
        if path is not None:
            self._add(block, at, Effect(path, False, span))

    def _move_subslice(self, block: int, at: int, place: Place, last: mir.Subslice, span: Span) -> None:
        array = Place(place.local, place.projection[:-1])
        path = self._path_for(array)
        if path is None or not isinstance(path.ty, t.Array) or not isinstance(path.ty.len, t.ConstValue):
            raise Unsupported(span, "moving a part out of an array of generic length")
        length = path.ty.len.value
        for i in range(last.lo, length - last.hi if last.from_end else last.hi):
            self._move(block, at, Place(array.local, (*array.projection, mir.ConstantIndex(i, length, False))), span)


def _key(elem: mir.ProjectionElem) -> Any:
    """Fields of any type spelling are the same field."""
    return ("field", elem.index) if isinstance(elem, mir.Field) else elem


def _rvalue_operands(rvalue: mir.Rvalue) -> list[mir.Operand]:
    kind = type(rvalue)
    if kind in (mir.Use, mir.Repeat, mir.Cast, mir.UnaryOp):
        return [rvalue.operand]  # type: ignore[union-attr]
    if kind is mir.BinaryOp:
        return [rvalue.lhs, rvalue.rhs]  # type: ignore[union-attr]
    return list(rvalue.operands) if kind is mir.Aggregate else []  # type: ignore[union-attr]


def successors(terminator: Any) -> Iterator[tuple[int, bool]]:
    """(block, whether it is the edge of a call's normal return)."""
    kind = type(terminator)
    if kind is mir.Goto:
        yield terminator.target, False
    elif kind is mir.SwitchInt:
        for _, target in terminator.targets:
            yield target, False
        yield terminator.otherwise, False
    elif kind in (mir.Call, mir.Drop, mir.Assert):
        if terminator.target is not None:
            yield terminator.target, True
        if isinstance(terminator.unwind, int):
            yield terminator.unwind, False
    elif kind is mir.Yield:
        yield terminator.resume, True
        if terminator.drop is not None:
            yield terminator.drop, False


def raise_errors(data: MoveData) -> None:
    if data.errors:
        raise CompileError(*data.errors)
