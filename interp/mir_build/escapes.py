"""What surely outlives the function that owns it: references to its variables that it returns (E0515), closures and
futures that borrow them and are returned, or handed to somebody who may keep them for ever (E0373).

Types have no regions here, so this is no borrow checker: only values are followed, through moves and coercions inside
one body, and only what is wrong whatever the lifetimes are is reported.
To add a way on which a value travels: `_Follower.sources`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span, mk_span, span_ctxt, span_file, span_lo
from ..hir.generics import ast_generics
from ..mir import body as mir
from ..mir.body import Body, Place
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt

_PLACED = (mir.Move, mir.Copy)
_WRAPPERS = ("Box", "Rc", "Arc")  # whose `new` and `pin` keep what they are given


def check(tcx: TyCtxt, body: Body) -> list[Diagnostic]:
    if body.kind not in ("fn", "closure", "coroutine"):
        return []
    return list({found.span: found for found in _Follower(tcx, body).run()}.values())


class _Follower:
    def __init__(self, tcx: TyCtxt, body: Body) -> None:
        self.tcx, self.body = tcx, body
        self.assigned: dict[int, list[Any]] = {}
        for block in body.blocks:
            if not block.is_cleanup:
                for node in (*block.statements, block.terminator):
                    place = getattr(node, "place", None) if isinstance(node, mir.Assign) else None
                    place = node.destination if isinstance(node, mir.Call) else place
                    if place is not None and not place.projection:
                        self.assigned.setdefault(place.local, []).append(node)

    def run(self) -> Iterator[Diagnostic]:
        for node in self.sources(mir.RETURN_PLACE):
            if isinstance(node, mir.Assign):
                yield from self.returned(node)
        for block in self.body.blocks:
            if isinstance(block.terminator, mir.Call) and not block.is_cleanup:
                yield from self.handed_over(block.terminator)

    def sources(self, local: int) -> list[Any]:
        """The statements that make the values which get into a variable."""
        found: list[Any] = []
        todo, seen = [local], {local}
        while todo:
            for node in self.assigned.get(todo.pop(), ()):
                inner = self.passed_on(node)
                if inner is None:
                    found.append(node)
                elif inner not in seen:
                    seen.add(inner)
                    todo.append(inner)
        return found

    def passed_on(self, node: Any) -> Optional[int]:
        """The variable whose value this only moves, copies, coerces, borrows again or puts into a box."""
        if isinstance(node, mir.Call):
            return self.wrapped(node)
        value = node.rvalue
        if isinstance(value, mir.Ref):
            through = value.place.projection == (mir.DEREF,)
            return value.place.local if through and isinstance(self.body.locals[value.place.local].ty, t.Ref) else None
        operand = value.operand if isinstance(value, (mir.Use, mir.Cast)) else None
        if isinstance(operand, _PLACED) and not operand.place.projection:
            return operand.place.local
        return None

    def wrapped(self, call: mir.Call) -> Optional[int]:
        ty = call.func.ty if isinstance(call.func, mir.Constant) else None
        if not isinstance(ty, t.FnDef) or len(call.args) != 1 or not isinstance(call.args[0], _PLACED):
            return None
        data = self.tcx.def_data(ty.def_id)
        made = self.body.locals[call.destination.local].ty
        if data.name == "pin" and isinstance(made, t.Adt) and made.args and isinstance(made.args[0], t.Adt):
            made = made.args[0]  # Pin<Box<T>>
        if data.name not in ("new", "pin") or not isinstance(made, t.Adt) or call.args[0].place.projection:
            return None
        home = self.tcx.def_data(made.def_id)
        return call.args[0].place.local if home.name in _WRAPPERS and home.krate == "alloc" else None

    # -- returned -----------------------------------------------------------------------------------------

    def returned(self, node: mir.Assign) -> Iterator[Diagnostic]:
        value = node.rvalue
        if isinstance(value, mir.Ref) and self.owns(value.place) and not self.is_empty(value.place.local):
            yield self.reference(value.place, node.span)
        elif isinstance(value, mir.Aggregate):
            yield from self.borrowing(value, None)

    def owns(self, place: Place) -> bool:
        """Whether the place is part of a variable of this function, and not behind a pointer."""
        if any(isinstance(elem, mir.Deref) for elem in place.projection):
            return False
        return place.local != mir.RETURN_PLACE and not (place.local == 1 and self.body.kind != "fn")

    def is_empty(self, local: int) -> bool:
        """A closure without captures, which a promoted value holds although it is no constant here."""
        decl = self.body.locals[local]
        return decl.name is None and isinstance(decl.ty, t.Closure) and not self.tcx.closure_info(decl.ty.def_id).upvars

    def reference(self, place: Place, span: Span) -> Diagnostic:
        name = self.body.locals[place.local].name
        what = "function parameter" if place.local <= self.body.arg_count else "local variable"
        shown = f"{what} `{name}`" if name is not None else "temporary value"
        if name is not None and place.projection:
            shown = f"local data `{name}`"
        label = "returns a reference to data owned by the current function"
        return error(span, f"cannot return reference to {shown}", "E0515", label)

    # -- closures -----------------------------------------------------------------------------------------

    def borrowing(self, made: mir.Aggregate, requirer: Optional[Span]) -> Iterator[Diagnostic]:
        """A closure or future that borrows a variable; `requirer`: the call that wants it for ever."""
        if made.kind.kind not in ("closure", "coroutine"):
            return
        ty: Any = made.kind.ty
        for number, operand in enumerate(made.operands):
            if not isinstance(operand, _PLACED) or operand.place.projection:
                continue
            for node in self.assigned.get(operand.place.local, ()):
                value = getattr(node, "rvalue", None)
                if isinstance(value, mir.Ref) and self.owns(value.place):
                    name = self.body.locals[value.place.local].name
                    if name is not None:
                        yield self.outlives(ty, number, name, requirer)
                        return

    def outlives(self, ty: Any, number: int, name: str, requirer: Optional[Span]) -> Diagnostic:
        what = "closure" if isinstance(ty, t.Closure) else "async block"
        info = self.tcx.closure_info(ty.def_id)
        span = info.span if isinstance(ty, t.Closure) else self.tcx.def_data(ty.def_id).span
        owned = f"`{name}`, which is owned by the current function"
        message = f"{what} may outlive the current function, but it borrows {owned}"
        found = error(span, message, "E0373", f"may outlive borrowed value `{name}`")
        results = self.tcx.query("typeck", _owner(self.tcx, ty.def_id))
        found.label(results.closures[ty.def_id].captures[number].span, f"`{name}` is borrowed here")
        if requirer is not None:
            found.span_note(requirer, "function requires argument type to outlive `'static`")
        else:
            found.span_note(self.assigned[mir.RETURN_PLACE][0].span, f"{what} is returned here")
        taken = f"`{name}` (and any other referenced variables)"
        at = span_lo(span) + (len("async ") if what == "async block" else 0)
        here = mk_span(span_file(span), at, at, span_ctxt(span))
        return found.suggest(
            f"to force the {what} to take ownership of {taken}, use the `move` keyword", (here, "move ")
        )

    def handed_over(self, call: mir.Call) -> Iterator[Diagnostic]:
        ty = call.func.ty if isinstance(call.func, mir.Constant) else None
        if not isinstance(ty, t.FnDef) or not any(isinstance(arg, _PLACED) for arg in call.args):
            return
        forever = _static_params(self.tcx, ty.def_id)
        if not forever:
            return
        for formal, arg in zip(self.tcx.fn_sig(ty.def_id).inputs, call.args):
            if isinstance(formal, t.Param) and formal.name in forever and isinstance(arg, _PLACED):
                for node in self.sources(arg.place.local) if not arg.place.projection else ():
                    if isinstance(node, mir.Assign) and isinstance(node.rvalue, mir.Aggregate):
                        yield from self.borrowing(node.rvalue, call.span)


def _owner(tcx: TyCtxt, def_id: int) -> int:
    data = tcx.def_data(def_id)
    while data.kind in ("closure", "inline_const") and data.parent is not None:
        data = tcx.def_data(data.parent)
    return data.id


def _static_params(tcx: TyCtxt, func: int) -> frozenset[str]:
    """Type parameters of a function that must live as long as the program, as it says itself."""
    memo = tcx._memo.setdefault("static_params", {})
    found = memo.get(func)
    if found is None:
        generics = ast_generics(tcx.def_data(func))
        names: set[str] = set()
        for param in generics.params if generics is not None else ():
            if param.kind == "type" and _is_static(param.bounds):
                names.add(param.ident.name)
        for pred in generics.where if generics is not None else ():
            if isinstance(pred.ty, ast.TyPath) and _is_static(pred.bounds):
                names.add(pred.ty.path.segments[-1].ident.name)
        found = memo[func] = frozenset(names)
    return found


def _is_static(bounds: list[Any]) -> bool:
    return any(isinstance(bound, ast.Lifetime) and bound.ident.name == "'static" for bound in bounds)
