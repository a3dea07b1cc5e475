"""The layout algorithm on plain records: structs, unions, enums from the layouts of their fields.

The decisions are rustc's, so that sizes and offsets are: fields sorted by alignment group with the largest niche at
an edge; an enum takes the smaller of its niche-filled and its tagged form.
To follow a change of rustc's algorithm, change it here and regenerate the table of `tests/unit/ty`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Callable, Literal, Optional, Sequence

from .layout_data import Layout, Scalar, Tag, align_to, int_scalar, niche_of, pair_layout

Bias = Literal["start", "end"]
_ALL128 = (1 << 128) - 1


@dataclass(slots=True)
class Repr:
    """What `#[repr(..)]` says; `int_name` is the name of an integer type."""

    c: bool = False
    transparent: bool = False
    int_name: Optional[str] = None
    int_size: int = 0
    int_signed: bool = False
    pack: int = 0
    align: int = 0

    @property
    def no_reorder(self) -> bool:
        return self.c or self.int_name is not None

    @property
    def no_enum_opt(self) -> bool:
        return self.c or self.int_name is not None


@dataclass(slots=True)
class Prefix:
    size: int
    align: int


def _log2(n: int) -> int:
    return (n & -n).bit_length() - 1


def univariant(
    fields: Sequence[Layout], repr_: Repr, maybe_unsized: bool = False, prefix: Optional[Prefix] = None
) -> Layout:
    """Layout of one struct or variant; tries to have its niche at the start, else at the end if that is nearer."""
    layout = _biased(fields, repr_, maybe_unsized, prefix, "start")
    if maybe_unsized or layout.niche is None or len(fields) < 2:
        return layout
    head = layout.niche.offset
    tail = layout.size - head - layout.niche.scalar.size
    if head != 0 and tail > 0:
        other = _biased(fields, repr_, maybe_unsized, prefix, "end")
        assert other.niche is not None
        if min(head, tail) > other.size - other.niche.offset - layout.niche.scalar.size:
            return other
    return layout


def _available(layout: Layout) -> int:
    return layout.niche.available if layout.niche else 0


def _group_key(part: Sequence[Layout], pack: int, bias: Bias) -> Callable[[Layout], int]:
    """Fields of one group follow each other without padding; more than alignment, a size may decide it."""
    if pack:
        return lambda f: min(f.align, pack)
    max_align = max((f.align for f in part), default=1)
    best_niche = max(map(_available, part), default=0)

    def key(f: Layout) -> int:
        size_as_align = _log2(max(f.align, f.size))
        if best_niche == 0:
            return size_as_align
        if bias == "start":
            return min(_log2(max_align), size_as_align)
        return _log2(f.align) if _available(f) == best_niche else size_as_align

    return key


def _field_order(fields: Sequence[Layout], repr_: Repr, end: int, prefixed: bool, bias: Bias) -> list[int]:
    order = list(range(len(fields)))
    if repr_.no_reorder or len(fields) < 2:
        return order
    group = _group_key(fields[:end], repr_.pack, bias)

    def by_descending_align(i: int) -> tuple[int, int, int]:
        f = fields[i]
        available, inner = _available(f), 0
        if f.niche is not None:
            inner = f.niche.offset if bias == "start" else -(f.size - f.niche.scalar.size - f.niche.offset)
        elif bias == "end":
            inner = -_ALL128
        return (-group(f), -available if bias == "start" else available, inner)

    def by_ascending_align(i: int) -> tuple[int, int]:
        return (group(fields[i]), _available(fields[i]))

    key: Callable[[int], tuple[int, ...]] = by_ascending_align if prefixed else by_descending_align
    return sorted(order[:end], key=key) + order[end:]


def _biased(fields: Sequence[Layout], repr_: Repr, maybe_unsized: bool, prefix: Optional[Prefix], bias: Bias) -> Layout:
    pack = repr_.pack
    end = len(fields) - 1 if maybe_unsized and fields else len(fields)
    order = _field_order(fields, repr_, end, prefix is not None, bias)
    offsets = [0] * len(fields)
    align, offset, niche, sized = 1, 0, None, True
    max_repr_align = repr_.align
    if prefix is not None:
        align = min(prefix.align, pack) if pack else prefix.align
        offset = align_to(prefix.size, align)
    for i in order:
        f = fields[i]
        sized = sized and f.sized
        field_align = min(f.align, pack) if pack else f.align
        offset = align_to(offset, field_align)
        align = max(align, field_align)
        max_repr_align = max(max_repr_align, f.max_repr_align)
        offsets[i] = offset
        if f.niche is not None:
            best = niche.available if niche else 0
            if f.niche.available > best or (bias == "end" and f.niche.available == best):
                niche = f.niche._replace(offset=f.niche.offset + offset)
        offset += f.size
    align = max(align, repr_.align)
    out = Layout(align_to(offset, align), align, sized=sized, niche=niche, offsets=offsets, memory_order=order)
    out.max_repr_align, out.pack = max_repr_align, pack
    out.uninhabited = any(f.uninhabited for f in fields)
    if sized and out.size:
        _scalarize(out, fields, repr_)
    return out


def _scalarize(out: Layout, fields: Sequence[Layout], repr_: Repr) -> None:
    """A struct that is nothing but one or two scalars is passed as them."""
    real = [i for i, f in enumerate(fields) if not f.is_zst]
    if len(real) == 1:
        f = fields[real[0]]
        if out.offsets[real[0]] == 0 and out.align == f.align and out.size == f.size:
            if f.abi == "pair" or (f.abi == "scalar" and not repr_.no_reorder):
                out.abi, out.a, out.b, out.b_offset = f.abi, f.a, f.b, f.b_offset
    elif len(real) == 2 and all(fields[i].abi == "scalar" for i in real):
        i, j = sorted(real, key=out.offsets.__getitem__)
        a, b = fields[i].a, fields[j].a
        assert a is not None and b is not None
        pair = pair_layout(a, b)
        if (out.offsets[i], out.offsets[j], out.align, out.size) == (0, pair.b_offset, pair.align, pair.size):
            out.abi, out.a, out.b, out.b_offset = "pair", a, b, pair.b_offset


def struct(
    fields: Sequence[Layout], repr_: Repr, *, index: int = 0, maybe_unsized: bool = False, no_niche: bool = False,
    valid_range: tuple[Optional[int], Optional[int]] = (None, None),
) -> Layout:
    """A struct, or an enum of which but one variant can exist; `no_niche`: UnsafeCell hides what is inside."""
    out = univariant(fields, repr_, maybe_unsized)
    out.index = index
    if no_niche:
        out.a = out.a.to_full() if out.a else None
        out.b = out.b.to_full() if out.b else None
        out.niche = None
    elif valid_range != (None, None):
        assert out.a is not None
        start = out.a.start if valid_range[0] is None else valid_range[0]
        end = out.a.end if valid_range[1] is None else valid_range[1]
        out.a = out.a._replace(start=start, end=end)
        niche = niche_of(0, out.a)
        if niche and (out.niche is None or out.niche.available <= niche.available):
            out.niche = niche
    return out


def union(fields: Sequence[Layout], repr_: Repr) -> Layout:
    pack = repr_.pack
    size, align = 0, 1
    forms: set[tuple[object, ...]] = set()
    for f in fields:
        size, align = max(size, f.size), max(align, f.align)
        if not f.is_zst:
            forms.add((f.abi, f.a and f.a.to_union(), f.b and f.b.to_union(), f.b_offset))
    if pack:
        align = min(align, pack)
    align = max(align, repr_.align)
    out = Layout(align_to(size, align), align, kind="union", offsets=[0] * len(fields))
    out.memory_order = list(range(len(fields)))
    out.max_repr_align = max([repr_.align, *(f.max_repr_align for f in fields)])
    if len(forms) == 1 and not repr_.c:
        abi, a, b, b_offset = forms.pop()
        if abi != "memory" and align == max(s.size for s in (a, b) if s):  # type: ignore[attr-defined]
            raw_a, raw_b = (x and x._replace(raw=True) for x in (a, b))  # type: ignore[attr-defined]
            out.abi, out.a, out.b, out.b_offset = abi, raw_a, raw_b, b_offset  # type: ignore[assignment]
    return out


def absent(fields: Sequence[Layout]) -> bool:
    """A variant that can't be made and takes no room."""
    return any(f.uninhabited for f in fields) and all(f.is_1zst for f in fields)


