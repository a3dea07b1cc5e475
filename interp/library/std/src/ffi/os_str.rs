//! `OsStr` and `OsString`: text as the operating system has it, any bytes on Unix.
//!
//! To add a conversion, remember that the bytes need not be UTF-8.

use crate::borrow::{Borrow, Cow};
use crate::cmp::Ordering;
use crate::collections::TryReserveError;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::ops::{Deref, DerefMut, Index, RangeFull};
use crate::rc::Rc;
use crate::str::FromStr;
use crate::sync::Arc;

/// Text of the operating system, owned.
#[derive(Clone)]
pub struct OsString {
    inner: Vec<u8>,
}

/// Text of the operating system, borrowed.
#[repr(transparent)]
pub struct OsStr {
    inner: [u8],
}

impl OsString {
    pub const fn new() -> OsString {
        OsString { inner: Vec::new() }
    }

    pub fn with_capacity(capacity: usize) -> OsString {
        OsString { inner: Vec::with_capacity(capacity) }
    }

    pub unsafe fn from_encoded_bytes_unchecked(bytes: Vec<u8>) -> OsString {
        OsString { inner: bytes }
    }

    pub fn into_encoded_bytes(self) -> Vec<u8> {
        self.inner
    }

    pub fn as_os_str(&self) -> &OsStr {
        unsafe { OsStr::from_encoded_bytes_unchecked(&self.inner) }
    }

    pub fn into_string(self) -> Result<String, OsString> {
        match String::from_utf8(self.inner) {
            Ok(s) => Ok(s),
            Err(error) => Err(OsString { inner: error.into_bytes() }),
        }
    }

    pub fn push<T: AsRef<OsStr>>(&mut self, s: T) {
        self.inner.extend_from_slice(&s.as_ref().inner);
    }

    pub fn clear(&mut self) {
        self.inner.clear();
    }

    pub fn capacity(&self) -> usize {
        self.inner.capacity()
    }

    pub fn reserve(&mut self, additional: usize) {
        self.inner.reserve(additional);
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.inner.try_reserve(additional)
    }

    pub fn shrink_to_fit(&mut self) {
        self.inner.shrink_to_fit();
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        self.inner.reserve_exact(additional);
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.inner.try_reserve_exact(additional)
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.inner.shrink_to(min_capacity);
    }

    pub fn leak<'a>(self) -> &'a mut OsStr {
        let bytes: *mut [u8] = self.inner.leak();
        unsafe { &mut *(bytes as *mut OsStr) }
    }

    pub fn into_boxed_os_str(self) -> Box<OsStr> {
        let raw = Box::into_raw(self.inner.into_boxed_slice());
        unsafe { Box::from_raw(raw as *mut OsStr) }
    }

    pub(crate) fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.inner
    }
}

impl OsStr {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &OsStr {
        s.as_ref()
    }

    pub unsafe fn from_encoded_bytes_unchecked(bytes: &[u8]) -> &OsStr {
        unsafe { &*(bytes as *const [u8] as *const OsStr) }
    }

    pub fn as_encoded_bytes(&self) -> &[u8] {
        &self.inner
    }

    pub fn to_str(&self) -> Option<&str> {
        crate::str::from_utf8(&self.inner).ok()
    }

    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.inner)
    }

    pub fn to_os_string(&self) -> OsString {
        OsString { inner: self.inner.to_vec() }
    }

    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    pub fn len(&self) -> usize {
        self.inner.len()
    }

    pub fn into_os_string(self: Box<OsStr>) -> OsString {
        let raw = Box::into_raw(self) as *mut [u8];
        OsString { inner: unsafe { Box::from_raw(raw) }.into_vec() }
    }

    pub fn make_ascii_lowercase(&mut self) {
        self.inner.make_ascii_lowercase();
    }

    pub fn make_ascii_uppercase(&mut self) {
        self.inner.make_ascii_uppercase();
    }

    pub fn to_ascii_lowercase(&self) -> OsString {
        OsString { inner: self.inner.to_ascii_lowercase() }
    }

    pub fn to_ascii_uppercase(&self) -> OsString {
        OsString { inner: self.inner.to_ascii_uppercase() }
    }

    pub fn is_ascii(&self) -> bool {
        self.inner.is_ascii()
    }

    pub fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool {
        self.inner.eq_ignore_ascii_case(&other.as_ref().inner)
    }

    pub fn display(&self) -> Display<'_> {
        Display { os_str: self }
    }
}

/// Shows an `OsStr` as well as it can.
pub struct Display<'a> {
    os_str: &'a OsStr,
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.os_str, f)
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.os_str.to_string_lossy(), f)
    }
}

impl<'a> TryFrom<&'a OsStr> for &'a str {
    type Error = crate::str::Utf8Error;

    /// The same text, if it is Unicode.
    fn try_from(value: &'a OsStr) -> Result<&'a str, crate::str::Utf8Error> {
        crate::str::from_utf8(value.as_encoded_bytes())
    }
}

impl Deref for OsString {
    type Target = OsStr;

    fn deref(&self) -> &OsStr {
        self.as_os_str()
    }
}

impl DerefMut for OsString {
    fn deref_mut(&mut self) -> &mut OsStr {
        let bytes: *mut [u8] = &mut self.inner[..];
        unsafe { &mut *(bytes as *mut OsStr) }
    }
}

impl Index<RangeFull> for OsString {
    type Output = OsStr;

    fn index(&self, _index: RangeFull) -> &OsStr {
        self.as_os_str()
    }
}

impl fmt::Debug for OsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_os_str(), f)
    }
}

