"""Discovery: the `#[test]` functions of a crate, after expansion.

A test is a function in a module; one in a body cannot be named and is none, as for rustc.
To add an attribute of tests: here, and a field of `Case`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import error
from ..expand.cfg import group_of, split_commas
from ..syntax import literals
from ..syntax.token import Token
from ..traits.obligation import REVEAL_ALL
from ..ty.ty import HAS_ERROR
from .case import Case

if TYPE_CHECKING:
    from ..resolve.defs import DefData
    from ..syntax import ast
    from ..ty.context import TyCtxt

TEST_ATTRS = frozenset({"test", "core::prelude::v1::test", "std::prelude::v1::test"})


def discover(tcx: TyCtxt, krate: str) -> list[Case]:
    """The tests of the crate `krate`, by name; what is no test but says so is reported."""
    found = [
        _case(tcx, data) for data in list(tcx.defs.of(krate))
        if data.kind == "fn" and _is_test(data) and _in_modules(tcx, data)
    ]  # fmt: skip
    return sorted((case for case in found if case is not None), key=lambda case: case.name)


def _is_test(data: DefData) -> bool:
    return any(a.path in TEST_ATTRS for a in data.attrs)


def _in_modules(tcx: TyCtxt, data: DefData) -> bool:
    parent = data.parent
    while parent is not None:
        outer = tcx.def_data(parent)
        if outer.kind != "mod":
            return False
        parent = outer.parent
    return True


def _case(tcx: TyCtxt, data: DefData) -> Optional[Case]:
    ident = data.node.ident
    span = tcx.source_map.outermost_call_site(ident.span)
    name = tcx.path_str(data.id).partition("::")[2]
    case = Case(name, tcx.source_map.location(span), data.id)
    for attr in data.attrs:
        if attr.path == "ignore":
            case.ignored = attr.value or ""
        elif attr.path == "should_panic":
            case.should_panic = True
            case.expected = _expected(tcx, attr)
    return case if _well_formed(tcx, data, case) else None


def _expected(tcx: TyCtxt, attr: ast.Attribute) -> Optional[str]:
    """Of `#[should_panic]`, `#[should_panic = "text"]` or `#[should_panic(expected = "text")]`."""
    if attr.value is not None or not attr.tokens:
        return attr.value
    parts = split_commas(group_of(attr))
    tokens: list[Any] = parts[0] if len(parts) == 1 else []
    if len(tokens) == 3 and all(isinstance(t, Token) for t in tokens):
        key, eq, value = tokens
        if key.text == "expected" and eq.text == "=" and value.kind == "literal":
            return str(literals.decode(value).value)
    found = error(attr.span, "malformed `should_panic` attribute input", "E0539")
    tcx.diag.emit(found.help('write `#[should_panic]` or `#[should_panic(expected = "reason")]`'))
    return None


def _well_formed(tcx: TyCtxt, data: DefData, case: Case) -> bool:
    """A test takes nothing, is not generic and returns what may end a program."""
    func = data.node.kind
    if func.params:
        return _refuse(tcx, data, "functions used as tests can not have any arguments")
    if data.generic_params:
        return _refuse(tcx, data, "functions used as tests can not have any non-lifetime generic parameters")
    if case.should_panic and func.output is not None:
        return _refuse(tcx, data, "functions using `#[should_panic]` must return `()`")
    output, trait = tcx.fn_sig(data.id).output, tcx.lang_item("termination")
    if trait is None or output.flags & HAS_ERROR or tcx.query("implements", REVEAL_ALL, trait, (output,)):
        return True
    label = f"the trait `Termination` is not implemented for `{output}`"
    message = f"the trait bound `{output}: Termination` is not satisfied"
    tcx.diag.emit(error(func.output.span, message, "E0277", label))
    return False


def _refuse(tcx: TyCtxt, data: DefData, message: str) -> bool:
    tcx.diag.emit(error(tcx.source_map.outermost_call_site(data.span), message))
    return False
