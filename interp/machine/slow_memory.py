"""Slow path of memory instructions: the whole check with its message, wildcards, pieces of pointers, making room.

To add one: a function of a `Core`, and its line in HANDLERS.
"""

from __future__ import annotations

from ..code.opcodes import KIND_SIZE, KINDS, OPS, RMW_OPS
from . import words as w
from .core import Core, Handler
from .memory import ARITHMETIC, w_mask
from .outcome import Ub
from .primitives import wrap
from .validity import invalid_bool

_SIGNED = {"i8", "i16", "i32"}


def decode(kind: str, data: bytes) -> int:
    """Canonical slot value of a scalar's bytes."""
    value = int.from_bytes(data, "little", signed=kind in _SIGNED)
    return wrap(value) if len(data) == 8 else value


def size_of(kind: str) -> int:
    return KIND_SIZE[KINDS.index(kind)]


def load(core: Core, kind: str, addr: int, prov: int, align: int = 1) -> tuple[int, ...]:
    """The typed value at a pointer, as its slots."""
    if kind == "ptr":
        return core.memory.load_pointer(addr, prov, align)
    size = KIND_SIZE[KINDS.index(kind)]
    data = core.memory.read(addr, prov, size, align)
    if kind == "w128":
        return decode("w64", data[:8]), decode("w64", data[8:])
    value = decode(kind, data)
    if kind == "bool" and value > 1:
        raise invalid_bool(value)
    return (value,)


def store(core: Core, kind: str, addr: int, prov: int, values: tuple[int, ...], align: int = 1) -> None:
    size = KIND_SIZE[KINDS.index(kind)]
    at = core.memory.access(addr, prov, size, write=True, align=align)
    if kind == "ptr":
        core.memory.store_pointer(at, *values)
    else:
        data = b"".join((v & w_mask).to_bytes(8, "little") for v in values)
        core.memory.store(at, data[:size])


def _kind_of(core: Core) -> str:
    suffix = OPS[core.state.text[core.pc]].name.split("_")[1].lower()
    return {"64": "w64", "128": "w128", "8": "u8", "16": "u16", "32": "u32"}.get(suffix, suffix)


def _local(core: Core, i: int) -> tuple[int, int]:
    """(address, provenance) of the memory local named by operand i, from its arena offset."""
    slots, at = core.state.thread.slots, core.at(i)
    return slots[at], slots[at + 1]


def check_base(core: Core, addr: int, mask: int) -> None:
    if addr & mask:
        raise Ub(
            f"accessing memory based on pointer with alignment {addr & -addr}, but alignment {mask + 1} is required"
        )


def do_ld(core: Core) -> None:
    (addr, prov), kind = core.get2(2), _kind_of(core)
    core.memory.access(wrap(addr + core.word(3)), prov, size_of(kind))
    check_base(core, addr, core.word(4))
    core.put(1, *load(core, kind, wrap(addr + core.word(3)), prov))
    core.advance()


def do_ldl(core: Core) -> None:
    addr, prov = _local(core, 2)
    core.put(1, *load(core, _kind_of(core), addr + core.word(3), prov))
    core.advance()


def _values(core: Core, kind: str, i: int) -> tuple[int, ...]:
    return core.get2(i) if kind in ("ptr", "w128") else (core.get(i),)


def do_st(core: Core) -> None:
    (addr, prov), kind = core.get2(1), _kind_of(core)
    core.memory.access(wrap(addr + core.word(2)), prov, size_of(kind), write=True)
    check_base(core, addr, core.word(4))
    store(core, kind, wrap(addr + core.word(2)), prov, _values(core, kind, 3))
    core.advance()


def do_stl(core: Core) -> None:
    addr, prov = _local(core, 1)
    kind = _kind_of(core)
    store(core, kind, addr + core.word(2), prov, _values(core, kind, 3))
    core.advance()


