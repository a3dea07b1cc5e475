"""Mutated Rust programs against the front end: whatever the text, only reports may come out.

Programs are damaged deterministically by seed: tokens deleted, swapped, doubled, spliced in from other programs, bytes
overwritten.  The stage under test is a callable from text to anything: `parse`, or what `compiled` makes (`warm.py`).
To add a kind of damage: a function and an entry in `MUTATIONS`.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interp.base.diagnostics import CompileError
from interp.base.render import render_all
from interp.base.span import SourceMap, mk_span
from interp.syntax.lexer import lex
from interp.syntax.parser import Parser

ROOT = Path(__file__).parents[2]
CORPUS = [ROOT / "examples", ROOT / "tests" / "ui", ROOT / "interp" / "library"]
Stage = Callable[[str], object]
Mutation = Callable[[random.Random, list[str], Sequence[list[str]]], None]
_PIECE = re.compile(
    r"\s+|b?'(?:[^'\\\n]|\\[^\n]{1,8})'|'?[A-Za-z_][A-Za-z0-9_]*|[0-9][0-9_.]*|\"[^\"\n]*\"|//[^\n]*"
    r"|[:=<>&|.+*/^%!-]{2,3}|.",
    re.DOTALL,
)
_TOKENS = (
    "fn", "let", "mut", "match", "if", "else", "for", "while", "loop", "struct", "enum", "trait", "impl", "where",
    "pub", "mod", "use", "unsafe", "const", "static", "type", "as", "in", "ref", "move", "dyn", "async", "await",
    "return", "break", "continue", "self", "Self", "super", "crate", 'macro_rules', "union", "default", "box", "yield",
    '<', '>', '<<', '>>', '(', ')', '[', ']', '{', '}', ',', ';', ':', '::', '.', '..', '..=', '...', '->', '=>', '=',
    '==', '!=', '&&', '||', '&', '|', '+', '-', '*', '/', '%', '^', '!', '?', '@', '#', '$', '_', "'a", "'", '"', 'r#',
    'r#"', "b'", 'b"', '/*', '*/', '//', '///', '//!', "0", "1", "0x", "0b12", '1.0', "1e", '1..2', '1.foo', "0xffu8",
    "1u999", "1f32", "'x'", "'\\u{110000}'", '"\\xff"', '\xe9', '\u65e5', '\u2028', '\x00', '\\', '`',
)  # fmt: skip


_DULL = frozenset("()[]{}\"'") | {"/*", "*/"}
_ITEM_END = re.compile(r"(?<=\n\})\n|(?<=;)\n\n")


class Broken(Exception):
    """What a child that checks a program came to; the text is its traceback."""


@dataclass(frozen=True)
class Failure:
    """A program that broke the front end, and how."""

    seed: int
    text: str
    error: str


def pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


def _place(rng: random.Random, found: list[str]) -> int:
    """Where to strike: at a delimiter or a blank only now and then, as most such programs die in the lexer."""
    if not found:
        return 0
    for _ in range(8):
        at = rng.randrange(len(found))
        if found[at] not in _DULL and not found[at].isspace():
            break
    return at


def _delete(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    at = _place(rng, found)
    del found[at : at + rng.choice((1, 1, 1, 1, 1, 2, 5))]


def _swap(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    if len(found) > 1:
        a, b = rng.sample(range(len(found)), 2)
        found[a], found[b] = found[b], found[a]


def _double(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    at = _place(rng, found)
    found[at:at] = found[at : at + rng.choice((1, 1, 3, 12))] * rng.choice((1, 1, 2, 8))


def _insert(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    found.insert(_place(rng, found), rng.choice(_TOKENS) + rng.choice(("", " ")))


def _replace(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    if found:
        found[_place(rng, found)] = rng.choice(_TOKENS)


def _splice(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    other = rng.choice(others)
    start = _place(rng, other)
    at = _place(rng, found)
    found[at : at + rng.choice((0, 0, 1))] = other[start : start + rng.choice((1, 1, 1, 3, 10, 40))]


def _noise(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    if found:
        at = _place(rng, found)
        found[at] = "".join(chr(rng.choice((rng.randrange(128), rng.randrange(0x3000)))) for _ in found[at][:8])


def _nest(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    open_, close = rng.choice((("(", ")"), ("[", "]"), ("{", "}"), ("&", ""), ("-", ""), ("<", ">"), ("if a {", "}")))
    at, depth = _place(rng, found), rng.choice((3, 30, 300))
    found[at : at + 1] = [open_ * depth, *found[at : at + 1], close * depth]


MUTATIONS: dict[Mutation, int] = {
    _delete: 6, _swap: 4, _double: 3, _insert: 5, _replace: 6, _splice: 4, _noise: 1, _nest: 1,
}  # fmt: skip


def mutate(seed: int, corpus: Sequence[list[str]]) -> str:
    """The damaged program number `seed`."""
    rng = random.Random(seed)
    found = list(rng.choice(corpus))
    for mutation in rng.choices(list(MUTATIONS), list(MUTATIONS.values()), k=rng.choice((1, 1, 1, 2, 4))):
        mutation(rng, found, corpus)
    return "".join(found)


def parse(text: str) -> object:
    """Lexer and parser, and the report they make of an error."""
    sm = SourceMap()
    data = text.encode("utf-8", "replace")
    file = sm.add("fuzz.rs", data)
    try:
        return Parser(lex(file), 2021, mk_span(file.file, len(data), len(data)), file=file).parse_crate()
    except CompileError as failure:
        return render_all(failure.diagnostics, sm)


def compiled(run: bool, seconds: float, corpus: Sequence[Path]) -> Stage:
    """The whole front end (and a short run of what compiles), in children of a process that knows the library."""
    from . import warm

    texts = [path.read_text() for path in sorted(corpus) if "pass" in path.parts]
    base = warm.warm(texts or ["fn main() {}"])

    def stage(text: str) -> object:
        answer = warm.check(text, base, run, seconds)
        if "\n" in answer or ": " in answer:
            answer = warm.check(text, None, run, 2 * seconds)
        if "\n" in answer or ": " in answer:
            raise Broken(answer)
        return answer

    return stage


STAGES = ("parse", "compile", "run")


def run(
    seeds: Iterable[int], corpus: Sequence[list[str]], stage: Stage = parse,
    shown: Callable[[int, list[Failure]], None] | None = None,
) -> list[Failure]:  # fmt: skip
    """Feed the programs of `seeds` to `stage`; what it may not raise is returned.  `shown` hears of each program."""
    failures: list[Failure] = []
    for seed in seeds:
        text = mutate(seed, corpus)
        try:
            stage(text)
        except CompileError:
            pass
        except Broken as broken:
            failures.append(Failure(seed, text, str(broken)))
        except Exception:
            failures.append(Failure(seed, text, traceback.format_exc()))
        if shown is not None:
            shown(seed, failures)
    return failures


def load(paths: Iterable[Path]) -> list[list[str]]:
    """The corpus: whole files, and their items one by one."""
    texts = [path.read_text("utf-8", "replace") for path in sorted(paths)]
    items = [item for text in texts for item in _ITEM_END.split(text)]
    return [pieces(text) for text in [*texts, *items] if text.strip()]


def main(argv: Sequence[str] | None = None) -> int:
    args = argparse.ArgumentParser(description="Damaged programs against the front end.")
    args.add_argument("corpus", nargs="*", type=Path, help="Rust files or folders of them")
    args.add_argument("--count", type=int, default=1000)
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--stage", choices=STAGES, default="compile")
    args.add_argument("--save", type=Path, metavar="DIR", help="write the programs that fail there, as they are found")
    args.add_argument("--time", type=float, default=10.0, help="seconds that one program may take")
    given = args.parse_args(argv)
    corpus = given.corpus or [path for path in CORPUS if path.exists()]
    files = [file for path in corpus for file in (path.rglob("*.rs") if path.is_dir() else [path])]
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    if given.stage == "parse":
        stage = limited(parse, given.time)
    else:
        stage = compiled(given.stage == "run", given.time, files)
    failures = run(range(given.seed, given.seed + given.count), load(files), stage, _saver(given.save))
    for kind, found in sorted(_by_place(failures).items(), key=lambda each: -len(each[1])):
        print(f"{len(found)} times, first with --seed {found[0].seed}: {kind}\n{found[0].error}\n")
    print(f"{given.count} programs, {len(failures)} failures")
    return 1 if failures else 0


def _saver(folder: Path | None) -> Callable[[int, list[Failure]], None]:
    """Says every 1,000 programs how far it is, and keeps the failures in `folder`."""
    start = time.monotonic()

    def shown(seed: int, failures: list[Failure]) -> None:
        if failures and failures[-1].seed == seed:
            print(f"--seed {seed}: {failures[-1].error.strip().splitlines()[-1]}", file=sys.stderr, flush=True)
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{seed}.rs").write_text(failures[-1].text, "utf-8", "replace")
                (folder / f"{seed}.txt").write_text(failures[-1].error, "utf-8", "replace")
        if seed % 1000 == 999:
            line = f"up to seed {seed}, {len(failures)} failures, {time.monotonic() - start:.0f} s"
            print(line, file=sys.stderr, flush=True)

    return shown


def _by_place(failures: Sequence[Failure]) -> dict[str, list[Failure]]:
    """Failures grouped by where they were raised."""
    groups: dict[str, list[Failure]] = {}
    for failure in failures:
        lines = failure.error.strip().splitlines()
        places = [line.strip() for line in lines if line.lstrip().startswith("File ")]
        groups.setdefault(f"{places[-1] if places else ''} {lines[-1][:80]}", []).append(failure)
    return groups


def limited(stage: Stage, seconds: float) -> Stage:
    """`stage`, which must not take longer than `seconds`."""

    def late(signum: int, frame: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    def timed(text: str) -> object:
        signal.signal(signal.SIGALRM, late)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return stage(text)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    return timed


if __name__ == "__main__":
    sys.exit(main())