def enum(variants: Sequence[Sequence[Layout]], repr_: Repr, discriminants: Sequence[int], explicit: bool) -> Layout:
    """`discriminants` as mathematical integers; `explicit`: one is not the variant's index."""
    present = [i for i, v in enumerate(variants) if repr_.c or not absent(v)]
    if not present:
        out = univariant(variants[0] if variants else [], repr_)
        out.uninhabited = True
        return out
    if len(present) == 1 and not repr_.no_enum_opt:
        return struct(variants[present[0]], repr_, index=present[0])
    possible = [i for i in present if repr_.c or not any(f.uninhabited for f in variants[i])]
    tagged = _tagged(variants, repr_, [discriminants[i] for i in possible] or [0])
    if repr_.no_enum_opt or explicit:
        return tagged
    filled = _niche_filled(variants, repr_)
    if filled is None:
        return tagged
    smaller = filled.size < tagged.size
    return filled if smaller or (filled.size == tagged.size and _available(filled) > _available(tagged)) else tagged


def _niche_filled(variants: Sequence[Sequence[Layout]], repr_: Repr) -> Optional[Layout]:
    """The largest variant keeps its place; all others are told by values its largest niche does not allow."""
    if len(variants) < 2:
        return None
    layouts = [univariant(v, repr_) for v in variants]
    align = max(one.align for one in layouts)
    largest = max(range(len(layouts)), key=lambda i: (layouts[i].size, i))
    tagged = [i for i, v in enumerate(variants) if i != largest and not absent(v)]
    niche = layouts[largest].niche
    if niche is None or not tagged:
        return None
    reserved = niche.scalar.reserve(tagged[-1] - tagged[0] + 1)
    if reserved is None:
        return None
    niche_start, scalar = reserved
    size = align_to(layouts[largest].size, align)
    for i, one in enumerate(layouts):
        one.index, one.niche = i, None
        if i != largest and not _fit_beside(one, niche.offset, scalar.size, size):
            return None
    out = Layout(size, align, kind="enum", niche=niche_of(niche.offset, scalar), variants=layouts)
    out.tag = Tag(scalar, niche.offset, "niche", largest, tagged[0], tagged[-1], niche_start)
    out.uninhabited = all(one.uninhabited for one in layouts)
    out.max_repr_align = max([repr_.align, *(one.max_repr_align for one in layouts)])
    big = layouts[largest]
    others_zst = all(one.size == 0 for i, one in enumerate(layouts) if i != largest)
    if others_zst and (big.size, big.align) == (size, align) and big.abi != "memory":
        _niche_abi(out, big, scalar)
    return out


