"""Operators: arithmetic, shifts, comparisons, pointer offsets."""

from __future__ import annotations

from typing import Final

from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Ty
from .enums import Enums
from .place_ref import NOWHERE, WIDE, PlaceRef

ARITH: Final = {
    "Add": "ADD", "Sub": "SUB", "Mul": "MUL", "AddUnchecked": "ADD", "SubUnchecked": "SUB", "MulUnchecked": "MUL",
    "AddWithOverflow": "ADD", "SubWithOverflow": "SUB", "MulWithOverflow": "MUL",
}  # fmt: skip
COMPARE: Final = {"Eq": "EQ", "Ne": "NE", "Lt": "LT", "Le": "LE", "Gt": "GT", "Ge": "GE"}
SWAPPED: Final = {"Eq": "Eq", "Ne": "Ne", "Lt": "Gt", "Le": "Ge", "Gt": "Lt", "Ge": "Le"}
NEGATED: Final = {"Eq": "Ne", "Ne": "Eq", "Lt": "Ge", "Le": "Gt", "Gt": "Le", "Ge": "Lt"}
_FLOAT: Final = {"Add": "FADD", "Sub": "FSUB", "Mul": "FMUL", "Div": "FDIV", "Rem": "FREM"}
_BITS: Final = {"BitAnd": "AND", "BitOr": "OR", "BitXor": "XOR"}
COMMUTES: Final = frozenset({"Add", "Mul", "AddWithOverflow", "MulWithOverflow", "AddUnchecked", "MulUnchecked"})


def is_signed(ty: Ty) -> bool:
    return type(ty) is t.Int and ty.signed


def width_of(ty: Ty) -> int:
    """Bits of an integer-like scalar type."""
    if type(ty) in (t.Int, t.Float):
        return ty.bits  # type: ignore[attr-defined, no-any-return]
    return {t.Bool: 8, t.Char: 32}.get(type(ty), 64)


class Operators(Enums):
    """The part of `FnAsm` about operators."""

    def rv_unary(self, rv: m.UnaryOp, dst: PlaceRef) -> None:
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

    def unary(self, op: str, d: int, a: int, ty: Ty) -> None:
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

    def rv_binary(self, rv: m.BinaryOp, dst: PlaceRef) -> None:
        ty = self.operand_ty(rv.lhs)
        if dst.mode == NOWHERE:
            return
        slot = self.target(dst, self.class_of_ty(dst.ty).slots)
        if rv.op == "Offset":
            self.offset(rv, ty, slot)
        elif rv.op in COMPARE:
            self.compare(rv.op, slot, rv.lhs, rv.rhs, ty)
        else:
            self.binary(rv.op, slot, rv.lhs, rv.rhs, ty)
        self.put(dst, slot)

    def binary(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:
        """Any operator but comparisons and pointer offsets; `d` is where the result's slots begin."""
        if width_of(ty) == 128:
            self.wide(op, d, lhs, rhs, ty)
        elif type(ty) is t.Float:
            a, b = self.operand_slot(lhs), self.operand_slot(rhs)
            self.emit(_FLOAT[op], d, a, b, ty.bits)
        elif op in ARITH:
            self.arith(op, d, lhs, rhs, ty)
        elif op in _BITS:
            self.bits(_BITS[op], d, lhs, rhs)
        elif op.startswith("Sh"):
            self.shift(op, d, lhs, rhs, ty)
        else:
            self.divide(op, d, lhs, rhs, ty)

    def arith(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:
        checked = op.endswith(("WithOverflow", "Unchecked"))
        a, b, imm = self.with_immediate(op, lhs, rhs)
        name = f"{ARITH[op]}{'O' if checked else ''}_{'S' if is_signed(ty) else 'U'}{'_I' if imm else ''}"
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

    def with_immediate(self, op: str, lhs: m.Operand, rhs: m.Operand) -> tuple[int, int, bool]:
        """(left slot, right slot or immediate, whether it is one); a constant on the left is swapped if it may be."""
        right = self.immediate(rhs)
        if right is not None:
            return self.operand_slot(lhs), right, True
        left = self.immediate(lhs) if op in COMMUTES or op in COMPARE else None
        if left is not None:
            return self.operand_slot(rhs), left, True
        return self.operand_slot(lhs), self.operand_slot(rhs), False

    def bits(self, name: str, d: int, lhs: m.Operand, rhs: m.Operand) -> None:
        a, b, imm = self.with_immediate("Add", lhs, rhs)
        self.emit(name + ("_I" if imm else ""), d, a, b)

    def shift(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:
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

    def check_shift(self, amount: int, width: int, op: str) -> None:
        flag = self.temp()
        self.emit("GE_U_I", flag, amount, width)
        self.emit("UB_IF", flag, self.add_extra(f"overflowing shift by {{0}} in `unchecked_{op[:3].lower()}`", amount))

    def divide(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op == "Cmp":
            self.emit("CMP_S" if is_signed(ty) else "CMP_U", d, a, b)
        elif is_signed(ty):
            self.emit(op.upper() + "_S", d, a, b, 64 - width_of(ty))
        else:
            self.emit(op.upper() + "_U", d, a, b)

    def wide(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:
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

    def offset(self, rv: m.BinaryOp, ty: Ty, d: int) -> None:
        p, n = self.operand_slot(rv.lhs), self.operand_slot(rv.rhs)
        size = self.layout_of(self.pointee(ty)).size
        name = "POFFSET" if is_signed(self.operand_ty(rv.rhs)) else "POFFSET_U"
        self.emit(name, d, p, n, size)

    # -- comparisons -------------------------------------------------------------------------------

    def compare(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, ty: Ty) -> None:
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

    def compare_operands(self, op: str, lhs: m.Operand, rhs: m.Operand) -> tuple[str, int, int, bool]:
        right = self.immediate(rhs)
        if right is not None:
            return op, self.operand_slot(lhs), right, True
        left = self.immediate(lhs)
        if left is not None:
            return SWAPPED[op], self.operand_slot(rhs), left, True
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        return (SWAPPED[op], b, a, False) if op in ("Gt", "Ge") else (op, a, b, False)

    def compare_slots(self, op: str, d: int, a: int, b: int, imm: bool, signed: bool) -> None:
        name = COMPARE[op]
        if op not in ("Eq", "Ne"):
            name += "_S" if signed else "_U"
        self.emit(name + ("_I" if imm else ""), d, a, b)

    def compare_floats(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, width: int) -> None:
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op in ("Gt", "Ge"):
            op, a, b = SWAPPED[op], b, a
        self.emit("F" + COMPARE[op], d, a, b, width)

    def compare_wide(self, op: str, d: int, lhs: m.Operand, rhs: m.Operand, signed: bool) -> None:
        a, b = self.operand_slot(lhs), self.operand_slot(rhs)
        if op in ("Gt", "Ge"):
            op, a, b = SWAPPED[op], b, a
        tail = "" if op in ("Eq", "Ne") else ("_s" if signed else "_u")
        self.emit("WIDE", WIDE[COMPARE[op].lower() + tail], d, a, b)

    def compare_fat(self, op: str, d: int, a: int, b: int) -> None:
        """By address, then by metadata."""
        if op in ("Gt", "Ge"):
            op, a, b = SWAPPED[op], b, a
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
