"""The tests of match lowering: choosing one from the first candidate, sorting candidates by it, and its MIR.

Candidates are handed on to the target of the test that they are known to need; the first one whose need the test does
not decide stops the sorting: it and all behind it are tried after the test's targets have failed.
"""

from __future__ import annotations

from typing import Any, Optional, Union

from ..base.span import Span
from ..mir import body as mir
from ..mir.body import BasicBlock, Place
from ..ty import ty as t
from . import scope
from .builder import Builder
from .candidates import Candidate, Constant, Length, MatchPair, Never, Range, Variant, add_pairs, same_place
from .place import PlaceBuilder, to_place
from .rvalue import discriminant_ty

Key = Any  # a variant index, constant bits, True/False, or None for "otherwise"


def is_switchable(case: Any) -> bool:
    """Constants that `SwitchInt` can tell apart."""
    return isinstance(case, Constant) and isinstance(case.ty, (t.Int, t.Char, t.Bool)) and isinstance(case.value, int)


def sort_candidates(
    b: Builder, pair: MatchPair, candidates: list[Candidate]
) -> tuple[dict[Key, list[Candidate]], list[Candidate]]:
    """(candidates by the outcome they need, the rest).  Sorted ones lose the pair that the test decided."""
    targets: dict[Key, list[Candidate]] = {}
    for index, candidate in enumerate(candidates):
        found = _decide(b, pair, candidate)
        if found is None:
            return targets, candidates[index:]
        targets.setdefault(found[0], []).append(candidate)
    return targets, []


def _decide(b: Builder, pair: MatchPair, candidate: Candidate) -> Optional[tuple[Key]]:
    """The outcome of `pair`'s test that `candidate` needs, or None if the test does not tell."""
    for at, own in enumerate(candidate.pairs):
        if not same_place(b, own.place, pair.place):
            continue
        found = _compare(pair.case, own.case)
        if found is not None:
            key, decided = found
            if decided:
                del candidate.pairs[at]
                candidate.bindings.extend(own.bindings)
                add_pairs(candidate, own.subpairs, at)
            return (key,)
    return None


def _compare(test: Any, case: Any) -> Optional[tuple[Key, bool]]:
    """(outcome of `test` needed by `case`, whether the outcome alone decides `case`)."""
    if isinstance(test, Variant):
        return (case.index, True) if isinstance(case, Variant) else None
    if is_switchable(test):
        return (case.value, True) if is_switchable(case) else None
    if isinstance(test, Length):
        return _compare_length(test, case)
    if isinstance(test, Range) and isinstance(test.ty, (t.Int, t.Char)):
        return _compare_range(test, case)
    return (True, True) if test == case else None


def _compare_length(test: Length, case: Any) -> Optional[tuple[Key, bool]]:
    if not isinstance(case, Length):
        return None
    if test == case:
        return True, True
    if not test.at_least:
        if not case.at_least or case.count > test.count:
            return False, False
        return None
    if case.count < test.count and not case.at_least:
        return False, False
    return (True, False) if case.count >= test.count else None


def _compare_range(test: Range, case: Any) -> Optional[tuple[Key, bool]]:
    if test == case:
        return True, True
    mine, other = _interval(test.ty, test), _interval(test.ty, case)
    if mine is None or other is None:
        return None
    if other[1] < mine[0] or other[0] > mine[1]:
        return False, False
    return (True, False) if mine[0] <= other[0] and other[1] <= mine[1] else None


def _interval(ty: t.Ty, case: Any) -> Optional[tuple[int, int]]:
    """The values of `case` as numbers in order, both ends included."""
    signed = isinstance(ty, t.Int) and ty.signed
    bits = ty.bits if isinstance(ty, t.Int) else 32

    def number(value: int) -> int:
        return value - (1 << bits) if signed and value >> (bits - 1) else value

    if is_switchable(case):
        return number(case.value), number(case.value)
    if not isinstance(case, Range) or isinstance(case.lo, t.Const) or isinstance(case.hi, t.Const):
        return None
    lowest, highest = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    lo = lowest if case.lo is None else number(case.lo)
    hi = highest if case.hi is None else number(case.hi) - (not case.inclusive)
    return lo, hi


# -- MIR -------------------------------------------------------------------------------------------------------


def perform(
    b: Builder, block: BasicBlock, pair: MatchPair, keys: list[Key], otherwise: BasicBlock, span: Span
) -> dict[Key, BasicBlock]:
    """Emit the test at the end of `block`; a fresh block for each of `keys`, every other outcome to `otherwise`."""
    targets = {key: b.new_block() for key in keys}
    case = pair.case
    place = to_place(b, pair.place)
    if isinstance(case, Variant):
        _switch_variant(b, block, place, case, targets, otherwise, span)
    elif is_switchable(case):
        assert isinstance(case, Constant)
        _switch_value(b, block, place, case.ty, targets, otherwise, span)
    elif isinstance(case, Never):
        b.terminate(block, mir.Unreachable(b.sp(span)))
    else:
        yes, no = targets.get(True, otherwise), targets.get(False, otherwise)
        _binary_test(b, block, pair.place, place, case, yes, no, span)
    return targets


def _switch_variant(
    b: Builder, block: BasicBlock, place: Place, case: Variant, targets: dict[Key, BasicBlock], otherwise: BasicBlock,
    span: Span,
) -> None:  # fmt: skip
    discrs = b.tcx.query("adt_discriminants", case.ty.def_id)
    ty = discriminant_ty(b, case.ty)
    assert isinstance(ty, t.Int)
    mask = (1 << ty.bits) - 1
    discr = b.new_local(ty, span)
    b.assign(block, Place(discr), mir.Discriminant(place), span)
    arms = tuple((discrs[key] & mask, target) for key, target in targets.items())
    if len(arms) == len(discrs):  # every variant has its block: nothing is left over
        otherwise = b.new_block()
        b.terminate(otherwise, mir.Unreachable(b.sp(span)))
    b.terminate(block, mir.SwitchInt(mir.Copy(Place(discr)), ty, arms, otherwise, b.sp(span)))