def _load_maybe(core: Core, addr: int, prov: int, kind: str) -> None:
    size = KIND_SIZE[KINDS.index(kind)]
    at = core.memory.access(addr, prov, size)
    if all(m & w.INIT for m in core.state.meta[at : at + size]):
        core.put(1, *load(core, kind, addr, prov))
        core.put(2, 1)
    else:
        core.put(1, *((0, 0) if kind in ("ptr", "w128") else (0,)))
        core.put(2, 0)
    core.advance()


def do_ld_maybe(core: Core) -> None:
    addr, prov = core.get2(3)
    check_base(core, addr, core.word(6))
    _load_maybe(core, wrap(addr + core.word(4)), prov, KINDS[core.word(5)])


def do_ldl_maybe(core: Core) -> None:
    addr, prov = _local(core, 3)
    _load_maybe(core, addr + core.word(4), prov, KINDS[core.word(5)])


def _store_maybe(core: Core, addr: int, prov: int, kind: str) -> None:
    if core.get(4):
        store(core, kind, addr, prov, _values(core, kind, 3))
    else:
        _uninit(core, addr, prov, KIND_SIZE[KINDS.index(kind)])
    core.advance()


def do_st_maybe(core: Core) -> None:
    addr, prov = core.get2(1)
    check_base(core, addr, core.word(6))
    _store_maybe(core, wrap(addr + core.word(2)), prov, KINDS[core.word(5)])


def do_stl_maybe(core: Core) -> None:
    addr, prov = _local(core, 1)
    _store_maybe(core, addr + core.word(2), prov, KINDS[core.word(5)])


def _uninit(core: Core, addr: int, prov: int, size: int) -> None:
    core.memory.uninit(core.memory.access(addr, prov, size, write=True), size)


def do_uninit(core: Core) -> None:
    addr, prov = core.get2(1)
    check_base(core, addr, core.word(4))
    _uninit(core, wrap(addr + core.word(2)), prov, core.word(3))
    core.advance()


# --- copies --------------------------------------------------------------------------------------


def do_copy(core: Core) -> None:
    (d, dprov), (p, prov), size = core.get2(1), core.get2(3), core.word(5)
    a = core.memory.access(wrap(p + core.word(4)), prov, size)
    check_base(core, p, core.word(7))
    to = core.memory.access(wrap(d + core.word(2)), dprov, size, write=True)
    check_base(core, d, core.word(6))
    if a != to and a < to + size and to < a + size:
        raise Ub("overlapping memory ranges in a typed copy")
    core.memory.copy(to, a, size)
    core.advance()


def do_copyl(core: Core) -> None:
    slots = core.state.thread.slots
    core.memory.copy(slots[core.at(1) + 2] + core.word(2), slots[core.at(3) + 2] + core.word(4), core.word(5))
    core.advance()


def _bulk(core: Core, name: str, count: int, size: int) -> int:
    total = count * size
    if count < 0 or total > (1 << 63) - 1:
        raise Ub(f"overflow computing total size of `{name}`")
    return total


def _memcpy(core: Core, name: str, overlap: bool) -> None:
    (d, dprov), (p, prov) = core.get2(1), core.get2(2)
    total = _bulk(core, name, core.get(3), core.word(4))
    align = core.word(5) + 1
    a = core.memory.access(p, prov, total, align=align)
    to = core.memory.access(d, dprov, total, write=True, align=align)
    if not overlap and total and a < to + total and to < a + total:
        raise Ub("`copy_nonoverlapping` called on overlapping ranges")
    core.memory.copy(to, a, total)
    core.advance()


def do_memcpy(core: Core) -> None:
    _memcpy(core, "copy_nonoverlapping", False)


def do_memmove(core: Core) -> None:
    _memcpy(core, "copy", True)


def do_memset(core: Core) -> None:
    d, dprov = core.get2(1)
    total = _bulk(core, "write_bytes", core.get(3), core.word(4))
    at = core.memory.access(d, dprov, total, write=True, align=core.word(5) + 1)
    if total:
        core.memory.store(at, bytes((core.get(2) & 255,)) * total)
    core.advance()


def do_memcmp(core: Core) -> None:
    (p, prov), (q, qprov), n = core.get2(2), core.get2(3), core.get(4)
    left, right = core.memory.read(p, prov, n), core.memory.read(q, qprov, n)
    core.put(1, (left > right) - (left < right))
    core.advance()


