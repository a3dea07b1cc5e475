"""Writes the Unicode tables of `core::unicode` from `unicode_facts.txt`.

Charge: the facts (ranges by property, case mappings) become sorted tables that are searched by halving.
Invariants: what Python's own `unicodedata` knows must agree with the facts, or the script stops.
To add a property, add its ranges to the facts and its name to `PROPERTIES`. Run: `python unicode.py`.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "core" / "src" / "unicode"

PROPERTIES = {
    "Alphabetic": "alphabetic",
    "Lowercase": "lowercase",
    "Uppercase": "uppercase",
    "Numeric": "numeric",
    "Grapheme_Extend": "grapheme_extend",
    "Unprintable": "unprintable",
    "Cased": "cased",
    "Case_Ignorable": "case_ignorable",
}

Ranges = list[tuple[int, int]]
Mapping = dict[int, list[int]]


def read_facts() -> dict[str, list[str]]:
    """The words of each section."""
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (HERE / "unicode_facts.txt").read_text().splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words.extend(line.split())
    return sections


def ranges_of(words: list[str]) -> Ranges:
    """`a-b` and `a` in hexadecimal as pairs."""
    pairs = (word.partition("-") for word in words)
    return [(int(first, 16), int(last or first, 16)) for first, _, last in pairs]


def mapping_of(words: list[str]) -> Mapping:
    """`from:to+to` in hexadecimal as a mapping."""
    split = (word.split(":") for word in words)
    return {int(source, 16): [int(part, 16) for part in target.split("+")] for source, target in split}


def check(ranges: dict[str, Ranges]) -> None:
    """Compares with what `unicodedata` knows: letters are alphabetic, numbers numeric, Lu upper case."""
    members = {
        name: {code for first, last in pairs for code in range(first, last + 1)} for name, pairs in ranges.items()
    }
    for code in range(0x110000):
        category = unicodedata.category(chr(code))
        if category[0] == "L":
            assert code in members["Alphabetic"], hex(code)
        if category[0] == "N":
            assert code in members["Numeric"], hex(code)
        if category == "Lu":
            assert code in members["Uppercase"], hex(code)


def table(name: str, numbers: list[int], doc: str) -> str:
    """A static array, several numbers a line."""
    lines: list[str] = []
    line = "   "
    for number in numbers:
        word = f" {number:#x},"
        if len(line) + len(word) > 118:
            lines.append(line)
            line = "   "
        line += word
    lines.append(line)
    body = "\n".join(lines)
    return f"/// {doc}\npub(crate) static {name}: [u32; {len(numbers)}] = [\n{body}\n];\n"


def property_file(name: str, pairs: Ranges) -> str:
    """The module of one property: where it begins and where it ends, in turn."""
    bounds = [bound for first, last in pairs for bound in (first, last + 1)]
    doc = "Where the property begins and where it ends, in turn."
    return f"//! The property {name} (written by `tools/unicode.py`).\n\n" + table("BOUNDS", bounds, doc)


def steps_of(mapping: Mapping) -> list[int]:
    """Single mappings as `first, last, step, difference` (modulo 2^32), four numbers each."""
    runs: list[list[int]] = []
    for code in sorted(mapping):
        if len(mapping[code]) > 1:
            continue
        difference = (mapping[code][0] - code) % 2**32
        run = runs[-1] if runs else None
        if run and run[3] == difference and code - run[1] in ((run[2],) if run[0] != run[1] else (1, 2)):
            run[1:3] = [code, code - run[1]]
        else:
            runs.append([code, code, 1, difference])
    return [number for run in runs for number in run]


def several_of(mapping: Mapping) -> list[int]:
    """Mappings to several characters: the code and three more, padded with zeros."""
    several = [(code, to) for code, to in sorted(mapping.items()) if len(to) > 1]
    return [number for code, to in several for number in [code, *to, 0, 0][:4]]


def case_file(lower: Mapping, upper: Mapping) -> str:
    """The module of the case mappings."""
    steps = "Runs of mappings to one character: first, last, step, difference modulo 2^32."
    several = "Mappings to several characters: the code and up to three of its mapping."
    return "\n".join(
        [
            "//! Case mappings (written by `tools/unicode.py`).\n",
            table("LOWER", steps_of(lower), steps),
            table("LOWER_SEVERAL", several_of(lower), several),
            table("UPPER", steps_of(upper), steps),
            table("UPPER_SEVERAL", several_of(upper), several),
        ]
    )


def main() -> None:
    """Checks the facts and writes every table."""
    facts = read_facts()
    ranges = {name: ranges_of(facts[name]) for name in PROPERTIES}
    check(ranges)
    for name, stem in PROPERTIES.items():
        (TARGET / f"{stem}.rs").write_text(property_file(name, ranges[name]))
    lower, upper = mapping_of(facts["Lowercase_Mapping"]), mapping_of(facts["Uppercase_Mapping"])
    (TARGET / "case.rs").write_text(case_file(lower, upper))


if __name__ == "__main__":
    main()
