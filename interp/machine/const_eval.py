"""Constants evaluated before a program runs: `eval_const`, `const_valtree`, and the linker's constants.

Each evaluation has a machine of its own (it may need another one while its code is assembled).
Invariant: what an evaluation yields depends on the constant alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from ..base.diagnostics import CompileError, Diagnostic, error
from ..base.span import Span
from ..code.code import Code
from ..code.linked import Linker
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .machine import Machine, MachineConfig
from .outcome import Outcome
from .values import Memory


def register(tcx: TyCtxt) -> None:
    """The queries `linker`, `eval_const`, `const_valtree`."""

    def make_linker() -> Linker:
        linker = Linker(tcx)
        linker.evaluator = evaluate
        return linker

    tcx.providers["linker"] = make_linker
    tcx.providers["eval_const"] = lambda const: eval_const(tcx, const)
    tcx.providers["const_valtree"] = lambda const: const_valtree(tcx, const)


_PANIC = "const panic"


class _ConstProgram:
    """The session's linker as a program of which a panic ends the run where it happens."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.entry = -1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.linker, name)

    def assemble(self, instance: int) -> Code:
        code = self.linker.assemble(instance)
        if ("start_unwind",) in code.extra:
            return replace(code, extra=[(_PANIC,) if x == ("start_unwind",) else x for x in code.extra])
        return code


