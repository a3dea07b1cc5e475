//! The iterators of `VecDeque`: two slices, one after the other.
//!
//! Invariant: when the first slice is used up the second takes its place, and the other way round
//! from behind.

use super::VecDeque;
use core::fmt;
use core::iter::FusedIterator;
use core::mem;
use core::slice;

/// Shared references, front to back.
pub struct Iter<'a, T: 'a> {
    i1: slice::Iter<'a, T>,
    i2: slice::Iter<'a, T>,
}

/// Mutable references, front to back.
pub struct IterMut<'a, T: 'a> {
    i1: slice::IterMut<'a, T>,
    i2: slice::IterMut<'a, T>,
}

/// The values, front to back.
#[derive(Clone)]
pub struct IntoIter<T> {
    inner: VecDeque<T>,
}

macro_rules! halves_iter {
    ($name:ident, $slice_iter:ident, $item:ty) => {
        impl<'a, T> $name<'a, T> {
            pub(super) fn new(i1: slice::$slice_iter<'a, T>, i2: slice::$slice_iter<'a, T>) -> Self {
                $name { i1, i2 }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                match self.i1.next() {
                    Some(value) => Some(value),
                    None => {
                        mem::swap(&mut self.i1, &mut self.i2);
                        self.i1.next()
                    }
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let len = self.i1.len() + self.i2.len();
                (len, Some(len))
            }

            fn nth(&mut self, n: usize) -> Option<$item> {
                let first = self.i1.len();
                if n < first {
                    return self.i1.nth(n);
                }
                mem::swap(&mut self.i1, &mut self.i2);
                self.i2 = Default::default();
                self.i1.nth(n - first)
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<$item> {
                match self.i2.next_back() {
                    Some(value) => Some(value),
                    None => {
                        mem::swap(&mut self.i1, &mut self.i2);
                        self.i2.next_back()
                    }
                }
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}

        impl<T: fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.i1.as_slice()).field(&self.i2.as_slice()).finish()
            }
        }
    };
}

halves_iter!(Iter, Iter, &'a T);
halves_iter!(IterMut, IterMut, &'a mut T);

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { i1: self.i1.clone(), i2: self.i2.clone() }
    }
}

impl<T> IntoIter<T> {
    pub(super) fn new(inner: VecDeque<T>) -> IntoIter<T> {
        IntoIter { inner }
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.inner.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.inner.len();
        (len, Some(len))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        self.inner.pop_back()
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.inner).finish()
    }
}
