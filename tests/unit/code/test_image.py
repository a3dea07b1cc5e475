"""Images of code: what the assembler makes comes back the same; what it would never make is refused by the verifier."""

from __future__ import annotations

import json
from typing import Any

import pytest

from interp.code.code import Code
from interp.code.image import Image, UnknownCode, decode, encode_function
from interp.code.opcodes import OPS
from interp.code.record import Kind, Ref, take_apart
from interp.code.stored import StoredProgram
from interp.code.text import Assembler
from interp.code.verify import _PLANS, BadCode
from interp.machine.intrinsics import known_intrinsics
from interp.machine.machine import Machine, MachineConfig
from interp.machine.snapshot import state_digest

from ...conftest import ROOT
from ...snapshots.running import Host, recorded

KNOWN = known_intrinsics()
EVERYTHING = ROOT / "tests/snapshots/programs/everything.rs"


def image_of(code: Code, asm: Assembler) -> bytes:
    """The function's image; numbers are named by the assembler."""
    names = {"fn": asm.instances, "global": asm.globals, "vtable": asm.vtables}

    def ref_of(kind: Kind, number: int) -> Ref:
        if kind == "sig":
            return "sig", str(number), "class"
        return kind, next(name for name, of in names[kind].items() if of == number)

    return encode_function(code.symbol, take_apart(code, ref_of), lambda number: ("main.rs", False), KNOWN)


def verified(text: str) -> Image:
    asm = Assembler()
    asm.assemble(text)
    return decode(image_of(asm.codes[0], asm), KNOWN)


def test_a_programs_code_comes_back() -> None:
    """Every function, global and vtable of a program that uses a bit of everything; and it does the same."""
    program = recorded(EVERYTHING)
    machine = Machine(program, MachineConfig(seed=3), Host())  # type: ignore[arg-type]
    machine.run()
    files = program.real.linker.tcx.source_map.files  # type: ignore[union-attr]
    texts, _ = program.new_images(0, lambda n: (files[n].name, files[n].is_library), KNOWN)
    images = [decode(text, KNOWN) for text in texts]
    assert {image.kind for image in images} == {"fn", "global", "vtable", "fact"}

    def no_compiler() -> Any:
        raise AssertionError("everything is stored")

    stored: Any = StoredProgram(images, no_compiler, KNOWN)
    for code in machine.core.codes.values():
        other = stored.assemble(stored.find_instance(code.symbol))
        assert (other.nslots, other.landing, other.extra, other.validity, other.locals) == (
            code.nslots, code.landing, code.extra, code.validity, code.locals,
        )  # fmt: skip
    again = Machine(stored, MachineConfig(seed=3), Host())
    again.run()
    assert state_digest(again) == state_digest(machine)


def test_opcodes_go_by_name() -> None:
    asm = Assembler()
    asm.assemble("fn main slots=2\n CONST 0 7\n MOV 1 0\n RET1 1")
    parts = json.loads(image_of(asm.codes[0], asm))
    assert parts[4] == ["CONST", "MOV", "RET1"] and parts[6] == [0, 0, 7, 1, 1, 0, 2, 1]
    parts[4], parts[6] = ["MOV", "RET1", "CONST"], [2, 0, 7, 0, 1, 0, 1, 1]  # in the order of another table
    image = decode(json.dumps(parts).encode(), KNOWN)
    assert image.value.words == decode(image_of(asm.codes[0], asm), KNOWN).value.words
    parts[4] = ["MOV", "RET1.1", "LEAP"]
    with pytest.raises(UnknownCode, match=r"opcode LEAP, opcode RET1\.1"):
        decode(json.dumps(parts).encode(), KNOWN)


GOOD = """
fn main slots=20 args=1 ret=1 mem=12 nmem=2
  ENTER 12 2
  LIVE 12 16 8
  STL_64 12 8 0
  LDL_64 1 12 8
again:
  JEQ_I 1 3 @out
  .call:
  CALL $main 20 0
  UB_IF 1 #('at {0} and {1}', 1, 'x')
  JMP @again
out:
  DEAD 12
  LEAVE 12 2
  RET1 1
pad .call = out
"""


