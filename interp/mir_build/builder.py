"""`Builder`: the state of building one MIR body, and the primitives every part of the lowering uses.

As rustc's `rustc_mir_build::builder`.  Blocks are numbers; a lowering function takes the block it continues in and
returns the block where control goes on (a fresh, unreachable one after `break`, `return` and the like).

Invariant: a block gets exactly one terminator; spans put into MIR are outermost call sites.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, BlockData, Body, Local, LocalDecl, Place
from ..resolve.loader import LIBRARY
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.ty import DefId, Ty
from ..typeck import thir


@dataclass(slots=True)
class Breakable:
    """What `break` and `continue` to `id` do: where to go, and how many scopes stay."""

    id: int
    break_block: BasicBlock
    continue_block: Optional[BasicBlock]
    destination: Place
    depth: int


@dataclass(slots=True)
class DropEntry:
    """Something to do when a scope is left: drop `local`'s value, or end its storage."""

    local: Local
    is_value: bool
    span: Span
    cleanup: Optional[BasicBlock] = None  # the unwinding block that begins with this drop


@dataclass(slots=True)
class ScopeData:
    id: int
    drops: list[DropEntry] = field(default_factory=list)


@dataclass(slots=True)
class IfThenScope:
    """Where a failing condition goes: `exits` are blocks that have left all scopes down to `depth`."""

    depth: int
    exits: list[BasicBlock] = field(default_factory=list)


def checks_overflow(tcx: TyCtxt, def_id: DefId) -> bool:
    """Whether arithmetic that overflows panics in this body, or wraps.

    The standard library that programs link was compiled without these checks.  Those of its functions that say
    `#[rustc_inherit_overflow_checks]` (operators, `sum`, `pow` ..) do as the program does; constants are always
    checked."""
    data = tcx.def_data(def_id)
    if data.krate not in LIBRARY or data.kind not in ("fn", "assoc_fn", "closure"):
        return True
    while data.kind == "closure":
        assert data.parent is not None
        data = tcx.def_data(data.parent)
    return data.attr("rustc_inherit_overflow_checks") is not None


