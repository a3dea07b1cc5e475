"""The outline of the library: what each of its items defines, so that a session need not read the items.

`build` collects the library once, whole, in a session of its own, and writes down plain data: modules, units (see
`units.py`), imports, macros in textual order.  `install` makes modules with `LazyName`s from that.  The data is kept on
disk under a key that covers the library's text, the configuration and our own front end (`cached`).

Invariant: plain data only (lists, texts, numbers); whatever cannot be read or written on disk is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from typing import TYPE_CHECKING, Any, Optional

from ..base.span import DUMMY_SP, Span, span_file, span_hi, span_lo
from ..syntax import ast
from .defs import DefId, ResDef
from .impls import ImplEntry, ImplIndex, exact_entry
from .module import TYPE, Binding, Import, Krate, LazyName, Module
from .scope import MacroScope
from .units import Unit

if TYPE_CHECKING:
    from .collect import Collector
    from .resolver import Resolver

Plain = dict[str, Any]
_KINDS_WITHOUT_UNIT = (ast.Mod, ast.Use, ast.ExternCrate)
_OURS = ("base", "syntax", "expand", "resolve")


class Outline:
    """What collection notes down of one crate."""

    def __init__(self, r: Resolver, krate: Krate) -> None:
        self.r = r
        self.krate = krate
        self.modules: list[Module] = []
        self.spans: list[tuple[int, int, int]] = []
        self.units: list[Unit] = []
        self.imports: list[Import] = []
        self.extern_crates: list[tuple[Module, str, str, Optional[DefId], bool]] = []

    def add_module(self, module: Module, item: Optional[ast.Item]) -> None:
        module.index = len(self.modules)
        self.modules.append(module)
        span = item.span if item is not None else DUMMY_SP
        self.spans.append((span_file(span), span_lo(span), span_hi(span)))

    def begin(self, collector: Collector, item: ast.Item, module: Module) -> None:
        """An item of the source comes next."""
        if isinstance(item.kind, _KINDS_WITHOUT_UNIT):
            return
        lo = min([span_lo(item.span), *(span_lo(a.span) for a in item.attrs if not a.inner)])
        file = self.r.source_map.files[span_file(item.span)]
        unit = Unit(module, file, lo, span_hi(item.span), collector.macros)
        collector.unit = unit
        self.units.append(unit)


# -- to plain data ------------------------------------------------------------------------------------------


def to_plain(outlines: list[Outline]) -> Plain:
    r = outlines[0].r
    files = [f.name for f in r.source_map.files[1:]]
    return {
        "files": files,
        "crates": [_crate(outline) for outline in outlines],
        "renames": {name: sorted(names) for name, names in r.renames.items()},
        "aliases": sorted(r.alias_names),
    }


def _crate(outline: Outline) -> Plain:
    r, krate = outline.r, outline.krate
    nodes: list[MacroScope] = []
    units = [unit for unit in outline.units if _matters(unit)]
    rows = [_unit(r, unit, nodes) for unit in units]
    imports = [_import(r, imp, nodes) for imp in outline.imports]
    owner = {id(node): i for i, unit in enumerate(units) for node in unit.nodes}
    done: list[list[Any]] = []
    while len(done) < len(nodes):  # noting one may bring in those around it
        node = nodes[len(done)]
        outer, inner = _node(node.outer, nodes), _node(node.inner, nodes)
        done.append([node.name, outer, inner, owner.get(id(node), -1)])
    return {
        "name": krate.name,
        "edition": krate.edition,
        "attrs": [a.path for a in krate.attrs],
        "modules": [_module(r, m, span) for m, span in zip(outline.modules, outline.spans)],
        "units": rows,
        "imports": imports,
        "extern_crates": [
            [m.index, name, target, _vis(r, vis), macro_use]
            for m, name, target, vis, macro_use in outline.extern_crates
        ],
        "nodes": done,
    }


def _matters(unit: Unit) -> bool:
    return bool(unit.names or unit.entries or unit.derived or unit.nodes or unit.langs)


def _vis(r: Resolver, vis: Optional[DefId]) -> int:
    return -1 if vis is None else r.modules[vis].index


def _node(node: Optional[MacroScope], nodes: list[MacroScope]) -> int:
    if node is None:
        return -1
    if node.index < 0:
        node.index = len(nodes)
        nodes.append(node)
    return node.index


def _module(r: Resolver, module: Module, span: tuple[int, int, int]) -> list[Any]:
    data = r.defs[module.def_id]
    parent = module.parent.index if module.parent is not None else -1
    return [parent, data.name, _vis(r, data.vis), *span]


def _unit(r: Resolver, unit: Unit, nodes: list[MacroScope]) -> list[Any]:
    assert unit.file is not None
    return [
        unit.module.index, unit.file.file, unit.lo, unit.hi, _node(unit.macros, nodes), [list(n) for n in unit.names],
        {name: sorted(items) for name, items in unit.items.items()}, [_entry(r, e) for e in unit.entries],
        [_entry(r, e) for e in unit.derived], [_node(n, nodes) for n in unit.nodes], unit.langs,
    ]  # fmt: skip


def _entry(r: Resolver, entry: ImplEntry) -> list[Any]:
    entry = exact_entry(r, entry)
    head = list(entry.head) if isinstance(entry.head, tuple) else entry.head
    return [entry.trait_name, head, sorted(entry.items), entry.exact]


def _import(r: Resolver, imp: Import, nodes: list[MacroScope]) -> list[Any]:
    names: list[str] = []
    for ident in imp.segments:
        if ident.name == "$crate":
            name = r.dollar_crate(ident.span >> 64).name
            names.extend(["crate"] if name == imp.module.krate.name else ["{{root}}", name])
        else:
            names.append(ident.name)
    flags = imp.type_only + 2 * imp.glob + 4 * imp.prelude
    return [imp.module.index, names, imp.name, _vis(r, imp.vis), flags, _node(imp.macros, nodes)]


# -- from plain data ----------------------------------------------------------------------------------------


def install(r: Resolver, plain: Plain, texts: list[bytes]) -> None:
    """The crates of an outline, unread, in the session."""
    base = len(r.source_map.files) - 1
    for name, text in zip(plain["files"], texts):
        r.source_map.add(name, text, True)
    for name, names in plain["renames"].items():
        r.renames.setdefault(name, set()).update(names)
    r.alias_names.update(plain["aliases"])
    for crate in plain["crates"]:
        _Installer(r, crate, base).run()


class _Installer:
    """Makes one crate."""

    def __init__(self, r: Resolver, plain: Plain, base: int) -> None:
        self.r = r
        self.plain = plain
        self.base = base
        self.krate = Krate(plain["name"], plain["edition"], True, impls=ImplIndex())
        self.modules: list[Module] = []
        self.nodes: list[MacroScope] = []

    def run(self) -> None:
        plain, krate = self.plain, self.krate
        self.r.krates[krate.name] = krate
        krate.attrs = [ast.Attribute(path, [], True, DUMMY_SP) for path in plain["attrs"]]
        for row in plain["modules"]:
            self.module(*row)
        self.make_nodes(plain["nodes"])
        units = [self.unit(row) for row in plain["units"]]
        for node, row in zip(self.nodes, plain["nodes"]):
            node.unit = units[row[3]] if row[3] >= 0 else None
        self.r.loader.preludes(krate)
        for row in plain["extern_crates"]:
            self.extern_crate(*row)
        for row in plain["imports"]:
            self.import_(*row)
        krate.complete = True

    def vis(self, index: int) -> Optional[DefId]:
        return None if index < 0 else self.modules[index].def_id

    def module(self, parent: int, name: str, vis: int, file: int, lo: int, hi: int) -> None:
        outer = self.modules[parent] if parent >= 0 else None
        span = Span((file + self.base if file else 0) << 48 | lo << 24 | hi)
        data = self.r.defs.add("mod", name, outer.def_id if outer is not None else None, self.krate.name, span, None)
        data.edition = self.krate.edition
        made = self.r.new_module(data, "mod", outer, None)
        made.index = len(self.modules)
        self.modules.append(made)
        if outer is None:
            self.krate.root = made
        else:
            data.vis = self.vis(vis)
            outer.tables[TYPE][name] = Binding(ResDef("mod", data.id), data.vis)

    def make_nodes(self, rows: list[list[Any]]) -> None:
        self.nodes = [MacroScope(None, row[0]) for row in rows]
        for node, (_, outer, inner, _) in zip(self.nodes, rows):
            node.outer = self.nodes[outer] if outer >= 0 else None
            node.inner = self.nodes[inner] if inner >= 0 else None

    def unit(self, row: list[Any]) -> Unit:
        module, file, lo, hi, macros, names, items, entries, derived, nodes, langs = row
        unit = Unit(
            self.modules[module], self.r.source_map.files[file + self.base], lo, hi,
            self.nodes[macros] if macros >= 0 else None,
        )  # fmt: skip
        unit.items = {name: frozenset(names) for name, names in items.items()}
        for home, ns, name, kind, vis in names:
            at = self.modules[home]
            at.tables[ns][name] = LazyName(unit, at, ns, name, kind, self.vis(vis))
        unit.entries = [self.entry(unit, entry, False) for entry in entries]
        unit.derived = [self.entry(unit, entry, True) for entry in derived]
        unit.nodes = [self.nodes[index] for index in nodes]
        for lang in langs:
            self.r.lang_items.setdefault(lang, unit)
        return unit

    def entry(self, unit: Unit, row: list[Any], derived: bool) -> ImplEntry:
        trait_name, head, items, exact = row
        head = tuple(head) if isinstance(head, list) else head
        made = ImplEntry(trait_name, head, frozenset(items), None, unit, derived, exact)
        self.krate.impls.add(made)
        return made

    def extern_crate(self, module: int, name: str, target: str, vis: int, macro_use: bool) -> None:
        root = self.krate.root if target == self.krate.name else self.r.krates[target].root
        if macro_use:
            self.krate.macro_use.append(root)
        if name == "_":
            return
        at = self.modules[module]
        at.tables[TYPE][name] = Binding(ResDef("mod", root.def_id), self.vis(vis), True)
        if at is self.krate.root:
            self.krate.externs[name] = root

    def import_(self, module: int, names: list[str], name: str, vis: int, flags: int, macros: int) -> None:
        at = self.modules[module]
        segments = [ast.Ident(text, DUMMY_SP) for text in names]
        node = self.nodes[macros] if macros >= 0 else None
        imp = Import(at, segments, name, self.vis(vis), DUMMY_SP, node, self.krate.edition)
        imp.type_only, imp.glob, imp.prelude = bool(flags & 1), bool(flags & 2), bool(flags & 4)
        if imp.prelude:
            self.krate.prelude_import = imp
        elif imp.glob:
            at.globs.append(imp)
        elif name == "_":
            at.unnamed.append(imp)
        else:
            at.imports.setdefault(name, []).append(imp)


# -- on disk ------------------------------------------------------------------------------------------------


def library_files(library_dir: str) -> list[str]:
    """All sources of the library, in a fixed order."""
    found: list[str] = []
    for directory, inner, names in os.walk(library_dir):
        inner.sort()
        found.extend(os.path.join(directory, name) for name in sorted(names) if name.endswith(".rs"))
    return found


def key_of(texts: dict[str, bytes], config: Any) -> str:
    """A digest of everything an outline depends on."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((sorted(config.names), sorted(config.values))).encode())
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for floor in _OURS:
        for path in sorted(_sources(os.path.join(package, floor))):
            digest.update(_stamp(path).encode())
    for path, text in texts.items():
        digest.update(path.encode() + b"\0" + text)
    return digest.hexdigest()


