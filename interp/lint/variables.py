"""`unused_variables`: bindings that are never read.  An assignment is no reading; what a closure captures is read.

Assignments whose value nobody reads are `mir_build/liveness.py`'s.
"""

from __future__ import annotations

from typing import Any

from ..base.lints import Lints
from ..ty.context import TyCtxt
from ..typeck import thir
from .walk import bodies, children, strip


class _Uses:
    def __init__(self) -> None:
        self.bound: dict[int, list[thir.PatBinding]] = {}
        self.shorthand: set[int] = set()
        self.read: set[int] = set()
        self.assigned: set[int] = set()

    def visit(self, node: Any) -> None:
        todo = [node]
        while todo:
            at = todo.pop()
            kind = type(at)
            if kind is thir.PatBinding:
                self.bound.setdefault(at.var, []).append(at)
            elif kind is thir.VarRef or kind is thir.UpvarRef:
                self.read.add(at.var)
            elif kind is thir.Assign or kind is thir.AssignOp:
                target = strip(at.lhs)
                if type(target) is thir.VarRef:
                    self.assigned.add(target.var)
                    todo.append(at.rhs)
                    continue
            todo.extend(children(at))


def check(tcx: TyCtxt, lints: Lints, owner: int, results: thir.TypeckResults) -> None:
    uses = _Uses()
    for params, value in bodies(results):
        for param in params:
            uses.visit(param.pat)
        uses.visit(value)
    for var, where in uses.bound.items():
        name = where[0].name
        reached = tcx.resolver.call_site(where[0].span) in lints.reached
        if var not in uses.read and reached and not name.startswith("_") and name != "self":
            _report(tcx, lints, owner, name, where, var in uses.assigned)


def _report(
    tcx: TyCtxt, lints: Lints, owner: int, name: str, where: list[thir.PatBinding], assigned: bool
) -> None:
    span = where[0].span
    text = tcx.source_map.snippet(span)
    if tcx.source_map.file_of(span).is_library or not text.split("@")[0].split(":")[0].strip().endswith(name):
        return  # something made for a sugar
    if assigned:
        message = f"variable `{name}` is assigned to, but never used"
        lints.note("unused_variables", owner, span, message).note(f"consider using `_{name}` instead")
        return
    made = lints.note("unused_variables", owner, span, f"unused variable: `{name}`")
    made.help(f"if this is intentional, prefix it with an underscore: `_{name}`")