class Builder:
    """Builds the body of `def_id`; `closure` is its data when it is a closure or async block."""

    def __init__(self, tcx: TyCtxt, results: thir.TypeckResults, def_id: DefId, ret_ty: Ty, span: Span) -> None:
        self.tcx = tcx
        self.results = results
        self.extended = results.extended_temps
        self.def_id = def_id
        self.param_env = tcx.query("param_env", results.owner)
        self.span = self.sp(span)
        self.locals: list[LocalDecl] = [LocalDecl(ret_ty, self.span, True)]
        self.blocks: list[BlockData] = []
        self.vars: dict[int, Local] = {}
        self.guard_refs: dict[int, Local] = {}  # while a guard is lowered: references that stand for bindings
        self.scopes: list[ScopeData] = []
        self.temp_scopes: list[int] = []  # ids of the scopes at whose end temporaries die
        self.breakables: list[Breakable] = []
        self.if_then: list[IfThenScope] = []
        self.promoted: list[Body] = []
        self.debug_info: list[mir.VarDebugInfo] = []
        self.closure: Optional[thir.ClosureBody] = None
        self.resume_block: Optional[BasicBlock] = None
        self.fn_scope = -1
        self.match_span = span  # of what is being matched: illegal moves by its bindings are reported there
        self.checks_overflow = checks_overflow(tcx, def_id)
        self._needs_drop: dict[Ty, bool] = {}
        self._is_copy: dict[Ty, bool] = {}
        self.extra: dict[str, Any] = {}

    # -- spans, types -------------------------------------------------------------------------------

    def sp(self, span: Span) -> Span:
        """Where a person wrote it."""
        return self.tcx.source_map.outermost_call_site(span) if span >> 64 else span

    def needs_drop(self, ty: Ty) -> bool:
        found = self._needs_drop.get(ty)
        if found is None:
            found = self._needs_drop[ty] = bool(self.tcx.query("needs_drop", self.param_env, ty))
        return found

    def is_copy(self, ty: Ty) -> bool:
        found = self._is_copy.get(ty)
        if found is None:
            found = self._is_copy[ty] = bool(self.tcx.query("is_copy", self.param_env, ty))
        return found

    def is_box(self, ty: Ty) -> bool:
        return isinstance(ty, t.Adt) and ty.def_id == self.tcx.lang_items.get("owned_box")

    # -- locals and blocks --------------------------------------------------------------------------

    def new_local(self, ty: Ty, span: Span, mutbl: bool = True, name: Optional[str] = None) -> Local:
        self.locals.append(LocalDecl(ty, self.sp(span), mutbl, name))
        return Local(len(self.locals) - 1)

    def new_block(self, is_cleanup: bool = False) -> BasicBlock:
        self.blocks.append(BlockData([], None, is_cleanup))
        return BasicBlock(len(self.blocks) - 1)

    def push(self, block: BasicBlock, statement: mir.Statement) -> None:
        self.blocks[block].statements.append(statement)

    def assign(self, block: BasicBlock, place: Place, rvalue: mir.Rvalue, span: Span) -> None:
        self.blocks[block].statements.append(mir.Assign(place, rvalue, self.sp(span)))

    def terminate(self, block: BasicBlock, terminator: mir.Terminator) -> None:
        data = self.blocks[block]
        assert data.terminator is None, (block, data.terminator, terminator)
        data.terminator = terminator

    def goto(self, block: BasicBlock, target: BasicBlock, span: Span) -> None:
        self.terminate(block, mir.Goto(target, self.sp(span)))

    # -- constants ------------------------------------------------------------------------------------

    def scalar(self, ty: Ty, bits: int, span: Span) -> mir.Constant:
        return mir.Constant(ty, mir.Scalar(bits), self.sp(span))

    def zst(self, ty: Ty, span: Span) -> mir.Constant:
        return mir.Constant(ty, mir.ZeroSized(), self.sp(span))

    def lang_fn(self, name: str, args: t.Args, span: Span) -> mir.Constant:
        """The function that is lang item `name`, applied to `args`, as an operand."""
        return self.zst(t.mk_fn_def(self.tcx.require_lang_item(name), args), span)

    def unit(self, block: BasicBlock, place: Place, span: Span) -> None:
        """`place = ()`."""
        self.assign(block, place, mir.Use(self.zst(t.UNIT, span)), span)

    # -- storage --------------------------------------------------------------------------------------

    def temp_scope(self, expr: thir.Expr) -> int:
        """The scope at whose end a temporary made for `expr` dies."""
        found = self.extended.get(id(expr), -2)
        if found == -2:
            return self.temp_scopes[-1]
        return self.fn_scope if found is None else found

    def place_ty(self, place: Place) -> Ty:
        """The type of `place`; projections carry theirs, derefs and indexing are looked up."""
        ty = self.locals[place.local].ty
        for elem in place.projection:
            ty = self.project_ty(ty, elem)
        return ty

    def project_ty(self, ty: Ty, elem: mir.ProjectionElem) -> Ty:
        if isinstance(elem, mir.Field):
            return elem.ty
        if isinstance(elem, mir.Deref):
            if isinstance(ty, (t.Ref, t.RawPtr)):
                return ty.ty
            assert isinstance(ty, t.Adt), ty
            return ty.args[0]  # type: ignore[return-value]
        if isinstance(elem, (mir.Index, mir.ConstantIndex)):
            return ty.elem  # type: ignore[attr-defined, no-any-return]
        if isinstance(elem, mir.Subslice) and isinstance(ty, t.Array):
            length = ty.len
            if isinstance(length, t.ConstValue):
                count = length.value - elem.lo - elem.hi if elem.from_end else elem.hi - elem.lo
                return t.mk_array(ty.elem, t.mk_const_usize(count))
        return ty

    def finish(self, kind: Any, arg_count: int, spread: Optional[Local] = None) -> Body:
        return Body(
            self.def_id, kind, self.locals, arg_count, self.blocks, self.span, spread, self.promoted, self.debug_info,
            "built", self.extra,
        )  # fmt: skip
