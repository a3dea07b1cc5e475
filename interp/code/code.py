"""`Code`: one assembled function, position-independent plain data.  Made by the assembler, linked by the machine.

Value classes (a function of the type alone, `code/classes.py`):

    zst       0 slots   zero-sized types, `!`
    scalar    1 slot    integers up to 64 bits, bool, char, f32, f64, and types whose layout is one such scalar
                        (newtypes, field-less enums: their tag).  Canonical form: see `opcodes.py`
    ptr       2 slots   thin pointers, references, Box, fn pointers and their newtypes, Option<&T> and the like (null is
                        address 0): (address, provenance).  Provenance 0 is none, 1 the wildcard
    wide      2 slots   u128, i128: (lo, hi)
    fat       3 slots   (address, provenance, metadata): length, or address of the vtable
    pair      n slots   if the assembler wants: a type with two scalar parts, in order of offset (`(i32, bool)`,
    `Option<u32>`) memory    -         everything else

The machine does not know types: it only moves slots.  Whoever assembles caller and callee takes the class from the
type, so both sides agree.  A slot of a pair whose part is not initialised holds anything; it must not be stored to
memory.

Frame and calling convention

- A frame is a window of `nslots` slots.  Slot 0.. are the parameters in order, each in the slots of its class; a
  parameter of class memory is a pointer (2 slots) to the caller's value, which the callee copies into a memory local of
  its own; zst takes none.  If the result is of class memory, a pointer to its place (2 slots) comes first; the place is
  allocated, live during the call, not initialised by the caller and aliased by no parameter (the caller uses a fresh
  memory local unless the destination is a whole local).  A `#[track_caller]` function gets `&Location` (2 slots) last.
- The caller writes arguments at slots w, w+1, .. of its own frame (w >= every slot in use; CALL's operand `w`) and CALL
  makes the callee's window begin there.  So slots from w on are lost at a call.  `nslots` counts the frame's own slots,
  without the outgoing windows.  Fresh slots hold garbage.
- RETn writes the result's slots to the caller's slots r, r+1, .. (CALL's operand `r`), RESULT_ROOM at most.
- Memory locals take three slots (address, provenance, arena offset): the first two are a pointer to the local and can
  be used as `P` operand while it is live.  All of a function stand in a row, `mem_first`, `mem_count`; a function with
  any begins with ENTER and executes LEAVE before RET.  Locals without StorageLive (parameters, _0, always-live
  temporaries) get a LIVE after ENTER.  A frame left by unwinding has its live locals killed by the machine.
- `RETPLACE` gives the place of a returned memory value such a triple, so that LDL/STL work on it; it must not be in the
  ENTER range.
- A function pointer's signature number `sig` (interned by the program) is compared at CALL_PTR: its low SIG_BITS are
  those of every signature that is passed alike; equal ones call at once, others ask `Program.check_call`.
- Machine-called instances: program entry `fn() -> i32` or `fn()`; thread entry and dtors `fn(ptr)`; initialisers of
  globals: always the pointer to the global's memory in slots 0, 1, whatever the class, and RET.

Blocks: a jump enters the first instruction of a block.  A run stops and threads switch after a terminator, so
`positions` must have an entry for every jump target, every instruction after a call or conditional jump, and wherever
the (block, statement) changes.  Slot values by local (`locals`) let a snapshot say frames in MIR's terms.

To add a field, give it a default: cached code of an older build must still read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, Optional

# Landing pads of an instruction that can unwind (keyed by the index of the instruction itself).
PAD_CONTINUE: Final = -1  # nothing to clean up here (also: no entry)
PAD_TERMINATE_ABI: Final = -2  # panic_cannot_unwind
PAD_TERMINATE_CLEANUP: Final = -3  # panic_in_cleanup
PAD_UNREACHABLE: Final = -4  # our fault

# What a call of unknown result may write: no more slots (two parts of two slots, each with one that says whether it is
# initialised), and none of the slots from a result slot on that many is one of a memory local.
RESULT_ROOM: Final = 6

# Raised when layouts, value classes or the calling convention change: code of both kinds cannot call each other.
ABI: Final = 1

# A signature's number: which one it is, and below that the class of those passed alike.
SIG_BITS: Final = 24
SIG_CLASS: Final = (1 << SIG_BITS) - 1

# `Code.validity[i]`: a program for V_MEM and V_LOAD: first the value's size, then instructions.  Offsets `off` are
# relative to the value's start (inside a loop: to the element's); `target` is an index into the program; `x` indexes
# `Code.extra`: (the value's type, the path to the part with `{}` for the index of each loop, ...), by `validity.py`.
# Who changes what one of them means raises the revisions of V_MEM and V_LOAD (`opcodes.py`).
VAL_END: Final = 0  #      -                          valid
VAL_INIT: Final = 1  #     off size x                 numbers: initialised, and whatever provenance is there goes
VAL_RANGE: Final = 2  #    off size lo hi x           unsigned value in lo..=hi (wraps); .. expected, print it in hex
VAL_REF: Final = 3  #      off size align x           thin reference or Box; .. "reference" or "box"
VAL_SLICE: Final = 4  #    off elem_size align head x fat one to a slice, or a struct that ends in one after `head`
VAL_DYN: Final = 5  #      off align head trait x     the same for dyn; `trait`: a `Vtable.trait_word`; .. its name
VAL_FN: Final = 6  #       off x                      fn pointer
VAL_SWITCH: Final = 7  #   off size n x other (value, target)*   on a tag; `other` -1: invalid
VAL_LOOP: Final = 8  #     off stride count body_len  body (up to its VAL_END) for each element
VAL_RAW: Final = 9  #      off size x                 raw pointer, thin or fat: initialised
VAL_UNINHABITED: Final = 10  # x                      never valid; .. what was encountered
VAL_VTABLE: Final = 11  #  off trait x                metadata of a raw pointer to dyn; .. the trait's name
VAL_GOTO: Final = 12  #    target
VAL_PAD: Final = 13  #     off size                   padding: becomes uninitialised
VAL_CHAR: Final = 14  #    off x                      a char
VAL_LENGTHS: Final = {  # of SWITCH and LOOP: the head
    0: 1, 1: 4, 2: 6, 3: 5, 4: 6, 5: 6, 6: 3, 7: 6, 8: 5, 9: 4, 10: 2, 11: 4, 12: 2, 13: 3, 14: 3,
}  # fmt: skip

LocalClass = Literal["unused", "zst", "scalar", "ptr", "wide", "fat", "pair", "memory", "place"]


class LocalLoc(NamedTuple):
    """Where MIR local i lives: its class and first slot ("memory": of its triple; "place": pointer or triple to memory
    that is not owned, the returned place).  `slots` is how many."""

    kind: LocalClass
    slot: int = -1
    slots: int = 0
    size: int = 0
    align: int = 1
    name: str = ""  # the user's
    ty: str = ""  # of one that has a name, as reports say it


class Position(NamedTuple):
    """From word `pc` on, the code is that of this block and statement (statement == len: the terminator)."""

    pc: int
    block: int
    statement: int
    span: int


@dataclass(slots=True, eq=False)
class Code:
    """One function.  `symbol` is unique and stable over sessions (a resumed run finds its code by it); `name` is what a
    backtrace prints; `is_local` if a report should point into it (the user's crate, not the library)."""

    instance: int
    symbol: str
    name: str
    words: array[int]  # typecode "q"
    nslots: int
    arg_slots: int = 0
    ret_slots: int = 0
    sig: int = 0
    mem_first: int = 0
    mem_count: int = 0
    locals: list[LocalLoc] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)  # sorted by pc, first at 0
    landing: dict[int, int] = field(default_factory=dict)  # pc of the call -> pc of the cleanup block, or PAD_*
    extra: list[tuple[Any, ...]] = field(default_factory=list)  # plain data
    validity: list[tuple[int, ...]] = field(default_factory=list)
    span: int = 0
    is_local: bool = False
    track_caller: bool = False
    starts: dict[tuple[int, int], int] = field(default_factory=dict)  # of `pc_of`, made when asked
    unique_address: bool = False  # no type or const generics and #[inline(never)]: one fn address only

    def position(self, pc: int) -> Optional[Position]:
        at = bisect_right(self.positions, pc, key=lambda p: p.pc) - 1
        return self.positions[at] if at >= 0 else None

    def pc_of(self, block: int, statement: int) -> Optional[int]:
        """The first instruction of that statement."""
        if not self.starts:
            for p in self.positions:
                self.starts.setdefault((p.block, p.statement), p.pc)
        return self.starts.get((block, statement))
