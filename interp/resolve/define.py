"""Definitions of items and of their parts: visibility, generic parameters, fields, constructors, names in modules.

`Definer` is what collection (`collect.py`) stands on; it knows of no item kind.
Invariant: every definition has its `scope` set when it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import error
from ..syntax import ast
from . import errors
from .defs import DefData, DefId, DefKind, ResDef
from .module import Binding, Krate, Module
from .scope import ITEM, MacroScope, Scope

if TYPE_CHECKING:
    from .resolver import Resolver
    from .units import Unit


class Definer:
    """Makes definitions of one crate; `unit` is the library's item that is being outlined or, if `reading`, read."""

    def __init__(self, r: Resolver, krate: Krate) -> None:
        self.r = r
        self.krate = krate
        self.macros: Optional[MacroScope] = None
        self.owner: Optional[DefId] = None  # the parent of definitions, if it is not the module (foreign_mod)
        self.unit: Optional[Unit] = None
        self.reading = False

    def define(self, kind: DefKind, item: ast.Item, module: Module) -> DefData:
        data = self.new(kind, item.ident.name, self.owner if self.owner is not None else module.def_id, item.span, item)
        data.attrs = item.attrs
        data.vis = self.vis(item.vis, module)
        if item.attrs and self.owner is None:  # a foreign declaration only says that it exists elsewhere
            self.lang(data)
        return data

    def new(self, kind: DefKind, name: str, parent: DefId, span: int, node: Any) -> DefData:
        data = self.r.defs.add(kind, name, parent, self.krate.name, span, node)  # type: ignore[arg-type]
        data.edition = self.krate.edition
        return data

    def lang(self, data: DefData) -> None:
        for attr in data.attrs:
            if attr.path == "lang" and attr.value is not None:
                if self.reading or attr.value not in self.r.lang_items:
                    self.r.lang_items[attr.value] = data.id
                if self.unit is not None:
                    self.unit.langs.append(attr.value)
            elif attr.path == "panic_handler":
                self.r.lang_items["panic_impl"] = data.id

    def vis(self, vis: ast.Visibility, module: Module) -> Optional[DefId]:
        kind = vis.kind
        if kind == "pub":
            return None
        if kind == "inherited":
            return module.normal.def_id
        if kind == "crate":
            return self.krate.root.def_id
        assert vis.path is not None
        return self.restricted(vis.path, module)

    def restricted(self, path: ast.Path, module: Module) -> DefId:
        """`pub(in path)`: an enclosing module."""
        chain = [module.normal]
        while chain[-1].parent is not None:
            chain.append(chain[-1].parent.normal)
        chain.reverse()
        at: Optional[int] = None
        for segment in path.segments:
            name = segment.ident.name
            if name == "crate" or name == "$crate" or name == "{{root}}":
                at = 0
            elif name == "self":
                at = len(chain) - 1 if at is None else at
            elif name == "super":
                at = (len(chain) - 1 if at is None else at) - 1
            else:
                at = 1 if at is None else at + 1
                if at >= len(chain) or self.r.defs[chain[at].def_id].name != name:
                    report = error(path.span, "visibilities can only be restricted to ancestor modules", "E0742")
                    self.r.diag.emit(report)
                    return module.normal.def_id
            if at < 0:
                self.r.diag.emit(errors.too_many_supers(segment.ident))
                return chain[0].def_id
        return chain[at if at is not None else -1].def_id

    def name(self, module: Module, ns: int, name: str, binding: Binding, data: DefData) -> None:
        """Enter a name; one that is there already is E0428."""
        table = module.tables[ns]
        if self.unit is not None:
            if not self.reading and module.index >= 0:
                self.announce(module, ns, name, binding)
            table[name] = binding
            return
        old = table.get(name)
        if old is not None and not (isinstance(old.res, ResDef) and old.res.kind == "macro"):
            errors.duplicate(self.r, module, ns, name, old, data)
            return
        table[name] = binding

    def announce(self, module: Module, ns: int, name: str, binding: Binding) -> None:
        """For the outline: the unit defines this name."""
        assert self.unit is not None and type(binding.res) is ResDef
        vis = -1 if binding.vis is None else self.r.modules[binding.vis].index
        self.unit.names.append((module.index, ns, name, binding.res.kind, vis))

    def scope_of(self, data: DefData, outer: Scope, kind: int, generics: Optional[ast.Generics]) -> Scope:
        scope = Scope(kind, outer, data.id, outer.module, None, self.macros if kind == ITEM else None)
        data.scope = scope
        if generics is not None and generics.params:
            self.generics(data, scope, generics)
        return scope

    def generics(self, data: DefData, scope: Scope, generics: ast.Generics) -> None:
        names: dict[Any, int] = {}
        outer: dict[Any, int] = {}
        if data.kind in ("assoc_fn", "assoc_ty") and scope.parent is not None:
            outer = scope.parent.names or {}
        for param in generics.params:
            kind: DefKind
            if param.kind == "type":
                kind = "ty_param"
            elif param.kind == "const":
                kind = "const_param"
            else:
                continue
            name = param.ident.name
            made = self.new(kind, name, data.id, param.span, param)
            made.attrs = param.attrs
            made.scope = scope
            made.vis = data.vis
            data.generic_params.append(made.id)
            earlier = names.get(name, outer.get(name))
            if earlier is not None:
                errors.duplicate_param(self.r, param, self.r.defs[earlier])
            names[name] = made.id
        scope.names = names

    def fields(self, data: DefData, variant: ast.VariantData, module: Module) -> Optional[DefId]:
        """Define the fields; returns the visibility of a constructor: the narrowest."""
        narrowest = data.vis
        for node in variant.fields:
            made = self.new("field", node.ident.name, data.id, node.span, node)
            made.attrs = node.attrs
            made.scope = data.scope
            made.vis = data.vis if data.kind == "variant" else self.vis(node.vis, module)
            narrowest = self.r.narrower(narrowest, made.vis)
            data.children.append(made.id)
        return narrowest

    def ctor(self, data: DefData, variant: ast.VariantData, vis: Optional[DefId]) -> Optional[DefData]:
        if variant.kind == "struct":
            return None
        made = self.new("ctor", data.name, data.id, data.span, data.node)
        made.ctor_of = data.id
        made.vis = vis
        made.scope = data.scope
        data.ctor = made.id
        return made
