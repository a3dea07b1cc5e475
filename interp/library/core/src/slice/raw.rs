//! Slices of raw parts.

use crate::ptr;

/// A slice of a pointer and a length.
#[inline]
#[track_caller]
pub const unsafe fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {
    unsafe { &*crate::intrinsics::aggregate_raw_ptr::<*const [T], *const T, usize>(data, len) }
}

/// A mutable slice of a pointer and a length.
#[inline]
#[track_caller]
pub const unsafe fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {
    unsafe { &mut *ptr::slice_from_raw_parts_mut(data, len) }
}

/// A slice of one element.
pub const fn from_ref<T>(s: &T) -> &[T] {
    unsafe { from_raw_parts(s, 1) }
}

/// A mutable slice of one element.
pub const fn from_mut<T>(s: &mut T) -> &mut [T] {
    unsafe { from_raw_parts_mut(s, 1) }
}