def _niche_abi(out: Layout, big: Layout, scalar: Scalar) -> None:
    out.abi, out.a, out.b, out.b_offset = big.abi, scalar, big.b, big.b_offset
    if big.abi == "pair":
        assert out.tag is not None and big.a is not None and big.b is not None
        first = out.tag.offset == 0
        out.a, out.b = (scalar, big.b.to_union()) if first else (big.a.to_union(), scalar)


def _fit_beside(one: Layout, niche_offset: int, niche_size: int, size: int) -> bool:
    """Whether `one` has room before the niche, or after it (then it is moved there)."""
    if one.size <= niche_offset:
        return True
    at = align_to(niche_offset + niche_size, one.align)
    if at + one.size > size:
        return False
    one.offsets = [o + at for o in one.offsets]
    one.abi, one.a, one.b = "memory", None, None
    one.size += at
    return True


def _fit(lo: int, hi: int, repr_: Repr) -> tuple[int, bool]:
    """(size, signed) of the integer that holds the discriminants `lo..=hi`."""
    if repr_.int_name is not None:
        return repr_.int_size, repr_.int_signed
    least = 4 if repr_.c else 1
    if lo >= 0:
        return max(least, _bytes_for(hi.bit_length())), False
    return max(least, _bytes_for(max((-lo - 1).bit_length(), max(hi, 0).bit_length()) + 1)), True


def _bytes_for(bits: int) -> int:
    return next(n for n in (1, 2, 4, 8, 16) if bits <= 8 * n)