impl fmt::Debug for OsStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        let mut rest = &self.inner;
        loop {
            let (text, bad) = match crate::str::from_utf8(rest) {
                Ok(text) => (text, None),
                Err(error) => {
                    let good = error.valid_up_to();
                    let len = error.error_len().unwrap_or(rest.len() - good);
                    (unsafe { crate::str::from_utf8_unchecked(&rest[..good]) }, Some(good..good + len))
                }
            };
            for c in text.chars() {
                if c == '\'' {
                    f.write_str("'")?;
                } else {
                    fmt::Display::fmt(&c.escape_debug(), f)?;
                }
            }
            match bad {
                None => return f.write_str("\""),
                Some(range) => {
                    for byte in &rest[range.clone()] {
                        write!(f, "\\x{byte:02X}")?;
                    }
                    rest = &rest[range.end..];
                }
            }
        }
    }
}

impl PartialEq for OsStr {
    fn eq(&self, other: &OsStr) -> bool {
        self.inner == other.inner
    }
}

impl Eq for OsStr {}

impl PartialOrd for OsStr {
    fn partial_cmp(&self, other: &OsStr) -> Option<Ordering> {
        self.inner.partial_cmp(&other.inner)
    }
}

impl Ord for OsStr {
    fn cmp(&self, other: &OsStr) -> Ordering {
        self.inner.cmp(&other.inner)
    }
}

impl Hash for OsStr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state);
    }
}

impl PartialEq for OsString {
    fn eq(&self, other: &OsString) -> bool {
        self.inner == other.inner
    }
}

impl Eq for OsString {}

impl PartialOrd for OsString {
    fn partial_cmp(&self, other: &OsString) -> Option<Ordering> {
        self.inner.partial_cmp(&other.inner)
    }
}

impl Ord for OsString {
    fn cmp(&self, other: &OsString) -> Ordering {
        self.inner.cmp(&other.inner)
    }
}

impl Hash for OsString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state);
    }
}

macro_rules! eq_with_text {
    ($($ty:ty, $text:ty;)*) => {$(
        impl<'a> PartialEq<$text> for $ty {
            fn eq(&self, other: &$text) -> bool {
                self.as_encoded_bytes() == other.as_bytes()
            }
        }

        impl<'a> PartialEq<$ty> for $text {
            fn eq(&self, other: &$ty) -> bool {
                self.as_bytes() == other.as_encoded_bytes()
            }
        }
    )*};
}

eq_with_text! {
    OsString, str;
    OsString, &'a str;
    OsStr, str;
}

macro_rules! eq_among {
    ($($lhs:ty, $rhs:ty;)*) => {$(
        impl<'a> PartialEq<$rhs> for $lhs {
            fn eq(&self, other: &$rhs) -> bool {
                self.as_encoded_bytes() == other.as_encoded_bytes()
            }
        }

        impl<'a> PartialEq<$lhs> for $rhs {
            fn eq(&self, other: &$lhs) -> bool {
                self.as_encoded_bytes() == other.as_encoded_bytes()
            }
        }
    )*};
}

eq_among! {
    OsString, OsStr;
    OsString, &'a OsStr;
}

impl Default for OsString {
    fn default() -> OsString {
        OsString::new()
    }
}

impl Borrow<OsStr> for OsString {
    fn borrow(&self) -> &OsStr {
        self.as_os_str()
    }
}

impl ToOwned for OsStr {
    type Owned = OsString;

    fn to_owned(&self) -> OsString {
        self.to_os_string()
    }
}

macro_rules! as_os_str {
    ($($ty:ty, $this:ident => $bytes:expr;)*) => {$(
        impl AsRef<OsStr> for $ty {
            fn as_ref(&self) -> &OsStr {
                let $this = self;
                unsafe { OsStr::from_encoded_bytes_unchecked($bytes) }
            }
        }
    )*};
}

as_os_str! {
    OsStr, this => &this.inner;
    OsString, this => &this.inner;
    str, this => this.as_bytes();
    String, this => this.as_bytes();
}

impl From<String> for OsString {
    fn from(s: String) -> OsString {
        OsString { inner: s.into_bytes() }
    }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for OsString {
    fn from(s: &T) -> OsString {
        s.as_ref().to_os_string()
    }
}

impl From<Box<OsStr>> for OsString {
    fn from(boxed: Box<OsStr>) -> OsString {
        boxed.into_os_string()
    }
}

impl From<OsString> for Box<OsStr> {
    fn from(s: OsString) -> Box<OsStr> {
        s.into_boxed_os_str()
    }
}

impl From<OsString> for Arc<OsStr> {
    fn from(s: OsString) -> Arc<OsStr> {
        let bytes: Arc<[u8]> = Arc::from(s.inner);
        unsafe { Arc::from_raw(Arc::into_raw(bytes) as *const OsStr) }
    }
}

impl From<OsString> for Rc<OsStr> {
    fn from(s: OsString) -> Rc<OsStr> {
        let bytes: Rc<[u8]> = Rc::from(s.inner);
        unsafe { Rc::from_raw(Rc::into_raw(bytes) as *const OsStr) }
    }
}

impl<'a> From<&'a OsStr> for Cow<'a, OsStr> {
    fn from(s: &'a OsStr) -> Cow<'a, OsStr> {
        Cow::Borrowed(s)
    }
}

impl<'a> From<OsString> for Cow<'a, OsStr> {
    fn from(s: OsString) -> Cow<'a, OsStr> {
        Cow::Owned(s)
    }
}

impl FromStr for OsString {
    type Err = crate::convert::Infallible;

    fn from_str(s: &str) -> Result<OsString, Self::Err> {
        Ok(OsString::from(s))
    }
}

impl Extend<OsString> for OsString {
    fn extend<T: IntoIterator<Item = OsString>>(&mut self, iter: T) {
        for s in iter {
            self.push(&s);
        }
    }
}

impl fmt::Write for OsString {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push(s);
        Ok(())
    }
}
