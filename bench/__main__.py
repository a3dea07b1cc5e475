"""`./dev bench [NAME...]`: how fast the compiled engine is beside native code and memcheck, and how fast it starts.

Each measurement runs its commands in turn, A B A B ..., and prints the median of the pairwise ratios with their range.
What is not on the machine (rustc, valgrind) is left out and said so.
To add a measurement: a function in `MEASURES`.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from .addresses import addresses

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROUNDS = 5


def interp(*args: str) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), "run", *args]


def seconds(command: list[str], env: dict[str, str] | None = None) -> float:
    """Wall time of one run, which must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env=env)
    spent = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return spent


def compare(label: str, ours: list[str], other: list[str]) -> None:
    """Print the ratio of the two, pair by pair."""
    seconds(ours), seconds(other)
    ratios = [seconds(ours) / seconds(other) for _ in range(ROUNDS)]
    middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
    print(f"{label:48} {middle:8.2f}  ({low:.2f} to {high:.2f})", flush=True)


def build(name: str, folder: Path, release: bool) -> Path | None:
    """The native binary of a benchmark program, if there is a rustc."""
    rustc = shutil.which("rustc")
    if rustc is None:
        return None
    out = folder / f"{name}{'-release' if release else ''}"
    flags = ["-O"] if release else []
    subprocess.run([rustc, "--edition", "2021", *flags, "-o", str(out), str(HERE / f"programs/{name}.rs")], check=True)
    return out


def against_native(name: str) -> None:
    """interp beside memcheck on the debug binary, the debug binary, and the release binary."""
    ours = interp(str(HERE / f"programs/{name}.rs"))
    with tempfile.TemporaryDirectory() as folder:
        debug = build(name, Path(folder), release=False)
        if debug is None:
            print(f"{name}: no rustc here, nothing to compare with")
            return
        release = build(name, Path(folder), release=True)
        valgrind = shutil.which("valgrind")
        if valgrind:
            compare(f"{name}: interp / memcheck on the debug binary", ours, [valgrind, "-q", str(debug)])
        compare(f"{name}: interp / native debug", ours, [str(debug)])
        compare(f"{name}: interp / native release", ours, [str(release)])


def start_up() -> None:
    """Hello world with a cold and a warm cache, beside starting Python alone."""
    command = interp(str(HERE / "programs/hello.rs"))
    python = [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as cache:
        env = {**os.environ, "INTERP_CACHE_DIR": cache}
        cold = seconds(command, env)
        warm = statistics.median(seconds(command, env) for _ in range(ROUNDS))
    bare = statistics.median(seconds(python) for _ in range(ROUNDS))
    print(f"{'hello: first run / python alone':48} {cold / bare:8.1f}  ({cold:.2f} s)")
    print(f"{'hello: second run / python alone':48} {warm / bare:8.1f}  ({warm:.2f} s)", flush=True)


def new_program() -> None:
    """A program that was never run before (maps, formatting, threads) beside compiling and running it natively."""
    rustc = shutil.which("rustc")
    text = (HERE / "programs/start.rs").read_text()
    first, again, native = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        program, binary = Path(folder) / "start.rs", str(Path(folder) / "start")
        env = {**os.environ, "INTERP_CACHE_DIR": str(Path(folder) / "cache")}
        for number in range(ROUNDS + 1):
            program.write_text(f"{text}// {number}\n")
            first.append(seconds(interp(str(program)), env))
            again.append(seconds(interp(str(program)), env))
            if rustc is not None:
                native.append(seconds([rustc, "--edition", "2021", "-o", binary, str(program)]) + seconds([binary]))
    for label, spent in (("a new program", first), ("the same again", again)):
        if native:
            ratios = sorted(a / b for a, b in zip(spent[1:], native[1:]))
            middle = statistics.median(spent[1:])
            print(f"{label + ' / rustc and run':48} {statistics.median(ratios):8.2f}  ({middle:.2f} s)")
        else:
            print(f"{label + ' (no rustc here)':48} {statistics.median(spent[1:]):8.2f} s")
    print(f"{'the very first program, with an empty cache':48} {first[0]:8.2f} s", flush=True)


def cast_growth() -> None:
    """Growth of resident memory between the first and the last million of 100 million casts."""
    sizes = []
    for casts in ("1000000", "100000000"):
        done = subprocess.run(interp(str(ROOT / "examples/cast_loop.rs"), casts), capture_output=True)
        assert done.returncode == 0, done.stderr
        sizes.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(f"{'casts: peak memory, 100 M casts minus 1 M':48} {sizes[1] - sizes[0]:8} KiB", flush=True)


def snapshots() -> None:
    """A checkpoint of a 256 MiB heap, whole and of what changed."""
    from .snapshot import measure

    measure()


def checkpoints() -> None:
    """Checkpoints in a store: full, of 1 %, resumed, and what they cost a run."""
    from .checkpoint import measure

    measure()


MEASURES: dict[str, Callable[[], None]] = {
    "fib": lambda: against_native("fib"),
    "vec_sum": lambda: against_native("vec_sum"),
    "start": start_up,
    "new": new_program,
    "casts": cast_growth,
    "addresses": addresses,
    "snapshot": snapshots,
    "checkpoint": checkpoints,
}


def main(names: list[str]) -> int:
    unknown = [n for n in names if n not in MEASURES]
    if unknown:
        print(f"bench: there is no {unknown[0]}; choose from {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    for name in names or list(MEASURES):
        MEASURES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
