"""Expressions of the plain kinds: literals, paths, references, assignments, aggregates, indexing, casts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from .autoderef import Autoderef
from .coerce_many import CoerceMany
from .expectation import Expected, castable, has_type, only_has, rvalue_hint, to_option
from .fn_ctxt import checks
from .method.lookup import lookup_lang_method
from .place import is_syntactic_place
from .tables import Adjust, CastCheck

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


@checks(hir.Lit)
def check_lit(fcx: FnCtxt, expr: hir.Lit, expected: Expected) -> Ty:
    kind = expr.kind
    if expr.suffix and kind in ("int", "float"):
        return t.PRIMITIVES[expr.suffix]
    if kind == "int":
        return int_lit(fcx, expr, expected)
    if kind == "float":
        wanted = to_option(fcx, expected)
        return wanted if type(wanted) is t.Float else fcx.infcx.next_float_var(expr.span)
    if kind == "bytestr":
        assert isinstance(expr.value, bytes)
        return t.mk_ref(t.mk_array(t.U8, t.mk_const_usize(len(expr.value))), False)
    if kind == "cstr":
        c_str = fcx.tcx.require_lang_item("CStr")
        return t.mk_ref(t.mk_adt(c_str, ()), False)
    return _LITS[kind]


_LITS: dict[str, Ty] = {"str": t.mk_ref(t.STR, False), "char": t.CHAR, "byte": t.U8, "bool": t.BOOL}


def int_lit(fcx: FnCtxt, expr: hir.Lit, expected: Expected) -> Ty:
    wanted = fcx.shallow(expected.ty) if expected is not None else None
    kind = type(wanted)
    if kind is t.Int or (kind is t.Infer and wanted.kind == "int"):  # type: ignore[union-attr]
        return wanted  # type: ignore[return-value]
    if expected is not None and expected.kind == "cast":
        if wanted is t.CHAR:
            return t.U8
        if kind in (t.RawPtr, t.FnDef, t.FnPtr):
            return t.USIZE
    return fcx.infcx.next_int_var(expr.span)


@checks(hir.ExprPath)
def check_path(fcx: FnCtxt, expr: hir.ExprPath, expected: Expected) -> Ty:
    from ..resolve.defs import ResLocal
    from .paths import resolve_value_path, value_ty
    from .tables import ValueRes

    res = expr.path.res
    if type(res) is ResLocal:
        fcx.tables.paths[expr.id] = ValueRes("local", res.hir_id)
        return local_ty(fcx, res.hir_id, expr.span)
    value = resolve_value_path(fcx, expr.path, expr.span)
    fcx.tables.paths[expr.id] = value
    if value.kind == "err":
        return t.ERROR
    ty = value_ty(fcx, value, expr.span)
    if value.kind != "static":
        fcx.add_item_obligations(predicates_owner(fcx, value.def_id), value.args, expr.span)
    return ty


def predicates_owner(fcx: FnCtxt, def_id: Any) -> Any:
    return def_id


def local_ty(fcx: FnCtxt, var: int, span: Span) -> Ty:
    found = fcx.tables.locals.get(var)
    if found is None:
        fcx.tainted = True
        return t.ERROR
    return found


@checks(hir.AddrOf)
def check_addr_of(fcx: FnCtxt, expr: hir.AddrOf, expected: Expected) -> Ty:
    hint: Expected = None
    wanted = fcx.shallow(expected.ty) if expected is not None and expected.kind == "has" else None
    if type(wanted) in (t.Ref, t.RawPtr):
        inner = fcx.resolve(wanted.ty)  # type: ignore[union-attr]
        hint = has_type(inner) if is_syntactic_place(expr.expr) else rvalue_hint(fcx, inner)
    ty = fcx.check_expr_mut_place(expr.expr, hint, expr.mutbl)
    if fcx.shallow(ty) is t.NEVER and not is_syntactic_place(expr.expr):
        target = fcx.next_ty_var(expr.span)
        fcx.apply_adjustments(expr.expr, [Adjust("never", target)])
        ty = target
    if expr.raw:
        if not is_syntactic_place(expr.expr) and type(expr.expr) is not hir.ExprPath:
            fcx.error(expr.expr.span, "cannot take address of a temporary", "E0745", "temporary value")
        return t.mk_ptr(ty, expr.mutbl)
    return t.mk_ref(ty, expr.mutbl)


@checks(hir.Assign)
def check_assign(fcx: FnCtxt, expr: hir.Assign, expected: Expected) -> Ty:
    lhs_ty = fcx.check_expr_mut_place(expr.lhs, None, True)
    if not is_syntactic_place(expr.lhs):
        found = fcx.error(expr.span, "invalid left-hand side of assignment", "E0070")
        found.label(expr.lhs.span, "cannot assign to this expression")
    fcx.check_coercible(expr.rhs, lhs_ty)
    fcx.require_sized(lhs_ty, expr.lhs.span, "the left-hand-side of an assignment")
    return t.UNIT


@checks(hir.Tuple)
def check_tuple(fcx: FnCtxt, expr: hir.Tuple, expected: Expected) -> Ty:
    if not expr.exprs:
        return t.UNIT
    wanted = only_has(fcx, expected)
    wanted = fcx.structurally_resolve_if_possible(wanted) if wanted is not None else None
    hints = wanted.tys if type(wanted) is t.Tuple and len(wanted.tys) == len(expr.exprs) else None
    tys: list[Ty] = []
    for i, item in enumerate(expr.exprs):
        if hints is None:
            ty = fcx.check_expr(item)
        else:
            ty = fcx.check_expr(item, has_type(hints[i]))
            coerced = fcx.coerce(item, ty, hints[i])
            ty = coerced if coerced is not None else ty
        if fcx.shallow(ty) is t.NEVER and not fcx.tables.adjustments.get(item.id):
            ty = t.NEVER
        fcx.require_sized(ty, item.span, "only the last element of a tuple")
        tys.append(ty)
    return t.mk_tuple(tuple(tys))


@checks(hir.Array)
def check_array(fcx: FnCtxt, expr: hir.Array, expected: Expected) -> Ty:
    elem = expected_elem(fcx, expected)
    target = elem if elem is not None else fcx.next_ty_var(expr.span)
    coerce = CoerceMany(target, "array")
    for item in expr.exprs:
        ty = fcx.check_expr(item, has_type(target) if elem is not None else hint_of(coerce))
        coerce.coerce(fcx, item, ty)
    elem_ty = coerce.complete(fcx) if expr.exprs else target
    fcx.require_sized(elem_ty, expr.span, "array elements")
    return t.mk_array(elem_ty, t.mk_const_usize(len(expr.exprs)))


def hint_of(coerce: CoerceMany) -> Expected:
    return has_type(coerce.merged_ty)


def expected_elem(fcx: FnCtxt, expected: Expected) -> Optional[Ty]:
    if expected is None:
        return None
    wanted = fcx.structurally_resolve_if_possible(expected.ty)
    if isinstance(wanted, (t.Array, t.Slice)):
        return fcx.shallow(wanted.elem)
    return None


@checks(hir.Repeat)
def check_repeat(fcx: FnCtxt, expr: hir.Repeat, expected: Expected) -> Ty:
    from .paths import lower_const

    count = lower_const(fcx, expr.len, expr.scope)
    fcx.tables.repeat_lens[expr.id] = count
    elem = expected_elem(fcx, expected)
    if elem is not None:
        elem_ty = fcx.check_coercible(expr.expr, elem)
    else:
        elem_ty = fcx.next_ty_var(expr.span)
        elem_ty = fcx.check_has_type(expr.expr, elem_ty)
    fcx.tables.const_pats[expr.id] = elem_ty
    fcx.deferred_patterns.append(("repeat", (expr, count, elem_ty)))
    fcx.require_sized(elem_ty, expr.span, "array elements")
    return t.mk_array(elem_ty, count)


@checks(hir.Index)
def check_index(fcx: FnCtxt, expr: hir.Index, expected: Expected) -> Ty:
    base_ty = fcx.structurally_resolve(fcx.check_expr(expr.expr), expr.expr.span)
    index_ty = fcx.shallow(fcx.check_expr(expr.index))
    if type(base_ty) is t.Error or type(index_ty) is t.Error:
        return t.ERROR
    autoderef = Autoderef(fcx, base_ty, expr.span)
    for ty, count in autoderef.steps():
        found = try_index(fcx, expr, autoderef, ty, count, index_ty)
        if found is not None:
            wanted, elem = found
            fcx.demand_coerce(expr.index, index_ty, wanted)
            fcx.select_where_possible()
            return elem
    shown = fcx.show(base_ty)
    found_error = fcx.error(expr.span, f"cannot index into a value of type `{shown}`", "E0608")
    if type(base_ty) is t.Tuple and type(expr.index) is hir.Lit:
        found_error.help(f"to access tuple element `{expr.index.value!r}`, use: `.{expr.index.value!r}`")
    return t.ERROR


def try_index(
    fcx: FnCtxt, expr: hir.Index, autoderef: Autoderef, ty: Ty, count: int, index_ty: Ty
) -> Optional[tuple[Ty, Ty]]:
    index_ty = fcx.shallow(index_ty)
    integer = index_ty is t.USIZE or (type(index_ty) is t.Infer and index_ty.kind == "int")
    if isinstance(ty, (t.Array, t.Slice)) and integer:
        autoderef.commit()
        fcx.apply_adjustments(expr.expr, autoderef.adjust_steps(count))
        return t.USIZE, ty.elem
    for unsize in (False, True):
        if unsize and type(ty) is not t.Array:
            break
        self_ty = t.mk_slice(ty.elem) if unsize else fcx.resolve(ty)  # type: ignore[attr-defined]
        if type(self_ty) in (t.Int, t.Float, t.Bool, t.Char, t.Infer, t.Ref, t.Tuple, t.RawPtr):
            continue
        input_ty = fcx.next_ty_var(expr.index.span)
        method = lookup_lang_method(fcx, expr.span, self_ty, "index", (input_ty,))
        if method is None:
            continue
        autoderef.commit()
        reference = t.mk_ref(ty, False)
        adjustments = [*autoderef.adjust_steps(count), Adjust("borrow", reference, "shared")]
        if unsize:
            adjustments.append(Adjust("pointer", t.mk_ref(self_ty, False), "Unsize"))
        fcx.apply_adjustments(expr.expr, adjustments)
        fcx.write_method(expr.id, method)
        output = fcx.structurally_resolve_if_possible(method.sig.output)
        assert type(output) is t.Ref
        return input_ty, output.ty
    return None


@checks(hir.Cast)
def check_cast(fcx: FnCtxt, expr: hir.Cast, expected: Expected) -> Ty:
    from .paths import lower_hir_ty

    cast_ty = fcx.resolve(lower_hir_ty(fcx, expr.ty))
    expr_ty = fcx.check_expr(expr.expr, castable(cast_ty))
    if (fcx.resolve(expr_ty).flags | cast_ty.flags) & t.HAS_ERROR:
        fcx.tainted = True
        return cast_ty
    fcx.deferred_casts.append(CastCheck(expr, expr_ty, cast_ty))
    return cast_ty


@checks(hir.DropTemps)
def check_drop_temps(fcx: FnCtxt, expr: hir.DropTemps, expected: Expected) -> Ty:
    return fcx.check_expr(expr.expr, expected)


@checks(hir.Err)
def check_err(fcx: FnCtxt, expr: hir.Err, expected: Expected) -> Ty:
    fcx.tainted = True
    return t.ERROR
