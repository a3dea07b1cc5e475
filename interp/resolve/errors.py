"""The resolver's complaints, in rustc's codes and words.

Each function emits (or makes) one diagnostic.  To add one: a function here that takes what it needs to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span
from ..syntax import ast
from . import suggest
from .defs import DefData, Res, ResDef, ResLocal, ResPrimTy, ResSelfTy
from .imports import force, span_of
from .module import Binding, Import, Module
from .scope import ITEM, MacroScope, Scope
from .validate import head_of

if TYPE_CHECKING:
    from .paths import Source
    from .resolver import Resolver

_NS_NAME = ("type", "value", "macro")
_KIND_NAME = {
    "mod": "module", "fn": "function", "ty_alias": "type alias", "foreign_ty": "foreign type",
    "assoc_ty": "associated type", "ty_param": "type parameter", "const_param": "const parameter",
    "assoc_fn": "associated function", "const": "constant", "assoc_const": "associated constant",
    "trait_alias": "trait alias", "block_mod": "module",
}  # fmt: skip


def kind_name(r: Resolver, res: Res) -> str:
    """`struct`, `tuple variant`, `function` ... as rustc's `descr`."""
    if type(res) is ResDef:
        data = r.defs[res.def_id]
        if res.kind == "mod" and data.parent is None:
            return "crate"
        if res.kind == "ctor":
            return ctor_name(r, data)
        return _KIND_NAME.get(res.kind, res.kind)
    if type(res) is ResPrimTy:
        return "builtin type"
    if type(res) is ResLocal:
        return "local variable"
    return "self type" if type(res) is ResSelfTy else "self constructor"


def ctor_name(r: Resolver, data: DefData) -> str:
    of = r.defs[data.ctor_of] if data.ctor_of is not None else data
    node = of.node.data if of.kind == "variant" else of.node.kind.data
    return f"{node.kind} {of.kind}"


def path_text(path: ast.Path, upto: Optional[int] = None) -> str:
    names = [s.ident.name for s in path.segments[:upto]]
    if names and names[0] == "{{root}}":
        names[0] = ""
    return "::".join(names)


def ident_text(idents: list[ast.Ident]) -> str:
    return "::".join("" if i.name == "{{root}}" else i.name for i in idents)


# -- definitions ------------------------------------------------------------------------------------


def duplicate(r: Resolver, module: Module, ns: int, name: str, old: Binding, new: DefData) -> None:
    """Two items of one name; an `extern crate` is the older one if it is `imported`."""
    code = "E0260" if old.imported else "E0428"
    report = error(head(r, new), f"the name `{name}` is defined multiple times", code, f"`{name}` redefined here")
    if old.imported:
        report.note(f"there is an `extern crate {name}`")
    elif type(old.res) is ResDef:
        report.label(head(r, r.defs[old.res.def_id]), f"previous definition of the {_ns_kind(old, ns)} `{name}` here")
    r.diag.emit(report.note(_only_once(name, ns, module)))


def _ns_kind(binding: Binding, ns: int) -> str:
    what = _KIND_NAME.get(binding.res.kind, binding.res.kind) if type(binding.res) is ResDef else "type"
    return "type" if ns == 0 and what not in ("module", "trait") else "value" if ns == 1 else what


def _only_once(name: str, ns: int, module: Module) -> str:
    where = "block" if module.kind == "block" else "module"
    return f"`{name}` must be defined only once in the {_NS_NAME[ns]} namespace of this {where}"


def head(r: Resolver, data: DefData) -> Span:
    """Where a definition begins, up to its braces."""
    return head_of(data.span, r.source_map.snippet(data.span))


def imported_twice(r: Resolver, imp: Import, first: Import, ns: int, binding: Binding) -> None:
    message = f"the name `{imp.name}` is defined multiple times"
    report = error(span_of(imp), message, "E0252", f"`{imp.name}` reimported here")
    report.label(span_of(first), f"previous import of the {_ns_kind(binding, ns)} `{imp.name}` here")
    report.note(_only_once(imp.name, ns, imp.module))
    r.diag.emit(report.help("you can use `as` to change the binding name of the import"))


