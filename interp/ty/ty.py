"""Types and constants, interned: two equal types are the same object, so `is` compares them.

Regions are erased from the start: no type has one, and generic arguments are types and constants only.
A type's `flags` say what a fold may skip.  Generic arguments of an item inside a parent (a method of an
impl or trait) begin with the parent's; `Self` of a trait is `Param(0, "Self")`.

Invariants: made only by the `mk_*` functions; immutable; `id` grows with creation and is never stored
anywhere that outlives the process (stores use `code/` and `mono/` symbols).
To add a kind of type: a class here, its `mk_*`, a line in `fold.py`, `print.py`, `layout.py`, traits' builtin
impls and the assembler's value classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NewType, Union

if TYPE_CHECKING:
    from ..resolve.defs import DefId as DefId
else:  # the same, without loading the AST
    DefId = NewType("DefId", int)

HAS_INFER: Final = 1  # an inference variable occurs
HAS_PARAM: Final = 2  # a generic parameter occurs
HAS_ALIAS: Final = 4  # a projection occurs (may be normalised)
HAS_OPAQUE: Final = 8  # an `impl Trait` occurs
HAS_ERROR: Final = 16
RECURSION_LIMIT: Final = 128  # how deep types and obligations may nest; rustc's default
HAS_UNEVALUATED: Final = 32  # a constant that was not evaluated yet occurs

_interned: dict[Any, Any] = {}
_count = 0


class Ty:
    """Base of all types.  `flags` is the union over its parts, `id` its number in this process."""

    __slots__ = ("flags", "id")
    flags: int
    id: int

    def __repr__(self) -> str:
        from .print import ty_to_string

        return ty_to_string(self)


class Const:
    """Base of the constants in types (array lengths, const generic arguments)."""

    __slots__ = ("flags", "id")
    flags: int
    id: int

    def __repr__(self) -> str:
        from .print import const_to_string

        return const_to_string(self)


GenericArg = Union[Ty, Const]
Args = tuple[GenericArg, ...]


class Bool(Ty):
    __slots__ = ()


class Char(Ty):
    __slots__ = ()


class Str(Ty):
    __slots__ = ()


class Never(Ty):
    __slots__ = ()


class Error(Ty):
    """Stands where an error was already reported; unifies with everything, silently."""

    __slots__ = ()


class Int(Ty):
    """Any integer type; `name` is rustc's ("u8", "isize"), `bits` and `signed` of the target."""

    __slots__ = ("bits", "name", "signed")
    name: str
    bits: int
    signed: bool


class Float(Ty):
    __slots__ = ("bits", "name")
    name: str
    bits: int


class Adt(Ty):
    """A struct, enum or union: the `AdtDef` is `tcx.adt_def(def_id)`.  `Box` is one too (lang owned_box)."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class Foreign(Ty):
    __slots__ = ("def_id",)
    def_id: DefId


class Array(Ty):
    __slots__ = ("elem", "len")
    elem: Ty
    len: Const


class Slice(Ty):
    __slots__ = ("elem",)
    elem: Ty


class RawPtr(Ty):
    __slots__ = ("mutbl", "ty")
    ty: Ty
    mutbl: bool


class Ref(Ty):
    __slots__ = ("mutbl", "ty")
    ty: Ty
    mutbl: bool


class Tuple(Ty):
    """`()` is the tuple of none."""

    __slots__ = ("tys",)
    tys: tuple[Ty, ...]


class FnDef(Ty):
    """The zero-sized type of a function item or of a tuple struct's or variant's constructor."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class FnPtr(Ty):
    """`abi` "Rust" or "C" and so on."""

    __slots__ = ("abi", "c_variadic", "inputs", "output", "unsafe")
    inputs: tuple[Ty, ...]
    output: Ty
    unsafe: bool
    abi: str
    c_variadic: bool


