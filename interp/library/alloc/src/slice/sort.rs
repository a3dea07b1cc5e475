//! The stable sort: runs by insertion, then merges from the bottom up with a buffer of half the length.
//!
//! Invariant: whenever `is_less` may unwind, a guard holds what is out of its place and puts it
//! back, so that the slice is always a permutation of what it was.

use crate::vec::Vec;
use core::intrinsics::{copy, copy_nonoverlapping, offset, read_via_copy, size_of};
use core::mem::ManuallyDrop;

/// Slices up to this length are sorted by insertion alone, as std does it: a comparison that counts, prints
/// or panics sees the same pairs in the same order.
const SMALL: usize = 20;
/// Runs of this length are sorted by insertion before they are merged.
const RUN: usize = 16;

/// Sorts `v`; equal values keep their order.
pub(super) fn merge_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) {
    let len = v.len();
    if len < 2 || size_of::<T>() == 0 {
        return;
    }
    if len <= SMALL {
        unsafe { insertion_sort(v.as_mut_ptr(), len, is_less) };
        return;
    }
    if sorted_or_reversed(v, is_less) {
        return;
    }
    let base = v.as_mut_ptr();
    unsafe {
        let mut start = 0;
        while start < len {
            let end = if len - start < RUN { len } else { start + RUN };
            insertion_sort(offset(base, start), end - start, is_less);
            start = end;
        }
        let mut buffer: Vec<T> = Vec::with_capacity(len / 2 + RUN);
        let mut width = RUN;
        while width < len {
            let mut start = 0;
            while start + width < len {
                let end = if len - start < 2 * width { len } else { start + 2 * width };
                merge(offset(base, start), width, end - start, buffer.as_mut_ptr(), is_less);
                start += 2 * width;
            }
            width *= 2;
        }
    }
}

/// True if `v` was in order, or in strictly falling order and has been reversed.
fn sorted_or_reversed<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) -> bool {
    let len = v.len();
    let base = v.as_ptr();
    let mut i = 1;
    unsafe {
        if is_less(&*offset(base, 1usize), &*base) {
            i += 1;
            while i < len && is_less(&*offset(base, i), &*offset(base, i - 1)) {
                i += 1;
            }
            if i == len {
                v.reverse();
                return true;
            }
            return false;
        }
        while i < len && !is_less(&*offset(base, i), &*offset(base, i - 1)) {
            i += 1;
        }
    }
    i == len
}

/// A value taken out of the slice, and the place it goes back to.
struct Hole<T> {
    value: ManuallyDrop<T>,
    dest: *mut T,
}

impl<T> Drop for Hole<T> {
    fn drop(&mut self) {
        unsafe { copy_nonoverlapping(&raw const self.value as *const T, self.dest, 1) };
    }
}

unsafe fn insertion_sort<T, F: FnMut(&T, &T) -> bool>(base: *mut T, len: usize, is_less: &mut F) {
    let mut i = 1;
    while i < len {
        unsafe {
            let place = offset(base, i);
            let mut before = offset(base, i - 1);
            if is_less(&*place, &*before) {
                let value = ManuallyDrop::new(read_via_copy(place as *const T));
                let mut hole = Hole { value, dest: before };
                copy_nonoverlapping(before as *const T, place, 1);
                let mut j = i - 1;
                while j > 0 {
                    before = offset(base, j - 1);
                    if !is_less(&*(&raw const hole.value as *const T), &*before) {
                        break;
                    }
                    copy_nonoverlapping(before as *const T, hole.dest, 1);
                    hole.dest = before;
                    j -= 1;
                }
            }
        }
        i += 1;
    }
}

/// What is left of the run in the buffer, and where it goes.
struct Rest<T> {
    from: *const T,
    to: *mut T,
    count: usize,
}

impl<T> Drop for Rest<T> {
    fn drop(&mut self) {
        unsafe { copy(self.from, self.to, self.count) };
    }
}

/// Merges the runs `..mid` and `mid..len`; the shorter one goes through `buffer`.
unsafe fn merge<T, F: FnMut(&T, &T) -> bool>(base: *mut T, mid: usize, len: usize, buffer: *mut T, is_less: &mut F) {
    unsafe {
        if !is_less(&*offset(base, mid), &*offset(base, mid - 1)) {
            return;
        }
        if mid <= len - mid {
            merge_forwards(base, mid, len, buffer, is_less);
        } else {
            merge_backwards(base, mid, len, buffer, is_less);
        }
    }
}

unsafe fn merge_forwards<T, F>(base: *mut T, mid: usize, len: usize, buffer: *mut T, is_less: &mut F)
where
    F: FnMut(&T, &T) -> bool,
{
    unsafe {
        copy_nonoverlapping(base as *const T, buffer, mid);
        let mut left = Rest { from: buffer as *const T, to: base, count: mid };
        let mut right = mid;
        while left.count > 0 && right < len {
            let candidate = offset(base as *const T, right);
            if is_less(&*candidate, &*left.from) {
                copy_nonoverlapping(candidate, left.to, 1);
                right += 1;
            } else {
                copy_nonoverlapping(left.from, left.to, 1);
                left.from = offset(left.from, 1usize);
                left.count -= 1;
            }
            left.to = offset(left.to, 1usize);
        }
    }
}

unsafe fn merge_backwards<T, F>(base: *mut T, mid: usize, len: usize, buffer: *mut T, is_less: &mut F)
where
    F: FnMut(&T, &T) -> bool,
{
    unsafe {
        copy_nonoverlapping(offset(base as *const T, mid), buffer, len - mid);
        let mut right = Rest { from: buffer as *const T, to: offset(base, mid), count: len - mid };
        let mut left = mid;
        let mut out = len;
        while left > 0 && right.count > 0 {
            let candidate = offset(base as *const T, left - 1);
            let last = offset(buffer as *const T, right.count - 1);
            out -= 1;
            if is_less(&*last, &*candidate) {
                left -= 1;
                copy_nonoverlapping(candidate, offset(base, out), 1);
                right.to = candidate as *mut T;
            } else {
                copy_nonoverlapping(last, offset(base, out), 1);
                right.count -= 1;
            }
        }
    }
}
