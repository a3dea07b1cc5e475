//! What slices are indexed with.

use crate::intrinsics;
use crate::ops::{self, Bound, Index, IndexMut, Range, RangeBounds, RangeInclusive, RangeTo};
use crate::fmt;

impl<T, I: SliceIndex<[T]>> Index<I> for [T] {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<T, I: SliceIndex<[T]>> IndexMut<I> for [T] {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

/// Panics for a range `start..end` that does not fit a slice of length `len`.
#[cold]
#[track_caller]
pub(crate) const fn slice_error(start: usize, end: usize, len: usize) -> ! {
    if start > len {
        panic!("range start index {start} out of range for slice of length {len}")
    }
    if end > len {
        panic!("range end index {end} out of range for slice of length {len}")
    }
    panic!("slice index starts at {start} but ends at {end}")
}

#[cold]
#[track_caller]
const fn end_error(end: usize, len: usize) -> ! {
    panic!("range end index {end} out of range for slice of length {len}")
}

/// What a slice (or `str`) can be indexed with.
pub unsafe trait SliceIndex<T: ?Sized> {
    /// An element or a part.
    type Output: ?Sized;

    /// The place, if it is in bounds.
    #[unstable(feature = "slice_index_methods")]
    fn get(self, slice: &T) -> Option<&Self::Output>;

    /// The place, if it is in bounds, mutable.
    #[unstable(feature = "slice_index_methods")]
    fn get_mut(self, slice: &mut T) -> Option<&mut Self::Output>;

    /// A pointer to the place, which must be in bounds.
    #[unstable(feature = "slice_index_methods")]
    #[track_caller]
    unsafe fn get_unchecked(self, slice: *const T) -> *const Self::Output;

    /// A mutable pointer to the place, which must be in bounds.
    #[unstable(feature = "slice_index_methods")]
    #[track_caller]
    unsafe fn get_unchecked_mut(self, slice: *mut T) -> *mut Self::Output;

    /// The place; panics if it is out of bounds.
    #[unstable(feature = "slice_index_methods")]
    #[track_caller]
    fn index(self, slice: &T) -> &Self::Output;

    /// The place, mutable; panics if it is out of bounds.
    #[unstable(feature = "slice_index_methods")]
    #[track_caller]
    fn index_mut(self, slice: &mut T) -> &mut Self::Output;
}

unsafe impl<T> SliceIndex<[T]> for usize {
    type Output = T;

    #[inline]
    fn get(self, slice: &[T]) -> Option<&T> {
        if self < slice.len() { Some(&slice[self]) } else { None }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut T> {
        if self < slice.len() { Some(&mut slice[self]) } else { None }
    }

    #[inline]
    #[track_caller]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const T {
        unsafe {
            intrinsics::assume(self < intrinsics::ptr_metadata::<[T], usize>(slice));
            intrinsics::offset(slice as *const T, self)
        }
    }

    #[inline]
    #[track_caller]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut T {
        unsafe {
            intrinsics::assume(self < intrinsics::ptr_metadata::<[T], usize>(slice as *const [T]));
            intrinsics::offset(slice as *mut T, self)
        }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &[T]) -> &T {
        &(*slice)[self]
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut T {
        &mut (*slice)[self]
    }
}

unsafe impl<T> SliceIndex<[T]> for Range<usize> {
    type Output = [T];

    #[inline]
    fn get(self, slice: &[T]) -> Option<&[T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    #[track_caller]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe {
            intrinsics::assume(self.end <= intrinsics::ptr_metadata::<[T], usize>(slice));
            let len = intrinsics::unchecked_sub(self.end, self.start);
            let start = intrinsics::offset(slice as *const T, self.start);
            intrinsics::aggregate_raw_ptr::<*const [T], *const T, usize>(start, len)
        }
    }

