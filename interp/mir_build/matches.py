"""Match lowering: a decision from candidates, bindings, guards, arms; irrefutable patterns; `let` conditions.

As rustc's `match_candidates`: take the first candidate; if it has nothing left to test it matches here, else test
its first pair, sort the candidates by the outcome they need, and go on in each outcome; what the test does not
decide is tried after the outcomes have failed.
"""

from __future__ import annotations

from typing import Optional

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, Local, Place
from ..ty import ty as t
from ..typeck import thir
from . import cond, expr as lower, match_tests, place as places, scope
from .builder import Builder
from .candidates import (
    Binding,
    Candidate,
    MatchPair,
    Or,
    add_pairs,
    collect,
    is_irrefutable_binding,
    new_candidate,
    variables,
)
from .place import PlaceBuilder, to_place

# -- deciding --------------------------------------------------------------------------------------------------


def match_candidates(
    b: Builder, block: BasicBlock, candidates: list[Candidate], leaves: list[Candidate], span: Span
) -> Optional[BasicBlock]:
    """Decide among `candidates` from `block` on; those that match are appended to `leaves` with `pre_binding` set.
    Returns the block reached when none matches (None: it cannot be reached)."""
    current: Optional[BasicBlock] = block
    while candidates and current is not None:
        first = candidates[0]
        if not first.pairs:
            current = _matched(b, current, first, leaves, span)
            candidates = candidates[1:]
        elif isinstance(first.pairs[0].case, Or):
            candidates = [*_fan_out(b, first), *candidates[1:]]
        else:
            current, candidates = _test(b, current, first.pairs[0], candidates, leaves, span)
    return current


def _matched(
    b: Builder, block: BasicBlock, candidate: Candidate, leaves: list[Candidate], span: Span
) -> Optional[BasicBlock]:
    candidate.pre_binding = block
    leaves.append(candidate)
    if getattr(candidate.arm, "guard", None) is None:
        return None
    candidate.otherwise = b.new_block()
    return candidate.otherwise


def _fan_out(b: Builder, candidate: Candidate) -> list[Candidate]:
    """One candidate for each alternative of the or-pattern that is first in line."""
    pair = candidate.pairs.pop(0)
    assert isinstance(pair.case, Or)
    out = []
    for pat in pair.case.pats:
        made = candidate.copy()
        pairs: list[MatchPair] = []
        collect(b, pair.place, pat, pairs, made.bindings)
        add_pairs(made, pairs, 0)
        out.append(made)
    return out


def _test(
    b: Builder, block: BasicBlock, pair: MatchPair, candidates: list[Candidate], leaves: list[Candidate], span: Span
) -> tuple[Optional[BasicBlock], list[Candidate]]:
    """Perform the test of `pair`; what failed goes on with the candidates that it did not decide."""
    targets, rest = match_tests.sort_candidates(b, pair, candidates)
    remainder = b.new_block()
    blocks = match_tests.perform(b, block, pair, list(targets), remainder, span)
    for key, sorted_candidates in targets.items():
        failed = match_candidates(b, blocks[key], sorted_candidates, leaves, span)
        if failed is not None:
            b.goto(failed, remainder, span)
    return remainder, rest


# -- match -------------------------------------------------------------------------------------------------------


def lower_match(b: Builder, block: BasicBlock, dest: Place, expr: thir.Match) -> BasicBlock:
    block, scrutinee = places.as_place_builder(b, block, expr.scrutinee)
    found = places.try_place(b, scrutinee)
    if found is not None:
        b.push(block, mir.PlaceMention(found, b.sp(expr.scrutinee.span)))
    candidates = [new_candidate(b, arm, scrutinee, arm.pat) for arm in expr.arms]
    for arm in expr.arms:
        declare_bindings(b, arm.pat)
    leaves: list[Candidate] = []
    failed = match_candidates(b, block, candidates, leaves, expr.span)
    if failed is not None:
        b.terminate(failed, mir.Unreachable(b.sp(expr.span)))
    joined = b.new_block()
    for arm in expr.arms:
        own = [leaf for leaf in leaves if leaf.arm is arm]
        if own:
            b.match_span = expr.scrutinee.span
            end = _arm(b, dest, arm, own)
            b.goto(end, joined, expr.span)
    return joined


