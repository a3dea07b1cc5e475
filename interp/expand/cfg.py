"""Conditional compilation: `cfg` predicates, `cfg_attr`, and removing what is configured out.

A configuration is a set of names and of (key, value) pairs (`base/target.py`, plus `--cfg`, features and "test").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

from ..base import target
from ..base.diagnostics import CompileError, error
from ..base.span import Span
from ..syntax import ast, literals
from ..syntax.parser import Parser
from ..syntax.token import Group, Token, TokenStream


@dataclass(slots=True)
class Config:
    """What `cfg(..)` sees."""

    names: set[str] = field(default_factory=lambda: set(target.CFG_NAMES))
    values: set[tuple[str, str]] = field(default_factory=lambda: set(target.CFG_VALUES))

    @staticmethod
    def of(cfgs: Iterable[str]) -> Config:
        """The target's, and what is set: `name` or `key="value"` (the quotes may be missing)."""
        made = Config()
        for text in cfgs:
            name, eq, value = text.partition("=")
            if eq:
                made.values.add((name.strip(), value.strip().strip('"')))
            else:
                made.names.add(name.strip())
        return made


def split_commas(stream: TokenStream) -> list[TokenStream]:
    """The parts between top-level commas; a trailing comma adds none."""
    parts: list[TokenStream] = [[]]
    for tree in stream:
        if isinstance(tree, Token) and tree.text == "," and tree.kind == "punct":
            parts.append([])
        else:
            parts[-1].append(tree)
    if not parts[-1]:
        parts.pop()
    return parts


def evaluate(stream: TokenStream, config: Config, span: Span) -> bool:
    """The truth of one predicate: `name`, `key = "value"`, `all(..)`, `any(..)`, `not(..)`, `true`, `false`."""
    if not stream or not isinstance(stream[0], Token) or stream[0].kind != "ident":
        raise CompileError(
            error(
                span, "`cfg` predicate is not specified" if not stream else "`cfg` predicate key must be an identifier"
            )
        )
    name = stream[0].text
    if len(stream) == 2 and isinstance(stream[1], Group):
        parts = [evaluate(part, config, span) for part in split_commas(stream[1].stream)]
        if name == "not" and len(parts) == 1:
            return not parts[0]
        if name in ("all", "any"):
            return all(parts) if name == "all" else any(parts)
        raise CompileError(error(stream[0].span, f"invalid predicate `{name}`", "E0537"))
    if len(stream) == 3 and isinstance(stream[2], Token) and stream[2].kind == "literal":
        return (name, str(literals.decode(stream[2]).value)) in config.values
    if len(stream) == 1:
        return {"true": True, "false": False}.get(name, name in config.names)
    raise CompileError(error(span, "malformed `cfg` predicate"))


def group_of(attr: ast.Attribute) -> TokenStream:
    """The tokens inside the parentheses of `#[name(..)]`."""
    first = attr.tokens[0] if attr.tokens else None
    return first.stream if isinstance(first, Group) else []


def expand_attrs(attrs: list[ast.Attribute], config: Config, edition: int) -> list[ast.Attribute]:
    """`cfg_attr`s replaced by what they stand for."""
    if not any(a.path == "cfg_attr" for a in attrs):
        return attrs
    out: list[ast.Attribute] = []
    for attr in attrs:
        out.extend(_cfg_attr(attr, config, edition) if attr.path == "cfg_attr" else [attr])
    return out


def _cfg_attr(attr: ast.Attribute, config: Config, edition: int) -> list[ast.Attribute]:
    parts = split_commas(group_of(attr))
    if not parts:
        raise CompileError(error(attr.span, "malformed `cfg_attr` attribute input"))
    if not evaluate(parts[0], config, attr.span):
        return []
    found = []
    for part in parts[1:]:
        meta = Parser(part, edition, attr.span).parse_meta_item()
        found.append(ast.Attribute(meta.path, meta.tokens, attr.inner, attr.span, meta.value))
    return expand_attrs(found, config, edition)


def enabled(attrs: list[ast.Attribute], config: Config) -> bool:
    """Whether every `#[cfg(..)]` among `attrs` holds."""
    for attr in attrs:
        if attr.path == "cfg":
            parts = split_commas(group_of(attr))
            if len(parts) != 1:
                raise CompileError(
                    error(
                        attr.span,
                        "`cfg` predicate is not specified" if not parts else "multiple `cfg` predicates are specified",
                    )
                )
            if not evaluate(parts[0], config, attr.span):
                return False
    return True


class Stripper:
    """Removes what is configured out of an item, in place, and expands `cfg_attr` in it."""

    def __init__(self, config: Config, edition: int) -> None:
        self.config = config
        self.edition = edition

    def keep(self, node: Any) -> bool:
        if not node.attrs:
            return True
        node.attrs = expand_attrs(node.attrs, self.config, self.edition)
        return enabled(node.attrs, self.config)

    def filter(self, nodes: list[Any]) -> list[Any]:
        return [node for node in nodes if self.keep(node)]

    def item(self, item: ast.Item) -> Optional[ast.Item]:
        """`item` without what is configured out of its fields, variants and parameters; None if it is out."""
        if not self.keep(item):
            return None
        kind = item.kind
        generics = getattr(kind, "generics", None)
        if generics is not None:
            generics.params = self.filter(generics.params)
        if isinstance(kind, (ast.Struct, ast.UnionItem)):
            kind.data.fields = self.filter(kind.data.fields)
            self._renumber(kind.data)
        elif isinstance(kind, ast.Enum):
            kind.variants = self.filter(kind.variants)
            for variant in kind.variants:
                variant.data.fields = self.filter(variant.data.fields)
                self._renumber(variant.data)
        elif isinstance(kind, ast.Fn):
            kind.params = self.filter(kind.params)
        return item

    def _renumber(self, data: ast.VariantData) -> None:
        if data.kind == "tuple":
            for index, field_def in enumerate(data.fields):
                field_def.ident = ast.Ident(str(index), field_def.ident.span)
