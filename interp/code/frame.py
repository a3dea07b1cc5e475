"""Where the locals of a function live: in slots, in frame memory, split into their fields, or nowhere.

A local is in slots if its class is and its address is never taken (a drop that runs code takes it).  A tuple, struct
or closure of which only fields are used, and never their addresses, is split: each field is a local of its own,
numbered after the MIR's.
Invariant: whatever has an address that can be seen is one allocation a MIR local, laid out by the local's type.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .classes import ValueClass

if TYPE_CHECKING:
    from .state import FnState

LocKind = Literal["zst", "slots", "memory", "split", "unused"]


@dataclass(slots=True, eq=False)
class Loc:
    """`slot`: of the value, or of the memory local's triple.  `fields`: the locals a split one consists of."""

    ty: Ty
    layout: Layout
    cls: ValueClass
    kind: LocKind = "unused"
    slot: int = -1
    fields: list[int] = field(default_factory=list)
    has_storage: bool = False
    name: str = ""
    addressed: bool = False  # more than typed writes may reach it


@dataclass(slots=True, eq=False)
class Uses:
    """What a body does with each local."""

    address: set[int] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)  # used or assigned other than by field
    seen: set[int] = field(default_factory=set)
    storage: set[int] = field(default_factory=set)
    reads: dict[int, int] = field(default_factory=dict)
    writes: dict[int, int] = field(default_factory=dict)


def is_computed(stmt: m.PlaceMention) -> bool:
    """Whether the mention is code, which reads the place's pointer and indices."""
    return any(type(e) is m.Deref for e in stmt.place.projection)


class _Scan:
    """One pass over a body."""

    def __init__(self, fa: FnState) -> None:
        self.fa = fa
        self.uses = Uses()

    def run(self) -> Uses:
        for block in self.fa.body.blocks:
            for stmt in block.statements:
                self.statement(stmt)
            self.terminator(block.terminator)
        return self.uses

    def place(self, place: m.Place, write: bool = False) -> None:
        u = self.uses
        u.seen.add(place.local)
        counts = u.writes if write and not place.projection else u.reads
        counts[place.local] = counts.get(place.local, 0) + 1
        if not place.projection or type(place.projection[0]) is not m.Field:
            u.whole.add(place.local)
        for elem in place.projection:
            if type(elem) is m.Index:
                self.place(m.Place(elem.local))

    def address(self, place: m.Place) -> None:
        self.place(place)
        if not any(type(e) is m.Deref for e in place.projection):
            self.uses.address.add(place.local)

    def operand(self, op: m.Operand) -> None:
        if type(op) is not m.Constant:
            self.place(op.place)  # type: ignore[union-attr]

    def statement(self, stmt: m.Statement) -> None:
        kind = type(stmt)
        if kind is m.Assign:
            self.assign(stmt)  # type: ignore[arg-type]
        elif kind in (m.StorageLive, m.StorageDead):
            self.uses.storage.add(stmt.local)  # type: ignore[union-attr]
        elif kind is m.SetDiscriminant or (kind is m.PlaceMention and is_computed(stmt)):  # type: ignore[arg-type]
            self.place(stmt.place)  # type: ignore[union-attr]

    def assign(self, stmt: m.Assign) -> None:
        rv, place = stmt.rvalue, stmt.place
        aggregate = type(rv) is m.Aggregate and rv.kind.kind in ("tuple", "adt", "closure") and not place.projection
        if aggregate and self.fa.is_splittable(rv.kind.ty):  # type: ignore[union-attr]
            self.uses.seen.add(place.local)
            self.uses.writes[place.local] = self.uses.writes.get(place.local, 0) + 1
        else:
            self.place(place, write=True)
        self.rvalue(rv)

    def rvalue(self, rv: m.Rvalue) -> None:
        kind = type(rv)
        if kind in (m.Ref, m.RawPtr):
            self.address(rv.place)  # type: ignore[union-attr]
        elif kind in (m.Len, m.Discriminant):
            self.place(rv.place)  # type: ignore[union-attr]
        elif kind is m.BinaryOp:
            self.operand(rv.lhs)  # type: ignore[union-attr]
            self.operand(rv.rhs)  # type: ignore[union-attr]
        elif kind is m.Aggregate:
            for op in rv.operands:  # type: ignore[union-attr]
                self.operand(op)
        elif kind is not m.NullaryOp:
            self.operand(rv.operand)  # type: ignore[union-attr]

    def terminator(self, term: Optional[m.Terminator]) -> None:
        kind = type(term)
        if kind is m.Call:
            self.operand(term.func)  # type: ignore[union-attr]
            for op in term.args:  # type: ignore[union-attr]
                self.operand(op)
            self.place(term.destination, write=True)  # type: ignore[union-attr]
        elif kind is m.Drop:
            if self.fa.needs_drop(self.fa.place_ty(term.place)):  # type: ignore[union-attr]
                self.address(term.place)  # type: ignore[union-attr]
        elif kind is m.SwitchInt:
            self.operand(term.discr)  # type: ignore[union-attr]
        elif kind is m.Assert:
            self.operand(term.cond)  # type: ignore[union-attr]
            if term.msg.kind == "BoundsCheck":  # type: ignore[union-attr]
                for op in term.msg.operands:  # type: ignore[union-attr]
                    self.operand(op)


def plan(fa: FnState) -> list[Loc]:
    """The locations of all locals; slots are given by `FnAsm.prologue`."""
    uses = fa.uses = _Scan(fa).run()
    locs: list[Loc] = []
    for decl in fa.body.locals:
        ty = fa.mono(decl.ty)
        layout = fa.layout_of(ty)
        locs.append(Loc(ty, layout, fa.class_of(layout), name=decl.name or ""))
    if fa.body.spread_arg is not None:
        uses.seen.add(fa.body.spread_arg)
    for index in range(len(locs)):
        _place(fa, locs, index, uses)
    if fa.instance.kind in ("const", "static"):  # an initialiser writes through a pointer, whatever the class
        locs[0].kind = "memory"
    return locs


def _place(fa: FnState, locs: list[Loc], index: int, uses: Uses) -> None:
    loc = locs[index]
    loc.has_storage = index in uses.storage
    argument = index <= fa.body.arg_count
    if index not in uses.seen and not argument:
        return
    spread = fa.body.spread_arg == index
    whole = index in uses.whole or index in uses.address
    if not whole and fa.is_splittable(loc.ty) and (spread or not argument):
        loc.kind = "split"
        for ty in loc.layout.fields:
            layout = fa.layout_of(ty)
            part = Loc(ty, layout, fa.class_of(layout), has_storage=loc.has_storage)
            part.kind = _kind(part, False)
            loc.fields.append(len(locs))
            locs.append(part)
    else:
        loc.addressed = index in uses.address
        loc.kind = _kind(loc, loc.addressed)


def _kind(loc: Loc, address_taken: bool) -> LocKind:
    if address_taken or not loc.cls.in_slots:
        return "memory"
    return "zst" if loc.cls.kind == "zst" else "slots"


def is_splittable(fa: FnState, ty: Ty) -> bool:
    """Tuples, closures and structs: their fields can live apart."""
    kind = type(ty)
    if kind is t.Tuple or kind is t.Closure:
        return True
    return kind is t.Adt and fa.tcx.adt_def(ty.def_id).kind == "struct" and fa.layout_of(ty).sized  # type: ignore[attr-defined]


def first_field(place: m.Place) -> int:
    """Which field of its local a place begins with."""
    elem = place.projection[0]
    assert type(elem) is m.Field
    return elem[0]
