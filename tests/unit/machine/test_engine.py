"""The loop and its slow path, on both engines: values, control flow, calls, memory, heap, atomics."""

from __future__ import annotations

import pytest

from interp.code.opcodes import OPS
from interp.machine import words as w
from interp.machine.machine import HANDLERS, _impossible

from .programs import ENGINES, FIB, check


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def value(engine: str, text: str, expected: int) -> None:
    """`text` computes r0 of main, with 20 slots; its value is written out as 8 bytes."""
    out = check(f"fn main slots=20\n{text}\n ENTER 17 1\n LIVE 17 8 8\n STL_64 17 0 0\n CONST 30 1\n MOV2 31 17\n"
                " CONST 33 8\n INTR #('write',) 30 16\n LEAVE 17 1\n RET", engine).host.out[1]
    assert int.from_bytes(out, "little", signed=True) == expected


def test_fib(engine: str) -> None:
    assert check(FIB.format(n=12), engine).outcome.code == 144


ARMS = "a:\nCONST 0 1\nJMP @e\nb:\nCONST 0 2\nJMP @e\nd:\nCONST 0 3\ne:\nNOP"


@pytest.mark.parametrize(("text", "expected"), [
    ("CONST 1 200\nCONST 2 100\nADD_U 0 1 2 56", 44),
    ("CONST 1 100\nCONST 2 100\nADD_S 0 1 2 56", -56),
    ("CONST 1 -128\nSUB_S_I 0 1 1 56", 127),
    ("CONST 1 -1\nCONST 2 3\nMUL_U 0 1 2 32", 4294967293),
    ("CONST 1 9223372036854775807\nADDO_S_I 2 0 1 1 0", 1),
    ("CONST 1 -1\nADDO_U_I 2 0 1 1 0", 1),
    ("CONST 1 5\nSUBO_U_I 2 0 1 6 0", 1),
    ("CONST 1 -7\nCONST 2 2\nDIV_S 0 1 2 32", -3),
    ("CONST 1 -7\nCONST 2 2\nREM_S 0 1 2 32", -1),
    ("CONST 1 -2\nCONST 2 3\nDIV_U 0 1 2", (2**64 - 2) // 3),
    ("CONST 1 -1\nSHR_U_I 0 1 60 0", 15),
    ("CONST 1 1\nSHL_S_I 0 1 31 32", -(1 << 31)),
    ("CONST 1 0x12345678\nBSWAP 0 1 32 0", 0x78563412),
    ("CONST 1 1\nBITREV 0 1 56 1", -128),
    ("CONST 1 0x81\nROTL 0 1 1 56 0", 3),
    ("CONST 1 1\nCLZ 0 1 48", 15),
    ("CONST 1 0\nCTZ 0 1 56", 8),
    ("CONST 1 250\nCONST 2 10\nSADD_U 0 1 2 56", 255),
    ("CONST 1 -100\nCONST 2 100\nSSUB_S 0 1 2 56", -128),
    ("CONST 1 -1\nCONST 2 1\nLT_U 0 1 2", 0),
    ("CONST 1 -1\nCONST 2 1\nCMP_S 0 1 2", -1),
    ("CONST 1 -1\nCONST 2 1\nCMP_U 0 1 2", 1),
    ("CONST 1 3\nSWITCH 1 2 2 @d @a @b\n" + ARMS, 2),
    ("CONST 1 70\nSWITCH_V 1 2 @d 7 @a 70 @b\n" + ARMS, 2),
    ("CONST 1 0x3ff8000000000000\nFADD 2 1 1 64\nF_TO_S 0 2 64 32", 3),
    ("CONST 1 0x7ff0000000000000\nF_TO_U 0 1 64 56", 255),
    ("CONST 1 0x7ff8000000000000\nFEQ 0 1 1 64", 0),
    ("CONST 1 -3\nS_TO_F 2 1 32\nF_TO_F 3 2 32\nF_TO_S 0 3 64 0", -3),
    ("CONST 1 0x3fc00000\nFMATH 0 2 1 32\nF_TO_S 0 2 32 32", 1),
    ("CONST2 1 -1 0\nCONST2 3 2 0\nWIDE 2 5 1 3\nMOV 0 6", 1),
    ("CONST2 1 0 4\nCONST 3 66\nWIDE 20 5 1 3\nMOV 0 5", 1),
    ("CONST2 1 -1 -1\nCONST2 3 1 0\nWIDE 4 5 1 3\nMOV 0 7", 1),
    ("CONST 1 5\nNICHE 0 1 4 3 1 0 56", 2),
    ("CONST 1 9\nNICHE 0 1 4 3 1 0 56", 0),
])  # fmt: skip
def test_values(engine: str, text: str, expected: int) -> None:
    value(engine, text, expected - (1 << 64) if expected >> 63 == 1 else expected)


def test_wide_shift_amount_is_one_slot(engine: str) -> None:
    value(engine, "CONST2 1 1 0\nCONST 3 64\nWIDE 18 5 1 3\nMOV 0 6", 1)


@pytest.mark.parametrize(("text", "message"), [
    ("CONST 1 1\nCONST 2 0\nDIV_U 0 1 2\nRET", "dividing by zero"),
    ("UNREACHABLE", "entering unreachable code"),
    ("CONST 1 1\nUB_IF 1 #('arithmetic overflow in `{0}`','unchecked_add')\nRET",
     "arithmetic overflow in `unchecked_add`"),
    ("CONST 1 2\nV_BOOL 1\nRET", "constructing invalid value of type bool: encountered 0x02, but expected a boolean"),
    ("CONST2 1 0 0\nV_REF 1 4 3 #('&i32','','reference')\nRET",
     "constructing invalid value of type &i32: encountered a null reference"),
    ("CONST2 1 6 0\nV_REF 1 4 3 #('&i32','','reference')\nRET",
     "constructing invalid value of type &i32: encountered an unaligned reference "
     "(required 4 byte alignment but found 2)"),
    ("CONST2 1 16 0\nLD_I32 0 1 0 3\nRET",
     "memory access failed: attempting to access 4 bytes, but got 0x10[noalloc] which is a dangling pointer "
     "(it has no provenance)"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nHFREE 3 1 2\nLD_64 0 3 0 7\nRET",
     "memory access failed: alloc1 has been freed, so this pointer is dangling"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nHFREE 3 1 2\nHFREE 3 1 2\nRET",
     "memory access failed: alloc1 has been freed, so this pointer is dangling"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nLD_64 0 3 8 7\nRET",
     "memory access failed: attempting to access 8 bytes, but got alloc1+0x8 which is at or beyond the end of the "
     "allocation of size 8 bytes"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 0\nLD_64 0 3 0 7\nRET",
     "reading memory at alloc1[0x0..0x8], but memory is uninitialized at [0x0..0x8], and this operation requires "
     "initialized memory"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nCONST 2 4\nHFREE 3 1 2\nRET",
     "incorrect layout on deallocation: alloc1 has size 8 and alignment 8, but gave size 8 and alignment 4"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nCONST 1 9\nPOFFSET 3 3 1 1\nRET",
     "in-bounds pointer arithmetic failed: attempting to offset pointer by 9 bytes, but got alloc1 which is only "
     "8 bytes from the end of the allocation"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nPADD 3 3 1\nLD_I32 0 3 0 3\nRET",
     "accessing memory based on pointer with alignment 1, but alignment 4 is required"),
    ("CONST2 1 5 0\nCALL_PTR 1 6 0 0\nRET",
     "using 0x5[noalloc] as function pointer but it does not point to a function"),
    ("CONST 1 8\nCONST 2 8\nHALLOC 3 1 2 1\nCONST 5 1\nMEMCPY 3 3 5 4 3\nRET",
     "`copy_nonoverlapping` called on overlapping ranges"),
])  # fmt: skip
def test_undefined_behaviour(engine: str, text: str, message: str) -> None:
    assert check(f"fn main slots=20\n{text}", engine, kind="ub").outcome.message == message


def test_leak_is_reported(engine: str) -> None:
    outcome = check("fn main slots=8\nCONST 1 24\nCONST 2 8\nHALLOC 3 1 2 1\nRET", engine, kind="leak").outcome
    assert outcome.message == "memory leaked: alloc1 (Rust heap, size: 24, align: 8), allocated here:"


LOOP = """
fn main slots=14
  CONST 0 {n}
  CONST 1 1
  HALLOC 2 0 1 0
  CONST 4 0
next:
  PARITH 5 2 4 1
  ST_8 5 0 4 0
  ADD_U_I 4 4 1 0
  JLT_U 4 0 @next
  CONST 4 0
  CONST 7 0
sum:
  PARITH 5 2 4 1
  LD_U8 8 5 0 0
  ADD_U 7 7 8 0
  ADD_U_I 4 4 1 0
  JLT_U 4 0 @sum
  HFREE 2 0 1
  AND_I 7 7 255
  RET1 7
"""


def test_heap_loop(engine: str) -> None:
    for n in (100, 70000):
        if engine == "compiled" or n < 1000:
            assert check(LOOP.format(n=n), engine).outcome.code == sum(i & 255 for i in range(n)) & 255


def test_big_blocks_are_given_back(engine: str) -> None:
    text = """fn main slots=12
      CONST 0 0
    again:
      CONST 1 1000000
      CONST 2 1
      HALLOC 3 1 2 1
      CONST 5 2000000
      HREALLOC 3 3 1 2 5
      HFREE 3 5 2
      ADD_U_I 0 0 1 0
      JLT_S_I 0 20 @again
      RET"""
    machine = check(text, engine).machine
    assert machine.memory_bytes == 0 and len(machine.state.data) < 8_000_000


def test_local_memory_dies_with_its_frame(engine: str) -> None:
    text = """fn main slots=8
      CALL $inner 8 0
      LD_I32 3 0 0 3
      RET
    fn inner slots=5 mem=0 nmem=1
      ENTER 0 1
      LIVE 0 4 4
      CONST 3 7
      STL_32 0 0 3
      MOV2 3 0
      LEAVE 0 1
      RET2 3"""
    outcome = check(text, engine, kind="ub").outcome
    assert outcome.message.endswith("has been freed, so this pointer is dangling")
    assert [note.text.split(" was ")[1] for note in outcome.notes] == ["allocated here:", "deallocated here:"]
    assert [note.span for note in outcome.notes] == [7, 11]


def test_pointers_keep_provenance_in_pieces(engine: str) -> None:
    """A pointer copied to an odd address and back still works; one with a byte overwritten does not."""
    text = """fn main slots=40 mem=20 nmem=3
      ENTER 20 3
      LIVE 20 8 8
      LIVE 23 16 8
      LIVE 26 32 8
      CONST 0 42
      STL_64 20 0 0
      STL_PTR 23 0 20
      COPYL 26 3 23 0 8
      COPYL 23 8 26 3 8
      LDL_PTR 1 23 8
      LD_64 0 1 0 7
      CONST 3 0
      STL_8 26 3 3
      COPYL 23 8 26 3 8
      LDL_PTR 1 23 8
      JZ 2 @gone
      CONST 0 1
    gone:
      LEAVE 20 3
      RET1 0"""
    assert check(text, engine).outcome.code == 42


def test_exposed_pointer_comes_back(engine: str) -> None:
    text = """fn main slots=10
      CONST 1 8
      CONST 2 8
      HALLOC 3 1 2 1
      EXPOSE 5 3
      FROM_EXPOSED 6 5
      CONST 8 9
      ST_64 6 0 8 7
      LD_64 9 3 0 7
      HFREE 6 1 2
      RET1 9"""
    assert check(text, engine).outcome.code == 9


def test_unwinding_runs_cleanup_and_is_caught(engine: str) -> None:
    text = """fn main slots=10
      REIFY 10 $work
      CONST2 12 11 0
      REIFY 14 $caught
      INTR #('catch_unwind',) 10 0
      MUL_S_I 0 0 100 32
      RET1 0
    fn work slots=6 args=2 mem=2 nmem=1
      ENTER 2 1
      LIVE 2 8 8
    .deep:
      CALL $deep 6 0
      RET
    clean:
      CONST 6 1
      MOV2 7 2
      STL_64 2 0 0
      CONST 9 1
      INTR #('write',) 6 5
      RESUME
    pad .deep = clean
    fn deep slots=4
      CONST2 4 77 0
      INTR #('start_unwind',) 4 0
      UNREACHABLE
    fn caught slots=4 args=4
      CONST 4 1
      RET"""
    run = check(text, engine)
    assert run.outcome.code == 100 and run.host.out[1] == bytes([11])
    assert run.machine.live_allocations == 2  # the two functions' addresses


def test_deep_recursion_is_a_clean_error(engine: str) -> None:
    text = "fn main slots=30\nCALL $main 30 0\nRET"
    outcome = check(text, engine, kind="stack_overflow").outcome
    assert outcome.message == "thread 'main' has overflowed its stack" and len(outcome.backtrace) <= 200


def test_memory_limit(engine: str) -> None:
    text = "fn main slots=8\nCONST 1 4096\nCONST 2 8\nagain:\nHALLOC 3 1 2 0\nJMP @again"
    assert check(text, engine, kind="memory_limit", max_memory=1 << 20).machine.live_allocations == 256


def test_steps_are_the_same_on_both_engines() -> None:
    runs = [check(FIB.format(n=10), engine) for engine in ENGINES]
    assert len({run.machine.steps for run in runs}) == 1
    assert len({bytes(run.machine.state.rng) for run in runs}) == 1


def test_stopping_anywhere_changes_nothing(engine: str) -> None:
    whole = check(FIB.format(n=8), engine)
    run = check(FIB.format(n=8), engine, run=False)
    stops = 0
    while run.machine.run(max_steps=run.machine.steps + 3).kind == "step_limit":
        stops += 1
    assert run.machine.outcome == whole.outcome and run.machine.steps == whole.machine.steps and stops > 30


def test_every_opcode_has_someone_to_do_it() -> None:
    """What the loop may leave has a handler; the rest never leaves it."""
    loop_only = {op.name for op in OPS if HANDLERS[op.number] is _impossible}
    never_fails = (
        "NOP", "CONST", "MOV", "SELECT", "ADD", "SUB", "MUL", "SADD", "SSUB", "AND", "OR", "XOR", "NOT", "NEG", "SH",
        "EXT", "CTPOP", "CLZ", "CTZ", "BSWAP", "BITREV", "ROT", "WIDE_EXT", "EQ", "NE", "LT", "LE", "GT", "GE", "CMP",
        "F", "S_TO", "U_TO", "J", "SWITCH", "ENTER", "PADD", "PIDX", "PARITH", "UNINITL", "NICHE", "RETAG",
    )  # fmt: skip
    assert all(name.startswith(never_fails) for name in loop_only), loop_only


def test_atomics(engine: str) -> None:
    text = """fn main slots=12 mem=6 nmem=1
      ENTER 6 1
      LIVE 6 4 4
      CONST 0 5
      AT_ST 6 0 5 4
      CONST 0 -7
      AT_RMW 1 1 6 0 5 4
      CONST 2 -2
      CONST 3 9
      AT_CAS 4 5 6 2 3 5 4 4 0
      JZ 5 @bad
      AT_LD 4 6 5 4
      LEAVE 6 1
      MUL_S_I 1 1 10 32
      ADD_S 1 1 4 32
      RET1 1
    bad:
      UNREACHABLE"""
    assert check(text, engine).outcome.code == 59


def test_casts_hit_the_cache(engine: str) -> None:
    text = """fn main slots=6
      CONST 0 0
    again:
      REIFY 1 $other
      ADD_S_I 0 0 1 32
      JLT_S_I 0 1000 @again
      RET
    fn other slots=1
      RET"""
    machine = check(text, engine).machine
    assert machine.core.addresses.counters() == {"casts": 1000, "hits": 968, "misses": 32}
    assert len(machine.state.events) == 32 and machine.live_allocations == 32
    addresses = {event.address for event in machine.state.events}
    assert len(addresses) == 32


def test_virtual_calls(engine: str) -> None:
    from interp.code.program import Vtable

    text = """fn main slots=6
      VTABLE 0 !v
      CONST 6 5
      CALL_VIRT 0 1 6 1
      VT_GET 2 0 -3
      CALL_VIRT 0 -1 6 3
      ADD_S 1 1 2 32
      RET1 1
    fn twice slots=2 args=1
      ADD_S 0 0 0 32
      RET1 0"""
    table = Vtable("v", "v", 40, 8, -1, [-1, 1])
    run = check(text, engine, vtables={"v": table})
    assert run.outcome.code == 50 and run.machine.state.regs[w.R_VTABLES] == 2
