"""Bytes as they lie in the store: as they are, or compressed where that makes them smaller.

Codec 0 is plain, 1 zstd, 2 zlib (read only: what a store without zstd would be written with).  Incompressible bytes
stay plain.  Invariant: what is decoded is never bigger than the caller allows, whatever a row claims.

To add a codec: a number here and in the constraints of the tables that name it.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

from .errors import StoreCorrupt

PLAIN, ZSTD, ZLIB = 0, 1, 2
LEVEL: Final = 1
_SMALL: Final = 64  # bytes that are not worth a try

_zstd: Any = None


def _load() -> Any:
    global _zstd
    if _zstd is None:
        import zstandard

        _zstd = (zstandard.ZstdCompressor(level=LEVEL), zstandard.ZstdDecompressor(), zstandard)
    return _zstd


def encode(data: bytes) -> tuple[int, bytes]:
    """(codec, bytes)."""
    if len(data) < _SMALL:
        return PLAIN, data
    packed: bytes = _load()[0].compress(data)
    return (ZSTD, packed) if len(packed) < len(data) - len(data) // 16 else (PLAIN, data)


def decode(codec: object, data: object, limit: int) -> bytes:
    """The bytes of a row, at most `limit`.  Raises `StoreCorrupt`."""
    if not isinstance(data, bytes):
        raise StoreCorrupt("a value that should be bytes is something else")
    if codec == PLAIN:
        out = data
    elif codec == ZSTD:
        out = _zstd_decode(data, limit)
    elif codec == ZLIB:
        try:
            out = zlib.decompressobj().decompress(data, limit + 1)
        except zlib.error as problem:
            raise StoreCorrupt(f"compressed bytes are damaged: {problem}") from None
    else:
        raise StoreCorrupt(f"bytes are compressed in an unknown way ({codec!r})")
    if len(out) > limit:
        raise StoreCorrupt(f"a value has more than {limit} bytes")
    return out


def _zstd_decode(data: bytes, limit: int) -> bytes:
    _, decompressor, zstandard = _load()
    try:
        if zstandard.frame_content_size(data) > limit:
            raise StoreCorrupt(f"a value has more than {limit} bytes")
        return bytes(decompressor.decompress(data, max_output_size=limit, allow_extra_data=False))
    except zstandard.ZstdError as problem:
        raise StoreCorrupt(f"compressed bytes are damaged: {problem}") from None
