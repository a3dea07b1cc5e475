"""Bytecode as text: the disassembler, and an assembler of the same format for tests and hand-written code.

    fn fib slots=8 args=1 ret=1        one function; further `key=value` set fields of `Code`
      JGE_S_I 0 2 @recurse             operands in the table's order; `@label` a jump target
      RET1 0
    recurse:
      CALL $fib 3 1                    `$name` an instance, `%name` a global, `!name` a vtable, `#(...)` an extra entry
    pad 12 = recurse                   landing pad of the instruction at that word index, or `pad .call = recurse`
    .call:                             a label with a dot may name any instruction

To add an operand kind: its prefix in `_operand`, its form in `_show`.
"""

from __future__ import annotations

import ast
from array import array
from dataclasses import dataclass, field

from .code import Code, Position
from .opcodes import NUMBER, OPS, length


def disassemble(code: Code) -> str:
    """One line an instruction: word index, name, operands."""
    lines, pc = [f"fn {code.symbol} slots={code.nslots} args={code.arg_slots} ret={code.ret_slots}"], 0
    blocks = {p.pc: p for p in code.positions}
    while pc < len(code.words):
        if pc in blocks:
            lines.append(f"  ; bb{blocks[pc].block}[{blocks[pc].statement}]")
        pad = f"    ; unwind {code.landing[pc]}" if pc in code.landing else ""
        lines.append(f"  {pc:4} {show(code, pc)}{pad}")
        pc += length(code.words, pc)
    return "\n".join(lines) + "\n"


def show(code: Code, pc: int) -> str:
    op = OPS[code.words[pc]]
    words = code.words[pc + 1 : pc + length(code.words, pc)].tolist()
    kinds = [o.kind for o in op.operands[: len(words)]]
    shown = [_show(code, kind, word) for kind, word in zip(kinds, words)]
    return " ".join([op.name.lower(), *shown, *map(str, words[len(kinds) :])])


def _show(code: Code, kind: str, word: int) -> str:
    if kind == "x":
        return f"#{code.extra[word]!r}"
    prefix = {"t": "@", "f": "$", "g": "%", "v": "!", "i": "", "c": "c"}.get(kind, "r")
    return f"{prefix}{word}"


# --- the assembler -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Function:
    code: Code
    labels: dict[str, int] = field(default_factory=dict)
    fixups: list[tuple[int, str]] = field(default_factory=list)
    pads: list[tuple[str, str]] = field(default_factory=list)


class Assembler:
    """Assembles a text of functions; `instances`, `globals`, `vtables` number names in order of first mention."""

    def __init__(self) -> None:
        self.instances: dict[str, int] = {}
        self.globals: dict[str, int] = {}
        self.vtables: dict[str, int] = {}
        self.codes: dict[int, Code] = {}

    def number(self, table: dict[str, int], name: str) -> int:
        return table.setdefault(name, len(table))

    def assemble(self, text: str) -> None:
        function: _Function | None = None
        for n, raw in enumerate(text.splitlines(), 1):
            line = raw.split(";")[0].strip()
            if line.startswith("fn "):
                self._finish(function)
                function = self._function(line)
            elif line and function is not None:
                self._line(function, line, n)
        self._finish(function)

    def _function(self, line: str) -> _Function:
        _, name, *options = line.split()
        number = self.number(self.instances, name)
        code = Code(number, name, name, array("q"), 0, is_local=True)
        renamed = {"slots": "nslots", "args": "arg_slots", "ret": "ret_slots", "mem": "mem_first", "nmem": "mem_count"}
        for option in options:
            key, value = option.split("=")
            setattr(code, renamed.get(key, key), int(value))
        self.codes[number] = code
        return _Function(code)

    def _line(self, function: _Function, line: str, n: int) -> None:
        code = function.code
        if line.endswith(":"):
            function.labels[line[:-1]] = len(code.words)
        elif line.startswith("pad "):
            where, target = line[4:].split("=")
            function.pads.append((where.strip(), target.strip()))
        elif line.startswith("validity "):
            code.validity.append(tuple(int(part) for part in line.split()[1:]))
        else:
            name, *operands = _words(line)
            code.positions.append(Position(len(code.words), n, 0, n))
            code.words.append(NUMBER[name.upper()])
            for operand in operands:
                self._operand(function, operand)

    def _operand(self, function: _Function, text: str) -> None:
        words = function.code.words
        if text[0] == "@":
            function.fixups.append((len(words), text[1:]))
            words.append(0)
        elif text[0] == "#":
            words.append(len(function.code.extra))
            value = ast.literal_eval(text[1:])
            function.code.extra.append(value if isinstance(value, tuple) else (value,))
        elif text[0] in "$%!":
            table = {"$": self.instances, "%": self.globals, "!": self.vtables}[text[0]]
            words.append(self.number(table, text[1:]))
        else:
            words.append(int(text.lstrip("r"), 0))

    def _finish(self, function: _Function | None) -> None:
        if function is None:
            return
        for at, label in function.fixups:
            function.code.words[at] = function.labels[label]
        for where, target in function.pads:
            pc = int(where) if where.isdigit() else function.labels[where]
            function.code.landing[pc] = int(target) if target.lstrip("-").isdigit() else function.labels[target]


def _words(line: str) -> list[str]:
    """Splits at blanks, but not inside `#(...)` and quotes."""
    out, depth, quote, current = [], 0, "", ""
    for ch in line:
        if quote:
            quote = "" if ch == quote else quote
        elif ch in "'\"":
            quote = ch
        elif ch in "()":
            depth += 1 if ch == "(" else -1
        if ch == " " and not depth and not quote:
            out.append(current)
            current = ""
        else:
            current += ch
    return [part for part in [*out, current] if part]
