"""Float intrinsics: the C library's functions, by way of Python's `math` (f32 ones are rounded from the f64 result).

To add one: its line in `_UNARY` or `_BINARY`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from .primitives import FMATH, as_f32, as_f64, divide, of_f32, of_f64
from .slow_values import fma

if TYPE_CHECKING:
    from .core import Core

SIGN = {64: 1 << 63, 32: 1 << 31}


def _log(function: Callable[[float], float], at: float = 0.0) -> Callable[[float], float]:
    """A logarithm with a pole at `at`."""
    return lambda x: -math.inf if x == at else math.nan if x < at else function(x)


def _total(function: Callable[..., float], over: float = math.inf) -> Callable[..., float]:
    """C's results where Python raises: overflow gives `over` (signed as the argument), a domain error NaN."""

    def apply(*args: float) -> float:
        try:
            return function(*args)
        except OverflowError:
            return over
        except ValueError:
            return math.nan

    return apply


def _odd(function: Callable[[float], float]) -> Callable[[float], float]:
    total = _total(function)
    return lambda x: math.copysign(total(abs(x)), x)


def _gamma(x: float) -> float:
    if x == 0:
        return math.copysign(math.inf, x)
    return math.nan if x == -math.inf or (x < 0 and x == math.floor(x)) else _total(math.gamma)(x)


def _lgamma(x: float) -> float:
    return math.inf if x <= 0 and x == math.floor(x) else _total(math.lgamma)(x)


def _pow(x: float, y: float) -> float:
    try:
        return math.pow(x, y)
    except OverflowError:
        return -math.inf if x < 0 and y % 2 == 1 else math.inf
    except ValueError:
        if x != 0:
            return math.nan
        return math.copysign(math.inf, x) if y % 2 == 1 else math.inf


def _powi(x: float, n: int) -> float:
    result, base, k = 1.0, x, abs(n)
    while k:
        if k & 1:
            result *= base
        base *= base
        k >>= 1
    return result if n >= 0 else divide(1.0, result)


def _cbrt(x: float) -> float:
    """Correctly rounded as Rust's own is; the C library's may be off by one."""
    y = math.cbrt(x)
    if y == 0 or not math.isfinite(y):
        return y
    exact = Fraction(x)
    for toward in (math.inf, -math.inf):
        near = math.nextafter(y, toward)
        middle = ((Fraction(y) + Fraction(near)) / 2) ** 3
        if middle < exact if toward > 0 else middle > exact:
            y = near
    return y


_UNARY: dict[str, Callable[[float], float]] = {
    "sqrt": FMATH["sqrt"], "floor": FMATH["floor"], "ceil": FMATH["ceil"], "trunc": FMATH["trunc"],
    "round": FMATH["round"], "round_ties_even_": FMATH["round_even"], "exp": _total(math.exp),
    "exp2": _total(lambda x: math.exp2(x)), "expm1": _total(math.expm1), "log": _log(math.log),
    "log2": _log(math.log2), "log10": _log(math.log10), "log1p": _log(math.log1p, -1.0), "sin": _total(math.sin),
    "cos": _total(math.cos), "tan": _total(math.tan), "asin": _total(math.asin), "acos": _total(math.acos),
    "atan": math.atan, "sinh": _odd(math.sinh), "cosh": _total(math.cosh), "tanh": math.tanh,
    "cbrt": _cbrt, "tgamma": _gamma, "lgamma": _lgamma,
}  # fmt: skip
_BINARY: dict[str, Callable[[float, float], float]] = {
    "pow": _pow, "atan2": math.atan2, "hypot": math.hypot,
    "minnum": lambda x, y: y if x != x else x if y != y or x < y else y if y < x else x,
    "maxnum": lambda x, y: y if x != x else x if y != y or x > y else y if y > x else x,
}  # fmt: skip

Math = Callable[["Core", list[int]], tuple[int, ...]]


def _codec(width: int) -> tuple[Callable[[int], float], Callable[[float], int]]:
    return (as_f64, of_f64) if width == 64 else (as_f32, of_f32)


def _unary(function: Callable[[float], float], width: int) -> Math:
    read, write = _codec(width)
    return lambda core, s: (write(function(read(s[0]))),)


def _binary(function: Callable[[float, float], float], width: int) -> Math:
    read, write = _codec(width)
    return lambda core, s: (write(function(read(s[0]), read(s[1]))),)


def _powi_of(width: int) -> Math:
    """f32 squares in f32, as compiler-rt does."""
    read, write = _codec(width)

    def apply(core: Core, s: list[int]) -> tuple[int, ...]:
        if width == 64:
            return (write(_powi(read(s[0]), s[1])),)
        result, base, k = 1.0, read(s[0]), abs(s[1])
        while k:
            if k & 1:
                result = as_f32(of_f32(result * base))
            base = as_f32(of_f32(base * base))
            k >>= 1
        return (write(result if s[1] >= 0 else divide(1.0, result)),)

    return apply


def _special(width: int) -> dict[str, Math]:
    read, _ = _codec(width)
    sign = SIGN[width]
    signed = width == 64

    def fix(bits: int) -> int:
        return bits - (1 << 64) if signed and bits >> 63 else bits

    mask = 2 * sign - 1
    return {
        f"fabsf{width}": lambda core, s: (s[0] & mask & ~sign,),
        f"copysignf{width}": lambda core, s: (fix((s[0] & mask & ~sign) | (s[1] & sign)),),
        f"fmaf{width}": lambda core, s: (fma(read(s[0]), read(s[1]), read(s[2]), width),),
        f"powif{width}": _powi_of(width),
    }


MATH: dict[str, Math] = {}
for _width in (32, 64):
    for _name, _function in _UNARY.items():
        MATH[f"{_name}f{_width}"] = _unary(_function, _width)
    for _name, _function2 in _BINARY.items():
        MATH[f"{_name}f{_width}"] = _binary(_function2, _width)
    MATH.update(_special(_width))
