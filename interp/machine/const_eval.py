"""Constants evaluated before a program runs: `eval_const`, `const_valtree`, and the linker's constants.

Each evaluation has a machine of its own (it may need another one while its code is assembled).
Invariant: what an evaluation yields depends on the constant alone.
"""

from __future__ import annotations

from typing import Any, Optional

from ..base.diagnostics import CompileError, error
from ..base.span import DUMMY_SP, Span
from ..code.linked import Linker
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .machine import Machine, MachineConfig, NoIo
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


def evaluate(linker: Linker, number: int, size: int, align: int) -> Memory:
    """The value of initialiser `number`; CompileError if it fails."""
    machine = Machine(linker, MachineConfig(leaks=False), NoIo())  # type: ignore[arg-type]
    value = machine.evaluate(number, size, align)
    if isinstance(value, Outcome):
        raise failure(linker, number, value)
    return value


def failure(linker: Linker, number: int, outcome: Outcome) -> CompileError:
    if outcome.diagnostics:
        return CompileError(*outcome.diagnostics)  # type: ignore[arg-type]
    instance = linker.instances[number]
    span = linker.tcx.def_data(instance.def_id).span if instance.def_id >= 0 else DUMMY_SP
    text = outcome.message or outcome.kind
    label = f"evaluation of `{linker.instance_name(number)}` failed here"
    message = f"evaluation of constant value failed: {text}"
    return CompileError(error(Span(outcome.span or span), message, "E0080", label))


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
