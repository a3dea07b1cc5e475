"""`CrateSource`: a user's crate as the loader is told of it, before anything of it is read.

A package manager's choices arrive here as plain data: the root file, the edition, the `cfg`s with the features, the
variables of `env!`, and the crates that may be named.  One source is one crate, however often it is linked.
Nothing of the front end is imported here: a start from the code cache needs no more than this.
To add something that a crate is compiled with: a field here, in `key`, in `Krate`, and in `Resolver.enter`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class CrateSource:
    """`cfgs` are written `name` or `key="value"`; `links`: the crates it may name, under the names by which it knows
    them; `is_local`: see `Krate`; `refused` says why it cannot be loaded at all: whoever names it is told."""

    name: str
    path: str
    edition: int = 2021
    cfgs: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    links: dict[str, CrateSource] = field(default_factory=dict)
    is_local: bool = True
    refused: str = ""

    def key(self) -> tuple[Any, ...]:
        """Everything it says, and what it links says, as plain data."""
        links = tuple((name, source.key()) for name, source in sorted(self.links.items()))
        return (
            self.name, self.path, self.edition, self.cfgs, tuple(sorted(self.env.items())), links, self.is_local,
            self.refused,
        )  # fmt: skip


def from_key(key: Any) -> CrateSource:
    """The source that said `key`, also after a way through JSON."""
    name, path, edition, cfgs, env, links, is_local, refused = key
    linked = {name: from_key(linked) for name, linked in links}
    return CrateSource(name, path, edition, tuple(cfgs), dict(env), linked, is_local, refused)


def crate_name(path: str) -> str:
    """The name of a crate that has no other: its root file's."""
    return os.path.splitext(os.path.basename(path))[0].replace("-", "_")


def file_source(path: str, edition: int = 2021, cfgs: Iterable[str] = ()) -> CrateSource:
    """A crate of one root file."""
    return CrateSource(crate_name(path), path, edition, tuple(cfgs))
