//! Sorting, selecting and rotating.
//!
//! A panic in a comparison leaves every element in the slice exactly once: elements are only ever
//! swapped, or held in a hole that is filled again when it is dropped.

use crate::intrinsics::{copy_nonoverlapping, read_via_copy};
use crate::mem::{ManuallyDrop, MaybeUninit};
use crate::ptr;

/// Up to this length insertion alone sorts, with std's comparisons in std's order.
const SMALL: usize = 20;

/// An element taken out, and the place it will be put in.
struct Hole<T> {
    value: ManuallyDrop<T>,
    dest: *mut T,
}

impl<T> Drop for Hole<T> {
    fn drop(&mut self) {
        unsafe { copy_nonoverlapping(&*self.value, self.dest, 1) };
    }
}

/// Sorts, of which the first `sorted` are in order already; stable.
fn insertion<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], sorted: usize, less: &mut F) {
    let p = v.as_mut_ptr();
    let mut i = sorted;
    while i < v.len() {
        unsafe {
            if less(&*p.add(i), &*p.add(i - 1)) {
                let mut hole = Hole { value: ManuallyDrop::new(read_via_copy(p.add(i))), dest: p.add(i - 1) };
                copy_nonoverlapping(p.add(i - 1), p.add(i), 1);
                let mut j = i - 1;
                while j > 0 && less(&*hole.value, &*p.add(j - 1)) {
                    copy_nonoverlapping(p.add(j - 1), p.add(j), 1);
                    hole.dest = p.add(j - 1);
                    j -= 1;
                }
            }
        }
        i += 1;
    }
}

/// How many elements from the front are in order; a strictly descending run is reversed.
fn first_run<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], less: &mut F) -> usize {
    let len = v.len();
    if len < 2 {
        return len;
    }
    let descending = less(&v[1], &v[0]);
    let mut end = 2;
    while end < len && less(&v[end], &v[end - 1]) == descending {
        end += 1;
    }
    if descending {
        v[..end].reverse();
    }
    end
}

/// Elements copied out, and the place where those not merged yet belong.
struct MergeHole<T> {
    start: *mut T,
    end: *mut T,
    dest: *mut T,
}

impl<T> Drop for MergeHole<T> {
    fn drop(&mut self) {
        unsafe {
            let len = self.end.offset_from_unsigned(self.start);
            copy_nonoverlapping(self.start, self.dest, len);
        }
    }
}

/// Merges `v[..mid]` and `v[mid..]`, both in order; `scratch` has room for the shorter.
fn merge<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mid: usize, scratch: *mut T, less: &mut F) {
    let len = v.len();
    let p = v.as_mut_ptr();
    unsafe {
        let (middle, end) = (p.add(mid), p.add(len));
        if mid <= len - mid {
            copy_nonoverlapping(p, scratch, mid);
            let mut hole = MergeHole { start: scratch, end: scratch.add(mid), dest: p };
            let mut right = middle;
            while hole.start < hole.end && right < end {
                if less(&*right, &*hole.start) {
                    copy_nonoverlapping(right, hole.dest, 1);
                    right = right.add(1);
                } else {
                    copy_nonoverlapping(hole.start, hole.dest, 1);
                    hole.start = hole.start.add(1);
                }
                hole.dest = hole.dest.add(1);
            }
        } else {
            copy_nonoverlapping(middle, scratch, len - mid);
            let mut hole = MergeHole { start: scratch, end: scratch.add(len - mid), dest: middle };
            let mut out = end;
            while p < hole.dest && hole.start < hole.end {
                out = out.sub(1);
                if less(&*hole.end.sub(1), &*hole.dest.sub(1)) {
                    hole.dest = hole.dest.sub(1);
                    copy_nonoverlapping(hole.dest, out, 1);
                } else {
                    hole.end = hole.end.sub(1);
                    copy_nonoverlapping(hole.end, out, 1);
                }
            }
        }
    }
}

/// Merge sort; `scratch` has room for half the elements.
pub(super) fn stable<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], scratch: &mut [MaybeUninit<T>], less: &mut F) {
    let len = v.len();
    if len <= SMALL {
        return insertion(v, 1, less);
    }
    if first_run(v, less) == len {
        return;
    }
    let mid = len / 2;
    stable(&mut v[..mid], scratch, less);
    stable(&mut v[mid..], scratch, less);
    if less(&v[mid], &v[mid - 1]) {
        merge(v, mid, scratch.as_mut_ptr() as *mut T, less);
    }
}

