"""Checks of futures that need to know what each keeps while it waits, which is known once all bodies are built.

E0733: an `async fn` that keeps itself has no size.  Auto traits (`Send`, `Sync`): while bodies are type-checked a
future is taken to have those of its captures; what was required then is asked again here, of all that it keeps.
To add a check: a function here, called by `check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from ..base.diagnostics import CompileError, Diagnostic, error
from ..base.span import Span
from ..traits.error_reporting import report_errors
from ..traits.fulfill import FulfillmentContext, FulfillmentError
from ..traits.infer import InferCtxt
from ..traits.obligation import Obligation
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import children, subst
from ..ty.items import TraitPredicate
from ..ty.ty import DefId, Ty

_VERBS = {"Send": "sent", "Sync": "shared"}


def check(tcx: TyCtxt, owners: list[int]) -> None:
    """Emit what is wrong with the futures of these owners; their bodies were built without an error."""
    coroutines = [d for owner in owners for d, c in tcx.query("typeck", owner).closures.items() if c.is_coroutine]
    _check_recursion(tcx, coroutines)
    if tcx.diag.error_count:
        return
    tcx._memo["futures_known"] = {None: True}
    for cache in ("evaluation", "selection"):
        tcx._memo.get(cache, {}).clear()
    try:
        for owner in owners:
            _check_bounds(tcx, tcx.query("typeck", owner).extra.get("auto_bounds", []))
    finally:
        del tcx._memo["futures_known"]  # the bodies of the next crate are not built yet


# -- recursion ----------------------------------------------------------------------------------------------------


def _check_recursion(tcx: TyCtxt, coroutines: list[DefId]) -> None:
    reported: set[DefId] = set()
    for start in coroutines:
        if start in reported or not _is_async_fn(tcx, start):
            continue
        path = _way_back(tcx, start)
        if path:
            reported.update(def_id for def_id, _ in path)
            tcx.diag.emit(_endless(tcx, path))


def _way_back(tcx: TyCtxt, start: DefId) -> list[tuple[DefId, Span]]:
    """How `start` comes to keep itself: futures and where each awaits the next; empty if it does not."""
    seen: set[DefId] = set()
    todo: list[tuple[DefId, list[tuple[DefId, Span]]]] = [(start, [])]
    while todo:
        at, path = todo.pop()
        for kept, span in _kept_futures(tcx, at):
            here = [*path, (at, span)]
            if kept == start:
                return here
            if kept not in seen:
                seen.add(kept)
                todo.append((kept, here))
    return []


def _kept_futures(tcx: TyCtxt, coroutine: DefId) -> Iterator[tuple[DefId, Span]]:
    try:
        witness = tcx.query("coroutine_witness", coroutine)
    except CompileError:
        return
    for number, ty in enumerate(witness.tys):
        spans = [span for span, kept in zip(witness.spans, witness.variants) if number in kept]
        for inner in _inside(tcx, ty, set()):
            yield inner, spans[0] if spans else Span(0)


def _inside(tcx: TyCtxt, ty: Ty, seen: set[Ty]) -> Iterator[DefId]:
    """Futures that a value of that type holds, not behind a pointer."""
    if ty in seen or isinstance(ty, (t.Ref, t.RawPtr, t.FnDef, t.FnPtr, t.Dynamic)):
        return
    seen.add(ty)
    if isinstance(ty, t.Coroutine):
        yield ty.def_id
    elif isinstance(ty, t.Opaque):
        yield from _inside(tcx, subst(tcx.query("opaque_type", ty.def_id), ty.args), seen)
    elif isinstance(ty, t.Adt):
        for variant in tcx.adt_def(ty.def_id).variants:
            for field in variant.fields:
                yield from _inside(tcx, subst(tcx.type_of(field.def_id), ty.args), seen)
    elif isinstance(ty, (t.Tuple, t.Array, t.Closure)):
        parts = [u.ty for u in tcx.closure_info(ty.def_id).upvars] if isinstance(ty, t.Closure) else children(ty)
        for part in parts:
            if isinstance(part, Ty):
                yield from _inside(tcx, part, seen)


def _is_async_fn(tcx: TyCtxt, coroutine: DefId) -> bool:
    parent = tcx.def_data(coroutine).parent
    node: Any = getattr(tcx.def_data(parent).node, "kind", None) if parent is not None else None
    return bool(getattr(node, "is_async", False))


def _endless(tcx: TyCtxt, path: list[tuple[DefId, Span]]) -> Diagnostic:
    fns = [(tcx.def_data(coroutine).parent or coroutine, span) for coroutine, span in path]
    found = error(tcx.def_span(fns[0][0]), "recursion in an async fn requires boxing", "E0733")
    found.label(fns[0][1], "recursive call here")
    for fn, span in fns[1:]:
        found.span_note(tcx.def_span(fn), "which leads to this async fn", (span, "...leading to this recursive call"))
    return found.note(
        "a recursive `async fn` call must introduce indirection such as `Box::pin` to avoid an infinitely sized future"
    )


# -- auto traits ----------------------------------------------------------------------------------------------------


def _check_bounds(tcx: TyCtxt, bounds: list[Obligation]) -> None:
    for bound in bounds:
        cx = InferCtxt(tcx)
        fulfill = FulfillmentContext(cx)
        fulfill.register(bound)
        for failure in fulfill.select_where_possible():
            shown = _kept_across(tcx, cx, failure)
            if shown is not None:
                tcx.diag.emit(shown)
            else:
                report_errors(cx, [failure])


def _kept_across(tcx: TyCtxt, cx: InferCtxt, failure: FulfillmentError) -> Optional[Diagnostic]:
    """Which variable of which future is to blame, if it is one."""
    leaf = cx.resolve_predicate(failure.obligation.predicate)
    if not isinstance(leaf, TraitPredicate) or tcx.def_data(leaf.trait_ref.def_id).name not in _VERBS:
        return None
    verb = _VERBS[tcx.def_data(leaf.trait_ref.def_id).name]
    below: Any = leaf.trait_ref.args[0]
    at = failure.obligation.cause.parent
    while at is not None:
        pred = cx.resolve_predicate(at.predicate)
        ty = pred.trait_ref.args[0] if isinstance(pred, TraitPredicate) else None
        if isinstance(ty, t.Coroutine):
            return _describe(tcx, failure, leaf, verb, ty, below)
        below, at = ty, at.cause.parent
    return None


def _describe(
    tcx: TyCtxt, failure: FulfillmentError, leaf: TraitPredicate, verb: str, future: t.Coroutine, kept: Any
) -> Optional[Diagnostic]:
    witness = tcx.query("coroutine_witness", future.def_id)
    number = next((i for i, ty in enumerate(witness.tys) if subst(ty, future.args) == kept), None)
    if number is None:
        return None
    trait = tcx.def_data(leaf.trait_ref.def_id).name
    span = failure.root.cause.span
    found = error(span, f"future cannot be {verb} between threads safely", "", f"future is not `{trait}`")
    found.help(f"the trait `{trait}` is not implemented for `{leaf.trait_ref.args[0]}`")
    name, declared = witness.names[number]
    await_ = next((s for s, saved in zip(witness.spans, witness.variants) if number in saved), span)
    called = f"`{name}`" if name else "this value"
    found.span_note(
        await_, f"future is not `{trait}` as this value is used across an await",
        (await_, f"await occurs here, with {called} maybe used later"),
        (declared, f"has type `{kept}` which is not `{trait}`"),
    )  # fmt: skip
    return found
