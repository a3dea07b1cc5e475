"""Runs of packages: stopped, killed, resumed by number, by folder, from inside; a dependency that changed."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from .test_resume import Place

FILES = {
    "Cargo.toml": """
[package]
name = "demo"
version = "0.1.0"
edition = "2021"
[dependencies]
helper = { path = "helper" }
""",
    "helper/Cargo.toml": '[package]\nname = "helper"\nversion = "0.1.0"\nedition = "2021"\n',
    "helper/src/lib.rs": "pub fn twice(x: u64) -> u64 { x.wrapping_mul(2).wrapping_add(1) }\n",
    "src/deep.rs": "pub fn mix(i: u64) -> u64 { i.rotate_left(7) }\n",
    "src/main.rs": """
mod deep;
fn main() {
    let mut x = 1u64;
    for i in 0..5000u64 {
        x = helper::twice(x) ^ deep::mix(i);
        if i % 1000 == 0 { println!("{i} {x}"); }
    }
    println!("end {x}");
}
""",
}
EVERY = "--checkpoint-every=10000steps"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return made


def test_a_package_is_resumed(place: Place) -> None:
    assert place.run("--no-store", "demo") == 0
    expected = place.out.read_bytes()
    assert expected.startswith(b"0 3\n") and b"end " in expected
    for by in ([], ["demo"], ["3"]):
        place.out.write_bytes(b"")
        assert place.run(EVERY, "demo", fault="code:3") == -signal.SIGKILL
        assert place.run("--resume", EVERY, *by, fault="rows:2") == -signal.SIGKILL
        assert place.run("--resume", EVERY, *by) == 0
        assert place.out.read_bytes() == expected
    assert place.run("--resume", "demo") == 20


def test_from_inside_and_with_a_dependency_that_changed(place: Place) -> None:
    assert place.run("--no-store", "demo") == 0
    expected = place.out.read_bytes()
    place.folder /= "demo"
    place.out.write_bytes(b"")
    assert place.run("--max-steps=20000") == 13
    changed = place.folder / "helper/src/lib.rs"
    changed.write_text(changed.read_text() + "// more\n")
    assert place.run("--resume", ".") == 21
    assert "helper/src/lib.rs` has changed" in place.err and "`interp run " in place.err and "main.rs" not in place.err
    assert place.run("--resume", "--use-stored-source", ".") == 0
    assert place.out.read_bytes() == expected
