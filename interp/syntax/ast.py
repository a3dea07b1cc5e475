"""The AST: what the parser makes and macro expansion completes.

Every node is a slotted record with `span`.  Names are `Ident`s, which carry their hygiene context in
their span.  A function's body may be a `LazyBody`: its tokens, parsed when somebody first needs them.

Invariant: after expansion no `MacCall` is left at item level; in bodies HIR lowering expands them as it
meets them.  One file, long as it is: the grammar's nodes refer to each other throughout, and none has any logic.
To add a construct: a node here, a production in `grammar/`, a case in `hir/lower_*.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Union

from ..base.span import DUMMY_SP, Span
from .token import Group, TokenStream


class Ident(NamedTuple):
    """`name` without `r#`; two locals are the same only if name and hygiene context agree."""

    name: str
    span: Span


# --- paths, generics -----------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Lifetime:
    ident: Ident  # name with its quote: "'a", "'_", "'static"
    span: Span


@dataclass(slots=True, eq=False)
class AssocConstraint:
    """`Item = T`, `Item: Bound` or `N = {expr}` among generic arguments."""

    ident: Ident
    args: GenericArgs | None
    term: Ty | AnonConst | None
    bounds: list[Bound]
    span: Span


@dataclass(slots=True, eq=False)
class GenericArgs:
    """`<'a, T, 3, Item = U>`; `parenthesized` for `Fn(A, B) -> C` (then `inputs` and `output`)."""

    args: list[Lifetime | Ty | AnonConst]
    constraints: list[AssocConstraint]
    span: Span
    parenthesized: bool = False
    inputs: list[Ty] = field(default_factory=list)
    output: Ty | None = None


@dataclass(slots=True, eq=False)
class PathSegment:
    ident: Ident  # "self", "Self", "super", "crate", "$crate" too; "{{root}}" first for a leading `::`
    args: GenericArgs | None


@dataclass(slots=True, eq=False)
class QSelf:
    """`<T as Trait>::`: `position` is how many segments of the path belong to the trait."""

    ty: Ty
    position: int


@dataclass(slots=True, eq=False)
class Path:
    segments: list[PathSegment]
    span: Span
    qself: QSelf | None = None


@dataclass(slots=True, eq=False)
class TraitBound:
    path: Path
    modifier: Literal["", "?", "~const", "async"]
    bound_lifetimes: list[Lifetime]  # for<'a>
    span: Span


@dataclass(slots=True, eq=False)
class UseBound:
    """`use<'a, T>` precise capturing."""

    args: list[Ident]
    span: Span


Bound = Union[TraitBound, Lifetime, UseBound]


@dataclass(slots=True, eq=False)
class GenericParam:
    ident: Ident
    kind: Literal["lifetime", "type", "const"]
    bounds: list[Bound]
    default: Ty | AnonConst | None
    const_ty: Ty | None
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class WherePredicate:
    """`for<..> ty: bounds`, or `'a: 'b` (then `lifetime`)."""

    ty: Ty | None
    lifetime: Lifetime | None
    bounds: list[Bound]
    bound_lifetimes: list[Lifetime]
    span: Span


@dataclass(slots=True, eq=False)
class Generics:
    params: list[GenericParam]
    where: list[WherePredicate]
    span: Span


# --- types ---------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class TyPath:
    path: Path
    span: Span


@dataclass(slots=True, eq=False)
class TyRef:
    lifetime: Lifetime | None
    mutbl: bool
    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class TyPtr:
    mutbl: bool
    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class TySlice:
    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class TyArray:
    ty: Ty
    len: AnonConst
    span: Span


@dataclass(slots=True, eq=False)
class TyTup:
    tys: list[Ty]
    span: Span


@dataclass(slots=True, eq=False)
class TyNever:
    span: Span


@dataclass(slots=True, eq=False)
class TyInfer:
    span: Span


@dataclass(slots=True, eq=False)
class TyBareFn:
    params: list[tuple[Ident | None, Ty]]
    output: Ty | None
    unsafe: bool
    abi: str | None  # None: Rust; "" is `extern` without a name, which means "C"
    c_variadic: bool
    bound_lifetimes: list[Lifetime]
    span: Span


@dataclass(slots=True, eq=False)
class TyTraitObject:
    bounds: list[Bound]
    dyn: bool  # False: a bare trait object of edition 2015/2018
    span: Span


@dataclass(slots=True, eq=False)
class TyImplTrait:
    bounds: list[Bound]
    span: Span


@dataclass(slots=True, eq=False)
class TyMac:
    mac: MacCall
    span: Span


@dataclass(slots=True, eq=False)
class TyTypeof:
    expr: AnonConst
    span: Span


Ty = Union[
    TyPath, TyRef, TyPtr, TySlice, TyArray, TyTup, TyNever, TyInfer, TyBareFn, TyTraitObject, TyImplTrait, TyMac,
    TyTypeof,
]  # fmt: skip


@dataclass(slots=True, eq=False)
class AnonConst:
    """An expression in a type: array length, const generic argument, enum discriminant."""

    expr: Expr
    span: Span


# --- macros and attributes -----------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class MacCall:
    path: Path
    delim: str  # "(", "[", "{"
    tokens: TokenStream
    span: Span
    ident: Ident | None = None  # `macro_rules! name { .. }`


@dataclass(slots=True, eq=False)
class Attribute:
    """`#[path tokens]`; a doc comment is `doc` with `value`.  `tokens` are what follows the path."""

    path: str  # "derive", "cfg_attr", "rustfmt::skip"
    tokens: TokenStream
    inner: bool
    span: Span
    value: str | None = None  # the string of `#[path = "value"]` and of doc comments


# --- patterns ------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class PatWild:
    span: Span


@dataclass(slots=True, eq=False)
class PatRest:
    """`..` inside a tuple or slice pattern."""

    span: Span


@dataclass(slots=True, eq=False)
class PatIdent:
    """`ref mut x @ sub`; without binding mode and sub it may turn out to be a constant or variant."""

    by_ref: bool
    mutbl: bool
    ident: Ident
    sub: Pat | None
    span: Span
    ref_mut: bool = False  # `ref mut x` (then by_ref too); `mutbl` is for `mut x`


@dataclass(slots=True, eq=False)
class PatLit:
    """A literal, `-literal` or `const { }` block."""

    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class PatRange:
    lo: Expr | None
    hi: Expr | None
    inclusive: bool
    span: Span


@dataclass(slots=True, eq=False)
class PatRef:
    mutbl: bool
    pat: Pat
    span: Span


@dataclass(slots=True, eq=False)
class PatTuple:
    pats: list[Pat]
    span: Span


@dataclass(slots=True, eq=False)
class PatSlice:
    pats: list[Pat]
    span: Span


@dataclass(slots=True, eq=False)
class PatPath:
    path: Path
    span: Span


@dataclass(slots=True, eq=False)
class PatTupleStruct:
    path: Path
    pats: list[Pat]
    span: Span


@dataclass(slots=True, eq=False)
class PatField:
    ident: Ident  # a tuple index is its decimal text
    pat: Pat
    shorthand: bool
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class PatStruct:
    path: Path
    fields: list[PatField]
    rest: bool
    span: Span


@dataclass(slots=True, eq=False)
class PatOr:
    pats: list[Pat]
    span: Span


@dataclass(slots=True, eq=False)
class PatBox:
    pat: Pat
    span: Span


@dataclass(slots=True, eq=False)
class PatMac:
    mac: MacCall
    span: Span


Pat = Union[
    PatWild, PatRest, PatIdent, PatLit, PatRange, PatRef, PatTuple, PatSlice, PatPath, PatTupleStruct, PatStruct,
    PatOr, PatBox, PatMac,
]  # fmt: skip


# --- expressions ---------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Lit:
    """A literal, decoded.  `value`: int, float's text, str, bytes (a C string's with its NUL), bool, or a char's code.

    `text` is how it was written, for messages; "" when nobody wrote it.
    """

    kind: Literal["int", "float", "str", "bytestr", "cstr", "char", "byte", "bool"]
    value: int | str | bytes | bool
    suffix: str
    span: Span
    text: str = ""


@dataclass(slots=True, eq=False)
class ExprPath:
    path: Path
    span: Span


@dataclass(slots=True, eq=False)
class ExprUnary:
    op: Literal["-", "!", "*"]
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprBinary:
    """`op` includes the lazy `&&` and `||`; `op_span` is the operator's."""

    op: str
    lhs: Expr
    rhs: Expr
    op_span: Span
    span: Span


