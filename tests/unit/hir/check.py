"""`check(body, hir)`: what the statements of a function become; `#id`s of locals are numbered in order of appearance."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

import re

from interp.hir import lower, print as hir_print, session, validate
from interp.ty.context import TyCtxt

_CORE = """#![no_core]
#[lang = "into_iter"] fn into_iter() {} #[lang = "next"] fn next() {} #[lang = "branch"] fn branch() {}
#[lang = "from_residual"] fn from_residual() {} #[lang = "range_inclusive_new"] fn range_inclusive_new() {}
enum Option { #[lang = "None"] None, #[lang = "Some"] Some(i32) }
enum ControlFlow { #[lang = "Continue"] Continue(i32), #[lang = "Break"] Break(i32) }
#[lang = "Range"] struct Range { start: i32, end: i32 } #[lang = "RangeFull"] struct RangeFull;
#[lang = "into_future"] fn into_future() {} #[lang = "poll"] fn poll() {} #[lang = "new_unchecked"] fn new_unchecked() {}
#[lang = "get_context"] fn get_context() {} enum Poll { #[lang = "Ready"] Ready(i32), #[lang = "Pending"] Pending }
#[lang = "format_arguments"] struct Arguments; #[lang = "format_argument"] struct Argument;
#[lang = "format_placeholder"] struct Placeholder; #[lang = "format_count"] enum Count { Is, Param, Implied }
#[lang = "format_alignment"] enum Alignment { Left, Right, Center, Unknown }
#[rustc_builtin_macro] macro_rules! format_args { () => {} }
#[rustc_builtin_macro] macro_rules! stringify { () => {} }
"""


def lowered(text: str, name: str = "f") -> tuple[TyCtxt, str]:
    tcx = session.new_session()
    root = session.load_crate(tcx, text=_CORE + text, name="main")
    session.lower_bodies(tcx, root.krate)
    owner = next(d for d in tcx.defs.table if d.name == name and d.kind in lower.BODY_KINDS)
    body = tcx.query("hir_body", owner.id)
    assert validate.problems(body) == []
    return tcx, hir_print.body_to_string(body)


def numbered(text: str) -> str:
    """Ids replaced by small numbers in order of appearance."""
    seen: dict[str, int] = {}
    return re.sub(r"(?<=[#'])(\d+)\b", lambda m: str(seen.setdefault(m[1], len(seen))), text)


def check(text: str, wanted: str, params: str = "", items: str = "") -> None:
    tcx, found = lowered(f"{items} fn f({params}) {{ {text} }}")
    assert [d.message for d in tcx.diag.emitted] == []
    body = numbered(found[found.index("{") :]).removeprefix("{ ").removesuffix(" }")
    assert body == wanted, body
