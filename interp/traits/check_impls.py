"""Checks of one trait impl against its trait: items missing or foreign, signatures, supertraits, bounds of
associated types."""

from __future__ import annotations

from typing import Any, Iterable

from ..base.diagnostics import error
from ..base.span import Span
from ..resolve.defs import DefData
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import children, subst, subst_args
from ..ty.items import AssocItem, FnSig, ImplHeader, ProjectionPredicate, TraitPredicate, TraitRef
from ..ty.print import fn_sig_to_string
from ..ty.ty import HAS_ERROR, Args, DefId, Ty, args_flags
from .elaborate import elaborate
from .error_reporting import report_errors
from .fulfill import FulfillmentContext
from .infer import InferCtxt
from .obligation import Obligation, ObligationCause, ParamEnv, predicate_to_string, subst_predicate
from .project import assoc_value, normalize_predicate, normalize_ty

_NOUN = {"fn": "method", "type": "type", "const": "const"}
_NOT_MEMBER = {"fn": "E0407", "type": "E0437", "const": "E0438"}


def check_trait_impl(tcx: TyCtxt, data: DefData, header: ImplHeader) -> None:
    """All checks of a trait impl, but for `check_members`."""
    trait_ref = header.trait_ref
    assert trait_ref is not None
    if args_flags(trait_ref.args) & HAS_ERROR:
        return
    if not header.negative:
        _check_missing(tcx, data, trait_ref)
        _check_obligations(tcx, data, trait_ref)
    _check_safety(tcx, data, trait_ref)
    for item in tcx.associated_items(data.id):
        if item.trait_item is not None and item.kind == "fn":
            compare_method(tcx, item, item.trait_item, trait_ref)
        elif item.trait_item is not None and item.kind == "const":
            compare_const(tcx, item, item.trait_item, trait_ref)


def check_members(tcx: TyCtxt, data: DefData, trait_ref: TraitRef) -> None:
    """Every item of the impl is one of its trait, once."""
    name = tcx.def_data(trait_ref.def_id).name
    seen: dict[tuple[str, bool], Span] = {}
    for item in tcx.associated_items(data.id):
        node = tcx.def_data(item.def_id)
        key = (item.name, item.kind == "type")
        if key in seen:
            found = error(node.span, f"duplicate definitions with name `{item.name}`:", "E0201", "duplicate definition")
            tcx.diag.emit(found.label(seen[key], "previous definition here"))
        seen.setdefault(key, node.span)
        if item.kind == "fn" and item.trait_item is not None:
            _check_early_lifetimes(tcx, item)
        if item.trait_item is None and _other_kind(tcx, trait_ref.def_id, item):
            continue
        if item.trait_item is None:
            message = f"{_NOUN[item.kind]} `{item.name}` is not a member of trait `{name}`"
            label = f"not a member of trait `{name}`"
            tcx.diag.emit(error(node.span, message, _NOT_MEMBER[item.kind], label))


def _check_early_lifetimes(tcx: TyCtxt, item: AssocItem) -> None:
    """E0195: as many bounded lifetimes as the trait's method has."""
    assert item.trait_item is not None
    own, wanted = tcx.def_data(item.def_id), tcx.def_data(item.trait_item)
    if _early_lifetimes(own) != _early_lifetimes(wanted):
        message = "lifetime parameters do not match the trait definition"
        found = error(tcx.def_span(own.id), message, "E0195", "lifetimes do not match method in trait")
        tcx.diag.emit(found.label(tcx.def_span(wanted.id), "lifetimes in impl do not match this method in trait"))


def _early_lifetimes(data: DefData) -> int:
    """Lifetime parameters that have bounds."""
    generics = data.node.kind.generics
    bounded = {p.ident.name for p in generics.params if p.kind == "lifetime" and p.bounds}
    bounded |= {p.lifetime.ident.name for p in generics.where if p.lifetime is not None}
    return len(bounded & {p.ident.name for p in generics.params if p.kind == "lifetime"})


def _other_kind(tcx: TyCtxt, trait: DefId, item: AssocItem) -> bool:
    """E0323, E0324, E0325: the trait has the name as something else."""
    code, noun = {"const": ("E0323", "const"), "fn": ("E0324", "method"), "type": ("E0325", "type")}[item.kind]
    for other in tcx.associated_items(trait):
        if other.name == item.name and other.kind != item.kind:
            name = tcx.def_data(trait).name
            message = f"item `{item.name}` is an associated {noun}, which doesn't match its trait `{name}`"
            found = error(tcx.def_data(item.def_id).span, message, code, "does not match trait")
            tcx.diag.emit(found.label(tcx.def_data(other.def_id).span, "item in trait"))
            return True
    return False


