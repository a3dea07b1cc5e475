"""What a path means: the first segment lexically, the others inside modules, as far as names alone go.

`source` says what is wanted there, with rustc's expectations of each (`SOURCES`): the namespace of the last segment,
what kinds of definition will do, and the words of the complaint.
A path through a type (`Vec::new`, `T::Item`, `Self::X`) is resolved up to the type; the rest is type-relative.

To add a place where paths stand: a line in `SOURCES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Optional

from ..base.span import span_ctxt
from ..syntax import ast
from . import errors
from .defs import DefData, DefId, Res, ResDef, ResErr, ResLocal, ResPrimTy, ResSelfCtor, ResSelfTy
from .imports import PATH_STARTS, PRIM_TYPES, in_preludes, lookup, start_module
from .module import MACRO, TYPE, VALUE, Binding, Module
from .scope import ASSOC, CONST, ITEM, LOCALS, MACRO as MACRO_RIB, MODULE, Scope, local_key

if TYPE_CHECKING:
    from .resolver import Resolver


class PartialRes(NamedTuple):
    """`segments[:resolved]` led to `res`; `defs` are the items met on the way, one a segment (None: no item)."""

    res: Res
    resolved: int
    defs: tuple[Optional[DefId], ...]


class Source(NamedTuple):
    """`kinds` of ResDef and other `Res` classes that will do; `expected` in words; codes for missing and for wrong."""

    name: str
    ns: int
    kinds: frozenset[str]
    classes: tuple[type, ...]
    expected: str
    missing: str
    wrong: str


_TYPE_KINDS = frozenset(
    ("struct", "enum", "union", "ty_alias", "foreign_ty", "assoc_ty", "ty_param", "trait", "trait_alias")
)
_VALUE_KINDS = frozenset(("ctor", "const", "static", "fn", "assoc_fn", "assoc_const", "const_param"))
_VALUE_CLASSES = (ResLocal, ResSelfCtor)

SOURCES: Final[dict[str, Source]] = {
    s.name: s
    for s in (
        Source("type", TYPE, _TYPE_KINDS, (ResPrimTy, ResSelfTy), "type", "E0425", "E0573"),
        Source("trait", TYPE, frozenset(("trait", "trait_alias")), (), "trait", "E0405", "E0404"),
        Source("value", VALUE, _VALUE_KINDS, _VALUE_CLASSES, "value", "E0425", "E0423"),
        Source("call", VALUE, _VALUE_KINDS, _VALUE_CLASSES, "function", "E0425", "E0423"),
        Source("pat", VALUE, frozenset(("ctor", "const", "assoc_const", "const_param", "static")), (ResSelfCtor,),
               "unit struct, unit variant or constant", "E0531", "E0532"),
        Source("tuple_struct", VALUE, frozenset(("ctor",)), (ResSelfCtor,),
               "tuple struct or tuple variant", "E0531", "E0532"),
        Source("struct", TYPE, frozenset(("struct", "union", "variant", "ty_alias", "assoc_ty")), (ResSelfTy,),
               "struct, variant or union type", "E0422", "E0574"),
        Source("macro", MACRO, frozenset(("macro",)), (), "macro", "", ""),
    )
}  # fmt: skip

_NAMELESS = ResErr()
_FAILED = PartialRes(_NAMELESS, 0, ())
_TYPE_RELATIVE = frozenset(("struct", "enum", "union", "ty_alias", "foreign_ty", "assoc_ty", "ty_param", "trait_alias"))
_ASSOC_NS: Final = {"assoc_ty": TYPE, "assoc_fn": VALUE, "assoc_const": VALUE}


def enter_child(module: Module, child: DefData, parent: DefData) -> None:
    """Name a variant in its enum's module, or an associated item in its trait's."""
    if child.kind != "variant":
        module.tables[_ASSOC_NS[child.kind]][child.name] = Binding(ResDef(child.kind, child.id), parent.vis)
        return
    made = Binding(ResDef("variant", child.id), parent.vis)
    module.tables[TYPE][child.name] = made
    value = made if child.ctor is None else Binding(ResDef("ctor", child.ctor), parent.vis)
    module.tables[VALUE][child.name] = value


def resolve_path(r: Resolver, scope: Scope, path: ast.Path, source: str, quiet: bool = False) -> PartialRes:
    """What `path` means in `scope`; a failure is reported (unless `quiet`) and gives ResErr."""
    want = SOURCES[source]
    if len(path.segments) == 1:
        res = lexical(r, scope, path.segments[0].ident, want.ns, quiet)
        if res is None:
            return _fail(r, scope, path, want, 0, None, quiet)
        found = PartialRes(res, 1, (_def_of(res),))
    else:
        found = _walk(r, scope, path, want, quiet)
    if found.resolved == len(path.segments) and not _fits(found.res, want):
        first = path.segments[0].ident.name
        if type(found.res) is ResDef and found.res.kind == "mod" and first in PRIM_TYPES:
            return PartialRes(ResPrimTy(first), 1, (None,))  # `str` beside `use core::str`
        if type(found.res) is not ResErr and not quiet:
            errors.wrong_kind(r, scope, path, want, found.res)
        return _FAILED
    return found


def _fits(res: Res, want: Source) -> bool:
    if type(res) is ResDef:
        return res.kind in want.kinds
    return type(res) in want.classes


def _def_of(res: Res) -> Optional[DefId]:
    return res.def_id if type(res) is ResDef else None


def _fail(
    r: Resolver, scope: Scope, path: ast.Path, want: Source, at: int, module: Optional[Module], quiet: bool
) -> PartialRes:
    if len(path.segments) > 1 and path.segments[0].ident.name in PRIM_TYPES:
        return PartialRes(ResPrimTy(path.segments[0].ident.name), 1, (None,))
    if not quiet:
        errors.unresolved(r, scope, path, want, at, module)
    return _FAILED


def _walk(r: Resolver, scope: Scope, path: ast.Path, want: Source, quiet: bool) -> PartialRes:
    """A path of several segments."""
    segments = path.segments
    last = len(segments) - 1
    defs: list[Optional[DefId]] = []
    module: Optional[Module] = None
    res: Optional[Res]
    for at, segment in enumerate(segments):
        ident = segment.ident
        if at == 0 or module is None or ident.name == "super":
            module, res = _start(r, scope, ident, at, module, want.ns if at == last else TYPE)
            if res is None:
                if module is None and ident.name == "{{root}}":
                    defs.append(None)
                    continue
                return _fail(r, scope, path, want, at, None, quiet)
        else:
            ns = want.ns if at == last else TYPE
            binding = lookup(r, module, ident.name, ns)
            if binding is None:
                if module.kind != "mod":
                    found = ResDef(module.kind, module.def_id)  # type: ignore[arg-type]
                    return PartialRes(found, at, tuple(defs))
                return _fail(r, scope, path, want, at, module, quiet)
            if not r.is_accessible_from(binding.vis, scope.module) and not quiet:
                errors.private(r, ident, binding, module)
            if r.ambiguous and (module.def_id, ns, ident.name) in r.ambiguous and not quiet:
                errors.ambiguous(r, ident, module, ns)
            res = binding.res
        defs.append(_def_of(res))
        if at == last:
            return PartialRes(res, at + 1, tuple(defs))
        module = r.module_of(res)
        if module is None:
            if type(res) is not ResDef or res.kind in _TYPE_RELATIVE:
                return PartialRes(res, at + 1, tuple(defs))
            if not quiet:
                errors.not_a_module(r, path, at, res)
            return _FAILED
    raise AssertionError("a path has segments")


def _start(
    r: Resolver, scope: Scope, ident: ast.Ident, at: int, module: Optional[Module], ns: int
) -> tuple[Optional[Module], Optional[Res]]:
    """The first segment (or the one behind `::`, or a `super`)."""
    name = ident.name
    if at > 0 and name != "super":  # behind `::`
        return None, _root_name(r, scope, name, ns)
    if name in PATH_STARTS:
        if name == "{{root}}":
            return None, None
        if module is not None:
            found = module.above
        else:
            found = start_module(r, ident, scope.module)
        return found, ResDef("mod", found.normal.def_id) if found is not None else None
    return None, lexical(r, scope, ident, TYPE, False)


def _root_name(r: Resolver, scope: Scope, name: str, ns: int) -> Optional[Res]:
    """`::name`: a crate; in edition 2015 first of all something in the crate's root."""
    krate = scope.module.krate
    if krate.edition < 2018:
        found = lookup(r, krate.root, name, ns)
        if found is not None:
            return found.res
    if ns != TYPE:
        return None
    extern = r.extern_crate(krate, name) or r.loader.builtin_crate(krate, name)
    return ResDef("mod", extern.def_id) if extern is not None else None


