"""What a typed copy of a value in memory checks: for each type a small program that V_MEM runs (format: `code.py`).

As Miri validates: every field, enum tags, initialisation, references that must be dereferenceable, vtables; bytes that
belong to no field become uninitialised.  Fields of unions are not looked at; references in `ManuallyDrop` may dangle.
`leaves` says the same of values in slots, whose integers are checked as they are loaded; where that does not say all
(`said_by_slots`: payloads of enums), the program checks the memory that a value in slots comes from.

Invariants: a type that allows all bytes has no program; neighbouring numbers are one instruction.
To add a rule: a VAL_* word in `code.py`, its branch in the engine, its step in `machine/validity.py`, its case here.
"""

from __future__ import annotations

import hashlib
from typing import Any, Callable, Final, Iterator, NamedTuple, Optional

from ..mono.context import MonoCx
from ..ty import ty as t
from ..ty.items import AdtDef
from ..ty.layout_data import Layout, Scalar
from ..ty.ty import Ty
from . import code as c
from .data_bytes import Ranges, gaps
from .place_ref import signed64

_POINTERS: Final = frozenset((c.VAL_REF, c.VAL_SLICE, c.VAL_DYN, c.VAL_FN))
_NOT_IN_SLOTS: Final = frozenset((c.VAL_SWITCH, c.VAL_LOOP, c.VAL_CHAR, c.VAL_VTABLE, c.VAL_UNINHABITED, c.VAL_GOTO))
MANY: Final = 4096  # words; a bigger program is not made: the type has hundreds of variants with fields


class Program(NamedTuple):
    """`words` with 0 where an index into `Code.extra` belongs; `extras`: (position, what belongs there)."""

    words: tuple[int, ...]
    extras: tuple[tuple[int, tuple[Any, ...]], ...]


class Leaf(NamedTuple):
    """A reference, Box or fn pointer that stands directly in a value."""

    offset: int
    ty: Ty
    path: str
    may_dangle: bool


class _Init(NamedTuple):
    """Bytes to be initialised that wait for a neighbour: `strides` are those of the arrays they are elements of."""

    off: int
    size: int
    strides: tuple[int, ...]
    path: str
    what: str


def program_of(cx: MonoCx, ty: Ty) -> Optional[Program]:
    """None: nothing to check, no byte to uninitialise."""
    made = _Maker(cx, ty)
    made.visit(ty, 0, "", False)
    made.flush()
    if len(made.out) == 1 or len(made.out) > MANY:
        return None
    return Program((*made.out, c.VAL_END), tuple(made.extras))


def leaves(cx: MonoCx, ty: Ty, off: int = 0, path: str = "", may_dangle: bool = False) -> Iterator[Leaf]:
    """The pointers in a value that must be valid whatever else is in it."""
    kind = type(ty)
    if kind in (t.Ref, t.FnPtr):
        yield Leaf(off, ty, path, may_dangle)
    elif kind is t.Adt:
        adt = cx.tcx.adt_def(ty.def_id)  # type: ignore[attr-defined]
        if adt.is_box:
            yield Leaf(off, ty, path, may_dangle)
        elif adt.kind == "struct":
            yield from _field_leaves(cx, ty, off, path, may_dangle or adt.is_manually_drop)
    elif kind in (t.Tuple, t.Closure):
        yield from _field_leaves(cx, ty, off, path, may_dangle)


def said_by_slots(cx: MonoCx, ty: Ty, program: Optional[Program]) -> bool:
    """Whether the ranges of its scalars and its `leaves` say all that the program of a type in slots does."""
    if program is None or ty is t.CHAR:
        return True
    kinds = list(_kinds(program.words))
    pointers = sum(kind in _POINTERS for kind in kinds)
    return pointers == sum(1 for _ in leaves(cx, ty)) and _NOT_IN_SLOTS.isdisjoint(kinds)


def _kinds(words: tuple[int, ...]) -> Iterator[int]:
    at = 1
    while at < len(words):
        yield words[at]
        at += c.VAL_LENGTHS[words[at]] + (2 * words[at + 3] if words[at] == c.VAL_SWITCH else 0)


