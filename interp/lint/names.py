"""`non_camel_case_types`, `non_snake_case`, `non_upper_case_globals`: how names are written."""

from __future__ import annotations

import re

from ..base.lints import Lints
from ..base.span import Span
from ..resolve.defs import DefData
from ..ty.context import TyCtxt
from ..typeck import thir
from .walk import nodes

_TYPES = {
    "struct": "type", "enum": "type", "union": "type", "ty_alias": "type", "trait": "trait", "variant": "variant",
    "assoc_ty": "associated type", "ty_param": "type parameter",
}  # fmt: skip
_SNAKE = {"fn": "function", "assoc_fn": "method", "mod": "module"}
_UPPER = {"const": "constant", "static": "static variable", "assoc_const": "associated constant"}


def is_snake_case(name: str) -> bool:
    return "__" not in name.strip("_") and not any(c.isupper() for c in name)


def is_camel_case(name: str) -> bool:
    name = name.strip("_")
    cased = re.search(r"[^\W\d_]_(?=[^\W\d_])|__", name)
    return not name or (not name[0].islower() and cased is None)


def snake_case(name: str) -> str:
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"_+", "_", text).lower()


def camel_case(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)


def check_item(tcx: TyCtxt, lints: Lints, data: DefData) -> None:
    name, kind = data.name, data.kind
    if not name or " " in name or name == "main" or _is_given(tcx, data):
        return
    span = _name_span(data)
    if kind in _TYPES and not is_camel_case(name):
        if kind in ("struct", "enum", "union") and any(a.path == "repr" for a in data.attrs):
            return
        message = f"{_TYPES[kind]} `{name}` should have an upper camel case name"
        label = f"help: convert the identifier to upper camel case: `{camel_case(name)}`"
        lints.note("non_camel_case_types", data.id, span, message, label)
    elif kind in _SNAKE and not is_snake_case(name):
        if data.attr("no_mangle") is None and data.attr("unsafe") is None:
            what = _SNAKE[kind] if kind != "assoc_fn" or tcx.assoc_item(data.id).has_self else "associated function"
            _snake(lints, data.id, span, what, name)
    elif kind in _UPPER and any(c.islower() for c in name) and data.attr("no_mangle") is None:
        message = f"{_UPPER[kind]} `{name}` should have an upper case name"
        label = f"help: convert the identifier to upper case: `{snake_case(name).upper()}`"
        lints.note("non_upper_case_globals", data.id, span, message, label)
    elif kind == "field" and not name.isdigit() and not is_snake_case(name) and _of_struct(tcx, data):
        _snake(lints, data.id, span, "structure field", name)


def _of_struct(tcx: TyCtxt, data: DefData) -> bool:
    return data.parent is not None and tcx.def_data(data.parent).kind in ("struct", "union", "variant")


def _snake(lints: Lints, owner: int, span: Span, what: str, name: str) -> None:
    message = f"{what} `{name}` should have a snake case name"
    label = f"help: convert the identifier to snake case: `{snake_case(name)}`"
    lints.note("non_snake_case", owner, span, message, label)


def _name_span(data: DefData) -> Span:
    ident = getattr(data.node, "ident", None)
    return ident.span if ident is not None else data.span


def _is_given(tcx: TyCtxt, data: DefData) -> bool:
    """Whether the name is somebody else's choice: a trait's, a foreign library's."""
    parent = tcx.def_data(data.parent) if data.parent is not None else None
    if parent is None or parent.kind == "foreign_mod":
        return True
    return parent.kind == "impl" and tcx.impl_header(parent.id).trait_ref is not None


def check_bindings(lints: Lints, owner: int, results: thir.TypeckResults, is_library: bool = False) -> None:
    seen: set[int] = set()
    for node in nodes(results):
        if type(node) is thir.PatBinding and node.var not in seen and not is_snake_case(node.name):
            seen.add(node.var)
            _snake(lints, owner, node.span, "variable", node.name)
