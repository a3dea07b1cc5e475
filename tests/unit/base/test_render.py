"""Diagnostics as text: every layout, as rustc 1.95 prints it."""

from __future__ import annotations

import textwrap

import pytest

from interp.base.diagnostics import Diagnostic, Label, error, warning
from interp.base.render import render, render_all
from interp.base.span import DUMMY_SP, SourceMap, Span, mk_span, with_ctxt

SOURCE = """\
fn f(a: u8, b: u8) -> String {
    let x: u8 = "a";
    match a {
        1 => 2,
        2 => {
            "a"
        }
        _ => 3,
    }
}

\tlet tab = "日本" + y;
fn g() {
    one;

    two;
    three(
        a,
        b,
        c,
        d,
        e,
    );
}
"""


class Case:
    """A source map with one file, and spans by the text they cover."""

    def __init__(self, text: str = SOURCE, name: str = "a.rs") -> None:
        self.sm = SourceMap()
        self.file = self.sm.add(name, text.encode())
        self.text = text

    def span(self, first: str, last: str = "", skip: int = 0) -> Span:
        lo = -1
        for _ in range(skip + 1):
            lo = self.text.index(first, lo + 1)
        hi = self.text.index(last, lo) + len(last) if last else lo + len(first)
        return mk_span(self.file.file, len(self.text[:lo].encode()), len(self.text[:hi].encode()))

    def check(self, diagnostic: Diagnostic, expected: str) -> None:
        assert render(diagnostic, self.sm) == textwrap.dedent(expected).lstrip("\n")


@pytest.fixture
def case() -> Case:
    return Case()


def test_one_label(case: Case) -> None:
    case.check(
        error(case.span('"a"'), "mismatched types", "E0308", "expected `u8`, found `&str`"),
        """
        error[E0308]: mismatched types
         --> a.rs:2:17
          |
        2 |     let x: u8 = "a";
          |                 ^^^ expected `u8`, found `&str`
        """,
    )


def test_two_labels_on_a_line(case: Case) -> None:
    d = error(case.span('"a"'), "mismatched types", "E0308", "expected `u8`, found `&str`")
    case.check(
        d.label(case.span("u8 ="[:2], skip=2), "expected due to this"),
        """
        error[E0308]: mismatched types
         --> a.rs:2:17
          |
        2 |     let x: u8 = "a";
          |            --   ^^^ expected `u8`, found `&str`
          |            |
          |            expected due to this
        """,
    )


def test_lines_between(case: Case) -> None:
    d = error(case.span("two"), "m", "", "second").label(case.span("one"), "first")
    case.check(
        d.label(case.span("fn g"), "far"),
        """
        error: m
          --> a.rs:16:5
           |
        13 | fn g() {
           | ---- far
        14 |     one;
           |     --- first
        15 |
        16 |     two;
           |     ^^^ second
        """,
    )


def test_a_gap(case: Case) -> None:
    d = error(case.span("three"), "m").label(case.span("fn f"), "first")
    case.check(
        d.note("one line").help("two\nlines"),
        """
        error: m
          --> a.rs:17:5
           |
         1 | fn f(a: u8, b: u8) -> String {
           | ---- first
        ...
        17 |     three(
           |     ^^^^^
           |
           = note: one line
           = help: two
                   lines
        """,
    )


def test_a_span_of_several_lines(case: Case) -> None:
    case.check(
        error(case.span("match a", "    }\n}"[:5], 0), "mismatched types", "E0308", "here"),
        """
        error[E0308]: mismatched types
         --> a.rs:3:5
          |
        3 | /     match a {
        4 | |         1 => 2,
        5 | |         2 => {
        6 | |             "a"
        7 | |         }
          | |_________^ here
        """,
    )


def test_a_long_span_is_cut(case: Case) -> None:
    d = error(case.span("three(", ");"), "m", "", "all of it")
    case.check(
        d.label(case.span("three"), "this"),
        """
        error: m
          --> a.rs:17:5
           |
        17 |       three(
           |       ^----
           |       |
           |  _____this
           | |
        18 | |         a,
        19 | |         b,
        20 | |         c,
        21 | |         d,
        22 | |         e,
        23 | |     );
           | |______^ all of it
        """,
    )


def test_columns_of_tabs_and_wide_characters(case: Case) -> None:
    case.check(
        error(case.span("y;"[:1], skip=0), "m"),
        """
        error: m
          --> a.rs:12:19
           |
        12 |     let tab = "日本" + y;
           |                        ^
        """,
    )


def test_overlapping_labels(case: Case) -> None:
    d = error(case.span("a: u8, b: u8"), "m", "", "both")
    d.label(case.span("a: u8"), "left")
    case.check(
        d.label(case.span("b: u8"), "right"),
        """
        error: m
         --> a.rs:1:6
          |
        1 | fn f(a: u8, b: u8) -> String {
          |      -----^^-----
          |      |      |
          |      |      right
          |      both
          |      left
        """,
    )


