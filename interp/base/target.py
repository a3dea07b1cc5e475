"""Facts of the one target, x86_64-unknown-linux-gnu (rustc's target specification and data layout)."""

from __future__ import annotations

from typing import Final

TRIPLE: Final = "x86_64-unknown-linux-gnu"
POINTER_BITS: Final = 64
POINTER_BYTES: Final = 8
POINTER_ALIGN: Final = 8

# name -> (bits, signed); pointer-sized integers are resolved here once and for all.
INT_TYPES: Final[dict[str, tuple[int, bool]]] = {
    "i8": (8, True), "i16": (16, True), "i32": (32, True), "i64": (64, True), "i128": (128, True),
    "isize": (64, True),
    "u8": (8, False), "u16": (16, False), "u32": (32, False), "u64": (64, False), "u128": (128, False),
    "usize": (64, False),
}  # fmt: skip
FLOAT_TYPES: Final[dict[str, int]] = {"f32": 32, "f64": 64}

# What `cfg(...)` sees: bare names, then key/value pairs.
CFG_NAMES: Final = frozenset({"unix", "debug_assertions", "panic_unwind", "target_thread_local", "interp"})
CFG_VALUES: Final = frozenset({
    ("target_os", "linux"), ("target_family", "unix"), ("target_arch", "x86_64"), ("target_env", "gnu"),
    ("target_endian", "little"), ("target_pointer_width", "64"), ("target_vendor", "unknown"),
    ("panic", "unwind"), ("target_has_atomic", "8"), ("target_has_atomic", "16"),
    ("target_has_atomic", "32"), ("target_has_atomic", "64"), ("target_has_atomic", "ptr"),
    ("target_has_atomic", "128"),
})  # fmt: skip


def int_range(name: str) -> tuple[int, int]:
    """Smallest and largest value of the integer type `name`."""
    bits, signed = INT_TYPES[name]
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
