"""Slow path of value instructions: 128-bit integers, rarer float operations, and arithmetic that is undefined.

To add one: a function of a `Core`, and its line in HANDLERS.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from ..code.opcodes import OPS, WIDE_OPS
from . import words as w
from .core import Core, Handler
from .memory import w_mask
from .outcome import Outcome, Stop, Ub
from .primitives import as_f32, as_f64, f32_of_int, of_f32, of_f64, wrap

M128 = (1 << 128) - 1


def signed128(x: int) -> int:
    x &= M128
    return x - (1 << 128) if x >> 127 else x


def _over_s(x: int) -> int:
    return int(signed128(x) != x)


def _over_u(x: int) -> int:
    return int(x & M128 != x)


def _clamp(x: int, lo: int, hi: int) -> int:
    return min(max(x, lo), hi)


def _div(a: int, b: int) -> int:
    if b == 0:
        raise Ub("dividing by zero")
    q = abs(a) // abs(b)
    return q if (a < 0) == (b < 0) else -q


def _rem(a: int, b: int) -> int:
    if b == 0:
        raise Ub("calculating the remainder with a divisor of zero")
    r = abs(a) % abs(b)
    return -r if a < 0 else r


def _three_way(a: int, b: int) -> int:
    return (a > b) - (a < b)


def _truncate(d: float, lo: int, hi: int) -> int:
    if d != d:
        return 0
    return lo if d <= lo else hi if d >= hi else int(d)


MIN_S, MAX_S = -(1 << 127), (1 << 127) - 1
# The operation on unsigned u, v or signed s, t; suffix of the result: "" a pair, ":1" one slot, ":o" a pair and a flag.
WIDE: dict[str, Callable[[int, int, int, int], int]] = {
    "add": lambda u, v, s, t: u + v, "sub": lambda u, v, s, t: u - v, "mul": lambda u, v, s, t: u * v,
    "addo_s": lambda u, v, s, t: s + t, "addo_u": lambda u, v, s, t: u + v, "subo_s": lambda u, v, s, t: s - t,
    "subo_u": lambda u, v, s, t: u - v, "mulo_s": lambda u, v, s, t: s * t, "mulo_u": lambda u, v, s, t: u * v,
    "div_s": lambda u, v, s, t: _div(s, t), "div_u": lambda u, v, s, t: _div(u, v),
    "rem_s": lambda u, v, s, t: _rem(s, t), "rem_u": lambda u, v, s, t: _rem(u, v),
    "and": lambda u, v, s, t: u & v, "or": lambda u, v, s, t: u | v, "xor": lambda u, v, s, t: u ^ v,
    "not": lambda u, v, s, t: ~u, "neg": lambda u, v, s, t: -u,
    "shl": lambda u, v, s, t: u << (v & 127), "shr_s": lambda u, v, s, t: s >> (v & 127),
    "shr_u": lambda u, v, s, t: u >> (v & 127),
    "eq": lambda u, v, s, t: int(u == v), "ne": lambda u, v, s, t: int(u != v), "lt_s": lambda u, v, s, t: int(s < t),
    "lt_u": lambda u, v, s, t: int(u < v), "le_s": lambda u, v, s, t: int(s <= t),
    "le_u": lambda u, v, s, t: int(u <= v), "cmp_s": lambda u, v, s, t: _three_way(s, t),
    "cmp_u": lambda u, v, s, t: _three_way(u, v),
    "ctpop": lambda u, v, s, t: u.bit_count(), "clz": lambda u, v, s, t: 128 - u.bit_length(),
    "ctz": lambda u, v, s, t: (u & -u).bit_length() - 1 if u else 128,
    "bswap": lambda u, v, s, t: int.from_bytes(u.to_bytes(16, "little"), "big"),
    "bitrev": lambda u, v, s, t: int(f"{u:0128b}"[::-1], 2),
    "rotl": lambda u, v, s, t: u << (v & 127) | u >> (-v & 127),
    "rotr": lambda u, v, s, t: u >> (v & 127) | u << (-v & 127),
    "sadd_s": lambda u, v, s, t: _clamp(s + t, MIN_S, MAX_S), "sadd_u": lambda u, v, s, t: min(u + v, M128),
    "ssub_s": lambda u, v, s, t: _clamp(s - t, MIN_S, MAX_S), "ssub_u": lambda u, v, s, t: max(u - v, 0),
    "f64_of_s": lambda u, v, s, t: of_f64(float(s)), "f64_of_u": lambda u, v, s, t: of_f64(float(u)),
    "f32_of_s": lambda u, v, s, t: f32_of_int(s), "f32_of_u": lambda u, v, s, t: f32_of_int(u),
}  # fmt: skip
_ONE_SLOT = frozenset(
    ("eq", "ne", "lt_s", "lt_u", "le_s", "le_u", "cmp_s", "cmp_u", "ctpop", "clz", "ctz", "f64_of_s", "f64_of_u",
     "f32_of_s", "f32_of_u")
)  # fmt: skip
_ONE_ARGUMENT = frozenset(
    ("not", "neg", "ctpop", "clz", "ctz", "bswap", "bitrev", "f64_of_s", "f64_of_u", "f32_of_s", "f32_of_u")
)
_AMOUNT = frozenset(("shl", "shr_s", "shr_u", "rotl", "rotr"))
_FROM_FLOAT = {
    "s_of_f64": (as_f64, MIN_S, MAX_S), "u_of_f64": (as_f64, 0, M128),
    "s_of_f32": (as_f32, MIN_S, MAX_S), "u_of_f32": (as_f32, 0, M128),
}  # fmt: skip


def pair(x: int) -> tuple[int, int]:
    return wrap(x), wrap(x >> 64)


def unpair(lo: int, hi: int) -> int:
    return (lo & w_mask) | (hi & w_mask) << 64


def do_wide(core: Core) -> None:
    name = WIDE_OPS[core.word(1)]
    if name in _FROM_FLOAT:
        convert, lo, hi = _FROM_FLOAT[name]
        core.put(2, *pair(_truncate(convert(core.get(3)), lo, hi)))
        return core.advance()
    u = unpair(*core.get2(3))
    v = 0 if name in _ONE_ARGUMENT else core.get(4) & 127 if name in _AMOUNT else unpair(*core.get2(4))
    s, t = signed128(u), signed128(v)
    if name in ("div_s", "rem_s") and t == -1 and s == MIN_S:
        what = "division (dividing" if name == "div_s" else "remainder (dividing"
        raise Ub(f"overflow in signed {what} MIN by -1)")
    result = WIDE[name](u, v, s, t)
    if name in _ONE_SLOT:
        core.put(2, result)
    elif name[3:5] in ("o_", ) and name[:3] in ("add", "sub", "mul"):
        core.put(2, *pair(result), _over_s(result) if name.endswith("_s") else _over_u(result))
    else:
        core.put(2, *pair(result))
    return core.advance()


# --- floats --------------------------------------------------------------------------------------


def fma(a: float, b: float, c: float, width: int) -> int:
    """Bits of a*b + c rounded once."""
    if not all(map(math.isfinite, (a, b, c))) or a == 0 or b == 0 or c == 0:
        try:
            result = a * b + c
        except OverflowError:
            result = math.nan
        if not all(map(math.isfinite, (a, b, c))) or a == 0 or b == 0:
            return of_f64(result) if width == 64 else of_f32(result)
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    if exact == 0:
        result = a * b + c
        return of_f64(result) if width == 64 else of_f32(result)
    return bits_of_fraction(exact, width)


def bits_of_fraction(x: Fraction, width: int) -> int:
    """Bits of the float nearest to `x`, ties to even."""
    if width == 64:
        try:
            return of_f64(x.numerator / x.denominator)  # correctly rounded by Python
        except OverflowError:
            return of_f64(math.copysign(math.inf, x))
    sign, x = (0x80000000, -x) if x < 0 else (0, x)
    if x == 0:
        return sign
    exponent = max(x.numerator.bit_length() - x.denominator.bit_length(), -127)
    exponent += x >= Fraction(2) ** (exponent + 1)
    exponent -= x < Fraction(2) ** exponent
    exponent = max(exponent, -126)
    mantissa = round(x / Fraction(2) ** (exponent - 23))  # ties to even
    if mantissa < 1 << 23:
        return sign | mantissa
    bits = ((exponent + 127) << 23) + mantissa - (1 << 23)
    return sign | min(bits, 0x7F800000)


# --- undefined arithmetic ------------------------------------------------------------------------


def do_division(core: Core) -> None:
    name = OPS[core.state.text[core.pc]].name
    if core.get(3) == 0:
        raise Ub("dividing by zero" if name.startswith("DIV") else "calculating the remainder with a divisor of zero")
    what = "division (dividing" if name.startswith("DIV") else "remainder (dividing"
    raise Ub(f"overflow in signed {what} MIN by -1)")


def do_ub_if(core: Core) -> None:
    if not core.get(1):
        return core.advance()
    text, *parts = core.state.extra[core.word(2)]
    slots, fp = core.state.thread.slots, core.state.regs[w.R_FP]
    raise Ub(str(text).format(*(slots[fp + part] if isinstance(part, int) else part for part in parts)))


def do_unreachable(core: Core) -> None:
    raise Ub("entering unreachable code")


def do_abort(core: Core) -> None:
    raise Stop(Outcome("abort", 134, "the program aborted execution"))


def do_unsupported(core: Core) -> None:
    raise Stop(Outcome("unsupported", message=str(core.state.extra[core.word(1)][0])))


HANDLERS: dict[str, Handler] = {
    "WIDE": do_wide, "DIV_S": do_division, "DIV_U": do_division,
    "REM_S": do_division, "REM_U": do_division, "UB_IF": do_ub_if, "UNREACHABLE": do_unreachable, "ABORT": do_abort,
    "UNSUPPORTED": do_unsupported,
}  # fmt: skip
