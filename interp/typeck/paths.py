"""Paths in bodies: types, constants and values they name, with generic arguments or inference variables for them.

Type-relative names (`Vec::new`, `T::default`, `Self::CONST`, `Alias::Variant`) are found by probing.
To add a kind of item that is a value: a case in `_OF_DEF` and in `value_ty`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Optional

from ..base.span import Span
from ..hir import hir
from ..hir.astconv import AstConv
from ..resolve.defs import DefId, ResDef, ResErr, ResLocal, ResSelfCtor
from ..ty import ty as t
from ..ty.fold import subst
from ..ty.items import AdtDef, GenericParamDef
from ..ty.ty import Args, Const, Ty
from .method.probe import Pick, Probe
from .tables import ValueRes

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

ERR = ValueRes("err", -1)


class BodyConv(AstConv):
    """Types inside a body: `_` and what is left out are inference variables."""

    infers = True

    def __init__(self, fcx: FnCtxt) -> None:
        super().__init__(fcx.tcx, fcx.owner)
        self.fcx = fcx

    def infer_ty(self, span: Span, param: Optional[GenericParamDef] = None) -> Ty:
        if param is None:
            return self.fcx.next_ty_var(span)
        return self.fcx.next_ty_var(span, param.name, param.def_id)

    def infer_const(self, span: Span, param: Optional[GenericParamDef] = None) -> Const:
        return self.fcx.infcx.next_const_var(span)

    def fail(self, diagnostic: Any) -> Ty:
        self.fcx.emit(diagnostic)
        return t.ERROR

    def position(self) -> str:
        return "the type of variable bindings"


def conv(fcx: FnCtxt) -> BodyConv:
    found = getattr(fcx, "_conv", None)
    if found is None:
        found = fcx._conv = BodyConv(fcx)  # type: ignore[attr-defined]
    return found


def lower_hir_ty(fcx: FnCtxt, node: hir.HirTy) -> Ty:
    ty = conv(fcx).lower_ty(node.ast, node.scope)
    if ty.flags & t.HAS_ERROR:
        fcx.tainted = True
    return fcx.normalize(ty, node.span)


def lower_const(fcx: FnCtxt, node: Any, scope: Any) -> Const:
    return conv(fcx).lower_const_arg(node, scope, t.USIZE)


def lower_own_args(fcx: FnCtxt, def_id: DefId, parent: Args, segment: hir.PathSegment, scope: Any) -> Args:
    """`parent`, then what is written on `segment` for the item's own parameters."""
    if segment.args is None:
        return fcx.infcx.fresh_args_for_item(def_id, segment.span, parent)
    args = conv(fcx).lower_args(def_id, segment.args, scope, segment.span, parent, True)
    return tuple(fcx.normalize(a, segment.span) if isinstance(a, Ty) else a for a in args)


def item_args(fcx: FnCtxt, def_id: DefId, segment: hir.PathSegment, scope: Any, prefix: Args = ()) -> Args:
    return lower_own_args(fcx, def_id, prefix, segment, scope)


# -- values -------------------------------------------------------------------------------------------


def resolve_value_path(fcx: FnCtxt, path: hir.Path, span: Span) -> ValueRes:
    res, count = path.res, len(path.segments)
    if path.qself is None and path.resolved == count:
        return resolved_value(fcx, path, span)
    if path.qself is not None and path.resolved == count:
        return qualified_value(fcx, path, span)
    if type(res) is ResErr and path.qself is None:
        fcx.tainted = True
        return ERR
    base = base_ty(fcx, path)
    if base.flags & t.HAS_ERROR and type(base) is t.Error:
        fcx.tainted = True
        return ERR
    return resolve_assoc_value(fcx, base, path, span)


