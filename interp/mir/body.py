"""MIR as data: `Body`, `BasicBlock`, statements, terminators, places, operands, rvalues.

Names, shapes and meaning are rustc's (`rustc_middle::mir`); what borrow checking alone needs is left out
(fake borrows, user type ascriptions, false edges).  Bodies are generic: types mention `ty.Param`, and
`mono/` substitutes.  Spans are those of the outermost macro call (`SourceMap.outermost_call_site`).

Invariants (checked by `mir/validate.py`): local 0 is the return place, 1..arg_count the arguments; every
block ends in one terminator; cleanup blocks are entered by unwinding only; after drop elaboration every
`Drop` is unconditional and moves and initialisation are exact.
To add a statement, rvalue or terminator: a record here, its line in `visit.py`, `print.py`, `validate.py`, and
a case in `code/assemble*.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, NewType, Optional, Union

from ..base.span import Span
from ..ty.ty import Args, Const, DefId, Ty

Local = NewType("Local", int)
BasicBlock = NewType("BasicBlock", int)
RETURN_PLACE = Local(0)

# --- places --------------------------------------------------------------------------------------


class Deref(NamedTuple):
    """Through a reference, raw pointer or Box."""


class Field(NamedTuple):
    """Field `index` in declaration order, of type `ty` (as seen at this place, generic)."""

    index: int  # type: ignore[assignment]
    ty: Ty


class Index(NamedTuple):
    """`[local]`; the bounds check is an `Assert` before it."""

    local: Local


class ConstantIndex(NamedTuple):
    """From a slice pattern: element `offset` (from the end if `from_end`: length - offset)."""

    offset: int
    min_length: int
    from_end: bool


class Subslice(NamedTuple):
    """`[lo .. len-hi]` if `from_end`, else `[lo .. hi]` of an array."""

    lo: int
    hi: int
    from_end: bool


class Downcast(NamedTuple):
    """The fields that follow are those of variant `index`."""

    index: int  # type: ignore[assignment]


ProjectionElem = Union[Deref, Field, Index, ConstantIndex, Subslice, Downcast]
DEREF = Deref()


class Place(NamedTuple):
    local: Local
    projection: tuple[ProjectionElem, ...] = ()


# --- operands and constants ----------------------------------------------------------------------


class Scalar(NamedTuple):
    """A literal of a scalar type as its bit pattern (int, bool, char, float, raw pointer made of an integer)."""

    bits: int


class ZeroSized(NamedTuple):
    """The value of a zero-sized type (`()`, a fn item, an empty struct)."""


class StrLit(NamedTuple):
    """`&'static str`."""

    value: str


class BytesLit(NamedTuple):
    """`&'static [u8; N]`, or `&'static CStr` by its type (then with the closing NUL)."""

    value: bytes


class Unevaluated(NamedTuple):
    """A const item, associated const, anonymous const or inline const with `args`; or, if `promoted` is not
    None, promoted number `promoted` of that body (its value has the constant operand's type)."""

    def_id: DefId
    args: Args
    promoted: Optional[int] = None


class TyConst(NamedTuple):
    """A constant of the type system: a const parameter or an array length."""

    const: Const


class StaticRef(NamedTuple):
    """Address of a static: the operand's type is `&T`, or `*mut T` for `static mut` and foreign ones."""

    def_id: DefId


ConstKind = Union[Scalar, ZeroSized, StrLit, BytesLit, Unevaluated, TyConst, StaticRef]


class Copy(NamedTuple):
    place: Place


class Move(NamedTuple):
    place: Place


class Constant(NamedTuple):
    ty: Ty
    kind: ConstKind
    span: Span


Operand = Union[Copy, Move, Constant]

# --- rvalues -------------------------------------------------------------------------------------

BinOp = Literal[
    "Add", "Sub", "Mul", "AddWithOverflow", "SubWithOverflow", "MulWithOverflow", "AddUnchecked", "SubUnchecked",
    "MulUnchecked", "Div", "Rem", "BitXor", "BitAnd", "BitOr", "Shl", "Shr", "ShlUnchecked", "ShrUnchecked", "Eq",
    "Lt", "Le", "Ne", "Ge", "Gt", "Cmp", "Offset",
]  # fmt: skip
UnOp = Literal["Not", "Neg", "PtrMetadata"]
CastKind = Literal[
    "IntToInt", "FloatToInt", "FloatToFloat", "IntToFloat", "PtrToPtr", "FnPtrToPtr", "PointerExposeProvenance",
    "PointerWithExposedProvenance", "ReifyFnPointer", "UnsafeFnPointer", "ClosureFnPointer", "MutToConstPointer",
    "ArrayToPointer", "Unsize", "Transmute",
]  # fmt: skip


class Use(NamedTuple):
    operand: Operand


class Repeat(NamedTuple):
    """`[operand; count]`."""

    operand: Operand
    count: Const  # type: ignore[assignment]


class Ref(NamedTuple):
    """`&place`, `&mut place`; "two_phase" for an autoref of a method call or operator."""

    kind: Literal["shared", "mut", "two_phase"]
    place: Place


class RawPtr(NamedTuple):
    """`&raw const place`, `&raw mut place`."""

    mutbl: bool
    place: Place


class Len(NamedTuple):
    """Number of elements of an array or slice place."""

    place: Place


class Cast(NamedTuple):
    """To `ty`; the source type is the operand's."""

    kind: CastKind
    operand: Operand
    ty: Ty


class BinaryOp(NamedTuple):
    """`*WithOverflow` yields `(T, bool)`; plain Add/Sub/Mul/Shl/Shr wrap (the check is apart); Eq..Gt compare
    integers, floats, bool, char and pointers (fat ones too)."""

    op: BinOp
    lhs: Operand
    rhs: Operand


class UnaryOp(NamedTuple):
    op: UnOp
    operand: Operand


class NullaryOp(NamedTuple):
    op: Literal["SizeOf", "AlignOf", "UbChecks"]
    ty: Ty


class Discriminant(NamedTuple):
    """The discriminant of an enum place, as its discriminant type (`isize` unless `repr`)."""

    place: Place


class AggregateKind(NamedTuple):
    """What an `Aggregate` makes.  `ty` is the whole type; `variant` of an enum; `active_field` of a union.
    kind "raw_ptr": (data pointer, metadata) to a fat raw pointer `ty`."""

    kind: Literal["array", "tuple", "adt", "closure", "coroutine", "raw_ptr"]
    ty: Ty
    variant: int = 0
    active_field: Optional[int] = None


class Aggregate(NamedTuple):
    kind: AggregateKind
    operands: tuple[Operand, ...]


Rvalue = Union[
    Use, Repeat, Ref, RawPtr, Len, Cast, BinaryOp, UnaryOp, NullaryOp, Discriminant, Aggregate,
]  # fmt: skip

# --- statements ----------------------------------------------------------------------------------


class Assign(NamedTuple):
    place: Place
    rvalue: Rvalue
    span: Span


class SetDiscriminant(NamedTuple):
    place: Place
    variant: int
    span: Span


class StorageLive(NamedTuple):
    local: Local
    span: Span


class StorageDead(NamedTuple):
    local: Local
    span: Span


class Retag(NamedTuple):
    """Aliasing: retag the references in `place` (added where Miri's `AddRetag` pass adds them)."""

    kind: Literal["fn_entry", "two_phase", "raw", "default"]
    place: Place
    span: Span


class PlaceMention(NamedTuple):
    """`let _ = place`: the place is evaluated (and checked), its value is not read."""

    place: Place
    span: Span


class Nop(NamedTuple):
    span: Span


Statement = Union[Assign, SetDiscriminant, StorageLive, StorageDead, Retag, PlaceMention, Nop]

# --- terminators ---------------------------------------------------------------------------------

CONTINUE: Literal["continue"] = "continue"  # no cleanup here: go on unwinding in the caller
UNREACHABLE: Literal["unreachable"] = "unreachable"
TERMINATE_ABI: Literal["terminate_abi"] = "terminate_abi"  # unwinding out of a nounwind function
TERMINATE_CLEANUP: Literal["terminate_cleanup"] = "terminate_cleanup"  # a panic while cleaning up
UnwindAction = Union[BasicBlock, str]  # a cleanup block, or one of the four words above


class Goto(NamedTuple):
    target: BasicBlock
    span: Span


class SwitchInt(NamedTuple):
    """`targets` are (bits, block) pairs; otherwise `otherwise`."""

    discr: Operand
    ty: Ty
    targets: tuple[tuple[int, BasicBlock], ...]
    otherwise: BasicBlock
    span: Span


class UnwindResume(NamedTuple):
    span: Span


class UnwindTerminate(NamedTuple):
    reason: Literal["terminate_abi", "terminate_cleanup"]
    span: Span


class Return(NamedTuple):
    span: Span


class Unreachable(NamedTuple):
    span: Span


class Drop(NamedTuple):
    """Run the drop glue of `place`'s type.  Before elaboration it may be conditional."""

    place: Place
    target: BasicBlock
    unwind: UnwindAction
    span: Span
    replace: bool = False  # the drop half of an assignment


class Call(NamedTuple):
    """`func` is a constant of FnDef type, or a place of FnPtr type.  `target` None: it diverges.

    `fn_span` is the callee's and arguments' span (for method calls from the method's name on).
    An `extern "rust-call"` callee gets its last argument as one tuple; the assembler spreads it.
    """

    func: Operand
    args: tuple[Operand, ...]
    destination: Place
    target: Optional[BasicBlock]
    unwind: UnwindAction
    span: Span
    fn_span: Span


class AssertMessage(NamedTuple):
    """kind and its operands: BoundsCheck(len, index), Overflow_<Add|Sub|Mul|Div|Rem|Shl|Shr|Neg>(lhs, rhs),
    DivisionByZero, RemainderByZero, ResumedAfterReturn, ResumedAfterPanic, NullPointerDereference."""

    kind: str
    operands: tuple[Operand, ...] = ()


class Assert(NamedTuple):
    cond: Operand
    expected: bool
    msg: AssertMessage
    target: BasicBlock
    unwind: UnwindAction
    span: Span


class Yield(NamedTuple):
    """A coroutine's suspension point, before the state transform."""

    value: Operand
    resume: BasicBlock
    resume_arg: Place
    drop: Optional[BasicBlock]
    span: Span


class CoroutineDrop(NamedTuple):
    """The end of dropping a suspended coroutine, before the state transform."""

    span: Span


Terminator = Union[
    Goto, SwitchInt, UnwindResume, UnwindTerminate, Return, Unreachable, Drop, Call, Assert, Yield, CoroutineDrop,
]  # fmt: skip

# --- bodies --------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class LocalDecl:
    """`name` is the user's for a variable (one per binding; None for a temporary)."""

    ty: Ty
    span: Span
    mutbl: bool = False
    name: Optional[str] = None


@dataclass(slots=True, eq=False)
class BlockData:
    statements: list[Statement] = field(default_factory=list)
    terminator: Optional[Terminator] = None
    is_cleanup: bool = False


@dataclass(slots=True, eq=False)
class VarDebugInfo:
    """A user variable of this body and where it lives (for a captured one a place in the closure)."""

    name: str
    place: Place
    span: Span


@dataclass(slots=True, eq=False)
class Body:
    """The MIR of one function, closure, constant, static or promoted.

    `def_id` names it; `promoted` are the bodies of its promoted constants.  `spread_arg`: the argument that
    is one tuple here but several at an `extern "rust-call"` caller (closures: local 2).
    """

    def_id: DefId
    kind: Literal["fn", "closure", "const", "static", "promoted", "ctor", "shim", "coroutine"]
    locals: list[LocalDecl]
    arg_count: int
    blocks: list[BlockData]
    span: Span
    spread_arg: Optional[Local] = None
    promoted: list[Body] = field(default_factory=list)
    var_debug_info: list[VarDebugInfo] = field(default_factory=list)
    phase: Literal["built", "elaborated"] = "built"
    extra: dict[str, Any] = field(default_factory=dict)  # coroutine layout and the like, plain data