def _check_missing(tcx: TyCtxt, data: DefData, trait_ref: TraitRef) -> None:
    given = {i.trait_item for i in tcx.associated_items(data.id)}
    missing = [i for i in tcx.associated_items(trait_ref.def_id) if not i.has_value and i.def_id not in given]
    if not missing:
        return
    names = "`, `".join(i.name for i in missing)
    label = f"missing `{names}` in implementation"
    found = error(_head_span(tcx, data), f"not all trait items implemented, missing: `{names}`", "E0046", label)
    for item in missing:
        found.label(tcx.def_data(item.def_id).span, f"`{item.name}` from trait")
    tcx.diag.emit(found)


def _head_span(tcx: TyCtxt, data: DefData) -> Span:
    """`impl .. for Type` without the body."""
    impl: ast.Impl = data.node.kind
    end = impl.self_ty.span
    same = end >> 48 == data.span >> 48
    return Span(data.span & ~0xFFFFFF | end & 0xFFFFFF) if same else data.span


def _check_safety(tcx: TyCtxt, data: DefData, trait_ref: TraitRef) -> None:
    impl: ast.Impl = data.node.kind
    unsafe = tcx.trait_def(trait_ref.def_id).unsafe
    name = tcx.def_data(trait_ref.def_id).name
    if impl.negative or unsafe == impl.unsafe:
        return
    if any(a.path == "may_dangle" for p in impl.generics.params for a in p.attrs):
        return
    if unsafe:
        message = f"the trait `{name}` requires an `unsafe impl` declaration"
        tcx.diag.emit(error(_head_span(tcx, data), message, "E0200"))
    else:
        tcx.diag.emit(error(_head_span(tcx, data), f"implementing the trait `{name}` is not unsafe", "E0199"))


# -- what the trait demands of its implementors -----------------------------------------------------


def _check_obligations(tcx: TyCtxt, data: DefData, trait_ref: TraitRef) -> None:
    env: ParamEnv = tcx.query("param_env", data.id)
    impl: ast.Impl = data.node.kind
    cx = InferCtxt(tcx)
    fulfill = FulfillmentContext(cx)
    own = TraitPredicate(trait_ref)
    span = impl.trait_.span if impl.trait_ is not None else data.span
    own_clauses = [p for p, _ in tcx.predicates_of(trait_ref.def_id)]
    demanded = [*tcx.query("super_predicates_of", trait_ref.def_id), *own_clauses]
    cause = ObligationCause(span, "where_clause", trait_ref.def_id)
    for pred in demanded:
        pred = subst_predicate(pred, trait_ref.args)
        if pred != own:
            _register(cx, fulfill, cause, env, pred)
    for item in tcx.associated_items(trait_ref.def_id):
        if item.kind == "type":
            _check_assoc_ty(cx, fulfill, data, env, trait_ref, item)
    report_errors(cx, fulfill.select_all_or_error())


def _register(cx: InferCtxt, fulfill: FulfillmentContext, cause: ObligationCause, env: ParamEnv, pred: Any) -> None:
    out: list[Obligation] = []
    pred = normalize_predicate(cx, cause, env, pred, 0, out)
    fulfill.register_all(out)
    fulfill.register(Obligation(cause, env, pred))


def _check_assoc_ty(
    cx: InferCtxt, fulfill: FulfillmentContext, data: DefData, env: ParamEnv, trait_ref: TraitRef, item: AssocItem
) -> None:
    """The value of an associated type has the bounds declared in the trait."""
    value = assoc_value(cx, data.id, item.def_id)
    if value is None:
        return
    tcx = cx.tcx
    node = tcx.def_data(value)
    if tcx.generics_of(value).count > tcx.generics_of(data.id).count:
        env = tcx.query("param_env", value)
    own = _own_args(tcx, value, data.id)
    args = (*trait_ref.args, *own)
    span = node.node.kind.ty.span if node.node.kind.ty is not None else node.span
    cause = ObligationCause(span, "where_clause", item.def_id)
    for pred in tcx.query("item_bounds", item.def_id):
        _register(cx, fulfill, cause, env, subst_predicate(pred, args))


def _own_args(tcx: TyCtxt, def_id: DefId, parent: DefId) -> Args:
    from ..hir.generics import identity_args

    return identity_args(tcx, def_id)[tcx.generics_of(parent).count :]


# -- methods ----------------------------------------------------------------------------------------


