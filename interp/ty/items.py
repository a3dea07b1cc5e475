"""What the type system knows of items: generics, predicates, signatures, ADTs, associated items, impls.

Plain records, made on demand by the queries of `TyCtxt` (see `context.py` for who provides which).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Optional, Union

from ..base.span import DUMMY_SP, Span
from .ty import Args, Const, DefId, GenericArg, Ty

Size = int  # for where a field of that name hides it


class GenericParamDef(NamedTuple):
    """`index` counts from 0 over the parent's and its own; lifetimes do not count and are not here."""

    name: str
    index: int  # type: ignore[assignment]
    def_id: DefId  # of the ty_param/const_param; for a trait's Self the trait itself
    kind: Literal["type", "const"]
    has_default: bool
    synthetic: bool = False  # from `impl Trait` in argument position


@dataclass(slots=True, eq=False)
class Generics:
    """All parameters in scope of an item: the parent's first (`parent_count` of them), then its own."""

    parent: Optional[DefId]
    parent_count: int
    params: list[GenericParamDef]  # whole, parent's included
    has_self: bool = False  # a trait's (or a trait item's) first parameter is Self

    @property
    def count(self) -> int:
        return len(self.params)


class TraitRef(NamedTuple):
    """`args[0]: Trait<args[1..]>`."""

    def_id: DefId
    args: Args


class TraitPredicate(NamedTuple):
    trait_ref: TraitRef


class ProjectionPredicate(NamedTuple):
    """`<args[0] as Trait<..>>::Name<..> == term`; `def_id` is the trait's associated type (or const)."""

    def_id: DefId
    args: Args
    term: GenericArg


class ConstArgHasType(NamedTuple):
    const: Const
    ty: Ty


Predicate = Union[TraitPredicate, ProjectionPredicate, ConstArgHasType]


class FnSig(NamedTuple):
    inputs: tuple[Ty, ...]
    output: Ty
    unsafe: bool = False
    abi: str = "Rust"
    c_variadic: bool = False


class FieldDef(NamedTuple):
    """Its generic type is `tcx.type_of(def_id)`; `vis` None is public, else the module it is visible in."""

    def_id: DefId
    name: str
    vis: Optional[DefId]


@dataclass(slots=True, eq=False)
class VariantDef:
    """`explicit_discr`: the anonymous const of `= expr`, else None (the one before plus one)."""

    def_id: DefId  # of the variant; for structs and unions of the ADT itself
    name: str
    ctor_kind: Literal["struct", "tuple", "unit"]
    ctor: Optional[DefId]
    fields: list[FieldDef]
    explicit_discr: Optional[DefId] = None

    def field_index(self, name: str) -> Optional[int]:
        return next((i for i, f in enumerate(self.fields) if f.name == name), None)


class ReprOptions(NamedTuple):
    c: bool = False
    transparent: bool = False
    simd: bool = False
    int: Optional[str] = None  # "u8" of repr(u8)
    pack: Optional[Size] = None
    align: Optional[Size] = None
    scalar_valid_range: Optional[tuple[Size, Size]] = None  # rustc_layout_scalar_valid_range_{start,end}


@dataclass(slots=True, eq=False)
class AdtDef:
    def_id: DefId
    kind: Literal["struct", "enum", "union"]
    variants: list[VariantDef]
    repr: ReprOptions
    is_box: bool = False
    is_phantom_data: bool = False
    is_manually_drop: bool = False
    is_unsafe_cell: bool = False

    @property
    def non_enum_variant(self) -> VariantDef:
        assert self.kind != "enum"
        return self.variants[0]


class AssocItem(NamedTuple):
    """`trait_item` of an impl's item: the trait's item it implements (None in inherent impls)."""

    def_id: DefId
    name: str
    kind: Literal["fn", "type", "const"]
    container: DefId  # the trait or impl
    is_trait: bool
    trait_item: Optional[DefId]
    has_value: bool  # a body, type or expression is given (a default, in a trait)
    has_self: bool  # a method that can be called with `.`


@dataclass(slots=True, eq=False)
class ImplHeader:
    """`impl<..> [!]Trait<..> for SelfTy`; `trait_ref` None for an inherent impl."""

    def_id: DefId
    self_ty: Ty
    trait_ref: Optional[TraitRef]
    negative: bool = False


@dataclass(slots=True, eq=False)
class TraitDef:
    def_id: DefId
    unsafe: bool
    auto: bool
    is_marker: bool = False
    paren_sugar: bool = False  # Fn, FnMut, FnOnce


class Upvar(NamedTuple):
    """One captured place of a closure, in capture order: the closure's field of the same index.

    `by` says how; `ty` is the field's type (`&T`, `&mut T` or `T`), generic as the enclosing item.
    `name` is rustc's for debugging (`self.x` -> "self__x").
    """

    name: str
    by: Literal["value", "ref", "mut"]
    ty: Ty


@dataclass(slots=True, eq=False)
class ClosureInfo:
    """What is known of a closure after its owner was type-checked.

    `inputs`/`output` are as written by the user of the closure (not tupled); all types are generic over the
    enclosing item's parameters.  `kind` is the most general trait it implements.  `lends`: what it returns borrows
    from it (an async closure that owns what its future uses).
    """

    def_id: DefId
    kind: Literal["Fn", "FnMut", "FnOnce"]
    inputs: tuple[Ty, ...]
    output: Ty
    upvars: list[Upvar] = field(default_factory=list)
    span: Span = DUMMY_SP
    lends: bool = False


class CoroutineWitness(NamedTuple):
    """What an async block keeps while it is suspended.

    `tys`: the saved locals', generic over the enclosing item's parameters; `variants`: for each suspension the numbers
    of those saved there; `conflicts`: pairs that need their storage at the same time; `names`: (user's name, span) of
    each; `spans`: of the suspensions.
    """

    tys: tuple[Ty, ...]
    variants: tuple[tuple[int, ...], ...]
    conflicts: frozenset[tuple[int, int]]
    names: tuple[tuple[Optional[str], Span], ...]
    spans: tuple[Span, ...]
