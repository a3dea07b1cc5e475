"""`PortableProgram`: a program whose numbers follow from symbols alone, so that code of the library outlives a session.

It stands between the machine (or its log, `recorded.py`) and the session's linker.  A function's code is taken apart
into a record in which every number is a symbol; numbers are given out when a record is used, in the order of its
symbols.  So the numbers a run sees do not depend on whether a record was made just now or comes from the `Library`, a
store of records that is kept across programs: what is made of the library's items and types only is the same in each.

A program that was compiled before has a store of its own, `own`, for what is not the library's: then it begins with the
symbol of its entry (`Beginning`), and the session's linker is made when a record is missing, perhaps never.

A number that only a stored record mentioned has no instance in the linker.  When one is needed after all, the code that
mentioned it is assembled for real, and that of the code before it, back to what the linker knows (`Numbers.real`).

Invariant: spans of a record are the session's until it is stored; those of a stored one lie in files which it names
(`Spans`).  To add an operand kind that names something by number: see `record.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Optional, Protocol

from ..base.span import SourceFile
from ..mono.instance import Instance
from ..ty.fold import walk
from ..ty.ty import Ty
from .code import SIG_BITS, Code
from .linked import LinkedProgram, Linker
from .program import Global, Vtable
from .record import (
    KINDS,
    OWN,
    FileName,
    GlobalRecord,
    Kind,
    Record,
    Ref,
    Spans,
    VtableRecord,
    put_together,
    put_together_global,
    put_together_vtable,
    shown_name,
    take_apart,
    take_apart_global,
    take_apart_vtable,
)

Owner = tuple[Kind, int]  # who mentioned a number


class Library(Protocol):
    """Records of the library's code, by kind and symbol, as plain data."""

    def get(self, kind: str, symbol: str) -> Optional[Any]: ...
    def put(self, kind: str, symbol: str, record: Any) -> None: ...


class Beginning(NamedTuple):
    """What a program is that was compiled in another session and is not linked in this one."""

    entry: str  # its symbol
    own_heap: bool
    files: Sequence[FileName]
    link: Callable[[], LinkedProgram]


class Numbers:
    """One kind of numbers: outer ones, as the machine knows them, and the linker's for those that have one."""

    def __init__(self) -> None:
        self.symbols: list[Ref] = []
        self.of: dict[str, int] = {}
        self.inner: dict[int, int] = {}  # outer -> the linker's
        self.owners: dict[int, Owner] = {}  # of those without: who mentioned it first
        self.texts: dict[int, Ref] = {}  # the linker's -> its symbol
        self.taken: dict[str, int] = {}  # symbol -> the linker's


