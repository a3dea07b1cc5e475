"""What checking a body leaves behind, keyed by HIR ids; `writeback` turns it into THIR.

Invariant: types here may hold inference variables until writeback resolves them.
To add an adjustment: its name in `AdjustKind`, its effect in `writeback_adjust.py` and in `upvar_walk.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Optional

from ..base.span import Span
from ..hir import hir
from ..ty.items import FnSig
from ..ty.ty import Args, DefId, Ty

AdjustKind = Literal["never", "deref", "borrow", "raw", "pointer"]


class Adjust(NamedTuple):
    """`target` is the type after it.  `extra`: of "deref" None or "Deref"/"DerefMut" when overloaded; of "borrow"
    "shared", "mut" or "two_phase"; of "raw" whether mutable; of "pointer" the name of the coercion."""

    kind: AdjustKind
    target: Ty
    extra: Any = None


class MethodCallee(NamedTuple):
    """A method that was chosen: `sig` has its receiver first."""

    def_id: DefId
    args: Args
    sig: FnSig


class ValueRes(NamedTuple):
    """What a path in expression or pattern position means.  `kind`: "local", "fn", "const", "const_param",
    "static", "ctor", "err"; `args` are the item's generic arguments."""

    kind: str
    def_id: int
    args: Args = ()


@dataclass(slots=True, eq=False)
class ClosureCheck:
    """A closure expression met in the body.  `callers` are calls of it whose trait is not decided yet."""

    def_id: DefId
    expr: hir.Closure
    args: Args
    inputs: tuple[Ty, ...]
    output: Ty
    expected_kind: Optional[str] = None
    callers: list[DeferredCall] = field(default_factory=list)
    kind: Optional[str] = None
    captures: list[Any] = field(default_factory=list)  # thir.CapturedPlace
    parent: Optional[DefId] = None  # the closure it stands in
    upvar_tys: tuple[Ty, ...] = ()
    upvar_names: list[str] = field(default_factory=list)
    lends: bool = False  # what it returns borrows from it


class DeferredCall(NamedTuple):
    call: hir.Call
    callee: hir.Expr
    adjusted_ty: Ty
    adjustments: list[Adjust]
    inputs: tuple[Ty, ...]
    output: Ty


class CastCheck(NamedTuple):
    expr: hir.Cast
    expr_ty: Ty
    cast_ty: Ty


@dataclass(slots=True, eq=False)
class Tables:
    node_tys: list[Any]  # Optional[Ty] by hir id: expressions, patterns, blocks
    adjustments: dict[int, list[Adjust]] = field(default_factory=dict)
    callees: dict[int, MethodCallee] = field(default_factory=dict)
    paths: dict[int, ValueRes] = field(default_factory=dict)
    fields: dict[int, int] = field(default_factory=dict)  # hir.Field -> index
    locals: dict[int, Ty] = field(default_factory=dict)  # binding var -> type
    pat_modes: dict[int, str] = field(default_factory=dict)  # PatBinding id -> "value", "ref", "ref mut"
    pat_adjusts: dict[int, list[Ty]] = field(default_factory=dict)  # types before each implicit deref
    variants: dict[int, int] = field(default_factory=dict)  # struct literals and patterns -> variant index
    field_inits: dict[int, list[int]] = field(default_factory=dict)  # struct literals and patterns -> indices
    cast_kinds: dict[int, str] = field(default_factory=dict)  # "" for what is a coercion only
    repeat_lens: dict[int, Any] = field(default_factory=dict)
    const_pats: dict[int, Any] = field(default_factory=dict)
    closures: dict[DefId, ClosureCheck] = field(default_factory=dict)
    inline_consts: dict[DefId, hir.ConstBlock] = field(default_factory=dict)
    spans: dict[int, Span] = field(default_factory=dict)
