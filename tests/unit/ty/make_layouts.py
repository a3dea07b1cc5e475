"""Makes `layouts.json`: random types and what the native compiler says of their layout.

Run by hand: `python tests/unit/ty/make_layouts.py RUSTC [count] [seed]`.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from tests.unit.ty.type_descriptions import RustWriter, random_type

HEADER = "#![feature(rustc_attrs, never_type)]\n#![allow(internal_features, dead_code)]\n"


def ask(rustc: str, descriptions: list[Any]) -> list[str]:
    """The compiler's debug print of each type's layout."""
    writer = RustWriter()
    aliases = [f"#[rustc_layout(debug)] type A{i} = {writer.ty(d)};" for i, d in enumerate(descriptions)]
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "types.rs"
        path.write_text(HEADER + "\n".join(writer.items + aliases))
        env = dict(os.environ, RUSTC_BOOTSTRAP="1")
        cmd = [rustc, "--crate-type", "lib", "--edition", "2021", str(path), "--error-format", "json"]
        run = subprocess.run(cmd, cwd=tmp, env=env, capture_output=True, text=True)
    found: dict[int, str] = {}
    for line in run.stderr.splitlines():
        message = json.loads(line)
        match = re.match(r"layout_of\((.*?)\) = (Layout \{.*)", message["message"], re.S)
        if match:
            found[message["spans"][0]["line_start"]] = match[2]
    first = HEADER.count("\n") + len(writer.items) + 1
    return [found.get(first + i, "") for i in range(len(descriptions))]


def summary(text: str) -> dict[str, Any]:
    """What the tests compare, from the debug print."""
    whole = re.match(r"Layout \{\s+size: Size\((\d+) bytes\),\s+align: AbiAlign \{\s+abi: Align\((\d+) bytes\)", text)
    assert whole, text
    out: dict[str, Any] = {"size": int(whole[1]), "align": int(whole[2])}
    rest = text[whole.end() :]
    out["repr"] = re.search(r"backend_repr: (\w+)", rest)[1]  # type: ignore[index]
    out["uninhabited"] = "uninhabited: true" in _own(text)
    niche = re.search(r"\n    largest_niche: (None|Some\(\s+Niche \{(.*?)\n        \})", text, re.S)
    assert niche
    out["niche"] = None
    if niche[2]:
        n = re.search(r"offset: Size\((\d+) bytes\).*valid_range: (.+),", niche[2], re.S)
        assert n
        out["niche"] = [int(n[1]), n[2].rstrip(",")]
    out["offsets"] = _offsets(text)
    enc = re.search(r"tag_encoding: (Direct|Niche \{(.*?)\})", text, re.S)
    out["tag"] = None
    if "\n    variants: Multiple" in text and enc:
        tag = re.search(r"\n    variants: Multiple \{\s+tag: Initialized \{(.*?)valid_range: (.*?),\n", text, re.S)
        assert tag
        out["tag"] = ["Direct" if enc[1] == "Direct" else re.sub(r"\s", "", enc[2]), tag[2].strip()]
        out["variants"] = [_offsets(v, 16) for v in re.split(r"\n            Layout \{", text)[1:]]
    return out


def _own(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if re.match(r"    \w", line))


def _offsets(text: str, indent: int = 4) -> Any:
    pad = "\n" + " " * indent
    found = re.search(pad + r"fields: (\w+)(.*?)" + pad + r"(?:\w|\})", text, re.S)
    if not found or found[1] != "Arbitrary":
        return found[1] if found else None
    offsets = re.search(r"offsets: \[(.*?)\]", found[2], re.S)
    assert offsets
    return [int(x) for x in re.findall(r"Size\((\d+) bytes\)", offsets[1])]


def main() -> None:
    rustc, count, seed = sys.argv[1], int((sys.argv + ["400"])[2]), int((sys.argv + ["", "1"])[3])
    r = random.Random(seed)
    descriptions = [random_type(r, r.choice([1, 2, 2, 3])) for _ in range(count)]
    table = [[d, summary(text)] for d, text in zip(descriptions, ask(rustc, descriptions)) if text]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in table)
    target = Path(__file__).with_name("layouts.json")
    target.write_text(f"[\n{lines}\n]\n")
    print(len(table), "of", count)


if __name__ == "__main__":
    main()
