//! `String::drain`: removes a range of text and hands its chars out.
//!
//! Invariant: the text stays whole until the `drop`, which removes the range.

use super::String;
use core::fmt;
use core::iter::FusedIterator;
use core::str::Chars;

/// A draining iterator over chars.
pub struct Drain<'a> {
    string: *mut String,
    start: usize,
    end: usize,
    iter: Chars<'a>,
}

unsafe impl Send for Drain<'_> {}
unsafe impl Sync for Drain<'_> {}

impl<'a> Drain<'a> {
    pub(super) fn new(s: &'a mut String, start: usize, end: usize) -> Drain<'a> {
        let string = s as *mut String;
        let iter = unsafe { (*string).get_unchecked(start..end).chars() };
        Drain { string, start, end, iter }
    }

    pub fn as_str(&self) -> &str {
        self.iter.as_str()
    }
}

impl Drop for Drain<'_> {
    fn drop(&mut self) {
        unsafe {
            let vec = (*self.string).as_mut_vec();
            if self.start <= self.end && self.end <= vec.len() {
                vec.drain(self.start..self.end);
            }
        }
    }
}

impl fmt::Debug for Drain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.as_str()).finish()
    }
}

impl AsRef<str> for Drain<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<[u8]> for Drain<'_> {
    fn as_ref(&self) -> &[u8] {
        self.as_str().as_bytes()
    }
}

impl Iterator for Drain<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        self.iter.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

impl DoubleEndedIterator for Drain<'_> {
    fn next_back(&mut self) -> Option<char> {
        self.iter.next_back()
    }
}

impl FusedIterator for Drain<'_> {}
