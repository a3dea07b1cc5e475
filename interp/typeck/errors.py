"""Reports of the type checker that several modules share: mismatches, missing annotations, unmet bounds.

Invariant: nothing is reported about a type that holds an error; that was reported before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.span import DUMMY_SP, Span
from ..hir import hir
from ..traits.fulfill import FulfillmentError
from ..traits.obligation import ObligationCause
from ..ty import ty as t
from ..ty.items import ProjectionPredicate, TraitPredicate
from ..ty.ty import Ty

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


def has_error(fcx: FnCtxt, *tys: Ty) -> bool:
    if any(fcx.resolve(ty).flags & t.HAS_ERROR for ty in tys):
        fcx.tainted = True
        return True
    return False


def describe(fcx: FnCtxt, ty: Ty) -> str:
    """A type in a label: `expected `u32`, found struct `Foo``."""
    ty = fcx.resolve(ty)
    kind = type(ty)
    if ty is t.UNIT:
        return "`()`"
    if kind is t.Infer:
        return {"int": "integer", "float": "floating-point number"}.get(ty.kind, "`_`")  # type: ignore[attr-defined]
    prefix = {
        t.Closure: "closure", t.FnDef: "fn item", t.FnPtr: "fn pointer", t.Param: "type parameter",
        t.Alias: "associated type", t.Opaque: "opaque type",
    }.get(kind, "")  # fmt: skip
    if kind is t.Closure:
        return "closure"
    return f"{prefix} `{fcx.show(ty)}`" if prefix else f"`{fcx.show(ty)}`"


def report_mismatch(
    fcx: FnCtxt, span: Span, expected: Ty, found: Ty, expr: Any = None, what: str = ""
) -> Optional[Diagnostic]:
    if has_error(fcx, expected, found):
        return None
    label = f"expected {describe(fcx, expected)}, found {describe(fcx, found)}"
    if what == "let-else":
        diagnostic = fcx.error(span, "`else` clause of `let...else` does not diverge", "E0308", "expected `!`, found `()`")
        return diagnostic
    diagnostic = fcx.error(span, "mismatched types", "E0308", label)
    note_types(fcx, diagnostic, expected, found)
    from .suggestions import suggest_for_mismatch

    suggest_for_mismatch(fcx, diagnostic, expected, found, expr)
    return diagnostic


def note_types(fcx: FnCtxt, diagnostic: Diagnostic, expected: Ty, found: Ty) -> None:
    """Rustc adds the two types at length where the label does not say all."""
    a, b = fcx.resolve(expected), fcx.resolve(found)
    simple = (t.Int, t.Float, t.Bool, t.Char, t.Infer, t.Never)
    if type(a) in simple or type(b) in simple or a is t.UNIT or b is t.UNIT:
        return
    if isinstance(a, t.Adt) and not a.args and isinstance(b, t.Adt) and not b.args:
        return
    kinds = {
        t.Ref: "reference", t.Closure: "closure", t.FnDef: "fn item", t.FnPtr: "fn pointer", t.Tuple: "tuple",
        t.Array: "array", t.Slice: "slice", t.RawPtr: "raw pointer", t.Param: "type parameter",
        t.Alias: "associated type",
    }  # fmt: skip

    def name(ty: Ty) -> str:
        if isinstance(ty, t.Adt):
            return fcx.tcx.adt_def(ty.def_id).kind
        return kinds.get(type(ty), "type")

    diagnostic.note(f"expected {name(a)} `{fcx.show(a)}`\n   found {name(b)} `{fcx.show(b)}`")


def report_pat_mismatch(fcx: FnCtxt, span: Span, expected: Ty, found: Ty) -> None:
    report_mismatch(fcx, span, expected, found)


def report_arm_mismatch(
    fcx: FnCtxt, what: str, before: list[Any], expr: Any, expected: Ty, found: Ty, span: Optional[Span]
) -> None:
    if has_error(fcx, expected, found):
        return
    at = tail_span(expr) if span is None else span
    if what == "if" and before:
        label = f"expected {describe(fcx, expected)}, found {describe(fcx, found)}"
        diagnostic = fcx.error(at, "`if` and `else` have incompatible types", "E0308", label)
        diagnostic.label(tail_span(before[0]), "expected because of this")
    elif what == "match" and before:
        label = f"expected {describe(fcx, expected)}, found {describe(fcx, found)}"
        diagnostic = fcx.error(at, "`match` arms have incompatible types", "E0308", label)
        shown = fcx.show(expected)
        diagnostic.label(tail_span(before[-1]), f"this is found to be of type `{shown}`")
    else:
        report_mismatch(fcx, at, expected, found, expr, what)


def tail_span(expr: Any) -> Span:
    while type(expr) is hir.Block and expr.expr is not None:
        expr = expr.expr
    return expr.span  # type: ignore[no-any-return]


def report_missing_value(fcx: FnCtxt, block: hir.Block, expected: Ty) -> None:
    if has_error(fcx, expected):
        return
    shown = fcx.show(expected)
    diagnostic = fcx.error(block.span, "mismatched types", "E0308", f"expected `{shown}`, found `()`")
    last = block.stmts[-1] if block.stmts else None
    if type(last) is hir.ExprStmt and last.semi:
        ty = fcx.tables.node_tys[last.expr.id]
        if ty is not None and fcx.infcx.can_eq(ty, expected):
            diagnostic.help("remove this semicolon to return this value")


def report_needs_annotation(fcx: FnCtxt, ty: Ty, span: Span) -> None:
    """E0282, with the name of what needs it if a variable of a `let` does."""
    if has_error(fcx, ty):
        return
    for var, local in fcx.tables.locals.items():
        resolved = fcx.resolve(local)
        if resolved.flags & t.HAS_INFER and occurs(fcx, ty, resolved):
            name, at = binding_of(fcx, var)
            if name:
                shown = "" if type(resolved) is t.Infer else f": {fcx.show(resolved)}"
                found = fcx.error(at, "type annotations needed" + (f" for `{fcx.show(resolved)}`" if shown else ""), "E0282")
                found.help(f"consider giving `{name}` an explicit type")
                return
    origin = fcx.infcx.origin(ty) if type(ty) is t.Infer else None
    label = "cannot infer type"
    if origin is not None and origin.name and origin.def_id is not None:
        data = fcx.tcx.def_data(origin.def_id)
        owner = fcx.tcx.def_data(data.parent) if data.parent is not None and data.kind == "ty_param" else None
        label = f"cannot infer type of the type parameter `{origin.name}`"
        if owner is not None and owner.kind in ("fn", "assoc_fn", "struct", "enum"):
            what = {"fn": "function", "assoc_fn": "method"}.get(owner.kind, owner.kind)
            label += f" declared on the {what} `{owner.name}`"
    fcx.error(span, "type annotations needed", "E0282", label)


def occurs(fcx: FnCtxt, var: Ty, ty: Ty) -> bool:
    from ..traits.relate import collect_vars

    found: list[int] = []
    collect_vars(fcx.infcx, ty, found)
    root = fcx.infcx.sub_root(var)
    return root in found


def binding_of(fcx: FnCtxt, var: int) -> tuple[str, Span]:
    from .upvars_mentioned import walk

    found: list[tuple[str, Span]] = []

    def visit(node: Any) -> None:
        if type(node) is hir.PatBinding and node.id == var:
            found.append((node.name, node.span))

    walk([p.pat for p in fcx.body.params], visit)
    walk(fcx.body.value, visit)
    return found[0] if found else ("", DUMMY_SP)


# -- obligations --------------------------------------------------------------------------------------


def report_fulfillment(fcx: FnCtxt, errors: list[FulfillmentError]) -> None:
    for failure in errors:
        if failure.kind == "ambiguity" and fcx.tainted:
            continue
        predicate = fcx.infcx.resolve_predicate(failure.obligation.predicate)
        if predicate_has_error(predicate):
            fcx.tainted = True
            continue
        fcx.tainted = True
        report_one(fcx, failure, predicate)


def predicate_has_error(predicate: Any) -> bool:
    from ..traits.obligation import predicate_flags

    return bool(predicate_flags(predicate) & t.HAS_ERROR)


def report_one(fcx: FnCtxt, failure: FulfillmentError, predicate: Any) -> None:
    try:
        from ..traits.error_reporting import report_errors
    except ImportError:
        report_plain(fcx, failure, predicate)
        return
    report_errors(fcx.infcx, [failure])


def report_plain(fcx: FnCtxt, failure: FulfillmentError, predicate: Any) -> None:
    cause: ObligationCause = failure.root.cause
    if type(predicate) is TraitPredicate:
        trait_ref = predicate.trait_ref
        name = fcx.tcx.def_data(trait_ref.def_id).name
        self_ty = str(trait_ref.args[0])
        if failure.kind == "ambiguity":
            fcx.emit(error(cause.span, "type annotations needed", "E0283", f"cannot satisfy `{self_ty}: {name}`"))
        else:
            message = f"the trait bound `{self_ty}: {name}` is not satisfied"
            fcx.emit(error(cause.span, message, "E0277", f"the trait `{name}` is not implemented for `{self_ty}`"))
    elif type(predicate) is ProjectionPredicate:
        fcx.emit(error(cause.span, f"type mismatch resolving `{predicate}`", "E0271"))
    else:
        fcx.emit(error(cause.span, f"unsatisfied: {predicate}", "E0277"))
