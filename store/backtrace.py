"""The threads of a run at a checkpoint: frames with source lines and the values of named locals.

Values are read by where the assembler put each local: a scalar as a number, a pointer as address and allocation, memory
as bytes (`__`: not initialised).  A local in memory that is not live yet, or no more, has no value; one in slots shows
what they hold, live or not: nothing in the machine tells.

To add a class of locals: its line in `_value`.
"""

from __future__ import annotations

import json
from typing import Any, Final, Optional

from interp.machine import words as w

from .database import Database
from .errors import StoreCorrupt
from .loader import held
from .look import Fact, Memory, facts

_SHOWN: Final = 16  # bytes of a value in memory
_MASK: Final = (1 << 64) - 1


def threads(db: Database, run: int, checkpoint: int) -> list[Fact]:
    """Threads, oldest first, each with its frames, innermost first."""
    memory, lines = Memory(db, run, checkpoint), _Lines(db, run)
    out = []
    for id, name, status in db.all(
        f"SELECT thread_id, name, status FROM thread t WHERE {held('t')} ORDER BY thread_id", r=run, c=checkpoint
    ):
        frames = []
        for depth, function, is_local, places, file, line, column, fp in db.all(
            'SELECT f.depth, i.name, i.is_local, i.locals, f.file, f.line, f."column", f.fp FROM frame f '
            f"JOIN instance i ON i.id = f.instance_id WHERE {held('f')} AND f.thread_id = :t ORDER BY f.depth DESC",
            r=run, c=checkpoint, t=id,
        ):  # fmt: skip
            locals_ = _locals(memory, id, fp, places) if is_local else []
            where = {"file": file, "line": line, "column": column, "text": lines.text(file, line)}
            frames.append({"depth": depth, "function": function, **where, "locals": locals_})
        out.append({"thread": id, "name": name, "status": status, "frames": frames})
    return out


class _Lines:
    """Lines of the program's sources, from the store."""

    def __init__(self, db: Database, run: int) -> None:
        self.rows = facts(
            db, "path codec content",
            "FROM source WHERE program_id = (SELECT program_id FROM run WHERE id = :r) AND content IS NOT NULL", r=run,
        )  # fmt: skip
        self.files: dict[str, list[str]] = {}

    def text(self, file: Optional[str], line: Optional[int]) -> str:
        from .codec import decode
        from .programs import SOURCE_LIMIT

        if not file or not line:
            return ""
        if file not in self.files:
            found = [row for row in self.rows if row["path"] == file or row["path"].endswith("/" + file)]
            content = decode(found[0]["codec"], found[0]["content"], SOURCE_LIMIT) if found else b""
            self.files[file] = content.decode("utf-8", "replace").splitlines()
        lines = self.files[file]
        return lines[line - 1].strip() if line <= len(lines) else ""


def _locals(memory: Memory, thread: int, fp: int, places: Optional[str]) -> list[Fact]:
    out = []
    try:
        for name, kind, slot, slots, size, *ty in json.loads(places or "[]"):
            if name and kind not in ("unused", "zst"):
                live = kind != "memory" or memory.slot(thread, fp + slot + 1) != 0
                value = _value(memory, thread, fp, kind, slot, slots, size) if live else None
                out.append({"name": name, "type": str(ty[0]) if ty else "", "live": live, "value": value})
    except (ValueError, TypeError) as problem:
        raise StoreCorrupt(f"where the locals of a function live is damaged: {problem}") from None
    return out


def _value(memory: Memory, thread: int, fp: int, kind: str, slot: int, slots: int, size: int) -> str:
    if kind in ("memory", "place"):
        offset = memory.slot(thread, fp + slot + 2)
        return _bytes(memory, offset, size) if kind == "memory" and offset > 0 else "?"
    values = [memory.slot(thread, fp + slot + i) for i in range(min(slots, 8))]
    if kind == "ptr":
        return _pointer(memory, *values[:2])
    if kind == "fat":
        return f"{_pointer(memory, *values[:2])}, {values[2]}"
    if kind == "wide":
        return str(values[1] << 64 | values[0] & _MASK)
    return str(values[0]) if kind == "scalar" else "(" + ", ".join(map(str, values)) + ")"


def _pointer(memory: Memory, address: int, provenance: int) -> str:
    found = memory.allocation(provenance >> w.TAG_BITS) if provenance > w.WILDCARD else None
    return f"{address & _MASK:#x}" + (f" (alloc{found})" if found else "")


def _bytes(memory: Memory, offset: int, size: int) -> str:
    shown = " ".join("__" if byte is None else f"{byte:02x}" for byte in memory.read(offset, min(size, _SHOWN)))
    return f"[{shown}{' ..' if size > _SHOWN else ''}] {size} bytes"


def _shown(local: Fact) -> str:
    of = f": {local['type']}" if local["type"] else ""
    return f"{local['name']}{of} = {local['value']}" if local["live"] else f"{local['name']}{of} (not live)"


def plain(found: list[Fact]) -> list[Any]:
    """The frames of all threads as rows of a table."""
    return [
        {
            "thread": f"{t['thread']} {t['name']}", "depth": f["depth"], "function": f["function"],
            "at": f"{f['file']}:{f['line']}" if f["file"] else "", "line": f["text"],
            "locals": "\n".join(map(_shown, f["locals"])),
        }
        for t in found
        for f in t["frames"]
    ]  # fmt: skip