def _arm(b: Builder, dest: Place, arm: thir.Arm, leaves: list[Candidate]) -> BasicBlock:
    """All ways into an arm bind its variables, then meet in its body."""
    scope.push_scope(b, arm.scope, temps=True)
    body: Optional[BasicBlock] = None
    for index, leaf in enumerate(leaves):
        block = _bind_leaf(b, arm, leaf, schedule=index == 0)
        if len(leaves) == 1:
            body = block
        else:
            body = b.new_block() if body is None else body
            b.goto(block, body, arm.span)
    assert body is not None
    body = lower.into(b, body, dest, arm.body)
    return scope.pop_scope(b, body, arm.span, temps=True)


def _bind_leaf(b: Builder, arm: thir.Arm, leaf: Candidate, schedule: bool) -> BasicBlock:
    assert leaf.pre_binding is not None
    block = leaf.pre_binding
    if arm.guard is not None:
        return _guarded(b, block, arm, leaf, schedule)
    bind(b, block, leaf.bindings, arm.scope, schedule)
    return block


def _guarded(b: Builder, block: BasicBlock, arm: thir.Arm, leaf: Candidate, schedule: bool) -> BasicBlock:
    """The guard sees bindings by value through references, so that a failing guard leaves the place as it was."""
    assert arm.guard is not None and leaf.otherwise is not None
    by_value = [binding for binding in leaf.bindings if binding.pat.mode == "value"]
    by_ref = [binding for binding in leaf.bindings if binding.pat.mode != "value"]
    mark = [len(s.drops) for s in b.scopes]
    scope.push_scope(b, -1000 - arm.scope)
    guard_scope = b.scopes[-1].id
    saved = dict(b.guard_refs)
    bind(b, block, by_ref, guard_scope, True)
    for binding in by_value:
        _guard_ref(b, block, binding, guard_scope)

    def held(block: BasicBlock) -> BasicBlock:
        return block

    match_span = b.match_span
    then, failed = cond.lower_condition(b, block, arm.guard, held, inner_scopes=1)
    b.match_span = match_span
    b.guard_refs = saved
    kept = b.scopes.pop()  # what the guard bound for good goes on to the arm
    assert mark == [len(s.drops) for s in b.scopes]
    b.goto(failed, leaf.otherwise, arm.span)
    if schedule:
        for entry in kept.drops:
            scope.schedule_drop(b, arm.scope, entry.local, entry.span, entry.is_value)
    bind(b, then, by_value, arm.scope, schedule)
    return then


def _guard_ref(b: Builder, block: BasicBlock, binding: Binding, scope_id: int) -> None:
    pat = binding.pat
    ty = t.mk_ref(pat.var_ty, False)
    local = b.new_local(ty, pat.span)
    b.push(block, mir.StorageLive(local, b.sp(pat.span)))
    scope.schedule_drop(b, scope_id, local, pat.span, False)
    b.assign(block, Place(local), mir.Ref("shared", to_place(b, binding.place)), pat.span)
    b.guard_refs[pat.var] = local
    b.extra.setdefault("guard_refs", {})[local] = pat.name


# -- bindings ----------------------------------------------------------------------------------------------------


def declare_bindings(b: Builder, pat: thir.Pat) -> None:
    """A local for every variable of `pat`."""
    for var, binding in variables(pat, {}).items():
        if var not in b.vars:
            local = b.new_local(binding.var_ty, binding.span, binding.mutbl, binding.name)
            b.vars[var] = local
            if binding is not pat and binding.mode == "value":
                b.extra.setdefault("inner_bindings", set()).add(local)
            b.debug_info.append(mir.VarDebugInfo(binding.name, Place(local), b.sp(binding.span)))


def storage_live(b: Builder, block: BasicBlock, var: int, span: Span, scope_id: int, schedule: bool = True) -> Local:
    local = b.vars[var]
    b.push(block, mir.StorageLive(local, b.sp(span)))
    if schedule:
        scope.schedule_drop(b, scope_id, local, span, False)
    return local


