"""How errors about moves speak of places: `x.f`, `*r`, `v[..]`, and why something may not be moved out of.

A place whose variable the user never named has no description.
To add a reason why a move is illegal: a case in `illegal_move`.
"""

from __future__ import annotations

from typing import NamedTuple, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import Body, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.ty import Ty


def elem_ty(ty: Ty, elem: mir.ProjectionElem) -> Ty:
    """The type of a part of something of type `ty`."""
    if isinstance(elem, mir.Field):
        return elem.ty
    if isinstance(elem, mir.Deref):
        return ty.args[0] if isinstance(ty, t.Adt) else ty.ty  # type: ignore[return-value, attr-defined]
    if isinstance(elem, (mir.ConstantIndex, mir.Index)):
        return ty.elem  # type: ignore[attr-defined, no-any-return]
    return ty


def is_box(tcx: TyCtxt, ty: Ty) -> bool:
    return isinstance(ty, t.Adt) and ty.def_id == tcx.lang_items.get("owned_box")


def describe(tcx: TyCtxt, body: Body, place: Place) -> Optional[str]:
    """A place as the user would write it; dereferences in front of a field go without saying."""
    name, start, ty = _base(body, place)
    if name is None:
        return None
    last = max((i for i, e in enumerate(place.projection) if not isinstance(e, (mir.Deref, mir.Downcast))), default=-1)
    variant = 0
    for at, elem in enumerate(place.projection):
        if at >= start:
            if isinstance(elem, mir.Deref):
                name = f"*{name}" if at > last else name
            elif isinstance(elem, mir.Field):
                name = f"{name}.{_field_name(tcx, ty, variant, elem.index)}"
            elif isinstance(elem, mir.Index):
                name = f"{name}[{body.locals[elem.local].name or '_'}]"
            elif isinstance(elem, (mir.ConstantIndex, mir.Subslice)):
                name = f"{name}[..]"
        variant = elem.index if isinstance(elem, mir.Downcast) else 0
        ty = elem_ty(ty, elem)
    return name


def _base(body: Body, place: Place) -> tuple[Optional[str], int, Ty]:
    """(the variable's name, how many projections belong to it, the local's type); a captured one is a place itself."""
    decl = body.locals[place.local]
    if place.local == 1 and body.kind in ("closure", "coroutine"):
        for name, info in zip(body.extra["capture_names"], body.var_debug_info):
            own = info.place.projection
            while own and isinstance(own[-1], mir.Deref):
                own = own[:-1]
            if info.place.local == 1 and own and place.projection[: len(own)] == own:
                taken = info.place.projection
                return name, len(taken) if place.projection[: len(taken)] == taken else len(own), decl.ty
    guarded = body.extra.get("guard_refs", {}).get(place.local)
    return (guarded, 1, decl.ty) if guarded is not None and place.projection else (decl.name, 0, decl.ty)


def _field_name(tcx: TyCtxt, ty: Ty, variant: int, index: int) -> str:
    if not isinstance(ty, t.Adt):
        return str(index)
    return tcx.adt_def(ty.def_id).variants[variant].fields[index].name


def illegal_move(tcx: TyCtxt, body: Body, place: Place, span: Span) -> Optional[Diagnostic]:
    """E0507, E0508, E0509: what may not be moved out of."""
    ty = body.locals[place.local].ty
    for at, elem in enumerate(place.projection):
        behind = isinstance(elem, mir.Deref) and not is_box(tcx, ty)
        if behind and not isinstance(elem_ty(ty, elem), (t.Array, t.Slice)):
            return _behind_pointer(tcx, body, place, at, ty, span)
        element = isinstance(elem, (mir.ConstantIndex, mir.Subslice)) and isinstance(ty, t.Slice)
        if behind or element or isinstance(elem, mir.Index):
            ty = elem_ty(ty, elem) if behind else ty
            kind = "slice" if isinstance(ty, t.Slice) else "array"
            return error(
                span, f"cannot move out of type `{ty!r}`, a non-copy {kind}", "E0508", "cannot move out of here"
            )
        if isinstance(elem, mir.Field) and isinstance(ty, t.Adt) and not is_box(tcx, ty):
            if tcx.query("adt_destructor", ty.def_id) is not None:
                message = f"cannot move out of type `{ty!r}`, which implements the `Drop` trait"
                return error(span, message, "E0509", "cannot move out of here")
        ty = elem_ty(ty, elem)
    return None


