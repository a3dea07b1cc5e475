"""`StoredProgram`: the program of a stored run, made of images, whatever the interpreter has become since.

What the run has linked, it goes on with: functions, globals, vtables and facts come from the images.  Only what the run
needs for the first time is made by the present interpreter, out of the sources that the run was begun with: then the
program is compiled (`make`), and a function is found there by assembling those that lead to it from the entry.

Invariants: numbers are given in the order of their first use; what an image says is never replaced; what is new is an
image too, and kept in `fresh` for the store.  Stored and new code meet only if they agree about the calling convention
(`Image.abi`) and about the frames of the functions that lead from one to the other.

To add a question to `Program`: its method here, answered by an image, a fact or the real program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import CompileError
from .code import ABI, SIG_BITS, Code
from .image import (
    Fact,
    FileOf,
    Files,
    Image,
    Intrinsics,
    decode,
    encode_fact,
    encode_function,
    encode_global,
    encode_vtable,
)
from .program import Global, Vtable
from .record import (
    FILE_BIT,
    IN_FILE,
    KINDS,
    PLAIN,
    GlobalRecord,
    Kind,
    Record,
    Ref,
    VtableRecord,
    put_together,
    put_together_global,
    put_together_vtable,
    shown_name,
)

if TYPE_CHECKING:
    from .portable import PortableProgram

Key = tuple[str, str]  # kind, symbol
_FRAME = [PLAIN.index(name) for name in ("arg_slots", "ret_slots", "track_caller")]
_UNIQUE = PLAIN.index("unique_address")


class Missing(Exception):
    """The run needs something that neither its stored code nor the present interpreter has."""


class StoredProgram:
    """`make` compiles the program: the real one, and which of its files a span is in."""

    def __init__(
        self, images: Iterable[Image], make: Callable[[], tuple[PortableProgram, FileOf]], known: Intrinsics
    ) -> None:
        self.make, self.intrinsics = make, known
        self.real: Optional[PortableProgram] = None
        self.file_of: Optional[FileOf] = None
        self.images: dict[Key, Image] = {}
        self.facts: dict[tuple[str, tuple[Ref, ...]], Any] = {}
        self.mentioned: dict[Key, Ref] = {}
        self.fresh: list[bytes] = []
        self.files: Files = [("", False)]
        self.file_ids: dict[tuple[str, bool], int] = {("", False): 0}
        self.numbers: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        self.refs: dict[str, list[Ref]] = {kind: [] for kind in KINDS}
        self.classes: dict[str, int] = {}
        self.failed = False  # the real program had an error, whose spans are that session's
        self.answers: dict[tuple[str, int], Any] = {}
        for image in images:
            self._take(image)
        entry = self.facts.get(("entry", ()))
        if entry is None:
            raise Missing("its stored code does not say where the program begins")
        self.entry = self.number(entry)

    def _take(self, image: Image) -> None:
        value = image.value
        if isinstance(value, Fact):
            self.facts[value.question, value.about] = value.answer
            return
        self.images[image.kind, image.symbol] = image
        for ref in value.refs:
            self.mentioned.setdefault((ref[0], ref[1]), ref)

    def _learn(self, data: bytes) -> None:
        """Something new of the real program: kept, and read as it will be read again."""
        self.fresh.append(data)
        self._take(decode(data, self.intrinsics))

    def new_images(self, start: int, file_of: FileOf, known: Intrinsics) -> tuple[list[bytes], int]:
        """As `RecordedProgram.new_images`: what this session added."""
        return self.fresh[start:], len(self.fresh)

    # -- numbers -----------------------------------------------------------------------------------------

    def number(self, ref: Ref) -> int:
        kind, symbol = ref[0], ref[1]
        found = self.numbers[kind].get(symbol)
        if found is None:
            found = len(self.refs[kind])
            self.refs[kind].append(ref)
            if kind == "sig":
                found = found << SIG_BITS | self.classes.setdefault(ref[2], len(self.classes))
            self.numbers[kind][symbol] = found
        return found

    def ref(self, kind: Kind, number: int) -> Ref:
        return self.refs[kind][number >> SIG_BITS if kind == "sig" else number]

    def _find(self, kind: Kind, symbol: str) -> Optional[int]:
        known = (kind, symbol)
        if known in self.images or known in self.mentioned or symbol in self.numbers[kind]:
            return self.number(known)
        if any(answer == known for answer in self.facts.values()):
            return self.number(known)
        real = self._thaw()
        return self.number(known) if _known(real, known) is not None else None

    def find_instance(self, symbol: str) -> Optional[int]:
        return self._find("fn", symbol)

    def find_global(self, symbol: str) -> Optional[int]:
        return self._find("global", symbol)

    def find_vtable(self, symbol: str) -> Optional[int]:
        return self._find("vtable", symbol)

    # -- the real program --------------------------------------------------------------------------------

    def _thaw(self) -> PortableProgram:
        if self.real is None:
            self.real, self.file_of = self.make()
        return self.real

    def _real(self, key: Key) -> int:
        """The real program's number of something: what leads to it in the run is assembled there first."""
        real = self._thaw()
        number = _known(real, key)
        if number is None:
            for owner in self._way(real, key):
                self._mention(real, owner)
            number = _known(real, key)
        other = {image.abi for image in self.images.values()} - {ABI}
        if number is None or other:
            why = "" if number is None else " (it passes arguments in another way)"
            raise Missing(f"`{key[1]}`, which the run needs for the first time, is not made by this interp{why}")
        return number

    def _way(self, real: PortableProgram, key: Key) -> list[Key]:
        """Images that lead to a symbol, the first of which the real program knows; breadth first."""
        roots = [answer for (question, _), answer in self.facts.items() if question in ("entry", "lang")]
        before: dict[Key, Optional[Key]] = dict.fromkeys(roots)
        todo = list(before)
        for at in todo:
            image = self.images.get(at)
            for ref in image.value.refs if image is not None else ():
                if (ref[0], ref[1]) not in before:
                    before[ref[0], ref[1]] = at
                    todo.append((ref[0], ref[1]))
        way: list[Key] = []
        owner = before.get(key)
        while owner is not None:
            way.insert(0, owner)
            owner = before[owner] if _known(real, owner) is None else None
        return way

    def _mention(self, real: PortableProgram, key: Key) -> None:
        """Make the real program know what one of its functions, globals or vtables names."""
        number = _known(real, key)
        if number is None:
            return
        if key[0] == "global":
            real.get_global(number)
        elif key[0] == "vtable":
            real.get_vtable(number)
        else:
            real.assemble(number)
            self._same_frame(self.images[key].value, real.record(number), key[1])

    @staticmethod
    def _same_frame(stored: Record, made: Record, symbol: str) -> None:
        same = all(stored.plain[at] == made.plain[at] for at in _FRAME)
        if not same or stored.refs[stored.sig][2] != made.refs[made.sig][2]:
            raise Missing(f"`{symbol}` is called in another way by this interp than by the run's code")

    def _image(self, kind: Kind, number: int) -> Image:
        key = (kind, self.ref(kind, number)[1])
        found = self.images.get(key)
        if found is None:
            self._fetch(key)
            found = self.images[key]
        return found

    def _fetch(self, key: Key) -> None:
        try:
            self._make(key)
        except CompileError:
            self.failed = True
            raise

    def _make(self, key: Key) -> None:
        number, real = self._real(key), self._thaw()
        assert self.file_of is not None
        if key[0] == "fn":
            real.assemble(number)  # what it names has numbers then
            self._learn(encode_function(key[1], real.record(number), self.file_of, self.intrinsics))
        elif key[0] == "global":
            self._learn(encode_global(key[1], real.global_record(number), self.file_of))
        else:
            self._learn(encode_vtable(key[1], real.vtable_record(number)))

    def _fact(self, question: str, about: tuple[Ref, ...], answer: Callable[[PortableProgram], Any]) -> Any:
        if (question, about) not in self.facts:
            self._learn(encode_fact(Fact(question, about, answer(self._thaw()))))
        return self.facts[question, about]

    # -- questions ---------------------------------------------------------------------------------------

    def _once(self, question: str, number: int, make: Callable[[], Any]) -> Any:
        found = self.answers.get((question, number))
        if found is None:
            found = self.answers[question, number] = make()
        return found

    def _spans(self, image: Image, spans: list[int]) -> list[int]:
        ids = [self._file(file) << FILE_BIT for file in image.files]
        return [ids[span >> FILE_BIT] | (span & IN_FILE) if span & IN_FILE else 0 for span in spans]

    def _file(self, file: tuple[str, bool]) -> int:
        found = self.file_ids.get(file)
        if found is None:
            found = self.file_ids[file] = len(self.files)
            self.files.append(file)
        return found

    def assemble(self, instance: int) -> Code:
        made: Code = self._once("assemble", instance, lambda: self._assemble(instance))
        return made

    def _assemble(self, instance: int) -> Code:
        image = self._image("fn", instance)
        record: Record = image.value
        record = record._replace(spans=self._spans(image, record.spans))
        return put_together(record, instance, image.symbol, [self.number(ref) for ref in record.refs])

    def get_global(self, index: int) -> Global:
        made: Global = self._once("global", index, lambda: self._global(index))
        return made

    def _global(self, index: int) -> Global:
        image = self._image("global", index)
        record: GlobalRecord = image.value
        record = record._replace(span=self._spans(image, [record.span])[0])
        return put_together_global(record, image.symbol, [self.number(ref) for ref in record.refs])

    def get_vtable(self, index: int) -> Vtable:
        made: Vtable = self._once("vtable", index, lambda: self._vtable(index))
        return made

    def _vtable(self, index: int) -> Vtable:
        image = self._image("vtable", index)
        record: VtableRecord = image.value
        return put_together_vtable(record, image.symbol, [self.number(ref) for ref in record.refs])

    def symbol(self, instance: int) -> str:
        return self.ref("fn", instance)[1]

    def instance_name(self, instance: int) -> str:
        return shown_name(self.symbol(instance))

    def signature_name(self, sig: int) -> list[str]:
        return list(self.ref("sig", sig)[1:])

    def unique_address(self, instance: int) -> bool:
        ref = self.ref("fn", instance)
        image = self.images.get(("fn", ref[1]))
        if image is not None:
            return bool(image.value.plain[_UNIQUE])
        return bool(self._fact("unique_address", (ref,), lambda real: real.unique_address(self._real(("fn", ref[1])))))

    def signature(self, instance: int) -> int:
        ref = self.ref("fn", instance)
        image = self.images.get(("fn", ref[1]))
        if image is not None:
            return self.number(image.value.refs[image.value.sig])
        return self.number(self._fact("signature", (ref,), lambda real: self._signature(real, ref)))

    def _signature(self, real: PortableProgram, ref: Ref) -> Ref:
        return ("sig", *real.signature_name(real.signature(self._real(("fn", ref[1])))))

    def lang(self, name: str) -> int:
        return self.number(self._fact("lang", (("lang", name),), lambda real: ("fn", real.symbol(real.lang(name)))))

    def check_call(self, sig: int, instance: int) -> Optional[str]:
        caller, callee = self.ref("sig", sig), self.ref("fn", instance)

        def ask(real: PortableProgram) -> Optional[str]:
            return real.check_call(self._real(("sig", caller[1])), self._real(("fn", callee[1])))

        found: Optional[str] = self._fact("check_call", (caller, callee), ask)
        return found


def _known(real: PortableProgram, key: Key) -> Optional[int]:
    kind, symbol = key
    if kind == "fn":
        return real.find_instance(symbol)
    if kind == "global":
        return real.find_global(symbol)
    return real.find_vtable(symbol) if kind == "vtable" else real.numbers["sig"].of.get(symbol)
