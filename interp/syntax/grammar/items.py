"""Items of modules, traits, impls and extern blocks.

An error inside one item is kept in `Cursor.errors`, and parsing goes on at the next.
To add a kind of item: a function, and an entry in `_BY_KEY` under the word that begins it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn, Optional

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from ..ast import (
    Attribute,
    Fn,
    Ident,
    Item,
    ItemKind,
    ItemMac,
    MacCall,
    MacroRulesDef,
    Visibility,
)  # fmt: skip
from ..cursor import Cursor, Place
from ..keywords import ITEM_WORDS
from ..token import Group, Token
from . import attributes, data, functions, globals_, macros, missing, modules, paths, traits

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
            if context in (TRAIT, IMPL, FOREIGN):
                _give_up_list(p, place, failure)
            else:
                _resync(p, place)
        except RecursionError:
            p.errors.append(too_deep(place.tok.span))
            _resync(p, place)
        else:
            if item is not None:
                found.append(item)
    return found


def _give_up_list(p: Cursor, place: Place, failure: CompileError) -> None:
    """A trait, impl or extern block with an error in it is not parsed further."""
    p.restore(place)
    p.no_struct = p.stmt_mode = False
    group = p.stack[-1][0][p.stack[-1][1]] if p.stack else None
    if isinstance(group, Group) and not failure.diagnostics[0].message.startswith("non-item"):
        failure.diagnostics[0].label(group.open, "while parsing this item list starting here")
        failure.diagnostics[0].label(group.close, "the item list ends here")
    p.seek(len(p.toks))


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
    report = error(p.here, "expected item, found `;`")
    p.bump()
    raise CompileError(report.help("remove this semicolon"))


def _not_an_item(p: Cursor, context: str) -> NoReturn:
    found = p.describe()
    if context in (MOD, STMT):
        if p.key == "let":
            p.fail(p.here, f"expected item, found {found}", "", "`let` cannot be used for global variables")
        report = error(p.here, f"expected item, found {found}", "", "expected item")
        page = "<https://doc.rust-lang.org/reference/items.html>"
        raise CompileError(report.note(f"for a full list of items that can appear in modules, see {page}"))
    message = "non-item in item list"
    p.fail(p.here, message, "", "" if p.key == "let" else message)


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
        if p.key in _ANEW and p.pos > at:
            return
        p.bump()


_ANEW = ITEM_WORDS - {"const", "unsafe", "default", "union", "safe", "extern", "use"}


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
        macro = p.key == "::" or (tok.kind == "interp" and tok.text == "path")
        return _parse_item_mac(p, context, vis) if macro else None
    handler = _BY_KEY.get(p.key)
    if handler is not None:
        found = handler(p, context)
        if found is not None:
            attrs.extend(p.inner)
            p.inner.clear()
            return found
    if context != STMT and p.is_path_segment():
        if vis.kind == "pub" and p.peek_key() not in ("!", "::"):
            missing.complain(p, vis)
            return None
        return _parse_item_mac(p, context, vis)
    return None


def no_ident(span: Span) -> Ident:
    return Ident("", span)


def parse_body(p: Cursor, context: str) -> tuple[list[Item], list[Attribute]]:
    """`{ items }`."""
    if p.key != "{":
        p.unexpected("`{`")
    p.enter()
    inner = attributes.parse_inner(p)
    found = parse_items(p, context)
    p.leave()
    return found, inner


def refuse(p: Cursor, context: str, what: str) -> None:
    """Complain of an item kind that a trait, impl or extern block cannot hold."""
    if context in (TRAIT, IMPL):
        where = "`trait`s or `impl`s"
        report = error(p.here, f"{what} is not supported in {where}")
        raise CompileError(report.help(f"consider moving the {what} out to a nearby module scope"))
    if context == FOREIGN:
        report = error(p.here, f"{what} is not supported in `extern` blocks")
        raise CompileError(report.help(f"consider moving the {what} out to a nearby module scope"))


def ident_or_underscore(p: Cursor) -> Ident:
    if p.key == "_":
        return Ident("_", p.bump().span)
    return p.parse_ident()


# --- qualifiers


def _parse_unsafe(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    after = p.peek_key()
    if after in ("trait", "auto"):
        return traits.parse_trait(p, context)
    if after == "impl":
        return traits.parse_impl(p, context)
    if functions.at_fn(p):
        return functions.parse_fn(p, context)
    if after == "extern":
        p.bump()
        return modules.parse_foreign(p, True)
    if after == "static" and context == FOREIGN:
        p.bump()
        return globals_.parse_static_item(p, True)
    if after == "mod":
        p.fail(p.here, "module cannot be declared unsafe")
    return None


def _parse_safe(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if p.peek_key() == "static":
        p.bump()
        return globals_.parse_static_item(p, False, safe=True)
    return functions.parse_fn(p, context) if functions.at_fn(p) and p.peek_key() in ("fn", "extern") else None


def _parse_auto(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    return traits.parse_trait(p, context) if p.peek_key() == "trait" else None


def _parse_default(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    """`default fn`, `default impl`: specialisation."""
    after = p.peek_key()
    if after == "impl" or (after == "unsafe" and p.peek_key(2) == "impl"):
        return traits.parse_impl(p, context)
    if context != IMPL or after not in ("fn", "const", "async", "unsafe", "extern", "type"):
        return None
    p.bump()
    found = _BY_KEY[p.key](p, context)
    if found is not None and isinstance(found[1], Fn):
        found[1].default = True
    return found


# --- macros


def _parse_item_mac(p: Cursor, context: str, vis: Visibility) -> Optional[tuple[Ident, ItemKind]]:
    """`path! { .. }` or `path!(..);` as an item."""
    start = p.tok.span
    if p.peek_key() not in ("!", "::"):
        missing.complain(p, vis)
    path = paths.parse_path(p, "mod")
    if p.key != "!":
        p.unexpected("`!`", "`::`")
    call = macros.parse_mac_call(p, path, start)
    _end_mac(p, call)
    return no_ident(start), ItemMac(call)


def _end_mac(p: Cursor, call: MacCall) -> None:
    if call.delim == "{" or p.eat(";"):
        return
    report = error(p.prev_span, "macros that expand to items must be delimited with braces or followed by a semicolon")
    raise CompileError(report)


def _parse_macro_rules(p: Cursor, context: str) -> Optional[tuple[Ident, ItemKind]]:
    if p.peek_key() != "!" or not p.is_ident_at(2):
        return None
    start = p.bump().span
    p.bump()
    ident = p.parse_ident()
    group = p.tok
    if not isinstance(group, Group):
        p.unexpected("`!`", "`(`", "`[`", "`{`")
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
    refuse(p, context, "union")
    return data.parse_union(p)


def _parse_struct(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    refuse(p, context, "struct")
    return data.parse_struct(p)


def _parse_enum(p: Cursor, context: str) -> tuple[Ident, ItemKind]:
    refuse(p, context, "enum")
    return data.parse_enum(p)


_BY_KEY: Final[dict[str, _KindParser]] = {
    "fn": globals_.parse_fn, "const": globals_.parse_const, "async": globals_.parse_fn, "unsafe": _parse_unsafe,
    "safe": _parse_safe, "extern": modules.parse_extern, "static": globals_.parse_static, "type": globals_.parse_type,
    "mod": modules.parse_mod, "use": modules.parse_use, "trait": traits.parse_trait, "impl": traits.parse_impl,
    "auto": _parse_auto, "default": _parse_default, "macro_rules": _parse_macro_rules, "macro": _parse_macro_2,
    "struct": _parse_struct, "enum": _parse_enum, "union": _parse_union,
}  # fmt: skip
