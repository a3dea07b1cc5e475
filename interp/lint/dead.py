"""`dead_code`: functions, types, constants, variants and fields that nothing which may run mentions.

Alive are `main`, tests, what other crates may name, what its attributes ask to be left alone, and all that the bodies
and signatures of living things mention.  An impl of a trait lives with its type; derived `Debug` and `Clone` keep no
field alive.  A variant lives if something makes it, a field if something reads it.
To add a way to keep something alive: in `_Marker.use_node`.
"""

from __future__ import annotations

from typing import Any, Optional

from ..base.lints import Lints
from ..base.span import Span
from ..resolve.defs import DefData, ResDef
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import walk as walk_ty
from ..ty.items import TraitPredicate
from ..typeck import thir
from ..typeck.upvars_mentioned import walk as walk_hir
from .levels import Levels
from .walk import nodes

_NOUN = {
    "fn": "function", "assoc_fn": "method", "const": "constant", "static": "static", "struct": "struct",
    "enum": "enum", "union": "union", "trait": "trait", "assoc_const": "associated constant",
}  # fmt: skip
_KEEP = ("no_mangle", "export_name", "used", "panic_handler", "global_allocator", "test", "lang", "unsafe", "ctor")
_MADE_UP = ("Debug", "Clone")


class _Marker:
    """`alive`: definitions, with variants that are made and fields that are read."""

    def __init__(self, tcx: TyCtxt, krate: str, levels: Levels) -> None:
        self.tcx, self.krate, self.levels = tcx, krate, levels
        self.alive: set[int] = set()
        self.work: list[int] = []
        self.seen_types: set[t.Ty] = set()
        self.own = list(tcx.defs.of(krate))
        self.impls = [d for d in self.own if d.kind == "impl" and tcx.impl_header(d.id).trait_ref is not None]

    def run(self) -> set[int]:
        for data in self.own:
            if self.is_root(data):
                self.mark(data.id)
        while self.work or self.mark_impls():
            self.use(self.work.pop())
        return self.alive

    def is_root(self, data: DefData) -> bool:
        if data.kind not in _NOUN and data.kind not in ("variant", "field"):
            return False
        if data.name == "main" and data.kind == "fn" and self.is_at_the_root(data):
            return True
        if any(a.path in _KEEP for a in data.attrs) or data.name.startswith("_"):
            return True
        return self.levels.of("dead_code", data.id, data.span).level in ("allow", "expect")

    def is_at_the_root(self, data: DefData) -> bool:
        return data.parent is not None and self.tcx.def_data(data.parent).parent is None

    def mark(self, def_id: int) -> None:
        if def_id not in self.alive and self.tcx.def_data(def_id).krate == self.krate:
            self.alive.add(def_id)
            self.work.append(def_id)
            self.mark_home(def_id)

    def mark_home(self, def_id: int) -> None:
        """The trait or the type that an item belongs to."""
        parent = self.tcx.def_data(def_id).parent
        data = self.tcx.def_data(parent) if parent is not None else None
        if data is not None and data.kind == "trait":
            self.mark(data.id)
        elif data is not None and data.kind == "impl":
            self.use_type(self.tcx.impl_header(data.id).self_ty)

    def mark_impls(self) -> bool:
        """The items of impls whose type lives by now; whether there are new ones."""
        waiting: list[DefData] = []
        for data in self.impls:
            header = self.tcx.impl_header(data.id)
            trait_ = header.trait_ref.def_id if header.trait_ref is not None else -1
            if not (self.lives(header.self_ty) and self.is_foreign_or_alive(trait_)):
                waiting.append(data)
                continue
            self.alive.add(data.id)
            if not (data.attr("automatically_derived") and self.tcx.def_data(trait_).name in _MADE_UP):
                for child in data.children:
                    self.mark(child)
        self.impls = waiting
        return bool(self.work)

    def lives(self, ty: t.Ty) -> bool:
        while isinstance(ty, (t.Ref, t.RawPtr)):
            ty = ty.ty
        return not isinstance(ty, t.Adt) or self.is_foreign_or_alive(ty.def_id)

    def is_foreign_or_alive(self, def_id: int) -> bool:
        return def_id in self.alive or def_id < 0 or self.tcx.def_data(def_id).krate != self.krate

    # -- what a living thing mentions ---------------------------------------------------------------------

    def use(self, def_id: int) -> None:
        data = self.tcx.def_data(def_id)
        if data.kind == "ctor" and data.ctor_of is not None:
            self.mark(data.ctor_of)
        elif data.kind in ("struct", "union", "enum"):
            for variant in self.tcx.adt_def(def_id).variants:
                for field in variant.fields:
                    self.use_type(self.tcx.type_of(field.def_id))
        elif data.kind == "variant" and data.parent is not None:
            self.mark(data.parent)
        elif data.kind == "trait":
            for child in data.children:
                self.mark(child)
        if data.kind in ("fn", "assoc_fn", "struct", "enum", "union"):
            for predicate, _ in self.tcx.predicates_of(def_id):
                if isinstance(predicate, TraitPredicate):
                    self.mark(predicate.trait_ref.def_id)
        if data.kind in ("fn", "assoc_fn"):
            sig = self.tcx.fn_sig(def_id)
            for ty in (*sig.inputs, sig.output):
                self.use_type(ty)
        elif data.kind in ("const", "static", "assoc_const"):
            self.use_type(self.tcx.type_of(def_id))
        self.use_body(data)

    def use_body(self, data: DefData) -> None:
        from ..hir.lower import has_body

        if not has_body(data):
            return
        results: thir.TypeckResults = self.tcx.query("typeck", data.id)
        for node in nodes(results):
            self.use_node(node)
        walk_hir(self.tcx.query("hir_body", data.id).value, self.use_path)
        for ty in results.opaques.values():
            self.use_type(ty)

    def use_path(self, node: Any) -> None:
        """Constants in patterns are gone from the checked body."""
        res = getattr(getattr(node, "path", None), "res", None)
        if isinstance(res, ResDef) and res.kind in ("const", "static"):
            self.mark(res.def_id)

    def use_node(self, node: Any) -> None:
        kind = type(node)
        if hasattr(node, "ty"):
            self.use_type(node.ty)
        if kind in (thir.NamedConst, thir.StaticRef):
            self.mark(node.def_id)
            for arg in getattr(node, "args", ()):
                if isinstance(arg, t.Ty):
                    self.use_type(arg)
        elif kind is thir.Adt:
            variant = self.tcx.adt_def(node.adt).variants[node.variant]
            self.mark(variant.def_id)
            if node.base is not None:
                for field in variant.fields:
                    self.mark(field.def_id)
        elif kind is thir.Field:
            self.mark_field(node.expr.ty, 0, node.index)
        elif kind is thir.PatLeaf or kind is thir.PatVariant:
            for index, sub in node.fields:
                if type(sub) is not thir.PatWild:
                    self.mark_field(node.ty, getattr(node, "variant", 0), index)

    def mark_field(self, ty: t.Ty, variant: int, index: int) -> None:
        if isinstance(ty, t.Adt):
            fields = self.tcx.adt_def(ty.def_id).variants[variant].fields
            if index < len(fields):
                self.mark(fields[index].def_id)

    def use_type(self, ty: t.Ty) -> None:
        if ty not in self.seen_types:
            self.seen_types.add(ty)
            walk_ty(ty, self._use_part)

    def _use_part(self, part: t.Ty) -> None:
        if isinstance(part, (t.Adt, t.FnDef)):
            self.mark(part.def_id)
        elif isinstance(part, t.Dynamic) and part.principal is not None:
            self.mark(part.principal[0])
        elif isinstance(part, t.Alias):
            parent = self.tcx.def_data(part.def_id).parent
            if parent is not None:
                self.mark(parent)