def resolved_value(fcx: FnCtxt, path: hir.Path, span: Span) -> ValueRes:
    res = path.res
    kind = type(res)
    if kind is ResLocal:
        return ValueRes("local", res.hir_id)  # type: ignore[union-attr]
    if kind is ResSelfCtor:
        return self_ctor(fcx, path, span)
    if kind is ResDef:
        case = _OF_DEF.get(res.kind)  # type: ignore[union-attr]
        if case is not None:
            return case(fcx, path, res.def_id)  # type: ignore[union-attr]
        data = fcx.tcx.def_data(res.def_id)  # type: ignore[union-attr]
        fcx.error(span, f"expected value, found {data.kind} `{data.name}`", "E0423", "not a value")
        return ERR
    fcx.tainted = True
    return ERR


def self_ctor(fcx: FnCtxt, path: hir.Path, span: Span) -> ValueRes:
    ty = fcx.tcx.impl_header(path.res.def_id).self_ty  # type: ignore[union-attr]
    if type(ty) is t.Adt:
        adt = fcx.tcx.adt_def(ty.def_id)
        ctor = adt.variants[0].ctor if adt.kind == "struct" else None
        if ctor is not None:
            return ValueRes("ctor", ctor, ty.args)
    fcx.error(span, "the `Self` constructor must be used with unit or tuple struct")
    return ERR


def fn_value(fcx: FnCtxt, path: hir.Path, def_id: DefId) -> ValueRes:
    return ValueRes("fn", def_id, item_args(fcx, def_id, path.segments[-1], path.scope))


def const_value(fcx: FnCtxt, path: hir.Path, def_id: DefId) -> ValueRes:
    return ValueRes("const", def_id, fcx.infcx.fresh_args_for_item(def_id, path.span))


def ctor_value(fcx: FnCtxt, path: hir.Path, def_id: DefId) -> ValueRes:
    tcx = fcx.tcx
    of = tcx.def_data(def_id).ctor_of
    assert of is not None
    segment = path.segments[-1]
    owner = tcx.def_data(of)
    if owner.kind == "variant":
        if segment.args is None and len(path.segments) > 1:
            segment = path.segments[-2] if path.segments[-2].def_id == owner.parent else segment
        assert owner.parent is not None
        of = owner.parent
    return ValueRes("ctor", def_id, item_args(fcx, of, segment, path.scope))


def trait_item_value(fcx: FnCtxt, path: hir.Path, def_id: DefId) -> ValueRes:
    """`Trait::method`: `Self` is to be inferred."""
    tcx = fcx.tcx
    trait = tcx.def_data(def_id).parent
    assert trait is not None
    segment = path.segments[-2] if len(path.segments) > 1 else None
    written = segment.args if segment is not None else None
    self_ty = fcx.next_ty_var(path.span, "Self", trait)
    if written is None:
        parent = fcx.infcx.fresh_args_for_item(trait, path.span, (self_ty,))
    else:
        assert segment is not None
        parent = item_args(fcx, trait, segment, path.scope, (self_ty,))
    args = item_args(fcx, def_id, path.segments[-1], path.scope, parent)
    return ValueRes("const" if tcx.def_data(def_id).kind == "assoc_const" else "fn", def_id, args)


_OF_DEF: dict[str, Callable[[Any, hir.Path, DefId], ValueRes]] = {
    "fn": fn_value,
    "const": const_value,
    "inline_const": const_value,
    "static": lambda fcx, path, def_id: ValueRes("static", def_id),
    "ctor": ctor_value,
    "assoc_fn": trait_item_value,
    "assoc_const": trait_item_value,
    "const_param": lambda fcx, path, def_id: ValueRes("const_param", def_id),
}


def qualified_value(fcx: FnCtxt, path: hir.Path, span: Span) -> ValueRes:
    """`<T as Trait<..>>::name::<..>`."""
    if type(path.res) is not ResDef or path.res.kind not in ("assoc_fn", "assoc_const"):
        fcx.tainted = True
        return ERR
    assert path.qself is not None
    self_ty = lower_hir_ty(fcx, path.qself)
    item = path.res.def_id
    trait = fcx.tcx.def_data(item).parent
    assert trait is not None
    parent = item_args(fcx, trait, path.segments[-2], path.scope, (self_ty,))
    args = item_args(fcx, item, path.segments[-1], path.scope, parent)
    return ValueRes("const" if path.res.kind == "assoc_const" else "fn", item, args)


