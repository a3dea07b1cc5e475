"""Where crates come from: the files of modules, the library's crates, and what `--extern` names.

To add a crate of the library: its name in `LIBRARY`, and in `EXTERN_PRELUDE` if every program may name it.
"""

from __future__ import annotations

import errno
import gc
import os
from typing import TYPE_CHECKING, Callable, Final, Optional

from ..base.diagnostics import CompileError, DiagCtxt, Diagnostic, error
from ..base.span import DUMMY_SP, SourceFile, SourceMap, Span, mk_span
from ..expand.cfg import Config
from ..syntax import ast, lexer
from ..syntax.grammar import attributes, items
from ..syntax.parser import Parser
from . import outline
from .collect import Collector
from .crates import CrateSource
from .defs import Definitions
from .impls import ImplIndex
from .module import Krate, Module
from .units import LangItems

if TYPE_CHECKING:
    from .resolver import Resolver

LIBRARY: Final = ("core", "alloc", "std")
LIBRARY_DIR: Final = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "library")

FileReader = Callable[[str], Optional[bytes]]


def read_file(path: str) -> Optional[bytes]:
    """The file's content, or None if there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


class Loader:
    """Finds and parses."""

    resolver: Resolver

    def __init__(self, reader: FileReader = read_file, library_dir: str = LIBRARY_DIR) -> None:
        self.reader = reader
        self.library_dir = library_dir
        self.library_paths: Optional[list[str]] = None  # of another library than the one that is there
        self.whole = False  # read the library whole, for its outline
        self.installed = False
        self.failed = False  # some file did not parse: nothing more is to be complained of
        self.outlines: dict[str, outline.Outline] = {}
        self.loaded: dict[CrateSource, Krate] = {}
        self.refusals: list[Diagnostic] = []  # crates that cannot be had; other errors follow from them

    def read_for_macro(self, path: str) -> bytes:
        if os.path.exists(path) and not os.path.isfile(path):  # a pipe would wait, a device never end
            raise OSError(errno.EINVAL, "Not a regular file")
        found = self.reader(path)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        return found

    # -- crates -------------------------------------------------------------------------------------

    def load(self, source: CrateSource, text: bytes, is_library: bool = False) -> Krate:
        """Parse and collect a crate from its root's text; other crates are loaded when they are named."""
        r, name, path, edition = self.resolver, source.name, source.path, source.edition
        krate = Krate(self.unique(name, is_library), edition, is_library, impls=ImplIndex(), links=dict(source.links))
        krate.cfg, krate.env, krate.is_local = Config.of(source.cfgs), source.env, source.is_local and not is_library
        self.loaded[source] = r.krates[krate.name] = krate
        outside = r.enter(krate)
        shown = self.shown(path) if is_library else path
        file = r.source_map.add(shown, text, is_library)
        data = r.defs.add("mod", name, None, krate.name, 0, None)  # type: ignore[arg-type]
        krate.root = r.new_module(data, "mod", None, None)
        krate.root.directory = krate.root.file_dir = os.path.dirname(path)
        parsed = self.parse_file(file, krate)
        data.span = parsed.span
        krate.attrs = data.attrs = r.expander.configure_attrs(parsed.attrs) or []
        data.node = ast.Item(ast.Ident(name, parsed.span), ast.Visibility("pub", None, parsed.span), krate.attrs,
                             ast.Mod(None, parsed.span), parsed.span)
        data.edition = edition
        self.preludes(krate)
        collector = Collector(r, krate)
        if is_library:
            collector.outline = self.outlines[name] = outline.Outline(r, krate)
            collector.outline.add_module(krate.root, None)
        collector.run(parsed.items, krate.root)
        r.leave(outside)
        return krate

    def unique(self, name: str, is_library: bool) -> str:
        """A name for one more crate `name`; those of the library's crates are theirs."""
        known, made = self.resolver.krates, name
        while not is_library and (made in known or made in LIBRARY):
            made = f"{name}#{int(made.partition('#')[2] or 0) + 1}"
        return made

    def link(self, krate: Krate, name: str) -> Optional[Module]:
        """The root of the crate that `krate` knows as `name`, loaded if it is not yet; None if there is none."""
        found = krate.externs.get(name)
        if found is None and name in krate.links:
            source = krate.links[name]
            known = self.loaded.get(source)
            made = known if known is not None else self.load_source(source)
            if made is not None:
                found = krate.externs[name] = made.root
        return found

    def load_source(self, source: CrateSource) -> Optional[Krate]:
        text = None if source.refused else self.reader(source.path)
        if text is not None:
            return self.load(source, text)
        message = source.refused or f"couldn't read `{source.path}`, the root of crate `{source.name}`"
        if all(told.message != message for told in self.refusals):
            self.refusals.append(error(DUMMY_SP, message))
            self.resolver.diag.emit(self.refusals[-1])
        self.failed = True
        return None

    def preludes(self, krate: Krate) -> None:
        """`extern crate std;` and its prelude, as `#![no_std]` and `#![no_core]` say."""
        flags = {a.path for a in krate.attrs}
        if "no_core" in flags:
            return
        name = "core" if "no_std" in flags else "std"
        root = self.library(name)
        if root is None:
            return
        krate.macro_use.append(root)
        core = self.library("core")
        if core is not None:
            krate.externs.setdefault("core", core)
        if name == "std":
            krate.externs.setdefault("std", root)
        krate.prelude = self.edition_prelude(root, krate.edition)
        if krate.prelude is None and core is not None:
            krate.prelude = self.edition_prelude(core, krate.edition)

    def edition_prelude(self, root: Module, edition: int) -> Optional[Module]:
        from .imports import lookup
        from .module import TYPE

        r = self.resolver
        prelude = lookup(r, root, "prelude", TYPE)
        module = r.module_of(prelude.res) if prelude is not None else None
        for name in (f"rust_{edition}", "rust_2021", "v1"):
            found = lookup(r, module, name, TYPE) if module is not None else None
            if found is not None:
                return r.module_of(found.res)
        return None

    def library(self, name: str) -> Optional[Module]:
        """The root of a crate of the library; the first one asked for brings the outline of all."""
        if not self.whole and not self.installed:
            self.installed = True
            collecting = gc.isenabled()
            gc.disable()  # nothing of a library is garbage
            try:
                self.install()
            finally:
                if collecting:
                    gc.enable()
        found = self.resolver.krates.get(name)
        if found is not None or not self.whole:
            return found.root if found is not None else None
        path = os.path.join(self.library_dir, name, "src", "lib.rs")
        text = self.reader(path)
        return self.load(CrateSource(name, path), text, True).root if text is not None else None

    def install(self) -> None:
        """The library from its outline, which is made if there is none."""
        r = self.resolver
        paths = self.library_paths if self.library_paths is not None else outline.library_files(self.library_dir)
        texts = {path: self.reader(path) or b"" for path in paths}
        key = outline.key_of(texts, Config())
        plain = outline.read_cached(key)
        if plain is None:
            plain, healthy = self.build_outline(texts)
            if healthy:
                outline.write_cached(key, plain)
        shown = {self.shown(path): text for path, text in texts.items()}
        outline.install(r, plain, [shown[name] for name in plain["files"]])

    def build_outline(self, texts: dict[str, bytes]) -> tuple[outline.Plain, bool]:
        """Collect the library, all of it, in a session of its own; the second result tells that it has no errors."""
        from .resolver import Resolver

        loader = Loader(texts.get, self.library_dir)
        loader.whole = True
        diag = DiagCtxt()
        r = Resolver(SourceMap(), diag, Definitions(), LangItems(), loader)
        for name in LIBRARY:
            loader.library(name)
        for diagnostic in diag.emitted:  # its spans mean nothing here
            file, line, _ = r.source_map.location(diagnostic.span)
            self.resolver.diag.emit(error(DUMMY_SP, f"{file}:{line}: {diagnostic.message}", diagnostic.code))
        healthy = not diag.emitted
        return outline.to_plain(list(loader.outlines.values())), healthy

    def shown(self, path: str) -> str:
        """A library file's name in reports."""
        return os.path.relpath(path, os.path.dirname(self.library_dir))

    def find_crate(self, krate: Krate, name: str) -> Optional[Module]:
        """A crate for `extern crate name`."""
        if name in LIBRARY:
            return self.library(name)
        return None

    def builtin_crate(self, krate: Krate, name: str) -> Optional[Module]:
        """A crate that `::core::..` of derived code may name in any program."""
        return self.library(name) if name in LIBRARY and "no_core" not in {a.path for a in krate.attrs} else None

    # -- files --------------------------------------------------------------------------------------

    def parse_file(self, file: SourceFile, krate: Krate) -> ast.Crate:
        """The items of a file; its errors are emitted, and what could be parsed is kept."""
        diag, edition = self.resolver.diag, krate.edition
        lazy = not krate.is_local  # a person wants to know of all errors at once
        attrs: list[ast.Attribute] = []
        found: list[ast.Item] = []
        try:
            parser = Parser(lexer.lex(file, edition), edition, _end_of(file), lazy, file=file)
            attrs = attributes.parse_inner(parser)
            found = items.parse_items(parser)
        except CompileError as failure:
            self.failed = True
            diag.emit_all(failure)
            return ast.Crate(attrs, found, _end_of(file))
        for kept in parser.errors:
            self.failed = True
            diag.emit_all(kept)
        return ast.Crate(attrs, found, mk_span(file.file, 0, len(file.text)))

    def items_of_mod(self, item: ast.Item, node: ast.Mod, outer: Module, module: Module) -> Optional[list[ast.Item]]:
        """The items of a module, from its braces or its file; sets where its own files are."""
        name = item.ident.name
        path = next((a.value for a in item.attrs if a.path == "path"), None)
        if node.items is not None:
            module.directory = os.path.join(outer.file_dir, path) if path else os.path.join(outer.directory, name)
            module.file_dir = module.directory
            return node.items
        found = self._find_file(item, name, path, outer, module)
        if found is None:
            return None
        filename, text = found
        shown = self.shown(filename) if outer.krate.is_library else filename
        file = self.resolver.source_map.add(shown, text, outer.krate.is_library)
        parsed = self.parse_file(file, outer.krate)
        item.attrs = item.attrs + parsed.attrs
        if any(a.path == "cfg" for a in parsed.attrs) and self.resolver.expander.configure_attrs(parsed.attrs) is None:
            return None
        node.items = parsed.items
        return parsed.items

    def _find_file(
        self, item: ast.Item, name: str, path: Optional[str], outer: Module, module: Module
    ) -> Optional[tuple[str, bytes]]:
        if path is not None:
            filename = os.path.join(outer.file_dir, path)
            text = self.reader(filename)
            module.directory = module.file_dir = os.path.dirname(filename)
            if text is None and not outer.krate.is_library:
                self._no_file(item, f"couldn't read `{filename}`: No such file or directory (os error 2)", "")
            return (filename, text) if text is not None else None
        flat = os.path.join(outer.directory, name + ".rs")
        nested = os.path.join(outer.directory, name, "mod.rs")
        flat_text, nested_text = self.reader(flat), self.reader(nested)
        module.directory = os.path.join(outer.directory, name)
        if flat_text is not None and nested_text is not None:
            self._no_file(item, f"file for module `{name}` found at both \"{flat}\" and \"{nested}\"", "E0761")
        if flat_text is not None:
            module.file_dir = outer.directory
            return flat, flat_text
        module.file_dir = module.directory
        if nested_text is not None:
            return nested, nested_text
        if not outer.krate.is_library:
            report = error(item.span, f"file not found for module `{name}`", "E0583")
            self.resolver.diag.emit(report.help(f'to create the module `{name}`, create file "{flat}" or "{nested}"'))
        return None

    def _no_file(self, item: ast.Item, message: str, code: str) -> None:
        self.resolver.diag.emit(error(item.span, message, code))


def _end_of(file: SourceFile) -> Span:
    return mk_span(file.file, len(file.text), len(file.text))
