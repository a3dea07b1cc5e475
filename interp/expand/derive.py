"""`#[derive(..)]`: Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash as ordinary impls.

An impl is written as Rust text with the type's own names in it, lexed and parsed at the derive's span; its generics
are the type's with the trait added to each type parameter (and to fields whose type is a projection of one), as
rustc does.
To add a derive: a function in `_DERIVES` from `_Input` to the impl's body.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Optional

from ..base.diagnostics import CompileError, error
from ..base.span import Span, with_ctxt
from ..syntax import ast
from ..syntax.keywords import BY_EDITION
from ..syntax.parser import Parser
from ..syntax.token import TokenStream
from .builtin import fill
from .cfg import group_of, split_commas

if TYPE_CHECKING:
    from .expander import Expander


@dataclass(slots=True)
class _Variant:
    """A struct is one variant named after itself.  `names` are field names, raw where they must be."""

    path: str  # "Self" or "Self::Variant", to build and match
    name: str
    kind: str
    names: list[str]

    def pattern(self, prefix: str) -> str:
        """A pattern that binds each field to `prefix` and its number."""
        binds = ", ".join(f"{name}: {prefix}{i}" for i, name in enumerate(self.names))
        return f"{self.path} {{ {binds} }}"

    def build(self, values: list[str]) -> str:
        return f"{self.path} {{ {', '.join(f'{n}: {v}' for n, v in zip(self.names, values))} }}"


@dataclass(slots=True)
class _Input:
    item: ast.Item
    variants: list[_Variant]
    is_enum: bool
    is_union: bool
    packed: bool
    default_variant: Optional[_Variant]
    has_params: bool


def derive_all(ex: Expander, item: ast.Item) -> list[ast.Item]:
    """One impl for each derived trait, in the order written."""
    out: list[ast.Item] = []
    for attr in item.attrs:
        if attr.path != "derive":
            continue
        if not isinstance(item.kind, (ast.Struct, ast.Enum, ast.UnionItem)):
            raise CompileError(
                error(attr.span, "`derive` may only be applied to `struct`s, `enum`s and `union`s", "E0774")
            )
        for part in split_commas(group_of(attr)):
            if not part:
                raise CompileError(error(attr.span, "expected identifier, found `,`", "", "expected identifier"))
            out.extend(_derive_one(ex, item, part))
    return out


def _derive_one(ex: Expander, item: ast.Item, part: TokenStream) -> list[ast.Item]:
    last = part[-1]
    case = _DERIVES.get(last.text)
    if case is None:
        raise CompileError(error(last.span, f"cannot find derive macro `{last.text}` in this scope"))
    trait_path, body = case
    expansion = ex.source_map.fresh_expansion(last.span, last.text, -1)
    span = with_ctxt(last.span, expansion)
    data = _input(item, ex.edition)
    text = f"impl $crate::{trait_path} for X {{ {body(data)} }}"
    made = Parser(fill(ex, text, span, {}), ex.edition, span, lazy_bodies=True).parse_items()
    impl = made[0].kind
    assert isinstance(impl, ast.Impl)
    impl.self_ty = _self_ty(item, span)
    assert impl.trait_ is not None
    impl.generics = _bounded(item, impl.trait_, span)
    made[0].attrs.append(ast.Attribute("automatically_derived", [], False, span))
    if last.text in ("PartialEq",):
        extra = Parser(fill(ex, "impl $crate::marker::StructuralPartialEq for X {}", span, {}), ex.edition, span)
        marker = extra.parse_items()[0]
        assert isinstance(marker.kind, ast.Impl)
        marker.kind.self_ty = impl.self_ty
        marker.kind.generics = _bounded(item, None, span)
        made.append(marker)
    return made


# -- what is derived from ------------------------------------------------------------------------------------


def _raw(name: str, edition: int) -> str:
    return f"r#{name}" if name in BY_EDITION[max(edition, 2018)] and not name.isdigit() else name


def _variant(path: str, name: str, data: ast.VariantData, edition: int) -> _Variant:
    return _Variant(path, name, data.kind, [_raw(f.ident.name, edition) for f in data.fields])


def _input(item: ast.Item, edition: int) -> _Input:
    kind = item.kind
    packed = any(a.path == "repr" and any(t.text == "packed" for t in group_of(a)) for a in item.attrs)
    params = any(p.kind != "lifetime" for p in kind.generics.params)  # type: ignore[union-attr]
    if isinstance(kind, ast.Enum):
        variants = [
            _variant(f"Self::{_raw(v.ident.name, edition)}", v.ident.name, v.data, edition) for v in kind.variants
        ]
        default = [v for v, node in zip(variants, kind.variants) if any(a.path == "default" for a in node.attrs)]
        return _Input(item, variants, True, False, packed, default[0] if default else None, params)
    assert isinstance(kind, (ast.Struct, ast.UnionItem))
    variants = [_variant("Self", item.ident.name, kind.data, edition)]
    return _Input(item, variants, False, isinstance(kind, ast.UnionItem), packed, None, params)


def _self_ty(item: ast.Item, span: Span) -> ast.Ty:
    """`Name<'a, T, N>`."""
    args: list[ast.Lifetime | ast.Ty | ast.AnonConst] = []
    for param in item.kind.generics.params:  # type: ignore[union-attr]
        if param.kind == "lifetime":
            args.append(ast.Lifetime(param.ident, span))
        else:
            args.append(ast.TyPath(_path(param.ident), span))
    generic_args = ast.GenericArgs(args, [], span) if args else None
    return ast.TyPath(ast.Path([ast.PathSegment(item.ident, generic_args)], span), span)


def _path(ident: ast.Ident) -> ast.Path:
    return ast.Path([ast.PathSegment(ident, None)], ident.span)


def _bounded(item: ast.Item, trait_: Optional[ast.Path], span: Span) -> ast.Generics:
    """The item's generics, without defaults and with `T: Trait` for each type parameter."""
    generics: ast.Generics = item.kind.generics  # type: ignore[union-attr]
    params = [copy.copy(p) for p in generics.params]
    names = {p.ident.name for p in params if p.kind == "type"}
    where = list(generics.where)
    for param in params:
        param.default = None
        if param.kind == "type" and trait_ is not None:
            param.bounds = [*param.bounds, ast.TraitBound(trait_, "", [], span)]
    if trait_ is not None and names:
        for ty in _projections(item, names):
            where.append(ast.WherePredicate(ty, None, [ast.TraitBound(trait_, "", [], span)], [], span))
    return ast.Generics(params, where, generics.span)


