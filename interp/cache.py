"""The cache on disk: what was compiled and assembled once, so that a later start loads no front end.

`STATE-HASH.code` is a program (`Entry`) or the tests of a crate, `STATE-HASH.pack` and `STATE-std.pack` the code of
such tests and of the library (`pack.py`), `library-HASH.json` the library's outline, `STATE-HASH.store` an empty store.
STATE says of which files the interpreter consisted, HASH what else it depends on: the options, the program's path;
inside are the hashes of every source file that was read (and the paths that were looked for in vain).  A file that does
not check is ignored and written anew; nothing depends on the cache but time.

Directory: `$INTERP_CACHE_DIR`, else `$XDG_CACHE_HOME/interp`, else `~/.cache/interp`.  It is kept below `limit()`
bytes: what was used longest ago goes first, and files of all but the latest few states of the interpreter go at once.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Optional, TypeVar

from .version import VERSION

LIMIT = 256  # MiB, unless `$INTERP_CACHE_LIMIT` says otherwise
STATES = 4  # of the interpreter, whose files are left alone
UNFINISHED = "unfinished-"  # begins the names of files that are being written
_FORGOTTEN = 24 * 3600  # seconds after which nobody goes on writing one
_MAGIC = b"interp code 2\n"
_HERE = Path(__file__).resolve().parent
T = TypeVar("T")


@dataclass(slots=True)
class Entry:
    """`sources`: path -> SHA-256 of its content, None for a file that was not there; `files`: (name, path,
    is_library) by file id, for reports; `log` as in `RecordedProgram`."""

    sources: dict[str, Optional[bytes]] = field(default_factory=dict)
    files: list[tuple[str, str, bool]] = field(default_factory=list)
    entry: int = 0
    log: list[Any] = field(default_factory=list)


def directory() -> Path:
    chosen = os.environ.get("INTERP_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "interp"


def own_fingerprint() -> bytes:
    """Of the interpreter's own files, library included, by name, size and time of change."""
    digest = hashlib.sha256(VERSION.encode())
    for folder, names, files in os.walk(_HERE):
        names[:] = sorted(n for n in names if n != "__pycache__")
        for name in sorted(files):
            if name.endswith((".py", ".rs", ".so", ".pyd")):
                status = os.stat(os.path.join(folder, name))
                digest.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()


def state() -> str:
    """What the names of files begin with that only the interpreter as it is now can use."""
    return own_fingerprint().hex()[:16]


def path_of(program: str, *options: Any) -> Path:
    """Where the entry of a program lies."""
    text = repr((os.path.abspath(program), program, options)).encode()
    return directory() / f"{state()}-{hashlib.sha256(text).hexdigest()[:32]}.code"


def hash_of(path: str) -> Optional[bytes]:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).digest()
    except OSError:
        return None


def load(path: Path, kind: type[T]) -> Optional[T]:
    """The record of that kind at `path`, if it is whole and the sources (its field) are what they were."""
    try:
        data = path.read_bytes()
        if not data.startswith(_MAGIC):
            return None
        digest, payload = data[len(_MAGIC) : len(_MAGIC) + 32], data[len(_MAGIC) + 32 :]
        if hashlib.sha256(payload).digest() != digest:
            return None
        entry: Any = kind(*marshal.loads(payload))
    except (OSError, ValueError, EOFError, TypeError):
        return None
    if any(hash_of(p) != known for p, known in entry.sources.items()):
        return None
    touch(path)
    return entry  # type: ignore[no-any-return]


def save(path: Path, entry: Any) -> None:
    """Write a record of plain data at once or not at all; a cache that cannot be written is no error."""
    payload = marshal.dumps(tuple(getattr(entry, one.name) for one in fields(entry)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=UNFINISHED, delete=False) as out:
            out.write(_MAGIC + hashlib.sha256(payload).digest() + payload)
        os.replace(out.name, path)
        trim(path.parent)
    except OSError:
        return


# -- how large it gets -----------------------------------------------------------------------------------------


def touch(path: Path) -> None:
    """Note that the file is used."""
    with suppress(OSError):
        os.utime(path)


def limit() -> int:
    """Bytes that the directory may hold."""
    chosen = os.environ.get("INTERP_CACHE_LIMIT", "")
    return (int(chosen) if chosen.isdigit() else LIMIT) << 20


def trim(folder: Path) -> None:
    """Remove what is useless, and what was used longest ago while there is more than the limit."""
    kept: list[tuple[float, int, Path]] = []
    states: dict[str, float] = {}
    for path in folder.iterdir():
        with suppress(OSError):  # another process may be removing them
            status = path.stat()
            kept.append((status.st_mtime, status.st_size, path))
            if path.suffix in (".code", ".pack"):
                of = _state_of(path)
                states[of] = max(states.get(of, 0), status.st_mtime)
    latest = sorted(states, key=lambda of: states[of])[-STATES:]
    total = sum(size for _, size, _ in kept)
    for used, size, path in sorted(kept):
        useless = path.name.startswith(UNFINISHED) and used < time.time() - _FORGOTTEN
        useless = useless or (path.suffix in (".code", ".pack", ".store", ".lock") and _state_of(path) not in latest)
        if useless or (total > limit() and path.suffix in (".code", ".pack", ".store", ".json")):
            with suppress(OSError):
                path.unlink()
                total -= size


def _state_of(path: Path) -> str:
    return path.name.partition("-")[0]
