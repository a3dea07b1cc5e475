"""The tests of a crate that did not change are not compiled again, and end as before."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from interp.face import Source
from interp.harness.runner import Limits
from interp.harness.suite import SuiteOptions
from interp.kept_tests import KeptTests
from interp.resolve.crates import file_source
from interp.testing import test_crate as run_crate

TEXT = """
use std::collections::HashMap;
static GREETING: &str = "hello";
fn twice<T: Clone>(x: T) -> (T, T) { (x.clone(), x) }
#[test] fn maps() { let m: HashMap<_, _> = [(1, "a"), (2, "b")].into(); assert_eq!(m[&2], "b"); }
#[test] fn generic() { let f: fn(u8) -> (u8, u8) = twice; assert_eq!(f(NUMBER), (NUMBER, NUMBER)); }
#[test]
fn shown() { let x: Box<dyn std::fmt::Debug> = Box::new(twice(GREETING)); println!("{x:?}"); panic!("{}", 1 + 1); }
#[test] #[should_panic(expected = "overflow")] fn overflows() { let x = [255u8]; let _ = x[0] + 1; }
const NUMBER: u8 = 3;
"""


class Crate:
    """One file, and what running its tests prints (times aside)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "main.rs"
        self.path.write_text(TEXT)

    @property
    def source(self) -> Source:
        return Source(file_source(str(self.path), 2021, ("test",)))

    def kept(self) -> KeptTests:
        return KeptTests(self.source, io.StringIO())

    def run(self, *filters: str) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        source = Source(file_source(str(self.path)))
        code = run_crate(source, SuiteOptions(list(filters), threads=0), Limits(), out, err)
        assert not err.getvalue()
        return code, re.sub(r"finished in [\d.]+s", "", out.getvalue())


@pytest.fixture
def crate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crate:
    monkeypatch.setenv("INTERP_CACHE_DIR", str(tmp_path / "cache"))
    return Crate(tmp_path)


def test_an_unchanged_crate_is_not_compiled(crate: Crate, monkeypatch: pytest.MonkeyPatch) -> None:
    first = crate.run()
    assert first[0] == 101 and "3 passed; 1 failed" in first[1] and '("hello", "hello")' in first[1]

    def refuse(*args: object) -> None:
        raise AssertionError("it was compiled")

    monkeypatch.setattr("interp.kept_tests.compile_source", refuse)
    assert crate.run() == first


def test_a_changed_crate_is(crate: Crate) -> None:
    assert "3 passed" in crate.run()[1]
    crate.path.write_text(TEXT.replace("(NUMBER, NUMBER)", "(NUMBER, 4)"))
    code, text = crate.run()
    assert code == 101 and "2 passed; 2 failed" in text


def test_a_test_that_did_not_run_yet_is_compiled(crate: Crate) -> None:
    crate.run("maps")
    kept = crate.kept()
    maps, others = [c for c in kept.cases if c.name == "maps"], [c for c in kept.cases if c.name != "maps"]
    kept.prepare(maps)
    assert kept.compilation is None
    kept.prepare(others)
    assert kept.compilation is not None
    assert "3 passed; 1 failed" in crate.run()[1]


def test_missing_records_are_made(crate: Crate) -> None:
    first = crate.run()
    kept = crate.kept()
    for kind, symbol in list(kept.own.index):
        if kind != "ran" and len(symbol) % 3 == 0:
            del kept.own.index[kind, symbol]
    case = next(case for case in kept.cases if case.name == "generic")
    program = kept.program(case)
    assert program.linked is None
    from interp.harness.runner import run_case

    assert run_case(case, program, 0, Limits(), kept.source_map).status == "ok"
    assert crate.run() == first
