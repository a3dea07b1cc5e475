//! Iterators over the characters of escapes and case mappings.

use crate::fmt::{self, Write};
use crate::iter::FusedIterator;

/// At most ten characters, taken from both ends.
#[derive(Clone)]
struct Chars10 {
    chars: [char; 10],
    start: usize,
    end: usize,
}

impl Chars10 {
    const fn empty() -> Chars10 {
        Chars10 { chars: ['\0'; 10], start: 0, end: 0 }
    }

    fn push(&mut self, c: char) {
        self.chars[self.end] = c;
        self.end += 1;
    }

    fn plain(c: char) -> Chars10 {
        let mut this = Chars10::empty();
        this.push(c);
        this
    }

    fn backslash(c: char) -> Chars10 {
        let mut this = Chars10::plain('\\');
        this.push(c);
        this
    }

    fn unicode(c: char) -> Chars10 {
        let mut this = Chars10::plain('\\');
        this.push('u');
        this.push('{');
        let code = c as u32;
        let mut digits = (32 - (code | 1).leading_zeros() + 3) / 4;
        while digits > 0 {
            digits -= 1;
            let digit = (code >> (digits * 4)) & 0xF;
            this.push(b"0123456789abcdef"[digit as usize] as char);
        }
        this.push('}');
        this
    }

    fn next(&mut self) -> Option<char> {
        if self.start == self.end {
            return None;
        }
        let c = self.chars[self.start];
        self.start += 1;
        Some(c)
    }

    fn next_back(&mut self) -> Option<char> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(self.chars[self.end])
    }
}

macro_rules! char_iterators {
    ($($name:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone)]
        pub struct $name(Chars10);

        impl Iterator for $name {
            type Item = char;

            fn next(&mut self) -> Option<char> {
                self.0.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.0.end - self.0.start;
                (n, Some(n))
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<char> {
                self.0.next_back()
            }
        }

        impl ExactSizeIterator for $name {}
        impl FusedIterator for $name {}

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut i = self.0.start;
                while i < self.0.end {
                    f.write_char(self.0.chars[i])?;
                    i += 1;
                }
                Ok(())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&&self.0.chars[self.0.start..self.0.end]).finish()
            }
        }
    )*};
}
char_iterators! {
    EscapeUnicode "The characters of `\\u{...}`.";
    EscapeDefault "The characters of an escape, ASCII only.";
    EscapeDebug "The characters of an escape as `Debug` writes it.";
    ToLowercase "The characters of a lower case.";
    ToUppercase "The characters of an upper case.";
}

impl EscapeUnicode {
    pub(super) fn new(c: char) -> Self {
        EscapeUnicode(Chars10::unicode(c))
    }
}

macro_rules! escape_makers {
    ($($name:ident)*) => {$(
        impl $name {
            pub(crate) fn plain(c: char) -> Self {
                $name(Chars10::plain(c))
            }

            pub(crate) fn backslash(c: char) -> Self {
                $name(Chars10::backslash(c))
            }

            pub(crate) fn unicode(c: char) -> Self {
                $name(Chars10::unicode(c))
            }
        }
    )*};
}
escape_makers! { EscapeDefault EscapeDebug }

macro_rules! case_makers {
    ($($name:ident)*) => {$(
        impl $name {
            pub(super) fn new(chars: [char; 3]) -> Self {
                let mut all = Chars10::plain(chars[0]);
                if chars[1] != '\0' {
                    all.push(chars[1]);
                    if chars[2] != '\0' {
                        all.push(chars[2]);
                    }
                }
                $name(all)
            }
        }
    )*};
}
case_makers! { ToLowercase ToUppercase }
