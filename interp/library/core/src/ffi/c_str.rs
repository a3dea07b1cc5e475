//! Strings of C: bytes that end with a zero.

use crate::cmp::Ordering;
use crate::error::Error;
use crate::ffi::c_char;
use crate::{fmt, ops, slice, str};

/// Bytes that end with a zero and have no other.
#[lang = "CStr"]
#[derive(PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CStr {
    inner: [c_char],
}

/// Bytes are no such string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FromBytesWithNulError {
    /// A zero is not at the end.
    InteriorNul {
        /// Where it is.
        position: usize,
    },
    /// No zero is at the end.
    NotNulTerminated,
}

impl fmt::Display for FromBytesWithNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FromBytesWithNulError::InteriorNul { position } => {
                write!(f, "data provided contains an interior nul byte at position {position}")
            }
            FromBytesWithNulError::NotNulTerminated => f.write_str("data provided is not nul terminated"),
        }
    }
}

impl Error for FromBytesWithNulError {}

/// There is no zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FromBytesUntilNulError(());

impl fmt::Display for FromBytesUntilNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data provided does not contain a nul")
    }
}

impl Error for FromBytesUntilNulError {}

impl CStr {
    /// Of a pointer to bytes up to a zero.
    pub const unsafe fn from_ptr<'a>(ptr: *const c_char) -> &'a CStr {
        let mut len = 0;
        unsafe {
            while *ptr.add(len) != 0 {
                len += 1;
            }
            CStr::from_bytes_with_nul_unchecked(slice::from_raw_parts(ptr as *const u8, len + 1))
        }
    }

    /// Of bytes up to the first zero.
    pub const fn from_bytes_until_nul(bytes: &[u8]) -> Result<&CStr, FromBytesUntilNulError> {
        match bytes.find_byte(0) {
            Some(end) => unsafe {
                Ok(CStr::from_bytes_with_nul_unchecked(slice::from_raw_parts(bytes.as_ptr(), end + 1)))
            },
            None => Err(FromBytesUntilNulError(())),
        }
    }

    /// Of bytes that end with their only zero.
    pub const fn from_bytes_with_nul(bytes: &[u8]) -> Result<&Self, FromBytesWithNulError> {
        match bytes.find_byte(0) {
            Some(position) if position + 1 == bytes.len() => unsafe { Ok(Self::from_bytes_with_nul_unchecked(bytes)) },
            Some(position) => Err(FromBytesWithNulError::InteriorNul { position }),
            None => Err(FromBytesWithNulError::NotNulTerminated),
        }
    }

    /// Of bytes that end with their only zero, unchecked.
    pub const unsafe fn from_bytes_with_nul_unchecked(bytes: &[u8]) -> &CStr {
        unsafe { &*(bytes as *const [u8] as *const CStr) }
    }

    /// A pointer to the bytes.
    pub const fn as_ptr(&self) -> *const c_char {
        self.inner.as_ptr()
    }

    /// How many bytes there are before the zero.
    pub const fn count_bytes(&self) -> usize {
        self.inner.len() - 1
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.inner.len() == 1
    }

    /// The bytes without the zero.
    pub const fn to_bytes(&self) -> &[u8] {
        unsafe { slice::from_raw_parts(self.inner.as_ptr() as *const u8, self.inner.len() - 1) }
    }

    /// The bytes with the zero.
    pub const fn to_bytes_with_nul(&self) -> &[u8] {
        unsafe { &*(&self.inner as *const [c_char] as *const [u8]) }
    }

    /// As a string, if it is UTF-8.
    pub const fn to_str(&self) -> Result<&str, str::Utf8Error> {
        str::from_utf8(self.to_bytes())
    }
}

impl fmt::Debug for CStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.to_bytes().escape_ascii())
    }
}

impl Default for &CStr {
    fn default() -> Self {
        unsafe { CStr::from_bytes_with_nul_unchecked(&[0]) }
    }
}

impl PartialOrd for CStr {
    fn partial_cmp(&self, other: &CStr) -> Option<Ordering> {
        self.to_bytes().partial_cmp(other.to_bytes())
    }
}

impl Ord for CStr {
    fn cmp(&self, other: &CStr) -> Ordering {
        self.to_bytes().cmp(other.to_bytes())
    }
}

impl ops::Index<ops::RangeFrom<usize>> for CStr {
    type Output = CStr;

    fn index(&self, index: ops::RangeFrom<usize>) -> &CStr {
        let bytes = self.to_bytes_with_nul();
        if index.start < bytes.len() {
            unsafe { CStr::from_bytes_with_nul_unchecked(&bytes[index.start..]) }
        } else {
            panic!("index out of bounds: the len is {} but the index is {}", bytes.len(), index.start)
        }
    }
}

impl AsRef<CStr> for CStr {
    fn as_ref(&self) -> &CStr {
        self
    }
}
