"""What is said when a trait is not implemented: the trait's own attribute, or the table for the library's traits.

Templates name `{Self}`, the trait's parameters and `{Trait}`.  To add a text: a line in `_TEXTS`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..syntax.token import Group
from ..ty.context import TyCtxt
from ..ty.items import TraitRef
from .names import show_trait, trait_path


class Texts(NamedTuple):
    message: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()


def _op(verb: str, sign: str) -> Texts:
    return Texts(verb, f"no implementation for `{{Self}} {sign} {{Rhs}}`")


def _bits(sign: str) -> Texts:
    text = f"no implementation for `{{Self}} {sign} {{Rhs}}`"
    return Texts(text, text)


def _same(text: str) -> Texts:
    return Texts(text, text)


_CALL = Texts("expected a `{Trait}` closure, found `{Self}`", "expected an `{Trait}` closure, found `{Self}`")

_TEXTS: dict[str, Texts] = {
    "Sized": Texts("the size for values of type `{Self}` cannot be known at compilation time",
                   "doesn't have a size known at compile-time"),
    "Send": _same("`{Self}` cannot be sent between threads safely"),
    "Sync": _same("`{Self}` cannot be shared between threads safely"),
    "Unpin": Texts("`{Self}` cannot be unpinned", "", ("consider using the `pin!` macro",)),
    "Iterator": _same("`{Self}` is not an iterator"),
    "IntoIterator": _same("`{Self}` is not an iterator"),
    "Future": _same("`{Self}` is not a future"),
    "Display": Texts("`{Self}` doesn't implement `{Path}`", "`{Self}` cannot be formatted with the default formatter",
                     ("in format strings you may be able to use `{:?}` (or {:#?} for pretty-print) instead",)),
    "Debug": Texts("`{Self}` doesn't implement `{Path}`", "`{Self}` cannot be formatted using `{:?}`",
                   ("add `#[derive(Debug)]` to `{Self}` or manually `impl {Path} for {Self}`",)),
    "FromIterator": Texts("a value of type `{Self}` cannot be built from an iterator over elements of type `{A}`",
                          "value of type `{Self}` cannot be built from `std::iter::Iterator<Item={A}>`"),
    "Sum": Texts("a value of type `{Self}` cannot be made by summing an iterator over elements of type `{A}`",
                 "value of type `{Self}` cannot be made by summing a `std::iter::Iterator<Item={A}>`"),
    "Product": Texts(
        "a value of type `{Self}` cannot be made by multiplying all elements of type `{A}` from an iterator",
        "value of type `{Self}` cannot be made by multiplying all elements from a `std::iter::Iterator<Item={A}>`"),
    "Index": Texts("the type `{Self}` cannot be indexed by `{Idx}`", "`{Self}` cannot be indexed by `{Idx}`"),
    "IndexMut": Texts("the type `{Self}` cannot be mutably indexed by `{Idx}`",
                      "`{Self}` cannot be mutably indexed by `{Idx}`"),
    "SliceIndex": Texts("the type `{T}` cannot be indexed by `{Self}`",
                        "slice indices are of type `usize` or ranges of `usize`"),
    "Fn": _CALL, "FnMut": _CALL, "FnOnce": _CALL,
    "PartialEq": Texts("can't compare `{Self}` with `{Rhs}`", "no implementation for `{Self} == {Rhs}`"),
    "PartialOrd": Texts("can't compare `{Self}` with `{Rhs}`",
                        "no implementation for `{Self} < {Rhs}` and `{Self} > {Rhs}`"),
    "Add": _op("cannot add `{Rhs}` to `{Self}`", "+"),
    "Sub": _op("cannot subtract `{Rhs}` from `{Self}`", "-"),
    "Mul": _op("cannot multiply `{Self}` by `{Rhs}`", "*"),
    "Div": _op("cannot divide `{Self}` by `{Rhs}`", "/"),
    "Rem": _op("cannot calculate the remainder of `{Self}` divided by `{Rhs}`", "%"),
    "BitAnd": _bits("&"), "BitOr": _bits("|"), "BitXor": _bits("^"), "Shl": _bits("<<"), "Shr": _bits(">>"),
    "AddAssign": _op("cannot add-assign `{Rhs}` to `{Self}`", "+="),
    "SubAssign": _op("cannot subtract-assign `{Rhs}` from `{Self}`", "-="),
    "MulAssign": _op("cannot multiply-assign `{Self}` by `{Rhs}`", "*="),
    "DivAssign": _op("cannot divide-assign `{Self}` by `{Rhs}`", "/="),
    "RemAssign": _op("cannot calculate and assign the remainder of `{Self}` divided by `{Rhs}`", "%="),
    "BitAndAssign": _bits("&="), "BitOrAssign": _bits("|="), "BitXorAssign": _bits("^="),
    "ShlAssign": _bits("<<="), "ShrAssign": _bits(">>="),
    "Termination": Texts("`main` has invalid return type `{Self}`",
                         "`main` can only return types that implement `{Path}`"),
    "Error": Texts(), "Pattern": Texts(),
}  # fmt: skip


def texts(tcx: TyCtxt, trait_ref: TraitRef) -> Texts:
    """Message, label and notes for `trait_ref` not being implemented; empty texts: the usual words."""
    data = tcx.def_data(trait_ref.def_id)
    attr = data.attr("diagnostic::on_unimplemented") or data.attr("rustc_on_unimplemented")
    if attr is not None:
        found = _from_attribute(attr.tokens)
    elif data.krate in ("core", "alloc", "std"):
        found = _TEXTS.get(data.name, Texts())
    else:
        return Texts()
    names = {p.name: str(a) for p, a in zip(tcx.generics_of(trait_ref.def_id).params, trait_ref.args)}
    names["Trait"] = show_trait(tcx, trait_ref)
    names["Path"] = trait_path(tcx, trait_ref.def_id)
    notes = tuple(_fill(n, names) for n in found.notes)
    return Texts(_fill(found.message, names), _fill(found.label, names), notes)


def _fill(template: str, names: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: names.get(m.group(1), m.group(0)), template)


def _from_attribute(tokens: Any) -> Texts:
    inner = tokens[0].stream if len(tokens) == 1 and isinstance(tokens[0], Group) else tokens
    found: dict[str, list[str]] = {}
    for at, tree in enumerate(inner):
        if tree.kind == "literal" and at >= 2 and inner[at - 1].text == "=":
            found.setdefault(inner[at - 2].text, []).append(tree.text[1:-1].replace('\\"', '"'))
    first = {key: values[0] for key, values in found.items()}
    return Texts(first.get("message", ""), first.get("label", ""), tuple(found.get("note", ())))
