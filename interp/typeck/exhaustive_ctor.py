"""Constructors of values, for `exhaustive.py`: what they are, how a type splits into them, how they print.

Kinds: "struct" (structs, tuples, references, boxes: the one constructor of the type), "variant" (`value` its
index), "range" (`value` (low, high), both included, in the type's order), "slice" (`value` its length; as a
pattern with `..` the least length and `rest`), "str" (an opaque constant), "opaque", "missing".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Optional

from ..ty import ty as t
from ..ty.ty import Const, Ty
from . import thir

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


class Ctor(NamedTuple):
    kind: str
    value: Any = None
    rest: bool = False  # a slice pattern with `..`
    before: int = 0  # how many elements stand before it

    def show(self, space: Space, ty: Ty, subs: list[str]) -> str:
        return show_ctor(space, self, ty, subs)


class Space:
    """Types as spaces of values, in one body."""

    def __init__(self, fcx: FnCtxt) -> None:
        self.fcx = fcx
        self.tcx = fcx.tcx
        self._empty: dict[Ty, bool] = {}

    def is_empty(self, ty: Ty) -> bool:
        """Whether the type has no values that this body can see: `!`, and enums and structs made of such."""
        found = self._empty.get(ty)
        if found is None:
            self._empty[ty] = False  # a recursive type has values
            found = self._empty[ty] = self._is_empty(ty)
        return found

    def _is_empty(self, ty: Ty) -> bool:
        if ty is t.NEVER:
            return True
        if isinstance(ty, t.Tuple):
            return any(self.is_empty(x) for x in ty.tys)
        if isinstance(ty, t.Array):
            return isinstance(ty.len, t.ConstValue) and ty.len.value > 0 and self.is_empty(ty.elem)
        if not isinstance(ty, t.Adt):
            return False
        adt = self.tcx.adt_def(ty.def_id)
        if adt.kind == "union":
            return False
        return all(self.variant_is_empty(ty, i) for i in range(len(adt.variants)))

    def variant_is_empty(self, ty: t.Adt, index: int) -> bool:
        return any(self.is_empty(f) for f in self.variant_fields(ty, index, True))

    def variant_fields(self, ty: t.Adt, index: int, visible: bool = False) -> list[Ty]:
        adt = self.tcx.adt_def(ty.def_id)
        fields = adt.variants[index].fields
        if visible and adt.kind != "enum":
            resolver: Any = self.tcx.resolver
            fields = [f for f in fields if f.vis is None or resolver.is_accessible(f.vis, self.fcx.scope)]
        return [self.fcx.resolve(self.fcx.field_ty(f, ty.args)) for f in fields]


# -- patterns --------------------------------------------------------------------------------------------


def lower_pat(space: Space, pat: Any) -> Any:
    from .exhaustive import WILD, Pat

    kind = type(pat)
    if kind is thir.PatWild or kind is thir.PatNever:
        return WILD
    if kind is thir.PatBinding:
        return lower_pat(space, pat.sub) if pat.sub is not None else WILD
    if kind is thir.PatOr:
        return Pat(Ctor("or"), tuple(lower_pat(space, p) for p in pat.pats))
    if kind is thir.PatDeref:
        return Pat(Ctor("struct"), (lower_pat(space, pat.pat),))
    if kind is thir.PatConst:
        return lower_const(pat)
    if kind is thir.PatRange:
        return lower_range(pat)
    if kind is thir.PatSlice:
        return lower_slice(space, pat)
    return lower_fields(space, pat)


def lower_fields(space: Space, pat: Any) -> Any:
    from .exhaustive import WILD, Pat

    ty = pat.ty
    ctor = Ctor("variant", pat.variant) if type(pat) is thir.PatVariant else Ctor("struct")
    subs: list[Any] = [WILD] * len(ctor_fields(space, ctor, ty))
    for index, sub in pat.fields:
        subs[index] = lower_pat(space, sub)
    return Pat(ctor, tuple(subs))


def lower_const(pat: thir.PatConst) -> Any:
    from .exhaustive import Pat

    value, ty = pat.value, pat.ty
    if isinstance(value, int) and isinstance(ty, (t.Int, t.Char, t.Bool)):
        at = in_order(value, ty)
        return Pat(Ctor("range", (at, at)), ())
    if isinstance(value, int) and isinstance(ty, t.Float):
        from .writeback_pat import ordered

        number = ordered(value, ty)
        return Pat(Ctor("opaque", None), ()) if number != number else Pat(Ctor("float", (number, number, True)), ())
    if isinstance(value, bytes) and isinstance(ty, t.Ref):
        return lower_bytes(value, ty)
    if isinstance(value, (str, bytes)):
        return Pat(Ctor("str", value), ())
    return Pat(Ctor("opaque", value), ())


def lower_bytes(value: bytes, ty: t.Ref) -> Any:
    from .exhaustive import Pat

    subs = tuple(Pat(Ctor("range", (b, b)), ()) for b in value)
    inner = Pat(Ctor("slice", len(value), False, len(value)), subs)
    return Pat(Ctor("struct"), (inner,))


def lower_range(pat: thir.PatRange) -> Any:
    from .exhaustive import Pat

    ty = pat.ty
    if isinstance(pat.lo, Const) or isinstance(pat.hi, Const) or not isinstance(ty, (t.Int, t.Char)):
        return Pat(Ctor("opaque", pat), ())
    low, high = limits(ty)
    first = low if pat.lo is None else in_order(pat.lo, ty)
    last = high if pat.hi is None else in_order(pat.hi, ty) - (0 if pat.inclusive else 1)
    return Pat(Ctor("range", (first, last)), ())


def lower_slice(space: Space, pat: thir.PatSlice) -> Any:
    from .exhaustive import WILD, Pat

    before = [lower_pat(space, p) for p in pat.prefix]
    after = [lower_pat(space, p) for p in pat.suffix]
    count = len(before) + len(after)
    rest = pat.has_rest
    if isinstance(pat.ty, t.Array):
        size = array_len(space, pat.ty)
        if size is not None and rest:
            before, count, rest = before + [WILD] * (size - count), size, False
    return Pat(Ctor("slice", count, rest, len(before)), tuple(before + after))


def array_len(space: Space, ty: t.Array) -> Optional[int]:
    length = ty.len
    if isinstance(length, t.ConstUnevaluated) and not length.flags & t.HAS_PARAM:
        length = space.tcx.query("eval_const", length)
    return length.value if isinstance(length, t.ConstValue) else None


# -- values ------------------------------------------------------------------------------------------------


def in_order(bits: int, ty: Ty) -> int:
    if isinstance(ty, t.Int) and ty.signed and bits >> (ty.bits - 1) & 1:
        return bits - (1 << ty.bits)
    return bits


def limits(ty: Ty) -> tuple[int, int]:
    if isinstance(ty, t.Int):
        return (-(1 << ty.bits - 1), (1 << ty.bits - 1) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    return (0, 1) if ty is t.BOOL else (0, 0x10FFFF)


def ctor_fields(space: Space, ctor: Ctor, ty: Ty) -> list[Ty]:
    """The types of the places inside."""
    if ctor.kind == "struct":
        if isinstance(ty, t.Tuple):
            return list(ty.tys)
        if isinstance(ty, (t.Ref, t.RawPtr)):
            return [ty.ty]
        if isinstance(ty, t.Adt):
            adt = space.tcx.adt_def(ty.def_id)
            if adt.is_box:
                return [ty.args[0]]  # type: ignore[list-item]
            if adt.kind != "enum":
                return space.variant_fields(ty, 0)
        return []
    if ctor.kind == "variant":
        return space.variant_fields(ty, ctor.value)  # type: ignore[arg-type]
    if ctor.kind == "slice":
        return [ty.elem] * ctor.value  # type: ignore[attr-defined]
    return []


def covers(pattern: Ctor, ctor: Ctor) -> bool:
    """Whether a pattern of `pattern` matches every value of (split) `ctor`."""
    kind = pattern.kind
    if kind != ctor.kind:
        return False
    if kind == "range":
        return pattern.value[0] <= ctor.value[0] and ctor.value[1] <= pattern.value[1]  # type: ignore[no-any-return]
    if kind == "slice":
        return ctor.value >= pattern.value if pattern.rest else ctor.value == pattern.value  # type: ignore[no-any-return]
    if kind == "opaque":
        return False
    return pattern.value == ctor.value  # type: ignore[no-any-return]


def split(space: Space, ty: Ty, heads: list[Ctor]) -> list[Ctor]:
    """All constructors of `ty`, fine enough for each head to match one wholly or not at all."""
    if isinstance(ty, t.Adt):
        adt = space.tcx.adt_def(ty.def_id)
        if adt.kind == "enum":
            return split_enum(space, ty, heads, len(adt.variants))
        return [Ctor("struct")]
    if isinstance(ty, (t.Int, t.Char)) or ty is t.BOOL:
        return split_range(ty, heads)
    if isinstance(ty, (t.Slice, t.Array)):
        return split_slice(space, ty, heads)
    if isinstance(ty, t.Tuple):
        return [Ctor("struct")]
    if isinstance(ty, t.Ref):
        strings = [h for h in heads if h.kind in ("str", "opaque")]
        return [*dict.fromkeys(h for h in strings if h.kind == "str"), Ctor("missing")] if strings else [Ctor("struct")]
    if ty is t.NEVER:
        return []
    return [*dict.fromkeys(h for h in heads if h.kind not in ("opaque", "struct")), Ctor("missing")]


def split_enum(space: Space, ty: t.Adt, heads: list[Ctor], count: int) -> list[Ctor]:
    return [Ctor("variant", i) for i in range(count) if not space.variant_is_empty(ty, i)]


def split_range(ty: Ty, heads: list[Ctor]) -> list[Ctor]:
    low, high = limits(ty)
    cuts = {low, high + 1}
    for head in heads:
        if head.kind == "range":
            cuts.add(head.value[0])
            cuts.add(head.value[1] + 1)
    if ty is t.CHAR:
        cuts |= {0xD800, 0xE000}
    points = sorted(c for c in cuts if low <= c <= high + 1)
    made = [Ctor("range", (a, b - 1)) for a, b in pairwise(points)]
    return [c for c in made if not (ty is t.CHAR and c.value == (0xD800, 0xDFFF))]


def split_slice(space: Space, ty: Any, heads: list[Ctor]) -> list[Ctor]:
    if isinstance(ty, t.Array):
        size = array_len(space, ty)
        if size is not None:
            return [Ctor("slice", size, False, size)]
    if space.is_empty(ty.elem):
        return [Ctor("slice", 0, False, 0)]
    slices = [h for h in heads if h.kind == "slice"]
    fixed = max([h.value for h in slices if not h.rest], default=-1)
    before = max([h.before for h in slices if h.rest], default=0)
    after = max([h.value - h.before for h in slices if h.rest], default=0)
    before = max(before, fixed + 1 - after)
    longest = before + after
    return [*(Ctor("slice", n, False, n) for n in range(longest)), Ctor("slice", longest, True, before)]


# -- witnesses -----------------------------------------------------------------------------------------------


def show_ctor(space: Space, ctor: Ctor, ty: Ty, subs: list[str]) -> str:
    if ctor.kind == "missing" or ctor.kind == "opaque":
        return "&_" if isinstance(ty, t.Ref) else "_"
    if ctor.kind == "range":
        return show_range(ctor.value, ty)
    if ctor.kind == "str":
        return f'"{ctor.value}"'
    if ctor.kind == "slice":
        return show_slice(ctor, subs)
    if isinstance(ty, t.Tuple):
        inner = ", ".join(subs)
        return f"({inner},)" if len(subs) == 1 else f"({inner})"
    if isinstance(ty, t.Ref):
        return f"&{subs[0]}" if subs else "&_"
    if isinstance(ty, t.Adt):
        return show_adt(space, ctor, ty, subs)
    return "_"


def show_slice(ctor: Ctor, subs: list[str]) -> str:
    if ctor.rest:
        subs = [*subs[: ctor.before], "..", *subs[ctor.before :]]
    return f"[{', '.join(subs)}]"


def show_adt(space: Space, ctor: Ctor, ty: t.Adt, subs: list[str]) -> str:
    adt = space.tcx.adt_def(ty.def_id)
    if adt.is_box:
        return f"box {subs[0]}"
    variant = adt.variants[ctor.value if ctor.kind == "variant" else 0]
    name = space.tcx.def_data(adt.def_id).name
    if adt.kind == "enum":
        path = space.tcx.path_str(adt.def_id).split("::", 1)[0]
        short = path in ("core", "std", "alloc") and name in ("Option", "Result")
        name = variant.name if short else f"{name}::{variant.name}"
    if variant.ctor_kind == "unit":
        return name
    if variant.ctor_kind == "tuple":
        return f"{name}({', '.join(subs)})"
    if all(s == "_" for s in subs):
        return f"{name} {{ .. }}"
    return f"{name} {{ {', '.join(f'{f.name}: {s}' for f, s in zip(variant.fields, subs))} }}"


_ESCAPES = {0: "\\0", 9: "\\t", 10: "\\n", 13: "\\r", 39: "\\'", 92: "\\\\"}


def show_char(at: int) -> str:
    """As `{:?}` prints it."""
    if at in _ESCAPES:
        return f"'{_ESCAPES[at]}'"
    return f"'{chr(at)}'" if chr(at).isprintable() else f"'\\u{{{at:x}}}'"


def show_range(value: tuple[int, int], ty: Ty) -> str:
    first, last = value
    low, high = limits(ty)
    if ty is t.BOOL:
        return "true" if first else "false"
    if (first, last) == (low, high):
        return "_"

    def one(at: int) -> str:
        if ty is t.CHAR:
            return show_char(at)
        assert isinstance(ty, t.Int)
        if at == low and ty.signed:
            return f"{ty.name}::MIN"
        if at == high:
            return f"{ty.name}::MAX"
        return f"{at}_{ty.name}"

    return one(first) if first == last else f"{one(first)}..={one(last)}"
