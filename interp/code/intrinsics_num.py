"""Intrinsics about integers, floats, atomics and the heap.

To add one: a function here and its line in `NUMERIC`.
"""

from __future__ import annotations

from typing import Callable, Final, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Args, Ty
from .intrinsics_base import Handler, IntrinsicBase
from .opcodes import FMATH_OPS, RMW_OPS
from .operators import is_signed, width_of
from .place_ref import KIND_NUMBER, SLOTS, WIDE, PlaceRef

_FMATH: Final = {
    "sqrtf": "sqrt", "fabsf": "abs", "floorf": "floor", "ceilf": "ceil", "truncf": "trunc", "roundf": "round",
    "round_ties_even_f": "round_even",
}  # fmt: skip


# --- integers ------------------------------------------------------------------------------------


def _binary(op: str) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.rvalue_into(m.BinaryOp(op, term.args[0], term.args[1]), dst)  # type: ignore[arg-type]

    return run


def _saturating(name: str) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        a, b = (fa.operand_slot(op) for op in term.args)
        ty: Ty = args[0]  # type: ignore[assignment]
        sign = "S" if is_signed(ty) else "U"
        if width_of(ty) == 128:
            _wide(fa, dst, f"s{name.lower()}_{sign.lower()}", a, b)
        else:
            fa.give(dst, f"S{name}_{sign}", a, b, 64 - width_of(ty))

    return run


def _wide(fa: IntrinsicBase, dst: PlaceRef, name: str, a: int, b: int) -> None:
    slot = fa.temp(2)
    fa.emit("WIDE", WIDE[name], slot, a, b)
    fa.store(dst, slot)


