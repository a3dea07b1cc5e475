"""Floor 10: THIR to MIR: places and temporaries, matches, drop scopes, unwinding, drop elaboration, moves."""

from ..ty.context import TyCtxt


def register(tcx: TyCtxt) -> None:
    """Put this floor's queries into `tcx`: `mir_built`, `mir_of`, `field_ty`, `adt_discriminants`."""
    from . import build, coroutine, elaborate

    build.register(tcx)
    coroutine.register(tcx)
    elaborate.register(tcx)
