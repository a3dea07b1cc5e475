//! The methods of `String` that insert, remove and replace.
//!
//! To add one, check `is_char_boundary` first; while a closure runs the text must be whole.

use super::{Drain, String};
use crate::vec::Vec;
use core::intrinsics::{copy, copy_nonoverlapping, offset};
use core::ops::{Bound, RangeBounds};
use core::str::pattern::Pattern;

impl String {
    #[track_caller]
    pub fn remove(&mut self, idx: usize) -> char {
        let ch = match self[idx..].chars().next() {
            Some(ch) => ch,
            None => panic!("cannot remove a char from the end of a string"),
        };
        let next = idx + ch.len_utf8();
        let len = self.len();
        unsafe {
            let base = self.vec.as_mut_ptr();
            copy(offset(base as *const u8, next), offset(base, idx), len - next);
            self.vec.set_len(len - (next - idx));
        }
        ch
    }

    #[unstable(feature = "string_remove_matches")]
    pub fn remove_matches<P: Pattern>(&mut self, pat: P) {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for (start, part) in self.match_indices(pat) {
            ranges.push((start, start + part.len()));
        }
        while let Some((start, end)) = ranges.pop() {
            self.replace_range(start..end, "");
        }
    }

    pub fn retain<F: FnMut(char) -> bool>(&mut self, mut f: F) {
        let len = self.len();
        let mut kept = Kept { s: self, read: 0, write: 0 };
        while kept.read < len {
            let ch = unsafe { kept.s.get_unchecked(kept.read..len).chars().next().unwrap_unchecked() };
            let width = ch.len_utf8();
            if f(ch) {
                unsafe {
                    let base = kept.s.vec.as_mut_ptr();
                    copy(offset(base as *const u8, kept.read), offset(base, kept.write), width);
                }
                kept.write += width;
            }
            kept.read += width;
        }
    }

    #[track_caller]
    pub fn insert(&mut self, idx: usize, ch: char) {
        assert!(self.is_char_boundary(idx));
        let mut bits = [0; 4];
        let text = ch.encode_utf8(&mut bits);
        self.insert_bytes(idx, text.as_bytes());
    }

    #[track_caller]
    pub fn insert_str(&mut self, idx: usize, string: &str) {
        assert!(self.is_char_boundary(idx));
        self.insert_bytes(idx, string.as_bytes());
    }

    fn insert_bytes(&mut self, idx: usize, bytes: &[u8]) {
        let len = self.len();
        let amount = bytes.len();
        self.vec.reserve(amount);
        unsafe {
            let place = offset(self.vec.as_mut_ptr(), idx);
            copy(place as *const u8, offset(place, amount), len - idx);
            copy_nonoverlapping(bytes.as_ptr(), place, amount);
            self.vec.set_len(len + amount);
        }
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> String {
        assert!(self.is_char_boundary(at));
        let other = self.vec.split_off(at);
        unsafe { String::from_utf8_unchecked(other) }
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_> {
        let range = core::slice::range(range, ..self.len());
        assert!(self.is_char_boundary(range.start));
        assert!(self.is_char_boundary(range.end));
        Drain::new(self, range.start, range.end)
    }

    #[track_caller]
    pub fn replace_range<R: RangeBounds<usize>>(&mut self, range: R, replace_with: &str) {
        let range = core::slice::range(range, ..self.len());
        assert!(self.is_char_boundary(range.start));
        assert!(self.is_char_boundary(range.end));
        let bounds = (Bound::Included(range.start), Bound::Excluded(range.end));
        self.vec.splice(bounds, replace_with.bytes());
    }

    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R) {
        let range = core::slice::range(src, ..self.len());
        assert!(self.is_char_boundary(range.start));
        assert!(self.is_char_boundary(range.end));
        self.vec.extend_from_within(range);
    }
}

/// Cuts the text after what `retain` kept; also when its closure unwinds.
struct Kept<'a> {
    s: &'a mut String,
    read: usize,
    write: usize,
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        unsafe { self.s.vec.set_len(self.write) };
    }
}
