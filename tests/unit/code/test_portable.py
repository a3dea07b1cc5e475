"""Code of the library that outlives a session: a run asks and gets the same, whatever of it is stored."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

import pytest

from interp.code.linked import LinkedProgram
from interp.code.portable import PortableProgram
from interp.code.recorded import RecordedProgram
from interp.compilation import Compilation
from interp.machine.machine import Machine, MachineConfig
from interp.pack import Pack
from tests.conftest import ROOT

MAPS = """
use std::collections::HashMap;
use std::fmt::Debug;
struct Own(u8);
impl Drop for Own { fn drop(&mut self) { println!("dropped {}", self.0); } }
fn show(x: &dyn Debug) -> String { format!("{x:?}") }
fn main() {
    let mut map = HashMap::new();
    map.insert("a".to_string(), vec![1u8, 2]);
    let shared = std::sync::Arc::new(std::sync::Mutex::new(map));
    let other = shared.clone();
    std::thread::spawn(move || { other.lock().unwrap().entry("b".to_string()).or_default().push(3); }).join().unwrap();
    let map = shared.lock().unwrap();
    let mut names: Vec<_> = map.iter().collect();
    names.sort();
    println!("{} {:?} {}", show(&names), Some(2.5), i32::MAX.checked_add(1).is_none());
    drop(vec![Own(1), Own(2)]);
    let f: fn(&str) -> String = String::from;
    println!("{}", f("through a pointer"));
}
"""


class Kept(dict[Any, Any]):
    """A library in memory."""

    def get(self, kind: str, symbol: str) -> Optional[Any]:  # type: ignore[override]
        return dict.get(self, (kind, symbol))

    def put(self, kind: str, symbol: str, record: Any) -> None:
        self[kind, symbol] = record


class Output:
    def __init__(self) -> None:
        self.text = b""

    def write(self, fd: int, data: bytes) -> None:
        self.text += data

    def read(self, n: int) -> bytes:
        return b""


def run(text: str, library: Any) -> tuple[bytes, list[Any], PortableProgram]:
    """What a program prints, all that its machine asked with the answers, and the program."""
    compilation = Compilation("main.rs", 2021, text)
    assert compilation.check(), compilation.diagnostics
    program = PortableProgram(LinkedProgram(compilation.tcx, compilation.main()), library)
    recorded = RecordedProgram(lambda: program, program.entry, [])
    host = Output()
    outcome = Machine(recorded, MachineConfig(seed=3), host).run()  # type: ignore[arg-type]
    assert (outcome.kind, outcome.code) == ("exit", 0), outcome
    return host.text, recorded.log, program


@pytest.fixture(scope="module")
def plain() -> tuple[bytes, list[Any], PortableProgram]:
    return run(MAPS, None)


@pytest.fixture(scope="module")
def full() -> Kept:
    library = Kept()
    run(MAPS, library)
    return library


def test_only_the_librarys_own_code_is_stored(full: Kept) -> None:
    assert len(full) > 200
    named = [symbol for kind, symbol in full if kind in ("fn", "vtable")]
    assert not [symbol for symbol in named if "main::" in symbol]
    assert any(symbol.startswith("std::collections") or "HashMap" in symbol for symbol in named)


def test_stored_code_makes_no_difference(plain: tuple[bytes, list[Any], PortableProgram], full: Kept) -> None:
    text, log, program = run(MAPS, full)
    assert text == plain[0]
    assert log == plain[1]
    assert len(program.linker.codes) < len(plain[2].linker.codes) / 3  # that many were assembled for real


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_missing_is_made(seed: int, plain: tuple[bytes, list[Any], PortableProgram], full: Kept) -> None:
    chosen = random.Random(seed)
    part = Kept({key: value for key, value in full.items() if chosen.random() < 0.7})
    text, log, _ = run(MAPS, part)
    assert text == plain[0]
    assert log == plain[1]
    assert {key: part[key] for key in full if key in part} == {key: full[key] for key in full if key in part}


def test_a_pack_keeps_what_was_put(tmp_path: Path) -> None:
    path = tmp_path / "std.pack"
    pack = Pack(path)
    pack.put("fn", "a", (1, "x", [b"y"]))
    pack.save()
    other, third = Pack(path), Pack(path)
    other.put("fn", "b", 2)
    other.save()
    third.put("global", "a", 3)
    third.save()
    found = Pack(path)
    known = [found.get("fn", "a"), found.get("fn", "b"), found.get("global", "a"), found.get("fn", "c")]
    assert known == [(1, "x", [b"y"]), 2, 3, None]


def test_a_damaged_pack_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "std.pack"
    pack = Pack(path)
    pack.put("fn", "a", "text" * 10)
    pack.save()
    data = path.read_bytes()
    for at in range(0, len(data), 3):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        assert Pack(path).get("fn", "a") in (None, "text" * 10)
    for size in range(0, len(data), 5):
        path.write_bytes(data[:size])
        assert Pack(path).get("fn", "a") is None


def records(text: str, edition: int) -> Kept:
    """What a program puts into an empty library in its first three million steps; nothing if it does not compile."""
    library = Kept()
    compilation = Compilation("main.rs", edition, text)
    if compilation.check():
        program = PortableProgram(LinkedProgram(compilation.tcx, compilation.main()), library)
        recorded = RecordedProgram(lambda: program, program.entry, [])
        Machine(recorded, MachineConfig(seed=3), Output()).run(3_000_000)  # type: ignore[arg-type]
    return library


SEND_THEN_SYNC = """fn main() {
    std::panic::set_hook(Box::new(|_| ()));
    let _ = std::panic::catch_unwind(|| panic!("hooked"));
}"""
PANIC_ALONE = """fn main() { let _ = std::panic::catch_unwind(|| panic!("hooked")); }"""


def agree(programs: Iterable[tuple[str, str, int]]) -> int:
    """What several programs put into the library under one symbol is the same in each; how many records there are."""
    seen: dict[Any, tuple[str, Any]] = {}
    for name, text, edition in programs:
        for key, record in records(text, edition).items():
            first, known = seen.setdefault(key, (name, record))
            assert record == known, (key, first, name)
    return len(seen)


def test_programs_make_the_same_of_the_library() -> None:
    """In one of these the traits of `dyn Fn(..) + Send + Sync` are read in another order than in the other."""
    assert agree([("panic", PANIC_ALONE, 2021), ("hook", SEND_THEN_SYNC, 2021)]) > 200


@pytest.mark.slow
def test_all_programs_make_the_same_of_the_library() -> None:
    found = sorted((ROOT / "tests/ui/pass").rglob("*.rs"))
    texts = [(path.name, path.read_text()) for path in found]
    editions = [re.search(r"//@ flags:.*--edition (\d+)", text) for _, text in texts]
    programs = [(name, text, int(e[1]) if e else 2021) for (name, text), e in zip(texts, editions)]
    assert agree(programs) > 5_000