def _behind_pointer(tcx: TyCtxt, body: Body, place: Place, at: int, pointer: Ty, span: Span) -> Diagnostic:
    what = "raw pointer" if isinstance(pointer, t.RawPtr) else f"{'mutable' if pointer.mutbl else 'shared'} reference"  # type: ignore[attr-defined]
    source = overloaded(tcx, body, place) if at == 0 else None
    special = _closure_capture(tcx, body, place) or (source and source.text)
    name = _moved_from(tcx, body, place)
    if special is not None:
        message = f"cannot move out of {special}"
    elif name is None:
        message = f"cannot move out of a {what}"
    else:
        message = f"cannot move out of {name} which is behind a {what}"
    out = error(span, message, "E0507")
    ty = body.locals[place.local].ty
    for elem in place.projection:
        ty = elem_ty(ty, elem)
    subject = f"`{describe(tcx, body, place)}`" if name is not None and special is None else "value"
    out.labels[0].text = f"move occurs because {subject} has type `{ty!r}`, which does not implement the `Copy` trait"
    return out


def _moved_from(tcx: TyCtxt, body: Body, place: Place) -> Optional[str]:
    """What the message names: the place, or the enum whose variant a pattern takes apart."""
    casts = [i for i, e in enumerate(place.projection) if isinstance(e, mir.Downcast)]
    if not casts:
        name = describe(tcx, body, place)
        return None if name is None else f"`{name}`"
    base = Place(place.local, place.projection[: casts[-1]])
    name = describe(tcx, body, base)
    ty = body.locals[place.local].ty
    for elem in base.projection:
        ty = elem_ty(ty, elem)
    assert isinstance(ty, t.Adt)
    cast = place.projection[casts[-1]]
    assert isinstance(cast, mir.Downcast)
    variant = tcx.adt_def(ty.def_id).variants[cast[0]].name
    return None if name is None else f"`{name.lstrip('*')}` as enum variant `{variant}`"


def _closure_capture(tcx: TyCtxt, body: Body, place: Place) -> Optional[str]:
    """A variable captured by value, in a closure that can be called again."""
    if body.kind != "closure" or place.local != 1 or not isinstance(place.projection[0], mir.Deref):
        return None
    name, _, ty = _base(body, place)
    kind = "FnMut" if getattr(ty, "mutbl", False) else "Fn"
    by_value = not any(isinstance(e, mir.Deref) for e in place.projection[1:])
    return f"`{name}`, a captured variable in an `{kind}` closure" if name is not None and by_value else None


class Source(NamedTuple):
    """What a temporary pointer comes from, in words; `static` is the item, `trait` what a change would need."""

    text: str
    static: int = -1
    trait: str = ""
    ty: Optional[Ty] = None


def overloaded(tcx: TyCtxt, body: Body, place: Place) -> Optional[Source]:
    """What an overloaded `*x` or `x[i]`, or a static's address, leads to."""
    if body.locals[place.local].name is not None:
        return None
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, mir.Assign) and statement.place == Place(place.local):
                source = getattr(statement.rvalue, "operand", None)
                if isinstance(source, mir.Constant) and isinstance(source.kind, mir.StaticRef):
                    static = source.kind.def_id
                    return Source(f"static item `{tcx.def_data(static).name}`", static)
        end = block.terminator
        if isinstance(end, mir.Call) and end.destination == Place(place.local) and isinstance(end.func, mir.Constant):
            return _overloaded_call(tcx, end.func.ty)
    return None


def _overloaded_call(tcx: TyCtxt, func: Ty) -> Optional[Source]:
    if not isinstance(func, t.FnDef):
        return None
    trait_ = tcx.def_data(func.def_id).parent
    names = {tcx.lang_items.get(name): name for name in ("deref", "deref_mut", "index", "index_mut")}
    name = names.get(trait_)
    if name is None:
        return None
    base = func.args[0]
    assert isinstance(base, Ty)
    if name.startswith("index"):
        return Source(f"index of `{base!r}`", trait="IndexMut", ty=base)
    if isinstance(base, t.Adt) and tcx.path_str(base.def_id) in ("alloc::rc::Rc", "alloc::sync::Arc"):
        return Source(f"an `{tcx.def_data(base.def_id).name}`", trait="DerefMut", ty=base)
    return Source(f"dereference of `{base!r}`", trait="DerefMut", ty=base)
