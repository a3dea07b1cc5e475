//! `VecDeque`: a ring buffer.
//!
//! Invariants: the value number `i` is in the slot `head + i`, minus the capacity if that is beyond
//! it; `head < cap` or both are 0; `len <= cap`. The hot methods are here; those that move values
//! about are in `edit.rs`, the iterators in `iter.rs`, traits in `traits.rs`.

mod drain;
mod edit;
mod iter;
mod traits;

pub use self::drain::Drain;
pub use self::iter::{IntoIter, Iter, IterMut};

use crate::collections::TryReserveError;
use crate::raw_vec::{self, Cap};
use core::cmp::Ordering;
use core::intrinsics::{copy, copy_nonoverlapping, needs_drop, offset, read_via_copy, size_of, write_via_move};
use core::marker::PhantomData;
use core::ops::{Index, IndexMut, RangeBounds};
use core::ptr;

/// A double-ended queue.
pub struct VecDeque<T> {
    cap: Cap,
    ptr: *const T,
    head: usize,
    len: usize,
    marker: PhantomData<T>,
}

unsafe impl<T: Send> Send for VecDeque<T> {}
unsafe impl<T: Sync> Sync for VecDeque<T> {}

/// The slot of value number `$i`.
macro_rules! slot {
    ($deque:expr, $i:expr) => {{
        let at = $deque.head + $i;
        if at >= $deque.cap.0 {
            at - $deque.cap.0
        } else {
            at
        }
    }};
}
use slot;

impl<T> VecDeque<T> {
    pub const fn new() -> VecDeque<T> {
        VecDeque { cap: raw_vec::empty_cap::<T>(), ptr: raw_vec::dangling::<T>(), head: 0, len: 0, marker: PhantomData }
    }

    #[track_caller]
    pub fn with_capacity(capacity: usize) -> VecDeque<T> {
        let (cap, ptr) = raw_vec::allocate::<T>(capacity);
        VecDeque { cap, ptr, head: 0, len: 0, marker: PhantomData }
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn capacity(&self) -> usize {
        if size_of::<T>() == 0 {
            usize::MAX
        } else {
            self.cap.0
        }
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        if index >= self.len {
            return None;
        }
        Some(unsafe { &*offset(self.ptr, slot!(self, index)) })
    }

    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if index >= self.len {
            return None;
        }
        Some(unsafe { &mut *offset(self.ptr as *mut T, slot!(self, index)) })
    }