def import_of_defined(r: Resolver, imp: Import, ns: int, own: Binding, binding: Binding) -> None:
    """An import of a name that the module defines itself, or has as an `extern crate`."""
    name = imp.name
    message = f"the name `{name}` is defined multiple times"
    if own.imported:
        report = error(span_of(imp), message, "E0254", f"`{name}` reimported here")
        report.note(f"there is an `extern crate {name}`")
    else:
        assert type(own.res) is ResDef
        report = error(head(r, r.defs[own.res.def_id]), message, "E0255", f"`{name}` redefined here")
        report.label(span_of(imp), f"previous import of the {_ns_kind(binding, ns)} `{name}` here")
    report.note(_only_once(name, ns, imp.module))
    r.diag.emit(report.help("you can use `as` to change the binding name of the import"))


def duplicate_in(r: Resolver, ns: str, owner: str, new: DefData, old: DefData) -> None:
    message = f"the name `{new.name}` is defined multiple times"
    report = error(new.span, message, "E0428", f"`{new.name}` redefined here")
    report.label(old.span, f"previous definition of the {ns} `{new.name}` here")
    r.diag.emit(report.note(f"`{new.name}` must be defined only once in the {ns} namespace of this enum"))


def duplicate_param(r: Resolver, param: ast.GenericParam, old: DefData) -> None:
    name = param.ident.name
    message = f"the name `{name}` is already used for a generic parameter in this item's generic parameters"
    r.diag.emit(error(param.ident.span, message, "E0403", "already used").label(old.span, f"first use of `{name}`"))


# -- paths --------------------------------------------------------------------------------------------


def unresolved(r: Resolver, scope: Scope, path: ast.Path, want: Source, at: int, module: Optional[Module]) -> None:
    """Segment `at` of `path` was not found (in `module`, or in scope)."""
    ident = path.segments[at].ident
    if next((s.ident.name for s in path.segments if s.ident.name != "{{root}}"), "") in r.failed_imports:
        return  # that is reported
    if at < len(path.segments) - 1:
        r.diag.emit(_no_prefix(r, scope, path, at, module))
        return
    if module is None and len(path.segments) == 1:
        _no_single(r, scope, path, want)
        return
    where = _module_text(r, module, path, at)
    code = want.missing
    other = suggest.in_other_namespace(r, scope, path, want.ns)
    if other is not None:
        wrong_kind(r, scope, path, want, other)
        return
    short = where.split(" ", 1)[1] if " " in where else where
    message = f"cannot find {_wanted(want)} `{ident.name}` in {where}"
    report = error(ident.span, message, code, f"not found in {short}")
    r.diag.emit(suggest.add_imports(r, scope, report, ident.name, want))


def _wanted(want: Source) -> str:
    return want.expected


def _module_text(r: Resolver, module: Optional[Module], path: ast.Path, at: int) -> str:
    prefix = path_text(path, at)
    if prefix in ("crate", "self", "super", "", "$crate") or module is None:
        return "the crate root" if prefix in ("crate", "$crate", "") else f"module `{prefix}`"
    kind = "crate" if module.parent is None else "module"
    return f"{kind} `{prefix}`"


def _no_prefix(r: Resolver, scope: Scope, path: ast.Path, at: int, module: Optional[Module]) -> Diagnostic:
    ident = path.segments[at].ident
    name = ident.name
    if name == "super":
        return too_many_supers(ident)
    if module is not None:
        where = path_text(path, at)
        short = "the crate root" if where in ("crate", "$crate") else f"`{where}`"
        return error(ident.span, f"cannot find `{name}` in `{where}`", "E0433", f"could not find `{name}` in {short}")
    if name == "Self":
        message = "cannot find `Self` in this scope"
        return error(ident.span, message, "E0433", "`Self` is only available in impls, traits, or type definitions")
    if name[:1].isupper():
        message = f"cannot find type `{name}` in this scope"
        report = error(ident.span, message, "E0433", f"use of undeclared type `{name}`")
        suggest.similar_name(r, scope, report, name, 0)
        return suggest.add_imports(r, scope, report, name, None)
    message = f"cannot find module or crate `{name}` in this scope"
    report = error(ident.span, message, "E0433", f"use of unresolved module or unlinked crate `{name}`")
    if not suggest.add_imports(r, scope, report, name, None).notes:
        report.help(f"you might be missing a crate named `{name}`")
    return report


