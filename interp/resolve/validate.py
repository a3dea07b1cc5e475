"""Checks of a user's items that need no name resolved: what the grammar lets pass and the language does not.

To add one: a function, and a call of it in `item` or `assoc_item`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Optional

from ..base.diagnostics import error
from ..base.span import Span, mk_span, span_ctxt, span_file, span_hi, span_lo
from ..syntax import ast

if TYPE_CHECKING:
    from .resolver import Resolver

# Attributes of the language, of lints and of derives (helpers); a path (`rustfmt::skip`) is a tool's.
_ATTRIBUTES = """
    alloc_error_handler allow allow_internal_unsafe allow_internal_unstable automatically_derived bench cfg
    cfg_attr cfi_encoding cold collapse_debuginfo const_trait coverage crate_name crate_type debugger_visualizer
    default deny deprecated derive derive_const doc expect export_name feature ffi_const ffi_pure forbid
    fundamental global_allocator global_asm ignore inline instruction_set lang link link_name link_ordinal
    link_section linkage macro_escape macro_export macro_use marker may_dangle must_not_suspend must_use naked
    needs_allocator needs_panic_runtime no_builtins no_core no_implicit_prelude no_link no_main no_mangle
    no_sanitize no_std non_exhaustive omit_gdb_pretty_printer_section optimize panic_handler panic_runtime path
    pin_project pointee prelude_import proc_macro proc_macro_attribute proc_macro_derive profiler_runtime
    recursion_limit register_tool repr rustfmt_skip sanitize should_panic stable start strict_provenance
    target_feature test test_case test_harness test_runner thread_local track_caller type_const
    type_length_limit unsafe unstable unstable_feature_bound used warn windows_subsystem
