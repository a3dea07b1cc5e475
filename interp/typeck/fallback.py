"""Fallback: what an inference variable becomes when nothing determined it: `i32`, `f64`, `()` or `!`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..ty import ty as t

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


def fall_back(fcx: FnCtxt) -> None:
    infcx = fcx.infcx
    unsolved = infcx.unsolved()
    if not unsolved:
        return
    diverging = {infcx.sub_root(var) for var in fcx.diverging_vars}
    unit = t.NEVER if fcx.body.edition >= 2024 else t.UNIT
    for var in unsolved:
        assert isinstance(var, t.Infer)
        if var.kind == "int":
            infcx.eq(var, t.I32)
        elif var.kind == "float":
            infcx.eq(var, t.F64)
        elif infcx.sub_root(var) in diverging:
            infcx.eq(var, unit)
        elif fcx.tainted:
            infcx.eq(var, t.ERROR)
    fcx.select_where_possible()
