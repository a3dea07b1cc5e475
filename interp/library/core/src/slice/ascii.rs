//! ASCII methods of byte slices.

use crate::ascii;
use crate::fmt;
use crate::intrinsics::host;

impl [u8] {
    /// Whether all bytes are below 128.
    pub const fn is_ascii(&self) -> bool {
        let mut i = 0;
        while i < self.len() {
            if self[i] >= 128 {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Whether both are equal but for ASCII case.
    pub const fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let mut i = 0;
        while i < self.len() {
            if self[i].to_ascii_lowercase() != other[i].to_ascii_lowercase() {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Makes `a` to `z` upper case.
    pub const fn make_ascii_uppercase(&mut self) {
        let mut i = 0;
        while i < self.len() {
            self[i] = self[i].to_ascii_uppercase();
            i += 1;
        }
    }

    /// Makes `A` to `Z` lower case.
    pub const fn make_ascii_lowercase(&mut self) {
        let mut i = 0;
        while i < self.len() {
            self[i] = self[i].to_ascii_lowercase();
            i += 1;
        }
    }

    /// The bytes of the escapes of all bytes.
    pub fn escape_ascii(&self) -> EscapeAscii<'_> {
        EscapeAscii { rest: self.iter(), front: None }
    }

    /// Without ASCII white space at the beginning.
    pub const fn trim_ascii_start(&self) -> &[u8] {
        let mut bytes = self;
        while let [first, rest @ ..] = bytes {
            if !first.is_ascii_whitespace() {
                break;
            }
            bytes = rest;
        }
        bytes
    }

    /// Without ASCII white space at the end.
    pub const fn trim_ascii_end(&self) -> &[u8] {
        let mut bytes = self;
        while let [rest @ .., last] = bytes {
            if !last.is_ascii_whitespace() {
                break;
            }
            bytes = rest;
        }
        bytes
    }

    /// Without ASCII white space at both ends.
    pub const fn trim_ascii(&self) -> &[u8] {
        self.trim_ascii_start().trim_ascii_end()
    }

    /// Where a byte is first.
    pub(crate) const fn find_byte(&self, byte: u8) -> Option<usize> {
        let at = unsafe { host::find_byte(self.as_ptr(), self.len(), byte) };
        if at < self.len() { Some(at) } else { None }
    }
}

/// The bytes of the escapes of all bytes.
#[derive(Clone)]
pub struct EscapeAscii<'a> {
    rest: super::Iter<'a, u8>,
    front: Option<ascii::EscapeDefault>,
}

impl Iterator for EscapeAscii<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some(front) = &mut self.front {
                if let Some(byte) = front.next() {
                    return Some(byte);
                }
            }
            self.front = Some(ascii::escape_default(*self.rest.next()?));
        }
    }
}

impl fmt::Display for EscapeAscii<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::fmt::Write;
        for byte in self.clone() {
            f.write_char(byte as char)?;
        }
        Ok(())
    }
}

impl fmt::Debug for EscapeAscii<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EscapeAscii").finish_non_exhaustive()
    }
}