class Closure(Ty):
    """`args` are those of the enclosing item; kind, signature and captures are in typeck's results
    (`tcx.closure_info(def_id)`), which is generic over the same parameters.  While its body is being
    inferred, the signature is kept by the `FnCtxt` that checks it."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class Coroutine(Ty):
    """The state machine of an `async` block or function; as `Closure`."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class Dynamic(Ty):
    """`dyn Trait<Args, Assoc = T> + Auto`: `principal` may be None (`dyn Send`).

    `principal` is (trait, args without Self); `projections` are (associated type's DefId, args of the trait
    without Self, term), sorted; `auto_traits` is a sorted tuple of DefIds.
    """

    __slots__ = ("auto_traits", "principal", "projections")
    principal: tuple[DefId, Args] | None
    projections: tuple[tuple[DefId, Args, Ty], ...]
    auto_traits: tuple[DefId, ...]


class Param(Ty):
    __slots__ = ("index", "name")
    index: int
    name: str


class Infer(Ty):
    """`vid` numbers the variable in its `InferCtxt`; `kind` is "ty", "int" or "float"."""

    __slots__ = ("kind", "vid")
    kind: str
    vid: int


class Alias(Ty):
    """A projection `<args[0] as Trait<args[1..]>>::Name<own args>`; `def_id` is the associated type of the trait."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class Opaque(Ty):
    """`impl Trait` in return position; `args` are all generics in scope."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class ConstValue(Const):
    """`value`: int for integers, bool and char (as code point); a nested tuple for a type-level aggregate."""

    __slots__ = ("ty", "value")
    ty: Ty
    value: Any


class ConstParam(Const):
    __slots__ = ("index", "name")
    index: int
    name: str


class ConstInfer(Const):
    __slots__ = ("vid",)
    vid: int


