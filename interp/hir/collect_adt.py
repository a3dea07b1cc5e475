"""`adt_def`: variants, fields, `#[repr(..)]` and the ADTs the language knows by name."""

from __future__ import annotations

from typing import Any, Callable

from ..base.diagnostics import error
from ..resolve.defs import DefData
from ..syntax import ast
from ..syntax.token import Group, TokenStream
from ..ty.context import TyCtxt
from ..ty.items import AdtDef, FieldDef, ReprOptions, VariantDef
from ..ty.ty import DefId

_INTS = frozenset(("i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"))


def adt_def(tcx: TyCtxt, def_id: DefId) -> AdtDef:
    data = tcx.def_data(def_id)
    if data.kind == "enum":
        variants = [_variant(tcx, tcx.def_data(c)) for c in data.children if tcx.def_data(c).kind == "variant"]
    else:
        variants = [_struct_variant(tcx, data)]
    lang = tcx.lang_items
    kind: Any = data.kind
    return AdtDef(
        def_id,
        kind,
        variants,
        repr_options(tcx, data),
        is_box=lang.get("owned_box") == def_id,
        is_phantom_data=lang.get("phantom_data") == def_id,
        is_manually_drop=lang.get("manually_drop") == def_id,
        is_unsafe_cell=lang.get("unsafe_cell") == def_id,
    )


def _fields(tcx: TyCtxt, data: DefData) -> list[FieldDef]:
    fields = (tcx.def_data(c) for c in data.children)
    return [FieldDef(f.id, f.name, f.vis) for f in fields if f.kind == "field"]


def _struct_variant(tcx: TyCtxt, data: DefData) -> VariantDef:
    return VariantDef(data.id, data.name, data.node.kind.data.kind, data.ctor, _fields(tcx, data))


def _variant(tcx: TyCtxt, data: DefData) -> VariantDef:
    node: ast.Variant = data.node
    discr = None
    if node.discriminant is not None:
        discr = tcx.resolver.anon_const(node.discriminant, data.scope)
    return VariantDef(data.id, data.name, node.data.kind, data.ctor, _fields(tcx, data), discr)


# -- repr -------------------------------------------------------------------------------------------


def repr_options(tcx: TyCtxt, data: DefData) -> ReprOptions:
    found: dict[str, Any] = {}
    for attr in data.attrs:
        if attr.path == "repr":
            for name, argument in meta_items(attr.tokens):
                _repr_item(tcx, attr, name, argument, found)
        elif attr.path in ("rustc_layout_scalar_valid_range_start", "rustc_layout_scalar_valid_range_end"):
            at = 0 if attr.path.endswith("start") else 1
            bounds = list(found.get("scalar_valid_range", (0, None)))
            bounds[at] = _number(meta_items(attr.tokens)[0][0])
            found["scalar_valid_range"] = tuple(bounds)
    if "scalar_valid_range" in found and found["scalar_valid_range"][1] is None:
        found["scalar_valid_range"] = (found["scalar_valid_range"][0], -1)
    return ReprOptions(**found)


def _repr_item(tcx: TyCtxt, attr: ast.Attribute, name: str, argument: str, found: dict[str, Any]) -> None:
    case = _REPR.get(name)
    if case is not None:
        case(found, argument)
    elif name in _INTS:
        found["int"] = name
    elif name != "Rust":
        tcx.diag.emit(error(attr.span, "unrecognized representation hint", "E0552"))


def _align(found: dict[str, Any], argument: str) -> None:
    found["align"] = max(found.get("align") or 1, _number(argument) or 1)


def _pack(found: dict[str, Any], argument: str) -> None:
    found["pack"] = _number(argument) if argument else 1


_REPR: dict[str, Callable[[dict[str, Any], str], None]] = {
    "C": lambda found, argument: found.__setitem__("c", True),
    "transparent": lambda found, argument: found.__setitem__("transparent", True),
    "simd": lambda found, argument: found.__setitem__("simd", True),
    "align": _align,
    "packed": _pack,
}


def _number(text: str) -> int:
    text = text.replace("_", "")
    for suffix in _INTS:
        if text.endswith(suffix) and not text.startswith("0x"):
            text = text[: -len(suffix)]
    try:
        return int(text, 0)
    except ValueError:
        return 0


def meta_items(tokens: TokenStream) -> list[tuple[str, str]]:
    """`(a, b(c), 3)` as [("a", ""), ("b", "c"), ("3", "")]."""
    inner = tokens[0].stream if len(tokens) == 1 and isinstance(tokens[0], Group) else tokens
    found: list[tuple[str, str]] = []
    for tree in inner:
        if isinstance(tree, Group):
            text = "".join(part.text for part in tree.stream)
            if found:
                found[-1] = (found[-1][0], text)
        elif tree.text != ",":
            found.append((tree.text, ""))
    return found
