"""Code on disk, kept across sessions: records by kind and symbol (`code/portable.py`).

One file with the library's code for each state of the interpreter's own files, and one for each crate whose tests ran;
read piece by piece.  At the end of a session that made new records it is written anew, all at once.  A record that does
not check is as good as none; nothing depends on the file but time.
"""

from __future__ import annotations

import marshal
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from . import cache

LIMIT = 128 << 20  # bytes; a larger file is begun anew
_MAGIC = b"interp library 2\n"
_HEAD = struct.Struct("<QQI")  # where the index begins, its length, its checksum

Index = dict[tuple[str, str], tuple[int, int, int]]  # (kind, symbol) -> offset, length, checksum


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One writer at a time, where the system has locks."""
    try:
        import fcntl

        path.parent.mkdir(parents=True, exist_ok=True)
        lock = open(path.with_suffix(".lock"), "w")  # noqa: SIM115 - closed below
    except (ImportError, OSError):
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Pack:
    """A `Library` (see `code/portable.py`) in the file at `path`; one with another `stamp` counts as empty."""

    def __init__(self, path: Path, stamp: str = "") -> None:
        self.path, self.stamp = path, stamp
        self.made: dict[tuple[str, str], bytes] = {}
        self.data: Any = b""
        self.index: Index = {}
        self._open()

    @staticmethod
    def usual() -> Pack:
        """The one in the cache's directory, for the interpreter as it is now."""
        return Pack(cache.directory() / f"{cache.state()}-std.pack")

    def _open(self) -> None:
        self.data, self.index = b"", {}
        try:
            with open(self.path, "rb") as file:
                cache.touch(self.path)
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            start = len(_MAGIC)
            at, size, check = _HEAD.unpack(data[start : start + _HEAD.size])
            text = data[at : at + size]
            if data[:start] == _MAGIC and zlib.crc32(text) == check:
                stamp, index = marshal.loads(text)
                if stamp == self.stamp:
                    self.data, self.index = data, index
        except (OSError, ValueError, EOFError, TypeError, struct.error):
            return

    def get(self, kind: str, symbol: str) -> Optional[Any]:
        found = self.made.get((kind, symbol))
        if found is None:
            where = self.index.get((kind, symbol))
            if where is None:
                return None
            found = self.data[where[0] : where[0] + where[1]]
            if zlib.crc32(found) != where[2]:
                return None
        return marshal.loads(found)

    def put(self, kind: str, symbol: str, record: Any) -> None:
        self.made[kind, symbol] = marshal.dumps(record)

    def save(self) -> None:
        """Write what was made, with what others wrote meanwhile; a file that cannot be written is no error."""
        if self.made:
            with _alone(self.path):
                self._write()

    def _write(self) -> None:
        self._open()
        blob = bytearray(self.data[len(_MAGIC) + _HEAD.size : self._end()])
        index = dict(self.index)
        if len(blob) > LIMIT:
            blob, index = bytearray(), {}
        start = len(_MAGIC) + _HEAD.size
        for key, text in self.made.items():
            index[key] = (start + len(blob), len(text), zlib.crc32(text))
            blob += text
        listed = marshal.dumps((self.stamp, index))
        head = _HEAD.pack(start + len(blob), len(listed), zlib.crc32(listed))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.path.parent, prefix=cache.UNFINISHED, delete=False) as out:
                out.write(_MAGIC + head + blob + listed)
            os.replace(out.name, self.path)
            cache.trim(self.path.parent)
        except OSError:
            return
        self.made = {}

    def _end(self) -> int:
        start = len(_MAGIC)
        return int(_HEAD.unpack(self.data[start : start + _HEAD.size])[0]) if self.data else 0
