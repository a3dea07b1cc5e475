"""Reports of what could not be proved: E0277, E0271, E0275, E0282, E0283, E0525, E0593, E0631, in rustc's words.

A trait may say itself how its absence is told (`#[diagnostic::on_unimplemented(message, label, note)]`); the
library's traits have their texts in `on_unimplemented.py`.  Nested failures end in notes "required for ..".
To add a kind of failure: a function in `_REPORT`.
"""

from __future__ import annotations

from typing import Any, Callable

from ..base.diagnostics import Child, Diagnostic, Label, error
from ..base.span import Span, span_hi
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.ty import HAS_ERROR, DefId, Ty
from .builtin import KIND_RANK, fn_trait_kind
from .confirm import callable_sig
from .elaborate import elaborate
from .fulfill import FulfillmentError
from .infer import InferCtxt
from .names import show_trait, trait_path
from .obligation import Obligation, ObligationCause, predicate_flags, predicate_to_string
from .on_unimplemented import texts

DERIVABLE = frozenset(("Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"))


def report_errors(cx: InferCtxt, errors: list[FulfillmentError]) -> None:
    for failure in errors:
        if _is_implied(cx, failure):
            continue
        diagnostic = describe(cx, failure)
        if diagnostic is not None:
            cx.tcx.diag.emit(diagnostic)


def _is_implied(cx: InferCtxt, failure: FulfillmentError) -> bool:
    """Whether a failure reported before at the same place says it already (`T: Fn()` says `T: FnOnce()`)."""
    pred = cx.resolve_predicate(failure.obligation.predicate)
    if failure.kind != "unimplemented" or not isinstance(pred, TraitPredicate):
        return False
    span = failure.root.cause.span
    if (span, pred) in cx.reported:
        return True
    cx.reported.update((span, p) for p in elaborate(cx.tcx, [pred]))
    return False


def _main_trait_ref(cx: InferCtxt, failure: FulfillmentError, leaf: TraitRef) -> TraitRef:
    """Of the requirement and what it came down to, the one to speak of: `X: IntoIterator`, not `X: Iterator`."""
    root = cx.resolve_predicate(failure.root.predicate)
    if not isinstance(root, TraitPredicate) or root.trait_ref.def_id in (leaf.def_id, cx.tcx.lang_item("unsize")):
        return leaf
    peeled = root.trait_ref.args[0]
    while type(peeled) is t.Ref:
        peeled = peeled.ty
    return root.trait_ref if leaf.args[0] in (peeled, root.trait_ref.args[0]) else leaf


def describe(cx: InferCtxt, failure: FulfillmentError) -> Diagnostic | None:
    """The diagnostic for one failure; None if an earlier error is to blame."""
    pred = cx.resolve_predicate(failure.obligation.predicate)
    if predicate_flags(pred) & HAS_ERROR:
        return None
    diagnostic: Diagnostic | None = _REPORT[failure.kind](cx, failure, pred)
    if diagnostic is not None and failure.kind != "ambiguity":
        _add_causes(cx, failure, diagnostic)
    return diagnostic


# -- E0277 ------------------------------------------------------------------------------------------


def _unimplemented(cx: InferCtxt, failure: FulfillmentError, pred: Any) -> Diagnostic | None:
    if not isinstance(pred, TraitPredicate):
        text = f"the requirement `{predicate_to_string(pred)}` is not satisfied"
        return error(failure.root.cause.span, text, "E0277")
    leaf = pred.trait_ref
    kind = fn_trait_kind(cx.tcx, leaf.def_id)
    if kind is not None and type(leaf.args[0]) in (t.Closure, t.FnDef, t.FnPtr):
        return _callable_mismatch(cx, failure, leaf, kind)
    main = _main_trait_ref(cx, failure, leaf)
    return try_error(cx, failure, leaf) or unimplemented_error(cx, failure.root.cause.span, main, leaf)


