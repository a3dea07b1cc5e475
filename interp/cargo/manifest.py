"""One `Cargo.toml` as data: the package, its targets, its dependencies, its features; and how its mistakes are said.

Targets that the manifest does not name are found where Cargo looks for them (`src/lib.rs`, `src/bin/*`, `tests/*` ..).
To add a key: a field, and where `read` fills it; what a workspace may pass on is in `workspace.py`.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from typing import Any, Literal, Optional

Table = dict[str, Any]
TargetKind = Literal["lib", "bin", "test", "example", "bench"]
DependencyKind = Literal["normal", "dev", "build"]
_SECTIONS: tuple[tuple[str, DependencyKind], ...] = (
    ("dependencies", "normal"), ("dev-dependencies", "dev"), ("build-dependencies", "build"),
)  # fmt: skip
_FOLDERS: dict[TargetKind, str] = {"bin": "src/bin", "test": "tests", "example": "examples", "bench": "benches"}


class CargoError(Exception):
    """What is wrong with a package or with what was asked of it, in a sentence; `unsupported`: we cannot, Cargo can."""

    def __init__(self, message: str, unsupported: bool = False) -> None:
        super().__init__(message)
        self.unsupported = unsupported


class Missing(CargoError):
    """A package that is not on this machine: no mistake before some code names it."""


@dataclass(slots=True)
class Target:
    """`path` is absolute; `harness`: tests are found and run for it, else it is a program with a `main`."""

    kind: TargetKind
    name: str
    path: str
    edition: int
    required: tuple[str, ...] = ()
    harness: bool = True
    test: bool = True
    doctest: bool = True
    proc_macro: bool = False

    @property
    def crate(self) -> str:
        return self.name.replace("-", "_")


@dataclass(slots=True)
class Dependency:
    """`key` is its name in the manifest, `package` the package's own; `target`: a `cfg(..)` or a triple, if it is
    for some platforms only; `path` is absolute."""

    key: str
    package: str
    kind: DependencyKind
    requirement: str = "*"
    path: Optional[str] = None
    git: Optional[str] = None
    optional: bool = False
    default_features: bool = True
    features: tuple[str, ...] = ()
    target: Optional[str] = None


@dataclass(slots=True)
class Manifest:
    """`package` is the table of that name, with what it inherits filled in."""

    path: str
    package: Table
    targets: list[Target] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)
    features: dict[str, list[str]] = field(default_factory=dict)
    build_script: Optional[str] = None

    @property
    def directory(self) -> str:
        return os.path.dirname(self.path)

    @property
    def name(self) -> str:
        return str(self.package["name"])

    @property
    def version(self) -> str:
        return str(self.package.get("version", "0.0.0"))

    @property
    def lib(self) -> Optional[Target]:
        return next((t for t in self.targets if t.kind == "lib"), None)

    def of_kind(self, kind: TargetKind) -> list[Target]:
        return [t for t in self.targets if t.kind == kind]


def load_toml(path: str) -> Table:
    """The tables of a file; a `CargoError` that says what is wrong with it."""
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as problem:
        raise CargoError(f"couldn't read `{path}`: {problem.strerror} (os error {problem.errno})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CargoError(f"couldn't parse `{path}`: {problem}") from None


def read(path: str, inherited: Table) -> Manifest:
    """The package in the `Cargo.toml` at `path`; `inherited` is the table `[workspace]` of its workspace."""
    tables = load_toml(path)
    package = _inherit(path, tables.get("package") or tables.get("project") or {}, inherited.get("package", {}))
    if not isinstance(package.get("name"), str):
        raise CargoError(f"`{path}` has no package: it needs a table `[package]` with a `name`")
    made = Manifest(path, package)
    made.features = {name: list(values) for name, values in tables.get("features", {}).items()}
    made.dependencies = list(_dependencies(made, tables, None, inherited.get("dependencies", {})))
    for target, inner in tables.get("target", {}).items():
        made.dependencies += _dependencies(made, inner, target, inherited.get("dependencies", {}))
    script = package.get("build", "build.rs")
    if script is not False and script is not True and os.path.exists(os.path.join(made.directory, script)):
        made.build_script = os.path.join(made.directory, script)
    made.targets = _targets(made, tables)
    return made


def _inherit(path: str, package: Table, workspace: Table) -> Table:
    """`version.workspace = true` and its like."""
    out = dict(package)
    for key, value in package.items():
        if isinstance(value, dict) and value.get("workspace") is True:
            if key not in workspace:
                raise CargoError(f"`{path}` inherits `package.{key}`, but `[workspace.package]` has no `{key}`")
            out[key] = workspace[key]
    return out


# -- dependencies ---------------------------------------------------------------------------------------------


def _dependencies(made: Manifest, tables: Table, target: Optional[str], workspace: Table) -> list[Dependency]:
    found = []
    for section, kind in _SECTIONS:
        for key, value in {**tables.get(section.replace("-", "_"), {}), **tables.get(section, {})}.items():
            found.append(_dependency(made, key, value, kind, target, workspace))
    return found


def _dependency(
    made: Manifest, key: str, value: Any, kind: DependencyKind, target: Optional[str], workspace: Table
) -> Dependency:
    table: Table = {"version": value} if isinstance(value, str) else dict(value)
    features = list(table.get("features", ()))
    if table.get("workspace") is True:
        if key not in workspace:
            raise CargoError(f"`{made.path}` inherits the dependency `{key}`, but `[workspace.dependencies]` has none")
        shared = workspace[key]
        shared = {"version": shared} if isinstance(shared, str) else dict(shared)
        features = [*shared.get("features", ()), *features]
        table = {**shared, **{k: v for k, v in table.items() if k in ("optional",)}}
    path = table.get("path")
    return Dependency(
        key, table.get("package", key), kind, table.get("version", "*"),
        os.path.normpath(os.path.join(made.directory, path)) if path is not None else None, table.get("git"),
        bool(table.get("optional")), table.get("default-features", table.get("default_features", True)) is not False,
        tuple(features), target,
    )  # fmt: skip


# -- targets --------------------------------------------------------------------------------------------------


def _targets(made: Manifest, tables: Table) -> list[Target]:
    found: list[Target] = []
    lib = tables.get("lib")
    default = os.path.join(made.directory, "src", "lib.rs")
    if lib is not None or (os.path.exists(default) and made.package.get("autolib", True)):
        found.append(_target(made, "lib", {"name": made.name.replace("-", "_"), "path": "src/lib.rs", **(lib or {})}))
    for kind in _FOLDERS:
        listed = [_target(made, kind, table) for table in tables.get(kind, ())]
        names, paths = {t.name for t in listed}, {t.path for t in listed}
        auto = made.package.get("auto" + ("benches" if kind == "bench" else kind + "s"), True)
        for name, path in _discovered(made, kind) if auto else ():
            if name not in names and path not in paths:
                listed.append(_target(made, kind, {"name": name, "path": path}))
        found += listed
    return found


def _target(made: Manifest, kind: TargetKind, table: Table) -> Target:
    name = table.get("name")
    if not isinstance(name, str):
        raise CargoError(f"`{made.path}`: a `[[{kind}]]` needs a `name`")
    path = table.get("path")
    if path is None:
        path = next((p for n, p in _discovered(made, kind) if n == name), None)
    if path is None and kind == "bin" and name == made.name:
        path = "src/main.rs"
    where = os.path.normpath(os.path.join(made.directory, path)) if path is not None else ""
    if not os.path.exists(where):
        raise CargoError(f"`{made.path}`: can't find the {kind} `{name}`; give its `path`")
    edition = table.get("edition", made.package.get("edition", "2015"))
    if edition not in ("2015", "2018", "2021", "2024"):
        raise CargoError(f"`{made.path}`: `{edition}` is no edition; it is 2015, 2018, 2021 or 2024")
    return Target(
        kind, name, where, int(edition), tuple(table.get("required-features", ())), table.get("harness", True),
        table.get("test", kind in ("lib", "bin", "test")), table.get("doctest", True),
        bool(table.get("proc-macro", table.get("proc_macro", False))) or "proc-macro" in table.get("crate-type", ()),
    )  # fmt: skip


def _discovered(made: Manifest, kind: TargetKind) -> list[tuple[str, str]]:
    """(name, path) of the files and folders that Cargo takes for targets."""
    found: list[tuple[str, str]] = []
    if kind == "bin" and os.path.exists(os.path.join(made.directory, "src", "main.rs")):
        found.append((made.name, os.path.join(made.directory, "src", "main.rs")))
    folder = os.path.join(made.directory, _FOLDERS[kind]) if kind in _FOLDERS else ""
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name)
        inner = os.path.join(path, "main.rs")
        if name.endswith(".rs") and os.path.isfile(path):
            found.append((name[:-3], path))
        elif os.path.isfile(inner):
            found.append((name, inner))
    return found
