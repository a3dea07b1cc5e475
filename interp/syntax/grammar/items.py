"""Items of modules, traits, impls and extern blocks.

An error inside one item is kept in `Cursor.errors`, and parsing goes on at the next.
To add a kind of item: a function, and an entry in `_BY_KEY` under the word that begins it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn, Optional

from ...base.diagnostics import CompileError, Unsupported, error
from ...base.span import Span
from .. import literals
from ..ast import (
    Attribute, Const, Expr, ExternCrate, ForeignMod, Generics, Ident, Impl, Item, ItemKind, ItemMac, MacCall,
    MacroRulesDef, Mod, Path, Static, Trait, TraitAlias, Ty, TyAlias, TyPath, Use, UseTree, Visibility,
)  # fmt: skip
from ..cursor import Cursor, Place
from ..expected import describe
from ..keywords import ITEM_WORDS
from ..token import RAW, Group, Token
from . import attributes, data, expressions, functions, generics, macros, paths, types

MOD, TRAIT, IMPL, FOREIGN, STMT = "mod", "trait", "impl", "extern", "stmt"
_KindParser = Callable[[Cursor, str], Optional[tuple[Ident, ItemKind]]]


def parse_items(p: Cursor, context: str = MOD) -> list[Item]:
    """Items to the end of the stream; their errors go to `p.errors`."""
    found: list[Item] = []
    while p.tok is not p.end:
        place = p.save()
        try:
            item = _parse_one(p, context)
        except CompileError as failure:
            p.errors.append(failure)
            _resync(p, place)
        except RecursionError:
            p.errors.append(too_deep(place.tok.span))
            _resync(p, place)
        else:
            if item is not None:
                found.append(item)
    return found


def too_deep(span: Span) -> CompileError:
    return CompileError(error(span, "this is nested too deeply to be parsed"))


def _parse_one(p: Cursor, context: str) -> Optional[Item]:
    if p.key == ";":
        _stray_semicolon(p)
    item = parse_item(p, context)
    if item is None:
        _not_an_item(p, context)
    return item


def _stray_semicolon(p: Cursor) -> NoReturn:
    report = error(p.tok.span, "expected item, found `;`")
    p.bump()
    raise CompileError(report.help("remove this semicolon"))


def _not_an_item(p: Cursor, context: str) -> NoReturn:
    found = describe(p.tok, p.close_text())
    if context in (MOD, STMT):
        if p.key == "let":
            p.fail(p.tok.span, f"expected item, found {found}", "", "`let` cannot be used for global variables")
        report = error(p.tok.span, f"expected item, found {found}", "", "expected item")
        raise CompileError(report.note("for a full list of items that can appear in modules, see <https://doc.rust-lang.org/reference/items.html>"))
    message = f"non-item in item list"
    p.fail(p.tok.span, message, "", message)


def _resync(p: Cursor, place: Place) -> None:
    """Behind an item that failed: after its `;` or braces, or at the next word that begins one."""
    at = p.stack[place.depth][1] if len(p.stack) > place.depth else p.pos
    p.restore(place)
    p.no_struct = p.stmt_mode = False
    p.seek(max(at, place.pos + (at == place.pos)))
    if at > place.pos and p.toks[at - 1 : at] and _ends_item(p.toks[at - 1].text):
        return
    while p.tok is not p.end:
        if _ends_item(p.key):
            p.bump()
            return
        if p.key in ITEM_WORDS and p.key not in ("const", "unsafe", "default", "union", "safe", "extern", "use") and p.pos > at:
            return
        p.bump()


def _ends_item(text: str) -> bool:
    return text in (";", "{")


# --- one item


def parse_item(p: Cursor, context: str = MOD) -> Optional[Item]:
    """An item with its attributes, or None when none begins here."""
    attrs = attributes.parse_outer(p) if p.key in ("#", "///", "//!") else []
    item = parse_item_with(p, attrs, context)
    if item is None and attrs:
        _attrs_without_item(p, attrs)
    return item


def _attrs_without_item(p: Cursor, attrs: list[Attribute]) -> NoReturn:
    last = attrs[-1]
    if last.path == "doc" and last.value is not None and not last.tokens:
        if p.tok is p.end:
            p.fail(last.span, "expected item after doc comment", "", "this doc comment doesn't document anything")
    elif p.tok is p.end:
        p.fail(last.span, "expected item after attributes")
    _not_an_item(p, MOD)


def parse_item_with(p: Cursor, attrs: list[Attribute], context: str) -> Optional[Item]:
    """The item behind `attrs`; None, and nothing eaten, when none begins here."""
    tok = p.tok
    if tok.kind == "interp" and tok.text == "item":
        p.bump()
        item = tok.node
        assert isinstance(item, Item)
        return Item(item.ident, item.vis, [*attrs, *item.attrs], item.kind, item.span) if attrs else item
    if p.key == "{}":
        return _parse_invisible(p, attrs, context)
    start = attrs[0].span if attrs else tok.span
    place = p.save()
    vis = attributes.parse_vis(p)
    found = parse_kind(p, context, vis, attrs)
    if found is None:
        if vis.kind != "inherited" or p.pos != place.pos:
            if vis.kind != "inherited":
                _visibility_alone(p, vis)
            p.restore(place)
        return None
    ident, kind = found
    return Item(ident, vis, attrs, kind, p.since(start))


def _visibility_alone(p: Cursor, vis: Visibility) -> NoReturn:
    if p.is_ident() and p.peek_key() in ("(", "<"):
        p.fail(vis.span, "missing `fn` for function definition")
    if p.is_ident() and p.peek_key() == "{":
        p.fail(vis.span, "missing `struct` for struct definition")
    report = error(vis.span, f"visibility `{_vis_text(vis)}` is not followed by an item", "", "the visibility")
    raise CompileError(report.help("you likely meant to define an item, e.g., `pub fn foo() {}`"))


def _vis_text(vis: Visibility) -> str:
    if vis.path is None:
        return "pub(crate)" if vis.kind == "crate" else "pub"
    return "pub(in " + "::".join(s.ident.name for s in vis.path.segments) + ")"


def _parse_invisible(p: Cursor, attrs: list[Attribute], context: str) -> Optional[Item]:
    group = p.tok
    assert isinstance(group, Group)
    if not group.stream:
        p.bump()
        return parse_item_with(p, attrs, context)
    place = p.save()
    p.enter()
    item = parse_item_with(p, attrs, context)
    if item is None or p.tok is not p.end:
        p.restore(place)
        return None
    p.leave()
    return item


def parse_kind(p: Cursor, context: str, vis: Visibility, attrs: list[Attribute]) -> Optional[tuple[Ident, ItemKind]]:
    tok = p.tok
    if tok.kind != "ident":
        return _parse_item_mac(p, context) if p.key == "::" or tok.kind == "interp" and tok.text == "path" else None
    handler = _BY_KEY.get(p.key)
    if handler is not None:
        found = handler(p, context)
        if found is not None:
            _add_inner_attributes(found[1], attrs)
            return found
    if context != STMT and p.is_path_segment() and p.peek_key() in ("!", "::"):
        return _parse_item_mac(p, context)
    return None


def _add_inner_attributes(kind: ItemKind, attrs: list[Attribute]) -> None:
    """Attributes inside a module's, impl's or trait's braces are the item's own."""
    if _INNER:
        attrs.extend(_INNER)
        _INNER.clear()


_INNER: list[Attribute] = []


def no_ident(span: Span) -> Ident:
    return Ident("", span)


def _parse_body(p: Cursor, context: str) -> tuple[list[Item], list[Attribute]]:
    """`{ items }`."""
    if p.key != "{":
        p.unexpected("`{`")
    p.enter()
    inner = attributes.parse_inner(p)
    found = parse_items(p, context)
    p.leave()
    return found, inner


def _refuse(p: Cursor, context: str, what: str) -> None:
    """Complain of an item kind that a trait, impl or extern block cannot hold."""
    if context in (TRAIT, IMPL):
        where = "`trait`s or `impl`s"
        report = error(p.tok.span, f"{what} is not supported in {where}")
        raise CompileError(report.help(f"consider moving the {what} out to a nearby module scope"))
    if context == FOREIGN:
        report = error(p.tok.span, f"{what} is not supported in `extern` blocks")
        raise CompileError(report.help(f"consider moving the {what} out to a nearby module scope"))


# --- functions, constants, statics, aliases


def _parse_fn(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    return functions.parse_fn(p, context) if functions.at_fn(p) else None


def _parse_const(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if functions.at_fn(p):
        return functions.parse_fn(p, context)
    after = p.peek()
    if not (p.is_ident_at(1) or after.text in ("_", "mut") and after.kind == "ident"):
        return None
    p.bump()
    if p.key == "mut":
        report = error(p.tok.span, "const globals cannot be mutable", "", "cannot be mutable")
        raise CompileError(report.help("you might want to declare a static instead"))
    ident = _ident_or_underscore(p)
    params = generics.parse_generics(p)
    ty: Optional[Ty] = None
    if p.eat(":"):
        ty = types.parse_ty(p)
    elif context in (MOD, STMT, IMPL):
        p.fail(ident.span, "missing type for `const` item")
    expr = expressions.parse_expr(p) if p.eat("=") else None
    generics.parse_where(p, params)
    _semicolon(p, expr, ty)
    return ident, Const(params, ty, expr)


def _ident_or_underscore(p: Cursor) -> Ident:
    if p.key == "_":
        return Ident("_", p.bump().span)
    return p.parse_ident()


def _semicolon(p: Cursor, expr: Optional[Expr], ty: Optional[Ty]) -> None:
    if p.key == ";":
        p.bump()
        return
    if expr is not None:
        p.unexpected("`;`", *expressions.after_expr_expected(expr))
    p.unexpected("`;`", "`=`", *paths.after_ty_expected(ty))


def _parse_static(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if p.peek_key() in ("|", "||", "move", "async"):
        return None
    return _parse_static_item(p, False)


def _parse_static_item(p: Cursor, unsafe: bool) -> tuple[Ident, ItemKind]:
    p.expect("static")
    mutbl = p.eat("mut")
    ident = _ident_or_underscore(p)
    if p.key != ":":
        if p.key in ("=", ";"):
            p.fail(ident.span, f"missing type for `{'static mut' if mutbl else 'static'}` item")
        p.unexpected("`:`")
    p.bump()
    ty = types.parse_ty(p)
    expr = expressions.parse_expr(p) if p.eat("=") else None
    _semicolon(p, expr, ty)
    return ident, Static(mutbl, ty, expr, unsafe)


def _parse_type(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    p.bump()
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    bounds = generics.parse_bounds(p) if p.eat(":") else []
    generics.parse_where(p, params)
    ty = types.parse_ty(p) if p.eat("=") else None
    generics.parse_where(p, params)
    if not p.eat(";"):
        p.unexpected("`;`", *(("`=`", "`where`") if ty is None else ("`where`", *paths.after_ty_expected(ty))))
    return ident, TyAlias(params, bounds, ty)


# --- modules, uses, extern


def _parse_mod(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    _refuse(p, context, "module")
    start = p.bump().span
    ident = p.parse_ident()
    if p.eat(";"):
        return ident, Mod(None, p.since(start))
    if p.key != "{":
        p.unexpected("`;`", "`{`")
    found, inner = _parse_body(p, MOD)
    _INNER.extend(inner)
    return ident, Mod(found, p.since(start))


def _parse_use(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    _refuse(p, context, "`use` import")
    start = p.bump().span
    tree = parse_use_tree(p)
    if not p.eat(";"):
        simple = tree.kind == "simple" and tree.rename is None
        p.unexpected("`;`", *(("`::`", "`as`") if simple else ()))
    return no_ident(start), Use(tree)


def parse_use_tree(p: Cursor) -> UseTree:
    start = p.tok.span
    prefix = Path([], start)
    if p.key in ("{", "*"):
        return _parse_use_end(p, prefix, start)
    if p.key == "::" and p.peek_key() in ("{", "*"):
        p.bump()
        prefix.segments.append(paths.PathSegment(Ident("{{root}}", p.prev_span), None))
        return _parse_use_end(p, prefix, start)
    prefix = paths.parse_path(p, "mod")
    if p.eat("::"):
        return _parse_use_end(p, prefix, start)
    rename = None
    if p.eat("as"):
        rename = _ident_or_underscore(p)
    return UseTree(prefix, "simple", rename, [], p.since(start))


def _parse_use_end(p: Cursor, prefix: Path, start: Span) -> UseTree:
    """`*` or `{...}`."""
    if p.eat("*"):
        return UseTree(prefix, "glob", None, [], p.since(start))
    nested: list[UseTree] = []
    p.enter()
    while not p.at_end:
        nested.append(parse_use_tree(p))
        if not p.eat(","):
            break
    p.leave("`,`", "`::`", "`as`")
    return UseTree(prefix, "nested", None, nested, p.since(start))


def _parse_extern(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if functions.at_fn(p):
        return functions.parse_fn(p, context)
    if p.peek_key() == "crate":
        _refuse(p, context, "`extern crate`")
        p.bump(), p.bump()
        return _parse_extern_crate(p)
    _refuse(p, context, "extern block")
    return _parse_foreign(p, False)


def _parse_extern_crate(p: Cursor) -> tuple[Ident, ItemKind]:
    ident = Ident("self", p.bump().span) if p.key == "self" else p.parse_ident()
    original = None
    if p.eat("as"):
        original, ident = ident, _ident_or_underscore(p)
    p.expect(";", *(("`as`",) if original is None else ()))
    return ident, ExternCrate(original)


def _parse_foreign(p: Cursor, unsafe: bool) -> tuple[Ident, ItemKind]:
    start = p.tok.span
    abi = functions.parse_extern_abi(p)
    if p.key != "{":
        p.unexpected("`fn`", "`{`", *(("`crate`",) if abi == "" else ()))
    found, inner = _parse_body(p, FOREIGN)
    _INNER.extend(inner)
    return no_ident(start), ForeignMod(abi, found, unsafe)


# --- traits and impls


def _parse_trait(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    _refuse(p, context, "trait")
    unsafe = p.eat("unsafe")
    auto = p.eat("auto")
    p.expect("trait")
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    bounds = generics.parse_bounds(p) if p.eat(":") else []
    if p.eat("="):
        bounds = generics.parse_bounds(p)
        generics.parse_where(p, params)
        p.expect(";")
        return ident, TraitAlias(params, bounds)
    generics.parse_where(p, params)
    found, inner = _parse_body(p, TRAIT)
    _INNER.extend(inner)
    return ident, Trait(params, bounds, found, unsafe, auto)


def _parse_impl(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    _refuse(p, context, "implementation")
    default = p.key == "default" and p.eat("default")
    unsafe = p.eat("unsafe")
    start = p.expect("impl")
    params = generics.parse_generics(p) if _impl_has_generics(p) else generics.no_generics(p)
    if p.key == "const":
        p.fail(p.tok.span, "const trait impls are experimental", "E0658")
    negative = p.key == "!" and types.can_begin_type(p) and p.eat("!")
    self_ty = types.parse_ty(p)
    trait_: Optional[Path] = None
    if p.eat("for"):
        trait_ = _trait_of_impl(p, self_ty)
        self_ty = types.parse_ty(p)
    generics.parse_where(p, params)
    if p.key != "{":
        after = ("`where`", *paths.after_ty_expected(self_ty)) if not params.where else ()
        p.unexpected("`{`", *(("`for`",) if trait_ is None and after else ()), *after)
    found, inner = _parse_body(p, IMPL)
    _INNER.extend(inner)
    return no_ident(start), Impl(params, trait_, bool(negative), self_ty, found, unsafe, bool(default))


def _trait_of_impl(p: Cursor, ty: Ty) -> Path:
    if not isinstance(ty, TyPath) or ty.path.qself is not None:
        p.fail(ty.span, "expected a trait, found type")
    return ty.path


def _impl_has_generics(p: Cursor) -> bool:
    """Whether `<` begins parameters and not `<T as Trait>::Type`."""
    if p.key != "<":
        return False
    first, second = p.peek(1), p.peek_key(2)
    if first.kind == "lifetime" or first.text in ("#", ">", "const") or first.kind == "doc":
        return True
    return first.kind == "ident" and second in (">", ",", ":", "=") or first.kind == "interp" and second in (">", ",", ":")


def _parse_unsafe(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    after = p.peek_key()
    if after in ("trait", "auto"):
        return _parse_trait(p, context)
    if after == "impl":
        return _parse_impl(p, context)
    if functions.at_fn(p):
        return functions.parse_fn(p, context)
    if after == "extern":
        p.bump()
        return _parse_foreign(p, True)
    if after == "static" and context == FOREIGN:
        p.bump()
        return _parse_static_item(p, True)
    if after == "mod":
        p.fail(p.tok.span, "module cannot be declared unsafe")
    return None


def _parse_safe(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if p.peek_key() == "static":
        p.bump()
        return _parse_static_item(p, False)
    return functions.parse_fn(p, context) if functions.at_fn(p) and p.peek_key() in ("fn", "extern") else None


def _parse_auto(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    return _parse_trait(p, context) if p.peek_key() == "trait" else None


def _parse_default(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    """`default fn`, `default impl`: specialisation."""
    after = p.peek_key()
    if after == "impl" or after == "unsafe" and p.peek_key(2) == "impl":
        return _parse_impl(p, context)
    if context != IMPL or after not in ("fn", "const", "async", "unsafe", "extern", "type"):
        return None
    p.bump()
    found = _BY_KEY[p.key](p, context)
    if found is not None and isinstance(found[1], functions.Fn):
        found[1].default = True
    return found


# --- macros


def _parse_item_mac(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    """`path! { .. }` or `path!(..);` as an item."""
    start = p.tok.span
    path = paths.parse_path(p, "mod")
    if p.key != "!":
        p.unexpected("`!`", "`::`")
    call = macros.parse_mac_call(p, path, start)
    _end_mac(p, call)
    return no_ident(start), ItemMac(call)


def _end_mac(p: Cursor, call: MacCall) -> None:
    if call.delim == "{" or p.eat(";"):
        return
    report = error(call.span, "macros that expand to items must be delimited with braces or followed by a semicolon")
    raise CompileError(report)


def _parse_macro_rules(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if p.peek_key() != "!" or not p.is_ident_at(2):
        return None
    start = p.bump().span
    p.bump()
    ident = p.parse_ident()
    group = p.tok
    if not isinstance(group, Group):
        p.unexpected("`(`", "`[`", "`{`")
    p.bump()
    if group.delim != "{" and not p.eat(";"):
        p.fail(p.since(start), "macros that expand to items must be delimited with braces or followed by a semicolon")
    return ident, MacroRulesDef(group.stream)


def _parse_macro_2(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    """`macro name(args) { body }`, `macro name { rules }`."""
    if not p.is_ident_at(1):
        return None
    p.bump()
    ident = p.parse_ident()
    group = p.tok
    if not isinstance(group, Group) or group.delim not in ("(", "{"):
        p.unexpected("`(`", "`{`")
    p.bump()
    if group.delim == "{":
        return ident, MacroRulesDef(group.stream, True)
    body = p.tok
    if not isinstance(body, Group) or body.delim != "{":
        p.unexpected("`{`")
    p.bump()
    return ident, MacroRulesDef([group, Token("punct", "=>", group.close), body], True)


def _parse_union(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if not p.is_ident_at(1):
        return None
    _refuse(p, context, "union")
    return data.parse_union(p)


def _parse_struct(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    _refuse(p, context, "struct")
    return data.parse_struct(p)


def _parse_enum(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    _refuse(p, context, "enum")
    return data.parse_enum(p)


_BY_KEY: Final[dict[str, _KindParser]] = {
    "fn": _parse_fn, "const": _parse_const, "async": _parse_fn, "unsafe": _parse_unsafe, "safe": _parse_safe,
    "extern": _parse_extern, "static": _parse_static, "type": _parse_type, "mod": _parse_mod, "use": _parse_use,
    "trait": _parse_trait, "impl": _parse_impl, "auto": _parse_auto, "default": _parse_default,
    "macro_rules": _parse_macro_rules, "macro": _parse_macro_2, "struct": _parse_struct, "enum": _parse_enum,
    "union": _parse_union,
}  # fmt: skip
