//! C strings that own their bytes.
//!
//! To add an FFI type that needs a heap, give it a file here.

pub mod c_str;

pub use self::c_str::{CString, FromVecWithNulError, IntoStringError, NulError};
