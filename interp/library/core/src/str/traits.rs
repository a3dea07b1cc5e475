//! Comparison, indexing and parsing of strings.

use super::{slice_error_fail, ParseBoolError};
use crate::cmp::Ordering;
use crate::intrinsics;
use crate::ops;
use crate::slice::{self, SliceIndex};

impl Ord for str {
    fn cmp(&self, other: &str) -> Ordering {
        let (a, b) = (self.len(), other.len());
        let common = if a < b { a } else { b };
        let order = unsafe { intrinsics::compare_bytes(self.as_ptr(), other.as_ptr(), common) };
        if order != 0 {
            return if order < 0 { Ordering::Less } else { Ordering::Greater };
        }
        a.cmp(&b)
    }
}

impl PartialEq for str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        let len = self.len();
        len == other.len()
            && unsafe {
                intrinsics::compare_bytes(self as *const str as *const u8, other as *const str as *const u8, len) == 0
            }
    }
}

impl Eq for str {}

impl PartialOrd for str {
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<I: SliceIndex<str>> ops::Index<I> for str {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<I: SliceIndex<str>> ops::IndexMut<I> for str {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

unsafe impl SliceIndex<str> for ops::Range<usize> {
    type Output = str;

    #[inline]
    fn get(self, s: &str) -> Option<&str> {
        if self.start <= self.end && s.is_char_boundary(self.start) && s.is_char_boundary(self.end) {
            unsafe { Some(&*self.get_unchecked(s)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, s: &mut str) -> Option<&mut str> {
        if self.start <= self.end && s.is_char_boundary(self.start) && s.is_char_boundary(self.end) {
            unsafe { Some(&mut *self.get_unchecked_mut(s)) }
        } else {
            None
        }
    }

    #[inline]
    #[track_caller]
    unsafe fn get_unchecked(self, s: *const str) -> *const str {
        unsafe { SliceIndex::<[u8]>::get_unchecked(self, s as *const [u8]) as *const str }
    }

    #[inline]
    #[track_caller]
    unsafe fn get_unchecked_mut(self, s: *mut str) -> *mut str {
        unsafe { SliceIndex::<[u8]>::get_unchecked_mut(self, s as *mut [u8]) as *mut str }
    }

    #[inline]
    #[track_caller]
    fn index(self, s: &str) -> &str {
        let (start, end) = (self.start, self.end);
        match self.get(s) {
            Some(part) => part,
            None => slice_error_fail(s, start, end),
        }
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, s: &mut str) -> &mut str {
        if self.start <= self.end && s.is_char_boundary(self.start) && s.is_char_boundary(self.end) {
            unsafe { &mut *self.get_unchecked_mut(s) }
        } else {
            slice_error_fail(s, self.start, self.end)
        }
    }
}

/// The other ranges, as a range with both ends.
macro_rules! by_range {
    ($($t:ty, |$this:ident, $len:ident| $range:expr;)*) => {$(
        unsafe impl SliceIndex<str> for $t {
            type Output = str;

            #[inline]
            fn get(self, s: &str) -> Option<&str> {
                let ($this, $len) = (self, s.len());
                SliceIndex::<str>::get($range, s)
            }

            #[inline]
            fn get_mut(self, s: &mut str) -> Option<&mut str> {
                let ($this, $len) = (self, s.len());
                SliceIndex::<str>::get_mut($range, s)
            }

            #[inline]
            #[track_caller]
            unsafe fn get_unchecked(self, s: *const str) -> *const str {
                let ($this, $len) = (self, (s as *const [u8]).len());
                unsafe { SliceIndex::<[u8]>::get_unchecked($range, s as *const [u8]) as *const str }
            }

            #[inline]
            #[track_caller]
            unsafe fn get_unchecked_mut(self, s: *mut str) -> *mut str {
                let ($this, $len) = (self, (s as *mut [u8]).len());
                unsafe { SliceIndex::<[u8]>::get_unchecked_mut($range, s as *mut [u8]) as *mut str }
            }

            #[inline]
            #[track_caller]
            fn index(self, s: &str) -> &str {
                let ($this, $len) = (self, s.len());
                SliceIndex::<str>::index($range, s)
            }

            #[inline]
            #[track_caller]
            fn index_mut(self, s: &mut str) -> &mut str {
                let ($this, $len) = (self, s.len());
                SliceIndex::<str>::index_mut($range, s)
            }
        }
    )*};
}
by_range! {
    ops::RangeTo<usize>, |this, _len| ops::Range { start: 0, end: this.end };
    ops::RangeFrom<usize>, |this, len| ops::Range { start: this.start, end: if this.start > len { this.start } else { len } };
    ops::RangeFull, |_this, len| ops::Range { start: 0, end: len };
    ops::RangeToInclusive<usize>, |this, _len| ops::Range { start: 0, end: this.end.saturating_add(1) };
    ops::RangeInclusive<usize>, |this, _len| inclusive(this);
    (ops::Bound<usize>, ops::Bound<usize>), |this, len| slice::range(this, ..len);
}

/// The same range with an exclusive end; one that can't be stays out of bounds.
fn inclusive(range: ops::RangeInclusive<usize>) -> ops::Range<usize> {
    let end = range.end.saturating_add(1);
    ops::Range { start: if range.exhausted { end } else { range.start }, end }
}

/// Types that can be read from a string.
pub trait FromStr: Sized {
    /// The error.
    type Err;

    /// Reads a value.
    fn from_str(s: &str) -> Result<Self, Self::Err>;
}

impl FromStr for bool {
    type Err = ParseBoolError;

    fn from_str(s: &str) -> Result<bool, ParseBoolError> {
        match s {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(ParseBoolError {}),
        }
    }
}
