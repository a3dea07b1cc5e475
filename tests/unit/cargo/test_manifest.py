"""Reading `Cargo.toml`: targets, dependencies, features, versions, mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from interp.cargo.features import Graph, Wanted
from interp.cargo.manifest import CargoError, Manifest
from interp.cargo.plan import Plan, _holds, binary
from interp.cargo.versions import matches
from interp.cargo.workspace import Workspace


def package(directory: Path, manifest: str = "", **files: str) -> Workspace:
    """A package `p` with `manifest` after its `[package]`; `src__lib` stands for `src/lib.rs`."""
    directory.mkdir(parents=True, exist_ok=True)
    head = "" if "[package]" in manifest else '[package]\nname = "p"\nversion = "1.0.0"\n'
    (directory / "Cargo.toml").write_text(head + manifest)
    for name, text in files.items():
        path = directory / (name.replace("__", "/") + ".rs")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Workspace(str(directory))


def only(workspace: Workspace) -> Manifest:
    (found,) = workspace.select(())
    return found


def test_targets_are_found_where_cargo_looks(tmp_path: Path) -> None:
    made = only(package(
        tmp_path, 'edition = "2018"\n[[bin]]\nname = "named"\npath = "elsewhere.rs"\nrequired-features = ["f"]\n',
        src__lib="", src__main="", src__bin__one="", src__bin__two__main="", tests__it="", tests__more__main="",
        tests__common__mod="", examples__e="", elsewhere="",
    ))  # fmt: skip
    found = [(t.kind, t.name, t.edition) for t in made.targets]
    assert found == [
        ("lib", "p", 2018), ("bin", "named", 2018), ("bin", "p", 2018), ("bin", "one", 2018), ("bin", "two", 2018),
        ("test", "it", 2018), ("test", "more", 2018), ("example", "e", 2018),
    ]  # fmt: skip
    assert made.of_kind("bin")[0].required == ("f",)


def test_the_edition_is_2015_unless_said(tmp_path: Path) -> None:
    assert only(package(tmp_path, src__lib="")).targets[0].edition == 2015


@pytest.mark.parametrize(("manifest", "message"), [
    ("[package]\n", "has no package: it needs a table `[package]` with a `name`"),
    ("[package\n", "couldn't parse"),
    ('edition = "2020"\n', "`2020` is no edition"),
    ("[lib]\n", "can't find the lib `p`"),
    ("[[bin]]\n", "a `[[bin]]` needs a `name`"),
    ('[package]\nname = "p"\nversion.workspace = true\n', "inherits `package.version`"),
    ('[dependencies]\nx = { workspace = true }\n', "inherits the dependency `x`"),
    ('[features]\na = ["b"]\n', ""),
])  # fmt: skip
def test_mistakes_are_said(tmp_path: Path, manifest: str, message: str) -> None:
    files = {} if "[lib]" in manifest else {"src__main": ""}
    if not message:
        made = package(tmp_path, manifest, **files)
        with pytest.raises(CargoError, match="package `p` has no feature `b`"):
            Plan(made, [only(made)], Wanted(("a",)), False)
        return
    with pytest.raises(CargoError) as found:
        only(package(tmp_path, manifest, **files))
    assert message in str(found.value)


def test_no_package(tmp_path: Path) -> None:
    with pytest.raises(CargoError, match="there is no"):
        Workspace(str(tmp_path))


def features(workspace: Workspace, wanted: Wanted, dev: bool = False) -> dict[str, set[str]]:
    graph = Graph(workspace, _holds)
    graph.add_root(only(workspace), wanted, dev)
    return {node.manifest.name: node.features for node in graph.nodes.values()}


DEPENDENT = """
[features]
default = ["one"]
one = ["two"]
two = []
heavy = ["dep:far"]
weak = ["far?/extra", "near/extra"]
[dependencies]
near = { path = "near", default-features = false }
far = { path = "far", optional = true }
plain = { path = "plain", optional = true }
[dev-dependencies]
testing = { path = "testing" }
[target.'cfg(all(unix, not(target_os = "macos")))'.dependencies]
here = { path = "here" }
[target.wasm32-unknown-unknown.dependencies]
there = { path = "there" }
"""


def dependent(directory: Path) -> Workspace:
    for name in ("near", "far", "plain", "testing", "here"):
        text = f'[package]\nname = "{name}"\n[features]\ndefault = ["basic"]\nbasic = []\nextra = []\n'
        package(directory / name, text, src__lib="")
    return package(directory, DEPENDENT, src__lib="")


def test_features_turn_on_features_and_dependencies(tmp_path: Path) -> None:
    made = dependent(tmp_path)
    basic = {"near": set(), "here": {"basic", "default"}}
    assert features(made, Wanted()) == {"p": {"default", "one", "two"}, **basic}
    assert features(made, Wanted(default=False)) == {"p": set(), **basic}
    assert features(made, Wanted(default=False), dev=True)["testing"] == {"default", "basic"}
    with_far = features(made, Wanted(("heavy",), default=False))
    assert (with_far["p"], with_far["far"]) == ({"heavy"}, {"default", "basic"})
    weak = features(made, Wanted(("weak",), default=False))
    assert weak == {"p": {"weak"}, "near": {"extra"}, "here": basic["here"]}
    for order in (("weak", "heavy"), ("heavy", "weak")):
        assert features(made, Wanted(order, default=False))["far"] == {"default", "basic", "extra"}
    assert features(made, Wanted(("plain",), default=False))["plain"] == {"default", "basic"}
    assert "there" not in features(made, Wanted(all=True))
    with pytest.raises(CargoError, match="has no feature `far`"):
        features(made, Wanted(("far",)))


def test_links_are_named_as_the_manifest_says(tmp_path: Path) -> None:
    package(tmp_path / "dep", '[package]\nname = "the-dep"\n[lib]\nname = "inside"\n', src__lib="")
    workspace = package(
        tmp_path, '[dependencies]\nthe-dep = { path = "dep" }\n', src__lib="", src__main="", tests__it=""
    )
    made = only(workspace)
    plan = Plan(workspace, [made], Wanted(), True)
    source = plan.source(made, binary([made], None, None)[1])
    assert (source.name, source.path, sorted(source.links)) == ("p", "src/main.rs", ["inside", "p"])
    assert source.links["p"].links["inside"] is source.links["inside"]
    (tmp_path / "Cargo.toml").write_text(
        '[package]\nname = "p"\n[dependencies]\nother-name = { package = "the-dep", path = "dep" }\n'
    )
    workspace = Workspace(str(tmp_path))
    plan = Plan(workspace, [only(workspace)], Wanted(), True)
    assert sorted(plan.source(only(workspace), only(workspace).targets[0]).links) == ["other_name"]


@pytest.mark.parametrize(("requirement", "yes", "no"), [
    ("1.2", ["1.2.0", "1.9.3"], ["1.1.9", "2.0.0", "1.3.0-alpha"]),
    ("^0.3.1", ["0.3.1", "0.3.9"], ["0.3.0", "0.4.0"]),
    ("0.0.3", ["0.0.3"], ["0.0.4"]),
    ("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0"]),
    ("~1", ["1.9.0"], ["2.0.0"]),
    ("=1.2.3", ["1.2.3"], ["1.2.4"]),
    (">=1.2, <1.5", ["1.2.0", "1.4.9"], ["1.5.0", "1.1.0"]),
    (">1", ["2.0.0"], ["1.5.0"]),
    ("1.*", ["1.0.0", "1.8.0"], ["2.0.0"]),
    ("*", ["0.0.1", "7.0.0"], []),
    ("1.0.0-beta.2", ["1.0.0-beta.11", "1.0.0"], ["1.0.0-beta.1"]),
])  # fmt: skip
def test_version_requirements(requirement: str, yes: list[str], no: list[str]) -> None:
    assert [v for v in yes if not matches(requirement, v)] == []
    assert [v for v in no if matches(requirement, v)] == []
