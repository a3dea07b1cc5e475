"""`MonoCx`: what is asked about monomorphic types and functions: layouts, drop glue, signatures, which body runs.

Everything is memoised by type or instance; types handed in are monomorphic, those handed out normalised as well.
"""

from __future__ import annotations

from typing import Any, Callable, Literal, Optional

from ..base.diagnostics import Unsupported
from ..mir import body as m
from ..resolve.defs import DefData, ResDef
from ..resolve.imports import lookup
from ..resolve.module import TYPE, VALUE
from ..traits.obligation import REVEAL_ALL
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst, subst_args
from ..ty.items import FnSig
from ..ty.layout import LayoutCx
from ..ty.layout_data import Layout
from ..ty.ty import Args, Ty
from . import shims
from .instance import Instance, drop_glue
from .symbols import Symbols

_NEEDS_NORM = t.HAS_ALIAS | t.HAS_OPAQUE | t.HAS_UNEVALUATED
FnKind = Literal["Fn", "FnMut", "FnOnce"]


def link_name(data: DefData) -> str:
    """The symbol that a foreign declaration means."""
    named = data.attr("link_name")
    return named.value if named is not None and named.value else data.name


class MonoCx:
    """One per session; registers the queries `normalize_mono` and `layout_of`."""

    def __init__(self, tcx: TyCtxt) -> None:
        self.tcx = tcx
        tcx.providers.setdefault("normalize_mono", self._normalize)
        self.layouts = LayoutCx(tcx)
        tcx.providers["layout_of"] = self.layouts.layout_of
        self.layout_of: Callable[[Ty], Layout] = self.layouts.layout_of
        self.symbols = Symbols(tcx)
        self._needs_drop: dict[Ty, bool] = {}
        self._resolved: dict[tuple[int, Args], Instance] = {}

    # -- types -------------------------------------------------------------------------------------

    def _normalize(self, ty: Ty) -> Ty:
        return self.tcx.query("normalize_erasing", REVEAL_ALL, ty)  # type: ignore[no-any-return]

    def normalize(self, ty: Ty) -> Ty:
        return self.tcx.query("normalize_mono", ty) if ty.flags & _NEEDS_NORM else ty

    def mono(self, ty: Ty, args: Args) -> Ty:
        """`ty` of a generic body, as seen in the instance with `args`."""
        return self.normalize(subst(ty, args))

    def mono_args(self, of: Args, args: Args) -> Args:
        out = subst_args(of, args)
        if not t.args_flags(out) & _NEEDS_NORM:
            return out
        return tuple(self.normalize(a) if isinstance(a, Ty) else self.const(a) for a in out)

    def const(self, const: t.Const) -> t.Const:
        return const if isinstance(const, t.ConstValue) else self.tcx.query("eval_const", const)

    def array_len(self, ty: t.Array) -> int:
        return self.const(ty.len).value  # type: ignore[attr-defined, no-any-return]

    def discriminant_ty(self, ty: Ty) -> t.Int:
        if type(ty) is t.Adt:
            adt = self.tcx.adt_def(ty.def_id)
            if adt.kind == "enum":
                return t.PRIMITIVES[adt.repr.int] if adt.repr.int else t.ISIZE  # type: ignore[return-value]
        return t.U32 if type(ty) is t.Coroutine else t.U8

    # -- dropping ----------------------------------------------------------------------------------

    @property
    def drop_method(self) -> int:
        return self._method("drop")

    @property
    def clone_method(self) -> int:
        return self._method("clone")

    def fn_method(self, kind: FnKind) -> int:
        return self._method({"Fn": "fn", "FnMut": "fn_mut", "FnOnce": "fn_once"}[kind])

    def _method(self, lang: str) -> int:
        """The first function of a lang item's trait."""
        items = self.tcx.associated_items(self.tcx.require_lang_item(lang))
        return next(i.def_id for i in items if i.kind == "fn")

    def needs_drop(self, ty: Ty) -> bool:
        found = self._needs_drop.get(ty)
        if found is None:
            self._needs_drop[ty] = False  # a recursive type asks again: only what else is in it counts
            found = self._needs_drop[ty] = self._compute_needs_drop(ty)
        return found

    def _compute_needs_drop(self, ty: Ty) -> bool:
        kind = type(ty)
        if kind is t.Dynamic:
            return True
        if kind in (t.Tuple, t.Closure):
            return any(self.needs_drop(x) for x in self.layout_of(ty).fields)
        if kind in (t.Array, t.Slice):
            return self.needs_drop(self.normalize(ty.elem))  # type: ignore[attr-defined]
        if kind is t.Coroutine:
            return True
        return kind is t.Adt and self._adt_needs_drop(ty)  # type: ignore[arg-type]

    def _adt_needs_drop(self, ty: t.Adt) -> bool:
        adt = self.tcx.adt_def(ty.def_id)
        if adt.is_manually_drop:
            return False
        if adt.is_box or self.has_drop_impl(ty):
            return True
        if adt.kind == "union":
            return False
        fields = (self.layouts.field_ty(f.def_id, ty.args) for v in adt.variants for f in v.fields)
        return any(self.needs_drop(x) for x in fields)

    def has_drop_impl(self, ty: Ty) -> bool:
        return type(ty) is t.Adt and self.tcx.query("adt_destructor", ty.def_id) is not None

    # -- functions ---------------------------------------------------------------------------------

    def fn_sig(self, def_id: int, args: Args) -> FnSig:
        sig = self.tcx.fn_sig(def_id)
        inputs = tuple(self.mono(x, args) for x in sig.inputs)
        return FnSig(inputs, self.mono(sig.output, args), sig.unsafe, sig.abi, sig.c_variadic)

    def sig_of_callable(self, ty: Ty) -> FnSig:
        """What a fn pointer, fn item or closure takes and gives (a closure's arguments not tupled)."""
        if type(ty) is t.FnPtr:
            return FnSig(ty.inputs, ty.output, ty.unsafe, ty.abi, ty.c_variadic)
        if type(ty) is t.FnDef:
            return self.fn_sig(ty.def_id, ty.args)
        assert type(ty) is t.Closure
        info = self.tcx.closure_info(ty.def_id)
        inputs = tuple(self.mono(x, ty.args) for x in info.inputs)
        return FnSig(inputs, self.mono(info.output, ty.args))

    def poll_inputs(self, def_id: int, args: Args) -> Optional[tuple[tuple[Ty, ...], Ty]]:
        """(inputs, output) of a coroutine's body; None for a closure's."""
        body: m.Body = self.tcx.query("mir_of", def_id)
        if body.kind != "coroutine":
            return None
        tys = [self.mono(decl.ty, args) for decl in body.locals[: body.arg_count + 1]]
        return tuple(tys[1:]), tys[0]

    def lang_name(self, def_id: int) -> str:
        """The lang item that `def_id` is, or the empty text."""
        return self.tcx.resolver.lang_name(def_id) or ""

    def fn_trait_kind(self, method: int) -> Optional[FnKind]:
        """Which of the Fn traits this is the method of."""
        container = self.tcx.def_data(method).parent
        name = "" if container is None else self.lang_name(container)
        return {"fn": "Fn", "fn_mut": "FnMut", "fn_once": "FnOnce"}.get(name)  # type: ignore[return-value]

    def variant_of_ctor(self, ctor: int) -> int:
        of = self.tcx.def_data(ctor).ctor_of
        assert of is not None
        data = self.tcx.def_data(of)
        if data.kind != "variant":
            return 0
        assert data.parent is not None
        variants = self.tcx.adt_def(data.parent).variants
        return next(i for i, v in enumerate(variants) if v.def_id == of)

    def is_static_mut(self, def_id: int) -> bool:
        return bool(getattr(getattr(self.tcx.def_data(def_id).node, "kind", None), "mutbl", False))

    def is_track_caller(self, def_id: int) -> bool:
        return self.tcx.def_data(def_id).attr("track_caller") is not None

    # -- instances ---------------------------------------------------------------------------------

    def resolve(self, def_id: int, args: Args) -> Instance:
        """Which function a call of the item `def_id` with these (normalised) arguments runs."""
        key = (def_id, args)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(def_id, args)
        return found

    def _resolve(self, def_id: int, args: Args) -> Instance:
        data = self.tcx.def_data(def_id)
        if data.kind == "ctor":
            return Instance("ctor", def_id, args)
        if def_id == self.tcx.lang_item("drop_in_place"):
            return drop_glue(args[0])  # type: ignore[arg-type]
        if data.attr("rustc_intrinsic") is not None:
            return Instance("intrinsic", def_id, args)
        parent = None if data.parent is None else self.tcx.def_data(data.parent)
        if parent is not None and parent.kind == "trait":
            return self._resolve_assoc(def_id, args)
        if parent is not None and parent.kind == "foreign_mod":
            return self._resolve_foreign(def_id, args)
        return Instance("item", def_id, args)

    def _resolve_foreign(self, def_id: int, args: Args) -> Instance:
        """A declaration: of a lang item that a later crate defines, of a symbol that some crate exports, or of a
        function of C's library.  An unknown one is an instance without a body: calling it is unsupported."""
        data = self.tcx.def_data(def_id)
        lang = data.attr("lang")
        symbol = link_name(data)
        target = self.tcx.lang_item(lang.value) if lang is not None and lang.value else self.exported(symbol, "fn")
        if target is None:
            target = self._of_c(symbol)
        return Instance("item", def_id, args) if target is None else self.resolve(target, args)

    def _of_c(self, name: str) -> Optional[int]:
        """The function of C's library that std has under that name, in `std::sys::c`."""
        r = self.tcx.resolver
        krate = r.krates.get("std")
        module = krate.root if krate is not None else None
        for step in ("sys", "c"):
            found = lookup(r, module, step, TYPE) if module is not None else None
            module = r.module_of(found.res) if found is not None else None
        found = lookup(r, module, name, VALUE) if module is not None else None
        res = found.res if found is not None else None
        return res.def_id if isinstance(res, ResDef) and res.kind == "fn" else None

    def exported(self, name: str, kind: str) -> Optional[int]:
        """The function or static with `#[no_mangle]` or `#[export_name]` of that name."""
        for data in self.tcx.defs.table:
            if data.kind == kind and data.attrs:
                export = data.attr("export_name")
                if export.value == name if export is not None else data.name == name and data.attr("no_mangle"):
                    return data.id
        return None

    def _resolve_assoc(self, method: int, args: Args) -> Instance:
        source = self.tcx.query("resolve_assoc", REVEAL_ALL, method, args)
        assert source is not None, f"no impl for {self.tcx.path_str(method)}{args}"
        if source[0] == "item":
            _, def_id, impl_args = source
            if def_id == method:
                return Instance("item", def_id, impl_args)
            return self.resolve(def_id, self.mono_args(impl_args, ()))
        if source[0] == "object":
            return Instance("virtual", method, args)
        return self._resolve_builtin(method, args)

    def _resolve_builtin(self, method: int, args: Args) -> Instance:
        self_ty: Any = args[0]
        kind = self.fn_trait_kind(method)
        if kind is None:
            if method == self.clone_method:
                return Instance("clone_shim", ty=self_ty)
            if type(self_ty) is t.Coroutine:
                return Instance("item", self_ty.def_id, self_ty.args)
            return Instance("item", method, args)  # a default method of a builtin impl
        if type(self_ty) is t.Closure:
            if method == self.tcx.lang_item("call_borrowed"):
                return Instance("item", self_ty.def_id, self_ty.args)
            return self.closure_instance(self_ty, kind)
        if type(self_ty) is t.FnDef and kind == "FnOnce" and not self.is_track_caller(self_ty.def_id):
            target = self.resolve(self_ty.def_id, self_ty.args)
            if target.kind in ("item", "ctor", "drop_glue") and self.tcx.fn_sig(self_ty.def_id).abi != "rust-call":
                return target
        return Instance("fn_ptr_shim", method, ty=self_ty)

    def closure_instance(self, ty: t.Closure, kind: FnKind) -> Instance:
        own = self.tcx.closure_info(ty.def_id).kind
        if kind == "FnOnce" and own != "FnOnce":
            return Instance("closure_once", ty.def_id, ty.args)
        return Instance("item", ty.def_id, ty.args)

    def fn_pointer_target(self, ty: Ty) -> Instance:
        """The instance whose address a fn item or closure has as a fn pointer."""
        if type(ty) is t.Closure:
            return self.closure_instance(ty, "FnOnce")
        assert type(ty) is t.FnDef
        return self.reified(self.resolve(ty.def_id, ty.args), ty.def_id, ty.args)

    def reified(self, target: Instance, def_id: int, args: Args) -> Instance:
        """`target` as something that is called by address: it gets no caller's location."""
        if target.kind == "item" and self.is_track_caller(target.def_id):
            return Instance("reify_shim", target.def_id, target.args)
        if target.kind in ("intrinsic", "virtual"):
            return Instance("reify_shim", def_id, args)
        return target

    def const_instance(self, def_id: int, args: Args, promoted: int = -1) -> Instance:
        """The initialiser of a const item, associated const, anonymous const, or promoted `promoted` of a body."""
        data = self.tcx.def_data(def_id)
        parent = None if data.parent is None else self.tcx.def_data(data.parent)
        if promoted < 0 and parent is not None and parent.kind == "trait" and data.kind == "assoc_const":
            source = self.tcx.query("resolve_assoc", REVEAL_ALL, def_id, args)
            assert source is not None and source[0] == "item", f"no value for {self.tcx.path_str(def_id)}{args}"
            def_id, args = source[1], self.mono_args(source[2], ())
        return Instance("const", def_id, args, promoted=promoted)

    def _require_body(self, def_id: int) -> None:
        data = self.tcx.def_data(def_id)
        if data.parent is not None and self.tcx.def_data(data.parent).kind == "foreign_mod":
            raise Unsupported(data.span, f"calling the foreign function `{data.name}`")

    def body_of(self, i: Instance) -> tuple[m.Body, Args]:
        """The MIR to assemble and the arguments to substitute in it."""
        if i.kind in ("item", "const", "static"):
            self._require_body(i.def_id)
            body: m.Body = self.tcx.query("mir_of", i.def_id)
            if i.kind == "item" or i.promoted < 0:
                return body, i.args
            return body.promoted[i.promoted], i.args
        if i.kind == "drop_glue" and type(i.ty) is t.Coroutine:
            return self.tcx.query("coroutine_drop", i.ty.def_id), i.ty.args
        return shims.build(self, i), ()