"""
ATTRIBUTES: Final = frozenset(_ATTRIBUTES.split())
ABIS: Final = frozenset((
    "Rust", "C", "C-unwind", "system", "system-unwind", "cdecl", "cdecl-unwind", "stdcall", "stdcall-unwind",
    "fastcall", "fastcall-unwind", "vectorcall", "thiscall", "thiscall-unwind", "aapcs", "win64", "win64-unwind",
    "sysv64", "sysv64-unwind", "efiapi", "rust-intrinsic", "rust-call", "rust-cold", "unadjusted", "vectorcall-unwind",
    "",
))  # fmt: skip


_VARIADIC: Final = (None, "C", "C-unwind", "cdecl", "system", "sysv64", "win64", "efiapi", "aapcs")


def item(r: Resolver, node: ast.Item) -> None:
    """An item of a module or block."""
    attributes(r, node.attrs)
    kind = node.kind
    if isinstance(kind, ast.Fn):
        _abi(r, kind.abi, node.span)
        if kind.body is None:
            report = error(node.span, "free function without a body")
            r.diag.emit(report)
        if kind.self_param is not None:
            message = "`self` parameter is only allowed in associated functions"
            report = error(kind.self_param.span, message, "", "not semantically valid as function parameter")
            r.diag.emit(report.note("associated functions are those in `impl` or `trait` definitions"))
    elif isinstance(kind, (ast.Struct, ast.UnionItem)):
        _fields(r, kind.data)
        _defaults(r, kind.generics)
    elif isinstance(kind, ast.Enum):
        _enum(r, node, kind)
    elif isinstance(kind, ast.Trait):
        _defaults(r, kind.generics)
    elif isinstance(kind, ast.Impl):
        _impl(r, node, kind)
    if isinstance(kind, (ast.Fn, ast.Trait, ast.Impl, ast.Const, ast.Static, ast.Mod, ast.TyAlias)):
        _no_derive(r, node)


def _impl(r: Resolver, node: ast.Item, kind: ast.Impl) -> None:
    if kind.trait_ is not None:
        _no_vis(r, node.vis, "trait items always share the visibility of their trait")
        if kind.negative and kind.unsafe:
            r.diag.emit(error(kind.trait_.span, "negative impls cannot be unsafe", "E0198", "negative because of this"))
        return
    _no_vis(r, node.vis, "place qualifiers on individual impl items instead")
    if kind.unsafe:
        label = "inherent impl for this type"
        r.diag.emit(error(kind.self_ty.span, "inherent impls cannot be unsafe", "E0197", label))


def _no_derive(r: Resolver, node: ast.Item) -> None:
    for attr in node.attrs:
        if attr.path == "derive":
            message = "`derive` may only be applied to `struct`s, `enum`s and `union`s"
            report = error(attr.span, message, "E0774", "not applicable here")
            r.diag.emit(report.label(node.span, "not a `struct`, `enum` or `union`"))


def assoc_item(r: Resolver, node: ast.Item, owner: ast.Item) -> None:
    """An item of a trait or impl."""
    attributes(r, node.attrs)
    of = owner.kind
    in_impl = isinstance(of, ast.Impl)
    if isinstance(of, ast.Impl) and of.trait_ is None:
        return
    _no_vis(r, node.vis, "trait items always share the visibility of their trait")
    if isinstance(node.kind, ast.Fn) and node.kind.body is None:
        _plain_params(r, node.kind)
    if isinstance(node.kind, ast.Fn) and node.kind.const:
        where = "trait impls" if in_impl else "traits"
        start = span_lo(node.kind.sig_span)
        here = mk_span(span_file(node.span), start, start + len("const"), span_ctxt(node.span))
        message = f"functions in {where} cannot be declared const"
        r.diag.emit(error(here, message, "E0379", f"functions in {where} cannot be const"))


def _plain_params(r: Resolver, kind: ast.Fn) -> None:
    for param in kind.params:
        plain = isinstance(param.pat, ast.PatWild) or (
            isinstance(param.pat, ast.PatIdent) and not (param.pat.by_ref or param.pat.mutbl or param.pat.sub)
        )
        if not plain and not (isinstance(param.pat, ast.PatIdent) and param.pat.mutbl):
            message = "patterns aren't allowed in functions without bodies"
            r.diag.emit(error(param.pat.span, message, "E0642", "pattern not allowed in function without body"))


def foreign_item(r: Resolver, node: ast.Item, abi: Optional[str]) -> None:
    """An item of an `extern` block."""
    kind = node.kind
    if not isinstance(kind, ast.Fn):
        return
    if any(p.kind != "lifetime" for p in kind.generics.params):
        what = "type" if any(p.kind == "type" for p in kind.generics.params) else "const"
        message = f"foreign items may not have {what} parameters"
        report = error(node.span, message, "E0044", f"can't have {what} parameters")
        r.diag.emit(report.help(f"replace the {what} parameters with concrete {what}s"))
    if kind.c_variadic and abi not in _VARIADIC:
        message = "C-variadic functions with the {} calling convention are not supported".format(f'"{abi}"')
        r.diag.emit(error(node.span, message, "E0045", "C-variadic function must have a compatible calling convention"))
    for param in kind.params:
        if not isinstance(param.pat, ast.PatWild) and not (
            isinstance(param.pat, ast.PatIdent) and not (param.pat.by_ref or param.pat.mutbl or param.pat.sub)
        ):
            message = "patterns aren't allowed in foreign function declarations"
            r.diag.emit(error(param.pat.span, message, "E0130", "pattern not allowed in foreign function"))


def attributes(r: Resolver, attrs: list[ast.Attribute]) -> None:
    for attr in attrs:
        if "::" not in attr.path and attr.path not in ATTRIBUTES and not attr.path.startswith("rustc_"):
            lo = span_lo(attr.span) + (3 if attr.inner else 2)
            here = mk_span(span_file(attr.span), lo, lo + len(attr.path), span_ctxt(attr.span))
            r.diag.emit(error(here, f"cannot find attribute `{attr.path}` in this scope"))


def _no_vis(r: Resolver, vis: ast.Visibility, note: str) -> None:
    if vis.kind != "inherited":
        report = error(vis.span, "visibility qualifiers are not permitted here", "E0449", "help: remove the qualifier")
        r.diag.emit(report.note(note))


def _abi(r: Resolver, abi: Optional[str], span: Span) -> None:
    if abi is not None and abi not in ABIS:
        report = error(span, f"invalid ABI: found `{abi}`", "E0703", "invalid ABI")
        note = "invoke `rustc --print=calling-conventions` for a full list of supported calling conventions"
        r.diag.emit(report.note(note))


def _fields(r: Resolver, data: ast.VariantData) -> None:
    seen: dict[str, Span] = {}
    for node in data.fields:
        name = node.ident.name
        if name in seen:
            report = error(node.span, f"field `{name}` is already declared", "E0124", "field already declared")
            r.diag.emit(report.label(seen[name], f"`{name}` first declared here"))
        seen.setdefault(name, node.span)


def _defaults(r: Resolver, generics: ast.Generics) -> None:
    """A default may only name parameters before it."""
    later = [p.ident.name for p in generics.params if p.kind != "lifetime"]
    for param in generics.params:
        if isinstance(param.default, ast.TyPath) and len(param.default.path.segments) == 1:
            name = param.default.path.segments[0].ident.name
            if name in later:
                message = "generic parameter defaults cannot reference parameters before they are declared"
                label = f"cannot reference `{name}` before it is declared"
                r.diag.emit(error(param.default.span, message, "E0128", label))
        if param.kind != "lifetime":
            later.remove(param.ident.name)


def _enum(r: Resolver, node: ast.Item, kind: ast.Enum) -> None:
    _defaults(r, kind.generics)
    for variant in kind.variants:
        attributes(r, variant.attrs)
        _fields(r, variant.data)
    explicit = [v for v in kind.variants if v.discriminant is not None]
    if not explicit or all(v.data.kind == "unit" for v in kind.variants):
        return
    if not any(_is_int_repr(attr) for attr in node.attrs):
        message = "`#[repr(inttype)]` must be specified for enums with explicit discriminants and non-unit variants"
        start = span_lo(node.ident.span)
        head = mk_span(span_file(node.span), span_lo(node.span), start + len(node.ident.name), span_ctxt(node.span))
        report = error(head, message, "E0732")
        for variant in explicit:
            unit = "unit" if variant.data.kind == "unit" else "non-unit"
            assert variant.discriminant is not None
            report.label(variant.discriminant.span, f"explicit discriminant on {unit} variant specified here")
        r.diag.emit(report)


def _is_int_repr(attr: ast.Attribute) -> bool:
    inner = [t.text for group in attr.tokens for t in getattr(group, "stream", [])]
    return attr.path == "repr" and any(t[0] in "iu" and (t[1:].isdigit() or t[1:] == "size") for t in inner)


def main_function(r: Resolver, node: ast.Item) -> None:
    """The program's `main`."""
    assert isinstance(node.kind, ast.Fn)
    if node.kind.generics.params:
        message = "`main` function is not allowed to have generic parameters"
        r.diag.emit(error(node.kind.generics.span, message, "E0131", "`main` cannot have generic parameters"))
    if node.kind.generics.where:
        message = "`main` function is not allowed to have a `where` clause"
        where = node.kind.generics.where[0].span
        r.diag.emit(error(where, message, "E0646", "`main` cannot have a `where` clause"))
    if node.kind.is_async:
        label = "`main` function is not allowed to be `async`"
        r.diag.emit(error(node.kind.sig_span, label, "E0752", label))
    if node.kind.params:
        report = error(node.kind.sig_span, "`main` function has wrong type", "E0580")
        report.labels[0].text = "incorrect number of function parameters"
        expected = "expected signature `fn()`"
        shown = ", ".join("_" for _ in node.kind.params)
        r.diag.emit(report.note(f"{expected}\n   found signature `fn({shown})`"))


def head_of(span: Span, text: str) -> Span:
    """An item's span up to its braces, as rustc underlines it; `text` is what stands there."""
    at = text.find("{")
    if at <= 0:
        return span
    length = len(text[:at].rstrip().encode())
    return mk_span(span_file(span), span_lo(span), min(span_lo(span) + length, span_hi(span)), span_ctxt(span))