class _Listener:
    """Keeps what is written to standard error: the message of a panic."""

    def __init__(self) -> None:
        self.text = b""

    def write(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self.text += data

    def read(self, n: int) -> bytes:
        return b""

    def panic_message(self) -> str:
        """The lines between `thread .. panicked at ..:` and the notes."""
        _, _, rest = self.text.decode("utf-8", "replace").partition(" panicked at ")
        return rest.partition("\n")[2].partition("\nnote: ")[0].rstrip("\n")


def evaluate(linker: Linker, number: int, size: int, align: int) -> Memory:
    """The value of initialiser `number`; CompileError if it fails."""
    listener = _Listener()
    machine = Machine(_ConstProgram(linker), MachineConfig(leaks=False), listener)
    value = machine.evaluate(number, size, align)
    if isinstance(value, Outcome):
        raise failure(linker, number, value, listener)
    return value


def failure(linker: Linker, number: int, outcome: Outcome, listener: _Listener) -> CompileError:
    if outcome.diagnostics:
        return CompileError(*outcome.diagnostics)  # type: ignore[arg-type]
    return CompileError(_report(linker, number, outcome, _message(outcome, listener)))


def _message(outcome: Outcome, listener: _Listener) -> str:
    if _PANIC not in outcome.message:
        kinds = {"step_limit": "constant evaluation is taking a long time", "stack_overflow": "reached the stack limit"}
        return kinds.get(outcome.kind, outcome.message or outcome.kind)
    text = listener.panic_message()
    if text.startswith("index out of bounds: the len is "):
        return text.replace("the len is", "the length is")
    return text if text.startswith("attempt to ") else f"evaluation panicked: {text}"


def _report(linker: Linker, number: int, outcome: Outcome, message: str) -> Diagnostic:
    """rustc's: the constant, and if it failed further in, the functions on the way there."""
    name = linker.const_name(number)
    frames = [f for f in outcome.backtrace if not f.name.startswith(("core::panicking", "std::panicking", "std::sys"))]
    if not frames:
        data = linker.tcx.def_data(linker.instances[number].def_id)
        return error(data.span, message, "E0080", f"evaluation of `{name}` failed here")
    where = Span(frames[-1].span)
    if len(frames) == 1:
        return error(where, message, "E0080", f"evaluation of `{name}` failed here")
    out = error(where, message, "E0080", f"evaluation of `{name}` failed inside this call")
    for frame in reversed(frames[1:-1]):
        out.label(Span(frame.span), f"inside `{frame.name}`")
    return out.label(Span(frames[0].span), f"inside `{frames[0].name}`: the failure occurred here")


def _value_of(tcx: TyCtxt, const: t.Const) -> tuple[Linker, Ty, Layout, Memory]:
    assert isinstance(const, t.ConstUnevaluated)
    linker: Linker = tcx.query("linker")
    args = linker.cx.mono_args(const.args, ())
    instance = linker.cx.const_instance(const.def_id, args)
    ty = linker.cx.mono(tcx.type_of(instance.def_id), instance.args)
    layout = linker.cx.layout_of(ty)
    bits = linker.const_bits(instance, ty)
    if bits is not None:
        data = (bits & ((1 << 8 * layout.size) - 1)).to_bytes(layout.size, "little")
        return linker, ty, layout, Memory(layout.size, layout.align, data)
    return linker, ty, layout, evaluate(linker, linker.instance(instance), layout.size, layout.align)


def eval_const(tcx: TyCtxt, const: t.Const) -> t.Const:
    """A constant of the type system as a value; generic ones stay as they are."""
    if not isinstance(const, t.ConstUnevaluated) or const.flags & (t.HAS_PARAM | t.HAS_INFER | t.HAS_ERROR):
        return const
    _, ty, _, value = _value_of(tcx, const)
    if isinstance(ty, (t.Int, t.Bool, t.Char)):
        signed = isinstance(ty, t.Int) and ty.signed
        return t.mk_const(ty, int.from_bytes(value.data, "little", signed=signed))
    return const


def const_valtree(tcx: TyCtxt, const: t.Const) -> Any:
    """A constant as a tree: bits of a scalar, text, or a list of parts (of an enum: variant, then its fields)."""
    if isinstance(const, t.ConstValue):
        return const.value
    linker, ty, _, value = _value_of(tcx, const)
    return _Tree(linker).of(ty, value, 0, None)


class _Tree:
    """Reads a value tree off memory."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.cx = linker.cx

    def of(self, ty: Ty, memory: Memory, at: int, length: Optional[int]) -> Any:
        layout = self.cx.layout_of(ty)
        if isinstance(ty, t.Ref):
            return self.pointee(ty, memory, at)
        if isinstance(ty, t.Str):
            return memory.data[at : at + (length or 0)].decode("utf-8", "replace")
        if isinstance(ty, (t.Array, t.Slice)):
            count = layout.count if length is None else length
            elem = self.cx.normalize(ty.elem)
            size = self.cx.layout_of(elem).size
            return [self.of(elem, memory, at + i * size, None) for i in range(count)]
        if isinstance(ty, t.Adt) and self.cx.tcx.adt_def(ty.def_id).kind == "enum":
            return self.variant(layout, memory, at)
        if isinstance(ty, (t.Tuple, t.Adt)):
            return self.fields(layout, memory, at)
        return int.from_bytes(memory.data[at : at + layout.size], "little")

    def fields(self, layout: Layout, memory: Memory, at: int) -> list[Any]:
        return [self.of(ty, memory, at + offset, None) for ty, offset in zip(layout.fields, layout.offsets)]

    def variant(self, layout: Layout, memory: Memory, at: int) -> list[Any]:
        index = layout.index
        tag = layout.tag
        if tag is not None:
            size = tag.scalar.size
            bits = int.from_bytes(memory.data[at + tag.offset : at + tag.offset + size], "little")
            index = _variant_of(layout, bits)
        return [index, *self.fields(layout.variant(index), memory, at)]

    def pointee(self, ty: t.Ref, memory: Memory, at: int) -> Any:
        inner = self.cx.normalize(ty.ty)
        meta = int.from_bytes(memory.data[at + 8 : at + 16], "little") if self.cx.layout_of(ty).size == 16 else None
        reloc = next((r for r in memory.relocs if r.offset == at), None)
        if reloc is None:
            target, start = Memory(0, 1), 0
        elif isinstance(reloc.target, Memory):
            target, start = reloc.target, reloc.addend
        else:
            target, start = self.of_global(reloc.target), reloc.addend
        value = self.of(inner, target, start, meta)
        return value if isinstance(inner, (t.Str, t.Slice)) else [value]

    def of_global(self, number: int) -> Memory:
        made = self.linker.get_global(number)
        if made.init is not None:
            return evaluate(self.linker, made.init, made.size, made.align)
        out = Memory(made.size, made.align, made.data)
        out.relocs = list(made.relocs)  # type: ignore[arg-type]
        return out


def _variant_of(layout: Layout, bits: int) -> int:
    tag = layout.tag
    assert tag is not None
    mask = (1 << 8 * tag.scalar.size) - 1
    if tag.encoding == "direct":
        return next(i for i, d in enumerate(layout.discriminants) if d & mask == bits)
    relative = (bits - tag.niche_start) & mask
    return tag.first + relative if relative <= tag.last - tag.first else tag.untagged


__all__ = ["const_valtree", "eval_const", "evaluate", "register"]
