"""`LinkedProgram`: what the machine is handed.  Numbers instances, globals, vtables, signatures; assembles on demand.

Numbers are dense, in order of first use.  Constants are evaluated when the assembler meets them, by `evaluator` (a
machine of its own, see `machine/const_eval.py`); without one by their initialisers at run time.
To add a kind of global: a method that fills a `Global` and interns it under a key.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any, Callable, Hashable, Literal, Optional

from ..base.diagnostics import Unsupported
from ..mir import body as m
from ..mono.abi import AbiCx
from ..mono.context import MonoCx, link_name
from ..mono.instance import Instance, drop_glue
from ..mono.vtable import Method, Supertrait, VtableCx
from ..traits.obligation import REVEAL_ALL
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.layout_data import Layout
from ..ty.ty import Ty
from .assemble import assemble
from .classes import ValueClass, class_of
from .code import SIG_BITS, Code
from .program import Global, Reloc, Vtable
from .record import shown_name
from .validity import Program, program_of, said_by_slots, trait_name, trait_word

MACHINE_CALLED = ("panic_cannot_unwind", "panic_in_cleanup", "panic_nounwind")
Evaluator = Callable[["Linker", int, int, int], Any]


class Linker:
    """Numbering and globals; `LinkedProgram` adds what starts a program."""

    def __init__(self, tcx: TyCtxt) -> None:
        self.tcx = tcx
        self.cx = MonoCx(tcx)
        self.vtables = VtableCx(self.cx)
        self.abi = AbiCx(self.cx)
        self.instances: list[Instance] = []
        self._numbers: dict[Instance, int] = {}
        self._symbols: dict[int, str] = {}
        self._by_symbol: dict[str, int] = {}
        self._named = 0  # instances before this one are in `_by_symbol`
        self._global_symbols: dict[str, int] = {}
        self.globals: list[Global] = []
        self._global_numbers: dict[Hashable, int] = {}
        self._running: set[int] = set()  # statics whose value is being computed
        self.vtable_list: list[Vtable] = []
        self._vtable_numbers: dict[tuple[Ty, Ty], int] = {}
        self.signatures: list[Any] = []
        self.codes: dict[int, Code] = {}
        self._signature_numbers: dict[Any, int] = {}
        self._signature_classes: dict[Hashable, int] = {}
        self._classes: dict[int, tuple[Layout, ValueClass]] = {}
        self._bits: dict[Instance, Optional[int]] = {}
        self._required: set[Instance] = set()
        self.evaluator: Optional[Evaluator] = None
        self._validity: dict[Ty, Optional[Program]] = {}
        self._said_by_slots: dict[Ty, bool] = {}
        self._type_names: dict[Ty, str] = {}

    # -- instances ---------------------------------------------------------------------------------

    def instance(self, instance: Instance) -> int:
        number = self._numbers.get(instance)
        if number is None:
            number = self._numbers[instance] = len(self.instances)
            self.instances.append(instance)
        return number

    def assemble(self, instance: int) -> Code:
        found = self.codes.get(instance)
        if found is None:
            found = self.codes[instance] = assemble(self, instance, self.instances[instance])
        return found

    def symbol(self, instance: int) -> str:
        found = self._symbols.get(instance)
        if found is None:
            found = self._symbols[instance] = self.cx.symbols.instance(self.instances[instance])
            self._by_symbol[found] = instance
        return found

    def instance_name(self, instance: int) -> str:
        return shown_name(self.symbol(instance))

    def const_name(self, instance: int) -> str:
        """A constant as diagnostics name it: `N`, `W::<9>::OK`."""
        i = self.instances[instance]
        data = self.tcx.def_data(i.def_id)
        parent = None if data.parent is None else self.tcx.def_data(data.parent)
        if parent is not None and parent.kind == "impl":
            self_ty = self.cx.mono(self.tcx.impl_header(parent.id).self_ty, i.args)
            return f"{_without_crate(self.type_name(self_ty)).replace('<', '::<', 1)}::{data.name}"
        return _without_crate(re.sub(r"#\d+", "", self.cx.symbols.path(i.def_id)))

    def find_instance(self, symbol: str) -> Optional[int]:
        found = self._find_known(symbol)
        if found is None:
            for name in MACHINE_CALLED:  # no code mentions these
                self.lang(name)
            found = self._find_known(symbol)
        return found

    def _find_known(self, symbol: str) -> Optional[int]:
        while self._named < len(self.instances):
            self.symbol(self._named)
            self._named += 1
        return self._by_symbol.get(symbol)

    def unique_address(self, instance: int) -> bool:
        """No type or const generics and `#[inline(never)]`."""
        i = self.instances[instance]
        if i.kind != "item" or i.args:
            return False
        attr = self.tcx.def_data(i.def_id).attr("inline")
        return attr is not None and "never" in repr(attr)

    def is_local(self, i: Instance) -> bool:
        if i.kind in ("drop_glue", "entry", "test") or i.def_id < 0:
            return False
        return bool(self.tcx.resolver.krates[self.tcx.def_data(i.def_id).krate].is_local)

    def lang(self, name: str) -> int:
        return self.instance(self.cx.resolve(self.tcx.require_lang_item(name), ()))

    # -- signatures --------------------------------------------------------------------------------

    def signature_of(self, ty: Ty) -> int:
        return self._signature(self.abi.of_fn_ptr(ty))

    def signature(self, instance: int) -> int:
        return self._signature(self.abi.of_instance(self.instances[instance]))

    def signature_name(self, sig: int) -> list[str]:
        """Its text, and that of its class."""
        abi, ty = self.signatures[sig >> SIG_BITS], self.cx.symbols.ty
        text = f"{abi.conv} ({', '.join(map(ty, abi.inputs))}{', ...' if abi.variadic else ''}) -> {ty(abi.output)}"
        return [text, self._class_text(self.abi.class_of(abi))]

    def _class_text(self, value: Any) -> str:
        if isinstance(value, Ty):
            return self.cx.symbols.ty(value)
        return f"({', '.join(map(self._class_text, value))})" if isinstance(value, tuple) else repr(value)

    def _signature(self, abi: Any) -> int:
        number = self._signature_numbers.get(abi)
        if number is None:
            kind = self._signature_classes.setdefault(self.abi.class_of(abi), len(self._signature_classes))
            number = self._signature_numbers[abi] = len(self.signatures) << SIG_BITS | kind
            self.signatures.append(abi)
        return number

    def check_call(self, sig: int, instance: int) -> Optional[str]:
        caller, callee = self.signatures[sig >> SIG_BITS], self.signatures[self.signature(instance) >> SIG_BITS]
        return self.abi.mismatch(caller, callee)

    # -- what a restored machine asks ---------------------------------------------------------------

    def find_global(self, symbol: str) -> Optional[int]:
        for number in range(len(self._global_symbols), len(self.globals)):
            self._global_symbols.setdefault(self.globals[number].symbol, number)
        return self._global_symbols.get(symbol)

    def find_vtable(self, symbol: str) -> Optional[int]:
        return next((i for i, it in enumerate(self.vtable_list) if it.symbol == symbol), None)

    # -- types -------------------------------------------------------------------------------------

    def class_of(self, layout: Layout) -> ValueClass:
        found = self._classes.get(id(layout))
        if found is None:
            found = self._classes[id(layout)] = (layout, class_of(layout))
        return found[1]

    def validity_program(self, ty: Ty) -> Optional[Program]:
        if ty not in self._validity:
            self._validity[ty] = program_of(self.cx, ty)
        return self._validity[ty]

    def is_said_by_slots(self, ty: Ty) -> bool:
        """Whether a value in slots that fulfils its scalars' ranges, and whose `leaves` are valid, is valid."""
        if ty not in self._said_by_slots:
            self._said_by_slots[ty] = said_by_slots(self.cx, ty, self.validity_program(ty))
        return self._said_by_slots[ty]

    def type_name(self, ty: Ty) -> str:
        found = self._type_names.get(ty)
        if found is None:
            found = self._type_names[ty] = re.sub(r"#\d+", "", self.cx.symbols.ty(ty))
        return found

    def type_id(self, ty: Ty) -> int:
        return int.from_bytes(hashlib.md5(self.cx.symbols.ty(ty).encode()).digest(), "little")

    def closure_lends(self, ty: Ty) -> bool:
        return isinstance(ty, t.Closure) and self.tcx.closure_info(ty.def_id).lends

    def is_copy(self, ty: Ty) -> bool:
        return bool(self.tcx.query("is_copy", REVEAL_ALL, ty))

    # -- globals -----------------------------------------------------------------------------------

    def get_global(self, index: int) -> Global:
        """One that is being computed has no value yet: only its address can be taken."""
        found = self.globals[index]
        return replace(found, init=None, uninit=[(0, found.size)]) if index in self._running else found

    def is_running(self, index: int) -> bool:
        """Whether its value is being computed."""
        return index in self._running

    def _intern(self, key: Hashable, make: Callable[[], Global]) -> int:
        number = self._global_numbers.get(key)
        if number is None:
            made = make()
            number = self._global_numbers.get(key)
            if number is None:
                number = self._global_numbers[key] = self._add(made)
        return number

    def _add(self, made: Global) -> int:
        self.globals.append(made)
        return len(self.globals) - 1

    def literal(self, data: bytes) -> int:
        name = "literal " + hashlib.md5(data).hexdigest()
        return self._intern(data, lambda: Global("const", name, len(data), 1, data=data))

    def location(self, span: int) -> int:
        """The `Location` of a call: one for each place in the text."""
        source_map = self.tcx.source_map
        place = source_map.location(source_map.outermost_call_site(span))  # type: ignore[arg-type]
        return self._intern(("location", place), lambda: self._location(*place))

    def _location(self, file: str, line: int, col: int) -> Global:
        ty = t.mk_adt(self.tcx.require_lang_item("panic_location"), ())
        layout = self.cx.layout_of(ty)
        data, relocs = bytearray(layout.size), []
        for field, offset in zip(self.tcx.adt_def(ty.def_id).non_enum_variant.fields, layout.offsets):
            if field.name in ("file", "filename"):
                text = file.encode()
                relocs.append(Reloc(offset, "global", self.literal(text)))
                data[offset + 8 : offset + 16] = len(text).to_bytes(8, "little")
            elif field.name in ("line", "col", "column"):
                value = line if field.name == "line" else col
                data[offset : offset + 4] = value.to_bytes(4, "little")
        symbol = f"location {file}:{line}:{col}"
        return Global("const", symbol, layout.size, layout.align, data=bytes(data), relocs=relocs)

    def static_global(self, def_id: int) -> int:
        """A static; its value is computed at once, unless that is under way: then it is only declared."""
        def_id = self._defined_static(def_id)
        key = ("static", def_id)
        number = self._global_numbers.get(key)
        if number is None:
            made, layout = self._static(def_id)
            number = self._global_numbers[key] = self._add(made)
            assert made.init is not None
            self._running.add(number)
            try:
                value = self.evaluate(made.init, layout)
            finally:
                self._running.discard(number)
            if value is not None:
                self._fill(made, value, {})
        return number

    def _defined_static(self, def_id: int) -> int:
        """Of a declaration in an `extern` block the static that some crate exports under its name."""
        data = self.tcx.def_data(def_id)
        if data.parent is None or self.tcx.def_data(data.parent).kind != "foreign_mod":
            return def_id
        target = self.cx.exported(link_name(data), "static")
        if target is None:
            raise Unsupported(data.span, f"the extern static `{data.name}`")
        declared, defined = (self.cx.layout_of(self.cx.normalize(self.tcx.type_of(d))) for d in (def_id, target))
        if (declared.size, declared.align) != (defined.size, defined.align):
            shapes = [f"size {found.size}, alignment {found.align}" for found in (declared, defined)]
            text = f"the extern static `{data.name}`: declared with {shapes[0]}, defined with {shapes[1]}"
            raise Unsupported(data.span, text)
        return target

    def _static(self, def_id: int) -> tuple[Global, Layout]:
        data = self.tcx.def_data(def_id)
        ty = self.cx.normalize(self.tcx.type_of(def_id))
        layout = self.cx.layout_of(ty)
        kind: Any = "thread_local" if data.attr("thread_local") is not None else "static"
        out = Global(kind, self.cx.symbols.path(def_id), layout.size, layout.align, name=data.name, span=data.span)
        out.mutable = self.cx.is_static_mut(def_id) or not self.is_freeze(ty)
        out.init = self.instance(Instance("static", def_id))
        return out, layout

    def is_freeze(self, ty: Ty) -> bool:
        return bool(self.tcx.query("is_freeze", REVEAL_ALL, ty))

    def const_global(self, instance: Instance, layout: Layout) -> int:
        """The memory of a constant's value."""
        return self._intern(instance, lambda: self._const(instance, layout))

    def _const(self, instance: Instance, layout: Layout) -> Global:
        number = self.instance(instance)
        out = Global("const", self.symbol(number), layout.size, layout.align, init=number)
        value = self.evaluate(number, layout)
        if value is not None:
            self._fill(out, value, {})
        return out

    def _fill(self, out: Global, value: Any, seen: dict[int, int]) -> None:
        """An evaluated value as data; what it points to becomes globals of their own."""
        out.init = None
        out.data = bytes(value.data)
        out.uninit = _uninit_ranges(value.init, value.size)
        for offset, kind, target, addend in value.relocs:
            if kind == "memory":
                target, kind = self._nested(target, out.symbol, seen), "global"
            out.relocs.append(Reloc(offset, kind, target, addend))

    def _nested(self, value: Any, symbol: str, seen: dict[int, int]) -> int:
        number = seen.get(id(value))
        if number is None:
            name = f"{symbol} + {len(seen)}"
            made = Global("const", name, value.size, value.align, mutable=bool(getattr(value, "mutable", False)))
            number = seen[id(value)] = self._add(made)
            self._fill(made, value, seen)
        return number

    def require_const(self, instance: Instance, layout: Layout) -> None:
        """A constant without size: nothing is stored, but it must be computable."""
        if instance not in self._required:
            self._required.add(instance)
            self.evaluate(self.instance(instance), layout)

    def evaluate(self, number: int, layout: Layout) -> Any:
        """The value of the initialiser `number`, or None if it has to wait for the run."""
        return None if self.evaluator is None else self.evaluator(self, number, layout.size, layout.align)

    def const_bits(self, instance: Instance, ty: Ty) -> Optional[int]:
        """The bits of a scalar constant, if they can be had now."""
        if instance in self._bits:
            return self._bits[instance]
        layout = self.cx.layout_of(ty)
        cls = self.class_of(layout)
        if cls.kind not in ("scalar", "wide"):
            return None
        bits = self._literal_bits(instance)
        if bits is None:
            value = self.evaluate(self.instance(instance), layout)
            if value is not None and not value.relocs:
                bits = int.from_bytes(bytes(value.data), "little")
        self._bits[instance] = bits
        return bits

    def _literal_bits(self, instance: Instance) -> Optional[int]:
        """`const N: u32 = 10`: read off its body."""
        body, _ = self.cx.body_of(instance)
        statements = [s for s in body.blocks[0].statements if type(s) is m.Assign]
        if len(statements) != 1 or type(body.blocks[0].terminator) is not m.Return or statements[0].place.projection:
            return None
        rv = statements[0].rvalue
        if statements[0].place.local != 0 or type(rv) is not m.Use or type(rv.operand) is not m.Constant:
            return None
        kind = rv.operand.kind
        return kind.bits if type(kind) is m.Scalar else None

    # -- vtables -----------------------------------------------------------------------------------

    def get_vtable(self, index: int) -> Vtable:
        return self.vtable_list[index]

    def vtable(self, ty: Ty, dyn: t.Dynamic) -> int:
        """The vtable of `ty` as `dyn` (auto traits make no difference)."""
        principal = t.mk_dynamic(dyn.principal, dyn.projections)
        key = (ty, principal)
        number = self._vtable_numbers.get(key)
        if number is None:
            number = self._vtable_numbers[key] = len(self.vtable_list)
            layout = self.cx.layout_of(ty)
            name = f"<{self.cx.symbols.ty(ty)} as {self.cx.symbols.ty(principal)[4:]}>"
            drop = self.instance(drop_glue(ty)) if self.cx.needs_drop(ty) else -1
            made = Vtable(name, self.trait_shown(principal), layout.size, layout.align, drop)
            made.trait_word = trait_word(self.cx, principal)
            self.vtable_list.append(made)
            entries = self.vtables.entries(principal)
            made.upcasts = sum(isinstance(e, Supertrait) for e in entries)
            made.entries.extend(self._entry(ty, principal, e) for e in entries)
        return number

    def trait_shown(self, dyn: t.Dynamic) -> str:
        """The trait of a `dyn`, auto traits apart, as reports name it."""
        return trait_name(self.cx, dyn)

    def _entry(self, ty: Ty, dyn: t.Dynamic, entry: Method | Supertrait) -> int:
        if isinstance(entry, Supertrait):
            return self.vtable(ty, self.vtables.dyn_of(entry, dyn))
        return self.instance(self.vtables.method_instance(ty, entry))