    #[inline]
    #[track_caller]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe {
            intrinsics::assume(self.end <= intrinsics::ptr_metadata::<[T], usize>(slice as *const [T]));
            let len = intrinsics::unchecked_sub(self.end, self.start);
            let start = intrinsics::offset(slice as *mut T, self.start);
            intrinsics::aggregate_raw_ptr::<*mut [T], *mut T, usize>(start, len)
        }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        if self.start > self.end || self.end > slice.len() {
            slice_error(self.start, self.end, slice.len());
        }
        unsafe { &*self.get_unchecked(slice) }
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        if self.start > self.end || self.end > slice.len() {
            slice_error(self.start, self.end, slice.len());
        }
        unsafe { &mut *self.get_unchecked_mut(slice) }
    }
}

/// The other ranges over a slice of length `$len`, as a range with both ends.
macro_rules! by_range {
    ($t:ty, |$this:ident, $len:ident| checked $checked:expr, unchecked $unchecked:expr, error $error:expr) => {
        unsafe impl<T> SliceIndex<[T]> for $t {
            type Output = [T];

            #[inline]
            fn get(self, slice: &[T]) -> Option<&[T]> {
                let ($this, $len) = (self, slice.len());
                let range: Range<usize> = $checked?;
                unsafe { Some(&*range.get_unchecked(slice)) }
            }

            #[inline]
            fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
                let ($this, $len) = (self, slice.len());
                let range: Range<usize> = $checked?;
                unsafe { Some(&mut *range.get_unchecked_mut(slice)) }
            }

            #[inline]
            #[track_caller]
            unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
                let ($this, $len) = (self, slice.len());
                let range: Range<usize> = $unchecked;
                unsafe { range.get_unchecked(slice) }
            }

            #[inline]
            #[track_caller]
            unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
                let ($this, $len) = (self, slice.len());
                let range: Range<usize> = $unchecked;
                unsafe { range.get_unchecked_mut(slice) }
            }

            #[inline]
            #[track_caller]
            fn index(self, slice: &[T]) -> &[T] {
                let ($this, $len) = (self, slice.len());
                match $checked {
                    Some(range) => unsafe { &*Range::get_unchecked(range, slice) },
                    None => $error,
                }
            }

            #[inline]
            #[track_caller]
            fn index_mut(self, slice: &mut [T]) -> &mut [T] {
                let ($this, $len) = (self, slice.len());
                match $checked {
                    Some(range) => unsafe { &mut *Range::get_unchecked_mut(range, slice) },
                    None => $error,
                }
            }
        }
    };
}

by_range! {
    RangeTo<usize>, |this, len|
    checked if this.end <= len { Some(Range { start: 0, end: this.end }) } else { None },
    unchecked { let _ = len; Range { start: 0, end: this.end } },
    error end_error(this.end, len)
}

by_range! {
    ops::RangeFrom<usize>, |this, len|
    checked if this.start <= len { Some(Range { start: this.start, end: len }) } else { None },
    unchecked Range { start: this.start, end: len },
    error slice_error(this.start, len, len)
}

by_range! {
    ops::RangeFull, |this, len|
    checked { let _ = this; Some(Range { start: 0, end: len }) },
    unchecked { let _ = this; Range { start: 0, end: len } },
    error slice_error(0, 0, len)
}

by_range! {
    RangeInclusive<usize>, |this, len|
    checked this.checked_within(len),
    unchecked { let _ = len; this.exclusive() },
    error this.within_error(len)
}

by_range! {
    ops::RangeToInclusive<usize>, |this, len|
    checked if this.end < len { Some(Range { start: 0, end: this.end + 1 }) } else { None },
    unchecked { let _ = len; Range { start: 0, end: this.end + 1 } },
    error end_error(this.end, len)
}

by_range! {
    (Bound<usize>, Bound<usize>), |this, len|
    checked bounds_checked(this, len),
    unchecked match bounds_checked(this, len) { Some(range) => range, None => intrinsics::unreachable() },
    error { range(this, ..len); slice_error(0, 0, len) }
}

