"""The cache of assembled programs on disk: a start of a program that ran before loads no front end.

One file a program, named by the hash of what it depends on: the interpreter's own files, the options, the program's
path; inside, the hashes of every source file that was read (and the paths that were looked for in vain).  A file that
does not check is ignored and written anew; nothing depends on the cache but time.

Directory: `$INTERP_CACHE_DIR`, else `$XDG_CACHE_HOME/interp`, else `~/.cache/interp`.  The oldest files go when there
is more than `LIMIT` in it.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from .version import VERSION

LIMIT = 512 << 20  # bytes
_MAGIC = b"interp code 1\n"
_HERE = Path(__file__).resolve().parent


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


def path_of(program: str, *options: Any) -> Path:
    """Where the entry of a program lies."""
    text = repr((os.path.abspath(program), program, options)).encode()
    return directory() / f"{hashlib.sha256(own_fingerprint() + text).hexdigest()[:40]}.code"


def hash_of(path: str) -> Optional[bytes]:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).digest()
    except OSError:
        return None


def load(path: Path) -> Optional[Entry]:
    """The entry at `path`, if it is whole and the program's sources are what they were."""
    try:
        data = path.read_bytes()
        if not data.startswith(_MAGIC):
            return None
        digest, payload = data[len(_MAGIC) : len(_MAGIC) + 32], data[len(_MAGIC) + 32 :]
        if hashlib.sha256(payload).digest() != digest:
            return None
        entry = Entry(*marshal.loads(payload))
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return entry if all(hash_of(p) == known for p, known in entry.sources.items()) else None


def save(path: Path, entry: Entry) -> None:
    """Write the entry at once or not at all; a cache that cannot be written is no error."""
    payload = marshal.dumps((entry.sources, entry.files, entry.entry, entry.log))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
            out.write(_MAGIC + hashlib.sha256(payload).digest() + payload)
        os.replace(out.name, path)
        _trim(path.parent)
    except OSError:
        return


def _trim(folder: Path) -> None:
    files = sorted((p.stat().st_mtime, p.stat().st_size, p) for p in folder.glob("*.code"))
    total = sum(size for _, size, _ in files)
    for _, size, path in files:
        if total <= LIMIT:
            return
        path.unlink(missing_ok=True)
        total -= size
