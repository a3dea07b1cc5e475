"""A page of the arena as bytes, small when it is uniform: `encode` and `decode`.

A blob is a head byte (how metadata | whether there are bytes | how provenance), then metadata, provenance, bytes:

    metadata    UNIFORM: one byte that holds for all; WORDS: a code for each 8 bytes that are alike; EACH: a nibble each
    provenance  the words that the metadata say are in use, in order; nothing if there are none
    bytes       the page, or nothing if all are zero

Invariant: equal pages (bytes, metadata, provenance in use) have equal blobs.  To add a form: a head bit, both ways.
"""

from __future__ import annotations

from array import array
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
_MEANT: Final = bytes(range(_KINDS))
_NOT_WHOLE: Final = bytes(value for value in range(256) if not value & w.WHOLE)
_PLAIN: Final = frozenset(_UNIFORM[value] for value in range(_KINDS) if not value & w.WHOLE)
_SHOWN: Final = (1, WORDS_PER_PAGE, PAGE >> 1)  # bytes of metadata, by form
_TO_HEX: Final = bytes(b"01234567"[i] if i < _KINDS else 0x78 for i in range(256))
_FROM_HEX: Final = bytes(i - 0x30 if 0x30 <= i < 0x38 else 255 for i in range(256))


def encode(data: bytes | bytearray, meta: bytes | bytearray, prov: memoryview | array[int]) -> bytes:
    """`data`, `meta`: PAGE bytes each; `prov`: WORDS_PER_PAGE words."""
    body = b"" if data == _ZERO else data
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
    if not meta.translate(None, _NOT_WHOLE):
        return bytes((flag | how,)) + shown + body
    used = array("q", compress(prov, map(_WHOLE_WORD.__and__, words)))
    return bytes((flag | how | HAS_PROVENANCE,)) + shown + used.tobytes() + body


def decode(blob: bytes) -> tuple[bytes | memoryview, bytes, bytes]:
    """(bytes, metadata, provenance) of a page, without provenance empty; raises `Invalid`."""
    head = blob[0] if blob else 255
    how = head & 3
    if head & ~15 or how == 3:
        raise Invalid("a page begins with an unknown byte")
    end = 1 + _SHOWN[how]
    meta = _decode_meta(how, blob[1:end])
    prov = b""
    if head & HAS_PROVENANCE:
        prov, end = _decode_prov(meta, blob, end)
    elif meta not in _PLAIN and meta.translate(None, _NOT_WHOLE):
        raise Invalid("a page has pointers without provenance")
    if len(blob) - end != (PAGE if head & HAS_DATA else 0):
        raise Invalid(f"a page has {len(blob) - end} bytes at its end")
    return memoryview(blob)[end:] if head & HAS_DATA else _ZERO, meta, prov


def _decode_meta(how: int, shown: bytes) -> bytes:
    if len(shown) != _SHOWN[how]:
        raise Invalid("a page is too short")
    if how == EACH:
        meta = shown.hex().encode().translate(_FROM_HEX)
        if 255 in meta:
            raise Invalid("a page has metadata of an unknown kind")
        return meta
    if shown.translate(None, _MEANT):
        raise Invalid("a page has metadata of an unknown kind")
    if how == UNIFORM:
        return _UNIFORM[shown[0]]
    return array("Q", map(_WORD_OF_CODE.__getitem__, shown)).tobytes()


def _decode_prov(meta: bytes, blob: bytes, start: int) -> tuple[bytes, int]:
    wanted = [bool(word & _WHOLE_WORD) for word in memoryview(meta).cast("Q")]
    end = start + 8 * sum(wanted)
    if len(blob) < end:
        raise Invalid("a page is too short")
    values = array("q", blob[start:end])
    following = iter(values)
    return array("q", [next(following) if want else 0 for want in wanted]).tobytes(), end
