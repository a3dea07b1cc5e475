"""MIR as text, as rustc's `--emit mir` reads: `_1 = Add(copy _2, const 1_i32)`, `bb0: { ... }`."""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..ty import ty as t
from ..ty.print import args_to_string, ty_to_string
from . import body as mir
from .body import Body, Place

Namer = Callable[[int], str]


class Printer:
    """`namer(def_id)` gives an item's path."""

    def __init__(self, namer: Namer) -> None:
        self.namer = namer

    def body(self, body: Body, name: Optional[str] = None) -> str:
        """The whole body with its promoteds."""
        out = [self._header(body, name or self.namer(body.def_id)) + " {"]
        out += [f"    debug {v.name} => {self.place(v.place)};" for v in body.var_debug_info]
        for index in range(body.arg_count + 1, len(body.locals)):
            decl = body.locals[index]
            out.append(f"    let {'mut ' if decl.mutbl else ''}_{index}: {ty_to_string(decl.ty)};")
        for index, block in enumerate(body.blocks):
            out.append(f"\n    bb{index}{' (cleanup)' if block.is_cleanup else ''}: {{")
            out += [f"        {self.statement(s)};" for s in block.statements]
            out.append(f"        {self.terminator(block.terminator)};")
            out.append("    }")
        out.append("}\n")
        for index, promoted in enumerate(body.promoted):
            out.append(self.body(promoted, f"{name or self.namer(body.def_id)}::promoted[{index}]"))
        return "\n".join(out)

    def _header(self, body: Body, name: str) -> str:
        args = ", ".join(f"_{i}: {ty_to_string(body.locals[i].ty)}" for i in range(1, body.arg_count + 1))
        ret = ty_to_string(body.locals[0].ty)
        if body.kind in ("const", "static", "promoted"):
            return f"{'static' if body.kind == 'static' else 'const'} {name}: {ret} ="
        return f"fn {name}({args}) -> {ret}"

    # -- places, operands -------------------------------------------------------------------------------

    def place(self, place: Place) -> str:
        text = f"_{place.local}"
        for elem in place.projection:
            text = self._project(text, elem)
        return text

    def _project(self, base: str, elem: mir.ProjectionElem) -> str:
        kind = type(elem)
        if kind is mir.Deref:
            return f"(*{base})"
        if kind is mir.Field:
            return f"({base}.{elem.index}: {ty_to_string(elem.ty)})"  # type: ignore[union-attr]
        if kind is mir.Downcast:
            return f"({base} as variant#{elem.index})"
        if kind is mir.Index:
            return f"{base}[_{elem.local}]"  # type: ignore[union-attr]
        if kind is mir.ConstantIndex:
            sign = "-" if elem.from_end else ""  # type: ignore[union-attr]
            return f"{base}[{sign}{elem.offset} of {elem.min_length}]"  # type: ignore[union-attr]
        assert isinstance(elem, mir.Subslice)
        return f"{base}[{elem.lo}:{'-' if elem.from_end else ''}{elem.hi}]"

    def operand(self, operand: mir.Operand) -> str:
        if isinstance(operand, mir.Constant):
            return f"const {self.constant(operand)}"
        return f"{'copy' if isinstance(operand, mir.Copy) else 'move'} {self.place(operand.place)}"

    def constant(self, constant: mir.Constant) -> str:
        kind, ty = constant.kind, constant.ty
        if isinstance(kind, mir.Scalar):
            return _scalar(kind.bits, ty)
        if isinstance(kind, mir.ZeroSized):
            if isinstance(ty, t.FnDef):
                return f"{self.namer(ty.def_id)}{'::' if ty.args else ''}{args_to_string(ty.args)}"
            return ty_to_string(ty)
        if isinstance(kind, mir.StrLit):
            return '"' + kind.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        if isinstance(kind, mir.BytesLit):
            return repr(kind.value).replace("b'", 'b"', 1)[:-1] + '"'
        if isinstance(kind, mir.Unevaluated):
            promoted = "" if kind.promoted is None else f"::promoted[{kind.promoted}]"
            return f"{self.namer(kind.def_id)}{args_to_string(kind.args)}{promoted}"
        if isinstance(kind, mir.StaticRef):
            return f"{{alloc of {self.namer(kind.def_id)}: {ty_to_string(ty)}}}"
        return repr(kind.const)

    # -- rvalues, statements ----------------------------------------------------------------------------

    def rvalue(self, rvalue: mir.Rvalue) -> str:
        return _RVALUES[type(rvalue)](self, rvalue)

    def aggregate(self, value: mir.Aggregate) -> str:
        inner = ", ".join(map(self.operand, value.operands))
        kind = value.kind
        if kind.kind == "array":
            return f"[{inner}]"
        if kind.kind == "tuple":
            return f"({inner}{',' if len(value.operands) == 1 else ''})"
        variant = f"::variant#{kind.variant}" if kind.variant else ""
        return f"{ty_to_string(kind.ty)}{variant} {{ {inner} }}"

    def statement(self, statement: mir.Statement) -> str:
        kind = type(statement)
        if kind is mir.Assign:
            return f"{self.place(statement.place)} = {self.rvalue(statement.rvalue)}"  # type: ignore[union-attr]
        if kind in (mir.StorageLive, mir.StorageDead):
            return f"{kind.__name__}(_{statement.local})"  # type: ignore[union-attr]
        if kind is mir.SetDiscriminant:
            return f"discriminant({self.place(statement.place)}) = {statement.variant}"  # type: ignore[union-attr]
        if kind is mir.Retag:
            return f"Retag({statement.kind}, {self.place(statement.place)})"  # type: ignore[union-attr]
        return f"PlaceMention({self.place(statement.place)})" if kind is mir.PlaceMention else "nop"  # type: ignore[union-attr]

    def terminator(self, end: Any) -> str:
        return "??" if end is None else _TERMINATORS[type(end)](self, end)

    def _edges(self, target: Optional[int], unwind: mir.UnwindAction) -> str:
        unwinds = f"unwind: bb{unwind}" if isinstance(unwind, int) else f"unwind {unwind}"
        return f"{unwinds}" if target is None else f"[return: bb{target}, {unwinds}]"

    def call(self, end: mir.Call) -> str:
        func = self.operand(end.func).removeprefix("const ")
        args = ", ".join(map(self.operand, end.args))
        return f"{self.place(end.destination)} = {func}({args}) -> {self._edges(end.target, end.unwind)}"

    def switch(self, end: mir.SwitchInt) -> str:
        targets = "".join(f"{value}: bb{target}, " for value, target in end.targets)
        return f"switchInt({self.operand(end.discr)}) -> [{targets}otherwise: bb{end.otherwise}]"

    def suspension(self, end: mir.Yield) -> str:
        edges = f"[resume: bb{end.resume}, drop: bb{end.drop}]"
        return f"{self.place(end.resume_arg)} = yield({self.operand(end.value)}) -> {edges}"

    def assertion(self, end: mir.Assert) -> str:
        operands = "".join(f", {self.operand(o)}" for o in end.msg.operands)
        cond = ("" if end.expected else "!") + self.operand(end.cond)
        edges = self._edges(end.target, end.unwind).replace("return", "success")
        return f"assert({cond}, {end.msg.kind}{operands}) -> {edges}"