def test_good_code() -> None:
    image = verified(GOOD)
    assert image.value.refs == [("sig", "0", "class"), ("fn", "main")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("RET1 1", "NOP", "runs over its end"),
        ("JMP @again", "JMP 2", "where no instruction begins"),
        ("JMP @again", "JMP -1", "where no instruction begins"),
        ("LDL_64 1 12 8", "LDL_64 1 12 9", "reaches 17 bytes into a memory local of 16"),
        ("LDL_64 1 12 8", "LDL_64 1 12 -8", "into a memory local of 16"),
        ("LDL_64 1 12 8", "LDL_64 1 13 8", "slot 13 is no memory local"),
        ("LDL_64 1 12 8", "LDL_64 1 15 8", "into a memory local of -1"),
        ("LDL_64 1 12 8", "LDL_64 14 12 8", "writes to a memory local"),
        ("LDL_64 1 12 8", "LDL_64 99999 12 8", "no slot of the frame"),
        ("LDL_64 1 12 8", "LDL_64 -1 12 8", "no slot of the frame"),
        ("LDL_64 1 12 8", "MOVN 10 0 3", "writes to a memory local"),
        ("LDL_64 1 12 8", "MOVN 0 1 -3", "operand 3 is -3"),
        ("LDL_64 1 12 8", "CALL $main 20 8", "writes to a memory local"),
        ("LDL_64 1 12 8", "ADD_S 1 0 0 64", "operand 4 is 64"),
        ("LDL_64 1 12 8", "FADD 1 0 0 16", "operand 4 is 16"),
        ("LDL_64 1 12 8", "WIDE 999 0 2 4", "operand 1 is 999"),
        ("LDL_64 1 12 8", "FILL 0 0 100000000000 100000000", "it fills too much"),
        ("LDL_64 1 12 8", "RETN 0 7", "operand 2 is 7"),
        ("LDL_64 1 12 8", "V_REF 0 8 6 #('T', '', 'box')", "operand 3 is 6"),
        ("LDL_64 1 12 8", "INTR #('exit', 3) 20 0", "other arguments than it takes"),
        ("LIVE 12 16 8", "LIVE 12 16 3", "operand 3 is 3"),
        ("LIVE 12 16 8", "LIVE 12 -1 8", "operand 2 is -1"),
        ("LIVE 12 16 8", "LIVE 14 16 8", "slot 14 is no memory local"),
        ("ENTER 12 2", "ENTER 12 1", "does not begin by entering"),
        ("ENTER 12 2", "NOP", "does not begin by entering"),
        ("LEAVE 12 2", "LEAVE 9 2", "other memory locals"),
        ("mem=12 nmem=2", "mem=18 nmem=2", "its frame is none"),
        ("slots=20", "slots=2000000", "its frame is none"),
        ("CALL $main 20 0", "CALL $main 14 0", "not above the frame"),
        ("CALL $main 20 0", "CALL $main 2000 0", "not above the frame"),
        ("'at {0} and {1}'", "'at {0.__class__}'", "other parts than it names"),
        ("'at {0} and {1}'", "'{0:9999999999}'", "other parts than it names"),
        ("'at {0} and {1}'", "'{5}'", "other parts than it names"),
        ("pad .call = out", "pad .call = 2", "a landing pad leads from"),
        ("pad .call = out", "pad 2 = out", "a landing pad leads from"),
        ("DEAD 12", "RETPLACE 8 0 8 7", "named too late"),
    ],
)
def test_bad_code(old: str, new: str, words: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(BadCode, match=words.replace("(", r"\(")):
        verified(GOOD.replace(old, new))


DEEP = """
fn main slots=10 mem=4 nmem=1
  ENTER 4 1
  JEQ_I 0 0 @after
  LIVE 4 100000 8
after:
  LDL_64 0 4 {at}
  RET
"""


def test_deep_in_a_local_that_may_not_live() -> None:
    assert verified(DEEP.format(at=4000)).kind == "fn"  # the arena has that much
    with pytest.raises(BadCode, match="before it lives"):
        verified(DEEP.format(at=5000))
    assert verified(DEEP.format(at=5000).replace("@after", "@end").replace("  RET", "end:\n  RET")).kind == "fn"


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("8 1 0 8 0 0", "it has no sound|reads 16|looks at|what it would say|goes|it is no"),
        ("8 3 4 8 8 0 0", "looks at 12 bytes of a value of 8"),
        ("8 12 1 0", "goes to word 1"),
        ("8 12 99 0", "goes to word 99"),
        ("8 8 0 0 1000000000000 1 0 0", "goes around too often"),
        ("8 8 0 8 1 50 0 0", "has no body"),
        ("8 13 0 -1 0", "a part of -1 bytes"),
        ("8 13 0 8", "it has no end"),
        ("8 99 0", "no instruction"),
        ("-8 0", "of a value of no size"),
    ],
)
def test_bad_validity_programs(program: str, words: str) -> None:
    text = f"fn main slots=2\n validity {program}\n V_MEM 0 0 0\n UB_IF 0 #('T', 'x', 'box')\n RET"
    with pytest.raises(BadCode, match=words):
        verified(text)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"null", b'["fn"]', b'["fn", 1]', b'["fn", "1", 2]', b'["nothing", 1, 2]', b"[" * 100000,
        b'["fact", 1, "entry", [], ["fn"]]', b'["fact", 1, "entry", [["fn", "x"]], ["fn", "main"]]',
        b'["fact", 1, "unique_address", [["fn", "x"]], "yes"]', b'["fact", 1, "__class__", [], null]',
        b'["vtable", 1, "v", [], ["v", "T", 1, 3, 0], -1, [], 0]',
        b'["vtable", 1, "v", [["fn", "f"]], ["v", "T", 8, 8, 0], -1, [5], 0]',
        b'["global", 1, "g", [], ["static", "g", 8, 8, "g", "short", [], false], [], null, [["", false]], [0]]',
    ],
)  # fmt: skip
def test_what_is_no_image(data: bytes) -> None:
    with pytest.raises(BadCode):
        decode(data, KNOWN)


def test_a_later_format_is_named() -> None:
    with pytest.raises(UnknownCode, match="format 2 of stored code"):
        decode(b'["fn", 2, []]', KNOWN)


def test_every_opcode_is_planned() -> None:
    """The verifier looks at every operand that the engine takes on trust."""
    free = {"v", "u", "b", "n", "sg", "off", "doff", "lo", "hi", "first", "other", "un", "weak", "single", "zero", "t"}
    for op in OPS:
        if op.name in ("ENTER", "LEAVE", "SWITCH", "SWITCH_V"):
            continue
        seen = {plan[0] for plan in _PLANS[op.number]}
        for at, operand in enumerate(op.operands, 1):
            named = operand.kind in "fgv" or operand.name == "sig"
            assert at in seen or named or (operand.kind == "i" and operand.name in {*free, "kind"}), (op.name, operand)
