"""Finds the engine: compiled if it was built, else the same file uncompiled.

Uncompiled, the chain of `if op == OP_x` would be walked one by one, so `load_pure` rewrites the parsed file before it
runs: opcode and word names become numbers and the chain a balanced tree of `op < n`.  The branches stay as they are.

`INTERP_ENGINE=pure` (or the argument) forces the uncompiled one.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from ..code import code as code_words
from ..code.opcodes import NUMBER
from . import primitives, words

Choice = Literal["auto", "compiled", "pure"]
SOURCE = Path(__file__).with_name("engine.py")


class _Numbers(ast.NodeTransformer):
    """Names of constants become their values."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {f"OP_{name}": number for name, number in NUMBER.items()}
        for module in (words, code_words, primitives):
            self.values.update({k: v for k, v in vars(module).items() if k.isupper() and isinstance(v, int)})

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self.values:
            return ast.copy_location(ast.Constant(self.values[node.id]), node)
        return node


def _opcode(test: ast.expr) -> int | None:
    """n of the test `op == n`."""
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "op":
        right = test.comparators[0]
        return right.value if isinstance(right, ast.Constant) and isinstance(right.value, int) else None
    return None


def _balance(branches: list[tuple[int, list[ast.stmt]]], otherwise: list[ast.stmt]) -> list[ast.stmt]:
    """The decision tree over `branches`, sorted by opcode."""
    if len(branches) == 1:
        number, body = branches[0]
        test = ast.Compare(ast.Name("op", ast.Load()), [ast.Eq()], [ast.Constant(number)])
        return [ast.If(test, body, otherwise)]
    middle = len(branches) // 2
    test = ast.Compare(ast.Name("op", ast.Load()), [ast.Lt()], [ast.Constant(branches[middle][0])])
    return [ast.If(test, _balance(branches[:middle], otherwise), _balance(branches[middle:], otherwise))]


class _Balance(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> Any:
        branches, at = [], node
        while (number := _opcode(at.test)) is not None:
            branches.append((number, at.body))
            if len(at.orelse) != 1 or not isinstance(at.orelse[0], ast.If):
                return _balance(sorted(branches, key=lambda b: b[0]), at.orelse)
            at = at.orelse[0]
        self.generic_visit(node)
        return node


@cache
def load_pure() -> ModuleType:
    name = f"{__package__}.engine_pure"
    tree = _Balance().visit(_Numbers().visit(ast.parse(SOURCE.read_text())))
    spec = importlib.util.spec_from_file_location(name, SOURCE)
    assert spec
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    exec(compile(ast.fix_missing_locations(tree), str(SOURCE), "exec"), module.__dict__)
    return module


def is_compiled(module: ModuleType) -> bool:
    return not (module.__file__ or "").endswith(".py")


def load(choice: Choice = "auto") -> Any:
    """A new `Engine`."""
    if choice == "auto" and os.environ.get("INTERP_ENGINE") == "pure":
        choice = "pure"
    if choice != "pure":
        module = importlib.import_module(f"{__package__}.engine") if _has_compiled() else None
        if module is not None:
            return module.Engine()
        if choice == "compiled":
            raise RuntimeError("the engine is not compiled: run ./dev build")
    return load_pure().Engine()


def _has_compiled() -> bool:
    spec = importlib.util.find_spec(f"{__package__}.engine")
    return bool(spec and spec.origin and not spec.origin.endswith(".py"))


def description(choice: Choice = "auto") -> Literal["compiled", "pure"]:
    """Which engine `load` gives."""
    pure = choice == "pure" or (choice == "auto" and os.environ.get("INTERP_ENGINE") == "pure")
    return "pure" if pure or not _has_compiled() else "compiled"
