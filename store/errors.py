"""What can be wrong with a store, each kind with its own exit code and the command that helps.

Every function of this package raises a `StoreError` (or `CompileError`, `Changed` of the floors below) for what is not
its own fault; the command line prints `error: MESSAGE`, a `= help:` line for each help, and exits with `code`.

To add a kind: a class here with its exit code, and its line in the tables of README.md and cli.py.
"""

from __future__ import annotations

from typing import ClassVar


class StoreError(Exception):
    """The store cannot be used: it is not there, cannot be read or written, the disk is full, a name is unknown."""

    code: ClassVar[int] = 14

    def __init__(self, message: str, *helps: str) -> None:
        super().__init__(message)
        self.message = message
        self.helps = helps

    def render(self) -> str:
        """As the command line prints it."""
        return "".join([f"error: {self.message}\n", *(f"  = help: {text}\n" for text in self.helps)])


class StoreTooOld(StoreError):
    """An earlier release made it; `interp store upgrade` brings it up to date."""

    code = 15


class StoreTooNew(StoreError):
    """A later release made it, or upgraded it; this one does not know its schema."""

    code = 16


class NotAStore(StoreError):
    """A file or database that interp did not make."""

    code = 17


class StoreCorrupt(StoreError):
    """Its contents contradict themselves: damaged on disk, or made by hand."""

    code = 18


class StoreLocked(StoreError):
    """Another process writes it."""

    code = 19


class RunFinished(StoreError):
    """There is nothing to resume: the run ended by itself."""

    code = 20


class ProgramChanged(StoreError):
    """The program or the interpreter is not the one that the run was started with."""

    code = 21
