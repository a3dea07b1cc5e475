"""The impls that may apply: for a trait and a self type; inherent impls by type.

The resolver files impls by the look of their headers and loads the library as needed; here their headers are
computed once, and those whose self type has another head are left out.

Invariant: `candidates` returns a superset of the impls that unify, never less.
"""

from __future__ import annotations

from typing import Any, Optional

from ..base.diagnostics import CompileError
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import Predicate, TraitRef
from ..ty.ty import HAS_ALIAS, HAS_ERROR, DefId, Ty, args_flags
from .simplify import BLANKET_ONLY, FLOAT_NAMES, INT_NAMES, Key, key_of


class ImplData:
    """What matching needs of one impl; its where clauses are asked for when it matched."""

    __slots__ = ("_predicates", "count", "def_id", "has_alias", "negative", "self_key", "tcx", "trait_ref")

    def __init__(self, tcx: TyCtxt, def_id: DefId) -> None:
        header = tcx.impl_header(def_id)
        assert header.trait_ref is not None
        self.tcx = tcx
        self.def_id = def_id
        self.trait_ref: TraitRef = header.trait_ref
        self.negative = header.negative
        self.count = tcx.generics_of(def_id).count
        self.has_alias = bool(args_flags(header.trait_ref.args) & HAS_ALIAS)
        self.self_key = key_of(header.self_ty)
        self._predicates: Optional[list[Predicate]] = None

    @property
    def predicates(self) -> list[Predicate]:
        if self._predicates is None:
            self._predicates = [p for p, _ in self.tcx.predicates_of(self.def_id)]
        return self._predicates


class ImplIndex:
    """One a session: `ImplIndex.of(tcx)`."""

    def __init__(self, tcx: TyCtxt) -> None:
        self.tcx = tcx
        self.data: dict[DefId, Optional[ImplData]] = {}
        self._version = -1
        self._trait_memo: dict[tuple[DefId, Key], list[ImplData]] = {}
        self._inherent_memo: dict[tuple[Key, Optional[str]], list[DefId]] = {}

    @staticmethod
    def of(tcx: TyCtxt) -> ImplIndex:
        memo = tcx._memo.setdefault("impl_index", {})
        if not memo:
            memo[()] = ImplIndex(tcx)
        return memo[()]  # type: ignore[no-any-return]

    @property
    def _resolver(self) -> Any:
        return self.tcx.resolver

    def _refresh(self) -> None:
        version = self._resolver.impls_version
        if version != self._version:
            self._version = version
            self._trait_memo.clear()
            self._inherent_memo.clear()

    def impl_data(self, def_id: DefId) -> Optional[ImplData]:
        """None if it is inherent or its header has an error (which is then reported)."""
        if def_id not in self.data:
            self.data[def_id] = self._impl_data(def_id)
        return self.data[def_id]

    def _impl_data(self, def_id: DefId) -> Optional[ImplData]:
        try:
            trait_ref = self.tcx.impl_header(def_id).trait_ref
            if trait_ref is None or args_flags(trait_ref.args) & HAS_ERROR:
                return None
            return ImplData(self.tcx, def_id)
        except CompileError as failure:
            self.tcx.diag.emit_all(failure)
            return None

    def candidates(self, trait: DefId, self_ty: Ty) -> list[ImplData]:
        """Impls of `trait` that may apply to `self_ty` (shallowly resolved)."""
        if type(self_ty) is t.Infer:
            return self._for_variable(trait, self_ty)
        return self._for_key(trait, key_of(self_ty) or BLANKET_ONLY)

    def _for_key(self, trait: DefId, key: Key) -> list[ImplData]:
        if self._resolver.impls_version != self._version:
            self._refresh()
        found = self._trait_memo.get((trait, key))
        if found is None:
            found = self._collect(trait, key)
            if self._resolver.impls_version == self._version:  # loading may have found more
                self._trait_memo[trait, key] = found
            else:
                return self._for_key(trait, key)
        return found

    def _collect(self, trait: DefId, key: Optional[Key]) -> list[ImplData]:
        found = []
        for def_id in self._resolver.trait_impls(trait, key):
            impl = self.impl_data(def_id)
            if impl is not None and impl.trait_ref.def_id == trait:
                if key is None or impl.self_key is None or impl.self_key == key:
                    found.append(impl)
        return found

    def _for_variable(self, trait: DefId, var: t.Infer) -> list[ImplData]:
        if var.kind == "ty":
            return self.all_impls(trait)
        names = INT_NAMES if var.kind == "int" else FLOAT_NAMES
        return list(dict.fromkeys(impl for name in names for impl in self._for_key(trait, name)))

    def all_impls(self, trait: DefId) -> list[ImplData]:
        return self._collect(trait, None)

    def inherent_impls(self, self_ty: Ty, name: Optional[str] = None) -> list[DefId]:
        """Inherent impls whose self type has the same head as `self_ty`; with `name`, those that have such an item."""
        key = key_of(self_ty)
        if key is None:
            return []
        self._refresh()
        found = self._inherent_memo.get((key, name))
        if found is None:
            found = [d for d in self._resolver.inherent_impls(key, name) if self._has_key(d, key)]
            self._refresh()
            self._inherent_memo[key, name] = found
        return found

    def _has_key(self, def_id: DefId, key: Key) -> bool:
        try:
            return key_of(self.tcx.impl_header(def_id).self_ty) == key
        except CompileError as failure:
            self.tcx.diag.emit_all(failure)
            return False