def do_memchr(core: Core) -> None:
    (p, prov), n = core.get2(2), core.get(3)
    found = core.memory.read(p, prov, n).find(core.get(4) & 255)
    core.put(1, n if found < 0 else found)
    core.advance()


def do_fill(core: Core) -> None:
    (d, dprov), size, n = core.get2(1), core.word(3), core.word(4)
    at = core.memory.access(wrap(d + core.word(2)), dprov, size * n, write=True)
    for i in range(1, n):
        core.memory.copy(at + i * size, at, size)
    core.advance()


# --- frame and heap memory -----------------------------------------------------------------------


def do_live(core: Core) -> None:
    """Room for the allocation; a dead big one is ended.  A big local is made here."""
    slots, at = core.state.thread.slots, core.at(1)
    if slots[at + 1]:
        core.memory.free(slots[at + 1])
        slots[at + 1] = 0
    row = core.memory.new(core.word(2), core.word(3), w.M_STACK)
    bind_local(core, at, row)
    core.advance()


def bind_local(core: Core, at: int, row: int) -> None:
    tab, slots = core.state.tab, core.state.thread.slots
    slots[at], slots[at + 1] = tab[row + w.A_BASE], core.memory.base_prov(row)
    slots[at + 2] = tab[row + w.A_BASE] + tab[row + w.A_DELTA]


def do_freeze(core: Core) -> None:
    prov = core.get2(1)[1]
    if prov:
        core.memory.freeze(core.memory.row_of(prov))
    core.advance()


def do_dead(core: Core) -> None:
    slots, at = core.state.thread.slots, core.at(1)
    core.memory.free(slots[at + 1])
    slots[at + 1] = 0
    core.advance()


def do_leave(core: Core) -> None:
    slots, first = core.state.thread.slots, core.state.regs[w.R_FP] + core.word(1)
    for at in range(first, first + 3 * core.word(2), 3):
        if slots[at + 1]:
            core.memory.free(slots[at + 1])
            slots[at + 1] = 0
    core.advance()


def do_retplace(core: Core) -> None:
    addr, prov = core.get2(2)
    at = core.memory.access(addr, prov, core.word(3), write=True, align=core.word(4) + 1)
    row = core.memory.row_of(prov)
    assert row and core.state.tab[row + w.A_INFO] & 255 != w.M_HEAP, "a result's place may be freed during the call"
    core.put(1, addr, prov, at)
    core.advance()


def do_halloc(core: Core) -> None:
    size, align = core.get(2) & w_mask, core.get(3)
    if align <= 0 or align & (align - 1):
        raise Ub(f"creating allocation with non-power-of-two alignment {align & w_mask}")
    row = core.memory.new(size, align, w.M_HEAP)
    state = core.state
    if core.word(4):
        core.memory.store(state.tab[row + w.A_BASE] + state.tab[row + w.A_DELTA], bytes(size))
    core.put(1, state.tab[row + w.A_BASE], core.memory.base_prov(row))
    core.advance()


def heap_row(core: Core, addr: int, prov: int, size: int, align: int) -> int:
    """Row of the heap block a free or realloc names, or the report of what is wrong with it."""
    memory, tab = core.memory, core.state.tab
    row = memory.locate(addr, prov, 0) or memory.row_of(prov) if prov > w.WILDCARD else memory.resolve(addr, 1)
    if row == 0 and prov > w.WILDCARD:
        raise memory.dangling("memory access failed", prov)
    if row == 0:
        raise Ub(f"memory access failed: attempting to access 1 byte, but got {memory.no_provenance(addr)}")
    name, kind = memory.alloc_name(row), tab[row + w.A_INFO] & 255
    notes = memory.birth_notes(row)
    if addr != tab[row + w.A_BASE]:
        shown = memory.show(addr, prov)
        raise Ub(f"deallocating {shown} which does not point to the beginning of an object", notes=notes)
    if kind in (w.M_FN, w.M_VTABLE):
        raise Ub(f"deallocating {name}, which is a {'function' if kind == w.M_FN else 'vtable'}")
    if kind in (w.M_STATIC, w.M_CONST, w.M_TLS):
        raise Ub(f"deallocating {name}, which is static memory")
    if kind != w.M_HEAP:
        what = "stack variable memory, using Rust heap deallocation operation"
        raise Ub(f"deallocating {name}, which is {what}", notes=notes)
    have = tab[row + w.A_SIZE], tab[row + w.A_INFO] >> 16
    if have != (size, align):
        raise Ub(
            f"incorrect layout on deallocation: {name} has size {have[0]} and alignment {have[1]}, "
            f"but gave size {size} and alignment {align}",
            notes=notes,
        )
    return row


