"""Images: what a run knows of its program's code, as bytes that outlive the interpreter that made them.

An image is one answer of a `Program`: a function, a global, a vtable, or a small fact.  It is JSON, so reading one can
make nothing but numbers, texts and lists; numbers of the program are symbols (`record.py`), opcodes are indices into a
table of their names that each function brings along.  So a later interp, in which opcodes have other numbers and the
assembler makes other code, executes the code that the run was begun with.

    ["fn", FORMAT, ABI, symbol, opcodes, intrinsics, words, refs, places, sig, positions, files, spans, locals, frame]
    ["global", FORMAT, symbol, refs, values, relocations, init, files, spans]
    ["vtable", FORMAT, symbol, refs, values, drop, entries, upcasts]
    ["fact", FORMAT, question, about, answer]

Invariants: the bytes follow from the record alone, so that equal code has equal bytes; what `decode` gives has passed
the verifier.  To add a kind: its `encode_*`, its line in `_DECODERS`.  A change of the format raises FORMAT; images of
older formats are still read.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ..base.span import span_file
from .code import ABI, SIG_BITS
from .opcodes import OPS, length
from .record import FILE_BIT, GLOBAL, IN_FILE, KINDS, PLAIN, GlobalRecord, Kind, Record, Ref, VtableRecord
from .verify import MAX_ALIGN, MAX_BYTES, BadCode, Verifier, called_intrinsics

FORMAT: Final = 1
FileOf = Callable[[int], tuple[str, bool]]  # (name, whether it is the library's) of a span's file
Files = list[tuple[str, bool]]


class Intrinsic(NamedTuple):
    """What stored code knows of an intrinsic: `identity` is its name with the revision of what it means, `arguments`
    how many plain ones it takes."""

    identity: str
    arguments: int


Intrinsics = Mapping[str, Intrinsic]  # by name: those that the machine has
_NUMBERS: Final = {op.identity: op.number for op in OPS}
_NAMES: Final = [op.identity for op in OPS]


class UnknownCode(Exception):
    """The code needs opcodes or intrinsics that this interp does not have, or that mean something else in it."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))
        super().__init__(", ".join(self.names))


class Fact(NamedTuple):
    """The answer to a small question: a text, a flag, None or a reference."""

    question: str
    about: tuple[Ref, ...]
    answer: Any


@dataclass(slots=True)
class Image:
    """`spans` of a record are indices into `files`, shifted as file numbers are; `abi` is a function's."""

    kind: str
    symbol: str
    value: Any  # Record, GlobalRecord, VtableRecord, Fact
    files: Files
    abi: int = ABI


def _text(parts: list[Any]) -> bytes:
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _packed(spans: Iterable[int], file_of: FileOf) -> tuple[Files, list[int]]:
    files: dict[int, int] = {}
    names: Files = []
    out = []
    for span in spans:
        number = span_file(span)
        if number not in files:
            files[number] = len(names)
            names.append(file_of(number) if number else ("", False))
        out.append(files[number] << FILE_BIT | (span & IN_FILE))
    return names, out


# -- encoding --------------------------------------------------------------------------------------------------


def encode_function(symbol: str, record: Record, file_of: FileOf, known: Intrinsics, abi: int = ABI) -> bytes:
    words = array("q", record.words).tolist()
    opcodes: dict[int, int] = {}
    pc, size = 0, len(words)
    while pc < size:
        after = pc + length(words, pc)
        words[pc] = opcodes.setdefault(words[pc], len(opcodes))
        pc = after
    files, spans = _packed(record.spans, file_of)
    plain = dict(zip(PLAIN, record.plain))
    called = called_intrinsics(array("q", record.words), plain["extra"])
    frame = [sorted(value.items()) if name == "landing" else value for name, value in plain.items()]
    return _text([
        "fn", FORMAT, abi, symbol, [_NAMES[op] for op in opcodes],
        sorted(known[name].identity for name in called if name in known), words, record.refs,
        [x for place in record.places for x in place], record.sig, [x for at in record.positions for x in at], files,
        spans, record.locals, frame,
    ])  # fmt: skip


def encode_global(symbol: str, record: GlobalRecord, file_of: FileOf) -> bytes:
    files, spans = _packed([record.span], file_of)
    values = [value.decode("latin-1") if isinstance(value, bytes) else value for value in record.plain]
    return _text(["global", FORMAT, symbol, record.refs, values, record.relocs, record.init, files, spans])


def encode_vtable(symbol: str, record: VtableRecord) -> bytes:
    return _text(["vtable", FORMAT, symbol, *record])


