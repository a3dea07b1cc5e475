"""Grows well-typed Rust programs for the differential tester: types, and what every part of the generator needs.

A program is a module with structs, enums, a trait, functions and `run`, which prints what it computes.  Everything is
drawn from one `random.Random`.  Values that are no `Copy` are cloned where they are read, so nothing fails to borrow.
Names, types and values in scope are `Var`s; the expressions of a type are in `exprs.py`, statements in `stmts.py`.

Invariants: no program loops for ever, reads a clock, an address or an order of hashing; two runs print the same.
To add a kind of type: its name in `Ty`, its expressions in `exprs.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Optional

INTS = ("i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "isize", "usize", "i128", "u128")
SIGNED = frozenset(name for name in INTS if name[0] == "i")
BITS = {name: 64 if name.endswith("size") else int(name[1:]) for name in INTS}
COPY = frozenset({*INTS, "bool", "char", "f64", "f32"})


@dataclass(frozen=True)
class Ty:
    """`kind` is a primitive, "String", "Vec", "Option", "Box", "tuple", "array", "struct", "enum"."""

    kind: str
    args: tuple[Ty, ...] = ()
    size: int = 0  # of an array
    name: str = ""  # of a struct or enum

    def __str__(self) -> str:
        parts = [str(a) for a in self.args]
        if self.kind == "tuple":
            return f"({', '.join(parts)},)"
        if self.kind == "array":
            return f"[{parts[0]}; {self.size}]"
        if self.name:
            return self.name
        return f"{self.kind}<{', '.join(parts)}>" if parts else self.kind

    @property
    def is_copy(self) -> bool:
        return self.kind in COPY or (self.kind in ("tuple", "array", "Option") and all(a.is_copy for a in self.args))


@dataclass(frozen=True)
class Var:
    name: str
    ty: Ty
    mutable: bool = False


@dataclass
class Struct:
    ty: Ty
    fields: list[tuple[str, Ty]]


@dataclass
class Enum:
    ty: Ty
    variants: list[tuple[str, list[Ty]]]


@dataclass
class Fn:
    name: str
    params: list[Ty]
    output: Ty


@dataclass
class Grower:
    """What is known while a program grows; `budget` bounds its size."""

    rng: random.Random
    structs: list[Struct] = field(default_factory=list)
    enums: list[Enum] = field(default_factory=list)
    fns: list[Fn] = field(default_factory=list)
    scope: list[Var] = field(default_factory=list)
    loops: int = 0  # how deep in loops
    labels: list[str] = field(default_factory=list)
    budget: int = 400
    names: int = 0

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def one(self, options: Sequence[str]) -> str:
        return self.rng.choice(options)

    def fresh(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def pick(self, ways: Sequence[tuple[int, Callable[[], str]]]) -> str:
        """One of the ways to write something, by weight."""
        return self.rng.choices([way for _, way in ways], [weight for weight, _ in ways])[0]()

    # -- types -------------------------------------------------------------------------------------

    def int_ty(self) -> Ty:
        return Ty(self.rng.choices(INTS, (2, 4, 2, 2, 6, 4, 4, 3, 1, 4, 1, 1))[0])

    def ty(self, depth: int = 2) -> Ty:
        roll = self.rng.random()
        if depth == 0 or roll < 0.35:
            return self.rng.choice((self.int_ty(), self.int_ty(), self.int_ty(), Ty("bool"), Ty("char"), Ty("String"),
                                    Ty("f64")))  # fmt: skip
        if roll < 0.5:
            return Ty("Vec", (self.ty(depth - 1),))
        if roll < 0.6:
            return Ty("Option", (self.ty(depth - 1),))
        if roll < 0.7:
            return Ty("tuple", tuple(self.ty(depth - 1) for _ in range(self.rng.randint(2, 3))))
        if roll < 0.76:
            return Ty("array", (self.ty(depth - 1),), self.rng.randint(1, 4))
        if roll < 0.8:
            return Ty("Box", (self.ty(depth - 1),))
        named: list[Ty] = [s.ty for s in self.structs] + [e.ty for e in self.enums]
        return self.rng.choice(named) if named else self.int_ty()

    def struct(self, ty: Ty) -> Struct:
        return next(s for s in self.structs if s.ty == ty)

    def enum(self, ty: Ty) -> Enum:
        return next(e for e in self.enums if e.ty == ty)

    # -- what is in scope ----------------------------------------------------------------------------

    def vars(self, wanted: Callable[[Ty], bool]) -> list[Var]:
        return [v for v in self.scope if wanted(v.ty)]

    def some(self, wanted: Callable[[Ty], bool]) -> Optional[Var]:
        """A variable; later ones are likelier."""
        found = self.vars(wanted)
        return self.rng.choices(found, range(1, len(found) + 1))[0] if found else None

    def read(self, var: Var) -> str:
        return var.name if var.ty.is_copy else f"{var.name}.clone()"