def _sources(directory: str) -> list[str]:
    return [os.path.join(d, n) for d, _, names in os.walk(directory) for n in names if n.endswith(".py")]


def _stamp(path: str) -> str:
    found = os.stat(path)
    return f"{path}:{found.st_size}:{found.st_mtime_ns}"


def cache_dir() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("INTERP_CACHE_DIR") or os.path.join(base, "interp")


def read_cached(key: str) -> Optional[Plain]:
    try:
        with open(os.path.join(cache_dir(), f"library-{key}.json"), "rb") as file:
            found: Plain = json.load(file)
            return found
    except (OSError, ValueError):
        return None


def write_cached(key: str, plain: Plain) -> None:
    directory = cache_dir()
    try:
        os.makedirs(directory, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=directory, prefix="unfinished-")
        with os.fdopen(handle, "w") as file:
            file.write(json.dumps(plain, separators=(",", ":")))
        os.replace(path, os.path.join(directory, f"library-{key}.json"))
        _forget_old(directory, key)
    except OSError:
        return


def _forget_old(directory: str, key: str, keep: int = 4) -> None:
    """Of outlines made from other texts, the newest few are kept."""
    found = [os.path.join(directory, n) for n in os.listdir(directory) if n.startswith("library-") and key not in n]
    for path in sorted(found, key=os.path.getmtime)[:-keep]:
        os.unlink(path)