def _switch_value(
    b: Builder, block: BasicBlock, place: Place, ty: t.Ty, targets: dict[Key, BasicBlock], otherwise: BasicBlock,
    span: Span,
) -> None:  # fmt: skip
    arms = tuple(targets.items())
    if ty is t.BOOL and len(arms) == 2:
        otherwise = targets[1]
        arms = ((0, targets[0]),)
    b.terminate(block, mir.SwitchInt(mir.Copy(place), ty, arms, otherwise, b.sp(span)))


def _binary_test(
    b: Builder, block: BasicBlock, builder: PlaceBuilder, place: Place, case: Any, yes: BasicBlock, no: BasicBlock,
    span: Span,
) -> None:  # fmt: skip
    if isinstance(case, Length):
        length = b.new_local(t.USIZE, span)
        b.assign(block, Place(length), mir.Len(place), span)
        count = b.scalar(t.USIZE, case.count, span)
        operation = mir.BinaryOp("Ge" if case.at_least else "Eq", mir.Copy(Place(length)), count)
        _branch(b, block, operation, yes, no, span)
    elif isinstance(case, Range):
        _range_test(b, block, place, case, yes, no, span)
    elif isinstance(case.ty, (t.Int, t.Char, t.Bool, t.Float, t.RawPtr, t.FnPtr)):
        value = operand_of(b, case.ty, case.value, span)
        _branch(b, block, mir.BinaryOp("Eq", mir.Copy(place), value), yes, no, span)
    else:
        _equal_call(b, block, place, case, yes, no, span)


def operand_of(b: Builder, ty: t.Ty, value: Union[int, str, bytes, t.Const], span: Span) -> mir.Operand:
    if isinstance(value, int):
        return b.scalar(ty, value, span)
    if isinstance(value, str):
        return mir.Constant(ty, mir.StrLit(value), b.sp(span))
    if isinstance(value, bytes):
        return mir.Constant(ty, mir.BytesLit(value), b.sp(span))
    if isinstance(value, t.ConstUnevaluated):
        return mir.Constant(ty, mir.Unevaluated(value.def_id, value.args), b.sp(span))
    return mir.Constant(ty, mir.TyConst(value), b.sp(span))


def _branch(b: Builder, block: BasicBlock, rvalue: mir.Rvalue, yes: BasicBlock, no: BasicBlock, span: Span) -> None:
    held = b.new_local(t.BOOL, span)
    b.assign(block, Place(held), rvalue, span)
    b.terminate(block, mir.SwitchInt(mir.Copy(Place(held)), t.BOOL, ((0, no),), yes, b.sp(span)))


def _range_test(
    b: Builder, block: BasicBlock, place: Place, case: Range, yes: BasicBlock, no: BasicBlock, span: Span
) -> None:
    if case.lo is not None:
        onwards = b.new_block() if case.hi is not None else yes
        low = operand_of(b, case.ty, case.lo, span)
        _branch(b, block, mir.BinaryOp("Le", low, mir.Copy(place)), onwards, no, span)
        block = onwards
    if case.hi is not None:
        high = operand_of(b, case.ty, case.hi, span)
        _branch(b, block, mir.BinaryOp("Le" if case.inclusive else "Lt", mir.Copy(place), high), yes, no, span)
    elif case.lo is None:
        b.goto(block, yes, span)


def _equal_call(
    b: Builder, block: BasicBlock, place: Place, case: Constant, yes: BasicBlock, no: BasicBlock, span: Span
) -> None:
    """Strings and byte strings are compared by `<T as PartialEq>::eq` on references."""
    ty = case.ty
    constant = operand_of(b, ty, case.value, span)
    value: mir.Operand = mir.Copy(place)
    if isinstance(ty, t.Ref):
        ty = ty.ty
    else:  # `str` or `[u8]` matched through a deref pattern
        ref = b.new_local(t.mk_ref(ty, False), span)
        b.assign(block, Place(ref), mir.Ref("shared", place), span)
        value = mir.Copy(Place(ref))
        if not isinstance(case.value, t.Const):
            constant = operand_of(b, t.mk_ref(ty, False), case.value, span)
    if isinstance(case.value, bytes) and isinstance(ty, t.Slice):
        array = t.mk_ref(t.mk_array(ty.elem, t.mk_const_usize(len(case.value))), False)
        unsized = b.new_local(t.mk_ref(ty, False), span)
        literal = mir.Constant(array, mir.BytesLit(case.value), b.sp(span))
        b.assign(block, Place(unsized), mir.Cast("Unsize", literal, t.mk_ref(ty, False)), span)
        constant = mir.Copy(Place(unsized))
    eq_trait = b.tcx.require_lang_item("eq")
    method = next(i.def_id for i in b.tcx.associated_items(eq_trait) if i.name == "eq")
    func = b.zst(t.mk_fn_def(method, (ty, ty)), span)
    held, target = b.new_local(t.BOOL, span), b.new_block()
    call = mir.Call(func, (value, constant), Place(held), target, scope.diverge(b), b.sp(span), b.sp(span))
    b.terminate(block, call)
    b.terminate(target, mir.SwitchInt(mir.Move(Place(held)), t.BOOL, ((0, no),), yes, b.sp(span)))


