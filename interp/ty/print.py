"""Types as rustc prints them in diagnostics.  Names of items come from the function set by `set_namer`."""

from __future__ import annotations

from typing import Any, Callable

from . import ty as t
from .ty import Args, Const, Ty

_namer: Callable[[int], str] = lambda def_id: f"#{def_id}"
_lifetimes: Callable[[int], int] = lambda def_id: 0
_variadic = ", ..."


def set_namer(namer: Callable[[int], str]) -> None:
    """`namer(def_id)` gives the name to print for an item (its last path segment)."""
    global _namer
    _namer = namer


def set_lifetimes(counter: Callable[[int], int]) -> None:
    """`counter(def_id)` says how many lifetimes an ADT has: erased, they are printed as `'_`."""
    global _lifetimes
    _lifetimes = counter


def item_name(def_id: int) -> str:
    return _namer(def_id)


def args_to_string(args: Args) -> str:
    return f"<{', '.join(arg_to_string(a) for a in args)}>" if args else ""


def arg_to_string(arg: t.GenericArg) -> str:
    return ty_to_string(arg) if isinstance(arg, Ty) else const_to_string(arg)


def const_to_string(const: Const) -> str:
    if isinstance(const, t.ConstValue):
        if const.ty is t.BOOL:
            return "true" if const.value else "false"
        return repr(chr(const.value)) if const.ty is t.CHAR else str(const.value)
    if isinstance(const, t.ConstParam):
        return const.name
    if isinstance(const, t.ConstUnevaluated):
        return _namer(const.def_id)
    return "_"


def fn_sig_to_string(inputs: tuple[Ty, ...], output: Ty, variadic: bool = False) -> str:
    tail = "" if output is t.UNIT else f" -> {ty_to_string(output)}"
    return f"fn({', '.join(map(ty_to_string, inputs))}{_variadic if variadic else ''}){tail}"


def _fn_ptr(ty: t.FnPtr) -> str:
    head = "unsafe " if ty.unsafe else ""
    if ty.abi != "Rust":
        head += f'extern "{ty.abi}" '
    return head + fn_sig_to_string(ty.inputs, ty.output, ty.c_variadic)


def _tuple(ty: t.Tuple) -> str:
    inner = ", ".join(map(ty_to_string, ty.tys))
    return f"({inner},)" if len(ty.tys) == 1 else f"({inner})"


def _adt(ty: t.Adt) -> str:
    lifetimes = _lifetimes(ty.def_id)
    if not lifetimes:
        return _namer(ty.def_id) + args_to_string(ty.args)
    parts = ["'_"] * lifetimes + [arg_to_string(a) for a in ty.args]
    return f"{_namer(ty.def_id)}<{', '.join(parts)}>"


def is_fn_sugar(ty: t.Dynamic) -> bool:
    """Whether the object type was written `dyn Fn(A) -> B`."""
    assert ty.principal is not None
    args = ty.principal[1]
    if _namer(ty.principal[0]) not in ("Fn", "FnMut", "FnOnce") or len(args) != 1:
        return False
    return type(args[0]) is t.Tuple and all(_namer(d) == "Output" for d, _, _ in ty.projections)


def fn_sugar(ty: t.Dynamic) -> str:
    assert ty.principal is not None
    inputs: Any = ty.principal[1][0]
    output = ty.projections[0][2] if ty.projections else t.UNIT
    tail = "" if output is t.UNIT else f" -> {ty_to_string(output)}"
    return f"{_namer(ty.principal[0])}({', '.join(map(ty_to_string, inputs.tys))}){tail}"


def _dynamic(ty: t.Dynamic) -> str:
    parts = []
    if ty.principal and is_fn_sugar(ty):
        parts.append(fn_sugar(ty))
    elif ty.principal:
        args = [arg_to_string(a) for a in ty.principal[1]]
        args += [f"{_namer(d)} = {ty_to_string(x)}" for d, _, x in ty.projections]
        parts.append(_namer(ty.principal[0]) + (f"<{', '.join(args)}>" if args else ""))
    parts += sorted(map(_namer, ty.auto_traits))
    return f"dyn {' + '.join(parts)}"


def _infer(ty: t.Infer) -> str:
    return {"int": "{integer}", "float": "{float}"}.get(ty.kind, "_")


def _alias(ty: t.Alias) -> str:
    return f"<{arg_to_string(ty.args[0])} as {_namer(-ty.def_id)}>::{_namer(ty.def_id)}"  # -id: its trait


_PRINT: dict[type, Callable[[Any], str]] = {
    t.Bool: lambda ty: "bool",
    t.Char: lambda ty: "char",
    t.Str: lambda ty: "str",
    t.Never: lambda ty: "!",
    t.Error: lambda ty: "{type error}",
    t.Int: lambda ty: ty.name,
    t.Float: lambda ty: ty.name,
    t.Adt: _adt,
    t.Foreign: lambda ty: _namer(ty.def_id),
    t.Array: lambda ty: f"[{ty_to_string(ty.elem)}; {const_to_string(ty.len)}]",
    t.Slice: lambda ty: f"[{ty_to_string(ty.elem)}]",
    t.RawPtr: lambda ty: f"*{'mut' if ty.mutbl else 'const'} {ty_to_string(ty.ty)}",
    t.Ref: lambda ty: f"&{'mut ' if ty.mutbl else ''}{ty_to_string(ty.ty)}",
    t.Tuple: _tuple,
    t.FnDef: lambda ty: f"fn item {{{_namer(ty.def_id)}{args_to_string(ty.args)}}}",
    t.FnPtr: _fn_ptr,
    t.Closure: lambda ty: f"{{closure@{_namer(ty.def_id)}}}",
    t.Coroutine: lambda ty: f"{{async block@{_namer(ty.def_id)}}}",
    t.Dynamic: _dynamic,
    t.Param: lambda ty: ty.name,
    t.Infer: _infer,
    t.Alias: _alias,
    t.Opaque: lambda ty: f"impl {_namer(ty.def_id)}",
}


def ty_to_string(ty: Ty) -> str:
    return _PRINT[type(ty)](ty)
