"""A program has no way to the host but its streams, its arguments and what `--env` opens.

Two ways to see it: the machine's code imports nothing that could reach the host, and programs that try get errors.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

# what the loop, the memory and the intrinsics are made of; `engines.py` chooses which engine to load, before a run
MACHINE = sorted(p for p in (ROOT / "interp/machine").glob("*.py") if p.name not in ("engines.py", "fingerprint.py"))
HARMLESS = {
    "__future__", "abc", "array", "ast", "bisect", "collections", "contextlib", "copy", "dataclasses", "enum",
    "cython", "decimal", "fractions", "gc", "hashlib", "heapq", "itertools", "json", "math", "operator", "re", "struct",
    "functools", "types", "typing", "weakref", "zlib",
}  # fmt: skip


@pytest.mark.parametrize("path", MACHINE, ids=lambda p: p.name)
def test_the_machine_cannot_reach_the_host(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] in HARMLESS, f"{path.name}:{node.lineno} imports {name}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "eval", "exec", "compile", "__import__", "input"), (path, node.lineno)


def run(tmp_path: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    path = tmp_path / "probe.rs"
    path.write_text(text)
    command = [sys.executable, str(ROOT / "cli.py"), "run", *options, str(path)]
    env = {**os.environ, "SECRET": "hidden", "INTERP_CACHE_DIR": str(tmp_path / "cache")}
    return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)


PROBE = """
use std::io::ErrorKind::Unsupported;
fn shut<T>(what: &str, result: std::io::Result<T>) {
    match result {
        Err(error) if error.kind() == Unsupported => println!("{what}: unsupported"),
        Err(error) => println!("{what}: {error}"),
        Ok(_) => println!("{what}: OPEN"),
    }
}
fn main() {
    shut("open", std::fs::File::open("/etc/passwd"));
    shut("create", std::fs::File::create("made.txt"));
    shut("read", std::fs::read("probe.rs"));
    shut("read_to_string", std::fs::read_to_string("probe.rs"));
    shut("write", std::fs::write("made.txt", "x"));
    shut("remove", std::fs::remove_file("probe.rs"));
    shut("read_dir", std::fs::read_dir("."));
    shut("create_dir", std::fs::create_dir("made"));
    shut("metadata", std::fs::metadata("."));
    shut("current_dir", std::env::current_dir());
    shut("command", std::process::Command::new("true").status());
    println!("{:?} {}", std::env::var("SECRET").ok(), std::env::vars().count());
    println!("{:?}", option_env!("SECRET"));
    println!("{}", std::path::Path::new("probe.rs").exists());
}
"""


def test_a_program_finds_every_door_shut(tmp_path: Path) -> None:
    ended = run(tmp_path, PROBE)
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert all(line.endswith(": unsupported") for line in lines[:-3]) and len(lines) == 14, ended.stdout
    assert lines[-3:] == ["None 0", "None", "false"]
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


def test_sockets_are_no_part_of_the_library(tmp_path: Path) -> None:
    ended = run(tmp_path, 'fn main() { let _ = std::net::TcpStream::connect("127.0.0.1:80"); }')
    assert ended.returncode in (11, 12), ended.stderr


@pytest.mark.parametrize("text", [
    'extern "C" { fn fork() -> i32; } fn main() { println!("{}", unsafe { fork() }); }',
    'unsafe extern "C" { fn system(c: *const i8) -> i32; } fn main() { unsafe { system(c"id".as_ptr()); } }',
    'fn main() { unsafe { std::arch::asm!("syscall"); } }',
])  # fmt: skip
def test_foreign_code_is_not_run(tmp_path: Path, text: str) -> None:
    ended = run(tmp_path, text)
    assert ended.returncode in (11, 12) and "Traceback" not in ended.stderr, ended.stderr
    assert ended.stdout == ""