def compare_method(tcx: TyCtxt, item: AssocItem, trait_fn: DefId, trait_ref: TraitRef) -> None:
    """The signature of an impl's method against its trait's."""
    wanted = tcx.assoc_item(trait_fn)
    span = tcx.def_data(item.def_id).span
    name = item.name
    if item.has_self != wanted.has_self:
        code = "E0185" if item.has_self else "E0186"
        where, other = ("impl", "trait") if item.has_self else ("trait", "impl")
        has = tcx.def_data(item.def_id if item.has_self else trait_fn)
        shown = _self_param(has.node.kind.self_param)
        message = f"method `{name}` has a `{shown}` declaration in the {where}, but not in the {other}"
        label = f"`{shown}` used in impl" if item.has_self else f"expected `{shown}` in impl"
        tcx.diag.emit(error(span, message, code, label))
        return
    a, b = tcx.generics_of(item.def_id), tcx.generics_of(trait_fn)
    if not _same_generics(tcx, item, trait_fn, span):
        return
    ours, theirs = tcx.fn_sig(item.def_id), tcx.fn_sig(trait_fn)
    if len(ours.inputs) != len(theirs.inputs):
        n, m = len(ours.inputs), len(theirs.inputs)
        trait = tcx.def_data(trait_ref.def_id).name
        message = (
            f"method `{name}` has {n} parameter{'' if n == 1 else 's'} but the declaration in trait "
            f"`{trait}::{name}` has {m}"
        )
        tcx.diag.emit(error(span, message, "E0050", f"expected {m} parameter{'' if m == 1 else 's'}, found {n}"))
        return
    assert a.count - a.parent_count == b.count - b.parent_count
    _compare_types(tcx, item, trait_fn, trait_ref, ours, theirs)


def compare_const(tcx: TyCtxt, item: AssocItem, trait_const: DefId, trait_ref: TraitRef) -> None:
    """E0326: a constant has the type that the trait says."""
    cx = InferCtxt(tcx)
    env = tcx.query("param_env", item.def_id)
    data = tcx.def_data(item.def_id)
    cause = ObligationCause(data.span)
    out: list[Obligation] = []
    wanted = normalize_ty(cx, cause, env, subst(tcx.type_of(trait_const), trait_ref.args), 0, out)
    have = normalize_ty(cx, cause, env, tcx.type_of(item.def_id), 0, out)
    if cx.eq(wanted, have) or (wanted.flags | have.flags) & HAS_ERROR or data.node.kind.ty is None:
        return
    label = f"expected `{wanted}`, found `{have}`"
    message = f"implemented const `{item.name}` has an incompatible type for trait"
    found = error(data.node.kind.ty.span, message, "E0326", label)
    there = tcx.def_data(trait_const).node.kind.ty
    if there is not None:
        found.span_note(there.span, "type in trait")
    tcx.diag.emit(found)


def _self_param(node: ast.SelfParam) -> str:
    if node.by_ref:
        return "&mut self" if node.mutbl else "&self"
    return "self"


def _same_generics(tcx: TyCtxt, item: AssocItem, trait_fn: DefId, span: Span) -> bool:
    a, b = tcx.generics_of(item.def_id), tcx.generics_of(trait_fn)
    for kind, noun in (("type", "type parameter"), ("const", "const parameter")):
        n = sum(p.kind == kind for p in a.params[a.parent_count :])
        m = sum(p.kind == kind for p in b.params[b.parent_count :])
        if n != m:
            descr = "method" if item.has_self else "associated function"
            message = (
                f"{descr} `{item.name}` has {n} {noun}{'' if n == 1 else 's'} but its trait declaration has {m} "
                f"{noun}{'' if m == 1 else 's'}"
            )
            tcx.diag.emit(error(span, message, "E0049", f"found {n} {noun}{'' if n == 1 else 's'}"))
            return False
    return True


def _compare_types(
    tcx: TyCtxt, item: AssocItem, trait_fn: DefId, trait_ref: TraitRef, ours: FnSig, theirs: FnSig
) -> None:
    impl = item.container
    args = (*trait_ref.args, *_own_args(tcx, item.def_id, impl))
    env = _method_env(tcx, item, trait_fn, args)
    cx = InferCtxt(tcx)
    cause = ObligationCause(tcx.def_data(item.def_id).span)
    out: list[Obligation] = []

    def normal(tys: Iterable[Ty]) -> tuple[Ty, ...]:
        return tuple(normalize_ty(cx, cause, env, ty, 0, out) for ty in tys)

    expected = normal(subst(ty, args) for ty in (*theirs.inputs, theirs.output))
    found = normal((*ours.inputs, ours.output))
    for i, (want, have) in enumerate(zip(expected, found)):
        if not cx.eq(want, have) and not (want.flags | have.flags) & HAS_ERROR:
            _incompatible(tcx, item, i, expected, found)
            return
    if (ours.unsafe and not theirs.unsafe) or ours.abi != theirs.abi:
        _incompatible(tcx, item, len(expected) - 1, expected, found)
        return
    fulfill = FulfillmentContext(cx)
    fulfill.register_all(out)
    if not fulfill.select_where_possible():
        _check_stricter(tcx, cx, item, trait_fn, env)