class ConstUnevaluated(Const):
    """A const item, associated const or anonymous const, applied to `args`."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: Args


class ConstError(Const):
    __slots__ = ()


def _intern(cls: type[Any], flags: int, fields: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    global _count
    key = (cls, *values)
    found = _interned.get(key)
    if found is None:
        found = object.__new__(cls)
        found.flags = flags
        _count += 1
        found.id = _count
        for name, value in zip(fields, values):
            setattr(found, name, value)
        _interned[key] = found
    return found


def args_flags(args: Args) -> int:
    flags = 0
    for arg in args:
        flags |= arg.flags
    return flags


BOOL: Final[Bool] = _intern(Bool, 0, (), ())
CHAR: Final[Char] = _intern(Char, 0, (), ())
STR: Final[Str] = _intern(Str, 0, (), ())
NEVER: Final[Never] = _intern(Never, 0, (), ())
ERROR: Final[Error] = _intern(Error, HAS_ERROR, (), ())
CONST_ERROR: Final[ConstError] = _intern(ConstError, HAS_ERROR, (), ())


def mk_int(name: str) -> Int:
    from ..base.target import INT_TYPES

    bits, signed = INT_TYPES[name]
    return _intern(Int, 0, ("name", "bits", "signed"), (name, bits, signed))  # type: ignore[no-any-return]


def mk_float(name: str) -> Float:
    return _intern(Float, 0, ("name", "bits"), (name, int(name[1:])))  # type: ignore[no-any-return]


I8, I16, I32, I64, I128, ISIZE = (mk_int(n) for n in ("i8", "i16", "i32", "i64", "i128", "isize"))
U8, U16, U32, U64, U128, USIZE = (mk_int(n) for n in ("u8", "u16", "u32", "u64", "u128", "usize"))
F32, F64 = mk_float("f32"), mk_float("f64")

PRIMITIVES: Final[dict[str, Ty]] = {
    "bool": BOOL, "char": CHAR, "str": STR, "i8": I8, "i16": I16, "i32": I32, "i64": I64, "i128": I128,
    "isize": ISIZE, "u8": U8, "u16": U16, "u32": U32, "u64": U64, "u128": U128, "usize": USIZE, "f32": F32,
    "f64": F64,
}  # fmt: skip


def mk_adt(def_id: DefId, args: Args) -> Adt:
    return _intern(Adt, args_flags(args), ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]


def mk_foreign(def_id: DefId) -> Foreign:
    return _intern(Foreign, 0, ("def_id",), (def_id,))  # type: ignore[no-any-return]


def mk_array(elem: Ty, length: Const) -> Array:
    return _intern(Array, elem.flags | length.flags, ("elem", "len"), (elem, length))  # type: ignore[no-any-return]


def mk_slice(elem: Ty) -> Slice:
    return _intern(Slice, elem.flags, ("elem",), (elem,))  # type: ignore[no-any-return]


def mk_ptr(ty: Ty, mutbl: bool) -> RawPtr:
    return _intern(RawPtr, ty.flags, ("ty", "mutbl"), (ty, mutbl))  # type: ignore[no-any-return]


def mk_ref(ty: Ty, mutbl: bool) -> Ref:
    return _intern(Ref, ty.flags, ("ty", "mutbl"), (ty, mutbl))  # type: ignore[no-any-return]


def mk_tuple(tys: tuple[Ty, ...]) -> Tuple:
    return _intern(Tuple, args_flags(tys), ("tys",), (tys,))  # type: ignore[no-any-return]


UNIT: Final[Tuple] = mk_tuple(())


def mk_fn_def(def_id: DefId, args: Args) -> FnDef:
    return _intern(FnDef, args_flags(args), ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]


def mk_fn_ptr(
    inputs: tuple[Ty, ...], output: Ty, unsafe: bool = False, abi: str = "Rust", c_variadic: bool = False
) -> FnPtr:
    fields = ("inputs", "output", "unsafe", "abi", "c_variadic")
    flags = args_flags(inputs) | output.flags
    return _intern(FnPtr, flags, fields, (inputs, output, unsafe, abi, c_variadic))  # type: ignore[no-any-return]


def mk_closure(def_id: DefId, args: Args) -> Closure:
    return _intern(Closure, args_flags(args), ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]


def mk_coroutine(def_id: DefId, args: Args) -> Coroutine:
    return _intern(Coroutine, args_flags(args), ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]


def mk_dynamic(
    principal: tuple[DefId, Args] | None,
    projections: tuple[tuple[DefId, Args, Ty], ...] = (),
    auto_traits: tuple[DefId, ...] = (),
) -> Dynamic:
    flags = args_flags(principal[1]) if principal else 0
    for _, args, term in projections:
        flags |= args_flags(args) | term.flags
    projections = tuple(sorted(projections, key=lambda p: p[0]))
    autos = tuple(sorted(set(auto_traits)))
    fields = ("principal", "projections", "auto_traits")
    return _intern(Dynamic, flags, fields, (principal, projections, autos))  # type: ignore[no-any-return]


def mk_param(index: int, name: str) -> Param:
    return _intern(Param, HAS_PARAM, ("index", "name"), (index, name))  # type: ignore[no-any-return]


def mk_infer(kind: str, vid: int) -> Infer:
    return _intern(Infer, HAS_INFER, ("kind", "vid"), (kind, vid))  # type: ignore[no-any-return]


def mk_alias(def_id: DefId, args: Args) -> Alias:
    return _intern(Alias, HAS_ALIAS | args_flags(args), ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]


def mk_opaque(def_id: DefId, args: Args) -> Opaque:
    return _intern(Opaque, HAS_OPAQUE | args_flags(args), ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]


def mk_const(ty: Ty, value: Any) -> ConstValue:
    if isinstance(value, bool):  # True == 1: keep one representation
        value = int(value)
    return _intern(ConstValue, ty.flags, ("ty", "value"), (ty, value))  # type: ignore[no-any-return]


def mk_const_usize(value: int) -> ConstValue:
    return mk_const(USIZE, value)


def mk_const_param(index: int, name: str) -> ConstParam:
    return _intern(ConstParam, HAS_PARAM, ("index", "name"), (index, name))  # type: ignore[no-any-return]


def mk_const_infer(vid: int) -> ConstInfer:
    return _intern(ConstInfer, HAS_INFER, ("vid",), (vid,))  # type: ignore[no-any-return]


def mk_const_unevaluated(def_id: DefId, args: Args) -> ConstUnevaluated:
    flags = HAS_UNEVALUATED | args_flags(args)
    return _intern(ConstUnevaluated, flags, ("def_id", "args"), (def_id, args))  # type: ignore[no-any-return]