def encode_fact(fact: Fact) -> bytes:
    return _text(["fact", FORMAT, *fact])


# -- decoding --------------------------------------------------------------------------------------------------


def decode(data: bytes, intrinsics: Intrinsics) -> Image:
    """What the bytes say.  Raises `BadCode` for what is no image and `UnknownCode` for one of another interp."""
    try:
        parts = json.loads(data.decode("utf-8", "surrogatepass"))
        decoder = _DECODERS[parts[0]]
        if _ints([parts[1]])[0] > FORMAT:
            raise UnknownCode([f"format {parts[1]} of stored code"])
        return decoder(parts[2:], intrinsics)
    except (BadCode, UnknownCode):
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, AttributeError) as problem:
        raise BadCode(f"stored code is not what it should be ({type(problem).__name__}: {problem})") from None


def _ints(values: Any) -> list[int]:
    if not isinstance(values, list) or not all(type(value) is int for value in values):
        raise BadCode("stored code has something else where numbers should be")
    array("q", values)  # refuses what has more than 64 bits
    return values


def _pair(values: Any) -> tuple[int, int]:
    first, second = _ints(values)
    return first, second


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise BadCode("stored code has something else where a text should be")
    return value


def _refs(values: Any, kinds: tuple[str, ...] = KINDS) -> list[Ref]:
    refs = [tuple(map(_str, ref)) for ref in values]
    for ref in refs:
        if not ref or ref[0] not in kinds or len(ref) != (3 if ref[0] == "sig" else 2):
            raise BadCode("stored code names something that is nothing of a program")
    return refs


def _tuples(value: Any) -> Any:
    """Lists as tuples, as deep as they go; only plain values are in them."""
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    if value is not None and not isinstance(value, (str, int)):
        raise BadCode("stored code has something else where a text should be")
    return value


def _files(values: Any, spans: Any) -> tuple[Files, list[int]]:
    files = [(_str(name), bool(library)) for name, library in values]
    for span in _ints(spans):
        if span < 0 or (span and span >> FILE_BIT >= len(files)):
            raise BadCode("stored code is at a place in no file")
    return files, spans


def _function(parts: list[Any], intrinsics: Intrinsics) -> Image:
    abi, symbol, opcodes, needs, words, refs, places, sig, positions, files, spans, locals_, frame = parts
    words, places, positions = _ints(words), _ints(places), _ints(positions)
    plain = dict(zip(PLAIN, frame, strict=True))
    for name, value in plain.items():
        if name not in ("symbol", "name", "landing", "extra", "validity") and type(value) not in (int, bool):
            raise BadCode(f"`{symbol}` has no sound {name}")
    plain["symbol"], plain["name"] = _str(plain["symbol"]), _str(plain["name"])
    plain["landing"] = {pc: to for pc, to in map(_pair, plain["landing"])}  # noqa: C416 - pairs alone
    plain["extra"] = [_tuples(list(entry)) for entry in plain["extra"]]
    plain["validity"] = [tuple(_ints(program)) for program in plain["validity"]]
    names = _refs(refs)
    found = [_NUMBERS.get(_str(name), -1) for name in opcodes]
    missing = [f"opcode {name}" for name, number in zip(opcodes, found) if number < 0]
    had = {one.identity for one in intrinsics.values()}
    missing += [f"intrinsic {name}" for name in map(_str, needs) if name not in had]
    if missing:
        raise UnknownCode(missing)
    _renumber(words, found)
    files, spans = _files(files, spans)
    pairs = list(zip(places[::2], places[1::2], strict=True))
    where = list(zip(positions[::3], positions[1::3], positions[2::3], strict=True))
    rows = [_local(row) for row in locals_]
    record = Record(names, pairs, sig, array("q", words).tobytes(), where, spans, rows, list(plain.values()))
    _check_places(record, symbol)
    Verifier(record, plain, {name: one.arguments for name, one in intrinsics.items()}).run()
    return Image("fn", _str(symbol), record, files, int(abi))


def _renumber(words: list[int], numbers: list[int]) -> None:
    """Opcodes as they are numbered here."""
    pc, size = 0, len(words)
    while pc < size:
        words[pc] = numbers[words[pc]]
        after = pc + length(words, pc)
        if after <= pc:
            raise BadCode("stored code has an instruction of no length")
        pc = after


def _local(row: Any) -> tuple[Any, ...]:
    kind, slot, slots, size, align, name, *ty = row  # the type came later
    return (_str(kind), *_ints([slot, slots, size, align]), *map(_str, (name, *ty)))


