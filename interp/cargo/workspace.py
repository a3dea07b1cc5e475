"""Workspaces, and where packages are found: members, paths, and sources that were vendored.

Without a network a package from a registry or from git must lie in a folder of vendored sources: the one given, or the
one that `.cargo/config.toml` names, as `cargo vendor` writes it.
"""

from __future__ import annotations

import glob
import os
from typing import Optional

from .manifest import CargoError, Dependency, Manifest, Missing, Table, load_toml, read
from .versions import key_of, matches


class Workspace:
    """A workspace or a package alone, found from `directory` (or a `Cargo.toml`) upwards."""

    def __init__(self, directory: str, vendor: Optional[str] = None) -> None:
        start = os.path.abspath(directory)
        start = os.path.dirname(start) if os.path.basename(start) == "Cargo.toml" else start
        found = _upwards(start)
        if found is None:
            raise CargoError(f"there is no `Cargo.toml` in `{directory}` or above it; give a Rust file or a package")
        self.here = found  # of the package or workspace that was asked for
        self.root = _root_of(found)
        self.tables = load_toml(os.path.join(self.root, "Cargo.toml"))
        self.shared = _shared(self.root, self.tables)
        self._manifests: dict[str, Manifest] = {}
        self._vendored: Optional[dict[str, list[Manifest]]] = None
        self._broken: dict[str, str] = {}  # folder of a vendored package -> why it cannot be read
        self.vendor = os.path.abspath(vendor) if vendor is not None else self._configured_vendor()
        if vendor is not None and not os.path.isdir(vendor):
            raise CargoError(f"`{vendor}` is no directory of vendored sources")

    def manifest(self, directory: str) -> Manifest:
        path = os.path.normpath(os.path.join(directory, "Cargo.toml"))
        found = self._manifests.get(path)
        if found is None:
            found = self._manifests[path] = read(path, self._inherited(path))
        return found

    def _inherited(self, path: str) -> Table:
        """`[workspace]` of the workspace that the package at `path` belongs to."""
        root = _root_of(os.path.dirname(path))
        if root == self.root:
            return self.shared
        return _shared(root, load_toml(os.path.join(root, "Cargo.toml")))

    # -- members ----------------------------------------------------------------------------------

    def members(self) -> list[Manifest]:
        """All packages of the workspace, the root's first."""
        folders = [self.root] if "package" in self.tables else []
        if "workspace" in self.tables:
            excluded = {os.path.normpath(os.path.join(self.root, p)) for p in self.shared.get("exclude", ())}
            for pattern in self.shared.get("members", ()):
                for folder in sorted(glob.glob(os.path.join(self.root, pattern))):
                    folder = os.path.normpath(folder)
                    if os.path.exists(os.path.join(folder, "Cargo.toml")) and folder not in (*folders, *excluded):
                        folders.append(folder)
        return [self.manifest(folder) for folder in folders]

    def select(self, packages: tuple[str, ...], everything: bool = False) -> list[Manifest]:
        """The packages that a command is about: those named, or the one here, or the default members."""
        if packages:
            known = {m.name: m for m in self.members()}
            missing = [name for name in packages if name not in known]
            if missing:
                raise CargoError(f"package `{missing[0]}` is not in the workspace; it has {_and(sorted(known))}")
            return [known[name] for name in packages]
        if not everything and "package" in load_toml(os.path.join(self.here, "Cargo.toml")):
            return [self.manifest(self.here)]
        members, defaults = self.members(), self.shared.get("default-members")
        if defaults is None or everything:
            return members
        chosen = {os.path.normpath(f) for p in defaults for f in glob.glob(os.path.join(self.root, p))}
        return [m for m in members if m.directory in chosen]

    # -- dependencies -----------------------------------------------------------------------------

    def find(self, wanted: Dependency, by: Manifest) -> Manifest:
        """The package that a dependency of `by` means; `Missing` if it would have to be fetched."""
        patched = self._patch(wanted)
        folder = patched if patched is not None else wanted.path
        if folder is not None:
            if not os.path.exists(os.path.join(folder, "Cargo.toml")):
                raise CargoError(f"`{by.path}`: no Cargo.toml in `{folder}`, where `{wanted.key}` should be")
            found = self.manifest(folder)
            if found.name != wanted.package:
                raise CargoError(f"`{by.path}`: the package in `{folder}` is `{found.name}`, not `{wanted.package}`")
            return found
        candidates = self.vendored().get(wanted.package, [])
        fitting = [m for m in candidates if wanted.git or matches(wanted.requirement, m.version)]
        if fitting:
            return max(fitting, key=lambda m: key_of(m.version))
        raise Missing(self._missing(wanted, by, candidates))

    def _missing(self, wanted: Dependency, by: Manifest, candidates: list[Manifest]) -> str:
        whence = f"git ({wanted.git})" if wanted.git else "a registry"
        what = f"package `{by.name}` needs `{wanted.package}` {wanted.requirement} from {whence}"
        if candidates:
            have = _and([m.version for m in candidates])
            return f"{what}, but the vendored sources in `{self.vendor}` have {have}"
        if self.vendor is not None:
            for folder, problem in self._broken.items():
                if folder == wanted.package or folder.startswith(wanted.package + "-"):
                    return f"{what}, and what is vendored cannot be read: {problem}"
            return f"{what}, and it is not among the vendored sources in `{self.vendor}`"
        return f"{what}, and there is no network here; run `cargo vendor DIR` elsewhere and give `--vendor DIR`"

    def _patch(self, wanted: Dependency) -> Optional[str]:
        """`[patch.crates-io]` and its like, with a path."""
        for table in self.tables.get("patch", {}).values():
            for key, value in table.items():
                if isinstance(value, dict) and value.get("package", key) == wanted.package and "path" in value:
                    return os.path.normpath(os.path.join(self.root, value["path"]))
        return None

    def vendored(self) -> dict[str, list[Manifest]]:
        """The vendored packages by name."""
        if self._vendored is None:
            self._vendored = {}
            for name in sorted(os.listdir(self.vendor)) if self.vendor is not None else ():
                folder = os.path.join(self.vendor or "", name)
                if not os.path.exists(os.path.join(folder, "Cargo.toml")):
                    continue
                try:
                    found = self.manifest(folder)
                except CargoError as problem:  # of no concern before somebody needs the package
                    self._broken[name] = str(problem)
                    continue
                self._vendored.setdefault(found.name, []).append(found)
        return self._vendored

    def is_local(self, made: Manifest) -> bool:
        """Whether it is the user's own, not vendored."""
        return self.vendor is None or not made.path.startswith(self.vendor + os.sep)

    def _configured_vendor(self) -> Optional[str]:
        """`[source.vendored-sources] directory = ".."` in `.cargo/config.toml`."""
        path = os.path.join(self.root, ".cargo", "config.toml")
        if not os.path.exists(path):
            return None
        for source in load_toml(path).get("source", {}).values():
            if isinstance(source, dict) and "directory" in source:
                folder = os.path.join(self.root, source["directory"])
                return os.path.normpath(folder) if os.path.isdir(folder) else None
        return None


