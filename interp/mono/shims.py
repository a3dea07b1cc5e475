"""Bodies that the compiler makes: calls through fn pointers, closures called once, clones, constructors, and so on.

All are monomorphic MIR (their instance's arguments are spent here).
To add a shim: a kind in `instance.py`, its function here, its line in `_BUILD`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from ..base.diagnostics import Unsupported
from ..mir import body as m
from ..ty import ty as t
from ..ty.items import FnSig
from ..ty.ty import Ty
from . import drop_glue
from .builder import MirBuilder, deref, field, local
from .instance import Instance

if TYPE_CHECKING:
    from .context import MonoCx


def build(cx: MonoCx, instance: Instance) -> m.Body:
    return _BUILD[instance.kind](cx, instance)


def _drop_glue(cx: MonoCx, i: Instance) -> m.Body:
    assert i.ty is not None
    return drop_glue.build(cx, i.ty)


def _moves(b: MirBuilder, first: int, count: int) -> tuple[m.Operand, ...]:
    return tuple(m.Move(local(first + i)) for i in range(count))


def _finish(b: MirBuilder, func: m.Operand, args: tuple[m.Operand, ...]) -> m.Body:
    """One call into the return place, then return."""
    start, done = b.block(), b.block()
    b.call(start, func, args, local(0), done)
    b.ret(done)
    return b.body


def _fn_ptr_shim(cx: MonoCx, i: Instance) -> m.Body:
    assert i.ty is not None
    sig = cx.sig_of_callable(i.ty)
    args = t.mk_tuple(sig.inputs)
    once = cx.fn_trait_kind(i.def_id) == "FnOnce"
    self_ty = i.ty if once else t.mk_ref(i.ty, False)
    b = MirBuilder(i.def_id, (self_ty, args), sig.output, cx.tcx.def_data(i.def_id).span)
    b.body.spread_arg = m.Local(2)
    callee = local(1) if once else deref(1)
    func: m.Operand = m.Copy(callee) if type(i.ty) is t.FnPtr else m.Constant(i.ty, m.ZeroSized(), b.span)
    moves = tuple(m.Move(field(local(2), n, ty)) for n, ty in enumerate(sig.inputs))
    return _finish(b, func, moves)


def _closure_once(cx: MonoCx, i: Instance) -> m.Body:
    closure = t.mk_closure(t.DefId(i.def_id), i.args)
    info = cx.tcx.closure_info(i.def_id)
    if info.lends:
        raise Unsupported(info.span, "an async closure, called by value as `FnOnce`, whose future borrows from it")
    sig = cx.sig_of_callable(closure)
    args = t.mk_tuple(sig.inputs)
    b = MirBuilder(i.def_id, (closure, args), sig.output)
    b.body.spread_arg = m.Local(2)
    shared = info.kind == "Fn"
    start, after, done = b.block(), b.block(), b.block()
    cleanup, resume = b.block(cleanup=True), b.block(cleanup=True)
    me = b.local(t.mk_ref(closure, not shared))
    b.assign(start, local(me), m.Ref("shared" if shared else "mut", local(1)))
    func = b.fn(cx.fn_method("Fn" if shared else "FnMut"), (closure, args))
    b.call(start, func, (m.Move(local(me)), m.Move(local(2))), local(0), after, cleanup)
    b.drop(after, local(1), done, m.CONTINUE)
    b.drop(cleanup, local(1), resume, m.TERMINATE_CLEANUP)
    b.end(resume, m.UnwindResume(b.span))
    b.ret(done)
    return b.body


def _clone(cx: MonoCx, i: Instance) -> m.Body:
    assert i.ty is not None
    b = MirBuilder(cx.clone_method, (t.mk_ref(i.ty, False),), i.ty)
    if type(i.ty) not in (t.Tuple, t.Closure):
        start = b.block()
        b.assign(start, local(0), m.Use(m.Copy(deref(1))))
        b.ret(start)
        return b.body
    return _clone_fields(cx, b, cx.layout_of(i.ty).fields)


def _clone_fields(cx: MonoCx, b: MirBuilder, tys: tuple[Ty, ...]) -> m.Body:
    """Field by field; if one panics, those that were made are dropped."""
    at = b.block()
    unwind: m.UnwindAction = b.block(cleanup=True)
    b.end(unwind, m.UnwindResume(b.span))  # type: ignore[arg-type]
    for n, ty in enumerate(tys):
        ref = b.local(t.mk_ref(ty, False))
        b.assign(at, local(ref), m.Ref("shared", field(deref(1), n, ty)))
        following = b.block()
        b.call(at, b.fn(cx.clone_method, (ty,)), (m.Move(local(ref)),), field(local(0), n, ty), following, unwind)
        if cx.needs_drop(ty):
            cleanup = b.block(cleanup=True)
            b.drop(cleanup, field(local(0), n, ty), unwind, m.TERMINATE_CLEANUP)  # type: ignore[arg-type]
            unwind = cleanup
        at = following
    b.ret(at)
    return b.body


def _ctor(cx: MonoCx, i: Instance) -> m.Body:
    sig = cx.fn_sig(i.def_id, i.args)
    b = MirBuilder(i.def_id, sig.inputs, sig.output)
    start = b.block()
    kind = m.AggregateKind("adt", sig.output, cx.variant_of_ctor(i.def_id))
    b.assign(start, local(0), m.Aggregate(kind, _moves(b, 1, len(sig.inputs))))
    b.ret(start)
    return b.body


def _call_sig(cx: MonoCx, i: Instance) -> tuple[MirBuilder, FnSig]:
    sig = cx.fn_sig(i.def_id, i.args)
    span = cx.tcx.def_data(i.def_id).span
    return MirBuilder(i.def_id, sig.inputs, sig.output, span), sig


def _vtable_shim(cx: MonoCx, i: Instance) -> m.Body:
    sig = cx.fn_sig(i.def_id, i.args)
    inputs = (t.mk_ptr(sig.inputs[0], True), *sig.inputs[1:])
    b = MirBuilder(i.def_id, inputs, sig.output)
    if sig.abi == "rust-call":
        b.body.spread_arg = m.Local(len(inputs))
    args = (m.Move(deref(1)), *_moves(b, 2, len(inputs) - 1))
    return _finish(b, b.fn(i.def_id, i.args), args)


def _reify_shim(cx: MonoCx, i: Instance) -> m.Body:
    b, sig = _call_sig(cx, i)
    return _finish(b, b.fn(i.def_id, i.args), _moves(b, 1, len(sig.inputs)))


def _entry(cx: MonoCx, i: Instance) -> m.Body:
    """Through the library's `lang_start`; without one (a program without std) `main` itself, then 0."""
    b = MirBuilder(i.def_id, (), t.I32)
    main = b.fn(i.def_id, ())
    output = cx.fn_sig(i.def_id, ()).output
    start = cx.tcx.lang_item("start")
    first = b.block()
    if start is None:
        done = b.block()
        b.call(first, main, (), local(b.local(output)), done)
        b.assign(done, local(0), m.Use(m.Constant(t.I32, m.Scalar(0), b.span)))
        b.ret(done)
        return b.body
    pointer = b.local(t.mk_fn_ptr((), output))
    b.assign(first, local(pointer), m.Cast("ReifyFnPointer", main, t.mk_fn_ptr((), output)))
    done = b.block()
    b.call(first, b.fn(start, (output,)), (m.Move(local(pointer)),), local(0), done)
    b.ret(done)
    return b.body


def _test(cx: MonoCx, i: Instance) -> m.Body:
    """Through the library's `test_start`, which gets the function itself: its type is its name."""
    b = MirBuilder(i.def_id, (), t.I32)
    test, start = b.fn(i.def_id, ()), cx.tcx.require_lang_item("test_start")
    output = cx.fn_sig(i.def_id, ()).output
    first, done = b.block(), b.block()
    b.call(first, b.fn(start, (t.mk_fn_def(t.DefId(i.def_id), ()), output)), (test,), local(0), done)
    b.ret(done)
    return b.body


_BUILD: dict[str, Callable[[MonoCx, Instance], m.Body]] = {
    "drop_glue": _drop_glue,
    "fn_ptr_shim": _fn_ptr_shim,
    "closure_once": _closure_once,
    "clone_shim": _clone,
    "ctor": _ctor,
    "vtable_shim": _vtable_shim,
    "reify_shim": _reify_shim,
    "entry": _entry,
    "test": _test,
}
