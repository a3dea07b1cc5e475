"""Cargo packages as the command line means them: which package, which target, compiled how.

To add an option: a field of `PackageOptions`, a line in `_package_options` of `cli.py`, and its use in `cargo/`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Optional, TextIO

from .cargo.features import Wanted
from .cargo.manifest import CargoError, Manifest, Target
from .cargo.plan import Plan, binary, run_env
from .cargo.workspace import Workspace
from .face import EXIT_UNSUPPORTED, RunOptions, Source, run_source
from .resolve.crates import file_source

EXIT_USAGE = 2


@dataclass(slots=True)
class PackageOptions:
    """`packages`: of a workspace; `features` may hold several names in one text, as Cargo allows."""

    packages: tuple[str, ...] = ()
    workspace: bool = False
    bin: Optional[str] = None
    example: Optional[str] = None
    features: tuple[str, ...] = ()
    all_features: bool = False
    no_default_features: bool = False
    vendor: Optional[str] = None
    tests: tuple[str, ...] = ()  # integration tests by name
    lib: bool = False
    doc: bool = False
    no_fail_fast: bool = field(default=False)

    @property
    def wanted(self) -> Wanted:
        names = tuple(name for text in self.features for name in text.replace(",", " ").split())
        return Wanted(names, self.all_features, not self.no_default_features)


def split_target(words: list[str]) -> tuple[str, list[str]]:
    """The file or package that the first word names, or the package here, and the other words."""
    if words and (os.path.exists(words[0]) or words[0].endswith((".rs", "Cargo.toml"))):
        return words[0], words[1:]
    if os.path.exists("Cargo.toml") or not words:
        return ".", words
    return words[0], words[1:]


def is_package(target: str) -> bool:
    return os.path.isdir(target) or os.path.basename(target) == "Cargo.toml"


def report_error(problem: CargoError, err: TextIO) -> int:
    err.write(f"error: {problem}\n")
    return EXIT_UNSUPPORTED if problem.unsupported else EXIT_USAGE


def run(words: list[str], options: RunOptions, package: PackageOptions, err: TextIO) -> int:
    """`interp run --no-store`: a file, or a program of a package."""
    found = find(words, options, package, err)
    return found if isinstance(found, int) else run_source(*found, options, err)


def find(
    words: list[str], options: RunOptions, package: PackageOptions, err: TextIO
) -> tuple[Source, list[str]] | int:
    """The program that the words name, and its arguments; the exit code after an error was printed."""
    target, args = split_target(words)
    if not is_package(target):
        return Source(file_source(target, options.edition, options.cfgs)), args
    try:
        workspace = Workspace(target, package.vendor)
        chosen = workspace.select(package.packages, package.workspace)
        made, wanted = binary(chosen, package.bin, package.example)
        plan = Plan(workspace, [made], package.wanted, dev=wanted.kind == "example")
        source = source_of(plan, made, wanted, options.cfgs)
    except CargoError as problem:
        return report_error(problem, err)
    options.envs = [*(f"{name}={value}" for name, value in run_env(made).items()), *options.envs]
    return source, args


def source_of(plan: Plan, made: Manifest, target: Target, cfgs: list[str]) -> Source:
    """What the face compiles for a target; the program sees itself where Cargo would have put it."""
    krate = plan.source(made, target)
    krate = replace(krate, cfgs=(*krate.cfgs, *cfgs))
    folder = "examples/" if target.kind == "example" else ""
    return Source(krate, plan.directory, f"target/debug/{folder}{target.name}")
