"""`TyCtxt`: the one object through which floors ask for what was computed, on demand and once.

A query is a name and a key.  Its provider is registered by the floor that computes it
(`tcx.providers["fn_sig"] = ...`); a lower floor may thus ask for what a higher one computes without
importing it.  Results are memoised; a query that needs itself is a cycle (E0391).

The queries, with who provides them:

resolve/hir  hir_body(def_id) -> hir.Body           generics_of(def_id) -> Generics
             predicates_of(def_id) -> list[(Predicate, Span)], own and the parent's, incl. `T: Sized` and Self: Trait
             super_predicates_of(trait) -> list[Predicate] on Self      item_bounds(assoc_ty|opaque) -> list[Predicate]
             type_of(def_id) -> Ty (alias, field, const, static, impl self, param default, assoc type value, ADT)
             const_param_default(def_id) -> Const        fn_sig(def_id) -> FnSig (fns, methods, ctors)
             adt_def(def_id) -> AdtDef    trait_def(def_id) -> TraitDef    impl_header(def_id) -> ImplHeader
             associated_items(trait_or_impl) -> list[AssocItem]       assoc_item(def_id) -> AssocItem
             trait_impls(trait) -> TraitImpls-like index (simplified self type -> impls, and blanket ones)
             inherent_impls(simplified type key) -> list[DefId]
             traits_in_scope(module scope) -> list[DefId]    lang_item(name) -> DefId | None
traits       param_env(def_id) -> ParamEnv    normalize_erasing(param_env, ty) -> Ty  (reveals opaques)
             resolve_assoc(param_env, trait_item, args) -> the impl source, for mono
             needs_drop(param_env, ty) -> bool      is_copy(param_env, ty) -> bool     is_sized(param_env, ty) -> bool
typeck       typeck(def_id) -> thir.TypeckResults (owner: fn, const, static, anon const)
             closure_info(def_id) -> ClosureInfo    opaque_type(def_id) -> Ty (hidden type, generic)
mir_build    mir_built(def_id) -> Body     mir_of(def_id) -> Body (drops elaborated, ready for mono)
code         eval_const(Const) -> Const (ConstUnevaluated -> ConstValue)     layout_of(ty) -> Layout
"""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..base.diagnostics import CompileError, DiagCtxt, Unsupported, error
from ..base.span import DUMMY_SP, SourceMap, Span
from ..resolve.defs import DefData, Definitions
from . import items
from .ty import DefId, Ty

_RUNNING = object()
_BODIES = frozenset(("hir_body", "typeck", "mir_built", "mir_of"))  # what recurses over a body of the program


class TyCtxt:
    """Session-wide state of the front end."""

    def __init__(self, source_map: SourceMap, diag: DiagCtxt, defs: Definitions, edition: int = 2021) -> None:
        self.source_map = source_map
        self.diag = diag
        self.defs = defs
        self.edition = edition
        self.lang_items: dict[str, DefId] = {}
        self.resolver: Any = None  # resolve.Resolver, set by `hir.session`
        self.providers: dict[str, Callable[..., Any]] = {}
        self._memo: dict[str, dict[Any, Any]] = {}

    def query(self, name: str, *key: Any) -> Any:
        """The memoised result of `providers[name](*key)`."""
        memo = self._memo.setdefault(name, {})
        found = memo.get(key, None)
        if found is _RUNNING:
            raise self._cycle(name, key)
        if found is None and key not in memo:
            memo[key] = _RUNNING
            try:
                found = self.providers[name](*key)
            except RecursionError:
                del memo[key]
                if name in _BODIES:
                    raise Unsupported(self.def_data(key[0]).span, "a body that is nested this deeply") from None
                raise
            except BaseException:
                del memo[key]
                raise
            memo[key] = found
        return found

    def _cycle(self, name: str, key: tuple[Any, ...]) -> CompileError:
        where = self.defs[key[0]] if key and isinstance(key[0], int) else None
        what = f"`{self.path_str(key[0])}`" if where else name
        span = where.span if where else DUMMY_SP
        return CompileError(error(span, f"cycle detected when computing {name} of {what}", "E0391"))

    # -- definitions ------------------------------------------------------------------------------

    def def_data(self, def_id: int) -> DefData:
        return self.defs.table[def_id]

    def def_span(self, def_id: int) -> Span:
        """The head of an item, without its attributes: what errors point at."""
        from ..resolve.heads import head_span

        data = self.def_data(def_id)
        return head_span(data, self.source_map.file_of(data.span))

    def path_str(self, def_id: int) -> str:
        """`krate::module::Item`, as in `type_name` and diagnostics; impls print as `<impl ..>`."""
        parts: list[str] = []
        at: Optional[int] = def_id
        while at is not None:
            data = self.defs.table[at]
            if data.kind not in ("ctor", "foreign_mod", "block_mod") and not (data.parent is None and not data.name):
                parts.append(data.name or f"{{{data.kind}}}")
            at = data.parent
        return "::".join(reversed(parts))

    def lang_item(self, name: str) -> Optional[DefId]:
        return self.lang_items.get(name)

    def require_lang_item(self, name: str) -> DefId:
        found = self.lang_items.get(name)
        assert found is not None, f"the library has no lang item `{name}`"
        return found

    # -- queries with types ------------------------------------------------------------------------

    def generics_of(self, def_id: int) -> items.Generics:
        return self.query("generics_of", def_id)  # type: ignore[no-any-return]

    def predicates_of(self, def_id: int) -> list[tuple[items.Predicate, int]]:
        return self.query("predicates_of", def_id)  # type: ignore[no-any-return]

    def type_of(self, def_id: int) -> Ty:
        return self.query("type_of", def_id)  # type: ignore[no-any-return]

    def fn_sig(self, def_id: int) -> items.FnSig:
        return self.query("fn_sig", def_id)  # type: ignore[no-any-return]

    def adt_def(self, def_id: int) -> items.AdtDef:
        return self.query("adt_def", def_id)  # type: ignore[no-any-return]

    def trait_def(self, def_id: int) -> items.TraitDef:
        return self.query("trait_def", def_id)  # type: ignore[no-any-return]

    def impl_header(self, def_id: int) -> items.ImplHeader:
        return self.query("impl_header", def_id)  # type: ignore[no-any-return]

    def associated_items(self, def_id: int) -> list[items.AssocItem]:
        return self.query("associated_items", def_id)  # type: ignore[no-any-return]

    def assoc_item(self, def_id: int) -> items.AssocItem:
        return self.query("assoc_item", def_id)  # type: ignore[no-any-return]

    def closure_info(self, def_id: int) -> items.ClosureInfo:
        return self.query("closure_info", def_id)  # type: ignore[no-any-return]
