"""Lifetimes of signatures, before they are forgotten: undeclared names (E0261, E0262, E0496) and elision (E0106).

A syntactic walk over one item; a path's hidden lifetimes are counted by resolving it.  Bodies are not looked at.
To add a place where lifetimes stand: a case in `_Walk.ty` or a caller in `_CHECK`.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Optional

from ..base.diagnostics import error
from ..base.span import Span
from ..resolve.defs import DefData, ResDef
from ..resolve.paths import resolve_path
from ..syntax import ast
from ..ty.context import TyCtxt
from .generics import ast_generics, generics_parent

OK, MISSING, COUNT = "ok", "missing", "count"  # what an elided lifetime is: allowed, E0106, or a candidate of elision


def check_lifetimes(tcx: TyCtxt, data: DefData) -> None:
    """Report what is wrong with the lifetimes in the signature of an item of the user's crate."""
    case = _CHECK.get(data.kind)
    if case is not None and isinstance(data.node, ast.Item):
        walk = _Walk(tcx, data)
        walk.generics(ast_generics(data))
        case(walk, data.node.kind)
        walk.report()


class _Walk:
    def __init__(self, tcx: TyCtxt, data: DefData) -> None:
        self.tcx = tcx
        self.def_id = data.id
        self.scope = data.scope
        self.names: dict[str, Span] = {"'static": Span(0), "'_": Span(0)}
        self.elided = MISSING
        self.found: list[Any] = []  # candidates for elision: names, or a fresh object for each elided one
        self.missing: list[tuple[Span, int]] = []
        parent = generics_parent(tcx, data.id)
        if parent is not None:
            for param in _lifetime_params(ast_generics(tcx.def_data(parent))):
                self.names[param.ident.name] = param.ident.span

    # -- declarations ------------------------------------------------------------------------------

    def generics(self, generics: Optional[ast.Generics]) -> None:
        if generics is None:
            return
        self.declare([p.ident for p in _lifetime_params(generics)])
        before, self.elided = self.elided, OK
        for param in generics.params:
            self.bounds(param.bounds)
        for pred in generics.where:
            self.with_binder(pred.bound_lifetimes, lambda pred=pred: self.where(pred))  # type: ignore[misc]
        self.elided = before

    def where(self, pred: ast.WherePredicate) -> None:
        if pred.lifetime is not None:
            self.lifetime(pred.lifetime)
        if pred.ty is not None:
            self.ty(pred.ty)
        self.bounds(pred.bounds)

    def declare(self, idents: Iterable[ast.Ident]) -> None:
        own: dict[str, Span] = {}
        for ident in idents:
            if ident.name in own:
                where = "for a generic parameter in this item's generic parameters"
                message = f"the name `{ident.name}` is already used {where}"
                found = error(ident.span, message, "E0403", "already used")
                self.tcx.diag.emit(found.label(own[ident.name], f"first use of `{ident.name}`"))
            elif ident.name in ("'static", "'_"):
                message = f"invalid lifetime parameter name: `{ident.name}`"
                self.emit(ident.span, message, "E0262", f"{ident.name} is a reserved lifetime name")
            elif ident.name in self.names:
                message = f"lifetime name `{ident.name}` shadows a lifetime name that is already in scope"
                found = error(ident.span, message, "E0496", f"lifetime `{ident.name}` already in scope")
                self.tcx.diag.emit(found.label(self.names[ident.name], "first declared here"))
            own.setdefault(ident.name, ident.span)
            self.names[ident.name] = ident.span

    def with_binder(self, lifetimes: list[ast.Lifetime], run: Callable[[], None]) -> None:
        before = dict(self.names) if lifetimes else self.names
        self.declare(lt.ident for lt in lifetimes)
        run()
        self.names = before

    def emit(self, span: Span, message: str, code: str, label: str) -> None:
        self.tcx.diag.emit(error(span, message, code, label))

    # -- uses --------------------------------------------------------------------------------------

    def lifetime(self, node: ast.Lifetime) -> None:
        name = node.ident.name
        if name == "'_":
            self.elide(node.span, 1)
        elif name not in self.names:
            self.emit(node.span, f"use of undeclared lifetime name `{name}`", "E0261", "undeclared lifetime")
        elif self.elided == COUNT:
            self.found.append(name)

    def elide(self, span: Span, count: int) -> None:
        if self.elided == COUNT:
            self.found.extend(object() for _ in range(count))
        elif self.elided == MISSING:
            self.missing.append((span, count))

    def report(self) -> None:
        """E0106, once for all missing ones of the item so far."""
        if self.missing:
            count = sum(n for _, n in self.missing)
            found = error(self.missing[0][0], f"missing lifetime specifier{'s' if count > 1 else ''}", "E0106",
                          "expected named lifetime parameter")  # fmt: skip
            for span, _ in self.missing[1:]:
                found.labels.append(type(found.labels[0])(span, "expected named lifetime parameter", True))
            self.tcx.diag.emit(found.help("consider introducing a named lifetime parameter"))
            self.tcx._memo.setdefault("missing_lifetimes", {})[self.def_id] = True
            self.missing = []

    def ty(self, node: Any) -> None:
        case = _TYPES.get(type(node))
        if case is not None:
            case(self, node)

    def reference(self, node: ast.TyRef) -> None:
        if node.lifetime is not None:
            self.lifetime(node.lifetime)
        else:
            self.elide(Span(node.span & ~0xFFFFFF | ((node.span >> 24 & 0xFFFFFF) + 1)), 1)
        self.ty(node.ty)

    def path_ty(self, node: ast.TyPath) -> None:
        path = node.path
        if path.qself is not None:
            self.ty(path.qself.ty)
        elif not any(isinstance(a, ast.Lifetime) for s in path.segments if s.args for a in s.args.args):
            hidden = self.hidden(path)
            if hidden:
                self.elide(path.segments[-1].ident.span, hidden)
        else:
            self.count(path)
        self.path(path)

    def count(self, path: ast.Path) -> None:
        """E0107: as many lifetimes as the type takes."""
        args, ident = path.segments[-1].args, path.segments[-1].ident
        given = sum(isinstance(a, ast.Lifetime) for a in args.args) if args is not None else 0
        found = resolve_path(self.tcx.resolver, self.scope, path, "type", True)
        if not given or type(found.res) is not ResDef or found.resolved != len(path.segments):
            return
        wanted = self.hidden(path)
        kind = found.res.kind
        if wanted != given and kind in ("struct", "enum", "union", "ty_alias"):
            takes = f"takes {wanted} lifetime argument{'' if wanted == 1 else 's'}"
            supplied = f"{given} lifetime argument{' was' if given == 1 else 's were'} supplied"
            what = "type alias" if kind == "ty_alias" else kind
            label = f"expected {wanted} lifetime argument{'' if wanted == 1 else 's'}"
            self.emit(ident.span, f"{what} {takes} but {supplied}", "E0107", label)

    def object(self, bounds: list[ast.Bound]) -> None:
        """E0226: a trait object has one lifetime."""
        lifetimes = [bound for bound in bounds if isinstance(bound, ast.Lifetime)]
        if len(lifetimes) > 1:
            self.emit(lifetimes[1].span, "only a single explicit lifetime bound is permitted", "E0226", "")
        self.bounds(bounds)

    def hidden(self, path: ast.Path) -> int:
        """How many lifetime parameters the path leaves out."""
        found = resolve_path(self.tcx.resolver, self.scope, path, "type", True)
        if type(found.res) is not ResDef or found.res.kind not in ("struct", "enum", "union", "ty_alias"):
            return 0
        if found.resolved != len(path.segments):
            return 0
        return len(_lifetime_params(ast_generics(self.tcx.def_data(found.res.def_id))))

    def path(self, path: ast.Path) -> None:
        for segment in path.segments:
            if segment.args is None:
                continue
            if segment.args.parenthesized:
                self.function(segment.args.inputs, segment.args.output)
                continue
            for arg in segment.args.args:
                self.lifetime(arg) if isinstance(arg, ast.Lifetime) else self.ty(arg)
            for constraint in segment.args.constraints:
                self.ty(constraint.term)
                self.bounds(constraint.bounds)

    def bounds(self, bounds: list[ast.Bound]) -> None:
        for bound in bounds:
            if isinstance(bound, ast.Lifetime):
                before, self.elided = self.elided, OK
                self.lifetime(bound)
                self.elided = before
            elif isinstance(bound, ast.TraitBound):
                self.with_binder(bound.bound_lifetimes, lambda bound=bound: self.path(bound.path))  # type: ignore[misc]

    def function(self, inputs: list[ast.Ty], output: Optional[ast.Ty], has_self: bool = False) -> None:
        """Elision inside a function type or signature: one lifetime in gives the one out."""
        before = (self.elided, self.found)
        self.elided = COUNT
        candidates = 0
        for ty in inputs:
            self.found = []
            self.ty(ty)
            candidates += len(set(self.found))  # a name counts again in another parameter
        self.elided, self.found = (OK if candidates == 1 or has_self else MISSING), before[1]
        if output is not None:
            self.ty(output)
        self.elided = before[0]


