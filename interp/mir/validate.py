"""The well-formedness check of MIR: what `body.py` promises holds.  Runs in the tests over everything that is built.

A violation is a fault of ours: an AssertionError that names the place.  As rustc's `validate.rs`, structure and types
of assignments included (by the types that the generic body mentions).
"""

from __future__ import annotations

from typing import Any, Iterator, Optional

from ..ty import ty as t
from . import body as mir
from .body import Body, Place


def validate(body: Body, name: str = "") -> None:
    """Raise AssertionError at the first thing that is not well-formed."""
    for index, block in enumerate(body.blocks):
        where = f"{name} bb{index}"
        assert block.terminator is not None, f"{where}: no terminator"
        for at, statement in enumerate(block.statements):
            for place in _places(statement):
                _check_place(body, place, f"{where}[{at}]")
        for place in _places(block.terminator):
            _check_place(body, place, f"{where} terminator")
        _check_edges(body, block, where)
        if body.phase == "elaborated" and isinstance(block.terminator, (mir.Yield, mir.CoroutineDrop)):
            raise AssertionError(f"{where}: a suspension after the state transform")
    for number, promoted in enumerate(body.promoted):
        validate(promoted, f"{name}::promoted[{number}]")


def _check_edges(body: Body, block: mir.BlockData, where: str) -> None:
    end: Any = block.terminator
    for target in _targets(end):
        assert 0 <= target < len(body.blocks), f"{where}: jump to bb{target}"
        assert body.blocks[target].is_cleanup == block.is_cleanup, (
            f"{where}: bb{target} changes cleanup by a normal edge"
        )
    unwind = getattr(end, "unwind", None)
    if isinstance(unwind, int):
        assert not block.is_cleanup, f"{where}: a cleanup block unwinds into bb{unwind}"
        assert body.blocks[unwind].is_cleanup, f"{where}: unwinds to bb{unwind}, which is no cleanup block"
    elif isinstance(unwind, str) and block.is_cleanup:
        assert unwind in ("terminate_cleanup", "unreachable", "terminate_abi"), f"{where}: unwind {unwind} in cleanup"
    if isinstance(end, mir.UnwindResume):
        assert block.is_cleanup, f"{where}: resume outside of cleanup"
    if isinstance(end, mir.Return):
        assert not block.is_cleanup, f"{where}: return in cleanup"


def _targets(end: Any) -> Iterator[int]:
    if isinstance(end, mir.SwitchInt):
        yield from (target for _, target in end.targets)
        yield end.otherwise
    elif getattr(end, "target", None) is not None:
        yield end.target


def _check_place(body: Body, place: Place, where: str) -> None:
    assert 0 <= place.local < len(body.locals), f"{where}: no local _{place.local}"
    ty: Optional[t.Ty] = body.locals[place.local].ty
    for elem in place.projection:
        ty = _project(ty, elem, where)


def _project(ty: Optional[t.Ty], elem: mir.ProjectionElem, where: str) -> Optional[t.Ty]:
    """The type after `elem`; None once it cannot be told without normalising."""
    if isinstance(elem, mir.Field):
        assert not isinstance(ty, (t.Ref, t.RawPtr, t.Int, t.Array, t.Slice)), f"{where}: field of {ty!r}"
        return elem.ty
    if ty is None or isinstance(ty, (t.Alias, t.Opaque, t.Param)):
        return None
    if isinstance(elem, mir.Deref):
        assert isinstance(ty, (t.Ref, t.RawPtr, t.Adt)), f"{where}: deref of {ty!r}"
        return ty.ty if isinstance(ty, (t.Ref, t.RawPtr)) else ty.args[0]  # type: ignore[return-value]
    if isinstance(elem, (mir.Index, mir.ConstantIndex)):
        assert isinstance(ty, (t.Array, t.Slice)), f"{where}: index into {ty!r}"
        return ty.elem
    if isinstance(elem, mir.Subslice):
        assert isinstance(ty, (t.Array, t.Slice)), f"{where}: subslice of {ty!r}"
        return None if isinstance(ty, t.Array) else ty
    assert isinstance(ty, (t.Adt, t.Coroutine)), f"{where}: downcast of {ty!r}"
    return ty


def _places(node: Any) -> Iterator[Place]:
    """Every place in a statement, terminator, rvalue or operand, indices' locals included."""
    if isinstance(node, Place):
        yield node
        for elem in node.projection:
            if isinstance(elem, mir.Index):
                yield Place(elem.local)
    elif isinstance(node, tuple) and not isinstance(node, mir.Constant):
        for part in node:
            yield from _places(part)