@dataclass(slots=True, eq=False)
class ExprAssign:
    """`lhs = rhs`; the left side may be a destructuring pattern in expression's clothes."""

    lhs: Expr
    rhs: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprAssignOp:
    op: str  # without "=": "+", "<<"
    lhs: Expr
    rhs: Expr
    op_span: Span
    span: Span


@dataclass(slots=True, eq=False)
class ExprAddrOf:
    """`&e`, `&mut e`; `raw` for `&raw const e`, `&raw mut e`."""

    raw: bool
    mutbl: bool
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprCall:
    func: Expr
    args: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class ExprMethodCall:
    receiver: Expr
    segment: PathSegment
    args: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class ExprField:
    expr: Expr
    ident: Ident  # a tuple index is its decimal text
    span: Span


@dataclass(slots=True, eq=False)
class ExprIndex:
    expr: Expr
    index: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprRange:
    lo: Expr | None
    hi: Expr | None
    inclusive: bool
    span: Span


@dataclass(slots=True, eq=False)
class ExprTuple:
    exprs: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class ExprArray:
    exprs: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class ExprRepeat:
    expr: Expr
    len: AnonConst
    span: Span


@dataclass(slots=True, eq=False)
class ExprFieldInit:
    ident: Ident
    expr: Expr
    shorthand: bool
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class ExprStruct:
    path: Path
    fields: list[ExprFieldInit]
    base: Expr | None
    span: Span
    rest: bool = False  # `..` without a base, in a destructuring assignment


