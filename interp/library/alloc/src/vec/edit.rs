//! The methods of `Vec` that insert, remove and move values about.
//!
//! Invariant: while a caller's closure or a value's `drop` runs, `len` counts only values that are
//! whole, so that unwinding drops each value once. To add a method, use a guard that puts the tail
//! back in its `drop`.

use super::{Drain, ExtractIf, Splice, Vec};
use core::intrinsics::{copy, copy_nonoverlapping, is_copy, offset, read_via_copy, write_via_move};
use core::marker::PhantomData;
use core::ops::RangeBounds;
use core::ptr;

impl<T> Vec<T> {
    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) {
        let len = self.len;
        if index > len {
            panic!("insertion index (is {index}) should be <= len (is {len})");
        }
        if len >= self.cap.0 {
            self.reserve(1);
        }
        unsafe {
            let place = offset(self.ptr as *mut T, index);
            if index < len {
                copy(place as *const T, offset(place, 1usize), len - index);
            }
            write_via_move(place, element);
        }
        self.len = len + 1;
    }

    #[track_caller]
    pub fn insert_mut(&mut self, index: usize, element: T) -> &mut T {
        self.insert(index, element);
        unsafe { &mut *offset(self.ptr as *mut T, index) }
    }

    #[track_caller]
    pub fn remove(&mut self, index: usize) -> T {
        let len = self.len;
        if index >= len {
            panic!("removal index (is {index}) should be < len (is {len})");
        }
        unsafe {
            let place = offset(self.ptr as *mut T, index);
            let value = read_via_copy(place as *const T);
            copy(offset(place as *const T, 1usize), place, len - index - 1);
            self.len = len - 1;
            value
        }
    }

    #[unstable(feature = "vec_try_remove")]
    pub fn try_remove(&mut self, index: usize) -> Option<T> {
        if index < self.len {
            Some(self.remove(index))
        } else {
            None
        }
    }

    #[track_caller]
    pub fn swap_remove(&mut self, index: usize) -> T {
        let len = self.len;
        if index >= len {
            panic!("swap_remove index (is {index}) should be < len (is {len})");
        }
        unsafe {
            let place = offset(self.ptr as *mut T, index);
            let value = read_via_copy(place as *const T);
            copy(offset(self.ptr, len - 1), place, 1);
            self.len = len - 1;
            value
        }
    }

    pub fn append(&mut self, other: &mut Vec<T>) {
        let count = other.len;
        self.reserve(count);
        unsafe { copy_nonoverlapping(other.ptr, offset(self.ptr as *mut T, self.len), count) };
        other.len = 0;
        self.len += count;
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Vec<T> {
        let len = self.len;
        if at > len {
            panic!("`at` split index (is {at}) should be <= len (is {len})");
        }
        let mut other = Vec::with_capacity(len - at);
        unsafe { copy_nonoverlapping(offset(self.ptr, at), other.ptr as *mut T, len - at) };
        self.len = at;
        other.len = len - at;
        other
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|elem| f(elem));
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let len = self.len;
        if len == 0 {
            return;
        }
        self.len = 0;
        let mut gap = Gap { base: self.ptr as *mut T, write: 0, read: 0, len, vec: self };
        while gap.read < len {
            unsafe {
                let place = offset(gap.base, gap.read);
                if f(&mut *place) {
                    if gap.write != gap.read {
                        copy_nonoverlapping(place as *const T, offset(gap.base, gap.write), 1);
                    }
                    gap.write += 1;
                    gap.read += 1;
                } else {
                    gap.read += 1;
                    ptr::drop_in_place(place);
                }
            }
        }
    }

    pub fn dedup_by_key<F, K>(&mut self, mut key: F)
    where
        F: FnMut(&mut T) -> K,
        K: PartialEq,
    {
        self.dedup_by(|a, b| key(a) == key(b));
    }

    pub fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, mut same_bucket: F) {
        let len = self.len;
        if len < 2 {
            return;
        }
        self.len = 0;
        let mut gap = Gap { base: self.ptr as *mut T, write: 1, read: 1, len, vec: self };
        while gap.read < len {
            unsafe {
                let place = offset(gap.base, gap.read);
                let before = offset(gap.base, gap.write - 1);
                if same_bucket(&mut *place, &mut *before) {
                    gap.read += 1;
                    ptr::drop_in_place(place);
                } else {
                    if gap.write != gap.read {
                        copy_nonoverlapping(place as *const T, offset(gap.base, gap.write), 1);
                    }
                    gap.write += 1;
                    gap.read += 1;
                }
            }
        }
    }

    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        Drain::new(self, range)
    }

    pub fn splice<R, I>(&mut self, range: R, replace_with: I) -> Splice<'_, I::IntoIter>
    where
        R: RangeBounds<usize>,
        I: IntoIterator<Item = T>,
    {
        Splice { drain: self.drain(range), replace_with: replace_with.into_iter() }
    }

    pub fn extract_if<F, R>(&mut self, range: R, filter: F) -> ExtractIf<'_, T, F>
    where
        F: FnMut(&mut T) -> bool,
        R: RangeBounds<usize>,
    {
        ExtractIf::new(self, filter, range)
    }

    pub fn resize_with<F: FnMut() -> T>(&mut self, new_len: usize, mut f: F) {
        let len = self.len;
        if new_len <= len {
            self.truncate(new_len);
        } else {
            self.reserve(new_len - len);
            while self.len < new_len {
                self.push(f());
            }
        }
    }
}

