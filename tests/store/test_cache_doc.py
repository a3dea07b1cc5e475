"""The console output of docs/function-addresses.md is what the commands print.

Numbers, addresses, times and hosts may differ, columns and words may not: a change of the library moves steps.
`pytest tests/store/test_cache_doc.py --bless` writes what they print now; a block that ends in `...` stays that long.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT
from .commands import interp

DOC = ROOT / "docs/function-addresses.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.S)
_COMMAND = re.compile(r"^\$ interp (.*?)(?:  +# .*)?\n((?:(?!\$ ).*\n)*)", re.M)
CODES = {"--max-steps": 13}


def shape(text: str) -> list[str]:
    """Lines without numbers, and without how wide the columns are."""
    text = re.sub(r"0x[0-9a-f]+", "ADDRESS", text)
    text = re.sub(r"\S+, process \d+", "PROCESS", text)
    text = re.sub(r"\d[\d,.:TZ-]*", "N", text)
    text = re.sub(r"\d+ (over capacity|unreachable)", r"\1", text)
    return [re.sub(r" +", " ", line).strip() for line in text.splitlines()]


def run(command: str) -> str:
    words = shlex.split(command)
    ended = interp(*words)
    expected = next((code for option, code in CODES.items() if option in words), 0)
    assert ended.code == expected, (command, ended)
    return ended.out.decode()


def test_the_console_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bless: bool) -> None:
    shutil.copy(ROOT / "examples/callbacks.rs", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERP_STORE", "s.db")
    text, count = DOC.read_text(), 0
    for block in _BLOCK.findall(text):
        new = block
        for found in _COMMAND.finditer(block):
            command, shown = found.groups()
            if "0x" in command:  # the address that is exposed is another one on each release
                address = re.search(r"(0x[0-9a-f]+)", run("cache events --kind exposed"))
                assert address is not None
                command = re.sub("0x[0-9a-f]+", address[1], command)
            printed = run(command)
            count += 1
            if shown.endswith("...\n"):
                head = shown.count("\n") - 1
                printed = "".join(printed.splitlines(keepends=True)[:head]) + "...\n"
            if bless:
                line = found[0][: len(found[0]) - len(shown)]
                new = new.replace(found[0], re.sub("interp .*?(?=  #|\n)", f"interp {command}", line) + printed)
            elif shown:
                assert shape(shown) == shape(printed), command
        text = text.replace(block, new)
    assert count >= 10
    if bless:
        DOC.write_text(text)
