"""Refutable patterns where none may stand (E0005), matches that miss a case (E0004).

Invariant: only user code is checked; the library is taken on trust.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..base.lints import Lints, lints_of
from ..base.span import Span
from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from . import thir
from .exhaustive import Checker, TooHard

if TYPE_CHECKING:
    from .writeback import Mirror

_IRREFUTABLE = (thir.PatWild,)


def is_trusted(m: Mirror) -> bool:
    trusted = getattr(m, "trusted", None)
    if trusted is None:
        trusted = m.tcx.source_map.file_of(m.fcx.body.span).is_library
        m.trusted = trusted  # type: ignore[attr-defined]
    return bool(trusted)


def plainly_irrefutable(pat: thir.Pat) -> bool:
    kind = type(pat)
    if kind is thir.PatWild:
        return True
    if kind is thir.PatBinding:
        return pat.sub is None or plainly_irrefutable(pat.sub)  # type: ignore[union-attr]
    if kind is thir.PatLeaf:
        return all(plainly_irrefutable(sub) for _, sub in pat.fields)  # type: ignore[union-attr]
    if kind is thir.PatDeref:
        return plainly_irrefutable(pat.pat)  # type: ignore[union-attr]
    return False


def missing(m: Mirror, pats: list[thir.Pat], ty: Ty) -> list[str]:
    if m.fcx.tainted or any(plainly_irrefutable(pat) for pat in pats) or ty.flags & t.HAS_ERROR:
        return []
    try:
        return Checker(m.fcx).missing(pats, ty)
    except TooHard:
        return []


def listed(witnesses: list[str]) -> str:
    """`A`; `A` and `B`; `A`, `B`, `C` and 2 more."""
    shown = [f"`{w}`" for w in witnesses[:3]]
    if len(witnesses) == 1:
        return shown[0]
    if len(witnesses) <= 3:
        return ", ".join(shown[:-1]) + f" and {shown[-1]}"
    return ", ".join(shown) + f" and {len(witnesses) - 3} more"


def label_of(witnesses: list[str]) -> str:
    return f"pattern{'' if len(witnesses) == 1 else 's'} {listed(witnesses)} not covered"


def check_let(m: Mirror, stmt: thir.LetStmt, node: hir.LetStmt) -> None:
    if stmt.els is None and not is_trusted(m):
        check_irrefutable(m, stmt.pat, "local binding")


def check_irrefutable(m: Mirror, pat: thir.Pat, what: str) -> None:
    witnesses = missing(m, [pat], pat.ty)
    if not witnesses:
        return
    found = m.fcx.error(pat.span, f"refutable pattern in {what}", "E0005", label_of(witnesses))
    if what == "local binding":
        found.note(
            '`let` bindings require an "irrefutable pattern", like a `struct` or an `enum` with only one variant'
        )
        found.note(f"the matched value is of type `{m.fcx.show(pat.ty)}`")
        found.help("you might want to use `let else` to handle the variant that isn't matched")


def check_match(m: Mirror, match: thir.Match, node: hir.Match) -> None:
    if is_trusted(m):
        return
    ty = match.scrutinee_ty
    witnesses = missing(m, [arm.pat for arm in match.arms if arm.guard is None], ty)
    if not witnesses:
        lints = lints_of(m.tcx._memo)  # type: ignore[arg-type]
        if lints is not None and node.source == "match" and not m.fcx.tainted:
            lint_unreachable(m, lints, match)
        return
    if node.source == "for":
        inner = [w.removeprefix("Some(").removesuffix(")") for w in witnesses]
        span = for_pattern(node)
        m.fcx.error(span, "refutable pattern in `for` loop binding", "E0005", label_of(inner))
        return
    report(m, match, ty, witnesses)


def lint_unreachable(m: Mirror, lints: Lints, match: thir.Match) -> None:
    """Arms that match nothing which an earlier one leaves."""
    before: list[thir.Pat] = []
    for arm in match.arms:
        try:
            if before and not Checker(m.fcx).adds(before, arm.pat, match.scrutinee_ty):
                span = arm.pat.span
                lints.note("unreachable_patterns", m.fcx.owner, span, "unreachable pattern", "no value can reach this")
                continue
        except TooHard:
            return
        if arm.guard is None:
            before.append(arm.pat)


def for_pattern(node: hir.Match) -> Span:
    pat: Any = node.arms[-1].pat
    return Span(pat.pats[0].span if type(pat) is hir.PatTupleStruct and pat.pats else pat.span)


def report(m: Mirror, match: thir.Match, ty: Ty, witnesses: list[str]) -> None:
    shown = m.fcx.show(ty)
    if not match.arms and isinstance(ty, (t.Adt, t.Ref)) and witnesses == ["_"]:
        message = f"non-exhaustive patterns: type `{shown}` is non-empty"
        found = m.fcx.error(match.scrutinee.span, message, "E0004")
    else:
        message = f"non-exhaustive patterns: {listed(witnesses)} not covered"
        found = m.fcx.error(match.scrutinee.span, message, "E0004", label_of(witnesses))
    found.note(f"the matched value is of type `{shown}`")
    if len(witnesses) == 1:
        how = "with a wildcard pattern or an explicit pattern as shown"
    elif len(witnesses) <= 3:
        how = "with a wildcard pattern, a match arm with multiple or-patterns as shown, or multiple match arms"
    else:
        how = "with a wildcard pattern as shown, or multiple match arms"
    found.help(f"ensure that all possible cases are being handled by adding a match arm {how}")