def lexical(r: Resolver, scope: Scope, ident: ast.Ident, ns: int, quiet: bool = False) -> Optional[Res]:
    """What a single name means in `scope`: ribs, modules, preludes."""
    name = ident.name
    if name == "Self":
        return _self(r, scope, ident, ns, quiet)
    ctxt = span_ctxt(ident.span)
    key = local_key(name, ctxt)
    barrier = 0
    in_item = in_anon_const = False
    at: Optional[Scope] = scope
    while at is not None:
        kind = at.kind
        if kind == LOCALS:
            if ns == VALUE and key in at.names:  # type: ignore[operator]
                if barrier and not quiet:
                    errors.captured(r, ident, barrier)
                return ResLocal(at.names[key])  # type: ignore[index]
        elif kind == MODULE:
            binding = lookup(r, at.module, name, ns)
            if binding is not None:
                if r.ambiguous and (at.module.def_id, ns, name) in r.ambiguous and not quiet:
                    errors.ambiguous(r, ident, at.module, ns)
                return binding.res
            if barrier and at.names and key in at.names and ns == VALUE:
                if not quiet:
                    errors.captured(r, ident, barrier)
                return _NAMELESS
            last = at.module
        elif kind in (ITEM, ASSOC):
            if at.names is not None and name in at.names:
                found = r.defs[at.names[name]]
                if (found.kind == "ty_param") == (ns == TYPE) and ns != MACRO:
                    if in_item and not quiet:
                        errors.outer_generic(r, ident, found)
                    elif in_anon_const and not quiet:
                        errors.generic_in_const(r, ident, found)
                    return ResDef(found.kind, found.id)
            if kind == ITEM:
                in_item = True
                barrier = barrier or ITEM
        elif kind == CONST:
            barrier = barrier or CONST
            if not in_anon_const and not at.module.krate.is_library and r.defs[at.owner].kind == "anon_const":
                in_anon_const = True
        elif kind == MACRO_RIB and ctxt and r.source_map.expansions[ctxt].macro_id == at.owner:
            ctxt = r.source_map.expansions[ctxt].parent
            key = local_key(name, ctxt)
        at = at.parent
    if name == "crate" or name == "self" or name == "super" or name == "$crate":
        return ResDef("mod", last.normal.def_id) if ns == TYPE else None
    found_binding = in_preludes(r, last, name, ns)
    return found_binding.res if found_binding is not None else None


