//! `BinaryHeap`: a priority queue whose greatest value comes first.
//!
//! Invariant: no value is greater than the one at `(i - 1) / 2`. While a comparison may unwind, a
//! `Hole` holds the value that is on its way. To add a way to fill a heap, end it with `rebuild_tail`.

use crate::collections::TryReserveError;
use crate::vec::{self, Vec};
use core::fmt;
use core::intrinsics::{copy_nonoverlapping, offset, read_via_copy};
use core::iter::FusedIterator;
use core::mem::{swap, ManuallyDrop};
use core::ops::{Deref, DerefMut};
use core::slice;

/// A binary heap.
pub struct BinaryHeap<T> {
    data: Vec<T>,
}

/// A value taken out of the vector, and where its place is now.
struct Hole<T> {
    base: *mut T,
    value: ManuallyDrop<T>,
    pos: usize,
}

impl<T> Hole<T> {
    unsafe fn new(base: *mut T, pos: usize) -> Hole<T> {
        unsafe { Hole { base, value: ManuallyDrop::new(read_via_copy(offset(base as *const T, pos))), pos } }
    }

    unsafe fn move_to(&mut self, index: usize) {
        unsafe { copy_nonoverlapping(offset(self.base as *const T, index), offset(self.base, self.pos), 1) };
        self.pos = index;
    }
}

impl<T> Drop for Hole<T> {
    fn drop(&mut self) {
        unsafe { copy_nonoverlapping(&raw const self.value as *const T, offset(self.base, self.pos), 1) };
    }
}

impl<T: Ord> BinaryHeap<T> {
    pub const fn new() -> BinaryHeap<T> {
        BinaryHeap { data: Vec::new() }
    }

    pub fn with_capacity(capacity: usize) -> BinaryHeap<T> {
        BinaryHeap { data: Vec::with_capacity(capacity) }
    }

