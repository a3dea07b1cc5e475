//! Iterators over characters, bytes, lines and words.

use super::{from_utf8_unchecked, SplitInclusive};
use crate::char as char_mod;
use crate::fmt::{self, Write};
use crate::iter::{Copied, FusedIterator, TrustedLen};
use crate::slice;

/// The characters of a string.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Chars<'a> {
    pub(super) iter: slice::Iter<'a, u8>,
}

impl<'a> Chars<'a> {
    /// What is left, as a string.
    pub fn as_str(&self) -> &'a str {
        unsafe { from_utf8_unchecked(self.iter.as_slice()) }
    }
}

impl Iterator for Chars<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        // A string is whole characters, so the bytes that the first one asks for are there.
        let x = match self.iter.next() {
            Some(x) => *x,
            None => return None,
        };
        if x < 0x80 {
            return Some(x as char);
        }
        let y = (self.iter.next_byte() & 0x3F) as u32;
        let mut code = ((x & 0x1F) as u32) << 6 | y;
        if x >= 0xE0 {
            let z = (self.iter.next_byte() & 0x3F) as u32;
            code = ((x & 0x0F) as u32) << 12 | y << 6 | z;
            if x >= 0xF0 {
                let w = (self.iter.next_byte() & 0x3F) as u32;
                code = ((x & 0x07) as u32) << 18 | y << 12 | z << 6 | w;
            }
        }
        Some(unsafe { char::from_u32_unchecked(code) })
    }

    fn count(self) -> usize {
        let bytes = self.iter.as_slice();
        let mut n = 0;
        let mut i = 0;
        while i < bytes.len() {
            if (bytes[i] as i8) >= -0x40 {
                n += 1;
            }
            i += 1;
        }
        n
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.iter.len();
        (n / 4 + (n % 4 != 0) as usize, Some(n))
    }

    fn last(mut self) -> Option<char> {
        self.next_back()
    }
}

impl DoubleEndedIterator for Chars<'_> {
    fn next_back(&mut self) -> Option<char> {
        let w = *self.iter.next_back()?;
        if w < 0x80 {
            return Some(w as char);
        }
        let mut code = (w & 0x3F) as u32;
        let mut shift = 6;
        loop {
            let x = match self.iter.next_back() {
                Some(x) => *x,
                None => unsafe { crate::hint::unreachable_unchecked() },
            };
            if (x as i8) < -0x40 {
                code |= ((x & 0x3F) as u32) << shift;
                shift += 6;
            } else {
                let mask = 0x7F >> (shift / 6 + 1);
                code |= ((x & mask) as u32) << shift;
                return Some(unsafe { char::from_u32_unchecked(code) });
            }
        }
    }
}

impl FusedIterator for Chars<'_> {}

impl fmt::Debug for Chars<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chars(")?;
        f.debug_list().entries(self.clone()).finish()?;
        f.write_str(")")
    }
}

/// The characters of a string and where they begin.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct CharIndices<'a> {
    pub(super) front_offset: usize,
    pub(super) iter: Chars<'a>,
}

impl<'a> CharIndices<'a> {
    /// What is left, as a string.
    pub fn as_str(&self) -> &'a str {
        self.iter.as_str()
    }

    /// Where the next character begins.
    pub fn offset(&self) -> usize {
        self.front_offset
    }
}

impl Iterator for CharIndices<'_> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let before = self.iter.iter.len();
        match self.iter.next() {
            Some(c) => {
                let index = self.front_offset;
                self.front_offset = index + (before - self.iter.iter.len());
                Some((index, c))
            }
            None => None,
        }
    }

    fn count(self) -> usize {
        self.iter.count()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }

    fn last(mut self) -> Option<(usize, char)> {
        self.next_back()
    }
}

impl DoubleEndedIterator for CharIndices<'_> {
    fn next_back(&mut self) -> Option<(usize, char)> {
        let c = self.iter.next_back()?;
        Some((self.front_offset + self.iter.iter.len(), c))
    }
}

impl FusedIterator for CharIndices<'_> {}

/// The bytes of a string.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Bytes<'a>(pub(super) Copied<slice::Iter<'a, u8>>);

impl Iterator for Bytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn count(self) -> usize {
        self.0.count()
    }

    fn nth(&mut self, n: usize) -> Option<u8> {
        self.0.nth(n)
    }
}

impl DoubleEndedIterator for Bytes<'_> {
    fn next_back(&mut self) -> Option<u8> {
        self.0.next_back()
    }
}

impl ExactSizeIterator for Bytes<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FusedIterator for Bytes<'_> {}
unsafe impl TrustedLen for Bytes<'_> {}

/// The lines of a string, without their ends.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Lines<'a>(SplitInclusive<'a, char>);

fn without_line_end(line: &str) -> &str {
    let line = match line.strip_suffix('\n') {
        Some(line) => line,
        None => return line,
    };
    match line.strip_suffix('\r') {
        Some(line) => line,
        None => line,
    }
}