impl RangeInclusive<usize> {
    /// The same range with an exclusive end.
    #[inline]
    pub(crate) const fn exclusive(&self) -> Range<usize> {
        let end = self.end.wrapping_add(1);
        Range { start: if self.exhausted { end } else { self.start }, end }
    }

    /// The same range with an exclusive end, if it lies within `len`.
    #[inline]
    pub(crate) const fn checked_within(&self, len: usize) -> Option<Range<usize>> {
        if self.end >= len {
            return None;
        }
        let range = self.exclusive();
        if range.start <= range.end { Some(range) } else { None }
    }

    #[cold]
    #[track_caller]
    const fn within_error(&self, len: usize) -> ! {
        let start = if self.exhausted { self.end.saturating_add(1) } else { self.start };
        if start > len {
            slice_error(start, len, len)
        }
        if self.end >= len {
            end_error(self.end, len)
        }
        slice_error(start, self.end + 1, len)
    }
}

fn bounds_checked(bounds: (Bound<usize>, Bound<usize>), len: usize) -> Option<Range<usize>> {
    let start = match bounds.0 {
        Bound::Included(i) => i,
        Bound::Excluded(i) => i.checked_add(1)?,
        Bound::Unbounded => 0,
    };
    let end = match bounds.1 {
        Bound::Included(i) => i.checked_add(1)?,
        Bound::Excluded(i) => i,
        Bound::Unbounded => len,
    };
    if start <= end && end <= len { Some(Range { start, end }) } else { None }
}

/// Any range of indices as one with both ends, within `bounds`; panics if it does not fit.
#[track_caller]
pub fn range<R: RangeBounds<usize>>(range: R, bounds: RangeTo<usize>) -> Range<usize> {
    let len = bounds.end;
    let start = match range.start_bound() {
        Bound::Included(&i) => i,
        Bound::Excluded(&i) => i.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(&i) if i >= len => {
            if start > len {
                slice_error(start, len, len)
            }
            end_error(i, len)
        }
        Bound::Included(&i) => i + 1,
        Bound::Excluded(&i) => i,
        Bound::Unbounded => len,
    };
    if start > end || end > len {
        slice_error(start, end, len);
    }
    Range { start, end }
}

/// Whether a range with one end keeps the front, and where it cuts.
pub(super) fn one_sided<R: RangeBounds<usize>>(range: R) -> Option<(bool, usize)> {
    match (range.start_bound(), range.end_bound()) {
        (Bound::Unbounded, Bound::Excluded(&i)) => Some((true, i)),
        (Bound::Unbounded, Bound::Included(&i)) => Some((true, i.checked_add(1)?)),
        (Bound::Included(&i), Bound::Unbounded) => Some((false, i)),
        _ => None,
    }
}

/// Indices `get_disjoint_mut` can compare.
#[doc(hidden)]
pub unsafe trait DisjointIndex: Clone {
    fn is_in_bounds(&self, len: usize) -> bool;
    fn is_overlapping(&self, other: &Self) -> bool;
}

unsafe impl DisjointIndex for usize {
    fn is_in_bounds(&self, len: usize) -> bool {
        *self < len
    }
    fn is_overlapping(&self, other: &usize) -> bool {
        *self == *other
    }
}

unsafe impl DisjointIndex for Range<usize> {
    fn is_in_bounds(&self, len: usize) -> bool {
        self.start <= self.end && self.end <= len
    }
    fn is_overlapping(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

unsafe impl DisjointIndex for RangeInclusive<usize> {
    fn is_in_bounds(&self, len: usize) -> bool {
        self.start <= self.end && self.end < len
    }
    fn is_overlapping(&self, other: &Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// Why `get_disjoint_mut` gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GetDisjointMutError {
    /// An index is out of bounds.
    IndexOutOfBounds,
    /// Two indices overlap.
    OverlappingIndices,
}

impl fmt::Display for GetDisjointMutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            GetDisjointMutError::IndexOutOfBounds => "an index is out of bounds",
            GetDisjointMutError::OverlappingIndices => "there were overlapping indices",
        })
    }
}

impl crate::error::Error for GetDisjointMutError {}
