//! Bytes as strings.

use super::Utf8Error;
use crate::intrinsics::host;

/// A string of bytes, checked to be UTF-8.
pub const fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {
    let valid = unsafe { host::utf8_valid_up_to(v.as_ptr(), v.len()) };
    if valid == v.len() {
        Ok(unsafe { from_utf8_unchecked(v) })
    } else {
        Err(Utf8Error { valid_up_to: valid, error_len: error_len(v, valid) })
    }
}

/// A mutable string of bytes, checked to be UTF-8.
pub const fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {
    match from_utf8(v) {
        Ok(_) => Ok(unsafe { from_utf8_unchecked_mut(v) }),
        Err(e) => Err(e),
    }
}

/// A string of bytes that are UTF-8.
#[inline]
pub const unsafe fn from_utf8_unchecked(v: &[u8]) -> &str {
    unsafe { &*(v as *const [u8] as *const str) }
}

/// A mutable string of bytes that are UTF-8.
#[inline]
pub const unsafe fn from_utf8_unchecked_mut(v: &mut [u8]) -> &mut str {
    unsafe { &mut *(v as *mut [u8] as *mut str) }
}

/// How many bytes at `at` can't be part of UTF-8; `None` if the text just ends too early.
const fn error_len(v: &[u8], at: usize) -> Option<u8> {
    let first = v[at];
    let (low, high, width) = match first {
        0xC2..=0xDF => (0x80, 0xBF, 2),
        0xE0 => (0xA0, 0xBF, 3),
        0xE1..=0xEC | 0xEE..=0xEF => (0x80, 0xBF, 3),
        0xED => (0x80, 0x9F, 3),
        0xF0 => (0x90, 0xBF, 4),
        0xF1..=0xF3 => (0x80, 0xBF, 4),
        0xF4 => (0x80, 0x8F, 4),
        _ => return Some(1),
    };
    let mut i = 1;
    while i < width {
        if at + i >= v.len() {
            return None;
        }
        let byte = v[at + i];
        let fits = if i == 1 { low <= byte && byte <= high } else { (byte as i8) < -0x40 };
        if !fits {
            return Some(i as u8);
        }
        i += 1;
    }
    Some(width as u8)
}
