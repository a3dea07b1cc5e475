"""Async blocks and functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.diagnostics import Unsupported
from ..hir import hir
from ..ty.ty import Ty
from .expectation import Expected

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt


def check_async(fcx: FnCtxt, expr: hir.Closure, expected: Expected) -> Ty:
    raise Unsupported(expr.decl_span, "async blocks and functions")
