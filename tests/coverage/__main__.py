"""`./dev coverage [--from-docs DIR]`: writes docs/coverage.md; with the folder of std's HTML documentation
(`$(rustc --print sysroot)/share/doc/rust/html/std`, of the component `rust-docs`) the list of names first."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from .check import Found, Library, words_of
from .rustdoc import Item, read

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = Path(__file__).with_name("std_items.txt")
PAGE = ROOT / "docs/coverage.md"
HEAD = """# What the library has of std

Written by `./dev coverage`. Items are the stable public names of std 1.95, members their methods, associated constants
and variants; `arch`, `os`, `simd` and `intrinsics` are left out. An item is present if a program's path to it resolves.
*Tested*: the share of present members that some program in `tests/ui` names.

| module | items | present | members | present | tested |
|---|--:|--:|--:|--:|--:|
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev coverage")
    parser.add_argument("--from-docs", type=Path, metavar="DIR", help="read std's names anew from its documentation")
    options = parser.parse_args()
    if options.from_docs:
        if not (options.from_docs / "index.html").exists():
            print(f"error: {options.from_docs} is no folder of std's documentation", file=sys.stderr)
            return 2
        NAMES.write_text("".join(item.line() + "\n" for item in read(options.from_docs)))
    sys.setrecursionlimit(20_000)
    PAGE.write_text(page(results()))
    return 0


def results() -> list[Found]:
    library, words = Library(), words_of((ROOT / "tests/ui").rglob("*.rs"))
    return [library.check(Item.of(line), words) for line in NAMES.read_text().splitlines()]


def page(found: list[Found]) -> str:
    modules: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        path = one.item.path
        name = "primitive types" if one.item.kind == "primitive" else path.split("::")[0] if "::" in path else "(root)"
        modules[name].append(one)
    rows = [_row(name, modules[name]) for name in sorted(modules)]
    text = HEAD + "".join(rows) + _row("**all**", found) + "\n## What is absent\n"
    for name in sorted(modules):
        lines = [_absent(one) for one in modules[name] if not one.present or one.absent]
        if lines:
            text += f"\n### {name}\n\n" + "".join(lines)
    return text


def _row(name: str, found: list[Found]) -> str:
    members = sum(len(f.item.members) for f in found if f.item.kind != "type")
    there = sum(len(f.tests) for f in found)
    tested = sum(1 for f in found for count in f.tests.values() if count)
    share = f"{100 * tested // there} %" if there else ""
    return f"| {name} | {len(found)} | {sum(f.present for f in found)} | {members} | {there} | {share} |\n"


def _absent(found: Found) -> str:
    what = f"{found.item.kind} `{found.item.path}`"
    return f"- {what}\n" if not found.present else f"- {what}: " + ", ".join(f"`{m}`" for m in found.absent) + "\n"


if __name__ == "__main__":
    sys.exit(main())
