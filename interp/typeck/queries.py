"""The queries of this floor: `typeck`, `closure_info`, `opaque_type`.

To add one: a function of `(tcx, key)` and its line in `register`.
"""

from __future__ import annotations

from ..hir import hir
from ..hir.generics import identity_args
from ..resolve.defs import DefId
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.items import ClosureInfo
from ..ty.ty import Ty
from . import thir
from .check import check_body
from .fn_ctxt import FnCtxt

_INSIDE = ("closure", "inline_const")


def register(tcx: TyCtxt) -> None:
    """Put this floor's providers into `tcx`."""
    tcx.providers["typeck"] = lambda def_id: typeck(tcx, def_id)
    tcx.providers["closure_info"] = lambda def_id: closure_info(tcx, def_id)
    tcx.providers["opaque_type"] = lambda def_id: opaque_type(tcx, def_id)
    tcx.providers["has_coerce_unsized"] = lambda adt: has_coerce_unsized(tcx, adt)


def typeck_root(tcx: TyCtxt, def_id: DefId) -> DefId:
    """The item whose body is checked together with `def_id`'s."""
    data = tcx.def_data(def_id)
    while data.kind in _INSIDE:
        assert data.parent is not None
        data = tcx.def_data(data.parent)
    return data.id


def typeck(tcx: TyCtxt, def_id: DefId) -> thir.TypeckResults:
    root = typeck_root(tcx, def_id)
    if root != def_id:
        return tcx.query("typeck", root)  # type: ignore[no-any-return]
    body: hir.Body = tcx.query("hir_body", def_id)
    errors = tcx.diag.error_count
    fcx = FnCtxt(tcx, body, def_id)
    fcx.tainted = tcx.diag.error_count > errors
    return check_body(fcx)


def opaque_type(tcx: TyCtxt, def_id: DefId) -> Ty:
    """The hidden type of a `-> impl Trait`, generic over the function's parameters."""
    at = tcx.def_data(def_id)
    while at.kind == "opaque":
        assert at.parent is not None
        at = tcx.def_data(at.parent)
    results: thir.TypeckResults = tcx.query("typeck", at.id)
    found = results.opaques.get(def_id)
    return t.ERROR if found is None or found.flags & t.HAS_INFER else found


# -- closures -----------------------------------------------------------------------------------------------


def closure_info(tcx: TyCtxt, def_id: DefId) -> ClosureInfo:
    results: thir.TypeckResults = tcx.query("typeck", typeck_root(tcx, def_id))
    body = results.closures.get(def_id)
    if body is None:
        return ClosureInfo(def_id, "Fn", (), t.ERROR)
    return body.info


def has_coerce_unsized(tcx: TyCtxt, adt: DefId) -> bool:
    """Whether some impl of `CoerceUnsized` is for this ADT."""
    from ..traits.impls import ImplIndex

    trait = tcx.lang_items.get("coerce_unsized")
    if trait is None:
        return False
    return bool(ImplIndex.of(tcx).candidates(trait, t.mk_adt(adt, identity_args(tcx, adt))))
