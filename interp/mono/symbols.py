"""Symbols: text that names an instance, type or item, the same in every session for the same source.

A def path is `krate::module::name`; siblings of one kind and name are told apart by `#n` in order of definition;
an impl is named by its self type and trait.
"""

from __future__ import annotations

import re
from typing import Any, Callable, cast

from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.print import is_fn_sugar
from ..ty.ty import Args, Ty
from .instance import Instance

_CRATE = re.compile(r"(?<![\w:])([A-Za-z_]\w*)::")
_SKIPPED = frozenset({"ctor", "foreign_mod", "block_mod", "use"})


class Symbols:
    """Memoised texts of one session."""

    def __init__(self, tcx: TyCtxt) -> None:
        self.tcx = tcx
        self._paths: dict[int, str] = {}
        self._rank: dict[int, int] = {}
        self._count: dict[tuple[Any, str, str], int] = {}
        self._ranked = 0
        self._tys: dict[Ty, str] = {}

    def path(self, def_id: int) -> str:
        found = self._paths.get(def_id)
        if found is None:
            found = self._paths[def_id] = self._make_path(def_id)
        return found

    def _make_path(self, def_id: int) -> str:
        data = self.tcx.def_data(def_id)
        parent = "" if data.parent is None else self.path(data.parent)
        if data.kind == "impl":
            own = self._impl(def_id)
        elif data.kind in _SKIPPED:
            own = ""
        else:
            own = data.name or f"{{{data.kind}}}"
        if data.parent is None:
            return data.krate
        rank = self._rank_of(def_id)
        if rank and data.kind != "ctor":
            own += f"#{rank}"
        return f"{parent}::{own}" if own else parent

    def _impl(self, def_id: int) -> str:
        header = self.tcx.impl_header(def_id)
        if header.trait_ref is None:
            return f"<{self.ty(header.self_ty)}>"
        trait = self.path(header.trait_ref.def_id) + self.args(header.trait_ref.args[1:])
        return f"<{self.ty(header.self_ty)} as {trait}>"

    def _rank_of(self, def_id: int) -> int:
        """How many siblings of this kind and name were defined before it."""
        table = self.tcx.defs.table
        for i in range(self._ranked, len(table)):
            data = table[i]
            key = (data.parent, data.kind, data.name)
            self._rank[i] = self._count.get(key, 0)
            self._count[key] = self._rank[i] + 1
        self._ranked = len(table)
        return 0 if self.tcx.def_data(def_id).kind == "impl" else self._rank[def_id]

    # -- types -------------------------------------------------------------------------------------

    def ty(self, ty: Ty) -> str:
        found = self._tys.get(ty)
        if found is None:
            found = self._tys[ty] = _TEXT[type(ty)](self, ty)
        return found

    def shown(self, ty: Ty) -> str:
        """A type as reports name it: the library is `std`, the program's own items go without their crate."""
        return _CRATE.sub(self._crate, self.ty(ty))

    def _crate(self, found: re.Match[str]) -> str:
        name = found[1]
        if name in ("core", "alloc"):
            return "std::"
        local = any(krate.name == name for krate in self.tcx.resolver.local_krates())
        return "" if local else found[0]

    def arg(self, arg: t.GenericArg) -> str:
        return self.ty(arg) if isinstance(arg, Ty) else self.const(arg)

    def const(self, const: t.Const) -> str:
        if isinstance(const, t.ConstValue):
            if const.ty is t.BOOL:
                return "true" if const.value else "false"
            return repr(chr(const.value)) if const.ty is t.CHAR else str(const.value)
        if isinstance(const, t.ConstUnevaluated):
            return "{" + self.path(const.def_id) + "}"
        return getattr(const, "name", "_")

    def args(self, args: Args) -> str:
        return f"<{', '.join(map(self.arg, args))}>" if args else ""

    def tys(self, tys: tuple[Ty, ...]) -> str:
        return ", ".join(map(self.ty, tys))

    # -- instances ---------------------------------------------------------------------------------

    def instance(self, i: Instance) -> str:
        if i.kind == "drop_glue":
            assert i.ty is not None
            return f"core::ptr::drop_in_place<{self.ty(i.ty)}>"
        if i.ty is not None:
            where = "" if i.def_id < 0 else " " + self.path(i.def_id)
            return f"<{self.ty(i.ty)}>{{{i.kind}{where}}}"
        tail = "" if i.kind in ("item", "intrinsic", "ctor") else f"{{{i.kind}}}"
        if i.promoted >= 0:
            tail += f"[{i.promoted}]"
        return self.path(i.def_id) + self.args(i.args) + tail


def _dynamic(s: Symbols, ty: t.Dynamic) -> str:
    parts: list[str] = []
    if ty.principal and is_fn_sugar(ty):
        inputs, output = cast(t.Tuple, ty.principal[1][0]), ty.projections[0][2] if ty.projections else t.UNIT
        tail = "" if output is t.UNIT else f" -> {s.ty(output)}"
        parts.append(f"{s.path(ty.principal[0])}({s.tys(inputs.tys)}){tail}")
    elif ty.principal:
        args = [s.arg(a) for a in ty.principal[1]]
        args += sorted(f"{s.tcx.def_data(d).name} = {s.ty(x)}" for d, _, x in ty.projections)
        parts.append(s.path(ty.principal[0]) + (f"<{', '.join(args)}>" if args else ""))
    parts += sorted(s.path(d) for d in ty.auto_traits)  # numbers of definitions are another session's others
    return f"dyn {' + '.join(parts)}"


def _fn_ptr(s: Symbols, ty: t.FnPtr) -> str:
    head = ("unsafe " if ty.unsafe else "") + (f'extern "{ty.abi}" ' if ty.abi != "Rust" else "")
    tail = "" if ty.output is t.UNIT else f" -> {s.ty(ty.output)}"
    return f"{head}fn({s.tys(ty.inputs)}{', ...' if ty.c_variadic else ''}){tail}"


def _name(s: Symbols, ty: Any) -> str:
    return ty.name  # type: ignore[no-any-return]


def _path_args(s: Symbols, ty: Any) -> str:
    return s.path(ty.def_id) + s.args(ty.args)


_TEXT: dict[type, Callable[[Symbols, Any], str]] = {
    t.Bool: lambda s, ty: "bool",
    t.Char: lambda s, ty: "char",
    t.Str: lambda s, ty: "str",
    t.Never: lambda s, ty: "!",
    t.Int: _name,
    t.Float: _name,
    t.Param: _name,
    t.Adt: _path_args,
    t.Closure: _path_args,
    t.Coroutine: _path_args,
    t.FnDef: _path_args,
    t.Opaque: _path_args,
    t.Alias: lambda s, ty: f"<{s.arg(ty.args[0])} as {s.path(ty.def_id)}{s.args(ty.args[1:])}>",
    t.Foreign: lambda s, ty: s.path(ty.def_id),
    t.Array: lambda s, ty: f"[{s.ty(ty.elem)}; {s.const(ty.len)}]",
    t.Slice: lambda s, ty: f"[{s.ty(ty.elem)}]",
    t.RawPtr: lambda s, ty: f"*{'mut' if ty.mutbl else 'const'} {s.ty(ty.ty)}",
    t.Ref: lambda s, ty: f"&{'mut ' if ty.mutbl else ''}{s.ty(ty.ty)}",
    t.Tuple: lambda s, ty: f"({s.tys(ty.tys)}{',' if len(ty.tys) == 1 else ''})",
    t.FnPtr: _fn_ptr,
    t.Dynamic: _dynamic,
}
