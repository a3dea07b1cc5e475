"""A program has no way to the host but its streams, its arguments and what `--env` opens.

Three ways to see it: the machine's code imports what computes and nothing else; while a program runs, Python's audit
events tell of nothing but memory and the library's sources; and programs that try get errors.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

MACHINE = sorted((ROOT / "interp/machine").glob("*.py"))
# nothing in these opens, starts or asks the host for anything
PURE = {
    "__future__", "abc", "array", "bisect", "collections", "collections.abc", "contextlib", "cython", "dataclasses",
    "decimal", "fractions", "functools", "gc", "hashlib", "heapq", "itertools", "json", "math", "operator", "re",
    "struct", "typing",
}  # fmt: skip
# what does its work before a program's first step: which engine is there, and what the interpreter's own files hash to
BEFORE = {
    "engines.py": {"ast", "importlib", "importlib.util", "os", "pathlib", "sys", "types"},
    "fingerprint.py": {"os", "pathlib"},
}
OPENING = {"open", "eval", "exec", "compile", "__import__", "input", "breakpoint"}


@pytest.mark.parametrize("path", MACHINE, ids=lambda p: p.name)
def test_the_machine_imports_what_computes(path: Path) -> None:
    imported, called = set(), set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(node.module or "")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
    assert imported <= PURE | BEFORE.get(path.name, set())
    assert path.name in BEFORE or not called & OPENING


WATCH = """
import json, sys
sys.path.insert(0, sys.argv[1])
import cli
from interp.machine.machine import Machine
seen, running, run = set(), [], Machine.run
def hook(name, args):
    if running:
        seen.add((name, *(repr(a) for a in args[:2] if name == "open")))
def watched(self, *args):
    running.append(self)
    try:
        return run(self, *args)
    finally:
        running.clear()
sys.addaudithook(hook)
Machine.run = watched
try:
    cli.main(sys.argv[2:])
finally:
    sys.stderr.write("\\n" + json.dumps(sorted(seen)))
"""
USES_ALL = """
use std::io::{Read, Write};
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let length = std::thread::spawn(move || text.len()).join().unwrap();
    let mut map = std::collections::HashMap::new();
    map.insert(std::env::args().count(), std::time::Instant::now());
    let caught = std::panic::catch_unwind(|| panic!("caught")).is_err();
    std::io::stderr().write_all(b"to stderr\\n").unwrap();
    println!("{length} {} {caught} {:?} {}", map.len(), std::env::var("SECRET"), main as fn() as usize != 0);
    std::process::exit(3);
}
"""
# of Python itself, none of which leaves the process
INSIDE = {"array.__new__", "builtins.id", "compile", "exec", "import", "marshal.dumps", "marshal.loads"}


def test_a_running_program_opens_nothing_of_the_host(tmp_path: Path) -> None:
    (tmp_path / "uses_all.rs").write_text(USES_ALL)
    command = [sys.executable, "-c", WATCH, str(ROOT), "run", "--no-store", "uses_all.rs"]
    env = {**os.environ, "SECRET": "hidden", "INTERP_CACHE_DIR": str(tmp_path / "cache")}
    for turn in ("with nothing compiled", "from the cache"):
        ended = subprocess.run(command, cwd=tmp_path, env=env, input="four", capture_output=True, text=True)
        assert (ended.returncode, ended.stdout) == (3, "4 1 true Err(NotPresent) true\n"), ended.stderr
        events = [tuple(event) for event in json.loads(ended.stderr.splitlines()[-1])]
        assert {event[0] for event in events} - {"open"} <= INSIDE, turn
        for _, path, mode in (event for event in events if event[0] == "open"):
            own = path.strip("'").startswith((str(ROOT / "interp"), sys.prefix, sys.base_prefix))
            assert own and mode in ("'r'", "'rb'"), f"{turn}: {path} with mode {mode}"


def run(tmp_path: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    path = tmp_path / "probe.rs"
    path.write_text(text)
    command = [sys.executable, str(ROOT / "cli.py"), "run", *options, str(path)]
    env = {**os.environ, "SECRET": "hidden", "INTERP_CACHE_DIR": str(tmp_path / "cache")}
    return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)


DOORS = [
    'std::fs::File::open("/etc/passwd").is_ok()', 'std::fs::write("made.txt", "x").is_ok()',
    'std::fs::remove_file("probe.rs").is_ok()', 'std::fs::read_dir(".").is_ok()', 'std::fs::create_dir("made").is_ok()',
    'std::fs::metadata(".").is_ok()', 'std::process::Command::new("true").status().is_ok()',
    'std::env::current_dir().is_ok()', 'std::path::Path::new("probe.rs").exists()', 'std::env::var("SECRET").is_ok()',
    'option_env!("SECRET").is_some()', 'std::net::TcpStream::connect("127.0.0.1:80").is_ok()',
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_a_program_finds_the_door_shut(tmp_path: Path, door: str) -> None:
    ended = run(tmp_path, f'fn main() {{ println!("open: {{}}", {door}); }}')
    if ended.returncode == 11:
        assert "error: unsupported: " in ended.stderr and "probe.rs:1:34\n" in ended.stderr
    else:
        assert (ended.returncode, ended.stdout) == (0, "open: false\n"), ended.stderr
    assert (tmp_path / "probe.rs").exists() and not list(tmp_path.glob("made*"))


def test_env_opens_what_it_names(tmp_path: Path) -> None:
    text = 'fn main() { println!("{:?} {}", std::env::var("SECRET").ok(), std::env::vars().count()); }'
    assert run(tmp_path, text, "--env", "SECRET").stdout == 'Some("hidden") 1\n'


def test_the_environment_of_the_compilation_is_empty(tmp_path: Path) -> None:
    ended = run(tmp_path, 'fn main() { println!("{}", env!("SECRET")); }')
    assert ended.returncode == 12 and "environment variable `SECRET` not defined at compile time" in ended.stderr


@pytest.mark.parametrize("name", ["fifo", "/dev/zero", "/dev/stdin", "."])
def test_macros_include_regular_files_only(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    ended = run(tmp_path, f'fn main() {{ println!("{{}}", include_bytes!("{name}").len()); }}')
    assert ended.returncode == 12 and "couldn't read" in ended.stderr


@pytest.mark.parametrize("text", [
    'extern "C" { fn fork() -> i32; } fn main() { println!("{}", unsafe { fork() }); }',
    'unsafe extern "C" { fn system(c: *const i8) -> i32; } fn main() { unsafe { system(c"id".as_ptr()); } }',
    'fn main() { unsafe { std::arch::asm!("syscall"); } }',
])  # fmt: skip
def test_foreign_code_is_not_run(tmp_path: Path, text: str) -> None:
    ended = run(tmp_path, text)
    assert ended.returncode in (11, 12) and "Traceback" not in ended.stderr, ended.stderr
    assert ended.stdout == ""
