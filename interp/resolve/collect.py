"""Collection: items become definitions and names of modules; item macros and derives are expanded on the way.

Order is the source's, for `macro_rules!` is textual; a call whose macro is not known yet waits in `pending` and is
tried again when the crate was walked, until nothing moves (`finish`).

To add an item kind: a method, a line in `_COLLECT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from ..base.diagnostics import CompileError, Unsupported, error
from ..syntax import ast
from . import errors, validate
from .define import Definer
from .defs import DefData, DefId, DefKind, ResDef
from .impls import ImplEntry
from .module import MACRO, TYPE, VALUE, Binding, Import, Krate, Module, new_tables
from .scope import ASSOC, ITEM, MODULE, MacroScope, Scope
from .uses import use_leaves

if TYPE_CHECKING:
    from .outline import Outline
    from .resolver import Resolver
    from .units import Unit

_ASSOC_KIND: dict[type, DefKind] = {ast.Fn: "assoc_fn", ast.Const: "assoc_const", ast.TyAlias: "assoc_ty"}


class Collector(Definer):
    """Collects the items of one crate (or of one block, later) into its modules."""

    def __init__(self, r: Resolver, krate: Krate) -> None:
        super().__init__(r, krate)
        self.pending: list[tuple[ast.Item, Module, MacroScope, Optional[Unit]]] = []
        self.outline: Optional[Outline] = None  # to be filled
        self.deriving = False
        self.entry = self.node = 0  # how many of the unit's impls and macros were met
        self.test = "test" in krate.cfg.names

    # -- walking ----------------------------------------------------------------------------------

    def run(self, items: list[ast.Item], module: Module) -> None:
        """All of `items`, and what had to wait."""
        self.items(items, module)
        self.finish()

    def items(self, items: list[ast.Item], module: Module) -> None:
        outline = self.outline if self.unit is None else None
        for item in items:
            try:
                if outline is not None:
                    outline.begin(self, item, module)
                self.item(item, module)
            except CompileError as failure:
                self.r.diag.emit_all(failure)
            if outline is not None:
                self.unit = None

    def item(self, item: ast.Item, module: Module) -> None:
        configured = self.r.expander.configure_item(item)
        if configured is None or (not self.test and self.only_for_tests(configured)):
            return
        if not self.krate.is_library:
            validate.item(self.r, configured)
        _COLLECT[type(configured.kind)](self, configured, module)

    def only_for_tests(self, item: ast.Item) -> bool:
        return bool(item.attrs) and any(a.path in ("test", "bench") for a in item.attrs)

    def finish(self) -> None:
        """Expand what had to wait; what nobody knows in the end is an error."""
        while self.pending:
            waiting, self.pending = self.pending, []
            for item, module, node, self.unit in waiting:
                self.retry(item, module, node)
            if len(self.pending) == len(waiting):
                break
        for item, module, node, _ in self.pending if not self.r.loader.failed else ():
            errors.unknown_macro(self.r, item.kind.mac, module.scope, node.outer)  # type: ignore[union-attr]
        self.pending = []
        self.krate.complete = True

    def retry(self, item: ast.Item, module: Module, node: MacroScope) -> None:
        self.macros = node
        try:
            self.item_mac(item, module, node)
        except CompileError as failure:
            self.r.diag.emit_all(failure)
        if self.macros is not node:
            node.inner = self.macros

    # -- kinds ----------------------------------------------------------------------------------------

    def fn(self, item: ast.Item, module: Module) -> None:
        data = self.define("fn", item, module)
        self.name(module, VALUE, data.name, Binding(ResDef("fn", data.id), data.vis), data)
        self.scope_of(data, module.scope, ITEM, item.kind.generics)  # type: ignore[union-attr]

    def strukt(self, item: ast.Item, module: Module) -> None:
        kind: DefKind = "union" if isinstance(item.kind, ast.UnionItem) else "struct"
        data = self.define(kind, item, module)
        self.name(module, TYPE, data.name, Binding(ResDef(kind, data.id), data.vis), data)
        node: Union[ast.Struct, ast.UnionItem] = item.kind  # type: ignore[assignment]
        self.scope_of(data, module.scope, ITEM, node.generics).self_def = data.id
        vis = self.fields(data, node.data, module)
        ctor = self.ctor(data, node.data, vis)
        if ctor is not None:
            self.name(module, VALUE, data.name, Binding(ResDef("ctor", ctor.id), vis), data)
        self.derives(item, module)

    def enum(self, item: ast.Item, module: Module) -> None:
        data = self.define("enum", item, module)
        self.name(module, TYPE, data.name, Binding(ResDef("enum", data.id), data.vis), data)
        node: ast.Enum = item.kind  # type: ignore[assignment]
        self.scope_of(data, module.scope, ITEM, node.generics).self_def = data.id
        seen: dict[str, DefData] = {}
        for variant in node.variants:
            made = self.new("variant", variant.ident.name, data.id, variant.span, variant)
            made.attrs = variant.attrs
            made.vis = data.vis
            made.scope = data.scope
            if variant.attrs:
                self.lang(made)
            data.children.append(made.id)
            self.fields(made, variant.data, module)
            self.ctor(made, variant.data, data.vis)
            if made.name in seen:
                errors.duplicate_in(self.r, "type", data.name, made, seen[made.name])
            seen[made.name] = made
        self.derives(item, module)

    def trait_(self, item: ast.Item, module: Module) -> None:
        data = self.define("trait", item, module)
        self.name(module, TYPE, data.name, Binding(ResDef("trait", data.id), data.vis), data)
        node: ast.Trait = item.kind  # type: ignore[assignment]
        scope = self.scope_of(data, module.scope, ITEM, node.generics)
        scope.self_def = data.id
        self.assoc_items(data, node.items, module, "trait_items")
        if self.unit is not None:
            self.unit.items[data.name] = frozenset(self.r.defs[c].name for c in data.children)

    def trait_alias(self, item: ast.Item, module: Module) -> None:
        data = self.define("trait_alias", item, module)
        self.name(module, TYPE, data.name, Binding(ResDef("trait_alias", data.id), data.vis), data)
        self.scope_of(data, module.scope, ITEM, item.kind.generics).self_def = data.id  # type: ignore[union-attr]

    def impl(self, item: ast.Item, module: Module) -> None:
        data = self.define("impl", item, module)
        node: ast.Impl = item.kind  # type: ignore[assignment]
        self.scope_of(data, module.scope, ITEM, node.generics).self_def = data.id
        self.assoc_items(data, node.items, module, "impl_items")
        if self.reading:
            assert self.unit is not None
            announced = self.unit.derived if self.deriving else self.unit.entries
            announced[self.entry].def_id = data.id
            self.entry += 1
            return
        entry = ImplEntry.of(self.r, data, node)
        self.krate.impls.add(entry)
        self.r.impls_version += 1
        if self.unit is not None:
            entry.derived = self.deriving
            (self.unit.derived if self.deriving else self.unit.entries).append(entry)

    def assoc_items(self, data: DefData, items: list[ast.Item], module: Module, context: str) -> None:
        for item in items:
            try:
                configured = self.r.expander.configure_item(item)
                if configured is None:
                    continue
                if isinstance(configured.kind, ast.ItemMac):
                    expanded = self.r.expand_here(configured.kind.mac, context, data.scope, self.macros)
                    self.assoc_items(data, expanded, module, context)
                else:
                    if not self.krate.is_library:
                        validate.assoc_item(self.r, configured, data.node)
                    self.assoc_item(data, configured, module)
            except CompileError as failure:
                self.r.diag.emit_all(failure)

    def assoc_item(self, parent: DefData, item: ast.Item, module: Module) -> None:
        kind = _ASSOC_KIND[type(item.kind)]
        made = self.new(kind, item.ident.name, parent.id, item.span, item)
        made.attrs = item.attrs
        if item.attrs:
            self.lang(made)
        if parent.kind == "trait":
            made.vis = parent.vis
        elif parent.node.kind.trait_ is None:
            made.vis = self.vis(item.vis, module)
        self.scope_of(made, parent.scope, ASSOC, item.kind.generics)  # type: ignore[union-attr]
        parent.children.append(made.id)

    def ty_alias(self, item: ast.Item, module: Module) -> None:
        data = self.define("ty_alias", item, module)
        self.name(module, TYPE, data.name, Binding(ResDef("ty_alias", data.id), data.vis), data)
        self.scope_of(data, module.scope, ITEM, item.kind.generics)  # type: ignore[union-attr]
        self.r.alias_names.add(data.name)

    def const(self, item: ast.Item, module: Module) -> None:
        data = self.define("const", item, module)
        if data.name != "_":
            self.name(module, VALUE, data.name, Binding(ResDef("const", data.id), data.vis), data)
        self.scope_of(data, module.scope, ITEM, item.kind.generics)  # type: ignore[union-attr]

    def static(self, item: ast.Item, module: Module) -> None:
        data = self.define("static", item, module)
        self.name(module, VALUE, data.name, Binding(ResDef("static", data.id), data.vis), data)
        self.scope_of(data, module.scope, ITEM, None)
        if any(attr.path == "global_allocator" for attr in item.attrs):
            self.items(self.r.expander.global_allocator(item), module)

    def foreign_ty(self, item: ast.Item, module: Module) -> None:
        data = self.define("foreign_ty", item, module)
        self.name(module, TYPE, data.name, Binding(ResDef("foreign_ty", data.id), data.vis), data)
        self.scope_of(data, module.scope, ITEM, None)

    def foreign_mod(self, item: ast.Item, module: Module) -> None:
        data = self.define("foreign_mod", item, module)
        self.scope_of(data, module.scope, ITEM, None)
        was, self.owner = self.owner, data.id
        for inner in item.kind.items:  # type: ignore[union-attr]
            configured = self.r.expander.configure_item(inner)
            if configured is None:
                continue
            if isinstance(configured.kind, ast.TyAlias):
                self.foreign_ty(configured, module)
            elif isinstance(configured.kind, ast.ItemMac):
                made = self.r.expand_here(configured.kind.mac, "foreign_items", data.scope, self.macros)
                item.kind.items.extend(made)  # type: ignore[union-attr]
            else:
                if not self.krate.is_library:
                    validate.foreign_item(self.r, configured, item.kind.abi)  # type: ignore[union-attr]
                before = len(self.r.defs.table)
                _COLLECT[type(configured.kind)](self, configured, module)
                data.children.append(DefId(before))
        self.owner = was

    def mod(self, item: ast.Item, module: Module) -> None:
        node: ast.Mod = item.kind  # type: ignore[assignment]
        data = self.define("mod", item, module)
        self.name(module, TYPE, data.name, Binding(ResDef("mod", data.id), data.vis), data)
        made = self.r.new_module(data, "mod", module, None)
        if self.outline is not None and self.unit is None:
            self.outline.add_module(made, item)
        before = self.macros
        items = self.r.loader.items_of_mod(item, node, module, made)
        if items is not None:
            if made.scope.macros is None:
                made.scope.macros = before
            self.items(items, made)
        if not any(a.path in ("macro_use", "macro_escape") for a in item.attrs):
            self.macros = before

    def use(self, item: ast.Item, module: Module) -> None:
        if self.reading and module.index >= 0:
            return
        vis = self.vis(item.vis, module)
        prelude = any(a.path == "prelude_import" for a in item.attrs)
        for imp in use_leaves(item.kind.tree, module, vis, item.span, self.macros, self.krate.edition):  # type: ignore[union-attr]
            imp.attrs = item.attrs
            self.add_import(imp, prelude)

    def add_import(self, imp: Import, prelude: bool) -> None:
        imp.prelude = prelude
        if self.outline is not None and imp.module.index >= 0:
            self.outline.imports.append(imp)
        self.r.imports.append(imp) if self.krate.is_local else None
        module = imp.module
        module.traits = None
        module.memo.clear()
        if imp.glob:
            if prelude:
                self.krate.prelude_import = imp
            else:
                module.globs.append(imp)
        elif imp.name == "_":
            module.unnamed.append(imp)
        else:
            module.imports.setdefault(imp.name, []).append(imp)
            if imp.segments[-1].name != imp.name:
                self.r.renames.setdefault(imp.segments[-1].name, set()).add(imp.name)

    def extern_crate(self, item: ast.Item, module: Module) -> None:
        original = item.kind.original or item.ident  # type: ignore[union-attr]
        root = self.krate.root if original.name == "self" else self.r.load_extern(self.krate, original.name)
        if root is None:
            message = f"can't find crate for `{original.name}`"
            self.r.diag.emit(error(item.span, message, "E0463", "can't find crate"))
            self.r.loader.failed = True
            return
        macro_use = any(a.path == "macro_use" for a in item.attrs)
        if macro_use:
            self.krate.macro_use.append(root)
        data_vis = self.vis(item.vis, module)
        if self.outline is not None:
            self.outline.extern_crates.append((module, item.ident.name, root.krate.name, data_vis, macro_use))
        if item.ident.name == "_":
            return
        module.tables[TYPE][item.ident.name] = Binding(ResDef("mod", root.def_id), data_vis, True)
        if module is self.krate.root:
            self.krate.externs[item.ident.name] = root

    def macro_rules(self, item: ast.Item, module: Module) -> None:
        data = self.define("macro", item, module)
        data.scope = module.scope
        binding = Binding(ResDef("macro", data.id), None)
        if item.kind.decl:  # type: ignore[union-attr]
            self.name_macro(module, data.name, Binding(ResDef("macro", data.id), data.vis))
            return
        self.macros = MacroScope(self.macros, data.name, data.id)
        if self.unit is not None and self.reading:
            self.unit.nodes[self.node].def_id = data.id
            self.node += 1
        elif self.unit is not None:
            self.unit.nodes.append(self.macros)
        if any(a.path == "macro_export" for a in item.attrs):
            data.vis = None
            self.name_macro(self.krate.root, data.name, binding)

    def name_macro(self, module: Module, name: str, binding: Binding) -> None:
        module.tables[MACRO][name] = binding
        if self.unit is not None and not self.reading and module.index >= 0:
            self.announce(module, MACRO, name, binding)

    def item_mac(self, item: ast.Item, module: Module, node: Optional[MacroScope] = None) -> None:
        mac: ast.MacCall = item.kind.mac  # type: ignore[union-attr]
        macros = self.macros if node is None else node.outer
        macro = self.r.resolve_macro(mac.path, module.scope, macros, quiet=True)
        if macro is None:
            if node is None:
                node = self.macros = MacroScope(self.macros, None)
            self.pending.append((item, module, node, self.unit))
            return
        self.items(self.r.expand_with(macro, mac, "items", module.scope, macros), module)

    def derives(self, item: ast.Item, module: Module) -> None:
        if not item.attrs or not any(a.path == "derive" for a in item.attrs):
            return
        if self.reading:
            assert self.unit is not None
            self.unit.derives.append((item, module))
            return
        was, self.deriving = self.deriving, True
        self.items(self.r.expander.derive(item), module)
        self.deriving = was

    def global_asm(self, item: ast.Item, module: Module) -> None:
        raise Unsupported(item.span, "`global_asm!`")


_COLLECT: dict[type, Callable[[Collector, ast.Item, Module], None]] = {
    ast.Fn: Collector.fn,
    ast.Struct: Collector.strukt,
    ast.UnionItem: Collector.strukt,
    ast.Enum: Collector.enum,
    ast.Trait: Collector.trait_,
    ast.TraitAlias: Collector.trait_alias,
    ast.Impl: Collector.impl,
    ast.TyAlias: Collector.ty_alias,
    ast.Const: Collector.const,
    ast.Static: Collector.static,
    ast.Mod: Collector.mod,
    ast.Use: Collector.use,
    ast.ExternCrate: Collector.extern_crate,
    ast.ForeignMod: Collector.foreign_mod,
    ast.MacroRulesDef: Collector.macro_rules,
    ast.ItemMac: Collector.item_mac,
    ast.GlobalAsm: Collector.global_asm,
}


def module_scope(module: Module, outer: Optional[Scope]) -> Scope:
    return Scope(MODULE, outer, module.def_id, module)


def empty_module(def_id: DefId, kind: Any, krate: Krate, parent: Optional[Module]) -> Module:
    return Module(def_id, kind, krate, parent, new_tables())