def unimplemented_error(cx: InferCtxt, span: Any, main: TraitRef, leaf: TraitRef) -> Diagnostic:
    """E0277 for the trait reference `main`, because of `leaf`; without causes."""
    message, label, notes = texts(cx.tcx, main)
    shown, self_ty = show_trait(cx.tcx, leaf), leaf.args[0]
    name = trait_path(cx.tcx, leaf.def_id) if shown.isalnum() else shown
    missing = f"the trait `{name}` is not implemented for `{self_ty}`"
    if not label:
        own = isinstance(self_ty, t.Adt) and cx.tcx.def_data(self_ty.def_id).krate not in ("core", "alloc", "std")
        label = "unsatisfied trait bound" if own and shown not in DERIVABLE else missing
    text = message or f"the trait bound `{main.args[0]}: {show_trait(cx.tcx, main)}` is not satisfied"
    diagnostic = error(span, text, "E0277", label)
    if label != missing:
        diagnostic.help(missing)
    for note in notes:
        diagnostic.note(note)
    return diagnostic


def _callable_mismatch(cx: InferCtxt, failure: FulfillmentError, trait_ref: TraitRef, wanted: str) -> Diagnostic:
    """A closure or function of another kind or with other arguments."""
    ty: Any = trait_ref.args[0]
    span = failure.root.cause.span
    if type(ty) is t.Closure:
        kind = cx.closure_kind(ty.def_id)
        if kind is not None and KIND_RANK[kind] > KIND_RANK[wanted]:
            return _closure_kind_error(cx, ty, kind, wanted, span)
    what = "closure" if type(ty) is t.Closure else "function"
    inputs, _ = callable_sig(cx.selcx, ty)
    expected: Any = cx.shallow_resolve(trait_ref.args[1])  # type: ignore[arg-type]
    if type(expected) is t.Tuple and len(expected.tys) != len(inputs):
        a, b = _arguments(len(expected.tys)), _arguments(len(inputs))
        message = f"{what} is expected to take {a}, but it takes {b}"
        found = error(span, message, "E0593", f"expected {what} that takes {a}")
        if type(ty) is t.Closure:
            found.label(cx.tcx.def_data(ty.def_id).span, f"takes {b}")
        return found
    if type(expected) is not t.Tuple or (type(ty) is t.FnDef and cx.tcx.fn_sig(ty.def_id).unsafe):
        shown = show_trait(cx.tcx, trait_ref)
        tail = f"`{shown}` closure, found `{ty}`"
        return error(span, f"expected a {tail}", "E0277", f"expected an {tail}")
    found = error(span, f"type mismatch in {what} arguments", "E0631", "expected due to this")
    actual = ", ".join(str(cx.resolve(i)) for i in inputs)
    return found.note(
        f"expected {what} signature `fn({', '.join(map(str, expected.tys))}) -> _`\n"
        f"   found {what} signature `fn({actual}) -> _`"
    )


def try_error(cx: InferCtxt, failure: FulfillmentError, leaf: TraitRef) -> Diagnostic | None:
    """What `?` says if it cannot return the error."""
    root = cx.resolve_predicate(failure.root.predicate)
    if not isinstance(root, TraitPredicate) or cx.tcx.def_data(root.trait_ref.def_id).name != "FromResidual":
        return None
    span = failure.root.cause.span
    at = Span(span & ~(0xFFFFFF << 24) | (span_hi(span) - 1) << 24)
    if cx.tcx.def_data(leaf.def_id).name == "From":
        text = f"`?` couldn't convert the error to `{leaf.args[0]}`"
        label = f"the trait `{show_trait(cx.tcx, leaf)}` is not implemented for `{leaf.args[0]}`"
        return error(at, text, "E0277", label)
    returns, residual = (_adt_name(cx, a) for a in root.trait_ref.args[:2])
    if returns in ("Option", "Result"):
        if returns == residual:
            return None
        text = (
            f"the `?` operator can only be used on `{returns}`s, not `{residual}`s, in a function that returns "
            f"`{returns}`"
        )
        label = f"use `.ok_or(...)?` to provide an error compatible with `{root.trait_ref.args[0]}`"
        if returns == "Option":
            label = f"use `.ok()?` if you want to discard the `{root.trait_ref.args[1]}` error information"
        return error(at, text, "E0277", label)
    text = (
        "the `?` operator can only be used in a function that returns `Result` or `Option` (or another type that "
        "implements `FromResidual`)"
    )
    label = f"cannot use the `?` operator in a function that returns `{root.trait_ref.args[0]}`"
    return error(at, text, "E0277", label)


