"""`as` casts, decided when all types of the body are known.

A cast that is a coercion is only that (`cast_kinds[id] == ""`); all others are primitive and named as in MIR.
To add a cast: a row in `_KINDS` or a case in `decide`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..hir import hir
from ..ty import ty as t
from ..ty.ty import Ty
from .coercion import Coerce
from .tables import CastCheck

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


class CastError(Exception):
    """`args[0]` names the reason."""


def check_casts(fcx: FnCtxt) -> None:
    deferred, fcx.deferred_casts = fcx.deferred_casts, []
    for cast in deferred:
        check_cast(fcx, cast)


def check_cast(fcx: FnCtxt, cast: CastCheck) -> None:
    source = fcx.structurally_resolve(cast.expr_ty, cast.expr.expr.span)
    target = fcx.structurally_resolve(cast.cast_ty, cast.expr.span)
    source, target = fcx.resolve(source), fcx.resolve(target)
    if (source.flags | target.flags) & t.HAS_ERROR:
        fcx.tainted = True
        return
    if not fcx.type_is_sized(target):
        report_unsized(fcx, cast, source, target)
        return
    scalar = scalar_cast(source, target)
    if scalar is not None:
        fcx.tables.cast_kinds[cast.expr.id] = scalar
        return
    if fcx.coerce(cast.expr.expr, source, target) is not None:
        fcx.tables.cast_kinds[cast.expr.id] = ""
        return
    try:
        fcx.tables.cast_kinds[cast.expr.id] = decide(fcx, cast.expr, source, target)
    except CastError as failure:
        report(fcx, cast, source, target, failure.args[0])


def scalar_cast(source: Ty, target: Ty) -> Optional[str]:
    """The commonest casts, without a trial of coercions."""
    if source is target:
        return ""
    found = _NUMERIC.get((category(source), category(target)))
    return found if found else None


def category(ty: Ty) -> str:
    kind = type(ty)
    if kind is t.Infer:
        return ty.kind  # type: ignore[attr-defined, no-any-return]
    return _CATEGORY.get(kind, "")


_CATEGORY: dict[type, str] = {t.Int: "int", t.Float: "float"}
_NUMERIC = {
    ("int", "int"): "IntToInt", ("int", "float"): "IntToFloat", ("float", "int"): "FloatToInt",
    ("float", "float"): "FloatToFloat",
}  # fmt: skip


def is_fieldless_enum(fcx: FnCtxt, ty: Ty) -> bool:
    if type(ty) is not t.Adt:
        return False
    adt = fcx.tcx.adt_def(ty.def_id)
    return adt.kind == "enum" and bool(adt.variants) and all(not v.fields for v in adt.variants)


def decide(fcx: FnCtxt, expr: hir.Cast, source: Ty, target: Ty) -> str:
    kind = cast_class(fcx, source)
    to = cast_class(fcx, target)
    if kind == "fn item":
        return from_fn_item(fcx, expr, source, target, to)
    if kind == "ref":
        return from_ref(fcx, expr, source, target, to)
    if not kind or not to or to in ("fn item", "ref", "enum", "fn"):
        raise CastError("non-primitive")
    if to == "bool":
        raise CastError("to-bool")
    if to == "char":
        if source is t.U8 or (type(source) is t.Infer and fcx.eq(source, t.U8)):
            return "IntToInt"
        raise CastError("to-char")
    if to == "float":
        if kind in ("int", "float"):
            return "IntToFloat" if kind == "int" else "FloatToFloat"
        raise CastError("illegal" if kind in ("ptr", "fn") else "via-int")
    if to == "int":
        return to_int(fcx, source, kind)
    return to_ptr(fcx, source, target, kind)


def cast_class(fcx: FnCtxt, ty: Ty) -> str:
    found = {
        t.Int: "int", t.Float: "float", t.Bool: "bool", t.Char: "char", t.RawPtr: "ptr", t.FnPtr: "fn",
        t.FnDef: "fn item", t.Ref: "ref", t.Closure: "fn item",
    }.get(type(ty), "")  # fmt: skip
    if type(ty) is t.Infer:
        return ty.kind if ty.kind != "ty" else ""
    return "enum" if not found and is_fieldless_enum(fcx, ty) else found


def to_int(fcx: FnCtxt, source: Ty, kind: str) -> str:
    if kind in ("int", "bool", "char", "enum"):
        return "IntToInt"
    if kind == "float":
        return "FloatToInt"
    if kind == "ptr":
        if pointer_kind(fcx, source.ty) != "thin":  # type: ignore[attr-defined]
            raise CastError("need-thin")
        return "PointerExposeProvenance"
    return "PointerExposeProvenance"  # fn


def to_ptr(fcx: FnCtxt, source: Ty, target: Any, kind: str) -> str:
    wanted = pointer_kind(fcx, target.ty)
    if kind == "ptr":
        return ptr_to_ptr(fcx, source, target, wanted)
    if wanted != "thin":
        raise CastError("illegal")
    if kind == "int":
        if type(source) is t.Infer:
            fcx.eq(source, t.USIZE)
        return "PointerWithExposedProvenance"
    if kind == "fn":
        return "FnPtrToPtr"
    raise CastError("non-primitive" if kind == "enum" else "int-to-ptr" if kind in ("bool", "char") else "illegal")


def pointer_kind(fcx: FnCtxt, pointee: Ty) -> Any:
    """ "thin", "len", ("dyn", principal), or what stands for an unknown tail."""
    pointee = fcx.structurally_resolve_if_possible(pointee)
    kind = type(pointee)
    if kind in (t.Slice, t.Str):
        return "len"
    if kind is t.Dynamic:
        return ("dyn", pointee.principal)  # type: ignore[attr-defined]
    if kind is t.Adt:
        adt = fcx.tcx.adt_def(pointee.def_id)  # type: ignore[attr-defined]
        if adt.kind != "struct" or not adt.variants[0].fields:
            return "thin"
        return pointer_kind(fcx, fcx.field_ty(adt.variants[0].fields[-1], pointee.args))  # type: ignore[attr-defined]
    if kind is t.Tuple and pointee.tys:  # type: ignore[attr-defined]
        return pointer_kind(fcx, pointee.tys[-1])  # type: ignore[attr-defined]
    if kind in (t.Param, t.Alias, t.Opaque) and not fcx.type_is_sized(pointee):
        return ("of", pointee)
    return "thin"


def ptr_to_ptr(fcx: FnCtxt, source: Any, target: Any, wanted: Any) -> str:
    have = pointer_kind(fcx, source.ty)
    if wanted == "thin":
        return "PtrToPtr"
    if have == "thin":
        raise CastError("sized-to-unsized")
    if have == wanted:
        return "PtrToPtr"
    if isinstance(have, tuple) and isinstance(wanted, tuple) and have[0] == wanted[0] == "dyn":
        if wanted[1] is None or (have[1] is not None and have[1][0] == wanted[1][0]):
            return "PtrToPtr"
    raise CastError("vtable-kinds")


def from_fn_item(fcx: FnCtxt, expr: hir.Cast, source: Ty, target: Ty, to: str) -> str:
    """First to a fn pointer, then as from that."""
    attempt = Coerce(fcx, expr.span, False)
    if type(source) is t.FnDef:
        pointer: Ty = attempt.fn_ptr_of(source)
    elif type(source) is t.Closure:
        from .coercion import closure_fn_ptr

        pointer = closure_fn_ptr(fcx, source)
    if to not in ("int", "ptr") or fcx.coerce(expr.expr, source, pointer) is None:
        raise CastError("non-primitive")
    return to_int(fcx, pointer, "fn") if to == "int" else to_ptr(fcx, pointer, target, "fn")


def from_ref(fcx: FnCtxt, expr: hir.Cast, source: Any, target: Any, to: str) -> str:
    if to == "int" or to == "float":
        inner = fcx.structurally_resolve_if_possible(source.ty)
        raise CastError(
            "need-deref" if category(inner) in ("int", "float") else "via-ptr" if to == "int" else "illegal"
        )
    if to == "ptr":  # `&[T; N] as *const T`
        inner = fcx.structurally_resolve_if_possible(source.ty)
        if type(inner) is t.Array and (source.mutbl or not target.mutbl):
            raw = t.mk_ptr(inner, target.mutbl)
            if fcx.coerce(expr.expr, source, raw) is not None and fcx.eq(inner.elem, target.ty):
                return "ArrayToPointer"
        raise CastError("illegal")
    raise CastError("non-primitive")


# -- errors -----------------------------------------------------------------------------------------


def report_unsized(fcx: FnCtxt, cast: CastCheck, source: Ty, target: Ty) -> None:
    message = f"cast to unsized type: `{fcx.show(source)}` as `{fcx.show(target)}`"
    fcx.error(cast.expr.span, message, "E0620")


def report(fcx: FnCtxt, cast: CastCheck, source: Ty, target: Ty, reason: str) -> None:
    a, b, span = fcx.show_expr_ty(cast.expr.expr, source), fcx.show(target), cast.expr.span
    if reason == "to-bool":
        if category(source) in ("int",):
            fcx.error(span, f"cannot cast `{a}` as `bool`", "E0054", "unsupported cast").help(
                "compare with zero instead"
            )
        else:
            fcx.error(span, f"cannot cast `{a}` as `bool`", "E0054", "unsupported cast")
    elif reason == "to-char":
        fcx.error(span, f"only `u8` can be cast as `char`, not `{a}`", "E0604", "invalid cast")
    elif reason == "non-primitive":
        found = fcx.error(
            span,
            f"non-primitive cast: `{a}` as `{b}`",
            "E0605",
            "an `as` expression can only be used to convert between primitive types or to coerce to a specific "
            "trait object",
        )
        if fcx.tcx.lang_items.get("From"):
            found.help("consider using the `From` trait instead")
    elif reason == "need-deref":
        fcx.error(span, f"casting `{a}` as `{b}` is invalid", "E0606").help("dereference the expression: `*`")
    elif reason == "via-int":
        fcx.error(span, f"casting `{a}` as `{b}` is invalid", "E0606").help("cast through an integer first")
    elif reason == "via-ptr":
        fcx.error(span, f"casting `{a}` as `{b}` is invalid", "E0606").help("cast through a raw pointer first")
    elif reason == "sized-to-unsized":
        fcx.error(span, f"cannot cast thin pointer `{a}` to wide pointer `{b}`", "E0607")
    else:
        fcx.error(span, f"casting `{a}` as `{b}` is invalid", "E0606")