def base_ty(fcx: FnCtxt, path: hir.Path) -> Ty:
    """The type that all segments but the last name."""
    shorter = hir.Path(path.res, path.segments[:-1], path.resolved, path.qself, path.scope, path.span)
    if path.qself is not None and len(path.segments) == 1:
        return lower_hir_ty(fcx, path.qself)
    return fcx.normalize(conv(fcx).lower_path_ty(shorter, True), path.span)


def enum_variant(fcx: FnCtxt, ty: Ty, name: str) -> Optional[tuple[AdtDef, int]]:
    if type(ty) is not t.Adt:
        return None
    adt = fcx.tcx.adt_def(ty.def_id)
    if adt.kind == "enum":
        for i, variant in enumerate(adt.variants):
            if variant.name == name:
                return adt, i
    return None


def resolve_assoc_value(fcx: FnCtxt, base: Ty, path: hir.Path, span: Span) -> ValueRes:
    segment = path.segments[-1]
    base = fcx.structurally_resolve_if_possible(base)  # `<_>::name`: a trait in scope may have it
    found = enum_variant(fcx, base, segment.name)
    if found is not None:
        variant = found[0].variants[found[1]]
        if variant.ctor is None:
            from .pat import describe_variant

            name = describe_variant(fcx, found[0], variant)
            fcx.error(span, f"expected value, found struct variant `{name}`", "E0533", "not a value")
            return ERR
        return ValueRes("ctor", variant.ctor, base.args)  # type: ignore[attr-defined]
    if type(base) is t.Error:
        return ERR
    probe = Probe(fcx, span, base, segment.name, path.scope, method=False)
    pick = probe.pick()
    if pick is None:
        report_no_assoc(fcx, base, segment, probe)
        return ERR
    parent = parent_args(fcx, base, pick, span)
    args = item_args(fcx, pick.item.def_id, segment, path.scope, parent)
    return ValueRes("const" if pick.item.kind == "const" else "fn", pick.item.def_id, args)


def parent_args(fcx: FnCtxt, base: Ty, pick: Pick, span: Span) -> Args:
    if pick.kind == "impl":
        args = fcx.infcx.fresh_args_for_item(pick.source, span)
        self_ty = fcx.normalize(subst(fcx.tcx.impl_header(pick.source).self_ty, args), span)
        fcx.demand_eq(span, base, self_ty)
        return args
    if pick.kind == "trait":
        return fcx.infcx.fresh_args_for_item(pick.item.container, span, (base,))
    return pick.source.args  # type: ignore[no-any-return]


def report_no_assoc(fcx: FnCtxt, base: Ty, segment: hir.PathSegment, probe: Probe) -> None:
    from .method.suggest import describe, report_ambiguous

    if fcx.resolve(base).flags & t.HAS_ERROR:
        fcx.tainted = True
        return
    if probe.no_match.ambiguous:
        report_ambiguous(fcx, segment.span, probe.no_match.ambiguous)
        return
    what, name, shown = describe(fcx, base), segment.name, fcx.show(base)
    if probe.no_match.private is not None:
        fcx.error(segment.span, f"associated function `{name}` is private", "E0624", "private associated function")
        return
    is_enum = type(base) is t.Adt and fcx.tcx.adt_def(base.def_id).kind == "enum"
    noun = "variant or associated item" if is_enum else "function or associated item"
    if probe.no_match.unsatisfied:
        noun = "function or associated item"
        message = f"the {noun} `{name}` exists for {what} `{shown}`, but its trait bounds were not satisfied"
        label = f"{noun} cannot be called on `{shown}` due to unsatisfied trait bounds"
        fcx.error(segment.span, message, "E0599", label)
        return
    label = f"{noun} not found in `{shown}`"
    diagnostic = fcx.error(
        segment.span, f"no {noun} named `{name}` found for {what} `{shown}` in the current scope", "E0599", label
    )
    suggest_similar(fcx, base, name, diagnostic)


