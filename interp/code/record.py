"""`Record`: a function's code with symbols in place of numbers, so that it means the same in every session.

Libraries of code (`portable.py`) and stored runs (`image.py`) keep records; `take_apart` makes one, `put_together`
gives it the numbers of a program again.

Invariant: a record says everything about its code but numbers.
To add an operand kind that names something by number: in `KINDS` and `OPERANDS`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, NamedTuple, Optional

from ..base.span import SourceFile, span_file
from .code import Code, LocalLoc, Position
from .opcodes import OPS, length
from .program import Global, Reloc, Vtable

Kind = Literal["fn", "global", "vtable", "sig"]
KINDS: Final[tuple[Kind, ...]] = ("fn", "global", "vtable", "sig")
Ref = tuple[str, ...]  # (kind, symbol), of a signature also its class
OPERANDS: Final[dict[str, Kind]] = {"f": "fn", "g": "global", "v": "vtable"}


class Record(NamedTuple):
    """One function's code: `refs` are what it names, `places` where: (word, index into `refs`)."""

    refs: list[Ref]
    places: list[tuple[int, int]]
    sig: int  # index into `refs`
    words: bytes
    positions: list[tuple[int, int, int]]  # as in `Position`, without the span
    spans: list[int]  # of the positions, and last the function's own
    locals: list[tuple[Any, ...]]
    plain: list[Any]


PLAIN: Final = (
    "symbol", "name", "nslots", "arg_slots", "ret_slots", "mem_first", "mem_count", "landing", "extra", "validity",
    "is_local", "track_caller", "unique_address",
)  # fmt: skip
GLOBAL: Final = ("kind", "symbol", "size", "align", "name", "data", "uninit", "mutable")


class GlobalRecord(NamedTuple):
    """A global; targets of `relocs` (offset, kind, target, addend) and `init` are indices into `refs`."""

    refs: list[Ref]
    plain: list[Any]  # GLOBAL
    relocs: list[tuple[int, str, int, int]]
    init: Optional[int]
    span: int


class VtableRecord(NamedTuple):
    """A vtable; `plain`: symbol, trait_, size, align, trait_word; `drop`, `entries`: indices into `refs`, or -1."""

    refs: list[Ref]
    plain: list[Any]
    drop: int
    entries: list[int]
    upcasts: int


OWN: Final = "\0"  # before the name of a file that is not the library's
FILE_BIT: Final = 48  # where a span's file number begins
IN_FILE: Final = (1 << FILE_BIT) - 1

# Of each opcode: the operands that are numbers of the program.
NAMED: Final[list[list[tuple[int, Kind]]]] = [
    [
        (at, "sig" if operand.name == "sig" else OPERANDS[operand.kind])
        for at, operand in enumerate(op.operands, 1) if operand.kind in OPERANDS or operand.name == "sig"
    ]
    for op in OPS
]  # fmt: skip


def shown_name(symbol: str) -> str:
    """A symbol as people see it."""
    return re.sub(r"#\d+", "", symbol)


def _places(words: array[int]) -> list[tuple[int, Kind]]:
    """Where the words of a function hold numbers of the program."""
    found: list[tuple[int, Kind]] = []
    pc, size = 0, len(words)
    while pc < size:
        for at, kind in NAMED[words[pc]]:
            found.append((pc + at, kind))
        pc += length(words, pc)
    return found


def take_apart(code: Code, ref_of: Callable[[Kind, int], Ref]) -> Record:
    """A record of assembled code, whose numbers stand for what `ref_of` says."""
    refs: list[Ref] = []
    index: dict[Ref, int] = {}

    def note(kind: Kind, number: int) -> int:
        ref = ref_of(kind, number)
        found = index.get(ref)
        if found is None:
            found = index[ref] = len(refs)
            refs.append(ref)
        return found

    sig = note("sig", code.sig)
    places = [(at, note(kind, code.words[at])) for at, kind in _places(code.words)]
    words = array("q", code.words)
    for at, _ in places:
        words[at] = 0
    positions = [(p.pc, p.block, p.statement) for p in code.positions]
    spans = [*(p.span for p in code.positions), code.span]
    plain = [getattr(code, name) for name in PLAIN]
    locals_ = [tuple(x) for x in code.locals]
    return Record(refs, places, sig, words.tobytes(), positions, spans, locals_, plain)


