"""Signatures as a call sees them, and whether a function may be called through a pointer of another one.

Rust's rules of ABI compatibility: equal types; pointers whose metadata is alike; integers of one size and sign; `char`
and `u32`; transparent wrappers of compatible types; nullable function pointers.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple, Optional

from ..ty import ty as t
from ..ty.ty import Ty
from .context import MonoCx
from .instance import Instance


class Abi(NamedTuple):
    """`conv` is the calling convention; `output` and `inputs` as in the function's type."""

    conv: str
    inputs: tuple[Ty, ...]
    output: Ty
    variadic: bool = False


class AbiCx:
    def __init__(self, cx: MonoCx) -> None:
        self.cx = cx

    def of_fn_ptr(self, ty: Ty) -> Abi:
        assert isinstance(ty, t.FnPtr)
        inputs = tuple(map(self.cx.normalize, ty.inputs))
        return Abi(ty.abi, inputs, self.cx.normalize(ty.output), ty.c_variadic)

    def of_instance(self, i: Instance) -> Abi:
        if i.kind in ("item", "reify_shim", "ctor", "vtable_shim", "virtual", "intrinsic"):
            if i.kind == "item" and self.cx.tcx.def_data(i.def_id).kind == "closure":
                return self._closure(i)
            sig = self.cx.fn_sig(i.def_id, i.args)
            return Abi("Rust" if sig.abi == "rust-call" else sig.abi, sig.inputs, sig.output, sig.c_variadic)
        if i.kind == "closure_once":
            return self._closure(i)
        if i.kind == "drop_glue":
            assert i.ty is not None
            return Abi("Rust", (t.mk_ptr(i.ty, True),), t.UNIT)
        return Abi("Rust", (), t.I32 if i.kind in ("entry", "test") else t.UNIT)

    def _closure(self, i: Instance) -> Abi:
        poll = self.cx.poll_inputs(i.def_id, i.args)
        if poll is not None:
            return Abi("Rust", *poll)
        sig = self.cx.sig_of_callable(t.mk_closure(t.DefId(i.def_id), i.args))
        return Abi("Rust", sig.inputs, sig.output)

    # -- compatibility -----------------------------------------------------------------------------

    def mismatch(self, caller: Abi, callee: Abi) -> Optional[str]:
        """What is wrong with calling `callee` as if it were `caller`."""
        if caller.conv != callee.conv:
            return (
                f'calling a function with calling convention "{callee.conv}" using calling convention "{caller.conv}"'
            )
        if len(caller.inputs) < len(callee.inputs):
            return "calling a function with fewer arguments than it requires"
        if len(caller.inputs) > len(callee.inputs) and not callee.variadic:
            return "calling a function with more arguments than it expected"
        name = self.cx.symbols.shown
        for number, (want, have) in enumerate(zip(callee.inputs, caller.inputs), 1):
            if not self.compatible(want, have):
                parameter = f"parameter #{number} has type {name(want)}"
                return f"calling a function whose {parameter} passing argument of type {name(have)}"
        if not self.compatible(callee.output, caller.output):
            return (
                f"calling a function with return type {name(callee.output)} "
                f"passing return place of type {name(caller.output)}"
            )
        return None

    def compatible(self, a: Ty, b: Ty) -> bool:
        return a is b or self.passed_as(a) == self.passed_as(b)

    def class_of(self, abi: Abi) -> Hashable:
        """Equal for two signatures if and only if `mismatch` finds nothing between them, variadic calls apart."""
        return abi.conv, tuple(map(self.passed_as, abi.inputs)), self.passed_as(abi.output), abi.variadic

    def passed_as(self, ty: Ty) -> Hashable:
        """What decides how a value is passed: types are compatible if this is equal."""
        ty = self.unwrap(ty)
        if ty is t.CHAR:
            ty = t.U32
        if isinstance(ty, t.Int):
            return "int", ty.bits, ty.signed
        if self.is_pointer(ty):
            return "pointer", self.metadata(ty)
        if type(ty) is t.FnPtr:
            return "fn"
        return "nothing" if self.is_nothing(ty) else ty

    def is_nothing(self, ty: Ty) -> bool:
        """Without size, alignment 1, and so whatever the target: not so arrays and structs with C's layout."""
        if not self.cx.layout_of(ty).is_1zst or type(ty) is t.Array:
            return False
        if type(ty) is t.Adt and self.cx.tcx.adt_def(ty.def_id).repr.c:
            return False
        return all(map(self.is_nothing, self.cx.layout_of(ty).fields))

    def unwrap(self, ty: Ty) -> Ty:
        """Through transparent structs to their one field with data, and through `Option` of a nullable pointer."""
        while type(ty) is t.Adt and not self.is_pointer(ty):
            adt = self.cx.tcx.adt_def(ty.def_id)
            layout = self.cx.layout_of(ty)
            if adt.kind == "struct" and adt.repr.transparent:
                inner = [f for f in layout.fields if not self.cx.layout_of(f).is_1zst]
            elif adt.kind == "enum" and layout.tag and layout.tag.encoding == "niche" and len(adt.variants) == 2:
                inner = list(layout.variant(layout.tag.untagged).fields)
                inner = inner if len(inner) == 1 and type(inner[0]) in (t.Ref, t.FnPtr, t.Adt) else []
            else:
                return ty
            if len(inner) != 1:
                return ty
            ty = inner[0]
        return ty

    def is_pointer(self, ty: Ty) -> bool:
        return type(ty) in (t.Ref, t.RawPtr) or (type(ty) is t.Adt and self.cx.tcx.adt_def(ty.def_id).is_box)

    def metadata(self, ty: Ty) -> str:
        pointee: Any = ty.args[0] if isinstance(ty, t.Adt) else ty.ty  # type: ignore[attr-defined]
        tail = self.cx.layouts.struct_tail(self.cx.normalize(pointee))
        return {t.Slice: "length", t.Str: "length", t.Dynamic: "vtable"}.get(type(tail), "")
