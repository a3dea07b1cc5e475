"""The code of runs: written with the checkpoints that need it, read by a resume, shared by whatever runs execute it.

    Codes       one run's, while it is written
    load        the images that a run goes on with
    library     the text of the library that it was begun with

Invariants: a kept checkpoint's functions all have their images, so that any later interp resumes it; contents are never
changed, and go when no run refers to them.  Nothing of them is believed: a content must have its hash, and an image
passes the verifier (`interp/code/verify.py`) before a machine sees it.

To add a kind of content: its word in `schema/code.py`, its writer and reader here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, Final, Optional

from interp.code.image import FileOf, Image, UnknownCode, decode
from interp.code.verify import BadCode
from interp.machine.intrinsics import known_intrinsics
from interp.stored_run import library_texts

from . import codec
from .database import Database
from .errors import ProgramChanged, StoreCorrupt

LIMIT: Final = 64 << 20  # bytes of a content
_HASHES: Final = 500  # looked up at once
CODE: Final = "hash codec size data"
RUN_CODE: Final = "run_id code_id kind"


class Codes:
    """Writes what a run's program has told its machine since the last committed checkpoint."""

    def __init__(self, db: Database, run_id: int, file_of: FileOf) -> None:
        self.db, self.run_id, self.file_of = db, run_id, file_of
        self.known = known_intrinsics()
        self.written = self.next = 0  # answers of the program that are stored; that will be with this transaction
        found = db.all("SELECT 1 FROM run_code WHERE run_id = :r AND kind = 'library'", r=run_id)
        self.has_library = bool(found)

    def write(self, program: Any, interpreter: str) -> int:
        """In the caller's transaction; how many contents were new.  `interpreter`: the fingerprint of this one."""
        images, self.next = program.new_images(self.written, self.file_of, self.known)
        new = _keep(self.db, self.run_id, images, "image") if images else 0
        if not self.has_library and not self._share_library(interpreter):
            new += _keep(self.db, self.run_id, [_library_content()], "library")
        return new

    def _share_library(self, interpreter: str) -> bool:
        """Refer to the library that another run of this interp brought along."""
        found = self.db.all(
            "SELECT c.code_id FROM session s JOIN run_code c ON c.run_id = s.run_id AND c.kind = 'library' "
            "WHERE s.interpreter_hash = :h AND s.from_checkpoint = 0 LIMIT 1",
            h=interpreter,
        )
        if found:
            self.db.insert("run_code", RUN_CODE, [(self.run_id, found[0][0], "library")])
        return bool(found)

    def commit(self) -> None:
        self.written, self.has_library = self.next, True


def _keep(db: Database, run: int, contents: list[bytes], kind: str) -> int:
    by_hash = {_hash_of(content): content for content in contents}
    ids = _ids(db, list(by_hash))
    new = [(key, content) for key, content in by_hash.items() if key not in ids]
    db.insert("code", CODE, [(key, *_row(content)) for key, content in new])
    ids.update(_ids(db, [key for key, _ in new]))
    have = {number for (number,) in db.all("SELECT code_id FROM run_code WHERE run_id = :r", r=run)}
    db.insert("run_code", RUN_CODE, [(run, number, kind) for number in ids.values() if number not in have])
    return len(new)


def _hash_of(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _row(content: bytes) -> tuple[int, int, bytes]:
    kind, data = codec.encode(content)
    return kind, len(content), data


def _ids(db: Database, keys: list[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for at in range(0, len(keys), _HASHES):
        names = {f"h{i}": key for i, key in enumerate(keys[at : at + _HASHES])}
        listed = ", ".join(f":{name}" for name in names)
        found.update((bytes(key), number) for key, number in db.all(
            f"SELECT hash, id FROM code WHERE hash IN ({listed})", **names
        ))  # fmt: skip
    return found


def _library_content() -> bytes:
    texts = {name: text.decode() for name, text in library_texts().items()}
    return json.dumps(["library", 1, texts], separators=(",", ":"), ensure_ascii=False).encode()


# -- reading ---------------------------------------------------------------------------------------------------


def _contents(db: Database, run: int, kind: str) -> list[bytes]:
    rows = db.all(
        "SELECT c.id, c.hash, c.codec, c.size, c.data FROM run_code r JOIN code c ON c.id = r.code_id "
        "WHERE r.run_id = :r AND r.kind = :k ORDER BY c.id",
        r=run, k=kind,
    )  # fmt: skip
    return [content(db, *row) for row in rows]


def content(db: Database, number: int, key: object, kind: object, size: object, data: object) -> bytes:
    """The content of a row of `code`; raises `StoreCorrupt` if it is not what its hash says."""
    found = codec.decode(kind, data, LIMIT)
    if len(found) != size or _hash_of(found) != key:
        raise StoreCorrupt(f"code {number} in `{db.place}` is not what its hash says")
    return found


def load(db: Database, run: int) -> list[Image]:
    """The images of a run, verified; none if it was begun before code was stored."""
    known, unknown, out = known_intrinsics(), set(), []
    for text in _contents(db, run, "image"):
        try:
            out.append(decode(text, known))
        except UnknownCode as problem:
            unknown.update(problem.names)
        except BadCode as problem:
            raise StoreCorrupt(f"the code of run {run} in `{db.place}` is damaged: {problem}") from None
    if unknown:
        raise ProgramChanged(
            f"run {run} cannot go on: its code uses what this interp does not have: {', '.join(sorted(unknown))}",
            "resume it with the interp it was begun with (`interp runs show` names it), or start it anew",
        )
    return out


def library(db: Database, run: int) -> Callable[[], Optional[dict[str, bytes]]]:
    """What gives the library that the run was begun with, if it is asked."""

    def texts() -> Optional[dict[str, bytes]]:
        found = _contents(db, run, "library")
        return _texts(db, found[0]) if found else None

    return texts


def _texts(db: Database, text: bytes) -> dict[str, bytes]:
    try:
        kind, version, texts = json.loads(text)
        if kind == "library" and version == 1:
            return {name: value.encode() for name, value in texts.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass
    raise StoreCorrupt(f"a library in `{db.place}` is none")


def inherit(db: Database, run: int, parent: int) -> None:
    """A fork executes its parent's code."""
    db.all(
        "INSERT INTO run_code (run_id, code_id, kind) SELECT :n, code_id, kind FROM run_code WHERE run_id = :p",
        n=run, p=parent,
    )  # fmt: skip


def drop_orphans(db: Database) -> tuple[int, int]:
    """Code that no run refers to: how many contents, and their bytes."""
    gone = db.all(
        "DELETE FROM code WHERE NOT EXISTS (SELECT 1 FROM run_code r WHERE r.code_id = code.id) "
        "RETURNING length(data)"
    )
    return len(gone), sum(length for (length,) in gone)
