"""Intrinsics: what the library's bodyless functions become.

Most are a few instructions; those that need the machine's Python side are an `INTR` whose extra is
(name, plain arguments..): sizes, type names or value kinds that the machine can't know.
To add an intrinsic: a function here and its line in `_INTRINSICS` (or nothing, if `INTR` with its name will do).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Final, Optional

from ..mir import body as m
from ..mono.instance import Instance
from ..ty import ty as t
from ..ty.layout_data import Layout
from ..ty.ty import Args, Ty
from .emit import WINDOW
from .opcodes import FMATH_OPS, RMW_OPS
from .places import KIND_NUMBER, NOWHERE, SLOTS, WIDE, PlaceRef
from .rvalues import is_signed, width_of

if TYPE_CHECKING:
    from .assemble import FnAsm

Handler = Callable[[Any, m.Call, Args, PlaceRef], None]
_FMATH: Final = {
    "sqrtf": "sqrt", "fabsf": "abs", "floorf": "floor", "ceilf": "ceil", "truncf": "trunc", "roundf": "round",
    "round_ties_even_f": "round_even",
}  # fmt: skip


class Intrinsics:
    """The part of `FnAsm` about intrinsics."""

    def intrinsic(self: FnAsm, term: m.Call, instance: Instance) -> None:  # type: ignore[misc]
        name = self.tcx.def_data(instance.def_id).name
        self.changes_place(term.destination)
        handler = _INTRINSICS.get(name) or _float_handler(name)
        dst = self.place(term.destination)
        if handler is not None:
            handler(self, term, instance.args, dst)
        else:
            self.call_out(name, term, dst)
        if term.target is None and name not in ("abort", "unreachable"):
            self.emit("UNREACHABLE")

    def call_out(self: FnAsm, name: str, term: m.Call, dst: PlaceRef, *plain: Any) -> None:  # type: ignore[misc]
        """An INTR: arguments in the window as for a call, result slots back."""
        self.arguments(term.args, False, 0)
        cls = self.class_of_ty(dst.ty)
        slot = self.temp(cls.slots) if cls.in_slots else 0
        if not cls.in_slots:
            raise self.unsupported(f"intrinsic `{name}` with a result in memory")
        index = self.emit("INTR", self.add_extra(name, *plain), WINDOW, slot)
        self.pad(index, term.unwind)
        if cls.slots and term.target is not None:
            self.store(dst, slot)

    def give(self: FnAsm, dst: PlaceRef, name: str, *operands: int) -> None:  # type: ignore[misc]
        """One instruction whose first operand is the result."""
        if dst.mode == NOWHERE:
            return
        slot = self.target(dst, self.class_of_ty(dst.ty).slots)
        self.emit(name, slot, *operands)
        self.put(dst, slot)

    # -- sizes of values ---------------------------------------------------------------------------

    def size_align_of_val(self: FnAsm, ty: Ty, pointer: int) -> tuple[int, int]:  # type: ignore[misc]
        """Slots with size and alignment of what the pointer at `pointer` leads to."""
        layout = self.layout_of(ty)
        size, align = self.temp(), self.temp()
        if layout.sized:
            self.emit("CONST", size, layout.size)
            self.emit("CONST", align, layout.align)
        elif layout.kind == "array":
            assert layout.elem is not None
            self.emit("MUL_U_I", size, pointer + 2, layout.elem.size, 0)
            self.emit("CONST", align, layout.align)
        elif layout.kind == "dyn":
            self.emit("VT_GET", size, pointer + 2, -3)
            self.emit("VT_GET", align, pointer + 2, -2)
        else:
            self.tail_size(layout, pointer, size, align)
        return size, align

    def tail_size(self: FnAsm, layout: Layout, pointer: int, size: int, align: int) -> None:  # type: ignore[misc]
        """A struct with an unsized last field: its offset, the field, and padding to the common alignment."""
        tail_size, tail_align = self.size_align_of_val(layout.fields[-1], pointer)
        own = self.temp()
        smaller = self.temp()
        self.emit("CONST", own, layout.align)
        self.emit("LT_U", smaller, own, tail_align)
        self.emit("SELECT", align, smaller, tail_align, own)
        self.emit("CONST", size, layout.offsets[-1])
        self.round_up(size, tail_align)
        self.emit("ADD_U", size, size, tail_size, 0)
        self.round_up(size, align)

    def round_up(self: FnAsm, slot: int, align: int) -> None:  # type: ignore[misc]
        mask = self.temp()
        self.emit("ADD_U", slot, slot, align, 0)
        self.emit("SUB_U_I", slot, slot, 1, 0)
        self.emit("NEG_U", mask, align, 0)
        self.emit("AND", slot, slot, mask)

    def pointee_place(self: FnAsm, op: m.Operand, ty: Ty) -> PlaceRef:  # type: ignore[misc]
        slots = self.class_of_ty(self.operand_ty(op)).slots
        return self.behind(self.operand_slot(op), ty, slots == 3)


# --- types ---------------------------------------------------------------------------------------


def _const_of(value: Callable[[FnAsm, Ty], int]) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.put_const(dst, value(fa, args[0]))  # type: ignore[arg-type]

    return run


def _size_of_val(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.store(dst, fa.size_align_of_val(args[0], fa.operand_slot(term.args[0]))[0])  # type: ignore[arg-type]


def _align_of_val(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.store(dst, fa.size_align_of_val(args[0], fa.operand_slot(term.args[0]))[1])  # type: ignore[arg-type]


def _variant_count(fa: FnAsm, ty: Ty) -> int:
    if type(ty) is not t.Adt:
        return 0
    adt = fa.tcx.adt_def(ty.def_id)
    return len(adt.variants) if adt.kind == "enum" else 0


def _type_name(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    data = fa.linker.type_name(args[0]).encode()  # type: ignore[arg-type]
    slot = fa.temp(3)
    fa.emit("GLOBAL", slot, fa.linker.literal(data))
    fa.emit("CONST", slot + 2, len(data))
    fa.store(dst, slot)


def _type_id(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    bits = fa.linker.type_id(args[0])  # type: ignore[arg-type]
    fa.copy(dst, fa.bits_ref(bits, dst.ty, dst.layout, fa.class_of_ty(dst.ty), None))


def _discriminant_value(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.discriminant(fa.pointee_place(term.args[0], args[0]), dst)  # type: ignore[arg-type]


def _assert_inhabited(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if fa.layout_of(args[0]).uninhabited:  # type: ignore[arg-type]
        text = f"attempted to instantiate uninhabited type `{fa.linker.type_name(args[0])}`"  # type: ignore[arg-type]
        _panic_nounwind(fa, term, text)


def _zero_valid(fa: FnAsm, ty: Ty) -> bool:
    """Whether all-zero bytes may be a value; as lenient as rustc with arrays and the fields of enums."""
    layout = fa.layout_of(ty)
    if layout.abi == "scalar":
        return layout.a.is_union or layout.a.contains(0)  # type: ignore[union-attr]
    if layout.abi == "pair":
        return all(s.is_union or s.contains(0) for s in (layout.a, layout.b))  # type: ignore[union-attr]
    if layout.tag is not None:
        return layout.tag.scalar.contains(0)
    return layout.kind in ("array", "union") or all(_zero_valid(fa, field) for field in layout.fields)


def _assert_zero_valid(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    ty: Ty = args[0]  # type: ignore[assignment]
    if fa.layout_of(ty).uninhabited:
        _assert_inhabited(fa, term, args, dst)
    elif not _zero_valid(fa, ty):
        text = f"attempted to zero-initialize type `{fa.linker.type_name(ty)}`, which is invalid"
        _panic_nounwind(fa, term, text)


def _assert_uninit_valid(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    ty: Ty = args[0]  # type: ignore[assignment]
    layout = fa.layout_of(ty)
    if layout.uninhabited:
        _assert_inhabited(fa, term, args, dst)
    elif layout.niche is not None:
        text = f"attempted to leave type `{fa.linker.type_name(ty)}` uninitialized, which is invalid"
        _panic_nounwind(fa, term, text)


def _panic_nounwind(fa: FnAsm, term: m.Call, text: str) -> None:
    data = text.encode()
    fa.emit("GLOBAL", WINDOW, fa.linker.literal(data))
    fa.emit("CONST", WINDOW + 2, len(data))
    instance = fa.cx.resolve(fa.tcx.require_lang_item("panic_nounwind"), ())
    if fa.cx.is_track_caller(instance.def_id):
        fa.location_to(WINDOW + 3, term.span)
    fa.pad(fa.emit("CALL", fa.linker.instance(instance), WINDOW, 0), term.unwind)
    fa.emit("UNREACHABLE")


# --- values and memory ---------------------------------------------------------------------------


def _transmute(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if fa.layout_of(args[0]).size != fa.layout_of(args[1]).size:  # type: ignore[arg-type]
        fa.emit("UNREACHABLE")
        return
    if dst.mode != NOWHERE:
        fa.reinterpret(fa.operand_ref(term.args[0]), dst)


def _copy(name: str) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        layout = fa.layout_of(args[0])  # type: ignore[arg-type]
        src, to, n = (fa.operand_slot(op) for op in term.args)
        fa.emit(name, to, src, n, layout.size, layout.align - 1)

    return run


def _write_bytes(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    layout = fa.layout_of(args[0])  # type: ignore[arg-type]
    to, value, n = (fa.operand_slot(op) for op in term.args)
    fa.emit("MEMSET", to, value, n, layout.size, layout.align - 1)


def _swap(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    ty: Ty = args[0]  # type: ignore[assignment]
    x, y = fa.pointee_place(term.args[0], ty), fa.pointee_place(term.args[1], ty)
    if fa.class_of_ty(ty).in_slots:
        a, b = fa.load(x), fa.load(y)
        fa.store(x, b)
        fa.store(y, a)
        return
    middle = fa.scratch_memory(fa.layout_of(ty))
    fa.copy(middle, x)
    fa.copy(x, y)
    fa.copy(y, middle)
    fa.kill(middle)


def _read(aligned: bool) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        src = fa.pointee_place(term.args[0], ty)
        src.am = src.am if aligned else 0
        if fa.class_of_ty(ty).in_slots and dst.mode != NOWHERE:
            slot = fa.load(src, dst.slot if dst.mode == SLOTS and fa.is_whole(dst) else None)
            fa.check_pointers(ty, slot)
            fa.put(dst, slot)
        else:
            fa.copy(dst, src)

    return run


def _write(aligned: bool) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        to = fa.pointee_place(term.args[0], args[0])  # type: ignore[arg-type]
        to.am = to.am if aligned else 0
        fa.operand_into(term.args[1], to)

    return run


def _compare_bytes(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.give(dst, "MEMCMP", *(fa.operand_slot(op) for op in term.args))


def _raw_eq(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    a, b = (fa.operand_slot(op) for op in term.args)
    n, order = fa.temp(), fa.temp()
    fa.emit("CONST", n, fa.layout_of(args[0]).size)  # type: ignore[arg-type]
    fa.emit("MEMCMP", order, a, b, n)
    fa.give(dst, "EQ_I", order, 0)


def _find_byte(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.give(dst, "MEMCHR", *(fa.operand_slot(op) for op in term.args))


# --- pointers ------------------------------------------------------------------------------------


def _arith_offset(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, n = (fa.operand_slot(op) for op in term.args)
    fa.give(dst, "PARITH", p, n, fa.layout_of(args[0]).size)  # type: ignore[arg-type]


def _offset(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, n = (fa.operand_slot(op) for op in term.args)
    size = fa.layout_of(fa.pointee(args[0])).size  # type: ignore[arg-type]
    fa.give(dst, "POFFSET" if is_signed(args[1]) else "POFFSET_U", p, n, size)  # type: ignore[arg-type]


def _offset_from(unsigned: int) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        p, q = (fa.operand_slot(op) for op in term.args)
        fa.give(dst, "PDIFF", p, q, fa.layout_of(args[0]).size, unsigned)  # type: ignore[arg-type]

    return run


def _ptr_mask(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, mask = (fa.operand_slot(op) for op in term.args)
    slot = fa.temp(2)
    fa.emit("AND", slot, p, mask)
    fa.move(slot + 1, p + 1, 1)
    fa.store(dst, slot)


def _ptr_metadata(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if dst.mode == NOWHERE:
        return
    slot = fa.temp(2)
    fa.move(slot, fa.operand_slot(term.args[0]) + 2, 1)
    fa.emit("CONST", slot + 1, 0)  # a vtable pointer as an ordinary one
    fa.store(dst, slot)


def _aggregate_raw_ptr(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    slot = fa.temp(3)
    fa.move(slot, fa.operand_slot(term.args[0]), 2)
    if fa.class_of_ty(dst.ty).slots == 3:
        fa.move(slot + 2, fa.operand_slot(term.args[1]), 1)
    fa.store(dst, slot)


def _vtable_get(entry: int) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.give(dst, "VT_GET", fa.operand_slot(term.args[0]), entry)

    return run


# --- control -------------------------------------------------------------------------------------


def _simple(name: str) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.emit(name)

    return run


def _assume(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    flag = fa.temp()
    fa.emit("XOR_I", flag, fa.operand_slot(term.args[0]), 1)
    fa.emit("UB_IF", flag, fa.add_extra("`assume` called with `false`"))


def _identity(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if dst.mode != NOWHERE:
        fa.operand_into(term.args[0], dst)


def _nothing(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    return


def _caller_location(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    slot = fa.temp(2)
    fa.location_to(slot, term.span)
    fa.store(dst, slot)


# --- integers ------------------------------------------------------------------------------------


def _binary(op: str) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.rvalue_into(m.BinaryOp(op, term.args[0], term.args[1]), dst)  # type: ignore[arg-type]

    return run


def _saturating(name: str) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        a, b = (fa.operand_slot(op) for op in term.args)
        ty: Ty = args[0]  # type: ignore[assignment]
        sign = "S" if is_signed(ty) else "U"
        if width_of(ty) == 128:
            _wide(fa, dst, f"s{name.lower()}_{sign.lower()}", a, b)
        else:
            fa.give(dst, f"S{name}_{sign}", a, b, 64 - width_of(ty))

    return run


def _wide(fa: FnAsm, dst: PlaceRef, name: str, a: int, b: int) -> None:
    slot = fa.temp(2)
    fa.emit("WIDE", WIDE[name], slot, a, b)
    fa.store(dst, slot)


def _exact_div(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
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

    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
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
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        a, b = (fa.operand_slot(op) for op in term.args)
        if width_of(ty) == 128:
            _wide(fa, dst, wide, a, b)
        else:
            fa.give(dst, name, a, b, 64 - width_of(ty), int(is_signed(ty)))

    return run


def _if_int(op: str, constant: Optional[int] = None) -> Handler:
    """`int_lt` and the like: unreachable unless the type is an integer."""

    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        if type(ty) not in (t.Int, t.Char):
            fa.emit("UNREACHABLE")
            return
        rhs = term.args[1] if constant is None else m.Constant(ty, m.Scalar(constant), term.span)
        fa.rvalue_into(m.BinaryOp(op, term.args[0], rhs), dst)  # type: ignore[arg-type]

    return run


def _int_of_float(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    width, ty = width_of(args[0]), args[1]  # type: ignore[arg-type]
    if width_of(ty) == 128:  # type: ignore[arg-type]
        fa.float_to_int(term.args[0], args[0], ty, dst)  # type: ignore[arg-type]
    else:
        fa.call_out("float_to_int_unchecked", term, dst, width, 64 - width_of(ty), is_signed(ty))  # type: ignore[arg-type]


def _float_handler(name: str) -> Optional[Handler]:
    if name[-2:] not in ("32", "64") or name[:-2] not in _FMATH:
        return None

    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        op = FMATH_OPS.index(_FMATH[name[:-2]])
        slot = fa.target(dst, 1)
        fa.emit("FMATH", op, slot, fa.operand_slot(term.args[0]), int(name[-2:]))
        fa.put(dst, slot)

    return run


# --- atomics -------------------------------------------------------------------------------------


def _by_order(fa: FnAsm, orders: list[m.Operand], emit: Callable[..., None]) -> None:
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


def _atomic_kind(fa: FnAsm, ty: Ty) -> int:
    return KIND_NUMBER["bool" if ty is t.BOOL else fa.class_of_ty(ty).parts[0].kind]


def _atomic_load(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, kind = fa.operand_slot(term.args[0]), _atomic_kind(fa, args[0])  # type: ignore[arg-type]
    slot = fa.temp(2)
    _by_order(fa, [term.args[1]], lambda order: fa.emit("AT_LD", slot, p, kind, order))
    fa.store(dst, slot)


def _atomic_store(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, value, kind = fa.operand_slot(term.args[0]), fa.operand_slot(term.args[1]), _atomic_kind(fa, args[0])  # type: ignore[arg-type]
    _by_order(fa, [term.args[2]], lambda order: fa.emit("AT_ST", p, value, kind, order))


def _atomic_rmw(op: str) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        name = f"{op}_{'s' if is_signed(ty) else 'u'}" if op in ("max", "min") else op
        number, kind = RMW_OPS.index(name), _atomic_kind(fa, ty)
        p, value = fa.operand_slot(term.args[0]), fa.operand_slot(term.args[1])
        slot = fa.temp(2)
        _by_order(fa, [term.args[2]], lambda order: fa.emit("AT_RMW", number, slot, p, value, kind, order))
        fa.store(dst, slot)

    return run


def _atomic_cas(weak: int) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
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
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        _by_order(fa, [term.args[0]], lambda order: fa.emit("FENCE", order, single))

    return run


# --- heap ----------------------------------------------------------------------------------------


def _heap_alloc(zero: int) -> Handler:
    def run(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
        size, align = (fa.operand_slot(op) for op in term.args)
        fa.give(dst, "HALLOC", size, align, zero)

    return run


def _heap_free(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.emit("HFREE", *(fa.operand_slot(op) for op in term.args))


def _heap_realloc(fa: FnAsm, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.give(dst, "HREALLOC", *(fa.operand_slot(op) for op in term.args))


_INTRINSICS: Final[dict[str, Handler]] = {
    "size_of": _const_of(lambda fa, ty: fa.layout_of(ty).size),
    "align_of": _const_of(lambda fa, ty: fa.layout_of(ty).align),
    "size_of_val": _size_of_val,
    "align_of_val": _align_of_val,
    "needs_drop": _const_of(lambda fa, ty: int(fa.needs_drop(ty))),
    "is_copy": _const_of(lambda fa, ty: int(fa.linker.is_copy(ty))),
    "type_name": _type_name,
    "type_id": _type_id,
    "variant_count": _const_of(_variant_count),
    "discriminant_value": _discriminant_value,
    "assert_inhabited": _assert_inhabited,
    "assert_zero_valid": _assert_zero_valid,
    "assert_mem_uninitialized_valid": _assert_uninit_valid,
    "transmute": _transmute,
    "transmute_unchecked": _transmute,
    "copy": _copy("MEMMOVE"),
    "copy_nonoverlapping": _copy("MEMCPY"),
    "write_bytes": _write_bytes,
    "typed_swap_nonoverlapping": _swap,
    "read_via_copy": _read(True),
    "write_via_move": _write(True),
    "volatile_load": _read(True),
    "volatile_store": _write(True),
    "unaligned_volatile_load": _read(False),
    "unaligned_volatile_store": _write(False),
    "compare_bytes": _compare_bytes,
    "raw_eq": _raw_eq,
    "find_byte": _find_byte,
    "arith_offset": _arith_offset,
    "offset": _offset,
    "ptr_offset_from": _offset_from(0),
    "ptr_offset_from_unsigned": _offset_from(1),
    "ptr_mask": _ptr_mask,
    "ptr_metadata": _ptr_metadata,
    "aggregate_raw_ptr": _aggregate_raw_ptr,
    "vtable_size": _vtable_get(-3),
    "vtable_align": _vtable_get(-2),
    "abort": _simple("ABORT"),
    "unreachable": _simple("UNREACHABLE"),
    "assume": _assume,
    "likely": _identity,
    "unlikely": _identity,
    "cold_path": _nothing,
    "black_box": _identity,
    "caller_location": _caller_location,
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
    "alloc": _heap_alloc(0),
    "alloc_zeroed": _heap_alloc(1),
    "dealloc": _heap_free,
    "realloc": _heap_realloc,
}

