"""E0384, E0594 and E0596: nothing is assigned twice, written or borrowed as mutable that was not declared so.

As rustc's `check_if_reassignment_to_immutable_state` and `is_mutable`.  Runs on built MIR, for the user's crates.
A captured variable is as mutable as where it was declared (`extra["captured"]`, in the order of the captures).
To add a reason why a place is immutable: `_Finder.why`, and its words in `mutability_errors.py`.
"""

from __future__ import annotations

import operator
from typing import Any, Iterator, NamedTuple, Optional

from ..base.diagnostics import Diagnostic
from ..base.lints import Lints, lints_of
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import Body, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from . import mutability_errors as errors
from .dataflow import forward
from .move_errors import elem_ty, is_box


class Access(NamedTuple):
    """A write of `place` ("assign"), or a mutable borrow of it ("borrow"); `unique`: by a closure that captures it."""

    place: Place
    how: str
    span: Span
    unique: bool = False


def check(tcx: TyCtxt, body: Body) -> list[Diagnostic]:
    """What is written or borrowed although immutable."""
    finder = _Finder(tcx, body)
    lints = lints_of(tcx._memo)  # type: ignore[arg-type]
    if lints is not None and body.kind != "promoted":
        _note_changes(lints, finder, body)
    found = [*_reassigned(tcx, body), *finder.run()]
    return sorted(found, key=lambda e: e.span)


def _note_changes(lints: Lints, finder: _Finder, body: Body) -> None:
    """For the lint: which variables are declared `mut`, and which have to be."""
    mutable = 0
    for local, decl in enumerate(body.locals):
        if decl.name is not None and decl.mutbl and not decl.name.startswith("_"):
            mutable |= 1 << local
            lints.mutable[decl.span] = body.def_id
    states = _assigned_before(body, mutable) if mutable else []
    for state, block in zip(states, body.blocks):
        if state is None or block.is_cleanup:
            continue
        for node in (*block.statements, block.terminator):
            place = _written(node)
            if place is not None and not place.projection and state >> place.local & 1:
                lints.changed.add(body.locals[place.local].span)
            state = _after(node, state, mutable)
    for access in finder.accesses():
        declared = finder.changed(access.place, access.unique)
        if declared is not None:
            lints.changed.add(declared)


# -- assigned twice ----------------------------------------------------------------------------------------------


def _reassigned(tcx: TyCtxt, body: Body) -> Iterator[Diagnostic]:
    """E0384: an immutable variable that may have a value is assigned as a whole."""
    fixed = 0
    for local, decl in enumerate(body.locals):
        if decl.name is not None and not decl.mutbl:
            fixed |= 1 << local
    if not fixed:
        return
    states = _assigned_before(body, fixed)
    seen: set[tuple[int, Span]] = set()
    for index, block in enumerate(body.blocks):
        state = states[index]
        if state is None or block.is_cleanup:
            continue
        for node in (*block.statements, block.terminator):
            place = _written(node)
            if place is not None and not place.projection and state >> place.local & 1:
                assert node is not None
                if (place.local, node.span) not in seen:
                    seen.add((place.local, node.span))
                    yield errors.reassigned(body, place.local, node.span)
            state = _after(node, state, fixed)


def _assigned_before(body: Body, fixed: int) -> list[Optional[int]]:
    """At each block's start, the variables of `fixed` that may have got a value since their storage began."""

    def block(index: int, state: int) -> int:
        for node in body.blocks[index].statements:
            state = _after(node, state, fixed)
        return state

    def leave(index: int, state: int, edge: bool) -> int:
        return _after(body.blocks[index].terminator, state, fixed) if edge else state

    return forward(body, fixed & ((2 << body.arg_count) - 1), block, leave, operator.or_)


def _after(node: Any, state: int, fixed: int) -> int:
    if isinstance(node, (mir.StorageLive, mir.StorageDead)):
        return state & ~(1 << node.local)
    place = _written(node)
    return state if place is None or place.projection else state | (1 << place.local & fixed)


def _written(node: Any) -> Optional[Place]:
    if isinstance(node, (mir.Assign, mir.SetDiscriminant)):
        return node.place
    if isinstance(node, mir.Call):
        return node.destination
    return node.resume_arg if isinstance(node, mir.Yield) else None


