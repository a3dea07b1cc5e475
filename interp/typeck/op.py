"""Operators: built-in ones on scalars, all others through their lang traits.

A scalar operation has no obligations at all; anything else becomes a method call recorded in `tables.callees`.
To add an operator: its line in `BINARY` (lang trait and method) and, if it is built in, in `is_builtin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from .expectation import Expected, has_type
from .fn_ctxt import checks
from .method.lookup import lookup_lang_method
from .place import is_syntactic_place
from .tables import Adjust, MethodCallee

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

# operator -> (lang item of the trait, its method)
BINARY = {
    "+": ("add", "add"), "-": ("sub", "sub"), "*": ("mul", "mul"), "/": ("div", "div"), "%": ("rem", "rem"),
    "^": ("bitxor", "bitxor"), "&": ("bitand", "bitand"), "|": ("bitor", "bitor"), "<<": ("shl", "shl"),
    ">>": ("shr", "shr"), "==": ("eq", "eq"), "!=": ("eq", "ne"), "<": ("partial_ord", "lt"),
    "<=": ("partial_ord", "le"), ">=": ("partial_ord", "ge"), ">": ("partial_ord", "gt"),
}  # fmt: skip
COMPARISON = frozenset({"==", "!=", "<", "<=", ">=", ">"})
MATH = frozenset({"+", "-", "*", "/", "%"})
BITWISE = frozenset({"^", "&", "|"})
SHIFT = frozenset({"<<", ">>"})
_VERBS = {
    "+": "add `{r}` to `{l}`", "-": "subtract `{r}` from `{l}`", "*": "multiply `{l}` by `{r}`",
    "/": "divide `{l}` by `{r}`", "%": "calculate the remainder of `{l}` divided by `{r}`",
}  # fmt: skip
_ASSIGN_VERBS = {
    "+": "add-assign `{r}` to `{l}`", "-": "subtract-assign `{r}` from `{l}`",
    "*": "multiply-assign `{l}` by `{r}`", "/": "divide-assign `{l}` by `{r}`",
    "%": "calculate and assign the remainder of `{l}` divided by `{r}`",
}  # fmt: skip


def is_integral(ty: Ty) -> bool:
    return type(ty) is t.Int or (type(ty) is t.Infer and ty.kind == "int")


def is_float(ty: Ty) -> bool:
    return type(ty) is t.Float or (type(ty) is t.Infer and ty.kind == "float")


def is_scalar(ty: Ty) -> bool:
    return is_integral(ty) or is_float(ty) or ty is t.BOOL or ty is t.CHAR


def is_comparable(ty: Ty) -> bool:
    """Scalars as MIR sees them: pointers too."""
    return is_scalar(ty) or type(ty) in (t.RawPtr, t.FnPtr)


def builtin_category(lhs: Ty, rhs: Ty, op: str) -> bool:
    """Whether `op` is built in on these types (one reference on either side looked through by the caller)."""
    if op in SHIFT:
        return is_integral(lhs) and is_integral(rhs)
    both_int = is_integral(lhs) and is_integral(rhs)
    if op in MATH:
        return both_int or (is_float(lhs) and is_float(rhs))
    if op in BITWISE:
        return both_int or (lhs is t.BOOL and rhs is t.BOOL)
    return is_comparable(lhs) and is_comparable(rhs)


def deref_one(fcx: FnCtxt, ty: Ty) -> Ty:
    ty = fcx.shallow(ty)
    return fcx.shallow(ty.ty) if type(ty) is t.Ref else ty


def enforce_builtin_types(fcx: FnCtxt, lhs: Any, lhs_ty: Ty, rhs: Any, rhs_ty: Ty, op: str) -> Ty:
    lhs_ty, rhs_ty = deref_one(fcx, lhs_ty), deref_one(fcx, rhs_ty)
    if op in SHIFT:
        return lhs_ty
    fcx.demand_eq(rhs.span, lhs_ty, rhs_ty, rhs)
    return t.BOOL if op in COMPARISON else lhs_ty


@checks(hir.Binary)
def check_binary(fcx: FnCtxt, expr: hir.Binary, expected: Expected) -> Ty:
    op = expr.op
    if op == "&&" or op == "||":
        return check_lazy(fcx, expr)
    lhs_ty = fcx.shallow(fcx.check_expr(expr.lhs))
    if type(lhs_ty) is t.Infer and lhs_ty.kind == "ty":
        lhs_ty = fcx.structurally_resolve_if_possible(lhs_ty)
    if is_scalar(lhs_ty):
        return check_scalar_lhs(fcx, expr, lhs_ty, expected)
    return check_overloaded(fcx, expr, lhs_ty, None)


def check_scalar_lhs(fcx: FnCtxt, expr: hir.Binary, lhs_ty: Ty, expected: Expected) -> Ty:
    """The right side is checked first; if it is a scalar too no trait is asked."""
    op = expr.op
    hint = has_type(lhs_ty) if op in COMPARISON else None
    rhs_ty = fcx.shallow(fcx.check_expr(expr.rhs, hint))
    if type(rhs_ty) is t.Infer and rhs_ty.kind == "ty":
        rhs_ty = fcx.structurally_resolve_if_possible(rhs_ty)
    if op in COMPARISON and type(rhs_ty) is t.Infer:
        fcx.demand_eq(expr.rhs.span, lhs_ty, rhs_ty, expr.rhs)
        return t.BOOL
    if builtin_category(lhs_ty, rhs_ty, op) and (op in SHIFT or fcx.eq(lhs_ty, rhs_ty)):
        return t.BOOL if op in COMPARISON else lhs_ty
    return check_overloaded(fcx, expr, lhs_ty, rhs_ty)


def check_lazy(fcx: FnCtxt, expr: hir.Binary) -> Ty:
    fcx.check_coercible(expr.lhs, t.BOOL)
    lhs_diverges = fcx.diverges
    fcx.check_coercible(expr.rhs, t.BOOL)
    fcx.diverges = lhs_diverges
    return t.BOOL


def check_overloaded(fcx: FnCtxt, expr: Any, lhs_ty: Ty, rhs_ty: Optional[Ty], assign: bool = False) -> Ty:
    """`rhs_ty`: given if the right side was checked already."""
    op = expr.op
    if not assign:
        fresh = fcx.next_ty_var(expr.lhs.span)
        coerced = fcx.demand_coerce(expr.lhs, lhs_ty, fresh)
        lhs_ty = fcx.structurally_resolve_if_possible(coerced)
    rhs_var = fcx.next_ty_var(expr.rhs.span)
    trait, name = BINARY[op]
    if assign:
        trait, name = trait + "_assign", name + "_assign"
    if type(lhs_ty) is t.Error:
        if rhs_ty is None:
            fcx.check_expr(expr.rhs)
        return t.ERROR
    method = lookup_lang_method(fcx, expr.op_span, lhs_ty, trait, (rhs_var,), name)
    fcx.select_where_possible()
    fcx.select_where_possible()  # a single impl says what the right side is coerced to
    if rhs_ty is None:
        rhs_ty = fcx.check_coercible(expr.rhs, rhs_var)
    else:
        rhs_ty = fcx.demand_coerce(expr.rhs, rhs_ty, rhs_var)
    rhs_ty = fcx.structurally_resolve_if_possible(rhs_ty)
    if method is None:
        report_no_operator(fcx, expr, lhs_ty, rhs_ty, assign)
        return t.ERROR
    record_operator(fcx, expr, method, op in COMPARISON, assign, lhs_ty, rhs_ty)
    result: Ty = t.UNIT if assign else fcx.shallow(method.sig.output)
    lhs, rhs = deref_one(fcx, lhs_ty), deref_one(fcx, rhs_ty)
    if not fcx.is_ty_var(lhs_ty) and not fcx.is_ty_var(rhs_ty) and builtin_category(lhs, rhs, op):
        if type(lhs_ty) is not t.Ref or type(rhs_ty) is not t.Ref or op not in COMPARISON:
            built = enforce_builtin_types(fcx, expr.lhs, lhs_ty, expr.rhs, rhs_ty, op)
            if not assign:
                fcx.demand_eq(expr.span, built, result)
                return built
    return result


def record_operator(
    fcx: FnCtxt, expr: Any, method: MethodCallee, by_ref: bool, assign: bool, lhs_ty: Ty, rhs_ty: Ty
) -> None:
    fcx.write_method(expr.id, method)
    if assign or by_ref:
        target = t.mk_ref(lhs_ty, assign)
        fcx.apply_adjustments(expr.lhs, [Adjust("borrow", target, "two_phase" if assign else "shared")])
    if by_ref:
        fcx.apply_adjustments(expr.rhs, [Adjust("borrow", t.mk_ref(rhs_ty, False), "shared")])


@checks(hir.AssignOp)
def check_assign_op(fcx: FnCtxt, expr: hir.AssignOp, expected: Expected) -> Ty:
    lhs_ty = fcx.structurally_resolve_if_possible(fcx.check_expr(expr.lhs))
    if is_scalar(lhs_ty):
        rhs_ty = fcx.structurally_resolve_if_possible(fcx.check_expr(expr.rhs))
        if not builtin_category(lhs_ty, rhs_ty, expr.op) or not (expr.op in SHIFT or fcx.eq(lhs_ty, rhs_ty)):
            check_overloaded(fcx, expr, lhs_ty, rhs_ty, assign=True)
        failed = False
    else:
        failed = type(check_overloaded(fcx, expr, lhs_ty, None, assign=True)) is t.Error
    if not is_syntactic_place(expr.lhs) and not (failed and can_deref(fcx, lhs_ty, expr.lhs.span)):
        fcx.error(expr.op_span, "invalid left-hand side of assignment", "E0067", "").label(
            expr.lhs.span, "cannot assign to this expression"
        )
    fcx.convert_place_derefs_to_mutable(expr.lhs)
    return t.UNIT


def can_deref(fcx: FnCtxt, ty: Ty, span: Any) -> bool:
    """Whether `*lhs` might have been meant: then one error is enough."""
    from .autoderef import Autoderef

    return len(list(Autoderef(fcx, ty, span).steps())) > 1


@checks(hir.Unary)
def check_unary(fcx: FnCtxt, expr: hir.Unary, expected: Expected) -> Ty:
    if expr.op == "*":
        return check_deref(fcx, expr)
    operand = fcx.check_expr(expr.expr, expected)
    ty = fcx.structurally_resolve_if_possible(operand)
    if type(ty) is t.Error:
        return ty
    if is_integral(ty) or (expr.op == "-" and is_float(ty)) or (expr.op == "!" and ty is t.BOOL):
        if expr.op == "-" and type(ty) is t.Int and not ty.signed:
            report_no_unary(fcx, expr, ty)
            return t.ERROR
        return ty
    ty = fcx.structurally_resolve(ty, expr.expr.span)
    if expr.op == "!" and ty is t.NEVER:
        return ty
    lang = "neg" if expr.op == "-" else "not"
    method = lookup_lang_method(fcx, expr.span, ty, lang, ())
    if method is None:
        report_no_unary(fcx, expr, ty)
        return t.ERROR
    fcx.write_method(expr.id, method)
    return method.sig.output


def check_deref(fcx: FnCtxt, expr: hir.Unary) -> Ty:
    from .autoderef import builtin_deref

    ty = fcx.structurally_resolve(fcx.check_expr(expr.expr), expr.expr.span)
    target = builtin_deref(fcx, ty, True)
    if target is not None:
        return target
    if type(ty) is t.Error:
        return ty
    found = overloaded_deref(fcx, expr, expr.expr, ty)
    if found is not None:
        return found
    label = "can't be dereferenced"
    fcx.error(expr.span, f"type `{fcx.show(ty)}` cannot be dereferenced", "E0614", label)
    return t.ERROR


def overloaded_deref(fcx: FnCtxt, expr: Any, base: Any, ty: Ty) -> Optional[Ty]:
    """`*base` through `Deref`; the type of the place."""
    method = lookup_lang_method(fcx, expr.span, ty, "deref", ())
    if method is None:
        return None
    fcx.apply_adjustments(base, [Adjust("borrow", t.mk_ref(ty, False), "shared")])
    fcx.write_method(expr.id, method)
    output = fcx.shallow(method.sig.output)
    assert type(output) is t.Ref
    return output.ty


def report_no_unary(fcx: FnCtxt, expr: hir.Unary, ty: Ty) -> None:
    if ty.flags & t.HAS_ERROR:
        fcx.tainted = True
        return
    shown = fcx.show_expr_ty(expr.expr, ty)
    label = f"cannot apply unary operator `{expr.op}`"
    found = fcx.error(expr.span, f"cannot apply unary operator `{expr.op}` to type `{shown}`", "E0600", label)
    if type(ty) is t.Int and not ty.signed:
        found.note("unsigned values cannot be negated")
    elif type(ty) is t.Adt:
        found.note(f"the trait `std::ops::{'Neg' if expr.op == '-' else 'Not'}` is not implemented for `{shown}`")


def report_no_operator(fcx: FnCtxt, expr: Any, lhs_ty: Ty, rhs_ty: Ty, assign: bool) -> None:
    lhs_ty, rhs_ty = fcx.resolve(lhs_ty), fcx.resolve(rhs_ty)
    if (lhs_ty.flags | rhs_ty.flags) & t.HAS_ERROR:
        fcx.tainted = True
        return None
    lhs, rhs, op = fcx.show(lhs_ty), fcx.show(rhs_ty), expr.op
    if assign:
        message = f"binary assignment operation `{op}=` cannot be applied to type `{lhs}`"
        found = fcx.error(expr.span, message, "E0368")
        return void(found.label(expr.lhs.span, f"cannot use `{op}=` on type `{lhs}`"))
    if op in _VERBS:
        message = "cannot " + _VERBS[op].format(l=lhs, r=rhs)
    elif op in COMPARISON:
        message = f"binary operation `{op}` cannot be applied to type `{lhs}`"
    else:
        message = f"no implementation for `{lhs} {op} {rhs}`"
    found = fcx.error(expr.op_span, message, "E0369")
    found.label(expr.lhs.span, lhs)
    found.label(expr.rhs.span, rhs)
    add_missing_trait_note(fcx, found, lhs_ty, op)


def add_missing_trait_note(fcx: FnCtxt, found: Any, lhs_ty: Ty, op: str) -> None:
    trait = fcx.tcx.lang_items.get(BINARY[op][0])
    if trait is None:
        return
    name = fcx.tcx.def_data(trait).name
    if type(lhs_ty) is t.Adt:
        module = "cmp" if op in COMPARISON else "ops"
        item = fcx.tcx.def_data(lhs_ty.def_id)
        found.note(f"an implementation of `std::{module}::{name}` might be missing for `{fcx.show(lhs_ty)}`")
        if op in COMPARISON:
            found.help(f"consider annotating `{item.name}` with `#[derive({name})]`")
    elif type(lhs_ty) is t.Param:
        found.help(f"consider restricting type parameter `{lhs_ty.name}` with trait `{name}`")


def void(_: Any) -> None:
    return None
