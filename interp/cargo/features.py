"""Which features and which optional dependencies are on: one answer a package, from all who use it (as Cargo unifies).

A feature is a name that turns on others: `name`, `dep:name`, `package/name` (which turns the dependency on too) and
`package?/name` (which does not).  An optional dependency that no `dep:` mentions is a feature of its own name.
Invariant: features only ever get added, so that the walk ends and its order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Optional

from .manifest import CargoError, Dependency, Manifest, Missing
from .workspace import Workspace


@dataclass(slots=True)
class Wanted:
    """What a user asks of a package: `--features`, `--all-features`, `--no-default-features`."""

    features: tuple[str, ...] = ()
    all: bool = False
    default: bool = True


@dataclass(slots=True)
class Node:
    """A package as it will be compiled: its features, and the dependencies that are used."""

    manifest: Manifest
    features: set[str] = field(default_factory=set)
    active: set[str] = field(default_factory=set)  # keys of optional dependencies that are on
    dev: bool = False  # its tests or examples are compiled
    weak: dict[str, set[str]] = field(default_factory=dict)  # `key?/feature`, for when key gets on
    links: dict[str, tuple[Dependency, Manifest]] = field(default_factory=dict)
    missing: dict[str, tuple[Dependency, str]] = field(default_factory=dict)  # with the reason


class Graph:
    """The packages that those of `roots` need; `holds` tells whether a `cfg(..)` or triple is ours."""

    def __init__(self, workspace: Workspace, holds: Callable[[str], bool]) -> None:
        self.workspace, self.holds = workspace, holds
        self.nodes: dict[str, Node] = {}

    def add_root(self, made: Manifest, wanted: Wanted, dev: bool) -> Node:
        node = self.node(made)
        node.dev = node.dev or dev
        if wanted.default:
            self.turn_on_default(node)
        names = [*wanted.features, *(all_features(made) if wanted.all else ())]
        for name in names:
            self.turn_on(node, name, None)
        self.visit(node)
        return node

    def node(self, made: Manifest) -> Node:
        found = self.nodes.get(made.path)
        if found is None:
            found = self.nodes[made.path] = Node(made)
        return found

    # -- features ---------------------------------------------------------------------------------

    def turn_on_default(self, node: Node) -> None:
        if "default" in node.manifest.features:
            self.turn_on(node, "default", None)

    def turn_on(self, node: Node, text: str, by: Optional[Manifest]) -> None:
        """`text` as it stands in a list of features of `node`; `by`: the package that asks for it from outside."""
        name, slash, inner = text.partition("/")
        if text.startswith("dep:"):
            self.activate(node, text[4:])
        elif slash:
            weak = name.endswith("?")
            key = name.removesuffix("?")
            if weak and key not in node.active and not self._always(node, key):
                node.weak.setdefault(key, set()).add(inner)
                return
            self.activate(node, key)
            self.visit(node)
            for found in self.targets_of(node, key):
                self.turn_on(self.node(found), inner, node.manifest)
        elif text not in node.features:
            known = node.manifest.features
            if text not in known and text not in implicit(node.manifest):
                raise CargoError(_unknown(node.manifest, text, by))
            node.features.add(text)
            for part in known.get(text, ()):
                self.turn_on(node, part, None)
            if text in implicit(node.manifest):
                self.activate(node, text)

    def activate(self, node: Node, key: str) -> None:
        """Turn an optional dependency on."""
        if not any(d.key == key for d in node.manifest.dependencies):
            raise CargoError(f"`{node.manifest.path}`: a feature names the dependency `{key}`, which there is not")
        if key not in node.active:
            node.active.add(key)
            self.visit(node)
            for feature in sorted(node.weak.pop(key, ())):
                self.turn_on(node, f"{key}/{feature}", None)

    def _always(self, node: Node, key: str) -> bool:
        return any(d.key == key and not d.optional for d in node.manifest.dependencies)

    # -- dependencies -----------------------------------------------------------------------------

    def used(self, node: Node) -> list[Dependency]:
        """The dependencies of `node` that are compiled; those of build scripts never are."""
        return [
            d for d in node.manifest.dependencies
            if (d.kind == "normal" or (d.kind == "dev" and node.dev)) and (not d.optional or d.key in node.active)
            and (d.target is None or self.holds(d.target))
        ]  # fmt: skip

    def targets_of(self, node: Node, key: str) -> list[Manifest]:
        names = [self.name(d) for d in self.used(node) if d.key == key]
        return [node.links[name][1] for name in names if name in node.links]

    def name(self, wanted: Dependency) -> str:
        return f"{wanted.kind} {wanted.key} {wanted.target}"

    def visit(self, node: Node) -> None:
        """Follow the dependencies that are on and were not followed yet."""
        for wanted in self.used(node):
            name = self.name(wanted)
            if name in node.links or name in node.missing:
                continue
            try:
                found = self.workspace.find(wanted, node.manifest)
            except Missing as reason:
                node.missing[name] = (wanted, str(reason))
                continue
            node.links[name] = (wanted, found)
            inner = self.node(found)
            if wanted.default_features:
                self.turn_on_default(inner)
            for feature in wanted.features:
                self.turn_on(inner, feature, node.manifest)
            self.visit(inner)


def implicit(made: Manifest) -> set[str]:
    """Optional dependencies that are features of their own name."""
    explicit = {part[4:] for parts in made.features.values() for part in parts if part.startswith("dep:")}
    return {d.key for d in made.dependencies if d.optional and d.key not in explicit}


def all_features(made: Manifest) -> list[str]:
    return sorted({*made.features, *implicit(made)})


def _unknown(made: Manifest, feature: str, by: Optional[Manifest]) -> str:
    who = f"package `{by.name}` depends on `{made.name}` with" if by is not None else f"package `{made.name}` has no"
    known = ", ".join(f"`{name}`" for name in all_features(made)) or "none"
    said = f"{who} feature `{feature}`" + (f" but `{made.name}` does not have that feature" if by is not None else "")
    return f"{said}, and it has {known}"
