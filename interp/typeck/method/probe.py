"""Method probing: which item does `receiver.name` or `Type::name` mean?

The receiver is dereferenced step by step; at each step candidates are tried by value, then by `&`, then by
`&mut`, then (for `*mut T`) as `*const T`; inherent candidates (impls, `dyn` traits, where clauses on a type
parameter) before those of traits in scope.  Each candidate is tried inside a probe: nothing is changed.
To add a source of candidates: a method of `Probe` called by `assemble`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Optional

from ...base.span import Span
from ...resolve.defs import DefId
from ...traits.elaborate import supertraits
from ...traits.fulfill import FulfillmentContext
from ...traits.impls import ImplIndex
from ...traits.obligation import Obligation, ObligationCause, subst_predicate
from ...traits.project import trait_ref_of
from ...traits.simplify import key_of
from ...ty import ty as t
from ...ty.context import TyCtxt
from ...ty.fold import subst, walk
from ...ty.items import AssocItem, TraitPredicate, TraitRef
from ...ty.ty import Args, Ty
from ..autoderef import Autoderef
from ..stability import missing_feature, unstable_error

if TYPE_CHECKING:
    from ..fn_ctxt import FnCtxt


class Candidate(NamedTuple):
    """`kind`: "impl" (inherent; `source` the impl), "object", "where", "trait" (`source` a TraitRef)."""

    kind: str
    item: AssocItem
    source: Any


class Step(NamedTuple):
    ty: Ty
    autoderefs: int
    unsize: bool


class Pick(NamedTuple):
    """`autoref`: None, "shared", "mut" or "const_ptr"; after `autoderefs` derefs; then `unsize` of an array."""

    item: AssocItem
    kind: str
    source: Any
    autoderefs: int
    autoref: Optional[str]
    unsize: bool
    self_ty: Ty


class NoMatch:
    """Why nothing was found: for the error."""

    __slots__ = ("ambiguous", "bad_ty", "private", "static", "unsatisfied")

    def __init__(self) -> None:
        self.private: Optional[AssocItem] = None
        self.static: list[Candidate] = []
        self.unsatisfied: list[Any] = []
        self.ambiguous: list[Candidate] = []
        self.bad_ty: Optional[Ty] = None


def items_by_name(tcx: TyCtxt, container: DefId) -> dict[str, list[AssocItem]]:
    memo = tcx._memo.setdefault("items_by_name", {})
    found = memo.get(container)
    if found is None:
        found = memo[container] = {}
        for item in tcx.associated_items(container):
            found.setdefault(item.name, []).append(item)
    return found


def inherent_items(tcx: TyCtxt, self_ty: Ty, name: str) -> list[Candidate]:
    """Items called `name` of the inherent impls whose self type has the head of `self_ty`."""
    key = key_of(self_ty)
    if key is None:
        return []
    version = tcx.resolver.impls_version
    memo = tcx._memo.setdefault("inherent_items", {})
    found = memo.get((key, name, version))
    if found is None:
        found = []
        for impl in ImplIndex.of(tcx).inherent_impls(self_ty, name):
            for item in items_by_name(tcx, impl).get(name, ()):
                found.append(Candidate("impl", item, impl))
        memo[key, name, tcx.resolver.impls_version] = found
    return found


def traits_with(tcx: TyCtxt, scope: Any, name: str) -> list[tuple[DefId, AssocItem]]:
    """The traits in scope that have an item of that name."""
    traits = tcx.resolver.traits_in_scope(scope, name)
    memo = tcx._memo.setdefault("traits_with", {})
    found = memo.get((traits, name))
    if found is None:
        found = memo[traits, name] = [
            (trait, item) for trait in traits for item in items_by_name(tcx, trait).get(name, ())
        ]
    return found


class Probe:
    def __init__(self, fcx: FnCtxt, span: Span, self_ty: Ty, name: str, scope: Any, method: bool) -> None:
        self.fcx = fcx
        self.span = span
        self.name = name
        self.scope = scope
        self.method = method  # `receiver.name()`, else `Type::name`
        self.inherent: list[Candidate] = []
        self.extension: list[Candidate] = []
        self.no_match = NoMatch()
        self.autoderef = Autoderef(fcx, self_ty, span, raw=False)
        self.cause = ObligationCause(span)
        self.steps = self.make_steps(self_ty) if method else [Step(fcx.shallow(self_ty), 0, False)]

    def make_steps(self, self_ty: Ty) -> list[Step]:
        steps = [Step(self.fcx.resolve(ty), count, False) for ty, count in self.autoderef.steps()]
        last = steps[-1].ty
        if type(last) is t.Infer and last.kind == "ty":
            self.no_match.bad_ty = last
            steps.pop()
        elif type(last) is t.Array:
            steps.append(Step(t.mk_slice(last.elem), steps[-1].autoderefs, True))
        return steps

    # -- candidates -------------------------------------------------------------------------------

    def assemble(self) -> None:
        for step in self.steps:
            self.assemble_step(step.ty)
        for trait, item in traits_with(self.fcx.tcx, self.scope, self.name):
            if self.usable(item):
                self.extension.append(Candidate("trait", item, trait))

    def assemble_step(self, ty: Ty) -> None:
        kind = type(ty)
        if kind is t.Dynamic:
            self.assemble_object(ty)  # type: ignore[arg-type]
        elif kind is t.Param:
            self.assemble_where(ty)
        for candidate in inherent_items(self.fcx.tcx, ty, self.name):
            if self.usable(candidate.item):
                if self.accessible(candidate.item):
                    self.inherent.append(candidate)
                else:
                    self.no_match.private = candidate.item
            else:
                self.no_match.static.append(candidate)

    def usable(self, item: AssocItem) -> bool:
        return item.has_self if self.method else item.kind != "type"

    def accessible(self, item: AssocItem) -> bool:
        tcx: Any = self.fcx.tcx
        vis = tcx.def_data(item.def_id).vis
        return vis is None or tcx.resolver.is_accessible(vis, self.scope)

    def assemble_object(self, ty: t.Dynamic) -> None:
        if ty.principal is None:
            return
        tcx = self.fcx.tcx
        for trait_ref in supertraits(tcx, TraitRef(ty.principal[0], (ty, *ty.principal[1]))):
            self.add_trait_items("object", trait_ref)

    def assemble_where(self, ty: Ty) -> None:
        for trait_refs in self.fcx.param_env.traits.values():
            for trait_ref in trait_refs:
                if trait_ref.args[0] is ty:
                    self.add_trait_items("where", trait_ref)

    def add_trait_items(self, kind: str, trait_ref: TraitRef) -> None:
        for item in items_by_name(self.fcx.tcx, trait_ref.def_id).get(self.name, ()):
            if self.usable(item):
                self.inherent.append(Candidate(kind, item, trait_ref))

    # -- choosing ---------------------------------------------------------------------------------

    def pick(self) -> Optional[Pick]:
        self.assemble()
        everything = self.inherent, self.extension
        self.inherent, self.extension = ([c for c in each if not self.unstable(c)] for each in everything)
        found = self.pick_stable()
        if found is None and not self.no_match.ambiguous and everything != (self.inherent, self.extension):
            self.inherent, self.extension = everything
            found = self.pick_stable()
            if found is not None:
                feature = missing_feature(self.fcx.tcx, found.item.def_id, self.fcx.owner)
                self.fcx.emit(unstable_error(self.span, feature))
        return found

    def unstable(self, candidate: Candidate) -> bool:
        return missing_feature(self.fcx.tcx, candidate.item.def_id, self.fcx.owner) != ""

    def pick_stable(self) -> Optional[Pick]:
        if not self.inherent and not self.extension:
            return None
        if not self.method:
            return self.pick_with(self.steps[0].ty, self.steps[0], None)
        for step in self.steps:
            if type(step.ty) is t.Error:
                continue
            found = self.pick_step(step)
            if found is not None:
                return found
        return None

    def pick_step(self, step: Step) -> Optional[Pick]:
        ty = step.ty
        if not step.unsize:
            found = self.pick_with(ty, step, None)
            if found is not None:
                if type(ty) is t.Ref:  # by value through a reference: a reborrow
                    return found._replace(autoderefs=step.autoderefs + 1, autoref="mut" if ty.mutbl else "shared")
                return found
        found = self.pick_with(t.mk_ref(ty, False), step, "shared")
        if found is None:
            found = self.pick_with(t.mk_ref(ty, True), step, "mut")
        if found is None and not step.unsize and type(ty) is t.RawPtr and ty.mutbl:
            found = self.pick_with(t.mk_ptr(ty.ty, False), step, "const_ptr")
        return found

    def pick_with(self, self_ty: Ty, step: Step, autoref: Optional[str]) -> Optional[Pick]:
        for candidates in (self.inherent, self.extension):
            if not candidates:
                continue
            applicable = [c for c in candidates if self.consider(self_ty, c)]
            if not applicable:
                continue
            chosen = applicable[0] if len(applicable) == 1 else self.winnow(applicable)
            if chosen is None:
                self.no_match.ambiguous = applicable
                return None
            kind, item, source = chosen
            if kind == "trait":
                self.fcx.tcx.resolver.used_traits.add((self.scope.module, item.container))
            return Pick(item, kind, source, step.autoderefs, autoref, step.unsize, self_ty)
        return None

    def winnow(self, applicable: list[Candidate]) -> Optional[Candidate]:
        """Several apply: fine if they are all the same trait's item, or one trait is a subtrait of all others."""
        first = applicable[0].item
        if not first.is_trait:
            return applicable[0] if all(c.item.def_id == first.def_id for c in applicable) else None
        if all(c.item.def_id == first.def_id for c in applicable):
            sources = {c.source for c in applicable}
            return applicable[0] if len(sources) == 1 else Candidate("trait", first, first.container)
        return None

    # -- trying one -------------------------------------------------------------------------------

    def quick_reject(self, self_ty: Ty, item: AssocItem) -> bool:
        if not self.method:
            return False
        wanted = self.fcx.tcx.fn_sig(item.def_id).inputs[0]
        a, b = key_of(wanted), key_of(self_ty)
        if a is None or b is None:
            return False
        if a != b:
            return True
        if type(wanted) is t.Ref:
            inner, have = key_of(wanted.ty), key_of(self.fcx.shallow(self_ty.ty))  # type: ignore[attr-defined]
            return inner is not None and have is not None and inner != have
        return False

    def consider(self, self_ty: Ty, candidate: Candidate) -> bool:
        if self.quick_reject(self_ty, candidate.item):
            return False
        return self.fcx.probe(lambda: self.try_candidate(self_ty, candidate))

    def try_candidate(self, self_ty: Ty, candidate: Candidate) -> bool:
        if candidate.kind == "impl":
            return self.try_impl(self_ty, candidate)
        if candidate.kind == "trait":
            return self.try_trait(self_ty, candidate)
        ocx = FulfillmentContext(self.fcx.infcx)
        source = candidate.source
        return self.matches(self_ty, candidate.item, source.args, source.args[0], ocx) and self.holds(candidate, ocx)

    def matches(self, self_ty: Ty, item: AssocItem, parent_args: Args, plain: Ty, ocx: FulfillmentContext) -> bool:
        """Whether the receiver type of `item` (or its Self, in a path) is `self_ty`; what that needs goes to `ocx`.

        The return type of an inherent method must be a type too: `Either<L, R>::as_deref` is none of
        `Either<i32, i32>`, whose `<i32 as Deref>::Target` does not exist."""
        fcx = self.fcx
        if not self.method:
            return fcx.infcx.eq(plain, self_ty)
        args = fcx.infcx.fresh_args_for_item(item.def_id, self.span, parent_args)
        sig = fcx.tcx.fn_sig(item.def_id)
        if not fcx.infcx.eq(self.normalized(subst(sig.inputs[0], args), ocx), self_ty):
            return False
        if not item.is_trait:
            self.normalized(subst(sig.output, args), ocx)
        return True

    def normalized(self, ty: Ty, ocx: FulfillmentContext) -> Ty:
        """`ty` without its projections; that the traits they go through are implemented is left to `ocx`."""
        if not ty.flags & t.HAS_ALIAS:
            return ty
        infcx, env = self.fcx.infcx, self.fcx.param_env

        def visit(part: Ty) -> None:
            if type(part) is t.Alias:
                args, obligations = infcx.normalize_args(self.cause, env, part.args)
                ocx.register_all(obligations)
                ocx.register(Obligation(self.cause, env, TraitPredicate(trait_ref_of(infcx, part.def_id, args))))

        walk(ty, visit)
        ty, obligations = infcx.normalize(self.cause, env, ty)
        ocx.register_all(obligations)
        return ty

    def try_impl(self, self_ty: Ty, candidate: Candidate) -> bool:
        fcx = self.fcx
        impl = candidate.source
        ocx = FulfillmentContext(fcx.infcx)
        args = fcx.infcx.fresh_args_for_item(impl, self.span)
        plain = self.normalized(subst(fcx.tcx.impl_header(impl).self_ty, args), ocx)
        if not self.matches(self_ty, candidate.item, args, plain, ocx):
            return False
        for predicate, _span in fcx.tcx.predicates_of(impl):
            predicate = subst_predicate(predicate, args)
            predicate, obligations = fcx.infcx.normalize_predicate(self.cause, fcx.param_env, predicate)
            ocx.register_all(obligations)
            ocx.register(Obligation(self.cause, fcx.param_env, predicate))
        return self.holds(candidate, ocx)

    def try_trait(self, self_ty: Ty, candidate: Candidate) -> bool:
        fcx = self.fcx
        trait = candidate.source
        ocx = FulfillmentContext(fcx.infcx)
        args = fcx.infcx.fresh_args_for_item(trait, self.span)
        if not self.matches(self_ty, candidate.item, args, args[0], ocx):  # type: ignore[arg-type]
            return False
        if self.skips_array(self_ty, candidate.item):
            return False
        predicate = TraitPredicate(TraitRef(trait, args))
        if not self.may_hold(predicate):
            self.note_unsatisfied(candidate, fcx.infcx.resolve_predicate(predicate))
            return False
        return self.holds(candidate, ocx)

    def holds(self, candidate: Candidate, ocx: FulfillmentContext) -> bool:
        """Whether nothing that was registered in `ocx` fails (it may wait for a variable)."""
        errors = ocx.select_where_possible()
        for error in errors:
            predicate = self.fcx.infcx.resolve_predicate(error.root.predicate)
            self.no_match.unsatisfied.append((candidate, predicate))
        return not errors

    def note_unsatisfied(self, candidate: Candidate, predicate: Any) -> None:
        """Why a trait's method does not apply although an impl matches: what that needs in turn."""
        fcx = self.fcx
        nested = fcx.infcx.selcx.select_nested(Obligation(self.cause, fcx.param_env, predicate))
        if not isinstance(nested, list):
            return
        for obligation in nested:
            inner = fcx.infcx.resolve_predicate(obligation.predicate)
            if not self.may_hold(inner):
                self.no_match.unsatisfied.append((candidate, inner))

    def skips_array(self, self_ty: Ty, item: AssocItem) -> bool:
        """`into_iter()` by value does not exist for arrays before edition 2021, for boxed slices before 2024."""
        since = 2021 if type(self_ty) is t.Array else 2024 if self.is_boxed_slice(self_ty) else 0
        if self.fcx.body.edition >= since:
            return False
        return item.name == "into_iter" and item.def_id == self.fcx.tcx.lang_items.get("into_iter")

    def is_boxed_slice(self, ty: Ty) -> bool:
        if type(ty) is not t.Adt or not self.fcx.tcx.adt_def(ty.def_id).is_box:
            return False
        return type(self.fcx.shallow(ty.args[0])) is t.Slice  # type: ignore[arg-type]

    def may_hold(self, predicate: Any) -> bool:
        fcx = self.fcx
        predicate = fcx.infcx.resolve_predicate(predicate)
        return fcx.infcx.predicate_may_hold(Obligation(self.cause, fcx.param_env, predicate))
