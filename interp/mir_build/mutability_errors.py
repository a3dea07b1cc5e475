"""The words of errors about mutability, and where `mut` would have to stand."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional

from ..base.diagnostics import Diagnostic, Label, error
from ..base.span import Span, mk_span, span_ctxt, span_file, span_hi, span_lo
from ..mir import body as mir
from ..mir.body import Body, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from .move_errors import Source, describe, elem_ty, overloaded

_LABELS = {"assign": "cannot assign", "borrow": "cannot borrow as mutable"}
_ACTED_ON = {"assign": "written to", "borrow": "borrowed as mutable"}


class Captured(NamedTuple):
    """A captured place: the variable's name and declaration; whether it may be changed through the capture."""

    name: str
    span: Span
    mutbl: bool
    by_ref: bool


def capture_of(body: Body, place: Place) -> Optional[int]:
    """The number of the capture that `place` is, before the dereference of one by reference."""
    if place.local != 1 or body.kind not in ("closure", "coroutine"):
        return None
    own = place.projection[1:] if place.projection and isinstance(place.projection[0], mir.Deref) else place.projection
    return own[0].index if len(own) == 1 and isinstance(own[0], mir.Field) else None


def declaration(body: Body, captured: list[Captured], culprit: Place) -> Optional[Span]:
    """Where the variable is declared that is not mutable."""
    capture = capture_of(body, culprit)
    if capture is not None:
        return captured[capture].span
    return None if culprit.projection else body.locals[culprit.local].span


def reassigned(body: Body, local: int, span: Span) -> Diagnostic:
    decl = body.locals[local]
    if local <= body.arg_count:
        label = "cannot assign to immutable argument"
        out = error(span, f"{label} `{decl.name}`", "E0384", label)
    else:
        message = f"cannot assign twice to immutable variable `{decl.name}`"
        out = error(span, message, "E0384", "cannot assign twice to immutable variable")
        first = _first_assignment(body, local, span)
        if first is not None:
            out.label(first, f"first assignment to `{decl.name}`")
    out.suggest("consider making this binding mutable", (_before(decl.span), "mut "))
    if local in body.extra.get("inner_bindings", ()):
        out.suggest("to modify the original value, take a borrow instead", (_before(decl.span), "ref mut "))
    return out


def _first_assignment(body: Body, local: int, span: Span) -> Optional[Span]:
    """Where it got its value: the binding itself if it was declared with one."""
    decl = body.locals[local]
    spans = []
    for block in body.blocks:
        for node in (*block.statements, block.terminator):
            place = getattr(node, "place", None) or getattr(node, "destination", None)
            if place == Place(mir.Local(local)) and isinstance(node, (mir.Assign, mir.Call)):
                spans.append(node.span)
    if span in spans and len(set(spans)) == 1:
        return None
    if local not in body.extra.get("no_initialiser", ()):
        return decl.span
    return next((s for s in spans if s != span), None)


def immutable(
    tcx: TyCtxt, body: Body, captured: list[Captured], place: Place, culprit: Place, how: str, span: Span
) -> Diagnostic:
    """`place` is accessed, but its part `culprit` is not mutable."""
    name = describe(tcx, body, place)
    subject = f"`{name}`" if name is not None else "value"
    capture = capture_of(body, culprit)
    if capture is not None or not culprit.projection:
        of = captured[capture].name if capture is not None else body.locals[culprit.local].name
        whose = "it" if name == of else f"`{of}`"
        out = _error(how, span, subject, f", as {whose} is not declared as mutable")
        declared = declaration(body, captured, culprit)
        assert declared is not None
        if capture is None and name == of:
            _explain_call(tcx, body, culprit.local, out)
        return out.suggest("consider changing this to be mutable", (_before(declared), "mut "))
    return _behind(tcx, body, captured, place, culprit, how, span)


def _explain_call(tcx: TyCtxt, body: Body, local: int, out: Diagnostic) -> None:
    """Why calling a closure needs it to be mutable."""
    decl = body.locals[local]
    if isinstance(decl.ty, t.Closure):
        changed = next((u.name for u in tcx.closure_info(decl.ty.def_id).upvars if u.by == "mut"), None)
        if changed is not None:
            why = f"calling `{decl.name}` requires mutable binding due to mutable borrow of `{changed}`"
            out.label(decl.span, why)


