"""Modules, imports, `extern crate` and `extern` blocks.

To add a form of import: `parse_use_tree`.
"""

from __future__ import annotations

from ...base.span import Span
from ..ast import ExternCrate, ForeignMod, Ident, ItemKind, Mod, Path, PathSegment, Use, UseTree
from ..cursor import Cursor
from . import functions, items, paths


def parse_mod(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    items.refuse(p, context, "module")
    start = p.bump().span
    ident = p.parse_ident()
    if p.eat(";"):
        return ident, Mod(None, p.since(start))
    if p.key != "{":
        p.unexpected("`;`", "`{`")
    found, inner = items.parse_body(p, items.MOD)
    p.inner.extend(inner)
    return ident, Mod(found, p.since(start))


def parse_use(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    items.refuse(p, context, "`use` import")
    start = p.bump().span
    tree = parse_use_tree(p)
    if not p.eat(";"):
        simple = tree.kind == "simple" and tree.rename is None
        p.unexpected("`;`", *(("`::`", "`as`") if simple else ()))
    return items.no_ident(start), Use(tree)


def parse_use_tree(p: Cursor) -> UseTree:
    start = p.tok.span
    prefix = Path([], start)
    if p.key in ("{", "*"):
        return _parse_use_end(p, prefix, start)
    if p.key == "::" and p.peek_key() in ("{", "*"):
        p.bump()
        prefix.segments.append(PathSegment(Ident("{{root}}", p.prev_span), None))
        return _parse_use_end(p, prefix, start)
    prefix = paths.parse_path(p, "mod")
    if p.eat("::"):
        return _parse_use_end(p, prefix, start)
    rename = None
    if p.eat("as"):
        rename = items.ident_or_underscore(p)
    return UseTree(prefix, "simple", rename, [], p.since(start))


def _parse_use_end(p: Cursor, prefix: Path, start: Span) -> UseTree:
    """`*` or `{...}`."""
    if p.eat("*"):
        return UseTree(prefix, "glob", None, [], p.since(start))
    nested: list[UseTree] = []
    p.enter()
    while not p.at_end:
        nested.append(parse_use_tree(p))
        if not p.eat(","):
            break
    p.leave("`,`", "`::`", "`as`")
    return UseTree(prefix, "nested", None, nested, p.since(start))


def parse_extern(p: Cursor, context: str) -> tuple[Ident, ItemKind] | None:
    if functions.at_fn(p):
        return functions.parse_fn(p, context)
    if p.peek_key() == "crate":
        items.refuse(p, context, "`extern crate`")
        p.bump(), p.bump()
        return _parse_extern_crate(p)
    items.refuse(p, context, "extern block")
    return parse_foreign(p, False)


def _parse_extern_crate(p: Cursor) -> tuple[Ident, ItemKind]:
    ident = Ident("self", p.bump().span) if p.key == "self" else p.parse_ident()
    original = None
    if p.eat("as"):
        original, ident = ident, items.ident_or_underscore(p)
    p.expect(";", *(("`as`",) if original is None else ()))
    return ident, ExternCrate(original)


def parse_foreign(p: Cursor, unsafe: bool) -> tuple[Ident, ItemKind]:
    start = p.tok.span
    abi = functions.parse_extern_abi(p)
    if p.key != "{":
        p.unexpected("`fn`", "`{`", *(("`crate`",) if abi == "" else ()))
    found, inner = items.parse_body(p, items.FOREIGN)
    p.inner.extend(inner)
    return items.no_ident(start), ForeignMod(abi, found, unsafe)