def _check_places(record: Record, symbol: str) -> None:
    """What stands at each place is of the kind that the operand names."""
    from .record import NAMED

    words, kinds, pc = array("q", record.words), {}, 0
    while pc < len(words):
        kinds.update({pc + at: kind for at, kind in NAMED[words[pc]]})
        pc += length(words, pc)
    sound = len(record.spans) == len(record.positions) + 1 and type(record.sig) is int
    sound = sound and 0 <= record.sig < len(record.refs) and record.refs[record.sig][0] == "sig"
    for at, index in record.places:
        sound = sound and 0 <= index < len(record.refs) and kinds.get(at) == record.refs[index][0]
    starts = [position[0] for position in record.positions]
    if not sound or not starts or starts[0] != 0 or starts != sorted(starts):
        raise BadCode(f"`{symbol}` has no sound places or symbols")


def _global(parts: list[Any], intrinsics: Intrinsics) -> Image:
    symbol, refs, values, relocs, init, files, spans = parts
    names = _refs(refs)
    plain = dict(zip(GLOBAL, values, strict=True))
    plain["data"] = _str(plain["data"]).encode("latin-1")
    plain["uninit"] = [(start, end) for start, end in map(_ints, plain["uninit"])]
    size, align = _ints([plain["size"], plain["align"]])
    sound = 0 <= size <= MAX_BYTES and 0 < align <= MAX_ALIGN and not align & (align - 1)
    sound = sound and plain["kind"] in ("static", "const", "thread_local") and isinstance(plain["mutable"], bool)
    sound = sound and len(plain["data"]) in ((0, size) if init is not None or not size else (size,))
    sound = sound and all(0 <= start <= end <= size for start, end in plain["uninit"])
    rows = []
    for offset, kind, target, addend in relocs:
        _ints([offset, target, addend])
        sound = sound and 0 <= offset <= size - 8 and 0 <= target < len(names) and names[target][0] == kind != "sig"
        rows.append((offset, kind, target, addend))
    if init is not None:
        sound = sound and type(init) is int and 0 <= init < len(names) and names[init][0] == "fn"
    if not sound or not isinstance(plain["symbol"], str) or not isinstance(plain["name"], str):
        raise BadCode(f"global `{symbol}` is none")
    files, spans = _files(files, spans)
    record = GlobalRecord(names, list(plain.values()), rows, init, spans[0])
    return Image("global", _str(symbol), record, files)


def _vtable(parts: list[Any], intrinsics: Intrinsics) -> Image:
    symbol, refs, values, drop, entries, upcasts = parts
    names = _refs(refs)
    own, trait_, size, align, word = values
    _ints([size, align, word, drop, upcasts, *entries])
    methods = len(entries) - upcasts
    wanted: list[Kind] = ["fn", *["fn"] * methods, *["vtable"] * upcasts]  # type: ignore[list-item]
    sound = 0 <= size <= MAX_BYTES and 0 < align <= MAX_ALIGN and not align & (align - 1)
    sound = sound and 0 <= upcasts <= len(entries) < 1 << SIG_BITS
    for kind, entry in zip(wanted, [drop, *entries]):
        sound = sound and (entry == -1 or (0 <= entry < len(names) and names[entry][0] == kind))
    if not sound:
        raise BadCode(f"vtable `{symbol}` is none")
    record = VtableRecord(names, [_str(own), _str(trait_), size, align, word], drop, entries, upcasts)
    return Image("vtable", _str(symbol), record, [])


_FACTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {  # what it is about, what is answered
    "entry": ((), "fn"), "lang": (("lang",), "fn"), "signature": (("fn",), "sig"), "unique_address": (("fn",), "bool"),
    "check_call": (("sig", "fn"), "text"),
}  # fmt: skip


def _fact(parts: list[Any], intrinsics: Intrinsics) -> Image:
    question, about, answer = parts
    wanted, kind = _FACTS[_str(question)]
    if kind in ("fn", "sig"):
        answer = _refs([answer], (kind,))[0]
    elif answer is not None or kind == "bool":
        sound = isinstance(answer, bool if kind == "bool" else str)
        if not sound:
            raise BadCode(f"a stored fact ({question}) is none")
    asked = tuple(_refs(about, ("fn", "sig", "lang")))
    if tuple(ref[0] for ref in asked) != wanted:
        raise BadCode(f"a stored fact ({question}) is about something else")
    return Image("fact", question, Fact(question, asked, answer), [])


_DECODERS: Final[dict[str, Callable[[list[Any], Intrinsics], Image]]] = {
    "fn": _function, "global": _global, "vtable": _vtable, "fact": _fact,
}  # fmt: skip
