"""The assembler: the MIR of one instance, with its types filled in, becomes a `Code`.

`FnAsm` is one function under assembly.  Its parts: `simplify.py` (what the types make superfluous), `frame.py` (where
locals live), `places.py`, `operands.py` (constants), `rvalues.py`, `casts.py`, `calls.py` (calls, drops, asserts,
returns), `intrinsics.py`; `linked.py` numbers what code refers to.

A temporary that is written once is not materialised where it but stands for other slots or a constant: `aliases` keeps
these until its last read, or until they change.  Blocks are laid out so that most gotos fall through.
Invariants: slot temporaries live within one statement; a block starts with no alias unless it is entered only by
falling out of the block before it.
To add a statement, rvalue or terminator: its case in the dispatch dict of the part it belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Final, Optional

from ..base.diagnostics import Unsupported
from ..mir import body as m
from ..mono.instance import Instance
from ..ty import ty as t
from ..ty.layout_data import Layout, Scalar
from ..ty.ty import Ty
from . import frame
from .calls import Calls
from .casts import Casts
from .classes import ValueClass
from .code import Code, LocalLoc
from .emit import MEM, TEMP, WINDOW, Emitter
from .frame import Loc
from .intrinsics import Intrinsics
from .operands import Operands
from .places import LOCAL, NOWHERE, PTR, SLOTS, PlaceRef, Places, slot_parts
from .rvalues import Rvalues
from .simplify import simplify, successors

if TYPE_CHECKING:
    from .linked import Linker

_MOVES: Final = {1: "MOV", 2: "MOV2", 3: "MOV3"}


class FnAsm(Places, Operands, Rvalues, Casts, Calls, Intrinsics):
    """One function under assembly."""

    def __init__(self, linker: Linker, number: int, instance: Instance) -> None:
        self.linker = linker
        self.cx = linker.cx
        self.tcx = linker.cx.tcx
        self.layouts = linker.cx.layouts
        self.layout_of = linker.cx.layout_of
        self.class_of = linker.class_of
        self.needs_drop = linker.cx.needs_drop
        self.normalize = linker.cx.normalize
        self.number = number
        self.instance = instance
        self.body, self.args = linker.cx.body_of(instance)
        self.out = Emitter()
        self.emit = self.out.emit
        self.uses: frame.Uses = frame.Uses()
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
        self._validity_index: dict[Ty, int] = {}
        self.span = self.body.span
        self.block = 0
        self.result_slot = -1  # of the triple or pair that names a memory result
        self.location_slot = -1  # of the caller's location
        self._monos: dict[Ty, Ty] = {}
        self.cold: list[Callable[[], None]] = []
        self.mem_locals: list[tuple[int, Loc]] = []
        self.scratch: list[LocalLoc] = []
        self.leaves: list[int] = []

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
        return frame.is_splittable(self, self.mono(ty))

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

    def scratch_memory(self, layout: Layout) -> PlaceRef:
        """A memory local for one statement; `kill` it after use."""
        ty = layout.ty
        assert ty is not None
        slot = self.new_triple()
        self.scratch.append(LocalLoc("memory", slot, 3, layout.size, layout.align))
        self.emit("LIVE", slot, layout.size, layout.align)
        return PlaceRef(LOCAL, ty, layout, slot)

    def kill(self, ref: PlaceRef) -> None:
        self.emit("DEAD", ref.slot)

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

    def range_extra(self, ty: Ty, scalar: Scalar) -> int:
        return self.add_extra(self.cx.symbols.ty(ty), self.expected(ty, scalar))

    def expected(self, ty: Ty, scalar: Scalar) -> str:
        if type(ty) is t.Adt and self.tcx.adt_def(ty.def_id).kind == "enum":
            return "a valid enum tag"
        if scalar.start <= scalar.end:
            return f"something in the range {scalar.start}..={scalar.end}"
        return f"something less or equal to {scalar.end}, or greater or equal to {scalar.start}"

    # -- aliases -----------------------------------------------------------------------------------

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

    def may_alias(self, local: int) -> bool:
        """A temporary written once and read once."""
        return self.is_temp(local) and self.uses.reads.get(local) == 1

    def is_temp(self, local: int) -> bool:
        """No variable, in slots, written once: it may stand for what it is set to."""
        if local <= self.body.arg_count or self.uses.writes.get(local) != 1:
            return False
        return self.locs[local].kind == "slots" and self.body.locals[local].name is None

    # -- the whole function ------------------------------------------------------------------------

    def run(self) -> Code:
        self.body = simplify(self)
        self.locs = frame.plan(self)
        self.prologue()
        self.blocks()
        for index in (self.enter_at, *self.leaves):
            self.out.code[index] = [*self.out.code[index][:2], self.triples] if self.triples else []
        words, positions, landing = self.out.encode(self.nlocals, self.max_temps, self.triples)
        return self.finish(words, positions, landing)

    def prologue(self) -> None:
        """Parameters' and locals' slots, then what must live from the start."""
        at = 0
        ret = self.locs[0]
        if ret.cls.kind == "memory" or self.instance.kind in ("const", "static"):
            self.result_slot, at = 0, 2
        params: list[tuple[Loc, int]] = []
        for index in range(1, self.body.arg_count + 1):
            for loc in self.param_parts(index):
                params.append((loc, at))
                at += 2 if loc.cls.kind == "memory" else loc.cls.slots
        if self.takes_location():
            self.location_slot = at
            at += 2
        self.arg_slots = at
        taken = {id(loc) for loc, slot in params if self._stays(loc, slot)}
        for loc in self.locs:
            if loc.kind == "slots" and id(loc) not in taken:
                loc.slot = at
                at += loc.cls.slots
        if self.result_slot == 0:
            ret.slot = at
            at += 3
        self.nlocals = at
        self._enter(params, ret)

    def _stays(self, loc: Loc, slot: int) -> bool:
        if loc.kind == "slots":
            loc.slot = slot
            return True
        return False

    def param_parts(self, index: int) -> list[Loc]:
        """The locals that parameter `index` arrives as."""
        loc = self.locs[index]
        if loc.kind == "split":
            return [self.locs[i] for i in loc.fields]
        if index != self.body.spread_arg:
            return [loc]
        parts = [Loc(ty, self.layout_of(ty), self.class_of_ty(ty)) for ty in loc.layout.fields]
        self.spread_parts = parts
        return parts

    def _enter(self, params: list[tuple[Loc, int]], ret: Loc) -> None:
        self.mark(0, 0, self.body.span)
        memory = [loc for loc in self.locs if loc.kind == "memory" and (loc is not ret or self.result_slot < 0)]
        for loc in memory:
            loc.slot = self.new_triple()
        self.enter_at = self.emit("ENTER", MEM, 0)
        if self.result_slot == 0:
            self.emit("RETPLACE", ret.slot, 0, ret.layout.size, ret.layout.align - 1)
        for loc in memory:
            if not loc.has_storage:
                self.emit("LIVE", loc.slot, loc.layout.size, loc.layout.align)
        spread = self.body.spread_arg
        collected = spread is not None and self.locs[spread].kind != "split"
        for loc, slot in params:
            if loc.kind == "memory":
                self.copy(self.local_ref(loc), self.arrived(loc, slot))
        if collected:
            assert spread is not None
            self.collect(spread, {id(loc): slot for loc, slot in params})

    def arrived(self, loc: Loc, slot: int) -> PlaceRef:
        """A parameter as it stands in the incoming slots."""
        if loc.cls.kind == "memory":
            return PlaceRef(PTR, loc.ty, loc.layout, slot)
        if loc.cls.kind == "zst":
            return PlaceRef(NOWHERE, loc.ty, loc.layout)
        return PlaceRef(SLOTS, loc.ty, loc.layout, slot, parts=slot_parts(loc.cls, slot))

    def collect(self, spread: int, slots: dict[int, int]) -> None:
        """Several parameters become the one tuple the body knows."""
        loc = self.locs[spread]
        if loc.kind == "slots":
            loc.slot = self.nlocals
            self.nlocals += loc.cls.slots
        whole = self.local_ref(loc)
        for i, part in enumerate(self.spread_parts):
            self.copy(self.field(whole, i), self.arrived(part, slots[id(part)]))

    def blocks(self) -> None:
        body = self.body
        self.labels = [self.out.label() for _ in body.blocks]
        self.preds = predecessors(body)
        self.done = [False] * len(body.blocks)
        self.skip: dict[int, int] = {}
        todo = [0]
        self.cleanups: list[int] = []
        while todo or self.cleanups:
            at: Optional[int] = todo.pop() if todo else self.cleanups.pop()
            if self.done[at]:  # type: ignore[index]
                continue
            while at is not None:
                at = self.one_block(at, todo)
                if at is not None and self.done[at]:
                    self.join(at)
                    at = None
            while self.cold:
                self.cold.pop()()

    def join(self, target: int) -> None:
        """Goes to a block that stands elsewhere; a mere return is repeated here."""
        data = self.body.blocks[target]
        if type(data.terminator) is m.Return and not data.statements:
            self.mark(target, 0, data.terminator.span)
            self.temps = 0
            self.do_return(data.terminator)
        else:
            self.emit("JMP", self.labels[target])

    def one_block(self, index: int, todo: list[int]) -> Optional[int]:
        """Assembles a block; the block to go on with if it falls through."""
        self.done[index] = True
        self.block = index
        if self.preds[index] != 1 or index == 0:
            self.settle_all()
        self.out.bind(self.labels[index])
        data = self.body.blocks[index]
        skip = self.skip.get(index, 0)
        for number, stmt in enumerate(data.statements):
            if number < skip:
                continue
            self.temps = 0
            self.mark(index, number, stmt.span)
            following = data.terminator if number == len(data.statements) - 1 else None
            if self.fused(stmt, following):
                self.queue(data.terminator, todo)
                return self.next_block(data.terminator)
            case = _STATEMENT.get(type(stmt))
            if case is not None:
                case(self, stmt)
        self.temps = 0
        terminator = data.terminator
        assert terminator is not None
        self.mark(index, len(data.statements), terminator.span)
        _TERMINATOR[type(terminator)](self, terminator)
        self.queue(terminator, todo)
        return self.next_block(terminator)

    def next_block(self, term: Optional[m.Terminator]) -> Optional[int]:
        """Where a terminator's code falls out at its end."""
        target = _FALL.get(type(term), lambda term: None)(term)
        if target is None:
            self.aliases.clear()
            return None
        if self.preds[target] != 1:
            self.settle_all()
        return target  # type: ignore[no-any-return]

    def queue(self, term: Optional[m.Terminator], todo: list[int]) -> None:
        for target in successors(term):
            if not self.done[target]:
                (self.cleanups if self.body.blocks[target].is_cleanup else todo).append(target)

    def mark(self, block: int, statement: int, span: int) -> None:
        self.span = span  # type: ignore[assignment]
        self.out.mark(block, statement, span)

    def fused(self, stmt: m.Statement, term: Optional[m.Terminator]) -> bool:
        """A checked operation with its assert, a comparison with its branch: one instruction."""
        if term is None or type(stmt) is not m.Assign:
            return False
        if type(stmt.rvalue) is m.Discriminant:
            return type(term) is m.SwitchInt and self.fuse_niche(stmt, term)
        if type(stmt.rvalue) is not m.BinaryOp:
            return False
        if type(term) is m.Assert:
            return self.fuse_assert(stmt, term)
        return type(term) is m.SwitchInt and self.fuse_branch(stmt, term)

    # -- statements --------------------------------------------------------------------------------

    def assign(self, stmt: m.Assign) -> None:
        place = stmt.place
        if not place.projection:
            self.assign_local(place.local, stmt.rvalue)
            return
        if not any(type(e) is m.Deref for e in place.projection):
            self.changes_place(place)
        self.rvalue_into(stmt.rvalue, self.place(place))

    def changes_place(self, place: m.Place) -> None:
        loc = self.locs[place.local]
        if loc.kind == "split" and place.projection:
            self.changes(loc.fields[place.projection[0].index])  # type: ignore[union-attr]
        else:
            self.changes(place.local)

    def assign_local(self, local: int, rv: m.Rvalue) -> None:
        loc = self.locs[local]
        if loc.kind == "split":
            self.assign_split(loc, rv)
            return
        if loc.kind == "slots" and self.is_temp(local) and self.try_alias(local, rv):
            return
        if local in self.alias_sources:
            self.changes(local)
        self.rvalue_into(rv, self.local_ref(loc))

    def assign_split(self, loc: Loc, rv: m.Rvalue) -> None:
        assert type(rv) is m.Aggregate
        if len(rv.operands) == 1:
            self.changes(loc.fields[0])
            self.operand_into(rv.operands[0], self.local_ref(self.locs[loc.fields[0]]))
            return
        for field, op in zip(loc.fields, rv.operands):
            self.changes(field)
            self.operand_into(op, self.local_ref(self.locs[field]))

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
        place = rv.operand.place
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
            loc = self.locs[loc.fields[place.projection[0].index]]  # type: ignore[union-attr]
        return loc.kind == "slots"

    def source_of(self, place: m.Place) -> int:
        loc = self.locs[place.local]
        if loc.kind == "split":
            return loc.fields[place.projection[0].index]  # type: ignore[union-attr]
        return place.local

    def storage_live(self, stmt: m.StorageLive) -> None:
        self.changes(stmt.local)
        for loc in self.parts_of(stmt.local):
            if loc.kind == "memory":
                self.emit("LIVE", loc.slot, loc.layout.size, loc.layout.align)

    def storage_dead(self, stmt: m.StorageDead) -> None:
        if self.locs[stmt.local].kind == "memory":
            self.changes(stmt.local)
        for loc in self.parts_of(stmt.local):
            if loc.kind == "memory":
                self.emit("DEAD", loc.slot)

    def parts_of(self, local: int) -> list[Loc]:
        loc = self.locs[local]
        return [self.locs[i] for i in loc.fields] if loc.kind == "split" else [loc]

    def set_discriminant(self, stmt: m.SetDiscriminant) -> None:
        self.changes_place(stmt.place)
        self.write_tag(self.place(stmt.place), stmt.variant)

    def place_mention(self, stmt: m.PlaceMention) -> None:
        if any(type(e) is m.Deref for e in stmt.place.projection):
            self.place(stmt.place)

    # -- the result --------------------------------------------------------------------------------

    def finish(self, words: Any, positions: Any, landing: dict[int, int]) -> Code:
        ret = self.locs[0].cls
        code = Code(self.number, self.linker.symbol(self.number), self.linker.instance_name(self.number), words, 0)
        code.nslots = self.nlocals + self.max_temps + 3 * self.triples
        code.arg_slots = self.arg_slots
        code.ret_slots = 0 if ret.kind == "memory" else ret.slots
        code.sig = self.linker.signature(self.number)
        code.mem_first = self.nlocals + self.max_temps
        code.mem_count = self.triples
        code.locals = [self.local_loc(loc) for loc in self.locs]
        code.locals += [x._replace(slot=self.out.slot(x.slot)) for x in self.scratch]
        code.positions, code.landing = positions, landing
        code.extra, code.validity, code.span = self.extra, self.validity, self.body.span
        code.is_local = self.linker.is_local(self.instance)
        code.track_caller = self.takes_location()
        code.unique_address = self.linker.unique_address(self.number)
        return code

    def local_loc(self, loc: Loc) -> LocalLoc:
        if loc.kind == "slots":
            return LocalLoc(loc.cls.kind, loc.slot, loc.cls.slots, loc.layout.size, loc.layout.align, loc.name)
        if loc.kind == "memory":
            place = loc is self.locs[0] and self.result_slot == 0
            slot = self.out.slot(loc.slot)
            return LocalLoc("place" if place else "memory", slot, 3, loc.layout.size, loc.layout.align, loc.name)
        return LocalLoc("zst" if loc.kind == "zst" else "unused", name=loc.name)

    def unsupported(self, what: str) -> Unsupported:
        return Unsupported(self.span, what)