impl<'a> Lines<'a> {
    pub(super) fn new(s: &'a str) -> Lines<'a> {
        Lines(s.split_inclusive('\n'))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.0.next().map(without_line_end)
    }

    fn last(mut self) -> Option<&'a str> {
        self.next_back()
    }
}

impl<'a> DoubleEndedIterator for Lines<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        self.0.next_back().map(without_line_end)
    }
}

impl FusedIterator for Lines<'_> {}

macro_rules! words {
    ($name:ident $doc:literal |$s:ident| $is_space:expr) => {
        #[doc = $doc]
        #[derive(Clone, Debug)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a> {
            rest: &'a str,
        }

        impl<'a> $name<'a> {
            pub(super) fn new(rest: &'a str) -> $name<'a> {
                $name { rest }
            }
        }

        impl<'a> Iterator for $name<'a> {
            type Item = &'a str;

            fn next(&mut self) -> Option<&'a str> {
                let mut start = None;
                let mut chars = self.rest.char_indices();
                while let Some((i, $s)) = chars.next() {
                    match ($is_space, start) {
                        (false, None) => start = Some(i),
                        (true, Some(start)) => {
                            let word = unsafe { self.rest.get_unchecked(start..i) };
                            self.rest = chars.as_str();
                            return Some(word);
                        }
                        _ => {}
                    }
                }
                let rest = self.rest;
                self.rest = "";
                match start {
                    Some(start) => Some(unsafe { rest.get_unchecked(start..) }),
                    None => None,
                }
            }

            fn last(mut self) -> Option<&'a str> {
                self.next_back()
            }
        }

        impl<'a> DoubleEndedIterator for $name<'a> {
            fn next_back(&mut self) -> Option<&'a str> {
                let mut end = None;
                let mut chars = self.rest.char_indices();
                while let Some((i, $s)) = chars.next_back() {
                    let behind = i + $s.len_utf8();
                    match ($is_space, end) {
                        (false, None) => end = Some(behind),
                        (true, Some(end)) => {
                            let word = unsafe { self.rest.get_unchecked(behind..end) };
                            self.rest = unsafe { self.rest.get_unchecked(..i) };
                            return Some(word);
                        }
                        _ => {}
                    }
                }
                let rest = self.rest;
                self.rest = "";
                match end {
                    Some(end) => Some(unsafe { rest.get_unchecked(..end) }),
                    None => None,
                }
            }
        }

        impl FusedIterator for $name<'_> {}
    };
}
words! { SplitWhitespace "The parts between white space." |c| c.is_whitespace() }
words! { SplitAsciiWhitespace "The parts between ASCII white space." |c| c.is_ascii_whitespace() }

/// The units of UTF-16.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct EncodeUtf16<'a> {
    chars: Chars<'a>,
    extra: u16,
}

impl<'a> EncodeUtf16<'a> {
    pub(super) fn new(s: &'a str) -> EncodeUtf16<'a> {
        EncodeUtf16 { chars: s.chars(), extra: 0 }
    }
}

impl Iterator for EncodeUtf16<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if self.extra != 0 {
            let unit = self.extra;
            self.extra = 0;
            return Some(unit);
        }
        let mut buf = [0; 2];
        let c = self.chars.next()?;
        if c.encode_utf16(&mut buf).len() == 2 {
            self.extra = buf[1];
        }
        Some(buf[0])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.chars.iter.len();
        let extra = (self.extra != 0) as usize;
        ((n + 2) / 3 + extra, Some(n + extra))
    }
}

impl FusedIterator for EncodeUtf16<'_> {}

impl fmt::Debug for EncodeUtf16<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodeUtf16").finish_non_exhaustive()
    }
}

macro_rules! escapes {
    ($($name:ident $part:ident |$c:ident, $first:ident| $escape:expr;)*) => {$(
        /// The characters of all escapes.
        #[derive(Clone)]
        pub struct $name<'a> {
            chars: Chars<'a>,
            front: Option<char_mod::$part>,
            first: bool,
        }

        impl<'a> $name<'a> {
            pub(super) fn new(s: &'a str) -> $name<'a> {
                $name { chars: s.chars(), front: None, first: true }
            }
        }

        impl Iterator for $name<'_> {
            type Item = char;

            fn next(&mut self) -> Option<char> {
                loop {
                    if let Some(front) = &mut self.front {
                        if let Some(c) = front.next() {
                            return Some(c);
                        }
                    }
                    let $c = self.chars.next()?;
                    let $first = self.first;
                    self.first = false;
                    self.front = Some($escape);
                }
            }
        }

        impl FusedIterator for $name<'_> {}

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for c in self.clone() {
                    f.write_char(c)?;
                }
                Ok(())
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
escapes! {
    EscapeDebug EscapeDebug |c, first| c.escape_debug_ext(first, true, true);
    EscapeDefault EscapeDefault |c, _first| c.escape_default();
    EscapeUnicode EscapeUnicode |c, _first| c.escape_unicode();
}
