"""What the engine's loop is made of, for the uncompiled engine; `primitives.h` says the same in C.

Words are signed 64-bit Python ints (what `array('q')` holds); memory is a `bytearray`.  Functions that may see a
sum or product of two words take it unwrapped.  To add one: here, in `primitives.h` and in `engine.pxd`.
"""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Callable
from typing import Final

from ..code.opcodes import FMATH_OPS

M64: Final = (1 << 64) - 1
Bytes = bytearray
Words = "array[int]"


def wrap(x: int) -> int:
    """The low 64 bits of x, signed."""
    x &= M64
    return x - (1 << 64) if x >> 63 else x


def s_ext(x: int, sh: int) -> int:
    return wrap(x << sh) >> sh


def u_ext(x: int, sh: int) -> int:
    x = ((x << sh) & M64) >> sh
    return x - (1 << 64) if x >> 63 else x


def less_u(a: int, b: int) -> int:
    return (a & M64) < (b & M64)


def lowest(sh: int) -> int:
    return -1 << (63 - sh)


def shift_left(x: int, n: int) -> int:
    return wrap(x << n)


def shift_right_u(x: int, n: int) -> int:
    return wrap((x & M64) >> n)


def div_s(a: int, b: int) -> int:
    q = abs(a) // abs(b)
    return wrap(q if (a < 0) == (b < 0) else -q)


def rem_s(a: int, b: int) -> int:
    r = abs(a) % abs(b)
    return -r if a < 0 else r


