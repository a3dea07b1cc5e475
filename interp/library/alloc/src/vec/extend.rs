//! Filling a `Vec`: `vec!`, `collect`, `extend`.
//!
//! Invariant: an iterator whose `size_hint` is exact gets a buffer of just that size, any other
//! grows as pushing does. A hint that lies costs time only.

use super::edit::raw;
use super::Vec;
use crate::raw_vec;
use core::intrinsics::{copy_nonoverlapping, is_copy, offset, size_of, write_via_move};
use core::ptr;

/// `vec![elem; n]`.
#[track_caller]
pub fn from_elem<T: Clone>(elem: T, n: usize) -> Vec<T> {
    let (cap, ptr) = raw_vec::allocate::<T>(n);
    let mut v = raw(cap, ptr, 0);
    if size_of::<T>() == 1 && is_copy::<T>() && n != 0 {
        unsafe {
            let byte = &elem as *const T;
            copy_nonoverlapping(byte, ptr as *mut T, 1);
            fill(ptr as *mut T, n);
            v.set_len(n);
        }
    } else {
        v.extend_with(n, elem);
    }
    v
}

/// Copies the first of `n` values over the others.
unsafe fn fill<T>(start: *mut T, n: usize) {
    let mut done = 1;
    while done < n {
        let count = if done < n - done { done } else { n - done };
        unsafe { copy_nonoverlapping(start as *const T, offset(start, done), count) };
        done += count;
    }
}

/// `vec![a, b, c]`.
pub fn from_array<T, const N: usize>(array: [T; N]) -> Vec<T> {
    let (cap, ptr) = raw_vec::allocate::<T>(N);
    unsafe { write_via_move(ptr as *mut [T; N], array) };
    raw(cap, ptr, N)
}

impl<T> FromIterator<T> for Vec<T> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Vec<T> {
        let mut iter = iter.into_iter();
        let (low, high) = iter.size_hint();
        let mut v = match high {
            Some(high) if high == low => Vec::with_capacity(low),
            _ => match iter.next() {
                None => return Vec::new(),
                Some(first) => {
                    let (low, _) = iter.size_hint();
                    let least = if size_of::<T>() == 1 { 8 } else { 4 };
                    let wanted = low.saturating_add(1);
                    let mut v = Vec::with_capacity(if wanted > least { wanted } else { least });
                    v.push(first);
                    v
                }
            },
        };
        while let Some(value) = iter.next() {
            let len = v.len;
            if len >= v.cap.0 {
                let (low, _) = iter.size_hint();
                v.reserve(low.saturating_add(1));
            }
            unsafe { write_via_move(offset(v.ptr as *mut T, len), value) };
            v.len = len + 1;
        }
        v
    }
}

impl<T> Extend<T> for Vec<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        let mut iter = iter.into_iter();
        let (low, _) = iter.size_hint();
        self.reserve(low);
        while let Some(value) = iter.next() {
            let len = self.len;
            if len >= self.cap.0 {
                let (low, _) = iter.size_hint();
                self.reserve(low.saturating_add(1));
            }
            unsafe { write_via_move(offset(self.ptr as *mut T, len), value) };
            self.len = len + 1;
        }
    }
}

impl<'a, T: Copy + 'a> Extend<&'a T> for Vec<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        let mut iter = iter.into_iter();
        let (low, _) = iter.size_hint();
        self.reserve(low);
        while let Some(value) = iter.next() {
            self.push(*value);
        }
    }
}

impl<T: Clone> From<&[T]> for Vec<T> {
    fn from(s: &[T]) -> Vec<T> {
        s.to_vec()
    }
}

impl<T: Clone> From<&mut [T]> for Vec<T> {
    fn from(s: &mut [T]) -> Vec<T> {
        s.to_vec()
    }
}

impl<T: Clone, const N: usize> From<&[T; N]> for Vec<T> {
    fn from(s: &[T; N]) -> Vec<T> {
        s.as_slice().to_vec()
    }
}

impl<T: Clone, const N: usize> From<&mut [T; N]> for Vec<T> {
    fn from(s: &mut [T; N]) -> Vec<T> {
        s.as_slice().to_vec()
    }
}

impl<T, const N: usize> From<[T; N]> for Vec<T> {
    fn from(s: [T; N]) -> Vec<T> {
        from_array(s)
    }
}

impl<T, const N: usize> TryFrom<Vec<T>> for [T; N] {
    type Error = Vec<T>;

    fn try_from(mut vec: Vec<T>) -> Result<[T; N], Vec<T>> {
        if vec.len() != N {
            return Err(vec);
        }
        unsafe {
            vec.set_len(0);
            Ok(ptr::read(vec.as_ptr() as *const [T; N]))
        }
    }
}
