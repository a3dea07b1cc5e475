"""E0381 and E0382: no place is read or borrowed while it may be uninitialised or moved out.

Runs on built MIR, before elaboration, for the user's crates.  What borrows outlive is not checked, for
lifetimes are erased.
"""

from __future__ import annotations

from typing import Any, Iterator, NamedTuple, Optional

from ..base.diagnostics import CompileError, Diagnostic, error
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import Body, Place
from .init_flow import State, apply
from .move_errors import describe
from .move_paths import MoveData, MovePath, successors


class Use(NamedTuple):
    """A use found wrong: of `place`, at a location; `how` as in `_uses`."""

    place: Place
    span: Span
    how: str
    block: int
    at: int


def check_moves(body: Body, data: MoveData, states: list[Optional[State]]) -> None:
    """Raise for every use that data flow cannot show to be initialised."""
    found: list[Diagnostic] = []
    seen: set[tuple[int, Span]] = set()
    for index, block in enumerate(body.blocks):
        state = states[index]
        if state is None or block.is_cleanup:
            continue
        for at, statement in enumerate([*block.statements, block.terminator]):
            for place, span, how in _uses(statement):
                culprit = _culprit(data, state, place, how)
                path = data.lookup(place)[0]
                if culprit is not None and (path.index, span) not in seen:
                    seen.add((path.index, span))
                    found.append(_report(body, data, culprit, path, Use(place, span, how, index, at)))
            effects = data.effects.get((index, at))
            if effects:
                state = apply(state, effects, False)
    if found:
        raise CompileError(*found)


def _culprit(data: MoveData, state: State, place: Place, how: str) -> Optional[MovePath]:
    """The path that may be gone although using `place` so needs it."""
    path, exact = data.lookup(place)
    if how in ("assign", "through"):
        bad = state.uninit & 1 << path.index if exact or how == "through" else 0
    else:  # a place deeper than any path needs only what leads to it
        bad = state.uninit & (path.mask if exact else 1 << path.index)
    return data.paths[(bad & -bad).bit_length() - 1] if bad else None


def _assigned(place: Place, span: Span) -> Iterator[tuple[Place, Span, str]]:
    """What must be there so that `place` can be assigned: the pointers on the way, and the structs of its fields."""
    for at in range(len(place.projection) - 1, -1, -1):
        base = Place(place.local, place.projection[:at])
        elem = place.projection[at]
        if isinstance(elem, mir.Deref):
            yield base, span, "through"
            return
        if isinstance(elem, mir.Field):
            yield base, span, "assign"


def _report(body: Body, data: MoveData, culprit: MovePath, path: MovePath, use: Use) -> Diagnostic:
    name = describe(data.tcx, body, path.place) or "value"
    moves, looped = _reaching_moves(body, data, culprit, use)
    if not moves:
        inits = (e for effects in data.effects.values() for e in effects if e.init and e.span != use.span)
        return _uninitialised(name, any(_related(e.path, culprit) for e in inits), use.span, use.how)
    verb = {"borrow": "borrow", "assign": "assign to part"}.get(use.how, "use")
    part = "partially " if len(culprit.place.projection) > len(path.place.projection) else ""
    used = {"borrow": "borrowed", "assign": "partially assigned"}.get(use.how, "used")
    out = error(
        use.span,
        f"{verb} of {part}moved value: `{name}`",
        "E0382",
        f"value {used} here after {'partial ' if part else ''}move",
    )
    again = ", in previous iteration of loop" if looped else ""
    for moved in moves:
        if moved == use.span:
            out.labels[0].text = f"value moved here{again}"
        else:
            out.label(moved, f"value moved here{again}")
    declared = body.locals[culprit.place.local]
    if declared.name is not None and not culprit.place.projection:
        reason = f"has type `{declared.ty!r}`, which does not implement the `Copy` trait"
        out.label(declared.span, f"move occurs because `{declared.name}` {reason}")
    return out


def _related(one: MovePath, other: MovePath) -> bool:
    return bool(one.mask >> other.index & 1 or other.mask >> one.index & 1)


def _reaching_moves(body: Body, data: MoveData, culprit: MovePath, use: Use) -> tuple[list[Span], bool]:
    """The moves of `culprit` from which control can come to `use`, the nearest on each way; whether one is the use
    itself, a round earlier."""
    predecessors: dict[int, list[int]] = {}
    for index, block in enumerate(body.blocks):
        for target, _ in successors(block.terminator):
            predecessors.setdefault(target, []).append(index)
    found: dict[Span, None] = {}
    work = [(use.block, use.at - 1)]
    seen: set[int] = set()
    while work:
        index, last = work.pop()
        for at in range(last, -1, -1):
            near = [e for e in data.effects.get((index, at), ()) if _related(e.path, culprit) and not e.storage]
            if any(not e.init for e in near):
                found[next(e.span for e in near if not e.init)] = None
                break
            if any(e.init and e.path.mask >> culprit.index & 1 for e in near):
                break
        else:
            for before in predecessors.get(index, ()):
                if before not in seen:
                    seen.add(before)
                    work.append((before, len(body.blocks[before].statements)))
    return list(found), any(span == use.span for span in found)


def _uninitialised(name: str, assigned: bool, span: Span, how: str) -> Diagnostic:
    if how == "assign":
        message = f"partially assigned binding `{name}` isn't fully initialized"
    else:
        state = "is possibly-uninitialized" if assigned else "isn't initialized"
        message = f"used binding `{name}` {state}"
    return error(span, message, "E0381", f"`{name}` used here but it isn't initialized")


def _uses(node: Any) -> Iterator[tuple[Place, Span, str]]:
    """Places read ("use") or borrowed ("borrow"); whose part is assigned ("assign"); that are followed as a pointer to
    what is assigned ("through")."""
    kind = type(node)
    if kind is mir.Assign:
        yield from _rvalue_uses(node.rvalue, node.span)
        yield from _assigned(node.place, node.span)
    elif kind is mir.SwitchInt:
        yield from _operand(node.discr, node.span)
    elif kind is mir.Drop:
        if node.replace:
            yield from _assigned(node.place, node.span)
    elif kind is mir.Call:
        for operand in (node.func, *node.args):
            yield from _operand(operand, node.span)
        yield from _assigned(node.destination, node.span)
    elif kind is mir.Assert:
        yield from _operand(node.cond, node.span)
    elif kind is mir.Yield:
        yield from _operand(node.value, node.span)


def _operand(operand: mir.Operand, span: Span) -> Iterator[tuple[Place, Span, str]]:
    if not isinstance(operand, mir.Constant):
        yield operand.place, span, "use"


def _rvalue_uses(rvalue: mir.Rvalue, span: Span) -> Iterator[tuple[Place, Span, str]]:
    kind = type(rvalue)
    if kind in (mir.Ref, mir.RawPtr):
        yield rvalue.place, span, "borrow"  # type: ignore[union-attr]
    elif kind in (mir.Discriminant, mir.Len):
        yield rvalue.place, span, "use"  # type: ignore[union-attr]
    elif kind in (mir.Use, mir.Repeat, mir.Cast, mir.UnaryOp):
        yield from _operand(rvalue.operand, span)  # type: ignore[union-attr]
    elif kind is mir.BinaryOp:
        yield from _operand(rvalue.lhs, span)  # type: ignore[union-attr]
        yield from _operand(rvalue.rhs, span)  # type: ignore[union-attr]
    elif kind is mir.Aggregate:
        for operand in rvalue.operands:  # type: ignore[union-attr]
            yield from _operand(operand, span)
