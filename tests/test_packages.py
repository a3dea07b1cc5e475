"""Cargo packages through the command line; what they print is what they print natively.

To add a package: a folder in `tests/packages`, and its test here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT
from .test_harness import settled
from .test_ui import check_file

PACKAGES = Path(__file__).parent / "packages"


def interp(*args: str, directory: Path = PACKAGES) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "NO_COLOR": "1", "INTERP_TRACEBACK": "1"}
    command = [sys.executable, str(ROOT / "cli.py"), *args]
    return subprocess.run(command, cwd=directory, env=env, capture_output=True, text=True, timeout=300)


def write(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return directory


def test_the_program_of_a_package() -> None:
    ended = interp("run", "plain", "a", "b")
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == [
        "plain-package 1.2.3-beta.1", "plain_package plain-package A:B", 'Some("beta.1") None', "16 25",
        "plain_package::Local plain_package::shapes::Square", '["a", "b"]', "1", "shown 3 second-helper src/main.rs",
        "hello",
    ]  # fmt: skip


def test_another_program_from_inside_the_package() -> None:
    ended = interp("run", "--bin", "other", directory=PACKAGES / "plain" / "src")
    assert ended.stdout == "the other program of plain-package\n"
    assert "panicked at src/bin/other.rs:4:5:" in ended.stderr
    assert ended.returncode == 101


def test_the_tests_of_a_package() -> None:
    ended = interp("test", "plain", "--features", "loud", "--no-default-features", "--no-fail-fast")
    assert ended.returncode == 101
    running = re.findall(r"^ +(?:Running|Doc-tests) .*$", ended.stderr, re.M)
    assert [line.strip() for line in running] == [
        "Running unittests src/lib.rs (plain-package)", "Running unittests src/bin/other.rs (plain-package)",
        "Running unittests src/main.rs (plain-package)", "Running tests tests/it.rs (plain-package)",
        "Doc-tests plain_package",
    ]  # fmt: skip
    assert "test tests::squares ... ok" in ended.stdout
    assert "test tests::features_are_cfgs ... FAILED" in ended.stdout  # for the default feature is off
    assert "test of_the_program ... ok" in ended.stdout
    assert "test from_outside ... ok" in ended.stdout


def test_documentation_tests_are_rustdocs(bless: bool) -> None:
    ended = interp("test", "--doc", "documented")
    assert ended.returncode == 101
    check_file(PACKAGES / "documented" / "doc.stdout", settled(ended.stdout), bless)


def test_a_workspace_with_vendored_sources(tmp_path: Path) -> None:
    manifest = """
        [workspace]
        members = ["crates/*"]
        [workspace.package]
        edition = "2021"
        version = "3.4.5"
        [workspace.dependencies]
        far = { version = "1.1", default-features = false, features = ["small"] }
        """
    library = """
        [package]
        name = "lib-a"
        edition.workspace = true
        version.workspace = true
        [features]
        more = ["dep:far", "far?/big"]
        [dependencies]
        far = { workspace = true, optional = true }
        """
    program = """
        [package]
        name = "prog"
        version = "0.1.0"
        edition.workspace = true
        [dependencies]
        lib-a = { path = "../lib-a", features = ["more"] }
        """
    far = """
        [package]
        name = "far"
        version = "1.{}.0"
        [features]
        default = ["lost"]
        small = []
        big = []
        lost = []
        """
    far_code = """
        pub fn what() -> String {
            let found = [cfg!(feature = "small"), cfg!(feature = "big"), cfg!(feature = "lost")];
            format!("{found:?} {} ", env!("CARGO_PKG_VERSION"))
        }
        pub fn unsupported_but_not_called() {
            unsafe { std::arch::asm!("nop") }
        }
        """
    near_code = """
        #[cfg(feature = "more")]
        pub fn f() -> String { far::what() + env!("CARGO_PKG_VERSION") }
        """
    where = write(tmp_path, {
        "Cargo.toml": manifest, "crates/lib-a/Cargo.toml": library, "crates/prog/Cargo.toml": program,
        "crates/lib-a/src/lib.rs": near_code,
        "crates/prog/src/main.rs": 'fn main() { println!("{}", lib_a::f()); }',
        "vendor/far-1.0/Cargo.toml": far.format(0), "vendor/far-1.0/src/lib.rs": "",
        "vendor/far-1.2/Cargo.toml": far.format(2), "vendor/far-1.2/src/lib.rs": far_code,
    })  # fmt: skip
    ended = interp("run", "--vendor", "vendor", "-p", "prog", directory=where)
    assert (ended.stdout, ended.stderr) == ("[true, true, false] 1.2.0 3.4.5\n", "")
    ended = interp("run", "-p", "prog", directory=where)
    assert ended.returncode == 12
    assert "package `lib-a` needs `far` 1.1 from a registry, and there is no network here" in ended.stderr
    assert "--vendor DIR" in ended.stderr
    ended = interp("run", "-p", "nobody", directory=where)
    assert (ended.returncode, "has `lib-a`, `prog`" in ended.stderr) == (2, True)


def test_a_vendored_package_that_cannot_be_read_is_told_to_who_needs_it(tmp_path: Path) -> None:
    program = '[package]\nname = "prog"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nhalf = "1"\n'
    where = write(tmp_path, {
        "Cargo.toml": program, "src/main.rs": "fn main() {}", "src/bin/other.rs": "fn main() { half::f(); half::g(); }",
        "vendor/half-1.0/Cargo.toml": '[package]\nname = "half"\nversion = "1.0.0"\n[lib]\n',
    })  # fmt: skip
    ended = interp("run", "--vendor", "vendor", "--bin", "prog", directory=where)
    assert (ended.returncode, ended.stderr) == (0, "")
    ended = interp("run", "--vendor", "vendor", "--bin", "other", directory=where)
    assert (ended.returncode, ended.stderr.count("package `prog` needs `half` 1 from a registry")) == (12, 1)
    assert "what is vendored cannot be read: " in ended.stderr and "can't find the lib `half`" in ended.stderr


def test_what_is_not_supported_says_where(tmp_path: Path) -> None:
    where = write(tmp_path, {
        "Cargo.toml": '[package]\nname = "a"\nedition = "2021"\n[dependencies]\nm = { path = "m" }\n',
        "src/main.rs": "use m::Derive;\nfn main() {}", "build.rs": "fn main() {}",
        "m/Cargo.toml": '[package]\nname = "m"\nversion = "0.0.0"\n[lib]\nproc-macro = true\n', "m/src/lib.rs": "",
    })  # fmt: skip
    ended = interp("run", directory=where)
    assert ended.returncode == 11
    reason = f"package `a` has a build script, which is not run ({where}/build.rs)"
    assert ended.stderr == f"error: unsupported: {reason}\n"
    (where / "build.rs").unlink()
    ended = interp("run", directory=where)
    assert ended.returncode == 11
    assert f"unsupported: `m` is a procedural macro ({where}/m/Cargo.toml)" in ended.stderr
