"""A program whose answers are kept: what the machine asked in one session needs no front end in the next.

`RecordedProgram` stands between the machine and a `Program`.  It logs every question with its answer; a later session
starts from the log, and only a question that is not in it makes the real program, which is first asked all that stands
in the log, in order, so that its numbers for instances, globals, vtables and signatures come out the same.

`to_data`/`from_data` turn answers into plain data (ints, bytes, strings, tuples, lists, dicts) that `marshal` writes.
To add a question to `Program`: a line in `_QUESTIONS`, and its answer's two functions if it is a record.
"""

from __future__ import annotations

from array import array
from typing import Any, Callable, Optional

from .code import Code, LocalLoc, Position
from .image import Fact, FileOf, Intrinsics, encode_fact, encode_function, encode_global, encode_vtable
from .program import Global, Program, Reloc, Vtable
from .record import Kind, Ref, take_apart, take_apart_global, take_apart_vtable

Question = tuple[str, tuple[Any, ...]]
_QUESTIONS = (
    "assemble", "symbol", "instance_name", "unique_address", "signature", "get_global", "get_vtable", "lang",
    "check_call", "signature_name",
)  # fmt: skip
_NAMING = ("symbol", "get_global", "get_vtable", "signature_name")
_CODE_PLAIN = (
    "instance", "symbol", "name", "nslots", "arg_slots", "ret_slots", "sig", "mem_first", "mem_count", "landing",
    "extra", "validity", "span", "is_local", "track_caller", "unique_address",
)  # fmt: skip
_GLOBAL_PLAIN = ("kind", "symbol", "size", "align", "name", "data", "uninit", "init", "mutable", "span")
_GLOBAL_SYMBOL = _GLOBAL_PLAIN.index("symbol")
_VTABLE_PLAIN = ("symbol", "trait_", "size", "align", "drop", "entries", "upcasts", "trait_word")
_VTABLE_SYMBOL = _VTABLE_PLAIN.index("symbol")


def to_data(answer: Any) -> Any:
    if isinstance(answer, Code):
        plain = [getattr(answer, name) for name in _CODE_PLAIN]
        return ("code", answer.words.tobytes(), [tuple(x) for x in answer.locals], _positions(answer), plain)
    if isinstance(answer, Global):
        return ("global", [tuple(r) for r in answer.relocs], [getattr(answer, name) for name in _GLOBAL_PLAIN])
    if isinstance(answer, Vtable):
        return ("vtable", [getattr(answer, name) for name in _VTABLE_PLAIN])
    return answer


def _positions(code: Code) -> bytes:
    return array("q", [word for position in code.positions for word in position]).tobytes()


def from_data(data: Any) -> Any:
    if not isinstance(data, tuple):
        return data
    if data[0] == "code":
        return _code(*data[1:])
    if data[0] == "global":
        return Global(**dict(zip(_GLOBAL_PLAIN, data[2])), relocs=[Reloc(*r) for r in data[1]])
    return Vtable(*data[1])


def _code(words: bytes, locals_: list[tuple[Any, ...]], positions: bytes, plain: list[Any]) -> Code:
    made = Code(words=array("q", words), **dict(zip(_CODE_PLAIN, plain)))
    made.locals = [LocalLoc(*x) for x in locals_]
    flat = array("q", positions)
    made.positions = [Position(*flat[i : i + 4]) for i in range(0, len(flat), 4)]
    return made


