//! Iteration over an array by value.

use crate::fmt;
use crate::intrinsics;
use crate::iter::{FusedIterator, TrustedLen};
use crate::mem::{ManuallyDrop, MaybeUninit};
use crate::ptr;
use crate::slice;

/// The elements of an array.
pub struct IntoIter<T, const N: usize> {
    data: [MaybeUninit<T>; N],
    /// `data[start..end]` is what is left.
    start: usize,
    end: usize,
}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;

    fn into_iter(self) -> IntoIter<T, N> {
        let this = ManuallyDrop::new(self);
        let data = unsafe { intrinsics::read_via_copy(&*this as *const [T; N] as *const [MaybeUninit<T>; N]) };
        IntoIter { data, start: 0, end: N }
    }
}

impl<T, const N: usize> IntoIter<T, N> {
    /// What is left, as a slice.
    pub fn as_slice(&self) -> &[T] {
        unsafe { slice::from_raw_parts((self.data.as_ptr() as *const T).add(self.start), self.end - self.start) }
    }

    /// What is left, as a mutable slice.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        let (start, end) = (self.start, self.end);
        unsafe { slice::from_raw_parts_mut((self.data.as_mut_ptr() as *mut T).add(start), end - start) }
    }

    /// Nothing.
    #[unstable(feature = "array_into_iter_constructors")]
    pub const fn empty() -> Self {
        IntoIter { data: MaybeUninit::uninit_array(), start: 0, end: 0 }
    }
}

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let at = self.start;
        if at == self.end {
            return None;
        }
        self.start = at + 1;
        Some(unsafe { intrinsics::read_via_copy(&self.data[at] as *const MaybeUninit<T> as *const T) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.end - self.start;
        (n, Some(n))
    }

    fn count(self) -> usize {
        self.end - self.start
    }

    fn last(mut self) -> Option<T> {
        self.next_back()
    }
}

impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(unsafe { intrinsics::read_via_copy(&self.data[self.end] as *const MaybeUninit<T> as *const T) })
    }
}

impl<T, const N: usize> Drop for IntoIter<T, N> {
    fn drop(&mut self) {
        if intrinsics::needs_drop::<T>() {
            unsafe { ptr::drop_in_place(self.as_mut_slice()) }
        }
    }
}

impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}
unsafe impl<T, const N: usize> TrustedLen for IntoIter<T, N> {}

impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {
    fn clone(&self) -> Self {
        let mut new = IntoIter { data: MaybeUninit::uninit_array(), start: 0, end: 0 };
        for x in self.as_slice() {
            new.data[new.end] = MaybeUninit::new(x.clone());
            new.end += 1;
        }
        new
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for IntoIter<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}
