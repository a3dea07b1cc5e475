//! Hints to the compiler.

use crate::intrinsics;

/// Undefined behaviour when reached.
#[inline]
#[track_caller]
pub const unsafe fn unreachable_unchecked() -> ! {
    unsafe { intrinsics::unreachable() }
}

/// Undefined behaviour unless `cond` holds.
#[inline]
#[track_caller]
pub const unsafe fn assert_unchecked(cond: bool) {
    unsafe { intrinsics::assume(cond) }
}

/// Tells the processor that the thread waits in a loop.
#[inline]
pub fn spin_loop() {
    intrinsics::host::thread_yield()
}

/// Returns its argument, opaque to optimisation.
#[inline]
pub fn black_box<T>(dummy: T) -> T {
    intrinsics::black_box(dummy)
}

/// Returns its argument.
#[inline]
pub const fn must_use<T>(value: T) -> T {
    value
}

/// One of two values by a condition.
#[inline]
pub fn select_unpredictable<T>(b: bool, true_val: T, false_val: T) -> T {
    if b { true_val } else { false_val }
}

/// Says that the path is rarely taken.
#[inline]
pub const fn cold_path() {}

/// Returns its argument.
#[inline]
pub const fn likely(b: bool) -> bool {
    b
}

/// Returns its argument.
#[inline]
pub const fn unlikely(b: bool) -> bool {
    b
}
