"""A page of the arena as bytes, small when it is uniform: `encode` and `decode`.

A blob is a head byte (how metadata | whether there are bytes | how provenance), then metadata, provenance, bytes:

    metadata    UNIFORM: one byte that holds for all; WORDS: a code for each 8 bytes that are alike; EACH: a nibble each
    provenance  the words that the metadata say are in use, in order; nothing if there are none
    bytes       the page, or nothing if all are zero

Invariant: equal pages (bytes, metadata, provenance in use) have equal blobs.  To add a form: a head bit, both ways.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import compress
from typing import Final

from . import words as w
from .records import Invalid

PAGE: Final = 1 << w.PAGE_BITS
WORDS_PER_PAGE: Final = PAGE >> 3
UNIFORM, WORDS, EACH = 0, 1, 2
HAS_DATA: Final = 4
HAS_PROVENANCE: Final = 8

_EACH_BYTE: Final = 0x0101010101010101
_WHOLE_WORD: Final = w.WHOLE * _EACH_BYTE
_KINDS: Final = 8  # metadata of a byte are three bits
_ZERO: Final = bytes(PAGE)
_UNIFORM: Final = [bytes([value]) * PAGE for value in range(_KINDS)]
_CODE_OF_WORD: Final = {value * _EACH_BYTE: value for value in range(_KINDS)}
_WORD_OF_CODE: Final = {code: word for word, code in _CODE_OF_WORD.items()}
_TO_HEX: Final = bytes(b"01234567"[i] if i < _KINDS else 0x78 for i in range(256))
_FROM_HEX: Final = bytes(i - 0x30 if 0x30 <= i < 0x38 else 255 for i in range(256))


def encode(data: bytes | bytearray, meta: bytes | bytearray, prov: memoryview | array[int]) -> bytes:
    """`data`, `meta`: PAGE bytes each; `prov`: WORDS_PER_PAGE words."""
    body = b"" if data == _ZERO else bytes(data)
    flag = HAS_DATA if body else 0
    first = meta[0]
    if first < _KINDS and meta == _UNIFORM[first]:
        if not first & w.WHOLE:
            return bytes((flag | UNIFORM, first)) + body
        return bytes((flag | UNIFORM | HAS_PROVENANCE, first)) + array("q", prov).tobytes() + body
    words = memoryview(meta).cast("Q").tolist()
    try:
        shown, how = bytes(map(_CODE_OF_WORD.__getitem__, words)), WORDS
    except KeyError:
        shown, how = bytes.fromhex(meta.translate(_TO_HEX).decode("ascii")), EACH
    if not any(map(_WHOLE_WORD.__and__, words)):
        return bytes((flag | how,)) + shown + body
    used = array("q", compress(prov, map(_WHOLE_WORD.__and__, words)))
    return bytes((flag | how | HAS_PROVENANCE,)) + shown + used.tobytes() + body


def decode(blob: bytes) -> tuple[bytes, bytes, bytes]:
    """(bytes, metadata, provenance) of a page; raises `Invalid`."""
    if not blob or blob[0] & ~15 or blob[0] & 3 == 3:
        raise Invalid("a page begins with an unknown byte")
    how = blob[0] & 3
    size = (1, WORDS_PER_PAGE, PAGE >> 1)[how]
    shown, rest = blob[1 : 1 + size], blob[1 + size :]
    if len(shown) != size:
        raise Invalid("a page is too short")
    meta = _decode_meta(how, shown)
    prov, rest = _decode_prov(blob[0] & HAS_PROVENANCE, meta, rest)
    if len(rest) != (PAGE if blob[0] & HAS_DATA else 0):
        raise Invalid(f"a page has {len(rest)} bytes at its end")
    return rest or _ZERO, meta, prov


def _decode_meta(how: int, shown: bytes) -> bytes:
    if how == EACH:
        meta = shown.hex().encode().translate(_FROM_HEX)
        if 255 in meta:
            raise Invalid("a page has metadata of an unknown kind")
        return meta
    if max(shown) >= _KINDS:
        raise Invalid("a page has metadata of an unknown kind")
    if how == UNIFORM:
        return _UNIFORM[shown[0]]
    return array("Q", map(_WORD_OF_CODE.__getitem__, shown)).tobytes()


def _decode_prov(present: int, meta: bytes, rest: bytes) -> tuple[bytes, bytes]:
    if not present:
        if any(map(_WHOLE_WORD.__and__, memoryview(meta).cast("Q"))):
            raise Invalid("a page has pointers without provenance")
        return _ZERO, rest
    wanted = [bool(word & _WHOLE_WORD) for word in memoryview(meta).cast("Q")]
    size = 8 * sum(wanted)
    if len(rest) < size:
        raise Invalid("a page is too short")
    if size == PAGE:
        return rest[:size], rest[size:]
    return _spread(wanted, array("q", rest[:size])), rest[size:]


def _spread(wanted: Iterable[bool], values: array[int]) -> bytes:
    following = iter(values)
    return array("q", [next(following) if want else 0 for want in wanted]).tobytes()