@dataclass(slots=True, eq=False)
class ExprCast:
    expr: Expr
    ty: Ty
    span: Span


@dataclass(slots=True, eq=False)
class ExprLet:
    """`let PAT = EXPR` as a condition; `in_condition` is false where none may stand (an error, said at lowering)."""

    pat: Pat
    expr: Expr
    span: Span
    in_condition: bool = False


@dataclass(slots=True, eq=False)
class ExprIf:
    cond: Expr
    then: Block
    else_: Expr | None  # ExprBlock or ExprIf
    span: Span


@dataclass(slots=True, eq=False)
class ExprWhile:
    cond: Expr
    body: Block
    label: Ident | None
    span: Span


@dataclass(slots=True, eq=False)
class ExprFor:
    pat: Pat
    iter: Expr
    body: Block
    label: Ident | None
    span: Span


@dataclass(slots=True, eq=False)
class ExprLoop:
    body: Block
    label: Ident | None
    span: Span


@dataclass(slots=True, eq=False)
class Arm:
    pat: Pat
    guard: Expr | None
    body: Expr
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class ExprMatch:
    scrutinee: Expr
    arms: list[Arm]
    span: Span


@dataclass(slots=True, eq=False)
class ClosureParam:
    pat: Pat
    ty: Ty | None
    attrs: list[Attribute]


@dataclass(slots=True, eq=False)
class ExprClosure:
    params: list[ClosureParam]
    output: Ty | None
    body: Expr
    move: bool
    is_async: bool
    is_static: bool
    decl_span: Span  # `move |a, b|`
    span: Span


@dataclass(slots=True, eq=False)
class ExprBlock:
    """A block used as an expression; `kind` tells plain, unsafe, const, async and async move ones."""

    block: Block
    label: Ident | None
    kind: Literal["", "unsafe", "const", "async", "async move", "try"]
    span: Span


@dataclass(slots=True, eq=False)
class ExprBreak:
    label: Ident | None
    expr: Expr | None
    span: Span


@dataclass(slots=True, eq=False)
class ExprContinue:
    label: Ident | None
    span: Span