def _scalar(bits: int, ty: t.Ty) -> str:
    if isinstance(ty, t.Int):
        value = bits - (1 << ty.bits) if ty.signed and bits >> (ty.bits - 1) else bits
        return f"{value}_{ty.name}"
    if ty is t.BOOL:
        return "true" if bits else "false"
    if ty is t.CHAR:
        return repr(chr(bits))
    return f"{bits:#x}: {ty_to_string(ty)}"


_REFS = {"shared": "&", "mut": "&mut ", "two_phase": "&mut "}
_RVALUES: dict[type, Callable[[Printer, Any], str]] = {
    mir.Use: lambda p, r: p.operand(r.operand),
    mir.Repeat: lambda p, r: f"[{p.operand(r.operand)}; {r.count!r}]",
    mir.Ref: lambda p, r: _REFS[r.kind] + p.place(r.place),
    mir.RawPtr: lambda p, r: f"&raw {'mut' if r.mutbl else 'const'} {p.place(r.place)}",
    mir.Len: lambda p, r: f"Len({p.place(r.place)})",
    mir.Cast: lambda p, r: f"{p.operand(r.operand)} as {ty_to_string(r.ty)} ({r.kind})",
    mir.BinaryOp: lambda p, r: f"{r.op}({p.operand(r.lhs)}, {p.operand(r.rhs)})",
    mir.UnaryOp: lambda p, r: f"{r.op}({p.operand(r.operand)})",
    mir.NullaryOp: lambda p, r: f"{r.op}({ty_to_string(r.ty)})",
    mir.Discriminant: lambda p, r: f"discriminant({p.place(r.place)})",
    mir.Aggregate: lambda p, r: p.aggregate(r),
}
_TERMINATORS: dict[type, Callable[[Printer, Any], str]] = {
    mir.Goto: lambda p, e: f"goto -> bb{e.target}",
    mir.SwitchInt: lambda p, e: p.switch(e),
    mir.UnwindResume: lambda p, e: "resume",
    mir.UnwindTerminate: lambda p, e: f"terminate({e.reason})",
    mir.Return: lambda p, e: "return",
    mir.Unreachable: lambda p, e: "unreachable",
    mir.Drop: lambda p, e: f"drop({p.place(e.place)}) -> {p._edges(e.target, e.unwind)}",
    mir.Call: lambda p, e: p.call(e),
    mir.Assert: lambda p, e: p.assertion(e),
    mir.Yield: lambda p, e: p.suspension(e),
    mir.CoroutineDrop: lambda p, e: "coroutine_drop",
}
