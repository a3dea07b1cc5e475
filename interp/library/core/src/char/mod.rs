//! Characters: conversions, properties, case, escapes and encodings.

mod convert;
mod escape;
mod methods;

pub use self::convert::{CharTryFromError, ParseCharError, TryFromCharError};
pub use self::escape::{EscapeDebug, EscapeDefault, EscapeUnicode, ToLowercase, ToUppercase};
pub use self::methods::{decode_utf16, DecodeUtf16, DecodeUtf16Error};

/// The largest code point.
pub const MAX: char = char::MAX;
/// What stands for what could not be decoded.
pub const REPLACEMENT_CHARACTER: char = char::REPLACEMENT_CHARACTER;
/// The version of Unicode.
pub const UNICODE_VERSION: (u8, u8, u8) = char::UNICODE_VERSION;

/// The character of a code point.
pub const fn from_u32(i: u32) -> Option<char> {
    char::from_u32(i)
}

/// The character of a code point, which must be one.
pub const unsafe fn from_u32_unchecked(i: u32) -> char {
    unsafe { char::from_u32_unchecked(i) }
}

/// The digit in a base.
#[track_caller]
pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
    char::from_digit(num, radix)
}
