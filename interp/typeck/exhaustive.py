"""Usefulness of patterns: is there a value that no row of a matrix matches?  A witness is given as text.

The algorithm is Maranget's with constructor splitting: integers by ranges, slices by length, enums by variant,
everything else by its single constructor.  Types without values need no arm.

Terms: a row is a list of patterns over a list of places (`tys`); a constructor (`Ctor`) takes a place apart into
the places of its fields.  To add a constructor: a case in `ctors_of_pat`, `split` and `Ctor.show`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Optional

from ..ty import ty as t
from ..ty.ty import Ty
from . import thir
from .exhaustive_ctor import Ctor, Space, covers, ctor_fields, lower_pat, split

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

LIMIT = 200_000


class TooHard(Exception):
    """The match is too big to decide."""


class Pat(NamedTuple):
    """A pattern for this analysis: `ctor` None is a wildcard; "or" has its alternatives in `subs`."""

    ctor: Optional[Ctor]
    subs: tuple[Any, ...]


class Checker:
    def __init__(self, fcx: FnCtxt) -> None:
        self.space = Space(fcx)
        self.steps = 0

    def missing(self, rows: list[thir.Pat], ty: Ty) -> Optional[str]:
        """A witness that none of `rows` matches, or None."""
        matrix = [[lower_pat(self.space, row)] for row in rows]
        found = self.useful(expand(matrix), [ty], True)
        return None if found is None else found[0]

    def useful(self, matrix: list[list[Any]], tys: list[Ty], top: bool) -> Optional[list[str]]:
        """Witnesses, one text a place, for a tuple of values that no row matches."""
        self.steps += 1
        if self.steps > LIMIT:
            raise TooHard
        if not tys:
            return None if matrix else []
        ty, rest = tys[0], tys[1:]
        heads = [row[0].ctor for row in matrix if row[0].ctor is not None]
        if not heads and not self.space.may_be_empty(ty):
            found = self.useful([row[1:] for row in matrix], rest, top)
            return None if found is None else [self.space.wildcard_witness(ty), *found]
        return self.by_ctor(matrix, ty, rest, heads, top)

    def by_ctor(
        self, matrix: list[list[Any]], ty: Ty, rest: list[Ty], heads: list[Ctor], top: bool
    ) -> Optional[list[str]]:
        for ctor in split(self.space, ty, heads):
            fields = ctor_fields(self.space, ctor, ty)
            if any(self.space.is_empty(f) for f in fields) and ctor.kind in ("variant", "struct"):
                continue
            specialised = self.specialise(matrix, ctor, len(fields))
            found = self.useful(specialised, fields + rest, False)
            if found is not None:
                count = len(fields)
                return [ctor.show(self.space, ty, found[:count]), *found[count:]]
        return None

    def specialise(self, matrix: list[list[Any]], ctor: Ctor, count: int) -> list[list[Any]]:
        out: list[list[Any]] = []
        for row in matrix:
            head = row[0]
            if head.ctor is None:
                out.append([WILD] * count + row[1:])
            elif covers(head.ctor, ctor):
                out.append(self.fields_for(head, ctor, count) + row[1:])
        return expand(out)

    def fields_for(self, head: Any, ctor: Ctor, count: int) -> list[Any]:
        """The sub-patterns of `head` for the fields of `ctor`; a slice pattern with `..` is filled up."""
        subs = list(head.subs)
        if ctor.kind == "slice" and len(subs) < count:
            before = head.ctor.before
            return subs[:before] + [WILD] * (count - len(subs)) + subs[before:]
        return subs


WILD = Pat(None, ())


def expand(matrix: list[list[Any]]) -> list[list[Any]]:
    """Or-patterns at the head become rows."""
    out: list[list[Any]] = []
    for row in matrix:
        if row and row[0].ctor is not None and row[0].ctor.kind == "or":
            out += expand([[sub, *row[1:]] for sub in row[0].subs])
        else:
            out.append(row)
    return out


__all__ = ["Checker", "Pat", "TooHard", "t"]