def _without_crate(path: str) -> str:
    return path.partition("::")[2] or path


def _uninit_ranges(init: Any, size: int) -> list[tuple[int, int]]:
    """Ranges of uninitialised bytes from a mask of one byte each (None: all are initialised)."""
    out: list[tuple[int, int]] = []
    if init is None:
        return out
    for i in range(size):
        if not init[i]:
            if out and out[-1][1] == i:
                out[-1] = (out[-1][0], i + 1)
            else:
                out.append((i, i + 1))
    return out


class LinkedProgram:
    """A program that starts at `main`: the session's linker and an entry.  Implements `program.Program`.

    As `kind` "test" it runs one test function instead.  The programs of a session share what was assembled."""

    def __init__(self, tcx: TyCtxt, main: int, kind: Literal["entry", "test"] = "entry") -> None:
        self.linker: Linker = tcx.query("linker")
        linker = self.linker
        self.entry = linker.instance(Instance(kind, main))
        self.assemble = linker.assemble
        self.symbol = linker.symbol
        self.instance_name = linker.instance_name
        self.unique_address = linker.unique_address
        self.signature = linker.signature
        self.get_global = linker.get_global
        self.get_vtable = linker.get_vtable
        self.find_instance = linker.find_instance
        self.find_global = linker.find_global
        self.find_vtable = linker.find_vtable
        self.lang = linker.lang
        self.check_call = linker.check_call
        self.signature_name = linker.signature_name
