"""Unification of types and constants: structural equality with inference variables and an occurs check.

Aliases that are left after normalisation are rigid: they are equal only to themselves.  `Error` equals
everything.  A failed `unify` leaves bindings behind: callers undo them (`InferCtxt.eq`).
To add a kind of type: a line in `_RELATE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from ..base.diagnostics import CompileError
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import children
from ..ty.ty import HAS_INFER, HAS_UNEVALUATED, Args, Const, GenericArg, Ty

if TYPE_CHECKING:
    from .infer import InferCtxt


def unify(cx: InferCtxt, a: Ty, b: Ty) -> bool:
    if a is b:
        return True
    a, b = cx.shallow_resolve(a), cx.shallow_resolve(b)
    if a is b:
        return True
    if type(a) is t.Infer:
        return _unify_var(cx, a, b)
    if type(b) is t.Infer:
        return _unify_var(cx, b, a)
    kind = type(a)
    if kind is not type(b):
        return kind is t.Error or type(b) is t.Error
    if not (a.flags | b.flags) & (HAS_INFER | t.HAS_ERROR | HAS_UNEVALUATED):
        return False  # interned and different
    case = _RELATE.get(kind)
    return case is not None and case(cx, a, b)


def unify_arg(cx: InferCtxt, a: GenericArg, b: GenericArg) -> bool:
    if a is b:
        return True
    if isinstance(a, Const):
        return isinstance(b, Const) and unify_const(cx, a, b)
    return isinstance(b, Ty) and unify(cx, a, b)


def unify_args(cx: InferCtxt, a: Args, b: Args) -> bool:
    if a is b:
        return True
    if len(a) != len(b):
        return False
    for x, y in zip(a, b):  # noqa: SIM110 (no generator: this is hot)
        if x is not y and not unify_arg(cx, x, y):
            return False
    return True


def _unify_var(cx: InferCtxt, var: t.Infer, other: Ty) -> bool:
    """`var` is an unbound root, `other` is shallowly resolved and not `var`."""
    if type(other) is t.Infer:
        return _unify_vars(cx, var, other)
    if var.kind != "ty":
        if type(other) is not (t.Int if var.kind == "int" else t.Float) and type(other) is not t.Error:
            return False
        cx.bind(var.vid, other)
        return True
    if other.flags & HAS_INFER:
        if occurs(cx, var.vid, other):
            return False
    cx.bind(var.vid, other)
    return True


def _unify_vars(cx: InferCtxt, a: t.Infer, b: t.Infer) -> bool:
    if a.kind != b.kind:
        if a.kind == "ty":
            cx.bind(a.vid, b)
        elif b.kind == "ty":
            cx.bind(b.vid, a)
        else:
            return False
        return True
    if a.vid < b.vid:
        cx.bind(b.vid, a)
    else:
        cx.bind(a.vid, b)
    return True


def occurs(cx: InferCtxt, vid: int, ty: Ty) -> bool:
    found: list[int] = []
    collect_vars(cx, ty, found)
    return vid in found


def collect_vars(cx: InferCtxt, arg: GenericArg, found: list[int]) -> None:
    """Append the root of every unbound variable in `arg` (`~vid` for constants)."""
    if not arg.flags & HAS_INFER:
        return
    if isinstance(arg, Const):
        _collect_const(cx, arg, found)
        return
    ty = cx.shallow_resolve(arg)
    if type(ty) is t.Infer:
        found.append(ty.vid)
        return
    for part in children(ty):
        collect_vars(cx, part, found)


def _collect_const(cx: InferCtxt, const: Const, found: list[int]) -> None:
    const = cx.shallow_resolve_const(const)
    if type(const) is t.ConstInfer:
        found.append(~const.vid)
    elif type(const) is t.ConstUnevaluated:
        for part in const.args:
            collect_vars(cx, part, found)


def unify_const(cx: InferCtxt, a: Const, b: Const) -> bool:
    a, b = cx.shallow_resolve_const(a), cx.shallow_resolve_const(b)
    if a is b:
        return True
    if type(a) is t.ConstInfer:
        return _unify_const_var(cx, a, b)
    if type(b) is t.ConstInfer:
        return _unify_const_var(cx, b, a)
    if type(a) is t.ConstError or type(b) is t.ConstError:
        return True
    a, b = evaluated(cx, a), evaluated(cx, b)
    if a is b or type(a) is t.ConstError or type(b) is t.ConstError:
        return True
    if type(a) is t.ConstUnevaluated and type(b) is t.ConstUnevaluated:
        return a.def_id == b.def_id and unify_args(cx, a.args, b.args)
    if type(a) is t.ConstValue and type(b) is t.ConstValue:  # the same value whose type has a variable
        return a.value == b.value and unify(cx, a.ty, b.ty)
    return False


def _unify_const_var(cx: InferCtxt, var: t.ConstInfer, other: Const) -> bool:
    if type(other) is t.ConstInfer and other.vid > var.vid:
        var, other = other, var
    if other.flags & HAS_INFER and type(other) is not t.ConstInfer:
        found: list[int] = []
        _collect_const(cx, other, found)
        if ~var.vid in found:
            return False
    cx.bind_const(var.vid, evaluated(cx, other))
    return True


def evaluated(cx: InferCtxt, const: Const) -> Const:
    """The value of an unevaluated constant, if nothing generic is in it."""
    if type(const) is not t.ConstUnevaluated:
        return const
    const = cx.resolve_const(const)
    if const.flags & (HAS_INFER | t.HAS_PARAM):
        return const
    return eval_const(cx.tcx, const)


def eval_const(tcx: TyCtxt, const: Const) -> Const:
    """The value of a constant without parameters; what cannot be evaluated is reported once and an error."""
    memo = tcx._memo.setdefault("evaluated_const", {})
    found = memo.get(const)
    if found is None:
        try:
            found = tcx.query("eval_const", const)
        except CompileError as failure:
            tcx.diag.emit_all(failure)
            found = t.CONST_ERROR
        memo[const] = found
    return found


def _dynamic(cx: InferCtxt, a: t.Dynamic, b: t.Dynamic) -> bool:
    if a.auto_traits != b.auto_traits or len(a.projections) != len(b.projections):
        return False
    if (a.principal is None) != (b.principal is None):
        return False
    if a.principal and b.principal and (a.principal[0] != b.principal[0]):
        return False
    if any(p[0] != q[0] for p, q in zip(a.projections, b.projections)):
        return False
    return unify_args(cx, children(a), children(b))


def _def_args(cx: InferCtxt, a: Any, b: Any) -> bool:
    return a.def_id == b.def_id and unify_args(cx, a.args, b.args)


def _fn_ptr(cx: InferCtxt, a: t.FnPtr, b: t.FnPtr) -> bool:
    if a.unsafe != b.unsafe or a.abi != b.abi or a.c_variadic != b.c_variadic:
        return False
    return unify_args(cx, a.inputs, b.inputs) and unify(cx, a.output, b.output)


_RELATE: dict[type, Callable[[InferCtxt, Any, Any], bool]] = {
    t.Adt: _def_args,
    t.Array: lambda cx, a, b: unify(cx, a.elem, b.elem) and unify_const(cx, a.len, b.len),
    t.Slice: lambda cx, a, b: unify(cx, a.elem, b.elem),
    t.RawPtr: lambda cx, a, b: a.mutbl == b.mutbl and unify(cx, a.ty, b.ty),
    t.Ref: lambda cx, a, b: a.mutbl == b.mutbl and unify(cx, a.ty, b.ty),
    t.Tuple: lambda cx, a, b: unify_args(cx, a.tys, b.tys),
    t.FnDef: _def_args,
    t.FnPtr: _fn_ptr,
    t.Closure: _def_args,
    t.Coroutine: _def_args,
    t.Dynamic: _dynamic,
    t.Alias: _def_args,
    t.Opaque: _def_args,
}
