"""Intrinsics about types, memory, pointers and control.

To add one: a function here and its line in `MEMORY`.
"""

from __future__ import annotations

from typing import Callable, Final

from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Args, Ty
from .emit import WINDOW
from .intrinsics_base import Handler, IntrinsicBase
from .operators import is_signed
from .place_ref import NOWHERE, SLOTS, PlaceRef

# --- types ---------------------------------------------------------------------------------------


def _const_of(value: Callable[[IntrinsicBase, Ty], int]) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.put_const(dst, value(fa, args[0]))  # type: ignore[arg-type]

    return run


def _size_of_val(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.store(dst, fa.size_align_of_val(args[0], fa.operand_slot(term.args[0]))[0])  # type: ignore[arg-type]


def _align_of_val(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.store(dst, fa.size_align_of_val(args[0], fa.operand_slot(term.args[0]))[1])  # type: ignore[arg-type]


def _variant_count(fa: IntrinsicBase, ty: Ty) -> int:
    if type(ty) is not t.Adt:
        return 0
    adt = fa.tcx.adt_def(ty.def_id)
    return len(adt.variants) if adt.kind == "enum" else 0


def _type_name(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    data = fa.linker.type_name(args[0]).encode()  # type: ignore[arg-type]
    slot = fa.temp(3)
    fa.emit("GLOBAL", slot, fa.linker.literal(data))
    fa.emit("CONST", slot + 2, len(data))
    fa.store(dst, slot)


def _type_id(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    bits = fa.linker.type_id(args[0])  # type: ignore[arg-type]
    fa.copy(dst, fa.bits_ref(bits, dst.ty, dst.layout, fa.class_of_ty(dst.ty), None))


def _discriminant_value(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.discriminant(fa.pointee_place(term.args[0], args[0]), dst)  # type: ignore[arg-type]


def _assert_inhabited(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if fa.layout_of(args[0]).uninhabited:  # type: ignore[arg-type]
        text = f"attempted to instantiate uninhabited type `{fa.linker.type_name(args[0])}`"  # type: ignore[arg-type]
        _panic_nounwind(fa, term, text)


def _zero_valid(fa: IntrinsicBase, ty: Ty) -> bool:
    """Whether all-zero bytes may be a value; as lenient as rustc with arrays and the fields of enums."""
    layout = fa.layout_of(ty)
    if layout.abi == "scalar":
        return layout.a.is_union or layout.a.contains(0)  # type: ignore[union-attr]
    if layout.abi == "pair":
        return all(s.is_union or s.contains(0) for s in (layout.a, layout.b))  # type: ignore[union-attr]
    if layout.tag is not None:
        return layout.tag.scalar.contains(0)
    return layout.kind in ("array", "union") or all(_zero_valid(fa, field) for field in layout.fields)


def _assert_zero_valid(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    ty: Ty = args[0]  # type: ignore[assignment]
    if fa.layout_of(ty).uninhabited:
        _assert_inhabited(fa, term, args, dst)
    elif not _zero_valid(fa, ty):
        text = f"attempted to zero-initialize type `{fa.linker.type_name(ty)}`, which is invalid"
        _panic_nounwind(fa, term, text)


def _assert_uninit_valid(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    ty: Ty = args[0]  # type: ignore[assignment]
    layout = fa.layout_of(ty)
    if layout.uninhabited:
        _assert_inhabited(fa, term, args, dst)
    elif layout.niche is not None:
        text = f"attempted to leave type `{fa.linker.type_name(ty)}` uninitialized, which is invalid"
        _panic_nounwind(fa, term, text)


def _panic_nounwind(fa: IntrinsicBase, term: m.Call, text: str) -> None:
    data = text.encode()
    fa.emit("GLOBAL", WINDOW, fa.linker.literal(data))
    fa.emit("CONST", WINDOW + 2, len(data))
    instance = fa.cx.resolve(fa.tcx.require_lang_item("panic_nounwind"), ())
    if fa.cx.is_track_caller(instance.def_id):
        fa.location_to(WINDOW + 3, term.span)
    fa.pad(fa.emit("CALL", fa.linker.instance(instance), WINDOW, 0), term.unwind)
    fa.emit("UNREACHABLE")


# --- values and memory ---------------------------------------------------------------------------


def _transmute(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if fa.layout_of(args[0]).size != fa.layout_of(args[1]).size:  # type: ignore[arg-type]
        fa.emit("UNREACHABLE")
        return
    if dst.layout.is_zst:
        fa.check_inhabited(dst)
    elif dst.mode != NOWHERE:
        fa.reinterpret(fa.operand_ref(term.args[0]), dst)


def _copy(name: str) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        layout = fa.layout_of(args[0])  # type: ignore[arg-type]
        src, to, n = (fa.operand_slot(op) for op in term.args)
        fa.emit(name, to, src, n, layout.size, layout.align - 1)

    return run


def _write_bytes(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    layout = fa.layout_of(args[0])  # type: ignore[arg-type]
    to, value, n = (fa.operand_slot(op) for op in term.args)
    fa.emit("MEMSET", to, value, n, layout.size, layout.align - 1)


def _swap(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
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
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        ty: Ty = args[0]  # type: ignore[assignment]
        src = fa.pointee_place(term.args[0], ty)
        src.am = src.am if aligned else 0
        if fa.class_of_ty(ty).in_slots and dst.mode != NOWHERE:
            fa.put(dst, fa.load(src, dst.slot if dst.mode == SLOTS and fa.is_whole(dst) else None))
        else:
            fa.copy(dst, src)

    return run


def _write(aligned: bool) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        to = fa.pointee_place(term.args[0], args[0])  # type: ignore[arg-type]
        to.am = to.am if aligned else 0
        fa.operand_into(term.args[1], to)

    return run


def _compare_bytes(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.give(dst, "MEMCMP", *(fa.operand_slot(op) for op in term.args))


def _raw_eq(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    a, b = (fa.operand_slot(op) for op in term.args)
    n, order = fa.temp(), fa.temp()
    fa.emit("CONST", n, fa.layout_of(args[0]).size)  # type: ignore[arg-type]
    fa.emit("MEMCMP", order, a, b, n)
    fa.give(dst, "EQ_I", order, 0)


def _find_byte(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    fa.give(dst, "MEMCHR", *(fa.operand_slot(op) for op in term.args))


# --- pointers ------------------------------------------------------------------------------------


def _arith_offset(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, n = (fa.operand_slot(op) for op in term.args)
    fa.give(dst, "PARITH", p, n, fa.layout_of(args[0]).size)  # type: ignore[arg-type]


def _offset(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, n = (fa.operand_slot(op) for op in term.args)
    size = fa.layout_of(fa.pointee(args[0])).size  # type: ignore[arg-type]
    fa.give(dst, "POFFSET" if is_signed(args[1]) else "POFFSET_U", p, n, size)  # type: ignore[arg-type]


def _offset_from(unsigned: int) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        p, q = (fa.operand_slot(op) for op in term.args)
        fa.give(dst, "PDIFF", p, q, fa.layout_of(args[0]).size, unsigned)  # type: ignore[arg-type]

    return run


def _ptr_mask(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    p, mask = (fa.operand_slot(op) for op in term.args)
    slot = fa.temp(2)
    fa.emit("AND", slot, p, mask)
    fa.move(slot + 1, p + 1, 1)
    fa.store(dst, slot)


def _ptr_metadata(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if dst.mode == NOWHERE:
        return
    slot = fa.temp(2)
    fa.move(slot, fa.operand_slot(term.args[0]) + 2, 1)
    fa.emit("CONST", slot + 1, 0)  # a vtable pointer as an ordinary one
    fa.store(dst, slot)


def _aggregate_raw_ptr(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    slot = fa.temp(3)
    fa.move(slot, fa.operand_slot(term.args[0]), 2)
    if fa.class_of_ty(dst.ty).slots == 3:
        fa.move(slot + 2, fa.operand_slot(term.args[1]), 1)
    fa.store(dst, slot)


def _vtable_get(entry: int) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.give(dst, "VT_GET", fa.operand_slot(term.args[0]), entry)

    return run


# --- control -------------------------------------------------------------------------------------


def _simple(name: str) -> Handler:
    def run(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
        fa.emit(name)

    return run


def _assume(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    flag = fa.temp()
    fa.emit("XOR_I", flag, fa.operand_slot(term.args[0]), 1)
    fa.emit("UB_IF", flag, fa.add_extra("`assume` called with `false`"))


def _identity(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    if dst.mode != NOWHERE:
        fa.operand_into(term.args[0], dst)


def _nothing(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    return


def _caller_location(fa: IntrinsicBase, term: m.Call, args: Args, dst: PlaceRef) -> None:
    slot = fa.temp(2)
    fa.location_to(slot, term.span)
    fa.store(dst, slot)


MEMORY: Final[dict[str, Handler]] = {
    "size_of": _const_of(lambda fa, ty: fa.layout_of(ty).size),
    "align_of": _const_of(lambda fa, ty: fa.layout_of(ty).align),
    "size_of_val": _size_of_val,
    "align_of_val": _align_of_val,
    "needs_drop": _const_of(lambda fa, ty: int(fa.needs_drop(ty))),
    "closure_lends": _const_of(lambda fa, ty: int(fa.linker.closure_lends(ty))),
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
}
