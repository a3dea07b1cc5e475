"""Hand-assembled programs for the machine's tests, and a `Program` made of them."""

from __future__ import annotations

from dataclasses import dataclass

from interp.code.code import SIG_CLASS, Code
from interp.code.program import Global, Vtable
from interp.code.text import Assembler
from interp.machine.engines import description
from interp.machine.machine import Machine, MachineConfig
from interp.machine.outcome import Outcome


class TextProgram:
    """A `Program` from the assembler's text; its entry is `main`."""

    def __init__(
        self, text: str, globals: dict[str, Global] | None = None, vtables: dict[str, Vtable] | None = None
    ) -> None:
        self.asm = Assembler()
        self.asm.number(self.asm.instances, "main")
        self.asm.assemble(text)
        self.by_global = globals or {}
        self.by_vtable = vtables or {}
        self.names = {number: name for name, number in self.asm.instances.items()}
        self.entry = 0
        self.unique: set[str] = set()

    def assemble(self, instance: int) -> Code:
        return self.asm.codes[instance]

    def symbol(self, instance: int) -> str:
        return self.names[instance]

    instance_name = symbol

    def unique_address(self, instance: int) -> bool:
        return self.names[instance] in self.unique

    def signature(self, instance: int) -> int:
        return self.asm.codes[instance].sig

    def signature_name(self, sig: int) -> list[str]:
        return [str(sig), str(sig & SIG_CLASS)]

    def get_global(self, index: int) -> Global:
        return self.by_global[next(n for n, i in self.asm.globals.items() if i == index)]

    def get_vtable(self, index: int) -> Vtable:
        return self.by_vtable[next(n for n, i in self.asm.vtables.items() if i == index)]

    def find_instance(self, symbol: str) -> int | None:
        return self.asm.instances.get(symbol)

    def find_global(self, symbol: str) -> int | None:
        return self.asm.globals.get(symbol)

    def find_vtable(self, symbol: str) -> int | None:
        return self.asm.vtables.get(symbol)

    def lang(self, name: str) -> int:
        return self.asm.instances[name]

    def check_call(self, sig: int, instance: int) -> str | None:
        if sig == self.signature(instance):
            return None
        return "calling a function with more arguments than it expected"


class Host:
    """Collects output."""

    def __init__(self, stdin: bytes = b"") -> None:
        self.out = {1: bytearray(), 2: bytearray()}
        self.stdin = stdin

    def write(self, fd: int, data: bytes) -> None:
        self.out[fd] += data

    def read(self, n: int) -> bytes:
        data, self.stdin = self.stdin[:n], self.stdin[n:]
        return data


def machine(text: str, engine: str = "auto", seed: int = 0, **kw: object) -> Machine:
    program = TextProgram(text, kw.pop("globals", None), kw.pop("vtables", None))  # type: ignore[arg-type]
    host = kw.pop("host", None) or Host()
    return Machine(program, MachineConfig(seed=seed, engine=engine, **kw), host)  # type: ignore[arg-type]


FIB = """
fn main slots=3 ret=1
  CONST 3 {n}
  CALL $fib 3 0
  RET1 0
fn fib slots=3 args=1 ret=1
  JLT_S_I 0 2 @base
  SUB_S_I 3 0 1 32
  CALL $fib 3 1
  SUB_S_I 3 0 2 32
  CALL $fib 3 2
  ADDC_S 0 1 2 32 @base
base:
  RET1 0
"""


ENGINES = ["pure"] + (["compiled"] if description() == "compiled" else [])


@dataclass
class Run:
    machine: Machine
    outcome: Outcome
    host: Host


def check(text: str, engine: str = "auto", kind: str = "exit", run: bool = True, **kw: object) -> Run:
    """Runs a program and checks how it ended."""
    host = Host()
    it = machine(text, engine, host=host, **kw)
    outcome = it.run() if run else Outcome("paused")
    assert not run or outcome.kind == kind, outcome
    return Run(it, outcome, host)