def check(tcx: TyCtxt, lints: Lints, krate: str, levels: Levels) -> None:
    marker = _Marker(tcx, krate, levels)
    alive = marker.run()
    for data in marker.own:
        if data.kind in _NOUN and data.id not in alive:
            _item(tcx, lints, data)
        elif data.kind in ("struct", "enum"):
            _parts(tcx, lints, data, alive)
        elif data.kind == "impl" and tcx.impl_header(data.id).trait_ref is None:
            _members(tcx, lints, data, alive)


def _item(tcx: TyCtxt, lints: Lints, data: DefData) -> None:
    parent = tcx.def_data(data.parent) if data.parent is not None else None
    if not data.name or parent is None or parent.kind in ("impl", "trait", "foreign_mod"):
        return
    verb = "constructed" if data.kind == "struct" else "used"
    lints.note("dead_code", data.id, _name_span(data), f"{_NOUN[data.kind]} `{data.name}` is never {verb}")


def _members(tcx: TyCtxt, lints: Lints, impl: DefData, alive: set[int]) -> None:
    """What nobody uses of an inherent impl, together; if nobody uses the type that is all there is to say."""
    self_ty = tcx.impl_header(impl.id).self_ty
    if isinstance(self_ty, t.Adt) and tcx.def_data(self_ty.def_id).krate == impl.krate and self_ty.def_id not in alive:
        return
    dead = [tcx.def_data(c) for c in impl.children if c not in alive]
    dead = [d for d in dead if d.kind == "assoc_fn"]
    nouns = {_member_noun(tcx, d) for d in dead}
    noun = nouns.pop() if len(nouns) == 1 else "associated item"
    names = [f"`{d.name}`" for d in dead]
    _listed(lints, noun, names, dead, "never used", tcx.def_span(impl.id), "implementation")


