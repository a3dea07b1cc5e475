"""Fields of packed structs that may not be aligned: no reference to one (E0793, as rustc's `check_packed_ref`), and one
is moved to an aligned place before it is dropped there (as rustc's `add_moves_for_packed_drops`)."""

from __future__ import annotations

from typing import Iterator, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span
from ..mir import body as mir
from ..mir.body import Body, Place
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.layout import layout_provider
from ..ty.ty import Ty
from .move_errors import elem_ty

_NOTES = (
    "this struct is {}-byte aligned, but the type of this field may require higher alignment",
    "creating a misaligned reference is undefined behavior (even if that reference is never dereferenced)",
)
_HELP = (
    "copy the field contents to a local variable, or replace the reference with a raw pointer and use "
    "`read_unaligned`/`write_unaligned` (loads and stores via `*p` must be properly aligned even when using raw "
    "pointers)"
)


def check(tcx: TyCtxt, body: Body) -> Iterator[Diagnostic]:
    """References to what may be misaligned, on built MIR."""
    data = tcx.def_data(body.def_id)
    if data.parent is not None and tcx.def_data(data.parent).attr("automatically_derived") is not None:
        return
    seen: set[Span] = set()
    for block in body.blocks:
        for node in block.statements:
            if not isinstance(node, mir.Assign) or not isinstance(node.rvalue, mir.Ref) or node.span in seen:
                continue
            found = _packed(tcx, body, node.rvalue.place)
            if found is not None:
                seen.add(node.span)
                kind, pack = found
                out = error(node.span, f"reference to field of packed {kind} is unaligned", "E0793")
                first = _NOTES[0].replace("struct", kind).format(pack)
                yield out.note(first).note(_NOTES[1]).help(_HELP)


def move_before_drops(tcx: TyCtxt, body: Body) -> None:
    """`drop(p.1)` becomes `tmp = move p.1; drop(tmp)`: destructors take an aligned reference."""
    for block in body.blocks:
        end = block.terminator
        if isinstance(end, mir.Drop) and end.place.projection and _packed(tcx, body, end.place) is not None:
            ty = body.locals[end.place.local].ty
            for elem in end.place.projection:
                ty = elem_ty(ty, elem)
            body.locals.append(mir.LocalDecl(ty, end.span))
            moved = Place(mir.Local(len(body.locals) - 1))
            block.statements.append(mir.Assign(moved, mir.Use(mir.Move(end.place)), end.span))
            block.terminator = end._replace(place=moved)


def _packed(tcx: TyCtxt, body: Body, place: Place) -> Optional[tuple[str, int]]:
    """(struct or union, its packing) of the field that `place` lies in, if its type asks for more."""
    tys = [body.locals[place.local].ty]
    for elem in place.projection:
        tys.append(elem_ty(tys[-1], elem))
    found: Optional[tuple[str, int]] = None
    for elem, base in zip(place.projection, tys):
        if isinstance(elem, mir.Deref):
            found = None
        elif isinstance(elem, mir.Field) and isinstance(base, t.Adt):
            adt = tcx.adt_def(base.def_id)
            if adt.repr.pack and (found is None or adt.repr.pack < found[1]):
                found = str(adt.kind), adt.repr.pack
    if found is None:
        return None
    align = _align(tcx, tys[-1])
    return None if align is not None and align <= found[1] else found


def _align(tcx: TyCtxt, ty: Ty) -> Optional[int]:
    """The alignment of `ty`; None if it depends on parameters."""
    while isinstance(ty, (t.Array, t.Slice)):
        ty = ty.elem
    if isinstance(ty, t.Str):
        return 1
    if ty.flags & (t.HAS_PARAM | t.HAS_ALIAS | t.HAS_OPAQUE) or isinstance(ty, t.Dynamic):
        return None
    if "layout_of" not in tcx.providers:
        layout_provider(tcx)
    return int(tcx.query("layout_of", ty).align)