def too_many_supers(ident: ast.Ident) -> Diagnostic:
    label = "there are too many leading `super` keywords"
    return error(ident.span, "too many leading `super` keywords", "E0433", label)


def _no_single(r: Resolver, scope: Scope, path: ast.Path, want: Source) -> None:
    ident = path.segments[0].ident
    name = ident.name
    if name == "self" and want.ns == 1:
        text = "`self` value is a keyword only available in methods with a `self` parameter"
        r.diag.emit(error(ident.span, "expected value, found module `self`", "E0424", text))
        return
    if name == "Self":
        text = "`Self` is only available in impls, traits, or type definitions"
        r.diag.emit(error(ident.span, f"cannot find {want.expected} `Self` in this scope", "E0411", text))
        return
    other = suggest.in_other_namespace(r, scope, path, want.ns)
    if other is not None:
        wrong_kind(r, scope, path, want, other)
        return
    report = error(ident.span, f"cannot find {want.expected} `{name}` in this scope", want.missing)
    suggest.similar_name(r, scope, report, name, want.ns)
    if not report.notes:
        report.labels[0].text = "not found in this scope"
    r.diag.emit(suggest.add_imports(r, scope, report, name, want))


def wrong_kind(r: Resolver, scope: Scope, path: ast.Path, want: Source, res: Res) -> None:
    """Something is there, but not what was expected."""
    found, text = kind_name(r, res), path_text(path)
    if type(res) is ResDef and res.kind == "variant" and want.ns == 1:
        _struct_variant(r, path, want, text)
        return
    if want.name in ("pat", "tuple_struct") and type(res) is ResDef and res.kind in ("fn", "assoc_fn"):
        text = "not a tuple struct or tuple variant"
        report = error(path.span, "expected a pattern, found a function call", "E0532", text)
        book = "<https://doc.rust-lang.org/book/ch19-00-patterns.html>"
        r.diag.emit(report.note(f"function calls are not allowed in patterns: {book}"))
        return
    expected = "function, tuple struct or tuple variant" if want.name == "call" else want.expected
    report = error(path.span, f"expected {expected}, found {found} `{text}`", want.wrong)
    if type(res) is ResDef:
        data = r.defs[res.def_id]
        if want.name in ("value", "call") and res.kind == "struct":
            report.label(data.span, f"`{data.name}` defined here")
            if want.name == "value":
                report.help(f"use struct literal syntax instead: `{text} {{ .. }}`")
    if want.name in ("type", "trait"):
        report.labels[0].text = f"not a {want.expected}"
    elif want.name == "struct":
        report.labels[0].text = "not a struct, variant or union type"
    elif want.name == "value" and not report.notes:
        report.labels[0].text = "not a value"
    r.diag.emit(report)


def _struct_variant(r: Resolver, path: ast.Path, want: Source, text: str) -> None:
    expected = "value" if want.name in ("value", "call") else want.expected
    report = error(path.span, f"expected {expected}, found struct variant `{text}`", "E0533", f"not a {expected}")
    r.diag.emit(report)


def not_a_module(r: Resolver, path: ast.Path, at: int, res: Res) -> None:
    ident = path.segments[at].ident
    what = kind_name(r, res)
    article = "an" if what[0] in "aeiou" else "a"
    message = f"`{ident.name}` is {article} {what}, not a module"
    r.diag.emit(error(ident.span, f"failed to resolve: {message}", "E0433", message))


def private(r: Resolver, ident: ast.Ident, binding: Binding, module: Module) -> None:
    what = kind_name(r, binding.res)
    name = ident.name
    if type(binding.res) is ResDef and binding.res.kind == "ctor":
        what = f"{what} constructor"
    if binding.imported:
        what_here = f"{what} import"
    else:
        what_here = what
    report = error(ident.span, f"{what_here} `{name}` is private", "E0603", f"private {what_here}")
    if type(binding.res) is ResDef:
        r.diag.emit(report.label(head(r, r.defs[binding.res.def_id]), f"the {what} `{name}` is defined here"))
    else:
        r.diag.emit(report)