def _lifetime_params(generics: Optional[ast.Generics]) -> list[ast.GenericParam]:
    return [p for p in generics.params if p.kind == "lifetime"] if generics is not None else []


def _bare_fn(w: _Walk, node: ast.TyBareFn) -> None:
    w.with_binder(node.bound_lifetimes, lambda: w.function([ty for _, ty in node.params], node.output))


def _each(w: _Walk, nodes: list[Any]) -> None:
    for node in nodes:
        w.ty(node)


_TYPES: dict[type, Callable[[_Walk, Any], None]] = {
    ast.TyPath: _Walk.path_ty,
    ast.TyRef: _Walk.reference,
    ast.TyPtr: lambda w, n: w.ty(n.ty),
    ast.TySlice: lambda w, n: w.ty(n.ty),
    ast.TyArray: lambda w, n: w.ty(n.ty),
    ast.TyTup: lambda w, n: _each(w, n.tys),
    ast.TyBareFn: _bare_fn,
    ast.TyTraitObject: lambda w, n: w.object(n.bounds),
    ast.TyImplTrait: lambda w, n: w.bounds(n.bounds),
}


# -- items ------------------------------------------------------------------------------------------


def _fields(w: _Walk, variants: list[ast.VariantData]) -> None:
    for variant in variants:
        for field in variant.fields:
            w.ty(field.ty)
            w.report()


