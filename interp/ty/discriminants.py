"""The discriminants of an enum's variants: what is written, else one more than the variant's before, from 0 on.

Invariant: they are mathematical values; how many bits of them a tag holds is the layout's.
To add a rule for explicit ones: `_written`, which asks for the constant's value.
"""

from __future__ import annotations

from . import ty as t
from .context import TyCtxt
from .items import AdtDef


def discriminants(tcx: TyCtxt, adt: AdtDef) -> list[int]:
    """One for each variant, in order."""
    out: list[int] = []
    for variant in adt.variants:
        if variant.explicit_discr is not None:
            out.append(_written(tcx, variant.explicit_discr))
        else:
            out.append(out[-1] + 1 if out else 0)
    return out


def _written(tcx: TyCtxt, def_id: t.DefId) -> int:
    return int(tcx.query("eval_const", t.mk_const_unevaluated(def_id, ())).value)
