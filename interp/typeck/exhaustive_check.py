"""Refutable patterns where none may stand (E0005), matches that miss a case (E0004).

Invariant: only user code is checked; the library is taken on trust.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

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


def missing(m: Mirror, pats: list[thir.Pat], ty: Ty) -> Optional[str]:
    if any(plainly_irrefutable(pat) for pat in pats) or m.fcx.tainted:
        return None
    try:
        return Checker(m.fcx).missing(pats, ty)
    except TooHard:
        return None


def check_let(m: Mirror, stmt: thir.LetStmt, node: hir.LetStmt) -> None:
    if stmt.els is not None or is_trusted(m):
        return
    check_irrefutable(m, stmt.pat, "local binding")


def check_irrefutable(m: Mirror, pat: thir.Pat, what: str) -> None:
    witness = missing(m, [pat], pat.ty)
    if witness is None:
        return
    message = f"refutable pattern in {what}"
    found = m.fcx.error(pat.span, message, "E0005", f"pattern `{witness}` not covered")
    if what == "local binding":
        found.note("`let` bindings require an \"irrefutable pattern\", like a `struct` or an `enum` with only one variant")
        found.help("you might want to use `let...else` to handle the variant that isn't matched")


def check_match(m: Mirror, match: thir.Match, node: hir.Match) -> None:
    if is_trusted(m):
        return
    ty = match.scrutinee_ty
    witness = missing(m, [arm.pat for arm in match.arms if arm.guard is None], ty)
    if witness is None:
        return
    if node.source == "for":
        message, code = "refutable pattern in `for` loop binding", "E0005"
        witness = witness.removeprefix("Some(").removesuffix(")")
        m.fcx.error(Span(node.arms[-1].pat.span), message, code, f"pattern `{witness}` not covered")
        return
    report(m, match, ty, witness)


def report(m: Mirror, match: thir.Match, ty: Ty, witness: str) -> None:
    shown = m.fcx.show(ty)
    if not match.arms:
        if isinstance(ty, t.Adt) or isinstance(ty, t.Ref):
            message = f"non-exhaustive patterns: type `{shown}` is non-empty"
            found = m.fcx.error(match.scrutinee.span, message, "E0004")
            found.note(f"the matched value is of type `{shown}`")
            return
    message = f"non-exhaustive patterns: `{witness}` not covered"
    found = m.fcx.error(match.scrutinee.span, message, "E0004", f"pattern `{witness}` not covered")
    found.note(f"the matched value is of type `{shown}`")
    found.help("ensure that all possible cases are being handled by adding a match arm with a wildcard pattern or an explicit pattern as shown")
