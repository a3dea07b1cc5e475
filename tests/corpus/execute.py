"""Runs a case natively and here, both with a limit on time and memory.

Natively means rustc (or cargo for a package of several crates), with unstable features allowed; what it gave is kept
under `INTERP_CORPUS_CACHE` (default: a folder `interp-corpus` for temporary files) by the content of the sources.
Here means a fork of this process with the front end's modules loaded, which calls the command line's own entry:
nothing but the import time is saved.

To add something that is handed to a program on both sides: `STDIN`, `_environment`.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Optional

from .case import Case

STDIN = b"3\n7\nquit\n"
NATIVE_SECONDS = 5
MEMORY = 6 << 30
_NO_FAIL_FAST = ("--no-fail-fast",)  # of packages: every target is tested, the documentation too
_OUTPUT = 1 << 20  # bytes of a stream that are looked at


@dataclass
class Ended:
    """`code` is None after the time limit; `varies`: a second run printed something else."""

    code: Optional[int]
    stdout: bytes
    stderr: str
    compiled: bool = True
    varies: bool = False


def _environment(case: Case) -> dict[str, str]:
    fixed = {"NO_COLOR": "1", "RUST_BACKTRACE": "0", "LC_ALL": "C.UTF-8", "RUSTUP_TOOLCHAIN": _toolchain()}
    return {**os.environ, **fixed, **case.env}


@functools.cache
def _toolchain() -> str:
    """The one in use where we are, whatever file of its own a corpus has."""
    asked = subprocess.run(["rustc", "--print", "sysroot"], cwd=Path(__file__).parent, capture_output=True, text=True)
    return asked.stdout.strip()


# -- natively ---------------------------------------------------------------------------------------------------


def native(case: Case) -> Ended:
    """What rustc makes of it."""
    kept = _cache_dir() / f"{_key(case)}.json"
    if kept.exists():
        data = json.loads(kept.read_text())
        return Ended(**data | {"stdout": data["stdout"].encode("latin-1")})
    with tempfile.TemporaryDirectory(prefix="corpus-") as scratch:
        ended = (_cargo if case.package else _rustc)(case, Path(scratch))
    data = asdict(ended) | {"stdout": ended.stdout.decode("latin-1")}
    kept.write_text(json.dumps(data))
    return ended


def _cache_dir() -> Path:
    found = Path(os.environ.get("INTERP_CORPUS_CACHE") or Path(tempfile.gettempdir()) / "interp-corpus")
    found.mkdir(parents=True, exist_ok=True)
    return found


def _key(case: Case) -> str:
    told = _NO_FAIL_FAST if case.package and case.tests else ()
    digest = hashlib.sha256(repr((case.edition, case.cfgs, case.env, case.tests, STDIN, *told)).encode())
    files = sorted(case.cwd.rglob("*")) if (case.cwd / "Cargo.toml").exists() else [case.source]
    for path in files:
        if path.is_file() and "target" not in path.parts:
            digest.update(str(path.relative_to(case.cwd)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def _rustc(case: Case, scratch: Path) -> Ended:
    program = scratch / "program"
    cfgs = [part for name in case.cfgs for part in ("--cfg", name)]
    what = ["--test"] if case.tests else []
    command = ["rustc", "-A", "warnings", "--edition", case.edition, *what, *cfgs, "-o", str(program), case.file]
    env = {**_environment(case), "RUSTC_BOOTSTRAP": "1"}
    done = subprocess.run(command, cwd=case.cwd, env=env, capture_output=True, text=True, errors="replace", timeout=300)
    if done.returncode:
        return Ended(done.returncode, b"", done.stderr, compiled=False)
    if case.tests:
        return _limited([str(program), "--format", "pretty"], case, case.cwd, 60)
    return _several(lambda: _limited([str(program)], case, case.cwd, NATIVE_SECONDS))


def _several(run: Callable[[], Ended]) -> Ended:
    """Of a few runs the first, and whether they all printed the same."""
    first = run()
    if first.code is not None:
        first.varies = any(run().stdout != first.stdout for _ in range(4))
    return first


def _cargo(case: Case, scratch: Path) -> Ended:
    """A copy of the package is built, so that nothing is written into the corpus."""
    package = scratch / "package"
    shutil.copytree(case.cwd, package, ignore=shutil.ignore_patterns("target", "rustfmt-ignore"))
    env = {**_environment(case), "CARGO_TARGET_DIR": str(scratch / "target"), "RUSTFLAGS": "-A warnings"}
    what = ["test", "--no-run"] if case.tests else ["build"]
    build = ["cargo", "-q", *what, "--offline"]
    done = subprocess.run(build, cwd=package, env=env, capture_output=True, text=True, errors="replace", timeout=300)
    if done.returncode:
        return Ended(done.returncode, b"", done.stderr, compiled=False)
    if case.tests:
        run = ["cargo", "-q", "test", *_NO_FAIL_FAST, "--offline", "--", "--format", "pretty"]
        return _limited(run, case, package, 60, env)
    return _several(lambda: _limited(["cargo", "-q", "run", "--offline"], case, package, 60, env))


def _limited(command: list[str], case: Case, cwd: Path, seconds: float, env: Optional[dict[str, str]] = None) -> Ended:
    """Output goes to files: a program that prints forever fills none but up to the limit."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        given.write(STDIN)
        given.seek(0)
        child = subprocess.Popen(
            command, cwd=cwd, env=env or _environment(case), stdin=given, stdout=out, stderr=err,
            start_new_session=True, preexec_fn=_limits,
        )  # fmt: skip
        try:
            code: Optional[int] = child.wait(seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            code = None
        if code is not None and code < 0:
            code = 128 - code
        if code == 128 + signal.SIGXFSZ:
            code = None
        return Ended(code, _read(out), _read(err).decode("utf-8", "replace"))


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(file) -> bytes:  # type: ignore[no-untyped-def]
    file.seek(0)
    return bytes(file.read(_OUTPUT))


# -- here -------------------------------------------------------------------------------------------------------


def warm_up() -> None:
    """Load the front end's modules once, before the forks."""
    import gc

    from interp.compilation import Compilation

    sys.setrecursionlimit(20_000)
    Compilation("warm.rs", 2021, 'fn main() { println!("{:?}", vec![1].iter().max()); }').check()
    import interp.face
    import interp.machine.machine
    import interp.report  # noqa: F401

    gc.collect()
    gc.freeze()


def here(case: Case, seconds: float) -> Ended:
    """What we make of it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        given.write(STDIN)
        given.seek(0)
        pid = os.fork()
        if pid == 0:
            _child(case, given.fileno(), out.fileno(), err.fileno())
        code = _wait(pid, seconds)
        stderr = _read(err).decode("utf-8", "replace")
        return Ended(code, _read(out), stderr, compiled=code not in (11, 12) or "error: aborting" not in stderr)


def command_line(case: Case) -> list[str]:
    """The arguments of `interp` for it."""
    if case.package:
        return ["test", *_NO_FAIL_FAST, "."] if case.tests else ["run", "--no-store", "."]
    flags = [*case.flags, "--edition", case.edition]
    for name in (*case.cfgs, *case.own_cfgs):
        flags += ["--cfg", name]
    for name, value in case.env.items():
        flags += ["--env", f"{name}={value}"]
    if case.tests:
        return ["test", "--test-threads", "1", *flags, case.file]
    return ["run", "--no-cache", "--no-store", *flags, case.file]


def _wait(pid: int, seconds: float) -> Optional[int]:
    handle = os.pidfd_open(pid)
    try:
        ready, _, _ = select.select([handle], [], [], seconds)
        if not ready:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(handle)
    if not ready:
        return None
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


def _child(case: Case, given: int, out: int, err: int) -> None:
    """The fork: never returns."""
    code = 70
    try:
        for source, target in ((given, 0), (out, 1), (err, 2)):
            os.dup2(source, target)
        _limits()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.chdir(case.cwd)
        os.environ.update({"NO_COLOR": "1", "INTERP_TRACEBACK": "1", **case.env})
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        import cli

        cli.main(command_line(case), prog_name="interp")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