def _fields(item: ast.Item) -> list[ast.FieldDef]:
    kind = item.kind
    if isinstance(kind, ast.Enum):
        return [f for v in kind.variants for f in v.data.fields]
    assert isinstance(kind, (ast.Struct, ast.UnionItem))
    return kind.data.fields


def _projections(item: ast.Item, names: set[str]) -> list[ast.Ty]:
    """Types among the fields that are paths beginning with a type parameter (`T::Item`)."""
    found: list[ast.Ty] = []
    for field_def in _fields(item):
        _find_projections(field_def.ty, names, found)
    return found


def _find_projections(ty: object, names: set[str], found: list[ast.Ty]) -> None:
    if isinstance(ty, ast.TyPath):
        path = ty.path
        if len(path.segments) > 1 and path.qself is None and path.segments[0].ident.name in names:
            found.append(ty)
            return
        if path.qself is not None and _mentions(path.qself.ty, names):
            found.append(ty)
            return
        for segment in path.segments:
            for arg in segment.args.args if segment.args else []:
                _find_projections(arg, names, found)
    elif isinstance(ty, (ast.TyRef, ast.TyPtr, ast.TySlice, ast.TyArray)):
        _find_projections(ty.ty, names, found)
    elif isinstance(ty, ast.TyTup):
        for part in ty.tys:
            _find_projections(part, names, found)