    pub fn peek_mut(&mut self) -> Option<PeekMut<'_, T>> {
        if self.data.is_empty() {
            None
        } else {
            Some(PeekMut { heap: self, original_len: 0 })
        }
    }

    pub fn pop(&mut self) -> Option<T> {
        let mut item = self.data.pop()?;
        if !self.data.is_empty() {
            swap(&mut item, &mut self.data[0]);
            unsafe { self.sift_down_to_bottom(0) };
        }
        Some(item)
    }

    pub fn push(&mut self, item: T) {
        let old_len = self.data.len();
        self.data.push(item);
        unsafe { self.sift_up(0, old_len) };
    }

    pub fn into_sorted_vec(mut self) -> Vec<T> {
        let mut end = self.data.len();
        while end > 1 {
            end -= 1;
            self.data.swap(0, end);
            unsafe { self.sift_down_range(0, end) };
        }
        self.into_vec()
    }

    unsafe fn sift_up(&mut self, start: usize, pos: usize) -> usize {
        unsafe {
            let mut hole = Hole::new(self.data.as_mut_ptr(), pos);
            while hole.pos > start {
                let parent = (hole.pos - 1) / 2;
                if *hole.value <= *offset(hole.base, parent) {
                    break;
                }
                hole.move_to(parent);
            }
            hole.pos
        }
    }

    unsafe fn sift_down_range(&mut self, pos: usize, end: usize) {
        unsafe {
            let mut hole = Hole::new(self.data.as_mut_ptr(), pos);
            let base = hole.base;
            let mut child = 2 * hole.pos + 1;
            while child <= end.saturating_sub(2) {
                if *offset(base, child) <= *offset(base, child + 1) {
                    child += 1;
                }
                if *hole.value >= *offset(base, child) {
                    return;
                }
                hole.move_to(child);
                child = 2 * hole.pos + 1;
            }
            if child == end - 1 && *hole.value < *offset(base, child) {
                hole.move_to(child);
            }
        }
    }

    /// Moves the value at `pos` all the way down along the greater children, then up to its place.
    unsafe fn sift_down_to_bottom(&mut self, pos: usize) {
        let end = self.data.len();
        let start = pos;
        unsafe {
            let mut hole = Hole::new(self.data.as_mut_ptr(), pos);
            let base = hole.base;
            let mut child = 2 * hole.pos + 1;
            while child <= end.saturating_sub(2) {
                if *offset(base, child) <= *offset(base, child + 1) {
                    child += 1;
                }
                hole.move_to(child);
                child = 2 * hole.pos + 1;
            }
            if child == end - 1 {
                hole.move_to(child);
            }
            let pos = hole.pos;
            drop(hole);
            self.sift_up(start, pos);
        }
    }

    /// Makes a heap of which everything before `start` is one already.
    fn rebuild_tail(&mut self, start: usize) {
        let len = self.data.len();
        if start == len {
            return;
        }
        let tail_len = len - start;
        let better_to_rebuild = if start < tail_len {
            true
        } else if len <= 2048 {
            2 * len < tail_len * start.ilog2() as usize
        } else {
            2 * len < tail_len * 11
        };
        if better_to_rebuild {
            self.rebuild();
        } else {
            let mut i = start;
            while i < len {
                unsafe { self.sift_up(0, i) };
                i += 1;
            }
        }
    }

    fn rebuild(&mut self) {
        let len = self.data.len();
        let mut n = len / 2;
        while n > 0 {
            n -= 1;
            unsafe { self.sift_down_range(n, len) };
        }
    }

    pub fn append(&mut self, other: &mut BinaryHeap<T>) {
        if self.data.len() < other.data.len() {
            swap(self, other);
        }
        let start = self.data.len();
        self.data.append(&mut other.data);
        self.rebuild_tail(start);
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        let mut guard = RebuildOnDrop { rebuild_from: self.data.len(), heap: self };
        let mut i = 0;
        let mut first_removed = guard.rebuild_from;
        guard.heap.data.retain(|e| {
            let keep = f(e);
            if !keep && i < first_removed {
                first_removed = i;
            }
            i += 1;
            keep
        });
        guard.rebuild_from = first_removed;
    }
}

/// Makes the heap whole again, also when a closure unwinds.
struct RebuildOnDrop<'a, T: Ord> {
    heap: &'a mut BinaryHeap<T>,
    rebuild_from: usize,
}

impl<T: Ord> Drop for RebuildOnDrop<'_, T> {
    fn drop(&mut self) {
        let len = self.heap.data.len();
        self.heap.rebuild_tail(if self.rebuild_from < len { self.rebuild_from } else { len });
    }
}

impl<T> BinaryHeap<T> {
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { iter: self.data.iter() }
    }

    pub fn peek(&self) -> Option<&T> {
        self.data.first()
    }

    pub fn capacity(&self) -> usize {
        self.data.capacity()
    }

    pub fn reserve(&mut self, additional: usize) {
        self.data.reserve(additional);
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.data.try_reserve(additional)
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.data.try_reserve_exact(additional)
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        self.data.reserve_exact(additional);
    }

    pub fn shrink_to_fit(&mut self) {
        self.data.shrink_to_fit();
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.data.shrink_to(min_capacity);
    }

    pub fn into_vec(self) -> Vec<T> {
        self.data
    }

    pub fn as_slice(&self) -> &[T] {
        self.data.as_slice()
    }

    pub fn len(&self) -> usize {
        self.data.len()
    }

    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    pub fn drain(&mut self) -> Drain<'_, T> {
        Drain { iter: self.data.drain(..) }
    }

    pub fn clear(&mut self) {
        self.data.clear();
    }
}

/// The greatest value; if it was changed it sinks to its place in the end.
pub struct PeekMut<'a, T: 'a + Ord> {
    heap: &'a mut BinaryHeap<T>,
    original_len: usize,
}

