"""`docs/corpora.md`: a section for each corpus, with its counts, what remains and what was left out.

A section is named by `--title` and replaced whole, the others stay.  Why a program remains is said in `reasons.toml`:
for each title a table from a part of the program's name to a sentence; without one the verdict's own detail stands.

To add a reason: a line in `reasons.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

from .case import Case
from .verdict import GOOD, Verdict

_HEAD = """# Corpora

Written by `./dev corpus FOLDER --markdown docs/corpora.md --title TITLE`: programs that others wrote, run natively
and here. Nothing of them is part of this project. A verdict says how a program's end compares: `same`; `different`
output or exit code; `ub`, reported where natively nothing is; `accepted`, though rustc refuses it; `other code`,
`other line`, `other words` of an error; `not detected`; `unsupported`.
"""


def write(path: Path, title: str, results: list[tuple[Case, Verdict]]) -> None:
    """Put the section `title` into the document."""
    text = path.read_text() if path.exists() else _HEAD
    body = f"## {title}\n\n{_section(title, results)}"
    old = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.M | re.S)
    text = text[: old.start()] + body + text[old.end() :] if old else f"{text.rstrip()}\n\n{body}"
    path.write_text(text.rstrip() + "\n")


def _section(title: str, results: list[tuple[Case, Verdict]]) -> str:
    inside = [r for r in results if r[0].scope is None]
    runs, refused = ([r for r in inside if r[1].refused == which] for which in (False, True))
    lines = _part(runs, "programs", "do what they should", title)
    if refused:
        lines += _part(refused, "programs that rustc refuses", "are refused with its error code", title)
    left_out = Counter((c.scope or "").partition(":")[0] for c, _ in results if c.scope is not None)
    if left_out:
        told = ", ".join(f"{reason} {count}" for reason, count in sorted(left_out.items()))
        lines += [f"Left out: {told}.", ""]
    return "\n".join(lines) + "\n"


def _part(results: list[tuple[Case, Verdict]], what: str, well: str, title: str) -> list[str]:
    """A sentence with the counts, a table of what remains."""
    good = sum(v.word in GOOD for _, v in results)
    lines = [f"{good} of {len(results)} {what} ({100 * good / max(1, len(results)):.1f} %) {well}.", ""]
    rest = [(c, v) for c, v in results if v.word not in GOOD]
    if rest:
        reasons = _reasons(title)
        lines += ["| program | verdict | reason |", "|---|---|---|"]
        lines += [f"| {c.name} | {v.word} | {_cell(_reason(c, v, reasons))} |" for c, v in rest]
        lines.append("")
    return lines


def _reasons(title: str) -> dict[str, str]:
    found: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text())
    return found.get(title, {})


def _reason(case: Case, verdict: Verdict, reasons: dict[str, str]) -> str:
    return next((reason for part, reason in reasons.items() if part in case.name), verdict.detail)


def _cell(text: str) -> str:
    """In one cell of a table, with no place of this machine in it."""
    text = re.sub(r"`?/[\w./-]*/corpus[\w./-]*`?", "the package", text)
    return text.replace("|", "\\|").replace("\n", " ")[:200]
