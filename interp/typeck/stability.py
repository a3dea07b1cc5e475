"""What of the library is unstable: `#[unstable(feature = "..")]`, and the features that a crate turns on.

As rustc's `middle::stability`, for items that are found by probing: an unstable method that the crate did not turn on
never hides or contests one of another trait, and is an error (E0658) if nothing else was meant.
To mark an item: the attribute, in `interp/library`.
"""

from __future__ import annotations

from ..base.diagnostics import Diagnostic, error
from ..base.span import Span
from ..expand.cfg import group_of
from ..resolve.defs import DefId
from ..syntax import literals
from ..syntax.token import Token
from ..ty.context import TyCtxt


def missing_feature(tcx: TyCtxt, item: DefId, user: DefId) -> str:
    """The feature that the crate of `user` would have to turn on to use `item`; "" if it may."""
    found = tcx.def_data(item).attr("unstable")
    if found is None or not tcx.resolver.krates[tcx.def_data(item).krate].is_library:
        return ""
    krate = tcx.resolver.krates[tcx.def_data(user).krate]
    texts = [t for t in group_of(found) if isinstance(t, Token) and t.kind == "literal"]
    feature = str(literals.decode(texts[0]).value)
    on = (t.text for a in krate.attrs if a.path == "feature" for t in group_of(a))
    return "" if krate.is_library or feature in on else feature


def unstable_error(span: Span, feature: str) -> Diagnostic:
    found = error(span, f"use of unstable library feature `{feature}`", "E0658")
    return found.help(f"add `#![feature({feature})]` to the crate attributes to enable")