class PortableProgram:
    """A `Program`; `library` is what is kept across programs, `own` what is kept of this one.

    Of what is kept of a program itself nothing is put away when two of its things have the same symbol: which of them
    is marked depends on the order in which they are met (`is_storable`)."""

    def __init__(
        self, begin: LinkedProgram | Beginning, library: Optional[Library] = None, own: Optional[Library] = None
    ) -> None:
        self.begin, self.linked, self.own = begin, None, own
        self.numbers: dict[Kind, Numbers] = {kind: Numbers() for kind in KINDS}
        self.classes: dict[str, int] = {}
        self.records: dict[int, Record] = {}
        self.own_types: dict[Ty, bool] = {}
        self.langs: dict[str, int] = {}
        self.is_storable = True
        if isinstance(begin, Beginning):
            self.has_own_heap = begin.own_heap
            files: Sequence[SourceFile | FileName] = begin.files
            self.entry = self.number("fn", ("fn", begin.entry))
        else:
            tcx = begin.linker.tcx
            self.has_own_heap, files = tcx.lang_item("global_alloc") is not None, tcx.source_map.files
            self.linked = begin
            self.entry = self.number("fn", self.symbol_of("fn", begin.entry), begin.entry)
        self.library = None if self.has_own_heap else library  # the library then calls the program
        self.spans = Spans(files, own is not None)

    linked: Optional[LinkedProgram]

    @property
    def symbol_of_entry(self) -> str:
        return self.ref("fn", self.entry)[1]

    @property
    def linker(self) -> Linker:
        """The session's; made now if that was not necessary so far."""
        if self.linked is None:
            assert isinstance(self.begin, Beginning)
            self.linked = self.begin.link()
            self.spans.files = self.linked.linker.tcx.source_map.files
            self.named("fn", self.linked.entry)
            for name in self.langs:
                self.named("fn", self.linked.lang(name))
        return self.linked.linker

    # -- numbers ----------------------------------------------------------------------------------

    def number(self, kind: Kind, ref: Ref, inner: Optional[int] = None, owner: Optional[Owner] = None) -> int:
        """The outer number of what `ref` names."""
        numbers, symbol = self.numbers[kind], ref[1]
        found = numbers.of.get(symbol)
        if found is None:
            found = len(numbers.symbols)
            numbers.symbols.append(ref)
            if kind == "sig":
                found = found << SIG_BITS | self.classes.setdefault(ref[2], len(self.classes))
            numbers.of[symbol] = found
        if inner is not None:
            numbers.inner.setdefault(found, inner)
        if owner is not None:
            numbers.owners.setdefault(found, owner)
        return found

    def ref(self, kind: Kind, number: int) -> Ref:
        return self.numbers[kind].symbols[number >> SIG_BITS if kind == "sig" else number]

    def symbol_of(self, kind: Kind, inner: int) -> Ref:
        """What the linker's number `inner` stands for; two things of one symbol are told apart by a mark."""
        numbers = self.numbers[kind]
        found = numbers.texts.get(inner)
        if found is None:
            found = self._symbol(kind, inner)
            while numbers.taken.setdefault(found[1], inner) != inner:
                self.is_storable = False
                found = (kind, found[1] + "'", *found[2:])
            numbers.texts[inner] = found
        return found

    def _symbol(self, kind: Kind, inner: int) -> Ref:
        linker = self.linker
        if kind == "fn":
            return "fn", linker.symbol(inner)
        if kind == "global":
            return "global", linker.globals[inner].symbol
        if kind == "vtable":
            return "vtable", linker.vtable_list[inner].symbol
        return ("sig", *linker.signature_name(inner))

    def real(self, kind: Kind, number: int) -> int:
        """The linker's number; what mentioned it is assembled for real if that was not done in this session."""
        linker, numbers = self.linker, self.numbers[kind]  # the linker first: it makes the entry known
        assert linker is not None
        chain: list[tuple[Kind, int]] = []
        at: Owner = (kind, number)
        while at[1] not in self.numbers[at[0]].inner:
            chain.append(at)
            at = self.numbers[at[0]].owners[at[1]]
        for of in reversed(chain):
            self._mention(*self.numbers[of[0]].owners[of[1]])
        return numbers.inner[number]

    def _mention(self, kind: Kind, number: int) -> None:
        """Make the linker know all that the owner (which it knows) names."""
        inner = self.numbers[kind].inner[number]
        if kind == "fn":
            self.make(self.linker.assemble(inner))
        elif kind == "global":
            self.make_global(self.linker.get_global(inner))
        else:
            self.make_vtable(self.linker.get_vtable(inner))

    def named(self, kind: Kind, inner: int) -> Ref:
        """The symbol of a number of the linker; the outer one, if there is one, learns that it is real."""
        ref = self.symbol_of(kind, inner)
        numbers = self.numbers[kind]
        outer = numbers.of.get(ref[1])
        if outer is not None:
            numbers.inner.setdefault(outer, inner)
        return ref

    def give(self, ref: Ref, owner: Owner) -> int:
        """The outer number of something that a record names."""
        kind: Kind = ref[0]  # type: ignore[assignment]
        numbers = self.numbers[kind]
        inner = numbers.taken.get(ref[1])
        return self.number(kind, ref, inner, owner)

    # -- what is the library's ----------------------------------------------------------------------

    def is_librarys(self, instance: Instance) -> bool:
        """Whether it is made of the library's items and types only."""
        if instance.kind in ("entry", "test") or (instance.def_id >= 0 and not self._of_library(instance.def_id)):
            return False
        types = [a if isinstance(a, Ty) else a.ty for a in instance.args if isinstance(a, Ty) or hasattr(a, "ty")]
        return all(map(self.is_library_type, types if instance.ty is None else [*types, instance.ty]))

    def is_library_type(self, ty: Ty) -> bool:
        found = self.own_types.get(ty)
        if found is None:
            foreign: list[Ty] = []
            walk(ty, lambda part: foreign.append(part) if self._names_foreign(part) else None)
            found = self.own_types[ty] = not foreign
        return found

    def _names_foreign(self, part: Any) -> bool:
        ids = [part.def_id] if hasattr(part, "def_id") else []
        if hasattr(part, "auto_traits"):
            ids = [*part.auto_traits, *([part.principal[0]] if part.principal else ())]
        return not all(map(self._of_library, ids))

    def _of_library(self, def_id: int) -> bool:
        tcx = self.linker.tcx
        return bool(tcx.resolver.krates[tcx.def_data(def_id).krate].is_library)

    def home(self, kind: Kind, number: int) -> Optional[Library]:
        """Where the record of what `number` stands for belongs: a global's or vtable's is with whoever mentioned it."""
        inner = self.numbers[kind].inner.get(number)
        if kind == "fn" and inner is not None:
            return self.library if self.is_librarys(self.linker.instances[inner]) else self.own
        owner = self.numbers[kind].owners.get(number)
        if kind != "fn" and owner is not None:
            return self.home(*owner)
        kept = self.own is not None and self.own.get(kind, self.ref(kind, number)[1]) is not None
        return self.own if kept or inner is not None else self.library

    def stored(self, kind: Kind, number: int) -> Optional[Any]:
        """The record of what `number` stands for, if it is kept; the linker need not know it."""
        symbol = self.ref(kind, number)[1]
        known = self.numbers[kind].inner.get(number) is not None
        for store in (self.home(kind, number),) if known else (self.own, self.library):
            found = store.get(kind, symbol) if store is not None else None
            if found is not None:
                return found
        return None

    def fact(self, kind: str, key: str, ask: Callable[[], Any]) -> Any:
        """A small answer about the program that is kept with what is its own; never None."""
        found = self.own.get(kind, key) if self.own is not None else None
        if found is None:
            found = ask()
            if self.own is not None and self.is_storable:
                self.own.put(kind, key, found)
        return found

    # -- functions ----------------------------------------------------------------------------------

    def assemble(self, instance: int) -> Code:
        return self.use(instance, self.record(instance))

    def record(self, instance: int) -> Record:
        found = self.records.get(instance)
        if found is None:
            found = self._fetch(instance)
            if found is None:
                found = self.make(self.linker.assemble(self.real("fn", instance)))
                self._keep(instance, found)
            self.records[instance] = found
        return found

    def _fetch(self, instance: int) -> Optional[Record]:
        stored = self.stored("fn", instance)
        if stored is None:
            return None
        names, record = stored[0], Record(*stored[1])
        return record._replace(spans=self.spans.back(names, record.spans))

    def _keep(self, instance: int, record: Record) -> None:
        store = self.home("fn", instance)
        places = self.spans.out(record.spans, store is self.own)
        if places is not None:
            self._put(store, "fn", self.ref("fn", instance)[1], (places[0], tuple(record._replace(spans=places[1]))))

    def _put(self, store: Optional[Library], kind: Kind, symbol: str, record: Any) -> None:
        if store is not None and (self.is_storable or store is not self.own):
            store.put(kind, symbol, record)

    def make(self, code: Code) -> Record:
        """A record of the linker's code."""
        return take_apart(code, self.named)

    def use(self, instance: int, record: Record) -> Code:
        """The code with this program's numbers."""
        return put_together(record, instance, self.symbol(instance), self._given(record.refs, ("fn", instance)))

    def _given(self, refs: list[Ref], owner: Owner) -> list[int]:
        return [self.give(ref, owner) for ref in refs]

    # -- globals and vtables --------------------------------------------------------------------------

    def get_global(self, index: int) -> Global:
        record = self.global_record(index)
        return put_together_global(record, self.ref("global", index)[1], self._given(record.refs, ("global", index)))

    def global_record(self, index: int) -> GlobalRecord:
        stored, names = self._stored("global", index, self._global)
        record = GlobalRecord(*stored)
        return record if names is None else record._replace(span=self.spans.back(names, [record.span])[0])

    def _global(self, inner: int) -> tuple[tuple[Any, ...], bool]:
        record = self.make_global(self.linker.get_global(inner))
        names, spans = self.spans.out([record.span], self.own is not None) or (None, [record.span])
        return (tuple(record._replace(span=spans[0])), names), not self.linker.is_running(inner)

    def make_global(self, found: Global) -> GlobalRecord:
        return take_apart_global(found, self.named)

    def get_vtable(self, index: int) -> Vtable:
        record = self.vtable_record(index)
        return put_together_vtable(record, self.ref("vtable", index)[1], self._given(record.refs, ("vtable", index)))

    def vtable_record(self, index: int) -> VtableRecord:
        return VtableRecord(*self._stored("vtable", index, self._vtable))

    def _vtable(self, inner: int) -> tuple[tuple[Any, ...], bool]:
        return tuple(self.make_vtable(self.linker.get_vtable(inner))), True

    def make_vtable(self, found: Vtable) -> VtableRecord:
        return take_apart_vtable(found, self.named)

    def _stored(self, kind: Kind, number: int, make: Callable[[int], tuple[tuple[Any, ...], bool]]) -> Any:
        """The record of a global or vtable."""
        found = self.stored(kind, number)
        if found is None:
            found, storable = make(self.real(kind, number))
            store = self.home(kind, number)
            if storable and (kind != "global" or self._is_placed(found[-1], store)):
                self._put(store, kind, self.ref(kind, number)[1], found)
        return found

    def _is_placed(self, names: Optional[list[str]], store: Optional[Library]) -> bool:
        """Whether the file of a global, named so by `Spans`, is known to who reads that store."""
        return names is not None and (store is self.own or not any(name.startswith(OWN) for name in names))

    # -- the other questions ----------------------------------------------------------------------------

    def symbol(self, instance: int) -> str:
        return self.ref("fn", instance)[1]

    def instance_name(self, instance: int) -> str:
        return shown_name(self.symbol(instance))

    def unique_address(self, instance: int) -> bool:
        stored = self._known(instance)
        if stored is not None:
            return bool(stored.plain[-1])
        return bool(self.fact("unique", self.symbol(instance), lambda: self._unique(instance)))

    def _unique(self, instance: int) -> bool:
        inner = self.real("fn", instance)
        return self.linker.unique_address(inner)

    def signature(self, instance: int) -> int:
        stored = self._known(instance)
        if stored is not None:
            return self.give(stored.refs[stored.sig], ("fn", instance))
        ref = self.fact("signature", self.symbol(instance), lambda: self._signature(instance))
        return self.give(tuple(ref), ("fn", instance))

    def _signature(self, instance: int) -> Ref:
        inner = self.real("fn", instance)
        return self.named("sig", self.linker.signature(inner))

    def _known(self, instance: int) -> Optional[Record]:
        """The function's record, if that needs no assembly."""
        found = self.records.get(instance)
        return self._fetch(instance) if found is None else found

    def signature_name(self, sig: int) -> list[str]:
        return list(self.ref("sig", sig)[1:])

    def check_call(self, sig: int, instance: int) -> Optional[str]:
        symbols = f"{self.ref('sig', sig)[1]}\n{self.symbol(instance)}"
        return self.fact("call", symbols, lambda: self._check_call(sig, instance) or "") or None

    def _check_call(self, sig: int, instance: int) -> Optional[str]:
        by, of = self.real("sig", sig), self.real("fn", instance)
        return self.linker.check_call(by, of)

    def lang(self, name: str) -> int:
        if name not in self.langs:
            ref = tuple(self.fact("lang", name, lambda: self.named("fn", self.linker.lang(name))))
            self.langs[name] = self.number("fn", ref, self.numbers["fn"].taken.get(ref[1]))
        return self.langs[name]

    def find_instance(self, symbol: str) -> Optional[int]:
        return self._find("fn", symbol, lambda: self.linker.find_instance(symbol))

    def find_global(self, symbol: str) -> Optional[int]:
        return self._find("global", symbol, lambda: self.linker.find_global(symbol))

    def find_vtable(self, symbol: str) -> Optional[int]:
        return self._find("vtable", symbol, lambda: self.linker.find_vtable(symbol))

    def _find(self, kind: Kind, symbol: str, find: Callable[[], Optional[int]]) -> Optional[int]:
        known = self.numbers[kind].of.get(symbol)
        if known is not None:
            return known
        inner = find()
        return self.number(kind, self.named(kind, inner), inner) if inner is not None else None


