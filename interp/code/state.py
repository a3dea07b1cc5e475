"""What one function under assembly consists of, and what every part of the assembler uses: types, slots, aliases.

`aliases`: a temporary written once is not materialised where it but stands for other slots or for a constant; it stands
for them until its last read, or until they change (`alias_sources`: a local -> the temporaries that stand for it).
Invariant: slot temporaries live within one statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Final, Optional

from ..base.diagnostics import Unsupported
from ..mir import body as m
from ..mono.instance import Instance
from ..ty import ty as t
from ..ty.layout_data import Layout, Scalar
from ..ty.ty import Ty
from .classes import ValueClass
from .code import LocalLoc
from .emit import MEM, TEMP, Emitter
from .frame import Loc, Uses, first_field, is_splittable
from .place_ref import PlaceRef
from .validity import scalar_at

if TYPE_CHECKING:
    from .linked import Linker

_MOVES: Final = {1: "MOV", 2: "MOV2", 3: "MOV3"}


class FnState:
    """The base of the chain of classes that `FnAsm` is made of: each part may use those before it."""

    def __init__(self, linker: Linker, number: int, instance: Instance) -> None:
        self.linker: Linker = linker
        self.cx = linker.cx
        self.tcx = linker.cx.tcx
        self.layouts = linker.cx.layouts
        self.layout_of: Callable[[Ty], Layout] = linker.cx.layout_of
        self.class_of: Callable[[Layout], ValueClass] = linker.class_of
        self.needs_drop: Callable[[Ty], bool] = linker.cx.needs_drop
        self.normalize: Callable[[Ty], Ty] = linker.cx.normalize
        self.number = number
        self.instance = instance
        self.body, self.args = linker.cx.body_of(instance)
        self.out = Emitter()
        self.emit = self.out.emit
        self.uses = Uses()
        self.locs: list[Loc] = []
        self.aliases: dict[int, PlaceRef | int] = {}
        self.alias_sources: dict[int, list[int]] = {}
        self.reads_left: dict[int, int] = {}
        self.temps = self.max_temps = 0
        self.triples = 0
        self.nlocals = 0
        self.extra: list[tuple[Any, ...]] = []
        self._extra_index: dict[tuple[Any, ...], int] = {}
        self.validity: list[tuple[int, ...]] = []
        self._validity_index: dict[Ty, Optional[int]] = {}
        self.span = self.body.span
        self.block = 0
        self.result_slot = -1  # of the triple or pair that names a memory result
        self.location_slot = -1  # of the caller's location
        self._monos: dict[Ty, Ty] = {}
        self.cold: list[Callable[[], None]] = []
        self.scratch: list[LocalLoc] = []
        self.leaves: list[int] = []
        self.labels: list[int] = []
        self.preds: list[int] = []
        self.skip: dict[int, int] = {}

    # -- types -------------------------------------------------------------------------------------

    def mono(self, ty: Ty) -> Ty:
        found = self._monos.get(ty)
        if found is None:
            found = self._monos[ty] = self.cx.mono(ty, self.args)
        return found

    def class_of_ty(self, ty: Ty) -> ValueClass:
        return self.class_of(self.layout_of(ty))

    def pointee(self, ty: Ty) -> Ty:
        """What a reference, raw pointer or Box leads to."""
        if type(ty) in (t.Ref, t.RawPtr):
            return self.normalize(ty.ty)  # type: ignore[attr-defined]
        assert type(ty) is t.Adt and self.tcx.adt_def(ty.def_id).is_box, ty
        return self.normalize(ty.args[0])  # type: ignore[arg-type]

    def is_splittable(self, ty: Ty) -> bool:
        return is_splittable(self, self.mono(ty))

    def place_ty(self, place: m.Place) -> Ty:
        """The type of a place, without emitting anything."""
        ty = self.mono(self.body.locals[place.local].ty)
        for elem in place.projection:
            kind = type(elem)
            if kind is m.Field:
                ty = self.mono(elem.ty)  # type: ignore[union-attr]
            elif kind is m.Deref:
                ty = self.pointee(ty)
            elif kind in (m.Index, m.ConstantIndex):
                ty = self.normalize(ty.elem)  # type: ignore[attr-defined]
        return ty

    def operand_ty(self, op: m.Operand) -> Ty:
        return self.mono(op.ty) if type(op) is m.Constant else self.place_ty(op.place)  # type: ignore[union-attr]

    # -- slots -------------------------------------------------------------------------------------

    def temp(self, n: int = 1) -> int:
        at = self.temps
        self.temps += n
        if self.temps > self.max_temps:
            self.max_temps = self.temps
        return TEMP + at

    def new_triple(self) -> int:
        self.triples += 1
        return MEM + 3 * (self.triples - 1)

    def move(self, dst: int, src: int, n: int) -> None:
        if dst == src or n == 0:
            return
        name = _MOVES.get(n)
        if name:
            self.emit(name, dst, src)
        else:
            self.emit("MOVN", dst, src, n)

    def add_extra(self, *values: Any) -> int:
        found = self._extra_index.get(values)
        if found is None:
            found = self._extra_index[values] = len(self.extra)
            self.extra.append(values)
        return found

    def invalid_text(self, ty: Ty, offset: int, scalar: Scalar) -> str:
        """What an invalid scalar at `offset` of a value is reported as; `{0}` is the value."""
        path, expected, _ = scalar_at(self.cx, ty, offset, scalar)
        at = f"at {path}, " if path else ""
        name = self.cx.symbols.shown(ty)
        return f"constructing invalid value of type {name}: {at}encountered {{0}}, but expected {expected}"

    def validity_program(self, ty: Ty) -> Optional[int]:
        """The index in `validity` of the program for a type, if it has one."""
        if ty not in self._validity_index:
            program = self.linker.validity_program(ty)
            self._validity_index[ty] = None if program is None else len(self.validity)
            if program is not None:
                words = list(program.words)
                for at, extra in program.extras:
                    words[at] = self.add_extra(*extra)
                self.validity.append(tuple(words))
        return self._validity_index[ty]

    def unsupported(self, what: str) -> Unsupported:
        return Unsupported(self.span, what)

    def mark(self, block: int, statement: int, span: int) -> None:
        self.span = span  # type: ignore[assignment]
        self.out.mark(block, statement, span)

    # -- aliases -----------------------------------------------------------------------------------

    def load(self, ref: PlaceRef, dst: Optional[int] = None) -> int:
        """The value of a place in slots (`places.py`)."""
        raise NotImplementedError

    def take_alias(self, local: int) -> Optional[PlaceRef]:
        """What the temporary stands for; it is spent by this use."""
        if not self.aliases:
            return None
        found = self.aliases.get(local)
        if isinstance(found, PlaceRef):
            self.spend(local)
            return found
        if found is not None:
            self.settle(local)
        return None

    def take_const(self, local: int) -> Optional[int]:
        found = self.aliases.get(local)
        if isinstance(found, int):
            self.spend(local)
            return found
        return None

    def spend(self, local: int) -> None:
        """One of the reads of an aliased temporary is done."""
        left = self.reads_left.get(local, 1) - 1
        self.reads_left[local] = left
        if left <= 0:
            del self.aliases[local]

    def settle(self, local: int) -> None:
        """Gives the temporary its value now."""
        found = self.aliases.pop(local, None)
        if found is None:
            return
        loc = self.locs[local]
        if isinstance(found, int):
            self.emit("CONST", loc.slot, found)
        else:
            self.load(found, loc.slot)

    def settle_all(self, keep: frozenset[int] = frozenset()) -> None:
        if self.aliases:
            for local in list(self.aliases):
                if local not in keep:
                    self.settle(local)
        if not self.aliases:
            self.alias_sources.clear()

    def changes(self, local: int) -> None:
        """Local `local` is about to change: who stands for its old value takes it now."""
        readers = self.alias_sources.pop(local, None)
        if readers:
            for reader in readers:
                self.settle(reader)

    def changes_place(self, place: m.Place) -> None:
        loc = self.locs[place.local]
        if loc.kind == "split" and place.projection:
            self.changes(loc.fields[first_field(place)])
        else:
            self.changes(place.local)