def bind(b: Builder, block: BasicBlock, bindings: list[Binding], scope_id: int, schedule: bool) -> None:
    """Give the variables their values, in the order of the pattern's first alternative (`declare_bindings`)."""
    order = sorted(bindings, key=lambda x: b.vars[x.pat.var])
    for pat, place in order:
        local = storage_live(b, block, pat.var, pat.span, scope_id, schedule)
        _bind_one(b, block, pat, place, local)
        if schedule:
            scope.schedule_drop(b, scope_id, local, pat.span, True)


def _bind_one(b: Builder, block: BasicBlock, pat: thir.PatBinding, place: PlaceBuilder, local: Local) -> None:
    source = to_place(b, place)
    b.extra.setdefault("bound_from", {})[local] = b.sp(b.match_span)
    if pat.mode == "value":
        b.assign(block, Place(local), mir.Use(lower.consume(b, source, pat.var_ty)), pat.span)
    else:
        b.assign(block, Place(local), mir.Ref("mut" if pat.mode == "ref mut" else "shared", source), pat.span)


# -- let ---------------------------------------------------------------------------------------------------------


def expr_into_pattern(
    b: Builder, block: BasicBlock, pat: thir.Pat, init: thir.Expr, scope_id: int
) -> BasicBlock:
    """`let pat = init`, irrefutable."""
    simple = is_irrefutable_binding(pat)
    if simple is not None:
        local = storage_live(b, block, simple.var, simple.span, scope_id)
        block = lower.into(b, block, Place(local), init)
        scope.schedule_drop(b, scope_id, local, simple.span, True)
        return block
    block, place = places.as_place_builder(b, block, init)
    return place_into_pattern(b, block, pat, place, scope_id, init.span)


def place_into_pattern(
    b: Builder, block: BasicBlock, pat: thir.Pat, place: PlaceBuilder, scope_id: int, span: Optional[Span] = None
) -> BasicBlock:
    """Bind an irrefutable pattern to a place, which the expression at `span` gives."""
    b.match_span = span if span is not None else pat.span
    found = places.try_place(b, place)
    if found is not None:
        b.push(block, mir.PlaceMention(found, b.sp(pat.span)))
    leaves: list[Candidate] = []
    failed = match_candidates(b, block, [new_candidate(b, None, place, pat)], leaves, pat.span)
    if failed is not None:
        b.terminate(failed, mir.Unreachable(b.sp(pat.span)))
    return _bind_leaves(b, leaves, scope_id, pat.span)


def _bind_leaves(b: Builder, leaves: list[Candidate], scope_id: int, span: Span) -> BasicBlock:
    if not leaves:
        return b.new_block()
    joined: Optional[BasicBlock] = None
    for index, leaf in enumerate(leaves):
        assert leaf.pre_binding is not None
        bind(b, leaf.pre_binding, leaf.bindings, scope_id, index == 0)
        if len(leaves) == 1:
            return leaf.pre_binding
        joined = b.new_block() if joined is None else joined
        b.goto(leaf.pre_binding, joined, span)
    assert joined is not None
    return joined


def lower_let(b: Builder, block: BasicBlock, expr: thir.Let) -> BasicBlock:
    """`let pat = expr` as a condition; its variables live in the scope that is innermost now."""
    block, place = places.as_place_builder(b, block, expr.expr)
    return refutable(b, block, expr.pat, place, b.scopes[-1].id, expr.span, expr.expr.span)


def refutable(
    b: Builder, block: BasicBlock, pat: thir.Pat, place: PlaceBuilder, scope_id: int, span: Span, source: Span
) -> BasicBlock:
    """Bind `pat` if it matches; break to the `else` of the innermost `IfThenScope` if not."""
    b.match_span = source
    declare_bindings(b, pat)
    leaves: list[Candidate] = []
    failed = match_candidates(b, block, [new_candidate(b, None, place, pat)], leaves, span)
    if failed is not None:
        scope.break_for_else(b, failed, span)
    return _bind_leaves(b, leaves, scope_id, span)


