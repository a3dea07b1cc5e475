"""`use` trees: the single imports that they stand for.

Invariant: an import's `segments` name what is imported (for a glob the module), with hygiene; `{self}` is type only.
"""

from __future__ import annotations

from typing import Optional

from ..base.diagnostics import CompileError, error
from ..syntax import ast
from .defs import DefId
from .module import Import, Module
from .scope import MacroScope


def use_leaves(
    tree: ast.UseTree, module: Module, vis: Optional[DefId], span: int, macros: Optional[MacroScope], edition: int
) -> list[Import]:
    """The single imports that a `use` tree stands for."""
    found: list[Import] = []

    def walk(tree: ast.UseTree, prefix: list[ast.Ident]) -> None:
        own = [s.ident for s in tree.prefix.segments]
        if prefix and own and own[0].name == "{{root}}":
            own = own[1:]
        path = prefix + own
        if tree.kind == "nested":
            for inner in tree.nested:
                walk(inner, path)
            return
        leaf = Import(module, path, "*", vis, span, macros, edition, used_span=tree.span)  # type: ignore[arg-type]
        if tree.kind == "glob":
            leaf.glob = True
        else:
            _name_leaf(leaf, tree, bool(prefix))
        found.append(leaf)

    walk(tree, [])
    return found


def _name_leaf(leaf: Import, tree: ast.UseTree, nested: bool) -> None:
    last = leaf.segments[-1]
    if last.name == "self" and len(leaf.segments) > 1:
        if not nested or len(tree.prefix.segments) > 1:
            report = error(last.span, "`self` imports are only allowed within a { } list", "E0429")
            raise CompileError(report.help("consider importing the module directly"))
        leaf.segments = leaf.segments[:-1]
        leaf.type_only = True
        last = leaf.segments[-1]
    if tree.rename is None and last.name in ("crate", "self", "super", "$crate"):
        report = error(last.span, "imports need to be explicitly named")
        raise CompileError(report.help("try renaming it with a name"))
    leaf.name = tree.rename.name if tree.rename is not None else last.name
