"""Names in modules: items, imports, globs, then the preludes.

An import is resolved when a name that it may provide is looked up, each namespace by itself, and the answer is kept.
Cycles (`use self::a::*` in both directions, `use x::x`) are cut where a lookup would need itself: there it finds
nothing, and what was found missing that way is not kept.

Shadowing: a module's own item and its named imports come before what a glob brings, that before the preludes.
A library item that nobody has read yet is passed around as a `LazyName` by `find*`; `lookup` and `in_*` read it.
To add a prelude: `find_in_preludes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Union

from ..base.span import Span, span_ctxt
from ..syntax import ast
from .defs import DefId, ResDef, ResPrimTy
from .module import MACRO, TYPE, Binding, Import, LazyName, Module, Named
from .scope import MODULE, Scope

if TYPE_CHECKING:
    from .resolver import Resolver

PRIM_TYPES = frozenset((
    "bool", "char", "str", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
    "f32", "f64",
))  # fmt: skip
PATH_STARTS = frozenset(("crate", "self", "super", "$crate", "{{root}}"))


def lookup(r: Resolver, module: Module, name: str, ns: int) -> Optional[Binding]:
    """What `module::name` is in `ns`, whoever asks: visibility is the caller's business."""
    found = find(r, module, name, ns)
    return found if found is None or type(found) is Binding else force(r, found)


def force(r: Resolver, found: Named) -> Optional[Binding]:
    """Read the item that a name stands for."""
    if type(found) is Binding:
        return found
    r.units.read(found.unit)  # type: ignore[union-attr]
    made = found.home.tables[found.ns].get(found.name)  # type: ignore[union-attr]
    if type(made) is not Binding:
        r.cycles += 1  # it is being read
        return None
    return Binding(made.res, found.vis, True) if found.imported else made


def find(r: Resolver, module: Module, name: str, ns: int) -> Optional[Named]:
    """As `lookup`, but leaves an item of the library unread."""
    own: Optional[Named] = module.tables[ns].get(name)
    if own is not None:
        return own
    key = (ns, name)
    memo = module.memo
    if key in memo:
        found: Optional[Named] = memo[key]
        return found
    imports = module.imports.get(name)
    if imports is None and not module.globs:
        return None
    if key in module.busy:
        r.cycles += 1
        return None
    module.busy.add(key)
    before = r.cycles
    try:
        found = _through_imports(r, imports, ns) if imports is not None else None
        if found is None and module.globs:
            found = _through_globs(r, module, name, ns)
    finally:
        module.busy.discard(key)
    if r.cycles == before and (found is not None or module.krate.complete):
        memo[key] = found
    return found


def _with_vis(found: Named, vis: Optional[DefId]) -> Named:
    """`found` as an import brings it."""
    if type(found) is Binding:
        return Binding(found.res, vis, True)
    return found._replace(vis=vis, imported=True)


def _same(r: Resolver, a: Named, b: Named) -> bool:
    if type(a) is LazyName and type(b) is LazyName:
        return a.unit is b.unit and a.name == b.name and a.ns == b.ns
    x, y = force(r, a), force(r, b)
    return x is None or y is None or x.res == y.res


def _through_imports(r: Resolver, imports: list[Import], ns: int) -> Optional[Named]:
    for imp in imports:
        if ns == TYPE or not imp.type_only:
            found = import_binding(r, imp, ns)
            if found is not None:
                imp.used = True
                return found
    return None


def _through_globs(r: Resolver, module: Module, name: str, ns: int) -> Optional[Named]:
    found: Optional[Named] = None
    for imp in module.globs:
        target = glob_target(r, imp)
        if target is None or target is module:
            continue
        binding = find(r, target, name, ns)
        if binding is None or not r.is_accessible_from(binding.vis, module):
            continue
        vis = r.narrower(imp.vis, binding.vis)
        imp.used = True
        if found is None:
            found = _with_vis(binding, vis)
        elif not _same(r, found, binding):
            r.ambiguous[(module.def_id, ns, name)] = (found, binding)
        elif found.vis is not None and (vis is None or r.narrower(found.vis, vis) == found.vis):
            found = _with_vis(binding, vis)
    return found


def glob_target(r: Resolver, imp: Import) -> Optional[Module]:
    """The module whose names a glob brings in."""
    if imp.target is None:
        if imp.busy:
            r.cycles += 1
            return None
        imp.busy = True
        before = r.cycles
        try:
            found = module_of_segments(r, imp, imp.segments)
        finally:
            imp.busy = False
        if not isinstance(found, Module):
            if r.cycles == before and imp.module.krate.complete:
                imp.target = False
            return None
        imp.target = found
    return imp.target or None


def import_binding(r: Resolver, imp: Import, ns: int) -> Optional[Named]:
    """What a named import brings in `ns`."""
    memo = imp.found
    if memo is None:
        memo = imp.found = [False, False, False]
    if memo[ns] is not False:
        found: Optional[Named] = memo[ns]
        return found
    before = r.cycles
    binding = resolve_import(r, imp, ns)
    found = _with_vis(binding, r.narrower(imp.vis, binding.vis)) if binding is not None else None
    if r.cycles == before and (found is not None or imp.module.krate.complete):
        memo[ns] = found
    return found