def do_hfree(core: Core) -> None:
    row = heap_row(core, *core.get2(1), core.get(2), core.get(3))
    core.memory.free(core.memory.base_prov(row))
    core.advance()


def do_hrealloc(core: Core) -> None:
    align, new = core.get(4), core.get(5)
    row = heap_row(core, *core.get2(2), core.get(3), align)
    fresh = core.memory.new(new, align, w.M_HEAP)
    tab = core.state.tab
    source, target = (tab[r + w.A_BASE] + tab[r + w.A_DELTA] for r in (row, fresh))
    core.memory.copy(target, source, min(new, core.get(3)))
    core.memory.free(core.memory.base_prov(row))
    core.put(1, tab[fresh + w.A_BASE], core.memory.base_prov(fresh))
    core.advance()


# --- pointers ------------------------------------------------------------------------------------


def _move(core: Core, off: int) -> None:
    addr, prov = core.get2(2)
    if not -(1 << 63) <= off < 1 << 63:
        raise Ub("overflowing pointer arithmetic: the total offset in bytes does not fit in an `isize`")
    core.memory.locate(addr, prov, off, ARITHMETIC)
    core.put(1, wrap(addr + off), prov)
    core.advance()


def do_paddc(core: Core) -> None:
    _move(core, core.word(3))


def do_pidxc(core: Core) -> None:
    _move(core, core.get(3) * core.word(4) + core.word(5))


def do_poffset(core: Core) -> None:
    _move(core, core.get(3) * core.word(4))


def do_poffset_u(core: Core) -> None:
    _move(core, (core.get(3) & w_mask) * core.word(4))


