"""What futures keep is asked for when all bodies of a crate are built, crate by crate."""

from __future__ import annotations

from pathlib import Path

from interp.compilation import Compilation
from interp.resolve.crates import CrateSource

LIB = """
pub async fn tick() {}
pub fn need<T: Send>(_: T) {}
pub async fn held() { let shared = std::rc::Rc::new(1); tick().await; println!("{shared}"); }
pub fn inside() { need(async { tick().await }); }
"""
MAIN = """
fn main() {
    lib::inside();
    lib::need(async { let text = String::new(); lib::tick().await; println!("{text}"); });
    %s
}
"""


def check(folder: Path, more: str) -> list[str]:
    (folder / "lib.rs").write_text(LIB)
    (folder / "main.rs").write_text(MAIN % more)
    lib = CrateSource("lib", str(folder / "lib.rs"), 2021)
    found = Compilation(CrateSource("main", str(folder / "main.rs"), 2021, links={"lib": lib}))
    found.check()
    return [d.message for d in found.diagnostics]


def test_a_crate_that_links_one_with_futures(tmp_path: Path) -> None:
    assert not check(tmp_path, "")


def test_a_future_of_another_crate_is_known(tmp_path: Path) -> None:
    assert check(tmp_path, "lib::need(lib::held());") == ["future cannot be sent between threads safely"]


def test_a_future_that_is_moved_from_before_it_waits(tmp_path: Path) -> None:
    moved = "lib::need(async { let r = std::rc::Rc::new(1); drop(r); lib::tick().await; });"
    kept = "lib::need(async { let r = std::rc::Rc::new(1); lib::tick().await; drop(r); });"
    assert not check(tmp_path, moved)
    assert check(tmp_path, kept) == ["future cannot be sent between threads safely"]
