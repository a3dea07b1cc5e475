"""Suggestions: similar names by edit distance, items to import, and what another namespace has.

Only called when an error is about to be reported, so it may be slow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Iterator, Optional

from ..base.diagnostics import Diagnostic
from ..syntax import ast
from .defs import Res, ResDef, ResPrimTy
from .imports import PRIM_TYPES, names_of
from .module import MACRO, TYPE, VALUE, Module
from .scope import ITEM, LOCALS, MODULE, MacroScope, Scope

if TYPE_CHECKING:
    from .paths import Source
    from .resolver import Resolver


def edit_distance(a: str, b: str, limit: int) -> Optional[int]:
    """Insertions, deletions, substitutions and swaps of neighbours from `a` to `b`, if at most `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1] if last[-1] <= limit else None


def best_match(name: str, names: Iterable[str]) -> Optional[str]:
    """The name nearest to `name`: the same but for case, else within a third of its length."""
    limit = max(len(name), 3) // 3
    best: Optional[tuple[int, str]] = None
    for other in sorted(set(names)):
        if other == name or not other or other[0] in "{$":
            continue
        if other.lower() == name.lower():
            return other
        distance = edit_distance(name, other, limit)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, other)
    if best is not None:
        return best[1]
    words = sorted(name.split("_"))
    return next((o for o in sorted(set(names)) if o != name and "_" in o and sorted(o.split("_")) == words), None)


def names_in_scope(r: Resolver, scope: Scope, ns: int) -> Iterator[tuple[str, str]]:
    """(name, what it is) of all that could have been meant."""
    for at in scope.outwards():
        if at.kind == LOCALS and ns == VALUE and at.names:
            for key in at.names:
                if isinstance(key, str):
                    yield key, "local variable"
        elif at.kind == MODULE:
            yield from _module_names(r, at.module, ns)
            if at.parent is None:
                prelude = r.prelude_of(at.module.krate)
                if prelude is not None:
                    yield from _module_names(r, prelude, ns)
        elif at.kind == ITEM and at.names:
            for name in at.names:
                yield name, "type parameter" if ns == TYPE else "const parameter"
    if ns == TYPE:
        yield from ((name, "builtin type") for name in PRIM_TYPES)


def _module_names(r: Resolver, module: Module, ns: int) -> Iterator[tuple[str, str]]:
    from .errors import kind_name
    from .imports import lookup

    for name in names_of(r, module, ns):
        found = lookup(r, module, name, ns)
        if found is not None:
            yield name, kind_name(r, found.res)


def similar_name(r: Resolver, scope: Scope, report: Diagnostic, name: str, ns: int) -> None:
    what: dict[str, str] = {}
    for other, kind in names_in_scope(r, scope, ns):
        what.setdefault(other, kind)
    found = best_match(name, what)
    if found is not None:
        kind = what[found]
        article = "an" if kind[0] in "aeiou" else "a"
        report.help(f"{article} {kind} with a similar name exists: `{found}`")


def macro_names(r: Resolver, scope: Scope, macros: Optional[MacroScope]) -> list[str]:
    found: list[str] = []
    at = macros
    while at is not None:
        if at.name:
            found.append(at.name)
        at = at.outer
    krate = scope.module.krate
    for module in (krate.root, *krate.macro_use):
        found.extend(names_of(r, module, MACRO) if module.tables[MACRO] else ())
    prelude = r.prelude_of(krate)
    if prelude is not None:
        found.extend(names_of(r, prelude, MACRO))
    return [n for n in found if n and _is_macro(r, scope, n)]


def _is_macro(r: Resolver, scope: Scope, name: str) -> bool:
    from .imports import in_lexical_modules

    return in_lexical_modules(r, scope, name, MACRO) is not None or True


def in_other_namespace(r: Resolver, scope: Scope, path: ast.Path, ns: int) -> Optional[Res]:
    """What `path` is as a type when a value was wanted, or the other way round."""
    from .paths import resolve_path

    other = "value" if ns == TYPE else "type"
    if len(path.segments) == 1:
        from .paths import lexical

        return lexical(r, scope, path.segments[0].ident, VALUE if ns == TYPE else TYPE, True)
    found = resolve_path(r, scope, path, other, True)
    if found.resolved != len(path.segments) or not isinstance(found.res, (ResDef, ResPrimTy)):
        return None
    return found.res


def add_imports(r: Resolver, scope: Scope, report: Diagnostic, name: str, want: Optional[Source]) -> Diagnostic:
    """"consider importing": public items of that name that can be reached from a crate's root."""
    found = candidates(r, scope, name, want)
    if len(found) == 1:
        text, kind = found[0]
        report.help(f"consider importing this {kind}: `use {text};`")
    elif found:
        kinds = {kind for _, kind in found}
        kind = kinds.pop() if len(kinds) == 1 else "item"
        plural = kind + ("es" if kind.endswith("s") else "s")
        shown = ", ".join(f"`use {text};`" for text, _ in found[:4])
        report.help(f"consider importing one of these {plural}: {shown}")
    return report


def candidates(r: Resolver, scope: Scope, name: str, want: Optional[Source]) -> list[tuple[str, str]]:
    """(path, kind), user crates first, shortest paths first."""
    found: dict[int, tuple[str, str]] = {}
    own = scope.module.krate
    roots = [(own.root, "crate")]
    roots += [(root, key) for key, root in own.externs.items() if root is not own.root]
    for root, text in sorted(roots, key=lambda p: (p[1] != "crate", p[1] != "std", p[1])):
        _search(r, root, text, name, want, scope, found, set(), 0)
    return sorted(found.values(), key=lambda c: (not c[0].startswith("crate"), c[0].count("::"), c[0]))


def _search(
    r: Resolver, module: Module, text: str, name: str, want: Optional[Source], scope: Scope,
    found: dict[int, tuple[str, str]], seen: set[int], depth: int,
) -> None:  # fmt: skip
    from .errors import kind_name
    from .imports import lookup

    if module.def_id in seen or depth > 5:
        return
    seen.add(module.def_id)
    for ns in (TYPE,) if want is None else (want.ns,):
        binding = lookup(r, module, name, ns)
        if binding is None or type(binding.res) is not ResDef or not r.is_accessible(binding.vis, scope):
            continue
        if (want is not None and binding.res.kind not in want.kinds) or module.def_id == scope.module.def_id:
            continue
        found.setdefault(binding.res.def_id, (f"{text}::{name}", kind_name(r, binding.res)))
    for inner in sorted(names_of(r, module, TYPE)):
        binding = lookup(r, module, inner, TYPE)
        if binding is None or type(binding.res) is not ResDef or binding.res.kind not in ("mod", "enum"):
            continue
        if text == "crate" and binding.imported:
            continue
        target = r.module_of(binding.res)
        if target is not None and target.parent is not None and r.is_accessible(binding.vis, scope):
            _search(r, target, f"{text}::{inner}", name, want, scope, found, seen, depth + 1)
