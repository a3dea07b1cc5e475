"""Whole files: our own library and the programs of the test suite parse, eagerly and lazily, and fast enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interp.base.span import SourceMap
from interp.syntax import ast
from interp.syntax.lexer import lex
from interp.syntax.parser import Parser, parse_lazy_body

ROOT = Path(__file__).parents[3]
FILES = sorted(
    path
    for folder in ("interp/library", "examples", "tests/ui/pass", "tests/ui/panic", "tests/ui/ub")
    for path in (ROOT / folder).rglob("*.rs")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file(path: Path) -> None:
    said = re.search(r"//@ flags:.*--edition (\d+)", path.read_text())
    edition = int(said[1]) if said else 2021
    file = SourceMap().add(path.name, path.read_bytes())
    stream = lex(file)
    whole = Parser(stream, edition, file=file).parse_crate()
    lazy = Parser(stream, edition, lazy_bodies=True, file=file).parse_crate()
    assert [item.ident for item in whole.items] == [item.ident for item in lazy.items]
    for one, other in zip(_functions(whole.items), _functions(lazy.items), strict=True):
        assert (one.body is None) == (other.body is None)
        if isinstance(other.body, ast.LazyBody):
            assert isinstance(one.body, ast.Block)
            assert len(parse_lazy_body(other.body, edition).stmts) == len(one.body.stmts)


def _functions(items: list[ast.Item]) -> list[ast.Fn]:
    found: list[ast.Fn] = []
    for item in items:
        kind = item.kind
        if isinstance(kind, ast.Fn):
            found.append(kind)
        elif isinstance(kind, ast.Trait | ast.Impl | ast.Mod | ast.ForeignMod) and kind.items is not None:
            found.extend(_functions(kind.items))
    return found