def trait_word(cx: MonoCx, dyn: t.Dynamic) -> int:
    """What vtables for `dyn` have in `Vtable.trait_word`: a hash of the principal trait with its arguments."""
    if dyn.principal is None:
        return 0
    name = cx.symbols.ty(t.mk_dynamic(dyn.principal, ()))
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little", signed=True) | 1


def trait_name(cx: MonoCx, dyn: t.Dynamic) -> str:
    """The trait of a `dyn`, auto traits apart, as reports name it."""
    return cx.symbols.shown(t.mk_dynamic(dyn.principal, dyn.projections))[4:]


class Tail(NamedTuple):
    """How a value without a size ends: `head` bytes, then elements of `elem` bytes, or (`dyn`) what a vtable says."""

    head: int
    align: int
    elem: int
    dyn: Optional[t.Dynamic]


def tail_of(cx: MonoCx, ty: Ty) -> Optional[Tail]:
    """None for what is packed, whose last field may stand anywhere."""
    layout = cx.layout_of(ty)
    if layout.kind == "array" and layout.elem is not None:
        return Tail(0, layout.align, layout.elem.size, None)
    if layout.kind == "dyn":
        assert type(ty) is t.Dynamic
        return Tail(0, 1, 0, ty)
    inner = None if layout.pack or not layout.fields else tail_of(cx, layout.fields[-1])
    if inner is None:
        return None
    if inner.dyn is not None and inner.head == 0:
        return inner._replace(head=layout.offsets[-1], align=max(layout.align, inner.align))
    if inner.dyn is not None:  # the offset of the inner struct depends on the vtable, too
        return None
    return inner._replace(head=layout.offsets[-1] + inner.head, align=layout.align)


def scalar_at(cx: MonoCx, ty: Ty, off: int, s: Scalar, path: str = "") -> tuple[str, str, bool]:
    """Of the scalar at `off`, whose range is `s`: the path to it, what is expected, and whether to print it in hex."""
    layout = cx.layout_of(ty)
    if type(ty) is t.Bool:
        return path, "a boolean", True
    if type(ty) is t.Adt:
        adt = cx.tcx.adt_def(ty.def_id)
        if adt.kind == "enum" and layout.tag is not None and layout.tag.offset == off:
            return path + ".<enum-tag>", "a valid enum tag", True
        if adt.repr.scalar_valid_range or adt.kind != "struct":
            return path, expected(s), False
    if type(ty) in (t.Adt, t.Tuple, t.Closure):
        for field, at, name in zip(layout.fields, layout.offsets, field_names(cx, ty, 0)):
            if at <= off < at + cx.layout_of(field).size:
                return scalar_at(cx, field, off - at, s, path + name)
    return path, expected(s), False


def _field_leaves(cx: MonoCx, ty: Ty, off: int, path: str, may_dangle: bool) -> Iterator[Leaf]:
    layout = cx.layout_of(ty)
    for field, at, name in zip(layout.fields, layout.offsets, field_names(cx, ty, 0)):
        yield from leaves(cx, field, off + at, path + name, may_dangle)


def field_names(cx: MonoCx, ty: Ty, variant: int) -> list[str]:
    """How paths name the fields: `.name`, `.0`, `.<captured-var(x)>`."""
    if type(ty) is t.Adt:
        return [f".{f.name}" for f in cx.tcx.adt_def(ty.def_id).variants[variant].fields]
    if type(ty) is t.Closure:
        return [f".<captured-var({u.name})>" for u in cx.tcx.closure_info(ty.def_id).upvars]
    return [f".{i}" for i in range(len(cx.layout_of(ty).fields))]


def expected(s: Scalar) -> str:
    """What a scalar's range asks, in words."""
    if s.start > s.end:
        return f"something less or equal to {s.end}, or greater or equal to {s.start}"
    if s.start == s.end:
        return f"something equal to {s.start}"
    if s.start == 0:
        return f"something less or equal to {s.end}"
    if s.end == s.max:
        return f"something greater or equal to {s.start}"
    return f"something in the range {s.start}..={s.end}"