/// Quick sort that turns to heap sort when the partitions stay bad.
pub(super) fn unstable<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], less: &mut F) {
    let len = v.len();
    if len <= SMALL {
        return insertion(v, 1, less);
    }
    if first_run(v, less) == len {
        return;
    }
    let limit = 2 * (usize::BITS - len.leading_zeros());
    quick(v, less, limit);
}

fn quick<T, F: FnMut(&T, &T) -> bool>(mut v: &mut [T], less: &mut F, mut limit: u32) {
    loop {
        let len = v.len();
        if len <= SMALL {
            if len > 1 {
                insertion(v, 1, less);
            }
            return;
        }
        if limit == 0 {
            return heap(v, less);
        }
        limit -= 1;
        let pivot = choose_pivot(v, less);
        let (below, above) = partition(v, pivot, less);
        let (left, rest) = v.split_at_mut(below);
        let right = &mut rest[above - below..];
        if left.len() < right.len() {
            quick(left, less, limit);
            v = right;
        } else {
            quick(right, less, limit);
            v = left;
        }
    }
}

/// The median of three elements.
fn choose_pivot<T, F: FnMut(&T, &T) -> bool>(v: &[T], less: &mut F) -> usize {
    let len = v.len();
    let (a, b, c) = (len / 4, len / 2, len / 4 * 3);
    let ab = less(&v[a], &v[b]);
    let ac = less(&v[a], &v[c]);
    if ab != ac {
        return a;
    }
    let bc = less(&v[b], &v[c]);
    if ab == bc { b } else { c }
}

/// Three parts: less than the pivot, equal to it, greater; the ends of the first two.
fn partition<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], pivot: usize, less: &mut F) -> (usize, usize) {
    v.swap(0, pivot);
    // v[..below] < pivot, v[below..i] == pivot (the pivot itself at `below`), v[above..] > pivot
    let mut below = 0;
    let mut i = 1;
    let mut above = v.len();
    while i < above {
        if less(&v[i], &v[below]) {
            v.swap(i, below);
            below += 1;
            i += 1;
        } else if less(&v[below], &v[i]) {
            above -= 1;
            v.swap(i, above);
        } else {
            i += 1;
        }
    }
    (below, above)
}

fn heap<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], less: &mut F) {
    let mut i = v.len() / 2;
    while i > 0 {
        i -= 1;
        sift_down(v, i, less);
    }
    let mut end = v.len();
    while end > 1 {
        end -= 1;
        v.swap(0, end);
        sift_down(&mut v[..end], 0, less);
    }
}

fn sift_down<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut node: usize, less: &mut F) {
    loop {
        let mut child = 2 * node + 1;
        if child >= v.len() {
            return;
        }
        if child + 1 < v.len() && less(&v[child], &v[child + 1]) {
            child += 1;
        }
        if !less(&v[node], &v[child]) {
            return;
        }
        v.swap(node, child);
        node = child;
    }
}

/// Puts the element that belongs at `index` there.
#[track_caller]
pub(super) fn select<'a, T, F: FnMut(&T, &T) -> bool>(
    v: &'a mut [T],
    index: usize,
    less: &mut F,
) -> (&'a mut [T], &'a mut T, &'a mut [T]) {
    let len = v.len();
    if index >= len {
        panic!("partition_at_index index {index} greater than length of slice {len}");
    }
    let (mut start, mut end) = (0, len);
    let mut limit = 2 * (usize::BITS - len.leading_zeros());
    loop {
        let part = &mut v[start..end];
        if part.len() <= SMALL {
            insertion(part, 1, less);
            break;
        }
        if limit == 0 {
            heap(part, less);
            break;
        }
        limit -= 1;
        let pivot = choose_pivot(part, less);
        let (below, above) = partition(part, pivot, less);
        if index < start + below {
            end = start + below;
        } else if index >= start + above {
            start += above;
        } else {
            break;
        }
    }
    let (left, rest) = v.split_at_mut(index);
    let (nth, right) = rest.split_at_mut(1);
    (left, &mut nth[0], right)
}

/// The element at `mid` becomes the first: swaps of the shorter side with the far end of the longer.
pub(super) const fn rotate<T>(v: &mut [T], mid: usize) {
    let p = v.as_mut_ptr();
    let (mut start, mut left, mut right) = (0, mid, v.len() - mid);
    while left > 0 && right > 0 {
        unsafe {
            if left <= right {
                ptr::swap_nonoverlapping(p.add(start), p.add(start + left), left);
                start += left;
                right -= left;
            } else {
                ptr::swap_nonoverlapping(p.add(start + left - right), p.add(start + left), right);
                left -= right;
            }
        }
    }
}