def _fn(w: _Walk, node: ast.Fn) -> None:
    inputs = [p.ty for p in node.params]
    has_self = False
    if node.self_param is not None:
        own = node.self_param
        if own.lifetime is not None:
            w.lifetime(own.lifetime)
        if own.ty is not None:
            has_self = _has_ref(own.ty)
            inputs.insert(0, own.ty)
        has_self = has_self or own.by_ref
    w.function(inputs, node.output, has_self)


def _has_ref(node: Any) -> bool:
    if isinstance(node, ast.TyRef):
        return True
    if isinstance(node, ast.TyPath):
        args = node.path.segments[-1].args
        return args is not None and any(_has_ref(a) for a in args.args)
    return False


def _impl(w: _Walk, node: ast.Impl) -> None:
    w.elided = OK
    if node.trait_ is not None:
        w.path(node.trait_)
    w.ty(node.self_ty)


def _trait(w: _Walk, node: ast.Trait) -> None:
    w.elided = OK
    w.bounds(node.supertraits)


def _value(w: _Walk, node: Any) -> None:
    w.elided = OK
    w.ty(node.ty)


def _alias(w: _Walk, node: ast.TyAlias) -> None:
    w.ty(node.ty)
    w.elided = OK
    w.bounds(node.bounds)


_CHECK: dict[str, Callable[[_Walk, Any], None]] = {
    "struct": lambda w, n: _fields(w, [n.data]),
    "union": lambda w, n: _fields(w, [n.data]),
    "enum": lambda w, n: _fields(w, [v.data for v in n.variants]),
    "fn": _fn,
    "assoc_fn": _fn,
    "impl": _impl,
    "trait": _trait,
    "ty_alias": _alias,
    "const": _value,
    "static": _value,
    "assoc_const": _value,
}
