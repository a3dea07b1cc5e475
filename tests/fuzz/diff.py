"""`./dev fuzz --diff`: generated programs run natively (rustc, debug) and here; output and exit code must be equal.

Programs are compiled in batches, each a module of one file.  A batch that differs is run program by program, and what
differs is shrunk: statements go as long as rustc takes the rest and it still differs.  `rustc` must be on the PATH.

`PLANT` changes a program before it is run here, nothing else: a test plants a fault with it and sees that it is found.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Optional

from . import stmts

ROOT = Path(__file__).parents[2]
SHRINK = 250  # attempts
PLANT: Callable[[str], str] = str


class Ended(NamedTuple):
    code: int
    out: str


class Both(NamedTuple):
    """`native` None: rustc does not take it."""

    native: Optional[Ended]
    here: Optional[Ended]
    problem: str = ""

    @property
    def differs(self) -> bool:
        return self.native is not None and self.native != self.here


def compiled(file: Path, edition: str) -> Optional[str]:
    """rustc's errors, or None."""
    command = ["rustc", "--edition", edition, "-C", "debuginfo=0", "-o", str(file.with_suffix("")), str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stderr if done.returncode else None


def ended(command: Sequence[str], seconds: float) -> tuple[Ended, str]:
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return Ended(-1, "timeout"), f"more than {seconds} s"
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace")), done.stderr.decode("utf-8", "replace")


def both(text: str, folder: Path, seconds: float) -> Both:
    file = folder / "main.rs"
    file.write_text(text)
    problem = compiled(file, "2021")
    if problem is not None:
        return Both(None, None, problem)
    native, _ = ended([str(file.with_suffix(""))], 20)
    file.write_text(PLANT(text))
    command = [sys.executable, str(ROOT / "cli.py"), "run", "--no-store", "--no-cache", str(file)]
    here, report = ended(command, seconds)
    return Both(native, here, report)


def sections(out: str) -> dict[str, str]:
    """What each program of a batch printed."""
    parts = re.split(r"^== (\d+)\n", out, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def suspects(modules: dict[int, list[str]], found: Both) -> list[int]:
    """The programs whose output differs; all, if that cannot be told."""
    assert found.native is not None and found.here is not None
    native, here = sections(found.native.out), sections(found.here.out)
    wrong = [n for n in modules if native.get(str(n)) != here.get(str(n))]
    return wrong or list(modules)


def rejected(modules: dict[int, list[str]], problem: str, text: str) -> list[int]:
    """The programs that rustc complains of."""
    starts = [(i, int(found[1])) for i, line in enumerate(text.splitlines(), 1)
              if (found := re.match(r"mod p(\d+) ", line))]  # fmt: skip
    lines = [int(x) for x in re.findall(r"--> \S+?:(\d+):\d+", problem)]
    return sorted({max((s for s in starts if s[0] <= line), default=(0, -1))[1] for line in lines} & set(modules))


def shrunk(lines: list[str], differs: Callable[[list[str]], bool], attempts: int = SHRINK) -> list[str]:
    """The module with what does not matter left out: ever smaller pieces that close what they open, and blocks that go
    while their insides stay, until nothing more can go."""
    size = max(1, len(lines) // 2)
    while size and attempts > 0:
        at, changed = 0, False
        while at < len(lines) and attempts > 0:
            for rest in _without(lines, at, size):
                attempts -= 1
                if differs(rest):
                    lines, changed = rest, True
                    break
            else:
                at += 1
        if not changed:
            size //= 2
    return lines


def _without(lines: list[str], at: int, size: int) -> list[list[str]]:
    """`lines` without a piece that begins at `at`: the piece as a whole, then only its first and last line."""
    end = _end(lines, at, size)
    if end == at or any("pub fn run" in line for line in lines[at:end]):
        return []
    whole = [lines[:at] + lines[end:]]
    is_block = end - at > 2 and lines[at].endswith("{") and lines[end - 1].strip() in ("}", "};")
    return [*whole, lines[:at] + lines[at + 1 : end - 1] + lines[end:]] if is_block else whole


def _end(lines: list[str], at: int, size: int) -> int:
    """Where a piece of about `size` lines ends that closes what it opens."""
    for end in range(min(at + size, len(lines)), min(at + size + 40, len(lines)) + 1):
        if _balanced(lines[at:end]):
            return end
    return at


def _balanced(lines: list[str]) -> bool:
    depth = 0
    for char in re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.[^']*)'", "", "\n".join(lines)):
        depth += (char in "{([") - (char in "})]")
        if depth < 0:
            return False
    return depth == 0


class Tester:
    """Counts, and where programs that differ are kept."""

    def __init__(self, keep: Path, seconds: float, shrink: bool) -> None:
        self.keep, self.seconds, self.shrink = keep, seconds, shrink
        self.same = self.refused = 0
        self.wrong: list[int] = []

    def run(self, modules: dict[int, list[str]]) -> None:
        """A batch; programs that rustc refuses are left out of it."""
        with tempfile.TemporaryDirectory(prefix="interp-diff-") as name:
            folder = Path(name)
            while modules:
                text = stmts.batch(modules)
                found = both(text, folder, self.seconds * (len(modules) + 5))
                if found.native is None:
                    bad = rejected(modules, found.problem, text) or list(modules)
                    print(f"rustc refuses {bad}: {found.problem.strip().splitlines()[0]}", file=sys.stderr)
                    self.refused += len(bad)
                    modules = {n: lines for n, lines in modules.items() if n not in bad}
                    continue
                if found.differs:
                    self.single({n: modules[n] for n in suspects(modules, found)}, folder)
                self.same += len(modules) - len(set(modules) & set(self.wrong))
                return

    def differs(self, number: int, folder: Path, lines: list[str]) -> bool:
        return both(stmts.batch({number: lines}), folder, self.seconds * 6).differs

    def single(self, modules: dict[int, list[str]], folder: Path) -> None:
        for number, lines in modules.items():
            found = both(stmts.batch({number: lines}), folder, self.seconds * 6)
            if not found.differs:
                continue
            self.wrong.append(number)
            if self.shrink:
                lines = shrunk(lines, partial(self.differs, number, folder))
                found = both(stmts.batch({number: lines}), folder, self.seconds * 6)
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{number}.rs").write_text(stmts.batch({number: lines}))
            report = found.problem.strip().splitlines()[:1]
            kept = self.keep / f"{number}.rs"
            print(f"--seed {number} differs: {report}, kept in {kept}", file=sys.stderr, flush=True)


def main(argv: Sequence[str]) -> int:
    args = argparse.ArgumentParser(prog="./dev fuzz --diff", description="Generated programs, natively and here.")
    args.add_argument("--count", type=int, default=100)
    args.add_argument("--seed", type=int, default=0, help="number of the first program")
    args.add_argument("--batch", type=int, default=25, help="programs in one file")
    args.add_argument("--time", type=float, default=30.0, help="seconds that one program may take here")
    args.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "interp-diff", metavar="DIR",
                      help="where programs that differ are kept")  # fmt: skip
    args.add_argument("--no-shrink", action="store_true")
    given = args.parse_args(argv)
    if shutil.which("rustc") is None:
        print("fuzz: --diff needs rustc, which is not on the PATH", file=sys.stderr)
        return 2
    tester, start = Tester(given.keep, given.time, not given.no_shrink), time.monotonic()
    for first in range(given.seed, given.seed + given.count, given.batch):
        numbers = range(first, min(first + given.batch, given.seed + given.count))
        tester.run({n: stmts.program(n) for n in numbers})
        counts = f"{tester.same} equal, {len(tester.wrong)} differ, {tester.refused} refused by rustc"
        print(f"up to {numbers[-1]}: {counts}, {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    print(f"{tester.same} programs equal, {len(tester.wrong)} differ {tester.wrong or ''}".rstrip())
    return 1 if tester.wrong else 0