def _tag_range(discriminants: Sequence[int], repr_: Repr) -> tuple[int, int]:
    """The first and the last valid tag; the range wraps around where the widest gap between two discriminants is wider
    than what rustc takes for the gap around them: the highest value of their type less their span, mod 2^128."""
    known = sorted(discriminants)
    bits = 8 * (repr_.int_size if repr_.int_name is not None else 8)
    top = (1 << bits - (repr_.int_signed if repr_.int_name is not None else 1)) - 1
    around = (top - (known[-1] - known[0])) & _ALL128
    width, after = max(((b - a, i) for i, (a, b) in enumerate(pairwise(known))), default=(0, 0))
    return (known[after + 1], known[after]) if width > around else (known[0], known[-1])


def _tagged(variants: Sequence[Sequence[Layout]], repr_: Repr, discriminants: Sequence[int]) -> Layout:
    lo, hi = min(discriminants), max(discriminants)
    min_size, signed = _fit(lo, hi, repr_)
    prefix_align = min_size
    if repr_.c:
        prefix_align = max([prefix_align, *(f.align for v in variants for f in v)])
    layouts = [univariant(v, repr_, prefix=Prefix(min_size, prefix_align)) for v in variants]
    align = max(one.align for one in layouts)
    size = align_to(max(one.size for one in layouts), align)
    tag_size = _widened_tag(variants, layouts, repr_, min_size)
    mask = (1 << 8 * tag_size) - 1
    start, end = _tag_range(discriminants, repr_)
    tag = int_scalar(tag_size, signed)._replace(start=start & mask, end=end & mask)
    for i, one in enumerate(layouts):
        one.index = i
    out = Layout(size, align, kind="enum", niche=niche_of(0, tag), variants=layouts, tag=Tag(tag, 0, "direct"))
    out.uninhabited = all(one.uninhabited for one in layouts)
    out.max_repr_align = max([repr_.align, *(one.max_repr_align for one in layouts)])
    if tag_size == size:
        out.abi, out.a = "scalar", tag
    else:
        _tagged_pair(out, variants, tag)
    if out.abi != "memory":
        for v in out.variants:
            if v.offsets and v.abi == "memory":
                v.abi, v.a, v.b, v.b_offset = out.abi, out.a, out.b, out.b_offset
                v.size, v.align = max(v.size, size), max(v.align, align)
    return out


def _widened_tag(variants: Sequence[Sequence[Layout]], layouts: Sequence[Layout], repr_: Repr, min_size: int) -> int:
    """The tag grows up to the first field, so that copying it copies no padding."""
    if repr_.c or repr_.int_name is not None:
        return min_size
    start_align = 256
    for fields, one in zip(variants, layouts):
        first = next((fields[i] for i in one.memory_order if not fields[i].is_1zst), None)
        if first is not None:
            start_align = min(start_align, first.align)
    if start_align > 16 or start_align <= min_size:
        return min_size
    for one in layouts:
        one.offsets = [start_align if o <= min_size else o for o in one.offsets]
        one.size = start_align if one.size <= min_size else one.size
    return start_align


def _tagged_pair(out: Layout, variants: Sequence[Sequence[Layout]], tag: Scalar) -> None:
    """(tag, payload) if every variant has at most one field with data, all alike and at one offset."""
    common: Optional[tuple[Scalar, int]] = None
    init = True
    for fields, one in zip(variants, out.variants):
        real = [(f, o) for f, o in zip(fields, one.offsets) if not f.is_zst]
        if not real:
            init = False
            continue
        f, offset = real[0]
        if len(real) > 1 or f.abi != "scalar":
            return
        assert f.a is not None
        init = init and not f.a.is_union
        merged = _merge_prim(common[0], f.a) if common else f.a
        if merged is None or (common and common[1] != offset):
            return
        common = merged, offset
    if common is None:
        return
    prim, offset = common
    payload = prim._replace(start=0, end=prim.max, is_union=not init)
    pair = pair_layout(tag, payload)
    if (pair.b_offset, pair.align, pair.size) == (offset, out.align, out.size):
        out.abi, out.a, out.b, out.b_offset = "pair", tag, payload, offset


def _merge_prim(old: Scalar, new: Scalar) -> Optional[Scalar]:
    """One primitive for both, the first one's sign; pointers give way to integers."""
    raw = old.raw or new.raw
    if old.size != new.size:
        return None
    if old.kind == new.kind:
        return old._replace(raw=raw)
    kinds = {old.kind, new.kind}
    if "float" in kinds:
        return None
    return (old if old.kind == "int" else new)._replace(raw=True)