def suggest_similar(fcx: FnCtxt, base: Ty, name: str, diagnostic: Any) -> None:
    from difflib import get_close_matches

    from ..traits.impls import ImplIndex

    names: dict[str, str] = {}
    for impl in ImplIndex.of(fcx.tcx).inherent_impls(base):
        for item in fcx.tcx.associated_items(impl):
            names[item.name] = "an associated function" if item.kind == "fn" else "an associated constant"
    if type(base) is t.Adt:
        adt = fcx.tcx.adt_def(base.def_id)
        if adt.kind == "enum":
            names.update({v.name: "a variant" for v in adt.variants})
    close = get_close_matches(name, names, 1, 0.6)
    if close:
        diagnostic.help(f"there is {names[close[0]]} `{close[0]}` with a similar name")


# -- the types of values --------------------------------------------------------------------------------


def value_ty(fcx: FnCtxt, value: ValueRes, span: Span) -> Ty:
    kind, def_id = value.kind, value.def_id
    if kind == "fn":
        return t.mk_fn_def(def_id, value.args)  # type: ignore[arg-type]
    if kind == "ctor":
        return ctor_ty(fcx, def_id, value.args)
    if kind == "static":
        return fcx.normalize(fcx.tcx.type_of(def_id), span)
    if kind == "local":
        return fcx.tables.locals.get(def_id, t.ERROR)
    if kind in ("const", "const_param"):
        return fcx.normalize(subst(fcx.tcx.type_of(def_id), value.args), span)
    return t.ERROR


def ctor_ty(fcx: FnCtxt, ctor: int, args: Args) -> Ty:
    """A tuple constructor is a function, a unit one the value itself."""
    from .pat import variant_of_ctor

    memo = fcx.tcx._memo.setdefault("unit_ctor", {})
    adt_id = memo.get(ctor, -1)
    if adt_id == -1:
        adt, variant, _ = variant_of_ctor(fcx, ctor)
        adt_id = memo[ctor] = adt.def_id if variant.ctor_kind == "unit" else None
    if adt_id is not None:
        return t.mk_adt(adt_id, args)
    return t.mk_fn_def(ctor, args)  # type: ignore[arg-type]


# -- struct literals and patterns -------------------------------------------------------------------------


def lower_struct_path(fcx: FnCtxt, path: hir.Path) -> Optional[tuple[t.Adt, int]]:
    """The ADT type and the variant that `Path { .. }` names."""
    count = len(path.segments)
    if type(path.res) is ResErr and path.qself is None:
        return None
    relative = path.resolved < count
    if relative:
        base = fcx.shallow(base_ty(fcx, path))
        found = enum_variant(fcx, base, path.segments[-1].name)
        if found is not None:
            return base, found[1]  # type: ignore[return-value]
        if type(base) is t.Error:
            return None
        if type(base) is t.Adt and fcx.tcx.adt_def(base.def_id).kind == "enum":
            name = path.segments[-1].name
            fcx.error(
                path.span, f"no variant named `{name}` found for enum `{fcx.show(base)}`", "E0599", "variant not found"
            )
            return None
    ty = fcx.structurally_resolve_if_possible(fcx.normalize(conv(fcx).lower_path_ty(path, True), path.span))
    if type(ty) is not t.Adt:
        if type(ty) is not t.Error:
            fcx.error(
                path.span, f"expected struct, variant or union type, found `{fcx.show(ty)}`", "E0071", "not a struct"
            )
        return None
    adt = fcx.tcx.adt_def(ty.def_id)
    if adt.kind != "enum":
        return ty, 0
    return enum_literal(fcx, path, ty, adt)


def enum_literal(fcx: FnCtxt, path: hir.Path, ty: t.Adt, adt: AdtDef) -> Optional[tuple[t.Adt, int]]:
    def_id = path.res.def_id if type(path.res) is ResDef else None
    if def_id is not None and fcx.tcx.def_data(def_id).kind == "ctor":
        def_id = fcx.tcx.def_data(def_id).ctor_of
    for i, variant in enumerate(adt.variants):
        if variant.def_id == def_id:
            return ty, i
    fcx.error(path.span, f"expected struct, variant or union type, found enum `{fcx.show(ty)}`", "E0574")
    return None
