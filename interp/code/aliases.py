"""Which temporaries need no value of their own: they stand for what they are set to (see `state.py`)."""

from __future__ import annotations

from typing import Any, Callable, Final, Optional

from ..mir import body as m
from ..ty import ty as t
from ..ty.ty import Ty
from .frame import first_field
from .place_ref import SLOTS, PlaceRef, slot_parts
from .rvalues import Rvalues


class Aliases(Rvalues):
    """The part of `FnAsm` about temporaries that stand for something else."""

    def may_alias(self, local: int) -> bool:
        """A temporary written once and read once."""
        return self.is_temp(local) and self.uses.reads.get(local) == 1

    def is_temp(self, local: int) -> bool:
        """No variable, in slots, written once: it may stand for what it is set to."""
        if local <= self.body.arg_count or self.uses.writes.get(local) != 1:
            return False
        return self.locs[local].kind == "slots" and self.body.locals[local].name is None

    def try_alias(self, local: int, rv: m.Rvalue) -> bool:
        """`_5 = copy _1`, `&(*_1)`, `Len(*_1)`, `discriminant(_1)` of a temporary: remembered, not done."""
        reads = self.uses.reads.get(local, 0)
        case = _ALIAS.get(type(rv))
        if reads == 0 or case is None:
            return False
        found = case(self, local, rv)
        if found is None:
            return False
        self.aliases[local] = found
        self.reads_left[local] = reads
        return True

    def alias_use(self, local: int, rv: m.Use) -> PlaceRef | int | None:
        op = rv.operand
        if type(op) is m.Constant:
            return self.immediate(op)
        place = op.place  # type: ignore[union-attr]
        if not self.in_slots(place):
            return None
        known = self.take_const(place.local) if not place.projection else None
        return known if known is not None else self.alias_of(local, place)

    def alias_of(self, local: int, place: m.Place) -> Optional[PlaceRef]:
        """The slots of a place, `local` noted as one that stands for them."""
        renamed = isinstance(self.aliases.get(place.local), PlaceRef)
        ref = self.place(place)
        if ref.mode != SLOTS:
            return None
        if renamed:
            for readers in self.alias_sources.values():
                if place.local in readers:
                    readers.append(local)
        else:
            self.alias_sources.setdefault(self.source_of(place), []).append(local)
        return ref

    def alias_ref(self, local: int, rv: m.Ref | m.RawPtr) -> Optional[PlaceRef]:
        """A reborrow is the reference itself, also of a first field; a memory local's address stands in its slots."""
        place = rv.place
        ty = self.locs[local].ty
        if not place.projection:
            loc = self.locs[place.local]
            if loc.kind != "memory":
                return None
            self.alias_sources.setdefault(place.local, []).append(local)
            return self.as_slots(loc.slot, ty)
        if type(place.projection[0]) is not m.Deref or not self.in_slots(m.Place(place.local)):
            return None
        pointer = self.locs[place.local].ty
        if (type(rv) is m.Ref and type(pointer) is not t.Ref) or type(pointer) not in (t.Ref, t.RawPtr):
            return None
        if self.class_of_ty(pointer).slots != self.locs[local].cls.slots or not self.at_start(place):
            return None
        ref = self.alias_of(local, m.Place(place.local))
        return None if ref is None else self.as_slots(ref.slot, ty)

    def at_start(self, place: m.Place) -> bool:
        """Whether `(*p).a.b` begins where `*p` does."""
        layout = self.layout_of(self.pointee(self.locs[place.local].ty))
        for elem in place.projection[1:]:
            if type(elem) is not m.Field or layout.offsets[elem.index] or not layout.sized:
                return False
            layout = self.layout_of(layout.fields[elem.index])
        return True

    def alias_cast(self, local: int, rv: m.Cast) -> Optional[PlaceRef]:
        """A cast between pointers of one shape changes nothing."""
        if rv.kind not in ("PtrToPtr", "MutToConstPointer") or type(rv.operand) is m.Constant:
            return None
        place = rv.operand.place  # type: ignore[union-attr]
        if not self.in_slots(place) or self.class_of_ty(self.place_ty(place)).slots != self.locs[local].cls.slots:
            return None
        ref = self.alias_of(local, place)
        return None if ref is None else self.as_slots(ref.slot, self.locs[local].ty)

    def as_slots(self, slot: int, ty: Ty) -> PlaceRef:
        layout = self.layout_of(ty)
        return PlaceRef(SLOTS, ty, layout, slot, parts=slot_parts(self.class_of(layout), slot))

    def alias_len(self, local: int, rv: m.Len) -> Optional[PlaceRef]:
        place = rv.place
        if len(place.projection) != 1 or type(place.projection[0]) is not m.Deref:
            return None
        base = m.Place(place.local)
        if not self.in_slots(base) or self.class_of_ty(self.place_ty(base)).slots != 3:
            return None
        ref = self.alias_of(local, base)
        return None if ref is None else self.as_slots(ref.parts[1][0], t.USIZE)

    def alias_discriminant(self, local: int, rv: m.Discriminant) -> Optional[PlaceRef]:
        """A tag that is the discriminant has the same word in its slot, whatever its size."""
        if not self.in_slots(rv.place):
            return None
        layout = self.layout_of(self.place_ty(rv.place))
        if layout.tag is None or layout.tag.encoding != "direct" or layout.tag.scalar.size > 8:
            return None
        offset = layout.tag.offset
        ref = self.alias_of(local, rv.place)
        if ref is None:
            return None
        slot = next(slot for slot, part in ref.parts if part.offset == offset)
        return self.as_slots(slot, self.locs[local].ty)

    def in_slots(self, place: m.Place) -> bool:
        """The whole path stays in slots."""
        loc = self.locs[place.local]
        for elem in place.projection:
            if type(elem) not in (m.Field, m.Downcast):
                return False
        if loc.kind == "split":
            if not place.projection:
                return False
            loc = self.locs[loc.fields[first_field(place)]]
        return loc.kind == "slots"

    def source_of(self, place: m.Place) -> int:
        loc = self.locs[place.local]
        if loc.kind == "split":
            return loc.fields[first_field(place)]
        return place.local


_ALIAS: Final[dict[type, Callable[[Aliases, int, Any], PlaceRef | int | None]]] = {
    m.Use: Aliases.alias_use,
    m.Ref: Aliases.alias_ref,
    m.RawPtr: Aliases.alias_ref,
    m.Cast: Aliases.alias_cast,
    m.Len: Aliases.alias_len,
    m.Discriminant: Aliases.alias_discriminant,
}
