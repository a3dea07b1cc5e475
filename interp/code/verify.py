"""The bytecode verifier: whether one function's record is code that the engine can execute without checking anything.

The engine trusts its text: it looks at no slot number, jump target or table index, and takes the third word of a memory
local for an offset in the arena.  So code that comes out of a store is admitted only if

- it is a row of whole instructions, none of which runs over the end, and jumps and landing pads lead to beginnings;
- every slot lies in the frame or its margin; every table index in its table; every immediate in what the opcode takes;
- the words of memory locals are written by ENTER, LIVE, DEAD, LEAVE and RETPLACE alone: no other instruction, no result
  (`RESULT_ROOM`) and no callee's window reaches them;
- accesses to a memory local stay in its allocation, and a local is one before it is accessed.

What a function names by number is a symbol in a record, so it cannot name what is not there.  What values mean is not
verified: slots may hold anything, and what is done with them is checked where it is done.

Invariants: everything the assembler makes passes (tests/unit/code/test_verify.py); nothing is executed or changed.
To add an opcode: nothing, if its operands' names and kinds say what they are; else a row in one of the tables here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Any, Final

from .code import RESULT_ROOM
from .opcodes import FMATH_OPS, KIND_SIZE, KINDS, NUMBER, OPS, ORDERINGS, RMW_OPS, WIDE_OPS, Op, length
from .record import NAMED, Record
from .verify_tables import check_validity

MAX_SLOTS: Final = 1 << 20  # of a frame
MAX_WINDOW: Final = 1 << 10  # words above the frame where a callee's window may begin ..
MAX_OUTGOING: Final = 1 << 11  # .. and where arguments may stand: half of what the stack keeps free
MAX_BYTES: Final = 1 << 47  # of a value
MAX_ALIGN: Final = 1 << 29
SURE: Final = 4096  # bytes of a memory local that may be accessed before it lives: the arena is never smaller


class BadCode(ValueError):
    """The code is none that an assembler made; the message says where and what is wrong."""


def _range(low: int, high: int) -> Callable[[int], bool]:
    return lambda value: low <= value <= high


# Immediates by name: what they may be.  What is not named may be anything.
_IMMEDIATES: Final[dict[str, Callable[[int], bool]]] = {
    "sh": _range(0, 63), "w": lambda value: value in (32, 64), "k": _range(0, len(KINDS) - 1),
    "am": lambda value: 0 <= value < MAX_ALIGN and not value & (value + 1),
    "dam": lambda value: 0 <= value < MAX_ALIGN and not value & (value + 1),
    "size": _range(0, MAX_BYTES), "head": _range(0, MAX_BYTES),
    "align": lambda value: 0 < value <= MAX_ALIGN and not value & (value - 1),
    "order": _range(0, len(ORDERINGS) - 1), "success": _range(0, len(ORDERINGS) - 1),
    "failure": _range(0, len(ORDERINGS) - 1),
}  # fmt: skip
_BY_OPCODE: Final[dict[tuple[str, str], Callable[[int], bool]]] = {
    ("WIDE", "op"): _range(0, len(WIDE_OPS) - 1), ("FMATH", "op"): _range(0, len(FMATH_OPS) - 1),
    ("AT_RMW", "op"): _range(0, len(RMW_OPS) - 1), ("MOVN", "n"): _range(0, MAX_OUTGOING),
    ("RETN", "n"): _range(0, RESULT_ROOM), ("CALL_VIRT", "n"): _range(-1, 1 << 20),
    ("VT_GET", "n"): _range(-3, 1 << 20), ("UPCAST", "n"): _range(0, 1 << 20), ("FILL", "n"): _range(0, MAX_BYTES),
}  # fmt: skip

# How many slots an operand stands for, where its kind does not tell: a number, or the name of the operand that says.
_WIDTHS: Final[dict[tuple[str, str], int | str]] = {
    ("MOV3", "d"): 3, ("MOV3", "a"): 3, ("MOVN", "d"): "n", ("MOVN", "a"): "n", ("RET3", "a"): 3, ("RETN", "a"): "n",
    ("V_SLICE", "p"): 3, ("V_DYN", "p"): 3, ("WIDE", "d"): "op", ("WIDE", "a"): 2, ("WIDE", "b"): 2,
    ("LD_MAYBE", "d"): "k", ("ST_MAYBE", "a"): "k", ("LDL_MAYBE", "d"): "k", ("STL_MAYBE", "a"): "k",
    ("AT_LD", "d"): "k", ("AT_ST", "a"): "k", ("AT_RMW", "d"): "k", ("AT_RMW", "a"): "k", ("AT_CAS", "d"): "k",
    ("AT_CAS", "old"): "k", ("AT_CAS", "a"): "k",
}  # fmt: skip
_KIND_WIDTH: Final = {"d": 1, "s": 1, "D": 2, "P": 2, "L": 3, "w": 0, "r": RESULT_ROOM}
_WIDE_RESULT: Final = [
    3 if name[3:5] == "o_" else 1 if name.startswith(("eq", "ne", "lt", "le", "cmp", "f64", "f32", "ct", "clz")) else 2
    for name in WIDE_OPS
]  # fmt: skip
_SLOTS_OF_KIND: Final = [2 if kind in ("ptr", "w128") else 1 for kind in KINDS]

# Bytes that an access to a memory local touches: a number, or the name of the operand that says.
_ACCESSES: Final[dict[str, list[tuple[int, int, int | str]]]] = {  # (local, offset, bytes) by operand
    **{f"LDL_{kind}": [(2, 3, size)] for kind, size in (
        ("U8", 1), ("I8", 1), ("U16", 2), ("I16", 2), ("U32", 4), ("I32", 4), ("64", 8), ("BOOL", 1), ("PTR", 8),
        ("128", 16))},
    **{f"STL_{kind}": [(1, 2, size)] for kind, size in (("8", 1), ("16", 2), ("32", 4), ("64", 8), ("PTR", 8),
        ("128", 16))},
    "COPYL": [(1, 2, "size"), (3, 4, "size")], "UNINITL": [(1, 2, "size")], "LDL_MAYBE": [(3, 4, "k")],
    "STL_MAYBE": [(1, 2, "k")],
}  # fmt: skip
_ENDS: Final = {
    NUMBER[name] for name in (
        "JMP", "SWITCH", "SWITCH_V", "RET", "RET1", "RET2", "RET3", "RETN", "RESUME", "UNREACHABLE", "ABORT",
        "UNSUPPORTED", "CALL", "CALL_PTR", "CALL_VIRT", "INTR",
    )
}  # fmt: skip
_FALLS: Final = {NUMBER[name] for name in ("CALL", "CALL_PTR", "CALL_VIRT", "INTR")}
_SWITCH, _SWITCH_V, _INTR = NUMBER["SWITCH"], NUMBER["SWITCH_V"], NUMBER["INTR"]
_ENTER, _LEAVE, _LIVE, _RETPLACE = (NUMBER[name] for name in ("ENTER", "LEAVE", "LIVE", "RETPLACE"))
_LIVES_AND_DIES: Final = {NUMBER[name] for name in ("LIVE", "DEAD", "FREEZE")}
_TEXTS: Final = {
    "V_RANGE": 4, "V_REF": 3, "V_SLICE": 3, "V_DYN": 3, "V_FN": 2, "UPCAST": 1, "UNSUPPORTED": 1, "UB_IF": 1,
}  # fmt: skip
_SAYS: Final = ("UB_IF", "UNSUPPORTED", "UPCAST")  # the first of its texts, as it is
_SHOWN: Final = re.compile(r"\{\{|\}\}|\{(\d)\}")


def _operand(op: Op, name: str) -> int:
    return 1 + [operand.name for operand in op.operands].index(name)


def _width(op: Op, name: str, kind: str) -> tuple[int, int]:
    """(how many slots, the word that says it or 0); of "k" and "op" a negative number says which table."""
    found = _WIDTHS.get((op.name, name), _KIND_WIDTH[kind])
    if isinstance(found, int):
        return found, 0
    return {"n": 0, "k": -1, "op": -2}[found], _operand(op, found)


# Of each opcode its operands as (word, what it is, ...): slots read and written, targets, table indices, immediates.
_READ, _WRITTEN, _TARGET, _EXTRA, _VALIDITY, _LOCAL, _WINDOW, _CHECKED = range(8)


def _plan(op: Op) -> list[tuple[int, int, Any, int]]:
    out: list[tuple[int, int, Any, int]] = []
    named = {at for at, _ in NAMED[op.number]}
    for at, operand in enumerate(op.operands, 1):
        name, kind = operand
        if at in named or kind == "*" or op.name in ("ENTER", "LEAVE"):
            continue
        if kind in "sPdDr":
            width, by = _width(op, name, kind)
            out.append((at, _READ if kind in "sP" else _WRITTEN, width, by))
        elif kind in "txcLw":
            out.append((at, {"t": _TARGET, "x": _EXTRA, "c": _VALIDITY, "L": _LOCAL, "w": _WINDOW}[kind], 0, 0))
        elif kind == "i":
            check = _BY_OPCODE.get((op.name, name), _IMMEDIATES.get(name))
            if check is not None:
                out.append((at, _CHECKED, check, 0))
    return out


_PLANS: Final = [_plan(op) for op in OPS]


class Verifier:
    """One function.  `intrinsics`: names that this machine has, each with how many plain arguments it takes."""

    def __init__(self, record: Record, plain: dict[str, Any], intrinsics: dict[str, int]) -> None:
        self.record, self.plain, self.intrinsics = record, plain, intrinsics
        self.words = array("q", record.words)
        self.starts: list[int] = []
        self.targets: list[tuple[int, int]] = []  # (where, to)
        self.sizes: dict[int, int] = {}  # of memory locals, by slot
        self.places: dict[int, int] = {}  # of returned values, by slot
        self.accesses: list[tuple[int, int, int]] = []  # (where, local, end)
        self.protected: list[tuple[int, int]] = []

    def fail(self, pc: int, what: str) -> None:
        op = self.words[pc] if pc < len(self.words) else -1
        name = OPS[op].name if 0 <= op < len(OPS) else "?"
        raise BadCode(f"`{self.plain['symbol']}`, word {pc} ({name}): {what}")

    def run(self) -> None:
        self.frame()
        self.boundaries()
        self.locals()
        for pc in self.starts:
            self.instruction(pc)
        self.flow()
        self.living()
        check_validity(self.plain["validity"], self.plain["extra"])

    def frame(self) -> None:
        p = self.plain
        slots, first, count = p["nslots"], p["mem_first"], p["mem_count"]
        sound = 0 <= slots <= MAX_SLOTS and 0 <= p["arg_slots"] <= slots and 0 <= p["ret_slots"] <= RESULT_ROOM
        if not sound or first < 0 or count < 0 or (count and first + 3 * count > slots):
            raise BadCode(f"`{p['symbol']}`: its frame is none")
        self.slots = slots
        if count:
            self.protected.append((first, first + 3 * count))

    # -- instructions as a whole -----------------------------------------------------------------------

    def boundaries(self) -> None:
        words, size, pc = self.words, len(self.words), 0
        while pc < size:
            op = words[pc]
            if not 0 <= op < len(OPS):
                self.fail(pc, "there is no such opcode")
            self.starts.append(pc)
            fixed = len(OPS[op].operands)
            end = pc + 1 + fixed
            if op in (_SWITCH, _SWITCH_V):
                count = words[pc + 3 if op == _SWITCH else pc + 2] if end <= size + 1 else -1
                if not 0 <= count <= size:
                    self.fail(pc, "it has no sound number of cases")
                end = pc + fixed + (count if op == _SWITCH else 2 * count)
                first, step = (pc + 5, 1) if op == _SWITCH else (pc + 5, 2)
                self.targets += [(pc, words[at]) for at in range(first, min(end, size), step)]
            if end > size:
                self.fail(pc, "it runs over the end of its function")
            pc = end
        if not self.starts or words[self.starts[-1]] not in _ENDS:
            self.fail(self.starts[-1] if self.starts else 0, "the function runs over its end")
        at = set(self.starts)
        if {where for where, _ in self.named()} != {where for where, _ in self.record.places}:
            self.fail(0, "its symbols stand at other places than its operands")
        for pc, pad in self.plain["landing"].items():
            if pc not in at or (pad not in at and not -4 <= pad < 0):
                self.fail(0, f"a landing pad leads from word {pc} to {pad}")
        for pc, _, _ in self.record.positions:
            if pc not in at:
                self.fail(0, f"a position is at word {pc}, where no instruction begins")

    def named(self) -> list[tuple[int, str]]:
        """Words that name something of the program, with its kind."""
        words = self.words
        return [(pc + at, kind) for pc in self.starts for at, kind in NAMED[words[pc]]]

    def locals(self) -> None:
        """What lives in memory: where, and how many bytes."""
        words, first, count = self.words, self.plain["mem_first"], self.plain["mem_count"]
        if count and list(words[:3]) != [_ENTER, first, count]:
            self.fail(0, "it does not begin by entering its memory locals")
        entry = True  # on the one way that every call takes
        for pc in self.starts:
            op = words[pc]
            if op == _LIVE:
                size = words[pc + 2]
                self.sizes[words[pc + 1]] = min(size, self.sizes.get(words[pc + 1], size))
            elif op == _RETPLACE:
                if not entry or words[pc + 1] in self.places:
                    self.fail(pc, "a result's place is named too late")
                self.places[words[pc + 1]] = words[pc + 3]
                self.protected.append((words[pc + 1], words[pc + 1] + 3))
            elif op in (_ENTER, _LEAVE):
                if (pc and op == _ENTER) or [words[pc + 1], words[pc + 2]] != [first, count]:
                    self.fail(pc, "it speaks of other memory locals than the function's")
            entry = entry and not OPS[op].is_terminator
        for low, high in self.protected:
            overlaps = any(a < high and low < b for a, b in self.protected if (a, b) != (low, high))
            if low < 0 or high > self.slots or overlaps or len(set(self.protected)) != len(self.protected):
                self.fail(0, "its memory locals are not in its frame")

    # -- one instruction ---------------------------------------------------------------------------------

    def instruction(self, pc: int) -> None:
        words, top, op = self.words, self.slots + MAX_OUTGOING, self.words[pc]
        for at, what, detail, by in _PLANS[op]:
            value = words[pc + at]
            if what in (_READ, _WRITTEN):
                width = detail if not by else self.width(detail, words[pc + by])
                if not 0 <= value <= top - width:
                    self.fail(pc, f"operand {at} is no slot of the frame")
                if what == _WRITTEN:
                    for low, high in self.protected:
                        if value < high and low < value + width:
                            self.fail(pc, f"operand {at} writes to a memory local")
            elif what == _CHECKED:
                if not detail(value):
                    self.fail(pc, f"operand {at} is {value}")
            elif what == _TARGET:
                self.targets.append((pc, value))
            elif what == _LOCAL:
                self.local(pc, value)
            elif what == _WINDOW:
                lowest = max((high for _, high in self.protected), default=0)
                if not lowest <= value <= self.slots + MAX_WINDOW:
                    self.fail(pc, "the window of its callee is not above the frame")
            else:
                table = self.plain["extra" if what == _EXTRA else "validity"]
                if not 0 <= value < len(table):
                    self.fail(pc, f"operand {at} is no entry of its table")
                if what == _EXTRA:
                    self.extra(pc, OPS[op].name, table[value])
        name = OPS[op].name
        for local, offset, size in _ACCESSES.get(name, ()):
            width = size if isinstance(size, int) else words[pc + _operand(OPS[op], size)]
            if size == "k":
                width = KIND_SIZE[width]
            self.access(pc, words[pc + local], words[pc + offset], width)
        if name == "FILL" and words[pc + 3] * words[pc + 4] > MAX_BYTES:
            self.fail(pc, "it fills too much")

    @staticmethod
    def width(table: int, value: int) -> int:
        if table == 0:
            return max(value, 0) if value < MAX_SLOTS else MAX_SLOTS
        widths = _SLOTS_OF_KIND if table == -1 else _WIDE_RESULT
        return widths[value] if 0 <= value < len(widths) else MAX_SLOTS

    def local(self, pc: int, slot: int) -> None:
        first, count = self.plain["mem_first"], self.plain["mem_count"]
        own = first <= slot < first + 3 * count and (slot - first) % 3 == 0
        if not own and (slot not in self.places or self.words[pc] in _LIVES_AND_DIES):
            self.fail(pc, f"slot {slot} is no memory local")

    def access(self, pc: int, slot: int, offset: int, width: int) -> None:
        size = self.places.get(slot, self.sizes.get(slot, -1))
        if not 0 <= offset <= size - width:
            self.fail(pc, f"it reaches {offset + width} bytes into a memory local of {size}")
        if slot in self.places:
            named = next(at for at in self.starts if self.words[at] == _RETPLACE and self.words[at + 1] == slot)
            if pc < named:
                self.fail(pc, "a result's place is used before it is named")
        elif offset + width > SURE:
            self.accesses.append((pc, slot, offset + width))

    def extra(self, pc: int, name: str, entry: tuple[Any, ...]) -> None:
        """An entry of the table of texts, for that opcode."""
        if name == "INTR":
            known = self.intrinsics.get(entry[0]) if entry and isinstance(entry[0], str) else -1
            if known not in (None, len(entry) - 1):
                self.fail(pc, "an intrinsic has other arguments than it takes")
            return
        if len(entry) < _TEXTS.get(name, 0) or (name in _SAYS and not isinstance(entry[0], str)):
            self.fail(pc, "what it would say is missing")
        if name == "UB_IF":
            shown = [found for found in _SHOWN.findall(entry[0]) if found]
            left = _SHOWN.sub("", entry[0])
            slots = [part for part in entry[1:] if isinstance(part, int)]
            if "{" in left or "}" in left or any(int(number) >= len(entry) - 1 for number in shown):
                self.fail(pc, "what it would say has other parts than it names")
            if not all(0 <= slot < self.slots + MAX_OUTGOING for slot in slots):
                self.fail(pc, "what it would say is in no slot")

    # -- ways through the function ------------------------------------------------------------------------

    def flow(self) -> None:
        at = set(self.starts)
        for pc, target in self.targets:
            if target not in at:
                self.fail(pc, f"it jumps to word {target}, where no instruction begins")

    def living(self) -> None:
        """Accesses deep into a local are behind a LIVE of it on every way that leads to them."""
        for slot in {slot for _, slot, _ in self.accesses}:
            deep = {pc for pc, of, _ in self.accesses if of == slot}
            for pc in sorted(deep & self.reached_without(slot)):
                self.fail(pc, "a memory local is accessed before it lives")

    def reached_without(self, slot: int) -> set[int]:
        """Instructions that execution can reach without a LIVE of that local."""
        words, following = self.words, dict(zip(self.starts, self.starts[1:]))
        jumps: dict[int, list[int]] = {}
        for pc, target in self.targets:
            jumps.setdefault(pc, []).append(target)
        for pc, pad in self.plain["landing"].items():
            if pad >= 0:
                jumps.setdefault(pc, []).append(pad)
        seen: set[int] = set()
        todo = [0]
        while todo:
            pc = todo.pop()
            if pc in seen:
                continue
            seen.add(pc)
            if words[pc] == _LIVE and words[pc + 1] == slot:
                continue
            todo += jumps.get(pc, ())
            if (words[pc] not in _ENDS or words[pc] in _FALLS) and pc in following:
                todo.append(following[pc])
        return seen


def called_intrinsics(words: array[int], extra: list[tuple[Any, ...]]) -> set[str]:
    """Names of the intrinsics that a function's code calls."""
    found, pc = set(), 0
    while pc < len(words):
        if words[pc] == _INTR:
            found.add(str(extra[words[pc + 1]][0]))
        pc += length(words, pc)
    return found
