"""The one way tests of this floor look at it: a program's text, type-checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interp.base.diagnostics import CompileError, Diagnostic
from interp.hir import session
from interp.hir.lower import BODY_KINDS, has_body
from interp.machine.const_eval import register as register_consts
from interp.mir_build import register as register_mir
from interp.traits.queries import register as register_traits
from interp.ty.context import TyCtxt
from interp.typeck import thir
from interp.typeck.queries import register


@dataclass
class Checked:
    tcx: TyCtxt
    results: dict[str, thir.TypeckResults]

    @property
    def errors(self) -> list[Diagnostic]:
        return [d for d in self.tcx.diag.emitted if d.level == "error"]

    @property
    def codes(self) -> list[str]:
        return [d.code for d in self.errors]

    def variables(self, owner: str = "main") -> dict[str, str]:
        """The bindings of a body with their types, closures' included."""
        found: dict[str, str] = {}
        for node in nodes(self.results[owner]):
            if type(node) is thir.PatBinding:
                found[node.name] = str(node.var_ty)
        return found

    def find(self, kind: type, owner: str = "main") -> list[Any]:
        return [node for node in nodes(self.results[owner]) if type(node) is kind]


def nodes(root: Any) -> list[Any]:
    """Every THIR record below `root`, itself included."""
    out: list[Any] = []
    _walk(root, out, set())
    return out


def _walk(node: Any, out: list[Any], seen: set[int]) -> None:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, (list, tuple)):
        for item in node:
            _walk(item, out, seen)
    elif type(node).__module__ == thir.__name__ and id(node) not in seen:
        seen.add(id(node))
        out.append(node)
        for name in type(node).__slots__:
            _walk(getattr(node, name), out, seen)


def check(text: str, edition: int = 2021) -> Checked:
    """Type-check every body of `text`; `fn main() {}` is added if it has none."""
    if "fn main" not in text:
        text += "\nfn main() {}\n"
    tcx = session.new_session(edition)
    for provide in (register_traits, register, register_mir, register_consts):
        provide(tcx)
    session.load_crate(tcx, text=text)
    results: dict[str, thir.TypeckResults] = {}
    at = 0
    while at < len(tcx.defs.table):
        data = tcx.defs.table[at]
        at += 1
        if data.krate == "main" and data.kind in BODY_KINDS and has_body(data):
            try:
                results[data.name] = tcx.query("typeck", data.id)
            except CompileError as failure:
                tcx.diag.emit_all(failure)
    return Checked(tcx, results)


def types(text: str, edition: int = 2021) -> dict[str, str]:
    """The types of main's variables in a program without errors."""
    checked = check(text if "fn main" in text else f"fn main() {{ {text} }}", edition)
    assert not checked.errors, checked.errors
    return checked.variables()
