"""Writes the values in `functions.rs` anew: `python tests/unit/code/bless_functions.py RUSTC`."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("functions.rs")
HEAD = re.compile(r"//= -?\d+\nfn (\w+)\(\)")


def main() -> None:
    text = SOURCE.read_text()
    names = HEAD.findall(text)
    calls = "".join(f'println!("{n} {{}}", {n}());' for n in names)
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "functions.rs"
        path.write_text(text.replace("fn main() {}", f"fn main() {{ {calls} }}"))
        subprocess.run([sys.argv[1], "-A", "warnings", "--edition", "2021", str(path), "-o", f"{tmp}/run"], check=True)
        out = subprocess.run([f"{tmp}/run"], check=True, capture_output=True, text=True).stdout
    values = dict(line.split() for line in out.splitlines())
    SOURCE.write_text(HEAD.sub(lambda found: f"//= {values[found[1]]}\nfn {found[1]}()", text))


if __name__ == "__main__":
    main()
