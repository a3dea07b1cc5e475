"""Usefulness of patterns: is there a value that no row of a matrix matches?  Witnesses are given as text.

The algorithm is Maranget's with constructor splitting: integers by ranges, slices by length, enums by variant,
everything else by its single constructor.  Types without values need no arm.

Terms: a row is a list of patterns over a list of places (`tys`); a constructor (`Ctor`) takes a place apart into
the places of its fields.  To add a constructor: a case in `ctors_of_pat`, `split` and `Ctor.show`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Optional

from ..ty.ty import Ty
from . import thir
from .exhaustive_ctor import Ctor, Space, covers, ctor_fields, lower_pat, split

if TYPE_CHECKING:
    from .fn_ctxt import FnCtxt

LIMIT = 200_000
MAX_WITNESSES = 200


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

    def missing(self, rows: list[thir.Pat], ty: Ty) -> list[str]:
        """Witnesses that none of `rows` matches."""
        matrix = [[lower_pat(self.space, row)] for row in rows]
        found = [witness[0] for witness in self.useful(expand(matrix), [ty])]
        return list(dict.fromkeys(found))

    def useful(self, matrix: list[list[Any]], tys: list[Ty]) -> list[list[str]]:
        """For tuples of values that no row matches: witnesses, one text a place."""
        self.steps += 1
        if self.steps > LIMIT:
            raise TooHard
        if not tys:
            return [] if matrix else [[]]
        ty, rest = tys[0], tys[1:]
        heads = [row[0].ctor for row in matrix if row[0].ctor is not None]
        if not heads and not self.space.is_empty(ty):
            found = self.useful([row[1:] for row in matrix], rest)
            return [["_", *witness] for witness in found]
        return self.by_ctor(matrix, ty, rest, heads)

    def adds(self, rows: list[thir.Pat], pat: thir.Pat, ty: Ty) -> bool:
        """Whether `pat` matches a value that none of `rows` does."""
        matrix = [[lower_pat(self.space, row)] for row in rows]
        return self.matches_more(expand(matrix), [lower_pat(self.space, pat)], [ty])

    def matches_more(self, matrix: list[list[Any]], row: list[Any], tys: list[Ty]) -> bool:
        self.steps += 1
        if self.steps > LIMIT:
            raise TooHard
        if not tys:
            return not matrix
        head, ty, rest = row[0], tys[0], tys[1:]
        if head.ctor is not None and head.ctor.kind == "or":
            return any(self.matches_more(matrix, [sub, *row[1:]], tys) for sub in head.subs)
        heads = [r[0].ctor for r in (*matrix, row) if r[0].ctor is not None]
        if not heads:
            return self.matches_more([r[1:] for r in matrix], row[1:], rest)
        if head.ctor is not None and head.ctor.kind in ("str", "float", "opaque"):  # not split: only itself
            return self.matches_more(self.specialise(matrix, head.ctor, 0), row[1:], rest)
        for ctor in split(self.space, ty, heads):
            if head.ctor is not None and not covers(head.ctor, ctor):
                continue
            fields = ctor_fields(self.space, ctor, ty)
            count = len(fields)
            inner = [WILD] * count if head.ctor is None else self.fields_for(head, ctor, count)
            if self.matches_more(self.specialise(matrix, ctor, count), [*inner, *row[1:]], [*fields, *rest]):
                return True
        return False

    def by_ctor(self, matrix: list[list[Any]], ty: Ty, rest: list[Ty], heads: list[Ctor]) -> list[list[str]]:
        out: list[list[str]] = []
        for ctor in split(self.space, ty, heads):
            fields = ctor_fields(self.space, ctor, ty)
            if ctor.kind in ("variant", "struct") and any(self.space.is_empty(f) for f in fields):
                continue
            count = len(fields)
            for found in self.useful(self.specialise(matrix, ctor, count), fields + rest):
                out.append([ctor.show(self.space, ty, found[:count]), *found[count:]])
            if len(out) > MAX_WITNESSES:
                break
        return out

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
