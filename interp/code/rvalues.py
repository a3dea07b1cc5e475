"""Rvalues: each computed into a place; checked arithmetic and comparisons fused with the terminator after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Final, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout, Tag
from ..ty.ty import Ty
from .classes import part_of
from .operands import signed64
from .places import NOWHERE, SLOTS, WIDE, PlaceRef

if TYPE_CHECKING:
    from .assemble import FnAsm

_ARITH: Final = {
    "Add": "ADD", "Sub": "SUB", "Mul": "MUL", "AddUnchecked": "ADD", "SubUnchecked": "SUB", "MulUnchecked": "MUL",
    "AddWithOverflow": "ADD", "SubWithOverflow": "SUB", "MulWithOverflow": "MUL",
}  # fmt: skip
_COMPARE: Final = {"Eq": "EQ", "Ne": "NE", "Lt": "LT", "Le": "LE", "Gt": "GT", "Ge": "GE"}
_SWAPPED: Final = {"Eq": "Eq", "Ne": "Ne", "Lt": "Gt", "Le": "Ge", "Gt": "Lt", "Ge": "Le"}
_NEGATED: Final = {"Eq": "Ne", "Ne": "Eq", "Lt": "Ge", "Le": "Gt", "Gt": "Le", "Ge": "Lt"}
_FLOAT: Final = {"Add": "FADD", "Sub": "FSUB", "Mul": "FMUL", "Div": "FDIV", "Rem": "FREM"}
_BITS: Final = {"BitAnd": "AND", "BitOr": "OR", "BitXor": "XOR"}
COMMUTES: Final = frozenset({"Add", "Mul", "AddWithOverflow", "MulWithOverflow", "AddUnchecked", "MulUnchecked"})
OVERFLOW: Final = {"Add": "Overflow_Add", "Sub": "Overflow_Sub", "Mul": "Overflow_Mul"}


def is_signed(ty: Ty) -> bool:
    return type(ty) is t.Int and ty.signed


def width_of(ty: Ty) -> int:
    """Bits of an integer-like scalar type."""
    if type(ty) in (t.Int, t.Float):
        return ty.bits  # type: ignore[attr-defined, no-any-return]
    return {t.Bool: 8, t.Char: 32}.get(type(ty), 64)


class Rvalues:
    """The part of `FnAsm` about rvalues."""

    def rvalue_into(self: FnAsm, rv: m.Rvalue, dst: PlaceRef) -> None:  # type: ignore[misc]
        _RVALUE[type(rv)](self, rv, dst)

    def target(self: FnAsm, dst: PlaceRef, slots: int) -> int:  # type: ignore[misc]
        """Slots in which to compute a value for `dst`; `put` it there after."""
        if dst.mode == SLOTS and self.is_whole(dst):
            return dst.slot
        return self.temp(slots)

    def put(self: FnAsm, dst: PlaceRef, slot: int) -> None:  # type: ignore[misc]
        if dst.mode != SLOTS or slot != dst.slot or not self.is_whole(dst):
            self.store(dst, slot)

    def rv_use(self: FnAsm, rv: m.Use, dst: PlaceRef) -> None:  # type: ignore[misc]
        if dst.mode != NOWHERE:
            self.operand_into(rv.operand, dst)

    def rv_ref(self: FnAsm, rv: Any, dst: PlaceRef) -> None:  # type: ignore[misc]
        ref = self.place(rv.place)
        if dst.mode == SLOTS and self.is_whole(dst):
            self.address(ref, dst.slot, checked=True)
        else:
            self.store(dst, self.address(ref, checked=True))

    def rv_ref_checked(self: FnAsm, rv: m.Ref, dst: PlaceRef) -> None:  # type: ignore[misc]
        """`&*p` of a raw pointer makes a reference that must be valid."""
        self.rv_ref(rv, dst)
        projection = rv.place.projection
        if projection and type(projection[-1]) is m.Deref and self.is_raw_deref(rv.place):
            slot = dst.slot if dst.mode == SLOTS else self.load(dst)
            self.check_reference(self.place_ty(rv.place), slot, dst.ty)

    def is_raw_deref(self: FnAsm, place: m.Place) -> bool:  # type: ignore[misc]
        return type(self.place_ty(m.Place(place.local, place.projection[:-1]))) is t.RawPtr

    def check_reference(self: FnAsm, pointee: Ty, slot: int, ty: Ty) -> None:  # type: ignore[misc]
        """Not null, aligned, dereferenceable."""
        layout = self.layout_of(pointee)
        extra = self.add_extra(self.cx.symbols.ty(ty))
        if layout.sized:
            self.emit("V_REF", slot, layout.size, layout.align - 1, extra)
        elif layout.kind == "array" and layout.elem is not None:
            self.emit("V_SLICE", slot, layout.elem.size, layout.align - 1, extra)
        elif layout.kind == "dyn":
            self.emit("V_DYN", slot, extra)

    def rv_len(self: FnAsm, rv: m.Len, dst: PlaceRef) -> None:  # type: ignore[misc]
        ref = self.place(rv.place)
        if ref.meta >= 0:
            self.store(dst, ref.meta)
        else:
            self.put_const(dst, self.layout_of(ref.ty).count)

    def put_const(self: FnAsm, dst: PlaceRef, value: int) -> None:  # type: ignore[misc]
        """A one-slot constant."""
        slot = self.target(dst, 1)
        self.emit("CONST", slot, signed64(value))
        self.put(dst, slot)

    def rv_repeat(self: FnAsm, rv: m.Repeat, dst: PlaceRef) -> None:  # type: ignore[misc]
        layout = dst.layout
        assert layout.elem is not None
        if layout.count == 0 or layout.size == 0:
            return
        ty, elem = self.element(dst)
        zero = self.immediate(rv.operand) if self.class_of(elem).kind == "scalar" else None
        if zero == 0 or (zero is not None and elem.size == 1):
            value, count = self.temp(), self.temp()
            self.emit("CONST", value, zero & 0xFF)
            self.emit("CONST", count, layout.size)
            self.emit("MEMSET", self.address(dst), value, count, 1, 0)
            return
        first = PlaceRef(dst.mode, ty, elem, dst.slot, dst.off, dst.am)
        if zero is not None:
            slot = self.temp()
            self.emit("CONST", slot, zero)
            self.store(first, slot)
        else:
            self.operand_into(rv.operand, first)
        if layout.count > 1:
            self.emit("FILL", dst.slot, dst.off, elem.size, layout.count)

    def rv_nullary(self: FnAsm, rv: m.NullaryOp, dst: PlaceRef) -> None:  # type: ignore[misc]
        layout = self.layout_of(self.mono(rv.ty))
        self.put_const(dst, {"SizeOf": layout.size, "AlignOf": layout.align, "UbChecks": 0}[rv.op])

    # -- enums -------------------------------------------------------------------------------------

    def rv_discriminant(self: FnAsm, rv: m.Discriminant, dst: PlaceRef) -> None:  # type: ignore[misc]
        self.discriminant(self.place(rv.place), dst)

    def discriminant(self: FnAsm, ref: PlaceRef, dst: PlaceRef) -> None:  # type: ignore[misc]
        layout = self.layout_of(ref.ty)
        if layout.tag is None:
            value = layout.discriminants[layout.index] if layout.discriminants else 0
            self.put_const(dst, value)
            return
        if self.class_of_ty(dst.ty).kind == "wide":
            raise self.unsupported("a 128-bit discriminant")
        tag = self.tag_slot(ref, layout)
        if layout.tag.encoding == "direct":
            self.store(dst, tag)
            return
        slot = self.target(dst, 1)
        self.niche(slot, tag, layout)
        self.put(dst, slot)

    def tag_slot(self: FnAsm, ref: PlaceRef, layout: Layout) -> int:  # type: ignore[misc]
        """The enum's tag, checked if it comes from memory."""
        assert layout.tag is not None
        if ref.mode == SLOTS:
            return next(slot for slot, part in ref.parts if part.offset == layout.tag.offset)
        part = part_of(layout.tag.scalar, layout.tag.offset, 0)
        slot = self.temp(part.slots)
        self.load_part(ref, part, slot)
        if part.kind != "ptr" and not layout.tag.scalar.is_full:
            self.check_range(ref.ty, slot, part)
        return slot

    def niche(self: FnAsm, dst: int, tag: int, layout: Layout) -> None:  # type: ignore[misc]
        """The variant's index from a niche tag."""
        info = layout.tag
        assert info is not None
        size = info.scalar.size
        count = info.last - info.first + 1
        if size > 8:
            self.wide_niche(dst, tag, info, count)
            return
        self.emit("NICHE", dst, tag, signed64(info.niche_start), count, info.first, info.untagged, 64 - 8 * size)

    def wide_niche(self: FnAsm, dst: int, tag: int, info: Tag, count: int) -> None:  # type: ignore[misc]
        start, relative = self.temp(2), self.temp(2)
        self.emit("CONST2", start, signed64(info.niche_start), signed64(info.niche_start >> 64))
        self.emit("WIDE", WIDE["sub"], relative, tag, start)
        high, low, variant, other = self.temp(), self.temp(), self.temp(), self.temp()
        self.emit("EQ_I", high, relative + 1, 0)
        self.emit("LT_U_I", low, relative, count)
        self.emit("AND", low, low, high)
        self.emit("ADD_U_I", variant, relative, info.first, 0)
        self.emit("CONST", other, info.untagged)
        self.emit("SELECT", dst, low, variant, other)

    def write_tag(self: FnAsm, ref: PlaceRef, variant: int) -> None:  # type: ignore[misc]
        layout = self.layout_of(ref.ty)
        tag = layout.tag
        if tag is None or ref.mode == NOWHERE:
            return
        if tag.encoding == "direct":
            bits = layout.discriminants[variant]
        elif variant == tag.untagged:
            return
        else:
            bits = tag.niche_start + variant - tag.first
        part = part_of(tag.scalar, tag.offset, 0)
        bits &= (1 << 8 * part.size) - 1
        if part.signed and bits >> (8 * part.size - 1):
            bits -= 1 << 8 * part.size
        if ref.mode == SLOTS:
            slot, have = next(x for x in ref.parts if x[1].offset == tag.offset)
            self.tag_const(slot, have.slots, bits)
        else:
            slot = self.temp(part.slots)
            self.tag_const(slot, part.slots, bits)
            self.store_part(ref, part._replace(maybe=False), slot)

    def tag_const(self: FnAsm, slot: int, slots: int, bits: int) -> None:  # type: ignore[misc]
        if slots == 1:
            self.emit("CONST", slot, signed64(bits))
        else:
            self.emit("CONST2", slot, signed64(bits), 0 if bits < 1 << 64 else signed64(bits >> 64))

    def rv_aggregate(self: FnAsm, rv: m.Aggregate, dst: PlaceRef) -> None:  # type: ignore[misc]
        kind = rv.kind
        if kind.kind == "raw_ptr":
            self.raw_ptr(rv.operands, dst)
        elif kind.kind == "array":
            self.array(rv.operands, dst)
        else:
            self.fields_into(rv, dst)

    def raw_ptr(self: FnAsm, operands: tuple[m.Operand, ...], dst: PlaceRef) -> None:  # type: ignore[misc]
        slots = self.class_of_ty(dst.ty).slots
        slot = self.temp(3)
        self.operand_to(operands[0], slot)
        if slots == 3:
            self.operand_to(operands[1], slot + 2)
        self.store(dst, slot)

    def array(self: FnAsm, operands: tuple[m.Operand, ...], dst: PlaceRef) -> None:  # type: ignore[misc]
        if not operands:
            return
        ty, elem = self.element(dst)
        for i, op in enumerate(operands):
            self.operand_into(op, PlaceRef(dst.mode, ty, elem, dst.slot, dst.off + i * elem.size, dst.am))

    def fields_into(self: FnAsm, rv: m.Aggregate, dst: PlaceRef) -> None:  # type: ignore[misc]
        kind = rv.kind
        layout = self.layout_of(dst.ty)
        variant = layout.variant(kind.variant)
        base = PlaceRef(dst.mode, dst.ty, variant, dst.slot, dst.off, dst.am, -1, dst.parts)
        if dst.mode == SLOTS:
            self.fields_to_slots(rv, base, kind)
        else:
            if dst.mode != NOWHERE and has_gaps(self, layout, variant):
                self.uninit(dst, 0, layout.size)
            for i, op in enumerate(rv.operands):
                index = i if kind.active_field is None else kind.active_field
                self.operand_into(op, self.field(base, index))
        self.write_tag(dst, kind.variant)

    def fields_to_slots(self: FnAsm, rv: m.Aggregate, base: PlaceRef, kind: m.AggregateKind) -> None:  # type: ignore[misc]
        """Several fields into slots that an operand may also read: through temporaries then."""
        indexes = range(len(rv.operands)) if kind.active_field is None else [kind.active_field]
        fields = [self.field(base, i) for i in indexes]
        real = [(f, op) for f, op in zip(fields, rv.operands) if f.mode == SLOTS]
        covered = {slot for f, _ in real for slot, _ in f.parts}
        for slot, part in base.parts:
            if part.maybe and slot not in covered:
                self.emit("CONST", slot + part.slots, 0)
        if len(real) > 1 and any(self.reads_slots(op, base) for _, op in real):
            values = [self.operand_copy(op, f.ty) for f, op in real]
            for (f, _), value in zip(real, values):
                self.store(f, value)
            return
        for f, op in real:
            self.operand_into(op, f)

    def operand_copy(self: FnAsm, op: m.Operand, ty: Ty) -> int:  # type: ignore[misc]
        slot = self.temp(self.class_of_ty(ty).slots)
        self.operand_to(op, slot)
        return slot

    def reads_slots(self: FnAsm, op: m.Operand, base: PlaceRef) -> bool:  # type: ignore[misc]
        if type(op) is m.Constant:
            return False
        place = op.place  # type: ignore[union-attr]
        loc = self.locs[place.local]
        return loc.kind == "slots" and any(loc.slot <= slot < loc.slot + loc.cls.slots for slot, _ in base.parts)

    # -- operators ---------------------------------------------------------------------------------

    def rv_unary(self: FnAsm, rv: m.UnaryOp, dst: PlaceRef) -> None:  # type: ignore[misc]
        ty = self.operand_ty(rv.operand)
        cls = self.class_of_ty(ty)
        if rv.op == "PtrMetadata":
            value = self.operand_slot(rv.operand)
            if cls.slots == 3:
                self.store(dst, value + 2)
            return
        slot = self.target(dst, cls.slots)
        a = self.operand_slot(rv.operand)
        self.unary(rv.op, slot, a, ty)
        self.put(dst, slot)

    def unary(self: FnAsm, op: str, d: int, a: int, ty: Ty) -> None:  # type: ignore[misc]
        width = width_of(ty)
        if width == 128:
            self.emit("WIDE", WIDE["not" if op == "Not" else "neg"], d, a, a)
        elif type(ty) is t.Float:
            self.emit("FNEG", d, a, width)
        elif ty is t.BOOL:
            self.emit("XOR_I", d, a, 1)
        elif op == "Not" and is_signed(ty):
            self.emit("NOT_S", d, a)
        else:
            name = ("NOT" if op == "Not" else "NEG") + ("_S" if is_signed(ty) else "_U")
            self.emit(name, d, a, 64 - width)

    def rv_binary(self: FnAsm, rv: m.BinaryOp, dst: PlaceRef) -> None:  # type: ignore[misc]
        ty = self.operand_ty(rv.lhs)
        if dst.mode == NOWHERE:
            return
        slot = self.target(dst, self.class_of_ty(dst.ty).slots)
        if rv.op == "Offset":
            self.offset(rv, ty, slot)
        elif rv.op in _COMPARE:
            self.compare(rv.op, slot, rv.lhs, rv.rhs, ty)
        else:
            self.binary(rv.op, slot, rv.lhs, rv.rhs, ty)
        self.put(dst, slot)

    def binary(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:  # type: ignore[misc]
        """Any operator but comparisons and pointer offsets; `d` is where the result's slots begin."""
        if width_of(ty) == 128:
            self.wide(op, d, lhs, rhs, ty)
        elif type(ty) is t.Float:
            a, b = self.operand_slot(lhs), self.operand_slot(rhs)
            self.emit(_FLOAT[op], d, a, b, ty.bits)
        elif op in _ARITH:
            self.arith(op, d, lhs, rhs, ty)
        elif op in _BITS:
            self.bits(_BITS[op], d, lhs, rhs)
        elif op.startswith("Sh"):
            self.shift(op, d, lhs, rhs, ty)
        else:
            self.divide(op, d, lhs, rhs, ty)

    def arith(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:  # type: ignore[misc]
        checked = op.endswith(("WithOverflow", "Unchecked"))
        a, b, imm = self.with_immediate(op, lhs, rhs)
        name = f"{_ARITH[op]}{'O' if checked else ''}_{'S' if is_signed(ty) else 'U'}{'_I' if imm else ''}"
        sh = 64 - width_of(ty)
        if not checked:
            self.emit(name, d, a, b, sh)
        elif op.endswith("Unchecked"):
            flag = self.temp()
            self.emit(name, d, flag, a, b, sh)
            what = {"Add": "add", "Sub": "sub", "Mul": "mul"}[op[:3]]
            self.emit("UB_IF", flag, self.add_extra(f"arithmetic overflow in `unchecked_{what}`"))
        else:
            self.emit(name, d, d + 1, a, b, sh)

    def with_immediate(self: FnAsm, op: str, lhs: m.Operand, rhs: m.Operand) -> tuple[int, int, bool]:  # type: ignore[misc]
        """(left slot, right slot or immediate, whether it is one); a constant on the left is swapped if it may be."""
        right = self.immediate(rhs)
        if right is not None:
            return self.operand_slot(lhs), right, True
        left = self.immediate(lhs) if op in COMMUTES or op in _COMPARE else None
        if left is not None:
            return self.operand_slot(rhs), left, True
        return self.operand_slot(lhs), self.operand_slot(rhs), False

    def bits(self: FnAsm, name: str, d: int, lhs: m.Operand, rhs: m.Operand) -> None:  # type: ignore[misc]
        a, b, imm = self.with_immediate("Add", lhs, rhs)
        self.emit(name + ("_I" if imm else ""), d, a, b)

    def shift(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:  # type: ignore[misc]
        sign = "_S" if is_signed(ty) else "_U"
        a = self.operand_slot(lhs)
        amount = self.immediate(rhs)
        name = op[:3].upper() + sign
        if amount is not None:
            self.emit(name + "_I", d, a, amount & (width_of(ty) - 1), 64 - width_of(ty))
            return
        b = self.operand_slot(rhs)
        if op.endswith("Unchecked"):
            self.check_shift(b, width_of(ty), op)
        self.emit(name, d, a, b, 64 - width_of(ty))

    def check_shift(self: FnAsm, amount: int, width: int, op: str) -> None:  # type: ignore[misc]
        flag = self.temp()
        self.emit("GE_U_I", flag, amount, width)
        self.emit("UB_IF", flag, self.add_extra(f"overflowing shift by {{0}} in `unchecked_{op[:3].lower()}`", amount))

    def divide(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:  # type: ignore[misc]
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op == "Cmp":
            self.emit("CMP_S" if is_signed(ty) else "CMP_U", d, a, b)
        elif is_signed(ty):
            self.emit(op.upper() + "_S", d, a, b, 64 - width_of(ty))
        else:
            self.emit(op.upper() + "_U", d, a, b)

    def wide(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:  # type: ignore[misc]
        sign = "s" if is_signed(ty) else "u"
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op.endswith("WithOverflow"):
            self.emit("WIDE", WIDE[f"{op[:3].lower()}o_{sign}"], d, a, b)
        elif op.endswith("Unchecked") and op[:2] != "Sh":
            three = self.temp(3)
            self.emit("WIDE", WIDE[f"{op[:3].lower()}o_{sign}"], three, a, b)
            self.emit("UB_IF", three + 2, self.add_extra(f"arithmetic overflow in `unchecked_{op[:3].lower()}`"))
            self.move(d, three, 2)
        elif op in _BITS:
            self.emit("WIDE", WIDE[_BITS[op].lower()], d, a, b)
        elif op[:2] == "Sh":
            if op.endswith("Unchecked"):
                self.check_shift(b, 128, op)
            self.emit("WIDE", WIDE["shl" if op[:3] == "Shl" else f"shr_{sign}"], d, a, b)
        elif op == "Cmp" or op in ("Div", "Rem"):
            self.emit("WIDE", WIDE[f"{op.lower()}_{sign}"], d, a, b)
        else:
            self.emit("WIDE", WIDE[op[:3].lower()], d, a, b)

    def offset(self: FnAsm, rv: m.BinaryOp, ty: Ty, d: int) -> None:  # type: ignore[misc]
        p, n = self.operand_slot(rv.lhs), self.operand_slot(rv.rhs)
        size = self.layout_of(self.pointee(ty)).size
        name = "POFFSET" if is_signed(self.operand_ty(rv.rhs)) else "POFFSET_U"
        self.emit(name, d, p, n, size)

    # -- comparisons -------------------------------------------------------------------------------

    def compare(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:  # type: ignore[misc]
        cls = self.class_of_ty(ty)
        if type(ty) is t.Float:
            self.compare_floats(op, d, lhs, rhs, ty.bits)
        elif cls.kind == "wide":
            self.compare_wide(op, d, lhs, rhs, is_signed(ty))
        elif cls.slots == 3:
            self.compare_fat(op, d, self.operand_slot(lhs), self.operand_slot(rhs))
        elif cls.kind == "zst":
            self.emit("CONST", d, int(op in ("Eq", "Le", "Ge")))
        else:
            op, a, b, imm = self.compare_operands(op, lhs, rhs)
            self.compare_slots(op, d, a, b, imm, is_signed(ty))

    def compare_operands(self: FnAsm, op: str, lhs: m.Operand, rhs: m.Operand) -> tuple[str, int, int, bool]:  # type: ignore[misc]
        right = self.immediate(rhs)
        if right is not None:
            return op, self.operand_slot(lhs), right, True
        left = self.immediate(lhs)
        if left is not None:
            return _SWAPPED[op], self.operand_slot(rhs), left, True
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        return (_SWAPPED[op], b, a, False) if op in ("Gt", "Ge") else (op, a, b, False)

    def compare_slots(self: FnAsm, op: str, d: int, a: int, b: int, imm: bool, signed: bool) -> None:  # type: ignore[misc]
        name = _COMPARE[op]
        if op not in ("Eq", "Ne"):
            name += "_S" if signed else "_U"
        self.emit(name + ("_I" if imm else ""), d, a, b)

    def compare_floats(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, width: int) -> None:  # type: ignore[misc]
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op in ("Gt", "Ge"):
            op, a, b = _SWAPPED[op], b, a
        self.emit("F" + _COMPARE[op], d, a, b, width)

    def compare_wide(self: FnAsm, op: str, d: int, lhs: m.Operand, rhs: m.Operand, signed: bool) -> None:  # type: ignore[misc]
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op in ("Gt", "Ge"):
            op, a, b = _SWAPPED[op], b, a
        tail = "" if op in ("Eq", "Ne") else ("_s" if signed else "_u")
        self.emit("WIDE", WIDE[_COMPARE[op].lower() + tail], d, a, b)

    def compare_fat(self: FnAsm, op: str, d: int, a: int, b: int) -> None:  # type: ignore[misc]
        """By address, then by metadata."""
        if op in ("Gt", "Ge"):
            op, a, b = _SWAPPED[op], b, a
        same, meta = self.temp(), self.temp()
        self.emit("EQ", same, a, b)
        self.compare_slots(op, meta, a + 2, b + 2, False, False)
        if op == "Eq":
            self.emit("AND", d, same, meta)
        elif op == "Ne":
            other = self.temp()
            self.emit("XOR_I", other, same, 1)
            self.emit("OR", d, other, meta)
        else:
            less = self.temp()
            self.emit("LT_U", less, a, b)
            self.emit("SELECT", d, same, meta, less)

    # -- fused with terminators --------------------------------------------------------------------

    def fuse_branch(self: FnAsm, stmt: m.Assign, term: m.SwitchInt) -> bool:  # type: ignore[misc]
        """`_3 = Lt(a, b); switchInt(move _3)`."""
        rv = stmt.rvalue
        assert type(rv) is m.BinaryOp
        place = None if type(term.discr) is m.Constant else term.discr.place  # type: ignore[union-attr]
        if rv.op not in _COMPARE or place != stmt.place or not self.may_alias(stmt.place.local):
            return False
        ty = self.operand_ty(rv.lhs)
        if type(ty) is t.Float or self.class_of_ty(ty).kind not in ("scalar", "ptr") or len(term.targets) != 1:
            return False
        value, target = term.targets[0]
        self.settle_all(frozenset(x for x in map(operand_local, (rv.lhs, rv.rhs)) if x is not None))
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        op, a, b, imm = self.compare_operands(rv.op, rv.lhs, rv.rhs)
        self.settle_all()
        self.jump_if(op if value else _NEGATED[op], a, b, imm, is_signed(ty), self.labels[target])
        return True

    def fuse_niche(self: FnAsm, stmt: m.Assign, term: m.SwitchInt) -> bool:  # type: ignore[misc]
        """`_3 = discriminant(x); switchInt(_3)` of an enum where one tag stands for one variant: is it that tag?"""
        rv = stmt.rvalue
        assert type(rv) is m.Discriminant
        local = stmt.place.local
        if operand_local(term.discr) != local or not self.may_alias(local) or len(term.targets) != 1:
            return False
        layout = self.layout_of(self.place_ty(rv.place))
        tag = layout.tag
        if tag is None or tag.encoding != "niche" or tag.first != tag.last or tag.scalar.size > 8:
            return False
        value, target = term.targets[0]
        self.settle_all(frozenset((rv.place.local,)))
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        slot = self.tag_slot(self.place(rv.place), layout)
        self.settle_all()
        bits = tag.niche_start
        if tag.scalar.signed and bits >> (8 * tag.scalar.size - 1):
            bits -= 1 << 8 * tag.scalar.size
        self.jump_if("Eq" if value == tag.first else "Ne", slot, signed64(bits), True, False, self.labels[target])
        return True

    def jump_if(self: FnAsm, op: str, a: int, b: int, imm: bool, signed: bool, label: int) -> None:  # type: ignore[misc]
        if not imm and op in ("Gt", "Ge"):
            op, a, b = _SWAPPED[op], b, a
        if imm and b == 0 and op in ("Eq", "Ne"):
            self.emit("JZ" if op == "Eq" else "JNZ", a, label)
            return
        name = "J" + _COMPARE[op]
        if op not in ("Eq", "Ne"):
            name += "_S" if signed else "_U"
        self.emit(name + ("_I" if imm else ""), a, b, label)

    def fuse_assert(self: FnAsm, stmt: m.Assign, term: m.Assert) -> bool:  # type: ignore[misc]
        """`_3 = AddWithOverflow(a, b); assert(!_3.1)`."""
        rv = stmt.rvalue
        assert type(rv) is m.BinaryOp
        if rv.op == "Lt":
            return self.fuse_bounds(stmt, term)
        if not rv.op.endswith("WithOverflow") or stmt.place.projection or term.expected:
            return False
        local = stmt.place.local
        loc = self.locs[local]
        if operand_local(term.cond) != local or loc.kind != "slots" or self.uses.reads.get(local) != 2:
            return False
        ty = self.operand_ty(rv.lhs)
        if width_of(ty) == 128:
            return False
        a, b, imm = self.with_immediate(rv.op, rv.lhs, rv.rhs)
        self.mark(self.block, len(self.body.blocks[self.block].statements), term.span)
        label = self.assert_failure(term)
        name = f"{_ARITH[rv.op]}C_{'S' if is_signed(ty) else 'U'}{'_I' if imm else ''}"
        d = self.forwarded(local, term.target)
        self.emit(name, loc.slot if d is None else d, a, b, 64 - width_of(ty), label)
        return True

    def forwarded(self: FnAsm, local: int, target: int) -> Optional[int]:  # type: ignore[misc]
        """The slot of `_x` if the target block begins with `_x = move (_3.0)`; that statement is then skipped."""
        statements = self.body.blocks[target].statements
        first = statements[0] if statements and self.preds[target] == 1 else None
        if type(first) is not m.Assign or type(first.rvalue) is not m.Use or first.place.projection:
            return None
        place = getattr(first.rvalue.operand, "place", None)
        if place is None or place.local != local or [getattr(e, "index", -1) for e in place.projection] != [0]:
            return None
        loc = self.locs[first.place.local]
        if loc.kind != "slots":
            return None
        self.changes(first.place.local)
        self.skip[target] = 1
        return loc.slot


def operand_local(op: m.Operand) -> Optional[int]:
    return None if type(op) is m.Constant else op.place.local  # type: ignore[union-attr]


def has_gaps(fa: FnAsm, whole: Layout, variant: Layout) -> bool:
    """Whether bytes of the value are covered by no field of the variant."""
    filled = sum(fa.layout_of(x).size for x in variant.fields)
    if whole.tag is not None and (whole.tag.encoding == "direct" or variant.index != whole.tag.untagged):
        filled += whole.tag.scalar.size
    return filled < whole.size


_RVALUE: Final[dict[type, Callable[[Any, Any, PlaceRef], None]]] = {
    m.Use: Rvalues.rv_use,
    m.Repeat: Rvalues.rv_repeat,
    m.Ref: Rvalues.rv_ref_checked,
    m.RawPtr: Rvalues.rv_ref,
    m.Len: Rvalues.rv_len,
    m.Cast: lambda fa, rv, dst: fa.cast(rv, dst),
    m.BinaryOp: Rvalues.rv_binary,
    m.UnaryOp: Rvalues.rv_unary,
    m.NullaryOp: Rvalues.rv_nullary,
    m.Discriminant: Rvalues.rv_discriminant,
    m.Aggregate: Rvalues.rv_aggregate,
}
