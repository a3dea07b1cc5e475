"""Targets as crates: what each is compiled with and what it may name.

A path inside the workspace is relative to its root and is shown so, as Cargo has rustc show it; others are absolute.
To add a variable that `env!` sees: in `_env`.
"""

from __future__ import annotations

import os
from typing import Optional

from ..resolve.crates import CrateSource
from .features import Graph, Node, Wanted
from .manifest import CargoError, Manifest, Target
from .workspace import Workspace


class Plan:
    """The crates of some packages of a workspace; `dev`: with their tests and examples."""

    def __init__(self, workspace: Workspace, packages: list[Manifest], wanted: Wanted, dev: bool) -> None:
        self.workspace = workspace
        self.graph = Graph(workspace, _holds)
        for made in packages:
            if made.build_script is not None:
                raise CargoError(_build_script(made), unsupported=True)
            self.graph.add_root(made, _for_package(wanted, made, packages), dev)
        self._libs: dict[str, CrateSource] = {}

    @property
    def directory(self) -> str:
        """Where relative paths start."""
        return self.workspace.root

    def source(self, made: Manifest, target: Target) -> CrateSource:
        """A target of one of the packages."""
        node = self.graph.node(made)
        missing = [f for f in target.required if f not in node.features]
        if missing:
            names = " ".join(missing)
            raise CargoError(
                f"target `{target.name}` in package `{made.name}` requires the features: {', '.join(missing)}; "
                f'give `--features "{names}"`'
            )
        if target.kind == "lib":
            source = self._make(node, target)
            source.links.update(self._links(node, target.kind))
            return source
        source = self._make(node, target)
        source.links.update(self._links(node, target.kind))
        if made.lib is not None:
            source.links.setdefault(made.lib.crate, self.lib(node))
        return source

    def lib(self, node: Node) -> CrateSource:
        """The library of a package, for those who link it."""
        found = self._libs.get(node.manifest.path)
        if found is None:
            target = node.manifest.lib
            if target is None:
                raise CargoError(f"package `{node.manifest.name}` has no library, and another depends on it")
            found = self._libs[node.manifest.path] = self._make(node, target)
            if target.proc_macro:
                found.refused = f"unsupported: `{node.manifest.name}` is a procedural macro ({node.manifest.path})"
            elif node.manifest.build_script is not None:
                found.refused = _build_script(node.manifest)
            found.links.update(self._links(node, "lib dependency"))
        return found

    def _links(self, node: Node, kind: str) -> dict[str, CrateSource]:
        """What the code of a target may name: a library's own tests see dev-dependencies, its users do not."""
        out = {}
        for wanted, found in node.links.values():
            if wanted.kind == "normal" or kind != "lib dependency":
                lib = found.lib
                if lib is None:
                    raise CargoError(f"package `{node.manifest.name}` depends on `{found.name}`, which has no library")
                name = lib.crate if wanted.key == wanted.package else wanted.key.replace("-", "_")
                out[name] = self.lib(self.graph.node(found))
        for wanted, reason in node.missing.values():
            if wanted.kind == "normal" or kind != "lib dependency":
                name = wanted.key.replace("-", "_")
                out[name] = CrateSource(name, "", refused=reason)
        return out

    def _make(self, node: Node, target: Target) -> CrateSource:
        cfgs = tuple(f'feature="{name}"' for name in sorted(node.features))
        local = self.workspace.is_local(node.manifest)
        source = CrateSource(target.crate, self.shown(target.path), target.edition, cfgs, _env(node.manifest, target))
        source.is_local = local
        return source

    def shown(self, path: str) -> str:
        inside = path.startswith(self.workspace.root + os.sep)
        return os.path.relpath(path, self.workspace.root) if inside else path


def _for_package(wanted: Wanted, made: Manifest, packages: list[Manifest]) -> Wanted:
    """`--features` may say for which package: `name/feature`; a name that only others have is theirs."""
    chosen = []
    for text in wanted.features:
        name, slash, feature = text.partition("/")
        if slash and any(m.name == name for m in packages):
            chosen += [feature] if name == made.name else []
        elif len(packages) == 1 or _has(made, text) or not any(_has(m, text) for m in packages):
            chosen.append(text)
    return Wanted(tuple(chosen), wanted.all, wanted.default)


def _has(made: Manifest, feature: str) -> bool:
    from .features import all_features

    return feature in all_features(made)


def _build_script(made: Manifest) -> str:
    return f"unsupported: package `{made.name}` has a build script, which is not run ({made.build_script})"


def _env(made: Manifest, target: Target) -> dict[str, str]:
    """The variables that Cargo sets while it compiles a target."""
    out = run_env(made)
    out["CARGO_CRATE_NAME"] = target.crate
    if target.kind in ("bin", "example"):
        out["CARGO_BIN_NAME"] = target.name
    return out


def run_env(made: Manifest) -> dict[str, str]:
    """Those of them that a running program sees too."""
    package, version = made.package, made.version
    release, _, pre = version.partition("+")[0].partition("-")
    numbers = [*release.split("."), "", "", ""][:3]
    out = {
        "CARGO_MANIFEST_DIR": made.directory, "CARGO_MANIFEST_PATH": made.path, "CARGO_PKG_NAME": made.name,
        "CARGO_PKG_VERSION": version, "CARGO_PKG_VERSION_PRE": pre,
        "CARGO_PKG_AUTHORS": ":".join(package.get("authors", ())),
    }  # fmt: skip
    for part, number in zip(("MAJOR", "MINOR", "PATCH"), numbers):
        out[f"CARGO_PKG_VERSION_{part}"] = number
    for key in ("description", "homepage", "repository", "license", "license-file", "rust-version", "readme"):
        value = package.get(key)
        out[f"CARGO_PKG_{key.upper().replace('-', '_')}"] = value if isinstance(value, str) else ""
    return out


def _holds(target: str) -> bool:
    """Whether the target of `[target.'..'.dependencies]` is ours."""
    from ..base.span import DUMMY_SP, FileId, SourceFile
    from ..base.target import TRIPLE
    from ..expand.cfg import Config, evaluate, group_of
    from ..syntax import ast, lexer

    if not target.startswith("cfg("):
        return target == TRIPLE
    stream = lexer.lex(SourceFile(FileId(0), "Cargo.toml", target.encode()), 2021)
    return evaluate(group_of(ast.Attribute("cfg", stream[1:], False, DUMMY_SP)), Config(), DUMMY_SP)


def binary(packages: list[Manifest], name: Optional[str], example: Optional[str]) -> tuple[Manifest, Target]:
    """The target that `run` means."""
    if example is not None:
        return _named(packages, "example", example)
    if name is not None:
        return _named(packages, "bin", name)
    found = [(m, t) for m in packages for t in m.of_kind("bin")]
    preferred = [(m, t) for m, t in found if m.package.get("default-run") == t.name]
    chosen = preferred or found
    if len(chosen) == 1:
        return chosen[0]
    if not found:
        raise CargoError("a package that is run needs a `src/main.rs` or a `[[bin]]`; `--example NAME` runs an example")
    names = ", ".join(f"`{t.name}`" for _, t in found)
    raise CargoError(f"which program is to be run? Give `--bin NAME` (or `default-run` in Cargo.toml): {names}")


def _named(packages: list[Manifest], kind: str, name: str) -> tuple[Manifest, Target]:
    found = [(m, t) for m in packages for t in m.targets if t.kind == kind]
    for made, target in found:
        if target.name == name:
            return made, target
    names = ", ".join(f"`{t.name}`" for _, t in found) or "none"
    raise CargoError(f"no {kind} target named `{name}`; there is {names}")
