//! `VecDeque::drain`: removes a range and hands its values out.
//!
//! Invariants: while it lives the queue ends where the range began; values `next..end` (numbers in
//! the old queue) are still there. Its `drop` closes the gap from the shorter side.

use super::{slot, VecDeque};
use core::fmt;
use core::intrinsics::{offset, read_via_copy};
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::RangeBounds;

/// A draining iterator.
pub struct Drain<'a, T> {
    deque: *mut VecDeque<T>,
    start: usize,
    stop: usize,
    old_len: usize,
    next: usize,
    end: usize,
    marker: PhantomData<&'a mut T>,
}

unsafe impl<T: Send> Send for Drain<'_, T> {}
unsafe impl<T: Sync> Sync for Drain<'_, T> {}

impl<'a, T> Drain<'a, T> {
    #[track_caller]
    pub(super) fn new<R: RangeBounds<usize>>(deque: &'a mut VecDeque<T>, range: R) -> Drain<'a, T> {
        let old_len = deque.len;
        let range = core::slice::range(range, ..old_len);
        deque.len = range.start;
        Drain {
            deque: deque as *mut VecDeque<T>,
            start: range.start,
            stop: range.end,
            old_len,
            next: range.start,
            end: range.end,
            marker: PhantomData,
        }
    }

    unsafe fn take_at(&self, i: usize) -> T {
        unsafe {
            let deque = &*self.deque;
            read_via_copy(offset(deque.ptr, slot!(deque, i)))
        }
    }
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let i = self.next;
        if i == self.end {
            return None;
        }
        self.next = i + 1;
        Some(unsafe { self.take_at(i) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.next;
        (len, Some(len))
    }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        self.end -= 1;
        Some(unsafe { self.take_at(self.end) })
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}

/// Closes the gap `start..stop`, also when a value's `drop` unwinds.
struct CloseUp<T> {
    deque: *mut VecDeque<T>,
    start: usize,
    stop: usize,
    old_len: usize,
}

impl<T> Drop for CloseUp<T> {
    fn drop(&mut self) {
        unsafe {
            let deque = &mut *self.deque;
            let gap = self.stop - self.start;
            if gap == 0 {
                deque.len = self.old_len;
            } else if self.old_len - self.stop <= self.start {
                let mut i = self.stop;
                while i < self.old_len {
                    deque.shift(i, i - gap);
                    i += 1;
                }
            } else {
                let mut i = self.start;
                while i > 0 {
                    i -= 1;
                    deque.shift(i, i + gap);
                }
                deque.head = slot!(deque, gap);
            }
            deque.len = self.old_len - gap;
            if deque.len == 0 {
                deque.head = 0;
            }
        }
    }
}

impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        let _close =
            CloseUp { deque: self.deque, start: self.start, stop: self.stop, old_len: self.old_len };
        while let Some(value) = self.next() {
            drop(value);
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drain_len = self.stop - self.start;
        f.debug_tuple("Drain")
            .field(&drain_len)
            .field(&self.next)
            .field(&(self.old_len - drain_len))
            .field(&(self.end - self.next))
            .finish()
    }
}
