//! Buffers of `T`: how much to allocate, growing and giving back.
//!
//! Invariants: a buffer of capacity 0, and any buffer of a zero-sized `T`, owns no memory and its
//! pointer is dangling but aligned; a zero-sized `T` has the capacity `isize::MAX` from the start,
//! so that it never grows. To add a container with a buffer, keep `(Cap, *const T)` and use these.

use crate::alloc::{handle_alloc_error, Layout};
use crate::collections::{TryReserveError, TryReserveErrorKind};
use core::intrinsics::{align_of, host, size_of, transmute_unchecked};

/// A capacity: at most `isize::MAX`, so that enums around a container find room for their tag.
#[rustc_layout_scalar_valid_range_end(0x7fff_ffff_ffff_ffff)]
#[derive(Clone, Copy)]
pub(crate) struct Cap(pub(crate) usize);

/// The capacity of a buffer without memory.
pub(crate) const fn empty_cap<T>() -> Cap {
    if size_of::<T>() == 0 {
        unsafe { Cap(isize::MAX as usize) }
    } else {
        unsafe { Cap(0) }
    }
}

/// An aligned pointer to nothing.
pub(crate) const fn dangling<T>() -> *const T {
    unsafe { transmute_unchecked::<usize, *const T>(align_of::<T>()) }
}

#[track_caller]
pub(crate) fn capacity_overflow() -> ! {
    panic!("capacity overflow")
}

#[track_caller]
pub(crate) fn handle_error(error: TryReserveError) -> ! {
    match error.kind() {
        TryReserveErrorKind::CapacityOverflow => capacity_overflow(),
        TryReserveErrorKind::AllocError { layout, .. } => handle_alloc_error(layout),
    }
}

/// A buffer for `cap` values, uninitialised, and the capacity to remember for it.
#[track_caller]
pub(crate) fn allocate<T>(cap: usize) -> (Cap, *const T) {
    let size = size_of::<T>();
    if size == 0 || cap == 0 {
        return (empty_cap::<T>(), dangling::<T>());
    }
    if cap > isize::MAX as usize / size {
        capacity_overflow();
    }
    let ptr = unsafe { host::alloc(cap * size, align_of::<T>()) };
    if ptr.is_null() {
        out_of_memory::<T>(cap);
    }
    unsafe { (Cap(cap), ptr as *const T) }
}

/// As `allocate`, filled with zeros.
#[track_caller]
pub(crate) fn allocate_zeroed<T>(cap: usize) -> (Cap, *const T) {
    let size = size_of::<T>();
    if size == 0 || cap == 0 {
        return (empty_cap::<T>(), dangling::<T>());
    }
    if cap > isize::MAX as usize / size {
        capacity_overflow();
    }
    let ptr = unsafe { host::alloc_zeroed(cap * size, align_of::<T>()) };
    if ptr.is_null() {
        out_of_memory::<T>(cap);
    }
    unsafe { (Cap(cap), ptr as *const T) }
}

fn out_of_memory<T>(cap: usize) -> ! {
    match Layout::array::<T>(cap) {
        Ok(layout) => handle_alloc_error(layout),
        Err(_) => capacity_overflow(),
    }
}

/// Gives the buffer back.
pub(crate) unsafe fn release<T>(ptr: *const T, cap: usize) {
    let size = size_of::<T>();
    if size != 0 && cap != 0 {
        unsafe { host::dealloc(ptr as *mut u8, cap * size, align_of::<T>()) }
    }
}

/// Moves the buffer to one of exactly `new_cap` values (which may be fewer, or none).
pub(crate) unsafe fn resize<T>(ptr: *const T, cap: usize, new_cap: usize) -> Result<(Cap, *const T), TryReserveError> {
    let size = size_of::<T>();
    if size == 0 || cap == new_cap {
        return Ok((Cap(cap), ptr));
    }
    if new_cap == 0 {
        unsafe { release(ptr, cap) };
        return Ok((Cap(0), dangling::<T>()));
    }
    if new_cap > isize::MAX as usize / size {
        return Err(TryReserveErrorKind::CapacityOverflow.into());
    }
    let new_ptr = if cap == 0 {
        unsafe { host::alloc(new_cap * size, align_of::<T>()) }
    } else {
        unsafe { host::realloc(ptr as *mut u8, cap * size, align_of::<T>(), new_cap * size) }
    };
    if new_ptr.is_null() {
        let layout = unsafe { Layout::from_size_align_unchecked(new_cap * size, align_of::<T>()) };
        return Err(TryReserveErrorKind::AllocError { layout, non_exhaustive: () }.into());
    }
    Ok((Cap(new_cap), new_ptr as *const T))
}

/// The capacity to grow to so that `additional` more than `len` fit and pushing stays cheap.
pub(crate) fn amortized<T>(cap: usize, len: usize, additional: usize) -> Option<usize> {
    let size = size_of::<T>();
    if size == 0 {
        return None;
    }
    let required = len.checked_add(additional)?;
    let least = if size == 1 {
        8
    } else if size <= 1024 {
        4
    } else {
        1
    };
    let mut new_cap = cap * 2;
    if new_cap < required {
        new_cap = required;
    }
    if new_cap < least {
        new_cap = least;
    }
    Some(new_cap)
}

/// Grows so that `additional` more than `len` fit; amortised.
pub(crate) unsafe fn grow<T>(
    ptr: *const T,
    cap: usize,
    len: usize,
    additional: usize,
) -> Result<(Cap, *const T), TryReserveError> {
    match amortized::<T>(cap, len, additional) {
        Some(new_cap) => unsafe { resize(ptr, cap, new_cap) },
        None => Err(TryReserveErrorKind::CapacityOverflow.into()),
    }
}

/// Grows so that exactly `additional` more than `len` fit.
pub(crate) unsafe fn grow_exact<T>(
    ptr: *const T,
    cap: usize,
    len: usize,
    additional: usize,
) -> Result<(Cap, *const T), TryReserveError> {
    match len.checked_add(additional) {
        Some(new_cap) if size_of::<T>() != 0 => unsafe { resize(ptr, cap, new_cap) },
        _ => Err(TryReserveErrorKind::CapacityOverflow.into()),
    }
}