def _mentions(ty: ast.Ty, names: set[str]) -> bool:
    return isinstance(ty, ast.TyPath) and ty.path.segments[0].ident.name in names


# -- bodies --------------------------------------------------------------------------------------------------


def _all(data: _Input, arm: Callable[[_Variant], str], scrutinee: str = "self") -> str:
    """A `match` with an arm for each variant; by copy for packed structs."""
    arms = " ".join(f"{arm(v)}" for v in data.variants)
    return f"match {scrutinee} {{ {arms} }}" if arms else "match *self {}"


def _packed_lets(v: _Variant, prefix: str, of: str) -> str:
    return " ".join(f"let {prefix}{i} = &{{ {of}.{name} }};" for i, name in enumerate(v.names))


def _clone(data: _Input) -> str:
    copies = any(a.path == "derive" and any(t.text == "Copy" for t in group_of(a)) for a in data.item.attrs)
    if data.is_union or (copies and not data.has_params):
        return "#[inline] fn clone(&self) -> Self { *self }"
    if data.packed:
        values = [f"$crate::clone::Clone::clone(&{{ self.{n} }})" for n in data.variants[0].names]
        return f"#[inline] fn clone(&self) -> Self {{ {data.variants[0].build(values)} }}"

    def arm(v: _Variant) -> str:
        return (
            f"{v.pattern('__f')} => {v.build([f'$crate::clone::Clone::clone(__f{i})' for i in range(len(v.names))])},"
        )

    return f"#[inline] fn clone(&self) -> Self {{ {_all(data, arm)} }}"


def _quoted(name: str) -> str:
    return f'"{name.removeprefix("r#")}"'


def _debug(data: _Input) -> str:
    def show(v: _Variant) -> str:
        if v.kind == "unit" or (v.kind == "struct" and not v.names):
            return f"$crate::fmt::Formatter::write_str(__fmt, {_quoted(v.name)})"
        call = "debug_tuple" if v.kind == "tuple" else "debug_struct"
        builder = f"$crate::fmt::Formatter::{call}(__fmt, {_quoted(v.name)})"
        if not v.names:
            return f"$crate::fmt::Formatter::write_str(__fmt, {_quoted(v.name)})"
        for i, name in enumerate(v.names):
            label = "" if v.kind == "tuple" else f"{_quoted(name)}, "
            builder += f".field({label}{'&' if i == len(v.names) - 1 else ''}__f{i})"  # the last may be unsized
        return builder + ".finish()"

    head = "fn fmt(&self, __fmt: &mut $crate::fmt::Formatter<'_>) -> $crate::fmt::Result"
    if data.packed:
        v = data.variants[0]
        return f"{head} {{ {_packed_lets(v, '__f', 'self')} {show(v)} }}"
    return f"{head} {{ {_all(data, lambda v: v.pattern('__f') + ' => ' + show(v) + ',')} }}"


def _default(data: _Input) -> str:
    if data.is_enum:
        if data.default_variant is None:
            raise CompileError(
                error(data.item.span, "`#[derive(Default)]` on enum with no `#[default]`", "E0665").help(
                    "make a unit variant default by placing `#[default]` above it"
                )
            )
        return f"#[inline] fn default() -> Self {{ {data.default_variant.path} }}"
    v = data.variants[0]
    values = ["$crate::default::Default::default()"] * len(v.names)
    return f"#[inline] fn default() -> Self {{ {v.build(values)} }}"


def _pairs(data: _Input, both: Callable[[_Variant], str], other: str) -> str:
    """A match over `(self, other)`: same variants by `both`, else `other`; fields are `__a0`, `__b0`, ..."""
    if not data.variants:
        return "match *self {}"
    if data.packed:
        v = data.variants[0]
        return f"{_packed_lets(v, '__a', 'self')} {_packed_lets(v, '__b', '__other')} {both(v)}"
    if not data.is_enum:
        v = data.variants[0]
        return f"match (self, __other) {{ ({v.pattern('__a')}, {v.pattern('__b')}) => {both(v)} }}"
    arms = [f"({v.pattern('__a')}, {v.pattern('__b')}) => {both(v)}," for v in data.variants if v.names]
    return f"match (self, __other) {{ {' '.join(arms)} _ => {other} }}"


