"""What a layout is: sizes, offsets, scalars with their valid ranges, niches, variants.

`Layout` records are made by `layout_calc.py` (the algorithm on plain records) and `layout.py` (which type has which
fields); they are shared and never changed once `layout_of` has returned them.
Invariants: offsets are in declaration order; `abi` "scalar" has `a`, "pair" has `a`, `b` and `b_offset`; a valid
range may wrap around (start > end).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Optional

from .ty import Ty

ScalarKind = Literal["int", "float", "ptr", "vtable"]
Abi = Literal["memory", "scalar", "pair"]


class Scalar(NamedTuple):
    """A primitive with the bit patterns it may hold; `is_union`: any, and uninitialised too.

    `raw`: part of a real union, or now a pointer, now an integer: moved as memory, byte by byte.
    """

    kind: ScalarKind
    size: int
    signed: bool
    start: int
    end: int
    is_union: bool = False
    raw: bool = False

    @property
    def max(self) -> int:
        return (1 << 8 * self.size) - 1

    @property
    def available(self) -> int:
        """How many bit patterns are invalid."""
        return 0 if self.is_union else (self.start - self.end - 1) & self.max

    @property
    def is_full(self) -> bool:
        return self.is_union or (self.start - self.end - 1) & self.max == 0

    def contains(self, bits: int) -> bool:
        if self.start <= self.end:
            return self.start <= bits <= self.end
        return bits >= self.start or bits <= self.end

    def to_union(self) -> Scalar:
        return self._replace(start=0, end=self.max, is_union=True)

    def to_full(self) -> Scalar:
        return self._replace(start=0, end=self.max)

    def reserve(self, count: int) -> Optional[tuple[int, Scalar]]:
        """Take `count` invalid patterns: (the first of them, the scalar that has them as valid too)."""
        if count > self.available:
            return None
        lo, hi, top = self.start, self.end, self.max
        if lo > hi:
            return self._move_end(count)
        if lo <= top - hi:
            return self._move_start(count) if count <= lo else self._move_end(count)
        overshot = 1 <= (hi + count) & top <= hi
        return self._move_start(count) if overshot else self._move_end(count)

    def _move_start(self, count: int) -> tuple[int, Scalar]:
        start = (self.start - count) & self.max
        return start, self._replace(start=start)

    def _move_end(self, count: int) -> tuple[int, Scalar]:
        return (self.end + 1) & self.max, self._replace(end=(self.end + count) & self.max)


def int_scalar(size: int, signed: bool) -> Scalar:
    return Scalar("int", size, signed, 0, (1 << 8 * size) - 1)


class Niche(NamedTuple):
    offset: int
    scalar: Scalar

    @property
    def available(self) -> int:
        return self.scalar.available


def niche_of(offset: int, scalar: Scalar) -> Optional[Niche]:
    return Niche(offset, scalar) if scalar.available else None


class Tag(NamedTuple):
    """How an enum says which variant it is.

    encoding "direct": the tag is the discriminant.  "niche": `niche_start + (variant - first)` for the variants
    `first..=last`, any other valid tag for `untagged`.
    """

    scalar: Scalar
    offset: int
    encoding: Literal["direct", "niche"]
    untagged: int = 0
    first: int = 0
    last: int = 0
    niche_start: int = 0


@dataclass(slots=True, eq=False)
class Layout:
    """`sized` False: `size` is that of the sized prefix, `align` of what is statically known.

    `offsets`/`fields` are those of the single present variant (`index`; the absent ones are in `others`); an enum
    with several has `tag` and `variants`.  `kind` "array" (also slices and `str`): `elem`, and `count` (0 if unsized).
    """

    size: int
    align: int
    abi: Abi = "memory"
    a: Optional[Scalar] = None
    b: Optional[Scalar] = None
    b_offset: int = 0
    sized: bool = True
    uninhabited: bool = False
    niche: Optional[Niche] = None
    offsets: list[int] = field(default_factory=list)
    memory_order: list[int] = field(default_factory=list)
    max_repr_align: int = 0
    pack: int = 0  # of a packed struct: what the alignment of its fields is lowered to
    kind: Literal["struct", "enum", "union", "array", "scalar", "dyn"] = "struct"
    index: int = 0
    tag: Optional[Tag] = None
    variants: list[Layout] = field(default_factory=list)
    others: dict[int, Layout] = field(default_factory=dict)
    discriminants: list[int] = field(default_factory=list)
    elem: Optional[Layout] = None
    count: int = 0
    fields: tuple[Ty, ...] = ()
    ty: Optional[Ty] = None

    @property
    def is_zst(self) -> bool:
        return self.sized and self.size == 0

    @property
    def is_1zst(self) -> bool:
        return self.sized and self.size == 0 and self.align == 1

    def variant(self, index: int) -> Layout:
        """The layout of one variant (of the type itself when it has but one)."""
        return self.variants[index] if self.variants else self.others.get(index, self)

    def copy(self) -> Layout:
        return replace(self, offsets=list(self.offsets))


def align_to(offset: int, align: int) -> int:
    return -(-offset // align) * align


def scalar_align(scalar: Scalar) -> int:
    return scalar.size


def scalar_layout(scalar: Scalar) -> Layout:
    return Layout(scalar.size, scalar.size, "scalar", scalar, niche=niche_of(0, scalar), kind="scalar")


def pair_layout(a: Scalar, b: Scalar) -> Layout:
    """Two scalars one after the other; of two equal niches the earlier one counts."""
    align = max(a.size, b.size)
    b_offset = align_to(a.size, b.size)
    size = align_to(b_offset + b.size, align)
    niche_a, niche_b = niche_of(0, a), niche_of(b_offset, b)
    niche = niche_b if niche_b and (not niche_a or niche_b.available > niche_a.available) else niche_a
    return Layout(size, align, "pair", a, b, b_offset, niche=niche, offsets=[0, b_offset], memory_order=[0, 1])