def _shared(root: str, tables: Table) -> Table:
    """`[workspace]`, with paths that mean the same in every member."""
    found: Table = dict(tables.get("workspace", {}))
    dependencies = {}
    for key, value in found.get("dependencies", {}).items():
        inner = isinstance(value, dict) and "path" in value
        dependencies[key] = {**value, "path": os.path.join(root, value["path"])} if inner else value
    found["dependencies"] = dependencies
    return found


def _upwards(directory: str) -> Optional[str]:
    """The nearest directory with a `Cargo.toml`."""
    while not os.path.exists(os.path.join(directory, "Cargo.toml")):
        directory, below = os.path.dirname(directory), directory
        if directory == below:
            return None
    return directory


def _root_of(directory: str) -> str:
    """The root of the workspace that has the package in `directory`, or `directory`."""
    tables = load_toml(os.path.join(directory, "Cargo.toml"))
    if "workspace" in tables:
        return directory
    named = tables.get("package", {}).get("workspace")
    if isinstance(named, str):
        return os.path.normpath(os.path.join(directory, named))
    at = os.path.dirname(directory)
    while (found := _upwards(at)) is not None:
        shared = load_toml(os.path.join(found, "Cargo.toml")).get("workspace")
        if shared is not None:
            patterns = [os.path.join(found, p) for p in shared.get("members", ())]
            inside = any(directory == os.path.normpath(f) for p in patterns for f in glob.glob(p))
            return found if inside or _is_path_dependency(found, directory) else directory
        if os.path.dirname(found) == found:
            break
        at = os.path.dirname(found)
    return directory


def _is_path_dependency(root: str, directory: str) -> bool:
    """Path dependencies of the root package that lie inside the workspace are members too."""
    tables = load_toml(os.path.join(root, "Cargo.toml"))
    for section in ("dependencies", "dev-dependencies", "build-dependencies"):
        for value in tables.get(section, {}).values():
            if isinstance(value, dict) and "path" in value:
                if os.path.normpath(os.path.join(root, value["path"])) == directory:
                    return True
    return False


def _and(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"
