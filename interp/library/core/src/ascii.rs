//! Escapes of bytes as ASCII.

use crate::fmt::{self, Write};
use crate::iter::FusedIterator;

/// The bytes of the escape of a byte.
#[derive(Clone)]
pub struct EscapeDefault {
    data: [u8; 4],
    start: u8,
    end: u8,
}

/// The bytes of the escape of `c`: `\t`, `\r`, `\n`, `\'`, `\"`, `\\`, itself, or `\xNN`.
pub fn escape_default(c: u8) -> EscapeDefault {
    let hex = b"0123456789abcdef";
    let (data, len) = match c {
        b'\t' => ([b'\\', b't', 0, 0], 2),
        b'\r' => ([b'\\', b'r', 0, 0], 2),
        b'\n' => ([b'\\', b'n', 0, 0], 2),
        b'\\' | b'\'' | b'"' => ([b'\\', c, 0, 0], 2),
        b'\x20'..=b'\x7e' => ([c, 0, 0, 0], 1),
        _ => ([b'\\', b'x', hex[(c >> 4) as usize], hex[(c & 0xf) as usize]], 4),
    };
    EscapeDefault { data, start: 0, end: len }
}

impl Iterator for EscapeDefault {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.start == self.end {
            return None;
        }
        let byte = self.data[self.start as usize];
        self.start += 1;
        Some(byte)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = (self.end - self.start) as usize;
        (n, Some(n))
    }
}

impl DoubleEndedIterator for EscapeDefault {
    fn next_back(&mut self) -> Option<u8> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(self.data[self.end as usize])
    }
}

impl ExactSizeIterator for EscapeDefault {}
impl FusedIterator for EscapeDefault {}

impl fmt::Display for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut i = self.start;
        while i < self.end {
            f.write_char(self.data[i as usize] as char)?;
            i += 1;
        }
        Ok(())
    }
}

impl fmt::Debug for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EscapeDefault").finish_non_exhaustive()
    }
}
