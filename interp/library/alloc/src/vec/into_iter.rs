//! `vec::IntoIter`: the values of a `Vec`, by move.
//!
//! Invariant: values `start..end` of the buffer are still there. To add an iterator method, keep
//! it so at every point where a caller's code may unwind.

use super::{Release, Vec};
use crate::raw_vec;
use core::fmt;
use core::intrinsics::{aggregate_raw_ptr, needs_drop, offset, read_via_copy};
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem::forget;
use core::ptr;

/// An iterator that moves out of a vector.
pub struct IntoIter<T> {
    buf: *const T,
    cap: usize,
    start: usize,
    end: usize,
    marker: PhantomData<T>,
}

unsafe impl<T: Send> Send for IntoIter<T> {}
unsafe impl<T: Sync> Sync for IntoIter<T> {}

impl<T> IntoIterator for Vec<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        let iter = IntoIter { buf: self.ptr, cap: self.cap.0, start: 0, end: self.len, marker: PhantomData };
        forget(self);
        iter
    }
}

impl<'a, T> IntoIterator for &'a Vec<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> core::slice::Iter<'a, T> {
        self.as_slice().iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Vec<T> {
    type Item = &'a mut T;
    type IntoIter = core::slice::IterMut<'a, T>;

    fn into_iter(self) -> core::slice::IterMut<'a, T> {
        self.as_mut_slice().iter_mut()
    }
}

impl<T> IntoIter<T> {
    pub fn as_slice(&self) -> &[T] {
        unsafe { &*aggregate_raw_ptr::<*const [T], *const T, usize>(offset(self.buf, self.start), self.end - self.start) }
    }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { &mut *self.as_raw() }
    }

    fn as_raw(&mut self) -> *mut [T] {
        unsafe {
            aggregate_raw_ptr::<*mut [T], *mut T, usize>(offset(self.buf as *mut T, self.start), self.end - self.start)
        }
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let i = self.start;
        if i == self.end {
            return None;
        }
        self.start = i + 1;
        Some(unsafe { read_via_copy(offset(self.buf, i)) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.start;
        (len, Some(len))
    }

    fn count(self) -> usize {
        self.end - self.start
    }

    fn nth(&mut self, n: usize) -> Option<T> {
        let len = self.end - self.start;
        let step = if n < len { n } else { len };
        let first = unsafe { offset(self.buf as *mut T, self.start) };
        self.start += step;
        if needs_drop::<T>() {
            unsafe { ptr::drop_in_place(aggregate_raw_ptr::<*mut [T], *mut T, usize>(first, step)) };
        }
        self.next()
    }

    fn fold<B, F: FnMut(B, T) -> B>(mut self, init: B, mut f: F) -> B {
        let mut acc = init;
        while self.start != self.end {
            let i = self.start;
            self.start = i + 1;
            acc = f(acc, unsafe { read_via_copy(offset(self.buf, i)) });
        }
        acc
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(unsafe { read_via_copy(offset(self.buf, self.end)) })
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

impl<T> Default for IntoIter<T> {
    fn default() -> IntoIter<T> {
        Vec::new().into_iter()
    }
}

impl<T: Clone> Clone for IntoIter<T> {
    fn clone(&self) -> IntoIter<T> {
        self.as_slice().to_vec().into_iter()
    }
}

impl<T> AsRef<[T]> for IntoIter<T> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}

unsafe impl<#[may_dangle] T> Drop for IntoIter<T> {
    fn drop(&mut self) {
        if needs_drop::<T>() && self.start != self.end {
            let _release = Release { ptr: self.buf, cap: self.cap };
            unsafe { ptr::drop_in_place(self.as_raw()) };
        } else if self.cap != 0 {
            unsafe { raw_vec::release(self.buf, self.cap) };
        }
    }
}