def _method_env(tcx: TyCtxt, item: AssocItem, trait_fn: DefId, args: Args) -> ParamEnv:
    """What the impl and the trait's method allow to assume."""
    from .param_env import env_of_predicates

    trait = tcx.assoc_item(trait_fn).container
    whole = tcx.predicates_of(trait_fn)
    own = whole[len(tcx.predicates_of(trait)) :]
    preds = [p for p, _ in tcx.predicates_of(item.container)] + [subst_predicate(p, args) for p, _ in own]
    return env_of_predicates(tcx, preds)


def _incompatible(tcx: TyCtxt, item: AssocItem, index: int, expected: tuple[Ty, ...], found: tuple[Ty, ...]) -> None:
    func: ast.Fn = tcx.def_data(item.def_id).node.kind
    span = _type_span(func, index, len(expected) - 1) or tcx.def_data(item.def_id).span
    label = f"expected `{expected[index]}`, found `{found[index]}`"
    diagnostic = error(span, f"method `{item.name}` has an incompatible type for trait", "E0053", label)
    wanted = fn_sig_to_string(expected[:-1], expected[-1])
    diagnostic.note(f"expected signature `{wanted}`\n   found signature `{fn_sig_to_string(found[:-1], found[-1])}`")
    tcx.diag.emit(diagnostic)


def _type_span(func: ast.Fn, index: int, last: int) -> Span | None:
    if index == last:
        return func.output.span if func.output is not None else None
    if func.self_param is not None:
        if index == 0:
            return func.self_param.span
        index -= 1
    return func.params[index].ty.span


def _check_stricter(tcx: TyCtxt, cx: InferCtxt, item: AssocItem, trait_fn: DefId, env: ParamEnv) -> None:
    """E0276: what the impl's method demands must follow from what the trait's does."""
    own = tcx.predicates_of(item.def_id)[len(tcx.predicates_of(item.container)) :]
    known = set(elaborate(tcx, env.bounds))
    for pred, at in own:
        span = Span(at)
        if pred in known or not isinstance(pred, (TraitPredicate, ProjectionPredicate)):
            continue
        goal = normalize_predicate(cx, ObligationCause(span), env, pred, 0, [])
        if cx.evaluate(Obligation(ObligationCause(span), env, goal)) >= 2:
            label = f"impl has extra requirement `{predicate_to_string(pred)}`"
            tcx.diag.emit(error(span, "impl has stricter requirements than trait", "E0276", label))
            return


def unconstrained_params(tcx: TyCtxt, data: DefData, header: ImplHeader) -> list[tuple[str, str, DefId]]:
    """E0207: parameters of an impl that neither its header nor its projections determine."""
    found: set[int] = set()
    _collect_params(header.self_ty, found)
    for arg in header.trait_ref.args if header.trait_ref is not None else ():
        _collect_params(arg, found)
    add_constrained(tcx, data, found)
    params = tcx.generics_of(data.id).params
    return [(p.kind, p.name, p.def_id) for p in params if p.index not in found]


def add_constrained(tcx: TyCtxt, data: DefData, found: set[int]) -> None:
    """Adds to the parameters `found` those that projections of them determine: `T` in `F: Fn() -> T`."""
    preds = [p for p, _ in tcx.predicates_of(data.id) if isinstance(p, ProjectionPredicate)]
    before = -1
    while len(found) != before:
        before = len(found)
        for pred in preds:
            needed: set[int] = set()
            for arg in pred.args:
                _collect_params(arg, needed, True)
            if needed <= found:
                _collect_params(pred.term, found)


def _collect_params(arg: Any, found: set[int], inside_alias: bool = False) -> None:

    if isinstance(arg, (t.Param, t.ConstParam)):
        found.add(arg.index)
    elif arg.flags & t.HAS_PARAM and (inside_alias or not isinstance(arg, t.Alias)):
        for part in children(arg) if isinstance(arg, Ty) else getattr(arg, "args", ()):
            _collect_params(part, found, inside_alias)


__all__ = ["add_constrained", "check_trait_impl", "compare_method", "subst_args", "unconstrained_params"]