def do_pdiff(core: Core) -> None:
    (p, pprov), (q, qprov) = core.get2(2), core.get2(3)
    size, unsigned = core.word(4), core.word(5)
    name = "ptr_offset_from_unsigned" if unsigned else "ptr_offset_from"
    assert size, "ptr_offset_from of a zero-sized type is a panic of the library"
    distance = p - q
    if distance:
        reach = ((p, pprov, -distance), (q, qprov, distance))
        rows = [
            core.memory.resolve(a, n) if v == w.WILDCARD else (v >> w.TAG_BITS) * w.ROW for a, v, n in reach
        ]  # fmt: skip
        if rows[0] != rows[1] or not rows[0]:
            raise Ub(f"`{name}` called on two different pointers that are not both derived from the same allocation")
        try:
            core.memory.locate(q, qprov, distance)
            core.memory.locate(p, pprov, -distance)
        except Ub as outside:
            wrong = "where the memory range between them is not in-bounds of an allocation"
            raise Ub(f"`{name}` called on two different pointers {wrong}", notes=outside.notes) from None
    if unsigned and distance < 0:
        raise Ub(f"`{name}` called when first pointer has smaller address than second: {p:#x} < {q:#x}")
    if distance % size:
        raise Ub(f"exact_div: {distance}_isize cannot be divided by {size}_isize without remainder")
    core.put(1, distance // size)
    core.advance()


def do_expose(core: Core) -> None:
    addr, prov = core.get2(2)
    core.memory.expose(prov)
    core.put(1, addr)
    core.advance()


# --- atomics -------------------------------------------------------------------------------------


def do_at_ld(core: Core) -> None:
    kind = KINDS[core.word(3)]
    core.put(1, *load(core, kind, *core.get2(2), align=KIND_SIZE[core.word(3)]))
    core.advance()


def do_at_st(core: Core) -> None:
    kind = KINDS[core.word(3)]
    store(core, kind, *core.get2(1), _values(core, kind, 2), align=KIND_SIZE[core.word(3)])
    core.advance()


def _rmw(op: str, old: int, new: int, bits: int) -> int:
    mask = (1 << bits) - 1
    results = {
        "xchg": new, "add": old + new, "sub": old - new, "and": old & new, "nand": ~(old & new), "or": old | new,
        "xor": old ^ new, "max_s": max(old, new), "min_s": min(old, new),
        "max_u": max(old & mask, new & mask), "min_u": min(old & mask, new & mask),
    }  # fmt: skip
    return results[op]


def _pack(kind: str, values: tuple[int, ...]) -> int:
    return values[0] if kind != "w128" else (values[0] & w_mask) | values[1] << 64


def _unpack(kind: str, value: int) -> tuple[int, ...]:
    return (wrap(value),) if kind != "w128" else (wrap(value), wrap(value >> 64))


def do_at_rmw(core: Core) -> None:
    op, index = RMW_OPS[core.word(1)], core.word(5)
    kind, (addr, prov) = KINDS[index], core.get2(3)
    old = load(core, kind, addr, prov, KIND_SIZE[index])
    new = core.get2(4) if kind == "w128" or (kind == "ptr" and op == "xchg") else (core.get(4),)
    if kind == "ptr" and op != "xchg":
        result: tuple[int, ...] = (wrap(_rmw(op, old[0], new[0], 64)), old[1])
    elif kind == "ptr":
        result = new
    else:
        result = _unpack(kind, _rmw(op, _pack(kind, old), _pack(kind, new), 8 * KIND_SIZE[index]))
    store(core, kind, addr, prov, result)
    core.put(2, *old)
    core.advance()


def do_at_cas(core: Core) -> None:
    index = core.word(6)
    kind, (addr, prov) = KINDS[index], core.get2(3)
    align = KIND_SIZE[index]
    found = load(core, kind, addr, prov, align)
    core.memory.access(addr, prov, align, write=True)
    expected = core.get2(4) if kind == "w128" else (core.get(4),)
    equal = found[: len(expected)] == expected
    if equal:
        store(core, kind, addr, prov, _values(core, kind, 5))
    core.put(1, *found)
    core.put(2, int(equal))
    core.advance()


_KINDS = ("U8", "I8", "U16", "I16", "U32", "I32", "64", "BOOL", "PTR", "128")
_STORES = ("8", "16", "32", "64", "PTR", "128")
HANDLERS: dict[str, Handler] = {
    **{f"LD_{k}": do_ld for k in _KINDS}, **{f"LDL_{k}": do_ldl for k in _KINDS},
    **{f"ST_{k}": do_st for k in _STORES}, **{f"STL_{k}": do_stl for k in _STORES},
    "LD_MAYBE": do_ld_maybe, "LDL_MAYBE": do_ldl_maybe, "ST_MAYBE": do_st_maybe, "STL_MAYBE": do_stl_maybe,
    "UNINIT": do_uninit, "COPY": do_copy, "COPYL": do_copyl, "MEMCPY": do_memcpy, "MEMMOVE": do_memmove,
    "MEMSET": do_memset, "MEMCMP": do_memcmp, "MEMCHR": do_memchr, "FILL": do_fill, "LIVE": do_live, "DEAD": do_dead,
    "FREEZE": do_freeze,
    "LEAVE": do_leave, "RETPLACE": do_retplace, "HALLOC": do_halloc, "HFREE": do_hfree, "HREALLOC": do_hrealloc,
    "PADDC": do_paddc, "PIDXC": do_pidxc, "POFFSET": do_poffset, "POFFSET_U": do_poffset_u, "PDIFF": do_pdiff,
    "EXPOSE": do_expose, "AT_LD": do_at_ld, "AT_ST": do_at_st, "AT_RMW": do_at_rmw, "AT_CAS": do_at_cas,
}  # fmt: skip
