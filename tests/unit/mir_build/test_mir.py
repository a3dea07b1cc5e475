"""MIR of small programs after drop elaboration: well-formed, and with just the drops, flags and promoteds needed."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest

from interp.base.diagnostics import CompileError
from interp.compilation import Compilation
from interp.mir import body as mir
from interp.mir.body import Body
from interp.mir.validate import validate

PASS = Path(__file__).parents[2] / "ui" / "pass"
TYPES = "struct D(u32); impl Drop for D { fn drop(&mut self) {} } fn eat(_: D) {} fn main() {}\n"


def bodies(path: Path) -> Iterator[Body]:
    """Every elaborated body of the program at `path`: functions, closures, promoteds."""
    compilation = Compilation(str(path), 2021)
    if not compilation.check():
        raise CompileError(*compilation.diagnostics)
    for def_id in compilation.bodies():
        for each in (def_id, *compilation.tcx.query("typeck", def_id).closures):
            body = compilation.tcx.query("mir_of", each)
            yield from (body, *body.promoted)


def check(tmp_path: Path, source: str, name: str = "f") -> Body:
    """The body of function `name`; every body must be well-formed."""
    path = tmp_path / "program.rs"
    path.write_text(TYPES + source)
    found = None
    compilation = Compilation(str(path), 2021)
    if not compilation.check():
        raise CompileError(*compilation.diagnostics)
    for def_id in compilation.bodies():
        body = compilation.tcx.query("mir_of", def_id)
        validate(body)
        if compilation.tcx.def_data(def_id).name == name:
            found = body
    assert found is not None
    return found


def drops(body: Body) -> int:
    """How many values are dropped on the normal way."""
    return sum(isinstance(b.terminator, mir.Drop) and not b.is_cleanup for b in body.blocks)


def flags(body: Body) -> int:
    """How many bools decide about drops."""
    switches = [b.terminator.discr for b in body.blocks if isinstance(b.terminator, mir.SwitchInt) and not b.is_cleanup]
    return len({d.place.local for d in switches if not isinstance(d, mir.Constant)})


def dropped(body: Body) -> list[mir.ProjectionElem]:
    """The first step of the places dropped on a straight way through `body`, in order."""
    out = []
    end = body.blocks[0].terminator
    while not isinstance(end, mir.Return):
        if isinstance(end, mir.Drop) and end.place.projection:
            out.append(end.place.projection[0])
        assert isinstance(end, (mir.Drop, mir.Call, mir.Goto)) and end.target is not None
        end = body.blocks[end.target].terminator
    return out


@pytest.mark.parametrize("name", ["drop_moves", "match_guards", "closure_captures"])
def test_whole_programs_are_well_formed(name: str) -> None:
    count = 0
    for body in bodies(PASS / f"{name}.rs"):
        validate(body)
        count += 1
    assert count > 5


def test_a_moved_value_is_not_dropped(tmp_path: Path) -> None:
    body = check(tmp_path, "fn f(d: D) { eat(d); }")
    assert drops(body) == 0 and flags(body) == 0


def test_a_value_is_dropped_once(tmp_path: Path) -> None:
    assert drops(check(tmp_path, "fn f(d: D) { let _x = 1; }")) == 1


def test_a_conditional_move_needs_a_flag(tmp_path: Path) -> None:
    body = check(tmp_path, "fn f(c: bool, d: D) { if c { eat(d); } }")
    assert drops(body) == 1 and flags(body) == 2  # `c` and the flag


def test_what_is_left_of_a_tuple_is_dropped(tmp_path: Path) -> None:
    body = check(tmp_path, "fn f(t: (D, D, D)) { eat(t.1); }")
    assert [e.index for e in dropped(body)] == [0, 2]  # type: ignore[union-attr]


def test_an_opened_array_is_dropped_from_its_end(tmp_path: Path) -> None:
    body = check(tmp_path, "fn f(a: [D; 4]) { let [_, x, ..] = a; eat(x); }")
    assert [e.offset for e in dropped(body)] == [2, 3, 0]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value, promoted",
    [("&5", 1), ("&(1, [2])", 1), ("&K", 1), ("&A[1]", 1), ("&D(1)", 0), ("&n", 0), ("&std::cell::Cell::new(1)", 0)],
)
def test_promotion(tmp_path: Path, value: str, promoted: int) -> None:
    body = check(tmp_path, f"const K: u8 = 3; const A: [u8; 2] = [1, 2]; fn f(n: u8) {{ let _r = {value}; }}")
    assert len(body.promoted) == promoted


@pytest.mark.parametrize(
    "source, code",
    [
        ("fn f(d: D) { eat(d); eat(d); }", "E0382"),
        ("fn f() -> u8 { let x: u8; x }", "E0381"),
        ("fn f(d: &D) { eat(*d); }", "E0507"),
        ("fn f(d: [D; 2], i: usize) { eat(d[i]); }", "E0508"),
        ("struct E(D); impl Drop for E { fn drop(&mut self) {} } fn f(e: E) { eat(e.0); }", "E0509"),
    ],
)
def test_move_errors(tmp_path: Path, source: str, code: str) -> None:
    with pytest.raises(CompileError) as failure:
        check(tmp_path, source)
    assert [d.code for d in failure.value.diagnostics if d.level == "error"] == [code]