impl<'a, T: Ord> PeekMut<'a, T> {
    pub fn pop(mut this: PeekMut<'a, T>) -> T {
        if this.original_len != 0 {
            let len = this.original_len;
            this.original_len = 0;
            unsafe {
                this.heap.data.set_len(len);
                this.heap.sift_down_range(0, len);
            }
        }
        this.heap.pop().unwrap()
    }
}

impl<T: Ord> Drop for PeekMut<'_, T> {
    fn drop(&mut self) {
        if self.original_len != 0 {
            unsafe {
                self.heap.data.set_len(self.original_len);
                self.heap.sift_down_range(0, self.original_len);
            }
        }
    }
}

impl<T: Ord> Deref for PeekMut<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.heap.data[0]
    }
}

impl<T: Ord> DerefMut for PeekMut<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        let len = self.heap.data.len();
        if len > 1 {
            self.original_len = len;
            unsafe { self.heap.data.set_len(1) };
        }
        &mut self.heap.data[0]
    }
}

impl<T: Ord + fmt::Debug> fmt::Debug for PeekMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PeekMut").field(&self.heap.data[0]).finish()
    }
}

impl<T: Clone> Clone for BinaryHeap<T> {
    fn clone(&self) -> BinaryHeap<T> {
        BinaryHeap { data: self.data.clone() }
    }
}

impl<T: Ord> Default for BinaryHeap<T> {
    fn default() -> BinaryHeap<T> {
        BinaryHeap::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for BinaryHeap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Ord> From<Vec<T>> for BinaryHeap<T> {
    fn from(vec: Vec<T>) -> BinaryHeap<T> {
        let mut heap = BinaryHeap { data: vec };
        heap.rebuild();
        heap
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for BinaryHeap<T> {
    fn from(arr: [T; N]) -> BinaryHeap<T> {
        BinaryHeap::from(Vec::from(arr))
    }
}

impl<T> From<BinaryHeap<T>> for Vec<T> {
    fn from(heap: BinaryHeap<T>) -> Vec<T> {
        heap.data
    }
}

impl<T: Ord> FromIterator<T> for BinaryHeap<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> BinaryHeap<T> {
        BinaryHeap::from(Vec::from_iter(iter))
    }
}

impl<T: Ord> Extend<T> for BinaryHeap<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        let guard = RebuildOnDrop { rebuild_from: self.data.len(), heap: self };
        guard.heap.data.extend(iter);
    }
}

impl<'a, T: 'a + Ord + Copy> Extend<&'a T> for BinaryHeap<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().cloned());
    }
}

/// The values in no particular order.
pub struct Iter<'a, T: 'a> {
    iter: slice::Iter<'a, T>,
}

/// The values in no particular order, by move.
#[derive(Clone)]
pub struct IntoIter<T> {
    iter: vec::IntoIter<T>,
}

/// The values in no particular order, taken out.
#[derive(Debug)]
pub struct Drain<'a, T: 'a> {
    iter: vec::Drain<'a, T>,
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { iter: self.iter.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.iter.as_slice()).finish()
    }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.iter.as_slice()).finish()
    }
}

macro_rules! forward_iter {
    ($([$($life:lifetime)?] $name:ty, $item:ty;)*) => {$(
        impl<$($life,)? T> Iterator for $name {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                self.iter.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.iter.size_hint()
            }
        }

        impl<$($life,)? T> DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                self.iter.next_back()
            }
        }

        impl<$($life,)? T> ExactSizeIterator for $name {}
        impl<$($life,)? T> FusedIterator for $name {}
    )*};
}

forward_iter! {
    ['a] Iter<'a, T>, &'a T;
    [] IntoIter<T>, T;
    ['a] Drain<'a, T>, T;
}

impl<T> IntoIterator for BinaryHeap<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { iter: self.data.into_iter() }
    }
}

impl<'a, T> IntoIterator for &'a BinaryHeap<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
