"""Control flow: blocks, statements, conditionals, matches, loops, jumps.

`fcx.diverges` says whether the code after the present point can be reached; each checker here computes it as the
language does, since a block that diverges has type `!` and coerces to anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from .coerce_many import CoerceMany
from .expectation import Expected, adjust_for_branches, coercion_target, has_type
from .fn_ctxt import Breakable, checks
from .pat import check_pat_top
from .tables import Adjust
from .upvars_mentioned import walk

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


# -- blocks -----------------------------------------------------------------------------------------


@checks(hir.Block)
def check_block(fcx: FnCtxt, block: hir.Block, expected: Expected) -> Ty:
    coerce = CoerceMany(coercion_target(fcx, expected, block.span), "block")
    breakable = Breakable(coerce)
    if block.targeted:
        fcx.breakables[block.id] = breakable
    for stmt in block.stmts:
        check_stmt(fcx, stmt)
    if block.expr is not None:
        ty = fcx.check_expr(block.expr, expected)
        coerce.coerce(fcx, block.expr, ty)
    elif not fcx.diverges:
        coerce.coerce_unit(fcx, block.span, lambda: report_block_unit(fcx, block, coerce.merged_ty))
    if breakable.may_break:
        fcx.diverges = False
    return coerce.complete(fcx)


def report_block_unit(fcx: FnCtxt, block: hir.Block, expected: Ty) -> None:
    from .errors import report_missing_value

    report_missing_value(fcx, block, expected)


def check_stmt(fcx: FnCtxt, stmt: Any) -> None:
    outer = fcx.diverges
    if outer:
        fcx.unreachable(stmt.span, "statement")
    fcx.diverges = False
    if type(stmt) is hir.LetStmt:
        check_let(fcx, stmt)
    elif stmt.semi:
        fcx.check_expr(stmt.expr)
    else:
        fcx.check_has_type(stmt.expr, t.UNIT)
    fcx.diverges = fcx.diverges or outer


def check_let(fcx: FnCtxt, stmt: hir.LetStmt) -> None:
    from .paths import lower_hir_ty

    ty = lower_hir_ty(fcx, stmt.ty) if stmt.ty is not None else fcx.next_ty_var(stmt.pat.span)
    fcx.write_ty(stmt.id, ty)
    if stmt.init is not None:
        if has_ref_binding(stmt.pat):
            init_ty = fcx.check_expr(stmt.init, has_type(ty))
            if fcx.shallow(init_ty) is t.NEVER or not fcx.eq(ty, init_ty):
                fcx.demand_coerce(stmt.init, init_ty, ty)
            if ref_binding_mutbl(stmt.pat):
                fcx.convert_place_derefs_to_mutable(stmt.init)
        else:
            if stmt.ty is not None:
                fcx.due_to[stmt.init.id] = stmt.ty.span
            fcx.check_coercible(stmt.init, ty)
    init_diverges = fcx.diverges
    check_pat_top(fcx, stmt.pat, ty)
    if stmt.els is not None:
        fcx.diverges = False
        else_ty = fcx.check_expr(stmt.els, has_type(t.NEVER))
        if fcx.shallow(else_ty) is not t.NEVER and type(fcx.shallow(else_ty)) is not t.Error:
            from .errors import report_mismatch

            report_mismatch(fcx, stmt.els.span, t.NEVER, else_ty, None, "let-else")
        fcx.diverges = init_diverges


def has_ref_binding(pat: Any) -> bool:
    """Whether the pattern has a written `ref`: its initialiser stays a place then."""
    found = False

    def visit(node: Any) -> None:
        nonlocal found
        found = found or (type(node) is hir.PatBinding and node.ref_ is not None)

    if type(pat) is not hir.PatBinding or pat.sub is not None or pat.ref_ is not None:
        walk(pat, visit)
    return found


def ref_binding_mutbl(pat: Any) -> bool:
    found = False

    def visit(node: Any) -> None:
        nonlocal found
        found = found or (type(node) is hir.PatBinding and node.ref_ == "ref mut")

    walk(pat, visit)
    return found


def mutable_bindings(fcx: FnCtxt, pat: Any) -> bool:
    """Whether the pattern borrows its place mutably (after checking): written, or by default binding mode."""
    found = False
    modes = fcx.tables.pat_modes

    def visit(node: Any) -> None:
        nonlocal found
        found = found or (type(node) is hir.PatBinding and modes.get(node.id) == "ref mut")

    walk(pat, visit)
    return found


@checks(hir.ConstBlock)
def check_const_block(fcx: FnCtxt, expr: hir.ConstBlock, expected: Expected) -> Ty:
    from .fn_ctxt import FnState

    fcx.tables.inline_consts[expr.def_id] = expr
    ty = coercion_target(fcx, expected, expr.span)
    outer, diverges = fcx.fn, fcx.diverges
    fcx.fn = FnState()
    fcx.check_coercible(expr.body, ty)
    fcx.fn, fcx.diverges = outer, diverges
    return ty


# -- conditionals -----------------------------------------------------------------------------------


@checks(hir.Let)
def check_let_expr(fcx: FnCtxt, expr: hir.Let, expected: Expected) -> Ty:
    check_scrutinee(fcx, expr.init, [expr.pat])
    check_pat_top(fcx, expr.pat, fcx.expr_ty_adjusted(expr.init))
    if mutable_bindings(fcx, expr.pat):
        fcx.convert_place_derefs_to_mutable(expr.init)
    return t.BOOL


def check_scrutinee(fcx: FnCtxt, expr: Any, pats: list[Any]) -> Ty:
    if not pats:
        return fcx.check_expr(expr)
    if any(has_ref_binding(pat) for pat in pats):
        mutbl = any(ref_binding_mutbl(pat) for pat in pats)
        ty = fcx.check_expr_mut_place(expr, None, mutbl)
        if fcx.shallow(ty) is not t.NEVER:
            return ty
    else:
        ty = fcx.check_expr(expr)
    if fcx.shallow(ty) is t.NEVER and not fcx.tables.adjustments.get(expr.id):
        target = fcx.next_ty_var(expr.span)
        fcx.diverging_vars.append(target)
        fcx.apply_adjustments(expr, [Adjust("never", target)])
        return target
    return ty


@checks(hir.If)
def check_if(fcx: FnCtxt, expr: hir.If, expected: Expected) -> Ty:
    fcx.check_has_type(expr.cond, t.BOOL)
    cond_diverges = fcx.diverges
    expected = adjust_for_branches(fcx, expected)
    coerce = CoerceMany(coercion_target(fcx, expected, expr.span), "if")
    fcx.diverges = False
    then_ty = fcx.check_expr(expr.then, expected if expr.else_ is not None else unit_hint(expected))
    then_diverges = fcx.diverges
    if expr.else_ is None:
        check_if_without_else(fcx, expr, coerce, then_ty)
        fcx.diverges = cond_diverges
        return coerce.complete(fcx)
    coerce.coerce(fcx, expr.then, then_ty)
    fcx.diverges = False
    else_ty = fcx.check_expr(expr.else_, expected)
    coerce.coerce(fcx, expr.else_, else_ty)
    fcx.diverges = cond_diverges or (then_diverges and fcx.diverges)
    return coerce.complete(fcx)


def unit_hint(expected: Expected) -> Expected:
    return expected


def check_if_without_else(fcx: FnCtxt, expr: hir.If, coerce: CoerceMany, then_ty: Ty) -> None:
    coerce.coerce(fcx, expr.then, then_ty)

    def report() -> None:
        shown = fcx.show(coerce.merged_ty)
        found = fcx.error(expr.span, "`if` may be missing an `else` clause", "E0317", f"expected `{shown}`, found `()`")
        found.note("`if` expressions without `else` evaluate to `()`")
        found.help("consider adding an `else` block that evaluates to the expected type")

    coerce.coerce_unit(fcx, expr.span, report)


@checks(hir.Match)
def check_match(fcx: FnCtxt, expr: hir.Match, expected: Expected) -> Ty:
    pats = [arm.pat for arm in expr.arms]
    scrutinee_ty = check_scrutinee(fcx, expr.scrutinee, pats)
    scrutinee_diverges = fcx.diverges
    for pat in pats:
        check_pat_top(fcx, pat, scrutinee_ty)
    if any(mutable_bindings(fcx, pat) for pat in pats):
        fcx.convert_place_derefs_to_mutable(expr.scrutinee)
    expected = adjust_for_branches(fcx, expected)
    target = None
    if expected is not None and expected.kind == "has" and expected.ty is not t.UNIT:
        target = fcx.resolve(expected.ty)
    coerce = CoerceMany(target if target is not None else fcx.next_ty_var(expr.span), "match")
    all_diverge = True
    for arm in expr.arms:
        fcx.diverges = False
        if arm.guard is not None:
            fcx.check_has_type(arm.guard, t.BOOL)
            fcx.diverges = False
        ty = fcx.check_expr(arm.body, expected)
        all_diverge = all_diverge and fcx.diverges
        coerce.coerce(fcx, arm.body, ty)
    fcx.diverges = scrutinee_diverges or all_diverge
    return coerce.complete(fcx)


# -- loops and jumps --------------------------------------------------------------------------------


@checks(hir.Loop)
def check_loop(fcx: FnCtxt, expr: hir.Loop, expected: Expected) -> Ty:
    coerce = CoerceMany(coercion_target(fcx, expected, expr.span), "break") if expr.source == "loop" else None
    breakable = fcx.breakables[expr.id] = Breakable(coerce, source=expr.source)
    ty = fcx.check_expr(expr.body, has_type(t.UNIT))
    if fcx.shallow(ty) is not t.NEVER:
        fcx.demand_eq(expr.body.span, t.UNIT, ty, expr.body)
    elif not fcx.tables.adjustments.get(expr.body.id):
        fcx.apply_adjustments(expr.body, [Adjust("never", t.UNIT)])
    fcx.diverges = not breakable.may_break
    if coerce is None:
        return t.UNIT
    return coerce.complete(fcx)


@checks(hir.Break)
def check_break(fcx: FnCtxt, expr: hir.Break, expected: Expected) -> Ty:
    breakable = fcx.breakables.get(expr.target)
    if breakable is None:
        if expr.expr is not None:
            fcx.check_expr(expr.expr)
        fcx.tainted = True
        return t.NEVER
    coerce = breakable.coerce
    if expr.expr is not None:
        if coerce is None:
            fcx.check_expr(expr.expr)
            report_break_value(fcx, expr, breakable.source)
            return t.NEVER
        ty = fcx.check_expr(expr.expr, has_type(coerce.expected_ty))
        coerce.coerce(fcx, expr.expr, ty)
    elif coerce is not None:
        coerce.coerce_unit(fcx, expr.span)
    if not fcx.diverges:
        breakable.may_break = True
    return t.NEVER


def report_break_value(fcx: FnCtxt, expr: hir.Break, source: str) -> None:
    found = fcx.error(
        expr.span,
        f"`break` with value from a `{source}` loop",
        "E0571",
        "can only break with a value inside `loop` or breakable block",
    )
    found.help("use `break` on its own without a value inside this loop")


@checks(hir.Continue)
def check_continue(fcx: FnCtxt, expr: hir.Continue, expected: Expected) -> Ty:
    return t.NEVER


@checks(hir.Return)
def check_return(fcx: FnCtxt, expr: hir.Return, expected: Expected) -> Ty:
    coerce = fcx.fn.ret_coercion
    if coerce is None:
        fcx.error(expr.span, "return statement outside of function body", "E0572")
        if expr.expr is not None:
            fcx.check_expr(expr.expr)
        return t.NEVER
    if expr.expr is None:
        coerce.coerce_unit(fcx, expr.span, lambda: report_empty_return(fcx, expr.span, coerce.merged_ty))
    else:
        ty = fcx.check_expr(expr.expr, has_type(fcx.resolve(coerce.expected_ty)))
        coerce.coerce(fcx, expr.expr, ty)
    return t.NEVER


def report_empty_return(fcx: FnCtxt, span: Span, expected: Ty) -> None:
    shown = fcx.show(expected)
    fcx.error(span, "`return;` in a function whose return type is not `()`", "E0069", "return type is not `()`").note(
        f"expected `{shown}`"
    )
