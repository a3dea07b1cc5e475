"""Reports of the type checker that several modules share: mismatches, missing annotations, unmet bounds.

Invariant: nothing is reported about a type that holds an error; that was reported before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import Diagnostic
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
    label = mismatch_label(fcx, expected, found)
    if what == "let-else":
        return fcx.error(
            span, "`else` clause of `let...else` does not diverge", "E0308", "expected `!`, found `()`"
        )
    diagnostic = fcx.error(span, "mismatched types", "E0308", label)
    due_to = None if expr is None else fcx.due_to.get(expr.id)
    if due_to is not None:
        diagnostic.label(due_to, "expected due to this")
    note_types(fcx, diagnostic, expected, found)
    from .suggestions import suggest_for_mismatch

    suggest_for_mismatch(fcx, diagnostic, expected, found, expr)
    return diagnostic


def mismatch_label(fcx: FnCtxt, expected: Ty, found: Ty) -> str:
    a, b = fcx.resolve(expected), fcx.resolve(found)
    if isinstance(a, t.Array) and isinstance(b, t.Array) and a.elem is b.elem:
        if isinstance(a.len, t.ConstValue) and isinstance(b.len, t.ConstValue):
            return f"expected an array with a size of {a.len.value}, found one with a size of {b.len.value}"
    return f"expected {describe(fcx, expected)}, found {describe(fcx, found)}"


def report_arguments(fcx: FnCtxt, call: Any, failed: list[tuple[Any, Ty, Ty]]) -> None:
    """Arguments that do not fit: (argument, expected, found)."""
    failed = [(arg, a, b) for arg, a, b in failed if not has_error(fcx, a, b)]
    if len(failed) == 1:
        arg, expected, found = failed[0]
        report_mismatch(fcx, arg.span, expected, found, arg, "argument")
    elif failed:
        method = type(call) is hir.MethodCall
        span = call.segment.span if method else call.func.span
        what = "method" if method else "function"
        diagnostic = fcx.error(span, f"arguments to this {what} are incorrect", "E0308")
        for arg, expected, found in failed:
            diagnostic.label(arg.span, mismatch_label(fcx, expected, found))


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


def report_needs_annotation(fcx: FnCtxt, ty: Ty, span: Span, code: str = "E0282") -> Optional[Diagnostic]:
    """E0282 or E0283, with the name of what needs it if a variable of a `let` does."""
    if has_error(fcx, ty):
        return None
    for var, local in fcx.tables.locals.items():
        resolved = fcx.resolve(local)
        if resolved.flags & t.HAS_INFER and occurs(fcx, ty, resolved):
            name, at = binding_of(fcx, var)
            if name:
                of = "" if type(resolved) is t.Infer else f" for `{fcx.show(resolved)}`"
                found = fcx.error(at, f"type annotations needed{of}", code)
                return found.help(f"consider giving `{name}` an explicit type")
    origin = fcx.infcx.origin(ty) if type(ty) is t.Infer else None
    return fcx.error(span, "type annotations needed", code, variable_label(fcx, origin))


def variable_label(fcx: FnCtxt, origin: Any) -> str:
    label = "cannot infer type"
    if origin is None or not origin.name or origin.def_id is None:
        return label
    data = fcx.tcx.def_data(origin.def_id)
    owner = fcx.tcx.def_data(data.parent) if data.parent is not None and data.kind == "ty_param" else None
    label = f"cannot infer type of the type parameter `{origin.name}`"
    if owner is not None and owner.kind in ("fn", "assoc_fn", "struct", "enum"):
        what = {"fn": "function", "assoc_fn": "method"}.get(owner.kind, owner.kind)
        label += f" declared on the {what} `{owner.name}`"
    return label


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
    from ..traits.error_reporting import report_errors

    if failure.kind == "ambiguity":
        if report_ambiguity(fcx, failure, predicate):
            return
    else:
        point_at_argument(fcx, failure.root.cause, failure.root.predicate)
    report_errors(fcx.infcx, [failure])


def report_ambiguity(fcx: FnCtxt, failure: FulfillmentError, predicate: Any) -> bool:
    if type(predicate) is not TraitPredicate or type(predicate.trait_ref.args[0]) is not t.Infer:
        return False
    if report_self_unknown(fcx, failure, predicate):
        return True
    code = "E0282" if predicate.trait_ref.def_id == fcx.tcx.lang_items.get("sized") else "E0283"
    found = report_needs_annotation(fcx, predicate.trait_ref.args[0], failure.root.cause.span, code)
    if found is not None and code == "E0283":
        name = fcx.tcx.def_data(predicate.trait_ref.def_id).name
        found.note(f"cannot satisfy `_: {name}`")
    return True


def report_self_unknown(fcx: FnCtxt, failure: FulfillmentError, predicate: TraitPredicate) -> bool:
    """E0790: `Trait::item` with nothing that says whose."""
    self_ty: Any = predicate.trait_ref.args[0]
    cause = failure.root.cause
    item = fcx.tcx.def_data(cause.def_id) if cause.def_id is not None else None
    if fcx.infcx.origin(self_ty).name != "Self" or item is None or item.parent != predicate.trait_ref.def_id:
        return False
    called, label = "call associated function", "call associated function of trait"
    if item.kind == "assoc_const":
        called, label = "refer to the associated constant", "refer to the associated constant of trait"
    message = f"cannot {called} on trait without specifying the corresponding `impl` type"
    found = fcx.error(cause.span, message, "E0790", f"cannot {label}")
    found.label(item.span, f"`{fcx.tcx.def_data(item.parent).name}::{item.name}` defined here")
    found.help(f"use the fully-qualified path to an implementation: `<Type as Trait>::{item.name}`")
    return True


def point_at_argument(fcx: FnCtxt, cause: ObligationCause, predicate: Any) -> None:
    """A bound of a called function is about one argument: the error is shown there."""
    call = fcx.calls.get(cause.span) if cause.code == "where_clause" else None
    if call is None or call[0] != cause.def_id:
        return
    bound = generic_bound(fcx, cause, predicate)
    if bound is None:
        return
    mentioned: set[int] = set()
    collect_params(bound, mentioned)
    inputs = fcx.tcx.fn_sig(call[0]).inputs
    at: list[Span] = []
    for ty, arg in zip(inputs, call[1]):
        inside: set[int] = set()
        collect_params(ty, inside)
        if inside & mentioned:
            at.append(arg.span)
    if len(at) == 1:
        cause.span, cause.call_span = at[0], cause.span


def generic_bound(fcx: FnCtxt, cause: ObligationCause, wanted: Any) -> Optional[Ty]:
    """The subject of the where clause as the function's author wrote it."""
    predicates: list[tuple[Any, int]] = fcx.tcx.predicates_of(cause.def_id)  # type: ignore[arg-type]
    for found, span in predicates:
        if span != cause.bound_span or type(found) is not type(wanted):
            continue
        if isinstance(found, TraitPredicate) and found.trait_ref.def_id == wanted.trait_ref.def_id:
            return found.trait_ref.args[0]  # type: ignore[return-value]
        if isinstance(found, ProjectionPredicate) and found.def_id == wanted.def_id:
            return found.args[0]  # type: ignore[return-value]
    return None


def collect_params(ty: Ty, into: set[int]) -> None:
    from ..ty.fold import walk

    walk(ty, lambda part: into.add(part.index) if type(part) is t.Param else None)
