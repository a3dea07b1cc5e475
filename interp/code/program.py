"""What the machine is handed: a `Program` that assembles on demand and describes globals, vtables and signatures.

All numbers (instances, globals, vtables, signatures) are the program's own, dense from 0, given out in the order of
first use; `symbol` texts are what outlives a session.  The machine asks once and keeps what it got.

To add a question the machine asks: a method here, its answer in `mono/`, and in the tests' `TextProgram`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Optional, Protocol

from .code import Code


class Reloc(NamedTuple):
    """A pointer inside a global's bytes at `offset`: to global, fn or vtable number `target`, plus `addend`."""

    offset: int
    kind: Literal["global", "fn", "vtable"]
    target: int
    addend: int = 0


GlobalKind = Literal["static", "const", "thread_local"]


@dataclass(slots=True, eq=False)
class Global:
    """Memory that exists for the whole run: a static, an evaluated constant, a literal, a promoted, a `Location`.

    Either `data` is its value (uninitialised bytes are ranges in `uninit`), or `init` is the instance that computes it
    into the pointer given (at first use; then the memory becomes immutable unless `mutable`).  `mutable`: `static mut`
    or interior mutability.  `name` is for reports.
    """

    kind: GlobalKind
    symbol: str
    size: int
    align: int
    name: str = ""
    data: bytes = b""
    relocs: list[Reloc] = field(default_factory=list)
    uninit: list[tuple[int, int]] = field(default_factory=list)  # (from, to)
    init: Optional[int] = None
    mutable: bool = False
    span: int = 0


@dataclass(slots=True, eq=False)
class Vtable:
    """`trait_` as reports name it; `entries`: instance numbers of the methods in the trait's order (-1: vacant), or
    vtable numbers where an upcast takes its supertrait's vtable (the last `upcasts`); `drop` is the drop glue's
    instance, or -1; `trait_word` is the same for vtables of one trait and differs otherwise (0: of no trait)."""

    symbol: str
    trait_: str
    size: int
    align: int
    drop: int
    entries: list[int] = field(default_factory=list)
    upcasts: int = 0
    trait_word: int = 0


class Program(Protocol):
    """`lang` names: panic_cannot_unwind, panic_in_cleanup, panic_nounwind (fn(&'static str) -> !, fat pointer)."""

    entry: int

    def assemble(self, instance: int) -> Code:
        """May raise CompileError or Unsupported: the run ends with that diagnostic."""

    def symbol(self, instance: int) -> str: ...

    def instance_name(self, instance: int) -> str: ...

    def unique_address(self, instance: int) -> bool: ...

    def signature(self, instance: int) -> int: ...

    def signature_name(self, sig: int) -> list[str]:
        """What a signature's number stands for, as text, and the class of those passed alike."""

    def get_global(self, index: int) -> Global: ...

    def get_vtable(self, index: int) -> Vtable: ...

    def find_instance(self, symbol: str) -> Optional[int]:
        """For a resumed run: the number of the instance with that symbol (made again if need be)."""

    def find_global(self, symbol: str) -> Optional[int]: ...

    def find_vtable(self, symbol: str) -> Optional[int]: ...

    def lang(self, name: str) -> int: ...

    def check_call(self, sig: int, instance: int) -> Optional[str]:
        """None if a call with signature `sig` may call `instance`; else Miri's sentence."""
