//! Strings and types for the world outside Rust.

pub mod os_str;

pub use self::os_str::{OsStr, OsString};
pub use alloc_crate::ffi::c_str::{CString, FromVecWithNulError, IntoStringError, NulError};
pub use core::ffi::{
    c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong,
    c_ushort, c_void, CStr, FromBytesUntilNulError, FromBytesWithNulError,
};

pub mod c_str {
    //! C strings.
    pub use alloc_crate::ffi::c_str::*;
    pub use core::ffi::c_str::*;
}
