"""The layout of coroutines (async blocks), as rustc's `rustc_abi::layout::coroutine`.

In front stand what was captured, the tag, and the saved locals that several suspensions share (they keep one place);
behind them, overlapping, the locals of each single suspension.  Variants: Unresumed (its fields are the captured
values), Returned, Panicked, then one for each suspension.
Invariant: a saved local has one offset in all variants that have it.
"""

from __future__ import annotations

from typing import Callable, Optional

from . import layout_calc as calc
from .items import CoroutineWitness
from .layout_data import Layout, Tag, align_to, int_scalar, scalar_layout
from .ty import Ty

_NO_REPR = calc.Repr()
_RESERVED = 3


def layout(
    layout_of: Callable[[Ty], Layout], captured: tuple[Ty, ...], kept: tuple[Ty, ...], witness: CoroutineWitness
) -> Layout:
    count = _RESERVED + len(witness.variants)
    size = 1 if count <= 256 else 2 if count <= 1 << 16 else 4
    tag = int_scalar(size, False)._replace(end=count - 1)
    variant_of = _assign(len(kept), witness)
    shared = [i for i, v in enumerate(variant_of) if v is None]
    parts = [layout_of(x) for x in captured] + [scalar_layout(tag)] + [_hidden(layout_of(kept[i])) for i in shared]
    prefix = calc.univariant(parts, _NO_REPR)
    offsets = dict(zip(shared, prefix.offsets[len(captured) + 1 :]))
    out = Layout(prefix.size, prefix.align, kind="enum")
    out.tag = Tag(tag, prefix.offsets[len(captured)], "direct")
    out.fields, out.offsets = captured, prefix.offsets[: len(captured)]
    out.discriminants = list(range(count))
    out.variants = [_variant(captured, out.offsets), _variant((), []), _variant((), [])]
    for number, locals_ in enumerate(witness.variants):
        own = [i for i in locals_ if variant_of[i] == number]
        inner = calc.univariant(
            [_hidden(layout_of(kept[i])) for i in own], _NO_REPR, prefix=calc.Prefix(prefix.size, prefix.align)
        )
        offsets.update(zip(own, inner.offsets))
        out.variants.append(_variant(tuple(kept[i] for i in locals_), [offsets[i] for i in locals_]))
        out.size, out.align = max(out.size, inner.size), max(out.align, inner.align)
    out.size = align_to(out.size, out.align)
    for index, variant in enumerate(out.variants):
        variant.index, variant.size, variant.align = index, out.size, out.align
    return out


def _variant(fields: tuple[Ty, ...], offsets: list[int]) -> Layout:
    return Layout(0, 1, offsets=list(offsets), fields=fields, memory_order=list(range(len(fields))))


def _hidden(part: Layout) -> Layout:
    """A saved local may be gone or uninitialised: none of its invalid values can tell anything."""
    out = part.copy()
    out.niche, out.uninhabited = None, False
    return out


def _assign(count: int, witness: CoroutineWitness) -> list[Optional[int]]:
    """For each saved local the one suspension it may overlap the others' locals in; None: it stands in front."""
    users: list[list[int]] = [[] for _ in range(count)]
    for number, locals_ in enumerate(witness.variants):
        for i in locals_:
            users[i].append(number)
    out: list[Optional[int]] = [u[0] if len(u) == 1 else None for u in users]
    weight = [0] * count
    for a, _ in witness.conflicts:
        weight[a] += 1
    for a, b in sorted(witness.conflicts):
        if out[a] is None or out[b] is None or out[a] == out[b]:
            continue
        out[a if weight[a] > weight[b] else b] = None
    return out if len({v for v in out if v is not None}) > 1 else [None] * count
