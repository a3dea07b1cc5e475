"""Mutated Rust programs against the front end: whatever the text, only reports may come out.

Programs are damaged deterministically by seed: tokens deleted, swapped, doubled, spliced in from other programs, bytes
overwritten.  The stage under test is a callable from text to anything: `parse`, or what `compiled` makes (`warm.py`).
To add a kind of damage: a function and an entry in `DAMAGE`, or in `GENTLE` if syntax most often survives it.
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


# --- damage that most often leaves the syntax whole


def _alike(rng: random.Random, found: list[str], wanted: Callable[[str], bool]) -> None:
    """One piece is replaced by another one of the program that is `wanted` too."""
    places = [i for i, piece in enumerate(found) if wanted(piece)]
    if places:
        found[rng.choice(places)] = found[rng.choice(places)]


def _name(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    _alike(rng, found, lambda piece: piece.isidentifier() and piece not in _KEYWORDS)


def _keyword(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    """A `mut`, `&`, `ref`, `move`, `dyn` and the like comes or goes."""
    words = ("mut ", "&", "&mut ", "ref ", "move ", "dyn ", "*", "!", "-", "unsafe ", "const ", "static ", "impl ")
    places = [i for i, piece in enumerate(found) if piece + " " in words or piece in words]
    if places and rng.random() < 0.5:
        found[rng.choice(places)] = ""
    else:
        found.insert(_place(rng, found), rng.choice(words))


def _operator(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    places = [i for i, piece in enumerate(found) if piece in _OPERATORS]
    if places:
        found[rng.choice(places)] = rng.choice(_OPERATORS)


def _literal(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    places = [i for i, piece in enumerate(found) if piece[:1].isdigit() or (piece[:1] in _QUOTES and len(piece) > 2)]
    if places:
        found[rng.choice(places)] = rng.choice(_LITERALS)


def _type(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    places = [i for i, piece in enumerate(found) if piece in _TYPES]
    if places:
        found[rng.choice(places)] = rng.choice(_TYPES)


def _line(rng: random.Random, found: list[str], others: Sequence[list[str]]) -> None:
    """A line is left out, said twice, or moved."""
    text = "".join(found).split("\n")
    at = rng.randrange(len(text))
    line = text.pop(at)
    for _ in range(rng.choice((0, 1, 1, 2))):
        text.insert(rng.choice((at, rng.randrange(len(text) + 1))), line)
    found[:] = pieces("\n".join(text))


_QUOTES = ('"', "'")
_KEYWORDS = frozenset(token for token in _TOKENS if token.isidentifier()) | {"crate", "main"}
_OPERATORS = ("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "&&", "||", "==", "!=", "<", ">", "<=", ">=", "..",
              "..=", "=", "+=", "-=", "<<=", "|=")  # fmt: skip
_LITERALS = ("0", "1", "-1", "255", "256u8", "1i64", "4294967296", "340282366920938463463374607431768211455", "1.5",
             "1e300f32", "true", '"text"', "'c'", "b'c'", 'b"x"', "()", "None", "[]", "[1, 2]", "(1, 2)", "|x| x",
             "Default::default()", "panic!()", "return", "loop {}", "std::mem::size_of::<u8>()")  # fmt: skip
_TYPES = ("u8", "i8", "u16", "i32", "u32", "i64", "u64", "usize", "isize", "u128", "f32", "f64", "bool", "char", "str",
          "String", "Self", "Vec", "Box", "Option", "Rc", "Result")  # fmt: skip

DAMAGE: dict[Mutation, int] = {
    _delete: 6, _swap: 4, _double: 3, _insert: 5, _replace: 6, _splice: 4, _noise: 1, _nest: 1,
}  # fmt: skip
GENTLE: dict[Mutation, int] = {_name: 8, _keyword: 4, _operator: 3, _literal: 3, _type: 4, _line: 4}


def mutate(seed: int, corpus: Sequence[list[str]], gentle: float = 0.0) -> str:
    """The damaged program number `seed`; `gentle` says how often its syntax is spared."""
    rng = random.Random(seed)
    found = list(rng.choice(corpus))
    kinds = GENTLE if rng.random() < gentle else DAMAGE
    for mutation in rng.choices(list(kinds), list(kinds.values()), k=rng.choice((1, 1, 1, 2, 4))):
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
    shown: Callable[[int, list[Failure]], None] | None = None, gentle: float = 0.0,
) -> list[Failure]:  # fmt: skip
    """Feed the programs of `seeds` to `stage`; what it may not raise is returned.  `shown` hears of each program."""
    failures: list[Failure] = []
    for seed in seeds:
        text = mutate(seed, corpus, gentle)
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


def load_mixed(paths: Iterable[Path]) -> list[list[str]]:
    """The corpus for the whole front end: items, whole programs and some of the library."""
    found = sorted(paths)
    programs = [path for path in found if ROOT / "interp" not in path.parents]
    library = load(path for path in found if ROOT / "interp" in path.parents)
    whole = [pieces(path.read_text("utf-8", "replace")) for path in programs]
    items = [item for item in load(programs) if item not in whole]
    size = max(1, len(items) // 10)
    return [*items, *_first(whole, 4 * size), *_first(library[:: max(1, len(library) // (5 * size))], 5 * size)]


def _first(texts: list[list[str]], count: int) -> list[list[str]]:
    return [texts[i % len(texts)] for i in range(count)] if texts else []


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
    whole = given.stage != "parse"
    stage = compiled(given.stage == "run", given.time, files) if whole else limited(parse, given.time)
    seeds = range(given.seed, given.seed + given.count)
    texts = load_mixed(files) if whole else load(files)
    failures = run(seeds, texts, stage, _saver(given.save), 0.8 * whole)
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
