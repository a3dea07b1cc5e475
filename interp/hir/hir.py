"""HIR bodies: the AST of a body with macros expanded, names resolved and sugar removed.

Gone: `for`, `while`, `?`, `.await`, ranges, destructuring assignment, parentheses, `format_args!`, async
functions and blocks, argument patterns stay.  Kept: `let` conditions, method calls, operators, closures.
Types and generic arguments stay AST beside the scope they are resolved in (`HirTy`, `Path`): `astconv` turns
them into `Ty`, so that `_` can become an inference variable.

Every expression, pattern, block, let and arm has an `id`, dense from 0 in its `Body`; closures' bodies belong to
the owner's.  Spans keep their hygiene context; sugar's spans are those of what it stands for.
One file, so that the whole vocabulary that type checking must know is read in one place; none has any logic.
To add a node: here, in `lower_*.py`, in `typeck/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Optional, Union

from ..base.span import Span
from ..resolve.defs import DefId, Res
from ..syntax import ast


@dataclass(slots=True, eq=False)
class HirTy:
    """A type as written, and where: `scope` is what `astconv.lower_ty` needs (modules, generics in scope)."""

    ast: ast.Ty
    scope: Any
    span: Span


@dataclass(slots=True, eq=False)
class PathSegment:
    """`args` None: none written.  `def_id` is what the path means up to this segment, if it is an item."""

    name: str
    args: Optional[ast.GenericArgs]
    span: Span
    def_id: Optional[DefId] = None


@dataclass(slots=True, eq=False)
class Path:
    """Resolved as far as names alone go.  `segments[:resolved]` led to `res`; the rest is type-relative
    (`Vec::new`, `T::Item`, `Self::CONST`): associated names that type checking resolves.
    `qself` for `<T>::name` (res is ResErr and resolved 0) and `<T as Trait>::name` (res: the trait's item).
    A lang-item path (made by sugar) has the item as `res` and no written arguments.
    """

    res: Res
    segments: list[PathSegment]
    resolved: int
    qself: Optional[HirTy]
    scope: Any
    span: Span


# --- patterns ------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class PatWild:
    id: int
    span: Span


@dataclass(slots=True, eq=False)
class PatBinding:
    """`var` is the id of the binding that uses refer to: its own, or that of the first alternative of an
    or-pattern.  `ref_` None: by default binding mode; "ref"/"ref mut" as written."""

    id: int
    var: int
    name: str
    mutbl: bool
    ref_: Literal[None, "ref", "ref mut"]
    sub: Optional[Pat]
    span: Span


@dataclass(slots=True, eq=False)
class PatPath:
    """A unit struct, unit variant, const or associated const."""

    id: int
    path: Path
    span: Span


@dataclass(slots=True, eq=False)
class PatTupleStruct:
    """`dotdot`: the index in `pats` before which `..` stands, or None."""

    id: int
    path: Path
    pats: list[Pat]
    dotdot: Optional[int]
    span: Span


@dataclass(slots=True, eq=False)
class PatStruct:
    id: int
    path: Path
    fields: list[tuple[str, Pat, Span]]
    rest: bool
    span: Span


@dataclass(slots=True, eq=False)
class PatTuple:
    id: int
    pats: list[Pat]
    dotdot: Optional[int]
    span: Span


@dataclass(slots=True, eq=False)
class PatSlice:
    """`[before.., slice @ .., after..]`; `slice` None: no `..`; PatWild for a bare `..`."""

    id: int
    before: list[Pat]
    slice: Optional[Pat]
    after: list[Pat]
    span: Span


@dataclass(slots=True, eq=False)
class PatRef:
    id: int
    mutbl: bool
    pat: Pat
    span: Span


@dataclass(slots=True, eq=False)
class PatBox:
    id: int
    pat: Pat
    span: Span


@dataclass(slots=True, eq=False)
class PatLit:
    """`expr`: a literal, a negated literal or an inline const."""

    id: int
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class PatRange:
    """`lo`/`hi`: literal, negated literal, path to a constant; None at an open end."""

    id: int
    lo: Optional[Expr]
    hi: Optional[Expr]
    inclusive: bool
    span: Span


@dataclass(slots=True, eq=False)
class PatOr:
    id: int
    pats: list[Pat]
    span: Span


Pat = Union[
    PatWild, PatBinding, PatPath, PatTupleStruct, PatStruct, PatTuple, PatSlice, PatRef, PatBox, PatLit, PatRange, PatOr
]

# --- expressions ---------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Lit:
    id: int
    kind: Literal["int", "float", "str", "bytestr", "cstr", "char", "byte", "bool"]
    value: Union[int, str, bytes, bool]
    suffix: str
    span: Span


@dataclass(slots=True, eq=False)
class ExprPath:
    id: int
    path: Path
    span: Span


@dataclass(slots=True, eq=False)
class Unary:
    id: int
    op: Literal["-", "!", "*"]
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class Binary:
    """`&&` and `||` too."""

    id: int
    op: str
    lhs: Expr
    rhs: Expr
    op_span: Span
    span: Span


@dataclass(slots=True, eq=False)
class Assign:
    id: int
    lhs: Expr
    rhs: Expr
    span: Span


@dataclass(slots=True, eq=False)
class AssignOp:
    id: int
    op: str
    lhs: Expr
    rhs: Expr
    op_span: Span
    span: Span


@dataclass(slots=True, eq=False)
class AddrOf:
    """`implicit`: `format_args!` borrows an argument; `span` may be the placeholder that captures it."""

    id: int
    raw: bool
    mutbl: bool
    expr: Expr
    span: Span
    implicit: bool = False


@dataclass(slots=True, eq=False)
class Call:
    """`extends`: made by `format_args!`, whose temporaries live on where the whole is extended, as a struct's do."""

    id: int
    func: Expr
    args: list[Expr]
    span: Span
    extends: bool = False


@dataclass(slots=True, eq=False)
class MethodCall:
    id: int
    receiver: Expr
    segment: PathSegment
    args: list[Expr]
    scope: Any  # for the segment's generic arguments and for traits in scope
    span: Span


@dataclass(slots=True, eq=False)
class Field:
    id: int
    expr: Expr
    name: str
    name_span: Span
    span: Span


@dataclass(slots=True, eq=False)
class Index:
    id: int
    expr: Expr
    index: Expr
    span: Span


@dataclass(slots=True, eq=False)
class Tuple:
    id: int
    exprs: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class Array:
    id: int
    exprs: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class Repeat:
    """`[expr; len]`: `len` is an anonymous const's DefId, or a HirTy-like path to a const parameter (as the
    AST it is: `astconv.lower_const_arg(len, scope)` makes the Const)."""

    id: int
    expr: Expr
    len: ast.AnonConst
    scope: Any
    span: Span


@dataclass(slots=True, eq=False)
class Struct:
    """`base`: `..base`."""

    id: int
    path: Path
    fields: list[tuple[str, Expr, Span]]
    base: Optional[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class Cast:
    id: int
    expr: Expr
    ty: HirTy
    span: Span


@dataclass(slots=True, eq=False)
class Let:
    """`let pat = expr` inside a condition; of type bool; its bindings live in what the condition guards."""

    id: int
    pat: Pat
    init: Expr
    span: Span


@dataclass(slots=True, eq=False)
class If:
    id: int
    cond: Expr
    then: Expr
    else_: Optional[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class Loop:
    """`source` tells what it was, for types (`while`/`for` have value ()) and messages."""

    id: int
    body: Block
    label: Optional[str]
    source: Literal["loop", "while", "for"]
    span: Span


@dataclass(slots=True, eq=False)
class Arm:
    id: int
    pat: Pat
    guard: Optional[Expr]
    body: Expr
    span: Span


@dataclass(slots=True, eq=False)
class Match:
    id: int
    scrutinee: Expr
    arms: list[Arm]
    source: Literal["match", "for", "try", "await", "format"]
    span: Span


@dataclass(slots=True, eq=False)
class ClosureParam:
    pat: Pat
    ty: Optional[HirTy]


@dataclass(slots=True, eq=False)
class Closure:
    """`kind` "closure", or "async" for an async block (then no params; it is a coroutine).  `def_id` is its own
    definition, made when the body is lowered.

    The future that an async closure makes has in `owned` the closure's parameters, which move into it; of what the
    closure captured it borrows what it does not consume, unless it consumes something and the closure is `move`
    (`takes_all`): then all of it moves in, since the closure is gone by then."""

    id: int
    def_id: DefId
    params: list[ClosureParam]
    output: Optional[HirTy]
    body: Expr
    move: bool
    kind: Literal["closure", "async"]
    decl_span: Span
    span: Span
    owned: Optional[frozenset[int]] = None
    takes_all: bool = False


@dataclass(slots=True, eq=False)
class Block:
    """`label` target: `break` to a labelled block names its id.  `unsafe` and `const` blocks as marked."""

    id: int
    stmts: list[Stmt]
    expr: Optional[Expr]
    unsafe: bool
    targeted: bool
    span: Span


@dataclass(slots=True, eq=False)
class ConstBlock:
    """`const { .. }`: an inline const with its own DefId; type-checked with its owner."""

    id: int
    def_id: DefId
    body: Expr
    span: Span


@dataclass(slots=True, eq=False)
class Break:
    """`target`: the id of the Loop or Block."""

    id: int
    target: int
    expr: Optional[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class Continue:
    id: int
    target: int
    span: Span


@dataclass(slots=True, eq=False)
class Return:
    id: int
    expr: Optional[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class DropTemps:
    """`expr`, whose temporaries are dropped at its end (conditions of desugared loops)."""

    id: int
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class Yield:
    """A suspension point inside an async body; `expr` is the yielded unit."""

    id: int
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class Err:
    """An error was reported here."""

    id: int
    span: Span


Expr = Union[
    Lit, ExprPath, Unary, Binary, Assign, AssignOp, AddrOf, Call, MethodCall, Field, Index, Tuple, Array, Repeat,
    Struct, Cast, Let, If, Loop, Match, Closure, Block, ConstBlock, Break, Continue, Return, DropTemps, Yield, Err,
]  # fmt: skip

# --- statements ----------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class LetStmt:
    """`source` "assign" for what destructuring assignment became."""

    id: int
    pat: Pat
    ty: Optional[HirTy]
    init: Optional[Expr]
    els: Optional[Block]
    span: Span
    source: Literal["let", "assign"] = "let"


@dataclass(slots=True, eq=False)
class ExprStmt:
    expr: Expr
    semi: bool
    span: Span


Stmt = Union[LetStmt, ExprStmt]  # items are definitions and leave nothing behind


@dataclass(slots=True, eq=False)
class Param:
    """A parameter of a function: its type stands in `fn_sig`."""

    pat: Pat
    span: Span


@dataclass(slots=True, eq=False)
class Body:
    """The body of `owner` (fn, const, static, anonymous const).  `count` ids are in use."""

    owner: DefId
    params: list[Param]
    value: Expr
    count: int
    span: Span
    edition: int
    closures: list[DefId] = field(default_factory=list)
    is_async: bool = False
