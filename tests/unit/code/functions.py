"""Runs single functions of a Rust file: `fn name() -> i32 { .. }` with `//= value` on the line before it."""

from __future__ import annotations

import re
from pathlib import Path

from interp.code.linked import LinkedProgram
from interp.compilation import Compilation
from interp.machine.machine import Machine, MachineConfig
from interp.machine.outcome import Outcome
from interp.mono.instance import Instance


class Functions:
    """One checked file; `run(name)` is the outcome of calling that function as the program's entry."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text()
        self.compilation = Compilation(str(path), 2021)
        assert self.compilation.check(), [
            (d.message, d.notes, self.compilation.tcx.source_map.location(d.span)) for d in self.compilation.diagnostics
        ]
        self.program = LinkedProgram(self.compilation.tcx, self.compilation.main())
        table = self.compilation.tcx.defs.table
        self.names = {d.name: d.id for d in table if d.kind == "fn" and d.krate == self.compilation.krate.name}

    @property
    def expected(self) -> dict[str, int]:
        return {name: int(value) for value, name in re.findall(r"//= (-?\d+)\nfn (\w+)\(\)", self.text)}

    def run(self, name: str) -> Outcome:
        self.program.entry = self.program.linker.instance(Instance("item", self.names[name]))
        machine = Machine(self.program, MachineConfig())  # type: ignore[arg-type]
        return machine.run(max_steps=10_000_000)


def expected_names(path: Path) -> list[str]:
    return re.findall(r"//= -?\d+\nfn (\w+)\(\)", path.read_text())