def ambiguous(r: Resolver, ident: ast.Ident, module: Module, ns: int) -> None:
    """Two globs bring different things; when the first's is from another crate rustc only warns (its issue 114095)."""
    found = [force(r, b) for b in r.ambiguous[(module.def_id, ns, ident.name)]]
    first = found[0]
    if first is not None and type(first.res) is ResDef and r.defs[first.res.def_id].krate != module.krate.name:
        return
    report = error(ident.span, f"`{ident.name}` is ambiguous", "E0659", "ambiguous name")
    report.note("ambiguous because of multiple glob imports of a name in the same module")
    for binding, could in zip(found, ("could", "could also")):
        if binding is not None and type(binding.res) is ResDef:
            what = kind_name(r, binding.res)
            report.label(r.defs[binding.res.def_id].span, f"`{ident.name}` {could} refer to this {what}")
    r.diag.emit(report.help(f"consider adding an explicit import of `{ident.name}` to disambiguate"))


def no_assoc_in_trait(r: Resolver, ident: ast.Ident, trait_: ResDef, want: Source) -> None:
    what = "associated type" if want.ns == 0 else "method or associated constant"
    name = r.defs[trait_.def_id].name
    message = f"cannot find {what} `{ident.name}` in trait `{name}`"
    r.diag.emit(error(ident.span, message, "E0576", f"not found in `{name}`"))


# -- scopes -------------------------------------------------------------------------------------------


def captured(r: Resolver, ident: ast.Ident, barrier: int) -> None:
    """A local beyond an item's or a constant's border."""
    if barrier == ITEM:
        report = error(ident.span, "can't capture dynamic environment in a fn item", "E0434")
        r.diag.emit(report.help("use the `|| { ... }` closure form instead"))
    else:
        message = "attempt to use a non-constant value in a constant"
        r.diag.emit(error(ident.span, message, "E0435", "non-constant value"))


def self_of_trait(r: Resolver, ident: ast.Ident) -> None:
    report = error(ident.span, "expected value, found self type `Self`", "E0423", "not a value")
    r.diag.emit(report.note("can't use `Self` as a constructor, you must use the implemented struct"))


def outer_generic(r: Resolver, ident: ast.Ident, param: DefData) -> None:
    what = "type" if param.kind == "ty_param" else "const"
    message = "can't use generic parameters from outer item"
    report = error(ident.span, message, "E0401", "use of generic parameter from outer item")
    report.label(param.span, f"{what} parameter from outer item")
    note = "nested items are independent from their parent item for everything except for privacy and name resolution"
    r.diag.emit(report.note(note))


def outer_self(r: Resolver, ident: ast.Ident) -> None:
    r.diag.emit(error(ident.span, "can't use `Self` from outer item", "E0401", "use of `Self` from outer item"))


# -- macros -------------------------------------------------------------------------------------------


def unknown_macro_error(r: Resolver, mac: ast.MacCall, scope: Scope, macros: Optional[MacroScope]) -> Diagnostic:
    path = mac.path
    if len(path.segments) > 1:
        return error(path.span, f"cannot find macro `{path_text(path)}` in this scope")
    name = path.segments[0].ident.name
    report = error(path.span, f"cannot find macro `{name}` in this scope")
    found = suggest.best_match(name, suggest.macro_names(r, scope, macros))
    if found is not None:
        report.help(f"a macro with a similar name exists: `{found}`")
    return report


def unknown_macro(r: Resolver, mac: ast.MacCall, scope: Scope, macros: Optional[MacroScope]) -> None:
    r.diag.emit(unknown_macro_error(r, mac, scope, macros))


# -- imports ------------------------------------------------------------------------------------------


def generic_in_const(r: Resolver, ident: ast.Ident, param: DefData) -> None:
    """A generic parameter inside the expression of an array length or constant argument."""
    name = ident.name
    report = error(ident.span, "generic parameters may not be used in const operations", "",
                   f"cannot perform const operation using `{name}`")
    if param.kind == "const_param":
        report.help(f"const parameters may only be used as standalone arguments here, i.e. `{name}`")
    else:
        report.note("type parameters may not be used in const expressions")
    r.diag.emit(report)


def unresolved_import(r: Resolver, span: Span, idents: list[ast.Ident], label: str, help_: str) -> None:
    report = error(span, f"unresolved import `{ident_text(idents)}`", "E0432", label)
    if help_:
        report.help(help_)
    r.diag.emit(report)


