//! Iterators over the elements of a slice: a pointer and how many are left.

use crate::intrinsics;
use crate::iter::{FusedIterator, TrustedLen};
use crate::marker::PhantomData;
use crate::ptr::NonNull;
use crate::{fmt, slice};

/// References to the elements.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Iter<'a, T: 'a> {
    ptr: NonNull<T>,
    left: usize,
    marker: PhantomData<&'a T>,
}

/// Mutable references to the elements.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterMut<'a, T: 'a> {
    ptr: NonNull<T>,
    left: usize,
    marker: PhantomData<&'a mut T>,
}

unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Sync> Send for Iter<'_, T> {}
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}

impl<'a, T> Iter<'a, T> {
    #[inline]
    pub(super) const fn new(slice: &'a [T]) -> Iter<'a, T> {
        let ptr = unsafe { NonNull { pointer: slice as *const [T] as *const T } };
        Iter { ptr, left: slice.len(), marker: PhantomData }
    }

    /// What is left, as a slice.
    pub const fn as_slice(&self) -> &'a [T] {
        unsafe { slice::from_raw_parts(self.ptr.pointer, self.left) }
    }
}

impl<'a, T> IterMut<'a, T> {
    #[inline]
    pub(super) const fn new(slice: &'a mut [T]) -> IterMut<'a, T> {
        let left = slice.len();
        let ptr = unsafe { NonNull { pointer: slice as *mut [T] as *mut T as *const T } };
        IterMut { ptr, left, marker: PhantomData }
    }

    /// What is left, as a slice.
    pub const fn as_slice(&self) -> &[T] {
        unsafe { slice::from_raw_parts(self.ptr.pointer, self.left) }
    }

    /// What is left, as a mutable slice.
    #[unstable(feature = "slice_iter_mut_as_mut_slice")]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.ptr.pointer as *mut T, self.left) }
    }

    /// What is left, as a mutable slice.
    pub const fn into_slice(self) -> &'a mut [T] {
        unsafe { slice::from_raw_parts_mut(self.ptr.pointer as *mut T, self.left) }
    }
}

macro_rules! iterator {
    ($name:ident, $item:ty, |$p:ident| $reference:expr) => {
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                let $p = self.ptr.pointer;
                unsafe {
                    self.ptr = NonNull { pointer: intrinsics::offset($p, 1usize) };
                    Some($reference)
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.left, Some(self.left))
            }

            fn __is_random_access(&self) -> bool {
                true
            }

            fn count(self) -> usize {
                self.left
            }

            fn nth(&mut self, n: usize) -> Option<$item> {
                if n >= self.left {
                    unsafe { self.ptr = NonNull { pointer: intrinsics::offset(self.ptr.pointer, self.left) } };
                    self.left = 0;
                    return None;
                }
                self.left -= n + 1;
                unsafe {
                    let $p = intrinsics::offset(self.ptr.pointer, n);
                    self.ptr = NonNull { pointer: intrinsics::offset($p, 1usize) };
                    Some($reference)
                }
            }

            fn last(mut self) -> Option<$item> {
                self.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                unsafe {
                    let $p = intrinsics::offset(self.ptr.pointer, self.left);
                    Some($reference)
                }
            }

            fn nth_back(&mut self, n: usize) -> Option<$item> {
                if n >= self.left {
                    self.left = 0;
                    return None;
                }
                self.left -= n + 1;
                unsafe {
                    let $p = intrinsics::offset(self.ptr.pointer, self.left);
                    Some($reference)
                }
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {
            #[inline]
            fn len(&self) -> usize {
                self.left
            }

            fn is_empty(&self) -> bool {
                self.left == 0
            }
        }

        impl<T> FusedIterator for $name<'_, T> {}
        unsafe impl<T> TrustedLen for $name<'_, T> {}

        impl<T> AsRef<[T]> for $name<'_, T> {
            fn as_ref(&self) -> &[T] {
                self.as_slice()
            }
        }

        impl<T: fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_slice()).finish()
            }
        }
    };
}
iterator! { Iter, &'a T, |p| &*p }
iterator! { IterMut, &'a mut T, |p| &mut *(p as *mut T) }

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { ptr: self.ptr, left: self.left, marker: PhantomData }
    }
}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        (&[]).into_iter()
    }
}

impl<T> Default for IterMut<'_, T> {
    fn default() -> Self {
        (&mut []).into_iter()
    }
}

impl Iter<'_, u8> {
    /// The next byte of a string's character, which must be there.
    #[inline]
    pub(crate) fn next_byte(&mut self) -> u8 {
        let p = self.ptr.pointer;
        self.left -= 1;
        unsafe {
            self.ptr = NonNull { pointer: intrinsics::offset(p, 1usize) };
            *p
        }
    }
}
