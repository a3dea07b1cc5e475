"""Code blocks of documentation, as rustdoc finds them: fenced ones and indented ones, and what their info strings say.

Only what tells code from text is read of Markdown.  To add a word of the info string: in `_read_info`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Optional

_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})\s*([^`]*)$")
_LIST = re.compile(r"^\s*(?:[-*+]|\d+[.)])(\s+)\S")
_ERROR_CODE = re.compile(r"^E\d{4}$")


@dataclass(slots=True)
class Block:
    """`line`: of the documentation, from 0, that the fence is on (of an indented block: its first);
    `codes`: errors that a `compile_fail` must have."""

    line: int
    fenced: bool
    lines: list[str] = field(default_factory=list)
    rust: bool = True
    ignore: bool = False
    should_panic: bool = False
    no_run: bool = False
    compile_fail: bool = False
    edition: Optional[int] = None
    codes: tuple[str, ...] = ()

    def source(self) -> list[str]:
        """The lines of code, with those that readers do not see."""
        return [_unhide(line) for line in self.lines]


def _unhide(line: str) -> str:
    text = line.lstrip()
    if text.startswith("##"):
        return line.replace("##", "#", 1)
    if text.startswith("# "):
        return text[2:]
    return "" if text == "#" else line


def code_blocks(text: str) -> list[Block]:
    """The blocks of Rust code in a documentation text, in order."""
    found: list[Block] = []
    lines = text.split("\n")
    at, before_blank, list_indent = 0, True, 0
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.match(line)
        item = _LIST.match(line)
        if fence is not None:
            block, at = _fenced(lines, at, fence)
            found += [block] if block.rust else []
            before_blank = True
            continue
        if item is not None:
            list_indent = item.end(1)
        elif line.strip() and not line[:1].isspace():
            list_indent = 0
        if before_blank and not list_indent and line.startswith("    ") and line.strip():
            block, at = _indented(lines, at)
            found.append(block)
            continue
        before_blank = not line.strip()
        at += 1
    return found


def _fenced(lines: list[str], at: int, fence: re.Match[str]) -> tuple[Block, int]:
    indent, ticks, info = fence.groups()
    block = Block(at, True)
    _read_info(block, info.strip())
    end = re.compile(rf"^\s*{re.escape(ticks[0])}{{{len(ticks)},}}\s*$")
    at += 1
    while at < len(lines) and not end.match(lines[at]):
        line = lines[at]
        block.lines.append(line[min(len(indent), len(line) - len(line.lstrip())) :])
        at += 1
    return block, at + 1


def _indented(lines: list[str], at: int) -> tuple[Block, int]:
    block = Block(at, False)
    while at < len(lines) and (lines[at].startswith("    ") or not lines[at].strip()):
        block.lines.append(lines[at][4:])
        at += 1
    return block, at


def _read_info(block: Block, info: str) -> None:
    """`rust,should_panic`, `compile_fail,E0308`, `text` .."""
    rust = other = False
    for word in re.split(r"[,\s]+", info):
        if word in ("should_panic", "no_run", "compile_fail", "ignore"):
            setattr(block, word, True)
            rust = rust or not other
            block.no_run = block.no_run or word == "compile_fail"
        elif word == "rust":
            rust = True
        elif word.startswith("edition") and word[7:].isdigit():
            block.edition = int(word[7:])
        elif _ERROR_CODE.match(word) and (block.compile_fail or rust):
            block.codes = (*block.codes, word)
        elif word.startswith("ignore-"):
            block.ignore = block.ignore or word[7:] in "x86_64-unknown-linux-gnu"
        elif word and word not in ("standalone", "standalone_crate", "test_harness", "custom") and word[0] not in "{.":
            other = True
    block.rust = rust or not other
