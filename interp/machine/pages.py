"""A page of the arena as bytes, small when it is uniform: `encode`, `decode`, and `Arena`, which pages are put into.

A blob is a head byte (how metadata | whether there are bytes | how provenance), then metadata, provenance, bytes:

    metadata    UNIFORM: one byte that holds for all; WORDS: a code for each 8 bytes that are alike; EACH: a nibble each
    provenance  the words that the metadata say are in use, in order; nothing if there are none
    bytes       the page, or nothing if all are zero

Invariant: equal pages (bytes, metadata, provenance in use) have equal blobs.  To add a form: a head bit, both ways.
"""

from __future__ import annotations

from array import array
from typing import Final

from . import bulk, words as w
from .records import Invalid

PAGE: Final = 1 << w.PAGE_BITS
WORDS_PER_PAGE: Final = PAGE >> 3
UNIFORM, WORDS, EACH = 0, 1, 2
HAS_DATA: Final = 4
HAS_PROVENANCE: Final = 8

_KINDS: Final = 8  # metadata of a byte are three bits
_ZERO: Final = bytes(PAGE)
_UNIFORM: Final = [bytes([value]) * PAGE for value in range(_KINDS)]
_NOT_WHOLE: Final = bytes(value for value in range(256) if not value & w.WHOLE)
_PLAIN: Final = frozenset(_UNIFORM[value] for value in range(_KINDS) if not value & w.WHOLE)
_PLAIN_KINDS: Final = bytes(value for value in range(_KINDS) if not value & w.WHOLE)
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
    plain, codes = bytes(meta), bytearray(WORDS_PER_PAGE)
    if bulk.metadata_by_word(plain, codes):
        shown, how = bytes(codes), WORDS
    else:
        shown, how = bytes.fromhex(plain.translate(_TO_HEX).decode("ascii")), EACH
    if not plain.translate(None, _NOT_WHOLE):
        return bytes((flag | how,)) + shown + body
    used = array("q", bytes(8 * WORDS_PER_PAGE))
    count = bulk.provenance_in_use(plain, array("q", prov), used)
    return bytes((flag | how | HAS_PROVENANCE,)) + shown + used[:count].tobytes() + body


def decode(blob: bytes | memoryview) -> tuple[bytes | memoryview, bytes, array[int]]:
    """(bytes, metadata, words of provenance in use) of a page; raises `Invalid`."""
    head = blob[0] if blob else 255
    how = head & 3
    if head & ~15 or how == 3:
        raise Invalid("a page begins with an unknown byte")
    end = 1 + _SHOWN[how]
    meta = _decode_meta(how, bytes(blob[1:end]))
    prov = array("q")
    if head & HAS_PROVENANCE:
        start, end = end, end + 8 * bulk.words_in_use(meta)
        if len(blob) < end:
            raise Invalid("a page is too short")
        prov.frombytes(blob[start:end])
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
    if how == UNIFORM:
        if shown[0] >= _KINDS:
            raise Invalid("a page has metadata of an unknown kind")
        return _UNIFORM[shown[0]]
    out = bytearray(PAGE)
    if not bulk.metadata_of_words(shown, out):
        raise Invalid("a page has metadata of an unknown kind")
    return bytes(out)


class Arena:
    """The arrays of an arena that its pages are put into, each once; fastest in the order of their numbers: arrays
    that grow are not filled with zeros first.

    `top`: the first word that is no provenance.
    """

    def __init__(self, top: int) -> None:
        self.data, self.meta = bytearray(), bytearray()
        self.provs: dict[int, array[int]] = {}
        self.top = top

    def put(self, number: int, blob: bytes | memoryview) -> None:
        """Raises `Invalid`."""
        if len(blob) == PAGE + 2 and blob[0] == HAS_DATA and blob[1] in _PLAIN_KINDS:  # as most are
            body: bytes | memoryview = blob[2:]
            meta = _UNIFORM[blob[1]]
        else:
            body, meta, used = decode(blob)
            if used:
                self.provs[number] = self._provenance(number, meta, used)
        at, end = number << w.PAGE_BITS, len(self.data)
        if at > end:
            self.data += bytes(at - end)
            self.meta += bytes(at - end)
        if at >= end:
            self.data += body
            self.meta += meta
        else:
            self.data[at : at + PAGE] = body
            self.meta[at : at + PAGE] = meta

    def _provenance(self, number: int, meta: bytes, used: array[int]) -> array[int]:
        out = array("q", bytes(PAGE))
        low, high = bulk.spread_provenance(meta, used, out, 0)
        if low < 0 or high >= self.top:
            raise Invalid(f"page {number} has a pointer whose provenance is no row of the allocation table")
        return out

    def prov(self) -> array[int]:
        """The provenance of all pages."""
        out = array("q", (0,)) * (len(self.data) >> 3)
        for number, found in self.provs.items():
            out[number * WORDS_PER_PAGE : (number + 1) * WORDS_PER_PAGE] = found
        return out
