"""Slow path of validity checks: which rule a value breaks, in Miri's words; and values the loop cannot see through.

`check_memory` runs the same programs as the engine's `valid` (see `Code.validity`).
To add a rule: a VAL_* word in `code/code.py`, its branch in the engine, its case in `_STEPS` here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..code import code as c
from . import words as w
from .memory import w_mask
from .outcome import Ub
from .primitives import wrap

if TYPE_CHECKING:
    from .core import Core, Handler


def invalid(what: str, ty: str = "") -> Ub:
    return Ub(f"constructing invalid value{f' of type {ty}' if ty else ''}: {what}")


def invalid_bool(value: int) -> Ub:
    return invalid(f"encountered {value & 255:#04x}, but expected a boolean", "bool")


def check_range(value: int, lo: int, hi: int, bits: int, ty: str, expected: str) -> None:
    mask = (1 << bits) - 1
    if (value - lo) & mask > (hi - lo) & mask:
        raise invalid(f"encountered {value & mask:#0{2 + bits // 4}x}, but expected {expected}", ty)


def check_ref(core: Core, addr: int, prov: int, size: int, align: int, ty: str) -> None:
    """A reference or Box: not null, aligned, dereferenceable for `size` bytes."""
    what = "box" if ty.startswith(("std::boxed::Box", "alloc::boxed::Box", "Box<")) else "reference"
    if addr == 0:
        raise invalid(f"encountered a null {what}", ty)
    if addr & (align - 1):
        raise invalid(
            f"encountered an unaligned {what} (required {align} byte alignment but found {addr & -addr})", ty
        )
    if size == 0:
        return
    if prov == 0:
        raise invalid(f"encountered a dangling {what} ({addr & w_mask:#x}[noalloc] has no provenance)", ty)
    row = core.memory.resolve(addr, size) if prov == w.WILDCARD else core.memory.row_of(prov)
    if row == 0:
        dead = core.memory.dangling("", prov) if prov > w.WILDCARD else None
        message = invalid(f"encountered a dangling {what} (use-after-free)", ty).message
        raise Ub(message, notes=dead.notes if dead else [])
    at = addr - core.state.tab[row + w.A_BASE]
    if at < 0 or at + size > core.state.tab[row + w.A_SIZE]:
        message = invalid(f"encountered a dangling {what} (going beyond the bounds of its allocation)", ty).message
        raise Ub(message, notes=core.memory.birth_notes(row))


def check_slice(core: Core, addr: int, prov: int, count: int, elem: int, align: int, ty: str) -> None:
    if count < 0 or count * elem > (1 << 63) - 1:
        what = "slice is bigger than largest supported object"
        raise invalid(f"encountered invalid reference metadata: {what}", ty)
    check_ref(core, addr, prov, count * elem, align, ty)


def vtable_offset(core: Core, addr: int) -> int:
    """Offset in `vt_text` of the vtable at an address, or 0."""
    index, rest = divmod(addr - w.VT_BASE, w.VT_STRIDE)
    return core.state.vt_at[index] if not rest and 0 < index < core.state.regs[w.R_VTABLES] else 0


def check_dyn(core: Core, addr: int, prov: int, meta: int, ty: str) -> None:
    at = vtable_offset(core, meta)
    if not at:
        raise invalid(f"encountered {meta & w_mask:#x}[noalloc], but expected a vtable pointer", ty)
    check_ref(core, addr, prov, core.state.vt_text[at], core.state.vt_text[at + 1], ty)


def function_at(core: Core, addr: int, prov: int) -> int:
    """The instance a function pointer means (through the wildcard too), or -1."""
    row = core.memory.resolve(addr, 0) if prov == w.WILDCARD else core.memory.row_of(prov)
    tab = core.state.tab
    if row == 0 or tab[row + w.A_INFO] & 255 != w.M_FN or tab[row + w.A_BASE] != addr:
        return -1
    return core.state.cold[row + w.B_DATA]


def check_fn(core: Core, addr: int, prov: int, ty: str) -> None:
    if addr == 0:
        raise invalid("encountered null pointer, but expected a function pointer", ty)
    if function_at(core, addr, prov) < 0:
        raise invalid(f"encountered {core.memory.show(addr, prov)}, but expected a function pointer", ty)


# --- values in memory ----------------------------------------------------------------------------


class Reader:
    """A value in memory while its validity program runs; `base` is its address."""

    def __init__(self, core: Core, base: int, prov: int, start: int) -> None:
        self.core, self.base, self.prov, self.start = core, base, prov, start

    def words(self, at: int, n: int) -> list[int]:
        return list(self.core.state.validity[at : at + n])

    def unsigned(self, off: int, size: int) -> int:
        return int.from_bytes(self.core.memory.read(self.base + off, self.prov, size), "little")

    def pointer(self, off: int) -> tuple[int, int]:
        return self.core.memory.load_pointer(self.base + off, self.prov)

    def extra(self, x: int) -> list[str]:
        return [str(part) for part in self.core.state.extra[x]]


def _run(r: Reader, at: int, off: int) -> None:
    """Runs instructions from word `at` on the part of the value at `off`."""
    while (kind := r.core.state.validity[at]) != c.VAL_END:
        at = _STEPS[kind](r, at, off)
        if at < 0:
            return


def _init(r: Reader, at: int, off: int) -> int:
    _, o, size = r.words(at, 3)
    r.core.memory.read(r.base + off + o, r.prov, size)
    return at + 3


def _range(r: Reader, at: int, off: int) -> int:
    _, o, size, lo, hi, x = r.words(at, 6)
    ty, expected = r.extra(x)[:2]
    check_range(r.unsigned(off + o, size), lo, hi, 8 * size, ty, expected)
    return at + 6


def _ref(r: Reader, at: int, off: int) -> int:
    _, o, size, align, x = r.words(at, 5)
    check_ref(r.core, *r.pointer(off + o), size, align, r.extra(x)[0])
    return at + 5


def _slice(r: Reader, at: int, off: int) -> int:
    _, o, size, align, x = r.words(at, 5)
    count = wrap(r.unsigned(off + o + 8, 8))
    check_slice(r.core, *r.pointer(off + o), count, size, align, r.extra(x)[0])
    return at + 5


def _dyn(r: Reader, at: int, off: int) -> int:
    _, o, x = r.words(at, 3)
    check_dyn(r.core, *r.pointer(off + o), wrap(r.unsigned(off + o + 8, 8)), r.extra(x)[0])
    return at + 3


def _fn(r: Reader, at: int, off: int) -> int:
    _, o, x = r.words(at, 3)
    check_fn(r.core, *r.pointer(off + o), r.extra(x)[0])
    return at + 3


def _switch(r: Reader, at: int, off: int) -> int:
    _, o, size, n, x, other = r.words(at, 6)
    tag = r.unsigned(off + o, size)
    cases = r.words(at + 6, 2 * n)
    for value, target in zip(cases[::2], cases[1::2]):
        if value & ((1 << 8 * size) - 1) == tag:
            return r.start + target
    if other == -1:
        raise invalid(f"encountered {tag:#0{2 + 2 * size}x}, but expected a valid enum tag", r.extra(x)[0])
    return -1 if other == -2 else r.start + other


def _loop(r: Reader, at: int, off: int) -> int:
    _, o, stride, count, body = r.words(at, 5)
    for i in range(count):
        _run(r, at + 5, off + o + i * stride)
    return at + 5 + body


def _uninhabited(r: Reader, at: int, off: int) -> int:
    raise invalid("encountered a value of an uninhabited type", r.extra(r.words(at, 2)[1])[0])


_STEPS: dict[int, Callable[[Reader, int, int], int]] = {
    c.VAL_INIT: _init, c.VAL_RAW: _init, c.VAL_RANGE: _range, c.VAL_REF: _ref, c.VAL_SLICE: _slice, c.VAL_DYN: _dyn,
    c.VAL_FN: _fn, c.VAL_SWITCH: _switch, c.VAL_LOOP: _loop, c.VAL_UNINHABITED: _uninhabited,
}  # fmt: skip


def check_memory(core: Core, addr: int, prov: int, start: int) -> None:
    """Raises `Ub` unless the value at the pointer fulfils the validity program at word `start`."""
    core.memory.access(addr, prov, core.state.validity[start])
    _run(Reader(core, addr, prov, start), start + 1, 0)


# --- instructions --------------------------------------------------------------------------------


def _type(core: Core, i: int) -> str:
    return str(core.state.extra[core.word(i)][0])


def do_v_bool(core: Core) -> None:
    raise invalid_bool(core.get(1))


def do_v_char(core: Core) -> None:
    value = core.get(1)
    raise invalid(
        f"encountered {value:#010x}, but expected a valid unicode scalar value (in `0..=0x10FFFF` but not in "
        "`0xD800..=0xDFFF`)", "char",
    )  # fmt: skip


def do_v_range(core: Core) -> None:
    ty, expected = core.state.extra[core.word(5)][:2]
    check_range(core.get(1), core.word(2), core.word(3), 64 - core.word(4), str(ty), str(expected))
    core.advance()


def do_v_ref(core: Core) -> None:
    check_ref(core, *core.get2(1), core.word(2), core.word(3) + 1, _type(core, 4))
    core.advance()


def _meta(core: Core) -> int:
    return core.state.thread.slots[core.at(1) + 2]


def do_v_slice(core: Core) -> None:
    check_slice(core, *core.get2(1), _meta(core), core.word(2), core.word(3) + 1, _type(core, 4))
    core.advance()


def do_v_dyn(core: Core) -> None:
    check_dyn(core, *core.get2(1), _meta(core), _type(core, 2))
    core.advance()


def do_v_fn(core: Core) -> None:
    check_fn(core, *core.get2(1), _type(core, 2))
    core.advance()


def do_v_mem(core: Core) -> None:
    addr, prov = core.get2(1)
    check_memory(core, wrap(addr + core.word(2)), prov, core.word(3))
    core.advance()


HANDLERS: dict[str, Handler] = {
    "V_BOOL": do_v_bool, "V_CHAR": do_v_char, "V_RANGE": do_v_range, "V_REF": do_v_ref, "V_SLICE": do_v_slice,
    "V_DYN": do_v_dyn, "V_FN": do_v_fn, "V_MEM": do_v_mem,
}  # fmt: skip