# -- written or borrowed ----------------------------------------------------------------------------------------


class _Finder:
    def __init__(self, tcx: TyCtxt, body: Body) -> None:
        self.tcx = tcx
        self.body = body
        self.captured: list[errors.Captured] = body.extra.get("captured", [])
        self.captures = {
            op.place.local
            for block in body.blocks
            for s in block.statements
            if isinstance(s, mir.Assign) and isinstance(s.rvalue, mir.Aggregate)
            if s.rvalue.kind.kind in ("closure", "coroutine")
            for op in s.rvalue.operands
            if not isinstance(op, mir.Constant) and not op.place.projection
        }

    def run(self) -> Iterator[Diagnostic]:
        seen: set[tuple[Span, str]] = set()
        captured = self.captured
        same: dict[tuple[Place, Span], Diagnostic] = {}  # errors about one variable are one error
        for access in self.accesses():
            culprit = self.why(access.place, access.unique)
            if culprit is None or (access.span, access.how) in seen:
                continue
            seen.add((access.span, access.how))
            place, how, span = access.place, access.how, access.span
            found = errors.immutable(self.tcx, self.body, captured, place, culprit, how, span)
            declared = errors.declaration(self.body, captured, culprit)
            if access.how == "borrow" and declared is not None:
                earlier = same.setdefault((culprit, declared), found)
                if earlier is not found:
                    errors.once_more(earlier, access.span, declared)
                    continue
            yield found

    def accesses(self) -> Iterator[Access]:
        for block in self.body.blocks:
            if block.is_cleanup:
                continue
            for node in (*block.statements, block.terminator):
                place = _written(node)
                if place is not None and place.projection and node is not None:
                    yield Access(place, "assign", node.span)
                if not isinstance(node, mir.Assign):
                    continue
                value = node.rvalue
                if isinstance(value, mir.Ref) and value.kind != "shared":
                    unique = not node.place.projection and node.place.local in self.captures
                    yield Access(value.place, "borrow", node.span, unique)
                elif isinstance(value, mir.RawPtr) and value.mutbl:
                    yield Access(value.place, "borrow", node.span)

    def changed(self, place: Place, unique: bool) -> Optional[Span]:
        """Where the variable is declared that has to be `mut` for the access; None if none has to."""
        ty = self.body.locals[place.local].ty
        tys = [ty]
        for elem in place.projection:
            tys.append(elem_ty(tys[-1], elem))
        for at in range(len(place.projection), 0, -1):
            here = Place(place.local, place.projection[:at])
            capture = errors.capture_of(self.body, here)
            if capture is not None:
                return None if unique else self.captured[capture].span
            if isinstance(place.projection[at - 1], mir.Deref) and not is_box(self.tcx, tys[at - 1]):
                pointer = errors.capture_of(self.body, Place(place.local, place.projection[: at - 1]))
                if pointer is None or not self.captured[pointer].by_ref:
                    if at == 1 and place.local == 1 and self.body.kind in ("closure", "coroutine"):
                        continue
                    return None
        decl = self.body.locals[place.local]
        return decl.span if decl.name is not None and not unique else None

    def why(self, place: Place, unique: bool) -> Optional[Place]:
        """The part of `place` that makes it immutable; `unique`: an immutable variable itself is no reason."""
        tys = [self.body.locals[place.local].ty]
        for elem in place.projection:
            tys.append(elem_ty(tys[-1], elem))
        for at in range(len(place.projection), 0, -1):
            elem, ty = place.projection[at - 1], tys[at - 1]
            here = Place(place.local, place.projection[:at])
            if isinstance(elem, mir.Deref) and not is_box(self.tcx, ty):
                if not ty.mutbl:  # type: ignore[attr-defined]
                    return here
                if isinstance(ty, t.RawPtr):
                    return None
                capture = errors.capture_of(self.body, Place(place.local, place.projection[: at - 1]))
                if capture is None or not self.captured[capture].by_ref:
                    unique = True  # through a `&mut` the pointer itself need not be mutable
                continue
            capture = errors.capture_of(self.body, here)
            if capture is not None and not self.captured[capture].mutbl and not unique:
                return here
        decl = self.body.locals[place.local]
        own = decl.name is not None and not decl.mutbl and not unique
        return Place(place.local) if own else None