_TAGS = (
    "let __x = $crate::intrinsics::discriminant_value(self); "
    "let __y = $crate::intrinsics::discriminant_value(__other); "
)


def _partial_eq(data: _Input) -> str:
    def both(v: _Variant) -> str:
        return " && ".join(f"*__a{i} == *__b{i}" for i in range(len(v.names))) or "true"

    head = "#[inline] fn eq(&self, __other: &Self) -> bool"
    if not data.is_enum or len(data.variants) < 2:
        return f"{head} {{ {_pairs(data, both, 'true')} }}"
    if not any(v.names for v in data.variants):
        return f"{head} {{ {_TAGS} __x == __y }}"
    return f"{head} {{ {_TAGS} __x == __y && {_pairs(data, both, 'true')} }}"


def _compare(data: _Input, call: str, equal: str, head: str) -> str:
    def both(v: _Variant) -> str:
        text = equal
        for i in reversed(range(len(v.names))):
            this = f"{call}(&*__a{i}, &*__b{i})"
            text = f"match {this} {{ {equal} => {text}, __cmp => __cmp }}" if i < len(v.names) - 1 else this
        return text

    if not data.is_enum or len(data.variants) < 2:
        return f"{head} {{ {_pairs(data, both, equal)} }}"
    tags = f"{call}(&__x, &__y)"
    if not any(v.names for v in data.variants):
        return f"{head} {{ {_TAGS} {tags} }}"
    return f"{head} {{ {_TAGS} {_pairs(data, both, tags)} }}"


def _partial_ord(data: _Input) -> str:
    head = "#[inline] fn partial_cmp(&self, __other: &Self) -> $crate::option::Option<$crate::cmp::Ordering>"
    equal = "$crate::option::Option::Some($crate::cmp::Ordering::Equal)"
    return _compare(data, "$crate::cmp::PartialOrd::partial_cmp", equal, head)


def _ord(data: _Input) -> str:
    head = "#[inline] fn cmp(&self, __other: &Self) -> $crate::cmp::Ordering"
    return _compare(data, "$crate::cmp::Ord::cmp", "$crate::cmp::Ordering::Equal", head)


def _hash(data: _Input) -> str:
    tag = (
        "$crate::hash::Hash::hash(&$crate::intrinsics::discriminant_value(self), __state);"
        if len(data.variants) > 1
        else ""
    )

    def arm(v: _Variant) -> str:
        calls = " ".join(f"$crate::hash::Hash::hash(&*__f{i}, __state);" for i in range(len(v.names)))
        return f"{v.pattern('__f')} => {{ {calls} }}"

    hasher = "__H"
    while any(p.ident.name == hasher for p in data.item.kind.generics.params):  # type: ignore[union-attr]
        hasher += "_"
    head = f"fn hash<{hasher}: $crate::hash::Hasher>(&self, __state: &mut {hasher})"
    if data.packed:
        v = data.variants[0]
        calls = " ".join(f"$crate::hash::Hash::hash(__f{i}, __state);" for i in range(len(v.names)))
        return f"{head} {{ {_packed_lets(v, '__f', 'self')} {calls} }}"
    return f"{head} {{ {tag} {_all(data, arm)} }}"


def _eq(data: _Input) -> str:
    return ""


_DERIVES: dict[str, tuple[str, Callable[[_Input], str]]] = {
    "Clone": ("clone::Clone", _clone),
    "Copy": ("marker::Copy", _eq),
    "Debug": ("fmt::Debug", _debug),
    "Default": ("default::Default", _default),
    "PartialEq": ("cmp::PartialEq", _partial_eq),
    "Eq": ("cmp::Eq", _eq),
    "PartialOrd": ("cmp::PartialOrd", _partial_ord),
    "Ord": ("cmp::Ord", _ord),
    "Hash": ("hash::Hash", _hash),
}