    pub fn front(&self) -> Option<&T> {
        self.get(0)
    }

    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.get_mut(0)
    }

    pub fn back(&self) -> Option<&T> {
        self.get(self.len.wrapping_sub(1))
    }

    pub fn back_mut(&mut self) -> Option<&mut T> {
        self.get_mut(self.len.wrapping_sub(1))
    }

    pub fn push_back(&mut self, value: T) {
        let len = self.len;
        if len == self.cap.0 {
            self.grow(1);
        }
        unsafe { write_via_move(offset(self.ptr as *mut T, slot!(self, len)), value) };
        self.len = len + 1;
    }

    pub fn push_back_mut(&mut self, value: T) -> &mut T {
        self.push_back(value);
        let last = self.len - 1;
        unsafe { &mut *offset(self.ptr as *mut T, slot!(self, last)) }
    }

    pub fn push_front(&mut self, value: T) {
        if self.len == self.cap.0 {
            self.grow(1);
        }
        let head = if self.head == 0 { self.cap.0 - 1 } else { self.head - 1 };
        self.head = head;
        unsafe { write_via_move(offset(self.ptr as *mut T, head), value) };
        self.len += 1;
    }

    pub fn push_front_mut(&mut self, value: T) -> &mut T {
        self.push_front(value);
        unsafe { &mut *offset(self.ptr as *mut T, self.head) }
    }

    pub fn pop_front(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let head = self.head;
        let next = head + 1;
        self.head = if next == self.cap.0 { 0 } else { next };
        self.len -= 1;
        Some(unsafe { read_via_copy(offset(self.ptr, head)) })
    }

    pub fn pop_back(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let last = self.len - 1;
        self.len = last;
        Some(unsafe { read_via_copy(offset(self.ptr, slot!(self, last))) })
    }

    pub fn pop_front_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let first = self.front_mut()?;
        if predicate(first) {
            self.pop_front()
        } else {
            None
        }
    }

    pub fn pop_back_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let last = self.back_mut()?;
        if predicate(last) {
            self.pop_back()
        } else {
            None
        }
    }

    /// Makes room for `additional` more values, amortised.
    #[track_caller]
    fn grow(&mut self, additional: usize) {
        let old = self.cap.0;
        match unsafe { raw_vec::grow(self.ptr, old, self.len, additional) } {
            Ok((cap, ptr)) => self.grown(old, cap, ptr),
            Err(error) => raw_vec::handle_error(error),
        }
    }

    /// Takes over the larger buffer: what was wrapped around moves behind the rest.
    fn grown(&mut self, old: usize, cap: Cap, ptr: *const T) {
        self.cap = cap;
        self.ptr = ptr;
        if self.head + self.len <= old {
            return;
        }
        let front = old - self.head;
        let wrapped = self.len - front;
        let base = self.ptr as *mut T;
        unsafe {
            if wrapped <= cap.0 - old && wrapped <= front {
                copy_nonoverlapping(base as *const T, offset(base, old), wrapped);
            } else {
                let new_head = cap.0 - front;
                copy(offset(base as *const T, self.head), offset(base, new_head), front);
                self.head = new_head;
            }
        }
    }

    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        if additional > self.capacity() - self.len {
            self.grow(additional);
        }
    }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        if let Err(error) = self.try_reserve_exact(additional) {
            raw_vec::handle_error(error);
        }
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        if additional > self.capacity() - self.len {
            let old = self.cap.0;
            let (cap, ptr) = unsafe { raw_vec::grow(self.ptr, old, self.len, additional)? };
            self.grown(old, cap, ptr);
        }
        Ok(())
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        if additional > self.capacity() - self.len {
            let old = self.cap.0;
            let (cap, ptr) = unsafe { raw_vec::grow_exact(self.ptr, old, self.len, additional)? };
            self.grown(old, cap, ptr);
        }
        Ok(())
    }

    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0);
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        let wanted = if self.len > min_capacity { self.len } else { min_capacity };
        if wanted >= self.capacity() {
            return;
        }
        self.to_start();
        match unsafe { raw_vec::resize(self.ptr, self.cap.0, wanted) } {
            Ok((cap, ptr)) => {
                self.cap = cap;
                self.ptr = ptr;
            }
            Err(error) => raw_vec::handle_error(error),
        }
    }

    /// The two halves, in order, as raw slices.
    fn halves(&self) -> (*mut [T], *mut [T]) {
        let base = self.ptr as *mut T;
        let room = self.cap.0 - self.head;
        let front = if self.len < room { self.len } else { room };
        unsafe {
            (
                ptr::slice_from_raw_parts_mut(offset(base, self.head), front),
                ptr::slice_from_raw_parts_mut(base, self.len - front),
            )
        }
    }

    pub fn as_slices(&self) -> (&[T], &[T]) {
        let (a, b) = self.halves();
        unsafe { (&*a, &*b) }
    }

    pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {
        let (a, b) = self.halves();
        unsafe { (&mut *a, &mut *b) }
    }

    pub fn clear(&mut self) {
        self.truncate(0);
        self.head = 0;
    }

    pub fn truncate(&mut self, len: usize) {
        if len >= self.len {
            return;
        }
        if needs_drop::<T>() {
            while self.len > len {
                drop(self.pop_back());
            }
        } else {
            self.len = len;
        }
    }

    #[unstable(feature = "vec_deque_truncate_front")]
    pub fn truncate_front(&mut self, len: usize) {
        while self.len > len {
            drop(self.pop_front());
        }
    }

    pub fn swap(&mut self, i: usize, j: usize) {
        assert!(i < self.len());
        assert!(j < self.len());
        let base = self.ptr as *mut T;
        unsafe { ptr::swap(offset(base, slot!(self, i)), offset(base, slot!(self, j))) };
    }

    pub fn iter(&self) -> Iter<'_, T> {
        let (a, b) = self.as_slices();
        Iter::new(a.iter(), b.iter())
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let (a, b) = self.as_mut_slices();
        IterMut::new(a.iter_mut(), b.iter_mut())
    }

    /// The two slices of a range of values.
    #[track_caller]
    fn range_halves<R: RangeBounds<usize>>(&self, range: R) -> (*mut [T], *mut [T]) {
        let range = core::slice::range(range, ..self.len);
        let room = self.cap.0 - self.head;
        let front = if self.len < room { self.len } else { room };
        let base = self.ptr as *mut T;
        let a_end = if range.end < front { range.end } else { front };
        let a_start = if range.start < a_end { range.start } else { a_end };
        let b_end = if range.end > front { range.end - front } else { 0 };
        let b_start = if range.start > front { range.start - front } else { 0 };
        let b_start = if b_start < b_end { b_start } else { b_end };
        unsafe {
            (
                ptr::slice_from_raw_parts_mut(offset(base, self.head + a_start), a_end - a_start),
                ptr::slice_from_raw_parts_mut(offset(base, b_start), b_end - b_start),
            )
        }
    }

    #[track_caller]
    pub fn range<R: RangeBounds<usize>>(&self, range: R) -> Iter<'_, T> {
        let (a, b) = self.range_halves(range);
        unsafe { Iter::new((*a).iter(), (*b).iter()) }
    }

    #[track_caller]
    pub fn range_mut<R: RangeBounds<usize>>(&mut self, range: R) -> IterMut<'_, T> {
        let (a, b) = self.range_halves(range);
        unsafe { IterMut::new((*a).iter_mut(), (*b).iter_mut()) }
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        Drain::new(self, range)
    }

    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq<T>,
    {
        let (a, b) = self.as_slices();
        a.contains(x) || b.contains(x)
    }

    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|e| e.cmp(x))
    }

    pub fn binary_search_by<'a, F>(&'a self, mut f: F) -> Result<usize, usize>
    where
        F: FnMut(&'a T) -> Ordering,
    {
        let (front, back) = self.as_slices();
        match back.first().map(|elem| f(elem)) {
            Some(Ordering::Equal) => Ok(front.len()),
            Some(Ordering::Less) => match back.binary_search_by(f) {
                Ok(i) => Ok(i + front.len()),
                Err(i) => Err(i + front.len()),
            },
            _ => front.binary_search_by(f),
        }
    }

    pub fn binary_search_by_key<'a, B, F>(&'a self, b: &B, mut f: F) -> Result<usize, usize>
    where
        F: FnMut(&'a T) -> B,
        B: Ord,
    {
        self.binary_search_by(|k| f(k).cmp(b))
    }

    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        let (front, back) = self.as_slices();
        match back.first() {
            Some(first) if pred(first) => back.partition_point(pred) + front.len(),
            _ => front.partition_point(pred),
        }
    }
}

/// Gives the buffer back, also when a value's `drop` unwinds.
struct Release<T> {
    ptr: *const T,
    cap: usize,
}

impl<T> Drop for Release<T> {
    fn drop(&mut self) {
        unsafe { raw_vec::release(self.ptr, self.cap) };
    }
}

unsafe impl<#[may_dangle] T> Drop for VecDeque<T> {
    fn drop(&mut self) {
        let _release = Release { ptr: self.ptr, cap: self.cap.0 };
        if needs_drop::<T>() && self.len != 0 {
            /// Drops the second half even if the first one unwinds.
            struct Second<T>(*mut [T]);
            impl<T> Drop for Second<T> {
                fn drop(&mut self) {
                    unsafe { ptr::drop_in_place(self.0) };
                }
            }
            let (a, b) = self.halves();
            let _second = Second(b);
            unsafe { ptr::drop_in_place(a) };
        }
    }
}

impl<T> Index<usize> for VecDeque<T> {
    type Output = T;

    #[track_caller]
    fn index(&self, index: usize) -> &T {
        self.get(index).expect("Out of bounds access")
    }
}

impl<T> IndexMut<usize> for VecDeque<T> {
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("Out of bounds access")
    }
}
