"""Programs in the store: their sources with text, so that a run outlives a change of its files.

Invariant: a fingerprint covers everything that decides what the program is: entry file, edition, options, every source
that was read and every one that was looked for in vain.  To add an option that decides so: in `fingerprint`.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any, Optional

from interp.face import Source
from interp.resolve.crates import CrateSource, from_key

from . import codec
from .clock import now
from .database import Database
from .errors import StoreCorrupt

EDITIONS = (2015, 2018, 2021, 2024)
SOURCE_LIMIT = 64 << 20  # bytes of a source file
_PROGRAM = "fingerprint path directory edition options created_at"
_SOURCE = "program_id path hash codec content"


@dataclass(frozen=True, slots=True)
class StoredProgram:
    """`texts`: path as it was read -> content, None for a file that was looked for in vain."""

    id: int
    source: Source
    directory: str
    texts: dict[str, Optional[bytes]]

    def changed(self) -> list[str]:
        """The sources that are not what they were, with what happened to them."""
        out = []
        for path, text in self.texts.items():
            current = read(os.path.join(self.directory, path))
            if current != text:
                what = "is gone" if current is None else "is new" if text is None else "has changed"
                out.append(f"`{path}` {what}")
        return out


def read(path: str) -> Optional[bytes]:
    """A source's text; only a regular file has one: a pipe would wait, a device never end."""
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def fingerprint(source: Source, texts: dict[str, Optional[bytes]]) -> str:
    digest = hashlib.sha256(json.dumps([os.getcwd(), _said(source)]).encode())
    for name in sorted(texts):
        text = texts[name]
        digest.update(f"{name}\0{'-' if text is None else hashlib.sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()


def _said(source: Source) -> dict[str, Any]:
    """What is compiled, as `program.options` keeps it."""
    return {"crate": source.krate.key(), "directory": source.directory, "name": source.name}


def save(db: Database, source: Source, texts: dict[str, Optional[bytes]]) -> int:
    """The number of the program, which is recorded if it is new; in the caller's transaction."""
    print_ = fingerprint(source, texts)
    found = db.all("SELECT id FROM program WHERE fingerprint = :f", f=print_)
    if found:
        return int(found[0][0])
    path = os.path.join(source.directory, source.krate.path)
    row = (print_, path, os.getcwd(), source.krate.edition, json.dumps(_said(source)), now())
    number = db.insert_one("program", _PROGRAM, row)
    rows: list[tuple[object, ...]] = []
    for name, text in texts.items():
        if text is None:
            rows.append((number, name, None, codec.PLAIN, None))
        else:
            rows.append((number, name, hashlib.sha256(text).hexdigest(), *codec.encode(text)))
    db.insert("source", _SOURCE, rows)
    return number


def load(db: Database, number: int) -> StoredProgram:
    directory, options = db.all("SELECT directory, options FROM program WHERE id = :p", p=number)[0]
    said = json.loads(options)
    source = Source(from_key(said["crate"]), said["directory"], said["name"])
    if not _is_plain(source.krate) or not _texts(directory, source.directory, source.name):
        raise StoreCorrupt(f"program {number} in `{db.place}` is described by values of the wrong kind")
    texts: dict[str, Optional[bytes]] = {}
    query = "SELECT path, codec, content, hash FROM source WHERE program_id = :p"
    for name, kind, content, key in db.all(query, p=number):
        text = None if content is None else codec.decode(kind, content, SOURCE_LIMIT)
        if not isinstance(name, str) or key != (None if text is None else hashlib.sha256(text).hexdigest()):
            raise StoreCorrupt(f"source {name!r} of program {number} in `{db.place}` is not what its hash says")
        texts[name] = text
    return StoredProgram(number, source, directory, texts)


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_plain(krate: CrateSource) -> bool:
    """Whether a source that was read says what one can say."""
    return (
        _texts(krate.name, krate.path, krate.refused, *krate.cfgs, *krate.env, *krate.env.values(), *krate.links)
        and krate.edition in EDITIONS
        and isinstance(krate.is_local, bool)
        and all(_is_plain(linked) for linked in krate.links.values())
    )