/// Values `write..read` are gone; its `drop` closes the gap and gives the vector its length back.
struct Gap<'a, T> {
    base: *mut T,
    write: usize,
    read: usize,
    len: usize,
    vec: &'a mut Vec<T>,
}

impl<T> Drop for Gap<'_, T> {
    fn drop(&mut self) {
        unsafe {
            if self.read < self.len && self.read != self.write {
                copy(offset(self.base as *const T, self.read), offset(self.base, self.write), self.len - self.read);
            }
        }
        self.vec.len = self.len - (self.read - self.write);
    }
}

impl<T: PartialEq> Vec<T> {
    pub fn dedup(&mut self) {
        self.dedup_by(|a, b| a == b);
    }
}

impl<T: Clone> Vec<T> {
    pub fn resize(&mut self, new_len: usize, value: T) {
        let len = self.len;
        if new_len > len {
            self.extend_with(new_len - len, value);
        } else {
            self.truncate(new_len);
        }
    }

    /// Adds `n` values: `n - 1` clones and `value` itself.
    pub(super) fn extend_with(&mut self, n: usize, value: T) {
        self.reserve(n);
        if n == 0 {
            return;
        }
        unsafe {
            let start = offset(self.ptr as *mut T, self.len);
            if is_copy::<T>() {
                copy_nonoverlapping(&value as *const T, start, 1);
                let mut done = 1;
                while done < n {
                    let count = if done < n - done { done } else { n - done };
                    copy_nonoverlapping(start as *const T, offset(start, done), count);
                    done += count;
                }
                self.len += n;
            } else {
                let mut i = 0;
                while i < n - 1 {
                    write_via_move(offset(start, i), T::clone(&value));
                    self.len += 1;
                    i += 1;
                }
                write_via_move(offset(start, i), value);
                self.len += 1;
            }
        }
    }

    pub fn extend_from_slice(&mut self, other: &[T]) {
        let count = core::intrinsics::ptr_metadata::<[T], usize>(other);
        if count > self.capacity() - self.len {
            self.reserve(count);
        }
        let from = other as *const [T] as *const T;
        unsafe {
            let start = offset(self.ptr as *mut T, self.len);
            if is_copy::<T>() {
                copy_nonoverlapping(from, start, count);
                self.len += count;
            } else {
                let mut i = 0;
                while i < count {
                    write_via_move(offset(start, i), T::clone(&*offset(from, i)));
                    self.len += 1;
                    i += 1;
                }
            }
        }
    }

    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R) {
        let range = core::slice::range(src, ..self.len);
        self.reserve(range.end - range.start);
        let mut i = range.start;
        while i < range.end {
            let value = unsafe { T::clone(&*offset(self.ptr, i)) };
            self.push(value);
            i += 1;
        }
    }
}

impl<T, const N: usize> Vec<[T; N]> {
    #[track_caller]
    pub fn into_flattened(self) -> Vec<T> {
        let (ptr, len, cap) = self.into_raw_parts();
        let (new_len, new_cap) = if core::mem::size_of::<T>() == 0 {
            (len.checked_mul(N).expect("vec len overflow"), usize::MAX)
        } else {
            (len * N, cap * N)
        };
        unsafe { Vec::from_raw_parts(ptr as *mut T, new_len, new_cap) }
    }
}

/// A vector that has `cap` room and `len` values, for the sibling modules.
pub(super) fn raw<T>(cap: crate::raw_vec::Cap, ptr: *const T, len: usize) -> Vec<T> {
    Vec { cap, ptr, len, marker: PhantomData }
}