@dataclass(slots=True, eq=False)
class ExprReturn:
    expr: Expr | None
    span: Span


@dataclass(slots=True, eq=False)
class ExprTry:
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprAwait:
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprUnderscore:
    """`_` on the left of a destructuring assignment."""

    span: Span


@dataclass(slots=True, eq=False)
class ExprParen:
    expr: Expr
    span: Span


@dataclass(slots=True, eq=False)
class ExprMac:
    mac: MacCall
    span: Span


@dataclass(slots=True, eq=False)
class FormatArgs:
    """`format_args!` after parsing (made by expansion, lowered by `hir/`): see `expand/format.py`.

    `pieces` alternates freely: a `str` is literal text, a `FormatSpec` an argument.  `raw` is the
    template as written, for messages.
    """

    pieces: list[str | FormatSpec]
    args: list[Expr]
    span: Span


@dataclass(slots=True, eq=False)
class FormatSpec:
    """`{arg:fill<align><sign>#0width.precision trait}` resolved: `arg` indexes `FormatArgs.args`."""

    arg: int
    trait_: str  # "Display", "Debug", "LowerHex", "UpperHex", "Octal", "Binary", "LowerExp", "UpperExp", "Pointer"
    fill: str = " "
    align: Literal["", "<", "^", ">"] = ""
    sign: Literal["", "+", "-"] = ""
    alternate: bool = False
    zero_pad: bool = False
    debug_hex: Literal["", "x", "X"] = ""
    width: int | tuple[str, int] | None = None  # ("arg", index) when taken from an argument
    precision: int | tuple[str, int] | None = None
    span: Span = DUMMY_SP


Expr = Union[
    Lit, ExprPath, ExprUnary, ExprBinary, ExprAssign, ExprAssignOp, ExprAddrOf, ExprCall, ExprMethodCall, ExprField,
    ExprIndex, ExprRange, ExprTuple, ExprArray, ExprRepeat, ExprStruct, ExprCast, ExprLet, ExprIf, ExprWhile, ExprFor,
    ExprLoop, ExprMatch, ExprClosure, ExprBlock, ExprBreak, ExprContinue, ExprReturn, ExprTry, ExprAwait,
    ExprUnderscore, ExprParen, ExprMac, FormatArgs,
]  # fmt: skip


# --- statements ----------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class StmtLet:
    pat: Pat
    ty: Ty | None
    init: Expr | None
    els: Block | None
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class StmtItem:
    item: Item
    span: Span


@dataclass(slots=True, eq=False)
class StmtExpr:
    """`semi` False and last in its block: the block's value."""

    expr: Expr
    semi: bool
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class StmtMac:
    """A macro call as a statement; `semi` when `;` or braces end it.

    `braced`: braces alone end it, so that as the last statement of its block it may be the block's value.
    """

    mac: MacCall
    semi: bool
    attrs: list[Attribute]
    span: Span
    braced: bool = False


Stmt = Union[StmtLet, StmtItem, StmtExpr, StmtMac]


@dataclass(slots=True, eq=False)
class Block:
    stmts: list[Stmt]
    span: Span


@dataclass(slots=True, eq=False)
class LazyBody:
    """A function body not parsed yet: the group of its braces."""

    group: Group
    span: Span


# --- items ---------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Visibility:
    """`pub`, `pub(crate)`, `pub(in path)`; `kind` "inherited" for none."""

    kind: Literal["pub", "crate", "restricted", "inherited"]
    path: Path | None
    span: Span


@dataclass(slots=True, eq=False)
class Item:
    ident: Ident  # name "" for impls, uses, extern blocks, item macros
    vis: Visibility
    attrs: list[Attribute]
    kind: ItemKind
    span: Span


@dataclass(slots=True, eq=False)
class Param:
    pat: Pat
    ty: Ty
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class SelfParam:
    """`self`, `mut self`, `&self`, `&'a mut self`, `self: T`."""

    by_ref: bool
    mutbl: bool  # of the reference if by_ref, else of the binding
    lifetime: Lifetime | None
    ty: Ty | None
    ident: Ident  # `self` with its hygiene
    span: Span