def _adt_name(cx: InferCtxt, ty: Any) -> str:
    return cx.tcx.def_data(ty.def_id).name if isinstance(ty, t.Adt) else ""


def _arguments(count: int) -> str:
    return f"{count} argument{'' if count == 1 else 's'}"


def _closure_kind_error(cx: InferCtxt, ty: t.Closure, kind: str, wanted: str, span: Any) -> Diagnostic:
    message = f"expected a closure that implements the `{wanted}` trait, but this closure only implements `{kind}`"
    at = cx.tcx.def_data(ty.def_id).span
    found = error(at, message, "E0525", f"this closure implements `{kind}`, not `{wanted}`")
    return found.label(span, f"the requirement to implement `{wanted}` derives from here")


def _closure_kind(cx: InferCtxt, failure: FulfillmentError, pred: Any) -> Diagnostic:
    kind = cx.closure_kind(pred.closure.def_id) or "FnOnce"
    return _closure_kind_error(cx, pred.closure, kind, pred.kind, failure.root.cause.span)


# -- E0271, E0275 -----------------------------------------------------------------------------------


def _mismatch(cx: InferCtxt, failure: FulfillmentError, pred: Any) -> Diagnostic | None:
    expected, found = cx.resolve_arg(failure.expected), cx.resolve_arg(failure.found)
    if (expected.flags | found.flags) & HAS_ERROR:
        return None
    span = failure.root.cause.span
    label = f"expected `{expected}`, found `{found}`"
    if not isinstance(pred, ProjectionPredicate):
        return error(span, "mismatched types", "E0308", label)
    self_ty, lang = pred.args[0], cx.tcx.lang_items
    trait = cx.tcx.def_data(pred.def_id).parent
    if pred.def_id == lang.get("fn_once_output"):
        shown = _callable_name(cx, self_ty)
        message = f"expected {shown} to return `{expected}`, but it returns `{found}`"
    elif trait == lang.get("iterator"):
        message = f"expected `{self_ty}` to be an iterator that yields `{expected}`, but it yields `{found}`"
    elif pred.def_id == lang.get("future_output"):
        message = f"expected `{self_ty}` to be a future that resolves to `{expected}`, but it resolves to `{found}`"
    else:
        message = f"type mismatch resolving `{show_projection(cx, pred)} == {expected}`"
    return error(span, message, "E0271", label)


def _callable_name(cx: InferCtxt, ty: Any) -> str:
    if type(ty) is t.FnDef:
        return f"`{cx.tcx.def_data(ty.def_id).name}`"
    return f"`{ty}`"


def show_projection(cx: InferCtxt, pred: ProjectionPredicate) -> str:
    from .project import trait_ref_of

    trait_ref = trait_ref_of(cx, pred.def_id, pred.args)
    return f"<{pred.args[0]} as {show_trait(cx.tcx, trait_ref)}>::{cx.tcx.def_data(pred.def_id).name}"


def _overflow(cx: InferCtxt, failure: FulfillmentError, pred: Any) -> Diagnostic:
    shown = show_predicate(cx, cx.resolve_predicate(failure.root.predicate))
    found = error(failure.root.cause.span, f"overflow evaluating the requirement `{shown}`", "E0275")
    krate = "main"
    return found.help(
        'consider increasing the recursion limit by adding a `#![recursion_limit = "256"]` attribute to your crate '
        f"(`{krate}`)"
    )


def show_predicate(cx: InferCtxt, pred: Any) -> str:
    if isinstance(pred, TraitPredicate):
        return f"{pred.trait_ref.args[0]}: {show_trait(cx.tcx, pred.trait_ref)}"
    if isinstance(pred, ProjectionPredicate):
        return f"{show_projection(cx, pred)} == {pred.term}"
    return predicate_to_string(pred)


# -- ambiguity --------------------------------------------------------------------------------------


