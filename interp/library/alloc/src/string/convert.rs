//! To and from `String`: bytes, UTF-16, boxes, chars, and `to_string`.
//!
//! To add a conversion, add an impl; errors keep what they could not convert.

use super::String;
use crate::borrow::Cow;
use crate::boxed::Box;
use crate::vec::Vec;
use core::convert::Infallible;
use core::error::Error;
use core::fmt;
use core::intrinsics::{transmute_unchecked, type_id};
use core::str::{FromStr, Utf8Error};

/// The error of parsing a `String`: there is none.
pub type ParseError = Infallible;

/// Bytes that are no UTF-8, and why.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct FromUtf8Error {
    bytes: Vec<u8>,
    error: Utf8Error,
}

impl FromUtf8Error {
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn utf8_error(&self) -> Utf8Error {
        self.error
    }

    #[unstable(feature = "string_from_utf8_lossy_owned")]
    pub fn into_utf8_lossy(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl fmt::Display for FromUtf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl Error for FromUtf8Error {}

/// A lone surrogate in UTF-16.
#[derive(Debug)]
pub struct FromUtf16Error(());

impl fmt::Display for FromUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt("invalid utf-16: lone surrogate found", f)
    }
}

impl Error for FromUtf16Error {}

impl String {
    pub fn from_utf8(vec: Vec<u8>) -> Result<String, FromUtf8Error> {
        match core::str::from_utf8(&vec) {
            Ok(_) => Ok(unsafe { String::from_utf8_unchecked(vec) }),
            Err(error) => Err(FromUtf8Error { bytes: vec, error }),
        }
    }

    pub fn from_utf8_lossy(v: &[u8]) -> Cow<'_, str> {
        let mut rest = match core::str::from_utf8(v) {
            Ok(s) => return Cow::Borrowed(s),
            Err(_) => v,
        };
        let mut res = String::with_capacity(v.len());
        loop {
            match core::str::from_utf8(rest) {
                Ok(s) => {
                    res.push_str(s);
                    return Cow::Owned(res);
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    res.push_str(unsafe { core::str::from_utf8_unchecked(good) });
                    res.push('\u{FFFD}');
                    match error.error_len() {
                        Some(len) => rest = &bad[len..],
                        None => return Cow::Owned(res),
                    }
                }
            }
        }
    }

    #[unstable(feature = "string_from_utf8_lossy_owned")]
    pub fn from_utf8_lossy_owned(v: Vec<u8>) -> String {
        match String::from_utf8(v) {
            Ok(s) => s,
            Err(error) => error.into_utf8_lossy(),
        }
    }

    pub fn from_utf16(v: &[u16]) -> Result<String, FromUtf16Error> {
        let mut ret = String::with_capacity(v.len());
        for c in char::decode_utf16(v.iter().cloned()) {
            match c {
                Ok(c) => ret.push(c),
                Err(_) => return Err(FromUtf16Error(())),
            }
        }
        Ok(ret)
    }

    pub fn from_utf16_lossy(v: &[u16]) -> String {
        let mut ret = String::with_capacity(v.len());
        for c in char::decode_utf16(v.iter().cloned()) {
            ret.push(match c {
                Ok(c) => c,
                Err(_) => '\u{FFFD}',
            });
        }
        ret
    }
}

/// Anything that can be displayed, as text.
pub trait ToString {
    fn to_string(&self) -> String;
}

impl<T: fmt::Display + ?Sized> ToString for T {
    fn to_string(&self) -> String {
        if type_id::<T>() == type_id::<str>() {
            return String::from(unsafe { transmute_unchecked::<&T, &str>(self) });
        }
        let mut buf = String::new();
        let mut formatter = fmt::Formatter::new(&mut buf, fmt::FormattingOptions::new());
        match fmt::Display::fmt(self, &mut formatter) {
            Ok(()) => buf,
            Err(error) => Err(error).expect("a Display implementation returned an error unexpectedly"),
        }
    }
}

impl FromStr for String {
    type Err = Infallible;

    fn from_str(s: &str) -> Result<String, Infallible> {
        Ok(String::from(s))
    }
}

impl From<&str> for String {
    fn from(s: &str) -> String {
        let mut string = String::with_capacity(s.len());
        string.push_str(s);
        string
    }
}

impl From<&mut str> for String {
    fn from(s: &mut str) -> String {
        String::from(&*s)
    }
}

impl From<&String> for String {
    fn from(s: &String) -> String {
        s.clone()
    }
}

impl From<Box<str>> for String {
    fn from(s: Box<str>) -> String {
        s.into_string()
    }
}

impl From<char> for String {
    fn from(c: char) -> String {
        let mut s = String::with_capacity(c.len_utf8());
        s.push(c);
        s
    }
}

impl<'a> From<Cow<'a, str>> for String {
    fn from(s: Cow<'a, str>) -> String {
        s.into_owned()
    }
}

impl<'a> From<&'a str> for Cow<'a, str> {
    fn from(s: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(s)
    }
}

impl<'a> From<String> for Cow<'a, str> {
    fn from(s: String) -> Cow<'a, str> {
        Cow::Owned(s)
    }
}

impl<'a> From<&'a String> for Cow<'a, str> {
    fn from(s: &'a String) -> Cow<'a, str> {
        Cow::Borrowed(s.as_str())
    }
}

impl From<String> for Vec<u8> {
    fn from(string: String) -> Vec<u8> {
        string.into_bytes()
    }
}

impl TryFrom<Vec<u8>> for String {
    type Error = FromUtf8Error;

    fn try_from(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
        String::from_utf8(bytes)
    }
}

impl<'a> FromIterator<char> for Cow<'a, str> {
    fn from_iter<I: IntoIterator<Item = char>>(it: I) -> Cow<'a, str> {
        Cow::Owned(FromIterator::from_iter(it))
    }
}

impl<'a, 'b> FromIterator<&'b str> for Cow<'a, str> {
    fn from_iter<I: IntoIterator<Item = &'b str>>(it: I) -> Cow<'a, str> {
        Cow::Owned(FromIterator::from_iter(it))
    }
}

impl<'a> FromIterator<String> for Cow<'a, str> {
    fn from_iter<I: IntoIterator<Item = String>>(it: I) -> Cow<'a, str> {
        Cow::Owned(FromIterator::from_iter(it))
    }
}
