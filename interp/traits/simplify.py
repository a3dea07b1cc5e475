"""Simplified types: the head of a type as a key, so that impls which cannot apply are never looked at.

`key_of(ty)` is None for what could be anything (parameter, projection, opaque, variable).
"""

from __future__ import annotations

from typing import Any, Callable, Hashable, Optional

from ..ty import ty as t
from ..ty.ty import Ty

Key = Hashable

_KEYS: dict[type, Callable[[Any], Key]] = {
    t.Bool: lambda ty: "bool",
    t.Char: lambda ty: "char",
    t.Str: lambda ty: "str",
    t.Never: lambda ty: "!",
    t.Int: lambda ty: ty.name,
    t.Float: lambda ty: ty.name,
    t.Adt: lambda ty: ("adt", ty.def_id),
    t.Foreign: lambda ty: ("adt", ty.def_id),
    t.Array: lambda ty: "[;]",
    t.Slice: lambda ty: "[]",
    t.RawPtr: lambda ty: "*mut" if ty.mutbl else "*const",
    t.Ref: lambda ty: "&mut" if ty.mutbl else "&",
    t.Tuple: lambda ty: "()",
    t.FnDef: lambda ty: "fn item",
    t.FnPtr: lambda ty: "fn",
    t.Closure: lambda ty: "closure",
    t.Coroutine: lambda ty: "closure",
    t.Dynamic: lambda ty: ("dyn", ty.principal[0] if ty.principal else None),
}

INT_NAMES = ("i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize")
FLOAT_NAMES = ("f32", "f64")
BLANKET_ONLY = "blanket"  # a key that no type has


def key_of(ty: Ty) -> Optional[Key]:
    case = _KEYS.get(type(ty))
    return case(ty) if case else None