def _error(how: str, span: Span, subject: str, reason: str, label: str = "") -> Diagnostic:
    code = "E0594" if how == "assign" else "E0596"
    verb, tail = ("assign to", "") if how == "assign" else ("borrow", " as mutable")
    return error(span, f"cannot {verb} {subject}{tail}{reason}", code, label or _LABELS[how])


def _behind(
    tcx: TyCtxt, body: Body, captured: list[Captured], place: Place, culprit: Place, how: str, span: Span
) -> Diagnostic:
    """Through a shared reference, a `*const` pointer, a static, or something that has `Deref` but no `DerefMut`."""
    pointer = Place(culprit.local, culprit.projection[:-1])
    name = describe(tcx, body, place)
    if culprit.local == 1 and body.kind == "closure" and not pointer.projection:
        of = next((c.name for i, c in enumerate(captured) if c.name == name), None)
        reason = "`Fn` closures cannot mutate their captured variables"
        if of is not None:
            reason = "it is a captured variable in a `Fn` closure"
        out = _error(how, span, f"`{name}`" if name else "value", f", as {reason}")
        return out.label(body.span, "in this closure")
    if culprit.local in body.extra.get("guard_refs", ()):
        out = _error(how, span, f"`{name}`" if name else "value", ", as it is immutable for the pattern guard")
        return out.note("variables bound in patterns are immutable until the end of the pattern guard")
    source = None if pointer.projection else overloaded(tcx, body, pointer)
    if source is not None:
        return _through(tcx, source, how, span)
    ty = _ty(body, pointer)
    kind = "`*const` pointer" if isinstance(ty, t.RawPtr) else "`&` reference"
    if name is None:
        return _error(how, span, f"data in a {kind}", "")
    reason = f", which is behind a {kind}" if how == "assign" else f", as it is behind a {kind}"
    decl = body.locals[culprit.local]
    if decl.name is None or pointer.projection:
        return _error(how, span, f"`{name}`", reason)
    out = _error(how, span, f"`{name}`", reason, f"`{decl.name}` is a {kind}, so it cannot be {_ACTED_ON[how]}")
    where = _after_ampersand(tcx, body, culprit.local) if isinstance(ty, t.Ref) else None
    return out if where is None else out.suggest("consider changing this to be a mutable reference", (where, "mut "))


def _through(tcx: TyCtxt, source: Source, how: str, span: Span) -> Diagnostic:
    if source.static >= 0:
        out = _error(how, span, f"immutable {source.text}", "")
        return out.label(tcx.def_span(source.static), f"this `static` cannot be {_ACTED_ON[how]}")
    article = "" if source.text.startswith("an ") else "an " if source.trait == "IndexMut" else "a "
    out = _error(how, span, f"data in {article}{source.text}", "")
    doing = "modify indexed content" if source.trait == "IndexMut" else "modify through a dereference"
    return out.help(f"trait `{source.trait}` is required to {doing}, but it is not implemented for `{source.ty!r}`")


def _after_ampersand(tcx: TyCtxt, body: Body, local: int) -> Optional[Span]:
    """Where `mut ` would make a variable a mutable reference: in its written type, or in `&value` if it has none."""
    span = body.locals[local].span
    file = tcx.source_map.file_of(span)
    own, rest = file.text[span_lo(span) : span_hi(span)], file.text[span_hi(span) :]
    found = re.match(rb"&('\w+\s+)?", own)
    if found is not None:  # `&self`
        at = span_lo(span) + found.end()
    else:
        found = re.match(rb"\s*[:=]\s*&('\w+\s+)?(?!mut\b|&)", rest)
        if found is None:
            return None
        at = span_hi(span) + found.end()
    return mk_span(span_file(span), at, at)


def _ty(body: Body, place: Place) -> t.Ty:
    ty = body.locals[place.local].ty
    for elem in place.projection:
        ty = elem_ty(ty, elem)
    return ty


def once_more(out: Diagnostic, span: Span, declared: Span) -> None:
    """Another mutable borrow of a variable that was complained about."""
    if all(label.span != declared for label in out.labels):
        for label in out.labels:
            label.primary = False
        out.labels.append(Label(declared, "not mutable", True))
    out.label(span, "cannot borrow as mutable")


def _before(span: Span) -> Span:
    return mk_span(span_file(span), span_lo(span), span_lo(span), span_ctxt(span))
