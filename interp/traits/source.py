"""What selection passes about: candidates, the chosen source of an implementation, and the two other verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Optional, Union

from ..ty.ty import Args

if TYPE_CHECKING:
    from .impls import ImplData
    from .obligation import Obligation


class Verdict:
    """Not a source: `AMBIGUOUS` or `UNIMPLEMENTED`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


AMBIGUOUS: Final = Verdict("ambiguous")
UNIMPLEMENTED: Final = Verdict("unimplemented")


class Candidate(NamedTuple):
    """`data` by kind: param, projection, object: the TraitRef; impl: (ImplData, Args or None); builtin, auto:
    the types that must implement the trait too; closure, fn, coroutine, unsize: see `builtin.py`."""

    kind: str
    data: Any


@dataclass(slots=True, eq=False)
class ImplSource:
    """How a predicate was proved.  `impl` and `args` for kind "impl"; `data` as the candidate's."""

    kind: str
    nested: list[Obligation]
    impl: Optional[ImplData] = None
    args: Args = ()
    data: Any = None


Selected = Union[ImplSource, Verdict]