def _ambiguity(cx: InferCtxt, failure: FulfillmentError, pred: Any) -> Diagnostic | None:
    span = failure.root.cause.span
    if isinstance(pred, TraitPredicate):
        if pred.trait_ref.def_id == cx.tcx.lang_item("sized"):
            return error(span, "type annotations needed", "E0282", _cannot_infer(cx, pred.trait_ref.args[0]))
        found = error(span, "type annotations needed", "E0283", _cannot_infer(cx, _first_var(cx, pred)))
        return found.note(f"cannot satisfy `{show_predicate(cx, pred)}`")
    if isinstance(pred, ProjectionPredicate):
        return error(span, "type annotations needed", "E0284", _cannot_infer(cx, _first_var(cx, pred))).note(
            f"cannot satisfy `{show_predicate(cx, pred)}`"
        )
    return error(span, "type annotations needed", "E0282", "cannot infer type")


def _first_var(cx: InferCtxt, pred: Any) -> Any:
    args = pred.trait_ref.args if isinstance(pred, TraitPredicate) else pred.args
    found = [v for v in cx.unresolved_vars(args) if v >= 0]
    return t.mk_infer(cx.kinds[found[0]], found[0]) if found else None


def _cannot_infer(cx: InferCtxt, ty: Any) -> str:
    if type(ty) is not t.Infer:
        return "cannot infer type"
    origin = cx.origin(ty)
    if not origin.name or origin.def_id is None:
        return "cannot infer type"
    data = cx.tcx.def_data(origin.def_id)
    owner = cx.tcx.def_data(data.parent) if data.parent is not None and data.kind == "ty_param" else None
    label = f"cannot infer type of the type parameter `{origin.name}`"
    if owner is not None and owner.name:
        what = {"fn": "function", "assoc_fn": "method"}.get(owner.kind, owner.kind)
        label += f" declared on the {what} `{owner.name}`"
    return label


# -- causes -----------------------------------------------------------------------------------------


def _add_causes(cx: InferCtxt, failure: FulfillmentError, diagnostic: Diagnostic) -> None:
    """`required for .. to implement ..` for each impl on the way, then the bound that asked for it."""
    at: Obligation = failure.obligation
    seen: set[str] = set()
    while at.cause.parent is not None:
        parent = at.cause.parent
        pred = cx.resolve_predicate(parent.predicate)
        if at.cause.def_id is not None and isinstance(pred, TraitPredicate):
            text = f"required for `{pred.trait_ref.args[0]}` to implement `{show_trait(cx.tcx, pred.trait_ref)}`"
            if text not in seen:
                seen.add(text)
                diagnostic.note(text)
        at = parent
    cause = failure.root.cause
    if cause.def_id is not None and cause.code == "where_clause":
        _required_by(cx.tcx, diagnostic, cause, cause.def_id)
    elif cause.what:
        diagnostic.note(cause.what)


def _required_by(tcx: TyCtxt, diagnostic: Diagnostic, cause: ObligationCause, def_id: DefId) -> None:
    """Whose bound it is, shown where it is written unless that is in the library."""
    if cause.call_span:
        diagnostic.label(cause.call_span, "required by a bound introduced by this call")
    data = tcx.def_data(def_id)
    sm = tcx.source_map
    text, span = f"required by a bound in `{data.name}`", cause.bound_span
    ident = getattr(data.node, "ident", None)
    if not span or sm.file_of(span).is_library or ident is None:
        diagnostic.note(text)
        return
    labels = [Label(span, f"required by this bound in `{data.name}`", True)]
    if sm.location(ident.span)[1] != sm.location(span)[1]:
        kind = {"fn": "function", "assoc_fn": "associated function"}.get(data.kind, data.kind)
        labels.append(Label(ident.span, f"required by a bound in this {kind}"))
    diagnostic.children.append(Child("note", text, labels))


def is_unsized(ty: Ty) -> bool:
    return type(ty) in (t.Str, t.Slice, t.Dynamic)


_REPORT: dict[str, Callable[[InferCtxt, FulfillmentError, Any], Any]] = {
    "unimplemented": _unimplemented,
    "mismatch": _mismatch,
    "overflow": _overflow,
    "ambiguity": _ambiguity,
    "closure_kind": _closure_kind,
}