def _exact_div(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    ty: Ty = args[0]  # type: ignore[assignment]
    a, b = (fa.operand_slot(op) for op in term.args)
    rest, out = fa.temp(2), fa.temp(2)
    sign = "s" if is_signed(ty) else "u"
    if width_of(ty) == 128:
        fa.emit("WIDE", WIDE[f"rem_{sign}"], rest, a, b)
        fa.emit("WIDE", WIDE[f"div_{sign}"], out, a, b)
    else:
        tail = (64 - width_of(ty),) if sign == "s" else ()
        fa.emit(f"REM_{sign.upper()}", rest, a, b, *tail)
        fa.emit(f"DIV_{sign.upper()}", out, a, b, *tail)
    fa.emit("UB_IF", rest, fa.add_extra("exact_div: division has a remainder"))
    fa.store(dst, out)


def _bits(name: str, wide: str, nonzero: bool = False, sign: bool = False) -> Handler:
    """An operation on the bits of one integer."""

    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        a = fa.operand_slot(term.args[0])
        if width_of(ty) == 128:
            _wide(fa, dst, wide, a, a)
            return
        if nonzero:
            flag = fa.temp()
            fa.emit("EQ_I", flag, a, 0)
            fa.emit("UB_IF", flag, fa.add_extra(f"`{'ctlz' if name == 'CLZ' else 'cttz'}_nonzero` called on 0"))
        fa.give(dst, name, a, 64 - width_of(ty), *([int(is_signed(ty))] if sign else []))

    return run


def _rotate(name: str, wide: str) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        a, b = (fa.operand_slot(op) for op in term.args)
        if width_of(ty) == 128:
            _wide(fa, dst, wide, a, b)
        else:
            fa.give(dst, name, a, b, 64 - width_of(ty), int(is_signed(ty)))

    return run


def _if_int(op: str, constant: Optional[int] = None) -> Handler:
    """`int_lt` and the like: unreachable unless the type is an integer."""

    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        if type(ty) not in (t.Int, t.Char):
            fa.emit("UNREACHABLE")
            return
        rhs = term.args[1] if constant is None else m.Constant(ty, m.Scalar(constant), term.span)
        fa.rvalue_into(m.BinaryOp(op, term.args[0], rhs), dst)  # type: ignore[arg-type]

    return run


def _int_of_float(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    width, ty = width_of(args[0]), args[1]  # type: ignore[arg-type]
    if width_of(ty) == 128:  # type: ignore[arg-type]
        fa.float_to_int(term.args[0], args[0], ty, dst)  # type: ignore[arg-type]
    else:
        fa.call_out("float_to_int_unchecked", term, dst, width, 64 - width_of(ty), is_signed(ty))  # type: ignore[arg-type]


def float_handler(name: str) -> Optional[Handler]:
    if name[-2:] not in ("32", "64") or name[:-2] not in _FMATH:
        return None

    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        op = FMATH_OPS.index(_FMATH[name[:-2]])
        slot = fa.target(dst, 1)
        fa.emit("FMATH", op, slot, fa.operand_slot(term.args[0]), int(name[-2:]))
        fa.put(dst, slot)

    return run


# --- atomics -------------------------------------------------------------------------------------


def _by_order(fa: IntrinsicBase, orders: list[m.Operand], emit: Callable[..., object]) -> None:
    """Orderings are immediates of the instructions: known ones at once, else a switch over what they may be."""
    known = [fa.immediate(op) for op in orders]
    if all(k is not None for k in known):
        emit(*known)
        return
    slots = [None if k is not None else fa.operand_slot(op) for k, op in zip(known, orders)]
    end = fa.out.label()

    def choose(at: int, chosen: tuple[int, ...]) -> None:
        if at == len(orders):
            emit(*chosen)
            fa.emit("JMP", end)
            return
        slot = slots[at]
        if slot is None:
            choose(at + 1, (*chosen, known[at]))  # type: ignore[arg-type]
            return
        labels = [fa.out.label() for _ in range(5)]
        fa.emit("SWITCH", slot, 0, 5, labels[4], *labels)
        for order, label in enumerate(labels):
            fa.out.bind(label)
            choose(at + 1, (*chosen, order))

    choose(0, ())
    fa.out.bind(end)


def _atomic_kind(fa: IntrinsicBase, ty: Ty) -> int:
    return KIND_NUMBER["bool" if ty is t.BOOL else fa.class_of_ty(ty).parts[0].kind]


def _atomic_load(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, kind = fa.operand_slot(term.args[0]), _atomic_kind(fa, args[0])  # type: ignore[arg-type]
    slot = fa.temp(2)
    _by_order(fa, [term.args[1]], lambda order: fa.emit("AT_LD", slot, p, kind, order))
    fa.store(dst, slot)


def _atomic_store(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, value, kind = fa.operand_slot(term.args[0]), fa.operand_slot(term.args[1]), _atomic_kind(fa, args[0])  # type: ignore[arg-type]
    _by_order(fa, [term.args[2]], lambda order: fa.emit("AT_ST", p, value, kind, order))


def _atomic_rmw(op: str) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        name = f"{op}_{'s' if is_signed(ty) else 'u'}" if op in ("max", "min") else op
        number, kind = RMW_OPS.index(name), _atomic_kind(fa, ty)
        p, value = fa.operand_slot(term.args[0]), fa.operand_slot(term.args[1])
        slot = fa.temp(2)
        _by_order(fa, [term.args[2]], lambda order: fa.emit("AT_RMW", number, slot, p, value, kind, order))
        fa.store(dst, slot)

    return run


def _atomic_cas(weak: int) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        p, old, new = (fa.operand_slot(op) for op in term.args[:3])
        ty: Ty = args[0]  # type: ignore[assignment]
        kind, slots = _atomic_kind(fa, ty), fa.class_of_ty(ty).slots
        slot = fa.temp(slots + 1)

        def emit(success: int, failure: int) -> None:
            fa.emit("AT_CAS", slot, slot + slots, p, old, new, kind, success, failure, weak)

        _by_order(fa, list(term.args[3:5]), emit)
        if dst.mode == SLOTS or fa.class_of_ty(dst.ty).in_slots:
            fa.store(dst, slot)
        else:
            fa.store(fa.field(dst, 0), slot)
            fa.store(fa.field(dst, 1), slot + slots)

    return run


def _fence(single: int) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        _by_order(fa, [term.args[0]], lambda order: fa.emit("FENCE", order, single))

    return run


# --- heap ----------------------------------------------------------------------------------------


def _global(lang: str, system: Handler) -> Handler:
    """The heap of the program: its `#[global_allocator]`, if it has one, else the machine's own."""

    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        function = fa.tcx.lang_item(lang)
        if function is None:
            system(fa, term, args, dst)
        else:
            fa.call_instance(term, fa.cx.resolve(function, ()), False)

    return run


def _heap_alloc(zero: int) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        size, align = (fa.operand_slot(op) for op in term.args)
        fa.give(dst, "HALLOC", size, align, zero)

    return run


def _heap_free(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.emit("HFREE", *(fa.operand_slot(op) for op in term.args))


def _heap_realloc(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.give(dst, "HREALLOC", *(fa.operand_slot(op) for op in term.args))


NUMERIC: Final[dict[str, Handler]] = {
    "add_with_overflow": _binary("AddWithOverflow"),
    "sub_with_overflow": _binary("SubWithOverflow"),
    "mul_with_overflow": _binary("MulWithOverflow"),
    "wrapping_add": _binary("Add"),
    "wrapping_sub": _binary("Sub"),
    "wrapping_mul": _binary("Mul"),
    "saturating_add": _saturating("ADD"),
    "saturating_sub": _saturating("SUB"),
    "unchecked_add": _binary("AddUnchecked"),
    "unchecked_sub": _binary("SubUnchecked"),
    "unchecked_mul": _binary("MulUnchecked"),
    "unchecked_div": _binary("Div"),
    "unchecked_rem": _binary("Rem"),
    "unchecked_shl": _binary("ShlUnchecked"),
    "unchecked_shr": _binary("ShrUnchecked"),
    "exact_div": _exact_div,
    "rotate_left": _rotate("ROTL", "rotl"),
    "rotate_right": _rotate("ROTR", "rotr"),
    "ctpop": _bits("CTPOP", "ctpop"),
    "ctlz": _bits("CLZ", "clz"),
    "cttz": _bits("CTZ", "ctz"),
    "ctlz_nonzero": _bits("CLZ", "clz", True),
    "cttz_nonzero": _bits("CTZ", "ctz", True),
    "bswap": _bits("BSWAP", "bswap", sign=True),
    "bitreverse": _bits("BITREV", "bitrev", sign=True),
    "three_way_compare": _binary("Cmp"),
    "int_lt": _if_int("Lt"),
    "int_next": _if_int("Add", 1),
    "int_prev": _if_int("Sub", 1),
    "float_to_int_unchecked": _int_of_float,
    "atomic_load": _atomic_load,
    "atomic_store": _atomic_store,
    "atomic_xchg": _atomic_rmw("xchg"),
    "atomic_cxchg": _atomic_cas(0),
    "atomic_cxchgweak": _atomic_cas(1),
    "atomic_xadd": _atomic_rmw("add"),
    "atomic_xsub": _atomic_rmw("sub"),
    "atomic_and": _atomic_rmw("and"),
    "atomic_nand": _atomic_rmw("nand"),
    "atomic_or": _atomic_rmw("or"),
    "atomic_xor": _atomic_rmw("xor"),
    "atomic_max": _atomic_rmw("max"),
    "atomic_min": _atomic_rmw("min"),
    "atomic_fence": _fence(0),
    "atomic_singlethreadfence": _fence(1),
    "alloc": _global("global_alloc", _heap_alloc(0)),
    "alloc_zeroed": _global("global_alloc_zeroed", _heap_alloc(1)),
    "dealloc": _global("global_dealloc", _heap_free),
    "realloc": _global("global_realloc", _heap_realloc),
    "system_alloc": _heap_alloc(0),
    "system_alloc_zeroed": _heap_alloc(1),
    "system_dealloc": _heap_free,
    "system_realloc": _heap_realloc,
}