def test_an_empty_span_is_one_column_wide(case: Case) -> None:
    here = case.span("one")
    case.check(
        error(Span(here & ~0xFFFFFF | (here >> 24) & 0xFFFFFF), "m", "", "help: add `;` here"),
        """
        error: m
          --> a.rs:14:5
           |
        14 |     one;
           |     ^ help: add `;` here
        """,
    )


def test_other_files_come_after_the_primary_one(case: Case) -> None:
    other = case.sm.add("b.rs", b"struct S;\n")
    d = error(case.span("one"), "m", "", "used").label(mk_span(other.file, 7, 8), "defined")
    case.check(
        d.note("n"),
        """
        error: m
          --> a.rs:14:5
           |
        14 |     one;
           |     ^^^ used
           |
          ::: b.rs:1:8
           |
         1 | struct S;
           |        - defined
           |
           = note: n
        """,
    )


def test_no_place(case: Case) -> None:
    case.check(Diagnostic("error", "no `main`", "E0601").note("n"), "error[E0601]: no `main`\nnote: n\n")
    case.check(error(DUMMY_SP, "m"), "error: m\n")


def test_macro_spans_are_shown_at_the_call(case: Case) -> None:
    backtrace = "(in Nightly builds, run with -Z macro-backtrace for more info)"
    outer = case.sm.fresh_expansion(case.span("one"), "outer!"[:5], 1)
    inner = case.sm.fresh_expansion(with_ctxt(case.span("fn f"), outer), "inner", 2)
    case.check(
        error(with_ctxt(case.span('"a"'), inner), "m", "", "in here"),
        f"""
        error: m
          --> a.rs:14:5
           |
        14 |     one;
           |     ^^^ in here
           |
           = note: this error originates in the macro `outer` {backtrace}
        """,
    )


def test_the_end_of_the_file() -> None:
    case = Case("fn f() {\n")
    d = error(mk_span(1, 9, 9), "this file contains an unclosed delimiter")
    case.check(
        d.label(case.span("{"), "unclosed delimiter"),
        """
        error: this file contains an unclosed delimiter
         --> a.rs:1:10
          |
        1 | fn f() {
          |        -^
          |        |
          |        unclosed delimiter
        """,
    )


def test_several_and_their_count(case: Case) -> None:
    one, two = error(case.span("one"), "m", "E0308"), error(case.span("two"), "n", "E0425")
    text = render_all([one, two, warning(case.span("two"), "w")], case.sm)
    assert text.endswith(
        "\nerror: aborting due to 2 previous errors; 1 warning emitted\n\n"
        "Some errors have detailed explanations: E0308, E0425.\n"
        "For more information about an error, try `interp explain E0308`.\n"
    )
    assert text.count("\n\n") == 4
    one_only = render_all([one], case.sm)
    assert one_only.endswith(
        "error: aborting due to 1 previous error\n\n"
        "For more information about this error, try `interp explain E0308`.\n"
    )
    assert render_all([warning(case.span("two"), "w")], case.sm).endswith("\nwarning: 1 warning emitted\n")
    assert render_all([], case.sm) == ""


def test_long_and_deep_lines_are_cut() -> None:
    case = Case(" " * 40 + 'let x: u8 = "a";\n' + "let " + "a" * 100 + " = 1; let y = 2; let " + "b" * 100 + " = 3;\n")
    case.check(
        error(case.span('"a"'), "m", "", "here"),
        """
        error: m
         --> a.rs:1:53
          |
        1 | ...                   let x: u8 = "a";
          |                                   ^^^ here
        """,
    )
    lines = render(error(case.span("y"), "m", "", "here"), case.sm).splitlines()
    assert len(lines[3]) == 140
    assert lines[3].startswith("2 | let aaa")
    assert lines[3].endswith("bbb...")
    assert lines[4].index("^") == lines[3].index("y")


def test_colour_changes_nothing_but_colour(case: Case) -> None:
    d = error(case.span("match a", "}"), "m", "E0308", "here").label(case.span("one"), "x").note("n").help("h")
    plain, coloured = render(d, case.sm), render(d, case.sm, color=True)
    assert "\x1b[" in coloured
    while "\x1b[" in coloured:
        start = coloured.index("\x1b[")
        coloured = coloured[:start] + coloured[coloured.index("m", start) + 1 :]
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


def test_labels_that_say_nothing_new_are_dropped(case: Case) -> None:
    d = error(case.span("one"), "m", "", "x")
    d.labels.append(Label(case.span("one"), "", False))
    d.labels.append(Label(case.span("one"), "x", True))
    assert render(d, case.sm).count("^^^") == 1
