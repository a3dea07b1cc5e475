"""The command line: options, exit codes, bad input; every failure is one clear message and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import ROOT


class Ended(NamedTuple):
    code: int
    out: str
    err: str


def interp(*args: str, stdin: str = "", env: dict[str, str] | None = None) -> Ended:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *args], input=stdin, capture_output=True, text=True, cwd=ROOT,
        timeout=300, env={**os.environ, "NO_COLOR": "1", **(env or {})},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "echo.rs"
    path.write_text(
        "fn main() {\n"
        "    let mut line = String::new();\n"
        "    std::io::stdin().read_line(&mut line).unwrap();\n"
        "    let args: Vec<String> = std::env::args().skip(1).collect();\n"
        '    println!("{} {args:?} {:?}", line.trim(), std::env::var("TOWN").ok());\n'
        '    eprintln!("done");\n'
        "    std::process::exit(args.len() as i32);\n"
        "}\n"
    )
    return path


def test_streams_arguments_and_exit_code_pass_through(program: Path) -> None:
    ended = interp("run", str(program), "a", "--b", stdin="hello\n", env={"TOWN": "Bergen"})
    assert (ended.code, ended.out, ended.err) == (2, 'hello ["a", "--b"] None\n', "done\n")


def test_env_opens_a_variable(program: Path) -> None:
    assert 'Some("Bergen")' in interp("run", "--env", "TOWN", str(program), env={"TOWN": "Bergen"}).out
    assert 'Some("Voss")' in interp("run", "--env", "TOWN=Voss", str(program)).out


def test_warnings_are_shown_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "careless.rs"
    path.write_text('fn main() {\n    let x = 1;\n    "7".parse::<u8>();\n    println!("ran");\n}\n')
    quiet, loud = interp("run", str(path)), interp("run", "--warnings", str(path))
    assert (quiet.code, quiet.out, quiet.err) == (0, "ran\n", "")
    assert (loud.code, loud.out) == (0, "ran\n")
    assert "warning: unused variable: `x`" in loud.err and "`#[warn(unused_variables)]`" in loud.err
    assert "warning: unused `Result` that must be used" in loud.err and "warning: 2 warnings emitted" in loud.err
    path.write_text("#![deny(warnings)]\n" + path.read_text())
    assert interp("run", str(path)).code == 12


def test_step_limit() -> None:
    ended = interp("run", "--max-steps", "10_000", "examples/hot_cast.rs")
    assert ended.code == 13 and "the limit of 10000 steps was reached" in ended.err
    assert "examples/hot_cast.rs:1:" in ended.err


def test_memory_limit(tmp_path: Path) -> None:
    path = tmp_path / "grow.rs"
    path.write_text("fn main() { let mut v = Vec::new(); loop { v.push([0u8; 4096]); } }")
    ended = interp("run", "--max-memory", "8M", str(path))
    assert ended.code == 13 and "memory" in ended.err


def test_stack_overflow_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "deep.rs"
    path.write_text("fn f(n: u64) -> u64 { 1 + f(n + 1) }\nfn main() { println!(\"{}\", f(0)); }")
    ended = interp("run", str(path))
    assert ended.code == 134 and "stack" in ended.err


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (None, 2, "couldn't read"),
        (b"\xff\xfe", 2, "not UTF-8"),
        (b"fn main() { let x = ; }", 12, "expected expression"),
        (b"", 12, "`main` function not found"),
        (b"fn main() { std::arch::asm!(\"nop\"); }", (11, 12), "asm"),
    ],
)
def test_bad_programs(tmp_path: Path, content: bytes | None, code: int | tuple[int, int], message: str) -> None:
    path = tmp_path / "bad.rs"
    if content is not None:
        path.write_bytes(content)
    ended = interp("run", str(path))
    assert ended.code in (code if isinstance(code, tuple) else (code,)) and message in ended.err


@pytest.mark.parametrize(
    "args", [["run"], ["run", "--max-steps", "many", "x.rs"], ["run", "--engine", "fast", "x.rs"], ["nothing"]]
)
def test_usage_errors(args: list[str]) -> None:
    ended = interp(*args)
    assert ended.code == 2 and ("Usage" in ended.err or "error" in ended.err.lower())


def test_a_directory_is_no_program(tmp_path: Path) -> None:
    assert interp("run", str(tmp_path)).code == 2


def test_same_seed_same_run(tmp_path: Path) -> None:
    path = tmp_path / "addresses.rs"
    path.write_text('fn main() { let b = Box::new(1); println!("{:p} {:p}", b, main as fn()); }')
    first, again = (interp("run", "--seed", "5", "--no-cache", str(path)).out for _ in range(2))
    other = interp("run", "--seed", "6", "--no-cache", str(path)).out
    assert first == again != other


def test_cached_run_equals_the_first(tmp_path: Path) -> None:
    path = tmp_path / "cached.rs"
    path.write_text('fn main() { let v: Vec<u32> = (1..4).collect(); println!("{v:?}"); panic!("end {}", v.len()); }')
    env = {"INTERP_CACHE_DIR": str(tmp_path / "cache")}
    first, again = (interp("run", str(path), env=env) for _ in range(2))
    assert first == again and first.code == 101 and first.out == "[1, 2, 3]\n"
    assert list((tmp_path / "cache").glob("*.code"))


def test_cache_notices_a_changed_source(tmp_path: Path) -> None:
    path = tmp_path / "changing.rs"
    env = {"INTERP_CACHE_DIR": str(tmp_path / "cache")}
    for word in ("one", "two"):
        path.write_text(f'fn main() {{ println!("{word}"); }}')
        assert interp("run", str(path), env=env).out == f"{word}\n"


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    env = {"INTERP_CACHE_DIR": str(tmp_path)}
    first = interp("run", "examples/hello.rs", env=env)
    for entry in tmp_path.iterdir():
        entry.write_bytes(entry.read_bytes()[:-100])
    assert interp("run", "examples/hello.rs", env=env) == first


def test_version_explain_completion() -> None:
    assert interp("--version").out.startswith("interp, version ")
    assert "E0308" in interp("explain", "E0308").out
    assert interp("explain", "E1").code == 1
    assert "_interp_completion" in interp("completion", "bash").out


def test_mir() -> None:
    ended = interp("mir", "examples/hello.rs")
    assert ended.code == 0 and "fn hello::main() -> ()" in ended.out and "bb0: {" in ended.out
    assert interp("mir", "--instance", "nobody", "examples/hello.rs").code == 2


@pytest.mark.parametrize(("given", "code", "shown"), [
    (["FILE", "a", "b"], 0, '["a", "b"]'),
    (["--seed", "3", "FILE", "--max-steps", "1M", "x", "--seed", "4"], 0, '["x", "--seed", "4"]'),
    (["FILE", "--max-steps=1M", "--", "--seed"], 0, '["--seed"]'),
    (["FILE", "--verbose", "--seed", "3"], 0, '["--verbose", "--seed", "3"]'),
    (["FILE", "a", "--", "b"], 0, '["a", "--", "b"]'),
    (["FILE", "--max-steps", "1"], 13, ""),
    (["--verbose", "FILE"], 2, ""),
])  # fmt: skip
def test_options_stand_around_file_and_the_rest_is_the_programs(
    tmp_path: Path, given: list[str], code: int, shown: str
) -> None:
    program = tmp_path / "args.rs"
    program.write_text('fn main() { println!("{:?}", std::env::args().skip(1).collect::<Vec<_>>()); }')
    ended = interp("run", *(str(program) if arg == "FILE" else arg for arg in given))
    assert (ended.code, ended.out.strip()) == (code, shown)


def test_a_fault_of_ours_is_said_in_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from commands.options import EXIT_FAULT, call

    monkeypatch.delenv("INTERP_TRACEBACK", raising=False)
    with pytest.raises(SystemExit) as ended:
        call(lambda: [][0])
    said = capsys.readouterr().err
    assert ended.value.code == EXIT_FAULT and "a fault of interp itself" in said and "Traceback" not in said


@pytest.mark.parametrize(("closed", "code", "out"), [(">&-", 0, ""), ("<&-", 0, "hi\n"), ("2>&-", 0, "hi\n")])
def test_a_closed_stream_leads_nowhere(tmp_path: Path, closed: str, code: int, out: str) -> None:
    (tmp_path / "hi.rs").write_text('fn main() { println!("hi"); eprintln!("err"); }')
    command = f"{sys.executable} {ROOT / 'cli.py'} run --store s.db hi.rs {closed}"
    ended = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (ended.returncode, ended.stdout) == (code, out), ended.stderr
    checked = interp("store", "check", "--store", str(tmp_path / "s.db"))
    assert checked.code == 0, checked.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full: Linux")
def test_output_that_finds_no_room(tmp_path: Path) -> None:
    (tmp_path / "hi.rs").write_text('fn main() { println!("hi"); }')
    for arguments in ("run hi.rs", "explain E0382"):
        command = f"{sys.executable} {ROOT / 'cli.py'} {arguments} > /dev/full"
        ended = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert ended.returncode == 2 and "No space left on device" in ended.stderr and "fault" not in ended.stderr


@pytest.mark.parametrize("value", ["-" * 5000 + "1", "1" + "+1" * 20000], ids=["unary", "binary"])
def test_a_body_nested_too_deeply_is_unsupported(tmp_path: Path, value: str) -> None:
    (tmp_path / "deep.rs").write_text(f"fn main() {{ let x = {value}; }}")
    ended = interp("run", str(tmp_path / "deep.rs"))
    assert ended.code == 11 and "error: unsupported: a body that is nested this deeply" in ended.err
