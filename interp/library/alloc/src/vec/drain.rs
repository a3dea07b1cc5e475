//! `Vec::drain`: removes a range and hands its values out.
//!
//! Invariants: while it lives the vector ends where the range began; values `start..end` are still
//! there, and so is the tail. Its `drop` drops the former and moves the latter up.

use super::Vec;
use core::fmt;
use core::intrinsics::{aggregate_raw_ptr, copy, needs_drop, offset, read_via_copy};
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::RangeBounds;
use core::ptr;

/// A draining iterator.
pub struct Drain<'a, T> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) tail_start: usize,
    pub(super) tail_len: usize,
    pub(super) vec: *mut Vec<T>,
    marker: PhantomData<&'a mut Vec<T>>,
}

unsafe impl<T: Send> Send for Drain<'_, T> {}
unsafe impl<T: Sync> Sync for Drain<'_, T> {}

impl<'a, T> Drain<'a, T> {
    #[track_caller]
    pub(super) fn new<R: RangeBounds<usize>>(vec: &'a mut Vec<T>, range: R) -> Drain<'a, T> {
        let len = vec.len;
        let range = core::slice::range(range, ..len);
        vec.len = range.start;
        Drain {
            start: range.start,
            end: range.end,
            tail_start: range.end,
            tail_len: len - range.end,
            vec: vec as *mut Vec<T>,
            marker: PhantomData,
        }
    }

    pub fn as_slice(&self) -> &[T] {
        unsafe {
            let first = offset((*self.vec).ptr, self.start);
            &*aggregate_raw_ptr::<*const [T], *const T, usize>(first, self.end - self.start)
        }
    }

    /// Leaves the values that were not yet handed out in the vector.
    #[unstable(feature = "drain_keep_rest")]
    pub fn keep_rest(self) {
        let mut this = core::mem::ManuallyDrop::new(self);
        unsafe {
            let vec = &mut *this.vec;
            let base = vec.ptr as *mut T;
            let kept = this.end - this.start;
            copy(offset(base as *const T, this.start), offset(base, vec.len), kept);
            let new_start = vec.len + kept;
            copy(offset(base as *const T, this.tail_start), offset(base, new_start), this.tail_len);
            vec.len = new_start + this.tail_len;
            this.tail_len = 0;
        }
    }
}

impl<T> AsRef<[T]> for Drain<'_, T> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.as_slice()).finish()
    }
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let i = self.start;
        if i == self.end {
            return None;
        }
        self.start = i + 1;
        Some(unsafe { read_via_copy(offset((*self.vec).ptr, i)) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.start;
        (len, Some(len))
    }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(unsafe { read_via_copy(offset((*self.vec).ptr, self.end)) })
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}

/// Moves the tail up, also when a value's `drop` unwinds.
struct CloseUp<T> {
    vec: *mut Vec<T>,
    tail_start: usize,
    tail_len: usize,
}

impl<T> Drop for CloseUp<T> {
    fn drop(&mut self) {
        if self.tail_len == 0 {
            return;
        }
        unsafe {
            let vec = &mut *self.vec;
            let len = vec.len;
            if len != self.tail_start {
                let base = vec.ptr as *mut T;
                copy(offset(base as *const T, self.tail_start), offset(base, len), self.tail_len);
            }
            vec.len = len + self.tail_len;
        }
    }
}

impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        let _close = CloseUp { vec: self.vec, tail_start: self.tail_start, tail_len: self.tail_len };
        if needs_drop::<T>() && self.start != self.end {
            unsafe {
                let first = offset((*self.vec).ptr as *mut T, self.start);
                let rest = aggregate_raw_ptr::<*mut [T], *mut T, usize>(first, self.end - self.start);
                self.start = self.end;
                ptr::drop_in_place(rest);
            }
        }
    }
}