def predecessors(body: m.Body) -> list[int]:
    """How many edges from blocks that are reached lead to each block."""
    counts = [0] * len(body.blocks)
    counts[0] = 1
    seen: set[int] = set()
    todo = [0]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            for target in successors(body.blocks[at].terminator):
                counts[target] += 1
                todo.append(target)
    return counts


_FALL: Final[dict[type, Callable[[Any], Optional[int]]]] = {
    m.Goto: lambda term: term.target,
    m.Drop: lambda term: term.target,
    m.Assert: lambda term: term.target,
    m.Call: lambda term: term.target,
    m.SwitchInt: lambda term: term.otherwise,
}
_ALIAS: Final[dict[type, Callable[[FnAsm, int, Any], PlaceRef | int | None]]] = {
    m.Use: FnAsm.alias_use,
    m.Ref: FnAsm.alias_ref,
    m.RawPtr: FnAsm.alias_ref,
    m.Cast: FnAsm.alias_cast,
    m.Len: FnAsm.alias_len,
    m.Discriminant: FnAsm.alias_discriminant,
}
_STATEMENT: Final[dict[type, Callable[[FnAsm, Any], None]]] = {
    m.Assign: FnAsm.assign,
    m.StorageLive: FnAsm.storage_live,
    m.StorageDead: FnAsm.storage_dead,
    m.SetDiscriminant: FnAsm.set_discriminant,
    m.PlaceMention: FnAsm.place_mention,
}
_TERMINATOR: Final[dict[type, Callable[[FnAsm, Any], None]]] = {
    m.Goto: FnAsm.goto,
    m.SwitchInt: FnAsm.switch_int,
    m.UnwindResume: FnAsm.unwind_resume,
    m.UnwindTerminate: FnAsm.unwind_terminate,
    m.Return: FnAsm.do_return,
    m.Unreachable: FnAsm.unreachable,
    m.Drop: FnAsm.drop,
    m.Call: FnAsm.call,
    m.Assert: FnAsm.do_assert,
}


def assemble(linker: Linker, number: int, instance: Instance) -> Code:
    return FnAsm(linker, number, instance).run()


__all__ = ["LOCAL", "NOWHERE", "PTR", "SLOTS", "WINDOW", "FnAsm", "assemble"]
