//! `Vec::extract_if`: hands out the values a closure picks and keeps the rest.
//!
//! Invariant: values before `index - removed` are kept, those from `index` on are not yet looked
//! at; the `drop` closes the gap between them.

use super::Vec;
use core::fmt;
use core::intrinsics::{copy, copy_nonoverlapping, offset, read_via_copy};
use core::ops::RangeBounds;

/// An iterator over the values that were picked.
pub struct ExtractIf<'a, T, F> {
    vec: &'a mut Vec<T>,
    index: usize,
    end: usize,
    removed: usize,
    old_len: usize,
    pred: F,
}

impl<'a, T, F> ExtractIf<'a, T, F> {
    #[track_caller]
    pub(super) fn new<R: RangeBounds<usize>>(vec: &'a mut Vec<T>, pred: F, range: R) -> Self {
        let old_len = vec.len;
        let range = core::slice::range(range, ..old_len);
        vec.len = 0;
        ExtractIf { vec, index: range.start, end: range.end, removed: 0, old_len, pred }
    }
}

impl<T, F: FnMut(&mut T) -> bool> Iterator for ExtractIf<'_, T, F> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        while self.index < self.end {
            unsafe {
                let place = offset(self.vec.ptr as *mut T, self.index);
                let picked = (self.pred)(&mut *place);
                self.index += 1;
                if picked {
                    self.removed += 1;
                    return Some(read_via_copy(place as *const T));
                }
                if self.removed > 0 {
                    let to = offset(self.vec.ptr as *mut T, self.index - 1 - self.removed);
                    copy_nonoverlapping(place as *const T, to, 1);
                }
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end - self.index))
    }
}

impl<T, F> Drop for ExtractIf<'_, T, F> {
    fn drop(&mut self) {
        unsafe {
            if self.removed > 0 && self.index < self.old_len {
                let base = self.vec.ptr as *mut T;
                let to = offset(base, self.index - self.removed);
                copy(offset(base as *const T, self.index), to, self.old_len - self.index);
            }
            self.vec.len = self.old_len - self.removed;
        }
    }
}

impl<T: fmt::Debug, F> fmt::Debug for ExtractIf<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}