def div_u(a: int, b: int) -> int:
    return wrap((a & M64) // (b & M64))


def rem_u(a: int, b: int) -> int:
    return wrap((a & M64) % (b & M64))


def add_over_s(a: int, b: int, sh: int) -> bool:
    return s_ext(a + b, sh) != a + b


def sub_over_s(a: int, b: int, sh: int) -> bool:
    return s_ext(a - b, sh) != a - b


def mul_over_s(a: int, b: int, sh: int) -> bool:
    return s_ext(a * b, sh) != a * b


def add_over_u(a: int, b: int, sh: int) -> bool:
    return ((a & M64) + (b & M64)) >> (64 - sh) != 0


def sub_over_u(a: int, b: int, sh: int) -> bool:
    return (a & M64) < (b & M64)


def mul_over_u(a: int, b: int, sh: int) -> bool:
    return ((a & M64) * (b & M64)) >> (64 - sh) != 0


def hash_slot(key: int, shift: int) -> int:
    """Fibonacci hashing: where a search for `key` begins in a table of 2^(64 - shift) places."""
    return ((key * 0x9E3779B97F4A7C15) & M64) >> shift


def vtable_like(x: int) -> bool:
    """Whether a byte of x is 0x7E or 0x7F, as the sixth of a vtable's address is."""
    x = x & 0xFEFEFEFEFEFEFEFE ^ 0x7E7E7E7E7E7E7E7E
    return (x - 0x0101010101010101) & ~x & 0x8080808080808080 != 0


def popcount(x: int) -> int:
    return (x & M64).bit_count()


def leading_zeros(x: int) -> int:
    return 64 - (x & M64).bit_length()


def trailing_zeros(x: int) -> int:
    x &= M64
    return (x & -x).bit_length() - 1 if x else 64


def byte_swap(x: int, sh: int) -> int:
    return wrap(int.from_bytes((x & M64).to_bytes(8, "little"), "big") >> sh)


def bit_reverse(x: int, sh: int) -> int:
    return wrap(int(f"{x & M64:064b}"[::-1], 2) >> sh)


def rotate(x: int, n: int, sh: int) -> int:
    """`x` zero-extended, of 64-sh bits, rotated left by n (less than that)."""
    x &= M64
    return u_ext(x << n | x >> (64 - sh - n), sh) if n else wrap(x)


def rd_u8(p: Bytes, o: int) -> int:
    return p[o]


def rd_i8(p: Bytes, o: int) -> int:
    return p[o] - 256 if p[o] > 127 else p[o]


def rd_u16(p: Bytes, o: int) -> int:
    return int.from_bytes(p[o : o + 2], "little")


def rd_i16(p: Bytes, o: int) -> int:
    return int.from_bytes(p[o : o + 2], "little", signed=True)


def rd_u32(p: Bytes, o: int) -> int:
    return int.from_bytes(p[o : o + 4], "little")


def rd_i32(p: Bytes, o: int) -> int:
    return int.from_bytes(p[o : o + 4], "little", signed=True)


def rd_i64(p: Bytes, o: int) -> int:
    return int.from_bytes(p[o : o + 8], "little", signed=True)


def wr1(p: Bytes, o: int, v: int) -> None:
    p[o] = v & 255


def wr2(p: Bytes, o: int, v: int) -> None:
    p[o : o + 2] = (v & 0xFFFF).to_bytes(2, "little")


def wr4(p: Bytes, o: int, v: int) -> None:
    p[o : o + 4] = (v & 0xFFFFFFFF).to_bytes(4, "little")


def wr8(p: Bytes, o: int, v: int) -> None:
    p[o : o + 8] = (v & M64).to_bytes(8, "little")


INIT8: Final = 0x0101010101010101
POINTER8: Final = 0x0303030303030303
WHOLE8: Final = 0x0202020202020202
FRAGMENT8: Final = 0x0404040404040404
_BIT0: Final = bytes(b & 1 for b in range(256))
_INIT2, _INIT4, _INIT8, _POINTER8 = b"\1" * 2, b"\1" * 4, b"\1" * 8, b"\3" * 8


def init1(m: Bytes, o: int) -> int:
    return m[o] & 1


def init2(m: Bytes, o: int) -> bool:
    return rd_u16(m, o) & 0x0101 == 0x0101


def init4(m: Bytes, o: int) -> bool:
    return rd_u32(m, o) & 0x01010101 == 0x01010101


def init8(m: Bytes, o: int) -> bool:
    return rd_i64(m, o) & INIT8 == INIT8


def set_init1(m: Bytes, o: int) -> None:
    m[o] = 1


def set_init2(m: Bytes, o: int) -> None:
    m[o : o + 2] = _INIT2


def set_init4(m: Bytes, o: int) -> None:
    m[o : o + 4] = _INIT4


def set_init8(m: Bytes, o: int) -> None:
    m[o : o + 8] = _INIT8


def set_pointer8(m: Bytes, o: int) -> None:
    m[o : o + 8] = _POINTER8


def touch(dirty: Bytes, o: int, n: int) -> None:
    dirty[o >> 12] = 255
    dirty[(o + n - 1) >> 12] = 255


def touch_range(dirty: Bytes, o: int, n: int) -> None:
    if n > 0:
        first, last = o >> 12, (o + n - 1) >> 12
        dirty[first : last + 1] = b"\xff" * (last + 1 - first)


def set_bytes(p: Bytes, o: int, v: int, n: int) -> None:
    p[o : o + n] = bytes((v,)) * n


def move_bytes(p: Bytes, d: int, o: int, n: int) -> None:
    p[d : d + n] = p[o : o + n]


def move_slots(p: array[int], d: int, o: int, n: int) -> None:
    p[d : d + n] = p[o : o + n]


def all_init(m: Bytes, o: int, n: int) -> bool:
    part = m[o : o + n]
    return part.count(1) == n or part.translate(_BIT0).count(1) == n


def any_marked(m: Bytes, o: int, n: int, bits: int) -> bool:
    part = m[o : o + n]
    return part.count(1) + part.count(0) != n and any(b & bits for b in part)


def compare(p: Bytes, a: int, b: int, n: int) -> int:
    left, right = p[a : a + n], p[b : b + n]
    return (left > right) - (left < right)


def find(p: Bytes, o: int, n: int, v: int) -> int:
    at = p.find(v, o, o + n)
    return n if at < 0 else at - o


def _rotl(x: int, k: int) -> int:
    return ((x << k) | (x >> (64 - k))) & M64


def next_u64(g: array[int]) -> int:
    """The next number of xoshiro256**; `g` holds its four words (typecode "Q")."""
    g0, g1, g2, g3 = g
    result = _rotl(g1 * 5 & M64, 7) * 9 & M64
    g2 ^= g0
    g3 ^= g1
    g[1] = g1 ^ g2
    g[0] = g0 ^ g3
    g[2] = g2 ^ (g1 << 17 & M64)
    g[3] = _rotl(g3, 45)
    return result


def as_f64(x: int) -> float:
    return float(struct.unpack("<d", struct.pack("<q", x))[0])


def as_f32(x: int) -> float:
    return float(struct.unpack("<f", struct.pack("<I", x & 0xFFFFFFFF))[0])


def of_f64(d: float) -> int:
    return 0x7FF8000000000000 if d != d else int(struct.unpack("<q", struct.pack("<d", d))[0])


def of_f32(d: float) -> int:
    """Bits of `d` rounded to f32."""
    if d != d:
        return 0x7FC00000
    try:
        return int(struct.unpack("<I", struct.pack("<f", d))[0])
    except OverflowError:
        return 0x7F800000 if d > 0 else 0xFF800000


def fadd64(a: int, b: int) -> int:
    return of_f64(as_f64(a) + as_f64(b))


def fsub64(a: int, b: int) -> int:
    return of_f64(as_f64(a) - as_f64(b))


def fmul64(a: int, b: int) -> int:
    return of_f64(as_f64(a) * as_f64(b))


def divide(x: float, y: float) -> float:
    """IEEE division."""
    if y != 0:
        return x / y
    return math.nan if x == 0 or x != x else math.copysign(math.inf, x) * math.copysign(1.0, y)


def fdiv64(a: int, b: int) -> int:
    return of_f64(divide(as_f64(a), as_f64(b)))


def fadd32(a: int, b: int) -> int:
    return of_f32(as_f32(a) + as_f32(b))  # 53 bits hold two 24-bit operands' result: rounding twice is exact


def fsub32(a: int, b: int) -> int:
    return of_f32(as_f32(a) - as_f32(b))


def fmul32(a: int, b: int) -> int:
    return of_f32(as_f32(a) * as_f32(b))


def fdiv32(a: int, b: int) -> int:
    return of_f32(divide(as_f32(a), as_f32(b)))


def narrow(a: int) -> int:
    return of_f32(as_f64(a))


def widen(a: int) -> int:
    return of_f64(as_f32(a))


def f64_of_s(x: int) -> int:
    return of_f64(float(x))


def f64_of_u(x: int) -> int:
    return of_f64(float(x & M64))


def f32_of_int(x: int) -> int:
    """Any integer rounded once to f32: bits beyond 53 are folded into a sticky one first."""
    size = abs(x).bit_length() - 50
    if size > 0:
        low = abs(x) & ((1 << size) - 1)
        x = (abs(x) >> size << size | (1 << size if low else 0)) * (-1 if x < 0 else 1)
    return of_f32(float(x)) if abs(x) < 1 << 200 else (0x7F800000 if x > 0 else 0xFF800000)


def f32_of_s(x: int) -> int:
    return f32_of_int(x)


def f32_of_u(x: int) -> int:
    return f32_of_int(x & M64)


def to_signed(d: float, sh: int) -> int:
    if d != d:
        return 0
    top = 2.0 ** (63 - sh)
    return ~lowest(sh) if d >= top else lowest(sh) if d < -top else int(d)


def to_unsigned(d: float, sh: int) -> int:
    if not d > 0:
        return 0
    return u_ext(-1, sh) if d >= 2.0 ** (64 - sh) else wrap(int(d))


def wide(s: array[int], op: int, to: int, a: int, b: int) -> bool:
    """The 128-bit operation `op` of WIDE_OPS, if the compiled engine can do it; uncompiled, `slow_values.py` does."""
    return False


# --- float functions -----------------------------------------------------------------------------


def round_half_away(x: float) -> float:
    if math.isinf(x) or x != x or abs(x) >= 2.0**52:
        return x
    whole = float(math.floor(abs(x)))
    return math.copysign(whole + (abs(x) - whole >= 0.5), x)


def _integral(function: Callable[[float], int]) -> Callable[[float], float]:
    def apply(x: float) -> float:
        return x if math.isinf(x) or x != x else math.copysign(float(function(x)), x)

    return apply


FMATH: dict[str, Callable[[float], float]] = {
    "sqrt": lambda x: math.sqrt(x) if x >= 0 else math.nan if x < 0 else x,
    "abs": abs, "floor": _integral(math.floor), "ceil": _integral(math.ceil), "trunc": _integral(math.trunc),
    "round": round_half_away, "round_even": _integral(round),
}  # fmt: skip


def fmath(op: int, x: int, width: int) -> int:
    """Bits of FMATH_OPS[op] of the float with bits `x`."""
    name = FMATH_OPS[op]
    if name == "abs":  # of a NaN too
        return x & (0x7FFFFFFF if width == 32 else (1 << 63) - 1)
    return of_f64(FMATH[name](as_f64(x))) if width == 64 else of_f32(FMATH[name](as_f32(x)))


def frem(a: int, b: int, width: int) -> int:
    x, y = (as_f64(a), as_f64(b)) if width == 64 else (as_f32(a), as_f32(b))
    result = math.nan if y == 0 or math.isinf(x) or x != x or y != y else math.fmod(x, y)
    return of_f64(result) if width == 64 else of_f32(result)