@dataclass(slots=True, eq=False)
class Fn:
    generics: Generics
    self_param: SelfParam | None
    params: list[Param]  # without self
    output: Ty | None
    body: Block | LazyBody | None
    const: bool
    is_async: bool
    unsafe: bool
    abi: str | None
    c_variadic: bool
    sig_span: Span
    default: bool = False  # `default fn` of a specialising impl
    safe: bool = False  # `safe fn` in an `unsafe extern` block


@dataclass(slots=True, eq=False)
class FieldDef:
    ident: Ident  # a tuple field's name is its decimal index
    vis: Visibility
    ty: Ty
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class VariantData:
    kind: Literal["struct", "tuple", "unit"]
    fields: list[FieldDef]


@dataclass(slots=True, eq=False)
class Variant:
    ident: Ident
    data: VariantData
    discriminant: AnonConst | None
    attrs: list[Attribute]
    span: Span


@dataclass(slots=True, eq=False)
class Struct:
    generics: Generics
    data: VariantData


@dataclass(slots=True, eq=False)
class UnionItem:
    generics: Generics
    data: VariantData


@dataclass(slots=True, eq=False)
class Enum:
    generics: Generics
    variants: list[Variant]


@dataclass(slots=True, eq=False)
class Trait:
    generics: Generics
    supertraits: list[Bound]
    items: list[Item]
    unsafe: bool
    auto: bool


@dataclass(slots=True, eq=False)
class TraitAlias:
    generics: Generics
    bounds: list[Bound]


@dataclass(slots=True, eq=False)
class Impl:
    generics: Generics
    trait_: Path | None
    negative: bool
    self_ty: Ty
    items: list[Item]
    unsafe: bool
    default: bool


@dataclass(slots=True, eq=False)
class TyAlias:
    """A type alias; in a trait an associated type with bounds, in an impl its value."""

    generics: Generics
    bounds: list[Bound]
    ty: Ty | None


@dataclass(slots=True, eq=False)
class Const:
    """A const item or associated const; `ident.name == "_"` is allowed."""

    generics: Generics
    ty: Ty | None
    expr: Expr | None


@dataclass(slots=True, eq=False)
class Static:
    mutbl: bool
    ty: Ty
    expr: Expr | None
    unsafe: bool = False
    safe: bool = False  # `safe static` in an `unsafe extern` block


@dataclass(slots=True, eq=False)
class Mod:
    """`items` is None for `mod name;` until the file is loaded."""

    items: list[Item] | None
    span: Span


@dataclass(slots=True, eq=False)
class UseTree:
    """`prefix::{nested}`, `prefix::*`, `prefix as rename`."""

    prefix: Path
    kind: Literal["simple", "glob", "nested"]
    rename: Ident | None  # `_` is an ident named "_"
    nested: list[UseTree]
    span: Span


@dataclass(slots=True, eq=False)
class Use:
    tree: UseTree


@dataclass(slots=True, eq=False)
class ExternCrate:
    original: Ident | None  # `extern crate original as ident`


@dataclass(slots=True, eq=False)
class ForeignMod:
    abi: str | None
    items: list[Item]  # Fn without body, Static without expr, TyAlias for opaque types
    unsafe: bool


@dataclass(slots=True, eq=False)
class MacroRulesDef:
    """`macro_rules! name { .. }` (the `Item.ident` is its name), or `macro name` (then `decl`)."""

    tokens: TokenStream
    decl: bool = False


@dataclass(slots=True, eq=False)
class ItemMac:
    mac: MacCall


@dataclass(slots=True, eq=False)
class GlobalAsm:
    tokens: TokenStream


ItemKind = Union[
    Fn, Struct, UnionItem, Enum, Trait, TraitAlias, Impl, TyAlias, Const, Static, Mod, Use, ExternCrate, ForeignMod,
    MacroRulesDef, ItemMac, GlobalAsm,
]  # fmt: skip


@dataclass(slots=True, eq=False)
class Crate:
    attrs: list[Attribute]
    items: list[Item]
    span: Span