def put_together(record: Record, instance: int, symbol: str, numbers: list[int]) -> Code:
    """The code, with `numbers` for `record.refs`."""
    words = array("q", record.words)
    for at, index in record.places:
        words[at] = numbers[index]
    made = Code(instance=instance, words=words, sig=numbers[record.sig], **dict(zip(PLAIN, record.plain)))
    made.symbol = symbol
    made.locals = [LocalLoc(*x) for x in record.locals]
    made.positions = [Position(*where, span) for where, span in zip(record.positions, record.spans)]
    made.span = record.spans[-1]
    return made


def take_apart_global(found: Global, ref_of: Callable[[Kind, int], Ref]) -> GlobalRecord:
    refs = [ref_of(reloc.kind, reloc.target) for reloc in found.relocs]
    relocs: list[tuple[int, str, int, int]] = [(r.offset, r.kind, n, r.addend) for n, r in enumerate(found.relocs)]
    init = None
    if found.init is not None:
        init = len(refs)
        refs.append(ref_of("fn", found.init))
    return GlobalRecord(refs, [getattr(found, name) for name in GLOBAL], relocs, init, found.span)


def put_together_global(record: GlobalRecord, symbol: str, numbers: list[int]) -> Global:
    """The global, with `numbers` for `record.refs`."""
    init = None if record.init is None else numbers[record.init]
    made = Global(**dict(zip(GLOBAL, record.plain)), init=init, span=record.span)
    made.relocs = [Reloc(offset, kind, numbers[n], addend) for offset, kind, n, addend in record.relocs]  # type: ignore[arg-type]
    made.symbol = symbol
    return made


def take_apart_vtable(found: Vtable, ref_of: Callable[[Kind, int], Ref]) -> VtableRecord:
    refs: list[Ref] = []

    def note(kind: Kind, number: int) -> int:
        refs.append(ref_of(kind, number))
        return len(refs) - 1

    drop = note("fn", found.drop) if found.drop >= 0 else -1
    methods = len(found.entries) - found.upcasts
    kinds: list[Kind] = [*(["fn"] * methods), *(["vtable"] * found.upcasts)]  # type: ignore[list-item]
    entries = [note(kind, entry) if entry >= 0 else -1 for kind, entry in zip(kinds, found.entries)]
    plain = [found.symbol, found.trait_, found.size, found.align, found.trait_word]
    return VtableRecord(refs, plain, drop, entries, found.upcasts)


def put_together_vtable(record: VtableRecord, symbol: str, numbers: list[int]) -> Vtable:
    """The vtable, with `numbers` for `record.refs`."""
    _, trait_, size, align, word = record.plain
    given = [*numbers, -1]
    entries = [given[n] for n in record.entries]
    return Vtable(symbol, trait_, size, align, given[record.drop], entries, record.upcasts, word)


class FileName(NamedTuple):
    """Of a file what `Spans` asks; by its number in the session that wrote the records."""

    name: str
    is_library: bool


class Spans:
    """Spans between sessions: a stored one has an index into a list of names of files; of the program's own files, if
    `own`, with a mark before them."""

    def __init__(self, files: Sequence[SourceFile | FileName], own: bool = False) -> None:
        self.files, self.own = files, own
        self.ids = {self.name(file): number for number, file in enumerate(self.files) if own or file.is_library}

    @staticmethod
    def name(file: SourceFile | FileName) -> str:
        return file.name if file.is_library else OWN + file.name

    def out(self, spans: list[int], own: bool) -> Optional[tuple[list[str], list[int]]]:
        """To be stored, in a store of the program's `own` or else in the library's; None if one is no place in a text
        that such a store knows."""
        names: dict[str, int] = {}
        found = []
        for span in spans:
            file = self.files[span_file(span)]
            if span and (span >> 64 or not (own or file.is_library)):
                return None
            at = names.setdefault(self.name(file), len(names)) if span else 0
            found.append(at << FILE_BIT | (span & IN_FILE))
        return list(names), found

    def back(self, names: list[str], spans: list[int]) -> list[int]:
        """What was stored, as this session's spans."""
        ids = [self.ids[name] << FILE_BIT for name in names]
        return [ids[span >> FILE_BIT] | (span & IN_FILE) if span else 0 for span in spans]
