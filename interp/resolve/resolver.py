"""The resolver of a session: crates, modules, macros, and the face that other floors use.

What a path means is in `paths.py`, names in modules in `imports.py`, items in `collect.py`, impls in `impls.py`.
Everything is resolved when it is first asked for and kept.

Invariant: library definitions may appear at any time; nobody walks `defs.table`.
"""

from __future__ import annotations

from typing import Any, Iterator, Optional

from ..base.diagnostics import CompileError, DiagCtxt, error
from ..base.span import SourceMap, Span, span_ctxt
from ..expand.cfg import Config
from ..expand.expander import Expander, MacroDef
from ..syntax import ast
from . import check, collect, errors, impls, imports, paths, traits, validate
from .defs import DefData, DefId, Definitions, Res, ResDef
from .loader import Loader
from .module import MACRO, VALUE, Import, Krate, Module, Named
from .paths import PartialRes
from .scope import CONST, MacroScope, Scope
from .units import LangItems, Units


class Resolver:
    """See the module's head.  `lang_items` is the session's own table, filled by collection."""

    def __init__(
        self, source_map: SourceMap, diag: DiagCtxt, defs: Definitions, lang_items: LangItems, loader: Loader
    ) -> None:
        self.source_map = source_map
        self.failed_imports: set[str] = set()  # names that imports should have bound: what uses them is no error more
        self.diag = diag
        self.defs = defs
        self.lang_items = lang_items
        lang_items.read = lambda unit: self.units.read(unit)
        self.loader = loader
        loader.resolver = self
        self.expander = Expander(source_map, diag, file_reader=loader.read_for_macro)
        self.expander.resolve_macro = lambda path, scope: self.resolve_macro(path, scope, None)
        self.expander.module_path = self.module_path
        self.krates: dict[str, Krate] = {}
        self.modules: dict[DefId, Module] = {}
        self.imports: list[Import] = []  # of user crates, to be checked
        self.checked_imports: list[Import] = []  # of the user's crates
        self.used_traits: set[tuple[Any, DefId]] = set()  # (module, trait): a method was found by it there
        self.renames: dict[str, set[str]] = {}  # name -> names under which it is imported somewhere
        self.alias_names: set[str] = set()  # of type aliases
        self.ambiguous: dict[tuple[DefId, int, str], tuple[Named, Named]] = {}
        self.trait_items: dict[DefId, frozenset[str]] = {}  # memo of `traits.item_names`
        self.impls_version = 0
        self.cycles = 0
        self.units = Units(self)
        self._paths: dict[DefId, str] = {}
        self._macro_defs: dict[int, MacroDef] = {}
        self._anon_consts: dict[tuple[int, DefId], tuple[DefId, ast.AnonConst]] = {}

    # -- crates and modules -------------------------------------------------------------------------

    def new_module(self, data: DefData, kind: Any, parent: Optional[Module], outer: Optional[Scope]) -> Module:
        krate = parent.krate if parent is not None else self.krates[data.krate]
        module = collect.empty_module(data.id, kind, krate, parent)
        module.scope = collect.module_scope(module, outer)
        data.scope = module.scope
        self.modules[data.id] = module
        return module

    def module_of(self, res: Res) -> Optional[Module]:
        """The module that a path can go on through: of a mod, an enum or a trait."""
        if type(res) is not ResDef:
            return None
        found = self.modules.get(res.def_id)
        if found is None and res.kind in ("enum", "trait"):
            found = self._item_module(self.defs[res.def_id])
        return found

    def _item_module(self, data: DefData) -> Module:
        kind = "enum" if data.kind == "enum" else "trait"
        module = collect.empty_module(data.id, kind, self.krates[data.krate], data.scope.module)
        module.scope = data.scope
        self.modules[data.id] = module
        for child in data.children:
            paths.enter_child(module, self.defs[child], data)
        return module

    def load_extern(self, krate: Krate, name: str) -> Optional[Module]:
        """The root of the crate `name` as `krate` may link it."""
        return self.loader.link(krate, name) or self.loader.find_crate(krate, name)

    def extern_crate(self, krate: Krate, name: str) -> Optional[Module]:
        """A crate of the extern prelude."""
        return krate.externs.get(name) or (self.loader.link(krate, name) if name in krate.links else None)

    def prelude_of(self, krate: Krate) -> Optional[Module]:
        if krate.prelude_import is not None:
            return imports.glob_target(self, krate.prelude_import)
        return krate.prelude

    def dollar_crate(self, ctxt: int) -> Krate:
        """The crate of the macro whose body wrote `$crate`: the first mark tells."""
        expansions = self.source_map.expansions
        at = ctxt
        while at and expansions[at].parent:
            at = expansions[at].parent
        macro_id = expansions[at].macro_id if at else -1
        if macro_id >= 0:
            return self.krates[self.defs[macro_id].krate]
        return self.krates.get("core") or next(iter(self.krates.values()))  # derived code means core

    def module_path(self, scope: Scope) -> str:
        parts: list[str] = []
        at: Optional[DefId] = scope.module.normal.def_id
        while at is not None:
            parts.append(self.defs[at].name)
            at = self.defs[at].parent
        return "::".join(reversed(parts))

    def lang_name(self, def_id: int) -> Optional[str]:
        """The lang item that `def_id` is."""
        for attr in self.defs[def_id].attrs:
            if attr.path == "lang":
                return attr.value
        return None

    def path_of(self, def_id: DefId) -> str:
        """The path of a definition: it tells one item of the library from all others."""
        found = self._paths.get(def_id)
        if found is None:
            data = self.defs[def_id]
            found = data.name if data.parent is None else f"{self.path_of(data.parent)}::{data.name}"
            self._paths[def_id] = found
        return found

    # -- visibility -----------------------------------------------------------------------------------

    def is_accessible_from(self, vis: Optional[DefId], module: Module) -> bool:
        if vis is None:
            return True
        at: Optional[Module] = module
        while at is not None:
            if at.def_id == vis:
                return True
            at = at.parent
        return False

    def is_accessible(self, vis: Optional[DefId], scope: Scope) -> bool:
        """Whether something visible inside `vis` may be used in `scope`."""
        return vis is None or self.is_accessible_from(vis, scope.module)

    def narrower(self, a: Optional[DefId], b: Optional[DefId]) -> Optional[DefId]:
        if a is None or b is None:
            return b if a is None else a
        return b if self.is_accessible_from(a, self.modules[b]) else a

    def enter(self, krate: Krate) -> tuple[Config, int, dict[str, str]]:
        """Expand as `krate` wants it (its edition, its `cfg`, its `env!`); give the result to `leave`."""
        state = self.expander.cfg, self.expander.edition, self.expander.env
        self.expander.cfg, self.expander.edition, self.expander.env = krate.cfg, krate.edition, krate.env
        return state

    def leave(self, state: tuple[Config, int, dict[str, str]]) -> None:
        self.expander.cfg, self.expander.edition, self.expander.env = state

    # -- macros -----------------------------------------------------------------------------------------

    def macro_def(self, def_id: int) -> MacroDef:
        found = self._macro_defs.get(def_id)
        if found is None:
            data = self.defs[def_id]
            found = self.expander.macro_def(data.node, def_id, data.krate, data.edition)
            self._macro_defs[def_id] = found
        return found

    def resolve_macro(
        self, path: ast.Path, scope: Scope, macros: Optional[MacroScope], quiet: bool = False
    ) -> Optional[MacroDef]:
        """The macro that `path!` calls; None was reported unless `quiet`."""
        macros = macros if macros is not None else scope.macros
        segments = path.segments
        if len(segments) == 1:
            name = segments[0].ident.name
            textual = macros.find(name) if macros is not None else None
            if textual is not None:
                return self.macro_def(self.units.macro_id(textual))
            binding = imports.in_lexical_modules(self, scope, name, MACRO)
            if binding is not None and type(binding.res) is ResDef:
                return self.macro_def(binding.res.def_id)
            if not quiet:
                errors.unknown_macro(self, ast.MacCall(path, "(", [], path.span), scope, macros)
            return None
        found = paths.resolve_path(self, scope, path, "macro", quiet)
        return self.macro_def(found.res.def_id) if type(found.res) is ResDef else None

    def expand_with(
        self, macro: MacroDef, mac: ast.MacCall, kind: str, scope: Scope, macros: Optional[MacroScope]
    ) -> Any:
        """Expand at item level: nested eager calls see the textual scope `macros`."""
        if macros is not scope.macros:
            at = scope.child(CONST)
            at.macros = macros
            scope = at
        return self.expander.expand(macro, mac, kind, scope)

    def expand_here(self, mac: ast.MacCall, kind: str, scope: Scope, macros: Optional[MacroScope] = None) -> Any:
        """Resolve and expand a call; raises CompileError."""
        macro = self.resolve_macro(mac.path, scope, macros, quiet=True)
        if macro is None:
            raise CompileError(errors.unknown_macro_error(self, mac, scope, macros or scope.macros))
        return self.expand_with(macro, mac, kind, scope, macros if macros is not None else scope.macros)

    def expand_ty(self, ty: ast.TyMac, scope: Scope) -> ast.Ty:
        """What a macro call in type position stands for."""
        found: ast.Ty = self.expand_here(ty.mac, "ty", scope)
        return found

    # -- paths --------------------------------------------------------------------------------------------

    def resolve_path(self, scope: Scope, path: ast.Path, source: str) -> PartialRes:
        """See `paths.resolve_path`; `source` is "type", "trait", "struct", "value", "call", "pat", "tuple_struct" .."""
        return paths.resolve_path(self, scope, path, source)

    def resolve_qpath(self, scope: Scope, path: ast.Path, source: str = "type") -> PartialRes:
        return paths.resolve_qpath(self, scope, path, source)

    def resolve_trait(self, scope: Scope, path: ast.Path) -> Optional[DefId]:
        found = paths.resolve_path(self, scope, path, "trait")
        if type(found.res) is not ResDef:
            return None
        if found.resolved < len(path.segments):  # something of a type: no trait
            outer, name = path.segments[-2].ident, path.segments[-1].ident
            message = f"cannot find trait `{name.name}` in `{outer.name}`"
            self.diag.emit(error(name.span, message, "E0405", f"not found in `{outer.name}`"))
            return None
        return found.res.def_id

    def const_param_of(self, node: ast.AnonConst, scope: Scope) -> Optional[DefId]:
        return paths.const_param_of(self, node.expr, scope)

    def anon_const(self, node: ast.AnonConst, scope: Scope) -> DefId:
        """The definition of an anonymous constant written in `scope`: always the same one."""
        key = (id(node), scope.owner)
        found = self._anon_consts.get(key)
        if found is None:
            owner = self.defs[scope.owner]
            data = self.defs.add("anon_const", "", scope.owner, owner.krate, node.span, node)
            data.edition = owner.edition
            data.vis = owner.vis
            inner = Scope(CONST, scope, data.id, scope.module)
            data.scope = inner
            found = self._anon_consts[key] = (data.id, node)
        return found[0]

    # -- impls and traits -----------------------------------------------------------------------------------

    def trait_impls(self, trait_: DefId, self_key: Any = None) -> list[DefId]:
        """Impls of `trait_` for self types with the head `self_key` (None: any), and blanket ones."""
        return list(impls.trait_impls(self, trait_, self_key))

    def inherent_impls(self, self_key: Any, name: Optional[str] = None) -> list[DefId]:
        """Inherent impls of types with the head `self_key`, that have an item `name` if that is given."""
        return list(impls.inherent_impls(self, self_key, name))

    def traits_in_scope(self, scope: Scope, name: Optional[str] = None) -> tuple[DefId, ...]:
        """The traits in scope, innermost first; with `name` only those that have an item of that name."""
        return traits.in_scope(self, scope, name)

    def local_krates(self) -> Iterator[Krate]:
        """The crates of the user, in the order in which they were loaded."""
        return (k for k in self.krates.values() if k.is_local)

    def check_crate(self, krate: Krate) -> None:
        check.check_imports(self, krate)

    def check_main(self, krate: Krate) -> None:
        main = imports.lookup(self, krate.root, "main", VALUE)
        if main is not None and type(main.res) is ResDef and main.res.kind == "fn":
            validate.main_function(self, self.defs[main.res.def_id].node)

    def call_site(self, span: Span) -> Span:
        return self.source_map.outermost_call_site(span) if span_ctxt(span) else span
