"""Slow path of validity checks: which rule a value breaks, in Miri's words; and values the loop cannot see through.

`check_memory` runs the same programs as the engine's `valid` (see `Code.validity`).  An enum whose discriminant is read
(`expected` is empty) is not copied: only its tag counts.
To add a rule: a VAL_* word in `code/code.py`, its branch in the engine, its case in `_STEPS` here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..code import code as c
from . import words as w
from .memory import w_mask
from .outcome import Ub
from .primitives import wrap

if TYPE_CHECKING:
    from .core import Core, Handler


class Where(NamedTuple):
    """The type of the value that is wrong, and the path to the part of it that is (`.field.0`)."""

    ty: str
    path: str


def invalid(what: str, ty: str = "", path: str = "") -> Ub:
    at = f"at {path}, " if path else ""
    return Ub(f"constructing invalid value{f' of type {ty}' if ty else ''}: {at}{what}")


def invalid_bool(value: int) -> Ub:
    return invalid(f"encountered {value & 255:#04x}, but expected a boolean", "bool")


def check_range(value: int, lo: int, hi: int, bits: int, where: Where, expected: str, in_hex: bool) -> None:
    mask = (1 << bits) - 1
    if (value - lo) & mask > (hi - lo) & mask:
        value &= mask
        shown = f"{value:#0{2 + bits // 4}x}" if in_hex else str(value)
        if not expected:
            raise Ub(f"enum value has invalid tag: {shown}")
        raise invalid(f"encountered {shown}, but expected {expected}", *where)


def check_char(value: int, where: Where) -> None:
    if value > 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        raise invalid(
            f"encountered {value:#010x}, but expected a valid unicode scalar value (in `0..=0x10FFFF` but not in "
            "`0xD800..=0xDFFF`)", *where,
        )  # fmt: skip


def check_ref(core: Core, addr: int, prov: int, size: int, align: int, where: Where, what: str) -> None:
    """A reference or Box (`what`): not null, aligned, dereferenceable for `size` bytes."""
    if addr == 0:
        raise invalid(f"encountered a null {what}", *where)
    if addr & (align - 1):
        raise invalid(
            f"encountered an unaligned {what} (required {align} byte alignment but found {addr & -addr})", *where
        )
    if size == 0:
        return
    if prov == 0:
        raise invalid(f"encountered a dangling {what} ({addr & w_mask:#x}[noalloc] has no provenance)", *where)
    row = core.memory.resolve(addr, size) if prov == w.WILDCARD else core.memory.row_of(prov)
    if row == 0:
        dead = core.memory.dangling("", prov) if prov > w.WILDCARD else None
        message = invalid(f"encountered a dangling {what} (use-after-free)", *where).message
        raise Ub(message, notes=dead.notes if dead else [])
    at = addr - core.state.tab[row + w.A_BASE]
    if at < 0 or at + size > core.state.tab[row + w.A_SIZE]:
        message = invalid(f"encountered a dangling {what} (going beyond the bounds of its allocation)", *where).message
        raise Ub(message, notes=core.memory.birth_notes(row))


def check_slice(
    core: Core, addr: int, prov: int, count: int, elem: int, align: int, head: int, where: Where, what: str
) -> None:
    size = -(-(head + count * elem) // align) * align
    if count < 0 or size > (1 << 63) - 1:
        problem = "total size" if head else "slice"
        raise invalid(
            f"encountered invalid {what} metadata: {problem} is bigger than largest supported object", *where
        )
    check_ref(core, addr, prov, size, align, where, what)


def vtable_offset(core: Core, addr: int) -> int:
    """Offset in `vt_text` of the vtable at an address, or 0."""
    offset = addr - w.VT_BASE
    place = offset >> w.VT_SHIFT
    return core.state.vt_at[place] if not offset % w.VT_STRIDE and 0 < place < core.state.regs[w.R_VTABLES] else 0


def vtable_entry(core: Core, addr: int, n: int) -> int:
    """Entry `n` of the vtable at an address (-3 size, -2 align, -1 drop glue)."""
    at, text = vtable_offset(core, addr), core.state.vt_text
    if not at:
        raise Ub(f"using {core.memory.show(addr, 0)} as vtable pointer but it does not point to a vtable")
    if n >= text[at - 1]:
        raise Ub(f"using {core.memory.show(addr, 0)} as vtable pointer but it points to the vtable of another trait")
    return text[at + 3 + n]


def trait_at(core: Core, at: int) -> str:
    """Of which trait the vtable there in `vt_text` is."""
    vtable = next(number for number, offset in core.state.vtables.items() if offset == at)
    return core.program.get_vtable(vtable).trait_ or "(only auto traits)"


def check_vtable(core: Core, meta: int, trait_: int, expected: str, where: Where) -> int:
    """Where the vtable, which must be of that trait, stands in `vt_text`."""
    at = vtable_offset(core, meta)
    if not at:
        shown = "null pointer" if meta == 0 else f"{meta & w_mask:#x}[noalloc]"
        raise invalid(f"encountered {shown}, but expected a vtable pointer", *where)
    if trait_ and core.state.vt_text[at - 2] != trait_:
        traits = f"expected `{expected}`, but encountered `{trait_at(core, at)}`"
        raise invalid(f"wrong trait in wide pointer vtable: {traits}", *where)
    return at


def check_dyn(
    core: Core, addr: int, prov: int, meta: int, align: int, head: int, trait_: int, where: Where, what: tuple[str, str]
) -> None:
    """`what`: "reference" or "box", and the trait's name."""
    at = check_vtable(core, meta, trait_, what[1], where)
    size, inner = core.state.vt_text[at : at + 2]
    align = max(align, inner)
    size = -(-(-(-head // inner) * inner + size) // align) * align
    check_ref(core, addr, prov, size, align, where, what[0])


def function_at(core: Core, addr: int, prov: int) -> int:
    """The instance a function pointer means (through the wildcard too), or -1."""
    row = core.memory.resolve(addr, 0) if prov == w.WILDCARD else core.memory.row_of(prov)
    tab = core.state.tab
    if row == 0 or tab[row + w.A_INFO] & 255 != w.M_FN or tab[row + w.A_BASE] != addr:
        return -1
    return core.state.cold[row + w.B_DATA]


def check_fn(addr: int, where: Where) -> None:
    """Only null is no value of a function pointer; what it points to matters when it is called."""
    if addr == 0:
        raise invalid("encountered a null function pointer", *where)


# --- values in memory ----------------------------------------------------------------------------


class Reader:
    """A value in memory while its validity program runs; `base` is its address, `indices` those of running loops."""

    def __init__(self, core: Core, base: int, prov: int, start: int, keep: bool) -> None:
        self.core, self.base, self.prov, self.start, self.keep = core, base, prov, start, keep
        self.indices: list[int] = []

    def words(self, at: int, n: int) -> list[int]:
        return list(self.core.state.validity[at : at + n])

    def unsigned(self, off: int, size: int, where: Where, expected: str) -> int:
        self.initialised(off, size, where, expected)
        return int.from_bytes(self.core.memory.read(self.base + off, self.prov, size), "little")

    def pointer(self, off: int, where: Where, expected: str) -> tuple[int, int]:
        self.initialised(off, 8, where, expected)
        return self.core.memory.load_pointer(self.base + off, self.prov)

    def offset(self, off: int, size: int) -> int:
        """Where that part stands in the arena."""
        return self.core.memory.access(self.base + off, self.prov, size)

    def initialised(self, off: int, size: int, where: Where, expected: str) -> None:
        at = self.offset(off, size)
        if not all(m & w.INIT for m in self.core.state.meta[at : at + size]):
            raise invalid(f"encountered uninitialized memory, but expected {expected}", *where)

    def extra(self, x: int) -> tuple[Any, ...]:
        return self.core.state.extra[x]

    def where(self, x: int) -> Where:
        ty, path = self.extra(x)[:2]
        return Where(str(ty), str(path).format(*self.indices))


def _run(r: Reader, at: int, off: int) -> None:
    """Runs instructions from word `at` on the part of the value at `off`."""
    while (kind := r.core.state.validity[at]) != c.VAL_END:
        at = _STEPS[kind](r, at, off)


def _init(r: Reader, at: int, off: int) -> int:
    _, o, size, x = r.words(at, 4)
    start = r.offset(off + o, size)
    meta = r.core.state.meta[start : start + size]
    missing = next((i for i, m in enumerate(meta) if not m & w.INIT), -1)
    if missing >= 0:
        ty, *parts = r.extra(x)
        part = next(p for p in reversed(parts) if p[0] <= o + missing)
        raise invalid(f"encountered uninitialized memory, but expected {part[4]}", str(ty), _path(r, part, o + missing))
    if not r.keep and any(m & (w.WHOLE | w.FRAGMENT) for m in meta):  # a number has no provenance
        r.core.memory.store(start, bytes(r.core.state.data[start : start + size]))
    return at + 4


def _path(r: Reader, part: tuple[Any, ...], at: int) -> str:
    """The path to the number at offset `at` of a part of VAL_INIT."""
    off, _, strides, path, _ = part
    rest, indices = at - off, list(r.indices)
    for stride in strides:
        indices.append(rest // stride)
        rest %= stride
    return str(path).format(*indices)


def _raw(r: Reader, at: int, off: int) -> int:
    _, o, size, x = r.words(at, 4)
    r.initialised(off + o, size, r.where(x), "a raw pointer")
    return at + 4


def _range(r: Reader, at: int, off: int) -> int:
    _, o, size, lo, hi, x = r.words(at, 6)
    expected, in_hex = r.extra(x)[2:4]
    where = r.where(x)
    what = "an integer" if str(expected).startswith("something") else str(expected)
    check_range(r.unsigned(off + o, size, where, what), lo, hi, 8 * size, where, str(expected), bool(in_hex))
    return at + 6


def _char(r: Reader, at: int, off: int) -> int:
    _, o, x = r.words(at, 3)
    check_char(r.unsigned(off + o, 4, r.where(x), "a unicode scalar value"), r.where(x))
    return at + 3


def _what(r: Reader, x: int) -> str:
    return str(r.extra(x)[2])


def _ref(r: Reader, at: int, off: int) -> int:
    _, o, size, align, x = r.words(at, 5)
    where, what = r.where(x), _what(r, x)
    check_ref(r.core, *r.pointer(off + o, where, f"a {what}"), size, align, where, what)
    return at + 5


def _slice(r: Reader, at: int, off: int) -> int:
    _, o, size, align, head, x = r.words(at, 6)
    where, what = r.where(x), _what(r, x)
    count = wrap(r.unsigned(off + o + 8, 8, where, f"a {what}"))
    check_slice(r.core, *r.pointer(off + o, where, f"a {what}"), count, size, align, head, where, what)
    return at + 6


def _dyn(r: Reader, at: int, off: int) -> int:
    _, o, align, head, trait_, x = r.words(at, 6)
    where, what = r.where(x), _what(r, x)
    meta = wrap(r.unsigned(off + o + 8, 8, where, f"a {what}"))
    named = what, str(r.extra(x)[3])
    check_dyn(r.core, *r.pointer(off + o, where, f"a {what}"), meta, align, head, trait_, where, named)
    return at + 6


def _vtable(r: Reader, at: int, off: int) -> int:
    _, o, trait_, x = r.words(at, 4)
    meta = wrap(r.unsigned(off + o, 8, r.where(x), "a raw pointer"))
    check_vtable(r.core, meta, trait_, str(r.extra(x)[2]), r.where(x))
    return at + 4


def _fn(r: Reader, at: int, off: int) -> int:
    _, o, x = r.words(at, 3)
    check_fn(r.pointer(off + o, r.where(x), "a function pointer")[0], r.where(x))
    return at + 3


def _switch(r: Reader, at: int, off: int) -> int:
    _, o, size, n, x, other = r.words(at, 6)
    tag = r.unsigned(off + o, size, r.where(x), "a valid enum tag")
    cases = r.words(at + 6, 2 * n)
    for value, target in zip(cases[::2], cases[1::2]):
        if value & ((1 << 8 * size) - 1) == tag:
            return r.start + target
    if other == -1:
        raise invalid(f"encountered {tag:#0{2 + 2 * size}x}, but expected a valid enum tag", *r.where(x))
    return r.start + other


def _goto(r: Reader, at: int, off: int) -> int:
    return r.start + r.words(at, 2)[1]


def _loop(r: Reader, at: int, off: int) -> int:
    _, o, stride, count, body = r.words(at, 5)
    for i in range(count):
        r.indices.append(i)
        _run(r, at + 5, off + o + i * stride)
        r.indices.pop()
    return at + 5 + body


def _pad(r: Reader, at: int, off: int) -> int:
    _, o, size = r.words(at, 3)
    if not r.keep:
        r.core.memory.uninit(r.offset(off + o, size), size)
    return at + 3


def _uninhabited(r: Reader, at: int, off: int) -> int:
    x = r.words(at, 2)[1]
    raise invalid(f"encountered {r.extra(x)[2]}", *r.where(x))


_STEPS: dict[int, Callable[[Reader, int, int], int]] = {
    c.VAL_INIT: _init, c.VAL_RAW: _raw, c.VAL_RANGE: _range, c.VAL_REF: _ref, c.VAL_SLICE: _slice, c.VAL_DYN: _dyn,
    c.VAL_FN: _fn, c.VAL_SWITCH: _switch, c.VAL_LOOP: _loop, c.VAL_UNINHABITED: _uninhabited, c.VAL_VTABLE: _vtable,
    c.VAL_GOTO: _goto, c.VAL_PAD: _pad, c.VAL_CHAR: _char,
}  # fmt: skip


def check_memory(core: Core, addr: int, prov: int, start: int, keep: bool = False) -> None:
    """Raises `Ub` unless the value at the pointer fulfils the validity program at word `start`.  Unless `keep`, numbers
    lose their provenance and padding its bytes, as by a typed copy."""
    core.memory.access(addr, prov, core.state.validity[start])
    _run(Reader(core, addr, prov, start, keep), start + 1, 0)


# --- instructions --------------------------------------------------------------------------------


def _where(core: Core, i: int) -> Where:
    return Where(*(str(x) for x in core.state.extra[core.word(i)][:2]))


def _kind(core: Core, i: int) -> str:
    """"reference" or "box"."""
    return str(core.state.extra[core.word(i)][2])


def do_v_bool(core: Core) -> None:
    raise invalid_bool(core.get(1))


def do_v_char(core: Core) -> None:
    check_char(core.get(1), Where("char", ""))


def do_v_range(core: Core) -> None:
    expected, in_hex = core.state.extra[core.word(5)][2:4]
    bits = 64 - core.word(4)
    check_range(core.get(1), core.word(2), core.word(3), bits, _where(core, 5), str(expected), bool(in_hex))
    core.advance()


def do_v_ref(core: Core) -> None:
    check_ref(core, *core.get2(1), core.word(2), core.word(3) + 1, _where(core, 4), _kind(core, 4))
    core.advance()


def _meta(core: Core) -> int:
    return core.state.thread.slots[core.at(1) + 2]


def do_v_slice(core: Core) -> None:
    where, what = _where(core, 5), _kind(core, 5)
    check_slice(core, *core.get2(1), _meta(core), core.word(2), core.word(3) + 1, core.word(4), where, what)
    core.advance()


def do_v_dyn(core: Core) -> None:
    what = _kind(core, 5), str(core.state.extra[core.word(5)][3])
    align, head, trait_ = core.word(2) + 1, core.word(3), core.word(4)
    check_dyn(core, *core.get2(1), _meta(core), align, head, trait_, _where(core, 5), what)
    core.advance()


def do_v_fn(core: Core) -> None:
    check_fn(core.get2(1)[0], _where(core, 2))
    core.advance()


def do_v_mem(core: Core) -> None:
    addr, prov = core.get2(1)
    check_memory(core, wrap(addr + core.word(2)), prov, core.word(3))
    core.advance()


def do_v_load(core: Core) -> None:
    addr, prov = core.get2(1)
    check_memory(core, wrap(addr + core.word(2)), prov, core.word(3), keep=True)
    core.advance()


HANDLERS: dict[str, Handler] = {
    "V_BOOL": do_v_bool, "V_CHAR": do_v_char, "V_RANGE": do_v_range, "V_REF": do_v_ref, "V_SLICE": do_v_slice,
    "V_DYN": do_v_dyn, "V_FN": do_v_fn, "V_MEM": do_v_mem, "V_LOAD": do_v_load,
}  # fmt: skip
