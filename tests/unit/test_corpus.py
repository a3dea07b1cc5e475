"""The corpus runner: what a program of a corpus is, how two ends are compared, what the report says."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.case import Case, find
from tests.corpus.execute import Ended, command_line
from tests.corpus.report import write
from tests.corpus.verdict import Verdict, judge

MAIN = Case("a", Path("/c/a.rs"), Path("/c"))


def test_files_are_programs_or_tests(tmp_path: Path) -> None:
    (tmp_path / "main.rs").write_text("//@ edition: 2018\nfn main() {}\n#[test]\nfn t() {}\n")
    (tmp_path / "tests.rs").write_text("#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {}\n}\n")
    (tmp_path / "gate.rs").write_text("#![feature(never_type)]\nfn main() {}\n")
    found = {case.name: case for case in find(tmp_path)}
    assert [(found[n].tests, found[n].edition) for n in ("main", "tests")] == [(False, "2018"), (True, "2021")]
    assert found["gate"].scope == "feature gate: never_type"
    assert command_line(found["main"])[0] == "run" and command_line(found["tests"])[0] == "test"


def test_what_rustc_refuses_is_told_apart() -> None:
    refused = Ended(1, b"", "error[E0499]: twice\n --> a.rs:1:1\n", compiled=False)
    runs = Ended(0, b"1\n", "")
    same = Ended(12, b"", "error[E0499]: twice\n --> a.rs:1:1\n\nerror: aborting", compiled=False)
    assert judge(MAIN, refused, runs) == Verdict("accepted", "natively: error[E0499]: twice --> a.rs:1:1", True)
    assert judge(MAIN, refused, same) == Verdict("same", "compile error: E0499", True)
    assert judge(MAIN, runs, runs) == Verdict("same")
    assert judge(MAIN, runs, Ended(0, b"2\n", "")).word == "different"
    assert judge(MAIN, runs, Ended(10, b"1\n", "error: Undefined Behavior: x\n --> a.rs:1:1\n")).word == "ub"


def test_a_report_names_what_remains(tmp_path: Path) -> None:
    page = tmp_path / "corpora.md"
    rows = [(MAIN, Verdict("same")), (Case("b", MAIN.source, MAIN.cwd), Verdict("different", "line 1|2")),
            (Case("c", MAIN.source, MAIN.cwd), Verdict("accepted", "E0499", True))]  # fmt: skip
    write(page, "Some", rows)
    write(page, "Other", rows[:1])
    write(page, "Some", rows)
    text = page.read_text()
    assert "1 of 2 programs (50.0 %) do what they should." in text
    assert "0 of 1 programs that rustc refuses (0.0 %)" in text
    assert "| b | different | line 1\\|2 |" in text and text.count("## Some") == 1
    assert "1 of 1 programs (100.0 %)" in text.partition("## Other")[2]
