//! What only some operating systems have: C's types, and bytes as text on Unix.

pub mod raw {
    //! C's types under their old path.
    pub use core::ffi::{
        c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong,
        c_ushort, c_void,
    };
}

pub mod unix;
