//! Unix: `OsStr` is any bytes.
//!
//! To add an extension trait, give it the path std has it at.

pub mod ffi {
    //! Bytes from and to `OsStr` and `OsString`.
    use crate::ffi::{OsStr, OsString};
    use crate::vec::Vec;

    /// `OsString` as bytes.
    pub trait OsStringExt {
        fn from_vec(vec: Vec<u8>) -> Self;

        fn into_vec(self) -> Vec<u8>;
    }

    impl OsStringExt for OsString {
        fn from_vec(vec: Vec<u8>) -> OsString {
            unsafe { OsString::from_encoded_bytes_unchecked(vec) }
        }

        fn into_vec(self) -> Vec<u8> {
            self.into_encoded_bytes()
        }
    }

    /// `OsStr` as bytes.
    pub trait OsStrExt {
        fn from_bytes(slice: &[u8]) -> &Self;

        fn as_bytes(&self) -> &[u8];
    }

    impl OsStrExt for OsStr {
        fn from_bytes(slice: &[u8]) -> &OsStr {
            unsafe { OsStr::from_encoded_bytes_unchecked(slice) }
        }

        fn as_bytes(&self) -> &[u8] {
            self.as_encoded_bytes()
        }
    }
}

pub mod prelude {
    //! The extension traits of Unix.
    pub use super::ffi::{OsStrExt, OsStringExt};
}
