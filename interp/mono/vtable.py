"""Vtables: which entries a `dyn Trait`'s vtable has, in which order, and what stands there for a type.

Entries: the methods that can be called on `dyn`, of the trait itself, then of its supertraits in the order of their
first mention; then one entry for each proper supertrait: that supertrait's own vtable, for upcasting.
The order depends on the `dyn` type alone, so that caller and maker of a vtable agree.
"""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

from ..ty import ty as t
from ..ty.items import TraitPredicate, TraitRef
from ..ty.ty import Args, Ty
from .context import MonoCx
from .instance import Instance


class Method(NamedTuple):
    """`args`: those of the trait, without Self."""

    def_id: int
    args: Args


class Supertrait(NamedTuple):
    """The vtable for `dyn` of this trait (without Self)."""

    def_id: int
    args: Args


Entry = Union[Method, Supertrait]


class VtableCx:
    def __init__(self, cx: MonoCx) -> None:
        self.cx = cx
        self._entries: dict[Ty, list[Entry]] = {}
        self._index: dict[Ty, dict[Entry, int]] = {}
        self._sized_self: dict[int, bool] = {}

    def entries(self, dyn: t.Dynamic) -> list[Entry]:
        found = self._entries.get(dyn)
        if found is None:
            found = self._entries[dyn] = self._compute(dyn)
            self._index[dyn] = {e: i for i, e in enumerate(found)}
        return found

    def _compute(self, dyn: t.Dynamic) -> list[Entry]:
        if dyn.principal is None:
            return []
        traits = self.supertraits(dyn)
        methods: list[Entry] = []
        for trait, args in traits:
            for item in self.cx.tcx.associated_items(trait):
                if item.kind == "fn" and self._is_dispatchable(item.def_id, trait):
                    methods.append(Method(item.def_id, args))
        return methods + [Supertrait(trait, args) for trait, args in traits[1:]]

    def supertraits(self, dyn: t.Dynamic) -> list[tuple[int, Args]]:
        """The principal trait, then all its supertraits, each once."""
        assert dyn.principal is not None
        out: list[tuple[int, Args]] = []
        todo = [dyn.principal]
        while todo:
            trait, args = todo.pop(0)
            args = self.cx.mono_args(args, ())
            if (trait, args) in out:
                continue
            out.append((trait, args))
            for pred in self.cx.tcx.query("super_predicates_of", trait):
                if isinstance(pred, TraitPredicate) and not self.cx.tcx.trait_def(pred.trait_ref.def_id).auto:
                    ref = TraitRef(pred.trait_ref.def_id, self.cx.mono_args(pred.trait_ref.args, (dyn, *args)))
                    if ref.args[0] is dyn:
                        todo.append((ref.def_id, ref.args[1:]))
        return out

    def _is_dispatchable(self, method: int, trait: int) -> bool:
        """Callable on `dyn`: has a receiver, no type parameters of its own, no `where Self: Sized`."""
        found = self._sized_self.get(method)
        if found is None:
            item = self.cx.tcx.assoc_item(method)
            generics = self.cx.tcx.generics_of(method)
            found = item.has_self and generics.count == generics.parent_count and not self._wants_sized(method)
            self._sized_self[method] = found
        return found

    def _wants_sized(self, method: int) -> bool:
        sized = self.cx.tcx.lang_item("sized")
        for pred, _ in self.cx.tcx.predicates_of(method):
            if isinstance(pred, TraitPredicate) and pred.trait_ref.def_id == sized:
                self_ty = pred.trait_ref.args[0]
                if isinstance(self_ty, t.Param) and self_ty.index == 0:
                    return True
        return False

    def method_index(self, dyn: t.Dynamic, method: int, args: Args) -> int:
        """Where the vtable of `dyn` has this trait method (`args`: the trait's, without Self)."""
        self.entries(dyn)
        index = self._index[dyn].get(Method(method, args))
        if index is not None:
            return index
        return next(i for i, e in enumerate(self._entries[dyn]) if isinstance(e, Method) and e.def_id == method)

    def upcast_index(self, source: t.Dynamic, target: t.Dynamic) -> Optional[int]:
        """The entry that holds the target's vtable; None if it is the same vtable."""
        if target.principal is None or source.principal == target.principal:
            return None
        entries = self.entries(source)
        wanted = Supertrait(target.principal[0], self.cx.mono_args(target.principal[1], ()))
        if wanted in self._index[source]:
            return self._index[source][wanted]
        if source.principal and source.principal[0] == wanted.def_id:
            return None
        return next(i for i, e in enumerate(entries) if isinstance(e, Supertrait) and e.def_id == wanted.def_id)

    def dyn_of(self, entry: Supertrait, of: t.Dynamic) -> t.Dynamic:
        """`dyn Supertrait`, with those associated types of `of` that are the supertrait's."""
        traits = {entry.def_id}
        plain = t.mk_dynamic((t.DefId(entry.def_id), entry.args))
        traits.update(d for d, _ in self.supertraits(plain))
        kept = tuple(p for p in of.projections if self.cx.tcx.def_data(p[0]).parent in traits)
        return t.mk_dynamic((t.DefId(entry.def_id), entry.args), kept)

    def method_instance(self, ty: Ty, method: Method) -> Instance:
        """What stands in `ty`'s vtable for the method."""
        args = (ty, *method.args)
        target = self.cx.resolve(method.def_id, args)
        sig = self.cx.tcx.fn_sig(method.def_id)
        if sig.inputs and isinstance(sig.inputs[0], t.Param) and sig.inputs[0].index == 0:
            return Instance("vtable_shim", method.def_id, args)
        return self.cx.reified(target, method.def_id, args)
