"""Which bytes of a type can hold data, whatever its value: the others are padding, which a typed copy does not keep.

To add a kind of type: its case in `data`.
"""

from __future__ import annotations

from typing import Final

from ..mono.context import MonoCx
from ..ty import ty as t
from ..ty.layout_data import Layout
from ..ty.ty import Ty

Ranges = list[tuple[int, int]]  # (offset, size)
MANY: Final = 1024  # an array with more elements counts as data throughout


def data(cx: MonoCx, ty: Ty) -> Ranges:
    """Sorted, without neighbours that touch."""
    layout = cx.layout_of(ty)
    if type(ty) is t.Array:
        assert layout.elem is not None
        one = data(cx, cx.normalize(ty.elem))
        stride = layout.elem.size
        if one == [(0, stride)] or layout.count > MANY:
            return [(0, layout.size)] if layout.size else []
        return merged([(i * stride + at, size) for i in range(layout.count) for at, size in one])
    if type(ty) not in (t.Adt, t.Tuple, t.Closure):
        return [(0, layout.size)] if layout.size else []
    found = [] if layout.tag is None else [(layout.tag.offset, layout.tag.scalar.size)]
    for variant in [*layout.variants, *layout.others.values()] if layout.variants else [layout]:
        found += _fields(cx, variant)
    return merged(found)


def _fields(cx: MonoCx, layout: Layout) -> Ranges:
    return [(off + at, size) for field, off in zip(layout.fields, layout.offsets) for at, size in data(cx, field)]


def merged(ranges: Ranges) -> Ranges:
    out: Ranges = []
    for at, size in sorted(ranges):
        if out and at <= out[-1][0] + out[-1][1]:
            last = out[-1]
            out[-1] = (last[0], max(last[1], at + size - last[0]))
        else:
            out.append((at, size))
    return out


def gaps(cx: MonoCx, ty: Ty) -> Ranges:
    """The padding of a type."""
    out, at = [], 0
    size = cx.layout_of(ty).size
    for start, length in [*data(cx, ty), (size, 0)]:
        if start > at:
            out.append((at, start - at))
        at = max(at, start + length)
    return out
