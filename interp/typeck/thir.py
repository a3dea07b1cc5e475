"""THIR: a type-checked body with nothing implicit left.  All that `mir_build` sees of a body.

Every expression has its final type (generic over the owner's parameters, no inference variables; opaque
types of the defining scope are replaced by their hidden types only where inference found them).  Adjustments
(auto-deref, auto-ref, unsizing, reborrows, never-to-any), overloaded operators, method calls, field names,
constants in patterns and closure captures are explicit.  As rustc's `rustc_middle::thir`, with trees instead of
arenas, and temporaries' scopes given by `Scope` nodes.

`temp_scope`: rustc's rvalue scopes are kept by structure: a `Scope(id, expr)` wraps what is a terminating scope
(statements, conditions, loop bodies, arms, block tails by edition, `&&`/`||` right sides, function bodies); a
temporary lives to the end of the innermost enclosing Scope unless its expression has an entry in
`TypeckResults.extended_temps` (scope id, or None for 'static: to be promoted or kept to the function's end).

One file: this is the whole contract between `typeck` and `mir_build`, records without logic.
To add a kind of expression: a record here, its writeback in `typeck/writeback*.py`, a case in `mir_build/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Optional, Union

from ..base.span import Span
from ..ty.items import ClosureInfo
from ..ty.ty import Args, Const, DefId, Ty

LocalVarId = int  # the hir id of the binding

# --- patterns ------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class PatWild:
    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class PatBinding:
    """`mode` is final: by value, or a reference.  `var_ty` is the variable's type, `ty` the matched place's."""

    ty: Ty
    span: Span
    name: str
    var: LocalVarId
    mutbl: bool
    mode: Literal["value", "ref", "ref mut"]
    var_ty: Ty
    sub: Optional[Pat]


@dataclass(slots=True, eq=False)
class PatVariant:
    """A variant of an enum with several variants possible; `fields` are (field index, pattern), others ignored."""

    ty: Ty
    span: Span
    adt: DefId
    args: Args
    variant: int
    fields: list[tuple[int, Pat]]


@dataclass(slots=True, eq=False)
class PatLeaf:
    """Fields of a struct, tuple, union or closure-like single-variant place."""

    ty: Ty
    span: Span
    fields: list[tuple[int, Pat]]


@dataclass(slots=True, eq=False)
class PatDeref:
    """Through a reference or Box: written `&p`, `box p`, or inserted by default binding modes."""

    ty: Ty
    span: Span
    pat: Pat


@dataclass(slots=True, eq=False)
class PatConst:
    """A literal or constant.  `value`: bit pattern of a scalar (negative numbers in two's complement), `str` or
    `bytes` for string literals (`ty` is then `&str`, `&[u8]`/`[u8; N]`), or a `Constant` expression (of a const
    item; structural constants are turned into nested patterns through the machine's const evaluation)."""

    ty: Ty
    span: Span
    value: Union[int, str, bytes, Const]


@dataclass(slots=True, eq=False)
class PatRange:
    """Bit patterns in the type's own order (signed, float); None: open."""

    ty: Ty
    span: Span
    lo: Union[int, Const, None]
    hi: Union[int, Const, None]
    inclusive: bool


@dataclass(slots=True, eq=False)
class PatSlice:
    """Of an array or slice."""

    ty: Ty
    span: Span
    prefix: list[Pat]
    slice: Optional[Pat]
    suffix: list[Pat]
    has_rest: bool  # a `..` stands there (then `slice` may still be None)


@dataclass(slots=True, eq=False)
class PatOr:
    ty: Ty
    span: Span
    pats: list[Pat]


@dataclass(slots=True, eq=False)
class PatNever:
    ty: Ty
    span: Span


Pat = Union[PatWild, PatBinding, PatVariant, PatLeaf, PatDeref, PatConst, PatRange, PatSlice, PatOr, PatNever]

# --- expressions: each has `ty` and `span` first ----------------------------------------------------


@dataclass(slots=True, eq=False)
class Scope:
    """A destruction scope: temporaries and variables made inside are dropped when it is left."""

    ty: Ty
    span: Span
    id: int
    expr: Expr


@dataclass(slots=True, eq=False)
class Lit:
    """`value`: bit pattern for scalars, `str`, `bytes` (byte string: `&[u8; N]`; C string with its NUL)."""

    ty: Ty
    span: Span
    value: Union[int, str, bytes]


@dataclass(slots=True, eq=False)
class ZstLit:
    """A fn item, tuple constructor or method used as a value: the type says it all."""

    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class NamedConst:
    """A const item, associated const, inline const, or anonymous const."""

    ty: Ty
    span: Span
    def_id: DefId
    args: Args


@dataclass(slots=True, eq=False)
class ConstParam:
    """A const generic parameter (or an already evaluated constant of the type system)."""

    ty: Ty
    span: Span
    const: Const


@dataclass(slots=True, eq=False)
class StaticRef:
    """A static as a place: MIR takes its address (`&T`/`*mut T`) and derefs it."""

    ty: Ty
    span: Span
    def_id: DefId
    mutbl: bool


@dataclass(slots=True, eq=False)
class VarRef:
    """A local variable (place)."""

    ty: Ty
    span: Span
    var: LocalVarId


@dataclass(slots=True, eq=False)
class UpvarRef:
    """A variable of an enclosing body, inside closure `closure`.  `mir_build` maps it, with the projections
    applied to it, to a captured place of `TypeckResults.closures[closure]`."""

    ty: Ty
    span: Span
    closure: DefId
    var: LocalVarId


@dataclass(slots=True, eq=False)
class Binary:
    """Builtin arithmetic, bit operations and comparison on primitive operands."""

    ty: Ty
    span: Span
    op: str
    lhs: Expr
    rhs: Expr


@dataclass(slots=True, eq=False)
class LogicalOp:
    """`&&`, `||`."""

    ty: Ty
    span: Span
    op: Literal["&&", "||"]
    lhs: Expr
    rhs: Expr


@dataclass(slots=True, eq=False)
class Unary:
    """Builtin `!` and `-`."""

    ty: Ty
    span: Span
    op: Literal["!", "-"]
    expr: Expr


@dataclass(slots=True, eq=False)
class Cast:
    """An `as` cast between primitive types; `kind` as MIR's CastKind, decided by typeck; `source` is coerced
    already where the cast is a coercion (then there is no Cast)."""

    ty: Ty
    span: Span
    kind: str
    expr: Expr


@dataclass(slots=True, eq=False)
class PointerCoercion:
    """ReifyFnPointer, UnsafeFnPointer, ClosureFnPointer, MutToConstPointer, ArrayToPointer, Unsize."""

    ty: Ty
    span: Span
    kind: str
    expr: Expr


@dataclass(slots=True, eq=False)
class NeverToAny:
    ty: Ty
    span: Span
    expr: Expr


@dataclass(slots=True, eq=False)
class Use:
    """`expr` used as a value with no change of type (coercions of never-less blocks and the like)."""

    ty: Ty
    span: Span
    expr: Expr


@dataclass(slots=True, eq=False)
class Call:
    """`func` of FnDef, FnPtr type.  Overloaded operators and method calls are calls of their method's ZstLit;
    closure calls are calls of `Fn*::call*` with (self adjusted, tuple of arguments).
    `from_op`: it was an overloaded operator (evaluation order of compound assignment differs)."""

    ty: Ty
    span: Span
    func: Expr
    args: list[Expr]
    fn_span: Span
    from_op: bool = False


@dataclass(slots=True, eq=False)
class Deref:
    """Builtin deref of a reference, raw pointer or Box (place).  An overloaded one is `Deref(Call(deref, ..))`."""

    ty: Ty
    span: Span
    expr: Expr


@dataclass(slots=True, eq=False)
class Borrow:
    """`kind` "two_phase" for autorefs of method calls and operators' left sides."""

    ty: Ty
    span: Span
    kind: Literal["shared", "mut", "two_phase"]
    expr: Expr


@dataclass(slots=True, eq=False)
class RawBorrow:
    ty: Ty
    span: Span
    mutbl: bool
    expr: Expr


@dataclass(slots=True, eq=False)
class Field:
    """Field of a struct, tuple or union (place); `variant` 0."""

    ty: Ty
    span: Span
    expr: Expr
    index: int


@dataclass(slots=True, eq=False)
class Index:
    """Builtin indexing of an array or slice by usize (place)."""

    ty: Ty
    span: Span
    expr: Expr
    index: Expr


@dataclass(slots=True, eq=False)
class Tuple:
    ty: Ty
    span: Span
    exprs: list[Expr]


@dataclass(slots=True, eq=False)
class Array:
    ty: Ty
    span: Span
    exprs: list[Expr]


@dataclass(slots=True, eq=False)
class Repeat:
    ty: Ty
    span: Span
    expr: Expr
    count: Const


@dataclass(slots=True, eq=False)
class Adt:
    """A struct, variant or union literal, or the call of a tuple constructor; `base` for `..base`
    (with the types of all its fields in `base_field_tys`)."""

    ty: Ty
    span: Span
    adt: DefId
    args: Args
    variant: int
    fields: list[tuple[int, Expr]]
    base: Optional[Expr] = None


@dataclass(slots=True, eq=False)
class Closure:
    """Making a closure (or coroutine): `captures` are the place expressions captured, by value or borrowed already
    (`Borrow` nodes), in the order of `ClosureInfo.upvars`."""

    ty: Ty
    span: Span
    def_id: DefId
    captures: list[Expr]


@dataclass(slots=True, eq=False)
class Let:
    """A `let` condition."""

    ty: Ty
    span: Span
    pat: Pat
    expr: Expr


@dataclass(slots=True, eq=False)
class If:
    """`cond` may contain `Let`s joined by `&&`; `then_scope` is the scope of what they bind."""

    ty: Ty
    span: Span
    cond: Expr
    then: Expr
    else_: Optional[Expr]
    then_scope: int


@dataclass(slots=True, eq=False)
class Loop:
    """`id` is what Break/Continue name."""

    ty: Ty
    span: Span
    id: int
    body: Expr


@dataclass(slots=True, eq=False)
class Arm:
    pat: Pat
    guard: Optional[Expr]
    body: Expr
    scope: int
    span: Span


@dataclass(slots=True, eq=False)
class Match:
    """`scrutinee` is a place expression where possible."""

    ty: Ty
    span: Span
    scrutinee: Expr
    arms: list[Arm]
    scrutinee_ty: Ty


@dataclass(slots=True, eq=False)
class LetStmt:
    """`remainder_scope`: the scope from here to the block's end, where its variables live; `init_scope`: where
    the initialiser's temporaries die."""

    pat: Pat
    init: Optional[Expr]
    els: Optional[Block]
    remainder_scope: int
    init_scope: int
    span: Span


@dataclass(slots=True, eq=False)
class ExprStmt:
    """Its value is dropped; `scope` is the statement's."""

    expr: Expr
    scope: int
    span: Span


Stmt = Union[LetStmt, ExprStmt]


@dataclass(slots=True, eq=False)
class Block:
    """`break_id` set: a labelled block that `break` may leave with a value."""

    ty: Ty
    span: Span
    stmts: list[Stmt]
    expr: Optional[Expr]
    break_id: Optional[int]
    scope: int


@dataclass(slots=True, eq=False)
class Assign:
    """Drops the old value, then moves the new one in."""

    ty: Ty
    span: Span
    lhs: Expr
    rhs: Expr


@dataclass(slots=True, eq=False)
class AssignOp:
    """Builtin compound assignment: the right side is evaluated first."""

    ty: Ty
    span: Span
    op: str
    lhs: Expr
    rhs: Expr


@dataclass(slots=True, eq=False)
class Break:
    ty: Ty
    span: Span
    target: int
    value: Optional[Expr]


@dataclass(slots=True, eq=False)
class Continue:
    ty: Ty
    span: Span
    target: int


@dataclass(slots=True, eq=False)
class Return:
    ty: Ty
    span: Span
    value: Optional[Expr]


@dataclass(slots=True, eq=False)
class Yield:
    ty: Ty
    span: Span
    value: Expr


Expr = Union[
    Scope, Lit, ZstLit, NamedConst, ConstParam, StaticRef, VarRef, UpvarRef, Binary, LogicalOp, Unary, Cast,
    PointerCoercion, NeverToAny, Use, Call, Deref, Borrow, RawBorrow, Field, Index, Tuple, Array, Repeat, Adt, Closure,
    Let, If, Loop, Match, Block, Assign, AssignOp, Break, Continue, Return, Yield,
]  # fmt: skip

# --- closures and results ---------------------------------------------------------------------------


class CaptureProj(NamedTuple):
    """A step of a captured place: kind "deref" or "field" (`index`); `ty` is the type after it."""

    kind: Literal["deref", "field"]
    index: int  # type: ignore[assignment]
    ty: Ty


class CapturedPlace(NamedTuple):
    """What a closure's field stands for: `var` of the enclosing body, projected; captured `by` value or
    reference.  A use of a longer place inside the closure goes through this field (deref'd when by reference)."""

    var: LocalVarId
    var_ty: Ty
    projections: tuple[CaptureProj, ...]
    by: Literal["value", "ref", "mut"]
    span: Span


@dataclass(slots=True, eq=False)
class ClosureBody:
    """`info.upvars[i]` is the field type of `captures[i]`.  `params` are patterns over the closure's own
    arguments (untupled); MIR local 1 is the closure itself: by value, `&` or `&mut` after `info.kind`."""

    info: ClosureInfo
    captures: list[CapturedPlace]
    params: list[Param]
    value: Expr
    is_coroutine: bool = False


@dataclass(slots=True, eq=False)
class Param:
    pat: Pat
    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class TypeckResults:
    """Of one owner (fn, const, static, anonymous const), its closures and inline consts included.

    `tainted`: errors were reported; nothing may be built from it.  `extended_temps`: `id(expr)` of a temporary's
    expression -> scope id (or None).
    """

    owner: DefId
    params: list[Param]
    value: Optional[Expr]
    ret_ty: Ty
    closures: dict[DefId, ClosureBody] = field(default_factory=dict)
    inline_consts: dict[DefId, Expr] = field(default_factory=dict)
    extended_temps: dict[int, Optional[int]] = field(default_factory=dict)
    bindings: dict[LocalVarId, PatBinding] = field(default_factory=dict)  # where each variable is declared
    opaques: dict[DefId, Ty] = field(default_factory=dict)  # hidden types found in this body
    tainted: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
