"""Coercions: what an expression of one type may silently become where another type is expected.

`coerce(fcx, expr, source, target)` is the door: it tries, records the adjustments on `expr` and returns the
type after them, or returns None with nothing changed.  In order: never; unsizing; references and raw pointers;
fn items, closures and fn pointers; at last plain unification.
To add a coercion: a function `(cx, a, b) -> Optional[Coerced]`, and its place in `Coerce.coerce`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.span import Span
from ..traits.obligation import Obligation, ObligationCause
from ..ty import items, ty as t
from ..ty.ty import Ty
from .autoderef import Autoderef
from .tables import Adjust

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

Coerced = tuple[list[Adjust], Ty]


def coerce(fcx: FnCtxt, expr: Any, source: Ty, target: Ty, two_phase: bool = False) -> Optional[Ty]:
    """Coerce `expr`, of type `source`, to `target`."""
    if source is target and type(source) is not t.Infer and not isinstance(source, (t.Ref, t.RawPtr)):
        return target
    source = fcx.resolve_with_obligations(source)
    if isinstance(source, (t.Ref, t.RawPtr)):
        fcx.structurally_resolve_if_possible(source.ty)  # a projection that is pending: unsizing wants to know
    attempt = Coerce(fcx, expr.span, two_phase)
    found = attempt.try_coerce(source, target)
    if found is None:
        return None
    adjustments, ty = found
    attempt.commit()
    fcx.apply_adjustments(expr, adjustments)
    return ty


def can_coerce(fcx: FnCtxt, source: Ty, target: Ty, span: Span) -> bool:
    """Whether it would work; nothing is changed."""
    attempt = Coerce(fcx, span, False)

    def run() -> bool:
        if attempt.try_coerce(fcx.shallow(source), target) is None:
            return False
        return all(fcx.infcx.predicate_may_hold(o) for o in attempt.obligations)

    return fcx.probe(run)


class Coerce:
    """One attempt.  `obligations` are to be registered when it is taken."""

    def __init__(self, fcx: FnCtxt, span: Span, two_phase: bool) -> None:
        self.fcx = fcx
        self.span = span
        self.two_phase = two_phase
        self.obligations: list[Obligation] = []
        self.cause = ObligationCause(span)

    def commit(self) -> None:
        self.fcx.fulfill.register_all(self.obligations)

    def try_coerce(self, a: Ty, b: Ty) -> Optional[Coerced]:
        return self.fcx.commit_if_ok(lambda: self.coerce(a, b))

    def unify(self, a: Ty, b: Ty, adjustments: Optional[list[Adjust]] = None) -> Optional[Coerced]:
        return (adjustments or [], b) if self.fcx.infcx.eq(a, b) else None

    def coerce(self, a: Ty, b: Ty) -> Optional[Coerced]:
        fcx = self.fcx
        a, b = fcx.shallow(a), fcx.shallow(b)
        if a is t.NEVER:
            return self.never(b)
        if type(a) is t.Infer and a.kind == "ty":
            return self.unify(a, b)
        unsized = self.unsized(a, b)
        if unsized is not None:
            return unsized
        if type(b) is t.RawPtr:
            return self.raw_ptr(a, b)
        if type(b) is t.Ref:
            return self.borrowed_pointer(a, b)
        if type(a) is t.FnDef:
            return self.fn_item(a, b)
        if type(a) is t.FnPtr:
            return self.fn_ptr(a, a, b, [])
        if type(a) is t.Closure:
            return self.closure(a, b)
        return self.unify(a, b)

    def never(self, b: Ty) -> Coerced:
        if b is t.NEVER:
            return [], b
        if type(b) is t.Infer and b.kind == "ty":
            b = self.diverging_var(b)
        return [Adjust("never", b)], b

    def diverging_var(self, b: Ty) -> Ty:
        self.fcx.diverging_vars.append(b)
        return b

    # -- unsizing ---------------------------------------------------------------------------------

    def unsized(self, a: Ty, b: Ty) -> Optional[Coerced]:
        if not self.unsizing_is_possible(a, b):
            return None
        return self.fcx.commit_if_ok(lambda: self.try_unsized(a, b))

    def unsizing_is_possible(self, a: Ty, b: Ty) -> bool:
        """A quick look, so that the solver is asked only where it could say yes."""
        if a is b:
            return False
        ka, kb = type(a), type(b)
        if kb is t.Ref or kb is t.RawPtr:
            if ka is not t.Ref and ka is not t.RawPtr:
                return ka is t.Adt and False
            return self.pointee_may_unsize(a.ty, b.ty)  # type: ignore[attr-defined]
        if ka is not t.Adt or kb is not t.Adt or a.def_id != b.def_id:  # type: ignore[attr-defined]
            return False
        if not self.fcx.tcx.query("has_coerce_unsized", a.def_id):  # type: ignore[attr-defined]
            return False
        if self.fcx.resolve(a) is self.fcx.resolve(b):
            return False
        return any(
            isinstance(x, Ty) and isinstance(y, Ty) and self.arg_may_unsize(x, y)
            for x, y in zip(a.args, b.args)  # type: ignore[attr-defined]
        )

    def arg_may_unsize(self, x: Ty, y: Ty) -> bool:
        x, y = self.fcx.shallow(x), self.fcx.shallow(y)
        if isinstance(y, (t.Ref, t.RawPtr)) or (isinstance(y, t.Adt) and isinstance(x, t.Adt) and x is not y):
            return self.unsizing_is_possible(x, y) or self.pointee_may_unsize(x, y)
        return self.pointee_may_unsize(x, y)

    def pointee_may_unsize(self, x: Ty, y: Ty) -> bool:
        x, y = self.fcx.shallow(x), self.fcx.shallow(y)
        ky = type(y)
        if x is y:
            return False
        if ky is t.Slice:
            return type(x) is t.Array
        if ky is t.Dynamic:
            return type(x) not in (t.Slice, t.Str)
        if ky is t.Adt:
            return type(x) is t.Adt and x.def_id == y.def_id and bool(y.args)  # type: ignore[attr-defined]
        return False

    def try_unsized(self, a: Ty, b: Ty) -> Optional[Coerced]:
        tcx = self.fcx.tcx
        coerce_unsized, unsize = tcx.lang_items.get("coerce_unsized"), tcx.lang_items.get("unsize")
        if coerce_unsized is None or unsize is None:
            return None
        adjustments: list[Adjust] = []
        source = a
        if type(a) is t.Ref and isinstance(b, (t.Ref, t.RawPtr)):
            if b.mutbl and not a.mutbl:
                return None
            adjustments.append(Adjust("deref", a.ty))
            if type(b) is t.Ref:
                source = t.mk_ref(a.ty, b.mutbl)
                adjustments.append(Adjust("borrow", source, self.borrow_kind(b.mutbl, False)))
            else:
                source = t.mk_ptr(a.ty, b.mutbl)
                adjustments.append(Adjust("raw", source, b.mutbl))
        nested: list[Obligation] = []
        if not self.solve_unsizing(self.fcx.trait_obligation(coerce_unsized, (source, b), self.span), nested):
            return None
        self.obligations += nested
        adjustments.append(Adjust("pointer", b, "Unsize"))
        return adjustments, b

    def solve_unsizing(self, first: Obligation, nested: list[Obligation]) -> bool:
        """Select `CoerceUnsized` and `Unsize` obligations at once; all others are left for later."""
        fcx = self.fcx
        heads = (fcx.tcx.lang_items["coerce_unsized"], fcx.tcx.lang_items["unsize"])
        queue = [first]
        while queue:
            obligation = queue.pop(0)
            pred = fcx.infcx.resolve_predicate(obligation.predicate)
            if type(pred) is not items.TraitPredicate or pred.trait_ref.def_id not in heads:
                nested.append(obligation)
                continue
            found = select(fcx, obligation.with_predicate(pred))
            if found is None:
                if not self.ambiguous_unsize(pred.trait_ref, heads[1]):
                    return False
                nested.append(obligation)
            elif found is False:
                return False
            else:
                queue.extend(found)
        return True

    def ambiguous_unsize(self, trait_ref: items.TraitRef, unsize: int) -> bool:
        """`?T: Unsize<dyn Trait>` may wait if the variable is known to be sized: then it is not the `dyn` itself."""
        if trait_ref.def_id != unsize:
            return False
        source = self.fcx.shallow(trait_ref.args[0])  # type: ignore[arg-type]
        target = self.fcx.shallow(trait_ref.args[1])  # type: ignore[arg-type]
        if type(source) is not t.Infer or type(target) is not t.Dynamic:
            return False
        return source.kind != "ty" or self.known_sized(source)  # numbers are sized

    def known_sized(self, var: t.Infer) -> bool:
        fcx = self.fcx
        sized = fcx.tcx.lang_items.get("sized")
        for obligation in fcx.fulfill.pending():
            predicate = obligation.predicate
            if type(predicate) is items.TraitPredicate and predicate.trait_ref.def_id == sized:
                if fcx.infcx.sub_root(predicate.trait_ref.args[0]) == var.vid:  # type: ignore[arg-type]
                    return True
        return False

    # -- references and pointers --------------------------------------------------------------------

    def borrow_kind(self, mutbl: bool, two_phase: bool) -> str:
        return ("two_phase" if two_phase else "mut") if mutbl else "shared"

    def borrowed_pointer(self, a: Ty, b: t.Ref) -> Optional[Coerced]:
        if type(a) is not t.Ref:
            return self.unify(a, b)
        if b.mutbl and not a.mutbl:
            return None
        fcx = self.fcx
        autoderef = Autoderef(fcx, a, self.span)
        found: Optional[Ty] = None
        count = 0
        for referent, count in autoderef.steps():
            if count == 0:
                continue
            candidate = t.mk_ref(referent, b.mutbl)
            if fcx.infcx.eq(candidate, b):
                found = candidate
                break
        if found is None:
            return None
        self.obligations += autoderef.obligations
        if count == 1 and not a.mutbl and fcx.resolve(found) is fcx.resolve(a):
            return [], b
        adjustments = autoderef.adjust_steps(count)
        if b.mutbl:
            adjustments = [make_deref_mut(step) for step in adjustments]
        adjustments.append(Adjust("borrow", found, self.borrow_kind(b.mutbl, self.two_phase)))
        return adjustments, found

    def raw_ptr(self, a: Ty, b: t.RawPtr) -> Optional[Coerced]:
        if not isinstance(a, (t.Ref, t.RawPtr)):
            return self.unify(a, b)
        if b.mutbl and not a.mutbl:
            return None
        as_raw = t.mk_ptr(a.ty, b.mutbl)
        if type(a) is t.Ref:
            return self.unify(as_raw, b, [Adjust("deref", a.ty), Adjust("raw", b, b.mutbl)])
        if a.mutbl != b.mutbl:
            return self.unify(as_raw, b, [Adjust("pointer", b, "MutToConstPointer")])
        return self.unify(as_raw, b)

    # -- functions --------------------------------------------------------------------------------

    def fn_item(self, a: t.FnDef, b: Ty) -> Optional[Coerced]:
        if type(b) is not t.FnPtr:
            return self.unify(a, b)
        pointer = self.fn_ptr_of(a)
        return self.fn_ptr(pointer, a, b, [Adjust("pointer", pointer, "ReifyFnPointer")])

    def fn_ptr_of(self, a: t.FnDef) -> t.FnPtr:
        fcx = self.fcx
        sig = fcx.instantiate_sig(a.def_id, a.args)
        inputs: list[Ty] = []
        for ty in (*sig.inputs, sig.output):
            if ty.flags & t.HAS_ALIAS:
                ty, more = fcx.infcx.normalize(self.cause, fcx.param_env, fcx.resolve(ty))
                self.obligations += more
            inputs.append(ty)
        return t.mk_fn_ptr(tuple(inputs[:-1]), inputs[-1], sig.unsafe, sig.abi, sig.c_variadic)

    def fn_ptr(self, pointer: t.FnPtr, a: Ty, b: Ty, adjustments: list[Adjust]) -> Optional[Coerced]:
        if type(b) is t.FnPtr and b.unsafe and not pointer.unsafe:
            unsafe = t.mk_fn_ptr(pointer.inputs, pointer.output, True, pointer.abi, pointer.c_variadic)
            return self.unify(unsafe, b, [*adjustments, Adjust("pointer", b, "UnsafeFnPointer")])
        return self.unify(pointer, b, adjustments)

    def closure(self, a: t.Closure, b: Ty) -> Optional[Coerced]:
        fcx = self.fcx
        if type(b) is not t.FnPtr or captures_something(fcx, a.def_id):
            return self.unify(a, b)
        pointer = closure_fn_ptr(fcx, a, b.unsafe)
        return self.unify(pointer, b, [Adjust("pointer", b, "ClosureFnPointer")])


def make_deref_mut(step: Adjust) -> Adjust:
    return step._replace(extra="DerefMut") if step.extra == "Deref" else step


def closure_fn_ptr(fcx: FnCtxt, closure: t.Closure, unsafe: bool = False) -> t.FnPtr:
    state = fcx.infcx.closures.get(closure.def_id)
    info: Any = state if state is not None else fcx.tcx.closure_info(closure.def_id)
    return t.mk_fn_ptr(tuple(fcx.resolve(i) for i in info.inputs), fcx.resolve(info.output), unsafe)


def captures_something(fcx: FnCtxt, def_id: Any) -> bool:
    """Whether the closure mentions variables of its surroundings."""
    check = fcx.tables.closures.get(def_id)
    if check is None:
        return bool(fcx.tcx.closure_info(def_id).upvars)
    from .upvars_mentioned import upvars_mentioned

    return bool(upvars_mentioned(check.expr))


def select(fcx: FnCtxt, obligation: Obligation) -> Any:
    """The nested obligations of the impl chosen; None if ambiguous, False if there is none."""
    return fcx.infcx.selcx.select_nested(obligation)