def resolve_import(r: Resolver, imp: Import, ns: int) -> Optional[Named]:
    """The binding that is imported, with its own visibility."""
    segments = imp.segments
    last = segments[-1]
    if len(segments) == 1 or (len(segments) == 2 and segments[0].name == "{{root}}"):
        return _resolve_single(r, imp, last, ns, len(segments) == 2)
    if imp.target is None:
        if imp.busy:
            r.cycles += 1
            return None
        imp.busy = True
        try:
            found = module_of_segments(r, imp, segments[:-1])
        finally:
            imp.busy = False
        if not isinstance(found, Module):
            return None
        imp.target = found
    target: Module = imp.target
    if last.name == "self" or last.name == "super":
        module = target if last.name == "self" else target.above
        return Binding(ResDef("mod", module.def_id), None) if module is not None and ns == TYPE else None
    return find(r, target, last.name, ns)


def _resolve_single(r: Resolver, imp: Import, ident: ast.Ident, ns: int, rooted: bool) -> Optional[Named]:
    if ident.name in PATH_STARTS:
        found = start_module(r, ident, imp.module)
        return Binding(ResDef("mod", found.def_id), None) if found is not None and ns == TYPE else None
    if rooted or imp.edition < 2018:
        return _in_root(r, imp, ident.name, ns)
    if ns == MACRO and imp.macros is not None:
        textual = imp.macros.find(ident.name)
        if textual is not None:
            return Binding(ResDef("macro", r.units.macro_id(textual)), None)
    return find_lexical(r, imp.module.scope, ident.name, ns)


def _in_root(r: Resolver, imp: Import, name: str, ns: int) -> Optional[Binding]:
    krate = imp.module.krate
    if imp.edition < 2018:
        found = lookup(r, krate.root, name, ns)
        if found is not None:
            return found
    extern = r.extern_crate(krate, name) if ns == TYPE else None
    return Binding(ResDef("mod", extern.def_id), None) if extern is not None else None


def start_module(r: Resolver, ident: ast.Ident, module: Module) -> Optional[Module]:
    """The module of a path's first segment, if that is `crate`, `self`, `super` or `$crate`."""
    name = ident.name
    if name == "crate":
        return module.krate.root
    if name == "$crate":
        return r.dollar_crate(span_ctxt(ident.span)).root
    if name == "self":
        return module.normal
    assert name == "super", name
    return module.above


def in_lexical_modules(r: Resolver, scope: Optional[Scope], name: str, ns: int) -> Optional[Binding]:
    """`name` in the modules around `scope`, blocks' ones first, then the preludes."""
    found = find_lexical(r, scope, name, ns)
    return force(r, found) if found is not None else None


def find_lexical(r: Resolver, scope: Optional[Scope], name: str, ns: int) -> Optional[Named]:
    at = scope
    while at is not None:
        if at.kind == MODULE:
            found = find(r, at.module, name, ns)
            if found is not None:
                return found
            last = at.module
        at = at.parent
    return find_in_preludes(r, last, name, ns)


def in_preludes(r: Resolver, module: Module, name: str, ns: int) -> Optional[Binding]:
    found = find_in_preludes(r, module, name, ns)
    return force(r, found) if found is not None else None


def find_in_preludes(r: Resolver, module: Module, name: str, ns: int) -> Optional[Named]:
    krate = module.krate
    if ns == TYPE:
        extern = r.extern_crate(krate, name)
        if extern is not None:
            return Binding(ResDef("mod", extern.def_id), None)
    elif ns == MACRO:
        for root in krate.macro_use:
            found = find(r, root, name, MACRO)
            if found is not None and found.vis is None:
                return found
    prelude = r.prelude_of(krate)
    if prelude is not None:
        found = find(r, prelude, name, ns)
        if found is not None and r.is_accessible_from(found.vis, module):
            return found
    if ns == TYPE and name in PRIM_TYPES:
        return Binding(ResPrimTy(name), None)
    return None


class Failure:
    """Where a path stopped: at segment `at`, inside `module` (None: at the first), with what it found there."""

    __slots__ = ("at", "found", "module", "private")

    def __init__(self, at: int, module: Optional[Module], found: Optional[Binding] = None) -> None:
        self.at = at
        self.module = module
        self.found = found


def module_of_segments(r: Resolver, imp: Import, idents: list[ast.Ident]) -> Union[Module, Failure]:
    """The module that an import's prefix names.  An empty one (`use {a, b}`, `use ::*`) is the crate's root."""
    module: Optional[Module] = None
    start = 0
    for at, ident in enumerate(idents):
        name = ident.name
        if at == start and name in PATH_STARTS:
            if name == "{{root}}":
                start = 1
                continue
            module = start_module(r, ident, imp.module)
            if module is None:
                return Failure(at, None)
        elif name == "super" and module is not None:
            module = module.above
            if module is None:
                return Failure(at, None)
        elif name == "self" and module is not None:
            continue
        else:
            binding = _segment(r, imp, module, ident, start == 1)
            found = r.module_of(binding.res) if binding is not None else None
            if found is None:
                return Failure(at, module, binding)
            module = found
    if module is None:
        return imp.module.krate.root
    return module


def _segment(r: Resolver, imp: Import, module: Optional[Module], ident: ast.Ident, rooted: bool) -> Optional[Binding]:
    if module is not None:
        return lookup(r, module, ident.name, TYPE)
    if rooted or imp.edition < 2018:
        return _in_root(r, imp, ident.name, TYPE)
    return in_lexical_modules(r, imp.module.scope, ident.name, TYPE)


def names_of(r: Resolver, module: Module, ns: int) -> set[str]:
    """All names that may be found in `module`, for suggestions."""
    found = set(module.tables[ns])
    found.update(name for name in module.imports if name != "_")
    return found


def span_of(imp: Import) -> Span:
    return imp.used_span or imp.span