def _self(r: Resolver, scope: Scope, ident: ast.Ident, ns: int, quiet: bool) -> Optional[Res]:
    barrier = False
    for at in scope.outwards():
        if at.kind == ITEM:
            if at.self_def is not None:
                if barrier and not quiet:
                    errors.outer_self(r, ident)
                if ns == VALUE and r.defs[at.self_def].kind in ("trait", "trait_alias"):
                    if not quiet:
                        errors.self_of_trait(r, ident)
                    return ResErr()
                if ns == VALUE:
                    return ResSelfCtor(at.self_def)
                return ResSelfTy(at.self_def, r.defs[at.self_def].kind in ("trait", "trait_alias"))
            barrier = True
    return None


def module_value(r: Resolver, scope: Scope, name: str) -> Optional[Res]:
    """What a bare name in a pattern may refer to besides a new binding: anything but a local."""
    at: Optional[Scope] = scope
    while at is not None:
        if at.kind == MODULE:
            binding = lookup(r, at.module, name, VALUE)
            if binding is not None:
                return binding.res
            last = at.module
        elif at.names is not None and (at.kind == ITEM or at.kind == ASSOC) and name in at.names:
            found = r.defs[at.names[name]]
            if found.kind == "const_param":
                return ResDef("const_param", found.id)
        at = at.parent
    prelude = in_preludes(r, last, name, VALUE)
    return prelude.res if prelude is not None else None


def resolve_qpath(r: Resolver, scope: Scope, path: ast.Path, source: str) -> PartialRes:
    """`<T as Trait>::name..`: the trait's item; `<T>::name..` has nothing that names alone could resolve."""
    assert path.qself is not None
    position = path.qself.position
    if position == 0:
        return _FAILED
    trait_path = ast.Path(path.segments[:position], path.span)
    found = resolve_path(r, scope, trait_path, "trait")
    if type(found.res) is not ResDef:
        return _FAILED
    module = r.module_of(found.res)
    segment = path.segments[position]
    # only a last segment may be a value
    ns = SOURCES[source].ns if position == len(path.segments) - 1 else TYPE
    binding = lookup(r, module, segment.ident.name, ns) if module is not None else None
    if binding is None:
        errors.no_assoc_in_trait(r, segment.ident, found.res, SOURCES[source])
        return _FAILED
    return PartialRes(binding.res, position + 1, (*found.defs, _def_of(binding.res)))


def const_param_of(r: Resolver, expr: ast.Expr, scope: Scope) -> Optional[DefId]:
    """The const parameter that `N`, `(N)` or `{ N }` is."""
    while True:
        if isinstance(expr, ast.ExprParen):
            expr = expr.expr
        elif isinstance(expr, ast.ExprBlock) and not expr.kind and len(expr.block.stmts) == 1:
            only = expr.block.stmts[0]
            if not isinstance(only, ast.StmtExpr) or only.semi:
                return None
            expr = only.expr
        else:
            break
    if not isinstance(expr, ast.ExprPath) or expr.path.qself is not None or len(expr.path.segments) != 1:
        return None
    res = lexical(r, scope, expr.path.segments[0].ident, VALUE, True)
    return res.def_id if type(res) is ResDef and res.kind == "const_param" else None
