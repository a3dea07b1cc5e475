//! `Vec::splice`: replaces a range by the values of an iterator.
//!
//! The range's old values come out first; the new ones go in when the splice is dropped.

use super::{Drain, Vec};
use core::intrinsics::{copy, offset, write_via_move};

/// A splicing iterator.
#[derive(Debug)]
pub struct Splice<'a, I: Iterator + 'a> {
    pub(super) drain: Drain<'a, I::Item>,
    pub(super) replace_with: I,
}

impl<I: Iterator> Iterator for Splice<'_, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.drain.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.drain.size_hint()
    }
}

impl<I: Iterator> DoubleEndedIterator for Splice<'_, I> {
    fn next_back(&mut self) -> Option<I::Item> {
        self.drain.next_back()
    }
}

impl<I: Iterator> ExactSizeIterator for Splice<'_, I> {}

impl<I: Iterator> Drop for Splice<'_, I> {
    fn drop(&mut self) {
        while let Some(old) = self.drain.next() {
            drop(old);
        }
        unsafe {
            if self.drain.tail_len == 0 {
                (*self.drain.vec).extend(&mut self.replace_with);
                return;
            }
            if !self.drain.fill(&mut self.replace_with) {
                return;
            }
            let (lower, _) = self.replace_with.size_hint();
            if lower > 0 {
                self.drain.move_tail(lower);
                if !self.drain.fill(&mut self.replace_with) {
                    return;
                }
            }
            let mut rest = Vec::new();
            rest.extend(&mut self.replace_with);
            let mut rest = rest.into_iter();
            if rest.len() > 0 {
                self.drain.move_tail(rest.len());
                self.drain.fill(&mut rest);
            }
        }
    }
}

impl<T> Drain<'_, T> {
    /// Fills the hole before the tail; false if `replace_with` ran out first.
    unsafe fn fill<I: Iterator<Item = T>>(&mut self, replace_with: &mut I) -> bool {
        unsafe {
            let vec = &mut *self.vec;
            while vec.len < self.tail_start {
                match replace_with.next() {
                    Some(value) => {
                        write_via_move(offset(vec.ptr as *mut T, vec.len), value);
                        vec.len += 1;
                    }
                    None => return false,
                }
            }
            true
        }
    }

    /// Makes the hole `additional` wider.
    unsafe fn move_tail(&mut self, additional: usize) {
        unsafe {
            let vec = &mut *self.vec;
            let used = self.tail_start + self.tail_len;
            let len = vec.len;
            vec.len = used;
            vec.reserve(additional);
            vec.len = len;
            let new_start = self.tail_start + additional;
            let base = vec.ptr as *mut T;
            copy(offset(base as *const T, self.tail_start), offset(base, new_start), self.tail_len);
            self.tail_start = new_start;
        }
    }
}