def _member_noun(tcx: TyCtxt, data: DefData) -> str:
    return "method" if tcx.assoc_item(data.id).has_self else "associated function"


def _parts(tcx: TyCtxt, lints: Lints, data: DefData, alive: set[int]) -> None:
    """Variants that nobody makes, fields that nobody reads."""
    if data.id not in alive:
        return
    adt = tcx.adt_def(data.id)
    if adt.kind == "enum":
        dead = [v for v in adt.variants if v.def_id not in alive and not _is_librarys(tcx, v.def_id)]
        names = [f"`{v.name}`" for v in dead]
        parts = [tcx.def_data(v.def_id) for v in dead]
        _listed(lints, "variant", names, parts, "never constructed", _name_span(data), "enum")
    if any(a.path == "repr" for a in data.attrs):
        return
    for variant in adt.variants:
        if adt.kind == "enum" and variant.def_id not in alive:
            continue
        home = data if adt.kind != "enum" else tcx.def_data(variant.def_id)
        unread = [f for f in variant.fields if f.def_id not in alive and not _is_mark(tcx, f)]
        fields = [tcx.def_data(f.def_id) for f in unread]
        shown = [f"`{f.name}`" for f in unread]
        _listed(lints, "field", shown, fields, "never read", _name_span(home), home.kind)


def _is_librarys(tcx: TyCtxt, def_id: int) -> bool:
    return tcx.source_map.file_of(tcx.def_data(def_id).span).is_library


def _is_mark(tcx: TyCtxt, field: Any) -> bool:
    """A field that is there for its type, not to be read."""
    ty = tcx.type_of(field.def_id)
    if not field.name.isdigit():
        return isinstance(ty, t.Adt) and tcx.def_data(ty.def_id).name == "PhantomData"
    return bool(ty.flags & t.HAS_PARAM) or _is_empty(tcx, ty)


def _is_empty(tcx: TyCtxt, ty: t.Ty) -> bool:
    if isinstance(ty, t.Adt) and tcx.adt_def(ty.def_id).kind == "struct":
        return all(_is_empty(tcx, tcx.type_of(f.def_id)) for f in tcx.adt_def(ty.def_id).variants[0].fields)
    return ty is t.UNIT


def _listed(
    lints: Lints, noun: str, names: list[str], parts: list[DefData], what: str, home: Span, kind: str
) -> None:
    if not parts:
        return
    if len(parts) == 1:
        message = f"{noun} {names[0]} is {what}"
    elif len(parts) > 6:
        message = f"multiple {noun}s are {what}"
    else:
        message = f"{noun}s {', '.join(names[:-1])}{',' if len(names) > 2 else ''} and {names[-1]} are {what}"
    made = lints.note("dead_code", parts[0].id, _name_span(parts[0]), message)
    for part in parts[1:]:
        made.label(_name_span(part), "")
    made.label(home, f"{noun}{'' if len(parts) == 1 else 's'} in this {kind}")


def _name_span(data: DefData) -> Span:
    ident: Optional[Any] = getattr(data.node, "ident", None)
    return ident.span if ident is not None else data.span

