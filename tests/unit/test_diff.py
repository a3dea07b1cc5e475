"""The differential tester finds a planted fault and shrinks the program that shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.fuzz import diff, stmts

MODULE = """\
pub struct S { pub f: u8 }
fn helper(x: u32) -> u32 {
    x / 2
}
pub fn run() {
    let a = helper(9);
    for i in 0..3u32 {
        if i > 0 {
            let b = i.wrapping_add(7);
            println!("{}", b);
        }
    }
    let c = S { f: 3 };
    println!("{} {}", c.f, a);
}
""".splitlines()


def test_what_does_not_matter_goes() -> None:
    tried: list[list[str]] = []

    def differs(lines: list[str]) -> bool:
        tried.append(lines)
        return any("wrapping_add" in line for line in lines)

    left = diff.shrunk(MODULE, differs)
    assert [line.strip() for line in left] == ["pub fn run() {", "let b = i.wrapping_add(7);", "}"]
    assert all(diff._balanced(lines) for lines in tried)


def test_shrinking_ends_when_nothing_can_go() -> None:
    assert diff.shrunk(MODULE, lambda lines: False) == MODULE


def test_programs_come_of_their_numbers() -> None:
    assert stmts.program(17) == stmts.program(17) != stmts.program(18)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("rustc") is None, reason="compares with rustc, which is not on the PATH")
def test_a_planted_operator_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "PLANT", lambda text: text.replace("wrapping_add", "wrapping_sub"))
    tester = diff.Tester(tmp_path, 20.0, shrink=True)
    tester.run({1: MODULE, 2: ["pub fn run() { println!(\"{}\", 5); }"]})
    assert (tester.wrong, tester.same) == ([1], 1)
    body = (tmp_path / "1.rs").read_text().partition("mod p1")[2].partition("fn main")[0]
    assert "wrapping_add" in body and "helper" not in body and "struct S" not in body
    assert len(body.splitlines()) <= 9
