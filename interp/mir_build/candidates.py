"""Patterns as candidates: what must be tested, and what is bound when all tests hold.

A `Candidate` is one way for one arm to match: `MatchPair`s still to be tested, bindings collected on the way.  Or-
patterns stay pairs of their own until nothing else is left to test, then they fan the candidate out.
As rustc's `match_pair.rs` and `Candidate`, with a flat list where rustc keeps a tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional, Union

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock
from ..ty import ty as t
from ..typeck import thir
from .builder import Builder
from .place import PlaceBuilder, try_place


class Variant(NamedTuple):
    """The place is enum variant `index` of `ty`."""

    ty: t.Adt
    index: int  # type: ignore[assignment]


class Constant(NamedTuple):
    """The place equals `value` (bits, text, bytes or a constant of the type system)."""

    ty: t.Ty
    value: Union[int, str, bytes, t.Const]


class Range(NamedTuple):
    ty: t.Ty
    lo: Union[int, t.Const, None]
    hi: Union[int, t.Const, None]
    inclusive: bool


class Length(NamedTuple):
    """The slice has exactly, or at least, `count` elements."""

    count: int  # type: ignore[assignment]
    at_least: bool


class Or(NamedTuple):
    pats: tuple[thir.Pat, ...]


class Never(NamedTuple):
    pass


TestCase = Union[Variant, Constant, Range, Length, Or, Never]


@dataclass(slots=True)
class MatchPair:
    place: PlaceBuilder
    case: TestCase
    subpairs: list[MatchPair]
    bindings: list[Binding]
    span: Span


class Binding(NamedTuple):
    """`var` gets the value of, or a reference to, `place`."""

    pat: thir.PatBinding
    place: PlaceBuilder


@dataclass(slots=True)
class Candidate:
    arm: Any
    pairs: list[MatchPair]
    bindings: list[Binding]
    pre_binding: Optional[BasicBlock] = None
    otherwise: Optional[BasicBlock] = None
    reached: list[Candidate] = field(default_factory=list)

    def copy(self) -> Candidate:
        return Candidate(self.arm, list(self.pairs), list(self.bindings))


def new_candidate(b: Builder, arm: Any, place: PlaceBuilder, pat: thir.Pat) -> Candidate:
    pairs: list[MatchPair] = []
    bindings: list[Binding] = []
    collect(b, place, pat, pairs, bindings)
    return Candidate(arm, _sorted(pairs), bindings)


def _sorted(pairs: list[MatchPair]) -> list[MatchPair]:
    """Or-patterns last."""
    if any(isinstance(p.case, Or) for p in pairs):
        pairs.sort(key=lambda p: isinstance(p.case, Or))
    return pairs


def add_pairs(candidate: Candidate, pairs: list[MatchPair], at: int) -> None:
    candidate.pairs[at:at] = pairs
    _sorted(candidate.pairs)


def collect(
    b: Builder, place: PlaceBuilder, pat: thir.Pat, pairs: list[MatchPair], bindings: list[Binding]
) -> None:
    """What `pat` tests and binds at `place`, appended in order."""
    case = _COLLECT.get(type(pat))
    if case is not None:
        case(b, place, pat, pairs, bindings)


def _binding(b: Builder, place: PlaceBuilder, pat: thir.PatBinding, pairs: Any, bindings: Any) -> None:
    """`x @ sub`: by-value bindings of the whole come after those of the parts were taken by reference or copy."""
    if pat.sub is not None:
        collect(b, place, pat.sub, pairs, bindings)
    bindings.append(Binding(pat, place))


def _leaf(b: Builder, place: PlaceBuilder, pat: thir.PatLeaf, pairs: Any, bindings: Any) -> None:
    for index, sub in pat.fields:
        collect(b, place.field(index, sub.ty), sub, pairs, bindings)


def _deref(b: Builder, place: PlaceBuilder, pat: thir.PatDeref, pairs: Any, bindings: Any) -> None:
    collect(b, place.deref(), pat.pat, pairs, bindings)


def _variant(b: Builder, place: PlaceBuilder, pat: thir.PatVariant, pairs: Any, bindings: Any) -> None:
    inner = place.project(mir.Downcast(pat.variant))
    sub: list[MatchPair] = []
    bound: list[Binding] = []
    for index, field_pat in pat.fields:
        collect(b, inner.field(index, field_pat.ty), field_pat, sub, bound)
    if len(b.tcx.adt_def(pat.adt).variants) == 1:
        pairs.extend(sub)
        bindings.extend(bound)
        return
    assert isinstance(pat.ty, t.Adt)
    pairs.append(MatchPair(place, Variant(pat.ty, pat.variant), sub, bound, pat.span))


def _const(b: Builder, place: PlaceBuilder, pat: thir.PatConst, pairs: Any, bindings: Any) -> None:
    pairs.append(MatchPair(place, Constant(pat.ty, pat.value), [], [], pat.span))


def _range(b: Builder, place: PlaceBuilder, pat: thir.PatRange, pairs: Any, bindings: Any) -> None:
    pairs.append(MatchPair(place, Range(pat.ty, pat.lo, pat.hi, pat.inclusive), [], [], pat.span))


def _slice(b: Builder, place: PlaceBuilder, pat: thir.PatSlice, pairs: Any, bindings: Any) -> None:
    """Elements counted from the front, and behind `..` from the back."""
    sub: list[MatchPair] = []
    bound: list[Binding] = []
    least = len(pat.prefix) + len(pat.suffix)
    array_len = _array_len(pat.ty)
    for i, element in enumerate(pat.prefix):
        elem = mir.ConstantIndex(i, least if array_len is None else array_len, False)
        collect(b, place.project(elem), element, sub, bound)
    if pat.slice is not None:
        collect(b, place.project(_subslice(pat, array_len)), pat.slice, sub, bound)
    for i, element in enumerate(reversed(pat.suffix)):
        elem = mir.ConstantIndex(i + 1, least, True)
        if array_len is not None:
            elem = mir.ConstantIndex(array_len - i - 1, array_len, False)
        collect(b, place.project(elem), element, sub, bound)
    if isinstance(pat.ty, t.Array) or (least == 0 and pat.has_rest):
        pairs.extend(sub)
        bindings.extend(bound)
    else:
        pairs.append(MatchPair(place, Length(least, pat.has_rest), sub, bound, pat.span))


def _array_len(ty: t.Ty) -> Optional[int]:
    if isinstance(ty, t.Array) and isinstance(ty.len, t.ConstValue):
        return int(ty.len.value)
    return None


def _subslice(pat: thir.PatSlice, array_len: Optional[int]) -> mir.Subslice:
    if array_len is not None:
        return mir.Subslice(len(pat.prefix), array_len - len(pat.suffix), False)
    return mir.Subslice(len(pat.prefix), len(pat.suffix), True)


def _or(b: Builder, place: PlaceBuilder, pat: thir.PatOr, pairs: Any, bindings: Any) -> None:
    pairs.append(MatchPair(place, Or(tuple(pat.pats)), [], [], pat.span))


def _never(b: Builder, place: PlaceBuilder, pat: thir.PatNever, pairs: Any, bindings: Any) -> None:
    pairs.append(MatchPair(place, Never(), [], [], pat.span))


_COLLECT: dict[type, Any] = {
    thir.PatBinding: _binding, thir.PatLeaf: _leaf, thir.PatDeref: _deref, thir.PatVariant: _variant,
    thir.PatConst: _const, thir.PatRange: _range, thir.PatSlice: _slice, thir.PatOr: _or, thir.PatNever: _never,
}  # fmt: skip


def is_irrefutable_binding(pat: thir.Pat) -> Optional[thir.PatBinding]:
    """`pat` if it is just `x` by value."""
    if isinstance(pat, thir.PatBinding) and pat.sub is None and pat.mode == "value":
        return pat
    return None


def variables(pat: thir.Pat, out: dict[int, thir.PatBinding]) -> dict[int, thir.PatBinding]:
    """All variables that `pat` binds, by id, in the order in which they come to life (a suffix from its end)."""
    kind = type(pat)
    if kind is thir.PatBinding:
        if pat.sub is not None:  # type: ignore[union-attr]
            variables(pat.sub, out)  # type: ignore[union-attr]
        out.setdefault(pat.var, pat)  # type: ignore[union-attr, arg-type]
    elif kind in (thir.PatVariant, thir.PatLeaf):
        for _, sub in pat.fields:  # type: ignore[union-attr]
            variables(sub, out)
    elif kind is thir.PatDeref:
        variables(pat.pat, out)  # type: ignore[union-attr]
    elif kind is thir.PatSlice:
        for sub in (*pat.prefix, *([pat.slice] if pat.slice else ()), *reversed(pat.suffix)):  # type: ignore[union-attr]
            variables(sub, out)
    elif kind is thir.PatOr:
        for sub in pat.pats:  # type: ignore[union-attr]
            variables(sub, out)
    return out


def same_place(b: Builder, one: PlaceBuilder, other: PlaceBuilder) -> bool:
    return one == other or (try_place(b, one) is not None and try_place(b, one) == try_place(b, other))