class RecordedProgram:
    """`make` gives the real program when it is needed; `log` is what a former session asked, as plain data."""

    def __init__(self, make: Callable[[], Program], entry: int, log: list[tuple[Question, Any]]) -> None:
        self.entry = entry
        self.log = log
        self.known: dict[Question, Any] = dict(log)
        self.real: Optional[Program] = None
        self.make = make
        self.grown = False
        self.asked: list[Question] = []  # in this session, in order
        self.symbol, self.get_global, self.get_vtable, self.signature_name = map(self._asker, _NAMING)
        for name in _QUESTIONS:
            if name not in _NAMING:
                setattr(self, name, self._asker(name))
        self.find_instance = self._finder("symbol", "find_instance", lambda answer: answer)
        self.find_global = self._finder("get_global", "find_global", lambda answer: answer[2][_GLOBAL_SYMBOL])
        self.find_vtable = self._finder("get_vtable", "find_vtable", lambda answer: answer[1][_VTABLE_SYMBOL])

    def _asker(self, name: str) -> Callable[..., Any]:
        answers: dict[tuple[Any, ...], Any] = {}

        def ask(*args: Any) -> Any:
            if args in answers:
                return answers[args]
            question = (name, args)
            if question in self.known:
                answer = from_data(self.known[question])
            else:
                answer = getattr(self.thaw(), name)(*args)
                self.log.append((question, to_data(answer)))
                self.grown = True
            answers[args] = answer
            self.asked.append((name, args))
            return answer

        return ask

    def _finder(
        self, naming: str, name: str, symbol_of: Callable[[Any], str]
    ) -> Callable[[str], Optional[int]]:
        """A number by its symbol: from the answers in the log that tell symbols, else from the real program.  It is
        not logged: what is found is asked for afterwards."""
        index: dict[str, int] = {}
        read = 0

        def find(symbol: str) -> Optional[int]:
            nonlocal read
            for (question, args), answer in self.log[read:]:
                if question == naming:
                    index.setdefault(symbol_of(answer), args[0])
            read = len(self.log)
            number = index.get(symbol)
            if number is None:
                found: Optional[int] = getattr(self.thaw(), name)(symbol)
                return found
            return number

        return find

    def new_images(self, start: int, file_of: FileOf, known: Intrinsics) -> tuple[list[bytes], int]:
        """What the machine was told from question number `start` on, as images, and the number of the next one."""
        made = [] if start else [encode_fact(Fact("entry", (), self._ref("fn", self.entry)))]
        at = start
        while at < len(self.asked):  # a ref may be one more question
            name, args = self.asked[at]
            at += 1
            image = self._image(name, args, file_of, known)
            if image is not None:
                made.append(image)
        return made, at

    def _ref(self, kind: Kind, number: int) -> Ref:
        if kind == "fn":
            return "fn", self.symbol(number)
        if kind == "sig":
            return ("sig", *self.signature_name(number))
        return kind, (self.get_global if kind == "global" else self.get_vtable)(number).symbol

    def _image(self, name: str, args: tuple[Any, ...], file_of: FileOf, known: Intrinsics) -> Optional[bytes]:
        ask, ref = getattr(self, name), self._ref
        if name == "assemble":
            return encode_function(self.symbol(*args), take_apart(ask(*args), ref), file_of, known)
        if name == "get_global":
            return encode_global(ask(*args).symbol, take_apart_global(ask(*args), ref), file_of)
        if name == "get_vtable":
            return encode_vtable(ask(*args).symbol, take_apart_vtable(ask(*args), ref))
        if name == "lang":
            return encode_fact(Fact(name, (("lang", *args),), ref("fn", ask(*args))))
        if name == "signature":
            return encode_fact(Fact(name, (ref("fn", *args),), ref("sig", ask(*args))))
        if name == "unique_address":
            return encode_fact(Fact(name, (ref("fn", *args),), ask(*args)))
        if name == "check_call":
            return encode_fact(Fact(name, (ref("sig", args[0]), ref("fn", args[1])), ask(*args)))
        return None  # a name: it stands in what it names

    def thaw(self) -> Program:
        """The real program, brought to where the log ends."""
        if self.real is None:
            self.real = self.make()
            for (name, args), answer in self.log:
                again = to_data(getattr(self.real, name)(*args))
                assert again == answer, f"{name}{args} is answered differently than in the cache"
        return self.real