class _Maker:
    """One program under construction."""

    def __init__(self, cx: MonoCx, ty: Ty) -> None:
        self.cx = cx
        self.whole = cx.symbols.shown(ty)
        self.out: list[int] = [cx.layout_of(ty).size]
        self.extras: list[tuple[int, tuple[Any, ...]]] = []
        self.waiting: list[_Init] = []

    # -- emitting ----------------------------------------------------------------------------------

    def emit(self, kind: int, *operands: int) -> None:
        self.flush()
        self.out += (kind, *operands)

    def emit_x(self, kind: int, *operands: int, path: str, rest: tuple[Any, ...] = ()) -> None:
        """An instruction whose last operand is `x`."""
        self.emit(kind, *operands, 0)
        self.extras.append((len(self.out) - 1, (self.whole, path, *rest)))

    def init(self, part: _Init) -> None:
        if self.waiting and self.waiting[-1].off + self.waiting[-1].size != part.off:
            self.flush()
        self.waiting.append(part)

    def flush(self) -> None:
        """Writes what waits as one VAL_INIT."""
        if not self.waiting:
            return
        parts, self.waiting = self.waiting, []
        size = parts[-1].off + parts[-1].size - parts[0].off
        self.out += (c.VAL_INIT, parts[0].off, size, 0)
        self.extras.append((len(self.out) - 1, (self.whole, *(tuple(p) for p in parts))))

    def uninhabited(self, path: str, what: str) -> None:
        self.emit_x(c.VAL_UNINHABITED, path=path, rest=(what,))

    # -- types -------------------------------------------------------------------------------------

    def visit(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        case = _CASE.get(type(ty))
        if case is not None:
            case(self, ty, off, path, may_dangle)

    def never(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        self.uninhabited(path, "a value of the never type `!`")

    def bool_(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        self.emit_x(c.VAL_RANGE, off, 1, 0, 1, path=path, rest=("a boolean", True))

    def char(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        self.emit_x(c.VAL_CHAR, off, path=path)

    def number(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        what = "a floating point number" if type(ty) is t.Float else "an integer"
        self.init(_Init(off, self.cx.layout_of(ty).size, (), path, what))

    def raw_pointer(self, ty: t.RawPtr, off: int, path: str, may_dangle: bool) -> None:
        layout = self.cx.layout_of(ty)
        self.emit_x(c.VAL_RAW, off, layout.size, path=path)
        if layout.b is not None and layout.b.kind == "vtable":
            dyn = self.cx.layouts.struct_tail(self.cx.normalize(ty.ty))
            assert type(dyn) is t.Dynamic
            self.emit_x(c.VAL_VTABLE, off + 8, trait_word(self.cx, dyn), path=path, rest=(trait_name(self.cx, dyn),))

    def ref(self, ty: t.Ref, off: int, path: str, may_dangle: bool) -> None:
        self.reference(self.cx.normalize(ty.ty), off, path, may_dangle, "reference")

    def reference(self, pointee: Ty, off: int, path: str, may_dangle: bool, what: str) -> None:
        layout = self.cx.layout_of(pointee)
        size = 0 if may_dangle else layout.size
        if layout.sized:
            self.emit_x(c.VAL_REF, off, size, layout.align, path=path, rest=(what,))
            if layout.uninhabited:
                self.uninhabited(path, f"a {what} pointing to uninhabited type `{self.cx.symbols.shown(pointee)}`")
            return
        tail = tail_of(self.cx, pointee)
        if tail is None:
            return
        head = 0 if may_dangle else tail.head
        if tail.dyn is None:
            elem = 0 if may_dangle else tail.elem
            self.emit_x(c.VAL_SLICE, off, elem, tail.align, head, path=path, rest=(what,))
        else:
            word = trait_word(self.cx, tail.dyn)
            rest = (what, trait_name(self.cx, tail.dyn))
            self.emit_x(c.VAL_DYN, off, tail.align, head, word, path=path, rest=rest)

    def fn_pointer(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        self.emit_x(c.VAL_FN, off, path=path)

    def product(self, ty: Ty, off: int, path: str, may_dangle: bool) -> None:
        self.fields(ty, 0, self.cx.layout_of(ty), off, path, may_dangle, [])

    def array(self, ty: t.Array, off: int, path: str, may_dangle: bool) -> None:
        layout = self.cx.layout_of(ty)
        elem, count = self.cx.normalize(ty.elem), layout.count
        assert layout.elem is not None
        stride = layout.elem.size
        inner = self.part(elem, path + "[{}]", may_dangle)
        if count == 0 or (len(inner.out) == 1 and not inner.waiting):
            return
        if len(inner.out) == 1 and len(inner.waiting) == 1 and inner.waiting[0].size == stride:
            one = inner.waiting[0]
            self.init(_Init(off, count * stride, (stride, *one.strides), one.path, one.what))
            return
        inner.flush()
        inner.out.append(c.VAL_END)
        self.emit(c.VAL_LOOP, off, stride, count, len(inner.out) - 1)
        self.append(inner)

    def part(self, ty: Ty, path: str, may_dangle: bool) -> _Maker:
        """A program of its own for what is repeated; its offsets begin at 0."""
        made = _Maker(self.cx, ty)
        made.whole = self.whole
        made.visit(ty, 0, path, may_dangle)
        return made

    def append(self, inner: _Maker) -> None:
        """The words of `inner`, but for its size."""
        shift = len(self.out) - 1
        self.extras += [(at + shift, extra) for at, extra in inner.extras]
        self.out += _shifted(inner.out, shift)

    def adt(self, ty: t.Adt, off: int, path: str, may_dangle: bool) -> None:
        adt = self.cx.tcx.adt_def(ty.def_id)
        layout = self.cx.layout_of(ty)
        if adt.kind == "union":
            self.pads(gaps(self.cx, ty), off)
        elif adt.kind == "enum":
            self.enum(ty, adt, layout, off, path, may_dangle)
        elif adt.is_box:
            self.reference(self.cx.normalize(ty.args[0]), off, path, may_dangle, "box")  # type: ignore[arg-type]
            for at, field, name in list(zip(layout.offsets, layout.fields, field_names(self.cx, ty, 0)))[1:]:
                self.visit(field, off + at, path + name, may_dangle)
        else:
            self.fields(ty, 0, layout, off, path, may_dangle or adt.is_manually_drop, [])
            if adt.repr.scalar_valid_range:
                self.valid_range(layout, off, path)

    def valid_range(self, layout: Layout, off: int, path: str) -> None:
        s = layout.a
        if s is not None and not s.is_full and s.size <= 8:
            lo, hi = signed64(s.start), signed64(s.end)
            self.emit_x(c.VAL_RANGE, off, s.size, lo, hi, path=path, rest=(expected(s), False))

    def fields(
        self, ty: Ty, variant: int, layout: Layout, off: int, path: str, may_dangle: bool, taken: Ranges
    ) -> None:
        """The fields in order of memory, and what is between them."""
        names = field_names(self.cx, ty, variant)
        found = sorted(zip(layout.offsets, range(len(names))))
        spans = [*taken, *((at, self.cx.layout_of(layout.fields[i]).size) for at, i in found)]
        holes = _holes(spans, layout.size)
        for at, i in [*found, (layout.size, -1)]:
            while holes and holes[0][0] <= at:
                self.pads([holes.pop(0)], off)
            if i >= 0:
                self.visit(layout.fields[i], off + at, path + names[i], may_dangle)

    def pads(self, ranges: Ranges, off: int) -> None:
        for at, size in ranges:
            self.emit(c.VAL_PAD, off + at, size)

    # -- enums -------------------------------------------------------------------------------------

    def enum(self, ty: t.Adt, adt: AdtDef, layout: Layout, off: int, path: str, may_dangle: bool) -> None:
        if not adt.variants:
            self.uninhabited(path, f"a value of zero-variant enum `{self.cx.symbols.shown(ty)}`")
            return
        if layout.tag is None:
            at = f"{path}.<enum-variant({adt.variants[layout.index].name})>"
            self.fields(ty, layout.index, layout, off, at, may_dangle, [])
            return
        tag = layout.tag
        if tag.scalar.size > 8:
            return
        cases, other = _tag_cases(layout)
        if not any(v.fields or v.uninhabited for v in layout.variants) and self.dense(layout, cases, other):
            s = tag.scalar
            rest = ("a valid enum tag", True)
            tag_path = path + ".<enum-tag>"
            lo, hi = signed64(s.start), signed64(s.end)
            self.emit_x(c.VAL_RANGE, off + tag.offset, s.size, lo, hi, path=tag_path, rest=rest)
            self.pads(gaps(self.cx, ty), off)
            return
        self.switch(ty, adt, layout, off, path, may_dangle, cases, other)

    def dense(self, layout: Layout, cases: list[tuple[int, int]], other: Optional[int]) -> bool:
        """The tag's range says it all."""
        assert layout.tag is not None
        s = layout.tag.scalar
        return other is None and len(cases) == ((s.end - s.start) & s.max) + 1

    def switch(
        self, ty: t.Adt, adt: AdtDef, layout: Layout, off: int, path: str, may_dangle: bool,
        cases: list[tuple[int, int]], other: Optional[int],
    ) -> None:  # fmt: skip
        tag = layout.tag
        assert tag is not None
        self.emit(c.VAL_SWITCH, off + tag.offset, tag.scalar.size, len(cases), 0, -1)
        head = len(self.out)
        self.extras.append((head - 2, (self.whole, path + ".<enum-tag>")))
        self.out += [0] * (2 * len(cases))
        ends: list[int] = []
        starts: dict[int, int] = {}
        for index in dict.fromkeys([*(v for _, v in cases), *([] if other is None else [other])]):
            starts[index] = len(self.out)
            self.variant(ty, adt, layout, index, off, path, may_dangle)
            self.emit(c.VAL_GOTO, 0)
            ends.append(len(self.out) - 1)
        for i, (value, index) in enumerate(cases):
            self.out[head + 2 * i : head + 2 * i + 2] = [value, starts[index]]
        if other is not None:
            self.out[head - 1] = starts[other]
        for at in ends:
            self.out[at] = len(self.out)

    def variant(
        self, ty: t.Adt, adt: AdtDef, layout: Layout, index: int, off: int, path: str, may_dangle: bool
    ) -> None:
        tag, variant = layout.tag, layout.variants[index]
        assert tag is not None
        if variant.uninhabited:
            self.uninhabited(path + ".<enum-tag>", "an uninhabited enum variant")
            return
        untagged = tag.encoding == "niche" and index == tag.untagged
        taken = [] if untagged else [(tag.offset, tag.scalar.size)]
        sized = variant if variant.size == layout.size else _grown(variant, layout.size)
        self.fields(ty, index, sized, off, f"{path}.<enum-variant({adt.variants[index].name})>", may_dangle, taken)


def _tag_cases(layout: Layout) -> tuple[list[tuple[int, int]], Optional[int]]:
    """(tag as the engine reads it, variant), and the variant of any other tag."""
    tag = layout.tag
    assert tag is not None
    mask = tag.scalar.max
    if tag.encoding == "direct":
        return [(signed64(d & mask), i) for i, d in enumerate(layout.discriminants)], None
    found = [(signed64(tag.niche_start + i - tag.first & mask), i) for i in range(tag.first, tag.last + 1)]
    return [(value, i) for value, i in found if i != tag.untagged], tag.untagged


def _grown(variant: Layout, size: int) -> Layout:
    out = variant.copy()
    out.size = size
    return out


def _holes(spans: Ranges, size: int) -> Ranges:
    """What of 0..size no span covers."""
    out, at = [], 0
    for start, length in sorted(spans):
        if start > at:
            out.append((at, start - at))
        at = max(at, start + length)
    return [*out, (at, size - at)] if at < size else out


def _shifted(words: list[int], shift: int) -> list[int]:
    """A part of a program (its first word, the size, left out) with its jump targets moved."""
    out, at = list(words[1:]), 0
    while at < len(out):
        kind = out[at]
        if kind == c.VAL_GOTO:
            out[at + 1] += shift
        elif kind == c.VAL_SWITCH:
            n = out[at + 3]
            for x in range(at + 5, at + 6 + 2 * n, 2):
                out[x] += shift if out[x] >= 0 else 0
            at += 2 * n
        at += c.VAL_LENGTHS[kind]
    return out


_CASE: Final[dict[type, Callable[[_Maker, Any, int, str, bool], None]]] = {
    t.Never: _Maker.never, t.Bool: _Maker.bool_, t.Char: _Maker.char, t.Int: _Maker.number, t.Float: _Maker.number,
    t.RawPtr: _Maker.raw_pointer, t.Ref: _Maker.ref, t.FnPtr: _Maker.fn_pointer, t.Tuple: _Maker.product,
    t.Closure: _Maker.product, t.Array: _Maker.array, t.Adt: _Maker.adt,
}  # fmt: skip
