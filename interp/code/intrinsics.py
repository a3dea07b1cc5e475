"""Intrinsics: what the library's bodyless functions become.

Most are a few instructions (`intrinsics_memory.py`, `intrinsics_num.py`); those that need the machine's Python side are
an `INTR` whose extra is (name, plain arguments..): sizes or value kinds that the machine can't know.
To add an intrinsic: a line in one of the two tables, or nothing if `INTR` with its name will do.
"""

from __future__ import annotations

from typing import Final

from ..mir import body as m
from ..mono.instance import Instance
from .intrinsics_base import Handler, IntrinsicBase
from .intrinsics_memory import MEMORY
from .intrinsics_num import NUMERIC, float_handler

_INTRINSICS: Final[dict[str, Handler]] = {**MEMORY, **NUMERIC}


class Intrinsics(IntrinsicBase):
    """The part of `FnAsm` about intrinsics."""

    def intrinsic(self, term: m.Call, instance: Instance) -> None:
        name = self.tcx.def_data(instance.def_id).name
        self.changes_place(term.destination)
        handler = _INTRINSICS.get(name) or float_handler(name)
        dst = self.place(term.destination)
        if handler is not None:
            handler(self, term, instance.args, dst)
        else:
            self.call_out(name, term, dst)
        if term.target is None and name not in ("abort", "unreachable"):
            self.emit("UNREACHABLE")
