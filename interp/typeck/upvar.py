"""What closures capture and how: by place since edition 2021, by variable before; and which `Fn` traits they have.

Rules, in rustc's order: raw pointers, unions and packed structs end a place; through a shared reference only the
reference is needed; `move` takes everything up to the first deref by value; nothing is moved out of a type with a
destructor.  Places of one variable are then merged to the shortest ancestors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..hir import hir
from ..ty import ty as t
from ..ty.items import Upvar
from ..ty.ty import Ty
from .tables import ClosureCheck
from .thir import CapturedPlace
from .upvar_walk import By, Place, Use, UseWalker
from .upvars_mentioned import upvars_mentioned, walk

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

_RANK = {"ref": 0, "mut": 1, "value": 2}
KINDS = ("Fn", "FnMut", "FnOnce")


def analyze_closures(fcx: FnCtxt) -> None:
    """All closures of the body, inner ones first."""
    if not fcx.tables.closures:
        return
    order: list[hir.Closure] = []

    def visit(node: Any) -> None:
        if type(node) is hir.Closure:
            order.append(node)

    walk(fcx.body.value, visit)
    for closure in post_order(order):
        check = fcx.tables.closures.get(closure.def_id)
        if check is not None:
            analyze(fcx, check)


def post_order(closures: list[hir.Closure]) -> list[hir.Closure]:
    """Given in pre-order; each closure after those inside it, siblings in order."""
    inside: dict[int, list[hir.Closure]] = {}
    for closure in closures:
        found: list[hir.Closure] = []

        def visit(node: Any, at: hir.Closure = closure, into: list[hir.Closure] = found) -> None:
            if type(node) is hir.Closure and node is not at:
                into.append(node)

        walk(closure.body, visit)
        inside[id(closure)] = found
    done: dict[int, hir.Closure] = {}

    def add(closure: hir.Closure) -> None:
        if id(closure) in done:
            return
        for inner in inside[id(closure)]:
            add(inner)
        done[id(closure)] = closure

    for closure in closures:
        add(closure)
    return list(done.values())


def analyze(fcx: FnCtxt, check: ClosureCheck) -> None:
    closure = check.expr
    upvars = upvars_mentioned(closure)
    walker = UseWalker(fcx, frozenset(upvars))
    for param, ty in zip(closure.params, check.inputs):
        walker.walk_pat(walker.rvalue(fcx.resolve(ty)), param.pat)
    walker.consume(closure.body)
    kind, uses = process(fcx, closure, walker.uses)
    if fcx.body.edition < 2021:
        uses += [whole_variable(fcx, closure, var) for var in upvars]
    finish(fcx, check, min_captures(uses, upvars), kind)


def whole_variable(fcx: FnCtxt, closure: hir.Closure, var: int) -> Use:
    place = Place(var, fcx.resolve(fcx.tables.locals.get(var, t.ERROR)))
    return Use(place, "value" if closure.move else "ref", closure.decl_span)


def process(fcx: FnCtxt, closure: hir.Closure, uses: list[Use]) -> tuple[str, list[Use]]:
    kind = 0
    out: list[Use] = []
    owned = closure.owned or frozenset()
    consumes = any(u.by == "value" and u.place.var not in owned for u in uses)
    all_move = closure.move or (closure.takes_all and (consumes or is_called_once(fcx, closure)))
    for place, by, span in uses:
        place, by = restrict_precision(fcx, place, by)
        place, by = stop_at_shared_ref(place, by)
        kind = max(kind, _RANK[by])
        if all_move or place.var in owned:
            place, by = for_move(place, by)
        elif by == "value":
            at = first_deref(place)
            if at is not None:
                place, by = truncate(place, by, at)
        place, by = keep_drop_types_whole(fcx, place, by)
        out.append(Use(place, by, span))
    return KINDS[kind], out


def is_called_once(fcx: FnCtxt, future: hir.Closure) -> bool:
    """Whether the async closure that makes this future is expected to be `FnOnce` only: it is gone by then."""
    parent = fcx.tables.closures[future.def_id].parent
    return parent is not None and fcx.tables.closures[parent].expected_kind == "FnOnce"


def first_deref(place: Place) -> int | None:
    return next((i for i, p in enumerate(place.projs) if p.kind == "deref"), None)


def for_move(place: Place, by: By) -> tuple[Place, By]:
    at = first_deref(place)
    if at is not None:
        place, by = truncate(place, by, at)
    return place, "value"


def truncate(place: Place, by: By, length: int) -> tuple[Place, By]:
    return Place(place.var, place.base_ty, place.projs[:length]), by


def restrict_precision(fcx: FnCtxt, place: Place, by: By) -> tuple[Place, By]:
    """Nothing beyond a raw pointer, a union, an index; no reference into a packed struct."""
    for i in range(len(place.projs)):
        before = place.ty_before(i)
        if place.projs[i].kind not in ("deref", "field") or type(before) is t.RawPtr:
            return truncate(place, by, i)
        if type(before) is t.Adt:
            adt = fcx.tcx.adt_def(before.def_id)
            if adt.kind == "union":
                return truncate(place, by, i)
            if adt.repr.pack is not None and by != "value" and place.projs[i].kind == "field":
                return truncate(place, by, i)
    return place, by


def stop_at_shared_ref(place: Place, by: By) -> tuple[Place, By]:
    """Fields behind a shared reference are reached through a copy of the reference."""
    for i in range(len(place.projs) - 1, -1, -1):
        if place.projs[i].kind == "deref":
            before = place.ty_before(i)
            if type(before) is t.Ref and not before.mutbl:
                return truncate(place, by, i + 1)
            break
    return place, by


def keep_drop_types_whole(fcx: FnCtxt, place: Place, by: By) -> tuple[Place, By]:
    if by != "value" or not place.projs or fcx.type_is_copy(place.ty):
        return place, by
    for i in range(len(place.projs)):
        before = place.ty_before(i)
        if type(before) is t.Adt and fcx.tcx.query("adt_destructor", before.def_id) is not None:
            return truncate(place, by, i)
    return place, by


# -- merging ----------------------------------------------------------------------------------------------


def same_steps(a: Place, b: Place, length: int) -> bool:
    return all(p.kind == q.kind and p.index == q.index for p, q in zip(a.projs[:length], b.projs[:length]))


def min_captures(uses: list[Use], upvars: tuple[int, ...]) -> list[Use]:
    by_var: dict[int, list[Use]] = {var: [] for var in upvars}
    for use in uses:
        assert use.place.var is not None
        add_capture(by_var[use.place.var], use)
    out: list[Use] = []
    for found in by_var.values():
        out += sorted(found, key=lambda use: tuple(p.index for p in use.place.projs))
    return out


def add_capture(captures: list[Use], use: Use) -> None:
    length = len(use.place.projs)
    for i, other in enumerate(captures):
        have = len(other.place.projs)
        if have <= length and same_steps(other.place, use.place, have):
            captures[i] = other._replace(by=stronger(other.by, use.by))
            return
    kept: list[Use] = []
    for other in captures:
        if same_steps(use.place, other.place, length):
            use = use._replace(by=stronger(use.by, other.by))
        else:
            kept.append(other)
    captures[:] = [*kept, use]


def stronger(a: By, b: By) -> By:
    return a if _RANK[a] >= _RANK[b] else b


def future_borrows(fcx: FnCtxt, body: Any) -> bool:
    """Whether the future of an async closure points into what the closure owns."""
    if type(body) is not hir.Closure or body.owned is None:
        return False
    captures = fcx.tables.closures[body.def_id].captures
    return any(
        c.by != "value" and c.var not in body.owned and not any(step.kind == "deref" for step in c.projections)
        for c in captures
    )


# -- results ------------------------------------------------------------------------------------------------


def finish(fcx: FnCtxt, check: ClosureCheck, captures: list[Use], kind: str) -> None:
    expected = check.expected_kind
    if expected is not None:
        kind = expected  # a body that does more than that is the business of the checks of moves and mutability
    check.kind = kind
    check.captures = [CapturedPlace(u.place.var, u.place.base_ty, u.place.projs, u.by, u.span) for u in captures]  # type: ignore[arg-type]
    tys = tuple(captured_ty(u) for u in captures)
    check.upvar_tys = tys
    check.upvar_names = [name_of(fcx, u.place) for u in captures]
    fcx.infcx.set_closure_upvars(check.def_id, tys)
    if check.expr.kind == "closure":
        check.lends = kind != "FnOnce" and check.expr.move and future_borrows(fcx, check.expr.body)
        if fcx.infcx.closure_kind(check.def_id) is None:
            fcx.infcx.set_closure_kind(check.def_id, kind)
        from .callee import resolve_deferred_call

        for call in check.callers:
            resolve_deferred_call(fcx, call, kind)
        check.callers = []
    else:
        check.kind = "FnOnce"
    fcx.select_where_possible()


def captured_ty(use: Use) -> Ty:
    ty = use.place.ty
    return ty if use.by == "value" else t.mk_ref(ty, use.by == "mut")


def name_of(fcx: FnCtxt, place: Place) -> str:
    from .errors import binding_of

    name = binding_of(fcx, place.var)[0]  # type: ignore[arg-type]
    for i, step in enumerate(place.projs):
        before = place.ty_before(i)
        if step.kind == "deref":
            name = "_ref__" + name if i == len(place.projs) - 1 else name
        elif type(before) is t.Adt:
            name += "__" + fcx.tcx.adt_def(before.def_id).variants[0].fields[step.index].name
        else:
            name += f"__{step.index}"
    return name


def upvars_of(check: ClosureCheck) -> list[Upvar]:
    return [Upvar(name, c.by, ty) for name, c, ty in zip(check.upvar_names, check.captures, check.upvar_tys)]
