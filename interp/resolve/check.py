"""Checks of a user's crate once it is collected: every import leads somewhere, and may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.diagnostics import error
from ..syntax import ast
from . import errors
from .defs import ResDef
from .imports import (
    Failure,
    force,
    glob_target,
    import_binding,
    in_lexical_modules,
    lookup,
    module_of_segments,
    resolve_import,
    span_of,
)  # fmt: skip
from .module import NAMESPACES, TYPE, Import, Krate

if TYPE_CHECKING:
    from .resolver import Resolver


def check_imports(r: Resolver, krate: Krate) -> None:
    """Report the imports that failed since the last check."""
    todo, r.imports = r.imports, []
    r.checked_imports += [imp for imp in todo if imp.module.krate is krate]
    failed: list[Import] = []
    for imp in todo:
        if imp.glob:
            if glob_target(r, imp) is None:
                _prefix_failed(r, imp, imp.segments)
            else:
                _check_private(r, imp, imp.segments)
        elif all(import_binding(r, imp, ns) is None for ns in NAMESPACES if ns == TYPE or not imp.type_only):
            failed.append(imp)
        else:
            if _check_private(r, imp, imp.segments):
                _check_reexport(r, imp)
    for imp in failed:
        _named_failed(r, imp)
    for imp in todo:
        if not imp.glob and imp.name != "_" and imp not in failed:
            _check_duplicate(r, imp)


def _check_duplicate(r: Resolver, imp: Import) -> None:
    """A name that is imported twice (E0252), or imported and defined (E0254, E0255)."""
    for ns in NAMESPACES:
        found = import_binding(r, imp, ns) if ns == TYPE or not imp.type_only else None
        if found is None:
            continue
        own = imp.module.tables[ns].get(imp.name)
        if own is not None:
            binding, defined = force(r, found), force(r, own)
            if binding is not None and defined is not None:
                errors.import_of_defined(r, imp, ns, defined, binding)
            return
        for other in imp.module.imports[imp.name]:
            if other is imp:
                break
            if (ns == TYPE or not other.type_only) and import_binding(r, other, ns) is not None:
                binding = force(r, found)
                if binding is not None:
                    errors.imported_twice(r, imp, other, ns, binding)
                return


def _prefix_failed(r: Resolver, imp: Import, idents: list[ast.Ident]) -> None:
    found = module_of_segments(r, imp, idents)
    if not isinstance(found, Failure):
        return
    ident = idents[found.at]
    name = ident.name
    if name == "super":
        r.diag.emit(errors.too_many_supers(ident))
        return
    if found.found is not None:
        what = errors.kind_name(r, found.found.res)
        label = f"`{name}` is {'an' if what[0] in 'aeiou' else 'a'} {what}, not a module"
        help_ = ""
    elif found.module is not None:
        where = errors.ident_text(idents[: found.at])
        label, help_ = f"could not find `{name}` in {_where(where)}", ""
    else:
        label = f"use of unresolved module or unlinked crate `{name}`"
        help_ = f"you might be missing a crate named `{name}`"
    r.failed_imports.add(_bound_name(imp))
    errors.unresolved_import(r, ident.span, idents[: found.at + 1], label, help_)


def _bound_name(imp: Import) -> str:
    return imp.name or imp.segments[-1].name


def _where(text: str) -> str:
    return "the crate root" if text in ("crate", "$crate", "") else f"`{text}`"


def _named_failed(r: Resolver, imp: Import) -> None:
    idents = imp.segments
    prefix = idents[:-1]
    rooted = len(prefix) == 1 and prefix[0].name == "{{root}}"
    found = module_of_segments(r, imp, prefix) if prefix and not rooted else None
    if isinstance(found, Failure):
        _prefix_failed(r, imp, prefix)
        return
    name = idents[-1].name
    if found is None:
        label = f"no external crate `{name}`"
        if imp.edition < 2018:
            label = f"no `{name}` in the root"
    elif not prefix or (prefix[-1].name in ("crate", "$crate") and len(prefix) == 1):
        label = f"no `{name}` in the root"
    else:
        label = f"no `{name}` in `{prefix[-1].name}`"
    r.failed_imports.add(_bound_name(imp))
    errors.unresolved_import(r, span_of(imp), idents, label, "")


def _check_private(r: Resolver, imp: Import, idents: list[ast.Ident]) -> bool:
    """Each segment of an import must be visible where the import stands."""
    module = None
    for at, ident in enumerate(idents):
        last = at == len(idents) - 1
        if ident.name in ("crate", "self", "super", "$crate", "{{root}}") or (at == 0 and imp.edition < 2018):
            found = module_of_segments(r, imp, idents[: at + 1])
            module = found if not isinstance(found, Failure) else None
            continue
        if module is None:
            binding = in_lexical_modules(r, imp.module.scope, ident.name, TYPE) if not last else None
        elif last and not imp.glob:
            return _check_last(r, imp, ident)
        else:
            binding = lookup(r, module, ident.name, TYPE)
            if binding is not None and not r.is_accessible_from(binding.vis, imp.module):
                errors.private(r, ident, binding, module)
                return False
        module = r.module_of(binding.res) if binding is not None else None
        if module is None:
            return True
    return True


def _check_last(r: Resolver, imp: Import, ident: ast.Ident) -> bool:
    found = [b for b in (resolve_import(r, imp, ns) for ns in NAMESPACES) if b is not None]
    if found and not any(r.is_accessible_from(b.vis, imp.module) for b in found):
        binding = force(r, found[0])
        if binding is not None:
            errors.private(r, ident, binding, imp.target)
        return False
    return True


def _check_reexport(r: Resolver, imp: Import) -> None:
    """A re-export may not be more visible than what it names (E0364, E0365)."""
    namespaces = [ns for ns in NAMESPACES if ns == TYPE or not imp.type_only]
    found = [b for b in (resolve_import(r, imp, ns) for ns in namespaces) if b is not None]
    if not found or any(r.narrower(imp.vis, b.vis) == imp.vis for b in found):
        return
    binding = force(r, found[0])
    if binding is None or (type(binding.res) is ResDef and binding.res.kind == "macro"):
        return
    name = imp.segments[-1].name
    inside = binding.vis == imp.module.krate.root.def_id
    extent = "only public within the crate" if inside else "private"
    message = f"`{name}` is {extent}, and cannot be re-exported{' outside' if inside else ''}"
    if import_binding(r, imp, TYPE) is None:
        report = error(span_of(imp), message, "E0364")
        r.diag.emit(report.note(f"consider marking `{name}` as `pub` in the imported module"))
        return
    report = error(span_of(imp), message, "E0365", f"re-export of {'crate public' if inside else 'private'} `{name}`")
    r.diag.emit(report.note(f"consider declaring type or module `{name}` with `pub`"))
